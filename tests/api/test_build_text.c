// SPDX-License-Identifier: BSD-2-Clause
/* The text form of packets: what texts build, and where wrong ones are wrong.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <pktcap/build.h>

#define ETH "ffffffffffff020000000001"
#define ETH_TEXT "eth src=02:00:00:00:00:01"

struct built_row {
	const char *text;
	const char *hex;
};

static const struct built_row built[] = {
	{ ETH_TEXT, ETH "88b5" },
	{ " " ETH_TEXT "\n/\t\"a\\x00\\n\\\"b\" hex=0102:03 len=2",
	  ETH "88b561000a22620102030000" },
	{ ETH_TEXT " type=0x1234 / vlan id=5 prio=3 dei / data hex=0x00ff",
	  ETH "1234700588b500ff" },
	{ ETH_TEXT "/VLAN vid=4095/IP src=192.0.2.1 dst=192.0.2.3 df ttl=9/"
		   "udp sport=12345 dport=0x35/\"hello\" / pad 60",
	  ETH "81000fff0800"
	      "45000021000040000911edc7c0000201c0000203"
	      "30390035000d078f68656c6c6f"
	      "000000000000000000" },
	{ "ip proto=udp len=9 csum=0x1234 ihl=6 / udp length=7 checksum=0",
	  "46000009000000004011123400000000000000000000000000070000" },
};

static void texts_become_bytes(void **state)
{
	uint8_t frame[256];
	char hex[513];

	(void)state;
	for (size_t i = 0; i < sizeof(built) / sizeof(built[0]); i++) {
		struct pktcap_error error = { 0 };
		struct pktcap_build build;
		int len;

		pktcap_build_start(&build, frame, sizeof(frame));
		if (pktcap_build_text(&build, built[i].text, &error))
			fail_msg("%s: %s", built[i].text, error.text);
		len = pktcap_build_finish(&build);
		assert_in_range(len, 1, sizeof(frame));
		for (int at = 0; at < len; at++)
			snprintf(hex + 2 * (size_t)at, 3, "%02x", frame[at]);
		assert_string_equal(hex, built[i].hex);
	}
}

struct wrong_row {
	const char *text;
	size_t offset;
	int code;
	const char *message;
};

static const struct wrong_row wrong[] = {
	{ "", 0, -EBADMSG,
	  "a layer is missing here, such as eth, ip, udp or data" },
	{ "eth /", 5, -EBADMSG,
	  "a layer is missing here, such as eth, ip, udp or data" },
	{ "eth / ipp", 6, -EBADMSG, "no layer 'ipp': did you mean 'ip'?" },
	{ "eth / frobnicate", 6, -EBADMSG, "no layer 'frobnicate'" },
	{ "ip tll=64", 3, -EBADMSG,
	  "ipv4: no field 'tll': did you mean 'ttl'?" },
	{ "ip nonsense=64", 3, -EBADMSG, "ipv4: no field 'nonsense'" },
	{ "ip ttl=", 7, -EBADMSG, "ipv4: ttl has no value behind its =" },
	{ "ip ttl", 3, -EBADMSG, "ipv4: ttl has no value: ttl=..." },
	{ "ip =64", 3, -EBADMSG, "ipv4: a field has a name: name=value" },
	{ "ip ttl=256", 7, -ERANGE, "ipv4: 256 is more than 255" },
	{ "ip ttl=-1", 7, -EBADMSG, "ipv4: '-1' is no number: 10, 0x0a" },
	{ "ip ttl=99999999999999999999", 7, -EBADMSG,
	  "ipv4: '99999999999999999999' is no number: 10, 0x0a" },
	{ "ip src=1.2.3", 7, -EBADMSG,
	  "ipv4: '1.2.3' is no IPv4 address: 192.0.2.1" },
	{ "eth dst=1:2:3", 8, -EBADMSG,
	  "eth: '1:2:3' is no MAC address: 02:00:00:00:00:01" },
	{ "eth / data \"abc", 11, -EBADMSG,
	  "data: this quote does not end: add a \"" },
	{ "eth / data \"a\\qb\"", 13, -EBADMSG,
	  "data: no such escape: \\n \\r \\t \\0 \\\\ \\\" \\x41" },
	{ "eth / data hex=012", 15, -EBADMSG,
	  "data: '012' is neither hex bytes (0x0102, 01:02) nor in quotes" },
	{ "eth / udp", 6, -EPROTOTYPE,
	  "udp cannot follow eth, which has no number for it: put the header "
	  "between that has, or PKTCAP_KEEP_NEXT" },
	{ "eth / pad 60 / ip", 15, -EBUSY,
	  "ipv4: behind a trailer or padding, which have to be the last" },
	{ "eth / data len=300", 15, -ENOSPC,
	  "data: no room behind 14 bytes: the buffer has 256, give a larger "
	  "one" },
};

static void wrong_texts_say_where(void **state)
{
	uint8_t frame[256];

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct pktcap_error error = { 0 };
		struct pktcap_build build;

		pktcap_build_start(&build, frame, sizeof(frame));
		assert_int_equal(
			pktcap_build_text(&build, wrong[i].text, &error),
			wrong[i].code);
		assert_string_equal(error.text, wrong[i].message);
		assert_int_equal(error.offset, wrong[i].offset);
		assert_int_equal(pktcap_build_finish(&build), wrong[i].code);
		assert_int_equal(pktcap_build_text(&build, "eth", NULL),
				 wrong[i].code);
	}
}

/* A layer whose names are tried one after the other. */
struct trial {
	const char *layer;
	size_t tried;
};

