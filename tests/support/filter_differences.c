// SPDX-License-Identifier: BSD-2-Clause
#include "support/filter_differences.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

static bool has(const struct difference_seen *seen, const char *word)
{
	return strstr(seen->expression, word);
}

bool difference_header_varies(const char *link)
{
	return strstr(link, "802_11") || strcmp(link, "PFLOG") == 0;
}

/* "byte 14 & 1" and "byte 14 | 1" test what happens to be in the register. */
static bool byte_not_loaded(const struct difference_seen *seen)
{
	for (const char *p = seen->expression; (p = strstr(p, "byte "));) {
		p += strlen("byte ");
		p += strspn(p, "0123456789 ");
		if (*p == '&' || *p == '|')
			return true;
	}
	return false;
}

/*
 * The peer's user-space machine counts shifts and offsets otherwise than the
 * kernel's, and has no metadata; ours does as the kernel's.
 */
static bool machine(const struct difference_seen *seen)
{
	return seen->same_in_kernel;
}

/*
 * Behind "pppoes" libpcap wants metadata even where the header says the same,
 * and behind a radiotap header it adds the header's length to their offset.
 */
static bool metadata(const struct difference_seen *seen)
{
	return (has(seen, "pppoes") ||
		strcmp(seen->link, "IEEE802_11_RADIO") == 0) &&
	       (has(seen, "ifindex") || has(seen, "inbound") ||
		has(seen, "outbound"));
}

/* --- operands ------------------------------------------------------------- */
/* What is at @p the right operand of; comparisons do not count. */
static bool is_right(const char *start, const char *p)
{
	while (p > start) {
		char c = *--p;

		if (c == ' ' || c == '(')
			continue;
		if (strchr("+*/%^", c))
			return true;
		if (strchr("&|<>", c))
			return p > start && (p[-1] == c) == !!strchr("<>", c);
		if (c != '-')
			return false;
		while (p > start && p[-1] == ' ')
			p--;
		/* Behind an operand it is not the sign of the next one. */
		if (p > start &&
		    (isalnum((unsigned char)p[-1]) || strchr("])", p[-1])))
			return true;
	}
	return false;
}

/* Whoever has the bytes of protocol @left has those of @right. */
static bool implies(const char *left, size_t left_n, const char *right,
		    size_t right_n)
{
	static const char *const all[] = { "ether", "link", "wlan", "radio" };
	static const char *const in_ip[] = { "tcp",  "udp",  "sctp",
					     "icmp", "igmp", "igrp",
					     "pim",  "vrrp", "carp" };

	if (left_n == right_n && !memcmp(left, right, right_n))
		return true;
	for (size_t i = 0; i < 4; i++)
		if (right_n == strlen(all[i]) &&
		    !memcmp(right, all[i], right_n))
			return true;
	for (size_t i = 0; right_n == 2 && i < 9; i++)
		if (left_n == strlen(in_ip[i]) &&
		    !memcmp(left, in_ip[i], left_n))
			return !memcmp(right, "ip", 2);
	return right_n == 3 && left_n == 5 && !memcmp(right, "ip6", 3) &&
	       !memcmp(left, "icmp6", 5);
}

/* The name before "[": its first letter. */
static const char *name_before(const char *start, const char *bracket)
{
	while (bracket > start && isalnum((unsigned char)bracket[-1]))
		bracket--;
	return bracket;
}

static const char *relation_of(const char *start, const char *p)
{
	for (; p > start; p--)
		if (!strncmp(p, " and ", 5) || !strncmp(p, " or ", 4) ||
		    !strncmp(p, "&&", 2) || !strncmp(p, "||", 2))
			break;
	return p;
}

/*
 * "ip[0] + tcp[0]": for the operand on the right libpcap does not ask whether
 * the packet has that protocol, whose bytes then are anything. It does if the
 * one before says so.
 */
static bool right_operand(const struct difference_seen *seen)
{
	const char *start = seen->expression;

	for (const char *p = start; (p = strchr(p, '[')); p++) {
		const char *name = name_before(start, p);
		bool known = false;

		if (!is_right(start, name))
			continue;
		for (const char *q = relation_of(start, name); q < name; q++) {
			const char *other = name_before(start, q);

			known |=
				*q == '[' && implies(other, (size_t)(q - other),
						     name, (size_t)(p - name));
		}
		if (!known)
			return true;
	}
	return false;
}

/* libpcap finds "modulus by zero" where no packet comes. */
static bool division(const struct difference_seen *seen)
{
	return !seen->packet && seen->taken && seen->refusal &&
	       strstr(seen->refusal, "by zero");
}

/*
 * "ether[-1:2]": there the kernel has something else, or nothing. Where headers
 * are of any length libpcap does not compute the offset.
 */
static bool no_such_place(const struct difference_seen *seen)
{
	if (!has(seen, "[-") && !has(seen, "[0xf"))
		return false;
	return difference_header_varies(seen->link) ||
	       (!seen->packet && !seen->taken && seen->refused_by_kernel);
}

/* --- link headers, tunnels and the like ----------------------------------- */
/*
 * What cannot change the outcome is not looked at. Tables without such things
 * are compared without this excuse; to "geneve" alone it does not matter what
 * is inside.
 */
static bool not_looked_at(const struct difference_seen *seen)
{
	return seen->ran_out && seen->taken &&
	       (seen->generated || has(seen, "geneve"));
}

/*
 * Behind an authentication header libpcap forgets how long the headers before
 * it were, and may go round and round between two of them for ever.
 */
