// SPDX-License-Identifier: BSD-2-Clause
/* Files that people take for capture files, by how they begin. */
#include "file/foreign.h"

#include <errno.h>

#include "base/error.h"

static const struct packer {
	const char *tool;
	uint8_t n;
	char start[5];
} packers[] = {
	{ "gzip", 2, "\x1f\x8b" },
	{ "zstd", 4, "\x28\xb5\x2f\xfd" },
	{ "lz4", 4, "\x04\x22\x4d\x18" },
	{ "xz", 4, "\xfd\x37zX" },
	{ "bzip2", 3, "BZh" },
};

static const struct other {
	uint8_t n;
	char start[5];
	const char *text;
} others[] = {
	{ 4, "snoo",
	  "is a snoop file: convert it with editcap -F pcapng IN OUT" },
	/* Reserved by libpcap; nobody has told what is in such files. */
	{ 4, "\xa1\xb2\x34\xcd", "is a modified pcap file nobody described" },
	{ 4, "\xcd\x34\xb2\xa1", "is a modified pcap file nobody described" },
	{ 4, "\xa1\x2b\x3c\x4d", "is a Navtel pcap file nobody described" },
	{ 4, "\x4d\x3c\x2b\xa1", "is a Navtel pcap file nobody described" },
};

static bool begins(struct bytes start, const char *with, size_t n)
{
	return bytes_has(start, 0, n) && !memcmp(start.p, with, n);
}

int foreign_error(struct bytes start, const char *name,
		  struct pktcap_error *error)
{
	for (size_t i = 0; i < sizeof(packers) / sizeof(packers[0]); i++) {
		const struct packer *p = &packers[i];

		if (begins(start, p->start, p->n))
			return error_set(error, -EPROTO, p->tool,
					 "%s: is compressed: read it from a "
					 "pipe, %s -dc FILE | PROGRAM -r -",
					 name, p->tool);
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (begins(start, others[i].start, others[i].n))
			return error_set(error, -EPROTO, "header", "%s: %s",
					 name, others[i].text);
	return error_set(error, -EPROTO, "header",
			 "%s: is not a capture file: it begins with no magic "
			 "number of pcap or pcapng",
			 name);
}
