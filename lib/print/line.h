/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A packet as one line: line.c walks over the layers and asks line_printers[]
 * for each; a printer appends its part, in tcpdump's words and order, and may
 * say that nothing more is to be told.
 */
#ifndef PRINT_LINE_H
#define PRINT_LINE_H

#include <pktcap/print.h>
#include <pktcap/proto_application.h>
#include <pktcap/proto_link.h>
#include <pktcap/proto_network.h>
#include <pktcap/proto_transport.h>

#include "print/put.h"
#include "print/streams.h"

enum { ADDRESS_MAX = 16 };

/* The IP header that the layers being printed are in. */
struct line_ip {
	uint8_t version;  /* 4, 6; 0: there was none */
	bool fragmented;  /* more of the datagram is in other packets */
	uint8_t protocol; /* that the header announced */
	uint8_t next;	  /* of the payload, behind extension headers */
	uint8_t ttl;	  /* hops left */
	uint8_t src[ADDRESS_MAX];
	uint8_t dst[ADDRESS_MAX];
	uint8_t last[ADDRESS_MAX]; /* where a source route ends, or dst */
	const struct pktcap_layer *layer;
};

struct line;
typedef void line_printer(struct line *l, const struct pktcap_layer *layer);

struct line {
	struct text t;
	const struct pktcap_packet *pkt;
	const struct pktcap_layer *layers;
	size_t n;
	size_t at; /* the layer that is printed */
	const struct pktcap_print_opts *opts;
	uint32_t flags; /* PKTCAP_PRINT_* */
	struct line_ip ip;
	/* How a payload is told that no printer knows; NULL: not at all. */
	line_printer *unknown;
	/* A tag that is told otherwise than behind Ethernet. */
	void (*vlan)(struct line *l, const struct pktcap_vlan *vlan);
	size_t frame; /* the layer with the innermost frame's addresses */
	size_t end;   /* of what counts in the packet, bytes from its begin */
	/* Of a connection; noted when the text is known to be whole. */
	struct stream_segment segment;
	struct stream_base base;
	bool length_told; /* of the frame */
	bool ended;
};

extern line_printer *const line_printers[PKTCAP_PROTO_COUNT];

static inline bool line_has(const struct line *l, uint32_t flag)
{
	return l->flags & flag;
}

/* -v or -vv */
static inline bool line_verbose(const struct line *l)
{
	return l->flags & (PKTCAP_PRINT_VERBOSE | PKTCAP_PRINT_VERY_VERBOSE);
}

/* The layer behind the one that is printed, NULL if there is none. */
static inline const struct pktcap_layer *line_next(const struct line *l)
{
	return l->at + 1 < l->n ? &l->layers[l->at + 1] : NULL;
}

/* The array ended with the layer that is printed, the packet goes on. */
static inline bool line_is_left_out(const struct line *l)
{
	return l->layers[l->at].flags & PKTCAP_LAYER_MORE;
}

/*
 * Bytes of a layer that were on the wire, even where it states more: of what
 * the headers in front state, and line_limit() was told, the rest is missing.
 */
size_t line_wire(const struct line *l, const struct pktcap_layer *layer);

/* What is left from its first byte on, padding included. */
size_t line_left(const struct line *l, const struct pktcap_layer *layer);
/* The same of what a header carries. */
size_t line_payload(const struct line *l, const struct pktcap_layer *layer);
/*
 * From now on only @length bytes behind this header count; line_state()
 * believes it even where less was on the wire.
 */
void line_limit(struct line *l, const struct pktcap_layer *layer,
		size_t length);
void line_state(struct line *l, const struct pktcap_layer *layer,
		size_t length);

/* " [|NAME]": the capture, or the packet, ended inside this header. */
void line_truncated(struct line *l, const char *name);
/* A number between two texts, decimal and hexadecimal of @width digits. */
void line_told(struct line *l, const char *before, uint64_t value,
	       const char *behind);
void line_put_hex(struct line *l, const char *before, uint64_t value,
		  unsigned int width, const char *behind);
/* A name for @value out of a table that ends with a NULL name. */
struct line_name {
	uint32_t value;
	const char *name;
};
const char *line_name(const struct line_name *names, uint32_t value);
/* Names of all bits that are set, @separator between them; @none for 0. */
void line_bits(struct line *l, const struct line_name *names, uint32_t value,
	       const char *separator, const char *none);
/* " (invalid)", and nothing more. */
void line_invalid(struct line *l);
/* The bytes of a layer nobody decodes, in hexadecimal, unless it is unwanted.
 */
void line_dump(struct line *l, const uint8_t *data, size_t n);

/*
 * A number out of a header that its getter refuses, because it is cut or
 * malformed; false where even that was not captured.
 */
bool line_field(const struct pktcap_layer *layer, const char *name,
		uint64_t *value);
/* The same of any field that has no getter; false where it is not there. */
bool line_find(const struct pktcap_layer *layer, const char *name,
	       struct pktcap_field *out);

/* A big-endian number of @n bytes out of a value that is long enough. */
static inline uint32_t line_be(const uint8_t *data, size_t n)
{
	uint32_t value = 0;

	while (n--)
		value = value << 8 | *data++;
	return value;
}

/* With -v: the fields of protocols whose printer tells only what they are. */
void line_details(struct line *l, const struct pktcap_layer *layer);
/* Puts the segment that waits into the table of connections. */
void line_note_stream(struct line *l);
/* "a > b", the addresses of the IP header around. */
void line_addresses(struct line *l);
/*
 * "a.1 > b.2: "; without the addresses if something else than @protocol is what
 * the IP header announced, for then they have been told.
 */
void line_ports(struct line *l, uint8_t protocol, uint16_t from, uint16_t to);

/* Names that several printers share. */
extern const struct line_name line_ip_protocols[];
const char *line_ethertype(uint32_t type);
/* "ethertype IPv4 (0x0800)" */
void line_put_ethertype(struct line *l, uint32_t type);
/* "src > dst" and @behind */
void line_put_macs(struct line *l, const struct pktcap_eth *eth,
		   const char *behind);
/* ", length 60: " once for a frame, later ", ". */
void line_put_frame_length(struct line *l, size_t length);
/* "vlan 5, p 0, " */
void line_put_tag(struct line *l, const struct pktcap_vlan *vlan);

line_printer line_eth, line_vlan, line_llc, line_snap, line_sll, line_sll2;
line_printer line_null, line_arp;
line_printer line_ipv4, line_ipv6;
line_printer line_icmp, line_icmp6;
line_printer line_ip6_options, line_ip6_routing, line_ip6_fragment;
line_printer line_tcp, line_udp;
line_printer line_mpls, line_pppoe, line_ppp, line_pppcp;
line_printer line_igmp, line_gre, line_vxlan, line_geneve, line_gtpu;
line_printer line_sctp, line_esp, line_ah;
line_printer line_radiotap, line_wifi;
line_printer line_stp, line_lacp, line_lldp;
line_printer line_ospf, line_vrrp, line_radius;
line_printer line_dns, line_ntp, line_dhcp, line_dhcp6, line_http, line_ssh;
line_printer line_snmp;

#endif
