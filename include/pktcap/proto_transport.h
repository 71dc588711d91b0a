/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Headers of TCP, UDP, SCTP, ESP, AH and QUIC.
 * What a getter returns is told once, at the end of pktcap/proto.h.
 */
#ifndef PKTCAP_PROTO_TRANSPORT_H
#define PKTCAP_PROTO_TRANSPORT_H

#include <pktcap/proto.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Bits of struct pktcap_tcp.flags (RFC 9293, 3.1; AE: RFC 9768) */
enum pktcap_tcp_flags {
	PKTCAP_TCP_FIN = 1u << 0,
	PKTCAP_TCP_SYN = 1u << 1,
	PKTCAP_TCP_RST = 1u << 2,
	PKTCAP_TCP_PSH = 1u << 3,
	PKTCAP_TCP_ACK = 1u << 4,
	PKTCAP_TCP_URG = 1u << 5,
	PKTCAP_TCP_ECE = 1u << 6,
	PKTCAP_TCP_CWR = 1u << 7,
	PKTCAP_TCP_AE = 1u << 8,
};

/**
 * struct pktcap_tcp - TCP header (RFC 9293, section 3.1)
 * @src_port:       source port
 * @dst_port:       destination port
 * @seq:            sequence number
 * @ack:            acknowledgement number, valid with PKTCAP_TCP_ACK
 * @flags:          PKTCAP_TCP_*, 9 bits
 * @window:         as in the packet, not scaled
 * @checksum:       as in the packet
 * @urgent_pointer: urgent pointer, valid with PKTCAP_TCP_URG
 * @header_len:     bytes, options included, as the header states it
 * @options_len:    bytes at @options: fewer than @header_len leaves room for if
 *                  the packet was cut among them
 * @reserved_bits:  3 bits in front of the flags, should be 0
 * @reserved:       zero
 * @options:        behind the fixed header, borrowed
 */
struct pktcap_tcp {
	uint16_t src_port;
	uint16_t dst_port;
	uint32_t seq;
	uint32_t ack;
	uint16_t flags;
	uint16_t window;
	uint16_t checksum;
	uint16_t urgent_pointer;
	uint8_t header_len;
	uint8_t options_len;
	uint8_t reserved_bits;
	uint8_t reserved;
	union {
		const uint8_t *options;
		uint64_t options_slot;
	};
};

PKTCAP_API int pktcap_tcp_get(const struct pktcap_layer *layer,
			      struct pktcap_tcp *out);

/* Kinds of TCP options (IANA) that have a meaning here */
enum pktcap_tcp_option_kind {
	PKTCAP_TCP_OPTION_END = 0,
	PKTCAP_TCP_OPTION_NOP = 1,
	PKTCAP_TCP_OPTION_MSS = 2,
	PKTCAP_TCP_OPTION_WINDOW_SCALE = 3,   /* RFC 7323 */
	PKTCAP_TCP_OPTION_SACK_PERMITTED = 4, /* RFC 2018 */
	PKTCAP_TCP_OPTION_SACK = 5,
	PKTCAP_TCP_OPTION_TIMESTAMPS = 8,    /* RFC 7323 */
	PKTCAP_TCP_OPTION_MD5 = 19,	     /* RFC 2385 */
	PKTCAP_TCP_OPTION_USER_TIMEOUT = 28, /* RFC 5482 */
	PKTCAP_TCP_OPTION_AO = 29,	     /* RFC 5925 */
	PKTCAP_TCP_OPTION_MPTCP = 30,	     /* RFC 8684 */
	PKTCAP_TCP_OPTION_FAST_OPEN = 34,    /* RFC 7413 */
	PKTCAP_TCP_OPTION_ACCECN0 = 172,     /* RFC 9768 */
	PKTCAP_TCP_OPTION_ACCECN1 = 174,
	PKTCAP_TCP_OPTION_EXPERIMENT1 = 253, /* RFC 6994 */
	PKTCAP_TCP_OPTION_EXPERIMENT2 = 254,
};

