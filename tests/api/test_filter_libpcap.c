// SPDX-License-Identifier: BSD-2-Clause
/*
 * Expressions mean what they mean to libpcap, where it was installed at build
 * time: each program takes the same of many packets, whole, cut off after each
 * byte and changed, and what libpcap refuses is refused.
 *
 * With arguments it compares others: test_filter_libpcap SEED COUNT [LINK]
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/filter.h>

#if __has_include(<pcap/pcap.h>)
#include <pcap/pcap.h>

#include "support/corpus.h"
#include "support/filter_arithmetic.h"
#include "support/filter_differences.h"
#include "support/filter_edges.h"
#include "support/filter_table.h"
#include "support/grammar.h"
#include "support/packets.h"
#include "support/peer_links.h"
#include "support/peer_program.h"
#include "support/services.h"

/* How much is compared; a sanitizer takes its time. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SOME = 60, SOME_ETHERNET = 150, STRIDE = 41 };
#else
enum { SOME = 500, SOME_ETHERNET = 2000, STRIDE = 3 };
#endif
enum {
	PACKETS = 10000,
	PACKETS_ETHERNET = 24000,
};

/* Where expressions come from. */
enum rows {
	TABLE,
	EDGES,
	STRICT, /* another table: to be the same but for short frames */
	NAMED,	/* no names of hosts among them */
	GENERATED,
};

/* Both as they were written, and optimized. */
struct programs {
	const char *expression;
	enum rows rows;
	uint32_t netmask;
	struct pktcap_filter *filters[2];
	struct bpf_program theirs[2];
};

static struct run {
	const struct link *link;
	struct corpus corpus;
	uint32_t expressions, refused, unknown, on_purpose[DIFFERENCES_MAX];
	uint32_t wrong;
	uint64_t compared, taken;
	/* libpcap's optimizer changes what its own program takes: ours nearly
	 * always takes what the optimized one does. */
	uint64_t torn, torn_other;
} run;

static struct pktcap_packet view_of(const struct corpus_packet *packet)
{
	return (struct pktcap_packet){
		.data = packet->bytes,
		.caplen = packet->caplen,
		.wirelen = packet->wirelen,
		.linktype = (uint16_t)run.link->linktype,
	};
}

static bool ours_takes(const struct programs *p, int optimized,
		       const struct corpus_packet *packet)
{
	struct pktcap_packet view = view_of(packet);
	size_t n;
	const struct pktcap_insn *insns =
		pktcap_filter_program(p->filters[optimized], &n);

	return pktcap_bpf_run(insns, n, &view);
}

static bool theirs_takes(const struct programs *p, int optimized,
			 const struct corpus_packet *packet)
{
	return bpf_filter(p->theirs[optimized].bf_insns, packet->bytes,
			  packet->wirelen, packet->caplen);
}

/* Does libpcap's program, in the kernel's machine? */
static bool kernel_takes(const struct programs *p, int optimized,
			 const struct corpus_packet *packet)
{
	struct pktcap_packet view = view_of(packet);

	return peer_program_takes(p->theirs[optimized].bf_insns,
				  p->theirs[optimized].bf_len, &view);
}

static bool reads_unwritten(const struct bpf_program *theirs)
{
	return peer_program_reads_unwritten(theirs->bf_insns, theirs->bf_len);
}

typedef bool (*taker)(const struct programs *p, int optimized,
		      const struct corpus_packet *packet);

/* Are verdicts the same if the packet goes on with anything? */
static bool same_if_longer(const struct programs *p, taker theirs,
			   struct corpus_packet packet)
{
	static uint8_t longer[1 << 17];

	for (int fill = 0; fill < 256; fill += 85) {
		memset(longer, fill, sizeof(longer));
		memcpy(longer, packet.bytes, packet.caplen);
		struct corpus_packet other = packet;

		other.bytes = longer;
		other.caplen = sizeof(longer);
		if (ours_takes(p, 1, &other) != theirs(p, 1, &other))
			return false;
	}
	return true;
}

