// SPDX-License-Identifier: BSD-2-Clause
/* The sum of RFC 1071: its example, odd lengths, pieces, and what it wants. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/checksum.h"

/* As the RFC defines it, byte by byte. */
static uint16_t slow(const uint8_t *data, size_t n)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += i % 2 ? data[i] : data[i] * 256u;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

static void every_length_and_alignment(void **state)
{
	uint8_t data[67];

	(void)state;
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(i * 89 + 200);
	for (size_t at = 0; at < 4; at++)
		for (size_t n = 0; n + at <= sizeof(data); n++)
			assert_int_equal(
				checksum_end(checksum_add(0, data + at, n)),
				slow(data + at, n));
}

static void pieces_are_the_whole(void **state)
{
	static const uint8_t data[] = { 0x00, 0x01, 0xf2, 0x03,
					0xf4, 0xf5, 0xf6, 0xf7 };
	uint64_t sum = checksum_add(0, data, 2);

	(void)state;
	sum = checksum_add(sum, data + 2, sizeof(data) - 2);
	assert_int_equal(checksum_end(sum), (uint16_t)~0xddf2);
}

/* An IPv4 header whose checksum is right, then another one. */
static void the_wanted_checksum_is_found(void **state)
{
	uint8_t header[] = { 0x45, 0,	 0,  0x28, 0, 1, 0,  0, 64, 6,
			     0x66, 0xcd, 10, 0,	   0, 1, 10, 0, 0,  2 };

	(void)state;
	assert_int_equal(checksum_end(checksum_add(0, header, sizeof(header))),
			 0);
	header[10] = 0x12;
	header[11] = 0x34;
	assert_int_equal(
		checksum_wanted(checksum_add(0, header, sizeof(header)),
				0x1234),
		0x66cd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_length_and_alignment),
		cmocka_unit_test(pieces_are_the_whole),
		cmocka_unit_test(the_wanted_checksum_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
