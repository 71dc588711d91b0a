// SPDX-License-Identifier: BSD-2-Clause
/*
 * 802.11 (IEEE 802.11-2020, 9.2.3), numbers little-endian:
 *
 *	frame control (2)  duration (2)  address 1 (6)
 *	address 2 (6)                    all but ACK and CTS
 *	address 3 (6)  sequence (2)      management and data
 *	address 4 (6)                    data between access points
 *	QoS control (2)                  data of quality of service
 *	HT control (4)                   with the order bit
 *
 * Frame control is subtype (4 bits), type (2), version (2), and flags (8).
 */
#include "proto/wifi.h"

enum {
	SHORTEST = 10,
	WITH_TWO = 16,
	WITH_THREE = 24,
	ADDRESS = 6,
	SEQUENCE_AT = 22,
	FLAG_TO_DS = 0x01,
	FLAG_FROM_DS = 0x02,
	FLAG_BOTH_DS = 0x03,
	FLAG_MORE_FRAGMENTS = 0x04,
	FLAG_PROTECTED = 0x40,
	FLAG_ORDER = 0x80,
	DATA_EMPTY = 4, /* bits of a data frame's subtype */
	DATA_QOS = 8,
	QOS_AMSDU = 0x80,
	PS_POLL = 10,
	BLOCK_ACK_REQUEST = 8,
	BLOCK_ACK = 9,
	CTS = 12,
	ACK = 13,
	PADDED = 1 << 16, /* radiotap: the body begins at a multiple of 4 */
};

struct layout {
	uint8_t type;
	uint8_t subtype;
	uint8_t flags;
	uint8_t addresses;
	uint8_t qos_at; /* 0: none */
	uint8_t ht_at;
	uint8_t len; /* of the header */
};

static uint8_t control_addresses(uint8_t subtype)
{
	return subtype == CTS || subtype == ACK || subtype < 2 ? 1 : 2;
}

static struct layout data_layout(struct layout l)
{
	l.addresses = (l.flags & FLAG_BOTH_DS) == FLAG_BOTH_DS ? 4 : 3;
	l.len = WITH_THREE + (l.addresses == 4 ? ADDRESS : 0);
	if (!(l.subtype & DATA_QOS))
		return l;
	l.qos_at = l.len;
	l.len += 2;
	if (l.flags & FLAG_ORDER) {
		l.ht_at = l.len;
		l.len += 4;
	}
	return l;
}

static struct layout read_layout(struct bytes b)
{
	uint8_t first = u8_at(b, 0);
	struct layout l = {
		.type = first >> 2 & 3,
		.subtype = first >> 4,
		.flags = u8_at(b, 1),
		.addresses = 1,
		.len = SHORTEST,
	};

	switch (l.type) {
	case WIFI_MANAGEMENT:
		l.addresses = 3;
		l.len = WITH_THREE;
		if (l.flags & FLAG_ORDER) {
			l.ht_at = l.len;
			l.len += 4;
		}
		return l;
	case WIFI_CONTROL:
		l.addresses = control_addresses(l.subtype);
		l.len = l.addresses == 2 ? WITH_TWO : SHORTEST;
		return l;
	case WIFI_DATA:
		return data_layout(l);
	default:
		return l;
	}
}

static uint16_t le16_at(struct bytes b, size_t at)
{
	uint16_t value = 0;

	bytes_le16(b, at, &value);
	return value;
}

static bool is_amsdu(struct bytes b, struct layout l)
{
	return l.qos_at && (u8_at(b, l.qos_at) & QOS_AMSDU);
}

static enum pktcap_status next_data(struct step *step, struct layout l)
{
	uint16_t fragment = le16_at(step->b, SEQUENCE_AT) & 15;
	size_t len = l.len;

	/* Zeros that some adapters put in, so that the body is aligned. */
	if (step->number & PADDED)
		len = (len + 3) & ~(size_t)3;
	if (!bytes_has(step->b, 0, len))
		return step_short(step, len);
	if (fragment)
		step->next_flags = PKTCAP_LAYER_FRAGMENT;
	else if (l.flags & FLAG_MORE_FRAGMENTS)
		step->next_flags = PKTCAP_LAYER_FIRST_FRAGMENT;
	if (l.subtype & DATA_EMPTY || l.flags & FLAG_PROTECTED || fragment)
		return step_next(step, len, NEXT_NOTHING, 0);
	/* Each frame in an A-MSDU is as one of 802.3; the first is told. */
	if (is_amsdu(step->b, l))
		return step_next(step, len, NEXT_PROTO, PKTCAP_PROTO_ETH);
	return step_next(step, len, NEXT_PROTO, PKTCAP_PROTO_LLC);
}

static enum pktcap_status decode(struct step *step)
{
	struct layout l = read_layout(step->b);

