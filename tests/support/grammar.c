// SPDX-License-Identifier: BSD-2-Clause
/*
 * A grammar is rows of forms: a capital behind a % is replaced by one of the
 * forms of that row. The first form of a row leads to the end soonest.
 */
#include "support/grammar.h"

#include <string.h>

enum { FORMS_MAX = 48, DEPTH_MAX = 7, WORDS_MAX = 64 };

static const char *const rows[26][FORMS_MAX] = {
	/* an address */
	['A' - 'A'] = { "10.0.0.1", "10.0.0.2", "1.2.3.4", "192.168.1.1",
			"255.255.255.255", "224.0.0.1", "0.0.0.0", "10.0.0",
			"fe80::1", "2001:db8::1", "2001:db8:1::2", "ff02::1",
			"::1", "10.1", "fe80:0:0:0:0:0:0:1" },
	/* an operator of arithmetic */
	['B' - 'A'] = { "+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "&",
			"+" },
	/* a constant */
	['C' - 'A'] = { "%N", "%N", "0", "1", "0x0f", "0x45", "0x1fff", "0xff",
			"tcp-syn", "tcp-ack", "icmp-echo", "icmp6-echo", "3",
			"(%C%B%C)", "0xffffffff", "len" },
	/* a direction */
	['D' - 'A'] = { "", "", "src ", "dst ", "src or dst ", "src and dst ",
			"dst or src ", "dst and src " },
	/* an expression */
	['E' - 'A'] = { "%T", "%T", "%T and %E", "%T or %E", "%T && %E",
			"%T || %T", "not %T", "! %T", "(%E) and %T",
			"(%E) or %E", "not (%E)", "(%E)",
			"%T and not (%T or %T)", "%K", "%K and %E" },
	/* frames of 802.11 and LLC */
	['F' - 'A'] = { "type data",
			"type mgt",
			"type ctl",
			"type mgt subtype beacon",
			"type ctl subtype ack",
			"type data subtype qos-data",
			"subtype probe-req",
			"subtype cts",
			"subtype null",
			"dir tods",
			"dir fromds",
			"dir nods",
			"dir dstods",
			"dir %S",
			"wlan addr1 %M",
			"wlan addr2 %M",
			"wlan addr3 %M",
			"wlan addr4 %M",
			"wlan ra %M",
			"wlan ta %M",
			"wlan src %M",
			"wlan host %M",
			"llc",
			"llc i",
			"llc s",
			"llc u",
			"llc rr",
			"llc rnr",
			"llc rej",
			"llc ui",
			"llc ua",
			"llc disc",
			"llc sabme",
			"llc test",
			"llc xid",
			"llc frmr",
			"type 0x08",
			"type 4 subtype 0xb0" },
	/* what only pf, ATM and SS7 have */
	['G' - 'A'] = { "lane",
			"lane",
			"lane and %T",
			"metac",
			"bcc",
			"oam",
			"oamf4",
			"oamf4sc",
			"oamf4ec",
			"sc",
			"ilmic",
			"connectmsg",
			"metaconnect",
			"vpi %S",
			"vci %Z %S",
			"vci (%S or %S)",
			"vpi %Z 5",
			"ifname eth0",
			"on em0",
			"rset foo",
			"ruleset anchor",
			"rnr %S",
			"rulenum %S",
			"srnr %S",
			"subrulenum 6",
			"reason match",
			"reason short",
			"reason %S",
			"action pass",
			"action block",
			"action nat",
			"fisu",
			"lssu",
			"lsu",
			"msu",
			"hfisu",
			"hlssu",
			"hmsu",
			"sio %Z %S",
			"opc %Z %S",
			"dpc (%S or %N)",
			"sls %S",
			"hsio %S",
			"hopc %Z %N",
			"hdpc %S",
			"hsls %S" },
	/* a host or a network */
	['H' - 'A'] = { "%Dhost %A", "%Dhost %A", "%Xhost %A", "%X%Dhost %A",
			"src %A", "dst %A", "%Dnet %W", "%X%Dnet %W",
			"%Dhost %A or %A", "not %Dhost %A and %A", "%Dnet %W" },
	/* protocols that are in the link header */
	['J' - 'A'] = { "ip",	 "ip6",	   "arp",     "rarp", "atalk",
			"aarp",	 "decnet", "lat",     "sca",  "moprc",
			"mopdl", "iso",	   "esis",    "isis", "clnp",
			"stp",	 "ipx",	   "netbeui", "l1",   "l2",
			"iih",	 "lsp",	   "snp",     "csnp", "psnp" },
	/* what people write */
	['K' - 'A'] = { "tcp port %N",
			"tcp and port %N",
			"port %N",
			"host %A and port %N",
			"udp port %N or tcp port %N",
			"tcp[tcpflags] & (tcp-syn|tcp-fin) != 0",
			"tcp[tcpflags] & tcp-syn != 0",
			"icmp[icmptype] = icmp-echo",
			"net %W and not port %N",
			"geneve and %T",
			"geneve %S and %T and %T",
			"not (%J or %P)",
			"ether broadcast",
			"%Dport %N",
			"port %N or %N or %N",
			"tcp[13] & 7 != 0",
			"ip[6:2] & 0x1fff = 0",
			"src net %W and dst net %W",
			"(tcp or udp) and (port %N or port %N)",
			"host %A or host %A or host %A" },
	/* headers between; they shift what is behind them */
	['L' - 'A'] = { "vlan", "vlan %S", "vlan 5", "vlan 100", "mpls",
			"mpls 5", "mpls 1000", "pppoes", "pppoes 5",
			"pppoes 39", "pppoed", "vlan 300", "vlan (5)" },
	/* a link address */
	['M' - 'A'] = { "1:2:3:4:5:6", "02:00:00:00:00:01", "ff:ff:ff:ff:ff:ff",
			"01-02-03-04-05-06", "0102.0304.0506", "010203040506",
			"2:0:0:0:0:2", "1.0.5e.0.0.1" },
	/* a number */
	['N' - 'A'] = { "80", "53", "443", "22", "5", "0", "1234", "10",
			"65535", "0x50", "0120", "1024" },
	/* an offset */
	['O' - 'A'] = { "%S", "0", "0", "2", "12", "13", "6", "%S:1", "%S:2",
			"%S:4", "0:2", "2:2", "12:2", "20:4", "%V", "%V:2",
			"tcpflags", "icmptype" },
	/* protocols of IP */
	['P' - 'A'] = { "tcp", "udp", "sctp", "icmp", "icmp6", "igmp", "igrp",
			"pim", "vrrp", "carp", "ah", "esp", "tcp", "udp",
			"icmp" },
	/* ports */
	['Q' - 'A'] = { "port %N", "%Dport %N", "%Y%Dport %N",
			"%Y%Dportrange %N-%N", "%Dportrange 50-90",
			"%Dport %N or %N", "portrange %N", "%Y%Dport %N",
			"not %Dport %N" },
	/* a relation */
	['R' - 'A'] = { "%V %Z %C", "%V %Z %C", "%V & %C %Z %C", "%V %Z %V",
			"len %Z %N", "%C %Z %V", "%Z[%O] %Z %C",
			"%V %B %C %Z %C" },
	/* a small number */
	['S' - 'A'] = { "0", "1", "2", "3", "4", "5", "6", "8", "9", "12", "13",
			"14", "16", "20", "33", "40" },
	/* a term */
	['T' - 'A'] = { "%J", "%P", "%H", "%H", "%Q", "%Q", "%R", "%R", "%L",
			"%F", "%U", "%P", "%K", "%J", "%G" },
	/* all others */
	['U' - 'A'] = { "less %N",
			"greater %N",
			"broadcast",
			"multicast",
			"ether broadcast",
			"ether multicast",
			"ip broadcast",
			"ip multicast",
			"ip6 multicast",
			"ether %Dhost %M",
			"ether src %M",
			"ether dst %M",
			"proto %S",
			"ip proto %S",
			"ip6 proto %S",
			"ip proto \\tcp",
			"ip6 proto \\udp",
			"ether proto %N",
			"ether proto 0x800",
			"ether proto \\arp",
			"ether proto 0x86dd",
			"link[%O] %Z %C",
			"iso proto %S",
			"inbound",
			"outbound",
			"ifindex %S",
			"byte %S = %S",
			"byte %S & %S",
			"byte %S | %S",
			"byte %S < %N",
			"byte %S > %S",
			"isis proto 18",
			"protochain %S",
			"ip6 protochain %S",
			"ip6 protochain 6",
			"ip protochain 6",
			"decnet src 1.2",
			"decnet host 1.2",
			"decnet dst 1.1",
			"ip proto 17",
			"ip6 proto 6",
			"proto 6",
			"proto \\sctp",
			"ether proto \\stp" },
	/* a value of the packet */
	['V' - 'A'] = { "ip[%S]",
			"ip[%O]",
			"tcp[%O]",
			"udp[%O]",
			"icmp[%O]",
			"ip6[%O]",
			"ether[%O]",
			"arp[%O]",
			"link[%O]",
			"icmp6[%O]",
			"sctp[%O]",
			"igmp[%O]",
			"rarp[%O]",
			"(%V %B %C)",
			"len",
			"ether[%S:2]",
			"ip[%S:4]",
			"tcp[%S:2]",
			"-%V",
			"radio[%S]",
			"wlan[%S]",
			"%V %B %V",
			"decnet[0]",
			"vrrp[%S]",
			"ip[2:2] - ((ip[0]&0xf)<<2)" },
	/* a network */
	['W' - 'A'] = { "10", "10.0", "10.0.0", "10.0.0.0/8", "192.168",
			"192.168.0.0/16", "10.0.0.0 mask 255.255.255.0",
			"fe80::/10", "2001:db8::/32", "0.0.0.0/0",
			"224.0.0.0/4", "2001:db8:1::/48", "10.0.0.1/32", "::/0",
			"fe80::/64", "10.0.0.2 mask 255.0.0.255",
			"2001:db8::/33" },
	/* where hosts are looked for */
	['X' - 'A'] = { "ip ", "ip6 ", "arp ", "rarp ", "ip ", "ip6 " },
	/* where ports are */
	['Y' - 'A'] = { "tcp ", "udp ", "sctp " },
	['Z' - 'A'] = { "=", "==", "!=", ">", "<", ">=", "<=", "=" },
};

