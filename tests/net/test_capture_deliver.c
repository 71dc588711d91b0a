// SPDX-License-Identifier: BSD-2-Clause
/* What is delivered is what was sent: every engine, the same tests. */
#include "support/engines.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

/* The other end of the pair, to send from. */
static int sender;

static int64_t realtime_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void everything_in_order(void **state)
{
	const struct engine_row *row = *state;
	struct pktcap_capture *cap = OPEN(row, "pk1");
	struct pktcap_capture_stats stats;
	int64_t before = realtime_ns();

	assert_int_equal(world_flood(sender, 0, 1000, 200), 0);
	for (uint32_t i = 0; i < 1000; i++) {
		const struct pktcap_packet *pkt = expect_packet(cap);
		uint8_t sent[200];

		world_frame(sent, 200, 9, i);
		assert_int_equal(world_number(pkt->data, pkt->caplen), i);
		assert_int_equal(pkt->caplen, 200);
		assert_int_equal(pkt->wirelen, 200);
		assert_int_equal(pkt->flags & PKTCAP_PACKET_TRUNCATED, 0);
		assert_int_equal(pkt->linktype, PKTCAP_LINKTYPE_ETHERNET);
		assert_int_equal(pkt->direction, PKTCAP_DIRECTION_IN);
		assert_int_equal(pkt->protocol, 0x0800);
		/* Any program that asks for early stamps gives them to all. */
		if (pkt->clock != PKTCAP_CLOCK_INGRESS)
			assert_int_equal(pkt->clock, row->clock);
		/*
		 * Not in order: the first packets after the kernel was asked
		 * for early stamps are stamped late.
		 */
		assert_in_range(pkt->ts_ns, before - 1000000000, realtime_ns());
	}
	expect_none(cap);
	assert_int_equal(pktcap_capture_stats(cap, &stats), 0);
	assert_int_equal(stats.received, 1000);
	assert_int_equal(stats.delivered, 1000);
	assert_int_equal(stats.dropped, 0);
	assert_int_equal(stats.bytes, 200000);
	assert_int_equal(stats.wire_bytes, 200000);
	assert_int_equal(stats.truncated, 0);
	pktcap_capture_close(cap);
}

static void info_tells_what_was_obtained(void **state)
{
	const struct engine_row *row = *state;
	struct pktcap_capture *cap = OPEN(row, "pk1", .snaplen = 1000);
	struct pktcap_capture_info info;

	pktcap_capture_info(cap, &info);
	assert_int_equal(info.engine,
			 row->engine ? row->engine : PKTCAP_ENGINE_RECV);
	assert_int_equal(info.snaplen, 1000);
	assert_int_equal(info.linktype, PKTCAP_LINKTYPE_ETHERNET);
	assert_string_equal(info.ifname, "pk1");
	assert_int_not_equal(info.ifindex, 0);
	assert_int_equal(info.max_delay_us, row->max_delay_us);
	assert_true(info.ring_bytes > 0);
	assert_true(info.link_flags & PKTCAP_DEVICE_UP);
	assert_int_equal(info.filter_place, PKTCAP_FILTER_PLACE_NONE);
	if (info.engine == PKTCAP_ENGINE_RING) {
		assert_int_equal(info.block_count * info.block_bytes,
				 info.ring_bytes);
		assert_int_equal(info.ring_bytes, 4 << 20);
	}
	pktcap_capture_close(cap);
}

static void snap_length_cuts_and_says_so(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1", .snaplen = 64);
	struct pktcap_capture_stats stats;
	const struct pktcap_packet *pkt;

	send_numbered(sender, 1, 1000, 9);
	send_numbered(sender, 2, 64, 9);
	pkt = expect_packet(cap);
	assert_int_equal(pkt->caplen, 64);
	assert_int_equal(pkt->wirelen, 1000);
	assert_true(pkt->flags & PKTCAP_PACKET_TRUNCATED);
	pkt = expect_packet(cap);
	assert_int_equal(pkt->caplen, 64);
	assert_int_equal(pkt->wirelen, 64);
	assert_false(pkt->flags & PKTCAP_PACKET_TRUNCATED);
	assert_int_equal(pktcap_capture_stats(cap, &stats), 0);
	assert_int_equal(stats.truncated, 1);
	assert_int_equal(stats.bytes, 128);
	assert_int_equal(stats.wire_bytes, 1064);
	pktcap_capture_close(cap);
}

static void jumbo_frames_come_whole(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1");
	const struct pktcap_packet *pkt;
	uint8_t frame[60000];

	send_numbered(sender, 7, sizeof(frame), 9);
	world_frame(frame, sizeof(frame), 9, 7);
	pkt = expect_packet(cap);
	assert_int_equal(pkt->caplen, sizeof(frame));
	assert_int_equal(pkt->wirelen, sizeof(frame));
	assert_memory_equal(pkt->data, frame, sizeof(frame));
	pktcap_capture_close(cap);
}

