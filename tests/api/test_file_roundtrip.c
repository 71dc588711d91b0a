// SPDX-License-Identifier: BSD-2-Clause
/* What goes into a writer comes out of a reader; options and times at edges. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <pktcap/file.h>

#include "support/rows.h"

#define NS INT64_C(1000000000)

enum { LINKTYPE = PKTCAP_LINKTYPE_ETHERNET, PACKETS = 300, LONGEST = 300000 };

/* --- properties: random packets through every kind of writer --- */

struct row {
	const char *name;
	struct pktcap_file_writer_opts opts;
	uint32_t linktype;
	uint32_t longest;
};

#define ROW(name, linktype, longest, ...)                                 \
	{                                                                 \
		name,                                                     \
			{ .size = sizeof(struct pktcap_file_writer_opts), \
			  __VA_ARGS__ },                                  \
			linktype, longest                                 \
	}

static struct row rows[] = {
	ROW("micro, default", LINKTYPE, 1500, .flags = 0),
	ROW("nano, default", LINKTYPE, 1500,
	    .precision = PKTCAP_FILE_PRECISION_NANO),
	ROW("micro, snaplen 96", LINKTYPE, 1500, .snaplen = 96),
	ROW("nano, snaplen 1", 65535, 100, .snaplen = 1,
	    .precision = PKTCAP_FILE_PRECISION_NANO),
	ROW("unbuffered", LINKTYPE, 1500,
	    .flags = PKTCAP_FILE_WRITER_UNBUFFERED),
	ROW("unbuffered, snaplen 1", LINKTYPE, 1500,
	    .flags = PKTCAP_FILE_WRITER_UNBUFFERED, .snaplen = 1),
	ROW("smallest buffer", 0, 1500, .buffer_bytes = 4096),
	ROW("smallest buffer, records as long as it", LINKTYPE, 8300,
	    .buffer_bytes = 4096),
	ROW("smallest buffer, longest records", LINKTYPE, LONGEST,
	    .buffer_bytes = 4096),
	ROW("default buffer, longest records", LINKTYPE, LONGEST,
	    .precision = PKTCAP_FILE_PRECISION_NANO),
	ROW("large buffer", PKTCAP_LINKTYPE_LINUX_SLL2, 9000,
	    .buffer_bytes = 4u << 20),
};

static uint32_t random_state;

static uint32_t next_random(void)
{
	random_state = random_state * 1664525 + 1013904223;
	return random_state >> 8;
}

static uint8_t pattern[2 * LONGEST];

/* The @i-th packet, the same each time for one row. */
static struct pktcap_packet make_packet(const struct row *r, uint32_t i)
{
	uint32_t caplen = next_random() % (r->longest + 1);
	int64_t seconds = (int64_t)next_random() << 8 | (i & 0xff);

	return (struct pktcap_packet){
		.data = pattern + i,
		.caplen = caplen,
		.wirelen = caplen + (i % 3 ? 0 : next_random() % 1000),
		.ts_ns = seconds * NS + next_random() % NS,
		.linktype = (uint16_t)r->linktype,
	};
}

static void expect_same(const struct row *r, const struct pktcap_packet *got,
			const struct pktcap_packet *put)
{
	uint32_t snaplen = r->opts.snaplen ? r->opts.snaplen : 262144;
	uint32_t caplen = put->caplen < snaplen ? put->caplen : snaplen;
	int64_t unit = r->opts.precision ? 1 : 1000;

	assert_int_equal(got->caplen, caplen);
	assert_int_equal(got->wirelen, put->wirelen);
	assert_true(got->ts_ns == put->ts_ns / unit * unit);
	assert_int_equal(got->linktype, r->linktype);
	assert_int_equal(got->clock, PKTCAP_CLOCK_UNKNOWN);
	assert_int_equal(got->direction, PKTCAP_DIRECTION_UNKNOWN);
	assert_int_equal(got->flags,
			 caplen < put->wirelen ? PKTCAP_PACKET_TRUNCATED : 0);
	if (caplen)
		assert_memory_equal(got->data, put->data, caplen);
}

static void write_all(const struct row *r, int fd)
{
	struct pktcap_file_writer *writer;
	struct pktcap_file_writer_stats stats;
	struct stat st;

	assert_int_equal(pktcap_file_writer_open_fd(&writer, fd, r->linktype,
						    &r->opts, NULL),
			 0);
	random_state = 1;
	for (uint32_t i = 0; i < PACKETS; i++) {
		struct pktcap_packet pkt = make_packet(r, i);

		assert_int_equal(pktcap_file_writer_write(writer, &pkt), 0);
		pktcap_file_writer_stats(writer, &stats);
		assert_int_equal(stats.packets, i + 1);
		assert_int_equal(fstat(fd, &st), 0);
		assert_int_equal(stats.bytes_written, st.st_size);
		if (r->opts.flags & PKTCAP_FILE_WRITER_UNBUFFERED)
			assert_int_equal(stats.bytes, st.st_size);
	}
	assert_int_equal(pktcap_file_writer_sync(writer), 0);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(stats.bytes, st.st_size);
	assert_int_equal(pktcap_file_writer_close(writer), 0);
	assert_true(fcntl(fd, F_GETFD) >= 0);
}

