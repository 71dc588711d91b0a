// SPDX-License-Identifier: BSD-2-Clause
/* From an expression to a program: the stages, one behind the other. */
#include <pktcap/filter.h>

#include <errno.h>
#include <linux/filter.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/opts.h"
#include "filter/gen.h"
#include "filter/never.h"
#include "filter/stages.h"
#include "filter/token.h"

enum {
	FLAGS = PKTCAP_FILTER_LIVE | PKTCAP_FILTER_EXTENDED |
		PKTCAP_FILTER_NO_OPTIMIZE | PKTCAP_FILTER_KEEP_STAGES |
		PKTCAP_FILTER_SNAP_HEADERS,
	SNAPLEN = 262144,
	SEARCHED = 1 << 14,
	ARENA = 1 << 20, /* and more for each byte of the expression */
};

static int read_opts(struct pktcap_filter *filter,
		     const struct pktcap_filter_opts *opts,
		     struct pktcap_error *error)
{
	struct pktcap_filter_opts *own = &filter->opts;
	int ret = opts_copy(own, sizeof(*own), opts, error);

	if (ret)
		return ret;
	if (!opts)
		own->linktype = PKTCAP_LINKTYPE_ETHERNET;
	if (own->flags & ~(uint32_t)FLAGS)
		return error_set(error, -EINVAL, "flags",
				 "filter option flags %x are unknown",
				 own->flags & ~(uint32_t)FLAGS);
	if (own->flags & PKTCAP_FILTER_SNAP_HEADERS &&
	    !(own->flags & PKTCAP_FILTER_EXTENDED))
		return error_set(error, -EINVAL, "flags",
				 "PKTCAP_FILTER_SNAP_HEADERS is for "
				 "PKTCAP_FILTER_EXTENDED only");
	/* What BSD systems called RAW before it had a number for files. */
	if (own->linktype == 12 || own->linktype == 14)
		own->linktype = PKTCAP_LINKTYPE_RAW;
	if (!own->snaplen)
		own->snaplen = SNAPLEN;
	return 0;
}

/* The graph, for packets with their outer tag in the metadata or without. */
static int graph_of(struct pktcap_filter *filter, const struct ast *ast,
		    bool tagged, const struct filter_node **out,
		    struct pktcap_error *error)
{
	struct gen g = {
		.arena = &filter->stages.arena,
		.graph = filter->stages.graph,
		.opts = &filter->opts,
		.lists = &filter->stages.lists,
		.error = error,
		.tagged = tagged,
		.search_again = filter->search_again,
	};

	*out = gen_expression(&g, ast);
	return g.status;
}

/*
 * The kernel takes the outer tag off: two graphs in one, which
 * share what is equal, and a test in front where they are not the same.
 */
static int whole_graph(struct pktcap_filter *filter, const struct ast *ast,
		       const struct filter_node **out,
		       struct pktcap_error *error)
{
	const struct filter_node *plain, *tagged;
	int ret = graph_of(filter, ast, false, &plain, error);

	*out = plain;
	if (ret || filter->opts.flags & PKTCAP_FILTER_EXTENDED ||
	    !(filter->opts.flags & PKTCAP_FILTER_LIVE) ||
	    !gen_may_be_tagged(filter->opts.linktype))
		return ret;
	ret = graph_of(filter, ast, true, &tagged, error);
	if (ret)
		return ret;
	*out = filter_test_k(
		filter->stages.graph, FILTER_EQ,
		filter_load(filter->stages.graph, 4,
			    (uint32_t)SKF_AD_OFF + SKF_AD_VLAN_TAG_PRESENT),
		0, plain, tagged);
	return 0;
}

static int limits(struct pktcap_filter *filter, int ret,
		  struct pktcap_error *error)
{
	if (!ret)
		ret = filter_graph_error(filter->stages.graph);
	if (ret == -ENOSPC)
		return error_set(error, -E2BIG, "expression",
				 "the arithmetic needs more than the 16 words "
				 "of scratch memory that there are");
	if (ret == -E2BIG)
		return error_set(error, ret, "expression",
				 "the expression needs more tests than one "
				 "program can have, or more memory than is "
				 "taken for it");
	return ret ? error_set(error, ret, "malloc", "no memory") : 0;
}

/* The instructions, out of the arena, which need not stay. */
static int take_program(struct pktcap_filter *filter,
			const struct pktcap_insn *insns,
			struct pktcap_error *error)
{
	int ret = pktcap_bpf_validate(insns, filter->n, NULL);

	if (ret == -ENOMEM)
		return error_set(error, ret, "malloc", "no memory");
	if (ret)
		return error_set(error, -EOPNOTSUPP, "expression",
				 "no valid program can be made of this "
				 "expression");
	filter->insns = malloc(filter->n * sizeof(*insns));
	if (!filter->insns)
		return error_set(error, -ENOMEM, "malloc", "no memory");
	memcpy(filter->insns, insns, filter->n * sizeof(*insns));
	return 0;
}

/*
 * The graph that becomes a program; *@never if the expression is refused for
 * what it says: no packet can match. Of some expressions libpcap does not see
 * that, and scripts that make them go on working.
 */
static const struct filter_node *improve(struct pktcap_filter *filter,
					 const struct filter_node *root,
					 bool *never)
{
	struct filter_graph *graph = filter->stages.graph;
	bool extended = filter->opts.flags & PKTCAP_FILTER_EXTENDED;

	if (!extended)
		root = filter_as_libpcap(graph, root);
	if (filter->opts.flags & PKTCAP_FILTER_NO_OPTIMIZE)
		return root;
	*never = root && root == filter_reject(graph);
	root = filter_optimize(graph, root);
	if (extended)
		*never = root && root == filter_reject(graph);
	return root;
}

