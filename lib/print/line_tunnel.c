// SPDX-License-Identifier: BSD-2-Clause
/* Tunnels: GRE, VXLAN, Geneve and GTP-U, and what is inside them. */
#include "print/line_ip.h"

enum {
	GRE_CHECKSUM = 0x8000,
	GRE_ROUTING = 0x4000,
	GRE_KEY = 0x2000,
	GRE_SEQUENCE = 0x1000,
	GRE_ACK = 0x0080,
	GRE_VERSION = 7,
	VXLAN_VNI = 8,
	VXLAN_GPE = 4,
	GTPU_PACKET = 255,
};

static const struct line_name gre_flags[] = {
	{ GRE_CHECKSUM, "checksum present" },
	{ GRE_ROUTING, "routing present" },
	{ GRE_KEY, "key present" },
	{ GRE_SEQUENCE, "sequence# present" },
	{ GRE_ACK, "ack present" },
	{ 0, NULL },
};

static void gre_unknown(struct line *l, const struct pktcap_layer *layer)
{
	line_put_hex(l, "gre-proto-0x", layer->number, 0, "");
}

static void put_gre_routes(struct line *l, const struct pktcap_gre *gre)
{
	line_put_hex(l, ", off 0x", gre->offset, 0, "");
	if (gre->flags & GRE_ROUTING)
		line_told(l, ", routing ", gre->routing_len, " bytes");
}

static void put_gre_numbers(struct line *l, const struct pktcap_gre *gre)
{
	if (gre->flags & GRE_CHECKSUM && line_verbose(l))
		line_put_hex(l, ", sum 0x", gre->checksum, 0, "");
	if (gre->flags & (GRE_CHECKSUM | GRE_ROUTING))
		put_gre_routes(l, gre);
	if (gre->flags & GRE_KEY)
		line_put_hex(l, ", key=0x", gre->key, 0, "");
	if (gre->flags & GRE_SEQUENCE)
		line_told(l, ", seq ", gre->seq, "");
}

/* RFC 2637: the key is a length and a call. */
static void put_pptp_numbers(struct line *l, const struct pktcap_gre *gre)
{
	if (gre->flags & GRE_KEY)
		line_told(l, ", call ", gre->key & 0xffff, "");
	if (gre->flags & GRE_SEQUENCE)
		line_told(l, ", seq ", gre->seq, "");
	if (gre->flags & GRE_ACK)
		line_told(l, ", ack ", gre->ack, "");
	if (!(gre->flags & GRE_SEQUENCE))
		PUT(&l->t, ", no-payload");
}

static void put_gre_damaged(struct line *l, const struct pktcap_layer *layer)
{
	uint64_t version;

	if (line_field(layer, "version", &version)) {
		line_told(l, "GREv", version, "");
		if (version > 1) {
			PUT(&l->t, " ERROR: unknown-version");
			l->ended = true;
			return;
		}
	}
	line_truncated(l, "gre");
}

void line_gre(struct line *l, const struct pktcap_layer *layer)
{
	unsigned int version;
	struct pktcap_gre gre;

	if (layer->status != PKTCAP_STATUS_OK || pktcap_gre_get(layer, &gre)) {
		put_gre_damaged(l, layer);
		return;
	}
	version = gre.flags & GRE_VERSION;
	line_told(l, "GREv", version, "");
	if (line_verbose(l)) {
		PUT(&l->t, ", Flags [");
		line_bits(l, gre_flags, gre.flags, ", ", "none");
		put_char(&l->t, ']');
	}
	if (version)
		put_pptp_numbers(l, &gre);
	else
		put_gre_numbers(l, &gre);
	if (line_has(l, PKTCAP_PRINT_LINK)) {
		const char *name = line_ethertype(gre.protocol);

		PUT(&l->t, ", proto ");
		put_string(&l->t, name ? name : "unknown");
		line_put_hex(l, " (0x", gre.protocol, 4, ")");
	}
	line_told(l, ", length ", line_wire(l, layer), "");
	l->unknown = gre_unknown;
	if (version && !(gre.flags & GRE_SEQUENCE)) {
		l->ended = true;
		return;
	}
	put_string(&l->t, line_verbose(l) ? "\n\t" : ": ");
}

