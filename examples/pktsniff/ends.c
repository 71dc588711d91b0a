// SPDX-License-Identifier: BSD-2-Clause
#include "ends.h"
#include "tally.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

int ends_get(const struct pktcap_layer *layers, size_t n,
	     struct pktcap_flow *flow)
{
	struct pktcap_eth eth;

	if (pktcap_flow_get(layers, n, flow) == 0)
		return 0;
	if (!n || pktcap_eth_get(&layers[0], &eth))
		return -ENODATA;
	*flow = (struct pktcap_flow){
		.protocol = (uint8_t)layers[n - 1].proto,
	};
	memcpy(flow->src, eth.src, sizeof(eth.src));
	memcpy(flow->dst, eth.dst, sizeof(eth.dst));
	return 0;
}

static const char *end_text(char text[static END_TEXT], uint8_t version,
			    const uint8_t *address, unsigned int port)
{
	char ip[INET6_ADDRSTRLEN];

	if (!version) {
		snprintf(text, END_TEXT, "%02x:%02x:%02x:%02x:%02x:%02x",
			 address[0], address[1], address[2], address[3],
			 address[4], address[5]);
		return text;
	}
	inet_ntop(version == 6 ? AF_INET6 : AF_INET, address, ip, sizeof(ip));
	if (!port)
		snprintf(text, END_TEXT, "%s", ip);
	else if (version == 6)
		snprintf(text, END_TEXT, "[%s]:%u", ip, port);
	else
		snprintf(text, END_TEXT, "%s:%u", ip, port);
	return text;
}

const char *ends_source(char text[static END_TEXT],
			const struct pktcap_flow *flow)
{
	return end_text(text, flow->version, flow->src, flow->src_port);
}

const char *ends_destination(char text[static END_TEXT],
			     const struct pktcap_flow *flow)
{
	return end_text(text, flow->version, flow->dst, flow->dst_port);
}

/* What the table calls the protocol of a number in an IP header, or 0. */
static uint32_t proto_of_number(uint8_t number)
{
	static const struct {
		uint8_t number;
		uint8_t proto;
	} numbers[] = {
		{ 1, PKTCAP_PROTO_ICMP },   { 2, PKTCAP_PROTO_IGMP },
		{ 4, PKTCAP_PROTO_IPV4 },   { 6, PKTCAP_PROTO_TCP },
		{ 17, PKTCAP_PROTO_UDP },   { 41, PKTCAP_PROTO_IPV6 },
		{ 47, PKTCAP_PROTO_GRE },   { 50, PKTCAP_PROTO_ESP },
		{ 51, PKTCAP_PROTO_AH },    { 58, PKTCAP_PROTO_ICMP6 },
		{ 89, PKTCAP_PROTO_OSPF },  { 112, PKTCAP_PROTO_VRRP },
		{ 132, PKTCAP_PROTO_SCTP }, { 136, PKTCAP_PROTO_UDPLITE },
	};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (numbers[i].number == number)
			return numbers[i].proto;
	return 0;
}

const char *ends_name(char name[static ENDS_NAME],
		      const struct tracked *conversation)
{
	const struct pktcap_flow *flow = &conversation->key;
	uint32_t proto = flow->version ? proto_of_number(flow->protocol)
				       : flow->protocol;
	char transport[TALLY_NAME], application[TALLY_NAME];
	bool both =
		conversation->application && conversation->application != proto;

	if (proto)
		tally_name(transport, proto);
	else
		snprintf(transport, sizeof(transport), "IP %u", flow->protocol);
	snprintf(name, ENDS_NAME, "%s%s%s", transport, both ? " " : "",
		 both ? tally_name(application, conversation->application)
		      : "");
	return name;
}
