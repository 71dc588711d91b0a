// SPDX-License-Identifier: BSD-2-Clause
/* What comes through damage, and how what does not is counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/file.h>

#include "support/blocks.h"
#include "support/rows.h"

enum { PACKETS = 20 };

static struct blocks b;
static size_t starts[PACKETS + 1];

static void build(bool ng, bool big)
{
	b.n = 0;
	b.big = big;
	if (ng) {
		blocks_section(&b);
		blocks_interface(&b, 1, 0);
	} else {
		blocks_pcap_header(&b);
	}
	for (uint32_t i = 0; i < PACKETS; i++) {
		starts[i] = b.n;
		if (ng)
			blocks_packet(&b, 0, 1700000000000000 + i, (uint8_t)i,
				      40 + i);
		else
			blocks_pcap_record(&b, 1700000000 + i, (uint8_t)i,
					   40 + i);
	}
	starts[PACKETS] = b.n;
}

static void put_at(size_t at, uint32_t value)
{
	size_t end = b.n;

	b.n = at;
	blocks_put(&b, value, 4);
	b.n = end;
}

static void insert(size_t at, uint8_t value, size_t n)
{
	memmove(b.bytes + at + n, b.bytes + at, b.n - at);
	memset(b.bytes + at, value, n);
	b.n += n;
}

static void take_out(size_t at, size_t n)
{
	memmove(b.bytes + at, b.bytes + at + n, b.n - at - n);
	b.n -= n;
}

/* How the file is damaged; which packets are lost, and how many bytes. */
struct row {
	const char *name;
	void (*damage)(bool ng);
	uint32_t lost; /* bit for each packet */
	size_t bytes;  /* skipped, 0: as many as the packets lost have */
	size_t places;
	bool pcap_only;
	bool ng_only;
};

static void nothing(bool ng)
{
	(void)ng;
}

static void length_too_long(bool ng)
{
	put_at(starts[5] + (ng ? 4 : 8), ng ? 0xfffffffc : 0xffffffff);
}

static void length_into_next(bool ng)
{
	put_at(starts[5] + (ng ? 4 : 8), ng ? 200 : 150);
	if (!ng)
		put_at(starts[5] + 12, 150);
}

static void length_too_short(bool ng)
{
	put_at(starts[5] + (ng ? 4 : 8), ng ? 36 : 30);
}

static void zeros_between(bool ng)
{
	(void)ng;
	insert(starts[7], 0, 1001);
}

static void ones_between(bool ng)
{
	(void)ng;
	insert(starts[7], 0xff, 4099);
}

static void hole(bool ng)
{
	(void)ng;
	take_out(starts[3] + 20, starts[4] - starts[3]);
}

static void two_places(bool ng)
{
	insert(starts[12], 0xaa, 77);
	length_too_long(ng);
}

static void cut(bool ng)
{
	(void)ng;
	b.n -= 3;
}

static void zeros_at_the_end(bool ng)
{
	(void)ng;
	insert(b.n, 0, 20000);
}

static void bad_interface(bool ng)
{
	(void)ng;
	put_at(starts[5] + 8, 3);
}

static void bad_caplen(bool ng)
{
	(void)ng;
	put_at(starts[5] + 20, 3000);
}

static void no_length_on_the_wire(bool ng)
{
	(void)ng;
	for (uint32_t i = 0; i < PACKETS; i++)
		put_at(starts[i] + 12, 0);
}

static void fraction_of_seconds(bool ng)
{
	(void)ng;
	for (uint32_t i = 0; i < PACKETS; i++)
		put_at(starts[i] + 4, 1000000 + i);
}

static void damaged_then_cut(bool ng)
{
	memset(b.bytes + starts[16], 0xff, starts[17] - starts[16]);
	cut(ng);
}

static void damaged_late_then_cut(bool ng)
{
	memset(b.bytes + starts[17], 0xff, starts[18] - starts[17]);
	cut(ng);
}

static struct row rows[] = {
	{ "nothing", nothing, 0, 0, 0, false, false },
	{ "length too long", length_too_long, 1u << 5, 0, 1, false, false },
	{ "length into the next", length_into_next, 1u << 5, 0, 1, false,
	  false },
	{ "length too short", length_too_short, 1u << 5, 0, 1, false, true },
	{ "zeros between", zeros_between, 0, 1001, 1, false, false },
	{ "ones between", ones_between, 0, 4099, 1, false, false },
	{ "two places", two_places, 1u << 5, 0, 2, false, false },
	{ "cut off", cut, 1u << 19, 0, 1, false, false },
	{ "damage, whole records, cut off", damaged_then_cut,
	  1u << 16 | 1u << 19, 0, 2, false, false },
	{ "damage, one whole record, cut off", damaged_late_then_cut,
	  1u << 17 | 1u << 19, 0, 2, false, false },
	{ "no length on the wire", no_length_on_the_wire, 0, 0, 0, true,
	  false },
	{ "fractions of more than a second", fraction_of_seconds, 0, 0, 0, true,
	  false },
	{ "zeros at the end", zeros_at_the_end, 0, 20000, 1, false, false },
	{ "interface", bad_interface, 1u << 5, 0, 1, false, true },
	{ "packet longer than its block", bad_caplen, 1u << 5, 0, 1, false,
	  true },
};

