// SPDX-License-Identifier: BSD-2-Clause
/* Radiotap and 802.11: bytes and what they say. */
#include "support/decode_row.h"
#include "support/rows.h"

#include <errno.h>
#include <string.h>

#define AP "020000000002 "
#define STATION "020000000001 "
#define PEER "020000000003 "
#define ACK "d400 0000" STATION
#define IP4 "45000014 00010000 40ff0000 0a000001 0a000002 "
#define SNAP_IP4 "aaaa03 000000 0800" IP4
#define BEACON "8000 0000 ffffffffffff" AP AP "1000 "
#define FIXED "1500000000000000 6400 3104 "
#define FLAGS(order, protect, data, save, retry, fragments, from, to) \
	" version=0 flag_order=" #order " flag_protected=" #protect   \
	" flag_more_data=" #data " flag_power_save=" #save            \
	" flag_retry=" #retry " flag_more_fragments=" #fragments      \
	" flag_from_ds=" #from " flag_to_ds=" #to
#define BEACON_TOLD                                                        \
	"subtype=8 type=0" FLAGS(0, 0, 0, 0, 0, 0, 0,                      \
				 0) " duration=0 dst=ffffffffffff "        \
				    "src=020000000002 bssid=020000000002 " \
				    "sequence=1 fragment=0"
#define FIXED_TOLD                                                           \
	" timestamp=21 interval=100 capabilities={value=0x431 short_slot=1 " \
	"privacy=1 short_preamble=1 ibss=0 ess=1}"
#define NO_FLAGS                                                      \
	"flag_short_guard=0 flag_bad_fcs=0 flag_padded=0 flag_fcs=0 " \
	"flag_fragmented=0 flag_wep=0 flag_short_preamble=0 "         \
	"flag_contention_free=0"

enum {
	WIFI = PKTCAP_LINKTYPE_IEEE802_11,
	RADIOTAP = PKTCAP_LINKTYPE_IEEE802_11_RADIOTAP
};

static const struct decode_row radiotap_rows[] = {
	{ "no field", RADIOTAP, "00 00 0800 00000000" ACK, 0, "radiotap wifi",
	  0, "version=0 pad=0 length=8 present=0x0" },
	{ "the usual fields, each aligned", RADIOTAP,
	  "00 00 1800 2f080000 0100000000000000 00 0c 8509 a000 d6 01" ACK, 0,
	  "radiotap wifi", 0,
	  "version=0 pad=0 length=24 present=0x82f tsft=1 " NO_FLAGS
	  " rate=12 frequency=2437 channel_flags=0xa0 signal=-42 antenna=1" },
	{ "padding in front of a field of two bytes", RADIOTAP,
	  "00 00 0e00 0c000000 02 00 8509 a000" ACK, 0, "radiotap wifi", 0,
	  "version=0 pad=0 length=14 present=0xc rate=2 frequency=2437 "
	  "channel_flags=0xa0" },
	{ "MCS and VHT", RADIOTAP,
	  "00 00 1800 00002800 07 0f 0f 00 4400 04 04 92000000 00 00 0000" ACK,
	  0, "radiotap wifi", 0,
	  "version=0 pad=0 length=24 present=0x280000 mcs_known=0x7 "
	  "mcs_flags=0xf mcs=15 vht_known=0x44 vht_flags=0x4 "
	  "vht_bandwidth=4 vht_mcs_nss=0x92 vht_coding=0x0 vht_group=0 "
	  "vht_partial_aid=0x0" },
	{ "two antennas", RADIOTAP, "00 00 0f00 200000a0 20080000 d6 d5 01" ACK,
	  0, "radiotap wifi", 0,
	  "version=0 pad=0 length=15 present=0xa0000020 signal=-42 "
	  "namespaces=[{present=0x820 signal=-43 antenna=1}]" },
	{ "a vendor's fields are passed over", RADIOTAP,
	  "00 00 1d00 040000c0 010000a0 20000000 0c 00 001122 05 0400 aabbccdd "
	  "c4" ACK,
	  0, "radiotap wifi", 0,
	  "version=0 pad=0 length=29 present=0xc0000004 rate=12 "
	  "vendor_oui=0x1122 vendor_space=5 vendor_length=4 "
	  "vendor_data=aabbccdd namespaces=[{present=0x20 signal=-60}]" },
	{ "a vendor's length beyond the header", RADIOTAP,
	  "00 00 1200 00000040 20000000 001122 05 ffff" ACK, 0, "radiotap wifi",
	  0, NULL },
	{ "a field that is not there", RADIOTAP, "00 00 0900 0c000000 0c" ACK,
	  0, "radiotap wifi", 0,
	  "version=0 pad=0 length=9 present=0xc rate=12" },
	{ "an unknown field ends what is known", RADIOTAP,
	  "00 00 0b00 04000010 0c ffff" ACK, 0, "radiotap wifi", 0,
	  "version=0 pad=0 length=11 present=0x10000004 rate=12" },
	{ "words without an end", RADIOTAP,
	  "00 00 1000 00000080 00000080 00000080" ACK, 0, "radiotap:malformed",
	  0, NULL },
	{ "a frame check sequence", RADIOTAP,
	  "00 00 0900 02000000 10" ACK "01020304", 0, "radiotap wifi", 1,
	  "subtype=13 type=1" FLAGS(0, 0, 0, 0, 0, 0, 0,
				    0) " duration=0 receiver=020000000001" },
	{ "a padded body", RADIOTAP,
	  "00 00 0900 02000000 20 8801 2c00" AP STATION PEER
	  "1000 0000 0000" SNAP_IP4,
	  0, "radiotap wifi llc snap ipv4", 0, NULL },
	{ "another version", RADIOTAP, "01 00 0800 00000000" ACK, 0,
	  "radiotap:malformed", 0, NULL },
	{ "longer than the packet", RADIOTAP, "00 00 ff00 00000000" ACK, 0,
	  "radiotap:malformed", 0, NULL },
	{ "radiotap cut", RADIOTAP, "00 00 1800 2f080000 0100", 60,
	  "radiotap:truncated", 0, NULL },
};

