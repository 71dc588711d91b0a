/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Many packets of a link type: those of packets.h with all link headers and
 * some that were recorded, cut off after each byte, and with bytes changed
 * where fields are.
 */
#ifndef TESTS_SUPPORT_CORPUS_H
#define TESTS_SUPPORT_CORPUS_H

#include <stdint.h>

#include <pktcap/base.h>

struct corpus_packet {
	const char *name;
	const uint8_t *bytes;
	uint32_t caplen, wirelen;
};

struct corpus {
	struct corpus_packet *packets;
	uint32_t n;
	uint32_t whole; /* the first ones: neither cut off here nor changed */
	uint8_t *bytes;
};

/* At least @least packets, the same ones each time. */
void corpus_build(struct corpus *corpus, uint32_t linktype, uint32_t least);
void corpus_free(struct corpus *corpus);

#endif
