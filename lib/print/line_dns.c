// SPDX-License-Identifier: BSD-2-Clause
/* DNS, multicast DNS and LLMNR. */
#include "print/line_dns.h"

#include <errno.h>

enum {
	PORT_DNS = 53,
	CLASS_IN = 1,
	TYPE_A = 1,
	TYPE_NS = 2,
	TYPE_CNAME = 5,
	TYPE_SOA = 6,
	TYPE_PTR = 12,
	TYPE_MX = 15,
	TYPE_TXT = 16,
	TYPE_AAAA = 28,
	TYPE_SRV = 33,
	TYPE_DNAME = 39,
	TYPE_OPT = 41,
	TYPE_SPF = 99,
	TYPE_URI = 256,
	OPT_DO = 0x8000,
};

static const char *const operations[] = {
	"",	    " inv_q",	 " stat",     " op3",
	" notify",  " update",	 " op6",      " op7",
	" op8",	    " updateA",	 " updateD",  " updateDA",
	" updateM", " updateMA", " zoneInit", " zoneRef",
};

static const char *const results[] = {
	"",	    " FormErr", " ServFail", " NXDomain",
	" NotImp",  " Refused", " YXDomain", " YXRRSet",
	" NXRRSet", " NotAuth", " NotZone",  " Resp11",
	" Resp12",  " Resp13",	" Resp14",   " NoChange",
};

static const struct line_name extended_results[] = {
	{ 16, " BadVers" },  { 17, " BadKey" },	   { 18, " BadTime" },
	{ 19, " BadMode" },  { 20, " BadName" },   { 21, " BadAlg" },
	{ 22, " BadTrunc" }, { 23, " BadCookie" }, { 0, NULL },
};

static const struct line_name classes[] = {
	{ 1, "IN" }, { 3, "CHAOS" }, { 4, "HS" }, { 255, "ANY" }, { 0, NULL },
};

/* Types whose names are longer than those of the rest of the world. */
static void put_type(struct line *l, uint16_t type)
{
	const char *name = pktcap_dns_type_name(type);

	put_char(&l->t, ' ');
	if (name)
		put_string(&l->t, name);
	else
		line_told(l, "Type", type, "");
}

static void put_class(struct line *l, uint16_t number)
{
	const char *name = line_name(classes, number);

	if (number == CLASS_IN)
		return;
	put_char(&l->t, ' ');
	if (name)
		put_string(&l->t, name);
	else
		line_told(l, "(Class ", number, ")");
}

/* Names end in a dot here, the root is nothing else. */
static void put_name(struct line *l, const char *name)
{
	put_char(&l->t, ' ');
	put_string(&l->t, name);
	if (strcmp(name, "."))
		put_char(&l->t, '.');
}

struct message {
	const struct pktcap_layer *layer;
	struct pktcap_dns dns;
	struct pktcap_dns_record record;
	int state; /* of pktcap_dns_record_next() */
	bool multicast;
};

static bool next(struct message *m)
{
	m->state = pktcap_dns_record_next(m->layer, &m->record);
	return m->state == 1;
}

static void put_question(struct line *l, const struct message *m)
{
	put_type(l, m->record.type);
	put_class(l, m->record.rr_class);
	if (m->multicast)
		put_string(&l->t, m->record.top_bit ? " (QU)" : " (QM)");
	put_char(&l->t, '?');
	put_name(l, m->record.name);
}

/* A name in the data, @skip bytes behind its begin; where it ends, 0: not. */
static uint32_t put_data_name(struct line *l, const struct message *m,
			      uint32_t skip)
{
	char name[PKTCAP_DNS_NAME_SIZE];
	int len = pktcap_dns_name(m->layer, m->record.rdata_offset + skip, name,
				  sizeof(name));

	if (len < 0)
		return 0;
	put_name(l, name);
	return skip + (uint32_t)len;
}

static void put_soa(struct line *l, const struct message *m)
{
	uint32_t at;

	if (!line_verbose(l))
		return;
	at = put_data_name(l, m, 0);
	if (at)
		at = put_data_name(l, m, at);
	if (!at || at + 20 > m->record.rdata_len)
		return;
	for (int i = 0; i < 5; i++, at += 4)
		line_told(l, " ", line_be(m->record.rdata + at, 4), "");
}

