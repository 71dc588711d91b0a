// SPDX-License-Identifier: BSD-2-Clause
/*
 * RADIUS (RFC 2865, 3):
 *
 *	code(8)  id(8)  length(16)  authenticator (16 bytes)
 *	attributes: type(8) length(8, with these two) value
 */
#include "proto/fields.h"
#include "proto/write.h"

enum { HEADER = 20, LENGTH_AT = 2, LENGTH_MAX = 4096 };

enum { ATTRIBUTE_HEADER = 2 };

enum { ATTRIBUTE_VENDOR = 26, ATTRIBUTE_EAP = 79 };

/* Bytes behind the length are padding (RFC 2865, 3). */
static enum pktcap_status decode(struct step *step)
{
	size_t length = u16_at(step->b, LENGTH_AT);

	if (!bytes_has(step->b, 0, HEADER))
		return step_short(step, HEADER);
	if (length < HEADER || length > step->wire)
		return PKTCAP_STATUS_MALFORMED;
	if (length > step->b.n)
		return PKTCAP_STATUS_TRUNCATED;
	step->payload_len = 0;
	return step_next(step, length, NEXT_NOTHING, 0);
}

static const struct label codes[] = {
	{ 1, "access request" },
	{ 2, "access accept" },
	{ 3, "access reject" },
	{ 4, "accounting request" },
	{ 5, "accounting response" },
	{ 11, "access challenge" },
	{ 12, "status server" },
	{ 13, "status client" },
	{ 40, "disconnect request" },
	{ 41, "disconnect ack" },
	{ 42, "disconnect nak" },
	{ 43, "CoA request" },
	{ 44, "CoA ack" },
	{ 45, "CoA nak" },
	{ 0, NULL },
};

static const struct field_def rows[] = {
	{ "code", 0, 8, PKTCAP_FIELD_UINT, NULL, codes },
	{ "id", 8, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "length", 16, 16, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "authenticator", 32, 128, PKTCAP_FIELD_BYTES, NULL, NULL },
};

static const struct label types[] = {
	{ 1, "User-Name" },
	{ 2, "User-Password" },
	{ 3, "CHAP-Password" },
	{ 4, "NAS-IP-Address" },
	{ 5, "NAS-Port" },
	{ 6, "Service-Type" },
	{ 7, "Framed-Protocol" },
	{ 8, "Framed-IP-Address" },
	{ 9, "Framed-IP-Netmask" },
	{ 10, "Framed-Routing" },
	{ 11, "Filter-Id" },
	{ 12, "Framed-MTU" },
	{ 13, "Framed-Compression" },
	{ 14, "Login-IP-Host" },
	{ 15, "Login-Service" },
	{ 16, "Login-TCP-Port" },
	{ 18, "Reply-Message" },
	{ 19, "Callback-Number" },
	{ 20, "Callback-Id" },
	{ 22, "Framed-Route" },
	{ 23, "Framed-IPX-Network" },
	{ 24, "State" },
	{ 25, "Class" },
	{ ATTRIBUTE_VENDOR, "Vendor-Specific" },
	{ 27, "Session-Timeout" },
	{ 28, "Idle-Timeout" },
	{ 29, "Termination-Action" },
	{ 30, "Called-Station-Id" },
	{ 31, "Calling-Station-Id" },
	{ 32, "NAS-Identifier" },
	{ 33, "Proxy-State" },
	{ 34, "Login-LAT-Service" },
	{ 40, "Acct-Status-Type" },
	{ 41, "Acct-Delay-Time" },
	{ 42, "Acct-Input-Octets" },
	{ 43, "Acct-Output-Octets" },
	{ 44, "Acct-Session-Id" },
	{ 45, "Acct-Authentic" },
	{ 46, "Acct-Session-Time" },
	{ 47, "Acct-Input-Packets" },
	{ 48, "Acct-Output-Packets" },
	{ 49, "Acct-Terminate-Cause" },
	{ 50, "Acct-Multi-Session-Id" },
	{ 51, "Acct-Link-Count" },
	{ 52, "Acct-Input-Gigawords" },
	{ 53, "Acct-Output-Gigawords" },
	{ 55, "Event-Timestamp" },
	{ 60, "CHAP-Challenge" },
	{ 61, "NAS-Port-Type" },
	{ 62, "Port-Limit" },
	{ 64, "Tunnel-Type" },
	{ 65, "Tunnel-Medium-Type" },
	{ 69, "Tunnel-Password" },
	{ 77, "Connect-Info" },
	{ ATTRIBUTE_EAP, "EAP-Message" },
	{ 80, "Message-Authenticator" },
	{ 81, "Tunnel-Private-Group-Id" },
	{ 85, "Acct-Interim-Interval" },
	{ 87, "NAS-Port-Id" },
	{ 88, "Framed-Pool" },
	{ 89, "Chargeable-User-Identity" },
	{ 95, "NAS-IPv6-Address" },
	{ 96, "Framed-Interface-Id" },
	{ 97, "Framed-IPv6-Prefix" },
	{ 98, "Login-IPv6-Host" },
	{ 99, "Framed-IPv6-Route" },
	{ 100, "Framed-IPv6-Pool" },
	{ 101, "Error-Cause" },
	{ 123, "Delegated-IPv6-Prefix" },
	{ 168, "Framed-IPv6-Address" },
	{ 0, NULL },
};

