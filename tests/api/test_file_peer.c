// SPDX-License-Identifier: BSD-2-Clause
/*
 * Files as others see them: what we write, read by libpcap, tcpdump, capinfos
 * and tshark; what editcap and text2pcap write, and what is damaged, read by
 * us and by libpcap. A peer that is not installed is left out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dlfcn.h>
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include <pktcap/file.h>

#include "support/traffic.h"

#define NS INT64_C(1000000000)
#define START INT64_C(1700000000)

/* --- libpcap, loaded where it is installed --- */

struct peer_header {
	struct timeval ts; /* nanoseconds, as asked for below */
	uint32_t caplen;
	uint32_t len;
};

static struct {
	void *(*open)(const char *path, unsigned int precision, char *error);
	int (*next)(void *pcap, struct peer_header **header,
		    const uint8_t **data);
	int (*snapshot)(void *pcap);
	int (*datalink)(void *pcap);
	void (*close)(void *pcap);
} peer;

static int load(void *library, const char *name, void *function)
{
	void *symbol = dlsym(library, name);

	memcpy(function, &symbol, sizeof(symbol));
	return !symbol;
}

static int load_libpcap(void)
{
	void *library = dlopen("libpcap.so.0.8", RTLD_NOW);

	if (!library)
		library = dlopen("libpcap.so.1", RTLD_NOW);
	return !library ||
	       load(library, "pcap_open_offline_with_tstamp_precision",
		    &peer.open) ||
	       load(library, "pcap_next_ex", &peer.next) ||
	       load(library, "pcap_snapshot", &peer.snapshot) ||
	       load(library, "pcap_datalink", &peer.datalink) ||
	       load(library, "pcap_close", &peer.close);
}

/* --- both read one file --- */

static struct pktcap_error error; /* the last one a reader gave */

static char dir[] = "/tmp/test_file_peer.XXXXXX";

static const char *in_dir(const char *name)
{
	static char path[4][128];
	static unsigned int turn;

	turn = (turn + 1) % 4;
	snprintf(path[turn], sizeof(path[turn]), "%s/%s", dir, name);
	return path[turn];
}

/*
 * Where we mean to differ: all bytes that are there are delivered, not only
 * snaplen; no packet is shorter on the wire than here; seconds are unsigned; a
 * link type has 16 bits.
 */
static void expect_same(const char *what, const struct pktcap_packet *pkt,
			const struct peer_header *header, const uint8_t *data,
			uint32_t snapshot)
{
	uint32_t caplen = pkt->caplen < snapshot ? pkt->caplen : snapshot;
	uint32_t wirelen =
		header->len > pkt->caplen ? header->len : pkt->caplen;
	int64_t ts_ns =
		(int64_t)(uint32_t)header->ts.tv_sec * NS + header->ts.tv_usec;

	if (caplen != header->caplen || wirelen != pkt->wirelen ||
	    ts_ns != pkt->ts_ns || memcmp(pkt->data, data, caplen))
		fail_msg("%s: %" PRId64 " ns, %u of %u bytes; libpcap: %" PRId64
			 " ns, %u of %u bytes",
			 what, pkt->ts_ns, pkt->caplen, pkt->wirelen, ts_ns,
			 header->caplen, header->len);
}

/* Packet by packet, and how it ends. Returns how many packets. */
static int compare_packets(const char *what, struct pktcap_file_reader *reader,
			   void *pcap)
{
	uint32_t snapshot = (uint32_t)peer.snapshot(pcap);

	for (int count = 0;; count++) {
		const struct pktcap_packet *pkt;
		struct peer_header *header;
		const uint8_t *data;
		int us = pktcap_file_reader_next(reader, &pkt, &error);
		int them = peer.next(pcap, &header, &data);

		if (us != (them == -2 ? 0 : them) && (us >= 0 || them != -1))
			fail_msg("%s, packet %d: %d %s, libpcap %d", what,
				 count, us, error.text, them);
		if (us != 1)
			return count;
		expect_same(what, pkt, header, data, snapshot);
	}
}

