// SPDX-License-Identifier: BSD-2-Clause
/*
 * Packet sockets of all kinds are told as they were made, with the processes
 * that hold them. In a network of our own there are no others.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <pktcap/capture.h>
#include <pktcap/device.h>

#include "support/rows.h"
#include "support/world.h"

#define IFNAME "sock0"

enum {
	KNOWN = PKTCAP_DEVICE_SOCKET_MEMBERSHIPS |
		PKTCAP_DEVICE_SOCKET_DETAILS | PKTCAP_DEVICE_SOCKET_UID,
	RUNNING = KNOWN | PKTCAP_DEVICE_SOCKET_RUNNING,
	MANY = 2000, /* memberships, more than the kernel tells */
};

static struct pktcap_device_sockets *list_all(void)
{
	struct pktcap_device_sockets *list;
	struct pktcap_error error;

	if (pktcap_device_sockets_open(&list, PKTCAP_DEVICE_SOCKETS_PROCESSES,
				       &error))
		fail_msg("%s", error.text);
	return list;
}

static const struct pktcap_device_process *
find_process(const struct pktcap_device_socket *s, pid_t pid)
{
	for (uint32_t i = 0; i < s->process_count; i++)
		if (s->processes[i].pid == (uint32_t)pid)
			return &s->processes[i];
	return NULL;
}

static uint32_t inode_of(int fd)
{
	struct stat st;

	assert_int_equal(fstat(fd, &st), 0);
	return (uint32_t)st.st_ino;
}

static const struct pktcap_device_socket *
find_socket(const struct pktcap_device_sockets *list, int fd)
{
	const struct pktcap_device_socket *s;

	for (size_t i = 0; (s = pktcap_device_sockets_at(list, i)); i++)
		if (s->inode == inode_of(fd))
			return s;
	return NULL;
}

/* --- sockets of all kinds --- */

static struct row {
	const char *name;
	int type;
	int protocol;
	bool bound;
	int ring;	/* PACKET_RX_RING or PACKET_TX_RING */
	int version;	/* of it, from 0 */
	int membership; /* PACKET_MR_ + 1 */
	int times;	/* it is asked for */
	uint32_t flags;
} rows[] = {
	{ "bound", SOCK_RAW, ETH_P_ALL, true, 0, 0, 0, 0, RUNNING },
	{ "of all interfaces", SOCK_RAW, ETH_P_ALL, false, 0, 0, 0, 0,
	  RUNNING },
	{ "of one protocol, without link headers", SOCK_DGRAM, ETH_P_IP, true,
	  0, 0, 0, 0, RUNNING },
	{ "of no protocol", SOCK_RAW, 0, true, 0, 0, 0, 0, KNOWN },
	{ "with a ring", SOCK_RAW, ETH_P_ALL, true, PACKET_RX_RING, TPACKET_V2,
	  0, 0, RUNNING | PKTCAP_DEVICE_SOCKET_RX_RING },
	{ "with a ring of blocks", SOCK_RAW, ETH_P_ALL, true, PACKET_RX_RING,
	  TPACKET_V3, 0, 0, RUNNING | PKTCAP_DEVICE_SOCKET_RX_RING },
	{ "with a ring to send", SOCK_RAW, 0, true, PACKET_TX_RING, TPACKET_V1,
	  0, 0, KNOWN | PKTCAP_DEVICE_SOCKET_TX_RING },
	{ "promiscuous", SOCK_RAW, ETH_P_ALL, true, 0, 0, PACKET_MR_PROMISC + 1,
	  1, RUNNING },
	{ "promiscuous, bound to nothing", SOCK_RAW, 0, false, 0, 0,
	  PACKET_MR_PROMISC + 1, 1, KNOWN },
	{ "promiscuous twice", SOCK_RAW, ETH_P_ALL, true, 0, 0,
	  PACKET_MR_PROMISC + 1, 2, RUNNING },
	{ "all-multicast", SOCK_RAW, ETH_P_ALL, true, 0, 0,
	  PACKET_MR_ALLMULTI + 1, 1, RUNNING },
	{ "of a multicast group", SOCK_RAW, ETH_P_ALL, true, 0, 0,
	  PACKET_MR_MULTICAST + 1, 1, RUNNING },
};

static const struct row plain = { .type = SOCK_RAW, .protocol = ETH_P_ALL };

