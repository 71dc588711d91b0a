/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The fields of a header as one line, for tests to compare:
 *
 *	op=1(request) chaddr=02:00:00:00:00:01 options[option{code=53 ...}]
 *
 * A pktcap_field_fn with a struct field_text as its argument.
 */
#ifndef TESTS_SUPPORT_FIELD_TEXT_H
#define TESTS_SUPPORT_FIELD_TEXT_H

#include <stddef.h>

#include <pktcap/proto.h>

struct field_text {
	char text[8192]; /* begin with all zero */
	size_t len;
	char end[8]; /* of each LIST and GROUP that is open */
};

/* Fails the test if the line does not fit, or if nesting is wrong. */
int field_text_add(void *arg, const struct pktcap_field *field);

#endif