/* A frame larger than a ring's block is cut by the kernel, silently. */
static void oversize_is_flagged(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1", .block_bytes = 65536,
					  .ring_bytes = 1 << 20);
	struct pktcap_capture_info info;
	const struct pktcap_packet *pkt;

	pktcap_capture_info(cap, &info);
	send_numbered(sender, 7, 65530, 9);
	pkt = expect_packet(cap);
	assert_int_equal(pkt->wirelen, 65530);
	if (info.engine == PKTCAP_ENGINE_RING) {
		assert_true(pkt->caplen < 65530);
		assert_true(pkt->flags & PKTCAP_PACKET_TRUNCATED);
	} else {
		assert_int_equal(pkt->caplen, 65530);
	}
	pktcap_capture_close(cap);
}

/* --- VLAN ------------------------------------------------------------------
 */

struct tags {
	const char *name;
	size_t n;
	uint32_t tags[3]; /* TPID << 16 | TCI, outermost first */
};

static const struct tags tag_stacks[] = {
	{ "802.1Q", 1, { 0x81000005 } },
	{ "802.1Q, priority 7, VID 4095", 1, { 0x8100efff } },
	{ "802.1ad", 1, { 0x88a80064 } },
	{ "priority tag, VID 0", 1, { 0x8100a000 } },
	{ "tag with TCI 0", 1, { 0x81000000 } },
	{ "QinQ", 2, { 0x88a80064, 0x81000005 } },
	{ "three tags", 3, { 0x88a80064, 0x81000005, 0x81000006 } },
};

enum { TAG_STACKS = sizeof(tag_stacks) / sizeof(tag_stacks[0]) };

static void tag_is_metadata(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1");

	for (int i = 0; i < TAG_STACKS; i++) {
		const struct tags *t = &tag_stacks[i];
		const struct pktcap_packet *pkt;
		uint8_t sent[100], rest[100];

		world_frame_tagged(sent, 100, 9, 1, t->tags, t->n);
		assert_int_equal(world_send(sender, sent, 100), 0);
		pkt = expect_packet(cap);
		assert_true(pkt->flags & PKTCAP_PACKET_VLAN);
		assert_false(pkt->flags & PKTCAP_PACKET_VLAN_INLINE);
		assert_int_equal(pkt->vlan_tpid, t->tags[0] >> 16);
		assert_int_equal(pkt->vlan_tci, t->tags[0] & 0xffff);
		assert_int_equal(pkt->caplen, 96);
		assert_int_equal(pkt->wirelen, 96);
		memcpy(rest, sent, 12);
		memcpy(rest + 12, sent + 16, 84);
		assert_memory_equal(pkt->data, rest, 96);
	}
	send_numbered(sender, 1, 100, 9);
	assert_false(expect_packet(cap)->flags & PKTCAP_PACKET_VLAN);
	pktcap_capture_close(cap);
}

static void tag_is_put_back(void **state)
{
	struct pktcap_capture *cap =
		OPEN(*state, "pk1", .flags = PKTCAP_CAPTURE_VLAN_INLINE);

	for (int i = 0; i < TAG_STACKS; i++) {
		const struct tags *t = &tag_stacks[i];
		const struct pktcap_packet *pkt;
		uint8_t sent[100];

		world_frame_tagged(sent, 100, 9, 1, t->tags, t->n);
		assert_int_equal(world_send(sender, sent, 100), 0);
		pkt = expect_packet(cap);
		assert_true(pkt->flags & PKTCAP_PACKET_VLAN);
		assert_true(pkt->flags & PKTCAP_PACKET_VLAN_INLINE);
		assert_int_equal(pkt->vlan_tci, t->tags[0] & 0xffff);
		assert_int_equal(pkt->caplen, 100);
		assert_int_equal(pkt->wirelen, 100);
		assert_memory_equal(pkt->data, sent, 100);
	}
	pktcap_capture_close(cap);
}

static void put_back_tag_respects_the_snap_length(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1", .snaplen = 60,
					  .flags = PKTCAP_CAPTURE_VLAN_INLINE);
	const struct pktcap_packet *pkt;
	uint8_t sent[100];

	world_frame_tagged(sent, 100, 9, 1, tag_stacks[0].tags, 1);
	assert_int_equal(world_send(sender, sent, 100), 0);
	pkt = expect_packet(cap);
	assert_int_equal(pkt->caplen, 60);
	assert_int_equal(pkt->wirelen, 100);
	assert_memory_equal(pkt->data, sent, 60);
	pktcap_capture_close(cap);
}

