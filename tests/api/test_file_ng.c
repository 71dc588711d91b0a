// SPDX-License-Identifier: BSD-2-Clause
/* pcapng files: every block, option, byte order and resolution, and damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <pktcap/file.h>

#include "support/blocks.h"
#include "support/guard.h"
#include "support/rows.h"

#define NS INT64_C(1000000000)

static struct blocks b;

static struct pktcap_file_reader *
open_blocks(const struct pktcap_file_reader_opts *opts)
{
	struct pktcap_file_reader *reader;
	struct pktcap_error error = { 0 };

	if (pktcap_file_reader_open_memory(&reader, b.bytes, b.n, opts, &error))
		fail_msg("%s", error.text);
	return reader;
}

static const struct pktcap_packet *next(struct pktcap_file_reader *reader)
{
	const struct pktcap_packet *pkt;
	struct pktcap_error error = { 0 };
	int ret = pktcap_file_reader_next(reader, &pkt, &error);

	if (ret < 0)
		fail_msg("%s", error.text);
	return pkt;
}

static void begin(bool big)
{
	b.n = 0;
	b.big = big;
	blocks_section(&b);
}

/* --- interfaces --- */

static void put_full_interface(void)
{
	blocks_begin(&b, 1);
	blocks_put(&b, 113, 2);
	blocks_put(&b, 0, 2);
	blocks_put(&b, 96, 4);
	blocks_option(&b, 1, "a comment", 9);
	blocks_option(&b, 2, "eth0", 4);
	blocks_option(&b, 3, "uplink", 6);
	blocks_option(&b, 6, "\2\0\0\0\0\1", 6);
	blocks_option_number(&b, 8, 10000000000, 8);
	blocks_option_number(&b, 9, 9, 1);
	blocks_option(&b, 11, "\0tcp port 80", 12);
	blocks_option(&b, 12, "Linux", 5);
	blocks_option_number(&b, 13, 4, 1);
	blocks_option_number(&b, 14, (uint64_t)-3, 8);
	blocks_option(&b, 15, "e1000", 5);
	blocks_options_end(&b);
	blocks_end(&b);
}

static void put_statistics(uint32_t interface)
{
	blocks_begin(&b, 5);
	blocks_put(&b, interface, 4);
	blocks_put(&b, 1, 4); /* upper half */
	blocks_put(&b, 0, 4);
	blocks_option_number(&b, 4, 1000, 8);
	blocks_option_number(&b, 5, 7, 8);
	blocks_option_number(&b, 7, 9, 8);
	blocks_options_end(&b);
	blocks_end(&b);
}

static void check_full_interface(const struct pktcap_file_interface *i)
{
	assert_int_equal(i->linktype, 113);
	assert_int_equal(i->snaplen, 96);
	assert_string_equal(i->name, "eth0");
	assert_string_equal(i->description, "uplink");
	assert_string_equal(i->filter, "tcp port 80");
	assert_string_equal(i->os, "Linux");
	assert_string_equal(i->hardware, "e1000");
	assert_string_equal(i->comment, "a comment");
	assert_int_equal(i->speed_bps, 10000000000);
	assert_int_equal(i->tsoffset_s, -3);
	assert_int_equal(i->tsresol, 9);
	assert_int_equal(i->fcslen, 4);
	assert_int_equal(i->has_mac, 1);
	assert_memory_equal(i->mac, "\2\0\0\0\0\1", 6);
}

