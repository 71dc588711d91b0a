// SPDX-License-Identifier: BSD-2-Clause
/* What the printers write for packets of a few bytes, word for word. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/decode.h>
#include <pktcap/print.h>

#include "support/rows.h"

enum { TEXT_MAX = 8192, BYTES_MAX = 256 };

typedef int (*printer)(const struct pktcap_packet *pkt,
		       const struct pktcap_layer *layers, size_t n,
		       const struct pktcap_print_opts *opts, char *buf,
		       size_t size);

struct row {
	const char *name;
	printer print;
	const char *hex; /* the packet, with blanks anywhere */
	const char *want;
	uint32_t flags;
	uint32_t missing; /* bytes that were not captured */
	struct pktcap_packet packet;
};

#define ARP_REQUEST                                           \
	"ffffffffffff 02000000000a 0806 0001 0800 06 04 0001" \
	"02000000000a 0a000001 000000000000 0a000002"
#define UDP_HEADERS                                                     \
	"02000000000b 02000000000a 0800 4500 0021 0000 4000 40 11 66c8" \
	"0a000001 0a000002 9c40 9c41 000d 0000"

static const struct row json_rows[] = {
	{ "json: a request, with all that is known of it",
	  pktcap_print_json,
	  ARP_REQUEST,
	  "{\"time\":\"2023-11-14T22:13:20.000000007Z\",\"caplen\":42,"
	  "\"wirelen\":42,\"linktype\":\"EN10MB\",\"ifindex\":3,"
	  "\"direction\":\"out\",\"layers\":["
	  "{\"proto\":\"eth\",\"layer_offset\":0,\"layer_len\":14,"
	  "\"dst\":\"ff:ff:ff:ff:ff:ff\",\"src\":\"02:00:00:00:00:0a\","
	  "\"type\":2054,\"type_label\":\"ARP\"},"
	  "{\"proto\":\"arp\",\"layer_offset\":14,\"layer_len\":28,"
	  "\"hardware_type\":1,\"hardware_type_label\":\"Ethernet\","
	  "\"protocol_type\":2048,\"protocol_type_label\":\"IPv4\","
	  "\"hardware_length\":6,\"protocol_length\":4,"
	  "\"operation\":1,\"operation_label\":\"request\","
	  "\"sender_hardware\":\"02:00:00:00:00:0a\","
	  "\"sender_protocol\":\"10.0.0.1\","
	  "\"target_hardware\":\"00:00:00:00:00:00\","
	  "\"target_protocol\":\"10.0.0.2\"}]}",
	  0,
	  0,
	  { .ts_ns = 1700000000000000007,
	    .ifindex = 3,
	    .direction = PKTCAP_DIRECTION_OUT,
	    .linktype = PKTCAP_LINKTYPE_ETHERNET } },
	{ "json: before 1970, a link type without a name",
	  pktcap_print_json,
	  "0102",
	  "{\"time\":\"1969-12-31T23:59:59.999999999Z\",\"caplen\":2,"
	  "\"wirelen\":2,\"linktype\":\"60000\",\"layers\":["
	  "{\"proto\":\"data\",\"layer_offset\":0,\"layer_len\":0,"
	  "\"layer_status\":\"unsupported\",\"length\":2,\"number\":60000}]}",
	  0,
	  0,
	  { .ts_ns = -1, .linktype = 60000 } },
	{ "json: a length is a number, in however many bytes",
	  pktcap_print_json,
	  "4500 0035 0001 0000 40 11 0000 0a000001 0a000002 c000 01bb 0021 0000"
	  "c0 00000001 00 00 c000000000000001 71 c000000000000001 72",
	  "{\"time\":\"1970-01-01T00:00:00.000000000Z\",\"caplen\":53,"
	  "\"wirelen\":53,\"linktype\":\"IPV4\",\"layers\":["
	  "{\"proto\":\"ipv4\",\"layer_offset\":0,\"layer_len\":20,"
	  "\"version\":4,\"ihl\":5,\"dscp\":0,"
	  "\"dscp_label\":\"CS0\",\"ecn\":0,\"total_length\":53,\"id\":1,"
	  "\"reserved_flag\":false,\"dont_fragment\":false,"
	  "\"more_fragments\":false,\"fragment_offset\":0,\"ttl\":64,"
	  "\"protocol\":17,\"protocol_label\":\"UDP\",\"checksum\":0,"
	  "\"src\":\"10.0.0.1\",\"dst\":\"10.0.0.2\"},{\"proto\":\"udp\","
	  "\"layer_offset\":20,\"layer_len\":8,\"src_port\":49152,"
	  "\"dst_port\":443,\"length\":33,\"checksum\":0},"
	  "{\"proto\":\"quic\",\"layer_offset\":28,\"layer_len\":25,"
	  "\"long_header\":true,\"fixed_bit\":true,\"packet_type\":0,"
	  "\"packet_type_label\":\"Initial\",\"version\":1,"
	  "\"version_label\":\"1\",\"dcid_length\":0,\"scid_length\":0,"
	  "\"token_length\":1,\"token\":\"71\",\"length\":1,"
	  "\"protected\":\"72\"}]}",
	  PKTCAP_PRINT_NO_CHECKSUMS,
	  0,
	  { .linktype = PKTCAP_LINKTYPE_IPV4 } },
	{ "json: nothing at all",
	  pktcap_print_json,
	  "",
	  "{\"time\":\"1970-01-01T00:00:00.000000000Z\",\"caplen\":0,"
	  "\"wirelen\":0,\"linktype\":\"EN10MB\",\"layers\":[]}",
	  0,
	  0,
	  { .linktype = PKTCAP_LINKTYPE_ETHERNET } },
	{ "json: quick and verbose: no fields, but the payload",
	  pktcap_print_json,
	  UDP_HEADERS "f57600ff22",
	  "{\"time\":\"1970-01-01T00:00:00.000000000Z\",\"caplen\":47,"
	  "\"wirelen\":47,\"linktype\":\"EN10MB\",\"layers\":["
	  "{\"proto\":\"eth\",\"layer_offset\":0,\"layer_len\":14},"
	  "{\"proto\":\"ipv4\",\"layer_offset\":14,\"layer_len\":20},"
	  "{\"proto\":\"udp\",\"layer_offset\":34,\"layer_len\":8},"
	  "{\"proto\":\"data\",\"layer_offset\":42,\"layer_len\":0,"
	  "\"length\":5,\"bytes\":\"f57600ff22\"}]}",
	  PKTCAP_PRINT_QUICK | PKTCAP_PRINT_VERBOSE,
	  0,
	  { .linktype = PKTCAP_LINKTYPE_ETHERNET } },
	{ "json: a header that was cut",
	  pktcap_print_json,
	  "02000000000b 02000000000a 0800 4500 0021",
	  "{\"time\":\"1970-01-01T00:00:00.000000000Z\",\"caplen\":18,"
	  "\"wirelen\":47,\"linktype\":\"EN10MB\",\"layers\":["
	  "{\"proto\":\"eth\",\"layer_offset\":0,\"layer_len\":14,"
	  "\"dst\":\"02:00:00:00:00:0b\",\"src\":\"02:00:00:00:00:0a\","
	  "\"type\":2048,\"type_label\":\"IPv4\"},"
	  "{\"proto\":\"ipv4\",\"layer_offset\":14,\"layer_len\":4,"
	  "\"layer_status\":\"truncated\",\"layer_checksum\":\"unknown\","
	  "\"version\":4,\"ihl\":5,"
	  "\"dscp\":0,\"dscp_label\":\"CS0\",\"ecn\":0,"
	  "\"total_length\":33}]}",
	  0,
	  29,
	  { .linktype = PKTCAP_LINKTYPE_ETHERNET } },
	{ "json: a tag without bytes has the fields of one in the packet",
	  pktcap_print_json,
	  "ffffffffffff 02000000000a feed",
	  "{\"time\":\"1970-01-01T00:00:00.000000000Z\",\"caplen\":14,"
	  "\"wirelen\":14,\"linktype\":\"EN10MB\",\"layers\":["
	  "{\"proto\":\"eth\",\"layer_offset\":0,\"layer_len\":14,"
	  "\"dst\":\"ff:ff:ff:ff:ff:ff\",\"src\":\"02:00:00:00:00:0a\","
	  "\"type\":65261},"
	  "{\"proto\":\"vlan\",\"layer_offset\":14,\"layer_len\":0,"
	  "\"layer_flags\":[\"metadata\"],\"pcp\":3,\"dei\":false,"
	  "\"vid\":100}]}",
	  0,
	  0,
	  { .linktype = PKTCAP_LINKTYPE_ETHERNET,
	    .flags = PKTCAP_PACKET_VLAN,
	    .vlan_tci = 0x6064,
	    .vlan_tpid = 0x8100 } },
};