static const struct decode_row header_rows[] = {
	{ "data to an access point", WIFI,
	  "0801 2c00" AP STATION PEER "1000" SNAP_IP4, 0, "wifi llc snap ipv4",
	  0,
	  "subtype=0 type=2" FLAGS(
		  0, 0, 0, 0, 0, 0, 0,
		  1) " duration=44 bssid=020000000002 src=020000000001 "
		     "dst=020000000003 sequence=1 fragment=0" },
	{ "QoS data between access points, with HT control", WIFI,
	  "8883 2c00" AP STATION PEER "1000" AP "0500 01020304" SNAP_IP4, 0,
	  "wifi llc snap ipv4", 0,
	  "subtype=8 type=2" FLAGS(1, 0, 0, 0, 0, 0, 1,
				   1) " duration=44 receiver=020000000002 "
				      "transmitter=020000000001 "
				      "dst=020000000003 sequence=1 fragment=0 "
				      "src=020000000002 amsdu=0 "
				      "ack_policy=0 eosp=0 tid=5 qos_upper=0x0 "
				      "ht_control=0x4030201" },
	{ "A-MSDU", WIFI,
	  "8801 2c00" AP STATION PEER "1000 8000" PEER STATION "001c" SNAP_IP4,
	  0, "wifi eth llc snap ipv4", 0, NULL },
	{ "protected", WIFI, "0841 2c00" AP STATION PEER "1000 aaaa0300", 0,
	  "wifi data", 0, NULL },
	{ "a fragment", WIFI, "0801 2c00" AP STATION PEER "1100 aaaa0300", 0,
	  "wifi data/", 0, NULL },
	{ "the first fragment", WIFI,
	  "0805 2c00" AP STATION PEER "1000" SNAP_IP4, 0,
	  "wifi llc+ snap+ ipv4+", 0, NULL },
	{ "null", WIFI, "4811 2c00" AP STATION PEER "1000", 0, "wifi", 0,
	  NULL },
	{ "PS-poll", WIFI, "a400 01c0" AP STATION, 0, "wifi", 0,
	  "subtype=10 type=1" FLAGS(0, 0, 0, 0, 0, 0, 0,
				    0) " aid=1 bssid=020000000002 "
				       "transmitter=020000000001" },
	{ "block ack", WIFI, "9400 3200" STATION AP "0400 0001 ff00", 0, "wifi",
	  0,
	  "subtype=9 type=1" FLAGS(
		  0, 0, 0, 0, 0, 0, 0,
		  0) " duration=50 receiver=020000000001 "
		     "transmitter=020000000002 "
		     "block_ack_control=0x4 start_sequence=16 bitmap=ff00" },
	{ "another version", WIFI, "0b01 2c00" AP STATION, 0,
	  "wifi data:unsupported", 0, NULL },
	{ "an extension frame", WIFI, "0c00 2c00" AP "0000", 0,
	  "wifi data:unsupported", 0, NULL },
	{ "QoS data that ends early", WIFI,
	  "8801 2c00" AP STATION PEER "1000 00", 0, "wifi:malformed", 0, NULL },
	{ "data cut", WIFI, "0801 2c00" AP STATION, 60, "wifi:truncated", 0,
	  "subtype=0 type=2" FLAGS(
		  0, 0, 0, 0, 0, 0, 0,
		  1) " duration=44 bssid=020000000002 src=020000000001" },
};

