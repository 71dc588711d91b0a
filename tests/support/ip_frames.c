// SPDX-License-Identifier: BSD-2-Clause
#include "support/ip_frames.h"

#include <stdbool.h>
#include <string.h>

#include "support/rows.h"

static void put16(uint8_t *p, uint32_t value)
{
	p[0] = (uint8_t)(value >> 8);
	p[1] = (uint8_t)value;
}

static void put32(uint8_t *p, uint32_t value)
{
	put16(p, value >> 16);
	put16(p + 2, value);
}

/* A header for @len bytes behind it; returns its bytes. */
static size_t put_ip(uint8_t *p, int version, uint8_t protocol, size_t len,
		     int back)
{
	memset(p, 0, 40);
	if (version == 4) {
		p[0] = 0x45;
		put16(p + 2, (uint32_t)(20 + len));
		p[8] = 64;
		p[9] = protocol;
		put32(p + 12, back ? 0x0a000002 : 0x0a000001);
		put32(p + 16, back ? 0x0a000001 : 0x0a000002);
		return 20;
	}
	p[0] = 0x60;
	put16(p + 4, (uint32_t)len);
	p[6] = protocol;
	p[7] = 64;
	put32(p + 8, 0x20010db8);
	put32(p + 24, 0x20010db8);
	p[23] = back ? 2 : 1;
	p[39] = back ? 1 : 2;
	return 40;
}

static void finish(struct ip_frame *out, int version, size_t n)
{
	memset(&out->pkt, 0, sizeof(out->pkt));
	out->pkt.data = out->bytes;
	out->pkt.caplen = out->pkt.wirelen = (uint32_t)n;
	out->pkt.linktype =
		version == 4 ? PKTCAP_LINKTYPE_IPV4 : PKTCAP_LINKTYPE_IPV6;
}

void ip_frame_fragment(struct ip_frame *out, const struct ip_fragment *frag)
{
	bool is6 = frag->version == 6;
	uint8_t *p = out->bytes;
	size_t n;

	assert_true(frag->len <= IP_FRAME_MAX - 64);
	n = put_ip(p, frag->version, is6 ? 0 : frag->protocol,
		   frag->len + (is6 ? 16 : 0), 0);
	if (is6) {
		static const uint8_t hop[8] = { 44, 0, 1, 4 };

		memcpy(p + n, hop, sizeof(hop));
		memset(p + n + 8, 0, 8);
		p[n + 8] = frag->protocol;
		put16(p + n + 10, frag->offset | frag->more);
		put32(p + n + 12, frag->id);
		n += 16;
	} else {
		put16(p + 4, frag->id);
		put16(p + 6, frag->offset / 8 | (frag->more ? 0x2000u : 0));
	}
	memcpy(p + n, frag->data, frag->len);
	finish(out, frag->version, n + frag->len);
}

void ip_frame_segment(struct ip_frame *out, const struct ip_segment *seg)
{
	uint8_t *p = out->bytes;
	size_t n;

	assert_true(seg->len <= IP_FRAME_MAX - 60);
	n = put_ip(p, seg->version, 6, 20 + seg->len, seg->from_server);
	p += n;
	memset(p, 0, 20);
	put16(p, seg->from_server ? 80 : 1000u + seg->port);
	put16(p + 2, seg->from_server ? 1000u + seg->port : 80);
	put32(p + 4, seg->seq);
	put32(p + 8, seg->ack);
	p[12] = 0x50;
	p[13] = seg->flags;
	if (seg->len)
		memcpy(p + 20, seg->data, seg->len);
	finish(out, seg->version, n + 20 + seg->len);
}
