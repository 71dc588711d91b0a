/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Network interfaces: list them, watch them come and go, make them
 * promiscuous; and who listens on them. Listing and watching need no privilege
 * (rtnetlink(7), sock_diag(7)).
 */
#ifndef PKTCAP_DEVICE_H
#define PKTCAP_DEVICE_H

#include <pktcap/base.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PKTCAP_DEVICE_NAME_SIZE 16 /* IFNAMSIZ: 15 bytes and a terminator */

struct pktcap_device_list;
struct pktcap_device_watch;
struct pktcap_device_promisc;
struct pktcap_device_sockets;

/* Bits of struct pktcap_device.flags. */
enum pktcap_device_flags {
	PKTCAP_DEVICE_UP = 1u << 0,	 /* switched on (IFF_UP) */
	PKTCAP_DEVICE_RUNNING = 1u << 1, /* operational (IFF_RUNNING) */
	PKTCAP_DEVICE_CARRIER = 1u << 2, /* the link has a peer */
	PKTCAP_DEVICE_LOOPBACK = 1u << 3,
	PKTCAP_DEVICE_POINTOPOINT = 1u << 4,
	PKTCAP_DEVICE_BROADCAST = 1u << 5,
	PKTCAP_DEVICE_MULTICAST = 1u << 6,
	PKTCAP_DEVICE_NOARP = 1u << 7,
	PKTCAP_DEVICE_ALLMULTI = 1u << 8,
	PKTCAP_DEVICE_PROMISC = 1u << 9, /* the flag; see also @promiscuity */
	PKTCAP_DEVICE_ANY = 1u << 10,	 /* the pseudo-device "any" */
	PKTCAP_DEVICE_WIRELESS = 1u << 11,
};

/* Bits of struct pktcap_address.flags. */
enum pktcap_address_flags {
	PKTCAP_ADDRESS_BROADCAST = 1u << 0, /* @broadcast is set */
	PKTCAP_ADDRESS_PEER = 1u << 1,	    /* @peer is set */
};

/**
 * struct pktcap_address - an IPv4 or IPv6 address
 * @family:     AF_INET, AF_INET6, or 0 for "none"
 * @prefix_len: 0..32 or 0..128, bits
 * @scope:      RT_SCOPE_ of rtnetlink(7): 0 global, 253 link, 254 host
 * @flags:      PKTCAP_ADDRESS_*
 * @ifindex:    interface it belongs to, 0 if to none
 * @bytes:      the address, network order; IPv4 in the first four bytes
 * @broadcast:  the broadcast address, IPv4 only
 * @peer:       the other end of a point-to-point link
 */
struct pktcap_address {
	uint16_t family;
	uint8_t prefix_len;
	uint8_t scope;
	uint32_t flags;
	uint32_t ifindex;
	uint8_t bytes[16];
	uint8_t broadcast[16];
	uint8_t peer[16];
};

/**
 * struct pktcap_device_counters - what an interface counted since it exists
 *
 * struct rtnl_link_stats64 of the kernel, 64 bits each. Drivers differ in
 * where they count what their hardware dropped: @rx_missed, @rx_fifo or
 * @rx_dropped; the last also counts packets that no protocol wanted, which a
 * capture did see. Do not add them up.
 */
struct pktcap_device_counters {
	uint64_t rx_packets;
	uint64_t tx_packets;
	uint64_t rx_bytes;
	uint64_t tx_bytes;
	uint64_t rx_errors;
	uint64_t tx_errors;
	uint64_t rx_dropped;
	uint64_t tx_dropped;
	uint64_t rx_missed;
	uint64_t rx_fifo;
	uint64_t rx_nohandler;
	uint64_t multicast;
};

