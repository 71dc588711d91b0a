// SPDX-License-Identifier: BSD-2-Clause
/*
 * The kernel takes tags off the packets that come in: live programs take the
 * same there as the others from a file, where all tags are in their place.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <pktcap/filter.h>

#include "support/extended_rows.h"
#include "support/layers.h"
#include "support/world.h"

enum {
	PACKETS = sizeof(extended_packets) / sizeof(extended_packets[0]),
	ROWS = sizeof(extended_rows) / sizeof(extended_rows[0]),
	ANY_PROTOCOL = 3,
	PATIENCE_MS = 10000,
};

static struct pktcap_filter *compile(const char *expression, uint32_t flags)
{
	struct pktcap_filter *filter;

	assert_int_equal(
		pktcap_filter_compile(
			&filter, expression,
			&PKTCAP_FILTER_OPTS(.flags = PKTCAP_FILTER_EXTENDED |
						     flags,
					    .linktype =
						    PKTCAP_LINKTYPE_ETHERNET),
			NULL),
		0);
	return filter;
}

/* What is rejected comes, too, with one byte: nobody has to wait in vain. */
static void attach(int fd, const struct pktcap_filter *filter)
{
	struct sock_filter code[PKTCAP_BPF_MAX];
	struct sock_fprog program = { 0, code };
	const struct pktcap_insn *insns;
	size_t n;

	insns = pktcap_filter_program(filter, &n);
	assert_in_range(n, 1, PKTCAP_BPF_MAX);
	memcpy(code, insns, n * sizeof(code[0]));
	for (size_t i = 0; i < n; i++)
		if (code[i].code == (BPF_RET | BPF_K) && !code[i].k)
			code[i].k = 1;
	program.len = (unsigned short)n;
	assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program,
				    sizeof(program)),
			 0);
}

static int receiver(const char *name)
{
	struct sockaddr_ll address = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ANY_PROTOCOL),
		.sll_ifindex = (int)if_nametoindex(name),
	};
	int fd = socket(AF_PACKET, SOCK_RAW, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)),
			 0);
	return fd;
}

static bool taken_by_kernel(int sender, int fd, const uint8_t *bytes,
			    size_t len)
{
	struct pollfd p = { fd, POLLIN, 0 };
	uint8_t buf[LAYERS_MAX];

	assert_int_equal(world_send(sender, bytes, len), 0);
	assert_int_equal(poll(&p, 1, PATIENCE_MS), 1);
	return recv(fd, buf, sizeof(buf), 0) > 1;
}

static void takes_the_same_from_a_file(void **state)
{
	int sender = world_sender("a"), fd = receiver("b");

	(void)state;
	for (size_t r = 0; r < ROWS; r++) {
		const char *expression = extended_rows[r].expression;
		struct pktcap_filter *file = compile(expression, 0);
		struct pktcap_filter *live =
			compile(expression, PKTCAP_FILTER_LIVE);
		const struct pktcap_insn *insns;
		size_t n;

		insns = pktcap_filter_program(file, &n);
		attach(fd, live);
		for (size_t i = 0; i < PACKETS; i++) {
			uint8_t bytes[LAYERS_MAX];
			struct pktcap_packet view = { .data = bytes,
						      .linktype = 1 };

			view.caplen = view.wirelen = (uint32_t)layers_build(
				extended_packets[i].layers, bytes);
			if (!pktcap_bpf_run(insns, n, &view) ==
			    taken_by_kernel(sender, fd, bytes, view.caplen))
				fail_msg("'%s': %s", expression,
					 extended_packets[i].name);
		}
		pktcap_filter_free(file);
		pktcap_filter_free(live);
	}
	close(sender);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_the_same_from_a_file),
	};

	world_enter_or_skip();
	if (world_veth("a", "b"))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
