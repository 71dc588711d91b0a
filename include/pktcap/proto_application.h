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
#include <pktcap/proto_tls.h>

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
 * @cookie_len:  1 to 3 where the message ends inside of the cookie, which has
 *               these bytes in its upper bits; otherwise 0
 * @reserved:    zero
 * @options_len: bytes at @options
 * @min_len:     0; when built, bytes the message has at least, zeros behind the
 *               options: 300 for old servers and relays (RFC 1542, 2.1)
 * @sname:       64 bytes of server name or options, borrowed; when built, NULL
 *               for zeros
 * @file:        128 bytes of boot file or options, borrowed; likewise
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
	uint16_t min_len;
	uint8_t cookie_len;
	uint8_t reserved;
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

/* struct pktcap_dhcp_option.code; IANA has the others. */
enum pktcap_dhcp_option_code {
	PKTCAP_DHCP_OPTION_SUBNET_MASK = 1,
	PKTCAP_DHCP_OPTION_ROUTERS = 3,
	PKTCAP_DHCP_OPTION_DNS_SERVERS = 6,
	PKTCAP_DHCP_OPTION_HOST_NAME = 12,
	PKTCAP_DHCP_OPTION_DOMAIN_NAME = 15,
	PKTCAP_DHCP_OPTION_INTERFACE_MTU = 26,
	PKTCAP_DHCP_OPTION_BROADCAST_ADDRESS = 28,
	PKTCAP_DHCP_OPTION_NTP_SERVERS = 42,
	PKTCAP_DHCP_OPTION_VENDOR_INFORMATION = 43,
	PKTCAP_DHCP_OPTION_REQUESTED_ADDRESS = 50,
	PKTCAP_DHCP_OPTION_LEASE_TIME = 51,
	PKTCAP_DHCP_OPTION_OVERLOAD = 52,
	PKTCAP_DHCP_OPTION_MESSAGE_TYPE = 53, /* enum pktcap_dhcp_message */
	PKTCAP_DHCP_OPTION_SERVER_ID = 54,
	PKTCAP_DHCP_OPTION_PARAMETER_LIST = 55,
	PKTCAP_DHCP_OPTION_MESSAGE = 56,
	PKTCAP_DHCP_OPTION_MAX_MESSAGE_SIZE = 57,
	PKTCAP_DHCP_OPTION_RENEWAL_TIME = 58,
	PKTCAP_DHCP_OPTION_REBINDING_TIME = 59,
	PKTCAP_DHCP_OPTION_VENDOR_CLASS = 60,
	PKTCAP_DHCP_OPTION_CLIENT_ID = 61,
	PKTCAP_DHCP_OPTION_TFTP_SERVER = 66,
	PKTCAP_DHCP_OPTION_BOOT_FILE = 67,
	PKTCAP_DHCP_OPTION_CLIENT_FQDN = 81,
	PKTCAP_DHCP_OPTION_RELAY_AGENT = 82,
	PKTCAP_DHCP_OPTION_DOMAIN_SEARCH = 119,
	PKTCAP_DHCP_OPTION_CLASSLESS_ROUTES = 121,
};

/* The value of the option MESSAGE_TYPE, a byte (RFC 2132, 9.6). */
enum pktcap_dhcp_message {
	PKTCAP_DHCP_DISCOVER = 1,
	PKTCAP_DHCP_OFFER = 2,
	PKTCAP_DHCP_REQUEST = 3,
	PKTCAP_DHCP_DECLINE = 4,
	PKTCAP_DHCP_ACK = 5,
	PKTCAP_DHCP_NAK = 6,
	PKTCAP_DHCP_RELEASE = 7,
	PKTCAP_DHCP_INFORM = 8,
};

/**
 * struct pktcap_dhcp_option - an option (RFC 2132)
 * @data:     its value, borrowed
 * @offset:   of the option in the layer, bytes
 * @code:     enum pktcap_dhcp_option_code, or any other
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

/**
 * pktcap_dhcp_options_put - write options of a message, and the end behind them
 * @buf:     gets them, for struct pktcap_dhcp
 * @size:    bytes at @buf
 * @options: borrowed for the call
 * @n:       their number
 *
 * Return: bytes written; as struct pktcap_tlv says; -ERANGE also for the codes
 * 0 and 255, padding and the end, which have no value.
 */
PKTCAP_API int pktcap_dhcp_options_put(void *buf, size_t size,
				       const struct pktcap_dhcp_option *options,
				       size_t n);

