/* SPDX-License-Identifier: BSD-2-Clause */
/* Packet sockets (packet(7)): one of our own, or somebody else's. */
#ifndef BASE_PACKET_SOCKET_H
#define BASE_PACKET_SOCKET_H

#include <pktcap/base.h>

#include <stdbool.h>

/*
 * Opens one of @type SOCK_RAW or SOCK_DGRAM that receives nothing (protocol
 * 0). Returns a descriptor of at least 3, or a negative errno explained with
 * @ifname.
 */
int packet_socket_open(int type, const char *ifname,
		       struct pktcap_error *error);

/* What a socket was before it came here. */
struct packet_socket {
	int type;
	bool live;   /* it receives already */
	int ifindex; /* 0: not bound, -1: to one that is gone */
};

/* 0, or a negative errno unless @fd is a packet socket of either type. */
int packet_socket_look(struct packet_socket *found, int fd,
		       struct pktcap_error *error);

#endif