/* What values are, where they are not just bytes; -1 ends a list. */
static const int16_t text_types[] = { 1,  11, 18, 19, 20, 22, 30, 31,  32,
				      34, 44, 50, 77, 87, 88, 99, 100, -1 };
static const int16_t address_types[] = { 4, 8, 9, 14, -1 };
static const int16_t address6_types[] = { 95, 98, 168, -1 };
static const int16_t number_types[] = { 5,  6,	7,  10, 12, 13, 15, 16,	 23, 27,
					28, 29, 40, 41, 42, 43, 45, 46,	 47, 48,
					49, 51, 52, 53, 61, 62, 85, 101, -1 };

enum { TYPE_EVENT_TIMESTAMP = 55 };

static bool is_among(const int16_t *list, uint8_t type)
{
	while (*list >= 0 && *list != type)
		list++;
	return *list >= 0;
}

/* One that is known, and of the length that it has to have. */
static bool is_usual_attribute(uint8_t type, uint8_t length)
{
	if (is_among(number_types, type) || is_among(address_types, type))
		return length == 6;
	return label_of(types, type) && length >= 2;
}

/*
 * A message that does not fit into what was captured was cut, or is none: its
 * first attribute tells.
 */
static bool check(struct bytes b)
{
	uint16_t length;

	if (!label_of(codes, u8_at(b, 0)))
		return false;
	if (!bytes_be16(b, LENGTH_AT, &length))
		return true;
	if (length < HEADER || length > LENGTH_MAX)
		return false;
	return length <= b.n || b.n < HEADER + 2 ||
	       is_usual_attribute(u8_at(b, HEADER), u8_at(b, HEADER + 1));
}

static const struct label service_types[] = {
	{ 1, "login" },
	{ 2, "framed" },
	{ 3, "callback login" },
	{ 4, "callback framed" },
	{ 5, "outbound" },
	{ 6, "administrative" },
	{ 7, "NAS prompt" },
	{ 8, "authenticate only" },
	{ 10, "call check" },
	{ 17, "authorize only" },
	{ 0, NULL },
};

static const struct label framed_protocols[] = {
	{ 1, "PPP" },
	{ 2, "SLIP" },
	{ 0, NULL },
};

static const struct label status_types[] = {
	{ 1, "start" },		{ 2, "stop" },		 { 3, "interim" },
	{ 7, "accounting on" }, { 8, "accounting off" }, { 0, NULL },
};

static const struct label port_types[] = {
	{ 0, "async" },	    { 1, "sync" },   { 5, "virtual" },
	{ 15, "Ethernet" }, { 17, "cable" }, { 18, "wireless, other" },
	{ 19, "802.11" },   { 0, NULL },
};

