// SPDX-License-Identifier: BSD-2-Clause
/* Checksums of headers that are written. */
#include "proto/checksum.h"
#include "proto/write.h"

enum { NO_PSEUDO_HEADER = -1, UDPLITE_COVERAGE_AT = 4, GRE_CHECKSUM_END = 6 };

/* A header that is to get its checksum. */
struct fill {
	const struct pktcap_layer *layers;
	size_t index;
	uint8_t *p; /* the header's first byte */
	size_t len; /* bytes at p, what it carries included */
};

static void store(struct fill *f, size_t at, uint64_t sum)
{
	uint16_t checksum = (uint16_t)~inet_fold(sum);

	memcpy(f->p + at, &checksum, sizeof(checksum));
}

/* Of the first @covered bytes, the field at @at counted as 0. Mostly it is, and
 * is not stored again: the sum would have to wait for that. */
static uint64_t sum_without(struct fill *f, size_t at, size_t covered,
			    uint64_t sum)
{
	if (f->p[at] || f->p[at + 1])
		put_be16(f->p + at, 0);
	return inet_sum(sum, (struct bytes){ f->p, covered });
}

/*
 * Over @covered bytes, among them the field at @at, which counts as 0. False
 * if it stays as it is.
 */
static bool fill(struct fill *f, size_t at, int protocol, size_t covered)
{
	uint64_t sum = 0;

	if (covered < at + 2 || covered > f->len)
		return false;
	if (protocol != NO_PSEUDO_HEADER &&
	    !pseudo_header_sum(f->layers, f->index, (uint8_t)protocol,
			       (uint32_t)f->len, &sum))
		return false;
	store(f, at, sum_without(f, at, covered, sum));
	return true;
}

/* 0 says that there is none: its equal stands for it (RFC 768). */
static void fill_udp(struct fill *f, size_t at, int protocol, size_t covered)
{
	if (fill(f, at, protocol, covered) && !f->p[at] && !f->p[at + 1])
		put_be16(f->p + at, 0xffff);
}

static void fill_udplite(struct fill *f)
{
	struct bytes b = { f->p, f->len };
	size_t covered = u16_at(b, UDPLITE_COVERAGE_AT);

	fill_udp(f, 6, 136, covered ? covered : f->len);
}

static void fill_sctp(struct fill *f)
{
	struct bytes b = { f->p, f->len };
	uint32_t crc;

	if (f->len < SCTP_CHECKSUM_AT + 4)
		return;
	crc = htole32(sctp_crc(b));
	memcpy(f->p + SCTP_CHECKSUM_AT, &crc, sizeof(crc));
}

/* RFC 2328, A.3.1: all but the authentication; RFC 5340, A.3.1 */
static void fill_ospf(struct fill *f)
{
	struct bytes b = { f->p, f->len };
	uint64_t sum;

	if (u8_at(b, 0) == 3) {
		fill(f, 12, 89, f->len);
		return;
	}
	if (f->len < OSPF_AUTH_END || u16_at(b, 14) == OSPF_CRYPTOGRAPHIC)
		return;
	put_be16(f->p + 12, 0);
	sum = inet_sum(0, bytes_slice(b, 0, OSPF_AUTH_AT));
	store(f, 12, inet_sum(sum, bytes_slice(b, OSPF_AUTH_END, SIZE_MAX)));
}

/* Version 3 over IPv4: RFC 5798 was read both ways, and RFC 9568 leaves the
 * pseudo header out; routers have it, and so tshark and tcpdump do. */
static void fill_vrrp(struct fill *f)
{
	bool pseudo = (f->len && f->p[0] >> 4 >= 3) ||
		      is_over_ipv6(f->layers, f->index);

	fill(f, 6, pseudo ? 112 : NO_PSEUDO_HEADER, f->len);
}

void checksum_fill(const struct pktcap_layer *layers, size_t index, uint8_t *p)
{
	const struct pktcap_layer *layer = &layers[index];
	struct fill f = { layers, index, p, layer->caplen };

	switch (layer->proto) {
	case PKTCAP_PROTO_IPV4:
		fill(&f, 10, NO_PSEUDO_HEADER, layer->header_len);
		break;
	case PKTCAP_PROTO_ICMP:
	case PKTCAP_PROTO_IGMP:
		fill(&f, 2, NO_PSEUDO_HEADER, f.len);
		break;
	case PKTCAP_PROTO_ICMP6:
		fill(&f, 2, 58, f.len);
		break;
	case PKTCAP_PROTO_IPV6_MOBILITY:
		fill(&f, 4, 135, f.len);
		break;
	case PKTCAP_PROTO_TCP:
		fill(&f, 16, 6, f.len);
		break;
	case PKTCAP_PROTO_UDP:
		fill_udp(&f, 6, 17, f.len);
		break;
	case PKTCAP_PROTO_UDPLITE:
		fill_udplite(&f);
		break;
	case PKTCAP_PROTO_SCTP:
		fill_sctp(&f);
		break;
	case PKTCAP_PROTO_GRE:
		/* Not into what it carries, whatever its flags say. */
		if (layer->header_len >= GRE_CHECKSUM_END &&
		    gre_has_checksum((struct bytes){ p, f.len }))
			fill(&f, 4, NO_PSEUDO_HEADER, f.len);
		break;
	case PKTCAP_PROTO_OSPF:
		fill_ospf(&f);
		break;
	case PKTCAP_PROTO_VRRP:
		fill_vrrp(&f);
		break;
	default:
		break;
	}
}
