// SPDX-License-Identifier: BSD-2-Clause
/*
 * VXLAN (RFC 7348, 5), with the group policy and generic protocol extensions
 * (draft-smith-vxlan-group-policy, draft-ietf-nvo3-vxlan-gpe):
 *
 *	flags(8)  policy flags(8)  group(16)
 *	VNI(24)  reserved(8)
 *
 * With the flag of the generic protocol extension the first row is
 *
 *	flags(8)  reserved(16)  next protocol(8)
 */
#include "proto/fields.h"
#include "proto/write.h"

enum {
	HEADER = 8,
	VNI_VALID = 0x08,
	NEXT_PROTOCOL = 0x04,
	GPE_PORT = 4790,
	GPE_IPV4 = 1,
	GPE_IPV6 = 2,
	GPE_ETHERNET = 3,
	GPE_NSH = 4,
	GPE_MPLS = 5
};

static bool is_generic(struct bytes b)
{
	return u8_at(b, 0) & NEXT_PROTOCOL;
}

/* On ports of VXLAN itself the flag is a reserved one, which may be set. */
static enum pktcap_status next_unknown(struct step *step)
{
	bool generic = (step->number & 0xffff) == GPE_PORT;

	return step_next(step, HEADER, generic ? NEXT_UNKNOWN : NEXT_PROTO,
			 generic ? u8_at(step->b, 3) : PKTCAP_PROTO_ETH);
}

static enum pktcap_status next_generic(struct step *step)
{
	switch (u8_at(step->b, 3)) {
	case GPE_IPV4:
		return step_next(step, HEADER, NEXT_PROTO, PKTCAP_PROTO_IPV4);
	case GPE_IPV6:
		return step_next(step, HEADER, NEXT_PROTO, PKTCAP_PROTO_IPV6);
	case GPE_ETHERNET:
		return step_next(step, HEADER, NEXT_PROTO, PKTCAP_PROTO_ETH);
	case GPE_MPLS:
		return step_next(step, HEADER, NEXT_PROTO, PKTCAP_PROTO_MPLS);
	default:
		return next_unknown(step);
	}
}

static enum pktcap_status decode(struct step *step)
{
	if (!bytes_has(step->b, 0, HEADER))
		return step_short(step, HEADER);
	if (is_generic(step->b))
		return next_generic(step);
	return step_next(step, HEADER, NEXT_PROTO, PKTCAP_PROTO_ETH);
}

/* Whatever is reserved is ignored on receipt. */
static bool check(struct bytes b)
{
	return u8_at(b, 0) & VNI_VALID;
}

static const struct label next_protocols[] = {
	{ GPE_IPV4, "IPv4" },	      { GPE_IPV6, "IPv6" },
	{ GPE_ETHERNET, "Ethernet" }, { GPE_NSH, "NSH" },
	{ GPE_MPLS, "MPLS" },	      { 0, NULL },
};

static const struct field_def rows[] = {
	{ "flags", 0, 8, PKTCAP_FIELD_HEX, NULL, NULL },
};

static const struct field_def policy_rows[] = {
	{ "policy_flags", 8, 8, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "group", 16, 16, PKTCAP_FIELD_UINT, NULL, NULL },
};

static const struct field_def generic_rows[] = {
	{ "reserved_word", 8, 16, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "next_protocol", 24, 8, PKTCAP_FIELD_UINT, NULL, next_protocols },
};

static const struct field_def vni_rows[] = {
	{ "vni", 32, 24, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "reserved", 56, 8, PKTCAP_FIELD_UINT, NULL, NULL },
};

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	(void)layer;
	if (is_generic(f->b))
		FIELDS_ROWS(f, generic_rows, 0);
	else
		FIELDS_ROWS(f, policy_rows, 0);
	FIELDS_ROWS(f, vni_rows, 0);
}

int pktcap_vxlan_get(const struct pktcap_layer *layer, struct pktcap_vxlan *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_VXLAN, HEADER);
	bool generic = is_generic(b);

	if (err)
		return err;
	*out = (struct pktcap_vxlan){
		.vni = u32_at(b, 4) >> 8,
		.group = generic ? 0 : u16_at(b, 2),
		.reserved_word = generic ? u16_at(b, 1) : 0,
		.flags = u8_at(b, 0),
		.policy_flags = generic ? 0 : u8_at(b, 1),
		.next_protocol = generic ? u8_at(b, 3) : 0,
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
	.fields = fields,
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_vxlan *vxlan = header;
	uint8_t flags = write_usual(w, vxlan->flags, VNI_VALID);
	uint8_t *p = write_space(w, HEADER);
	bool generic = vxlan->next_protocol || flags & NEXT_PROTOCOL;

	write_bits(w, "vni", vxlan->vni, 24);
	/* Both forms of the first row have no room for the other one's. */
	if (generic) {
		write_limit(w, "policy_flags", vxlan->policy_flags, 0);
		write_limit(w, "group", vxlan->group, 0);
	} else {
		write_limit(w, "reserved_word", vxlan->reserved_word, 0);
	}
	if (!p)
		return;
	p[0] = generic ? flags | NEXT_PROTOCOL : flags;
	if (generic) {
		put_be16(p + 1, vxlan->reserved_word);
		p[3] = vxlan->next_protocol;
		w->number = GPE_PORT;
	} else {
		p[1] = vxlan->policy_flags;
		put_be16(p + 2, vxlan->group);
	}
	put_be24(p + 4, vxlan->vni);
	p[7] = vxlan->reserved_byte;
}

static uint8_t generic_of(uint16_t proto)
{
	switch (proto) {
	case PKTCAP_PROTO_IPV4:
		return GPE_IPV4;
	case PKTCAP_PROTO_IPV6:
		return GPE_IPV6;
	case PKTCAP_PROTO_MPLS:
		return GPE_MPLS;
	case PKTCAP_PROTO_ETH:
		return GPE_ETHERNET;
	default:
		return 0;
	}
}

static bool carries(uint16_t proto)
{
	return generic_of(proto) != 0;
}

static void finish(struct finish *f)
{
	bool generic = is_generic((struct bytes){ f->p, HEADER });

	if (!f->next || f->keep & PKTCAP_KEEP_NEXT)
		return;
	if (generic && carries(f->next))
		f->p[3] = generic_of(f->next);
	else if (f->next != PKTCAP_PROTO_ETH)
		finish_impossible(f);
}

const struct writer writer_vxlan = {
	.write = write,
	.finish = finish,
	.next = NEXT_NOTHING,
	.carries = carries,
};
