// SPDX-License-Identifier: BSD-2-Clause
/*
 * VLAN tag (IEEE 802.1Q-2022, 9.6), behind the type that announces it:
 *
 *	priority (3 bits)  DEI (1)  VLAN (12)  type or length (2 bytes)
 *
 * The kernel takes the outer tag out of a frame: such a tag has no bytes, and
 * is in the layer's number.
 */
#include "proto/fields.h"
#include "proto/write.h"

enum { HEADER = 4, TYPE_AT = 2 };

static enum pktcap_status decode(struct step *step)
{
	return step_typed(step, HEADER);
}

static const struct field_def rows[] = {
	{ "pcp", 0, 3, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "dei", 3, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "vid", 4, 12, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "type", 16, 16, PKTCAP_FIELD_HEX, NULL, label_ethertype },
};

static void metadata_fields(struct fields *f, uint16_t tci)
{
	fields_value(f, "pcp", tci >> 13, NULL, NULL);
	fields_flag(f, "dei", tci >> 12 & 1);
	fields_value(f, "vid", tci & 0xfff, NULL, NULL);
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	if (layer->flags & PKTCAP_LAYER_METADATA)
		metadata_fields(f, (uint16_t)layer->number);
	else
		fields_rows(f, rows, sizeof(rows) / sizeof(rows[0]), 0);
}

int pktcap_vlan_get(const struct pktcap_layer *layer, struct pktcap_vlan *out)
{
	bool metadata = layer->flags & PKTCAP_LAYER_METADATA;
	int err = layer_expect(layer, PKTCAP_PROTO_VLAN, metadata ? 0 : HEADER);
	uint16_t tci = (uint16_t)layer->number, type = 0;

	if (err)
		return err;
	if (!metadata) {
		bytes_be16(layer_bytes(layer), 0, &tci);
		bytes_be16(layer_bytes(layer), TYPE_AT, &type);
	}
	*out = (struct pktcap_vlan){
		.tpid = (uint16_t)(metadata ? layer->number >> 16
					    : layer->number),
		.vid = tci & 0xfff,
		.pcp = (uint8_t)(tci >> 13),
		.dei = tci >> 12 & 1,
		.type = type,
	};
	return 0;
}

const struct proto proto_vlan = {
	.name = "vlan",
	.title = "802.1Q VLAN tag",
	.level = PKTCAP_LEVEL_LINK,
	.decode = decode,
	.fields = fields,
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_vlan *vlan = header;
	uint8_t *p = write_space(w, HEADER);

	write_bits(w, "vid", vlan->vid, 12);
	write_bits(w, "pcp", vlan->pcp, 3);
	write_bits(w, "dei", vlan->dei, 1);
	if (!p)
		return;
	put_be16(p, (uint16_t)(vlan->pcp << 13 | vlan->dei << 12 | vlan->vid));
	put_be16(p + TYPE_AT, vlan->type);
	if (vlan->tpid)
		w->number = vlan->tpid;
}

static void finish(struct finish *f)
{
	finish_type(f, TYPE_AT);
}

const struct writer writer_vlan = {
	.write = write,
	.finish = finish,
	.next = NEXT_ETHERTYPE,
};
