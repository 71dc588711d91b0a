/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * DNS, multicast DNS and LLMNR: messages, their questions, records and names.
 * A layer of multicast DNS is PKTCAP_PROTO_MDNS, the others PKTCAP_PROTO_DNS.
 * What a getter returns is told once, at the end of pktcap/proto.h.
 */
#ifndef PKTCAP_PROTO_DNS_H
#define PKTCAP_PROTO_DNS_H

#include <pktcap/proto.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes that hold any DNS name as text, the terminator included. */
#define PKTCAP_DNS_NAME_SIZE 1008

/* struct pktcap_dns.rcode; pktcap_dns_rcode_name() knows more. */
enum pktcap_dns_rcode {
	PKTCAP_DNS_RCODE_NOERROR = 0,
	PKTCAP_DNS_RCODE_FORMERR = 1,
	PKTCAP_DNS_RCODE_SERVFAIL = 2,
	PKTCAP_DNS_RCODE_NXDOMAIN = 3,
	PKTCAP_DNS_RCODE_NOTIMP = 4,
	PKTCAP_DNS_RCODE_REFUSED = 5,
	PKTCAP_DNS_RCODE_YXDOMAIN = 6,
	PKTCAP_DNS_RCODE_YXRRSET = 7,
	PKTCAP_DNS_RCODE_NXRRSET = 8,
	PKTCAP_DNS_RCODE_NOTAUTH = 9,
	PKTCAP_DNS_RCODE_NOTZONE = 10,
};

/**
 * struct pktcap_dns - DNS header (RFC 1035, 4.1.1; AD, CD: RFC 4035, 3.1.6),
 * of DNS, LLMNR and mDNS
 * @id:                  chosen by the client; mostly 0 in mDNS
 * @length:              of the message, bytes: TCP's prefix; over UDP 0
 * @question_count:      questions
 * @answer_count:        records in the answer section
 * @authority_count:     records in the authority section
 * @additional_count:    records in the additional section
 * @response:            QR: 1 in responses, 0 in queries
 * @opcode:              4 bits: 0 query, 4 notify, 5 update, ...
 * @authoritative:       AA
 * @truncated:           TC: more is to be had over TCP
 * @recursion_desired:   RD
 * @recursion_available: RA
 * @reserved_flag:       Z, should be 0
 * @authentic_data:      AD
 * @checking_disabled:   CD
 * @rcode:               enum pktcap_dns_rcode, 4 bits; an OPT record may have 8
 * more
 * @reserved:            zero
 * @body_len:            bytes at @body
 * @body:                questions and records, borrowed; for
 *                       pktcap_dns_record_next()
 */
struct pktcap_dns {
	uint16_t id;
	uint16_t length;
	uint16_t question_count;
	uint16_t answer_count;
	uint16_t authority_count;
	uint16_t additional_count;
	uint8_t response;
	uint8_t opcode;
	uint8_t authoritative;
	uint8_t truncated;
	uint8_t recursion_desired;
	uint8_t recursion_available;
	uint8_t reserved_flag;
	uint8_t authentic_data;
	uint8_t checking_disabled;
	uint8_t rcode;
	uint8_t reserved[6];
	uint32_t body_len;
	union {
		const uint8_t *body;
		uint64_t body_slot;
	};
};

/* Takes layers of DNS and of mDNS. */
PKTCAP_API int pktcap_dns_get(const struct pktcap_layer *layer,
			      struct pktcap_dns *out);

/* Where in a message a record is; questions are records without data. */
enum pktcap_dns_section {
	PKTCAP_DNS_QUESTION = 0,
	PKTCAP_DNS_ANSWER = 1,
	PKTCAP_DNS_AUTHORITY = 2,
	PKTCAP_DNS_ADDITIONAL = 3,
};

