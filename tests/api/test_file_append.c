// SPDX-License-Identifier: BSD-2-Clause
/*
 * Appending to files that were left in every state a killed writer can leave
 * them in: what was whole stays, what was not is cut, and the rest follows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <pktcap/file.h>

#include "support/rows.h"

enum { LINKTYPE = PKTCAP_LINKTYPE_ETHERNET, LONGEST = 70 };

static uint8_t data[LONGEST];
static char path[64];
static int fd;

static int write_packets(struct pktcap_file_writer *writer, uint8_t first,
			 uint8_t count)
{
	int err = 0;

	for (uint8_t i = first; i < first + count; i++) {
		struct pktcap_packet pkt = { .data = data,
					     .caplen = 50 + i,
					     .wirelen = LONGEST,
					     .ts_ns = 1700000000123456789,
					     .linktype = LINKTYPE };

		data[0] = i;
		err = pktcap_file_writer_write(writer, &pkt);
		if (err)
			return err;
	}
	return pktcap_file_writer_flush(writer);
}

/* The file holds packets 0 to @count - 1, and ends behind them. */
static void expect_packets(uint32_t count)
{
	struct pktcap_file_reader *reader;
	struct pktcap_error error = { .text = "" };
	const struct pktcap_packet *pkt;
	int ret = pktcap_file_reader_open(&reader, path, NULL, &error);

	if (ret)
		fail_msg("%s", error.text);
	for (uint32_t i = 0; i < count; i++) {
		ret = pktcap_file_reader_next(reader, &pkt, &error);
		if (ret != 1)
			fail_msg("packet %u of %u: %s", i, count, error.text);
		assert_int_equal(pkt->data[0], i);
		assert_int_equal(pkt->caplen, 50 + i);
	}
	assert_int_equal(pktcap_file_reader_next(reader, &pkt, &error), 0);
	pktcap_file_reader_close(reader);
}

struct format {
	const char *name;
	int (*open)(struct pktcap_file_writer **out, const char *path,
		    uint32_t linktype,
		    const struct pktcap_file_writer_opts *opts,
		    struct pktcap_error *error);
	uint32_t new_flags;
	uint32_t precision;
};

static struct format formats[] = {
	{ "pcap", pktcap_file_writer_open, 0, PKTCAP_FILE_PRECISION_MICRO },
	{ "pcap, nanoseconds", pktcap_file_writer_open, 0,
	  PKTCAP_FILE_PRECISION_NANO },
	{ "pcapng", pktcap_file_writer_open_ng, PKTCAP_FILE_WRITER_NEW_PCAPNG,
	  PKTCAP_FILE_PRECISION_MICRO },
};

/* Appends packets from @first on, to a file that keeps them. */
static void append(const struct format *f, uint8_t first, uint8_t count)
{
	struct pktcap_file_writer *writer;
	struct pktcap_file_writer_stats stats;
	struct pktcap_error error = { .text = "" };
	struct stat st;

	if (pktcap_file_writer_append(
		    &writer, path, LINKTYPE,
		    &PKTCAP_FILE_WRITER_OPTS(.flags = f->new_flags,
					     .precision = f->precision),
		    &error))
		fail_msg("%s", error.text);
	assert_int_equal(write_packets(writer, first, count), 0);
	pktcap_file_writer_stats(writer, &stats);
	assert_int_equal(pktcap_file_writer_close(writer), 0);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(st.st_size, stats.bytes);
}

static void write_anew(const struct format *f, uint8_t count)
{
	struct pktcap_file_writer *writer;

	assert_int_equal(
		f->open(&writer, path, LINKTYPE,
			&PKTCAP_FILE_WRITER_OPTS(.precision = f->precision),
			NULL),
		0);
	assert_int_equal(write_packets(writer, 0, count), 0);
	assert_int_equal(pktcap_file_writer_close(writer), 0);
}

static off_t file_size(void)
{
	struct stat st;

	assert_int_equal(fstat(fd, &st), 0);
	return st.st_size;
}

