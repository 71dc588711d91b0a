// SPDX-License-Identifier: BSD-2-Clause
/* The text form of what carries packets in packets. */
#include "build/form_header.h"

/* --- GRE ---------------------------------------------------------------------
 */

enum {
	GRE_HEADER = 4,
	GRE_CHECKSUM = 0x8000,
	GRE_ROUTING = 0x4000,
	GRE_KEY = 0x2000,
	GRE_SEQUENCE = 0x1000
};

static const struct pktcap_gre gre = { .protocol = ETHERTYPE_EXPERIMENT };
static const struct form_field gre_fields[] = {
	{ "protocol", NULL, PKTCAP_KEEP_NEXT },
	{ "proto", "protocol", PKTCAP_KEEP_NEXT },
	{ NULL, NULL, 0 },
};

/* The flags in front of this one each have 4 bytes in front of its own;
 * checksum and routing share theirs. */
static size_t gre_offset(uint16_t flags, uint16_t flag)
{
	size_t at = GRE_HEADER;

	if (flag < GRE_CHECKSUM && flags & (GRE_CHECKSUM | GRE_ROUTING))
		at += 4;
	if (flag < GRE_KEY && flags & GRE_KEY)
		at += 4;
	return at;
}

/* Where the part of this flag is, which the flag then says; NULL if the header
 * has no room for it. */
static uint8_t *gre_part(struct form_parser *p, size_t at, uint16_t flag)
{
	uint8_t *header = form_start(p);
	uint16_t flags = (uint16_t)(header[0] << 8 | header[1]);
	size_t offset = gre_offset(flags, flag);

	/* What a flag that was set by hand speaks of is not there. */
	if (offset + (flags & flag ? 4 : 0) > form_len(p)) {
		form_fail(p, at, -EBADMSG,
			  "key, seq and csum set their flags themselves");
		return NULL;
	}
	if (flags & flag)
		return header + offset;
	put_be16(header, flags | flag);
	return form_insert(p, at, offset, 4);
}

static int set_gre_part(struct form_parser *p, const struct form_special *self,
			struct form_word value)
{
	uint64_t number = 0;
	uint8_t *part;

	if (form_number(p, value, UINT32_MAX, &number))
		return p->build->status;
	part = gre_part(p, value.at, self->kind);
	if (!part)
		return p->build->status;
	put_be32(part, (uint32_t)number);
	return 0;
}

/* Filled in, unless it has a value. */
static int set_gre_checksum(struct form_parser *p,
			    const struct form_special *self,
			    struct form_word value)
{
	uint64_t sum = 0;
	uint8_t *part;

	if (value.p && form_number(p, value, UINT16_MAX, &sum))
		return p->build->status;
	part = gre_part(p, value.at, self->kind);
	if (!part)
		return p->build->status;
	put_be16(part, (uint16_t)sum);
	if (value.p)
		p->build->keep[p->index] |= PKTCAP_KEEP_CHECKSUM;
	return 0;
}

static const struct form_special gre_specials[] = {
	{ "key", set_gre_part, "1", GRE_KEY, 0 },
	{ "seq", set_gre_part, "1", GRE_SEQUENCE, 0 },
	{ "csum", set_gre_checksum, NULL, GRE_CHECKSUM, 0 },
	{ "csum", set_gre_checksum, "0x1234", GRE_CHECKSUM, 0 },
	{ .name = NULL },
};

/* --- behind UDP --------------------------------------------------------------
 */

enum { GENEVE_HEADER = 8, GENEVE_MAX = GENEVE_HEADER + 63 * 4 };

static const struct pktcap_vxlan vxlan = { .vni = 0 };
/* Generic: it says what follows. */
static const struct pktcap_vxlan vxlan_gpe = { .flags = 0x0c };
static const struct form_field vxlan_fields[] = {
	{ "next_protocol", NULL, PKTCAP_KEEP_NEXT },
	{ "nh", "next_protocol", PKTCAP_KEEP_NEXT },
	{ NULL, NULL, 0 },
};

static const struct pktcap_geneve geneve = { .protocol = ETHERTYPE_EXPERIMENT };
static const struct form_field geneve_fields[] = {
	{ "protocol", NULL, PKTCAP_KEEP_NEXT },
	{ "proto", "protocol", PKTCAP_KEEP_NEXT },
	{ "options_length", NULL, PKTCAP_KEEP_LENGTHS },
	{ NULL, NULL, 0 },
};
static const struct form_special geneve_specials[] = {
	{ "option", form_option_any, "0x010280:0x01020304", 0, 0 },
	{ .name = NULL },
};

