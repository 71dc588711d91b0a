// SPDX-License-Identifier: BSD-2-Clause
/* Protocols: by EtherType, by the number in the IP header, down its chain. */
#include "filter/gen.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <string.h>

#include "base/error.h"
#include "filter/gen_dissect.h"

enum {
	NEXT_FRAGMENT = 44,
	IP_HEADER6 = 40,
	ISO_CLNP = 0x81,
	ISO_ESIS = 0x82,
	ISO_ISIS = 0x83,
};

static const struct protocol {
	const char *name; /* as "ether proto" and "proto" take it */
	int16_t ip;
	int32_t ether;
	int16_t iso;
} protocols[AST_PROTO_COUNT] = {
	[AST_PROTO_IP] = { "ip", -1, ETH_P_IP, -1 },
	[AST_PROTO_IP6] = { "ip6", -1, ETH_P_IPV6, -1 },
	[AST_PROTO_ARP] = { "arp", -1, ETH_P_ARP, -1 },
	[AST_PROTO_RARP] = { "rarp", -1, ETH_P_RARP, -1 },
	[AST_PROTO_TCP] = { "tcp", 6, -1, -1 },
	[AST_PROTO_UDP] = { "udp", 17, -1, -1 },
	[AST_PROTO_SCTP] = { "sctp", 132, -1, -1 },
	[AST_PROTO_ICMP] = { "icmp", 1, -1, -1 },
	[AST_PROTO_ICMP6] = { "ipv6-icmp", 58, -1, -1 },
	[AST_PROTO_IGMP] = { "igmp", 2, -1, -1 },
	[AST_PROTO_IGRP] = { "igrp", 9, -1, -1 },
	[AST_PROTO_PIM] = { "pim", 103, -1, -1 },
	[AST_PROTO_VRRP] = { "vrrp", 112, -1, -1 },
	[AST_PROTO_CARP] = { "carp", 112, -1, -1 },
	[AST_PROTO_AH] = { "ah", 51, -1, -1 },
	[AST_PROTO_ESP] = { "esp", 50, -1, -1 },
	[AST_PROTO_ATALK] = { "atalk", -1, ETH_P_ATALK, -1 },
	[AST_PROTO_AARP] = { "aarp", -1, ETH_P_AARP, -1 },
	[AST_PROTO_DECNET] = { "decnet", -1, ETH_P_DNA_RT, -1 },
	[AST_PROTO_LAT] = { "lat", -1, ETH_P_LAT, -1 },
	[AST_PROTO_SCA] = { "sca", -1, 0x6007, -1 },
	[AST_PROTO_MOPRC] = { "moprc", -1, ETH_P_DNA_RC, -1 },
	[AST_PROTO_MOPDL] = { "mopdl", -1, ETH_P_DNA_DL, -1 },
	[AST_PROTO_ISO] = { "iso", -1, 0xfe, -1 },
	[AST_PROTO_ESIS] = { "esis", -1, -1, ISO_ESIS },
	[AST_PROTO_ISIS] = { "isis", -1, -1, ISO_ISIS },
	[AST_PROTO_CLNP] = { "clnp", -1, -1, ISO_CLNP },
	[AST_PROTO_STP] = { "stp", -1, 0x42, -1 },
	[AST_PROTO_IPX] = { "ipx", -1, 0xe0, -1 },
	[AST_PROTO_NETBEUI] = { "netbeui", -1, 0xf0, -1 },
};

static bool is_known(uint32_t proto)
{
	return proto < AST_PROTO_COUNT && protocols[proto].name;
}

int gen_ether_type(uint32_t proto)
{
	return is_known(proto) ? protocols[proto].ether : -1;
}

int gen_ip_number(uint32_t proto)
{
	return is_known(proto) ? protocols[proto].ip : -1;
}

const struct filter_node *gen_ip_protocol(struct gen *g, uint32_t protocol,
					  struct gen_ways w)
{
	w.t = gen_equal(g, 1, gen_behind(gen_network(g), 9), protocol, w);
	return gen_carries(g, ETH_P_IP, w);
}

/* Behind the header itself, or behind a fragment header next to it. */
const struct filter_node *gen_ip6_protocol(struct gen *g, uint32_t protocol,
					   struct gen_ways w)
{
	struct gen_place network = gen_network(g);
	struct gen_ways in = w;

	if (g->extended)
		return gen_is_extension(protocol)
			       ? gen_extension(g, UINT64_C(1) << protocol, w)
			       : gen_protocol(g, GEN_IPV6, protocol, w);
	in.t = gen_equal(g, 1, gen_behind(network, IP_HEADER6), protocol, in);
	in.f = gen_equal(g, 1, gen_behind(network, 6), NEXT_FRAGMENT, in);
	in.t = w.t;
	w.t = gen_equal(g, 1, gen_behind(network, 6), protocol, in);
	return gen_carries(g, ETH_P_IPV6, w);
}