void line_vxlan(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_vxlan vxlan;
	bool generic;

	PUT(&l->t, "VXLAN");
	if (pktcap_vxlan_get(layer, &vxlan)) {
		line_invalid(l);
		return;
	}
	generic = vxlan.flags & VXLAN_GPE;
	if (generic)
		PUT(&l->t, "-GPE");
	PUT(&l->t, ", flags [");
	put_string(&l->t, vxlan.flags & VXLAN_VNI ? "I" : "invalid");
	if (generic)
		PUT(&l->t, "P], vni ");
	else
		line_put_hex(l, "] (0x", vxlan.flags, 2, "), vni ");
	put_uint(&l->t, vxlan.vni);
	/* A frame begins a line of its own. */
	put_string(&l->t, generic ? ": " : "\n");
	l->unknown = NULL;
}

static void put_geneve_options(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_tlv option;
	const char *between = "";
	uint32_t offset = 0;

	while (pktcap_geneve_option_next(layer, &offset, &option) == 1) {
		put_string(&l->t, between);
		line_put_hex(l, "class 0x", option.type >> 8, 0, " type 0x");
		line_put_hex(l, "", option.type & 0xff, 0, "");
		put_string(&l->t, option.type & 0x80 ? "(C)" : "");
		line_told(l, " len ", option.len + 4u, "");
		between = ", ";
	}
}

void line_geneve(struct line *l, const struct pktcap_layer *layer)
{
	static const struct line_name flags[] = {
		{ 1, "O" },
		{ 2, "C" },
		{ 0, NULL },
	};
	struct pktcap_geneve geneve;

	PUT(&l->t, "Geneve");
	if (layer->status != PKTCAP_STATUS_OK ||
	    pktcap_geneve_get(layer, &geneve)) {
		if (layer->status == PKTCAP_STATUS_TRUNCATED)
			line_truncated(l, "geneve");
		else
			line_invalid(l);
		return;
	}
	PUT(&l->t, ", Flags [");
	line_bits(l, flags, geneve.control | geneve.critical * 2u, "", "none");
	line_put_hex(l, "], vni 0x", geneve.vni, 0, "");
	if (line_has(l, PKTCAP_PRINT_LINK)) {
		const char *name = line_ethertype(geneve.protocol);

		PUT(&l->t, ", proto ");
		put_string(&l->t, name ? name : "unknown");
		line_put_hex(l, " (0x", geneve.protocol, 4, ")");
	}
	if (geneve.options_len) {
		PUT(&l->t, ", options [");
		if (line_verbose(l))
			put_geneve_options(l, layer);
		else
			line_told(l, "", geneve.options_len, " bytes");
		put_char(&l->t, ']');
	}
	put_string(&l->t, line_verbose(l) ? "\n\t" : ": ");
	l->unknown = gre_unknown;
}

static const struct line_name gtpu_types[] = {
	{ 1, "echo request" },	    { 2, "echo response" },
	{ 26, "error indication" }, { 31, "extension headers" },
	{ 253, "tunnel status" },   { 254, "end marker" },
	{ GTPU_PACKET, "T-PDU" },   { 0, NULL },
};

void line_gtpu(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_gtpu gtpu;
	const char *name;

	if (layer->status != PKTCAP_STATUS_OK ||
	    pktcap_gtpu_get(layer, &gtpu)) {
		PUT(&l->t, "GTP-U");
		line_truncated(l, "gtp");
		return;
	}
	line_put_hex(l, "GTP-U, teid 0x", gtpu.teid, 8, ", ");
	name = line_name(gtpu_types, gtpu.type);
	if (name)
		put_string(&l->t, name);
	else
		line_told(l, "type ", gtpu.type, "");
	if (gtpu.flags & 2)
		line_told(l, ", seq ", gtpu.seq, "");
	line_told(l, ", length ", gtpu.length, "");
	l->unknown = NULL;
	if (gtpu.type == GTPU_PACKET && line_next(l))
		put_string(&l->t, line_verbose(l) ? "\n\t" : ": ");
	else
		l->ended = true;
}
