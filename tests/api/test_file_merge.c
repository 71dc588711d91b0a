// SPDX-License-Identifier: BSD-2-Clause
/*
 * A merge gives what sorting all packets of all files would give, and an error
 * of one file keeps nothing of the others back.
 */
#include "support/rows.h"
#include "support/timed.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

enum { PACKETS_MAX = 60000, FILES_MAX = 3000 };

struct row {
	const char *name;
	uint32_t files;
	uint32_t packets; /* of a file at most */
	uint32_t step_ns; /* between packets of a file at most */
};

static struct row rows[] = {
	{ "no file", 0, 0, 0 },
	{ "a file without packets", 1, 0, 0 },
	{ "one file", 1, 1000, 100 },
	{ "two files", 2, 1000, 100 },
	{ "three files", 3, 1000, 100 },
	{ "8 files", 8, 2000, 1000 },
	{ "8 files, all at one time", 8, 500, 1 },
	{ "8 files, most times equal", 8, 500, 2 },
	{ "100 files, some empty", 100, 20, 1000 },
	{ "3000 files", 3000, 10, 1000 },
};

static struct timed packets[PACKETS_MAX];
static struct pktcap_file_reader *readers[FILES_MAX];
static int fds[FILES_MAX];
/* Of files in memory: there may be more than descriptors. */
static uint8_t *bytes[FILES_MAX];
static size_t sizes[FILES_MAX];

static void open_in_memory(uint32_t f, int fd)
{
	sizes[f] = (size_t)lseek(fd, 0, SEEK_END);
	bytes[f] = malloc(sizes[f]);
	assert_non_null(bytes[f]);
	assert_int_equal(pread(fd, bytes[f], sizes[f], 0), sizes[f]);
	assert_int_equal(pktcap_file_reader_open_memory(&readers[f], bytes[f],
							sizes[f], NULL, NULL),
			 0);
	close(fd);
}

/* Makes the files of @r, in order each, and opens them; counts packets. */
static size_t open_files(const struct row *r)
{
	uint32_t state = r->files + r->step_ns;
	size_t total = 0;

	for (uint32_t f = 0; f < r->files; f++) {
		uint32_t n = timed_random(&state) % (r->packets + 1);
		int64_t ts_ns = 1000;

		for (uint32_t i = 0; i < n; i++) {
			ts_ns += timed_random(&state) % r->step_ns;
			packets[total + i] = (struct timed){ ts_ns, f, i };
		}
		open_in_memory(f, timed_file(packets + total, n));
		total += n;
	}
	return total;
}

static struct pktcap_file_merge *open_merge(uint32_t n)
{
	struct pktcap_file_merge *merge;
	struct pktcap_error error;

	if (pktcap_file_merge_open(&merge, readers, n, &error))
		fail_msg("%s", error.text);
	return merge;
}

static void in_order(void **state)
{
	const struct row *r = *state;
	size_t total = open_files(r);
	struct pktcap_file_merge *merge = open_merge(r->files);
	const struct pktcap_packet *pkt = NULL;
	uint32_t which;

	qsort(packets, total, sizeof(packets[0]), timed_compare);
	for (size_t i = 0; i < total; i++) {
		assert_int_equal(
			pktcap_file_merge_next(merge, &pkt, &which, NULL), 1);
		timed_expect(pkt, &packets[i]);
		assert_int_equal(which, packets[i].file);
	}
	for (int again = 0; again < 2; again++) {
		assert_int_equal(
			pktcap_file_merge_next(merge, &pkt, NULL, NULL), 0);
		assert_null(pkt);
	}
	pktcap_file_merge_close(merge);
	for (uint32_t f = 0; f < r->files; f++) {
		pktcap_file_reader_close(readers[f]);
		free(bytes[f]);
	}
}

static void close_files(uint32_t n)
{
	for (uint32_t f = 0; f < n; f++) {
		pktcap_file_reader_close(readers[f]);
		close(fds[f]);
	}
}

/* The file that is at the earliest time, the first of several. */
static uint32_t earliest(const struct timed *const heads[], uint32_t n)
{
	uint32_t best = 0;

	for (uint32_t f = 1; f < n; f++)
		if (heads[f] &&
		    (!heads[best] || heads[f]->ts_ns < heads[best]->ts_ns))
			best = f;
	return best;
}

/* Files that are out of order stay so; the reference looks at every head. */
static void files_out_of_order(void **state)
{
	enum { FILES = 5, EACH = 400 };
	const struct timed *heads[FILES];
	struct pktcap_file_merge *merge;
	const struct pktcap_packet *pkt;
	uint32_t seed = 1, which;

	(void)state;
	for (uint32_t i = 0; i < FILES * EACH; i++)
		packets[i] = (struct timed){ timed_random(&seed) % 1000,
					     i / EACH, i % EACH };
	for (uint32_t f = 0; f < FILES; f++) {
		heads[f] = packets + (size_t)f * EACH;
		fds[f] = timed_file(heads[f], EACH);
		readers[f] = timed_reader(fds[f]);
	}
	merge = open_merge(FILES);
	for (uint32_t i = 0; i < FILES * EACH; i++) {
		uint32_t want = earliest(heads, FILES);

		assert_int_equal(
			pktcap_file_merge_next(merge, &pkt, &which, NULL), 1);
		assert_int_equal(which, want);
		timed_expect(pkt, heads[want]);
		heads[want] =
			heads[want]->number + 1 < EACH ? heads[want] + 1 : NULL;
	}
	assert_int_equal(pktcap_file_merge_next(merge, &pkt, NULL, NULL), 0);
	pktcap_file_merge_close(merge);
	close_files(FILES);
}

