// SPDX-License-Identifier: BSD-2-Clause
/* RADIUS: the message and its attributes. */
#include "support/proto_rows.h"

#include <errno.h>

#define HEADER(len) "01 05 " len " 01*16 "
#define RADIUS(name, hex, want)                                                \
	{                                                                      \
		name, WAY_UDP, 1812, PKTCAP_PROTO_RADIUS, PKTCAP_STATUS_OK, 0, \
			hex, want                                              \
	}
#define ATTRIBUTE(name, len, hex, want) \
	RADIUS(name, HEADER(len) hex, "attributes[attribute{" want "}]")
#define NOISE(name, hex)                                                     \
	{                                                                    \
		name, WAY_UDP, 1813, PKTCAP_PROTO_DATA, PKTCAP_STATUS_OK, 0, \
			hex, NULL                                            \
	}

static const struct proto_row rows[] = {
	RADIUS("without attributes", HEADER("0014"),
	       "code=1(access request) id=5 length=20 "
	       "authenticator=01010101010101010101010101010101 attributes[]"),
	ATTRIBUTE("text", "001a", "01 06 1b5b6d78",
		  "type=1(User-Name) length=6 value=\"\\x1b[mx\""),
	ATTRIBUTE("an address", "001a", "04 06 c0000201",
		  "type=4(NAS-IP-Address) length=6 value=192.0.2.1"),
	ATTRIBUTE("three bytes are no address", "0019", "04 05 c00002",
		  "type=4(NAS-IP-Address) length=5 data=c00002"),
	ATTRIBUTE("a number with a name", "001a", "06 06 00000002",
		  "type=6(Service-Type) length=6 value=2(framed)"),
	ATTRIBUTE("a time", "001a", "37 06 6553f100",
		  "type=55(Event-Timestamp) length=6 "
		  "value=1700000000.000000000"),
	ATTRIBUTE("an IPv6 address", "0026", "5f 12 2001 0db8 00*11 01",
		  "type=95(NAS-IPv6-Address) length=18 value=2001:db8::1"),
	ATTRIBUTE("a vendor's", "0020", "1a 0c 00000009 01 06 61626364",
		  "type=26(Vendor-Specific) length=12 vendor=9 "
		  "attributes[attribute{type=1 length=6 data=61626364}]"),
	ATTRIBUTE("a vendor's of another form", "001d", "1a 09 00000009 01ff41",
		  "type=26(Vendor-Specific) length=9 vendor=9 attributes[] "
		  "rest=01ff41"),
	ATTRIBUTE("EAP", "001f", "4f 0b 02 01 0009 01 75736572",
		  "type=79(EAP-Message) length=11 eap_code=2(response) "
		  "eap_id=1 eap_length=9 eap_type=1(identity) "
		  "eap_data=75736572"),
	ATTRIBUTE("EAP in two pieces", "0020",
		  "4f 06 03 01 0004 4f 06 03 01 0004",
		  "type=79(EAP-Message) length=6 eap_code=3(success) eap_id=1 "
		  "eap_length=4} attribute{type=79(EAP-Message) length=6 "
		  "data=03010004"),
	ATTRIBUTE("an unknown one", "0018", "fa 04 0102",
		  "type=250 length=4 data=0102"),
	RADIUS("what is behind the length is padding", HEADER("0014") "ff*4",
	       "attributes[]"),
	RADIUS("an attribute beyond the message",
	       HEADER("001a") "01 03 61 01ff61",
	       "attributes[attribute{type=1(User-Name) length=3 value=\"a\"}]"),
	RADIUS("an attribute of length 1", HEADER("0017") "01 01 61",
	       "attributes[]"),
	NOISE("noise of another code", "07 05 0014 01*16"),
	NOISE("noise with a length of 19", "01 05 0013 01*16"),
	NOISE("noise with a length of 4097", "01 05 1001 01*16"),
	NOISE("noise with more than there is, and no attribute",
	      HEADER("0400") "fa 04 0102"),
	NOISE("noise with more than there is, and an address of 2 bytes",
	      HEADER("0400") "04 04 0102"),
	{ "a length beyond the packet", WAY_UDP, 1812, PKTCAP_PROTO_RADIUS,
	  PKTCAP_STATUS_MALFORMED, 0, HEADER("0015"), "length=21" },
	{ "the end was cut off", WAY_UDP, 1645, PKTCAP_PROTO_RADIUS,
	  PKTCAP_STATUS_TRUNCATED, 1, HEADER("001a") "01 03 61 01 03 61",
	  "attributes[attribute{type=1(User-Name) length=3 value=\"a\"}]" },
};

static const struct proto_row get_row =
	RADIUS("", HEADER("0017") "01 03 61 ff", NULL);

static void test_get(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *layer;
	static struct message m;
	struct pktcap_radius r;

	(void)state;
	layer = proto_row_layer(&get_row, &m, layers);
	assert_int_equal(pktcap_radius_get(layer, &r), 0);
	assert_int_equal(r.code, 1);
	assert_int_equal(r.id, 5);
	assert_int_equal(r.length, 23);
	assert_int_equal(r.authenticator[15], 1);
	assert_int_equal(r.attributes_len, 3);
	assert_memory_equal(r.attributes, "\x01\x03\x61", 3);
}

struct walk_row {
	const char *name;
	uint32_t cut;
	const char *hex;
	int attributes;
	int end;
};

static const struct walk_row walks[] = {
	{ "a walk over two", 0, HEADER("0019") "01 03 61 04 02", 2, 0 },
	{ "a walk that goes too far", 0, HEADER("0019") "01 03 61 04 03", 1,
	  -EPROTO },
	{ "a walk to half an attribute", 0, HEADER("0018") "01 03 61 04", 1,
	  -EPROTO },
	{ "a walk to no length", 0, HEADER("0019") "01 03 61 04 00", 1,
	  -EPROTO },
	{ "a walk that is cut", 1, HEADER("0019") "01 03 61 04 02", 1,
	  -ENODATA },
	{ "a walk over all that counts", 1, HEADER("0017") "01 03 61 0000", 1,
	  0 },
};

static void run_walk(void **state)
{
	const struct walk_row *row = *state;
	const struct proto_row message = {
		.way = WAY_UDP, .number = 1812, .cut = row->cut, .hex = row->hex
	};
	struct pktcap_radius_attribute attribute;
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *layer;
	static struct message m;
	uint32_t offset = 0;
	int n = 0, more;

	layer = proto_row_layer(&message, &m, layers);
	while ((more = pktcap_radius_attribute_next(layer, &offset,
						    &attribute)) > 0)
		n++;
	assert_int_equal(n, row->attributes);
	assert_int_equal(more, row->end);
}

int main(void)
{
	struct CMUnitTest tests[48] = { cmocka_unit_test(test_get) };
	size_t n = 1;

	ADD_ROWS(tests, n, rows, proto_row_run);
	ADD_ROWS(tests, n, walks, run_walk);
	return _cmocka_run_group_tests("radius", tests, n, NULL, NULL);
}
