// SPDX-License-Identifier: BSD-2-Clause
/* The text form of packets: where wrong texts are wrong. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <pktcap/build.h>

struct wrong_row {
	const char *text;
	size_t offset;
	int code;
	const char *message;
};

#define NOPS_10 "nop nop nop nop nop nop nop nop nop nop "

static const struct wrong_row wrong[] = {
	{ "udp / tcp " NOPS_10 NOPS_10 NOPS_10 NOPS_10 "nop", 6, -EPROTOTYPE,
	  "tcp cannot follow udp, which has no number for it: put the header "
	  "between that has, or set a number by hand" },
	{ "ip / tcp " NOPS_10 NOPS_10 NOPS_10 NOPS_10 "nop", 5, -ERANGE,
	  "tcp: 44 bytes of options, at most 40" },
	{ "ip " NOPS_10 NOPS_10 NOPS_10 NOPS_10 "nop", 0, -ERANGE,
	  "ipv4: 44 bytes of options, at most 40" },
	{ "", 0, -EBADMSG,
	  "a layer is missing here, such as eth, ip, udp or data" },
	{ "eth /", 5, -EBADMSG,
	  "a layer is missing here, such as eth, ip, udp or data" },
	{ "eth / ipp", 6, -EBADMSG, "no layer 'ipp': did you mean 'ip'?" },
	{ "eth / ip / tpc", 11, -EBADMSG,
	  "no layer 'tpc': did you mean 'tcp'?" },
	{ "data size=100", 5, -EBADMSG,
	  "data: no field 'size': there are hex, text, load, len" },
	{ "eth / frobnicate", 6, -EBADMSG,
	  "no layer 'frobnicate': there are eth, vlan, dot1ad, llc, snap, "
	  "mpls, sll, sll2, null, loop, arp, ipv4, ipv6, ipv6_hopopts, ..." },
	{ "ip tll=64", 3, -EBADMSG,
	  "ipv4: no field 'tll': did you mean 'ttl'?" },
	{ "ip nonsense=64", 3, -EBADMSG,
	  "ipv4: no field 'nonsense': there are tos, flags, record_route, "
	  "router_alert, nop, eol, option, len, frag, df, mf, proto, sa, da, "
	  "csum, ..." },
	{ "icmp type=3 code=4 frobnicate", 19, -EBADMSG,
	  "icmp: no field 'frobnicate': there are mtu, len, csum, chksum, "
	  "type, code, checksum, length, next_hop_mtu" },
	{ "gre frobnicate", 4, -EBADMSG,
	  "gre: no field 'frobnicate': there are key, seq, csum, proto, "
	  "has_checksum, has_routing, has_key, has_seq, strict_route, "
	  "recursion, ..." },
	{ "ip ttl=", 7, -EBADMSG, "ipv4: ttl has no value behind its =" },
	{ "ip ttl", 3, -EBADMSG, "ipv4: ttl has no value: ttl=..." },
	{ "ip =64", 3, -EBADMSG, "ipv4: a field has a name: name=value" },
	{ "ip ttl = 64", 7, -EBADMSG, "ipv4: no blanks around this: ttl=..." },
	{ "ip df =1", 6, -EBADMSG, "ipv4: no blanks around this: df=..." },
	{ "ip dst='1.2.3.4'", 7, -EBADMSG,
	  "ipv4: quotes are \"these\", not 'these'" },
	{ "eth / 'x'", 6, -EBADMSG, "quotes are \"these\", not 'these'" },
	{ "ip dst=192.0.2.1 udp dport=5", 17, -EBADMSG,
	  "ipv4: no field 'udp', which is a layer: / udp" },
	{ "ip / udp payload=\"x\"", 9, -EBADMSG,
	  "udp: no field 'payload', which is a layer: / payload" },
	{ "ip dst=192.0.2.1/24", 17, -EBADMSG,
	  "no layer '24': / ends a value that is not in quotes" },
	{ "eth / 24", 6, -EBADMSG,
	  "no layer '24': there are eth, vlan, dot1ad, llc, snap, mpls, sll, "
	  "sll2, null, loop, arp, ipv4, ipv6, ipv6_hopopts, ..." },
	{ "dhcp client_id=01", 5, -EBADMSG,
	  "dhcp: no field 'client_id': did you mean 'client'?" },
	{ "tcp dst=80", 4, -EBADMSG,
	  "tcp: no field 'dst': did you mean 'dst_port'?" },
	{ "ip6 hop=1", 4, -EBADMSG,
	  "ipv6: no field 'hop': did you mean 'hop_limit'?" },
	{ "icmp6 type=135 target=::1", 15, -EBADMSG,
	  "icmp6: no field 'target': ns has one, a layer of its own" },
	{ "igmp source=192.0.2.1", 5, -EBADMSG,
	  "igmp: no field 'source': igmp3-query has one, a layer of its own" },
	{ "ip ttl=256", 7, -ERANGE, "ipv4: 256 is more than 255" },
	{ "ip ttl=-1", 7, -EBADMSG, "ipv4: '-1' is no number: 10, 0x0a" },
	{ "data len=99999999999999999999", 9, -ERANGE,
	  "data: 99999999999999999999 is more than 2147483647" },
	{ "ntp transmit=0x10000000000000000", 13, -ERANGE,
	  "ntp: 0x10000000000000000 is more than 18446744073709551615" },
	{ "ip ttl=99999999999999999999x", 7, -EBADMSG,
	  "ipv4: '99999999999999999999x' is no number: 10, 0x0a" },
	{ "ip src=1.2.3", 7, -EBADMSG,
	  "ipv4: '1.2.3' is no IPv4 address: 192.0.2.1" },
	{ "eth dst=1:2:3", 8, -EBADMSG,
	  "eth: '1:2:3' is no MAC address: 02:00:00:00:00:01" },
	{ "eth / data \"abc", 11, -EBADMSG,
	  "data: this quote does not end: add a \"" },
	{ "eth / data \"a\\qb\"", 13, -EBADMSG,
	  "data: no such escape: \\n \\r \\t \\0 \\\\ \\\" \\x41" },
	{ "eth / data hex=012", 15, -EBADMSG,
	  "data: '012' is neither hex bytes (0x0102, 01:02) nor in quotes" },
	{ "eth / udp", 6, -EPROTOTYPE,
	  "udp cannot follow eth: put ipv4 between, or set a number by hand" },
	{ "eth / rstp", 6, -EPROTOTYPE,
	  "rstp cannot follow eth: put llc between, or set a number by hand" },
	{ "eth / rs", 6, -EPROTOTYPE,
	  "rs cannot follow eth: put ipv6 between, or set a number by hand" },
	{ "ip / dns", 5, -EPROTOTYPE,
	  "dns cannot follow ipv4: put udp between, or set a number by hand" },
	{ "ip / arp", 5, -EPROTOTYPE,
	  "arp cannot follow ipv4: put gre between, or set a number by hand" },
	{ "eth / dns", 6, -EPROTOTYPE,
	  "dns cannot follow eth: put ipv4 and udp between, or set a number "
	  "by hand" },
	{ "mpls / dhcp6", 7, -EPROTOTYPE,
	  "dhcp6 cannot follow mpls: put ipv4 and udp between, or set a "
	  "number by hand" },
	{ "igmp / udp", 7, -EPROTOTYPE,
	  "udp cannot follow igmp, which has no number for it: put the header "
	  "between that has, or set a number by hand" },
	{ "eth / pad 60 / ip", 15, -EBUSY,
	  "ipv4: behind a trailer or padding, which have to be the last" },
	{ "eth / data len=300", 15, -ENOSPC,
	  "data: no room behind 14 bytes: the buffer has 256, give a larger "
	  "one" },
	{ "tcp flags=syn,foo", 14, -EBADMSG, "tcp: 'foo' is no flag: syn,ack" },
	{ "tcp flags=", 10, -EBADMSG, "tcp: flags has no value behind its =" },
	{ "tcp flags", 4, -EBADMSG, "tcp: flags has no value: flags=syn,ack" },
	{ "tcp flags=0x200", 10, -ERANGE, "tcp: 0x200 is more than 511" },
	{ "tcp flags=s.x", 10, -EBADMSG, "tcp: 's.x' is no flag: syn,ack" },
	{ "tcp mss=65536", 8, -ERANGE, "tcp: 65536 is more than 65535" },
	{ "tcp mss=x", 8, -EBADMSG, "tcp: 'x' is no number: 10, 0x0a" },
	{ "tcp sackok=1", 11, -EBADMSG, "tcp: sackok takes no value" },
	{ "tcp ts=1", 7, -EBADMSG,
	  "tcp: two values with a colon between: 1:2" },
	{ "tcp ts=1:", 9, -EBADMSG, "tcp: '' is no number: 10, 0x0a" },
	{ "tcp ts=x:1", 7, -EBADMSG, "tcp: 'x' is no number: 10, 0x0a" },
	{ "tcp ts=1:4294967296", 9, -ERANGE,
	  "tcp: 4294967296 is more than 4294967295" },
	{ "tcp option=256:00", 11, -ERANGE, "tcp: 256 is more than 255" },
	{ "tcp option=3:0", 13, -EBADMSG,
	  "tcp: '0' is neither hex bytes (0x0102, 01:02) nor in quotes" },
	{ "tcp option=3", 11, -EBADMSG,
	  "tcp: two values with a colon between: 1:2" },
	{ "tcp nop=1", 8, -EBADMSG, "tcp: nop takes no value" },
	{ "ip record_route=10", 16, -ERANGE, "ipv4: 10 is more than 9" },
	{ "ip router_alert=65536", 16, -ERANGE,
	  "ipv4: 65536 is more than 65535" },
	{ "hopopts jumbo=-1", 14, -EBADMSG,
	  "ipv6_hopopts: '-1' is no number: 10, 0x0a" },
	{ "hopopts option=x:00", 15, -EBADMSG,
	  "ipv6_hopopts: 'x' is no number: 10, 0x0a" },
	{ "routing address=::g", 16, -EBADMSG,
	  "ipv6_routing: '::g' is no IPv6 address: 2001:db8::1" },
	{ "ah icv=0", 7, -EBADMSG,
	  "ah: '0' is neither hex bytes (0x0102, 01:02) nor in quotes" },
	{ "gre key=4294967296", 8, -ERANGE,
	  "gre: 4294967296 is more than 4294967295" },
	{ "gre has_key key=1", 16, -EBADMSG,
	  "gre: key, seq and csum set their flags themselves" },
	{ "gre csum=65536", 9, -ERANGE, "gre: 65536 is more than 65535" },
	{ "gtpu extension=1", 15, -EBADMSG,
	  "gtpu: two values with a colon between: 1:2" },
	{ "gtpu extension=1:xx", 17, -EBADMSG,
	  "gtpu: 'xx' is neither hex bytes (0x0102, 01:02) nor in quotes" },
	{ "geneve option=16777216:00", 14, -ERANGE,
	  "geneve: 16777216 is more than 16777215" },
	{ "lldp port=", 10, -EBADMSG, "lldp: port has no value behind its =" },
	{ "lldp chassis=1:2", 13, -EBADMSG,
	  "lldp: '1:2' is no MAC address: 02:00:00:00:00:01" },
	{ "lldp tlv=128:00", 9, -ERANGE, "lldp: 128 is more than 127" },
	{ "igmp3-query source=1.2.3.4,x", 27, -EBADMSG,
	  "igmp3-query: 'x' is no IPv4 address: 192.0.2.1" },
	{ "igmp3-report record=4", 20, -EBADMSG,
	  "igmp3-report: a record has a type and a group: "
	  "4,233.252.0.1,192.0.2.1" },
	{ "igmp3-report record=4,1.2.3", 22, -EBADMSG,
	  "igmp3-report: '1.2.3' is no IPv4 address: 192.0.2.1" },
	{ "mld2-report record=256,ff02::1", 19, -ERANGE,
	  "mld2-report: 256 is more than 255" },
	{ "dns type=A", 9, -EBADMSG,
	  "dns: this belongs to a question: q=example.com in front" },
	{ "dns q=a..b", 6, -EINVAL, "dns: a label of the name is empty" },
	{ "dns q=a type=frob", 13, -EBADMSG,
	  "dns: 'frob' is no number and no type such as 'AAAA'" },
	{ "dns q=a class=frob", 14, -EBADMSG,
	  "dns: 'frob' is no number and no class such as 'IN'" },
	{ "dns q=a class=65536", 14, -ERANGE, "dns: 65536 is more than 65535" },
	{ "dns a=example.com A 192.0.2.1", 6, -EBADMSG,
	  "dns: it has blanks, and is in quotes: "
	  "a=\"example.com 300 A 192.0.2.1\"" },
	{ "dns a=\"b CAA 0 \\\"issue\\\" \\\"x\\\" y\"", 31, -EBADMSG,
	  "dns: CAA: nothing more is expected" },
	{ "dns q=a a=\"b A 192.0.2.1\" class=IN", 32, -EBADMSG,
	  "dns: this belongs to a question: q=example.com in front" },
	{ "dns a=\"example.com 300 A 192.0.2\"", 25, -EBADMSG,
	  "dns: A: an IPv4 address is expected" },
	{ "dns a=\"example.com 300 FROB x\"", 23, -EBADMSG,
	  "dns: record: a TTL of 32 bits, a class or a type is expected" },
	{ "dns a=\"b A 192.0.2.1\" q=a", 24, -EINVAL,
	  "dns: there is a record of a later section in front; the order is "
	  "questions, answers, authority, additional" },
	{ "mdns q=\"a", 7, -EBADMSG,
	  "mdns: this quote does not end: add a \"" },
	{ "dhcp type=frob", 10, -EBADMSG,
	  "dhcp: 'frob' is no number and no name such as 'discover'" },
	{ "dhcp request=1,256", 15, -ERANGE, "dhcp: 256 is more than 255" },
	{ "dhcp server=1.2.3.4,", 20, -EBADMSG,
	  "dhcp: '' is no IPv4 address: 192.0.2.1" },
	{ "dhcp client=0", 12, -EBADMSG,
	  "dhcp: '0' is neither hex bytes (0x0102, 01:02) nor in quotes" },
	{ "dhcp6 option=65536:00", 13, -ERANGE,
	  "dhcp6: 65536 is more than 65535" },
	{ "radius nas_ip=1", 14, -EBADMSG,
	  "radius: '1' is no IPv4 address: 192.0.2.1" },
	{ "vrrp address=::1", 13, -EBADMSG,
	  "vrrp: '::1' is no IPv4 address: 192.0.2.1" },
	{ "ospf neighbour=", 15, -EBADMSG,
	  "ospf: neighbour has no value behind its =" },
	{ "ns sll=1", 7, -EBADMSG,
	  "ns: '1' is no MAC address: 02:00:00:00:00:01" },
	{ "ra mtu=x", 7, -EBADMSG, "ra: 'x' is no number: 10, 0x0a" },
	{ "sctp chunk=256:00", 11, -ERANGE, "sctp: 256 is more than 255" },
	{ "sctp data=zz", 10, -EBADMSG,
	  "sctp: 'zz' is neither hex bytes (0x0102, 01:02) nor in quotes" },
	{ "eth \"x\"", 4, -EBADMSG,
	  "eth: a value in quotes has a name in front" },
	{ "data text=abc", 10, -EBADMSG,
	  "data: 'abc' is neither hex bytes (0x0102, 01:02) nor in quotes" },
	{ "data text", 5, -EBADMSG,
	  "data: 'text' is neither hex bytes (0x0102, 01:02) nor in quotes" },
	{ "data \"a\" \"b", 9, -EBADMSG,
	  "data: this quote does not end: add a \"" },
	{ "eth dst=\"x\"", 9, -EBADMSG,
	  "eth: 'x' is no MAC address: 02:00:00:00:00:01" },
	{ "\"a", 0, -EBADMSG, "this quote does not end: add a \"" },
	{ "eth=5", 3, -EBADMSG, "eth: a field has a name: name=value" },
	{ "eth type=frob", 9, -EBADMSG,
	  "eth: 'frob' is no number and no name such as 'IPv4'" },
	{ "ip tos=256", 7, -ERANGE, "ipv4: 256 is more than 255" },
	{ "ip flags=df,S", 12, -EBADMSG, "ipv4: 'S' is no flag: df,mf" },
	{ "ip flags=8", 9, -ERANGE, "ipv4: 8 is more than 7" },
	{ "tcp option=254:\"ab", 15, -EBADMSG,
	  "tcp: this quote does not end: add a \"" },
	{ "tcp option=254:x\"ab\"", 15, -EBADMSG,
	  "tcp: 'x' is neither hex bytes (0x0102, 01:02) nor in quotes" },
	{ "icmp type=echo-replx", 10, -EBADMSG,
	  "icmp: 'echo-replx' is no number: did you mean 'echo-reply'?" },
	{ "eth type=IPv5", 9, -EBADMSG,
	  "eth: 'IPv5' is no number: did you mean 'IPv4'?" },
	{ "dhcp type=discovr", 10, -EBADMSG,
	  "dhcp: 'discovr' is no number: did you mean 'discover'?" },
	{ "ip proto=upd", 9, -EBADMSG,
	  "ipv4: 'upd' is no number: did you mean 'UDP'?" },
	{ "ip6 nh=ipv6-icmp", 7, -EBADMSG,
	  "ipv6: 'ipv6-icmp' is no number and no name such as "
	  "'hop-by-hop-options'" },
	/* Layers, but no headers. */
	{ "ip6 nh=raw", 7, -EBADMSG,
	  "ipv6: 'raw' is no number and no name such as "
	  "'hop-by-hop-options'" },
	{ "udp dport=data", 10, -EBADMSG,
	  "udp: 'data' is no number: 10, 0x0a" },
};

static void wrong_texts_say_where(void **state)
{
	uint8_t frame[256];

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct pktcap_error error = { 0 }, again = { 0 };
		struct pktcap_build build;

		pktcap_build_start(&build, frame, sizeof(frame));
		assert_int_equal(
			pktcap_build_text(&build, wrong[i].text, &error),
			wrong[i].code);
		/* The build has words of its own. */
		assert_int_equal(pktcap_build_error(&build, &again),
				 wrong[i].code);
		assert_true(again.text[0]);
		assert_string_equal(error.text, wrong[i].message);
		assert_int_equal(error.offset, wrong[i].offset);
		assert_int_equal(pktcap_build_finish(&build), wrong[i].code);
		assert_int_equal(pktcap_build_text(&build, "eth", NULL),
				 wrong[i].code);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrong_texts_say_where),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
