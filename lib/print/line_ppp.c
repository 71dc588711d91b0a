// SPDX-License-Identifier: BSD-2-Clause
/* MPLS, PPPoE, PPP and what PPP negotiates with. */
#include "print/line.h"

enum {
	PPPOE_VERSION = 1,
	PPPOE_TYPE = 1,
	PPPOE_SESSION = 0,
	TAG_END = 0,
	LINKTYPE_PPP_HDLC = 50,
	PAP = 0xc023,
	CHAP = 0xc223,
};

static bool followed_by_decoded(const struct line *l)
{
	const struct pktcap_layer *next = line_next(l);

	return next && next->proto != PKTCAP_PROTO_DATA;
}

static void dump_only(struct line *l, const struct pktcap_layer *layer)
{
	line_dump(l, layer->data, layer->caplen);
}

static const struct line_name special_labels[] = {
	{ 0, " (IPv4 explicit NULL)" },
	{ 1, " (router alert)" },
	{ 2, " (IPv6 explicit NULL)" },
	{ 3, " (implicit NULL)" },
	{ 0, NULL },
};

void line_mpls(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_mpls mpls;
	const char *name;

	if (layer->below != PKTCAP_PROTO_MPLS)
		PUT(&l->t, "MPLS");
	if (pktcap_mpls_get(layer, &mpls)) {
		if (layer->status == PKTCAP_STATUS_MALFORMED)
			line_invalid(l);
		else
			line_truncated(l, "mpls");
		return;
	}
	name = line_name(special_labels, mpls.label);
	line_told(l, " (label ", mpls.label, "");
	if (name && line_verbose(l))
		put_string(&l->t, name);
	line_told(l, ", tc ", mpls.tc, mpls.bottom ? ", [S]" : "");
	line_told(l, ", ttl ", mpls.ttl, ")");
	l->unknown = dump_only;
	if (mpls.bottom && followed_by_decoded(l))
		put_string(&l->t, line_verbose(l) ? "\n\t" : " ");
}

static const struct line_name pppoe_codes[] = {
	{ PPPOE_SESSION, "" }, { 0x07, "PADO" }, { 0x09, "PADI" },
	{ 0x19, "PADR" },      { 0x65, "PADS" }, { 0xa7, "PADT" },
	{ 0, NULL },
};

static const struct line_name tag_names[] = {
	{ TAG_END, "EOL" },
	{ 0x0101, "Service-Name" },
	{ 0x0102, "AC-Name" },
	{ 0x0103, "Host-Uniq" },
	{ 0x0104, "AC-Cookie" },
	{ 0x0105, "Vendor-Specific" },
	{ 0x0110, "Relay-Session-ID" },
	{ 0x0120, "PPP-Max-Payload" },
	{ 0x0201, "Service-Name-Error" },
	{ 0x0202, "AC-System-Error" },
	{ 0x0203, "Generic-Error" },
	{ 0, NULL },
};

/* Text if most of it is, otherwise hexadecimal. */
static void put_tag_value(struct line *l, const struct pktcap_tlv *tag)
{
	size_t printable = 0;

	for (uint32_t i = 0; i < tag->len; i++)
		printable += tag->data[i] >= ' ' && tag->data[i] <= '~';
	if (printable * 2 <= tag->len) {
		PUT(&l->t, " 0x");
		for (uint32_t i = 0; i < tag->len; i++) {
			put_char(&l->t, "0123456789ABCDEF"[tag->data[i] >> 4]);
			put_char(&l->t, "0123456789ABCDEF"[tag->data[i] & 15]);
		}
		return;
	}
	PUT(&l->t, " \"");
	for (uint32_t i = 0; i < tag->len; i++)
		put_char(&l->t, tag->data[i] >= ' ' && tag->data[i] <= '~'
					? (char)tag->data[i]
					: '.');
	put_char(&l->t, '"');
}

static void put_tags(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_tlv tag;
	uint32_t offset = 0;
	int ret;

	while ((ret = pktcap_pppoe_tag_next(layer, &offset, &tag)) == 1) {
		const char *name = line_name(tag_names, tag.type);

		PUT(&l->t, " [");
		if (name)
			put_string(&l->t, name);
		else
			line_put_hex(l, "TAG-0x", tag.type, 0, "");
		if (tag.len)
			put_tag_value(l, &tag);
		put_char(&l->t, ']');
	}
	if (ret)
		line_truncated(l, "pppoe");
}

