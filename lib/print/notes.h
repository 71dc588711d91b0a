/* SPDX-License-Identifier: BSD-2-Clause */
/* What a person should know of a layer besides its fields. */
#ifndef PRINT_NOTES_H
#define PRINT_NOTES_H

#include <pktcap/proto.h>

#include "base/text.h"

/* Bits of struct pktcap_layer.flags by name, for JSON; NULL behind the last. */
const char *note_flag_name(unsigned int bit);

/*
 * Sentences, one for each status and flag: 0 is the first @i. NULL behind the
 * last.
 */
const char *note_next(const struct pktcap_layer *layer, unsigned int *i);

#endif
