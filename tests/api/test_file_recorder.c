// SPDX-License-Identifier: BSD-2-Clause
/*
 * A recorder holds the newest packets and no others, and whatever a writer
 * refuses stays in it.
 */
#include "support/timed.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

#include "support/guard.h"
#include "support/rows.h"

enum { ADDED_MAX = 8000, HEADER_BYTES = 40 };

/* All packets that were added, in their order. */
static struct timed added[ADDED_MAX];
static uint32_t count;

static struct pktcap_file_recorder *
open_recorder(uint64_t bytes, uint64_t window_ns, uint32_t snaplen)
{
	struct pktcap_file_recorder *rec;
	struct pktcap_error error;
	const struct pktcap_file_recorder_opts opts =
		PKTCAP_FILE_RECORDER_OPTS(.bytes = bytes,
					  .window_ns = window_ns,
					  .snaplen = snaplen);

	if (pktcap_file_recorder_open(&rec, &opts, &error))
		fail_msg("%s", error.text);
	count = 0;
	return rec;
}

static int add(struct pktcap_file_recorder *rec, int64_t ts_ns)
{
	uint8_t bytes[TIMED_BYTES_MAX];
	struct pktcap_packet pkt;

	assert_true(count < ADDED_MAX);
	added[count] = (struct timed){ ts_ns, 0, count };
	pkt = timed_packet(&added[count++], bytes);
	return pktcap_file_recorder_add(rec, &pkt);
}

static struct pktcap_file_writer *open_writer(int fd, uint32_t flags)
{
	struct pktcap_file_writer *writer;

	assert_int_equal(
		pktcap_file_writer_open_fd(
			&writer, fd, PKTCAP_LINKTYPE_ETHERNET,
			&PKTCAP_FILE_WRITER_OPTS(
					.precision = PKTCAP_FILE_PRECISION_NANO,
					.flags = flags),
			NULL),
		0);
	return writer;
}

/* The file holds the packets from @first on, less than @end, and no more. */
static void expect_file(int fd, uint32_t first, uint32_t end)
{
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;

	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	reader = timed_reader(fd);
	for (uint32_t i = first; i < end; i++) {
		assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL),
				 1);
		timed_expect(pkt, &added[i]);
	}
	assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL), 0);
	pktcap_file_reader_close(reader);
}

static struct pktcap_file_recorder_stats
stats_of(struct pktcap_file_recorder *rec)
{
	struct pktcap_file_recorder_stats stats;

	pktcap_file_recorder_stats(rec, &stats);
	return stats;
}

/* A dump holds the @expected newest packets; the recorder is empty then. */
static void expect_dump(struct pktcap_file_recorder *rec, uint64_t expected)
{
	int fd = memfd_create("dump", MFD_CLOEXEC);
	struct pktcap_file_writer *writer = open_writer(fd, 0);

	assert_int_equal(stats_of(rec).packets, expected);
	assert_int_equal(pktcap_file_recorder_dump(rec, writer), 0);
	assert_int_equal(pktcap_file_writer_close(writer), 0);
	expect_file(fd, count - (uint32_t)expected, count);
	assert_int_equal(stats_of(rec).packets, 0);
	assert_int_equal(stats_of(rec).bytes, 0);
	close(fd);
}

/* --- the ring --- */

struct row {
	const char *name;
	uint64_t bytes;
	uint64_t window_ns;
	uint32_t packets;
	uint32_t dump_each; /* packets, about */
};

static struct row rows[] = {
	{ "the smallest ring", 4096, 0, 3000, 100 },
	{ "a ring of an odd length", 4103, 0, 3000, 70 },
	{ "a ring of 10000 bytes", 10000, 0, 3000, 300 },
	{ "a ring that is never full", 0, 0, 3000, 1000 },
	{ "a window in a ring with room", 0, 5000, 3000, 500 },
	{ "a window of one nanosecond", 0, 1, 2000, 300 },
	{ "a window wider than the ring", 8192, 1000000, 3000, 300 },
	{ "a window that may be narrower than the ring", 8192, 1000, 3000,
	  300 },
	{ "the widest window", 4096, UINT64_MAX, 1000, 300 },
};

