// SPDX-License-Identifier: BSD-2-Clause
/*
 * Any text is refused or a program that the kernel would take, and that means
 * the same optimised and as it was written. Before the expression stand three
 * bytes: link type, flags, and a seed for what happens to the packets. With
 * the flag GRAMMAR four more make another expression in front of it.
 */
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/filter.h>

#include "support/grammar.h"
#include "support/packets.h"

enum {
	HEADER = 3,
	TEXT_MAX = 4096,
	STRIDE = 5,
	FLAGS = PKTCAP_FILTER_LIVE | PKTCAP_FILTER_EXTENDED |
		PKTCAP_FILTER_KEEP_STAGES | PKTCAP_FILTER_SNAP_HEADERS,
	GRAMMAR = 1 << 6,  /* of the flags: see above */
	CAST_MASK = 1 << 7 /* of the flags: a netmask is known */
};

static const uint32_t linktypes[] = {
	PKTCAP_LINKTYPE_ETHERNET,   PKTCAP_LINKTYPE_ETHERNET,
	PKTCAP_LINKTYPE_LINUX_SLL,  PKTCAP_LINKTYPE_LINUX_SLL2,
	PKTCAP_LINKTYPE_RAW,	    PKTCAP_LINKTYPE_IPV4,
	PKTCAP_LINKTYPE_IPV6,	    PKTCAP_LINKTYPE_NULL,
	PKTCAP_LINKTYPE_LOOP,	    PKTCAP_LINKTYPE_PPP,
	PKTCAP_LINKTYPE_PPP_HDLC,   PKTCAP_LINKTYPE_C_HDLC,
	PKTCAP_LINKTYPE_IEEE802_11, PKTCAP_LINKTYPE_IEEE802_11_RADIOTAP,
	PKTCAP_LINKTYPE_VSOCK,
};

enum { LINKTYPES = sizeof(linktypes) / sizeof(linktypes[0]) };