static const struct decode_row management_rows[] = {
	{ "beacon", WIFI, BEACON FIXED "0002 6162 0102 8204 0301 06", 0, "wifi",
	  0,
	  BEACON_TOLD FIXED_TOLD
	  " elements=[{type=0 length=2 value=\"ab\"} {type=1 length=2 "
	  "rates=[{basic=1 rate=2} {basic=0 rate=4}]} "
	  "{type=3 length=1 value=6}]" },
	{ "RSN", WIFI,
	  BEACON FIXED "3014 0100 000fac04 0100 000fac04 0100 000fac02 c000", 0,
	  "wifi", 0,
	  BEACON_TOLD FIXED_TOLD
	  " elements=[{type=48 length=20 version=1 group_cipher=0xfac04 "
	  "pairwise_ciphers=[{suite=0xfac04}] "
	  "key_managements=[{suite=0xfac02}] rsn_capabilities=0xc0 "
	  "management_protection=1 management_protection_required=1 "
	  "preauthentication=0}]" },
	{ "RSN with more ciphers than bytes", WIFI,
	  BEACON FIXED "300a 0100 000fac04 ffff 0000", 0, "wifi", 0,
	  BEACON_TOLD FIXED_TOLD
	  " elements=[{type=48 length=10 version=1 group_cipher=0xfac04}]" },
	{ "WPA as a vendor's element", WIFI,
	  BEACON FIXED "dd0a 0050f201 0100 0050f202", 0, "wifi", 0,
	  BEACON_TOLD FIXED_TOLD
	  " elements=[{type=221 length=10 oui=0x50f2 vendor_type=1 version=1 "
	  "group_cipher=0x50f202}]" },
	{ "an element beyond the frame", WIFI, BEACON FIXED "0001 61 00ff 62",
	  0, "wifi", 0,
	  BEACON_TOLD FIXED_TOLD " elements=[{type=0 length=1 value=\"a\"}]" },
	{ "deauthentication", WIFI, "c000 0000" STATION AP AP "1000 0700", 0,
	  "wifi", 0,
	  "subtype=12 type=0" FLAGS(
		  0, 0, 0, 0, 0, 0, 0,
		  0) " duration=0 dst=020000000001 src=020000000002 "
		     "bssid=020000000002 sequence=1 fragment=0 reason=7" },
	{ "authentication", WIFI,
	  "b000 0000" STATION AP AP "1000 0300 0100 4c00", 0, "wifi", 0,
	  "subtype=11 type=0" FLAGS(
		  0, 0, 0, 0, 0, 0, 0,
		  0) " duration=0 dst=020000000001 src=020000000002 "
		     "bssid=020000000002 sequence=1 fragment=0 algorithm=3 "
		     "transaction=1 status=76" },
	{ "action", WIFI, "d000 0000" STATION AP AP "1000 03 00 01", 0, "wifi",
	  0,
	  "subtype=13 type=0" FLAGS(
		  0, 0, 0, 0, 0, 0, 0,
		  0) " duration=0 dst=020000000001 src=020000000002 "
		     "bssid=020000000002 sequence=1 fragment=0 category=3 "
		     "action=0 "
		     "body=01" },
	{ "protected management", WIFI,
	  "c040 0000" STATION AP AP "1000 01020304", 0, "wifi data", 0, NULL },
	{ "beacon cut", WIFI, BEACON FIXED "0002 61", 99, "wifi:truncated", 0,
	  BEACON_TOLD FIXED_TOLD " elements=[]" },
};

