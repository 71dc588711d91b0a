// SPDX-License-Identifier: BSD-2-Clause
/* Cooked captures, BSD loopback, and raw IP. */
#include "print/line.h"

#include <linux/if_ether.h>

enum { MAC = 6, NAME_WIDTH = 5, WAY_WIDTH = 3 };

/* Packets to us, broadcast, multicast, to others, from us. */
static const struct line_name ways[] = {
	{ 0, "In" }, { 1, "B" },   { 2, "M" },
	{ 3, "P" },  { 4, "Out" }, { 0, NULL },
};

static void put_blanks(struct text *t, size_t have, size_t width)
{
	for (; have < width; have++)
		put_char(t, ' ');
}

static const char *way_name(uint16_t pkttype)
{
	const char *name = line_name(ways, pkttype);

	return name ? name : "?";
}

/* What Linux puts where a type is expected. */
static void put_protocol(struct line *l, uint16_t protocol)
{
	const char *name = line_ethertype(protocol);

	if (protocol == ETH_P_802_3) {
		PUT(&l->t, "802.3");
	} else if (protocol == ETH_P_802_2) {
		PUT(&l->t, "802.2");
	} else {
		PUT(&l->t, "ethertype ");
		put_string(&l->t, name ? name : "Unknown");
		line_put_hex(l, " (0x", protocol, 4, ")");
	}
}

static void put_sender(struct line *l, const uint8_t *address, size_t len,
		       uint16_t protocol)
{
	if (len == MAC) {
		put_mac(&l->t, address);
		put_char(&l->t, ' ');
	}
	if (line_has(l, PKTCAP_PRINT_QUICK))
		return;
	put_protocol(l, protocol);
	line_told(l, ", length ", line_wire(l, &l->layers[l->frame]), ": ");
}

/* A tag behind a cooked header announces what follows by its name alone. */
static void cooked_vlan(struct line *l, const struct pktcap_vlan *vlan)
{
	const char *name = line_ethertype(vlan->type);

	if (line_has(l, PKTCAP_PRINT_LINK))
		line_put_tag(l, vlan);
	if (line_has(l, PKTCAP_PRINT_QUICK))
		return;
	PUT(&l->t, "ethertype ");
	put_string(&l->t, name ? name : "Unknown");
	PUT(&l->t, ", ");
}

static void put_sll(struct line *l, const struct pktcap_sll *sll)
{
	const char *way = way_name(sll->pkttype);

	put_blanks(&l->t, strlen(way), WAY_WIDTH);
	put_string(&l->t, way);
	put_char(&l->t, ' ');
	put_sender(l, sll->address, sll->address_len, sll->protocol);
}

static void sll_unknown(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_sll sll;

	if (!line_has(l, PKTCAP_PRINT_LINK) &&
	    !pktcap_sll_get(&l->layers[l->frame], &sll))
		put_sll(l, &sll);
	line_dump(l, layer->data, layer->caplen);
}

void line_sll(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_sll sll;

	if (pktcap_sll_get(layer, &sll)) {
		line_truncated(l, "sll");
		return;
	}
	l->frame = l->at;
	l->unknown = sll_unknown;
	l->vlan = cooked_vlan;
	if (line_has(l, PKTCAP_PRINT_LINK))
		put_sll(l, &sll);
}

static void put_sll2(struct line *l, const struct pktcap_sll2 *sll2)
{
	line_told(l, "ifindex ", sll2->ifindex, " ");
	put_sender(l, sll2->address, sll2->address_len, sll2->protocol);
}

static void sll2_unknown(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_sll2 sll2;

	if (!line_has(l, PKTCAP_PRINT_LINK) &&
	    !pktcap_sll2_get(&l->layers[l->frame], &sll2))
		put_sll2(l, &sll2);
	line_dump(l, layer->data, layer->caplen);
}

static void put_interface(struct line *l, uint32_t ifindex)
{
	const struct pktcap_print_opts *opts = l->opts;
	const char *name = NULL;

	if (opts && opts->ifname)
		name = opts->ifname(opts->arg, ifindex);
	if (!name)
		name = "?";
	put_safe_string(&l->t, name);
	put_blanks(&l->t, strlen(name), NAME_WIDTH);
	put_char(&l->t, ' ');
}

void line_sll2(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_sll2 sll2;
	const char *way;

	if (pktcap_sll2_get(layer, &sll2)) {
		line_truncated(l, "sll2");
		return;
	}
	l->frame = l->at;
	l->unknown = sll2_unknown;
	l->vlan = cooked_vlan;
	put_interface(l, sll2.ifindex);
	way = way_name(sll2.pkttype);
	put_string(&l->t, way);
	put_blanks(&l->t, strlen(way), WAY_WIDTH);
	put_char(&l->t, ' ');
	if (line_has(l, PKTCAP_PRINT_LINK))
		put_sll2(l, &sll2);
}

/* IPv6 has a number of its own on Linux, OpenBSD, FreeBSD and macOS. */
static const struct line_name families[] = {
	{ 2, "IPv4" },	{ 10, "IPv6" }, { 24, "IPv6" },
	{ 28, "IPv6" }, { 30, "IPv6" }, { 0, NULL },
};

static void put_family(struct line *l, uint32_t family)
{
	const char *name = line_name(families, family);

	if (!line_has(l, PKTCAP_PRINT_QUICK)) {
		PUT(&l->t, "AF ");
		put_string(&l->t, name ? name : "Unknown");
		line_told(l, " (", family, ")");
	} else if (name) {
		put_string(&l->t, name);
	} else {
		line_told(l, "Unknown AF ", family, "");
	}
	line_told(l, ", length ", line_wire(l, &l->layers[l->frame]), ": ");
}

static void null_unknown(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_null null;

	if (!line_has(l, PKTCAP_PRINT_LINK) &&
	    !pktcap_null_get(&l->layers[l->frame], &null))
		put_family(l, null.family);
	line_dump(l, layer->data, layer->caplen);
}

void line_null(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_null null;

	if (pktcap_null_get(layer, &null)) {
		line_truncated(l, "null");
		return;
	}
	l->frame = l->at;
	l->unknown = null_unknown;
	if (line_has(l, PKTCAP_PRINT_LINK))
		put_family(l, null.family);
}