static const struct filter_node *
any_ip_protocol(struct gen *g, uint32_t protocol, struct gen_ways w)
{
	if (g->extended && !gen_is_extension(protocol))
		return gen_protocol(g, GEN_ANY_IP, protocol, w);
	w.f = gen_ip6_protocol(g, protocol, w);
	return gen_ip_protocol(g, protocol, w);
}

const struct filter_node *gen_first_fragment(struct gen *g, struct gen_ways w)
{
	return gen_bits(g, 2, gen_behind(gen_network(g), 6), 0x1fff,
			(struct gen_ways){ w.f, w.t });
}

/* --- OSI ----------------------------------------------------------------- */
static struct gen_place osi_header(const struct gen *g)
{
	return gen_behind(g->layer->payload, g->layer->llc);
}

static const struct filter_node *gen_iso(struct gen *g, uint32_t protocol,
					 struct gen_ways w)
{
	struct gen_place at = osi_header(g);

	/* Cisco puts a byte of padding before it. */
	if (g->layer->link->linktype == PKTCAP_LINKTYPE_C_HDLC)
		at.offset++;
	w.t = gen_equal(g, 1, at, protocol, w);
	return gen_carries(g, 0xfe, w);
}

static const struct filter_node *gen_isis_pdu(struct gen *g, uint32_t pdu,
					      struct gen_ways w)
{
	w.t = gen_equal(g, 1, gen_behind(osi_header(g), 4), pdu, w);
	return gen_iso(g, ISO_ISIS, w);
}

/* One of the PDU types. */
static const struct filter_node *gen_isis(struct gen *g, uint32_t proto,
					  struct gen_ways w)
{
	static const uint8_t types[AST_PROTO_COUNT][6] = {
		[AST_PROTO_ISIS_L1] = { 26, 24, 18, 15, 17 },
		[AST_PROTO_ISIS_L2] = { 27, 25, 20, 16, 17 },
		[AST_PROTO_ISIS_IIH] = { 17, 15, 16 },
		[AST_PROTO_ISIS_LSP] = { 18, 20 },
		[AST_PROTO_ISIS_SNP] = { 27, 26, 24, 25 },
		[AST_PROTO_ISIS_CSNP] = { 24, 25 },
		[AST_PROTO_ISIS_PSNP] = { 26, 27 },
	};
	const uint8_t *type = types[proto];
	struct gen_ways in = w;

	for (; *type; type++)
		in.f = gen_equal(g, 1, gen_behind(osi_header(g), 4), *type, in);
	return gen_iso(g, ISO_ISIS, (struct gen_ways){ in.f, w.f });
}

/* --- the word alone ------------------------------------------------------ */
const struct filter_node *gen_abbreviation(struct gen *g, uint32_t proto,
					   struct gen_ways w)
{
	const struct protocol *p = &protocols[proto];

	switch (proto) {
	case AST_PROTO_ICMP:
	case AST_PROTO_IGMP:
	case AST_PROTO_IGRP:
	case AST_PROTO_VRRP:
	case AST_PROTO_CARP:
		return gen_ip_protocol(g, (uint32_t)p->ip, w);
	case AST_PROTO_ICMP6:
		return gen_ip6_protocol(g, (uint32_t)p->ip, w);
	case AST_PROTO_ISIS_L1:
	case AST_PROTO_ISIS_L2:
	case AST_PROTO_ISIS_IIH:
	case AST_PROTO_ISIS_LSP:
	case AST_PROTO_ISIS_SNP:
	case AST_PROTO_ISIS_CSNP:
	case AST_PROTO_ISIS_PSNP:
		return gen_isis(g, proto, w);
	default:
		break;
	}
	if (!is_known(proto))
		return gen_fail(g, -EINVAL, "'%s' alone says nothing",
				filter_proto_name(proto));
	if (p->ip >= 0)
		return any_ip_protocol(g, (uint32_t)p->ip, w);
	if (p->iso >= 0)
		return gen_iso(g, (uint32_t)p->iso, w);
	return gen_carries(g, (uint32_t)p->ether, w);
}

