// SPDX-License-Identifier: BSD-2-Clause
/* ICMPv6. */
#include "print/line_ip.h"
#include "print/line_multicast.h"

#include <netinet/in.h>

static const struct line_name types[] = {
	{ PKTCAP_ICMP6_UNREACHABLE, "destination unreachable" },
	{ PKTCAP_ICMP6_TOO_BIG, "packet too big" },
	{ PKTCAP_ICMP6_TIME_EXCEEDED, "time exceeded in-transit" },
	{ PKTCAP_ICMP6_PARAMETER_PROBLEM, "parameter problem" },
	{ PKTCAP_ICMP6_ECHO_REQUEST, "echo request" },
	{ PKTCAP_ICMP6_ECHO_REPLY, "echo reply" },
	{ PKTCAP_ICMP6_LISTENER_QUERY, "multicast listener query" },
	{ PKTCAP_ICMP6_LISTENER_REPORT, "multicast listener report" },
	{ PKTCAP_ICMP6_LISTENER_DONE, "multicast listener done" },
	{ PKTCAP_ICMP6_ROUTER_SOLICITATION, "router solicitation" },
	{ PKTCAP_ICMP6_ROUTER_ADVERTISEMENT, "router advertisement" },
	{ PKTCAP_ICMP6_NEIGHBOUR_SOLICITATION, "neighbor solicitation" },
	{ PKTCAP_ICMP6_NEIGHBOUR_ADVERTISEMENT, "neighbor advertisement" },
	{ PKTCAP_ICMP6_REDIRECT, "redirect" },
	{ 138, "router renumbering" },
	{ 139, "node information query" },
	{ 140, "node information reply" },
	{ 141, "inverse neighbor solicitation" },
	{ 142, "inverse neighbor advertisement" },
	{ PKTCAP_ICMP6_LISTENER_REPORT_V2, "multicast listener report v2" },
	{ 144, "dad request" },
	{ 145, "dad reply" },
	{ 146, "mobile router solicitation" },
	{ 147, "mobile router advertisement" },
	{ 155, "RPL" },
	{ 0, NULL },
};

static const struct line_name unreachable_codes[] = {
	{ 0, "unreachable route" }, { 1, "unreachable prohibited" },
	{ 2, "beyond scope" },	    { 3, "unreachable address" },
	{ 4, "unreachable port" },  { 0, NULL },
};

/* Tells its length behind its name with -v, others have it at the end. */
static bool has_length_first(uint8_t type)
{
	return type >= PKTCAP_ICMP6_ROUTER_SOLICITATION &&
	       type <= PKTCAP_ICMP6_REDIRECT;
}

struct quoted {
	struct pktcap_ipv6 ip;
	const struct pktcap_layer *transport;
};

static bool find_quoted(const struct line *l, struct quoted *quoted)
{
	const struct pktcap_layer *layer = line_next(l);

	if (!layer || !(layer->flags & PKTCAP_LAYER_QUOTED) ||
	    pktcap_ipv6_get(layer, &quoted->ip))
		return false;
	quoted->transport = &l->layers[l->n - 1];
	return true;
}

static bool put_port(struct line *l, const struct quoted *quoted)
{
	const struct pktcap_layer *transport = quoted->transport;
	uint64_t port;

	for (; transport > &l->layers[l->at + 1]; transport--)
		if (line_field(transport, "dst_port", &port))
			break;
	if (transport == &l->layers[l->at + 1])
		return false;
	PUT(&l->t, ", ");
	put_ipv6(&l->t, quoted->ip.dst);
	put_string(&l->t, transport->proto == PKTCAP_PROTO_TCP	 ? " tcp port "
			  : transport->proto == PKTCAP_PROTO_UDP ? " udp port "
								 : " port ");
	put_uint(&l->t, port);
	return true;
}

static bool put_unreachable(struct line *l, uint8_t code)
{
	const char *name = line_name(unreachable_codes, code);
	struct quoted quoted;

	PUT(&l->t, ", ");
	if (name)
		put_string(&l->t, name);
	else
		line_told(l, "unknown unreach code (", code, ")");
	if (!name)
		return true;
	if (!find_quoted(l, &quoted))
		return false;
	if (code == 4)
		return put_port(l, &quoted);
	put_char(&l->t, ' ');
	put_ipv6(&l->t, quoted.ip.dst);
	if (code == 2) {
		PUT(&l->t, ", source address ");
		put_ipv6(&l->t, quoted.ip.src);
	}
	return true;
}

