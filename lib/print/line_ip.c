// SPDX-License-Identifier: BSD-2-Clause
/* IPv4: its header in parentheses with -v, then who sends to whom. */
#include "print/line_ip.h"

#include <netinet/in.h>

enum {
	HEADER = 20,
	OPTION_END = 0,
	OPTION_NOP = 1,
	OPTION_ROUTE = 7,
	OPTION_TIMESTAMP = 68,
	OPTION_LOOSE = 131,
	OPTION_STRICT = 137,
	OPTION_ALERT = 148,
};

void line_not_ip(struct line *l, unsigned int version)
{
	line_told(l, "IP", version, ", wrong link-layer encapsulation");
	line_invalid(l);
}

/*
 * Those print their ports together with the addresses. So does DCCP elsewhere,
 * but nobody decodes it here: the addresses would be lost.
 */
bool line_has_ports(uint8_t protocol)
{
	return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP ||
	       protocol == IPPROTO_SCTP;
}

enum pktcap_checksum line_checksum(const struct line *l,
				   const struct pktcap_layer *layer)
{
	if (!line_verbose(l) || line_has(l, PKTCAP_PRINT_NO_CHECKSUMS))
		return PKTCAP_CHECKSUM_UNKNOWN;
	return pktcap_layer_checksum(l->pkt, l->layers, l->n,
				     (size_t)(layer - l->layers));
}

uint64_t line_pseudo_sum(const struct line *l, uint8_t protocol, size_t length)
{
	size_t n = l->ip.version == 4 ? 4 : ADDRESS_MAX;
	uint64_t sum = htobe16(protocol) + (uint64_t)htobe32((uint32_t)length);

	return line_sum(line_sum(sum, l->ip.src, n), l->ip.last, n);
}

static void unknown(struct line *l, const struct pktcap_layer *layer)
{
	line_told(l, " ip-proto-", l->ip.next, " ");
	put_uint(&l->t, line_wire(l, layer));
	l->ended = true;
}

/* What this header carries is not in the layers: line.c says so. */
static void put_left_out(struct line *l)
{
	if (!line_has_ports(l->ip.protocol))
		return;
	line_addresses(l);
	put_char(&l->t, ':');
}

/* A header that is all there has nothing behind it. */
static void put_nothing(struct line *l)
{
	switch (l->ip.next) {
	case IPPROTO_TCP:
		line_addresses(l);
		put_char(&l->t, ':');
		line_truncated(l, "tcp");
		break;
	case IPPROTO_UDP:
		line_addresses(l);
		PUT(&l->t, ": ");
		line_truncated(l, "udp");
		break;
	case IPPROTO_NONE:
		break;
	default:
		line_told(l, " ip-proto-", l->ip.next, " 0");
	}
}

void line_ip_payload(struct line *l, uint8_t next)
{
	const struct pktcap_layer *layer = line_next(l);

	l->unknown = unknown;
	l->ip.next = next;
	if (next == IPPROTO_NONE && l->ip.version == 6)
		PUT(&l->t, "no next header");
	else if (line_is_left_out(l))
		put_left_out(l);
	else if (!layer)
		put_nothing(l);
	if (next == IPPROTO_NONE)
		l->ended = true;
}

static const struct line_name option_names[] = {
	{ OPTION_END, "EOL" },	   { OPTION_NOP, "NOP" },
	{ OPTION_ROUTE, "RR" },	   { OPTION_TIMESTAMP, "timestamp" },
	{ 130, "security" },	   { OPTION_LOOSE, "LSRR" },
	{ OPTION_STRICT, "SSRR" }, { OPTION_ALERT, "RA" },
	{ 82, "traceroute" },	   { 0, NULL },
};

/* Addresses up to the pointer are filled in, and have commas behind them. */
static void put_route(struct line *l, const uint8_t *data, size_t n)
{
	size_t pointer = n ? data[0] : 0;
	const char *between = " ";

	for (size_t at = 1; at + 4 <= n; at += 4) {
		put_string(&l->t, between);
		put_ipv4(&l->t, data + at);
		between = pointer > at + 3 ? ", " : " ";
	}
}

/*
 * Times, or times and the addresses they were taken at; a caret stands where
 * the pointer is.
 */
