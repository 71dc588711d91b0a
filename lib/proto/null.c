// SPDX-License-Identifier: BSD-2-Clause
/*
 * BSD loopback: an address family in 4 bytes, in the order of the machine that
 * captured (LINKTYPE_NULL) or the network's (LINKTYPE_LOOP). Families are
 * small, so the bytes tell their order, and either link type may lie. Some
 * systems write an EtherType, or PPP's or Cisco's four bytes, instead.
 */
#include "proto/fields.h"

enum {
	HEADER = 4,
	FAMILY_MAX = 0xffff,
	PPP_FRAMING = 0xff03,
	/* Systems agree on IPv4 and on nothing else. */
	FAMILY_IPV4 = 2,
	FAMILY_IPV6_LINUX = 10,
	FAMILY_IPV6_OPENBSD = 24,
	FAMILY_IPV6_FREEBSD = 28,
	FAMILY_IPV6_DARWIN = 30,
};

static const struct label families[] = {
	{ FAMILY_IPV4, "IPv4" },
	{ 7, "OSI" },
	{ FAMILY_IPV6_LINUX, "IPv6 (Linux)" },
	{ 16, "AppleTalk" },
	{ 23, "IPX" },
	{ FAMILY_IPV6_OPENBSD, "IPv6 (NetBSD, OpenBSD)" },
	{ FAMILY_IPV6_FREEBSD, "IPv6 (FreeBSD)" },
	{ FAMILY_IPV6_DARWIN, "IPv6 (macOS)" },
	{ 0, NULL },
};

static uint32_t read_family(struct bytes b, bool *big_endian)
{
	uint32_t family = 0;

	bytes_le32(b, 0, &family);
	*big_endian = family > FAMILY_MAX;
	return *big_endian ? u32_at(b, 0) : family;
}

static uint32_t next_proto(uint32_t family)
{
	switch (family) {
	case FAMILY_IPV4:
		return PKTCAP_PROTO_IPV4;
	case FAMILY_IPV6_LINUX:
	case FAMILY_IPV6_OPENBSD:
	case FAMILY_IPV6_FREEBSD:
	case FAMILY_IPV6_DARWIN:
		return PKTCAP_PROTO_IPV6;
	default:
		return PKTCAP_PROTO_NONE;
	}
}

static enum pktcap_status decode(struct step *step)
{
	uint32_t family, next;
	bool big_endian;

	if (!bytes_has(step->b, 0, HEADER))
		return step_short(step, HEADER);
	family = read_family(step->b, &big_endian);
	if (family >> 16 == PPP_FRAMING)
		return step_next(step, HEADER, NEXT_PPP, family & FAMILY_MAX);
	/* An EtherType alone, or behind two bytes of Cisco's HDLC. */
	if ((family & FAMILY_MAX) >= ETHERTYPE_MIN)
		return step_next(step, HEADER, NEXT_ETHERTYPE,
				 family & FAMILY_MAX);
	next = next_proto(family);
	if (!next)
		return step_next(step, HEADER, NEXT_UNKNOWN, family);
	return step_next(step, HEADER, NEXT_PROTO, next);
}

static const char *family_label(uint32_t family)
{
	uint32_t low = family & FAMILY_MAX;

	if (family >> 16 == PPP_FRAMING)
		return label_of(label_ppp, low);
	return low >= ETHERTYPE_MIN ? label_of(label_ethertype, low)
				    : label_of(families, family);
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	bool big_endian;
	uint32_t family = read_family(layer_bytes(layer), &big_endian);

	if (bytes_has(f->b, 0, HEADER))
		fields_number(f, "family", PKTCAP_FIELD_UINT, family, 0, HEADER,
			      family_label(family));
}

int pktcap_null_get(const struct pktcap_layer *layer, struct pktcap_null *out)
{
	int err = layer_expect(layer, PKTCAP_PROTO_NULL, HEADER);
	bool big_endian;

	if (err)
		return err;
	*out = (struct pktcap_null){
		.family = read_family(layer_bytes(layer), &big_endian),
		.big_endian = big_endian,
	};
	return 0;
}

const struct proto proto_null = {
	.name = "null",
	.title = "BSD loopback",
	.level = PKTCAP_LEVEL_LINK,
	.decode = decode,
	.fields = fields,
};
