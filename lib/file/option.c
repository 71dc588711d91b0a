// SPDX-License-Identifier: BSD-2-Clause
/*
 *  0         2         4                           4+len
 *  +---------+---------+----------------------------+-----------+
 *  |  code   |   len   |           value            | pad to 4  |
 *  +---------+---------+----------------------------+-----------+
 *
 * draft-ietf-opsawg-pcapng, Options.
 */
#include <errno.h>
#include <stdlib.h>

#include "file/interface.h"
#include "file/ng.h"

static bool is_custom(uint16_t code)
{
	return code == 2988 || code == 2989 || code == 19372 || code == 19373;
}

int pktcap_file_option_next(const uint8_t *options, size_t len,
			    uint32_t swapped, size_t *offset,
			    struct pktcap_file_option *option)
{
	struct bytes rest =
		bytes_slice((struct bytes){ options, len }, *offset, len);
	struct pktcap_file_option found = { 0 };
	size_t n;

	if (!rest.n)
		return 0;
	if (!ng_get16(rest, 0, swapped, &found.code) ||
	    !ng_get16(rest, 2, swapped, &found.len))
		return -EPROTO;
	if (found.code == NG_OPTION_END)
		return 0;
	if (!bytes_has(rest, 4, found.len))
		return -EPROTO;
	found.value = rest.p + 4;
	n = 4 + ng_padded(found.len);
	*offset += n < rest.n ? n : rest.n;
	if (is_custom(found.code) && ng_get32(rest, 4, swapped, &found.pen)) {
		if (found.len < 4)
			return -EPROTO;
		found.value += 4;
		found.len -= 4;
	}
	*option = found;
	return 1;
}

static size_t next(struct bytes options, bool swapped, size_t *at,
		   struct pktcap_file_option *o)
{
	return pktcap_file_option_next(options.p, options.n, swapped, at, o) ==
	       1;
}

/* @option as text where @w wants it, without what marks its kind. */
static bool is_wanted(const struct wanted_string *w,
		      struct pktcap_file_option *option)
{
	if (option->code != w->code || *w->out)
		return false;
	if (!w->is_filter)
		return true;
	if (!option->len || *option->value)
		return false; /* a program, not an expression */
	option->value++;
	option->len--;
	return true;
}

int option_strings(struct bytes options, bool swapped,
		   const struct wanted_string *wanted, size_t n, void **memory)
{
	struct pktcap_file_option o;
	size_t total = 0;
	char *text;

	*memory = NULL;
	for (size_t at = 0; next(options, swapped, &at, &o);)
		total += o.len + 1u;
	if (!total)
		return 0;
	*memory = text = malloc(total);
	if (!text)
		return -ENOMEM;
	for (size_t at = 0; next(options, swapped, &at, &o);)
		for (size_t i = 0; i < n; i++) {
			if (!is_wanted(&wanted[i], &o))
				continue;
			memcpy(text, o.value, o.len);
			text[o.len] = '\0';
			*wanted[i].out = text;
			text += o.len + 1u;
			break;
		}
	return 0;
}
