/* SPDX-License-Identifier: BSD-2-Clause */
/* What tests of builders ask: the bytes, or the failure in words. */
#ifndef TESTS_SUPPORT_BUILT_H
#define TESTS_SUPPORT_BUILT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <pktcap/build.h>

/* Finishes @build, whose bytes are @hex: digits, spaces do not count. */
static inline void built_is(struct pktcap_build *build, const char *hex)
{
	int len = pktcap_build_finish(build);
	char text[1024] = "", want[1024];
	size_t n = 0;

	for (const char *p = hex; *p && n < sizeof(want) - 1; p++)
		if (*p != ' ')
			want[n++] = *p;
	want[n] = '\0';
	assert_in_range(len, 0, (sizeof(text) - 1) / 2);
	for (int i = 0; i < len; i++)
		snprintf(text + 2 * (size_t)i, 3, "%02x", build->data[i]);
	assert_string_equal(text, want);
}

static inline void built_fails(struct pktcap_build *build, int code,
			       const char *text)
{
	struct pktcap_error error = { 0 };

	assert_int_equal(pktcap_build_finish(build), code);
	assert_int_equal(pktcap_build_error(build, &error), code);
	assert_int_equal(error.code, code);
	assert_string_equal(error.text, text);
}

/* What is built begins with the header of this link type. */
static inline void built_has_linktype(void (*put)(struct pktcap_build *),
				      uint16_t linktype)
{
	uint8_t bytes[256];
	struct pktcap_build build;
	struct pktcap_packet pkt;

	pktcap_build_start(&build, bytes, sizeof(bytes));
	put(&build);
	assert_true(pktcap_build_finish(&build) > 0);
	assert_int_equal(pktcap_build_packet(&build, &pkt), 0);
	assert_int_equal(pkt.linktype, linktype);
}

/* A packet, its bytes, or how it fails. */
struct built_row {
	const char *name;
	void (*put)(struct pktcap_build *build); /* appends its headers */
	const char *hex;			 /* or the failure's text */
	int code;
};

static inline void built_row_run(void **state)
{
	static uint8_t packet[4096];
	const struct built_row *row = *state;
	struct pktcap_build build;

	memset(packet, 0xee, sizeof(packet));
	pktcap_build_start(&build, packet, sizeof(packet));
	row->put(&build);
	if (row->code)
		built_fails(&build, row->code, row->hex);
	else
		built_is(&build, row->hex);
}

#endif
