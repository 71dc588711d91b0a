// SPDX-License-Identifier: BSD-2-Clause
/* Frames that are refused: which one, why, and how many went before it. */
#include "support/ways.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { FRAMES = 20 };

static uint8_t frame[2000];

static void fill(const struct sender *sender, struct pktcap_packet *pkts,
		 size_t n, size_t len)
{
	for (size_t i = 0; i < n; i++)
		pkts[i] = sender_packet(sender, frame, len);
}

/* Sends all; the first @sent go out, then @err with @text in its sentence. */
static void expect_refusal(struct sender *sender,
			   const struct pktcap_packet *pkts, size_t n,
			   size_t sent, int err, const char *text)
{
	struct pktcap_error error = { 0 };
	struct pktcap_send_stats before, after;
	size_t got = 4711;

	pktcap_send_stats(sender->s, &before);
	assert_int_equal(pktcap_send_batch(sender->s, pkts, n, &got, &error),
			 err);
	pktcap_send_stats(sender->s, &after);
	assert_int_equal(got, sent);
	assert_int_equal(after.frames - before.frames, sent);
	assert_int_equal(after.refused - before.refused, 1);
	assert_int_equal(error.code, err);
	if (!strstr(error.text, text))
		fail_msg("\"%s\" is not in \"%s\"", text, error.text);
}

static void the_seventh_of_twenty_is_too_long(void **state)
{
	struct sender sender = SENDER(*state, .batch = 4);
	struct pktcap_packet pkts[FRAMES];
	const size_t lengths[] = { 1515, 1518, 1519, 1600, 2000 };

	fill(&sender, pkts, FRAMES, 1514);
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		pkts[6].caplen = (uint32_t)lengths[i];
		expect_refusal(&sender, pkts, FRAMES, 6, -EMSGSIZE,
			       "pk0: frame 7 of 20 has ");
	}
	/* Nothing is stuck behind it. */
	pkts[6].caplen = 1514;
	assert_int_equal(pktcap_send_batch(sender.s, pkts, FRAMES, NULL, NULL),
			 0);
	sender_close(&sender);
}

static void four_bytes_more_are_for_a_tag(void **state)
{
	const uint32_t tag = 0x81000007;
	struct sender sender = SENDER(*state);
	struct pktcap_packet pkt;
	uint8_t tagged[1519];

	world_frame_tagged(tagged, sizeof(tagged), 9, 5, &tag, 1);
	pkt = sender_packet(&sender, tagged, 1518);
	assert_int_equal(pktcap_send_batch(sender.s, &pkt, 1, NULL, NULL), 0);
	pkt.caplen = 1519;
	expect_refusal(&sender, &pkt, 1, 0, -EMSGSIZE, "the MTU of 1500");
	sender_close(&sender);
}

/* As it is now, not as it was. */
static void a_changed_mtu_counts_at_once(void **state)
{
	struct sender sender = SENDER(*state, .frame_bytes = 2000);
	struct pktcap_packet pkt = sender_packet(&sender, frame, 1600);

	expect_refusal(&sender, &pkt, 1, 0, -EMSGSIZE, "the MTU of 1500");
	assert_int_equal(world_mtu("pk1", 1600), 0);
	assert_int_equal(world_mtu("pk0", 1600), 0);
	assert_int_equal(pktcap_send_batch(sender.s, &pkt, 1, NULL, NULL), 0);
	assert_int_equal(world_mtu("pk1", 1500), 0);
	assert_int_equal(world_mtu("pk0", 1500), 0);
	expect_refusal(&sender, &pkt, 1, 0, -EMSGSIZE, "the MTU of 1500");
	sender_close(&sender);
}

static void shorter_than_a_link_header(void **state)
{
	const struct way *way = *state;
	struct sender sender = SENDER(way);
	struct pktcap_packet pkts[FRAMES];
	const uint32_t lengths[] = { 0, 1, 3, 13 };

	fill(&sender, pkts, FRAMES, 60);
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		pkts[2].caplen = lengths[i];
		expect_refusal(&sender, pkts, FRAMES, 2, -EINVAL,
			       lengths[i] ? "PAD" : "frame 3 of 20 is empty");
	}
	sender_close(&sender);
	/* The kernel, when asked, says the same. */
	sender = SENDER(way, .flags = PKTCAP_SEND_SHORT);
	fill(&sender, pkts, FRAMES, 60);
	pkts[2].caplen = 3;
	expect_refusal(&sender, pkts, FRAMES, 2, -EINVAL, "PAD");
	sender_close(&sender);
}

