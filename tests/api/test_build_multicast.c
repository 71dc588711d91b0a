// SPDX-License-Identifier: BSD-2-Clause
/* Building IGMP and multicast listener messages. */
#include <errno.h>

#include "support/built.h"
#include "support/rows.h"

#define GROUP4               \
	{                    \
		239, 1, 2, 3 \
	}
#define GROUP6                    \
	{                         \
		0xff, 2, [15] = 9 \
	}
#define GROUP6_HEX "ff02 0000 0000 0000 0000 0000 0000 0009"

static const uint8_t sources[32] = { 10, 0, 0, 1, 10, 0, 0, 2 };

static void report_v2(struct pktcap_build *b)
{
	const struct pktcap_igmp igmp = { .type = 0x16,
					  .version = 2,
					  .group = GROUP4 };

	pktcap_build_igmp(b, &igmp, 0);
}

static void put_query_v3(struct pktcap_build *b, uint32_t keep)
{
	const struct pktcap_igmp igmp = { .type = 0x11,
					  .max_response = 100,
					  .version = 3,
					  .group = GROUP4,
					  .query_flags = 10,
					  .interval_code = 125,
					  .count = 9,
					  .checksum = 0x1234,
					  .sources = sources,
					  .sources_len = 8 };

	pktcap_build_igmp(b, &igmp, keep);
}

static void query_v3(struct pktcap_build *b)
{
	put_query_v3(b, 0);
}

static void query_v3_kept(struct pktcap_build *b)
{
	put_query_v3(b, PKTCAP_KEEP_ALL);
}

static const struct pktcap_multicast_record records[] = {
	{ .version = 4,
	  .type = 3,
	  .group = GROUP4,
	  .source_count = 2,
	  .sources = sources },
	{ .version = 4,
	  .type = 6,
	  .group = GROUP4,
	  .auxiliary = sources,
	  .auxiliary_len = 5 },
};
#define RECORDS                                 \
	"03 00 0002 ef010203 0a000001 0a000002" \
	"06 02 0000 ef010203 0a000001 0a 000000"

static void report_v3(struct pktcap_build *b)
{
	struct pktcap_igmp igmp = { .type = 0x22, .version = 3 };
	uint8_t buf[64];
	int len = pktcap_multicast_records_put(buf, sizeof(buf), records, 2);

	assert_in_range(len, 0, sizeof(buf));
	igmp.body = buf;
	igmp.body_len = (uint32_t)len;
	pktcap_build_igmp(b, &igmp, 0);
}

static const struct pktcap_mld listener = {
	.type = PKTCAP_ICMP6_LISTENER_QUERY,
	.version = 1,
	.code = 1,
	.checksum = 0x1234,
	.max_response = 1000,
	.reserved_word = 7,
	.group = GROUP6,
};

static void mld_v1(struct pktcap_build *b)
{
	pktcap_build_mld(b, &listener, PKTCAP_KEEP_CHECKSUM);
}

static void mld_v2(struct pktcap_build *b)
{
	struct pktcap_mld mld = listener;

	mld.version = 2;
	mld.query_flags = 2;
	mld.interval_code = 125;
	mld.sources = sources;
	mld.sources_len = 32;
	pktcap_build_mld(b, &mld, PKTCAP_KEEP_CHECKSUM);
}

static void mld_report_v2(struct pktcap_build *b)
{
	const struct pktcap_multicast_record record = { .version = 6,
							.type = 4,
							.group = GROUP6 };
	struct pktcap_mld mld = listener;
	uint8_t buf[20];

	assert_int_equal(pktcap_multicast_records_put(buf, 20, &record, 1), 20);
	mld.type = PKTCAP_ICMP6_LISTENER_REPORT_V2;
	mld.body = buf;
	mld.body_len = 20;
	pktcap_build_mld(b, &mld, PKTCAP_KEEP_CHECKSUM);
}

static void put_mld_type(struct pktcap_build *b, uint8_t type)
{
	struct pktcap_mld mld = listener;

	mld.type = type;
	pktcap_build_mld(b, &mld, 0);
}

static void small_type(struct pktcap_build *b)
{
	put_mld_type(b, 129);
}

static void large_type(struct pktcap_build *b)
{
	put_mld_type(b, 144);
}

static const struct built_row rows[] = {
	{ "IGMP report of version 2", report_v2, "16 00 f8fa ef010203", 0 },
	{ "IGMP query with sources", query_v3,
	  "11 64 df14 ef010203 0a 7d 0002 0a000001 0a000002", 0 },
	{ "IGMP query, kept as it is", query_v3_kept,
	  "11 64 1234 ef010203 0a 7d 0009 0a000001 0a000002", 0 },
	{ "IGMP report with records", report_v3, "22 00 caeb 0000 0002" RECORDS,
	  0 },
	{ "MLD query", mld_v1, "82 01 1234 03e8 0007" GROUP6_HEX, 0 },
	{ "MLD query with sources", mld_v2,
	  "82 01 1234 03e8 0007" GROUP6_HEX "02 7d 0002"
	  "0a000001 0a000002 00000000 00000000"
	  "00000000 00000000 00000000 00000000",
	  0 },
	{ "MLD report with records", mld_report_v2,
	  "8f 01 1234 0007 0001 04 00 0000" GROUP6_HEX, 0 },
	{ "types below MLD", small_type, "icmp6: type is 129, at least 130",
	  -ERANGE },
	{ "types above MLD", large_type, "icmp6: type is 144, at most 132",
	  -ERANGE },
};

static void records_have_limits(void **state)
{
	static const uint8_t zeros[1024];
	struct pktcap_multicast_record record = records[0];
	uint8_t buf[2048];

	(void)state;
	assert_int_equal(pktcap_multicast_records_put(buf, 31, records, 2),
			 -ENOSPC);
	record.version = 5;
	assert_int_equal(pktcap_multicast_records_put(buf, 64, &record, 1),
			 -ERANGE);
	record.version = 0;
	assert_int_equal(pktcap_multicast_records_put(buf, 64, &record, 1),
			 -ERANGE);
	record.version = 4;
	record.auxiliary = zeros;
	record.auxiliary_len = 1020;
	assert_int_equal(
		pktcap_multicast_records_put(buf, sizeof(buf), &record, 1),
		16 + 1020);
	record.auxiliary_len++;
	assert_int_equal(
		pktcap_multicast_records_put(buf, sizeof(buf), &record, 1),
		-ERANGE);
}

int main(void)
{
	struct CMUnitTest tests[16] = {
		cmocka_unit_test(records_have_limits),
	};
	size_t n = 1;

	ADD_ROWS(tests, n, rows, built_row_run);
	return _cmocka_run_group_tests("build multicast", tests, n, NULL, NULL);
}
