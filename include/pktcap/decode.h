/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Decode: a packet becomes an array of headers, without an allocation and
 * without a copy. A bad packet is no error: the layers in front of the damage
 * are kept, and the last one says what is wrong.
 *
 *	struct pktcap_layer layers[PKTCAP_LAYERS];
 *	size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
 *	const struct pktcap_layer *layer;
 *	struct pktcap_tcp tcp;
 *
 *	layer = pktcap_layer_find(layers, n, PKTCAP_PROTO_TCP);
 *	if (layer && pktcap_tcp_get(layer, &tcp) == 0)
 *		printf("%u > %u\n", tcp.src_port, tcp.dst_port);
 */
#ifndef PKTCAP_DECODE_H
#define PKTCAP_DECODE_H

#include <pktcap/base.h>
#include <pktcap/proto.h>
#include <pktcap/proto_application.h>
#include <pktcap/proto_link.h>
#include <pktcap/proto_network.h>
#include <pktcap/proto_transport.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * pktcap_decode - find all headers of a packet
 * @pkt:    the packet, borrowed; any link type
 * @layers: the caller's array; its views borrow @pkt's bytes
 * @max:    its length; what does not fit is left out, and the last layer
 *          then has PKTCAP_LAYER_MORE
 *
 * Bytes that no decoder takes are a layer PKTCAP_PROTO_DATA: the payload of an
 * unknown application, a fragment, or, with PKTCAP_STATUS_UNSUPPORTED, a
 * protocol that is not known here. Only headers are looked at: what is in a
 * DNS message costs nothing until somebody asks for it.
 *
 * Return: how many layers were written, at most @max. Any thread.
 */
PKTCAP_API size_t pktcap_decode(const struct pktcap_packet *pkt,
				struct pktcap_layer *layers, size_t max);

/**
 * pktcap_decode_to - as pktcap_decode(), as far as one needs it
 * @pkt:    the packet, borrowed
 * @level:  the last level that is decoded: with PKTCAP_LEVEL_TRANSPORT nobody
 *          asks what the payload of TCP or UDP might be
 * @layers: the caller's array
 * @max:    its length
 *
 * Return: how many layers were written, at most @max. Any thread.
 */
PKTCAP_API size_t pktcap_decode_to(const struct pktcap_packet *pkt,
				   enum pktcap_level level,
				   struct pktcap_layer *layers, size_t max);

/**
 * pktcap_decode_payload - the same for bytes of a stream or of a datagram
 * @transport: PKTCAP_PROTO_TCP or PKTCAP_PROTO_UDP: what carried @data
 * @src_port:  of who sent it; ports count as in a packet, with the content
 * @dst_port:  of who got it
 * @data:      from the first byte of a message on, borrowed; layers' offsets
 *             count from here. May be NULL if @len is 0
 * @len:       bytes at @data; what is behind the first 2^32 - 1 is left out
 * @layers:    the caller's array; its views borrow @data
 * @max:       its length, as of pktcap_decode()
 *
 * For what pktcap_streams_add() puts together: DNS messages, TLS records and
 * HTTP headers that go over several segments are whole then. One that still
 * goes on has PKTCAP_LAYER_BEYOND (DNS, TLS) or complete is 0 (HTTP, TLS), and
 * of a few bytes nobody may know what they are: call again with more of them.
 *
 *	n = pktcap_decode_payload(PKTCAP_PROTO_TCP, 50000, 443, data, len,
 *				  layers, PKTCAP_LAYERS);
 *	layer = pktcap_layer_find(layers, n, PKTCAP_PROTO_TLS);
 *
 * Return: how many layers were written, at most @max; 0 for no bytes, and for
 * another @transport. Any thread.
 */
PKTCAP_API size_t pktcap_decode_payload(uint32_t transport, uint16_t src_port,
					uint16_t dst_port, const uint8_t *data,
					size_t len, struct pktcap_layer *layers,
					size_t max);

/**
 * pktcap_layer_find - the first layer of a protocol
 * @layers: from pktcap_decode()
 * @n:      their number
 * @proto:  enum pktcap_proto
 *
 * Those of a packet that an ICMP error quotes (PKTCAP_LAYER_QUOTED) are passed
 * over. To look for another one (tunnels), go on behind the one found. DNS
 * on port 5353 is a protocol of its own, PKTCAP_PROTO_MDNS.
 *
 * Return: an element of @layers, or NULL.
 */
