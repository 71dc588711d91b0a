// SPDX-License-Identifier: BSD-2-Clause
/*
 * BSD loopback: an address family in 4 bytes, in the order of the machine that
 * captured (LINKTYPE_NULL) or the network's (LINKTYPE_LOOP). Families are
 * small, so the bytes tell their order, and either link type may lie. Some
 * systems write an EtherType, or PPP's or Cisco's four bytes, instead.
 */
#include "proto/fields.h"
#include "proto/next.h"
#include "proto/write.h"

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

/* Which kind of number the family is, and this number. */
static enum next next_kind(uint32_t family, uint32_t *number)
{
	*number = family & FAMILY_MAX;
	if (family >> 16 == PPP_FRAMING)
		return NEXT_PPP;
	/* An EtherType alone, or behind two bytes of Cisco's HDLC. */
	if (*number >= ETHERTYPE_MIN)
		return NEXT_ETHERTYPE;
	*number = next_proto(family);
	if (*number)
		return NEXT_PROTO;
	*number = family;
	return NEXT_UNKNOWN;
}

static enum pktcap_status decode(struct step *step)
{
	uint32_t number;
	enum next kind;
	bool big_endian;

	if (!bytes_has(step->b, 0, HEADER))
		return step_short(step, HEADER);
	kind = next_kind(read_family(step->b, &big_endian), &number);
	return step_next(step, HEADER, kind, number);
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

	if (!bytes_has(f->b, 0, HEADER))
		return;
	f->labels = families;
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

static void put_family(uint8_t *p, uint32_t family, bool big_endian)
{
	family = big_endian ? htobe32(family) : htole32(family);
	memcpy(p, &family, sizeof(family));
}

static void write(struct write *w, const void *header)
{
	const struct pktcap_null *null = header;
	uint8_t *p = write_space(w, HEADER);

	write_bits(w, "big_endian", null->big_endian, 1);
	if (!null->big_endian)
		write_limit(w, "family", null->family, FAMILY_MAX);
	if (!p)
		return;
	put_family(p, null->family, null->big_endian);
	if (null->big_endian)
		w->number = PKTCAP_LINKTYPE_LOOP;
}

/* A family that says it already stays: that of IPv6 is another for each
 * system. */
static bool leads_to(uint32_t family, uint16_t proto)
{
	struct step step = { .next = NEXT_NOTHING };

	step.next = next_kind(family, &step.number);
	return proto_next(&step) == proto;
}

static void finish(struct finish *f)
{
	bool big_endian;
	uint32_t family =
		read_family((struct bytes){ f->p, HEADER }, &big_endian);

	if (f->number < 0 || f->keep & PKTCAP_KEEP_NEXT ||
	    leads_to(family, f->next))
		return;
	/* The bytes of 0 do not tell their order. */
	if (!family)
		big_endian = f->own == PKTCAP_LINKTYPE_LOOP;
	if (f->next == PKTCAP_PROTO_IPV4)
		family = FAMILY_IPV4;
	else if (f->next == PKTCAP_PROTO_IPV6)
		family = FAMILY_IPV6_OPENBSD;
	else
		family = (uint32_t)f->number;
	put_family(f->p, family, big_endian);
}

const struct writer writer_null = {
	.write = write,
	.finish = finish,
	.next = NEXT_ETHERTYPE,
};
