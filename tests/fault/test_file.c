// SPDX-License-Identifier: BSD-2-Clause
/* A capture file ends on a whole record whatever call fails. */
#include "fault.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "support/rows.h"

#define NEVER_MADE ((void *)1)

enum { PACKETS = 9, PACKET_BYTES = 3000 };

/* A file that needs no cleaning up, whoever crashes. */
static char path[32];
static uint8_t bytes[PACKET_BYTES];

/* Each packet begins with its number. */
static struct pktcap_packet packet(int number)
{
	bytes[0] = (uint8_t)number;
	return (struct pktcap_packet){ .data = bytes,
				       .caplen = PACKET_BYTES,
				       .wirelen = PACKET_BYTES,
				       .linktype = PKTCAP_LINKTYPE_ETHERNET };
}

/* How many packets come from @fd, or -1 if they do not end whole. */
static int packets_in(int fd)
{
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	int n, count = 0;

	/* With nothing written there is not even the header. */
	n = pktcap_file_reader_open_fd(&reader, fd, NULL, NULL);
	if (n)
		return n == -ENODATA && !lseek(fd, 0, SEEK_END) ? 0 : -1;
	while ((n = pktcap_file_reader_next(reader, &pkt, NULL)) > 0)
		count += pkt->data[0] == count + 1 ? 1 : 1000;
	pktcap_file_reader_close(reader);
	return n ? -1 : count;
}

static int packets_in_file(void)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int count = packets_in(fd);

	close(fd);
	return count;
}

/* Somebody may kill us right behind the failure. */
static void check_whole(void)
{
	int count;

	UNWRAPPED(count = packets_in_file());
	if (count < 0)
		finding("the file does not end on a whole record", count);
}

/*
 * Packets behind the first @before. One call failed: a second try works.
 * Returns how many were taken.
 */
static int write_packets(struct pktcap_file_writer *writer, int before,
			 bool to_file)
{
	int taken = 0;

	for (int i = 0; i < PACKETS; i++) {
		struct pktcap_packet pkt = packet(before + taken + 1);
		int err = pktcap_file_writer_write(writer, &pkt);

		check_result("pktcap_file_writer_write", err);
		taken += !err;
		if (err && to_file)
			check_whole();
	}
	if (taken < PACKETS - 1)
		finding("writing does not recover", taken);
	return taken;
}

static int fill(void)
{
	struct pktcap_file_writer *writer;
	int err = pktcap_file_writer_open(&writer, path, 1, NULL, NULL);

	if (err)
		return err;
	for (int i = 1; i <= PACKETS; i++) {
		struct pktcap_packet pkt = packet(i);

		pktcap_file_writer_write(writer, &pkt);
	}
	return pktcap_file_writer_close(writer);
}

static int prepare(void)
{
	int fd = memfd_create("capture", MFD_CLOEXEC);

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return fill();
}

static void finish(struct pktcap_file_writer *writer)
{
	int err = pktcap_file_writer_flush(writer);

	check_result("pktcap_file_writer_flush", err);
	if (err == -EINTR)
		finding("flushing was interrupted", err);
	check_result("pktcap_file_writer_sync",
		     pktcap_file_writer_sync(writer));
	check_result("pktcap_file_writer_close",
		     pktcap_file_writer_close(writer));
}

struct mode {
	uint32_t flags;
	int (*open)(struct pktcap_file_writer **out, const char *path,
		    uint32_t linktype,
		    const struct pktcap_file_writer_opts *opts,
		    struct pktcap_error *error);
	bool appends;
};

static const struct mode buffered = { 0, pktcap_file_writer_open, false };
static const struct mode unbuffered = { PKTCAP_FILE_WRITER_UNBUFFERED,
					pktcap_file_writer_open, false };
static const struct mode pcapng = { 0, pktcap_file_writer_open_ng, false };
static const struct mode pcapng_unbuffered = { PKTCAP_FILE_WRITER_UNBUFFERED,
					       pktcap_file_writer_open_ng,
					       false };
static const struct mode appending = { 0, pktcap_file_writer_append, true };

static void write_file(const void *arg)
{
	const struct mode *mode = arg;
	const struct pktcap_file_writer_opts opts =
		PKTCAP_FILE_WRITER_OPTS(.buffer_bytes = 4096,
					.flags = mode->flags);
	struct pktcap_file_writer *writer = NEVER_MADE;
	struct pktcap_error error = { 0 };
	int before = mode->appends ? PACKETS : 0;
	int err, taken, found;

	err = mode->open(&writer, path, 1, &opts, &error);
	check_made("opening a writer", err, writer, &error);
	if (err)
		return;
	taken = write_packets(writer, before, true);
	finish(writer);
	UNWRAPPED(found = packets_in_file(); fill());
	if (found != before + taken)
		finding("packets in the file, not as many as were taken",
			found);
}

/* --- a rotation, in a directory of its own --- */

/* Takes all files away; returns the packets in them, -1 for a damaged one. */
static int packets_in_directory(const char *dir)
{
	struct dirent *entry;
	DIR *d = opendir(dir);
	int count = 0;

	while (d && (entry = readdir(d))) {
		int found, fd = openat(dirfd(d), entry->d_name,
				       O_RDONLY | O_CLOEXEC);

		if (*entry->d_name == '.') {
			close(fd);
			continue;
		}
		found = packets_in(fd);
		close(fd);
		unlinkat(dirfd(d), entry->d_name, 0);
		count = found < 0 || count < 0 ? -1 : count + found;
	}
	closedir(d);
	return count;
}

