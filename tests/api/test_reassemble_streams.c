// SPDX-License-Identifier: BSD-2-Clause
/* TCP streams: what arrives in which order, and what is told of it. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <pktcap/decode.h>
#include <pktcap/reassemble.h>

#include "support/ip_frames.h"
#include "support/rows.h"

/* What the callbacks were told, as one line. */
struct told {
	char text[1024];
	size_t len;
};

static void tell(struct told *told, const char *text, size_t n)
{
	assert_true(told->len + n < sizeof(told->text));
	memcpy(told->text + told->len, text, n);
	told->len += n;
}

static void tell_open(void *arg, struct pktcap_stream *stream)
{
	bool middle = stream->flags & PKTCAP_STREAM_MIDSTREAM;

	tell(arg, middle ? "middle" : "open", middle ? 6 : 4);
}

static void tell_data(void *arg, struct pktcap_stream *stream,
		      const struct pktcap_stream_data *data)
{
	char gap[32];

	(void)stream;
	assert_true(data->len > 0);
	tell(arg, data->direction ? " <" : " >", 2);
	if (data->gap)
		tell(arg, gap,
		     (size_t)snprintf(gap, sizeof(gap), "[%u]",
				      (unsigned int)data->gap));
	tell(arg, (const char *)data->data, data->len);
}

static void tell_end(void *arg, struct pktcap_stream *stream, uint32_t end)
{
	static const char *const ends[] = { "",		" fin",	    " rst",
					    " timeout", " evicted", " reused",
					    " flushed" };

	(void)stream;
	assert_in_range(end, 1, 6);
	tell(arg, ends[end], strlen(ends[end]));
}

enum {
	S = PKTCAP_TCP_SYN,
	A = PKTCAP_TCP_ACK,
	F = PKTCAP_TCP_FIN,
	R = PKTCAP_TCP_RST
};

struct step {
	const char *data; /* NULL ends the steps */
	uint8_t from_server;
	uint8_t flags;
	uint32_t seq, ack;
	uint32_t at_s; /* seconds */
	uint32_t cut;  /* bytes that were not captured */
	uint8_t port;
};

struct row {
	const char *name;
	const char *want;
	uint32_t overlap;
	struct step steps[12];
};

#define OPEN                                    \
	{ "", 0, S, 99, 0, 0, 0, 0 },           \
	{                                       \
		"", 1, S | A, 499, 100, 0, 0, 0 \
	}
#define C(seq, ack, data)                     \
	{                                     \
		data, 0, A, seq, ack, 0, 0, 0 \
	}
#define SERVER(seq, ack, data)                \
	{                                     \
		data, 1, A, seq, ack, 0, 0, 0 \
	}