/* struct pktcap_dns_record.type; pktcap_dns_type_name() knows more. */
enum pktcap_dns_type {
	PKTCAP_DNS_TYPE_A = 1,
	PKTCAP_DNS_TYPE_NS = 2,
	PKTCAP_DNS_TYPE_CNAME = 5,
	PKTCAP_DNS_TYPE_SOA = 6,
	PKTCAP_DNS_TYPE_PTR = 12,
	PKTCAP_DNS_TYPE_HINFO = 13,
	PKTCAP_DNS_TYPE_MX = 15,
	PKTCAP_DNS_TYPE_TXT = 16,
	PKTCAP_DNS_TYPE_AAAA = 28,
	PKTCAP_DNS_TYPE_SRV = 33,
	PKTCAP_DNS_TYPE_NAPTR = 35,
	PKTCAP_DNS_TYPE_DNAME = 39,
	PKTCAP_DNS_TYPE_OPT = 41,
	PKTCAP_DNS_TYPE_DS = 43,
	PKTCAP_DNS_TYPE_SSHFP = 44,
	PKTCAP_DNS_TYPE_RRSIG = 46,
	PKTCAP_DNS_TYPE_NSEC = 47,
	PKTCAP_DNS_TYPE_DNSKEY = 48,
	PKTCAP_DNS_TYPE_NSEC3 = 50,
	PKTCAP_DNS_TYPE_NSEC3PARAM = 51,
	PKTCAP_DNS_TYPE_TLSA = 52,
	PKTCAP_DNS_TYPE_SVCB = 64,
	PKTCAP_DNS_TYPE_HTTPS = 65,
	PKTCAP_DNS_TYPE_TSIG = 250,
	PKTCAP_DNS_TYPE_IXFR = 251,
	PKTCAP_DNS_TYPE_AXFR = 252,
	PKTCAP_DNS_TYPE_ANY = 255,
	PKTCAP_DNS_TYPE_CAA = 257,
};

/* struct pktcap_dns_record.rr_class */
enum pktcap_dns_class {
	PKTCAP_DNS_CLASS_IN = 1,
	PKTCAP_DNS_CLASS_CH = 3,
	PKTCAP_DNS_CLASS_HS = 4,
	PKTCAP_DNS_CLASS_NONE = 254,
	PKTCAP_DNS_CLASS_ANY = 255,
};

/**
 * struct pktcap_dns_record - a question or a resource record (RFC 1035, 4.1.2
 * and 4.1.3)
 * @rdata:        its data, borrowed; NULL if it has none
 * @offset:       of the record in the message, bytes
 * @rdata_offset: of @rdata in the message, bytes
 * @ttl:          seconds; in OPT records flags, 0 in questions
 * @next:         offset of what follows; for pktcap_dns_record_next()
 * @index:        of the records up to this one; for pktcap_dns_record_next()
 * @type:         enum pktcap_dns_type, or any other
 * @rr_class:     enum pktcap_dns_class; in mDNS without the bit that @top_bit
 * has; in OPT records the sender's UDP payload size
 * @rdata_len:    bytes at @rdata
 * @name_len:     bytes of @name, without the terminator
 * @section:      enum pktcap_dns_section
 * @top_bit:      mDNS: a question wants a unicast response, a record flushes
 *                the cache (RFC 6762, 5.4 and 10.2)
 * @plain_name:   1 if the name is there in full, 0 if its end is a pointer to
 *                one in front; see pktcap_build_dns_record()
 * @reserved:     zero
 * @name:         owner in master file form: "www.example.com", without a dot
 *                at the end; "." is the root. What could be taken for
 *                something else has a backslash, and bytes that are no
 *                printable ASCII are \DDD (RFC 1035, 5.1)
 */
struct pktcap_dns_record {
	union {
		const uint8_t *rdata;
		uint64_t rdata_slot;
	};
	uint32_t offset;
	uint32_t rdata_offset;
	uint32_t ttl;
	uint32_t next;
	uint32_t index;
	uint16_t type;
	uint16_t rr_class;
	uint16_t rdata_len;
	uint16_t name_len;
	uint8_t section;
	uint8_t top_bit;
	uint8_t plain_name;
	uint8_t reserved;
	char name[PKTCAP_DNS_NAME_SIZE];
};

/**
 * pktcap_dns_record_next - the next question or record of a message
 * @layer:  of DNS or mDNS, borrowed
 * @record: the caller's; all zero for the first one, otherwise as the last
 *          call left it
 *
 *	struct pktcap_dns_record record = { 0 };
 *	while (pktcap_dns_record_next(layer, &record) == 1)
 *		puts(record.name);
 *
 * Questions first, then answers, authority and additional records. Ends for
 * every input: names never lead forward.
 *
 * Return: 1; 0 behind the last one; -EPROTO for a malformed message; -ENODATA
 * where it was cut, by the capture or because it goes on in another segment;
 * -EPROTOTYPE for another protocol. @record is left alone unless 1 is returned.
 * Any thread.
 */
PKTCAP_API int pktcap_dns_record_next(const struct pktcap_layer *layer,
				      struct pktcap_dns_record *record);

