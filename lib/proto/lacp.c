// SPDX-License-Identifier: BSD-2-Clause
/*
 * Slow protocols (IEEE 802.3, 57A.4), of which LACP and its marker (IEEE
 * 802.1AX-2020, 6.4.2.3 and 6.5.3.3) are read. Both have a fixed form:
 *
 *	subtype (1)  version (1)
 *	actor (1), 20 (1)  18 bytes     marker: 1 or 2 (1), 16 (1)  14 bytes
 *	partner (2), 20 (1)  18 bytes
 *	collector (3), 16 (1)  14 bytes
 */
#include "proto/fields.h"
#include "proto/write.h"

enum {
	HEADER = 2,
	MESSAGE = 110, /* with what is reserved */
	LACP_MIN = 42,
	MARKER_MIN = 18,
	ACTOR_AT = 2,
	PARTNER_AT = 22,
	COLLECTOR_AT = 42,
	MARKER_END = 16,
	LACP = 1,
	MARKER = 2,
	PORT = 20,
	COLLECTOR = 16, /* length of the element, as that of ports */
};

/* Is there an element of this type and length? */
static bool has(struct bytes b, size_t at, uint8_t type, uint8_t len)
{
	return u8_at(b, at) == type && u8_at(b, at + 1) == len;
}

static bool is_fixed_form(struct bytes b)
{
	if (u8_at(b, 0) == LACP)
		return has(b, ACTOR_AT, 1, PORT) && has(b, PARTNER_AT, 2, PORT);
	return has(b, ACTOR_AT, 1, 16) || has(b, ACTOR_AT, 2, 16);
}

static enum pktcap_status decode(struct step *step)
{
	uint8_t subtype;
	size_t min;

	if (!bytes_u8(step->b, 0, &subtype))
		return step_short(step, HEADER);
	if (subtype != LACP && subtype != MARKER)
		return step_next(step, 1, NEXT_UNKNOWN, subtype);
	min = subtype == LACP ? LACP_MIN : MARKER_MIN;
	if (!bytes_has(step->b, 0, min))
		return step_short(step, min);
	if (!is_fixed_form(step->b))
		return PKTCAP_STATUS_MALFORMED;
	step->payload_len = 0;
	return step_next(step, step->b.n < MESSAGE ? step->b.n : MESSAGE,
			 NEXT_NOTHING, 0);
}

static const struct label subtypes[] = {
	{ LACP, "LACP" }, { MARKER, "marker" },
	{ 3, "OAM" },	  { 10, "organisation specific" },
	{ 0, NULL },
};

static const struct label marker_types[] = {
	{ 1, "marker" },
	{ 2, "marker response" },
	{ 0, NULL },
};

static const struct field_def rows[] = {
	{ "subtype", 0, 8, PKTCAP_FIELD_UINT, NULL, subtypes },
};

