// SPDX-License-Identifier: BSD-2-Clause
/* Neighbour discovery and multicast listener discovery, inside ICMPv6. */
#include "print/line_multicast.h"

enum {
	ROUTER_SOLICITATION = 133,
	ROUTER_ADVERTISEMENT = 134,
	SOLICITATION = 135,
	ADVERTISEMENT = 136,
	REDIRECT = 137,
	LISTENER_QUERY = 130,
	LISTENER_REPORT_V2 = 143,
	OPTION_SOURCE = 1,
	OPTION_TARGET = 2,
	OPTION_PREFIX = 3,
	OPTION_REDIRECTED = 4,
	OPTION_MTU = 5,
	OPTION_ROUTE = 24,
	OPTION_DNS = 25,
	OPTION_SEARCH = 31,
	PREFIX_LEN = 30, /* without type and length */
	MAC_LEN = 6,
};

static const struct line_name option_names[] = {
	{ OPTION_SOURCE, "source link-address" },
	{ OPTION_TARGET, "destination link-address" },
	{ OPTION_PREFIX, "prefix info" },
	{ OPTION_REDIRECTED, "redirected header" },
	{ OPTION_MTU, "mtu" },
	{ 7, "advertisement interval" },
	{ 8, "homeagent information" },
	{ OPTION_ROUTE, "route info" },
	{ OPTION_DNS, "rdnss" },
	{ OPTION_SEARCH, "dnssl" },
	{ 0, NULL },
};

static const struct line_name prefix_flags[] = {
	{ 0x80, "onlink" },
	{ 0x40, "auto" },
	{ 0x20, "router" },
	{ 0, NULL },
};

static const struct line_name router_flags[] = {
	{ 0x80, "managed" },
	{ 0x40, "other stateful" },
	{ 0x20, "home agent" },
	{ 0, NULL },
};

static const struct line_name neighbour_flags[] = {
	{ 0x80000000, "router" },
	{ 0x40000000, "solicited" },
	{ 0x20000000, "override" },
	{ 0, NULL },
};

static const char *const preferences[] = { "medium", "high", "reserved",
					   "low" };

static void put_lifetime(struct line *l, const char *before, uint32_t seconds)
{
	put_string(&l->t, before);
	if (seconds == UINT32_MAX)
		PUT(&l->t, "infinity");
	else
		line_told(l, "", seconds, "s");
}

static void put_prefix(struct line *l, const uint8_t *data)
{
	put_char(&l->t, ' ');
	put_ipv6(&l->t, data + 14);
	line_told(l, "/", data[0], ", Flags [");
	line_bits(l, prefix_flags, data[1], ", ", "none");
	put_lifetime(l, "], valid time ", line_be(data + 2, 4));
	put_lifetime(l, ", pref. time ", line_be(data + 6, 4));
}

/* Only as many bytes of the prefix are there as its length needs. */
static void put_route(struct line *l, const struct pktcap_tlv *option)
{
	uint8_t prefix[16] = { 0 };
	size_t n = option->len - 6;

	memcpy(prefix, option->data + 6, n < 16 ? n : 16);
	PUT(&l->t, "  ");
	put_ipv6(&l->t, prefix);
	line_told(l, "/", option->data[0], ", pref=");
	put_string(&l->t, preferences[option->data[1] >> 3 & 3]);
	put_lifetime(l, ", lifetime=", line_be(option->data + 2, 4));
}

static void put_servers(struct line *l, const struct pktcap_tlv *option)
{
	put_lifetime(l, "  lifetime ", line_be(option->data + 2, 4));
	PUT(&l->t, ",");
	for (uint32_t at = 6; at + 16 <= option->len; at += 16) {
		PUT(&l->t, " addr: ");
		put_ipv6(&l->t, option->data + at);
	}
}