static const struct pktcap_layer *decoded(uint32_t linktype, const char *hex,
					  uint32_t proto, uint8_t *bytes,
					  struct pktcap_layer *layers)
{
	struct decode_row row = { .linktype = linktype, .hex = hex };
	struct pktcap_packet pkt;
	size_t n = decode_row(&row, bytes, &pkt, layers);

	return pktcap_layer_find(layers, n, proto);
}

static void test_radiotap_struct(void **state)
{
	static const struct pktcap_radiotap want = {
		.tsft = 0x0807060504030201,
		.present = 0xa000082f,
		.found = 0x82f,
		.header_len = 33,
		.frequency = 2437,
		.channel_flags = 0xa0,
		.rate = 12,
		.signal = -42,
		.antenna = 1,
		.pad = 7,
	};
	struct pktcap_layer layers[PKTCAP_LAYERS];
	uint8_t bytes[DECODE_ROW_BYTES];
	struct pktcap_radiotap tap;

	(void)state;
	/* What the second antenna received does not count. */
	assert_int_equal(
		pktcap_radiotap_get(
			decoded(RADIOTAP,
				"00 07 2100 2f0800a0 20000000 00000000 "
				"0102030405060708 00 0c 8509 a000 d6 01 99" ACK,
				PKTCAP_PROTO_RADIOTAP, bytes, layers),
			&tap),
		0);
	assert_memory_equal(&tap, &want, sizeof(want));
}

static void test_wifi_struct(void **state)
{
	static const struct pktcap_wifi want = {
		.address = { { 2, 0, 0, 0, 0, 2 },
			     { 2, 0, 0, 0, 0, 1 },
			     { 2, 0, 0, 0, 0, 3 },
			     { 2, 0, 0, 0, 0, 2 } },
		.ht_control = 0x04030201,
		.duration = 44,
		.sequence = 0x123,
		.qos = 0x8105,
		.type = 2,
		.subtype = 8,
		.flags = 0x83,
		.fragment = 4,
		.addresses = 4,
		.has_qos = 1,
		.has_ht_control = 1,
		.header_len = 36,
	};
	struct pktcap_layer layers[PKTCAP_LAYERS];
	uint8_t bytes[DECODE_ROW_BYTES];
	struct pktcap_wifi wifi;

	(void)state;
	assert_int_equal(
		pktcap_wifi_get(decoded(WIFI,
					"8883 2c00" AP STATION PEER "3412" AP
					"0581 01020304 00",
					PKTCAP_PROTO_WIFI, bytes, layers),
				&wifi),
		0);
	assert_memory_equal(&wifi, &want, sizeof(want));
}

static void test_elements(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *layer;
	uint8_t bytes[DECODE_ROW_BYTES];
	struct pktcap_tlv element;
	uint32_t at = 0;

	(void)state;
	layer = decoded(WIFI, BEACON FIXED "0002 6162 03ff 06",
			PKTCAP_PROTO_WIFI, bytes, layers);
	assert_int_equal(pktcap_wifi_element_next(layer, &at, &element), 1);
	assert_int_equal(element.type, 0);
	assert_int_equal(element.len, 2);
	assert_memory_equal(element.data, "ab", 2);
	assert_int_equal(pktcap_wifi_element_next(layer, &at, &element),
			 -EPROTO);
	at = 0;
	layer = decoded(WIFI, ACK, PKTCAP_PROTO_WIFI, bytes, layers);
	assert_int_equal(pktcap_wifi_element_next(layer, &at, &element), 0);
}

int main(void)
{
	struct CMUnitTest tests[60] = {
		cmocka_unit_test(test_radiotap_struct),
		cmocka_unit_test(test_wifi_struct),
		cmocka_unit_test(test_elements),
	};
	size_t n = 3;

	ADD_ROWS(tests, n, radiotap_rows, test_decode_row);
	ADD_ROWS(tests, n, header_rows, test_decode_row);
	ADD_ROWS(tests, n, management_rows, test_decode_row);
	return _cmocka_run_group_tests("proto_link_wifi", tests, n, NULL, NULL);
}