static void of_another_link_type(void **state)
{
	const struct way *way = *state;
	struct sender sender = SENDER(way);
	struct pktcap_packet pkts[FRAMES];

	fill(&sender, pkts, FRAMES, 60);
	for (size_t i = 0; i < FRAMES; i++)
		pkts[i].linktype = PKTCAP_LINKTYPE_ETHERNET;
	pkts[4].linktype = PKTCAP_LINKTYPE_LINUX_SLL2;
	if (way->unbound) /* what takes it is not known */
		assert_int_equal(
			pktcap_send_batch(sender.s, pkts, FRAMES, NULL, NULL),
			0);
	else
		expect_refusal(&sender, pkts, FRAMES, 4, -EMEDIUMTYPE,
			       "frame 5 of 20 has link type 276");
	sender_close(&sender);
}

static void an_interface_that_is_down(void **state)
{
	struct sender sender = SENDER(*state);
	struct pktcap_packet pkts[FRAMES];

	fill(&sender, pkts, FRAMES, 60);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(world_down("pk0"), 0);
		expect_refusal(&sender, pkts, FRAMES, 0, -ENETDOWN,
			       "ip link set pk0 up");
		assert_int_equal(world_up("pk0"), 0);
		assert_int_equal(
			pktcap_send_batch(sender.s, pkts, FRAMES, NULL, NULL),
			0);
	}
	sender_close(&sender);
}

static void one_of_several_interfaces_is_down(void **state)
{
	const struct way *way = *state;
	struct sender sender = SENDER(way);
	struct pktcap_packet pkts[FRAMES];

	assert_int_equal(world_veth_down("pk2", "pk3"), 0);
	fill(&sender, pkts, FRAMES, 60);
	pkts[11].ifindex = (int32_t)if_nametoindex("pk2");
	if (way->unbound) {
		expect_refusal(&sender, pkts, FRAMES, 11, -ENETDOWN,
			       "pk2: the interface is down, frame 12 of 20");
		pkts[11].ifindex = 0;
		expect_refusal(&sender, pkts, FRAMES, 11, -EDESTADDRREQ,
			       "frame 12 of 20 names no interface");
		pkts[11].ifindex = 4711;
		expect_refusal(&sender, pkts, FRAMES, 11, -ENXIO,
			       "interface 4711");
	} else { /* the frame's own does not count */
		assert_int_equal(
			pktcap_send_batch(sender.s, pkts, FRAMES, NULL, NULL),
			0);
	}
	assert_int_equal(world_delete("pk2"), 0);
	sender_close(&sender);
}

static void *switch_off(void *sending)
{
	while (!atomic_load((atomic_bool *)sending))
		usleep(1000);
	return (void *)(intptr_t)world_down("pk0");
}

/* Every frame counts once, whenever it happens. */
static void a_link_that_goes_down_meanwhile(void **state)
{
	struct sender sender = SENDER(*state);
	struct pktcap_packet pkts[FRAMES];
	struct pktcap_send_stats stats;
	atomic_bool sending = false;
	uint64_t total = 0;
	pthread_t thread;
	size_t sent;
	int err = 0;

	fill(&sender, pkts, FRAMES, 60);
	assert_int_equal(pthread_create(&thread, NULL, switch_off, &sending),
			 0);
	while (!err) {
		err = pktcap_send_batch(sender.s, pkts, FRAMES, &sent, NULL);
		assert_in_range(sent, err ? 0 : FRAMES, FRAMES);
		total += sent;
		atomic_store(&sending, true);
	}
	pthread_join(thread, NULL);
	assert_int_equal(err, -ENETDOWN);
	pktcap_send_stats(sender.s, &stats);
	assert_int_equal(stats.frames, total);
	assert_int_equal(world_up("pk0"), 0);
	assert_int_equal(pktcap_send_batch(sender.s, pkts, FRAMES, NULL, NULL),
			 0);
	sender_close(&sender);
}

static void an_interface_that_is_deleted(void **state)
{
	const struct way *way = *state;
	struct sender sender = SENDER(way);
	struct pktcap_packet pkts[FRAMES];

	fill(&sender, pkts, FRAMES, 60);
	assert_int_equal(world_delete("pk0"), 0);
	expect_refusal(&sender, pkts, FRAMES, 0, -ENXIO, "no such interface");
	sender_close(&sender);
	assert_int_equal(world_veth("pk0", "pk1"), 0);
}

int main(void)
{
	static const struct matrix_test tests[] = {
		MATRIX_TEST(the_seventh_of_twenty_is_too_long),
		MATRIX_TEST(four_bytes_more_are_for_a_tag),
		MATRIX_TEST(a_changed_mtu_counts_at_once),
		MATRIX_TEST(shorter_than_a_link_header),
		MATRIX_TEST(of_another_link_type),
		MATRIX_TEST(an_interface_that_is_down),
		MATRIX_TEST(one_of_several_interfaces_is_down),
		MATRIX_TEST(a_link_that_goes_down_meanwhile),
		MATRIX_TEST(an_interface_that_is_deleted),
	};

	world_enter_or_skip();
	if (world_veth("pk0", "pk1"))
		return 1;
	world_frame(frame, sizeof(frame), 9, 1);
	return run_with_ways("send failure", tests,
			     sizeof(tests) / sizeof(tests[0]));
}
