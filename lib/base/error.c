// SPDX-License-Identifier: BSD-2-Clause
#include "base/error.h"

#include <string.h>

#include "base/text.h"

static void fill(struct pktcap_error *error, uint64_t offset, int code,
		 const char *call, const char *format, va_list args)
{
	struct text text;

	memset(error, 0, sizeof(*error));
	error->code = code;
	error->offset = offset;
	text = text_over(error->call, sizeof(error->call));
	text_safe(&text, call);
	text = text_over(error->text, sizeof(error->text));
	text_vformat(&text, format, args);
}

int error_set(struct pktcap_error *error, int code, const char *call,
	      const char *format, ...)
{
	va_list args;

	if (!error)
		return code;
	va_start(args, format);
	fill(error, 0, code, call, format, args);
	va_end(args);
	return code;
}

int error_set_at(struct pktcap_error *error, uint64_t offset, int code,
		 const char *call, const char *format, ...)
{
	va_list args;

	if (!error)
		return code;
	va_start(args, format);
	fill(error, offset, code, call, format, args);
	va_end(args);
	return code;
}
