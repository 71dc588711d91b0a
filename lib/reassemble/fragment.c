// SPDX-License-Identifier: BSD-2-Clause
#include "reassemble/fragment.h"

#include <errno.h>
#include <string.h>

#include <pktcap/proto_network.h>

static bool is_piece(const struct pktcap_layer *layer)
{
	return layer->flags &
		       (PKTCAP_LAYER_FRAGMENT | PKTCAP_LAYER_FIRST_FRAGMENT) &&
	       !(layer->flags & PKTCAP_LAYER_QUOTED);
}

/* The layer behind which a part of a datagram is; @n without one. */
static size_t find_layer(const struct pktcap_layer *layers, size_t n)
{
	size_t i = 0;

	while (i < n &&
	       !((layers[i].proto == PKTCAP_PROTO_IPV4 ||
		  layers[i].proto == PKTCAP_PROTO_IPV6_FRAGMENT) &&
		 layers[i].status == PKTCAP_STATUS_OK && is_piece(&layers[i])))
		i++;
	return i;
}

/* All bytes of a part have to be there, and to end where others can begin. */
static int check_data(const struct pktcap_layer *layer, struct fragment *out)
{
	size_t len = layer->wirelen - layer->header_len;

	if (layer->caplen < layer->wirelen)
		return layer->flags & PKTCAP_LAYER_BEYOND ? -EPROTO : -ENODATA;
	out->data = (struct bytes){ layer->data + layer->header_len, len };
	if (!len || (out->more && len % 8) ||
	    out->offset + len > FRAGMENT_PAYLOAD_MAX)
		return -EPROTO;
	return 0;
}

static int of_ipv4(const struct pktcap_layer *layer, struct fragment *out)
{
	struct pktcap_ipv4 ip;
	int err = pktcap_ipv4_get(layer, &ip);

	if (err)
		return -ENODATA;
	out->key.id = ip.id;
	out->key.version = 4;
	out->key.protocol = ip.protocol;
	memcpy(out->key.src, ip.src, 4);
	memcpy(out->key.dst, ip.dst, 4);
	out->offset = ip.fragment_offset;
	out->more = ip.more_fragments;
	out->header_len = ip.header_len;
	memcpy(out->header, layer->data, ip.header_len);
	/* Neither more fragments nor an offset. */
	out->header[6] &= 0x40;
	out->header[7] = 0;
	return 0;
}

/*
 * The whole has the headers in front of the fragment header, the last of which
 * says what was behind that one.
 */
static int copy_ipv6_header(const struct pktcap_layer *ip,
			    const struct pktcap_layer *before,
			    const struct pktcap_layer *layer,
			    struct fragment *out)
{
	size_t len = layer->offset - ip->offset;
	size_t next = before == ip ? 6 : before->offset - ip->offset;

	if (len > sizeof(out->header))
		return -EPROTO;
	memcpy(out->header, ip->data, len);
	out->header[next] = layer->data[0];
	out->header_len = len;
	return 0;
}

static int of_ipv6(const struct pktcap_layer *layers, size_t i,
		   struct fragment *out)
{
	struct pktcap_ipv6_fragment frag;
	struct pktcap_ipv6 ip;
	size_t at = i;

	while (at && layers[at].proto != PKTCAP_PROTO_IPV6)
		at--;
	if (pktcap_ipv6_get(&layers[at], &ip) ||
	    pktcap_ipv6_fragment_get(&layers[i], &frag))
		return -ENODATA;
	out->key.id = frag.id;
	out->key.version = 6;
	memcpy(out->key.src, ip.src, 16);
	memcpy(out->key.dst, ip.dst, 16);
	out->offset = frag.offset;
	out->more = frag.more_fragments;
	return copy_ipv6_header(&layers[at], &layers[i - 1], &layers[i], out);
}

int fragment_of(const struct pktcap_layer *layers, size_t n,
		struct fragment *out)
{
	size_t i = find_layer(layers, n);
	int err;

	if (i == n)
		return -EPROTOTYPE;
	memset(&out->key, 0, sizeof(out->key));
	if (layers[i].proto == PKTCAP_PROTO_IPV4)
		err = of_ipv4(&layers[i], out);
	else
		err = of_ipv6(layers, i, out);
	return err ? err : check_data(&layers[i], out);
}

static void put16(uint8_t *p, size_t value)
{
	p[0] = (uint8_t)(value >> 8);
	p[1] = (uint8_t)value;
}

static uint16_t ipv4_checksum(const uint8_t *header, size_t len)
{
	uint32_t sum = 0;

	for (size_t i = 0; i + 1 < len; i += 2)
		sum += (uint32_t)header[i] << 8 | header[i + 1];
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

void fragment_fix_header(uint8_t *packet, uint8_t version, size_t header_len,
			 size_t len)
{
	if (version == 6) {
		put16(packet + 4, len - fragment_not_counted(6));
		return;
	}
	put16(packet + 2, len);
	put16(packet + 10, 0);
	put16(packet + 10, ipv4_checksum(packet, header_len));
}
