// SPDX-License-Identifier: BSD-2-Clause
#include "corpus/lines.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

/* As zlib's, for Python to compute the same. */
static uint32_t crc32(const uint8_t *p, uint32_t n)
{
	static uint32_t table[256];
	uint32_t crc = UINT32_MAX;

	for (uint32_t i = 0; !table[255] && i < 256; i++) {
		table[i] = i;
		for (int bit = 0; bit < 8; bit++)
			table[i] = table[i] >> 1 ^
				   (table[i] & 1 ? 0xedb88320u : 0);
	}
	for (uint32_t i = 0; i < n; i++)
		crc = crc >> 8 ^ table[(crc ^ p[i]) & 0xff];
	return ~crc;
}

void lines_packet(const struct lines_packet *packet)
{
	/* In modified files libpcap adds an Ethernet header to the length. */
	const uint64_t cuts[] = { packet->snaplen,
				  (uint64_t)packet->snaplen + 14 };

	printf("p %s %" PRIu32 " %" PRIu32 " %" PRIu32 " %08" PRIx32,
	       packet->time, packet->caplen, packet->wirelen, packet->linktype,
	       crc32(packet->data, packet->caplen));
	for (int i = 0; i < 2; i++)
		if (cuts[i] < packet->caplen)
			printf(" %" PRIu64 " %08" PRIx32, cuts[i],
			       crc32(packet->data, (uint32_t)cuts[i]));
	putchar('\n');
}

void lines_error(int code, uint64_t offset, const char *text)
{
	printf("error %d %" PRIu64 " %s\n", code, offset, text);
}

/*
 * A length that a file only states must not be believed: there is no room for
 * it. Sanitizers need the address space themselves.
 */
static void limit_memory(void)
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
	enum { MIB = 1 << 20, ENOUGH = 48 };
	const struct rlimit limit = { (rlim_t)ENOUGH * MIB,
				      (rlim_t)ENOUGH * MIB };

	if (setrlimit(RLIMIT_AS, &limit))
		perror("setrlimit");
#endif
}

int main(int argc, char **argv)
{
	const char *way = argc > 1 ? argv[1] : "path";
	struct rusage usage;
	char path[1024];

	limit_memory();
	while (fgets(path, sizeof(path), stdin)) {
		path[strcspn(path, "\n")] = '\0';
		printf("file %s\n", path);
		lines_of(path, way);
		puts("end");
	}
	getrusage(RUSAGE_SELF, &usage);
	fprintf(stderr, "%s: at most %ld KiB of memory\n", way,
		usage.ru_maxrss);
	return ferror(stdin) || fflush(stdout) || ferror(stdout);
}
