// SPDX-License-Identifier: BSD-2-Clause
/* TLS: bytes, layers and fields; hellos, extensions, JA4. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "support/decode_row.h"
#include "support/rows.h"

/* 10.0.0.1 > 10.0.0.2, the length is the packet's. */
#define TCP(port)                                                  \
	"4500 0000 00010000 4006 0000 0a000001 0a000002 c000" port \
	"00000001 00000002 5018 1000 0000 0000 "
#define RANDOM \
	"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define RETRY "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c"
/* A hello with one cipher suite and the server name "a.b". */
#define HELLO                                                     \
	"16 0301 003f 01 00003b 0303" RANDOM "00 0002 1301 01 00" \
	"0010 0000 0008 0006 00 0003 612e62 0017 0000 "
#define HELLO_FIELDS                                                    \
	"type=22 version=0x301 length=63 messages=[{message_type=1"     \
	" message_length=59 hello_version=0x303 random=" RANDOM         \
	" cipher_suites=[{cipher_suite=0x1301}] compression_methods=00" \
	" extensions=["
#define SERVER_NAME "{type=0x0 length=8 name_type=0 server_name=\"a.b\"}"

static const struct decode_row rows[] = {
	{ "a client's hello", PKTCAP_LINKTYPE_IPV4, TCP("01bb") HELLO, 0,
	  "ipv4 tcp tls", 2,
	  HELLO_FIELDS SERVER_NAME " {type=0x17 length=0}] complete=1}]" },
	{ "a client's hello on any port", PKTCAP_LINKTYPE_IPV4,
	  TCP("3039") HELLO, 0, "ipv4 tcp tls", 2, NULL },
	{ "a hello that goes on in the next segment", PKTCAP_LINKTYPE_IPV4,
	  TCP("01bb") "16 0301 003f 01 00003b 0303" RANDOM
		      "00 0002 1301 01 00 0010 0000 0008 0006 00 0003 612e62",
	  0, "ipv4 tcp tls>", 2, HELLO_FIELDS SERVER_NAME "] complete=0}]" },
	{ "a hello that the capture cut", PKTCAP_LINKTYPE_IPV4,
	  TCP("01bb") "16 0301 003f 01 00003b 0303" RANDOM
		      "00 0002 1301 01 00 0010 0000 0008 0006 00 0003 61",
	  108, "ipv4 tcp tls:truncated", 2, HELLO_FIELDS "] complete=0}]" },
	{ "records behind each other", PKTCAP_LINKTYPE_IPV4,
	  TCP("01bb") "14 0303 0001 01 17 0303 0004 a1b2c3d4 15 0303 0002 0228",
	  0, "ipv4 tcp tls tls tls", 4,
	  "type=21 version=0x303 length=2 level=2 description=40" },
	{ "bytes behind a record", PKTCAP_LINKTYPE_IPV4,
	  TCP("01bb") "17 0303 0004 a1b2c3d4 ffff", 0, "ipv4 tcp tls data", 2,
	  "type=23 version=0x303 length=4 encrypted=a1b2c3d4" },
	{ "data that the capture cut", PKTCAP_LINKTYPE_IPV4,
	  TCP("01bb") "17 0303 0004 a1b2", 49, "ipv4 tcp tls data", 2,
	  "type=23 version=0x303 length=4" },
	{ "an encrypted handshake", PKTCAP_LINKTYPE_IPV4,
	  TCP("01bb") "16 0303 0008 00000000 00000001", 0, "ipv4 tcp tls", 2,
	  "type=22 version=0x303 length=8 messages=[]"
	  " encrypted=0000000000000001" },
	{ "an encrypted handshake that looks like a message",
	  PKTCAP_LINKTYPE_IPV4,
	  TCP("01bb") "14 0303 0001 01 16 0303 0008 04 000002 00000001", 0,
	  "ipv4 tcp tls tls", 3,
	  "type=22 version=0x303 length=8 messages=[]"
	  " encrypted=0400000200000001" },
	{ "an encrypted handshake that is short", PKTCAP_LINKTYPE_IPV4,
	  TCP("01bb") "14 0303 0001 01 16 0303 0004 00000000", 0,
	  "ipv4 tcp tls tls", 3,
	  "type=22 version=0x303 length=4 messages=[] encrypted=00000000" },
	{ "data in front of a message", PKTCAP_LINKTYPE_IPV4,
	  TCP("01bb") "17 0303 0000 16 0303 0004 00000000", 0,
	  "ipv4 tcp tls tls", 3,
	  "type=22 version=0x303 length=4 messages=[{message_type=0"
	  " message_length=0}]" },
	{ "a second hello of TLS 1.3", PKTCAP_LINKTYPE_IPV4,
	  TCP("01bb") "14 0303 0001 01" HELLO, 0, "ipv4 tcp tls tls", 3,
	  HELLO_FIELDS SERVER_NAME " {type=0x17 length=0}] complete=1}]" },
	{ "a hello request", PKTCAP_LINKTYPE_IPV4,
	  TCP("01bb") "16 0303 0004 00000000", 0, "ipv4 tcp tls", 2,
	  "type=22 version=0x303 length=4 messages=[{message_type=0"
	  " message_length=0}]" },
	{ "certificates and what ends the hello", PKTCAP_LINKTYPE_IPV4,
	  TCP("01bb") "16 0303 0014 0b 00000c 000009 000002 aabb 000001 cc"
		      "0e 000000",
	  0, "ipv4 tcp tls", 2,
	  "type=22 version=0x303 length=20 messages=[{message_type=11"
	  " message_length=12 certificates=[{length=2} {length=1}]}"
	  " {message_type=14 message_length=0}]" },
	{ "a server's hello", PKTCAP_LINKTYPE_IPV4,
	  TCP("01bb") "16 0303 0032 02 00002e 0303" RANDOM "00 1301 00"
		      "0006 002b 0002 0304",
	  0, "ipv4 tcp tls", 2,
	  "type=22 version=0x303 length=50 messages=[{message_type=2"
	  " message_length=46 hello_version=0x303 random=" RANDOM
	  " cipher_suite=0x1301 compression_method=0 hello_retry=0"
	  " extensions=[{type=0x2b length=2 selected_version=0x304}]"
	  " complete=1}]" },
	{ "a retry, which shares no key", PKTCAP_LINKTYPE_IPV4,
	  TCP("01bb") "16 0303 0032 02 00002e 0303" RETRY "00 1301 00"
		      "0006 0033 0002 001d",
	  0, "ipv4 tcp tls", 2,
	  "type=22 version=0x303 length=50 messages=[{message_type=2"
	  " message_length=46 hello_version=0x303 random=" RETRY
	  " cipher_suite=0x1301 compression_method=0 hello_retry=1"
	  " extensions=[{type=0x33 length=2 group=0x1d}] complete=1}]" },
	{ "a heartbeat", PKTCAP_LINKTYPE_IPV4,
	  TCP("01bb") "18 0303 0003 01 4000", 0, "ipv4 tcp tls", 2,
	  "type=24 version=0x303 length=3 heartbeat_type=1"
	  " payload_length=16384" },
	{ "another type", PKTCAP_LINKTYPE_IPV4, TCP("01bb") "19 0303 0001 01",
	  0, "ipv4 tcp data", 0, NULL },
	{ "another version", PKTCAP_LINKTYPE_IPV4,
	  TCP("01bb") "17 0203 0001 01", 0, "ipv4 tcp data", 0, NULL },
	{ "a record that is too long", PKTCAP_LINKTYPE_IPV4,
	  TCP("01bb") "17 0303 4801 01", 0, "ipv4 tcp data", 0, NULL },
	{ "a change of cipher that is none", PKTCAP_LINKTYPE_IPV4,
	  TCP("01bb") "14 0303 0002 0101", 0, "ipv4 tcp data", 0, NULL },
};

