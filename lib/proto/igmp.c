// SPDX-License-Identifier: BSD-2-Clause
/*
 * IGMP: version 1 (RFC 1112), 2 (RFC 2236, 2) and 3 (RFC 3376, 4):
 *
 *	type(8) maximum response(8) checksum(16)
 *	group
 *	queries of version 3 go on:
 *	reserved(4) S(1) QRV(3)  QQIC(8)  number(16)
 *	sources
 *
 * A report of version 3 has reserved(16) number(16) where the group is, then
 * group records.
 */
#include "proto/multicast.h"

enum { HEADER = 8, QUERY = 0x11, REPORT_V3 = 0x22, QUERY_V3_MIN = 12 };

static const struct label types[] = {
	{ QUERY, "membership query" },
	{ 0x12, "membership report v1" },
	{ 0x13, "DVMRP" },
	{ 0x14, "PIM v1" },
	{ 0x16, "membership report v2" },
	{ 0x17, "leave group" },
	{ 0x1e, "multicast traceroute response" },
	{ 0x1f, "multicast traceroute" },
	{ REPORT_V3, "membership report v3" },
	{ 0x30, "multicast router advertisement" },
	{ 0x31, "multicast router solicitation" },
	{ 0x32, "multicast router termination" },
	{ 0, NULL },
};

static enum pktcap_status decode(struct step *step)
{
	return step_whole(step, HEADER);
}

static const struct field_def rows[] = {
	{ "type", 0, 8, PKTCAP_FIELD_HEX, NULL, types },
	{ "max_response", 8, 8, PKTCAP_FIELD_UINT, "0.1 s", NULL },
	{ "checksum", 16, 16, PKTCAP_FIELD_HEX, NULL, NULL },
};

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	uint8_t type = u8_at(f->b, 0);

	if (type == REPORT_V3) {
		multicast_report(f, 4, 6);
		return;
	}
	fields_data(f, "group", PKTCAP_FIELD_IPV4, 4, 4);
	if (type == QUERY && layer->wirelen >= QUERY_V3_MIN)
		multicast_query(f, 4, HEADER);
}

static uint8_t version_of(const struct pktcap_layer *layer)
{
	struct bytes b = layer_bytes(layer);

	switch (u8_at(b, 0)) {
	case QUERY:
		if (layer->wirelen >= QUERY_V3_MIN)
			return 3;
		return u8_at(b, 1) ? 2 : 1;
	case 0x12:
		return 1;
	case REPORT_V3:
		return 3;
	default:
		return 2;
	}
}

int pktcap_igmp_get(const struct pktcap_layer *layer, struct pktcap_igmp *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_IGMP, HEADER);
	uint8_t version = version_of(layer);
	bool query = u8_at(b, 0) == QUERY && version == 3;
	struct bytes body = query ? (struct bytes){ NULL, 0 }
				  : header_behind(layer, HEADER);

	if (err)
		return err;
	if (query && b.n < QUERY_V3_MIN)
		return -ENODATA;
	*out = (struct pktcap_igmp){
		.type = u8_at(b, 0),
		.max_response = u8_at(b, 1),
		.checksum = u16_at(b, 2),
		.version = version,
		.query_flags = query ? u8_at(b, 8) : 0,
		.interval_code = query ? u8_at(b, 9) : 0,
		.count = query ? u16_at(b, 10)
			       : (uint16_t)(u8_at(b, 0) == REPORT_V3
						    ? u16_at(b, 6)
						    : 0),
		.sources_len = (uint32_t)(query ? b.n - QUERY_V3_MIN : 0),
		.body_len = (uint32_t)body.n,
		.sources = query ? b.p + QUERY_V3_MIN : NULL,
		.body = body.p,
	};
	bytes_copy(b, 4, out->group, 4);
	return 0;
}

const struct proto proto_igmp = {
	.name = "igmp",
	.title = "Internet Group Management Protocol",
	.level = PKTCAP_LEVEL_TRANSPORT,
	.decode = decode,
	FIELD_DEFS(rows),
	.fields = fields,
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_igmp *igmp = header;
	uint8_t *p = write_space(w, HEADER);

	if (!p)
		return;
	p[0] = igmp->type;
	p[1] = igmp->max_response;
	put_be16(p + 2, igmp->checksum);
	memcpy(p + 4, igmp->group, sizeof(igmp->group));
	if (igmp->type == REPORT_V3)
		put_be16(p + 6, multicast_count(w, 4, igmp->count, igmp->body,
						igmp->body_len));
	if (igmp->type == QUERY && igmp->version == 3)
		multicast_write_query(w, 4,
				      (uint16_t)(igmp->query_flags << 8 |
						 igmp->interval_code),
				      igmp->count, igmp->sources,
				      igmp->sources_len);
	else
		write_bytes(w, igmp->body, igmp->body_len);
}

const struct writer writer_igmp = {
	.write = write,
	.next = NEXT_NOTHING,
};
