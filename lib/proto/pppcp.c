// SPDX-License-Identifier: BSD-2-Clause
/*
 * What PPP negotiates with: LCP (RFC 1661, section 5), the protocols for each
 * network layer that are made like it, PAP (RFC 1334), CHAP (RFC 1994) and EAP
 * (RFC 3748). All begin with
 *
 *	code (1)  id (1)  length of the message (2)
 */
#include "proto/tlv.h"
#include "proto/write.h"

enum {
	HEADER = 4,
	LENGTH_AT = 2,
	LCP = 0xc021,
	PAP = 0xc023,
	CHAP = 0xc223,
	EAP = 0xc227,
	IPCP = 0x8021,
	IPV6CP = 0x8057,
	CCP = 0x80fd,
};

static enum pktcap_status decode(struct step *step)
{
	uint16_t length;

	if (!bytes_be16(step->b, LENGTH_AT, &length))
		return step_short(step, HEADER);
	if (length < HEADER)
		return PKTCAP_STATUS_MALFORMED;
	if (!bytes_has(step->b, 0, length))
		return step_short(step, length);
	step->payload_len = 0;
	return step_next(step, length, NEXT_NOTHING, 0);
}

static const struct label codes[] = {
	{ 1, "configure request" }, { 2, "configure ack" },
	{ 3, "configure nak" },	    { 4, "configure reject" },
	{ 5, "terminate request" }, { 6, "terminate ack" },
	{ 7, "code reject" },	    { 8, "protocol reject" },
	{ 9, "echo request" },	    { 10, "echo reply" },
	{ 11, "discard request" },  { 12, "identification" },
	{ 13, "time remaining" },   { 14, "reset request" },
	{ 15, "reset ack" },	    { 0, NULL },
};

static const struct label pap_codes[] = {
	{ 1, "authenticate request" },
	{ 2, "authenticate ack" },
	{ 3, "authenticate nak" },
	{ 0, NULL },
};

static const struct label chap_codes[] = {
	{ 1, "challenge" }, { 2, "response" }, { 3, "success" },
	{ 4, "failure" },   { 0, NULL },
};

static const struct label eap_codes[] = {
	{ 1, "request" }, { 2, "response" }, { 3, "success" },
	{ 4, "failure" }, { 0, NULL },
};

static const struct label eap_types[] = {
	{ 1, "identity" },
	{ 2, "notification" },
	{ 3, "nak" },
	{ 4, "MD5" },
	{ 5, "one-time password" },
	{ 6, "token card" },
	{ 13, "TLS" },
	{ 18, "SIM" },
	{ 21, "TTLS" },
	{ 23, "AKA" },
	{ 25, "PEAP" },
	{ 26, "MSCHAPv2" },
	{ 43, "FAST" },
	{ 50, "AKA'" },
	{ 55, "TEAP" },
	{ 0, NULL },
};

static const struct tlv_kind lcp_options[] = {
	{ 1, "maximum receive unit", PKTCAP_FIELD_UINT, "bytes" },
	{ 2, "async control character map", PKTCAP_FIELD_HEX, NULL },
	{ 3, "authentication protocol", 0, NULL },
	{ 4, "quality protocol", 0, NULL },
	{ 5, "magic number", PKTCAP_FIELD_HEX, NULL },
	{ 7, "protocol field compression", 0, NULL },
	{ 8, "address and control field compression", 0, NULL },
	{ 9, "FCS alternatives", PKTCAP_FIELD_HEX, NULL },
	{ 10, "self-describing padding", PKTCAP_FIELD_UINT, "bytes" },
	{ 11, "numbered mode", 0, NULL },
	{ 13, "callback", 0, NULL },
	{ 15, "compound frames", 0, NULL },
	{ 17, "multilink maximum receive unit", PKTCAP_FIELD_UINT, "bytes" },
	{ 18, "short sequence numbers", 0, NULL },
	{ 19, "endpoint discriminator", 0, NULL },
	{ 23, "link discriminator", PKTCAP_FIELD_UINT, NULL },
	{ 26, "prefix elision", 0, NULL },
	{ 27, "multilink header format", 0, NULL },
	{ 28, "internationalization", 0, NULL },
	{ 0, NULL, 0, NULL },
};

