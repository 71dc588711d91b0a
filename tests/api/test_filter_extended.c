// SPDX-License-Identifier: BSD-2-Clause
/*
 * The language beyond libpcap's: which of many packets each expression takes,
 * and that this is the same for the optimized program and the plain one, live
 * and from a file, here and in the kernel, and for packets that end early.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <linux/filter.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <pktcap/filter.h>

#include "support/extended_rows.h"
#include "support/layers.h"

enum {
	PACKETS = sizeof(extended_packets) / sizeof(extended_packets[0]),
	ROWS = sizeof(extended_rows) / sizeof(extended_rows[0]),
	TAG_AT = 12,
	TAG_LEN = 4,
};

struct packet {
	uint8_t bytes[LAYERS_MAX];
	uint32_t len;
};

static struct packet packets[PACKETS];

struct program {
	struct pktcap_filter *filter;
	const struct pktcap_insn *insns;
	size_t n;
};

static struct program compile(const char *expression, uint32_t flags)
{
	struct program p;
	struct pktcap_error error;

	if (pktcap_filter_compile(
		    &p.filter, expression,
		    &PKTCAP_FILTER_OPTS(.flags = PKTCAP_FILTER_EXTENDED | flags,
					.linktype = PKTCAP_LINKTYPE_ETHERNET),
		    &error))
		fail_msg("'%s': %s", expression, error.text);
	p.insns = pktcap_filter_program(p.filter, &p.n);
	if (pktcap_bpf_validate(p.insns, p.n, &error))
		fail_msg("'%s': %s", expression, error.text);
	return p;
}

static struct pktcap_packet view_of(const struct packet *packet, uint32_t cut)
{
	return (struct pktcap_packet){ .data = packet->bytes,
				       .caplen = cut,
				       .wirelen = packet->len,
				       .linktype = PKTCAP_LINKTYPE_ETHERNET };
}

static bool takes(const struct program *p, const struct pktcap_packet *view)
{
	return pktcap_bpf_run(p->insns, p->n, view);
}

/* Is @name one of the words of @list? */
static bool has_word(const char *list, const char *name)
{
	size_t n = strlen(name);

	for (const char *p = list; *p; p += strcspn(p, " ")) {
		p += strspn(p, " ");
		if (strcspn(p, " ") == n && !strncmp(p, name, n))
			return true;
	}
	return false;
}

static void takes_these_packets(void **state)
{
	const struct extended_row *row = *state;
	struct program p = compile(row->expression, 0);
	struct program plain =
		compile(row->expression, PKTCAP_FILTER_NO_OPTIMIZE);

	for (size_t i = 0; i < PACKETS; i++) {
		const char *name = extended_packets[i].name;
		bool wanted = has_word(row->packets, name);

		for (uint32_t cut = packets[i].len; cut; cut--) {
			struct pktcap_packet view = view_of(&packets[i], cut);
			bool taken = takes(&p, &view);

			if (cut == packets[i].len ? taken != wanted
						  : taken && !wanted)
				fail_msg("%s, cut to %u: %s", name, cut,
					 taken ? "taken" : "rejected");
			if (takes(&plain, &view) != taken)
				fail_msg("%s, cut to %u: %s if optimized only",
					 name, cut,
					 taken ? "taken" : "rejected");
		}
	}
	pktcap_filter_free(p.filter);
	pktcap_filter_free(plain.filter);
}

/* As the kernel hands it out: without the outer tag, if there is one. */
static struct pktcap_packet live_view(const struct packet *packet,
				      uint8_t bytes[LAYERS_MAX])
{
	struct pktcap_packet view = view_of(packet, packet->len);
	const uint8_t *tag = packet->bytes + TAG_AT;
	unsigned int type = (unsigned int)tag[0] << 8 | tag[1];

	if (type != 0x8100 && type != 0x88a8)
		return view;
	memcpy(bytes, packet->bytes, TAG_AT);
	memcpy(bytes + TAG_AT, tag + TAG_LEN, packet->len - TAG_AT - TAG_LEN);
	view.data = bytes;
	view.caplen = view.wirelen = packet->len - TAG_LEN;
	view.flags = PKTCAP_PACKET_VLAN;
	view.vlan_tpid = (uint16_t)type;
	view.vlan_tci = (uint16_t)(tag[2] << 8 | tag[3]);
	return view;
}

