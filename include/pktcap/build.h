/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Build: headers appended one after the other into the caller's buffer, out of
 * the structs that the getters of pktcap/proto.h fill. Then a pass over all of
 * them fills in lengths, what each says of the one behind it, and checksums.
 *
 *	uint8_t frame[1514];
 *	struct pktcap_build build;
 *	struct pktcap_eth eth = { .dst = { 2, 0, 0, 0, 0, 2 },
 *				  .src = { 2, 0, 0, 0, 0, 1 } };
 *	struct pktcap_ipv4 ip = { .src = { 10, 0, 0, 1 },
 *				  .dst = { 10, 0, 0, 2 }, .ttl = 64 };
 *	struct pktcap_udp udp = { .src_port = 50000, .dst_port = 9 };
 *	int len;
 *
 *	pktcap_build_start(&build, frame, sizeof(frame));
 *	pktcap_build_eth(&build, &eth, 0);
 *	pktcap_build_ipv4(&build, &ip, 0);
 *	pktcap_build_udp(&build, &udp, 0);
 *	pktcap_build_data(&build, "hello", 5);
 *	len = pktcap_build_finish(&build);
 *
 * The first failure stays: the calls behind it do nothing and return it, too,
 * so that looking at pktcap_build_finish() is enough; pktcap_build_error() puts
 * it in words. Nothing allocates; different builds are independent.
 */
#ifndef PKTCAP_BUILD_H
#define PKTCAP_BUILD_H

#include <pktcap/base.h>
#include <pktcap/proto.h>
#include <pktcap/proto_application.h>
#include <pktcap/proto_link.h>
#include <pktcap/proto_network.h>
#include <pktcap/proto_transport.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * struct pktcap_build - a packet while it is built
 *
 * Belongs to the caller, mostly on the stack, and holds nothing that has to be
 * given back; its members belong to the library.
 */
struct pktcap_build {
	union {
		uint8_t *data;
		uint64_t data_slot;
	};
	union {
		const char *field;
		uint64_t field_slot;
	};
	uint64_t value;
	uint64_t limit;
	uint32_t size;
	uint32_t len;
	int32_t status;
	uint16_t count;
	uint16_t closed;
	uint16_t failed_proto;
	uint16_t failed_below;
	uint32_t reserved;
	uint8_t keep[PKTCAP_LAYERS];
	struct pktcap_layer layers[PKTCAP_LAYERS];
};

/**
 * pktcap_build_start - begin a packet
 * @build: the caller's; what it was before is forgotten
 * @buf:   where the packet goes, borrowed until the last call on @build;
 *         written from its first byte on. NULL: a buffer of no bytes
 * @size:  bytes at @buf; of more than 2^31 - 1 the rest is not used
 */
PKTCAP_API void pktcap_build_start(struct pktcap_build *build, void *buf,
				   size_t size);

/*
 * pktcap_build_X(), one for each header, appends it behind what is there.
 *   @build: the packet
 *   @X:     the header, borrowed for the call: numbers in host order, as
 *           pktcap_X_get() fills it. Members that tell where in a packet it was
 *           found, or what can be computed, are not read without @keep. Others
 *           that are 0 are 0 in the packet, a TTL, too; where it is to point to
 *           bytes, NULL stands for zeros
 *   @keep:  PKTCAP_KEEP_*, 0: all is filled in by pktcap_build_finish(). A
 *           header_len of 0 is filled in, too, unless it is PKTCAP_KEEP_ALL
 *
 * What a header says of the one behind it is filled in where there is one that
 * has such a number; in front of data it stays as the struct has it. Options
 * that do not end on 4 bytes are filled up with zeros.
 *
 * They return 0, or the first failure of the build:
 *   -ENOSPC     the buffer is full
 *   -ERANGE     a member has more bits than its field in the header, or is less
 *               than it can be
 *   -EPROTOTYPE nothing in the header in front can say that this one follows
 *               (UDP behind Ethernet), or it follows data; see PKTCAP_KEEP_NEXT
 *   -E2BIG      more than PKTCAP_LAYERS headers
 *   -EBUSY      a trailer is there already
 */
PKTCAP_API int pktcap_build_eth(struct pktcap_build *build,
				const struct pktcap_eth *eth, uint32_t keep);
/* The TPID stands in front: the header there gets it. */
PKTCAP_API int pktcap_build_vlan(struct pktcap_build *build,
				 const struct pktcap_vlan *vlan, uint32_t keep);
/* A length in front, or LLC's EtherType where it is or no length would fit. */
PKTCAP_API int pktcap_build_llc(struct pktcap_build *build,
				const struct pktcap_llc *llc, uint32_t keep);
