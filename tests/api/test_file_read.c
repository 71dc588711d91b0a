// SPDX-License-Identifier: BSD-2-Clause
/* Reading files good, foreign, damaged and cut, from memory and from pipes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <pktcap/file.h>

#include "support/guard.h"
#include "support/rows.h"

#define NS INT64_C(1000000000)

/* Bytes as a row lists them, in the order of one machine or the other. */
struct image {
	uint8_t bytes[256];
	size_t n;
	int big; /* endian */
};

static void add(struct image *m, uint32_t value, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t shift = 8 * (m->big ? n - 1 - i : i);

		m->bytes[m->n++] = (uint8_t)(value >> shift);
	}
}

struct header {
	uint32_t magic;
	uint16_t major;
	uint16_t minor;
	uint32_t snaplen;
	uint32_t network;
};

struct record {
	uint32_t seconds;
	uint32_t fraction;
	uint32_t caplen;
	uint32_t wirelen;
	uint32_t bytes; /* that are really there */
};

static void add_header(struct image *m, const struct header *h)
{
	add(m, h->magic, 4);
	add(m, h->major, 2);
	add(m, h->minor, 2);
	add(m, 0, 4);
	add(m, 0, 4);
	add(m, h->snaplen, 4);
	add(m, h->network, 4);
}

static void add_record(struct image *m, const struct record *r)
{
	add(m, r->seconds, 4);
	add(m, r->fraction, 4);
	add(m, r->caplen, 4);
	add(m, r->wirelen, 4);
	for (uint32_t i = 0; i < r->bytes; i++)
		m->bytes[m->n++] = (uint8_t)(0x80 + i);
}

/* --- rows: a header and a record, in both byte orders --- */

struct row {
	const char *name;
	struct header header;
	struct record record;
	int opened; /* what open returns */
	int next;
	int64_t ts_ns;
	uint32_t caplen;
	uint32_t wirelen;
	const char *text; /* part of the message */
};

#define MICRO 0xa1b2c3d4, 2, 4
#define NANO 0xa1b23c4d, 2, 4

