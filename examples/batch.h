/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What examples share that send files: packets of a reader, many at a time, in
 * memory of ours where they can be changed.
 */
#ifndef BATCH_H
#define BATCH_H

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <pktcap/file.h>
#include <pktcap/send.h>

#include "output.h"
#include "progress.h"
#include "sent.h"
#include "stop.h"

enum { BATCH_PACKETS = 64, BATCH_FRAME_MAX = 262144 };

struct batch {
	struct pktcap_send *send;
	struct pktcap_send_pace pace;
	/* Called before they are sent; may be NULL. */
	void (*change)(struct batch *batch);
	struct progress progress;
	int64_t start_ns;
	uint64_t done, total; /* bytes of files; total 0: not known */
	uint64_t cut;	      /* packets sent as far as they were captured */
	uint64_t too_long, too_short, foreign; /* not sent */
	int n;
	struct pktcap_packet pkts[BATCH_PACKETS];
	uint8_t *frames[BATCH_PACKETS]; /* their bytes */
	uint8_t bytes[2 * BATCH_FRAME_MAX];
};

/* The bar is for @loops times the file; 0 has no end, and no bar. */
static inline void batch_start(struct batch *batch, const char *path,
			       uint64_t loops)
{
	struct stat file = { 0 };

	stat(path, &file); /* a pipe, or none: no bar either */
	batch->total = (uint64_t)file.st_size * loops;
	batch->start_ns = progress_now_ns();
	progress_start(&batch->progress);
}

/* Counts a packet that cannot be sent; returns @err if it is not the packet. */
static inline int batch_skip(struct batch *batch, int err)
{
	if (err == -EMSGSIZE)
		batch->too_long++;
	else if (err == -EINVAL)
		batch->too_short++;
	else if (err == -EMEDIUMTYPE)
		batch->foreign++;
	else
		return err;
	return 0;
}

/*
 * The next packets, @most of them, as many as there is room for, up to one that
 * is not due soon. Returns 1, 0 at the end, or what the reader says.
 */
static inline int batch_fill(struct batch *batch,
			     struct pktcap_file_reader *reader, int most,
			     struct pktcap_error *error)
{
	struct pktcap_send_pace ahead = batch->pace;
	int64_t now = progress_now_ns(), due = now;
	const struct pktcap_packet *pkt;
	uint8_t *room = batch->bytes;
	int ret = 1;

	batch->n = 0;
	while (batch->n < most && due <= now + PROGRESS_NS &&
	       room - batch->bytes <= BATCH_FRAME_MAX) {
		ret = pktcap_file_reader_next(reader, &pkt, error);
		if (ret <= 0)
			break;
		if (pkt->caplen > BATCH_FRAME_MAX) {
			batch_skip(batch, -EMSGSIZE);
			continue;
		}
		batch->pkts[batch->n] = *pkt;
		batch->pkts[batch->n].data =
			memcpy(room, pkt->data, pkt->caplen);
		batch->frames[batch->n++] = room;
		room += pkt->caplen;
		due = pktcap_send_pace_due(&ahead, pkt, now);
		pktcap_send_pace_sent(&ahead, pkt, 1, now);
	}
	return batch->n ? 1 : ret;
}

static inline int batch_send(struct batch *batch, struct pktcap_error *error)
{
	const struct pktcap_packet *pkt = batch->pkts;
	const struct pktcap_packet *end = pkt + batch->n;
	size_t sent;
	int err;

	if (batch->change)
		batch->change(batch);
	for (; pkt < end; pkt++) {
		err = pktcap_send_paced(batch->send, &batch->pace, pkt,
					(size_t)(end - pkt), &stop_wanted,
					&sent, error);
		for (; sent; sent--, pkt++)
			batch->cut += pkt->caplen < pkt->wirelen;
		if (err && batch_skip(batch, err))
			return err;
	}
	return 0;
}

/* All packets of a file, "-" for standard input. 0, or what failed. */
static inline int batch_file(struct batch *batch, const char *path,
			     struct pktcap_error *error)
{
	struct pktcap_file_record record = { 0 };
	struct pktcap_file_reader *reader;
	/* Packets of a pipe go as they come: nobody knows when others will. */
	int most = strcmp(path, "-") ? BATCH_PACKETS : 1;
	int ret;

	ret = strcmp(path, "-")
		      ? pktcap_file_reader_open(&reader, path, NULL, error)
		      : pktcap_file_reader_open_fd(&reader, STDIN_FILENO, NULL,
						   error);
	if (ret)
		return ret;
	pktcap_send_pace_rebase(&batch->pace);
	while ((ret = batch_fill(batch, reader, most, error)) > 0) {
		ret = batch_send(batch, error);
		if (ret)
			break;
		pktcap_file_reader_record(reader, &record);
		progress_show(&batch->progress, batch->done + record.offset,
			      batch->total, "bytes");
	}
	batch->done += record.offset;
	if (ret) /* there is something to say */
		progress_erase(&batch->progress);
	pktcap_file_reader_close(reader);
	return ret;
}

/* Says what was sent, and what was not, or not whole; 1 if any was not. */
static inline int batch_report(struct batch *batch)
{
	progress_erase(&batch->progress);
	sent_print(batch->pace.packets, batch->pace.bytes,
		   progress_now_ns() - batch->start_ns);
	sent_note(batch->too_long, "not sent: longer than the MTU allows");
	sent_note(batch->too_short, "not sent: shorter than a link header, or "
				    "refused");
	sent_note(batch->foreign, "not sent: of another link type");
	sent_note(batch->pace.gaps_cut, "an hour after the one before, not "
					"later as captured");
	if (batch->pace.given_up_ns)
		fprintf(stderr, "later than asked for by %.3f s\n",
			(double)batch->pace.given_up_ns / 1e9);
	sent_note(batch->cut, "cut by the capture: sent as far as it goes");
	return output_end() || batch->too_long || batch->too_short ||
	       batch->foreign;
}

#endif