/**
 * struct pktcap_device - one interface; owned by its list
 * @counters:      traffic since the interface exists
 * @speed_mbps:    megabits per second, 0 if not known
 * @ifindex:       its number; 0 for "any"
 * @flags:         PKTCAP_DEVICE_*
 * @mtu:           bytes
 * @promiscuity:   how many holders keep it promiscuous, flag included
 * @linktype:      what a capture on it delivers, a LINKTYPE_ number
 * @hatype:        ARPHRD_ type
 * @mac_len:       bytes used of @mac; 0 if it has none
 * @parent:        ifindex of the interface it is built on (VLAN, macvlan,
 *                 veth peer in this namespace), or 0
 * @master:        ifindex of the bridge or bond it belongs to, or 0
 * @address_count: addresses at @addresses
 * @altname_count: names at @altnames
 * @name:          its name, terminated
 * @mac:           its hardware address
 * @gateway4:      IPv4 default gateway through it, family 0 if none; the
 *                 route with the lowest metric
 * @gateway6:      the same for IPv6
 * @allmulti:      how many holders keep it all-multicast, flag included; 0
 *                 from kernels that do not tell (before 6.0)
 * @kind:          "veth", "bridge", "vlan" ... as ip-link(8) names it; "" for
 *                 hardware
 * @driver:        kernel driver ("e1000e"), "" if unknown
 * @description:   one line for people, never empty
 * @alias:         text an administrator gave it, "" if none
 * @altnames:      further names it answers to
 * @addresses:     its addresses
 *
 * All pointers are valid, and strings terminated, until the list is freed.
 * Strings may hold any bytes an administrator chose: escape them before they
 * reach a terminal.
 */
struct pktcap_device {
	struct pktcap_device_counters counters;
	uint64_t speed_mbps;
	uint32_t ifindex;
	uint32_t flags;
	uint32_t mtu;
	uint32_t promiscuity;
	uint32_t linktype;
	uint32_t hatype;
	uint32_t mac_len;
	uint32_t parent;
	uint32_t master;
	uint32_t address_count;
	uint32_t altname_count;
	char name[PKTCAP_DEVICE_NAME_SIZE];
	uint8_t mac[32];
	struct pktcap_address gateway4;
	struct pktcap_address gateway6;
	uint32_t allmulti;
	const char *kind;
	const char *driver;
	const char *description;
	const char *alias;
	const char *const *altnames;
	const struct pktcap_address *addresses;
};

/**
 * pktcap_device_list_open - all interfaces of this network namespace
 * @out:   set to the list on success, to NULL on failure
 * @error: what failed; may be NULL
 *
 * A snapshot: interfaces in order of their index, then "any". Needs no
 * privilege. A dump that changed under way (NLM_F_DUMP_INTR) is repeated.
 *
 * Return: 0; -ENOMEM; -EINTR if it changed at each of many repetitions; or
 * what socket(2), sendto(2) and recvmsg(2) say for AF_NETLINK.
 */
PKTCAP_API int pktcap_device_list_open(struct pktcap_device_list **out,
				       struct pktcap_error *error);

/** pktcap_device_list_count - how many devices @list holds */
PKTCAP_API size_t
pktcap_device_list_count(const struct pktcap_device_list *list);

/**
 * pktcap_device_list_at - one device of a list
 * @list:  the list
 * @index: 0 .. pktcap_device_list_count() - 1
 *
 * Return: the device, owned by @list; NULL if @index is out of range.
 */
PKTCAP_API const struct pktcap_device *
pktcap_device_list_at(const struct pktcap_device_list *list, size_t index);

/**
 * pktcap_device_list_find - a device by name, alternative name or index
 * @list: the list
 * @name: as on a command line: a name, an altname, or a decimal ifindex
 *
 * Return: the device, owned by @list; NULL if there is none.
 */
PKTCAP_API const struct pktcap_device *
pktcap_device_list_find(const struct pktcap_device_list *list,
			const char *name);

/**
 * pktcap_device_list_nearest - the name that somebody may have meant
 * @list: the list
 * @name: what was asked for
 *
 * Return: the device whose name takes the fewest edits to become @name, if
 * they are few enough to be a slip; NULL otherwise. Owned by @list.
 */
PKTCAP_API const struct pktcap_device *
pktcap_device_list_nearest(const struct pktcap_device_list *list,
			   const char *name);

/** pktcap_device_list_close - free a list; NULL is allowed */
PKTCAP_API void pktcap_device_list_close(struct pktcap_device_list *list);

/**
 * pktcap_device_counters - the counters of one interface, now
 * @ifindex:  the interface
 * @counters: where to store them
 *
 * Return: 0; -ENODEV; or as pktcap_device_list_open().
 */
PKTCAP_API int pktcap_device_counters(uint32_t ifindex,
				      struct pktcap_device_counters *counters);

