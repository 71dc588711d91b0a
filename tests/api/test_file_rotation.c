// SPDX-License-Identifier: BSD-2-Clause
/*
 * Which files a rotation leaves behind, with how many packets in each, by
 * size, number and time, and what a full disk does to them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <time.h>
#include <unistd.h>

#include <pktcap/file.h>

#include "support/rows.h"
#include "support/world.h"

#define S INT64_C(1000000000)
/* 2023-11-14 22:13:20 UTC */
#define START (INT64_C(1700000000) * S)

enum { LINKTYPE = PKTCAP_LINKTYPE_ETHERNET, CAPLEN = 84, TEXT = 1024 };

static char dir[] = "/tmp/test_file_rotation.XXXXXX";
static uint8_t data[CAPLEN];
static char finished[TEXT]; /* the names the callback was given */

static void on_finished(void *user, const char *path)
{
	assert_ptr_equal(user, finished);
	if (*finished)
		strcat(finished, " ");
	strcat(finished, strrchr(path, '/') + 1);
}

/* Packets in a file that has to be whole; each is one after the one before. */
static int count_packets(const char *path)
{
	struct pktcap_file_reader *reader;
	struct pktcap_error error = { .text = "" };
	const struct pktcap_packet *pkt;
	int count = 0, last = 0, ret;

	if (pktcap_file_reader_open(&reader, path, NULL, &error))
		fail_msg("%s", error.text);
	while ((ret = pktcap_file_reader_next(reader, &pkt, &error)) == 1) {
		int number = pkt->data[0] << 8 | pkt->data[1];

		if (count++ && number != last + 1)
			fail_msg("%s: packet %d after %d", path, number, last);
		last = number;
	}
	if (ret)
		fail_msg("%s", error.text);
	pktcap_file_reader_close(reader);
	return count;
}