/**
 * struct pktcap_tcp_option - one option of a TCP header
 * @sack:       edges of up to 4 SACK blocks: left, right, left, ...
 * @value:      the segment size, the shift of the window, TSval, the user
 *              timeout with its unit in bit 15, the subtype of MPTCP, the id of
 *              an experiment; 0 for other kinds, or if @data is too short
 * @echo_reply: TSecr, otherwise 0
 * @kind:       PKTCAP_TCP_OPTION_* or any other
 * @length:     bytes, with kind and length
 * @data_len:   bytes at @data
 * @blocks:     how many SACK blocks there are
 * @offset:     of the option behind the first byte of the header
 * @reserved:   zero
 * @data:       what is behind kind and length, borrowed; NULL if nothing
 */
struct pktcap_tcp_option {
	uint32_t sack[8];
	uint32_t value;
	uint32_t echo_reply;
	uint8_t kind;
	uint8_t length;
	uint8_t data_len;
	uint8_t blocks;
	uint8_t offset;
	uint8_t reserved[3];
	union {
		const uint8_t *data;
		uint64_t data_slot;
	};
};

/**
 * pktcap_tcp_option_next - the next option of a TCP header
 * @layer:  the header, borrowed
 * @offset: 0 for the first option, then belongs to the walk
 * @option: the caller's, left alone unless 1 is returned
 *
 * Return: 1 with an option (END and NOP are some, too), 0 behind the last one,
 * -EPROTO if the length of one is impossible, -ENODATA if it was not captured,
 * -EPROTOTYPE for a layer of another protocol. Any thread.
 */
PKTCAP_API int pktcap_tcp_option_next(const struct pktcap_layer *layer,
				      uint32_t *offset,
				      struct pktcap_tcp_option *option);

/**
 * pktcap_tcp_options_put - write the options of a TCP header
 * @buf:     gets them, for struct pktcap_tcp
 * @size:    bytes at @buf; a header has room for 40
 * @options: borrowed for the call; @offset is not read
 * @n:       their number
 *
 * Segment size, window scale, SACK blocks, timestamps and user timeout are made
 * of their members, and need no data. If @data_len is another than theirs the
 * data is taken; if it is 0 and @length is 2, as decoding tells of such options
 * without a value, nothing. All other kinds are made of their data alone. What
 * pktcap_tcp_option_next() told becomes what it was.
 *
 * Return: bytes written, -ENOSPC if they do not fit into @size, -ERANGE if a
 * member has more bits than its field, END or NOP has data, or the options have
 * more than 40 bytes; @buf is written in part then. Any thread.
 */
PKTCAP_API int pktcap_tcp_options_put(void *buf, size_t size,
				      const struct pktcap_tcp_option *options,
				      size_t n);

/**
 * struct pktcap_udp - UDP header (RFC 768)
 * @src_port: source port, 0 if the sender expects no answer
 * @dst_port: destination port
 * @length:   bytes, header included; 0 in datagrams of more than 64 KiB
 * @checksum: as in the packet; 0 if there is none
 */
struct pktcap_udp {
	uint16_t src_port;
	uint16_t dst_port;
	uint16_t length;
	uint16_t checksum;
};

PKTCAP_API int pktcap_udp_get(const struct pktcap_layer *layer,
			      struct pktcap_udp *out);

/**
 * struct pktcap_udplite - UDP-Lite header (RFC 3828, section 3.1)
 * @src_port: source port
 * @dst_port: destination port
 * @coverage: bytes the checksum is over, header included; 0: all
 * @checksum: as in the packet
 */
struct pktcap_udplite {
	uint16_t src_port;
	uint16_t dst_port;
	uint16_t coverage;
	uint16_t checksum;
};

PKTCAP_API int pktcap_udplite_get(const struct pktcap_layer *layer,
				  struct pktcap_udplite *out);

