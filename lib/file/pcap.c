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
/* Of a patch for Linux 2.2's tcpdump, by A. Kuznetzov. */
#define MAGIC_MODIFIED 0xa1b2cd34u
/* Of Ixia's adapters: 4 more bytes in the header, how long all records are. */
#define MAGIC_IXIA_NANO 0x1c0001acu
#define MAGIC_IXIA_MICRO 0x1c0001abu

enum {
	VERSION_MAJOR = 2,
	VERSION_MINOR = 4,
	VERSION_MAJOR_DGUX = 543,
	IXIA_BYTES = 4,
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

static const struct kind {
	uint32_t magic;
	uint32_t precision;
	uint8_t header_bytes;
	uint8_t record_bytes;
} kinds[] = {
	{ MAGIC_MICRO, PKTCAP_FILE_PRECISION_MICRO, PCAP_HEADER_BYTES,
	  PCAP_RECORD_BYTES },
	{ MAGIC_NANO, PKTCAP_FILE_PRECISION_NANO, PCAP_HEADER_BYTES,
	  PCAP_RECORD_BYTES },
	{ MAGIC_MODIFIED, PKTCAP_FILE_PRECISION_MICRO, PCAP_HEADER_BYTES,
	  PCAP_MODIFIED_RECORD_BYTES },
	{ MAGIC_IXIA_NANO, PKTCAP_FILE_PRECISION_NANO,
	  PCAP_HEADER_BYTES + IXIA_BYTES, PCAP_RECORD_BYTES },
	{ MAGIC_IXIA_MICRO, PKTCAP_FILE_PRECISION_MICRO,
	  PCAP_HEADER_BYTES + IXIA_BYTES, PCAP_RECORD_BYTES },
};

static bool decode_magic(struct pcap_format *format, uint32_t magic)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const struct kind *k = &kinds[i];

		format->info.swapped = magic == __builtin_bswap32(k->magic);
		if (magic != k->magic && !format->info.swapped)
			continue;
		format->info.precision = k->precision;
		format->header_bytes = k->header_bytes;
		format->record_bytes = k->record_bytes;
		return true;
	}
	return false;
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

/* Above the link type, if they are there at all: in units of 16 bits. */
static uint8_t fcslen(uint32_t linktype)
{
	return linktype & 0x04000000 ? (uint8_t)((linktype >> 28) * 16) : 0;
}

static bool is_known_version(const struct pcap_format *format)
{
	return (format->major == VERSION_MAJOR &&
		format->minor <= VERSION_MINOR) ||
	       (format->major == VERSION_MAJOR_DGUX && !format->minor);
}

int pcap_decode_header(struct pcap_format *format, struct bytes header,
		       const char **reason)
{
	struct pcap_header *info = &format->info;
	uint32_t magic;

	*reason = NULL;
	if (!bytes_host32(header, 0, &magic))
		return -ENODATA;
	if (!decode_magic(format, magic))
		return -EPROTO;
	if (!bytes_has(header, 0, format->header_bytes) ||
	    !get16(header, 4, info->swapped, &format->major) ||
	    !get16(header, 6, info->swapped, &format->minor) ||
	    !get32(header, 16, info->swapped, &info->snaplen) ||
	    !get32(header, 20, info->swapped, &info->linktype))
		return -ENODATA;
	if (!is_known_version(format)) {
		*reason = "is a pcap file of a version other than 2.0 to 2.4: "
			  "convert it with the program that wrote it";
		return -EPROTO;
	}
	format->exchanged = format->major == VERSION_MAJOR_DGUX ||
			    format->minor < VERSION_MINOR_MIXED;
	format->mixed = format->minor == VERSION_MINOR_MIXED;
	format->fcslen = fcslen(info->linktype);
	info->linktype &= 0xffff;
	format->caplen_max = caplen_max(info->linktype, info->snaplen);
	return 0;
}
