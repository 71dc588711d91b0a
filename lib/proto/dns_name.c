// SPDX-License-Identifier: BSD-2-Clause
/*
 * Names (RFC 1035, 3.1 and 4.1.4): labels of a length byte and up to 63 others,
 * then a zero or two bytes, 11 and 14 bits of the offset where the name goes
 * on. And records, each of which begins with one.
 */
#include "proto/dns.h"

#include <string.h>

enum {
	/* As many labels as a name can have, each reached by a pointer. */
	JUMPS_MAX = 128,
	TOP_BIT = 0x8000,
};

/* What has a meaning in a master file; the dot also between labels. */
static bool is_special(uint8_t c)
{
	return c && strchr(".\\\"();@$", c);
}

static void put_label(struct text *t, const uint8_t *label, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (label[i] <= ' ' || label[i] > '~') {
			text_char(t, '\\');
			text_number(t, label[i], 10, 3, '0');
			continue;
		}
		if (is_special(label[i]))
			text_char(t, '\\');
		text_char(t, (char)label[i]);
	}
}

/* Where a name is being read. Each pointer leads in front of the last run. */
struct walk {
	size_t at;
	size_t run; /* where the labels being read began */
	size_t end; /* behind the name, where it was before any pointer */
	size_t octets;
	unsigned int jumps;
};

static int follow(const struct dns_message *m, struct walk *w)
{
	uint16_t pointer;

	if (!bytes_be16(m->b, w->at, &pointer))
		return dns_short(m);
	if (!w->jumps)
		w->end = w->at + 2;
	w->at = pointer & 0x3fff;
	if (w->at >= w->run || ++w->jumps > JUMPS_MAX)
		return -EPROTO;
	w->run = w->at;
	return 0;
}

/* 1 with a label that is put behind @w, 0 behind the last one, or an error. */
static int next_label(const struct dns_message *m, struct walk *w,
		      struct bytes *label)
{
	uint8_t len = 0;
	int err;

	while (bytes_u8(m->b, w->at, &len) && len >= DNS_POINTER) {
		err = follow(m, w);
		if (err)
			return err;
	}
	if (w->at >= m->b.n)
		return dns_short(m);
	if (len > DNS_LABEL_MAX || w->octets + len + 1 > DNS_NAME_OCTETS)
		return -EPROTO;
	if (!bytes_has(m->b, w->at + 1, len))
		return dns_short(m);
	*label = (struct bytes){ m->b.p + w->at + 1, len };
	w->octets += len + 1u;
	w->at += len + 1u;
	if (!w->jumps)
		w->end = w->at;
	return len > 0;
}

static int read_name(const struct dns_message *m, struct walk *w,
		     struct text *t)
{
	struct bytes label;
	int more;

	while ((more = next_label(m, w, &label)) > 0) {
		if (w->octets > label.n + 1)
			text_char(t, '.');
		put_label(t, label.p, label.n);
	}
	if (!more && w->octets == 1)
		text_char(t, '.');
	return more;
}

int dns_name(const struct dns_message *m, size_t at, struct text *t,
	     size_t *end)
{
	struct walk w = { .at = at, .run = at };
	int err = read_name(m, &w, t);

	if (!err && end)
		*end = w.end;
	return err;
}

int dns_name_labels(const struct dns_message *m, size_t at,
		    uint16_t labels[DNS_LABELS_MAX])
{
	struct walk w = { .at = at, .run = at };
	struct bytes label;
	int n = 0, more;

	while ((more = next_label(m, &w, &label)) > 0)
		labels[n++] = (uint16_t)(label.p - 1 - m->b.p);
	return more < 0 ? more : n;
}

