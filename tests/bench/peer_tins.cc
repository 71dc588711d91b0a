// SPDX-License-Identifier: BSD-2-Clause
// libtins as a peer of the decoders, where it was installed at build time.
#include <cstdint>

#include <tins/tins.h>

extern "C" uint32_t peer_tins_decode(const uint8_t *data, uint32_t len);

// Reads what bench_decode.c reads of Ethernet, IPv4 and TCP.
uint32_t peer_tins_decode(const uint8_t *data, uint32_t len)
{
	const Tins::EthernetII eth(data, len);
	const Tins::IP *ip = eth.find_pdu<Tins::IP>();
	const Tins::TCP *tcp = eth.find_pdu<Tins::TCP>();

	if (!ip || !tcp)
		return 0;
	return eth.payload_type() + uint32_t(ip->dst_addr()) + tcp->sport() +
	       tcp->dport() + tcp->seq() + tcp->flags();
}
