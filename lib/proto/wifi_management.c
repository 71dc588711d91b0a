// SPDX-License-Identifier: BSD-2-Clause
/*
 * Bodies of management frames (IEEE 802.11-2020, 9.3.3): fixed fields, by the
 * subtype, then elements of id (1), length (1) and value.
 */
#include "proto/wifi.h"

enum {
	NO_ELEMENTS = 255,
	ALGORITHM_SAE = 3,
};

static const struct label authentications[] = {
	{ 0, "open system" },	  { 1, "shared key" }, { 2, "fast transition" },
	{ ALGORITHM_SAE, "SAE" }, { 4, "FILS" },       { 0, NULL },
};

static const struct label statuses[] = {
	{ 0, "successful" },
	{ 1, "unspecified failure" },
	{ 10, "capabilities not supported" },
	{ 12, "denied" },
	{ 13, "authentication algorithm not supported" },
	{ 14, "sequence number out of order" },
	{ 15, "challenge failed" },
	{ 16, "timeout" },
	{ 17, "too many stations" },
	{ 18, "basic rates not supported" },
	{ 30, "refused temporarily" },
	{ 40, "invalid element" },
	{ 43, "invalid AKMP" },
	{ 53, "invalid PMKID" },
	{ 76, "anti-clogging token required" },
	{ 126, "SAE hash to element" },
	{ 0, NULL },
};

static const struct label reasons[] = {
	{ 1, "unspecified" },
	{ 2, "authentication not valid any more" },
	{ 3, "station is leaving" },
	{ 4, "inactivity" },
	{ 5, "too many stations" },
	{ 6, "class 2 frame, not authenticated" },
	{ 7, "class 3 frame, not associated" },
	{ 8, "station is leaving the BSS" },
	{ 9, "not authenticated" },
	{ 13, "invalid element" },
	{ 14, "MIC failure" },
	{ 15, "4-way handshake timeout" },
	{ 16, "group key handshake timeout" },
	{ 23, "802.1X authentication failed" },
	{ 34, "poor channel" },
	{ 0, NULL },
};

static const struct label categories[] = {
	{ 0, "spectrum management" },
	{ 1, "QoS" },
	{ 3, "block ack" },
	{ 4, "public" },
	{ 5, "radio measurement" },
	{ 6, "fast BSS transition" },
	{ 7, "HT" },
	{ 8, "SA query" },
	{ 9, "protected public" },
	{ 10, "wireless network management" },
	{ 13, "mesh" },
	{ 15, "self-protected" },
	{ 17, "WMM" },
	{ 21, "VHT" },
	{ 30, "HE" },
	{ 126, "vendor specific, protected" },
	{ 127, "vendor specific" },
	{ 0, NULL },
};

static const struct tlv_kind elements[] = {
	{ 0, "SSID", PKTCAP_FIELD_TEXT, NULL },
	{ 1, "supported rates", 0, NULL },
	{ 3, "channel", PKTCAP_FIELD_UINT, NULL },
	{ 5, "traffic indication map", 0, NULL },
	{ 7, "country", 0, NULL },
	{ 11, "BSS load", 0, NULL },
	{ 16, "challenge", 0, NULL },
	{ 32, "power constraint", PKTCAP_FIELD_UINT, "dB" },
	{ 33, "power capability", 0, NULL },
	{ 35, "TPC report", 0, NULL },
	{ 36, "supported channels", 0, NULL },
	{ 37, "channel switch", 0, NULL },
	{ 42, "ERP", PKTCAP_FIELD_HEX, NULL },
	{ 45, "HT capabilities", 0, NULL },
	{ 46, "QoS capability", PKTCAP_FIELD_HEX, NULL },
	{ 48, "RSN", 0, NULL },
	{ 50, "extended rates", 0, NULL },
	{ 54, "mobility domain", 0, NULL },
	{ 55, "fast BSS transition", 0, NULL },
	{ 59, "operating classes", 0, NULL },
	{ 61, "HT operation", 0, NULL },
	{ 70, "radio measurement", 0, NULL },
	{ 72, "20/40 coexistence", PKTCAP_FIELD_HEX, NULL },
	{ 74, "overlapping BSS scan", 0, NULL },
	{ 76, "management MIC", 0, NULL },
	{ 107, "interworking", 0, NULL },
	{ 114, "mesh id", PKTCAP_FIELD_TEXT, NULL },
	{ 127, "extended capabilities", 0, NULL },
	{ 191, "VHT capabilities", 0, NULL },
	{ 192, "VHT operation", 0, NULL },
	{ 195, "transmit power envelope", 0, NULL },
	{ 221, "vendor specific", 0, NULL },
	{ 244, "RSN extension", PKTCAP_FIELD_HEX, NULL },
	{ 255, "extension", 0, NULL },
	{ 0, NULL, 0, NULL },
};

/* Bytes in front of the elements. */
static uint8_t fixed_len(uint8_t subtype)
{
	switch (subtype) {
	case PKTCAP_WIFI_PROBE_REQUEST:
		return 0;
	case PKTCAP_WIFI_DISASSOCIATION:
	case PKTCAP_WIFI_DEAUTHENTICATION:
		return 2;
	case PKTCAP_WIFI_ASSOCIATION_REQUEST:
		return 4;
	case PKTCAP_WIFI_ASSOCIATION_RESPONSE:
	case PKTCAP_WIFI_REASSOCIATION_RESPONSE:
	case PKTCAP_WIFI_AUTHENTICATION:
		return 6;
	case PKTCAP_WIFI_REASSOCIATION_REQUEST:
		return 10;
	case PKTCAP_WIFI_PROBE_RESPONSE:
	case PKTCAP_WIFI_BEACON:
		return 12;
	default:
		return NO_ELEMENTS;
	}
}

