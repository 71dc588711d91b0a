// SPDX-License-Identifier: BSD-2-Clause
/* Positions beyond 2 GiB on 32-bit machines. */
#define _FILE_OFFSET_BITS 64
#include "file/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

int output_init(struct output *out, size_t limit, size_t record_max,
		output_length length)
{
	*out = (struct output){ .fd = -1, .limit = limit, .length = length };
	out->buf = malloc(limit > record_max ? limit : record_max);
	return out->buf ? 0 : -ENOMEM;
}

int output_grow(struct output *out, size_t size)
{
	uint8_t *buf = realloc(out->buf, size);

	if (!buf)
		return -ENOMEM;
	out->buf = buf;
	return 0;
}

int output_attach(struct output *out, int fd)
{
	int flags = fcntl(fd, F_GETFL);
	struct stat st;

	if (flags < 0 || fstat(fd, &st))
		return -errno;
	if ((flags & O_ACCMODE) == O_RDONLY)
		return -EBADF;
	out->fd = fd;
	out->regular = S_ISREG(st.st_mode);
	out->append = flags & O_APPEND;
	return 0;
}

void output_free(struct output *out)
{
	free(out->buf);
}

static struct iovec iovec_of(struct bytes b)
{
	struct iovec iov = { .iov_len = b.n };

	/* iov_base is not const, writev(2) reads only. */
	memcpy(&iov.iov_base, &b.p, sizeof(b.p));
	return iov;
}

/* How many of the bytes the kernel takes; why not all is in @err. */
static size_t send_all(int fd, struct iovec *iov, int n, int *err)
{
	size_t done = 0;

	*err = 0;
	while (n) {
		ssize_t got = writev(fd, iov, n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			*err = got ? -errno : -EIO;
			return done;
		}
		done += (size_t)got;
		for (; n && (size_t)got >= iov->iov_len; iov++, n--)
			got -= (ssize_t)iov->iov_len;
		if (n) {
			iov->iov_base = (uint8_t *)iov->iov_base + got;
			iov->iov_len -= (size_t)got;
		}
	}
	return done;
}

/* How many of the first @done bytes in the buffer are whole records. */
static size_t whole_records(const struct output *out, size_t done)
{
	size_t whole = 0;

	while (whole < out->used) {
		struct bytes rest = { out->buf + whole, out->used - whole };
		size_t n = out->length(rest, out->written + whole);

		if (n > rest.n || n > done - whole)
			break;
		whole += n;
	}
	return whole;
}

/* Bytes of other programs behind ours, which must not be cut off. */
static bool shared(const struct output *out, off_t our_end)
{
	struct stat st;

	return out->append && (fstat(out->fd, &st) || st.st_size != our_end);
}

/*
 * Makes the next byte go where the last @excess bytes went, and the file end
 * there. The position is asked for, not remembered: O_APPEND moves it. False
 * leaves it behind those bytes.
 */
static bool take_back(const struct output *out, size_t excess)
{
	off_t end = lseek(out->fd, -(off_t)excess, SEEK_CUR);

	if (end < 0)
		return false;
	if (!shared(out, end + (off_t)excess) && !ftruncate(out->fd, end))
		return true;
	/* Where even this fails they will be written over. */
	return lseek(out->fd, (off_t)excess, SEEK_CUR) < 0;
}

static void drop_front(struct output *out, size_t n)
{
	memmove(out->buf, out->buf + n, out->used - n);
	out->used -= n;
	out->written += n;
}

/*
 * After @done bytes of the buffer and of a record behind it were taken:
 * leaves in the buffer what is to be written next. True if that is the rest of
 * the record behind.
 */
static bool settle(struct output *out, size_t done)
{
	size_t whole = done;

	if (out->regular) {
		whole = whole_records(out, done);
		/* Bytes that stay must be completed, as on a pipe. */
		if (whole < done && !take_back(out, done - whole)) {
			out->regular = false;
			whole = done;
		}
	}
	if (whole <= out->used) {
		drop_front(out, whole);
		return false;
	}
	out->written += whole;
	out->used = 0;
	return true;
}

static void collect(struct output *out, struct bytes b)
{
	if (b.n)
		memcpy(out->buf + out->used, b.p, b.n);
	out->used += b.n;
}

int output_put(struct output *out, struct bytes head, struct bytes data)
{
	struct iovec iov[] = {
		iovec_of((struct bytes){ out->buf, out->used }),
		iovec_of(head),
		iovec_of(data),
	};
	size_t begun = out->used, done;
	int err;

	done = send_all(out->fd, iov, 3, &err);
	if (!err) {
		out->written += done;
		out->used = 0;
		return 0;
	}
	if (settle(out, done)) {
		collect(out, bytes_slice(head, done - begun, head.n));
		if (done - begun > head.n)
			data = bytes_slice(data, done - begun - head.n, data.n);
		collect(out, data);
		return 0;
	}
	/* A reader that is only slow may have made room enough. */
	if (err != -EAGAIN || !output_room(out, head.n + data.n))
		return err;
	collect(out, head);
	collect(out, data);
	return 0;
}

int output_flush(struct output *out)
{
	struct iovec iov = { out->buf, out->used };
	size_t done;
	int err;

	if (!out->used)
		return 0;
	done = send_all(out->fd, &iov, 1, &err);
	if (err) {
		settle(out, done);
		return err;
	}
	out->written += done;
	out->used = 0;
	return 0;
}

int output_sync(struct output *out)
{
	int err = output_flush(out);

	if (err)
		return err;
	while (fdatasync(out->fd)) {
		if (errno == EINVAL)
			return 0; /* pipes and sockets keep nothing */
		if (errno != EINTR)
			return -errno;
	}
	return 0;
}