static int by_name(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* "a:3 b:2", or names alone, of what is in the directory; empties it. */
static void list(char *text, int with_counts)
{
	struct dirent **entries;
	int n = scandir(dir, &entries, by_name, versionsort);

	*text = '\0';
	for (int i = 0; i < n; i++) {
		char path[400];

		snprintf(path, sizeof(path), "%s/%s", dir, entries[i]->d_name);
		sprintf(text + strlen(text), "%s%s", i ? " " : "",
			entries[i]->d_name);
		if (with_counts)
			sprintf(text + strlen(text), ":%d",
				count_packets(path));
		unlink(path);
		free(entries[i]);
	}
	free(entries);
}

static struct pktcap_file_rotation *
open_rotation(const char *name, const struct pktcap_file_rotation_opts *given)
{
	struct pktcap_file_rotation_opts opts = *given;
	struct pktcap_file_rotation *rotation;
	struct pktcap_error error = { .text = "" };
	char path[200];

	opts.size = sizeof(opts);
	opts.on_finished = on_finished;
	opts.finished_user = finished;
	if (!opts.start_ns)
		opts.start_ns = START;
	*finished = '\0';
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (pktcap_file_rotation_open(&rotation, path, LINKTYPE, &opts, &error))
		fail_msg("%s", error.text);
	return rotation;
}

static int put(struct pktcap_file_rotation *rotation, int number, int64_t ns)
{
	const struct pktcap_packet pkt = { .data = data,
					   .caplen = CAPLEN,
					   .wirelen = CAPLEN,
					   .ts_ns = ns,
					   .linktype = LINKTYPE };

	data[0] = (uint8_t)(number >> 8);
	data[1] = (uint8_t)number;
	return pktcap_file_rotation_write(rotation, &pkt);
}

struct row {
	const char *name;
	const char *template;
	struct pktcap_file_rotation_opts opts;
	int packets;
	int64_t step_ns;
	const char *files;
	const char *finished;
	int stored; /* 0: all of them */
};

/* A record has 100 bytes, the header of a file 24. */
static struct row rows[] = {
	{ "one file", "cap", { 0 }, 5, S, "cap:5", "cap", 0 },
	{ "packets",
	  "cap",
	  { .max_packets = 2 },
	  5,
	  S,
	  "cap:2 cap1:2 cap2:1",
	  "cap cap1 cap2",
	  0 },
	{ "bytes, up to the last",
	  "cap",
	  { .max_bytes = 324 },
	  7,
	  S,
	  "cap:3 cap1:3 cap2:1",
	  "cap cap1 cap2",
	  0 },
	{ "bytes, one less",
	  "cap",
	  { .max_bytes = 323 },
	  5,
	  S,
	  "cap:2 cap1:2 cap2:1",
	  "cap cap1 cap2",
	  0 },
	{ "fewer bytes than a packet has",
	  "cap",
	  { .max_bytes = 1 },
	  2,
	  S,
	  "cap:1 cap1:1",
	  "cap cap1",
	  0 },
	{ "keep",
	  "cap",
	  { .max_packets = 1, .keep = 3 },
	  12,
	  S,
	  "cap9:1 cap10:1 cap11:1",
	  "cap cap1 cap2 cap3 cap4 cap5 cap6 cap7 cap8 cap9 cap10 cap11",
	  0 },
	{ "keep one",
	  "cap",
	  { .max_packets = 2, .keep = 1 },
	  5,
	  S,
	  "cap2:1",
	  "cap cap1 cap2",
	  0 },
	{ "ring",
	  "cap",
	  { .max_packets = 1, .keep = 3, .naming = PKTCAP_FILE_NAMING_RING },
	  3,
	  S,
	  "cap0:1 cap1:1 cap2:1",
	  "cap0 cap1 cap2",
	  0 },
	{ "ring that begins again",
	  "cap",
	  { .max_packets = 20, .keep = 11, .naming = PKTCAP_FILE_NAMING_RING },
	  221,
	  S / 100,
	  "cap00:1 cap01:20 cap02:20 cap03:20 cap04:20 cap05:20 cap06:20 "
	  "cap07:20 cap08:20 cap09:20 cap10:20",
	  "cap00 cap01 cap02 cap03 cap04 cap05 cap06 cap07 cap08 cap09 cap10 "
	  "cap00",
	  0 },
	{ "wall clock",
	  "%H%M%S",
	  { .interval_s = 60,
	    .flags = PKTCAP_FILE_ROTATION_STRFTIME | PKTCAP_FILE_ROTATION_GMT },
	  10,
	  15 * S,
	  "221320:3 221400:4 221500:3",
	  "221320 221400 221500",
	  0 },
	{ "wall clock, with intervals left out",
	  "%H%M%S",
	  { .interval_s = 60,
	    .flags = PKTCAP_FILE_ROTATION_STRFTIME | PKTCAP_FILE_ROTATION_GMT },
	  3,
	  150 * S,
	  "221320:1 221550:1 221820:1",
	  "221320 221550 221820",
	  0 },
	{ "same name again",
	  "%H-",
	  { .max_packets = 2,
	    .flags = PKTCAP_FILE_ROTATION_STRFTIME | PKTCAP_FILE_ROTATION_GMT },
	  7,
	  600 * S,
	  "22-:2 22-1:2 22-2:2 23-:1",
	  "22- 22-1 22-2 23-",
	  0 },
	{ "name of a file that is kept",
	  "%S-",
	  { .interval_s = 30,
	    .keep = 3,
	    .flags = PKTCAP_FILE_ROTATION_STRFTIME | PKTCAP_FILE_ROTATION_GMT },
	  7,
	  30 * S,
	  "00-:1 30-:1",
	  "20- 30- 00- 30- 00- 30- 00-",
	  0 },
	{ "literal percent signs", "%H", { 0 }, 1, S, "%H:1", "%H", 0 },
	{ "renamed into place",
	  "cap",
	  { .max_packets = 2, .flags = PKTCAP_FILE_ROTATION_RENAME },
	  3,
	  S,
	  "cap:2 cap1:1",
	  "cap cap1",
	  0 },
	{ "on the disk",
	  "cap",
	  { .max_packets = 2, .flags = PKTCAP_FILE_ROTATION_SYNC },
	  3,
	  S,
	  "cap:2 cap1:1",
	  "cap cap1",
	  0 },
	{ "stop after packets",
	  "cap",
	  { .max_packets = 2, .stop_packets = 5 },
	  9,
	  S,
	  "cap:2 cap1:2 cap2:1",
	  "cap cap1 cap2",
	  5 },
	{ "stop after bytes",
	  "cap",
	  { .max_packets = 2, .stop_bytes = 500 },
	  9,
	  S,
	  "cap:2 cap1:2 cap2:1",
	  "cap cap1 cap2",
	  5 },
	{ "stop after seconds",
	  "cap",
	  { .stop_s = 4 },
	  9,
	  S,
	  "cap:4",
	  "cap",
	  4 },
};

static void run(void **state)
{
	const struct row *r = *state;
	struct pktcap_file_rotation *rotation =
		open_rotation(r->template, &r->opts);
	struct pktcap_file_rotation_stats stats;
	int want = r->stored ? r->stored : r->packets;
	char files[TEXT];

	for (int i = 0; i < r->packets; i++) {
		int ret = put(rotation, i, START + i * r->step_ns);

		/* The limits of time are only seen by what is too late. */
		if (i >= want)
			assert_int_equal(ret, -ECANCELED);
		else if (r->stored && i == want - 1 && !r->opts.stop_s)
			assert_int_equal(ret, 1);
		else
			assert_int_equal(ret, 0);
	}
	pktcap_file_rotation_stats(rotation, &stats);
	assert_int_equal(stats.packets, want);
	assert_int_equal(pktcap_file_rotation_close(rotation), 0);
	list(files, 1);
	assert_string_equal(files, r->files);
	assert_string_equal(finished, r->finished);
}

/* --- time, without packets --- */

static void by_the_clock(void **state)
{
	struct pktcap_file_rotation *rotation = open_rotation(
		"%H%M%S", &(struct pktcap_file_rotation_opts){
				  .interval_s = 60,
				  .stop_s = 150,
				  .flags = PKTCAP_FILE_ROTATION_STRFTIME |
					   PKTCAP_FILE_ROTATION_GMT,
			  });
	char files[TEXT];
	int wait_ms;

	(void)state;
	assert_int_equal(
		pktcap_file_rotation_tick(rotation, START + 1, &wait_ms), 0);
	assert_int_equal(wait_ms, 40000);
	assert_int_equal(put(rotation, 1, START + 39 * S), 0);
	assert_int_equal(pktcap_file_rotation_tick(
				 rotation, START + 40 * S + 7000000, &wait_ms),
			 0);
	assert_int_equal(wait_ms, 59993);
	assert_string_equal(finished, "221320");
	assert_int_equal(
		pktcap_file_rotation_tick(rotation, START + 100 * S, &wait_ms),
		0);
	assert_int_equal(wait_ms, 50000);
	assert_string_equal(finished, "221320 221400");
	assert_int_equal(
		pktcap_file_rotation_tick(rotation, START + 150 * S, &wait_ms),
		-ECANCELED);
	assert_int_equal(pktcap_file_rotation_close(rotation), 0);
	list(files, 1);
	assert_string_equal(files, "221320:1 221400:0 221500:0");
}

static void no_clock_needed(void **state)
{
	struct pktcap_file_rotation *rotation = open_rotation(
		"cap", &(struct pktcap_file_rotation_opts){ .keep = 2 });
	char files[TEXT];
	int wait_ms;

	(void)state;
	assert_int_equal(pktcap_file_rotation_tick(rotation, 0, &wait_ms), 0);
	assert_int_equal(wait_ms, -1);
	assert_int_equal(pktcap_file_rotation_close(rotation), 0);
	list(files, 1);
	assert_string_equal(files, "cap:0");
}

/* A packet of the far future does not stop the clock. */
static void packet_that_lies(void **state)
{
	struct pktcap_file_rotation *rotation = open_rotation(
		"cap",
		&(struct pktcap_file_rotation_opts){
			.interval_s = 60, .flags = PKTCAP_FILE_ROTATION_GMT });
	char files[TEXT];

	(void)state;
	assert_int_equal(put(rotation, 1, 2 * START), 0);
	assert_int_equal(
		pktcap_file_rotation_tick(rotation, START + 20 * S, NULL), 0);
	assert_int_equal(
		pktcap_file_rotation_tick(rotation, START + 40 * S, NULL), 0);
	assert_int_equal(put(rotation, 2, START + 41 * S), 0);
	assert_int_equal(pktcap_file_rotation_close(rotation), 0);
	list(files, 1);
	assert_string_equal(files, "cap:0 cap1:1 cap2:1");
}

/* Local midnight is where files of a day begin, summer or winter. */
static void local_midnight(void **state)
{
	/* 2023-10-28 12:00 in Berlin, a day before clocks are put back. */
	const int64_t noon = INT64_C(1698487200) * S;
	struct pktcap_file_rotation *rotation;
	char files[TEXT];

	(void)state;
	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
	rotation = open_rotation(
		"%m%d-%H%M", &(struct pktcap_file_rotation_opts){
				     .interval_s = 86400,
				     .start_ns = noon,
				     .flags = PKTCAP_FILE_ROTATION_STRFTIME });
	for (int i = 0; i < 72; i += 6)
		assert_int_equal(put(rotation, i / 6, noon + i * 3600 * S), 0);
	assert_int_equal(pktcap_file_rotation_close(rotation), 0);
	unsetenv("TZ");
	tzset();
	list(files, 1);
	assert_string_equal(files,
			    "1028-1200:2 1029-0000:5 1030-0000:4 1031-0000:1");
}

/* --- pcapng --- */

static int on_counters(void *user, uint32_t interface,
		       struct pktcap_file_interface_stats *stats)
{
	uint64_t *asked = user;

	if (interface)
		return 0;
	stats->has = PKTCAP_FILE_HAS_RECEIVED;
	stats->received = ++*asked;
	return 1;
}

/* Each file has all interfaces, and the counters it ended with. */
static void expect_interfaces(const char *name, uint64_t received)
{
	struct pktcap_file_interface_stats stats;
	struct pktcap_file_interface interface;
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	char path[200];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert_int_equal(pktcap_file_reader_open(&reader, path, NULL, NULL), 0);
	while (pktcap_file_reader_next(reader, &pkt, NULL) == 1)
		;
	assert_int_equal(pktcap_file_reader_interface(reader, 0, &interface),
			 0);
	assert_string_equal(interface.name, "eth0");
	assert_int_equal(pktcap_file_reader_interface(reader, 1, &interface),
			 0);
	assert_string_equal(interface.name, "eth1");
	assert_int_equal(pktcap_file_reader_interface(reader, 2, &interface),
			 -ENOENT);
	assert_int_equal(pktcap_file_reader_interface_stats(reader, 0, &stats),
			 0);
	assert_int_equal(stats.has, PKTCAP_FILE_HAS_RECEIVED);
	assert_int_equal(stats.received, received);
	pktcap_file_reader_close(reader);
}

static void interfaces_in_each_file(void **state)
{
	const struct pktcap_file_interface eth0 = { .name = "eth0",
						    .linktype = LINKTYPE };
	const struct pktcap_file_interface eth1 = { .name = "eth1",
						    .linktype = LINKTYPE,
						    .ifindex = 2 };
	uint64_t asked = 0;
	struct pktcap_file_rotation *rotation = open_rotation(
		"cap", &(struct pktcap_file_rotation_opts){
			       .format = PKTCAP_FILE_FORMAT_PCAPNG,
			       .max_packets = 2,
			       .on_counters = on_counters,
			       .counters_user = &asked });
	struct pktcap_file_writer *writer =
		pktcap_file_rotation_writer(rotation);
	char files[TEXT];
	uint32_t id;

	(void)state;
	assert_int_equal(pktcap_file_writer_interface(writer, &eth0, &id), 0);
	assert_int_equal(pktcap_file_writer_interface(writer, &eth1, &id), 0);
	assert_int_equal(id, 1);
	for (int i = 0; i < 3; i++)
		assert_int_equal(put(rotation, i, START), 0);
	assert_int_equal(pktcap_file_rotation_close(rotation), 0);
	expect_interfaces("cap", 1);
	expect_interfaces("cap1", 2);
	list(files, 1);
	assert_string_equal(files, "cap:2 cap1:1");
}

/* --- names --- */

static void unfinished_names(void **state)
{
	struct pktcap_file_rotation *rotation = open_rotation(
		"cap", &(struct pktcap_file_rotation_opts){
			       .max_packets = 1,
			       .flags = PKTCAP_FILE_ROTATION_RENAME });
	char files[TEXT];

	(void)state;
	assert_int_equal(put(rotation, 1, START), 0);
	assert_int_equal(put(rotation, 2, START), 0);
	list(files, 0);
	assert_string_equal(files, "cap cap1.part");
	/* Somebody took the file away. */
	assert_int_equal(put(rotation, 3, START), -ENOENT);
	assert_int_equal(put(rotation, 3, START), 0);
	assert_int_equal(pktcap_file_rotation_close(rotation), 0);
	list(files, 1);
	assert_string_equal(files, "cap2:1");
}

static void no_directory(void **state)
{
	struct pktcap_file_rotation *rotation = open_rotation(
		"cap", &(struct pktcap_file_rotation_opts){ .max_packets = 1 });
	char path[200], aside[200], files[TEXT];

	(void)state;
	snprintf(path, sizeof(path), "%s", dir);
	snprintf(aside, sizeof(aside), "%s.aside", dir);
	assert_int_equal(put(rotation, 1, START), 0);
	assert_int_equal(rename(path, aside), 0);
	assert_int_equal(put(rotation, 2, START), -ENOENT);
	assert_int_equal(put(rotation, 2, START), -ENOENT);
	assert_int_equal(rename(aside, path), 0);
	assert_int_equal(put(rotation, 2, START), 0);
	assert_int_equal(pktcap_file_rotation_close(rotation), 0);
	list(files, 1);
	assert_string_equal(files, "cap:1 cap1:1");
}

static struct pktcap_file_rotation_opts bad[] = {
	{ .flags = 1u << 4 },	    { .format = 2 },
	{ .naming = 2, .keep = 1 }, { .naming = PKTCAP_FILE_NAMING_RING },
	{ .on_full = 3 },
};

static void options(void **state)
{
	struct pktcap_file_rotation *rotation;
	char name[8000];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct pktcap_error error = { .code = 0 };

		bad[i].size = sizeof(bad[i]);
		assert_int_equal(pktcap_file_rotation_open(&rotation, dir,
							   LINKTYPE, &bad[i],
							   &error),
				 -EINVAL);
		assert_null(rotation);
		assert_int_equal(error.code, -EINVAL);
	}
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(pktcap_file_rotation_open(&rotation, name, LINKTYPE,
						   NULL, NULL),
			 -ENAMETOOLONG);
	assert_int_equal(
		pktcap_file_rotation_open(&rotation, dir, LINKTYPE, NULL, NULL),
		-EISDIR);
	assert_int_equal(pktcap_file_rotation_close(NULL), 0);
}