static void describes_interfaces(void **state)
{
	(void)state;
	for (int big = 0; big < 2; big++) {
		struct pktcap_file_interface_stats stats;
		struct pktcap_file_interface i;
		struct pktcap_file_reader *reader;
		struct pktcap_file_info info;

		begin(big);
		put_full_interface();
		blocks_interface(&b, 1, 0);
		blocks_packet(&b, 1, 5, 1, 3);
		put_statistics(0);
		put_statistics(9); /* of an interface there is not */
		reader = open_blocks(NULL);
		pktcap_file_reader_info(reader, &info);
		assert_int_equal(info.format, PKTCAP_FILE_FORMAT_PCAPNG);
		assert_int_equal(info.linktype, 113);
		assert_int_equal(info.snaplen, 96);
		assert_int_equal(info.precision, PKTCAP_FILE_PRECISION_NANO);
		assert_int_equal(info.version_major, 1);
		assert_int_equal(pktcap_file_reader_interface(reader, 0, &i),
				 0);
		check_full_interface(&i);
		assert_int_equal(next(reader)->linktype, 1);
		assert_int_equal(
			pktcap_file_reader_interface_stats(reader, 0, &stats),
			-ENODATA);
		assert_null(next(reader));
		assert_int_equal(
			pktcap_file_reader_interface_stats(reader, 0, &stats),
			0);
		assert_int_equal(stats.has, PKTCAP_FILE_HAS_RECEIVED |
						    PKTCAP_FILE_HAS_DROPPED |
						    PKTCAP_FILE_HAS_OS_DROPPED);
		assert_int_equal(stats.received, 1000);
		assert_int_equal(stats.dropped, 7);
		assert_int_equal(stats.os_dropped, 9);
		assert_int_equal(stats.ts_ns, (INT64_C(1) << 32) - 3 * NS);
		assert_int_equal(
			pktcap_file_reader_interface_stats(reader, 2, &stats),
			-ENOENT);
		assert_int_equal(pktcap_file_reader_interface(reader, 2, &i),
				 -ENOENT);
		pktcap_file_reader_close(reader);
	}
}

/* --- packets --- */

static void put_packet_with_options(void)
{
	blocks_begin(&b, 6);
	blocks_put(&b, 0, 4);
	blocks_put(&b, 0, 8);
	blocks_put(&b, 3, 4);
	blocks_put(&b, 100, 4);
	blocks_put(&b, 0x01020300, 4); /* padded */
	blocks_option(&b, 1, "first", 5);
	blocks_option(&b, 1, "second", 6);
	blocks_option_number(&b, 2, 2 | 3 << 2 | 1 << 10, 4);
	blocks_option_number(&b, 4, 12, 8);
	blocks_option_number(&b, 5, 77, 8);
	blocks_put(&b, 2988, 2);
	blocks_put(&b, 7, 2);
	blocks_put(&b, 32473, 4);
	blocks_bytes(&b, "abc", 4);
	blocks_options_end(&b);
	blocks_end(&b);
}

static void check_options(const struct pktcap_file_record *record)
{
	static const uint16_t codes[] = { 1, 1, 2, 4, 5, 2988 };
	struct pktcap_file_option o;
	size_t at = 0;

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		assert_int_equal(pktcap_file_option_next(
					 record->options, record->options_len,
					 record->swapped, &at, &o),
				 1);
		assert_int_equal(o.code, codes[i]);
		if (i == 1)
			assert_memory_equal(o.value, "second", o.len);
	}
	assert_int_equal(o.pen, 32473);
	assert_int_equal(o.len, 3);
	assert_memory_equal(o.value, "abc", 3);
	assert_int_equal(pktcap_file_option_next(record->options,
						 record->options_len,
						 record->swapped, &at, &o),
			 0);
}

static void tells_options(void **state)
{
	(void)state;
	for (int big = 0; big < 2; big++) {
		struct pktcap_file_reader *reader;
		struct pktcap_file_record record;
		const struct pktcap_packet *pkt;

		begin(big);
		blocks_interface(&b, 1, 0);
		put_packet_with_options();
		reader = open_blocks(NULL);
		pktcap_file_reader_record(reader, &record);
		assert_int_equal(record.number, 0);
		pkt = next(reader);
		assert_int_equal(pkt->caplen, 3);
		assert_int_equal(pkt->wirelen, 100);
		assert_int_equal(pkt->direction, PKTCAP_DIRECTION_OUT);
		assert_int_equal(pkt->pkttype, 4);
		assert_int_equal(pkt->flags, PKTCAP_PACKET_TRUNCATED |
						     PKTCAP_PACKET_CSUM_VALID);
		pktcap_file_reader_record(reader, &record);
		assert_int_equal(record.number, 1);
		assert_int_equal(record.offset, 28 + 20);
		assert_int_equal(record.has,
				 PKTCAP_FILE_HAS_FLAGS |
					 PKTCAP_FILE_HAS_DROP_COUNT |
					 PKTCAP_FILE_HAS_PACKET_ID);
		assert_int_equal(record.drop_count, 12);
		assert_int_equal(record.packet_id, 77);
		assert_int_equal(record.epb_flags, 2 | 3 << 2 | 1 << 10);
		check_options(&record);
		pktcap_file_reader_close(reader);
	}
}

