// SPDX-License-Identifier: BSD-2-Clause
/*
 * Writers that the kernel refuses bytes: the error is reported, what is in the
 * file is whole, and nothing that was accepted is lost once writing works.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <pktcap/file.h>

#include "support/rows.h"
#include "support/world.h"

enum {
	LINKTYPE = PKTCAP_LINKTYPE_ETHERNET,
	LONGEST = 40000,
	ACCEPTED_MAX = 4000,
	STREAM_MAX = 16 << 20,
};

static uint8_t data[LONGEST];
static uint8_t stream[STREAM_MAX];

/*
 * The @number-th packet: its length has all sizes up to @longest, its time is
 * the number, so that a reader knows which one it has.
 */
static struct pktcap_packet packet(uint32_t number, uint32_t longest)
{
	uint32_t caplen = (number * 7919 + 60) % longest + 1;

	return (struct pktcap_packet){ .data = data + LONGEST - caplen,
				       .caplen = caplen,
				       .wirelen = caplen,
				       .ts_ns = number * INT64_C(1000000000),
				       .linktype = LINKTYPE };
}

/* Which packets the writer said 0 to. */
static uint32_t accepted[ACCEPTED_MAX];
static uint32_t accepted_count;

static int put(struct pktcap_file_writer *writer, uint32_t number,
	       uint32_t longest)
{
	struct pktcap_packet pkt = packet(number, longest);
	int err = pktcap_file_writer_write(writer, &pkt);

	if (!err) {
		assert_true(accepted_count < ACCEPTED_MAX);
		accepted[accepted_count++] = number;
	}
	return err;
}

/*
 * The bytes are a whole file with the first accepted packets in it, all of
 * them if @want_all; returns how many.
 */
static uint32_t expect_whole(const void *bytes, size_t n, uint32_t longest,
			     int want_all)
{
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *got;
	struct pktcap_error error = { .text = "" };
	uint32_t count = 0;
	int ret;

	if (!n && !want_all)
		return 0; /* not even the header found room */
	ret = pktcap_file_reader_open_memory(&reader, bytes, n, NULL, &error);
	if (ret)
		fail_msg("%s", error.text);
	while ((ret = pktcap_file_reader_next(reader, &got, &error)) == 1) {
		struct pktcap_packet want;

		assert_true(count < accepted_count);
		want = packet(accepted[count++], longest);
		assert_true(got->ts_ns == want.ts_ns);
		assert_int_equal(got->caplen, want.caplen);
		assert_memory_equal(got->data, want.data, want.caplen);
	}
	if (ret)
		fail_msg("after %u packets: %s", count, error.text);
	pktcap_file_reader_close(reader);
	if (want_all)
		assert_int_equal(count, accepted_count);
	return count;
}

static size_t read_back(int fd, off_t from)
{
	ssize_t n = pread(fd, stream, sizeof(stream), from);

	assert_true(n >= 0 && n < STREAM_MAX);
	return (size_t)n;
}

/* --- regular files: a limit that is hit, then lifted --- */

struct row {
	const char *name;
	const char *before; /* bytes in the file already */
	int open_flags;
	uint32_t flags;
	uint32_t buffer_bytes;
	uint32_t longest;
	int is_ng;
};

static struct row rows[] = {
	{ "small records", "", 0, 0, 4096, 100, 0 },
	{ "records as long as the buffer", "", 0, 0, 4096, 4500, 0 },
	{ "records longer than the buffer", "", 0, 0, 4096, LONGEST, 0 },
	{ "default buffer", "", 0, 0, 0, 1500, 0 },
	{ "unbuffered", "", 0, PKTCAP_FILE_WRITER_UNBUFFERED, 0, 1500, 0 },
	{ "behind other bytes", "not a packet", 0, 0, 4096, 4500, 0 },
	{ "O_APPEND", "", O_APPEND, 0, 4096, 4500, 0 },
	{ "O_APPEND behind other bytes", "not a packet", O_APPEND, 0, 4096,
	  4500, 0 },
	{ "O_APPEND unbuffered", "x", O_APPEND, PKTCAP_FILE_WRITER_UNBUFFERED,
	  0, LONGEST, 0 },
	{ "pcapng, small records", "", 0, 0, 4096, 100, 1 },
	{ "pcapng, records longer than the buffer", "", 0, 0, 4096, LONGEST,
	  1 },
	{ "pcapng, default buffer", "", 0, 0, 0, 1500, 1 },
	{ "pcapng, unbuffered", "", 0, PKTCAP_FILE_WRITER_UNBUFFERED, 0, 1500,
	  1 },
	{ "pcapng, O_APPEND", "not a packet", O_APPEND, 0, 4096, 4500, 1 },
};

