/* SPDX-License-Identifier: BSD-2-Clause */
/* Colours by protocol, as SGR sequences (ECMA-48). */
#ifndef PRINT_COLOUR_H
#define PRINT_COLOUR_H

#include <pktcap/print.h>

#include "print/put.h"

/* All write nothing unless @flags has PKTCAP_PRINT_COLOUR. */
void colour_begin(struct text *t, uint32_t flags,
		  const struct pktcap_layer *layer);
/* For all of a packet: that of its highest protocol, or of what is wrong. */
void colour_packet(struct text *t, uint32_t flags,
		   const struct pktcap_layer *layers, size_t n);
void colour_end(struct text *t, uint32_t flags);

#endif
