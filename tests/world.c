// SPDX-License-Identifier: BSD-2-Clause
/*
 * A network of our own for scripts, which then need neither root nor iproute2:
 *
 *   world run COMMAND [ARGUMENT...]   in new namespaces with veth pk0 -- pk1
 *   world lan COMMAND [ARGUMENT...]   in a network of six (support/lan.h);
 *                                     WORLD_NO_FIREWALL is set if that lacks
 *   world at HOST COMMAND [...]       inside that: on host 1 to 5
 *   world send IFNAME COUNT [LENGTH]  numbered frames, as fast as it goes
 *   world traffic IFNAME              one frame of each common kind
 *   world wait                        until somebody captures in here
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "support/lan.h"
#include "support/traffic.h"
#include "support/world.h"

static int fail(const char *what, int err)
{
	fprintf(stderr, "world: %s: %s\n", what, strerror(-err));
	return 1;
}

static int run(int argc, char **argv)
{
	int err;

	if (argc < 1)
		return fail("run", -EINVAL);
	world_enter_or_skip();
	err = world_veth("pk0", "pk1");
	if (!err)
		err = world_address("pk0", "10.9.0.1", 24);
	if (err)
		return fail("veth pk0 and pk1", err);
	execvp(argv[0], argv);
	return fail(argv[0], -errno);
}

static int run_lan(int argc, char **argv)
{
	int err;

	if (argc < 1)
		return fail("lan", -EINVAL);
	world_enter_or_skip();
	err = world_lan();
	if (err == -EOPNOTSUPP)
		setenv("WORLD_NO_FIREWALL", "1", 1);
	else if (err)
		return fail("bridge and hosts", err);
	execvp(argv[0], argv);
	return fail(argv[0], -errno);
}

static int run_at(int argc, char **argv)
{
	int err;

	if (argc < 2)
		return fail("at", -EINVAL);
	err = world_lan_enter((unsigned int)strtoul(argv[0], NULL, 10));
	if (err)
		return fail(argv[0], err);
	execvp(argv[1], argv + 1);
	return fail(argv[1], -errno);
}

static int send_numbered(int argc, char **argv)
{
	size_t length = argc > 2 ? strtoul(argv[2], NULL, 10) : 60;
	int sender, err;

	if (argc < 2 || length < 60 || length > 65535)
		return fail("send", -EINVAL);
	sender = world_sender(argv[0]);
	if (sender < 0)
		return fail(argv[0], sender);
	err = world_flood(sender, 0, (uint32_t)strtoul(argv[1], NULL, 10),
			  length);
	close(sender);
	return err ? fail(argv[0], err) : 0;
}

static int send_traffic(int argc, char **argv)
{
	uint8_t frame[TRAFFIC_MAX];
	size_t length;
	int sender, err = 0;

	if (argc < 1)
		return fail("traffic", -EINVAL);
	sender = world_sender(argv[0]);
	if (sender < 0)
		return fail(argv[0], sender);
	for (unsigned int i = 0; i < TRAFFIC_KINDS && !err; i++) {
		length = traffic_frame(i, frame);
		err = world_send(sender, frame, length);
	}
	close(sender);
	return err ? fail(argv[0], err) : 0;
}

/* packet(7) sockets that receive have a protocol: 0003, ETH_P_ALL. */
static int somebody_captures(void)
{
	FILE *sockets = fopen("/proc/net/packet", "r");
	char line[256];
	int found = 0;

	while (sockets && !found && fgets(line, sizeof(line), sockets))
		found = !!strstr(line, " 0003 ");
	if (sockets)
		fclose(sockets);
	return found;
}

static int wait_for_capture(int argc, char **argv)
{
	const struct timespec pause = { .tv_nsec = 10000000 };

	(void)argc;
	(void)argv;
	for (int i = 0; i < 1000; i++) {
		if (somebody_captures())
			return 0;
		nanosleep(&pause, NULL);
	}
	return fail("nobody captures after 10 seconds", -ETIMEDOUT);
}

int main(int argc, char **argv)
{
	const struct {
		const char *name;
		int (*run)(int argc, char **argv);
	} commands[] = {
		{ "run", run },
		{ "lan", run_lan },
		{ "at", run_at },
		{ "send", send_numbered },
		{ "traffic", send_traffic },
		{ "wait", wait_for_capture },
	};

	for (size_t i = 0; argc > 1 && i < sizeof(commands) / sizeof(*commands);
	     i++)
		if (!strcmp(argv[1], commands[i].name))
			return commands[i].run(argc - 2, argv + 2);
	fprintf(stderr, "usage: world run COMMAND [ARGUMENT...]\n"
			"       world lan COMMAND [ARGUMENT...]\n"
			"       world at HOST COMMAND [ARGUMENT...]\n"
			"       world send IFNAME COUNT [LENGTH]\n"
			"       world traffic IFNAME\n"
			"       world wait\n");
	return 2;
}
