/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What an expression says, with nothing left of how it was written: carried
 * over qualifiers are filled in, names are not resolved, no link type is
 * known. Everything lies in the arena of the compilation.
 */
#ifndef FILTER_AST_H
#define FILTER_AST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <pktcap/base.h>

#include "base/arena.h"
#include "base/text.h"

enum {
	/* Language beyond libpcap 1.10: sets, quotes, @FILE, inner(), sample,
	 * vxlan, "vlan 5 > vlan 7". */
	FILTER_EXTENDED = 1 << 0,
	/* A list and no expression: '#' starts a comment, and @FILE is none. */
	FILTER_LIST = 1 << 1,
	/* Words of link types that few have, to suggest them: */
	FILTER_WORDS_SIGNALS = 1 << 2, /* ATM and SS7 */
	FILTER_WORDS_PF = 1 << 3,
	FILTER_WORDS_WLAN = 1 << 4
};

enum ast_proto {
	AST_PROTO_NONE,
	AST_PROTO_LINK, /* also written ether, fddi, tr, wlan, ppp, slip */
	AST_PROTO_IP,
	AST_PROTO_IP6,
	AST_PROTO_ARP,
	AST_PROTO_RARP,
	AST_PROTO_TCP,
	AST_PROTO_UDP,
	AST_PROTO_SCTP,
	AST_PROTO_ICMP,
	AST_PROTO_ICMP6,
	AST_PROTO_IGMP,
	AST_PROTO_IGRP,
	AST_PROTO_PIM,
	AST_PROTO_VRRP,
	AST_PROTO_CARP,
	AST_PROTO_AH,
	AST_PROTO_ESP,
	AST_PROTO_ATALK,
	AST_PROTO_AARP,
	AST_PROTO_DECNET,
	AST_PROTO_LAT,
	AST_PROTO_SCA,
	AST_PROTO_MOPRC,
	AST_PROTO_MOPDL,
	AST_PROTO_ISO,
	AST_PROTO_ESIS,
	AST_PROTO_ISIS,
	AST_PROTO_ISIS_L1,
	AST_PROTO_ISIS_L2,
	AST_PROTO_ISIS_IIH,
	AST_PROTO_ISIS_LSP,
	AST_PROTO_ISIS_SNP,
	AST_PROTO_ISIS_CSNP,
	AST_PROTO_ISIS_PSNP,
	AST_PROTO_CLNP,
	AST_PROTO_STP,
	AST_PROTO_IPX,
	AST_PROTO_NETBEUI,
	AST_PROTO_RADIO,
	AST_PROTO_COUNT
};

enum ast_dir {
	AST_DIR_NONE, /* source or destination, where it matters */
	AST_DIR_SRC,
	AST_DIR_DST,
	AST_DIR_SRC_OR_DST,
	AST_DIR_SRC_AND_DST,
	AST_DIR_RA,
	AST_DIR_TA,
	AST_DIR_ADDR1,
	AST_DIR_ADDR2,
	AST_DIR_ADDR3,
	AST_DIR_ADDR4
};

/*
 * What a primitive tests. The comment tells the operands: N a number, NAME,
 * "-" none, "[N]" none or one. Where a set is allowed there may be several:
 * one of them must match.
 */
