// SPDX-License-Identifier: BSD-2-Clause
/* What routers and access servers speak: OSPF, VRRP, RADIUS. */
#include "print/line.h"

enum { VRRP_TTL = 255, VRRP_ADVERTISEMENT = 1, VRRP_VERSION_3 = 3 };

static const struct line_name ospf_types[] = {
	{ 1, "Hello" },	     { 2, "Database Description" },
	{ 3, "LS-Request" }, { 4, "LS-Update" },
	{ 5, "LS-Ack" },     { 0, NULL },
};

static void put_ospf_header(struct line *l, const struct pktcap_ospf *ospf)
{
	static const uint8_t backbone[4];

	PUT(&l->t, "\n\tRouter-ID ");
	put_ipv4(&l->t, ospf->router_id);
	if (!memcmp(ospf->area_id, backbone, sizeof(backbone))) {
		PUT(&l->t, ", Backbone Area");
		return;
	}
	PUT(&l->t, ", Area ");
	put_ipv4(&l->t, ospf->area_id);
}

void line_ospf(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_ospf ospf;
	const char *name;
	size_t length;

	l->ended = true;
	if (pktcap_ospf_get(layer, &ospf)) {
		line_truncated(l, "ospf2");
		return;
	}
	name = line_name(ospf_types, ospf.type);
	line_told(l, "OSPFv", ospf.version, ", ");
	if (name)
		put_string(&l->t, name);
	else
		line_told(l, "unknown LS-type ", ospf.type, "");
	/* What authenticates it may stand behind it. */
	length = line_left(l, layer);
	line_told(l, ", length ", ospf.length < length ? ospf.length : length,
		  "");
	if (line_verbose(l))
		put_ospf_header(l, &ospf);
}

static void put_vrrp_addresses(struct line *l, const struct pktcap_vrrp *vrrp)
{
	uint32_t at = 0;

	if (!line_verbose(l) || !vrrp->address_len)
		return;
	PUT(&l->t, ", addrs");
	if (vrrp->address_count != 1)
		line_told(l, "(", vrrp->address_count, ")");
	for (; vrrp->addresses_len - at >= vrrp->address_len;
	     at += vrrp->address_len) {
		put_string(&l->t, at ? "," : ": ");
		if (vrrp->address_len == 4)
			put_ipv4(&l->t, vrrp->addresses + at);
		else
			put_ipv6(&l->t, vrrp->addresses + at);
	}
}

static void put_advertisement(struct line *l, const struct pktcap_vrrp *vrrp,
			      size_t length)
{
	static const char *const auths[] = { "none", "simple", "ah" };

	if (l->ip.ttl != VRRP_TTL)
		line_told(l, ", (ttl ", l->ip.ttl, ")");
	line_told(l, ", vrid ", vrrp->vrid, "");
	line_told(l, ", prio ", vrrp->priority, "");
	if (vrrp->version == VRRP_VERSION_3) {
		line_told(l, ", intvl ", vrrp->interval, "cs");
	} else {
		PUT(&l->t, ", authtype ");
		if (vrrp->auth_type < sizeof(auths) / sizeof(auths[0]))
			put_string(&l->t, auths[vrrp->auth_type]);
		else
			line_told(l, "type#", vrrp->auth_type, "");
		line_told(l, ", intvl ", vrrp->interval, "s");
	}
	line_told(l, ", length ", length, "");
	put_vrrp_addresses(l, vrrp);
}

void line_vrrp(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_vrrp vrrp;

	l->ended = true;
	if (pktcap_vrrp_get(layer, &vrrp)) {
		PUT(&l->t, "VRRP");
		line_truncated(l, "vrrp");
		return;
	}
	line_told(l, "VRRPv", vrrp.version, ", ");
	if (vrrp.type != VRRP_ADVERTISEMENT) {
		line_told(l, "unknown type (", vrrp.type, ")");
		return;
	}
	PUT(&l->t, "Advertisement");
	put_advertisement(l, &vrrp, line_left(l, layer));
}

static const struct line_name radius_codes[] = {
	{ 1, "Access-Request" },
	{ 2, "Access-Accept" },
	{ 3, "Access-Reject" },
	{ 4, "Accounting-Request" },
	{ 5, "Accounting-Response" },
	{ 11, "Access-Challenge" },
	{ 12, "Status-Server" },
	{ 13, "Status-Client" },
	{ 40, "Disconnect-Request" },
	{ 41, "Disconnect-ACK" },
	{ 42, "Disconnect-NAK" },
	{ 43, "CoA-Request" },
	{ 44, "CoA-ACK" },
	{ 45, "CoA-NAK" },
	{ 0, NULL },
};

void line_radius(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_radius radius;
	const char *name;

	l->ended = true;
	if (pktcap_radius_get(layer, &radius)) {
		line_truncated(l, "radius");
		return;
	}
	name = line_name(radius_codes, radius.code);
	PUT(&l->t, "RADIUS, ");
	if (line_verbose(l))
		line_told(l, "length: ", radius.length, "\n\t");
	put_string(&l->t, name ? name : "Unknown Command");
	line_told(l, " (", radius.code, ")");
	line_put_hex(l, ", id: 0x", radius.id, 2, "");
	if (line_verbose(l)) {
		PUT(&l->t, ", Authenticator: ");
		put_octets(&l->t, radius.authenticator, 16, '\0');
	} else {
		line_told(l, " length: ", radius.length, "");
	}
}
