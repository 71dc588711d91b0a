// SPDX-License-Identifier: BSD-2-Clause
#include "support/corpus.h"

#include <stdlib.h>
#include <string.h>

#include "support/packets.h"

struct builder {
	struct corpus *corpus;
	uint32_t linktype, state;
	uint32_t used; /* bytes */
};

static uint32_t draw(struct builder *b, uint32_t below)
{
	b->state = b->state * 1664525 + 1013904223;
	return (b->state >> 8) % below;
}

/* Bytes of no more than caplen are kept, so that a sanitizer sees the end. */
static void add(struct builder *b, const struct packet *packet, uint32_t caplen)
{
	struct corpus *c = b->corpus;
	uint8_t *bytes = c->bytes + b->used;

	memcpy(bytes, packet->bytes, caplen);
	c->packets[c->n++] = (struct corpus_packet){ packet->name, bytes,
						     caplen, packet->len };
	b->used += caplen;
}

static void add_whole(struct builder *b)
{
	uint8_t bytes[PACKET_MAX];
	struct packet packet;

	for (uint32_t variant = 0; variant < PACKET_VARIANTS; variant++)
		for (uint32_t i = 0; i < packet_payloads(); i++) {
			packet_build_as(i, i + variant, b->linktype, bytes,
					&packet);
			add(b, &packet, packet.len);
		}
	b->corpus->whole = b->corpus->n;
}

static void add_cut(struct builder *b)
{
	uint8_t bytes[PACKET_MAX];
	struct packet packet;

	for (uint32_t i = 0; i < packet_payloads(); i++) {
		packet_build_as(i, i, b->linktype, bytes, &packet);
		for (uint32_t cut = 0; cut < packet.len; cut++)
			add(b, &packet, cut);
	}
}

/* What fields hold: lengths, protocols, ports, bits, anything. */
static uint8_t changed(struct builder *b, uint8_t byte)
{
	static const uint8_t values[] = { 0,	1,    2,    4,	  5,	6,
					  8,	17,   40,   44,	  51,	58,
					  60,	0x50, 0x35, 0x45, 0x46, 0x4f,
					  0x60, 0x80, 0xaa, 0xff, 132,	0x86 };

	switch (draw(b, 3)) {
	case 0:
		return values[draw(b, sizeof(values))];
	case 1:
		return (uint8_t)(byte ^ 1u << draw(b, 8));
	default:
		return (uint8_t)draw(b, 256);
	}
}

static void add_changed(struct builder *b)
{
	uint8_t bytes[PACKET_MAX];
	struct packet packet;

	packet_build_as(draw(b, packet_payloads()), draw(b, PACKET_VARIANTS),
			b->linktype, bytes, &packet);
	for (uint32_t n = packet.len ? draw(b, 4) + 1 : 0; n; n--) {
		/* Headers are where the meaning is. */
		uint32_t reach =
			draw(b, 2) && packet.len > 48 ? 48 : packet.len;
		uint32_t at = draw(b, reach);

		bytes[at] = changed(b, bytes[at]);
	}
	for (uint32_t n = draw(b, 4) ? 0 : draw(b, 40); n; n--)
		bytes[packet.len++] = (uint8_t)draw(b, 256);
	add(b, &packet, draw(b, 4) ? packet.len : draw(b, packet.len + 1));
}

void corpus_build(struct corpus *corpus, uint32_t linktype, uint32_t least)
{
	struct builder b = { .corpus = corpus,
			     .linktype = linktype,
			     .state = linktype + 1 };
	uint32_t max = packet_payloads() * PACKET_VARIANTS +
		       packet_payloads() * PACKET_MAX + least;

	*corpus = (struct corpus){
		.packets = calloc(max, sizeof(struct corpus_packet)),
		.bytes = malloc((size_t)max * PACKET_MAX),
	};
	if (!corpus->packets || !corpus->bytes)
		abort();
	add_whole(&b);
	add_cut(&b);
	while (corpus->n < least)
		add_changed(&b);
}

void corpus_free(struct corpus *corpus)
{
	free(corpus->packets);
	free(corpus->bytes);
}
