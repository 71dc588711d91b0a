// SPDX-License-Identifier: BSD-2-Clause
/*
 * 64-byte packets into a file, by us and by libpcap's pcap_dump() where it is
 * installed, in alternating rounds. An argument is our buffer_bytes.
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <pktcap/file.h>

enum {
	PACKETS = 1000000,
	PACKET_BYTES = 64,
	SNAPLEN = 262144,
	ROUNDS = 9,
	START = 1700000000,
};

static uint8_t packet[PACKET_BYTES];

/* What libpcap takes for a packet header. */
struct peer_header {
	struct timeval ts;
	uint32_t caplen;
	uint32_t len;
};

static struct peer {
	void *(*open_dead)(int linktype, int snaplen);
	void *(*dump_open)(void *pcap, const char *path);
	void (*dump)(uint8_t *file, const struct peer_header *header,
		     const uint8_t *data);
	void (*dump_close)(void *file);
} peer;

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void fail(const char *what)
{
	fprintf(stderr, "bench_file_write: %s\n", what);
	exit(1);
}

typedef int (*open_fn)(struct pktcap_file_writer **out, const char *path,
		       uint32_t linktype,
		       const struct pktcap_file_writer_opts *opts,
		       struct pktcap_error *error);

/*
 * Nanoseconds for one packet, open and close included. The packet has a
 * direction, as those that are captured have it.
 */
static double ours(open_fn open, const char *path, uint32_t buffer_bytes)
{
	struct pktcap_packet pkt = {
		.data = packet,
		.caplen = PACKET_BYTES,
		.wirelen = PACKET_BYTES,
		.ifindex = 2,
		.direction = PKTCAP_DIRECTION_IN,
		.linktype = PKTCAP_LINKTYPE_ETHERNET,
	};
	struct pktcap_file_writer *writer;
	double start = seconds();

	if (open(&writer, path, PKTCAP_LINKTYPE_ETHERNET,
		 &PKTCAP_FILE_WRITER_OPTS(.buffer_bytes = buffer_bytes), NULL))
		fail("cannot open");
	for (int i = 0; i < PACKETS; i++) {
		pkt.ts_ns = START * INT64_C(1000000000) + i * INT64_C(1000);
		if (pktcap_file_writer_write(writer, &pkt))
			fail("cannot write");
	}
	if (pktcap_file_writer_close(writer))
		fail("cannot close");
	return (seconds() - start) * 1e9 / PACKETS;
}

static double theirs(const char *path)
{
	struct peer_header header = { .caplen = PACKET_BYTES,
				      .len = PACKET_BYTES };
	void *pcap = peer.open_dead(PKTCAP_LINKTYPE_ETHERNET, SNAPLEN);
	double start = seconds();
	void *file = peer.dump_open(pcap, path);

	if (!file)
		fail("libpcap cannot open");
	for (int i = 0; i < PACKETS; i++) {
		header.ts.tv_sec = START + i / 1000000;
		header.ts.tv_usec = i % 1000000;
		peer.dump(file, &header, packet);
	}
	peer.dump_close(file);
	return (seconds() - start) * 1e9 / PACKETS;
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

static int load(void *library, const char *name, void *function)
{
	void *symbol = dlsym(library, name);

	memcpy(function, &symbol, sizeof(symbol));
	return !symbol;
}

static int find_libpcap(void)
{
	void *library = dlopen("libpcap.so.0.8", RTLD_NOW);

	if (!library)
		library = dlopen("libpcap.so.1", RTLD_NOW);
	return library && !load(library, "pcap_open_dead", &peer.open_dead) &&
	       !load(library, "pcap_dump_open", &peer.dump_open) &&
	       !load(library, "pcap_dump", &peer.dump) &&
	       !load(library, "pcap_dump_close", &peer.dump_close);
}

int main(int argc, char **argv)
{
	uint32_t buffer_bytes = argc > 1 ? (uint32_t)atol(argv[1]) : 0;
	char our_path[] = "/tmp/bench_file_write.XXXXXX";
	char peer_path[] = "/tmp/bench_file_write.XXXXXX";
	int has_peer = find_libpcap(), same;
	double us[ROUNDS], ng[ROUNDS], them[ROUNDS];
	struct stat mine, other;

	if (mkstemp(our_path) < 0 || mkstemp(peer_path) < 0)
		fail("no temporary file");
	for (int i = 0; i < ROUNDS; i++) {
		ng[i] = ours(pktcap_file_writer_open_ng, our_path,
			     buffer_bytes);
		us[i] = ours(pktcap_file_writer_open, our_path, buffer_bytes);
		them[i] = has_peer ? theirs(peer_path) : 0;
	}
	same = !stat(our_path, &mine) && !stat(peer_path, &other) &&
	       mine.st_size == other.st_size;
	unlink(our_path);
	unlink(peer_path);
	printf("file_write/64 bytes\t%.1f ns\n", median(us));
	printf("file_write/64 bytes, pcapng\t%.1f ns\tratio %.2f to pcap\n",
	       median(ng), median(ng) / median(us));
	if (has_peer)
		printf("file_write/libpcap pcap_dump\t%.1f ns\tratio %.2f%s\n",
		       median(them), median(us) / median(them),
		       same ? "" : "\tDIFFERENT SIZES");
	return 0;
}
