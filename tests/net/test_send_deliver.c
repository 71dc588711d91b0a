// SPDX-License-Identifier: BSD-2-Clause
/* What is sent arrives, byte for byte: every way of sending, the same tests. */
#include "support/ways.h"

#include <errno.h>
#include <unistd.h>

#include "support/traffic.h"

enum { PATIENCE_MS = 10000, FRAMES = 200, PART = 40 };

/* The other end of the pair. */
static struct pktcap_capture *other_end(void)
{
	struct pktcap_capture *cap;
	struct pktcap_error error = { 0 };

	if (pktcap_capture_open(
		    &cap, "pk1",
		    &PKTCAP_CAPTURE_OPTS(.engine = PKTCAP_ENGINE_RECV,
					 .direction = PKTCAP_DIRECTION_IN,
					 .flags = PKTCAP_CAPTURE_VLAN_INLINE),
		    &error))
		fail_msg("%s: %s", error.call, error.text);
	return cap;
}

static void expect_bytes(struct pktcap_capture *cap, const uint8_t *data,
			 size_t len)
{
	const struct pktcap_packet *pkt;

	assert_int_equal(pktcap_capture_next(cap, &pkt, PATIENCE_MS), 1);
	assert_int_equal(pkt->wirelen, len);
	assert_memory_equal(pkt->data, data, len);
}

static void expect_none(struct pktcap_capture *cap)
{
	const struct pktcap_packet *pkt;

	assert_int_equal(pktcap_capture_next(cap, &pkt, 30), 0);
}

static void send_packets(struct sender *sender,
			 const struct pktcap_packet *pkts, size_t n)
{
	struct pktcap_error error = { 0 };
	size_t sent = 0;

	if (pktcap_send_batch(sender->s, pkts, n, &sent, &error))
		fail_msg("%s", error.text);
	assert_int_equal(sent, n);
}

/* In parts for which the receiving socket's buffer surely has room. */
static void send_and_expect(struct sender *sender, struct pktcap_capture *cap,
			    const struct pktcap_packet *pkts)
{
	for (size_t i = 0; i < FRAMES; i += PART) {
		send_packets(sender, pkts + i, PART);
		for (size_t k = i; k < i + PART; k++)
			expect_bytes(cap, pkts[k].data, pkts[k].caplen);
	}
}

static size_t length_of(size_t i)
{
	return i % 2 ? 1514 - i % 64 : 60 + i * 7;
}

/* Several times around a ring of 32 slots. */
static void many_frames_of_all_lengths(void **state)
{
	static uint8_t frames[FRAMES][1536];
	struct sender sender = SENDER(*state, .ring_bytes = 65536, .batch = 24);
	struct pktcap_capture *cap = other_end();
	struct pktcap_packet pkts[FRAMES];
	struct pktcap_send_stats stats;
	uint64_t bytes = 0;

	for (size_t i = 0; i < FRAMES; i++) {
		world_frame(frames[i], length_of(i), 9, (uint32_t)i);
		pkts[i] = sender_packet(&sender, frames[i], length_of(i));
		bytes += length_of(i);
	}
	send_and_expect(&sender, cap, pkts);
	send_and_expect(&sender, cap, pkts);
	expect_none(cap);
	pktcap_send_stats(sender.s, &stats);
	assert_int_equal(stats.frames, 2 * FRAMES);
	assert_int_equal(stats.bytes, 2 * bytes);
	assert_in_range(stats.calls, 1, 2 * FRAMES + stats.retries);
	assert_int_equal(stats.refused, 0);
	pktcap_capture_close(cap);
	sender_close(&sender);
}

static void one_frame_of_each_kind(void **state)
{
	struct sender sender = SENDER(*state);
	struct pktcap_capture *cap = other_end();
	const struct way *way = *state;
	uint8_t frame[TRAFFIC_MAX];

	for (unsigned int i = 0; i < TRAFFIC_KINDS; i++) {
		size_t len = traffic_frame(i, frame);
		struct pktcap_error error = { 0 };
		int err;

		err = way->unbound
			      ? pktcap_send_frame_on(sender.s, sender.ifindex,
						     frame, len, &error)
			      : pktcap_send_frame(sender.s, frame, len, &error);
		if (err)
			fail_msg("%s", error.text);
		expect_bytes(cap, frame, len);
	}
	expect_none(cap);
	pktcap_capture_close(cap);
	sender_close(&sender);
}

