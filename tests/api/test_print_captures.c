// SPDX-License-Identifier: BSD-2-Clause
/*
 * Every printer with every packet of tests/data, as it is and with hostile
 * bytes: nothing but printable ASCII comes out, and a text that was cut is the
 * beginning of the whole one, in a buffer that ends at an unmapped page.
 */
#include <stdlib.h>
#include <string.h>

#include <pktcap/decode.h>
#include <pktcap/print.h>

#include "support/captures.h"
#include "support/guard.h"
#include "support/rows.h"

enum { TEXT_MAX = 1 << 20, PACKET_MAX = 65536, COLUMNS = 80 };

/* Sizes that are left out between small and whole. */
#ifdef __SANITIZE_ADDRESS__
enum { STEPS = 3 };
#else
enum { STEPS = 17 };
#endif

typedef int (*printer)(const struct pktcap_packet *pkt,
		       const struct pktcap_layer *layers, size_t n,
		       const struct pktcap_print_opts *opts, char *buf,
		       size_t size);

static int print_dump(const struct pktcap_packet *pkt,
		      const struct pktcap_layer *layers, size_t n,
		      const struct pktcap_print_opts *opts, char *buf,
		      size_t size)
{
	enum pktcap_hex form = PKTCAP_HEX;

	(void)layers;
	(void)n;
	if (opts->flags & PKTCAP_PRINT_VERBOSE)
		form = PKTCAP_HEX_ASCII;
	if (opts->flags & PKTCAP_PRINT_QUICK)
		form = PKTCAP_ASCII;
	return pktcap_print_hex(pkt->data, pkt->caplen, form, buf, size);
}

static struct row {
	const char *name;
	printer print;
	const char *controls; /* that may be in a text */
	size_t columns;	      /* in a line; 0: any number */
} rows[] = {
	{ "line", pktcap_print_line, "\n\t", 0 },
	{ "tree", pktcap_print_tree, "\n", 0 },
	{ "boxes", pktcap_print_boxes, "\n", COLUMNS },
	{ "json", pktcap_print_json, "", 0 },
	{ "hex", print_dump, "\n\t", 0 },
};

/* Ends at an unmapped page, as the texts in it do. */
static char *buffer;
static char *whole;

static void check_text(const struct row *row, const char *path, size_t len)
{
	size_t column = 0;

	for (size_t i = 0; i < len; i++) {
		char c = whole[i];

		if (!c || ((c < ' ' || c > '~') && !strchr(row->controls, c)))
			fail_msg("%s: byte 0x%02x at %zu", path, c & 0xff, i);
		column = c == '\n' ? 0 : column + 1;
		if (row->columns && column > row->columns)
			fail_msg("%s: a long line:\n%s", path, whole);
	}
}

static void check_size(const struct row *row, const char *path,
		       const struct pktcap_packet *pkt,
		       const struct pktcap_layer *layers, size_t n,
		       const struct pktcap_print_opts *opts, size_t len,
		       size_t size)
{
	char *cut = buffer + TEXT_MAX - size;
	size_t kept = size > len ? len : size - 1;
	int ret = row->print(pkt, layers, n, opts, cut, size);

	if (ret != (int)len)
		fail_msg("%s: %d bytes of %zu", path, ret, len);
	if (size && (memcmp(cut, whole, kept) || cut[kept]))
		fail_msg("%s: other text in %zu bytes", path, size);
}

static void check_packet(const struct row *row, const char *path,
			 const struct pktcap_packet *pkt, uint32_t flags)
{
	struct pktcap_print_opts opts = PKTCAP_PRINT_OPTS(.flags = flags);
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
	int ret = row->print(pkt, layers, n, &opts, whole, TEXT_MAX);
	size_t len = (size_t)ret;

	assert_in_range(ret, 0, TEXT_MAX - 2);
	assert_int_equal(strlen(whole), len);
	check_text(row, path, len);
	for (size_t size = 0; size < len; size += len / STEPS + 1)
		check_size(row, path, pkt, layers, n, &opts, len, size);
	check_size(row, path, pkt, layers, n, &opts, len, len);
	check_size(row, path, pkt, layers, n, &opts, len, len + 1);
}

/* Behind the first headers each byte becomes one that terminals obey. */
static void check_hostile(const struct row *row, const char *path,
			  const struct pktcap_packet *pkt)
{
	static const char bad[] = "\033\a\r\n\t\"\\\x7f\x80\x9b\xff\0<";
	static uint8_t bytes[PACKET_MAX];
	struct pktcap_packet hostile = *pkt;

	assert_true(pkt->caplen <= PACKET_MAX);
	memcpy(bytes, pkt->data, pkt->caplen);
	for (uint32_t i = 60; i < pkt->caplen; i++)
		if (i % 3)
			bytes[i] = (uint8_t)bad[i % sizeof(bad)];
	hostile.data = bytes;
	check_packet(row, path, &hostile, 0);
	for (uint32_t len = 13; len < pkt->caplen; len += 11) {
		hostile.caplen = len;
		check_packet(row, path, &hostile, PKTCAP_PRINT_VERBOSE);
	}
}

static int check_forms(void *arg, const char *path,
		       const struct pktcap_packet *pkt)
{
	const struct row *row = arg;

	check_packet(row, path, pkt, 0);
	check_packet(row, path, pkt, PKTCAP_PRINT_VERBOSE);
	check_packet(row, path, pkt, PKTCAP_PRINT_QUICK);
	check_hostile(row, path, pkt);
	return 0;
}

static void run(void **state)
{
	assert_int_equal(captures_each(check_forms, *state), 0);
}

int main(void)
{
	struct CMUnitTest tests[8];
	size_t n = 0;
	int ret;

	whole = malloc(TEXT_MAX);
	if (!whole)
		return EXIT_FAILURE;
	memset(whole, 0, TEXT_MAX);
	buffer = (char *)guard_copy(whole, TEXT_MAX);
	ADD_ROWS(tests, n, rows, run);
	ret = _cmocka_run_group_tests("print_captures", tests, n, NULL, NULL);
	guard_free((uint8_t *)buffer, TEXT_MAX);
	free(whole);
	return ret;
}
