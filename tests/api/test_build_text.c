// SPDX-License-Identifier: BSD-2-Clause
/* The text form of packets: what texts build, names, and long ones. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <pktcap/build.h>

#define ETH "ffffffffffff020000000001"
#define ETH_TEXT "eth src=02:00:00:00:00:01"

struct built_row {
	const char *text;
	const char *hex;
};

static const struct built_row built[] = {
	{ ETH_TEXT, ETH "88b5" },
	{ " " ETH_TEXT "\n/\t\"a\\x00\\n\\\"b\" hex=0102:03 len=2",
	  ETH "88b561000a22620102030000" },
	{ ETH_TEXT " type=0x1234 / vlan id=5 prio=3 dei / data hex=0x00ff",
	  ETH "1234700588b500ff" },
	{ ETH_TEXT "/VLAN vid=4095/IP src=192.0.2.1 dst=192.0.2.3 df ttl=9/"
		   "udp sport=12345 dport=0x35/\"hello\" / pad 60",
	  ETH "81000fff0800"
	      "45000021000040000911edc7c0000201c0000203"
	      "30390035000d078f68656c6c6f"
	      "000000000000000000" },
	{ "ip proto=udp len=9 csum=0x1234 ihl=6 / udp length=7 checksum=0",
	  "46000009000000004011123400000000000000000000000000070000" },
	{ "ip / udp / gtpu teid=9 seq=5 npdu=2 extension=0x85:0x0009 "
	  "extension=0xc0:0x0102",
	  "450000300000000040117abe000000000000000000000868001cae"
	  "ef37ff000c0000000900050285010009c001010200" },
	{ "ip6 / vrrp vrid=5 address=fe80::1,fe80::2",
	  "60000000002870ff00000000000000000000000000000000000000"
	  "000000000000000000000000003105640200646cf7fe8000000000"
	  "00000000000000000001fe800000000000000000000000000002" },
	{ "ip ttl=9 / vrrp2 address=192.0.2.1",
	  "45000028000000000970b1670000000000000000210164010001b8"
	  "fac00002010000000000000000" },
	{ "ip6 / ospf3 neighbour=192.0.2.2",
	  "600000000028590100000000000000000000000000000000000000"
	  "0000000000000000000000000003010028c000020100000000770b"
	  "00000000000101000013000a00280000000000000000c0000202" },
	{ "ip / ospf type=4 body=0x00000000",
	  "45000030000000000159b97600000000000000000204001cc00002"
	  "01000000003bde0000000000000000000000000000" },
	{ "ip6 / mobility type=5 body=0x000100000000010200000000",
	  "600000000018874000000000000000000000000000000000000000"
	  "000000000000000000000000003b020500bd570001000000000102"
	  "00000000010400000000" },
	{ "ip6 / mobility option=3:0x0102",
	  "600000000010874000000000000000000000000000000000000000"
	  "000000000000000000000000003b010000bf610000030201020102"
	  "0000" },
	{ "ip / ah nh=59 icv=0x00010203",
	  "450000240000000040337aa800000000000000003b020000000001"
	  "000000000100010203" },
	{ "igmp3-query group=233.252.0.1 source=192.0.2.1,192.0.2.2",
	  "11647e1ae9fc0001027d0002c0000201c0000202" },
	{ "ip6 hlim=7 / hopopts router_alert=0 option=1:00000000 option=30:01 "
	  "/ mld2-query source=::1",
	  "60000000003c000700000000000000000000000000000000000000"
	  "000000000000000000000000003a01050200000104000000001e01"
	  "01008200540a271000000000000000000000000000000000000002"
	  "7d000100000000000000000000000000000001" },
	{ "ntp_control opcode=2 data=\"abc\"",
	  "16020000000000000000000361626300" },
	{ "ntp_private request=42 data=0x0102", "1700002a000000000102" },
	{ "eth / pppoed service=\"\" host_uniq=0x01 tag=0x0120:0x05dc",
	  "ffffffffffff000000000000886311090000000f01010000010300"
	  "01010120000205dc" },
	{ "hdlc / ipcp address=192.0.2.1 option=129:\"abcd\"",
	  "ff038021010100100306c0000201810661626364" },
	{ "hdlc / ipv6cp interface=0x0200000000000001",
	  "ff0380570101000e010a0200000000000001" },
	{ "lldp ttl=60 name=sw1 port=ethernet0 chassis=02:00:00:00:00:01 "
	  "tlv=127:\"\" port=1",
	  "020704020000000001040205310602003c0a03737731fe000000" },
	{ "lacp priority=1 partner=02:00:00:00:00:02 partner_state=0x3d",
	  "010101140001000000000000000180000001050000000214000002"
	  "00000000020000000000003d000000031000000000000000000000"
	  "000000000000000000000000000000000000000000000000000000"
	  "000000000000000000000000000000000000000000000000000000"
	  "0000" },
	{ "loop / ip", "00000002450000140000000040fd79ee0000000000000000" },
	{ "null / ip6", "18000000600000000000fd40000000000000000000000000000000"
			"0000000000000000000000000000000000" },
	{ "null family=30 / ip6",
	  "1e000000600000000000fd40000000000000000000000000000000"
	  "0000000000000000000000000000000000" },
	{ "dhcp6-relay link_address=::1 relayed=0x01000001",
	  "0c0000000000000000000000000000000001000000000000000000"
	  "000000000000000009000401000001" },
	{ "eth / llc / snap / pvst vlan=7",
	  "ffffffffffff0000000000000032aaaa0300000c010b0000000000"
	  "800000000000000000000000800000000000000080010000140002"
	  "000f0000000000020007" },
	{ "eth / mpls word=5 word=6 / eth",
	  "ffffffffffff00000000000088470001014000000006ffffffffff"
	  "ff00000000000088b5" },
	{ "udp sport=5 / dns", "0005003500140000000001000000000000000000" },
	{ "udp dport=0 sport=5 / dns",
	  "0005000000140000000001000000000000000000" },
	{ "IP TTL=3 PROTO=UDP", "45000014000000000311b7da0000000000000000" },
	{ "eth type=arp", "ffffffffffff0000000000000806" },
	{ "gre key=1 csum=0x1234 seq=2 key=3",
	  "b00088b5123400000000000300000002" },
	{ "vxlan-gpe nh=4", "0c00000400000000" },
	{ "routing address=::1 address=::2 left=1",
	  "fd0404010100000000000000000000000000000000000001000000"
	  "00000000000000000000000002" },
	{ "icmp type=echo-reply / \"x\"", "000087ff0000000078" },
	/* Not into what it carries, whatever its flags say. */
	{ "gre version=1 / \"abcd\"", "000188b561626364" },
	{ "gre has_checksum / \"abcd\"", "800088b561626364" },
	{ "tcp flags=AE", "0000000000000000000000005050ffff00000000" },
	{ "tcp flags=n,fin", "0000000000000000000000005101ffff00000000" },
	{ "null family=30", "1e000000" },
	{ "loop family=30", "0000001e" },
	{ "eth sa=02:00:00:00:00:02 da=02:00:00:00:00:01 type=1",
	  "0200000000010200000000020001" },
	{ "ip sa=1.2.3.4 da=5.6.7.8 dscp=63 tos=0x12 df flags=MF csum=0",
	  "451200140000200040fd00000102030405060708" },
	{ "ip flags=df,mf tos=255 frag=1 flags=4 flags=DF csum=0",
	  "45ff00140000400140fd00000000000000000000" },
	{ "ip6 flow=0xabcde dscp=63 tc=0x12 da=::1",
	  "612abcde0000fd4000000000000000000000000000000000000000"
	  "00000000000000000000000001" },
	{ "tcp ws=7", "0000000000000000000000006000ffff0000000003030700" },
	{ "dns qname=a qtype=AAAA qclass=ch",
	  "000001000001000000000000016100001c0003" },
	{ "data load=\"ab\"", "6162" },
	{ "icmpv4", "0800f7ff00000000" },
	{ "ethernet / DOT1AD id=7 / qinq type=5 / payload 00",
	  "ffffffffffff00000000000088a8000788a80000000500" },
};

