// SPDX-License-Identifier: BSD-2-Clause
/* The fast writers of text: what libc writes, and never beyond the buffer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/put.h"
#include "support/rows.h"

enum { SIZE = 256, MANY = 20000 };

static const uint8_t hostile[] = "a b\x1b[0m\n\x7f\xc3\x80~";

static void uints(struct text *t)
{
	static const uint64_t values[] = {
		0,	     9,		 10,
		99,	     100,	 65535,
		1000000000,  UINT32_MAX, 1 + (uint64_t)UINT32_MAX,
		10000000000, UINT64_MAX,
	};

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		put_uint(t, values[i]);
		put_char(t, ' ');
	}
}

static void ints(struct text *t)
{
	put_int(t, 0);
	put_int(t, -1);
	put_int(t, INT64_MIN);
}

static void padded(struct text *t)
{
	put_padded(t, 7, 3);
	put_padded(t, 1234, 2);
	put_hex(t, 0xabc, 4);
	put_hex(t, 0, 0);
	put_hex(t, UINT64_MAX, 2);
}

static void octets(struct text *t)
{
	put_octets(t, hostile, 3, ':');
	put_octets(t, hostile, 2, '\0');
	put_octets(t, hostile, 0, ':');
	put_mac(t, hostile);
}

static void safe(struct text *t)
{
	put_safe(t, hostile, sizeof(hostile) - 1);
	put_safe_string(t, (const char *)hostile);
}

static void dump(struct text *t)
{
	put_dump(t, (const uint8_t *)"0123456789abcdef A\x1b", 19);
}

static const struct row {
	const char *name;
	void (*write)(struct text *t);
	const char *want;
} rows[] = {
	{ "decimal numbers of every length", uints,
	  "0 9 10 99 100 65535 1000000000 4294967295 4294967296 10000000000 "
	  "18446744073709551615 " },
	{ "negative numbers", ints, "0-1-9223372036854775808" },
	{ "a width is the least", padded, "00712340abc0ffffffffffffffff" },
	{ "bytes with and without separators", octets,
	  "61:20:62612061:20:62:1b:5b:30" },
	{ "hostile bytes are escaped", safe,
	  "a b^[[0m^J^?M-CM-^@~a b?[0m????~" },
	{ "a dump in lines", dump,
	  "\n\t0x0000:  3031 3233 3435 3637 3839 6162 6364 6566  "
	  "0123456789abcdef"
	  "\n\t0x0010:  2041 1b                                  .A." },
};

/* Whatever the size is: the same text, cut, and its whole length. */
static void check(void **state)
{
	const struct row *row = *state;
	char buf[SIZE + 1];

	for (size_t size = 0; size <= SIZE; size++) {
		struct text t = { .buf = buf, .size = size };
		size_t len = strlen(row->want);

		memset(buf, '#', sizeof(buf));
		row->write(&t);
		put_end(&t);
		assert_int_equal(t.len, len);
		assert_int_equal(buf[size], '#');
		if (!size)
			continue;
		assert_int_equal(strlen(buf), len < size ? len : size - 1);
		assert_memory_equal(buf, row->want, strlen(buf));
	}
}

/* Addresses with runs of zeros of all lengths and places. */
static void random_address(uint8_t *addr)
{
	for (int i = 0; i < 16; i++)
		addr[i] = random() % 3 ? 0 : (uint8_t)random();
	if (random() % 8 == 0)
		memset(addr, 0, 12);
	if (random() % 8 == 0)
		memset(addr + 10, 0xff, 2);
}

static void addresses_are_those_of_libc(void **state)
{
	char want[SIZE], buf[SIZE];
	uint8_t addr[16];

	(void)state;
	srandom(1);
	for (int i = 0; i < MANY; i++) {
		struct text t = { .buf = buf, .size = sizeof(buf) };

		random_address(addr);
		put_ipv6(&t, addr);
		put_char(&t, ' ');
		put_ipv4(&t, addr + 12);
		put_end(&t);
		inet_ntop(AF_INET6, addr, want, sizeof(want));
		strcat(want, " ");
		inet_ntop(AF_INET, addr + 12, want + strlen(want), 16);
		assert_string_equal(buf, want);
	}
}

int main(void)
{
	struct CMUnitTest tests[1 + sizeof(rows) / sizeof(rows[0])] = {
		cmocka_unit_test(addresses_are_those_of_libc),
	};
	size_t n = 1;

	ADD_ROWS(tests, n, rows, check);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
