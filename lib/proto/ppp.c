// SPDX-License-Identifier: BSD-2-Clause
/*
 * PPP (RFC 1661, section 2; RFC 1662, 3.1), as far as captures have it:
 *
 *	[address ff  control 03]  protocol (1 if its first byte is odd, else 2)
 *
 * and, on the same link types, Cisco's HDLC, whose protocol is an EtherType:
 *
 *	address 0f or 8f  control 00  protocol (2)
 */
#include "proto/fields.h"
#include "proto/write.h"

enum {
	ADDRESS_ALL = 0xff,
	CONTROL_UI = 0x03,
	CISCO_UNICAST = 0x0f,
	CISCO_MULTICAST = 0x8f,
	CISCO_IPV4 = 0x0800,
	CISCO_IPV6 = 0x86dd,
	CISCO_MPLS = 0x8847,
	CISCO_MPLS_MULTICAST = 0x8848,
	CISCO_SLARP = 0x8035, /* an EtherType that means RARP elsewhere */
	LINKTYPE_PPPD = 166,  /* address says which way: 0 in, 1 out */
	LINKTYPE_PPP_DIRECTION = 204, /* a byte in front does */
};

/* What is in front of the protocol, and how many bytes it has itself. */
struct layout {
	uint8_t direction_len;
	uint8_t framing_len;
	uint8_t protocol_len;
	bool cisco;
};

static bool is_directed(uint32_t linktype)
{
	return linktype == LINKTYPE_PPPD || linktype == LINKTYPE_PPP_DIRECTION;
}

/* In PPPoE's, GRE's or another's payload, @number is none of a link type. */
static struct layout read_layout(struct bytes b, uint16_t below,
				 uint32_t number)
{
	uint32_t linktype = below ? PKTCAP_LINKTYPE_PPP : number;
	struct layout l = { .protocol_len = 2 };
	uint8_t address, control;

	if (linktype == LINKTYPE_PPPD && u8_at(b, 1) == CONTROL_UI) {
		l.framing_len = 2;
	} else {
		l.direction_len = is_directed(linktype);
		address = u8_at(b, l.direction_len);
		control = u8_at(b, l.direction_len + 1u);
		l.cisco = linktype == PKTCAP_LINKTYPE_C_HDLC ||
			  (!below && !control &&
			   (address == CISCO_UNICAST ||
			    address == CISCO_MULTICAST));
		if (l.cisco ||
		    (address == ADDRESS_ALL && control == CONTROL_UI))
			l.framing_len = 2;
	}
	/* The last bit of a protocol's first byte is 0, that of the last 1. */
	if (!l.cisco && u8_at(b, l.direction_len + l.framing_len) & 1)
		l.protocol_len = 1;
	return l;
}

static size_t protocol_at(struct layout l)
{
	return (size_t)l.direction_len + l.framing_len;
}

static size_t header_len(struct layout l)
{
	return protocol_at(l) + l.protocol_len;
}

static uint16_t protocol_of(struct bytes b, struct layout l)
{
	return l.protocol_len == 1 ? u8_at(b, protocol_at(l))
				   : u16_at(b, protocol_at(l));
}

static enum pktcap_status decode(struct step *step)
{
	struct layout l = read_layout(step->b, step->below, step->number);
	size_t len = header_len(l);
	uint16_t protocol = protocol_of(step->b, l);

	if (!bytes_has(step->b, 0, len))
		return step_short(step, len);
	if (!l.cisco)
		return step_next(step, len, NEXT_PPP, protocol);
	if (protocol == CISCO_SLARP)
		return step_next(step, len, NEXT_UNKNOWN, protocol);
	return step_next(step, len, NEXT_ETHERTYPE, protocol);
}

static const struct label cisco_protocols[] = {
	{ 0x2000, "CDP" },
	{ CISCO_SLARP, "SLARP" },
	{ 0xfefe, "OSI" },
	{ 0, NULL },
};

static const char *cisco_label(uint16_t protocol)
{
	const char *name = label_of(cisco_protocols, protocol);

	return name ? name : label_of(label_ethertype, protocol);
}

static const struct label directions[] = {
	{ 0, "received" },
	{ 1, "sent" },
	{ 0, NULL },
};