/**
 * pktcap_device_dns_servers - the name servers this system asks
 * @servers: room for addresses, borrowed; NULL with @max 0 to count
 * @max:     how many fit
 * @error:   what failed; may be NULL
 *
 * "nameserver" lines of /etc/resolv.conf (resolv.conf(5)), in order. Where
 * that names only the local stub of systemd-resolved, the servers behind it
 * (/run/systemd/resolve/resolv.conf) follow it. An interface scope
 * (fe80::1%eth0) is stored in ifindex.
 *
 * Return: how many there are (compare with @max: only that many were stored);
 * 0 without the file; -EACCES, -EIO and the like if it cannot be read.
 */
PKTCAP_API int pktcap_device_dns_servers(struct pktcap_address *servers,
					 size_t max,
					 struct pktcap_error *error);

/* What to switch on. */
enum pktcap_promisc_mode {
	PKTCAP_PROMISC_MODE_ALL = 0,	   /* promiscuous: every frame */
	PKTCAP_PROMISC_MODE_MULTICAST = 1, /* all multicast frames */
};

/* How to switch it on. */
enum pktcap_promisc_method {
	/*
	 * PACKET_ADD_MEMBERSHIP of packet(7): the kernel counts holders, and
	 * drops ours even if the process is killed. CAP_NET_RAW. Shown by
	 * "ip -d link" as promiscuity, not as a flag.
	 */
	PKTCAP_PROMISC_METHOD_MEMBERSHIP = 0,
	/*
	 * The interface flag, SIOCGIFFLAGS and SIOCSIFFLAGS of netdevice(7).
	 * CAP_NET_ADMIN. Not counted by the kernel and outlives the process:
	 * a flag that was found set is never cleared, and of several holders
	 * that use this library the last one puts back what the first found.
	 */
	PKTCAP_PROMISC_METHOD_FLAG = 1,
};

/**
 * pktcap_device_promisc_open - make an interface promiscuous, or all-multicast
 * @out:    set to the holder on success, to NULL on failure
 * @ifname: interface, borrowed
 * @mode:   enum pktcap_promisc_mode
 * @method: enum pktcap_promisc_method
 * @error:  what failed, on what, what to do; may be NULL
 *
 * Holds until pktcap_device_promisc_close(). A capture needs no holder of
 * this kind: it has flags of its own.
 *
 * Return: 0; -EINVAL (unknown mode or method); -ENODEV; -ENAMETOOLONG; -EPERM
 * (the text names the capability); -EBUSY (more than 32 holders of the flag);
 * -ENOMEM; or what socket(2) says.
 */
PKTCAP_API int pktcap_device_promisc_open(struct pktcap_device_promisc **out,
					  const char *ifname, uint32_t mode,
					  uint32_t method,
					  struct pktcap_error *error);

/**
 * pktcap_device_promisc_close - let go; NULL is allowed
 * @holder: from pktcap_device_promisc_open(), gone afterwards
 *
 * Return: 0; or, by flag, what SIOCSIFFLAGS said when it was put back
 * (-EPERM after privileges were dropped). -ENODEV is no error: the interface
 * is gone and its flag with it.
 */
PKTCAP_API int
pktcap_device_promisc_close(struct pktcap_device_promisc *holder);

/* Bits of struct pktcap_device_socket.flags. */
enum pktcap_device_socket_flags {
	/* It gets packets: bound to a protocol, its interface is up. */
	PKTCAP_DEVICE_SOCKET_RUNNING = 1u << 0,
	/* All its memberships are known: none at @memberships means none. */
	PKTCAP_DEVICE_SOCKET_MEMBERSHIPS = 1u << 1,
	/* The three below are known: where one is clear it has no such thing.
	 */
	PKTCAP_DEVICE_SOCKET_DETAILS = 1u << 2,
	PKTCAP_DEVICE_SOCKET_RX_RING = 1u
				       << 3, /* receives into mapped memory */
	PKTCAP_DEVICE_SOCKET_TX_RING = 1u << 4, /* sends out of mapped memory */
	PKTCAP_DEVICE_SOCKET_FANOUT = 1u << 5, /* shares packets, see @fanout */
	PKTCAP_DEVICE_SOCKET_UID = 1u << 6,    /* @uid is known */
};

