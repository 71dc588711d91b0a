// SPDX-License-Identifier: BSD-2-Clause
/*
 * Any packets through both helpers with little memory: bounds hold, bytes come
 * in order, what begins ends. The input is a byte of options and packets, each
 * behind its length in two bytes and its time in one.
 */
#include <stdlib.h>

#include <pktcap/decode.h>
#include <pktcap/reassemble.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct {
	uint64_t next[2048][2];
	uint64_t opened, ended;
	uint32_t sum;
} seen;

static void must(int ok)
{
	if (!ok)
		abort();
}

static void on_open(void *arg, struct pktcap_stream *stream)
{
	(void)arg;
	must(!stream->user);
	must(stream->id == ++seen.opened);
	stream->user = seen.next[stream->id % 2048];
	seen.next[stream->id % 2048][0] = 0;
	seen.next[stream->id % 2048][1] = 0;
}

static void on_data(void *arg, struct pktcap_stream *stream,
		    const struct pktcap_stream_data *data)
{
	uint64_t *next = stream->user;

	(void)arg;
	next += data->direction;
	must(data->len > 0);
	must(data->offset == *next + data->gap);
	*next = data->offset + data->len;
	for (uint32_t i = 0; i < data->len; i++)
		seen.sum += data->data[i];
}

static void on_end(void *arg, struct pktcap_stream *stream, uint32_t end)
{
	(void)arg;
	(void)stream;
	must(end >= 1 && end <= 6);
	seen.ended++;
}

static void add(struct pktcap_fragments *fragments,
		struct pktcap_streams *streams, const struct pktcap_packet *pkt)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
	const struct pktcap_packet *whole;
	int ret;

	/* What is put together may be a fragment inside, again and again. */
	while ((ret = pktcap_fragments_add(fragments, pkt, layers, n,
					   &whole)) == 1) {
		must(whole->caplen == whole->wirelen);
		must(whole->caplen <= 65535 + 40);
		pkt = whole;
		n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
	}
	must(!whole && ret <= 0);
	pktcap_streams_add(streams, pkt, layers, n);
}

static void add_all(struct pktcap_fragments *fragments,
		    struct pktcap_streams *streams, const uint8_t *data,
		    size_t size)
{
	struct pktcap_packet pkt = { .linktype = PKTCAP_LINKTYPE_RAW };

	while (size >= 3) {
		size_t n = (size_t)data[0] << 8 | data[1];

		pkt.ts_ns += data[2] * INT64_C(1000000000);
		data += 3;
		size -= 3;
		pkt.wirelen = (uint32_t)n;
		pkt.caplen = (uint32_t)(n < size ? n : size);
		pkt.data = data;
		add(fragments, streams, &pkt);
		data += pkt.caplen;
		size -= pkt.caplen;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint32_t overlap = size ? data[0] % 3u : 0;
	const struct pktcap_fragments_opts fragments_opts =
		PKTCAP_FRAGMENTS_OPTS(.overlap = overlap, .memory = 131072,
				      .datagrams = 4);
	const struct pktcap_streams_opts streams_opts =
		PKTCAP_STREAMS_OPTS(.overlap = overlap, .memory = 65536,
				    .connections = 8, .waiting = 4096,
				    .on_open = on_open, .on_data = on_data,
				    .on_end = on_end);
	struct pktcap_fragments *fragments;
	struct pktcap_streams_stats stats;
	struct pktcap_streams *streams;

	if (!size)
		return 0;
	seen.opened = seen.ended = 0;
	must(!pktcap_fragments_open(&fragments, &fragments_opts, NULL));
	must(!pktcap_streams_open(&streams, &streams_opts, NULL));
	add_all(fragments, streams, data + 1, size - 1);
	pktcap_streams_flush(streams);
	pktcap_streams_stats(streams, &stats);
	must(!stats.blocks && !stats.held);
	must(seen.opened == stats.opened && seen.ended == seen.opened);
	pktcap_streams_close(streams);
	pktcap_fragments_close(fragments);
	return 0;
}