static const struct row tree_rows[] = {
	{ "tree: a request",
	  pktcap_print_tree,
	  ARP_REQUEST,
	  "Ethernet, 02:00:00:00:00:0a > ff:ff:ff:ff:ff:ff, 14 bytes\n"
	  "    dst                   ff:ff:ff:ff:ff:ff\n"
	  "    src                   02:00:00:00:00:0a\n"
	  "    type                  0x0806 (ARP)\n"
	  "Address Resolution Protocol, 28 bytes\n"
	  "    hardware_type         1 (Ethernet)\n"
	  "    protocol_type         0x0800 (IPv4)\n"
	  "    hardware_length       6 bytes\n"
	  "    protocol_length       4 bytes\n"
	  "    operation             1 (request)\n"
	  "    sender_hardware       02:00:00:00:00:0a\n"
	  "    sender_protocol       10.0.0.1\n"
	  "    target_hardware       00:00:00:00:00:00\n"
	  "    target_protocol       10.0.0.2\n",
	  0,
	  0,
	  { .linktype = PKTCAP_LINKTYPE_ETHERNET } },
	{ "tree: bits, flags, options and a fault",
	  pktcap_print_tree,
	  "4600 0040 1234 6001 40 06 0000 0a000001 0a000002 94040000",
	  "Internet Protocol version 4, 10.0.0.1 > 10.0.0.2, 24 bytes\n"
	  "    version               4                     0100 ....\n"
	  "    ihl                   6 words               .... 0110\n"
	  "    dscp                  0 (CS0)               0000 00..\n"
	  "    ecn                   0                     .... ..00\n"
	  "    total_length          64 bytes\n"
	  "    id                    0x1234\n"
	  "    reserved_flag         not set               0... ....\n"
	  "    dont_fragment         set                   .1.. ....\n"
	  "    more_fragments        set                   ..1. ....\n"
	  "    fragment_offset       1 x 8 bytes           "
	  "...0 0000 0000 0001\n"
	  "    ttl                   64 hops\n"
	  "    protocol              6 (TCP)\n"
	  "    checksum              0x0000\n"
	  "    src                   10.0.0.1\n"
	  "    dst                   10.0.0.2\n"
	  "    options\n"
	  "        option\n"
	  "            kind          148 (router alert)\n"
	  "            length        4 bytes\n"
	  "            alert         0 (examine the packet)\n"
	  "    [checksum bad]\n"
	  "    [a later fragment: its payload is not decoded]\n"
	  "    [a length in it goes beyond the end of the packet]\n"
	  "Data, 40 bytes\n"
	  "    [a later fragment: its payload is not decoded]\n",
	  0,
	  0,
	  { .linktype = PKTCAP_LINKTYPE_RAW } },
	{ "tree: quick: a line for each header",
	  pktcap_print_tree,
	  UDP_HEADERS "68656c6c6f",
	  "Ethernet, 02:00:00:00:00:0a > 02:00:00:00:00:0b, 14 bytes\n"
	  "Internet Protocol version 4, 10.0.0.1 > 10.0.0.2, 20 bytes\n"
	  "User Datagram Protocol, 40000 > 40001, 8 bytes\n"
	  "Data, 5 bytes\n",
	  PKTCAP_PRINT_QUICK,
	  0,
	  { .linktype = PKTCAP_LINKTYPE_ETHERNET } },
	{ "tree: colours only where they are asked for",
	  pktcap_print_tree,
	  "ffffffffffff 02000000000a feed 68690a",
	  "\033[36mEthernet, 02:00:00:00:00:0a > ff:ff:ff:ff:ff:ff, "
	  "14 bytes\033[0m\n"
	  "    dst                   ff:ff:ff:ff:ff:ff\n"
	  "    src                   02:00:00:00:00:0a\n"
	  "    type                  0xfeed\n"
	  "\033[2mData, 3 bytes\033[0m\n"
	  "    0000  6869 0a                                  hi.\n"
	  "    [UNSUPPORTED: no decoder for this protocol]\n",
	  PKTCAP_PRINT_COLOUR,
	  0,
	  { .linktype = PKTCAP_LINKTYPE_ETHERNET } },
	{ "tree: a cut header",
	  pktcap_print_tree,
	  "0200",
	  "Ethernet, 2 bytes\n"
	  "    [TRUNCATED: the capture ends inside this header]\n",
	  0,
	  58,
	  { .linktype = PKTCAP_LINKTYPE_ETHERNET } },
};

