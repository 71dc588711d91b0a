/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef FILE_READER_NG_H
#define FILE_READER_NG_H

#include "file/ng.h"
#include "file/reader.h"

/* Longer blocks without a packet are passed over, not held in memory. */
#define NG_HELD_MAX ((uint32_t)16 * 1024 * 1024)

struct ng_block {
	uint32_t type;
	uint32_t total;
	struct bytes body; /* no bytes at NULL: too long to be held */
	bool swapped;
};

bool ng_is_known(uint32_t type);
/* A block without a packet: 0, -ENOMEM, or -EPROTO with the damage set. */
int ng_other_block(struct pktcap_file_reader *r, const struct ng_block *b);
/*
 * One that cannot be believed: interfaces keep their numbers, and no packet is
 * taken for another section's. 0 or -ENOMEM.
 */
int ng_damaged_block(struct pktcap_file_reader *r, const struct ng_block *b);
/* The rest of a block that is not held. 0, or as reader_format.next. */
int ng_pass(struct pktcap_file_reader *r);
/* Blocks up to the first interface of the file, or as far as there are any. */
int ng_to_first_interface(struct pktcap_file_reader *r);

#endif
