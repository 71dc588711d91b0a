// SPDX-License-Identifier: BSD-2-Clause
/* DNS and mDNS: bytes, layers, fields; questions, records and names. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "support/decode_row.h"
#include "support/rows.h"

/* 10.0.0.1 > 10.0.0.2; lengths are those of IP and UDP. */
#define IPV4(length, proto) \
	"4500" length "00010000 40" proto "0000 0a000001 0a000002 "
#define UDP(ip, port, length) IPV4(ip, "11") "c000" port length "0000 "
#define TCP(ip, port) \
	IPV4(ip, "06") "c000" port "00000001 00000002 5018 1000 0000 0000 "
#define EXAMPLE "07 6578616d706c65 03 636f6d 00 "

#define HEADER_FIELDS(response, aa, rd, counts)                      \
	"id=0x1234 response=" response " opcode=0 authoritative=" aa \
	" truncated=0 recursion_desired=" rd                         \
	" recursion_available=0 reserved_flag=0 authentic_data=0"    \
	" checking_disabled=0 rcode=0 " counts
#define COUNTS(qd, an, ns, ar)                                          \
	"question_count=" qd " answer_count=" an " authority_count=" ns \
	" additional_count=" ar
#define QUESTION " questions=[{name=\"example.com\" type=1 class=1}]"

/* A response of one record of the root, with this type, length and data. */
#define RECORD(type, length, data)                    \
	"1234 8000 0001 0001 0000 0000 00 0001 0001 " \
	"00" type "0001 0000003c" length data
#define RECORD_FIELDS(type, length, data)                               \
	HEADER_FIELDS("1", "0", "0", COUNTS("1", "1", "0", "0"))        \
	" questions=[{name=\".\" type=1 class=1}] answers=[{name=\".\"" \
	" type=" type " class=1 ttl=60 rdata_length=" length data "}]"