static int new_file(const char *dir, int flags)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "%s/test_file_failure.XXXXXX", dir);
	fd = mkostemp(path, flags | O_CLOEXEC);
	assert_true(fd >= 0);
	unlink(path);
	return fd;
}

static void set_limit(rlim_t bytes)
{
	struct rlimit limit;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void expect_file(const struct row *r, int fd, int want_all)
{
	size_t skip = strlen(r->before), n = read_back(fd, 0);

	assert_true(n >= skip);
	assert_memory_equal(stream, r->before, skip);
	expect_whole(stream + skip, n - skip, r->longest, want_all);
}

static struct pktcap_file_writer *open_writer(const struct row *r, int fd)
{
	struct pktcap_file_writer *writer;

	accepted_count = 0;
	assert_int_equal(
		(r->is_ng ? pktcap_file_writer_open_ng_fd
			  : pktcap_file_writer_open_fd)(
			&writer, fd, LINKTYPE,
			&PKTCAP_FILE_WRITER_OPTS(.flags = r->flags,
						 .buffer_bytes =
							 r->buffer_bytes),
			NULL),
		0);
	return writer;
}

/* Writes into a limit of @limit bytes until it was hit three times. */
static void hit_limit(const struct row *r, struct pktcap_file_writer *writer,
		      int fd, rlim_t limit, uint32_t first)
{
	struct pktcap_file_writer_stats stats;
	int failures = 0, want;

	set_limit(limit);
	for (uint32_t i = 0; failures < 3 && i < 1000; i++) {
		int err = put(writer, first + i, r->longest);

		if (!err)
			continue;
		assert_int_equal(err, -EFBIG);
		failures++;
		expect_file(r, fd, 0);
	}
	pktcap_file_writer_stats(writer, &stats);
	want = stats.bytes > stats.bytes_written ? -EFBIG : 0;
	assert_int_equal(pktcap_file_writer_flush(writer), want);
	assert_int_equal(pktcap_file_writer_sync(writer), want);
	expect_file(r, fd, !want);
	set_limit(RLIM_INFINITY);
}

static void run(void **state)
{
	const struct row *r = *state;
	struct pktcap_file_writer_stats stats;
	struct pktcap_file_writer *writer;
	int fd = new_file("/tmp", r->open_flags);
	struct stat st;

	assert_int_equal(write(fd, r->before, strlen(r->before)),
			 strlen(r->before));
	writer = open_writer(r, fd);
	for (uint32_t round = 0; round < 6; round++) {
		/* Odd steps: the limit falls into every part of a record. */
		hit_limit(r, writer, fd, strlen(r->before) + 5 + round * 30011,
			  round * 1000);
		assert_int_equal(put(writer, round * 1000 + 999, r->longest),
				 0);
	}
	assert_int_equal(pktcap_file_writer_flush(writer), 0);
	expect_file(r, fd, 1);
	pktcap_file_writer_stats(writer, &stats);
	assert_int_equal(stats.packets, accepted_count);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(stats.bytes_written, st.st_size - strlen(r->before));
	assert_int_equal(stats.bytes, stats.bytes_written);
	assert_int_equal(pktcap_file_writer_close(writer), 0);
	close(fd);
}

static void close_reports_what_is_lost(void **state)
{
	const struct row r = { .before = "", .longest = 100 };
	int fd = new_file("/tmp", 0);
	struct pktcap_file_writer *writer = open_writer(&r, fd);

	(void)state;
	for (uint32_t i = 0; i < 100; i++)
		assert_int_equal(put(writer, i, r.longest), 0);
	set_limit(777);
	assert_int_equal(pktcap_file_writer_close(writer), -EFBIG);
	set_limit(RLIM_INFINITY);
	/* As many as there is room for. */
	assert_true(expect_whole(stream, read_back(fd, 0), r.longest, 0) > 4);
	close(fd);
}

/* --- a file system that is full --- */

static void full_disk(void **state)
{
	const char *dir = *state;
	const struct row r = { .before = "",
			       .buffer_bytes = 16384,
			       .longest = 1500 };
	int ballast = new_file(dir, 0), fd = new_file(dir, 0);
	struct pktcap_file_writer *writer = open_writer(&r, fd);
	uint32_t i = 0;

	assert_int_equal(write(ballast, stream, 100000), 100000);
	for (int failures = 0; failures < 3; i++) {
		int err = put(writer, i, r.longest);

		if (!err)
			continue;
		assert_int_equal(err, -ENOSPC);
		expect_file(&r, fd, 0);
		failures++;
	}
	assert_int_equal(ftruncate(ballast, 0), 0);
	assert_int_equal(put(writer, i++, r.longest), 0);
	assert_int_equal(pktcap_file_writer_sync(writer), 0);
	expect_file(&r, fd, 1);
	assert_int_equal(pktcap_file_writer_close(writer), 0);
	close(ballast);
	close(fd);
}

static void full_device(void **state)
{
	struct pktcap_packet pkt = packet(1, 100);
	struct pktcap_file_writer *writer;

	(void)state;
	assert_int_equal(pktcap_file_writer_open(&writer, "/dev/full", LINKTYPE,
						 NULL, NULL),
			 0);
	assert_int_equal(pktcap_file_writer_write(writer, &pkt), 0);
	assert_int_equal(pktcap_file_writer_flush(writer), -ENOSPC);
	assert_int_equal(pktcap_file_writer_sync(writer), -ENOSPC);
	assert_int_equal(pktcap_file_writer_close(writer), -ENOSPC);
	assert_int_equal(
		pktcap_file_writer_open(
			&writer, "/dev/full", LINKTYPE,
			&PKTCAP_FILE_WRITER_OPTS(
					.flags = PKTCAP_FILE_WRITER_UNBUFFERED),
			NULL),
		0);
	assert_int_equal(pktcap_file_writer_write(writer, &pkt), -ENOSPC);
	assert_int_equal(pktcap_file_writer_close(writer), -ENOSPC);
}

/* --- pipes and sockets --- */

struct stream_row {
	const char *name;
	int (*open)(int fds[2]);
	uint32_t flags;
	uint32_t buffer_bytes;
	uint32_t longest;
	int is_ng;
};

static int small_pipe(int fds[2])
{
	return pipe2(fds, O_CLOEXEC | O_NONBLOCK) ||
			       fcntl(fds[1], F_SETPIPE_SZ, 4096) < 0
		       ? -1
		       : 0;
}

static int large_pipe(int fds[2])
{
	return pipe2(fds, O_CLOEXEC | O_NONBLOCK);
}

static int small_socket(int fds[2])
{
	int bytes = 1;

	return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
			  0, fds) ||
	       setsockopt(fds[1], SOL_SOCKET, SO_SNDBUF, &bytes, sizeof(bytes));
}