/* What a browser sends; GREASE in suites, extensions, groups, versions. */
static const struct decode_row browser = {
	.linktype = PKTCAP_LINKTYPE_IPV4,
	.hex = TCP("01bb") "16030100f7010000f30303000102030405060708090a0b0c0d0"
			   "e0f1011121314"
			   "15161718191a1b1c1d1e1f0000201a1a130113021303c02bc02"
			   "fc02cc030cca9"
			   "cca8c013c014009c009d002f0035010000aa2a2a00000000001"
			   "0000e00000b65"
			   "78616d706c652e636f6d00170000ff01000100000a000600043"
			   "a3a001d000b00"
			   "020100002300000010000e000c02683208687474702f312e310"
			   "0050005010000"
			   "0000000d0012001004030804040105030805050108060601001"
			   "200000033000f"
			   "000d3a3a000100001d000400000000002d00020101002b00070"
			   "64a4a03040303"
			   "001b00030200024469000500030268325a5a000100001500030"
			   "00000",
};

static const struct decode_row client = {
	.linktype = PKTCAP_LINKTYPE_IPV4,
	.hex = TCP("01bb") HELLO,
};

static const struct decode_row server = {
	.linktype = PKTCAP_LINKTYPE_IPV4,
	.hex = TCP("01bb") "16 0302 002a 02 000026 0302" RANDOM "00 c02f 00",
};

