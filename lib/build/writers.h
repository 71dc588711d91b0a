/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * All headers that can be built, a row each: the function's name, its enum
 * pktcap_proto, its struct. WRITER(ipv4, IPV4, ipv4) is pktcap_build_ipv4(),
 * which takes a struct pktcap_ipv4, and writer_ipv4 of lib/proto. VIEW is a
 * second struct of a protocol that has a row of its own. Included several
 * times with other meanings, no include guard.
 */
#ifndef VIEW
#define VIEW(name, id, type) WRITER(name, id, type)
#endif
/* clang-format off */

/* link layers */
WRITER(eth, ETH, eth)
WRITER(vlan, VLAN, vlan)
WRITER(llc, LLC, llc)
WRITER(snap, SNAP, snap)
WRITER(mpls, MPLS, mpls)
WRITER(pppoe, PPPOE, pppoe)
WRITER(ppp, PPP, ppp)
WRITER(pppcp, PPPCP, pppcp)
WRITER(sll, SLL, sll)
WRITER(sll2, SLL2, sll2)
WRITER(null, NULL, null)
WRITER(lldp, LLDP, lldp)
WRITER(stp, STP, stp)
WRITER(lacp, LACP, lacp)

/* network layers */
WRITER(arp, ARP, arp)
WRITER(ipv4, IPV4, ipv4)
WRITER(ipv6, IPV6, ipv6)
WRITER(ipv6_hopopts, IPV6_HOPOPTS, ipv6_options)
WRITER(ipv6_dstopts, IPV6_DSTOPTS, ipv6_options)
WRITER(ipv6_routing, IPV6_ROUTING, ipv6_routing)
WRITER(ipv6_fragment, IPV6_FRAGMENT, ipv6_fragment)
WRITER(ipv6_mobility, IPV6_MOBILITY, ipv6_mobility)
WRITER(ah, AH, ah)
WRITER(gre, GRE, gre)
WRITER(icmp, ICMP, icmp)
WRITER(icmp6, ICMP6, icmp6)
VIEW(nd, ICMP6, nd)
VIEW(mld, ICMP6, mld)
WRITER(igmp, IGMP, igmp)

/* transport */
WRITER(tcp, TCP, tcp)
WRITER(udp, UDP, udp)
WRITER(udplite, UDPLITE, udplite)
WRITER(sctp, SCTP, sctp)
WRITER(esp, ESP, esp)
WRITER(vxlan, VXLAN, vxlan)
WRITER(geneve, GENEVE, geneve)
WRITER(gtpu, GTPU, gtpu)

/* applications */
WRITER(dns, DNS, dns)
WRITER(mdns, MDNS, dns)
WRITER(dhcp, DHCP, dhcp)
WRITER(dhcp6, DHCP6, dhcp6)
WRITER(ntp, NTP, ntp)
VIEW(ntp_control, NTP, ntp_control)
VIEW(ntp_private, NTP, ntp_private)
WRITER(radius, RADIUS, radius)
WRITER(ospf, OSPF, ospf)
WRITER(vrrp, VRRP, vrrp)

/* clang-format on */

#undef WRITER
#undef VIEW