/* The packet is there, and so are the options before the damage. */
static void options_end_outside(void **state)
{
	struct pktcap_file_reader *reader;
	struct pktcap_file_record record;
	struct pktcap_file_option o;
	size_t at = 0;

	(void)state;
	begin(false);
	blocks_interface(&b, 1, 0);
	blocks_begin(&b, 6);
	blocks_put(&b, 0, 12);
	blocks_put(&b, 0, 8);
	blocks_option_number(&b, 2, 1, 4);
	blocks_put(&b, 1, 2);
	blocks_put(&b, 5, 2);
	blocks_put(&b, 0, 4);
	blocks_end(&b);
	reader = open_blocks(NULL);
	assert_int_equal(next(reader)->direction, PKTCAP_DIRECTION_IN);
	pktcap_file_reader_record(reader, &record);
	assert_int_equal(pktcap_file_option_next(record.options,
						 record.options_len, 0, &at,
						 &o),
			 1);
	for (int again = 0; again < 2; again++)
		assert_int_equal(pktcap_file_option_next(record.options,
							 record.options_len, 0,
							 &at, &o),
				 -EPROTO);
	pktcap_file_reader_close(reader);
}

/* Simple and obsolete packet blocks. */
static void reads_other_packets(void **state)
{
	struct pktcap_file_reader *reader;
	struct pktcap_file_record record;
	const struct pktcap_packet *pkt;

	(void)state;
	begin(true);
	blocks_interface(&b, 1, 6);
	blocks_begin(&b, 3);
	blocks_put(&b, 60, 4);
	blocks_bytes(&b, "abcdef", 6);
	blocks_end(&b);
	blocks_begin(&b, 2);
	blocks_put(&b, 0, 2);
	blocks_put(&b, 5, 2);
	blocks_put(&b, 7000000, 8);
	blocks_put(&b, 2, 4);
	blocks_put(&b, 2, 4);
	blocks_bytes(&b, "xy\0\0", 4);
	blocks_option_number(&b, 2, 1 | 2 << 2, 4);
	blocks_end(&b);
	reader = open_blocks(NULL);
	pkt = next(reader);
	assert_int_equal(pkt->caplen, 6);
	assert_int_equal(pkt->wirelen, 60);
	assert_int_equal(pkt->ts_ns, 0);
	assert_memory_equal(pkt->data, "abcdef", 6);
	pkt = next(reader);
	assert_int_equal(pkt->caplen, 2);
	assert_int_equal(pkt->ts_ns, 7 * NS);
	assert_int_equal(pkt->direction, PKTCAP_DIRECTION_IN);
	assert_int_equal(pkt->pkttype, 2);
	pktcap_file_reader_record(reader, &record);
	assert_int_equal(record.drop_count, 5);
	assert_null(next(reader));
	pktcap_file_reader_close(reader);
}

/* --- sections and blocks --- */

struct told {
	uint32_t types[32];
	uint32_t sections[32];
	size_t n;
};

static void note(void *user, const struct pktcap_file_block *block)
{
	struct told *told = user;

	assert_non_null(block->body);
	told->types[told->n] = block->type;
	told->sections[told->n++] = block->section;
}

/* Byte orders, interfaces and link types change from section to section. */
static void put_two_sections(void)
{
	b.n = 0;
	b.big = false;
	blocks_section(&b);
	blocks_interface(&b, 1, 0);
	blocks_interface(&b, 101, 0);
	blocks_packet(&b, 1, 1000000, 1, 5);
	b.big = true;
	blocks_section(&b);
	blocks_interface(&b, 113, 0);
	for (uint32_t type = 0xbad; type;
	     type = type == 0xbad ? 0x1234567 : 0) {
		blocks_begin(&b, type);
		blocks_put(&b, 1, 4);
		blocks_end(&b);
	}
	blocks_packet(&b, 0, 2000000, 9, 3);
}

