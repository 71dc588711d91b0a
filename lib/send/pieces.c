// SPDX-License-Identifier: BSD-2-Clause
#include "send/send.h"

#include <string.h>

static void write_tag(uint8_t tag[SEND_TAG_BYTES],
		      const struct pktcap_packet *pkt)
{
	tag[0] = (uint8_t)(pkt->vlan_tpid >> 8);
	tag[1] = (uint8_t)pkt->vlan_tpid;
	tag[2] = (uint8_t)(pkt->vlan_tci >> 8);
	tag[3] = (uint8_t)pkt->vlan_tci;
}

uint32_t send_pieces(const struct pktcap_send *s,
		     const struct pktcap_packet *pkt,
		     struct send_piece pieces[SEND_PIECES],
		     uint8_t tag[SEND_TAG_BYTES])
{
	static const uint8_t zeros[SEND_PADDED_BYTES];
	uint32_t len = pkt->caplen;
	uint32_t done = 0;
	uint32_t n = 0;

	if (send_tagged(pkt)) {
		write_tag(tag, pkt);
		done = SEND_MACS_BYTES;
		pieces[n++] = (struct send_piece){ pkt->data, done };
		pieces[n++] = (struct send_piece){ tag, SEND_TAG_BYTES };
		len += SEND_TAG_BYTES;
	}
	pieces[n++] =
		(struct send_piece){ pkt->data + done, pkt->caplen - done };
	if (len < send_length(s, pkt))
		pieces[n++] =
			(struct send_piece){ zeros, send_length(s, pkt) - len };
	return n;
}

void send_pieces_join(const struct send_piece *pieces, uint32_t n, uint8_t *to)
{
	for (uint32_t i = 0; i < n; i++) {
		memcpy(to, pieces[i].data, pieces[i].len);
		to += pieces[i].len;
	}
}
