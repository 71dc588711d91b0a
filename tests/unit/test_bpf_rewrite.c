// SPDX-License-Identifier: BSD-2-Clause
/* Programs rewritten for their socket still say what they said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <linux/filter.h>
#include <linux/if_packet.h>
#include <string.h>

#include "bpf/bpf.h"
#include "support/guard.h"

#define AD(name) ((uint32_t)SKF_AD_OFF + SKF_AD_##name)
#define NET(n) ((uint32_t)SKF_NET_OFF + (n))
#define LL(n) ((uint32_t)SKF_LL_OFF + (n))
#define ABS(size, k)                                   \
	{                                              \
		BPF_LD | BPF_##size | BPF_ABS, 0, 0, k \
	}
#define IND(size, k)                                   \
	{                                              \
		BPF_LD | BPF_##size | BPF_IND, 0, 0, k \
	}
#define MSH(k)                                     \
	{                                          \
		BPF_LDX | BPF_B | BPF_MSH, 0, 0, k \
	}
#define RET(k)                           \
	{                                \
		BPF_RET | BPF_K, 0, 0, k \
	}

struct row {
	const char *name;
	struct pktcap_insn in;
	struct pktcap_insn want; /* code 0xffff: user space */
};

#define REFUSED                 \
	{                       \
		0xffff, 0, 0, 0 \
	}

static struct row rows[] = {
	{ "protocol", ABS(H, 0), ABS(H, AD(PROTOCOL)) },
	{ "interface", ABS(W, 4), ABS(W, AD(IFINDEX)) },
	{ "hardware type", ABS(H, 8), ABS(H, AD(HATYPE)) },
	{ "packet type", ABS(B, 10), ABS(B, AD(PKTTYPE)) },
	{ "half a protocol", ABS(B, 0), REFUSED },
	{ "more than a protocol", ABS(W, 0), REFUSED },
	{ "address length", ABS(B, 11), REFUSED },
	{ "address", ABS(W, 12), REFUSED },
	{ "across the end of the header", ABS(W, 18), REFUSED },
	{ "first byte of the network header", ABS(B, 20), ABS(B, 0) },
	{ "port", ABS(H, 42), ABS(H, 22) },
	{ "header length", MSH(20), MSH(0) },
	{ "header length in the header", MSH(19), REFUSED },
	{ "port with x", IND(H, 22), IND(H, 2) },
	{ "x may point anywhere", IND(H, 19), REFUSED },
	{ "below zero with x", IND(H, (uint32_t)-4), REFUSED },
	{ "ancillary value", ABS(H, AD(VLAN_TAG)), ABS(H, AD(VLAN_TAG)) },
	{ "ancillary offset", ABS(W, AD(PAY_OFFSET)), REFUSED },
	{ "attribute at an offset", ABS(W, AD(NLATTR)), REFUSED },
	{ "nested attribute", ABS(W, AD(NLATTR_NEST)), REFUSED },
	{ "network header", ABS(W, NET(12)), ABS(W, NET(12)) },
	{ "link header", ABS(W, LL(0)), REFUSED },
	{ "below the link header", ABS(W, LL(0) - 1), REFUSED },
	{ "length", { BPF_LD | BPF_W | BPF_LEN, 0, 0, 0 }, REFUSED },
	{ "length in x", { BPF_LDX | BPF_W | BPF_LEN, 0, 0, 0 }, REFUSED },
	{ "return all", RET(262144), RET(262124) },
	{ "return the header and a byte", RET(21), RET(1) },
	{ "return the header", RET(20), RET(1) },
	{ "return a byte", RET(1), RET(1) },
	{ "reject", RET(0), RET(0) },
	{ "return a", { BPF_RET | BPF_A, 0, 0, 0 }, REFUSED },
	{ "constant",
	  { BPF_LD | BPF_IMM, 0, 0, 4 },
	  { BPF_LD | BPF_IMM, 0, 0, 4 } },
	{ "branch",
	  { BPF_JMP | BPF_JEQ | BPF_K, 1, 2, 30 },
	  { BPF_JMP | BPF_JEQ | BPF_K, 1, 2, 30 } },
};

static void run(void **state)
{
	const struct row *r = *state;
	struct pktcap_insn out;
	bool kernel = bpf_to_cooked(&r->in, 1, &out);

	assert_int_equal(kernel, r->want.code != 0xffff);
	if (kernel)
		assert_memory_equal(&out, &r->want, sizeof(out));
}

/* UDP from or to port 53 in IPv4, as a filter compiler writes it for SLL2. */
static const struct pktcap_insn dns[] = {
	ABS(H, 0),
	{ BPF_JMP | BPF_JEQ | BPF_K, 0, 10, 0x800 },
	ABS(B, 29),
	{ BPF_JMP | BPF_JEQ | BPF_K, 0, 8, 17 },
	ABS(H, 26),
	{ BPF_JMP | BPF_JSET | BPF_K, 6, 0, 0x1fff },
	MSH(20),
	IND(H, 20),
	{ BPF_JMP | BPF_JEQ | BPF_K, 2, 0, 53 },
	IND(H, 22),
	{ BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 53 },
	RET(262144),
	RET(0),
};

enum { DNS = sizeof(dns) / sizeof(dns[0]) };