static struct stream_row stream_rows[] = {
	{ "pipe", large_pipe, 0, 0, 1500, 0 },
	{ "pipe, small buffers", small_pipe, 0, 4096, 1500, 0 },
	{ "pipe, records longer than it", small_pipe, 0, 4096, LONGEST, 0 },
	{ "pipe, unbuffered", small_pipe, PKTCAP_FILE_WRITER_UNBUFFERED, 0,
	  LONGEST, 0 },
	{ "socket", small_socket, 0, 0, LONGEST, 0 },
	{ "socket, small buffers", small_socket, 0, 4096, LONGEST, 0 },
	{ "socket, unbuffered", small_socket, PKTCAP_FILE_WRITER_UNBUFFERED, 0,
	  LONGEST, 0 },
	{ "pcapng, pipe", small_pipe, 0, 4096, LONGEST, 1 },
	{ "pcapng, pipe, unbuffered", small_pipe, PKTCAP_FILE_WRITER_UNBUFFERED,
	  0, LONGEST, 1 },
};

/* Takes at most @most bytes out of the pipe. */
static void take(int fd, size_t *n, size_t most)
{
	ssize_t got = read(fd, stream + *n, most);

	if (got > 0)
		*n += (size_t)got;
	assert_true(*n + LONGEST < STREAM_MAX);
}

