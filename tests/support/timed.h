/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Packets that know which one they are, and files of them: for tests of what
 * has to do with the order of packets.
 */
#ifndef TESTS_SUPPORT_TIMED_H
#define TESTS_SUPPORT_TIMED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pktcap/file.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { TIMED_BYTES_MAX = 2048 };

struct timed {
	int64_t ts_ns;
	uint32_t file;
	uint32_t number; /* in its file */
};

/* The same sequence for the same @state, on every machine. */
static inline uint32_t timed_random(uint32_t *state)
{
	*state = *state * 1664525 + 1013904223;
	return *state >> 8;
}

/* Lengths of all sizes that hold what the packet is. */
static inline uint32_t timed_length(const struct timed *t)
{
	uint32_t state = t->file * 7919 + t->number;

	timed_random(&state);
	return (uint32_t)sizeof(*t) +
	       timed_random(&state) %
		       (t->number % 16 ? 90 : TIMED_BYTES_MAX - sizeof(*t));
}

/* The packet of @t: its bytes are put at @bytes, TIMED_BYTES_MAX long. */
static inline struct pktcap_packet timed_packet(const struct timed *t,
						uint8_t *bytes)
{
	uint32_t n = timed_length(t);

	memcpy(bytes, t, sizeof(*t));
	memset(bytes + sizeof(*t), (int)(t->number & 0xff), n - sizeof(*t));
	return (struct pktcap_packet){ .data = bytes,
				       .caplen = n,
				       .wirelen = n,
				       .ts_ns = t->ts_ns,
				       .linktype = PKTCAP_LINKTYPE_ETHERNET };
}

/* @pkt is the one of @t, all of it. */
static inline void timed_expect(const struct pktcap_packet *pkt,
				const struct timed *t)
{
	uint8_t bytes[TIMED_BYTES_MAX];
	struct pktcap_packet want = timed_packet(t, bytes);
	struct timed got;

	assert_non_null(pkt);
	assert_in_range(pkt->caplen, sizeof(got), TIMED_BYTES_MAX);
	memcpy(&got, pkt->data, sizeof(got));
	if (got.file != t->file || got.number != t->number)
		fail_msg("packet %u of file %u instead of %u of %u", got.number,
			 got.file, t->number, t->file);
	assert_true(pkt->ts_ns == t->ts_ns);
	assert_int_equal(pkt->caplen, want.caplen);
	assert_int_equal(pkt->wirelen, want.wirelen);
	assert_int_equal(pkt->linktype, want.linktype);
	assert_memory_equal(pkt->data, bytes, want.caplen);
}

/* A file with the packets; the caller closes the descriptor. */
static inline int timed_file(const struct timed *packets, size_t n)
{
	const struct pktcap_file_writer_opts opts =
		PKTCAP_FILE_WRITER_OPTS(.precision =
						PKTCAP_FILE_PRECISION_NANO);
	int fd = memfd_create("timed", MFD_CLOEXEC);
	struct pktcap_file_writer *writer;
	uint8_t bytes[TIMED_BYTES_MAX];

	assert_true(fd >= 0);
	assert_int_equal(pktcap_file_writer_open_fd(&writer, fd,
						    PKTCAP_LINKTYPE_ETHERNET,
						    &opts, NULL),
			 0);
	for (size_t i = 0; i < n; i++) {
		struct pktcap_packet pkt = timed_packet(&packets[i], bytes);

		assert_int_equal(pktcap_file_writer_write(writer, &pkt), 0);
	}
	assert_int_equal(pktcap_file_writer_close(writer), 0);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

static inline struct pktcap_file_reader *timed_reader(int fd)
{
	struct pktcap_file_reader *reader;
	struct pktcap_error error = { 0 };

	if (pktcap_file_reader_open_fd(&reader, fd, NULL, &error))
		fail_msg("%s", error.text);
	return reader;
}

/* For qsort(3): by time, then file, then number. */
static inline int timed_compare(const void *a, const void *b)
{
	const struct timed *l = a, *r = b;

	if (l->ts_ns != r->ts_ns)
		return l->ts_ns < r->ts_ns ? -1 : 1;
	if (l->file != r->file)
		return l->file < r->file ? -1 : 1;
	return (l->number > r->number) - (l->number < r->number);
}

#endif