static void reads_sections(void **state)
{
	static const uint32_t types[] = { 0x0a0d0d0a, 1, 1,
					  0x0a0d0d0a, 1, 0xbad,
					  0x1234567 };
	struct told told = { .n = 0 };
	struct pktcap_file_reader_opts opts =
		PKTCAP_FILE_READER_OPTS(.on_block = note, .block_user = &told);
	struct pktcap_file_reader *reader;
	struct pktcap_file_record record;
	struct pktcap_file_info info;

	(void)state;
	put_two_sections();
	reader = open_blocks(&opts);
	assert_int_equal(next(reader)->linktype, 101);
	pktcap_file_reader_record(reader, &record);
	assert_int_equal(record.interface, 1);
	assert_int_equal(next(reader)->linktype, 113);
	pktcap_file_reader_record(reader, &record);
	assert_int_equal(record.interface, 2);
	assert_null(next(reader));
	/* Once, however often they are passed. */
	assert_int_equal(pktcap_file_reader_seek_record(reader, 1, NULL), 0);
	assert_int_equal(next(reader)->linktype, 101);
	assert_int_equal(next(reader)->linktype, 113);
	pktcap_file_reader_info(reader, &info);
	assert_int_equal(info.sections, 2);
	assert_int_equal(info.interfaces, 3);
	assert_int_equal(told.n, sizeof(types) / sizeof(types[0]));
	for (size_t i = 0; i < told.n; i++) {
		assert_int_equal(told.types[i], types[i]);
		assert_int_equal(told.sections[i], i < 3 ? 1 : 2);
	}
	pktcap_file_reader_close(reader);
}

enum { LONG_BODY = 17 << 20 };

/* What is built, then a long body and the length of its block again. */
static int64_t read_long_block(void *user, void *buf, size_t len)
{
	static const uint32_t total = LONG_BODY + 12;
	uint64_t *at = user;
	uint64_t behind = *at - b.n;
	size_t n = len;
	const void *from = NULL;

	if (*at < b.n) {
		from = b.bytes + *at;
		n = b.n - *at;
	} else if (behind < LONG_BODY) {
		n = LONG_BODY - behind < len ? LONG_BODY - behind : len;
	} else {
		behind -= LONG_BODY;
		from = (const uint8_t *)&total + behind;
		n = sizeof(total) - behind;
	}
	if (n > len)
		n = len;
	if (from)
		memcpy(buf, from, n);
	else
		memset(buf, 0x55, n);
	*at += n;
	return (int64_t)n;
}

static void note_length(void *user, const struct pktcap_file_block *block)
{
	*(uint32_t *)user = block->body ? 0 : block->body_len;
}

/* Not held in memory, and nothing behind it is lost. */
static void passes_over_long_blocks(void **state)
{
	uint64_t at = 0;
	uint32_t told = 0;
	struct pktcap_file_source source = { read_long_block, &at };
	struct pktcap_file_reader_opts opts =
		PKTCAP_FILE_READER_OPTS(.on_block = note_length,
					.block_user = &told);
	struct pktcap_file_reader *reader;

	(void)state;
	begin(*(const uint8_t *)&(uint16_t){ 1 } == 0);
	blocks_interface(&b, 1, 0);
	blocks_put(&b, 0xbad, 4);
	blocks_put(&b, LONG_BODY + 12, 4);
	assert_int_equal(
		pktcap_file_reader_open_source(&reader, &source, &opts, NULL),
		0);
	assert_null(next(reader));
	assert_int_equal(told, LONG_BODY);
	assert_int_equal(at, b.n + LONG_BODY + 4);
	pktcap_file_reader_close(reader);
}

/* --- damage --- */

struct damage {
	const char *name;
	size_t at; /* behind the start of the second packet */
	uint32_t value;
	const char *text;
};

static struct damage damages[] = {
	{ "length 0", 4, 0, "states a length" },
	{ "length 1", 4, 1, "states a length" },
	{ "length 11", 4, 11, "states a length" },
	{ "length 12", 4, 12, "one length at its start" },
	{ "length odd", 4, 37, "states a length" },
	{ "length 2^31", 4, 0x80000000, "longer than a block" },
	{ "length 2^32-4", 4, 0xfffffffc, "longer than a block" },
	{ "other length behind", 36, 44, "one length at its start" },
	{ "interface", 8, 1, "not described" },
	{ "interface 2^32-1", 8, 0xffffffff, "not described" },
	{ "caplen", 20, 9, "longer than itself" },
	{ "caplen 2^32-1", 20, 0xffffffff, "longer than itself" },
};

