// SPDX-License-Identifier: BSD-2-Clause
/*
 *  0                   8                  16                  24
 *  +-------------------+---------+---------+-------------------+
 *  |       magic       |  major  |  minor  |  thiszone (zero)  |
 *  +-------------------+---------+---------+-------------------+
 *  |  sigfigs (zero)   |      snaplen      |      linktype     |
 *  +-------------------+-------------------+-------------------+
 *
 *  0                   4                   8                  12      16
 *  +-------------------+-------------------+-------------------+--------+
 *  |      seconds      | micro-/nanoseconds|      caplen       | wirelen|
 *  +-------------------+-------------------+-------------------+--------+
 */
#include "file/pcap.h"

#include <errno.h>

#define MAGIC_MICRO 0xa1b2c3d4u
#define MAGIC_NANO 0xa1b23c4du

enum {
	VERSION_MAJOR = 2,
	VERSION_MINOR = 4,
	/* Older ones, and 2.3 by some writers, have the lengths exchanged. */
	VERSION_MINOR_MIXED = 3,
	/* Longest record that any link type is known to have, as in libpcap. */
	CAPLEN_MAX = 128 * 1024 * 1024,
};

void pcap_encode_header(uint8_t out[PCAP_HEADER_BYTES],
			const struct pcap_header *info)
{
	memset(out, 0, PCAP_HEADER_BYTES);
	pcap_put32(out, info->precision == PKTCAP_FILE_PRECISION_NANO
				? MAGIC_NANO
				: MAGIC_MICRO);
	pcap_put16(out + 4, VERSION_MAJOR);
	pcap_put16(out + 6, VERSION_MINOR);
	pcap_put32(out + 16, info->snaplen);
	pcap_put32(out + 20, info->linktype);
}

size_t pcap_length(struct bytes rest, uint64_t offset)
{
	uint32_t caplen = 0;

	if (!offset)
		return PCAP_HEADER_BYTES;
	bytes_host32(rest, 8, &caplen);
	return PCAP_RECORD_BYTES + (size_t)caplen;
}

static bool get16(struct bytes b, size_t off, bool swapped, uint16_t *out)
{
	if (!bytes_host16(b, off, out))
		return false;
	if (swapped)
		*out = __builtin_bswap16(*out);
	return true;
}

static bool get32(struct bytes b, size_t off, bool swapped, uint32_t *out)
{
	if (!bytes_host32(b, off, out))
		return false;
	if (swapped)
		*out = __builtin_bswap32(*out);
	return true;
}

static bool decode_magic(struct pcap_header *info, uint32_t magic)
{
	uint32_t other = __builtin_bswap32(magic);

	info->swapped = other == MAGIC_MICRO || other == MAGIC_NANO;
	if (info->swapped)
		magic = other;
	info->precision = magic == MAGIC_NANO ? PKTCAP_FILE_PRECISION_NANO
					      : PKTCAP_FILE_PRECISION_MICRO;
	return magic == MAGIC_MICRO || magic == MAGIC_NANO;
}

/* Files that people take for pcap files, by how they begin. */
static const char *name_other(struct bytes start)
{
	static const struct {
		uint8_t n;
		char start[5];
		const char *text;
	} kinds[] = {
		{ 4, "\x0a\x0d\x0d\x0a",
		  "is a pcapng file: convert it with editcap -F pcap IN OUT" },
		{ 2, "\x1f\x8b", "is compressed: unpack it with gunzip" },
		{ 4, "\x28\xb5\x2f\xfd",
		  "is compressed: unpack it with unzstd" },
		{ 4, "\x04\x22\x4d\x18",
		  "is compressed: unpack it with unlz4" },
		{ 4, "\xfd\x37zX", "is compressed: unpack it with unxz" },
		{ 3, "BZh", "is compressed: unpack it with bunzip2" },
		{ 4, "\xa1\xb2\xcd\x34",
		  "is a pcap file modified by an old Linux tcpdump: convert it "
		  "with editcap -F pcap IN OUT" },
		{ 4, "\x34\xcd\xb2\xa1",
		  "is a pcap file modified by an old Linux tcpdump: convert it "
		  "with editcap -F pcap IN OUT" },
		{ 4, "snoo",
		  "is a snoop file: convert it with editcap -F pcap IN OUT" },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (bytes_has(start, 0, kinds[i].n) &&
		    !memcmp(start.p, kinds[i].start, kinds[i].n))
			return kinds[i].text;
	return "is not a capture file: it begins with no magic number of pcap";
}

/* What libpcap takes, plus what the file itself says. */
static uint32_t caplen_max(uint32_t linktype, uint32_t snaplen)
{
	enum {
		USB_LINUX = 189,
		USB_LINUX_MMAPPED = 220,
		DBUS = 231,
		USB_DARWIN = 266,
		EBHSCR = 279
	};

	switch (linktype) {
	case USB_LINUX:
	case USB_LINUX_MMAPPED:
	case DBUS:
	case USB_DARWIN:
	case EBHSCR:
		return CAPLEN_MAX;
	}
	if (snaplen <= PCAP_SNAPLEN_MAX)
		return PCAP_SNAPLEN_MAX;
	return snaplen < CAPLEN_MAX ? snaplen : CAPLEN_MAX;
}

int pcap_decode_header(struct pcap_format *format, struct bytes header,
		       const char **reason)
{
	struct pcap_header *info = &format->info;
	uint16_t major;
	uint32_t magic;

	if (!bytes_host32(header, 0, &magic))
		return -ENODATA;
	if (!decode_magic(info, magic)) {
		*reason = name_other(header);
		return -EPROTO;
	}
	if (!get16(header, 4, info->swapped, &major) ||
	    !get16(header, 6, info->swapped, &format->minor) ||
	    !get32(header, 16, info->swapped, &info->snaplen) ||
	    !get32(header, 20, info->swapped, &info->linktype))
		return -ENODATA;
	if (major != VERSION_MAJOR || format->minor > VERSION_MINOR) {
		*reason = "is a pcap file of a version other than 2.0 to 2.4: "
			  "convert it with the program that wrote it";
		return -EPROTO;
	}
	/* Above are flags: how long the frame check sequence is. */
	info->linktype &= 0xffff;
	format->caplen_max = caplen_max(info->linktype, info->snaplen);
	return 0;
}

bool pcap_decode_record(struct pcap_record *record, struct bytes header,
			const struct pcap_format *format)
{
	const struct pcap_header *info = &format->info;
	uint32_t seconds, fraction, caplen, wirelen;

	if (!get32(header, 0, info->swapped, &seconds) ||
	    !get32(header, 4, info->swapped, &fraction) ||
	    !get32(header, 8, info->swapped, &caplen) ||
	    !get32(header, 12, info->swapped, &wirelen))
		return false;
	if (format->minor < VERSION_MINOR_MIXED ||
	    (format->minor == VERSION_MINOR_MIXED && caplen > wirelen)) {
		uint32_t swap = caplen;

		caplen = wirelen;
		wirelen = swap;
	}
	if (caplen > format->caplen_max)
		return false;
	/* A fraction of a second or more, from bad writers, is carried over. */
	record->ts_ns = (int64_t)seconds * PCAP_NS_PER_S +
			(info->precision == PKTCAP_FILE_PRECISION_NANO
				 ? (int64_t)fraction
				 : (int64_t)fraction * PCAP_NS_PER_US);
	record->caplen = caplen;
	record->wirelen = wirelen > caplen ? wirelen : caplen;
	return true;
}
