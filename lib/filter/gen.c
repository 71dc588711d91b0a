// SPDX-License-Identifier: BSD-2-Clause
/*
 * The tree, walked twice without recursion: from left to right to see what
 * vlan and the like change for those behind them, then from the end to build
 * the graph.
 */
#include "filter/gen.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <stdarg.h>

#include "base/error.h"
#include "filter/gen_dissect.h"
#include "filter/gen_leaves.h"

/* A part of the tree that waits for the part behind it, or inside. */
struct job {
	const struct ast *ast;
	struct gen_ways w;
	bool waited;
};

const struct filter_node *gen_fail_at(struct gen *g, uint32_t offset, int code,
				      const char *format, ...)
{
	char buf[sizeof(((struct pktcap_error *)NULL)->text)];
	struct text text = text_over(buf, sizeof(buf));
	va_list args;

	if (g->status)
		return NULL;
	va_start(args, format);
	text_vformat(&text, format, args);
	va_end(args);
	g->status = filter_lists_fault(g->lists, offset, code, buf, g->error);
	return NULL;
}

static const char *const name_kinds[] = {
	[PKTCAP_FILTER_NAME_HOST] = "host",
	[PKTCAP_FILTER_NAME_NET] = "network",
	[PKTCAP_FILTER_NAME_PORT] = "port",
	[PKTCAP_FILTER_NAME_PROTOCOL] = "protocol",
	[PKTCAP_FILTER_NAME_ETHER] = "Ethernet host",
	[PKTCAP_FILTER_NAME_ETHER_PROTOCOL] = "Ethernet protocol",
};

/* The function that was asked is not trusted, and blamed for what it said. */
static int check_answers(struct gen *g, const struct ast_operand *operand,
			 const char *name, enum pktcap_filter_name kind,
			 const struct pktcap_filter_answer *answers, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct pktcap_filter_answer *a = &answers[i];
		bool address = a->kind == PKTCAP_FILTER_ANSWER_IPV4 ||
			       a->kind == PKTCAP_FILTER_ANSWER_IPV6;

		if (a->kind < PKTCAP_FILTER_ANSWER_IPV4 ||
		    a->kind > PKTCAP_FILTER_ANSWER_NUMBER)
			gen_fail_at(g, operand->offset, -EINVAL,
				    "the resolver's answer for '%s' is of a "
				    "kind that there is not: %u",
				    name, a->kind);
		/* Would be every packet there is. */
		else if (kind == PKTCAP_FILTER_NAME_HOST && address &&
			 !a->prefix)
			gen_fail_at(g, operand->offset, -EINVAL,
				    "the resolver's answer for '%s' has no "
				    "prefix: %u is a host",
				    name,
				    a->kind == PKTCAP_FILTER_ANSWER_IPV4 ? 32
									 : 128);
	}
	return g->status ? -1 : (int)n;
}

/* Nothing was found. */
static int no_answer(struct gen *g, const struct ast_operand *operand,
		     const char *name, enum pktcap_filter_name kind, int code)
{
	if (!g->opts->resolve)
		gen_fail_at(g, operand->offset, -ENOENT,
			    "no names are looked up here: write what %s '%s' "
			    "stands for",
			    name_kinds[kind], name);
	else if (code)
		gen_fail_at(g, operand->offset, code,
			    "%s '%s' could not be looked up", name_kinds[kind],
			    name);
	else if (operand->kind == AST_OPERAND_NAME_RANGE)
		gen_fail_at(g, operand->offset, -ENOENT,
			    "unknown port '%s': a range is cut at its first "
			    "dash, write numbers for names with dashes",
			    name);
	else
		gen_fail_at(g, operand->offset, -ENOENT, "unknown %s '%s'",
			    name_kinds[kind], name);
	return -1;
}

int gen_resolve(struct gen *g, const struct ast_operand *operand,
		const char *name, enum pktcap_filter_name kind,
		struct pktcap_filter_answer *answers, size_t max)
{
	int n = 0;

	for (size_t i = 0; i < max; i++)
		answers[i] = (struct pktcap_filter_answer){ 0 };
	if (g->opts->resolve)
		n = g->opts->resolve(g->opts->resolve_user, name, kind, answers,
				     max);
	if (n < 1)
		return no_answer(g, operand, name, kind, n);
	if ((size_t)n <= max)
		return check_answers(g, operand, name, kind, answers,
				     (size_t)n);
	gen_fail_at(g, operand->offset, -EINVAL,
		    "the resolver claims %d answers for '%s', and %zu are the "
		    "most",
		    n, name, max);
	return -1;
}