static const struct label *value_labels(uint8_t type)
{
	switch (type) {
	case 6:
		return service_types;
	case 7:
		return framed_protocols;
	case 40:
		return status_types;
	case 61:
		return port_types;
	default:
		return NULL;
	}
}

static const struct label eap_codes[] = {
	{ 1, "request" }, { 2, "response" }, { 3, "success" },
	{ 4, "failure" }, { 0, NULL },
};

static const struct label eap_types[] = {
	{ 1, "identity" }, { 2, "notification" }, { 3, "nak" },
	{ 4, "MD5" },	   { 5, "OTP" },	  { 6, "GTC" },
	{ 13, "TLS" },	   { 18, "SIM" },	  { 21, "TTLS" },
	{ 23, "AKA" },	   { 25, "PEAP" },	  { 26, "MS-CHAPv2" },
	{ 43, "FAST" },	   { 50, "AKA'" },	  { 52, "PWD" },
	{ 55, "TEAP" },	   { 254, "expanded" },	  { 0, NULL },
};

/* A vendor's number, and attributes in the same form where it is followed. */
static void vendor(struct fields *f, size_t at, size_t len)
{
	size_t end = at + len;

	fields_uint(f, "vendor", at, 4, NULL, NULL);
	at += 4;
	fields_list(f, "attributes");
	while (end - at >= 2 && u8_at(f->b, at + 1) >= 2 &&
	       u8_at(f->b, at + 1) <= end - at) {
		size_t n = u8_at(f->b, at + 1);

		fields_group(f, "attribute", at, n);
		fields_uint(f, "type", at, 1, NULL, NULL);
		fields_uint(f, "length", at + 1, 1, "bytes", NULL);
		fields_data(f, "data", PKTCAP_FIELD_BYTES, at + 2, n - 2);
		fields_end(f);
		at += n;
	}
	fields_end(f);
	if (at < end)
		fields_data(f, "rest", PKTCAP_FIELD_BYTES, at, end - at);
}

/* RFC 3748, 4: the first piece of a message tells what it is. */
static void eap(struct fields *f, size_t at, size_t len)
{
	size_t fixed = len > 4 && u8_at(f->b, at) <= 2 ? 5 : 4;

	fields_uint(f, "eap_code", at, 1, NULL, eap_codes);
	fields_uint(f, "eap_id", at + 1, 1, NULL, NULL);
	fields_uint(f, "eap_length", at + 2, 2, "bytes", NULL);
	if (fixed > 4)
		fields_uint(f, "eap_type", at + 4, 1, NULL, eap_types);
	if (len > fixed)
		fields_data(f, "eap_data", PKTCAP_FIELD_BYTES, at + fixed,
			    len - fixed);
}

static void value_fields(struct fields *f, uint8_t type, size_t at, size_t len)
{
	uint32_t seconds;

	if (is_among(number_types, type) && len == 4)
		fields_uint(f, "value", at, 4, NULL, value_labels(type));
	else if (is_among(address_types, type) && len == 4)
		fields_data(f, "value", PKTCAP_FIELD_IPV4, at, len);
	else if (is_among(address6_types, type) && len == 16)
		fields_data(f, "value", PKTCAP_FIELD_IPV6, at, len);
	else if (is_among(text_types, type))
		fields_data(f, "value", PKTCAP_FIELD_TEXT, at, len);
	else if (type == TYPE_EVENT_TIMESTAMP && len == 4 &&
		 bytes_be32(f->b, at, &seconds))
		fields_time(f, "value", (int64_t)seconds * 1000000000, at, len);
	else if (len)
		fields_data(f, "data", PKTCAP_FIELD_BYTES, at, len);
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	struct pktcap_radius_attribute attribute;
	bool eap_began = false;
	uint32_t offset = 0;

	fields_list(f, "attributes");
	while (pktcap_radius_attribute_next(layer, &offset, &attribute) > 0) {
		size_t at = attribute.offset + 2, len = attribute.len;

		fields_group(f, "attribute", at - 2, len + 2);
		fields_uint(f, "type", at - 2, 1, NULL, types);
		fields_uint(f, "length", at - 1, 1, "bytes", NULL);
		if (attribute.type == ATTRIBUTE_VENDOR && len >= 4) {
			vendor(f, at, len);
		} else if (attribute.type == ATTRIBUTE_EAP && len >= 4 &&
			   !eap_began) {
			eap(f, at, len);
			eap_began = true;
		} else {
			value_fields(f, attribute.type, at, len);
		}
		fields_end(f);
	}
	fields_end(f);
}

