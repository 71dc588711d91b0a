// SPDX-License-Identifier: BSD-2-Clause
/* The three kinds of messages of NTP; ntp.c has their layout. */
#include "proto/write.h"

enum { HEADER = 48, CONTROL_HEADER = 12, PRIVATE_HEADER = 8 };

static void put_be64(uint8_t *p, uint64_t value)
{
	put_be32(p, (uint32_t)(value >> 32));
	put_be32(p + 4, (uint32_t)value);
}

static void write(struct write *w, const void *header)
{
	const struct pktcap_ntp *ntp = header;
	uint8_t *p = write_space(w, HEADER);

	write_bits(w, "leap", ntp->leap, 2);
	write_bits(w, "version", ntp->version, 3);
	write_limit(w, "mode", ntp->mode, PKTCAP_NTP_BROADCAST);
	if (!p)
		return;
	p[0] = (uint8_t)(ntp->leap << 6 | ntp->version << 3 | ntp->mode);
	p[1] = ntp->stratum;
	p[2] = (uint8_t)ntp->poll;
	p[3] = (uint8_t)ntp->precision;
	put_be32(p + 4, ntp->root_delay);
	put_be32(p + 8, ntp->root_dispersion);
	memcpy(p + 12, ntp->reference_id, sizeof(ntp->reference_id));
	put_be64(p + 16, ntp->reference);
	put_be64(p + 24, ntp->origin);
	put_be64(p + 32, ntp->receive);
	put_be64(p + 40, ntp->transmit);
	write_bytes(w, ntp->rest, ntp->rest_len);
}

const struct writer writer_ntp = { .write = write };

static void write_control(struct write *w, const void *header)
{
	const struct pktcap_ntp_control *ntp = header;
	uint32_t count = ntp->data_len;
	uint8_t *p = write_space(w, CONTROL_HEADER);

	if (w->keep & PKTCAP_KEEP_LENGTHS)
		count = ntp->count;
	write_bits(w, "leap", ntp->leap, 2);
	write_bits(w, "version", ntp->version, 3);
	write_bits(w, "response", ntp->response, 1);
	write_bits(w, "error", ntp->error, 1);
	write_bits(w, "more", ntp->more, 1);
	write_bits(w, "opcode", ntp->opcode, 5);
	write_bits(w, "count", count, 16);
	if (!p)
		return;
	p[0] = (uint8_t)(ntp->leap << 6 | ntp->version << 3 |
			 PKTCAP_NTP_CONTROL);
	p[1] = (uint8_t)(ntp->response << 7 | ntp->error << 6 | ntp->more << 5 |
			 ntp->opcode);
	put_be16(p + 2, ntp->sequence);
	put_be16(p + 4, ntp->status);
	put_be16(p + 6, ntp->association);
	put_be16(p + 8, ntp->offset);
	put_be16(p + 10, (uint16_t)count);
	write_bytes(w, ntp->data, ntp->data_len);
	write_bytes(w, ntp->rest, ntp->rest_len);
}

const struct writer writer_ntp_control = { .write = write_control };

static void write_private(struct write *w, const void *header)
{
	const struct pktcap_ntp_private *ntp = header;
	uint8_t *p = write_space(w, PRIVATE_HEADER);

	write_bits(w, "response", ntp->response, 1);
	write_bits(w, "more", ntp->more, 1);
	write_bits(w, "version", ntp->version, 3);
	write_bits(w, "authenticated", ntp->authenticated, 1);
	write_bits(w, "sequence", ntp->sequence, 7);
	write_bits(w, "error", ntp->error, 4);
	write_bits(w, "item_count", ntp->item_count, 12);
	write_bits(w, "reserved", ntp->reserved, 4);
	write_bits(w, "item_size", ntp->item_size, 12);
	if (!p)
		return;
	p[0] = (uint8_t)(ntp->response << 7 | ntp->more << 6 |
			 ntp->version << 3 | PKTCAP_NTP_PRIVATE);
	p[1] = (uint8_t)(ntp->authenticated << 7 | ntp->sequence);
	p[2] = ntp->implementation;
	p[3] = ntp->request;
	put_be16(p + 4, (uint16_t)(ntp->error << 12 | ntp->item_count));
	put_be16(p + 6, (uint16_t)(ntp->reserved << 12 | ntp->item_size));
	write_bytes(w, ntp->data, ntp->data_len);
}

const struct writer writer_ntp_private = { .write = write_private };
