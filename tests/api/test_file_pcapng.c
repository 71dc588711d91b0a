// SPDX-License-Identifier: BSD-2-Clause
/*
 * Every field of a pcapng file, as it was given to the writer, found by tshark
 * (its dissector of the file format, and what it shows of packets), capinfos,
 * tcpdump and editcap, and by our reader. A peer that is missing is left out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <pktcap/file.h>

#define TS INT64_C(1700000000123456789)

enum { LINKTYPE = PKTCAP_LINKTYPE_ETHERNET, TEXT = 1 << 20 };

static uint8_t data[70] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2,
			    0,	  0,	0,    0,    1,	  0x88, 0xb5 };
static char dir[] = "/tmp/test_file_pcapng.XXXXXX";

static const struct pktcap_file_interface eth0 = {
	.name = "eth0",
	.description = "the uplink",
	.filter = "udp port 53",
	.os = "Linux 6.1",
	.hardware = "a network card",
	.comment = "of an interface",
	.speed_bps = UINT64_C(10000000000),
	.linktype = LINKTYPE,
	.ifindex = 7,
	.has_mac = 1,
	.mac = { 2, 0, 0, 0xaa, 0xbb, 0xcc },
	.fcslen = 4,
};

static const struct pktcap_file_interface_stats counters = {
	.has = PKTCAP_FILE_HAS_START | PKTCAP_FILE_HAS_END |
	       PKTCAP_FILE_HAS_RECEIVED | PKTCAP_FILE_HAS_DROPPED |
	       PKTCAP_FILE_HAS_ACCEPTED | PKTCAP_FILE_HAS_OS_DROPPED |
	       PKTCAP_FILE_HAS_DELIVERED,
	.ts_ns = TS + 5,
	.start_ns = TS,
	.end_ns = TS + 4,
	.received = 1001,
	.dropped = 1002,
	.accepted = 1003,
	.os_dropped = 1004,
	.delivered = 1005,
};

static struct pktcap_packet packet(void)
{
	return (struct pktcap_packet){ .data = data,
				       .caplen = 61,
				       .wirelen = sizeof(data),
				       .ts_ns = TS,
				       .ifindex = 7,
				       .linktype = LINKTYPE };
}

static void write_packets(struct pktcap_file_writer *w)
{
	static const char *const comments[] = { "first", "second one" };
	struct pktcap_packet pkt = packet();

	pkt.direction = PKTCAP_DIRECTION_IN;
	pkt.pkttype = 1;
	pkt.flags = PKTCAP_PACKET_CSUM_VALID;
	assert_int_equal(pktcap_file_writer_write(w, &pkt), 0);
	pkt.direction = PKTCAP_DIRECTION_OUT;
	pkt.pkttype = 4;
	pkt.flags = PKTCAP_PACKET_CSUM_NOT_READY | PKTCAP_PACKET_GSO_TCP;
	pkt.ifindex = 8;
	assert_int_equal(pktcap_file_writer_write(w, &pkt), 0);
	assert_int_equal(
		pktcap_file_writer_write_with(
			w, &pkt,
			&PKTCAP_FILE_EXTRA(.has = PKTCAP_FILE_HAS_INTERFACE |
						  PKTCAP_FILE_HAS_FLAGS |
						  PKTCAP_FILE_HAS_DROP_COUNT |
						  PKTCAP_FILE_HAS_PACKET_ID,
					   .epb_flags = 0x01000081,
					   .drop_count = 12345,
					   .packet_id = 777,
					   .comments = comments,
					   .comment_count = 2)),
		0);
}

static void write_others(struct pktcap_file_writer *w)
{
	static const struct pktcap_file_name names[] = {
		{ "four.example", AF_INET, { 192, 0, 2, 1 }, 0 },
		{ "six.example",
		  AF_INET6,
		  { 0x20, 1, 0xd, 0xb8, [15] = 1 },
		  0 },
	};
	static const char keys[] = "CLIENT_RANDOM 0011 2233\n";

	assert_int_equal(pktcap_file_writer_names(w, names, 2), 0);
	assert_int_equal(pktcap_file_writer_secrets(w, PKTCAP_FILE_SECRETS_TLS,
						    keys, sizeof(keys) - 1),
			 0);
	assert_int_equal(pktcap_file_writer_stats_block(w, 0, &counters), 0);
}

static void write_file(const char *path, uint32_t flags)
{
	struct pktcap_file_writer *w;
	uint32_t id = 9;

	assert_int_equal(
		pktcap_file_writer_open_ng(
			&w, path, LINKTYPE,
			&PKTCAP_FILE_WRITER_OPTS(.flags = flags,
						 .hardware = "a machine",
						 .os = "an operating system",
						 .application = "a program",
						 .comment = "of the file"),
			NULL),
		0);
	assert_int_equal(pktcap_file_writer_interface(w, &eth0, &id), 0);
	assert_int_equal(id, 0);
	write_packets(w);
	write_others(w);
	assert_int_equal(pktcap_file_writer_close(w), 0);
}

/* --- peers --- */

