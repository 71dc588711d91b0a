// SPDX-License-Identifier: BSD-2-Clause
/* Elements that say more than a number (IEEE 802.11-2020, 9.4.2). */
#include "proto/wifi.h"

enum {
	RATES = 1,
	TIM = 5,
	COUNTRY = 7,
	HT_CAPABILITIES = 45,
	RSN = 48,
	EXTENDED_RATES = 50,
	HT_OPERATION = 61,
	VHT_OPERATION = 192,
	VENDOR = 221,
	EXTENSION = 255,
	SUITE = 4,
	OUI_MICROSOFT = 0x0050f2,
	TYPE_WPA = 1,
	TYPE_WPS = 4,
};

/* All but the organisation's own. */
static const struct label ciphers[] = {
	{ 0x000fac00, "as the group" },
	{ 0x000fac01, "WEP-40" },
	{ 0x000fac02, "TKIP" },
	{ 0x000fac04, "CCMP-128" },
	{ 0x000fac05, "WEP-104" },
	{ 0x000fac06, "BIP-CMAC-128" },
	{ 0x000fac07, "no group traffic" },
	{ 0x000fac08, "GCMP-128" },
	{ 0x000fac09, "GCMP-256" },
	{ 0x000fac0a, "CCMP-256" },
	{ 0x000fac0b, "BIP-GMAC-128" },
	{ 0x000fac0c, "BIP-GMAC-256" },
	{ 0x000fac0d, "BIP-CMAC-256" },
	{ 0x0050f201, "WEP-40" },
	{ 0x0050f202, "TKIP" },
	{ 0x0050f204, "CCMP-128" },
	{ 0x0050f205, "WEP-104" },
	{ 0, NULL },
};

static const struct label key_managements[] = {
	{ 0x000fac01, "802.1X" },
	{ 0x000fac02, "PSK" },
	{ 0x000fac03, "FT over 802.1X" },
	{ 0x000fac04, "FT with PSK" },
	{ 0x000fac05, "802.1X with SHA-256" },
	{ 0x000fac06, "PSK with SHA-256" },
	{ 0x000fac08, "SAE" },
	{ 0x000fac09, "FT with SAE" },
	{ 0x000fac0b, "802.1X Suite B" },
	{ 0x000fac0c, "802.1X Suite B, 192 bits" },
	{ 0x000fac0d, "FT over 802.1X, SHA-384" },
	{ 0x000fac0e, "FILS with SHA-256" },
	{ 0x000fac0f, "FILS with SHA-384" },
	{ 0x000fac12, "OWE" },
	{ 0x000fac18, "SAE, group dependent hash" },
	{ 0x000fac19, "FT with SAE, group dependent hash" },
	{ 0x0050f201, "802.1X" },
	{ 0x0050f202, "PSK" },
	{ 0, NULL },
};

static const struct label vendors[] = {
	{ OUI_MICROSOFT, "Microsoft" }, { 0x506f9a, "Wi-Fi Alliance" },
	{ 0x001018, "Broadcom" },	{ 0x00037f, "Atheros" },
	{ 0x004096, "Cisco" },		{ 0x0017f2, "Apple" },
	{ 0x000c43, "Ralink" },		{ 0x00904c, "Epigram" },
	{ 0x8cfdf0, "Qualcomm" },	{ 0, NULL },
};

static const struct label microsoft_types[] = {
	{ TYPE_WPA, "WPA" },
	{ 2, "WMM" },
	{ TYPE_WPS, "WPS" },
	{ 0, NULL },
};

static const struct label extensions[] = {
	{ 35, "HE capabilities" },
	{ 36, "HE operation" },
	{ 37, "uplink OFDMA random access" },
	{ 38, "MU EDCA" },
	{ 39, "spatial reuse" },
	{ 59, "HE 6 GHz capabilities" },
	{ 92, "anti-clogging token" },
	{ 106, "EHT operation" },
	{ 107, "multi-link" },
	{ 108, "EHT capabilities" },
	{ 0, NULL },
};

static void rates(struct fields *f, const struct tlv *t)
{
	static const struct field_def rows[] = {
		{ "basic", 0, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "rate", 1, 7, PKTCAP_FIELD_UINT, "500 kbit/s", NULL },
	};

	fields_list(f, "rates");
	for (size_t at = t->value; at < t->next; at++) {
		fields_group(f, "rate", at, 1);
		FIELDS_ROWS(f, rows, at);
		fields_end(f);
	}
	fields_end(f);
}

static void rest(struct fields *f, const char *name, size_t at, size_t end)
{
	if (at < end)
		fields_data(f, name, PKTCAP_FIELD_BYTES, at, end - at);
}

/* A number of suites, then these; returns where they end, 0 if they do not. */
static size_t suites(struct fields *f, const char *list, const char *name,
		     const struct label *labels, size_t at, size_t end)
{
	uint16_t count;

	if (end - at < 2 || !bytes_le16(f->b, at, &count))
		return 0;
	at += 2;
	if (count > (end - at) / SUITE)
		return 0;
	fields_list(f, list);
	for (; count; count--, at += SUITE) {
		fields_group(f, name, at, SUITE);
		fields_hex(f, "suite", at, SUITE, labels);
		fields_end(f);
	}
	fields_end(f);
	return at;
}

