// SPDX-License-Identifier: BSD-2-Clause
/* IP fragments: what comes together, what is dropped, and which bytes count. */
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include <pktcap/decode.h>
#include <pktcap/reassemble.h>

#include "support/ip_frames.h"
#include "support/rows.h"

#define NS(seconds) ((seconds)*INT64_C(1000000000))

/* What a step returns: 1 stands for a whole packet. */
struct step {
	const char *data; /* NULL ends the steps */
	uint16_t offset;
	uint8_t more;
	int ret;
	uint16_t id;
	uint16_t at_s;
	uint16_t cut; /* bytes that were not captured */
};

struct row {
	const char *name;
	const char *want; /* payload of the last whole packet; NULL: none */
	uint32_t overlap;
	struct step steps[6];
};

#define A8 "aaaaaaaa"
#define B8 "bbbbbbbb"
#define X8 "xxxxxxxx"

static const struct row rows[] = {
	{ "two in order",
	  A8 "bb",
	  0,
	  { { A8, 0, 1, 0, 0, 0, 0 }, { "bb", 8, 0, 1, 0, 0, 0 } } },
	{ "the last one first",
	  A8 B8 "c",
	  0,
	  { { "c", 16, 0, 0, 0, 0, 0 },
	    { B8, 8, 1, 0, 0, 0, 0 },
	    { A8, 0, 1, 1, 0, 0, 0 } } },
	{ "two datagrams mixed",
	  X8 "y",
	  0,
	  { { A8, 0, 1, 0, 1, 0, 0 },
	    { X8, 0, 1, 0, 2, 0, 0 },
	    { "b", 8, 0, 1, 1, 0, 0 },
	    { "y", 8, 0, 1, 2, 0, 0 } } },
	{ "a repetition",
	  A8 "b",
	  PKTCAP_OVERLAP_REJECT,
	  { { A8, 0, 1, 0, 0, 0, 0 },
	    { A8, 0, 1, 0, 0, 0, 0 },
	    { "b", 8, 0, 1, 0, 0, 0 } } },
	{ "one is missing",
	  NULL,
	  0,
	  { { A8, 0, 1, 0, 0, 0, 0 }, { "c", 16, 0, 0, 0, 0, 0 } } },
	{ "not a fragment", NULL, 0, { { A8, 0, 0, -EPROTOTYPE, 0, 0, 0 } } },
	{ "not a multiple of 8",
	  NULL,
	  0,
	  { { "abc", 0, 1, -EPROTO, 0, 0, 0 } } },
	{ "an empty one", NULL, 0, { { "", 8, 0, -EPROTO, 0, 0, 0 } } },
	{ "beyond the largest datagram",
	  NULL,
	  0,
	  { { A8, 65528, 0, -EPROTO, 0, 0, 0 } } },
	{ "behind the end",
	  NULL,
	  0,
	  { { "b", 8, 0, 0, 0, 0, 0 }, { X8, 16, 1, -EPROTO, 0, 0, 0 } } },
	{ "another end",
	  A8 "b",
	  0,
	  { { "b", 8, 0, 0, 0, 0, 0 },
	    { "bc", 8, 0, -EPROTO, 0, 0, 0 },
	    { A8, 0, 1, 1, 0, 0, 0 } } },
	{ "an end in front of what is there",
	  NULL,
	  0,
	  { { X8, 16, 1, 0, 0, 0, 0 }, { "b", 8, 0, -EPROTO, 0, 0, 0 } } },
	{ "cut by the capture",
	  NULL,
	  0,
	  { { A8, 0, 1, -ENODATA, 0, 0, 1 }, { "b", 8, 0, 0, 0, 0, 0 } } },
	{ "too late",
	  NULL,
	  0,
	  { { A8, 0, 1, 0, 0, 0, 0 }, { "b", 8, 0, 0, 0, 31, 0 } } },
	{ "the first one is of the future",
	  X8 "y",
	  0,
	  { { A8, 0, 1, 0, 0, 9000, 0 },
	    { "y", 8, 0, 0, 0, 1, 0 },
	    { X8, 0, 1, 1, 0, 2, 0 } } },
	{ "just in time",
	  A8 "b",
	  0,
	  { { A8, 0, 1, 0, 0, 0, 0 }, { "b", 8, 0, 1, 0, 30, 0 } } },
	{ "an id again after the timeout",
	  X8 "y",
	  0,
	  { { A8, 0, 1, 0, 0, 0, 0 },
	    { X8, 0, 1, 0, 0, 31, 0 },
	    { "y", 8, 0, 1, 0, 32, 0 } } },
	{ "overlap, the first counts",
	  A8 B8 "xc",
	  0,
	  { { A8 B8, 0, 1, 0, 0, 0, 0 }, { "xxxxxxxxxc", 8, 0, 1, 0, 0, 0 } } },
	{ "overlap, the last counts",
	  A8 "xxxxxxxxxc",
	  PKTCAP_OVERLAP_LAST,
	  { { A8 B8, 0, 1, 0, 0, 0, 0 }, { "xxxxxxxxxc", 8, 0, 1, 0, 0, 0 } } },
	{ "overlap, all is dropped",
	  NULL,
	  PKTCAP_OVERLAP_REJECT,
	  { { A8 B8, 0, 1, 0, 0, 0, 0 },
	    { B8 "c", 8, 0, -EPROTO, 0, 0, 0 },
	    { "d", 16, 0, 0, 0, 0, 0 } } },
	{ "a repetition with other bytes is dropped",
	  NULL,
	  PKTCAP_OVERLAP_REJECT,
	  { { A8, 0, 1, 0, 0, 0, 0 }, { X8, 0, 1, -EPROTO, 0, 0, 0 } } },
};

