/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Decoded packets built again, header by header: copied as they are, or out of
 * the structs that the getters fill. What decoding may find, building must be
 * able to put back.
 */
#ifndef TESTS_SUPPORT_REBUILD_H
#define TESTS_SUPPORT_REBUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <pktcap/build.h>
#include <pktcap/decode.h>

/*
 * Every pktcap_build_X() of a header: X, its struct, its protocol; a protocol
 * with several structs has several rows. tests/lint/builders.sh compares them
 * with the map.
 */
#define REBUILD_ROWS(ROW)                                \
	ROW(eth, eth, ETH)                               \
	ROW(vlan, vlan, VLAN)                            \
	ROW(llc, llc, LLC)                               \
	ROW(snap, snap, SNAP)                            \
	ROW(mpls, mpls, MPLS)                            \
	ROW(pppoe, pppoe, PPPOE)                         \
	ROW(ppp, ppp, PPP)                               \
	ROW(pppcp, pppcp, PPPCP)                         \
	ROW(sll, sll, SLL)                               \
	ROW(sll2, sll2, SLL2)                            \
	ROW(null, null, NULL)                            \
	ROW(lldp, lldp, LLDP)                            \
	ROW(stp, stp, STP)                               \
	ROW(lacp, lacp, LACP)                            \
	ROW(arp, arp, ARP)                               \
	ROW(ipv4, ipv4, IPV4)                            \
	ROW(ipv6, ipv6, IPV6)                            \
	ROW(ipv6_hopopts, ipv6_options, IPV6_HOPOPTS)    \
	ROW(ipv6_dstopts, ipv6_options, IPV6_DSTOPTS)    \
	ROW(ipv6_routing, ipv6_routing, IPV6_ROUTING)    \
	ROW(ipv6_fragment, ipv6_fragment, IPV6_FRAGMENT) \
	ROW(ipv6_mobility, ipv6_mobility, IPV6_MOBILITY) \
	ROW(gre, gre, GRE)                               \
	ROW(icmp, icmp, ICMP)                            \
	ROW(icmp6, icmp6, ICMP6)                         \
	ROW(nd, nd, ICMP6)                               \
	ROW(mld, mld, ICMP6)                             \
	ROW(igmp, igmp, IGMP)                            \
	ROW(esp, esp, ESP)                               \
	ROW(ah, ah, AH)                                  \
	ROW(tcp, tcp, TCP)                               \
	ROW(udp, udp, UDP)                               \
	ROW(udplite, udplite, UDPLITE)                   \
	ROW(sctp, sctp, SCTP)                            \
	ROW(vxlan, vxlan, VXLAN)                         \
	ROW(geneve, geneve, GENEVE)                      \
	ROW(gtpu, gtpu, GTPU)                            \
	ROW(dns, dns, DNS)                               \
	ROW(mdns, dns, MDNS)                             \
	ROW(dhcp, dhcp, DHCP)                            \
	ROW(dhcp6, dhcp6, DHCP6)                         \
	ROW(ntp, ntp, NTP)                               \
	ROW(ntp_control, ntp_control, NTP)               \
	ROW(ntp_private, ntp_private, NTP)               \
	ROW(radius, radius, RADIUS)                      \
	ROW(ospf, ospf, OSPF)                            \
	ROW(vrrp, vrrp, VRRP)

/* How, and what came of it. */
struct rebuild {
	bool typed;	   /* out of structs, where there are some */
	unsigned int view; /* of several structs which, from 0 on */
	uint32_t keep;	   /* PKTCAP_KEEP_* */
	size_t structs;	   /* headers built out of one */
	size_t copies;	   /* headers copied */
};

/* So many ways there are to choose a struct for each header. */
unsigned int rebuild_views(const struct pktcap_layer *layers, size_t n);

/*
 * @layers and what is behind them into @buf; returns what
 * pktcap_build_finish() does.
 */
int rebuild_packet(struct rebuild *how, struct pktcap_build *build, void *buf,
		   size_t size, const struct pktcap_packet *pkt,
		   const struct pktcap_layer *layers, size_t n);

#endif
