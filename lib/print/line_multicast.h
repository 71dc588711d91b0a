/* SPDX-License-Identifier: BSD-2-Clause */
/* IGMP, and what stands inside ICMPv6: neighbours and multicast listeners. */
#ifndef PRINT_LINE_MULTICAST_H
#define PRINT_LINE_MULTICAST_H

#include "print/line.h"

/* An address of IPv4 or IPv6. */
void line_put_group(struct line *l, const uint8_t *group, unsigned int version);
/* ", 2 source(s)", or with -vv the sources. */
void line_put_sources(struct line *l, const uint8_t *sources, size_t count,
		      unsigned int version);
/* ", 2 group record(s)", and with -v all of them; false where one is cut. */
bool line_put_records(struct line *l, const struct pktcap_layer *layer,
		      size_t count);

/* Behind the name of an ICMPv6 message; false where it is cut or broken. */
bool line_put_nd(struct line *l, const struct pktcap_layer *layer);
bool line_put_mld(struct line *l, const struct pktcap_layer *layer);

#endif