/**
 * struct pktcap_sctp - common header of SCTP (RFC 9260, section 3.1)
 * @src_port:   source port
 * @dst_port:   destination port
 * @tag:        verification tag
 * @checksum:   as in the packet, a big-endian number; the CRC is sent the other
 *              way round
 * @chunks_len: bytes at @chunks
 * @chunks:     all behind these, as captured; pktcap_sctp_chunk_next() reads
 *              them. Borrowed, NULL if there is none
 */
struct pktcap_sctp {
	uint16_t src_port;
	uint16_t dst_port;
	uint32_t tag;
	uint32_t checksum;
	uint32_t chunks_len;
	union {
		const uint8_t *chunks;
		uint64_t chunks_slot;
	};
};

PKTCAP_API int pktcap_sctp_get(const struct pktcap_layer *layer,
			       struct pktcap_sctp *out);

/* Types of SCTP chunks (IANA) that have a meaning here */
enum pktcap_sctp_chunk_type {
	PKTCAP_SCTP_DATA = 0,
	PKTCAP_SCTP_INIT = 1,
	PKTCAP_SCTP_INIT_ACK = 2,
	PKTCAP_SCTP_SACK = 3,
	PKTCAP_SCTP_SHUTDOWN = 7,
	PKTCAP_SCTP_I_DATA = 64,
};

/**
 * struct pktcap_sctp_chunk - one chunk (RFC 9260, section 3.2)
 * @offset:   of the chunk behind the first byte of the header
 * @data_len: bytes at @data, without padding
 * @tsn:      of DATA, I-DATA; the cumulative one of SACK and SHUTDOWN
 * @ppid:     payload protocol of DATA; of I-DATA that or the fragment number
 * @message:  message identifier of I-DATA (RFC 8260)
 * @stream:   of DATA and I-DATA
 * @ssn:      sequence number in the stream, of DATA; of I-DATA reserved bits
 * @length:   bytes, with the chunk's header
 * @type:     PKTCAP_SCTP_* or any other
 * @flags:    by type; DATA: 1 last fragment, 2 first fragment, 4 unordered
 * @reserved: zero
 * @data:     user data of DATA and I-DATA; of others all behind the chunk's
 *            header. Borrowed; NULL if there is none
 *
 * What a type does not have is 0.
 */
struct pktcap_sctp_chunk {
	uint32_t offset;
	uint32_t data_len;
	uint32_t tsn;
	uint32_t ppid;
	uint32_t message;
	uint16_t stream;
	uint16_t ssn;
	uint16_t length;
	uint8_t type;
	uint8_t flags;
	uint32_t reserved;
	union {
		const uint8_t *data;
		uint64_t data_slot;
	};
};

/**
 * pktcap_sctp_chunk_next - the next chunk of an SCTP packet
 * @layer:  the header, borrowed
 * @offset: 0 for the first chunk, then belongs to the walk
 * @chunk:  the caller's, left alone unless 1 is returned
 *
 * Return: 1 with a chunk, 0 behind the last one, -EPROTO if the length of one
 * is impossible, -ENODATA if it was not captured, -EPROTOTYPE for a layer of
 * another protocol. Any thread.
 */
PKTCAP_API int pktcap_sctp_chunk_next(const struct pktcap_layer *layer,
				      uint32_t *offset,
				      struct pktcap_sctp_chunk *chunk);

/**
 * pktcap_sctp_chunks_put - write the chunks of an SCTP packet
 * @buf:    gets them, for struct pktcap_sctp
 * @size:   bytes at @buf
 * @chunks: borrowed for the call; @length and @offset are not read
 * @n:      their number
 *
 * Each is filled up to 4 bytes, which its length does not count. Members that
 * its type does not have are not read; @tsn of SACK and SHUTDOWN stands for the
 * first 4 bytes of their data.
 *
 * Return: bytes written, -ENOSPC if they do not fit into @size, -ERANGE if a
 * chunk has more than 65535 bytes; @buf is written in part then. Any thread.
 */
PKTCAP_API int pktcap_sctp_chunks_put(void *buf, size_t size,
				      const struct pktcap_sctp_chunk *chunks,
				      size_t n);

/**
 * struct pktcap_esp - ESP header (RFC 4303, section 2)
 * @spi: security parameters index
 * @seq: sequence number
 */
