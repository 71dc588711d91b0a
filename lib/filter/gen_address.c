// SPDX-License-Identifier: BSD-2-Clause
/* host, net and gateway: addresses of IPv4, IPv6, ARP and DECnet. */
#include "filter/gen.h"

#include <errno.h>
#include <linux/if_ether.h>

#include "base/error.h"
#include "filter/gen_set.h"

enum { ANSWERS_MAX = 64 };

struct ipv4 {
	uint32_t address, mask;
	uint32_t source, destination; /* offsets from the network header */
};

struct ipv6 {
	const uint8_t *address;
	uint32_t prefix;
};

static uint32_t word(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

static uint32_t mask_of(uint32_t prefix)
{
	return prefix ? UINT32_MAX << (32 - prefix) : 0;
}

static const struct filter_node *compare_ipv4(struct gen *g, enum gen_end end,
					      const void *with,
					      struct gen_ways w)
{
	const struct ipv4 *a = with;
	uint32_t at = end == GEN_SOURCE ? a->source : a->destination;

	return gen_equal_masked(g, 4, gen_behind(gen_network(g), at), a->mask,
				a->address, w);
}

static const struct filter_node *compare_ipv6(struct gen *g, enum gen_end end,
					      const void *with,
					      struct gen_ways w)
{
	const struct ipv6 *a = with;
	struct gen_place place =
		gen_behind(gen_network(g), end == GEN_SOURCE ? 8 : 24);

	for (int i = 3; i >= 0; i--) {
		uint32_t before = 32 * (uint32_t)i, bits;

		if (a->prefix <= before)
			continue;
		bits = a->prefix - before < 32 ? a->prefix - before : 32;
		w.t = gen_equal_masked(g, 4, gen_behind(place, 4 * (uint32_t)i),
				       mask_of(bits), word(a->address + 4 * i),
				       w);
	}
	return w.t;
}

static const struct filter_node *in_ip(struct gen *g, const struct ast *ast,
				       struct ipv4 a, struct gen_ways w)
{
	a.source = 12;
	a.destination = 16;
	w.t = gen_direction(g, ast->dir, compare_ipv4, &a, w);
	return gen_carries(g, ETH_P_IP, w);
}

static const struct filter_node *in_arp(struct gen *g, const struct ast *ast,
					uint32_t protocol, struct ipv4 a,
					struct gen_ways w)
{
	a.source = 14;
	a.destination = 24;
	w.t = gen_direction(g, ast->dir, compare_ipv4, &a, w);
	return gen_carries(g, protocol, w);
}

static const struct filter_node *
wrong_proto(struct gen *g, const struct ast *ast, const char *what)
{
	return gen_fail(g, -EINVAL,
			"'%s' has no %s: leave it out, or write "
			"'and' between",
			filter_proto_name(ast->proto), what);
}

static bool has_ipv4(uint32_t proto)
{
	return proto == AST_PROTO_NONE || proto == AST_PROTO_IP ||
	       proto == AST_PROTO_ARP || proto == AST_PROTO_RARP;
}

static uint32_t bits_of(uint32_t mask)
{
	uint32_t bits = 0;

	for (; mask; mask <<= 1)
		bits++;
	return bits;
}

static const struct filter_node *match_ipv4(struct gen *g,
					    const struct ast *ast,
					    uint32_t address, uint32_t mask,
					    struct gen_ways w)
{
	struct ipv4 a = { .address = address, .mask = mask };

	/* Of a mask with holes no range can be made. */
	if (g->set && has_ipv4(ast->proto) && !(~mask & (~mask + 1)))
		return gen_set_ipv4(g, address, bits_of(mask)) ? w.f : NULL;
	switch (ast->proto) {
	case AST_PROTO_NONE:
		if (!g->layer->labels) {
			w.f = in_arp(g, ast, ETH_P_RARP, a, w);
			w.f = in_arp(g, ast, ETH_P_ARP, a, w);
		}
		return in_ip(g, ast, a, w);
	case AST_PROTO_IP:
		return in_ip(g, ast, a, w);
	case AST_PROTO_ARP:
		return in_arp(g, ast, ETH_P_ARP, a, w);
	case AST_PROTO_RARP:
		return in_arp(g, ast, ETH_P_RARP, a, w);
	default:
		return wrong_proto(g, ast, "IPv4 addresses");
	}
}

static const struct filter_node *match_ipv6(struct gen *g,
					    const struct ast *ast,
					    const uint8_t *address,
					    uint32_t prefix, struct gen_ways w)
{
	struct ipv6 a = { address, prefix };

	if (ast->proto != AST_PROTO_NONE && ast->proto != AST_PROTO_IP6)
		return wrong_proto(g, ast, "IPv6 addresses");
	if (g->set)
		return gen_set_ipv6(g, address, prefix) ? w.f : NULL;
	w.t = gen_direction(g, ast->dir, compare_ipv6, &a, w);
	return gen_carries(g, ETH_P_IPV6, w);
}

static const struct filter_node *match_ether(struct gen *g,
					     const struct ast *ast,
					     const uint8_t mac[6],
					     struct gen_ways w)
{
	if (g->set)
		return gen_set_ether(g, mac) ? w.f : NULL;
	return gen_ether_host(g, ast->dir, mac, w);
}

/* --- DECnet -------------------------------------------------------------- */
/*
 * Long and short headers, each with or without a byte of padding before: four
 * places for an address.
 */
static const struct filter_node *compare_decnet(struct gen *g, enum gen_end end,
						const void *with,
						struct gen_ways w)
{
	const uint32_t *address = with;
	uint32_t swapped = (*address & 0xff) << 8 | (*address >> 8 & 0xff);
	struct gen_place p = gen_network(g);
	uint32_t lng = end == GEN_SOURCE ? 15 : 7;
	uint32_t shrt = end == GEN_SOURCE ? 3 : 1;
	struct {
		uint32_t size, mask, value, at;
	} forms[] = {
		{ 2, 0xff07, 0x8106, lng + 3 },
		{ 1, 0x07, 0x06, lng + 2 },
		{ 2, 0xff07, 0x8102, shrt + 3 },
		{ 1, 0x07, 0x02, shrt + 2 },
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		struct gen_ways in = w;

		in.t = gen_equal(g, 2, gen_behind(p, forms[i].at), swapped, w);
		w.f = gen_equal_masked(g, forms[i].size, gen_behind(p, 2),
				       forms[i].mask, forms[i].value, in);
	}
	return w.f;
}

static const struct filter_node *decnet(struct gen *g, uint32_t dir,
					uint32_t address, struct gen_ways w)
{
	w.t = gen_direction(g, dir, compare_decnet, &address, w);
	return gen_carries(g, ETH_P_DNA_RT, w);
}

/* --- what stands in the expression --------------------------------------- */
static const struct filter_node *operand_ipv4(struct gen *g,
					      const struct ast *ast,
					      const struct ast_operand *o,
					      struct gen_ways w)
{
	uint32_t address = word(o->address);
	uint32_t mask = mask_of(8 * o->parts);

	if (o->prefix != AST_PREFIX_NONE) {
		if (ast->type != AST_TYPE_NET)
			return gen_fail_at(g, o->offset, -EINVAL,
					   "a mask is for 'net' only");
		mask = o->prefix == AST_PREFIX_MASK
			       ? word(o->mask)
			       : mask_of((uint32_t)o->prefix);
	}
	if (address & ~mask)
		return gen_fail_at(g, o->offset, -EINVAL,
				   "the address has bits outside of its mask");
	return match_ipv4(g, ast, address, mask, w);
}

/* The largest networks that are in the range and begin where the last ended. */
static const struct filter_node *operand_ipv4_range(struct gen *g,
						    const struct ast *ast,
						    const struct ast_operand *o,
						    struct gen_ways w)
{
	uint64_t at = word(o->address), last = word(o->address_last);

	while (at <= last && !g->status) {
		uint64_t size = 1;
		uint32_t prefix = 32;

		while (prefix && !(at & size) && at + 2 * size - 1 <= last) {
			size *= 2;
			prefix--;
		}
		w.f = match_ipv4(g, ast, (uint32_t)at, mask_of(prefix), w);
		at += size;
	}
	return g->status ? NULL : w.f;
}

static const struct filter_node *operand_ipv6(struct gen *g,
					      const struct ast *ast,
					      const struct ast_operand *o,
					      struct gen_ways w)
{
	uint32_t prefix =
		o->prefix == AST_PREFIX_NONE ? 128 : (uint32_t)o->prefix;

	if (ast->type != AST_TYPE_NET && prefix != 128)
		return gen_fail_at(g, o->offset, -EINVAL,
				   "a prefix is for 'net' only");
	for (uint32_t bit = prefix; bit < 128; bit++)
		if (o->address[bit / 8] & 0x80 >> bit % 8)
			return gen_fail_at(
				g, o->offset, -EINVAL,
				"the address has bits outside of its prefix");
	return match_ipv6(g, ast, o->address, prefix, w);
}

/* "net 10" is 10.0.0.0/8, "host 10" is 0.0.0.10. */
static const struct filter_node *operand_number(struct gen *g,
						const struct ast *ast,
						const struct ast_operand *o,
						struct gen_ways w)
{
	uint32_t address = o->number, mask = UINT32_MAX;

	if (ast->proto == AST_PROTO_DECNET)
		return decnet(g, ast->dir, o->number, w);
	if (ast->type == AST_TYPE_NET)
		while (address && !(address & 0xff000000)) {
			address <<= 8;
			mask <<= 8;
		}
	return match_ipv4(g, ast, address, mask, w);
}

/* Does an answer fit to what stands before the name? < 0 with g->status. */
static int fits(struct gen *g, const struct ast *ast,
		const struct ast_operand *o,
		const struct pktcap_filter_answer *answer)
{
	bool link = ast->proto == AST_PROTO_LINK;

	switch (answer->kind) {
	case PKTCAP_FILTER_ANSWER_ETHER:
		if (link)
			return 1;
		break;
	case PKTCAP_FILTER_ANSWER_IPV4:
		if (!link)
			return ast->proto != AST_PROTO_IP6;
		break;
	case PKTCAP_FILTER_ANSWER_IPV6:
		if (!link)
			return ast->proto == AST_PROTO_NONE ||
			       ast->proto == AST_PROTO_IP6;
		break;
	default:
		break;
	}
	gen_fail_at(g, o->offset, -EINVAL,
		    "the resolver's answer for '%s' is no %s address", o->name,
		    link ? "Ethernet" : "IP");
	return -1;
}

static const struct filter_node *
match_answer(struct gen *g, const struct ast *ast,
	     const struct pktcap_filter_answer *answer, struct gen_ways w)
{
	uint32_t prefix = answer->prefix;
	uint8_t address[16];

	if (answer->kind == PKTCAP_FILTER_ANSWER_ETHER)
		return match_ether(g, ast, answer->address, w);
	if (answer->kind == PKTCAP_FILTER_ANSWER_IPV4) {
		prefix = prefix < 32 ? prefix : 32;
		return match_ipv4(g, ast,
				  word(answer->address) & mask_of(prefix),
				  mask_of(prefix), w);
	}
	prefix = prefix < 128 ? prefix : 128;
	for (uint32_t i = 0; i < 16; i++)
		address[i] = i < prefix / 8 ? answer->address[i] : 0;
	if (prefix % 8)
		address[prefix / 8] = answer->address[prefix / 8] &
				      (uint8_t)(0xff00 >> prefix % 8);
	return match_ipv6(g, ast, address, prefix, w);
}

static const struct filter_node *
match_name(struct gen *g, const struct ast *ast, const struct ast_operand *o,
	   enum pktcap_filter_name kind, struct gen_ways w)
{
	struct pktcap_filter_answer answers[ANSWERS_MAX];
	int n = gen_resolve(g, o, o->name, kind, answers, ANSWERS_MAX);
	int found = 0;

	for (int i = n - 1; i >= 0; i--) {
		int fit = fits(g, ast, o, &answers[i]);

		if (fit < 0)
			return NULL;
		if (fit)
			w.f = match_answer(g, ast, &answers[i], w);
		found += fit;
	}
	if (found || n < 1)
		return n < 1 ? NULL : w.f;
	return gen_fail_at(g, o->offset, -ENOENT,
			   "'%s' has no address for '%s'", o->name,
			   filter_proto_name(ast->proto));
}

static const struct filter_node *operand_name(struct gen *g,
					      const struct ast *ast,
					      const struct ast_operand *o,
					      struct gen_ways w)
{
	enum pktcap_filter_name kind = PKTCAP_FILTER_NAME_HOST;

	if (ast->proto == AST_PROTO_LINK)
		kind = PKTCAP_FILTER_NAME_ETHER;
	else if (ast->type == AST_TYPE_NET)
		kind = PKTCAP_FILTER_NAME_NET;
	if (ast->proto == AST_PROTO_DECNET ||
	    (kind == PKTCAP_FILTER_NAME_ETHER && ast->type == AST_TYPE_NET))
		return wrong_proto(g, ast, "such names");
	return match_name(g, ast, o, kind, w);
}

static const struct filter_node *match_operand(struct gen *g,
					       const struct ast *ast,
					       const struct ast_operand *o,
					       struct gen_ways w)
{
	bool ether = ast->proto == AST_PROTO_LINK;

	if (o->kind == AST_OPERAND_MAC) {
		if (!ether || ast->type == AST_TYPE_NET)
			return gen_fail_at(g, o->offset, -EINVAL,
					   "Ethernet addresses need 'ether' "
					   "before, as in 'ether host'");
		return match_ether(g, ast, o->address, w);
	}
	if (o->kind == AST_OPERAND_NAME)
		return operand_name(g, ast, o, w);
	if (ether)
		return gen_fail_at(g, o->offset, -EINVAL,
				   "'ether' is for Ethernet addresses, as "
				   "in 'ether host 1:2:3:4:5:6': leave it out "
				   "for others");
	switch (o->kind) {
	case AST_OPERAND_IPV4:
		return operand_ipv4(g, ast, o, w);
	case AST_OPERAND_IPV4_RANGE:
		return operand_ipv4_range(g, ast, o, w);
	case AST_OPERAND_IPV6:
		return operand_ipv6(g, ast, o, w);
	case AST_OPERAND_DECNET:
		return decnet(g, ast->dir, o->number, w);
	case AST_OPERAND_NUMBER:
		return operand_number(g, ast, o, w);
	default:
		return gen_fail_at(g, o->offset, -EINVAL,
				   "this is not an address");
	}
}

const struct filter_node *gen_host(struct gen *g, const struct ast *ast,
				   struct gen_ways w)
{
	struct gen_set set = { 0 };

	if (ast->set)
		g->set = &set;
	for (const struct ast_operand *o = ast->operands; o; o = o->next)
		w.f = match_operand(g, ast, o, w);
	g->set = NULL;
	return ast->set ? gen_look_up(g, ast, &set, w) : w.f;
}

/* Sent through the host, but neither by it nor to it. */
const struct filter_node *gen_gateway(struct gen *g, const struct ast *ast,
				      struct gen_ways w)
{
	const struct ast_operand *o = ast->operands;
	struct ast ip = *ast, ether = *ast;

	if (ast->proto != AST_PROTO_NONE && ast->proto != AST_PROTO_IP &&
	    ast->proto != AST_PROTO_ARP && ast->proto != AST_PROTO_RARP)
		return gen_fail(g, -EINVAL,
				"'%s' has no 'gateway': write 'ip', 'arp', "
				"'rarp' or nothing before it",
				filter_proto_name(ast->proto));
	ip.type = ether.type = AST_TYPE_HOST;
	ether.proto = AST_PROTO_LINK;
	w.t = match_name(g, &ip, o, PKTCAP_FILTER_NAME_HOST,
			 (struct gen_ways){ w.f, w.t });
	return match_name(g, &ether, o, PKTCAP_FILTER_NAME_ETHER, w);
}
