// SPDX-License-Identifier: BSD-2-Clause
/* Questions and records behind a DNS header that is the last one. */
#include "build/build.h"

#include "proto/dns_write.h"

enum { COUNTS_AT = 4 };

/* The message as it is so far; false if the last header is of something else.
 */
static bool last_message(const struct pktcap_build *b, struct dns_message *m)
{
	const struct pktcap_layer *last;

	if (!b->count)
		return false;
	last = &b->layers[b->count - 1];
	if (last->proto != PKTCAP_PROTO_DNS && last->proto != PKTCAP_PROTO_MDNS)
		return false;
	m->base = dns_in_stream(last->below) ? DNS_TCP_PREFIX : 0;
	m->b = bytes_slice((struct bytes){ last->data, last->header_len },
			   m->base, SIZE_MAX);
	m->whole = m->b.n;
	m->mdns = last->proto == PKTCAP_PROTO_MDNS;
	return m->b.n >= DNS_HEADER;
}

/* Counts one more, unless the counts are to stay as they are. */
static void count(struct pktcap_build *b, struct write *w,
		  const struct dns_message *m, unsigned int section)
{
	struct pktcap_layer *last = &b->layers[b->count - 1];
	size_t at = COUNTS_AT + 2 * section;
	unsigned int behind = 0;

	if (w->err || b->keep[b->count - 1] & PKTCAP_KEEP_LENGTHS)
		return;
	for (unsigned int i = section + 1; i <= PKTCAP_DNS_ADDITIONAL; i++)
		behind |= u16_at(m->b, COUNTS_AT + 2 * i);
	if (behind) {
		w->err = -EINVAL;
		w->field = "there is a record of a later section in front; the "
			   "order is questions, answers, authority, additional";
	}
	write_bits(w, "records in a section", u16_at(m->b, at) + 1u, 16);
	if (!w->err)
		put_be16(b->data + last->offset + m->base + at,
			 (uint16_t)(u16_at(m->b, at) + 1));
}

static int append(struct pktcap_build *b, struct bytes name,
		  const struct pktcap_dns_record *record)
{
	struct write w = { .p = b->data + b->len, .room = b->size - b->len };
	struct pktcap_layer *last;
	struct dns_message m;
	size_t len;

	if (b->status)
		return b->status;
	if (!last_message(b, &m))
		return build_failed(
			b, PKTCAP_PROTO_DNS, -EINVAL,
			"a record needs a DNS header in front of it", 0, 0);
	last = &b->layers[b->count - 1];
	if (build_has_trailer(b))
		return build_failed(b, last->proto, -EBUSY, NULL, 0, 0);
	dns_write_record(&w, &m, name, record);
	count(b, &w, &m, record->section);
	if (w.err)
		return build_failed(b, last->proto, w.err, w.field, w.value,
				    w.limit);
	len = (size_t)(w.p - b->data) - b->len;
	last->header_len += (uint32_t)len;
	b->len += (uint32_t)len;
	return 0;
}

int pktcap_build_dns_record(struct pktcap_build *b,
			    const struct pktcap_dns_record *record)
{
	struct bytes name = { (const uint8_t *)record->name,
			      strnlen(record->name, sizeof(record->name)) };

	return append(b, name, record);
}

int pktcap_build_dns_question(struct pktcap_build *b, const char *name,
			      uint16_t type, uint16_t rr_class)
{
	struct bytes bytes = { (const uint8_t *)name, strlen(name) };
	struct pktcap_dns_record question = {
		.type = type,
		.rr_class = rr_class,
		.section = PKTCAP_DNS_QUESTION,
	};

	return append(b, bytes, &question);
}