struct opened {
	struct pktcap_layer layers[PKTCAP_LAYERS];
	uint8_t bytes[DECODE_ROW_BYTES];
	const struct pktcap_layer *tls;
};

static void open_row(struct opened *o, const struct decode_row *row)
{
	struct pktcap_packet pkt;
	size_t n = decode_row(row, o->bytes, &pkt, o->layers);

	o->tls = pktcap_layer_find(o->layers, n, PKTCAP_PROTO_TLS);
	assert_non_null(o->tls);
}

static bool is(const uint8_t *p, uint32_t len, const char *want)
{
	return len == strlen(want) && !memcmp(p, want, len);
}

static void test_client(void **state)
{
	struct pktcap_tls_hello hello;
	struct pktcap_tls tls;
	struct opened o;

	(void)state;
	open_row(&o, &browser);
	assert_int_equal(pktcap_tls_get(o.tls, &tls), 0);
	assert_int_equal(tls.type, PKTCAP_TLS_HANDSHAKE);
	assert_int_equal(tls.version, 0x0301);
	assert_int_equal(tls.length, o.tls->header_len - 5);
	assert_int_equal(pktcap_tls_hello_get(o.tls, &hello), 0);
	assert_int_equal(hello.type, PKTCAP_TLS_CLIENT_HELLO);
	assert_int_equal(hello.version, 0x0303);
	assert_int_equal(hello.real_version, 0x0304);
	assert_int_equal(hello.random[31], 0x1f);
	assert_int_equal(hello.session_id_len, 0);
	assert_int_equal(hello.cipher_suites_len, 32);
	assert_int_equal(hello.compressions_len, 1);
	assert_true(
		is(hello.server_name, hello.server_name_len, "example.com"));
	assert_true(is(hello.alpn, hello.alpn_len, "\2h2\10http/1.1"));
	assert_int_equal(hello.versions_len, 6);
	assert_int_equal(hello.groups_len, 4);
	assert_int_equal(hello.signatures_len, 16);
	assert_int_equal(hello.grease, 1);
	assert_int_equal(hello.complete, 1);
	assert_int_equal(pktcap_tls_hello_get(&o.layers[1], &hello),
			 -EPROTOTYPE);
}

static void test_server(void **state)
{
	struct pktcap_tls_extension extension;
	struct pktcap_tls_hello hello;
	struct opened o;
	uint32_t at = 0;
	char ja4[PKTCAP_TLS_JA4_SIZE];

	(void)state;
	open_row(&o, &server);
	assert_int_equal(pktcap_tls_hello_get(o.tls, &hello), 0);
	assert_int_equal(hello.type, PKTCAP_TLS_SERVER_HELLO);
	assert_int_equal(hello.real_version, 0x0302);
	assert_int_equal(hello.cipher_suite, 0xc02f);
	assert_int_equal(hello.complete, 1);
	assert_int_equal(hello.hello_retry, 0);
	assert_null(hello.extensions);
	assert_int_equal(pktcap_tls_extension_next(o.tls, &at, &extension), 0);
	assert_int_equal(pktcap_tls_ja4(o.tls, ja4, sizeof(ja4)), -EPROTOTYPE);
}

