/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What every room shares: the version, the packet view, link types and the
 * error struct. No other public header is needed to read this one.
 */
#ifndef PKTCAP_BASE_H
#define PKTCAP_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PKTCAP_VERSION_MAJOR 0
#define PKTCAP_VERSION_MINOR 1
#define PKTCAP_VERSION_PATCH 0

/* Marks a symbol as part of the ABI; everything else is hidden. */
#define PKTCAP_API __attribute__((visibility("default")))

/**
 * pktcap_version - the version of the library that is loaded
 *
 * Return: a static string, "MAJOR.MINOR.PATCH"; never NULL. Any thread.
 */
PKTCAP_API const char *pktcap_version(void);

/**
 * struct pktcap_error - why a call failed, for a person to read
 * @code:     the negative errno that the call returned
 * @reserved: zero
 * @offset:   where in the input, bytes (files) or instructions (programs);
 *            0 where the call has no input with positions
 * @call:     the system call or the option that failed ("bind", "snaplen")
 * @text:     one sentence without a newline: what failed, on what, what to do
 *
 * Owned by the caller, written only on failure. Every function that takes one
 * accepts NULL. Both strings are always terminated and hold no control bytes.
 */
struct pktcap_error {
	int32_t code;
	uint32_t reserved;
	uint64_t offset;
	char call[32];
	char text[208];
};

/*
 * Link types, by the numbers that capture files carry (LINKTYPE_ values of
 * www.tcpdump.org/linktypes.html). Any other 16-bit number may appear too.
 */
enum pktcap_linktype {
	PKTCAP_LINKTYPE_NULL = 0,
	PKTCAP_LINKTYPE_ETHERNET = 1,
	PKTCAP_LINKTYPE_PPP = 9,
	PKTCAP_LINKTYPE_PPP_HDLC = 50,
	PKTCAP_LINKTYPE_PPP_ETHER = 51,
	PKTCAP_LINKTYPE_RAW = 101,
	PKTCAP_LINKTYPE_C_HDLC = 104,
	PKTCAP_LINKTYPE_IEEE802_11 = 105,
	PKTCAP_LINKTYPE_FRELAY = 107,
	PKTCAP_LINKTYPE_LOOP = 108,
	PKTCAP_LINKTYPE_LINUX_SLL = 113,
	PKTCAP_LINKTYPE_IEEE802_11_PRISM = 119,
	PKTCAP_LINKTYPE_IEEE802_11_RADIOTAP = 127,
	PKTCAP_LINKTYPE_IEEE802_15_4_NOFCS = 230,
	PKTCAP_LINKTYPE_CAN_SOCKETCAN = 227,
	PKTCAP_LINKTYPE_IPV4 = 228,
	PKTCAP_LINKTYPE_IPV6 = 229,
	PKTCAP_LINKTYPE_NETLINK = 253,
	PKTCAP_LINKTYPE_VSOCK = 271,
	PKTCAP_LINKTYPE_LINUX_SLL2 = 276,
};

/**
 * pktcap_linktype_name - the name of a link type ("EN10MB", "LINUX_SLL2")
 * @linktype: a LINKTYPE_ number
 *
 * The names are those tcpdump takes behind -y.
 * Return: a static string, or NULL if the library has no name for it.
 */
PKTCAP_API const char *pktcap_linktype_name(uint32_t linktype);

/**
 * pktcap_linktype_description - a link type in words ("Ethernet")
 * @linktype: a LINKTYPE_ number
 *
 * Return: a static string, or NULL if the library has no words for it.
 */
PKTCAP_API const char *pktcap_linktype_description(uint32_t linktype);

/**
 * pktcap_linktype_from_name - the number behind a name
 * @name: as pktcap_linktype_name() gives it; upper and lower case are equal
 *
 * Return: the LINKTYPE_ number, or -ENOENT.
 */
PKTCAP_API int pktcap_linktype_from_name(const char *name);

/* Which way a packet went, seen from this machine. */
enum pktcap_direction {
	PKTCAP_DIRECTION_UNKNOWN = 0, /* in options: both */
	PKTCAP_DIRECTION_IN = 1,
	PKTCAP_DIRECTION_OUT = 2,
	PKTCAP_DIRECTION_BOTH = 3, /* in options only */
};

/* Which clock wrote struct pktcap_packet.ts_ns. */
enum pktcap_clock {
	PKTCAP_CLOCK_UNKNOWN = 0,
	PKTCAP_CLOCK_COPY = 1,	   /* system clock, when copied to the ring */
	PKTCAP_CLOCK_INGRESS = 3,  /* system clock, when the stack got it */
	PKTCAP_CLOCK_EGRESS = 5,   /* system clock, when the driver sent it */
	PKTCAP_CLOCK_HARDWARE = 9, /* the adapter's own clock */
};

/* Bits of struct pktcap_packet.flags; those of the kernel are as it has them.
 */
enum pktcap_packet_flags {
	PKTCAP_PACKET_TRUNCATED = 1u << 0, /* caplen < wirelen */
	PKTCAP_PACKET_VLAN_INLINE = 1u
				    << 1, /* the tag of VLAN is in data, too */
	PKTCAP_PACKET_LOSING = 1u << 2, /* the kernel dropped some before it */
	PKTCAP_PACKET_CSUM_NOT_READY = 1u << 3, /* to be filled by hardware */
	PKTCAP_PACKET_VLAN = 1u << 4,	    /* vlan_tci and vlan_tpid are set */
	PKTCAP_PACKET_CSUM_VALID = 1u << 7, /* verified by the kernel */
	PKTCAP_PACKET_GSO_TCP = 1u << 8,    /* several TCP segments merged */
};

/**
 * struct pktcap_packet - a packet, wherever it came from; a borrowed view
 * @data:      the bytes; owned by the library until the next call on the
 *             handle that delivered the view, never longer than @caplen
 * @caplen:    bytes at @data
 * @wirelen:   bytes the packet had on the wire, at least @caplen
 * @ts_ns:     nanoseconds since 1970-01-01 00:00 UTC, negative before
 * @ifindex:   interface it was seen on, 0 if unknown
 * @flags:     PKTCAP_PACKET_*
 * @vlan_tci:  outer VLAN tag (priority, DEI, VID), host order; only valid with
 *             PKTCAP_PACKET_VLAN: 0 is a real tag (priority tag, VID 0)
 * @vlan_tpid: its type, host order: 0x8100 or 0x88a8
 * @linktype:  what @data begins with, a LINKTYPE_ number
 * @protocol:  EtherType the kernel gave the packet, host order, 0 if unknown
 * @hatype:    ARPHRD_ type of the interface, 0 from files
 * @pkttype:   sll_pkttype of packet(7), 0 from files without it
 * @direction: enum pktcap_direction, UNKNOWN from files without it
 * @clock:     enum pktcap_clock
 * @reserved:  zero
 *
 * 64 bytes on every architecture.
 */
struct pktcap_packet {
	union {
		const uint8_t *data;
		uint64_t data_slot; /* the same size on 32-bit machines */
	};
	int64_t ts_ns;
	uint32_t caplen;
	uint32_t wirelen;
	int32_t ifindex;
	uint32_t flags;
	uint16_t vlan_tci;
	uint16_t vlan_tpid;
	uint16_t linktype;
	uint16_t protocol;
	uint16_t hatype;
	uint8_t pkttype;
	uint8_t direction;
	uint8_t clock;
	uint8_t reserved[19];
};

#ifdef __cplusplus
}
#endif
#endif
