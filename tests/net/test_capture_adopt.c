// SPDX-License-Identifier: BSD-2-Clause
/* Sockets that somebody with privileges opened, used by somebody without. */
#include "support/engines.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static int sender;

static int bound_socket(int type, uint16_t protocol, const char *ifname)
{
	struct sockaddr_ll addr = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(protocol),
		.sll_ifindex = (int)if_nametoindex(ifname),
	};
	int fd = socket(AF_PACKET, type, 0);

	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&addr, sizeof(addr)), 0);
	return fd;
}

static struct pktcap_capture *adopt(const struct engine_row *row, int fd,
				    const char *ifname)
{
	struct pktcap_capture *cap;
	struct pktcap_error error = { 0 };

	if (pktcap_capture_adopt(
		    &cap, fd, ifname,
		    &PKTCAP_CAPTURE_OPTS(.engine = row->engine,
					 .stamp = row->stamp,
					 .max_delay_us = row->max_delay_us),
		    &error))
		fail_msg("%s: %s", error.call, error.text);
	return cap;
}

static void fresh_socket(void **state)
{
	struct pktcap_capture *cap =
		adopt(*state, socket(AF_PACKET, SOCK_RAW, 0), "pk1");

	send_numbered(sender, 1, 100, 9);
	expect_number(cap, 1);
	pktcap_capture_close(cap);
}

static void bound_but_silent_socket(void **state)
{
	struct pktcap_capture *cap =
		adopt(*state, bound_socket(SOCK_RAW, 0, "pk1"), NULL);

	send_numbered(sender, 2, 100, 9);
	expect_number(cap, 2);
	pktcap_capture_close(cap);
}

static void fresh_datagram_socket_is_cooked(void **state)
{
	struct pktcap_capture *cap =
		adopt(*state, socket(AF_PACKET, SOCK_DGRAM, 0), "pk1");

	send_numbered(sender, 1, 100, 9);
	assert_int_equal(expect_packet(cap)->linktype,
			 PKTCAP_LINKTYPE_LINUX_SLL2);
	pktcap_capture_close(cap);
}

static void live_socket_drops_nothing(void **state)
{
	const struct engine_row *row = *state;
	int fd = bound_socket(SOCK_RAW, ETH_P_ALL, "pk1");
	struct pktcap_capture *cap;
	struct pktcap_error error;

	for (uint32_t i = 0; i < 20; i++)
		send_numbered(sender, i, 100, 9);
	if (row->engine == PKTCAP_ENGINE_RING) {
		assert_int_equal(
			pktcap_capture_adopt(
				&cap, fd, NULL,
				&PKTCAP_CAPTURE_OPTS(.engine = row->engine),
				&error),
			-EBUSY);
		assert_null(cap);
		assert_non_null(strstr(error.text, "recv"));
		assert_int_equal(close(fd), 0); /* still the caller's */
		return;
	}
	cap = adopt(row, fd, NULL);
	for (uint32_t i = 20; i < 40; i++)
		send_numbered(sender, i, 100, 9);
	for (uint32_t i = 0; i < 40; i++)
		expect_number(cap, i);
	pktcap_capture_close(cap);
}

static void its_own_filter_is_kept(void **state)
{
	struct sock_filter port_9[] = {
		{ BPF_LD | BPF_H | BPF_ABS, 0, 0, 36 },
		{ BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 9 },
		{ BPF_RET | BPF_K, 0, 0, 262144 },
		{ BPF_RET | BPF_K, 0, 0, 0 },
	};
	struct sock_fprog program = { 4, port_9 };
	int fd = bound_socket(SOCK_RAW, 0, "pk1");
	const struct pktcap_packet *pkt;
	struct pktcap_capture *cap;

	assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program,
				    sizeof(program)),
			 0);
	cap = adopt(*state, fd, NULL);
	for (int i = 0; i < 2; i++) {
		send_numbered(sender, 1, 100, 10);
		send_numbered(sender, 2, 100, 9);
		expect_number(cap, 2);
		expect_none(cap);
		/* A stop must not take it away. */
		pktcap_capture_stop(cap);
		assert_int_equal(pktcap_capture_next(cap, &pkt, -1),
				 -ECANCELED);
		assert_int_equal(pktcap_capture_resume(cap), 0);
	}
	pktcap_capture_close(cap);
}

/* A locked filter cannot be replaced, not even to stop: it still stops. */
static void a_locked_filter_can_be_stopped(void **state)
{
	struct sock_filter all = { BPF_RET | BPF_K, 0, 0, 262144 };
	struct sock_fprog program = { 1, &all };
	struct pktcap_insn none = { BPF_RET | BPF_K, 0, 0, 0 };
	int fd = bound_socket(SOCK_RAW, 0, "pk1");
	const struct pktcap_packet *pkt;
	struct pktcap_capture *cap;
	int one = 1;
	int n;

	assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program,
				    sizeof(program)),
			 0);
	assert_int_equal(
		setsockopt(fd, SOL_SOCKET, SO_LOCK_FILTER, &one, sizeof(one)),
		0);
	cap = adopt(*state, fd, NULL);
	assert_int_equal(pktcap_capture_set_filter(cap, &none, 1, NULL),
			 -EPERM);
	send_numbered(sender, 1, 100, 9);
	expect_number(cap, 1);
	pktcap_capture_stop(cap);
	while ((n = pktcap_capture_next(cap, &pkt, -1)) > 0)
		;
	assert_int_equal(n, -ECANCELED);
	assert_int_equal(pktcap_capture_resume(cap), 0);
	send_numbered(sender, 2, 100, 9);
	expect_number(cap, 2);
	pktcap_capture_close(cap);
}

