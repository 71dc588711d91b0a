/* SPDX-License-Identifier: BSD-2-Clause */
/* What examples share that send: a socket, and no privileges from then on. */
#ifndef SENDER_H
#define SENDER_H

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <pktcap/send.h>

#include "privileges.h"

/*
 * Looks at the interface before packets are sent. Without carrier it takes them
 * all the same.
 */
static inline int sender_look(const struct pktcap_send *s,
			      struct pktcap_send_info *info)
{
	pktcap_send_info(s, info);
	if (!info->ifindex) {
		fprintf(stderr,
			"%s: packets are sent on one interface: "
			"say which\n",
			info->ifname);
		return -1;
	}
	if (info->link_flags & PKTCAP_DEVICE_UP &&
	    !(info->link_flags & PKTCAP_DEVICE_RUNNING))
		fprintf(stderr, "%s: no carrier: what is sent there is lost\n",
			info->ifname);
	return 0;
}

/*
 * @info gets what the interface is. Returns 0, or -1 after a message, without a
 * socket. What is left is the right to read any file, where there was one:
 * captures belong to whoever made them.
 */
static inline int sender_open(struct pktcap_send **s, const char *ifname,
			      const struct pktcap_send_opts *opts,
			      struct pktcap_send_info *info)
{
	struct pktcap_error error;
	const char *what;

	if (pktcap_send_open(s, ifname, opts, &error)) {
		fprintf(stderr, "%s\n", error.text);
		return -1;
	}
	what = privileges_drop_owner();
	if (!what)
		what = privileges_drop_capabilities_but(UINT32_C(1)
							<< CAP_DAC_READ_SEARCH);
	if (what)
		perror(what);
	if (!what && !sender_look(*s, info))
		return 0;
	pktcap_send_close(*s);
	*s = NULL;
	return -1;
}

#endif