	if (!bytes_has(step->b, 0, SHORTEST))
		return step_short(step, SHORTEST);
	if (u8_at(step->b, 0) & 3)
		return step_next(step, SHORTEST, NEXT_UNKNOWN, 0);
	if (!bytes_has(step->b, 0, l.len))
		return step_short(step, l.len);
	if (l.type == WIFI_DATA)
		return next_data(step, l);
	if (l.type == WIFI_EXTENSION)
		return step_next(step, l.len, NEXT_UNKNOWN, l.subtype);
	if (l.flags & FLAG_PROTECTED)
		return step_next(step, l.len, NEXT_NOTHING, 0);
	step->payload_len = 0;
	return step_whole(step, l.len);
}

static const struct label types[] = {
	{ WIFI_MANAGEMENT, "management" },
	{ WIFI_CONTROL, "control" },
	{ WIFI_DATA, "data" },
	{ WIFI_EXTENSION, "extension" },
	{ 0, NULL },
};

/* By type << 4 | subtype. */
static const struct label subtypes[] = {
	{ 0x00, "association request" },
	{ 0x01, "association response" },
	{ 0x02, "reassociation request" },
	{ 0x03, "reassociation response" },
	{ 0x04, "probe request" },
	{ 0x05, "probe response" },
	{ 0x06, "timing advertisement" },
	{ 0x08, "beacon" },
	{ 0x09, "ATIM" },
	{ 0x0a, "disassociation" },
	{ 0x0b, "authentication" },
	{ 0x0c, "deauthentication" },
	{ 0x0d, "action" },
	{ 0x0e, "action without ack" },
	{ 0x12, "trigger" },
	{ 0x13, "TACK" },
	{ 0x14, "beamforming report poll" },
	{ 0x15, "NDP announcement" },
	{ 0x16, "control frame extension" },
	{ 0x17, "control wrapper" },
	{ 0x18, "block ack request" },
	{ 0x19, "block ack" },
	{ 0x1a, "PS-poll" },
	{ 0x1b, "RTS" },
	{ 0x1c, "CTS" },
	{ 0x1d, "ACK" },
	{ 0x1e, "CF-end" },
	{ 0x1f, "CF-end and ack" },
	{ 0x20, "data" },
	{ 0x21, "data and CF-ack" },
	{ 0x22, "data and CF-poll" },
	{ 0x23, "data, CF-ack and CF-poll" },
	{ 0x24, "null" },
	{ 0x25, "CF-ack" },
	{ 0x26, "CF-poll" },
	{ 0x27, "CF-ack and CF-poll" },
	{ 0x28, "QoS data" },
	{ 0x29, "QoS data and CF-ack" },
	{ 0x2a, "QoS data and CF-poll" },
	{ 0x2b, "QoS data, CF-ack and CF-poll" },
	{ 0x2c, "QoS null" },
	{ 0x2e, "QoS CF-poll" },
	{ 0x2f, "QoS CF-ack and CF-poll" },
	{ 0x30, "DMG beacon" },
	{ 0x31, "S1G beacon" },
	{ 0, NULL },
};

