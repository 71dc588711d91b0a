// SPDX-License-Identifier: BSD-2-Clause
#include <string.h>

#include "filter/print.h"

static const char *const protos[AST_PROTO_COUNT] = {
	"",	 "ether", "ip",	   "ip6",  "arp",    "rarp", "tcp",	"udp",
	"sctp",	 "icmp",  "icmp6", "igmp", "igrp",   "pim",  "vrrp",	"carp",
	"ah",	 "esp",	  "atalk", "aarp", "decnet", "lat",  "sca",	"moprc",
	"mopdl", "iso",	  "esis",  "isis", "l1",     "l2",   "iih",	"lsp",
	"snp",	 "csnp",  "psnp",  "clnp", "stp",    "ipx",  "netbeui", "radio",
};

static const char *const dirs[] = {
	"",   "src",   "dst",	"src or dst", "src and dst", "ra",
	"ta", "addr1", "addr2", "addr3",      "addr4",
};

static const char *const types[AST_TYPE_COUNT] = {
	[AST_TYPE_ABBREV] = "",
	[AST_TYPE_DEFAULT] = "",
	[AST_TYPE_HOST] = "host",
	[AST_TYPE_NET] = "net",
	[AST_TYPE_PORT] = "port",
	[AST_TYPE_PORTRANGE] = "portrange",
	[AST_TYPE_PROTO] = "proto",
	[AST_TYPE_PROTOCHAIN] = "protochain",
	[AST_TYPE_GATEWAY] = "gateway",
	[AST_TYPE_BROADCAST] = "broadcast",
	[AST_TYPE_MULTICAST] = "multicast",
	[AST_TYPE_LESS] = "less",
	[AST_TYPE_GREATER] = "greater",
	[AST_TYPE_BYTE] = "byte",
	[AST_TYPE_INBOUND] = "inbound",
	[AST_TYPE_OUTBOUND] = "outbound",
	[AST_TYPE_IFINDEX] = "ifindex",
	[AST_TYPE_VLAN] = "vlan",
	[AST_TYPE_MPLS] = "mpls",
	[AST_TYPE_PPPOED] = "pppoed",
	[AST_TYPE_PPPOES] = "pppoes",
	[AST_TYPE_GENEVE] = "geneve",
	[AST_TYPE_VXLAN] = "vxlan",
	[AST_TYPE_SAMPLE] = "sample",
	[AST_TYPE_LLC] = "llc",
	[AST_TYPE_LLC_I] = "llc i",
	[AST_TYPE_LLC_S] = "llc s",
	[AST_TYPE_LLC_U] = "llc u",
	[AST_TYPE_LLC_SUB_S] = "llc",
	[AST_TYPE_LLC_SUB_U] = "llc",
	[AST_TYPE_WLAN_TYPE] = "type",
	[AST_TYPE_WLAN_SUBTYPE] = "type",
	[AST_TYPE_WLAN_DIR] = "dir",
	[AST_TYPE_PF_IFNAME] = "ifname",
	[AST_TYPE_PF_RULESET] = "ruleset",
	[AST_TYPE_PF_RULE] = "rulenum",
	[AST_TYPE_PF_SUBRULE] = "subrulenum",
	[AST_TYPE_PF_REASON] = "reason",
	[AST_TYPE_PF_ACTION] = "action",
	[AST_TYPE_ATM] = "",
	[AST_TYPE_ATM_FIELD] = "",
	[AST_TYPE_MTP2] = "",
	[AST_TYPE_MTP3_FIELD] = "",
};

const char *filter_proto_name(enum ast_proto proto)
{
	return protos[proto];
}

const char *filter_dir_name(enum ast_dir dir)
{
	return dirs[dir];
}

const char *filter_type_name(enum ast_type type)
{
	return types[type];
}

const char *print_compare(enum ast_compare compare)
{
	static const char *const all[] = { " = ",  " != ", " > ",
					   " >= ", " < ",  " <= " };

	return all[compare];
}

static void number(struct text *text, uint32_t value)
{
	text_number(text, value, 10, 0, 0);
}

static void print_dotted(struct text *text, const uint8_t *p, uint32_t parts)
{
	for (uint32_t i = 0; i < parts; i++) {
		if (i)
			text_char(text, '.');
		number(text, p[i]);
	}
}

static void print_prefix(struct text *text, const struct ast_operand *o)
{
	if (o->prefix >= 0) {
		text_char(text, '/');
		number(text, (uint32_t)o->prefix);
	} else if (o->prefix == AST_PREFIX_MASK) {
		text_string(text, " mask ");
		print_dotted(text, o->mask, o->mask_parts);
	}
}

static void print_hex(struct text *text, const uint8_t *p, size_t n,
		      size_t group)
{
	for (size_t i = 0; i < n; i++) {
		if (i && i % group == 0)
			text_char(text, ':');
		text_number(text, p[i], 16, 2, '0');
	}
}