/* Returns how many packets, or what pktcap_file_reader_open() returned. */
static int compare(const char *what, const char *path)
{
	enum { PRECISION_NANO = 1, ERROR_BYTES = 256 };
	struct pktcap_file_reader *reader;
	struct pktcap_file_info info;
	char why[ERROR_BYTES] = "";
	void *pcap = peer.open(path, PRECISION_NANO, why);
	int ret = pktcap_file_reader_open(&reader, path, NULL, &error);

	if (!ret && !pcap)
		fail_msg("%s: opened, but libpcap says %s", what, why);
	if (ret && pcap && !strstr(error.text, "editcap"))
		fail_msg("%s: %s, but libpcap opens it", what, error.text);
	if (!ret) {
		ret = compare_packets(what, reader, pcap);
		pktcap_file_reader_info(reader, &info);
		if (info.linktype == PKTCAP_LINKTYPE_ETHERNET)
			assert_int_equal(peer.datalink(pcap) & 0xffff,
					 info.linktype);
	}
	pktcap_file_reader_close(reader);
	if (pcap)
		peer.close(pcap);
	return ret;
}

/* --- damaged files: each field with each value, in both byte orders --- */

static const uint32_t values[] = {
	0,	    1,		2,	    3,		65535,	    65536,
	262144,	    262145,	999999,	    1000000,	0x7fffffff, 0x80000000,
	0xffffffff, 9,		17,	    0x20000001, 0x00040002, 0x00020004,
	0x00030002, 0x00020003, 0xa1b2c3d4, 0xa1b23c4d, 0xd4c3b2a1, 0x4d3cb2a1,
};

/* Two records of 9 and 17 bytes. */
static const uint32_t intact[] = {
	0xa1b2c3d4, 0x00040002, 0, 0,  65535, 1, /* header */
	1,	    2,		9, 60,		 /* record */
};

enum {
	FIELDS = sizeof(intact) / sizeof(intact[0]),
	FIRST_FRACTION = 7,
	IMAGE = sizeof(intact) + 9 + 16 + 17,
};

static void put32(uint8_t *p, uint32_t value, int big)
{
	for (int i = 0; i < 4; i++)
		p[i] = (uint8_t)(value >> 8 * (big ? 3 - i : i));
}

static void save(const char *path, const void *bytes, size_t n)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, n, file), n);
	assert_int_equal(fclose(file), 0);
}

static void write_damaged(const char *path, size_t field, uint32_t value,
			  int big, size_t n)
{
	static const uint32_t second[] = { 3, 4, 17, 17 };
	uint8_t image[IMAGE];

	memset(image, 0x5a, sizeof(image));
	for (size_t i = 0; i < FIELDS; i++)
		put32(image + 4 * i, i == field ? value : intact[i], big);
	/* Two versions of 16 bits stand in their order in either. */
	if (big && field != 1)
		put32(image + 4, intact[1] << 16 | intact[1] >> 16, big);
	for (size_t i = 0; i < 4; i++)
		put32(image + sizeof(intact) + 9 + 4 * i, second[i], big);
	save(path, image, n);
}

static void damaged(void **state)
{
	const char *path = in_dir("damaged.pcap");
	char what[64];

	(void)state;
	for (size_t i = 0; i < FIELDS * sizeof(values) / sizeof(values[0]);
	     i++) {
		size_t field = i % FIELDS;
		uint32_t value = values[i / FIELDS];

		/* libpcap has fractions signed. */
		if (field == FIRST_FRACTION && value > INT32_MAX)
			continue;
		for (int big = 0; big < 2; big++) {
			snprintf(what, sizeof(what), "field %zu = 0x%x, %s",
				 field, value, big ? "big" : "little");
			write_damaged(path, field, value, big, IMAGE);
			compare(what, path);
		}
	}
}

static void cut(void **state)
{
	const char *path = in_dir("cut.pcap");

	(void)state;
	for (size_t n = 0; n <= IMAGE; n++) {
		write_damaged(path, 0, intact[0], 0, n);
		compare("cut", path);
	}
}

/* --- what we write --- */

static int has(const char *tool)
{
	char command[128];

	snprintf(command, sizeof(command), "command -v %s >/dev/null", tool);
	return !system(command);
}

