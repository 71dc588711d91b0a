// SPDX-License-Identifier: BSD-2-Clause
/* Any order of any segments gives the stream, and little memory is enough. */
#include <stdlib.h>
#include <string.h>

#include <pktcap/decode.h>
#include <pktcap/reassemble.h>

#include "support/ip_frames.h"
#include "support/rows.h"

/* A stream whose bytes are known from their place in it. */
static uint8_t byte_at(uint64_t offset)
{
	return (uint8_t)((offset * 2654435761u) >> 13);
}

/* How far each side of a stream is; of all streams what became of them. */
struct check {
	uint64_t next[2];
};

struct totals {
	uint64_t bytes, lost;
	uint32_t opened, ended;
};

static void check_open(void *arg, struct pktcap_stream *stream)
{
	struct totals *totals = arg;

	stream->user = calloc(1, sizeof(struct check));
	assert_non_null(stream->user);
	totals->opened++;
}

static void check_data(void *arg, struct pktcap_stream *stream,
		       const struct pktcap_stream_data *data)
{
	struct check *check = stream->user;
	struct totals *totals = arg;

	assert_true(data->offset == check->next[data->direction] + data->gap);
	for (uint32_t i = 0; i < data->len; i++)
		if (data->data[i] != byte_at(data->offset + i))
			fail_msg("byte %u", (unsigned int)(data->offset + i));
	check->next[data->direction] = data->offset + data->len;
	totals->bytes += data->len;
	totals->lost += data->gap;
}

static void check_end(void *arg, struct pktcap_stream *stream, uint32_t end)
{
	struct totals *totals = arg;

	assert_in_range(end, 1, 6);
	free(stream->user);
	totals->ended++;
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* Bytes from @from on, from the client of @port. */
static void add_piece(struct pktcap_streams *streams, uint16_t port,
		      uint32_t isn, uint32_t from, size_t len, uint8_t flags)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	static struct ip_frame frame;
	static uint8_t data[1500];
	struct ip_segment seg = { .version = 4,
				  .port = port,
				  .seq = isn + (flags ? 0 : 1 + from),
				  .flags = flags,
				  .data = data,
				  .len = len };
	size_t n;

	for (size_t i = 0; i < len; i++)
		data[i] = byte_at(from + i);
	ip_frame_segment(&frame, &seg);
	n = pktcap_decode(&frame.pkt, layers, PKTCAP_LAYERS);
	assert_int_equal(pktcap_streams_add(streams, &frame.pkt, layers, n), 0);
}

#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 20 };
#else
enum { ROUNDS = 200 };
#endif

enum { STREAM = 20000, PIECES_MAX = 400 };

/* Cuts the stream, repeats some of it, and mixes everything. */
static size_t make_pieces(uint32_t *seed, uint32_t from[PIECES_MAX],
			  uint32_t len[PIECES_MAX])
{
	uint32_t at = 0;
	size_t n = 0;

	while (at < STREAM) {
		len[n] = 1 + next_random(seed) % 1400;
		if (len[n] > STREAM - at)
			len[n] = STREAM - at;
		from[n] = at;
		at += len[n++];
	}
	for (size_t i = 0; i < 30; i++, n++) {
		from[n] = next_random(seed) % STREAM;
		len[n] = 1 + next_random(seed) % 1400;
		if (len[n] > STREAM - from[n])
			len[n] = STREAM - from[n];
	}
	for (size_t i = n - 1; i > 0; i--) {
		size_t k = next_random(seed) % (i + 1);
		uint32_t other_from = from[k], other_len = len[k];

		from[k] = from[i];
		len[k] = len[i];
		from[i] = other_from;
		len[i] = other_len;
	}
	return n;
}

/* Any order of any pieces gives the stream, whatever the policy. */
static void test_any_order(void **state)
{
	uint32_t from[PIECES_MAX], len[PIECES_MAX], seed = 1;

	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct totals totals = { .lost = 0 };
		const struct pktcap_streams_opts opts =
			PKTCAP_STREAMS_OPTS(.overlap = round % 3,
					    .on_open = check_open,
					    .on_data = check_data,
					    .on_end = check_end,
					    .arg = &totals);
		uint32_t isn = next_random(&seed) * 65537u;
		size_t n = make_pieces(&seed, from, len);
		struct pktcap_streams *streams;

		assert_int_equal(pktcap_streams_open(&streams, &opts, NULL), 0);
		add_piece(streams, 0, isn, 0, 0, PKTCAP_TCP_SYN);
		for (size_t i = 0; i < n; i++)
			add_piece(streams, 0, isn, from[i], len[i], 0);
		assert_true(totals.bytes == STREAM);
		assert_true(totals.lost == 0);
		pktcap_streams_flush(streams);
		pktcap_streams_close(streams);
	}
}