/* Numbers of a group, and what is calculated in it (IEEE 802.11, 12.4.7.4). */
static bool is_sae(struct bytes b, uint8_t subtype, size_t body)
{
	uint16_t algorithm;

	return subtype == PKTCAP_WIFI_AUTHENTICATION &&
	       bytes_le16(b, body, &algorithm) && algorithm == ALGORITHM_SAE;
}

size_t wifi_elements(struct bytes b, uint8_t subtype, size_t body)
{
	uint8_t fixed = fixed_len(subtype);

	if (fixed == NO_ELEMENTS || is_sae(b, subtype, body))
		return 0;
	return body + fixed;
}

static void number(struct fields *f, const char *name, size_t at,
		   const struct label *labels)
{
	fields_le(f, name, PKTCAP_FIELD_UINT, at, 2, NULL, labels);
}

void wifi_association_id(struct fields *f, size_t at)
{
	uint16_t value;

	if (bytes_le16(f->b, at, &value))
		fields_number(f, "aid", PKTCAP_FIELD_UINT, value & 0x3fff, at,
			      2, NULL);
}

void wifi_flags(struct fields *f, const struct wifi_flag *flags, size_t n,
		size_t at)
{
	uint16_t word;

	if (!bytes_le16(f->b, at, &word))
		return;
	for (size_t i = 0; i < n; i++)
		fields_number(f, flags[i].name, PKTCAP_FIELD_FLAG,
			      !!(word & flags[i].bit), at, 0, NULL);
}

static void capabilities(struct fields *f, size_t at)
{
	static const struct wifi_flag flags[] = {
		{ 0x0400, "short_slot" },
		{ 0x0010, "privacy" },
		{ 0x0020, "short_preamble" },
		{ 0x0002, "ibss" },
		{ 0x0001, "ess" },
	};

	if (!bytes_has(f->b, at, 2))
		return;
	fields_group(f, "capabilities", at, 2);
	fields_le(f, "value", PKTCAP_FIELD_HEX, at, 2, NULL, NULL);
	wifi_flags(f, flags, sizeof(flags) / sizeof(flags[0]), at);
	fields_end(f);
}

static void association(struct fields *f, uint8_t subtype, size_t at)
{
	capabilities(f, at);
	if (subtype == PKTCAP_WIFI_ASSOCIATION_RESPONSE ||
	    subtype == PKTCAP_WIFI_REASSOCIATION_RESPONSE) {
		number(f, "status", at + 2, statuses);
		wifi_association_id(f, at + 4);
		return;
	}
	number(f, "listen_interval", at + 2, NULL);
	if (subtype == PKTCAP_WIFI_REASSOCIATION_REQUEST)
		fields_data(f, "current_ap", PKTCAP_FIELD_MAC, at + 4, 6);
}

static void fixed(struct fields *f, uint8_t subtype, size_t at)
{
	switch (subtype) {
	case PKTCAP_WIFI_PROBE_RESPONSE:
	case PKTCAP_WIFI_BEACON:
		fields_le(f, "timestamp", PKTCAP_FIELD_UINT, at, 8, "us", NULL);
		fields_le(f, "interval", PKTCAP_FIELD_UINT, at + 8, 2,
			  "1024 us", NULL);
		capabilities(f, at + 10);
		break;
	case PKTCAP_WIFI_AUTHENTICATION:
		number(f, "algorithm", at, authentications);
		number(f, "transaction", at + 2, NULL);
		number(f, "status", at + 4, statuses);
		break;
	case PKTCAP_WIFI_DISASSOCIATION:
	case PKTCAP_WIFI_DEAUTHENTICATION:
		number(f, "reason", at, reasons);
		break;
	case PKTCAP_WIFI_ASSOCIATION_REQUEST:
	case PKTCAP_WIFI_ASSOCIATION_RESPONSE:
	case PKTCAP_WIFI_REASSOCIATION_REQUEST:
	case PKTCAP_WIFI_REASSOCIATION_RESPONSE:
		association(f, subtype, at);
		break;
	default:
		break;
	}
}

static void other_body(struct fields *f, uint8_t subtype, size_t at, size_t end)
{
	if (subtype == PKTCAP_WIFI_AUTHENTICATION) {
		fixed(f, subtype, at);
		at += fixed_len(subtype);
	}
	if (subtype == PKTCAP_WIFI_ACTION ||
	    subtype == PKTCAP_WIFI_ACTION_NO_ACK) {
		fields_uint(f, "category", at, 1, NULL, categories);
		fields_uint(f, "action", at + 1, 1, NULL, NULL);
		at += 2;
	}
	if (at < end)
		fields_data(f, "body", PKTCAP_FIELD_BYTES, at, end - at);
}

void wifi_management(struct fields *f, uint8_t subtype, size_t body, size_t end)
{
	static const struct tlv_list list = {
		.name = "elements",
		.element = "element",
		.form = TLV_8_8,
		.kinds = elements,
		.value = wifi_element,
	};
	size_t begin = wifi_elements(f->b, subtype, body);

	if (!begin) {
		other_body(f, subtype, body, end);
		return;
	}
	fixed(f, subtype, body);
	tlv_fields(f, &list, begin, end);
}
