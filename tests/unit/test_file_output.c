// SPDX-License-Identifier: BSD-2-Clause
/*
 * What the kernel may answer to a write, by a script: less than asked, an
 * error behind it, another program's bytes in between, a file that grows only.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "file/output.h"
#include "support/rows.h"

enum { RECORD = 10, LIMIT = 40, STEPS = 4 };

/* One answer: @take bytes are written, or the call fails with @err. */
struct step {
	size_t take;
	int err;
};

struct row {
	const char *name;
	struct step steps[STEPS];
	int append;
	int sealed;	     /* against shrinking */
	const char *foreign; /* appended by somebody else before an error */
	int want;
	const char *torn;  /* the file then */
	const char *whole; /* the file in the end */
};

#define ABCD "aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd"
#define ABCDE ABCD "eeeeeeeeee"

static struct row rows[] = {
	{ "short writes",
	  { { 3, 0 }, { 8, 0 }, { 30, 0 }, { 99, 0 } },
	  0,
	  0,
	  NULL,
	  0,
	  ABCDE,
	  ABCDE },
	{ "interrupted",
	  { { 3, 0 }, { 0, EINTR }, { 99, 0 } },
	  0,
	  0,
	  NULL,
	  0,
	  ABCDE,
	  ABCDE },
	{ "nothing written, no error",
	  { { 3, 0 }, { 0, 0 } },
	  0,
	  0,
	  NULL,
	  -EIO,
	  "",
	  ABCD },
	{ "refused at once", { { 0, ENOSPC } }, 0, 0, NULL, -ENOSPC, "", ABCD },
	{ "refused inside a record",
	  { { 13, 0 }, { 0, ENOSPC } },
	  0,
	  0,
	  NULL,
	  -ENOSPC,
	  "aaaaaaaaaa",
	  ABCD },
	{ "refused between records",
	  { { 20, 0 }, { 0, ENOSPC } },
	  0,
	  0,
	  NULL,
	  -ENOSPC,
	  "aaaaaaaaaabbbbbbbbbb",
	  ABCD },
	{ "refused inside the new one",
	  { { 45, 0 }, { 0, ENOSPC } },
	  0,
	  0,
	  NULL,
	  -ENOSPC,
	  ABCD,
	  ABCD },
	{ "cannot be cut: completed",
	  { { 13, 0 }, { 0, ENOSPC } },
	  0,
	  1,
	  NULL,
	  -ENOSPC,
	  "aaaaaaaaaabbb",
	  ABCD },
	{ "cannot be cut, new one kept",
	  { { 45, 0 }, { 0, ENOSPC } },
	  0,
	  1,
	  NULL,
	  0,
	  ABCD "eeeee",
	  ABCDE },
	{ "append: cut",
	  { { 13, 0 }, { 0, ENOSPC } },
	  1,
	  0,
	  NULL,
	  -ENOSPC,
	  "aaaaaaaaaa",
	  ABCD },
	{ "append, cannot be cut: completed",
	  { { 13, 0 }, { 0, ENOSPC } },
	  1,
	  1,
	  NULL,
	  -ENOSPC,
	  "aaaaaaaaaabbb",
	  ABCD },
	{ "append, cannot be cut: new one kept",
	  { { 45, 0 }, { 0, ENOSPC } },
	  1,
	  1,
	  NULL,
	  0,
	  ABCD "eeeee",
	  ABCDE },
	{ "append, not alone: nobody is cut",
	  { { 13, 0 }, { 0, ENOSPC } },
	  1,
	  0,
	  "XX",
	  -ENOSPC,
	  "aaaaaaaaaabbbXX",
	  "aaaaaaaaaabbbXXbbbbbbbccccccccccdddddddddd" },
	{ "busy, room enough now",
	  { { 20, 0 }, { 0, EAGAIN } },
	  0,
	  0,
	  NULL,
	  0,
	  "aaaaaaaaaabbbbbbbbbb",
	  ABCDE },
	{ "busy, too little room",
	  { { 5, 0 }, { 0, EAGAIN } },
	  0,
	  0,
	  NULL,
	  -EAGAIN,
	  "",
	  ABCD },
};

static const struct step *next_step;
static const char *foreign;

static size_t write_part(int fd, const struct iovec *iov, int n, size_t most)
{
	size_t done = 0;

	for (int i = 0; i < n && done < most; i++) {
		size_t part = most - done;

		if (part > iov[i].iov_len)
			part = iov[i].iov_len;
		assert_int_equal(write(fd, iov[i].iov_base, part), part);
		done += part;
	}
	return done;
}

/* Stands before libc's. */
ssize_t writev(int fd, const struct iovec *iov, int n)
{
	const struct step *step = next_step;

	if (!step)
		return (ssize_t)write_part(fd, iov, n, SIZE_MAX);
	next_step++;
	if (!step->err)
		return (ssize_t)write_part(fd, iov, n, step->take);
	if (foreign) {
		/* Through a descriptor, and a position, of its own. */
		char path[] = "/proc/self/fd/?";
		int other;

		path[sizeof(path) - 2] = (char)('0' + fd);
		other = open(path, O_WRONLY | O_APPEND);
		assert_true(write(other, foreign, strlen(foreign)) > 0);
		close(other);
	}
	errno = step->err;
	return -1;
}

static size_t record_length(struct bytes rest, uint64_t offset)
{
	assert_int_equal(offset % RECORD, 0);
	assert_true(rest.n >= RECORD);
	return RECORD;
}

static void expect_file(int fd, const char *want)
{
	char got[2 * LIMIT + 1] = "";

	assert_true(pread(fd, got, sizeof(got) - 1, 0) >= 0);
	assert_string_equal(got, want);
}

static void run(void **state)
{
	const struct row *r = *state;
	int fd = memfd_create("output", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	const struct bytes head = { (const uint8_t *)"eeee", 4 };
	const struct bytes data = { (const uint8_t *)"eeeeee", 6 };
	struct output out;

	assert_in_range(fd, 0, 9);
	if (r->append)
		assert_int_equal(fcntl(fd, F_SETFL, O_APPEND), 0);
	if (r->sealed)
		assert_int_equal(fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK), 0);
	assert_int_equal(output_init(&out, LIMIT, RECORD, record_length), 0);
	assert_int_equal(output_attach(&out, fd), 0);
	assert_non_null(output_room(&out, LIMIT));
	memcpy(output_room(&out, LIMIT), ABCD, LIMIT);
	out.used = LIMIT;
	assert_null(output_room(&out, RECORD));

	next_step = r->steps;
	foreign = r->foreign;
	assert_int_equal(output_put(&out, head, data), r->want);
	expect_file(fd, r->torn);
	next_step = NULL;
	assert_int_equal(output_flush(&out), 0);
	expect_file(fd, r->whole);
	assert_int_equal(out.written + (r->foreign ? strlen(r->foreign) : 0),
			 strlen(r->whole));
	output_free(&out);
	close(fd);
}

int main(void)
{
	enum { N = sizeof(rows) / sizeof(rows[0]) };
	static struct CMUnitTest all[N];
	size_t n = 0;

	ADD_ROWS(all, n, rows, run);
	return _cmocka_run_group_tests("file_output", all, n, NULL, NULL);
}
