/* SPDX-License-Identifier: BSD-2-Clause */
/* The command lines of programs that ask hosts: options, addresses, prefixes.
 */
#ifndef ASK_OPTIONS_H
#define ASK_OPTIONS_H

#include <getopt.h>

#include "ask.h"
#include "rate.h"

static inline bool ask_parse_address(const char *text,
				     struct neighbour_address *out)
{
	memset(out, 0, sizeof(*out));
	out->family = strchr(text, ':') ? AF_INET6 : AF_INET;
	return inet_pton(out->family, text, out->bytes) == 1;
}

/* Returns 0, or -1 after a message. */
static inline int ask_parse_number(const char *what, const char *text,
				   uint32_t least, uint32_t most, uint32_t *out)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);

	if (*text < '0' || *text > '9' || *end || value < least ||
	    value > most) {
		fprintf(stderr, "%s: %s is no number from %u to %u\n", what,
			text, least, most);
		return -1;
	}
	*out = (uint32_t)value;
	return 0;
}

static inline int ask_option(struct ask *ask, int option, const char *text)
{
	switch (option) {
	case 'f':
		if (ask_parse_address(text, &ask->from))
			return 0;
		fprintf(stderr, "--from %s: an IPv4 or IPv6 address\n", text);
		return -1;
	case 'r':
		return ask_parse_number("--retries", text, 0, 1000,
					&ask->retries);
	case 't':
		return ask_parse_number("--timeout", text, 1, 3600000,
					&ask->timeout_ms);
	case 'R':
		ask->rate = PKTCAP_SEND_PACE_OPTS(.flags = 0);
		return rate_parse("--rate", text, &ask->rate);
	case 'v':
		ask->verbose = true;
		return 0;
	case '6':
		ask->ipv6 = true;
		return 0;
	default:
		return -1;
	}
}

/* Returns 2, which is the exit code. */
static inline int ask_usage(const char *program, const char *usage)
{
	fprintf(stderr, "usage: %s %s\n", program, usage);
	return 2;
}

/*
 * Reads the options (@allowed: the letters of those the program has), and the
 * interface behind them if there is one; optind is then at what follows it.
 * Returns 0, or 2 after a message.
 */
static inline int ask_options(struct ask *ask, int argc, char **argv,
			      const char *allowed, const char *usage)
{
	static const struct option options[] = {
		{ "from", required_argument, NULL, 'f' },
		{ "retries", required_argument, NULL, 'r' },
		{ "timeout", required_argument, NULL, 't' },
		{ "rate", required_argument, NULL, 'R' },
		{ "verbose", no_argument, NULL, 'v' },
		{ "ipv6", no_argument, NULL, '6' },
		{ 0 },
	};
	int option;

	/* Three tries, each as long as slow Wi-Fi takes. */
	*ask = (struct ask){
		.timeout_ms = 1000,
		.retries = 2,
		.rate = PKTCAP_SEND_PACE_OPTS(.packets_per_s = 500),
	};
	while ((option = getopt_long(argc, argv, "v", options, NULL)) != -1)
		if (!(option != '?' && strchr(allowed, option)) ||
		    ask_option(ask, option, optarg))
			return ask_usage(argv[0], usage);
	if (ask->ipv6 && ask->from.family == AF_INET)
		return ask_usage(argv[0], usage);
	if (optind < argc)
		ask->ifname = argv[optind++];
	return 0;
}

/* The @i-th address of a prefix. */
static inline void ask_count_up(struct neighbour_address *address, uint32_t i)
{
	for (unsigned int at = ask_bytes(address->family); i && at--; i >>= 8)
		address->bytes[at] |= (uint8_t)i;
}

/* All but IPv4's address of the network itself and that of its broadcast. */
static inline int ask_add_prefix(struct ask *ask,
				 struct neighbour_address prefix,
				 unsigned int bits)
{
	unsigned int size = ask_bytes(prefix.family) * 8;
	uint32_t count = UINT32_C(1) << (size - bits);
	uint32_t edge = prefix.family == AF_INET && count > 2;

	for (unsigned int i = bits; i < size; i++)
		prefix.bytes[i / 8] &= (uint8_t) ~(0x80 >> i % 8);
	for (uint32_t i = edge; i < count - edge; i++) {
		struct ask_host host = { .address = prefix };

		ask_count_up(&host.address, i);
		if (ask_add_host(ask, &host))
			return -1;
	}
	return 0;
}

/* Of 2^@bits addresses with those that are there already; a message if so. */
static inline bool ask_too_many(const struct ask *ask, const char *text,
				unsigned int size, unsigned int bits)
{
	uint32_t most = 1u << ASK_BITS;

	if (bits > ASK_BITS)
		fprintf(stderr,
			"%s: more than %u addresses: a prefix of /%u "
			"or longer\n",
			text, most, size - ASK_BITS);
	else if (ask->n + (1u << bits) > most)
		fprintf(stderr,
			"%s: more than %u addresses with those in front: one "
			"after the other\n",
			text, most);
	else
		return false;
	return true;
}

/* ADDRESS or ADDRESS/LENGTH. Returns 0, or -1 after a message. */
static inline int ask_add(struct ask *ask, const char *text)
{
	struct neighbour_address address;
	char copy[INET6_ADDRSTRLEN + 4]; /* "/128" */
	uint32_t size, bits;
	char *slash;

	snprintf(copy, sizeof(copy), "%s", text);
	slash = strchr(copy, '/');
	if (slash)
		*slash = '\0';
	if (strlen(text) >= sizeof(copy) || !ask_parse_address(copy, &address))
		return ask_failed(text, "neither an IPv4 nor an IPv6 address");
	if (address.bytes[0] >= (address.family == AF_INET ? 224 : 0xff))
		return ask_failed(text, "a group of hosts, or reserved");
	if (ask->from.family && ask->from.family != address.family)
		return ask_failed(text, "--from has an address of the other "
					"version of IP");
	bits = size = ask_bytes(address.family) * 8;
	if (slash && ask_parse_number(text, slash + 1, 0, size, &bits))
		return -1;
	if (ask_too_many(ask, text, size, size - bits))
		return -1;
	return ask_add_prefix(ask, address, bits);
}

/* Is the @i-th address in a network that counts already, or in a larger one? */
static inline bool ask_is_covered(const struct pktcap_device *device,
				  uint32_t i)
{
	const struct pktcap_address *own = &device->addresses[i];
	const struct pktcap_address *other = device->addresses;

	for (uint32_t j = 0; j < device->address_count; j++, other++)
		if (other->family == own->family &&
		    (other->prefix_len < own->prefix_len ||
		     (other->prefix_len == own->prefix_len && j < i)) &&
		    ask_is_inside(own->bytes, other->bytes, other->prefix_len))
			return true;
	return false;
}

/* What the interface itself is in, of IPv4. */
static inline int ask_add_own(struct ask *ask)
{
	const struct pktcap_address *own = ask->device->addresses;
	char text[INET_ADDRSTRLEN + 4];

	for (uint32_t i = 0; i < ask->device->address_count; i++, own++) {
		if (own->family != AF_INET || ask_is_covered(ask->device, i))
			continue;
		inet_ntop(AF_INET, own->bytes, text, INET_ADDRSTRLEN);
		sprintf(text + strlen(text), "/%u", own->prefix_len);
		if (ask_add(ask, text))
			return -1;
	}
	if (ask->n)
		return 0;
	return ask_failed(ask->ifname, "it has no IPv4 address: say which "
				       "prefix to scan");
}

#endif
