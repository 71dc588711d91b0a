/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of decoders as rows: bytes, and what they are taken for. */
#ifndef TESTS_SUPPORT_DECODE_ROW_H
#define TESTS_SUPPORT_DECODE_ROW_H

#include <stdint.h>

#include <pktcap/decode.h>

struct decode_row {
	const char *name;
	uint32_t linktype;
	const char *hex;
	/* Bytes on the wire, where more than there are in hex. */
	uint32_t wirelen;
	/* "ipv4 tcp:truncated": all layers, with what is not ok. Flags stand
	 * behind: '/' fragment, '+' first fragment, '>' beyond, '"' quoted. */
	const char *layers;
	/* A layer's number, and all of its fields: "ttl=64
	 * options=[{kind=1}]". Empty if nobody wants to know. */
	unsigned int shown;
	const char *fields;
};

/* The test of such a row; @state points to it. */
void test_decode_row(void **state);
/* Decodes the row into @layers, and returns how many; @bytes holds it. */
size_t decode_row(const struct decode_row *row, uint8_t *bytes,
		  struct pktcap_packet *pkt, struct pktcap_layer *layers);

enum { DECODE_ROW_BYTES = 512 };

#endif
