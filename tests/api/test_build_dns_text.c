// SPDX-License-Identifier: BSD-2-Clause
/* DNS from text: names, data of records, lines of zone files. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <pktcap/build.h>

#include "support/message.h"
#include "support/rows.h"

/* --- names ---------------------------------------------------------------- */

#define SIXTY "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij"
#define LONG_NAME SIXTY "." SIXTY "." SIXTY "." SIXTY ".123456789"

struct name_row {
	const char *name;
	const char *text;
	int len; /* or a failure */
	const char *hex;
	const char *back; /* NULL: text */
};

static const struct name_row name_rows[] = {
	{ "the root", ".", 1, "00", NULL },
	{ "a name", "a.bc", 6, "01 61 02 6263 00", NULL },
	{ "a name with a dot at the end", "a.bc.", 6, "01 61 02 6263 00",
	  "a.bc" },
	{ "escapes", "a\\.b\\000\\255\\\\.c", 10, "06 612e6200ff5c 01 63 00",
	  NULL },
	{ "a byte that is no ASCII", "b\xc3\xbc", 5, "03 62c3bc 00",
	  "b\\195\\188" },
	{ "a label of 63 bytes", SIXTY "123", 65, NULL, NULL },
	{ "a label of 64 bytes", SIXTY "1234", -ERANGE, NULL, NULL },
	{ "a name of 255 bytes", LONG_NAME, 255, NULL, NULL },
	{ "a name of 256 bytes", LONG_NAME "0", -ERANGE, NULL, NULL },
	{ "no name", "", -EINVAL, NULL, NULL },
	{ "an empty label", "a..b", -EINVAL, NULL, NULL },
	{ "a dot in front", ".a", -EINVAL, NULL, NULL },
	{ "two dots", "..", -EINVAL, NULL, NULL },
	{ "a backslash at the end", "a\\", -EINVAL, NULL, NULL },
	{ "a number of two digits", "a\\12", -EINVAL, NULL, NULL },
	{ "a number that is no byte", "a\\256", -EINVAL, NULL, NULL },
};

/* As the message reads it that has the name as its question. */
static void expect_back(const char *text, const char *back)
{
	struct pktcap_dns_record read = { 0 };
	struct pktcap_layer layer = { .proto = PKTCAP_PROTO_DNS };
	const struct pktcap_dns query = { 0 };
	struct pktcap_build build;
	uint8_t message[300];

	pktcap_build_start(&build, message, sizeof(message));
	pktcap_build_dns(&build, &query, 0);
	assert_int_equal(pktcap_build_dns_question(&build, text, 1, 1), 0);
	layer.data = build.data;
	layer.caplen = layer.wirelen = layer.header_len = build.len;
	assert_int_equal(pktcap_dns_record_next(&layer, &read), 1);
	assert_string_equal(read.name, back);
}

static void test_name(void **state)
{
	const struct name_row *row = *state;
	uint8_t wire[255], want[255], again[255];
	int len = pktcap_dns_name_put(wire, sizeof(wire), row->text);

	assert_int_equal(len, row->len);
	if (len < 0)
		return;
	if (row->hex) {
		assert_int_equal(message_hex(row->hex, want, sizeof(want)),
				 len);
		assert_memory_equal(wire, want, (size_t)len);
	}
	assert_int_equal(pktcap_dns_name_put(again, (size_t)len - 1, row->text),
			 -ENOSPC);
	expect_back(row->text, row->back ? row->back : row->text);
}

/* --- data of records ------------------------------------------------------ */

struct data_row {
	const char *name;
	uint16_t type;
	const char *text;
	const char *hex;   /* NULL: fails */
	const char *error; /* what it fails with */
	uint32_t offset;
	int code;
};

#define FINE NULL, 0, 0

