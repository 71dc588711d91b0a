// SPDX-License-Identifier: BSD-2-Clause
/*
 * The running kernel keeps of a packet what pktcap_bpf_run() keeps, by the
 * optimised program and by the one that was not. Packets are datagrams that
 * arrive cut to what the attached program returns. No privilege is needed.
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

#include <pktcap/filter.h>

#include "support/corpus.h"
#include "support/filter_table.h"
#include "support/grammar.h"

/* How much is compared; a sanitizer takes its time. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { GENERATED = 20, GENERATED_ETHERNET = 200, STRIDE = 17 };
#else
enum { GENERATED = 100, GENERATED_ETHERNET = 2000, STRIDE = 1 };
#endif
enum {
	CORPUS = 10000,
	PACKETS = 150, /* of the corpus, for each expression others */
	SNAPLEN = 61,  /* some packets are shorter, some longer */
	OPTIMIZED = 0,
	PLAIN = 1,
};

/* Beyond pcap-filter(7); on any link type there is. */
static const char *const extended[] = {
	"host {10.0.0.1, 1.2.3.4, fe80::1}",
	"net {10.0.0.0/8, 192.168.0.0/16} and not port {53, 80}",
	"tcp port {22, 80, 443, 8000-8100, 6000, 7000}",
	"src port {1-1023}",
	"ip proto {1, 6, 17}",
	"vlan {1-100} and host {10.0.0.1}",
	"vlan 5",
	"vlan 5 > vlan 7",
	"tcp[tcpflags] & tcp-syn != 0",
	"port 80",
	"inner(port 80)",
	"inner(host 10.0.0.1) or udp",
	"vxlan 7 or geneve 7",
	"ip6 proto 6",
	"icmp6[icmp6type] = icmp6-echo",
	NULL,
};

struct link {
	const char *name;
	uint32_t linktype;
};

static const struct link links[] = {
	{ "EN10MB", PKTCAP_LINKTYPE_ETHERNET },
	{ "LINUX_SLL", PKTCAP_LINKTYPE_LINUX_SLL },
	{ "LINUX_SLL2", PKTCAP_LINKTYPE_LINUX_SLL2 },
	{ "RAW", PKTCAP_LINKTYPE_RAW },
	{ "IPV4", PKTCAP_LINKTYPE_IPV4 },
	{ "IPV6", PKTCAP_LINKTYPE_IPV6 },
	{ "NULL", PKTCAP_LINKTYPE_NULL },
	{ "LOOP", PKTCAP_LINKTYPE_LOOP },
	{ "PPP", PKTCAP_LINKTYPE_PPP },
	{ "PPP_SERIAL", PKTCAP_LINKTYPE_PPP_HDLC },
	{ "C_HDLC", PKTCAP_LINKTYPE_C_HDLC },
	{ "IEEE802_11", PKTCAP_LINKTYPE_IEEE802_11 },
	{ "IEEE802_11_RADIO", PKTCAP_LINKTYPE_IEEE802_11_RADIOTAP },
};

static struct run {
	const struct link *link;
	struct corpus corpus;
	int fds[2];
	uint32_t at; /* in the corpus */
	uint32_t expressions, compared, kept;
} run;

/* A socket without a device has no interface, and random is random. */
static bool is_same_here(const struct pktcap_insn *insns, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t ad = insns[i].k - (uint32_t)SKF_AD_OFF;

		if (insns[i].code == (BPF_LD | BPF_W | BPF_ABS) &&
		    (ad == SKF_AD_IFINDEX || ad == SKF_AD_RANDOM))
			return false;
	}
	return true;
}

/* The kernel takes no more than PKTCAP_BPF_MAX instructions. */
static bool attach(const struct pktcap_insn *insns, size_t n)
{
	struct sock_filter copy[PKTCAP_BPF_MAX];
	struct sock_fprog program = { (unsigned short)n, copy };

	_Static_assert(sizeof(*insns) == sizeof(*copy), "one layout");
	if (n > PKTCAP_BPF_MAX || !is_same_here(insns, n))
		return false;
	memcpy(copy, insns, n * sizeof(*insns));
	assert_return_code(setsockopt(run.fds[0], SOL_SOCKET, SO_ATTACH_FILTER,
				      &program, sizeof(program)),
			   errno);
	return true;
}

/* How much of it arrives. */
static uint32_t kernel_keeps(const struct corpus_packet *packet)
{
	uint8_t got[SNAPLEN];
	ssize_t n = send(run.fds[1], packet->bytes, packet->caplen, 0);

	assert_int_equal(n, packet->caplen);
	n = recv(run.fds[0], got, sizeof(got), MSG_TRUNC);
	if (n < 0)
		assert_int_equal(errno, EAGAIN);
	return n < 0 ? 0 : (uint32_t)n;
}

