// SPDX-License-Identifier: BSD-2-Clause
/*
 * Bridge protocol data units of STP, RSTP and MSTP (IEEE 802.1Q-2022, 14.2):
 *
 *	protocol (2), 0  version (1)  type (1)         all of a topology change
 *	flags (1)  root (8)  cost (4)  bridge (8)  port (2)
 *	message age (2)  maximum age (2)  hello (2)  forward delay (2)
 *	length of version 1 (1), 0                            from RSTP on
 *	length of version 3 (2)  regions and instances         from MSTP on
 *
 * Times are 256ths of a second. Cisco's PVST+ adds the VLAN.
 */
#include "proto/fields.h"
#include "proto/write.h"

enum {
	HEADER = 4,
	CONFIG = 35,
	RAPID = 36,
	MULTIPLE = 38, /* and what the length there counts */
	PVST = 42,
	PVST_TYPE_AT = 36,
	PVST_LENGTH_AT = 38,
	PVST_VLAN_AT = 40,
	VERSION_AT = 2,
	TYPE_AT = 3,
	LENGTH3_AT = 36,
	VERSION_MSTP = 3,
	TYPE_CONFIG = 0x00,
	TYPE_RAPID = 0x02,
	TYPE_CHANGE = 0x80,
	REGION = 64, /* of a region, then 16 for each instance */
	INSTANCE = 16,
	NAME = 32,
};

/* What @room bytes hold of a type; 0 for a type that does not exist. */
static size_t bpdu_len(struct bytes b, size_t room)
{
	switch (u8_at(b, TYPE_AT)) {
	case TYPE_CHANGE:
		return HEADER;
	case TYPE_CONFIG:
		return CONFIG;
	case TYPE_RAPID:
		/* Shorter ones count as rapid, whatever their version. */
		if (u8_at(b, VERSION_AT) < VERSION_MSTP || room < MULTIPLE)
			return RAPID;
		return MULTIPLE + (size_t)u16_at(b, LENGTH3_AT);
	default:
		return 0;
	}
}

static enum pktcap_status decode(struct step *step)
{
	size_t len;

	if (!bytes_has(step->b, 0, HEADER))
		return step_short(step, HEADER);
	if (u16_at(step->b, 0))
		return PKTCAP_STATUS_UNSUPPORTED; /* GARP, or nobody knows */
	len = bpdu_len(step->b, step->wire);
	if (!len)
		return PKTCAP_STATUS_MALFORMED;
	if (!bytes_has(step->b, 0, len))
		return step_short(step, len);
	if (step->below == PKTCAP_PROTO_SNAP && len >= CONFIG && len <= RAPID &&
	    bytes_has(step->b, 0, PVST))
		len = PVST;
	step->payload_len = 0;
	return step_next(step, len, NEXT_NOTHING, 0);
}

static const struct label versions[] = {
	{ 0, "STP" }, { 2, "RSTP" }, { 3, "MSTP" }, { 4, "SPT" }, { 0, NULL },
};

static const struct label types[] = {
	{ TYPE_CONFIG, "configuration" },
	{ TYPE_RAPID, "rapid or multiple" },
	{ TYPE_CHANGE, "topology change" },
	{ 0, NULL },
};

static const struct label roles[] = {
	{ 0, "unknown" }, { 1, "alternate or backup" },
	{ 2, "root" },	  { 3, "designated" },
	{ 0, NULL },
};

static const struct field_def rows[] = {
	{ "protocol", 0, 16, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "version", 16, 8, PKTCAP_FIELD_UINT, NULL, versions },
	{ "type", 24, 8, PKTCAP_FIELD_HEX, NULL, types },
};

