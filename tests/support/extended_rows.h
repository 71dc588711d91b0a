/* SPDX-License-Identifier: BSD-2-Clause */
/* Packets, and which of them expressions beyond libpcap's language take. */
#ifndef TESTS_SUPPORT_EXTENDED_ROWS_H
#define TESTS_SUPPORT_EXTENDED_ROWS_H

#include <errno.h>
#include <stdint.h>

#include <pktcap/base.h>

static const struct {
	const char *name, *layers; /* as in layers.h */
} extended_packets[] = {
	{ "tcp4", "eth ip4 tcp:80 data" },
	{ "tcp4opt", "eth ip4opt tcp16:80 data" },
	{ "tcp4later", "eth ip4later tcp:80 data" },
	{ "udp4", "eth ip4 udp:53 data" },
	{ "sctp4", "eth ip4 sctp:80 data" },
	{ "icmp4", "eth ip4 icmp data" },
	{ "arp", "eth arp" },
	{ "tcp6", "eth ip6 tcp:80 data" },
	{ "udp6", "eth ip6 udp:53 data" },
	{ "icmp6", "eth ip6 icmp6 data" },
	{ "other", "eth data" },
	/* VLAN tags */
	{ "v5", "eth vlan:5 ip4 tcp:80 data" },
	{ "v7", "eth vlan:7 ip6 udp:53 data" },
	{ "v0", "eth vlan:0 ip4 udp:53 data" },
	{ "v5v7", "eth vlan:5 vlan:7 ip4 tcp:80 data" },
	{ "q5v7", "eth qinq:5 vlan:7 ip6 tcp:80 data" },
	{ "v7v5", "eth vlan:7 vlan:5 arp" },
	{ "v5v6v7", "eth qinq:5 vlan:6 vlan:7 ip4 tcp:80 data" },
	{ "v5v6v7v8", "eth vlan:5 vlan:6 vlan:7 vlan:8 ip4 tcp:80" },
	{ "o9", "eth old:9 ip4 icmp data" },
	{ "v5other", "eth vlan:5 data" },
	/* IPv6 extension headers */
	{ "hop", "eth ip6 hop tcp:80 data" },
	{ "hop16", "eth vlan:5 ip6 hop16 icmp6 data" },
	{ "all6", "eth ip6 hop dst rt frag ah dst hop16 tcp:80 data" },
	{ "frag", "eth ip6 frag tcp:80 data" },
	{ "fragdst", "eth ip6 frag dst tcp:80 data" },
	{ "five", "eth ip6 hop dst rt dst dst tcp:80 data" },
	{ "later", "eth ip6 later tcp:80 data" },
	{ "laterdst", "eth ip6 later dst tcp:80 data" },
	{ "hoplater", "eth ip6 hop later tcp:80 data" },
	{ "ah6", "eth ip6 ah udp:53 data" },
	{ "ah4", "eth ip4 ah udp:53 data" },
	{ "esp6", "eth ip6 dst esp" },
	/* tunnels */
	{ "ipip", "eth ip4 ip4:2 tcp:443 data" },
	{ "6in4", "eth ip4 ip6:2 tcp:443 data" },
	{ "4in6", "eth ip6 dst ip4:2 tcp:443 data" },
	{ "gre4", "eth ip4 gre ip4:2 tcp:443 data" },
	{ "gre6", "eth ip6 grekey:9 ip6:2 udp:443 data" },
	{ "greall", "eth vlan:5 ip4 greall:9 ip6:2 hop tcp:443 data" },
	{ "grev4", "eth ip4 gre4 ip4:2 tcp:443 data" },
	{ "greeth", "eth ip4 gre eth vlan:6 arp:2" },
	{ "pptp", "eth ip4 pptp:1 ip4:2 tcp:443" },
	{ "vxlan", "eth ip4 udp:4789 vxlan:77 eth ip4:2 tcp:443 data" },
	{ "vxlan6", "eth ip6 udp:4789 vxlan:78 eth vlan:6 ip6:2 tcp:443 data" },
	{ "geneve", "eth ip4 udp:6081 geneve:77 eth ip4:2 tcp:443 data" },
	{ "geneve8", "eth ip4 udp:6081 geneve8:79 ip6:2 tcp:443 data" },
	{ "genevev1", "eth ip4 udp:6081 geneve1:77 eth ip4:2 tcp:443 data" },
	{ "gtp", "eth ip4 udp:2152 gtp:1 ip4:2 tcp:443 data" },
	{ "gtpseq", "eth ip4 udp:2152 gtpseq:1 ip6:2 tcp:443 data" },
	{ "gtpext", "eth ip4 udp:2152 gtpext:1 ip4:2 tcp:443 data" },
	{ "gtpext2", "eth ip4 udp:2152 gtpext2:1 ip4:2 tcp:443 data" },
	{ "gtpext3", "eth ip4 udp:2152 gtpext3:1 ip4:2 tcp:443 data" },
	{ "gtpecho", "eth ip4 udp:2152 gtpecho:1 ip4:2 tcp:443 data" },
	{ "mpls4", "eth bottom:16 ip4:2 tcp:443 data" },
	{ "mpls6", "eth vlan:5 mpls:17 mpls:18 bottom:16 ip6:2 tcp:443 data" },
	{ "mplssix", "eth mpls:21 mpls:22 mpls:23 mpls:24 mpls:25 bottom:26 "
		     "ip4:2 tcp:443 data" },
	{ "mplseth", "eth mpls:17 bottom:19 control eth ip4:2 tcp:443 data" },
	{ "pppoes", "eth vlan:5 pppoes:33 ip4:2 tcp:443 data" },
	{ "vxvx",
	  "eth ip4 udp:4789 vxlan:77 eth ip4:2 udp:4789 vxlan:1 eth vlan:8 "
	  "ip4:3 tcp:22 data" },
	{ "gtpvx",
	  "eth ip4 udp:4789 vxlan:77 eth ip4:2 udp:2152 gtp:1 ip6:3 tcp:22" },
	{ "vxlater", "eth ip4later udp:4789 vxlan:77 eth ip4:2 tcp:443 data" },
};