static const struct tlv_kind ipcp_options[] = {
	{ 1, "IP addresses", 0, NULL },
	{ 2, "IP compression protocol", 0, NULL },
	{ 3, "IP address", PKTCAP_FIELD_IPV4, NULL },
	{ 4, "mobile IPv4", PKTCAP_FIELD_IPV4, NULL },
	{ 129, "primary DNS server", PKTCAP_FIELD_IPV4, NULL },
	{ 130, "primary NBNS server", PKTCAP_FIELD_IPV4, NULL },
	{ 131, "secondary DNS server", PKTCAP_FIELD_IPV4, NULL },
	{ 132, "secondary NBNS server", PKTCAP_FIELD_IPV4, NULL },
	{ 0, NULL, 0, NULL },
};

static const struct tlv_kind ipv6cp_options[] = {
	{ 1, "interface identifier", PKTCAP_FIELD_BYTES, NULL },
	{ 2, "IPv6 compression protocol", 0, NULL },
	{ 0, NULL, 0, NULL },
};

static const struct tlv_kind ccp_options[] = {
	{ 0, "organisation", 0, NULL },
	{ 1, "Predictor 1", 0, NULL },
	{ 2, "Predictor 2", 0, NULL },
	{ 17, "Stac LZS", 0, NULL },
	{ 18, "MPPE or MPPC", PKTCAP_FIELD_HEX, NULL },
	{ 21, "BSD compress", PKTCAP_FIELD_HEX, NULL },
	{ 24, "Magnalink", 0, NULL },
	{ 26, "Deflate", PKTCAP_FIELD_HEX, NULL },
	{ 0, NULL, 0, NULL },
};

static const struct tlv_kind *options_of(uint32_t protocol)
{
	switch (protocol) {
	case LCP:
		return lcp_options;
	case IPCP:
		return ipcp_options;
	case IPV6CP:
		return ipv6cp_options;
	case CCP:
		return ccp_options;
	default:
		return NULL;
	}
}

static const struct label *codes_of(uint32_t protocol)
{
	switch (protocol) {
	case PAP:
		return pap_codes;
	case CHAP:
		return chap_codes;
	case EAP:
		return eap_codes;
	default:
		return codes;
	}
}

static bool is_authentication(uint32_t protocol)
{
	return protocol == PAP || protocol == CHAP || protocol == EAP;
}

/* Bytes with their length in front; returns where they end. */
static size_t counted(struct fields *f, const char *length, const char *name,
		      enum pktcap_field_type type, size_t at, size_t end)
{
	uint8_t n;

	if (at >= end || !bytes_u8(f->b, at, &n) || n > end - at - 1)
		return end;
	fields_uint(f, length, at, 1, "bytes", NULL);
	fields_data(f, name, type, at + 1, n);
	return at + 1 + n;
}

static void rest(struct fields *f, const char *name,
		 enum pktcap_field_type type, size_t at, size_t end)
{
	if (at < end)
		fields_data(f, name, type, at, end - at);
}

static void pap(struct fields *f, uint8_t code, size_t end)
{
	size_t at = HEADER;

	if (code == 1) {
		at = counted(f, "peer_length", "peer", PKTCAP_FIELD_TEXT, at,
			     end);
		counted(f, "password_length", "password", PKTCAP_FIELD_TEXT, at,
			end);
	} else {
		counted(f, "message_length", "message", PKTCAP_FIELD_TEXT, at,
			end);
	}
}

static void chap(struct fields *f, uint8_t code, size_t end)
{
	size_t at = HEADER;

	if (code <= 2) {
		at = counted(f, "value_length", "value", PKTCAP_FIELD_BYTES, at,
			     end);
		rest(f, "peer", PKTCAP_FIELD_TEXT, at, end);
	} else {
		rest(f, "message", PKTCAP_FIELD_TEXT, at, end);
	}
}

static void eap(struct fields *f, uint8_t code, size_t end)
{
	if (code > 2 || end <= HEADER)
		return;
	fields_uint(f, "type", HEADER, 1, NULL, eap_types);
	rest(f, "data",
	     u8_at(f->b, HEADER) <= 2 ? PKTCAP_FIELD_TEXT : PKTCAP_FIELD_BYTES,
	     HEADER + 1, end);
}

static const struct label chap_algorithms[] = {
	{ 5, "MD5" },	   { 6, "SHA-1" },	{ 7, "SHA-256" },
	{ 8, "SHA3-256" }, { 0x80, "MS-CHAP" }, { 0x81, "MS-CHAP-2" },
	{ 0, NULL },
};

/* Authentication and quality begin with the protocol that does it. */
static bool lcp_value(struct fields *f, const struct tlv *t)
{
	if ((t->type != 3 && t->type != 4) || t->len < 2)
		return false;
	fields_hex(f, "protocol", t->value, 2, label_ppp);
	if (u16_at(f->b, t->value) == CHAP && t->len == 3)
		fields_uint(f, "algorithm", t->value + 2, 1, NULL,
			    chap_algorithms);
	else
		rest(f, "value", PKTCAP_FIELD_BYTES, t->value + 2, t->next);
	return true;
}