static struct packet_mreq membership(int type)
{
	return (struct packet_mreq){
		.mr_ifindex = (int)if_nametoindex(IFNAME),
		.mr_type = (unsigned short)type,
		.mr_alen = type == PACKET_MR_MULTICAST ? ETH_ALEN : 0,
		.mr_address = { 1, 0, 0x5e, 1, 2, 3 },
	};
}

static void join(int fd, int type)
{
	struct packet_mreq mreq = membership(type);

	assert_int_equal(setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP,
				    &mreq, sizeof(mreq)),
			 0);
}

static void make_ring(int fd, const struct row *row)
{
	struct tpacket_req3 ring = {
		.tp_block_size = 65536,
		.tp_block_nr = 2,
		.tp_frame_size = 2048,
		.tp_frame_nr = 64,
	};
	socklen_t size = row->version == TPACKET_V3
				 ? sizeof(ring)
				 : sizeof(struct tpacket_req);

	assert_int_equal(setsockopt(fd, SOL_PACKET, PACKET_VERSION,
				    &row->version, sizeof(row->version)),
			 0);
	assert_int_equal(setsockopt(fd, SOL_PACKET, row->ring, &ring, size), 0);
}

static void bind_to(int fd, const char *ifname, int protocol)
{
	struct sockaddr_ll to = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons((uint16_t)protocol),
		.sll_ifindex = ifname ? (int)if_nametoindex(ifname) : 0,
	};

	assert_int_equal(bind(fd, (struct sockaddr *)&to, sizeof(to)), 0);
}

