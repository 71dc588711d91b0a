/* SPDX-License-Identifier: BSD-2-Clause */
#include "privilege.h"
#include "message.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static int failed(const char *what)
{
	say("giving up privileges: %s: %s", what, strerror(errno));
	return -1;
}

int privilege_lower(struct privilege *privilege)
{
	privilege->user = geteuid();
	privilege->group = getegid();
	if (privilege->group != getgid() && setegid(getgid()))
		return failed("setegid");
	if (privilege->user != getuid() && seteuid(getuid()))
		return failed("seteuid");
	return 0;
}

int privilege_raise(const struct privilege *privilege)
{
	if (privilege->user != geteuid() && seteuid(privilege->user))
		return failed("seteuid");
	if (privilege->group != getegid() && setegid(privilege->group))
		return failed("setegid");
	return 0;
}

int privilege_drop_owner(void)
{
	/* All three IDs, so that no saved one is left; the group while we can.
	 */
	if (getegid() != getgid() && setresgid(getgid(), getgid(), getgid()))
		return failed("setresgid");
	if (geteuid() != getuid() && setresuid(getuid(), getuid(), getuid()))
		return failed("setresuid");
	return 0;
}

static int become(const char *user)
{
	const struct passwd *entry = getpwnam(user);

	if (!entry) {
		say("-Z %s: no such user", user);
		return -1;
	}
	if (initgroups(user, entry->pw_gid) ||
	    setresgid(entry->pw_gid, entry->pw_gid, entry->pw_gid) ||
	    setresuid(entry->pw_uid, entry->pw_uid, entry->pw_uid)) {
		say("-Z %s: %s", user, strerror(errno));
		return -1;
	}
	return 0;
}

int privilege_drop(const char *user)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3
	};
	struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3];

	if (user && become(user))
		return -1;
	memset(none, 0, sizeof(none));
	/* capset() is in no libc. */
	if (syscall(SYS_capset, &header, none))
		return failed("capset");
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return failed("PR_SET_NO_NEW_PRIVS");
	return 0;
}
