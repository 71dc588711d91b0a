// SPDX-License-Identifier: BSD-2-Clause
/* STP, LACP and LLDP: bytes and what they say. */
#include "support/decode_row.h"
#include "support/rows.h"

#include <errno.h>
#include <string.h>

#define MACS "0180c2000000 020000000001 "
#define IDS "8064 020000000001 00000004 7001 020000000002 8002 "
#define TIMES "0100 1400 0200 0f00 "
#define IDS_TOLD                                                        \
	" root_priority=32768 root_extension=100 root=020000000001 "    \
	"root_cost=4 bridge_priority=28672 bridge_extension=1 "         \
	"bridge=020000000002 port=0x8002 message_age=256 max_age=5120 " \
	"hello_time=512 forward_delay=3840"
#define FLAGS(ack, agree, forward, learn, role, propose, change)    \
	" flag_topology_change_ack=" #ack " flag_agreement=" #agree \
	" flag_forwarding=" #forward " flag_learning=" #learn       \
	" port_role=" #role " flag_proposal=" #propose              \
	" flag_topology_change=" #change
#define LACP_PORT "8000 020000000001 0011 00ff 0002 3d 000000 "
#define LACP_PORT_TOLD                                               \
	"system_priority=32768 system=020000000001 key=17 "          \
	"port_priority=255 port=2 flag_expired=0 flag_defaulted=0 "  \
	"flag_distributing=1 flag_collecting=1 flag_synchronized=1 " \
	"flag_aggregatable=1 flag_short_timeout=0 flag_active=1 "    \
	"reserved=0x0"

enum { ETH = PKTCAP_LINKTYPE_ETHERNET };

static const struct decode_row stp_rows[] = {
	{ "configuration, padded", ETH,
	  MACS "0026 424203 0000 00 00 81" IDS TIMES "0000000000000000", 0,
	  "eth llc stp", 2,
	  "protocol=0x0 version=0 type=0x0" FLAGS(1, 0, 0, 0, 0, 0, 1)
		  IDS_TOLD },
	{ "rapid", ETH, MACS "0027 424203 0000 02 02 7e" IDS TIMES "00", 0,
	  "eth llc stp", 2,
	  "protocol=0x0 version=2 type=0x2" FLAGS(0, 1, 1, 1, 3, 1, 0) IDS_TOLD
	  " version1_length=0" },
	{ "topology change", ETH, MACS "0007 424203 0000 00 80 ", 0,
	  "eth llc stp", 2, "protocol=0x0 version=0 type=0x80" },
	{ "a VLAN of PVST+", ETH,
	  MACS "0032 aaaa03 00000c010b 0000 00 00 00" IDS TIMES
	       "00 0000 0002 000a",
	  0, "eth llc snap stp", 3,
	  "protocol=0x0 version=0 type=0x0" FLAGS(0, 0, 0, 0, 0, 0, 0) IDS_TOLD
	  " vlan=10" },
	{ "an instance of MSTP", ETH,
	  MACS "0079 424203 0000 03 02 00" IDS TIMES
	       "00 0050 00 61620000 00000000 00000000 00000000 00000000 "
	       "00000000 00000000 00000000 0007 "
	       "000102030405060708090a0b0c0d0e0f 00000064 "
	       "8000 020000000003 14 "
	       "7c 8005 020000000001 000000c8 80 70 13",
	  0, "eth llc stp", 2,
	  "protocol=0x0 version=3 type=0x2" FLAGS(0, 0, 0, 0, 0, 0, 0) IDS_TOLD
	  " version1_length=0 version3_length=80 format=0 name=\"ab\" "
	  "revision=7 digest=000102030405060708090a0b0c0d0e0f "
	  "internal_root_cost=100 regional_priority=32768 "
	  "regional_extension=0 regional_bridge=020000000003 "
	  "remaining_hops=20 instances=[{flag_topology_change_ack=0 "
	  "flag_agreement=1 flag_forwarding=1 flag_learning=1 port_role=3 "
	  "flag_proposal=0 flag_topology_change=0 root_priority=32768 "
	  "number=5 root=020000000001 internal_root_cost=200 "
	  "bridge_priority=128 port_priority=112 remaining_hops=19}]" },
	{ "MSTP without its own part counts as rapid", ETH,
	  MACS "0027 424203 0000 03 02 00" IDS TIMES "00", 0, "eth llc stp", 0,
	  NULL },
	{ "MSTP longer than the frame", ETH,
	  MACS "0029 424203 0000 03 02 00" IDS TIMES "00 ffff", 0,
	  "eth llc stp:malformed", 0, NULL },
	{ "another type", ETH, MACS "0007 424203 0000 00 55", 0,
	  "eth llc stp:malformed", 2, "protocol=0x0 version=0 type=0x55" },
	{ "GARP", ETH, MACS "0007 424203 0001 00 00", 0,
	  "eth llc stp:unsupported", 0, NULL },
	{ "configuration cut", ETH, MACS "0026 424203 0000 00 00 81" IDS, 60,
	  "eth llc stp:truncated", 0, NULL },
};