/* Names as they must be written to be read as names. */
static void print_name(struct text *text, const char *name)
{
	struct lexer lexer = { name, strlen(name), 0, FILTER_EXTENDED, NULL };
	struct token token;
	char quote = strchr(name, '"') ? '\'' : '"';
	size_t cut;

	if (filter_lex(&lexer, &token) == 0 && token.kind == TOKEN_NAME &&
	    token.word == name && token.len == lexer.len &&
	    !filter_is_ipv4_range(name, lexer.len, &cut)) {
		text_string(text, name);
	} else if (strpbrk(name, " !()\n\t{},") == NULL) {
		text_char(text, '\\');
		text_string(text, name);
	} else {
		text_char(text, quote);
		text_string(text, name);
		text_char(text, quote);
	}
}

/* One word, cut at its first dash; it could be a keyword as a whole. */
static void print_name_range(struct text *text, const char *from,
			     const char *to)
{
	char quote = strchr(from, '"') || strchr(to, '"') ? '\'' : '"';
	bool quoted =
		strpbrk(from, " !()\n\t{},") || strpbrk(to, " !()\n\t{},");

	text_char(text, quoted ? quote : '\\');
	text_string(text, from);
	text_char(text, '-');
	text_string(text, to);
	if (quoted)
		text_char(text, quote);
}

static void print_path(struct text *text, const char *path)
{
	char quote = strchr(path, '"') ? '\'' : '"';

	text_char(text, '@');
	text_char(text, quote);
	text_string(text, path);
	text_char(text, quote);
}

static void print_operand(struct text *text, const struct ast_operand *o)
{
	switch (o->kind) {
	case AST_OPERAND_NUMBER:
		number(text, o->number);
		break;
	case AST_OPERAND_RANGE:
		number(text, o->number);
		text_char(text, '-');
		number(text, o->last);
		break;
	case AST_OPERAND_IPV4:
		print_dotted(text, o->address, o->parts);
		print_prefix(text, o);
		break;
	case AST_OPERAND_IPV4_RANGE:
		print_dotted(text, o->address, 4);
		text_char(text, '-');
		print_dotted(text, o->address_last, 4);
		break;
	case AST_OPERAND_IPV6:
		print_hex(text, o->address, 16, 2);
		print_prefix(text, o);
		break;
	case AST_OPERAND_MAC:
		print_hex(text, o->address, 6, 1);
		break;
	case AST_OPERAND_ARCNET:
		text_char(text, '$');
		text_number(text, o->number, 16, 2, '0');
		break;
	case AST_OPERAND_DECNET:
		number(text, o->number >> 10);
		text_char(text, '.');
		number(text, o->number & 0x3ff);
		break;
	case AST_OPERAND_NAME_RANGE:
		print_name_range(text, o->name, o->name_last);
		break;
	case AST_OPERAND_FILE:
		print_path(text, o->name);
		break;
	default:
		print_name(text, o->name);
		break;
	}
}

void print_operands(struct text *text, const struct ast *ast,
		    const char *between)
{
	for (const struct ast_operand *o = ast->operands; o; o = o->next) {
		print_operand(text, o);
		if (o->next)
			text_string(text, between);
	}
}

static void word(struct text *text, const char *s, bool *first)
{
	if (!*s)
		return;
	if (!*first)
		text_char(text, ' ');
	text_string(text, s);
	*first = false;
}

static void print_field(const struct ast *ast, struct text *text)
{
	text_string(text, ast->keyword);
	if (!ast->operands)
		return;
	if (ast->operands->next) {
		text_string(text, " (");
		print_operands(text, ast, " or ");
		text_char(text, ')');
		return;
	}
	text_string(text, print_compare(ast->compare));
	print_operands(text, ast, "");
}

/* Operands that only their own keyword understands; false for all others. */
static bool print_own(const struct ast *ast, struct text *text)
{
	uint32_t value = ast->operands ? ast->operands->number : 0;
	char byte_op[] = { ' ', (char)ast->byte_op, ' ', '\0' };

	switch (ast->type) {
	case AST_TYPE_WLAN_SUBTYPE:
		number(text, value & 0x0c);
		text_string(text, " subtype ");
		number(text, value & 0xf0);
		return true;
	case AST_TYPE_LLC_SUB_S:
		text_string(text, filter_code_name(CODES_LLC_S, value));
		return true;
	case AST_TYPE_LLC_SUB_U:
		text_string(text, filter_code_name(CODES_LLC_U, value));
		return true;
	case AST_TYPE_PF_ACTION:
		text_string(text, filter_code_name(CODES_PF_ACTION, value));
		return true;
	case AST_TYPE_BYTE:
		print_operands(text, ast, byte_op);
		return true;
	case AST_TYPE_SAMPLE:
		print_operands(text, ast, "/");
		return true;
	default:
		return false;
	}
}

static void print_one(const struct ast *ast, struct text *text)
{
	bool first = true;

	word(text, protos[ast->proto], &first);
	word(text, dirs[ast->dir], &first);
	word(text, types[ast->type], &first);
	if (ast->keyword) {
		print_field(ast, text);
		return;
	}
	if (!ast->operands)
		return;
	if (!first)
		text_char(text, ' ');
	if (print_own(ast, text))
		return;
	if (ast->set)
		text_char(text, '{');
	print_operands(text, ast, ", ");
	if (ast->set)
		text_char(text, '}');
}

void print_primitive(const struct ast *ast, struct text *text)
{
	print_one(ast, text);
	for (ast = ast->nested; ast; ast = ast->nested) {
		text_string(text, " > ");
		print_one(ast, text);
	}
}
