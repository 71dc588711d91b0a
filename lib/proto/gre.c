// SPDX-License-Identifier: BSD-2-Clause
/*
 * GRE (RFC 2784, 2890; 1701 with routing; 2637, 4.1: version 1 of PPTP):
 *
 *	C R K S s recursion(3) A flags(4) version(3)  protocol(16)
 *	C or R: checksum(16) offset(16)
 *	K: key, in version 1 payload length(16) call(16)
 *	S: sequence number
 *	R: routing entries: family(16) offset(8) length(8) and as many bytes
 *	A: acknowledgement number (version 1)
 */
#include "proto/fields.h"
#include "proto/write.h"

enum {
	HEADER = 4,
	CHECKSUM = 0x8000,
	ROUTING = 0x4000,
	KEY = 0x2000,
	SEQUENCE = 0x1000,
	ACKNOWLEDGEMENT = 0x0080,
	VERSION = 7,
	PPTP = 1,
	ENTRIES_MAX = 256,
	ROUTING_END = 4 /* an entry of nothing but zeros */
};

/* Where the optional parts begin; 0: not there. */
struct parts {
	size_t checksum, key, seq, ack, routing, end;
};

static bool has_routing(uint16_t flags)
{
	return flags & ROUTING && (flags & VERSION) != PPTP;
}

static struct parts parts_of(uint16_t flags)
{
	struct parts p = { .end = HEADER };
	bool pptp = (flags & VERSION) == PPTP;

	if (!pptp && flags & (CHECKSUM | ROUTING)) {
		p.checksum = p.end;
		p.end += 4;
	}
	if (flags & KEY || pptp) {
		p.key = p.end;
		p.end += 4;
	}
	if (flags & SEQUENCE) {
		p.seq = p.end;
		p.end += 4;
	}
	if (pptp && flags & ACKNOWLEDGEMENT) {
		p.ack = p.end;
		p.end += 4;
	}
	p.routing = p.end;
	return p;
}

/* The end of the list behind the entry of length 0; 0: it was cut off. */
static size_t routing_end(struct bytes b, size_t at)
{
	uint32_t entry;

	for (int i = 0; i < ENTRIES_MAX && bytes_be32(b, at, &entry); i++) {
		size_t len = entry & 0xff;

		at += 4 + len;
		if (!entry)
			return at;
	}
	return 0;
}

static enum pktcap_status decode(struct step *step)
{
	uint16_t flags = u16_at(step->b, 0), protocol = u16_at(step->b, 2);
	struct parts p = parts_of(flags);

	if (!bytes_has(step->b, 0, HEADER))
		return step_short(step, HEADER);
	if ((flags & VERSION) > PPTP)
		return PKTCAP_STATUS_MALFORMED;
	if (!bytes_has(step->b, 0, p.end))
		return step_short(step, p.end);
	if (has_routing(flags)) {
		p.end = routing_end(step->b, p.routing);
		if (!p.end)
			return step_short(step, step->b.n + 1);
	}
	if ((flags & VERSION) == PPTP) {
		step->payload_len = u16_at(step->b, p.key);
		return step_next(step, p.end, NEXT_PROTO, PKTCAP_PROTO_PPP);
	}
	/* 0: keepalives. */
	return step_next(step, p.end,
			 protocol < ETHERTYPE_MIN ? NEXT_NOTHING
						  : NEXT_ETHERTYPE,
			 protocol);
}

