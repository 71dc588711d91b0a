// SPDX-License-Identifier: BSD-2-Clause
/*
 * Messages that are written: header and body as they were read, or the header
 * first and then question by question and record by record behind it.
 */
#include "proto/dns_write.h"

enum { FLAGS_AT = 2, COUNTS_AT = 4, POINTER_MAX = 0x3fff };

static uint16_t flags_of(struct write *w, const struct pktcap_dns *dns)
{
	const struct {
		const char *name;
		uint8_t value, bits;
	} parts[] = {
		{ "response", dns->response, 1 },
		{ "opcode", dns->opcode, 4 },
		{ "authoritative", dns->authoritative, 1 },
		{ "truncated", dns->truncated, 1 },
		{ "recursion_desired", dns->recursion_desired, 1 },
		{ "recursion_available", dns->recursion_available, 1 },
		{ "reserved_flag", dns->reserved_flag, 1 },
		{ "authentic_data", dns->authentic_data, 1 },
		{ "checking_disabled", dns->checking_disabled, 1 },
		{ "rcode", dns->rcode, 4 },
	};
	unsigned int flags = 0;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		write_bits(w, parts[i].name, parts[i].value, parts[i].bits);
		flags = flags << parts[i].bits | parts[i].value;
	}
	return (uint16_t)flags;
}

/* Without a body they are counted as they are appended. */
static void put_counts(uint8_t *p, const struct write *w,
		       const struct pktcap_dns *dns)
{
	if (!dns->body_len && !(w->keep & PKTCAP_KEEP_LENGTHS))
		return;
	put_be16(p, dns->question_count);
	put_be16(p + 2, dns->answer_count);
	put_be16(p + 4, dns->authority_count);
	put_be16(p + 6, dns->additional_count);
}

static void write(struct write *w, const void *header)
{
	const struct pktcap_dns *dns = header;
	size_t prefix = dns_in_stream(w->below) ? DNS_TCP_PREFIX : 0;
	uint16_t flags = flags_of(w, dns);
	uint8_t *p = write_space(w, prefix + DNS_HEADER);

	if (!p)
		return;
	if (prefix)
		put_be16(p, dns->length);
	p += prefix;
	put_be16(p, dns->id);
	put_be16(p + FLAGS_AT, flags);
	put_counts(p + COUNTS_AT, w, dns);
	write_bytes(w, dns->body, dns->body_len);
}

static void finish(struct finish *f)
{
	if (dns_in_stream(f->below))
		finish_length(f, "length", 0, f->header_len - DNS_TCP_PREFIX);
	else if (f->next == PKTCAP_PROTO_DNS)
		f->err = -EPROTOTYPE;
}

/* Message behind message, but in streams only. */
static bool carries(uint16_t proto)
{
	return proto == PKTCAP_PROTO_DNS;
}

const struct writer writer_dns = {
	.write = write,
	.finish = finish,
	.carries = carries,
};

const struct writer writer_mdns = { .write = write };

/* How many labels at the end of a name are in a message already, and where. */
struct match {
	size_t labels;
	uint16_t at;
};

/* Compares the labels of the name at @at from their end. */
static void match_name(const struct dns_message *m, size_t at,
		       const struct dns_wire *wire, struct match *best)
{
	uint16_t labels[DNS_LABELS_MAX];
	int n = dns_name_labels(m, at, labels);
	size_t same = 0;

	while (n-- > 0 && same < wire->labels) {
		size_t mine = wire->at[wire->labels - 1 - same];
		uint8_t len = wire->octets[mine];

		/* Letters are to stay upper and lower case as they are. */
		if (m->b.p[labels[n]] != len ||
		    memcmp(m->b.p + labels[n] + 1, wire->octets + mine + 1,
			   len))
			return;
		same++;
		if (same > best->labels && labels[n] <= POINTER_MAX)
			*best = (struct match){ same, labels[n] };
	}
}

/* Behind the question or record at @at, whose name is well-formed. */
static size_t behind(const struct dns_message *m, size_t at, bool question)
{
	uint8_t len = 0;

	while (bytes_u8(m->b, at, &len) && len && len < DNS_POINTER)
		at += len + 1u;
	at += len ? 2 : 1;
	if (question)
		return at + DNS_QUESTION_MIN - 1;
	return at + DNS_RECORD_MIN - 1 + u16_at(m->b, at + 8);
}

/* Looks at the names of records, not at those in their data. */
static struct match find_name(const struct dns_message *m,
			      const struct dns_wire *wire)
{
	struct match best = { 0, 0 };
	size_t at = DNS_HEADER;

	for (uint32_t i = 0; i <= PKTCAP_DNS_ADDITIONAL; i++) {
		for (uint16_t n = u16_at(m->b, COUNTS_AT + 2 * i); n; n--) {
			if (at > POINTER_MAX || at >= m->b.n ||
			    best.labels == wire->labels)
				return best;
			match_name(m, at, wire, &best);
			at = behind(m, at, i == PKTCAP_DNS_QUESTION);
		}
	}
	return best;
}

static void write_name(struct write *w, const struct dns_message *m,
		       const struct dns_wire *wire, bool plain)
{
	struct match match = { 0, 0 };
	uint8_t *p;

	if (!plain)
		match = find_name(m, wire);
	if (!match.labels) {
		write_bytes(w, wire->octets, wire->len);
		return;
	}
	write_bytes(w, wire->octets, wire->at[wire->labels - match.labels]);
	p = write_space(w, 2);
	if (p)
		put_be16(p, (uint16_t)(DNS_POINTER << 8 | match.at));
}

void dns_write_record(struct write *w, const struct dns_message *m,
		      struct bytes name, const struct pktcap_dns_record *r)
{
	bool question = r->section == PKTCAP_DNS_QUESTION;
	bool has_bit = m->mdns && r->type != DNS_TYPE_OPT;
	struct dns_fault fault;
	struct dns_wire wire;
	uint8_t *p;

	w->err = dns_wire(name, &wire, &fault);
	if (w->err) {
		w->field = fault.what;
		w->value = fault.value;
		w->limit = fault.limit;
		return;
	}
	write_limit(w, "section", r->section, PKTCAP_DNS_ADDITIONAL);
	write_limit(w, "top_bit", r->top_bit, has_bit ? 1 : 0);
	write_name(w, m, &wire, r->plain_name);
	p = write_space(w, (question ? DNS_QUESTION_MIN : DNS_RECORD_MIN) - 1);
	if (!p)
		return;
	put_be16(p, r->type);
	put_be16(p + 2, (uint16_t)(r->rr_class | r->top_bit << 15));
	if (question)
		return;
	put_be32(p + 4, r->ttl);
	put_be16(p + 8, r->rdata_len);
	write_bytes(w, r->rdata, r->rdata_len);
}
