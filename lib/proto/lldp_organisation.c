// SPDX-License-Identifier: BSD-2-Clause
/*
 * What organisations put into LLDP: IEEE 802.1 (802.1Q, annex D), IEEE 802.3
 * (802.3, clause 79), and TIA's LLDP-MED for telephones (TIA-1057).
 */
#include "proto/lldp.h"

enum {
	PREFIX = 4, /* organisation (3), subtype (1) */
	IEEE_8021 = 0x0080c2,
	IEEE_8023 = 0x00120f,
	TIA = 0x0012bb,
	MED_TEXT_FIRST = 5,
	MED_TEXT_LAST = 11,
	VLAN_NAME = 3,
	LINK_AGGREGATION = 7,
};

static const struct label organisations[] = {
	{ IEEE_8021, "IEEE 802.1" },
	{ IEEE_8023, "IEEE 802.3" },
	{ TIA, "TIA (LLDP-MED)" },
	{ 0x000142, "Cisco" },
	{ 0x000ecf, "PROFIBUS" },
	{ 0x0001dc, "Ruckus" },
	{ 0x001b21, "Intel" },
	{ 0x080009, "Hewlett-Packard" },
	{ 0, NULL },
};

static const struct label subtypes_8021[] = {
	{ 1, "port VLAN" },
	{ 2, "port and protocol VLAN" },
	{ VLAN_NAME, "VLAN name" },
	{ 4, "protocol identity" },
	{ 5, "VLAN digest" },
	{ 6, "management VLAN" },
	{ LINK_AGGREGATION, "link aggregation" },
	{ 8, "congestion notification" },
	{ 9, "ETS configuration" },
	{ 10, "ETS recommendation" },
	{ 11, "priority flow control" },
	{ 12, "application priority" },
	{ 13, "edge virtual bridging" },
	{ 14, "S-channel" },
	{ 0, NULL },
};

static const struct label subtypes_8023[] = {
	{ 1, "MAC and PHY" },
	{ 2, "power" },
	{ 3, "link aggregation" },
	{ 4, "maximum frame" },
	{ 5, "energy-efficient Ethernet" },
	{ 7, "additional Ethernet capabilities" },
	{ 0, NULL },
};

static const struct label subtypes_med[] = {
	{ 1, "capabilities" },
	{ 2, "network policy" },
	{ 3, "location" },
	{ 4, "extended power" },
	{ MED_TEXT_FIRST, "hardware revision" },
	{ 6, "firmware revision" },
	{ 7, "software revision" },
	{ 8, "serial number" },
	{ 9, "manufacturer" },
	{ 10, "model" },
	{ MED_TEXT_LAST, "asset id" },
	{ 0, NULL },
};

static const struct label device_classes[] = {
	{ 1, "endpoint class I" },
	{ 2, "endpoint class II" },
	{ 3, "endpoint class III" },
	{ 4, "network connectivity" },
	{ 0, NULL },
};

static const struct label applications[] = {
	{ 1, "voice" },
	{ 2, "voice signalling" },
	{ 3, "guest voice" },
	{ 4, "guest voice signalling" },
	{ 5, "softphone voice" },
	{ 6, "video conferencing" },
	{ 7, "streaming video" },
	{ 8, "video signalling" },
	{ 0, NULL },
};

static const struct field_def port_vlan[] = {
	{ "vlan", 0, 16, PKTCAP_FIELD_UINT, NULL, NULL },
};

static const struct field_def protocol_vlan[] = {
	{ "vlan_enabled", 5, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "vlan_supported", 6, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "vlan", 8, 16, PKTCAP_FIELD_UINT, NULL, NULL },
};

static const struct field_def aggregation[] = {
	{ "aggregated", 6, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "aggregatable", 7, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "aggregated_port", 8, 32, PKTCAP_FIELD_UINT, NULL, NULL },
};

static const struct field_def digest[] = {
	{ "digest", 0, 32, PKTCAP_FIELD_HEX, NULL, NULL },
};

static const struct field_def mac_phy[] = {
	{ "negotiation_enabled", 6, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "negotiation_supported", 7, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "advertised", 8, 16, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "mau_type", 24, 16, PKTCAP_FIELD_UINT, NULL, NULL },
};

static const struct field_def power[] = {
	{ "pair_control", 4, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "power_enabled", 5, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "power_supported", 6, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "sourcing", 7, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "power_pair", 8, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "power_class", 16, 8, PKTCAP_FIELD_UINT, NULL, NULL },
};

static const struct field_def max_frame[] = {
	{ "max_frame", 0, 16, PKTCAP_FIELD_UINT, "bytes", NULL },
};

