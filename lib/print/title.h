/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef PRINT_TITLE_H
#define PRINT_TITLE_H

#include <pktcap/print.h>

#include "print/put.h"

/*
 * The line above a header: "Ethernet, 02:..:01 > 02:..:02, 14 bytes", with a
 * newline; where it would have more than @columns, the addresses are below it.
 */
void title_line(struct text *t, const struct pktcap_layer *layer,
		uint32_t flags, size_t columns);

/*
 * What else is to be said of a layer, a line each, behind @indent: @checksum,
 * its flags, its status.
 */
void title_notes(struct text *t, const struct pktcap_layer *layer,
		 enum pktcap_checksum checksum, const char *indent);

#endif