/* What was captured of the attributes ends here. */
static size_t attributes_end(struct bytes b)
{
	size_t length = u16_at(b, LENGTH_AT);

	return length < b.n ? length : b.n;
}

int pktcap_radius_get(const struct pktcap_layer *layer,
		      struct pktcap_radius *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_RADIUS, HEADER);
	size_t end = attributes_end(b);

	if (err)
		return err;
	*out = (struct pktcap_radius){
		.code = u8_at(b, 0),
		.id = u8_at(b, 1),
		.length = u16_at(b, LENGTH_AT),
		.attributes_len = (uint32_t)(end > HEADER ? end - HEADER : 0),
		.attributes = end > HEADER ? b.p + HEADER : NULL,
	};
	bytes_copy(b, 4, out->authenticator, sizeof(out->authenticator));
	return 0;
}

int pktcap_radius_attribute_next(const struct pktcap_layer *layer,
				 uint32_t *offset,
				 struct pktcap_radius_attribute *attribute)
{
	struct bytes b = layer_bytes(layer);
	size_t at = *offset ? *offset : HEADER, end = attributes_end(b);
	int err = layer_expect(layer, PKTCAP_PROTO_RADIUS, HEADER);
	int broken = layer->caplen < layer->wirelen &&
				     layer->caplen < u16_at(b, LENGTH_AT)
			     ? -ENODATA
			     : -EPROTO;
	uint8_t len;

	if (err)
		return err;
	if (at == u16_at(b, LENGTH_AT))
		return 0;
	if (at >= end || end - at < 2)
		return broken;
	len = b.p[at + 1];
	if (len < 2 || len > end - at)
		return len < 2 ? -EPROTO : broken;
	*attribute = (struct pktcap_radius_attribute){
		.data = b.p + at + 2,
		.offset = (uint32_t)at,
		.type = b.p[at],
		.len = (uint8_t)(len - 2),
	};
	*offset = (uint32_t)at + len;
	return 1;
}

const struct proto proto_radius = {
	.name = "radius",
	.title = "Remote Authentication Dial-In User Service",
	.level = PKTCAP_LEVEL_APPLICATION,
	.decode = decode,
	.check = check,
	FIELD_DEFS(rows),
	.fields = fields,
};

int pktcap_radius_attributes_put(
	void *buf, size_t size,
	const struct pktcap_radius_attribute *attributes, size_t n)
{
	struct write w = write_into(buf, size);

	for (size_t i = 0; i < n && !w.err; i++) {
		const struct pktcap_radius_attribute *attribute =
			&attributes[i];
		uint8_t *p = write_space(&w, ATTRIBUTE_HEADER);

		write_limit(&w, "len", attribute->len,
			    UINT8_MAX - ATTRIBUTE_HEADER);
		if (!p)
			break;
		p[0] = attribute->type;
		p[1] = (uint8_t)(ATTRIBUTE_HEADER + attribute->len);
		write_bytes(&w, attribute->data, attribute->len);
	}
	return write_result(&w, buf);
}

static void write(struct write *w, const void *header)
{
	const struct pktcap_radius *radius = header;
	size_t length = (size_t)HEADER + radius->attributes_len;
	uint8_t *p = write_space(w, HEADER);

	if (w->keep & PKTCAP_KEEP_LENGTHS)
		length = radius->length;
	write_bits(w, "length", length, 16);
	if (!p)
		return;
	p[0] = radius->code;
	p[1] = radius->id;
	put_be16(p + LENGTH_AT, (uint16_t)length);
	memcpy(p + 4, radius->authenticator, sizeof(radius->authenticator));
	write_bytes(w, radius->attributes, radius->attributes_len);
}

const struct writer writer_radius = { .write = write };
