/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages of applications and of control protocols.
 * What a getter returns is told once, at the end of pktcap/proto.h.
 */
#ifndef PKTCAP_PROTO_APPLICATION_H
#define PKTCAP_PROTO_APPLICATION_H

#include <pktcap/proto.h>
#include <pktcap/proto_dns.h>
#include <pktcap/proto_http.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * struct pktcap_dhcp - message of BOOTP or DHCP (RFC 951, 3; RFC 2131, 2)
 * @op:          1 request, 2 reply
 * @htype:       kind of hardware address, ARP's numbers
 * @hlen:        its bytes, as stated: may be more than there is room for
 * @hops:        relay agents it went through
 * @xid:         transaction id
 * @secs:        seconds the client has been trying
 * @flags:       0x8000: answer by broadcast; the others are zero
 * @ciaddr:      the client's address, if it has one
 * @yiaddr:      the address that the client gets
 * @siaddr:      server of the next step (boot file)
 * @giaddr:      relay agent
 * @chaddr:      the client's hardware address, zeros behind @hlen bytes
 * @cookie:      PKTCAP_DHCP_COOKIE if options follow; another number in BOOTP,
 *               0 where the message ends in front of it
 * @options_len: bytes at @options
 * @reserved:    zero
 * @sname:       64 bytes of server name or options, borrowed
 * @file:        128 bytes of boot file or options, borrowed
 * @options:     behind the cookie, borrowed; for pktcap_dhcp_option_next()
 */
struct pktcap_dhcp {
	uint8_t op;
	uint8_t htype;
	uint8_t hlen;
	uint8_t hops;
	uint32_t xid;
	uint16_t secs;
	uint16_t flags;
	uint8_t ciaddr[4];
	uint8_t yiaddr[4];
	uint8_t siaddr[4];
	uint8_t giaddr[4];
	uint8_t chaddr[16];
	uint32_t cookie;
	uint32_t options_len;
	uint32_t reserved;
	union {
		const uint8_t *sname;
		uint64_t sname_slot;
	};
	union {
		const uint8_t *file;
		uint64_t file_slot;
	};
	union {
		const uint8_t *options;
		uint64_t options_slot;
	};
};

#define PKTCAP_DHCP_COOKIE 0x63825363u

PKTCAP_API int pktcap_dhcp_get(const struct pktcap_layer *layer,
			       struct pktcap_dhcp *out);

/**
 * struct pktcap_dhcp_option - an option (RFC 2132)
 * @data:     its value, borrowed
 * @offset:   of the option in the layer, bytes
 * @code:     what it is
 * @len:      bytes at @data
 * @reserved: zero
 */
struct pktcap_dhcp_option {
	union {
		const uint8_t *data;
		uint64_t data_slot;
	};
	uint32_t offset;
	uint8_t code;
	uint8_t len;
	uint8_t reserved[2];
};

/**
 * pktcap_dhcp_option_next - walk over the options of a message
 * @layer:  of PKTCAP_PROTO_DHCP, borrowed
 * @offset: 0 for the first; what it is then belongs to the walk
 * @option: filled in on success
 *
 * Behind the options come those in the boot file and in the server name, if
 * option 52 says so. Padding is left out. An option that is there several
 * times is one value in pieces (RFC 3396); they are delivered as they are.
 *
 * Return: 1 with an option; 0 at the end, or if there are none (BOOTP);
 * -EPROTO if one is longer than what is left; -ENODATA if the packet was cut
 * in front of the end; -EPROTOTYPE if the layer is of another protocol.
 */
PKTCAP_API int pktcap_dhcp_option_next(const struct pktcap_layer *layer,
				       uint32_t *offset,
				       struct pktcap_dhcp_option *option);

/* struct pktcap_ntp.mode (RFC 5905, 7.3; RFC 9327) */
enum pktcap_ntp_mode {
	PKTCAP_NTP_SYMMETRIC_ACTIVE = 1,
	PKTCAP_NTP_SYMMETRIC_PASSIVE = 2,
	PKTCAP_NTP_CLIENT = 3,
	PKTCAP_NTP_SERVER = 4,
	PKTCAP_NTP_BROADCAST = 5,
	PKTCAP_NTP_CONTROL = 6, /* struct pktcap_ntp_control instead */
	PKTCAP_NTP_PRIVATE = 7, /* struct pktcap_ntp_private instead */
};

