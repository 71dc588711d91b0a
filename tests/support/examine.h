/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Everything one can ask of a packet, with what must hold for any bytes. Ends
 * the program where it does not: for tests with guard pages and for fuzzers.
 */
#ifndef TESTS_SUPPORT_EXAMINE_H
#define TESTS_SUPPORT_EXAMINE_H

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/decode.h>

/* Every pktcap_X_get(); tests/lint/getters.sh compares it with the map. */
#define EXAMINE_GETTERS(GET) \
	GET(dns)             \
	GET(http)            \
	GET(quic)            \
	GET(tls)             \
	GET(tls_hello)       \
	GET(eth)             \
	GET(vlan)            \
	GET(ipv4)            \
	GET(tcp)             \
	GET(llc)             \
	GET(snap)            \
	GET(sll)             \
	GET(sll2)            \
	GET(null)            \
	GET(arp)             \
	GET(udp)             \
	GET(ipv6)            \
	GET(icmp)            \
	GET(icmp6)           \
	GET(dhcp)            \
	GET(ntp)             \
	GET(ntp_control)     \
	GET(ntp_private)     \
	GET(dhcp6)           \
	GET(ospf)            \
	GET(ospf_hello)      \
	GET(radius)          \
	GET(snmp)            \
	GET(ssh)             \
	GET(vrrp)            \
	GET(ipv6_options)    \
	GET(ipv6_routing)    \
	GET(ipv6_fragment)   \
	GET(ipv6_mobility)   \
	GET(mpls)            \
	GET(pppoe)           \
	GET(ppp)             \
	GET(pppcp)           \
	GET(stp)             \
	GET(lacp)            \
	GET(lldp)            \
	GET(udplite)         \
	GET(esp)             \
	GET(ah)              \
	GET(gre)             \
	GET(vxlan)           \
	GET(geneve)          \
	GET(gtpu)            \
	GET(sctp)            \
	GET(igmp)            \
	GET(radiotap)        \
	GET(wifi)            \
	GET(nd)              \
	GET(mld)

static void examine_must(bool ok, const char *what,
			 const struct pktcap_layer *layer)
{
	if (ok)
		return;
	fprintf(stderr, "%s: %s at %u\n", pktcap_proto_name(layer->proto), what,
		layer->offset);
	abort();
}

/* Getters that do not take every layer of their protocol. */
static bool examine_is_choosy(const char *name)
{
	return !strcmp(name, "tls_hello") || !strcmp(name, "mdns") ||
	       !strcmp(name, "ipv6_options") || !strcmp(name, "nd") ||
	       !strcmp(name, "mld") || !strncmp(name, "ntp", 3) ||
	       !strcmp(name, "ospf_hello");
}

/* What a struct holds before a getter is asked; none is greater. */
static uint8_t examine_untouched[4096];

/* What a getter returned, and whether it left its struct alone if it failed. */
static void examine_got(const struct pktcap_layer *layer, const char *name,
			int err, const uint8_t *out, size_t size)
{
	bool of_this =
		!strcmp(name, pktcap_proto_name(layer->proto)) ||
		(!strcmp(name, "dns") && layer->proto == PKTCAP_PROTO_MDNS);

	examine_must(!err || err == -EPROTOTYPE || err == -ENODATA, name,
		     layer);
	if (examine_is_choosy(name))
		of_this = err != -EPROTOTYPE;
	examine_must((err == -EPROTOTYPE) != of_this, name, layer);
	examine_must(!err || !memcmp(out, examine_untouched, size),
		     "a getter that failed wrote", layer);
}