struct writer {
	char *out;
	uint32_t at, state;
};

static uint32_t draw(struct writer *w, uint32_t below)
{
	w->state = w->state * 1664525 + 1013904223;
	return (w->state >> 8) % below;
}

static const char *form_of(struct writer *w, char row, int depth)
{
	const char *const *forms = rows[row - 'A'];
	uint32_t n = 0;

	if (depth >= DEPTH_MAX)
		return forms[0];
	while (n < FORMS_MAX && forms[n])
		n++;
	return forms[draw(w, n)];
}

/* Bounded by DEPTH_MAX, where first forms lead to the end. */
static void expand(struct writer *w, char row, int depth)
{
	for (const char *p = form_of(w, row, depth); *p; p++) {
		if (p[0] == '%' && p[1] >= 'A' && p[1] <= 'Z')
			expand(w, *++p, depth + 1);
		else if (w->at < GRAMMAR_MAX - 1)
			w->out[w->at++] = *p;
	}
}

/* One word is left out, written twice, or exchanged with another one. */
static void spoil(struct writer *w)
{
	char copy[GRAMMAR_MAX];
	char *words[WORDS_MAX], *rest;
	uint32_t n = 0, victim, how = draw(w, 3);

	memcpy(copy, w->out, GRAMMAR_MAX);
	for (char *s = strtok_r(copy, " ", &rest); s && n < WORDS_MAX;
	     s = strtok_r(NULL, " ", &rest))
		words[n++] = s;
	if (!n)
		return;
	victim = draw(w, n);
	if (how == 2)
		words[draw(w, n)] = words[victim];
	w->out[0] = '\0';
	for (uint32_t i = 0; i < n; i++) {
		uint32_t times = i != victim ? 1 : how ? how : 0;

		while (times--) {
			if (strlen(w->out) + strlen(words[i]) + 2 > GRAMMAR_MAX)
				return;
			strcat(strcat(w->out, words[i]), " ");
		}
	}
}

void grammar_expression(uint32_t seed, char out[GRAMMAR_MAX])
{
	struct writer w = { .out = out, .state = seed * 2654435761u };

	draw(&w, 1);
	expand(&w, 'E', 0);
	out[w.at] = '\0';
	if (draw(&w, 10) == 0)
		spoil(&w);
}
