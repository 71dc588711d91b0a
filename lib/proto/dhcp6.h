/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of DHCPv6 share. */
#ifndef PROTO_DHCP6_H
#define PROTO_DHCP6_H

#include "proto/fields.h"

extern const struct label dhcp6_types[];

enum {
	DHCP6_HEADER = 4,
	DHCP6_RELAY_HEADER = 34,
	DHCP6_OPTION_RELAY_MESSAGE = 9,
};

/* Messages with a relay's header in front (RFC 8415, 9). */
static inline bool dhcp6_is_relay(uint8_t type)
{
	return type == 12 || type == 13;
}

static inline size_t dhcp6_header(uint8_t type)
{
	return dhcp6_is_relay(type) ? DHCP6_RELAY_HEADER : DHCP6_HEADER;
}

/* The option at @at, if all of it is in front of @end. */
bool dhcp6_option(struct bytes b, size_t at, size_t end,
		  struct pktcap_dhcp6_option *option);

/* Bytes of value in front of the options in an option; 0: there are none. */
size_t dhcp6_options_in(uint16_t code);

/* The list of options from @at up to @end. */
void dhcp6_option_fields(struct fields *f, size_t at, size_t end);

#endif
