/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What programs share that open packet sockets: from then on they need no more
 * than the rights of who started them.
 */
#ifndef PRIVILEGES_H
#define PRIVILEGES_H

#include <linux/capability.h>
#include <stdint.h>
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

/*
 * All capabilities but @kept (bits of those below 32), and the way back to
 * them. Returns as above.
 */
static inline const char *privileges_drop_capabilities_but(uint32_t kept)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3
	};
	struct __user_cap_data_struct caps[_LINUX_CAPABILITY_U32S_3];

	/* capget() and capset() are in no libc. */
	if (syscall(SYS_capget, &header, caps))
		return "capget";
	kept &= caps[0].permitted;
	memset(caps, 0, sizeof(caps));
	caps[0].permitted = caps[0].effective = kept;
	if (syscall(SYS_capset, &header, caps))
		return "capset";
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return "PR_SET_NO_NEW_PRIVS";
	return NULL;
}

static inline const char *privileges_drop_capabilities(void)
{
	return privileges_drop_capabilities_but(0);
}

#endif