static const struct field_def flag_rows[] = {
	{ "flag_topology_change_ack", 0, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_agreement", 1, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_forwarding", 2, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_learning", 3, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "port_role", 4, 2, PKTCAP_FIELD_UINT, NULL, roles },
	{ "flag_proposal", 6, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_topology_change", 7, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
};

/* Behind the bridge's identifier. */
static const struct field_def config_rows[] = {
	{ "port", 0, 16, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "message_age", 16, 16, PKTCAP_FIELD_UINT, "1/256 s", NULL },
	{ "max_age", 32, 16, PKTCAP_FIELD_UINT, "1/256 s", NULL },
	{ "hello_time", 48, 16, PKTCAP_FIELD_UINT, "1/256 s", NULL },
	{ "forward_delay", 64, 16, PKTCAP_FIELD_UINT, "1/256 s", NULL },
};

static const struct field_def region_rows[] = {
	{ "revision", 264, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "digest", 280, 128, PKTCAP_FIELD_BYTES, NULL, NULL },
	{ "internal_root_cost", 408, 32, PKTCAP_FIELD_UINT, NULL, NULL },
};

/* Priorities are the upper bits of a number, and always told as all of it. */
static void priority(struct fields *f, const char *name, uint16_t mask,
		     size_t at, size_t len)
{
	uint16_t value = len == 1 ? u8_at(f->b, at) : u16_at(f->b, at);

	if (bytes_has(f->b, at, len))
		fields_bits(f, name, PKTCAP_FIELD_UINT, value & mask, at * 8, 4,
			    NULL);
}

/* Priority, system id extension, address. */
static void identifier(struct fields *f, const char *const names[3], size_t at)
{
	static const uint16_t priority_bits = 0xf000;

	priority(f, names[0], priority_bits, at, 2);
	if (bytes_has(f->b, at, 2))
		fields_bits(f, names[1], PKTCAP_FIELD_UINT,
			    u16_at(f->b, at) & ~priority_bits, at * 8 + 4, 12,
			    NULL);
	fields_data(f, names[2], PKTCAP_FIELD_MAC, at + 2, 6);
}

static const char *const root_names[] = { "root_priority", "root_extension",
					  "root" };
static const char *const bridge_names[] = { "bridge_priority",
					    "bridge_extension", "bridge" };
static const char *const regional_names[] = { "regional_priority",
					      "regional_extension",
					      "regional_bridge" };
/* An instance's number is the extension of its root. */
static const char *const instance_names[] = { "root_priority", "number",
					      "root" };

static void instance(struct fields *f, size_t at)
{
	fields_group(f, "instance", at, INSTANCE);
	FIELDS_ROWS(f, flag_rows, at);
	identifier(f, instance_names, at + 1);
	fields_uint(f, "internal_root_cost", at + 9, 4, NULL, NULL);
	priority(f, "bridge_priority", 0xf0, at + 13, 1);
	priority(f, "port_priority", 0xf0, at + 14, 1);
	fields_uint(f, "remaining_hops", at + 15, 1, "hops", NULL);
	fields_end(f);
}

static void instances(struct fields *f, size_t at, size_t end)
{
	if (end < at || end - at < INSTANCE)
		return;
	fields_list(f, "instances");
	for (; end - at >= INSTANCE; at += INSTANCE)
		instance(f, at);
	fields_end(f);
}

/* A name of 32 bytes, filled up with zeros. */
static void region_name(struct fields *f, size_t at)
{
	const char *name = (const char *)f->b.p + at;

	fields_text(f, "name", name, strnlen(name, NAME), at, NAME);
}

static void region(struct fields *f, size_t end)
{
	fields_uint(f, "version3_length", LENGTH3_AT, 2, "bytes", NULL);
	if (end > f->b.n)
		end = f->b.n;
	if (end < MULTIPLE + REGION)
		return;
	fields_uint(f, "format", MULTIPLE, 1, NULL, NULL);
	region_name(f, MULTIPLE + 1);
	FIELDS_ROWS(f, region_rows, MULTIPLE);
	identifier(f, regional_names, MULTIPLE + 55);
	fields_uint(f, "remaining_hops", MULTIPLE + 63, 1, "hops", NULL);
	instances(f, MULTIPLE + REGION, end);
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	size_t len = bpdu_len(f->b, layer->wirelen);

	if (u16_at(f->b, 0) || len < CONFIG)
		return;
	FIELDS_ROWS(f, flag_rows, HEADER);
	identifier(f, root_names, 5);
	fields_uint(f, "root_cost", 13, 4, NULL, NULL);
	identifier(f, bridge_names, 17);
	FIELDS_ROWS(f, config_rows, 25);
	if (len >= RAPID)
		fields_uint(f, "version1_length", CONFIG, 1, "bytes", NULL);
	if (len >= MULTIPLE)
		region(f, len);
	if (layer->status == PKTCAP_STATUS_OK && layer->header_len == PVST &&
	    len < PVST)
		fields_uint(f, "vlan", PVST_VLAN_AT, 2, NULL, NULL);
}

static void get_config(struct bytes b, struct pktcap_stp *out)
{
	out->flags = u8_at(b, 4);
	out->root_priority = u16_at(b, 5);
	bytes_copy(b, 7, out->root, sizeof(out->root));
	out->root_cost = u32_at(b, 13);
	out->bridge_priority = u16_at(b, 17);
	bytes_copy(b, 19, out->bridge, sizeof(out->bridge));
	out->port = u16_at(b, 25);
	out->message_age = u16_at(b, 27);
	out->max_age = u16_at(b, 29);
	out->hello_time = u16_at(b, 31);
	out->forward_delay = u16_at(b, 33);
}

int pktcap_stp_get(const struct pktcap_layer *layer, struct pktcap_stp *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_STP, HEADER);
	size_t len = bpdu_len(b, layer->wirelen);

	if (err)
		return err;
	if (layer->status != PKTCAP_STATUS_OK || layer->caplen < len)
		return -ENODATA;
	*out = (struct pktcap_stp){
		.protocol = u16_at(b, 0),
		.version = u8_at(b, VERSION_AT),
		.type = u8_at(b, TYPE_AT),
	};
	if (len >= CONFIG)
		get_config(b, out);
	if (layer->header_len > CONFIG)
		out->version1_length = u8_at(b, CONFIG);
	if (layer->header_len == PVST && len < PVST) {
		out->has_vlan = 1;
		out->vlan_type = u16_at(b, PVST_TYPE_AT);
		out->vlan_len = u16_at(b, PVST_LENGTH_AT);
		out->vlan = u16_at(b, PVST_VLAN_AT);
	}
	if (len >= MULTIPLE) {
		out->regions_len = (uint16_t)(len - MULTIPLE);
		out->regions = layer->data + MULTIPLE;
	}
	return 0;
}

const struct proto proto_stp = {
	.name = "stp",
	.title = "Spanning Tree Protocol",
	.level = PKTCAP_LEVEL_LINK,
	.decode = decode,
	FIELD_DEFS(rows),
	.fields = fields,
};

static void write_config(uint8_t *p, const struct pktcap_stp *stp)
{
	p[4] = stp->flags;
	put_be16(p + 5, stp->root_priority);
	memcpy(p + 7, stp->root, sizeof(stp->root));
	put_be32(p + 13, stp->root_cost);
	put_be16(p + 17, stp->bridge_priority);
	memcpy(p + 19, stp->bridge, sizeof(stp->bridge));
	put_be16(p + 25, stp->port);
	put_be16(p + 27, stp->message_age);
	put_be16(p + 29, stp->max_age);
	put_be16(p + 31, stp->hello_time);
	put_be16(p + 33, stp->forward_delay);
}

/* All in front of the regions. */
static size_t written_len(const struct pktcap_stp *stp)
{
	switch (stp->type) {
	case TYPE_CONFIG:
		return stp->has_vlan ? PVST : CONFIG;
	case TYPE_RAPID:
		if (stp->regions_len || stp->regions)
			return MULTIPLE;
		return stp->has_vlan ? PVST : RAPID;
	default:
		return HEADER;
	}
}

/* PVST+ has, behind as many bytes as RSTP has, type, length and VLAN. */
static void write_vlan(struct write *w, uint8_t *p,
		       const struct pktcap_stp *stp)
{
	bool keep = w->keep & PKTCAP_KEEP_LENGTHS;

	put_be16(p + PVST_TYPE_AT, stp->vlan_type);
	put_be16(p + PVST_LENGTH_AT, keep ? stp->vlan_len : 2);
	put_be16(p + PVST_VLAN_AT, stp->vlan);
}

static void write(struct write *w, const void *header)
{
	const struct pktcap_stp *stp = header;
	size_t len = written_len(stp);
	uint8_t *p = write_space(w, len);

	write_limit(w, "has_vlan", stp->has_vlan, len == PVST);
	if (len != MULTIPLE)
		write_limit(w, "regions_len", stp->regions_len, 0);
	if (len <= CONFIG)
		write_limit(w, "version1_length", stp->version1_length, 0);
	if (!p || w->err)
		return;
	put_be16(p, stp->protocol);
	p[VERSION_AT] = stp->version;
	p[TYPE_AT] = stp->type;
	if (len >= CONFIG)
		write_config(p, stp);
	if (len > CONFIG)
		p[CONFIG] = stp->version1_length;
	if (len == PVST)
		write_vlan(w, p, stp);
	if (len == MULTIPLE) {
		put_be16(p + LENGTH3_AT, stp->regions_len);
		write_bytes(w, stp->regions, stp->regions_len);
	}
}

const struct writer writer_stp = {
	.write = write,
	.next = NEXT_NOTHING,
};
