// SPDX-License-Identifier: BSD-2-Clause
/* What cannot be done is refused with a number and a sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <pktcap/device.h>
#include <string.h>

struct row {
	const char *name;
	const char *ifname;
	uint32_t mode;
	uint32_t method;
	int want;
	const char *text; /* is part of what is said */
};

static struct row rows[] = {
	{ "an unknown mode", "lo", 2, 0, -EINVAL, "PKTCAP_PROMISC_MODE" },
	{ "an unknown method", "lo", 0, 2, -EINVAL, "PKTCAP_PROMISC_METHOD" },
	{ "a name too long", "sixteen-bytes-xx", 0, 1, -ENAMETOOLONG,
	  "sixteen-bytes-xx: an interface name has at most 15 bytes" },
	{ "no such interface", "nosuch0", 0, 1, -ENODEV,
	  "nosuch0: no such interface" },
	{ "an empty name", "", 0, 1, -ENODEV, "no such interface" },
};

static void run(void **state)
{
	const struct row *r = *state;
	struct pktcap_device_promisc *holder = (void *)1;
	struct pktcap_error error;

	assert_int_equal(pktcap_device_promisc_open(&holder, r->ifname, r->mode,
						    r->method, &error),
			 r->want);
	assert_null(holder);
	assert_int_equal(error.code, r->want);
	assert_non_null(strstr(error.text, r->text));
	assert_int_equal(pktcap_device_promisc_open(&holder, r->ifname, r->mode,
						    r->method, NULL),
			 r->want);
}

static void test_watch_name(void **state)
{
	struct pktcap_device_watch *watch = (void *)1;

	(void)state;
	assert_int_equal(
		pktcap_device_watch_open(&watch, "sixteen-bytes-xx", NULL),
		-ENAMETOOLONG);
	assert_null(watch);
}

static void test_counters(void **state)
{
	struct pktcap_device_counters counters;

	(void)state;
	assert_int_equal(pktcap_device_counters(0, &counters), -ENODEV);
	assert_int_equal(pktcap_device_counters(INT32_MAX, &counters), -ENODEV);
	assert_int_equal(pktcap_device_counters(UINT32_MAX, &counters),
			 -ENODEV);
	assert_int_equal(pktcap_device_counters(1, &counters), 0);
}

static void test_list(void **state)
{
	struct pktcap_device_list *list;
	size_t n;

	(void)state;
	assert_int_equal(pktcap_device_list_open(&list, NULL), 0);
	n = pktcap_device_list_count(list);
	assert_true(n >= 1);
	assert_string_equal(pktcap_device_list_at(list, n - 1)->name, "any");
	assert_null(pktcap_device_list_at(list, n));
	assert_null(pktcap_device_list_at(list, SIZE_MAX));
	assert_null(pktcap_device_list_find(list, ""));
	pktcap_device_list_close(list);
}

static void test_sockets(void **state)
{
	struct pktcap_device_sockets *sockets = (void *)1;
	struct pktcap_error error;

	(void)state;
	assert_int_equal(pktcap_device_sockets_open(&sockets, 2, &error),
			 -EINVAL);
	assert_null(sockets);
	assert_int_equal(error.code, -EINVAL);
	assert_non_null(strstr(error.text, "PKTCAP_DEVICE_SOCKETS"));
	assert_int_equal(pktcap_device_sockets_open(&sockets, 0, NULL), 0);
	assert_null(pktcap_device_sockets_at(
		sockets, pktcap_device_sockets_count(sockets)));
	assert_null(pktcap_device_sockets_at(sockets, SIZE_MAX));
	assert_int_equal(pktcap_device_sockets_hidden(sockets), 0);
	pktcap_device_sockets_close(sockets);
}

static void test_close_nothing(void **state)
{
	(void)state;
	pktcap_device_list_close(NULL);
	pktcap_device_watch_close(NULL);
	pktcap_device_sockets_close(NULL);
	assert_int_equal(pktcap_device_promisc_close(NULL), 0);
}

int main(void)
{
	enum { N = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[N + 5] = {
		[N] = cmocka_unit_test(test_watch_name),
		[N + 1] = cmocka_unit_test(test_counters),
		[N + 2] = cmocka_unit_test(test_list),
		[N + 3] = cmocka_unit_test(test_close_nothing),
		[N + 4] = cmocka_unit_test(test_sockets),
	};

	for (size_t i = 0; i < N; i++)
		tests[i] = (struct CMUnitTest){
			.name = rows[i].name,
			.test_func = run,
			.initial_state = &rows[i],
		};
	return _cmocka_run_group_tests("device_errors", tests, N + 5, NULL,
				       NULL);
}