static const struct filter_node *direction(struct gen *g, bool out,
					   struct gen_ways w)
{
	enum { OUTGOING = 4 };
	struct gen_place type = { 0 };

	if (gen_is_pf(g))
		return gen_pf_direction(g, out, w);
	if (!out)
		w = (struct gen_ways){ w.f, w.t };
	switch (g->opts->linktype) {
	case PKTCAP_LINKTYPE_LINUX_SLL:
		return gen_equal(g, 2, type, OUTGOING, w);
	case PKTCAP_LINKTYPE_LINUX_SLL2:
		return gen_equal(g, 1, gen_behind(type, 10), OUTGOING, w);
	default:
		return filter_test_k(g->graph, FILTER_EQ,
				     gen_ancillary(g, SKF_AD_PKTTYPE), OUTGOING,
				     w.t, w.f);
	}
}

static const struct filter_node *interface(struct gen *g, uint32_t index,
					   struct gen_ways w)
{
	const struct filter_value *value = gen_ancillary(g, SKF_AD_IFINDEX);

	if (g->opts->linktype == PKTCAP_LINKTYPE_LINUX_SLL2)
		value = filter_load(g->graph, 4, 4);
	return filter_test_k(g->graph, FILTER_EQ, value, index, w.t, w.f);
}

/* "byte 0 & 5": a byte of the link header, an operator, a number. */
static const struct filter_node *byte(struct gen *g, const struct ast *ast,
				      struct gen_ways w)
{
	struct gen_place place =
		gen_behind(g->layer->header, ast->operands->number);
	const struct filter_value *value = gen_load(g, 1, place);
	uint32_t k = ast->operands->next->number;

	switch (ast->byte_op) {
	case '=':
		return filter_test_k(g->graph, FILTER_EQ, value, k, w.t, w.f);
	case '<':
		return filter_test_k(g->graph, FILTER_GE, value, k, w.f, w.t);
	case '>':
		return filter_test_k(g->graph, FILTER_GT, value, k, w.t, w.f);
	case '&':
		return filter_test_k(g->graph, FILTER_SET, value, k, w.t, w.f);
	default:
		value = gen_alu_k(g, BPF_OR, value, k);
		return filter_test_k(g->graph, FILTER_EQ, value, 0, w.f, w.t);
	}
}

static const struct filter_node *primitive(struct gen *g, const struct ast *ast,
					   struct gen_ways w)
{
	const struct ast_operand *o = ast->operands;

	switch (ast->type) {
	case AST_TYPE_ABBREV:
		return gen_abbreviation(g, ast->proto, w);
	case AST_TYPE_DEFAULT:
	case AST_TYPE_HOST:
	case AST_TYPE_NET:
		return gen_host(g, ast, w);
	case AST_TYPE_GATEWAY:
		return gen_gateway(g, ast, w);
	case AST_TYPE_PORT:
	case AST_TYPE_PORTRANGE:
		return gen_port(g, ast, w);
	case AST_TYPE_PROTO:
		return gen_proto(g, ast, w);
	case AST_TYPE_PROTOCHAIN:
		return gen_protochain(g, ast, w);
	case AST_TYPE_BROADCAST:
		return gen_broadcast(g, ast, w);
	case AST_TYPE_MULTICAST:
		return gen_multicast(g, ast, w);
	case AST_TYPE_LESS:
		return filter_test_k(g->graph, FILTER_GT, gen_length(g),
				     o->number, w.f, w.t);
	case AST_TYPE_GREATER:
		return filter_test_k(g->graph, FILTER_GE, gen_length(g),
				     o->number, w.t, w.f);
	case AST_TYPE_BYTE:
		return byte(g, ast, w);
	case AST_TYPE_INBOUND:
	case AST_TYPE_OUTBOUND:
		return direction(g, ast->type == AST_TYPE_OUTBOUND, w);
	case AST_TYPE_IFINDEX:
		return interface(g, o->number, w);
	case AST_TYPE_SAMPLE:
		return gen_sample(g, ast, w);
	case AST_TYPE_VLAN:
	case AST_TYPE_MPLS:
	case AST_TYPE_PPPOES:
		return gen_layer_test(g, ast, w);
	case AST_TYPE_GENEVE:
		return gen_geneve(g, ast, w);
	case AST_TYPE_PPPOED:
		return gen_carries(g, ETH_P_PPP_DISC, w);
	case AST_TYPE_LLC:
	case AST_TYPE_LLC_I:
	case AST_TYPE_LLC_S:
	case AST_TYPE_LLC_U:
	case AST_TYPE_LLC_SUB_S:
	case AST_TYPE_LLC_SUB_U:
		return gen_llc(g, ast, w);
	case AST_TYPE_WLAN_TYPE:
	case AST_TYPE_WLAN_SUBTYPE:
	case AST_TYPE_WLAN_DIR:
		return gen_wlan(g, ast, w);
	case AST_TYPE_PF_IFNAME:
	case AST_TYPE_PF_RULESET:
	case AST_TYPE_PF_RULE:
	case AST_TYPE_PF_SUBRULE:
	case AST_TYPE_PF_REASON:
	case AST_TYPE_PF_ACTION:
		return gen_pf(g, ast, w);
	case AST_TYPE_ATM:
		return gen_atm(g, ast, w);
	case AST_TYPE_ATM_FIELD:
		return gen_atm_field(g, ast, w);
	case AST_TYPE_MTP2:
		return gen_mtp2(g, ast, w);
	case AST_TYPE_MTP3_FIELD:
		return gen_mtp3(g, ast, w);
	default:
		return gen_fail(g, -EOPNOTSUPP, "'%s' cannot be done",
				filter_type_name(ast->type));
	}
}

