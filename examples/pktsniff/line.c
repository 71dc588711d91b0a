/* SPDX-License-Identifier: BSD-2-Clause */
#include "line.h"
#include "hex.h"
#include "message.h"

#include <net/ethernet.h>
#include <stdio.h>
#include <string.h>

enum {
	TYPE_8021Q = 0x8100,
	TYPE_8021AD = 0x88a8,
	TYPE_QINQ_9100 = 0x9100,
	TYPE_QINQ_9200 = 0x9200,
	MAX_802_3_LENGTH = 1500,
	NULL_HEADER = 4,
	FAMILY_IP = 2,
	/* What files of several systems have for raw IP. */
	LINKTYPE_RAW_BSD = 12,
	LINKTYPE_RAW_OPENBSD = 14,
	SLL2_HEADER = 20,
};

static const struct {
	uint16_t type;
	const char *name;
} ethertypes[] = {
	{ ETHERTYPE_IP, "IPv4" },
	{ ETHERTYPE_IPV6, "IPv6" },
	{ ETHERTYPE_ARP, "ARP" },
	{ ETHERTYPE_REVARP, "Reverse ARP" },
	{ TYPE_8021Q, "802.1Q" },
	{ TYPE_8021AD, "802.1Q-QinQ" },
	{ TYPE_QINQ_9100, "802.1Q-9100" },
	{ TYPE_QINQ_9200, "802.1Q-9200" },
	{ 0x8809, "Slow Protocols" },
	{ 0x8847, "MPLS unicast" },
	{ 0x8848, "MPLS multicast" },
	{ 0x8863, "PPPoE D" },
	{ 0x8864, "PPPoE S" },
	{ 0x888e, "EAPOL" },
	{ 0x88cc, "LLDP" },
	{ 0x88e5, "802.1AE MACsec" },
	{ 0x9000, "Loopback" },
};

static const char *ethertype_name(uint16_t type)
{
	for (size_t i = 0; i < sizeof(ethertypes) / sizeof(ethertypes[0]); i++)
		if (ethertypes[i].type == type)
			return ethertypes[i].name;
	return NULL;
}

static void print_ethertype(const struct line *line, uint16_t type)
{
	const char *name = ethertype_name(type);

	if (!line->quick)
		printf("ethertype %s (0x%04x)", name ? name : "Unknown", type);
	else if (name)
		fputs(name, stdout);
	else
		printf("Unknown Ethertype (0x%04x)", type);
}

void line_truncated(const char *name)
{
	printf(" [|%s]", name);
}

const char *line_mac(char text[static LINE_MAC_TEXT], const uint8_t *mac)
{
	snprintf(text, LINE_MAC_TEXT, "%02x:%02x:%02x:%02x:%02x:%02x", mac[0],
		 mac[1], mac[2], mac[3], mac[4], mac[5]);
	return text;
}

static bool is_vlan(uint16_t type)
{
	return type == TYPE_8021Q || type == TYPE_8021AD ||
	       type == TYPE_QINQ_9100 || type == TYPE_QINQ_9200;
}

static void print_macs(struct bytes frame)
{
	char from[LINE_MAC_TEXT], to[LINE_MAC_TEXT];

	printf("%s > %s, ", line_mac(from, frame.data + ETHER_ADDR_LEN),
	       line_mac(to, frame.data));
}

static void print_tci(uint16_t tci)
{
	printf("vlan %d, p %d%s, ", tci & 0xfff, tci >> 13,
	       tci & 0x1000 ? ", DEI" : "");
}

/* 802.3: a length instead of a type, then the LLC header. */
static void print_llc(const struct line *line, struct bytes payload,
		      size_t frame_length, bool length_shown)
{
	uint8_t dsap, ssap;

	if (line->ether_header) {
		fputs("802.3", stdout);
		if (!length_shown)
			printf(", length %zu", frame_length);
		fputs(": ", stdout);
	}
	if (!bytes_u8(payload, 0, &dsap) || !bytes_u8(payload, 1, &ssap)) {
		line_truncated("llc");
		return;
	}
	printf("LLC, dsap 0x%02x, ssap 0x%02x, length %zu", dsap, ssap,
	       payload.wire);
}

