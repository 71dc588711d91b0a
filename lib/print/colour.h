/* SPDX-License-Identifier: BSD-2-Clause */
/* Colours by protocol, as SGR sequences (ECMA-48). */
#ifndef PRINT_COLOUR_H
#define PRINT_COLOUR_H

#include <pktcap/print.h>

#include "print/put.h"

/* Both write nothing unless @flags has PKTCAP_PRINT_COLOUR. */
void colour_begin(struct text *t, uint32_t flags,
		  const struct pktcap_layer *layer);
void colour_end(struct text *t, uint32_t flags);

#endif