/* --- direction and loopback ------------------------------------------------
 */

static void send_both_ways(void)
{
	uint8_t frame[100];
	int other = world_sender("pk1");

	world_frame(frame, 100, 9, 1);
	assert_int_equal(world_send(sender, frame, 100), 0);
	world_frame(frame, 100, 9, 2);
	assert_int_equal(world_send(other, frame, 100), 0);
	close(other);
}

static void direction(void **state)
{
	static const struct {
		uint32_t option;
		int numbers[2];
		int n;
	} rows[] = {
		{ PKTCAP_DIRECTION_UNKNOWN, { 1, 2 }, 2 },
		{ PKTCAP_DIRECTION_BOTH, { 1, 2 }, 2 },
		{ PKTCAP_DIRECTION_IN, { 1 }, 1 },
		{ PKTCAP_DIRECTION_OUT, { 2 }, 1 },
	};

	for (int i = 0; i < 4; i++) {
		struct pktcap_capture *cap =
			OPEN(*state, "pk1", .direction = rows[i].option);

		send_both_ways();
		for (int k = 0; k < rows[i].n; k++) {
			const struct pktcap_packet *pkt = expect_packet(cap);

			assert_int_equal(world_number(pkt->data, pkt->caplen),
					 rows[i].numbers[k]);
			assert_int_equal(pkt->direction,
					 rows[i].numbers[k] == 1
						 ? PKTCAP_DIRECTION_IN
						 : PKTCAP_DIRECTION_OUT);
		}
		expect_none(cap);
		pktcap_capture_close(cap);
	}
}

static void loopback_frames_come_once(void **state)
{
	static const char *const names[] = { "lo", "any" };
	int lo = world_sender("lo");
	uint8_t frame[100];

	for (int i = 0; i < 2; i++) {
		for (uint32_t d = 0; d <= PKTCAP_DIRECTION_BOTH; d++) {
			struct pktcap_capture *cap =
				OPEN(*state, names[i], .direction = d);
			const struct pktcap_packet *pkt;

			world_frame(frame, 100, 9, 5);
			assert_int_equal(world_send(lo, frame, 100), 0);
			pkt = expect_packet(cap);
			assert_int_equal(pkt->direction,
					 d == PKTCAP_DIRECTION_OUT
						 ? PKTCAP_DIRECTION_OUT
						 : PKTCAP_DIRECTION_IN);
			expect_none(cap);
			pktcap_capture_close(cap);
		}
	}
	close(lo);
}

/* --- other kinds of interfaces ---------------------------------------------
 */

static void any_has_a_cooked_header(void **state)
{
	struct pktcap_capture *cap =
		OPEN(*state, "any", .direction = PKTCAP_DIRECTION_IN);
	struct pktcap_capture *named = OPEN(*state, "pk1");
	const struct pktcap_packet *pkt;
	struct pktcap_capture_info info;
	uint8_t sent[100];
	uint32_t index;

	pktcap_capture_info(named, &info);
	index = info.ifindex;
	pktcap_capture_info(cap, &info);
	assert_string_equal(info.ifname, "any");
	assert_int_equal(info.linktype, PKTCAP_LINKTYPE_LINUX_SLL2);
	world_frame(sent, 100, 9, 3);
	assert_int_equal(world_send(sender, sent, 100), 0);
	pkt = expect_packet(cap);
	assert_int_equal(pkt->linktype, PKTCAP_LINKTYPE_LINUX_SLL2);
	assert_int_equal(pkt->ifindex, index);
	assert_int_equal(pkt->caplen, 100 - 14 + 20);
	assert_int_equal(pkt->wirelen, 100 - 14 + 20);
	assert_memory_equal(pkt->data, "\x08\x00\x00\x00\x00\x00\x00", 7);
	assert_int_equal(pkt->data[7], index);
	assert_memory_equal(pkt->data + 8, "\x00\x01\x01\x06", 4);
	assert_memory_equal(pkt->data + 12, sent + 6, 6);
	assert_memory_equal(pkt->data + 18, "\x00\x00", 2);
	assert_memory_equal(pkt->data + 20, sent + 14, 86);
	pktcap_capture_close(named);
	pktcap_capture_close(cap);
}