static const struct field_def type_rows[] = {
	{ "type", 4, 2, PKTCAP_FIELD_UINT, NULL, types },
	{ "version", 6, 2, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "flag_order", 8, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_protected", 9, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_more_data", 10, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_power_save", 11, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_retry", 12, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_more_fragments", 13, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_from_ds", 14, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_to_ds", 15, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
};

/* Whose addresses 1 to 4 are, by the flags of the distribution system. */
static const char *const data_names[4][4] = {
	{ "dst", "src", "bssid", NULL },
	{ "bssid", "src", "dst", NULL },
	{ "dst", "bssid", "src", NULL },
	{ "receiver", "transmitter", "dst", "src" },
};

static const char *const control_names[4] = { "receiver", "transmitter" };
static const char *const poll_names[4] = { "bssid", "transmitter" };

static const char *const *names_of(struct layout l)
{
	if (l.type == WIFI_CONTROL)
		return l.subtype == PS_POLL ? poll_names : control_names;
	if (l.type == WIFI_DATA)
		return data_names[l.flags & FLAG_BOTH_DS];
	return l.type == WIFI_MANAGEMENT ? data_names[0] : control_names;
}

static size_t address_at(unsigned int i)
{
	return i < 3 ? 4 + i * ADDRESS : WITH_THREE;
}

static void sequence(struct fields *f)
{
	uint16_t value;

	if (!bytes_le16(f->b, SEQUENCE_AT, &value))
		return;
	fields_bits(f, "sequence", PKTCAP_FIELD_UINT, value >> 4,
		    SEQUENCE_AT * 8, 12, NULL);
	fields_bits(f, "fragment", PKTCAP_FIELD_UINT, value & 15,
		    SEQUENCE_AT * 8 + 12, 4, NULL);
}

static void quality(struct fields *f, size_t at)
{
	static const struct field_def rows[] = {
		{ "amsdu", 0, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "ack_policy", 1, 2, PKTCAP_FIELD_UINT, NULL, NULL },
		{ "eosp", 3, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "tid", 4, 4, PKTCAP_FIELD_UINT, NULL, NULL },
		{ "qos_upper", 8, 8, PKTCAP_FIELD_HEX, NULL, NULL },
	};

	FIELDS_ROWS(f, rows, at);
}

static void control_body(struct fields *f, struct layout l, size_t end)
{
	uint16_t start;

	if (l.subtype != BLOCK_ACK && l.subtype != BLOCK_ACK_REQUEST) {
		if (l.len < end)
			fields_data(f, "body", PKTCAP_FIELD_BYTES, l.len,
				    end - l.len);
		return;
	}
	fields_le(f, "block_ack_control", PKTCAP_FIELD_HEX, l.len, 2, NULL,
		  NULL);
	if (bytes_le16(f->b, l.len + 2u, &start))
		fields_number(f, "start_sequence", PKTCAP_FIELD_UINT,
			      start >> 4, l.len + 2u, 2, NULL);
	if (l.len + 4u < end)
		fields_data(f, "bitmap", PKTCAP_FIELD_BYTES, l.len + 4u,
			    end - l.len - 4u);
}

static void body(struct fields *f, const struct pktcap_layer *layer,
		 struct layout l)
{
	if (l.flags & FLAG_PROTECTED)
		return;
	if (l.type == WIFI_MANAGEMENT)
		wifi_management(f, l.subtype, l.len, layer->wirelen);
	else if (l.type == WIFI_CONTROL)
		control_body(f, l, layer->caplen);
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	struct layout l = read_layout(f->b);
	const char *const *names = names_of(l);

	if (!f->b.n)
		return;
	fields_bits(f, "subtype", PKTCAP_FIELD_UINT, l.subtype, 0, 4,
		    label_of(subtypes, (uint64_t)l.type << 4 | l.subtype));
	FIELDS_ROWS(f, type_rows, 0);
	if (u8_at(f->b, 0) & 3)
		return;
	if (l.type == WIFI_CONTROL && l.subtype == PS_POLL)
		wifi_association_id(f, 2);
	else
		fields_le(f, "duration", PKTCAP_FIELD_UINT, 2, 2, "us", NULL);
	for (unsigned int i = 0; i < l.addresses; i++) {
		if (i == 3)
			sequence(f);
		fields_data(f, names[i], PKTCAP_FIELD_MAC, address_at(i),
			    ADDRESS);
	}
	if (l.addresses == 3)
		sequence(f);
	if (l.qos_at)
		quality(f, l.qos_at);
	if (l.ht_at)
		fields_le(f, "ht_control", PKTCAP_FIELD_HEX, l.ht_at, 4, NULL,
			  NULL);
	body(f, layer, l);
}

int pktcap_wifi_get(const struct pktcap_layer *layer, struct pktcap_wifi *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_WIFI, SHORTEST);
	struct layout l = read_layout(b);

	if (err)
		return err;
	if (layer->caplen < l.len)
		return -ENODATA;
	*out = (struct pktcap_wifi){
		.type = l.type,
		.subtype = l.subtype,
		.version = u8_at(b, 0) & 3,
		.flags = l.flags,
		.duration = le16_at(b, 2),
		.addresses = l.addresses,
		.has_qos = l.qos_at != 0,
		.has_ht_control = l.ht_at != 0,
		.header_len = l.len,
	};
	for (unsigned int i = 0; i < l.addresses; i++)
		bytes_copy(b, address_at(i), out->address[i], ADDRESS);
	if (l.addresses >= 3) {
		out->sequence = le16_at(b, SEQUENCE_AT) >> 4;
		out->fragment = le16_at(b, SEQUENCE_AT) & 15;
	}
	if (l.qos_at)
		out->qos = le16_at(b, l.qos_at);
	if (l.ht_at)
		bytes_le32(b, l.ht_at, &out->ht_control);
	return 0;
}

int pktcap_wifi_element_next(const struct pktcap_layer *layer, uint32_t *offset,
			     struct pktcap_tlv *element)
{
	struct bytes b = layer_bytes(layer);
	struct layout l = read_layout(b);
	size_t begin = 0;

	if (layer->proto != PKTCAP_PROTO_WIFI)
		return -EPROTOTYPE;
	if (l.type == WIFI_MANAGEMENT && !(l.flags & FLAG_PROTECTED))
		begin = wifi_elements(b, l.subtype, l.len);
	return tlv_tell(layer, begin, begin ? layer->wirelen : 0, TLV_8_8,
			offset, element);
}

const struct proto proto_wifi = {
	.name = "wifi",
	.title = "IEEE 802.11 wireless LAN",
	.level = PKTCAP_LEVEL_LINK,
	.decode = decode,
	.fields = fields,
};
