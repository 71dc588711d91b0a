// SPDX-License-Identifier: BSD-2-Clause
/* LLC, SNAP, cooked captures, BSD loopback and ARP: bytes and what they say. */
#include "support/decode_row.h"
#include "support/rows.h"

#include <errno.h>
#include <string.h>

#define MACS "ffffffffffff 020000000001 "
#define IP4 "45000014 00010000 40ff0000 0a000001 0a000002"
#define ARP4(op)                                                     \
	"0001 0800 06 04 " op " 020000000001 0a000001 000000000000 " \
	"0a000002"
#define ARP4_TOLD(op)                                             \
	"hardware_type=1 protocol_type=0x800 "                    \
	"hardware_length=6 protocol_length=4 operation=" op       \
	" sender_hardware=020000000001 sender_protocol=0a000001 " \
	"target_hardware=000000000000 target_protocol=0a000002"

enum {
	ETH = PKTCAP_LINKTYPE_ETHERNET,
	SLL = PKTCAP_LINKTYPE_LINUX_SLL,
	SLL2 = PKTCAP_LINKTYPE_LINUX_SLL2,
	LOOPBACK = PKTCAP_LINKTYPE_NULL
};

static const struct decode_row arp_rows[] = {
	{ "ARP request", ETH, MACS "0806" ARP4("0001"), 0, "eth arp", 1,
	  ARP4_TOLD("1") },
	{ "ARP with padding of Ethernet", ETH,
	  MACS "0806" ARP4("0002") "000000000000000000000000000000000000", 0,
	  "eth arp", 1, ARP4_TOLD("2") },
	{ "RARP", ETH, MACS "8035" ARP4("0003"), 0, "eth arp", 1,
	  ARP4_TOLD("3") },
	{ "ARP in a SAP of LLC", ETH, MACS "001f 989803" ARP4("0001"), 0,
	  "eth llc arp", 2, ARP4_TOLD("1") },
	{ "InARP over Frame Relay", ETH,
	  MACS "0806 000f 0800 02 04 0008 1841 0a000001 0000 00000000", 0,
	  "eth arp", 1,
	  "hardware_type=15 protocol_type=0x800 "
	  "hardware_length=2 protocol_length=4 operation=8 "
	  "sender_hardware=1841 sender_protocol=0a000001 "
	  "target_hardware=0000 target_protocol=00000000" },
	{ "ARP without addresses", ETH, MACS "0806 0001 0800 00 00 0001", 0,
	  "eth arp", 1,
	  "hardware_type=1 protocol_type=0x800 "
	  "hardware_length=0 protocol_length=0 operation=1 "
	  "sender_hardware= sender_protocol= target_hardware= "
	  "target_protocol=" },
	{ "ARP whose addresses are longer than the packet", ETH,
	  MACS "0806 0001 0800 ff ff 0001 00", 0, "eth arp:malformed", 0,
	  NULL },
	{ "ARP that was cut", ETH,
	  MACS
	  "0806 0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a",
	  60, "eth arp:truncated", 1,
	  "hardware_type=1 protocol_type=0x800 "
	  "hardware_length=6 protocol_length=4 operation=1 "
	  "sender_hardware=020000000001 sender_protocol=0a000001 "
	  "target_hardware=000000000000" },
	{ "ARP of ATM", ETH, MACS "0806 0013 0800 14 00 0001 04 00 00 00 00", 0,
	  "eth arp:unsupported", 0, NULL },
};

