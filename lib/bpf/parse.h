/* SPDX-License-Identifier: BSD-2-Clause */
/* What readers of all forms of a program share. */
#ifndef BPF_PARSE_H
#define BPF_PARSE_H

#include <stdbool.h>

#include <pktcap/bpf.h>

struct source {
	const char *text;
	size_t len;
	size_t at;
	struct pktcap_error *error;
};

/* The byte to be read; NUL at the end. */
char parse_peek(const struct source *s);
void parse_skip_space(struct source *s);
/* @what, behind any space; false, and only the space is skipped, if not. */
bool parse_accept(struct source *s, const char *what);
/* The same; -EINVAL with a message. */
int parse_expect(struct source *s, const char *what);
/* -EINVAL at byte @at: @what is a whole sentence. */
int parse_refuse(const struct source *s, size_t at, const char *what);

/* A number of the text, and how to speak of it. */
struct field {
	const char *name;
	uint32_t max;
	int above; /* the code for a greater number */
};

/* Decimal, or hexadecimal behind 0x; behind any space. */
int parse_number(struct source *s, const struct field *field, uint32_t *out);

/* Instruction @index of the form that tcpdump -d writes. */
int parse_mnemonic(struct source *s, uint32_t index, struct pktcap_insn *insn);

#endif
