/* SPDX-License-Identifier: BSD-2-Clause */
/* Between whom a packet goes. */
#ifndef PKTSNIFF_ENDS_H
#define PKTSNIFF_ENDS_H

#include "track.h"

#include <pktcap/decode.h>

/*
 * As pktcap_flow_get(). What is not IP goes between Ethernet addresses: then
 * @version is 0 and @protocol the enum pktcap_proto of the last layer.
 */
int ends_get(const struct pktcap_layer *layers, size_t n,
	     struct pktcap_flow *flow);

/* "10.0.0.1:80", "[fe80::1]:53", without a port where there is none. */
enum { END_TEXT = 64 };
const char *ends_source(char text[static END_TEXT],
			const struct pktcap_flow *flow);
const char *ends_destination(char text[static END_TEXT],
			     const struct pktcap_flow *flow);

/* "TCP", "TCP HTTP", "ARP", "IP 103": what a conversation is. */
enum { ENDS_NAME = 56 };
const char *ends_name(char name[static ENDS_NAME],
		      const struct tracked *conversation);

#endif