/* The kernel took it out of the bytes when it was captured. */
static void a_tag_beside_the_bytes_is_put_back(void **state)
{
	const uint32_t tag = 0x8100a007;
	struct sender sender = SENDER(*state);
	struct pktcap_capture *cap = other_end();
	struct pktcap_packet pkt;
	uint8_t plain[100], tagged[104];

	world_frame(plain, sizeof(plain), 9, 5);
	world_frame_tagged(tagged, sizeof(tagged), 9, 5, &tag, 1);
	pkt = sender_packet(&sender, plain, sizeof(plain));
	/* Only the tag is to differ. */
	memcpy(tagged + 16, plain + 12, sizeof(plain) - 12);
	pkt.flags = PKTCAP_PACKET_VLAN;
	pkt.vlan_tpid = 0x8100;
	pkt.vlan_tci = 0xa007;
	send_packets(&sender, &pkt, 1);
	expect_bytes(cap, tagged, sizeof(tagged));
	/* It is among the bytes, too: once is enough. */
	pkt = sender_packet(&sender, tagged, sizeof(tagged));
	pkt.flags = PKTCAP_PACKET_VLAN | PKTCAP_PACKET_VLAN_INLINE;
	send_packets(&sender, &pkt, 1);
	expect_bytes(cap, tagged, sizeof(tagged));
	pktcap_capture_close(cap);
	sender_close(&sender);
}

static void short_frames_are_padded_on_request(void **state)
{
	const uint8_t three[] = { 0xff, 0xff, 0xff };
	uint8_t padded[60] = { 0xff, 0xff, 0xff };
	struct sender sender =
		SENDER(*state, .flags = PKTCAP_SEND_PAD, .ring_bytes = 65536);
	struct pktcap_capture *cap = other_end();
	struct pktcap_packet pkt;
	uint8_t ones[60];

	/* A ring keeps what it sent: some of it would show. */
	memset(ones, 0xff, sizeof(ones));
	pkt = sender_packet(&sender, ones, sizeof(ones));
	for (int i = 0; i < PART; i++) {
		send_packets(&sender, &pkt, 1);
		expect_bytes(cap, ones, sizeof(ones));
	}
	pkt = sender_packet(&sender, three, sizeof(three));
	send_packets(&sender, &pkt, 1);
	expect_bytes(cap, padded, sizeof(padded));
	pktcap_capture_close(cap);
	sender_close(&sender);
}

/* Whatever the handle is bound to, this goes elsewhere. */
static void one_frame_on_another_interface(void **state)
{
	struct sender sender = SENDER(*state);
	struct pktcap_capture *cap = other_end();
	const struct way *way = *state;
	struct pktcap_error error;
	struct pktcap_capture *lo;
	uint8_t frame[100];
	int err;

	world_frame(frame, sizeof(frame), 9, 1);
	assert_int_equal(
		pktcap_capture_open(
			&lo, "lo",
			&PKTCAP_CAPTURE_OPTS(.engine = PKTCAP_ENGINE_RECV),
			NULL),
		0);
	err = pktcap_send_frame_on(sender.s, if_nametoindex("lo"), frame,
				   sizeof(frame), &error);
	if (way->engine == PKTCAP_SEND_ENGINE_XDP) {
		assert_int_equal(err, -EOPNOTSUPP);
		assert_non_null(strstr(error.text, "sends on pk0 alone"));
	} else {
		assert_int_equal(err, 0);
		expect_bytes(lo, frame, sizeof(frame));
	}
	assert_int_equal(pktcap_send_frame_on(sender.s, sender.ifindex, frame,
					      sizeof(frame), NULL),
			 0);
	expect_bytes(cap, frame, sizeof(frame));
	assert_int_equal(
		pktcap_send_frame_on(sender.s, 0, frame, sizeof(frame), NULL),
		-EDESTADDRREQ);
	expect_none(cap);
	pktcap_capture_close(lo);
	pktcap_capture_close(cap);
	sender_close(&sender);
}

/* The socket does both at once; what it sends it does not receive. */
static void a_lender_goes_on_receiving(void **state)
{
	struct sender sender = SENDER(*state);
	const struct way *way = *state;
	int pk1 = world_sender("pk1");
	uint8_t frame[100];

	world_frame(frame, sizeof(frame), 9, 1);
	for (int i = 0; i < 3 && way->capture && !way->named; i++) {
		struct pktcap_packet pkt =
			sender_packet(&sender, frame, sizeof(frame));

		send_packets(&sender, &pkt, 1);
		expect_none(sender.cap);
		assert_int_equal(world_send(pk1, frame, sizeof(frame)), 0);
		expect_bytes(sender.cap, frame, sizeof(frame));
	}
	close(pk1);
	sender_close(&sender);
}