static void print_payload(const struct line *line, struct bytes frame,
			  uint16_t type, size_t header, bool length_shown)
{
	struct bytes payload = bytes_after(frame, header);

	if (type <= MAX_802_3_LENGTH) {
		print_llc(line, bytes_first(payload, type), frame.wire,
			  length_shown);
		return;
	}
	if (line->ether_header) {
		print_ethertype(line, type);
		if (length_shown)
			fputs(", ", stdout);
		else
			printf(", length %zu: ", frame.wire);
	}
	if (line_network(line, type, payload))
		return;
	if (!line->ether_header) {
		print_macs(frame);
		print_ethertype(line, type);
		printf(", length %zu: ", frame.wire);
	}
	if (!line->no_default_hex)
		hex_ascii_print(payload);
}

static size_t print_ethernet(const struct line *line, struct bytes frame)
{
	size_t header = ETHER_HDR_LEN;
	bool length_shown = false;
	uint16_t type, tci;

	if (frame.len < 2 * ETHER_ADDR_LEN) {
		line_truncated("ether");
		return frame.len;
	}
	if (line->ether_header)
		print_macs(frame);
	if (!bytes_be16(frame, header - 2, &type)) {
		line_truncated("ether");
		return frame.len;
	}
	for (; is_vlan(type); header += 4) {
		uint16_t inner;

		if (!bytes_be16(frame, header, &tci) ||
		    !bytes_be16(frame, header + 2, &inner)) {
			line_truncated("vlan");
			return frame.len;
		}
		if (line->ether_header) {
			print_ethertype(line, type);
			if (length_shown)
				fputs(", ", stdout);
			else
				printf(", length %zu: ", frame.wire);
			length_shown = true;
			print_tci(tci);
		}
		type = inner;
	}
	print_payload(line, frame, type, header, length_shown);
	return header;
}

static const char *interface_name(struct line *line, uint32_t ifindex)
{
	struct line_name *slot = &line->names[ifindex % LINE_NAMES];

	if (slot->ifindex != ifindex || !slot->name[0]) {
		slot->ifindex = ifindex;
		if (!if_indextoname(ifindex, slot->name))
			strcpy(slot->name, "?");
	}
	return slot->name;
}

void line_forget_names(struct line *line)
{
	memset(line->names, 0, sizeof(line->names));
}

static void print_name(const char *name)
{
	put_clean(stdout, name);
	printf("%*s ", (int)(strlen(name) < 5 ? 5 - strlen(name) : 0), "");
}

static void print_sll2_header(const struct line *line, struct bytes frame,
			      uint32_t ifindex, uint16_t type)
{
	char mac[LINE_MAC_TEXT];

	printf("ifindex %u ", ifindex);
	if (frame.data[11] == ETHER_ADDR_LEN)
		printf("%s ", line_mac(mac, frame.data + 12));
	if (line->quick)
		return;
	if (type == 1)
		fputs("802.3", stdout);
	else if (type == 4)
		fputs("802.2", stdout);
	else
		printf("ethertype %s (0x%04x)",
		       ethertype_name(type) ? ethertype_name(type) : "Unknown",
		       type);
	printf(", length %zu: ", frame.wire);
}

/*
 * VLAN tags between the cooked header and the packet, written as tcpdump does:
 * the tag with -e only, what it holds always. Returns their length and the
 * inner type through @type.
 */
static size_t print_sll2_tags(const struct line *line, struct bytes payload,
			      uint16_t *type)
{
	size_t tags = 0;
	uint16_t tci, inner;

	for (; *type == TYPE_8021Q; tags += 4) {
		if (!bytes_be16(payload, tags, &tci) ||
		    !bytes_be16(payload, tags + 2, &inner)) {
			line_truncated("vlan");
			return payload.len;
		}
		if (line->ether_header)
			print_tci(tci);
		*type = inner;
		if (!line->quick)
			printf("ethertype %s, ", ethertype_name(inner)
							 ? ethertype_name(inner)
							 : "Unknown");
	}
	return tags;
}

/*
 * LINKTYPE_LINUX_SLL2: protocol (2), zero (2), ifindex (4), ARPHRD type (2),
 * packet type (1), address length (1), address (8).
 */
