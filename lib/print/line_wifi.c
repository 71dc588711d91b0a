// SPDX-License-Identifier: BSD-2-Clause
/* 802.11 frames. */
#include "print/line_wifi.h"

enum frame {
	MANAGEMENT = 0,
	CONTROL = 1,
	DATA = 2,
	BLOCK_ACK_REQUEST = 8,
	BLOCK_ACK = 9,
	POLL = 10,
	REQUEST_TO_SEND = 11,
	TO_DS = 1,
	FROM_DS = 2,
	PROTECTED = 0x40,
	ELEMENT_SSID = 0,
	ELEMENT_RATES = 1,
	ELEMENT_CHANNEL = 3,
	RATE_BASIC = 0x80,
};

static const struct line_name management_names[] = {
	{ 0, "Assoc Request" },
	{ PKTCAP_WIFI_ASSOCIATION_RESPONSE, "Assoc Response" },
	{ PKTCAP_WIFI_REASSOCIATION_REQUEST, "ReAssoc Request" },
	{ PKTCAP_WIFI_REASSOCIATION_RESPONSE, "ReAssoc Response" },
	{ PKTCAP_WIFI_PROBE_REQUEST, "Probe Request" },
	{ PKTCAP_WIFI_PROBE_RESPONSE, "Probe Response" },
	{ PKTCAP_WIFI_BEACON, "Beacon" },
	{ 9, "ATIM" },
	{ PKTCAP_WIFI_DISASSOCIATION, "Disassociation" },
	{ PKTCAP_WIFI_AUTHENTICATION, "Authentication" },
	{ PKTCAP_WIFI_DEAUTHENTICATION, "DeAuthentication" },
	{ PKTCAP_WIFI_ACTION, "Action" },
	{ 14, "NoAck" },
	{ 0, NULL },
};

static const struct line_name control_names[] = {
	{ BLOCK_ACK_REQUEST, "BAR" },
	{ BLOCK_ACK, "BA" },
	{ POLL, "Power Save-Poll" },
	{ REQUEST_TO_SEND, "Request-To-Send" },
	{ 12, "Clear-To-Send" },
	{ 13, "Acknowledgment" },
	{ 14, "CF-End" },
	{ 15, "CF-End+CF-Ack" },
	{ 0, NULL },
};

void line_wifi_rate(struct line *l, uint8_t rate)
{
	line_told(l, "", rate / 2, rate % 2 ? ".5" : ".0");
}

static void put_rates(struct line *l, const struct pktcap_tlv *element)
{
	PUT(&l->t, " [");
	for (uint32_t i = 0; i < element->len; i++) {
		line_wifi_rate(l, element->data[i] & 0x7f);
		put_string(&l->t, element->data[i] & RATE_BASIC ? "* " : " ");
	}
	PUT(&l->t, "Mbit]");
}

struct capabilities {
	bool ess, ibss, privacy;
};

static int note_capability(void *arg, const struct pktcap_field *field)
{
	struct capabilities *c = arg;

	if (!field->name || field->type != PKTCAP_FIELD_FLAG || !field->value)
		return 0;
	c->ess |= !strcmp(field->name, "ess");
	c->ibss |= !strcmp(field->name, "ibss");
	c->privacy |= !strcmp(field->name, "privacy");
	return 0;
}

/* An answer's elements say less than its status. */
static bool has_network(const struct pktcap_wifi *wifi)
{
	return wifi->subtype <= PKTCAP_WIFI_BEACON &&
	       wifi->subtype != PKTCAP_WIFI_ASSOCIATION_RESPONSE &&
	       wifi->subtype != PKTCAP_WIFI_REASSOCIATION_RESPONSE;
}

static void put_elements(struct line *l, const struct pktcap_layer *layer,
			 const struct pktcap_wifi *wifi)
{
	struct capabilities c = { .ess = false };
	uint32_t offset = 0, channel = 0;
	struct pktcap_tlv element;
	int ret;

	while ((ret = pktcap_wifi_element_next(layer, &offset, &element)) ==
	       1) {
		if (element.type == ELEMENT_SSID) {
			PUT(&l->t, " (");
			put_safe(&l->t, element.data, element.len);
			put_char(&l->t, ')');
		} else if (element.type == ELEMENT_RATES) {
			put_rates(l, &element);
		} else if (element.type == ELEMENT_CHANNEL && element.len) {
			channel = element.data[0];
		}
	}
	if (wifi->subtype == PKTCAP_WIFI_BEACON ||
	    wifi->subtype == PKTCAP_WIFI_PROBE_RESPONSE)
		pktcap_layer_fields(layer, note_capability, &c);
	if (wifi->subtype == PKTCAP_WIFI_BEACON)
		put_string(&l->t, c.ess ? " ESS" : c.ibss ? " IBSS" : "");
	if (channel && wifi->subtype != PKTCAP_WIFI_PROBE_REQUEST)
		line_told(l, " CH: ", channel, "");
	put_string(&l->t, c.privacy ? ", PRIVACY" : "");
	if (ret)
		line_truncated(l, "802.11");
}