static struct pktcap_file_reader *open_recovering(void)
{
	const struct pktcap_file_reader_opts opts =
		PKTCAP_FILE_READER_OPTS(.flags = PKTCAP_FILE_READER_RECOVER);
	struct pktcap_file_reader *reader;

	assert_int_equal(pktcap_file_reader_open_memory(&reader, b.bytes, b.n,
							&opts, NULL),
			 0);
	return reader;
}

static size_t bytes_lost(const struct row *r)
{
	size_t bytes = 0;

	for (uint32_t i = 0; i < PACKETS; i++)
		if (r->lost & 1u << i)
			bytes += starts[i + 1] - starts[i];
	return bytes;
}

static void run_format(const struct row *r, bool ng, bool big)
{
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	struct pktcap_file_info info;
	size_t expected;

	build(ng, big);
	expected = b.n;
	r->damage(ng);
	/* Inserted or cut off bytes count as well. */
	expected = r->bytes ? r->bytes : bytes_lost(r) + b.n - expected;
	reader = open_recovering();
	for (uint32_t i = 0; i < PACKETS; i++) {
		if (r->lost & 1u << i)
			continue;
		assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL),
				 1);
		assert_int_equal(pkt->caplen, 40 + i);
		assert_int_equal(pkt->data[0], i);
	}
	assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL), 0);
	assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL), 0);
	pktcap_file_reader_info(reader, &info);
	assert_int_equal(info.skipped_places, r->places);
	assert_int_equal(info.skipped_bytes, expected);
	/* Passing damage again does not count it again. */
	assert_int_equal(pktcap_file_reader_seek_record(reader, 1, NULL), 0);
	while (pktcap_file_reader_next(reader, &pkt, NULL) == 1)
		;
	pktcap_file_reader_info(reader, &info);
	assert_int_equal(info.skipped_bytes, expected);
	pktcap_file_reader_close(reader);
}

static void run(void **state)
{
	const struct row *r = *state;

	for (int big = 0; big < 2; big++) {
		if (!r->ng_only)
			run_format(r, false, big);
		if (!r->pcap_only)
			run_format(r, true, big);
	}
}

/* The packet with the hole may be there, changed; those behind it are. */
static void goes_on_behind_a_hole(void **state)
{
	(void)state;
	for (int ng = 0; ng < 2; ng++) {
		struct pktcap_file_reader *reader;
		const struct pktcap_packet *pkt;
		unsigned int seen = 0;

		build(ng, false);
		hole(ng);
		reader = open_recovering();
		while (pktcap_file_reader_next(reader, &pkt, NULL) == 1)
			if (pkt->caplen == 40u + pkt->data[0])
				seen |= 1u << pkt->data[0];
		assert_int_equal(seen & 0xfffe7, 0xfffe7);
		pktcap_file_reader_close(reader);
	}
}

/* What was passed over is passed over again when seeking comes back. */
static void leaves_out_an_interface_again(void **state)
{
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;

	(void)state;
	b.n = 0;
	b.big = false;
	blocks_section(&b);
	blocks_interface(&b, 1, 0);
	blocks_packet(&b, 0, 1, 1, 8);
	blocks_begin(&b, 1);
	blocks_put(&b, 1, 8);
	blocks_option_number(&b, 9, 6, 2); /* a resolution of 2 bytes */
	blocks_end(&b);
	blocks_packet(&b, 1, 1, 2, 8);
	blocks_packet(&b, 0, 1, 3, 8);
	blocks_begin(&b, 0xbad);
	blocks_put(&b, 32473, 4);
	blocks_end(&b);
	reader = open_recovering();
	for (int again = 0; again < 2; again++) {
		for (uint8_t want = 1; want <= 3; want += 2) {
			assert_int_equal(
				pktcap_file_reader_next(reader, &pkt, NULL), 1);
			assert_int_equal(pkt->data[0], want);
		}
		assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL),
				 0);
		assert_int_equal(
			pktcap_file_reader_seek_record(reader, 1, NULL), 0);
	}
	pktcap_file_reader_close(reader);
}

/* A resolution of times is one byte; of another length, it is damage. */
static void put_interface(uint16_t linktype, size_t resolution_bytes)
{
	blocks_begin(&b, 1);
	blocks_put(&b, linktype, 8);
	blocks_option_number(&b, 9, 6, resolution_bytes);
	blocks_end(&b);
}

static void expect_linktype(struct pktcap_file_reader *reader, uint8_t number,
			    uint32_t linktype)
{
	const struct pktcap_packet *pkt;

	assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL), 1);
	assert_int_equal(pkt->data[0], number);
	assert_int_equal(pkt->linktype, linktype);
}