static const struct decode_row llc_rows[] = {
	{ "UI frame of an unknown SAP", ETH, MACS "0004 f0f003 00", 0,
	  "eth llc data:unsupported", 1,
	  "dsap=0xf0 ssap=0xf0 control=0x3 "
	  "poll_final=0" },
	{ "XID response", ETH, MACS "0006 00 01 bf 810100", 0, "eth llc data",
	  1, "dsap=0x0 ssap=0x1 control=0xbf poll_final=1" },
	{ "information frame", ETH, MACS "0005 f0f1 0205 00", 0,
	  "eth llc data:unsupported", 1,
	  "dsap=0xf0 ssap=0xf1 send_number=1 "
	  "frame=0x0 receive_number=2 poll_final=1" },
	{ "receiver ready", ETH, MACS "0004 f0f1 0105", 0, "eth llc", 1,
	  "dsap=0xf0 ssap=0xf1 function=0 "
	  "frame=0x1 receive_number=2 poll_final=1" },
	{ "receiver ready with one byte of control", ETH, MACS "0003 f0f1 01",
	  0, "eth llc:malformed", 0, NULL },
	{ "IPv4 in its SAP", ETH, MACS "0017 060603" IP4, 0, "eth llc ipv4", 0,
	  NULL },
	{ "Novell's raw frame has no LLC", ETH, MACS "0004 ffff0022", 0,
	  "eth data:unsupported", 0, NULL },
	{ "frame shorter than its length", ETH, MACS "0010 4242", 0,
	  "eth> llc:truncated", 0, NULL },
	{ "frame of length 0", ETH, MACS "0000 0000", 0, "eth", 0, NULL },
};

static const struct decode_row snap_rows[] = {
	{ "SNAP with an EtherType", ETH,
	  MACS "0024 aaaa03 000000 0806" ARP4("0001"), 0, "eth llc snap arp", 3,
	  ARP4_TOLD("1") },
	{ "SNAP of 802.1H", ETH, MACS "001c aaaa03 0000f8 0800" IP4, 0,
	  "eth llc snap ipv4", 0, NULL },
	{ "CDP", ETH, MACS "0009 aaaa03 00000c 2000 02", 0,
	  "eth llc snap data:unsupported", 2, "oui=0xc pid=0x2000" },
	{ "bridged Ethernet", ETH,
	  MACS "0034 aaaa03 0080c2 0007 0000" MACS "0806" ARP4("0001"), 0,
	  "eth llc snap eth arp", 4, ARP4_TOLD("1") },
	{ "Cisco's 0806 is no ARP", ETH,
	  MACS "0024 aaaa03 00000c 0806" ARP4("0001"), 0,
	  "eth llc snap data:unsupported", 2, "oui=0xc pid=0x806" },
	{ "padding of bridged Ethernet is not there", ETH,
	  MACS "0009 aaaa03 0080c2 0001 00", 0, "eth llc snap:malformed", 2,
	  "oui=0x80c2 pid=0x1" },
	{ "cut SNAP", ETH, MACS "0008 aaaa03 0000", 22,
	  "eth llc snap:truncated", 2, "" },
	{ "short SNAP", ETH, MACS "0007 aaaa03 00000000", 0,
	  "eth llc snap:malformed", 2, "oui=0x0" },
	{ "destination SNAP, source another", ETH,
	  MACS "0008 aa4203 000000 0800", 0, "eth llc data:unsupported", 0,
	  NULL },
};

static const struct decode_row cooked_rows[] = {
	{ "SLL", SLL, "0000 0001 0006 0200000000010000 0800" IP4, 0, "sll ipv4",
	  0, NULL },
	{ "SLL alone", SLL, "0004 0304 0000 0000000000000000 0800", 0, "sll", 0,
	  "packet_type=4 device_type=772 "
	  "address_length=0 unused=0000000000000000 protocol=0x800" },
	{ "SLL with an LLC frame", SLL,
	  "0002 0001 0006 0200000000010000 0004 f0f003", 0, "sll llc", 0,
	  NULL },
	{ "SLL with a Novell frame", SLL,
	  "0002 0001 0006 0200000000010000 0001 ffff", 0,
	  "sll data:unsupported", 0,
	  "packet_type=2 device_type=1 address_length=6 "
	  "address=020000000001 unused=0000 "
	  "protocol=0x1" },
	{ "SLL of netlink is no IPv4", SLL,
	  "0004 0338 0000 0000000000000000 0800 00", 0, "sll data:unsupported",
	  0, NULL },
	{ "SLL whose address is longer than its place", SLL,
	  "0000 0020 0014 0102030405060708 0800", 0, "sll", 0,
	  "packet_type=0 device_type=32 address_length=20 "
	  "address=0102030405060708 protocol=0x800" },
	{ "short SLL", SLL, "0000 0001 0006 0200000000010000 08", 0,
	  "sll:malformed", 0, NULL },
	{ "SLL2", SLL2, "0800 0000 00000003 0001 04 06 0200000000010000" IP4, 0,
	  "sll2 ipv4", 0, NULL },
	{ "SLL2 alone", SLL2, "86dd 0000 00000003 0001 01 06 0200000000010000",
	  0, "sll2", 0,
	  "protocol=0x86dd reserved=0x0 interface=3 "
	  "device_type=1 packet_type=1 "
	  "address_length=6 address=020000000001 unused=0000" },
	{ "SLL2 with two tags", SLL2,
	  "88a8 0000 00000003 0001 04 06 0200000000010000"
	  "0064 8100 00c8 0806" ARP4("0001"),
	  0, "sll2 vlan vlan arp", 3, ARP4_TOLD("1") },
	{ "cut SLL2", SLL2, "0800 0000 00000003 0001 04", 60, "sll2:truncated",
	  0,
	  "protocol=0x800 reserved=0x0 interface=3 "
	  "device_type=1 packet_type=4" },
};