PKTCAP_API const struct pktcap_layer *
pktcap_layer_find(const struct pktcap_layer *layers, size_t n, uint32_t proto);

/**
 * pktcap_layer_quoted - where the packet begins that an ICMP error quotes
 * @layers: from pktcap_decode()
 * @n:      their number
 *
 * It goes on to the end of @layers, and its sender is who gets the error:
 *
 *	quoted = pktcap_layer_quoted(layers, n);
 *	if (quoted)
 *		pktcap_flow_get(quoted, n - (size_t)(quoted - layers), &flow);
 *
 * Return: an element of @layers, its IP header; NULL if none is quoted. Any
 * thread.
 */
PKTCAP_API const struct pktcap_layer *
pktcap_layer_quoted(const struct pktcap_layer *layers, size_t n);

/**
 * pktcap_layer_failed - the layer where decoding ended early
 * @layers: from pktcap_decode()
 * @n:      their number
 *
 * Return: the layer that is truncated, malformed or unsupported; NULL if all
 * are OK, or if only a quoted packet was cut, as ICMP errors do.
 */
PKTCAP_API const struct pktcap_layer *
pktcap_layer_failed(const struct pktcap_layer *layers, size_t n);

/**
 * pktcap_layer_payload - what a header carries
 * @layer: from pktcap_decode()
 * @len:   gets the captured bytes of it; the caller's
 *
 * Of TCP or UDP this is the application's payload.
 *
 * Return: the first byte behind the header, borrowed; NULL if there is none.
 */
PKTCAP_API const uint8_t *pktcap_layer_payload(const struct pktcap_layer *layer,
					       size_t *len);

/**
 * struct pktcap_flow - who talks to whom
 * @src:      source address; of IPv4 the first four bytes, zeros behind them
 * @dst:      destination address
 * @src_port: of TCP, UDP, UDP-Lite and SCTP; otherwise 0
 * @dst_port: the same
 * @version:  4 or 6
 * @protocol: what is behind IP and its extension headers, IANA number
 * @reserved: zero
 *
 * 40 bytes without padding, so that memcmp() compares two.
 */
struct pktcap_flow {
	uint8_t src[16];
	uint8_t dst[16];
	uint16_t src_port;
	uint16_t dst_port;
	uint8_t version;
	uint8_t protocol;
	uint8_t reserved[2];
};

/**
 * pktcap_flow_get - addresses, ports and protocol of a packet
 * @layers: from pktcap_decode_to() with PKTCAP_LEVEL_TRANSPORT or more
 * @n:      their number
 * @out:    the caller's, left alone on failure
 *
 * It is the outermost flow: that of the first transport header, with the IP
 * header in front of it. So a packet in GRE or in another IP packet counts as
 * itself, and one in VXLAN, Geneve or GTP-U as the UDP that carries it: the
 * flow inside is that of the layers from its own IP header on, handed over as
 * above. Without a transport header, as in fragments behind the first, there
 * are no ports.
 *
 * Return: 0, or -ENODATA if no IP header has both its addresses. Any thread.
 */
PKTCAP_API int pktcap_flow_get(const struct pktcap_layer *layers, size_t n,
			       struct pktcap_flow *out);

/**
 * pktcap_flow_normalize - make both directions of a conversation the same
 * @flow: gets the lower address (or port, of equal ones) as its source
 *
 * Return: 1 if source and destination were exchanged, 0 if not. Any thread.
 */
PKTCAP_API int pktcap_flow_normalize(struct pktcap_flow *flow);

/**
 * pktcap_flow_hash - a number for tables of flows
 * @flow: all of it counts; normalize it first where direction does not matter
 * @seed: choose it at random, so that nobody can send packets of one hash
 *
 * The result differs between machines of different byte order.
 *
 * Return: 64 bits. Any thread.
 */
PKTCAP_API uint64_t pktcap_flow_hash(const struct pktcap_flow *flow,
				     uint64_t seed);

#ifdef __cplusplus
}
#endif
#endif
