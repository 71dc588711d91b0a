// SPDX-License-Identifier: BSD-2-Clause
/*
 * Takes the first packet (or the first COUNT) of a file or an interface apart:
 * fields of Ethernet, IPv4 and TCP, all layers by name, the payload, whether
 * there is HTTP, and the layer where decoding had to stop.
 * cc decode_layers.c -lpktcap -o decode_layers && ./decode_layers file.pcap 3
 */
#include <arpa/inet.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>

#include <pktcap/pktcap.h>

#include "packets.h"

static void print_fields(const struct pktcap_layer *layer)
{
	char src[INET_ADDRSTRLEN], dst[INET_ADDRSTRLEN];
	struct pktcap_eth eth;
	struct pktcap_ipv4 ip;
	struct pktcap_tcp tcp;

	/* Each takes its own protocol only. */
	if (!pktcap_eth_get(layer, &eth))
		printf("  type 0x%04x from %02x:%02x:%02x:%02x:%02x:%02x\n",
		       eth.type, eth.src[0], eth.src[1], eth.src[2], eth.src[3],
		       eth.src[4], eth.src[5]);
	if (!pktcap_ipv4_get(layer, &ip))
		printf("  %s > %s, ttl %u, %u bytes, protocol %u\n",
		       inet_ntop(AF_INET, ip.src, src, sizeof(src)),
		       inet_ntop(AF_INET, ip.dst, dst, sizeof(dst)), ip.ttl,
		       ip.total_length, ip.protocol);
	if (!pktcap_tcp_get(layer, &tcp))
		printf("  %u > %u, seq %" PRIu32 ", window %u%s%s%s%s\n",
		       tcp.src_port, tcp.dst_port, tcp.seq, tcp.window,
		       tcp.flags & PKTCAP_TCP_SYN ? ", SYN" : "",
		       tcp.flags & PKTCAP_TCP_ACK ? ", ACK" : "",
		       tcp.flags & PKTCAP_TCP_FIN ? ", FIN" : "",
		       tcp.flags & PKTCAP_TCP_RST ? ", RST" : "");
}

/* Of TCP or UDP; as text, without what could change the terminal. */
static void print_payload(const struct pktcap_layer *layers, size_t n)
{
	const struct pktcap_layer *layer;
	const uint8_t *payload;
	size_t len;

	layer = pktcap_layer_find(layers, n, PKTCAP_PROTO_TCP);
	if (!layer)
		layer = pktcap_layer_find(layers, n, PKTCAP_PROTO_UDP);
	payload = layer ? pktcap_layer_payload(layer, &len) : NULL;
	if (!payload)
		return;
	printf("payload, %zu bytes: ", len);
	for (size_t i = 0; i < len && i < 32; i++)
		putchar(payload[i] < 0x80 && isprint(payload[i]) ? payload[i]
								 : '.');
	putchar('\n');
}

static int print_packet(void *user, const struct pktcap_packet *pkt)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
	const struct pktcap_layer *failed = pktcap_layer_failed(layers, n);

	printf("packet %" PRIu64 ", %" PRIu32 " bytes\n", ++*(uint64_t *)user,
	       pkt->wirelen);
	for (size_t i = 0; i < n; i++) {
		printf("%s: %" PRIu32 " bytes at %" PRIu32 "\n",
		       pktcap_proto_name(layers[i].proto), layers[i].header_len,
		       layers[i].offset);
		print_fields(&layers[i]);
	}
	print_payload(layers, n);
	if (pktcap_layer_find(layers, n, PKTCAP_PROTO_HTTP))
		puts("HTTP found");
	if (failed)
		printf("%s is %s\n", pktcap_proto_name(failed->proto),
		       pktcap_status_name(failed->status));
	return 0;
}

int main(int argc, char **argv)
{
	uint64_t count = argc > 2 ? strtoull(argv[2], NULL, 10) : 1, n = 0;

	if (argc < 2 || argc > 3 || argv[1][0] == '-' || !count) {
		fprintf(stderr, "usage: %s FILE|INTERFACE [COUNT]\n", argv[0]);
		return 2;
	}
	return packets_of(argv[1], count, print_packet, &n) ? 1 : 0;
}
