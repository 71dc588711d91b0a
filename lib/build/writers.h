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

/* network layers */
WRITER(arp, ARP, arp)
WRITER(ipv4, IPV4, ipv4)
WRITER(ipv6, IPV6, ipv6)
WRITER(icmp6, ICMP6, icmp6)
VIEW(nd, ICMP6, nd)

/* transport */
WRITER(udp, UDP, udp)

/* clang-format on */

#undef WRITER
#undef VIEW
