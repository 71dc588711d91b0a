// SPDX-License-Identifier: BSD-2-Clause
/* Lines: relative sequence numbers, short buffers, bad options. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <pktcap/decode.h>
#include <pktcap/print.h>

enum { SIZE = 512, PACKET = 40, ACK = 0x10, SYN_ACK = 0x12 };

/* IPv4 and TCP without a payload. */
struct segment {
	uint8_t client; /* last byte of its address */
	int from_server;
	uint32_t seq, ack;
	uint8_t flags;
};

static void be32(uint8_t *out, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		out[i] = (uint8_t)(value >> (24 - 8 * i));
}

static struct pktcap_packet make(const struct segment *s, uint8_t *data)
{
	static const uint8_t headers[PACKET] = {
		0x45, 0, 0, PACKET, 0,	0, 0, 0,  64,	6,    0, 0,
		10,   0, 0, 0,	    10, 0, 0, 99, 0x9c, 0x40, 0, 80,
		0,    0, 0, 0,	    0,	0, 0, 0,  0x50, 0,    1, 0,
	};

	memcpy(data, headers, PACKET);
	data[15] = s->client;
	if (s->from_server) {
		uint8_t ends[8];

		memcpy(ends, data + 12, 8);
		memcpy(data + 12, ends + 4, 4);
		memcpy(data + 16, ends, 4);
		memcpy(ends, data + 20, 4);
		memcpy(data + 20, ends + 2, 2);
		memcpy(data + 22, ends, 2);
	}
	be32(data + 24, s->seq);
	be32(data + 28, s->ack);
	data[33] = s->flags;
	return (struct pktcap_packet){ .data = data,
				       .caplen = PACKET,
				       .wirelen = PACKET,
				       .linktype = PKTCAP_LINKTYPE_RAW };
}

static int print(const struct segment *s, struct pktcap_print_streams *streams,
		 uint32_t flags, char *buf, size_t size)
{
	uint8_t data[PACKET];
	struct pktcap_packet pkt = make(s, data);
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(&pkt, layers, PKTCAP_LAYERS);

	return pktcap_print_line(
		&pkt, layers, n,
		&PKTCAP_PRINT_OPTS(.flags = flags, .streams = streams), buf,
		size);
}

static void expect(const struct segment *s,
		   struct pktcap_print_streams *streams, uint32_t flags,
		   const char *want)
{
	char buf[SIZE];

	assert_in_range(print(s, streams, flags, buf, sizeof(buf)), 1,
			SIZE - 1);
	assert_non_null(strstr(buf, want));
}

static const struct segment greeting = { 1, 1, 1000, 501, SYN_ACK };
static const struct segment answer = { 1, 0, 501, 1001, ACK };

static void numbers_are_relative_behind_the_first(void **state)
{
	struct pktcap_print_streams *streams;

	(void)state;
	assert_int_equal(pktcap_print_streams_open(&streams, 0), 0);
	expect(&greeting, streams, 0, "seq 1000, ack 501");
	expect(&answer, streams, 0, ", ack 1,");
	expect(&answer, streams, PKTCAP_PRINT_ABSOLUTE_SEQ, ", ack 1001,");
	expect(&answer, NULL, 0, ", ack 1001,");
	pktcap_print_streams_close(streams);
	pktcap_print_streams_close(NULL);
}

static void a_cut_text_changes_nothing(void **state)
{
	struct pktcap_print_streams *streams;
	char buf[SIZE], whole[SIZE];
	int len;

	(void)state;
	assert_int_equal(pktcap_print_streams_open(&streams, 0), 0);
	len = print(&answer, NULL, 0, whole, sizeof(whole));
	for (size_t size = 0; size <= (size_t)len; size++) {
		assert_int_equal(print(&answer, streams, 0, buf, size), len);
		if (size) {
			assert_int_equal(strlen(buf), size - 1);
			assert_memory_equal(buf, whole, size - 1);
		}
	}
	expect(&answer, streams, 0, ", ack 1001,");
	expect(&answer, streams, 0, ", ack 1,");
	pktcap_print_streams_close(streams);
}

/* A flood has its price in numbers, not in memory. */
static void those_that_are_silent_are_forgotten(void **state)
{
	struct pktcap_print_streams *streams;

	(void)state;
	assert_int_equal(pktcap_print_streams_open(&streams, 4), 0);
	expect(&answer, streams, 0, ", ack 1001,");
	for (uint8_t client = 2; client <= 4; client++)
		expect(&(struct segment){ client, 0, 7, 9, ACK }, streams, 0,
		       ", ack 9,");
	expect(&answer, streams, 0, ", ack 1,");
	/* Room for one more is made by the second. */
	expect(&(struct segment){ 5, 0, 7, 9, ACK }, streams, 0, ", ack 9,");
	expect(&answer, streams, 0, ", ack 1,");
	expect(&(struct segment){ 2, 0, 7, 9, ACK }, streams, 0, ", ack 9,");
	pktcap_print_streams_close(streams);
}

/* Who has a short array is told so, and not that there is nothing behind. */
static void headers_without_room_are_told(void **state)
{
	static const char *const wants[] = {
		"IP 10.0.0.1 > 10.0.0.99: [more headers]",
		"IP 10.0.0.1.40000 > 10.0.0.99.80: Flags [.], seq 501:502, "
		"ack 1001, win 256, length 1 [more headers]",
		"IP 10.0.0.1.40000 > 10.0.0.99.80: Flags [.], seq 501:502, "
		"ack 1001, win 256, length 1: HTTP",
	};
	uint8_t data[PACKET + 1];
	struct pktcap_packet pkt = make(&answer, data);
	struct pktcap_layer layers[PKTCAP_LAYERS];
	char buf[SIZE];

	(void)state;
	data[3] = sizeof(data);
	data[PACKET] = 0;
	pkt.caplen = pkt.wirelen = sizeof(data);
	for (size_t max = 1; max <= 3; max++) {
		size_t n = pktcap_decode(&pkt, layers, max);

		assert_int_equal(n, max);
		pktcap_print_line(&pkt, layers, n, NULL, buf, sizeof(buf));
		assert_string_equal(buf, wants[max - 1]);
	}
	/* Behind IP in IP: nothing is said of ports, nor of bytes. */
	data[9] = 4;
	pktcap_decode(&pkt, layers, 1);
	pktcap_print_line(&pkt, layers, 1, NULL, buf, sizeof(buf));
	assert_string_equal(buf, "IP 10.0.0.1 > 10.0.0.99:  [more headers]");
}

static void bad_options_are_refused(void **state)
{
	const struct pktcap_print_opts unset = { .flags = 0 };
	struct pktcap_print_streams *streams;
	uint8_t data[PACKET];
	struct pktcap_packet pkt = make(&answer, data);
	char buf[SIZE] = "#";

	(void)state;
	assert_int_equal(pktcap_print_line(&pkt, NULL, 0, &unset, buf, SIZE),
			 -EINVAL);
	assert_string_equal(buf, "");
	assert_int_equal(pktcap_print_streams_open(&streams, SIZE_MAX),
			 -ENOMEM);
	/* Without layers it is only said what came. */
	assert_in_range(pktcap_print_line(&pkt, NULL, 0, NULL, buf, SIZE), 1,
			SIZE);
	assert_non_null(strstr(buf, "link-type"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_relative_behind_the_first),
		cmocka_unit_test(a_cut_text_changes_nothing),
		cmocka_unit_test(those_that_are_silent_are_forgotten),
		cmocka_unit_test(headers_without_room_are_told),
		cmocka_unit_test(bad_options_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
