// SPDX-License-Identifier: BSD-2-Clause
/* ESP and AH. */
#include "print/line_ip.h"

void line_esp(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_esp esp;

	l->ended = true;
	if (pktcap_esp_get(layer, &esp)) {
		line_truncated(l, "esp");
		return;
	}
	if (layer->below == PKTCAP_PROTO_UDP)
		PUT(&l->t, "UDP-encap: ");
	line_put_hex(l, "ESP(spi=0x", esp.spi, 8, ",seq=0x");
	line_put_hex(l, "", esp.seq, 0, "), length ");
	put_uint(&l->t, line_wire(l, layer));
}

void line_ah(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_ah ah;

	if (pktcap_ah_get(layer, &ah)) {
		line_truncated(l, "ah");
		return;
	}
	PUT(&l->t, "AH(");
	if (line_verbose(l))
		line_told(l, "length=", ah.header_len / 4u - 2, "(");
	if (line_verbose(l))
		line_told(l, "", ah.header_len, "-bytes),");
	if (ah.reserved_word)
		line_put_hex(l, "reserved=0x", ah.reserved_word, 4,
			     "[MustBeZero],");
	line_put_hex(l, "spi=0x", ah.spi, 8, ",seq=0x");
	line_put_hex(l, "", ah.seq, 0, ",icv=0x");
	put_octets(&l->t, ah.icv, ah.icv_len, '\0');
	PUT(&l->t, "): ");
	line_ip_payload(l, ah.next_header);
}
