// SPDX-License-Identifier: BSD-2-Clause
#include "bpf/bpf.h"

#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <string.h>

bool bpf_limit_snaplen(struct pktcap_insn *insns, size_t n, uint32_t snaplen)
{
	bool limited = true;

	for (size_t i = 0; i < n; i++) {
		if (insns[i].code == (BPF_RET | BPF_A))
			limited = false;
		else if (insns[i].code == (BPF_RET | BPF_K) &&
			 insns[i].k > snaplen)
			insns[i].k = snaplen;
	}
	return limited;
}

/*
 *   0         2         4               8        10        11        12
 *   +---------+---------+---------------+---------+---------+---------+---
 *   | proto   | (zero)  | ifindex       | hatype  | pkttype | halen   | addr
 *   +---------+---------+---------------+---------+---------+---------+---
 *
 * Only whole fields have an ancillary load. Neither the length nor the bytes
 * of the address have one.
 */
static const struct field {
	uint16_t code;
	uint16_t ancillary;
	uint32_t offset;
} fields[] = {
	{ BPF_LD | BPF_H | BPF_ABS, SKF_AD_PROTOCOL, 0 },
	{ BPF_LD | BPF_W | BPF_ABS, SKF_AD_IFINDEX, 4 },
	{ BPF_LD | BPF_H | BPF_ABS, SKF_AD_HATYPE, 8 },
	{ BPF_LD | BPF_B | BPF_ABS, SKF_AD_PKTTYPE, 10 },
};

enum { FIELDS = sizeof(fields) / sizeof(fields[0]) };

static bool is_negative(uint32_t k)
{
	return k > INT32_MAX;
}

/* Offsets in a packet that begins with its network header instead. */
static bool shift_offset(struct pktcap_insn *insn)
{
	if (is_negative(insn->k) || insn->k < BPF_SLL2_HEADER)
		return false;
	insn->k -= BPF_SLL2_HEADER;
	return true;
}

/*
 * The network header is where it was, the link header of a SOCK_DGRAM packet
 * is not the cooked one. Ancillary values that are themselves offsets into the
 * packet, or take one from the accumulator, would be off by the header.
 */
static bool keeps_its_meaning(uint32_t k)
{
	if (k < (uint32_t)SKF_NET_OFF)
		return false;
	return k != (uint32_t)(SKF_AD_OFF + SKF_AD_PAY_OFFSET) &&
	       k != (uint32_t)(SKF_AD_OFF + SKF_AD_NLATTR) &&
	       k != (uint32_t)(SKF_AD_OFF + SKF_AD_NLATTR_NEST);
}

static bool cook_absolute_load(struct pktcap_insn *insn)
{
	if (is_negative(insn->k))
		return keeps_its_meaning(insn->k);
	for (int i = 0; i < FIELDS; i++) {
		if (insn->code == fields[i].code &&
		    insn->k == fields[i].offset) {
			insn->k = (uint32_t)SKF_AD_OFF + fields[i].ancillary;
			return true;
		}
	}
	return shift_offset(insn);
}

/* A packet that is kept stays one, even if only header bytes were wanted. */
static void cook_return(struct pktcap_insn *insn)
{
	if (insn->k > BPF_SLL2_HEADER)
		insn->k -= BPF_SLL2_HEADER;
	else if (insn->k)
		insn->k = 1;
}

static bool cook(struct pktcap_insn *insn)
{
	switch (insn->code) {
	case BPF_LD | BPF_W | BPF_ABS:
	case BPF_LD | BPF_H | BPF_ABS:
	case BPF_LD | BPF_B | BPF_ABS:
		return cook_absolute_load(insn);
	case BPF_LD | BPF_W | BPF_IND:
	case BPF_LD | BPF_H | BPF_IND:
	case BPF_LD | BPF_B | BPF_IND:
	case BPF_LDX | BPF_B | BPF_MSH:
		return shift_offset(insn);
	case BPF_LD | BPF_W | BPF_LEN:
	case BPF_LDX | BPF_W | BPF_LEN:
	case BPF_RET | BPF_A: /* counts the header or not: unknown */
		return false;
	case BPF_RET | BPF_K:
		cook_return(insn);
		return true;
	default:
		return true;
	}
}

bool bpf_to_cooked(const struct pktcap_insn *in, size_t n,
		   struct pktcap_insn *out)
{
	for (size_t i = 0; i < n; i++) {
		out[i] = in[i];
		if (!cook(&out[i]))
			return false;
	}
	return true;
}

size_t bpf_outgoing_only(struct pktcap_insn *out)
{
	static const struct pktcap_insn prefix[BPF_OUTGOING_ONLY] = {
		{ BPF_LD | BPF_B | BPF_ABS, 0, 0,
		  (uint32_t)(SKF_AD_OFF + SKF_AD_PKTTYPE) },
		{ BPF_JMP | BPF_JEQ | BPF_K, 1, 0, PACKET_OUTGOING },
		{ BPF_RET | BPF_K, 0, 0, 0 },
		{ BPF_LD | BPF_IMM, 0, 0, 0 },
	};

	memcpy(out, prefix, sizeof(prefix));
	return BPF_OUTGOING_ONLY;
}

/* A second random number would be another one: one verdict only, then. */
static bool is_random(const struct pktcap_insn *insns, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (BPF_CLASS(insns[i].code) == BPF_LD &&
		    BPF_MODE(insns[i].code) == BPF_ABS &&
		    insns[i].k == (uint32_t)(SKF_AD_OFF + SKF_AD_RANDOM))
			return true;
	return false;
}

size_t bpf_leave_tagged(const struct pktcap_insn *insns, size_t n,
			uint32_t keep, struct pktcap_insn *out)
{
	const size_t skip = is_random(insns, n) ? 0 : 2;
	const struct pktcap_insn prefix[BPF_LEAVE_TAGGED] = {
		{ BPF_LD | BPF_W | BPF_ABS, 0, 0,
		  (uint32_t)(SKF_AD_OFF + SKF_AD_VLAN_TAG_PRESENT) },
		{ BPF_JMP | BPF_JEQ | BPF_K, 3, 0, 1 },
		{ BPF_LD | BPF_W | BPF_ABS, 0, 0,
		  (uint32_t)(SKF_AD_OFF + SKF_AD_PROTOCOL) },
		{ BPF_JMP | BPF_JEQ | BPF_K, 1, 0, ETH_P_8021Q },
		{ BPF_JMP | BPF_JEQ | BPF_K, 0, 1, ETH_P_8021AD },
		{ BPF_RET | BPF_K, 0, 0, keep },
		{ BPF_LD | BPF_IMM, 0, 0, 0 },
	};

	memcpy(out, prefix + skip, sizeof(prefix) - skip * sizeof(prefix[0]));
	return BPF_LEAVE_TAGGED - skip;
}