/* The organisation stays if it can say what follows. */
PKTCAP_API int pktcap_build_snap(struct pktcap_build *build,
				 const struct pktcap_snap *snap, uint32_t keep);
/* The bottom of the stack is where no other label follows. */
PKTCAP_API int pktcap_build_mpls(struct pktcap_build *build,
				 const struct pktcap_mpls *mpls, uint32_t keep);
/* Discovery, which the type in front tells from a session, has a code or
 * tags. */
PKTCAP_API int pktcap_build_pppoe(struct pktcap_build *build,
				  const struct pktcap_pppoe *pppoe,
				  uint32_t keep);
PKTCAP_API int pktcap_build_ppp(struct pktcap_build *build,
				const struct pktcap_ppp *ppp, uint32_t keep);
/* The protocol stands in front; 0 is LCP. */
PKTCAP_API int pktcap_build_pppcp(struct pktcap_build *build,
				  const struct pktcap_pppcp *pppcp,
				  uint32_t keep);
PKTCAP_API int pktcap_build_sll(struct pktcap_build *build,
				const struct pktcap_sll *sll, uint32_t keep);
PKTCAP_API int pktcap_build_sll2(struct pktcap_build *build,
				 const struct pktcap_sll2 *sll2, uint32_t keep);
/* A family of IPv6 that is one stays; instead of others that of NetBSD and
 * OpenBSD, which all know. */
PKTCAP_API int pktcap_build_null(struct pktcap_build *build,
				 const struct pktcap_null *null, uint32_t keep);
PKTCAP_API int pktcap_build_lldp(struct pktcap_build *build,
				 const struct pktcap_lldp *lldp, uint32_t keep);
PKTCAP_API int pktcap_build_stp(struct pktcap_build *build,
				const struct pktcap_stp *stp, uint32_t keep);
PKTCAP_API int pktcap_build_lacp(struct pktcap_build *build,
				 const struct pktcap_lacp *lacp, uint32_t keep);
/* The type in front tells RARP by the operation. Addresses that are NULL are
 * zeros, such as that which a request asks for. */
PKTCAP_API int pktcap_build_arp(struct pktcap_build *build,
				const struct pktcap_arp *arp, uint32_t keep);
PKTCAP_API int pktcap_build_ipv4(struct pktcap_build *build,
				 const struct pktcap_ipv4 *ipv4, uint32_t keep);
PKTCAP_API int pktcap_build_ipv6(struct pktcap_build *build,
				 const struct pktcap_ipv6 *ipv6, uint32_t keep);
/* Options that do not end on 8 bytes are followed by padding, PadN. A jumbo
 * option right behind IPv6 gets the length of more than 65535 bytes. */
PKTCAP_API int
pktcap_build_ipv6_hopopts(struct pktcap_build *build,
			  const struct pktcap_ipv6_options *hopopts,
			  uint32_t keep);
PKTCAP_API int
pktcap_build_ipv6_dstopts(struct pktcap_build *build,
			  const struct pktcap_ipv6_options *dstopts,
			  uint32_t keep);
/* Of segment routing the last entry is filled in as a length is, of RPL the
 * padding; in checksums the last address stands for the destination. */
PKTCAP_API int
pktcap_build_ipv6_routing(struct pktcap_build *build,
			  const struct pktcap_ipv6_routing *routing,
			  uint32_t keep);
PKTCAP_API int
pktcap_build_ipv6_fragment(struct pktcap_build *build,
			   const struct pktcap_ipv6_fragment *fragment,
			   uint32_t keep);
PKTCAP_API int
pktcap_build_ipv6_mobility(struct pktcap_build *build,
			   const struct pktcap_ipv6_mobility *mobility,
			   uint32_t keep);
/* Version 1 carries PPP. */
PKTCAP_API int pktcap_build_gre(struct pktcap_build *build,
				const struct pktcap_gre *gre, uint32_t keep);
/* What an error quotes was a packet once: data, or headers with
 * PKTCAP_KEEP_ALL. Extensions (RFC 4884) are a trailer of the error. */
PKTCAP_API int pktcap_build_icmp(struct pktcap_build *build,
				 const struct pktcap_icmp *icmp, uint32_t keep);
PKTCAP_API int pktcap_build_icmp6(struct pktcap_build *build,
				  const struct pktcap_icmp6 *icmp6,
				  uint32_t keep);
/* ICMPv6, too: neighbour discovery, options included. */
PKTCAP_API int pktcap_build_nd(struct pktcap_build *build,
			       const struct pktcap_nd *nd, uint32_t keep);