static void the_same_live(void **state)
{
	uint8_t bytes[LAYERS_MAX];

	(void)state;
	for (size_t r = 0; r < ROWS; r++) {
		const struct extended_row *row = &extended_rows[r];
		struct program p = compile(row->expression, PKTCAP_FILTER_LIVE);

		for (size_t i = 0; i < PACKETS; i++) {
			struct pktcap_packet view =
				live_view(&packets[i], bytes);

			if (takes(&p, &view) !=
			    has_word(row->packets, extended_packets[i].name))
				fail_msg("'%s': %s", row->expression,
					 extended_packets[i].name);
		}
		pktcap_filter_free(p.filter);
	}
}

static void the_same_in_the_kernel(void **state)
{
	char bytes[LAYERS_MAX];
	int fds[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_DGRAM, 0, fds), 0);
	for (size_t r = 0; r < ROWS; r++) {
		const struct extended_row *row = &extended_rows[r];
		struct program p = compile(row->expression, 0);
		struct sock_filter code[PKTCAP_BPF_MAX];
		struct sock_fprog fprog = { (unsigned short)p.n, code };

		assert_true(p.n <= PKTCAP_BPF_MAX);
		memcpy(code, p.insns, p.n * sizeof(*code));
		if (setsockopt(fds[1], SOL_SOCKET, SO_ATTACH_FILTER, &fprog,
			       sizeof(fprog)))
			fail_msg("'%s': the kernel refuses it",
				 row->expression);
		for (size_t i = 0; i < PACKETS; i++) {
			bool taken;

			send(fds[0], packets[i].bytes, packets[i].len, 0);
			taken = recv(fds[1], bytes, sizeof(bytes),
				     MSG_DONTWAIT) > 0;
			if (taken !=
			    has_word(row->packets, extended_packets[i].name))
				fail_msg("'%s': %s", row->expression,
					 extended_packets[i].name);
		}
		pktcap_filter_free(p.filter);
	}
	close(fds[0]);
	close(fds[1]);
}

/* The packet with another link header; 0 if it cannot have it. */
static uint32_t with_link(const char *layers, const char *link,
			  uint8_t bytes[LAYERS_MAX])
{
	const char *behind = layers + strlen("eth ");
	char words[256];

	if (!*link && strncmp(behind, "ip", 2) != 0)
		return 0;
	snprintf(words, sizeof(words), "%s%s", link, behind);
	return (uint32_t)layers_build(words, bytes);
}

static void check_link(const struct extended_row *row, uint32_t linktype,
		       const char *link)
{
	uint8_t bytes[LAYERS_MAX];
	struct program p;
	int ret = pktcap_filter_compile(
		&p.filter, row->expression,
		&PKTCAP_FILTER_OPTS(.flags = PKTCAP_FILTER_EXTENDED,
				    .linktype = linktype),
		NULL);

	/* There are no such packets, or nobody can tell. */
	if (ret == -EOPNOTSUPP || ret == -ENOMSG)
		return;
	assert_int_equal(ret, 0);
	p.insns = pktcap_filter_program(p.filter, &p.n);
	for (size_t i = 0; i < PACKETS; i++) {
		struct pktcap_packet view = { .data = bytes,
					      .linktype = (uint16_t)linktype };

		view.caplen = view.wirelen =
			with_link(extended_packets[i].layers, link, bytes);
		if (view.caplen &&
		    takes(&p, &view) !=
			    has_word(row->packets, extended_packets[i].name))
			fail_msg("'%s': %s with '%s'", row->expression,
				 extended_packets[i].name, link);
	}
	pktcap_filter_free(p.filter);
}

static void the_same_on_other_links(void **state)
{
	static const struct {
		uint32_t linktype;
		const char *link;
	} links[] = { { PKTCAP_LINKTYPE_LINUX_SLL, "sll " },
		      { PKTCAP_LINKTYPE_LINUX_SLL2, "sll2 " },
		      { PKTCAP_LINKTYPE_RAW, "" } };

	(void)state;
	for (size_t r = 0; r < ROWS; r++)
		for (size_t i = 0; i < 3; i++)
			/* Bytes of the link header are other ones. */
			if (strncmp(extended_rows[r].expression, "ether[", 6))
				check_link(&extended_rows[r], links[i].linktype,
					   links[i].link);
}

