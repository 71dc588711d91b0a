// SPDX-License-Identifier: BSD-2-Clause
/* The walk over a packet's layers, and what several printers share. */
#include "print/line.h"
#include "print/colour.h"

#include "base/opts.h"
#include "print/value.h"

/* clang-format off */
line_printer *const line_printers[PKTCAP_PROTO_COUNT] = {
	[PKTCAP_PROTO_ETH] = line_eth,
	[PKTCAP_PROTO_VLAN] = line_vlan,
	[PKTCAP_PROTO_LLC] = line_llc,
	[PKTCAP_PROTO_SNAP] = line_snap,
	[PKTCAP_PROTO_SLL] = line_sll,
	[PKTCAP_PROTO_SLL2] = line_sll2,
	[PKTCAP_PROTO_NULL] = line_null,
	[PKTCAP_PROTO_MPLS] = line_mpls,
	[PKTCAP_PROTO_PPPOE] = line_pppoe,
	[PKTCAP_PROTO_PPP] = line_ppp,
	[PKTCAP_PROTO_PPPCP] = line_pppcp,
	[PKTCAP_PROTO_STP] = line_stp,
	[PKTCAP_PROTO_LACP] = line_lacp,
	[PKTCAP_PROTO_LLDP] = line_lldp,
	[PKTCAP_PROTO_RADIOTAP] = line_radiotap,
	[PKTCAP_PROTO_WIFI] = line_wifi,
	[PKTCAP_PROTO_ARP] = line_arp,
	[PKTCAP_PROTO_IPV4] = line_ipv4,
	[PKTCAP_PROTO_IPV6] = line_ipv6,
	[PKTCAP_PROTO_IPV6_HOPOPTS] = line_ip6_options,
	[PKTCAP_PROTO_IPV6_DSTOPTS] = line_ip6_options,
	[PKTCAP_PROTO_IPV6_ROUTING] = line_ip6_routing,
	[PKTCAP_PROTO_IPV6_FRAGMENT] = line_ip6_fragment,
	[PKTCAP_PROTO_ICMP] = line_icmp,
	[PKTCAP_PROTO_ICMP6] = line_icmp6,
	[PKTCAP_PROTO_IGMP] = line_igmp,
	[PKTCAP_PROTO_GRE] = line_gre,
	[PKTCAP_PROTO_VXLAN] = line_vxlan,
	[PKTCAP_PROTO_GENEVE] = line_geneve,
	[PKTCAP_PROTO_GTPU] = line_gtpu,
	[PKTCAP_PROTO_TCP] = line_tcp,
	[PKTCAP_PROTO_SCTP] = line_sctp,
	[PKTCAP_PROTO_ESP] = line_esp,
	[PKTCAP_PROTO_AH] = line_ah,
	[PKTCAP_PROTO_UDP] = line_udp,
	[PKTCAP_PROTO_DNS] = line_dns,
	[PKTCAP_PROTO_MDNS] = line_dns,
	[PKTCAP_PROTO_DHCP] = line_dhcp,
	[PKTCAP_PROTO_NTP] = line_ntp,
	[PKTCAP_PROTO_DHCP6] = line_dhcp6,
	[PKTCAP_PROTO_HTTP] = line_http,
	[PKTCAP_PROTO_SNMP] = line_snmp,
	[PKTCAP_PROTO_SSH] = line_ssh,
	[PKTCAP_PROTO_OSPF] = line_ospf,
	[PKTCAP_PROTO_VRRP] = line_vrrp,
	[PKTCAP_PROTO_RADIUS] = line_radius,
};
/* clang-format on */

size_t line_left(const struct line *l, const struct pktcap_layer *layer)
{
	return l->end > layer->offset ? l->end - layer->offset : 0;
}

size_t line_wire(const struct line *l, const struct pktcap_layer *layer)
{
	size_t left = line_left(l, layer);

	return layer->wirelen < left ? layer->wirelen : left;
}

size_t line_payload(const struct line *l, const struct pktcap_layer *layer)
{
	size_t wire = line_wire(l, layer);

	return wire > layer->header_len ? wire - layer->header_len : 0;
}

void line_state(struct line *l, const struct pktcap_layer *layer, size_t length)
{
	l->end = (size_t)layer->offset + layer->header_len + length;
}

void line_limit(struct line *l, const struct pktcap_layer *layer, size_t length)
{
	size_t end = l->end;

	line_state(l, layer, length);
	if (end < l->end)
		l->end = end;
}

void line_truncated(struct line *l, const char *name)
{
	PUT(&l->t, " [|");
	put_string(&l->t, name);
	put_char(&l->t, ']');
	l->ended = true;
}

void line_told(struct line *l, const char *before, uint64_t value,
	       const char *behind)
{
	put_string(&l->t, before);
	put_uint(&l->t, value);
	put_string(&l->t, behind);
}

const char *line_name(const struct line_name *names, uint32_t value)
{
	for (; names->name; names++)
		if (names->value == value)
			return names->name;
	return NULL;
}