static uint32_t we_keep(const struct pktcap_insn *insns, size_t n,
			const struct corpus_packet *packet)
{
	struct pktcap_packet pkt = {
		.data = packet->bytes,
		.caplen = packet->caplen,
		.wirelen = packet->caplen,
		.linktype = (uint16_t)run.link->linktype,
	};
	uint32_t keep = pktcap_bpf_run(insns, n, &pkt);

	return keep < packet->caplen ? keep : packet->caplen;
}

/* An unlike number of steps, so that all packets come by. */
static const struct corpus_packet *next_packet(void)
{
	do
		run.at = (run.at + 7919) % run.corpus.n;
	while (!run.corpus.packets[run.at].caplen);
	return &run.corpus.packets[run.at];
}

static void compare(const char *expression, struct pktcap_filter *const *both)
{
	const struct pktcap_insn *insns[2];
	size_t n[2];

	for (int i = OPTIMIZED; i <= PLAIN; i++)
		insns[i] = pktcap_filter_program(both[i], &n[i]);
	if (!attach(insns[run.expressions % 2], n[run.expressions % 2]))
		return;
	run.expressions++;
	for (int i = 0; i < PACKETS; i++) {
		const struct corpus_packet *packet = next_packet();
		uint32_t kernel = kernel_keeps(packet);
		uint32_t optimized =
			we_keep(insns[OPTIMIZED], n[OPTIMIZED], packet);
		uint32_t plain = we_keep(insns[PLAIN], n[PLAIN], packet);

		if (kernel != optimized || kernel != plain)
			fail_msg("%s, '%s', packet '%s' of %u bytes: %u kept "
				 "optimised, %u as written, %u by the kernel",
				 run.link->name, expression, packet->name,
				 packet->caplen, optimized, plain, kernel);
		run.compared++;
		run.kept += !!kernel;
	}
}

static void one_expression(const char *expression, uint32_t flags)
{
	struct pktcap_filter *both[2] = { NULL, NULL };
	struct pktcap_filter_opts opts =
		PKTCAP_FILTER_OPTS(.linktype = run.link->linktype,
				   .flags = flags, .snaplen = SNAPLEN);
	int ret = pktcap_filter_compile(&both[OPTIMIZED], expression, &opts,
					NULL);

	opts.flags |= PKTCAP_FILTER_NO_OPTIMIZE;
	if (!ret &&
	    !pktcap_filter_compile(&both[PLAIN], expression, &opts, NULL))
		compare(expression, both);
	pktcap_filter_free(both[OPTIMIZED]);
	pktcap_filter_free(both[PLAIN]);
}

static void same_as_the_kernel(void **state)
{
	/* Without a tag a live program takes what another one takes. */
	static const uint32_t flags[] = {
		0,
		PKTCAP_FILTER_LIVE,
		PKTCAP_FILTER_EXTENDED,
		PKTCAP_FILTER_LIVE | PKTCAP_FILTER_EXTENDED,
	};
	uint32_t generated;

	run = (struct run){ .link = *state };
	generated = run.link == links ? GENERATED_ETHERNET : GENERATED;
	corpus_build(&run.corpus, run.link->linktype, CORPUS);
	assert_return_code(
		socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, run.fds),
		errno);
	for (size_t i = 0; filter_table[i]; i++)
		if (i % STRIDE == 0)
			one_expression(filter_table[i], 0);
	for (size_t i = 0; extended[i]; i++)
		one_expression(extended[i], PKTCAP_FILTER_EXTENDED);
	for (uint32_t seed = 1; seed <= generated; seed++) {
		char expression[GRAMMAR_MAX];

		grammar_expression(seed, expression);
		one_expression(expression, flags[seed % 4]);
	}
	print_message("%s: %u expressions, %u packets, %u kept\n",
		      run.link->name, run.expressions, run.compared, run.kept);
	assert_in_range(run.kept, run.compared / 20, run.compared / 20 * 19);
	close(run.fds[0]);
	close(run.fds[1]);
	corpus_free(&run.corpus);
}

int main(void)
{
	enum { LINKS = sizeof(links) / sizeof(links[0]) };
	struct CMUnitTest tests[LINKS];

	for (size_t i = 0; i < LINKS; i++)
		tests[i] = (struct CMUnitTest){
			.name = links[i].name,
			.test_func = same_as_the_kernel,
			.initial_state = (void *)(uintptr_t)&links[i],
		};
	return _cmocka_run_group_tests("filter_kernel", tests, LINKS, NULL,
				       NULL);
}