static void keeps_numbers_of_interfaces(void **state)
{
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;

	(void)state;
	b.n = 0;
	b.big = false;
	blocks_section(&b);
	put_interface(113, 2);
	put_interface(1, 1);
	put_interface(101, 1);
	for (uint8_t i = 0; i < 3; i++)
		blocks_packet(&b, i, 1, i, 8);
	reader = open_recovering();
	for (int again = 0; again < 2; again++) {
		expect_linktype(reader, 1, 1);
		expect_linktype(reader, 2, 101);
		assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL),
				 0);
		assert_int_equal(
			pktcap_file_reader_seek_record(reader, 1, NULL), 0);
	}
	pktcap_file_reader_close(reader);
}

/* Packets behind a damaged section are not of the one before it. */
static void keeps_sections_apart(void **state)
{
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	size_t second;

	(void)state;
	b.n = 0;
	b.big = false;
	blocks_section(&b);
	put_interface(113, 1);
	blocks_packet(&b, 0, 1, 1, 8);
	second = b.n;
	blocks_section(&b);
	put_at(second + 12, 9); /* of another version */
	put_interface(1, 1);
	blocks_packet(&b, 0, 1, 2, 8);
	reader = open_recovering();
	expect_linktype(reader, 1, 113);
	expect_linktype(reader, 2, 1);
	assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL), 0);
	pktcap_file_reader_close(reader);
}

/* Somebody sent a capture file; days went by before the next packet. */
static void keeps_a_packet_of_records(void **state)
{
	const uint32_t days = 200000, inner = 24 + 5 * (16 + 100);
	const uint32_t want[] = { inner, 60, 61 };
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	struct pktcap_file_info info;

	(void)state;
	b.n = 0;
	b.big = false;
	blocks_pcap_header(&b);
	blocks_pcap_record(&b, 1700000000, 0, 0);
	put_at(b.n - 8, inner);
	put_at(b.n - 4, inner);
	blocks_pcap_header(&b);
	for (uint32_t i = 0; i < 5; i++)
		blocks_pcap_record(&b, 1600000000 + i, 0xee, 100);
	blocks_pcap_record(&b, 1700000000 + days, 0, 60);
	blocks_pcap_record(&b, 1700000001 + days, 0, 61);
	reader = open_recovering();
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL),
				 1);
		assert_int_equal(pkt->caplen, want[i]);
	}
	assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL), 0);
	pktcap_file_reader_info(reader, &info);
	assert_int_equal(info.skipped_bytes, 0);
	pktcap_file_reader_close(reader);
}

/* Days between packets are no damage. */
static void allows_gaps_in_time(void **state)
{
	static const uint32_t seconds[] = { 100,     200,     9000000,
					    9000001, 4000000, 4000001 };
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	struct pktcap_file_info info;

	(void)state;
	b.n = 0;
	b.big = false;
	blocks_pcap_header(&b);
	for (size_t i = 0; i < 6; i++)
		blocks_pcap_record(&b, seconds[i], 1, 60);
	reader = open_recovering();
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL),
				 1);
	assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL), 0);
	pktcap_file_reader_info(reader, &info);
	assert_int_equal(info.skipped_bytes, 0);
	pktcap_file_reader_close(reader);
}

/* 64 MB that look like records again and again: linear, so it ends soon. */
static void takes_linear_time(void **state)
{
	enum { SIZE = 64 << 20 };
	static const uint8_t likely[16] = { 0,	1, 0, 0, 0,  0, 0, 0,
					    16, 0, 0, 0, 16, 0, 0, 0 };

	(void)state;
	for (int ng = 0; ng < 2; ng++) {
		const struct pktcap_file_reader_opts opts =
			PKTCAP_FILE_READER_OPTS(
					.flags = PKTCAP_FILE_READER_RECOVER);
		struct pktcap_file_reader *reader;
		const struct pktcap_packet *pkt;
		uint8_t *data = malloc(SIZE);

		assert_non_null(data);
		build(ng, false);
		memcpy(data, b.bytes, b.n);
		for (size_t i = b.n; i < SIZE; i++)
			data[i] = ng ? (uint8_t)(i % 4 ? 0 : 6)
				     : likely[i % 37 % 16];
		assert_int_equal(pktcap_file_reader_open_memory(
					 &reader, data, SIZE, &opts, NULL),
				 0);
		while (pktcap_file_reader_next(reader, &pkt, NULL) == 1)
			;
		pktcap_file_reader_close(reader);
		free(data);
	}
}

int main(void)
{
	struct CMUnitTest all[32] = {
		cmocka_unit_test(goes_on_behind_a_hole),
		cmocka_unit_test(leaves_out_an_interface_again),
		cmocka_unit_test(keeps_numbers_of_interfaces),
		cmocka_unit_test(keeps_sections_apart),
		cmocka_unit_test(keeps_a_packet_of_records),
		cmocka_unit_test(allows_gaps_in_time),
		cmocka_unit_test(takes_linear_time),
	};
	size_t n = 7;

	ADD_ROWS(all, n, rows, run);
	return _cmocka_run_group_tests("file_recover", all, n, NULL, NULL);
}
