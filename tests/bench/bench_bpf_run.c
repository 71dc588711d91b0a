// SPDX-License-Identifier: BSD-2-Clause
/*
 * "tcp port 80" over a mix of packets in memory, by us and by libpcap's
 * bpf_filter() where it is installed, in alternating rounds.
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <pktcap/bpf.h>

enum {
	PACKETS = 1024,
	PACKET_BYTES = 74,
	REPEATS = 2000,
	ROUNDS = 9,
};

/* What tcpdump -ddd prints for Ethernet. */
static const char filter[] =
	"20 40 0 0 12 21 0 6 34525 48 0 0 20 21 0 15 6 40 0 0 54 21 12 0 80 "
	"40 0 0 56 21 10 11 80 21 0 10 2048 48 0 0 23 21 0 8 6 40 0 0 20 "
	"69 6 0 8191 177 0 0 14 72 0 0 14 21 2 0 80 72 0 0 16 21 0 1 80 "
	"6 0 0 262144 6 0 0 0";

static uint8_t packets[PACKETS][PACKET_BYTES];

typedef uint32_t (*filter_function)(const struct pktcap_insn *insns,
				    const uint8_t *data, unsigned int wirelen,
				    unsigned int caplen);

/* IPv4 and IPv6, TCP and UDP, ARP; one in eight is what the filter wants. */
static void make_packet(uint8_t *p, uint32_t random)
{
	static const uint16_t types[] = { 0x0800, 0x0800, 0x0800, 0x0800,
					  0x0800, 0x86dd, 0x86dd, 0x0806 };
	uint16_t type = types[random % 8];
	uint8_t protocol = random >> 3 & 1 ? 6 : 17;
	uint16_t port = (random >> 4 & 3) ? 443 : 80;
	size_t transport = type == 0x0800 ? 34 : 54;

	memset(p, 0, PACKET_BYTES);
	p[12] = (uint8_t)(type >> 8);
	p[13] = (uint8_t)type;
	p[14] = type == 0x0800 ? 0x45 : 0x60;
	p[type == 0x0800 ? 23 : 20] = protocol;
	p[transport + 2] = (uint8_t)(port >> 8);
	p[transport + 3] = (uint8_t)port;
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Nanoseconds for one packet; the number kept goes to @kept. */
static double ours(const struct pktcap_insn *insns, size_t n, uint32_t *kept)
{
	struct pktcap_packet pkt = {
		.caplen = PACKET_BYTES,
		.wirelen = PACKET_BYTES,
		.linktype = PKTCAP_LINKTYPE_ETHERNET,
	};
	double start = seconds();

	*kept = 0;
	for (int i = 0; i < REPEATS; i++) {
		for (int j = 0; j < PACKETS; j++) {
			pkt.data = packets[j];
			*kept += !!pktcap_bpf_run(insns, n, &pkt);
		}
	}
	return (seconds() - start) * 1e9 / REPEATS / PACKETS;
}

static double theirs(filter_function run, const struct pktcap_insn *insns,
		     uint32_t *kept)
{
	double start = seconds();

	*kept = 0;
	for (int i = 0; i < REPEATS; i++)
		for (int j = 0; j < PACKETS; j++)
			*kept += !!run(insns, packets[j], PACKET_BYTES,
				       PACKET_BYTES);
	return (seconds() - start) * 1e9 / REPEATS / PACKETS;
}

static int ascending(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

static double median(double *values)
{
	qsort(values, ROUNDS, sizeof(*values), ascending);
	return values[ROUNDS / 2];
}

static filter_function find_libpcap(void)
{
	void *library = dlopen("libpcap.so.0.8", RTLD_NOW);
	filter_function run = NULL;
	void *symbol;

	if (!library)
		library = dlopen("libpcap.so.1", RTLD_NOW);
	symbol = library ? dlsym(library, "bpf_filter") : NULL;
	memcpy(&run, &symbol, sizeof(run));
	return run;
}

int main(void)
{
	struct pktcap_insn insns[64];
	int64_t n = pktcap_bpf_parse(filter, strlen(filter), insns, 64, NULL);
	filter_function peer = find_libpcap();
	double us[ROUNDS], them[ROUNDS];
	uint32_t random = 1, kept = 0, kept_by_peer = 0;

	if (n < 0 || pktcap_bpf_validate(insns, (size_t)n, NULL))
		return 1;
	for (int i = 0; i < PACKETS; i++) {
		random = random * 1664525 + 1013904223;
		make_packet(packets[i], random >> 16);
	}
	for (int i = 0; i < ROUNDS; i++) {
		us[i] = ours(insns, (size_t)n, &kept);
		them[i] = peer ? theirs(peer, insns, &kept_by_peer) : 0;
	}
	printf("bpf_run/tcp port 80\t%.1f ns\n", median(us));
	if (!peer)
		return 0;
	printf("bpf_run/libpcap bpf_filter\t%.1f ns\tratio %.2f%s\n",
	       median(them), median(us) / median(them),
	       kept == kept_by_peer ? "" : "\tDIFFERENT VERDICTS");
	return 0;
}
