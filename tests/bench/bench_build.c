// SPDX-License-Identifier: BSD-2-Clause
/*
 * What it costs to put a packet together, lengths and checksums included:
 * Ethernet, IPv4 and UDP with 18 bytes, or TCP with 1460. The floor is a
 * template that is copied, and summed by hand; libtins is the peer, where it
 * was installed at build time.
 */
#include <errno.h>
#include <string.h>

#include <pktcap/build.h>

#include "bench/harness.h"

/* peer_tins.cc: Ethernet, IPv4 and UDP or TCP around @payload; bytes at @out.
 */
extern uint32_t peer_tins_build(int tcp, uint32_t number,
				const uint8_t *payload, uint32_t len,
				uint8_t *out) __attribute__((weak));

enum {
	PACKETS = 4096,
	REPEATS = 25,
	SHORT = 18,
	LONG = 1460,
	FRAME = 1514,
	IP = 14,
	TRANSPORT = 34,
	TCP_HEADER = 20,
	UDP_HEADER = 8,
};

static const double limit_ns = 60, limit_ratio = 0.5;

static uint8_t payload[LONG], frame[FRAME];
/* What a packet of each kind is before its number is in it. */
static uint8_t templates[2][FRAME];

static const struct pktcap_eth eth = { .dst = { 2, 0, 0, 0, 0, 2 },
				       .src = { 2, 0, 0, 0, 0, 1 } };
static const struct pktcap_ipv4 ip = { .src = { 10, 0, 0, 1 },
				       .dst = { 10, 0, 0, 2 },
				       .ttl = 64 };

static uint32_t build(int tcp, uint32_t number, uint8_t *out)
{
	struct pktcap_ipv4 mine = ip;
	struct pktcap_udp u = { .src_port = 50000, .dst_port = 9 };
	struct pktcap_tcp t = { .src_port = 50000,
				.dst_port = 9,
				.flags = PKTCAP_TCP_ACK,
				.window = 1000 };
	struct pktcap_build b;

	mine.id = (uint16_t)number;
	pktcap_build_start(&b, out, FRAME);
	pktcap_build_eth(&b, &eth, 0);
	pktcap_build_ipv4(&b, &mine, 0);
	if (tcp)
		pktcap_build_tcp(&b, &t, 0);
	else
		pktcap_build_udp(&b, &u, 0);
	pktcap_build_data(&b, payload, tcp ? LONG : SHORT);
	return (uint32_t)pktcap_build_finish(&b);
}

/* --- the floor ----------------------------------------------------------- */
static uint64_t sum(uint64_t total, const uint8_t *p, size_t n)
{
	uint32_t word;
	size_t i;

	for (i = 0; i + 4 <= n; i += 4) {
		memcpy(&word, p + i, 4);
		total += word;
	}
	word = 0;
	memcpy(&word, p + i, n - i);
	return total + word;
}

static void put_checksum(uint8_t *p, uint64_t total)
{
	uint16_t checksum;

	while (total >> 16)
		total = (total & 0xffff) + (total >> 16);
	checksum = (uint16_t)~total;
	memcpy(p, &checksum, sizeof(checksum));
}

static uint32_t by_hand(int tcp, uint32_t number, uint8_t *out)
{
	uint16_t len = tcp ? TCP_HEADER + LONG : UDP_HEADER + SHORT;
	uint8_t *transport = out + TRANSPORT;
	size_t at = tcp ? 16 : 6;
	/* The pseudo header's protocol and length, in the order of the sum. */
	const uint8_t end[4] = { 0, tcp ? 6 : 17, (uint8_t)(len >> 8),
				 (uint8_t)len };

	memcpy(out, templates[tcp], TRANSPORT + (size_t)len);
	out[IP + 4] = (uint8_t)(number >> 8);
	out[IP + 5] = (uint8_t)number;
	memset(out + IP + 10, 0, 2);
	put_checksum(out + IP + 10, sum(0, out + IP, 20));
	memset(transport + at, 0, 2);
	put_checksum(transport + at, sum(sum(sum(0, end, 4), out + IP + 12, 8),
					 transport, len));
	return TRANSPORT + (uint32_t)len;
}

static uint32_t tins(int tcp, uint32_t number, uint8_t *out)
{
	return peer_tins_build(tcp, number, payload, tcp ? LONG : SHORT, out);
}

/* --- rounds -------------------------------------------------------------- */
typedef uint32_t build_fn(int tcp, uint32_t number, uint8_t *out);

static volatile uint32_t sink;

static inline __attribute__((always_inline)) int run(build_fn *function,
						     int tcp, double *result)
{
	double start = bench_cpu_ns();
	uint32_t total = 0;

	for (int i = 0; i < REPEATS; i++)
		for (uint32_t j = 0; j < PACKETS; j++) {
			function(tcp, j, frame);
			total += frame[TRANSPORT + 6];
		}
	sink = total;
	*result = (bench_cpu_ns() - start) / REPEATS / PACKETS;
	return 0;
}

#define RUN(function)                                        \
	static int run_##function(void *arg, double *result) \
	{                                                    \
		const int *tcp = arg;                        \
                                                             \
		return run(function, *tcp, result);          \
	}

RUN(build)
RUN(by_hand)

static int run_tins(void *arg, double *result)
{
	const int *tcp = arg;

	return peer_tins_build ? run(tins, *tcp, result) : -ENOSYS;
}

/* All make the same packet, or the comparison says nothing. */
static void check_same(int tcp)
{
	static uint8_t other[FRAME];
	uint32_t len = build(tcp, 7, frame);

	if (by_hand(tcp, 7, other) != len || memcmp(frame, other, len) != 0)
		bench_fail("by hand", -EINVAL);
	if (peer_tins_build &&
	    (tins(tcp, 7, other) != len || memcmp(frame, other, len) != 0))
		bench_fail("libtins", -EINVAL);
}

static void compare(const char *bench, int tcp)
{
	struct contender c[] = {
		{ .name = "pktcap", .run = run_build, .arg = &tcp },
		{ .name = "by hand", .run = run_by_hand, .arg = &tcp },
		{ .name = "libtins", .run = run_tins, .arg = &tcp },
	};
	enum { N = sizeof(c) / sizeof(c[0]), PEER = N - 1 };

	build(tcp, 0, templates[tcp]);
	check_same(tcp);
	bench_run(c, N);
	bench_row_ratio(bench, &c[0], "ns", &c[PEER], limit_ratio);
	if (!tcp)
		bench_row_limit(bench, &c[0], "ns", limit_ns);
	for (size_t i = 1; i < N; i++)
		bench_row(bench, &c[i], "ns");
}

int main(void)
{
	for (size_t i = 0; i < sizeof(payload); i++)
		payload[i] = (uint8_t)i;
	compare("build udp", 0);
	compare("build tcp 1460", 1);
	return 0;
}
