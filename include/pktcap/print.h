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
	PKTCAP_PRINT_NO_DUMP = 1u
			       << 7, /* a line has no dump of unknown bytes */
};

struct pktcap_flow; /* pktcap/decode.h */

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

#define PKTCAP_PRINT_OPTS(...)                                                 \
	((struct pktcap_print_opts){ .size = sizeof(struct pktcap_print_opts), \
				     __VA_ARGS__ })

/**
 * pktcap_print_streams_open - begin to remember TCP connections
 * @out:         gets the handle, to be closed with pktcap_print_streams_close()
 * @connections: how many are remembered, about 44 bytes each; 0: 65536. One
 *               more, and one that was silent for long is forgotten: what comes
 *               of it counts as new
 *
 * Return: 0; -ENOMEM.
 */
PKTCAP_API int pktcap_print_streams_open(struct pktcap_print_streams **out,
					 size_t connections);

/**
 * pktcap_print_streams_close - forget them
 * @streams: from pktcap_print_streams_open(), or NULL
 */
PKTCAP_API void
pktcap_print_streams_close(struct pktcap_print_streams *streams);

/**
 * pktcap_print_line - a packet in a line, in the words and the order of tcpdump
 * @pkt:    the packet, borrowed
 * @layers: from pktcap_decode(), borrowed
 * @n:      their number
 * @opts:   borrowed, NULL for the defaults; see below
 * @buf:    gets the text, the caller's; may be NULL if @size is 0
 * @size:   bytes at @buf
 *
 * What tcpdump -n prints behind the time: no newline at the end, though with
 * VERBOSE there are some within. What it adds for DHCP, DHCPv6, RADIUS, LLDP,
 * OSPF and LCP are the fields that say something, and a line for each option,
 * but no password. Bytes of a link or network protocol nobody
 * decodes are dumped in hexadecimal, in lines of their own; QUICK and NO_DUMP
 * leave them out. COLOUR puts it all between SGR sequences.
 *
 * Numbers of TCP are relative with @opts->streams, which remembers where each
 * connection began; such calls must not run at the same time. Without it, or
 * with ABSOLUTE_SEQ, they are those of the packet. A text that did not fit
 * leaves @opts->streams as it was.
 *
 * "[|tcp]" means that the header was not captured to its end, "(invalid)" that
 * it contradicts its standard, "[more headers]" that @layers had no room for
 * those that follow.
 *
 * Return: the length of the whole text, see above; -EINVAL or -E2BIG for bad
 * options. Any thread.
 */
PKTCAP_API int pktcap_print_line(const struct pktcap_packet *pkt,
				 const struct pktcap_layer *layers, size_t n,
				 const struct pktcap_print_opts *opts,
				 char *buf, size_t size);

/**
 * pktcap_print_tree - all fields of all headers, a line each
 * @pkt:    the packet, borrowed
 * @layers: from pktcap_decode(), borrowed
 * @n:      their number
 * @opts:   borrowed, NULL for the defaults; see below
 * @buf:    gets the text, the caller's; may be NULL if @size is 0
 * @size:   bytes at @buf
 *
 * A line for each header with its addresses or ports, below it its fields,
 * indented, then what else there is to say: that it was cut, that a length in
 * it is wrong. An element of a list that is a single value takes one line. Of
 * payload without a decoder the first 64 bytes. Every line has a newline.
 *
 * Flags: QUICK leaves out the fields, NO_CHECKSUMS does not say which checksums
 * are right, VERBOSE shows all of the payload and of long values, COLOUR puts
 * the lines of headers between SGR sequences.
 *
 * Return: the length of the whole text, see above; -EINVAL or -E2BIG for bad
 * options. Any thread.
 */
PKTCAP_API int pktcap_print_tree(const struct pktcap_packet *pkt,
				 const struct pktcap_layer *layers, size_t n,
				 const struct pktcap_print_opts *opts,
				 char *buf, size_t size);

/**
 * pktcap_print_boxes - headers as RFCs draw them, with this packet's values
 * @pkt:    the packet, borrowed
 * @layers: from pktcap_decode(), borrowed
 * @n:      their number
 * @opts:   borrowed, NULL for the defaults; see below
 * @buf:    gets the text, the caller's; may be NULL if @size is 0
 * @size:   bytes at @buf
 *
 * For each header its line as in the tree, a ruler of bits, and rows of 32 bits
 * in 65 columns: a cell for each field, in proportion to its bits. Options,
 * records and other lists have a box for each element; so have fields without
 * a place, because they were computed, and those of more than 16 bytes. Of
 * payload without a decoder the first 64 bytes. Every line has a newline, and
 * an empty one is between headers.
 *
 * Flags: QUICK leaves out payload, NO_CHECKSUMS does not say which checksums
 * are right, VERBOSE shows all of the payload and more of long values, COLOUR
 * puts the lines above the boxes between SGR sequences.
 *
 * Return: the length of the whole text, see above; -EINVAL or -E2BIG for bad
 * options. Any thread.
 */
