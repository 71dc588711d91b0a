// SPDX-License-Identifier: BSD-2-Clause
/* Addresses and ports of packets, and both directions of a conversation. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <pktcap/print.h>

#include "support/decode_row.h"
#include "support/rows.h"

#define IPV4 PKTCAP_LINKTYPE_IPV4
#define IPV6 PKTCAP_LINKTYPE_IPV6
#define IP4(proto) "4500 0000 00010000 40" proto "0000 0a000001 0a000002 "
#define UDP "1000 1001 0008 0000"

/* .layers is "protocol source port > destination port" here. */
static const struct decode_row rows[] = {
	{ "udp", IPV4, IP4("11") UDP, 0, "4 17 0a000001 4096 > 0a000002 4097",
	  0, NULL },
	{ "tcp that was cut behind its ports", IPV4, IP4("06") "1000 1001", 40,
	  "4 6 0a000001 4096 > 0a000002 4097", 0, NULL },
	{ "icmp", IPV4, IP4("01") "0800 0000 0001 0001", 0,
	  "4 1 0a000001 0 > 0a000002 0", 0, NULL },
	{ "the packet that icmp quotes is not it", IPV4,
	  IP4("01") "0303 0000 00000000"
		    "45000000 00010000 40110000 01010101 02020202" UDP,
	  0, "4 1 0a000001 0 > 0a000002 0", 0, NULL },
	{ "unknown protocol", IPV4, IP4("fd") "0000", 0,
	  "4 253 0a000001 0 > 0a000002 0", 0, NULL },
	{ "fragment", IPV4, "4500 0000 00010001 40110000 0a000001 0a000002" UDP,
	  0, "4 17 0a000001 0 > 0a000002 0", 0, NULL },
	{ "ip in ip", IPV4,
	  IP4("04") "45000000 00010000 40110000 01010101 02020202" UDP, 0,
	  "4 17 01010101 4096 > 02020202 4097", 0, NULL },
	{ "ipv6", IPV6,
	  "60000000 0008 11 40 fe800000000000000000000000000001"
	  "ff020000000000000000000000000002" UDP,
	  0,
	  "6 17 fe800000000000000000000000000001 4096 >"
	  " ff020000000000000000000000000002 4097",
	  0, NULL },
	{ "not ip", PKTCAP_LINKTYPE_ETHERNET,
	  "020000000001 020000000002 88b5 0000", 0, "none", 0, NULL },
	{ "addresses cut", IPV4, "4500 0000 00010000 40110000 0a000001", 40,
	  "none", 0, NULL },
};

static size_t put_address(char *s, const uint8_t *address, uint8_t version)
{
	size_t n = 0;

	for (int i = 0; i < (version == 4 ? 4 : 16); i++)
		n += (size_t)sprintf(s + n, "%02x", address[i]);
	return n;
}

static void put_flow(char *s, const struct pktcap_flow *flow)
{
	s += sprintf(s, "%u %u ", flow->version, flow->protocol);
	s += put_address(s, flow->src, flow->version);
	s += sprintf(s, " %u > ", flow->src_port);
	s += put_address(s, flow->dst, flow->version);
	sprintf(s, " %u", flow->dst_port);
}

static void test_row(void **state)
{
	const struct decode_row *row = *state;
	struct pktcap_layer layers[PKTCAP_LAYERS];
	uint8_t bytes[DECODE_ROW_BYTES];
	struct pktcap_packet pkt;
	struct pktcap_flow flow, untouched;
	size_t n = decode_row(row, bytes, &pkt, layers);
	char text[128] = "none";
	int err;

	memset(&flow, 0xa5, sizeof(flow));
	untouched = flow;
	err = pktcap_flow_get(layers, n, &flow);
	if (err) {
		assert_int_equal(err, -ENODATA);
		assert_memory_equal(&flow, &untouched, sizeof(flow));
	} else {
		put_flow(text, &flow);
	}
	assert_string_equal(text, row->layers);
}

/* Who caused the error: what the quoted packet says, not the error itself. */
static void test_quoted(void **state)
{
	static const struct decode_row error = {
		"",
		IPV4,
		IP4("01") "0303 0000 00000000"
			  "45000000 00010000 40110000 01010101 02020202" UDP,
		0,
		NULL,
		0,
		NULL
	};
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *quoted;
	uint8_t bytes[DECODE_ROW_BYTES];
	struct pktcap_packet pkt;
	struct pktcap_flow flow;
	size_t n = decode_row(&error, bytes, &pkt, layers);
	char text[128];

	(void)state;
	quoted = pktcap_layer_quoted(layers, n);
	assert_ptr_equal(quoted, &layers[2]);
	assert_int_equal(pktcap_flow_get(quoted, n - 2, &flow), 0);
	put_flow(text, &flow);
	assert_string_equal(text, "4 17 01010101 4096 > 02020202 4097");
	assert_null(pktcap_layer_quoted(layers, 2));
	assert_null(pktcap_layer_quoted(layers, 0));
}

