// SPDX-License-Identifier: BSD-2-Clause
/*
 * The running kernel is the judge: random programs are attached to a socket,
 * which must refuse what pktcap_bpf_validate() refuses, and a datagram sent
 * there must arrive cut as pktcap_bpf_run() says. No privilege is needed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <linux/filter.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <pktcap/bpf.h>

#include "support/guard.h"

enum {
	PROGRAMS = 20000,
	INSNS_MAX = 32,
	PAYLOAD = 255, /* so that a return of 8 bits is seen as it is */
};

static uint32_t seed;

static uint32_t any(uint32_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed % below;
}

static const uint16_t loads[] = {
	BPF_LD | BPF_W | BPF_ABS,  BPF_LD | BPF_H | BPF_ABS,
	BPF_LD | BPF_B | BPF_ABS,  BPF_LD | BPF_W | BPF_IND,
	BPF_LD | BPF_H | BPF_IND,  BPF_LD | BPF_B | BPF_IND,
	BPF_LDX | BPF_B | BPF_MSH,
};

static const uint16_t others[] = {
	BPF_LD | BPF_IMM,	   BPF_LDX | BPF_IMM, BPF_LD | BPF_W | BPF_LEN,
	BPF_LDX | BPF_W | BPF_LEN, BPF_ALU | BPF_NEG, BPF_MISC | BPF_TAX,
	BPF_MISC | BPF_TXA,
};

static const uint16_t memory[] = {
	BPF_ST,
	BPF_STX,
	BPF_LD | BPF_MEM,
	BPF_LDX | BPF_MEM,
};

static const uint16_t operations[] = {
	BPF_ADD, BPF_SUB, BPF_MUL, BPF_DIV, BPF_MOD,
	BPF_AND, BPF_OR,  BPF_XOR, BPF_LSH, BPF_RSH,
};

static const uint16_t conditions[] = { BPF_JEQ, BPF_JGT, BPF_JGE, BPF_JSET };

/* Zero on a socket that never saw a device, for the kernel and for a view. */
static const uint32_t ancillary[] = {
	SKF_AD_PKTTYPE,	  SKF_AD_MARK,	   SKF_AD_QUEUE,
	SKF_AD_RXHASH,	  SKF_AD_VLAN_TAG, SKF_AD_VLAN_TAG_PRESENT,
	SKF_AD_ALU_XOR_X,
};

static const uint32_t constants[] = {
	0,	    1,		2,	    3,		5,	31,
	32,	    255,	256,	    257,	0x7fff, 0x8000,
	0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define ANY_OF(array) ((array)[any(COUNT(array))])

static uint32_t any_offset(void)
{
	switch (any(8)) {
	case 0:
		return (uint32_t)SKF_AD_OFF + ANY_OF(ancillary);
	case 1:
		return (uint32_t)SKF_NET_OFF + any(PAYLOAD + 4);
	case 2:
		return ANY_OF(constants);
	default:
		return any(PAYLOAD + 4);
	}
}

static uint32_t any_constant(void)
{
	return any(2) ? ANY_OF(constants) : any(32);
}

/* A known instruction with @behind others behind it, rarely a wrong one. */
static struct pktcap_insn any_insn(uint32_t behind, bool sloppy)
{
	struct pktcap_insn insn = { .k = any_constant() };
	uint16_t source = any(2) ? BPF_X : BPF_K;

	switch (any(sloppy ? 17 : 16)) {
	case 0:
	case 1:
	case 2:
	case 3:
		insn.code = ANY_OF(loads);
		insn.k = any_offset();
		break;
	case 4:
	case 5:
	case 6:
		insn.code = ANY_OF(others);
		break;
	case 7:
	case 8:
		insn.code = ANY_OF(memory);
		insn.k = any(3);
		break;
	case 9:
	case 10:
	case 11:
		insn.code = BPF_ALU | ANY_OF(operations) | source;
		if (!insn.k || insn.k > 31)
			insn.k = 1 + any(31);
		break;
	case 12:
	case 13:
	case 14:
		insn.code = BPF_JMP | ANY_OF(conditions) | source;
		insn.jt = (uint8_t)any(behind < 8 ? behind : 8);
		insn.jf = (uint8_t)any(behind < 8 ? behind : 8);
		break;
	case 15:
		insn.code = any(4) ? BPF_RET | BPF_K : BPF_RET | BPF_A;
		if (!any(4)) {
			insn.code = BPF_JMP | BPF_JA;
			insn.k = any(behind);
		}
		break;
	default:
		insn.code = (uint16_t)any(any(2) ? 0x100 : 0x10000);
		insn.jt = (uint8_t)any(INSNS_MAX);
		insn.jf = (uint8_t)any(INSNS_MAX);
		insn.k = any(2) ? any(20) : any_offset();
		break;
	}
	return insn;
}

/* The accumulator folded into the 8 bits that a datagram's length can show. */
static const struct pktcap_insn folded_return[] = {
	{ BPF_ST, 0, 0, 3 },
	{ BPF_ALU | BPF_RSH | BPF_K, 0, 0, 16 },
	{ BPF_LDX | BPF_MEM, 0, 0, 3 },
	{ BPF_ALU | BPF_XOR | BPF_X, 0, 0, 0 },
	{ BPF_ST, 0, 0, 3 },
	{ BPF_ALU | BPF_RSH | BPF_K, 0, 0, 8 },
	{ BPF_LDX | BPF_MEM, 0, 0, 3 },
	{ BPF_ALU | BPF_XOR | BPF_X, 0, 0, 0 },
	{ BPF_ALU | BPF_AND | BPF_K, 0, 0, 255 },
	{ BPF_RET | BPF_A, 0, 0, 0 },
};

static size_t any_program(struct pktcap_insn *insns, bool sloppy)
{
	uint32_t n = 1 + any(INSNS_MAX - COUNT(folded_return));

	for (uint32_t i = 0; i < n; i++)
		insns[i] = any_insn(n - i, sloppy);
	if (sloppy && !any(8))
		return n;
	memcpy(insns + n, folded_return, sizeof(folded_return));
	return n + COUNT(folded_return);
}

static int attach(int fd, struct pktcap_insn *insns, size_t n)
{
	struct sock_fprog program = { .len = (unsigned short)n };

	_Static_assert(sizeof(*insns) == sizeof(*program.filter), "one layout");
	program.filter = (struct sock_filter *)insns;
	return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program,
			  sizeof(program))
		       ? -errno
		       : 0;
}