static void put_named(struct line *l, const char *name, const uint8_t *address)
{
	put_string(&l->t, name);
	put_mac(&l->t, address);
	put_char(&l->t, ' ');
}

/* Whose the addresses are, by the way the frame goes. */
static void put_data_addresses(struct line *l, const struct pktcap_wifi *wifi)
{
	static const char *const names[][4] = {
		{ "DA:", "SA:", "BSSID:", "" },
		[TO_DS] = { "BSSID:", "SA:", "DA:", "" },
		[FROM_DS] = { "DA:", "BSSID:", "SA:", "" },
		[TO_DS | FROM_DS] = { "RA:", "TA:", "DA:", "SA:" },
	};
	unsigned int way = wifi->flags & (TO_DS | FROM_DS);

	if (wifi->has_qos)
		PUT(&l->t, "+QoS ");
	for (unsigned int i = 0; i < wifi->addresses && i < 4; i++)
		put_named(l, names[way][i], wifi->address[i]);
}

static void put_management(struct line *l, const struct pktcap_layer *layer,
			   const struct pktcap_wifi *wifi)
{
	const char *name = line_name(management_names, wifi->subtype);

	if (line_has(l, PKTCAP_PRINT_LINK)) {
		put_named(l, "BSSID:", wifi->address[2]);
		put_named(l, "DA:", wifi->address[0]);
		put_named(l, "SA:", wifi->address[1]);
	}
	if (name)
		put_string(&l->t, name);
	else
		line_put_hex(l, "Unhandled Management subtype(", wifi->subtype,
			     0, ")");
	if (wifi->flags & PROTECTED)
		line_wifi_key(l);
	else if (has_network(wifi))
		put_elements(l, layer, wifi);
	else
		line_wifi_fixed(l, layer, wifi);
}

/* The link layer's addresses are all, and in front. */
static void put_control_addresses(struct line *l,
				  const struct pktcap_wifi *wifi)
{
	bool all = line_has(l, PKTCAP_PRINT_LINK);

	if (wifi->subtype == POLL && all)
		put_named(l, "BSSID:", wifi->address[0]);
	else if (wifi->subtype != POLL && wifi->addresses &&
		 (all || wifi->subtype != REQUEST_TO_SEND))
		put_named(l, "RA:", wifi->address[0]);
	if (wifi->addresses > 1 && wifi->subtype != BLOCK_ACK &&
	    (all || wifi->subtype != POLL))
		put_named(l, "TA:", wifi->address[1]);
}

static void put_control(struct line *l, const struct pktcap_wifi *wifi)
{
	const char *name = line_name(control_names, wifi->subtype);
	bool first = line_has(l, PKTCAP_PRINT_LINK);

	if (first)
		put_control_addresses(l, wifi);
	if (name)
		put_string(&l->t, name);
	else
		line_put_hex(l, "Unknown CTRL Subtype (0x", wifi->subtype, 0,
			     ")");
	if (wifi->subtype == POLL)
		line_put_hex(l, " AID(", wifi->duration, 0, ")");
	else if (!first)
		put_char(&l->t, ' ');
	if (!first)
		put_control_addresses(l, wifi);
}

void line_wifi(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_wifi wifi;

	if (pktcap_wifi_get(layer, &wifi)) {
		line_truncated(l, "802.11");
		return;
	}
	l->unknown = NULL;
	if (wifi.type == DATA && line_has(l, PKTCAP_PRINT_LINK))
		put_data_addresses(l, &wifi);
	if (wifi.type == DATA && !(wifi.flags & PROTECTED))
		return;
	if (wifi.type == DATA) {
		PUT(&l->t, "Data");
		line_wifi_key(l);
	} else if (wifi.type == MANAGEMENT) {
		put_management(l, layer, &wifi);
	} else if (wifi.type == CONTROL) {
		put_control(l, &wifi);
	} else {
		line_told(l, "unknown 802.11 frame type (", wifi.type, ")");
	}
	l->ended = true;
}