/**
 * pktcap_dns_name - a name anywhere in a message, such as in a record's data
 * @layer:  of DNS or mDNS, borrowed
 * @offset: of the name in the message: rdata_offset for a CNAME, 2 bytes
 *          behind it for an MX
 * @buf:    gets the name as in struct pktcap_dns_record, terminated; the
 *          caller's
 * @size:   bytes at @buf; PKTCAP_DNS_NAME_SIZE is always enough
 *
 * Return: bytes the name takes at @offset, at least 1; -EPROTO for a malformed
 * name, -ENODATA if it was cut, -ENOSPC if @buf is too small, -EPROTOTYPE for
 * another protocol. Without success @buf may hold a part of the name.
 * Any thread.
 */
PKTCAP_API int pktcap_dns_name(const struct pktcap_layer *layer,
			       uint32_t offset, char *buf, size_t size);

/**
 * pktcap_dns_name_put - a name as messages have it, from text
 * @buf:  gets its labels and the root behind them, without pointers; the
 *        caller's
 * @size: bytes at @buf; 255 are always enough
 * @name: in master file form, with or without a dot at the end; terminated
 *
 * Return: bytes at @buf; -EINVAL for a malformed name, -ERANGE if a label has
 * more than 63 bytes or the name more than 255, -ENOSPC if @buf is too small.
 * Without success @buf is left alone. Any thread.
 */
PKTCAP_API int pktcap_dns_name_put(void *buf, size_t size, const char *name);

/**
 * pktcap_dns_rdata_put - the data of a record, from text
 * @buf:   gets the data; the caller's
 * @size:  bytes at @buf
 * @type:  enum pktcap_dns_type, or any other
 * @text:  as in a zone file (RFC 1035, 5.1): "192.0.2.1" of an A record, "10
 *         mail.example.com" of an MX, "\"v=spf1 -all\"" of a TXT record;
 *         terminated
 * @error: why it failed, offset is where in @text; may be NULL
 *
 * Names are absolute, with or without a dot at the end. Known are the texts of
 * A, NS, MD, MF, CNAME, SOA, MB, MG, MR, PTR, HINFO, MX, TXT, RP, AFSDB, AAAA,
 * SRV, NAPTR, KX, DNAME, DS, SSHFP, TLSA, SMIMEA, CDS, ZONEMD, SPF, URI and
 * CAA, with numbers where they may have mnemonics or units; data of every type
 * can be written as
 * "\# LENGTH HEXADECIMAL" (RFC 3597, 5).
 *
 * Return: bytes at @buf, 0 to 65535; -EINVAL if @text is not of the type's
 * form, -ERANGE if a number or a name in it is too large, -EOPNOTSUPP if the
 * type's text is not known, -ENOSPC if @buf is too small. Any thread.
 */
PKTCAP_API int pktcap_dns_rdata_put(void *buf, size_t size, uint16_t type,
				    const char *text,
				    struct pktcap_error *error);

/**
 * pktcap_dns_record_parse - a record from a line of a zone file
 * @record: gets name, type, class, TTL and data, as an answer; the caller's,
 *          left alone on failure
 * @rdata:  gets the data, to which @record points; the caller's
 * @size:   bytes at @rdata
 * @line:   "NAME [TTL] [CLASS] TYPE DATA", TTL and class in any order;
 *          terminated
 * @error:  why it failed, offset is where in @line; may be NULL
 *
 * Without a TTL it is 0, without a class IN. For pktcap_build_dns_record().
 *
 * Return: 0; -EINVAL if @line is not of this form, otherwise as
 * pktcap_dns_rdata_put(). Any thread.
 */
PKTCAP_API int pktcap_dns_record_parse(struct pktcap_dns_record *record,
				       void *rdata, size_t size,
				       const char *line,
				       struct pktcap_error *error);

/**
 * pktcap_dns_type_number - the number of a record type
 * @name: "AAAA" in upper or lower case, or "TYPE28"; terminated
 *
 * Return: 0 to 65535, or -EINVAL if the library does not know it.
 */
PKTCAP_API int pktcap_dns_type_number(const char *name);

/**
 * pktcap_dns_type_name - the name of a record type ("AAAA")
 * @type: its number
 *
 * Return: a static string, or NULL if the library has no name for it.
 */
PKTCAP_API const char *pktcap_dns_type_name(uint16_t type);

/**
 * pktcap_dns_rcode_name - the name of a response code ("NXDOMAIN")
 * @rcode: 0 to 4095, with the upper bits of an OPT record if there is one
 *
 * Return: a static string, or NULL if the library has no name for it.
 */
PKTCAP_API const char *pktcap_dns_rcode_name(uint16_t rcode);

#ifdef __cplusplus
}
#endif
#endif
