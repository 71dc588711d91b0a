/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reassemble: datagrams out of IP fragments, and streams of bytes out of TCP
 * segments. Two helpers that know nothing of each other; both take their
 * memory when they are opened, and none for a packet. Time is that of the
 * packets, so that a file gives the same result each time.
 *
 *	n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
 *	if (pktcap_fragments_add(fragments, pkt, layers, n, &whole) == 1) {
 *		pkt = whole;
 *		n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
 *	}
 *	pktcap_streams_add(streams, pkt, layers, n);
 */
#ifndef PKTCAP_REASSEMBLE_H
#define PKTCAP_REASSEMBLE_H

#include <pktcap/base.h>
#include <pktcap/proto.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What counts where two pieces claim the same bytes and differ.
 *
 * FIRST is the default: what has been seen does not change any more, whoever
 * sends something else later, and it is what Linux does with TCP. Hosts differ:
 * who wants to see what one of them saw takes its policy.
 */
enum pktcap_overlap {
	PKTCAP_OVERLAP_FIRST = 0,
	PKTCAP_OVERLAP_LAST = 1,
	/*
	 * Fragments: the whole datagram is dropped (RFC 5722; Linux, for IPv4,
	 * too), even if the bytes are equal, unless all of it is a repetition.
	 * Segments: the later one is dropped.
	 */
	PKTCAP_OVERLAP_REJECT = 2,
};

/* Collects fragments. */
struct pktcap_fragments;

/**
 * struct pktcap_fragments_opts - how to collect; zero means default
 * @size:       sizeof(struct pktcap_fragments_opts)
 * @overlap:    enum pktcap_overlap
 * @memory:     bytes for all that is held, 131072 to 2^31; 0: 4 MiB
 * @datagrams:  how many may be incomplete at a time, 1 to 65536; 0: 1024. Each
 *              takes about 360 bytes of @memory, at most half in all; with 0
 *              there are fewer rather than that
 * @reserved:   zero
 * @timeout_ns: from the first fragment that arrived to the last one; 0: 30 s
 */
struct pktcap_fragments_opts {
	uint32_t size;
	uint32_t overlap;
	uint64_t memory;
	uint32_t datagrams;
	uint32_t reserved;
	int64_t timeout_ns;
};

#define PKTCAP_FRAGMENTS_OPTS(...)       \
	((struct pktcap_fragments_opts){ \
		.size = sizeof(struct pktcap_fragments_opts), __VA_ARGS__ })

/**
 * pktcap_fragments_open - get ready to collect fragments
 * @out:   set to the handle on success, to NULL on failure
 * @opts:  options, borrowed; NULL for all defaults
 * @error: what is wrong; may be NULL
 *
 * Return: 0; -EINVAL (an option out of range: its name is in @error->call);
 * -E2BIG (options from a newer header with a non-zero tail); -ENOMEM.
 */
PKTCAP_API int pktcap_fragments_open(struct pktcap_fragments **out,
				     const struct pktcap_fragments_opts *opts,
				     struct pktcap_error *error);

/**
 * pktcap_fragments_add - a packet, which may be a fragment
 * @fragments: the handle; one thread at a time
 * @pkt:       the packet, borrowed
 * @layers:    of @pkt, from pktcap_decode(), borrowed
 * @n:         their number
 * @out:       set to the whole packet, owned by the library until the next
 *             call on @fragments; NULL where there is none
 *
 * The outermost fragment of a packet counts. What comes out begins with its IP
 * header, as if it had never been in pieces: link type RAW, lengths and
 * checksum corrected, no fragment header of IPv6. Time is that of the fragment
 * that completed it; interface, direction and clock likewise. It may be a
 * fragment again (in a tunnel) and be added as such.
 *
 * A fragment for which there is no room pushes out the oldest datagram.
 *
 * Return: 1 with a packet; 0 if the fragment was taken, and more are needed;
 * -EPROTOTYPE if @pkt is no fragment; -ENODATA if the capture cut it, which
 * makes it useless; -EPROTO if it cannot be true (beyond 65 535 bytes, not a
 * multiple of 8, behind the end) or overlaps and is rejected.
 */
PKTCAP_API int pktcap_fragments_add(struct pktcap_fragments *fragments,
				    const struct pktcap_packet *pkt,
				    const struct pktcap_layer *layers, size_t n,
				    const struct pktcap_packet **out);

/**
 * struct pktcap_fragments_stats - what has become of fragments
 * @fragments:  seen, whatever became of them
 * @datagrams:  put together
 * @duplicates: fragments whose bytes were there already
 * @overlaps:   fragments that overlap others, but are no repetition
 * @bad:        fragments that cannot be true
 * @cut:        fragments that the capture cut
 * @timeouts:   datagrams dropped because the rest did not come
 * @evicted:    datagrams dropped because room was needed
 * @rejected:   datagrams dropped because of an overlap
 * @held:       datagrams incomplete now
 * @blocks:     blocks of memory in use now
 */
