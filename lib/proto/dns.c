// SPDX-License-Identifier: BSD-2-Clause
/*
 * DNS (RFC 1035, 4.1), LLMNR (RFC 4795) and mDNS (RFC 6762), a row is 16 bits:
 *
 *	id
 *	QR opcode(4) AA TC RD RA Z AD CD rcode(4)
 *	questions
 *	answers
 *	authority records
 *	additional records
 *	all of these
 *
 * Over TCP the message's length stands in front, in two bytes.
 */
#include "proto/dns.h"

enum {
	CLASS_IN = 1,
	UPDATE_CLASS_NONE = 254,
	CLASS_ANY = 255,
	RESPONSE = 0x8000,
	OPCODE = 0x7800,
	RESERVED = 0x0040,
	RCODE = 0x000f,
	ADDITIONAL_MAX = 2, /* of a query: EDNS, a signature */
	NETBIOS_NAME = 32,
	TYPE_NB = 32,
	TYPE_NBSTAT = 33,
};

static enum pktcap_status decode_datagram(struct step *step)
{
	if (step->b.n < DNS_HEADER)
		return step_short(step, DNS_HEADER);
	if (step->b.n < step->wire)
		return PKTCAP_STATUS_TRUNCATED;
	return step_next(step, step->b.n, NEXT_NOTHING, 0);
}

/* What follows a message is the next one, if it looks like one. */
static enum pktcap_status decode_stream(struct step *step)
{
	uint16_t length;
	size_t end;

	if (!bytes_be16(step->b, 0, &length))
		return step_short(step, DNS_TCP_PREFIX + DNS_HEADER);
	end = (size_t)length + DNS_TCP_PREFIX;
	if (length < DNS_HEADER)
		return PKTCAP_STATUS_MALFORMED;
	if (end > step->wire) {
		step->flags |= PKTCAP_LAYER_BEYOND;
		end = step->wire;
	}
	if (end > step->b.n)
		return PKTCAP_STATUS_TRUNCATED;
	return step_next(step, end, NEXT_TCP, step->number);
}

static enum pktcap_status decode(struct step *step)
{
	if (step->below == PKTCAP_PROTO_TCP || step->below == PKTCAP_PROTO_DNS)
		return decode_stream(step);
	return decode_datagram(step);
}

static bool is_class(uint16_t class)
{
	/* mDNS has a flag in the first bit. */
	class &= 0x7fff;
	return (class >= 1 && class <= 4) || class == UPDATE_CLASS_NONE ||
	       class == CLASS_ANY;
}

/*
 * A message without any record: DNS Stateful Operations, or a header alone,
 * such as that of an error. Zeros alone are none.
 */
static bool check_empty(struct bytes b)
{
	return (u16_at(b, 2) >> 11 & 15) == 6 ||
	       (b.n == DNS_HEADER && u32_at(b, 0));
}

/* The first question or record, as far as it was captured, is as most are. */
static bool check_first(const struct dns_message *m)
{
	struct text none = text_over(NULL, 0);
	size_t end;
	uint16_t class, type;
	int err = dns_name(m, DNS_HEADER, &none, &end);

	if (err)
		return err == -ENODATA;
	if (!bytes_be16(m->b, end, &type) || !bytes_be16(m->b, end + 2, &class))
		return true;
	return type == DNS_TYPE_OPT || (type && is_class(class));
}

static bool check_message(struct bytes b, size_t whole)
{
	static const uint8_t opcodes =
		1 << 0 | 1 << 1 | 1 << 2 | 1 << 4 | 1 << 5 | 1 << 6;
	struct dns_message m = { .b = b, .whole = whole };
	uint32_t questions, records;
	uint16_t flags;

	if (!bytes_has(b, 0, DNS_HEADER))
		return false;
	flags = u16_at(b, 2);
	questions = u16_at(b, 4);
	records = 0u + u16_at(b, 6) + u16_at(b, 8) + u16_at(b, 10);
	if (!(1u << (flags >> 11 & 15) & opcodes))
		return false;
	if (!questions && !records)
		return check_empty(b);
	if (questions * DNS_QUESTION_MIN + records * DNS_RECORD_MIN > whole)
		return false;
	/* Hardly ever in noise: then nothing in the message is too odd. */
	if (questions == 1 && records < 1000)
		return true;
	return check_first(&m);
}

