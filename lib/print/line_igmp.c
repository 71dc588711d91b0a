// SPDX-License-Identifier: BSD-2-Clause
/* IGMP, and the records that it shares with multicast listener discovery. */
#include "print/line_multicast.h"
#include "print/line_ip.h"

enum {
	QUERY = 0x11,
	REPORT_V1 = 0x12,
	REPORT_V2 = 0x16,
	LEAVE = 0x17,
	REPORT_V3 = 0x22,
	MAX_USUAL = 100, /* tenths of a second */
	MESSAGE_V2 = 8,
};

static const struct line_name record_types[] = {
	{ 1, "is_in" }, { 2, "is_ex" }, { 3, "to_in" }, { 4, "to_ex" },
	{ 5, "allow" }, { 6, "block" }, { 0, NULL },
};

/* From 128 on a number of 4 bits and an exponent of 3. */
static uint32_t decode_time(uint8_t code)
{
	return code < 128 ? code
			  : ((code & 15u) | 16u) << ((code >> 4 & 7) + 3);
}

void line_put_group(struct line *l, const uint8_t *group, unsigned int version)
{
	if (version == 4)
		put_ipv4(&l->t, group);
	else
		put_ipv6(&l->t, group);
}

void line_put_sources(struct line *l, const uint8_t *sources, size_t count,
		      unsigned int version)
{
	size_t size = version == 4 ? 4 : 16;

	if (!line_has(l, PKTCAP_PRINT_VERY_VERBOSE)) {
		line_told(l, ", ", count, " source(s)");
		return;
	}
	PUT(&l->t, " {");
	for (size_t i = 0; i < count; i++) {
		put_char(&l->t, ' ');
		line_put_group(l, sources + i * size, version);
	}
	PUT(&l->t, " }");
}

bool line_put_records(struct line *l, const struct pktcap_layer *layer,
		      size_t count)
{
	struct pktcap_multicast_record record;
	uint32_t offset = 0;
	int ret;

	line_told(l, ", ", count, " group record(s)");
	if (!line_verbose(l))
		return true;
	while ((ret = pktcap_multicast_record_next(layer, &offset, &record)) ==
	       1) {
		const char *type = line_name(record_types, record.type);

		PUT(&l->t, " [gaddr ");
		line_put_group(l, record.group, record.version);
		put_char(&l->t, ' ');
		if (type)
			put_string(&l->t, type);
		else
			line_told(l, "[v3-report-#", record.type, "]");
		line_put_sources(l, record.sources, record.source_count,
				 record.version);
		put_char(&l->t, ']');
	}
	return !ret;
}

static bool has_group(const struct pktcap_igmp *igmp)
{
	static const uint8_t none[4];

	return memcmp(igmp->group, none, sizeof(none)) != 0;
}

/* Tenths of a second, in minutes and seconds. */
static void put_response_time(struct line *l, uint32_t tenths)
{
	if (tenths == MAX_USUAL)
		return;
	PUT(&l->t, " [max resp time ");
	if (tenths >= 600) {
		line_told(l, "", tenths / 600, "m");
		tenths %= 600;
	}
	line_told(l, "", tenths / 10, ".");
	line_told(l, "", tenths % 10, "s]");
}

static void put_query_v3(struct line *l, const struct pktcap_igmp *igmp)
{
	PUT(&l->t, "igmp query v3");
	put_response_time(l, decode_time(igmp->max_response));
	if (!has_group(igmp))
		return;
	PUT(&l->t, " [gaddr ");
	put_ipv4(&l->t, igmp->group);
	if (igmp->count * 4u > igmp->sources_len)
		PUT(&l->t, " [invalid number of sources]");
	else if (igmp->count)
		line_put_sources(l, igmp->sources, igmp->count, 4);
	put_char(&l->t, ']');
}

static void put_query(struct line *l, const struct pktcap_igmp *igmp)
{
	if (igmp->max_response) {
		PUT(&l->t, "igmp query v2");
		if (igmp->max_response != MAX_USUAL)
			line_told(l, " [max resp time ", igmp->max_response,
				  "]");
	} else {
		PUT(&l->t, "igmp query v1");
	}
	if (!has_group(igmp))
		return;
	PUT(&l->t, " [gaddr ");
	put_ipv4(&l->t, igmp->group);
	put_char(&l->t, ']');
}

static void put_about_group(struct line *l, const struct pktcap_igmp *igmp,
			    const char *what)
{
	put_string(&l->t, what);
	put_ipv4(&l->t, igmp->group);
}

/* false where records are cut. */
static bool put_message(struct line *l, const struct pktcap_layer *layer,
			const struct pktcap_igmp *igmp)
{
	switch (igmp->type) {
	case QUERY:
		if (igmp->version == 3)
			put_query_v3(l, igmp);
		else
			put_query(l, igmp);
		return true;
	case REPORT_V1:
		put_about_group(l, igmp, "igmp v1 report ");
		return true;
	case REPORT_V2:
		put_about_group(l, igmp, "igmp v2 report ");
		return true;
	case LEAVE:
		put_about_group(l, igmp, "igmp leave ");
		return true;
	case REPORT_V3:
		PUT(&l->t, "igmp v3 report");
		return line_put_records(l, layer, igmp->count);
	default:
		line_told(l, "igmp-", igmp->type, "");
		return true;
	}
}

static bool has_fixed_length(const struct pktcap_igmp *igmp)
{
	return igmp->type == QUERY
		       ? igmp->version != 3
		       : igmp->type == REPORT_V1 || igmp->type == REPORT_V2 ||
				 igmp->type == LEAVE;
}

void line_igmp(struct line *l, const struct pktcap_layer *layer)
{
	size_t length = line_wire(l, layer);
	struct pktcap_igmp igmp;

	l->ended = true;
	if (line_has(l, PKTCAP_PRINT_QUICK)) {
		PUT(&l->t, "igmp");
		return;
	}
	if (pktcap_igmp_get(layer, &igmp) || !put_message(l, layer, &igmp)) {
		line_truncated(l, "igmp");
		return;
	}
	if (has_fixed_length(&igmp) && length != MESSAGE_V2)
		line_told(l, " [len ", length, "]");
	if (line_checksum(l, layer) == PKTCAP_CHECKSUM_BAD)
		line_put_hex(l, " bad igmp cksum ", igmp.checksum, 0, "!");
}
