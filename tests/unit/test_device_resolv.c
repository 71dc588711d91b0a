// SPDX-License-Identifier: BSD-2-Clause
/* Which name servers a resolv.conf(5) names, whatever else it holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "device/resolv.h"
#include "support/guard.h"
#include "support/rows.h"

struct row {
	const char *name;
	const char *file;
	const char *want; /* each as ADDRESS%SCOPE/address scope, a space */
};

static struct row rows[] = {
	{ "an empty file", "", "" },
	{ "one server", "nameserver 10.0.0.1\n", "10.0.0.1%/0 " },
	{ "no newline at the end", "nameserver 10.0.0.1", "10.0.0.1%/0 " },
	{ "in order", "nameserver 10.0.0.2\nnameserver 10.0.0.1\n",
	  "10.0.0.2%/0 10.0.0.1%/0 " },
	{ "among other lines",
	  "# nameserver 1.1.1.1\n;nameserver 2.2.2.2\nsearch a b\n"
	  "nameserver\t10.0.0.1\noptions edns0\n",
	  "10.0.0.1%/0 " },
	{ "with a comment behind it", "nameserver 10.0.0.1 # ours\n",
	  "10.0.0.1%/0 " },
	{ "many blanks", "nameserver  \t 10.0.0.1\t\n", "10.0.0.1%/0 " },
	{ "lines of another system", "nameserver 10.0.0.1\r\n",
	  "10.0.0.1%/0 " },
	{ "IPv6", "nameserver 2001:db8::1\n", "2001:db8::1%/0 " },
	{ "IPv6 with a scope", "nameserver fe80::1%eth0\n",
	  "fe80::1%eth0/253 " },
	{ "this host", "nameserver 127.0.0.53\nnameserver ::1\n",
	  "127.0.0.53%/254 ::1%/254 " },
	{ "a scope too long", "nameserver fe80::1%interface-too-long\n", "" },
	{ "no address", "nameserver\nnameserver \nnameserver ns.example\n",
	  "" },
	{ "an address too long",
	  "nameserver 1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa\n",
	  "" },
	{ "octets out of range", "nameserver 10.0.0.256\n", "" },
	{ "another word", "nameservers 10.0.0.1\nnameserverX\n", "" },
	{ "not at the start of a line", " nameserver 10.0.0.1\n", "" },
	{ "good after bad", "nameserver x\nnameserver 10.0.0.1\n",
	  "10.0.0.1%/0 " },
};

static void collect(struct bytes rest, char *out, size_t size)
{
	char text[INET6_ADDRSTRLEN], scope[PKTCAP_DEVICE_NAME_SIZE];
	struct pktcap_address a;
	size_t n = 0;

	out[0] = '\0';
	while (resolv_next(&rest, &a, scope)) {
		inet_ntop(a.family, a.bytes, text, sizeof(text));
		n += (size_t)snprintf(out + n, size - n, "%s%%%s/%u ", text,
				      scope, a.scope);
	}
}

static void run(void **state)
{
	const struct row *r = *state;
	size_t n = strlen(r->file);
	char got[256];

	for (size_t k = 0; k <= n; k++) {
		uint8_t *file = guard_copy(r->file, k);

		collect((struct bytes){ file, k }, got, sizeof(got));
		guard_free(file, k);
	}
	assert_string_equal(got, r->want);
}

int main(void)
{
	enum { N = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[N];
	size_t n = 0;

	ADD_ROWS(tests, n, rows, run);
	return _cmocka_run_group_tests("device_resolv", tests, n, NULL, NULL);
}
