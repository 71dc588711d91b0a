/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines and words of text files that people or the kernel wrote. */
#ifndef DEVICE_WORDS_H
#define DEVICE_WORDS_H

#include "base/bytes.h"

static inline bool words_is_space(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Takes the first line off @rest, without its end. */
struct bytes words_line(struct bytes *rest);
/* The same for the first word of a line; empty where there is none. */
struct bytes words_next(struct bytes *rest);
/* All of @word is a number in @base, 10 or 16. */
bool words_number(struct bytes word, uint32_t base, uint32_t *out);

#endif
