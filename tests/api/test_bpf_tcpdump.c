// SPDX-License-Identifier: BSD-2-Clause
/*
 * What tcpdump compiles and prints: read back from all three forms, found
 * valid, and written in them as tcpdump does.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include <pktcap/bpf.h>

#include "support/guard.h"

/* No names, so that none is looked up; chains need most kinds of code. */
static const char *const primitives[] = {
	"ip",
	"tcp port 80",
	"udp portrange 1000-2000",
	"host 10.0.0.1",
	"net 2001:db8::/32",
	"ether host 02:00:00:00:00:01",
	"vlan 5",
	"icmp6 and ip6[40] == 128",
	"tcp[tcpflags] & (tcp-syn|tcp-fin) != 0",
	"len <= 128",
	"ip[2:2] % 7 = 3",
	"(ip[0] & 0xf) << 2 > 20",
	"ether[6:4] ^ 0x1234 / 3 * 2 - 5 + 1 | 1 >= 0x80000000",
	"ip6 proto 17",
	"mpls 1000",
	"ether multicast",
};

enum {
	PRIMITIVES = sizeof(primitives) / sizeof(primitives[0]),
	TEXT = 1 << 16,
	INSNS = 2048,
};

/* Runs tcpdump, whose output goes to @out; what it refuses, too, is nothing. */
static size_t tcpdump(const char *option, const char *linktype,
		      const char *expression, char *out)
{
	char command[512];
	size_t len;
	FILE *pipe;
	int code;

	snprintf(command, sizeof(command), "tcpdump %s -y %s '%s' 2>/dev/null",
		 option, linktype, expression);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	len = fread(out, 1, TEXT - 1, pipe);
	out[len] = '\0';
	code = pclose(pipe);
	return WIFEXITED(code) && !WEXITSTATUS(code) ? len : 0;
}

static int64_t parse(const char *text, size_t len, struct pktcap_insn *insns)
{
	uint8_t *copy = guard_copy(text, len);
	int64_t n = pktcap_bpf_parse((char *)copy, len, insns, INSNS, NULL);

	guard_free(copy, len);
	return n;
}

static int compare(const char *linktype, const char *expression)
{
	static const char *const options[] = {
		[PKTCAP_BPF_FORM_ASM] = "-d",
		[PKTCAP_BPF_FORM_C] = "-dd",
		[PKTCAP_BPF_FORM_DECIMAL] = "-ddd",
	};
	static struct pktcap_insn insns[INSNS], again[INSNS];
	static char want[TEXT], got[TEXT];
	size_t len = tcpdump("-ddd", linktype, expression, want);
	int64_t n;

	if (!len)
		return 0;
	n = parse(want, len, insns);
	assert_in_range(n, 1, INSNS);
	assert_int_equal(pktcap_bpf_validate(insns, (size_t)n, NULL), 0);
	for (uint32_t form = PKTCAP_BPF_FORM_ASM;
	     form <= PKTCAP_BPF_FORM_DECIMAL; form++) {
		len = tcpdump(options[form], linktype, expression, want);
		assert_int_equal(pktcap_bpf_dump(insns, (size_t)n, form, got,
						 sizeof(got)),
				 len);
		assert_string_equal(got, want);
		assert_int_equal(parse(want, len, again), n);
		assert_memory_equal(again, insns, (size_t)n * sizeof(*insns));
	}
	return 1;
}

static void same_text(void **state)
{
	static const char *const linktypes[] = { "EN10MB", "RAW",
						 "LINUX_SLL2" };
	char expression[256];
	int compared = 0;

	(void)state;
	for (size_t i = 0; i < PRIMITIVES; i++)
		for (size_t j = 0; j < 3; j++)
			compared += compare(linktypes[j], primitives[i]);
	for (size_t i = 0; i < PRIMITIVES; i++) {
		for (size_t j = 0; j < i; j++) {
			snprintf(expression, sizeof(expression),
				 "(%s) %s not (%s)", primitives[i],
				 (i + j) % 2 ? "and" : "or", primitives[j]);
			compared += compare("EN10MB", expression);
		}
	}
	print_message("%d expressions\n", compared);
	assert_in_range(compared, 100, 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(same_text) };
	static char version[TEXT];

	if (!tcpdump("-d", "RAW", "ip", version)) {
		puts("tcpdump not installed (tests/install-deps.sh)");
		return 77;
	}
	return cmocka_run_group_tests_name("bpf_tcpdump", tests, NULL, NULL);
}