static void rsn_capabilities(struct fields *f, size_t at)
{
	static const struct wifi_flag flags[] = {
		{ 0x0080, "management_protection" },
		{ 0x0040, "management_protection_required" },
		{ 0x0001, "preauthentication" },
	};

	fields_le(f, "rsn_capabilities", PKTCAP_FIELD_HEX, at, 2, NULL, NULL);
	wifi_flags(f, flags, sizeof(flags) / sizeof(flags[0]), at);
}

/* Version, group cipher, pairwise ciphers, key managements, capabilities; it
 * may end behind each of them. */
static void security(struct fields *f, size_t at, size_t end)
{
	if (end - at < 2)
		return;
	fields_le(f, "version", PKTCAP_FIELD_UINT, at, 2, NULL, NULL);
	at += 2;
	if (end - at < SUITE)
		return;
	fields_hex(f, "group_cipher", at, SUITE, ciphers);
	at = suites(f, "pairwise_ciphers", "cipher", ciphers, at + SUITE, end);
	if (at)
		at = suites(f, "key_managements", "key_management",
			    key_managements, at, end);
	if (!at || end - at < 2)
		return;
	rsn_capabilities(f, at);
	rest(f, "rsn_rest", at + 2, end);
}

static void vendor(struct fields *f, const struct tlv *t)
{
	uint32_t both = u32_at(f->b, t->value), oui = both >> 8;
	size_t at = t->value + 4;

	fields_hex(f, "oui", t->value, 3, vendors);
	fields_uint(f, "vendor_type", t->value + 3, 1, NULL,
		    oui == OUI_MICROSOFT ? microsoft_types : NULL);
	if (oui == OUI_MICROSOFT && (both & 0xff) == TYPE_WPA)
		security(f, at, t->next);
	else
		rest(f, "data", at, t->next);
}

static void traffic_map(struct fields *f, const struct tlv *t)
{
	static const struct field_def rows[] = {
		{ "dtim_count", 0, 8, PKTCAP_FIELD_UINT, NULL, NULL },
		{ "dtim_period", 8, 8, PKTCAP_FIELD_UINT, NULL, NULL },
		{ "bitmap_offset", 16, 7, PKTCAP_FIELD_UINT, NULL, NULL },
		{ "group_traffic", 23, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	};

	FIELDS_ROWS(f, rows, t->value);
	rest(f, "bitmap", t->value + 3, t->next);
}

static void country(struct fields *f, const struct tlv *t)
{
	fields_data(f, "country", PKTCAP_FIELD_TEXT, t->value, 2);
	fields_hex(f, "environment", t->value + 2, 1, NULL);
	rest(f, "channels", t->value + 3, t->next);
}

static void ht_operation(struct fields *f, const struct tlv *t)
{
	fields_uint(f, "primary_channel", t->value, 1, NULL, NULL);
	rest(f, "data", t->value + 1, t->next);
}

static void vht_operation(struct fields *f, const struct tlv *t)
{
	static const struct label widths[] = {
		{ 0, "20 or 40 MHz" }, { 1, "80 MHz" }, { 2, "160 MHz" },
		{ 3, "80+80 MHz" },    { 0, NULL },
	};

	fields_uint(f, "width", t->value, 1, NULL, widths);
	fields_uint(f, "center0", t->value + 1, 1, NULL, NULL);
	fields_uint(f, "center1", t->value + 2, 1, NULL, NULL);
	rest(f, "data", t->value + 3, t->next);
}

static void ht_capabilities(struct fields *f, const struct tlv *t)
{
	fields_le(f, "ht_capabilities", PKTCAP_FIELD_HEX, t->value, 2, NULL,
		  NULL);
	fields_hex(f, "ampdu", t->value + 2, 1, NULL);
	rest(f, "data", t->value + 3, t->next);
}

static void extension(struct fields *f, const struct tlv *t)
{
	fields_uint(f, "extension", t->value, 1, NULL, extensions);
	rest(f, "data", t->value + 1, t->next);
}

static const struct {
	uint8_t id;
	uint8_t min; /* bytes of value; shorter ones are bytes */
	void (*tell)(struct fields *f, const struct tlv *t);
} tellers[] = {
	{ RATES, 1, rates },
	{ TIM, 3, traffic_map },
	{ COUNTRY, 3, country },
	{ HT_CAPABILITIES, 3, ht_capabilities },
	{ EXTENDED_RATES, 1, rates },
	{ HT_OPERATION, 1, ht_operation },
	{ VHT_OPERATION, 3, vht_operation },
	{ VENDOR, 4, vendor },
	{ EXTENSION, 1, extension },
};

bool wifi_element(struct fields *f, const struct tlv *t)
{
	if (t->type == RSN && t->len >= 2) {
		security(f, t->value, t->next);
		return true;
	}
	for (size_t i = 0; i < sizeof(tellers) / sizeof(tellers[0]); i++)
		if (tellers[i].id == t->type && t->len >= tellers[i].min) {
			tellers[i].tell(f, t);
			return true;
		}
	return false;
}
