/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From pcapng to pcapng: what a file says of its interfaces and packets
 * besides the bytes is in the new file, too.
 */
#ifndef PKTSNIFF_CARRY_H
#define PKTSNIFF_CARRY_H

#include "source.h"
#include "store.h"

/* Numbers that interfaces of one file have in the new one. */
struct carry_file {
	uint32_t *ids; /* number plus 1; 0 is none yet */
	size_t count;
};

enum { CARRY_COMMENTS_MAX = 64 };

struct carry {
	struct carry_file *files;
	size_t file_count;
	struct pktcap_file_extra extra;
	char *text; /* the comments, terminated */
	size_t text_size;
	const char *comments[CARRY_COMMENTS_MAX];
};

/* Nothing is carried unless @store writes one pcapng file. 0 or -errno. */
int carry_open(struct carry *carry, const struct source *source,
	       const struct store *store);

/* What is known of the packet that @source gave last. 0 or -errno. */
int carry_packet(struct carry *carry, const struct source *source,
		 struct store *store);

/* Counters of the interfaces of files that are open still. 0 or -errno. */
int carry_counters(const struct carry *carry, const struct source *source,
		   struct store *store);

void carry_close(struct carry *carry);

#endif
