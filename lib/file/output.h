/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whole records on their way into a descriptor, collected in a buffer. What
 * the kernel refuses stays there, and a regular file never keeps a piece of a
 * record at its end.
 */
#ifndef FILE_OUTPUT_H
#define FILE_OUTPUT_H

#include "base/bytes.h"

/* Length of the record at the start of @rest, @offset bytes into the output. */
typedef size_t (*output_length)(struct bytes rest, uint64_t offset);

struct output {
	int fd;
	bool regular; /* bytes can be taken back */
	bool append;  /* other programs may write behind ours */
	uint8_t *buf;
	size_t limit; /* more than this is not collected; 0: nothing is */
	size_t used;
	uint64_t written; /* bytes the kernel has taken, and kept */
	output_length length;
};

/*
 * The buffer holds max(@limit, @record_max) bytes: on a pipe, the rest of a
 * record that was begun must find room, whatever the limit.
 */
int output_init(struct output *out, size_t limit, size_t record_max,
		output_length length);
/* Makes the buffer hold @size bytes. */
int output_grow(struct output *out, size_t size);
/* -EBADF where @fd is not open for writing. */
int output_attach(struct output *out, int fd);
/* Frees the buffer; the descriptor is its owner's to close. */
void output_free(struct output *out);

/*
 * Where the next record of @n bytes goes, or NULL if it has to go through
 * output_put(). The caller fills it and adds @n to @used.
 */
static inline uint8_t *output_room(const struct output *out, size_t n)
{
	return out->used + n <= out->limit ? out->buf + out->used : NULL;
}

/*
 * Everything collected, then one record that finds no room behind it. Negative
 * means that the record is not stored; what was collected is, some of it
 * perhaps written already.
 */
int output_put(struct output *out, struct bytes head, struct bytes data);
int output_flush(struct output *out);
int output_sync(struct output *out);

#endif