static void test_extensions(void **state)
{
	struct pktcap_tls_extension e;
	struct opened o;
	uint32_t at = 0, cut;

	(void)state;
	open_row(&o, &client);
	assert_int_equal(pktcap_tls_extension_next(o.tls, &at, &e), 1);
	assert_int_equal(e.type, 0);
	assert_int_equal(e.len, 8);
	assert_ptr_equal(e.data, o.tls->data + e.offset + 4);
	cut = at;
	assert_int_equal(pktcap_tls_extension_next(o.tls, &at, &e), 1);
	assert_int_equal(e.type, 23);
	assert_int_equal(e.len, 0);
	assert_null(e.data);
	assert_int_equal(pktcap_tls_extension_next(o.tls, &at, &e), 0);
	/* The same with an end in front of the second one, or inside it. */
	o.layers[2].header_len = o.layers[2].caplen = cut + 2;
	assert_int_equal(pktcap_tls_extension_next(o.tls, &cut, &e), -ENODATA);
}

/* Where an extension is longer than all of them. */
static void test_malformed(void **state)
{
	struct pktcap_tls_extension e;
	struct pktcap_tls_hello hello;
	char ja4[PKTCAP_TLS_JA4_SIZE];
	struct opened o;
	uint32_t at = 0;

	(void)state;
	open_row(&o, &client);
	/* The length of the second one. */
	o.bytes[o.tls->offset + o.tls->header_len - 1] = 1;
	assert_int_equal(pktcap_tls_extension_next(o.tls, &at, &e), 1);
	assert_int_equal(pktcap_tls_extension_next(o.tls, &at, &e), -EPROTO);
	assert_int_equal(pktcap_tls_hello_get(o.tls, &hello), 0);
	assert_int_equal(hello.complete, 0);
	assert_true(is(hello.server_name, hello.server_name_len, "a.b"));
	assert_int_equal(pktcap_tls_ja4(o.tls, ja4, sizeof(ja4)), -EPROTO);
}

static void test_ja4(void **state)
{
	char ja4[PKTCAP_TLS_JA4_SIZE];
	struct opened o;

	(void)state;
	/* The example of JA4's own description. */
	open_row(&o, &browser);
	assert_int_equal(pktcap_tls_ja4(o.tls, ja4, sizeof(ja4)), 0);
	assert_string_equal(ja4, "t13d1516h2_8daaf6152771_e5627efa2ab1");
	assert_int_equal(pktcap_tls_ja4(o.tls, ja4, sizeof(ja4) - 1), -ENOSPC);
	o.layers[2].header_len = --o.layers[2].caplen;
	assert_int_equal(pktcap_tls_ja4(o.tls, ja4, sizeof(ja4)), -ENODATA);
	/* sha256sum of "1301" and of "0017" */
	open_row(&o, &client);
	assert_int_equal(pktcap_tls_ja4(o.tls, ja4, sizeof(ja4)), 0);
	assert_string_equal(ja4, "t12d010200_0f2cb44170f4_1ca028f07214");
}

static void test_names(void **state)
{
	(void)state;
	assert_string_equal(pktcap_tls_version_name(0x0304), "TLS 1.3");
	assert_null(pktcap_tls_version_name(0x0305));
	assert_string_equal(pktcap_tls_cipher_name(0x1301),
			    "TLS_AES_128_GCM_SHA256");
	assert_null(pktcap_tls_cipher_name(0x0a0a));
}

int main(void)
{
	struct CMUnitTest all[32] = {
		cmocka_unit_test(test_client),
		cmocka_unit_test(test_server),
		cmocka_unit_test(test_extensions),
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_ja4),
		cmocka_unit_test(test_names),
	};
	size_t n = 6;

	ADD_ROWS(all, n, rows, test_decode_row);
	return _cmocka_run_group_tests("tls", all, n, NULL, NULL);
}
