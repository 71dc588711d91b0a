/* SPDX-License-Identifier: BSD-2-Clause */
/* What the program says on stderr. */
#ifndef PKTSNIFF_MESSAGE_H
#define PKTSNIFF_MESSAGE_H

#include <pktcap/base.h>

#include <stdio.h>

/* One line behind the name of the program. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * While the terminal shows something else, the last line goes to @note, and to
 * stderr only if that is elsewhere. NULL: to stderr again.
 */
void message_divert(char *note, size_t size);

/*
 * Why a call of the library failed with @code: its own sentence, which names
 * the thing it is about, or else the errno behind @what.
 */
void say_error(const char *what, int code, const struct pktcap_error *error);

/* Prints @text with control bytes as "?": names come from anywhere. */
void put_clean(FILE *to, const char *text);

/* "s", or "" for one: as in "1 packet", "2 packets". */
#define PLURAL(n) ((n) == 1 ? "" : "s")

#endif