static uint64_t record_bytes(const struct timed *t)
{
	return (HEADER_BYTES + timed_length(t) + 7) & ~UINT64_C(7);
}

/* How many of the packets since @from a window would keep. */
static uint32_t in_window(const struct row *r, uint32_t from)
{
	int64_t newest = added[0].ts_ns;

	for (uint32_t i = 0; i < count; i++)
		newest = added[i].ts_ns > newest ? added[i].ts_ns : newest;
	while (r->window_ns && from < count &&
	       (uint64_t)(newest - added[from].ts_ns) > r->window_ns)
		from++;
	return count - from;
}

/* @stats are right after an add to what there was since packet @from. */
static void check_held(const struct row *r, uint32_t from,
		       const struct pktcap_file_recorder_stats *stats)
{
	uint64_t ring = (r->bytes ? r->bytes : 16 << 20) / 8 * 8, bytes = 0;
	uint64_t held = stats->packets;

	assert_in_range(held, 1, count - from);
	assert_true(held <= in_window(r, from));
	for (uint64_t i = count - held; i < count; i++)
		bytes += record_bytes(&added[i]);
	assert_int_equal(stats->bytes, bytes);
	assert_true(bytes <= ring);
	assert_true(stats->oldest_ns == added[count - held].ts_ns);
	/* What could not be kept did not fit, but for gaps and a zone. */
	if (held < in_window(r, from))
		assert_true(bytes + UINT64_C(3) * TIMED_BYTES_MAX + ring / 60 >
			    ring);
}

static void the_newest_are_held(void **state)
{
	const struct row *r = *state;
	struct pktcap_file_recorder *rec =
		open_recorder(r->bytes, r->window_ns, 0);
	struct pktcap_file_recorder_stats stats;
	uint32_t seed = (uint32_t)r->bytes, from = 0;
	uint64_t dumped = 0;
	int64_t ts_ns = 1000;

	while (count < r->packets) {
		/* Now and then a packet is older than the one before. */
		ts_ns += (int64_t)(timed_random(&seed) % 200) - 20;
		assert_int_equal(add(rec, ts_ns), 0);
		stats = stats_of(rec);
		check_held(r, from, &stats);
		assert_int_equal(stats.packets + stats.overwritten + dumped,
				 count);
		if (timed_random(&seed) % r->dump_each)
			continue;
		dumped += stats.packets;
		expect_dump(rec, stats.packets);
		from = count;
	}
	pktcap_file_recorder_close(rec);
}

/* Every length from 0 on, each byte behind the packet would fault. */
static void packets_of_each_length(void **state)
{
	struct pktcap_file_recorder *rec = open_recorder(4096, 0, 0);
	uint8_t all[600], *bytes;

	(void)state;
	for (size_t i = 0; i < sizeof(all); i++)
		all[i] = (uint8_t)(i * 7);
	for (uint32_t n = 0; n <= sizeof(all); n++) {
		struct pktcap_packet pkt, *view;

		bytes = guard_copy(all, n);
		pkt = (struct pktcap_packet){ .data = n ? bytes : NULL,
					      .caplen = n,
					      .wirelen = n };
		view = (void *)guard_copy(&pkt, sizeof(pkt));
		assert_int_equal(pktcap_file_recorder_add(rec, view), 0);
		guard_free((void *)view, sizeof(*view));
		guard_free(bytes, n);
	}
	assert_in_range(stats_of(rec).packets, 4, 6);
	pktcap_file_recorder_close(rec);
}

/* --- packets that are cut --- */

struct cut {
	const char *name;
	uint64_t bytes;
	uint32_t snaplen;
	uint32_t caplen;
	uint32_t wirelen;
	uint32_t want_caplen;
	uint32_t want_wirelen;
};

