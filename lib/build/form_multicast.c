// SPDX-License-Identifier: BSD-2-Clause
/* The text form of IGMP and MLD. */
#include "build/form_header.h"

enum {
	IGMP_QUERY = 0x11,
	IGMP_REPORT_3 = 0x22,
	MLD_QUERY = 130,
	MLD_REPORT_2 = 143,
	IGMP_SOURCES_AT = 10, /* how many there are */
	IGMP_RECORDS_AT = 6,
	MLD_SOURCES_AT = 26,
	MLD_RECORDS_AT = 6
};

/* Answers within 10 s, and those who ask twice every 125 s (RFC 3376, 8). */
static const struct pktcap_igmp igmp = {
	.type = IGMP_QUERY,
	.max_response = 100,
	.version = 2,
};
static const struct pktcap_igmp igmp_query = {
	.type = IGMP_QUERY,
	.max_response = 100,
	.version = 3,
	.query_flags = 2,
	.interval_code = 125,
};
static const struct pktcap_igmp igmp_report = {
	.type = IGMP_REPORT_3,
	.version = 3,
};

static const struct pktcap_mld mld = {
	.type = MLD_QUERY,
	.max_response = 10000,
	.version = 1,
};
static const struct pktcap_mld mld_query = {
	.type = MLD_QUERY,
	.max_response = 10000,
	.version = 2,
	.query_flags = 2,
	.interval_code = 125,
};
static const struct pktcap_mld mld_report = {
	.type = MLD_REPORT_2,
	.version = 2,
};

/* An address of the version that the layer is of. */
static int append_address(struct form_parser *p, struct form_word word)
{
	bool is_ipv4 = p->layer->proto == PKTCAP_PROTO_IGMP;
	uint8_t *address = form_extend(p, word.at, is_ipv4 ? 4 : 16);

	if (!address)
		return p->build->status;
	return is_ipv4 ? form_ipv4(p, word, address)
		       : form_ipv6(p, word, address);
}

/* A list of them. */
static int append_sources(struct form_parser *p,
			  const struct form_special *self,
			  struct form_word value)
{
	struct form_word source;

	while (form_element(&value, &source))
		if (append_address(p, source) ||
		    form_count(p, source.at, self->kind))
			return p->build->status;
	return 0;
}

/* "TYPE,GROUP,SOURCE,..." */
static int append_record(struct form_parser *p, const struct form_special *self,
			 struct form_word value)
{
	size_t at = form_len(p), sources = 0;
	struct form_word word;
	uint64_t type = 0;

	form_element(&value, &word);
	if (form_number(p, word, UINT8_MAX, &type))
		return p->build->status;
	if (!form_element(&value, &word))
		return form_fail(p, value.at, -EBADMSG,
				 "a record has a type and a group: %s",
				 self->example);
	if (!form_extend(p, value.at, 4) || append_address(p, word))
		return p->build->status;
	for (; form_element(&value, &word); sources++)
		if (append_address(p, word))
			return p->build->status;
	if (sources > UINT16_MAX)
		return form_fail(p, value.at, -ERANGE,
				 "%zu sources, at most %u", sources,
				 UINT16_MAX + 0u);
	form_start(p)[at] = (uint8_t)type;
	put_be16(form_start(p) + at + 2, (uint16_t)sources);
	return form_count(p, value.at, self->kind);
}

static const struct form_field count_fields[] = {
	{ "source_count", NULL, PKTCAP_KEEP_LENGTHS },
	{ "record_count", NULL, PKTCAP_KEEP_LENGTHS },
	{ NULL, NULL, 0 },
};

static const struct form_special igmp_query_specials[] = {
	{ "source", append_sources, "192.0.2.1,192.0.2.2", IGMP_SOURCES_AT, 0 },
	{ .name = NULL },
};
static const struct form_special igmp_report_specials[] = {
	{ "record", append_record, "4,233.252.0.1,192.0.2.1", IGMP_RECORDS_AT,
	  0 },
	{ .name = NULL },
};
static const struct form_special mld_query_specials[] = {
	{ "source", append_sources, "2001:db8::1,2001:db8::2", MLD_SOURCES_AT,
	  0 },
	{ .name = NULL },
};
static const struct form_special mld_report_specials[] = {
	{ "record", append_record, "4,ff02::1234,2001:db8::1", MLD_RECORDS_AT,
	  0 },
	{ .name = NULL },
};

const struct form_layer form_multicast_layers[] = {
	{ HEADER(IGMP, igmp), .hops = 1 },
	{ FORM("igmp3-query", IGMP, igmp, igmp_query), .fields = count_fields,
	  .specials = igmp_query_specials, .hops = 1 },
	{ FORM("igmp3-report", IGMP, igmp, igmp_report), .fields = count_fields,
	  .specials = igmp_report_specials, .hops = 1 },
	{ HEADER(ICMP6, mld), .hops = 1 },
	{ FORM("mld2-query", ICMP6, mld, mld_query), .fields = count_fields,
	  .specials = mld_query_specials, .hops = 1 },
	{ FORM("mld2-report", ICMP6, mld, mld_report), .fields = count_fields,
	  .specials = mld_report_specials, .hops = 1 },
	{ .name = NULL },
};
