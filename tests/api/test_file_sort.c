// SPDX-License-Identifier: BSD-2-Clause
/*
 * What a window allows for comes sorted, what it does not comes at once, and
 * however little memory there is, each packet comes once.
 */
#include "support/rows.h"
#include "support/timed.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>

enum { PACKETS_MAX = 5000, STEP_NS = 10 };

/* In the order of the file, and in the order they are to come. */
static struct timed packets[PACKETS_MAX];
static struct timed wanted[PACKETS_MAX];
static struct timed held[PACKETS_MAX];

struct row {
	const char *name;
	uint32_t packets;
	uint32_t jitter_ns; /* how much earlier than its place at most */
	uint32_t window_packets;
	uint64_t window_ns;
	bool sorted; /* else some are late */
};

static struct row rows[] = {
	{ "no packet", 0, 0, 5, 0, true },
	{ "one packet", 1, 0, 5, 0, true },
	{ "sorted already", 3000, 0, 1, 1, true },
	{ "equal times", 3000, 0, 5, 0, true },
	{ "no window: all the memory is", 3000, 100000, 0, 0, true },
	{ "9 packets at most out of place", 3000, 99, 10, 0, true },
	{ "20 packets at most out of place", 3000, 199, 20, 0, true },
	{ "100 ns at most out of place", 3000, 99, 0, 100, true },
	{ "1000 ns at most out of place", 3000, 999, 0, 1000, true },
	{ "a window of one packet", 3000, 500, 1, 0, false },
	{ "a window of 7 packets", 3000, 500, 7, 0, false },
	{ "a window of 1 ns", 3000, 500, 0, 1, false },
	{ "a window of 200 ns", 3000, 500, 0, 200, false },
	{ "50 packets or 100 ns", 3000, 500, 50, 100, false },
	{ "5 packets or 1000 ns", 3000, 500, 5, 1000, false },
	{ "the widest window", 3000, 100000, UINT32_MAX, UINT64_MAX, true },
};

/* Packet i has its place at i * STEP_NS. */
static void make_packets(const struct row *r, uint32_t step_ns)
{
	uint32_t seed = r->jitter_ns + r->window_packets;

	for (uint32_t i = 0; i < r->packets; i++)
		packets[i] =
			(struct timed){ 1000000 + (int64_t)i * step_ns -
						(int64_t)(timed_random(&seed) %
							  (r->jitter_ns + 1)),
					0, i };
}

static size_t first_of(size_t n)
{
	size_t first = 0;

	for (size_t i = 1; i < n; i++)
		if (timed_compare(&held[i], &held[first]) < 0)
			first = i;
	return first;
}

/* The same by looking at all that is held, each time; returns how many late. */
static uint64_t simulate(const struct row *r)
{
	size_t n = 0, out = 0;
	int64_t newest = 0, last = 0;
	uint64_t late = 0;

	for (uint32_t i = 0; i < r->packets || n; i++) {
		if (i < r->packets && packets[i].ts_ns > newest)
			newest = packets[i].ts_ns;
		if (i < r->packets && packets[i].ts_ns < last) {
			wanted[out++] = packets[i];
			late++;
		} else if (i < r->packets) {
			held[n++] = packets[i];
		}
		while (n) {
			size_t f = first_of(n);

			if (i + 1 < r->packets &&
			    !(r->window_packets && n > r->window_packets) &&
			    !(r->window_ns &&
			      (uint64_t)(newest - held[f].ts_ns) >
				      r->window_ns))
				break;
			wanted[out++] = held[f];
			last = held[f].ts_ns;
			held[f] = held[--n];
		}
	}
	assert_int_equal(out, r->packets);
	return late;
}

static struct pktcap_file_sort *open_sort(struct pktcap_file_reader *reader,
					  const struct row *r, uint64_t memory)
{
	const struct pktcap_file_sort_opts opts =
		PKTCAP_FILE_SORT_OPTS(.window_packets = r->window_packets,
				      .window_ns = r->window_ns,
				      .memory_bytes = memory);
	struct pktcap_file_sort *sort;
	struct pktcap_error error;

	if (pktcap_file_sort_open(&sort, reader, &opts, &error))
		fail_msg("%s", error.text);
	return sort;
}

static struct pktcap_file_sort_stats
stats_of(const struct pktcap_file_sort *sort)
{
	struct pktcap_file_sort_stats stats;

	pktcap_file_sort_stats(sort, &stats);
	return stats;
}

