// SPDX-License-Identifier: BSD-2-Clause
/*
 * DNS and DHCP that were built, as tcpdump reads them and as tshark does: the
 * same names and values, right checksums, nothing malformed.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <pktcap/build.h>
#include <pktcap/file.h>

/* A record as in a zone file, and what tcpdump says of the answer that has it.
 */
static const struct row {
	const char *line;
	const char *tcpdump;
} rows[] = {
	{ "a.b 300 A 192.0.2.1",
	  "q: A? a.b. 1/0/0 a.b. [5m] A 192.0.2.1 (37)" },
	{ "a 0 AAAA 2001:db8::1",
	  "q: AAAA? a. 1/0/0 a. [0s] AAAA 2001:db8::1 (47)" },
	{ "www.a 1 CNAME a",
	  "q: CNAME? www.a. 1/0/0 www.a. [1s] CNAME a. (38)" },
	{ ". 1 NS ns.a", "q: NS? . 1/0/0 . [1s] NS ns.a. (34)" },
	{ "1.2.0.192.in-addr.arpa 1 PTR b.a",
	  "q: PTR? 1.2.0.192.in-addr.arpa. 1/0/0 1.2.0.192.in-addr.arpa. [1s] "
	  "PTR b.a. (57)" },
	{ "a 1 MX 10 mail.a", "q: MX? a. 1/0/0 a. [1s] MX mail.a. 10 (41)" },
	{ "_s._tcp.a 1 SRV 1 2 443 w.a",
	  "q: SRV? _s._tcp.a. 1/0/0 _s._tcp.a. [1s] SRV w.a.:443 1 2 (50)" },
	{ "a 1 TXT \"b c\" d",
	  "q: TXT? a. 1/0/0 a. [1s] TXT \"b c\" \"d\" (37)" },
	{ "a 1 SOA n.a m.a 1 2 3 4 5",
	  "q: SOA? a. 1/0/0 a. [1s] SOA n.a. m.a. 1 2 3 4 5 (61)" },
};

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

static const struct pktcap_eth eth = { { 2, 0, 0, 0, 0, 2 },
				       { 2, 0, 0, 0, 0, 1 },
				       0 };
static const struct pktcap_ipv4 ip = { .src = { 10, 0, 0, 1 },
				       .dst = { 10, 0, 0, 2 },
				       .ttl = 64 };

static char path[] = "/tmp/build_peer.XXXXXX";

static void add(struct pktcap_file_writer *writer, struct pktcap_build *build)
{
	struct pktcap_packet pkt;

	assert_true(pktcap_build_finish(build) > 0);
	assert_int_equal(pktcap_build_packet(build, &pkt), 0);
	assert_int_equal(pktcap_file_writer_write(writer, &pkt), 0);
}

/* The question, and the record that answers it. */
static void add_answer(struct pktcap_file_writer *writer, const struct row *row)
{
	const struct pktcap_udp udp = { 53, 50000, 0, 0 };
	const struct pktcap_dns dns = { .id = 1, .response = 1 };
	struct pktcap_dns_record record;
	struct pktcap_build build;
	struct pktcap_error error;
	uint8_t frame[512], data[128];

	if (pktcap_dns_record_parse(&record, data, sizeof(data), row->line,
				    &error))
		fail_msg("%s", error.text);
	pktcap_build_start(&build, frame, sizeof(frame));
	pktcap_build_eth(&build, &eth, 0);
	pktcap_build_ipv4(&build, &ip, 0);
	pktcap_build_udp(&build, &udp, 0);
	pktcap_build_dns(&build, &dns, 0);
	pktcap_build_dns_question(&build, record.name, record.type,
				  record.rr_class);
	pktcap_build_dns_record(&build, &record);
	add(writer, &build);
}

/* What a client says first. */
static void add_discover(struct pktcap_file_writer *writer)
{
	static const uint8_t type[] = { PKTCAP_DHCP_DISCOVER };
	const struct pktcap_dhcp_option option = {
		.code = PKTCAP_DHCP_OPTION_MESSAGE_TYPE, .data = type, .len = 1
	};
	const struct pktcap_udp udp = { 68, 67, 0, 0 };
	struct pktcap_dhcp dhcp = { .op = 1,
				    .htype = 1,
				    .hlen = 6,
				    .xid = 0x12345678,
				    .chaddr = { 2, 0, 0, 0, 0, 1 },
				    .cookie = PKTCAP_DHCP_COOKIE,
				    .min_len = 300 };
	struct pktcap_build build;
	uint8_t frame[512], list[8];

	dhcp.options_len = (uint32_t)pktcap_dhcp_options_put(list, sizeof(list),
							     &option, 1);
	dhcp.options = list;
	pktcap_build_start(&build, frame, sizeof(frame));
	pktcap_build_eth(&build, &eth, 0);
	pktcap_build_ipv4(&build, &ip, 0);
	pktcap_build_udp(&build, &udp, 0);
	pktcap_build_dhcp(&build, &dhcp, 0);
	add(writer, &build);
}

static int write_all(void **state)
{
	struct pktcap_file_writer *writer;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(pktcap_file_writer_open(&writer, path,
						 PKTCAP_LINKTYPE_ETHERNET, NULL,
						 NULL),
			 0);
	for (size_t i = 0; i < ROWS; i++)
		add_answer(writer, &rows[i]);
	add_discover(writer);
	assert_int_equal(pktcap_file_writer_close(writer), 0);
	return 0;
}

static int remove_all(void **state)
{
	(void)state;
	return unlink(path);
}

/* What the program says of the file, up to @size bytes; skips without it. */
static void ask(const char *program, const char *arguments, char *text,
		size_t size)
{
	char command[512];
	FILE *pipe;

	snprintf(command, sizeof(command), "command -v %s >/dev/null", program);
	if (system(command)) {
		print_message("%s is not installed\n", program);
		skip();
	}
	snprintf(command, sizeof(command), "%s -r %s %s 2>/dev/null", program,
		 path, arguments);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	text[fread(text, 1, size - 1, pipe)] = '\0';
	assert_int_equal(pclose(pipe), 0);
}

static void tcpdump_reads_the_same(void **state)
{
	static char text[1 << 16];
	char *line = text;

	(void)state;
	ask("tcpdump", "-nn -t -vvv", text, sizeof(text));
	for (size_t i = 0; i < ROWS; i++) {
		char want[256];

		snprintf(want, sizeof(want), ": [udp sum ok] 1- %s\n",
			 rows[i].tcpdump);
		line = strstr(line, want);
		if (!line)
			fail_msg("no %s in\n%s", want, text);
	}
	assert_non_null(strstr(line, "[udp sum ok] BOOTP/DHCP, Request from "
				     "02:00:00:00:00:01, length 300, xid "
				     "0x12345678"));
	assert_non_null(strstr(line, "DHCP-Message (53), length 1: Discover"));
}

static void tshark_finds_nothing_wrong(void **state)
{
	char text[4096];

	(void)state;
	ask("tshark",
	    "-o ip.check_checksum:TRUE -o udp.check_checksum:TRUE "
	    "-Y '!_ws.malformed && !_ws.expert && ip.checksum.status == 1 && "
	    "udp.checksum.status == 1 && (dns || dhcp.option.dhcp == 1)' "
	    "-T fields -e frame.number",
	    text, sizeof(text));
	assert_string_equal(text, "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tcpdump_reads_the_same),
		cmocka_unit_test(tshark_finds_nothing_wrong),
	};

	return cmocka_run_group_tests(tests, write_all, remove_all);
}
