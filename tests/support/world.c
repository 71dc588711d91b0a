// SPDX-License-Identifier: BSD-2-Clause
#include "support/world.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
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

/*
 * An id stays what it is. Only root becomes somebody else: tcpdump that finds
 * itself root drops it, which fails in here because setgroups(2) is denied.
 */
static int map_id(const char *path, unsigned int id)
{
	char line[32];

	snprintf(line, sizeof(line), "%u %u 1", id ? id : 1000, id);
	return write_file(path, line);
}

/* Not being root in there, programs we execute keep no capability unasked. */
static int pass_capabilities_on(void)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3
	};
	struct __user_cap_data_struct caps[_LINUX_CAPABILITY_U32S_3];

	if (syscall(SYS_capget, &header, caps))
		return -errno;
	for (int i = 0; i < _LINUX_CAPABILITY_U32S_3; i++)
		caps[i].inheritable = caps[i].permitted;
	if (syscall(SYS_capset, &header, caps))
		return -errno;
	for (unsigned long cap = 0; cap < 64; cap++)
		prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, cap, 0, 0);
	return 0;
}

/* @kind: CLONE_NEW*, which needs to be root or a user namespace around it. */
static int new_namespace(int kind)
{
	unsigned int uid = geteuid(), gid = getegid();
	int err;

	if (unshare(CLONE_NEWUSER | kind)) {
		err = -errno;
		return uid || unshare(kind) ? err : 0;
	}
	/* user_namespaces(7): gid_map opens only after setgroups is denied. */
	err = write_file("/proc/self/setgroups", "deny");
	if (!err)
		err = map_id("/proc/self/gid_map", gid);
	if (!err)
		err = map_id("/proc/self/uid_map", uid);
	return err ? err : pass_capabilities_on();
}

int world_enter(void)
{
	int err = new_namespace(CLONE_NEWNET);

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

int world_disk(const char *dir, const char *options)
{
	int err = new_namespace(CLONE_NEWNS);

	if (err)
		return err;
	if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("disk", dir, "tmpfs", 0, options))
		return -errno;
	return 0;
}

static int link_real(const char *dir, const char *name)
{
	char from[64], to[64];

	snprintf(from, sizeof(from), "real/%s", name);
	snprintf(to, sizeof(to), "%s/%s", dir, name);
	return symlink(from, to) ? -errno : 0;
}

/* Made where something else is, which is to be seen again afterwards. */
static int move_proc(const char *aside)
{
	const char *from = access("/proc/real", F_OK) ? "/proc" : "/proc/real";
	char real[64], pid[16];
	const char *const names[] = { "self", "thread-self", "sys", pid };

	snprintf(real, sizeof(real), "%s/real", aside);
	snprintf(pid, sizeof(pid), "%d", getpid());
	if (mount("proc", aside, "tmpfs", 0, "size=64k") || mkdir(real, 0700) ||
	    mount(from, real, NULL, MS_BIND | MS_REC, NULL))
		return -errno;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (link_real(aside, names[i]))
			return -errno;
	return mount(aside, "/proc", NULL, MS_MOVE, NULL) ? -errno : 0;
}

int world_proc(void)
{
	if (unshare(CLONE_NEWNS) ||
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL))
		return -errno;
	return move_proc("/tmp");
}

void world_enter_or_skip(void)
{
	int err = world_enter();

	if (!err)
		return;
	fprintf(stderr,
		"skipped: no network namespace of our own (%s): allow user "
		"namespaces (sysctl user.max_user_namespaces above 0, "
		"kernel.unprivileged_userns_clone=1 and "
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