/* What a packet socket asked an interface for: PACKET_MR_ of packet(7). */
enum pktcap_device_membership_type {
	PKTCAP_DEVICE_MEMBERSHIP_MULTICAST = 0, /* one group */
	PKTCAP_DEVICE_MEMBERSHIP_PROMISC = 1,	/* every frame */
	PKTCAP_DEVICE_MEMBERSHIP_ALLMULTI = 2,	/* all multicast frames */
	PKTCAP_DEVICE_MEMBERSHIP_UNICAST = 3,	/* one more address */
};

/**
 * struct pktcap_device_membership - frames that a socket asked an interface for
 * @ifindex:     the interface; 0xffffffff: it is gone
 * @count:       how often the socket asked
 * @type:        enum pktcap_device_membership_type
 * @address_len: bytes used of @address, 32 at most; 0 if the type has none
 * @address:     hardware address
 */
struct pktcap_device_membership {
	uint32_t ifindex;
	uint32_t count;
	uint16_t type;
	uint16_t address_len;
	uint8_t address[32];
};

/**
 * struct pktcap_device_process - a process that holds a packet socket
 * @pid:  its number
 * @fd:   its descriptor of the socket, the first of several
 * @name: what it calls itself (comm of proc(5)), which it chose freely: every
 *        byte that is no printable ASCII is "?". "" if it ended meanwhile.
 */
struct pktcap_device_process {
	uint32_t pid;
	uint32_t fd;
	char name[16];
};

/**
 * struct pktcap_device_socket - a packet socket; owned by its list
 * @inode:            its number, as in "socket:[4711]" of /proc/PID/fd
 * @ifindex:          the interface it is bound to; 0: all of them; 0xffffffff:
 *                    that interface is gone
 * @flags:            PKTCAP_DEVICE_SOCKET_*
 * @uid:              who opened it, as this user namespace numbers users
 * @type:             SOCK_RAW (3), SOCK_DGRAM (2: without link header), or
 *                    SOCK_PACKET (10)
 * @protocol:         EtherType it receives, host order; 3: all (ETH_P_ALL); 0:
 *                    none, it only sends or holds memberships
 * @fanout:           number of its fanout group
 * @ring_version:     1, 2 or 3 of TPACKET_V*; 0 without a ring
 * @membership_count: memberships at @memberships
 * @process_count:    processes at @processes, each of them once
 * @memberships:      what it asked interfaces for; it need not be bound to them
 * @processes:        who holds it, by rising number
 *
 * Pointers are valid until the list is freed, and NULL if nothing is there.
 */
struct pktcap_device_socket {
	uint32_t inode;
	uint32_t ifindex;
	uint32_t flags;
	uint32_t uid;
	uint16_t type;
	uint16_t protocol;
	uint16_t fanout;
	uint16_t ring_version;
	uint32_t membership_count;
	uint32_t process_count;
	const struct pktcap_device_membership *memberships;
	const struct pktcap_device_process *processes;
};

/* Bits for pktcap_device_sockets_open(). */
enum pktcap_device_sockets_flags {
	/* Look for the processes, too: reads /proc/PID/fd of all of them. */
	PKTCAP_DEVICE_SOCKETS_PROCESSES = 1u << 0,
};

/**
 * pktcap_device_sockets_open - who listens: all packet sockets
 * @out:   set to the list on success, to NULL on failure
 * @flags: PKTCAP_DEVICE_SOCKETS_*
 * @error: what failed; may be NULL
 *
 * A snapshot of the network namespace of the calling thread, in order of the
 * inode. Needs no privilege: packet_diag is asked (NETLINK_SOCK_DIAG of
 * sock_diag(7), 3.8), or /proc/net/packet where the kernel or a sandbox has
 * none; that tells no memberships and rings. Linux ends a dump of memberships
 * at a socket that has too many for a datagram, some 700: of that socket and
 * those behind it they stay unknown.
 *
 * Which processes hold a socket only /proc/PID/fd tells, which others than the
 * user of a process may read only with CAP_SYS_PTRACE (root): see
 * pktcap_device_sockets_hidden(). A socket without a process at all is held by
 * one of those, by one that /proc does not show (hidepid of proc(5), another
 * PID namespace), by a thread with descriptors of its own, or is on its way in
 * a message of unix(7).
 *
 * Return: 0; -EINVAL (unknown flag); -ENOMEM; -ENOENT or -EACCES (@flags asks
 * for processes and /proc is not there); -EINTR if the sockets changed at each
 * of many repetitions; or, if neither way is open, what socket(2) says for
 * AF_NETLINK. Any thread.
 */
