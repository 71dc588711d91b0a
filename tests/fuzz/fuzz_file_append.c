// SPDX-License-Identifier: BSD-2-Clause
/*
 * Appending to any bytes: they are left as they are, or cut at most at their
 * end, and then hold one packet more that is found behind all the others.
 */
#include <pktcap/file.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LINKTYPE = PKTCAP_LINKTYPE_ETHERNET, BYTES_MAX = 1 << 16 };

static uint8_t after[BYTES_MAX + 4096];

/* Returns the size of the file, 0 if it is refused. */
static size_t append(const char *path, int fd)
{
	const struct pktcap_packet pkt = { .data = (const uint8_t *)"appended",
					   .caplen = 8,
					   .wirelen = 8,
					   .ts_ns = 1,
					   .linktype = LINKTYPE };
	struct pktcap_file_writer_stats stats;
	struct pktcap_file_writer *writer;

	if (pktcap_file_writer_append(&writer, path, LINKTYPE, NULL, NULL))
		return 0;
	if (pktcap_file_writer_write(writer, &pkt) ||
	    pktcap_file_writer_flush(writer))
		abort();
	pktcap_file_writer_stats(writer, &stats);
	if (pktcap_file_writer_close(writer) ||
	    lseek(fd, 0, SEEK_END) != (off_t)stats.bytes)
		abort();
	return (size_t)stats.bytes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t before, n, same = 0;
	char path[32];
	int fd;

	if (size > BYTES_MAX)
		return 0;
	fd = memfd_create("capture", MFD_CLOEXEC);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (write(fd, data, size) != (ssize_t)size)
		abort();
	before = append(path, fd);
	n = (size_t)pread(fd, after, sizeof(after), 0);
	while (same < n && same < size && after[same] == data[same])
		same++;
	/* What was there before the place where it was cut is the same. */
	if (!before ? n != size || same != size : n < 32)
		abort();
	/* All of it is whole now: nothing is cut a second time. */
	if (before && append(path, fd) <= before)
		abort();
	close(fd);
	return 0;
}
