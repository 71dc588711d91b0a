/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Packets at random: headers that can follow each other, with any value in
 * every member of their structs, then data. A number gives the same stack on
 * every machine.
 */
#ifndef TESTS_SUPPORT_STACK_H
#define TESTS_SUPPORT_STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <pktcap/build.h>
#include <pktcap/decode.h>

enum {
	STACK_HEADERS = 12,
	STACK_STRUCT = 256,  /* bytes of the greatest struct, at least */
	STACK_BORROWED = 64, /* bytes that a pointer in one leads to, at most */
	STACK_POINTERS = 4,
	STACK_DATA = 64,
	STACK_MAX = 4096, /* bytes of any packet that is drawn */
};

struct stack_kind;

struct stack_header {
	const struct stack_kind *kind;
	union {
		uint64_t aligned;
		uint8_t bytes[STACK_STRUCT]; /* the struct */
	} header;
	uint8_t borrowed[STACK_POINTERS][STACK_BORROWED];
};

struct stack {
	uint64_t state; /* of the generator */
	bool plain;	/* nothing that other programs do not tell */
	size_t n;
	struct stack_header headers[STACK_HEADERS];
	uint8_t data[STACK_DATA];
	size_t data_len;
	size_t padded;	/* bytes the packet has at least */
	char name[256]; /* "eth / ipv4 / udp / 5 bytes" */
};

/*
 * Draws the stack of a number. An odd one is plain, for tshark and tcpdump,
 * which tell less of some things: of headers without data behind them, of
 * addresses that are not those of Ethernet and IPv4, of unusual tags, of source
 * routes, of errors that quote anything else than UDP, of PPPoE with padding;
 * and which sum over other addresses behind a routing header that is done.
 */
void stack_draw(struct stack *s, uint32_t number);

/* A number below @below, which is not 0; the stack's generator goes on. */
uint32_t stack_random(struct stack *s, uint32_t below);

/* Builds it; returns what pktcap_build_finish() does. */
int stack_build(const struct stack *s, struct pktcap_build *build, void *buf,
		size_t size);

/*
 * Is @layers what was drawn, member for member? NULL, or what is another:
 * "ipv4.ttl".
 */
const char *stack_compare(const struct stack *s,
			  const struct pktcap_layer *layers, size_t n);

#endif
