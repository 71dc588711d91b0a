// SPDX-License-Identifier: BSD-2-Clause
/* A file that another writes meanwhile: growing, replaced, begun anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <pktcap/file.h>

enum { HEADER = 24, RECORD = 16, LONG_MS = 20000, ROTATIONS = 50 };

static char dir[] = "/tmp/test_file_follow.XXXXXX";
static char path[64];
static char moved[64];

static const uint8_t header[HEADER] = { 0xa1, 0xb2, 0xc3, 0xd4, 0, 2, 0, 4,
					0,    0,    0,	  0,	0, 0, 0, 0,
					0,    0,    0xff, 0xff, 0, 0, 0, 1 };

static int create(void)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	return fd;
}

static void put(int fd, const void *data, size_t n)
{
	assert_int_equal(write(fd, data, n), n);
}

/* A record of one byte, @number; only its first @n bytes. */
static void put_record(int fd, uint8_t number, size_t from, size_t to)
{
	const uint8_t record[RECORD + 1] = { 0, 0, 0, number, 0, 0, 0, 0,     0,
					     0, 0, 1, 0,      0, 0, 1, number };

	put(fd, record + from, to - from);
}

static struct pktcap_file_reader *follow(void)
{
	struct pktcap_file_reader *reader;
	const struct pktcap_file_reader_opts opts =
		PKTCAP_FILE_READER_OPTS(.flags = PKTCAP_FILE_READER_FOLLOW);

	assert_int_equal(pktcap_file_reader_open(&reader, path, &opts, NULL),
			 0);
	return reader;
}

static void expect_packet(struct pktcap_file_reader *reader, uint8_t number)
{
	const struct pktcap_packet *pkt;

	assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL), 1);
	assert_int_equal(pkt->caplen, 1);
	assert_int_equal(pkt->data[0], number);
}

static void expect_nothing(struct pktcap_file_reader *reader)
{
	const struct pktcap_packet *pkt;

	for (int again = 0; again < 2; again++) {
		assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL),
				 -EAGAIN);
		assert_null(pkt);
	}
	assert_int_equal(pktcap_file_reader_wait(reader, 0), 0);
}

static void expect_more(struct pktcap_file_reader *reader)
{
	assert_int_equal(pktcap_file_reader_wait(reader, LONG_MS), 1);
}

/* Byte for byte: nothing is delivered before it is whole. */
static void grows(void **state)
{
	int fd = create();
	struct pktcap_file_reader *reader = follow();
	struct pktcap_file_info info;

	(void)state;
	for (size_t i = 0; i < HEADER; i++) {
		expect_nothing(reader);
		pktcap_file_reader_info(reader, &info);
		assert_int_equal(info.sections, 0);
		put(fd, header + i, 1);
		expect_more(reader);
	}
	for (uint8_t number = 1; number < 4; number++) {
		for (size_t i = 0; i <= RECORD; i++) {
			expect_nothing(reader);
			put_record(fd, number, i, i + 1);
			expect_more(reader);
		}
		expect_packet(reader, number);
	}
	pktcap_file_reader_info(reader, &info);
	assert_int_equal(info.sections, 1);
	assert_int_equal(info.linktype, PKTCAP_LINKTYPE_ETHERNET);
	pktcap_file_reader_close(reader);
	close(fd);
}

static void is_replaced(void **state)
{
	int fd = create(), next;
	struct pktcap_file_reader *reader;
	struct pktcap_file_record record;

	(void)state;
	put(fd, header, HEADER);
	put_record(fd, 1, 0, RECORD + 1);
	reader = follow();
	assert_int_equal(rename(path, moved), 0);
	expect_packet(reader, 1);
	expect_nothing(reader);
	next = create();
	expect_nothing(reader);
	put_record(fd, 2, 0, RECORD + 1); /* the old one still grows */
	expect_more(reader);
	put(next, header, HEADER);
	put_record(next, 3, 0, RECORD + 1);
	expect_packet(reader, 2);
	put_record(fd, 9, 0, RECORD); /* and is never finished */
	expect_more(reader);
	assert_int_equal(
		pktcap_file_reader_next(
			reader, &(const struct pktcap_packet *){ NULL }, NULL),
		-EAGAIN);
	expect_more(reader);
	expect_packet(reader, 3);
	pktcap_file_reader_record(reader, &record);
	assert_int_equal(record.number, 1);
	assert_int_equal(record.offset, HEADER);
	expect_nothing(reader);
	put_record(next, 4, 0, RECORD + 1);
	expect_more(reader);
	expect_packet(reader, 4);
	pktcap_file_reader_close(reader);
	close(fd);
	close(next);
}

