// SPDX-License-Identifier: BSD-2-Clause
/*
 * ARP (RFC 826), RARP (RFC 903) and InARP (RFC 2390), H and P being what the
 * two lengths say:
 *
 *	hardware type (2)  protocol type (2)  H (1)  P (1)  operation (2)
 *	sender's hardware (H) and protocol (P) address, then the target's
 */
#include "proto/fields.h"
#include "proto/write.h"

enum {
	HEADER = 8,
	PTYPE_AT = 2,
	HLEN_AT = 4,
	PLEN_AT = 5,
	HTYPE_ATM = 19, /* RFC 2225: other lengths at other places */
	MAC = 6,
	IPV4 = 4,
	IPV6 = 16,
	TYPE_IPV4 = 0x0800,
	TYPE_IPV6 = 0x86dd,
	TYPE_RARP = 0x8035,
	RARP_FIRST = 3, /* operations from here to DRARP's error */
	RARP_LAST = 7
};

static size_t arp_len(struct bytes b)
{
	return HEADER + 2u * u8_at(b, HLEN_AT) + 2u * u8_at(b, PLEN_AT);
}

static enum pktcap_status decode(struct step *step)
{
	size_t len;

	if (!bytes_has(step->b, 0, HEADER))
		return step_short(step, HEADER);
	if (u16_at(step->b, 0) == HTYPE_ATM)
		return PKTCAP_STATUS_UNSUPPORTED;
	len = arp_len(step->b);
	if (!bytes_has(step->b, 0, len))
		return step_short(step, len);
	step->payload_len = 0;
	return step_next(step, len, NEXT_NOTHING, 0);
}

static const struct label operations[] = {
	{ 1, "request" },
	{ 2, "reply" },
	{ 3, "RARP request" },
	{ 4, "RARP reply" },
	{ 5, "DRARP request" },
	{ 6, "DRARP reply" },
	{ 7, "DRARP error" },
	{ 8, "InARP request" },
	{ 9, "InARP reply" },
	{ 10, "NAK" },
	{ 0, NULL },
};

static const struct field_def rows[] = {
	{ "hardware_type", 0, 16, PKTCAP_FIELD_UINT, NULL, label_hardware },
	{ "protocol_type", 16, 16, PKTCAP_FIELD_HEX, NULL, label_ethertype },
	{ "hardware_length", 32, 8, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "protocol_length", 40, 8, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "operation", 48, 16, PKTCAP_FIELD_UINT, NULL, operations },
};

static enum pktcap_field_type protocol_address(uint16_t type, size_t len)
{
	if (type == TYPE_IPV4 && len == IPV4)
		return PKTCAP_FIELD_IPV4;
	if (type == TYPE_IPV6 && len == IPV6)
		return PKTCAP_FIELD_IPV6;
	return PKTCAP_FIELD_BYTES;
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	size_t hlen = u8_at(f->b, HLEN_AT), plen = u8_at(f->b, PLEN_AT);
	enum pktcap_field_type hardware, protocol;
	size_t at = HEADER;

	if (layer->status == PKTCAP_STATUS_UNSUPPORTED)
		return;
	hardware = hlen == MAC ? PKTCAP_FIELD_MAC : PKTCAP_FIELD_BYTES;
	protocol = protocol_address(u16_at(f->b, PTYPE_AT), plen);
	fields_data(f, "sender_hardware", hardware, at, hlen);
	at += hlen;
	fields_data(f, "sender_protocol", protocol, at, plen);
	at += plen;
	fields_data(f, "target_hardware", hardware, at, hlen);
	at += hlen;
	fields_data(f, "target_protocol", protocol, at, plen);
}

int pktcap_arp_get(const struct pktcap_layer *layer, struct pktcap_arp *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_ARP, HEADER);
	uint8_t hlen = u8_at(b, HLEN_AT), plen = u8_at(b, PLEN_AT);
	const uint8_t *sender;

	if (err)
		return err;
	if (layer->status != PKTCAP_STATUS_OK || layer->caplen < arp_len(b))
		return -ENODATA;
	sender = layer->data + HEADER;
	*out = (struct pktcap_arp){
		.hardware_type = u16_at(b, 0),
		.protocol_type = u16_at(b, PTYPE_AT),
		.operation = u16_at(b, 6),
		.hardware_len = hlen,
		.protocol_len = plen,
		.sender_hardware = sender,
		.sender_protocol = sender + hlen,
		.target_hardware = sender + hlen + plen,
		.target_protocol = sender + 2 * hlen + plen,
	};
	return 0;
}

const struct proto proto_arp = {
	.name = "arp",
	.title = "Address Resolution Protocol",
	.level = PKTCAP_LEVEL_NETWORK,
	.decode = decode,
	FIELD_DEFS(rows),
	.fields = fields,
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_arp *arp = header;
	uint8_t *p = write_space(w, HEADER);

	if (!p)
		return;
	put_be16(p, arp->hardware_type);
	put_be16(p + PTYPE_AT, arp->protocol_type);
	p[HLEN_AT] = arp->hardware_len;
	p[PLEN_AT] = arp->protocol_len;
	put_be16(p + 6, arp->operation);
	write_bytes(w, arp->sender_hardware, arp->hardware_len);
	write_bytes(w, arp->sender_protocol, arp->protocol_len);
	write_bytes(w, arp->target_hardware, arp->hardware_len);
	write_bytes(w, arp->target_protocol, arp->protocol_len);
	/* LLC has one SAP for all of them. */
	if (arp->operation >= RARP_FIRST && arp->operation <= RARP_LAST &&
	    w->below != PKTCAP_PROTO_LLC)
		w->number = TYPE_RARP;
}

const struct writer writer_arp = {
	.write = write,
	.next = NEXT_NOTHING,
};
