// SPDX-License-Identifier: BSD-2-Clause
/*
 * A primitive as a sentence. Those that are for specialists, who know them
 * best by their own words, are left as they are.
 */
#include "filter/print.h"

static const char *const titles[AST_PROTO_COUNT] = {
	[AST_PROTO_NONE] = "",
	[AST_PROTO_LINK] = "link-layer",
	[AST_PROTO_IP] = "IPv4",
	[AST_PROTO_IP6] = "IPv6",
	[AST_PROTO_ARP] = "ARP",
	[AST_PROTO_RARP] = "RARP",
	[AST_PROTO_TCP] = "TCP",
	[AST_PROTO_UDP] = "UDP",
	[AST_PROTO_SCTP] = "SCTP",
	[AST_PROTO_ICMP] = "ICMP",
	[AST_PROTO_ICMP6] = "ICMPv6",
	[AST_PROTO_IGMP] = "IGMP",
	[AST_PROTO_IGRP] = "IGRP",
	[AST_PROTO_PIM] = "PIM",
	[AST_PROTO_VRRP] = "VRRP",
	[AST_PROTO_CARP] = "CARP",
	[AST_PROTO_AH] = "AH",
	[AST_PROTO_ESP] = "ESP",
	[AST_PROTO_ATALK] = "AppleTalk",
	[AST_PROTO_AARP] = "AppleTalk ARP",
	[AST_PROTO_DECNET] = "DECnet",
	[AST_PROTO_LAT] = "DEC LAT",
	[AST_PROTO_SCA] = "DEC SCA",
	[AST_PROTO_MOPRC] = "DEC MOP remote console",
	[AST_PROTO_MOPDL] = "DEC MOP dump and load",
	[AST_PROTO_ISO] = "OSI",
	[AST_PROTO_ESIS] = "ES-IS",
	[AST_PROTO_ISIS] = "IS-IS",
	[AST_PROTO_ISIS_L1] = "IS-IS level 1",
	[AST_PROTO_ISIS_L2] = "IS-IS level 2",
	[AST_PROTO_ISIS_IIH] = "IS-IS hello",
	[AST_PROTO_ISIS_LSP] = "IS-IS LSP",
	[AST_PROTO_ISIS_SNP] = "IS-IS SNP",
	[AST_PROTO_ISIS_CSNP] = "IS-IS CSNP",
	[AST_PROTO_ISIS_PSNP] = "IS-IS PSNP",
	[AST_PROTO_CLNP] = "CLNP",
	[AST_PROTO_STP] = "spanning tree",
	[AST_PROTO_IPX] = "IPX",
	[AST_PROTO_NETBEUI] = "NetBEUI",
	[AST_PROTO_RADIO] = "radio",
};

static const char *const ends[] = {
	[AST_DIR_NONE] = "source or destination",
	[AST_DIR_SRC] = "source",
	[AST_DIR_DST] = "destination",
	[AST_DIR_SRC_OR_DST] = "source or destination",
	[AST_DIR_SRC_AND_DST] = "source and destination",
	[AST_DIR_RA] = "receiver",
	[AST_DIR_TA] = "transmitter",
	[AST_DIR_ADDR1] = "first",
	[AST_DIR_ADDR2] = "second",
	[AST_DIR_ADDR3] = "third",
	[AST_DIR_ADDR4] = "fourth",
};

static const char *title(const struct ast *ast, const char *otherwise)
{
	return ast->proto == AST_PROTO_NONE ? otherwise : titles[ast->proto];
}

/* "the source TCP port is 80 or 443" */
static void field(struct text *out, const struct ast *ast, const char *proto,
		  const char *name)
{
	text_format(out, "the %s %s%s%s ", ends[ast->dir], proto,
		    *proto ? " " : "", name);
	print_operands(out, ast, " or ");
}

static void tag(struct text *out, const struct ast *ast, const char *name)
{
	text_string(out, name);
	if (ast->operands) {
		text_string(out, " with number ");
		print_operands(out, ast, " or ");
	}
}

