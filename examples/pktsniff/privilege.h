/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the program may do is given up as soon as the packet socket is open:
 * nothing it does afterwards needs more than the rights of its user.
 */
#ifndef PKTSNIFF_PRIVILEGE_H
#define PKTSNIFF_PRIVILEGE_H

#include <sys/types.h>

struct privilege {
	uid_t user;
	gid_t group;
};

/*
 * Installed set-user-ID, the program acts as the person who started it from
 * its first line on; privilege_raise() takes the owner's rights back for the
 * one call that needs them. Both do nothing where it was not installed so.
 * Return 0, or -1 after a message.
 */
int privilege_lower(struct privilege *privilege);
int privilege_raise(const struct privilege *privilege);

/* Set-user-ID rights go for good. Returns 0, or -1 after a message. */
int privilege_drop_owner(void);

/*
 * Becomes @user (NULL: stays who it is), then gives up all capabilities and
 * the way back to them. Returns 0, or -1 after a message.
 */
int privilege_drop(const char *user);

#endif
