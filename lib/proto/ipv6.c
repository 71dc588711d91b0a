// SPDX-License-Identifier: BSD-2-Clause
/*
 * IPv6 (RFC 8200, 3), a row is 32 bits:
 *
 *	version(4) DSCP(6) ECN(2) flow label(20)
 *	payload length(16)  next header(8)  hop limit(8)
 *	source (4 rows)
 *	destination (4 rows)
 */
#include "proto/ipv6_ext.h"
#include "proto/write.h"

enum { HEADER = 40, LENGTH_AT = 4, NEXT_AT = 6, LENGTH_MAX = 0xffff };

static enum pktcap_status decode(struct step *step)
{
	uint8_t first, next;
	uint16_t length;

	if (!bytes_u8(step->b, 0, &first))
		return step_short(step, HEADER);
	if (first >> 4 != 6)
		return PKTCAP_STATUS_MALFORMED;
	if (!bytes_has(step->b, 0, HEADER))
		return step_short(step, HEADER);
	length = u16_at(step->b, LENGTH_AT);
	next = u8_at(step->b, NEXT_AT);
	/* 0: jumbograms (RFC 2675) and merged segments of more than 64 KiB. */
	if (length || step->wire - HEADER <= LENGTH_MAX)
		step->payload_len = length;
	if (next == IPV6_NO_NEXT_HEADER)
		return step_next(step, HEADER, NEXT_NOTHING, next);
	return step_next(step, HEADER, NEXT_IP, next);
}

static const struct field_def rows[] = {
	{ "version", 0, 4, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "dscp", 4, 6, PKTCAP_FIELD_UINT, NULL, label_dscp },
	{ "ecn", 10, 2, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "flow_label", 12, 20, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "payload_length", 32, 16, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "next_header", 48, 8, PKTCAP_FIELD_UINT, NULL, label_ip_protocol },
	{ "hop_limit", 56, 8, PKTCAP_FIELD_UINT, "hops", NULL },
	{ "src", 64, 128, PKTCAP_FIELD_IPV6, NULL, NULL },
	{ "dst", 192, 128, PKTCAP_FIELD_IPV6, NULL, NULL },
};

int pktcap_ipv6_get(const struct pktcap_layer *layer, struct pktcap_ipv6 *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_IPV6, HEADER);
	uint32_t first = u32_at(b, 0);

	if (err)
		return err;
	*out = (struct pktcap_ipv6){
		.flow_label = first & 0xfffff,
		.payload_length = u16_at(b, LENGTH_AT),
		.dscp = first >> 22 & 0x3f,
		.ecn = first >> 20 & 3,
		.next_header = u8_at(b, NEXT_AT),
		.hop_limit = u8_at(b, 7),
	};
	bytes_copy(b, 8, out->src, sizeof(out->src));
	bytes_copy(b, 24, out->dst, sizeof(out->dst));
	return 0;
}

const struct proto proto_ipv6 = {
	.name = "ipv6",
	.title = "Internet Protocol version 6",
	.level = PKTCAP_LEVEL_NETWORK,
	.decode = decode,
	FIELD_DEFS(rows),
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_ipv6 *ip = header;
	uint8_t *p = write_space(w, HEADER);

	write_bits(w, "flow_label", ip->flow_label, 20);
	write_bits(w, "dscp", ip->dscp, 6);
	write_bits(w, "ecn", ip->ecn, 2);
	if (!p)
		return;
	put_be32(p, 6u << 28 | (uint32_t)ip->dscp << 22 |
			    (uint32_t)ip->ecn << 20 | ip->flow_label);
	put_be16(p + LENGTH_AT, ip->payload_length);
	p[NEXT_AT] = ip->next_header;
	p[7] = ip->hop_limit;
	memcpy(p + 8, ip->src, sizeof(ip->src));
	memcpy(p + 24, ip->dst, sizeof(ip->dst));
}

/* More than the header can say is said by an option behind it (RFC 2675, 2). */
static bool put_jumbo_length(struct finish *f)
{
	const struct pktcap_layer behind = {
		.data = f->p + HEADER,
		.header_len = (uint32_t)f->payload_len,
		.caplen = (uint32_t)f->payload_len,
		.wirelen = (uint32_t)f->payload_len,
		.proto = f->next,
	};
	struct pktcap_tlv option;
	uint32_t at = 0;

	if (f->next != PKTCAP_PROTO_IPV6_HOPOPTS)
		return false;
	while (pktcap_ipv6_option_next(&behind, &at, &option) == 1)
		if (option.type == IPV6_OPTION_JUMBO && option.len == 4) {
			put_be32(f->p + HEADER + option.offset + 2,
				 (uint32_t)f->payload_len);
			return true;
		}
	return false;
}

static void finish(struct finish *f)
{
	size_t len = f->payload_len;

	finish_next8(f, NEXT_AT);
	if (len > UINT16_MAX && !(f->keep & PKTCAP_KEEP_LENGTHS) &&
	    put_jumbo_length(f))
		len = 0;
	finish_length(f, "payload_length", LENGTH_AT, len);
}

const struct writer writer_ipv6 = {
	.write = write,
	.finish = finish,
	.next = NEXT_IP,
};
