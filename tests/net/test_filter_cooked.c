// SPDX-License-Identifier: BSD-2-Clause
/*
 * Cooked captures: a live filter takes what the same expression takes from the
 * file that the same capture would write. Of frames that are sent with tags
 * among their bytes the kernel's filter sees neither tag nor protocol.
 */
#include "support/engines.h"

#include <sched.h>
#include <string.h>
#include <unistd.h>

#include "support/extended_rows.h"
#include "support/layers.h"

enum {
	PACKETS = sizeof(extended_packets) / sizeof(extended_packets[0]),
	SEEN_MAX = 2 * PACKETS, /* on their way out, and coming in */
	PADDING = 80,
};

/* With libpcap's meaning, and beyond. */
static const char *const both[] = {
	"",
	"udp port 53",
	"not udp",
	"icmp",
	"arp",
	"ip",
	"ip6",
	"not ip and not ip6",
	"tcp port 80",
	"tcp[13] & 2 != 0",
	"ip[9] = 17",
	"net 10.0.0.0/8",
	"ether[0:2] = 0x8100",
	"ether[0:2] = 0x88a8",
	"ether[20:2] = 5",
	"ether proto 0x8100",
	"len > 150",
	"less 140",
	"inbound",
	"outbound and udp",
};

static const char *const extended[] = {
	"vlan",
	"vlan 5",
	"vlan 7",
	"vlan 5 and tcp",
	"not vlan",
	"vlan 5 and vlan 7 and ip",
	"vlan > vlan",
	"inner(tcp port 443)",
	"sample 1/1 and udp",
};

static const char *const headers[] = { "", "udp", "vlan" };

enum {
	BOTH = sizeof(both) / sizeof(both[0]),
	EXTENDED = sizeof(extended) / sizeof(extended[0]),
	HEADERS = sizeof(headers) / sizeof(headers[0]),
	ROWS = 2 * BOTH + EXTENDED + HEADERS,
};

struct row {
	const char *expression;
	uint32_t flags;
};

static struct row rows[ROWS];

static struct row *add_rows(struct row *row, const char *const *expressions,
			    size_t n, uint32_t flags)
{
	for (size_t i = 0; i < n; i++)
		*row++ = (struct row){ expressions[i], flags };
	return row;
}

static void fill_rows(void)
{
	const uint32_t beyond = PKTCAP_FILTER_EXTENDED;
	struct row *row = rows;

	row = add_rows(row, both, BOTH, 0);
	row = add_rows(row, both, BOTH, beyond);
	row = add_rows(row, extended, EXTENDED, beyond);
	add_rows(row, headers, HEADERS, beyond | PKTCAP_FILTER_SNAP_HEADERS);
}

/* What a capture without a filter writes to its file. */
struct seen {
	uint8_t bytes[LAYERS_MAX + PADDING + 24];
	uint32_t len;
};

static struct seen seen[SEEN_MAX];
static uint32_t seen_count;
static int sender;

static struct pktcap_filter *compile(const struct row *row, uint32_t flags)
{
	struct pktcap_error error = { 0 };
	struct pktcap_filter *filter;

	if (pktcap_filter_compile(
		    &filter, row->expression,
		    &PKTCAP_FILTER_OPTS(.flags = row->flags | flags,
					.linktype = PKTCAP_LINKTYPE_LINUX_SLL2),
		    &error))
		fail_msg("'%s': %s", row->expression, error.text);
	return filter;
}

static struct pktcap_capture *open_row(const struct engine_row *engine,
				       const struct row *row, const char *name,
				       uint32_t direction, uint32_t snaplen)
{
	const uint32_t flags =
		PKTCAP_CAPTURE_COOKED | PKTCAP_CAPTURE_VLAN_INLINE;
	struct pktcap_filter *filter;
	struct pktcap_capture *cap;
	const struct pktcap_insn *insns;
	size_t n;

	filter = compile(row, PKTCAP_FILTER_LIVE);
	insns = pktcap_filter_program(filter, &n);
	cap = OPEN(engine, name, .flags = flags, .direction = direction,
		   .snaplen = snaplen, .filter = insns,
		   .filter_len = (uint32_t)n, .ring_bytes = 1 << 20);
	pktcap_filter_free(filter);
	return cap;
}

static void send_all(void)
{
	for (size_t i = 0; i < PACKETS; i++) {
		uint8_t frame[LAYERS_MAX + PADDING] = { 0 };
		size_t len = layers_build(extended_packets[i].layers, frame);

		assert_int_equal(world_send(sender, frame, len + PADDING), 0);
	}
}

static void see(struct pktcap_capture *cap, uint32_t count)
{
	for (seen_count = 0; seen_count < count; seen_count++) {
		const struct pktcap_packet *pkt = expect_packet(cap);

		assert_in_range(pkt->caplen, 20, sizeof(seen[0].bytes));
		assert_int_equal(pkt->caplen, pkt->wirelen);
		memcpy(seen[seen_count].bytes, pkt->data, pkt->caplen);
		seen[seen_count].len = pkt->caplen;
	}
}

