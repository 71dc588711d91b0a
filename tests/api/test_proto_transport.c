// SPDX-License-Identifier: BSD-2-Clause
/* TCP and UDP: bytes, layers and fields. */
#include "support/decode_row.h"
#include "support/rows.h"

#define IPV4 PKTCAP_LINKTYPE_IPV4

#define IP4(length, proto) \
	"4500" length "00010000 40" proto "0000 0a000001 0a000002 "

static const struct decode_row rows[] = {
	{ "udp", IPV4, IP4("001e", "11") "1000 1001 000a 1234 6162", 0,
	  "ipv4 udp data", 1,
	  "src_port=4096 dst_port=4097 length=10 checksum=0x1234" },
	{ "udp shorter than the packet", IPV4,
	  IP4("001e", "11") "1000 1001 0009 1234 6162", 0, "ipv4 udp data", 1,
	  NULL },
	{ "udp longer than the packet", IPV4,
	  IP4("001e", "11") "1000 1001 000b 1234 6162", 0, "ipv4 udp> data", 1,
	  NULL },
	{ "udp with an impossible length", IPV4,
	  IP4("001c", "11") "1000 1001 0007 1234", 0, "ipv4 udp:malformed", 1,
	  "src_port=4096 dst_port=4097 length=7 checksum=0x1234" },
	{ "udp with length 0", IPV4, IP4("001c", "11") "1000 1001 0000 1234", 0,
	  "ipv4 udp:malformed", 1, NULL },
	{ "udp cut", IPV4, IP4("001c", "11") "1000 1001 0008", 28,
	  "ipv4 udp:truncated", 1, "src_port=4096 dst_port=4097 length=8" },
	{ "udp in the first fragment", IPV4,
	  "4500001e 00012000 40110000 0a000001 0a000002"
	  "1000 1001 0800 1234 6162",
	  0, "ipv4+ udp+ data+", 1, NULL },
	{ "udp in another fragment", IPV4,
	  "4500001e 00010001 40110000 0a000001 0a000002"
	  "1000 1001 0800 1234 6162",
	  0, "ipv4/ data/", 1, NULL },
};

int main(void)
{
	struct CMUnitTest tests[64];
	size_t n = 0;

	ADD_ROWS(tests, n, rows, test_decode_row);
	return _cmocka_run_group_tests("proto_transport", tests, n, NULL, NULL);
}
