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

enum {
	ROWS = sizeof(snap_rows) / sizeof(snap_rows[0]),
	PADDING = 100,
	TAG_LEN = 4
};

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

/* Of what there is. */
static uint32_t kept_of(uint32_t wanted, const struct pktcap_packet *view)
{
	return wanted < view->caplen ? wanted : view->caplen;
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
	uint32_t kept;

	view.caplen = view.wirelen = build(row->packet, bytes) + PADDING;
	kept = kept_of(run(filter, &view), &view);
	assert_int_equal(kept, row->kept ? row->kept : view.caplen);
	assert_int_equal(run(shorter, &view), kept < 50 ? kept : 50);
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

/* The packet that the kernel makes of one with a tag. */
static struct pktcap_packet without_tag(const struct pktcap_packet *view,
					uint8_t *bytes)
{
	struct pktcap_packet live = *view;

	memcpy(bytes, view->data, 12);
	memcpy(bytes + 12, view->data + 16, view->caplen - 16);
	live.data = bytes;
	live.caplen = live.wirelen = view->caplen - TAG_LEN;
	live.flags = PKTCAP_PACKET_VLAN;
	live.vlan_tpid = (uint16_t)(view->data[12] << 8 | view->data[13]);
	live.vlan_tci = (uint16_t)(view->data[14] << 8 | view->data[15]);
	live.protocol = (uint16_t)(bytes[12] << 8 | bytes[13]);
	return live;
}

/* Each byte behind the tag is wrong once: headers, types, tags. */
static void keeps_the_same_live(void **state)
{
	struct pktcap_filter *file = compile("", PKTCAP_FILTER_SNAP_HEADERS, 0);
	struct pktcap_filter *live =
		compile("", PKTCAP_FILTER_SNAP_HEADERS | PKTCAP_FILTER_LIVE, 0);
	uint8_t bytes[LAYERS_MAX + PADDING] = { 0 }, rest[LAYERS_MAX + PADDING];

	(void)state;
	for (size_t i = 0; i < ROWS; i++) {
		struct pktcap_packet view = { .data = bytes, .linktype = 1 };
		uint32_t n = build(snap_rows[i].packet, bytes);

		if (memcmp(bytes + 12, "\x81\x00", 2) != 0 &&
		    memcmp(bytes + 12, "\x88\xa8", 2) != 0)
			continue;
		view.caplen = view.wirelen = n + PADDING;
		for (uint32_t at = 16; at < n; at++) {
			struct pktcap_packet taken;
			uint32_t kept;

			bytes[at] ^= 0x5;
			taken = without_tag(&view, rest);
			kept = kept_of(run(file, &view), &view);
			if (kept_of(run(live, &taken), &taken) + TAG_LEN !=
			    kept)
				fail_msg("%s, byte %u: %u from a file",
					 snap_rows[i].packet, at, kept);
			bytes[at] ^= 0x5;
		}
	}
	pktcap_filter_free(file);
	pktcap_filter_free(live);
}

/* Tagged, and with a header of 16 bytes, which is no IPv4 header. */
static void keeps_bad_headers(void **state)
{
	struct pktcap_filter *filter =
		compile("", PKTCAP_FILTER_SNAP_HEADERS, 0);
	uint8_t bytes[LAYERS_MAX + PADDING] = { 0 };
	struct pktcap_packet view = { .data = bytes, .linktype = 1 };

	(void)state;
	view.caplen = view.wirelen = build("v5", bytes) + PADDING;
	bytes[18] = 0x44;
	assert_in_range(run(filter, &view), view.caplen, UINT32_MAX);
	pktcap_filter_free(filter);
}

static void refused(void **state)
{
	static const struct {
		uint32_t flags, linktype;
		int code;
		const char *text;
	} all[] = {
		{ PKTCAP_FILTER_SNAP_HEADERS, PKTCAP_LINKTYPE_ETHERNET, -EINVAL,
		  "PKTCAP_FILTER_SNAP_HEADERS is for PKTCAP_FILTER_EXTENDED "
		  "only" },
		{ PKTCAP_FILTER_SNAP_HEADERS | PKTCAP_FILTER_EXTENDED,
		  PKTCAP_LINKTYPE_NULL, -EOPNOTSUPP,
		  "PKTCAP_FILTER_SNAP_HEADERS is not for packets of link type "
		  "0 (BSD loopback)" },
		{ PKTCAP_FILTER_SNAP_HEADERS | PKTCAP_FILTER_EXTENDED, 65535,
		  -EOPNOTSUPP,
		  "PKTCAP_FILTER_SNAP_HEADERS is not for packets of link type "
		  "65535 (unknown)" },
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
		assert_string_equal(error.text, all[i].text);
	}
}

int main(void)
{
	struct CMUnitTest tests[ROWS + 4];

	for (size_t i = 0; i < ROWS; i++)
		tests[i] = (struct CMUnitTest){
			.name = snap_rows[i].packet,
			.test_func = keeps_headers,
			.initial_state = (void *)(uintptr_t)&snap_rows[i],
		};
	tests[ROWS] = (struct CMUnitTest)cmocka_unit_test(loses_none);
	tests[ROWS + 1] = (struct CMUnitTest)cmocka_unit_test(refused);
	tests[ROWS + 2] =
		(struct CMUnitTest)cmocka_unit_test(keeps_the_same_live);
	tests[ROWS + 3] =
		(struct CMUnitTest)cmocka_unit_test(keeps_bad_headers);
	return _cmocka_run_group_tests("filter_snap", tests, ROWS + 4, NULL,
				       NULL);
}
