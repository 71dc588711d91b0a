// SPDX-License-Identifier: BSD-2-Clause
/*
 * Holders of promiscuous mode in processes of their own, a program that knows
 * nothing of them, and what is left of the flag. A row is a play of steps:
 *
 *   1+ 1-  process 1 opens, closes a holder of its own  (1, 2, 3)
 *   1k     process 1 is killed
 *   f+ f-  somebody else sets, clears the flag
 *   P p    the flag is set, is clear
 *   C2 C0  the kernel counts this many holders
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <net/if.h>
#include <pktcap/device.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/world.h"

#define IFNAME "play0"
enum { ACTORS = 3 };

struct row {
	const char *name;
	uint32_t mode;
	uint32_t method;
	const char *steps;
};

#define BY_FLAG PKTCAP_PROMISC_METHOD_FLAG
#define BY_COUNT PKTCAP_PROMISC_METHOD_MEMBERSHIP
#define ALL PKTCAP_PROMISC_MODE_ALL
#define MULTI PKTCAP_PROMISC_MODE_MULTICAST

static struct row rows[] = {
	{ "one holder puts back", ALL, BY_FLAG, "p 1+ P C1 1- p C0" },
	{ "two, first in first out", ALL, BY_FLAG, "1+ 2+ P C1 1- P 2- p" },
	{ "two, last in first out", ALL, BY_FLAG, "1+ 2+ 2- P 1- p" },
	{ "three that overlap", ALL, BY_FLAG, "1+ 2+ 1- P 3+ 2- P 3- p" },
	{ "the first is killed", ALL, BY_FLAG, "1+ 2+ 1k P 2- p" },
	{ "the second is killed", ALL, BY_FLAG, "1+ 2+ 2k P 1- p" },
	{ "a flag found set stays", ALL, BY_FLAG, "f+ 1+ P 1- P f- p" },
	{ "two find it set", ALL, BY_FLAG, "f+ 1+ 2+ 1- P 2- P f- p" },
	{ "cleared by somebody else", ALL, BY_FLAG, "1+ f- p 1- p" },
	{ "all multicast by flag", MULTI, BY_FLAG, "p 1+ P 2+ 1- P 2- p" },
	{ "all multicast found set", MULTI, BY_FLAG, "f+ 1+ 1- P f- p" },
	{ "membership is counted", ALL, BY_COUNT, "1+ p C1 2+ C2 1- C1 2- C0" },
	{ "membership of a killed one", ALL, BY_COUNT, "1+ 2+ 1k C1 2- C0" },
	{ "multicast membership", MULTI, BY_COUNT, "1+ p C0 1- p" },
};

struct actor {
	pid_t pid;
	int to;
	int from;
};

static void act(const struct row *row, int from, int to)
{
	struct pktcap_device_promisc *holder = NULL;
	char order;
	int r;

	while (read(from, &order, 1) == 1) {
		if (order == '+')
			r = pktcap_device_promisc_open(
				&holder, IFNAME, row->mode, row->method, NULL);
		else
			r = pktcap_device_promisc_close(holder);
		if (write(to, &r, sizeof(r)) != sizeof(r))
			break;
	}
	_exit(0);
}

static void actor_start(struct actor *actor, const struct row *row)
{
	int orders[2], answers[2];

	assert_int_equal(pipe(orders), 0);
	assert_int_equal(pipe(answers), 0);
	actor->pid = fork();
	assert_true(actor->pid >= 0);
	if (actor->pid == 0) {
		close(orders[1]);
		close(answers[0]);
		act(row, orders[0], answers[1]);
	}
	close(orders[0]);
	close(answers[1]);
	actor->to = orders[1];
	actor->from = answers[0];
}

static void actor_end(struct actor *actor)
{
	if (!actor->pid)
		return;
	kill(actor->pid, SIGKILL);
	waitpid(actor->pid, NULL, 0);
	close(actor->to);
	close(actor->from);
	actor->pid = 0;
}

static void actor_order(const struct actor *actor, char order)
{
	int r;

	assert_int_equal(write(actor->to, &order, 1), 1);
	assert_int_equal(read(actor->from, &r, sizeof(r)), sizeof(r));
	assert_int_equal(r, 0);
}

static short flag_of(const struct row *row)
{
	return row->mode == MULTI ? IFF_ALLMULTI : IFF_PROMISC;
}

static short flags(short set, short clear)
{
	struct ifreq req = { .ifr_name = IFNAME };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	assert_int_equal(ioctl(fd, SIOCGIFFLAGS, &req), 0);
	req.ifr_flags = (short)((req.ifr_flags | set) & ~clear);
	if (set || clear)
		assert_int_equal(ioctl(fd, SIOCSIFFLAGS, &req), 0);
	close(fd);
	return req.ifr_flags;
}

static uint32_t promiscuity(void)
{
	struct pktcap_device_list *list;
	uint32_t count;

	assert_int_equal(pktcap_device_list_open(&list, NULL), 0);
	count = pktcap_device_list_find(list, IFNAME)->promiscuity;
	pktcap_device_list_close(list);
	return count;
}

static void play(const struct row *row, struct actor *actors, const char *step)
{
	short flag = flag_of(row);

	switch (step[0]) {
	case 'P':
	case 'p':
		assert_int_equal(!!(flags(0, 0) & flag), step[0] == 'P');
		break;
	case 'C':
		assert_int_equal(promiscuity(), step[1] - '0');
		break;
	case 'f':
		flags(step[1] == '+' ? flag : 0, step[1] == '-' ? flag : 0);
		break;
	default:
		if (step[1] == 'k')
			actor_end(&actors[step[0] - '1']);
		else
			actor_order(&actors[step[0] - '1'], step[1]);
	}
}

static void run(void **state)
{
	const struct row *row = *state;
	struct actor actors[ACTORS];

	for (size_t i = 0; i < ACTORS; i++)
		actor_start(&actors[i], row);
	for (const char *s = row->steps; *s; s += strcspn(s, " "), s += *s != 0)
		play(row, actors, s);
	for (size_t i = 0; i < ACTORS; i++)
		actor_end(&actors[i]);
}

static void test_renamed_and_deleted(void **state)
{
	struct pktcap_device_promisc *renamed, *deleted, *gone;

	(void)state;
	assert_int_equal(world_veth_down("ren0", "ren1"), 0);
	assert_int_equal(pktcap_device_promisc_open(&renamed, "ren0", ALL,
						    BY_FLAG, NULL),
			 0);
	assert_int_equal(pktcap_device_promisc_open(&deleted, "ren1", ALL,
						    BY_FLAG, NULL),
			 0);
	assert_int_equal(
		pktcap_device_promisc_open(&gone, "ren1", ALL, BY_COUNT, NULL),
		0);
	assert_int_equal(world_rename("ren0", "ren2"), 0);
	assert_int_equal(pktcap_device_promisc_close(renamed), 0);
	assert_int_equal(world_delete("ren2"), 0);
	assert_int_equal(pktcap_device_promisc_close(deleted), 0);
	assert_int_equal(pktcap_device_promisc_close(gone), 0);
}

static void test_too_many(void **state)
{
	struct pktcap_device_promisc *holders[33];
	struct pktcap_error error;
	int fds = world_open_fds();

	(void)state;
	for (int i = 0; i < 32; i++)
		assert_int_equal(pktcap_device_promisc_open(&holders[i], IFNAME,
							    ALL, BY_FLAG,
							    &error),
				 0);
	assert_int_equal(pktcap_device_promisc_open(&holders[32], IFNAME, ALL,
						    BY_FLAG, &error),
			 -EBUSY);
	assert_null(holders[32]);
	for (int i = 0; i < 32; i++)
		assert_int_equal(pktcap_device_promisc_close(holders[i]), 0);
	assert_false(flags(0, 0) & IFF_PROMISC);
	assert_int_equal(world_open_fds(), fds);
}

/* A fresh pair for each play, so that none sees the rest of another. */
static int setup(void **state)
{
	(void)state;
	return world_veth(IFNAME, "play1");
}

static int teardown(void **state)
{
	(void)state;
	return world_delete(IFNAME);
}

int main(void)
{
	enum { N = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[N + 2] = {
		[N] = cmocka_unit_test_setup_teardown(test_too_many, setup,
						      teardown),
		[N + 1] = cmocka_unit_test(test_renamed_and_deleted),
	};

	world_enter_or_skip();
	for (size_t i = 0; i < N; i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name,
						.test_func = run,
						.setup_func = setup,
						.teardown_func = teardown,
						.initial_state = &rows[i] };
	return _cmocka_run_group_tests("device_promisc", tests, N + 2, NULL,
				       NULL);
}
