// SPDX-License-Identifier: BSD-2-Clause
/*
 * Link layer discovery (IEEE 802.1AB-2016, clause 8): elements of type (7
 * bits), length (9 bits) and value, the first three being who sends, from
 * which port, and how long this is true.
 */
#include "proto/lldp.h"
#include "proto/write.h"

enum {
	TLV_HEADER = 2,
	VALUE_MAX = 511, /* bytes of a value */
	END = 0,
	CHASSIS = 1,
	PORT = 2,
	TTL = 3,
	CAPABILITIES = 7,
	MANAGEMENT = 8,
	ORGANISATION = 127,
	/* Kinds of id, of which chassis and port number some otherwise. */
	CHASSIS_MAC = 4,
	CHASSIS_ADDRESS = 5,
	PORT_MAC = 3,
	PORT_ADDRESS = 4,
	FAMILY_IPV4 = 1,
	FAMILY_IPV6 = 2,
};

static enum pktcap_status decode(struct step *step)
{
	enum pktcap_status status = step_whole(step, TLV_HEADER);

	/* Nothing is payload, nor is padding behind the end. */
	step->payload_len = 0;
	return status;
}

static const struct tlv_kind kinds[] = {
	{ END, "end", 0, NULL },
	{ CHASSIS, "chassis id", 0, NULL },
	{ PORT, "port id", 0, NULL },
	{ TTL, "time to live", PKTCAP_FIELD_UINT, "s" },
	{ 4, "port description", PKTCAP_FIELD_TEXT, NULL },
	{ 5, "system name", PKTCAP_FIELD_TEXT, NULL },
	{ 6, "system description", PKTCAP_FIELD_TEXT, NULL },
	{ CAPABILITIES, "system capabilities", 0, NULL },
	{ MANAGEMENT, "management address", 0, NULL },
	{ ORGANISATION, "organisation", 0, NULL },
	{ 0, NULL, 0, NULL },
};

static const struct label chassis_ids[] = {
	{ 1, "chassis component" },
	{ 2, "interface alias" },
	{ 3, "port component" },
	{ CHASSIS_MAC, "MAC address" },
	{ CHASSIS_ADDRESS, "network address" },
	{ 6, "interface name" },
	{ 7, "locally assigned" },
	{ 0, NULL },
};

static const struct label port_ids[] = {
	{ 1, "interface alias" },    { 2, "port component" },
	{ PORT_MAC, "MAC address" }, { PORT_ADDRESS, "network address" },
	{ 5, "interface name" },     { 6, "agent circuit id" },
	{ 7, "locally assigned" },   { 0, NULL },
};

static const struct label families[] = {
	{ FAMILY_IPV4, "IPv4" },
	{ FAMILY_IPV6, "IPv6" },
	{ 6, "IEEE 802" },
	{ 16, "DNS" },
	{ 0, NULL },
};

static const struct label interface_numbers[] = {
	{ 1, "unknown" },
	{ 2, "ifIndex" },
	{ 3, "system port" },
	{ 0, NULL },
};

static enum pktcap_field_type address_type(uint8_t family, size_t len)
{
	if (family == FAMILY_IPV4 && len == 4)
		return PKTCAP_FIELD_IPV4;
	if (family == FAMILY_IPV6 && len == 16)
		return PKTCAP_FIELD_IPV6;
	return len == 6 ? PKTCAP_FIELD_MAC : PKTCAP_FIELD_BYTES;
}

/* An address behind its family, in an id or in a management address. */
static void address(struct fields *f, const char *name, size_t at, size_t len)
{
	uint8_t family;

	if (!len || !bytes_u8(f->b, at, &family))
		return;
	fields_uint(f, "family", at, 1, NULL, families);
	if (len > 1)
		fields_data(f, name, address_type(family, len - 1), at + 1,
			    len - 1);
}

static void id(struct fields *f, const struct tlv *t)
{
	uint8_t subtype = u8_at(f->b, t->value);
	bool chassis = t->type == CHASSIS;
	size_t at = t->value + 1, len = t->len - 1;

	fields_uint(f, "subtype", t->value, 1, NULL,
		    chassis ? chassis_ids : port_ids);
	if (!len)
		return;
	if (subtype == (chassis ? CHASSIS_ADDRESS : PORT_ADDRESS))
		address(f, "id", at, len);
	else if (subtype == (chassis ? CHASSIS_MAC : PORT_MAC))
		fields_data(f, "id",
			    len == 6 ? PKTCAP_FIELD_MAC : PKTCAP_FIELD_BYTES,
			    at, len);
	else
		fields_data(f, "id", PKTCAP_FIELD_TEXT, at, len);
}