static void packets_are_known(void **state)
{
	(void)state;
	for (size_t r = 0; r < ROWS; r++) {
		size_t words = 0, found = 0;
		const char *p = extended_rows[r].packets;

		for (; *p; p += strcspn(p, " ")) {
			p += strspn(p, " ");
			words += *p != '\0';
		}
		for (size_t i = 0; i < PACKETS; i++)
			found += has_word(extended_rows[r].packets,
					  extended_packets[i].name);
		if (found != words)
			fail_msg("'%s' names a packet that there is not",
				 extended_rows[r].expression);
	}
}

static void refused(void **state)
{
	(void)state;
	for (size_t i = 0;
	     i < sizeof(extended_faults) / sizeof(extended_faults[0]); i++) {
		const struct extended_fault *fault = &extended_faults[i];
		struct pktcap_filter *filter;
		struct pktcap_error error;
		int ret = pktcap_filter_compile(
			&filter, fault->expression,
			&PKTCAP_FILTER_OPTS(.flags = PKTCAP_FILTER_EXTENDED,
					    .linktype = fault->linktype),
			&error);

		if (ret != fault->code)
			fail_msg("'%s': %d", fault->expression, ret);
		assert_string_equal(error.text, fault->text);
		assert_int_equal(error.offset, fault->offset);
	}
}

/*
 * What is in a tunnel is looked for once, however many tests there are, and
 * whether the program is optimized or not.
 */
static void tunnels_are_found_once(void **state)
{
	static const struct {
		const char *before, *behind; /* a number */
		size_t each;		     /* instructions */
	} rows[] = {
		{ "inner(tcp port ", ")", 14 },
		{ "inner(inner(tcp port ", "))", 24 },
		{ "inner(vlan {5, ", "})", 40 },
		{ "port 5 or inner(host 10.0.0.", ")", 40 },
	};
	enum { TERMS = 1500, SEARCH = 2000, TERM_MAX = 64 };
	static char text[TERMS * TERM_MAX];

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(rows) / sizeof(rows[0]); i++) {
		uint32_t plain = i % 2 ? PKTCAP_FILTER_NO_OPTIMIZE : 0;
		size_t len = 0;
		struct program p;

		for (int j = 0; j < TERMS; j++)
			len += (size_t)snprintf(text + len, TERM_MAX,
						"%s%s%d%s", j ? " or " : "",
						rows[i / 2].before, j % 250,
						rows[i / 2].behind);
		p = compile(text, plain);
		if (p.n > SEARCH + TERMS * rows[i / 2].each)
			fail_msg("%s: %zu", rows[i / 2].before, p.n);
		pktcap_filter_free(p.filter);
	}
}

int main(void)
{
	struct CMUnitTest tests[ROWS + 6];

	for (size_t i = 0; i < PACKETS; i++)
		packets[i].len = (uint32_t)layers_build(
			extended_packets[i].layers, packets[i].bytes);
	for (size_t i = 0; i < ROWS; i++)
		tests[i] = (struct CMUnitTest){
			.name = extended_rows[i].expression,
			.test_func = takes_these_packets,
			.initial_state = (void *)(uintptr_t)&extended_rows[i],
		};
	tests[ROWS] = (struct CMUnitTest)cmocka_unit_test(packets_are_known);
	tests[ROWS + 1] = (struct CMUnitTest)cmocka_unit_test(the_same_live);
	tests[ROWS + 2] =
		(struct CMUnitTest)cmocka_unit_test(the_same_in_the_kernel);
	tests[ROWS + 3] = (struct CMUnitTest)cmocka_unit_test(refused);
	tests[ROWS + 4] =
		(struct CMUnitTest)cmocka_unit_test(the_same_on_other_links);
	tests[ROWS + 5] =
		(struct CMUnitTest)cmocka_unit_test(tunnels_are_found_once);
	return _cmocka_run_group_tests("filter_extended", tests, ROWS + 6, NULL,
				       NULL);
}
