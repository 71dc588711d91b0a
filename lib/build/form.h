/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The text form of packets:
 *
 *	text  = layer { "/" layer }
 *	layer = name { field [ "=" value ] | value }
 *
 * A layer is appended with its defaults as soon as its name was read; what
 * follows changes its bytes, by the names that pktcap_layer_fields() has.
 */
#ifndef BUILD_FORM_H
#define BUILD_FORM_H

#include "build/build.h"
#include "proto/tlv.h"

/* A part of the text: a name, or a value without its quotes; @p is NULL where
 * there is no value. */
struct form_word {
	const char *p;
	size_t len;
	size_t at;   /* of its first byte in the text */
	bool quoted; /* has escapes, and may be empty */
};

struct form_parser {
	const char *text;
	size_t at; /* of what is not read yet */
	struct pktcap_build *build;
	struct pktcap_error *error;
	const struct form_layer *layer; /* that is being read */
	struct form_word name;		/* of this layer, as it was written */
	size_t index;			/* in build; of what is a header */
	size_t first;			/* header of this text, in build */
	size_t hops_said; /* 1 + that whose time to live the text says */
	size_t mark;	  /* what specials of this layer remember, first 0 */
};

/* Another name for a field, and what is kept because it was set. */
struct form_field {
	const char *name;
	const char *field; /* the real name; NULL: name itself */
	uint32_t keep;	   /* PKTCAP_KEEP_*, FORM_* */
};

enum {
	/* The field is how long the header is itself. In struct pktcap_build,
	 * too, beside PKTCAP_KEEP_* and NUMBER_KNOWN. */
	FORM_OWN_LENGTH = 0x40,
	FORM_HOPS = 0x100 /* the time to live */
};

/* A field that is no number and no address, such as an option. */
struct form_special {
	const char *name;
	/* @self is this; @value.p is NULL where there is no value. */
	int (*set)(struct form_parser *p, const struct form_special *self,
		   struct form_word value);
	/* Of the value; NULL if it takes none. What may have one or not has a
	 * row for each. */
	const char *example;
	uint16_t kind; /* of an option */
	uint8_t width; /* bytes of its number */
};

enum { FORM_ALIASES = 2 };

/* What may stand between two "/". */
struct form_layer {
	/* As pktcap_proto_name() has it, or what a form of that is called. */
	const char *name;
	const char *alias[FORM_ALIASES]; /* other ones, NULL behind */
	uint16_t proto;			 /* NONE: bytes that are no header */
	const struct writer *writer;
	const void *defaults;		 /* the struct that the writer takes */
	const struct form_field *fields; /* up to a NULL name; may be NULL */
	const struct form_special *specials; /* the same */
	/* A value without a name in front; NULL if there can be none. */
	int (*value)(struct form_parser *p, const struct form_special *self,
		     struct form_word value);
	enum tlv_form options; /* how they are told apart */
	/* The time to live it needs in front of it; 0: any. */
	uint8_t hops;
	/* Behind the last field; NULL if there is nothing to do. */
	int (*end)(struct form_parser *p);
};

/* Those of each level, up to a NULL name. */
extern const struct form_layer form_link_layers[];
extern const struct form_layer form_bridge_layers[];
extern const struct form_layer form_ppp_layers[];
extern const struct form_layer form_network_layers[];
extern const struct form_layer form_extension_layers[];
extern const struct form_layer form_tunnel_layers[];
extern const struct form_layer form_icmp_layers[];
extern const struct form_layer form_multicast_layers[];
extern const struct form_layer form_transport_layers[];
extern const struct form_layer form_dns_layers[];
extern const struct form_layer form_dhcp_layers[];
extern const struct form_layer form_service_layers[];
extern const struct form_layer form_routing_layers[];
extern const struct form_layer form_data_layers[];

/* Names that fields of many headers have, up to a NULL name. */
extern const struct form_field form_common_fields[];

/* All layers, one after the other; NULL behind the last. */
const struct form_layer *form_layer_at(size_t index);

/* The name of a layer, then other ones; NULL behind the last. */
const char *form_layer_name(const struct form_layer *layer, size_t index);

/* What a word names; NULL if nothing has that name. */
const struct form_layer *form_layer_of(struct form_word word);
const struct form_field *form_field_of(const struct form_field *fields,
				       struct form_word word);

/* A name that looks like this one; NULL if there is none. */
const char *form_similar_layer(struct form_word word);
const char *form_similar_field(struct form_parser *p, struct form_word word);
const char *form_similar_label(const struct label *labels,
			       struct form_word word);
/* Fails: there is no such layer, or field of it. Tells which there are, unless
 * one is alike. */
int form_unknown(struct form_parser *p, struct form_word word,
		 const char *similar);

bool form_is(struct form_word word, const char *name);

/* Changes headers in front of one that was appended. */
void form_ask_front(struct form_parser *p);

/* Fails at a byte of the text; returns @code. @format as text_format(). */
int form_fail(struct form_parser *p, size_t at, int code, const char *format,
	      ...) __attribute__((format(printf, 4, 5)));

/* The same for what the build itself has failed with. */
int form_build_failed(struct form_parser *p, size_t at);
int form_no_room(struct form_parser *p, size_t at, size_t len);

/* A copy of the word for messages, cut to what they have room for. */
struct form_name {
	char text[48];
};
struct form_name form_name(struct form_word word);

