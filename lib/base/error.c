// SPDX-License-Identifier: BSD-2-Clause
#include "base/error.h"

#include <string.h>

#include "base/text.h"

int error_set_at(struct pktcap_error *error, uint64_t offset, int code,
		 const char *call, const char *format, ...)
{
	struct text text;
	va_list args;

	if (!error)
		return code;
	memset(error, 0, sizeof(*error));
	error->code = code;
	error->offset = offset;
	text = text_over(error->call, sizeof(error->call));
	text_safe(&text, call);
	text = text_over(error->text, sizeof(error->text));
	va_start(args, format);
	text_vformat(&text, format, args);
	va_end(args);
	return code;
}