static void sorts(const struct row *r, uint32_t step_ns)
{
	const struct pktcap_packet *pkt;
	struct pktcap_file_reader *reader;
	struct pktcap_file_sort *sort;
	uint64_t late;
	int fd;

	make_packets(r, step_ns);
	fd = timed_file(packets, r->packets);
	reader = timed_reader(fd);
	sort = open_sort(reader, r, 0);
	late = simulate(r);
	assert_int_equal(late == 0, r->sorted);
	if (r->sorted)
		qsort(wanted, r->packets, sizeof(wanted[0]), timed_compare);
	for (uint32_t i = 0; i < r->packets; i++) {
		assert_int_equal(pktcap_file_sort_next(sort, &pkt, NULL), 1);
		timed_expect(pkt, &wanted[i]);
		assert_int_equal(stats_of(sort).packets, i + 1);
	}
	for (int again = 0; again < 2; again++) {
		assert_int_equal(pktcap_file_sort_next(sort, &pkt, NULL), 0);
		assert_null(pkt);
	}
	assert_int_equal(stats_of(sort).late, late);
	assert_int_equal(stats_of(sort).early, 0);
	assert_int_equal(stats_of(sort).held, 0);
	pktcap_file_sort_close(sort);
	pktcap_file_reader_close(reader);
	close(fd);
}

static void a_window(void **state)
{
	const struct row *r = *state;

	sorts(r, strcmp(r->name, "equal times") ? STEP_NS : 0);
}

/* --- little memory --- */

struct memory {
	const char *name;
	uint64_t bytes;
	uint32_t jitter_ns;
	uint32_t window_packets;
	bool early; /* some have to leave before it is their time */
};

static struct memory memories[] = {
	{ "4096 bytes, sorted already", 4096, 0, 1, false },
	{ "4096 bytes, nothing in order", 4096, 100000, 100, true },
	{ "4111 bytes, nothing in order", 4111, 100000, 100, true },
	{ "10000 bytes, nothing in order", 10000, 100000, 0, true },
	{ "65536 bytes, nothing in order", 65536, 100000, 0, true },
	{ "1 MiB, nothing in order", 1 << 20, 100000, 0, false },
	{ "32 KiB for 10 packets, the longest there are", 32768, 1000, 10,
	  false },
};

/* Each packet comes once and whole; those that are late are counted. */
static void memory_is_short(void **state)
{
	const struct memory *m = *state;
	const struct row r = { .packets = 4000,
			       .jitter_ns = m->jitter_ns,
			       .window_packets = m->window_packets };
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	struct pktcap_file_sort *sort;
	uint64_t late = 0;
	int64_t latest = 0;
	struct timed t;
	int fd;

	make_packets(&r, STEP_NS);
	fd = timed_file(packets, r.packets);
	reader = timed_reader(fd);
	sort = open_sort(reader, &r, m->bytes);
	for (uint32_t i = 0; i < r.packets; i++) {
		assert_int_equal(pktcap_file_sort_next(sort, &pkt, NULL), 1);
		memcpy(&t, pkt->data, sizeof(t));
		assert_in_range(t.number, 0, r.packets - 1);
		timed_expect(pkt, &packets[t.number]);
		late += t.ts_ns < latest;
		latest = t.ts_ns > latest ? t.ts_ns : latest;
		assert_true(packets[t.number].file == 0);
		packets[t.number].file = 1; /* not twice */
	}
	assert_int_equal(pktcap_file_sort_next(sort, &pkt, NULL), 0);
	assert_int_equal(stats_of(sort).late, late);
	assert_int_equal(stats_of(sort).early > 0, m->early);
	pktcap_file_sort_close(sort);
	pktcap_file_reader_close(reader);
	close(fd);
}

/* --- files that end too early, or not yet --- */

static void damage_comes_last(void **state)
{
	const struct row r = { .packets = 50, .jitter_ns = 500 };
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	struct pktcap_file_sort *sort;
	struct pktcap_error error = { 0 };
	int fd;

	(void)state;
	make_packets(&r, STEP_NS);
	fd = timed_file(packets, 50);
	assert_int_equal(ftruncate(fd, lseek(fd, 0, SEEK_END) - 1), 0);
	lseek(fd, 0, SEEK_SET);
	reader = timed_reader(fd);
	sort = open_sort(reader, &r, 0);
	qsort(packets, 49, sizeof(packets[0]), timed_compare);
	for (uint32_t i = 0; i < 49; i++) {
		assert_int_equal(pktcap_file_sort_next(sort, &pkt, &error), 1);
		timed_expect(pkt, &packets[i]);
		assert_int_equal(error.code, 0);
	}
	for (int again = 0; again < 2; again++) {
		assert_int_equal(pktcap_file_sort_next(sort, &pkt, &error),
				 -ENODATA);
		assert_null(pkt);
		assert_int_equal(error.code, -ENODATA);
		assert_int_equal(pktcap_file_sort_next(sort, &pkt, NULL),
				 -ENODATA);
	}
	pktcap_file_sort_close(sort);
	pktcap_file_reader_close(reader);
	close(fd);
}