static void slow_reader(void **state)
{
	const struct stream_row *s = *state;
	const struct row r = { .flags = s->flags,
			       .buffer_bytes = s->buffer_bytes,
			       .is_ng = s->is_ng };
	struct pktcap_file_writer_stats stats;
	struct pktcap_file_writer *writer;
	uint32_t refused = 0;
	size_t n = 0;
	int fds[2], err;

	assert_int_equal(s->open(fds), 0);
	writer = open_writer(&r, fds[1]);
	for (uint32_t i = 0; i < 1000; i++) {
		err = put(writer, i, s->longest);
		assert_true(!err || err == -EAGAIN);
		refused += !!err;
		take(fds[0], &n, i * 37 % 600 + 1);
	}
	assert_true(refused > 0);
	while ((err = pktcap_file_writer_flush(writer)) == -EAGAIN)
		take(fds[0], &n, 3001);
	assert_int_equal(err, 0);
	assert_int_equal(pktcap_file_writer_sync(writer), 0);
	pktcap_file_writer_stats(writer, &stats);
	assert_int_equal(pktcap_file_writer_close(writer), 0);
	while (n < stats.bytes_written)
		take(fds[0], &n, LONGEST);
	close(fds[0]);
	close(fds[1]);
	assert_int_equal(n, stats.bytes);
	assert_int_equal(stats.packets, accepted_count);
	expect_whole(stream, n, s->longest, 1);
}

static void reader_gone(void **state)
{
	const struct stream_row *s = *state;
	const struct row r = { .flags = s->flags,
			       .buffer_bytes = s->buffer_bytes,
			       .is_ng = s->is_ng };
	struct pktcap_file_writer *writer;
	int fds[2];

	assert_int_equal(s->open(fds), 0);
	writer = open_writer(&r, fds[1]);
	put(writer, 1, s->longest);
	close(fds[0]);
	put(writer, 2, s->longest);
	assert_int_equal(pktcap_file_writer_flush(writer), -EPIPE);
	assert_int_equal(pktcap_file_writer_flush(writer), -EPIPE);
	assert_int_equal(pktcap_file_writer_close(writer), -EPIPE);
	close(fds[1]);
}

int main(void)
{
	static char dir[] = "/tmp/test_file_failure.XXXXXX";
	static struct CMUnitTest all[64] = {
		cmocka_unit_test(close_reports_what_is_lost),
		cmocka_unit_test(full_device),
	};
	size_t n = 2;
	int failed;

	signal(SIGXFSZ, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; i < LONGEST; i++)
		data[i] = (uint8_t)(i * 7 + i / 251);
	ADD_ROWS(all, n, rows, run);
	ADD_ROWS(all, n, stream_rows, slow_reader);
	ADD_ROWS(all, n, stream_rows, reader_gone);
	if (!mkdtemp(dir))
		return 1;
	if (!world_disk(dir, "size=256k"))
		all[n++] = (struct CMUnitTest){ .name = "full disk",
						.test_func = full_disk,
						.initial_state = dir };
	else
		print_message("full disk: not tested, no namespaces here\n");
	failed = _cmocka_run_group_tests("file_failure", all, n, NULL, NULL);
	umount(dir);
	rmdir(dir);
	return failed;
}