static struct cut cuts[] = {
	{ "as long as the snap length", 4096, 100, 100, 100, 100, 100 },
	{ "one byte longer", 4096, 100, 101, 101, 100, 101 },
	{ "longer on the wire", 4096, 100, 101, 9000, 100, 9000 },
	{ "shorter on the wire than it is", 4096, 100, 200, 50, 100, 200 },
	{ "a snap length of one byte", 4096, 1, 60000, 60000, 1, 60000 },
	{ "a snap length longer than the ring", 4096, 5000, 4500, 4500, 4056,
	  4500 },
	{ "as long as the ring", 4096, 0, 4056, 4056, 4056, 4056 },
	{ "longer than the ring", 4096, 0, 60000, 60000, 4056, 60000 },
	{ "longer than a ring of an odd length", 4100, 0, 60000, 60000, 4056,
	  60000 },
};

static void is_cut(void **state)
{
	static const uint8_t bytes[60000];
	const struct cut *c = *state;
	const struct pktcap_packet put = { .data = bytes,
					   .caplen = c->caplen,
					   .wirelen = c->wirelen,
					   .linktype =
						   PKTCAP_LINKTYPE_ETHERNET };
	struct pktcap_file_recorder *rec =
		open_recorder(c->bytes, 0, c->snaplen);
	int fd = memfd_create("cut", MFD_CLOEXEC);
	struct pktcap_file_writer *writer = open_writer(fd, 0);
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *got;

	/* Recorded, then passed on: both are cut. */
	assert_int_equal(pktcap_file_recorder_add(rec, &put), 0);
	assert_int_equal(pktcap_file_recorder_trigger(rec, writer, 1, 0), 0);
	assert_int_equal(pktcap_file_recorder_add(rec, &put), 1);
	assert_int_equal(pktcap_file_writer_close(writer), 0);
	lseek(fd, 0, SEEK_SET);
	reader = timed_reader(fd);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(pktcap_file_reader_next(reader, &got, NULL),
				 1);
		assert_int_equal(got->caplen, c->want_caplen);
		assert_int_equal(got->wirelen, c->want_wirelen);
	}
	assert_int_equal(pktcap_file_reader_next(reader, &got, NULL), 0);
	pktcap_file_reader_close(reader);
	pktcap_file_recorder_close(rec);
	close(fd);
}

/* --- triggers: 10 packets before, one each 10 ns, the last one at 100 --- */

struct trigger {
	const char *name;
	uint64_t before;
	uint64_t after_packets;
	uint64_t after_ns;
	uint64_t want; /* packets written after it */
	int last;      /* what the packet behind the last one returns */
};

static struct trigger triggers[] = {
	{ "no limit is no time after it", 10, 0, 0, 0, 0 },
	{ "one packet", 10, 1, 0, 1, 0 },
	{ "7 packets", 10, 7, 0, 7, 0 },
	{ "7 packets into an empty recorder", 0, 7, 0, 7, 0 },
	{ "50 ns: the packet at their end belongs to them", 10, 0, 50, 5, 1 },
	{ "55 ns", 10, 0, 55, 5, 1 },
	{ "1 ns", 10, 0, 1, 0, 1 },
	{ "50 ns from the first packet there ever is", 0, 0, 50, 6, 1 },
	{ "3 packets are fewer than 50 ns", 10, 3, 50, 3, 0 },
	{ "50 ns are fewer than 9 packets", 10, 9, 50, 5, 1 },
	{ "as many as can be counted", 10, UINT64_MAX, UINT64_MAX, 100, 0 },
};

static void after_a_trigger(void **state)
{
	const struct trigger *t = *state;
	struct pktcap_file_recorder *rec = open_recorder(0, 0, 0);
	int fd = memfd_create("trigger", MFD_CLOEXEC);
	struct pktcap_file_writer *writer = open_writer(fd, 0);
	uint32_t written = (uint32_t)(t->before + t->want);

	for (uint32_t i = 0; i < t->before; i++)
		assert_int_equal(add(rec, 10 + i * 10), 0);
	assert_int_equal(pktcap_file_recorder_trigger(
				 rec, writer, t->after_packets, t->after_ns),
			 0);
	assert_int_equal(stats_of(rec).packets, 0);
	for (uint32_t i = (uint32_t)t->before; i < written; i++)
		assert_int_equal(add(rec, 10 + i * 10),
				 i + 1 - t->before == t->after_packets);
	assert_int_equal(pktcap_file_writer_flush(writer), 0);
	/* Recorded again, if it is over. */
	if (t->want < 100) {
		assert_int_equal(add(rec, 10 + written * 10), t->last);
		assert_int_equal(add(rec, 20 + written * 10), 0);
		expect_dump(rec, 2);
	}
	assert_int_equal(pktcap_file_writer_close(writer), 0);
	expect_file(fd, 0, written);
	pktcap_file_recorder_close(rec);
	close(fd);
}