void line_pppoe(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_pppoe pppoe;
	const char *name;
	size_t there = line_left(l, layer);

	if (pktcap_pppoe_get(layer, &pppoe)) {
		line_truncated(l, "pppoe");
		return;
	}
	there = there > 6 ? there - 6 : 0;
	if (pppoe.version != PPPOE_VERSION)
		line_told(l, " [ver ", pppoe.version, "]");
	if (pppoe.type != PPPOE_TYPE)
		line_told(l, " [type ", pppoe.type, "]");
	name = line_name(pppoe_codes, pppoe.code);
	PUT(&l->t, "PPPoE ");
	if (name)
		put_string(&l->t, name);
	else
		line_put_hex(l, "PAD-", pppoe.code, 0, "");
	if (pppoe.length > there) {
		line_told(l, " [len ", pppoe.length, " > ");
		line_told(l, "", there, "!]");
	}
	if (pppoe.session)
		line_put_hex(l, " [ses 0x", pppoe.session, 0, "]");
	if (pppoe.code != PPPOE_SESSION) {
		put_tags(l, layer);
		l->ended = true;
		return;
	}
	line_limit(l, layer, pppoe.length);
	put_char(&l->t, ' ');
}

static const struct line_name ppp_protocols[] = {
	{ 0x0021, "IP" },     { 0x0023, "OSI" },    { 0x0029, "ATALK" },
	{ 0x002b, "IPX" },    { 0x002d, "VJC IP" }, { 0x002f, "VJC-U IP" },
	{ 0x003d, "MLPPP" },  { 0x0057, "IP6" },    { 0x00fd, "COMP" },
	{ 0x0281, "MPLS" },   { 0x8021, "IPCP" },   { 0x8023, "OSICP" },
	{ 0x8053, "ECP" },    { 0x8057, "IP6CP" },  { 0x80fd, "CCP" },
	{ 0x8281, "MPLSCP" }, { 0xc021, "LCP" },    { PAP, "PAP" },
	{ 0xc025, "LQR" },    { 0xc02b, "BACP" },   { 0xc02d, "BAP" },
	{ CHAP, "CHAP" },     { 0xc227, "EAP" },    { 0, NULL },
};

static void ppp_unknown(struct line *l, const struct pktcap_layer *layer)
{
	line_put_hex(l, "unknown PPP protocol (0x", layer->number, 4, ")");
	line_dump(l, layer->data, layer->caplen);
}

void line_ppp(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_ppp ppp;
	const char *name;

	if (pktcap_ppp_get(layer, &ppp)) {
		line_truncated(l, "ppp");
		return;
	}
	l->unknown = ppp_unknown;
	name = line_name(ppp_protocols, ppp.protocol);
	if (line_has(l, PKTCAP_PRINT_LINK)) {
		put_string(&l->t, name ? name : "unknown");
		line_put_hex(l, " (0x", ppp.protocol, 4, "), length ");
		line_told(l, "", line_wire(l, layer), ": ");
	} else if (!layer->below && l->pkt->linktype == LINKTYPE_PPP_HDLC &&
		   name && ppp.framed) {
		put_string(&l->t, name);
		PUT(&l->t, ": ");
	}
}

static const struct line_name control_codes[] = {
	{ 0, "Vendor-Extension" },
	{ 1, "Conf-Request" },
	{ 2, "Conf-Ack" },
	{ 3, "Conf-Nack" },
	{ 4, "Conf-Reject" },
	{ 5, "Term-Request" },
	{ 6, "Term-Ack" },
	{ 7, "Code-Reject" },
	{ 8, "Prot-Reject" },
	{ 9, "Echo-Request" },
	{ 10, "Echo-Reply" },
	{ 11, "Disc-Req" },
	{ 0, NULL },
};

static const struct line_name pap_codes[] = {
	{ 1, "Auth-Req" },
	{ 2, "Auth-ACK" },
	{ 3, "Auth-NACK" },
	{ 0, NULL },
};

static const struct line_name chap_codes[] = {
	{ 1, "Challenge" }, { 2, "Response" }, { 3, "Success" },
	{ 4, "Fail" },	    { 0, NULL },
};

/* Names and secrets of PAP and CHAP are left to those who ask for fields. */
void line_pppcp(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_pppcp cp;
	const char *name, *code;

	l->ended = true;
	if (pktcap_pppcp_get(layer, &cp)) {
		line_truncated(l, "ppp");
		return;
	}
	name = line_name(ppp_protocols, cp.protocol);
	code = line_name(cp.protocol == PAP    ? pap_codes
			 : cp.protocol == CHAP ? chap_codes
					       : control_codes,
			 cp.code);
	put_string(&l->t, name ? name : "unknown");
	PUT(&l->t, ", ");
	put_string(&l->t, code ? code : "Unknown Opcode");
	line_put_hex(l, " (0x", cp.code, 2, "), id ");
	/* The number of the protocol counts, which PPP has in front. */
	line_told(l, "", cp.id, ", length ");
	put_uint(&l->t, line_left(l, layer) + 2);
}
