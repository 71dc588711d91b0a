/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * TLS: records, and what client and server say before they encrypt.
 * What a getter returns is told once, at the end of pktcap/proto.h.
 */
#ifndef PKTCAP_PROTO_TLS_H
#define PKTCAP_PROTO_TLS_H

#include <pktcap/proto.h>

#ifdef __cplusplus
extern "C" {
#endif

/* struct pktcap_tls.type (RFC 8446, B.1; RFC 6520) */
enum pktcap_tls_content {
	PKTCAP_TLS_CHANGE_CIPHER_SPEC = 20,
	PKTCAP_TLS_ALERT = 21,
	PKTCAP_TLS_HANDSHAKE = 22,
	PKTCAP_TLS_APPLICATION_DATA = 23,
	PKTCAP_TLS_HEARTBEAT = 24,
};

/**
 * struct pktcap_tls - header of a TLS record (RFC 8446, 5.1)
 * @type:     PKTCAP_TLS_*
 * @reserved: zero
 * @version:  0x0301 in the first record of a client, mostly 0x0303 in others
 * @length:   bytes of the record behind its header
 */
struct pktcap_tls {
	uint8_t type;
	uint8_t reserved;
	uint16_t version;
	uint16_t length;
};

PKTCAP_API int pktcap_tls_get(const struct pktcap_layer *layer,
			      struct pktcap_tls *out);

/* struct pktcap_tls_hello.type */
enum pktcap_tls_hello_type {
	PKTCAP_TLS_CLIENT_HELLO = 1,
	PKTCAP_TLS_SERVER_HELLO = 2,
};

/**
 * struct pktcap_tls_hello - ClientHello or ServerHello (RFC 8446, 4.1.2, 4.1.3)
 * @random:           32 bytes
 * @session_id:       up to 255 bytes, 32 are allowed
 * @cipher_suites:    a client's, 2 bytes each, most significant first
 * @compressions:     a client's compression methods, a byte each
 * @extensions:       all of them; pktcap_tls_extension_next() walks over them
 * @server_name:      the host's name, SNI (RFC 6066, 3)
 * @alpn:             names of protocols, a byte with the length in front of
 *                    each (RFC 7301); a server's has one
 * @versions:         versions a client offers, 2 bytes each (RFC 8446, 4.2.1)
 * @groups:           groups for key exchange, 2 bytes each (4.2.7)
 * @signatures:       signature algorithms, 2 bytes each (4.2.3)
 * @length:           of the message, bytes
 * @version:          of the message itself, 0x0303 in TLS 1.3
 * @real_version:     client: the highest it offers; server: what it chose
 * @cipher_suite:     what a server chose
 * @cipher_suites_len: bytes there
 * @extensions_len:   bytes there
 * @server_name_len:  bytes there
 * @alpn_len:         bytes there
 * @versions_len:     bytes there
 * @groups_len:       bytes there
 * @signatures_len:   bytes there
 * @session_id_len:   bytes there
 * @compressions_len: bytes there
 * @type:             enum pktcap_tls_hello_type
 * @compression:      what a server chose
 * @complete:         1 if all of the message is there; otherwise it was cut,
 *                    goes on in another record or segment, or is malformed,
 *                    and what is missing is NULL
 * @hello_retry:      a server's wish for another ClientHello (4.1.3)
 * @grease:           1 if there are values reserved by RFC 8701
 * @reserved:         zero
 *
 * All pointers borrow the packet, NULL is for what is not there.
 */
struct pktcap_tls_hello {
	union {
		const uint8_t *random;
		uint64_t random_slot;
	};
	union {
		const uint8_t *session_id;
		uint64_t session_id_slot;
	};
	union {
		const uint8_t *cipher_suites;
		uint64_t cipher_suites_slot;
	};
	union {
		const uint8_t *compressions;
		uint64_t compressions_slot;
	};
	union {
		const uint8_t *extensions;
		uint64_t extensions_slot;
	};
	union {
		const uint8_t *server_name;
		uint64_t server_name_slot;
	};
	union {
		const uint8_t *alpn;
		uint64_t alpn_slot;
	};
	union {
		const uint8_t *versions;
		uint64_t versions_slot;
	};
	union {
		const uint8_t *groups;
		uint64_t groups_slot;
	};
	union {
		const uint8_t *signatures;
		uint64_t signatures_slot;
	};
	uint32_t length;
	uint16_t version;
	uint16_t real_version;
	uint16_t cipher_suite;
	uint16_t cipher_suites_len;
	uint16_t extensions_len;
	uint16_t server_name_len;
	uint16_t alpn_len;
	uint16_t versions_len;
	uint16_t groups_len;
	uint16_t signatures_len;
	uint8_t session_id_len;
	uint8_t compressions_len;
	uint8_t type;
	uint8_t compression;
	uint8_t complete;
	uint8_t hello_retry;
	uint8_t grease;
	uint8_t reserved;
};

/* Also -EPROTOTYPE if the record does not begin with a hello. */
PKTCAP_API int pktcap_tls_hello_get(const struct pktcap_layer *layer,
				    struct pktcap_tls_hello *out);

/**
 * struct pktcap_tls_extension - an extension of a hello (RFC 8446, 4.2)
 * @data:     borrowed; NULL if it is empty
 * @offset:   of the extension in the layer, bytes
 * @type:     0 server_name, 16 ALPN, 43 supported_versions, ...
 * @len:      bytes at @data
 */
struct pktcap_tls_extension {
	union {
		const uint8_t *data;
		uint64_t data_slot;
	};
	uint32_t offset;
	uint16_t type;
	uint16_t len;
};

/**
 * pktcap_tls_extension_next - walk over the extensions of a hello
 * @layer:     of PKTCAP_PROTO_TLS, borrowed
 * @offset:    0 for the first; what it is then belongs to the walk
 * @extension: filled in on success
 *
 * Return: 1 with an extension; 0 at the end; -EPROTO if one is longer than
 * what is left; -ENODATA where the hello was cut, or goes on elsewhere;
 * -EPROTOTYPE if there is no hello. Any thread.
 */
PKTCAP_API int
pktcap_tls_extension_next(const struct pktcap_layer *layer, uint32_t *offset,
			  struct pktcap_tls_extension *extension);

/* Bytes of a JA4 fingerprint, the terminator included. */
#define PKTCAP_TLS_JA4_SIZE 37

/**
 * pktcap_tls_ja4 - the JA4 fingerprint of a client, from its hello
 * @layer: of PKTCAP_PROTO_TLS, borrowed
 * @buf:   gets it, "t13d1516h2_8daaf6152771_e5627efa2ab1"; the caller's
 * @size:  bytes at @buf, PKTCAP_TLS_JA4_SIZE or more
 *
 * Version, whether there is a server name, numbers of cipher suites and
 * extensions and the first protocol of ALPN; then hashes of the sorted cipher
 * suites, and of the sorted extensions with the signature algorithms. Values
 * of GREASE do not count.
 *
 * Return: 0; -EPROTOTYPE if there is no ClientHello; -ENODATA if not all of it
 * is there; -EPROTO if it is malformed; -E2BIG for more than 1024 cipher suites
 * or extensions; -ENOSPC if @size is too small. Any thread.
 */
PKTCAP_API int pktcap_tls_ja4(const struct pktcap_layer *layer, char *buf,
			      size_t size);

/**
 * pktcap_tls_version_name - the name of a version ("TLS 1.3")
 * @version: its number, 0x0304
 *
 * Return: a static string, or NULL if the library has no name for it.
 */
PKTCAP_API const char *pktcap_tls_version_name(uint16_t version);

/**
 * pktcap_tls_cipher_name - the name of a cipher suite
 * @cipher_suite: its number
 *
 * Return: a static string ("TLS_AES_128_GCM_SHA256"), or NULL if the library
 * has no name for it.
 */
PKTCAP_API const char *pktcap_tls_cipher_name(uint16_t cipher_suite);

#ifdef __cplusplus
}
#endif
#endif
