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
	return has(seen, "byte ") && strpbrk(seen->expression, "&|");
}

/*
 * The peer's user-space machine has no metadata; ours has the packet's. Behind
 * "pppoes" libpcap wants it even where the header says the same.
 */
static bool metadata(const struct difference_seen *seen)
{
	bool sll2 = strcmp(seen->link, "LINUX_SLL2") == 0;
	bool cooked = sll2 || strcmp(seen->link, "LINUX_SLL") == 0 ||
		      strcmp(seen->link, "PFLOG") == 0;

	if (has(seen, "pppoes"))
		sll2 = cooked = false;
	return (has(seen, "ifindex") && !sll2) ||
	       ((has(seen, "inbound") || has(seen, "outbound")) && !cooked);
}

/*
 * "ip[0] + tcp[0]": for the operand on the right libpcap does not ask whether
 * the packet has that protocol, whose bytes then are anything.
 */
static bool right_operand(const struct difference_seen *seen)
{
	const char *start = seen->expression, *p = start;

	while ((p = strchr(p, '['))) {
		const char *q = p++;

		while (q > start && isalnum((unsigned char)q[-1]))
			q--;
		while (q > start && strchr(" (-", q[-1]))
			q--;
		if (q > start && strchr("+*/%&|^<>", q[-1]))
			return true;
		/* "a - b" and "a = -b" are not told apart. */
		if (*q == '-' || (q > start && *q == ' ' && q[1] == '-'))
			return true;
	}
	return false;
}

/* Kernels count shifts modulo 32, libpcap has 0 then. */
static bool long_shift(const struct difference_seen *seen)
{
	return has(seen, "<<") || has(seen, ">>");
}

/* libpcap finds "modulus by zero" where no packet comes. */
static bool division(const struct difference_seen *seen)
{
	return !seen->packet && strpbrk(seen->expression, "%/");
}

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

/* libpcap forgets to compute the length of the link header then. */
static bool late_tunnel(const struct difference_seen *seen)
{
	return difference_header_varies(seen->link) &&
	       (has(seen, "pppoes") || has(seen, "geneve"));
}

/*
 * Of a packet that is no tunnel libpcap looks inside all the same: at places
 * where scratch memory that was never written leads.
 */
static bool no_tunnel(const struct difference_seen *seen)
{
	return seen->generated && has(seen, "geneve") &&
	       (has(seen, " or ") || has(seen, "||") || has(seen, "not") ||
		has(seen, "!"));
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

/*
 * Kernels add offsets modulo 2^32, libpcap's user-space machine rejects then:
 * "ip[ip[0] - 70:2]" may be two bytes before the header.
 */
static bool wrapped_offset(const struct difference_seen *seen)
{
	const char *p = seen->expression;

	while (seen->generated && (p = strchr(p, '['))) {
		const char *end = strchr(++p, ']'), *inner = strchr(p, '[');

		if (*p == '-' || *p == '(' || (inner && inner < end))
			return true;
	}
	return false;
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
} all[] = {
	{ "'byte' with & or |", byte_not_loaded },
	{ "metadata", metadata },
	{ "protocol of a right operand", right_operand },
	{ "shifts by more than 31", long_shift },
	{ "divisions that never happen", division },
	{ "short frames", short_frame },
	{ "bytes that do not matter", not_looked_at },
	{ "protochain behind headers of any length", late_chain },
	{ "tunnels behind headers of any length", late_tunnel },
	{ "inside of what is no tunnel", no_tunnel },
	{ "whole names of pf", whole_name },
	{ "'!=' of ATM and SS7", unequal_field },
	{ "ATM inside of others", inner_atm },
	{ "offsets before the header", wrapped_offset },
	{ "tests of all bits", all_bits },
	{ "chains of more than 8 headers", long_chain },
	{ "Geneve over MPLS", labels_outside },
	{ "frames inside of Geneve without Ethernet", no_frame },
};

enum { ALL = sizeof(all) / sizeof(all[0]) };
_Static_assert(sizeof(all) / sizeof(all[0]) <= DIFFERENCES_MAX,
	       "room to count all");

const char *difference_name(uint32_t i)
{
	return i < ALL ? all[i].name : NULL;
}

int difference_find(const struct difference_seen *seen)
{
	for (int i = 0; i < (int)ALL; i++)
		if (all[i].explains(seen))
			return i;
	return -1;
}
