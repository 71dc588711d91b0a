/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The layout of pcap files (draft-ietf-opsawg-pcap), to and from structs.
 * Written in this machine's byte order, read in both.
 */
#ifndef FILE_PCAP_H
#define FILE_PCAP_H

#include <pktcap/file.h>

#include "base/bytes.h"

#define PCAP_NS_PER_S 1000000000u
#define PCAP_NS_PER_US 1000u

enum {
	PCAP_HEADER_BYTES = 24,
	PCAP_RECORD_BYTES = 16,
	/* With interface, protocol and packet type behind the lengths. */
	PCAP_MODIFIED_RECORD_BYTES = 24,
	PCAP_SNAPLEN_MAX = 262144,
};

/* What the header at the start of a file says. */
struct pcap_header {
	uint32_t linktype;
	uint32_t snaplen;
	uint32_t precision;
	uint32_t swapped;
};

/* What has to be known of a file to read its records. */
struct pcap_format {
	struct pcap_header info;
	uint32_t caplen_max;
	uint16_t major;
	uint16_t minor;
	uint8_t header_bytes;
	uint8_t record_bytes;
	uint8_t fcslen; /* bits */
	bool exchanged; /* caplen and wirelen are in the other order */
	bool mixed;	/* in some records they are */
};

struct pcap_record {
	int64_t ts_ns;
	uint32_t caplen;
	uint32_t wirelen;
};

void pcap_encode_header(uint8_t out[PCAP_HEADER_BYTES],
			const struct pcap_header *info);

static inline void pcap_put16(uint8_t *out, uint16_t value)
{
	memcpy(out, &value, sizeof(value));
}

static inline void pcap_put32(uint8_t *out, uint32_t value)
{
	memcpy(out, &value, sizeof(value));
}

/*
 * False where 32-bit seconds cannot hold the time. Here, for the compiler to
 * put it into the writer's loop: a tenth of what a packet costs there.
 */
static inline bool pcap_encode_record(uint8_t out[PCAP_RECORD_BYTES],
				      const struct pcap_record *record,
				      uint32_t precision)
{
	uint64_t ns = (uint64_t)record->ts_ns; /* before 1970: huge */
	uint64_t seconds = ns / PCAP_NS_PER_S;
	uint32_t fraction = (uint32_t)(ns % PCAP_NS_PER_S);

	if (seconds > UINT32_MAX)
		return false;
	if (precision == PKTCAP_FILE_PRECISION_MICRO)
		fraction /= PCAP_NS_PER_US;
	pcap_put32(out, (uint32_t)seconds);
	pcap_put32(out + 4, fraction);
	pcap_put32(out + 8, record->caplen);
	pcap_put32(out + 12, record->wirelen);
	return true;
}

/* How long the record at the start of @rest is, @offset bytes into the file. */
size_t pcap_length(struct bytes rest, uint64_t offset);

/*
 * Needs the whole header, or 4 bytes to tell a file of another kind. Returns
 * 0, -ENODATA (too few bytes) or -EPROTO with in @reason what is wrong, NULL if
 * it is no pcap file.
 */
int pcap_decode_header(struct pcap_format *format, struct bytes header,
		       const char **reason);

#endif
