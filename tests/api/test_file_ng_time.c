// SPDX-License-Identifier: BSD-2-Clause
/* Times of pcapng: each resolution and offset, to the last nanosecond. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pktcap/file.h>

#include "support/blocks.h"
#include "support/rows.h"

#define NS INT64_C(1000000000)

static struct blocks b;

/* --- resolutions of time --- */

struct moment {
	const char *name;
	uint64_t ticks;
	int64_t offset_s;
	int64_t ts_ns;
	int clamped;
	uint8_t resolution;
};

static struct moment moments[] = {
	{ "microseconds", 1700000000123456, 0, 1700000000123456000, 0, 6 },
	{ "nanoseconds", 1700000000123456789, 0, 1700000000123456789, 0, 9 },
	{ "seconds", 7, 0, 7 * NS, 0, 0 },
	{ "seconds beyond 2262", 9223372037, 0, INT64_MAX, 1, 0 },
	{ "last second", 9223372036, 0, 9223372036 * NS, 0, 0 },
	{ "all ones, seconds", UINT64_MAX, 0, INT64_MAX, 1, 0 },
	{ "all ones, nanoseconds", UINT64_MAX, 0, INT64_MAX, 1, 9 },
	{ "last nanosecond", INT64_MAX, 0, INT64_MAX, 0, 9 },
	{ "picoseconds", 1234567891234, 0, 1234567891, 0, 12 },
	{ "10^-18", UINT64_MAX, 0, 18446744073, 0, 18 },
	{ "10^-19", UINT64_MAX, 0, 1844674407, 0, 19 },
	{ "10^-20", UINT64_MAX, 0, 184467440, 0, 20 },
	{ "10^-28", UINT64_MAX, 0, 1, 0, 28 },
	{ "10^-29", UINT64_MAX, 0, 0, 0, 29 },
	{ "10^-127", UINT64_MAX, 0, 0, 0, 127 },
	{ "2^0", 7, 0, 7 * NS, 0, 0x80 },
	{ "2^-1", 15, 0, 7 * NS + NS / 2, 0, 0x81 },
	{ "2^-10", 1025, 0, NS + 976562, 0, 0x8a },
	{ "2^-31", 0x180000000, 0, 3 * NS, 0, 0x9f },
	{ "2^-31, fraction", 0x1c0000000, 0, 3 * NS + NS / 2, 0, 0x9f },
	{ "2^-32", 0x180000000, 0, NS + NS / 2, 0, 0xa0 },
	{ "2^-33", 0x180000000, 0, 750000000, 0, 0xa1 },
	{ "2^-63", UINT64_MAX, 0, 2 * NS - 1, 0, 0xbf },
	{ "2^-64", UINT64_MAX, 0, NS - 1, 0, 0xc0 },
	{ "2^-65", UINT64_MAX, 0, NS / 2 - 1, 0, 0xc1 },
	{ "2^-96", UINT64_MAX, 0, 0, 0, 0xe0 },
	{ "2^-127", UINT64_MAX, 0, 0, 0, 0xff },
	{ "2^-1, all ones", UINT64_MAX, 0, INT64_MAX, 1, 0x81 },
	{ "offset", 5000000, 10, 15 * NS, 0, 6 },
	{ "offset back", 5000000, -10, -5 * NS, 0, 6 },
	{ "offset back, fraction", 5500000, -10, -5 * NS + NS / 2, 0, 6 },
	{ "offset brings it back", 9223372037, -1, 9223372036 * NS, 0, 0 },
	{ "greatest offset", 5000000, INT64_MAX, INT64_MAX, 1, 6 },
	{ "least offset", 5000000, INT64_MIN, INT64_MIN, 1, 6 },
	{ "both greatest", UINT64_MAX, INT64_MAX, INT64_MAX, 1, 0 },
};

static void run_moment(void **state)
{
	const struct moment *m = *state;
	struct pktcap_file_record record;

	for (int big = 0; big < 2; big++) {
		struct pktcap_file_reader *reader;
		const struct pktcap_packet *pkt;

		b.n = 0;
		b.big = big;
		blocks_section(&b);
		blocks_begin(&b, 1);
		blocks_put(&b, 1, 2);
		blocks_put(&b, 0, 2);
		blocks_put(&b, 0, 4);
		blocks_option_number(&b, 9, m->resolution, 1);
		if (m->offset_s)
			blocks_option_number(&b, 14, (uint64_t)m->offset_s, 8);
		blocks_options_end(&b);
		blocks_end(&b);
		blocks_packet(&b, 0, m->ticks, 1, 5);
		assert_int_equal(pktcap_file_reader_open_memory(
					 &reader, b.bytes, b.n, NULL, NULL),
				 0);
		assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL),
				 1);
		if (pkt->ts_ns != m->ts_ns)
			fail_msg("%lld, not %lld", (long long)pkt->ts_ns,
				 (long long)m->ts_ns);
		pktcap_file_reader_record(reader, &record);
		assert_int_equal(record.has,
				 m->clamped ? PKTCAP_FILE_TIME_CLAMPED : 0);
		assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL),
				 0);
		pktcap_file_reader_close(reader);
	}
}

int main(void)
{
	enum { N = sizeof(moments) / sizeof(moments[0]) };
	struct CMUnitTest tests[N];
	size_t n = 0;

	ADD_ROWS(tests, n, moments, run_moment);
	return _cmocka_run_group_tests("file_ng_time", tests, n, NULL, NULL);
}
