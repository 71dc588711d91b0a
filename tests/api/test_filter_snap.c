// SPDX-License-Identifier: BSD-2-Clause
/*
 * Headers are kept and payload is not; and no packet is lost for it, however
 * early it ends.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include <pktcap/filter.h>

#include "support/extended_rows.h"
#include "support/layers.h"
#include "support/snap_rows.h"

enum { ROWS = sizeof(snap_rows) / sizeof(snap_rows[0]), PADDING = 100 };

static uint32_t build(const char *name, uint8_t bytes[LAYERS_MAX])
{
	for (size_t i = 0;
	     i < sizeof(extended_packets) / sizeof(extended_packets[0]); i++)
		if (!strcmp(extended_packets[i].name, name))
			return (uint32_t)layers_build(
				extended_packets[i].layers, bytes);
	fail_msg("there is no packet '%s'", name);
	return 0;
}

static struct pktcap_filter *compile(const char *expression, uint32_t flags,
				     uint32_t snaplen)
{
	struct pktcap_filter *filter;
	struct pktcap_error error;

	if (pktcap_filter_compile(
		    &filter, expression,
		    &PKTCAP_FILTER_OPTS(.flags = PKTCAP_FILTER_EXTENDED | flags,
					.linktype = PKTCAP_LINKTYPE_ETHERNET,
					.snaplen = snaplen),
		    &error))
		fail_msg("'%s': %s", expression, error.text);
	return filter;
}

static uint32_t run(const struct pktcap_filter *filter,
		    const struct pktcap_packet *view)
{
	size_t n;
	const struct pktcap_insn *insns = pktcap_filter_program(filter, &n);

	return pktcap_bpf_run(insns, n, view);
}

static void keeps_headers(void **state)
{
	const struct snap_row *row = *state;
	struct pktcap_filter *filter =
		compile("", PKTCAP_FILTER_SNAP_HEADERS, 0);
	struct pktcap_filter *shorter =
		compile("", PKTCAP_FILTER_SNAP_HEADERS, 50);
	uint8_t bytes[LAYERS_MAX + PADDING] = { 0 };
	struct pktcap_packet view = { .data = bytes, .linktype = 1 };

	view.caplen = view.wirelen = build(row->packet, bytes) + PADDING;
	assert_int_equal(run(filter, &view), row->kept);
	assert_int_equal(run(shorter, &view), row->kept < 50 ? row->kept : 50);
	pktcap_filter_free(filter);
	pktcap_filter_free(shorter);
}

static void loses_none(void **state)
{
	static const char *const expressions[] = {
		"",	"less 1000", "ip or ip6 or arp", "tcp port 80",
		"vlan", "inner(ip)", "not tcp",
	};
	uint8_t bytes[LAYERS_MAX];

	(void)state;
	for (size_t e = 0; e < sizeof(expressions) / sizeof(*expressions);
	     e++) {
		const char *expression = expressions[e];
		struct pktcap_filter *filter =
			compile(expression, PKTCAP_FILTER_SNAP_HEADERS, 0);
		struct pktcap_filter *whole = compile(expression, 0, 0);

		for (size_t i = 0; i < ROWS; i++) {
			struct pktcap_packet view = { .data = bytes,
						      .linktype = 1 };

			view.wirelen = build(snap_rows[i].packet, bytes);
			for (view.caplen = view.wirelen; view.caplen;
			     view.caplen--)
				if (!run(filter, &view) != !run(whole, &view))
					fail_msg("'%s': %s cut to %u",
						 expression,
						 snap_rows[i].packet,
						 view.caplen);
		}
		pktcap_filter_free(filter);
		pktcap_filter_free(whole);
	}
}

static void refused(void **state)
{
	static const struct {
		uint32_t flags, linktype;
		int code;
	} all[] = {
		{ PKTCAP_FILTER_SNAP_HEADERS, PKTCAP_LINKTYPE_ETHERNET,
		  -EINVAL },
		{ PKTCAP_FILTER_SNAP_HEADERS | PKTCAP_FILTER_EXTENDED,
		  PKTCAP_LINKTYPE_PPP, -EOPNOTSUPP },
		{ PKTCAP_FILTER_SNAP_HEADERS | PKTCAP_FILTER_EXTENDED, 65535,
		  -EOPNOTSUPP },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct pktcap_filter *filter;
		struct pktcap_error error;

		assert_int_equal(
			pktcap_filter_compile(
				&filter, "",
				&PKTCAP_FILTER_OPTS(.flags = all[i].flags,
						    .linktype =
							    all[i].linktype),
				&error),
			all[i].code);
		assert_string_equal(error.call, "flags");
	}
}

int main(void)
{
	struct CMUnitTest tests[ROWS + 2];

	for (size_t i = 0; i < ROWS; i++)
		tests[i] = (struct CMUnitTest){
			.name = snap_rows[i].packet,
			.test_func = keeps_headers,
			.initial_state = (void *)(uintptr_t)&snap_rows[i],
		};
	tests[ROWS] = (struct CMUnitTest)cmocka_unit_test(loses_none);
	tests[ROWS + 1] = (struct CMUnitTest)cmocka_unit_test(refused);
	return _cmocka_run_group_tests("filter_snap", tests, ROWS + 2, NULL,
				       NULL);
}