/* Of queries of version 2 and reports the number of sources or records is
 * filled in as a length is, here and with IGMP. */
PKTCAP_API int pktcap_build_mld(struct pktcap_build *build,
				const struct pktcap_mld *mld, uint32_t keep);
PKTCAP_API int pktcap_build_igmp(struct pktcap_build *build,
				 const struct pktcap_igmp *igmp, uint32_t keep);
/* Where both ports are 0 the destination becomes that of the protocol behind,
 * if it has one; so with UDP and UDP-Lite. */
PKTCAP_API int pktcap_build_tcp(struct pktcap_build *build,
				const struct pktcap_tcp *tcp, uint32_t keep);
/* To be without a checksum, 0, needs PKTCAP_KEEP_CHECKSUM. */
PKTCAP_API int pktcap_build_udp(struct pktcap_build *build,
				const struct pktcap_udp *udp, uint32_t keep);
PKTCAP_API int pktcap_build_udplite(struct pktcap_build *build,
				    const struct pktcap_udplite *udplite,
				    uint32_t keep);
/* Chunks included. */
PKTCAP_API int pktcap_build_sctp(struct pktcap_build *build,
				 const struct pktcap_sctp *sctp, uint32_t keep);
/* What is encrypted is data behind it. */
PKTCAP_API int pktcap_build_esp(struct pktcap_build *build,
				const struct pktcap_esp *esp, uint32_t keep);
/* The integrity check value is what the struct has. */
PKTCAP_API int pktcap_build_ah(struct pktcap_build *build,
			       const struct pktcap_ah *ah, uint32_t keep);
PKTCAP_API int pktcap_build_vxlan(struct pktcap_build *build,
				  const struct pktcap_vxlan *vxlan,
				  uint32_t keep);
PKTCAP_API int pktcap_build_geneve(struct pktcap_build *build,
				   const struct pktcap_geneve *geneve,
				   uint32_t keep);
PKTCAP_API int pktcap_build_gtpu(struct pktcap_build *build,
				 const struct pktcap_gtpu *gtpu, uint32_t keep);

/* In front of a body that is empty the counts begin with 0: each question and
 * record that is appended then adds one. Behind TCP, or behind another message
 * there, the length is put in front. */
PKTCAP_API int pktcap_build_dns(struct pktcap_build *build,
				const struct pktcap_dns *dns, uint32_t keep);
PKTCAP_API int pktcap_build_mdns(struct pktcap_build *build,
				 const struct pktcap_dns *mdns, uint32_t keep);
PKTCAP_API int pktcap_build_dhcp(struct pktcap_build *build,
				 const struct pktcap_dhcp *dhcp, uint32_t keep);
PKTCAP_API int pktcap_build_dhcp6(struct pktcap_build *build,
				  const struct pktcap_dhcp6 *dhcp6,
				  uint32_t keep);
PKTCAP_API int pktcap_build_ntp(struct pktcap_build *build,
				const struct pktcap_ntp *ntp, uint32_t keep);
PKTCAP_API int
pktcap_build_ntp_control(struct pktcap_build *build,
			 const struct pktcap_ntp_control *control,
			 uint32_t keep);
PKTCAP_API int
pktcap_build_ntp_private(struct pktcap_build *build,
			 const struct pktcap_ntp_private *private_message,
			 uint32_t keep);
PKTCAP_API int pktcap_build_radius(struct pktcap_build *build,
				   const struct pktcap_radius *radius,
				   uint32_t keep);
PKTCAP_API int pktcap_build_ospf(struct pktcap_build *build,
				 const struct pktcap_ospf *ospf, uint32_t keep);
/* Addresses have 16 bytes behind IPv6, otherwise 4. */
PKTCAP_API int pktcap_build_vrrp(struct pktcap_build *build,
				 const struct pktcap_vrrp *vrrp, uint32_t keep);

/**
 * pktcap_build_dns_record - append a question or a record to a DNS message
 * @build:  the packet, whose last header is DNS or mDNS, built or copied
 * @record: as pktcap_dns_record_next() fills it, borrowed for the call; read
 *          are name, type, rr_class, section, top_bit and plain_name, and if it
 *          is no question ttl and rdata
 *
 * The count of its section in the header becomes one more, unless the header
 * was built with PKTCAP_KEEP_LENGTHS. Sections come in their order.
 *
 * If names of records in front end as this one does, their end is pointed to
 * (RFC 1035, 4.1.4), unless plain_name is 1. The data goes in as it is: names
 * in it are not compressed, and pointers in it are meant for this message.
 * pktcap_dns_rdata_put() makes it from text.
 *
 * Return: 0, or the first failure of the build: beside those above
 *   -EINVAL the last header is another one, the name is malformed (an empty
 *           label, a backslash without what it needs), or its section is in
 *           front of that of a record that is there
 *   -ERANGE a label has more than 63 bytes, the name more than 255, the section
 *           more than 65535 records; top_bit is 1 in a message that is not mDNS
 */
