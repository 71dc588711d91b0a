/* SPDX-License-Identifier: BSD-2-Clause */
/* The filter program of -F, in the form tcpdump -ddd prints. */
#ifndef PKTSNIFF_PROGRAM_H
#define PKTSNIFF_PROGRAM_H

#include <pktcap/bpf.h>

struct program {
	struct pktcap_insn *insns; /* NULL without -F */
	size_t n;
};

/*
 * Reads and checks the program at @path, which @option gave; "-" is standard
 * input, NULL gives an empty one. Returns 0, or -1 after a message.
 */
int program_read(struct program *program, const char *option, const char *path);
void program_free(struct program *program);

/* -d, -dd, -ddd by @form; returns 0, or -1 after a message. */
int program_dump(const struct program *program, unsigned int form);

#endif