/* --- one file of three is cut off --- */

struct damage {
	const char *name;
	uint32_t file;
	uint32_t kept; /* packets of it that are whole */
};

static struct damage damages[] = {
	{ "the first file ends in its first packet", 0, 0 },
	{ "the last file ends in its first packet", 2, 0 },
	{ "the first file ends in its second packet", 0, 1 },
	{ "the file in the middle ends in its last packet", 1, 9 },
};

enum { DAMAGE_FILES = 3, DAMAGE_EACH = 10 };

static void cut(int fd, uint32_t kept)
{
	off_t end = 24 + 16 + 4;

	for (uint32_t i = 0; i < kept; i++)
		end += 16 + timed_length(&packets[i]);
	assert_int_equal(ftruncate(fd, end), 0);
}

static void one_is_damaged(void **state)
{
	const struct damage *d = *state;
	struct pktcap_file_merge *merge;
	const struct pktcap_packet *pkt;
	struct pktcap_error error;
	uint32_t which, errors = 0, counts[DAMAGE_FILES] = { 0 };
	int64_t last = 0;
	int ret;

	for (uint32_t f = 0; f < DAMAGE_FILES; f++) {
		for (uint32_t i = 0; i < DAMAGE_EACH; i++)
			packets[i] = (struct timed){ 100 + i * 3 + f, f, i };
		fds[f] = timed_file(packets, DAMAGE_EACH);
		if (f == d->file)
			cut(fds[f], d->kept);
		readers[f] = timed_reader(fds[f]);
	}
	merge = open_merge(DAMAGE_FILES);
	while ((ret = pktcap_file_merge_next(merge, &pkt, &which, &error))) {
		if (ret < 0) {
			assert_int_equal(ret, -ENODATA);
			assert_int_equal(error.code, ret);
			assert_int_equal(which, d->file);
			assert_null(pkt);
			errors++;
			continue;
		}
		assert_true(pkt->ts_ns > last);
		last = pkt->ts_ns;
		counts[which]++;
	}
	assert_int_equal(errors, 1);
	for (uint32_t f = 0; f < DAMAGE_FILES; f++)
		assert_int_equal(counts[f],
				 f == d->file ? d->kept : DAMAGE_EACH);
	pktcap_file_merge_close(merge);
	close_files(DAMAGE_FILES);
}

/* --- a pipe that has nothing yet is waited for, not left out --- */

static void move(int from, int to, size_t n)
{
	uint8_t piece[4096];

	assert_true(n <= sizeof(piece));
	assert_int_equal(read(from, piece, n), n);
	assert_int_equal(write(to, piece, n), n);
}

static void a_pipe_comes_late(void **state)
{
	const struct timed slow[] = { { 10, 0, 0 }, { 30, 0, 1 } };
	const struct timed quick[] = { { 20, 1, 0 } };
	struct pktcap_file_merge *merge;
	const struct pktcap_packet *pkt;
	int source = timed_file(slow, 2), pipes[2];
	uint32_t which;

	(void)state;
	assert_int_equal(pipe2(pipes, O_CLOEXEC | O_NONBLOCK), 0);
	move(source, pipes[1], 24);
	fds[0] = pipes[0];
	fds[1] = timed_file(quick, 1);
	readers[0] = timed_reader(fds[0]);
	readers[1] = timed_reader(fds[1]);
	merge = open_merge(2);
	for (uint32_t i = 0; i < 3; i++) {
		const struct timed *want = i == 1 ? quick : &slow[i / 2];

		/* The packet of file 1 must wait until 0 is known. */
		for (int again = 0; i != 2 && again < 2; again++) {
			assert_int_equal(pktcap_file_merge_next(merge, &pkt,
								&which, NULL),
					 -EAGAIN);
			assert_int_equal(which, 0);
		}
		if (i < 2)
			move(source, pipes[1], 16 + timed_length(&slow[i]));
		assert_int_equal(
			pktcap_file_merge_next(merge, &pkt, &which, NULL), 1);
		timed_expect(pkt, want);
	}
	close(pipes[1]);
	assert_int_equal(pktcap_file_merge_next(merge, &pkt, NULL, NULL), 0);
	pktcap_file_merge_close(merge);
	close_files(2);
	close(source);
}

static void too_many_readers(void **state)
{
	struct pktcap_file_merge *merge = (void *)bytes;
	struct pktcap_error error;

	(void)state;
	assert_int_equal(
		pktcap_file_merge_open(&merge, NULL, UINT32_MAX, &error),
		-EINVAL);
	assert_null(merge);
	assert_string_equal(error.call, "n");
}

static void nothing_is_closed(void **state)
{
	(void)state;
	pktcap_file_merge_close(NULL);
}

int main(void)
{
	enum {
		ROWS = sizeof(rows) / sizeof(rows[0]),
		DAMAGES = sizeof(damages) / sizeof(damages[0]),
	};
	struct CMUnitTest all[ROWS + DAMAGES + 4] = {
		cmocka_unit_test(files_out_of_order),
		cmocka_unit_test(a_pipe_comes_late),
		cmocka_unit_test(too_many_readers),
		cmocka_unit_test(nothing_is_closed),
	};
	size_t n = 4;

	ADD_ROWS(all, n, rows, in_order);
	ADD_ROWS(all, n, damages, one_is_damaged);
	return _cmocka_run_group_tests("file_merge", all, n, NULL, NULL);
}
