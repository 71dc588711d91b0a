// SPDX-License-Identifier: BSD-2-Clause
#include "filter/graph_table.h"

#include <errno.h>
#include <linux/filter.h>

/* Deeper operands are written as "...". */
enum { HEIGHT_MAX = 64, LENGTH_MAX = 4096 };

struct printer {
	struct text *out;
	const uint32_t *numbers;
	filter_variable_fn name;
};

static void number(struct text *out, uint32_t k)
{
	if (k < 10) {
		text_number(out, k, 10, 0, ' ');
		return;
	}
	text_string(out, "0x");
	text_number(out, k, 16, 0, ' ');
}

static void ancillary(struct text *out, uint32_t number)
{
	/* The SKF_AD_ numbers go up in fours. */
	static const char *const names[] = {
		"protocol",    "packet_type", "interface", "nlattr",
		"nlattr_nest", "mark",	      "queue",	   "hatype",
		"rxhash",      "cpu",	      "xor_x",	   "vlan_tag",
		"vlan_there",  "payload",     "random",	   "vlan_tpid",
	};

	if (number % 4 || number / 4 >= sizeof(names) / sizeof(names[0]))
		text_format(out, "kernel[%u]", (unsigned int)number);
	else
		text_format(out, "kernel[%s]", names[number / 4]);
}

static void load(struct text *out, const struct filter_value *v)
{
	if (v->kind == FILTER_VALUE_LOAD && v->k >= (uint32_t)SKF_AD_OFF) {
		ancillary(out, v->k - (uint32_t)SKF_AD_OFF);
		return;
	}
	text_string(out, "pkt[");
	text_number(out, v->k, 10, 0, ' ');
	text_char(out, ':');
	text_number(out, v->size, 10, 0, ' ');
	text_char(out, ']');
}

static const char *operator_of(const struct filter_value *v)
{
	static const char *const names[] = {
		[BPF_ADD >> 4] = " + ",	 [BPF_SUB >> 4] = " - ",
		[BPF_MUL >> 4] = " * ",	 [BPF_DIV >> 4] = " / ",
		[BPF_OR >> 4] = " | ",	 [BPF_AND >> 4] = " & ",
		[BPF_LSH >> 4] = " << ", [BPF_RSH >> 4] = " >> ",
		[BPF_MOD >> 4] = " % ",	 [BPF_XOR >> 4] = " ^ ",
	};

	return names[v->op >> 4];
}

static void variable(const struct printer *p, uint32_t k)
{
	if (p->name)
		p->name(p->out, k);
	else
		text_format(p->out, "v%u", (unsigned int)k);
}

/* The recursion goes no deeper than HEIGHT_MAX. */
static void value(const struct printer *p, const struct filter_value *v)
{
	struct text *out = p->out;

	if (v->height > HEIGHT_MAX || v->cost > LENGTH_MAX) {
		text_string(out, "(...)");
		return;
	}
	switch (v->kind) {
	case FILTER_VALUE_CONST:
		number(out, v->k);
		break;
	case FILTER_VALUE_LOAD:
		load(out, v);
		break;
	case FILTER_VALUE_LOAD_AT:
		text_string(out, "pkt[");
		value(p, v->a);
		if (v->k)
			text_format(out, " + %u", (unsigned int)v->k);
		text_char(out, ':');
		text_number(out, v->size, 10, 0, ' ');
		text_char(out, ']');
		break;
	case FILTER_VALUE_HEADER:
		text_string(out, "4*(pkt[");
		text_number(out, v->k, 10, 0, ' ');
		text_string(out, "] & 0xf)");
		break;
	case FILTER_VALUE_LENGTH:
		text_string(out, "len");
		break;
	case FILTER_VALUE_VARIABLE:
		variable(p, v->k);
		break;
	case FILTER_VALUE_NEG:
		text_char(out, '-');
		value(p, v->a);
		break;
	default:
		text_char(out, '(');
		value(p, v->a);
		text_string(out, operator_of(v));
		value(p, v->b);
		text_char(out, ')');
		break;
	}
}

static bool is_leaf(const struct filter_node *node)
{
	return node->compare == FILTER_RETURN;
}

static void target(const struct printer *p, const struct filter_node *node)
{
	struct text *out = p->out;

	if (!is_leaf(node)) {
		text_format(out, "n%u", (unsigned int)p->numbers[node->id]);
	} else if (!node->a) {
		text_string(out, "accept");
	} else if (filter_is_const(node->a) && !node->a->k) {
		text_string(out, "reject");
	} else {
		text_string(out, "keep ");
		value(p, node->a);
	}
}

static void let(const struct printer *p, const struct filter_node *node)
{
	text_string(p->out, ": ");
	value(p, node->b);
	text_string(p->out, " = ");
	value(p, node->a);
	text_string(p->out, "; ");
	target(p, node->t);
}

static void line(const struct printer *p, const struct filter_node *node)
{
	static const char *const compares[] = {
		[FILTER_EQ] = " == ",	   [FILTER_GT] = " > ",
		[FILTER_GE] = " >= ",	   [FILTER_SET] = " & ",
		[FILTER_KNOWN] = " known",
	};
	struct text *out = p->out;

	target(p, node);
	if (node->compare == FILTER_LET) {
		let(p, node);
	} else if (!is_leaf(node)) {
		text_string(out, ": ");
		value(p, node->a);
		text_string(out, compares[node->compare]);
		if (filter_is_test(node))
			value(p, node->b);
		text_string(out, " ? ");
		target(p, node->t);
		text_string(out, " : ");
		target(p, node->f);
	}
	text_char(out, '\n');
}

/* Numbers what can be reached from @root as it will be printed, from 1. */
static void count(const struct filter_graph *g, const struct filter_node *root,
		  uint32_t *numbers)
{
	uint32_t n = 0;

	numbers[root->id] = 1;
	for (size_t id = root->id + 1u; id--;) {
		const struct filter_node *node = g->nodes[id];

		if (!numbers[id] || is_leaf(node))
			continue;
		numbers[id] = ++n;
		numbers[node->t->id] = numbers[node->f->id] = 1;
	}
}

int filter_graph_print(const struct filter_graph *g,
		       const struct filter_node *root, filter_variable_fn name,
		       struct arena *scratch, struct text *out)
{
	uint32_t *numbers =
		arena_take(scratch, (root->id + 1u) * sizeof(*numbers));
	struct printer p = { .out = out, .name = name };

	if (!numbers)
		return -ENOMEM;
	count(g, root, numbers);
	p.numbers = numbers;
	if (is_leaf(root))
		line(&p, root);
	for (size_t id = root->id + 1u; id--;)
		if (numbers[id] && !is_leaf(g->nodes[id]))
			line(&p, g->nodes[id]);
	return 0;
}
