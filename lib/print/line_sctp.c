// SPDX-License-Identifier: BSD-2-Clause
/* SCTP: its chunks. */
#include "print/line_ip.h"

#include <errno.h>
#include <netinet/in.h>

enum { DATA_LAST = 1, DATA_FIRST = 2, DATA_UNORDERED = 4 };

static const struct line_name chunk_names[] = {
	{ PKTCAP_SCTP_DATA, "DATA" },
	{ PKTCAP_SCTP_INIT, "INIT" },
	{ PKTCAP_SCTP_INIT_ACK, "INIT ACK" },
	{ PKTCAP_SCTP_SACK, "SACK" },
	{ 4, "HB REQ" },
	{ 5, "HB ACK" },
	{ 6, "ABORT" },
	{ PKTCAP_SCTP_SHUTDOWN, "SHUTDOWN" },
	{ 8, "SHUTDOWN ACK" },
	{ 9, "OP ERR" },
	{ 10, "COOKIE ECHO" },
	{ 11, "COOKIE ACK" },
	{ 12, "ECN ECHO" },
	{ 13, "CWR" },
	{ 14, "SHUTDOWN COMPLETE" },
	{ 0x40, "I-DATA" },
	{ 0x80, "ASCONF-ACK" },
	{ 0x82, "RE-CONFIG" },
	{ 0x84, "PAD" },
	{ 0xc0, "FOR CUM TSN" },
	{ 0xc1, "ASCONF" },
	{ 0, NULL },
};

static void put_data(struct line *l, const struct pktcap_sctp_chunk *chunk)
{
	put_string(&l->t, chunk->flags & DATA_UNORDERED ? "(U)" : "");
	put_string(&l->t, chunk->flags & DATA_FIRST ? "(B)" : "");
	put_string(&l->t, chunk->flags & DATA_LAST ? "(E)" : "");
	if (chunk->flags & (DATA_UNORDERED | DATA_FIRST | DATA_LAST))
		put_char(&l->t, ' ');
	line_told(l, "[TSN: ", chunk->tsn, "] ");
	line_told(l, "[SID: ", chunk->stream, "] ");
	line_told(l, "[SSEQ ", chunk->ssn, "] ");
	line_put_hex(l, "[PPID 0x", chunk->ppid, 0, "] ");
}

static void put_init(struct line *l, const struct pktcap_sctp_chunk *chunk)
{
	const uint8_t *data = chunk->data;

	if (chunk->data_len < 16)
		return;
	line_told(l, "[init tag: ", line_be(data, 4), "] ");
	line_told(l, "[rwnd: ", line_be(data + 4, 4), "] ");
	line_told(l, "[OS: ", line_be(data + 8, 2), "] ");
	line_told(l, "[MIS: ", line_be(data + 10, 2), "] ");
	line_told(l, "[init TSN: ", line_be(data + 12, 4), "] ");
}

/* Blocks that arrived behind a gap, and numbers that came twice. */
static void put_gaps(struct line *l, const struct pktcap_sctp_chunk *chunk,
		     uint32_t gaps, uint32_t twice)
{
	const uint8_t *data = chunk->data;
	uint32_t at = 12;

	for (uint32_t i = 1; i <= gaps && at + 4 <= chunk->data_len;
	     i++, at += 4) {
		line_told(l, "\n\t\t[gap ack block #", i, ": start = ");
		put_uint(&l->t, chunk->tsn + line_be(data + at, 2));
		line_told(l, ", end = ", chunk->tsn + line_be(data + at + 2, 2),
			  "] ");
	}
	for (uint32_t i = 1; i <= twice && at + 4 <= chunk->data_len;
	     i++, at += 4) {
		line_told(l, "\n\t\t[dup TSN #", i, ": ");
		line_told(l, "", line_be(data + at, 4), "] ");
	}
}

static void put_sack(struct line *l, const struct pktcap_sctp_chunk *chunk)
{
	const uint8_t *data = chunk->data;
	uint32_t gaps, twice;

	if (chunk->data_len < 12)
		return;
	gaps = line_be(data + 8, 2);
	twice = line_be(data + 10, 2);
	line_told(l, "[cum ack ", chunk->tsn, "] ");
	line_told(l, "[a_rwnd ", line_be(data + 4, 4), "] ");
	line_told(l, "[#gap acks ", gaps, "] ");
	line_told(l, "[#dup tsns ", twice, "] ");
	put_gaps(l, chunk, gaps, twice);
}

static void put_chunk(struct line *l, const struct pktcap_sctp_chunk *chunk,
		      unsigned int number)
{
	const char *name = line_name(chunk_names, chunk->type);

	put_string(&l->t, number > 1 ? ", (" : " (");
	line_told(l, "", number, ") [");
	if (name)
		put_string(&l->t, name);
	else
		line_put_hex(l, "Unknown chunk type: 0x", chunk->type, 0, "");
	PUT(&l->t, "] ");
	switch (chunk->type) {
	case PKTCAP_SCTP_DATA:
	case PKTCAP_SCTP_I_DATA:
		put_data(l, chunk);
		break;
	case PKTCAP_SCTP_INIT:
	case PKTCAP_SCTP_INIT_ACK:
		put_init(l, chunk);
		break;
	case PKTCAP_SCTP_SACK:
		put_sack(l, chunk);
		break;
	default:
		break;
	}
}

void line_sctp(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_sctp_chunk chunk;
	struct pktcap_sctp sctp;
	unsigned int number = 0;
	uint32_t offset = 0;
	int ret;

	l->ended = true;
	if (pktcap_sctp_get(layer, &sctp)) {
		line_addresses(l);
		PUT(&l->t, ": ");
		line_truncated(l, "sctp");
		return;
	}
	line_ports(l, IPPROTO_SCTP, sctp.src_port, sctp.dst_port);
	PUT(&l->t, "sctp");
	while ((ret = pktcap_sctp_chunk_next(layer, &offset, &chunk)) == 1)
		put_chunk(l, &chunk, ++number);
	if (ret == -EPROTO)
		PUT(&l->t, " [bad chunk length]");
	else if (ret)
		line_truncated(l, "sctp");
}
