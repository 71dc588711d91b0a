// SPDX-License-Identifier: BSD-2-Clause
/*
 * The text form of packets: what others write, in the words of tcpdump,
 * Wireshark and scapy, is what it is in those of this library; lengths that
 * the text has one by one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <pktcap/build.h>

struct same_row {
	const char *text;
	const char *same;
};

static const struct same_row rows[] = {
	/* A length that is said leaves the others to be filled in. */
	{ "ip ihl=6 / udp sport=1 dport=2",
	  "ip ihl=6 len=28 / udp sport=1 dport=2" },
	{ "ip len=99 nop nop nop nop", "ip len=99 ihl=6 nop nop nop nop" },
	{ "ip / tcp data_offset=6 mss=5", "ip / tcp option=2:0x0005" },
};

static int build(const char *text, uint8_t *frame, size_t size)
{
	struct pktcap_error error = { 0 };
	struct pktcap_build b;

	memset(frame, 0, size);
	pktcap_build_start(&b, frame, size);
	if (pktcap_build_text(&b, text, &error))
		fail_msg("%s: %s", text, error.text);
	return pktcap_build_finish(&b);
}

static void words_of_others_mean_the_same(void **state)
{
	uint8_t one[512], other[512];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int len = build(rows[i].text, one, sizeof(one));

		if (len != build(rows[i].same, other, sizeof(other)) ||
		    memcmp(one, other, sizeof(one)) != 0)
			fail_msg("%s is not %s", rows[i].text, rows[i].same);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_others_mean_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
