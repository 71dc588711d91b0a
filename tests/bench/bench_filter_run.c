// SPDX-License-Identifier: BSD-2-Clause
/*
 * What running a filter costs for each packet of a mix, by us and by libpcap's
 * bpf_filter() where it was installed at build time: each with the program of
 * its own compiler, and ours with libpcap's program.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <pktcap/filter.h>

#include "bench/harness.h"
#include "bench/peer.h"

enum {
	PACKETS = 4096, /* more than branch prediction learns by heart */
	CAPLEN = 96,
	REPEATS = 25,
	CONTENDERS = 3,
};

static const char *const expressions[] = {
	"tcp port 80",
	"host 10.0.0.1 and not port 22",
	"tcp[tcpflags] & tcp-syn != 0",
	"ip6 and udp",
	"net 10.0.0.0/8 and port 53 or icmp",
	"ether host 02:00:00:00:00:01",
	"portrange 8000-8100",
	"vlan and ip",
	"not arp and not port 22 and not (host 10.0.0.1 and port 443)",
	/* With data. */
	("tcp port 80 and (((ip[2:2] - ((ip[0] & 0xf) << 2)) - "
	 "((tcp[12] & 0xf0) >> 2)) != 0)"),
};

enum { EXPRESSIONS = sizeof(expressions) / sizeof(expressions[0]) };

static uint8_t bytes[PACKETS][CAPLEN];
static struct pktcap_packet packets[PACKETS];

/* --- packets --- */

/* The same on every machine. */
static uint32_t below(uint32_t limit)
{
	static uint32_t state = 1;

	state = state * 1664525 + 1013904223;
	return (state >> 16) % limit;
}

static void put16(uint8_t *p, uint32_t value)
{
	p[0] = (uint8_t)(value >> 8);
	p[1] = (uint8_t)value;
}

static void make_transport(uint8_t *p)
{
	static const uint16_t ports[] = { 80, 443, 443, 53, 22, 8080 };
	static const uint8_t flags[] = { 0x02, 0x12, 0x10, 0x10, 0x18, 0x11 };
	uint32_t port = ports[below(6)];
	bool answer = below(2);

	put16(p, answer ? port : 32768 + below(28000));
	put16(p + 2, answer ? 32768 + below(28000) : port);
	p[12] = 0x80;
	p[13] = flags[below(6)];
}

static uint8_t protocol(void)
{
	uint32_t which = below(16);

	return which < 10 ? 6 : which < 15 ? 17 : 1;
}

static void make_ip(uint8_t *p)
{
	p[0] = 0x45;
	put16(p + 2, 40 + below(1400));
	put16(p + 6, below(32) ? 0x4000 : below(1480)); /* fragments */
	p[9] = protocol();
	for (size_t at = 12; at < 20; at += 4) {
		p[at] = below(2) ? 10 : 192;
		p[at + 1] = below(4) ? 0 : 168;
		p[at + 3] = (uint8_t)below(16);
	}
	make_transport(p + 20);
}

static void make_ip6(uint8_t *p)
{
	p[0] = 0x60;
	p[6] = protocol() == 1 ? 58 : protocol();
	p[8] = 0xfe;
	p[9] = 0x80;
	p[24] = 0xff;
	p[39] = (uint8_t)below(16);
	make_transport(p + 40);
}

static void make_packet(struct pktcap_packet *pkt, uint8_t *p)
{
	uint32_t kind = below(16);
	size_t header = 14;

	p[0] = p[6] = 2;
	p[5] = (uint8_t)below(8);
	p[11] = (uint8_t)below(8);
	if (!below(16)) {
		put16(p + 12, 0x8100);
		put16(p + 14, below(8));
		header += 4;
	}
	put16(p + header - 2, kind < 11 ? 0x0800 : kind < 15 ? 0x86dd : 0x0806);
	if (kind < 11)
		make_ip(p + header);
	else if (kind < 15)
		make_ip6(p + header);
	*pkt = (struct pktcap_packet){
		.data = p,
		.caplen = CAPLEN,
		.wirelen = CAPLEN + below(1400),
		.linktype = PKTCAP_LINKTYPE_ETHERNET,
	};
}