/**
 * struct pktcap_dhcp6 - message of DHCPv6 (RFC 8415, 8 and 9)
 * @type:         1 solicit, 2 advertise, 3 request, ... 12 and 13 of relays
 * @hop_count:    of relays: how many it went through before
 * @reserved:     zero
 * @xid:          transaction id, 24 bits; 0 in messages of relays
 * @link_address: of relays: where the client is
 * @peer_address: of relays: who sent the message inside
 * @reserved2:    zero
 * @options_len:  bytes at @options
 * @options:      borrowed; for pktcap_dhcp6_option_next()
 */
struct pktcap_dhcp6 {
	uint8_t type;
	uint8_t hop_count;
	uint8_t reserved[2];
	uint32_t xid;
	uint8_t link_address[16];
	uint8_t peer_address[16];
	uint32_t reserved2;
	uint32_t options_len;
	union {
		const uint8_t *options;
		uint64_t options_slot;
	};
};

PKTCAP_API int pktcap_dhcp6_get(const struct pktcap_layer *layer,
				struct pktcap_dhcp6 *out);

/**
 * struct pktcap_dhcp6_option - an option (RFC 8415, 21)
 * @data:   its value, borrowed
 * @offset: of the option in the layer, bytes
 * @code:   what it is
 * @len:    bytes at @data
 */
struct pktcap_dhcp6_option {
	union {
		const uint8_t *data;
		uint64_t data_slot;
	};
	uint32_t offset;
	uint16_t code;
	uint16_t len;
};

/**
 * pktcap_dhcp6_option_next - walk over options
 * @layer:  of PKTCAP_PROTO_DHCP6, borrowed
 * @inside: NULL for those of the message; an option that this function found
 *          for those inside it: IA_NA (3), IA_TA (4), IA address (5), IA_PD
 *          (25), IA prefix (26) and the message of a relay (9)
 * @offset: 0 for the first; what it is then belongs to the walk
 * @option: filled in on success; not the same as @inside
 *
 * Return: 1 with an option; 0 at the end, or if @inside has none; -EPROTO if
 * one is longer than what is around it; -ENODATA if the packet was cut in
 * front of the end; -EPROTOTYPE if the layer is of another protocol.
 */
PKTCAP_API int
pktcap_dhcp6_option_next(const struct pktcap_layer *layer,
			 const struct pktcap_dhcp6_option *inside,
			 uint32_t *offset, struct pktcap_dhcp6_option *option);

/**
 * pktcap_dhcp6_options_put - write options of a message, or of an option
 * @buf:     gets them, for struct pktcap_dhcp6 or behind the fixed part of the
 *           option that they are in
 * @size:    bytes at @buf
 * @options: borrowed for the call
 * @n:       their number
 *
 * Return: bytes written; as struct pktcap_tlv says.
 */
