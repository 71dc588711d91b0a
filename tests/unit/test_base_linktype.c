// SPDX-License-Identifier: BSD-2-Clause
/* Link types have the names that tcpdump knows, in both directions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>

#include <pktcap/base.h>

#include "support/rows.h"

struct row {
	const char *name;
	const char *given; /* to look up; NULL: by number only */
	int number;
	const char *want; /* its name, NULL if there is none */
	const char *description;
};

static struct row rows[] = {
	{ "Ethernet", "EN10MB", 1, "EN10MB", "Ethernet" },
	{ "lower case", "en10mb", 1, "EN10MB", "Ethernet" },
	{ "cooked", "LINUX_SLL2", 276, "LINUX_SLL2", "Linux cooked v2" },
	{ "raw", "RAW", 101, "RAW", "Raw IP" },
	{ "a name with more", "EN10MBx", -ENOENT, NULL, NULL },
	{ "a name with less", "EN10M", -ENOENT, NULL, NULL },
	{ "no name", "", -ENOENT, NULL, NULL },
	{ "raw IP of BSD systems", NULL, 12, "RAW", "Raw IP" },
	{ "raw IP of OpenBSD", NULL, 14, "RAW", "Raw IP" },
	{ "a number without a name", NULL, 65535, NULL, NULL },
	{ "a number over 16 bits", NULL, 65537, NULL, NULL },
};

static void same(const char *got, const char *want)
{
	assert_int_equal(!got, !want);
	if (got)
		assert_string_equal(got, want);
}

static void run(void **state)
{
	const struct row *r = *state;

	if (r->given)
		assert_int_equal(pktcap_linktype_from_name(r->given),
				 r->number);
	same(pktcap_linktype_name((uint32_t)r->number), r->want);
	same(pktcap_linktype_description((uint32_t)r->number), r->description);
}

int main(void)
{
	enum { N = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[N];
	size_t n = 0;

	ADD_ROWS(tests, n, rows, run);
	return _cmocka_run_group_tests("base_linktype", tests, n, NULL, NULL);
}
