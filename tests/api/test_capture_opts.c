// SPDX-License-Identifier: BSD-2-Clause
/* What cannot be meant is refused before anything is opened, by its name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <pktcap/pktcap.h>
#include <string.h>

struct row {
	const char *name;
	struct pktcap_capture_opts opts;
	int want;
	const char *call; /* the option that is named */
};

static const struct pktcap_insn no_return = { 0x00, 0, 0, 1 };
static char something;

#define OPTS(...) PKTCAP_CAPTURE_OPTS(__VA_ARGS__)

static struct row rows[] = {
	{ "size not set", { .snaplen = 96 }, -EINVAL, "size" },
	{ "size too small", { .size = 3 }, -EINVAL, "size" },
	{ "unknown flag", OPTS(.flags = 1u << 6), -EINVAL, "flags" },
	{ "highest flag", OPTS(.flags = 1u << 31), -EINVAL, "flags" },
	{ "engine", OPTS(.engine = 3), -EINVAL, "engine" },
	{ "engine -1", OPTS(.engine = UINT32_MAX), -EINVAL, "engine" },
	{ "stamp", OPTS(.stamp = 5), -EINVAL, "stamp" },
	{ "stamp by ioctl from a ring",
	  OPTS(.engine = PKTCAP_ENGINE_RING, .stamp = PKTCAP_STAMP_SIOCGSTAMP),
	  -EINVAL, "stamp" },
	{ "snaplen", OPTS(.snaplen = 262145), -EINVAL, "snaplen" },
	{ "snaplen -1", OPTS(.snaplen = UINT32_MAX), -EINVAL, "snaplen" },
	{ "max_delay_us", OPTS(.max_delay_us = 10000001), -EINVAL,
	  "max_delay_us" },
	{ "direction", OPTS(.direction = 4), -EINVAL, "direction" },
	{ "batch", OPTS(.batch = 1025), -EINVAL, "batch" },
	{ "ring too small", OPTS(.ring_bytes = 65535), -EINVAL, "ring_bytes" },
	{ "ring too large", OPTS(.ring_bytes = 1ull << 60), -EINVAL,
	  "ring_bytes" },
	{ "block too small", OPTS(.block_bytes = 32768), -EINVAL,
	  "block_bytes" },
	{ "block too large", OPTS(.block_bytes = 1u << 27), -EINVAL,
	  "block_bytes" },
	{ "block no power of two", OPTS(.block_bytes = 98304), -EINVAL,
	  "block_bytes" },
	{ "filter without length", OPTS(.filter = &no_return), -EINVAL,
	  "filter" },
	{ "length without filter", OPTS(.filter_len = 1), -EINVAL, "filter" },
	{ "reserved", OPTS(.reserved = &something), -EINVAL, "reserved" },
};

static void refused(void **state)
{
	const struct row *row = *state;
	struct pktcap_capture *cap = (void *)&something;
	struct pktcap_error error = { 0 };

	assert_int_equal(pktcap_capture_open(&cap, "lo", &row->opts, &error),
			 row->want);
	assert_null(cap);
	assert_int_equal(error.code, row->want);
	assert_string_equal(error.call, row->call);
	assert_non_null(strstr(error.text,
			       strcmp(row->call, "size") ? row->call : "size"));
	/* The error argument is optional. */
	assert_int_equal(pktcap_capture_open(&cap, "lo", &row->opts, NULL),
			 row->want);
}

struct newer {
	struct pktcap_capture_opts known;
	uint64_t unknown;
};

static void options_of_other_versions(void **state)
{
	struct newer newer = { .known.size = sizeof(newer) };
	struct pktcap_capture_opts older = { .size = 8, .engine = 99 };
	struct pktcap_capture *cap;

	(void)state;
	/* Unknown fields that are zero, and fields behind size, do not matter.
	 */
	assert_int_equal(
		pktcap_capture_open(&cap, "nosuch0", &newer.known, NULL),
		-ENODEV);
	assert_int_equal(pktcap_capture_open(&cap, "nosuch0", &older, NULL),
			 -ENODEV);
	newer.unknown = 1;
	assert_int_equal(
		pktcap_capture_open(&cap, "nosuch0", &newer.known, NULL),
		-E2BIG);
}

static void interfaces_that_cannot_be(void **state)
{
	static const struct {
		const char *name;
		uint32_t flags;
		int want;
	} names[] = {
		{ "", 0, -EINVAL },
		{ "nosuch0", 0, -ENODEV },
		{ "4294967295", 0, -ENODEV },
		{ "99999999999999999999", 0, -ENAMETOOLONG },
		{ "a-name-longer-than-fifteen", 0, -ENAMETOOLONG },
		{ "a-name-longer-than-fifteen", PKTCAP_CAPTURE_WAIT,
		  -ENAMETOOLONG },
		{ "\x1b[31mred", 0, -ENODEV },
	};
	struct pktcap_error error;
	struct pktcap_capture *cap;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct pktcap_capture_opts opts = OPTS(.flags = names[i].flags);

		assert_int_equal(
			pktcap_capture_open(&cap, names[i].name, &opts, &error),
			names[i].want);
		assert_null(cap);
		assert_true(strlen(error.text) > 10);
		for (const char *c = error.text; *c; c++)
			assert_in_range(*c, ' ', '~');
	}
}

static void close_of_nothing(void **state)
{
	(void)state;
	pktcap_capture_close(NULL);
}

static void engines_have_names(void **state)
{
	(void)state;
	assert_string_equal(pktcap_capture_engine_name(0), "auto");
	assert_string_equal(pktcap_capture_engine_name(1), "recv");
	assert_string_equal(pktcap_capture_engine_name(2), "ring");
	assert_null(pktcap_capture_engine_name(3));
}

int main(void)
{
	enum { ROWS = sizeof(rows) / sizeof(rows[0]) };
	const struct CMUnitTest others[] = {
		cmocka_unit_test(options_of_other_versions),
		cmocka_unit_test(interfaces_that_cannot_be),
		cmocka_unit_test(close_of_nothing),
		cmocka_unit_test(engines_have_names),
	};
	struct CMUnitTest tests[ROWS];

	for (size_t i = 0; i < ROWS; i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name,
						.test_func = refused,
						.initial_state = &rows[i] };
	return _cmocka_run_group_tests("capture options", tests, ROWS, NULL,
				       NULL) +
	       cmocka_run_group_tests(others, NULL, NULL);
}