PKTCAP_API int
pktcap_dhcp6_options_put(void *buf, size_t size,
			 const struct pktcap_dhcp6_option *options, size_t n);

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
 * @data_len:    bytes at @data
 * @rest_len:    bytes at @rest
 * @data:        variables as text, or pairs of numbers; borrowed
 * @rest:        padding and authentication behind the data, borrowed
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
	uint32_t data_len;
	uint32_t rest_len;
	union {
		const uint8_t *data;
		uint64_t data_slot;
	};
	union {
		const uint8_t *rest;
		uint64_t rest_slot;
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

/**
 * struct pktcap_radius - message of RADIUS (RFC 2865, 3)
 * @code:           1 access request, 2 accept, 3 reject, ...
 * @id:             equal in request and answer
 * @length:         bytes of the whole message
 * @authenticator:  as in the packet
 * @attributes_len: bytes at @attributes
 * @attributes:     borrowed; for pktcap_radius_attribute_next()
 */
struct pktcap_radius {
	uint8_t code;
	uint8_t id;
	uint16_t length;
	uint8_t authenticator[16];
	uint32_t attributes_len;
	union {
		const uint8_t *attributes;
		uint64_t attributes_slot;
	};
};

PKTCAP_API int pktcap_radius_get(const struct pktcap_layer *layer,
				 struct pktcap_radius *out);

/**
 * struct pktcap_radius_attribute - an attribute (RFC 2865, 5)
 * @data:     its value, borrowed
 * @offset:   of the attribute in the layer, bytes
 * @type:     what it is
 * @len:      bytes at @data
 * @reserved: zero
 */
struct pktcap_radius_attribute {
	union {
		const uint8_t *data;
		uint64_t data_slot;
	};
	uint32_t offset;
	uint8_t type;
	uint8_t len;
	uint8_t reserved[2];
};

/**
 * pktcap_radius_attribute_next - walk over the attributes of a message
 * @layer:     of PKTCAP_PROTO_RADIUS, borrowed
 * @offset:    0 for the first; what it is then belongs to the walk
 * @attribute: filled in on success
 *
 * Return: 1 with an attribute; 0 at the end; -EPROTO if one cannot be true;
 * -ENODATA if the packet was cut in front of the end; -EPROTOTYPE if the layer
 * is of another protocol.
 */
PKTCAP_API int
pktcap_radius_attribute_next(const struct pktcap_layer *layer, uint32_t *offset,
			     struct pktcap_radius_attribute *attribute);

/**
 * pktcap_radius_attributes_put - write attributes of a message
 * @buf:        gets them, for struct pktcap_radius
 * @size:       bytes at @buf
 * @attributes: borrowed for the call
 * @n:          their number
 *
 * Return: bytes written; as struct pktcap_tlv says.
 */
PKTCAP_API int
pktcap_radius_attributes_put(void *buf, size_t size,
			     const struct pktcap_radius_attribute *attributes,
			     size_t n);

/**
 * struct pktcap_ospf - header of OSPF (RFC 2328, A.3.1; RFC 5340, A.3.1)
 * @version:   2 or 3
 * @type:      1 hello, 2 database description, 3 request, 4 update, 5
 *             acknowledgement
 * @length:    bytes of the message
 * @router_id: who sends
 * @area_id:   0.0.0.0 is the backbone
 * @checksum:  as in the packet
 * @auth_type: version 2: 0 none, 1 password, 2 digest
 * @auth_data: version 2: password, or about the digest
 * @instance:  version 3: instances share a link
 * @reserved:  version 3: zero
 * @reserved2: zero
 * @body_len:  bytes at @body
 * @rest_len:  bytes at @rest
 * @reserved3: zero
 * @body:      behind the header up to the length, borrowed
 * @rest:      what the length does not count: version 2's digest, link-local
 *             signaling (RFC 5613); borrowed
 */
struct pktcap_ospf {
	uint8_t version;
	uint8_t type;
	uint16_t length;
	uint8_t router_id[4];
	uint8_t area_id[4];
	uint16_t checksum;
	uint16_t auth_type;
	uint8_t auth_data[8];
	uint8_t instance;
	uint8_t reserved;
	uint8_t reserved2[2];
	uint32_t body_len;
	uint32_t rest_len;
	uint32_t reserved3;
	union {
		const uint8_t *body;
		uint64_t body_slot;
	};
	union {
		const uint8_t *rest;
		uint64_t rest_slot;
	};
};

PKTCAP_API int pktcap_ospf_get(const struct pktcap_layer *layer,
			       struct pktcap_ospf *out);

/**
 * struct pktcap_ospf_hello - a hello (RFC 2328, A.3.2; RFC 5340, A.3.2)
 * @mask:              version 2: of the network
 * @interface_id:      version 3: of the sender's interface
 * @options:           8 bits in version 2, 24 in version 3
 * @dead_interval:     s until a silent router is taken to be down
 * @hello_interval:    s between hellos
 * @priority:          to become designated router, 0 never
 * @reserved:          zero
 * @designated_router: address (version 2) or router id (3); zero without one
 * @backup_router:     likewise
 * @neighbours_len:    bytes at @neighbours, four for each
 * @neighbours:        router ids heard of, borrowed
 */
struct pktcap_ospf_hello {
	uint8_t mask[4];
	uint32_t interface_id;
	uint32_t options;
	uint32_t dead_interval;
	uint16_t hello_interval;
	uint8_t priority;
	uint8_t reserved;
	uint8_t designated_router[4];
	uint8_t backup_router[4];
	uint32_t neighbours_len;
	union {
		const uint8_t *neighbours;
		uint64_t neighbours_slot;
	};
};

/* -EPROTOTYPE for a message of another type. */
PKTCAP_API int pktcap_ospf_hello_get(const struct pktcap_layer *layer,
				     struct pktcap_ospf_hello *out);

/**
 * struct pktcap_ospf_lsa - header of an advertisement (RFC 2328, A.4.1)
 * @age:      s since it was originated
 * @type:     8 bits in version 2, 16 in version 3 (RFC 5340, A.4.2.1)
 * @id:       of the part of the network it describes
 * @router:   who originated it
 * @sequence: to tell newer ones from older
 * @checksum: as in the packet
 * @length:   bytes of the whole advertisement
 * @options:  version 2
 * @offset:   of the header in the layer, bytes
 * @body_len: bytes at @body
 * @body:     behind the header, in updates only; borrowed
 */
struct pktcap_ospf_lsa {
	uint16_t age;
	uint16_t type;
	uint8_t id[4];
	uint8_t router[4];
	uint32_t sequence;
	uint16_t checksum;
	uint16_t length;
	uint32_t options;
	uint32_t offset;
	uint32_t body_len;
	union {
		const uint8_t *body;
		uint64_t body_slot;
	};
};

/**
 * pktcap_ospf_lsa_next - walk over the advertisements of a message
 * @layer:  of PKTCAP_PROTO_OSPF, borrowed
 * @offset: 0 for the first; what it is then belongs to the walk
 * @lsa:    filled in on success
 *
 * Descriptions, updates and acknowledgements have some; other messages end at
 * once.
 *
 * Return: 1 with an advertisement; 0 at the end; -EPROTO if one cannot be
 * true; -ENODATA if the packet was cut in front of the end; -EPROTOTYPE if the
 * layer is of another protocol.
 */
PKTCAP_API int pktcap_ospf_lsa_next(const struct pktcap_layer *layer,
				    uint32_t *offset,
				    struct pktcap_ospf_lsa *lsa);

/**
 * struct pktcap_vrrp - message of VRRP (RFC 3768, 5.1; RFC 9568, 5.1)
 * @version:            2 or 3
 * @type:               1 advertisement
 * @vrid:               the virtual router
 * @priority:           255 owns the addresses, 0 gives up
 * @address_count:      as stated
 * @address_len:        bytes of each, 4 or 16: as the header in front is
 * @auth_type:          version 2
 * @reserved:           version 3: four bits, zero
 * @interval:           between advertisements, in s (version 2) or s / 100
 * @checksum:           as in the packet
 * @addresses_len:      bytes at @addresses
 * @authentication_len: bytes at @authentication
 * @reserved2:          zero
 * @addresses:          of the virtual router, borrowed
 * @authentication:     what is behind the addresses, borrowed
 */
struct pktcap_vrrp {
	uint8_t version;
	uint8_t type;
	uint8_t vrid;
	uint8_t priority;
	uint8_t address_count;
	uint8_t address_len;
	uint8_t auth_type;
	uint8_t reserved;
	uint16_t interval;
	uint16_t checksum;
	uint32_t addresses_len;
	uint32_t authentication_len;
	uint32_t reserved2;
	union {
		const uint8_t *addresses;
		uint64_t addresses_slot;
	};
	union {
		const uint8_t *authentication;
		uint64_t authentication_slot;
	};
};

PKTCAP_API int pktcap_vrrp_get(const struct pktcap_layer *layer,
			       struct pktcap_vrrp *out);

/**
 * struct pktcap_ssh - a line or a packet that is not encrypted (RFC 4253)
 * @protocol_len:   bytes at @protocol, 0 without a line
 * @software_len:   bytes at @software
 * @comments_len:   bytes at @comments
 * @packet_offset:  where in the layer the first packet begins
 * @packet_length:  as the packet states it, without these four bytes; 0
 *                  without a packet
 * @padding_length: as the packet states it
 * @message:        20 key exchange init, 21 new keys, ...
 * @reserved:       zero
 * @protocol:       of "SSH-2.0-software comments" what is behind the first
 *                  dash, not terminated, hostile; borrowed
 * @software:       likewise
 * @comments:       likewise, NULL without any
 */
struct pktcap_ssh {
	uint32_t protocol_len;
	uint32_t software_len;
	uint32_t comments_len;
	uint32_t packet_offset;
	uint32_t packet_length;
	uint8_t padding_length;
	uint8_t message;
	uint8_t reserved[2];
	union {
		const char *protocol;
		uint64_t protocol_slot;
	};
	union {
		const char *software;
		uint64_t software_slot;
	};
	union {
		const char *comments;
		uint64_t comments_slot;
	};
};

PKTCAP_API int pktcap_ssh_get(const struct pktcap_layer *layer,
			      struct pktcap_ssh *out);

/**
 * struct pktcap_ssh_list - names in a key exchange init (RFC 4253, 7.1)
 * @text:  names with commas between them, not terminated, hostile; borrowed
 * @len:   bytes at @text
 * @index: 0 key exchange, 1 host key, 2 and 3 encryption from the client and
 *         from the server, 4 and 5 MAC, 6 and 7 compression, 8 and 9 languages
 */
struct pktcap_ssh_list {
	union {
		const char *text;
		uint64_t text_slot;
	};
	uint32_t len;
	uint32_t index;
};

/**
 * pktcap_ssh_list_next - walk over what the first packet of a segment offers
 * @layer:  of PKTCAP_PROTO_SSH, borrowed
 * @offset: 0 for the first; what it is then belongs to the walk
 * @list:   filled in on success
 *
 * Return: 1 with a list; 0 at the end, or if the packet is none that has some;
 * -EPROTO if one is longer than the packet; -ENODATA if it goes on in another
 * segment or was cut; -EPROTOTYPE if the layer is of another protocol.
 */
PKTCAP_API int pktcap_ssh_list_next(const struct pktcap_layer *layer,
				    uint32_t *offset,
				    struct pktcap_ssh_list *list);

/**
 * struct pktcap_snmp - message of SNMP (RFC 1157, RFC 3416, RFC 3412)
 * @version:        0 version 1, 1 version 2c, 3 version 3
 * @pdu_type:       tag: 0xa0 get, 0xa1 get next, 0xa2 response, 0xa3 set, 0xa4
 *                  trap of version 1, 0xa5 get bulk, 0xa6 inform, 0xa7 trap,
 *                  0xa8 report; 0 if it is encrypted
 * @flags:          version 3: 1 authenticated, 2 encrypted, 4 reportable
 * @reserved:       zero
 * @request_id:     equal in request and answer; 0 in a trap of version 1
 * @error_status:   of get bulk: variables that are asked for once
 * @error_index:    of get bulk: how often the others are
 * @message_id:     version 3
 * @max_size:       version 3: bytes the sender takes
 * @security_model: version 3: 3 is USM, which has all below
 * @engine_boots:   of the engine that is authoritative
 * @engine_time:    s since it booted
 * @community_len:  bytes at @community
 * @engine_id_len:  bytes at @engine_id
 * @user_len:       bytes at @user
 * @community:      versions 1 and 2c, not terminated, hostile; borrowed
 * @engine_id:      borrowed
 * @user:           not terminated, hostile; borrowed
 */
struct pktcap_snmp {
	uint8_t version;
	uint8_t pdu_type;
	uint8_t flags;
	uint8_t reserved;
	int32_t request_id;
	int32_t error_status;
	int32_t error_index;
	uint32_t message_id;
	uint32_t max_size;
	uint32_t security_model;
	uint32_t engine_boots;
	uint32_t engine_time;
	uint32_t community_len;
	uint32_t engine_id_len;
	uint32_t user_len;
	union {
		const char *community;
		uint64_t community_slot;
	};
	union {
		const uint8_t *engine_id;
		uint64_t engine_id_slot;
	};
	union {
		const char *user;
		uint64_t user_slot;
	};
};

PKTCAP_API int pktcap_snmp_get(const struct pktcap_layer *layer,
			       struct pktcap_snmp *out);

/**
 * struct pktcap_snmp_variable - a name and its value (RFC 3416, 3)
 * @oid:          object identifier in BER, borrowed
 * @value:        in BER without tag and length, borrowed
 * @oid_offset:   of @oid in the layer
 * @oid_len:      bytes at @oid
 * @value_offset: of @value in the layer
 * @value_len:    bytes at @value
 * @type:         tag of the value: 2 integer, 4 octet string, 5 null, 6 object
 *                id, 0x40 address, 0x41 counter, 0x42 gauge, 0x43 time, ...
 * @reserved:     zero
 */
struct pktcap_snmp_variable {
	union {
		const uint8_t *oid;
		uint64_t oid_slot;
	};
	union {
		const uint8_t *value;
		uint64_t value_slot;
	};
	uint32_t oid_offset;
	uint32_t oid_len;
	uint32_t value_offset;
	uint32_t value_len;
	uint8_t type;
	uint8_t reserved[7];
};

/**
 * pktcap_snmp_variable_next - walk over the variables of a message
 * @layer:    of PKTCAP_PROTO_SNMP, borrowed
 * @offset:   0 for the first; what it is then belongs to the walk
 * @variable: filled in on success
 *
 * Return: 1 with a variable; 0 at the end, or if the message is encrypted;
 * -EPROTO if one is malformed; -ENODATA if the packet was cut in front of the
 * end; -EPROTOTYPE if the layer is of another protocol.
 */
PKTCAP_API int pktcap_snmp_variable_next(const struct pktcap_layer *layer,
					 uint32_t *offset,
					 struct pktcap_snmp_variable *variable);

#ifdef __cplusplus
}
#endif
#endif