static const struct decode_row rows[] = {
	{ "a query", PKTCAP_LINKTYPE_IPV4,
	  UDP("0039", "0035", "0025") "1234 0100 0001 0000 0000 0000 " EXAMPLE
				      "0001 0001",
	  0, "ipv4 udp dns", 2,
	  HEADER_FIELDS("0", "0", "1", COUNTS("1", "0", "0", "0")) QUESTION },
	{ "a query of which the capture has a part", PKTCAP_LINKTYPE_IPV4,
	  UDP("0039", "0035", "0025") "1234 0100 0001 0000 0000 0000 076578",
	  57, "ipv4 udp dns:truncated", 2,
	  HEADER_FIELDS(
		  "0", "0", "1",
		  COUNTS("1", "0", "0", "0")) " questions=[] incomplete=1" },
	{ "a query that ends early", PKTCAP_LINKTYPE_IPV4,
	  UDP("002b", "0035", "0017") "1234 0100 0001 0000 0000 0000 076578", 0,
	  "ipv4 udp dns", 2,
	  HEADER_FIELDS(
		  "0", "0", "1",
		  COUNTS("1", "0", "0", "0")) " questions=[] malformed=1" },
	{ "a name that points to itself", PKTCAP_LINKTYPE_IPV4,
	  UDP("002e", "0035", "001a") "1234 0100 0001 0000 0000 0000 c00c"
				      "0001 0001",
	  0, "ipv4 udp dns", 2,
	  HEADER_FIELDS(
		  "0", "0", "1",
		  COUNTS("1", "0", "0", "0")) " questions=[] malformed=1" },
	{ "a name that points forward", PKTCAP_LINKTYPE_IPV4,
	  UDP("002f", "0035", "001b") "1234 0100 0001 0000 0000 0000 c012"
				      "0001 0001 00",
	  0, "ipv4 udp dns", 2,
	  HEADER_FIELDS(
		  "0", "0", "1",
		  COUNTS("1", "0", "0", "0")) " questions=[] malformed=1" },
	{ "bytes behind the message", PKTCAP_LINKTYPE_IPV4,
	  UDP("002f", "0035", "001b") "1234 0100 0001 0000 0000 0000 00"
				      "0001 0001 abcd",
	  0, "ipv4 udp dns", 2,
	  HEADER_FIELDS(
		  "0", "0", "1",
		  COUNTS("1", "0", "0", "0")) " questions=[{name=\".\" type=1 "
					      "class=1}] trailing=abcd" },
	{ "text on port 53", PKTCAP_LINKTYPE_IPV4,
	  UDP("002c", "0035", "0018") "48656c6c6f2c20776f726c6421212121", 0,
	  "ipv4 udp data", 0, NULL },
	{ "zeros on port 53", PKTCAP_LINKTYPE_IPV4,
	  UDP("0028", "0035", "0014") "000000000000000000000000", 0,
	  "ipv4 udp data", 0, NULL },
	{ "an error without a question", PKTCAP_LINKTYPE_IPV4,
	  UDP("0028", "0035", "0014") "1234 8001 0000 0000 0000 0000", 0,
	  "ipv4 udp dns", 0, NULL },
	{ "a header alone", PKTCAP_LINKTYPE_IPV4,
	  UDP("0028", "0035", "0014") "1234 1000 0000 0000 0000 0000", 0,
	  "ipv4 udp dns", 0, NULL },
	{ "LLMNR", PKTCAP_LINKTYPE_IPV4,
	  UDP("0039", "14eb", "0025") "1234 0000 0001 0000 0000 0000 " EXAMPLE
				      "0001 0001",
	  0, "ipv4 udp dns", 0, NULL },
	{ "two messages in a segment", PKTCAP_LINKTYPE_IPV4,
	  TCP("0051", "0035") "0011 1234 0100 0001 0000 0000 0000 00 0001 0001"
			      "0014 1234 8180 0001 0000 0000 0000 00 0001 0001"
			      "abcdef",
	  0, "ipv4 tcp dns dns", 3,
	  "length=20 id=0x1234 response=1 opcode=0 authoritative=0"
	  " truncated=0 recursion_desired=1 recursion_available=1"
	  " reserved_flag=0 authentic_data=0 checking_disabled=0 "
	  "rcode=0 " COUNTS("1", "0", "0",
			    "0") " questions=[{name=\".\" type=1 class=1}] "
				 "trailing=abcdef" },
	{ "a message that goes on in the next segment", PKTCAP_LINKTYPE_IPV4,
	  TCP("003b", "0035") "0101 1234 0100 0001 0001 0000 0000 00 0001 0001",
	  0, "ipv4 tcp dns>", 2,
	  "length=257 " HEADER_FIELDS(
		  "0", "0", "1",
		  COUNTS("1", "1", "0", "0")) " questions=[{name=\".\" type=1 "
					      "class=1}] answers=[]"
					      " incomplete=1" },
	{ "a signature of a time beyond nanoseconds", PKTCAP_LINKTYPE_IPV4,
	  UDP("0044", "0035", "0030") "1234 0100 0000 0000 0000 0001"
				      "00 00fa 00ff 00000000 0011 00"
				      "ffffffffffff 012c 0000 1234 0000 0000",
	  0, "ipv4 udp dns", 2,
	  HEADER_FIELDS(
		  "0", "0", "1",
		  COUNTS("0", "0", "0",
			 "1")) " additionals=[{name=\".\""
			       " type=250 class=255 ttl=0 rdata_length=17"
			       " algorithm=\".\""
			       " time_signed=9223372036854775807 fudge=300"
			       " mac_length=0 mac= original_id=0x1234 error=0"
			       " other_length=0 other=}]" },
	{ "a length without a message", PKTCAP_LINKTYPE_IPV4,
	  TCP("002e", "0035") "0004 1234 0100", 0, "ipv4 tcp data", 0, NULL },
	{ "mDNS, a question for a unicast response", PKTCAP_LINKTYPE_IPV4,
	  UDP("0033", "14e9", "001f") "1234 0000 0001 0000 0000 0000"
				      "05 6c6f63616c 00 00ff 8001",
	  0, "ipv4 udp mdns", 2,
	  HEADER_FIELDS(
		  "0", "0", "0",
		  COUNTS("1", "0", "0", "0")) " questions=[{name=\"local\" "
					      "type=255 unicast_response=1"
					      " class=1}]" },
	{ "mDNS, a record that flushes the cache", PKTCAP_LINKTYPE_IPV4,
	  UDP("0037", "14e9", "0023") "1234 8400 0000 0001 0000 0000"
				      "00 0001 8001 00000078 0004 c0000201",
	  0, "ipv4 udp mdns", 2,
	  HEADER_FIELDS("1", "1", "0",
			COUNTS("0", "1", "0",
			       "0")) " answers=[{name=\".\" type=1 "
				     "cache_flush=1 class=1 ttl=120"
				     " rdata_length=4 address=c0000201}]" },
	{ "an address that is too short", PKTCAP_LINKTYPE_IPV4,
	  UDP("003b", "0035", "0027") RECORD("0001", "0003", "c00002"), 0,
	  "ipv4 udp dns", 2, RECORD_FIELDS("1", "3", " rest=c00002") },
	{ "data beyond the message", PKTCAP_LINKTYPE_IPV4,
	  UDP("003b", "0035", "0027") RECORD("0001", "0004", "c00002"), 0,
	  "ipv4 udp dns", 2,
	  HEADER_FIELDS("1", "0", "0",
			COUNTS("1", "1", "0",
			       "0")) " questions=[{name=\".\" type=1 class=1}] "
				     "answers=[] malformed=1" },
	{ "data that the capture cut", PKTCAP_LINKTYPE_IPV4,
	  UDP("003f", "0035", "002b") RECORD("0010", "0007", "03616263"), 63,
	  "ipv4 udp dns:truncated", 2,
	  HEADER_FIELDS("1", "0", "0",
			COUNTS("1", "1", "0",
			       "0")) " questions=[{name=\".\" type=1 class=1}] "
				     "answers=[{name=\".\""
				     " type=16 class=1 ttl=60 rdata_length=7 "
				     "texts=[{text=\"abc\"}]}]"
				     " incomplete=1" },
	{ "MX", PKTCAP_LINKTYPE_IPV4,
	  UDP("003f", "0035", "002b")
		  RECORD("000f", "0007", "000a 036d7831 00"),
	  0, "ipv4 udp dns", 2,
	  RECORD_FIELDS("15", "7", " preference=10 target=\"mx1\"") },
	{ "SRV", PKTCAP_LINKTYPE_IPV4,
	  UDP("003f", "0035", "002b")
		  RECORD("0021", "0007", "0001 0002 0050 00"),
	  0, "ipv4 udp dns", 2,
	  RECORD_FIELDS("33", "7",
			" priority=1 weight=2 port=80 target=\".\"") },
	{ "NSEC", PKTCAP_LINKTYPE_IPV4,
	  UDP("0044", "0035", "0030")
		  RECORD("002f", "000c", "00 0006 400000000003 0101 40"),
	  0, "ipv4 udp dns", 2,
	  RECORD_FIELDS("47", "12",
			" next_name=\".\" types=[{type=1} {type=46} {type=47}"
			" {type=257}]") },
	{ "NSEC with a window twice", PKTCAP_LINKTYPE_IPV4,
	  UDP("003f", "0035", "002b")
		  RECORD("002f", "0007", "00 0001 40 0001 40"),
	  0, "ipv4 udp dns", 2,
	  RECORD_FIELDS("47", "7",
			" next_name=\".\" types=[{type=1}] rest=000140") },
	{ "NSEC with windows that descend", PKTCAP_LINKTYPE_IPV4,
	  UDP("003f", "0035", "002b")
		  RECORD("002f", "0007", "00 0101 40 0001 40"),
	  0, "ipv4 udp dns", 2,
	  RECORD_FIELDS("47", "7",
			" next_name=\".\" types=[{type=257}] rest=000140") },
	{ "RRSIG", PKTCAP_LINKTYPE_IPV4,
	  UDP("004c", "0035", "0038")
		  RECORD("002e", "0014",
			 "0001 0d 02 0000012c 00000002 00000001 3039 00 aa"),
	  0, "ipv4 udp dns", 2,
	  RECORD_FIELDS("46", "20",
			" type_covered=1 algorithm=13 labels=2"
			" original_ttl=300 expiration=2000000000"
			" inception=1000000000 key_tag=12345 signer=\".\""
			" signature=aa") },
	{ "CAA", PKTCAP_LINKTYPE_IPV4,
	  UDP("0041", "0035", "002d")
		  RECORD("0101", "0009", "80 056973737565 6361"),
	  0, "ipv4 udp dns", 2,
	  RECORD_FIELDS("257", "9",
			" critical=1 reserved_flags=0x0 tag=\"issue\""
			" value=\"ca\"") },
	{ "HTTPS", PKTCAP_LINKTYPE_IPV4,
	  UDP("0051", "0035", "003d")
		  RECORD("0041", "0019",
			 "0001 00 0001 0003 026832 0003 0002 01bb"
			 "0004 0004 c0000201 00"),
	  0, "ipv4 udp dns", 2,
	  RECORD_FIELDS("65", "25",
			" priority=1 target=\".\" parameters=[{key=1 length=3"
			" alpn=[{protocol=\"h2\"}]} {key=3 length=2 port=443}"
			" {key=4 length=4 addresses=[{address=c0000201}]}]"
			" rest=00") },
	{ "OPT with client subnet and extended error", PKTCAP_LINKTYPE_IPV4,
	  UDP("004c", "0035",
	      "0038") "1234 8000 0001 0000 0000 0001 00 0001 0001 "
		      "00 0029 04d0 01008000 0014 0008 0007 0001 18 00 c00002"
		      "000f 0005 0012 616263",
	  0, "ipv4 udp dns", 2,
	  HEADER_FIELDS(
		  "1", "0", "0",
		  COUNTS("1", "0", "0",
			 "1")) " questions=[{name=\".\" type=1 class=1}] "
			       "additionals=[{name=\".\""
			       " type=41 udp_payload_size=1232 "
			       "extended_rcode=1 version=0"
			       " dnssec_ok=1 reserved_flags=0x0 rdata_length=20"
			       " options=[{code=8 length=7 family=1 "
			       "source_prefix=24"
			       " scope_prefix=0 address=c0000200} {code=15 "
			       "length=5 info_code=18"
			       " extra_text=\"abc\"}]}]" },
	{ "a type nobody knows", PKTCAP_LINKTYPE_IPV4,
	  UDP("003b", "0035", "0027") RECORD("ff00", "0003", "c00002"), 0,
	  "ipv4 udp dns", 2, RECORD_FIELDS("65280", "3", " data=c00002") },
};