static void info_tells_what_was_obtained(void **state)
{
	const struct way *way = *state;
	struct sender sender = SENDER(way, .batch = 7, .sndbuf_bytes = 0);
	struct pktcap_send_info info;

	pktcap_send_info(sender.s, &info);
	assert_int_equal(info.engine,
			 way->engine ? way->engine : PKTCAP_SEND_ENGINE_MMSG);
	assert_int_equal(info.flags, way->flags);
	assert_int_equal(info.batch,
			 way->flags & PKTCAP_SEND_STAMP_SOFTWARE ? 1 : 7);
	assert_string_equal(info.ifname, way->unbound ? "any" : "pk0");
	assert_int_equal(info.ifindex, way->unbound ? 0 : sender.ifindex);
	assert_int_equal(info.mtu, way->unbound ? 0 : 1500);
	assert_int_equal(info.hatype, way->unbound ? 0 : 1);
	assert_int_equal(info.linktype, way->unbound
						? PKTCAP_LINKTYPE_LINUX_SLL2
						: PKTCAP_LINKTYPE_ETHERNET);
	assert_int_equal(info.header_bytes, way->unbound ? 0 : 14);
	assert_int_equal(!(info.link_flags & PKTCAP_DEVICE_RUNNING),
			 way->unbound);
	assert_true(info.sndbuf_bytes > 0);
	if (!way->unbound)
		assert_int_equal(info.frame_bytes, 1514);
	if (way->engine >= PKTCAP_SEND_ENGINE_RING) {
		/* AF_XDP: less where RLIMIT_MEMLOCK says so. */
		assert_in_range(info.ring_bytes,
				way->engine == PKTCAP_SEND_ENGINE_RING
					? 1 << 20
					: 1 << 16,
				1 << 20);
		assert_int_equal(info.ring_frames, info.ring_bytes / 2048);
	} else {
		assert_int_equal(info.ring_bytes + info.ring_frames, 0);
	}
	sender_close(&sender);
}

/* A cooked capture makes its link headers itself. */
static void what_cannot_be_borrowed(void **state)
{
	struct pktcap_capture *cap;
	struct pktcap_send *s;
	struct pktcap_error error;
	const struct pktcap_send_opts own[] = {
		PKTCAP_SEND_OPTS(.engine = PKTCAP_SEND_ENGINE_RING),
		PKTCAP_SEND_OPTS(.engine = PKTCAP_SEND_ENGINE_XDP),
		PKTCAP_SEND_OPTS(.flags = PKTCAP_SEND_QDISC_BYPASS),
		PKTCAP_SEND_OPTS(.flags = PKTCAP_SEND_STAMP_SOFTWARE),
		PKTCAP_SEND_OPTS(.sndbuf_bytes = 65536),
	};

	(void)state;
	assert_int_equal(pktcap_capture_open(&cap, "any", NULL, NULL), 0);
	assert_int_equal(pktcap_send_borrow(&s, pktcap_capture_socket(cap),
					    "pk0", NULL, &error),
			 -EPROTOTYPE);
	assert_non_null(strstr(error.text, "cooked"));
	pktcap_capture_close(cap);
	assert_int_equal(pktcap_capture_open(&cap, "pk0", NULL, NULL), 0);
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		assert_int_equal(pktcap_send_borrow(&s,
						    pktcap_capture_socket(cap),
						    NULL, &own[i], &error),
				 -EINVAL);
		assert_null(s);
	}
	pktcap_capture_close(cap);
}

/* Where there is no link header, three bytes are a packet. */
static void three_bytes_into_a_tunnel(void **state)
{
	int tun = world_tun("tun0");
	struct pktcap_send *s;
	uint8_t bytes[64];

	(void)state;
	if (tun < 0)
		skip();
	assert_int_equal(pktcap_send_open(&s, "tun0", NULL, NULL), 0);
	assert_int_equal(pktcap_send_frame(s, "\x45\x00\x03", 3, NULL), 0);
	assert_int_equal(read(tun, bytes, sizeof(bytes)), 3);
	assert_memory_equal(bytes, "\x45\x00\x03", 3);
	pktcap_send_close(s);
	close(tun);
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(what_cannot_be_borrowed),
		cmocka_unit_test(three_bytes_into_a_tunnel),
	};
	static const struct matrix_test tests[] = {
		MATRIX_TEST(many_frames_of_all_lengths),
		MATRIX_TEST(one_frame_of_each_kind),
		MATRIX_TEST(a_tag_beside_the_bytes_is_put_back),
		MATRIX_TEST(short_frames_are_padded_on_request),
		MATRIX_TEST(one_frame_on_another_interface),
		MATRIX_TEST(a_lender_goes_on_receiving),
		MATRIX_TEST(info_tells_what_was_obtained),
	};

	world_enter_or_skip();
	if (world_veth("pk0", "pk1"))
		return 1;
	return run_with_ways("send deliver", tests,
			     sizeof(tests) / sizeof(tests[0])) +
	       cmocka_run_group_tests(others, NULL, NULL);
}