static void put_texts(struct line *l, const struct message *m)
{
	const uint8_t *data = m->record.rdata;
	size_t at = 0, end = m->record.rdata_len;

	while (at < end) {
		size_t n = data[at++];

		if (n > end - at)
			n = end - at;
		PUT(&l->t, " \"");
		put_safe(&l->t, data + at, n);
		put_char(&l->t, '"');
		at += n;
	}
}

static void put_service(struct line *l, const struct message *m)
{
	const uint8_t *data = m->record.rdata;

	if (m->record.rdata_len < 7 || !put_data_name(l, m, 6))
		return;
	line_told(l, ":", line_be(data + 4, 2), "");
	line_told(l, " ", line_be(data, 2), "");
	line_told(l, " ", line_be(data + 2, 2), "");
}

static void put_exchange(struct line *l, const struct message *m)
{
	if (m->record.rdata_len >= 3 && put_data_name(l, m, 2))
		line_told(l, " ", line_be(m->record.rdata, 2), "");
}

static void put_opt(struct line *l, const struct message *m)
{
	line_told(l, " UDPsize=", m->record.rr_class, "");
	if (m->record.ttl & OPT_DO)
		PUT(&l->t, " DO");
	line_edns_options(l, m->record.rdata, m->record.rdata_len);
}

static void put_data(struct line *l, const struct message *m)
{
	const struct pktcap_dns_record *r = &m->record;

	switch (r->type) {
	case TYPE_A:
	case TYPE_AAAA:
		if (r->rdata_len < (r->type == TYPE_A ? 4 : 16))
			return;
		put_char(&l->t, ' ');
		if (r->type == TYPE_A)
			put_ipv4(&l->t, r->rdata);
		else
			put_ipv6(&l->t, r->rdata);
		break;
	case TYPE_NS:
	case TYPE_CNAME:
	case TYPE_PTR:
	case TYPE_DNAME:
		put_data_name(l, m, 0);
		break;
	case TYPE_SOA:
		put_soa(l, m);
		break;
	case TYPE_MX:
		put_exchange(l, m);
		break;
	case TYPE_TXT:
	case TYPE_SPF:
		put_texts(l, m);
		break;
	case TYPE_SRV:
		put_service(l, m);
		break;
	case TYPE_OPT:
		put_opt(l, m);
		break;
	default:
		break;
	}
}

static void put_record(struct line *l, const struct message *m)
{
	if (line_verbose(l))
		put_name(l, m->record.name);
	if (m->record.type != TYPE_OPT)
		put_class(l, m->record.rr_class);
	if (m->multicast && m->record.top_bit)
		PUT(&l->t, " (Cache flush)");
	put_type(l, m->record.type);
	put_data(l, m);
}

/* @count records, @label in front of the first one. */
static bool put_records(struct line *l, struct message *m, const char *label,
			unsigned int count)
{
	for (unsigned int i = 0; i < count; i++) {
		put_string(&l->t, i ? "," : label);
		if (!next(m))
			return false;
		put_record(l, m);
	}
	return true;
}

static bool put_rest(struct line *l, struct message *m)
{
	if (!line_has(l, PKTCAP_PRINT_VERY_VERBOSE))
		return true;
	return put_records(l, m, " ns:", m->dns.authority_count) &&
	       put_records(l, m, " ar:", m->dns.additional_count);
}

/* The upper bits of a result are in OPT (RFC 6891, 6.1.3). */
static unsigned int result_of(struct message m)
{
	if (!m.dns.additional_count)
		return m.dns.rcode;
	while (next(&m))
		if (m.record.type == TYPE_OPT &&
		    m.record.section == PKTCAP_DNS_ADDITIONAL)
			return m.record.ttl >> 24 << 4 | m.dns.rcode;
	return m.dns.rcode;
}

static void put_result(struct line *l, unsigned int result)
{
	const char *name = line_name(extended_results, result);

	if (result < 16)
		put_string(&l->t, results[result]);
	else if (name)
		put_string(&l->t, name);
	else
		line_told(l, " Resp", result, "");
}

