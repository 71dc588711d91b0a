// SPDX-License-Identifier: BSD-2-Clause
/* 802.2: LLC and SNAP. */
#include "print/line.h"

enum {
	SAP_LOW_BIT = 1, /* a group; of the source: a response */
	POLL = 0x10,	 /* or final, in an unnumbered frame */
	POLL_NUMBERED = 0x0001,
	UNNUMBERED_XID = 0xaf,
	OUI_ETHERTYPE = 0,
	OUI_CISCO = 0x00000c,
};

static const struct line_name saps[] = {
	{ 0x00, "Null" },    { 0x02, "802.1B I" },  { 0x04, "SNA" },
	{ 0x06, "IP" },	     { 0x0e, "ProWay NM" }, { 0x42, "STP" },
	{ 0x4e, "RS511" },   { 0x7e, "ISO8208" },   { 0x8e, "ProWay" },
	{ 0xaa, "SNAP" },    { 0xbc, "VINES" },	    { 0xe0, "IPX" },
	{ 0xf0, "NetBeui" }, { 0xfe, "OSI" },	    { 0xff, "Global" },
	{ 0, NULL },
};

static const struct line_name commands[] = {
	{ 0x03, "ui" },	 { 0x0f, "dm" },    { 0x43, "disc" },
	{ 0x63, "ua" },	 { 0x6f, "sabme" }, { 0x87, "frmr" },
	{ 0xaf, "xid" }, { 0xe3, "test" },  { 0, NULL },
};

static const struct line_name supervisory[] = {
	{ 0, "Receiver Ready" },
	{ 1, "Receiver not Ready" },
	{ 2, "Reject" },
	{ 0, NULL },
};

/* The global address has no group bit to take away. */
static uint8_t sap_of(uint8_t field)
{
	return field == 0xff ? field : field & ~SAP_LOW_BIT;
}

static void put_sap(struct line *l, const char *side, uint8_t field,
		    const char *odd, const char *even)
{
	const char *name = line_name(saps, sap_of(field));

	put_string(&l->t, side);
	put_string(&l->t, name ? name : "Unknown");
	line_put_hex(l, " (0x", sap_of(field), 2, ") ");
	put_string(&l->t, field & SAP_LOW_BIT ? odd : even);
}

static void put_header(struct line *l, const struct pktcap_llc *llc)
{
	put_sap(l, "LLC, dsap ", llc->dsap, "Group", "Individual");
	put_sap(l, ", ssap ", llc->ssap, "Response", "Command");
	/* Two bytes of control are shown with the first one last. */
	if (llc->control_len == 1)
		line_put_hex(l, ", ctrl 0x", llc->control, 2, ": ");
	else
		line_put_hex(l, ", ctrl 0x", __builtin_bswap16(llc->control), 4,
			     ": ");
}

static void put_short_sap(struct line *l, uint8_t sap)
{
	const char *name = line_name(saps, sap);

	if (name)
		put_string(&l->t, name);
	else
		line_put_hex(l, "Unknown DSAP 0x", sap, 2, "");
	put_char(&l->t, ' ');
}

/* Without -e it is told who speaks to whom. */
static void put_parties(struct line *l, const struct pktcap_llc *llc)
{
	uint8_t dsap = sap_of(llc->dsap), ssap = sap_of(llc->ssap);
	struct pktcap_eth eth;
	bool ether = !pktcap_eth_get(&l->layers[l->frame], &eth);

	if (ether) {
		put_mac(&l->t, eth.src);
		put_char(&l->t, ' ');
	}
	if (ssap != dsap)
		put_short_sap(l, ssap);
	if (ether || ssap != dsap)
		PUT(&l->t, "> ");
	if (ether) {
		put_mac(&l->t, eth.dst);
		put_char(&l->t, ' ');
	}
	put_short_sap(l, dsap);
}

static void put_flags(struct line *l, const struct pktcap_llc *llc, bool poll,
		      size_t length)
{
	bool response = llc->ssap & SAP_LOW_BIT;

	PUT(&l->t, ", Flags [");
	if (poll)
		put_string(&l->t, response ? "Final" : "Poll");
	else
		put_string(&l->t, response ? "Response" : "Command");
	line_told(l, "], length ", length, "");
}

static void put_unnumbered(struct line *l, const struct pktcap_llc *llc,
			   size_t length)
{
	uint16_t command = llc->control & (uint16_t)~POLL;
	const char *name = line_name(commands, command);

	PUT(&l->t, "Unnumbered, ");
	if (name)
		put_string(&l->t, name);
	else
		put_hex(&l->t, command, 2);
	put_flags(l, llc, llc->control & POLL, length);
}

