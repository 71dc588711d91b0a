// SPDX-License-Identifier: BSD-2-Clause
/* What 802.11 frames have behind their addresses. */
#include "print/line_wifi.h"

enum {
	OPEN_SYSTEM = 0,
	SHARED_KEY = 1,
	CHALLENGE = 2, /* the message that has it */
	KEY_LEN = 4,
	BLOCK_ACK = 3,
};

/* In the words of IEEE 802.11, 9.4.1.7; others in those of the tree. */
static const struct line_name reasons[] = {
	{ 0, "Reserved" },
	{ 1, "Unspecified reason" },
	{ 2, "Previous authentication no longer valid" },
	{ 3, "Deauthenticated because sending STA is leaving (or has left) "
	     "IBSS or ESS" },
	{ 4, "Disassociated due to inactivity" },
	{ 6, "Class 2 frame received from nonauthenticated STA" },
	{ 7, "Class 3 frame received from nonassociated STA" },
	{ 8, "Disassociated because sending STA is leaving (or has left) BSS" },
	{ 14, "Message integrity code (MIC) failure" },
	{ 15, "4-Way Handshake timeout" },
	{ 16, "Group key handshake timeout" },
	{ 0, NULL },
};

/* IEEE 802.11, 9.4.1.9 */
static const struct line_name statuses[] = {
	{ 0, "Successful" },
	{ 1, "Unspecified failure" },
	{ 0, NULL },
};

static const struct line_name block_acks[] = {
	{ 0, "BA ADDBA Request" },
	{ 1, "BA ADDBA Response" },
	{ 2, "BA DELBA" },
	{ 0, NULL },
};

/* "status 100" */
static void put_unnamed(struct line *l, const struct pktcap_field *code)
{
	put_string(&l->t, code->name);
	line_told(l, " ", code->value, "");
}

static void put_code(struct line *l, const struct pktcap_field *code,
		     const struct line_name *names)
{
	const char *name = line_name(names, (uint32_t)code->value);

	if (!name)
		name = code->label;
	if (name)
		put_string(&l->t, name);
	else
		put_unnamed(l, code);
}

static void put_source(struct line *l, const struct pktcap_wifi *wifi)
{
	/* With the link layer all addresses have been told. */
	if (line_has(l, PKTCAP_PRINT_LINK))
		return;
	PUT(&l->t, " (");
	put_mac(&l->t, wifi->address[1]);
	put_char(&l->t, ')');
}

static bool put_reason(struct line *l, const struct pktcap_layer *layer,
		       const struct pktcap_wifi *wifi)
{
	struct pktcap_field reason;

	if (!line_find(layer, "reason", &reason))
		return false;
	if (wifi->subtype == PKTCAP_WIFI_DEAUTHENTICATION)
		put_source(l, wifi);
	PUT(&l->t, ": ");
	put_code(l, &reason, reasons);
	return true;
}

static void put_algorithm(struct line *l, const struct pktcap_field *field)
{
	static const struct line_name names[] = {
		{ OPEN_SYSTEM, "Open System" },
		{ SHARED_KEY, "Shared Key" },
		{ 0, NULL },
	};

	PUT(&l->t, " (");
	put_code(l, field, names);
	put_char(&l->t, ')');
}

/* An answer's status is told where it is none of success. */
static bool put_authentication(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_field algorithm, status;
	uint64_t number;

	if (!line_find(layer, "algorithm", &algorithm) ||
	    !line_field(layer, "transaction", &number) ||
	    !line_find(layer, "status", &status))
		return false;
	put_algorithm(l, &algorithm);
	line_put_hex(l, "-", number, 0, "");
	if (algorithm.value == SHARED_KEY && number == CHALLENGE)
		PUT(&l->t, " [Challenge Text] ");
	else
		PUT(&l->t, ": ");
	if (number % 2 || status.value)
		put_code(l, &status, statuses);
	return true;
}

static int is_privacy(void *arg, const struct pktcap_field *field)
{
	(void)arg;
	return field->name && !strcmp(field->name, "privacy") && field->value;
}

static bool put_association(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_field status;
	uint64_t id;

	if (!line_find(layer, "status", &status) ||
	    !line_field(layer, "aid", &id))
		return false;
	line_put_hex(l, " AID(", id, 0, ") :");
	if (pktcap_layer_fields(layer, is_privacy, NULL) == 1)
		PUT(&l->t, " PRIVACY ");
	PUT(&l->t, ": ");
	put_code(l, &status, statuses);
	return true;
}

static bool put_action(struct line *l, const struct pktcap_layer *layer,
		       const struct pktcap_wifi *wifi)
{
	struct pktcap_field category, action;
	const char *name = NULL;

	if (!line_find(layer, "category", &category) ||
	    !line_find(layer, "action", &action))
		return false;
	put_source(l, wifi);
	if (category.value == BLOCK_ACK)
		name = line_name(block_acks, (uint32_t)action.value);
	PUT(&l->t, ": ");
	if (name) {
		put_string(&l->t, name);
		return true;
	}
	if (category.label)
		put_string(&l->t, category.label);
	else
		put_unnamed(l, &category);
	line_told(l, " action ", action.value, "");
	return true;
}

void line_wifi_fixed(struct line *l, const struct pktcap_layer *layer,
		     const struct pktcap_wifi *wifi)
{
	bool whole = true;

	switch (wifi->subtype) {
	case PKTCAP_WIFI_AUTHENTICATION:
		whole = put_authentication(l, layer);
		break;
	case PKTCAP_WIFI_DEAUTHENTICATION:
	case PKTCAP_WIFI_DISASSOCIATION:
		whole = put_reason(l, layer, wifi);
		break;
	case PKTCAP_WIFI_ASSOCIATION_RESPONSE:
	case PKTCAP_WIFI_REASSOCIATION_RESPONSE:
		whole = put_association(l, layer);
		break;
	case PKTCAP_WIFI_ACTION:
		whole = put_action(l, layer, wifi);
		break;
	default:
		break;
	}
	if (!whole)
		line_truncated(l, "802.11");
}

void line_wifi_key(struct line *l)
{
	const struct pktcap_layer *body = line_next(l);
	uint32_t vector;

	if (!body || body->caplen < KEY_LEN) {
		line_truncated(l, "802.11");
		return;
	}
	vector = body->data[0] | body->data[1] << 8 |
		 (uint32_t)body->data[2] << 16;
	PUT(&l->t, " IV:");
	for (uint32_t room = 0x100; room > vector && room > 1; room >>= 4)
		put_char(&l->t, ' ');
	line_put_hex(l, "", vector, 0, " Pad ");
	line_put_hex(l, "", body->data[3] & 0x3f, 0, " KeyID ");
	line_put_hex(l, "", body->data[3] >> 6, 0, "");
}
