// SPDX-License-Identifier: BSD-2-Clause
/* The text form of what bridges say to each other: STP, LACP, LLDP. */
#include "build/form_header.h"

/* --- STP ---------------------------------------------------------------------
 */

enum { SECOND = 256, RAPID = 2 };

/* Times as IEEE 802.1D-2004, 17.14 has them. */
#define TREE                                                                \
	.root_priority = 0x8000, .bridge_priority = 0x8000, .port = 0x8001, \
	.max_age = 20 * SECOND, .hello_time = 2 * SECOND,                   \
	.forward_delay = 15 * SECOND

static const struct pktcap_stp stp = { TREE };
static const struct pktcap_stp rstp = { .version = RAPID, .type = RAPID, TREE };
static const struct pktcap_stp pvst = { TREE, .has_vlan = 1, .vlan = 1 };

/* --- LACP --------------------------------------------------------------------
 */

enum { LACP = 1, LACP_ACTIVE = 0x05 /* and may be aggregated */ };

static const struct pktcap_lacp lacp = {
	.actor = { .system_priority = 0x8000,
		   .key = 1,
		   .port_priority = 0x8000,
		   .port = 1,
		   .state = LACP_ACTIVE },
	.subtype = LACP,
	.version = 1,
};

/* A number of @width bytes at @kind; of six an address. */
static int set_at(struct form_parser *p, const struct form_special *self,
		  struct form_word value)
{
	uint8_t *bytes = form_start(p) + self->kind;
	uint64_t number = 0;

	if (self->width == 6)
		return form_mac(p, value, bytes);
	if (form_number(p, value, (UINT64_C(1) << 8 * self->width) - 1,
			&number))
		return p->build->status;
	if (self->width == 1)
		*bytes = (uint8_t)number;
	else
		put_be16(bytes, (uint16_t)number);
	return 0;
}

#define MAC "02:00:00:00:00:01"

static const struct form_special lacp_specials[] = {
	{ "priority", set_at, "32768", 4, 2 },
	{ "system", set_at, MAC, 6, 6 },
	{ "key", set_at, "1", 12, 2 },
	{ "port_priority", set_at, "32768", 14, 2 },
	{ "port", set_at, "1", 16, 2 },
	{ "state", set_at, "0x3d", 18, 1 },
	{ "partner_priority", set_at, "32768", 24, 2 },
	{ "partner", set_at, MAC, 26, 6 },
	{ "partner_key", set_at, "1", 32, 2 },
	{ "partner_port_priority", set_at, "32768", 34, 2 },
	{ "partner_port", set_at, "1", 36, 2 },
	{ "partner_state", set_at, "0x3d", 38, 1 },
	{ .name = NULL },
};

/* --- LLDP --------------------------------------------------------------------
 */

enum {
	IS_MAC = 4,  /* of a chassis */
	IS_NAME = 5, /* of a port: an interface's */
	CHASSIS_AT = 3,
	PORT_AT = 9,
	PORT_ID_AT = PORT_AT + 3,
	PORT_ID_MAX = 255,
	PORT_TYPE = 2,
	END_LEN = 2
};

static const uint8_t no_address[6];

static const struct pktcap_lldp lldp = {
	.chassis = no_address,
	.port = (const uint8_t *)"1",
	.chassis_len = sizeof(no_address),
	.port_len = 1,
	.ttl = 120,
	.chassis_subtype = IS_MAC,
	.port_subtype = IS_NAME,
};

static int set_chassis(struct form_parser *p, const struct form_special *self,
		       struct form_word value)
{
	(void)self;
	return form_mac(p, value, form_start(p) + CHASSIS_AT);
}

static size_t port_id_len(struct form_parser *p)
{
	const uint8_t *port = form_start(p) + PORT_AT;

	return (size_t)((port[0] & 1) << 8 | port[1]) - 1;
}

/* Another name of the port, in place of the one that is there. */
static int set_port(struct form_parser *p, const struct form_special *self,
		    struct form_word value)
{
	size_t old = port_id_len(p), len = 0;
	uint8_t *id = form_start(p) + PORT_ID_AT;

	(void)self;
	value.quoted = true;
	if (form_bytes(p, value, NULL, 0, &len))
		return p->build->status;
	if (len > PORT_ID_MAX)
		return form_fail(p, value.at, -ERANGE,
				 "a port has at most %u bytes",
				 PORT_ID_MAX + 0u);
	memmove(id, id + old, form_len(p) - PORT_ID_AT - old);
	form_cut(p, form_len(p) - old);
	if (!form_insert(p, value.at, PORT_ID_AT, len))
		return p->build->status;
	put_be16(id - 3, (uint16_t)(PORT_TYPE << 9 | (len + 1)));
	return form_bytes(p, value, id, len, &len);
}

static int set_ttl(struct form_parser *p, const struct form_special *self,
		   struct form_word value)
{
	uint64_t ttl = 0;

	(void)self;
	if (form_number(p, value, UINT16_MAX, &ttl))
		return p->build->status;
	put_be16(form_start(p) + PORT_ID_AT + port_id_len(p) + 2,
		 (uint16_t)ttl);
	return 0;
}

/* In front of the end. */
static int append_tlv(struct form_parser *p, const struct form_special *self,
		      struct form_word value)
{
	if (!p->mark++)
		form_cut(p, form_len(p) - END_LEN);
	return self->kind ? form_option_text(p, self, value)
			  : form_option_any(p, self, value);
}

static const struct form_special lldp_specials[] = {
	{ "chassis", set_chassis, MAC, 0, 0 },
	{ "port", set_port, "eth0", 0, 0 },
	{ "ttl", set_ttl, "120", 0, 0 },
	{ "port_description", append_tlv, "uplink", 4, 0 },
	{ "name", append_tlv, "switch1", 5, 0 },
	{ "description", append_tlv, "example", 6, 0 },
	{ "tlv", append_tlv, "7:0x00140004", 0, 0 },
	{ .name = NULL },
};

static int end_lldp(struct form_parser *p)
{
	if (p->mark && !form_extend(p, p->name.at, END_LEN))
		return p->build->status;
	return 0;
}

const struct form_layer form_bridge_layers[] = {
	{ HEADER(STP, stp) },
	{ FORM("rstp", STP, stp, rstp) },
	{ FORM("pvst", STP, stp, pvst) },
	{ HEADER(LACP, lacp), .specials = lacp_specials },
	{ HEADER(LLDP, lldp), .specials = lldp_specials, .options = TLV_LLDP,
	  .end = end_lldp },
	{ .name = NULL },
};
