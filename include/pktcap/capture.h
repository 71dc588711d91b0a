/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Live capture from AF_PACKET sockets (packet(7)): open, receive, stop, count.
 * One handle, one thread at a time; different handles are independent. Only
 * pktcap_capture_stop() may come from anywhere.
 */
#ifndef PKTCAP_CAPTURE_H
#define PKTCAP_CAPTURE_H

#include <pktcap/base.h>
#include <pktcap/bpf.h>
#include <pktcap/device.h>

#ifdef __cplusplus
extern "C" {
#endif

struct pktcap_capture;

/* How packets come from the kernel. */
enum pktcap_engine {
	/* RECV with max_delay_us 0, else RING; the other where that fails. */
	PKTCAP_ENGINE_AUTO = 0,
	/* recvmmsg(2): lowest latency, works anywhere. */
	PKTCAP_ENGINE_RECV = 1,
	/* TPACKET_V3 mapped ring: delivered in place, lowest cost per packet.
	 */
	PKTCAP_ENGINE_RING = 2,
};

/* Which time stamp to ask for; struct pktcap_packet.clock tells what came. */
enum pktcap_stamp {
	/*
	 * RECV: INGRESS. RING: the time of the copy into the ring, or INGRESS
	 * while any other program asks for that.
	 */
	PKTCAP_STAMP_DEFAULT = 0,
	/* System clock when the packet entered the stack. */
	PKTCAP_STAMP_INGRESS = 1,
	/* The adapter's own clock; the adapter must have been told to stamp. */
	PKTCAP_STAMP_HARDWARE = 2,
	/* RECV only, one packet a call: ioctl SIOCGSTAMPNS of socket(7). */
	PKTCAP_STAMP_SIOCGSTAMPNS = 3,
	/* RECV only, one packet a call: ioctl SIOCGSTAMP, microseconds. */
	PKTCAP_STAMP_SIOCGSTAMP = 4,
};

/* Bits of struct pktcap_capture_opts.flags. */
enum pktcap_capture_flags {
	/* Promiscuous by membership. On "any": all interfaces, later ones too.
	 */
	PKTCAP_CAPTURE_PROMISC = 1u << 0,
	/* All multicast frames. */
	PKTCAP_CAPTURE_ALLMULTI = 1u << 1,
	/* Put the outer VLAN tag back into the frame, as it was on the wire. */
	PKTCAP_CAPTURE_VLAN_INLINE = 1u << 2,
	/*
	 * LINUX_SLL2 on a named interface, too. Of packets sent from here the
	 * kernel then shows the outer VLAN tag only.
	 */
	PKTCAP_CAPTURE_COOKED = 1u << 3,
	/*
	 * The interface may not be there yet: wait for it instead of -ENODEV.
	 * It is taken to be Ethernet; for others add COOKED.
	 */
	PKTCAP_CAPTURE_WAIT = 1u << 4,
	/*
	 * An interface that goes down (-ENETDOWN) or away (-ENODEV) ends the
	 * capture, once what was captured before is delivered.
	 */
	PKTCAP_CAPTURE_STRICT = 1u << 5,
};

/**
 * typedef pktcap_capture_fn - is called for each packet
 * @user: what was passed along with the function
 * @pkt:  the packet, borrowed until the function returns
 *
 * Return: 0 to go on, any other value to stop. Must not close the handle.
 */
typedef int (*pktcap_capture_fn)(void *user, const struct pktcap_packet *pkt);

/**
 * typedef pktcap_capture_event_fn - is called for each link event
 * @user:  struct pktcap_capture_opts.event_user
 * @event: what happened, borrowed until the function returns
 *
 * Called from inside the functions that receive, in their thread. Must neither
 * receive itself nor close the handle.
 */
typedef void (*pktcap_capture_event_fn)(
	void *user, const struct pktcap_device_event *event);

/**
 * struct pktcap_capture_opts - how to open a capture; zero means the default
 * @size:         sizeof(struct pktcap_capture_opts)
 * @flags:        PKTCAP_CAPTURE_*
 * @engine:       enum pktcap_engine
 * @stamp:        enum pktcap_stamp
 * @snaplen:      bytes to keep of each packet, 1..262144; 0 = 262144
 * @max_delay_us: how long a packet may be held back to deliver many at once,
 *                0..10 000 000. 0: each packet at once, though RECV lets
 *                those of a flood (over 100 000 a second) collect for some
 *                70 us. RING works in whole milliseconds, at least one; RECV
 *                waits 100 us at most.
 * @direction:    enum pktcap_direction; 0 = both. Loopback frames are
 *                delivered once.
 * @batch:        packets fetched from the kernel at once at most, 1..1024;
 *                0 = 64
 * @ring_bytes:   memory for packets not yet delivered, 64 KiB..64 GiB; 0 =
 *                4 MiB. RING: the mapped ring. RECV: the socket buffer, cut
 *                to net.core.rmem_max without CAP_NET_ADMIN.
 * @block_bytes:  RING: size of a block, a power of two, 64 KiB..64 MiB; 0 =
 *                256 KiB, which holds the largest frame (GRO, 64 KiB)
 * @filter_len:   instructions at @filter
 * @filter:       classic BPF program, borrowed; NULL = all packets. Written
 *                for the link type that the capture delivers, as tcpdump -ddd
 *                -i IF makes it: the outer VLAN tag of a live packet is not in
 *                its bytes but in ancillary loads, with VLAN_INLINE as well.
 * @on_event:     called for link events; NULL = none
 * @event_user:   passed to @on_event
 * @reserved:     NULL
 *
 * Fields are only ever appended. The library reads the first @size bytes and
 * takes the rest as zero; a larger struct is accepted while its tail is zero.
 */
struct pktcap_capture_opts {
	uint32_t size;
	uint32_t flags;
	uint32_t engine;
	uint32_t stamp;
	uint32_t snaplen;
	uint32_t max_delay_us;
	uint32_t direction;
	uint32_t batch;
	uint64_t ring_bytes;
	uint32_t block_bytes;
	uint32_t filter_len;
	const struct pktcap_insn *filter;
	pktcap_capture_event_fn on_event;
	void *event_user;
	void *reserved;
};

#define PKTCAP_CAPTURE_OPTS(...)       \
	((struct pktcap_capture_opts){ \
		.size = sizeof(struct pktcap_capture_opts), __VA_ARGS__ })

/**
 * pktcap_capture_open - start capturing on an interface
 * @out:    set to the new capture on success, to NULL on failure
 * @ifname: interface, borrowed: a name, an alternative name, a decimal index,
 *          or "any" for all of them (link type LINUX_SLL2)
 * @opts:   options, borrowed; NULL for all defaults
 * @error:  what failed, on what, what to do; may be NULL
 *
 * Needs CAP_NET_RAW in the user namespace that owns the network namespace
 * (packet(7)), for this call only. No packet that the filter rejects is ever
 * delivered: the socket listens only after filter, ring and memberships are
 * in place. An interface that is down is not an error: packets come when it
 * is switched on.
 *
 * Return: 0; -EPERM; -ENODEV; -ENAMETOOLONG; -EINVAL (an option out of range,
 * named in @error->call, or an invalid program); -E2BIG (options from a newer
 * header with a non-zero tail); -ENETDOWN (down, with STRICT); -ENOMEM;
 * -EMFILE, -ENFILE; -EAFNOSUPPORT (kernel without packet sockets).
 */
PKTCAP_API int pktcap_capture_open(struct pktcap_capture **out,
				   const char *ifname,
				   const struct pktcap_capture_opts *opts,
				   struct pktcap_error *error);

/**
 * pktcap_capture_adopt - capture from a packet socket somebody else opened
 * @out:    set to the new capture on success, to NULL on failure
 * @fd:     AF_PACKET socket of type SOCK_RAW, or SOCK_DGRAM (LINUX_SLL2);
 *          given: closed with the capture; stays the caller's on failure
 * @ifname: interface to bind it to, as in pktcap_capture_open(); NULL for a
 *          socket that is bound already
 * @opts:   options, borrowed; NULL for all defaults
 * @error:  what failed, on what, what to do; may be NULL
 *
 * Needs no capability. A socket that
 * receives already (its protocol is not 0) keeps what is queued, and its
 * filter unless @opts has one; it uses engine RECV, because making a ring
 * would discard that queue.
 *
 * Return: as pktcap_capture_open(); -EBADF; -ENOTSOCK; -EPROTOTYPE (not a
 * packet socket); -EBUSY (it has a ring of its own, or engine RING was asked
 * for and it receives already); -EDESTADDRREQ (not bound and @ifname NULL).
 */
PKTCAP_API int pktcap_capture_adopt(struct pktcap_capture **out, int fd,
				    const char *ifname,
				    const struct pktcap_capture_opts *opts,
				    struct pktcap_error *error);

/**
 * pktcap_capture_next - the next packet
 * @cap:        the capture
 * @pkt:        set to the packet, owned by the library until the next call on
 *              @cap; NULL where none is returned
 * @timeout_ms: longest wait, milliseconds; 0 = do not wait, -1 = for ever
 *
 * Return: 1 with a packet; 0 when the time is over; -ECANCELED after
 * pktcap_capture_stop(), once all that was captured before it is delivered;
 * -EINTR when a signal arrived while waiting; -ENETDOWN, -ENODEV with STRICT;
 * -EMEDIUMTYPE if the interface came back with another link type; or what
 * recvmmsg(2) and epoll_wait(2) say.
 */
PKTCAP_API int pktcap_capture_next(struct pktcap_capture *cap,
				   const struct pktcap_packet **pkt,
				   int timeout_ms);

/**
 * pktcap_capture_batch - the next packets, as an array
 * @cap:        the capture
 * @pkts:       set to the first of them, owned by the library until the next
 *              call on @cap; NULL where none is returned
 * @max:        packets wanted at most, at least 1
 * @timeout_ms: longest wait for the first one, as in pktcap_capture_next()
 *
 * Return: how many packets there are at @pkts, up to @max and the batch size
 * of the options; otherwise as pktcap_capture_next(); -EINVAL if @max is 0.
 */
PKTCAP_API int pktcap_capture_batch(struct pktcap_capture *cap,
				    const struct pktcap_packet **pkts,
				    uint32_t max, int timeout_ms);

/**
 * pktcap_capture_dispatch - call a function for the packets that are there
 * @cap:        the capture
 * @max:        packets to deliver at most; 0 = what is at hand: a
 *              batch, or with RING what is left of a block
 * @timeout_ms: longest wait for the first one, as in pktcap_capture_next()
 * @fn:         called for each
 * @user:       passed to @fn
 *
 * A packet for which @fn returned non-zero counts as delivered; those behind
 * it come with the next call.
 *
 * Return: how many packets were delivered; otherwise as pktcap_capture_next().
 */
PKTCAP_API int pktcap_capture_dispatch(struct pktcap_capture *cap, uint32_t max,
				       int timeout_ms, pktcap_capture_fn fn,
				       void *user);

/**
 * pktcap_capture_loop - call a function for each packet until told to stop
 * @cap:   the capture
 * @count: packets to deliver; 0 = no limit
 * @fn:    called for each
 * @user:  passed to @fn
 *
 * Signals do not end it; a handler that wants to calls pktcap_capture_stop().
 *
 * Return: 0 after @count packets; what @fn returned, if not 0; otherwise as
 * pktcap_capture_next(), but neither 1 nor -EINTR.
 */
PKTCAP_API int pktcap_capture_loop(struct pktcap_capture *cap, uint64_t count,
				   pktcap_capture_fn fn, void *user);

/**
 * pktcap_capture_start - run pktcap_capture_loop() in a thread of its own
 * @cap:  the capture; until pktcap_capture_join() the thread owns it
 * @fn:   called for each packet, in that thread
 * @user: passed to @fn
 *
 * The thread has all signals blocked.
 *
 * Return: 0; -EBUSY if one runs already; -EAGAIN if there can be no thread.
 */
PKTCAP_API int pktcap_capture_start(struct pktcap_capture *cap,
				    pktcap_capture_fn fn, void *user);

/**
 * pktcap_capture_join - wait until the thread has ended
 * @cap: the capture
 *
 * Does not stop it: pktcap_capture_stop() first. All that was captured before
 * the stop has been delivered when this returns.
 *
 * Return: what its pktcap_capture_loop() returned; -ESRCH if none was started.
 */
PKTCAP_API int pktcap_capture_join(struct pktcap_capture *cap);

/**
 * pktcap_capture_stop - end it, from anywhere
 * @cap: the capture, which must not be closed meanwhile
 *
 * From any thread and from a signal handler. Sticky: whoever receives now or
 * later gets what was captured up to here, then -ECANCELED, until
 * pktcap_capture_resume(). That takes at most max_delay_us longer. Preserves
 * errno.
 */
PKTCAP_API void pktcap_capture_stop(struct pktcap_capture *cap);

/**
 * pktcap_capture_resume - take pktcap_capture_stop() back
 * @cap: the capture
 *
 * Packets between the end of the stop and this call are not captured.
 *
 * Return: 0, or what setsockopt(2) says when the filter is put back.
 */
PKTCAP_API int pktcap_capture_resume(struct pktcap_capture *cap);

/**
 * pktcap_capture_fd - one descriptor for poll(2), select(2) and epoll(7)
 * @cap: the capture
 *
 * Readable when a call with timeout_ms 0 has something to do: packets, link
 * events, a stop. It may turn out that there is no packet. Owned by @cap, only
 * to be waited on.
 *
 * Return: the descriptor.
 */
PKTCAP_API int pktcap_capture_fd(struct pktcap_capture *cap);

/**
 * pktcap_capture_socket - the packet socket of a capture
 * @cap: the capture
 *
 * To send from it (pktcap_send_borrow()), and to ask for what the library does
 * not tell. Owned by @cap; who reads from it, binds it or changes its options
 * takes packets away from the capture. To wait for packets there is
 * pktcap_capture_fd().
 *
 * Return: the descriptor.
 */
PKTCAP_API int pktcap_capture_socket(const struct pktcap_capture *cap);

/**
 * pktcap_capture_set_filter - replace the program of a running capture
 * @cap:   the capture
 * @insns: the program, borrowed; NULL with @n 0 = all packets
 * @n:     number of instructions
 * @error: what is wrong; may be NULL
 *
 * After success no packet is delivered that the new program rejects, those
 * captured before included. On failure the old program stays.
 *
 * Return: 0; -EINVAL; -ENOMEM; -EPERM (the socket's filter is locked).
 */
PKTCAP_API int pktcap_capture_set_filter(struct pktcap_capture *cap,
					 const struct pktcap_insn *insns,
					 size_t n, struct pktcap_error *error);

/**
 * pktcap_capture_set_promisc - make one more interface promiscuous
 * @cap:     the capture, usually on "any"
 * @ifindex: the interface
 * @on:      1 to add it, 0 to take it back
 *
 * By membership: it ends with the capture or with the interface.
 *
 * Return: 0, also where there was nothing to take back; -ENODEV if @on and
 * there is no such interface.
 */
PKTCAP_API int pktcap_capture_set_promisc(struct pktcap_capture *cap,
					  uint32_t ifindex, int on);

/* Where the filter runs. */
enum pktcap_filter_place {
	PKTCAP_FILTER_PLACE_NONE = 0,
	PKTCAP_FILTER_PLACE_KERNEL = 1,
	PKTCAP_FILTER_PLACE_USER = 2, /* the kernel refused it */
};

/**
 * struct pktcap_capture_info - what was obtained
 * @ring_bytes:    RING: memory mapped. RECV: socket buffer (SO_RCVBUF).
 * @engine:        enum pktcap_engine, never AUTO
 * @stamp:         enum pktcap_stamp, never DEFAULT unless by ring copy
 * @linktype:      LINKTYPE_ number of the packets
 * @ifindex:       interface, 0 for "any" or while it is absent
 * @snaplen:       bytes kept of each packet
 * @max_delay_us:  how long the kernel may hold a packet back
 * @filter_place:  enum pktcap_filter_place
 * @filter_errno:  why the kernel refused the filter (positive), else 0
 * @block_bytes:   RING: size of a block, else 0
 * @block_count:   RING: number of blocks, else 0
 * @engine_errno:  why AUTO did not take its first choice (positive), else 0
 * @link_flags:    PKTCAP_DEVICE_* of the interface as last seen
 * @ifname:        its name now, "any", or the name waited for
 */
struct pktcap_capture_info {
	uint64_t ring_bytes;
	uint32_t engine;
	uint32_t stamp;
	uint32_t linktype;
	uint32_t ifindex;
	uint32_t snaplen;
	uint32_t max_delay_us;
	uint32_t filter_place;
	uint32_t filter_errno;
	uint32_t block_bytes;
	uint32_t block_count;
	uint32_t engine_errno;
	uint32_t link_flags;
	char ifname[PKTCAP_DEVICE_NAME_SIZE];
};

/** pktcap_capture_info - copy what @cap obtained to @info */
PKTCAP_API void pktcap_capture_info(const struct pktcap_capture *cap,
				    struct pktcap_capture_info *info);

/** pktcap_capture_engine_name - "auto", "recv", "ring"; NULL for an unknown
 * number */
PKTCAP_API const char *pktcap_capture_engine_name(uint32_t engine);

/**
 * struct pktcap_capture_stats - counters since the capture was opened
 * @received:   packets that passed the kernel's filter, dropped ones included
 * @dropped:    of these, packets the kernel had no room for
 * @freezes:    RING: times the kernel found the ring full and stopped
 * @delivered:  packets handed to the program
 * @bytes:      bytes handed to the program, the sum of caplen
 * @wire_bytes: the sum of their wirelen
 * @truncated:  delivered packets with caplen < wirelen
 * @rejected:   packets a filter in user space rejected
 * @skipped:    packets left out for their direction, or as a loopback copy
 * @nic_dropped: rx_dropped of the interface; see struct pktcap_device_counters
 * @nic_missed: its rx_missed
 * @nic_fifo:   its rx_fifo
 *
 * 64 bits, only growing. The kernel's own counters are cleared when read; the
 * library adds them up. The nic_ ones belong to the interface, not to this
 * capture, and stay 0 on "any" and where an interface is absent.
 */
struct pktcap_capture_stats {
	uint64_t received;
	uint64_t dropped;
	uint64_t freezes;
	uint64_t delivered;
	uint64_t bytes;
	uint64_t wire_bytes;
	uint64_t truncated;
	uint64_t rejected;
	uint64_t skipped;
	uint64_t nic_dropped;
	uint64_t nic_missed;
	uint64_t nic_fifo;
};

/**
 * pktcap_capture_stats - copy the counters of @cap to @stats
 * @cap:   the capture
 * @stats: where to store them
 *
 * From the thread that owns the handle; and from any thread while the handle
 * has one of its own (pktcap_capture_start()). Inside a callback, delivered
 * packets are counted up to the last whole batch.
 *
 * Return: 0, or what getsockopt(2) says.
 */
PKTCAP_API int pktcap_capture_stats(struct pktcap_capture *cap,
				    struct pktcap_capture_stats *stats);

/**
 * pktcap_capture_close - end a capture and free it; NULL is allowed
 * @cap: the capture
 *
 * A thread that still runs is stopped and joined first.
 */
PKTCAP_API void pktcap_capture_close(struct pktcap_capture *cap);

#ifdef __cplusplus
}
#endif
#endif
