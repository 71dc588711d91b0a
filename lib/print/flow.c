// SPDX-License-Identifier: BSD-2-Clause
/* Addresses and ports: "192.0.2.1:50000 > 192.0.2.2:443". */
#include <pktcap/decode.h>
#include <pktcap/print.h>

#include <errno.h>

#include "print/value.h"

static void put_end_of_flow(struct text *t, uint8_t version,
			    const uint8_t *address, uint16_t port,
			    bool with_port)
{
	bool brackets = version == 6 && with_port;

	if (brackets)
		put_char(t, '[');
	if (version == 6)
		put_ipv6(t, address);
	else
		put_ipv4(t, address);
	if (brackets)
		put_char(t, ']');
	if (with_port) {
		put_char(t, ':');
		put_uint(t, port);
	}
}

int pktcap_print_flow(const struct pktcap_flow *flow, char *buf, size_t size)
{
	struct text t = { .buf = buf, .size = size };
	bool ports;

	if (flow->version != 4 && flow->version != 6)
		return -EINVAL;
	ports = flow->src_port || flow->dst_port;
	put_end_of_flow(&t, flow->version, flow->src, flow->src_port, ports);
	PUT(&t, " > ");
	put_end_of_flow(&t, flow->version, flow->dst, flow->dst_port, ports);
	return value_result(&t);
}