bool difference_endless(const char *expression, const uint8_t *bytes,
			uint32_t caplen)
{
	enum { AUTHENTICATION = 51 };

	return strstr(expression, "protochain") &&
	       memchr(bytes, AUTHENTICATION, caplen);
}

/* libpcap has no protochain where the length of headers before it varies. */
static bool late_chain(const struct difference_seen *seen)
{
	return !seen->packet && seen->taken && has(seen, "protochain") &&
	       (difference_header_varies(seen->link) || has(seen, "geneve"));
}

/*
 * libpcap computes the lengths of the link header before anything else: less
 * than that it rejects, whatever is asked.
 */
static bool short_frame(const struct difference_seen *seen)
{
	return seen->packet && difference_header_varies(seen->link) &&
	       seen->ran_out;
}

/*
 * Of a packet that is no tunnel libpcap looks inside all the same, at places
 * where scratch memory leads that was never written; and it forgets to compute
 * the length of the link header then.
 */
static bool no_tunnel(const struct difference_seen *seen)
{
	return seen->reads_unwritten &&
	       (has(seen, "geneve") || has(seen, "pppoes"));
}

/* "pppoes or tcp": the length is computed for one of them only. */
static bool late_tunnel(const struct difference_seen *seen)
{
	return difference_header_varies(seen->link) && has(seen, "pppoes") &&
	       (has(seen, " or ") || has(seen, "||"));
}

/* libpcap still thinks of the labels before the tunnel. */
static bool labels_outside(const struct difference_seen *seen)
{
	return has(seen, "mpls") && has(seen, "geneve");
}

/* Names end where they end: "em" is not "em0". libpcap compares beginnings. */
static bool whole_name(const struct difference_seen *seen)
{
	return strcmp(seen->link, "PFLOG") == 0 &&
	       (has(seen, "ifname") || has(seen, "on ") || has(seen, "rset") ||
		has(seen, "ruleset"));
}

/* "vci != 5" means "vci = 5" to libpcap. */
static bool unequal_field(const struct difference_seen *seen)
{
	static const char *const words[] = { "vpi !", "vci !", "sio !",
					     "opc !", "dpc !", "sls !" };

	for (int i = 0; i < 6; i++)
		if (has(seen, words[i]))
			return true;
	return false;
}

/*
 * Behind "lane" and tunnels libpcap takes the bytes of the inner header for
 * those of ATM.
 */
static bool inner_atm(const struct difference_seen *seen)
{
	static const char *const words[] = { "lane", "metac",  "bcc",	  "oam",
					     "sc",   "ilmic",  "connect", "vpi",
					     "vci",  "pppoes", "geneve" };
	int found = 0;

	if (strcmp(seen->link, "SUNATM") != 0)
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *p = seen->expression;

		while ((p = strstr(p, words[i])) && ++found)
			p++;
	}
	return found > 1;
}

/* A test of all 32 bits for 0 never holds, says libpcap's optimizer. */
static bool all_bits(const struct difference_seen *seen)
{
	return has(seen, "& 0xffffffff") || has(seen, "&0xffffffff");
}

/* Of more than 8 headers libpcap looks at all, to the packet's end. */
static bool long_chain(const struct difference_seen *seen)
{
	return seen->generated && seen->packet && seen->taken &&
	       has(seen, "protochain");
}

/* Of a tunnel without Ethernet inside, it takes other bytes for its header. */
static bool no_frame(const struct difference_seen *seen)
{
	return has(seen, "geneve") &&
	       (has(seen, "ether[") || has(seen, "link[") ||
		has(seen, "wlan[") || has(seen, "byte "));
}

static const struct {
	const char *name;
	bool (*explains)(const struct difference_seen *seen);
	struct difference_limit limit;
} all[] = {
	{ "short frames", short_frame, { 394, 42426 } },
	{ "divisions that never happen", division, { 28, 28 } },
	{ "'byte' with & or |", byte_not_loaded, { 0, 0 } },
	{ "offsets that the kernel refuses", no_such_place, { 466, 10736 } },
	{ "the machine of libpcap", machine, { 110, 142444 } },
	{ "metadata behind PPPoE and radiotap", metadata, { 2, 4154 } },
	{ "protocol of a right operand", right_operand, { 0, 0 } },
	{ "bytes that do not matter", not_looked_at, { 48, 293 } },
	{ "protochain behind headers of any length", late_chain, { 71, 71 } },
	{ "inside of what is no tunnel", no_tunnel, { 109, 6982 } },
	{ "PPPoE or others behind headers of any length",
	  late_tunnel,
	  { 1, 21 } },
	{ "whole names of pf", whole_name, { 4, 853 } },
	{ "'!=' of ATM and SS7", unequal_field, { 1, 3949 } },
	{ "ATM inside of others", inner_atm, { 0, 0 } },
	{ "tests of all bits", all_bits, { 0, 0 } },
	{ "chains of more than 8 headers", long_chain, { 0, 0 } },
	{ "Geneve over MPLS", labels_outside, { 0, 0 } },
	{ "frames inside of Geneve without Ethernet", no_frame, { 18, 81 } },
};

enum { ALL = sizeof(all) / sizeof(all[0]) };
_Static_assert(sizeof(all) / sizeof(all[0]) <= DIFFERENCES_MAX,
	       "room to count all");

const char *difference_name(uint32_t i)
{
	return i < ALL ? all[i].name : NULL;
}

struct difference_limit difference_limit(uint32_t i)
{
	return all[i].limit;
}

int difference_find(const struct difference_seen *seen)
{
	for (int i = 0; i < (int)ALL; i++)
		if (seen->strict ? all[i].explains == short_frame &&
					   short_frame(seen)
				 : all[i].explains(seen))
			return i;
	return -1;
}
