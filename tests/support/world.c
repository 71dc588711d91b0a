// SPDX-License-Identifier: BSD-2-Clause
#include "support/world.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int err = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, text, strlen(text)) < 0)
		err = -errno;
	close(fd);
	return err;
}

static int map_to_root(const char *path, unsigned int outside)
{
	char line[32];

	snprintf(line, sizeof(line), "0 %u 1", outside);
	return write_file(path, line);
}

static int new_namespaces(void)
{
	unsigned int uid = geteuid(), gid = getegid();
	int err;

	if (unshare(CLONE_NEWUSER | CLONE_NEWNET)) {
		err = -errno;
		return uid || unshare(CLONE_NEWNET) ? err : 0;
	}
	/* user_namespaces(7): gid_map opens only after setgroups is denied. */
	err = write_file("/proc/self/setgroups", "deny");
	if (!err)
		err = map_to_root("/proc/self/gid_map", gid);
	if (!err)
		err = map_to_root("/proc/self/uid_map", uid);
	return err;
}

int world_enter(void)
{
	int err = new_namespaces();

	if (err)
		return err;
	/*
	 * In a container /proc/sys may be read-only: world_veth() then keeps
	 * IPv6 quiet by other means, so failing here is no failure.
	 */
	write_file("/proc/sys/net/ipv6/conf/all/disable_ipv6", "1");
	write_file("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
	return world_up("lo");
}

void world_enter_or_skip(void)
{
	int err = world_enter();

	if (!err)
		return;
	fprintf(stderr,
		"skipped: no network namespace of our own (%s): allow user "
		"namespaces (sysctl kernel.unprivileged_userns_clone=1 and "
		"kernel.apparmor_restrict_unprivileged_userns=0, where they "
		"exist) or run as root\n",
		strerror(-err));
	exit(77);
}

int world_open_fds(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int n = 0;

	if (!dir)
		return -errno;
	while (readdir(dir))
		n++;
	closedir(dir);
	return n - 3; /* ".", ".." and the directory itself */
}