/* Cut at every byte there is, from the whole file to an empty one. */
static void every_length(void **state)
{
	const struct format *f = *state;
	off_t ends[4];

	for (uint8_t n = 0; n < 4; n++) {
		write_anew(f, n);
		ends[n] = file_size();
	}
	for (off_t size = ends[3]; size >= 0; size--) {
		uint8_t whole = 0;

		/* Fewer bytes tell nobody what they are. */
		if (size && size < (f->new_flags ? 4 : 8))
			continue;
		write_anew(f, 3);
		assert_int_equal(ftruncate(fd, size), 0);
		while (whole < 3 && ends[whole + 1] <= size)
			whole++;
		append(f, whole, 2);
		expect_packets(whole + 2);
	}
}

static void again_and_again(void **state)
{
	const struct format *f = *state;

	assert_int_equal(ftruncate(fd, 0), 0);
	for (uint8_t i = 0; i < 10; i++)
		append(f, i * 2, 2);
	expect_packets(20);
}

/* --- files that are left alone --- */

struct refused {
	const char *name;
	const struct format *format;
	off_t at; /* what is written there */
	const char *bytes;
	size_t n;
	uint32_t linktype;
	uint32_t precision;
	int want;
};

static struct refused refusals[] = {
	{ "another kind", &formats[0], 0,
	  "\x7f"
	  "ELF",
	  4, LINKTYPE, 0, -EMEDIUMTYPE },
	{ "another byte order", &formats[0], 0, "\xa1\xb2\xc3\xd4\0\2\0\4", 8,
	  LINKTYPE, 0, -EMEDIUMTYPE },
	{ "another link type", &formats[0], 0, "", 0, LINKTYPE + 1, 0,
	  -EMEDIUMTYPE },
	{ "coarser in time", &formats[0], 0, "", 0, LINKTYPE,
	  PKTCAP_FILE_PRECISION_NANO, -EMEDIUMTYPE },
	{ "record of impossible length", &formats[0], 24 + 8,
	  "\xff\xff\xff\x7f", 4, LINKTYPE, 0, -EPROTO },
	{ "record beyond the end, others behind it", &formats[0], 24 + 8,
	  "\0\0\1\0", 4, LINKTYPE, 0, -EPROTO },
	{ "block of impossible length", &formats[2], 4, "\0\0\0\0", 4, LINKTYPE,
	  0, -EPROTO },
	{ "block of odd length", &formats[2], 4, "\x1d\0\0\0", 4, LINKTYPE, 0,
	  -EPROTO },
	{ "block that does not end with its length", &formats[2], 24,
	  "\1\0\0\0", 4, LINKTYPE, 0, -EPROTO },
	{ "block beyond the end, others behind it", &formats[2], 60 + 4,
	  "\0\0\1\0", 4, LINKTYPE, 0, -EPROTO },
};

static void left_alone(void **state)
{
	const struct refused *r = *state;
	struct pktcap_file_writer *writer;
	struct pktcap_error error = { .text = "" };
	uint8_t before[1024], after[1024];
	ssize_t n;

	write_anew(r->format, 3);
	assert_int_equal(pwrite(fd, r->bytes, r->n, r->at), r->n);
	n = pread(fd, before, sizeof(before), 0);
	assert_int_equal(
		pktcap_file_writer_append(
			&writer, path, r->linktype,
			&PKTCAP_FILE_WRITER_OPTS(.precision = r->precision),
			&error),
		r->want);
	assert_null(writer);
	assert_int_equal(error.code, r->want);
	assert_int_equal(pread(fd, after, sizeof(after), 0), n);
	assert_memory_equal(before, after, (size_t)n);
}