static void a_trigger_is_ended_by_another(void **state)
{
	struct pktcap_file_recorder *rec = open_recorder(0, 0, 0);
	int fds[] = { memfd_create("first", MFD_CLOEXEC),
		      memfd_create("second", MFD_CLOEXEC) };
	struct pktcap_file_writer *first = open_writer(fds[0], 0);
	struct pktcap_file_writer *second = open_writer(fds[1], 0);

	(void)state;
	assert_int_equal(add(rec, 1), 0);
	assert_int_equal(pktcap_file_recorder_trigger(rec, first, 5, 0), 0);
	assert_int_equal(add(rec, 2), 0);
	assert_int_equal(pktcap_file_recorder_trigger(rec, second, 2, 0), 0);
	assert_int_equal(pktcap_file_writer_close(first), 0);
	expect_file(fds[0], 0, 2);
	assert_int_equal(add(rec, 3), 0);
	assert_int_equal(pktcap_file_recorder_trigger(rec, second, 0, 0), 0);
	assert_int_equal(pktcap_file_writer_close(second), 0);
	expect_file(fds[1], 2, 3);
	assert_int_equal(add(rec, 4), 0);
	expect_dump(rec, 1);
	pktcap_file_recorder_close(rec);
	close(fds[0]);
	close(fds[1]);
}

/* --- a full disk --- */