static void make(struct ip_frame *frame, const struct step *step,
		 uint8_t version)
{
	const struct ip_fragment frag = {
		.version = version,
		.protocol = 253,
		.id = step->id,
		.offset = step->offset,
		.more = step->more,
		.data = step->data,
		.len = strlen(step->data),
	};

	ip_frame_fragment(frame, &frag);
	frame->pkt.ts_ns = NS(step->at_s);
	frame->pkt.caplen -= step->cut;
}

/* The whole is a packet of its own that decodes, with nothing of fragments. */
static void assert_whole(const struct pktcap_packet *pkt, const char *want)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
	const struct pktcap_layer *last = &layers[n - 1];
	struct pktcap_ipv4 ip;
	uint32_t sum = 0;

	assert_int_equal(pkt->linktype, PKTCAP_LINKTYPE_RAW);
	assert_int_equal(pkt->caplen, pkt->wirelen);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(layers[i].flags, 0);
		assert_int_not_equal(layers[i].proto,
				     PKTCAP_PROTO_IPV6_FRAGMENT);
	}
	assert_int_equal(last->proto, PKTCAP_PROTO_DATA);
	assert_int_equal(last->number, 253);
	assert_int_equal(last->caplen, strlen(want));
	assert_memory_equal(last->data, want, strlen(want));
	if (pktcap_ipv4_get(&layers[0], &ip))
		return;
	assert_int_equal(ip.total_length, pkt->caplen);
	for (size_t i = 0; i < ip.header_len; i += 2)
		sum += (uint32_t)pkt->data[i] << 8 | pkt->data[i + 1];
	assert_int_equal((sum & 0xffff) + (sum >> 16), 0xffff);
}

static void run_version(const struct row *row, uint8_t version)
{
	const struct pktcap_fragments_opts opts =
		PKTCAP_FRAGMENTS_OPTS(.overlap = row->overlap);
	const struct pktcap_packet *out, *whole = NULL;
	struct pktcap_layer layers[PKTCAP_LAYERS];
	struct pktcap_fragments *fragments;
	static struct ip_frame frame;

	assert_int_equal(pktcap_fragments_open(&fragments, &opts, NULL), 0);
	for (const struct step *step = row->steps; step->data; step++) {
		int ret = step->ret;
		size_t n;

		make(&frame, step, version);
		n = pktcap_decode(&frame.pkt, layers, PKTCAP_LAYERS);
		assert_int_equal(pktcap_fragments_add(fragments, &frame.pkt,
						      layers, n, &out),
				 ret);
		assert_true((out != NULL) == (ret == 1));
		if (out) {
			whole = out;
			assert_true(out->ts_ns == NS(step->at_s));
		}
	}
	assert_true((whole != NULL) == (row->want != NULL));
	if (whole)
		assert_whole(whole, row->want);
	pktcap_fragments_close(fragments);
}

