// SPDX-License-Identifier: BSD-2-Clause
#include "support/layers.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is built already, at the end of the buffer. */
struct stack {
	uint8_t bytes[LAYERS_MAX];
	size_t at;
	unsigned int type;     /* the EtherType of what begins there */
	unsigned int protocol; /* the same in IP */
	unsigned int ppp;
};

struct layer {
	const char *name;
	const char *header; /* hexadecimal; letters are filled in, see fill() */
	unsigned int type, protocol, ppp;
};

/*
 * TTTT EtherType and PP protocol of what follows, llll its length, LLLL with
 * this header, MMMM without the first bytes, NNNN the number behind the colon.
 */
static const struct layer layers[] = {
	{ "eth", "020000000002020000000001TTTT", 0x6558, 0, 0 },
	{ "vlan", "NNNNTTTT", 0x8100, 0, 0 },
	{ "qinq", "NNNNTTTT", 0x88a8, 0, 0 },
	{ "old", "NNNNTTTT", 0x9100, 0, 0 },
	{ "sll", "00000001000602000000000 10000TTTT", 0, 0, 0 },
	{ "sll2", "TTTT00000000000100010006020000000001 0000", 0, 0, 0 },
	{ "ip4", "4500LLLL1234000040PP0000 0aNNNN01 0aNNNN02", 0x0800, 4,
	  0x21 },
	/* With four bytes of options. */
	{ "ip4opt", "4600LLLL1234000040PP0000 0aNNNN01 0aNNNN02 01010101",
	  0x0800, 4, 0x21 },
	{ "ip4later", "4500LLLL1234001040PP0000 0aNNNN01 0aNNNN02", 0x0800, 4,
	  0x21 },
	{ "ip6",
	  "60000000llllPP40 20010db8NNNN00000000000000000001"
	  "20010db8NNNN00000000000000000002",
	  0x86dd, 41, 0x57 },
	{ "hop", "PP00010400000000", 0, 0, 0 },
	{ "hop16", "PP01010c000000000000000000000000", 0, 0, 0 },
	{ "dst", "PP00010400000000", 0, 60, 0 },
	{ "rt", "PP00000000000000", 0, 43, 0 },
	{ "frag", "PP00000112345678", 0, 44, 0 },
	{ "later", "PP00001012345678", 0, 44, 0 },
	{ "ah", "PP04000000000001000000020102030405060708090a0b0c", 0, 51, 0 },
	{ "arp", "0001080006040001 020000000001 0aNNNN01 020000000002 0aNNNN02",
	  0x0806, 0, 0 },
	{ "tcp", "03e8NNNN 0102030405060708 5002 2000 00000000", 0, 6, 0 },
	{ "tcp16",
	  "03e8NNNN 0102030405060708 9010 2000 00000000"
	  "0101080a000000010000000202020202",
	  0, 6, 0 },
	{ "udp", "03e8NNNNLLLL0000", 0, 17, 0 },
	{ "sctp", "03e8NNNN0000000100000000", 0, 132, 0 },
	{ "icmp", "0800000000010001", 0, 1, 0 },
	{ "icmp6", "8000000000010001", 0, 58, 0 },
	{ "esp", "0000000100000001", 0, 50, 0 },
	{ "vxlan", "080000000 0NNNN00", 0, 0, 0 },
	{ "geneve", "0000TTTT00NNNN00", 0, 0, 0 },
	{ "geneve8", "0200TTTT00NNNN00 0102000101020304", 0, 0, 0 },
	{ "geneve1", "4000TTTT00NNNN00", 0, 0, 0 }, /* of version 1 */
	{ "gre", "0000TTTT", 0, 47, 0 },
	{ "gre4", "0004TTTT", 0, 47, 0 }, /* of version 4 */
	{ "grekey", "2000TTTT0000NNNN", 0, 47, 0 },
	{ "greall", "b000TTTT000000000000NNNN00000001", 0, 47, 0 },
	{ "pptp", "3001880bllllNNNN00000001", 0, 47, 0 },
	{ "gtp", "30ffllll0000NNNN", 0, 0, 0 },
	{ "gtpseq", "32ffMMMM0000NNNN00010000", 0, 0, 0 },
	{ "gtpext", "34ffMMMM0000NNNN00000085 01000900", 0, 0, 0 },
	{ "gtpext2", "34ffMMMM0000NNNN00000085 01000985 0200000000000000", 0, 0,
	  0 },
	{ "gtpext3", "34ffMMMM0000NNNN00000085 01000985 01000985 01000900", 0,
	  0, 0 },
	{ "gtpecho", "3201MMMM0000NNNN00010000", 0, 0, 0 },
	{ "mpls", "0NNNN040", 0x8847, 137, 0x281 },
	{ "bottom", "0NNNN140", 0x8847, 137, 0x281 },
	{ "control", "00000000", 0, 0, 0 },
	{ "pppoes", "1100NNNNMMMMPPPP", 0x8864, 0, 0 },
	{ "data", "68656c6c6f20776f726c6421", 0x88b5, 253, 0 },
};