/* Runs it in the directory; fails the test unless it ends with 0. */
static void must_run(const char *command)
{
	char line[512];

	snprintf(line, sizeof(line), "cd %s && %s", dir, command);
	if (system(line))
		fail_msg("%s", command);
}

enum { WRITTEN = 200 };

static struct pktcap_packet number(uint32_t i, uint8_t frame[TRAFFIC_MAX])
{
	uint32_t n = (uint32_t)traffic_frame(i % TRAFFIC_KINDS, frame);

	return (struct pktcap_packet){
		.data = frame,
		.caplen = n,
		.wirelen = n,
		.ts_ns = (START + i) * NS + i * INT64_C(1001001),
		.linktype = PKTCAP_LINKTYPE_ETHERNET,
	};
}

static struct pktcap_file_writer *
start_file(const char *name, uint32_t precision, uint32_t snaplen)
{
	struct pktcap_file_writer *writer;

	assert_int_equal(
		pktcap_file_writer_open(
			&writer, in_dir(name), PKTCAP_LINKTYPE_ETHERNET,
			&PKTCAP_FILE_WRITER_OPTS(.precision = precision,
						 .snaplen = snaplen,
						 .buffer_bytes = 4096),
			NULL),
		0);
	return writer;
}

static void write_file(const char *name, uint32_t precision, uint32_t snaplen)
{
	struct pktcap_file_writer *writer =
		start_file(name, precision, snaplen);
	uint8_t frame[TRAFFIC_MAX];

	for (uint32_t i = 0; i < WRITTEN; i++) {
		struct pktcap_packet pkt = number(i, frame);

		assert_int_equal(pktcap_file_writer_write(writer, &pkt), 0);
	}
	assert_int_equal(pktcap_file_writer_close(writer), 0);
}

static void expect_tcpdump_reads(const char *name)
{
	char command[256];

	if (!has("tcpdump"))
		return;
	snprintf(command, sizeof(command),
		 "tcpdump -nn -r %s >lines 2>errors && test $(grep -c '^[0-9]' "
		 "lines) -ge 1 && ! grep -i truncated errors",
		 name);
	must_run(command);
}

static void expect_capinfos_reads(const char *name, const char *what,
				  const char *want)
{
	char command[256];

	if (!has("capinfos"))
		return;
	snprintf(command, sizeof(command),
		 "capinfos %s >info 2>errors && ! test -s errors && "
		 "grep -q '^%s: *%s' info",
		 name, what, want);
	must_run(command);
}

/* Number, time and lengths of each frame, as tshark prints them. */
static void expect_tshark_reads(const char *name, uint32_t snaplen, int digits)
{
	uint8_t frame[TRAFFIC_MAX];
	FILE *want;
	char command[256];

	if (!has("tshark"))
		return;
	want = fopen(in_dir("want"), "w");
	assert_non_null(want);
	for (uint32_t i = 0; i < WRITTEN; i++) {
		struct pktcap_packet pkt = number(i, frame);
		int64_t unit = digits == 9 ? 1 : 1000;

		fprintf(want, "%u\t%" PRId64 ".%0*" PRId64 "\t%u\t%u\n", i + 1,
			pkt.ts_ns / NS, digits, pkt.ts_ns % NS / unit,
			pkt.caplen < snaplen ? pkt.caplen : snaplen,
			pkt.wirelen);
	}
	fclose(want);
	/* Always nine digits: those a file does not have are zero. */
	snprintf(command, sizeof(command),
		 "tshark -n -r %s -T fields -e frame.number -e "
		 "frame.time_epoch -e frame.cap_len -e frame.len 2>errors | "
		 "sed 's/\\(\\.[0-9]\\{%d\\}\\)0*/\\1/' >got && cmp want got",
		 name, digits);
	must_run(command);
}