/*
 * How much there was on the wire is not known here: what the capture cut may be
 * as long as a datagram can be.
 */
static bool check(struct bytes b)
{
	return check_message(b, UINT16_MAX);
}

/* Asks for a name or a node's status (RFC 1002, 4.2.1.2), whose label is long.
 */
static bool is_netbios(struct bytes b, uint16_t type)
{
	return type == TYPE_NB ||
	       (type == TYPE_NBSTAT && u8_at(b, DNS_HEADER) == NETBIOS_NAME);
}

/* The one question can be read, and is about the Internet. */
static bool check_question(struct bytes b)
{
	struct dns_message m = { .b = b, .whole = UINT16_MAX };
	struct text none = text_over(NULL, 0);
	uint16_t type, class;
	size_t end;

	return !dns_name(&m, DNS_HEADER, &none, &end) &&
	       bytes_be16(b, end, &type) && type &&
	       bytes_be16(b, end + 2, &class) && class == CLASS_IN &&
	       !is_netbios(b, type);
}

bool dns_guess_header(struct bytes b)
{
	uint16_t flags = u16_at(b, 2);

	if (b.n < DNS_HEADER || u16_at(b, 4) != 1 ||
	    flags & (OPCODE | RESERVED))
		return false;
	if (flags & RESPONSE)
		return !(u32_at(b, 6) & 0xff00ff00 || u16_at(b, 10) > 255);
	return !(flags & RCODE || u32_at(b, 6) ||
		 u16_at(b, 10) > ADDITIONAL_MAX);
}

/*
 * A query, or an answer that repeats it: few bits are free, and none of the
 * class. Noise is not known to have them.
 */
static bool guess(struct bytes b)
{
	return dns_guess_header(b) && check_question(b);
}

static bool check_stream(struct bytes b)
{
	uint16_t length;

	return bytes_be16(b, 0, &length) && length >= DNS_HEADER &&
	       check_message(bytes_slice(b, DNS_TCP_PREFIX, length), length);
}

static const struct field_def rows[] = {
	{ "id", 0, 16, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "response", 16, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "opcode", 17, 4, PKTCAP_FIELD_UINT, NULL, label_dns_opcode },
	{ "authoritative", 21, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "truncated", 22, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "recursion_desired", 23, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "recursion_available", 24, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "reserved_flag", 25, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "authentic_data", 26, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "checking_disabled", 27, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "rcode", 28, 4, PKTCAP_FIELD_UINT, NULL, label_dns_rcode },
	{ "question_count", 32, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "answer_count", 48, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "authority_count", 64, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "additional_count", 80, 16, PKTCAP_FIELD_UINT, NULL, NULL },
};

static const struct field_def opt_rows[] = {
	{ "udp_payload_size", 16, 16, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "extended_rcode", 32, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "version", 40, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "dnssec_ok", 48, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "reserved_flags", 49, 15, PKTCAP_FIELD_HEX, NULL, NULL },
};

static void class_fields(struct fields *f, const struct dns_message *m,
			 const struct pktcap_dns_record *r, size_t at)
{
	static const struct field_def question[] = {
		{ "unicast_response", 0, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "class", 1, 15, PKTCAP_FIELD_UINT, NULL, label_dns_class },
	};
	static const struct field_def record[] = {
		{ "cache_flush", 0, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "class", 1, 15, PKTCAP_FIELD_UINT, NULL, label_dns_class },
	};

	if (!m->mdns)
		fields_uint(f, "class", at, 2, NULL, label_dns_class);
	else
		fields_rows(f, r->section ? record : question, 2, at);
}

/* @behind is what follows the name, in the layer. */
static void record_fields(struct fields *f, const struct dns_message *m,
			  const struct pktcap_dns_record *r, size_t behind)
{
	size_t start = m->base + r->offset;

	fields_text(f, "name", r->name, r->name_len, start, behind - start);
	fields_uint(f, "type", behind, 2, NULL, label_dns_type);
	if (r->section && r->type == DNS_TYPE_OPT) {
		FIELDS_ROWS(f, opt_rows, behind);
	} else {
		class_fields(f, m, r, behind + 2);
		if (r->section)
			fields_uint(f, "ttl", behind + 4, 4, "s", NULL);
	}
	if (!r->section)
		return;
	fields_uint(f, "rdata_length", behind + 8, 2, "bytes", NULL);
	dns_rdata_fields(f, m, r);
}