/* One tag in another: "vlan 5 > vlan 7". */
static void tags(struct text *out, const struct ast *ast)
{
	tag(out, ast, "there is a VLAN tag");
	for (ast = ast->nested; ast; ast = ast->nested)
		tag(out, ast, " and inside of it one");
}

static const char behind[] = "; what follows is looked for behind it";

static void counted(struct text *out, const struct ast *ast, const char *before,
		    const char *after)
{
	text_string(out, before);
	print_operands(out, ast, " or ");
	text_string(out, after);
}

/* Where the packet comes from or goes to. */
static bool explain_end(const struct ast *ast, struct text *out)
{
	switch (ast->type) {
	case AST_TYPE_DEFAULT:
	case AST_TYPE_HOST:
		field(out, ast, title(ast, ""), "address is");
		return true;
	case AST_TYPE_NET:
		field(out, ast, title(ast, ""), "address is in network");
		return true;
	case AST_TYPE_PORT:
		field(out, ast, title(ast, "TCP, UDP or SCTP"), "port is");
		return true;
	case AST_TYPE_PORTRANGE:
		field(out, ast, title(ast, "TCP, UDP or SCTP"),
		      "port is in the range");
		return true;
	case AST_TYPE_BROADCAST:
		text_format(out, "the %s destination is a broadcast address",
			    title(ast, titles[AST_PROTO_LINK]));
		return true;
	case AST_TYPE_MULTICAST:
		text_format(out, "the %s destination is a multicast address",
			    title(ast, titles[AST_PROTO_LINK]));
		return true;
	default:
		return false;
	}
}

/* What is around what the packet carries. */
static bool explain_layer(const struct ast *ast, uint32_t flags,
			  struct text *out)
{
	switch (ast->type) {
	case AST_TYPE_VLAN:
		tags(out, ast);
		text_string(out, flags & FILTER_EXTENDED ? "" : behind);
		return true;
	case AST_TYPE_MPLS:
		tag(out, ast, "there is an MPLS label");
		text_string(out, behind);
		return true;
	case AST_TYPE_PPPOES:
		tag(out, ast, "there is a PPPoE session");
		text_string(out, behind);
		return true;
	case AST_TYPE_GENEVE:
		tag(out, ast, "there is a Geneve tunnel");
		text_string(out, behind);
		return true;
	case AST_TYPE_VXLAN:
		tag(out, ast, "there is a VXLAN tunnel");
		text_string(out, behind);
		return true;
	default:
		return false;
	}
}

/* What is known of the packet as a whole. */
static bool explain_packet(const struct ast *ast, struct text *out)
{
	switch (ast->type) {
	case AST_TYPE_PPPOED:
		text_string(out, "the protocol is PPPoE discovery");
		return true;
	case AST_TYPE_INBOUND:
		text_string(out, "the packet was received");
		return true;
	case AST_TYPE_OUTBOUND:
		text_string(out, "the packet was sent");
		return true;
	case AST_TYPE_IFINDEX:
		counted(out, ast, "the number of the interface is ", "");
		return true;
	case AST_TYPE_SAMPLE:
		text_string(out, "the packet is of a random sample of ");
		print_operands(out, ast, " in ");
		return true;
	case AST_TYPE_LESS:
		counted(out, ast, "the packet has at most ", " bytes");
		return true;
	case AST_TYPE_GREATER:
		counted(out, ast, "the packet has at least ", " bytes");
		return true;
	default:
		return false;
	}
}

void explain_primitive(const struct ast *ast, uint32_t flags, struct text *out)
{
	switch (ast->type) {
	case AST_TYPE_ABBREV:
		text_format(out, "the protocol is %s", titles[ast->proto]);
		return;
	case AST_TYPE_PROTO:
		text_format(out, "the protocol%s%s has number ",
			    ast->proto ? " in " : "", titles[ast->proto]);
		print_operands(out, ast, " or ");
		return;
	case AST_TYPE_PROTOCHAIN:
		text_format(out, "a header of the %s packet has number ",
			    title(ast, "IP"));
		print_operands(out, ast, " or ");
		return;
	default:
		if (!explain_end(ast, out) && !explain_layer(ast, flags, out) &&
		    !explain_packet(ast, out))
			print_primitive(ast, out);
		return;
	}
}
