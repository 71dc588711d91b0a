// SPDX-License-Identifier: BSD-2-Clause
/*
 * What it costs to take a packet apart: the layers of Ethernet, IPv4 and TCP,
 * and the fields of all three headers; the same without the fields; the
 * addresses and ports; all layers of a packet. libtins is the peer, where it
 * was installed at build time.
 */
#include <errno.h>
#include <string.h>

#include <pktcap/decode.h>

#include "bench/harness.h"

/* peer_tins.cc */
extern uint32_t peer_tins_decode(const uint8_t *data, uint32_t len)
	__attribute__((weak));
extern uint32_t peer_tins_layers(const uint8_t *data, uint32_t len)
	__attribute__((weak));

enum { PACKETS = 4096, CAPLEN = 96, REPEATS = 25, HEADERS = 66 };

static const double limit_ns = 40, limit_ratio = 0.2;

static uint8_t bytes[PACKETS][CAPLEN];
static struct pktcap_packet packets[PACKETS];

/* The same on every machine. */
static uint8_t any(void)
{
	static uint32_t state = 1;

	state = state * 1664525 + 1013904223;
	return (uint8_t)(state >> 16);
}

/* An IPv4 segment with the timestamps option, as most are. */
static void make_packet(struct pktcap_packet *pkt, uint8_t *p)
{
	static const uint8_t headers[HEADERS] = {
		[0] = 2,   [6] = 2,	[12] = 8,    [14] = 0x45,
		[17] = 82, [20] = 0x40, [22] = 64,   [23] = 6,
		[26] = 10, [30] = 10,	[46] = 0x80, [47] = 0x10,
		[54] = 1,  [55] = 1,	[56] = 8,    [57] = 10,
	};

	for (size_t i = 0; i < CAPLEN; i++)
		p[i] = i < HEADERS ? headers[i] : any();
	for (size_t i = 34; i < 46; i++) /* ports, numbers */
		p[i] = any();
	p[34] |= 0x80; /* no port that somebody decodes */
	p[36] |= 0x80;
	*pkt = (struct pktcap_packet){
		.data = p,
		.caplen = CAPLEN,
		.wirelen = CAPLEN,
		.linktype = PKTCAP_LINKTYPE_ETHERNET,
	};
}

static uint32_t fields(const struct pktcap_packet *pkt)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode_to(pkt, PKTCAP_LEVEL_TRANSPORT, layers,
				    PKTCAP_LAYERS);
	struct pktcap_eth eth;
	struct pktcap_ipv4 ip;
	struct pktcap_tcp tcp;

	if (n < 3 || pktcap_eth_get(&layers[0], &eth) ||
	    pktcap_ipv4_get(&layers[1], &ip) ||
	    pktcap_tcp_get(&layers[2], &tcp))
		return 0;
	return eth.type + ip.dst[3] + tcp.src_port + tcp.dst_port + tcp.seq +
	       tcp.flags;
}

static uint32_t layers_alone(const struct pktcap_packet *pkt)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];

	return (uint32_t)pktcap_decode_to(pkt, PKTCAP_LEVEL_TRANSPORT, layers,
					  PKTCAP_LAYERS);
}

static uint32_t all_layers(const struct pktcap_packet *pkt)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];

	return (uint32_t)pktcap_decode(pkt, layers, PKTCAP_LAYERS);
}

static uint32_t flow(const struct pktcap_packet *pkt)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	struct pktcap_flow out;
	size_t n = pktcap_decode_to(pkt, PKTCAP_LEVEL_TRANSPORT, layers,
				    PKTCAP_LAYERS);

	if (pktcap_flow_get(layers, n, &out))
		return 0;
	return out.src_port + out.dst_port;
}

static uint32_t checksum(const struct pktcap_packet *pkt)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode_to(pkt, PKTCAP_LEVEL_TRANSPORT, layers,
				    PKTCAP_LAYERS);

	return n < 3 ? 0 : 1u + pktcap_layer_checksum(pkt, layers, n, 2);
}

static uint32_t tins(const struct pktcap_packet *pkt)
{
	return peer_tins_decode(pkt->data, pkt->caplen);
}

static uint32_t tins_layers(const struct pktcap_packet *pkt)
{
	return peer_tins_layers(pkt->data, pkt->caplen);
}

typedef uint32_t decode_fn(const struct pktcap_packet *pkt);

static volatile uint32_t sink;

static inline __attribute__((always_inline)) int run(decode_fn *function,
						     double *result)
{
	double start = bench_cpu_ns();
	uint32_t sum = 0;

	for (int i = 0; i < REPEATS; i++)
		for (int j = 0; j < PACKETS; j++)
			sum += function(&packets[j]);
	sink = sum;
	*result = (bench_cpu_ns() - start) / REPEATS / PACKETS;
	return sum ? 0 : -EINVAL;
}

#define RUN(function)                                        \
	static int run_##function(void *arg, double *result) \
	{                                                    \
		(void)arg;                                   \
		return run(function, result);                \
	}

RUN(fields)
RUN(layers_alone)
RUN(all_layers)
RUN(flow)
RUN(checksum)

static int run_tins(void *arg, double *result)
{
	(void)arg;
	return peer_tins_decode ? run(tins, result) : -ENOSYS;
}

static int run_tins_layers(void *arg, double *result)
{
	(void)arg;
	return peer_tins_layers ? run(tins_layers, result) : -ENOSYS;
}

int main(void)
{
	struct contender c[] = {
		{ .name = "pktcap", .run = run_fields },
		{ .name = "pktcap, layers", .run = run_layers_alone },
		{ .name = "pktcap, flow", .run = run_flow },
		{ .name = "pktcap, all layers", .run = run_all_layers },
		{ .name = "pktcap, checksum", .run = run_checksum },
		{ .name = "libtins", .run = run_tins },
		{ .name = "libtins, layers", .run = run_tins_layers },
	};
	enum { N = sizeof(c) / sizeof(c[0]), PEER = N - 2 };

	for (size_t i = 0; i < PACKETS; i++)
		make_packet(&packets[i], bytes[i]);
	bench_run(c, N);
	bench_row_ratio("decode tcp", &c[0], "ns", &c[PEER], limit_ratio);
	bench_row_limit("decode tcp", &c[0], "ns", limit_ns);
	bench_row_ratio("decode tcp", &c[1], "ns", &c[PEER + 1], limit_ratio);
	for (size_t i = 2; i < N; i++)
		bench_row("decode tcp", &c[i], "ns");
	return 0;
}