static void begins_anew(void **state)
{
	int fd = create();
	struct pktcap_file_reader *reader;

	(void)state;
	put(fd, header, HEADER);
	put_record(fd, 1, 0, RECORD + 1);
	put_record(fd, 2, 0, RECORD + 1);
	reader = follow();
	expect_packet(reader, 1);
	expect_packet(reader, 2);
	close(fd);
	fd = create();
	expect_nothing(reader);
	put(fd, header, HEADER);
	put_record(fd, 3, 0, RECORD + 1);
	expect_more(reader);
	expect_packet(reader, 3);
	expect_nothing(reader);
	pktcap_file_reader_close(reader);
	close(fd);
}

/* A writer that finds no room takes back the piece of a record it wrote. */
static void is_cut_back(void **state)
{
	int fd = create();
	struct pktcap_file_reader *reader;

	(void)state;
	put(fd, header, HEADER);
	put_record(fd, 1, 0, RECORD + 1);
	put_record(fd, 2, 0, 9);
	reader = follow();
	expect_packet(reader, 1);
	expect_nothing(reader);
	assert_int_equal(ftruncate(fd, HEADER + RECORD + 1), 0);
	expect_nothing(reader);
	assert_int_equal(lseek(fd, 0, SEEK_END), HEADER + RECORD + 1);
	put_record(fd, 3, 0, RECORD + 1);
	expect_more(reader);
	expect_packet(reader, 3);
	pktcap_file_reader_close(reader);
	close(fd);
}

/* Lines of this process's descriptors that tell of a watch. */
static int count_watches(void)
{
	DIR *fds = opendir("/proc/self/fdinfo");
	struct dirent *entry;
	int count = 0;

	assert_non_null(fds);
	while ((entry = readdir(fds))) {
		char line[256];
		int fd =
			openat(dirfd(fds), entry->d_name, O_RDONLY | O_CLOEXEC);
		FILE *info = fd < 0 ? NULL : fdopen(fd, "r");

		while (info && fgets(line, sizeof(line), info))
			count += !strncmp(line, "inotify ", 8);
		if (info)
			fclose(info);
	}
	closedir(fds);
	return count;
}

/* The files before are kept, and nobody watches them any more. */
static void leaves_no_watch_behind(void **state)
{
	struct pktcap_file_reader *reader = NULL;
	char names[ROTATIONS][80];
	int watches = 0;

	(void)state;
	for (int i = 0; i < ROTATIONS; i++) {
		int fd = create();

		put(fd, header, HEADER);
		put_record(fd, (uint8_t)i, 0, RECORD + 1);
		close(fd);
		if (reader)
			expect_more(reader);
		else
			reader = follow();
		expect_packet(reader, (uint8_t)i);
		expect_nothing(reader);
		if (!i)
			watches = count_watches();
		snprintf(names[i], sizeof(names[i]), "%s.%d", path, i);
		assert_int_equal(rename(path, names[i]), 0);
	}
	assert_true(watches > 0);
	assert_int_equal(count_watches(), watches);
	pktcap_file_reader_close(reader);
	for (int i = 0; i < ROTATIONS; i++)
		unlink(names[i]);
}