static const struct row rows[] = {
	{ "both sides in order",
	  "open >ab <xy >c flushed",
	  0,
	  { OPEN, C(100, 500, "ab"), SERVER(500, 102, "xy"),
	    C(102, 502, "c") } },
	{ "both sides end",
	  "open >a fin",
	  0,
	  { OPEN,
	    { "a", 0, A | F, 100, 500, 0, 0, 0 },
	    { "", 1, A | F, 500, 102, 0, 0, 0 },
	    C(102, 501, "") } },
	{ "the other order of ends",
	  "open <x fin",
	  0,
	  { OPEN,
	    { "x", 1, A | F, 500, 100, 0, 0, 0 },
	    { "", 0, A | F, 100, 502, 0, 0, 0 } } },
	{ "an end that arrives before its data",
	  "open >ab >c fin",
	  0,
	  { OPEN,
	    { "c", 0, A | F, 102, 500, 0, 0, 0 },
	    C(100, 500, "ab"),
	    { "", 1, A | F, 500, 104, 0, 0, 0 } } },
	{ "an end with data that was there already",
	  "open >ab fin",
	  0,
	  { OPEN,
	    C(100, 500, "ab"),
	    { "ab", 0, A | F, 100, 500, 0, 0, 0 },
	    { "", 1, A | F, 500, 103, 0, 0, 0 } } },
	{ "an end far ahead, which no host takes, hides none",
	  "open >a fin",
	  0,
	  { OPEN,
	    { "", 0, A | F, 90000000, 500, 0, 0, 0 },
	    { "a", 0, A | F, 100, 500, 0, 0, 0 },
	    { "", 1, A | F, 500, 102, 0, 0, 0 } } },
	{ "where one has acknowledged, nothing is taken without ACK",
	  "open >good fin",
	  0,
	  { OPEN,
	    { "evil", 0, 0, 100, 500, 0, 0, 0 },
	    { "", 0, F, 100, 500, 0, 0, 0 },
	    { "", 1, F, 500, 100, 0, 0, 0 },
	    C(100, 500, "good"),
	    { "", 0, A | F, 104, 500, 0, 0, 0 },
	    { "", 1, A | F, 500, 105, 0, 0, 0 } } },
	{ "where nobody acknowledges, all is taken",
	  "open >good fin",
	  0,
	  { { "", 0, S, 99, 0, 0, 0, 0 },
	    { "good", 0, F, 100, 0, 0, 0, 0 },
	    { "", 1, F, 500, 0, 0, 0, 0 } } },
	{ "what comes behind the end begins nothing",
	  "open >a fin",
	  0,
	  { OPEN,
	    { "a", 0, A | F, 100, 500, 0, 0, 0 },
	    { "", 1, A | F, 500, 102, 0, 0, 0 },
	    C(100, 501, "a") } },
	{ "out of order",
	  "open >a >b >c flushed",
	  0,
	  { OPEN, C(102, 500, "c"), C(101, 500, "b"), C(100, 500, "a") } },
	{ "sent again",
	  "open >ab >c flushed",
	  0,
	  { OPEN, C(100, 500, "ab"), C(100, 500, "ab"), C(102, 500, "c") } },
	{ "sent again with more",
	  "open >ab >c flushed",
	  0,
	  { OPEN, C(100, 500, "ab"), C(100, 500, "abc") } },
	{ "a keep-alive repeats a byte",
	  "open >ab >c flushed",
	  0,
	  { OPEN, C(100, 500, "ab"), C(101, 500, "\0"), C(101, 500, ""),
	    C(102, 500, "c") } },
	{ "a SYN with data",
	  "open >ab >c flushed",
	  0,
	  { { "ab", 0, S, 99, 0, 0, 0, 0 },
	    { "", 1, S | A, 499, 102, 0, 0, 0 },
	    C(102, 500, "c") } },
	{ "a SYN sent again",
	  "open >ab flushed",
	  0,
	  { OPEN, { "", 0, S, 99, 0, 0, 0, 0 }, C(100, 500, "ab") } },
	{ "the answer is seen first",
	  "open >ab <x flushed",
	  0,
	  { { "", 1, S | A, 499, 100, 0, 0, 0 },
	    C(100, 500, "ab"),
	    SERVER(500, 102, "x") } },
	{ "numbers wrap",
	  "open >abc >def >g flushed",
	  0,
	  { { "", 0, S, 0xfffffffd, 0, 0, 0, 0 },
	    C(1, 500, "def"),
	    C(0xfffffffe, 500, "abc"),
	    C(4, 500, "g") } },
	{ "a stream without a beginning",
	  "middle >xy <ab flushed",
	  0,
	  { { "xy", 0, A, 100, 500, 0, 0, 0 }, SERVER(500, 102, "ab") } },
	{ "what was acknowledged before comes late",
	  "middle >xy <ab flushed",
	  0,
	  { { "xy", 0, A, 100, 502, 0, 0, 0 }, SERVER(500, 102, "ab") } },
	{ "the answer to the SYN is missing",
	  "open >a <[1]y flushed",
	  0,
	  { { "", 0, S, 99, 0, 0, 0, 0 },
	    C(100, 500, "a"),
	    SERVER(501, 101, "y"),
	    C(101, 502, "") } },
	{ "an acknowledgement alone begins nothing",
	  "",
	  0,
	  { C(100, 500, ""), SERVER(500, 100, "") } },
	{ "a reset",
	  "open >a rst",
	  0,
	  { OPEN,
	    C(100, 500, "a"),
	    { "", 1, R, 500, 0, 0, 0, 0 },
	    C(101, 500, "b") } },
	{ "a reset answers a SYN",
	  "open rst",
	  0,
	  { { "", 0, S, 99, 0, 0, 0, 0 }, { "", 1, R | A, 0, 100, 0, 0, 0 } } },
	{ "a reset with a foreign number",
	  "open >a flushed",
	  0,
	  { OPEN, { "", 1, R, 0x7000000, 0, 0, 0, 0 }, C(100, 500, "a") } },
	{ "a reset inside the window is only answered",
	  "open >hello >again flushed",
	  0,
	  { OPEN,
	    C(100, 500, "hello"),
	    { "", 0, R, 1105, 0, 0, 0, 0 },
	    C(105, 500, "again") } },
	{ "a reset behind what was acknowledged, but not captured",
	  "open >a rst",
	  0,
	  { OPEN,
	    C(100, 500, "a"),
	    SERVER(500, 110, ""),
	    { "", 0, R, 110, 0, 0, 0, 0 } } },
	{ "a reset behind an end",
	  "open >a rst",
	  0,
	  { OPEN,
	    { "a", 0, A | F, 100, 500, 0, 0, 0 },
	    { "", 0, R, 102, 0, 0, 0, 0 } } },
	{ "a reset by a side that was never seen",
	  "middle >a rst",
	  0,
	  { C(100, 500, "a"), { "", 1, R, 500, 0, 0, 0, 0 } } },
	{ "a reset lets out what waits",
	  "open >[1]b rst",
	  0,
	  { OPEN, C(101, 500, "b"), { "", 0, R, 100, 0, 0, 0, 0 } } },
	{ "what is acknowledged was lost for us",
	  "open >a <x >[2]d <y flushed",
	  0,
	  { OPEN, C(100, 500, "a"), C(103, 500, "d"), SERVER(500, 103, "x"),
	    SERVER(501, 103, "y") } },
	{ "what is not acknowledged may come",
	  "open >a >bc >d flushed",
	  0,
	  { OPEN, C(100, 500, "a"), C(103, 500, "d"), SERVER(500, 101, ""),
	    C(101, 500, "bc") } },
	{ "lost up to the end",
	  "open >[2]c flushed",
	  0,
	  { OPEN, C(102, 500, "c") } },
	{ "lost at the end",
	  "open >a fin",
	  0,
	  { OPEN,
	    C(100, 500, "a"),
	    { "", 0, A | F, 103, 500, 0, 0, 0 },
	    { "", 1, A | F, 500, 104, 0, 0, 0 } } },
	{ "cut out by the capture",
	  "open >ab >[2]e <x flushed",
	  0,
	  { OPEN,
	    { "abcd", 0, A, 100, 500, 0, 2, 0 },
	    C(104, 500, "e"),
	    SERVER(500, 100, "x") } },
	{ "cut out, and sent again before",
	  "open >b >[1]d >e flushed",
	  0,
	  { OPEN,
	    C(102, 500, "d"),
	    { "bc", 0, A, 100, 500, 0, 1, 0 },
	    C(103, 500, "e") } },
	{ "cut out before what is in front came",
	  "open >ab >[2]e <x flushed",
	  0,
	  { OPEN,
	    { "cd", 0, A, 102, 500, 0, 2, 0 },
	    C(100, 500, "ab"),
	    C(104, 500, "e"),
	    SERVER(500, 100, "x") } },
	{ "ends cut out in the wrong order",
	  "open >a >[1]c >[1]e <x flushed",
	  0,
	  { OPEN,
	    { "cd", 0, A, 102, 500, 0, 1, 0 },
	    { "ab", 0, A, 100, 500, 0, 1, 0 },
	    C(104, 500, "e"),
	    SERVER(500, 100, "x") } },
	{ "more was lost than numbers can tell",
	  "open >a <x >[2147483653]f >g flushed",
	  0,
	  { OPEN, C(100, 500, "a"), C(0x80000065, 500, "bc"),
	    C(0x80000067, 500, "d"), SERVER(500, 101, "x"),
	    C(0x80000068, 500, "ee"), C(0x8000006a, 500, "f"),
	    C(0x8000006b, 500, "g") } },
	{ "segments outside that do not agree",
	  "open >a >b flushed",
	  0,
	  { OPEN, C(100, 500, "a"), C(0x80000065, 500, "X"),
	    C(0x80000066, 500, "X"), C(0x80000067, 500, "X"),
	    C(0x80000069, 500, "X"), C(101, 500, "b"),
	    C(0x8000006a, 500, "X") } },
	{ "silence",
	  "open >a timeoutopen >b flushed",
	  0,
	  { OPEN,
	    C(100, 500, "a"),
	    { "", 0, S, 99, 0, 301, 0, 9 },
	    { "b", 0, A, 100, 500, 301, 0, 9 } } },
	{ "a time stamp of the future keeps no silence from ending",
	  "open >a timeoutopen >b timeoutopen >c flushed",
	  0,
	  { { "", 0, S, 99, 0, 9000, 0, 0 },
	    { "a", 0, A, 100, 500, 9000, 0, 0 },
	    { "", 0, S, 99, 0, 1, 0, 9 },
	    { "b", 0, A, 100, 500, 1, 0, 9 },
	    { "", 0, S, 99, 0, 303, 0, 8 },
	    { "c", 0, A, 100, 500, 303, 0, 8 } } },
	{ "the same ports again, and answered",
	  "open >a reusedopen >b flushed",
	  0,
	  { OPEN,
	    C(100, 500, "a"),
	    { "", 0, S, 7000, 0, 0, 0, 0 },
	    { "", 1, S | A, 8000, 7001, 0, 0, 0 },
	    C(7001, 8001, "b") } },
	{ "a SYN that nobody takes ends nothing",
	  "open >a >b fin",
	  0,
	  { OPEN,
	    C(100, 500, "a"),
	    { "", 0, S, 7000, 0, 0, 0, 0 },
	    { "", 1, A, 500, 101, 0, 0, 0 },
	    { "b", 0, A | F, 101, 500, 0, 0, 0 },
	    { "", 1, A | F, 500, 103, 0, 0, 0 } } },
	{ "an answer to no SYN ends nothing",
	  "open >a >b flushed",
	  0,
	  { OPEN,
	    C(100, 500, "a"),
	    { "", 1, S | A, 8000, 7001, 0, 0, 0 },
	    C(101, 500, "b") } },
	{ "the same ports after silence",
	  "open >a reusedopen >b flushed",
	  0,
	  { OPEN,
	    C(100, 500, "a"),
	    { "", 0, S, 7000, 0, 61, 0, 0 },
	    { "b", 0, A, 7001, 500, 61, 0, 0 } } },
	{ "the same ports again where only one side is captured",
	  "open >a reusedopen >b flushed",
	  0,
	  { { "", 0, S, 99, 0, 0, 0, 0 },
	    C(100, 500, "a"),
	    { "", 0, S, 7000, 0, 0, 0, 0 },
	    C(7001, 500, "b") } },
	{ "two SYNs, of which the first is answered",
	  "open reusedopen reusedopen >a flushed",
	  0,
	  { { "", 0, S, 99, 0, 0, 0, 0 },
	    { "", 0, S, 7000, 0, 0, 0, 0 },
	    { "", 1, S | A, 499, 100, 0, 0, 0 },
	    C(100, 500, "a") } },
	{ "the same ports after the end",
	  "open finopen >b flushed",
	  0,
	  { OPEN,
	    { "", 0, A | F, 100, 500, 0, 0, 0 },
	    { "", 1, A | F, 500, 101, 0, 0, 0 },
	    { "", 0, S, 7000, 0, 0, 0, 0 },
	    C(7001, 500, "b") } },
	{ "refused, and asked again with the same number",
	  "open rstopen >b flushed",
	  0,
	  { { "", 0, S, 99, 0, 0, 0, 0 },
	    { "", 1, R | A, 0, 100, 0, 0, 0 },
	    OPEN,
	    C(100, 500, "b") } },
	{ "overlap, the first counts",
	  "open >a >bcdE flushed",
	  0,
	  { OPEN, C(101, 500, "bcd"), C(102, 500, "XYE"), C(100, 500, "a") } },
	{ "overlap, the last counts",
	  "open >a >bXYE flushed",
	  PKTCAP_OVERLAP_LAST,
	  { OPEN, C(101, 500, "bcd"), C(102, 500, "XYE"), C(100, 500, "a") } },
	{ "overlap, the later one is rejected",
	  "open >a >bcd flushed",
	  PKTCAP_OVERLAP_REJECT,
	  { OPEN, C(101, 500, "bcd"), C(102, 500, "XYE"), C(100, 500, "a") } },
	{ "overlap with equal bytes is none",
	  "open >a >bcde flushed",
	  PKTCAP_OVERLAP_REJECT,
	  { OPEN, C(101, 500, "bcd"), C(102, 500, "cde"), C(100, 500, "a") } },
	{ "overlap around what waits",
	  "open >ab >cde flushed",
	  0,
	  { OPEN, C(102, 500, "c"), C(100, 500, "abXde") } },
	{ "delivered bytes do not change",
	  "open >ab >c flushed",
	  PKTCAP_OVERLAP_LAST,
	  { OPEN, C(100, 500, "ab"), C(100, 500, "XYc") } },
};

