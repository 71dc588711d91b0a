// SPDX-License-Identifier: BSD-2-Clause
/* What is only so when pcapng files are rotated: interfaces, and all times. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <pktcap/file.h>

#define S INT64_C(1000000000)
#define START (INT64_C(1700000000) * S)

enum {
	ETHERNET = PKTCAP_LINKTYPE_ETHERNET,
	SLL = PKTCAP_LINKTYPE_LINUX_SLL,
	CAPLEN = 20,
	PACKETS_MAX = 12,
	/* Bytes of blocks, as long as the writer makes them. */
	SECTION = 28,
	INTERFACE = 32,
	PACKET = 52,
};

static char dir[] = "/tmp/test_file_rotation_ng.XXXXXX";
static const uint8_t data[CAPLEN];

struct packet {
	int32_t ifindex;
	uint32_t linktype;
	uint32_t number; /* of its interface in each file */
	int64_t ns;
};

struct row {
	const char *name;
	struct pktcap_file_rotation_opts opts;
	uint32_t files;
	struct packet packets[PACKETS_MAX]; /* without a link type: no more */
};

static struct row rows[] = {
	{ "another link type after a rotation",
	  { .max_packets = 2 },
	  4,
	  { { 0, ETHERNET, 0, 0 },
	    { 1, ETHERNET, 1, 0 },
	    { 2, SLL, 2, 0 },
	    { 1, ETHERNET, 1, 0 },
	    { 2, SLL, 2, 0 },
	    { 1, ETHERNET, 1, 0 },
	    { 0, ETHERNET, 0, 0 },
	    { 2, SLL, 2, 0 } } },
	{ "first interface replaced by nobody",
	  { .max_packets = 1 },
	  4,
	  { { 0, ETHERNET, 0, 0 },
	    { 2, SLL, 1, 0 },
	    { 0, ETHERNET, 0, 0 },
	    { 2, SLL, 1, 0 } } },
	{ "room for all",
	  { .max_bytes = SECTION + 2 * INTERFACE + 2 * PACKET + 12 },
	  1,
	  { { 1, ETHERNET, 0, 0 }, { 2, ETHERNET, 1, 0 } } },
	{ "no room for another interface",
	  { .max_bytes = SECTION + INTERFACE + 2 * PACKET + 12 },
	  2,
	  { { 1, ETHERNET, 0, 0 }, { 2, ETHERNET, 1, 0 } } },
	{ "no interval begins behind the end of time",
	  { .interval_s = 60,
	    .start_ns = START,
	    .flags = PKTCAP_FILE_ROTATION_GMT },
	  2,
	  { { 0, ETHERNET, 0, START + 1 * S },
	    { 0, ETHERNET, 0, INT64_MAX },
	    { 0, ETHERNET, 0, START + 2 * S },
	    { 0, ETHERNET, 0, INT64_MAX },
	    { 0, ETHERNET, 0, START + 3 * S } } },
};

static void name_of(char path[static 64], uint32_t file)
{
	if (file)
		snprintf(path, 64, "%s/cap%u", dir, file);
	else
		snprintf(path, 64, "%s/cap", dir);
}

static uint32_t write_files(const struct row *r)
{
	struct pktcap_file_rotation_opts opts = r->opts;
	struct pktcap_file_rotation_stats stats;
	struct pktcap_file_rotation *rotation;
	struct pktcap_error error = { .text = "" };
	char path[64];

	opts.size = sizeof(opts);
	opts.format = PKTCAP_FILE_FORMAT_PCAPNG;
	name_of(path, 0);
	if (pktcap_file_rotation_open(&rotation, path, ETHERNET, &opts, &error))
		fail_msg("%s", error.text);
	for (const struct packet *p = r->packets; p->linktype; p++) {
		const struct pktcap_packet pkt = { .data = data,
						   .caplen = CAPLEN,
						   .wirelen = CAPLEN,
						   .ts_ns = p->ns,
						   .ifindex = p->ifindex,
						   .linktype = p->linktype };

		assert_int_equal(pktcap_file_rotation_write(rotation, &pkt), 0);
	}
	pktcap_file_rotation_stats(rotation, &stats);
	assert_int_equal(pktcap_file_rotation_close(rotation), 0);
	return (uint32_t)stats.files + 1; /* the last was not finished then */
}

/* The packets of one file, from @p on; returns where the next file's begin. */
static const struct packet *expect_packets(struct pktcap_file_reader *reader,
					   const struct packet *p)
{
	struct pktcap_error error = { .text = "" };
	struct pktcap_file_record record;
	const struct pktcap_packet *pkt;
	int ret;

	while ((ret = pktcap_file_reader_next(reader, &pkt, &error)) == 1) {
		assert_int_equal(pkt->linktype, p->linktype);
		pktcap_file_reader_record(reader, &record);
		assert_int_equal(record.interface, p->number);
		p++;
	}
	if (ret)
		fail_msg("%s", error.text);
	return p;
}

static void run(void **state)
{
	const struct row *r = *state;
	const struct packet *p = r->packets;

	assert_int_equal(write_files(r), r->files);
	for (uint32_t i = 0; i < r->files; i++) {
		struct pktcap_file_reader *reader;
		struct stat st;
		char path[64];

		name_of(path, i);
		assert_int_equal(stat(path, &st), 0);
		if (r->opts.max_bytes)
			assert_true((uint64_t)st.st_size <= r->opts.max_bytes);
		assert_int_equal(
			pktcap_file_reader_open(&reader, path, NULL, NULL), 0);
		p = expect_packets(reader, p);
		pktcap_file_reader_close(reader);
	}
	assert_int_equal(p->linktype, 0);
}

static int remove_files(void **state)
{
	char path[64];

	(void)state;
	for (uint32_t i = 0; i < PACKETS_MAX; i++) {
		name_of(path, i);
		unlink(path);
	}
	return 0;
}

int main(void)
{
	enum { COUNT = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest all[COUNT];
	int failed;

	if (!mkdtemp(dir))
		return 1;
	for (size_t i = 0; i < COUNT; i++)
		all[i] = (struct CMUnitTest){
			.name = rows[i].name,
			.test_func = run,
			.teardown_func = remove_files,
			.initial_state = &rows[i],
		};
	failed = cmocka_run_group_tests_name("file_rotation_ng", all, NULL,
					     NULL);
	rmdir(dir);
	return failed;
}