struct peer {
	const char *tool;
	const char *command;
	const char *lines[40]; /* in this order, with others in between */
};

static struct peer peers[] = {
	{ "tshark",
	  "tshark -X 'read_format:MIME Files Format' -r $F -V",
	  { "Section Header Block",
	    "Comment: of the file",
	    "Hardware: a machine",
	    "OS: an operating system",
	    "User Application: a program",
	    "Interface Description Block 0",
	    "Link Type: ETHERNET (1)",
	    "Snap Length: 262144",
	    "Comment: of an interface",
	    "Name: eth0",
	    "Description: the uplink",
	    "(02:00:00:aa:bb:cc)",
	    "Speed: 10000000000",
	    "Timestamp Resolution: 0x09",
	    "Filter string: udp port 53",
	    "OS: Linux 6.1",
	    "Hardware: a network card",
	    "Enhanced Packet Block 1",
	    "Flags: 0x040d, Reception Type: Broadcast, Direction: Inbound",
	    "Interface Description Block 1",
	    "Enhanced Packet Block 2",
	    "Flags: 0x0a02, Reception Type: Not Specified, Direction: Outbound",
	    "Enhanced Packet Block 3",
	    "Interface: 0",
	    "Comment: first",
	    "Comment: second one",
	    "FCS Length: 4",
	    "CRC Error: True",
	    "Drop Count: 12345",
	    "Packet ID: 0x0000000000000309",
	    "Name: four.example",
	    "IPv6: 2001:db8::1",
	    "Name: six.example",
	    "Secrets Type: TLS Key Log",
	    "Secrets Data: 434c49454e545f52414e444f4d2030303131" } },
	{ "tshark",
	  "tshark -X 'read_format:MIME Files Format' -r $F -V | "
	  "sed -n '/Interface Statistics Block/,$p'",
	  { "Interface: 0", "Number of Received Packets: 1001",
	    "Number of Dropped Packets: 1002", "Filter Packets: 1003", ": 1004",
	    ": 1005" } },
	{ "tshark",
	  "tshark -r $F -T json",
	  { "\"frame.interface_name\": \"eth0\"",
	    "\"frame.interface_description\": \"the uplink\"",
	    "\"frame.packet_flags_direction\": \"0x00000001\"",
	    "\"frame.packet_flags_reception_type\": \"3\"",
	    "\"frame.time_epoch\": \"1700000000.123456789\"",
	    "\"frame.len\": \"70\"", "\"frame.cap_len\": \"61\"",
	    "\"frame.interface_id\": \"1\"",
	    "\"frame.packet_flags_direction\": \"0x00000002\"",
	    "\"frame.comment\": \"first\"", "\"frame.comment\": \"second one\"",
	    "\"frame.packet_flags\": \"0x01000081\"",
	    "\"frame.packet_flags_fcs_length\": \"4\"",
	    "\"frame.packet_flags_crc_error\": \"1\"",
	    "\"frame.packet_id\": \"777\"",
	    "\"frame.drop_count\": \"12345\"" } },
	{ "capinfos",
	  "capinfos $F",
	  { "pcapng",
	    "Ethernet",
	    "nanoseconds (9)",
	    "Number of packets:   3",
	    "2023",
	    "a machine",
	    "an operating system",
	    "a program",
	    "of the file",
	    "Number of interfaces in file: 2",
	    "Name = eth0",
	    "Description = the uplink",
	    "Hardware = a network card",
	    "Speed = 10000000000",
	    "Capture length = 262144",
	    "Filter string = udp port 53",
	    "Operating system = Linux 6.1",
	    "Comment = of an interface",
	    "Number of stat entries = 1",
	    "Number of packets = 2",
	    "Number of packets = 1",
	    "Number of resolved IPv4 addresses in file: 1",
	    "Number of resolved IPv6 addresses in file: 1",
	    "Number of decryption secrets in file: 1" } },
	{ "tcpdump",
	  "tcpdump -ttnn --nano -r $F",
	  { "1700000000.123456789", "1700000000.123456789",
	    "1700000000.123456789" } },
	{ "editcap",
	  "editcap -F nsecpcap $F $F.pcap && tcpdump -ttnn --nano -r $F.pcap",
	  { "1700000000.123456789", "1700000000.123456789",
	    "1700000000.123456789" } },
};