void line_bits(struct line *l, const struct line_name *names, uint32_t value,
	       const char *separator, const char *none)
{
	const char *between = "";

	for (; names->name; names++) {
		if (!(value & names->value))
			continue;
		put_string(&l->t, between);
		put_string(&l->t, names->name);
		between = separator;
		none = "";
	}
	put_string(&l->t, none);
}

void line_dump(struct line *l, const uint8_t *data, size_t n)
{
	if (!line_has(l, PKTCAP_PRINT_QUICK | PKTCAP_PRINT_NO_DUMP))
		put_dump(&l->t, data, n);
}

struct wanted_field {
	const char *name;
	struct pktcap_field *out;
};

static int is_wanted(void *arg, const struct pktcap_field *field)
{
	struct wanted_field *wanted = arg;

	if (!field->name || field->depth || strcmp(field->name, wanted->name))
		return 0;
	*wanted->out = *field;
	return 1;
}

bool line_find(const struct pktcap_layer *layer, const char *name,
	       struct pktcap_field *out)
{
	struct wanted_field wanted = { .name = name, .out = out };

	return pktcap_layer_fields(layer, is_wanted, &wanted) == 1;
}

bool line_field(const struct pktcap_layer *layer, const char *name,
		uint64_t *value)
{
	struct pktcap_field field;

	if (!line_find(layer, name, &field))
		return false;
	*value = field.value;
	return true;
}

static void put_address(struct line *l, const uint8_t *addr)
{
	if (l->ip.version == 4)
		put_ipv4(&l->t, addr);
	else
		put_ipv6(&l->t, addr);
}

void line_addresses(struct line *l)
{
	put_address(l, l->ip.src);
	PUT(&l->t, " > ");
	put_address(l, l->ip.dst);
}

static void put_end_point(struct line *l, const uint8_t *addr, bool alone,
			  uint16_t port)
{
	if (!alone) {
		put_address(l, addr);
		put_char(&l->t, '.');
	}
	put_uint(&l->t, port);
}

void line_ports(struct line *l, uint8_t protocol, uint16_t from, uint16_t to)
{
	bool alone = l->ip.protocol != protocol;

	put_end_point(l, l->ip.src, alone, from);
	PUT(&l->t, " > ");
	put_end_point(l, l->ip.dst, alone, to);
	PUT(&l->t, ": ");
}

void line_invalid(struct line *l)
{
	PUT(&l->t, " (invalid)");
	l->ended = true;
}

static void unknown_link(struct line *l)
{
	const struct pktcap_packet *pkt = l->pkt;

	line_told(l, "link-type ", pkt->linktype, "");
	line_told(l, ", length ", pkt->wirelen, ": ");
	line_dump(l, pkt->data, pkt->caplen);
}

static bool is_ip(uint16_t proto)
{
	return proto == PKTCAP_PROTO_IPV4 || proto == PKTCAP_PROTO_IPV6;
}

static void walk(struct line *l)
{
	if (!l->pkt->caplen) {
		PUT(&l->t, "[Invalid header: caplen==0");
		put_string(&l->t, l->pkt->wirelen ? "]" : ", len==0]");
		return;
	}
	if (!l->n || l->layers[0].proto == PKTCAP_PROTO_DATA) {
		unknown_link(l);
		return;
	}
	if (line_has(l, PKTCAP_PRINT_LINK) && is_ip(l->layers[0].proto))
		PUT(&l->t, "ip: ");
	for (; l->at < l->n && !l->ended; l->at++) {
		const struct pktcap_layer *layer = &l->layers[l->at];

		line_printer *printer = layer->proto < PKTCAP_PROTO_COUNT
						? line_printers[layer->proto]
						: NULL;

		if (printer) {
			printer(l, layer);
			if (line_verbose(l))
				line_details(l, layer);
		} else if (l->unknown) {
			l->unknown(l, layer);
			l->ended = true;
		}
	}
	if (!l->ended && l->layers[l->n - 1].flags & PKTCAP_LAYER_MORE)
		PUT(&l->t, " [more headers]");
}

void line_note_stream(struct line *l)
{
	if (l->base.slot)
		streams_note(l->opts->streams, &l->segment, &l->base);
	l->base.slot = NULL;
}

int pktcap_print_line(const struct pktcap_packet *pkt,
		      const struct pktcap_layer *layers, size_t n,
		      const struct pktcap_print_opts *opts, char *buf,
		      size_t size)
{
	struct pktcap_print_opts own;
	struct line l = {
		.t = { .buf = buf, .size = size },
		.pkt = pkt,
		.layers = layers,
		.n = n,
		.opts = &own,
		.end = pkt->wirelen > pkt->caplen ? pkt->wirelen : pkt->caplen,
	};
	int err = opts_copy(&own, sizeof(own), opts, NULL);

	l.flags = own.flags;
	if (!err) {
		colour_packet(&l.t, l.flags, layers, n);
		walk(&l);
		colour_end(&l.t, l.flags);
	}
	/* A text that was cut is asked for again, and must be the same then. */
	if (l.t.len < l.t.size)
		line_note_stream(&l);
	put_end(&l.t);
	return err ? err : value_result(&l.t);
}