static void texts_become_bytes(void **state)
{
	uint8_t frame[256];
	char hex[513];

	(void)state;
	for (size_t i = 0; i < sizeof(built) / sizeof(built[0]); i++) {
		struct pktcap_error error = { 0 };
		struct pktcap_build build;
		int len;

		pktcap_build_start(&build, frame, sizeof(frame));
		if (pktcap_build_text(&build, built[i].text, &error))
			fail_msg("%s: %s", built[i].text, error.text);
		len = pktcap_build_finish(&build);
		assert_in_range(len, 1, sizeof(frame));
		for (int at = 0; at < len; at++)
			snprintf(hex + 2 * (size_t)at, 3, "%02x", frame[at]);
		assert_string_equal(hex, built[i].hex);
	}
}

/* A layer whose names are tried one after the other. */
struct trial {
	const char *layer;
	size_t tried;
};

/* Every name that is listed works with the example beside it. */
static int try_name(void *arg, const struct pktcap_build_name *name)
{
	struct trial *trial = arg;
	struct pktcap_error error = { 0 };
	struct pktcap_build build;
	uint8_t frame[1024];
	char text[256];
	/* What DNS says of a question belongs to one. */
	bool is_dns = strstr(trial->layer, "dns");
	const char *front = is_dns ? "q=example.com " : "";

	/* A short name takes what the field takes; flags take nothing. */
	if (name->example)
		snprintf(text, sizeof(text), "%s %s%s=%s", trial->layer, front,
			 name->name, name->example);
	else
		snprintf(text, sizeof(text), "%s %s%s", trial->layer,
			 name->name,
			 strcmp(name->name, name->field) != 0 ? "=1" : "");
	pktcap_build_start(&build, frame, sizeof(frame));
	pktcap_build_text(&build, text, &error);
	if (error.code && !strstr(error.text, "address"))
		fail_msg("%s: %s", text, error.text);
	trial->tried++;
	return 0;
}

