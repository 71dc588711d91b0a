// SPDX-License-Identifier: BSD-2-Clause
/*
 * Ethernet (IEEE 802.3-2022, 3.1.1):
 *
 *	destination (6)  source (6)  type or length (2)  payload
 */
#include "proto/fields.h"
#include "proto/write.h"

enum { HEADER = 14, TYPE_AT = 12 };

static enum pktcap_status decode(struct step *step)
{
	return step_typed(step, HEADER);
}

static const struct field_def rows[] = {
	{ "dst", 0, 48, PKTCAP_FIELD_MAC, NULL, NULL },
	{ "src", 48, 48, PKTCAP_FIELD_MAC, NULL, NULL },
};

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	uint16_t type;

	(void)layer;
	if (!bytes_be16(f->b, TYPE_AT, &type))
		return;
	if (type < ETHERTYPE_MIN)
		fields_uint(f, "length", TYPE_AT, 2, "bytes", NULL);
	else
		fields_hex(f, "type", TYPE_AT, 2, label_ethertype);
}

int pktcap_eth_get(const struct pktcap_layer *layer, struct pktcap_eth *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_ETH, HEADER);

	if (err)
		return err;
	bytes_copy(b, 0, out->dst, sizeof(out->dst));
	bytes_copy(b, 6, out->src, sizeof(out->src));
	bytes_be16(b, TYPE_AT, &out->type);
	return 0;
}

const struct proto proto_eth = {
	.name = "eth",
	.title = "Ethernet",
	.level = PKTCAP_LEVEL_LINK,
	.decode = decode,
	FIELD_DEFS(rows),
	.fields = fields,
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_eth *eth = header;
	uint8_t *p = write_space(w, HEADER);

	if (!p)
		return;
	memcpy(p, eth->dst, 6);
	memcpy(p + 6, eth->src, 6);
	put_be16(p + TYPE_AT, eth->type);
}

static void finish(struct finish *f)
{
	finish_type(f, TYPE_AT);
}

const struct writer writer_eth = {
	.write = write,
	.finish = finish,
	.next = NEXT_ETHERTYPE,
};
