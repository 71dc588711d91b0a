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

/* Room for all headers of nearly every packet; a longer array is allowed. */
#define PKTCAP_LAYERS 32

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
 * pktcap_layer_find - the first layer of a protocol
 * @layers: from pktcap_decode()
 * @n:      their number
 * @proto:  enum pktcap_proto
 *
 * Those of a packet that an ICMP error quotes (PKTCAP_LAYER_QUOTED) are passed
 * over. To look for another one (tunnels), go on behind the one found.
 *
 * Return: an element of @layers, or NULL.
 */
PKTCAP_API const struct pktcap_layer *
pktcap_layer_find(const struct pktcap_layer *layers, size_t n, uint32_t proto);

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

#ifdef __cplusplus
}
#endif
#endif
