// SPDX-License-Identifier: BSD-2-Clause
/* ARP, RARP and inverse ARP. */
#include "print/line.h"

enum { IPV4 = 4, MAC = 6, TYPE_IPV4 = 0x0800, TYPE_TRAILER = 0x1000 };

enum operation {
	REQUEST = 1,
	REPLY = 2,
	REVERSE_REQUEST = 3,
	REVERSE_REPLY = 4,
	INVERSE_REQUEST = 8,
	INVERSE_REPLY = 9,
};

static const struct line_name operations[] = {
	{ REQUEST, "Request" },
	{ REPLY, "Reply" },
	{ REVERSE_REQUEST, "Reverse Request" },
	{ REVERSE_REPLY, "Reverse Reply" },
	{ INVERSE_REQUEST, "Inverse Request" },
	{ INVERSE_REPLY, "Inverse Reply" },
	{ 10, "NACK Reply" },
	{ 0, NULL },
};

static const struct line_name hardware[] = {
	{ 1, "Ethernet" },    { 6, "TokenRing" },   { 7, "ArcNet" },
	{ 15, "FrameRelay" }, { 17, "Strip" },	    { 19, "ATM" },
	{ 24, "IEEE 1394" },  { 32, "Infiniband" }, { 0, NULL },
};

static bool is_ipv4(const struct pktcap_arp *arp)
{
	return (arp->protocol_type == TYPE_IPV4 ||
		arp->protocol_type == TYPE_TRAILER) &&
	       arp->protocol_len == IPV4 && arp->hardware_len;
}

static void put_kinds(struct line *l, const struct pktcap_arp *arp)
{
	const char *name = line_name(hardware, arp->hardware_type);

	if (name)
		put_string(&l->t, name);
	else
		line_told(l, "Unknown Hardware (", arp->hardware_type, ")");
	line_told(l, " (len ", arp->hardware_len, "), ");
	name = line_ethertype(arp->protocol_type);
	if (name)
		put_string(&l->t, name);
	else
		line_put_hex(l, "Unknown Protocol (0x", arp->protocol_type, 4,
			     ")");
	line_told(l, " (len ", arp->protocol_len, ")");
}

static void put_ip(struct line *l, const struct pktcap_arp *arp,
		   const uint8_t *address)
{
	if (!is_ipv4(arp))
		line_put_hex(l, "<wrong proto type> (0x", arp->protocol_type, 4,
			     ")");
	else
		put_ipv4(&l->t, address);
}

static void put_hardware(struct line *l, const struct pktcap_arp *arp,
			 const uint8_t *address)
{
	put_octets(&l->t, address, arp->hardware_len, ':');
}

static void put_request(struct line *l, const struct pktcap_arp *arp)
{
	bool known = false;

	for (size_t i = 0; i < arp->hardware_len; i++)
		known |= arp->target_hardware[i] != 0;
	PUT(&l->t, "who-has ");
	put_ip(l, arp, arp->target_protocol);
	if (known) {
		PUT(&l->t, " (");
		put_hardware(l, arp, arp->target_hardware);
		put_char(&l->t, ')');
	}
	PUT(&l->t, " tell ");
	put_ip(l, arp, arp->sender_protocol);
}

static void put_who_is(struct line *l, const struct pktcap_arp *arp)
{
	PUT(&l->t, "who-is ");
	put_hardware(l, arp, arp->target_hardware);
	PUT(&l->t, " tell ");
	put_hardware(l, arp, arp->sender_hardware);
}

static void put_at(struct line *l, const struct pktcap_arp *arp,
		   const uint8_t *address, const uint8_t *ip)
{
	put_hardware(l, arp, address);
	PUT(&l->t, " at ");
	put_ip(l, arp, ip);
}

static void put_operation(struct line *l, const struct pktcap_arp *arp)
{
	const char *name = line_name(operations, arp->operation);

	if (name)
		put_string(&l->t, name);
	else
		line_told(l, "Unknown (", arp->operation, ")");
	put_char(&l->t, ' ');
	switch (arp->operation) {
	case REQUEST:
		put_request(l, arp);
		break;
	case REPLY:
		put_ip(l, arp, arp->sender_protocol);
		PUT(&l->t, " is-at ");
		put_hardware(l, arp, arp->sender_hardware);
		break;
	case REVERSE_REQUEST:
	case INVERSE_REQUEST:
		put_who_is(l, arp);
		break;
	case REVERSE_REPLY:
		put_at(l, arp, arp->target_hardware, arp->target_protocol);
		break;
	case INVERSE_REPLY:
		put_at(l, arp, arp->sender_hardware, arp->sender_protocol);
		break;
	default:
		l->ended = true;
	}
}

void line_arp(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_arp arp;

	if (pktcap_arp_get(layer, &arp)) {
		line_truncated(l, "arp");
		return;
	}
	if (!line_has(l, PKTCAP_PRINT_LINK))
		PUT(&l->t, "ARP, ");
	if (!is_ipv4(&arp) || line_verbose(l)) {
		put_kinds(l, &arp);
		if (line_verbose(l))
			PUT(&l->t, ", ");
	}
	if (is_ipv4(&arp) || line_verbose(l))
		put_operation(l, &arp);
	/* An operation nobody knows: what it says is in the bytes. */
	if (l->ended && !line_has(l, PKTCAP_PRINT_NO_DUMP))
		put_dump(&l->t, layer->data, layer->caplen);
	if (!l->ended)
		line_told(l, ", length ", line_left(l, layer), "");
	l->ended = true;
}