static int run_command(const char *path, const char *command, char *text)
{
	char line[1024];
	FILE *out;
	size_t n;

	snprintf(line, sizeof(line),
		 "export F=%s LC_ALL=C TZ=UTC; { %s; } 2>&1", path, command);
	out = popen(line, "r");
	assert_non_null(out);
	n = fread(text, 1, TEXT - 1, out);
	text[n] = '\0';
	return pclose(out);
}

static void check_peer(void **state)
{
	const struct peer *p = *state;
	static char text[TEXT];
	char path[200], installed[64];
	const char *at = text;

	snprintf(installed, sizeof(installed), "command -v %s", p->tool);
	if (run_command("", installed, text)) {
		print_message("%s is not installed\n", p->tool);
		skip();
	}
	snprintf(path, sizeof(path), "%s/all.pcapng", dir);
	write_file(path, 0);
	if (run_command(path, p->command, text))
		fail_msg("%s: %s", p->command, text);
	for (const char *const *line = p->lines; *line; line++) {
		const char *found = strstr(at, *line);

		if (!found)
			fail_msg("%s: no '%s' in: %s", p->command, *line, at);
		at = found + strlen(*line);
	}
	snprintf(path, sizeof(path), "rm -f %s/*", dir);
	assert_int_equal(system(path), 0);
}

/* --- files without everything --- */

static off_t read_bytes(const char *path, uint8_t *bytes, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = read(fd, bytes, size);

	close(fd);
	assert_true(n > 0);
	return n;
}

/* The same bytes, whatever is collected. */
static void unbuffered(void **state)
{
	uint8_t left[4096], right[4096];
	char path[200];
	off_t n;

	(void)state;
	snprintf(path, sizeof(path), "%s/cap", dir);
	write_file(path, 0);
	n = read_bytes(path, left, sizeof(left));
	write_file(path, PKTCAP_FILE_WRITER_UNBUFFERED);
	assert_int_equal(read_bytes(path, right, sizeof(right)), n);
	assert_memory_equal(left, right, (size_t)n);
	unlink(path);
}

/* A section and one interface, or tcpdump would not read it. */
static void no_packets(void **state)
{
	struct pktcap_file_writer *w;
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	struct pktcap_file_info info;
	char path[200];

	(void)state;
	snprintf(path, sizeof(path), "%s/cap", dir);
	assert_int_equal(pktcap_file_writer_open_ng(
				 &w, path, PKTCAP_LINKTYPE_RAW, NULL, NULL),
			 0);
	assert_int_equal(pktcap_file_writer_close(w), 0);
	assert_int_equal(pktcap_file_reader_open(&reader, path, NULL, NULL), 0);
	pktcap_file_reader_info(reader, &info);
	assert_int_equal(info.linktype, PKTCAP_LINKTYPE_RAW);
	assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL), 0);
	pktcap_file_reader_close(reader);
	unlink(path);
}

/* --- what is refused --- */

