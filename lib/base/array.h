/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

/*
 * Makes room for one more than @count elements of @element bytes in @array,
 * which has some for @room. 0, or -ENOMEM with the array as it was.
 */
static inline int array_grow(void **array, size_t *room, size_t count,
			     size_t element)
{
	size_t wanted = *room ? *room * 2 : 16, bytes;
	void *grown;

	if (count < *room)
		return 0;
	if (__builtin_mul_overflow(wanted, element, &bytes))
		return -ENOMEM;
	grown = realloc(*array, bytes);
	if (!grown)
		return -ENOMEM;
	*array = grown;
	*room = wanted;
	return 0;
}

#endif