/* --- the header that is being read, as far as it is there ------------------
 */

/* As decoding would find it, cut behind the fields that can be set. */
struct pktcap_layer form_header(struct form_parser *p);
/* As pktcap_layer_fields(), over the fields that can be set and some more. */
int form_walk(struct form_parser *p, pktcap_field_fn fn, void *arg);
uint8_t *form_start(struct form_parser *p);
size_t form_len(struct form_parser *p);
/* Are these PKTCAP_KEEP_*, FORM_OWN_LENGTH to stay as the text has them? */
bool form_keeps(struct form_parser *p, uint32_t keep);

/* Appends zeros to it, which are returned; NULL, and a failure at @at of the
 * text, if there is no room. */
uint8_t *form_extend(struct form_parser *p, size_t at, size_t len);
/* The same in front of its byte @offset. */
uint8_t *form_insert(struct form_parser *p, size_t at, size_t offset,
		     size_t len);
/* Drops all from its byte @len on. */
void form_cut(struct form_parser *p, size_t len);
/* Appends the bytes of a value: 0 or a failure. */
int form_append_bytes(struct form_parser *p, struct form_word value);

/* Zeros up to a multiple of @unit. */
int form_fill_up(struct form_parser *p, size_t unit);
/*
 * Fills up the options of IPv4 and TCP. Returns the words of the header, for
 * the four bits that say so; 0 if they are kept, or did not fit: a failure.
 */
size_t form_end_options(struct form_parser *p);
/* A length of 16 bits at @offset, unless it is kept: that of the header. */
int form_put_length(struct form_parser *p, size_t offset);
/* One more of what is counted in the 16 bits at @offset, unless it is kept. */
int form_count(struct form_parser *p, size_t at, size_t offset);

/* --- values; all return 0, or a failure that is reported ------------------ */

int form_number(struct form_parser *p, struct form_word word, uint64_t limit,
		uint64_t *value);
int form_mac(struct form_parser *p, struct form_word word, uint8_t mac[6]);
int form_ipv4(struct form_parser *p, struct form_word word, uint8_t ip[4]);
int form_ipv6(struct form_parser *p, struct form_word word, uint8_t ip[16]);
/*
 * The bytes of a quoted text, or of hex digits ("0x0102", "01:02"): how many,
 * and the first @size of them at @out, which may be NULL.
 */
int form_bytes(struct form_parser *p, struct form_word word, uint8_t *out,
	       size_t size, size_t *len);
/* The next word of a list "a,b,c" in @list, which is shortened by it. */
bool form_element(struct form_word *list, struct form_word *element);

/* "TYPE:..." in front of a colon; the rest stays in @value, without quotes if
 * it has some. */
int form_before_colon(struct form_parser *p, struct form_word *value,
		      uint64_t limit, uint64_t *number);
/* A number, or what @labels call it. */
int form_labelled(struct form_parser *p, struct form_word word,
		  const struct label *labels, uint64_t limit, uint64_t *value);

struct form_flag {
	const char *name;
	char letter; /* in lower case; 0: none */
	uint16_t bit;
};

/* A list of names, of letters in one word, of numbers. @self has an example. */
int form_flags(struct form_parser *p, const struct form_special *self,
	       struct form_word list, const struct form_flag *flags,
	       uint64_t limit, uint64_t *bits);

/* --- specials of several protocols -------------------------------------------
 *
 * Options have kind and length in front, in the form of the layer's options.
 */

/* A number of @width bytes, or nothing. */
int form_option_number(struct form_parser *p, const struct form_special *self,
		       struct form_word value);
/* A list of such numbers. */
int form_option_numbers(struct form_parser *p, const struct form_special *self,
			struct form_word value);
/* A list of addresses of IPv4. */
int form_option_ipv4(struct form_parser *p, const struct form_special *self,
		     struct form_word value);
int form_option_mac(struct form_parser *p, const struct form_special *self,
		    struct form_word value);
/* Hex digits, or text in quotes. */
int form_option_bytes(struct form_parser *p, const struct form_special *self,
		      struct form_word value);
/* Text, with or without quotes. */
int form_option_text(struct form_parser *p, const struct form_special *self,
		     struct form_word value);
/* The kind alone, no length. */
int form_option_single(struct form_parser *p, const struct form_special *self,
		       struct form_word value);
/* "KIND:HEX" */
int form_option_any(struct form_parser *p, const struct form_special *self,
		    struct form_word value);
/* Bytes instead of all behind the first @kind ones of the header. */
int form_body(struct form_parser *p, const struct form_special *self,
	      struct form_word value);
/* Kind and length in front of @len zeros, which are returned. */
uint8_t *form_option(struct form_parser *p, size_t at, uint32_t kind,
		     size_t len);

/* Is it a field whose bytes are in the header, to be changed there? Lists and
 * what was put together of several bytes are not. */
bool form_is_settable(const struct pktcap_field *field, size_t header_len);

bool form_has_field(struct form_parser *p, const char *name);

/* What decoding calls the values of a field; NULL if they have no names. */
const struct label *form_labels(struct form_parser *p, const char *name);

/* A field of the header that is being read, by the name the walk gives it. */
int form_set_field(struct form_parser *p, const char *name,
		   struct form_word value);

#endif