/* Nanoseconds stay, packets are cut to what the header promises. */
static void as_its_header_says(void **state)
{
	struct pktcap_file_writer *writer;
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;

	(void)state;
	assert_int_equal(
		pktcap_file_writer_open(
			&writer, path, LINKTYPE,
			&PKTCAP_FILE_WRITER_OPTS(
					.snaplen = 20,
					.precision =
						PKTCAP_FILE_PRECISION_NANO),
			NULL),
		0);
	assert_int_equal(pktcap_file_writer_close(writer), 0);
	assert_int_equal(
		pktcap_file_writer_append(&writer, path, LINKTYPE, NULL, NULL),
		0);
	assert_int_equal(write_packets(writer, 0, 1), 0);
	assert_int_equal(pktcap_file_writer_close(writer), 0);
	assert_int_equal(pktcap_file_reader_open(&reader, path, NULL, NULL), 0);
	assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL), 1);
	assert_int_equal(pkt->caplen, 20);
	assert_true(pkt->ts_ns == 1700000000123456789);
	pktcap_file_reader_close(reader);
}

/* --- files of others --- */

struct foreign {
	const char *name;
	uint32_t snaplen;
	uint32_t linktype; /* with the bits above it */
	uint32_t caplen;
};

static struct foreign foreigners[] = {
	{ "snaplen of 1 MiB", 1 << 20, LINKTYPE, 300000 },
	{ "longer than its snaplen", 65535, LINKTYPE, 200000 },
	{ "link type with long packets", 65535, 189, 300000 },
	{ "bits that tell the length of the FCS", 65535, 0x14000000 | LINKTYPE,
	  60 },
};

static void expect_caplen(struct pktcap_file_reader *reader, uint32_t caplen)
{
	struct pktcap_error error = { .text = "" };
	const struct pktcap_packet *pkt;

	if (pktcap_file_reader_next(reader, &pkt, &error) != 1)
		fail_msg("%s", error.text);
	assert_int_equal(pkt->caplen, caplen);
}

/* What is read from a file can be read when something was appended. */
static void as_read(void **state)
{
	const struct foreign *f = *state;
	const uint32_t start[] = { 0xa1b2c3d4, 2 | 4 << 16, 0,		0,
				   f->snaplen, f->linktype, 1700000000, 0,
				   f->caplen,  f->caplen };
	const struct pktcap_packet pkt = { .data = data,
					   .caplen = 50,
					   .wirelen = 50,
					   .linktype =
						   f->linktype & UINT16_MAX };
	struct pktcap_file_writer *writer;
	struct pktcap_file_reader *reader;
	struct pktcap_error error = { .text = "" };

	assert_int_equal(ftruncate(fd, 0), 0);
	assert_int_equal(pwrite(fd, start, sizeof(start), 0), sizeof(start));
	assert_int_equal(ftruncate(fd, (off_t)(sizeof(start) + f->caplen)), 0);
	if (pktcap_file_writer_append(&writer, path, pkt.linktype, NULL,
				      &error))
		fail_msg("%s", error.text);
	assert_int_equal(pktcap_file_writer_write(writer, &pkt), 0);
	assert_int_equal(pktcap_file_writer_close(writer), 0);
	assert_int_equal(pktcap_file_reader_open(&reader, path, NULL, NULL), 0);
	expect_caplen(reader, f->caplen);
	expect_caplen(reader, 50);
	pktcap_file_reader_close(reader);
}

static void not_a_file(void **state)
{
	struct pktcap_file_writer *writer;

	(void)state;
	assert_int_equal(pktcap_file_writer_append(&writer, "/dev/null",
						   LINKTYPE, NULL, NULL),
			 -ESPIPE);
	assert_int_equal(
		pktcap_file_writer_append(&writer, "/", LINKTYPE, NULL, NULL),
		-EISDIR);
}

int main(void)
{
	static struct CMUnitTest all[32] = {
		cmocka_unit_test(as_its_header_says),
		cmocka_unit_test(not_a_file),
	};
	size_t n = 2;

	fd = memfd_create("capture", MFD_CLOEXEC);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	ADD_ROWS(all, n, formats, every_length);
	ADD_ROWS(all, n, formats, again_and_again);
	ADD_ROWS(all, n, refusals, left_alone);
	ADD_ROWS(all, n, foreigners, as_read);
	return _cmocka_run_group_tests("file_append", all, n, NULL, NULL);
}
