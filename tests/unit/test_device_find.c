// SPDX-License-Identifier: BSD-2-Clause
/* Which device a name on a command line means, or may have been meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "device/list.h"
#include "support/rows.h"

struct row {
	const char *name;
	const char *asked;
	const char *found;   /* NULL: no device */
	const char *nearest; /* NULL: none near enough */
};

static struct row rows[] = {
	{ "its name", "eth0", "eth0", "eth0" },
	{ "an alternative name", "uplink-to-the-world", "wlp3s0", NULL },
	{ "its index", "7", "enp0s31f6", NULL },
	{ "a name of digits before an index", "3", "3", NULL },
	{ "the index of that one", "5", "3", NULL },
	{ "an index with zeros in front", "007", "enp0s31f6", NULL },
	{ "any", "any", "any", "any" },
	{ "index 0 is no interface", "0", NULL, NULL },
	{ "an index too large", "4294967303", NULL, NULL },
	{ "a negative index", "-7", NULL, NULL },
	{ "digits and more", "7x", NULL, NULL },
	{ "an empty name", "", NULL, NULL },
	{ "another number", "eth1", NULL, "eth0" },
	{ "letters exchanged", "ehto", NULL, NULL },
	{ "two letters exchanged", "eht0", NULL, "eth0" },
	{ "one too few", "eh0", NULL, "eth0" },
	{ "one too many", "etth0", NULL, "eth0" },
	{ "capitals", "ETH0", NULL, "eth0" },
	{ "three slips in a long name", "enp0x13f7", NULL, NULL },
	{ "two slips in a name of nine", "enp0s13f7", NULL, "enp0s31f6" },
	{ "something else", "docker0", NULL, NULL },
	{ "a very long name",
	  "eth0eth0eth0eth0eth0eth0eth0eth0eth0eth0eth0eth0", NULL, NULL },
};

static const char *const altnames[] = { "wifi", "uplink-to-the-world" };

static struct entry entries[] = {
	{ .device = { .ifindex = 1, .name = "lo" } },
	{ .device = { .ifindex = 2, .name = "eth0" } },
	{ .device = { .ifindex = 3,
		      .name = "wlp3s0",
		      .altnames = altnames,
		      .altname_count = 2 } },
	{ .device = { .ifindex = 5, .name = "3" } },
	{ .device = { .ifindex = 7, .name = "enp0s31f6" } },
	{ .device = { .ifindex = 0, .name = "any" } },
};

static void check(const struct pktcap_device *got, const char *want)
{
	if (!want)
		assert_null(got);
	else if (!got)
		fail_msg("no device, not %s", want);
	else
		assert_string_equal(got->name, want);
}

static void run(void **state)
{
	const struct row *r = *state;
	const struct pktcap_device_list list = {
		.entries = entries,
		.count = sizeof(entries) / sizeof(entries[0]),
	};

	check(pktcap_device_list_find(&list, r->asked), r->found);
	check(pktcap_device_list_nearest(&list, r->asked), r->nearest);
}

int main(void)
{
	enum { N = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[N];
	size_t n = 0;

	ADD_ROWS(tests, n, rows, run);
	return _cmocka_run_group_tests("device_find", tests, n, NULL, NULL);
}
