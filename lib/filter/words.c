// SPDX-License-Identifier: BSD-2-Clause
/* The words that mean something, and those that nearly do. */
#include <string.h>

#include "filter/token.h"

/* Sorted as bytes are, for the search below. */
static const struct keyword keywords[] = {
	{ "aarp", TOKEN_PROTOCOL, AST_PROTO_AARP, 0 },
	{ "action", TOKEN_CODED, AST_TYPE_PF_ACTION, 0 },
	{ "addr1", TOKEN_DIRECTION, AST_DIR_ADDR1, 0 },
	{ "addr2", TOKEN_DIRECTION, AST_DIR_ADDR2, 0 },
	{ "addr3", TOKEN_DIRECTION, AST_DIR_ADDR3, 0 },
	{ "addr4", TOKEN_DIRECTION, AST_DIR_ADDR4, 0 },
	{ "address1", TOKEN_DIRECTION, AST_DIR_ADDR1, 0 },
	{ "address2", TOKEN_DIRECTION, AST_DIR_ADDR2, 0 },
	{ "address3", TOKEN_DIRECTION, AST_DIR_ADDR3, 0 },
	{ "address4", TOKEN_DIRECTION, AST_DIR_ADDR4, 0 },
	{ "ah", TOKEN_PROTOCOL, AST_PROTO_AH, 0 },
	{ "and", TOKEN_AND, 0, 0 },
	{ "arp", TOKEN_PROTOCOL, AST_PROTO_ARP, 0 },
	{ "atalk", TOKEN_PROTOCOL, AST_PROTO_ATALK, 0 },
	{ "bcc", TOKEN_SIGNAL, AST_TYPE_ATM, 0 },
	{ "broadcast", TOKEN_CAST, AST_TYPE_BROADCAST, 0 },
	{ "byte", TOKEN_BYTE, 0, 0 },
	{ "carp", TOKEN_PROTOCOL, AST_PROTO_CARP, 0 },
	{ "clnp", TOKEN_PROTOCOL, AST_PROTO_CLNP, 0 },
	{ "connectmsg", TOKEN_SIGNAL, AST_TYPE_ATM, 0 },
	{ "csnp", TOKEN_PROTOCOL, AST_PROTO_ISIS_CSNP, 0 },
	{ "decnet", TOKEN_PROTOCOL, AST_PROTO_DECNET, 0 },
	{ "dir", TOKEN_WLAN, AST_TYPE_WLAN_DIR, 0 },
	{ "direction", TOKEN_WLAN, AST_TYPE_WLAN_DIR, 0 },
	{ "dpc", TOKEN_FIELD, AST_TYPE_MTP3_FIELD, 0 },
	{ "dst", TOKEN_DIRECTION, AST_DIR_DST, 0 },
	{ "es-is", TOKEN_PROTOCOL, AST_PROTO_ESIS, 0 },
	{ "esis", TOKEN_PROTOCOL, AST_PROTO_ESIS, 0 },
	{ "esp", TOKEN_PROTOCOL, AST_PROTO_ESP, 0 },
	{ "ether", TOKEN_PROTOCOL, AST_PROTO_LINK, 0 },
	{ "fddi", TOKEN_PROTOCOL, AST_PROTO_LINK, 0 },
	{ "fisu", TOKEN_SIGNAL, AST_TYPE_MTP2, 0 },
	{ "gateway", TOKEN_GATEWAY, AST_TYPE_GATEWAY, 0 },
	{ "geneve", TOKEN_LABEL, AST_TYPE_GENEVE, 0 },
	{ "greater", TOKEN_COUNTED, AST_TYPE_GREATER, 0 },
	{ "hdpc", TOKEN_FIELD, AST_TYPE_MTP3_FIELD, 0 },
	{ "hfisu", TOKEN_SIGNAL, AST_TYPE_MTP2, 0 },
	{ "hlssu", TOKEN_SIGNAL, AST_TYPE_MTP2, 0 },
	{ "hmsu", TOKEN_SIGNAL, AST_TYPE_MTP2, 0 },
	{ "hopc", TOKEN_FIELD, AST_TYPE_MTP3_FIELD, 0 },
	{ "host", TOKEN_TYPE, AST_TYPE_HOST, 0 },
	{ "hsio", TOKEN_FIELD, AST_TYPE_MTP3_FIELD, 0 },
	{ "hsls", TOKEN_FIELD, AST_TYPE_MTP3_FIELD, 0 },
	{ "icmp", TOKEN_PROTOCOL, AST_PROTO_ICMP, 0 },
	{ "icmp-echo", TOKEN_NUMBER, 8, 0 },
	{ "icmp-echoreply", TOKEN_NUMBER, 0, 0 },
	{ "icmp-ireq", TOKEN_NUMBER, 15, 0 },
	{ "icmp-ireqreply", TOKEN_NUMBER, 16, 0 },
	{ "icmp-maskreply", TOKEN_NUMBER, 18, 0 },
	{ "icmp-maskreq", TOKEN_NUMBER, 17, 0 },
	{ "icmp-paramprob", TOKEN_NUMBER, 12, 0 },
	{ "icmp-redirect", TOKEN_NUMBER, 5, 0 },
	{ "icmp-routeradvert", TOKEN_NUMBER, 9, 0 },
	{ "icmp-routersolicit", TOKEN_NUMBER, 10, 0 },
	{ "icmp-sourcequench", TOKEN_NUMBER, 4, 0 },
	{ "icmp-timxceed", TOKEN_NUMBER, 11, 0 },
	{ "icmp-tstamp", TOKEN_NUMBER, 13, 0 },
	{ "icmp-tstampreply", TOKEN_NUMBER, 14, 0 },
	{ "icmp-unreach", TOKEN_NUMBER, 3, 0 },
	{ "icmp6", TOKEN_PROTOCOL, AST_PROTO_ICMP6, 0 },
	{ "icmp6-certpathadvert", TOKEN_NUMBER, 149, 0 },
	{ "icmp6-certpathsolicit", TOKEN_NUMBER, 148, 0 },
	{ "icmp6-destinationunreach", TOKEN_NUMBER, 1, 0 },
	{ "icmp6-echo", TOKEN_NUMBER, 128, 0 },
	{ "icmp6-echoreply", TOKEN_NUMBER, 129, 0 },
	{ "icmp6-homeagentdiscoveryreply", TOKEN_NUMBER, 145, 0 },
	{ "icmp6-homeagentdiscoveryrequest", TOKEN_NUMBER, 144, 0 },
	{ "icmp6-ineighbordiscoveryadvert", TOKEN_NUMBER, 142, 0 },
	{ "icmp6-ineighbordiscoverysolicit", TOKEN_NUMBER, 141, 0 },
	{ "icmp6-mobileprefixadvert", TOKEN_NUMBER, 147, 0 },
	{ "icmp6-mobileprefixsolicit", TOKEN_NUMBER, 146, 0 },
	{ "icmp6-multicastlistenerdone", TOKEN_NUMBER, 132, 0 },
	{ "icmp6-multicastlistenerquery", TOKEN_NUMBER, 130, 0 },
	{ "icmp6-multicastlistenerreportv1", TOKEN_NUMBER, 131, 0 },
	{ "icmp6-multicastlistenerreportv2", TOKEN_NUMBER, 143, 0 },
	{ "icmp6-multicastrouteradvert", TOKEN_NUMBER, 151, 0 },
	{ "icmp6-multicastroutersolicit", TOKEN_NUMBER, 152, 0 },
	{ "icmp6-multicastrouterterm", TOKEN_NUMBER, 153, 0 },
	{ "icmp6-neighboradvert", TOKEN_NUMBER, 136, 0 },
	{ "icmp6-neighborsolicit", TOKEN_NUMBER, 135, 0 },
	{ "icmp6-nodeinformationquery", TOKEN_NUMBER, 139, 0 },
	{ "icmp6-nodeinformationresponse", TOKEN_NUMBER, 140, 0 },
	{ "icmp6-packettoobig", TOKEN_NUMBER, 2, 0 },
	{ "icmp6-parameterproblem", TOKEN_NUMBER, 4, 0 },
	{ "icmp6-redirect", TOKEN_NUMBER, 137, 0 },
	{ "icmp6-routeradvert", TOKEN_NUMBER, 134, 0 },
	{ "icmp6-routerrenum", TOKEN_NUMBER, 138, 0 },
	{ "icmp6-routersolicit", TOKEN_NUMBER, 133, 0 },
	{ "icmp6-timeexceeded", TOKEN_NUMBER, 3, 0 },
	{ "icmp6code", TOKEN_NUMBER, 1, 0 },
	{ "icmp6type", TOKEN_NUMBER, 0, 0 },
	{ "icmpcode", TOKEN_NUMBER, 1, 0 },
	{ "icmptype", TOKEN_NUMBER, 0, 0 },
	{ "ifindex", TOKEN_COUNTED, AST_TYPE_IFINDEX, 0 },
	{ "ifname", TOKEN_NAMED, AST_TYPE_PF_IFNAME, 0 },
	{ "igmp", TOKEN_PROTOCOL, AST_PROTO_IGMP, 0 },
	{ "igrp", TOKEN_PROTOCOL, AST_PROTO_IGRP, 0 },
	{ "iih", TOKEN_PROTOCOL, AST_PROTO_ISIS_IIH, 0 },
	{ "ilmic", TOKEN_SIGNAL, AST_TYPE_ATM, 0 },
	{ "inbound", TOKEN_ALONE, AST_TYPE_INBOUND, 0 },
	{ "inner", TOKEN_INNER, 0, FILTER_EXTENDED },
	{ "ip", TOKEN_PROTOCOL, AST_PROTO_IP, 0 },
	{ "ip6", TOKEN_PROTOCOL, AST_PROTO_IP6, 0 },
	{ "ipx", TOKEN_PROTOCOL, AST_PROTO_IPX, 0 },
	{ "is-is", TOKEN_PROTOCOL, AST_PROTO_ISIS, 0 },
	{ "isis", TOKEN_PROTOCOL, AST_PROTO_ISIS, 0 },
	{ "iso", TOKEN_PROTOCOL, AST_PROTO_ISO, 0 },
	{ "l1", TOKEN_PROTOCOL, AST_PROTO_ISIS_L1, 0 },
	{ "l2", TOKEN_PROTOCOL, AST_PROTO_ISIS_L2, 0 },
	{ "lane", TOKEN_SIGNAL, AST_TYPE_ATM, 0 },
	{ "lat", TOKEN_PROTOCOL, AST_PROTO_LAT, 0 },
	{ "len", TOKEN_LEN, 0, 0 },
	{ "length", TOKEN_LEN, 0, 0 },
	{ "less", TOKEN_COUNTED, AST_TYPE_LESS, 0 },
	{ "link", TOKEN_PROTOCOL, AST_PROTO_LINK, 0 },
	{ "llc", TOKEN_LLC, 0, 0 },
	{ "lsp", TOKEN_PROTOCOL, AST_PROTO_ISIS_LSP, 0 },
	{ "lssu", TOKEN_SIGNAL, AST_TYPE_MTP2, 0 },
	{ "lsu", TOKEN_SIGNAL, AST_TYPE_MTP2, 0 },
	{ "mask", TOKEN_MASK, 0, 0 },
	{ "metac", TOKEN_SIGNAL, AST_TYPE_ATM, 0 },
	{ "metaconnect", TOKEN_SIGNAL, AST_TYPE_ATM, 0 },
	{ "mopdl", TOKEN_PROTOCOL, AST_PROTO_MOPDL, 0 },
	{ "moprc", TOKEN_PROTOCOL, AST_PROTO_MOPRC, 0 },
	{ "mpls", TOKEN_LABEL, AST_TYPE_MPLS, 0 },
	{ "msu", TOKEN_SIGNAL, AST_TYPE_MTP2, 0 },
	{ "multicast", TOKEN_CAST, AST_TYPE_MULTICAST, 0 },
	{ "net", TOKEN_TYPE, AST_TYPE_NET, 0 },
	{ "netbeui", TOKEN_PROTOCOL, AST_PROTO_NETBEUI, 0 },
	{ "not", TOKEN_NOT, 0, 0 },
	{ "oam", TOKEN_SIGNAL, AST_TYPE_ATM, 0 },
	{ "oamf4", TOKEN_SIGNAL, AST_TYPE_ATM, 0 },
	{ "oamf4ec", TOKEN_SIGNAL, AST_TYPE_ATM, 0 },
	{ "oamf4sc", TOKEN_SIGNAL, AST_TYPE_ATM, 0 },
	{ "on", TOKEN_NAMED, AST_TYPE_PF_IFNAME, 0 },
	{ "opc", TOKEN_FIELD, AST_TYPE_MTP3_FIELD, 0 },
	{ "or", TOKEN_OR, 0, 0 },
	{ "outbound", TOKEN_ALONE, AST_TYPE_OUTBOUND, 0 },
	{ "pim", TOKEN_PROTOCOL, AST_PROTO_PIM, 0 },
	{ "port", TOKEN_TYPE, AST_TYPE_PORT, 0 },
	{ "portrange", TOKEN_TYPE, AST_TYPE_PORTRANGE, 0 },
	{ "ppp", TOKEN_PROTOCOL, AST_PROTO_LINK, 0 },
	{ "pppoed", TOKEN_ALONE, AST_TYPE_PPPOED, 0 },
	{ "pppoes", TOKEN_LABEL, AST_TYPE_PPPOES, 0 },
	{ "proto", TOKEN_PROTO, AST_TYPE_PROTO, 0 },
	{ "protochain", TOKEN_PROTO, AST_TYPE_PROTOCHAIN, 0 },
	{ "psnp", TOKEN_PROTOCOL, AST_PROTO_ISIS_PSNP, 0 },
	{ "ra", TOKEN_DIRECTION, AST_DIR_RA, 0 },
	{ "radio", TOKEN_PROTOCOL, AST_PROTO_RADIO, 0 },
	{ "rarp", TOKEN_PROTOCOL, AST_PROTO_RARP, 0 },
	{ "reason", TOKEN_CODED, AST_TYPE_PF_REASON, 0 },
	{ "rnr", TOKEN_COUNTED, AST_TYPE_PF_RULE, 0 },
	{ "rset", TOKEN_NAMED, AST_TYPE_PF_RULESET, 0 },
	{ "rulenum", TOKEN_COUNTED, AST_TYPE_PF_RULE, 0 },
	{ "ruleset", TOKEN_NAMED, AST_TYPE_PF_RULESET, 0 },
	{ "sample", TOKEN_SAMPLE, 0, FILTER_EXTENDED },
	{ "sc", TOKEN_SIGNAL, AST_TYPE_ATM, 0 },
	{ "sca", TOKEN_PROTOCOL, AST_PROTO_SCA, 0 },
	{ "sctp", TOKEN_PROTOCOL, AST_PROTO_SCTP, 0 },
	{ "sio", TOKEN_FIELD, AST_TYPE_MTP3_FIELD, 0 },
	{ "slip", TOKEN_PROTOCOL, AST_PROTO_LINK, 0 },
	{ "sls", TOKEN_FIELD, AST_TYPE_MTP3_FIELD, 0 },
	{ "snp", TOKEN_PROTOCOL, AST_PROTO_ISIS_SNP, 0 },
	{ "src", TOKEN_DIRECTION, AST_DIR_SRC, 0 },
	{ "srnr", TOKEN_COUNTED, AST_TYPE_PF_SUBRULE, 0 },
	{ "stp", TOKEN_PROTOCOL, AST_PROTO_STP, 0 },
	{ "subrulenum", TOKEN_COUNTED, AST_TYPE_PF_SUBRULE, 0 },
	{ "subtype", TOKEN_WLAN, AST_TYPE_WLAN_SUBTYPE, 0 },
	{ "ta", TOKEN_DIRECTION, AST_DIR_TA, 0 },
	{ "tcp", TOKEN_PROTOCOL, AST_PROTO_TCP, 0 },
	{ "tcp-ack", TOKEN_NUMBER, 0x10, 0 },
	{ "tcp-cwr", TOKEN_NUMBER, 0x80, 0 },
	{ "tcp-ece", TOKEN_NUMBER, 0x40, 0 },
	{ "tcp-fin", TOKEN_NUMBER, 0x01, 0 },
	{ "tcp-push", TOKEN_NUMBER, 0x08, 0 },
	{ "tcp-rst", TOKEN_NUMBER, 0x04, 0 },
	{ "tcp-syn", TOKEN_NUMBER, 0x02, 0 },
	{ "tcp-urg", TOKEN_NUMBER, 0x20, 0 },
	{ "tcpflags", TOKEN_NUMBER, 13, 0 },
	{ "tr", TOKEN_PROTOCOL, AST_PROTO_LINK, 0 },
	{ "type", TOKEN_WLAN, AST_TYPE_WLAN_TYPE, 0 },
	{ "udp", TOKEN_PROTOCOL, AST_PROTO_UDP, 0 },
	{ "vci", TOKEN_FIELD, AST_TYPE_ATM_FIELD, 0 },
	{ "vlan", TOKEN_LABEL, AST_TYPE_VLAN, 0 },
	{ "vpi", TOKEN_FIELD, AST_TYPE_ATM_FIELD, 0 },
	{ "vrrp", TOKEN_PROTOCOL, AST_PROTO_VRRP, 0 },
	{ "vxlan", TOKEN_LABEL, AST_TYPE_VXLAN, FILTER_EXTENDED },
	{ "wlan", TOKEN_PROTOCOL, AST_PROTO_LINK, 0 },
};

