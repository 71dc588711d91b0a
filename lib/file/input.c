// SPDX-License-Identifier: BSD-2-Clause
/* Without it lseek(2) on a 32-bit machine refuses what is beyond 2 GiB. */
#define _FILE_OFFSET_BITS 64
#include "file/input.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { FIRST_SIZE = 128 * 1024 };

void input_from_memory(struct input *in, struct bytes memory)
{
	*in = (struct input){ .fd = -1, .ready = memory, .ended = true };
}

static int allocate(struct input *in)
{
	in->size = FIRST_SIZE;
	in->buf = malloc(in->size);
	in->ready.p = in->buf;
	return in->buf ? 0 : -ENOMEM;
}

int input_from_fd(struct input *in, int fd)
{
	*in = (struct input){ .fd = fd };
	return allocate(in);
}

int input_from_source(struct input *in, const struct pktcap_file_source *from)
{
	*in = (struct input){ .fd = -1, .source = *from };
	return allocate(in);
}

void input_free(struct input *in)
{
	free(in->buf);
}

static size_t consumed(const struct input *in)
{
	return (size_t)(in->ready.p - in->buf);
}

static size_t room(const struct input *in)
{
	return in->size - consumed(in) - in->ready.n;
}

static int grow(struct input *in)
{
	size_t before = consumed(in);
	uint8_t *buf;

	if (in->size > SIZE_MAX / 2)
		return -ENOMEM;
	buf = realloc(in->buf, in->size * 2);
	if (!buf)
		return -ENOMEM;
	in->buf = buf;
	in->size *= 2;
	in->ready.p = buf + before;
	return 0;
}

/*
 * Moves bytes only where as many were consumed before: all moves together cost
 * no more than reading did, whatever lengths a file states.
 */
static int make_room(struct input *in)
{
	if (consumed(in) >= in->ready.n && room(in) < in->size / 4) {
		memmove(in->buf, in->ready.p, in->ready.n);
		in->ready.p = in->buf;
	}
	return room(in) ? 0 : grow(in);
}

static ssize_t read_once(struct input *in)
{
	uint8_t *end = in->buf + consumed(in) + in->ready.n;
	size_t n = room(in);
	int64_t got;

	if (in->fd >= 0) {
		ssize_t ret = read(in->fd, end, n);

		return ret < 0 ? -errno : ret;
	}
	got = in->source.read(in->source.user, end, n);
	/* More than was asked for is written behind the buffer already. */
	return got > 0 && (uint64_t)got > n ? -EINVAL : (ssize_t)got;
}

static int read_more(struct input *in)
{
	ssize_t got;

	do
		got = read_once(in);
	while (got == -EINTR && in->fd >= 0);
	if (got < 0)
		return (int)got;
	in->ready.n += (size_t)got;
	in->ended = !got;
	return 0;
}

int input_fill(struct input *in, size_t n)
{
	int err = 0;

	while (!err && in->ready.n < n && !in->ended) {
		err = make_room(in);
		if (!err)
			err = read_more(in);
	}
	return err;
}

int input_seekable(const struct input *in)
{
	if (!in->buf)
		return 0;
	return in->fd < 0 || lseek(in->fd, 0, SEEK_CUR) < 0 ? -ESPIPE : 0;
}

/* The descriptor may have been moved before it was given to us. */
static int seek_fd(struct input *in, uint64_t offset)
{
	off_t now = in->fd < 0 ? -1 : lseek(in->fd, 0, SEEK_CUR);
	uint64_t end = in->offset + in->ready.n;

	if (now < 0)
		return -ESPIPE;
	now += (off_t)(offset - end);
	if (lseek(in->fd, now, SEEK_SET) < 0)
		return -errno;
	in->offset = offset;
	input_forget(in);
	return 0;
}

int input_seek(struct input *in, uint64_t offset)
{
	uint64_t first = in->buf ? in->offset - consumed(in) : 0;
	uint64_t end = in->offset + in->ready.n;
	const uint8_t *start = in->ready.p - (size_t)(in->offset - first);

	if (offset < first || offset > end)
		return in->buf ? seek_fd(in, offset) : -EINVAL;
	in->ready = (struct bytes){ start + (size_t)(offset - first),
				    (size_t)(end - offset) };
	in->offset = offset;
	return 0;
}

void input_forget(struct input *in)
{
	in->ready = (struct bytes){ in->buf, 0 };
	in->ended = false;
}

void input_replace(struct input *in, int fd)
{
	in->fd = fd;
	in->offset = 0;
	input_forget(in);
}
