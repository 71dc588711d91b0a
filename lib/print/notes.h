/* SPDX-License-Identifier: BSD-2-Clause */
/* What a person should know of a layer besides its fields. */
#ifndef PRINT_NOTES_H
#define PRINT_NOTES_H

#include <pktcap/print.h>

/* None where @flags (PKTCAP_PRINT_*) want it left out. */
enum pktcap_checksum note_checksum(const struct pktcap_packet *pkt,
				   const struct pktcap_layer *layers, size_t n,
				   size_t index, uint32_t flags);

/* Bits of struct pktcap_layer.flags by name, for JSON; NULL behind the last. */
const char *note_flag_name(unsigned int bit);

/*
 * Sentences, one for each status and flag: 0 is the first @i. NULL behind the
 * last.
 */
const char *note_next(const struct pktcap_layer *layer, unsigned int *i);

#endif