static void run(void **state)
{
	const struct row *r = *state;
	int fd = memfd_create("roundtrip", MFD_CLOEXEC);
	const struct pktcap_packet *pkt;
	struct pktcap_file_reader *reader;
	struct pktcap_file_info info;

	write_all(r, fd);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(pktcap_file_reader_open_fd(&reader, fd, NULL, NULL),
			 0);
	pktcap_file_reader_info(reader, &info);
	assert_int_equal(info.linktype, r->linktype);
	assert_int_equal(info.precision, r->opts.precision);
	assert_int_equal(info.swapped, 0);
	assert_int_equal(info.snaplen,
			 r->opts.snaplen ? r->opts.snaplen : 262144);
	random_state = 1;
	for (uint32_t i = 0; i < PACKETS; i++) {
		struct pktcap_packet put = make_packet(r, i);

		assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL),
				 1);
		expect_same(r, pkt, &put);
	}
	assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL), 0);
	assert_null(pkt);
	pktcap_file_reader_close(reader);
	close(fd);
}

/* --- what one write returns --- */

struct edge {
	const char *name;
	int64_t ts_ns;
	uint32_t linktype;
	int want;
};

static struct edge edges[] = {
	{ "time zero", 0, LINKTYPE, 0 },
	{ "time before 1970", -1, LINKTYPE, -EINVAL },
	{ "time far before 1970", INT64_MIN, LINKTYPE, -EINVAL },
	{ "last second of 31 bits", INT32_MAX *NS, LINKTYPE, 0 },
	{ "first second of 32 bits", (INT32_MAX + INT64_C(1)) * NS, LINKTYPE,
	  0 },
	{ "last nanosecond", UINT32_MAX *NS + NS - 1, LINKTYPE, 0 },
	{ "time after 2106", UINT32_MAX *NS + NS, LINKTYPE, -EINVAL },
	{ "end of time", INT64_MAX, LINKTYPE, -EINVAL },
	{ "another link type", 0, PKTCAP_LINKTYPE_RAW, -EINVAL },
};

static void run_edge(void **state)
{
	const struct edge *e = *state;
	int fd = memfd_create("edge", MFD_CLOEXEC);
	struct row r = { .opts = { .precision = PKTCAP_FILE_PRECISION_NANO },
			 .linktype = LINKTYPE };
	struct pktcap_packet put = { .data = pattern,
				     .caplen = 14,
				     .wirelen = 14,
				     .ts_ns = e->ts_ns,
				     .linktype = (uint16_t)e->linktype };
	const struct pktcap_packet *got;
	struct pktcap_file_writer_stats stats;
	struct pktcap_file_writer *writer;
	struct pktcap_file_reader *reader;

	r.opts.size = sizeof(r.opts);
	assert_int_equal(pktcap_file_writer_open_fd(&writer, fd, LINKTYPE,
						    &r.opts, NULL),
			 0);
	assert_int_equal(pktcap_file_writer_write(writer, &put), e->want);
	pktcap_file_writer_stats(writer, &stats);
	assert_int_equal(stats.packets, !e->want);
	assert_int_equal(pktcap_file_writer_close(writer), 0);
	lseek(fd, 0, SEEK_SET);
	assert_int_equal(pktcap_file_reader_open_fd(&reader, fd, NULL, NULL),
			 0);
	assert_int_equal(pktcap_file_reader_next(reader, &got, NULL), !e->want);
	if (got)
		expect_same(&r, got, &put);
	pktcap_file_reader_close(reader);
	close(fd);
}

/* --- options --- */

struct wrong {
	const char *name;
	const char *call;
	struct pktcap_file_writer_opts opts;
	uint32_t linktype;
	int want;
};

#define WRONG(name, call, want, linktype, ...)                            \
	{                                                                 \
		name, call,                                               \
			{ .size = sizeof(struct pktcap_file_writer_opts), \
			  __VA_ARGS__ },                                  \
			linktype, want                                    \
	}

static struct wrong wrongs[] = {
	WRONG("link type of 17 bits", "linktype", -EINVAL, 65536, .flags = 0),
	WRONG("unknown flag", "flags", -EINVAL, 1, .flags = 2),
	WRONG("unknown precision", "precision", -EINVAL, 1, .precision = 2),
	WRONG("snaplen too large", "snaplen", -EINVAL, 1, .snaplen = 262145),
	WRONG("buffer too small", "buffer_bytes", -EINVAL, 1,
	      .buffer_bytes = 4095),
	WRONG("buffer too large", "buffer_bytes", -EINVAL, 1,
	      .buffer_bytes = (1u << 30) + 1),
	WRONG("mode with a file type", "mode", -EINVAL, 1, .mode = 0100644),
	{ "no size", "size", { .size = 0 }, 1, -EINVAL },
};

