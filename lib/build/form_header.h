/* SPDX-License-Identifier: BSD-2-Clause */
/* What the text form of headers is written with. */
#ifndef BUILD_FORM_HEADER_H
#define BUILD_FORM_HEADER_H

#include "build/form.h"

#define WRITER(name, id, type) extern const struct writer writer_##name;
#define VIEW WRITER
#include "build/writers.h"

/* The name, and the struct a header begins as, are those of its writer. */
#define HEADER(id, header)                           \
	.name = #header, .proto = PKTCAP_PROTO_##id, \
	.writer = &writer_##header, .defaults = &(header)

/* Another beginning of what a writer makes. */
#define FORM(word, id, which, header)                                          \
	.name = (word), .proto = PKTCAP_PROTO_##id, .writer = &writer_##which, \
	.defaults = &(header)

/* What numbers are in front of data: those that are left to experiments. */
enum {
	ETHERTYPE_EXPERIMENT = 0x88b5, /* IEEE 802-2014, 9.2.4 */
	IP_PROTOCOL_EXPERIMENT = 253   /* RFC 3692, 2.1 */
};

#endif
