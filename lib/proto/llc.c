// SPDX-License-Identifier: BSD-2-Clause
/*
 * Logical link control (IEEE 802.2, ISO 8802-2):
 *
 *	destination SAP (1)  source SAP (1)  control (1 or 2)
 *
 * Control ends in 11 for unnumbered frames, which have one byte of it. All
 * others number what they send (0) or acknowledge (01).
 */
#include "proto/fields.h"
#include "proto/write.h"

enum {
	HEADER = 3,
	HEADER_NUMBERED = 4,
	UNNUMBERED = 3,
	SUPERVISORY = 1,
	POLL = 0x10, /* in an unnumbered frame: poll or final */
	UI = 0x03,
	SAP_SNAP = 0xaa,
	SAP_LOW_BIT = 1, /* group address, or response */
};

static size_t header_len(uint8_t control)
{
	return (control & 3) == UNNUMBERED ? HEADER : HEADER_NUMBERED;
}

static enum pktcap_status decode(struct step *step)
{
	uint8_t control, dsap = u8_at(step->b, 0) & ~SAP_LOW_BIT;
	uint8_t ssap = u8_at(step->b, 1) & ~SAP_LOW_BIT;
	size_t len;

	if (!bytes_u8(step->b, 2, &control))
		return step_short(step, HEADER);
	len = header_len(control);
	if (!bytes_has(step->b, 0, len))
		return step_short(step, len);
	/* Only UI and information frames have something of an upper layer. */
	if ((control & 1) && (control & ~POLL) != UI)
		return step_next(step, len, NEXT_NOTHING, 0);
	if (dsap == SAP_SNAP && ssap != SAP_SNAP)
		return step_next(step, len, NEXT_UNKNOWN,
				 (uint32_t)(dsap << 8 | ssap));
	return step_next(step, len, NEXT_SAP, (uint32_t)(dsap << 8 | ssap));
}

static const struct label saps[] = {
	{ 0x00, "null" },
	{ 0x02, "LLC management" },
	{ 0x04, "SNA path control" },
	{ 0x06, "IP" },
	{ 0x08, "SNA" },
	{ 0x0e, "PROWAY management" },
	{ 0x18, "Texas Instruments" },
	{ 0x42, "STP" },
	{ 0x4e, "EIA RS-511" },
	{ 0x7e, "ISO 8208 (X.25)" },
	{ 0x80, "XNS" },
	{ 0x86, "Nestar" },
	{ 0x8e, "PROWAY" },
	{ 0x98, "ARP" },
	{ 0xaa, "SNAP" },
	{ 0xbc, "Banyan Vines" },
	{ 0xe0, "NetWare" },
	{ 0xf0, "NetBIOS" },
	{ 0xf4, "LAN management" },
	{ 0xf8, "remote program load" },
	{ 0xfc, "remote program load" },
	{ 0xfe, "ISO network layer" },
	{ 0, NULL },
};

/* Without the poll or final bit. */
static const struct label unnumbered[] = {
	{ 0x03, "UI" },	  { 0x0f, "DM" },    { 0x43, "DISC" }, { 0x63, "UA" },
	{ 0x67, "AC0" },  { 0x6f, "SABME" }, { 0x87, "FRMR" }, { 0xaf, "XID" },
	{ 0xe3, "TEST" }, { 0xe7, "AC1" },   { 0, NULL },
};

static const struct label supervisory[] = {
	{ 0, "RR" },
	{ 1, "RNR" },
	{ 2, "REJ" },
	{ 0, NULL },
};

/* The last bits of control: one, or two where that is 1. */
static const struct label information[] = {
	{ 0, "information" },
	{ 0, NULL },
};

static const struct label frames[] = {
	{ SUPERVISORY, "supervisory" },
	{ 0, NULL },
};

static const struct field_def information_rows[] = {
	{ "send_number", 16, 7, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "frame", 23, 1, PKTCAP_FIELD_HEX, NULL, information },
	{ "receive_number", 24, 7, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "poll_final", 31, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
};

static const struct field_def supervisory_rows[] = {
	{ "function", 20, 2, PKTCAP_FIELD_UINT, NULL, supervisory },
	{ "frame", 22, 2, PKTCAP_FIELD_HEX, NULL, frames },
	{ "receive_number", 24, 7, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "poll_final", 31, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
};

static void sap_field(struct fields *f, const char *name, size_t at)
{
	uint8_t sap;

	if (!bytes_u8(f->b, at, &sap))
		return;
	f->labels = saps;
	fields_number(f, name, PKTCAP_FIELD_HEX, sap, at, 1,
		      label_of(saps, sap & ~SAP_LOW_BIT));
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	uint8_t control;

	(void)layer;
	sap_field(f, "dsap", 0);
	sap_field(f, "ssap", 1);
	if (!bytes_u8(f->b, 2, &control))
		return;
	if ((control & 3) == SUPERVISORY) {
		FIELDS_ROWS(f, supervisory_rows, 0);
	} else if ((control & 3) != UNNUMBERED) {
		FIELDS_ROWS(f, information_rows, 0);
	} else {
		f->labels = unnumbered;
		fields_number(f, "control", PKTCAP_FIELD_HEX, control, 2, 1,
			      label_of(unnumbered, control & ~POLL));
		fields_number(f, "poll_final", PKTCAP_FIELD_FLAG,
			      !!(control & POLL), 2, 0, NULL);
	}
}

int pktcap_llc_get(const struct pktcap_layer *layer, struct pktcap_llc *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_LLC, HEADER);
	uint8_t control = u8_at(b, 2);
	size_t len = header_len(control);

	if (err)
		return err;
	if (layer->caplen < len)
		return -ENODATA;
	*out = (struct pktcap_llc){
		.dsap = u8_at(b, 0),
		.ssap = u8_at(b, 1),
		.control = len == HEADER ? control : u16_at(b, 2),
		.control_len = (uint8_t)(len - 2),
	};
	return 0;
}

const struct proto proto_llc = {
	.name = "llc",
	.title = "802.2 logical link control",
	.level = PKTCAP_LEVEL_LINK,
	.decode = decode,
	.fields = fields,
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_llc *llc = header;
	uint8_t *p = write_space(w, llc->control_len == 2 ? HEADER_NUMBERED
							  : HEADER);

	write_limit(w, "control_len", llc->control_len, 2);
	if (llc->control_len == 1)
		write_bits(w, "control", llc->control, 8);
	if (!p)
		return;
	p[0] = llc->dsap;
	p[1] = llc->ssap;
	if (llc->control_len == 2)
		put_be16(p + 2, llc->control);
	else
		p[2] = llc->control_len ? (uint8_t)llc->control : UI;
}

/* Group and response bits stay, and so does the sender's own SAP where that of
 * the receiver was right. */
static void finish(struct finish *f)
{
	uint8_t dsap = (uint8_t)(f->number >> 8), ssap = (uint8_t)f->number;

	if (f->number < 0 || f->keep & PKTCAP_KEEP_NEXT)
		return;
	if ((f->p[0] & ~SAP_LOW_BIT) == dsap &&
	    ((f->p[1] & ~SAP_LOW_BIT) == ssap || dsap != SAP_SNAP))
		return;
	f->p[0] = dsap;
	f->p[1] = ssap;
}

const struct writer writer_llc = {
	.write = write,
	.finish = finish,
	.next = NEXT_SAP,
};