/* Inner tags stay in front of the payload, and the header says so. */
static void cooked_tags(const struct engine_row *row, uint32_t flags)
{
	struct pktcap_capture *cap =
		OPEN(row, "pk1", .flags = PKTCAP_CAPTURE_COOKED | flags);

	for (int i = 0; i < TAG_STACKS; i++) {
		const struct tags *t = &tag_stacks[i];
		/* What the kernel strips, unless it is put back. */
		size_t stripped = flags ? 0 : 4;
		const struct pktcap_packet *pkt;
		uint8_t sent[100];

		world_frame_tagged(sent, 100, 9, 3, t->tags, t->n);
		assert_int_equal(world_send(sender, sent, 100), 0);
		pkt = expect_packet(cap);
		assert_int_equal(pkt->linktype, PKTCAP_LINKTYPE_LINUX_SLL2);
		assert_true(pkt->flags & PKTCAP_PACKET_VLAN);
		assert_int_equal(pkt->vlan_tpid, t->tags[0] >> 16);
		assert_int_equal(pkt->vlan_tci, t->tags[0] & 0xffff);
		assert_int_equal(pkt->caplen, 20 + 86 - stripped);
		assert_int_equal(pkt->wirelen, 20 + 86 - stripped);
		/* The protocol of what follows, then all that follows it. */
		assert_memory_equal(pkt->data, sent + 12 + stripped, 2);
		assert_memory_equal(pkt->data + 20, sent + 14 + stripped,
				    86 - stripped);
	}
	pktcap_capture_close(cap);
}

static void cooked_tag_is_metadata(void **state)
{
	cooked_tags(*state, 0);
}

static void cooked_tag_is_put_back(void **state)
{
	cooked_tags(*state, PKTCAP_CAPTURE_VLAN_INLINE);
}

static void tun_is_raw(void **state)
{
	/* Written by us: comes in from the wire that a tun device stands for.
	 */
	uint8_t frame[100];
	int tun = world_tun("tun7");
	struct pktcap_capture *cap = OPEN(*state, "tun7");
	const struct pktcap_packet *pkt;

	assert_true(tun >= 0);
	world_frame(frame, 100, 9, 3);
	assert_int_equal(write(tun, frame + 14, 86), 86);
	pkt = expect_packet(cap);
	assert_int_equal(pkt->linktype, PKTCAP_LINKTYPE_RAW);
	assert_int_equal(pkt->caplen, 86);
	assert_memory_equal(pkt->data, frame + 14, 86);
	pktcap_capture_close(cap);
	close(tun);
}

/* --- drops ------------------------------------------------------------------
 */

static void a_full_buffer_drops_and_counts(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1", .ring_bytes = 1 << 16,
					  .block_bytes = 65536);
	struct pktcap_capture_stats stats;
	const struct pktcap_packet *pkt;
	uint64_t got = 0;

	assert_int_equal(world_flood(sender, 0, 5000, 1000), 0);
	while (pktcap_capture_next(cap, &pkt, 100) == 1)
		got++;
	assert_int_equal(pktcap_capture_stats(cap, &stats), 0);
	assert_int_equal(stats.received, 5000);
	assert_int_equal(stats.received - stats.dropped, got);
	assert_int_equal(stats.delivered, got);
	assert_true(stats.dropped > 0);
	/* The kernel clears its numbers when they are read; ours stay. */
	assert_int_equal(pktcap_capture_stats(cap, &stats), 0);
	assert_int_equal(stats.received, 5000);
	/* And it recovers. */
	send_numbered(sender, 77, 100, 9);
	pkt = expect_packet(cap);
	assert_int_equal(world_number(pkt->data, pkt->caplen), 77);
	pktcap_capture_close(cap);
}

int main(void)
{
	static const struct matrix_test tests[] = {
		MATRIX_TEST(everything_in_order),
		MATRIX_TEST(info_tells_what_was_obtained),
		MATRIX_TEST(snap_length_cuts_and_says_so),
		MATRIX_TEST(jumbo_frames_come_whole),
		MATRIX_TEST(oversize_is_flagged),
		MATRIX_TEST(tag_is_metadata),
		MATRIX_TEST(tag_is_put_back),
		MATRIX_TEST(put_back_tag_respects_the_snap_length),
		MATRIX_TEST(direction),
		MATRIX_TEST(loopback_frames_come_once),
		MATRIX_TEST(any_has_a_cooked_header),
		MATRIX_TEST(cooked_tag_is_metadata),
		MATRIX_TEST(cooked_tag_is_put_back),
		MATRIX_TEST(tun_is_raw),
		MATRIX_TEST(a_full_buffer_drops_and_counts),
	};
	int failed, fds;

	world_enter_or_skip();
	if (world_veth("pk0", "pk1") || world_mtu("pk0", 65535) ||
	    world_mtu("pk1", 65535))
		return 1;
	sender = world_sender("pk0");
	fds = world_open_fds();
	failed = run_with_engines("capture deliver", tests,
				  sizeof(tests) / sizeof(tests[0]));
	if (world_open_fds() != fds) {
		printf("descriptors leaked: %d, now %d\n", fds,
		       world_open_fds());
		return 1;
	}
	return failed;
}
