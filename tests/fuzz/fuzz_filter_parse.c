// SPDX-License-Identifier: BSD-2-Clause
/* Any text is refused or a tree, which printed reads back the same. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "filter/ast.h"

enum { TEXT_MAX = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int print(const char *p, size_t n, uint32_t flags, char *out)
{
	struct arena arena = arena_limited(1 << 24);
	struct text text = text_over(out, TEXT_MAX);
	struct pktcap_error error;
	struct ast *ast;
	int rc = filter_parse(&arena, p, n, flags, &ast, &error);

	if (!rc)
		rc = filter_print_ast(&arena, ast, &text);
	arena_free(&arena);
	return rc ? -1 : (int)text.len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char first[TEXT_MAX], second[TEXT_MAX];
	int n = print((const char *)data, size, FILTER_EXTENDED, first);

	if (n > 0 && n < TEXT_MAX &&
	    (print(first, (size_t)n, FILTER_EXTENDED, second) != n ||
	     memcmp(first, second, (size_t)n) != 0))
		abort();
	print((const char *)data, size, 0, first);
	filter_print_tokens((const char *)data, size, FILTER_EXTENDED,
			    &(struct text){ first, TEXT_MAX, 0 });
	return 0;
}