PKTCAP_API int pktcap_build_dns_record(struct pktcap_build *build,
				       const struct pktcap_dns_record *record);

/**
 * pktcap_build_dns_question - append a question to a DNS message
 * @build:    the packet, whose last header is DNS or mDNS, built or copied
 * @name:     in master file form ("www.example.com"), with or without a dot at
 *            the end; borrowed for the call
 * @type:     enum pktcap_dns_type, or any other
 * @rr_class: enum pktcap_dns_class; in mDNS | 0x8000 asks for a unicast answer
 *
 * Return: as pktcap_build_dns_record().
 */
PKTCAP_API int pktcap_build_dns_question(struct pktcap_build *build,
					 const char *name, uint16_t type,
					 uint16_t rr_class);

/**
 * pktcap_build_data - append bytes that are no header: a payload
 * @build: the packet
 * @data:  the bytes, not in the buffer of @build, borrowed for the call; NULL:
 *         zeros
 * @len:   how many
 *
 * Behind other data they go on with it.
 *
 * Return: 0, or as above; never -EPROTOTYPE.
 */
PKTCAP_API int pktcap_build_data(struct pktcap_build *build, const void *data,
				 size_t len);

/**
 * pktcap_build_text - append the layers that a text describes
 * @build: the packet
 * @text:  terminated, borrowed for the call: layers with "/" between them, each
 *         a name and fields:
 *
 *	eth dst=ff:ff:ff:ff:ff:ff / ip src=192.0.2.1 dst=192.0.2.3 ttl=64 /
 *	udp sport=12345 dport=53 / data "hello" / pad 60
 *
 * @error: gets what is wrong: text names it and the cure, offset is the byte of
 *         @text. May be NULL
 *
 * Layers and fields have the names of pktcap_proto_name() and of
 * pktcap_layer_fields(), and short ones; pktcap-build(7) tells them. A length,
 * checksum or number of what follows that the text sets is kept.
 *
 * Return: 0; -EBADMSG if @text is no such text; or as the others.
 */
PKTCAP_API int pktcap_build_text(struct pktcap_build *build, const char *text,
				 struct pktcap_error *error);

/**
 * struct pktcap_build_name - a name of the text form
 * @name:    as it is written
 * @field:   what it stands for; the same string for real names
 * @example: of a value; NULL for short names, layers and what needs no value
 *
 * All are static strings, valid for ever. What may have a value or not is there
 * twice, with and without an example.
 */
struct pktcap_build_name {
	const char *name;
	const char *field;
	const char *example;
};

/* Gets one name, valid during the call; nonzero ends the list. */
typedef int (*pktcap_build_name_fn)(void *arg,
				    const struct pktcap_build_name *name);

/**
 * pktcap_build_names - the names that pktcap_build_text() knows
 * @layer: NULL: those of all layers; otherwise a layer, by any of its names,
 *         whose fields are listed as it has them to begin with
 * @fn:    called for each name
 * @arg:   given to @fn
 *
 * Return: 0; what @fn returned; -ENOENT if there is no such layer. Any thread.
 */
PKTCAP_API int pktcap_build_names(const char *layer, pktcap_build_name_fn fn,
				  void *arg);

/**
 * pktcap_build_layer - append a header that was decoded, as it is
 * @build: the packet
 * @layer: from pktcap_decode(), of any protocol, not in the buffer of @build;
 *         borrowed for the call
 * @keep:  PKTCAP_KEEP_*; what an ICMP error quotes keeps all, a message that
 *         goes on in another segment its lengths
 *
 * Its header_len bytes, what was captured of them; of data all of it. A tag out
 * of metadata has no bytes, and is left out: pktcap_build_vlan() puts it where
 * it belongs.
 *
 * Return: 0, or as above; -EPROTOTYPE, too, for a DNS message out of UDP behind
 * TCP and the other way round: pktcap_build_dns() gives it its other form.
 */
PKTCAP_API int pktcap_build_layer(struct pktcap_build *build,
				  const struct pktcap_layer *layer,
				  uint32_t keep);

