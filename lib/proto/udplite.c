// SPDX-License-Identifier: BSD-2-Clause
/*
 * UDP-Lite (RFC 3828, 3.1): UDP whose length is that of IP; in its place is
 * how much of it the checksum covers.
 *
 *	source port(16)  destination port(16)
 *	coverage(16)     checksum(16)
 */
#include "proto/fields.h"
#include "proto/write.h"

enum { HEADER = 8, COVERAGE_AT = 4 };

static enum pktcap_status decode(struct step *step)
{
	uint16_t coverage = u16_at(step->b, COVERAGE_AT);

	if (!bytes_has(step->b, 0, HEADER))
		return step_short(step, HEADER);
	/* 0: all of it. */
	if (coverage && (coverage < HEADER || coverage > step->wire))
		return PKTCAP_STATUS_MALFORMED;
	return step_next(step, HEADER, NEXT_UDP, u32_at(step->b, 0));
}

static const struct field_def rows[] = {
	{ "src_port", 0, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "dst_port", 16, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "coverage", 32, 16, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "checksum", 48, 16, PKTCAP_FIELD_HEX, NULL, NULL },
};

int pktcap_udplite_get(const struct pktcap_layer *layer,
		       struct pktcap_udplite *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_UDPLITE, HEADER);

	if (err)
		return err;
	*out = (struct pktcap_udplite){
		.src_port = u16_at(b, 0),
		.dst_port = u16_at(b, 2),
		.coverage = u16_at(b, COVERAGE_AT),
		.checksum = u16_at(b, 6),
	};
	return 0;
}

const struct proto proto_udplite = {
	.name = "udplite",
	.title = "Lightweight User Datagram Protocol",
	.level = PKTCAP_LEVEL_TRANSPORT,
	.decode = decode,
	FIELD_DEFS(rows),
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_udplite *udplite = header;
	uint8_t *p = write_space(w, HEADER);

	if (!p)
		return;
	put_be16(p, udplite->src_port);
	put_be16(p + 2, udplite->dst_port);
	put_be16(p + COVERAGE_AT, udplite->coverage);
	put_be16(p + 6, udplite->checksum);
}

const struct writer writer_udplite = {
	.write = write,
	.finish = finish_ports,
	.next = NEXT_UDP,
};
