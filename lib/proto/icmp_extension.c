// SPDX-License-Identifier: BSD-2-Clause
/*
 * Extensions of ICMP errors (RFC 4884, 7), behind the quoted packet:
 *
 *	version(4) reserved(12) checksum(16)
 *	objects: length(16) class(8) type(8), then length - 4 bytes
 */
#include "proto/checksum.h"
#include "proto/icmp.h"

enum {
	EXTENSION_HEADER = 4,
	OBJECT_HEADER = 4,
	CLASS_MPLS = 1,
	VERSION = 2,
	QUOTED = 128, /* where nobody says how much */
};

void icmp_quotation(struct step *step, size_t header, size_t len)
{
	size_t room = step->wire - header;

	if (!len || len > room)
		return;
	step->payload_len = len;
	step->trailer_len = room - len;
}

static const struct label classes[] = {
	{ CLASS_MPLS, "MPLS label stack" },
	{ 2, "interface information" },
	{ 3, "interface identification" },
	{ 4, "extended information" },
	{ 0, NULL },
};

static const struct field_def header_rows[] = {
	{ "extension_version", 0, 4, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "extension_checksum", 16, 16, PKTCAP_FIELD_HEX, NULL, NULL },
};

static const struct field_def label_rows[] = {
	{ "label", 0, 20, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "tc", 20, 3, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "bottom", 23, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "ttl", 24, 8, PKTCAP_FIELD_UINT, "hops", NULL },
};

static void mpls_stack(struct fields *f, size_t at, size_t end)
{
	fields_list(f, "labels");
	for (; at + 4 <= end; at += 4) {
		fields_group(f, "entry", at, 4);
		fields_rows(f, label_rows, 4, at);
		fields_end(f);
	}
	fields_end(f);
}

static void object(struct fields *f, size_t at, size_t len)
{
	uint8_t class = u8_at(f->b, at + 2);

	fields_group(f, "object", at, len);
	fields_uint(f, "length", at, 2, "bytes", NULL);
	fields_uint(f, "class", at + 2, 1, NULL, classes);
	fields_uint(f, "type", at + 3, 1, NULL, NULL);
	if (class == CLASS_MPLS)
		mpls_stack(f, at + OBJECT_HEADER, at + len);
	else
		fields_data(f, "value", PKTCAP_FIELD_BYTES, at + OBJECT_HEADER,
			    len - OBJECT_HEADER);
	fields_end(f);
}

/*
 * RFC 4884, 5.5: routers that are older than it quote 128 bytes and do not say
 * so. Only the checksum tells whether what is behind is an extension.
 */
static bool is_unannounced(struct bytes b)
{
	uint16_t checksum;

	return bytes_be16(b, 2, &checksum) && checksum &&
	       b.p[0] >> 4 == VERSION &&
	       inet_fold(inet_sum(0, b)) == UINT16_MAX;
}

void icmp_extensions(struct fields *f, size_t header, size_t len)
{
	if (!len &&
	    is_unannounced(bytes_slice(f->b, header + QUOTED, SIZE_MAX)))
		len = QUOTED;
	if (len)
		icmp_extension_structure(f, header + len);
}

void icmp_extension_structure(struct fields *f, size_t at)
{
	uint16_t object_len;

	if (!bytes_has(f->b, at, EXTENSION_HEADER))
		return;
	fields_rows(f, header_rows, 2, at);
	at += EXTENSION_HEADER;
	fields_list(f, "extensions");
	while (bytes_be16(f->b, at, &object_len) &&
	       object_len >= OBJECT_HEADER && bytes_has(f->b, at, object_len)) {
		object(f, at, object_len);
		at += object_len;
	}
	fields_end(f);
}
