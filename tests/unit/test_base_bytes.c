// SPDX-License-Identifier: BSD-2-Clause
/* A getter gives what is there and fails, leaving its output, where not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/bytes.h"
#include "support/guard.h"
#include "support/rows.h"

enum getter { U8, BE16, BE32, HOST16, HOST32, HOST64 };

struct row {
	const char *name;
	enum getter getter;
	size_t size; /* bytes there are */
	size_t off;
	bool want;
};

static struct row rows[] = {
	{ "u8: the last byte", U8, 8, 7, true },
	{ "u8: behind the end", U8, 8, 8, false },
	{ "u8: of nothing", U8, 0, 0, false },
	{ "u8: the largest offset", U8, 8, SIZE_MAX, false },
	{ "be16: the last two bytes", BE16, 8, 6, true },
	{ "be16: one byte short", BE16, 8, 7, false },
	{ "be16: an offset that wraps around", BE16, 8, SIZE_MAX, false },
	{ "be32: the last four bytes", BE32, 8, 4, true },
	{ "be32: an odd offset", BE32, 8, 1, true },
	{ "be32: one byte short", BE32, 8, 5, false },
	{ "be32: an offset that wraps around", BE32, 8, SIZE_MAX - 3, false },
	{ "host16: the last two bytes", HOST16, 8, 6, true },
	{ "host16: one byte short", HOST16, 8, 7, false },
	{ "host32: the last four bytes", HOST32, 8, 4, true },
	{ "host32: one byte short", HOST32, 8, 5, false },
	{ "host64: all eight bytes", HOST64, 8, 0, true },
	{ "host64: one byte short", HOST64, 8, 1, false },
	{ "host64: an offset that wraps around", HOST64, 8, SIZE_MAX, false },
};

static const uint8_t source[8] = { 0x81, 0x92, 0xa3, 0xb4,
				   0xc5, 0xd6, 0xe7, 0xf8 };

/* What a getter must give, worked out byte by byte or by the machine. */
static uint64_t expected(const struct row *r)
{
	const uint8_t *p = source + r->off;
	uint64_t value = 0;
	uint16_t host16;
	uint32_t host32;

	switch (r->getter) {
	case U8:
		return p[0];
	case BE16:
		return p[0] * 256u + p[1];
	case BE32:
		for (int i = 0; i < 4; i++)
			value = value * 256 + p[i];
		return value;
	case HOST16:
		memcpy(&host16, p, 2);
		return host16;
	case HOST32:
		memcpy(&host32, p, 4);
		return host32;
	default:
		memcpy(&value, p, 8);
		return value;
	}
}

static bool get(const struct row *r, struct bytes b, uint64_t *out)
{
	uint8_t u8 = 0x5a;
	uint16_t u16 = 0x5a;
	uint32_t u32 = 0x5a;
	bool ok;

	switch (r->getter) {
	case U8:
		ok = bytes_u8(b, r->off, &u8);
		*out = u8;
		return ok;
	case BE16:
	case HOST16:
		ok = r->getter == BE16 ? bytes_be16(b, r->off, &u16)
				       : bytes_host16(b, r->off, &u16);
		*out = u16;
		return ok;
	case BE32:
	case HOST32:
		ok = r->getter == BE32 ? bytes_be32(b, r->off, &u32)
				       : bytes_host32(b, r->off, &u32);
		*out = u32;
		return ok;
	default:
		return bytes_host64(b, r->off, out);
	}
}

static void run(void **state)
{
	const struct row *r = *state;
	uint8_t *p = guard_copy(source, r->size);
	uint64_t out = 0x5a;

	assert_int_equal(get(r, (struct bytes){ p, r->size }, &out), r->want);
	assert_int_equal(out, r->want ? expected(r) : 0x5a);
	guard_free(p, r->size);
}

int main(void)
{
	enum { N = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[N];
	size_t n = 0;

	ADD_ROWS(tests, n, rows, run);
	return _cmocka_run_group_tests("base_bytes", tests, n, NULL, NULL);
}
