// SPDX-License-Identifier: BSD-2-Clause
/* What follows the address of a network. */
#include "filter/parse.h"

/* Bits behind the network's would never match: a slip of the pen. */
static bool outside(const uint8_t *address, const uint8_t *mask, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (address[i] & ~mask[i])
			return true;
	return false;
}

static bool outside_prefix(const struct ast_operand *o, size_t n)
{
	uint8_t mask[16] = { 0 };

	for (size_t i = 0; i < n * 8 && i < (size_t)o->prefix; i++)
		mask[i / 8] |= (uint8_t)(0x80 >> i % 8);
	return outside(o->address, mask, n);
}

/* What the network of the address would be, where it is short enough. */
static int outside_fault(struct parser *p, const struct ast_operand *o,
			 size_t n)
{
	char network[24];
	struct text text = text_over(network, sizeof(network));

	if (n != 4)
		return parse_fault_at(p, &p->token,
				      "the address has bits set behind its "
				      "first %s bits: clear them",
				      NULL);
	for (uint32_t i = 0; i < 4; i++) {
		uint32_t bits = (uint32_t)o->prefix > 8 * i
					? (uint32_t)o->prefix - 8 * i
					: 0;
		uint32_t mask = bits < 8 ? 0xff00u >> bits & 0xff : 0xff;

		if (i)
			text_char(&text, '.');
		text_number(&text, o->address[i] & mask, 10, 0, 0);
	}
	text_char(&text, '/');
	text_number(&text, (uint32_t)o->prefix, 10, 0, 0);
	return parse_fault_at(
		p, &p->token,
		"the address has bits set behind its first %s bits: "
		"did you mean '%s'?",
		network);
}

int parse_prefix(struct parser *p, const struct ast *ast, struct ast_operand *o,
		 uint32_t bits)
{
	int rc = parse_advance(p);

	if (rc)
		return rc;
	if (p->token.kind != TOKEN_NUMBER)
		return parse_fault(p, "a prefix length is expected");
	if (p->token.value > bits)
		return parse_fault(p, bits == 32 ? "at most /32 is expected"
						 : "at most /128 is expected");
	o->prefix = (int32_t)p->token.value;
	o->len = p->token.offset + p->token.len - o->offset;
	if (ast->type != AST_TYPE_NET &&
	    !(bits == 128 && o->prefix == 128 &&
	      (ast->type == AST_TYPE_HOST || ast->type == AST_TYPE_DEFAULT)))
		return parse_fault_at(p, &p->token,
				      "'/%s' is for networks: "
				      "did you mean 'net'?",
				      NULL);
	if (outside_prefix(o, bits / 8))
		return outside_fault(p, o, bits / 8);
	return parse_advance(p);
}

int parse_mask(struct parser *p, const struct ast *ast, struct ast_operand *o)
{
	int rc = parse_advance(p);

	if (rc)
		return rc;
	if (p->token.kind != TOKEN_IPV4 ||
	    !filter_read_dotted(p->token.word, p->token.word_len, o->mask))
		return parse_fault(p, "a mask as 255.255.0.0 is expected");
	if (ast->type != AST_TYPE_NET)
		return parse_fault_at(p, &p->token,
				      "masks such as '%s' are for networks: "
				      "did you mean 'net'?",
				      NULL);
	o->prefix = AST_PREFIX_MASK;
	o->mask_parts = p->token.value;
	o->len = p->token.offset + p->token.len - o->offset;
	if (outside(o->address, o->mask, 4))
		return parse_fault_at(p, &p->token,
				      "the address has bits set that the mask "
				      "'%s' has not: clear them",
				      NULL);
	return parse_advance(p);
}
