/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BASE_OPTS_H
#define BASE_OPTS_H

#include <pktcap/base.h>

/*
 * Copies a caller's size-prefixed options over the @known bytes at @dst; what
 * an older header does not have becomes zero. NULL @src: all zero.
 * Returns 0; -EINVAL if the size field is not set; -E2BIG if a field that this
 * version does not know is not zero.
 */
int opts_copy(void *dst, size_t known, const void *src,
	      struct pktcap_error *error);

#endif