struct pktcap_fragments_stats {
	uint64_t fragments;
	uint64_t datagrams;
	uint64_t duplicates;
	uint64_t overlaps;
	uint64_t bad;
	uint64_t cut;
	uint64_t timeouts;
	uint64_t evicted;
	uint64_t rejected;
	uint32_t held;
	uint32_t blocks;
};

/**
 * pktcap_fragments_stats - count
 * @fragments: the handle
 * @stats:     filled in
 */
PKTCAP_API void pktcap_fragments_stats(const struct pktcap_fragments *fragments,
				       struct pktcap_fragments_stats *stats);

/**
 * pktcap_fragments_close - give back everything
 * @fragments: the handle; NULL does nothing
 */
PKTCAP_API void pktcap_fragments_close(struct pktcap_fragments *fragments);

/* Follows connections. */
struct pktcap_streams;

/* Bits of struct pktcap_stream.flags */
enum pktcap_stream_flags {
	PKTCAP_STREAM_MIDSTREAM = 1u << 0, /* its beginning was not seen */
};

/**
 * struct pktcap_stream - a connection; a view for callbacks
 * @id:          counts from 1
 * @opened_ns:   time of its first packet
 * @last_ns:     time of its last packet so far
 * @bytes:       delivered, from the client [0] and from the server [1]
 * @lost:        bytes that were never seen
 * @retransmits: segments without anything new
 * @user:        the caller's, kept from callback to callback; NULL at first.
 *               Freed in on_end, as pktcap_streams_close() calls nobody:
 *               pktcap_streams_flush() first
 * @client:      address of who opened it, or, MIDSTREAM, of whose segment was
 *               seen first; IPv4 in the first four bytes
 * @server:      the other address
 * @client_port: likewise
 * @server_port: likewise
 * @version:     4 or 6
 * @flags:       PKTCAP_STREAM_*
 * @reserved:    zero
 */
struct pktcap_stream {
	uint64_t id;
	int64_t opened_ns;
	int64_t last_ns;
	uint64_t bytes[2];
	uint64_t lost[2];
	uint64_t retransmits[2];
	union {
		void *user;
		uint64_t user_slot;
	};
	uint8_t client[16];
	uint8_t server[16];
	uint16_t client_port;
	uint16_t server_port;
	uint8_t version;
	uint8_t flags;
	uint8_t reserved[2];
};

/**
 * struct pktcap_stream_data - bytes of a stream, in order
 * @data:      the bytes, borrowed during the call
 * @offset:    of @data in the stream, lost bytes counted
 * @gap:       bytes in front of @data that were lost; 0 nearly always
 * @ts_ns:     time of the packet that let them be delivered
 * @len:       bytes at @data, at least 1
 * @direction: 0 from the client, 1 from the server
 */
struct pktcap_stream_data {
	union {
		const uint8_t *data;
		uint64_t data_slot;
	};
	uint64_t offset;
	uint64_t gap;
	int64_t ts_ns;
	uint32_t len;
	uint32_t direction;
};

/* Why a stream ended. */
enum pktcap_stream_end {
	PKTCAP_STREAM_FIN = 1,	   /* both sides said that they are done */
	PKTCAP_STREAM_RST = 2,	   /* one side broke it off */
	PKTCAP_STREAM_TIMEOUT = 3, /* silent for longer than allowed */
	PKTCAP_STREAM_EVICTED = 4, /* room was needed for others */
	PKTCAP_STREAM_REUSED = 5,  /* a new one with the same ports began */
	PKTCAP_STREAM_FLUSHED = 6, /* pktcap_streams_flush() */
};

/**
 * struct pktcap_streams_opts - how to follow; zero means default
 * @size:        sizeof(struct pktcap_streams_opts)
 * @overlap:     enum pktcap_overlap, among bytes that wait; what was delivered
 *               cannot change
 * @memory:      bytes for all that is held, 65536 to 2^32; 0: 32 MiB
 * @connections: followed at a time, 1 to 2^20; 0: 8192. Each takes about 400
 *               bytes of @memory, at most half in all; with 0 there are fewer
 *               rather than that
 * @waiting:     bytes of a direction that may wait for what is missing, 4096
 *               to 2^30; 0: 1 MiB. They wait in blocks of 496, and a block
 *               counts as full: less of small segments with holes between
 * @timeout_ns:  silence that ends a stream, or a clock set back by as much; 0:
 *               300 s
 * @on_open:     called for each stream; may be NULL, as all of them
 * @on_data:     called with bytes in order
 * @on_end:      called once, after the last data; @end: enum pktcap_stream_end
 * @arg:         given to them
 *
 * A callback may change @stream->user and nothing else, and call nothing with
 * this handle.
 */