const struct filter_node *gen_test(struct gen *g, const struct ast *ast,
				   struct gen_ways w)
{
	if (ast->kind == AST_RELATION)
		return gen_relation(g, ast, w);
	return primitive(g, ast, w);
}

/* Does it hold only of what is inside of a tunnel? */
static bool is_of_inside(const struct ast *ast)
{
	switch (ast->type) {
	case AST_TYPE_LESS:
	case AST_TYPE_GREATER:
	case AST_TYPE_INBOUND:
	case AST_TYPE_OUTBOUND:
	case AST_TYPE_IFINDEX:
	case AST_TYPE_SAMPLE:
	case AST_TYPE_GENEVE:
		return false;
	default: /* relations ask for each protocol in them */
		return ast->kind == AST_PRIMITIVE;
	}
}

const struct filter_node *gen_leaf(struct gen *g, const struct gen_leaf *leaf,
				   struct gen_ways w)
{
	const struct ast *ast = leaf->ast;
	const struct filter_node *node;

	g->ast = ast;
	g->layer = leaf->layer;
	g->known = leaf->known;
	if (ast->kind == AST_INNER)
		return gen_inner(g, leaf->depth, w);
	if (g->extended)
		return gen_extended(g, ast, w);
	node = gen_test(g, ast, w);
	if (is_of_inside(ast))
		node = gen_inside(g, ast->type == AST_TYPE_BYTE, node, w);
	return gen_find_inside(g, node);
}

/* "a and b" is a, whose way out is b; b is built first. */
static const struct filter_node *build(struct gen *g, const struct ast *root,
				       const struct gen_leaf *last,
				       struct job *jobs)
{
	const struct filter_node *done = NULL;
	struct gen_ways w = { gen_accept(g), filter_reject(g->graph) };
	size_t n = 0;

	jobs[n++] = (struct job){ root, w, false };
	while (n && !g->status) {
		struct job *job = &jobs[n - 1];
		const struct ast *ast = job->ast;

		w = job->w;
		if (ast->kind == AST_NOT) {
			*job = (struct job){ ast->a, { w.f, w.t }, false };
		} else if (ast->kind == AST_INNER && !job->waited) {
			job->waited = true;
			jobs[n++] = (struct job){ ast->a, w, false };
		} else if (ast->kind == AST_INNER) {
			w.t = done;
			done = gen_leaf(g, last, w);
			last = last->before;
			n--;
		} else if (ast->kind != AST_AND && ast->kind != AST_OR) {
			done = gen_leaf(g, last, w);
			last = last->before;
			n--;
		} else if (!job->waited) {
			job->waited = true;
			jobs[n++] = (struct job){ ast->b, w, false };
		} else {
			if (ast->kind == AST_AND)
				w.t = done;
			else
				w.f = done;
			*job = (struct job){ ast->a, w, false };
		}
	}
	return g->status ? NULL : done;
}

const struct filter_node *gen_expression(struct gen *g, const struct ast *ast)
{
	struct gen_leaf *last = NULL;
	struct job *jobs;

	gen_link_layer(g, g->opts->linktype, &g->first_layer);
	g->layer = &g->first_layer;
	g->extended = g->opts->flags & PKTCAP_FILTER_EXTENDED;
	if (!ast)
		return gen_accept(g);
	g->ast = ast;
	if (!gen_list_leaves(g, ast, &last))
		return NULL;
	jobs = arena_take(g->arena, (ast->depth + 1) * sizeof(*jobs));
	if (!jobs)
		return gen_fail(g, -ENOMEM, "no memory");
	return build(g, ast, last, jobs);
}
