// SPDX-License-Identifier: BSD-2-Clause
/*
 * VXLAN (RFC 7348, 5), with the group policy and generic protocol extensions
 * (draft-smith-vxlan-group-policy, draft-ietf-nvo3-vxlan-gpe):
 *
 *	flags(8)  policy flags(8)  group(16), or 0(8) and next protocol(8)
 *	VNI(24)  reserved(8)
 */
#include "proto/fields.h"

enum {
	HEADER = 8,
	VNI_VALID = 0x08,
	NEXT_PROTOCOL = 0x04,
	GPE_IPV4 = 1,
	GPE_IPV6 = 2,
	GPE_MPLS = 5
};

static uint16_t next_of(struct bytes b)
{
	if (!(u8_at(b, 0) & NEXT_PROTOCOL))
		return PKTCAP_PROTO_ETH;
	switch (u8_at(b, 3)) {
	case GPE_IPV4:
		return PKTCAP_PROTO_IPV4;
	case GPE_IPV6:
		return PKTCAP_PROTO_IPV6;
	case GPE_MPLS:
		return PKTCAP_PROTO_MPLS;
	default:
		return PKTCAP_PROTO_ETH;
	}
}

static enum pktcap_status decode(struct step *step)
{
	if (!bytes_has(step->b, 0, HEADER))
		return step_short(step, HEADER);
	return step_next(step, HEADER, NEXT_PROTO, next_of(step->b));
}

static bool check(struct bytes b)
{
	return u8_at(b, 0) & VNI_VALID && u8_at(b, 7) == 0;
}

static const struct field_def rows[] = {
	{ "flags", 0, 8, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "policy_flags", 8, 8, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "group", 16, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "vni", 32, 24, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "reserved", 56, 8, PKTCAP_FIELD_UINT, NULL, NULL },
};

int pktcap_vxlan_get(const struct pktcap_layer *layer, struct pktcap_vxlan *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_VXLAN, HEADER);

	if (err)
		return err;
	*out = (struct pktcap_vxlan){
		.vni = u32_at(b, 4) >> 8,
		.group = u16_at(b, 2),
		.flags = u8_at(b, 0),
		.policy_flags = u8_at(b, 1),
		.reserved_byte = u8_at(b, 7),
	};
	return 0;
}

const struct proto proto_vxlan = {
	.name = "vxlan",
	.title = "Virtual eXtensible Local Area Network",
	.level = PKTCAP_LEVEL_APPLICATION,
	.decode = decode,
	.check = check,
	FIELD_DEFS(rows),
};
