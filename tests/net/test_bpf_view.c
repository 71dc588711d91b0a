// SPDX-License-Identifier: BSD-2-Clause
/*
 * What a view says through ancillary and network-header loads is what the
 * kernel says of the same packet. A packet socket sees each frame as it is
 * sent, inside send(2), so there is nothing to wait for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <pktcap/bpf.h>

#include "support/world.h"

#define AD(name) ((uint32_t)SKF_AD_OFF + SKF_AD_##name)
#define NET(n) ((uint32_t)SKF_NET_OFF + (n))
#define LL(n) ((uint32_t)SKF_LL_OFF + (n))

enum {
	FRAME = 300, /* a value of 8 bits and one more is seen as a length */
	MUTATIONS = 2000,
};

static const uint32_t offsets[] = {
	AD(PROTOCOL),
	AD(PKTTYPE),
	AD(IFINDEX),
	AD(HATYPE),
	AD(VLAN_TAG),
	AD(ALU_XOR_X),
	AD(VLAN_TAG_PRESENT),
	AD(PAY_OFFSET),
	NET(0),
	NET(9),
	NET(FRAME - 17),
	NET(FRAME - 14),
	LL(12),
	LL(FRAME - 2),
	LL(FRAME),
	LL(0) - 4,
};

/* From the EtherType on, which a test changes byte by byte. */
struct row {
	const char *name;
	uint8_t bytes[90];
};

static struct row rows[] = {
	{ "ARP", { 0x08, 0x06, 0, 1, 8, 0, 6, 4, 0, 1 } },
	{ "TCP",
	  { 0x08, 0, 0x45, 0, 1, 0x1e, 0, 0, 0, 0, 64, 6, [34] = 0x60 } },
	{ "UDP", { 0x08, 0, 0x46, 0, 1, 0x1e, 0, 0, 0, 0, 64, 17 } },
	{ "ICMP", { 0x08, 0, 0x45, 0, 1, 0x1e, 0, 0, 0, 0, 64, 1 } },
	{ "IGMP", { 0x08, 0, 0x45, 0, 1, 0x1e, 0, 0, 0, 0, 64, 2 } },
	{ "DCCP", { 0x08, 0, 0x45, 0, 1, 0x1e, 0, 0, 0, 0, 64, 33 } },
	{ "SCTP", { 0x08, 0, 0x45, 0, 1, 0x1e, 0, 0, 0, 0, 64, 132 } },
	{ "UDP-Lite", { 0x08, 0, 0x45, 0, 1, 0x1e, 0, 0, 0, 0, 64, 136 } },
	{ "OSPF", { 0x08, 0, 0x45, 0, 1, 0x1e, 0, 0, 0, 0, 64, 89 } },
	{ "first fragment",
	  { 0x08, 0, 0x45, 0, 1, 0x1e, 0, 0, 0x20, 0, 64, 17 } },
	{ "later fragment", { 0x08, 0, 0x45, 0, 1, 0x1e, 0, 0, 0, 9, 64, 17 } },
	{ "IP in IP",
	  { 0x08, 0,	       0x45, 0, 1,    0x1e, 0, 0, 0, 0,	 64,
	    4,	  [22] = 0x45, 0,    1, 0x0a, 0,    0, 0, 0, 64, 1 } },
	{ "IPv6 TCP",
	  { 0x86, 0xdd, 0x60, 0, 0, 0, 0, 0xf6, 6, 64, [54] = 0x50 } },
	{ "IPv6 options",
	  { 0x86, 0xdd, 0x60, 0, 0, 0, 0, 0xf6, 0, 64, [42] = 60, 1, [58] = 58,
	    0 } },
	{ "IPv6 fragment",
	  { 0x86, 0xdd, 0x60, 0, 0, 0, 0, 0xf6, 44, 64, [42] = 17, 0, 0, 1 } },
	{ "IPv6 later fragment",
	  { 0x86, 0xdd, 0x60, 0, 0, 0, 0, 0xf6, 44, 64, [42] = 17, 0, 0, 9 } },
};

static int sender, tap;

/* One byte of the value at @k, plus one, so that none looks like a refusal. */
static void make_program(struct pktcap_insn insns[5], uint32_t k,
			 uint32_t shift)
{
	const struct pktcap_insn program[5] = {
		{ BPF_LD | BPF_W | BPF_ABS, 0, 0, k },
		{ BPF_ALU | BPF_RSH | BPF_K, 0, 0, shift },
		{ BPF_ALU | BPF_AND | BPF_K, 0, 0, 0xff },
		{ BPF_ALU | BPF_ADD | BPF_K, 0, 0, 1 },
		{ BPF_RET | BPF_A, 0, 0, 0 },
	};

	memcpy(insns, program, sizeof(program));
}