static const struct data_row data_rows[] = {
	{ "A", 1, "192.0.2.1", "c0000201", FINE },
	{ "A in three parts", 1, "192.0.2", NULL,
	  "A: an IPv4 address is expected", 0, -EINVAL },
	{ "A and more", 1, "192.0.2.1 2", NULL, "A: nothing more is expected",
	  10, -EINVAL },
	{ "A without one", 1, "", NULL, "A: an IPv4 address is expected", 0,
	  -EINVAL },
	{ "AAAA", 28, " 2001:db8::1 ", "20010db8 00*11 01", FINE },
	{ "AAAA of IPv4", 28, "192.0.2.1", NULL,
	  "AAAA: an IPv6 address is expected", 0, -EINVAL },
	{ "CNAME", 5, "a.bc.", "01 61 02 6263 00", FINE },
	{ "NS", 2, ".", "00", FINE },
	{ "PTR", 12, "a\\.b.c", "03 612e62 01 63 00", FINE },
	{ "a name that is none", 5, "a..b", NULL,
	  "CNAME: a label of the name is empty", 2, -EINVAL },
	{ "a long label", 12, " a." SIXTY SIXTY, NULL,
	  "PTR: label length is more than 63", 3, -ERANGE },
	{ "MX", 15, "10 mail", "000a 04 6d61696c 00", FINE },
	{ "MX without a name", 15, "10", NULL, "MX: a name is expected", 2,
	  -EINVAL },
	{ "MX with a large number", 15, "65536 mail", NULL,
	  "MX: preference is more than 65535", 0, -ERANGE },
	{ "MX with a huge number", 15, "99999999999999999999999 mail", NULL,
	  "MX: preference is more than 65535", 0, -ERANGE },
	{ "MX with a name first", 15, "mail 10", NULL,
	  "MX: a number is expected", 0, -EINVAL },
	{ "SRV", 33, "1 2 443 www", "0001 0002 01bb 03 777777 00", FINE },
	{ "TXT", 16, "abc", "03 616263", FINE },
	{ "TXT of several", 16, "\"a b\" c \"\"", "03 612062 01 63 00", FINE },
	{ "TXT with escapes", 16, "\"a\\\"\\059\\;\"", "04 61223b3b", FINE },
	{ "TXT without any", 16, "", NULL, "TXT: a text is expected", 0,
	  -EINVAL },
	{ "TXT of 256 bytes", 16, SIXTY SIXTY SIXTY SIXTY "1234567890123456",
	  NULL, "TXT: text length is more than 255", 0, -ERANGE },
	{ "TXT with a quote", 16, "a \"b", NULL, "TXT: the quote is not closed",
	  2, -EINVAL },
	{ "TXT with half an escape", 16, "a\\1", NULL,
	  "TXT: a backslash needs a character or three digits up to 255 behind "
	  "it",
	  0, -EINVAL },
	{ "SOA", 6, "a b ( 1 ; serial\n 2 3 4 4294967295 )",
	  "01 61 00 01 62 00 00000001 00000002 00000003 00000004 ffffffff",
	  FINE },
	{ "HINFO", 13, "x86 \"Linux 6\"", "03 783836 07 4c696e75782036", FINE },
	{ "CAA", 257, "0 issue \"ca.example\"",
	  "00 05 6973737565 63612e6578616d706c65", FINE },
	{ "DS", 43, "60485 5 1 2BB1 83af", "ec45 05 01 2bb183af", FINE },
	{ "DS with odd digits", 43, "60485 5 1 2bb", NULL,
	  "DS: pairs of hexadecimal digits are expected", 10, -EINVAL },
	{ "any type", 65280, "\\# 3 0a0B 0c", "0a0b0c", FINE },
	{ "no data", 1, "\\# 0", "", FINE },
	{ "another length", 1, "\\# 3 0a0b", NULL,
	  "A: this is not the length of the data behind it", 3, -EINVAL },
	{ "an unknown type", 65280, "abc", NULL,
	  "record: the text of its data is not known, write \\# LENGTH "
	  "HEXADECIMAL",
	  0, -EOPNOTSUPP },
	{ "a known type of unknown text", 48, "256 3 5 AQPS", NULL,
	  "DNSKEY: the text of its data is not known, write \\# LENGTH "
	  "HEXADECIMAL",
	  0, -EOPNOTSUPP },
	{ "a word of such a type", 46, "A 5 3", NULL,
	  "RRSIG: the text of its data is not known, write \\# LENGTH "
	  "HEXADECIMAL",
	  0, -EOPNOTSUPP },
};