static void put_numbered(struct line *l, const struct pktcap_llc *llc,
			 size_t length)
{
	unsigned int first = llc->control >> 8, second = llc->control & 0xff;
	const char *name;

	if (first & 1) {
		name = line_name(supervisory, first >> 2 & 3);
		PUT(&l->t, "Supervisory, ");
		put_string(&l->t, name ? name : "?");
	} else {
		line_told(l, "Information, send seq ", first >> 1, "");
	}
	line_told(l, ", rcv seq ", second >> 1, "");
	put_flags(l, llc, second & POLL_NUMBERED, length);
}

static void dump_only(struct line *l, const struct pktcap_layer *layer)
{
	line_dump(l, layer->data, layer->caplen);
}

/* Is the payload told by somebody else? */
static bool is_envelope(const struct line *l)
{
	const struct pktcap_layer *next = line_next(l);

	return next && next->proto != PKTCAP_PROTO_DATA;
}

void line_llc(struct line *l, const struct pktcap_layer *layer)
{
	size_t length = line_wire(l, layer);
	struct pktcap_llc llc;

	if (pktcap_llc_get(layer, &llc)) {
		line_truncated(l, "llc");
		return;
	}
	l->unknown = dump_only;
	if (line_has(l, PKTCAP_PRINT_LINK))
		put_header(l, &llc);
	if (is_envelope(l))
		return;
	if (!line_has(l, PKTCAP_PRINT_LINK))
		put_parties(l, &llc);
	if (llc.control_len == 1)
		put_unnumbered(l, &llc, length);
	else
		put_numbered(l, &llc, length);
	line_dump(l, layer->data, layer->caplen);
	l->ended = true;
}

static const struct line_name organisations[] = {
	{ 0x000000, "Ethernet" },
	{ OUI_CISCO, "Cisco" },
	{ 0x0000f8, "Cisco bridged" },
	{ 0x0080c2, "RFC2684" },
	{ 0x00a03e, "ATM Forum" },
	{ 0x080007, "Appletalk" },
	{ 0x00603e, "Cable Broadband Forum" },
	{ 0x00120f, "IEEE 802.3 Private" },
	{ 0x009069, "Juniper" },
	{ 0, NULL },
};

static const struct line_name cisco[] = {
	{ 0x010b, "PVST" }, { 0x010c, "VLAN Bridge" }, { 0x0111, "UDLD" },
	{ 0x2000, "CDP" },  { 0x2003, "VTP" },	       { 0x2004, "DTP" },
	{ 0, NULL },
};

static void put_snap(struct line *l, const struct pktcap_snap *snap,
		     size_t length)
{
	const char *organisation = line_name(organisations, snap->oui);
	const char *name = NULL;

	if (snap->oui == OUI_ETHERTYPE)
		name = line_ethertype(snap->pid);
	else if (snap->oui == OUI_CISCO)
		name = line_name(cisco, snap->pid);
	PUT(&l->t, "oui ");
	put_string(&l->t, organisation ? organisation : "Unknown");
	line_put_hex(l, " (0x", snap->oui, 6, "), ");
	put_string(&l->t, snap->oui == OUI_ETHERTYPE ? "ethertype " : "pid ");
	put_string(&l->t, name ? name : "Unknown");
	line_put_hex(l, " (0x", snap->pid, 4, "), ");
	line_told(l, "length ", length, ": ");
}

/*
 * Addresses and type, if -e did not tell them, and then the bytes: from LLC on,
 * as it is LLC of which nobody knows what it carries.
 */
static void unknown_snap(struct line *l, const struct pktcap_layer *layer)
{
	const struct pktcap_layer *header = layer - 1;
	struct pktcap_snap snap;
	struct pktcap_eth eth;

	if (!line_has(l, PKTCAP_PRINT_LINK) &&
	    !pktcap_snap_get(header, &snap)) {
		if (!pktcap_eth_get(&l->layers[l->frame], &eth))
			line_put_macs(l, &eth, " ");
		PUT(&l->t, "SNAP, ");
		put_snap(l, &snap, line_payload(l, header));
	}
	if (header > l->layers && header[-1].proto == PKTCAP_PROTO_LLC)
		header--;
	line_dump(l, header->data, header->caplen);
}

void line_snap(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_snap snap;

	if (pktcap_snap_get(layer, &snap)) {
		line_truncated(l, "snap");
		return;
	}
	l->unknown = unknown_snap;
	if (line_has(l, PKTCAP_PRINT_LINK))
		put_snap(l, &snap, line_payload(l, layer));
}