static void put_times(struct line *l, const uint8_t *data, size_t n)
{
	bool addresses;
	size_t pointer, step;

	if (n < 2)
		return;
	addresses = data[1] & 15;
	step = addresses ? 8 : 4;
	pointer = data[0] < 3 ? 0 : data[0] - 3u;
	put_string(&l->t, addresses ? " TS{TS+ADDR" : " TS{TSONLY");
	for (size_t at = 2; at + step <= n; at += step) {
		put_string(&l->t, at == pointer ? " ^ " : " ");
		line_told(l, "", line_be(data + at + step - 4, 4), "@");
		if (addresses)
			put_ipv4(&l->t, data + at);
	}
	if (data[1] >> 4)
		line_told(l, " [", data[1] >> 4, " hops not recorded]} ");
	else
		put_char(&l->t, '}');
}

static void put_option(struct line *l, const struct pktcap_tlv *option)
{
	const char *name = line_name(option_names, option->type);
	const uint8_t *data = option->data;

	if (name)
		put_string(&l->t, name);
	else
		line_told(l, "unknown ", option->type, "");
	switch (option->type) {
	case OPTION_ROUTE:
	case OPTION_LOOSE:
	case OPTION_STRICT:
		put_route(l, data, option->len);
		break;
	case OPTION_TIMESTAMP:
		put_times(l, data, option->len);
		break;
	case OPTION_ALERT:
		if (option->len != 2)
			line_told(l, " [bad length ", option->len + 2, "]");
		else if (data[0] || data[1])
			line_told(l, " value ", data[0] * 256u + data[1], "");
		break;
	default:
		break;
	}
}

static void put_options(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_tlv option;
	const char *between = "";
	uint32_t offset = 0;

	PUT(&l->t, ", options (");
	while (pktcap_ipv4_option_next(layer, &offset, &option) == 1) {
		put_string(&l->t, between);
		put_option(l, &option);
		between = ",";
	}
	put_char(&l->t, ')');
}

static void put_checksum(struct line *l, const struct pktcap_layer *layer,
			 const struct pktcap_ipv4 *ip)
{
	uint64_t sum;

	if (line_checksum(l, layer) != PKTCAP_CHECKSUM_BAD)
		return;
	sum = line_sum(0, layer->data, layer->header_len);
	line_put_hex(l, ", bad cksum ", ip->checksum, 0, " (->");
	line_put_hex(l, "", line_sum_wanted(sum, ip->checksum), 0, ")!");
}

static const struct line_name flag_names[] = {
	{ 1, "+" },
	{ 2, "DF" },
	{ 4, "rsvd" },
	{ 0, NULL },
};

static void put_header(struct line *l, const struct pktcap_layer *layer,
		       const struct pktcap_ipv4 *ip)
{
	static const char *const ecn[] = { "", ",ECT(1)", ",ECT(0)", ",CE" };
	const char *protocol = line_name(line_ip_protocols, ip->protocol);
	uint32_t flags = ip->more_fragments | ip->dont_fragment * 2u |
			 ip->reserved_flag * 4u;

	line_put_hex(l, "(tos 0x", ip->dscp * 4u + ip->ecn, 0, ecn[ip->ecn]);
	if (ip->ttl)
		line_told(l, ", ttl ", ip->ttl, "");
	line_told(l, ", id ", ip->id, "");
	line_told(l, ", offset ", ip->fragment_offset, ", flags [");
	line_bits(l, flag_names, flags, ", ", "none");
	PUT(&l->t, "], proto ");
	put_string(&l->t, protocol ? protocol : "unknown");
	line_told(l, " (", ip->protocol, ")");
	line_told(l, ", length ", ip->total_length, "");
	if (ip->options_len)
		put_options(l, layer);
	put_checksum(l, layer, ip);
	PUT(&l->t, ")\n    ");
}

/* Says what is wrong with the length, and limits it; false to go no further. */
static bool check_length(struct line *l, const struct pktcap_layer *layer,
			 const struct pktcap_ipv4 *ip)
{
	size_t there = line_left(l, layer);

	if (ip->total_length > there)
		line_told(l, "truncated-ip - ", ip->total_length - there,
			  " bytes missing! ");
	/* Of merged segments, whose real length nobody knows. */
	if (!ip->total_length)
		return true;
	if (ip->total_length < ip->header_len) {
		line_told(l, "bad-len ", ip->total_length, "");
		l->ended = true;
		return false;
	}
	line_state(l, layer, ip->total_length - (size_t)ip->header_len);
	return true;
}

