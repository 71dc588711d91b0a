// SPDX-License-Identifier: BSD-2-Clause
/*
 * Linux cooked capture (LINKTYPE_LINUX_SLL), what the link layer's header was
 * replaced by:
 *
 *	packet type (2)  device type (2)  address length (2)  address (8)
 *	protocol (2)
 */
#include "proto/cooked.h"
#include "proto/write.h"

enum {
	HEADER = 16,
	HATYPE_AT = 2,
	LENGTH_AT = 4,
	ADDRESS_AT = 6,
	TYPE_AT = 14
};

static enum pktcap_status decode(struct step *step)
{
	uint16_t hatype, protocol;

	if (!bytes_be16(step->b, HATYPE_AT, &hatype) ||
	    !bytes_be16(step->b, TYPE_AT, &protocol))
		return step_short(step, HEADER);
	return cooked_next(step, HEADER, hatype, protocol);
}

static const struct field_def rows[] = {
	{ "packet_type", 0, 16, PKTCAP_FIELD_UINT, NULL, label_pkttype },
	{ "device_type", 16, 16, PKTCAP_FIELD_UINT, NULL, label_hardware },
	{ "address_length", 32, 16, PKTCAP_FIELD_UINT, "bytes", NULL },
};

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	cooked_address(f, ADDRESS_AT, u16_at(layer_bytes(layer), LENGTH_AT));
	cooked_protocol(f, TYPE_AT);
}

int pktcap_sll_get(const struct pktcap_layer *layer, struct pktcap_sll *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_SLL, HEADER);

	if (err)
		return err;
	*out = (struct pktcap_sll){
		.pkttype = u16_at(b, 0),
		.hatype = u16_at(b, HATYPE_AT),
		.address_len = u16_at(b, LENGTH_AT),
		.protocol = u16_at(b, TYPE_AT),
	};
	bytes_copy(b, ADDRESS_AT, out->address, sizeof(out->address));
	return 0;
}

const struct proto proto_sll = {
	.name = "sll",
	.title = "Linux cooked capture",
	.level = PKTCAP_LEVEL_LINK,
	.decode = decode,
	FIELD_DEFS(rows),
	.fields = fields,
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_sll *sll = header;
	uint8_t *p = write_space(w, HEADER);

	if (!p)
		return;
	put_be16(p, sll->pkttype);
	put_be16(p + HATYPE_AT, sll->hatype);
	put_be16(p + LENGTH_AT, sll->address_len);
	memcpy(p + ADDRESS_AT, sll->address, sizeof(sll->address));
	put_be16(p + TYPE_AT, sll->protocol);
}

static void finish(struct finish *f)
{
	cooked_finish(f, HATYPE_AT, TYPE_AT);
}

const struct writer writer_sll = {
	.write = write,
	.finish = finish,
	.next = NEXT_ETHERTYPE,
	.carries = cooked_carries,
};