struct name_row {
	const char *name;
	const char *hex; /* a name at the end of a message */
	unsigned int at; /* where it begins, behind the header */
	int want;
	const char *text;
};

#define LABEL_63                                                          \
	"3f 616161616161616161616161616161616161616161616161616161616161" \
	"616161616161616161616161616161616161616161616161616161616161616161"
#define LABEL_61                                                          \
	"3d 616161616161616161616161616161616161616161616161616161616161" \
	"61616161616161616161616161616161616161616161616161616161616161"

static const struct name_row names[] = {
	{ "the root", "00", 0, 1, "." },
	{ "labels", "0161 026263 00", 0, 6, "a.bc" },
	{ "a pointer", "0161 00 0162 c00c", 3, 4, "b.a" },
	{ "a pointer to a pointer", "0161 00 c00c c00f", 5, 2, "a" },
	{ "what has a meaning", "07 2e5c3b24402822 00", 0, 9,
	  "\\.\\\\\\;\\$\\@\\(\\\"" },
	{ "what is not printable", "05 1b0020c3bc 00", 0, 7,
	  "\\027\\000\\032\\195\\188" },
	{ "a label of 64 bytes", "40", 0, -EPROTO, NULL },
	{ "a name of 255 bytes", LABEL_63 LABEL_63 LABEL_63 LABEL_61 "00", 0,
	  255, "" },
	{ "a name of 256 bytes", LABEL_63 LABEL_63 LABEL_63 LABEL_61 "0161 00",
	  0, -EPROTO, NULL },
	{ "a name without an end", "0161", 0, -EPROTO, NULL },
	{ "a pointer without an end", "c0", 0, -EPROTO, NULL },
	{ "a pointer to itself", "c00c", 0, -EPROTO, NULL },
	{ "a pointer into itself", "0161 c00c", 0, -EPROTO, NULL },
	{ "a pointer forward", "c00e 00", 0, -EPROTO, NULL },
};