/**
 * pktcap_build_rest - append what is behind headers that were decoded
 * @build:  the packet, to which the headers were appended, changed or not, and
 *          others in front of them
 * @pkt:    the packet that was decoded, not in the buffer of @build; borrowed
 *          for the call
 * @layers: from pktcap_decode() or pktcap_decode_to(), borrowed for the call
 * @n:      their number; 0, of a packet without a byte, appends nothing
 *
 * The payload of the last one, then trailers (padding, frame check sequences):
 *
 *	n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
 *	pktcap_build_start(&build, frame, sizeof(frame));
 *	for (size_t i = 0; i < n; i++)
 *		... pktcap_build_layer(&build, &layers[i], 0), or with a change
 *	pktcap_build_rest(&build, pkt, layers, n);
 *	len = pktcap_build_finish(&build);
 *
 * Of a packet that was cut (caplen < wirelen) what is there becomes a whole
 * one: its lengths and checksums are filled in, unless PKTCAP_KEEP_LENGTHS and
 * PKTCAP_KEEP_CHECKSUM keep those of the packet as it was. Where @layers was
 * full (PKTCAP_LAYER_MORE) further headers are payload, and the last one keeps
 * what it says of them.
 *
 * Return: 0, or as above.
 */
PKTCAP_API int pktcap_build_rest(struct pktcap_build *build,
				 const struct pktcap_packet *pkt,
				 const struct pktcap_layer *layers, size_t n);

/**
 * pktcap_build_trailer - append bytes behind all that a header carries
 * @build: the packet
 * @index: of the header, 0 for the first: the lengths of those behind it do not
 *         count the trailer, its own and those in front of it do
 * @data:  the bytes, borrowed for the call; NULL: zeros
 * @len:   how many
 *
 * No header can follow, only trailers of headers further in front.
 *
 * Return: 0, or as above; -EINVAL if there is no such header.
 */
PKTCAP_API int pktcap_build_trailer(struct pktcap_build *build, size_t index,
				    const void *data, size_t len);

/**
 * pktcap_build_pad - fill the packet up to a length with zeros
 * @build: the packet, to which nothing more will be appended
 * @len:   bytes it has at least then: 60 for Ethernet, whose interfaces add the
 *         frame check sequence
 *
 * No header counts them among its bytes.
 *
 * Return: 0, or as pktcap_build_trailer().
 */
PKTCAP_API int pktcap_build_pad(struct pktcap_build *build, size_t len);

/**
 * pktcap_build_finish - fill in lengths, numbers of protocols, and checksums
 * @build: the packet
 *
 * From the last header to the first. What is in an IP fragment keeps lengths
 * and checksums, which are those of the whole datagram. A checksum that is over
 * addresses of an IP header that is not there stays as it is. May be called
 * again after bytes of the packet were changed in place.
 *
 * Return: bytes of the packet; the first failure of the build; -EMSGSIZE if a
 * length or a number of what follows does not fit into its field; -EPROTOTYPE
 * if a header cannot be in front of the next one in the form it has, such as a
 * control word of MPLS in front of a label.
 */
PKTCAP_API int pktcap_build_finish(struct pktcap_build *build);

/**
 * pktcap_build_layers - the headers that were appended
 * @build: the packet
 * @n:     gets their number; data is one, too
 *
 * As decoding tells them, @caplen and @wirelen once all is finished. To make
 * many packets that differ in a few bytes, change them and finish again:
 *
 *	layers = pktcap_build_layers(&build, &n);
 *	ttl = &frame[layers[1].offset + 8];
 *	for (*ttl = 1; *ttl < 30; ++*ttl)
 *		len = pktcap_build_finish(&build);
 *
 * Return: the first one, in @build, until the next call that appends to it.
 */
PKTCAP_API const struct pktcap_layer *
pktcap_build_layers(const struct pktcap_build *build, size_t *n);

/**
 * pktcap_build_packet - the finished packet as what captures deliver
 * @build: finished
 * @pkt:   the caller's; its bytes are those of @build's buffer. The link type
 *         is that of the first header, if it was decoded with one the same one,
 *         otherwise RAW for IP; the time is 0
 *
 * For printing, filtering, writing to a file.
 *
 * Return: 0; the first failure; -EPROTOTYPE if no link type begins with the
 * first header.
 */
PKTCAP_API int pktcap_build_packet(const struct pktcap_build *build,
				   struct pktcap_packet *pkt);

/**
 * pktcap_build_error - the first failure of a build in words
 * @build: the packet
 * @error: gets it: text names header, field, value and limit; offset is the
 *         number of bytes that were built. Left alone if nothing failed
 *
 * Return: 0 if nothing failed, otherwise the failure.
 */
PKTCAP_API int pktcap_build_error(const struct pktcap_build *build,
				  struct pktcap_error *error);

#ifdef __cplusplus
}
#endif
#endif