static struct row rows[] = {
	{ "micro",
	  { MICRO, 65535, 1 },
	  { 7, 8, 9, 10, 9 },
	  0,
	  1,
	  7 * NS + 8000,
	  9,
	  10,
	  NULL },
	{ "nano",
	  { NANO, 65535, 1 },
	  { 7, 8, 9, 9, 9 },
	  0,
	  1,
	  7 * NS + 8,
	  9,
	  9,
	  NULL },
	{ "no bytes",
	  { MICRO, 65535, 1 },
	  { 7, 8, 0, 10, 0 },
	  0,
	  1,
	  7 * NS + 8000,
	  0,
	  10,
	  NULL },
	{ "after 2038",
	  { MICRO, 65535, 1 },
	  { 0xffffffff, 999999, 1, 1, 1 },
	  0,
	  1,
	  0xffffffff * NS + 999999000,
	  1,
	  1,
	  NULL },
	{ "microseconds carried",
	  { MICRO, 65535, 1 },
	  { 7, 1000001, 1, 1, 1 },
	  0,
	  1,
	  8 * NS + 1000,
	  1,
	  1,
	  NULL },
	{ "nanoseconds carried",
	  { NANO, 65535, 1 },
	  { 7, 0xffffffff, 1, 1, 1 },
	  0,
	  1,
	  7 * NS + 0xffffffff,
	  1,
	  1,
	  NULL },
	{ "shorter on the wire than here",
	  { MICRO, 65535, 1 },
	  { 7, 8, 9, 3, 9 },
	  0,
	  1,
	  7 * NS + 8000,
	  9,
	  9,
	  NULL },
	{ "longer than snaplen",
	  { MICRO, 4, 1 },
	  { 7, 8, 9, 9, 9 },
	  0,
	  1,
	  7 * NS + 8000,
	  9,
	  9,
	  NULL },
	{ "FCS length in the header",
	  { MICRO, 65535, 0x24000001 },
	  { 7, 8, 9, 9, 9 },
	  0,
	  1,
	  7 * NS + 8000,
	  9,
	  9,
	  NULL },
	{ "2.2: lengths exchanged",
	  { 0xa1b2c3d4, 2, 2, 65535, 1 },
	  { 7, 8, 10, 9, 9 },
	  0,
	  1,
	  7 * NS + 8000,
	  9,
	  10,
	  NULL },
	{ "2.3: lengths exchanged",
	  { 0xa1b2c3d4, 2, 3, 65535, 1 },
	  { 7, 8, 10, 9, 9 },
	  0,
	  1,
	  7 * NS + 8000,
	  9,
	  10,
	  NULL },
	{ "2.3: lengths not exchanged",
	  { 0xa1b2c3d4, 2, 3, 65535, 1 },
	  { 7, 8, 9, 10, 9 },
	  0,
	  1,
	  7 * NS + 8000,
	  9,
	  10,
	  NULL },
	{ "2.5",
	  { 0xa1b2c3d4, 2, 5, 65535, 1 },
	  { 0 },
	  -EPROTO,
	  0,
	  0,
	  0,
	  0,
	  "version" },
	{ "1.4",
	  { 0xa1b2c3d4, 1, 4, 65535, 1 },
	  { 0 },
	  -EPROTO,
	  0,
	  0,
	  0,
	  0,
	  "version" },
	{ "543.0, of DG/UX: lengths exchanged",
	  { 0xa1b2c3d4, 543, 0, 65535, 1 },
	  { 7, 8, 10, 9, 9 },
	  0,
	  1,
	  7 * NS + 8000,
	  9,
	  10,
	  NULL },
	{ "longest record",
	  { MICRO, 65535, 1 },
	  { 7, 8, 262144, 262144, 0 },
	  0,
	  -ENODATA,
	  0,
	  0,
	  0,
	  "byte 24" },
	{ "too long",
	  { MICRO, 65535, 1 },
	  { 7, 8, 262145, 262145, 9 },
	  0,
	  -EPROTO,
	  0,
	  0,
	  0,
	  "byte 24" },
	{ "too long, but announced",
	  { MICRO, 262145, 1 },
	  { 7, 8, 262145, 262145, 9 },
	  0,
	  -ENODATA,
	  0,
	  0,
	  0,
	  "byte 24" },
	{ "128 MiB announced, not there",
	  { MICRO, 0xffffffff, 1 },
	  { 7, 8, 128 << 20, 128 << 20, 9 },
	  0,
	  -ENODATA,
	  0,
	  0,
	  0,
	  "byte 24" },
	{ "more than 128 MiB",
	  { MICRO, 0xffffffff, 1 },
	  { 7, 8, (128 << 20) + 1, 1, 9 },
	  0,
	  -EPROTO,
	  0,
	  0,
	  0,
	  "byte 24" },
	{ "all ones",
	  { MICRO, 65535, 1 },
	  { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 9 },
	  0,
	  -EPROTO,
	  0,
	  0,
	  0,
	  "byte 24" },
	{ "long record of USB",
	  { MICRO, 65535, 220 },
	  { 7, 8, 128 << 20, 128 << 20, 9 },
	  0,
	  -ENODATA,
	  0,
	  0,
	  0,
	  "byte 24" },
};

static void expect_error(const struct row *r, const struct pktcap_error *error,
			 int code)
{
	assert_int_equal(error->code, code);
	if (!strstr(error->text, r->text))
		fail_msg("%s", error->text);
}

static void expect_packet(const struct row *r, const struct pktcap_packet *pkt)
{
	assert_true(pkt->ts_ns == r->ts_ns);
	assert_int_equal(pkt->caplen, r->caplen);
	assert_int_equal(pkt->wirelen, r->wirelen);
	assert_int_equal(pkt->linktype, r->header.network & 0xffff);
	assert_int_equal(pkt->flags & PKTCAP_PACKET_TRUNCATED,
			 r->caplen < r->wirelen ? PKTCAP_PACKET_TRUNCATED : 0);
	for (uint32_t i = 0; i < r->caplen; i++)
		assert_int_equal(pkt->data[i], 0x80 + i);
}

static void run_in_order(const struct row *r, int big)
{
	static const uint16_t one = 1;
	struct image m = { .big = big };
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	struct pktcap_error error;
	struct pktcap_file_info info;

	add_header(&m, &r->header);
	add_record(&m, &r->record);
	assert_int_equal(pktcap_file_reader_open_memory(&reader, m.bytes, m.n,
							NULL, &error),
			 r->opened);
	if (r->opened) {
		assert_null(reader);
		expect_error(r, &error, r->opened);
		return;
	}
	pktcap_file_reader_info(reader, &info);
	assert_int_equal(info.swapped, *(const uint8_t *)&one == big);
	assert_int_equal(info.snaplen, r->header.snaplen);
	assert_int_equal(info.linktype, r->header.network & 0xffff);
	for (int again = 0; again < 2; again++) {
		int ret = pktcap_file_reader_next(reader, &pkt, &error);

		if (r->next < 0) {
			assert_int_equal(ret, r->next);
			assert_null(pkt);
			assert_int_equal(error.offset, 24);
			expect_error(r, &error, r->next);
		} else if (!again) {
			assert_int_equal(ret, 1);
			expect_packet(r, pkt);
		} else {
			assert_int_equal(ret, 0);
			assert_null(pkt);
		}
	}
	pktcap_file_reader_close(reader);
}

