// SPDX-License-Identifier: BSD-2-Clause
/*
 * MPLS (RFC 3032, 2.1), a layer for each label:
 *
 *	label (20 bits)  traffic class (3)  bottom of the stack (1)  TTL (8)
 *
 * Behind the bottom nothing says what follows, only the label's owner knows.
 * The first four bits tell IP from a pseudowire's control word (0, RFC 4385)
 * and an associated channel (1), which count as part of the last label.
 */
#include "proto/fields.h"
#include "proto/write.h"

enum {
	HEADER = 4,
	WORD = 4,
	ETHERNET = 14,
	ETHERNET_TYPE_AT = 12,
	CHANNEL_IPV4 = 0x0021,
	CHANNEL_IPV6 = 0x0057,
};

static bool is_bottom(struct bytes b)
{
	return u8_at(b, 2) & 1;
}

/* A type that we know, or a length that fits: chance gives neither. */
static bool like_ethernet(const struct step *step, size_t at)
{
	uint16_t type;

	if (!bytes_be16(step->b, at + ETHERNET_TYPE_AT, &type))
		return false;
	if (type < ETHERTYPE_MIN)
		return type && type <= step->wire - at - ETHERNET;
	return label_of(label_ethertype, type) != NULL;
}

static enum pktcap_status next_channel(struct step *step)
{
	uint16_t type;

	if (!bytes_be16(step->b, HEADER + 2, &type))
		return step_short(step, HEADER + WORD);
	switch (type) {
	case CHANNEL_IPV4:
		return step_next(step, HEADER + WORD, NEXT_PROTO,
				 PKTCAP_PROTO_IPV4);
	case CHANNEL_IPV6:
		return step_next(step, HEADER + WORD, NEXT_PROTO,
				 PKTCAP_PROTO_IPV6);
	default:
		return step_next(step, HEADER + WORD, NEXT_UNKNOWN, type);
	}
}

static enum pktcap_status next_pseudowire(struct step *step)
{
	bool bare = like_ethernet(step, HEADER);

	/* Addresses may begin with 0 as a control word does. */
	if (!(u8_at(step->b, HEADER) >> 4) &&
	    (!bare || like_ethernet(step, HEADER + WORD))) {
		if (!bytes_has(step->b, HEADER, WORD))
			return step_short(step, HEADER + WORD);
		return step_next(step, HEADER + WORD, NEXT_PROTO,
				 PKTCAP_PROTO_ETH);
	}
	if (bare)
		return step_next(step, HEADER, NEXT_PROTO, PKTCAP_PROTO_ETH);
	return step_next(step, HEADER, NEXT_UNKNOWN, 0);
}

static enum pktcap_status decode(struct step *step)
{
	uint8_t first;

	if (!bytes_has(step->b, 0, HEADER))
		return step_short(step, HEADER);
	if (!is_bottom(step->b)) {
		if (step->wire == HEADER)
			return PKTCAP_STATUS_MALFORMED;
		return step_next(step, HEADER, NEXT_PROTO, PKTCAP_PROTO_MPLS);
	}
	if (!bytes_u8(step->b, HEADER, &first))
		return step_next(step, HEADER, NEXT_UNKNOWN, 0);
	switch (first >> 4) {
	case 4:
		return step_next(step, HEADER, NEXT_PROTO, PKTCAP_PROTO_IPV4);
	case 6:
		return step_next(step, HEADER, NEXT_PROTO, PKTCAP_PROTO_IPV6);
	case 1:
		return next_channel(step);
	default:
		return next_pseudowire(step);
	}
}

static const struct label special_labels[] = {
	{ 0, "IPv4 explicit null" },
	{ 1, "router alert" },
	{ 2, "IPv6 explicit null" },
	{ 3, "implicit null" },
	{ 7, "entropy label indicator" },
	{ 13, "generic associated channel" },
	{ 14, "OAM alert" },
	{ 15, "extension" },
	{ 0, NULL },
};

