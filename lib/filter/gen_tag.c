// SPDX-License-Identifier: BSD-2-Clause
/*
 * Bytes of a live packet whose outer VLAN tag is in the kernel's metadata.
 * Offsets still are those of the packet as a file will have it.
 */
#include "filter/gen.h"

#include <linux/filter.h>

enum source { BYTES, TPID, TCI };

/* Where the bytes from this one up to the next piece are now. */
struct piece {
	uint32_t from;
	enum source source;
	uint32_t moved; /* BYTES: so much earlier */
};

/* Behind the addresses. */
static const struct piece ethernet[] = {
	{ 0, BYTES, 0 },	  { 12, TPID, 0 },
	{ 14, TCI, 0 },		  { 16, BYTES, GEN_TAG_LEN },
	{ UINT32_MAX, BYTES, 0 },
};

/* In the protocol field, and with the protocol before the payload. */
static const struct piece cooked[] = {
	{ 0, TPID, 0 },
	{ 2, BYTES, 0 },
	{ 20, TCI, 0 },
	{ 22, BYTES, 22 },
	{ 24, BYTES, GEN_TAG_LEN },
	{ UINT32_MAX, BYTES, 0 },
};

bool gen_may_be_tagged(uint32_t linktype)
{
	return linktype == PKTCAP_LINKTYPE_ETHERNET ||
	       linktype == PKTCAP_LINKTYPE_LINUX_SLL2;
}

static const struct piece *piece_of(const struct gen *g, uint32_t at)
{
	const struct piece *piece = ethernet;

	if (g->opts->linktype == PKTCAP_LINKTYPE_LINUX_SLL2)
		piece = cooked;
	while (at >= piece[1].from)
		piece++;
	return piece;
}

/* All of them from one piece. */
static const struct filter_value *
piece_load(struct gen *g, const struct piece *piece, uint32_t size, uint32_t at)
{
	const struct filter_value *field;

	if (piece->source == BYTES)
		return filter_load(g->graph, size, at - piece->moved);
	field = gen_ancillary(g, piece->source == TPID ? SKF_AD_VLAN_TPID
						       : SKF_AD_VLAN_TAG);
	if (size == 2)
		return field;
	return at == piece->from ? gen_alu_k(g, BPF_RSH, field, 8)
				 : gen_alu_k(g, BPF_AND, field, 0xff);
}

/* Network order. */
static const struct filter_value *joined(struct gen *g,
					 const struct filter_value *before,
					 const struct filter_value *byte)
{
	if (!before)
		return byte;
	return filter_alu(g->graph, BPF_OR, gen_alu_k(g, BPF_LSH, before, 8),
			  byte);
}

const struct filter_value *gen_tagged_load(struct gen *g, uint32_t size,
					   uint32_t at)
{
	const struct filter_value *all = NULL;
	const struct piece *piece;

	/* Beyond any packet; the kernel's own numbers are there. */
	if (at > INT32_MAX)
		return filter_load(g->graph, size, at);
	piece = piece_of(g, at);
	if (piece == piece_of(g, at + size - 1))
		return piece_load(g, piece, size, at);
	for (uint32_t i = 0; i < size; i++)
		all = joined(g, all,
			     piece_load(g, piece_of(g, at + i), 1, at + i));
	return all;
}

/*
 * One byte of Ethernet at @at, by arithmetic, so that it is a value like any
 * other. In the tag it is taken from there, and byte 0 is loaded for nothing.
 */
static const struct filter_value *byte_at(struct gen *g,
					  const struct filter_value *at)
{
	struct filter_graph *graph = g->graph;
	const struct filter_value *fifteen = filter_const(graph, 15);
	const struct filter_value *before, *behind, *outside, *inside;
	const struct filter_value *left, *index, *byte, *tag;

	left = filter_alu(graph, BPF_SUB, fifteen, at);
	behind = gen_alu_k(g, BPF_RSH, left, 31);
	before = gen_alu_k(g, BPF_RSH, gen_alu_k(g, BPF_SUB, at, 12), 31);
	outside = filter_alu(graph, BPF_OR, before, behind);
	inside = gen_alu_k(g, BPF_XOR, outside, 1);

	index = filter_alu(graph, BPF_SUB, at,
			   gen_alu_k(g, BPF_MUL, behind, GEN_TAG_LEN));
	index = filter_alu(graph, BPF_MUL, index, outside);
	byte = filter_load_at(graph, 1, index, 0);
	tag = filter_alu(
		graph, BPF_OR,
		gen_alu_k(g, BPF_LSH, gen_ancillary(g, SKF_AD_VLAN_TPID), 16),
		gen_ancillary(g, SKF_AD_VLAN_TAG));
	left = gen_alu_k(g, BPF_LSH, gen_alu_k(g, BPF_AND, left, 3), 3);
	tag = gen_alu_k(g, BPF_AND, filter_alu(graph, BPF_RSH, tag, left),
			0xff);
	return filter_alu(graph, BPF_ADD,
			  filter_alu(graph, BPF_MUL, byte, outside),
			  filter_alu(graph, BPF_MUL, tag, inside));
}

const struct filter_value *gen_tagged_load_at(struct gen *g, uint32_t size,
					      const struct filter_value *at)
{
	const struct filter_value *all = NULL;

	if (at->max <= 12 - size)
		return filter_load_at(g->graph, size, at, 0);
	for (uint32_t i = 0; i < size; i++)
		all = joined(g, all, byte_at(g, gen_alu_k(g, BPF_ADD, at, i)));
	return all;
}