static void refusals(void **state)
{
	static char longest[65536 + 1];
	const char *const comments[] = { longest };
	struct pktcap_file_interface other = eth0;
	struct pktcap_file_name name = { "x", AF_UNIX, { 0 }, 0 };
	struct pktcap_packet pkt = packet();
	struct pktcap_file_writer *w;
	struct pktcap_error error;
	uint32_t id;

	(void)state;
	memset(longest, 'x', sizeof(longest) - 1);
	assert_int_equal(pktcap_file_writer_open_ng(
				 &w, "/dev/null", LINKTYPE,
				 &PKTCAP_FILE_WRITER_OPTS(.comment = longest),
				 &error),
			 -EMSGSIZE);
	assert_null(w);
	assert_int_equal(error.code, -EMSGSIZE);
	assert_int_equal(pktcap_file_writer_open_ng(&w, "/dev/null", LINKTYPE,
						    NULL, NULL),
			 0);
	other.filter = longest;
	assert_int_equal(pktcap_file_writer_interface(w, &other, &id),
			 -EMSGSIZE);
	other.linktype = 65536;
	assert_int_equal(pktcap_file_writer_interface(w, &other, &id), -EINVAL);
	assert_int_equal(pktcap_file_writer_write_with(
				 w, &pkt,
				 &PKTCAP_FILE_EXTRA(.comments = comments,
						    .comment_count = 1)),
			 -EMSGSIZE);
	assert_int_equal(
		pktcap_file_writer_write_with(
			w, &pkt,
			&PKTCAP_FILE_EXTRA(.has = PKTCAP_FILE_HAS_INTERFACE,
					   .interface = 9)),
		-EINVAL);
	assert_int_equal(pktcap_file_writer_write_with(
				 w, &pkt, &PKTCAP_FILE_EXTRA(.has = 1u << 31)),
			 -EINVAL);
	assert_int_equal(pktcap_file_writer_stats_block(w, 9, &counters),
			 -EINVAL);
	assert_int_equal(pktcap_file_writer_names(w, &name, 1), -EINVAL);
	assert_int_equal(pktcap_file_writer_secrets(w, 1, longest, 17 << 20),
			 -EMSGSIZE);
	pkt.ts_ns = -1;
	assert_int_equal(pktcap_file_writer_write(w, &pkt), -EINVAL);
	assert_int_equal(pktcap_file_writer_close(w), 0);
}

static void not_for_pcap(void **state)
{
	struct pktcap_packet pkt = packet();
	struct pktcap_file_writer *w;
	uint32_t id;

	(void)state;
	assert_int_equal(
		pktcap_file_writer_open(&w, "/dev/null", LINKTYPE, NULL, NULL),
		0);
	assert_int_equal(pktcap_file_writer_interface(w, &eth0, &id),
			 -EOPNOTSUPP);
	assert_int_equal(
		pktcap_file_writer_write_with(w, &pkt, &PKTCAP_FILE_EXTRA(0)),
		-EOPNOTSUPP);
	assert_int_equal(pktcap_file_writer_stats_block(w, 0, &counters),
			 -EOPNOTSUPP);
	assert_int_equal(pktcap_file_writer_names(w, NULL, 0), -EOPNOTSUPP);
	assert_int_equal(pktcap_file_writer_secrets(w, 0, "", 0), -EOPNOTSUPP);
	assert_int_equal(pktcap_file_writer_close(w), 0);
}

/* More interfaces than there are slots to find them fast. */
static void many_interfaces(void **state)
{
	enum { COUNT = 300 };
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *got;
	struct pktcap_packet pkt = packet();
	struct pktcap_file_record record;
	struct pktcap_file_writer *w;
	char path[200];

	(void)state;
	snprintf(path, sizeof(path), "%s/cap", dir);
	assert_int_equal(
		pktcap_file_writer_open_ng(&w, path, LINKTYPE, NULL, NULL), 0);
	for (int i = 0; i < 3 * COUNT; i++) {
		pkt.ifindex = 1 + i % COUNT;
		pkt.linktype = (uint16_t)(i % 2);
		assert_int_equal(pktcap_file_writer_write(w, &pkt), 0);
	}
	assert_int_equal(pktcap_file_writer_close(w), 0);
	assert_int_equal(pktcap_file_reader_open(&reader, path, NULL, NULL), 0);
	for (uint32_t i = 0; i < 3 * COUNT; i++) {
		assert_int_equal(pktcap_file_reader_next(reader, &got, NULL),
				 1);
		pktcap_file_reader_record(reader, &record);
		assert_int_equal(record.interface, i % COUNT);
		assert_int_equal(got->linktype, i % 2);
	}
	assert_int_equal(pktcap_file_reader_next(reader, &got, NULL), 0);
	pktcap_file_reader_close(reader);
	unlink(path);
}

int main(void)
{
	static struct CMUnitTest all[32] = {
		cmocka_unit_test(unbuffered),
		cmocka_unit_test(no_packets),
		cmocka_unit_test(refusals),
		cmocka_unit_test(not_for_pcap),
		cmocka_unit_test(many_interfaces),
	};
	size_t n = 5;
	int failed;

	for (size_t i = 0; i < sizeof(peers) / sizeof(peers[0]); i++)
		all[n++] = (struct CMUnitTest){ .name = peers[i].command,
						.test_func = check_peer,
						.initial_state = &peers[i] };
	if (!mkdtemp(dir))
		return 1;
	failed = _cmocka_run_group_tests("file_pcapng", all, n, NULL, NULL);
	rmdir(dir);
	return failed;
}
