// SPDX-License-Identifier: BSD-2-Clause
/* Merging, sorting and recording lose no packet whatever call fails. */
#include "fault.h"

#include <stdio.h>

#include "support/rows.h"

#define NEVER_MADE ((void *)1)

enum { PACKETS = 40, PACKET_BYTES = 3000, READERS = 3 };

/* A file that needs no cleaning up, whoever crashes; another to write to. */
static char path[32], target[32];
static uint8_t bytes[PACKET_BYTES];

static struct pktcap_packet packet(int64_t ts_ns)
{
	return (struct pktcap_packet){ .data = bytes,
				       .caplen = PACKET_BYTES,
				       .wirelen = PACKET_BYTES,
				       .ts_ns = ts_ns,
				       .linktype = PKTCAP_LINKTYPE_ETHERNET };
}

static int prepare(void)
{
	const struct pktcap_file_writer_opts opts =
		PKTCAP_FILE_WRITER_OPTS(.precision =
						PKTCAP_FILE_PRECISION_NANO);
	struct pktcap_file_writer *writer;
	int err;

	snprintf(path, sizeof(path), "/proc/self/fd/%d",
		 memfd_create("packets", MFD_CLOEXEC));
	snprintf(target, sizeof(target), "/proc/self/fd/%d",
		 memfd_create("target", MFD_CLOEXEC));
	err = pktcap_file_writer_open(&writer, path, 1, &opts, NULL);
	if (err)
		return err;
	/* Neighbours have changed places: something for a sort to do. */
	for (int i = 0; i < PACKETS && !err; i++) {
		struct pktcap_packet pkt = packet(i ^ 1);

		err = pktcap_file_writer_write(writer, &pkt);
	}
	pktcap_file_writer_close(writer);
	return err;
}

static struct pktcap_file_reader *open_reader(void)
{
	struct pktcap_file_reader *reader = NEVER_MADE;
	struct pktcap_error error = { 0 };
	int err = pktcap_file_reader_open(&reader, path, NULL, &error);

	check_made("pktcap_file_reader_open", err, reader, &error);
	return reader;
}

static void check_explained(const char *function, int result,
			    const struct pktcap_error *error)
{
	check_result(function, result);
	if (result < 0 && (error->code != result || !*error->text))
		finding("the failure is not explained", error->code);
}

/* The file of each reader once, but for those that failed. */
static void merge_readers(struct pktcap_file_reader *const *readers, uint32_t n)
{
	struct pktcap_file_merge *merge = NEVER_MADE;
	struct pktcap_error error = { 0 };
	const struct pktcap_packet *pkt;
	uint32_t which, errors = 0, counts[READERS] = { 0 };
	int ret = pktcap_file_merge_open(&merge, readers, n, &error);

	check_made("pktcap_file_merge_open", ret, merge, &error);
	if (ret)
		return;
	while ((ret = pktcap_file_merge_next(merge, &pkt, &which, &error))) {
		check_explained("pktcap_file_merge_next", ret, &error);
		if (which >= n)
			return finding("a reader that does not exist", ret);
		if (ret > 0)
			counts[which]++;
		else if (errors++ > n)
			return finding("an error is told again", ret);
		else if (ret != -EINTR)
			counts[which] = PACKETS;
	}
	for (uint32_t i = 0; i < n; i++)
		if (counts[i] != PACKETS)
			finding("packets of a reader", (int)counts[i]);
	pktcap_file_merge_close(merge);
}

static void merge(const void *unused)
{
	struct pktcap_file_reader *readers[READERS];
	uint32_t n = 0;

	(void)unused;
	for (int i = 0; i < READERS; i++) {
		readers[n] = open_reader();
		n += readers[n] != NULL;
	}
	merge_readers(readers, n);
	while (n)
		pktcap_file_reader_close(readers[--n]);
}

/* Where reading fails the window ends, and another one begins behind it. */
static bool reading_failed(void)
{
	return fault.victim && !strcmp(fault.victim->name, "read") &&
	       fault.victim->errnos[fault.variant] == EIO;
}