static void look_at_programs(const struct programs *p,
			     const struct corpus_packet *packet,
			     struct difference_seen *seen)
{
	seen->ran_out = same_if_longer(p, theirs_takes, *packet);
	/* What is put before the expression may end before it matters. */
	seen->same_in_kernel =
		difference_header_varies(run.link->name)
			? same_if_longer(p, kernel_takes, *packet)
			: kernel_takes(p, 1, packet) == seen->taken ||
				  kernel_takes(p, 0, packet) == seen->taken;
	seen->reads_unwritten = reads_unwritten(&p->theirs[0]) ||
				reads_unwritten(&p->theirs[1]);
}

static bool is_on_purpose(const struct programs *p,
			  const struct corpus_packet *packet, bool taken,
			  const char *refusal)
{
	struct difference_seen seen = {
		.link = run.link->name,
		.expression = p->expression,
		.packet = packet ? packet->name : NULL,
		.caplen = packet ? packet->caplen : 0,
		.taken = taken,
		.generated = p->rows == GENERATED || p->rows == EDGES,
		.strict = p->rows == STRICT,
		.refusal = refusal,
	};
	int which;

	if (packet)
		look_at_programs(p, packet, &seen);
	else if (!refusal)
		seen.refused_by_kernel = peer_program_is_refused(
			p->theirs[1].bf_insns, p->theirs[1].bf_len);
	which = difference_find(&seen);

	if (which >= 0)
		run.on_purpose[which]++;
	return which >= 0;
}

/* The optimizer may leave out a load that would end the program, in either. */
static bool same(const struct programs *p, const struct corpus_packet *packet)
{
	bool plain, ours, theirs, torn;

	if (difference_endless(p->expression, packet->bytes, packet->caplen))
		return true;
	plain = ours_takes(p, 0, packet);
	ours = ours_takes(p, 1, packet);
	theirs = theirs_takes(p, 1, packet);
	run.compared++;
	run.taken += ours;
	torn = theirs != theirs_takes(p, 0, packet);
	run.torn += torn;
	run.torn_other += torn && ours != theirs;
	if (ours == plain && (torn || ours == theirs))
		return true;
	if (ours == plain && is_on_purpose(p, packet, ours, NULL))
		return true;
	print_error("%s, '%s': packet '%s' with %u of %u bytes: "
		    "%s, without optimizer %s; libpcap %s\n",
		    run.link->name, p->expression, packet->name, packet->caplen,
		    packet->wirelen, ours ? "taken" : "rejected",
		    plain ? "taken" : "rejected",
		    theirs ? "takes it" : "does not");
	return false;
}

static bool we_take_none(const struct programs *p)
{
	for (uint32_t i = 0; i < run.corpus.n; i++)
		if (ours_takes(p, 1, &run.corpus.packets[i]))
			return false;
	return true;
}

static bool they_take_none(const struct programs *p, pcap_t *pcap)
{
	if (strstr(pcap_geterr(pcap), "rejects all packets"))
		return true;
	for (uint32_t i = 0; i < run.corpus.n; i++)
		if (theirs_takes(p, 1, &run.corpus.packets[i]))
			return false;
	return true;
}

/* Those of one expression: all that are whole, and one in some of others. */
static bool same_packets(struct programs *p, uint32_t number)
{
	bool few = p->rows == STRICT || p->rows == EDGES;
	uint32_t stride = few ? 8 * STRIDE : STRIDE;

	for (uint32_t i = 0; i < run.corpus.whole; i++)
		if (!same(p, &run.corpus.packets[i]))
			return false;
	for (uint32_t i = run.corpus.whole + number % stride; i < run.corpus.n;
	     i += stride)
		if (!same(p, &run.corpus.packets[i]))
			return false;
	return true;
}