static void run_wrong(void **state)
{
	const struct wrong *w = *state;
	struct pktcap_file_writer *writer = (void *)pattern;
	struct pktcap_error error;
	const char *path = "/nowhere/at/all";

	assert_int_equal(pktcap_file_writer_open(&writer, path, w->linktype,
						 &w->opts, &error),
			 w->want);
	assert_null(writer);
	assert_int_equal(error.code, w->want);
	assert_string_equal(error.call, w->call);
	assert_non_null(strstr(error.text, w->call));
	assert_int_equal(pktcap_file_writer_open(&writer, path, w->linktype,
						 &w->opts, NULL),
			 w->want);
}

static void options_from_a_newer_header(void **state)
{
	struct {
		struct pktcap_file_writer_opts known;
		uint32_t unknown;
	} opts = { .known = { .size = sizeof(opts) } };
	int fd = memfd_create("newer", MFD_CLOEXEC);
	struct pktcap_file_writer *writer;

	(void)state;
	assert_int_equal(pktcap_file_writer_open_fd(&writer, fd, LINKTYPE,
						    &opts.known, NULL),
			 0);
	assert_int_equal(pktcap_file_writer_close(writer), 0);
	opts.unknown = 1;
	assert_int_equal(pktcap_file_writer_open_fd(&writer, fd, LINKTYPE,
						    &opts.known, NULL),
			 -E2BIG);
	close(fd);
}

/* --- paths and descriptors --- */

static void a_path_is_created_and_replaced(void **state)
{
	char dir[] = "/tmp/test_file.XXXXXX", path[64];
	struct pktcap_file_writer *writer;
	struct stat st;
	mode_t mask = umask(027);

	(void)state;
	assert_non_null(mkdtemp(dir));
	strcat(strcpy(path, dir), "/f.pcap");
	for (int i = 0; i < 2; i++) {
		assert_int_equal(pktcap_file_writer_open(
					 &writer, path, LINKTYPE,
					 &PKTCAP_FILE_WRITER_OPTS(.mode = 0666),
					 NULL),
				 0);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_size, 0);
		assert_int_equal(st.st_mode & 07777, 0640);
		assert_int_equal(pktcap_file_writer_close(writer), 0);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_size, 24);
	}
	umask(mask);
	unlink(path);
	rmdir(dir);
}

struct bad_path {
	const char *name;
	const char *path;
	const char *cure;
	int want;
};

static struct bad_path bad_paths[] = {
	{ "no directory", "/nowhere/f", "check the path", -ENOENT },
	{ "a directory", "/", "name a file in it", -EISDIR },
	{ "a file as directory", "/dev/null/f", "check the path", -ENOTDIR },
};

static void run_bad_path(void **state)
{
	const struct bad_path *b = *state;
	struct pktcap_file_writer *writer;
	struct pktcap_file_reader *reader = (void *)pattern;
	struct pktcap_error error;

	assert_int_equal(pktcap_file_writer_open(&writer, b->path, LINKTYPE,
						 NULL, &error),
			 b->want);
	assert_null(writer);
	assert_int_equal(error.code, b->want);
	assert_string_equal(error.call, "open");
	assert_memory_equal(error.text, b->path, strlen(b->path));
	assert_non_null(strstr(error.text, b->cure));
	assert_int_equal(
		pktcap_file_reader_open(&reader, b->path, NULL, &error),
		b->want);
	assert_null(reader);
	assert_memory_equal(error.text, b->path, strlen(b->path));
	assert_non_null(strstr(error.text, b->cure));
}

static void a_descriptor_must_be_for_writing(void **state)
{
	int fds[] = { -1, open("/dev/null", O_RDONLY | O_CLOEXEC) };
	struct pktcap_file_writer *writer;
	struct pktcap_error error;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(pktcap_file_writer_open_fd(&writer, fds[i],
							    LINKTYPE, NULL,
							    &error),
				 -EBADF);
		assert_null(writer);
		assert_non_null(strstr(error.text, "not open for writing"));
	}
	close(fds[1]);
}

static void nothing_is_closed(void **state)
{
	(void)state;
	assert_int_equal(pktcap_file_writer_close(NULL), 0);
	pktcap_file_reader_close(NULL);
}

int main(void)
{
	static struct CMUnitTest all[64] = {
		cmocka_unit_test(options_from_a_newer_header),
		cmocka_unit_test(a_path_is_created_and_replaced),
		cmocka_unit_test(a_descriptor_must_be_for_writing),
		cmocka_unit_test(nothing_is_closed),
	};
	size_t n = 4;

	for (size_t i = 0; i < sizeof(pattern); i++)
		pattern[i] = (uint8_t)(i * 7 + i / 251);
	ADD_ROWS(all, n, rows, run);
	ADD_ROWS(all, n, edges, run_edge);
	ADD_ROWS(all, n, wrongs, run_wrong);
	ADD_ROWS(all, n, bad_paths, run_bad_path);
	return _cmocka_run_group_tests("file_roundtrip", all, n, NULL, NULL);
}
