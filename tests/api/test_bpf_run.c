// SPDX-License-Identifier: BSD-2-Clause
/*
 * Programs over packets: what the view adds to the bytes, and the edges. The
 * arithmetic itself is compared with the kernel's in test_bpf_kernel.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <linux/filter.h>
#include <string.h>

#include <pktcap/bpf.h>

#include "support/guard.h"

#define AD(name) ((uint32_t)SKF_AD_OFF + SKF_AD_##name)
#define NET(n) ((uint32_t)SKF_NET_OFF + (n))
#define LL(n) ((uint32_t)SKF_LL_OFF + (n))
#define LDW(k)                                    \
	{                                         \
		BPF_LD | BPF_W | BPF_ABS, 0, 0, k \
	}
#define LDH(k)                                    \
	{                                         \
		BPF_LD | BPF_H | BPF_ABS, 0, 0, k \
	}
#define LDB(k)                                    \
	{                                         \
		BPF_LD | BPF_B | BPF_ABS, 0, 0, k \
	}
#define LDX(k)                             \
	{                                  \
		BPF_LDX | BPF_IMM, 0, 0, k \
	}
#define LDA(k)                            \
	{                                 \
		BPF_LD | BPF_IMM, 0, 0, k \
	}
#define IND(size, k)                                   \
	{                                              \
		BPF_LD | BPF_##size | BPF_IND, 0, 0, k \
	}
#define MSH(k)                                     \
	{                                          \
		BPF_LDX | BPF_B | BPF_MSH, 0, 0, k \
	}
#define TXA                                 \
	{                                   \
		BPF_MISC | BPF_TXA, 0, 0, 0 \
	}
#define RETA                             \
	{                                \
		BPF_RET | BPF_A, 0, 0, 0 \
	}

struct row {
	const char *name;
	struct pktcap_insn insns[4];
	size_t n;
	struct pktcap_packet pkt; /* without data and caplen */
	const char *bytes;
	uint32_t caplen;
	uint32_t want;
};

#define ETHERNET                                     \
	{                                            \
		.linktype = PKTCAP_LINKTYPE_ETHERNET \
	}
#define BYTES(text) text, sizeof(text) - 1

#define MACS "\1\2\3\4\5\6\7\7\7\7\7\7"

