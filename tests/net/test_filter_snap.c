// SPDX-License-Identifier: BSD-2-Clause
/* The kernel keeps what user space keeps, of packets on a real interface. */
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
#include "support/snap_rows.h"
#include "support/world.h"

enum {
	PACKETS = sizeof(extended_packets) / sizeof(extended_packets[0]),
	ROWS = sizeof(snap_rows) / sizeof(snap_rows[0]),
	PADDING = 100,
	ANY_PROTOCOL = 3,
	TAG_LEN = 4,
};

/* The live program on everything that comes in at @name. */
static int receiver(const char *name)
{
	struct sockaddr_ll address = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ANY_PROTOCOL),
		.sll_ifindex = (int)if_nametoindex(name),
	};
	int fd = socket(AF_PACKET, SOCK_RAW, 0);
	struct sock_filter code[PKTCAP_BPF_MAX];
	struct sock_fprog program = { 0, code };
	const struct pktcap_insn *insns;
	struct pktcap_filter *filter;
	size_t n;

	assert_int_equal(
		pktcap_filter_compile(
			&filter, "",
			&PKTCAP_FILTER_OPTS(.flags = PKTCAP_FILTER_EXTENDED |
						     PKTCAP_FILTER_LIVE |
						     PKTCAP_FILTER_SNAP_HEADERS,
					    .linktype =
						    PKTCAP_LINKTYPE_ETHERNET),
			NULL),
		0);
	insns = pktcap_filter_program(filter, &n);
	memcpy(code, insns, n * sizeof(code[0]));
	program.len = (unsigned short)n;
	assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program,
				    sizeof(program)),
			 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)),
			 0);
	pktcap_filter_free(filter);
	return fd;
}

static const struct snap_row *row_of(const char *name)
{
	for (size_t i = 0; i < ROWS; i++)
		if (!strcmp(snap_rows[i].packet, name))
			return &snap_rows[i];
	return NULL;
}

static bool is_tagged(const char *layers)
{
	return !strncmp(layers, "eth vlan", 8) ||
	       !strncmp(layers, "eth qinq", 8);
}

static void the_kernel_keeps_as_much(void **state)
{
	int sender = world_sender("a"), fd = receiver("b");

	(void)state;
	for (size_t i = 0; i < PACKETS; i++) {
		const struct snap_row *row = row_of(extended_packets[i].name);
		uint8_t bytes[LAYERS_MAX + PADDING] = { 0 };
		struct pollfd p = { fd, POLLIN, 0 };
		uint32_t kept;
		size_t len;

		if (!row)
			continue;
		len = layers_build(extended_packets[i].layers, bytes);
		assert_int_equal(world_send(sender, bytes, len + PADDING), 0);
		/* The outer tag is elsewhere, and not counted. */
		kept = row->kept == SNAP_WHOLE ? (uint32_t)len + PADDING
					       : row->kept;
		if (is_tagged(extended_packets[i].layers))
			kept -= TAG_LEN;
		assert_int_equal(poll(&p, 1, 10000), 1);
		if (recv(fd, bytes, sizeof(bytes), 0) != kept)
			fail_msg("%s", row->packet);
	}
	close(sender);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_kernel_keeps_as_much),
	};

	world_enter_or_skip();
	if (world_veth("a", "b"))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
