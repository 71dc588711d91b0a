/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every printer with every flag over any packet: the length it announces is
 * the one it writes, and nothing of the packet reaches a terminal raw.
 */
#ifndef TESTS_SUPPORT_EXAMINE_PRINT_H
#define TESTS_SUPPORT_EXAMINE_PRINT_H

#include <pktcap/print.h>

#include "support/examine.h"

typedef int (*examine_printer)(const struct pktcap_packet *pkt,
			       const struct pktcap_layer *layers, size_t n,
			       const struct pktcap_print_opts *opts, char *buf,
			       size_t size);

static void examine_text_must(bool ok, const char *what, const char *text)
{
	if (ok)
		return;
	fprintf(stderr, "%s in:\n%s\n", what, text);
	abort();
}

/* What hexadecimal dumps and trees have besides printable characters. */
static bool examine_is_plain(char c)
{
	return (c >= ' ' && c <= '~') || c == '\n' || c == '\t';
}

static void examine_text(const char *text, int len)
{
	examine_text_must(strlen(text) == (size_t)len, "another length", text);
	for (const char *p = text; *p; p++)
		examine_text_must(examine_is_plain(*p), "a raw byte", text);
}

/* @draw says where the text is cut a second time. */
static void examine_printed(examine_printer print,
			    const struct pktcap_packet *pkt,
			    const struct pktcap_layer *layers, size_t n,
			    const struct pktcap_print_opts *opts, size_t draw)
{
	int len = print(pkt, layers, n, opts, NULL, 0);
	size_t size = (size_t)len + 1, cut;
	char *text, *start;

	if (len < 0)
		abort();
	/* Exactly the room it asks for: a sanitizer sees one byte more. */
	text = malloc(size);
	if (!text || print(pkt, layers, n, opts, text, size) != len)
		abort();
	examine_text(text, len);
	cut = draw % size;
	start = malloc(cut + 1);
	if (!start || print(pkt, layers, n, opts, start, cut + 1) != len)
		abort();
	examine_text_must(strlen(start) == cut && !memcmp(start, text, cut),
			  "cut elsewhere", start);
	free(start);
	free(text);
}

static void examine_hex(const struct pktcap_packet *pkt)
{
	for (int form = PKTCAP_HEX; form <= PKTCAP_ASCII; form++) {
		int len = pktcap_print_hex(pkt->data, pkt->caplen,
					   (enum pktcap_hex)form, NULL, 0);
		char *text = malloc((size_t)len + 1);

		if (!text)
			abort();
		pktcap_print_hex(pkt->data, pkt->caplen, (enum pktcap_hex)form,
				 text, (size_t)len + 1);
		examine_text(text, len);
		free(text);
	}
}

/* One printer for each packet, as @draw says: a fuzzer comes by again. */
static inline void examine_print(const struct pktcap_packet *pkt,
				 uint32_t flags, size_t draw)
{
	static const examine_printer printers[] = {
		pktcap_print_line,
		pktcap_print_boxes,
		pktcap_print_tree,
		pktcap_print_json,
	};
	const size_t n_printers = sizeof(printers) / sizeof(printers[0]);
	const struct pktcap_print_opts opts = {
		.size = sizeof(opts),
		.flags = flags & (PKTCAP_PRINT_COLOUR - 1),
	};
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
	size_t which = draw % (n_printers + 1);

	if (which == n_printers)
		examine_hex(pkt);
	else
		examine_printed(printers[which], pkt, layers, n, &opts, draw);
}

#endif
