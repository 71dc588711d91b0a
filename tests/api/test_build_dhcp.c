// SPDX-License-Identifier: BSD-2-Clause
/* Building DHCP for IPv4 and IPv6. */
#include <errno.h>

#include "support/built.h"
#include "support/message.h"

static const uint8_t discover[] = { PKTCAP_DHCP_DISCOVER };
static const uint8_t wanted[] = { PKTCAP_DHCP_OPTION_SUBNET_MASK,
				  PKTCAP_DHCP_OPTION_ROUTERS };
static const struct pktcap_dhcp client = {
	.op = 1,
	.htype = 1,
	.hlen = 6,
	.xid = 0x12345678,
	.flags = 0x8000,
	.chaddr = { 2, 0, 0, 0, 0, 1 },
	.cookie = PKTCAP_DHCP_COOKIE,
};
#define CLIENT                               \
	"01010600 12345678 0000 8000 00*16 " \
	"020000000001 00*10 00*64 00*128 "

static void start(struct pktcap_build *build)
{
	static uint8_t packet[1500];

	memset(packet, 0xee, sizeof(packet));
	pktcap_build_start(build, packet, sizeof(packet));
}

/* As built_is(), for what is longer: @hex is as message_hex() has it. */
static void is(struct pktcap_build *build, const char *hex)
{
	static uint8_t want[1500];
	size_t len = message_hex(hex, want, sizeof(want));

	assert_int_equal(pktcap_build_finish(build), len);
	assert_memory_equal(build->data, want, len);
}

/* RFC 2131, 4.4.1 */
static void a_client_asks_who_is_there(void **state)
{
	const struct pktcap_dhcp_option options[] = {
		{ .code = PKTCAP_DHCP_OPTION_MESSAGE_TYPE,
		  .data = discover,
		  .len = sizeof(discover) },
		{ .code = PKTCAP_DHCP_OPTION_PARAMETER_LIST,
		  .data = wanted,
		  .len = sizeof(wanted) },
	};
	struct pktcap_dhcp dhcp = client;
	struct pktcap_build build;
	uint8_t list[16];

	(void)state;
	assert_int_equal(
		pktcap_dhcp_options_put(list, sizeof(list), options, 2), 8);
	dhcp.options = list;
	dhcp.options_len = 8;
	start(&build);
	assert_int_equal(pktcap_build_dhcp(&build, &dhcp, 0), 0);
	is(&build, CLIENT "63825363 350101 37020103 ff");
	/* What is longer already stays as long as it is. */
	dhcp.min_len = 248;
	start(&build);
	pktcap_build_dhcp(&build, &dhcp, 0);
	is(&build, CLIENT "63825363 350101 37020103 ff");
	dhcp.min_len = 300;
	start(&build);
	pktcap_build_dhcp(&build, &dhcp, 0);
	is(&build, CLIENT "63825363 350101 37020103 ff 00*52");
}

static void bootp_has_no_cookie(void **state)
{
	struct pktcap_dhcp bootp = client;
	uint8_t sname[64] = "host", file[128] = "boot";
	struct pktcap_build build;

	(void)state;
	bootp.cookie = 0;
	bootp.sname = sname;
	bootp.file = file;
	start(&build);
	pktcap_build_dhcp(&build, &bootp, 0);
	is(&build, "01010600 12345678 0000 8000 00*16 020000000001 00*10 "
		   "686f7374 00*60 626f6f74 00*124");
	bootp.cookie = 0xabcd0000;
	bootp.cookie_len = 2;
	start(&build);
	pktcap_build_dhcp(&build, &bootp, 0);
	is(&build, "01010600 12345678 0000 8000 00*16 020000000001 00*10 "
		   "686f7374 00*60 626f6f74 00*124 abcd");
}

static void what_cannot_be(void **state)
{
	struct pktcap_dhcp_option option = { .code = 255 };
	struct pktcap_dhcp dhcp = client;
	struct pktcap_build build;
	uint8_t list[4];

	(void)state;
	assert_int_equal(pktcap_dhcp_options_put(list, 4, &option, 1), -ERANGE);
	option.code = 0;
	assert_int_equal(pktcap_dhcp_options_put(list, 4, &option, 1), -ERANGE);
	option.code = 1;
	assert_int_equal(pktcap_dhcp_options_put(list, 4, &option, 1), 3);
	assert_memory_equal(list, "\1\0\xff", 3);
	assert_int_equal(pktcap_dhcp_options_put(list, 2, &option, 1), -ENOSPC);
	assert_int_equal(pktcap_dhcp_options_put(list, 1, &option, 1), -ENOSPC);
	option.data = wanted;
	option.len = sizeof(wanted);
	assert_int_equal(pktcap_dhcp_options_put(list, 3, &option, 1), -ENOSPC);
	assert_int_equal(pktcap_dhcp_options_put(list, 4, NULL, 0), 1);
	dhcp.cookie_len = 4;
	start(&build);
	pktcap_build_dhcp(&build, &dhcp, 0);
	built_fails(&build, -ERANGE, "dhcp: cookie_len is 4, at most 3");
	dhcp = client;
	dhcp.min_len = 1501;
	start(&build);
	pktcap_build_dhcp(&build, &dhcp, 0);
	built_fails(&build, -ENOSPC,
		    "dhcp: no room behind 0 bytes: the buffer has 1500, give a "
		    "larger one");
}

static void a_client_of_ipv6_asks(void **state)
{
	static const uint8_t id[] = { 0, 3, 0, 1, 2, 0, 0, 0, 0, 1 };
	const struct pktcap_dhcp6_option options[] = {
		{ .code = 1, .data = id, .len = sizeof(id) },
		{ .code = 8, .data = (const uint8_t *)"\0\0", .len = 2 },
		{ .code = 14 },
	};
	struct pktcap_dhcp6 dhcp6 = { .type = 1, .xid = 0xabcdef };
	struct pktcap_build build;
	uint8_t list[24];

	(void)state;
	assert_int_equal(
		pktcap_dhcp6_options_put(list, sizeof(list), options, 3), 24);
	for (size_t size = 0; size < 24; size++)
		assert_int_equal(
			pktcap_dhcp6_options_put(list, size, options, 3),
			-ENOSPC);
	pktcap_dhcp6_options_put(list, sizeof(list), options, 3);
	dhcp6.options = list;
	dhcp6.options_len = 24;
	start(&build);
	assert_int_equal(pktcap_build_dhcp6(&build, &dhcp6, 0), 0);
	built_is(&build, "01abcdef 0001 000a 00030001020000000001"
			 "0008 0002 0000 000e 0000");
	dhcp6.xid = 0x1000000;
	start(&build);
	pktcap_build_dhcp6(&build, &dhcp6, 0);
	built_fails(&build, -ERANGE,
		    "dhcp6: xid is 16777216, at most 16777215");
}

static void a_relay_says_where_it_is(void **state)
{
	const struct pktcap_dhcp6 relay = {
		.type = 12,
		.hop_count = 1,
		.link_address = { 0x20, 1, [15] = 1 },
		.peer_address = { 0xfe, 0x80, [15] = 2 },
	};
	struct pktcap_build build;

	(void)state;
	start(&build);
	pktcap_build_dhcp6(&build, &relay, 0);
	built_is(&build, "0c01 20010000000000000000000000000001"
			 "fe800000000000000000000000000002");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_client_asks_who_is_there),
		cmocka_unit_test(bootp_has_no_cookie),
		cmocka_unit_test(what_cannot_be),
		cmocka_unit_test(a_client_of_ipv6_asks),
		cmocka_unit_test(a_relay_says_where_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
