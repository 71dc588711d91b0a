/* SPDX-License-Identifier: BSD-2-Clause */
#include "privilege.h"
#include "../privileges.h"
#include "message.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
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
	const char *what = privileges_drop_owner();

	return what ? failed(what) : 0;
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
	const char *what;

	if (user && become(user))
		return -1;
	what = privileges_drop_capabilities();
	return what ? failed(what) : 0;
}
