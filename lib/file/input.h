/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bytes of a file in their order, from a descriptor or from memory, as one
 * contiguous piece of the length wanted.
 */
#ifndef FILE_INPUT_H
#define FILE_INPUT_H

#include "base/bytes.h"

struct input {
	int fd;		    /* -1: memory, all of it is in @ready */
	struct bytes ready; /* read and not yet skipped */
	uint64_t offset;    /* of @ready in the input */
	uint8_t *buf;
	size_t size;
	bool ended;
};

void input_from_memory(struct input *in, struct bytes memory);
int input_from_fd(struct input *in, int fd);
/* Frees the buffer; the descriptor is its owner's to close. */
void input_free(struct input *in);

/*
 * Makes the next @n bytes ready, fewer where the input ends. The buffer grows
 * with the bytes that come, not with @n. Returns 0, -ENOMEM, or what read(2)
 * says; nothing is lost then.
 */
int input_fill(struct input *in, size_t n);
/* Past @n bytes that are ready; they stay readable until input_fill(). */
void input_skip(struct input *in, size_t n);

#endif
