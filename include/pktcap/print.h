/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Show: decoded layers as text, in the caller's buffer.
 *
 * Every printer returns the length of the whole text, as snprintf(3) does, and
 * writes what fits, always terminated: a result of @size or more means that
 * the text was cut, and how much room it wants. Nothing is allocated. No
 * control byte of a packet gets into a text, nor a byte outside ASCII: they
 * become escapes or ".", so a terminal shows what is there and nothing else.
 */
#ifndef PKTCAP_PRINT_H
#define PKTCAP_PRINT_H

#include <pktcap/base.h>
#include <pktcap/proto.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Bits of struct pktcap_print_opts.flags; in brackets: what tcpdump calls it */
enum pktcap_print_flags {
	PKTCAP_PRINT_LINK = 1u << 0,	     /* the link header, too (-e) */
	PKTCAP_PRINT_QUICK = 1u << 1,	     /* less about each header (-q) */
	PKTCAP_PRINT_VERBOSE = 1u << 2,	     /* more (-v) */
	PKTCAP_PRINT_VERY_VERBOSE = 1u << 3, /* still more (-vv) */
	PKTCAP_PRINT_NO_CHECKSUMS = 1u << 4, /* verify none (-K) */
	PKTCAP_PRINT_ABSOLUTE_SEQ = 1u << 5, /* TCP numbers as they are (-S) */
	PKTCAP_PRINT_COLOUR = 1u << 6,	     /* SGR sequences by protocol */
};

/* Remembers where the numbers of TCP connections began. */
struct pktcap_print_streams;

/**
 * struct pktcap_print_opts - how to show; zero means default
 * @size:    sizeof(struct pktcap_print_opts)
 * @flags:   PKTCAP_PRINT_*
 * @streams: relative sequence numbers come from here; NULL: absolute ones.
 *           Borrowed; it changes with each packet that is printed as a line
 * @ifname:  name of the interface of a LINUX_SLL2 packet, NULL if it has none;
 *           NULL: "?"
 * @arg:     given to @ifname
 */
struct pktcap_print_opts {
	uint32_t size;
	uint32_t flags;
	struct pktcap_print_streams *streams;
	const char *(*ifname)(void *arg, uint32_t ifindex);
	void *arg;
};

#ifdef __cplusplus
}
#endif
#endif