static void test_normalize(void **state)
{
	struct pktcap_flow there = {
		{ 10, 0, 0, 1 }, { 10, 0, 0, 2 }, 9, 5, 4, 6, { 0 }
	};
	struct pktcap_flow back = {
		{ 10, 0, 0, 2 }, { 10, 0, 0, 1 }, 5, 9, 4, 6, { 0 }
	};
	struct pktcap_flow same = { { 1 }, { 1 }, 9, 5, 4, 6, { 0 } };

	(void)state;
	assert_int_not_equal(pktcap_flow_hash(&there, 1),
			     pktcap_flow_hash(&back, 1));
	assert_int_equal(pktcap_flow_normalize(&there), 0);
	assert_int_equal(pktcap_flow_normalize(&back), 1);
	assert_memory_equal(&there, &back, sizeof(there));
	assert_int_equal(pktcap_flow_hash(&there, 1),
			 pktcap_flow_hash(&back, 1));
	assert_int_not_equal(pktcap_flow_hash(&there, 1),
			     pktcap_flow_hash(&there, 2));
	assert_int_equal(pktcap_flow_normalize(&same), 1);
	assert_int_equal(same.src_port, 5);
	assert_int_equal(pktcap_flow_normalize(&same), 0);
}

/* Ports that count up must not meet in few slots of a table. */
static void test_hash_spreads(void **state)
{
	struct pktcap_flow flow = {
		{ 10, 0, 0, 1 }, { 10, 0, 0, 2 }, 0, 443, 4, 6, { 0 }
	};
	unsigned int slots[256] = { 0 };

	(void)state;
	for (unsigned int port = 0; port < 65536; port++) {
		flow.src_port = (uint16_t)port;
		slots[pktcap_flow_hash(&flow, 7) & 255]++;
	}
	for (int i = 0; i < 256; i++)
		assert_in_range(slots[i], 156, 356);
}

static const struct {
	const char *name;
	struct pktcap_flow flow;
	const char *text;
} texts[] = {
	{ "text of IPv4",
	  { { 192, 0, 2, 1 }, { 192, 0, 2, 2 }, 50000, 443, 4, 6, { 0 } },
	  "192.0.2.1:50000 > 192.0.2.2:443" },
	{ "text of IPv6",
	  { { 0x20, 1, 0xd, 0xb8, [15] = 1 },
	    { 0xff, 2 },
	    0,
	    53,
	    6,
	    17,
	    { 0 } },
	  "[2001:db8::1]:0 > [ff02::]:53" },
	{ "text without ports",
	  { { [15] = 1 }, { [15] = 2 }, 0, 0, 6, 58, { 0 } },
	  "::1 > ::2" },
};

static void test_text(void **state)
{
	size_t row = (size_t)((const char *)*state - (const char *)texts) /
		     sizeof(texts[0]);
	int len = (int)strlen(texts[row].text);
	char buf[PKTCAP_PRINT_FLOW_SIZE];

	assert_int_equal(pktcap_print_flow(&texts[row].flow, NULL, 0), len);
	for (size_t size = 1; size <= sizeof(buf); size++) {
		memset(buf, 'x', sizeof(buf));
		assert_int_equal(pktcap_print_flow(&texts[row].flow, buf, size),
				 len);
		assert_int_equal(strlen(buf),
				 (size_t)len < size ? (size_t)len : size - 1);
		assert_memory_equal(buf, texts[row].text, strlen(buf));
	}
}

static void test_text_limits(void **state)
{
	struct pktcap_flow flow = { .src_port = 65535, .dst_port = 65535 };
	char buf[PKTCAP_PRINT_FLOW_SIZE] = "as before";

	(void)state;
	assert_int_equal(pktcap_print_flow(&flow, buf, sizeof(buf)), -EINVAL);
	assert_string_equal(buf, "as before");
	memset(flow.src, 0xff, sizeof(flow.src));
	memset(flow.dst, 0xff, sizeof(flow.dst));
	flow.version = 6;
	assert_in_range(pktcap_print_flow(&flow, buf, sizeof(buf)), 1,
			sizeof(buf) - 1);
}

int main(void)
{
	struct CMUnitTest tests[32] = {
		cmocka_unit_test(test_normalize),
		cmocka_unit_test(test_hash_spreads),
		cmocka_unit_test(test_text_limits),
		cmocka_unit_test(test_quoted),
	};
	size_t n = 4;

	ADD_ROWS(tests, n, rows, test_row);
	ADD_ROWS(tests, n, texts, test_text);
	return _cmocka_run_group_tests("decode_flow", tests, n, NULL, NULL);
}