static int compile_ours(struct programs *p, struct pktcap_error *error)
{
	int ret = 0;

	for (int i = 0; i < 2 && !ret; i++) {
		struct pktcap_filter_opts opts = PKTCAP_FILTER_OPTS(
				.linktype = run.link->linktype,
				.netmask = p->netmask,
				.resolve = services_resolve,
				.flags = flags_of(run.link) |
					 (i ? 0 : PKTCAP_FILTER_NO_OPTIMIZE));
		const struct pktcap_insn *insns;
		size_t n;

		ret = pktcap_filter_compile(&p->filters[i], p->expression,
					    &opts, error);
		if (ret)
			break;
		insns = pktcap_filter_program(p->filters[i], &n);
		if (pktcap_bpf_validate(insns, n, error))
			fail_msg("%s, '%s': %s", run.link->name, p->expression,
				 error->text);
	}
	return ret;
}

/*
 * Where the link header has any length libpcap takes the same scratch word for
 * it and for arithmetic that is written before the first protocol. So for
 * verdicts a protocol is put before, which changes nothing else.
 */
static int compile_theirs(struct programs *p, pcap_t *pcap)
{
	bool longer_one =
		difference_header_varies(run.link->name) && p->expression[0];
	char longer[2 * GRAMMAR_MAX];
	int ret =
		pcap_compile(pcap, &p->theirs[1], p->expression, 1, p->netmask);

	if (ret)
		return ret;
	snprintf(longer, sizeof(longer),
		 longer_one ? "(tcp or not tcp) and (%s)" : "%s",
		 p->expression);
	if (longer_one) {
		pcap_freecode(&p->theirs[1]);
		ret = pcap_compile(pcap, &p->theirs[1], longer, 1, p->netmask);
	}
	return ret ? ret
		   : pcap_compile(pcap, &p->theirs[0], longer, 0, p->netmask);
}

/* What one of them refuses the other must, but it may see what never holds. */
static bool same_refusal(struct programs *p, pcap_t *pcap, int ours, int theirs,
			 const struct pktcap_error *error)
{
	run.refused++;
	if (ours && theirs)
		return true;
	if (ours ? ours == -ENOMSG && they_take_none(p, pcap)
		 : strstr(pcap_geterr(pcap), "rejects all packets") &&
			    we_take_none(p))
		return true;
	if (is_on_purpose(p, NULL, !ours, theirs ? pcap_geterr(pcap) : NULL))
		return true;
	print_error("%s, '%s': %s: %s\n", run.link->name, p->expression,
		    ours ? "refused" : "libpcap refuses it",
		    ours ? error->text : pcap_geterr(pcap));
	return false;
}

static void one_expression(const char *expression, uint32_t number,
			   enum rows rows)
{
	struct programs p = { .expression = expression,
			      .rows = rows,
			      .netmask = number & 1 ? 0xffffff00 : 0 };
	struct pktcap_error error = { 0 };
	int ours = compile_ours(&p, &error), theirs;
	pcap_t *pcap;
	bool good;

	run.expressions++;
	/* libpcap would ask the network for a host. */
	if (ours == -ENOENT && rows != NAMED) {
		run.unknown++;
		return;
	}
	pcap = pcap_open_dead(run.link->dlt, 262144);
	theirs = compile_theirs(&p, pcap);
	good = ours || theirs ? same_refusal(&p, pcap, ours, theirs, &error)
			      : same_packets(&p, number);
	run.wrong += !good;
	for (int i = 0; i < 2; i++) {
		pcap_freecode(&p.theirs[i]);
		pktcap_filter_free(p.filters[i]);
	}
	pcap_close(pcap);
}

/* Differences in tables, on all link types. */
static struct tally {
	uint32_t expressions, verdicts;
} tallies[DIFFERENCES_MAX];

static void one_table(const char *const *table, enum rows rows)
{
	for (uint32_t i = 0; table[i]; i++) {
		uint32_t before[DIFFERENCES_MAX];

		memcpy(before, run.on_purpose, sizeof(before));
		one_expression(table[i], i, rows);
		for (uint32_t k = 0; k < DIFFERENCES_MAX; k++) {
			uint32_t more = run.on_purpose[k] - before[k];

			tallies[k].expressions += more != 0;
			tallies[k].verdicts += more;
		}
	}
}

