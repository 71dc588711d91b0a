// SPDX-License-Identifier: BSD-2-Clause
#include "device/words.h"

struct bytes words_line(struct bytes *rest)
{
	struct bytes line = *rest;
	size_t n = 0;

	while (n < line.n && line.p[n] != '\n')
		n++;
	*rest = bytes_slice(*rest, n + 1, SIZE_MAX);
	return bytes_slice(line, 0, n);
}

struct bytes words_next(struct bytes *rest)
{
	struct bytes word;
	size_t n = 0;

	while (n < rest->n && words_is_space(rest->p[n]))
		n++;
	*rest = bytes_slice(*rest, n, SIZE_MAX);
	for (n = 0; n < rest->n && !words_is_space(rest->p[n]);)
		n++;
	word = bytes_slice(*rest, 0, n);
	*rest = bytes_slice(*rest, n, SIZE_MAX);
	return word;
}

bool words_number(struct bytes word, uint32_t base, uint32_t *out)
{
	static const char digits[] = "0123456789abcdef";
	uint32_t value = 0;

	for (size_t i = 0; i < word.n; i++) {
		const char *digit = memchr(digits, word.p[i], base);

		if (!digit || __builtin_mul_overflow(value, base, &value) ||
		    __builtin_add_overflow(value, (uint32_t)(digit - digits),
					   &value))
			return false;
	}
	if (word.n)
		*out = value;
	return word.n;
}
