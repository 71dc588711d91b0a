// SPDX-License-Identifier: BSD-2-Clause
/*
 * NTP (RFC 5905, 7.3), a row is 32 bits:
 *
 *	leap(2) version(3) mode(3)  stratum(8)  poll(8)  precision(8)
 *	root delay
 *	root dispersion
 *	reference id
 *	reference, origin, receive and transmit timestamp (8 bytes each)
 *	extension fields, authentication
 *
 * Mode 6 (RFC 9327) and the private mode 7 share the first byte's place only.
 */
#include "proto/fields.h"

enum {
	HEADER = 48,
	CONTROL_HEADER = 12,
	PRIVATE_HEADER = 8,
	REFERENCE_ID_AT = 12,
	TIMES_AT = 16,
};

enum {
	POLL_MAX = 20,
	STRATUM_MAX = 16,
	PRECISION_MIN = -32,
	PRECISION_NONE = 32,
};

/* An authenticator is at most this long; what is longer is an extension. */
enum { KEY_ID = 4, MAC_MAX = 24 };

static unsigned int mode_of(struct bytes b)
{
	return u8_at(b, 0) & 7;
}

static unsigned int version_of(struct bytes b)
{
	return u8_at(b, 0) >> 3 & 7;
}

static size_t header_of(unsigned int mode)
{
	switch (mode) {
	case PKTCAP_NTP_CONTROL:
		return CONTROL_HEADER;
	case PKTCAP_NTP_PRIVATE:
		return PRIVATE_HEADER;
	default:
		return HEADER;
	}
}

/* A client that tells nothing of itself, such as chrony, says 32. */
static bool is_precision(int8_t precision, unsigned int mode)
{
	return (precision <= 0 && precision >= PRECISION_MIN) ||
	       (precision == PRECISION_NONE && mode == PKTCAP_NTP_CLIENT);
}

static bool is_time(struct bytes b)
{
	return u8_at(b, 1) <= STRATUM_MAX && u8_at(b, 2) <= POLL_MAX &&
	       is_precision((int8_t)u8_at(b, 3), mode_of(b));
}

/* The operation and the data that are there have to suit each other. */
static bool is_control(struct bytes b)
{
	unsigned int operation = u8_at(b, 1) & 31;

	return u8_at(b, 0) >> 6 == 0 && (operation <= 12 || operation == 31) &&
	       (b.n < CONTROL_HEADER || u16_at(b, 10) <= 468);
}

static bool is_private(struct bytes b)
{
	return u8_at(b, 2) <= 3 && u8_at(b, 3) <= 45 &&
	       (b.n < PRIVATE_HEADER || (u16_at(b, 6) & 0xfff) <= 500);
}

/* The captured part alone has to be plausible: it may end anywhere. */
static bool check(struct bytes b)
{
	unsigned int version = version_of(b);

	if (version < 1 || version > 4)
		return false;
	switch (mode_of(b)) {
	case 0:
		return version == 1 && is_time(b);
	case PKTCAP_NTP_CONTROL:
		return is_control(b);
	case PKTCAP_NTP_PRIVATE:
		return is_private(b);
	default:
		return is_time(b);
	}
}

static enum pktcap_status decode(struct step *step)
{
	return step_whole(step, header_of(mode_of(step->b)));
}

int pktcap_ntp_time(uint64_t timestamp, int64_t *ns)
{
	/* Seconds from 1900 to 1970, and of an era. */
	const int64_t to_1970 = 2208988800, era = INT64_C(1) << 32;
	int64_t seconds = (int64_t)(timestamp >> 32);
	uint64_t fraction = timestamp & UINT32_MAX;

	if (!timestamp)
		return -ENODATA;
	if (seconds < era / 2)
		seconds += era;
	*ns = (seconds - to_1970) * 1000000000 +
	      (int64_t)(fraction * 1000000000 >> 32);
	return 0;
}

static const struct label leaps[] = {
	{ 0, "no warning" },
	{ 1, "last minute has 61 seconds" },
	{ 2, "last minute has 59 seconds" },
	{ 3, "not synchronised" },
	{ 0, NULL },
};