/* --- a disk of 64 KiB that is full --- */

static const struct pktcap_file_writer_opts small = { .size = sizeof(small),
						      .buffer_bytes = 4096 };

static void full_stop(void **state)
{
	struct pktcap_file_rotation *rotation = open_rotation(
		"cap", &(struct pktcap_file_rotation_opts){ .max_packets = 100,
							    .writer = &small });
	int i, err = 0;
	char files[TEXT];

	(void)state;
	for (i = 0; i < 5000 && !err; i++)
		err = put(rotation, i, START);
	assert_int_equal(err, -ENOSPC);
	pktcap_file_rotation_close(rotation);
	list(files, 1);
	assert_non_null(strstr(files, "cap:100 cap1:100 cap2:100 "));
}

static void full_drop_oldest(void **state)
{
	struct pktcap_file_rotation *rotation = open_rotation(
		"cap", &(struct pktcap_file_rotation_opts){
			       .max_packets = 100,
			       .on_full = PKTCAP_FILE_FULL_DROP_OLDEST,
			       .writer = &small });
	struct pktcap_file_rotation_stats stats;
	char files[TEXT];

	(void)state;
	for (int i = 0; i < 2000; i++)
		assert_int_equal(put(rotation, i, START), 0);
	pktcap_file_rotation_stats(rotation, &stats);
	assert_int_equal(pktcap_file_rotation_close(rotation), 0);
	assert_int_equal(stats.packets, 2000);
	assert_true(stats.deleted > 10);
	assert_int_equal(stats.not_deleted, 0);
	list(files, 1);
	assert_non_null(strstr(files, " cap18:100 cap19:100"));
	assert_null(strstr(files, "cap1:"));
}

