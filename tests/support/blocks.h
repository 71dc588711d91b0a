/* SPDX-License-Identifier: BSD-2-Clause */
/* Builds the bytes of pcap and pcapng files, in either byte order. */
#ifndef TESTS_SUPPORT_BLOCKS_H
#define TESTS_SUPPORT_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct blocks {
	uint8_t bytes[65536];
	size_t n;
	bool big;     /* endian */
	size_t begin; /* of the block that is open */
};

void blocks_put(struct blocks *b, uint64_t value, size_t n);
void blocks_bytes(struct blocks *b, const void *bytes, size_t n);

/* A block of any type; between them its body. */
void blocks_begin(struct blocks *b, uint32_t type);
void blocks_end(struct blocks *b);

/* In a body: an option, padded. Integers of @n bytes, or strings. */
void blocks_option(struct blocks *b, uint16_t code, const void *bytes,
		   size_t n);
void blocks_option_number(struct blocks *b, uint16_t code, uint64_t value,
			  size_t n);
void blocks_options_end(struct blocks *b);

/* Whole blocks. Packets have @n bytes that count up from @first. */
void blocks_section(struct blocks *b);
void blocks_interface(struct blocks *b, uint16_t linktype, uint32_t snaplen);
void blocks_packet(struct blocks *b, uint32_t interface, uint64_t ticks,
		   uint8_t first, uint32_t n);

void blocks_pcap_header(struct blocks *b);
void blocks_pcap_header_of(struct blocks *b, uint32_t magic);
void blocks_pcap_record(struct blocks *b, uint32_t seconds, uint8_t first,
			uint32_t n);

#endif
