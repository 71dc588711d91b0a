/* SPDX-License-Identifier: BSD-2-Clause */
#include "message.h"

#include <stdarg.h>
#include <string.h>
#include <unistd.h>

/*
 * How many bytes of UTF-8 begin at @text, 0 if none do. What is U+0080 to
 * U+009F there, or such a byte alone, is a control to terminals as well.
 */
static unsigned int utf8_len(const unsigned char *text)
{
	unsigned int len = 1;

	if (*text < 0x80)
		return *text >= 0x20 && *text != 0x7f;
	if (*text >= 0xc2 && *text < 0xf5)
		len += 1 + (*text >= 0xe0) + (*text >= 0xf0);
	for (unsigned int i = 1; i < len; i++)
		if ((text[i] & 0xc0) != 0x80)
			return 0;
	return len == 1 || (*text == 0xc2 && text[1] < 0xa0) ? 0 : len;
}

void put_clean(FILE *to, const char *text)
{
	while (*text) {
		unsigned int len = utf8_len((const unsigned char *)text);

		if (len)
			fwrite(text, 1, len, to);
		else
			putc('?', to);
		text += len ? len : 1;
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