static const struct row boxes_rows[] = {
	{ "boxes: a request, as in a tutorial",
	  pktcap_print_boxes,
	  ARP_REQUEST,
	  "Ethernet, 02:00:00:00:00:0a > ff:ff:ff:ff:ff:ff, 14 bytes\n"
	  " 0                   1                   2                   3\n"
	  " 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1\n"
	  "+---------------------------------------------------------------+\n"
	  "|                     dst ff:ff:ff:ff:ff:ff                     |\n"
	  "|                               +-------------------------------+\n"
	  "|                               |                               |\n"
	  "+-------------------------------+                               |\n"
	  "|                     src 02:00:00:00:00:0a                     |\n"
	  "+-------------------------------+-------------------------------+\n"
	  "|       type 0x0806 (ARP)       |\n"
	  "+-------------------------------+\n"
	  "\n"
	  "Address Resolution Protocol, 28 bytes\n"
	  " 0                   1                   2                   3\n"
	  " 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1\n"
	  "+-------------------------------+-------------------------------+\n"
	  "|  hardware type 1 (Ethernet)   |  protocol type 0x0800 (IPv4)  |\n"
	  "+---------------+---------------+-------------------------------+\n"
	  "|hardware length|protocol length|     operation 1 (request)     |\n"
	  "|    6 bytes    |    4 bytes    |                               |\n"
	  "+---------------+---------------+-------------------------------+\n"
	  "|               sender hardware 02:00:00:00:00:0a               |\n"
	  "|                               +-------------------------------+\n"
	  "|                               |   sender protocol 10.0.0.1    |\n"
	  "+-------------------------------+-------------------------------+\n"
	  "|  sender protocol (continued)  |                               |\n"
	  "+-------------------------------+                               |\n"
	  "|               target hardware 00:00:00:00:00:00               |\n"
	  "+---------------------------------------------------------------+\n"
	  "|                   target protocol 10.0.0.2                    |\n"
	  "+---------------------------------------------------------------+\n",
	  0,
	  0,
	  { .linktype = PKTCAP_LINKTYPE_ETHERNET } },
	{ "boxes: cells of a bit, options, a tail that was cut",
	  pktcap_print_boxes,
	  "4600 0034 1234 4000 40 06 0000 0a000001 0a000002 94040000"
	  "0016 d431 00000001 00000002 7012 0200 0000 0000 0204 05b4 01 01",
	  "Internet Protocol version 4, 10.0.0.1 > 10.0.0.2, 24 bytes\n"
	  " 0                   1                   2                   3\n"
	  " 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1\n"
	  "+-------+-------+-----------+---+-------------------------------+\n"
	  "|version|  ihl  |   dscp    |ecn|     total length 52 bytes     |\n"
	  "|   4   |6 words|  0 (CS0)  | 0 |                               |\n"
	  "+-------+-------+-----------+---+-+-+-+-------------------------+\n"
	  "|                               |R|D|M|     fragment offset     |\n"
	  "|           id 0x1234           |F|F|F|       0 x 8 bytes       |\n"
	  "|                               |0|1|0|                         |\n"
	  "+---------------+---------------+-+-+-+-------------------------+\n"
	  "|  ttl 64 hops  |   protocol    |        checksum 0x0000        |\n"
	  "|               |    6 (TCP)    |                               |\n"
	  "+---------------+---------------+-------------------------------+\n"
	  "|                         src 10.0.0.1                          |\n"
	  "+---------------------------------------------------------------+\n"
	  "|                         dst 10.0.0.2                          |\n"
	  "+---------------------------------------------------------------+\n"
	  "| option: kind 148 (router alert), length 4 bytes,              |\n"
	  "| alert 0 (examine the packet)                                  |\n"
	  "+---------------------------------------------------------------+\n"
	  "[checksum bad]\n"
	  "\n"
	  "Transmission Control Protocol, 22 > 54321, 26 bytes\n"
	  " 0                   1                   2                   3\n"
	  " 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1\n"
	  "+-------------------------------+-------------------------------+\n"
	  "|          src port 22          |        dst port 54321         |\n"
	  "+-------------------------------+-------------------------------+\n"
	  "|                             seq 1                             |\n"
	  "+---------------------------------------------------------------+\n"
	  "|                             ack 2                             |\n"
	  "+-------+-----+-+-+-+-+-+-+-+-+-+-------------------------------+\n"
	  "| data  |     |A|C|E|U|A|P|R|S|F|                               |\n"
	  "|offset |rese.|E|W|C|R|C|S|S|Y|I|       window 512 bytes        |\n"
	  "|7 words|  0  |0|R|E|G|K|H|T|N|N|                               |\n"
	  "|       |     | |0|0|0|1|0|0|1|0|                               |\n"
	  "+-------+-----+-+-+-+-+-+-+-+-+-+-------------------------------+\n"
	  "|        checksum 0x0000        |       urgent pointer 0        |\n"
	  "+-------------------------------+-------------------------------+\n"
	  "| option: kind 2 (maximum segment size), length 4 bytes,        |\n"
	  "| mss 1460 bytes                                                |\n"
	  "+---------------------------------------------------------------+\n"
	  "| option: kind 1 (nop)                                          |\n"
	  "+---------------------------------------------------------------+\n"
	  "| option: kind 1 (nop)                                          |\n"
	  "+---------------------------------------------------------------+\n"
	  "[checksum unknown]\n"
	  "[TRUNCATED: the capture ends inside this header]\n",
	  0,
	  20,
	  { .linktype = PKTCAP_LINKTYPE_RAW } },
	{ "boxes: a tag without bytes, payload in part",
	  pktcap_print_boxes,
	  "ffffffffffff 02000000000a feed"
	  "000102030405060708090a0b0c0d0e0f 101112131415161718191a1b1c1d1e1f"
	  "202122232425262728292a2b2c2d2e2f 303132333435363738393a3b3c3d3e3f"
	  "404142434445464748494a4b4c4d4e4f 50",
	  "Ethernet, 02:00:00:00:00:0a > ff:ff:ff:ff:ff:ff, 14 bytes\n"
	  " 0                   1                   2                   3\n"
	  " 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1\n"
	  "+---------------------------------------------------------------+\n"
	  "|                     dst ff:ff:ff:ff:ff:ff                     |\n"
	  "|                               +-------------------------------+\n"
	  "|                               |                               |\n"
	  "+-------------------------------+                               |\n"
	  "|                     src 02:00:00:00:00:0a                     |\n"
	  "+-------------------------------+-------------------------------+\n"
	  "|          type 0xfeed          |\n"
	  "+-------------------------------+\n"
	  "\n"
	  "802.1Q VLAN tag\n"
	  "+---------------------------------------------------------------+\n"
	  "| pcp 3, dei 0, vid 100                                         |\n"
	  "+---------------------------------------------------------------+\n"
	  "[taken out of the bytes by the kernel]\n"
	  "\n"
	  "Data, 81 bytes\n"
	  "+---------------------------------------------------------------+\n"
	  "|  0001 0203 0405 0607 0809 0a0b 0c0d 0e0f  ................    |\n"
	  "|  1011 1213 1415 1617 1819 1a1b 1c1d 1e1f  ................    |\n"
	  "|  2021 2223 2425 2627 2829 2a2b 2c2d 2e2f  .!\"#$%&'()*+,-./    |\n"
	  "|  3031 3233 3435 3637 3839 3a3b 3c3d 3e3f  0123456789:;<=>?    |\n"
	  "| ... 17 more                                                   |\n"
	  "+---------------------------------------------------------------+\n"
	  "[UNSUPPORTED: no decoder for this protocol]\n",
	  0,
	  0,
	  { .linktype = PKTCAP_LINKTYPE_ETHERNET,
	    .flags = PKTCAP_PACKET_VLAN,
	    .vlan_tci = 0x6064,
	    .vlan_tpid = 0x8100 } },
	{ "boxes: quick: no payload",
	  pktcap_print_boxes,
	  "0102",
	  "Data, 2 bytes\n"
	  "[UNSUPPORTED: no decoder for this protocol]\n",
	  PKTCAP_PRINT_QUICK,
	  0,
	  { .linktype = 60000 } },
};

