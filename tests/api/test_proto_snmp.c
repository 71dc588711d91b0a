// SPDX-License-Identifier: BSD-2-Clause
/* SNMP, versions 1, 2c and 3: parts of the message, and its variables. */
#include "support/proto_rows.h"

#include <errno.h>

#define SNMP(name, status, hex, want)                                          \
	{                                                                      \
		name, WAY_UDP, 161, PKTCAP_PROTO_SNMP, PKTCAP_STATUS_##status, \
			0, hex, want                                           \
	}
#define NOISE(name, hex)                                                    \
	{                                                                   \
		name, WAY_UDP, 161, PKTCAP_PROTO_DATA, PKTCAP_STATUS_OK, 0, \
			hex, NULL                                           \
	}
/* A get of 1.3.6.1.2.1.1.3.0, a variable of 14 bytes. */
#define NAME "06082b06010201010300 "
#define PDU(tag) tag " 1a 020204d2 020102 020101 300e 300c " NAME "0500 "
#define PUBLIC "04067075626c6963 "
/* A response with one value of 2 bytes and more. */
#define VALUE(name, message, pdu, list, variable, hex, want)                \
	SNMP(name, OK,                                                      \
	     "30" message " 020101" PUBLIC "a2" pdu                         \
	     " 020204d2 020100 020100 30" list " 30" variable " " NAME hex, \
	     "variables[variable{oid=\"1.3.6.1.2.1.1.3.0\" " want "}]")
#define GLOBAL(flags) "300e 02014d 020300ffe3 0401" flags " 020103 "
#define USM "0418 3016 0402 8000 020102 02020258 040561646d696e 0400 0400 "

static const struct proto_row rows[] = {
	SNMP("a response of version 1", OK, "3027 020100" PUBLIC PDU("a2"),
	     "version=0(SNMPv1) community=\"public\" "
	     "pdu_type=0xa2(response) request_id=1234 "
	     "error_status=2(no such name) error_index=1 variables[variable{"
	     "oid=\"1.3.6.1.2.1.1.3.0\" type=5(null)}]"),
	SNMP("get bulk has other numbers", OK, "3027 020101" PUBLIC PDU("a5"),
	     "version=1(SNMPv2c) community=\"public\" "
	     "pdu_type=0xa5(get bulk) request_id=1234 non_repeaters=2 "
	     "max_repetitions=1 variables[variable{"),
	SNMP("a trap of version 1", OK,
	     "3028 020100" PUBLIC "a41b 06072b060104018f65 4004c0000201 020106 "
	     "020101 43021092 3000",
	     "pdu_type=0xa4(trap (1)) enterprise=\"1.3.6.1.4.1.2021\" "
	     "agent=192.0.2.1 generic_trap=6(enterprise specific) "
	     "specific_trap=1 time=4242 variables[]"),
	VALUE("a negative number", "28", "1b", "0f", "0d", "0201fb",
	      "type=2(integer) value=-5"),
	VALUE("text", "29", "1c", "10", "0e", "04024f53",
	      "type=4(octet string) value=\"OS\""),
	VALUE("bytes that are no text", "29", "1c", "10", "0e", "040200ff",
	      "type=4(octet string) value=00ff"),
	VALUE("an address", "2b", "1e", "12", "10", "4004c0000201",
	      "type=64(IP address) value=192.0.2.1"),
	VALUE("a counter without a sign", "2c", "1f", "13", "11",
	      "410500ffffffff", "type=65(counter32) value=4294967295"),
	VALUE("an object id", "2c", "1f", "13", "11", "0605883703ff7f",
	      "type=6(object id) value=\"2.999.3.16383\""),
	SNMP("version 3 in the clear", OK,
	     "3055 020103" GLOBAL("04") USM
	     "3026 0404 80000001 0400 a01c 020204d2 020100 020100 3010 "
	     "300e " NAME "04026162",
	     "version=3(SNMPv3) message_id=77 max_size=65507 "
	     "flags_reserved=0x0 flag_reportable=1 flag_encrypted=0 "
	     "flag_authenticated=0 security_model=3(USM) engine_id=8000 "
	     "engine_boots=2 engine_time=600 user=\"admin\" "
	     "context_engine_id=80000001 context_name=\"\" "
	     "pdu_type=0xa0(get) request_id=1234 error_status=0(none) "
	     "error_index=0 variables[variable{oid=\"1.3.6.1.2.1.1.3.0\" "
	     "type=4(octet string) value=\"ab\"}]"),
	SNMP("version 3 encrypted", OK,
	     "3031 020103" GLOBAL("03") USM "0402 abcd",
	     "flag_reportable=0 flag_encrypted=1 flag_authenticated=1 "
	     "security_model=3(USM) engine_id=8000 engine_boots=2 "
	     "engine_time=600 user=\"admin\" encrypted=abcd"),
	SNMP("lengths in more bytes than they need", OK,
	     "308400000028 020101 048106 7075626c6963 " PDU("a0"),
	     "community=\"public\" pdu_type=0xa0(get)"),
	SNMP("a community beyond the message", MALFORMED,
	     "3008 020101 0404 61626364", "version=1(SNMPv2c)"),
	SNMP("a message beyond the packet", MALFORMED,
	     "3028 020100" PUBLIC PDU("a2"), "version=0(SNMPv1)"),
	SNMP("a variable beyond its list", OK,
	     "3027 020101" PUBLIC "a01a 020204d2 020102 020101 300e 307f " NAME
	     "0500",
	     "error_index=1 variables[]"),
	NOISE("noise of another version", "3027 020109" PUBLIC PDU("a0")),
	NOISE("noise with a number of nine bytes", "3027 0209 00*40"),
	NOISE("noise of indefinite length", "3080 020101" PUBLIC PDU("a0")),
	NOISE("noise of another tag", "3127 020101" PUBLIC PDU("a0")),
	{ "the end was cut off", WAY_UDP, 162, PKTCAP_PROTO_SNMP,
	  PKTCAP_STATUS_TRUNCATED, 3, "3027 020101" PUBLIC PDU("a0"),
	  "error_index=1 variables[]" },
};