#define INSIDE443                                                             \
	" ipip 6in4 4in6 gre4 greall vxlan vxlan6 geneve geneve8 gtp gtpseq " \
	"gtpext gtpext2 gtpext3 mpls4 mpls6 mplssix mplseth pppoes"

static const struct extended_row {
	const char *expression, *packets;
} extended_rows[] = {
	/* tags are no matter */
	{ "port 80", "tcp4 tcp4opt sctp4 tcp6 v5 v5v7 q5v7 v5v6v7 hop five "
		     "all6 frag fragdst" },
	{ "tcp dst port 80",
	  "tcp4 tcp4opt tcp6 v5 v5v7 q5v7 v5v6v7 hop five all6 frag fragdst" },
	{ "tcp",
	  "tcp4 tcp4opt tcp4later tcp6 v5 v5v7 q5v7 v5v6v7 hop five all6 "
	  "frag fragdst later hoplater" },
	{ "tcp[tcpflags] & tcp-syn != 0",
	  "tcp4 tcp6 v5 v5v7 q5v7 v5v6v7 hop five all6 frag fragdst" },
	{ "tcp[12] >> 4 = 9", "tcp4opt" },
	{ "udp port 53 or (tcp src port 1000 and port 80)",
	  "tcp4 tcp4opt tcp6 v5 v5v7 q5v7 v5v6v7 hop five all6 frag fragdst "
	  "udp4 udp6 v7 v0 "
	  "ah6" },
	{ "arp", "arp v7v5" },
	{ "arp host 10.0.0.2", "arp v7v5" },
	{ "icmp or icmp6", "icmp4 icmp6 o9 hop16" },
	{ "icmp6[0] = 128", "icmp6 hop16" },
	{ "icmp[icmptype] = icmp-echo", "icmp4 o9" },
	{ "ip6", "tcp6 udp6 icmp6 v7 q5v7 hop five hop16 all6 frag fragdst "
		 "later laterdst hoplater "
		 "ah6 esp6 4in6 gre6 vxlan6" },
	{ "ip6 proto 6",
	  "tcp6 q5v7 hop five all6 frag fragdst later hoplater" },
	{ "ip6 proto 44", "all6 frag fragdst later laterdst hoplater" },
	{ "ip6 proto 60", "all6 fragdst five laterdst esp6 4in6" },
	{ "ip6 proto {60, 61}", "all6 fragdst five laterdst esp6 4in6" },
	{ "ip6 proto {0, 43} and not ip6 proto 51", "hop five hop16 hoplater" },
	{ "proto {43-51}", "all6 frag fragdst five later laterdst hoplater ah6 "
			   "ah4 esp6 gre4 gre6 grev4 greall "
			   "greeth pptp" },
	{ "ip6 proto 0", "hop five hop16 all6 hoplater" },
	{ "ip6 proto 43", "all6 five" },
	{ "ah", "ah4 ah6 all6" },
	{ "esp", "esp6" },
	{ "proto 50", "esp6" },
	{ "ip proto 51", "ah4" },
	{ "protochain 17", "ah4 ah6 udp4 udp6 v7 v0 vxlan vxlan6 geneve "
			   "geneve8 genevev1 gtpext3 "
			   "gtp gtpseq gtpext gtpext2 gtpecho vxvx gtpvx "
			   "vxlater" },
	{ "ether proto 0x88b5", "other v5other" },
	{ "ether proto 0x8100", "v5 v7 v0 v5v7 v7v5 v5v6v7v8 v5other hop16 "
				"greall mpls6 pppoes" },
	{ "ether[12:2] = 0x8100 and port 80", "v5 v5v7" },
	{ "ip[0] = 0x46", "tcp4opt" },
	{ "ip6[6] = 44", "frag fragdst later laterdst" },
	/* vlan is a test of any tag */
	{ "vlan", "v5 v7 v0 v5v7 q5v7 v7v5 v5v6v7 v5v6v7v8 o9 v5other hop16 "
		  "greall mpls6 pppoes" },
	{ "vlan 5", "v5 v5v7 q5v7 v7v5 v5v6v7 v5v6v7v8 v5other hop16 greall "
		    "mpls6 pppoes" },
	{ "vlan 0", "v0" },
	{ "vlan 8", "" },
	{ "vlan 5 and vlan 7", "v5v7 q5v7 v7v5 v5v6v7 v5v6v7v8" },
	{ "vlan 5 > vlan 7", "v5v7 q5v7 v5v6v7 v5v6v7v8" },
	{ "vlan 5 > vlan 6 > vlan 7", "v5v6v7 v5v6v7v8" },
	{ "vlan > vlan", "v5v7 q5v7 v7v5 v5v6v7 v5v6v7v8" },
	{ "vlan 7 > vlan", "v7v5" },
	{ "vlan > vlan {6, 7}", "v5v7 q5v7 v5v6v7 v5v6v7v8" },
	{ "vlan {1-4, 6, 9-4095}", "v5v6v7 v5v6v7v8 o9" },
	{ "not vlan and port 80",
	  "tcp4 tcp4opt sctp4 tcp6 hop five all6 frag fragdst" },
	{ "vlan 5 and tcp", "v5 v5v7 q5v7 v5v6v7" },
	/* so are the others */
	{ "mpls", "mpls4 mpls6 mplssix mplseth" },
	{ "mpls 26", "mplssix" },
	{ "mpls 16", "mpls4 mpls6" },
	{ "mpls 17 and mpls 16", "mpls6" },
	{ "mpls {18, 19}", "mpls6 mplseth" },
	{ "pppoes", "pppoes" },
	{ "pppoes 33", "pppoes" },
	{ "pppoes 34 or pppoes {32, 35}", "" },
	{ "vxlan", "vxlan vxlan6 vxvx gtpvx" },
	{ "vxlan 78", "vxlan6" },
	{ "geneve", "geneve geneve8" },
	{ "geneve {70-77}", "geneve" },
	/* tunnels */
	{ "port 443", "" },
	{ "inner(port 443)", "gre6" INSIDE443 },
	{ "inner(tcp port 443)", INSIDE443 },
	{ "inner(tcp[tcpflags] & tcp-syn != 0)", INSIDE443 },
	{ "inner(host 10.0.2.1)",
	  "ipip 4in6 gre4 greeth vxlan geneve gtp gtpext gtpext2 gtpext3 mpls4 "
	  "mplssix mplseth "
	  "pppoes vxvx gtpvx" },
	{ "inner(ip6)", "6in4 gre6 greall vxlan6 geneve8 gtpseq mpls6" },
	{ "inner(arp)", "greeth" },
	{ "inner(vlan 6)", "greeth vxlan6" },
	{ "inner(vlan)", "greeth vxlan6" },
	{ "inner(ether host 02:00:00:00:00:01)",
	  "greeth vxlan vxlan6 geneve mplseth vxvx gtpvx" },
	{ "inner(ether[12:2] = 0x0800)", "vxlan geneve mplseth vxvx gtpvx" },
	{ "ip and inner(tcp)",
	  "ipip 6in4 gre4 greall vxlan geneve geneve8 gtp gtpseq gtpext "
	  "gtpext2 gtpext3" },
	{ "vxlan 77 and inner(port 443 or port 22)", "vxlan" },
	{ "not inner(ip or ip6 or arp) and (udp or proto 47)",
	  "udp4 udp6 v7 v0 ah6 pptp grev4 genevev1 gtpecho vxlater" },
	{ "inner(not tcp) and not inner(arp)", "gre6 vxvx gtpvx" },
	{ "inner(inner(tcp port 22))", "vxvx gtpvx" },
	{ "inner(inner(ip6))", "gtpvx" },
	{ "inner(vxlan 1)", "vxvx" },
	{ "inner(inner(vlan 8))", "vxvx" },
	{ "inner(ip and inner(ip)) and vlan 5", "" },
	/* sets */
	{ "proto {6, 132-140}", "tcp4 tcp4opt tcp4later sctp4 tcp6 v5 v5v7 "
				"q5v7 v5v6v7 hop five all6 frag fragdst "
				"later hoplater" },
	{ "ip proto {1, 50-52}", "icmp4 o9 ah4" },
	{ "ip6 proto {40-46, 58}",
	  "icmp6 hop16 all6 five frag fragdst later laterdst hoplater" },
	{ "ether proto {0x88b5, 0x0806}", "other v5other arp v7v5" },
	{ "port {53, 70-79}", "udp4 udp6 v7 v0 ah6" },
	{ "host {10.0.0.1, 10.0.9.9} and port 80",
	  "tcp4 tcp4opt sctp4 v5 v5v7 v5v6v7" },
	{ "net {10.0.0.0/28, 2001:db8::/63} and udp port 53",
	  "udp4 udp6 v7 v0 ah6" },
	{ "inner(net {10.0.2.0/24, 2001:db8:2::/48} and not tcp)",
	  "gre6 greeth vxvx gtpvx" },
	{ "net 10.0.0.0/24 and proto 17 and ip",
	  "udp4 v0 vxlan geneve geneve8 gtp gtpseq gtpext gtpext2 gtpext3 "
	  "gtpecho "
	  "genevev1 vxvx gtpvx vxlater" },
};

static const struct extended_fault {
	const char *expression, *text;
	uint64_t offset;
	int code;
	uint32_t linktype;
} extended_faults[] = {
	{ "ip or inner(inner(inner(ip)))",
	  "'inner' goes 2 tunnels deep at most", 24, -E2BIG,
	  PKTCAP_LINKTYPE_ETHERNET },
	{ "vlan 1 > vlan 2 > vlan 3 > vlan 4",
	  "of VLAN tags only 3 are looked at", 27, -EINVAL,
	  PKTCAP_LINKTYPE_ETHERNET },
	{ "vlan 4096", "4096 is greater than 4095, the most there can be", 5,
	  -EINVAL, PKTCAP_LINKTYPE_ETHERNET },
	{ "vxlan 16777216",
	  "16777216 is greater than 16777215, the most there can be", 6,
	  -EINVAL, PKTCAP_LINKTYPE_ETHERNET },
	{ "vlan", "Raw IP packets have no 'vlan'", 0, -EOPNOTSUPP,
	  PKTCAP_LINKTYPE_RAW },
};

#endif