static int try_layer(void *arg, const struct pktcap_build_name *name)
{
	struct trial trial = { .layer = name->name };

	assert_int_equal(pktcap_build_names(name->name, try_name, &trial), 0);
	if (!trial.tried)
		fail_msg("%s: no fields", name->name);
	++*(size_t *)arg;
	return 0;
}

static int stop_at_once(void *arg, const struct pktcap_build_name *name)
{
	(void)name;
	++*(size_t *)arg;
	return 7;
}

static void names_that_are_listed_work(void **state)
{
	size_t layers = 0, calls = 0;

	(void)state;
	assert_int_equal(pktcap_build_names(NULL, try_layer, &layers), 0);
	assert_true(layers > 80);
	assert_int_equal(pktcap_build_names(NULL, stop_at_once, &calls), 7);
	assert_int_equal(pktcap_build_names("ip", stop_at_once, &calls), 7);
	assert_int_equal(calls, 2);
	assert_int_equal(pktcap_build_names("nobody", stop_at_once, &calls),
			 -ENOENT);
}

enum { LONG = 1 << 20, ROOM = 4 << 20 };

struct long_row {
	const char *front;
	const char *piece; /* over and over */
	int code;
};

static const struct long_row long_texts[] = {
	{ "", "/", -EBADMSG },
	{ "", " ", -EBADMSG },
	{ "", "eth/", -E2BIG },
	{ "", "\"x\"/", -EBADMSG }, /* nothing behind the last "/" */
	{ "eth ", "x", -EBADMSG },
	{ "eth ", "=", -EBADMSG },
	{ "eth ", "dst=1:2:3:4:5:6 ", -EBADMSG },
	{ "eth ", "type=1 ", -EBADMSG }, /* a length now */
	{ "ip ", "ttl=64 ", 0 },
	{ "data ", "00", 0 },
	{ "data \"", "\\x41", -EBADMSG },
	{ "data ", "len=1 ", 0 },
	{ "tcp ", "nop ", -ERANGE },
	{ "tcp flags=", "s,", -EBADMSG },
	{ "dns q=a ", "type=A ", 0 },
	{ "dns ", "q=a type=A ", -ERANGE },
	{ "dns ", "a=\"a A 192.0.2.1\" ", 0 },
	{ "dns q=", "a.", -ERANGE },
	{ "radius ", "user=a ", -ERANGE },
	{ "dhcp ", "request=1 rquest=1 ", -EBADMSG },
	{ "dhcp ", "option=1:\"a\" ", 0 },
	{ "dhcp request=", "1,", -ERANGE },
	{ "igmp3-query source=", "192.0.2.1,", -ERANGE },
	{ "igmp3-report record=1,192.0.2.1,", "192.0.2.2,", -EBADMSG },
	{ "gre ", "key=1 seq=1 csum ", 0 },
	/* A field is found in front of all that is there already. */
	{ "dhcp ", "lease=1 op=1 ", 0 },
	{ "ra ", "mtu=1500 code=1 ", 0 },
	{ "gtpu ", "extension=1:00 type=1 ", 0 },
	{ "igmp3-report ", "record=1,192.0.2.1 max_response=1 ", 0 },
	{ "dns ", "a=\"a A 192.0.2.1\" rcode=1 ", 0 },
	{ "hopopts ", "option=30:00 nh=1 ", -ERANGE },
	{ "sctp ", "chunk=1: tag=1 ", 0 },
	{ "lldp ", "port=a port=abcdefg ", 0 },
};

/* They end before long, and where they end does not depend on their length. */
static void long_texts_end(void **state)
{
	char *text = malloc(LONG + 64);
	uint8_t *room = malloc(ROOM);

	(void)state;
	assert_non_null(text);
	assert_non_null(room);
	for (size_t i = 0; i < sizeof(long_texts) / sizeof(long_texts[0]);
	     i++) {
		const struct long_row *row = &long_texts[i];
		size_t len = strlen(row->piece);
		char *end = stpcpy(text, row->front);
		struct pktcap_build build;
		int code;

		while (end + len < text + LONG)
			end = stpcpy(end, row->piece);
		pktcap_build_start(&build, room, ROOM);
		code = pktcap_build_text(&build, text, NULL);
		if (code != row->code)
			fail_msg("%s%s...: %d", row->front, row->piece, code);
	}
	free(room);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_become_bytes),
		cmocka_unit_test(names_that_are_listed_work),
		cmocka_unit_test(long_texts_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