PKTCAP_API int pktcap_device_sockets_open(struct pktcap_device_sockets **out,
					  uint32_t flags,
					  struct pktcap_error *error);

/** pktcap_device_sockets_count - how many sockets @list holds */
PKTCAP_API size_t
pktcap_device_sockets_count(const struct pktcap_device_sockets *list);

/**
 * pktcap_device_sockets_at - one socket of a list
 * @list:  the list
 * @index: 0 .. pktcap_device_sockets_count() - 1
 *
 * Return: the socket, owned by @list; NULL if @index is out of range.
 */
PKTCAP_API const struct pktcap_device_socket *
pktcap_device_sockets_at(const struct pktcap_device_sockets *list,
			 size_t index);

/**
 * pktcap_device_sockets_hidden - how many processes could not be looked into
 * @list: the list
 *
 * Return: their number; each of them may hold sockets of the list beside the
 * processes named there. 0 for root, and for a list without processes.
 */
PKTCAP_API size_t
pktcap_device_sockets_hidden(const struct pktcap_device_sockets *list);

/** pktcap_device_sockets_close - free a list; NULL is allowed */
PKTCAP_API void pktcap_device_sockets_close(struct pktcap_device_sockets *list);

/* What happened to a link. */
enum pktcap_device_event_type {
	PKTCAP_DEVICE_EVENT_UP = 1,   /* switched on */
	PKTCAP_DEVICE_EVENT_DOWN = 2, /* switched off */
	PKTCAP_DEVICE_EVENT_GONE = 3, /* deleted, or moved elsewhere */
	PKTCAP_DEVICE_EVENT_BACK = 4, /* exists (again), perhaps still down */
	PKTCAP_DEVICE_EVENT_RENAMED = 5, /* @old_name became @name */
};

/**
 * struct pktcap_device_event - something happened to a link
 * @type:     enum pktcap_device_event_type
 * @ifindex:  the interface; it changes when one is deleted and made again
 * @flags:    PKTCAP_DEVICE_* as far as the event tells: UP, RUNNING, CARRIER,
 *            LOOPBACK, POINTOPOINT, BROADCAST, MULTICAST, NOARP, PROMISC
 * @hatype:   ARPHRD_ type
 * @name:     its name now
 * @old_name: its name before, RENAMED only, else ""
 */
struct pktcap_device_event {
	uint32_t type;
	uint32_t ifindex;
	uint32_t flags;
	uint32_t hatype;
	char name[PKTCAP_DEVICE_NAME_SIZE];
	char old_name[PKTCAP_DEVICE_NAME_SIZE];
};

/**
 * pktcap_device_watch_open - be told when links change
 * @out:    set to the watch on success, to NULL on failure
 * @ifname: the one to watch, borrowed; it need not exist. NULL for all.
 * @error:  what failed; may be NULL
 *
 * A named watch follows the interface that has the name when it opens, through
 * renaming, until that is gone; then the next one that takes @ifname. What
 * exists at the start is no event.
 *
 * Return: 0; -ENAMETOOLONG; -ENOMEM; or as pktcap_device_list_open().
 */
PKTCAP_API int pktcap_device_watch_open(struct pktcap_device_watch **out,
					const char *ifname,
					struct pktcap_error *error);

/** pktcap_device_watch_fd - readable when an event may wait; owned by @watch */
PKTCAP_API int pktcap_device_watch_fd(const struct pktcap_device_watch *watch);

/**
 * pktcap_device_watch_next - the next event; never waits
 * @watch: the watch
 * @event: where to store it
 *
 * When the kernel had to drop messages (ENOBUFS), the watch compares what is
 * with what was and reports the difference: a flap in between may be missed,
 * a lasting change is not.
 *
 * Return: 1 with an event; 0 if there is none now; -ENOMEM; or what
 * recvmsg(2) says.
 */
PKTCAP_API int pktcap_device_watch_next(struct pktcap_device_watch *watch,
					struct pktcap_device_event *event);

/** pktcap_device_watch_close - stop watching and free; NULL is allowed */
PKTCAP_API void pktcap_device_watch_close(struct pktcap_device_watch *watch);

#ifdef __cplusplus
}
#endif
#endif