static void open_pair(int fds[2])
{
	assert_return_code(
		socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, fds), errno);
}

static void close_pair(int fds[2])
{
	close(fds[0]);
	close(fds[1]);
}

static void show(const struct pktcap_insn *insns, size_t n)
{
	char text[8192];

	pktcap_bpf_dump(insns, n, PKTCAP_BPF_FORM_ASM, text, sizeof(text));
	print_message("%s", text);
}

static void same_verdict(void **state)
{
	struct pktcap_insn insns[INSNS_MAX];
	size_t taken = 0;
	int fds[2];

	(void)state;
	seed = 1;
	open_pair(fds);
	for (int i = 0; i < PROGRAMS; i++) {
		size_t n = any_program(insns, true);
		int kernel = attach(fds[0], insns, n);
		int ours = pktcap_bpf_validate(insns, n, NULL);

		if (kernel != ours)
			show(insns, n);
		assert_int_equal(ours, kernel);
		taken += !ours;
	}
	/* A generator that makes only one kind would prove nothing. */
	assert_in_range(taken, PROGRAMS / 10, PROGRAMS - PROGRAMS / 10);
	close_pair(fds);
}

static void same_verdict_on_every_code(void **state)
{
	int fds[2];

	(void)state;
	open_pair(fds);
	for (uint32_t code = 0; code <= UINT16_MAX; code++) {
		struct pktcap_insn insns[] = {
			{ (uint16_t)code, 0, 0, code % 2 },
			{ BPF_RET | BPF_K, 0, 0, 1 },
		};

		assert_int_equal(pktcap_bpf_validate(insns, 2, NULL),
				 attach(fds[0], insns, 2));
	}
	close_pair(fds);
}

static void same_verdict_on_every_ancillary_load(void **state)
{
	int fds[2];

	(void)state;
	open_pair(fds);
	for (uint32_t k = (uint32_t)SKF_AD_OFF - 8; k; k++) {
		struct pktcap_insn insns[] = {
			{ BPF_LD | BPF_H | BPF_ABS, 0, 0, k },
			{ BPF_RET | BPF_K, 0, 0, 1 },
		};

		assert_int_equal(pktcap_bpf_validate(insns, 2, NULL),
				 attach(fds[0], insns, 2));
	}
	close_pair(fds);
}

/* What arrives of @payload, 0 for nothing. */
static uint32_t kernel_keeps(int fds[2], const uint8_t *payload, size_t n)
{
	uint8_t got[PAYLOAD];
	ssize_t len;

	assert_int_equal(send(fds[1], payload, n, 0), n);
	len = recv(fds[0], got, sizeof(got), 0);
	if (len < 0)
		assert_int_equal(errno, EAGAIN);
	return len < 0 ? 0 : (uint32_t)len;
}

static uint32_t we_keep(const struct pktcap_insn *insns, size_t n,
			const uint8_t *payload, uint32_t len)
{
	struct pktcap_packet pkt = {
		.data = payload,
		.caplen = len,
		.wirelen = len,
		.linktype = PKTCAP_LINKTYPE_RAW,
	};
	uint32_t keep = pktcap_bpf_run(insns, n, &pkt);

	return keep < len ? keep : len;
}

static void same_execution(void **state)
{
	struct pktcap_insn insns[INSNS_MAX];
	uint8_t random[PAYLOAD], *payload;
	size_t kept = 0, ran = 0;
	int fds[2];

	(void)state;
	seed = 2;
	for (size_t i = 0; i < PAYLOAD; i++)
		random[i] = (uint8_t)any(256);
	payload = guard_copy(random, PAYLOAD);
	open_pair(fds);
	while (ran < PROGRAMS) {
		size_t n = any_program(insns, false);
		uint32_t kernel, ours;

		if (pktcap_bpf_validate(insns, n, NULL))
			continue;
		assert_int_equal(attach(fds[0], insns, n), 0);
		kernel = kernel_keeps(fds, payload, PAYLOAD);
		ours = we_keep(insns, n, payload, PAYLOAD);
		if (kernel != ours)
			show(insns, n);
		assert_int_equal(ours, kernel);
		kept += !!ours;
		ran++;
	}
	assert_in_range(kept, PROGRAMS / 10, PROGRAMS - PROGRAMS / 10);
	close_pair(fds);
	guard_free(payload, PAYLOAD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_verdict),
		cmocka_unit_test(same_verdict_on_every_code),
		cmocka_unit_test(same_verdict_on_every_ancillary_load),
		cmocka_unit_test(same_execution),
	};

	return cmocka_run_group_tests_name("bpf_kernel", tests, NULL, NULL);
}