static const struct field_def energy[] = {
	{ "transmit_wake", 0, 16, PKTCAP_FIELD_UINT, "us", NULL },
	{ "receive_wake", 16, 16, PKTCAP_FIELD_UINT, "us", NULL },
	{ "fallback_wake", 32, 16, PKTCAP_FIELD_UINT, "us", NULL },
	{ "echo_transmit_wake", 48, 16, PKTCAP_FIELD_UINT, "us", NULL },
	{ "echo_receive_wake", 64, 16, PKTCAP_FIELD_UINT, "us", NULL },
};

static const struct field_def med_capabilities[] = {
	{ "inventory", 10, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "extended_power_device", 11, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "extended_power_source", 12, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "location", 13, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "network_policy", 14, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "capabilities", 15, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "device_class", 16, 8, PKTCAP_FIELD_UINT, NULL, device_classes },
};

static const struct field_def med_policy[] = {
	{ "application", 0, 8, PKTCAP_FIELD_UINT, NULL, applications },
	{ "unknown", 8, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "tagged", 9, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "vlan", 11, 12, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "priority", 23, 3, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "dscp", 26, 6, PKTCAP_FIELD_UINT, NULL, label_dscp },
};

static const struct field_def med_power[] = {
	{ "power_type", 0, 2, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "power_origin", 2, 2, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "power_priority", 4, 4, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "power", 8, 16, PKTCAP_FIELD_UINT, "100 mW", NULL },
};

/* A form of fixed length; a longer value has more that is not told. */
struct form {
	uint32_t oui;
	uint8_t subtype;
	uint8_t len;
	uint8_t rows_count;
	const struct field_def *rows;
};

#define FORM(oui, subtype, len, rows)                                     \
	{                                                                 \
		oui, subtype, len, sizeof(rows) / sizeof((rows)[0]), rows \
	}

static const struct form forms[] = {
	FORM(IEEE_8021, 1, 2, port_vlan),
	FORM(IEEE_8021, 2, 3, protocol_vlan),
	FORM(IEEE_8021, 5, 4, digest),
	FORM(IEEE_8021, 6, 2, port_vlan),
	FORM(IEEE_8021, LINK_AGGREGATION, 5, aggregation),
	FORM(IEEE_8023, 1, 5, mac_phy),
	FORM(IEEE_8023, 2, 3, power),
	FORM(IEEE_8023, 3, 5, aggregation),
	FORM(IEEE_8023, 4, 2, max_frame),
	FORM(IEEE_8023, 5, 10, energy),
	FORM(TIA, 1, 3, med_capabilities),
	FORM(TIA, 2, 4, med_policy),
	FORM(TIA, 4, 3, med_power),
};

static const struct form *form_of(uint32_t oui, uint8_t subtype, size_t len)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (forms[i].oui == oui && forms[i].subtype == subtype &&
		    forms[i].len <= len)
			return &forms[i];
	return NULL;
}

static const struct label *subtypes_of(uint32_t oui)
{
	switch (oui) {
	case IEEE_8021:
		return subtypes_8021;
	case IEEE_8023:
		return subtypes_8023;
	case TIA:
		return subtypes_med;
	default:
		return NULL;
	}
}

static void vlan_name(struct fields *f, size_t at, size_t len)
{
	uint8_t name_len = u8_at(f->b, at + 2);

	fields_uint(f, "vlan", at, 2, NULL, NULL);
	fields_uint(f, "name_length", at + 2, 1, "bytes", NULL);
	if (name_len <= len - 3)
		fields_data(f, "name", PKTCAP_FIELD_TEXT, at + 3, name_len);
}

void lldp_organisation(struct fields *f, const struct tlv *t)
{
	uint32_t oui = u32_at(f->b, t->value) >> 8;
	uint8_t subtype = u8_at(f->b, t->value + 3);
	size_t at = t->value + PREFIX, len = t->len - PREFIX;
	const struct form *form = form_of(oui, subtype, len);

	fields_hex(f, "oui", t->value, 3, organisations);
	fields_uint(f, "subtype", t->value + 3, 1, NULL, subtypes_of(oui));
	if (form)
		fields_rows(f, form->rows, form->rows_count, at);
	else if (oui == IEEE_8021 && subtype == VLAN_NAME && len >= 3)
		vlan_name(f, at, len);
	else if (oui == TIA && subtype >= MED_TEXT_FIRST &&
		 subtype <= MED_TEXT_LAST)
		fields_data(f, "text", PKTCAP_FIELD_TEXT, at, len);
	else if (len)
		fields_data(f, "data", PKTCAP_FIELD_BYTES, at, len);
}