static const struct label channel_types[] = {
	{ 0x0001, "management communication" },
	{ 0x0002, "signalling communication" },
	{ 0x0007, "BFD control" },
	{ 0x000a, "direct loss measurement" },
	{ 0x000c, "delay measurement" },
	{ CHANNEL_IPV4, "IPv4" },
	{ 0x0022, "connectivity check" },
	{ 0x0023, "connectivity verification" },
	{ 0x0024, "protection state coordination" },
	{ 0x0025, "on-demand connectivity verification" },
	{ 0x0027, "pseudowire status" },
	{ CHANNEL_IPV6, "IPv6" },
	{ 0x0058, "fault OAM" },
	{ 0x7ff8, "experimental" },
	{ 0x8902, "Y.1731 OAM" },
	{ 0, NULL },
};

static const struct field_def rows[] = {
	{ "label", 0, 20, PKTCAP_FIELD_UINT, NULL, special_labels },
	{ "traffic_class", 20, 3, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "bottom", 23, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "ttl", 24, 8, PKTCAP_FIELD_UINT, "hops", NULL },
};

static const struct field_def control_word[] = {
	{ "control_flags", 4, 4, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "control_fragment", 8, 2, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "control_length", 10, 6, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "control_sequence", 16, 16, PKTCAP_FIELD_UINT, NULL, NULL },
};

static const struct field_def channel[] = {
	{ "channel_version", 4, 4, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "channel_reserved", 8, 8, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "channel_type", 16, 16, PKTCAP_FIELD_HEX, NULL, channel_types },
};

static bool has_word(const struct pktcap_layer *layer)
{
	return layer->status == PKTCAP_STATUS_OK &&
	       layer->header_len == HEADER + WORD;
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	if (!has_word(layer))
		return;
	if (u8_at(f->b, HEADER) >> 4)
		FIELDS_ROWS(f, channel, HEADER);
	else
		FIELDS_ROWS(f, control_word, HEADER);
}

int pktcap_mpls_get(const struct pktcap_layer *layer, struct pktcap_mpls *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_MPLS, HEADER);

	if (err)
		return err;
	*out = (struct pktcap_mpls){
		.label = u32_at(b, 0) >> 12,
		.tc = u8_at(b, 2) >> 1 & 7,
		.bottom = is_bottom(b),
		.ttl = u8_at(b, 3),
		.has_word = has_word(layer),
		.word = has_word(layer) ? u32_at(b, HEADER) : 0,
	};
	return 0;
}

const struct proto proto_mpls = {
	.name = "mpls",
	.title = "Multiprotocol Label Switching",
	.level = PKTCAP_LEVEL_LINK,
	.decode = decode,
	FIELD_DEFS(rows),
	.fields = fields,
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_mpls *mpls = header;
	uint8_t *p = write_space(w, mpls->has_word ? HEADER + WORD : HEADER);

	write_bits(w, "label", mpls->label, 20);
	write_bits(w, "tc", mpls->tc, 3);
	write_bits(w, "bottom", mpls->bottom, 1);
	write_bits(w, "has_word", mpls->has_word, 1);
	if (!p)
		return;
	put_be32(p, mpls->label << 12 | (uint32_t)mpls->tc << 9 |
			    (uint32_t)mpls->bottom << 8 | mpls->ttl);
	if (mpls->has_word)
		put_be32(p + HEADER, mpls->word);
}

static uint16_t channel_of(uint16_t next)
{
	return next == PKTCAP_PROTO_IPV6 ? CHANNEL_IPV6 : CHANNEL_IPV4;
}

static void finish(struct finish *f)
{
	bool word = f->header_len > HEADER;

	if (f->keep & PKTCAP_KEEP_NEXT)
		return;
	if (f->next == PKTCAP_PROTO_MPLS) {
		f->p[2] &= 0xfe;
		if (word)
			finish_impossible(f);
		return;
	}
	f->p[2] |= 1;
	if (word && f->p[HEADER] >> 4 &&
	    (f->next == PKTCAP_PROTO_IPV4 || f->next == PKTCAP_PROTO_IPV6))
		put_be16(f->p + HEADER + 2, channel_of(f->next));
}

static bool carries(uint16_t proto)
{
	return proto == PKTCAP_PROTO_MPLS || proto == PKTCAP_PROTO_IPV4 ||
	       proto == PKTCAP_PROTO_IPV6 || proto == PKTCAP_PROTO_ETH;
}

const struct writer writer_mpls = {
	.write = write,
	.finish = finish,
	.next = NEXT_NOTHING,
	.carries = carries,
};
