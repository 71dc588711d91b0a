/* SPDX-License-Identifier: BSD-2-Clause */
#include "print/notes.h"

static const struct {
	const char *name;
	const char *sentence;
} known[] = {
	{ "fragment", "a later fragment: its payload is not decoded" },
	{ "first_fragment",
	  "the first fragment: the rest is in other packets" },
	{ "beyond", "a length in it goes beyond the end of the packet" },
	{ "metadata", "taken out of the bytes by the kernel" },
	{ "more", "more headers follow than there was room for" },
	{ "quoted", "quoted by the ICMP error in front" },
};

enum { FLAGS = sizeof(known) / sizeof(known[0]) };

enum pktcap_checksum note_checksum(const struct pktcap_packet *pkt,
				   const struct pktcap_layer *layers, size_t n,
				   size_t index, uint32_t flags)
{
	if (flags & (PKTCAP_PRINT_NO_CHECKSUMS | PKTCAP_PRINT_QUICK))
		return PKTCAP_CHECKSUM_NONE;
	return pktcap_layer_checksum(pkt, layers, n, index);
}

const char *note_flag_name(unsigned int bit)
{
	return bit < FLAGS ? known[bit].name : NULL;
}

static const char *of_status(uint8_t status)
{
	switch (status) {
	case PKTCAP_STATUS_OK:
		return NULL;
	case PKTCAP_STATUS_TRUNCATED:
		return "TRUNCATED: the capture ends inside this header";
	case PKTCAP_STATUS_MALFORMED:
		return "MALFORMED: this header contradicts its standard";
	default:
		return "UNSUPPORTED: no decoder for this protocol";
	}
}

const char *note_next(const struct pktcap_layer *layer, unsigned int *i)
{
	const char *note;

	while (*i <= FLAGS) {
		unsigned int bit = (*i)++;

		if (bit < FLAGS)
			note = layer->flags >> bit & 1 ? known[bit].sentence
						       : NULL;
		else
			note = of_status(layer->status);
		if (note)
			return note;
	}
	return NULL;
}