static void run(void **state)
{
	run_version(*state, 4);
	run_version(*state, 6);
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 20 };
#else
enum { ROUNDS = 200 };
#endif

enum { DATAGRAM = 60000, PIECES_MAX = 512 };

static uint8_t datagram[DATAGRAM];

struct cut {
	uint32_t offset;
	uint32_t len;
};

/* All of the datagram, some of it twice, mixed. */
static size_t make_cuts(uint32_t *seed, size_t total, struct cut *cuts)
{
	size_t at = 0, n = 0;

	while (at < total) {
		size_t len = 8 * (1 + next_random(seed) % 180);

		if (len > total - at)
			len = total - at;
		cuts[n++] = (struct cut){ (uint32_t)at, (uint32_t)len };
		at += len;
	}
	for (size_t i = 0; i < 5; i++, n++)
		cuts[n] = cuts[next_random(seed) % n];
	for (size_t i = n - 1; i > 0; i--) {
		size_t k = next_random(seed) % (i + 1);
		struct cut other = cuts[k];

		cuts[k] = cuts[i];
		cuts[i] = other;
	}
	return n;
}

static void test_any_order(void **state)
{
	static struct cut cuts[PIECES_MAX];
	static struct ip_frame frame;
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_packet *out;
	struct pktcap_fragments *fragments;
	uint32_t seed = 3;

	(void)state;
	for (size_t i = 0; i < DATAGRAM; i++)
		datagram[i] = (uint8_t)next_random(&seed);
	assert_int_equal(pktcap_fragments_open(&fragments, NULL, NULL), 0);
	for (uint32_t round = 0; round < ROUNDS; round++) {
		size_t total = 1 + next_random(&seed) % DATAGRAM, whole = 0;
		size_t n = make_cuts(&seed, total, cuts);

		for (size_t i = 0; i < n; i++) {
			const struct cut *cut = &cuts[i];
			const struct ip_fragment frag = {
				.version = round % 2 ? 4 : 6,
				.protocol = 253,
				.id = (uint16_t)round,
				.offset = cut->offset,
				.more = cut->offset + cut->len < total,
				.data = datagram + cut->offset,
				.len = cut->len,
			};
			size_t layer_count;

			if (!cut->offset && cut->len == total)
				continue;
			ip_frame_fragment(&frame, &frag);
			layer_count = pktcap_decode(&frame.pkt, layers,
						    PKTCAP_LAYERS);
			if (pktcap_fragments_add(fragments, &frame.pkt, layers,
						 layer_count, &out) != 1)
				continue;
			whole++;
			assert_true(out->caplen > total);
			assert_memory_equal(out->data + out->caplen - total,
					    datagram, total);
		}
		assert_true(whole >= 1 || cuts[0].len == total);
	}
	pktcap_fragments_close(fragments);
}

/* Of datagrams that never get whole the oldest go, and memory stays bounded. */
static void test_little_memory(void **state)
{
	const struct pktcap_fragments_opts opts =
		PKTCAP_FRAGMENTS_OPTS(.memory = 131072, .datagrams = 16);
	struct pktcap_layer layers[PKTCAP_LAYERS];
	struct pktcap_fragments_stats stats;
	struct pktcap_fragments *fragments;
	const struct pktcap_packet *out;
	static struct ip_frame frame;
	uint32_t seed = 5;

	(void)state;
	assert_int_equal(pktcap_fragments_open(&fragments, &opts, NULL), 0);
	for (uint32_t i = 0; i < 100 * ROUNDS; i++) {
		const struct ip_fragment frag = {
			.version = 4,
			.protocol = 253,
			.id = (uint16_t)(next_random(&seed) % 64),
			.offset = 8 * (next_random(&seed) % 7000),
			.more = 1,
			.data = datagram,
			.len = 8 * (1 + next_random(&seed) % 180),
		};
		size_t n;

		ip_frame_fragment(&frame, &frag);
		n = pktcap_decode(&frame.pkt, layers, PKTCAP_LAYERS);
		pktcap_fragments_add(fragments, &frame.pkt, layers, n, &out);
		pktcap_fragments_stats(fragments, &stats);
		assert_true(stats.held <= 16);
		assert_true(stats.blocks <= 131072 / 512);
	}
	assert_true(stats.evicted > 0);
	assert_int_equal(stats.fragments, 100 * ROUNDS);
	pktcap_fragments_close(fragments);
}

