// SPDX-License-Identifier: BSD-2-Clause
/*
 * Linux cooked capture, version 2 (LINKTYPE_LINUX_SLL2):
 *
 *	protocol (2)  reserved (2)  interface (4)  device type (2)
 *	packet type (1)  address length (1)  address (8)
 *
 * Tags of VLANs stand behind it, announced by the protocol.
 */
#include "proto/cooked.h"
#include "proto/write.h"

enum { HEADER = 20, HATYPE_AT = 8, LENGTH_AT = 11, ADDRESS_AT = 12 };

static enum pktcap_status decode(struct step *step)
{
	if (!bytes_has(step->b, 0, HEADER))
		return step_short(step, HEADER);
	return cooked_next(step, HEADER, u16_at(step->b, HATYPE_AT),
			   u16_at(step->b, 0));
}

static const struct field_def rows[] = {
	{ "reserved", 16, 16, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "interface", 32, 32, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "device_type", 64, 16, PKTCAP_FIELD_UINT, NULL, label_hardware },
	{ "packet_type", 80, 8, PKTCAP_FIELD_UINT, NULL, label_pkttype },
	{ "address_length", 88, 8, PKTCAP_FIELD_UINT, "bytes", NULL },
};

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	cooked_protocol(f, 0);
	FIELDS_ROWS(f, rows, 0);
	cooked_address(f, ADDRESS_AT, u8_at(layer_bytes(layer), LENGTH_AT));
}

int pktcap_sll2_get(const struct pktcap_layer *layer, struct pktcap_sll2 *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_SLL2, HEADER);

	if (err)
		return err;
	*out = (struct pktcap_sll2){
		.ifindex = u32_at(b, 4),
		.protocol = u16_at(b, 0),
		.reserved = u16_at(b, 2),
		.hatype = u16_at(b, HATYPE_AT),
		.pkttype = u8_at(b, 10),
		.address_len = u8_at(b, LENGTH_AT),
	};
	bytes_copy(b, ADDRESS_AT, out->address, sizeof(out->address));
	return 0;
}

const struct proto proto_sll2 = {
	.name = "sll2",
	.title = "Linux cooked capture v2",
	.level = PKTCAP_LEVEL_LINK,
	.decode = decode,
	.fields = fields,
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_sll2 *sll = header;
	uint8_t *p = write_space(w, HEADER);

	if (!p)
		return;
	put_be16(p, sll->protocol);
	put_be16(p + 2, sll->reserved);
	put_be32(p + 4, sll->ifindex);
	put_be16(p + HATYPE_AT, sll->hatype);
	p[10] = sll->pkttype;
	p[LENGTH_AT] = sll->address_len;
	memcpy(p + ADDRESS_AT, sll->address, sizeof(sll->address));
}

static void finish(struct finish *f)
{
	cooked_finish(f, HATYPE_AT, 0);
}

const struct writer writer_sll2 = {
	.write = write,
	.finish = finish,
	.next = NEXT_ETHERTYPE,
	.carries = cooked_carries,
};
