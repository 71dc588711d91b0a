/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The words of an expression. The longest spelling wins, as in libpcap: "1-2"
 * is one name, "1 - 2" are three tokens, "0:1:2:3:4:5" is an address.
 */
#ifndef FILTER_TOKEN_H
#define FILTER_TOKEN_H

#include "filter/ast.h"

enum token_kind {
	TOKEN_END,
	TOKEN_PUNCT, /* value: the character, or one of punct */
	TOKEN_AND,
	TOKEN_OR,
	TOKEN_NOT,
	TOKEN_NUMBER, /* value; name if written as a name */
	TOKEN_NAME,
	TOKEN_IPV4, /* address, value: parts */
	TOKEN_IPV6,
	TOKEN_MAC,
	TOKEN_ARCNET,
	TOKEN_PATH,
	/* Keywords; value is what they mean: */
	TOKEN_PROTOCOL,	 /* enum ast_proto */
	TOKEN_DIRECTION, /* enum ast_dir */
	TOKEN_TYPE,	 /* enum ast_type of all others that have one: host */
	TOKEN_PROTO,	 /* proto, protochain */
	TOKEN_GATEWAY,
	TOKEN_CAST,    /* broadcast, multicast */
	TOKEN_ALONE,   /* inbound, outbound, pppoed */
	TOKEN_COUNTED, /* less, greater, ifindex, rnr, srnr */
	TOKEN_LABEL,   /* vlan, mpls, pppoes, geneve, vxlan */
	TOKEN_NAMED,   /* ifname, rset */
	TOKEN_CODED,   /* reason, action */
	TOKEN_WLAN,    /* type, subtype, dir */
	TOKEN_FIELD,   /* vpi, vci, sio ... */
	TOKEN_SIGNAL,  /* lane, oam, fisu ... */
	TOKEN_BYTE,
	TOKEN_LLC,
	TOKEN_MASK,
	TOKEN_LEN,
	TOKEN_INNER,
	TOKEN_SAMPLE
};

/* Punctuation of two characters. */
enum punct { PUNCT_GE = 256, PUNCT_LE, PUNCT_NE, PUNCT_LSH, PUNCT_RSH };

struct token {
	const char *word; /* a name without its quotes, not terminated */
	const char *name; /* of a keyword or a constant, static */
	uint32_t word_len;
	uint32_t kind;
	uint32_t offset, len;
	uint32_t value;
	uint8_t address[16];
};

struct lexer {
	const char *text;
	size_t len;
	size_t at;
	uint32_t flags;
	struct pktcap_error *error;
};

/* The next token; TOKEN_END again and again at the end. 0 or -EINVAL. */
int filter_lex(struct lexer *lexer, struct token *token);

/* -EINVAL for what is at @at and starts no token; says what to type instead. */
int filter_unexpected(struct lexer *lexer, size_t at);
/* One character as messages show it: a, U+00E9, 0x1b. Returns its bytes. */
size_t filter_show_character(struct text *text, const char *p, size_t n);

/* Bytes of the longest address at @p, 0 if there is none. */
size_t filter_match_mac(const char *p, size_t n);
size_t filter_match_ipv6(const char *p, size_t n);
/* The start of a MAC address that goes on wrongly: "0:1:2:". */
size_t filter_match_bogus_mac(const char *p, size_t n);
/* "10.1", "10.1.2", "10.1.2.3"; returns the parts in @parts. */
size_t filter_match_dotted(const char *p, size_t n, uint32_t *parts);
size_t filter_match_number(const char *p, size_t n);
/* "10.0.0.1-10.0.0.9", a name to the lexer; @cut: where the dash is. */
bool filter_is_ipv4_range(const char *p, size_t n, size_t *cut);

/* What was matched, as bytes; false if some part is out of range. */
bool filter_read_mac(const char *p, size_t n, uint8_t *out);
bool filter_read_ipv6(const char *p, size_t n, uint8_t *out);
bool filter_read_dotted(const char *p, size_t n, uint8_t *out);

/* A word that means something, or NULL. */
struct keyword {
	const char *word;
	uint32_t kind; /* enum token_kind */
	uint32_t value;
	uint32_t flags; /* FILTER_EXTENDED: only then a keyword */
};
const struct keyword *filter_keyword(const char *p, size_t n, uint32_t flags);

/* FILTER_WORDS_* of packets of this link type. */
uint32_t filter_words_of(uint32_t linktype);

/* The word a person may have meant, or NULL. */
const char *filter_similar(const char *p, size_t n, uint32_t flags);
/* One that stands for a number. */
const char *filter_similar_number(const char *p, size_t n);
unsigned int filter_distance(const char *p, size_t n, const char *word);

/* Words with a meaning in one place only. */
enum code_table {
	CODES_WLAN_TYPE,
	CODES_WLAN_MGT,
	CODES_WLAN_CTL,
	CODES_WLAN_DATA,
	CODES_WLAN_DIR,
	CODES_LLC_S,
	CODES_LLC_U,
	CODES_PF_REASON,
	CODES_PF_ACTION,
	CODES_COUNT
};
bool filter_code(enum code_table table, const char *p, size_t n,
		 uint32_t *value);
/* The word nearest to one that is not in the table, NULL if none is near. */
const char *filter_similar_code(enum code_table table, const char *p, size_t n);
/* The first word with @value, NULL if there is none. */
const char *filter_code_name(enum code_table table, uint32_t value);

#endif