static void run(void **state)
{
	run_in_order(*state, 0);
	run_in_order(*state, 1);
}

/* --- other kinds of files --- */

struct other {
	const char *name;
	const char *start;
	size_t n;
	const char *text;
	int want;
};

static struct other others[] = {
	{ "pcapng", "\x0a\x0d\x0d\x0a\x1c\0\0\0", 8, "byte 0", -ENODATA },
	{ "gzip", "\x1f\x8b\x08\0\0\0\0\0", 8, "gzip -dc", -EPROTO },
	{ "zstd", "\x28\xb5\x2f\xfd", 4, "zstd -dc", -EPROTO },
	{ "lz4", "\x04\x22\x4d\x18", 4, "lz4 -dc", -EPROTO },
	{ "xz", "\xfd\x37zXZ\0", 6, "xz -dc", -EPROTO },
	{ "bzip2", "BZh91AY", 7, "bzip2 -dc", -EPROTO },
	{ "Navtel", "\x4d\x3c\x2b\xa1", 4, "Navtel", -EPROTO },
	{ "snoop", "snoop\0\0\0", 8, "snoop", -EPROTO },
	{ "text", "hello, world\n", 13, "not a capture file", -EPROTO },
	{ "empty", "", 0, "0 of the 24", -ENODATA },
	{ "three bytes", "\xd4\xc3\xb2", 3, "3 of the 24", -ENODATA },
};

static void run_other(void **state)
{
	const struct other *o = *state;
	struct pktcap_error error;
	struct pktcap_file_reader *reader = (void *)&error;
	uint8_t *data = guard_copy(o->start, o->n);

	assert_int_equal(pktcap_file_reader_open_memory(&reader, data, o->n,
							NULL, &error),
			 o->want);
	assert_null(reader);
	assert_int_equal(error.code, o->want);
	if (!strstr(error.text, o->text))
		fail_msg("%s", error.text);
	/* For programs that unpack it themselves. */
	if (strstr(o->text, "-dc"))
		assert_string_equal(error.call, o->name);
	assert_int_equal(
		pktcap_file_reader_open_memory(&reader, data, o->n, NULL, NULL),
		o->want);
	guard_free(data, o->n);
}

/* --- a file of three records, cut everywhere and read from everything --- */

static struct image small;
static const struct header small_header = { MICRO, 65535, 1 };
static const struct record small_records[] = { { 1, 0, 14, 60, 14 },
					       { 2, 0, 0, 0, 0 },
					       { 3, 0, 33, 33, 33 } };

enum { RECORDS = sizeof(small_records) / sizeof(small_records[0]) };

static void make_small(void)
{
	add_header(&small, &small_header);
	for (size_t i = 0; i < RECORDS; i++)
		add_record(&small, &small_records[i]);
}

/* Reads all there is of the first @n bytes of the small file. */
static void expect_cut(struct pktcap_file_reader *reader, size_t n)
{
	const struct pktcap_packet *pkt;
	struct pktcap_error error;
	size_t end = 24;

	for (size_t i = 0; i < RECORDS; i++) {
		size_t next = end + 16 + small_records[i].bytes;

		if (next > n)
			break;
		assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL),
				 1);
		assert_int_equal(pkt->caplen, small_records[i].bytes);
		assert_int_equal(pkt->ts_ns, small_records[i].seconds * NS);
		assert_memory_equal(pkt->data, small.bytes + end + 16,
				    pkt->caplen);
		end = next;
	}
	for (int again = 0; again < 2; again++) {
		int ret = pktcap_file_reader_next(reader, &pkt, &error);

		assert_int_equal(ret, end == n ? 0 : -ENODATA);
		assert_null(pkt);
		if (ret)
			assert_int_equal(error.offset, end);
	}
}

static void cut_at_every_byte(void **state)
{
	struct pktcap_file_reader *reader;

	(void)state;
	for (size_t n = 0; n <= small.n; n++) {
		uint8_t *data = guard_copy(small.bytes, n);
		int ret = pktcap_file_reader_open_memory(&reader, data, n, NULL,
							 NULL);

		assert_int_equal(ret, n < 24 ? -ENODATA : 0);
		if (!ret)
			expect_cut(reader, n);
		pktcap_file_reader_close(reader);
		guard_free(data, n);
	}
}