/* --- contenders --- */

struct program {
	const struct pktcap_insn *insns;
	size_t n;
	uint32_t kept; /* packets */
};

typedef uint32_t run_fn(const struct pktcap_insn *insns, size_t n,
			const struct pktcap_packet *pkt);

/* Inlined, so that each contender is called directly. */
static inline __attribute__((always_inline)) int
run(struct program *p, run_fn *function, double *result)
{
	double start;

	if (!p->n)
		return -ENOSYS;
	start = bench_cpu_ns();
	p->kept = 0;
	for (int i = 0; i < REPEATS; i++)
		for (int j = 0; j < PACKETS; j++)
			p->kept += function(p->insns, p->n, &packets[j]) != 0;
	*result = (bench_cpu_ns() - start) / REPEATS / PACKETS;
	return 0;
}

static int ours(void *arg, double *result)
{
	return run(arg, pktcap_bpf_run, result);
}

static int theirs(void *arg, double *result)
{
	return run(arg, peer_run, result);
}

/* Adds what each contender needs to the products in @logs. */
static void measure(const char *expression, double logs[CONTENDERS])
{
	struct pktcap_filter *filter;
	struct pktcap_insn *peer = NULL;
	struct program programs[CONTENDERS] = { { .n = 0 } };
	struct contender c[CONTENDERS] = {
		{ .name = "pktcap", .run = ours, .arg = &programs[0] },
		{ .name = "pktcap, libpcap's program",
		  .run = ours,
		  .arg = &programs[1] },
		{ .name = "libpcap", .run = theirs, .arg = &programs[2] },
	};
	char name[64];
	int err = pktcap_filter_compile(&filter, expression, NULL, NULL);

	if (err)
		bench_fail(expression, err);
	programs[0].insns = pktcap_filter_program(filter, &programs[0].n);
	if (!peer_compile(expression, &peer, &programs[1].n))
		programs[1].insns = peer;
	programs[2] = programs[1];
	bench_run(c, CONTENDERS);
	snprintf(name, sizeof(name), "filter_run %.40s", expression);
	bench_row_ratio(name, &c[0], "ns", &c[2], 0);
	bench_row_ratio(name, &c[1], "ns", &c[2], 0);
	bench_row(name, &c[2], "ns");
	for (size_t i = 0; i < CONTENDERS; i++) {
		logs[i] += c[i].err ? 0 : log(c[i].median);
		if (!c[i].err && programs[i].kept != programs[0].kept)
			printf("%s\t%s\tDIFFERENT VERDICTS\n", name, c[i].name);
	}
	peer_free(peer);
	pktcap_filter_free(filter);
}

int main(void)
{
	struct contender mean[CONTENDERS] = {
		{ .name = "pktcap" },
		{ .name = "pktcap, libpcap's program" },
		{ .name = "libpcap" },
	};
	double logs[CONTENDERS] = { 0 };

	for (size_t i = 0; i < PACKETS; i++)
		make_packet(&packets[i], bytes[i]);
	for (size_t i = 0; i < EXPRESSIONS; i++)
		measure(expressions[i], logs);
	for (size_t i = 0; i < CONTENDERS; i++) {
		mean[i].median = exp(logs[i] / EXPRESSIONS);
		mean[i].err = logs[i] > 0 ? 0 : -ENOSYS;
	}
	bench_row_ratio("filter_run mean", &mean[0], "ns", &mean[2], 0.8);
	bench_row_ratio("filter_run mean", &mean[1], "ns", &mean[2], 0.8);
	bench_row("filter_run mean", &mean[2], "ns");
	return 0;
}