struct programs {
	const struct pktcap_insn *plain, *optimized;
	size_t plain_n, optimized_n;
	uint32_t linktype, seed;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint32_t any(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

/* The same for the same name; sometimes none, rarely a failure. */
static int resolve(void *user, const char *name, enum pktcap_filter_name kind,
		   struct pktcap_filter_answer *answers, size_t max)
{
	uint32_t seed = 0x9e3779b9u + kind;
	size_t n;

	(void)user;
	for (const char *p = name; *p; p++)
		seed = (seed ^ (uint8_t)*p) * 0x01000193u | 1;
	if (any(&seed) % 64 == 0)
		return -EIO;
	n = any(&seed) % 5;
	for (size_t i = 0; i < n && i < max; i++) {
		answers[i].kind = 1 + any(&seed) % 4;
		answers[i].number = any(&seed) >> any(&seed) % 32;
		answers[i].protocol = any(&seed) % 2 ? 0 : any(&seed) % 256;
		answers[i].prefix = any(&seed) % 140;
		for (int j = 0; j < 16; j++)
			answers[i].address[j] = (uint8_t)any(&seed);
	}
	return (int)n;
}

/* The first letter says which; the others fail. */
static int list(void *user, const char *name, const char **text, size_t *len)
{
	static const char *const lists[] = { "",
					     "10.0.0.1 1.2.3.4",
					     "80, 443\n8000-8100",
					     "# none",
					     "10.0.0.0/8\n192.168 # two\n",
					     "fe80::1 @a" };
	size_t which = (uint8_t)*name % 8;

	(void)user;
	if (which >= sizeof(lists) / sizeof(lists[0]))
		return -ENOENT;
	*text = lists[which];
	*len = strlen(*text);
	return 0;
}

static struct pktcap_filter *compile(const char *text, uint32_t linktype,
				     uint32_t flags, int *ret)
{
	struct pktcap_error error = { 0 };
	struct pktcap_filter *filter;

	*ret = pktcap_filter_compile(
		&filter, text,
		&PKTCAP_FILTER_OPTS(.linktype = linktype,
				    .flags = flags & ~(uint32_t)CAST_MASK,
				    .netmask =
					    flags & CAST_MASK ? 0xffffff00 : 0,
				    .seed = flags & CAST_MASK,
				    .resolve = resolve, .list = list),
		&error);
	if (*ret && (filter || error.code != *ret || !error.text[0] ||
		     error.offset > strlen(text)))
		abort();
	return filter;
}

static void print(const struct pktcap_filter *filter, uint32_t seed)
{
	static char text[1 << 16];

	for (uint32_t stage = PKTCAP_FILTER_STAGE_TOKENS;
	     stage <= PKTCAP_FILTER_STAGE_PROGRAM; stage++)
		if (pktcap_filter_print(filter, stage, text,
					seed % sizeof(text)) < 0)
			abort();
}

static void differ(const struct programs *p, const struct pktcap_packet *pkt)
{
	static char text[1 << 16];

	pktcap_bpf_dump(p->plain, p->plain_n, PKTCAP_BPF_FORM_ASM, text,
			sizeof(text));
	fprintf(stderr, "as written:\n%s", text);
	pktcap_bpf_dump(p->optimized, p->optimized_n, PKTCAP_BPF_FORM_ASM, text,
			sizeof(text));
	fprintf(stderr, "optimised:\n%spacket of %u bytes, flags %x:", text,
		pkt->wirelen, (unsigned int)pkt->flags);
	for (uint32_t i = 0; i < pkt->caplen; i++)
		fprintf(stderr, " %02x", pkt->data[i]);
	fprintf(stderr, "\n");
	abort();
}

static void compare(const struct programs *p, const struct pktcap_packet *pkt)
{
	uint32_t plain = pktcap_bpf_run(p->plain, p->plain_n, pkt), optimized;

	/* No program: no packet can match. */
	optimized = p->optimized
			    ? pktcap_bpf_run(p->optimized, p->optimized_n, pkt)
			    : 0;
	if (plain != optimized)
		differ(p, pkt);
}

/*
 * One in STRIDE of packets of all kinds, the seed says which; some cut off,
 * some with other bytes in them.
 */
static void compare_all(const struct programs *p)
{
	static uint8_t bytes[PACKET_MAX];
	uint32_t seed = p->seed | 1;
	struct packet packet;

	for (unsigned int i = p->seed % STRIDE;
	     packet_build(i, p->linktype, bytes, &packet); i += STRIDE) {
		struct pktcap_packet pkt = {
			.data = bytes,
			.caplen = packet.len,
			.wirelen = packet.len,
			.linktype = (uint16_t)p->linktype,
		};

		compare(p, &pkt);
		if (!packet.len)
			continue;
		for (uint32_t n = any(&seed) % 4; n--;)
			bytes[any(&seed) % packet.len] = (uint8_t)any(&seed);
		if (any(&seed) % 4 == 0)
			pkt.caplen = any(&seed) % packet.len;
		if (any(&seed) % 2) {
			pkt.flags = PKTCAP_PACKET_VLAN;
			pkt.vlan_tpid = any(&seed) % 2 ? 0x8100 : 0x88a8;
			pkt.vlan_tci = (uint16_t)any(&seed) % 8;
		}
		pkt.pkttype = any(&seed) % 5;
		compare(p, &pkt);
	}
}

static void check(const char *text, uint32_t linktype, uint32_t flags,
		  uint32_t seed)
{
	struct programs p = { .linktype = linktype, .seed = seed };
	int ret, plain_ret;
	struct pktcap_filter *optimized = compile(text, linktype, flags, &ret);
	struct pktcap_filter *plain = compile(
		text, linktype, flags | PKTCAP_FILTER_NO_OPTIMIZE, &plain_ret);

	if (optimized) {
		p.optimized = pktcap_filter_program(optimized, &p.optimized_n);
		if (pktcap_bpf_validate(p.optimized, p.optimized_n, NULL))
			abort();
		if (flags & PKTCAP_FILTER_KEEP_STAGES)
			print(optimized, seed * 256);
	}
	if (plain) {
		p.plain = pktcap_filter_program(plain, &p.plain_n);
		if (pktcap_bpf_validate(p.plain, p.plain_n, NULL))
			abort();
	}
	if (plain && (optimized || ret == -ENOMSG))
		compare_all(&p);
	pktcap_filter_free(optimized);
	pktcap_filter_free(plain);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[GRAMMAR_MAX + TEXT_MAX + 1] = "";
	size_t at = HEADER, n = 0;
	uint32_t seed;

	if (size < HEADER)
		return 0;
	if (data[1] & GRAMMAR && size - at >= sizeof(seed)) {
		memcpy(&seed, data + at, sizeof(seed));
		at += sizeof(seed);
		grammar_expression(seed, text);
		n = strlen(text);
	}
	size = size - at < TEXT_MAX ? size - at : TEXT_MAX;
	memcpy(text + n, data + at, size);
	text[n + size] = '\0';
	check(text, linktypes[data[0] % LINKTYPES],
	      data[1] & (uint32_t)(FLAGS | CAST_MASK), data[2]);
	return 0;
}
