/* SPDX-License-Identifier: BSD-2-Clause */
/* Where the sequence numbers of TCP connections began. */
#ifndef PRINT_STREAMS_H
#define PRINT_STREAMS_H

#include <pktcap/decode.h>
#include <pktcap/print.h>

#include <stdbool.h>

/* A segment, seen from its sender. */
struct stream_segment {
	struct pktcap_flow flow;
	uint32_t seq;
	uint32_t ack;
	bool syn;
};

/*
 * What to take from the numbers of this direction, and of the other one. The
 * table is as it was until streams_note() puts this segment into it.
 */
struct stream_base {
	uint32_t seq;
	uint32_t ack;
	bool known; /* false: this segment is the first, shown as it is */
	void *slot; /* of the table */
};

struct stream_base streams_base(struct pktcap_print_streams *streams,
				const struct stream_segment *segment);
void streams_note(struct pktcap_print_streams *streams,
		  const struct stream_segment *segment,
		  const struct stream_base *base);

#endif
