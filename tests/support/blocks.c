// SPDX-License-Identifier: BSD-2-Clause
#include "support/blocks.h"

#include <assert.h>
#include <string.h>

void blocks_put(struct blocks *b, uint64_t value, size_t n)
{
	assert(b->n + n <= sizeof(b->bytes));
	for (size_t i = 0; i < n; i++) {
		size_t shift = 8 * (b->big ? n - 1 - i : i);

		b->bytes[b->n++] = shift < 64 ? (uint8_t)(value >> shift) : 0;
	}
}

void blocks_bytes(struct blocks *b, const void *bytes, size_t n)
{
	assert(b->n + n <= sizeof(b->bytes));
	if (n)
		memcpy(b->bytes + b->n, bytes, n);
	b->n += n;
}

static void pad(struct blocks *b)
{
	while ((b->n - b->begin) % 4)
		blocks_put(b, 0, 1);
}

void blocks_begin(struct blocks *b, uint32_t type)
{
	b->begin = b->n;
	blocks_put(b, type, 4);
	blocks_put(b, 0, 4);
}

void blocks_end(struct blocks *b)
{
	size_t end, total;

	pad(b);
	total = b->n + 4 - b->begin;
	blocks_put(b, total, 4);
	end = b->n;
	b->n = b->begin + 4;
	blocks_put(b, total, 4);
	b->n = end;
}

void blocks_option(struct blocks *b, uint16_t code, const void *bytes, size_t n)
{
	blocks_put(b, code, 2);
	blocks_put(b, n, 2);
	blocks_bytes(b, bytes, n);
	pad(b);
}

void blocks_option_number(struct blocks *b, uint16_t code, uint64_t value,
			  size_t n)
{
	blocks_put(b, code, 2);
	blocks_put(b, n, 2);
	blocks_put(b, value, n);
	pad(b);
}

void blocks_options_end(struct blocks *b)
{
	blocks_put(b, 0, 4);
}

void blocks_section(struct blocks *b)
{
	blocks_begin(b, 0x0a0d0d0a);
	blocks_put(b, 0x1a2b3c4d, 4);
	blocks_put(b, 1, 2);
	blocks_put(b, 0, 2);
	blocks_put(b, UINT64_MAX, 8);
	blocks_end(b);
}

void blocks_interface(struct blocks *b, uint16_t linktype, uint32_t snaplen)
{
	blocks_begin(b, 1);
	blocks_put(b, linktype, 2);
	blocks_put(b, 0, 2);
	blocks_put(b, snaplen, 4);
	blocks_end(b);
}

static void count_up(struct blocks *b, uint8_t first, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		blocks_put(b, (uint8_t)(first + i), 1);
}

void blocks_packet(struct blocks *b, uint32_t interface, uint64_t ticks,
		   uint8_t first, uint32_t n)
{
	blocks_begin(b, 6);
	blocks_put(b, interface, 4);
	blocks_put(b, ticks >> 32, 4);
	blocks_put(b, ticks & UINT32_MAX, 4);
	blocks_put(b, n, 4);
	blocks_put(b, n, 4);
	count_up(b, first, n);
	blocks_end(b);
}

void blocks_pcap_header(struct blocks *b)
{
	blocks_pcap_header_of(b, 0xa1b2c3d4);
}

void blocks_pcap_header_of(struct blocks *b, uint32_t magic)
{
	blocks_put(b, magic, 4);
	blocks_put(b, 2, 2);
	blocks_put(b, 4, 2);
	blocks_put(b, 0, 8);
	blocks_put(b, 65535, 4);
	blocks_put(b, 1, 4);
}

void blocks_pcap_record(struct blocks *b, uint32_t seconds, uint8_t first,
			uint32_t n)
{
	blocks_put(b, seconds, 4);
	blocks_put(b, 0, 4);
	blocks_put(b, n, 4);
	blocks_put(b, n, 4);
	count_up(b, first, n);
}