enum { KEYWORDS = sizeof(keywords) / sizeof(keywords[0]) };

static int compare(const char *p, size_t n, const char *word)
{
	/* Most differ there. */
	int difference = (unsigned char)p[0] - (unsigned char)word[0];

	if (!difference)
		difference = strncmp(p, word, n);
	return difference ? difference : -(word[n] != '\0');
}

const struct keyword *filter_keyword(const char *p, size_t n, uint32_t flags)
{
	size_t low = 0, high = KEYWORDS;

	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct keyword *k = &keywords[middle];
		int difference = compare(p, n, k->word);

		if (!difference)
			return k->flags & ~flags ? NULL : k;
		if (difference < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

uint32_t filter_words_of(uint32_t linktype)
{
	switch (linktype) {
	case PKTCAP_LINKTYPE_IEEE802_11:
	case PKTCAP_LINKTYPE_IEEE802_11_RADIOTAP:
	case 119: /* with the header of Prism cards */
	case 163: /* of AVS */
		return FILTER_WORDS_WLAN;
	case 117:
		return FILTER_WORDS_PF | FILTER_WORDS_WLAN;
	case 123:
	case 139:
	case 140:
		return FILTER_WORDS_SIGNALS;
	default:
		return 0;
	}
}

/* The FILTER_WORDS_* a word is of, 0 for most. */
static uint32_t words_of(const struct keyword *k)
{
	switch (k->kind) {
	case TOKEN_FIELD:
	case TOKEN_SIGNAL:
		return FILTER_WORDS_SIGNALS;
	case TOKEN_WLAN:
		return FILTER_WORDS_WLAN;
	case TOKEN_NAMED:
	case TOKEN_CODED:
		return FILTER_WORDS_PF;
	case TOKEN_COUNTED:
		return k->value == AST_TYPE_PF_RULE ||
				       k->value == AST_TYPE_PF_SUBRULE
			       ? FILTER_WORDS_PF
			       : 0;
	default:
		return 0;
	}
}

enum { SIMILAR_MAX = 32 }; /* longer words are not compared */

static unsigned int smallest(unsigned int a, unsigned int b, unsigned int c)
{
	a = a < b ? a : b;
	return a < c ? a : c;
}

/*
 * Letters to insert, remove, replace or exchange with the next to make one
 * word of the other. Of the row before the last one only a corner is needed.
 */
unsigned int filter_distance(const char *p, size_t n, const char *word)
{
	unsigned int rows[3][SIMILAR_MAX + 1];
	size_t len = strlen(word);

	if (n > SIMILAR_MAX || len > SIMILAR_MAX)
		return UINT32_MAX;
	for (size_t j = 0; j <= len; j++)
		rows[0][j] = (unsigned int)j;
	for (size_t i = 1; i <= n; i++) {
		unsigned int *row = rows[i % 3], *above = rows[(i + 2) % 3];
		const unsigned int *before = rows[(i + 1) % 3];

		row[0] = (unsigned int)i;
		for (size_t j = 1; j <= len; j++) {
			row[j] = smallest(above[j] + 1, row[j - 1] + 1,
					  above[j - 1] +
						  (p[i - 1] != word[j - 1]));
			if (i > 1 && j > 1 && p[i - 1] == word[j - 2] &&
			    p[i - 2] == word[j - 1] &&
			    before[j - 2] + 1 < row[j])
				row[j] = before[j - 2] + 1;
		}
	}
	return rows[n % 3][len];
}

static size_t common(const char *p, size_t n, const char *word)
{
	size_t i = 0;

	while (i < n && word[i] == p[i])
		i++;
	return i;
}

/* Of words that are equally near the one with the same beginning. */
static const char *similar(const char *p, size_t n, uint32_t flags,
			   bool numbers)
{
	/* One letter in a short word; nothing but capitals in a shorter one. */
	unsigned int best = n > 5 ? 3 : n > 2 ? 2 : 1;
	const char *found = NULL;
	char lower[SIMILAR_MAX];

	if (n > sizeof(lower))
		return NULL;
	for (size_t i = 0; i < n; i++)
		lower[i] =
			(char)(p[i] >= 'A' && p[i] <= 'Z' ? p[i] | 0x20 : p[i]);
	p = lower;
	for (size_t i = 0; i < KEYWORDS; i++) {
		const struct keyword *k = &keywords[i];
		unsigned int d;

		if ((k->flags | words_of(k)) & ~flags ||
		    (numbers && k->kind != TOKEN_NUMBER &&
		     k->kind != TOKEN_LEN))
			continue;
		d = filter_distance(p, n, k->word);
		if (d < best || (found && d == best &&
				 common(p, n, k->word) > common(p, n, found))) {
			best = d;
			found = k->word;
		}
	}
	return found;
}

const char *filter_similar(const char *p, size_t n, uint32_t flags)
{
	return similar(p, n, flags, false);
}

const char *filter_similar_number(const char *p, size_t n)
{
	return similar(p, n, 0, true);
}