static void capabilities(struct fields *f, size_t at)
{
	static const struct field_def rows[] = {
		{ "stations_only", 5, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "s_vlan", 6, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "c_vlan", 7, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "station", 8, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "docsis", 9, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "telephone", 10, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "router", 11, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "wlan", 12, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "bridge", 13, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "repeater", 14, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "other", 15, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	};

	FIELDS_ROWS(f, rows, at);
}

static void both_capabilities(struct fields *f, const struct tlv *t)
{
	fields_group(f, "available", t->value, 2);
	capabilities(f, t->value);
	fields_end(f);
	fields_group(f, "enabled", t->value + 2, 2);
	capabilities(f, t->value + 2);
	fields_end(f);
}

/* Length, family and address; how the interface is numbered; an object id. */
static void management(struct fields *f, const struct tlv *t)
{
	size_t len = u8_at(f->b, t->value), at = t->value + 1 + len;

	fields_uint(f, "address_length", t->value, 1, "bytes", NULL);
	if (at > t->next)
		return;
	address(f, "address", t->value + 1, len);
	if (t->next - at < 6)
		return;
	fields_uint(f, "interface_subtype", at, 1, NULL, interface_numbers);
	fields_uint(f, "interface", at + 1, 4, NULL, NULL);
	fields_uint(f, "oid_length", at + 5, 1, "bytes", NULL);
	len = u8_at(f->b, at + 5);
	if (len && len <= t->next - at - 6)
		fields_data(f, "oid", PKTCAP_FIELD_BYTES, at + 6, len);
}

static bool value(struct fields *f, const struct tlv *t)
{
	if ((t->type == CHASSIS || t->type == PORT) && t->len)
		id(f, t);
	else if (t->type == CAPABILITIES && t->len >= 4)
		both_capabilities(f, t);
	else if (t->type == MANAGEMENT && t->len)
		management(f, t);
	else if (t->type == ORGANISATION && t->len >= 4)
		lldp_organisation(f, t);
	else
		return false;
	return true;
}

/* What is behind the end is padding. */
static size_t list_end(const struct pktcap_layer *layer)
{
	struct tlv t = { .next = 0 };

	while (tlv_next(layer_bytes(layer), layer->wirelen, TLV_LLDP, &t) == 1)
		if (t.type == END)
			return t.next;
	return layer->wirelen;
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	static const struct tlv_list list = {
		.name = "tlvs",
		.element = "tlv",
		.form = TLV_LLDP,
		.kinds = kinds,
		.value = value,
	};

	tlv_fields(f, &list, 0, list_end(layer));
}

int pktcap_lldp_tlv_next(const struct pktcap_layer *layer, uint32_t *offset,
			 struct pktcap_tlv *tlv)
{
	int ret;

	if (layer->proto != PKTCAP_PROTO_LLDP)
		return -EPROTOTYPE;
	ret = tlv_tell(layer, 0, layer->wirelen, TLV_LLDP, offset, tlv);
	/* What is behind the end is padding. */
	if (ret == 1 && tlv->type == END)
		*offset = layer->wirelen;
	return ret;
}

static bool next_is(const struct pktcap_layer *layer, uint32_t *at,
		    struct pktcap_tlv *tlv, uint32_t type, uint32_t min)
{
	return tlv_tell(layer, 0, layer->wirelen, TLV_LLDP, at, tlv) == 1 &&
	       tlv->type == type && tlv->len >= min;
}

int pktcap_lldp_get(const struct pktcap_layer *layer, struct pktcap_lldp *out)
{
	int err = layer_expect(layer, PKTCAP_PROTO_LLDP, TLV_HEADER);
	struct pktcap_tlv chassis, port, ttl;
	struct bytes tlvs;
	uint32_t at = 0;

	if (err)
		return err;
	if (!next_is(layer, &at, &chassis, CHASSIS, 1) ||
	    !next_is(layer, &at, &port, PORT, 1) ||
	    !next_is(layer, &at, &ttl, TTL, 2))
		return -ENODATA;
	tlvs = header_behind(layer, at - (ttl.len - 2));
	*out = (struct pktcap_lldp){
		.chassis = chassis.data + 1,
		.port = port.data + 1,
		.chassis_len = (uint16_t)(chassis.len - 1),
		.port_len = (uint16_t)(port.len - 1),
		.ttl = (uint16_t)(ttl.data[0] << 8 | ttl.data[1]),
		.chassis_subtype = chassis.data[0],
		.port_subtype = port.data[0],
		.tlvs_len = (uint32_t)tlvs.n,
		.ttl_len = (uint16_t)ttl.len,
		.tlvs = tlvs.p,
	};
	return 0;
}

const struct proto proto_lldp = {
	.name = "lldp",
	.title = "Link Layer Discovery Protocol",
	.level = PKTCAP_LEVEL_LINK,
	.decode = decode,
	.fields = fields,
};

static void write_id(struct write *w, uint32_t type, uint8_t subtype,
		     const uint8_t *id, uint16_t len)
{
	uint8_t *p = write_space(w, TLV_HEADER + 1);

	if (p) {
		put_be16(p, (uint16_t)(type << 9 | (len + 1u)));
		p[TLV_HEADER] = subtype;
	}
	write_bytes(w, id, len);
}

static void write(struct write *w, const void *header)
{
	const struct pktcap_lldp *lldp = header;
	uint16_t ttl_len = lldp->ttl_len ? lldp->ttl_len : 2;
	uint8_t *p;

	write_least(w, "ttl_len", ttl_len, 2);
	write_limit(w, "ttl_len", ttl_len, VALUE_MAX);
	write_limit(w, "ttl_len", ttl_len, 2 + (uint64_t)lldp->tlvs_len);
	write_limit(w, "chassis_len", lldp->chassis_len, VALUE_MAX - 1);
	write_limit(w, "port_len", lldp->port_len, VALUE_MAX - 1);
	write_id(w, CHASSIS, lldp->chassis_subtype, lldp->chassis,
		 lldp->chassis_len);
	write_id(w, PORT, lldp->port_subtype, lldp->port, lldp->port_len);
	p = write_space(w, TLV_HEADER + 2);
	if (p) {
		put_be16(p, (uint16_t)(TTL << 9 | ttl_len));
		put_be16(p + TLV_HEADER, lldp->ttl);
	}
	if (!lldp->tlvs_len && w->keep != PKTCAP_KEEP_ALL)
		write_space(w, TLV_HEADER); /* the end is zeros */
	write_bytes(w, lldp->tlvs, lldp->tlvs_len);
}

const struct writer writer_lldp = {
	.write = write,
	.next = NEXT_NOTHING,
};

int pktcap_lldp_tlvs_put(void *buf, size_t size, const struct pktcap_tlv *list,
			 size_t n)
{
	return tlv_put(TLV_LLDP, buf, size, list, n);
}