/* Gives the first @n bytes to a pipe, @piece at a time. */
static pid_t feed(int fds[2], size_t n, size_t piece)
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid) {
		close(fds[1]);
		return pid;
	}
	for (size_t i = 0; i < n; i += piece)
		if (write(fds[1], small.bytes + i,
			  n - i < piece ? n - i : piece) < 0)
			_exit(1);
	_exit(0);
}

static void from_a_pipe_in_pieces(void **state)
{
	static const size_t pieces[] = { 1, 3, 7, 16, 41, 256 };

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(pieces) / sizeof(pieces[0]); i++) {
		size_t n = small.n - i % 2;
		struct pktcap_file_reader *reader;
		int fds[2], status;
		pid_t pid;

		assert_int_equal(pipe(fds), 0);
		pid = feed(fds, n, pieces[i / 2]);
		assert_int_equal(
			pktcap_file_reader_open_fd(&reader, fds[0], NULL, NULL),
			0);
		expect_cut(reader, n);
		pktcap_file_reader_close(reader);
		assert_true(fcntl(fds[0], F_GETFD) >= 0);
		close(fds[0]);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_int_equal(status, 0);
	}
}

static void a_pipe_with_nothing_yet(void **state)
{
	const struct pktcap_packet *pkt;
	struct pktcap_file_reader *reader;
	int fds[2];

	(void)state;
	assert_int_equal(pipe2(fds, O_NONBLOCK), 0);
	assert_int_equal(write(fds[1], small.bytes, 30), 30);
	assert_int_equal(
		pktcap_file_reader_open_fd(&reader, fds[0], NULL, NULL), 0);
	assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL), -EAGAIN);
	assert_int_equal(write(fds[1], small.bytes + 30, 24), 24);
	close(fds[1]);
	expect_cut(reader, 54);
	pktcap_file_reader_close(reader);
	close(fds[0]);
}

static void from_a_path(void **state)
{
	char path[] = "/tmp/test_file_read.XXXXXX";
	struct pktcap_file_reader *reader;
	struct pktcap_error error;
	int fd = mkstemp(path);

	(void)state;
	assert_int_equal(write(fd, small.bytes, small.n), small.n);
	assert_int_equal(pktcap_file_reader_open(&reader, path, NULL, NULL), 0);
	expect_cut(reader, small.n);
	pktcap_file_reader_close(reader);
	close(fd);
	unlink(path);
	assert_int_equal(pktcap_file_reader_open(&reader, "/", NULL, &error),
			 -EISDIR);
	assert_string_equal(error.call, "read");
	assert_int_equal(pktcap_file_reader_open_fd(&reader, -1, NULL, &error),
			 -EBADF);
	assert_null(reader);
	assert_non_null(strstr(error.text, "descriptor -1"));
}

/* What a record only claims to hold takes no memory. */
static void lengths_cost_nothing(void **state)
{
	struct image m = { .big = 0 };
	const struct header header = { MICRO, 0xffffffff, 1 };
	const struct record record = { 1, 2, 128 << 20, 128 << 20, 9 };
	const struct pktcap_packet *pkt;
	struct pktcap_file_reader *reader;
	struct rusage before, after;
	int fds[2];

	(void)state;
	add_header(&m, &header);
	add_record(&m, &record);
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(write(fds[1], m.bytes, m.n), m.n);
	close(fds[1]);
	getrusage(RUSAGE_SELF, &before);
	assert_int_equal(
		pktcap_file_reader_open_fd(&reader, fds[0], NULL, NULL), 0);
	assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL), -ENODATA);
	pktcap_file_reader_close(reader);
	getrusage(RUSAGE_SELF, &after);
	assert_true(after.ru_maxrss - before.ru_maxrss < 1024);
	close(fds[0]);
}

int main(void)
{
	static struct CMUnitTest all[64] = {
		cmocka_unit_test(cut_at_every_byte),
		cmocka_unit_test(from_a_pipe_in_pieces),
		cmocka_unit_test(a_pipe_with_nothing_yet),
		cmocka_unit_test(from_a_path),
		cmocka_unit_test(lengths_cost_nothing),
	};
	size_t n = 5;

	make_small();
	ADD_ROWS(all, n, rows, run);
	ADD_ROWS(all, n, others, run_other);
	return _cmocka_run_group_tests("file_read", all, n, NULL, NULL);
}
