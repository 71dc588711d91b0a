/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The layout of pcap files (draft-ietf-opsawg-pcap), to and from structs.
 * Written in this machine's byte order, read in both.
 */
#ifndef FILE_PCAP_H
#define FILE_PCAP_H

#include <pktcap/file.h>

#include "base/bytes.h"

enum {
	PCAP_HEADER_BYTES = 24,
	PCAP_RECORD_BYTES = 16,
	PCAP_SNAPLEN_MAX = 262144,
};

/* What has to be known of a file to read its records. */
struct pcap_format {
	struct pktcap_file_info info;
	uint32_t caplen_max;
	uint16_t minor;
};

struct pcap_record {
	int64_t ts_ns;
	uint32_t caplen;
	uint32_t wirelen;
};

void pcap_encode_header(uint8_t out[PCAP_HEADER_BYTES],
			const struct pktcap_file_info *info);

/* False where 32-bit seconds cannot hold the time. */
bool pcap_encode_record(uint8_t out[PCAP_RECORD_BYTES],
			const struct pcap_record *record, uint32_t precision);

/* How long the record at the start of @rest is, @offset bytes into the file. */
size_t pcap_length(struct bytes rest, uint64_t offset);

/*
 * Needs PCAP_HEADER_BYTES, or 4 to tell a file of another kind. Returns 0,
 * -ENODATA (too few bytes) or -EPROTO with in @reason what the file is.
 */
int pcap_decode_header(struct pcap_format *format, struct bytes header,
		       const char **reason);

/* False where the record cannot be true, or has not PCAP_RECORD_BYTES. */
bool pcap_decode_record(struct pcap_record *record, struct bytes header,
			const struct pcap_format *format);

#endif