static size_t print_sll2(struct line *line, struct bytes frame)
{
	static const char *const ways[] = { "In", "B", "M", "P", "Out" };
	size_t header = SLL2_HEADER;
	uint32_t ifindex;
	uint16_t type;
	uint8_t way;

	if (!bytes_have(frame, 0, SLL2_HEADER) ||
	    !bytes_be16(frame, 0, &type) || !bytes_be32(frame, 4, &ifindex) ||
	    !bytes_u8(frame, 10, &way)) {
		line_truncated("sll2");
		return frame.len;
	}
	print_name(interface_name(line, ifindex));
	printf("%-3s ", way < sizeof(ways) / sizeof(ways[0]) ? ways[way] : "?");
	if (line->ether_header)
		print_sll2_header(line, frame, ifindex, type);
	header += print_sll2_tags(line, bytes_after(frame, header), &type);
	if (type == TYPE_8021Q ||
	    line_network(line, type, bytes_after(frame, header)))
		return header;
	if (!line->ether_header)
		print_sll2_header(line, frame, ifindex, type);
	if (!line->no_default_hex)
		hex_ascii_print(bytes_after(frame, header));
	return header;
}

static void print_raw(const struct line *line, struct bytes packet)
{
	uint8_t version;

	if (!bytes_u8(packet, 0, &version)) {
		line_truncated("raw");
		return;
	}
	if (line->ether_header)
		fputs("ip: ", stdout);
	if (version >> 4 == 6)
		line_ip6(line, packet);
	else
		line_ip4(line, packet);
}

/* Of Linux, of NetBSD and OpenBSD, of FreeBSD, of macOS. */
static bool is_ip6_family(uint32_t family)
{
	return family == 10 || family == 24 || family == 28 || family == 30;
}

static void print_family(const struct line *line, uint32_t family, size_t wire)
{
	const char *name = NULL;

	if (family == FAMILY_IP)
		name = "IPv4";
	if (is_ip6_family(family))
		name = "IPv6";
	if (!line->quick)
		printf("AF %s (%u)", name ? name : "Unknown", family);
	else if (name)
		fputs(name, stdout);
	else
		printf("Unknown AF %u", family);
	printf(", length %zu: ", wire);
}

/*
 * LINKTYPE_NULL, LINKTYPE_LOOP: an address family in the order of the machine
 * that captured, which has no more than 16 bits.
 */
static size_t print_null(const struct line *line, struct bytes frame)
{
	struct bytes packet = bytes_after(frame, NULL_HEADER);
	uint32_t family;

	if (!bytes_have(frame, 0, NULL_HEADER)) {
		line_truncated("null");
		return frame.len;
	}
	memcpy(&family, frame.data, sizeof(family));
	if (family > UINT16_MAX)
		family = __builtin_bswap32(family);
	if (line->ether_header)
		print_family(line, family, frame.wire);
	if (family == FAMILY_IP) {
		line_ip4(line, packet);
	} else if (is_ip6_family(family)) {
		line_ip6(line, packet);
	} else {
		if (!line->ether_header)
			print_family(line, family, frame.wire);
		if (!line->no_default_hex)
			hex_ascii_print(packet);
	}
	return NULL_HEADER;
}

size_t line_print(struct line *line, const struct pktcap_packet *pkt)
{
	struct bytes frame = { pkt->data, pkt->caplen, pkt->wirelen };

	if (!pkt->caplen) {
		fputs("[Invalid header: caplen==0]", stdout);
		return 0;
	}
	switch (pkt->linktype) {
	case PKTCAP_LINKTYPE_ETHERNET:
		return print_ethernet(line, frame);
	case PKTCAP_LINKTYPE_LINUX_SLL2:
		return print_sll2(line, frame);
	case PKTCAP_LINKTYPE_NULL:
	case PKTCAP_LINKTYPE_LOOP:
		return print_null(line, frame);
	case PKTCAP_LINKTYPE_RAW:
	case LINKTYPE_RAW_BSD:
	case LINKTYPE_RAW_OPENBSD:
	case PKTCAP_LINKTYPE_IPV4:
	case PKTCAP_LINKTYPE_IPV6:
		print_raw(line, frame);
		return 0;
	default:
		printf("link-type %u, length %u: ", pkt->linktype,
		       pkt->wirelen);
		if (!line->no_default_hex)
			hex_ascii_print(frame);
		return 0;
	}
}
