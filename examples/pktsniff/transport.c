/* SPDX-License-Identifier: BSD-2-Clause */
#include "line.h"

#include <netinet/in.h>
#include <stdio.h>

enum {
	TCP_HEADER = 20,
	UDP_HEADER = 8,
	FLAG_FIN = 0x01,
	FLAG_SYN = 0x02,
	FLAG_RST = 0x04,
	FLAG_ACK = 0x10,
	FLAG_URG = 0x20,
};

/* tcpdump leaves a @gap where an UDP header is cut, and none in a TCP one. */
static bool print_ports(const struct line_addresses *addresses,
			struct bytes segment, const char *name, const char *gap)
{
	uint16_t from, to;

	if (!bytes_be16(segment, 0, &from) || !bytes_be16(segment, 2, &to)) {
		printf("%s > %s:%s [|%s]", addresses->from, addresses->to, gap,
		       name);
		return false;
	}
	printf("%s.%u > %s.%u: ", addresses->from, from, addresses->to, to);
	return true;
}

static void print_tcp_flags(uint8_t flags)
{
	static const char letters[] = "FSRP.UEW";

	fputs("Flags [", stdout);
	for (int bit = 0; bit < 8; bit++)
		if (flags & 1u << bit)
			putchar(letters[bit]);
	printf("%s]", flags ? "" : "none");
}

/* One option of RFC 9293 and RFC 7323, by the length its kind should have. */
static void print_tcp_option(struct bytes option, uint8_t kind)
{
	uint16_t mss;
	uint8_t shift;
	uint32_t value, echo;

	if (kind == 2 && option.len == 4 && bytes_be16(option, 2, &mss))
		printf("mss %u", mss);
	else if (kind == 3 && option.len == 3 && bytes_u8(option, 2, &shift))
		printf("wscale %u", shift);
	else if (kind == 4 && option.len == 2)
		fputs("sackOK", stdout);
	else if (kind == 8 && option.len == 10 &&
		 bytes_be32(option, 2, &value) && bytes_be32(option, 6, &echo))
		printf("TS val %u ecr %u", value, echo);
	else
		printf("opt-%u:%zu", kind, option.len);
}

static void print_tcp_options(struct bytes options)
{
	const char *comma = "";

	fputs(", options [", stdout);
	while (options.len) {
		uint8_t kind = options.data[0], length = 1;

		fputs(comma, stdout);
		comma = ",";
		if (kind == 0) {
			fputs("eol", stdout);
			break;
		}
		if (kind == 1) {
			fputs("nop", stdout);
		} else if (bytes_u8(options, 1, &length) && length >= 2 &&
			   length <= options.len) {
			print_tcp_option(bytes_first(options, length), kind);
		} else {
			printf("opt-%u bad", kind);
			break;
		}
		options = bytes_after(options, length);
	}
	putchar(']');
}

/* RFC 9293, section 3.1 */
static void print_tcp(const struct line *line,
		      const struct line_addresses *addresses,
		      struct bytes segment)
{
	uint32_t seq, ack;
	uint16_t window, urgent;
	uint8_t offset, flags;
	size_t header, length;

	if (!print_ports(addresses, segment, "tcp", ""))
		return;
	if (!bytes_have(segment, 0, TCP_HEADER) ||
	    !bytes_be32(segment, 4, &seq) || !bytes_be32(segment, 8, &ack) ||
	    !bytes_u8(segment, 12, &offset) || !bytes_u8(segment, 13, &flags) ||
	    !bytes_be16(segment, 14, &window) ||
	    !bytes_be16(segment, 18, &urgent)) {
		line_truncated("tcp");
		return;
	}
	header = (offset >> 4) * 4u;
	if (header < TCP_HEADER || header > segment.wire) {
		printf("tcp [bad hdr length %zu]", header);
		return;
	}
	length = segment.wire - header;
	if (line->quick) {
		printf("tcp %zu", length);
		return;
	}
	print_tcp_flags(flags);
	if (length || flags & (FLAG_SYN | FLAG_FIN | FLAG_RST))
		printf(", seq %u", seq);
	if (length)
		printf(":%u", (uint32_t)(seq + length));
	if (flags & FLAG_ACK)
		printf(", ack %u", ack);
	printf(", win %u", window);
	if (flags & FLAG_URG)
		printf(", urg %u", urgent);
	if (header > TCP_HEADER) {
		if (!bytes_have(segment, TCP_HEADER, header - TCP_HEADER)) {
			line_truncated("tcp");
			return;
		}
		print_tcp_options(
			bytes_after(bytes_first(segment, header), TCP_HEADER));
	}
	printf(", length %zu", length);
}

/* RFC 768 */
static void print_udp(const struct line_addresses *addresses,
		      struct bytes datagram)
{
	uint16_t length;
	size_t payload;

	if (!print_ports(addresses, datagram, "udp", " "))
		return;
	if (!bytes_be16(datagram, 4, &length) ||
	    !bytes_have(datagram, 0, UDP_HEADER)) {
		line_truncated("udp");
		return;
	}
	if (length < UDP_HEADER) {
		printf("truncated-udplength %u", length);
		return;
	}
	payload = length - UDP_HEADER;
	if (length > datagram.wire && !addresses->fragmented)
		printf("UDP, bad length %zu > %zu", payload,
		       datagram.wire - UDP_HEADER);
	else
		printf("UDP, length %zu", payload);
}

/* Echo in words, all other messages by number. */
static void print_message(struct bytes message, const char *name,
			  const char *echo)
{
	uint16_t id, sequence;
	uint8_t type, code;

	if (!bytes_u8(message, 0, &type) || !bytes_u8(message, 1, &code) ||
	    !bytes_be16(message, 4, &id) ||
	    !bytes_be16(message, 6, &sequence)) {
		line_truncated(name);
		return;
	}
	if (echo)
		printf("echo %s, id %u, seq %u", echo, id, sequence);
	else
		printf("type %u, code %u", type, code);
	printf(", length %zu", message.wire);
}

/* RFC 792 */
static void print_icmp(struct bytes message)
{
	uint8_t type;

	if (!bytes_u8(message, 0, &type) || !bytes_have(message, 0, 8)) {
		line_truncated("icmp");
		return;
	}
	fputs("ICMP ", stdout);
	print_message(message, "icmp",
		      type == 8	  ? "request"
		      : type == 0 ? "reply"
				  : NULL);
}

/* RFC 4443; unlike ICMP's, its name stands even over a header that was cut. */
static void print_icmp6(struct bytes message)
{
	const char *echo;
	uint8_t type;

	if (!bytes_u8(message, 0, &type)) {
		line_truncated("icmp6");
		return;
	}
	echo = type == 128 ? "request" : type == 129 ? "reply" : NULL;
	fputs("ICMP6, ", stdout);
	if (echo && !bytes_have(message, 0, 8))
		printf("echo %s", echo);
	print_message(message, "icmp6", echo);
}

void line_transport(const struct line *line, uint8_t protocol,
		    const struct line_addresses *addresses,
		    struct bytes payload)
{
	switch (protocol) {
	case IPPROTO_TCP:
		print_tcp(line, addresses, payload);
		break;
	case IPPROTO_UDP:
		print_udp(addresses, payload);
		break;
	case IPPROTO_ICMP:
		print_icmp(payload);
		break;
	case IPPROTO_ICMPV6:
		print_icmp6(payload);
		break;
	default:
		printf(" ip-proto-%u %zu", protocol, payload.wire);
	}
}