static void examine_getters(const struct pktcap_layer *layer)
{
#define EXAMINE_GET(name)                                                \
	{                                                                \
		struct pktcap_##name out;                                \
		_Static_assert(sizeof(out) <= sizeof(examine_untouched), \
			       #name);                                   \
		memset(&out, 0xa5, sizeof(out));                         \
		int err = pktcap_##name##_get(layer, &out);              \
		examine_got(layer, #name, err, (const uint8_t *)&out,    \
			    sizeof(out));                                \
	}
	EXAMINE_GETTERS(EXAMINE_GET)
#undef EXAMINE_GET
}

/* Every pktcap_X_next(layer, offset, out). */
#define EXAMINE_WALKS(WALK)                      \
	WALK(http_header, http_header)           \
	WALK(tls_extension, tls_extension)       \
	WALK(ipv4_option, tlv)                   \
	WALK(ipv6_option, tlv)                   \
	WALK(geneve_option, tlv)                 \
	WALK(gtpu_extension, tlv)                \
	WALK(multicast_record, multicast_record) \
	WALK(sctp_chunk, sctp_chunk)             \
	WALK(nd_option, tlv)                     \
	WALK(tcp_option, tcp_option)

/* Elements take at least a byte each, unless a walk says so otherwise. */
enum { EXAMINE_ELEMENTS_MAX = 1 << 17 };

static void examine_walks(const struct pktcap_layer *layer)
{
#define EXAMINE_WALK(name, element)                                           \
	{                                                                     \
		struct pktcap_##element out;                                  \
		uint32_t offset = 0, n = 0;                                   \
		int more;                                                     \
		while ((more = pktcap_##name##_next(layer, &offset, &out)) == \
		       1)                                                     \
			examine_must(++n < EXAMINE_ELEMENTS_MAX,              \
				     #name " without end", layer);            \
		examine_must(!more || more == -EPROTO || more == -ENODATA ||  \
				     more == -EPROTOTYPE,                     \
			     #name, layer);                                   \
	}
	EXAMINE_WALKS(EXAMINE_WALK)
#undef EXAMINE_WALK
}

struct examine_walk {
	const struct pktcap_layer *layer;
	unsigned int depth, fields, sum;
	bool is_list[8];
};

/* A bound for what few bytes can make one tell: names in DNS messages refer
 * to others, but each record takes bytes of its own. */
enum { EXAMINE_FIELDS_MAX = 1 << 20 };

static void examine_nesting(struct examine_walk *w,
			    const struct pktcap_field *field)
{
	if (field->type == PKTCAP_FIELD_END) {
		examine_must(w->depth, "an END too many", w->layer);
		w->depth--;
	}
	examine_must(field->depth == w->depth, "another depth", w->layer);
	if (field->type == PKTCAP_FIELD_END)
		return;
	examine_must(field->name && *field->name, "no name", w->layer);
	if (w->depth && w->is_list[w->depth - 1])
		examine_must(field->type == PKTCAP_FIELD_GROUP,
			     "a list holds something else than groups",
			     w->layer);
	if (field->type == PKTCAP_FIELD_LIST ||
	    field->type == PKTCAP_FIELD_GROUP) {
		examine_must(w->depth < 7, "too deep", w->layer);
		w->is_list[w->depth++] = field->type == PKTCAP_FIELD_LIST;
	}
}

static int examine_field(void *arg, const struct pktcap_field *field)
{
	struct examine_walk *w = arg;

	examine_nesting(w, field);
	examine_must(++w->fields < EXAMINE_FIELDS_MAX, "fields without end",
		     w->layer);
	/* Bytes and strings are read to their end: a sanitizer or a guard page
	 * sees one too many. */
	for (uint32_t i = 0; i < field->data_len; i++)
		w->sum += field->data[i];
	for (const char *p = field->name; p && *p; p++)
		w->sum += (unsigned char)*p;
	for (const char *p = field->label; p && *p; p++)
		w->sum += (unsigned char)*p;
	if (field->type == PKTCAP_FIELD_FLAG)
		examine_must(field->value <= 1, "a flag over 1", w->layer);
	return 0;
}

static int examine_stop(void *arg, const struct pktcap_field *field)
{
	unsigned int *left = arg;

	(void)field;
	return --*left ? 0 : 42;
}

static void examine_fields(const struct pktcap_layer *layer)
{
	struct examine_walk w = { .layer = layer };
	unsigned int left;

	examine_must(pktcap_layer_fields(layer, examine_field, &w) == 0,
		     "the walk ended early", layer);
	examine_must(!w.depth, "an END is missing", layer);
	if (!w.fields)
		return;
	left = w.fields / 2 + 1;
	examine_must(pktcap_layer_fields(layer, examine_stop, &left) == 42,
		     "the walk went on", layer);
	examine_must(!left, "a field behind the end", layer);
}

/* A walk that keeps its place in the record. */
static void examine_dns(const struct pktcap_layer *layer)
{
	struct pktcap_dns_record record = { 0 };
	char name[PKTCAP_DNS_NAME_SIZE];
	uint32_t last = 0;
	int err;

	while ((err = pktcap_dns_record_next(layer, &record)) == 1) {
		examine_must(record.offset >= last && record.next > last,
			     "a record in front", layer);
		last = record.next;
		examine_must(strlen(record.name) == record.name_len,
			     "a name's length", layer);
		err = pktcap_dns_name(layer, record.rdata_offset, name,
				      sizeof(name));
		examine_must(err > 0 || err == -EPROTO || err == -ENODATA,
			     "a name in data", layer);
	}
	examine_must(err == 0 || err == -EPROTO || err == -ENODATA ||
			     err == -EPROTOTYPE,
		     "another error", layer);
}

static void examine_layer(const struct pktcap_packet *pkt,
			  const struct pktcap_layer *layers, size_t i)
{
	const struct pktcap_layer *layer = &layers[i];
	size_t end = (size_t)layer->offset + layer->caplen;
	uint16_t below = i ? layers[i - 1].proto : 0;

	examine_must(pktcap_proto_name(layer->proto), "no name", layer);
	examine_must(end <= pkt->caplen, "beyond the packet", layer);
	examine_must(!layer->data || layer->data == pkt->data + layer->offset,
		     "elsewhere", layer);
	examine_must(layer->header_len <= layer->caplen, "header_len", layer);
	examine_must(layer->caplen <= layer->wirelen, "wirelen", layer);
	examine_must(layer->below == below, "below", layer);
	if (i)
		examine_must(layer->offset >= layers[i - 1].offset +
						      layers[i - 1].header_len,
			     "inside the header in front", layer);
}

/* The same without what was captured of payloads: no layer is another one. */
static void examine_levels(const struct pktcap_packet *pkt,
			   const struct pktcap_layer *all, size_t n)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];

	for (int level = PKTCAP_LEVEL_LINK; level <= PKTCAP_LEVEL_APPLICATION;
	     level++) {
		size_t some = pktcap_decode_to(pkt, (enum pktcap_level)level,
					       layers, PKTCAP_LAYERS);

		examine_must(some <= n, "more than all", &all[0]);
		/* Who wants no more headers does not ask if there are some. */
		if (some)
			layers[some - 1].flags |=
				all[some - 1].flags & PKTCAP_LAYER_MORE;
		examine_must(!memcmp(layers, all, some * sizeof(layers[0])),
			     "not as all are", &all[0]);
	}
}

static inline size_t examine(const struct pktcap_packet *pkt)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
	size_t len;

	memset(examine_untouched, 0xa5, sizeof(examine_untouched));
	for (size_t i = 0; i < n; i++) {
		examine_layer(pkt, layers, i);
		examine_must(i == n - 1 || layers[i].status == PKTCAP_STATUS_OK,
			     "goes on behind damage", &layers[i]);
		examine_getters(&layers[i]);
		examine_must(pktcap_layer_checksum(pkt, layers, n, i) <=
				     PKTCAP_CHECKSUM_UNKNOWN,
			     "checksum", &layers[i]);
		examine_fields(&layers[i]);
		examine_walks(&layers[i]);
		examine_dns(&layers[i]);
		pktcap_layer_payload(&layers[i], &len);
		examine_must(len <= layers[i].caplen, "payload", &layers[i]);
	}
	if (n)
		examine_levels(pkt, layers, n);
	return n;
}

#endif
