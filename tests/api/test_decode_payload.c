// SPDX-License-Identifier: BSD-2-Clause
/* Bytes of a stream or a datagram without the packets they came in. */
#include <stdio.h>
#include <string.h>

#include <pktcap/decode.h>

#include "support/guard.h"
#include "support/message.h"
#include "support/rows.h"

#define TCP PKTCAP_PROTO_TCP
#define UDP PKTCAP_PROTO_UDP
#define QUERY "1234 0100 0001 0000 0000 0000 0161 00 0001 0001"
/* The name of the server is "a.b". */
#define HELLO                                                  \
	"16 0301 003b 01 000037 0303 00*32 00 0002 1301 01 00" \
	"000c 0000 0008 0006 00 0003 612e62"
#define GET "474554202f20485454502f312e310d0a"

struct row {
	const char *name;
	uint32_t transport;
	uint16_t port;
	const char *hex;
	const char *layers; /* name@offset+header_len */
};

static const struct row rows[] = {
	{ "a DNS message", UDP, 53, QUERY, "dns@0+19" },
	{ "a DNS message in a stream", TCP, 53, "0013" QUERY, "dns@0+21" },
	{ "two DNS messages", TCP, 53, "0013" QUERY "0013" QUERY,
	  "dns@0+21 dns@21+21" },
	{ "multicast DNS", UDP, 5353, QUERY, "mdns@0+19" },
	{ "a request and a body", TCP, 12345, GET "0d0a 6262",
	  "http@0+18 data@18+0" },
	{ "a ClientHello on any port", TCP, 12345, HELLO, "tls@0+64" },
	{ "nothing known", TCP, 12345, "00 01 02 03", "data@0+0" },
	{ "no bytes", TCP, 53, "", "" },
	{ "another transport", PKTCAP_PROTO_SCTP, 53, QUERY, "" },
};

static size_t decode(const struct row *row, struct pktcap_layer *layers,
		     size_t max, const uint8_t *data, size_t len)
{
	return pktcap_decode_payload(row->transport, 50000, row->port, data,
				     len, layers, max);
}

static void test_row(void **state)
{
	const struct row *row = *state;
	struct pktcap_layer layers[PKTCAP_LAYERS];
	uint8_t bytes[MESSAGE_MAX];
	size_t len = message_hex(row->hex, bytes, sizeof(bytes));
	size_t n = decode(row, layers, PKTCAP_LAYERS, bytes, len);
	char text[256] = "", *end = text;

	for (size_t i = 0; i < n; i++) {
		const struct pktcap_layer *layer = &layers[i];

		assert_ptr_equal(layer->data, bytes + layer->offset);
		assert_int_equal(layer->number, 50000u << 16 | row->port);
		end += sprintf(end, "%s%s@%u+%u", i ? " " : "",
			       pktcap_proto_name(layer->proto), layer->offset,
			       layer->header_len);
	}
	assert_string_equal(text, row->layers);
}

/* Every beginning of the messages, with nothing readable behind it. */
static void test_cut(void **state)
{
	const struct row *row = *state;
	struct pktcap_layer layers[PKTCAP_LAYERS];
	uint8_t bytes[MESSAGE_MAX];
	size_t len = message_hex(row->hex, bytes, sizeof(bytes));

	for (size_t cut = 0; cut <= len; cut++) {
		uint8_t *data = guard_copy(bytes, cut);

		for (size_t max = 0; max <= 2; max++)
			assert_in_range(decode(row, layers, max, data, cut), 0,
					max);
		guard_free(data, cut);
	}
}

/* One more byte at a time: the name is there with the last one. */
static void test_hello_grows(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	struct pktcap_tls_hello hello;
	uint8_t bytes[MESSAGE_MAX];
	size_t len = message_hex(HELLO, bytes, sizeof(bytes)), n;

	(void)state;
	for (size_t cut = 1; cut <= len; cut++) {
		const struct pktcap_layer *tls;

		n = pktcap_decode_payload(TCP, 50000, 443, bytes, cut, layers,
					  PKTCAP_LAYERS);
		tls = pktcap_layer_find(layers, n, PKTCAP_PROTO_TLS);
		if (tls && pktcap_tls_hello_get(tls, &hello) == 0)
			assert_int_equal(hello.complete, cut == len);
		else
			assert_true(cut < len);
	}
	assert_int_equal(hello.server_name_len, 3);
	assert_memory_equal(hello.server_name, "a.b", 3);
}

int main(void)
{
	struct CMUnitTest tests[32] = { cmocka_unit_test(test_hello_grows) };
	size_t n = 1;

	ADD_ROWS(tests, n, rows, test_row);
	ADD_ROWS(tests, n, rows, test_cut);
	return _cmocka_run_group_tests("decode_payload", tests, n, NULL, NULL);
}
