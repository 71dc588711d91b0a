// SPDX-License-Identifier: BSD-2-Clause
/*
 * Multicast listener discovery, behind type, code and checksum:
 *
 *	maximum response(16)  reserved(16)
 *	group
 *
 * is version 1 (RFC 2710, 3). Queries of version 2 (RFC 3810, 5.1) go on:
 *
 *	reserved(4) S(1) QRV(3)  QQIC(8)  number(16)
 *	sources
 *
 * Reports of version 2 have reserved(16) number(16), then group records.
 */
#include "proto/icmp.h"
#include "proto/multicast.h"
#include "proto/nd.h"

enum { ADDRESS = 16, HEADER = 24, QUERY_V2_MIN = 28, REPORT_V2_MIN = 8 };

size_t mld_fixed_len(uint8_t type)
{
	switch (type) {
	case MLD_QUERY:
	case MLD_REPORT:
	case MLD_DONE:
		return HEADER;
	case MLD_REPORT_V2:
		return REPORT_V2_MIN;
	default:
		return 0;
	}
}

static bool is_query_v2(const struct pktcap_layer *layer)
{
	return u8_at(layer_bytes(layer), 0) == MLD_QUERY &&
	       layer->wirelen >= QUERY_V2_MIN;
}

void mld_fields(struct fields *f, const struct pktcap_layer *layer)
{
	if (u8_at(f->b, 0) == MLD_REPORT_V2) {
		multicast_report(f, ADDRESS, 6);
		return;
	}
	fields_uint(f, "max_response", 4, 2, "ms", NULL);
	fields_data(f, "group", PKTCAP_FIELD_IPV6, 8, ADDRESS);
	if (is_query_v2(layer))
		multicast_query(f, ADDRESS, HEADER);
}

int pktcap_mld_get(const struct pktcap_layer *layer, struct pktcap_mld *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_ICMP6, 1);
	uint8_t type = u8_at(b, 0);
	size_t fixed = mld_fixed_len(type);
	bool query = is_query_v2(layer), report = type == MLD_REPORT_V2;
	struct bytes body =
		query ? (struct bytes){ NULL, 0 } : header_behind(layer, fixed);

	if (err)
		return err;
	if (!fixed)
		return -EPROTOTYPE;
	if (b.n < (query ? QUERY_V2_MIN : fixed))
		return -ENODATA;
	*out = (struct pktcap_mld){
		.type = type,
		.code = u8_at(b, 1),
		.checksum = u16_at(b, 2),
		.reserved_word = u16_at(b, report ? 4 : 6),
		.version = query || report ? 2 : 1,
		.max_response = report ? 0 : u16_at(b, 4),
		.query_flags = query ? u8_at(b, HEADER) : 0,
		.interval_code = query ? u8_at(b, HEADER + 1) : 0,
		.sources_len = (uint32_t)(query ? b.n - QUERY_V2_MIN : 0),
		.body_len = (uint32_t)body.n,
		.sources = query ? b.p + QUERY_V2_MIN : NULL,
		.body = body.p,
	};
	if (query)
		out->count = u16_at(b, HEADER + 2);
	else if (report)
		out->count = u16_at(b, 6);
	if (!report)
		bytes_copy(b, 8, out->group, ADDRESS);
	return 0;
}

/* Behind the checksum. */
static uint32_t rest_of(struct write *w, const struct pktcap_mld *mld)
{
	if (mld->type == MLD_REPORT_V2)
		return (uint32_t)mld->reserved_word << 16 |
		       multicast_count(w, ADDRESS, mld->count, mld->body,
				       mld->body_len);
	return (uint32_t)mld->max_response << 16 | mld->reserved_word;
}

static void write(struct write *w, const void *header)
{
	const struct pktcap_mld *mld = header;

	write_least(w, "type", mld->type, MLD_QUERY);
	if (mld->type != MLD_REPORT_V2)
		write_limit(w, "type", mld->type, MLD_DONE);
	icmp_write(w, mld->type, mld->code, mld->checksum, rest_of(w, mld));
	if (mld->type != MLD_REPORT_V2)
		write_bytes(w, mld->group, ADDRESS);
	if (mld->type == MLD_QUERY && mld->version == 2)
		multicast_write_query(
			w, ADDRESS,
			(uint16_t)(mld->query_flags << 8 | mld->interval_code),
			mld->count, mld->sources, mld->sources_len);
	else
		write_bytes(w, mld->body, mld->body_len);
}

const struct writer writer_mld = {
	.write = write,
	.next = NEXT_NOTHING,
};