enum ast_type {
	AST_TYPE_ABBREV,     /* - : the protocol alone, as in "tcp" */
	AST_TYPE_DEFAULT,    /* "src foo": no type was named, host is meant */
	AST_TYPE_HOST,	     /* IPV4 IPV6 MAC ARCNET DECNET N NAME FILE, set */
	AST_TYPE_NET,	     /* IPV4 IPV6 N NAME FILE, set */
	AST_TYPE_PORT,	     /* N RANGE (in sets) NAME NAME_RANGE FILE, set */
	AST_TYPE_PORTRANGE,  /* N RANGE NAME NAME_RANGE FILE, set */
	AST_TYPE_PROTO,	     /* N RANGE (in sets) NAME, set */
	AST_TYPE_PROTOCHAIN, /* N NAME, set */
	AST_TYPE_GATEWAY,    /* NAME */
	AST_TYPE_BROADCAST,  /* - */
	AST_TYPE_MULTICAST,  /* - */
	AST_TYPE_LESS,	     /* N : length <= N */
	AST_TYPE_GREATER,    /* N : length >= N */
	AST_TYPE_BYTE, /* N N, op in ->byte_op: "byte 0 & 5" of the link header
			*/
	AST_TYPE_INBOUND,      /* - */
	AST_TYPE_OUTBOUND,     /* - */
	AST_TYPE_IFINDEX,      /* N */
	AST_TYPE_VLAN,	       /* [N], set or RANGE in a set; ->nested */
	AST_TYPE_MPLS,	       /* [N], set */
	AST_TYPE_PPPOED,       /* - */
	AST_TYPE_PPPOES,       /* [N], set */
	AST_TYPE_GENEVE,       /* [N], set */
	AST_TYPE_VXLAN,	       /* [N], set; extended */
	AST_TYPE_SAMPLE,       /* N N : N of N packets; extended */
	AST_TYPE_LLC,	       /* - : any LLC frame */
	AST_TYPE_LLC_I,	       /* - */
	AST_TYPE_LLC_S,	       /* - */
	AST_TYPE_LLC_U,	       /* - */
	AST_TYPE_LLC_SUB_S,    /* N : supervisory control bits (0x0c field) */
	AST_TYPE_LLC_SUB_U,    /* N : unnumbered control (0xef field) */
	AST_TYPE_WLAN_TYPE,    /* N : frame control type & 0x0c */
	AST_TYPE_WLAN_SUBTYPE, /* N, N : type | subtype of frame control, mask
				*/
	AST_TYPE_WLAN_DIR,     /* N : direction & 3 */
	AST_TYPE_PF_IFNAME,    /* NAME */
	AST_TYPE_PF_RULESET,   /* NAME */
	AST_TYPE_PF_RULE,      /* N */
	AST_TYPE_PF_SUBRULE,   /* N */
	AST_TYPE_PF_REASON,    /* N */
	AST_TYPE_PF_ACTION,    /* N */
	AST_TYPE_ATM, /* - : the keyword (lane, metac, oam ...) in ->keyword */
	AST_TYPE_ATM_FIELD,  /* vpi, vci: ->keyword, ->compare, N... one of */
	AST_TYPE_MTP2,	     /* - : fisu, lssu, msu, hfisu ... in ->keyword */
	AST_TYPE_MTP3_FIELD, /* sio, opc, dpc, sls, hsio ...: as ATM_FIELD */
	AST_TYPE_COUNT
};

enum ast_operand_kind {
	AST_OPERAND_NUMBER,	/* number */
	AST_OPERAND_RANGE,	/* number to last, both included */
	AST_OPERAND_IPV4,	/* address, parts, prefix or mask */
	AST_OPERAND_IPV6,	/* address, prefix */
	AST_OPERAND_MAC,	/* address[0..5] */
	AST_OPERAND_ARCNET,	/* number: $2a */
	AST_OPERAND_NAME,	/* name */
	AST_OPERAND_NAME_RANGE, /* name and name_last: "ftp-data-ssh" is cut at
				 * its first dash, as libpcap does */
	AST_OPERAND_FILE,	/* name: the path behind @ */
	AST_OPERAND_IPV4_RANGE, /* address to address_last, extended; in sets */
	AST_OPERAND_DECNET	/* number: area << 10 | node, from 10.123 */
};

enum {
	AST_PREFIX_NONE = -1, /* neither /N nor mask was written */
	AST_PREFIX_MASK = -2  /* "net 10.0.0.0 mask 255.0.255.0": ->mask */
};

struct ast_operand {
	struct ast_operand *next; /* of the set, or the second operand */
	const char *name;	  /* terminated; no keyword */
	const char *name_last;
	uint32_t kind;	      /* enum ast_operand_kind */
	uint32_t offset, len; /* where it is in the text */
	uint32_t number;
	uint32_t last;
	int32_t prefix; /* of IPV4 and IPV6: bits or AST_PREFIX_* */
	/*
	 * IPV4: as many parts as were written, 1 to 4 ("10.1" has 2); address
	 * and mask hold them left-aligned: 10.1.0.0. With fewer than 4 parts
	 * and no prefix it is a network of 8 * parts bits, even for host.
	 * NUMBER as an operand of host and net is left to the generator: "net
	 * 10" means 10/8, "host 167772161" is an address.
	 */
	uint32_t parts, mask_parts;
	uint8_t address[16]; /* network order */
	uint8_t address_last[4];
	uint8_t mask[4];
};