static int end_geneve(struct form_parser *p)
{
	uint8_t *header = form_start(p);
	size_t len = form_len(p);

	if (form_keeps(p, PKTCAP_KEEP_LENGTHS))
		return 0;
	if (len > GENEVE_MAX)
		return form_fail(p, p->name.at, -ERANGE,
				 "%zu bytes, at most %u", len, GENEVE_MAX + 0u);
	header[0] = (uint8_t)((header[0] & 0xc0) | (len - GENEVE_HEADER) / 4);
	return 0;
}

/* --- GTP-U -------------------------------------------------------------------
 */

enum {
	GTPU_HEADER = 8,
	GTPU_OPTIONAL = 12,
	GTPU_EXTENSION = 0x04,
	GTPU_SEQ = 0x02,
	GTPU_NPDU = 0x01,
	EXTENSION_MAX = UINT8_MAX * 4 - 2
};

static const struct pktcap_gtpu gtpu = { .teid = 1 };

/* The part that is there if one of three flags is. */
static uint8_t *gtpu_optional(struct form_parser *p, size_t at, uint8_t flag)
{
	if (form_len(p) < GTPU_OPTIONAL &&
	    !form_extend(p, at, GTPU_OPTIONAL - GTPU_HEADER))
		return NULL;
	form_start(p)[0] |= flag;
	return form_start(p) + GTPU_HEADER;
}

static int set_gtpu_seq(struct form_parser *p, const struct form_special *self,
			struct form_word value)
{
	uint64_t number = 0;
	uint8_t *optional;

	(void)self;
	if (form_number(p, value, UINT16_MAX, &number))
		return p->build->status;
	optional = gtpu_optional(p, value.at, GTPU_SEQ);
	if (!optional)
		return p->build->status;
	put_be16(optional, (uint16_t)number);
	return 0;
}

static int set_gtpu_npdu(struct form_parser *p, const struct form_special *self,
			 struct form_word value)
{
	uint64_t number = 0;
	uint8_t *optional;

	(void)self;
	if (form_number(p, value, UINT8_MAX, &number))
		return p->build->status;
	optional = gtpu_optional(p, value.at, GTPU_NPDU);
	if (!optional)
		return p->build->status;
	optional[2] = (uint8_t)number;
	return 0;
}

/* "TYPE:HEX"; the last byte in front, whatever that is of, has the type. */
static int append_gtpu_extension(struct form_parser *p,
				 const struct form_special *self,
				 struct form_word value)
{
	uint64_t type = 0;
	size_t len = 0, whole;
	uint8_t *extension;

	(void)self;
	if (form_before_colon(p, &value, UINT8_MAX, &type) ||
	    form_bytes(p, value, NULL, 0, &len))
		return p->build->status;
	if (len > EXTENSION_MAX)
		return form_fail(p, value.at, -ERANGE,
				 "an extension has at most %u bytes",
				 EXTENSION_MAX + 0u);
	if (!gtpu_optional(p, value.at, GTPU_EXTENSION))
		return p->build->status;
	whole = (1 + len + 1 + 3) / 4 * 4;
	extension = form_extend(p, value.at, whole);
	if (!extension)
		return p->build->status;
	extension[-1] = (uint8_t)type;
	extension[0] = (uint8_t)(whole / 4);
	return form_bytes(p, value, extension + 1, len, &len);
}

static const struct form_special gtpu_specials[] = {
	{ "seq", set_gtpu_seq, "1", 0, 0 },
	{ "npdu", set_gtpu_npdu, "1", 0, 0 },
	{ "extension", append_gtpu_extension, "0x85:0x0009", 0, 0 },
	{ .name = NULL },
};

/* --- ESP ---------------------------------------------------------------------
 */

enum { SPI_MIN = 256 /* those below are reserved (RFC 4303, 2.1) */ };

static const struct pktcap_esp esp = { .spi = SPI_MIN, .seq = 1 };

const struct form_layer form_tunnel_layers[] = {
	{ HEADER(GRE, gre), .fields = gre_fields, .specials = gre_specials },
	{ HEADER(VXLAN, vxlan), .fields = vxlan_fields },
	{ FORM("vxlan-gpe", VXLAN, vxlan, vxlan_gpe), .fields = vxlan_fields },
	{ HEADER(GENEVE, geneve), .fields = geneve_fields,
	  .specials = geneve_specials, .options = TLV_GENEVE,
	  .end = end_geneve },
	{ HEADER(GTPU, gtpu), .specials = gtpu_specials },
	{ HEADER(ESP, esp) },
	{ .name = NULL },
};