static unsigned int digit(char c)
{
	return c <= '9' ? (unsigned int)(c - '0')
			: (unsigned int)(c - 'a') + 10;
}

/* What stands at a letter: one of the digits of a number. */
static unsigned int fill(const struct stack *s, const struct layer *layer,
			 const char *p, unsigned int number, size_t own)
{
	bool is_ppp = !strcmp(layer->name, "pppoes");
	size_t behind = 0, len = LAYERS_MAX - s->at;

	while (p[behind + 1] == p[0])
		behind++;
	switch (*p) {
	case 'T':
		return s->type >> 4 * behind & 15;
	case 'P':
		return (is_ppp ? s->ppp : s->protocol) >> 4 * behind & 15;
	case 'M':
		return (unsigned int)((len + own - (is_ppp ? 6 : 8)) >>
				      4 * behind) &
		       15;
	case 'L':
		return (unsigned int)((len + own) >> 4 * behind) & 15;
	case 'l':
		return (unsigned int)(len >> 4 * behind) & 15;
	case 'N':
		return number >> 4 * behind & 15;
	default:
		return digit(*p);
	}
}

static void put(struct stack *s, const struct layer *layer, unsigned int number)
{
	char header[128];
	size_t n = 0;

	for (const char *p = layer->header; *p; p++)
		if (*p != ' ')
			header[n++] = *p;
	header[n] = '\0';
	for (size_t i = n; i; i -= 2) {
		unsigned int high, low;

		high = fill(s, layer, &header[i - 2], number, n / 2);
		low = fill(s, layer, &header[i - 1], number, n / 2);
		s->bytes[s->at - 1 - (n - i) / 2] = (uint8_t)(high << 4 | low);
	}
	s->at -= n / 2;
	s->type = layer->type;
	s->protocol = layer->protocol;
	s->ppp = layer->ppp;
}

static void put_word(struct stack *s, const char *word, size_t n)
{
	size_t name = strcspn(word, ": ");
	unsigned int number = 0;

	if (name < n)
		number = (unsigned int)strtoul(word + name + 1, NULL, 10);
	for (size_t i = 0; i < sizeof(layers) / sizeof(layers[0]); i++) {
		if (strlen(layers[i].name) != name ||
		    strncmp(layers[i].name, word, name) != 0)
			continue;
		put(s, &layers[i], number);
		return;
	}
	fprintf(stderr, "no layer is called '%.*s'\n", (int)n, word);
	abort();
}

size_t layers_build(const char *words, uint8_t out[LAYERS_MAX])
{
	struct stack s = { .at = LAYERS_MAX };
	size_t end = strlen(words);

	while (end) {
		size_t start = end;

		while (start && words[start - 1] != ' ')
			start--;
		put_word(&s, words + start, end - start);
		end = start ? start - 1 : 0;
	}
	memcpy(out, s.bytes + s.at, LAYERS_MAX - s.at);
	return LAYERS_MAX - s.at;
}
