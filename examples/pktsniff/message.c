/* SPDX-License-Identifier: BSD-2-Clause */
#include "message.h"

#include <stdarg.h>
#include <string.h>
#include <unistd.h>

void put_clean(FILE *to, const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		putc(c < 0x20 || c == 0x7f ? '?' : c, to);
	}
}

static char *diverted;
static size_t diverted_size;

void message_divert(char *note, size_t size)
{
	diverted = note;
	diverted_size = size;
}

void say(const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (diverted)
		snprintf(diverted, diverted_size, "%s", text);
	if (diverted && isatty(STDERR_FILENO))
		return;
	fputs("pktsniff: ", stderr);
	put_clean(stderr, text);
	putc('\n', stderr);
}

void say_error(const char *what, int code, const struct pktcap_error *error)
{
	if (error->text[0])
		say("%s", error->text);
	else
		say("%s: %s", what, strerror(-code));
}