PKTCAP_API int pktcap_print_boxes(const struct pktcap_packet *pkt,
				  const struct pktcap_layer *layers, size_t n,
				  const struct pktcap_print_opts *opts,
				  char *buf, size_t size);

/**
 * pktcap_print_json - a packet as one JSON object, in one line
 * @pkt:    the packet, borrowed
 * @layers: from pktcap_decode(), borrowed
 * @n:      their number
 * @opts:   borrowed, NULL for the defaults; see below
 * @buf:    gets the text, the caller's; may be NULL if @size is 0
 * @size:   bytes at @buf
 *
 * There is no newline, in it or behind it: one object a line is the caller's
 * to make. "time" (UTC, nanoseconds), "caplen", "wirelen" and "linktype" are
 * always there, "ifindex" and "direction" where they are known; "layers" has an
 * object for each header: "proto", "layer_offset" and "layer_len" (bytes of
 * header), "layer_status" unless it is ok, "layer_flags" if there are any,
 * "layer_checksum", as pktcap_checksum_name() has it, if the header has one,
 * and its fields under the names that pktcap_layer_fields() gives them:
 *
 *	numbers     decimal; a string if the field has more than 53 bits
 *	flags       true or false
 *	addresses   a string, as all the world writes them
 *	times       a string, "2023-11-14T22:13:20.123456789Z"
 *	bytes       a string, two hexadecimal digits each
 *	text        a string; each byte that is not printable ASCII is \u00NN
 *	groups      an object; lists an array of objects
 *
 * What a number means is beside it: "protocol":6,"protocol_label":"TCP". Bytes
 * without a decoder are a layer "data" with "length", the bytes on the wire,
 * and "number", what led there, if it is the number of a protocol nobody knows
 * here. No object has a key twice, and the text is ASCII for any packet.
 *
 * Flags: QUICK leaves out the fields, NO_CHECKSUMS does not look at checksums,
 * VERBOSE adds "bytes" to data.
 *
 * Return: the length of the whole text, see above; -EINVAL or -E2BIG for bad
 * options. Any thread.
 */
PKTCAP_API int pktcap_print_json(const struct pktcap_packet *pkt,
				 const struct pktcap_layer *layers, size_t n,
				 const struct pktcap_print_opts *opts,
				 char *buf, size_t size);

/* Forms of pktcap_print_hex(); in brackets: what tcpdump calls it. */
enum pktcap_hex {
	PKTCAP_HEX = 1,	      /* offset and bytes (-x) */
	PKTCAP_HEX_ASCII = 2, /* and the same as text beside it (-X) */
	PKTCAP_ASCII = 3,     /* text only (-A) */
};

/**
 * pktcap_print_hex - bytes as tcpdump shows them
 * @data: the bytes, borrowed; may be NULL if @len is 0
 * @len:  their number
 * @form: enum pktcap_hex
 * @buf:  gets the text, the caller's; may be NULL if @size is 0
 * @size: bytes at @buf
 *
 * Lines of 16 bytes with their offset, "\t0x0010:  4500 0054 ...", or the text
 * with "." for each byte that is not printable ASCII, tab or newline, and
 * without the carriage returns in front of newlines and at the end. It ends
 * with a newline, unless it has no line at all.
 *
 * Return: the length of the whole text, see above. Any thread.
 */
PKTCAP_API int pktcap_print_hex(const uint8_t *data, size_t len,
				enum pktcap_hex form, char *buf, size_t size);

/* Room for any text of pktcap_print_flow(), the terminator included. */
#define PKTCAP_PRINT_FLOW_SIZE 112

/**
 * pktcap_print_flow - who talks to whom
 * @flow: from pktcap_flow_get(), borrowed
 * @buf:  gets the text, the caller's; may be NULL if @size is 0
 * @size: bytes at @buf; PKTCAP_PRINT_FLOW_SIZE is always enough
 *
 * "192.0.2.1:50000 > 192.0.2.2:443", "[2001:db8::1]:50000 > [2001:db8::2]:443";
 * without the brackets and the ports if both ports are 0.
 *
 * Return: the length of the whole text, see above; -EINVAL if @flow->version
 * is neither 4 nor 6: @buf is left alone. Any thread.
 */
PKTCAP_API int pktcap_print_flow(const struct pktcap_flow *flow, char *buf,
				 size_t size);

#ifdef __cplusplus
}
#endif
#endif