static const struct decode_row lacp_rows[] = {
	{ "LACP", ETH,
	  MACS "8809 01 01 01 14" LACP_PORT "02 14" LACP_PORT "03 10 0064", 0,
	  "eth lacp", 1,
	  "subtype=1 version=1 actor={type=1 length=20 " LACP_PORT_TOLD
	  "} partner={type=2 length=20 " LACP_PORT_TOLD
	  "} collector={type=3 length=16 max_delay=100}" },
	{ "marker", ETH,
	  MACS "8809 02 01 02 10 0007 020000000009 0000000a 0000 0000", 0,
	  "eth lacp", 1,
	  "subtype=2 version=1 type=2 length=16 requester_port=7 "
	  "requester_system=020000000009 transaction=0xa" },
	{ "actor of another length", ETH,
	  MACS "8809 01 01 01 00" LACP_PORT "02 14" LACP_PORT, 0,
	  "eth lacp:malformed", 1, "subtype=1 version=1" },
	{ "LACP that ends in the partner", ETH,
	  MACS "8809 01 01 01 14" LACP_PORT "02 14 8000", 0,
	  "eth lacp:malformed", 1,
	  "subtype=1 version=1 actor={type=1 length=20 " LACP_PORT_TOLD
	  "} partner={type=2 length=20 system_priority=32768}" },
	{ "OAM", ETH, MACS "8809 03 0050", 0, "eth lacp data:unsupported", 1,
	  "subtype=3" },
	{ "LACP cut", ETH, MACS "8809 01 01 01 14" LACP_PORT, 124,
	  "eth lacp:truncated", 0, NULL },
};

#define LLDP_IDS "0207 04 020000000001 0405 05 65746830 0602 0078 "
#define LLDP_IDS_TOLD                                                   \
	"{type=1 length=7 subtype=4 id=020000000001} {type=2 length=5 " \
	"subtype=5 id=\"eth0\"} {type=3 length=2 value=120}"

static const struct decode_row lldp_rows[] = {
	{ "the least, and padding", ETH, MACS "88cc" LLDP_IDS "0000 00000000",
	  0, "eth lldp", 1, "tlvs=[" LLDP_IDS_TOLD " {type=0 length=0}]" },
	{ "name and capabilities", ETH,
	  MACS "88cc" LLDP_IDS "0a03 737731 0e04 0014 0004", 0, "eth lldp", 1,
	  "tlvs=[" LLDP_IDS_TOLD " {type=5 length=3 value=\"sw1\"} "
	  "{type=7 length=4 available={stations_only=0 s_vlan=0 c_vlan=0 "
	  "station=0 docsis=0 telephone=0 router=1 wlan=0 bridge=1 "
	  "repeater=0 other=0} enabled={stations_only=0 s_vlan=0 c_vlan=0 "
	  "station=0 docsis=0 telephone=0 router=0 wlan=0 bridge=1 "
	  "repeater=0 other=0}}]" },
	{ "VLANs of a port and of a protocol", ETH,
	  MACS "88cc" LLDP_IDS "fe06 0080c2 01 0005 fe07 0080c2 02 06 0007", 0,
	  "eth lldp", 1,
	  "tlvs=[" LLDP_IDS_TOLD " {type=127 length=6 oui=0x80c2 subtype=1 "
	  "vlan=5} {type=127 length=7 oui=0x80c2 subtype=2 vlan_enabled=1 "
	  "vlan_supported=1 vlan=7}]" },
	{ "management address", ETH,
	  MACS "88cc 100f 05 01 0a000001 02 00000003 03 2b0601", 0, "eth lldp",
	  1,
	  "tlvs=[{type=8 length=15 address_length=5 family=1 "
	  "address=0a000001 interface_subtype=2 interface=3 oid_length=3 "
	  "oid=2b0601}]" },
	{ "VLAN and its name", ETH,
	  MACS "88cc fe06 0080c2 01 000a fe0a 0080c2 03 000a 03 666f6f", 0,
	  "eth lldp", 1,
	  "tlvs=[{type=127 length=6 oui=0x80c2 subtype=1 vlan=10} "
	  "{type=127 length=10 oui=0x80c2 subtype=3 vlan=10 name_length=3 "
	  "name=\"foo\"}]" },
	{ "network policy of a telephone", ETH,
	  MACS "88cc fe08 0012bb 02 01 40 c9 6e", 0, "eth lldp", 1,
	  "tlvs=[{type=127 length=8 oui=0x12bb subtype=2 application=1 "
	  "unknown=0 tagged=1 vlan=100 priority=5 dscp=46}]" },
	{ "an element beyond the frame", ETH, MACS "88cc" LLDP_IDS "0a09 73", 0,
	  "eth lldp", 1, "tlvs=[" LLDP_IDS_TOLD "]" },
	{ "LLDP cut", ETH, MACS "88cc" LLDP_IDS, 60, "eth lldp:truncated", 1,
	  "tlvs=[" LLDP_IDS_TOLD "]" },
};

