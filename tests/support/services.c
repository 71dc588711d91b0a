// SPDX-License-Identifier: BSD-2-Clause
#include "support/services.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>

/* -1: no such service. */
static int port_of(const char *name, const char *protocol)
{
	const struct servent *entry = getservbyname(name, protocol);

	return entry ? ntohs((uint16_t)entry->s_port) : -1;
}

/* The protocol, 0 for any, and the port; -1 if there is none. */
static int service(const char *name, uint32_t *protocol)
{
	int tcp = port_of(name, "tcp"), udp = port_of(name, "udp");

	*protocol = tcp == udp ? 0 : tcp >= 0 ? IPPROTO_TCP : IPPROTO_UDP;
	return tcp >= 0 ? tcp : udp;
}

int services_resolve(void *user, const char *name, enum pktcap_filter_name kind,
		     struct pktcap_filter_answer *answers, size_t max)
{
	const struct protoent *entry = NULL;
	uint32_t protocol = 0;
	int number = -1;

	(void)user;
	(void)max;
	if (kind == PKTCAP_FILTER_NAME_PORT)
		number = service(name, &protocol);
	if (kind == PKTCAP_FILTER_NAME_PROTOCOL)
		entry = getprotobyname(name);
	if (entry)
		number = entry->p_proto;
	if (number < 0)
		return 0;
	answers[0] = (struct pktcap_filter_answer){
		.kind = PKTCAP_FILTER_ANSWER_NUMBER,
		.number = (uint32_t)number,
		.protocol = protocol,
	};
	return 1;
}