enum arith_kind {
	ARITH_CONST, /* value, name if it was written as a name */
	ARITH_LEN,
	ARITH_LOAD, /* proto [ a : size ] */
	ARITH_BINARY,
	ARITH_NEG
};

enum arith_op {
	ARITH_ADD,
	ARITH_SUB,
	ARITH_MUL,
	ARITH_DIV,
	ARITH_MOD,
	ARITH_AND,
	ARITH_OR,
	ARITH_XOR,
	ARITH_LSH,
	ARITH_RSH
};

struct arith {
	struct arith *a, *b;
	const char *name;
	uint32_t kind;	/* enum arith_kind */
	uint32_t op;	/* enum arith_op */
	uint32_t proto; /* enum ast_proto */
	uint32_t size;	/* 1, 2 or 4 */
	uint32_t value;
	uint32_t offset; /* in the text */
	uint32_t depth;	 /* height of the tree, 1 for a leaf */
};

enum ast_compare { AST_EQ, AST_NE, AST_GT, AST_GE, AST_LT, AST_LE };

enum ast_kind {
	AST_AND,
	AST_OR,
	AST_NOT,
	AST_INNER, /* a: what must hold inside the tunnel; extended */
	AST_RELATION,
	AST_PRIMITIVE
};

struct ast {
	struct ast *a, *b; /* of AND and OR; a of NOT and INNER */
	struct arith *left, *right;
	struct ast_operand *operands, *last; /* first and last of a list */
	struct ast
		*nested; /* vlan 5 > vlan 7: the primitive of the inner tag */
	const char *keyword; /* of ATM and MTP */
	const char *empty;   /* a list among the operands that holds nothing */
	uint32_t kind;	     /* enum ast_kind */
	uint32_t compare;    /* enum ast_compare, of RELATION and *_FIELD */
	uint32_t proto;	     /* enum ast_proto */
	uint32_t dir;	     /* enum ast_dir */
	uint32_t type;	     /* enum ast_type */
	uint32_t byte_op;    /* of BYTE: '=', '<', '>', '&' or '|' */
	uint32_t offset,
		len;	   /* where it is in the text: operator or primitive */
	uint32_t depth;	   /* height of the tree, 1 for a leaf */
	uint32_t empty_at; /* where the text names that list */
	bool set;	   /* the operands were written as a set */
};

enum {
	/* Expressions are refused beyond it. Bounds memory, not depth: */
	FILTER_TEXT_MAX = 4 << 20,
	/* nothing here recurses; who does may look at ->depth first. */
	FILTER_ARENA_PER_BYTE = 768,
	FILTER_ARENA_PER_LIST_BYTE = 4 * FILTER_ARENA_PER_BYTE
};

/*
 * Reads @len bytes at @text. *@out is NULL for an empty expression, which
 * matches everything. 0, -EINVAL for what is no expression, -E2BIG, -ENOMEM;
 * @error, which may be NULL, then tells the byte and what to write instead.
 */
int filter_parse(struct arena *arena, const char *text, size_t len,
		 uint32_t flags, struct ast **out, struct pktcap_error *error);

/*
 * One line: what was understood, fully parenthesized. Names are in quotes where
 * they must be; those only FILTER_EXTENDED reads.
 */
int filter_print_ast(struct arena *arena, const struct ast *ast,
		     struct text *text);

/* One line per token: byte, kind and value; the text must have parsed. */
int filter_print_tokens(const char *source, size_t len, uint32_t flags,
			struct text *text);

/* The words themselves, for messages; "" for NONE. */
const char *filter_proto_name(enum ast_proto proto);
const char *filter_dir_name(enum ast_dir dir);
const char *filter_type_name(enum ast_type type);

#endif