/**
 * struct pktcap_ntp - message that tells the time (RFC 5905, 7.3)
 * @leap:            0 none, 1 a second more, 2 less, 3 not synchronised
 * @version:         1 to 4
 * @mode:            enum pktcap_ntp_mode; 0 in version 1
 * @stratum:         0 unknown or a kiss of death, 1 a clock, ... 16 none
 * @poll:            log2 of the seconds between messages
 * @precision:       log2 of seconds
 * @reserved:        zero
 * @root_delay:      to the reference clock and back, in s / 65536; signed in
 *                   versions before 4
 * @root_dispersion: in s / 65536
 * @reference_id:    four letters (stratum 0 and 1), or an address or its hash
 * @reference:       when the clock was set last; like all timestamps here
 *                   seconds << 32 | fraction, see pktcap_ntp_time()
 * @origin:          when the request left, by the client's clock
 * @receive:         when it arrived
 * @transmit:        when this message left
 * @rest_len:        bytes at @rest
 * @reserved2:       zero
 * @rest:            extension fields and authentication, borrowed
 */
struct pktcap_ntp {
	uint8_t leap;
	uint8_t version;
	uint8_t mode;
	uint8_t stratum;
	int8_t poll;
	int8_t precision;
	uint8_t reserved[2];
	uint32_t root_delay;
	uint32_t root_dispersion;
	uint8_t reference_id[4];
	uint32_t rest_len;
	uint64_t reference;
	uint64_t origin;
	uint64_t receive;
	uint64_t transmit;
	union {
		const uint8_t *rest;
		uint64_t rest_slot;
	};
};

/* -EPROTOTYPE for a message of mode CONTROL or PRIVATE. */
PKTCAP_API int pktcap_ntp_get(const struct pktcap_layer *layer,
			      struct pktcap_ntp *out);

/**
 * pktcap_ntp_time - what a timestamp of NTP means
 * @timestamp: seconds << 32 | fraction of a second
 * @ns:        gets nanoseconds since 1970-01-01 00:00 UTC; the caller's
 *
 * The seconds begin anew every 136 years, first in 2036: numbers of the upper
 * half are taken to be of the years 1968 to 2036, the others of 2036 to 2104.
 *
 * Return: 0, or -ENODATA for 0, which is no time. Any thread.
 */
PKTCAP_API int pktcap_ntp_time(uint64_t timestamp, int64_t *ns);

/**
 * struct pktcap_ntp_control - message of mode 6 (RFC 9327, 2)
 * @leap:        0
 * @version:     2 to 4
 * @response:    1 in an answer
 * @error:       1 if the answer is an error
 * @more:        1 if it is not the last fragment of the answer
 * @opcode:      1 read status, 2 read variables, 3 write variables, ...
 * @sequence:    equal in request and answer
 * @status:      of the system, the peer or the clock, or an error code
 * @association: id of the peer, 0 for the system
 * @offset:      of @data in the whole answer, bytes
 * @count:       bytes of data, as stated
 * @reserved:    zero
 * @data_len:    bytes at @data
 * @data:        variables as text, or pairs of numbers; borrowed
 */
struct pktcap_ntp_control {
	uint8_t leap;
	uint8_t version;
	uint8_t response;
	uint8_t error;
	uint8_t more;
	uint8_t opcode;
	uint16_t sequence;
	uint16_t status;
	uint16_t association;
	uint16_t offset;
	uint16_t count;
	uint32_t reserved;
	uint32_t data_len;
	union {
		const uint8_t *data;
		uint64_t data_slot;
	};
};

/* -EPROTOTYPE for a message of another mode. */
PKTCAP_API int pktcap_ntp_control_get(const struct pktcap_layer *layer,
				      struct pktcap_ntp_control *out);

/**
 * struct pktcap_ntp_private - message of mode 7, of ntpd and its tools alone
 * @response:       1 in an answer
 * @more:           1 if it is not the last one of the answer
 * @version:        of NTP
 * @authenticated:  1 if a signature follows the items
 * @sequence:       of the answers, 0 to 127
 * @implementation: 2 and 3: ntpd
 * @request:        what is asked for, 42: the list of clients (monlist)
 * @error:          4 bits, 0 without one
 * @item_count:     items at @data
 * @item_size:      bytes of each
 * @reserved:       4 bits in front of the item size, zero
 * @reserved2:      zero
 * @data_len:       bytes at @data
 * @data:           items and what is behind them, borrowed
 */
struct pktcap_ntp_private {
	uint8_t response;
	uint8_t more;
	uint8_t version;
	uint8_t authenticated;
	uint8_t sequence;
	uint8_t implementation;
	uint8_t request;
	uint8_t error;
	uint16_t item_count;
	uint16_t item_size;
	uint8_t reserved;
	uint8_t reserved2[7];
	uint32_t data_len;
	union {
		const uint8_t *data;
		uint64_t data_slot;
	};
};

/* -EPROTOTYPE for a message of another mode. */
PKTCAP_API int pktcap_ntp_private_get(const struct pktcap_layer *layer,
				      struct pktcap_ntp_private *out);

#ifdef __cplusplus
}
#endif
#endif
