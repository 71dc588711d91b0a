// SPDX-License-Identifier: BSD-2-Clause
#include "proto/checksum.h"

/* 32 bits are added to 64, so that no carry is lost below 32 GiB. */
static inline uint64_t eight_bytes(const uint8_t *p)
{
	uint64_t word;

	memcpy(&word, p, 8);
	return (word & UINT32_MAX) + (word >> 32);
}

/* The last bytes, less than 16, as if zeros followed. */
static inline uint64_t last_bytes(const uint8_t *p, size_t n)
{
	uint64_t sum = 0;
	uint32_t four;
	uint16_t two;

	if (n & 8) {
		sum = eight_bytes(p);
		p += 8;
	}
	if (n & 4) {
		memcpy(&four, p, 4);
		sum += four;
		p += 4;
	}
	if (n & 2) {
		memcpy(&two, p, 2);
		sum += two;
		p += 2;
	}
	if (n & 1)
		sum += le16toh(*p);
	return sum;
}

uint64_t inet_sum(uint64_t sum, struct bytes b)
{
	for (; b.n >= 16; b.n -= 16) {
		sum += eight_bytes(b.p) + eight_bytes(b.p + 8);
		b.p += 16;
	}
	/* Of no bytes there may be no address. */
	return b.n ? sum + last_bytes(b.p, b.n) : sum;
}

uint32_t crc32c(uint32_t crc, struct bytes b)
{
	/* Of each four bits, for the polynomial 0x82f63b78. */
	static const uint32_t table[16] = {
		0x00000000, 0x105ec76f, 0x20bd8ede, 0x30e349b1,
		0x417b1dbc, 0x5125dad3, 0x61c69362, 0x7198540d,
		0x82f63b78, 0x92a8fc17, 0xa24bb5a6, 0xb21572c9,
		0xc38d26c4, 0xd3d3e1ab, 0xe330a81a, 0xf36e6f75,
	};

	for (size_t i = 0; i < b.n; i++) {
		crc ^= b.p[i];
		crc = crc >> 4 ^ table[crc & 15];
		crc = crc >> 4 ^ table[crc & 15];
	}
	return crc;
}

uint32_t sctp_crc(struct bytes packet)
{
	static const uint8_t zeros[4];
	const size_t at = SCTP_CHECKSUM_AT;
	uint32_t crc = crc32c(UINT32_MAX, bytes_slice(packet, 0, at));

	crc = crc32c(crc, (struct bytes){ zeros, sizeof(zeros) });
	return ~crc32c(crc, bytes_slice(packet, at + 4, SIZE_MAX));
}
