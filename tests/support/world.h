/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A network of our own for live tests, benchmarks and the demo: namespaces,
 * veth pairs and frames, made with system calls alone (no iproute2, no root,
 * never an interface of the machine). Every function returns 0 or a negative
 * errno unless it says otherwise.
 */
#ifndef TESTS_SUPPORT_WORLD_H
#define TESTS_SUPPORT_WORLD_H

#include <stddef.h>
#include <stdint.h>

/*
 * Moves the process (one thread only) into a new user and network namespace,
 * never as root but with every capability there, which the programs it starts
 * inherit ("tcpdump -Z root" works, whoever runs it). "lo" is up and IPv6
 * switched off for interfaces that come later, so that no packet appears which
 * a test did not send. Where user namespaces are forbidden but we are root:
 * the network namespace only.
 */
int world_enter(void);

/* world_enter(), or says in one sentence why not and exits with 77 (skip). */
void world_enter_or_skip(void);

/*
 * Mounts a tmpfs at @dir that nobody else sees and that goes with the process
 * (one thread only); @options as mount(8) has them: "size=64k".
 */
int world_disk(const char *dir, const char *options);

/*
 * Behind world_enter(): mounts another /proc that shows this process and no
 * other one, whatever runs on the machine; all of the old one is in /proc/real.
 */
int world_proc(void);

/* A veth pair, both ends up; world_veth_down() leaves them down. */
int world_veth(const char *a, const char *b);
int world_veth_down(const char *a, const char *b);
/* A tun device (layer 3, no Ethernet header), up; returns its descriptor. */
int world_tun(const char *name);

/* A bridge without ports, up: a switch, whose ports world_port() adds. */
int world_bridge(const char *name);
int world_port(const char *name, const char *bridge);
/*
 * An interface that, unlike veth, takes only those groups that it joined (and
 * those with the same hash as one of them); left down.
 */
int world_macvlan_down(const char *name, const char *lower);
/*
 * To another network namespace (a descriptor of /proc/PID/ns/net), down. What
 * world_quiet_ipv6() said is forgotten there.
 */
int world_move(const char *name, int to);
/* No link-local address, hence no neighbour discovery when it goes up. */
void world_quiet_ipv6(const char *name);

int world_up(const char *name);
int world_down(const char *name);
int world_delete(const char *name);
/* On kernels before 6.2 an interface that is up goes down for a moment. */
int world_rename(const char *name, const char *to);
int world_mtu(const char *name, unsigned int mtu);
/* By their flags, which stay. */
int world_promisc(const char *name);
int world_allmulti(const char *name);
/* Address with prefix ("10.0.0.1", 24 or "fd00::1", 64). */
int world_address(const char *name, const char *ip, unsigned int prefix);

/* A packet socket that only sends, bound to the interface (protocol 0). */
int world_sender(const char *name);
/* Sends one frame as it is; a full queue is waited for. */
int world_send(int sender, const void *frame, size_t len);
/*
 * Sends @count frames of @len bytes as fast as sendmmsg(2) goes: those of
 * world_frame() to WORLD_FLOOD_PORT, numbered @first and up.
 */
#define WORLD_FLOOD_PORT 9
int world_flood(int sender, uint32_t first, uint32_t count, size_t len);

/*
 * Builds a frame of @len bytes (at least 60) at @buf: Ethernet to broadcast,
 * IPv4 10.9.0.1 to 10.9.0.2, UDP from port 1000 to @port, then @number as 32
 * bits in network order, then zeros; checksums are right. Returns @len.
 */
size_t world_frame(uint8_t *buf, size_t len, uint16_t port, uint32_t number);
/* The same with @tags VLAN tags (TPID in the upper 16 bits, TCI below). */
size_t world_frame_tagged(uint8_t *buf, size_t len, uint16_t port,
			  uint32_t number, const uint32_t *tags, size_t n);
/* The number in an untagged frame of ours, or -1 if it is none. */
int64_t world_number(const uint8_t *frame, size_t len);

/* How many descriptors this process has open: to see that none leaks. */
int world_open_fds(void);

#endif
