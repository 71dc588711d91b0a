// SPDX-License-Identifier: BSD-2-Clause
/*
 * tcp_streams FILE: its TCP connections, bytes and first line of both sides.
 */
#include <arpa/inet.h>
#include <inttypes.h>
#include <stdlib.h>

#include <pktcap/decode.h>
#include <pktcap/file.h>
#include <pktcap/reassemble.h>

#include "output.h"

/* The beginning of what each side sent. */
struct beginning {
	char text[2][64];
	size_t len[2];
};

static void on_data(void *arg, struct pktcap_stream *stream,
		    const struct pktcap_stream_data *data)
{
	struct beginning *b = stream->user;
	uint32_t d = data->direction;

	(void)arg;
	if (!b)
		stream->user = b = calloc(1, sizeof(*b));
	for (uint32_t i = 0; b && i < data->len; i++)
		if (b->len[d] < sizeof(b->text[d]) - 1)
			b->text[d][b->len[d]++] = (char)data->data[i];
}

/* Bytes of a packet never go to a terminal as they are. */
static void print_line(const char *line)
{
	for (; *line && *line != '\r' && *line != '\n'; line++)
		putchar(*line >= ' ' && *line <= '~' ? *line : '.');
	putchar('\n');
}

static void on_end(void *arg, struct pktcap_stream *stream, uint32_t end)
{
	int family = stream->version == 4 ? AF_INET : AF_INET6;
	char client[INET6_ADDRSTRLEN], server[INET6_ADDRSTRLEN];
	struct beginning *b = stream->user;

	(void)arg;
	inet_ntop(family, stream->client, client, sizeof(client));
	inet_ntop(family, stream->server, server, sizeof(server));
	printf("%" PRIu64 ": %s port %u > %s port %u%s\n", stream->id, client,
	       stream->client_port, server, stream->server_port,
	       end == PKTCAP_STREAM_FIN ? ", complete" : "");
	for (int d = 0; d < 2; d++) {
		printf("  %s %" PRIu64 " bytes, %" PRIu64 " lost: ",
		       d ? "<" : ">", stream->bytes[d], stream->lost[d]);
		print_line(b ? b->text[d] : "");
	}
	free(b);
}

int main(int argc, char **argv)
{
	struct pktcap_file_reader *reader = NULL;
	struct pktcap_fragments *fragments = NULL;
	struct pktcap_streams *streams = NULL;
	struct pktcap_streams_opts opts =
		PKTCAP_STREAMS_OPTS(.on_data = on_data, .on_end = on_end);
	struct pktcap_error error = { .code = 0 };
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_packet *pkt, *whole;
	int ret;

	if (argc != 2 || argv[1][0] == '-') {
		fprintf(stderr, "usage: tcp_streams FILE\n");
		return 2;
	}
	ret = !pktcap_file_reader_open(&reader, argv[1], NULL, &error) &&
	      !pktcap_fragments_open(&fragments, NULL, &error) &&
	      !pktcap_streams_open(&streams, &opts, &error);
	while (ret && pktcap_file_reader_next(reader, &pkt, &error) == 1) {
		size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);

		if (pktcap_fragments_add(fragments, pkt, layers, n, &whole) ==
		    1) {
			pkt = whole;
			n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
		}
		pktcap_streams_add(streams, pkt, layers, n);
	}
	if (ret)
		pktcap_streams_flush(streams);
	if (error.code)
		fprintf(stderr, "tcp_streams: %s\n", error.text);
	pktcap_streams_close(streams);
	pktcap_fragments_close(fragments);
	pktcap_file_reader_close(reader);
	return output_end() || error.code;
}
