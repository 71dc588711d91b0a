// SPDX-License-Identifier: BSD-2-Clause
/*
 * The live program takes a packet whose VLAN tag is metadata where the other
 * one takes it from a file, with the tag in its place.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include <pktcap/filter.h>

#include "support/filter_table.h"
#include "support/packets.h"

enum { TAG_AT = 12, TAG_LEN = 4, LINKTYPE = PKTCAP_LINKTYPE_ETHERNET };

static unsigned int be16(const uint8_t *p)
{
	return (unsigned int)p[0] << 8 | p[1];
}

/* As the kernel hands it out: without the tag, if there was one. */
static struct pktcap_packet live_view(const struct packet *packet,
				      uint8_t bytes[PACKET_MAX])
{
	struct pktcap_packet view = { .data = packet->bytes,
				      .caplen = packet->len,
				      .wirelen = packet->len,
				      .linktype = LINKTYPE };
	unsigned int type = be16(packet->bytes + TAG_AT);

	if (type != 0x8100 && type != 0x88a8)
		return view;
	memcpy(bytes, packet->bytes, TAG_AT);
	memcpy(bytes + TAG_AT, packet->bytes + TAG_AT + TAG_LEN,
	       packet->len - TAG_AT - TAG_LEN);
	view.data = bytes;
	view.caplen = view.wirelen = packet->len - TAG_LEN;
	view.flags = PKTCAP_PACKET_VLAN;
	view.vlan_tpid = (uint16_t)type;
	view.vlan_tci = (uint16_t)be16(packet->bytes + TAG_AT + 2);
	return view;
}

static void compare(const char *expression, const struct pktcap_filter *file,
		    const struct pktcap_filter *live)
{
	uint8_t bytes[PACKET_MAX], without[PACKET_MAX];
	const struct pktcap_insn *insns[2];
	struct packet packet;
	size_t n[2];

	insns[0] = pktcap_filter_program(file, &n[0]);
	insns[1] = pktcap_filter_program(live, &n[1]);
	for (unsigned int i = 0; packet_build(i, LINKTYPE, bytes, &packet);
	     i++) {
		struct pktcap_packet view = { .data = bytes,
					      .caplen = packet.len,
					      .wirelen = packet.len,
					      .linktype = LINKTYPE };
		bool taken = pktcap_bpf_run(insns[0], n[0], &view);

		view = live_view(&packet, without);
		if (taken != !!pktcap_bpf_run(insns[1], n[1], &view))
			fail_msg("'%s', packet '%s': %s from a file only",
				 expression, packet.name,
				 taken ? "taken" : "rejected");
	}
}

static void same_as_from_a_file(void **state)
{
	(void)state;
	for (size_t i = 0; filter_table[i]; i++) {
		struct pktcap_filter *file, *live;
		int ret = pktcap_filter_compile(
			&file, filter_table[i],
			&PKTCAP_FILTER_OPTS(.linktype = LINKTYPE), NULL);
		int same = pktcap_filter_compile(
			&live, filter_table[i],
			&PKTCAP_FILTER_OPTS(.linktype = LINKTYPE,
					    .flags = PKTCAP_FILTER_LIVE),
			NULL);

		if (!ret && !same)
			compare(filter_table[i], file, live);
		/* A computed index into the link header is refused. */
		else if (same != ret && same != -EOPNOTSUPP)
			fail_msg("'%s': %d from a file, %d live",
				 filter_table[i], ret, same);
		pktcap_filter_free(file);
		pktcap_filter_free(live);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_as_from_a_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