/* Names are from this machine's files, which may be missing. */
static void named_services(void)
{
	if (getservbyname("http", "tcp") && getprotobyname("gre"))
		one_table(filter_names, NAMED);
}

static void begin(const struct link *link)
{
	bool ethernet = link->linktype == PKTCAP_LINKTYPE_ETHERNET;

	memset(&run, 0, sizeof(run));
	run.link = link;
	corpus_build(&run.corpus, link->linktype,
		     ethernet ? PACKETS_ETHERNET : PACKETS);
}

static void end(void)
{
	print_message("%s: %u expressions, %u refused by both, %u with unknown "
		      "names; %u packets; %llu comparisons, %llu taken; "
		      "libpcap disagrees with itself in %llu, and ours with "
		      "its optimized program in %llu of them\n",
		      run.link->name, run.expressions, run.refused, run.unknown,
		      run.corpus.n, (unsigned long long)run.compared,
		      (unsigned long long)run.taken,
		      (unsigned long long)run.torn,
		      (unsigned long long)run.torn_other);
	for (uint32_t i = 0; difference_name(i); i++)
		if (run.on_purpose[i])
			print_message("  on purpose: %u times %s\n",
				      run.on_purpose[i], difference_name(i));
	corpus_free(&run.corpus);
}

static void generated(uint32_t seed, uint32_t count)
{
	char expression[GRAMMAR_MAX];

	for (uint32_t i = 0; i < count; i++) {
		grammar_expression(seed + i, expression);
		if (getenv("SHOW"))
			fprintf(stderr, "%u %s\n", seed + i, expression);
		one_expression(expression, i, GENERATED);
	}
}

static void same_verdicts(void **state)
{
	const struct link *link = *state;
	bool ethernet = link->linktype == PKTCAP_LINKTYPE_ETHERNET;

	begin(link);
	one_table(filter_table, TABLE);
	one_table(filter_arithmetic, STRICT);
	one_table(filter_edges, EDGES);
	named_services();
	/* Not the same ones for each link type. */
	generated(link->linktype * 100000, ethernet ? SOME_ETHERNET : SOME);
	end();
	assert_int_equal(run.wrong, 0);
}

/* A fault that looks like one on purpose makes more of them. */
static void no_more_than_known(void **state)
{
	(void)state;
	for (uint32_t i = 0; difference_name(i); i++) {
		struct difference_limit most = difference_limit(i);

		if (tallies[i].expressions || tallies[i].verdicts)
			print_message("%s: %u expressions, %u verdicts\n",
				      difference_name(i),
				      tallies[i].expressions,
				      tallies[i].verdicts);
		if (tallies[i].expressions > most.expressions ||
		    tallies[i].verdicts > most.verdicts)
			fail_msg("%s: at most %u expressions with %u verdicts",
				 difference_name(i), most.expressions,
				 most.verdicts);
	}
}

static int compare_others(uint32_t seed, uint32_t count, const char *name)
{
	uint32_t wrong = 0;

	for (size_t i = 0; i < LINKS; i++) {
		if (name && strcmp(name, links[i].name) != 0)
			continue;
		begin(&links[i]);
		generated(seed, count);
		end();
		wrong += run.wrong;
	}
	return wrong != 0;
}

int main(int argc, char **argv)
{
	struct CMUnitTest tests[LINKS + 1];

	if (argc > 2)
		return compare_others((uint32_t)strtoul(argv[1], NULL, 10),
				      (uint32_t)strtoul(argv[2], NULL, 10),
				      argv[3]);
	for (size_t i = 0; i < LINKS; i++)
		tests[i] = (struct CMUnitTest){
			.name = links[i].name,
			.test_func = same_verdicts,
			.initial_state = (void *)(uintptr_t)&links[i],
		};
	tests[LINKS] = (struct CMUnitTest)cmocka_unit_test(no_more_than_known);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

int main(void)
{
	puts("no libpcap to compare with");
	return 77;
}
#endif
