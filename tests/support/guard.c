// SPDX-License-Identifier: BSD-2-Clause
#include "support/guard.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static size_t page(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

/* Whole pages that hold @n bytes; one even for none, so that p is mapped. */
static size_t span(size_t n)
{
	return n / page() * page() + page();
}

uint8_t *guard_copy(const void *src, size_t n)
{
	uint8_t *map = mmap(NULL, span(n) + page(), PROT_NONE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uint8_t *p;

	if (map == MAP_FAILED || mprotect(map, span(n), PROT_READ | PROT_WRITE))
		abort();
	p = map + span(n) - n;
	if (n)
		memcpy(p, src, n);
	return p;
}

void guard_free(uint8_t *p, size_t n)
{
	munmap(p + n - span(n), span(n) + page());
}