static const struct field_def port_rows[] = {
	{ "type", 0, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "length", 8, 8, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "system_priority", 16, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "system", 32, 48, PKTCAP_FIELD_MAC, NULL, NULL },
	{ "key", 80, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "port_priority", 96, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "port", 112, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "flag_expired", 128, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_defaulted", 129, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_distributing", 130, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_collecting", 131, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_synchronized", 132, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_aggregatable", 133, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_short_timeout", 134, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_active", 135, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "reserved", 136, 24, PKTCAP_FIELD_HEX, NULL, NULL },
};

static const struct field_def collector_rows[] = {
	{ "type", 0, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "length", 8, 8, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "max_delay", 16, 16, PKTCAP_FIELD_UINT, "10 us", NULL },
};

static const struct field_def marker_rows[] = {
	{ "type", 0, 8, PKTCAP_FIELD_UINT, NULL, marker_types },
	{ "length", 8, 8, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "requester_port", 16, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "requester_system", 32, 48, PKTCAP_FIELD_MAC, NULL, NULL },
	{ "transaction", 80, 32, PKTCAP_FIELD_HEX, NULL, NULL },
};

/* Nothing is told of an element that is not what stands there by the form. */
static bool port(struct fields *f, const char *name, uint8_t type, size_t at)
{
	if (!has(f->b, at, type, PORT))
		return false;
	fields_group(f, name, at, PORT);
	FIELDS_ROWS(f, port_rows, at);
	fields_end(f);
	return true;
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	uint8_t subtype = u8_at(f->b, 0);

	(void)layer;
	if (subtype != LACP && subtype != MARKER)
		return;
	fields_uint(f, "version", 1, 1, NULL, NULL);
	if (subtype == MARKER) {
		if (u8_at(f->b, ACTOR_AT + 1) == 16)
			FIELDS_ROWS(f, marker_rows, ACTOR_AT);
		return;
	}
	if (!port(f, "actor", 1, ACTOR_AT) ||
	    !port(f, "partner", 2, PARTNER_AT) ||
	    !has(f->b, COLLECTOR_AT, 3, 16))
		return;
	fields_group(f, "collector", COLLECTOR_AT, 16);
	FIELDS_ROWS(f, collector_rows, COLLECTOR_AT);
	fields_end(f);
}

static struct pktcap_lacp_port get_port(struct bytes b, size_t at)
{
	struct pktcap_lacp_port out = {
		.system_priority = u16_at(b, at + 2),
		.key = u16_at(b, at + 10),
		.port_priority = u16_at(b, at + 12),
		.port = u16_at(b, at + 14),
		.state = u8_at(b, at + 16),
	};

	bytes_copy(b, at + 4, out.system, sizeof(out.system));
	bytes_copy(b, at + 17, out.reserved, sizeof(out.reserved));
	return out;
}

static void get_marker(struct bytes b, struct pktcap_lacp *out)
{
	out->marker_type = u8_at(b, ACTOR_AT);
	out->marker_port = u16_at(b, 4);
	bytes_copy(b, 6, out->marker_system, sizeof(out->marker_system));
	out->marker_transaction = u32_at(b, 12);
}

int pktcap_lacp_get(const struct pktcap_layer *layer, struct pktcap_lacp *out)
{
	struct bytes b = layer_bytes(layer), body;
	int err = layer_expect(layer, PKTCAP_PROTO_LACP, 1);

	if (err)
		return err;
	if (layer->status != PKTCAP_STATUS_OK)
		return -ENODATA;
	*out = (struct pktcap_lacp){ .subtype = u8_at(b, 0) };
	if (out->subtype == LACP || out->subtype == MARKER)
		out->version = u8_at(b, 1);
	if (out->subtype == MARKER)
		get_marker(b, out);
	body = header_behind(layer,
			     out->subtype == LACP ? COLLECTOR_AT : MARKER_END);
	out->body_len = (uint32_t)body.n;
	out->body = body.p;
	if (out->subtype != LACP)
		return 0;
	out->actor = get_port(b, ACTOR_AT);
	out->partner = get_port(b, PARTNER_AT);
	if (has(b, COLLECTOR_AT, 3, 16))
		out->collector_max_delay = u16_at(b, COLLECTOR_AT + 2);
	return 0;
}

const struct proto proto_lacp = {
	.name = "lacp",
	.title = "Link Aggregation Control Protocol",
	.level = PKTCAP_LEVEL_LINK,
	.decode = decode,
	FIELD_DEFS(rows),
	.fields = fields,
};

static void write_port(uint8_t *p, uint8_t type,
		       const struct pktcap_lacp_port *port)
{
	p[0] = type;
	p[1] = PORT;
	put_be16(p + 2, port->system_priority);
	memcpy(p + 4, port->system, sizeof(port->system));
	put_be16(p + 10, port->key);
	put_be16(p + 12, port->port_priority);
	put_be16(p + 14, port->port);
	p[16] = port->state;
	memcpy(p + 17, port->reserved, sizeof(port->reserved));
}

static void write_marker(uint8_t *p, const struct pktcap_lacp *lacp)
{
	p[ACTOR_AT] = lacp->marker_type;
	p[ACTOR_AT + 1] = 16;
	put_be16(p + 4, lacp->marker_port);
	memcpy(p + 6, lacp->marker_system, sizeof(lacp->marker_system));
	put_be32(p + 12, lacp->marker_transaction);
}

/* Without a body the usual one: the collector, and what is reserved. */
static void write_body(struct write *w, const struct pktcap_lacp *lacp,
		       size_t at)
{
	uint8_t *p = w->p;

	if (lacp->body_len || w->keep == PKTCAP_KEEP_ALL) {
		write_bytes(w, lacp->body, lacp->body_len);
	} else if (write_space(w, MESSAGE - at) && lacp->subtype == LACP) {
		p[0] = 3;
		p[1] = COLLECTOR;
	}
	if (!w->err && lacp->subtype == LACP &&
	    has((struct bytes){ p, (size_t)(w->p - p) }, 0, 3, COLLECTOR) &&
	    w->p - p >= 4)
		put_be16(p + 2, lacp->collector_max_delay);
}

static void write(struct write *w, const void *header)
{
	const struct pktcap_lacp *lacp = header;
	size_t at = lacp->subtype == LACP ? COLLECTOR_AT : MARKER_END;
	uint8_t *p;

	/* Of others nothing is known but which one it is. */
	if (lacp->subtype != LACP && lacp->subtype != MARKER) {
		write_limit(w, "body_len", lacp->body_len, 0);
		write_u8(w, lacp->subtype);
		return;
	}
	p = write_space(w, at);
	if (!p)
		return;
	p[0] = lacp->subtype;
	p[1] = write_usual(w, lacp->version, 1);
	if (lacp->subtype == MARKER) {
		write_marker(p, lacp);
	} else {
		write_port(p + ACTOR_AT, 1, &lacp->actor);
		write_port(p + PARTNER_AT, 2, &lacp->partner);
	}
	write_body(w, lacp, at);
}

const struct writer writer_lacp = {
	.write = write,
	.next = NEXT_NOTHING,
};