/* What a program prints must never go out on the network. */
static void closed_stdio_is_not_reused(void **state)
{
	int saved[3];
	struct pktcap_capture *cap;

	fflush(stdout);
	for (int i = 0; i < 3; i++)
		saved[i] = dup(i);
	for (int i = 0; i < 3; i++)
		close(i);
	cap = OPEN(*state, "pk1");
	for (int i = 0; i < 3; i++) {
		int domain = -1;
		socklen_t len = sizeof(domain);

		getsockopt(i, SOL_SOCKET, SO_DOMAIN, &domain, &len);
		if (domain == AF_PACKET)
			saved[0] = -1;
	}
	pktcap_capture_close(cap);
	for (int i = 0; i < 3 && saved[0] >= 0; i++)
		dup2(saved[i], i);
	assert_true(saved[0] >= 0);
	for (int i = 0; i < 3; i++)
		close(saved[i]);
}

static void what_cannot_be_adopted(void **state)
{
	struct pktcap_capture *cap;
	struct pktcap_error error;
	struct tpacket_req ring = { 4096, 1, 2048, 2 };
	int udp = socket(AF_INET, SOCK_DGRAM, 0);
	int fresh = socket(AF_PACKET, SOCK_RAW, 0);
	int ringed = bound_socket(SOCK_RAW, 0, "pk1");
	int pipes[2];

	(void)state;
	assert_int_equal(pipe(pipes), 0);
	assert_int_equal(setsockopt(ringed, SOL_PACKET, PACKET_RX_RING, &ring,
				    sizeof(ring)),
			 0);
	const struct {
		int fd;
		const char *ifname;
		int want;
	} rows[] = {
		{ -1, NULL, -EBADF },		{ 999, NULL, -EBADF },
		{ pipes[0], NULL, -ENOTSOCK },	{ udp, "pk1", -EPROTOTYPE },
		{ fresh, NULL, -EDESTADDRREQ }, { fresh, "any", -EPROTOTYPE },
		{ fresh, "nosuch0", -ENODEV },	{ ringed, NULL, -EBUSY },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cap = (void *)&cap;
		assert_int_equal(pktcap_capture_adopt(&cap, rows[i].fd,
						      rows[i].ifname, NULL,
						      &error),
				 rows[i].want);
		assert_null(cap);
		assert_int_equal(error.code, rows[i].want);
		assert_true(strlen(error.text) > 0);
	}
	close(udp);
	close(fresh);
	close(ringed);
	close(pipes[0]);
	close(pipes[1]);
}

static void drop_capabilities(void)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3
	};
	struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = { 0 };

	assert_int_equal(syscall(SYS_capset, &header, none), 0);
	assert_int_equal(socket(AF_PACKET, SOCK_RAW, 0), -1);
	assert_int_equal(errno, EPERM);
}

static int privileged_sockets[ENGINE_ROWS];

static void without_any_capability(void **state)
{
	const struct engine_row *row = *state;
	struct pktcap_insn all = { BPF_RET | BPF_K, 0, 0, 262144 };
	struct pktcap_error error = { 0 };
	struct pktcap_capture *cap;

	if (pktcap_capture_adopt(
		    &cap, privileged_sockets[row - engine_rows], "pk1",
		    &PKTCAP_CAPTURE_OPTS(.engine = row->engine,
					 .stamp = row->stamp,
					 .max_delay_us = row->max_delay_us,
					 .filter = &all, .filter_len = 1,
					 .flags = PKTCAP_CAPTURE_PROMISC),
		    &error))
		fail_msg("%s: %s", error.call, error.text);
	send_numbered(sender, 3, 100, 9);
	expect_number(cap, 3);
	pktcap_capture_close(cap);
	/* And opening says which capability it lacks. */
	assert_int_equal(pktcap_capture_open(&cap, "pk1", NULL, &error),
			 -EPERM);
	assert_non_null(strstr(error.text, "CAP_NET_RAW"));
}

int main(void)
{
	static const struct matrix_test tests[] = {
		MATRIX_TEST(fresh_socket),
		MATRIX_TEST(bound_but_silent_socket),
		MATRIX_TEST(fresh_datagram_socket_is_cooked),
		MATRIX_TEST(live_socket_drops_nothing),
		MATRIX_TEST(its_own_filter_is_kept),
		MATRIX_TEST(a_locked_filter_can_be_stopped),
		MATRIX_TEST(closed_stdio_is_not_reused),
		MATRIX_TEST(what_cannot_be_adopted),
	};
	static const struct matrix_test unprivileged[] = {
		MATRIX_TEST(without_any_capability),
	};
	int failed;

	world_enter_or_skip();
	if (world_veth("pk0", "pk1"))
		return 1;
	sender = world_sender("pk0");
	for (int i = 0; i < ENGINE_ROWS; i++)
		privileged_sockets[i] = socket(AF_PACKET, SOCK_RAW, 0);
	failed = run_with_engines("capture adopt", tests,
				  sizeof(tests) / sizeof(tests[0]));
	drop_capabilities();
	return failed +
	       run_with_engines("capture adopt, unprivileged", unprivileged, 1);
}
