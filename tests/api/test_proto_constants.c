// SPDX-License-Identifier: BSD-2-Clause
/* A constant of the public headers is the number that has its name. */
#include <stdio.h>
#include <string.h>

#include <pktcap/decode.h>

#include "support/message.h"
#include "support/rows.h"

struct row {
	const char *name; /* the label that the field has */
	const char *field;
	uint8_t protocol; /* of IP; UDP is DHCP */
	unsigned int type;
	unsigned int code;
};

enum { ICMP = 1, DHCP = 17, ICMP6 = 58 };

#define TYPE4(n, label)                                 \
	{                                               \
		label, "type", ICMP, PKTCAP_ICMP_##n, 0 \
	}
#define TYPE6(n, label)                                   \
	{                                                 \
		label, "type", ICMP6, PKTCAP_ICMP6_##n, 0 \
	}
#define CODE4(t, n, label)                                            \
	{                                                             \
		label, "code", ICMP, PKTCAP_ICMP_##t, PKTCAP_ICMP_##n \
	}
#define CODE6(t, n, label)                                               \
	{                                                                \
		label, "code", ICMP6, PKTCAP_ICMP6_##t, PKTCAP_ICMP6_##n \
	}
#define OPTION(n, label)                                       \
	{                                                      \
		label, "code", DHCP, PKTCAP_DHCP_OPTION_##n, 0 \
	}
#define MESSAGE(n, label)                                              \
	{                                                              \
		label, "value", DHCP, PKTCAP_DHCP_OPTION_MESSAGE_TYPE, \
			PKTCAP_DHCP_##n                                \
	}

/* clang-format off */
static const struct row rows[] = {
	TYPE4(ECHO_REPLY, "echo reply"),
	TYPE4(UNREACHABLE, "destination unreachable"),
	TYPE4(SOURCE_QUENCH, "source quench"),
	TYPE4(REDIRECT, "redirect"),
	TYPE4(ECHO_REQUEST, "echo request"),
	TYPE4(ROUTER_ADVERTISEMENT, "router advertisement"),
	TYPE4(ROUTER_SOLICITATION, "router solicitation"),
	TYPE4(TIME_EXCEEDED, "time exceeded"),
	TYPE4(PARAMETER_PROBLEM, "parameter problem"),
	TYPE4(TIMESTAMP_REQUEST, "timestamp request"),
	TYPE4(MASK_REQUEST, "address mask request"),
	TYPE4(EXTENDED_ECHO_REQUEST, "extended echo request"),
	CODE4(UNREACHABLE, NET_UNREACHABLE, "network unreachable"),
	CODE4(UNREACHABLE, HOST_UNREACHABLE, "host unreachable"),
	CODE4(UNREACHABLE, PROTOCOL_UNREACHABLE, "protocol unreachable"),
	CODE4(UNREACHABLE, PORT_UNREACHABLE, "port unreachable"),
	CODE4(UNREACHABLE, FRAGMENTATION_NEEDED, "fragmentation needed"),
	CODE4(UNREACHABLE, COMMUNICATION_PROHIBITED, "communication prohibited"),
	CODE4(UNREACHABLE, HOST_PROHIBITED, "host prohibited"),
	CODE4(REDIRECT, REDIRECT_HOST, "for the host"),
	CODE4(TIME_EXCEEDED, EXCEEDED_TTL, "in transit"),
	CODE4(TIME_EXCEEDED, EXCEEDED_REASSEMBLY, "fragment reassembly"),
	TYPE6(UNREACHABLE, "destination unreachable"),
	TYPE6(TOO_BIG, "packet too big"),
	TYPE6(TIME_EXCEEDED, "time exceeded"),
	TYPE6(PARAMETER_PROBLEM, "parameter problem"),
	TYPE6(ECHO_REQUEST, "echo request"),
	TYPE6(ECHO_REPLY, "echo reply"),
	TYPE6(LISTENER_QUERY, "multicast listener query"),
	TYPE6(LISTENER_REPORT, "multicast listener report"),
	TYPE6(LISTENER_DONE, "multicast listener done"),
	TYPE6(ROUTER_SOLICITATION, "router solicitation"),
	TYPE6(ROUTER_ADVERTISEMENT, "router advertisement"),
	TYPE6(NEIGHBOUR_SOLICITATION, "neighbour solicitation"),
	TYPE6(NEIGHBOUR_ADVERTISEMENT, "neighbour advertisement"),
	TYPE6(REDIRECT, "redirect"),
	TYPE6(LISTENER_REPORT_V2, "multicast listener report v2"),
	CODE6(UNREACHABLE, NO_ROUTE, "no route"),
	CODE6(UNREACHABLE, COMMUNICATION_PROHIBITED, "communication prohibited"),
	CODE6(UNREACHABLE, BEYOND_SCOPE, "beyond scope of source address"),
	CODE6(UNREACHABLE, ADDRESS_UNREACHABLE, "address unreachable"),
	CODE6(UNREACHABLE, PORT_UNREACHABLE, "port unreachable"),
	CODE6(TIME_EXCEEDED, EXCEEDED_HOPS, "in transit"),
	CODE6(PARAMETER_PROBLEM, BAD_NEXT_HEADER, "unrecognized next header"),
	CODE6(PARAMETER_PROBLEM, BAD_OPTION, "unrecognized option"),
	OPTION(SUBNET_MASK, "subnet mask"),
	OPTION(ROUTERS, "routers"),
	OPTION(DNS_SERVERS, "DNS servers"),
	OPTION(HOST_NAME, "host name"),
	OPTION(DOMAIN_NAME, "domain name"),
	OPTION(INTERFACE_MTU, "interface MTU"),
	OPTION(BROADCAST_ADDRESS, "broadcast address"),
	OPTION(NTP_SERVERS, "NTP servers"),
	OPTION(VENDOR_INFORMATION, "vendor-specific information"),
	OPTION(REQUESTED_ADDRESS, "requested address"),
	OPTION(LEASE_TIME, "lease time"),
	OPTION(OVERLOAD, "overload"),
	OPTION(MESSAGE_TYPE, "message type"),
	OPTION(SERVER_ID, "server id"),
	OPTION(PARAMETER_LIST, "parameter request list"),
	OPTION(MESSAGE, "message"),
	OPTION(MAX_MESSAGE_SIZE, "maximum message size"),
	OPTION(RENEWAL_TIME, "renewal time"),
	OPTION(REBINDING_TIME, "rebinding time"),
	OPTION(VENDOR_CLASS, "vendor class id"),
	OPTION(CLIENT_ID, "client id"),
	OPTION(TFTP_SERVER, "TFTP server name"),
	OPTION(BOOT_FILE, "boot file name"),
	OPTION(CLIENT_FQDN, "client FQDN"),
	OPTION(RELAY_AGENT, "relay agent information"),
	OPTION(DOMAIN_SEARCH, "domain search"),
	OPTION(CLASSLESS_ROUTES, "classless static routes"),
	MESSAGE(DISCOVER, "discover"),
	MESSAGE(OFFER, "offer"),
	MESSAGE(REQUEST, "request"),
	MESSAGE(DECLINE, "decline"),
	MESSAGE(ACK, "ack"),
	MESSAGE(NAK, "nak"),
	MESSAGE(RELEASE, "release"),
	MESSAGE(INFORM, "inform"),
};

