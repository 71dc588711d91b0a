// SPDX-License-Identifier: BSD-2-Clause
/*
 * Any bytes, decoded and built again: the same bytes come out, header by header
 * or out of structs, and with all filled in anew at least nothing breaks. Then
 * the same bytes as calls of the builder: any struct behind any other, data,
 * trailers and padding of any length in any order, in any room.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/packet_input.h"
#include "support/rebuild.h"
#include "support/stack_kinds.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A tag out of metadata has no bytes; nothing else adds any or drops some. */
enum { ROOM = 2048, POINTED_TO = 512 };

static void must(bool ok)
{
	if (!ok)
		abort();
}

/* --- decode, build, decode ----------------------------------------------- */
static int rebuild(struct rebuild *how, uint8_t *out, size_t room,
		   const struct pktcap_packet *pkt,
		   const struct pktcap_layer *layers, size_t n)
{
	struct pktcap_error error;
	struct pktcap_build build;
	struct pktcap_packet built;
	int len = rebuild_packet(how, &build, out, room, pkt, layers, n);

	must(pktcap_build_error(&build, &error) == (len < 0 ? len : 0));
	if (len < 0 && how->keep == PKTCAP_KEEP_ALL)
		fprintf(stderr, "%s\n", error.text);
	if (len < 0)
		return len;
	must((size_t)len <= room);
	must(pktcap_build_finish(&build) == len);
	pktcap_build_packet(&build, &built);
	return len;
}

/* Which header is another one, for who reads the log. */
static void must_be_same(const uint8_t *out, const struct pktcap_packet *pkt,
			 const struct pktcap_layer *layers, size_t n)
{
	size_t i = 0;

	for (size_t at = 0; at < pkt->caplen; at++) {
		while (i + 1 < n && layers[i + 1].offset <= at)
			i++;
		if (out[at] == pkt->data[at])
			continue;
		fprintf(stderr, "%s: another byte at %zu\n",
			pktcap_proto_name(layers[i].proto),
			at - layers[i].offset);
		abort();
	}
}

/* The same bytes, and so the same layers. */
static void keep_all(bool typed, uint8_t *out, const struct pktcap_packet *pkt,
		     const struct pktcap_layer *layers, size_t n)
{
	struct rebuild how = { .typed = typed, .keep = PKTCAP_KEEP_ALL };
	unsigned int views = typed ? rebuild_views(layers, n) : 1;

	for (; how.view < views; how.view++) {
		must(rebuild(&how, out, pkt->caplen, pkt, layers, n) ==
		     (int)pkt->caplen);
		must_be_same(out, pkt, layers, n);
	}
}

/* What is in a packet that is wrong may not be possible: a failure, no more. */
static void fill_in(bool typed, uint8_t *out, const struct pktcap_packet *pkt,
		    const struct pktcap_layer *layers, size_t n)
{
	struct rebuild how = { .typed = typed, .keep = 0 };
	struct pktcap_layer again[PKTCAP_LAYERS];
	struct pktcap_packet built = *pkt;
	int len = rebuild(&how, out, pkt->caplen, pkt, layers, n);

	if (len < 0)
		return;
	must(len == (int)pkt->caplen);
	built.data = out;
	pktcap_decode(&built, again, PKTCAP_LAYERS);
}

static void decode_and_build(const struct pktcap_packet *pkt)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
	/* Exactly the room: a sanitizer sees one byte more. */
	uint8_t *out = malloc(pkt->caplen + !pkt->caplen);

	must(out);
	if (n) {
		keep_all(false, out, pkt, layers, n);
		keep_all(true, out, pkt, layers, n);
		fill_in(false, out, pkt, layers, n);
		fill_in(true, out, pkt, layers, n);
	}
	free(out);
}

/* --- any calls ----------------------------------------------------------- */
struct calls {
	const uint8_t *data;
	size_t size;
	const struct pktcap_packet *pkt;
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n;
	uint8_t *out; /* where it is built */
};

static uint8_t take(struct calls *c)
{
	if (!c->size)
		return 0;
	c->size--;
	return *c->data++;
}

/* To as many bytes as the length says. */
static void point(struct calls *c, uint8_t *header,
		  const struct stack_member *m)
{
	static const uint8_t pointed_to[POINTED_TO];
	const uint8_t *bytes = pointed_to;
	size_t max = POINTED_TO / m->scale, len = take(c);

	if (m->len_size > 1)
		len *= 2;
	if (len > max)
		len = max;
	memcpy(header + m->at, &bytes, sizeof(bytes));
	stack_put_number(header + m->len_at, m->len_size, len);
}

