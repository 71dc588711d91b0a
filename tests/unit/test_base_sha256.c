// SPDX-License-Identifier: BSD-2-Clause
/* SHA-256 agrees with the examples of FIPS 180-4, however it gets its input. */
#include <stdio.h>
#include <string.h>

#include "base/sha256.h"
#include "support/rows.h"

struct row {
	const char *name;
	const char *input;
	size_t times; /* the input, one after the other */
	const char *want;
};

static const struct row rows[] = {
	{ "nothing", "", 1,
	  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
	{ "one block", "abc", 1,
	  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
	{ "two blocks",
	  "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
	  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
	{ "a million of them", "a", 1000000,
	  "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0" },
};

static void test_hash(void **state)
{
	const struct row *row = *state;
	uint8_t hash[SHA256_SIZE];
	char hex[2 * SHA256_SIZE + 1];
	struct sha256 s;

	sha256_init(&s);
	for (size_t i = 0; i < row->times; i++)
		sha256_add(&s, row->input, strlen(row->input));
	sha256_end(&s, hash);
	for (size_t i = 0; i < sizeof(hash); i++)
		snprintf(hex + 2 * i, 3, "%02x", hash[i]);
	assert_string_equal(hex, row->want);
}

int main(void)
{
	struct CMUnitTest all[8];
	size_t n = 0;

	ADD_ROWS(all, n, rows, test_hash);
	return _cmocka_run_group_tests("base_sha256", all, n, NULL, NULL);
}
