// SPDX-License-Identifier: BSD-2-Clause
/* HTTP/1: text on a port of TCP, layers and fields. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "support/decode_row.h"
#include "support/rows.h"

struct row {
	const char *name;
	unsigned int port;
	const char *text;
	unsigned int missing; /* bytes that were not captured */
	const char *layers;
	const char *fields;
};

#define GET "method=\"GET\" target=\"/\" version=\"HTTP/1.1\" "
#define OK "version=\"HTTP/1.1\" status=200 reason=\"OK\" "

static const struct row rows[] = {
	{ "a request", 80, "GET / HTTP/1.1\r\nHost:  a.b \r\nX:\r\n\r\n", 0,
	  "ipv4 tcp http",
	  GET "headers=[{name=\"Host\" value=\"a.b\"} {name=\"X\"}]"
	      " complete=1" },
	{ "a response on any port", 12345,
	  "HTTP/1.1 200 OK\r\nServer: x\r\n\r\nbody", 0, "ipv4 tcp http data",
	  OK "headers=[{name=\"Server\" value=\"x\"}] complete=1" },
	{ "no reason", 80, "HTTP/1.0 404\r\n\r\n", 0, "ipv4 tcp http",
	  "version=\"HTTP/1.0\" status=404 headers=[] complete=1" },
	{ "lines that end in LF alone", 80, "GET / HTTP/1.1\nHost: a\n\n", 0,
	  "ipv4 tcp http",
	  GET "headers=[{name=\"Host\" value=\"a\"}] complete=1" },
	{ "a folded line", 80, "GET / HTTP/1.1\r\nA: b\r\n c\r\nD: e\r\n\r\n",
	  0, "ipv4 tcp http",
	  GET "headers=[{name=\"A\" value=\"b\r\n c\"} {name=\"D\""
	      " value=\"e\"}] complete=1" },
	{ "a line without a colon", 80, "GET / HTTP/1.1\r\nwhat\r\n\r\n", 0,
	  "ipv4 tcp http", GET "headers=[{value=\"what\"}] complete=1" },
	{ "a header that goes on in the next segment", 80,
	  "GET / HTTP/1.1\r\nA: b\r\nHos", 0, "ipv4 tcp http",
	  GET "headers=[{name=\"A\" value=\"b\"}] partial=\"Hos\""
	      " complete=0" },
	{ "a header of whole lines that goes on", 80,
	  "GET / HTTP/1.1\r\nA: b\r\n", 0, "ipv4 tcp http",
	  GET "headers=[{name=\"A\" value=\"b\"}] complete=0" },
	{ "a header that the capture cut", 80, "GET / HTTP/1.1\r\nA: b\r\nHos",
	  9, "ipv4 tcp http:truncated",
	  GET "headers=[{name=\"A\" value=\"b\"}] partial=\"Hos\""
	      " complete=0" },
	{ "a body that the capture cut", 80, "HTTP/1.1 200 OK\r\n\r\nbo", 2,
	  "ipv4 tcp http data", OK "headers=[] complete=1" },
	{ "half a request line", 80, "POST /inde", 0, "ipv4 tcp http",
	  "method=\"POST\" target=\"/inde\" headers=[] complete=0" },
	{ "half a version", 80, "GET /a HTT", 0, "ipv4 tcp http",
	  "method=\"GET\" target=\"/a\" headers=[] complete=0" },
	{ "nearly a version", 80, "GET /a HTTP/1.", 0, "ipv4 tcp http",
	  "method=\"GET\" target=\"/a\" headers=[] complete=0" },
	{ "a path that ends like a version", 80, "GET /HTT", 0, "ipv4 tcp http",
	  "method=\"GET\" target=\"/HTT\" headers=[] complete=0" },
	{ "a cut word that is no version", 80, "GET /a HTx", 0, "ipv4 tcp http",
	  "method=\"GET\" target=\"/a HTx\" headers=[] complete=0" },
	{ "half a line with a URI", 12345, "GET http://exam", 0,
	  "ipv4 tcp http",
	  "method=\"GET\" target=\"http://exam\" headers=[] complete=0" },
	{ "half a line of another protocol", 12345, "GET key1 key2", 0,
	  "ipv4 tcp data", NULL },
	{ "requests behind each other", 80,
	  "GET /a HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n", 0,
	  "ipv4 tcp http http",
	  "method=\"GET\" target=\"/a\" version=\"HTTP/1.1\" headers=[]"
	  " complete=1" },
	{ "HTTP/0.9", 80, "GET /a\r\n", 0, "ipv4 tcp http",
	  "method=\"GET\" target=\"/a\" headers=[] complete=1" },
	{ "a method of an extension", 80, "M-FOO * HTTP/1.1\r\n\r\n", 0,
	  "ipv4 tcp http",
	  "method=\"M-FOO\" target=\"*\" version=\"HTTP/1.1\" headers=[]"
	  " complete=1" },
	{ "the preface of HTTP/2", 80, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nframe",
	  0, "ipv4 tcp http data",
	  "method=\"PRI\" target=\"*\" version=\"HTTP/2.0\" headers=[]"
	  " complete=1" },
	{ "a body that looks like a line", 80,
	  "HTTP/1.1 200 OK\r\n\r\nGET up\r\n", 0, "ipv4 tcp http data", NULL },
	{ "RTSP", 554, "OPTIONS rtsp://a/ RTSP/1.0\r\n\r\n", 0, "ipv4 tcp data",
	  NULL },
	{ "SMTP", 80, "HELO example.com\r\n", 0, "ipv4 tcp data", NULL },
	{ "words", 80, "GET well soon\r\n", 0, "ipv4 tcp data", NULL },
	{ "a method in small letters", 80, "get / HTTP/1.1\r\n\r\n", 0,
	  "ipv4 tcp data", NULL },
	{ "a status that is no number", 80, "HTTP/1.1 2x0 OK\r\n\r\n", 0,
	  "ipv4 tcp data", NULL },
	{ "another version", 80, "HTTP/x.1 200 OK\r\n\r\n", 0, "ipv4 tcp data",
	  NULL },
	{ "nothing but the method", 80, "GET", 0, "ipv4 tcp data", NULL },
};