struct pktcap_streams_opts {
	uint32_t size;
	uint32_t overlap;
	uint64_t memory;
	uint32_t connections;
	uint32_t waiting;
	int64_t timeout_ns;
	void (*on_open)(void *arg, struct pktcap_stream *stream);
	void (*on_data)(void *arg, struct pktcap_stream *stream,
			const struct pktcap_stream_data *data);
	void (*on_end)(void *arg, struct pktcap_stream *stream, uint32_t end);
	void *arg;
};

#define PKTCAP_STREAMS_OPTS(...)       \
	((struct pktcap_streams_opts){ \
		.size = sizeof(struct pktcap_streams_opts), __VA_ARGS__ })

/**
 * pktcap_streams_open - get ready to follow connections
 * @out:   set to the handle on success, to NULL on failure
 * @opts:  options, borrowed; NULL for all defaults
 * @error: what is wrong; may be NULL
 *
 * Return: 0; -EINVAL (an option out of range: its name is in @error->call);
 * -E2BIG (options from a newer header with a non-zero tail); -ENOMEM.
 */
PKTCAP_API int pktcap_streams_open(struct pktcap_streams **out,
				   const struct pktcap_streams_opts *opts,
				   struct pktcap_error *error);

/**
 * pktcap_streams_add - a packet, which may be of a connection
 * @streams: the handle; one thread at a time
 * @pkt:     the packet, borrowed
 * @layers:  of @pkt, from pktcap_decode() or pktcap_decode_to() transport,
 *           borrowed
 * @n:       their number
 *
 * A stream begins with a SYN, or with data of a connection that was there
 * before. Bytes are delivered as soon as nothing in front of them is missing.
 * What is missing is taken to be lost, and told as a gap, as soon as the other
 * side has acknowledged what is behind it, if more than @waiting bytes wait,
 * if the capture cut it out of a packet, and at the end of the stream. Urgent
 * data is data; a keep-alive or a window probe repeats bytes and gives none.
 * Where all memory is in use, the stream that was silent longest gives up what
 * it misses, too.
 *
 * What is more than 2^30 bytes from what is expected is not taken; the fourth
 * segment in a row that continues the one before it there goes on with the
 * stream, behind a gap (which is only known modulo 2^32).
 *
 * Addresses and ports make a connection: VLANs and tunnels do not count.
 *
 * Streams end as hosts end connections (RFC 5961), so that others cannot hide
 * what follows. A RST counts at exactly the number that the receiver expects:
 * the next that was captured, or the one acknowledged last. A SYN with another
 * number begins a new stream if the old one has ended, was silent for 60 s, has
 * only one side in the capture, or as soon as the other end answers that SYN
 * with its own. All others are counted as outside, and so is data or a FIN
 * without ACK, which hosts drop (RFC 9293, 3.10.7.4), once either side has set
 * ACK. Of several FINs the first in the order of bytes counts.
 *
 * Checksums, TTL and time stamps are not looked at, as in a segment that no
 * host takes: who expects such drops packets before, those whose
 * pktcap_layer_checksum() is bad first of all.
 *
 * Return: 0; -EPROTOTYPE if @pkt has no TCP, or a fragment of it; -ENODATA if
 * the capture cut its header; -EPROTO if the header cannot be true.
 */
PKTCAP_API int pktcap_streams_add(struct pktcap_streams *streams,
				  const struct pktcap_packet *pkt,
				  const struct pktcap_layer *layers, size_t n);

/**
 * pktcap_streams_flush - deliver what waits, with gaps, and end every stream
 * @streams: the handle
 */
PKTCAP_API void pktcap_streams_flush(struct pktcap_streams *streams);

/**
 * struct pktcap_streams_stats - what has become of segments
 * @segments:    seen, whatever became of them
 * @opened:      streams begun
 * @bytes:       delivered
 * @lost:        bytes never seen
 * @retransmits: segments without anything new
 * @overlaps:    segments that differ from what was there
 * @outside:     segments far from where their stream is, and RST, SYN and
 *               segments without ACK that hosts would not take: not taken
 * @timeouts:    streams that ended by it
 * @evicted:     streams that ended because room was needed
 * @held:        streams now
 * @blocks:      blocks of memory with bytes that wait now
 */
struct pktcap_streams_stats {
	uint64_t segments;
	uint64_t opened;
	uint64_t bytes;
	uint64_t lost;
	uint64_t retransmits;
	uint64_t overlaps;
	uint64_t outside;
	uint64_t timeouts;
	uint64_t evicted;
	uint32_t held;
	uint32_t blocks;
};

/**
 * pktcap_streams_stats - count
 * @streams: the handle
 * @stats:   filled in
 */
PKTCAP_API void pktcap_streams_stats(const struct pktcap_streams *streams,
				     struct pktcap_streams_stats *stats);

/**
 * pktcap_streams_close - give back everything, without a callback
 * @streams: the handle; NULL does nothing
 *
 * What still waits is dropped: pktcap_streams_flush() delivers it before.
 */
PKTCAP_API void pktcap_streams_close(struct pktcap_streams *streams);

#ifdef __cplusplus
}
#endif
#endif
