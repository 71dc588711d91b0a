/* SPDX-License-Identifier: BSD-2-Clause */
/* What 802.11 frames have behind their addresses. */
#ifndef PRINT_LINE_WIFI_H
#define PRINT_LINE_WIFI_H

#include "print/line.h"

/* What a management frame says in front of its elements. */
void line_wifi_fixed(struct line *l, const struct pktcap_layer *layer,
		     const struct pktcap_wifi *wifi);
/* " IV: 1 Pad 20 KeyID 0" of a protected frame, as far as it was captured. */
void line_wifi_key(struct line *l);
/* 500 kbit/s as "5.5". */
void line_wifi_rate(struct line *l, uint8_t rate);

#endif