/* --- proto --------------------------------------------------------------- */
static const struct filter_node *proto_number(struct gen *g,
					      const struct ast *ast,
					      uint32_t protocol,
					      struct gen_ways w)
{
	switch (ast->proto) {
	case AST_PROTO_NONE:
		return any_ip_protocol(g, protocol, w);
	case AST_PROTO_LINK:
		return gen_carries(g, protocol, w);
	case AST_PROTO_IP:
		return gen_ip_protocol(g, protocol, w);
	case AST_PROTO_IP6:
		return gen_ip6_protocol(g, protocol, w);
	case AST_PROTO_ISO:
		return gen_iso(g, protocol, w);
	case AST_PROTO_ISIS:
		return gen_isis_pdu(g, protocol, w);
	default:
		return gen_fail(
			g, -EINVAL,
			"'%s' has no 'proto': write 'ip', 'ip6', 'ether', "
			"'iso', 'isis' or nothing before it",
			filter_proto_name(ast->proto));
	}
}

static int known_name(const struct ast *ast, const char *name)
{
	for (size_t i = 0; i < AST_PROTO_COUNT; i++) {
		const struct protocol *p = &protocols[i];

		if (!p->name || strcmp(p->name, name) != 0)
			continue;
		if (ast->proto == AST_PROTO_LINK)
			return p->ether;
		return ast->proto == AST_PROTO_ISO ? p->iso : p->ip;
	}
	if (ast->proto == AST_PROTO_LINK && !strcmp(name, "loopback"))
		return ETH_P_LOOPBACK;
	return -1;
}

int64_t gen_proto_operand(struct gen *g, const struct ast *ast,
			  const struct ast_operand *operand)
{
	struct pktcap_filter_answer answer;
	int known;

	if (operand->kind == AST_OPERAND_NUMBER)
		return operand->number;
	if (operand->kind != AST_OPERAND_NAME) {
		gen_fail_at(g, operand->offset, -EINVAL,
			    operand->kind == AST_OPERAND_RANGE
				    ? "a range is for protocols of IP only"
				    : "a protocol is a number or a name");
		return -1;
	}
	known = known_name(ast, operand->name);
	if (known >= 0)
		return known;
	if (gen_resolve(g, operand, operand->name,
			ast->proto == AST_PROTO_LINK
				? PKTCAP_FILTER_NAME_ETHER_PROTOCOL
				: PKTCAP_FILTER_NAME_PROTOCOL,
			&answer, 1) < 1)
		return -1;
	if (answer.kind == PKTCAP_FILTER_ANSWER_NUMBER &&
	    answer.number <= (ast->proto == AST_PROTO_LINK ? 0xffffu : 0xffu))
		return answer.number;
	gen_fail_at(g, operand->offset, -EINVAL,
		    "the resolver's answer for '%s' is no protocol",
		    operand->name);
	return -1;
}

/* A range of a set. */
static bool operand_range(struct gen *g, const struct ast *ast,
			  const struct ast_operand *o,
			  struct filter_range *range)
{
	int64_t number;

	if (o->kind == AST_OPERAND_RANGE) {
		*range = (struct filter_range){ o->number, o->last };
		return true;
	}
	number = gen_proto_operand(g, ast, o);
	range->first = range->last = (uint32_t)number;
	return number >= 0;
}

/* Those of IPv6 among them. */
static uint64_t extensions(const struct filter_range *range)
{
	uint64_t all = 0;

	for (uint32_t p = range->first; p < 64 && p <= range->last; p++)
		if (gen_is_extension(p))
			all |= UINT64_C(1) << p;
	return all;
}

/* Protocols of IP: the look for extension headers finds the last one, too. */
static const struct filter_node *proto_set(struct gen *g, const struct ast *ast,
					   struct gen_ways w)
{
	struct filter_range *ranges, all;
	uint64_t wanted = 0;
	size_t n = 0;

	ranges = gen_ranges(g, ast);
	if (!ranges)
		return NULL;
	for (const struct ast_operand *o = ast->operands; o; o = o->next) {
		if (!operand_range(g, ast, o, &all))
			return NULL;
		ranges[n++] = all;
		if (ast->proto != AST_PROTO_IP)
			wanted |= extensions(&all);
	}
	w.f = gen_protocol_set(g, gen_family(ast->proto), ranges, n, w);
	return gen_extension(g, wanted, w);
}

const struct filter_node *gen_proto(struct gen *g, const struct ast *ast,
				    struct gen_ways w)
{
	if (ast->dir != AST_DIR_NONE)
		return gen_fail(g, -EINVAL,
				"'proto' has no direction: leave it out");
	if (g->extended && ast->set &&
	    (ast->proto == AST_PROTO_NONE || ast->proto == AST_PROTO_IP ||
	     ast->proto == AST_PROTO_IP6))
		return proto_set(g, ast, w);
	for (const struct ast_operand *o = ast->operands; o; o = o->next) {
		int64_t protocol = gen_proto_operand(g, ast, o);

		if (protocol < 0)
			return NULL;
		w.f = proto_number(g, ast, (uint32_t)protocol, w);
	}
	return w.f;
}
