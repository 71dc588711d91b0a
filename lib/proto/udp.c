// SPDX-License-Identifier: BSD-2-Clause
/*
 * UDP (RFC 768):
 *
 *	source port(16)  destination port(16)
 *	length(16)       checksum(16)
 */
#include "proto/fields.h"
#include "proto/write.h"

enum { HEADER = 8, LENGTH_AT = 4, LENGTH_MAX = 0xffff };

static enum pktcap_status decode(struct step *step)
{
	uint16_t length = u16_at(step->b, LENGTH_AT);

	if (!bytes_has(step->b, 0, HEADER))
		return step_short(step, HEADER);
	/* 0: the length did not fit (RFC 2675, 4), that of IP counts. */
	if (length < HEADER && (length || step->wire <= LENGTH_MAX))
		return PKTCAP_STATUS_MALFORMED;
	if (length)
		step->payload_len = length - HEADER;
	return step_next(step, HEADER, NEXT_UDP, u32_at(step->b, 0));
}

static const struct field_def rows[] = {
	{ "src_port", 0, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "dst_port", 16, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "length", 32, 16, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "checksum", 48, 16, PKTCAP_FIELD_HEX, NULL, NULL },
};

int pktcap_udp_get(const struct pktcap_layer *layer, struct pktcap_udp *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_UDP, HEADER);

	if (err)
		return err;
	*out = (struct pktcap_udp){
		.src_port = u16_at(b, 0),
		.dst_port = u16_at(b, 2),
		.length = u16_at(b, LENGTH_AT),
		.checksum = u16_at(b, 6),
	};
	return 0;
}

const struct proto proto_udp = {
	.name = "udp",
	.title = "User Datagram Protocol",
	.level = PKTCAP_LEVEL_TRANSPORT,
	.decode = decode,
	FIELD_DEFS(rows),
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_udp *udp = header;
	uint8_t *p = write_space(w, HEADER);

	if (!p)
		return;
	put_be16(p, udp->src_port);
	put_be16(p + 2, udp->dst_port);
	put_be16(p + LENGTH_AT, udp->length);
	put_be16(p + 6, udp->checksum);
}

static void finish(struct finish *f)
{
	size_t len = HEADER + f->payload_len;

	/* In a jumbogram 0 stands for it (RFC 2675, 4). */
	if (len > UINT16_MAX && f->below == PKTCAP_PROTO_IPV6_HOPOPTS)
		len = 0;
	finish_ports(f);
	finish_length(f, "length", LENGTH_AT, len);
}

const struct writer writer_udp = {
	.write = write,
	.finish = finish,
	.next = NEXT_UDP,
};