static void rotate(const void *arg)
{
	const struct pktcap_file_rotation_opts *opts = arg;
	struct pktcap_file_rotation *rotation = NEVER_MADE;
	struct pktcap_error error = { 0 };
	char dir[] = "/tmp/test_file_fault.XXXXXX", name[64];
	int err, found, taken = 0;

	UNWRAPPED(if (!mkdtemp(dir)) return );
	snprintf(name, sizeof(name), "%s/cap", dir);
	err = pktcap_file_rotation_open(&rotation, name, 1, opts, &error);
	check_made("pktcap_file_rotation_open", err, rotation, &error);
	for (int i = 0; !err && i < 2 * PACKETS; i++) {
		struct pktcap_packet pkt = packet(taken % 3 + 1);
		int ret = pktcap_file_rotation_write(rotation, &pkt);

		check_result("pktcap_file_rotation_write", ret);
		taken += !ret;
	}
	if (!err)
		check_result("pktcap_file_rotation_close",
			     pktcap_file_rotation_close(rotation));
	UNWRAPPED(found = packets_in_directory(dir); rmdir(dir));
	if (found < 0 || (!opts->keep && found != taken))
		finding("packets in all files, not as many as were taken",
			found);
}

static const struct pktcap_file_rotation_opts several = {
	.size = sizeof(several),
	.max_packets = 3,
	.flags = PKTCAP_FILE_ROTATION_RENAME | PKTCAP_FILE_ROTATION_SYNC,
};
static const struct pktcap_file_rotation_opts kept = {
	.size = sizeof(kept),
	.max_packets = 3,
	.keep = 2,
	.format = PKTCAP_FILE_FORMAT_PCAPNG,
};

/* Nothing can be cut back there: records are completed instead. */
static void write_pipe(const void *unused)
{
	struct pktcap_file_writer *writer = NEVER_MADE;
	struct pktcap_error error = { 0 };
	int err, taken, found, fds[2] = { -1, -1 };

	(void)unused;
	UNWRAPPED(err = pipe2(fds, O_CLOEXEC));
	err = pktcap_file_writer_open_fd(&writer, fds[1], 1, NULL, &error);
	check_made("pktcap_file_writer_open_fd", err, writer, &error);
	if (!err) {
		taken = write_packets(writer, 0, false);
		finish(writer);
		UNWRAPPED(close(fds[1]); found = packets_in(fds[0]);
			  fds[1] = -1);
		if (found != taken)
			finding("packets in the pipe, not as many as taken",
				found);
	}
	UNWRAPPED(close(fds[0]); if (fds[1] >= 0) close(fds[1]));
}

static void read_file(const void *unused)
{
	struct pktcap_file_reader *reader = NEVER_MADE;
	struct pktcap_error error = { 0 };
	const struct pktcap_packet *pkt;
	int n, count = 0;

	(void)unused;
	n = pktcap_file_reader_open(&reader, path, NULL, &error);
	check_made("pktcap_file_reader_open", n, reader, &error);
	if (n)
		return;
	while ((n = pktcap_file_reader_next(reader, &pkt, &error)) > 0)
		count++;
	check_result("pktcap_file_reader_next", n);
	if (n && (error.code != n || !*error.text))
		finding("the failure is not explained", error.code);
	if (!n && count != PACKETS)
		finding("packets read without an error", count);
	pktcap_file_reader_close(reader);
}

/* Whatever fails, all packets come, and waiting says why it cannot. */
static void follow_file(const void *unused)
{
	const struct pktcap_file_reader_opts opts =
		PKTCAP_FILE_READER_OPTS(.flags = PKTCAP_FILE_READER_FOLLOW);
	struct pktcap_file_reader *reader = NEVER_MADE;
	struct pktcap_error error = { 0 };
	const struct pktcap_packet *pkt;
	int n, count = 0;

	(void)unused;
	n = pktcap_file_reader_open(&reader, path, &opts, &error);
	check_made("pktcap_file_reader_open", n, reader, &error);
	if (n)
		return;
	while ((n = pktcap_file_reader_next(reader, &pkt, &error)) > 0)
		count++;
	if (n != -EAGAIN)
		check_result("pktcap_file_reader_next", n);
	else if (count != PACKETS)
		finding("packets read before following", count);
	check_result("pktcap_file_reader_wait",
		     pktcap_file_reader_wait(reader, 1));
	n = pktcap_file_reader_seek_record(reader, 2, &error);
	check_result("pktcap_file_reader_seek_record", n);
	pktcap_file_reader_close(reader);
}

static const struct row {
	const char *name;
	void (*scenario)(const void *arg);
	const void *arg;
} rows[] = {
	{ "write to a pipe", write_pipe, NULL },
	{ "write unbuffered", write_file, &unbuffered },
	{ "write", write_file, &buffered },
	{ "write pcapng", write_file, &pcapng },
	{ "write pcapng unbuffered", write_file, &pcapng_unbuffered },
	{ "append", write_file, &appending },
	{ "rotate", rotate, &several },
	{ "rotate and delete", rotate, &kept },
	{ "read", read_file, NULL },
	{ "follow", follow_file, NULL },
};

static void run(void **state)
{
	const struct row *row = *state;

	fault_each(row->name, prepare, row->scenario, row->arg);
}

int main(void)
{
	enum { N = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[N];
	size_t n = 0;

	world_enter_or_skip();
	if (prepare())
		return 1;
	ADD_ROWS(tests, n, rows, run);
	return _cmocka_run_group_tests("file faults", tests, n, NULL, NULL);
}
