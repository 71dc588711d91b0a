// SPDX-License-Identifier: BSD-2-Clause
/* What finding and reading the headers of packets costs: see tests/size.sh. */
#include <pktcap/decode.h>

static int end(void *arg, const struct pktcap_field *field)
{
	(void)arg;
	return field->type == PKTCAP_FIELD_END;
}

int main(int argc, char **argv)
{
	struct pktcap_packet pkt = {
		.data = (const uint8_t *)argv[0],
		.caplen = (uint32_t)argc,
		.wirelen = (uint32_t)argc,
		.linktype = PKTCAP_LINKTYPE_ETHERNET,
	};
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(&pkt, layers, PKTCAP_LAYERS);

	return n ? pktcap_layer_fields(&layers[n - 1], end, NULL) : 0;
}
