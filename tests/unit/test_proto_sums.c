// SPDX-License-Identifier: BSD-2-Clause
/* The sum of the Internet against its definition (RFC 1071, 1), byte by byte.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "proto/checksum.h"
#include "support/guard.h"

enum { LONGEST = 200 };

/* As a header has it: words in network order, zeros behind an odd byte. */
static uint16_t defined_sum(const uint8_t *p, size_t n)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < n; i++) {
		sum += i % 2 ? p[i] : (uint32_t)p[i] << 8;
		sum = (sum & 0xffff) + (sum >> 16);
	}
	return (uint16_t)sum;
}

/* The bytes end at a page that cannot be read. */
static void expect_sums(const uint8_t *bytes)
{
	for (size_t n = 0; n <= LONGEST; n++) {
		uint8_t *p = guard_copy(bytes, n);
		uint64_t sum = inet_sum(0, (struct bytes){ p, n });

		assert_int_equal(be16toh(inet_fold(sum)), defined_sum(p, n));
		guard_free(p, n);
	}
}

static void every_length(void **state)
{
	uint8_t bytes[LONGEST];

	(void)state;
	for (size_t i = 0; i < LONGEST; i++)
		bytes[i] = (uint8_t)(i * 37 + 11);
	expect_sums(bytes);
}

/* Carries, and the zero that is not the other zero. */
static void all_bits_and_none(void **state)
{
	uint8_t bytes[LONGEST];

	(void)state;
	memset(bytes, 0xff, sizeof(bytes));
	expect_sums(bytes);
	memset(bytes, 0, sizeof(bytes));
	expect_sums(bytes);
}

static void goes_on_from_a_sum(void **state)
{
	static const uint8_t bytes[] = { 0x12, 0x34, 0xab };
	uint64_t sum = inet_sum(htobe16(0xfff0), (struct bytes){ bytes, 3 });

	(void)state;
	assert_int_equal(be16toh(inet_fold(sum)), 0xbd25);
	assert_int_equal(inet_sum(5, (struct bytes){ NULL, 0 }), 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_length),
		cmocka_unit_test(all_bits_and_none),
		cmocka_unit_test(goes_on_from_a_sum),
	};

	return cmocka_run_group_tests_name("proto_sums", tests, NULL, NULL);
}