static struct row rows[] = {
	{ "word",
	  { LDW(0), RETA },
	  2,
	  ETHERNET,
	  BYTES("\1\2\3\4"),
	  0x01020304 },
	{ "last word",
	  { LDW(1), RETA },
	  2,
	  ETHERNET,
	  BYTES("\0\1\2\3\xff"),
	  0x010203ff },
	{ "word past the end",
	  { LDW(1), RETA },
	  2,
	  ETHERNET,
	  BYTES("\1\2\3\4"),
	  0 },
	{ "half past the end",
	  { LDH(3), RETA },
	  2,
	  ETHERNET,
	  BYTES("\1\2\3\4"),
	  0 },
	{ "byte past the end",
	  { LDB(4), RETA },
	  2,
	  ETHERNET,
	  BYTES("\1\2\3\4"),
	  0 },
	{ "no bytes", { LDB(0), RETA }, 2, ETHERNET, "", 0, 0 },
	{ "far past the end",
	  { LDW(0x7ffffffe), RETA },
	  2,
	  ETHERNET,
	  BYTES("\1\2\3\4"),
	  0 },
	{ "offset that wraps",
	  { LDX(UINT32_MAX), IND(B, 3), RETA },
	  3,
	  ETHERNET,
	  BYTES("\1\2\3\4"),
	  3 },
	{ "offset that wraps to the end",
	  { LDX(2), IND(W, 0xfffffffd), RETA },
	  3,
	  ETHERNET,
	  BYTES("\1\2\3\4"),
	  0 },
	{ "just below zero",
	  { LDX(0), IND(W, UINT32_MAX), RETA },
	  3,
	  ETHERNET,
	  BYTES("\1\2\3\4"),
	  0 },
	{ "no ancillary load with x",
	  { LDX(4), IND(W, AD(PROTOCOL)), RETA },
	  3,
	  { .protocol = 7 },
	  BYTES("\1\2\3\4"),
	  0 },
	{ "header length",
	  { MSH(1), TXA, RETA },
	  3,
	  ETHERNET,
	  BYTES("\1\x4f"),
	  60 },
	{ "header length past the end",
	  { MSH(2), TXA, RETA },
	  3,
	  ETHERNET,
	  BYTES("\1\x4f"),
	  0 },
	{ "length on the wire",
	  { { BPF_LD | BPF_W | BPF_LEN, 0, 0, 0 }, RETA },
	  2,
	  { .wirelen = 1500 },
	  BYTES("\1\2"),
	  1500 },
	{ "division by x = 0",
	  { LDA(5),
	    { BPF_ALU | BPF_DIV | BPF_X, 0, 0, 0 },
	    { BPF_RET | BPF_K, 0, 0, 9 } },
	  3,
	  ETHERNET,
	  BYTES("\1"),
	  0 },
	{ "protocol",
	  { LDH(AD(PROTOCOL)), RETA },
	  2,
	  { .protocol = 0x86dd },
	  "",
	  0,
	  0x86dd },
	{ "protocol of a view without it",
	  { LDH(AD(PROTOCOL)), RETA },
	  2,
	  ETHERNET,
	  BYTES(MACS "\x08\x06"),
	  0x0806 },
	{ "packet type",
	  { LDB(AD(PKTTYPE)), RETA },
	  2,
	  { .pkttype = 4 },
	  "",
	  0,
	  4 },
	{ "interface",
	  { LDW(AD(IFINDEX)), RETA },
	  2,
	  { .ifindex = 70000 },
	  "",
	  0,
	  70000 },
	{ "hardware type",
	  { LDH(AD(HATYPE)), RETA },
	  2,
	  { .hatype = 772 },
	  "",
	  0,
	  772 },
	{ "tag",
	  { LDH(AD(VLAN_TAG)), RETA },
	  2,
	  { .flags = PKTCAP_PACKET_VLAN, .vlan_tci = 0xa005 },
	  "",
	  0,
	  0xa005 },
	{ "no tag",
	  { LDH(AD(VLAN_TAG)), RETA },
	  2,
	  { .vlan_tci = 5 },
	  "",
	  0,
	  0 },
	{ "tag 0 is present",
	  { LDB(AD(VLAN_TAG_PRESENT)), RETA },
	  2,
	  { .flags = PKTCAP_PACKET_VLAN },
	  "",
	  0,
	  1 },
	{ "no tag is present",
	  { LDB(AD(VLAN_TAG_PRESENT)), RETA },
	  2,
	  ETHERNET,
	  "",
	  0,
	  0 },
	{ "tag type",
	  { LDH(AD(VLAN_TPID)), RETA },
	  2,
	  { .flags = PKTCAP_PACKET_VLAN, .vlan_tpid = 0x88a8 },
	  "",
	  0,
	  0x88a8 },
	{ "exclusive or",
	  { LDA(6), LDX(3), LDW(AD(ALU_XOR_X)), RETA },
	  4,
	  ETHERNET,
	  "",
	  0,
	  5 },
	{ "only the kernel knows",
	  { LDA(6), LDW(AD(CPU)), RETA },
	  3,
	  ETHERNET,
	  "",
	  0,
	  0 },
	{ "Ethernet's network header",
	  { LDB(NET(1)), RETA },
	  2,
	  ETHERNET,
	  BYTES(MACS "\x08\0\x45\x77"),
	  0x77 },
	{ "behind a tag put back",
	  { LDB(NET(0)), RETA },
	  2,
	  { .linktype = PKTCAP_LINKTYPE_ETHERNET,
	    .flags = PKTCAP_PACKET_VLAN | PKTCAP_PACKET_VLAN_INLINE },
	  BYTES(MACS "\x81\0\0\5\x08\0\x45"),
	  0x45 },
	{ "network header with x",
	  { LDX(1), IND(B, NET(0)), RETA },
	  3,
	  ETHERNET,
	  BYTES(MACS "\x08\0\x45\x77"),
	  0x77 },
	{ "network header cut off",
	  { LDH(NET(1)), RETA },
	  2,
	  ETHERNET,
	  BYTES(MACS "\x08\0\x45\x77"),
	  0 },
	{ "raw network header",
	  { LDB(NET(0)), RETA },
	  2,
	  { .linktype = PKTCAP_LINKTYPE_RAW },
	  BYTES("\x60"),
	  0x60 },
	{ "cooked network header",
	  { LDB(NET(0)), RETA },
	  2,
	  { .linktype = PKTCAP_LINKTYPE_LINUX_SLL2 },
	  BYTES("\x08\0\0\0\0\0\0\1\0\1\0\6\1\2\3\4\5\6\0\0\x45"),
	  0x45 },
	{ "unknown link type has none",
	  { LDB(NET(0)), RETA },
	  2,
	  { .linktype = PKTCAP_LINKTYPE_PPP },
	  BYTES("\1\2\3\4"),
	  0 },
	{ "link header",
	  { LDB(LL(1)), RETA },
	  2,
	  ETHERNET,
	  BYTES("\1\2\3\4"),
	  2 },
	{ "below the link header",
	  { LDB(LL(0) - 1), RETA },
	  2,
	  ETHERNET,
	  BYTES("\1\2\3\4"),
	  0 },
};