static size_t hex_bytes(const char *hex, uint8_t *out)
{
	size_t n = 0;

	while (*hex) {
		char digits[3] = { hex[0], hex[1], '\0' };

		if (*hex == ' ') {
			hex++;
			continue;
		}
		out[n++] = (uint8_t)strtoul(digits, NULL, 16);
		hex += 2;
	}
	return n;
}

/* A name, read at every size of the buffer. */
static void test_name(void **state)
{
	const struct name_row *row = *state;
	uint8_t message[400] = { 0 };
	uint32_t len = 12 + (uint32_t)hex_bytes(row->hex, message + 12);
	struct pktcap_layer layer = {
		.data = message,
		.header_len = len,
		.caplen = len,
		.wirelen = len,
		.proto = PKTCAP_PROTO_DNS,
		.below = PKTCAP_PROTO_UDP,
	};
	char buf[PKTCAP_DNS_NAME_SIZE];
	int got = pktcap_dns_name(&layer, 12 + row->at, buf, sizeof(buf));

	assert_int_equal(got, row->want);
	if (got < 0)
		return;
	if (*row->text)
		assert_string_equal(buf, row->text);
	for (size_t size = 0, whole = strlen(buf) + 1; size <= whole; size++)
		assert_int_equal(
			pktcap_dns_name(&layer, 12 + row->at, buf, size),
			size < whole ? -ENOSPC : row->want);
	layer.wirelen++;
	layer.header_len--;
	layer.caplen--;
	assert_int_equal(
		pktcap_dns_name(&layer, 12 + row->at, buf, sizeof(buf)),
		-ENODATA);
}