static const struct label modes[] = {
	{ 0, "reserved" },
	{ PKTCAP_NTP_SYMMETRIC_ACTIVE, "symmetric active" },
	{ PKTCAP_NTP_SYMMETRIC_PASSIVE, "symmetric passive" },
	{ PKTCAP_NTP_CLIENT, "client" },
	{ PKTCAP_NTP_SERVER, "server" },
	{ PKTCAP_NTP_BROADCAST, "broadcast" },
	{ PKTCAP_NTP_CONTROL, "control" },
	{ PKTCAP_NTP_PRIVATE, "private" },
	{ 0, NULL },
};

static const struct label strata[] = {
	{ 0, "unspecified" },
	{ 1, "primary" },
	{ 16, "not synchronised" },
	{ 0, NULL },
};

static const struct label opcodes[] = {
	{ 1, "read status" },
	{ 2, "read variables" },
	{ 3, "write variables" },
	{ 4, "read clock variables" },
	{ 5, "write clock variables" },
	{ 6, "set trap" },
	{ 7, "trap" },
	{ 8, "configure" },
	{ 9, "save configuration" },
	{ 10, "read MRU list" },
	{ 11, "read ordered list" },
	{ 12, "request nonce" },
	{ 31, "unset trap" },
	{ 0, NULL },
};

static const struct label requests[] = {
	{ 0, "list peers" },
	{ 1, "list peers with summary" },
	{ 2, "peer information" },
	{ 3, "peer statistics" },
	{ 4, "system information" },
	{ 5, "system statistics" },
	{ 6, "I/O statistics" },
	{ 7, "memory statistics" },
	{ 8, "loop information" },
	{ 9, "timer statistics" },
	{ 20, "monitor list, old" },
	{ 42, "monitor list" },
	{ 0, NULL },
};

static const struct field_def time_rows[] = {
	{ "leap", 0, 2, PKTCAP_FIELD_UINT, NULL, leaps },
	{ "version", 2, 3, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "mode", 5, 3, PKTCAP_FIELD_UINT, NULL, modes },
	{ "stratum", 8, 8, PKTCAP_FIELD_UINT, NULL, strata },
	{ "poll", 16, 8, PKTCAP_FIELD_INT, "log2 s", NULL },
	{ "precision", 24, 8, PKTCAP_FIELD_INT, "log2 s", NULL },
	{ "root_delay", 32, 32, PKTCAP_FIELD_UINT, "s/65536", NULL },
	{ "root_dispersion", 64, 32, PKTCAP_FIELD_UINT, "s/65536", NULL },
};

static const struct field_def control_rows[] = {
	{ "leap", 0, 2, PKTCAP_FIELD_UINT, NULL, leaps },
	{ "version", 2, 3, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "mode", 5, 3, PKTCAP_FIELD_UINT, NULL, modes },
	{ "flag_response", 8, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_error", 9, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_more", 10, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "opcode", 11, 5, PKTCAP_FIELD_UINT, NULL, opcodes },
	{ "sequence", 16, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "status", 32, 16, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "association", 48, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "offset", 64, 16, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "count", 80, 16, PKTCAP_FIELD_UINT, "bytes", NULL },
};

