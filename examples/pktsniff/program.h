/* SPDX-License-Identifier: BSD-2-Clause */
/* Filter programs, and the forms in which -d, -dd and -ddd print them. */
#ifndef PKTSNIFF_PROGRAM_H
#define PKTSNIFF_PROGRAM_H

#include <pktcap/bpf.h>

#include <stdbool.h>

struct program {
	struct pktcap_insn *insns; /* NULL: none */
	size_t n;
};

/*
 * @text, which is terminated, is in one of the forms of -d, -dd or -ddd: no
 * expression looks like that.
 */
bool program_is_form(const char *text, size_t len);

/*
 * Reads and checks a program that @origin gave. Returns 0, or -1 after a
 * message.
 */
int program_parse(struct program *program, const char *origin, const char *text,
		  size_t len);

/* Returns 0 or -ENOMEM. */
int program_copy(struct program *program, const struct pktcap_insn *insns,
		 size_t n);
void program_free(struct program *program);

/*
 * What a program wants to know that is in no byte of a packet, and that few
 * files know.
 */
struct program_wants {
	bool direction;
	bool interface;
};

struct program_wants program_wants(const struct pktcap_insn *insns, size_t n);

/* -d, -dd, -ddd by @form; returns 0, or -1 after a message. */
int program_dump(const struct program *program, unsigned int form);

#endif