static void run(void **state)
{
	const struct row *r = *state;
	struct pktcap_packet pkt = r->pkt;
	uint8_t *bytes = guard_copy(r->bytes, r->caplen);

	pkt.data = bytes;
	pkt.caplen = r->caplen;
	assert_int_equal(pktcap_bpf_validate(r->insns, r->n, NULL), 0);
	assert_int_equal(pktcap_bpf_run(r->insns, r->n, &pkt), r->want);
	guard_free(bytes, r->caplen);
}

static void no_program(void **state)
{
	struct pktcap_packet pkt = ETHERNET;

	(void)state;
	assert_int_equal(pktcap_bpf_run(NULL, 0, &pkt), 0);
}

/* Half of many packets that differ in their time alone, the same each time. */
static void random_samples(void **state)
{
	static const struct pktcap_insn insns[] = {
		LDW(AD(RANDOM)),
		{ BPF_ALU | BPF_AND | BPF_K, 0, 0, 1 },
		RETA,
	};
	struct pktcap_packet pkt = { .ts_ns = 0 };
	uint32_t first = 0, again = 0;

	(void)state;
	for (; pkt.ts_ns < 10000; pkt.ts_ns++) {
		first += pktcap_bpf_run(insns, 3, &pkt);
		again += pktcap_bpf_run(insns, 3, &pkt);
	}
	assert_int_equal(first, again);
	assert_in_range(first, 4700, 5300);
}

/*
 * One in ten of packets that differ in their time alone, at any distance; of
 * two neighbours one in a hundred.
 */
static void regular_samples(void **state)
{
	static const struct pktcap_insn insns[] = {
		LDW(AD(RANDOM)),
		{ BPF_ALU | BPF_MOD | BPF_K, 0, 0, 10 },
		{ BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0 },
		{ BPF_RET | BPF_K, 0, 0, 1 },
		{ BPF_RET | BPF_K, 0, 0, 0 },
	};

	(void)state;
	for (int64_t step = 1; step < 20000000000; step = step * 3 / 2 + 1) {
		struct pktcap_packet pkt = { .ts_ns = 1700000000123456789 };
		uint32_t kept = 0, both = 0, last = 0;

		for (int i = 0; i < 20000; i++, pkt.ts_ns += step) {
			uint32_t keep = pktcap_bpf_run(insns, 5, &pkt);

			kept += keep;
			both += keep & last;
			last = keep;
		}
		assert_in_range(kept, 1800, 2200);
		assert_in_range(both, 120, 280);
	}
}

int main(void)
{
	enum { ROWS = sizeof(rows) / sizeof(rows[0]), OTHERS = 3 };
	struct CMUnitTest tests[ROWS + OTHERS] = {
		cmocka_unit_test(no_program),
		cmocka_unit_test(random_samples),
		cmocka_unit_test(regular_samples),
	};

	for (size_t i = 0; i < ROWS; i++)
		tests[OTHERS + i] = (struct CMUnitTest){
			.name = rows[i].name,
			.test_func = run,
			.initial_state = &rows[i],
		};
	return _cmocka_run_group_tests("bpf_run", tests, ROWS + OTHERS, NULL,
				       NULL);
}
