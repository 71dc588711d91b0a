/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * All protocols, a row each: its enum pktcap_proto, the name of its struct
 * proto, and the numbers that lead to it. Included several times by registry.c
 * with other meanings of ROW and of the kinds of number, no include guard.
 */
/* clang-format off */

/* link layers */
ROW(ETH, eth, LINK(PKTCAP_LINKTYPE_ETHERNET) ETHER(0x6558) IP(143))
ROW(LLC, llc, ETHER(0x8870))
ROW(SNAP, snap, SAP(0xaa))
ROW(MPLS, mpls, ETHER(0x8847) ETHER(0x8848) PPP(0x0281) PPP(0x0283) IP(137))
ROW(PPPOE, pppoe, ETHER(0x8863) ETHER(0x8864) LINK(PKTCAP_LINKTYPE_PPP_ETHER))
ROW(PPP, ppp, LINK(PKTCAP_LINKTYPE_PPP) LINK(PKTCAP_LINKTYPE_PPP_HDLC) LINK(PKTCAP_LINKTYPE_C_HDLC) LINK(166) LINK(204) ETHER(0x880b))
ROW(PPPCP, pppcp, PPP(0xc021) PPP(0xc023) PPP(0xc02b) PPP(0xc223) PPP(0xc227) PPP(0x8021) PPP(0x8023) PPP(0x802b) PPP(0x8053) PPP(0x8057) PPP(0x80fd) PPP(0x8281))
ROW(SLL, sll, LINK(PKTCAP_LINKTYPE_LINUX_SLL))
ROW(SLL2, sll2, LINK(PKTCAP_LINKTYPE_LINUX_SLL2))
ROW(NULL, null, LINK(PKTCAP_LINKTYPE_NULL) LINK(PKTCAP_LINKTYPE_LOOP))
ROW(VLAN, vlan, ETHER(0x8100) ETHER(0x88a8) ETHER(0x9100) ETHER(0x9200))
ROW(RADIOTAP, radiotap, LINK(PKTCAP_LINKTYPE_IEEE802_11_RADIOTAP))
ROW(WIFI, wifi, LINK(PKTCAP_LINKTYPE_IEEE802_11))
ROW(STP, stp, SAP(0x42))
ROW(LACP, lacp, ETHER(0x8809))
ROW(LLDP, lldp, ETHER(0x88cc))

/* network layers */
ROW(ARP, arp, ETHER(0x0806) ETHER(0x8035) SAP(0x98))
ROW(IPV4, ipv4, ETHER(0x0800) IP(4) LINK(PKTCAP_LINKTYPE_IPV4) PPP(0x0021) SAP(0x06))
ROW(IPV6, ipv6, ETHER(0x86dd) IP(41) LINK(PKTCAP_LINKTYPE_IPV6) PPP(0x0057))
ROW(IPV6_HOPOPTS, ipv6_hopopts, IP(0))
ROW(IPV6_ROUTING, ipv6_routing, IP(43))
ROW(IPV6_FRAGMENT, ipv6_fragment, IP(44))
ROW(IPV6_DSTOPTS, ipv6_dstopts, IP(60))
ROW(IPV6_MOBILITY, ipv6_mobility, IP(135))
ROW(AH, ah, IP(51))
ROW(GRE, gre, IP(47))

/* transport */
ROW(TCP, tcp, IP(6))
ROW(UDP, udp, IP(17))
ROW(ICMP, icmp, IP(1))
ROW(ICMP6, icmp6, IP(58))
ROW(IGMP, igmp, IP(2))
ROW(UDPLITE, udplite, IP(136))
ROW(SCTP, sctp, IP(132))
ROW(ESP, esp, IP(50) UDP(4500))

/* tunnels inside UDP */
ROW(VXLAN, vxlan, UDP(4789) UDP(8472) UDP(4790))
ROW(GENEVE, geneve, UDP(6081))
ROW(GTPU, gtpu, UDP(2152))
ROW(QUIC, quic, UDP(443))

/* applications */
ROW(DHCP, dhcp, UDP(67) UDP(68))
ROW(DHCP6, dhcp6, UDP(547) UDP(546))
ROW(NTP, ntp, UDP(123))
ROW(DNS, dns, TCP(53) UDP(53) TCP(5355) UDP(5355))
ROW(MDNS, mdns, UDP(5353))
ROW(TLS, tls, TCP(443))
ROW(HTTP, http, TCP(80) TCP(8080) TCP(8000) TCP(8008) TCP(8888) TCP(3128))
ROW(SNMP, snmp, UDP(161) UDP(162))
ROW(SSH, ssh, TCP(22))
ROW(RADIUS, radius, UDP(1812) UDP(1813) UDP(1645) UDP(1646) UDP(3799) UDP(1700))
ROW(OSPF, ospf, IP(89))
ROW(VRRP, vrrp, IP(112))

/* clang-format on */
