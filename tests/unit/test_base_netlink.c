// SPDX-License-Identifier: BSD-2-Clause
/* Messages and attributes are taken whole or not at all, at any length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <linux/netlink.h>
#include <string.h>

#include "base/netlink.h"
#include "support/guard.h"

struct row {
	const char *name;
	uint32_t len;  /* what the header says */
	size_t there;  /* bytes there are */
	int body;      /* bytes of body to get, -1: no message */
	size_t left;   /* bytes of the rest afterwards */
	size_t header; /* of a message, or of an attribute */
};

enum { MESSAGE = NLMSG_HDRLEN, ATTR = NLA_HDRLEN };

static struct row rows[] = {
	{ "message: only a header", 16, 16, 0, 0, MESSAGE },
	{ "message: with a body", 20, 20, 4, 0, MESSAGE },
	{ "message: padding that is there", 17, 20, 1, 0, MESSAGE },
	{ "message: padding that is not", 17, 17, 1, 0, MESSAGE },
	{ "message: another behind it", 18, 40, 2, 20, MESSAGE },
	{ "message: one byte short", 20, 19, -1, 19, MESSAGE },
	{ "message: shorter than its header", 15, 40, -1, 40, MESSAGE },
	{ "message: length 0", 0, 40, -1, 40, MESSAGE },
	{ "message: the largest length", UINT32_MAX, 40, -1, 40, MESSAGE },
	{ "message: half a header", 16, 15, -1, 15, MESSAGE },
	{ "message: nothing", 0, 0, -1, 0, MESSAGE },
	{ "attribute: only a header", 4, 4, 0, 0, ATTR },
	{ "attribute: with a value", 8, 8, 4, 0, ATTR },
	{ "attribute: padding that is not there", 5, 5, 1, 0, ATTR },
	{ "attribute: another behind it", 6, 12, 2, 4, ATTR },
	{ "attribute: one byte short", 8, 7, -1, 7, ATTR },
	{ "attribute: shorter than its header", 3, 8, -1, 8, ATTR },
	{ "attribute: length 0", 0, 8, -1, 8, ATTR },
	{ "attribute: the largest length", UINT16_MAX, 8, -1, 8, ATTR },
	{ "attribute: half a header", 4, 3, -1, 3, ATTR },
};

static void write_length(const struct row *r, uint8_t *p)
{
	uint16_t short_len = (uint16_t)r->len;

	if (r->header == MESSAGE)
		memcpy(p, &r->len, sizeof(r->len));
	else
		memcpy(p, &short_len, sizeof(short_len));
}

static void run(void **state)
{
	const struct row *r = *state;
	struct netlink_message message;
	struct netlink_attr attr;
	struct bytes rest, body;
	uint8_t *copy;
	uint8_t bytes[64] = { 0 };
	bool got;

	write_length(r, bytes);
	copy = guard_copy(bytes, r->there);
	rest = (struct bytes){ copy, r->there };
	if (r->header == MESSAGE) {
		got = netlink_next_message(&rest, &message);
		body = got ? message.body : rest;
	} else {
		got = netlink_next_attr(&rest, &attr);
		body = got ? attr.value : rest;
	}
	assert_int_equal(got, r->body >= 0);
	if (got)
		assert_int_equal(body.n, r->body);
	assert_int_equal(rest.n, r->left);
	guard_free(copy, r->there);
}

static void test_type_flags(void **state)
{
	const struct nlattr header = { .nla_len = 4,
				       .nla_type = NLA_F_NESTED | 7 };
	struct bytes rest = { (const uint8_t *)&header, sizeof(header) };
	struct netlink_attr attr;

	(void)state;
	assert_true(netlink_next_attr(&rest, &attr));
	assert_int_equal(attr.type, 7);
}

static void test_string(void **state)
{
	const uint8_t *name = (const uint8_t *)"eth0\0junk";
	char out[5];

	(void)state;
	netlink_string((struct bytes){ name, 9 }, out, sizeof(out));
	assert_string_equal(out, "eth0");
	netlink_string((struct bytes){ name, 3 }, out, sizeof(out));
	assert_string_equal(out, "eth");
	netlink_string((struct bytes){ NULL, 0 }, out, sizeof(out));
	assert_string_equal(out, "");
	netlink_string((struct bytes){ name, 9 }, out, 3);
	assert_string_equal(out, "et");
}

int main(void)
{
	enum { N = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[N + 2] = {
		[N] = cmocka_unit_test(test_type_flags),
		[N + 1] = cmocka_unit_test(test_string),
	};

	for (size_t i = 0; i < N; i++)
		tests[i] = (struct CMUnitTest){
			.name = rows[i].name,
			.test_func = run,
			.initial_state = &rows[i],
		};
	return _cmocka_run_group_tests("base_netlink", tests, N + 2, NULL,
				       NULL);
}