static void run_damage(void **state)
{
	const struct damage *d = *state;

	for (int big = 0; big < 2; big++) {
		struct pktcap_file_reader *reader;
		const struct pktcap_packet *pkt;
		struct pktcap_error error;
		size_t start, end;

		begin(big);
		blocks_interface(&b, 1, 0);
		blocks_packet(&b, 0, 1, 1, 8);
		start = b.n;
		blocks_packet(&b, 0, 1, 1, 8);
		blocks_packet(&b, 0, 1, 1, 8);
		end = b.n;
		b.n = start + d->at;
		blocks_put(&b, d->value, 4);
		b.n = end;
		reader = open_blocks(NULL);
		assert_non_null(next(reader));
		for (int again = 0; again < 2; again++) {
			assert_int_equal(
				pktcap_file_reader_next(reader, &pkt, &error),
				-EPROTO);
			assert_null(pkt);
			assert_int_equal(error.offset, start);
			if (!strstr(error.text, d->text))
				fail_msg("%s", error.text);
		}
		pktcap_file_reader_close(reader);
	}
}

/* Every packet that is whole, then one error, at every length. */
static void cut_at_every_byte(void **state)
{
	(void)state;
	put_two_sections();
	for (size_t n = 0; n <= b.n; n++) {
		uint8_t *data = guard_copy(b.bytes, n);
		struct pktcap_file_reader *reader;
		struct pktcap_error error;
		const struct pktcap_packet *pkt;
		int ret = pktcap_file_reader_open_memory(&reader, data, n, NULL,
							 &error);

		assert_int_equal(ret, n < 28 ? -ENODATA : 0);
		while (!ret &&
		       pktcap_file_reader_next(reader, &pkt, &error) == 1)
			assert_true(pkt->caplen == 5 || pkt->caplen == 3);
		if (!ret)
			ret = pktcap_file_reader_next(reader, &pkt, &error);
		assert_true(!ret || ret == -ENODATA);
		if (ret)
			assert_true(error.offset <= n);
		pktcap_file_reader_close(reader);
		guard_free(data, n);
	}
}

/* Each byte with each of a few values, recovering or not: no read too far. */
static void change_every_byte(void **state)
{
	static const uint8_t values[] = { 0, 1, 3, 0x7f, 0x80, 0xff };
	uint8_t *data;

	(void)state;
	put_two_sections();
	data = guard_copy(b.bytes, b.n);
	for (size_t i = 0; i < b.n * sizeof(values) * 2; i++) {
		struct pktcap_file_reader_opts opts = PKTCAP_FILE_READER_OPTS(
				.flags =
					i % 2 ? PKTCAP_FILE_READER_RECOVER : 0);
		size_t at = i / 2 / sizeof(values);
		struct pktcap_file_reader *reader;
		const struct pktcap_packet *pkt;

		data[at] = values[i / 2 % sizeof(values)];
		if (!pktcap_file_reader_open_memory(&reader, data, b.n, &opts,
						    NULL))
			while (pktcap_file_reader_next(reader, &pkt, NULL) == 1)
				assert_true(pkt->caplen <= b.n);
		pktcap_file_reader_close(reader);
		data[at] = b.bytes[at];
	}
	guard_free(data, b.n);
}

int main(void)
{
	struct CMUnitTest all[80] = {
		cmocka_unit_test(describes_interfaces),
		cmocka_unit_test(tells_options),
		cmocka_unit_test(options_end_outside),
		cmocka_unit_test(reads_other_packets),
		cmocka_unit_test(reads_sections),
		cmocka_unit_test(passes_over_long_blocks),
		cmocka_unit_test(cut_at_every_byte),
		cmocka_unit_test(change_every_byte),
	};
	size_t n = 8;

	ADD_ROWS(all, n, damages, run_damage);
	return _cmocka_run_group_tests("file_ng", all, n, NULL, NULL);
}