static const struct label addresses[] = {
	{ CISCO_UNICAST, "unicast" },
	{ CISCO_MULTICAST, "multicast" },
	{ ADDRESS_ALL, "all stations" },
	{ 0, NULL },
};

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	struct layout l = read_layout(f->b, layer->below, layer->number);
	size_t at = l.direction_len;
	uint16_t protocol = protocol_of(f->b, l);

	if (l.direction_len)
		fields_uint(f, "direction", 0, 1, NULL, directions);
	if (l.framing_len) {
		fields_hex(f, "address", at, 1,
			   u8_at(f->b, at) <= 1 ? directions : addresses);
		fields_hex(f, "control", at + 1, 1, NULL);
	}
	if (bytes_has(f->b, 0, header_len(l)))
		fields_number(f, "protocol", PKTCAP_FIELD_HEX, protocol,
			      protocol_at(l), l.protocol_len,
			      l.cisco ? cisco_label(protocol)
				      : label_of(label_ppp, protocol));
}

int pktcap_ppp_get(const struct pktcap_layer *layer, struct pktcap_ppp *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_PPP, 1);
	struct layout l = read_layout(b, layer->below, layer->number);
	size_t at = l.direction_len;

	if (err)
		return err;
	if (layer->caplen < header_len(l))
		return -ENODATA;
	*out = (struct pktcap_ppp){
		.protocol = protocol_of(b, l),
		.protocol_len = l.protocol_len,
		.framed = l.framing_len != 0,
		.address = l.framing_len ? u8_at(b, at) : 0,
		.control = l.framing_len ? u8_at(b, at + 1) : 0,
		.has_direction = l.direction_len,
		.direction = l.direction_len ? u8_at(b, 0) : 0,
		.cisco = l.cisco,
	};
	return 0;
}

const struct proto proto_ppp = {
	.name = "ppp",
	.title = "Point-to-Point Protocol",
	.level = PKTCAP_LEVEL_LINK,
	.decode = decode,
	.fields = fields,
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_ppp *ppp = header;

	write_bits(w, "has_direction", ppp->has_direction, 1);
	write_bits(w, "framed", ppp->framed, 1);
	write_bits(w, "cisco", ppp->cisco, 1);
	write_limit(w, "protocol_len", ppp->protocol_len, 2);
	if (ppp->protocol_len == 1)
		write_bits(w, "protocol", ppp->protocol, 8);
	if (ppp->has_direction)
		write_u8(w, ppp->direction);
	if (ppp->framed) {
		write_u8(w, ppp->address);
		write_u8(w, ppp->control);
	}
	if (ppp->protocol_len != 1)
		write_u8(w, (uint8_t)(ppp->protocol >> 8));
	write_u8(w, (uint8_t)ppp->protocol);
	if (!w->below && ppp->has_direction)
		w->number = LINKTYPE_PPP_DIRECTION;
	else if (!w->below && ppp->cisco)
		w->number = PKTCAP_LINKTYPE_C_HDLC;
}

static bool is_cisco(const struct finish *f)
{
	return !f->below && f->header_len == 4 && !f->p[1] &&
	       (f->p[0] == CISCO_UNICAST || f->p[0] == CISCO_MULTICAST);
}

/* One byte, alone or behind address and control. */
static bool is_compressed(const struct finish *f)
{
	const uint8_t *end = f->p + f->header_len;

	return f->header_len == 1 ||
	       (f->header_len >= 3 && end[-3] == ADDRESS_ALL &&
		end[-2] == CONTROL_UI);
}

static void finish_cisco(struct finish *f)
{
	switch (f->next) {
	case PKTCAP_PROTO_IPV4:
		put_be16(f->p + 2, CISCO_IPV4);
		break;
	case PKTCAP_PROTO_IPV6:
		put_be16(f->p + 2, CISCO_IPV6);
		break;
	case PKTCAP_PROTO_MPLS:
		if (u16_at((struct bytes){ f->p, 4 }, 2) !=
		    CISCO_MPLS_MULTICAST)
			put_be16(f->p + 2, CISCO_MPLS);
		break;
	default:
		finish_impossible(f);
	}
}

static void finish(struct finish *f)
{
	if (f->number < 0 || f->keep & PKTCAP_KEEP_NEXT)
		return;
	if (is_cisco(f))
		finish_cisco(f);
	else if (!is_compressed(f))
		finish_next16(f, f->header_len - 2);
	else if (f->number <= UINT8_MAX)
		finish_next8(f, f->header_len - 1);
	else
		finish_limit(f, "protocol", (uint64_t)f->number, UINT8_MAX);
}

const struct writer writer_ppp = {
	.write = write,
	.finish = finish,
	.next = NEXT_PPP,
};