/* The same as a row of bytes. */
static struct decode_row as_bytes(const struct row *row, char *hex, size_t size)
{
	size_t len = strlen(row->text);
	int n = snprintf(hex, size,
			 "4500 %04zx 00010000 4006 0000 0a000001 0a000002"
			 "c000 %04x 00000001 00000002 5018 1000 0000 0000",
			 40 + len + row->missing, row->port);

	for (size_t i = 0; i < len; i++)
		n += snprintf(hex + n, size - (size_t)n, "%02x", row->text[i]);
	return (struct decode_row){
		.name = row->name,
		.linktype = PKTCAP_LINKTYPE_IPV4,
		.hex = hex,
		.wirelen = (uint32_t)(40 + len + row->missing),
		.layers = row->layers,
		.shown = 2,
		.fields = row->fields,
	};
}

static void test_row(void **state)
{
	char hex[1024];
	struct decode_row row = as_bytes(*state, hex, sizeof(hex));
	void *p = &row;

	test_decode_row(&p);
}

static bool is(const uint8_t *p, uint32_t len, const char *want)
{
	return len == strlen(want) && !memcmp(p, want, len);
}

static const struct pktcap_layer *http_of(const char *text, uint8_t *bytes,
					  struct pktcap_layer *layers)
{
	const struct row row = { .port = 80, .text = text };
	struct pktcap_packet pkt;
	char hex[1024];
	struct decode_row decode = as_bytes(&row, hex, sizeof(hex));
	size_t n = decode_row(&decode, bytes, &pkt, layers);

	assert_int_equal(n, 3);
	return &layers[2];
}

static void test_get(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	uint8_t bytes[DECODE_ROW_BYTES];
	const struct pktcap_layer *layer;
	struct pktcap_http http;

	(void)state;
	layer = http_of("PUT /x HTTP/1.0\r\n\r\n", bytes, layers);
	assert_int_equal(pktcap_http_get(layer, &http), 0);
	assert_true(is(http.method, http.method_len, "PUT"));
	assert_true(is(http.target, http.target_len, "/x"));
	assert_null(http.reason);
	assert_int_equal(http.response, 0);
	assert_int_equal(http.status, 0);
	assert_int_equal(http.version_major, 1);
	assert_int_equal(http.version_minor, 0);
	assert_int_equal(http.complete, 1);
	layer = http_of("HTTP/1.1 404 Not Found\r\nA", bytes, layers);
	assert_int_equal(pktcap_http_get(layer, &http), 0);
	assert_null(http.method);
	assert_null(http.target);
	assert_true(is(http.reason, http.reason_len, "Not Found"));
	assert_int_equal(http.response, 1);
	assert_int_equal(http.status, 404);
	assert_int_equal(http.version_minor, 1);
	assert_int_equal(http.complete, 0);
	assert_int_equal(pktcap_http_get(&layers[1], &http), -EPROTOTYPE);
}

static void test_headers(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	uint8_t bytes[DECODE_ROW_BYTES];
	const struct pktcap_layer *layer;
	struct pktcap_http_header header;
	uint32_t at = 0;

	(void)state;
	layer = http_of("GET / HTTP/1.1\r\nA: b\r\nC:\r\nD", bytes, layers);
	assert_int_equal(pktcap_http_header_next(layer, &at, &header), 1);
	assert_true(is(header.name, header.name_len, "A"));
	assert_true(is(header.value, header.value_len, "b"));
	assert_int_equal(header.offset, 16);
	assert_int_equal(pktcap_http_header_next(layer, &at, &header), 1);
	assert_true(is(header.name, header.name_len, "C"));
	assert_null(header.value);
	assert_int_equal(header.value_len, 0);
	assert_int_equal(pktcap_http_header_next(layer, &at, &header),
			 -ENODATA);
	assert_int_equal(pktcap_http_header_next(layer, &at, &header),
			 -ENODATA);
	assert_int_equal(pktcap_http_header_next(&layers[1], &at, &header),
			 -EPROTOTYPE);
}

int main(void)
{
	struct CMUnitTest all[64] = {
		cmocka_unit_test(test_get),
		cmocka_unit_test(test_headers),
	};
	size_t n = 2;

	ADD_ROWS(all, n, rows, test_row);
	return _cmocka_run_group_tests("http", all, n, NULL, NULL);
}
