// SPDX-License-Identifier: BSD-2-Clause
/* Words: every spelling of numbers, addresses and names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "filter/token.h"

struct row {
	const char *text;
	uint32_t flags;
	const char *tokens; /* NULL: refused */
	uint32_t offset;
};

static struct row rows[] = {
	{ "80 0x50 0X50 0120 0", 0,
	  "0 number 80 = 80\n3 number 0x50 = 80\n8 number 0X50 = 80\n"
	  "13 number 0120 = 80\n18 number 0 = 0\n",
	  0 },
	{ "4294967295", 0, "0 number 4294967295 = 4294967295\n", 0 },
	{ "4294967296", 0, NULL, 0 },
	{ "5 089", 0, NULL, 3 },
	{ "tcp-syn tcp-", 0,
	  "0 number tcp-syn = 2\n8 keyword tcp\n11 operator -\n", 0 },
	{ "10.1 10.1.2 10.1.2.3 10.1.2.3.4", 0,
	  "0 ipv4 10.1\n5 ipv4 10.1.2\n12 ipv4 10.1.2.3\n"
	  "21 name 10.1.2.3.4\n",
	  0 },
	{ "0:1:2:3:4:5 00-1-2-3-4-f 0.1.2.3.4.5 0011.2233.4455 "
	  "001122334455",
	  0,
	  "0 mac 0:1:2:3:4:5\n12 mac 00-1-2-3-4-f\n25 mac 0.1.2.3.4.5\n"
	  "37 mac 0011.2233.4455\n52 mac 001122334455\n",
	  0 },
	{ ":: ::1 1:: fe80::1:2 1:2:3:4:5:6:7:8 ::1.2.3.4", 0,
	  "0 ipv6 ::\n3 ipv6 ::1\n7 ipv6 1::\n11 ipv6 fe80::1:2\n"
	  "21 ipv6 1:2:3:4:5:6:7:8\n37 ipv6 ::1.2.3.4\n",
	  0 },
	{ "::1.2.3.400", 0, NULL, 0 },
	{ "1:2:", 0, NULL, 0 },
	{ "1:2", 0, "0 number 1 = 1\n1 operator :\n2 number 2 = 2\n", 0 },
	{ "\\tcp \\a,b and", 0, "0 name \\tcp\n5 name \\a,b\n10 operator and\n",
	  0 },
	{ "\\", 0, NULL, 0 },
	{ "'tcp' \"a b\" {,} @f @\"g h\"", FILTER_EXTENDED,
	  "0 name 'tcp'\n6 name \"a b\"\n12 operator {\n13 operator ,\n"
	  "14 operator }\n16 path @f\n19 path @\"g h\"\n",
	  0 },
	{ "'tcp'", 0, NULL, 0 },
	{ "a 'b", FILTER_EXTENDED, NULL, 2 },
	{ "{", 0, NULL, 0 },
	{ "$2a $", 0, NULL, 4 },
	{ "$2ab", 0, "0 arcnet $2a\n3 name b\n", 0 },
	{ ">= <= != == << >> && || ! not", 0,
	  "0 operator >=\n3 operator <=\n6 operator !=\n9 operator ==\n"
	  "12 operator <<\n15 operator >>\n18 operator &&\n21 operator ||\n"
	  "24 operator !\n26 operator not\n",
	  0 },
	{ "ftp-data 6000-6008 a_b Tcp", 0,
	  "0 name ftp-data\n9 name 6000-6008\n19 name a_b\n23 name Tcp\n", 0 },
	{ "vxlan inner sample", 0,
	  "0 name vxlan\n6 name inner\n12 name sample\n", 0 },
	{ "vxlan inner sample", FILTER_EXTENDED,
	  "0 keyword vxlan\n6 keyword inner\n12 keyword sample\n", 0 },
	{ "_x", 0, NULL, 0 },
	{ "caf\xc3\xa9", 0, NULL, 3 },
};

static void check_row(void **state)
{
	const struct row *r = *state;
	struct pktcap_error error = { 0 };
	struct lexer lexer = { r->text, strlen(r->text), 0, r->flags, &error };
	struct token token;
	char out[512];
	struct text text = text_over(out, sizeof(out));
	int rc = filter_print_tokens(r->text, strlen(r->text), r->flags, &text);

	if (r->tokens) {
		assert_int_equal(rc, 0);
		assert_string_equal(out, r->tokens);
		return;
	}
	assert_int_equal(rc, -EINVAL);
	do
		rc = filter_lex(&lexer, &token);
	while (!rc && token.kind != TOKEN_END);
	assert_int_equal(rc, -EINVAL);
	assert_int_equal(error.offset, r->offset);
}

/* The search halves its way through the table: each word must be found. */
static void suggestions(void **state)
{
	(void)state;
	assert_string_equal(filter_similar("portrage", 8, 0), "portrange");
	assert_string_equal(filter_similar("hosts", 5, 0), "host");
	assert_null(filter_similar("x", 1, 0));
	assert_null(filter_similar("example.org", 11, 0));
}

static void keywords(void **state)
{
	static const char *const words[] = { "aarp", "wlan", "tcp",    "ip",
					     "ip6",  "icmp", "is-is",  "isis",
					     "tr",   "vrrp", "tcp-cwr" };

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		assert_string_equal(
			filter_keyword(words[i], strlen(words[i]), 0)->word,
			words[i]);
	assert_null(filter_keyword("tcpx", 4, 0));
	assert_null(filter_keyword("tc", 2, 0));
}

int main(void)
{
	enum { N = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[N + 2];

	for (size_t i = 0; i < N; i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].text,
						.test_func = check_row,
						.initial_state = &rows[i] };
	tests[N] = (struct CMUnitTest)cmocka_unit_test(suggestions);
	tests[N + 1] = (struct CMUnitTest)cmocka_unit_test(keywords);
	return _cmocka_run_group_tests("filter_lex", tests, N + 2, NULL, NULL);
}