static void written(void **state)
{
	(void)state;
	write_file("micro.pcap", PKTCAP_FILE_PRECISION_MICRO, 0);
	write_file("nano.pcap", PKTCAP_FILE_PRECISION_NANO, 40);
	assert_int_equal(compare("micro", in_dir("micro.pcap")), WRITTEN);
	assert_int_equal(compare("nano", in_dir("nano.pcap")), WRITTEN);
	expect_tcpdump_reads("micro.pcap");
	expect_tcpdump_reads("nano.pcap");
	expect_capinfos_reads("micro.pcap", "Number of packets", "200");
	expect_capinfos_reads("nano.pcap", "File timestamp precision",
			      "nanoseconds (9)");
	expect_tshark_reads("micro.pcap", 262144, 6);
	expect_tshark_reads("nano.pcap", 40, 9);
}

/* After the disk was full, nobody finds a torn record. */
static void cut_back(void **state)
{
	struct pktcap_file_writer *writer = start_file("full.pcap", 0, 0);
	struct rlimit limit, small;
	uint8_t frame[TRAFFIC_MAX];
	int err = 0, count;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	small = limit;
	small.rlim_cur = 5003;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	for (uint32_t i = 0; !err; i++) {
		struct pktcap_packet pkt = number(i, frame);

		err = pktcap_file_writer_write(writer, &pkt);
	}
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_int_equal(err, -EFBIG);
	count = compare("cut back", in_dir("full.pcap"));
	assert_true(count > 30);
	expect_tcpdump_reads("full.pcap");
	expect_capinfos_reads("full.pcap", "File encapsulation", "Ethernet");
	assert_int_equal(pktcap_file_writer_close(writer), 0);
	assert_true(compare("afterwards", in_dir("full.pcap")) > count);
}

/* --- what others write --- */

/* Every kind of file that editcap makes of ours. */
static void converted(void **state)
{
	char kind[64], command[256];
	int readable = 0;
	FILE *kinds;

	(void)state;
	if (!has("editcap"))
		return;
	write_file("source.pcap", PKTCAP_FILE_PRECISION_NANO, 0);
	must_run("editcap -F 2>&1 | sed -n 's/^ *\\([a-z0-9_]*\\) - .*/\\1/p' "
		 ">kinds; test -s kinds");
	kinds = fopen(in_dir("kinds"), "r");
	assert_non_null(kinds);
	while (fscanf(kinds, "%63s", kind) == 1) {
		int ret;

		snprintf(command, sizeof(command),
			 "editcap -F %s source.pcap converted 2>/dev/null || "
			 "rm -f converted",
			 kind);
		must_run(command);
		if (access(in_dir("converted"), R_OK))
			continue; /* not for Ethernet */
		ret = compare(kind, in_dir("converted"));
		readable += ret == WRITTEN;
		if (ret < 0 && ret != -EPROTO)
			fail_msg("%s: %s", kind, error.text);
		if (!strcmp(kind, "pcap") || !strcmp(kind, "nsecpcap") ||
		    !strcmp(kind, "pcapng") || !strcmp(kind, "modpcap"))
			assert_int_equal(ret, WRITTEN);
	}
	fclose(kinds);
	assert_true(readable >= 4);
}

static void typed_in(void **state)
{
	(void)state;
	if (!has("text2pcap"))
		return;
	must_run("printf '0000 ff ff ff ff ff ff 02 00 00 00 00 01 88 b5 01\\n"
		 "000f 02 03 04 05\\n0000 aa bb\\n' >hex; "
		 "text2pcap -q -F pcap hex typed.pcap 2>errors || "
		 "text2pcap -q hex typed.pcap");
	assert_int_equal(compare("typed in", in_dir("typed.pcap")), 2);
	must_run("text2pcap -q -F nsecpcap -l 101 hex typed.pcap 2>errors || "
		 "true");
	assert_int_equal(compare("typed in", in_dir("typed.pcap")), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(damaged),   cmocka_unit_test(cut),
		cmocka_unit_test(written),   cmocka_unit_test(cut_back),
		cmocka_unit_test(converted), cmocka_unit_test(typed_in),
	};
	int failed;

	if (load_libpcap()) {
		puts("skipped: libpcap not installed (tests/install-deps.sh)");
		return 77;
	}
	if (!mkdtemp(dir))
		return 1;
	signal(SIGXFSZ, SIG_IGN);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	must_run("rm -f *");
	rmdir(dir);
	return failed;
}
