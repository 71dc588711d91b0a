// SPDX-License-Identifier: BSD-2-Clause
/* Going to packets by number and by time, in every kind of input. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <pktcap/file.h>

#include "support/blocks.h"

#define NS INT64_C(1000000000)

/* More than places are remembered at first, many of them out of order. */
enum { PACKETS = 30000, BYTES = 4 };

static char *image;
static size_t image_len;
static int64_t times[PACKETS + 1];

static int64_t time_of(uint32_t number)
{
	return 1000 + number + (number % 7 == 3 ? 40 : 0) -
	       (number % 11 == 5 ? 90 : 0);
}

static void build(bool ng)
{
	static struct blocks b;
	FILE *out = open_memstream(&image, &image_len);

	assert_non_null(out);
	b.n = 0;
	if (!ng)
		blocks_pcap_header(&b);
	for (uint32_t i = 1; i <= PACKETS; i++) {
		times[i] = time_of(i) * NS;
		/* Sections every now and then, of several interfaces. */
		if (ng && i % 5000 == 1) {
			blocks_section(&b);
			blocks_interface(&b, 1, 0);
			blocks_interface(&b, 101, 0);
		}
		if (ng)
			blocks_packet(&b, i % 2, (uint64_t)time_of(i) * 1000000,
				      (uint8_t)i, BYTES);
		else
			blocks_pcap_record(&b, (uint32_t)time_of(i), (uint8_t)i,
					   BYTES);
		if (b.n > sizeof(b.bytes) / 2 || i == PACKETS) {
			assert_int_equal(fwrite(b.bytes, 1, b.n, out), b.n);
			b.n = 0;
		}
	}
	fclose(out);
}

static void expect(struct pktcap_file_reader *reader, uint32_t number, bool ng)
{
	const struct pktcap_packet *pkt;
	struct pktcap_file_record record;

	assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL), 1);
	pktcap_file_reader_record(reader, &record);
	assert_int_equal(record.number, number);
	assert_true(pkt->ts_ns == times[number]);
	assert_int_equal(pkt->data[0], (uint8_t)number);
	if (ng) {
		assert_int_equal(record.interface,
				 (number - 1) / 5000 * 2 + number % 2);
		assert_int_equal(pkt->linktype, number % 2 ? 101 : 1);
	}
}

static void by_number(struct pktcap_file_reader *reader, bool ng)
{
	static const uint32_t numbers[] = { 29999, 1,	  2,	 255, 256, 257,
					    5000,  5001,  30000, 512, 513, 1,
					    12345, 12346, 12000, 3 };
	const struct pktcap_packet *pkt;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		assert_int_equal(pktcap_file_reader_seek_record(
					 reader, numbers[i], NULL),
				 0);
		expect(reader, numbers[i], ng);
		if (numbers[i] < PACKETS)
			expect(reader, numbers[i] + 1, ng);
	}
	assert_int_equal(
		pktcap_file_reader_seek_record(reader, PACKETS + 1, NULL),
		-ENOENT);
	assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL), 0);
	assert_int_equal(pktcap_file_reader_seek_record(reader, 0, NULL),
			 -EINVAL);
	assert_int_equal(pktcap_file_reader_seek_record(reader, 7, NULL), 0);
	expect(reader, 7, ng);
}

/* As if the whole file were searched from its start. */
static uint32_t first_not_before(int64_t ts_ns)
{
	uint32_t i = 1;

	while (i <= PACKETS && times[i] < ts_ns)
		i++;
	return i;
}

static void by_time(struct pktcap_file_reader *reader, bool ng)
{
	static const int64_t wanted[] = { 20000, 0,	1001,  1003,
					  1042,	 6000,	30999, 15000,
					  15001, 15002, 1500 };

	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		assert_int_equal(pktcap_file_reader_seek_time(
					 reader, wanted[i] * NS - 1, NULL),
				 0);
		expect(reader, first_not_before(wanted[i] * NS - 1), ng);
	}
	assert_int_equal(pktcap_file_reader_seek_time(reader, INT64_MAX, NULL),
			 -ENOENT);
	assert_int_equal(pktcap_file_reader_seek_time(reader, INT64_MIN, NULL),
			 0);
	expect(reader, 1, ng);
}

static void run(bool ng, uint32_t flags)
{
	const struct pktcap_file_reader_opts opts =
		PKTCAP_FILE_READER_OPTS(.flags = flags);
	struct pktcap_file_reader *reader;
	FILE *file = tmpfile();

	assert_non_null(file);
	build(ng);
	assert_int_equal(pktcap_file_reader_open_memory(&reader, image,
							image_len, &opts, NULL),
			 0);
	by_number(reader, ng);
	by_time(reader, ng);
	pktcap_file_reader_close(reader);

	/* Not from the start of the descriptor. */
	fputs("something before", file);
	assert_int_equal(fwrite(image, 1, image_len, file), image_len);
	fflush(file);
	assert_int_equal(lseek(fileno(file), 16, SEEK_SET), 16);
	assert_int_equal(
		pktcap_file_reader_open_fd(&reader, fileno(file), &opts, NULL),
		0);
	by_time(reader, ng);
	by_number(reader, ng);
	pktcap_file_reader_close(reader);
	fclose(file);
	free(image);
}

static void pcap(void **state)
{
	(void)state;
	run(false, 0);
}

static void pcapng(void **state)
{
	(void)state;
	run(true, 0);
}

static void pcap_recovering(void **state)
{
	(void)state;
	run(false, PKTCAP_FILE_READER_RECOVER);
}

static void pcapng_recovering(void **state)
{
	(void)state;
	run(true, PKTCAP_FILE_READER_RECOVER);
}

static void not_in_a_pipe(void **state)
{
	static struct blocks b;
	struct pktcap_file_reader *reader;
	struct pktcap_error error;
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	b.n = 0;
	blocks_pcap_header(&b);
	assert_int_equal(write(fds[1], b.bytes, b.n), b.n);
	close(fds[1]);
	assert_int_equal(
		pktcap_file_reader_open_fd(&reader, fds[0], NULL, NULL), 0);
	assert_int_equal(pktcap_file_reader_seek_record(reader, 1, &error),
			 -ESPIPE);
	assert_int_equal(error.code, -ESPIPE);
	pktcap_file_reader_close(reader);
	close(fds[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pcap),
		cmocka_unit_test(pcapng),
		cmocka_unit_test(pcap_recovering),
		cmocka_unit_test(pcapng_recovering),
		cmocka_unit_test(not_in_a_pipe),
	};

	return cmocka_run_group_tests_name("file_seek", tests, NULL, NULL);
}