static uint32_t kept_from_file(const struct pktcap_filter *filter, uint32_t i)
{
	const struct pktcap_packet pkt = {
		.data = seen[i].bytes,
		.caplen = seen[i].len,
		.wirelen = seen[i].len,
		.linktype = PKTCAP_LINKTYPE_LINUX_SLL2,
	};
	const struct pktcap_insn *insns;
	uint32_t keep;
	size_t n;

	insns = pktcap_filter_program(filter, &n);
	keep = pktcap_bpf_run(insns, n, &pkt);
	return keep < pkt.caplen ? keep : pkt.caplen;
}

/* Packets that are not the same, or that only one of both takes. */
static uint32_t differences(struct pktcap_capture *live, const struct row *row)
{
	struct pktcap_filter *file = compile(row, 0);
	const struct pktcap_packet *pkt;
	uint32_t different = 0;

	for (uint32_t i = 0; i < seen_count; i++) {
		uint32_t keep = kept_from_file(file, i);

		if (!keep)
			continue;
		if (pktcap_capture_next(live, &pkt, PATIENCE_MS) != 1)
			fail_msg("'%s': too few packets", row->expression);
		different += pkt->wirelen != seen[i].len ||
			     pkt->caplen != keep ||
			     memcmp(pkt->data, seen[i].bytes, keep);
	}
	while (pktcap_capture_next(live, &pkt, 0) == 1)
		different++;
	pktcap_filter_free(file);
	return different;
}

static void same(const struct engine_row *engine, const char *name,
		 uint32_t direction, uint32_t count)
{
	struct pktcap_capture *live[ROWS], *all;
	uint64_t different = 0;

	for (size_t i = 0; i < ROWS; i++)
		live[i] = open_row(engine, &rows[i], name, direction, 0);
	/* The last: what it has seen, all others have. */
	all = open_row(engine, &rows[0], name, direction, 0);
	send_all();
	see(all, count);
	pktcap_capture_close(all);
	for (size_t i = 0; i < ROWS; i++) {
		uint32_t n = differences(live[i], &rows[i]);

		if (n)
			print_error("'%s' (%u): %u packets differ\n",
				    rows[i].expression, rows[i].flags, n);
		different += n;
		pktcap_capture_close(live[i]);
	}
	assert_int_equal(different, 0);
}

static void both_ways(void **state)
{
	same(*state, "any", PKTCAP_DIRECTION_BOTH, 2 * PACKETS);
}

static void outgoing(void **state)
{
	same(*state, "a", PKTCAP_DIRECTION_OUT, PACKETS);
}

static void incoming(void **state)
{
	same(*state, "b", PKTCAP_DIRECTION_IN, PACKETS);
}

/* To 8 and to 9, with and without a tag. */
static void send_ports(void)
{
	const uint32_t tag = 0x81000005;
	uint8_t frame[100];

	for (uint16_t port = 8; port <= 9; port++) {
		world_frame(frame, sizeof(frame), port, 0);
		assert_int_equal(world_send(sender, frame, sizeof(frame)), 0);
		world_frame_tagged(frame, sizeof(frame), port, 0, &tag, 1);
		assert_int_equal(world_send(sender, frame, sizeof(frame)), 0);
	}
}

/* Only what the kernel cannot tell comes here to be rejected. */
static void the_kernel_rejects_the_rest(void **state)
{
	static const struct row row = { "udp port 9", PKTCAP_FILTER_EXTENDED };
	struct pktcap_capture *cap =
		open_row(*state, &row, "any", PKTCAP_DIRECTION_BOTH, 0);
	struct pktcap_capture_stats stats;

	send_ports();
	for (int i = 0; i < 4; i++)
		expect_packet(cap);
	expect_none(cap);
	assert_int_equal(pktcap_capture_stats(cap, &stats), 0);
	assert_int_equal(stats.received, 5);
	assert_int_equal(stats.rejected, 1);
	pktcap_capture_close(cap);
}

/* The port is not among the bytes that are kept. */
static void the_snap_length_hides_nothing(void **state)
{
	static const struct row row = { "udp port 9", PKTCAP_FILTER_EXTENDED };
	struct pktcap_capture *cap =
		open_row(*state, &row, "any", PKTCAP_DIRECTION_BOTH, 40);

	send_ports();
	for (int i = 0; i < 4; i++)
		assert_int_equal(expect_packet(cap)->caplen, 40);
	expect_none(cap);
	pktcap_capture_close(cap);
}

/* So that every socket sees all packets in the same order. */
static void stay_on_this_cpu(void)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET((size_t)sched_getcpu(), &one);
	sched_setaffinity(0, sizeof(one), &one);
}

int main(void)
{
	/* Each engine, and with one of them the rest. */
	struct CMUnitTest tests[] = {
		cmocka_unit_test(both_ways),
		cmocka_unit_test(outgoing),
		cmocka_unit_test(incoming),
		cmocka_unit_test(the_kernel_rejects_the_rest),
		cmocka_unit_test(the_snap_length_hides_nothing),
		cmocka_unit_test(both_ways),
		cmocka_unit_test(the_kernel_rejects_the_rest),
		cmocka_unit_test(the_snap_length_hides_nothing),
	};

	for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
		tests[i].initial_state = &engine_rows[i < 5 ? 0 : 3];
	stay_on_this_cpu();
	world_enter_or_skip();
	if (world_veth("a", "b"))
		return 1;
	sender = world_sender("a");
	fill_rows();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
