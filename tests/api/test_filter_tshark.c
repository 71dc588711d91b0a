// SPDX-License-Identifier: BSD-2-Clause
/*
 * tshark, where it is installed, finds the same headers in the same packets. It
 * tells of all that are there, however deep: so must the expressions.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <pktcap/file.h>
#include <pktcap/filter.h>

#include "support/extended_rows.h"
#include "support/layers.h"

enum {
	PACKETS = sizeof(extended_packets) / sizeof(extended_packets[0]),
	LINE = 1024,
};

/* Those of one field are next to each other. */
static const struct row {
	const char *expression, *field;
	const char *value; /* one of the field's; NULL: it is there */
} rows[] = {
	{ "tcp dst port 80", "tcp.dstport", "80" },
	{ "tcp port 443", "tcp.dstport", "443" },
	{ "udp port 53", "udp.dstport", "53" },
	{ "udp[2:2] > 0", "udp.dstport", NULL },
	{ "sctp port 80", "sctp.dstport", "80" },
	{ "tcp[tcpflags] & tcp-ack != 0", "tcp.flags.ack", "1" },
	{ "arp", "arp.opcode", NULL },
	{ "icmp", "icmp.type", NULL },
	{ "icmp6[icmp6type] = icmp6-echo", "icmpv6.type", "128" },
	{ "ip host 10.0.2.2", "ip.dst", "10.0.2.2" },
	{ "ip6 host 2001:db8:2::2", "ipv6.dst", "2001:db8:2::2" },
	{ "ip6", "ipv6.dst", NULL },
	{ "esp", "esp.spi", NULL },
	{ "vlan", "vlan.id", NULL },
	{ "vlan 5", "vlan.id", "5" },
	{ "vlan 7", "vlan.id", "7" },
	{ "vxlan", "vxlan.vni", NULL },
	{ "vxlan 77", "vxlan.vni", "77" },
	{ "geneve 79", "geneve.vni", "0x00004f" },
	{ "mpls 17", "mpls.label", "17" },
	{ "pppoes 33", "pppoe.session_id", "0x0021" },
};

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

/*
 * It guesses what MPLS carries, knows four tags, calls those of other types
 * otherwise, knows no GRE of version 1 with IP next to it and takes other
 * versions of it and of Geneve for the known ones, and goes past the
 * authentication header of IPv4, which libpcap does not.
 */
static bool is_on_purpose(size_t packet, const char *field)
{
	static const char *const names[] = {
		"mplseth", "v5v6v7v8", "pptp", "ah4", "grev4", "genevev1"
	};
	const char *name = extended_packets[packet].name;
	const char *layers = extended_packets[packet].layers;

	if (!strcmp(field, "vlan.id") &&
	    (strstr(layers, "qinq") || strstr(layers, "old")))
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

static struct pktcap_filter *filters[ROWS];

static void compile_all(void)
{
	char expression[LINE];

	for (size_t i = 0; i < ROWS; i++) {
		const char *e = rows[i].expression;

		snprintf(expression, sizeof(expression),
			 "%s or inner(%s or inner(%s))", e, e, e);
		assert_int_equal(
			pktcap_filter_compile(
				&filters[i], expression,
				&PKTCAP_FILTER_OPTS(
						.flags = PKTCAP_FILTER_EXTENDED,
						.linktype =
							PKTCAP_LINKTYPE_ETHERNET),
				NULL),
			0);
	}
}

static void write_packets(const char *path)
{
	struct pktcap_file_writer *writer;

	assert_int_equal(pktcap_file_writer_open(&writer, path,
						 PKTCAP_LINKTYPE_ETHERNET, NULL,
						 NULL),
			 0);
	for (size_t i = 0; i < PACKETS; i++) {
		uint8_t bytes[LAYERS_MAX];
		struct pktcap_packet view = { .data = bytes, .linktype = 1 };

		view.caplen = view.wirelen = (uint32_t)layers_build(
			extended_packets[i].layers, bytes);
		assert_int_equal(pktcap_file_writer_write(writer, &view), 0);
	}
	assert_int_equal(pktcap_file_writer_close(writer), 0);
}

static FILE *start(const char *path)
{
	char command[4096];
	int n = snprintf(command, sizeof(command),
			 "tshark -r %s -o ip.defragment:FALSE "
			 "-o ipv6.defragment:FALSE -T fields "
			 "-E occurrence=a -E aggregator=,",
			 path);

	for (size_t i = 0; i < ROWS; i++) /* each once */
		if (!i || strcmp(rows[i].field, rows[i - 1].field) != 0)
			n += snprintf(command + n, sizeof(command) - (size_t)n,
				      " -e %s", rows[i].field);
	snprintf(command + n, sizeof(command) - (size_t)n, " 2>/dev/null");
	return popen(command, "r");
}

/* Is @value one of those in @field, or is there one at all? */
static bool has_value(const char *field, const char *value)
{
	size_t n = value ? strlen(value) : 0;

	if (!value)
		return *field;
	for (; *field; field += *field == ',') {
		if (strcspn(field, ",") == n && !strncmp(field, value, n))
			return true;
		field += strcspn(field, ",");
	}
	return false;
}

static void compare(size_t packet, char *line)
{
	uint8_t bytes[LAYERS_MAX];
	struct pktcap_packet view = { .data = bytes, .linktype = 1 };
	const char *name = extended_packets[packet].name;

	view.caplen = view.wirelen =
		(uint32_t)layers_build(extended_packets[packet].layers, bytes);
	for (size_t i = 0; i < ROWS; i++) {
		const struct pktcap_insn *insns;
		bool theirs, ours;
		size_t n;

		if (i && strcmp(rows[i].field, rows[i - 1].field) != 0)
			line += strlen(line) + 1;
		line[strcspn(line, "\t\n")] = '\0';
		theirs = has_value(line, rows[i].value);
		insns = pktcap_filter_program(filters[i], &n);
		ours = pktcap_bpf_run(insns, n, &view);
		if (ours != theirs && !is_on_purpose(packet, rows[i].field))
			fail_msg("'%s': %s is %s by tshark", rows[i].expression,
				 name, theirs ? "taken" : "rejected");
	}
}

static void finds_the_same(void **state)
{
	char path[] = "/tmp/pktcap-XXXXXX", line[LINE];
	int fd = mkstemp(path);
	size_t n = 0;
	FILE *tshark;

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	compile_all();
	write_packets(path);
	tshark = start(path);
	assert_non_null(tshark);
	for (; fgets(line, sizeof(line), tshark); n++)
		compare(n, line);
	pclose(tshark);
	unlink(path);
	assert_int_equal(n, PACKETS);
	for (size_t i = 0; i < ROWS; i++)
		pktcap_filter_free(filters[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_same),
	};

	if (system("tshark -v >/dev/null 2>&1")) {
		puts("no tshark to compare with");
		return 77;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
