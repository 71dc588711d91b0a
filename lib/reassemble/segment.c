// SPDX-License-Identifier: BSD-2-Clause
#include "reassemble/segment.h"

#include <errno.h>

#include <pktcap/proto_network.h>

static size_t find_tcp(const struct pktcap_layer *layers, size_t n)
{
	size_t i = 0;

	while (i < n && (layers[i].proto != PKTCAP_PROTO_TCP ||
			 layers[i].flags & (PKTCAP_LAYER_QUOTED |
					    PKTCAP_LAYER_FIRST_FRAGMENT)))
		i++;
	return i;
}

/* The ends as the packet has them, from source to destination. */
static int read_ends(const struct pktcap_layer *layers, size_t tcp,
		     struct segment_key *key)
{
	struct pktcap_ipv4 ip4;
	struct pktcap_ipv6 ip6;

	for (size_t i = tcp; i--;) {
		if (!pktcap_ipv4_get(&layers[i], &ip4)) {
			key->version = 4;
			memcpy(key->address[0], ip4.src, 4);
			memcpy(key->address[1], ip4.dst, 4);
			return 0;
		}
		if (!pktcap_ipv6_get(&layers[i], &ip6)) {
			key->version = 6;
			memcpy(key->address[0], ip6.src, 16);
			memcpy(key->address[1], ip6.dst, 16);
			return 0;
		}
	}
	return -EPROTOTYPE;
}

/* The lesser end first; returns where the source went. */
static unsigned int order_ends(struct segment_key *key)
{
	int order = memcmp(key->address[0], key->address[1], 16);
	uint8_t address[16];
	uint16_t port;

	if (order < 0 || (order == 0 && key->port[0] <= key->port[1]))
		return 0;
	memcpy(address, key->address[0], 16);
	memcpy(key->address[0], key->address[1], 16);
	memcpy(key->address[1], address, 16);
	port = key->port[0];
	key->port[0] = key->port[1];
	key->port[1] = port;
	return 1;
}

int segment_of(const struct pktcap_packet *pkt,
	       const struct pktcap_layer *layers, size_t n, struct segment *out)
{
	size_t i = find_tcp(layers, n);
	struct pktcap_tcp tcp;
	int err;

	if (i == n)
		return -EPROTOTYPE;
	if (layers[i].status == PKTCAP_STATUS_MALFORMED)
		return -EPROTO;
	if (layers[i].status != PKTCAP_STATUS_OK ||
	    pktcap_tcp_get(&layers[i], &tcp))
		return -ENODATA;
	memset(out, 0, sizeof(*out));
	out->key.port[0] = tcp.src_port;
	out->key.port[1] = tcp.dst_port;
	err = read_ends(layers, i, &out->key);
	if (err)
		return err;
	out->from = order_ends(&out->key);
	/* Data in a SYN is behind it. */
	out->seq = tcp.seq + (tcp.flags & PKTCAP_TCP_SYN ? 1 : 0);
	out->ack = tcp.ack;
	out->flags = tcp.flags;
	out->wire = layers[i].wirelen - layers[i].header_len;
	out->data = (struct bytes){ layers[i].data + layers[i].header_len,
				    layers[i].caplen - layers[i].header_len };
	out->ts_ns = pkt->ts_ns;
	return 0;
}