static void test_counts(void **state)
{
	static const struct step steps[] = {
		{ A8, 0, 1, 0, 1, 0, 0 },  { A8, 0, 1, 0, 1, 0, 0 },
		{ "b", 8, 0, 1, 1, 0, 0 }, { X8, 0, 1, 0, 2, 0, 0 },
		{ B8, 0, 1, 0, 2, 0, 0 },  { "abc", 0, 1, 0, 3, 0, 0 },
		{ A8, 0, 1, 0, 4, 0, 1 },  { A8, 0, 1, 0, 5, 40, 0 },
	};
	struct pktcap_layer layers[PKTCAP_LAYERS];
	struct pktcap_fragments_stats stats;
	struct pktcap_fragments *fragments;
	const struct pktcap_packet *out;
	static struct ip_frame frame;

	(void)state;
	assert_int_equal(pktcap_fragments_open(&fragments, NULL, NULL), 0);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		size_t n;

		make(&frame, &steps[i], 4);
		n = pktcap_decode(&frame.pkt, layers, PKTCAP_LAYERS);
		pktcap_fragments_add(fragments, &frame.pkt, layers, n, &out);
	}
	pktcap_fragments_stats(fragments, &stats);
	assert_int_equal(stats.fragments, 8);
	assert_int_equal(stats.datagrams, 1);
	assert_int_equal(stats.duplicates, 1);
	assert_int_equal(stats.overlaps, 1);
	assert_int_equal(stats.bad, 1);
	assert_int_equal(stats.cut, 1);
	assert_int_equal(stats.timeouts, 1);
	assert_int_equal(stats.evicted, 0);
	assert_int_equal(stats.held, 1);
	assert_int_equal(stats.blocks, 1);
	pktcap_fragments_close(fragments);
	pktcap_fragments_close(NULL);
}

struct opts_row {
	const char *name;
	struct pktcap_fragments_opts opts;
	const char *call;
};

static const struct opts_row opts_rows[] = {
	{ "memory that is too little",
	  { .size = 1, .memory = 131071 },
	  "memory" },
	{ "memory that is too much",
	  { .size = 1, .memory = (UINT64_C(1) << 31) + 1 },
	  "memory" },
	{ "too many datagrams",
	  { .size = 1, .datagrams = 65537 },
	  "datagrams" },
	{ "more datagrams than memory",
	  { .size = 1, .memory = 131072, .datagrams = 190 },
	  "datagrams" },
	{ "an unknown policy", { .size = 1, .overlap = 3 }, "overlap" },
	{ "a timeout below 0", { .size = 1, .timeout_ns = -1 }, "timeout_ns" },
	{ "no size", { .size = 0 }, "size" },
};

static void run_opts(void **state)
{
	const struct opts_row *row = *state;
	struct pktcap_fragments_opts opts = row->opts;
	struct pktcap_fragments *fragments;
	struct pktcap_error error;

	if (opts.size)
		opts.size = sizeof(opts);
	assert_int_equal(pktcap_fragments_open(&fragments, &opts, &error),
			 -EINVAL);
	assert_null(fragments);
	assert_string_equal(error.call, row->call);
}

int main(void)
{
	struct CMUnitTest tests[48] = {
		cmocka_unit_test(test_any_order),
		cmocka_unit_test(test_little_memory),
		cmocka_unit_test(test_counts),
	};
	size_t n = 3;

	ADD_ROWS(tests, n, rows, run);
	ADD_ROWS(tests, n, opts_rows, run_opts);
	return _cmocka_run_group_tests("reassemble_fragments", tests, n, NULL,
				       NULL);
}