static void attach(struct pktcap_insn *insns, unsigned short n)
{
	struct sock_fprog program = { .len = n };

	program.filter = (struct sock_filter *)insns;
	assert_return_code(setsockopt(tap, SOL_SOCKET, SO_ATTACH_FILTER,
				      &program, sizeof(program)),
			   errno);
}

static uint32_t kernel_keeps(const uint8_t *frame)
{
	uint8_t got[FRAME];
	ssize_t len;

	assert_int_equal(world_send(sender, frame, FRAME), 0);
	len = recv(tap, got, sizeof(got), MSG_DONTWAIT);
	if (len < 0)
		assert_int_equal(errno, EAGAIN);
	return len < 0 ? 0 : (uint32_t)len;
}

static uint32_t we_keep(const struct pktcap_insn *insns, const uint8_t *frame)
{
	struct pktcap_packet pkt = {
		.data = frame,
		.caplen = FRAME,
		.wirelen = FRAME,
		.linktype = PKTCAP_LINKTYPE_ETHERNET,
		.protocol = (uint16_t)(frame[12] << 8 | frame[13]),
		.pkttype = PACKET_OUTGOING,
		.hatype = ARPHRD_ETHER,
		.ifindex = (int32_t)if_nametoindex("a"),
	};

	return pktcap_bpf_run(insns, 5, &pkt);
}

static void frame_of(const struct row *r, uint8_t *frame)
{
	memset(frame, 0, FRAME);
	memset(frame, 0xff, ETH_ALEN);
	memcpy(frame + 12, r->bytes, sizeof(r->bytes));
}

static void every_offset(void **state)
{
	struct pktcap_insn insns[5];
	uint8_t frame[FRAME];

	frame_of(*state, frame);
	for (size_t i = 0; i < sizeof(offsets) / sizeof(offsets[0]); i++) {
		for (uint32_t shift = 0; shift < 32; shift += 8) {
			make_program(insns, offsets[i], shift);
			attach(insns, 5);
			assert_int_equal(we_keep(insns, frame),
					 kernel_keeps(frame));
		}
	}
}

/*
 * Headers with a byte changed. The EtherType and the protocols stay: there are
 * tunnels into which only the kernel looks.
 */
static void damaged_headers(void **state)
{
	const struct row *r = *state;
	struct pktcap_insn insns[5];
	uint8_t frame[FRAME];
	uint32_t seed = 1;

	make_program(insns, AD(PAY_OFFSET), 0);
	attach(insns, 5);
	for (int i = 0; i < MUTATIONS; i++) {
		size_t at;

		seed = seed * 1664525 + 1013904223;
		at = 14 + (seed >> 16) % 76;
		frame_of(r, frame);
		if (at == 20 || at == 23 || at == 43 || at == 54 || at == 70)
			continue;
		frame[at] = (uint8_t)(seed >> 8);
		assert_int_equal(we_keep(insns, frame), kernel_keeps(frame));
	}
}

static void open_sockets(void)
{
	struct sockaddr_ll address = { .sll_family = AF_PACKET };
	struct pktcap_insn none = { BPF_RET | BPF_K, 0, 0, 0 };

	world_enter_or_skip();
	assert_int_equal(world_veth("a", "b"), 0);
	sender = world_sender("a");
	assert_return_code(sender, -sender);
	tap = socket(AF_PACKET, SOCK_RAW, 0);
	assert_return_code(tap, errno);
	attach(&none, 1);
	address.sll_protocol = htons(ETH_P_ALL);
	address.sll_ifindex = (int)if_nametoindex("a");
	assert_return_code(
		bind(tap, (struct sockaddr *)&address, sizeof(address)), errno);
}

static int setup(void **state)
{
	(void)state;
	open_sockets();
	return 0;
}

int main(void)
{
	enum { ROWS = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[2 * ROWS];

	for (size_t i = 0; i < ROWS; i++) {
		tests[2 * i] = (struct CMUnitTest){
			.name = rows[i].name,
			.test_func = every_offset,
			.initial_state = &rows[i],
		};
		tests[2 * i + 1] = tests[2 * i];
		tests[2 * i + 1].test_func = damaged_headers;
	}
	return _cmocka_run_group_tests("bpf_view", tests, 2 * ROWS, setup,
				       NULL);
}
