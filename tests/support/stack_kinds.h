/* SPDX-License-Identifier: BSD-2-Clause */
/* What stack.c draws: each struct with its members. */
#ifndef TESTS_SUPPORT_STACK_KINDS_H
#define TESTS_SUPPORT_STACK_KINDS_H

#include "support/stack.h"

enum stack_member_kind {
	STACK_NUMBER = 1, /* any value of so many bits, a multiple of unit */
	STACK_BYTES,	  /* an array of any bytes */
	STACK_COMPUTED,	  /* any value, and another one comes out */
	STACK_NEXT,    /* the same in front of headers; of data, this value */
	STACK_FIXED,   /* always this value */
	STACK_POINTER, /* to bytes, whose number is in another member */
};

struct stack_member {
	const char *name;
	enum stack_member_kind kind;
	uint16_t at, size; /* in the struct */
	uint16_t len_at, len_size;
	uint8_t bits;
	uint8_t unit;
	uint8_t max;   /* bytes, of POINTER */
	uint8_t scale; /* bytes, of what the member with its length counts */
	uint8_t lead;  /* bytes in front that belong to the first unit */
	uint32_t value;
};

struct stack_kind {
	const char *name;
	uint16_t proto;
	uint16_t size;
	int (*build)(struct pktcap_build *build, const void *header,
		     uint32_t keep);
	int (*get)(const struct pktcap_layer *layer, void *header);
	const struct stack_member *members;
	size_t member_count;
	/* What members mean for each other; @next is NULL in front of data. */
	void (*settle)(struct stack *s, struct stack_header *h,
		       const struct stack_kind *next);
	/* Kinds that may follow, "data" or nothing, each as often as it is
	 * named; "!" in front of those that are data in plain stacks. */
	const char *carries;
};

/* Into a member of 1, 2, 4 or 8 bytes. */
void stack_put_number(uint8_t *p, size_t size, uint64_t value);

/* All kinds, by number; NULL behind the last one. */
const struct stack_kind *stack_kind_at(size_t index);

/* An element of a list of options: some bytes that it has, then any. */
struct stack_element {
	uint8_t len;
	uint8_t fixed;
	uint8_t bytes[12];
};

/* Elements at random, of at most @max bytes together; returns their length. */
size_t stack_list(struct stack *s, uint8_t *out, size_t max,
		  const struct stack_element *elements, size_t n);

/* By level: stack_link.c, ... */
extern const struct stack_kind stack_link_kinds[];
extern const size_t stack_link_count;
extern const struct stack_kind stack_network_kinds[];
extern const size_t stack_network_count;
extern const struct stack_kind stack_transport_kinds[];
extern const size_t stack_transport_count;
extern const struct stack_kind stack_tunnel_kinds[];
extern const size_t stack_tunnel_count;
extern const struct stack_kind stack_application_kinds[];
extern const size_t stack_application_count;

/* Rows of members. */
#define FIELD(type, name)                                  \
#name, .at = offsetof(struct pktcap_##type, name), \
	       .size = sizeof(((struct pktcap_##type *)NULL)->name)
#define NUMBER(type, name, width)                                       \
	{                                                               \
		FIELD(type, name), .kind = STACK_NUMBER, .bits = width, \
				   .unit = 1                            \
	}
#define MULTIPLE(type, name, width, of)                                 \
	{                                                               \
		FIELD(type, name), .kind = STACK_NUMBER, .bits = width, \
				   .unit = of                           \
	}
#define BYTES(type, name)                              \
	{                                              \
		FIELD(type, name), .kind = STACK_BYTES \
	}
#define COMPUTED(type, name, width)                                       \
	{                                                                 \
		FIELD(type, name), .kind = STACK_COMPUTED, .bits = width, \
				   .unit = 1                              \
	}
#define NEXT(type, name, width, none)                                 \
	{                                                             \
		FIELD(type, name), .kind = STACK_NEXT, .bits = width, \
				   .value = none                      \
	}
#define FIXED(type, name, always)                                       \
	{                                                               \
		FIELD(type, name), .kind = STACK_FIXED, .value = always \
	}
#define POINTER(type, name, len, multiple, most) \
	POINTER_TO(type, name, len, multiple, most, 1, 0)
/* To elements of several bytes; to what a header's first unit goes on with. */
#define POINTER_TO(type, name, len, multiple, most, element, front)          \
	{                                                                    \
		FIELD(type, name),                                           \
			.kind = STACK_POINTER,                               \
			.len_at = offsetof(struct pktcap_##type, len),       \
			.len_size =                                          \
				sizeof(((struct pktcap_##type *)NULL)->len), \
			.unit = multiple, .max = most, .scale = element,     \
			.lead = front                                        \
	}

/* What nobody announces. */
enum { UNKNOWN_TYPE = 0x88b5, UNKNOWN_PROTOCOL = 253 };

/* Rows of kinds: name, pktcap_build_X(), its struct, its protocol, what settles
 * members that mean something for each other, what may follow. */
#define STACK_CALLS(name, builder, type, id, settle, carries)                 \
	_Static_assert(sizeof(struct pktcap_##type) <= STACK_STRUCT, #name);  \
	static int build_##name(struct pktcap_build *build,                   \
				const void *header, uint32_t keep)            \
	{                                                                     \
		return pktcap_build_##builder(build, header, keep);           \
	}                                                                     \
	static int get_##name(const struct pktcap_layer *layer, void *header) \
	{                                                                     \
		return pktcap_##type##_get(layer, header);                    \
	}
#define STACK_ROW(name, builder, type, id, settle, carries)   \
	{ #name,                                              \
	  PKTCAP_PROTO_##id,                                  \
	  sizeof(struct pktcap_##type),                       \
	  build_##name,                                       \
	  get_##name,                                         \
	  name##_members,                                     \
	  sizeof(name##_members) / sizeof(name##_members[0]), \
	  settle,                                             \
	  carries },
#define STACK_KINDS(KINDS, level)                                            \
	KINDS(STACK_CALLS)                                                   \
	const struct stack_kind stack_##level##_kinds[] = { KINDS(           \
		STACK_ROW) };                                                \
	const size_t stack_##level##_count = sizeof(stack_##level##_kinds) / \
					     sizeof(stack_##level##_kinds[0]);

#endif