/* Every single byte changed: the verdicts stay the same as the header goes. */
static void same_verdict_without_the_header(void **state)
{
	static const char sll2[] =
		"\x08\0\0\0\0\0\0\7\0\1\4\6\1\2\3\4\5\6\0\0"
		"\x45\0\0\x1c\0\0\0\0\x40\x11\0\0\x0a\0\0\1\x0a\0\0\2"
		"\4\0\0\x35\0\x08\0\0";
	const uint32_t len = sizeof(sll2) - 1;
	struct pktcap_insn cooked[DNS];
	uint32_t kept = 0;

	(void)state;
	assert_true(bpf_to_cooked(dns, DNS, cooked));
	for (uint32_t i = 0; i < len * 256; i++) {
		uint8_t *bytes = guard_copy(sll2, len);
		struct pktcap_packet whole = {
			.data = bytes,
			.caplen = len,
			.wirelen = len,
			.linktype = PKTCAP_LINKTYPE_LINUX_SLL2,
		};
		struct pktcap_packet inner = whole;

		bytes[i / 256] = (uint8_t)i;
		inner.data += BPF_SLL2_HEADER;
		inner.caplen -= BPF_SLL2_HEADER;
		/* 0 is a protocol here, not to be guessed from the bytes. */
		inner.linktype = PKTCAP_LINKTYPE_PPP;
		inner.protocol = (uint16_t)(bytes[0] << 8 | bytes[1]);
		assert_int_equal(!pktcap_bpf_run(dns, DNS, &whole),
				 !pktcap_bpf_run(cooked, DNS, &inner));
		kept += !!pktcap_bpf_run(dns, DNS, &whole);
		guard_free(bytes, len);
	}
	assert_in_range(kept, 1, len * 256 - 1);
}

static void limit(void **state)
{
	struct pktcap_insn insns[] = { RET(0),
				       RET(95),
				       RET(96),
				       RET(262144),
				       { BPF_LD | BPF_IMM, 0, 0, 1000 } };
	const struct pktcap_insn want[] = { RET(0), RET(95), RET(96), RET(96),
					    insns[4] };
	struct pktcap_insn variable = { BPF_RET | BPF_A, 0, 0, 0 };

	(void)state;
	assert_true(bpf_limit_snaplen(insns, 5, 96));
	assert_memory_equal(insns, want, sizeof(want));
	assert_false(bpf_limit_snaplen(&variable, 1, 96));
}

static void outgoing(void **state)
{
	struct pktcap_insn insns[BPF_OUTGOING_ONLY + 1] = { 0 };
	struct pktcap_packet pkt = { .pkttype = PACKET_OUTGOING };

	(void)state;
	assert_int_equal(bpf_outgoing_only(insns), BPF_OUTGOING_ONLY);
	insns[BPF_OUTGOING_ONLY] = (struct pktcap_insn)RET(7);
	assert_int_equal(
		pktcap_bpf_validate(insns, BPF_OUTGOING_ONLY + 1, NULL), 0);
	assert_int_equal(pktcap_bpf_run(insns, BPF_OUTGOING_ONLY + 1, &pkt), 7);
	pkt.pkttype = PACKET_HOST;
	assert_int_equal(pktcap_bpf_run(insns, BPF_OUTGOING_ONLY + 1, &pkt), 0);
	/* The accumulator is zero again for the program behind. */
	pkt.pkttype = PACKET_OUTGOING;
	insns[BPF_OUTGOING_ONLY].code = BPF_RET | BPF_A;
	assert_int_equal(pktcap_bpf_run(insns, BPF_OUTGOING_ONLY + 1, &pkt), 0);
}

/* What comes of a packet behind bpf_leave_tagged() for a program. */
static uint32_t left(const struct pktcap_insn *program, size_t n,
		     struct pktcap_packet pkt)
{
	struct pktcap_insn insns[BPF_LEAVE_TAGGED + 2] = { 0 };
	size_t prefix = bpf_leave_tagged(program, n, 99, insns);

	assert_in_range(prefix, 1, BPF_LEAVE_TAGGED);
	memcpy(insns + prefix, program, n * sizeof(*program));
	assert_int_equal(pktcap_bpf_validate(insns, prefix + n, NULL), 0);
	return pktcap_bpf_run(insns, prefix + n, &pkt);
}

static void tagged(void **state)
{
	static const struct pktcap_insn plain[] = { RET(7) };
	static const struct pktcap_insn chance[] = { ABS(W, AD(RANDOM)),
						     RET(7) };
	static const struct pktcap_insn a = { BPF_RET | BPF_A, 0, 0, 0 };
	static const struct {
		uint16_t protocol;
		uint32_t flags, plain, chance;
	} packets[] = {
		{ 0x0800, 0, 7, 7 },
		{ 0x9100, 0, 7, 7 },
		{ 0x8100, 0, 99, 99 },
		{ 0x88a8, 0, 99, 99 },
		{ 0x0800, PKTCAP_PACKET_VLAN, 7, 99 },
		{ 0x8100, PKTCAP_PACKET_VLAN, 99, 99 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(packets) / sizeof(packets[0]); i++) {
		struct pktcap_packet pkt = { .protocol = packets[i].protocol,
					     .flags = packets[i].flags };

		assert_int_equal(left(plain, 1, pkt), packets[i].plain);
		assert_int_equal(left(chance, 2, pkt), packets[i].chance);
	}
	assert_int_equal(left(&a, 1, (struct pktcap_packet){ .protocol = 1 }),
			 0);
}

int main(void)
{
	enum { ROWS = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[ROWS + 4] = {
		cmocka_unit_test(same_verdict_without_the_header),
		cmocka_unit_test(limit),
		cmocka_unit_test(outgoing),
		cmocka_unit_test(tagged),
	};

	for (size_t i = 0; i < ROWS; i++)
		tests[4 + i] = (struct CMUnitTest){
			.name = rows[i].name,
			.test_func = run,
			.initial_state = &rows[i],
		};
	return _cmocka_run_group_tests("bpf_rewrite", tests, ROWS + 4, NULL,
				       NULL);
}