static void add_step(struct pktcap_streams *streams, const struct step *step,
		     uint8_t version)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct ip_segment seg = {
		.version = version,
		.from_server = step->from_server,
		.port = step->port,
		.seq = step->seq,
		.ack = step->ack,
		.flags = step->flags,
		.data = step->data,
		.len = strlen(step->data),
	};
	static struct ip_frame frame;
	size_t n;

	ip_frame_segment(&frame, &seg);
	frame.pkt.ts_ns = step->at_s * INT64_C(1000000000);
	frame.pkt.caplen -= step->cut;
	n = pktcap_decode(&frame.pkt, layers, PKTCAP_LAYERS);
	assert_int_equal(pktcap_streams_add(streams, &frame.pkt, layers, n), 0);
}

static void run_version(const struct row *row, uint8_t version)
{
	struct told told = { .len = 0 };
	const struct pktcap_streams_opts opts =
		PKTCAP_STREAMS_OPTS(.overlap = row->overlap,
				    .on_open = tell_open, .on_data = tell_data,
				    .on_end = tell_end, .arg = &told);
	struct pktcap_streams_stats stats;
	struct pktcap_streams *streams;

	assert_int_equal(pktcap_streams_open(&streams, &opts, NULL), 0);
	for (const struct step *step = row->steps; step->data; step++)
		add_step(streams, step, version);
	pktcap_streams_flush(streams);
	pktcap_streams_stats(streams, &stats);
	assert_int_equal(stats.blocks, 0);
	assert_int_equal(stats.held, 0);
	pktcap_streams_close(streams);
	told.text[told.len] = '\0';
	assert_string_equal(told.text, row->want);
}

