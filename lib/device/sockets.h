/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files that make a list of packet sockets share. */
#ifndef DEVICE_SOCKETS_H
#define DEVICE_SOCKETS_H

#include <pktcap/device.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/netlink.h"

struct socket_entry {
	struct pktcap_device_socket socket;
	uint32_t noted; /* the process that was last found to hold it */
};

/* A process that holds the socket at @entry. */
struct socket_holder {
	size_t entry;
	struct pktcap_device_process process;
};

struct pktcap_device_sockets {
	struct socket_entry *entries; /* in order of their inode */
	size_t count;
	size_t room;
	struct socket_holder *holders; /* as they were found */
	size_t holder_count;
	size_t holder_room;
	size_t hidden;
	struct arena arena; /* memberships and processes */
};

/*
 * Fills list->entries, in any order, some of them twice; what packet_diag or
 * else /proc/net/packet tells.
 */
int sockets_read(struct pktcap_device_sockets *list);

/* One packet_diag answer; a netlink_fn with the list as @user. */
int sockets_add_answer(void *user, const struct netlink_message *message);
/* One line of /proc/net/packet; its first one is none. */
int sockets_add_line(struct pktcap_device_sockets *list, struct bytes line);

/* Finds the processes that hold the sockets, which are in order by now. */
int sockets_find_holders(struct pktcap_device_sockets *list);

#endif
