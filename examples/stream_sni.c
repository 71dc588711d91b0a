// SPDX-License-Identifier: BSD-2-Clause
/*
 * stream_sni FILE: who calls whom, and the server's name (SNI), of the TLS
 * connections of a capture file, even if a ClientHello is in several segments.
 */
#include <stdlib.h>

#include <pktcap/pktcap.h>

#include "clean.h"
#include "packets.h"

/* What a client said first; full as soon as nobody needs more of it. */
struct beginning {
	size_t len;
	uint8_t bytes[16384];
};

static void print_name(const struct pktcap_stream *stream, const uint8_t *name,
		       size_t len)
{
	struct pktcap_flow flow = { .src_port = stream->client_port,
				    .dst_port = stream->server_port,
				    .version = stream->version };
	char text[PKTCAP_PRINT_FLOW_SIZE];

	memcpy(flow.src, stream->client, sizeof(flow.src));
	memcpy(flow.dst, stream->server, sizeof(flow.dst));
	pktcap_print_flow(&flow, text, sizeof(text));
	printf("%s: sni ", text);
	print_clean_name(name, len);
	puts(name ? "" : "-");
}

/* 1 if the name was printed. */
static int look(const struct pktcap_stream *stream, const struct beginning *b)
{
	struct pktcap_tls_hello hello;
	struct pktcap_layer tls;

	pktcap_decode_payload(PKTCAP_PROTO_TCP, stream->client_port,
			      stream->server_port, b->bytes, b->len, &tls, 1);
	if (pktcap_tls_hello_get(&tls, &hello) || !hello.complete ||
	    hello.type != PKTCAP_TLS_CLIENT_HELLO)
		return 0;
	print_name(stream, hello.server_name, hello.server_name_len);
	return 1;
}

static void on_data(void *arg, struct pktcap_stream *stream,
		    const struct pktcap_stream_data *data)
{
	struct beginning *b = stream->user;

	(void)arg;
	if (!b)
		stream->user = b = calloc(1, sizeof(*b));
	if (!b || b->len == sizeof(b->bytes) || data->direction != 0)
		return;
	for (uint32_t i = 0; i < data->len && b->len < sizeof(b->bytes); i++)
		b->bytes[b->len++] = data->data[i];
	if (data->gap || look(stream, b))
		b->len = sizeof(b->bytes);
}

static int add(void *streams, const struct pktcap_packet *pkt)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);

	pktcap_streams_add(streams, pkt, layers, n);
	return 0;
}

static void on_end(void *arg, struct pktcap_stream *stream, uint32_t end)
{
	(void)arg, (void)end;
	free(stream->user);
}

int main(int argc, char **argv)
{
	struct pktcap_streams_opts opts =
		PKTCAP_STREAMS_OPTS(.on_data = on_data, .on_end = on_end);
	struct pktcap_streams *streams = NULL;
	int ret;

	if (argc != 2 || argv[1][0] == '-') {
		fprintf(stderr, "usage: %s FILE\n", argv[0]);
		return 2;
	}
	if (pktcap_streams_open(&streams, &opts, NULL))
		return 1;
	ret = packets_of_file(argv[1], 0, add, streams);
	/* Ends every stream: close alone would call nobody. */
	pktcap_streams_flush(streams);
	pktcap_streams_close(streams);
	return output_end() || ret;
}