#define SYN                                            \
	"45000028 00010000 400666cd 0a000001 0a000002" \
	"9c400050 00000005 00000000 50020200 141d0000"
#define SYN_LINE                                              \
	"IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], " \
	"proto TCP (6), length 40)\n"                         \
	"    10.0.0.1.40000 > 10.0.0.2.80: Flags [S], "

/* What other captures cannot tell tcpdump, or it does not ask. */
static const struct row line_rows[] = {
	{ "line: a transport with ports that nobody decodes",
	  pktcap_print_line,
	  "4500 001c 0000 0000 40 21 0000 0a000001 0a000002 9c40 9c41 0008 "
	  "0000",
	  "IP 10.0.0.1 > 10.0.0.2:  ip-proto-33 8",
	  0,
	  0,
	  { .linktype = PKTCAP_LINKTYPE_IPV4 } },
	{ "line: verbose: attributes, but no password",
	  pktcap_print_line,
	  "4500 0048 0000 4000 40 11 26a3 0a000001 0a000002"
	  "c350 0714 0034 0000"
	  "01 05 002c 00000000000000000000000000000000"
	  "01 06 75736572 02 12 30313233343536373839616263646566",
	  "IP (tos 0x0, ttl 64, id 0, offset 0, flags [DF], proto UDP (17), "
	  "length 72)\n    10.0.0.1.50000 > 10.0.0.2.1812: RADIUS, length: 44"
	  "\n\tAccess-Request (1), id: 0x05, "
	  "Authenticator: 00000000000000000000000000000000"
	  "\n\t  User-Name (1): \"user\"\n\t  User-Password (2)",
	  PKTCAP_PRINT_VERBOSE,
	  0,
	  { .linktype = PKTCAP_LINKTYPE_RAW } },
	{ "line: a sum that hardware fills in later is not incorrect",
	  pktcap_print_line, SYN,
	  SYN_LINE "cksum 0x141d (not ready), seq 5, win 512, length 0",
	  PKTCAP_PRINT_VERBOSE,
	  .packet = { .linktype = PKTCAP_LINKTYPE_RAW,
		      .flags = PKTCAP_PACKET_CSUM_NOT_READY } },
	{ "line: in a file the sum of the pseudo header alone says the same",
	  pktcap_print_line, SYN,
	  SYN_LINE "cksum 0x141d (not ready), seq 5, win 512, length 0",
	  PKTCAP_PRINT_VERBOSE, .packet = { .linktype = PKTCAP_LINKTYPE_RAW } },
	{ "line: the same of UDP", pktcap_print_line,
	  "45000020 00010000 401166ca 0a000001 0a000002"
	  "9c409c41 000c1420 61626364",
	  "IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], "
	  "proto UDP (17), length 32)\n"
	  "    10.0.0.1.40000 > 10.0.0.2.40001: [udp cksum not ready] "
	  "UDP, length 4",
	  PKTCAP_PRINT_VERY_VERBOSE,
	  .packet = { .linktype = PKTCAP_LINKTYPE_RAW,
		      .flags = PKTCAP_PACKET_CSUM_NOT_READY } },
	{ "line: very verbose: a quoted sum is as the sender left it",
	  pktcap_print_line,
	  "4500003c00010000400166be0a0000010a000002"
	  "0303eb8600000000"
	  "4500002000010000401166ca0a0000010a0000029c409c41000c142161626364",
	  "IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], "
	  "proto ICMP (1), length 60)\n"
	  "    10.0.0.1 > 10.0.0.2: ICMP 10.0.0.2 udp port 40001 unreachable, "
	  "length 40\n"
	  "\tIP (tos 0x0, ttl 64, id 1, offset 0, flags [none], "
	  "proto UDP (17), length 32)\n"
	  "    10.0.0.1.40000 > 10.0.0.2.40001: UDP, length 4",
	  PKTCAP_PRINT_VERY_VERBOSE,
	  .packet = { .linktype = PKTCAP_LINKTYPE_RAW } },
	{ "line: a sum is over the last address of a source route",
	  pktcap_print_line,
	  "60000000 00242b40 fd000000000000000000000000000001"
	  "fd000000000000000000000000000002 11020001 00000000"
	  "fd000000000000000000000000000003 9c409c41 000c0888 61626364",
	  "IP6 (hlim 64, next-header Routing (43) payload length: 36) "
	  "fd00::1 > fd00::2: RT6 (len=2, type=0 [Deprecated], segleft=1, "
	  "rsv=0x0, [0]fd00::3) 40000 > 40001: [udp sum ok] UDP, length 4",
	  PKTCAP_PRINT_VERBOSE, .packet = { .linktype = PKTCAP_LINKTYPE_RAW } },
	{ "line: the least preference of a router, as tcpdump shows it",
	  pktcap_print_line,
	  "45000024 00010000 400166d6 0a000001 0a000002"
	  "090064f4 01020708 0a000001 80000000",
	  "IP 10.0.0.1 > 10.0.0.2: ICMP router advertisement lifetime 30:00 "
	  "1: {10.0.0.1 2147483648}, length 16",
	  .packet = { .linktype = PKTCAP_LINKTYPE_RAW } },
	{ "line: a parameter problem", pktcap_print_line,
	  "02000000000b 02000000000a 86dd 6000 0000 0008 3a 40"
	  "fd000000000000000000000000000001 fd000000000000000000000000000002"
	  "04 00 0000 00000004",
	  "IP6 fd00::1 > fd00::2: ICMP6, parameter problem, erroneous - octet "
	  "4, length 8",
	  .packet = { .linktype = PKTCAP_LINKTYPE_ETHERNET } },
};

