/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A local network of kernels: a bridge, this namespace on one of its ports and
 * five hosts on others, each a network namespace of its own.
 *
 *   this    pk0, 10.9.0.1/24, fd00:9::1/64, fe80::1/64: a plain veth
 *   host N  eth0, 10.9.0.1N/24, fd00:9::1N/64, fe80::1N/64
 *
 *   1  a plain veth, which filters no frames
 *   2  macvlan, which takes only those groups that were joined
 *   3  macvlan, promiscuous
 *   4  macvlan, and a firewall that drops all of IPv4 that comes in
 *   5  macvlan, with all multicast switched on
 */
#ifndef TESTS_SUPPORT_LAN_H
#define TESTS_SUPPORT_LAN_H

enum { LAN_HOSTS = 5, LAN_FIREWALLED = 4 };

/*
 * After world_enter() (one thread only). The namespaces last as long as this
 * process and the programs it executes: they are open there, by descriptors
 * from 100 on. Returns 0 or a negative errno; -EOPNOTSUPP if all is there but
 * the firewall, because the kernel has no nf_tables.
 */
int world_lan(void);
/* Moves the process (one thread only) to host @number, 1 to LAN_HOSTS. */
int world_lan_enter(unsigned int number);

#endif