static const struct proto_row get_row =
	SNMP("", OK, "3027 020101" PUBLIC PDU("a2"), NULL);
static const struct proto_row get_v3_row =
	SNMP("", OK, "3031 020103" GLOBAL("03") USM "0402 abcd", NULL);

static void test_get(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *layer;
	static struct message m;
	struct pktcap_snmp s;

	(void)state;
	layer = proto_row_layer(&get_row, &m, layers);
	assert_int_equal(pktcap_snmp_get(layer, &s), 0);
	assert_int_equal(s.version, 1);
	assert_int_equal(s.pdu_type, 0xa2);
	assert_int_equal(s.request_id, 1234);
	assert_int_equal(s.error_status, 2);
	assert_int_equal(s.error_index, 1);
	assert_int_equal(s.community_len, 6);
	assert_memory_equal(s.community, "public", 6);
	assert_int_equal(s.user_len, 0);
}

static void test_get_v3(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *layer;
	static struct message m;
	struct pktcap_snmp s;

	(void)state;
	layer = proto_row_layer(&get_v3_row, &m, layers);
	assert_int_equal(pktcap_snmp_get(layer, &s), 0);
	assert_int_equal(s.version, 3);
	assert_int_equal(s.pdu_type, 0);
	assert_int_equal(s.flags, 3);
	assert_int_equal(s.message_id, 77);
	assert_int_equal(s.max_size, 65507);
	assert_int_equal(s.security_model, 3);
	assert_int_equal(s.engine_boots, 2);
	assert_int_equal(s.engine_time, 600);
	assert_int_equal(s.engine_id_len, 2);
	assert_memory_equal(s.engine_id, "\x80\x00", 2);
	assert_int_equal(s.user_len, 5);
	assert_memory_equal(s.user, "admin", 5);
}

struct walk_row {
	const char *name;
	struct proto_row message;
	int variables;
	int end;
};

static const struct walk_row walks[] = {
	{ "a walk over one", SNMP("", OK, "3027 020101" PUBLIC PDU("a0"), NULL),
	  1, 0 },
	{ "a walk over what is encrypted",
	  SNMP("", OK, "3031 020103" GLOBAL("03") USM "0402 abcd", NULL), 0,
	  0 },
	{ "a walk beyond the list",
	  SNMP("", OK,
	       "3027 020101" PUBLIC
	       "a01a 020204d2 020102 020101 300e 307f " NAME "0500",
	       NULL),
	  0, -EPROTO },
	{ "a walk that is cut",
	  { "", WAY_UDP, 161, PKTCAP_PROTO_SNMP, PKTCAP_STATUS_TRUNCATED, 1,
	    "3029 020101" PUBLIC "a21c 020204d2 020100 020100 3010 300e " NAME
	    "04024f53",
	    NULL },
	  0,
	  -ENODATA },
};

static void run_walk(void **state)
{
	const struct walk_row *row = *state;
	struct pktcap_layer layers[PKTCAP_LAYERS];
	struct pktcap_snmp_variable variable;
	const struct pktcap_layer *layer;
	static struct message m;
	uint32_t offset = 0;
	int n = 0, more;

	layer = proto_row_layer(&row->message, &m, layers);
	while ((more = pktcap_snmp_variable_next(layer, &offset, &variable)) >
	       0) {
		assert_memory_equal(variable.oid, "\x2b\x06\x01", 3);
		assert_int_equal(variable.oid_len, 8);
		assert_int_equal(variable.type, 5);
		assert_int_equal(variable.value_len, 0);
		n++;
	}
	assert_int_equal(n, row->variables);
	assert_int_equal(more, row->end);
}

int main(void)
{
	struct CMUnitTest tests[48] = {
		cmocka_unit_test(test_get),
		cmocka_unit_test(test_get_v3),
	};
	size_t n = 2;

	ADD_ROWS(tests, n, rows, proto_row_run);
	ADD_ROWS(tests, n, walks, run_walk);
	return _cmocka_run_group_tests("snmp", tests, n, NULL, NULL);
}