static bool put_response(struct line *l, struct message *m)
{
	const struct pktcap_dns *dns = &m->dns;

	put_result(l, result_of(*m));
	put_string(&l->t, dns->authoritative ? "*" : "");
	put_string(&l->t, dns->recursion_available ? "" : "-");
	put_string(&l->t, dns->truncated ? "|" : "");
	put_string(&l->t, dns->authentic_data ? "$" : "");
	if (dns->question_count != 1)
		line_told(l, " [", dns->question_count, "q]");
	for (unsigned int i = 0; i < dns->question_count; i++) {
		if (!next(m))
			return false;
		if (i)
			put_char(&l->t, ',');
		if (line_has(l, PKTCAP_PRINT_VERY_VERBOSE)) {
			PUT(&l->t, " q:");
			put_question(l, m);
		}
	}
	line_told(l, " ", dns->answer_count, "/");
	line_told(l, "", dns->authority_count, "/");
	put_uint(&l->t, dns->additional_count);
	return put_records(l, m, "", dns->answer_count) && put_rest(l, m);
}

/* Bits that a query should not have, as they are in the header. */
static unsigned int odd_bits(const struct pktcap_dns *dns)
{
	return dns->authoritative << 10 | dns->truncated << 9 |
	       dns->recursion_available << 7 | dns->reserved_flag << 6 |
	       dns->rcode;
}

static unsigned int all_bits(const struct pktcap_dns *dns)
{
	return odd_bits(dns) | dns->response << 15 | dns->opcode << 11 |
	       dns->recursion_desired << 8 | dns->authentic_data << 5 |
	       dns->checking_disabled << 4;
}

static bool put_query(struct line *l, struct message *m)
{
	const struct pktcap_dns *dns = &m->dns;

	put_string(&l->t, dns->recursion_desired ? "+" : "");
	put_string(&l->t, dns->checking_disabled ? "%" : "");
	if (odd_bits(dns))
		line_put_hex(l, " [b2&3=0x", all_bits(dns), 0, "]");
	if (dns->answer_count)
		line_told(l, " [", dns->answer_count, "a]");
	if (dns->question_count != 1)
		line_told(l, " [", dns->question_count, "q]");
	if (dns->authority_count)
		line_told(l, " [", dns->authority_count, "n]");
	if (dns->additional_count)
		line_told(l, " [", dns->additional_count, "au]");
	for (unsigned int i = 0; i < dns->question_count; i++) {
		if (!next(m))
			return false;
		put_question(l, m);
	}
	if (!line_has(l, PKTCAP_PRINT_VERY_VERBOSE))
		return true;
	return put_records(l, m, " ans:", dns->answer_count) && put_rest(l, m);
}

/* On ports of both, unicast DNS is what it is taken for. */
static bool is_multicast(const struct pktcap_layer *layer)
{
	return layer->proto == PKTCAP_PROTO_MDNS &&
	       (layer->number & 0xffff) != PORT_DNS &&
	       layer->number >> 16 != PORT_DNS;
}

void line_dns(struct line *l, const struct pktcap_layer *layer)
{
	struct message m = {
		.layer = layer,
		.record = { .next = 0 },
		.multicast = is_multicast(layer),
	};
	size_t length = line_wire(l, layer);

	l->ended = true;
	if (pktcap_dns_get(layer, &m.dns)) {
		line_truncated(l, "domain");
		return;
	}
	if (layer->below == PKTCAP_PROTO_TCP)
		put_char(&l->t, ' ');
	put_uint(&l->t, m.dns.id);
	put_string(&l->t, operations[m.dns.opcode & 15]);
	if (m.dns.response ? !put_response(l, &m) : !put_query(l, &m)) {
		if (m.state == -EPROTO)
			line_invalid(l);
		else
			line_truncated(l, "domain");
		return;
	}
	/* The length in front of it, over TCP, is none of the message. */
	if (layer->below == PKTCAP_PROTO_TCP && length >= 2)
		length -= 2;
	line_told(l, " (", length, ")");
}