int dns_message(const struct pktcap_layer *layer, struct dns_message *out)
{
	struct bytes all = { layer->data, layer->header_len };
	/* Behind another message of the same segment, below is DNS. */
	bool stream = layer->below == PKTCAP_PROTO_TCP ||
		      layer->below == PKTCAP_PROTO_DNS;
	uint16_t length = 0;

	if (layer->proto != PKTCAP_PROTO_DNS &&
	    layer->proto != PKTCAP_PROTO_MDNS)
		return -EPROTOTYPE;
	if (stream && !bytes_be16(all, 0, &length))
		return -ENODATA;
	*out = (struct dns_message){
		.base = stream ? DNS_TCP_PREFIX : 0,
		.whole = stream ? length : layer->wirelen,
		.mdns = layer->proto == PKTCAP_PROTO_MDNS,
	};
	out->b = bytes_slice(all, out->base, out->whole);
	return out->b.n < DNS_HEADER ? -ENODATA : 0;
}

/* Which section has the record of this index; false behind all of them. */
static bool find_section(const struct dns_message *m, uint32_t index,
			 uint8_t *section)
{
	uint32_t end = 0;

	for (uint8_t i = 0; i <= PKTCAP_DNS_ADDITIONAL; i++) {
		end += u16_at(m->b, 4 + 2u * i);
		if (index < end) {
			*section = i;
			return true;
		}
	}
	return false;
}

static void split_class(const struct dns_message *m,
			struct pktcap_dns_record *r)
{
	if (!m->mdns || r->type == DNS_TYPE_OPT)
		return;
	r->top_bit = r->rr_class >> 15;
	r->rr_class &= TOP_BIT - 1;
}

/* Behind the name at @at: type, class, and for all but questions the rest. */
static int read_rest(const struct dns_message *m, size_t at,
		     struct pktcap_dns_record *r)
{
	bool question = r->section == PKTCAP_DNS_QUESTION;
	size_t fixed = question ? DNS_QUESTION_MIN - 1 : DNS_RECORD_MIN - 1;
	struct bytes rdata;

	if (!bytes_has(m->b, at, fixed))
		return dns_short(m);
	r->type = u16_at(m->b, at);
	r->rr_class = u16_at(m->b, at + 2);
	split_class(m, r);
	r->next = (uint32_t)(at + fixed);
	if (question)
		return 1;
	r->ttl = u32_at(m->b, at + 4);
	r->rdata_len = u16_at(m->b, at + 8);
	r->rdata_offset = r->next;
	r->next += r->rdata_len;
	if (r->next > m->whole)
		return -EPROTO;
	rdata = bytes_slice(m->b, r->rdata_offset, r->rdata_len);
	r->rdata = rdata.p;
	return rdata.n < r->rdata_len ? -ENODATA : 1;
}

int dns_record(const struct dns_message *m, struct pktcap_dns_record *record)
{
	uint32_t at = record->next ? record->next : DNS_HEADER;
	uint32_t index = record->index;
	struct walk w = { .at = at, .run = at };
	struct text t;
	uint8_t section;
	int err;

	if (!find_section(m, index, &section))
		return 0;
	memset(record, 0, offsetof(struct pktcap_dns_record, name));
	record->offset = at;
	record->index = index + 1;
	record->section = section;
	t = text_over(record->name, sizeof(record->name));
	err = read_name(m, &w, &t);
	if (err)
		return err;
	record->name_len = (uint16_t)t.len;
	record->plain_name = !w.jumps;
	return read_rest(m, w.end, record);
}

int pktcap_dns_record_next(const struct pktcap_layer *layer,
			   struct pktcap_dns_record *record)
{
	struct pktcap_dns_record next;
	struct dns_message m;
	int err = dns_message(layer, &m);

	if (err)
		return err;
	next.next = record->next;
	next.index = record->index;
	err = dns_record(&m, &next);
	if (err == 1)
		memcpy(record, &next,
		       offsetof(struct pktcap_dns_record, name) +
			       next.name_len + 1u);
	return err;
}

int pktcap_dns_name(const struct pktcap_layer *layer, uint32_t offset,
		    char *buf, size_t size)
{
	struct text t = text_over(buf, size);
	struct dns_message m;
	size_t end = offset;
	int err = dns_message(layer, &m);

	if (!err)
		err = dns_name(&m, offset, &t, &end);
	if (err)
		return err;
	return t.len < size ? (int)(end - offset) : -ENOSPC;
}