/* Any values, in every member that has a row. */
static void append_struct(struct calls *c, struct pktcap_build *build)
{
	const struct stack_kind *kind = stack_kind_at(take(c));
	uint32_t keep = take(c);
	struct stack_header h = { .kind = kind };

	if (!kind)
		return;
	for (size_t i = 0; i < kind->member_count; i++) {
		const struct stack_member *m = &kind->members[i];

		if (m->kind == STACK_POINTER)
			point(c, h.header.bytes, m);
		else
			for (size_t k = 0; k < m->size; k++)
				h.header.bytes[m->at + k] = take(c);
	}
	kind->build(build, h.header.bytes, keep);
}

/* A name of letters, so that some of it was there before. */
static void append_question(struct calls *c, struct pktcap_build *build)
{
	static const char names[] = "aa.bb.aa.bb.cc.aa.bb.cc.dd";
	const char *name = names + 3u * (take(c) % 9u);

	if (take(c) & 1)
		pktcap_build_dns(build, &(struct pktcap_dns){ .id = 1 }, 0);
	pktcap_build_dns_question(build, name, take(c), take(c));
}

/* Layers with a list, which the text makes longer than what is there. */
static void append_text(struct calls *c, struct pktcap_build *build)
{
	static const char *const texts[] = {
		"data 01",
		"tcp mss=1460 wscale=7",
		"ip rr=2 / gre key=1",
		"ip6 / ipv6_hopopts jumbo=70000",
		"pad 60",
		"eth / vlan",
		"udp / dns q=localhost type=A",
		"sctp data=0102 / data 03",
	};

	pktcap_build_text(build, texts[take(c) % 8u], NULL);
}

/* Bytes may be changed in place, then all is finished again. */
static void change_byte(struct calls *c, const struct pktcap_build *build)
{
	const struct pktcap_layer *layers;
	size_t n, at = take(c), which = take(c);

	layers = pktcap_build_layers(build, &n);
	if (!n)
		return;
	which %= n;
	if (at < layers[which].header_len)
		c->out[layers[which].offset + at] = take(c);
}

static void append_any(struct calls *c, struct pktcap_build *build)
{
	static const uint8_t bytes[256];

	switch (take(c) % 11) {
	case 0:
		pktcap_build_data(build, bytes, take(c));
		break;
	case 1:
		pktcap_build_data(build, NULL, take(c) * 8u);
		break;
	case 2:
		pktcap_build_trailer(build, take(c) % 8u, bytes, take(c) % 8u);
		break;
	case 3:
		pktcap_build_pad(build, take(c) * 4u);
		break;
	case 4:
		pktcap_build_finish(build);
		break;
	case 5:
		if (c->n)
			pktcap_build_layer(build, &c->layers[take(c) % c->n],
					   take(c));
		break;
	case 6:
		if (c->n)
			pktcap_build_rest(build, c->pkt, c->layers,
					  take(c) % (c->n + 1));
		break;
	case 7:
		append_question(c, build);
		break;
	case 8:
		append_text(c, build);
		break;
	case 9:
		change_byte(c, build);
		break;
	default:
		append_struct(c, build);
	}
}

static void call_any(const uint8_t *data, size_t size,
		     const struct pktcap_packet *pkt)
{
	struct calls c = { .data = data, .size = size, .pkt = pkt };
	size_t room = take(&c) * (ROOM / 256u);
	uint8_t *out = malloc(room + !room);
	struct pktcap_build build;
	struct pktcap_error error;
	int len;

	must(out);
	c.out = out;
	c.n = pktcap_decode(pkt, c.layers, PKTCAP_LAYERS);
	pktcap_build_start(&build, out, room);
	while (c.size)
		append_any(&c, &build);
	len = pktcap_build_finish(&build);
	must(len <= (int)room);
	must(pktcap_build_error(&build, &error) == (len < 0 ? len : 0));
	must(pktcap_build_finish(&build) == len);
	free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pktcap_packet pkt;

	if (!packet_input(data, size, &pkt))
		return 0;
	decode_and_build(&pkt);
	call_any(data + 1, size - 1, &pkt);
	return 0;
}