static const struct pktcap_layer *decoded(const char *hex, uint32_t proto,
					  uint8_t *bytes,
					  struct pktcap_layer *layers)
{
	struct decode_row row = { .linktype = ETH, .hex = hex };
	struct pktcap_packet pkt;
	size_t n = decode_row(&row, bytes, &pkt, layers);

	return pktcap_layer_find(layers, n, proto);
}

static void test_stp_struct(void **state)
{
	static const struct pktcap_stp want = {
		.root_cost = 4,
		.root_priority = 0x8064,
		.root = { 2, 0, 0, 0, 0, 1 },
		.bridge_priority = 0x7001,
		.bridge = { 2, 0, 0, 0, 0, 2 },
		.port = 0x8002,
		.message_age = 256,
		.max_age = 5120,
		.hello_time = 512,
		.forward_delay = 3840,
		.vlan = 10,
		.flags = 0x81,
		.has_vlan = 1,
		.vlan_len = 2,
	};
	struct pktcap_layer layers[PKTCAP_LAYERS];
	uint8_t bytes[DECODE_ROW_BYTES];
	struct pktcap_stp stp;

	(void)state;
	assert_int_equal(
		pktcap_stp_get(decoded(MACS "0032 aaaa03 00000c010b 0000 00 "
					    "00 81" IDS TIMES
					    "00 0000 0002 000a",
				       PKTCAP_PROTO_STP, bytes, layers),
			       &stp),
		0);
	assert_memory_equal(&stp, &want, sizeof(want));
}

static void test_lacp_struct(void **state)
{
	static const struct pktcap_lacp_port port = {
		.system_priority = 0x8000,
		.system = { 2, 0, 0, 0, 0, 1 },
		.key = 17,
		.port_priority = 255,
		.port = 2,
		.state = 0x3d,
	};
	struct pktcap_lacp want = {
		.actor = port,
		.partner = port,
		.collector_max_delay = 100,
		.subtype = 1,
		.version = 1,
	};
	struct pktcap_layer layers[PKTCAP_LAYERS];
	uint8_t bytes[DECODE_ROW_BYTES];
	struct pktcap_lacp lacp;

	(void)state;
	assert_int_equal(
		pktcap_lacp_get(decoded(MACS "8809 01 01 01 14" LACP_PORT
					     "02 14" LACP_PORT "03 10 0064",
					PKTCAP_PROTO_LACP, bytes, layers),
				&lacp),
		0);
	want.body_len = 4;
	want.body = lacp.body;
	assert_memory_equal(&lacp, &want, sizeof(want));
}

static void test_lldp_struct(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *layer;
	uint8_t bytes[DECODE_ROW_BYTES];
	struct pktcap_lldp lldp;
	struct pktcap_tlv tlv;
	uint32_t at = 0;
	int n = 0;

	(void)state;
	layer = decoded(MACS "88cc" LLDP_IDS "0000 0401", PKTCAP_PROTO_LLDP,
			bytes, layers);
	assert_int_equal(pktcap_lldp_get(layer, &lldp), 0);
	assert_ptr_equal(lldp.chassis, layer->data + 3);
	assert_int_equal(lldp.chassis_len, 6);
	assert_int_equal(lldp.chassis_subtype, 4);
	assert_ptr_equal(lldp.port, layer->data + 12);
	assert_int_equal(lldp.port_len, 4);
	assert_int_equal(lldp.port_subtype, 5);
	assert_int_equal(lldp.ttl, 120);
	while (pktcap_lldp_tlv_next(layer, &at, &tlv) == 1)
		n++;
	assert_int_equal(n, 4);
	assert_int_equal(tlv.type, 0);
	/* Without a port there is no message. */
	layer = decoded(MACS "88cc 0207 04 020000000001 0602 0078",
			PKTCAP_PROTO_LLDP, bytes, layers);
	assert_int_equal(pktcap_lldp_get(layer, &lldp), -ENODATA);
}

int main(void)
{
	struct CMUnitTest tests[40] = {
		cmocka_unit_test(test_stp_struct),
		cmocka_unit_test(test_lacp_struct),
		cmocka_unit_test(test_lldp_struct),
	};
	size_t n = 3;

	ADD_ROWS(tests, n, stp_rows, test_decode_row);
	ADD_ROWS(tests, n, lacp_rows, test_decode_row);
	ADD_ROWS(tests, n, lldp_rows, test_decode_row);
	return _cmocka_run_group_tests("proto_link_bridges", tests, n, NULL,
				       NULL);
}