static void full_count(void **state)
{
	struct pktcap_file_rotation *rotation =
		open_rotation("cap", &(struct pktcap_file_rotation_opts){
					     .max_packets = 100,
					     .on_full = PKTCAP_FILE_FULL_COUNT,
					     .writer = &small });
	struct pktcap_file_rotation_stats stats;
	char files[TEXT], path[200];

	(void)state;
	for (int i = 0; i < 2000; i++)
		assert_int_equal(put(rotation, i, START), 0);
	assert_int_equal(pktcap_file_rotation_tick(rotation, START, NULL), 0);
	pktcap_file_rotation_stats(rotation, &stats);
	assert_int_equal(stats.packets + stats.lost, 2000);
	assert_true(stats.lost > 1000);
	/* It goes on as soon as there is room. */
	snprintf(path, sizeof(path), "%s/cap", dir);
	assert_int_equal(unlink(path), 0);
	for (int i = 0; i < 10; i++)
		assert_int_equal(put(rotation, 2000 + i, START), 0);
	pktcap_file_rotation_stats(rotation, &stats);
	assert_true(stats.packets + stats.lost == 2010);
	assert_int_equal(pktcap_file_rotation_close(rotation), 0);
	list(files, 0);
}

int main(void)
{
	static struct CMUnitTest all[64] = {
		cmocka_unit_test(by_the_clock),
		cmocka_unit_test(no_clock_needed),
		cmocka_unit_test(packet_that_lies),
		cmocka_unit_test(local_midnight),
		cmocka_unit_test(interfaces_in_each_file),
		cmocka_unit_test(unfinished_names),
		cmocka_unit_test(no_directory),
		cmocka_unit_test(options),
	};
	static const struct CMUnitTest full[] = {
		cmocka_unit_test(full_stop),
		cmocka_unit_test(full_drop_oldest),
		cmocka_unit_test(full_count),
	};
	size_t n = 8;
	int failed;

	if (!mkdtemp(dir))
		return 1;
	ADD_ROWS(all, n, rows, run);
	failed = _cmocka_run_group_tests("file_rotation", all, n, NULL, NULL);
	if (!world_disk(dir, "size=64k")) {
		failed += cmocka_run_group_tests(full, NULL, NULL);
		umount(dir);
	} else {
		print_message("full disk: not tested, no namespaces here\n");
	}
	rmdir(dir);
	return failed;
}