static void set_limit(rlim_t bytes)
{
	struct rlimit limit;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = bytes == RLIM_INFINITY ? limit.rlim_max : bytes;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* Full while dumping, then while passing on: nothing is lost either time. */
static void a_full_disk_loses_nothing(void **state)
{
	struct pktcap_file_recorder *rec = open_recorder(1 << 20, 0, 0);
	int fd = memfd_create("full", MFD_CLOEXEC);
	struct pktcap_file_writer *writer =
		open_writer(fd, PKTCAP_FILE_WRITER_UNBUFFERED);
	int err;

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	for (int i = 0; i < 500; i++)
		assert_int_equal(add(rec, i), 0);
	set_limit(20000);
	for (int again = 0; again < 2; again++)
		assert_int_equal(pktcap_file_recorder_dump(rec, writer),
				 -EFBIG);
	assert_in_range(stats_of(rec).packets, 100, 499);
	expect_file(fd, 0, 500 - (uint32_t)stats_of(rec).packets);
	assert_int_equal(pktcap_file_recorder_trigger(rec, writer, 200, 0),
			 -EFBIG);
	assert_int_equal(add(rec, 500), 0);

	set_limit((rlim_t)lseek(fd, 0, SEEK_END) + 100000);
	assert_int_equal(pktcap_file_recorder_trigger(rec, writer, 2000, 0), 0);
	do
		err = add(rec, count);
	while (!err);
	assert_int_equal(err, -EFBIG);
	for (int i = 0; i < 10; i++)
		assert_int_equal(add(rec, count), 0);
	assert_int_equal(stats_of(rec).packets, 11);

	set_limit(RLIM_INFINITY);
	assert_int_equal(pktcap_file_recorder_trigger(rec, writer, 2, 0), 0);
	assert_int_equal(add(rec, count), 0);
	assert_int_equal(add(rec, count), 1);
	assert_int_equal(stats_of(rec).left_out, 0);
	assert_int_equal(stats_of(rec).overwritten, 0);
	assert_int_equal(pktcap_file_writer_close(writer), 0);
	expect_file(fd, 0, count);
	pktcap_file_recorder_close(rec);
	close(fd);
}

/* A packet that no pcap file of this link type holds is told, once. */
static void a_packet_is_refused(void **state)
{
	static const uint8_t bytes[60];
	const struct pktcap_packet alien = { .data = bytes,
					     .caplen = sizeof(bytes),
					     .wirelen = sizeof(bytes),
					     .linktype = PKTCAP_LINKTYPE_RAW };
	struct pktcap_file_recorder *rec = open_recorder(0, 0, 0);
	int fd = memfd_create("refused", MFD_CLOEXEC);
	struct pktcap_file_writer *writer = open_writer(fd, 0);

	(void)state;
	assert_int_equal(add(rec, 1), 0);
	assert_int_equal(pktcap_file_recorder_add(rec, &alien), 0);
	assert_int_equal(add(rec, 2), 0);
	assert_int_equal(pktcap_file_recorder_trigger(rec, writer, 1, 0),
			 -EINVAL);
	assert_int_equal(stats_of(rec).left_out, 1);
	assert_int_equal(pktcap_file_recorder_add(rec, &alien), -EINVAL);
	assert_int_equal(stats_of(rec).left_out, 2);
	assert_int_equal(add(rec, 3), 1);
	assert_int_equal(pktcap_file_recorder_dump(rec, writer), 0);
	assert_int_equal(pktcap_file_writer_close(writer), 0);
	expect_file(fd, 0, 3);
	pktcap_file_recorder_close(rec);
	close(fd);
}

/* --- options --- */

struct wrong {
	const char *name;
	const char *call;
	struct pktcap_file_recorder_opts opts;
	int want;
};

enum { SIZE = sizeof(struct pktcap_file_recorder_opts) };

static struct wrong wrongs[] = {
	{ "no size", "size", { .size = 0 }, -EINVAL },
	{ "one byte", "bytes", { .size = SIZE, .bytes = 1 }, -EINVAL },
	{ "one byte too few",
	  "bytes",
	  { .size = SIZE, .bytes = 4095 },
	  -EINVAL },
	{ "one byte too many",
	  "bytes",
	  { .size = SIZE, .bytes = (UINT64_C(1) << 40) + 1 },
	  -EINVAL },
	{ "all bytes there are",
	  "bytes",
	  { .size = SIZE, .bytes = UINT64_MAX },
	  -EINVAL },
};

static void options_are_refused(void **state)
{
	const struct wrong *w = *state;
	struct pktcap_file_recorder *rec = (void *)added;
	struct pktcap_error error;

	assert_int_equal(pktcap_file_recorder_open(&rec, &w->opts, &error),
			 w->want);
	assert_null(rec);
	assert_int_equal(error.code, w->want);
	assert_string_equal(error.call, w->call);
	assert_int_equal(pktcap_file_recorder_open(&rec, &w->opts, NULL),
			 w->want);
}

static void nothing_is_closed(void **state)
{
	struct pktcap_file_recorder *rec;

	(void)state;
	pktcap_file_recorder_close(NULL);
	assert_int_equal(pktcap_file_recorder_open(&rec, NULL, NULL), 0);
	assert_int_equal(stats_of(rec).newest_ns, 0);
	pktcap_file_recorder_close(rec);
}

int main(void)
{
	static struct CMUnitTest all[64] = {
		cmocka_unit_test(packets_of_each_length),
		cmocka_unit_test(a_trigger_is_ended_by_another),
		cmocka_unit_test(a_full_disk_loses_nothing),
		cmocka_unit_test(a_packet_is_refused),
		cmocka_unit_test(nothing_is_closed),
	};
	size_t n = 5;

	ADD_ROWS(all, n, rows, the_newest_are_held);
	ADD_ROWS(all, n, cuts, is_cut);
	ADD_ROWS(all, n, triggers, after_a_trigger);
	ADD_ROWS(all, n, wrongs, options_are_refused);
	return _cmocka_run_group_tests("file_recorder", all, n, NULL, NULL);
}
