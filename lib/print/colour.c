/* SPDX-License-Identifier: BSD-2-Clause */
#include "print/colour.h"

/*
 * Dark ones of the eight that every terminal has, which can be read on light
 * and on dark ground; what is wrong is red and nothing else is.
 */
static const char *sgr_of(const struct pktcap_layer *layer)
{
	if (layer->status == PKTCAP_STATUS_TRUNCATED ||
	    layer->status == PKTCAP_STATUS_MALFORMED)
		return "1;31"; /* bold red */
	if (layer->proto == PKTCAP_PROTO_DATA)
		return "2"; /* faint */
	switch (pktcap_proto_level(layer->proto)) {
	case PKTCAP_LEVEL_LINK:
		return "36"; /* cyan */
	case PKTCAP_LEVEL_NETWORK:
		return "34"; /* blue */
	case PKTCAP_LEVEL_TRANSPORT:
		return "32"; /* green */
	default:
		return "35"; /* magenta */
	}
}

void colour_begin(struct text *t, uint32_t flags,
		  const struct pktcap_layer *layer)
{
	if (!(flags & PKTCAP_PRINT_COLOUR))
		return;
	PUT(t, "\033[");
	put_string(t, sgr_of(layer));
	put_char(t, 'm');
}

void colour_packet(struct text *t, uint32_t flags,
		   const struct pktcap_layer *layers, size_t n)
{
	/* Payload is nobody's protocol. */
	if (n > 1 && layers[n - 1].proto == PKTCAP_PROTO_DATA)
		n--;
	if (n)
		colour_begin(t, flags, &layers[n - 1]);
}

void colour_end(struct text *t, uint32_t flags)
{
	if (flags & PKTCAP_PRINT_COLOUR)
		PUT(t, "\033[0m");
}