/* Truncated under a reader's hands: an error or the end, no signal. */
static void is_truncated_unfollowed(void **state)
{
	enum { PACKETS = 20000 };
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	int fd = create(), ret;

	(void)state;
	put(fd, header, HEADER);
	for (int i = 0; i < PACKETS; i++)
		put_record(fd, 1, 0, RECORD + 1);
	assert_int_equal(pktcap_file_reader_open(&reader, path, NULL, NULL), 0);
	assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL), 1);
	assert_int_equal(ftruncate(fd, HEADER + 5), 0);
	while ((ret = pktcap_file_reader_next(reader, &pkt, NULL)) == 1)
		;
	assert_true(ret == 0 || ret == -ENODATA);
	pktcap_file_reader_close(reader);
	close(fd);
}

/* It wakes up who waits. */
static void wakes_up(void **state)
{
	int fd = create(), status, go[2];
	struct pktcap_file_reader *reader;
	pid_t pid;

	(void)state;
	put(fd, header, HEADER);
	reader = follow();
	expect_nothing(reader);
	assert_int_equal(pipe(go), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		char c;

		if (read(go[0], &c, 1) == 1)
			put_record(fd, 7, 0, RECORD + 1);
		_exit(0);
	}
	assert_int_equal(write(go[1], "", 1), 1);
	assert_int_equal(pktcap_file_reader_wait(reader, -1), 1);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	expect_packet(reader, 7);
	pktcap_file_reader_close(reader);
	close(go[0]);
	close(go[1]);
	close(fd);
}

/* The end of a pipe is the end. */
static void pipe_ends(void **state)
{
	const struct pktcap_file_reader_opts opts =
		PKTCAP_FILE_READER_OPTS(.flags = PKTCAP_FILE_READER_FOLLOW);
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	int fds[2];

	(void)state;
	assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
	put(fds[1], header, HEADER);
	put_record(fds[1], 1, 0, RECORD + 1);
	assert_int_equal(
		pktcap_file_reader_open_fd(&reader, fds[0], &opts, NULL), 0);
	expect_packet(reader, 1);
	assert_int_equal(pktcap_file_reader_wait(reader, 0), 0);
	close(fds[1]);
	assert_int_equal(pktcap_file_reader_wait(reader, LONG_MS), 1);
	assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL), 0);
	pktcap_file_reader_close(reader);
	close(fds[0]);
}

static void only_files(void **state)
{
	const struct pktcap_file_reader_opts opts =
		PKTCAP_FILE_READER_OPTS(.flags = PKTCAP_FILE_READER_FOLLOW);
	struct pktcap_file_reader *reader;
	struct pktcap_error error;

	(void)state;
	assert_int_equal(pktcap_file_reader_open_memory(&reader, header, HEADER,
							&opts, &error),
			 -EINVAL);
	assert_string_equal(error.call, "flags");
	assert_int_equal(pktcap_file_reader_open_memory(&reader, header, HEADER,
							NULL, NULL),
			 0);
	assert_int_equal(pktcap_file_reader_wait(reader, 0), -EINVAL);
	pktcap_file_reader_close(reader);
}

static int remove_files(void **state)
{
	(void)state;
	unlink(path);
	unlink(moved);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(grows, remove_files),
		cmocka_unit_test_teardown(is_replaced, remove_files),
		cmocka_unit_test_teardown(begins_anew, remove_files),
		cmocka_unit_test_teardown(is_cut_back, remove_files),
		cmocka_unit_test_teardown(leaves_no_watch_behind, remove_files),
		cmocka_unit_test_teardown(is_truncated_unfollowed,
					  remove_files),
		cmocka_unit_test_teardown(wakes_up, remove_files),
		cmocka_unit_test(pipe_ends),
		cmocka_unit_test(only_files),
	};
	int failed;

	if (!mkdtemp(dir))
		return 1;
	snprintf(path, sizeof(path), "%s/file", dir);
	snprintf(moved, sizeof(moved), "%s/moved", dir);
	failed = cmocka_run_group_tests_name("file_follow", tests, NULL, NULL);
	rmdir(dir);
	return failed;
}
