/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HTTP/1 requests and responses: start line and header fields.
 * What a getter returns is told once, at the end of pktcap/proto.h.
 */
#ifndef PKTCAP_PROTO_HTTP_H
#define PKTCAP_PROTO_HTTP_H

#include <pktcap/proto.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * struct pktcap_http - start line of an HTTP/1 message (RFC 9112, 3 and 4)
 * @method:        "GET"; NULL in responses
 * @target:        "/index.html"; NULL in responses
 * @reason:        "Not Found"; NULL in requests, may be NULL in responses
 * @method_len:    bytes at @method
 * @target_len:    bytes at @target
 * @reason_len:    bytes at @reason
 * @status:        code of a response, 0 in requests
 * @version_major: 1; 2 in the preface of HTTP/2 (RFC 9113, 3.4); 0 if the
 *                 line has none (HTTP/0.9) or was cut in front of it
 * @version_minor: 1
 * @response:      1 or 0
 * @complete:      1 if the header's last line is there; 0 if it goes on in
 *                 another segment or was cut
 * @reserved:      zero
 *
 * Texts are as in the packet, borrowed and not terminated. The body, if there
 * is one, begins header_len bytes behind the layer's data; how long it is, the
 * lines Content-Length or Transfer-Encoding say (RFC 9112, 6), or the end of
 * the connection.
 */
struct pktcap_http {
	union {
		const uint8_t *method;
		uint64_t method_slot;
	};
	union {
		const uint8_t *target;
		uint64_t target_slot;
	};
	union {
		const uint8_t *reason;
		uint64_t reason_slot;
	};
	uint32_t method_len;
	uint32_t target_len;
	uint32_t reason_len;
	uint16_t status;
	uint8_t version_major;
	uint8_t version_minor;
	uint8_t response;
	uint8_t complete;
	uint8_t reserved[6];
};

PKTCAP_API int pktcap_http_get(const struct pktcap_layer *layer,
			       struct pktcap_http *out);

/**
 * struct pktcap_http_header - a line of a header (RFC 9112, 5)
 * @name:      as in the packet, borrowed; NULL if the line has no colon
 * @value:     without the space around it, borrowed; the line itself if it has
 *             no colon. NULL if it is empty. A folded one has its line breaks
 * @offset:    of the line in the layer, bytes
 * @name_len:  bytes at @name
 * @value_len: bytes at @value
 * @reserved:  zero
 */
struct pktcap_http_header {
	union {
		const uint8_t *name;
		uint64_t name_slot;
	};
	union {
		const uint8_t *value;
		uint64_t value_slot;
	};
	uint32_t offset;
	uint32_t name_len;
	uint32_t value_len;
	uint32_t reserved;
};

/**
 * pktcap_http_header_next - walk over the lines of a header
 * @layer:  of PKTCAP_PROTO_HTTP, borrowed
 * @offset: 0 for the first; what it is then belongs to the walk
 * @header: filled in on success
 *
 * Return: 1 with a line; 0 at the end; -ENODATA where the rest was cut or is
 * in another segment: a line without an end is not delivered; -EPROTOTYPE if
 * the layer is of another protocol. Any thread.
 */
PKTCAP_API int pktcap_http_header_next(const struct pktcap_layer *layer,
				       uint32_t *offset,
				       struct pktcap_http_header *header);

#ifdef __cplusplus
}
#endif
#endif