static void run(void **state)
{
	run_version(*state, 4);
	run_version(*state, 6);
}

struct opts_row {
	const char *name;
	struct pktcap_streams_opts opts;
	int err;
	const char *call;
};

static const struct opts_row opts_rows[] = {
	{ "memory that is too little",
	  { .size = 72, .memory = 65535 },
	  -EINVAL,
	  "memory" },
	{ "memory that is too much",
	  { .size = 72, .memory = (UINT64_C(1) << 32) + 1 },
	  -EINVAL,
	  "memory" },
	{ "too many connections",
	  { .size = 72, .connections = 1 << 21 },
	  -EINVAL,
	  "connections" },
	{ "more connections than memory",
	  { .size = 72, .memory = 1 << 20, .connections = 4096 },
	  -EINVAL,
	  "connections" },
	{ "too little may wait",
	  { .size = 72, .waiting = 1 },
	  -EINVAL,
	  "waiting" },
	{ "an unknown policy",
	  { .size = 72, .overlap = 3 },
	  -EINVAL,
	  "overlap" },
	{ "a timeout below 0",
	  { .size = 72, .timeout_ns = -1 },
	  -EINVAL,
	  "timeout_ns" },
	{ "no size", { .size = 0 }, -EINVAL, "size" },
};

static void run_opts(void **state)
{
	const struct opts_row *row = *state;
	struct pktcap_streams_opts opts = row->opts;
	struct pktcap_streams *streams;
	struct pktcap_error error;

	if (opts.size)
		opts.size = sizeof(opts);
	assert_int_equal(pktcap_streams_open(&streams, &opts, &error),
			 row->err);
	assert_null(streams);
	assert_string_equal(error.call, row->call);
}

