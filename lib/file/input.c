// SPDX-License-Identifier: BSD-2-Clause
#include "file/input.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { FIRST_SIZE = 65536 };

void input_from_memory(struct input *in, struct bytes memory)
{
	*in = (struct input){ .fd = -1, .ready = memory, .ended = true };
}

int input_from_fd(struct input *in, int fd)
{
	*in = (struct input){ .fd = fd, .size = FIRST_SIZE };
	in->buf = malloc(in->size);
	in->ready.p = in->buf;
	return in->buf ? 0 : -ENOMEM;
}

void input_free(struct input *in)
{
	free(in->buf);
}

static void move_to_front(struct input *in)
{
	memmove(in->buf, in->ready.p, in->ready.n);
	in->ready.p = in->buf;
}

static int grow(struct input *in)
{
	size_t size = in->size * 2;
	uint8_t *buf = realloc(in->buf, size);

	if (!buf)
		return -ENOMEM;
	in->buf = buf;
	in->size = size;
	in->ready.p = buf;
	return 0;
}

static int read_more(struct input *in)
{
	ssize_t got;

	do
		got = read(in->fd, in->buf + in->ready.n,
			   in->size - in->ready.n);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return -errno;
	in->ready.n += (size_t)got;
	in->ended = !got;
	return 0;
}

int input_fill(struct input *in, size_t n)
{
	int err = 0;

	if (in->ready.n >= n || in->ended)
		return 0;
	move_to_front(in);
	while (!err && in->ready.n < n && !in->ended) {
		if (in->ready.n == in->size)
			err = grow(in);
		if (!err)
			err = read_more(in);
	}
	return err;
}

void input_skip(struct input *in, size_t n)
{
	in->ready.p += n;
	in->ready.n -= n;
	in->offset += n;
}