static const struct field_def private_rows[] = {
	{ "flag_response", 0, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_more", 1, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "version", 2, 3, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "mode", 5, 3, PKTCAP_FIELD_UINT, NULL, modes },
	{ "flag_authenticated", 8, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "sequence", 9, 7, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "implementation", 16, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "request", 24, 8, PKTCAP_FIELD_UINT, NULL, requests },
	{ "error", 32, 4, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "item_count", 36, 12, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "reserved", 48, 4, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "item_size", 52, 12, PKTCAP_FIELD_UINT, "bytes", NULL },
};

#define ROWS(f, rows) fields_rows(f, rows, sizeof(rows) / sizeof((rows)[0]), 0)

/* The number as it is, and what it means. */
static void timestamp(struct fields *f, const char *name, const char *time_name,
		      size_t at)
{
	uint64_t value;
	int64_t ns;

	fields_hex(f, name, at, 8, NULL);
	if (bytes_be64(f->b, at, &value) && !pktcap_ntp_time(value, &ns))
		fields_time(f, time_name, ns, at, 8);
}

/* Letters of a clock or of a kiss; above stratum 1 an address (IPv4 only). */
static void reference_id(struct fields *f)
{
	size_t len = 4;

	if (u8_at(f->b, 1) > 1) {
		fields_data(f, "reference_id", PKTCAP_FIELD_IPV4,
			    REFERENCE_ID_AT, 4);
		return;
	}
	while (len && !u8_at(f->b, REFERENCE_ID_AT + len - 1))
		len--;
	if (bytes_has(f->b, REFERENCE_ID_AT, 4))
		fields_data(f, "reference_id", PKTCAP_FIELD_TEXT,
			    REFERENCE_ID_AT, len);
}

static const struct label extensions[] = {
	{ 0x0104, "unique identifier" },      { 0x0204, "NTS cookie" },
	{ 0x0304, "NTS cookie placeholder" }, { 0x0404, "NTS authenticator" },
	{ 0x2005, "checksum complement" },    { 0, NULL },
};

/* RFC 7822: type, length with this header; returns the length, 0 if broken. */
static size_t extension(struct fields *f, size_t at)
{
	size_t len = u16_at(f->b, at + 2);

	if (len < 4 || len % 4 || len > f->b.n - at)
		return 0;
	fields_group(f, "extension", at, len);
	fields_hex(f, "type", at, 2, extensions);
	fields_uint(f, "length", at + 2, 2, "bytes", NULL);
	fields_data(f, "value", PKTCAP_FIELD_BYTES, at + 4, len - 4);
	fields_end(f);
	return len;
}

static void rest(struct fields *f)
{
	size_t at = HEADER, len;

	if (version_of(f->b) == 4 && f->b.n > HEADER + MAC_MAX) {
		fields_list(f, "extensions");
		while (f->b.n - at > MAC_MAX && (len = extension(f, at)))
			at += len;
		fields_end(f);
	}
	len = f->b.n - at;
	if (len < KEY_ID || len > MAC_MAX) {
		if (len)
			fields_data(f, "rest", PKTCAP_FIELD_BYTES, at, len);
		return;
	}
	fields_hex(f, "key_id", at, KEY_ID, NULL);
	if (len > KEY_ID)
		fields_data(f, "mac", PKTCAP_FIELD_BYTES, at + KEY_ID,
			    len - KEY_ID);
}

static void time_fields(struct fields *f)
{
	ROWS(f, time_rows);
	reference_id(f);
	timestamp(f, "reference_timestamp", "reference_time", TIMES_AT);
	timestamp(f, "origin_timestamp", "origin_time", TIMES_AT + 8);
	timestamp(f, "receive_timestamp", "receive_time", TIMES_AT + 16);
	timestamp(f, "transmit_timestamp", "transmit_time", TIMES_AT + 24);
	if (f->b.n > HEADER)
		rest(f);
}

static void control_fields(struct fields *f)
{
	size_t count = u16_at(f->b, 10), there;

	ROWS(f, control_rows);
	if (f->b.n <= CONTROL_HEADER)
		return;
	there = f->b.n - CONTROL_HEADER;
	if (count > there)
		count = there;
	/* Variables are text; the status of associations is numbers. */
	fields_data(f, "data",
		    (u8_at(f->b, 1) & 31) == 1 ? PKTCAP_FIELD_BYTES
					       : PKTCAP_FIELD_TEXT,
		    CONTROL_HEADER, count);
	if (count < there)
		fields_data(f, "rest", PKTCAP_FIELD_BYTES,
			    CONTROL_HEADER + count, there - count);
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	(void)layer;
	switch (mode_of(f->b)) {
	case PKTCAP_NTP_CONTROL:
		control_fields(f);
		break;
	case PKTCAP_NTP_PRIVATE:
		ROWS(f, private_rows);
		if (f->b.n > PRIVATE_HEADER)
			fields_data(f, "data", PKTCAP_FIELD_BYTES,
				    PRIVATE_HEADER, f->b.n - PRIVATE_HEADER);
		break;
	default:
		time_fields(f);
	}
}

static uint64_t u64_at(struct bytes b, size_t off)
{
	uint64_t value = 0;

	bytes_be64(b, off, &value);
	return value;
}

/* Is the layer there, and of this mode or, with 0, one that tells the time? */
static int expect(const struct pktcap_layer *layer, unsigned int mode)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_NTP, 1);
	unsigned int found;

	if (err)
		return err;
	found = mode_of(b);
	if (found < PKTCAP_NTP_CONTROL)
		found = 0;
	if (found != mode)
		return -EPROTOTYPE;
	return layer_expect(layer, PKTCAP_PROTO_NTP, header_of(mode));
}

