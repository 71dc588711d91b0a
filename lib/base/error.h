/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <pktcap/base.h>

/*
 * Fills @error, which may be NULL, and returns @code, so that a failing
 * function ends in "return error_set(...)". @format as text_format().
 */
int error_set(struct pktcap_error *error, int code, const char *call,
	      const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The same with a position in the input. */
int error_set_at(struct pktcap_error *error, uint64_t offset, int code,
		 const char *call, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

#endif
