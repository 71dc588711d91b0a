/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of TLS share: records, hellos, and labels of numbers. */
#ifndef PROTO_TLS_H
#define PROTO_TLS_H

#include "proto/fields.h"

enum {
	TLS_RECORD_HEADER = 5,
	TLS_MESSAGE_HEADER = 4, /* type, 3 bytes of length */
	TLS_EXTENSION_HEADER = 4,

	TLS_EXTENSION_SERVER_NAME = 0,
	TLS_EXTENSION_GROUPS = 10,
	TLS_EXTENSION_SIGNATURES = 13,
	TLS_EXTENSION_ALPN = 16,
	TLS_EXTENSION_VERSIONS = 43,
	TLS_EXTENSION_KEY_SHARE = 51,
};

/* What a record holds, as far as it is there. */
struct bytes tls_content(const struct pktcap_layer *layer);

/* A length of @size bytes and as many bytes; false if they are not all there,
 * and *out is what there is. */
bool tls_vector(struct bytes b, size_t *at, size_t size, struct bytes *out);

/* 0x0a0a, 0x1a1a, ... (RFC 8701) */
static inline bool tls_is_grease(uint16_t value)
{
	return (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 0xff);
}

/* The fields of a hello, inside its group; they are in @content. */
void tls_hello_fields(struct fields *f, const struct pktcap_layer *layer);

extern const struct label label_tls_version[];
extern const struct label label_tls_cipher[];
extern const struct label label_tls_extension[];
extern const struct label label_tls_group[];
extern const struct label label_tls_signature[];
extern const struct label label_tls_message[];
extern const struct label label_tls_alert[];

#endif
