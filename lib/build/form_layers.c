// SPDX-License-Identifier: BSD-2-Clause
/* The layers of the text form: their names, and what they begin with. */
#include "build/form.h"

#define WRITER(name, id, type) extern const struct writer writer_##name;
#include "build/writers.h"
#undef WRITER

#define LENGTHS PKTCAP_KEEP_LENGTHS
#define NEXT PKTCAP_KEEP_NEXT
#define CHECKSUM PKTCAP_KEEP_CHECKSUM
#define END                   \
	{                     \
		NULL, NULL, 0 \
	}

/* What numbers are in front of data: those that are left to experiments. */
enum {
	ETHERTYPE_EXPERIMENT = 0x88b5, /* IEEE 802-2014, 9.2.4 */
	IP_PROTOCOL_EXPERIMENT = 253   /* RFC 3692, 2.1 */
};

/* --- bytes that are no header ----------------------------------------------
 */

static int append_data(struct form_parser *p, struct form_word value)
{
	struct pktcap_build *b = p->build;
	size_t len;
	int err =
		form_bytes(p, value, b->data + b->len, b->size - b->len, &len);

	if (err)
		return err;
	/* Where it has to be: only its length is told, or that it is too long.
	 */
	err = build_data_in_place(b, len);
	return err ? form_build_failed(p, value.at) : 0;
}

static int append_zeros(struct form_parser *p, struct form_word value)
{
	uint64_t len;
	int err = form_number(p, value, INT32_MAX, &len);

	if (!err && pktcap_build_data(p->build, NULL, (size_t)len))
		err = form_build_failed(p, value.at);
	return err;
}

static int pad(struct form_parser *p, struct form_word value)
{
	uint64_t len;
	int err = form_number(p, value, INT32_MAX, &len);

	if (!err && pktcap_build_pad(p->build, (size_t)len))
		err = form_build_failed(p, value.at);
	return err;
}

static const struct form_special data_specials[] = {
	{ "hex", append_data, "0x0102" },
	{ "text", append_data, "\"hello\"" },
	{ "len", append_zeros, "100" },
	{ NULL, NULL, NULL },
};

static const struct form_special pad_specials[] = {
	{ "len", pad, "60" },
	{ NULL, NULL, NULL },
};

/* --- headers ----------------------------------------------------------------
 */

static const struct pktcap_eth eth = {
	.dst = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
	.type = ETHERTYPE_EXPERIMENT,
};
static const struct form_field eth_fields[] = {
	{ "type", NULL, NEXT },
	END,
};

static const struct pktcap_vlan vlan = { .tpid = 0x8100,
					 .type = ETHERTYPE_EXPERIMENT };
static const struct form_field vlan_fields[] = {
	{ "id", "vid", 0 },
	{ "prio", "pcp", 0 },
	{ "type", NULL, NEXT },
	END,
};

static const struct pktcap_ipv4 ipv4 = { .ttl = 64,
					 .protocol = IP_PROTOCOL_EXPERIMENT };
static const struct form_field ipv4_fields[] = {
	{ "hl", "ihl", LENGTHS },
	{ "ihl", NULL, LENGTHS },
	{ "len", "total_length", LENGTHS },
	{ "total_length", NULL, LENGTHS },
	{ "frag", "fragment_offset", 0 },
	{ "df", "dont_fragment", 0 },
	{ "mf", "more_fragments", 0 },
	{ "proto", "protocol", NEXT },
	{ "protocol", NULL, NEXT },
	{ "csum", "checksum", CHECKSUM },
	{ "chksum", "checksum", CHECKSUM },
	{ "checksum", NULL, CHECKSUM },
	END,
};

static const struct pktcap_udp udp = { .length = 8 };
static const struct form_field udp_fields[] = {
	{ "sport", "src_port", 0 },	  { "dport", "dst_port", 0 },
	{ "src_port", NULL, 0 },	  { "dst_port", NULL, 0 },
	{ "len", "length", LENGTHS },	  { "length", NULL, LENGTHS },
	{ "csum", "checksum", CHECKSUM }, { "chksum", "checksum", CHECKSUM },
	{ "checksum", NULL, CHECKSUM },	  END,
};

/* clang-format off */
#define HEADER(id, name, alias) \
	{ #name, alias, PKTCAP_PROTO_##id, &writer_##name, &name, \
	  name##_fields, NULL, NULL, NULL }

const struct form_layer form_layers[] = {
	HEADER(ETH, eth, "ether"),
	HEADER(VLAN, vlan, "dot1q"),
	HEADER(IPV4, ipv4, "ip"),
	HEADER(UDP, udp, NULL),
	{ "data", "raw", 0, NULL, NULL, NULL, data_specials, append_data, NULL },
	{ "pad", NULL, 0, NULL, NULL, NULL, pad_specials, pad, NULL },
	{ NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL },
};
/* clang-format on */

const struct form_layer *form_layer_of(const char *name)
{
	const struct form_layer *layer = form_layers;

	while (layer->name && strcmp(layer->name, name) != 0)
		layer++;
	return layer;
}
