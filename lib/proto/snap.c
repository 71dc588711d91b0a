// SPDX-License-Identifier: BSD-2-Clause
/*
 * Subnetwork access protocol (IEEE 802, 9.5), behind LLC's SAP aa:
 *
 *	organisation (3)  protocol (2)
 *
 * What the protocol's numbers mean is up to the organisation. In front of a
 * bridged Ethernet frame two bytes of padding follow (RFC 2684, 5.2).
 */
#include "proto/fields.h"
#include "proto/write.h"

enum {
	HEADER = 5,
	PID_AT = 3,
	PAD = 2,
	OUI_ETHERTYPE = 0x000000,
	OUI_TUNNEL = 0x0000f8, /* IEEE 802.1H: these keep their EtherType */
	OUI_APPLE = 0x080007,
	OUI_CISCO = 0x00000c,
	OUI_BRIDGED = 0x0080c2, /* RFC 2427, 2684 */
	PID_PVST = 0x010b,
	PID_ETHERNET_FCS = 0x0001,
	PID_ETHERNET = 0x0007,
	PID_BPDU = 0x000e,
};

static uint32_t oui_at(struct bytes b)
{
	return u32_at(b, 0) >> 8;
}

static uint32_t proto_of_organisation(uint32_t oui, uint16_t pid)
{
	if (oui == OUI_CISCO && pid == PID_PVST)
		return PKTCAP_PROTO_STP;
	if (oui != OUI_BRIDGED)
		return PKTCAP_PROTO_NONE;
	switch (pid) {
	case PID_ETHERNET_FCS:
	case PID_ETHERNET:
		return PKTCAP_PROTO_ETH;
	case PID_BPDU:
		return PKTCAP_PROTO_STP;
	default:
		return PKTCAP_PROTO_NONE;
	}
}

static bool has_ethertypes(uint32_t oui)
{
	return oui == OUI_ETHERTYPE || oui == OUI_TUNNEL || oui == OUI_APPLE;
}

static size_t header_len(uint32_t oui, uint16_t pid)
{
	return proto_of_organisation(oui, pid) == PKTCAP_PROTO_ETH
		       ? HEADER + PAD
		       : HEADER;
}

static enum pktcap_status decode(struct step *step)
{
	uint32_t proto, oui = oui_at(step->b);
	uint16_t pid;

	if (!bytes_be16(step->b, PID_AT, &pid))
		return step_short(step, HEADER);
	if (has_ethertypes(oui))
		return step_next(step, HEADER, NEXT_ETHERTYPE, pid);
	proto = proto_of_organisation(oui, pid);
	if (!proto)
		return step_next(step, HEADER, NEXT_UNKNOWN, pid);
	if (!bytes_has(step->b, 0, header_len(oui, pid)))
		return step_short(step, header_len(oui, pid));
	return step_next(step, header_len(oui, pid), NEXT_PROTO, proto);
}

static const struct label organisations[] = {
	{ OUI_ETHERTYPE, "EtherType" },
	{ OUI_CISCO, "Cisco" },
	{ OUI_TUNNEL, "EtherType, bridged" },
	{ 0x0080c2, "IEEE 802.1" },
	{ 0x00a03e, "ATM Forum" },
	{ 0x00e02b, "Extreme" },
	{ OUI_APPLE, "AppleTalk" },
	{ 0, NULL },
};

static const struct label cisco[] = {
	{ 0x0102, "DRiP" },
	{ 0x0104, "PAgP" },
	{ PID_PVST, "PVST+" },
	{ 0x010c, "VLAN bridge" },
	{ 0x0111, "UDLD" },
	{ 0x0115, "MCP" },
	{ 0x2000, "CDP" },
	{ 0x2001, "CGMP" },
	{ 0x2003, "VTP" },
	{ 0x2004, "DTP" },
	{ 0x200a, "STP uplink fast" },
	{ 0, NULL },
};

static const struct label bridged[] = {
	{ 0x0001, "Ethernet with FCS" },
	{ 0x0002, "802.4 with FCS" },
	{ 0x0003, "802.5 with FCS" },
	{ 0x0004, "FDDI with FCS" },
	{ 0x0005, "802.6 with FCS" },
	{ 0x0006, "802.12 with FCS" },
	{ 0x0007, "Ethernet" },
	{ 0x0008, "802.4" },
	{ 0x0009, "802.5" },
	{ 0x000a, "FDDI" },
	{ 0x000b, "802.6" },
	{ 0x000d, "fragment" },
	{ 0x000e, "BPDU" },
	{ 0x000f, "source route BPDU" },
	{ 0, NULL },
};

static const struct label *protocols_of(uint32_t oui)
{
	if (has_ethertypes(oui))
		return label_ethertype;
	if (oui == OUI_CISCO)
		return cisco;
	return oui == OUI_BRIDGED ? bridged : NULL;
}

static const struct field_def rows[] = {
	{ "oui", 0, 24, PKTCAP_FIELD_HEX, NULL, organisations },
};

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	fields_hex(f, "pid", PID_AT, 2,
		   protocols_of(oui_at(layer_bytes(layer))));
	if (layer->header_len > HEADER)
		fields_hex(f, "pad", HEADER, PAD, NULL);
}

int pktcap_snap_get(const struct pktcap_layer *layer, struct pktcap_snap *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_SNAP, HEADER);

	if (err)
		return err;
	*out = (struct pktcap_snap){
		.oui = oui_at(b),
		.pid = u16_at(b, PID_AT),
		.pad = layer->header_len > HEADER ? u16_at(b, HEADER) : 0,
	};
	return 0;
}

const struct proto proto_snap = {
	.name = "snap",
	.title = "Subnetwork Access Protocol",
	.level = PKTCAP_LEVEL_LINK,
	.decode = decode,
	FIELD_DEFS(rows),
	.fields = fields,
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_snap *snap = header;
	size_t len = header_len(snap->oui, snap->pid);
	uint8_t *p = write_space(w, len);

	write_bits(w, "oui", snap->oui, 24);
	if (len == HEADER)
		write_limit(w, "pad", snap->pad, 0);
	if (!p)
		return;
	put_be24(p, snap->oui);
	put_be16(p + PID_AT, snap->pid);
	if (len > HEADER)
		put_be16(p + HEADER, snap->pad);
}

/* An organisation stays if it can say what follows, in this length. */
static void finish(struct finish *f)
{
	struct bytes b = { f->p, HEADER };
	uint32_t oui = oui_at(b);

	if (f->keep & PKTCAP_KEEP_NEXT || !f->next ||
	    proto_of_organisation(oui, u16_at(b, PID_AT)) == f->next)
		return;
	if (f->header_len > HEADER) {
		finish_impossible(f);
	} else if (oui == OUI_BRIDGED && f->next == PKTCAP_PROTO_STP) {
		put_be16(f->p + PID_AT, PID_BPDU);
	} else if (f->next == PKTCAP_PROTO_STP) {
		put_be24(f->p, OUI_CISCO);
		put_be16(f->p + PID_AT, PID_PVST);
	} else if (f->number >= 0) {
		if (!has_ethertypes(oui))
			put_be24(f->p, OUI_ETHERTYPE);
		finish_next16(f, PID_AT);
	}
}

static bool carries(uint16_t proto)
{
	return proto == PKTCAP_PROTO_STP;
}

const struct writer writer_snap = {
	.write = write,
	.finish = finish,
	.next = NEXT_ETHERTYPE,
	.carries = carries,
};