static void sort_reader(struct pktcap_file_reader *reader)
{
	const struct pktcap_file_sort_opts opts =
		PKTCAP_FILE_SORT_OPTS(.window_packets = 2,
				      .memory_bytes = 20000);
	struct pktcap_file_sort *sort = NEVER_MADE;
	struct pktcap_error error = { 0 };
	const struct pktcap_packet *pkt;
	int ret = pktcap_file_sort_open(&sort, reader, &opts, &error);
	int errors = 0, count = 0;

	check_made("pktcap_file_sort_open", ret, sort, &error);
	if (ret)
		return;
	while ((ret = pktcap_file_sort_next(sort, &pkt, &error))) {
		check_explained("pktcap_file_sort_next", ret, &error);
		if (ret < 0 && errors++)
			return finding("an error that does not end", ret);
		if (ret > 0 && pkt->ts_ns != count++ && !reading_failed())
			finding("a packet out of order", count);
	}
	if (count != PACKETS)
		finding("packets that come sorted", count);
	if (!errors && reading_failed())
		finding("an error is not told", 0);
	pktcap_file_sort_close(sort);
}

static void sort(const void *unused)
{
	struct pktcap_file_reader *reader = open_reader();

	(void)unused;
	if (reader)
		sort_reader(reader);
	pktcap_file_reader_close(reader);
}

/* How many packets @target holds, in their order; -1 if it is not whole. */
static int packets_in_target(void)
{
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	int ret, count = 0;

	if (pktcap_file_reader_open(&reader, target, NULL, NULL))
		return -1;
	while ((ret = pktcap_file_reader_next(reader, &pkt, NULL)) > 0)
		count += pkt->ts_ns == count ? 1 : 1000;
	pktcap_file_reader_close(reader);
	return ret ? -1 : count;
}

/* Each failed call is tried again once. */
static void trigger(struct pktcap_file_recorder *rec,
		    struct pktcap_file_writer *writer, uint64_t after_packets)
{
	int err = pktcap_file_recorder_trigger(rec, writer, after_packets, 0);

	check_result("pktcap_file_recorder_trigger", err);
	if (err)
		err = pktcap_file_recorder_trigger(rec, writer, after_packets,
						   0);
	if (err)
		finding("a trigger does not recover", err);
}

static void record_to(struct pktcap_file_recorder *rec,
		      struct pktcap_file_writer *writer)
{
	struct pktcap_file_recorder_stats stats;
	int ret, i;

	for (i = 0; i < PACKETS / 2; i++) {
		struct pktcap_packet pkt = packet(i);

		check_result("pktcap_file_recorder_add",
			     pktcap_file_recorder_add(rec, &pkt));
	}
	trigger(rec, writer, PACKETS);
	for (; i < PACKETS; i++) {
		struct pktcap_packet pkt = packet(i);

		ret = pktcap_file_recorder_add(rec, &pkt);
		check_result("pktcap_file_recorder_add", ret);
		if (ret < 0)
			trigger(rec, writer, PACKETS);
	}
	pktcap_file_recorder_stats(rec, &stats);
	if (stats.packets || stats.overwritten || stats.left_out)
		finding("packets are left in the recorder", (int)stats.packets);
}

static void record(const void *unused)
{
	const struct pktcap_file_writer_opts opts =
		PKTCAP_FILE_WRITER_OPTS(.precision = PKTCAP_FILE_PRECISION_NANO,
					.buffer_bytes = 10000);
	struct pktcap_file_recorder *rec = NEVER_MADE;
	struct pktcap_file_writer *writer = NEVER_MADE;
	struct pktcap_error error = { 0 };
	int err, found;

	(void)unused;
	err = pktcap_file_recorder_open(&rec, NULL, &error);
	check_made("pktcap_file_recorder_open", err, rec, &error);
	if (err)
		return;
	err = pktcap_file_writer_open(&writer, target, 1, &opts, &error);
	check_made("pktcap_file_writer_open", err, writer, &error);
	if (!err) {
		record_to(rec, writer);
		if (pktcap_file_writer_flush(writer))
			pktcap_file_writer_flush(writer);
		check_result("pktcap_file_writer_close",
			     pktcap_file_writer_close(writer));
		UNWRAPPED(found = packets_in_target());
		if (found != PACKETS)
			finding("packets in the file", found);
	}
	pktcap_file_recorder_close(rec);
}

static const struct row {
	const char *name;
	void (*scenario)(const void *arg);
} rows[] = {
	{ "merge", merge },
	{ "sort", sort },
	{ "record", record },
};

static void run(void **state)
{
	const struct row *row = *state;

	fault_each(row->name, prepare, row->scenario, NULL);
}

int main(void)
{
	enum { N = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[N];
	size_t n = 0;

	world_enter_or_skip();
	if (prepare())
		return 1;
	ADD_ROWS(tests, n, rows, run);
	return _cmocka_run_group_tests("file order faults", tests, n, NULL,
				       NULL);
}
