// SPDX-License-Identifier: BSD-2-Clause
// libtins as a peer of decoders and builders, where it was installed at build time.
#include <algorithm>
#include <cstdint>

#include <tins/tins.h>

extern "C" uint32_t peer_tins_decode(const uint8_t *data, uint32_t len);
extern "C" uint32_t peer_tins_layers(const uint8_t *data, uint32_t len);
extern "C" uint32_t peer_tins_build(int tcp, uint32_t number,
				    const uint8_t *payload, uint32_t len,
				    uint8_t *out);

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

// Finds the layers, and reads nothing of them.
uint32_t peer_tins_layers(const uint8_t *data, uint32_t len)
{
	const Tins::EthernetII eth(data, len);

	return eth.find_pdu<Tins::TCP>() != nullptr;
}

// The packet of bench_build.c.
uint32_t peer_tins_build(int tcp, uint32_t number, const uint8_t *payload,
			 uint32_t len, uint8_t *out)
{
	// Ours come as bytes, too.
	static const Tins::IPv4Address to("10.0.0.2"), from("10.0.0.1");
	static const Tins::EthernetII::address_type next("02:00:00:00:00:02"),
		own("02:00:00:00:00:01");
	Tins::IP ip(to, from);
	Tins::EthernetII eth(next, own);
	Tins::PDU::serialization_type bytes;

	ip.id(uint16_t(number));
	ip.ttl(64);
	if (tcp) {
		Tins::TCP header(9, 50000);

		header.flags(Tins::TCP::ACK);
		header.window(1000);
		eth /= ip / header / Tins::RawPDU(payload, len);
	} else {
		eth /= ip / Tins::UDP(9, 50000) / Tins::RawPDU(payload, len);
	}
	bytes = eth.serialize();
	std::copy(bytes.begin(), bytes.end(), out);
	return uint32_t(bytes.size());
}
