// SPDX-License-Identifier: BSD-2-Clause
/* SSH: the line, packets before keys are in use, and noise. */
#include "support/proto_rows.h"

#include <errno.h>

#define SSH(name, hex, want)                                                   \
	{                                                                      \
		name, WAY_TCP, 22, PKTCAP_PROTO_SSH, PKTCAP_STATUS_OK, 0, hex, \
			want                                                   \
	}
#define NOISE(name, hex)                                                   \
	{                                                                  \
		name, WAY_TCP, 22, PKTCAP_PROTO_DATA, PKTCAP_STATUS_OK, 0, \
			hex, NULL                                          \
	}
/* "SSH-2.0-a b" */
#define LINE "5353482d322e302d61 20 62 0d0a "
#define LISTS                                                                 \
	"00000001 61 00000001 62 00000000 00000000 00000003 632c64 00000000 " \
	"00000000 00000000 00000000 00000000 "
#define KEXINIT "0000004c 08 14 01*16 " LISTS "01 00000000 00*8"

static const struct proto_row rows[] = {
	SSH("a line", LINE, "protocol=\"2.0\" software=\"a\" comments=\"b\""),
	SSH("a line without comments", "5353482d312e39392d61 0a",
	    "protocol=\"1.99\" software=\"a\""),
	SSH("a line that has no end", "5353482d322e302d 1b5b6d",
	    "protocol=\"2.0\" software=\"\\x1b[m\""),
	{ "a line on another port", WAY_TCP, 2222, PKTCAP_PROTO_SSH,
	  PKTCAP_STATUS_OK, 0, LINE, "protocol=\"2.0\"" },
	{ "key exchange init on another port", WAY_TCP, 2222, PKTCAP_PROTO_SSH,
	  PKTCAP_STATUS_OK, 0, KEXINIT, "message=20(key exchange init)" },
	{ "Thrift's frames", WAY_TCP, 9090, PKTCAP_PROTO_DATA, PKTCAP_STATUS_OK,
	  0, "000000cc 80010001 00000001 61 00*195", NULL },
	SSH("key exchange init", KEXINIT,
	    "packets[packet{packet_length=76 padding_length=8 "
	    "message=20(key exchange init) "
	    "cookie=01010101010101010101010101010101 kex_algorithms=\"a\" "
	    "server_host_key_algorithms=\"b\" "
	    "encryption_client_to_server=\"\" "
	    "encryption_server_to_client=\"\" "
	    "mac_client_to_server=\"c,d\" mac_server_to_client=\"\" "
	    "compression_client_to_server=\"\" "
	    "compression_server_to_client=\"\" "
	    "languages_client_to_server=\"\" "
	    "languages_server_to_client=\"\" first_kex_packet_follows=1 "
	    "reserved=0x0}]"),
	SSH("a line and two packets",
	    LINE "0000000c 0a 15 00*10 0000000c 0a 15 00*10",
	    "comments=\"b\" packets[packet{packet_length=12 padding_length=10 "
	    "message=21(new keys)} packet{packet_length=12 padding_length=10 "
	    "message=21(new keys)}]"),
	SSH("what follows is encrypted", "0000000c 0a 15 00*10 7f7f7f7f7f",
	    "message=21(new keys)}] rest=7f7f7f7f7f"),
	NOISE("noise with a packet of 0 bytes", "00000000 04 14 00*16"),
	NOISE("noise with a packet of 2^32 - 4", "fffffffc 04 14 00*16"),
	NOISE("noise with a length that is none", "0000000d 04 14 00*16"),
	NOISE("noise with more padding than packet", "0000000c 0c 14 00*16"),
	NOISE("noise of another message", "0000000c 04 63 00*16"),
	NOISE("noise that begins alike", "5353482d 78797a"),
	{ "the end was cut off", WAY_TCP, 22, PKTCAP_PROTO_SSH,
	  PKTCAP_STATUS_TRUNCATED, 2, LINE, "software=\"a\" comments=\"b\"" },
};

static const struct proto_row get_row = SSH("", LINE KEXINIT, NULL);

static void test_get(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *layer;
	static struct message m;
	struct pktcap_ssh s;

	(void)state;
	layer = proto_row_layer(&get_row, &m, layers);
	assert_int_equal(pktcap_ssh_get(layer, &s), 0);
	assert_int_equal(s.protocol_len, 3);
	assert_memory_equal(s.protocol, "2.0", 3);
	assert_int_equal(s.software_len, 1);
	assert_memory_equal(s.software, "a", 1);
	assert_int_equal(s.comments_len, 1);
	assert_memory_equal(s.comments, "b", 1);
	assert_int_equal(s.packet_offset, 13);
	assert_int_equal(s.packet_length, 76);
	assert_int_equal(s.padding_length, 8);
	assert_int_equal(s.message, 20);
}

struct walk_row {
	const char *name;
	struct proto_row message;
	uint32_t lists;
	int end;
};

static const struct walk_row walks[] = {
	{ "a walk over ten lists", SSH("", LINE KEXINIT, NULL), 10, 0 },
	{ "a walk over none", SSH("", LINE, NULL), 0, 0 },
	{ "a walk beyond the packet",
	  SSH("", "0000001c 04 14 01*16 00000001 61 00000003 616263 00*4",
	      NULL),
	  1, -EPROTO },
	{ "a walk that goes on in another segment",
	  SSH("", "000000fc 04 14 01*16 00000001 61 00000003 61", NULL), 1,
	  -ENODATA },
};

static void run_walk(void **state)
{
	const struct walk_row *row = *state;
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *layer;
	struct pktcap_ssh_list list;
	static struct message m;
	uint32_t offset = 0, n = 0;
	int more;

	layer = proto_row_layer(&row->message, &m, layers);
	while ((more = pktcap_ssh_list_next(layer, &offset, &list)) > 0) {
		assert_int_equal(list.index, n);
		if (n == 4)
			assert_memory_equal(list.text, "c,d", 3);
		n++;
	}
	assert_int_equal(n, row->lists);
	assert_int_equal(more, row->end);
}

int main(void)
{
	struct CMUnitTest tests[32] = { cmocka_unit_test(test_get) };
	size_t n = 1;

	ADD_ROWS(tests, n, rows, proto_row_run);
	ADD_ROWS(tests, n, walks, run_walk);
	return _cmocka_run_group_tests("ssh", tests, n, NULL, NULL);
}