static const struct decode_row loopback_rows[] = {
	{ "IPv4, little-endian", LOOPBACK, "02000000" IP4, 0, "null ipv4", 0,
	  NULL },
	{ "IPv4, big-endian", LOOPBACK, "00000002" IP4, 0, "null ipv4", 0,
	  NULL },
	{ "OpenBSD's link type", PKTCAP_LINKTYPE_LOOP, "00000002" IP4, 0,
	  "null ipv4", 0, NULL },
	{ "OSI", LOOPBACK, "07000000 00", 0, "null data:unsupported", 0,
	  "family=7" },
	{ "IPv6 of macOS", LOOPBACK, "1e000000", 0, "null", 0, "family=30" },
	{ "IPv6 of FreeBSD", LOOPBACK, "0000001c", 0, "null", 0, "family=28" },
	{ "EtherType", LOOPBACK, "00080000" IP4, 0, "null ipv4", 0,
	  "family=2048" },
	{ "EtherType behind Cisco's HDLC", LOOPBACK, "0f000800" IP4, 0,
	  "null ipv4", 0, "family=251660288" },
	{ "PPP", LOOPBACK, "ff030021" IP4, 0, "null ipv4", 0, NULL },
	{ "neither order gives a family", LOOPBACK, "12345555" IP4, 0,
	  "null data:unsupported", 0, NULL },
	{ "cut loopback", LOOPBACK, "020000", 60, "null:truncated", 0, "" },
};

/* What a getter reads, as a row. */
struct got {
	const char *name;
	uint16_t linktype;
	const char *hex;
	uint32_t proto;
	int (*get)(const struct pktcap_layer *layer, void *out);
	const void *want;
	size_t size;
};