static void test_not_taken(void **state)
{
	const struct ip_fragment frag = { 4, 17, 1, 0, 0, "12345678", 8 };
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct ip_segment seg = { .version = 4, .flags = PKTCAP_TCP_SYN };
	struct pktcap_streams *streams;
	static struct ip_frame frame;
	size_t n;

	(void)state;
	assert_int_equal(pktcap_streams_open(&streams, NULL, NULL), 0);
	ip_frame_fragment(&frame, &frag);
	n = pktcap_decode(&frame.pkt, layers, PKTCAP_LAYERS);
	assert_int_equal(pktcap_streams_add(streams, &frame.pkt, layers, n),
			 -EPROTOTYPE);
	ip_frame_segment(&frame, &seg);
	frame.pkt.caplen -= 1;
	n = pktcap_decode(&frame.pkt, layers, PKTCAP_LAYERS);
	assert_int_equal(pktcap_streams_add(streams, &frame.pkt, layers, n),
			 -ENODATA);
	ip_frame_segment(&frame, &seg);
	frame.bytes[32] = 0x40; /* a header of 16 bytes */
	n = pktcap_decode(&frame.pkt, layers, PKTCAP_LAYERS);
	assert_int_equal(pktcap_streams_add(streams, &frame.pkt, layers, n),
			 -EPROTO);
	pktcap_streams_close(streams);
	pktcap_streams_close(NULL);
}

int main(void)
{
	struct CMUnitTest tests[96] = {
		cmocka_unit_test(test_not_taken),
	};
	size_t n = 1;

	ADD_ROWS(tests, n, rows, run);
	ADD_ROWS(tests, n, opts_rows, run_opts);
	return _cmocka_run_group_tests("reassemble_streams", tests, n, NULL,
				       NULL);
}