/* Every name that is listed works with the example beside it. */
static int try_name(void *arg, const struct pktcap_build_name *name)
{
	struct trial *trial = arg;
	struct pktcap_error error = { 0 };
	struct pktcap_build build;
	uint8_t frame[1024];
	char text[256];
	/* What DNS says of a question belongs to one. */
	bool is_dns = strstr(trial->layer, "dns");
	const char *front = is_dns ? "q=example.com " : "";

	/* A short name takes what the field takes; flags take nothing. */
	if (name->example)
		snprintf(text, sizeof(text), "%s %s%s=%s", trial->layer, front,
			 name->name, name->example);
	else
		snprintf(text, sizeof(text), "%s %s%s", trial->layer,
			 name->name,
			 strcmp(name->name, name->field) != 0 ? "=1" : "");
	pktcap_build_start(&build, frame, sizeof(frame));
	pktcap_build_text(&build, text, &error);
	if (error.code && !strstr(error.text, "address"))
		fail_msg("%s: %s", text, error.text);
	trial->tried++;
	return 0;
}

static int try_layer(void *arg, const struct pktcap_build_name *name)
{
	struct trial trial = { .layer = name->name };

	assert_int_equal(pktcap_build_names(name->name, try_name, &trial), 0);
	if (!trial.tried)
		fail_msg("%s: no fields", name->name);
	++*(size_t *)arg;
	return 0;
}

static int stop_at_once(void *arg, const struct pktcap_build_name *name)
{
	(void)name;
	++*(size_t *)arg;
	return 7;
}

static void names_that_are_listed_work(void **state)
{
	size_t layers = 0, calls = 0;

	(void)state;
	assert_int_equal(pktcap_build_names(NULL, try_layer, &layers), 0);
	assert_true(layers > 6);
	assert_int_equal(pktcap_build_names(NULL, stop_at_once, &calls), 7);
	assert_int_equal(pktcap_build_names("ip", stop_at_once, &calls), 7);
	assert_int_equal(calls, 2);
	assert_int_equal(pktcap_build_names("nobody", stop_at_once, &calls),
			 -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_become_bytes),
		cmocka_unit_test(wrong_texts_say_where),
		cmocka_unit_test(names_that_are_listed_work),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