/* What is held stays held while a pipe has nothing. */
static void a_pipe_comes_late(void **state)
{
	const struct timed late[] = { { 20, 0, 0 }, { 10, 0, 1 } };
	const struct row r = { .window_packets = 1 };
	const struct pktcap_packet *pkt;
	struct pktcap_file_reader *reader;
	struct pktcap_file_sort *sort;
	struct pktcap_error error;
	int source = timed_file(late, 2), pipes[2];
	uint8_t bytes[8192];
	ssize_t all = read(source, bytes, sizeof(bytes));
	size_t first = 24 + 16 + timed_length(&late[0]);

	(void)state;
	assert_int_equal(pipe2(pipes, O_CLOEXEC | O_NONBLOCK), 0);
	assert_int_equal(write(pipes[1], bytes, first), first);
	reader = timed_reader(pipes[0]);
	sort = open_sort(reader, &r, 0);
	for (int again = 0; again < 2; again++) {
		error.code = 0;
		assert_int_equal(pktcap_file_sort_next(sort, &pkt, &error),
				 -EAGAIN);
		assert_int_equal(error.code, -EAGAIN);
		assert_int_equal(stats_of(sort).held, 1);
	}
	assert_int_equal(write(pipes[1], bytes + first, (size_t)all - first),
			 (size_t)all - first);
	assert_int_equal(pktcap_file_sort_next(sort, &pkt, NULL), 1);
	timed_expect(pkt, &late[1]);
	assert_int_equal(pktcap_file_sort_next(sort, &pkt, NULL), -EAGAIN);
	close(pipes[1]);
	assert_int_equal(pktcap_file_sort_next(sort, &pkt, NULL), 1);
	timed_expect(pkt, &late[0]);
	assert_int_equal(pktcap_file_sort_next(sort, &pkt, NULL), 0);
	pktcap_file_sort_close(sort);
	pktcap_file_reader_close(reader);
	close(pipes[0]);
	close(source);
}

/* --- options --- */

struct wrong {
	const char *name;
	const char *call;
	struct pktcap_file_sort_opts opts;
};

enum { SIZE = sizeof(struct pktcap_file_sort_opts) };

static struct wrong wrongs[] = {
	{ "no size", "size", { .size = 0 } },
	{ "one byte", "memory_bytes", { .size = SIZE, .memory_bytes = 1 } },
	{ "one byte too few",
	  "memory_bytes",
	  { .size = SIZE, .memory_bytes = 4095 } },
	{ "one byte too many",
	  "memory_bytes",
	  { .size = SIZE, .memory_bytes = (UINT64_C(1) << 40) + 1 } },
	{ "all bytes there are",
	  "memory_bytes",
	  { .size = SIZE, .memory_bytes = UINT64_MAX } },
};

static void options_are_refused(void **state)
{
	const struct wrong *w = *state;
	struct pktcap_file_sort *sort = (void *)packets;
	struct pktcap_error error;

	assert_int_equal(pktcap_file_sort_open(&sort, NULL, &w->opts, &error),
			 -EINVAL);
	assert_null(sort);
	assert_int_equal(error.code, -EINVAL);
	assert_string_equal(error.call, w->call);
	assert_int_equal(pktcap_file_sort_open(&sort, NULL, &w->opts, NULL),
			 -EINVAL);
}

static void nothing_is_closed(void **state)
{
	struct pktcap_file_sort *sort;

	(void)state;
	pktcap_file_sort_close(NULL);
	assert_int_equal(pktcap_file_sort_open(&sort, NULL, NULL, NULL), 0);
	pktcap_file_sort_close(sort);
}

int main(void)
{
	static struct CMUnitTest all[48] = {
		cmocka_unit_test(damage_comes_last),
		cmocka_unit_test(a_pipe_comes_late),
		cmocka_unit_test(nothing_is_closed),
	};
	size_t n = 3;

	ADD_ROWS(all, n, rows, a_window);
	ADD_ROWS(all, n, memories, memory_is_short);
	ADD_ROWS(all, n, wrongs, options_are_refused);
	return _cmocka_run_group_tests("file_sort", all, n, NULL, NULL);
}