static void test_data(void **state)
{
	const struct data_row *row = *state;
	struct pktcap_error error = { 0 };
	uint8_t data[300], want[300];
	int len = pktcap_dns_rdata_put(data, sizeof(data), row->type, row->text,
				       &error);
	size_t want_len;

	assert_string_equal(error.text, row->error ? row->error : "");
	assert_int_equal(error.offset, row->offset);
	if (!row->hex) {
		assert_int_equal(len, row->code);
		return;
	}
	want_len = message_hex(row->hex, want, sizeof(want));
	assert_int_equal(len, want_len);
	assert_memory_equal(data, want, want_len);
	for (size_t size = 0; size < want_len; size++)
		assert_int_equal(pktcap_dns_rdata_put(data, size, row->type,
						      row->text, NULL),
				 -ENOSPC);
}

/* --- lines of zone files ---------------------------------------------------
 */

struct line_row {
	const char *name;
	const char *line;
	const char
		*text; /* name, TTL, class, type, bytes of data; or an error */
	int code;
};

static const struct line_row line_rows[] = {
	{ "all of it", "a.b. 300 IN A 192.0.2.1", "a.b 300 1 1 4", 0 },
	{ "class first", "a CH 300 A 192.0.2.1", "a 300 3 1 4", 0 },
	{ "what must be", "a A 192.0.2.1", "a 0 1 1 4", 0 },
	{ "small letters", "a in mx 10 b", "a 0 1 15 5", 0 },
	{ "numbers", "a CLASS9 TYPE65280 \\# 1 00", "a 0 9 65280 1", 0 },
	{ "escapes", "a\\ b 1 A 192.0.2.1", "a\\032b 1 1 1 4", 0 },
	{ "no name", "", "record: a name is expected at 0", -EINVAL },
	{ "a bad name", "a..b A 192.0.2.1",
	  "record: a label of the name is empty at 2", -EINVAL },
	{ "no type", "a 300",
	  "record: a TTL of 32 bits, a class or a type is expected at 5",
	  -EINVAL },
	{ "two TTLs", "a 300 300 A 192.0.2.1",
	  "record: a TTL of 32 bits, a class or a type is expected at 6",
	  -EINVAL },
	{ "a large TTL", "a 4294967296 A 192.0.2.1",
	  "record: a TTL of 32 bits, a class or a type is expected at 2",
	  -EINVAL },
	{ "another type", "a B 192.0.2.1",
	  "record: a TTL of 32 bits, a class or a type is expected at 2",
	  -EINVAL },
	{ "data of another type", "a AAAA 192.0.2.1",
	  "AAAA: an IPv6 address is expected at 7", -EINVAL },
};

static void test_line(void **state)
{
	const struct line_row *row = *state;
	struct pktcap_dns_record made = { .ttl = 77 };
	struct pktcap_error error = { 0 };
	uint8_t data[64];
	char text[1280];

	assert_int_equal(pktcap_dns_record_parse(&made, data, sizeof(data),
						 row->line, &error),
			 row->code);
	if (row->code) {
		assert_int_equal(made.ttl, 77);
		snprintf(text, sizeof(text), "%s at %u", error.text,
			 (unsigned int)error.offset);
	} else {
		assert_int_equal(made.section, PKTCAP_DNS_ANSWER);
		assert_ptr_equal(made.rdata, data);
		snprintf(text, sizeof(text), "%s %u %u %u %u", made.name,
			 made.ttl, made.rr_class, made.type, made.rdata_len);
	}
	assert_string_equal(text, row->text);
}

static void types_have_numbers(void **state)
{
	(void)state;
	assert_int_equal(pktcap_dns_type_number("AAAA"), 28);
	assert_int_equal(pktcap_dns_type_number("https"), 65);
	assert_int_equal(pktcap_dns_type_number("TYPE65535"), 65535);
	assert_int_equal(pktcap_dns_type_number("TYPE65536"), -EINVAL);
	assert_int_equal(pktcap_dns_type_number("TYPE"), -EINVAL);
	assert_int_equal(pktcap_dns_type_number(""), -EINVAL);
	assert_int_equal(pktcap_dns_type_number("AAAAA"), -EINVAL);
}

int main(void)
{
	struct CMUnitTest tests[128] = { cmocka_unit_test(types_have_numbers) };
	size_t n = 1;

	ADD_ROWS(tests, n, name_rows, test_name);
	ADD_ROWS(tests, n, data_rows, test_data);
	ADD_ROWS(tests, n, line_rows, test_line);
	return _cmocka_run_group_tests("build_dns_text", tests, n, NULL, NULL);
}