static uint32_t bytes_of(const char *hex, uint8_t out[static BYTES_MAX])
{
	uint32_t n = 0;

	for (; *hex; hex++) {
		char pair[3] = { hex[0], hex[1], '\0' };

		if (*hex == ' ')
			continue;
		assert_true(n < BYTES_MAX);
		out[n++] = (uint8_t)strtoul(pair, NULL, 16);
		hex++;
	}
	return n;
}

/* The text is the same up to where any smaller buffer ends. */
static void run(void **state)
{
	const struct row *row = *state;
	struct pktcap_packet pkt = row->packet;
	struct pktcap_layer layers[PKTCAP_LAYERS];
	struct pktcap_print_opts opts = PKTCAP_PRINT_OPTS(.flags = row->flags);
	uint8_t bytes[BYTES_MAX];
	char text[TEXT_MAX], cut[TEXT_MAX];
	size_t n, len = strlen(row->want);

	pkt.data = bytes;
	pkt.caplen = bytes_of(row->hex, bytes);
	pkt.wirelen = pkt.caplen + row->missing;
	n = pktcap_decode(&pkt, layers, PKTCAP_LAYERS);
	assert_int_equal(row->print(&pkt, layers, n, &opts, text, sizeof(text)),
			 len);
	assert_string_equal(text, row->want);
	for (size_t size = 0; size <= len + 1; size++) {
		memset(cut, 'x', sizeof(cut));
		assert_int_equal(row->print(&pkt, layers, n, &opts, cut, size),
				 len);
		assert_int_equal(cut[size], 'x');
		if (!size)
			continue;
		assert_memory_equal(cut, row->want, size - 1);
		assert_int_equal(cut[size - 1], '\0');
	}
}

static void test_bad_options(void **state)
{
	static const printer printers[] = { pktcap_print_tree,
					    pktcap_print_json,
					    pktcap_print_boxes };
	struct pktcap_packet pkt = { .linktype = PKTCAP_LINKTYPE_ETHERNET };
	struct pktcap_print_opts opts = { .flags = PKTCAP_PRINT_QUICK };
	char text[8];

	(void)state;
	for (size_t i = 0; i < sizeof(printers) / sizeof(printers[0]); i++) {
		strcpy(text, "old");
		assert_int_equal(
			printers[i](&pkt, NULL, 0, &opts, text, sizeof(text)),
			-EINVAL);
		assert_string_equal(text, "");
	}
}

int main(void)
{
	struct CMUnitTest tests[64] = { cmocka_unit_test(test_bad_options) };
	size_t n = 1;

	ADD_ROWS(tests, n, json_rows, run);
	ADD_ROWS(tests, n, tree_rows, run);
	ADD_ROWS(tests, n, boxes_rows, run);
	ADD_ROWS(tests, n, line_rows, run);
	return _cmocka_run_group_tests("print_rows", tests, n, NULL, NULL);
}
