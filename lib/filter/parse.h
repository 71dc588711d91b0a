/* SPDX-License-Identifier: BSD-2-Clause */
/* What the two halves of the parser share: operators, and primitives. */
#ifndef FILTER_PARSE_H
#define FILTER_PARSE_H

#include "filter/token.h"

/* What a bare address or number stands for; carried from term to term. */
struct quals {
	uint32_t proto, dir, type;
	uint32_t offset; /* of the first of them, */
	bool written;	 /* if they stand right here */
	bool defined;
};

struct parser {
	struct arena *arena;
	struct lexer lexer;
	struct token token; /* not consumed yet */
};

/* Consumes the token. 0 or -EINVAL. */
int parse_advance(struct parser *p);
bool parse_is(const struct parser *p, uint32_t punct);
/* -EINVAL at the token: @expected is a whole phrase. */
int parse_fault(struct parser *p, const char *expected);
/* The same with a word that may have been meant, unless @similar is NULL. */
int parse_fault_similar(struct parser *p, const char *expected,
			const char *similar);
/* The first %s is the token, all others @what, or the token if that is NULL. */
int parse_fault_at(struct parser *p, const struct token *at, const char *format,
		   const char *what);

struct ast *parse_node(struct parser *p, enum ast_kind kind,
		       const struct token *at);
struct ast *parse_primitive_node(struct parser *p, uint32_t proto,
				 uint32_t type, const struct token *at);

/* The prefix length behind the '/' at the token, of an address of @bits. */
int parse_prefix(struct parser *p, const struct ast *ast, struct ast_operand *o,
		 uint32_t bits);
/* The same for the mask behind "mask". */
int parse_mask(struct parser *p, const struct ast *ast, struct ast_operand *o);

/* An id that nothing says what it is. -EINVAL. */
int parse_undefined(struct parser *p, const struct token *at);
/* The same where other faults are to be told than words that are not known; 0
 * if nothing is like it. */
int parse_unknown_word(struct parser *p, const struct token *at);
/*
 * Behind "proto" words such as tcp are names of protocols, if the language is
 * extended. Whether the token was such a word, and is a name now.
 */
bool parse_protocol_word(struct parser *p, uint32_t type);
/* Twelve digits are an Ethernet address to the lexer. */
bool parse_is_long_number(const struct token *t);
#define PARSE_LONG_NUMBER "'%s' is too much: a number has at most 32 bits"

/* Whether the token can be an id by itself: a name, an address, a set. */
bool parse_at_id(const struct parser *p);
/* The primitive that @quals and the id at the token make. */
int parse_id(struct parser *p, const struct quals *quals, struct ast **out);
/* The same for a number that was read already. */
int parse_number_id(struct parser *p, const struct quals *quals,
		    const struct token *number, struct ast **out);
/* Adds what the set at the token holds to @ast. */
int parse_set(struct parser *p, struct ast *ast);
/* The same for one thing of a set. */
int parse_element(struct parser *p, struct ast *ast);
int parse_add_number(struct parser *p, struct ast *ast,
		     const struct token *number);

/*
 * A primitive whose operands, if any, are numbers and words of its own. @proto
 * is what stood before it. -ENOENT if the token starts none.
 */
int parse_special(struct parser *p, uint32_t proto, struct ast **out);

/* Qualifiers behind @proto; -ENOENT if there are none. */
int parse_quals(struct parser *p, uint32_t proto, struct quals *out);

#endif
