/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What programs share that open packet sockets: from then on they need no more
 * than the rights of who started them.
 */
#ifndef PRIVILEGES_H
#define PRIVILEGES_H

#include <linux/capability.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * Those of the program's owner, where it is installed set-user-ID. Returns
 * NULL, or the call that failed with errno.
 */
static inline const char *privileges_drop_owner(void)
{
	/* Setting the real ID sets the saved one, too; the group while we can.
	 */
	if (getegid() != getgid() && setregid(getgid(), getgid()))
		return "setregid";
	if (geteuid() != getuid() && setreuid(getuid(), getuid()))
		return "setreuid";
	return NULL;
}

/* All capabilities, and the way back to them. Returns as above. */
static inline const char *privileges_drop_capabilities(void)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3
	};
	struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3];

	memset(none, 0, sizeof(none));
	/* capset() is in no libc. */
	if (syscall(SYS_capset, &header, none))
		return "capset";
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return "PR_SET_NO_NEW_PRIVS";
	return NULL;
}

#endif