static const struct decode_row message = {
	.linktype = PKTCAP_LINKTYPE_IPV4,
	.hex = UDP("0072", "0035",
		   "005e") "1234 adff 0001 0002 0001 0001 " EXAMPLE "000f 0001"
			   "c00c 000f 0001 00000e10 0007 000a 026d78 c00c 00 "
			   "0001 0003 00000000 "
			   "0000 c00c 0002 0001 00000001 0002 c00c 00 0029 "
			   "04d0 00008000 0000",
};

static const struct pktcap_layer *open_message(struct pktcap_layer *layers,
					       uint8_t *bytes)
{
	struct pktcap_packet pkt;
	size_t n = decode_row(&message, bytes, &pkt, layers);
	const struct pktcap_layer *dns =
		pktcap_layer_find(layers, n, PKTCAP_PROTO_DNS);

	assert_non_null(dns);
	return dns;
}

static void test_get(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	uint8_t bytes[DECODE_ROW_BYTES];
	const struct pktcap_layer *layer = open_message(layers, bytes);
	struct pktcap_dns dns;

	(void)state;
	assert_int_equal(pktcap_dns_get(layer, &dns), 0);
	assert_int_equal(dns.id, 0x1234);
	assert_int_equal(dns.length, 0);
	assert_int_equal(dns.response, 1);
	assert_int_equal(dns.opcode, 5);
	assert_int_equal(dns.authoritative, 1);
	assert_int_equal(dns.truncated, 0);
	assert_int_equal(dns.recursion_desired, 1);
	assert_int_equal(dns.recursion_available, 1);
	assert_int_equal(dns.reserved_flag, 1);
	assert_int_equal(dns.authentic_data, 1);
	assert_int_equal(dns.checking_disabled, 1);
	assert_int_equal(dns.rcode, 15);
	assert_int_equal(dns.question_count, 1);
	assert_int_equal(dns.answer_count, 2);
	assert_int_equal(dns.authority_count, 1);
	assert_int_equal(dns.additional_count, 1);
	assert_int_equal(pktcap_dns_get(&layers[0], &dns), -EPROTOTYPE);
}

static void test_records(void **state)
{
	static const struct {
		const char *name;
		uint16_t type, class;
		uint32_t ttl;
		uint16_t rdata_len;
		uint8_t section;
	} want[] = {
		{ "example.com", 15, 1, 0, 0, PKTCAP_DNS_QUESTION },
		{ "example.com", 15, 1, 3600, 7, PKTCAP_DNS_ANSWER },
		{ ".", 1, 3, 0, 0, PKTCAP_DNS_ANSWER },
		{ "example.com", 2, 1, 1, 2, PKTCAP_DNS_AUTHORITY },
		{ ".", 41, 1232, 0x8000, 0, PKTCAP_DNS_ADDITIONAL },
	};
	struct pktcap_layer layers[PKTCAP_LAYERS];
	uint8_t bytes[DECODE_ROW_BYTES];
	const struct pktcap_layer *layer = open_message(layers, bytes);
	struct pktcap_dns_record record = { 0 };
	char name[PKTCAP_DNS_NAME_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		assert_int_equal(pktcap_dns_record_next(layer, &record), 1);
		assert_string_equal(record.name, want[i].name);
		assert_int_equal(record.name_len, strlen(want[i].name));
		assert_int_equal(record.type, want[i].type);
		assert_int_equal(record.rr_class, want[i].class);
		assert_int_equal(record.ttl, want[i].ttl);
		assert_int_equal(record.rdata_len, want[i].rdata_len);
		assert_int_equal(record.section, want[i].section);
		if (i != 1)
			continue;
		assert_int_equal(pktcap_dns_name(layer, record.rdata_offset + 2,
						 name, sizeof(name)),
				 5);
		assert_string_equal(name, "mx.example.com");
	}
	assert_int_equal(pktcap_dns_record_next(layer, &record), 0);
	assert_int_equal(pktcap_dns_record_next(&layers[0], &record),
			 -EPROTOTYPE);
}

static void test_labels(void **state)
{
	(void)state;
	assert_string_equal(pktcap_dns_type_name(28), "AAAA");
	assert_null(pktcap_dns_type_name(65280));
	assert_string_equal(pktcap_dns_rcode_name(3), "NXDOMAIN");
	assert_null(pktcap_dns_rcode_name(15));
}

int main(void)
{
	struct CMUnitTest all[64] = {
		cmocka_unit_test(test_get),
		cmocka_unit_test(test_records),
		cmocka_unit_test(test_labels),
	};
	size_t n = 3;

	ADD_ROWS(all, n, rows, test_decode_row);
	ADD_ROWS(all, n, names, test_name);
	return _cmocka_run_group_tests("dns", all, n, NULL, NULL);
}
