// SPDX-License-Identifier: BSD-2-Clause
#include "support/corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/packets.h"

enum { SESSION_MAX = 100 };

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
}

/* A recorded frame, with another link header. */
static void add_recorded(struct builder *b, const uint8_t *frame,
			 uint32_t caplen, uint32_t wirelen,
			 unsigned int variant)
{
	enum { ETHERNET_HEADER = 14 };
	uint8_t bytes[PACKET_MAX];
	struct packet packet = { "recorded", bytes, 0 };
	uint32_t behind = caplen - ETHERNET_HEADER, n = ETHERNET_HEADER;
	uint16_t type = (uint16_t)(frame[12] << 8 | frame[13]);

	if (b->linktype == PKTCAP_LINKTYPE_ETHERNET)
		memcpy(bytes, frame, n);
	else
		n = packet_header(b->linktype, type, variant, bytes);
	memcpy(bytes + n, frame + ETHERNET_HEADER, behind);
	packet.len = n + wirelen - ETHERNET_HEADER;
	add(b, &packet, n + behind);
}

static uint32_t le32(const uint8_t *p)
{
	return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[1] << 8 | p[0];
}

/* A pcap file of ours, little-endian; helpers do without the library. */
static void add_session(struct builder *b)
{
	enum { FILE_HEADER = 24, RECORD_HEADER = 16 };
	FILE *file = fopen("tests/data/session.pcap", "rb");
	uint8_t header[FILE_HEADER], frame[PACKET_MAX / 2];

	/* Tests run in the root of the tree. */
	if (!file || fread(header, 1, FILE_HEADER, file) != FILE_HEADER)
		abort();
	for (unsigned int variant = 0;
	     fread(header, 1, RECORD_HEADER, file) == RECORD_HEADER;
	     variant++) {
		uint32_t caplen = le32(header + 8);

		if (caplen > sizeof(frame) ||
		    fread(frame, 1, caplen, file) != caplen)
			abort();
		add_recorded(b, frame, caplen, le32(header + 12), variant);
	}
	fclose(file);
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
	const struct corpus_packet *whole;
	uint8_t bytes[PACKET_MAX];
	struct packet packet;

	whole = &b->corpus->packets[draw(b, b->corpus->whole)];
	memcpy(bytes, whole->bytes, whole->caplen);
	packet = (struct packet){ whole->name, bytes, whole->caplen };
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
		       packet_payloads() * PACKET_MAX + SESSION_MAX + least;

	*corpus = (struct corpus){
		.packets = calloc(max, sizeof(struct corpus_packet)),
		.bytes = malloc((size_t)max * PACKET_MAX),
	};
	if (!corpus->packets || !corpus->bytes)
		abort();
	add_whole(&b);
	add_session(&b);
	add_cut(&b);
	while (corpus->n < least)
		add_changed(&b);
}

void corpus_free(struct corpus *corpus)
{
	free(corpus->packets);
	free(corpus->bytes);
}