int pktcap_ntp_get(const struct pktcap_layer *layer, struct pktcap_ntp *out)
{
	struct bytes b = layer_bytes(layer), rest_bytes;
	int err = expect(layer, 0);

	if (err)
		return err;
	rest_bytes = bytes_slice(b, HEADER, SIZE_MAX);
	*out = (struct pktcap_ntp){
		.leap = u8_at(b, 0) >> 6,
		.version = (uint8_t)version_of(b),
		.mode = (uint8_t)mode_of(b),
		.stratum = u8_at(b, 1),
		.poll = (int8_t)u8_at(b, 2),
		.precision = (int8_t)u8_at(b, 3),
		.root_delay = u32_at(b, 4),
		.root_dispersion = u32_at(b, 8),
		.reference = u64_at(b, TIMES_AT),
		.origin = u64_at(b, TIMES_AT + 8),
		.receive = u64_at(b, TIMES_AT + 16),
		.transmit = u64_at(b, TIMES_AT + 24),
		.rest_len = (uint32_t)rest_bytes.n,
		.rest = rest_bytes.p,
	};
	bytes_copy(b, REFERENCE_ID_AT, out->reference_id, 4);
	return 0;
}

int pktcap_ntp_control_get(const struct pktcap_layer *layer,
			   struct pktcap_ntp_control *out)
{
	struct bytes b = layer_bytes(layer), data, rest_bytes;
	int err = expect(layer, PKTCAP_NTP_CONTROL);

	if (err)
		return err;
	data = bytes_slice(b, CONTROL_HEADER, u16_at(b, 10));
	rest_bytes = bytes_slice(b, CONTROL_HEADER + data.n, SIZE_MAX);
	*out = (struct pktcap_ntp_control){
		.leap = u8_at(b, 0) >> 6,
		.version = (uint8_t)version_of(b),
		.response = u8_at(b, 1) >> 7,
		.error = u8_at(b, 1) >> 6 & 1,
		.more = u8_at(b, 1) >> 5 & 1,
		.opcode = u8_at(b, 1) & 31,
		.sequence = u16_at(b, 2),
		.status = u16_at(b, 4),
		.association = u16_at(b, 6),
		.offset = u16_at(b, 8),
		.count = u16_at(b, 10),
		.data_len = (uint32_t)data.n,
		.rest_len = (uint32_t)rest_bytes.n,
		.data = data.p,
		.rest = rest_bytes.p,
	};
	return 0;
}

int pktcap_ntp_private_get(const struct pktcap_layer *layer,
			   struct pktcap_ntp_private *out)
{
	struct bytes b = layer_bytes(layer), data;
	int err = expect(layer, PKTCAP_NTP_PRIVATE);

	if (err)
		return err;
	data = bytes_slice(b, PRIVATE_HEADER, SIZE_MAX);
	*out = (struct pktcap_ntp_private){
		.response = u8_at(b, 0) >> 7,
		.more = u8_at(b, 0) >> 6 & 1,
		.version = (uint8_t)version_of(b),
		.authenticated = u8_at(b, 1) >> 7,
		.sequence = u8_at(b, 1) & 127,
		.implementation = u8_at(b, 2),
		.request = u8_at(b, 3),
		.error = u8_at(b, 4) >> 4,
		.item_count = u16_at(b, 4) & 0xfff,
		.item_size = u16_at(b, 6) & 0xfff,
		.reserved = u8_at(b, 6) >> 4,
		.data_len = (uint32_t)data.n,
		.data = data.p,
	};
	return 0;
}

const struct proto proto_ntp = {
	.name = "ntp",
	.title = "Network Time Protocol",
	.level = PKTCAP_LEVEL_APPLICATION,
	.decode = decode,
	.check = check,
	.fields = fields,
};
