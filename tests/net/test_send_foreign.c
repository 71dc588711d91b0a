// SPDX-License-Identifier: BSD-2-Clause
/* Sockets and interfaces as others have made them. */
#include <errno.h>
#include <linux/if_packet.h>
#include <pktcap/pktcap.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/world.h"

enum { FRAMES = 8, LENGTH = 100 };

static uint8_t frame[LENGTH];

static int socket_with(int option, const void *value, socklen_t size)
{
	int fd = world_sender("pk0");

	assert_true(fd >= 0);
	if (!setsockopt(fd, SOL_PACKET, option, value, size))
		return fd;
	close(fd);
	skip();
	return -1;
}

/* Its owner's frames, and nothing else: that is not counted as sent. */
static void a_transmit_ring_of_the_owner(void **state)
{
	const struct tpacket_req ring = { 65536, 1, 2048, 32 };
	int fd = socket_with(PACKET_TX_RING, &ring, sizeof(ring));
	struct pktcap_packet pkts[FRAMES] = { 0 };
	struct pktcap_error error = { 0 };
	struct pktcap_send_stats stats;
	struct pktcap_send *s;
	size_t sent = 4711;

	(void)state;
	for (size_t i = 0; i < FRAMES; i++)
		pkts[i] = (struct pktcap_packet){ .data = frame,
						  .caplen = LENGTH };
	assert_int_equal(pktcap_send_borrow(&s, fd, NULL, NULL, NULL), 0);
	assert_int_equal(pktcap_send_frame(s, frame, LENGTH, &error), -EBUSY);
	assert_non_null(strstr(error.text, "transmit ring of its owner"));
	assert_int_equal(pktcap_send_batch(s, pkts, FRAMES, &sent, NULL),
			 -EBUSY);
	assert_int_equal(sent, 0);
	pktcap_send_stats(s, &stats);
	assert_int_equal(stats.frames, 0);
	assert_int_equal(stats.bytes, 0);
	assert_int_equal(stats.refused, 2);
	pktcap_send_close(s);
	close(fd);
}

static void a_header_for_the_kernel(void **state)
{
	const int on = 1;
	int fd = socket_with(PACKET_VNET_HDR, &on, sizeof(on));
	struct pktcap_error error = { 0 };
	struct pktcap_send *s;

	(void)state;
	assert_int_equal(pktcap_send_borrow(&s, fd, NULL, NULL, &error),
			 -EINVAL);
	assert_null(s);
	assert_string_equal(error.call, "PACKET_VNET_HDR");
	close(fd);
}

/* Frames so long have no room in any ring, and need none. */
static void an_mtu_of_two_gigabytes(void **state)
{
	struct pktcap_send_info info;
	struct pktcap_error error = { 0 };
	struct pktcap_send *s;

	(void)state;
	if (world_mtu("lo", INT32_MAX))
		skip();
	if (pktcap_send_open(
		    &s, "lo",
		    &PKTCAP_SEND_OPTS(.engine = PKTCAP_SEND_ENGINE_RING),
		    &error))
		fail_msg("%s", error.text);
	pktcap_send_info(s, &info);
	assert_in_range(info.frame_bytes, 262144, 2 * 262144);
	assert_int_equal(pktcap_send_frame(s, frame, LENGTH, NULL), 0);
	pktcap_send_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_transmit_ring_of_the_owner),
		cmocka_unit_test(a_header_for_the_kernel),
		cmocka_unit_test(an_mtu_of_two_gigabytes),
	};

	world_enter_or_skip();
	if (world_veth("pk0", "pk1"))
		return 1;
	world_frame(frame, sizeof(frame), 9, 1);
	return cmocka_run_group_tests_name("send foreign", tests, NULL, NULL);
}