/*
 * Little memory and many connections with holes: bytes get lost, but none is
 * wrong or in the wrong place, and every stream that begins ends.
 */
static void test_little_memory(void **state)
{
	struct totals all = { .lost = 0 };
	const struct pktcap_streams_opts opts =
		PKTCAP_STREAMS_OPTS(.memory = 65536, .connections = 32,
				    .waiting = 8192, .on_open = check_open,
				    .on_data = check_data, .on_end = check_end,
				    .arg = &all);
	struct pktcap_streams_stats stats;
	struct pktcap_streams *streams;
	uint32_t seed = 7;

	(void)state;
	assert_int_equal(pktcap_streams_open(&streams, &opts, NULL), 0);
	for (uint32_t i = 0; i < 60 * ROUNDS; i++) {
		uint16_t port = (uint16_t)(next_random(&seed) % 48);

		add_piece(streams, port, port * 1000u, 0, 0, PKTCAP_TCP_SYN);
		add_piece(streams, port, port * 1000u,
			  2 * (next_random(&seed) % 5000),
			  next_random(&seed) % 1400, 0);
		pktcap_streams_stats(streams, &stats);
		assert_true(stats.held <= 32);
	}
	assert_true(stats.evicted > 0);
	assert_true(all.lost > 0);
	pktcap_streams_flush(streams);
	pktcap_streams_stats(streams, &stats);
	assert_int_equal(stats.blocks, 0);
	assert_int_equal(all.opened, all.ended);
	assert_int_equal(all.opened, stats.opened);
	pktcap_streams_close(streams);
}

/*
 * Each byte that waits behind a hole takes a block: there is an end to how many
 * a connection gets, long before the pool's.
 */
static void test_small_pieces(void **state)
{
	enum { WAITING = 1 << 20, BLOCK = 496 };
	struct totals totals = { .lost = 0 };
	const struct pktcap_streams_opts opts =
		PKTCAP_STREAMS_OPTS(.waiting = WAITING, .on_open = check_open,
				    .on_data = check_data, .on_end = check_end,
				    .arg = &totals);
	struct pktcap_streams_stats stats;
	struct pktcap_streams *streams;

	(void)state;
	assert_int_equal(pktcap_streams_open(&streams, &opts, NULL), 0);
	add_piece(streams, 0, 1000, 0, 0, PKTCAP_TCP_SYN);
	for (uint32_t i = 0; i < 4 * WAITING / BLOCK; i++)
		add_piece(streams, 0, 1000, 1 + 2 * i, 1, 0);
	pktcap_streams_stats(streams, &stats);
	assert_in_range(stats.blocks, WAITING / BLOCK, WAITING / BLOCK + 1);
	/* Without holes they share one. */
	pktcap_streams_flush(streams);
	add_piece(streams, 1, 1000, 0, 0, PKTCAP_TCP_SYN);
	for (uint32_t i = 0; i < BLOCK; i++)
		add_piece(streams, 1, 1000, 1 + i, 1, 0);
	pktcap_streams_stats(streams, &stats);
	assert_int_equal(stats.blocks, 1);
	pktcap_streams_flush(streams);
	pktcap_streams_close(streams);
}

/* Streams that ended make room before one that goes on has to. */
static void test_ended_first(void **state)
{
	struct totals totals = { .lost = 0 };
	const struct pktcap_streams_opts opts =
		PKTCAP_STREAMS_OPTS(.connections = 8, .on_open = check_open,
				    .on_data = check_data, .on_end = check_end,
				    .arg = &totals);
	struct pktcap_streams_stats stats;
	struct pktcap_streams *streams;

	(void)state;
	assert_int_equal(pktcap_streams_open(&streams, &opts, NULL), 0);
	add_piece(streams, 0, 1000, 0, 0, PKTCAP_TCP_SYN);
	for (uint16_t port = 1; port < 50; port++) {
		add_piece(streams, port, 1000, 0, 0, PKTCAP_TCP_SYN);
		add_piece(streams, port, 1001, 0, 0, PKTCAP_TCP_RST);
	}
	add_piece(streams, 0, 1000, 0, 9, 0);
	pktcap_streams_stats(streams, &stats);
	assert_int_equal(stats.evicted, 0);
	assert_int_equal(stats.opened, 50);
	assert_int_equal(stats.held, 1);
	assert_true(totals.bytes == 9);
	pktcap_streams_flush(streams);
	assert_int_equal(totals.ended, 50);
	pktcap_streams_close(streams);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_any_order),
		cmocka_unit_test(test_little_memory),
		cmocka_unit_test(test_small_pieces),
		cmocka_unit_test(test_ended_first),
	};

	return cmocka_run_group_tests_name("reassemble_order", tests, NULL,
					   NULL);
}