/* 1, 0 at the end, or an error: then no more can be told. */
static int next_record(struct fields *f, const struct dns_message *m,
		       struct pktcap_dns_record *r)
{
	int err = dns_record(m, r);
	size_t fixed;

	/* Of a record whose data was cut there is still the rest. */
	if (err != 1 && !(err == -ENODATA && r->rdata_offset))
		return err;
	fixed = r->section ? DNS_RECORD_MIN - 1 : DNS_QUESTION_MIN - 1;
	fields_group(f, r->section ? "record" : "question", m->base + r->offset,
		     r->next - r->offset);
	record_fields(f, m, r,
		      m->base + (r->section ? r->rdata_offset : r->next) -
			      fixed);
	fields_end(f);
	return err;
}

/* How the walk over the records ended. */
static void end_fields(struct fields *f, const struct dns_message *m, size_t at,
		       int err)
{
	if (err == -EPROTO)
		fields_number(f, "malformed", PKTCAP_FIELD_FLAG, 1, 0, 0, NULL);
	else if (err)
		fields_number(f, "incomplete", PKTCAP_FIELD_FLAG, 1, 0, 0,
			      NULL);
	else if (at < m->b.n)
		fields_data(f, "trailing", PKTCAP_FIELD_BYTES, m->base + at,
			    m->b.n - at);
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	static const char *const lists[] = { "questions", "answers",
					     "authorities", "additionals" };
	struct pktcap_dns_record record = { .next = DNS_HEADER };
	struct dns_message m;
	int err = 1;

	if (dns_message(layer, &m))
		return;
	if (m.base)
		fields_uint(f, "length", 0, DNS_TCP_PREFIX, "bytes", NULL);
	FIELDS_ROWS(f, rows, m.base);
	for (uint32_t i = 0; i < 4 && err >= 0; i++) {
		uint16_t count = u16_at(m.b, 4 + 2 * i);

		if (!count)
			continue;
		fields_list(f, lists[i]);
		while (count-- && !f->stopped && err >= 0)
			err = next_record(f, &m, &record);
		fields_end(f);
	}
	end_fields(f, &m, record.next, err < 0 ? err : 0);
}

int pktcap_dns_get(const struct pktcap_layer *layer, struct pktcap_dns *out)
{
	struct dns_message m;
	int err = dns_message(layer, &m);
	struct bytes body;
	uint16_t flags;

	if (err)
		return err;
	body = bytes_slice(m.b, DNS_HEADER, SIZE_MAX);
	flags = u16_at(m.b, 2);
	*out = (struct pktcap_dns){
		.id = u16_at(m.b, 0),
		.length = (uint16_t)(m.base ? m.whole : 0),
		.question_count = u16_at(m.b, 4),
		.answer_count = u16_at(m.b, 6),
		.authority_count = u16_at(m.b, 8),
		.additional_count = u16_at(m.b, 10),
		.response = flags >> 15,
		.opcode = flags >> 11 & 15,
		.authoritative = flags >> 10 & 1,
		.truncated = flags >> 9 & 1,
		.recursion_desired = flags >> 8 & 1,
		.recursion_available = flags >> 7 & 1,
		.reserved_flag = flags >> 6 & 1,
		.authentic_data = flags >> 5 & 1,
		.checking_disabled = flags >> 4 & 1,
		.rcode = flags & 15,
		.body_len = (uint32_t)body.n,
		.body = body.p,
	};
	return 0;
}

const struct proto proto_dns = {
	.name = "dns",
	.title = "Domain Name System",
	.level = PKTCAP_LEVEL_APPLICATION,
	.decode = decode,
	.check = check,
	.check_stream = check_stream,
	.guess = guess,
	.fields = fields,
};

const struct proto proto_mdns = {
	.name = "mdns",
	.title = "Multicast DNS",
	.level = PKTCAP_LEVEL_APPLICATION,
	.decode = decode_datagram,
	.check = check,
	.fields = fields,
};