static bool put_exceeded(struct line *l, uint8_t code)
{
	struct quoted quoted;

	if (code == 1) {
		PUT(&l->t, " (reassembly)");
	} else if (code) {
		line_told(l, ", unknown code (", code, ")");
	} else {
		if (!find_quoted(l, &quoted))
			return false;
		PUT(&l->t, " for ");
		put_ipv6(&l->t, quoted.ip.dst);
	}
	return true;
}

static void put_problem(struct line *l, const struct pktcap_icmp6 *icmp)
{
	static const char *const codes[] = {
		", erroneous - octet ",
		", next header - octet ",
		", option - octet ",
		", incomplete header chain - octet ",
	};

	if (icmp->code < sizeof(codes) / sizeof(codes[0]))
		line_told(l, codes[icmp->code], icmp->rest, "");
	else
		line_told(l, ", code-#", icmp->code, "");
}

static bool put_message(struct line *l, const struct pktcap_layer *layer,
			const struct pktcap_icmp6 *icmp)
{
	switch (icmp->type) {
	case PKTCAP_ICMP6_UNREACHABLE:
		return put_unreachable(l, icmp->code);
	case PKTCAP_ICMP6_TOO_BIG:
		line_told(l, ", mtu ", icmp->rest, "");
		return true;
	case PKTCAP_ICMP6_TIME_EXCEEDED:
		return put_exceeded(l, icmp->code);
	case PKTCAP_ICMP6_PARAMETER_PROBLEM:
		put_problem(l, icmp);
		return true;
	case PKTCAP_ICMP6_ECHO_REQUEST:
	case PKTCAP_ICMP6_ECHO_REPLY:
		line_told(l, ", id ", icmp->rest >> 16, ", seq ");
		put_uint(&l->t, icmp->rest & 0xffff);
		return true;
	case PKTCAP_ICMP6_ROUTER_SOLICITATION:
	case PKTCAP_ICMP6_ROUTER_ADVERTISEMENT:
	case PKTCAP_ICMP6_NEIGHBOUR_SOLICITATION:
	case PKTCAP_ICMP6_NEIGHBOUR_ADVERTISEMENT:
	case PKTCAP_ICMP6_REDIRECT:
		return line_put_nd(l, layer);
	case PKTCAP_ICMP6_LISTENER_QUERY:
	case PKTCAP_ICMP6_LISTENER_REPORT:
	case PKTCAP_ICMP6_LISTENER_DONE:
	case PKTCAP_ICMP6_LISTENER_REPORT_V2:
		return line_put_mld(l, layer);
	default:
		return true;
	}
}

static void put_checksum(struct line *l, const struct pktcap_layer *layer,
			 const struct pktcap_icmp6 *icmp, size_t length)
{
	enum pktcap_checksum checksum = line_checksum(l, layer);
	uint64_t sum;

	if (checksum == PKTCAP_CHECKSUM_GOOD)
		PUT(&l->t, "[icmp6 sum ok] ");
	if (checksum != PKTCAP_CHECKSUM_BAD)
		return;
	sum = line_pseudo_sum(l, IPPROTO_ICMPV6, length);
	sum = line_sum(sum, layer->data, layer->caplen);
	line_put_hex(l, "[bad icmp6 cksum 0x", icmp->checksum, 4, " -> 0x");
	line_put_hex(l, "", line_sum_wanted(sum, icmp->checksum), 4, "!] ");
}

/* Header cut: the type, if it is there, was told already. */
static void put_damaged(struct line *l, const struct pktcap_layer *layer)
{
	const char *name;
	uint64_t type;

	if (line_field(layer, "type", &type)) {
		name = line_name(types, (uint32_t)type);
		PUT(&l->t, "ICMP6, ");
		if (name)
			put_string(&l->t, name);
		else
			line_told(l, "unknown icmp6 type (", type, ")");
	}
	line_truncated(l, "icmp6");
}

void line_icmp6(struct line *l, const struct pktcap_layer *layer)
{
	size_t length = line_wire(l, layer);
	struct pktcap_icmp6 icmp;
	const char *name;

	l->unknown = NULL;
	if (pktcap_icmp6_get(layer, &icmp)) {
		put_damaged(l, layer);
		return;
	}
	put_checksum(l, layer, &icmp, length);
	name = line_name(types, icmp.type);
	PUT(&l->t, "ICMP6, ");
	if (name)
		put_string(&l->t, name);
	else
		line_told(l, "unknown icmp6 type (", icmp.type, ")");
	if (line_verbose(l) && has_length_first(icmp.type))
		line_told(l, ", length ", length, "");
	if (!put_message(l, layer, &icmp))
		line_truncated(l, "icmp6");
	else if (!line_verbose(l))
		line_told(l, ", length ", length, "");
	l->ended = true;
}