static void options(struct fields *f, uint32_t protocol, size_t end)
{
	struct tlv_list list = {
		.name = "options",
		.element = "option",
		.form = TLV_8_8_ALL,
		.kinds = options_of(protocol),
		.value = protocol == LCP ? lcp_value : NULL,
	};

	tlv_fields(f, &list, HEADER, end);
}

/* What is behind a magic number, or instead of one. */
static void control(struct fields *f, uint32_t protocol, uint8_t code,
		    size_t end)
{
	size_t at = HEADER;

	if (code <= 4) {
		options(f, protocol, end);
		return;
	}
	if (code == 8 && end - at >= 2) {
		fields_hex(f, "rejected_protocol", at, 2, label_ppp);
		rest(f, "rejected", PKTCAP_FIELD_BYTES, at + 2, end);
		return;
	}
	if (protocol == LCP && code >= 9 && code <= 13 && end - at >= 4) {
		fields_hex(f, "magic", at, 4, NULL);
		at += 4;
	}
	if (code == 13 && end - at >= 4) {
		fields_uint(f, "remaining", at, 4, "s", NULL);
		at += 4;
	}
	rest(f, "data",
	     code == 5 || code == 6 || code == 12 || code == 13
		     ? PKTCAP_FIELD_TEXT
		     : PKTCAP_FIELD_BYTES,
	     at, end);
}

/* The length that counts, of what the layer has. */
static size_t message_end(const struct pktcap_layer *layer)
{
	return u16_at(layer_bytes(layer), LENGTH_AT);
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	uint8_t code = u8_at(f->b, 0);
	size_t end = message_end(layer);

	fields_uint(f, "code", 0, 1, NULL, codes_of(layer->number));
	fields_uint(f, "id", 1, 1, NULL, NULL);
	fields_uint(f, "length", LENGTH_AT, 2, "bytes", NULL);
	if (end < HEADER)
		return;
	switch (layer->number) {
	case PAP:
		pap(f, code, end);
		break;
	case CHAP:
		chap(f, code, end);
		break;
	case EAP:
		eap(f, code, end);
		break;
	default:
		control(f, layer->number, code, end);
	}
}

int pktcap_pppcp_get(const struct pktcap_layer *layer, struct pktcap_pppcp *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_PPPCP, HEADER);
	size_t end = message_end(layer);
	struct bytes data;

	if (err)
		return err;
	data = bytes_slice(b, HEADER, end < HEADER ? 0 : end - HEADER);
	*out = (struct pktcap_pppcp){
		.protocol = (uint16_t)layer->number,
		.length = u16_at(b, LENGTH_AT),
		.code = u8_at(b, 0),
		.id = u8_at(b, 1),
		.data_len = (uint16_t)data.n,
		.data = data.n ? data.p : NULL,
	};
	return 0;
}

int pktcap_pppcp_option_next(const struct pktcap_layer *layer, uint32_t *offset,
			     struct pktcap_tlv *option)
{
	uint8_t code = u8_at(layer_bytes(layer), 0);
	size_t end = message_end(layer);

	if (layer->proto != PKTCAP_PROTO_PPPCP)
		return -EPROTOTYPE;
	if (is_authentication(layer->number) || code < 1 || code > 4)
		end = 0;
	return tlv_tell(layer, HEADER, end, TLV_8_8_ALL, offset, option);
}

const struct proto proto_pppcp = {
	.name = "pppcp",
	.title = "PPP control protocol",
	.level = PKTCAP_LEVEL_LINK,
	.decode = decode,
	.fields = fields,
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_pppcp *message = header;
	uint8_t *p = write_space(w, HEADER);

	write_bytes(w, message->data, message->data_len);
	if (!p)
		return;
	p[0] = message->code;
	p[1] = message->id;
	put_be16(p + LENGTH_AT, message->length);
	if (message->protocol)
		w->number = message->protocol;
}

static void finish(struct finish *f)
{
	finish_length(f, "length", LENGTH_AT, f->header_len + f->payload_len);
}

const struct writer writer_pppcp = {
	.write = write,
	.finish = finish,
	.next = NEXT_NOTHING,
};

int pktcap_pppcp_options_put(void *buf, size_t size,
			     const struct pktcap_tlv *list, size_t n)
{
	return tlv_put(TLV_8_8_ALL, buf, size, list, n);
}
