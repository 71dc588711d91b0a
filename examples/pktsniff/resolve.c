/* SPDX-License-Identifier: BSD-2-Clause */
#include "resolve.h"
#include "message.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/ether.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* --- hosts and networks --- */

static bool take_address(const struct sockaddr *from,
			 struct pktcap_filter_answer *answer)
{
	const void *address = from;

	if (from->sa_family == AF_INET) {
		const struct sockaddr_in *in = address;

		answer->kind = PKTCAP_FILTER_ANSWER_IPV4;
		answer->prefix = 32;
		memcpy(answer->address, &in->sin_addr, 4);
		return true;
	}
	if (from->sa_family == AF_INET6) {
		const struct sockaddr_in6 *in6 = address;

		answer->kind = PKTCAP_FILTER_ANSWER_IPV6;
		answer->prefix = 128;
		memcpy(answer->address, &in6->sin6_addr, 16);
		return true;
	}
	return false;
}

static int host(const char *name, struct pktcap_filter_answer *answers,
		size_t max)
{
	/* One kind of socket, or each address would come several times. */
	const struct addrinfo wanted = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *found;
	size_t n = 0;
	int ret = getaddrinfo(name, NULL, &wanted, &found);

	if (ret == EAI_MEMORY)
		return -ENOMEM;
	/* "Not known" is what the library says, too. */
	if (ret && ret != EAI_NONAME)
		say("%s: %s", name, gai_strerror(ret));
	if (ret)
		return 0;
	for (const struct addrinfo *i = found; i && n < max; i = i->ai_next)
		n += take_address(i->ai_addr, &answers[n]);
	freeaddrinfo(found);
	return (int)n;
}

/* Networks are in host order and shifted down: 10 is 10.0.0.0/8. */
static int network(const char *name, struct pktcap_filter_answer *answer)
{
	const struct netent *entry = getnetbyname(name);
	uint32_t number, prefix = 32;

	if (!entry || entry->n_addrtype != AF_INET)
		return 0;
	for (number = entry->n_net; number && number <= 0xffffff; number <<= 8)
		prefix -= 8;
	number = htonl(number);
	answer->kind = PKTCAP_FILTER_ANSWER_IPV4;
	answer->prefix = prefix;
	memcpy(answer->address, &number, 4);
	return 1;
}

static int ether(const char *name, struct pktcap_filter_answer *answer)
{
	struct ether_addr address;

	if (ether_hostton(name, &address))
		return 0;
	answer->kind = PKTCAP_FILTER_ANSWER_ETHER;
	memcpy(answer->address, address.ether_addr_octet, 6);
	return 1;
}

/* --- numbers --- */

static int number(struct pktcap_filter_answer *answer, long value,
		  uint32_t protocol)
{
	answer->kind = PKTCAP_FILTER_ANSWER_NUMBER;
	answer->number = (uint32_t)value;
	answer->protocol = protocol;
	return 1;
}

/* -1: no such service. */
static long service(const char *name, const char *protocol)
{
	const struct servent *entry = getservbyname(name, protocol);

	return entry ? ntohs((uint16_t)entry->s_port) : -1;
}

/*
 * A name that has the same port for TCP and UDP means that port of any
 * protocol; of one that has two, TCP's counts, as with tcpdump.
 */
static int port(const char *name, struct pktcap_filter_answer *answer)
{
	long tcp = service(name, "tcp"), udp = service(name, "udp"), sctp;

	if (tcp >= 0)
		return number(answer, tcp, tcp == udp ? 0 : IPPROTO_TCP);
	if (udp >= 0)
		return number(answer, udp, IPPROTO_UDP);
	sctp = service(name, "sctp");
	return sctp < 0 ? 0 : number(answer, sctp, IPPROTO_SCTP);
}

static int protocol(const char *name, struct pktcap_filter_answer *answer)
{
	const struct protoent *entry = getprotobyname(name);

	return entry ? number(answer, entry->p_proto, 0) : 0;
}

/* "IPv4  0800  ip ip4  # a comment"; -1 if it is not about @name. */
static long ether_type_of(char *line, const char *name)
{
	static const char blanks[] = " \t\r\n";
	char *rest = line, *word, *digits;
	bool found = false;

	line[strcspn(line, "#")] = '\0';
	word = strtok_r(line, blanks, &rest);
	digits = strtok_r(NULL, blanks, &rest);
	for (; word && digits; word = strtok_r(NULL, blanks, &rest))
		found = found || strcasecmp(word, name) == 0;
	return found ? strtol(digits, NULL, 16) & 0xffff : -1;
}

/* No function of the C library reads that file. */
static int ether_type(const char *name, struct pktcap_filter_answer *answer)
{
	FILE *file = fopen("/etc/ethertypes", "re");
	char *line = NULL;
	size_t room = 0;
	long type = -1;

	if (!file)
		return 0;
	while (type < 0 && getline(&line, &room, file) > 0)
		type = ether_type_of(line, name);
	free(line);
	fclose(file);
	return type < 0 ? 0 : number(answer, type, 0);
}

int resolve_name(void *user, const char *name, enum pktcap_filter_name kind,
		 struct pktcap_filter_answer *answers, size_t max)
{
	(void)user;
	switch (kind) {
	case PKTCAP_FILTER_NAME_HOST:
		return host(name, answers, max);
	case PKTCAP_FILTER_NAME_NET:
		return network(name, answers);
	case PKTCAP_FILTER_NAME_PORT:
		return port(name, answers);
	case PKTCAP_FILTER_NAME_PROTOCOL:
		return protocol(name, answers);
	case PKTCAP_FILTER_NAME_ETHER:
		return ether(name, answers);
	case PKTCAP_FILTER_NAME_ETHER_PROTOCOL:
		return ether_type(name, answers);
	}
	return 0;
}
