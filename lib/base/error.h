/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <pktcap/base.h>

/*
 * Fills @error, which may be NULL, and returns @code, so that a failing
 * function ends in "return error_set(...)". @offset is a position in the
 * input, @format as text_format().
 */
int error_set_at(struct pktcap_error *error, uint64_t offset, int code,
		 const char *call, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* The same where there is no position; one function less in small programs. */
#define error_set(error, ...) error_set_at(error, 0, __VA_ARGS__)

#endif