#define GETTER(proto)                                                       \
	static int get_##proto(const struct pktcap_layer *layer, void *out) \
	{                                                                   \
		return pktcap_##proto##_get(layer,                          \
					    (struct pktcap_##proto *)out);  \
	}
GETTER(llc)
GETTER(snap)
GETTER(sll)
GETTER(sll2)
GETTER(null)

#define WANT(proto, id, ...)                                      \
	id, get_##proto, &(struct pktcap_##proto){ __VA_ARGS__ }, \
		sizeof(struct pktcap_##proto)

static struct got got_rows[] = {
	{ "struct pktcap_llc, unnumbered", ETH, MACS "0003 abaa13",
	  WANT(llc, PKTCAP_PROTO_LLC, .dsap = 0xab, .ssap = 0xaa,
	       .control = 0x13, .control_len = 1) },
	{ "struct pktcap_llc, numbered", ETH, MACS "0004 f0f10105",
	  WANT(llc, PKTCAP_PROTO_LLC, .dsap = 0xf0, .ssap = 0xf1,
	       .control = 0x0105, .control_len = 2) },
	{ "struct pktcap_snap", ETH, MACS "0008 aaaa03 00000c 2000",
	  WANT(snap, PKTCAP_PROTO_SNAP, .oui = 0xc, .pid = 0x2000) },
	{ "struct pktcap_sll", SLL, "0003 0001 0006 0200000000010009 0800",
	  WANT(sll, PKTCAP_PROTO_SLL, .pkttype = 3, .hatype = 1,
	       .address_len = 6, .protocol = 0x0800,
	       .address = { 2, 0, 0, 0, 0, 1, 0, 9 }) },
	{ "struct pktcap_sll2", SLL2,
	  "0806 0102 01020304 0301 04 06 0200000000010009",
	  WANT(sll2, PKTCAP_PROTO_SLL2, .ifindex = 0x01020304,
	       .protocol = 0x0806, .reserved = 0x0102, .hatype = 0x0301,
	       .pkttype = 4, .address_len = 6,
	       .address = { 2, 0, 0, 0, 0, 1, 0, 9 }) },
	{ "struct pktcap_null", LOOPBACK, "0000001c",
	  WANT(null, PKTCAP_PROTO_NULL, .family = 28, .big_endian = 1) },
};

/* The layer of a row that @proto is; fails where there is none. */
static const struct pktcap_layer *decoded(const struct decode_row *row,
					  uint32_t proto, uint8_t *bytes,
					  struct pktcap_layer *layers)
{
	struct pktcap_packet pkt;
	size_t n = decode_row(row, bytes, &pkt, layers);
	const struct pktcap_layer *layer = pktcap_layer_find(layers, n, proto);

	assert_non_null(layer);
	return layer;
}

static void test_getter(void **state)
{
	const struct got *got = *state;
	struct decode_row row = { .linktype = got->linktype, .hex = got->hex };
	struct pktcap_layer layers[PKTCAP_LAYERS];
	uint8_t bytes[DECODE_ROW_BYTES], out[64];

	assert_true(got->size <= sizeof(out));
	memset(out, 0xff, sizeof(out));
	assert_int_equal(
		got->get(decoded(&row, got->proto, bytes, layers), out), 0);
	assert_memory_equal(out, got->want, got->size);
}

static void test_arp_struct(void **state)
{
	struct decode_row row = {
		.linktype = ETH,
		.hex = MACS "0806 000f 0800 02 04 0008 "
			    "1841 0a000001 1842 0a000002 0000",
	};
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *layer;
	uint8_t bytes[DECODE_ROW_BYTES];
	struct pktcap_arp arp;

	(void)state;
	layer = decoded(&row, PKTCAP_PROTO_ARP, bytes, layers);
	assert_int_equal(pktcap_arp_get(layer, &arp), 0);
	assert_int_equal(arp.hardware_type, 15);
	assert_int_equal(arp.protocol_type, 0x0800);
	assert_int_equal(arp.operation, 8);
	assert_int_equal(arp.hardware_len, 2);
	assert_int_equal(arp.protocol_len, 4);
	assert_ptr_equal(arp.sender_hardware, layer->data + 8);
	assert_ptr_equal(arp.sender_protocol, layer->data + 10);
	assert_ptr_equal(arp.target_hardware, layer->data + 14);
	assert_ptr_equal(arp.target_protocol, layer->data + 16);
	/* What is behind it is padding of Ethernet. */
	assert_int_equal(layer->caplen, 20);
	assert_int_equal(layer->wirelen, 20);
	assert_int_equal(layers[0].caplen, 36);
}

int main(void)
{
	struct CMUnitTest tests[80] = { cmocka_unit_test(test_arp_struct) };
	size_t n = 1;

	ADD_ROWS(tests, n, arp_rows, test_decode_row);
	ADD_ROWS(tests, n, llc_rows, test_decode_row);
	ADD_ROWS(tests, n, snap_rows, test_decode_row);
	ADD_ROWS(tests, n, cooked_rows, test_decode_row);
	ADD_ROWS(tests, n, loopback_rows, test_decode_row);
	ADD_ROWS(tests, n, got_rows, test_getter);
	return _cmocka_run_group_tests("proto_link", tests, n, NULL, NULL);
}
