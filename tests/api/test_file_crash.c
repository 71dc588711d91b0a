// SPDX-License-Identifier: BSD-2-Clause
/*
 * A writer is killed at random moments under load. What it leaves reads back
 * as the packets it was given, from the first one on and without a gap, but
 * for one record at the very end that was not finished; and appending goes on
 * behind the last whole one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <pktcap/file.h>

#include "support/rows.h"

enum {
	LINKTYPE = PKTCAP_LINKTYPE_ETHERNET,
	KILLS = 50, /* of each row */
	LATEST_US = 12000,
	LONGEST = 1500,
	FILES_MAX = 8,
};

static char dir[] = "/tmp/test_file_crash.XXXXXX";
static uint8_t data[LONGEST + 256];

/* Its number, then bytes that depend on it, as many as it says. */
static struct pktcap_packet packet(uint32_t number)
{
	static uint8_t bytes[LONGEST];
	uint32_t caplen = 4 + number * 7919 % (LONGEST - 4);

	memcpy(bytes, data + number % 256, caplen);
	memcpy(bytes, &number, sizeof(number));
	return (struct pktcap_packet){
		.data = bytes,
		.caplen = caplen,
		.wirelen = caplen,
		.ts_ns = INT64_C(1700000000000000000) + number,
		.ifindex = 1 + number % 3,
		.direction = PKTCAP_DIRECTION_IN,
		.linktype = LINKTYPE,
	};
}

struct row {
	const char *name;
	uint32_t format;
	uint32_t flags; /* of the writer */
	uint32_t rotation_flags;
	uint64_t max_bytes; /* 0: one file */
};

static struct row rows[] = {
	{ "pcap", PKTCAP_FILE_FORMAT_PCAP, 0, 0, 0 },
	{ "pcapng", PKTCAP_FILE_FORMAT_PCAPNG, 0, 0, 0 },
	{ "pcap, several files", PKTCAP_FILE_FORMAT_PCAP, 0, 0, 300000 },
	{ "pcapng, several files", PKTCAP_FILE_FORMAT_PCAPNG,
	  PKTCAP_FILE_WRITER_UNBUFFERED, PKTCAP_FILE_ROTATION_RENAME, 300000 },
};

/* In the child: never returns. */
static void write_until_killed(const struct row *r)
{
	const struct pktcap_file_writer_opts writer =
		PKTCAP_FILE_WRITER_OPTS(.flags = r->flags,
					.buffer_bytes = 65536,
					.precision =
						PKTCAP_FILE_PRECISION_NANO);
	struct pktcap_file_rotation *rotation;
	char path[200];

	snprintf(path, sizeof(path), "%s/cap", dir);
	if (pktcap_file_rotation_open(
		    &rotation, path, LINKTYPE,
		    &PKTCAP_FILE_ROTATION_OPTS(.format = r->format,
					       .flags = r->rotation_flags,
					       .max_bytes = r->max_bytes,
					       .keep = r->max_bytes ? 4 : 0,
					       .writer = &writer),
		    NULL))
		_exit(1);
	for (uint32_t i = 0;; i++) {
		struct pktcap_packet pkt = packet(i);

		if (pktcap_file_rotation_write(rotation, &pkt))
			_exit(1);
	}
}

static void killed(const struct row *r)
{
	const struct timespec delay = { .tv_nsec = rand() % LATEST_US * 1000L };
	pid_t pid = fork();
	int status;

	if (!pid)
		write_until_killed(r);
	assert_true(pid > 0);
	nanosleep(&delay, NULL);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
}

/* --- what is left --- */

static int by_name(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Reads on from packet @next; returns how the file ends. */
static int read_on(const char *path, uint32_t *next, int first_file)
{
	struct pktcap_file_reader *reader;
	struct pktcap_error error = { .text = "" };
	const struct pktcap_packet *got;
	int ret = pktcap_file_reader_open(&reader, path, NULL, &error);

	if (ret)
		return ret;
	while ((ret = pktcap_file_reader_next(reader, &got, &error)) == 1) {
		struct pktcap_packet want;
		uint32_t number;

		assert_true(got->caplen >= sizeof(number));
		memcpy(&number, got->data, sizeof(number));
		if (first_file)
			*next = number; /* older ones are deleted */
		first_file = 0;
		assert_int_equal(number, *next);
		want = packet((*next)++);
		if (got->caplen == sizeof(number))
			continue; /* one that was appended */
		assert_int_equal(got->caplen, want.caplen);
		assert_memory_equal(got->data, want.data, want.caplen);
		assert_true(got->ts_ns == want.ts_ns);
	}
	if (ret && ret != -ENODATA)
		fail_msg("%s", error.text);
	pktcap_file_reader_close(reader);
	return ret;
}

/*
 * One packet more, behind all the whole ones: the shortest, which does not
 * cover what is left of the one that was not finished.
 */
static void append_one(const char *path, const struct row *r, uint32_t number)
{
	struct pktcap_packet pkt = packet(number);
	struct pktcap_file_writer *writer;
	struct pktcap_error error = { .text = "" };

	pkt.caplen = sizeof(number);
	if (pktcap_file_writer_append(
		    &writer, path, LINKTYPE,
		    &PKTCAP_FILE_WRITER_OPTS(
				    .precision = PKTCAP_FILE_PRECISION_NANO,
				    .flags =
					    r->format
						    ? PKTCAP_FILE_WRITER_NEW_PCAPNG
						    : 0),
		    &error))
		fail_msg("%s", error.text);
	assert_int_equal(pktcap_file_writer_write(writer, &pkt), 0);
	assert_int_equal(pktcap_file_writer_close(writer), 0);
}

/* Returns 1 if a record was left unfinished. */
static int check_files(const struct row *r)
{
	struct dirent **entries;
	int n = scandir(dir, &entries, by_name, versionsort);
	uint32_t next = 0;
	int ret = 0;

	assert_true(n >= 0 && n < FILES_MAX);
	for (int i = 0; i < n; i++) {
		uint32_t first = next;
		char path[400];

		snprintf(path, sizeof(path), "%s/%s", dir, entries[i]->d_name);
		ret = read_on(path, &next, r->max_bytes && !i);
		/* Only the last one may not be complete. */
		assert_true(!ret || i == n - 1);
		if (i == n - 1) {
			append_one(path, r, next++);
			assert_int_equal(
				read_on(path, &first, r->max_bytes && !i), 0);
			assert_int_equal(first, next);
		}
		unlink(path);
		free(entries[i]);
	}
	free(entries);
	return ret && next > 1;
}

static void run(void **state)
{
	const struct row *r = *state;
	int unfinished = 0;

	for (int i = 0; i < KILLS; i++) {
		killed(r);
		unfinished += check_files(r);
	}
	print_message("%d of %d with an unfinished record\n", unfinished,
		      KILLS);
}

int main(void)
{
	enum { N = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[N];
	size_t n = 0;
	int failed;

	srand((unsigned int)time(NULL));
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(i * 7 + i / 251);
	ADD_ROWS(tests, n, rows, run);
	if (!mkdtemp(dir))
		return 1;
	failed = _cmocka_run_group_tests("file_crash", tests, n, NULL, NULL);
	rmdir(dir);
	return failed;
}
