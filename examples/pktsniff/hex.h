/* SPDX-License-Identifier: BSD-2-Clause */
/* Packet bytes as tcpdump dumps them, each line behind "\n\t". */
#ifndef PKTSNIFF_HEX_H
#define PKTSNIFF_HEX_H

#include "bytes.h"

void hex_print(struct bytes bytes);
void hex_ascii_print(struct bytes bytes);
void ascii_print(struct bytes bytes);

#endif