struct pktcap_esp {
	uint32_t spi;
	uint32_t seq;
};

PKTCAP_API int pktcap_esp_get(const struct pktcap_layer *layer,
			      struct pktcap_esp *out);

/**
 * struct pktcap_ah - authentication header (RFC 4302, section 2)
 * @spi:           security parameters index
 * @seq:           sequence number
 * @header_len:    bytes
 * @icv_len:       bytes at @icv
 * @reserved_word: as in the packet
 * @next_header:   what follows, IANA number
 * @reserved:      zero
 * @icv:           integrity check value, borrowed
 */
struct pktcap_ah {
	uint32_t spi;
	uint32_t seq;
	uint16_t header_len;
	uint16_t icv_len;
	uint16_t reserved_word;
	uint8_t next_header;
	uint8_t reserved;
	union {
		const uint8_t *icv;
		uint64_t icv_slot;
	};
};

PKTCAP_API int pktcap_ah_get(const struct pktcap_layer *layer,
			     struct pktcap_ah *out);

/* struct pktcap_quic.type */
enum pktcap_quic_type {
	PKTCAP_QUIC_INITIAL = 0,
	PKTCAP_QUIC_0RTT = 1,
	PKTCAP_QUIC_HANDSHAKE = 2,
	PKTCAP_QUIC_RETRY = 3,
	PKTCAP_QUIC_NEGOTIATION = 4, /* of versions */
	PKTCAP_QUIC_1RTT = 5,	     /* the short header */
	PKTCAP_QUIC_UNKNOWN = 6,     /* of a version that is not known here */
};

/**
 * struct pktcap_quic - header of a QUIC packet (RFC 9000, 17; RFC 9369)
 *
 * A long header is recognized on any port. A short one has but two bits that
 * are always the same: UDP on port 443 with these is taken for QUIC, which is a
 * guess, right only where a connection with long headers went before; and what
 * looks like OpenVPN's data there (48 to 4f, then a small peer's number) is
 * not. On other ports it is never taken for one.
 *
 * @length:       bytes of packet number and payload, as stated; 0 where the
 *                packet has none
 * @dcid:         destination connection id, borrowed; NULL if it is empty. How
 *                long that of a short header is only its receiver knows: there
 *                it is NULL
 * @scid:         source connection id, borrowed
 * @token:        of an Initial or Retry packet, borrowed
 * @versions:     of a version negotiation, 4 bytes each, borrowed
 * @version:      0x00000001, 0x6b3343cf, ...; 0 in version negotiation and in
 *                short headers
 * @token_len:    bytes at @token
 * @versions_len: bytes at @versions
 * @header_len:   bytes in front of the packet number, which is protected
 * @first:        the first byte: lower bits are protected in most packets
 * @type:         enum pktcap_quic_type
 * @long_header:  1 or 0
 * @fixed_bit:    1 but in version negotiation, or where RFC 9287 is used
 * @spin:         of a short header, 1 or 0
 * @dcid_len:     bytes at @dcid
 * @scid_len:     bytes at @scid
 * @reserved:     zero
 */
struct pktcap_quic {
	uint64_t length;
	union {
		const uint8_t *dcid;
		uint64_t dcid_slot;
	};
	union {
		const uint8_t *scid;
		uint64_t scid_slot;
	};
	union {
		const uint8_t *token;
		uint64_t token_slot;
	};
	union {
		const uint8_t *versions;
		uint64_t versions_slot;
	};
	uint32_t version;
	uint32_t token_len;
	uint32_t versions_len;
	uint32_t header_len;
	uint8_t first;
	uint8_t type;
	uint8_t long_header;
	uint8_t fixed_bit;
	uint8_t spin;
	uint8_t dcid_len;
	uint8_t scid_len;
	uint8_t reserved;
};

PKTCAP_API int pktcap_quic_get(const struct pktcap_layer *layer,
			       struct pktcap_quic *out);

#ifdef __cplusplus
}
#endif
#endif
