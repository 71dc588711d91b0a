/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bytes of a file in their order, from a descriptor, from a caller's function
 * or from memory, as one contiguous piece of the length wanted.
 *
 * Files are read, not mapped: who truncates a mapped file sends SIGBUS to its
 * readers, as does a disk that fails, and a library can neither catch that
 * nor rule it out. Through a buffer that stays in a CPU's cache, reading costs
 * 3 ns for a packet of 64 bytes.
 */
#ifndef FILE_INPUT_H
#define FILE_INPUT_H

#include <pktcap/file.h>

#include "base/bytes.h"

struct input {
	struct bytes ready; /* not yet skipped */
	uint64_t offset;    /* of @ready in the input */
	uint8_t *buf;	    /* NULL: memory */
	size_t size;
	struct pktcap_file_source source;
	int fd; /* -1: @source, or memory */
	bool ended;
};

void input_from_memory(struct input *in, struct bytes memory);
int input_from_fd(struct input *in, int fd);
int input_from_source(struct input *in, const struct pktcap_file_source *from);
/* Frees the buffer; the descriptor is its owner's to close. */
void input_free(struct input *in);

/*
 * Makes the next @n bytes ready, fewer where the input ends. The buffer grows
 * with the bytes that come, not with @n. Returns 0, -ENOMEM, or what read(2)
 * says; nothing is lost then.
 */
int input_fill(struct input *in, size_t n);

static inline int input_need(struct input *in, size_t n)
{
	return in->ready.n >= n ? 0 : input_fill(in, n);
}

/* Past @n bytes that are ready; they stay readable until input_fill(). */
static inline void input_skip(struct input *in, size_t n)
{
	in->ready.p += n;
	in->ready.n -= n;
	in->offset += n;
}

/* Lets input_fill() try again where it found the end: the file may grow. */
static inline void input_try_again(struct input *in)
{
	in->ended = !in->buf;
}

/* To @offset bytes from where the input began. -ESPIPE where that cannot be. */
int input_seek(struct input *in, uint64_t offset);
/* 0, or -ESPIPE. */
int input_seekable(const struct input *in);
/* Drops what is ready: the caller has moved the descriptor to @offset. */
void input_forget(struct input *in);
/* Goes on with another file at @fd, from its start. */
void input_replace(struct input *in, int fd);

#endif
