// SPDX-License-Identifier: BSD-2-Clause
/* The text form of what IP carries. */
#include "build/form_header.h"

static const struct pktcap_udp udp = { .length = 8 };

const struct form_layer form_transport_layers[] = {
	{ HEADER(UDP, udp) },
	{ .name = NULL },
};