/* Of a part of an expression that has compiled. */
static bool is_never(void *user, const struct ast *part)
{
	struct pktcap_filter *filter = user;
	struct filter_stages *stages = &filter->stages, kept = *stages;
	const struct filter_node *root;
	bool never = false;

	stages->arena = arena_limited(ARENA + kept.arena.left / 2);
	stages->graph = filter_graph_new(&stages->arena);
	if (stages->graph && !whole_graph(filter, part, &root, NULL))
		improve(filter, root, &never);
	arena_free(&stages->arena);
	*stages = kept;
	return never;
}

/* Few enough bytes to compile them again for the place of a fault. */
static bool is_short(const struct filter_stages *stages)
{
	return stages->len < SEARCHED && stages->lists.end < SEARCHED;
}

static int emit(struct pktcap_filter *filter, const struct filter_node *root,
		struct pktcap_error *error)
{
	struct filter_graph *graph = filter->stages.graph;
	struct pktcap_insn *insns;
	bool never = false;
	int ret;

	filter->stages.written = root;
	root = improve(filter, root, &never);
	filter->stages.optimized = root;
	if (filter_graph_error(graph))
		return limits(filter, 0, error);
	if (never)
		return filter_never(filter->stages.tree, filter->stages.flags,
				    &filter->stages.arena,
				    is_short(&filter->stages) ? is_never : NULL,
				    filter, error);
	ret = filter_emit(graph, root, filter->opts.snaplen, &insns,
			  &filter->n);
	if (ret == -ENOSPC && !filter->search_again)
		return ret;
	ret = limits(filter, ret, error);
	return ret ? ret : take_program(filter, insns, error);
}

/*
 * What is found once and kept needs words of scratch memory. The few
 * expressions that have too few of them look for it again.
 */
static int translate(struct pktcap_filter *filter, const struct ast *ast,
		     struct pktcap_error *error)
{
	const struct filter_node *root;
	int ret = whole_graph(filter, ast, &root, error);

	if (ret)
		return ret;
	ret = emit(filter, root, error);
	if (ret != -ENOSPC)
		return ret;
	filter->search_again = true;
	ret = whole_graph(filter, ast, &root, error);
	return ret ? ret : emit(filter, root, error);
}

/* To a tree; the text is ours from here on. */
static int parse(struct filter_stages *stages, const char *expression,
		 struct arena_room *room, struct ast **ast,
		 struct pktcap_error *error)
{
	size_t limit;

	stages->len = strlen(expression);
	if (stages->len > FILTER_TEXT_MAX)
		return error_set(error, -E2BIG, "expression",
				 "the expression has %zu bytes, and %d are the "
				 "most",
				 stages->len, FILTER_TEXT_MAX);
	limit = ARENA + (stages->len + 1) * 4 * FILTER_ARENA_PER_BYTE;
	stages->arena = room ? arena_over(room, limit) : arena_limited(limit);
	stages->text = arena_string(&stages->arena, expression, stages->len);
	if (!stages->text)
		return error_set(error, -ENOMEM, "malloc", "no memory");
	return filter_parse(&stages->arena, stages->text, stages->len,
			    stages->flags, ast, error);
}

/* @room: for what is given back before it ends; or NULL. */
static int compile(struct pktcap_filter *filter, const char *expression,
		   struct arena_room *room, struct pktcap_error *error)
{
	struct filter_stages *stages = &filter->stages;
	struct ast *ast;
	int ret;

	if (filter->opts.flags & PKTCAP_FILTER_EXTENDED)
		stages->flags = FILTER_EXTENDED;
	stages->flags |= filter_words_of(filter->opts.linktype);
	ret = parse(stages, expression, room, &ast, error);
	if (!ret)
		ret = filter_lists_read(&stages->lists, &stages->arena, ast,
					&filter->opts, error);
	if (ret)
		return ret;
	stages->tree = ast;
	stages->graph = filter_graph_new(&stages->arena);
	if (!stages->graph)
		return error_set(error, -ENOMEM, "malloc", "no memory");
	return translate(filter, ast, error);
}

static void drop_stages(struct filter_stages *stages)
{
	arena_free(&stages->arena);
	*stages = (struct filter_stages){ 0 };
}

int pktcap_filter_compile(struct pktcap_filter **out, const char *expression,
			  const struct pktcap_filter_opts *opts,
			  struct pktcap_error *error)
{
	struct pktcap_filter *filter = calloc(1, sizeof(*filter));
	struct arena_room room;
	bool keep;
	int ret;

	*out = NULL;
	if (!filter)
		return error_set(error, -ENOMEM, "malloc", "no memory");
	if (!expression) {
		free(filter);
		return error_set(error, -EINVAL, "expression",
				 "there is no expression");
	}
	ret = read_opts(filter, opts, error);
	keep = filter->opts.flags & PKTCAP_FILTER_KEEP_STAGES;
	if (!ret)
		ret = compile(filter, expression, keep ? NULL : &room, error);
	if (ret) {
		pktcap_filter_free(filter);
		return ret;
	}
	if (!keep)
		drop_stages(&filter->stages);
	*out = filter;
	return 0;
}

const struct pktcap_insn *
pktcap_filter_program(const struct pktcap_filter *filter, size_t *n)
{
	*n = filter->n;
	return filter->insns;
}

void pktcap_filter_free(struct pktcap_filter *filter)
{
	if (!filter)
		return;
	drop_stages(&filter->stages);
	free(filter->insns);
	free(filter);
}