static const struct {
	uint16_t number;
	const char *name;
} types[] = {
#define TYPE(n) { PKTCAP_DNS_TYPE_##n, #n }
	TYPE(A), TYPE(NS), TYPE(CNAME), TYPE(SOA), TYPE(PTR), TYPE(HINFO),
	TYPE(MX), TYPE(TXT), TYPE(AAAA), TYPE(SRV), TYPE(NAPTR), TYPE(DNAME),
	TYPE(OPT), TYPE(DS), TYPE(SSHFP), TYPE(RRSIG), TYPE(NSEC),
	TYPE(DNSKEY), TYPE(NSEC3), TYPE(NSEC3PARAM), TYPE(TLSA), TYPE(SVCB),
	TYPE(HTTPS), TYPE(TSIG), TYPE(IXFR), TYPE(AXFR), TYPE(ANY), TYPE(CAA),
}, rcodes[] = {
#define RCODE(n) { PKTCAP_DNS_RCODE_##n, #n }
	RCODE(NOERROR), RCODE(FORMERR), RCODE(SERVFAIL), RCODE(NXDOMAIN),
	RCODE(NOTIMP), RCODE(REFUSED), RCODE(YXDOMAIN), RCODE(YXRRSET),
	RCODE(NXRRSET), RCODE(NOTAUTH), RCODE(NOTZONE),
};
/* clang-format on */

struct search {
	const char *field;
	char label[64];
};

static int take_label(void *arg, const struct pktcap_field *field)
{
	struct search *search = arg;

	if (!field->name || strcmp(field->name, search->field) != 0)
		return 0;
	if (field->label)
		snprintf(search->label, sizeof(search->label), "%s",
			 field->label);
	return 1;
}

/* The message that the row's numbers are in, as a packet. */
static void build(const struct row *row, struct message *m)
{
	char hex[128];

	if (row->protocol == DHCP) {
		snprintf(hex, sizeof(hex),
			 "01 01 06 00 00*232 63825363 %02x 01 %02x ff",
			 row->type, row->code);
		message_udp(m, 67, hex);
		return;
	}
	snprintf(hex, sizeof(hex), "%02x %02x 0000 00*60", row->type,
		 row->code);
	message_ip(m, row->protocol == ICMP ? 4 : 6, row->protocol, hex);
}

static void test_row(void **state)
{
	const struct row *row = *state;
	struct search search = { row->field, "" };
	struct pktcap_layer layers[PKTCAP_LAYERS];
	static struct message m;
	size_t n;
	const size_t at = row->protocol == DHCP ? 2 : 1;

	build(row, &m);
	n = pktcap_decode(&m.pkt, layers, PKTCAP_LAYERS);
	assert_true(n > at);
	pktcap_layer_fields(&layers[at], take_label, &search);
	assert_string_equal(search.label, row->name);
}

static void test_dns(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		assert_string_equal(pktcap_dns_type_name(types[i].number),
				    types[i].name);
	for (size_t i = 0; i < sizeof(rcodes) / sizeof(rcodes[0]); i++)
		assert_string_equal(pktcap_dns_rcode_name(rcodes[i].number),
				    rcodes[i].name);
}

int main(void)
{
	static struct CMUnitTest tests[128] = { cmocka_unit_test(test_dns) };
	size_t n = 1;

	ADD_ROWS(tests, n, rows, test_row);
	return _cmocka_run_group_tests("proto_constants", tests, n, NULL, NULL);
}