static void remember(struct line *l, const struct pktcap_layer *layer,
		     const struct pktcap_ipv4 *ip)
{
	l->ip = (struct line_ip){
		.version = 4,
		.fragmented = ip->more_fragments,
		.protocol = ip->protocol,
		.ttl = ip->ttl,
		.layer = layer,
	};
	memcpy(l->ip.src, ip->src, sizeof(ip->src));
	memcpy(l->ip.dst, ip->dst, sizeof(ip->dst));
	memcpy(l->ip.last, ip->dst, sizeof(ip->dst));
}

/*
 * The fixed part is there, but the options are not: they were cut off, or reach
 * out of the packet.
 */
static bool get_fixed(const struct pktcap_layer *layer, struct pktcap_ipv4 *ip)
{
	struct pktcap_layer fixed = *layer;
	uint8_t header[HEADER];
	uint8_t words;

	if (layer->caplen < HEADER || layer->data[0] >> 4 != 4)
		return false;
	words = layer->data[0] & 15;
	if (words * 4 <= HEADER)
		return false;
	memcpy(header, layer->data, HEADER);
	header[0] = 4 << 4 | HEADER / 4;
	fixed.data = header;
	fixed.caplen = HEADER;
	fixed.status = PKTCAP_STATUS_OK;
	if (pktcap_ipv4_get(&fixed, ip))
		return false;
	ip->options = NULL;
	ip->header_len = words * 4;
	return true;
}

/* Who sent what to whom, and nothing of what is behind. */
static void put_fixed(struct line *l, const struct pktcap_layer *layer,
		      const struct pktcap_ipv4 *ip)
{
	if (!line_has(l, PKTCAP_PRINT_LINK))
		PUT(&l->t, "IP ");
	if (!check_length(l, layer, ip))
		return;
	if (line_verbose(l))
		put_header(l, layer, ip);
	remember(l, layer, ip);
	line_addresses(l);
	l->ended = true;
	if (ip->fragment_offset)
		line_told(l, ": ip-proto-", ip->protocol, "");
	else if (layer->status == PKTCAP_STATUS_MALFORMED)
		line_invalid(l);
	else
		line_truncated(l, "ip");
}

/* The header is cut or contradicts itself: what of it can be told. */
static void put_damaged(struct line *l, const struct pktcap_layer *layer)
{
	size_t wire = line_wire(l, layer);
	uint64_t version, words;
	struct pktcap_ipv4 ip;

	if (get_fixed(layer, &ip)) {
		put_fixed(l, layer, &ip);
		return;
	}
	if (!line_field(layer, "version", &version)) {
		line_truncated(l, "ip");
		return;
	}
	if (version != 4) {
		line_not_ip(l, (unsigned int)version);
		return;
	}
	if (!line_has(l, PKTCAP_PRINT_LINK))
		PUT(&l->t, "IP ");
	l->ended = true;
	if (wire < HEADER)
		line_told(l, "truncated-ip ", wire, "");
	else if (layer->caplen >= HEADER && line_field(layer, "ihl", &words) &&
		 words * 4 < HEADER)
		line_told(l, "bad-hlen ", words * 4, "");
	else
		line_truncated(l, "ip");
}

void line_ipv4(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_ipv4 ip;
	uint64_t version;

	if (pktcap_ipv4_get(layer, &ip) ||
	    (layer->status && line_field(layer, "version", &version) &&
	     version != 4)) {
		put_damaged(l, layer);
		return;
	}
	if (!line_has(l, PKTCAP_PRINT_LINK))
		PUT(&l->t, "IP ");
	if (!check_length(l, layer, &ip))
		return;
	if (line_verbose(l))
		put_header(l, layer, &ip);
	remember(l, layer, &ip);
	if (ip.fragment_offset) {
		line_addresses(l);
		line_told(l, ": ip-proto-", ip.protocol, "");
		l->ended = true;
		return;
	}
	if (!line_has_ports(ip.protocol)) {
		line_addresses(l);
		PUT(&l->t, ": ");
	}
	line_ip_payload(l, ip.protocol);
}