static void put_option_value(struct line *l, const struct pktcap_tlv *option)
{
	const uint8_t *data = option->data;

	switch (option->type) {
	case OPTION_SOURCE:
	case OPTION_TARGET:
		put_char(&l->t, ' ');
		put_octets(&l->t, data,
			   option->len < MAC_LEN ? option->len : MAC_LEN, ':');
		break;
	case OPTION_PREFIX:
		if (option->len >= PREFIX_LEN)
			put_prefix(l, data);
		break;
	case OPTION_MTU:
		if (option->len >= 6)
			line_told(l, "  ", line_be(data + 2, 4), "");
		break;
	case OPTION_ROUTE:
		if (option->len >= 6)
			put_route(l, option);
		break;
	case OPTION_DNS:
		if (option->len >= 6)
			put_servers(l, option);
		break;
	case OPTION_SEARCH:
		if (option->len >= 6)
			put_lifetime(l, "  lifetime ", line_be(data + 2, 4));
		break;
	default:
		put_char(&l->t, ' ');
	}
}

static bool put_options(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_tlv option;
	uint32_t offset = 0;
	int ret;

	if (!line_verbose(l))
		return true;
	while ((ret = pktcap_nd_option_next(layer, &offset, &option)) == 1) {
		const char *name = line_name(option_names, option.type);

		PUT(&l->t, "\n\t  ");
		put_string(&l->t, name ? name : "unknown");
		line_told(l, " option (", option.type, "), length ");
		put_uint(&l->t, option.len + 2);
		line_told(l, " (", (option.len + 2) / 8, "):");
		put_option_value(l, &option);
	}
	return !ret;
}

static void put_router(struct line *l, const struct pktcap_nd *nd)
{
	if (!line_verbose(l))
		return;
	line_told(l, "\n\thop limit ", nd->hop_limit, ", Flags [");
	line_bits(l, router_flags, nd->flags & 0xff, ", ", "none");
	PUT(&l->t, "], pref ");
	put_string(&l->t, preferences[nd->flags >> 3 & 3]);
	line_told(l, ", router lifetime ", nd->lifetime, "s");
	line_told(l, ", reachable time ", nd->reachable_time, "ms");
	line_told(l, ", retrans timer ", nd->retransmission, "ms");
}

bool line_put_nd(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_nd nd;

	if (pktcap_nd_get(layer, &nd))
		return false;
	switch (nd.type) {
	case ROUTER_ADVERTISEMENT:
		put_router(l, &nd);
		break;
	case SOLICITATION:
		PUT(&l->t, ", who has ");
		put_ipv6(&l->t, nd.target);
		break;
	case ADVERTISEMENT:
		PUT(&l->t, ", tgt is ");
		put_ipv6(&l->t, nd.target);
		if (line_verbose(l)) {
			PUT(&l->t, ", Flags [");
			line_bits(l, neighbour_flags, nd.flags, ", ", "none");
			put_char(&l->t, ']');
		}
		break;
	case REDIRECT:
		PUT(&l->t, ", ");
		put_ipv6(&l->t, nd.destination);
		PUT(&l->t, " to ");
		put_ipv6(&l->t, nd.target);
		break;
	default:
		break;
	}
	return put_options(l, layer);
}

/* From 0x8000 on a number of 12 bits and an exponent of 3. */
static uint32_t decode_response(uint16_t code)
{
	return code < 0x8000
		       ? code
		       : ((code & 0xfffu) | 0x1000) << ((code >> 12 & 7) + 3);
}

static void put_query_v2(struct line *l, const struct pktcap_mld *mld)
{
	PUT(&l->t, " v2");
	if (line_verbose(l))
		line_told(l, " [max resp delay=",
			  decode_response(mld->max_response), "]");
	PUT(&l->t, " [gaddr ");
	put_ipv6(&l->t, mld->group);
	if (line_verbose(l)) {
		line_told(l, " robustness=", mld->query_flags & 7, " qqi=");
		put_uint(&l->t, mld->interval_code);
	}
	if (mld->count * 16u > mld->sources_len)
		PUT(&l->t, " [invalid number of sources]");
	else if (mld->count)
		line_put_sources(l, mld->sources, mld->count, 6);
	put_char(&l->t, ']');
}

bool line_put_mld(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_mld mld;

	if (pktcap_mld_get(layer, &mld))
		return false;
	if (mld.type == LISTENER_REPORT_V2)
		return line_put_records(l, layer, mld.count);
	if (mld.version == 2) {
		put_query_v2(l, &mld);
		return true;
	}
	line_told(l, ", max resp delay: ", mld.max_response, " addr: ");
	put_ipv6(&l->t, mld.group);
	return true;
}