static int make_socket(const struct row *row)
{
	int fd = socket(AF_PACKET, row->type | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	if (row->ring)
		make_ring(fd, row);
	for (int i = 0; i < row->times; i++)
		join(fd, row->membership - 1);
	bind_to(fd, row->bound ? IFNAME : NULL, row->protocol);
	return fd;
}

static void check_membership(const struct row *row,
			     const struct pktcap_device_socket *s)
{
	struct packet_mreq want = membership(row->membership - 1);

	if (!row->membership) {
		assert_int_equal(s->membership_count, 0);
		return;
	}
	assert_int_equal(s->membership_count, 1);
	assert_int_equal(s->memberships[0].ifindex, want.mr_ifindex);
	assert_int_equal(s->memberships[0].type, want.mr_type);
	assert_int_equal(s->memberships[0].count, row->times);
	assert_int_equal(s->memberships[0].address_len, want.mr_alen);
	assert_memory_equal(s->memberships[0].address, want.mr_address,
			    want.mr_alen);
}

static void run(void **state)
{
	const struct row *row = *state;
	const struct pktcap_device_process *self;
	const struct pktcap_device_socket *s;
	struct pktcap_device_sockets *list;
	int fd = make_socket(row);
	char name[16];

	list = list_all();
	assert_int_equal(pktcap_device_sockets_count(list), 1);
	s = pktcap_device_sockets_at(list, 0);
	assert_int_equal(s->inode, inode_of(fd));
	assert_int_equal(s->flags, row->flags);
	assert_int_equal(s->type, row->type);
	assert_int_equal(s->protocol, row->protocol);
	assert_int_equal(s->ifindex, row->bound ? if_nametoindex(IFNAME) : 0);
	assert_int_equal(s->ring_version, row->ring ? row->version + 1 : 0);
	assert_int_equal(s->uid, getuid());
	check_membership(row, s);
	assert_int_equal(s->process_count, 1);
	self = find_process(s, getpid());
	assert_non_null(self);
	assert_int_equal(self->fd, fd);
	prctl(PR_GET_NAME, name);
	assert_string_equal(self->name, name);
	pktcap_device_sockets_close(list);
	close(fd);
}

/* --- what a capture of ours looks like --- */

static void check_capture(uint32_t engine, uint32_t flags)
{
	const struct pktcap_device_socket *s;
	struct pktcap_device_sockets *list;
	struct pktcap_capture *capture;
	struct pktcap_error error;

	if (pktcap_capture_open(
		    &capture, IFNAME,
		    &PKTCAP_CAPTURE_OPTS(.engine = engine,
					 .flags = PKTCAP_CAPTURE_PROMISC),
		    &error))
		fail_msg("%s", error.text);
	list = list_all();
	assert_int_equal(pktcap_device_sockets_count(list), 1);
	s = pktcap_device_sockets_at(list, 0);
	assert_int_equal(s->flags, flags);
	assert_int_equal(s->ifindex, if_nametoindex(IFNAME));
	assert_int_equal(s->membership_count, 1);
	assert_int_equal(s->memberships[0].type,
			 PKTCAP_DEVICE_MEMBERSHIP_PROMISC);
	pktcap_device_sockets_close(list);
	pktcap_capture_close(capture);
}

static void test_captures(void **state)
{
	(void)state;
	check_capture(PKTCAP_ENGINE_RECV, RUNNING);
	check_capture(PKTCAP_ENGINE_RING,
		      RUNNING | PKTCAP_DEVICE_SOCKET_RX_RING);
}

/* --- unusual sockets --- */

static void test_fanout(void **state)
{
	int fd = make_socket(&plain), group = 4711 | PACKET_FANOUT_LB << 16;
	struct pktcap_device_sockets *list;

	(void)state;
	assert_int_equal(setsockopt(fd, SOL_PACKET, PACKET_FANOUT, &group,
				    sizeof(group)),
			 0);
	list = list_all();
	assert_int_equal(pktcap_device_sockets_at(list, 0)->flags,
			 RUNNING | PKTCAP_DEVICE_SOCKET_FANOUT);
	assert_int_equal(pktcap_device_sockets_at(list, 0)->fanout, 4711);
	pktcap_device_sockets_close(list);
	close(fd);
}

static void test_interface_gone(void **state)
{
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	struct pktcap_device_sockets *list;

	(void)state;
	assert_int_equal(world_veth("gone0", "gone1"), 0);
	bind_to(fd, "gone0", ETH_P_ALL);
	assert_int_equal(world_delete("gone0"), 0);
	list = list_all();
	assert_int_equal(pktcap_device_sockets_at(list, 0)->ifindex,
			 UINT32_MAX);
	assert_int_equal(pktcap_device_sockets_at(list, 0)->flags, KNOWN);
	pktcap_device_sockets_close(list);
	close(fd);
}

/* The kernel ends the dump at such a socket, and tells nobody. */
static void test_many_memberships(void **state)
{
	struct packet_mreq mreq = membership(PACKET_MR_MULTICAST);
	int fds[] = { make_socket(&plain), make_socket(&plain),
		      make_socket(&plain) };
	const struct pktcap_device_socket *s;
	struct pktcap_device_sockets *list;

	(void)state;
	for (int i = 0; i < MANY; i++) {
		mreq.mr_address[4] = (unsigned char)(i >> 8);
		mreq.mr_address[5] = (unsigned char)i;
		assert_int_equal(setsockopt(fds[1], SOL_PACKET,
					    PACKET_ADD_MEMBERSHIP, &mreq,
					    sizeof(mreq)),
				 0);
	}
	list = list_all();
	assert_int_equal(pktcap_device_sockets_count(list), 3);
	s = find_socket(list, fds[0]);
	assert_non_null(s);
	assert_int_equal(s->flags, RUNNING);
	/* Later kernels may tell. */
	s = find_socket(list, fds[1]);
	assert_non_null(s);
	assert_int_equal(s->membership_count,
			 s->flags & PKTCAP_DEVICE_SOCKET_MEMBERSHIPS ? MANY
								     : 0);
	s = find_socket(list, fds[2]);
	assert_non_null(s);
	assert_true(s->flags & PKTCAP_DEVICE_SOCKET_DETAILS);
	pktcap_device_sockets_close(list);
	for (int i = 0; i < 3; i++)
		close(fds[i]);
}

/* --- processes --- */

/* A child that holds what we hold; returns when it is as @prepare makes it. */
static pid_t start_child(void (*prepare)(void))
{
	int ready[2];
	pid_t pid;
	char byte;

	assert_int_equal(pipe(ready), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		prepare();
		if (write(ready[1], "", 1) == 1)
			pause();
		_exit(0);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	close(ready[1]);
	return pid;
}

static void end_child(pid_t pid)
{
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void take_hostile_name(void)
{
	prctl(PR_SET_NAME, "a\033[2J\nb\x9b\"%s\n");
}

static void test_several_processes(void **state)
{
	int fd = make_socket(&plain), copy = dup(fd);
	pid_t child = start_child(take_hostile_name);
	const struct pktcap_device_process *process;
	const struct pktcap_device_socket *s;
	struct pktcap_device_sockets *list = list_all();

	(void)state;
	assert_int_equal(pktcap_device_sockets_count(list), 1);
	s = pktcap_device_sockets_at(list, 0);
	assert_int_equal(s->process_count, 2);
	assert_true(s->processes[0].pid < s->processes[1].pid);
	process = find_process(s, child);
	assert_non_null(process);
	assert_string_equal(process->name, "a?[2J?b?\"%s?");
	assert_int_equal(process->fd, fd);
	process = find_process(s, getpid());
	assert_non_null(process);
	assert_int_equal(process->fd, fd);
	pktcap_device_sockets_close(list);
	end_child(child);
	close(copy);
	close(fd);
}

/* As programs that change their user: /proc/PID/fd is root's then. */
static void hide(void)
{
	prctl(PR_SET_DUMPABLE, 0);
}

static void test_hidden_process(void **state)
{
	int fd = make_socket(&plain);
	pid_t child = start_child(hide);
	struct pktcap_device_sockets *list = list_all();
	const struct pktcap_device_socket *s;

	(void)state;
	s = pktcap_device_sockets_at(list, 0);
	assert_non_null(find_process(s, getpid()));
	if (!find_process(s, child)) /* root sees it */
		assert_true(pktcap_device_sockets_hidden(list) > 0);
	pktcap_device_sockets_close(list);
	end_child(child);
	close(fd);
}

static void test_without_processes(void **state)
{
	int fd = make_socket(&plain);
	struct pktcap_device_sockets *list;

	(void)state;
	assert_int_equal(pktcap_device_sockets_open(&list, 0, NULL), 0);
	assert_int_equal(pktcap_device_sockets_count(list), 1);
	assert_int_equal(pktcap_device_sockets_at(list, 0)->process_count, 0);
	assert_null(pktcap_device_sockets_at(list, 0)->processes);
	pktcap_device_sockets_close(list);
	close(fd);
}

static void test_empty(void **state)
{
	struct pktcap_device_sockets *list = list_all();

	(void)state;
	assert_int_equal(pktcap_device_sockets_count(list), 0);
	assert_null(pktcap_device_sockets_at(list, 0));
	pktcap_device_sockets_close(list);
}

/* In a mount namespace of its own, which ends with it. */
static void without_proc(int fd)
{
	struct pktcap_device_sockets *list;
	struct pktcap_error error;

	if (world_disk("/proc", "size=64k"))
		_exit(77);
	if (pktcap_device_sockets_open(&list, PKTCAP_DEVICE_SOCKETS_PROCESSES,
				       &error))
		_exit(1);
	/* It is there, but shows nobody. */
	if (!find_socket(list, fd) || find_socket(list, fd)->process_count)
		_exit(2);
	pktcap_device_sockets_close(list);
	_exit(0);
}

static void test_no_proc(void **state)
{
	int fd = make_socket(&plain), status;
	pid_t pid = fork();

	(void)state;
	if (!pid)
		without_proc(fd);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	close(fd);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 77)
		skip();
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* --- the peer --- */

static void test_ss(void **state)
{
	int fd = make_socket(&plain);
	char line[1024], inode[32], process[64];
	FILE *ss = popen("ss -0 -a -n -p -e 2>/dev/null", "r");
	bool found = false, any = false;

	(void)state;
	snprintf(inode, sizeof(inode), "ino:%u ", inode_of(fd));
	snprintf(process, sizeof(process), "pid=%d,fd=%d)", getpid(), fd);
	assert_non_null(ss);
	while (fgets(line, sizeof(line), ss)) {
		any = true;
		if (strstr(line, inode) && strstr(line, process))
			found = true;
	}
	if (pclose(ss) || !any)
		skip();
	assert_true(found);
	close(fd);
}

int main(void)
{
	struct CMUnitTest tests[32] = {
		cmocka_unit_test(test_captures),
		cmocka_unit_test(test_fanout),
		cmocka_unit_test(test_interface_gone),
		cmocka_unit_test(test_many_memberships),
		cmocka_unit_test(test_several_processes),
		cmocka_unit_test(test_hidden_process),
		cmocka_unit_test(test_without_processes),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_no_proc),
		cmocka_unit_test(test_ss),
	};
	size_t n = 10;

	world_enter_or_skip();
	if (world_veth(IFNAME, "sock1"))
		return EXIT_FAILURE;
	ADD_ROWS(tests, n, rows, run);
	return _cmocka_run_group_tests("device_sockets", tests, n, NULL, NULL);
}
