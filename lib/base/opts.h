/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BASE_OPTS_H
#define BASE_OPTS_H

#include <pktcap/base.h>

#include <stddef.h>

/*
 * Copies a caller's size-prefixed options over the @known bytes at @dst; what
 * an older header does not have becomes zero. NULL @src: all zero.
 * Returns 0; -EINVAL if the size field is not set; -E2BIG if a field that this
 * version does not know is not zero.
 */
int opts_copy(void *dst, size_t known, const void *src,
	      struct pktcap_error *error);

/* A 32-bit field with a number in it: 0 is the default, which is in range. */
struct opts_range {
	char name[16];
	uint32_t offset;
	uint32_t min;
	uint32_t max;
};

#define OPTS_RANGE(type, field, least, most)               \
	{                                                  \
#field, offsetof(type, field), least, most \
	}

/*
 * Whether the @n fields of the options at @opts are 0 or in their range.
 * Returns 0, or -EINVAL explained with the name of the first that is not.
 */
int opts_check_ranges(const void *opts, const struct opts_range *ranges,
		      size_t n, struct pktcap_error *error);

/* The same for one number, called @name. */
int opts_check_number(const char *name, uint64_t value, uint64_t min,
		      uint64_t max, struct pktcap_error *error);

#endif