static const struct field_def rows[] = {
	{ "has_checksum", 0, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "has_routing", 1, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "has_key", 2, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "has_seq", 3, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "strict_route", 4, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "recursion", 5, 3, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "has_ack", 8, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flags", 9, 4, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "version", 13, 3, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "protocol", 16, 16, PKTCAP_FIELD_HEX, NULL, label_ethertype },
};

static void routing_fields(struct fields *f, size_t at)
{
	fields_list(f, "routing");
	for (int i = 0; i < ENTRIES_MAX; i++) {
		uint32_t entry;

		if (!bytes_be32(f->b, at, &entry) || !entry)
			break;
		fields_group(f, "entry", at, 4 + (entry & 0xff));
		fields_uint(f, "family", at, 2, NULL, NULL);
		fields_uint(f, "offset", at + 2, 1, "bytes", NULL);
		fields_uint(f, "length", at + 3, 1, "bytes", NULL);
		fields_data(f, "value", PKTCAP_FIELD_BYTES, at + 4,
			    entry & 0xff);
		fields_end(f);
		at += 4 + (entry & 0xff);
	}
	fields_end(f);
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	uint16_t flags = u16_at(f->b, 0);
	struct parts p = parts_of(flags);

	if (layer->caplen < HEADER)
		return;
	if (p.checksum) {
		fields_hex(f, "checksum", p.checksum, 2, NULL);
		fields_uint(f, "offset", p.checksum + 2, 2, "bytes", NULL);
	}
	if (p.key && (flags & VERSION) == PPTP) {
		fields_uint(f, "payload_length", p.key, 2, "bytes", NULL);
		fields_uint(f, "call", p.key + 2, 2, NULL, NULL);
	} else if (p.key) {
		fields_hex(f, "key", p.key, 4, NULL);
	}
	if (p.seq)
		fields_uint(f, "seq", p.seq, 4, NULL, NULL);
	if (p.ack)
		fields_uint(f, "ack", p.ack, 4, NULL, NULL);
	if (has_routing(flags))
		routing_fields(f, p.routing);
}

int pktcap_gre_get(const struct pktcap_layer *layer, struct pktcap_gre *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_GRE, HEADER);
	uint16_t flags = u16_at(b, 0);
	struct parts p = parts_of(flags);

	if (err)
		return err;
	if (has_routing(flags))
		p.end = routing_end(b, p.routing);
	if (!p.end || layer->caplen < p.end)
		return -ENODATA;
	*out = (struct pktcap_gre){
		.key = p.key ? u32_at(b, p.key) : 0,
		.seq = p.seq ? u32_at(b, p.seq) : 0,
		.ack = p.ack ? u32_at(b, p.ack) : 0,
		.flags = flags,
		.protocol = u16_at(b, 2),
		.checksum = p.checksum ? u16_at(b, p.checksum) : 0,
		.offset = p.checksum ? u16_at(b, p.checksum + 2) : 0,
		.routing_len = (uint32_t)(p.end - p.routing),
		.routing = layer->data + p.routing,
	};
	return 0;
}

const struct proto proto_gre = {
	.name = "gre",
	.title = "Generic Routing Encapsulation",
	.level = PKTCAP_LEVEL_NETWORK,
	.decode = decode,
	FIELD_DEFS(rows),
	.fields = fields,
};

/* What has a value is there; of version 1 the key always. */
static uint16_t flags_of(const struct write *w, const struct pktcap_gre *gre)
{
	bool pptp = (gre->flags & VERSION) == PPTP;
	uint16_t flags = gre->flags;

	if (w->keep == PKTCAP_KEEP_ALL)
		return flags;
	if (gre->checksum)
		flags |= CHECKSUM;
	if (gre->routing_len)
		flags |= ROUTING;
	if (gre->key || pptp)
		flags |= KEY;
	if (gre->seq)
		flags |= SEQUENCE;
	if (gre->ack)
		flags |= ACKNOWLEDGEMENT;
	return flags;
}

static void write_parts(uint8_t *p, struct parts parts,
			const struct pktcap_gre *gre)
{
	if (parts.checksum) {
		put_be16(p + parts.checksum, gre->checksum);
		put_be16(p + parts.checksum + 2, gre->offset);
	}
	if (parts.key)
		put_be32(p + parts.key, gre->key);
	if (parts.seq)
		put_be32(p + parts.seq, gre->seq);
	if (parts.ack)
		put_be32(p + parts.ack, gre->ack);
}

static void write(struct write *w, const void *header)
{
	const struct pktcap_gre *gre = header;
	uint16_t flags = flags_of(w, gre);
	struct parts parts = parts_of(flags);
	uint8_t *p = write_space(w, parts.end);

	/* For these the version, or flags that are kept, leave no room. */
	if (!parts.checksum) {
		write_limit(w, "checksum", gre->checksum, 0);
		write_limit(w, "offset", gre->offset, 0);
	}
	if (!parts.key)
		write_limit(w, "key", gre->key, 0);
	if (!parts.seq)
		write_limit(w, "seq", gre->seq, 0);
	if (!parts.ack)
		write_limit(w, "ack", gre->ack, 0);
	if (!has_routing(flags))
		write_limit(w, "routing_len", gre->routing_len, 0);
	if (!p || w->err)
		return;
	put_be16(p, flags);
	put_be16(p + 2, gre->protocol);
	write_parts(p, parts, gre);
	write_bytes(w, gre->routing, gre->routing_len);
	if (has_routing(flags) && !gre->routing_len)
		write_space(w, ROUTING_END);
}

static void finish(struct finish *f)
{
	uint16_t flags = u16_at((struct bytes){ f->p, HEADER }, 0);

	finish_next16(f, 2);
	if ((flags & VERSION) != PPTP)
		return;
	finish_length(f, "payload length", parts_of(flags).key, f->payload_len);
	if (f->next && f->next != PKTCAP_PROTO_PPP &&
	    !(f->keep & PKTCAP_KEEP_NEXT))
		finish_impossible(f);
}

const struct writer writer_gre = {
	.write = write,
	.finish = finish,
	.next = NEXT_ETHERTYPE,
};
