/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sending frames over AF_PACKET sockets (packet(7)): one, many, from any
 * handle. One handle, one thread at a time; different handles are independent.
 */
#ifndef PKTCAP_SEND_H
#define PKTCAP_SEND_H

#include <pktcap/base.h>
#include <pktcap/device.h>

#ifdef __cplusplus
extern "C" {
#endif

struct pktcap_send;

/* How frames go to the kernel. */
enum pktcap_send_engine {
	/* MMSG */
	PKTCAP_SEND_ENGINE_AUTO = 0,
	/* sendmmsg(2): copied by the call that sends them. */
	PKTCAP_SEND_ENGINE_MMSG = 1,
	/*
	 * TPACKET_V2 mapped ring: a call sends all that is in it. Cheaper than
	 * MMSG on some interfaces (loopback), dearer on others (veth): measure.
	 */
	PKTCAP_SEND_ENGINE_RING = 2,
	/*
	 * AF_XDP socket in copy mode (Linux 4.18, CONFIG_XDP_SOCKETS): straight
	 * to the driver as with QDISC_BYPASS, in 30 % less CPU time than MMSG
	 * on a veth. For Ethernet frames of at most 4096 bytes, on a handle
	 * that is bound and not borrowed, without stamps. The handle is the
	 * only AF_XDP socket on the device's queue 0. Without a carrier nothing
	 * is taken (-ENOBUFS). The kernel does not look at the MTU; the library
	 * does when a frame is longer than it was or was dropped. Closing takes
	 * some 20 ms, and then the kernel needs as long to let go of the queue.
	 */
	PKTCAP_SEND_ENGINE_XDP = 3,
};

/* Bits of struct pktcap_send_opts.flags. */
enum pktcap_send_flags {
	/*
	 * Straight to the driver (PACKET_QDISC_BYPASS): no traffic control, and
	 * nobody who captures on this machine sees the frames leave.
	 */
	PKTCAP_SEND_QDISC_BYPASS = 1u << 0,
	/* Fill frames up with zeros to the 60 bytes that Ethernet asks for. */
	PKTCAP_SEND_PAD = 1u << 1,
	/*
	 * Let the kernel decide on frames shorter than a link header. It takes
	 * them where there is none (tun, IP tunnels), never on Ethernet.
	 */
	PKTCAP_SEND_SHORT = 1u << 2,
	/* Do not wait where there is no room: -EAGAIN or -ENOBUFS at once. */
	PKTCAP_SEND_NOWAIT = 1u << 3,
	/* Stamps of the system clock when the driver takes a frame. */
	PKTCAP_SEND_STAMP_SOFTWARE = 1u << 4,
	/* Stamps of the adapter's clock; it must have been told to stamp. */
	PKTCAP_SEND_STAMP_HARDWARE = 1u << 5,
};

/**
 * struct pktcap_send_opts - how to open for sending; zero means the default
 * @size:         sizeof(struct pktcap_send_opts)
 * @flags:        PKTCAP_SEND_*
 * @engine:       enum pktcap_send_engine
 * @batch:        frames given to the kernel at once at most, 1..1024; 0 = 64
 * @wait_ms:      how long a call waits, all in all, where the socket's buffer
 *                or the device's queue is full, 1..600 000; 0 = 1000
 * @frame_bytes:  RING, XDP: the longest frame it has room for, 60..262144, XDP
 *                4092 at most; 0 = what the MTU allows, 1518 on an unbound
 *                handle
 * @ring_bytes:   RING, XDP: memory for frames on their way, 64 KiB..1 GiB; 0 =
 *                1 MiB. XDP: less where RLIMIT_MEMLOCK allows less
 * @sndbuf_bytes: what the socket may have under way (SO_SNDBUF), 4 KiB..1 GiB,
 *                cut to net.core.wmem_max without CAP_NET_ADMIN; 0 = the
 *                kernel's default
 *
 * Fields are only ever appended. The library reads the first @size bytes and
 * takes the rest as zero; a larger struct is accepted while its tail is zero.
 */
struct pktcap_send_opts {
	uint32_t size;
	uint32_t flags;
	uint32_t engine;
	uint32_t batch;
	uint32_t wait_ms;
	uint32_t frame_bytes;
	uint32_t ring_bytes;
	uint32_t sndbuf_bytes;
};

#define PKTCAP_SEND_OPTS(...)                                                \
	((struct pktcap_send_opts){ .size = sizeof(struct pktcap_send_opts), \
				    __VA_ARGS__ })

/**
 * pktcap_send_open - open a socket to send from
 * @out:    set to the new handle on success, to NULL on failure
 * @ifname: interface, borrowed: a name, an alternative name or a decimal
 *          index; NULL or "any": unbound, each frame names its interface
 * @opts:   options, borrowed; NULL for all defaults
 * @error:  what failed, on what, what to do; may be NULL
 *
 * Needs CAP_NET_RAW in the user namespace that owns the network namespace
 * (packet(7)), for this call only. The socket receives nothing (protocol 0).
 * An interface that is down can be opened; sending says -ENETDOWN. XDP waits
 * up to wait_ms for the queue, also with NOWAIT.
 *
 * Return: 0; -EPERM; -ENODEV; -EINVAL (an option out of range,
 * named in @error->call); -E2BIG (options from a newer header with a non-zero
 * tail); -ENOMEM; -EMFILE, -ENFILE; -EAFNOSUPPORT (kernel without packet
 * sockets); or what setsockopt(2) says of an option that was asked for. XDP
 * also: -EAFNOSUPPORT (kernel without AF_XDP); -EBUSY (another socket has the
 * queue); -EOPNOTSUPP (not Ethernet, or not with this device); -ENOBUFS
 * (RLIMIT_MEMLOCK).
 */
PKTCAP_API int pktcap_send_open(struct pktcap_send **out, const char *ifname,
				const struct pktcap_send_opts *opts,
				struct pktcap_error *error);

/**
 * pktcap_send_borrow - send from a socket that belongs to somebody else
 * @out:    set to the new handle on success, to NULL on failure
 * @fd:     AF_PACKET socket of type SOCK_RAW, such as that of a capture
 *          (pktcap_capture_socket()); stays the owner's, who may close it only
 *          after pktcap_send_close()
 * @ifname: interface to send on, as in pktcap_send_open(), whatever the socket
 *          is bound to; NULL: that one, or unbound if there is none
 * @opts:   options, borrowed; NULL for all defaults
 * @error:  what failed, on what, what to do; may be NULL
 *
 * Needs no capability. The socket's own options stay as they are: of @opts
 * neither RING nor XDP, QDISC_BYPASS, stamps or sndbuf_bytes can be used. The
 * owner may receive meanwhile, in another thread as well. A socket does not
 * receive what is sent from it.
 *
 * Return: as pktcap_send_open(), -EINVAL also for a socket with
 * PACKET_VNET_HDR; -EBADF; -ENOTSOCK; -EPROTOTYPE (not a packet socket, or one
 * of type SOCK_DGRAM: a cooked capture).
 */
PKTCAP_API int pktcap_send_borrow(struct pktcap_send **out, int fd,
				  const char *ifname,
				  const struct pktcap_send_opts *opts,
				  struct pktcap_error *error);

/**
 * pktcap_send_frame - send one frame
 * @s:     a bound handle
 * @data:  the frame, link header first, borrowed for the call
 * @len:   its bytes, at least 1
 * @error: what failed, on what, what to do; may be NULL
 *
 * 0 means that the kernel took it, whole. What the network does with it is
 * another question: an interface that is up but has no carrier drops it
 * without a word (struct pktcap_send_info.link_flags), unless QDISC_BYPASS is
 * on: -ENOBUFS then.
 *
 * Return: 0; -EINVAL (shorter than a link header, see PAD and SHORT; or empty);
 * -EMSGSIZE (longer than MTU and link header, 4 bytes more for a VLAN tag; or
 * than frame_bytes); -ENETDOWN; -ENODEV, -ENXIO (the interface is gone);
 * -ENOBUFS (the device's queue was full for wait_ms); -EAGAIN (the socket's
 * buffer was); -EINTR (a signal, before the frame was taken); -EDESTADDRREQ (an
 * unbound handle); -EBUSY (a borrowed socket whose owner made a transmit ring);
 * or what sendmmsg(2) says.
 */
PKTCAP_API int pktcap_send_frame(struct pktcap_send *s, const void *data,
				 size_t len, struct pktcap_error *error);

/**
 * pktcap_send_frame_on - send one frame on the interface given
 * @s:       a handle, bound or not
 * @ifindex: the interface
 * @data:    the frame, link header first, borrowed for the call
 * @len:     its bytes, at least 1
 * @error:   what failed, on what, what to do; may be NULL
 *
 * Return: as pktcap_send_frame(); -EDESTADDRREQ if @ifindex is 0; -EOPNOTSUPP
 * (XDP, and another interface than the handle's).
 */
PKTCAP_API int pktcap_send_frame_on(struct pktcap_send *s, uint32_t ifindex,
				    const void *data, size_t len,
				    struct pktcap_error *error);

/**
 * pktcap_send_batch - send many frames, in their order
 * @s:     a handle
 * @pkts:  the frames, as a capture or a file reader delivers them, borrowed
 *         for the call: data, caplen and, on an unbound handle, ifindex; a VLAN
 *         tag that is not in the bytes is put back. All else may be 0.
 * @n:     how many
 * @sent:  set to how many the kernel took, also on failure; may be NULL
 * @error: what failed, on what, what to do; may be NULL
 *
 * Those that were taken are the first *@sent of @pkts, never more and never
 * less: after a failure it was pkts[*sent] that was refused, and sending can go
 * on with it or behind it. A packet that was cut when it was captured is sent
 * as far as it is there.
 *
 * Return: 0 if all were taken; otherwise as pktcap_send_frame(); -EMEDIUMTYPE
 * (a packet of another link type than the interface's; 0 is any).
 */
PKTCAP_API int pktcap_send_batch(struct pktcap_send *s,
				 const struct pktcap_packet *pkts, size_t n,
				 size_t *sent, struct pktcap_error *error);

/**
 * struct pktcap_send_stats - counters since the handle was opened
 * @frames:  taken by the kernel
 * @bytes:   their bytes, padding and VLAN tags included
 * @calls:   system calls that sent them or tried
 * @refused: frames that ended a call with an error
 * @retries: times a full queue or buffer was waited for
 *
 * 64 bits, only growing.
 */
struct pktcap_send_stats {
	uint64_t frames;
	uint64_t bytes;
	uint64_t calls;
	uint64_t refused;
	uint64_t retries;
};

/** pktcap_send_stats - copy the counters of @s to @stats */
PKTCAP_API void pktcap_send_stats(const struct pktcap_send *s,
				  struct pktcap_send_stats *stats);

/**
 * struct pktcap_send_info - what was obtained
 * @flags:        PKTCAP_SEND_* in effect
 * @engine:       enum pktcap_send_engine, never AUTO
 * @batch:        frames given to the kernel at once at most
 * @ifindex:      interface, 0 if unbound
 * @mtu:          of the interface, now; 0 if unbound or gone
 * @link_flags:   PKTCAP_DEVICE_* of the interface, now: what is sent without
 *                RUNNING is lost
 * @hatype:       ARPHRD_ type, 0 if unbound
 * @linktype:     LINKTYPE_ number of the frames it takes; LINUX_SLL2 if
 *                unbound or where that is not known
 * @header_bytes: length of the link header, 0 if there is none or unbound
 * @frame_bytes:  longest frame that can be sent, without a VLAN tag; 0 if not
 *                known
 * @sndbuf_bytes: SO_SNDBUF of the socket
 * @ring_bytes:   RING, XDP: memory for frames, else 0
 * @ring_frames:  RING, XDP: frames it has room for, else 0
 * @ifname:       its name, "any" if unbound
 */
struct pktcap_send_info {
	uint32_t flags;
	uint32_t engine;
	uint32_t batch;
	uint32_t ifindex;
	uint32_t mtu;
	uint32_t link_flags;
	uint32_t hatype;
	uint32_t linktype;
	uint32_t header_bytes;
	uint32_t frame_bytes;
	uint32_t sndbuf_bytes;
	uint32_t ring_bytes;
	uint32_t ring_frames;
	char ifname[PKTCAP_DEVICE_NAME_SIZE];
};

/** pktcap_send_info - copy what @s obtained to @info */
PKTCAP_API void pktcap_send_info(const struct pktcap_send *s,
				 struct pktcap_send_info *info);

/** pktcap_send_engine_name - "auto", "mmsg", "ring", "xdp"; NULL for an unknown
 * number */
PKTCAP_API const char *pktcap_send_engine_name(uint32_t engine);

/**
 * struct pktcap_send_stamp - when a frame left
 * @frame: which: 0 is the first that was taken since the handle was opened
 * @ts_ns: nanoseconds since 1970-01-01 00:00 UTC
 * @clock: PKTCAP_CLOCK_EGRESS or PKTCAP_CLOCK_HARDWARE
 * @reserved: zero
 */
struct pktcap_send_stamp {
	uint64_t frame;
	int64_t ts_ns;
	uint32_t clock;
	uint32_t reserved;
};

/**
 * pktcap_send_stamp_next - the next transmit time stamp
 * @s:          a handle opened with STAMP_SOFTWARE or STAMP_HARDWARE
 * @stamp:      where to store it
 * @timeout_ms: longest wait, milliseconds; 0 = do not wait, -1 = for ever
 *
 * Stamps come in the order in which frames left, one for each clock asked for.
 * They wait in the socket's receive buffer (SO_RCVBUF); what does not fit is
 * lost, so read them as you send.
 *
 * Return: 1 with a stamp; 0 when the time is over; -EINVAL if none were asked
 * for; -EINTR; or what recvmsg(2) and poll(2) say.
 */
PKTCAP_API int pktcap_send_stamp_next(struct pktcap_send *s,
				      struct pktcap_send_stamp *stamp,
				      int timeout_ms);

/**
 * pktcap_send_close - free a handle; NULL is allowed
 * @s: the handle
 *
 * What the kernel took is sent all the same.
 */
PKTCAP_API void pktcap_send_close(struct pktcap_send *s);

/* Bits of struct pktcap_send_pace_opts.flags. */
enum pktcap_send_pace_flags {
	/*
	 * Bits as Ethernet has them on the wire: a frame counts for 60 bytes
	 * at least, and for 24 more: frame check sequence (4), preamble (8)
	 * and gap (12).
	 */
	PKTCAP_SEND_PACE_WIRE = 1u << 0,
	/*
	 * Be awake before a packet is due, and look at the clock until it is:
	 * packets leave within some microseconds of their time, instead of
	 * some 60. Takes up to 100 us of a CPU for each of them.
	 */
	PKTCAP_SEND_PACE_SPIN = 1u << 1,
};

/**
 * struct pktcap_send_pace_opts - how fast; all zero: as fast as it goes
 * @size:          sizeof(struct pktcap_send_pace_opts)
 * @flags:         PKTCAP_SEND_PACE_*
 * @packets_per_s: packets per second, up to 1 000 000 000
 * @bits_per_s:    bits per second, up to 10^15, of the bytes that are given to
 *                 the kernel: link header and payload. What tcpreplay --mbps
 *                 and trafgen --rate count; WIRE counts more
 * @gap_ns:        nanoseconds from one packet to the next, up to 10^15 (11
 *                 days), for less than a packet per second
 * @max_gap_ns:    longest wait for a packet with @speed_ppm, up to 10^15; 0 =
 *                 an hour. A longer gap of a capture is cut to it
 * @speed_ppm:     by the times of the packets, in millionths of the speed
 *                 they were captured at: 2 000 000 = twice as fast
 * @burst:         packets that leave together, when the first of them is due;
 *                 0 = 1. Greater ones cost fewer wake-ups
 *
 * At most one of @packets_per_s, @bits_per_s, @gap_ns and @speed_ppm is set.
 * Fields are only ever appended. The library reads the first @size bytes and
 * takes the rest as zero; a larger struct is accepted while its tail is zero.
 */
struct pktcap_send_pace_opts {
	uint32_t size;
	uint32_t flags;
	uint64_t packets_per_s;
	uint64_t bits_per_s;
	uint64_t gap_ns;
	uint64_t max_gap_ns;
	uint32_t speed_ppm;
	uint32_t burst;
};

#define PKTCAP_SEND_PACE_OPTS(...)       \
	((struct pktcap_send_pace_opts){ \
		.size = sizeof(struct pktcap_send_pace_opts), __VA_ARGS__ })

/**
 * struct pktcap_send_pace - when packets are due; in the caller's memory
 * @packets:      packets sent
 * @bytes:        their bytes, without those that only WIRE counts
 * @gaps_cut:     gaps of the capture longer than max_gap_ns
 * @times_back:   packets with an earlier time than one before them
 * @given_up_ns:  how much later the schedule is than it was meant to be,
 *                because sending was more than a second behind
 * The other members are the library's own.
 *
 * Filled in by pktcap_send_pace_start(); holds no pointer and needs no close:
 * a copy is a second schedule. For reading only.
 *
 * The schedule is absolute: packet n is due when n gaps are over, however late
 * those before it were, so that no error adds up. What is late follows at
 * twice the pace, up to 50 ms of the schedule at once, until it has caught up;
 * lateness of more than a second is not caught up.
 */
struct pktcap_send_pace {
	uint64_t packets;
	uint64_t bytes;
	uint64_t gaps_cut;
	uint64_t times_back;
	uint64_t given_up_ns;
	int64_t due_ns;
	int64_t schedule_ns;
	int64_t earliest_ns;
	int64_t sent_ns;
	int64_t latest_ts_ns;
	uint64_t gap_ns;
	uint64_t max_gap_ns;
	uint64_t divisor;
	uint64_t rest;
	uint32_t mode;
	uint32_t flags;
	uint32_t burst;
	uint32_t together;
	uint32_t last_bytes;
	uint32_t rebased;
};

/**
 * pktcap_send_pace_start - begin a schedule
 * @pace:  filled in
 * @opts:  how fast, borrowed; NULL = as fast as it goes
 * @error: what is wrong; may be NULL
 *
 * The first packet is due at once.
 *
 * Return: 0; -EINVAL (an option out of range, named in @error->call, or two
 * speeds); -E2BIG (options from a newer header with a non-zero tail).
 */
PKTCAP_API int pktcap_send_pace_start(struct pktcap_send_pace *pace,
				      const struct pktcap_send_pace_opts *opts,
				      struct pktcap_error *error);

/**
 * pktcap_send_pace_due - when the next packet is due
 * @pace:   the schedule
 * @pkt:    that packet, borrowed: its ts_ns is used, with speed_ppm
 * @now_ns: CLOCK_MONOTONIC, nanoseconds
 *
 * Changes nothing: it may be asked again and again.
 *
 * Times of packets are not trusted. A gap is cut to max_gap_ns. A packet whose
 * time is up to a second before the latest one is due at once, and the next
 * gap counts from that latest time: packets of several queues are out of order.
 * Where it is more, times begin anew with that packet.
 *
 * Return: nanoseconds of CLOCK_MONOTONIC; the packet is due if that is not
 * greater than @now_ns.
 */
PKTCAP_API int64_t pktcap_send_pace_due(const struct pktcap_send_pace *pace,
					const struct pktcap_packet *pkt,
					int64_t now_ns);

/**
 * pktcap_send_pace_count - how many of the next packets are due
 * @pace:   the schedule
 * @pkts:   those packets, borrowed: ts_ns and caplen are used
 * @n:      how many
 * @now_ns: CLOCK_MONOTONIC, nanoseconds
 *
 * Changes nothing.
 *
 * Return: 0 to @n; these can be sent as a batch.
 */
PKTCAP_API size_t pktcap_send_pace_count(const struct pktcap_send_pace *pace,
					 const struct pktcap_packet *pkts,
					 size_t n, int64_t now_ns);

/**
 * pktcap_send_pace_sent - packets were sent
 * @pace:   the schedule
 * @pkts:   the packets, borrowed: ts_ns and caplen are used
 * @n:      how many
 * @now_ns: CLOCK_MONOTONIC, nanoseconds
 *
 * From now on pktcap_send_pace_due() is about the packet behind them. A packet
 * that could not be sent is left out.
 */
PKTCAP_API void pktcap_send_pace_sent(struct pktcap_send_pace *pace,
				      const struct pktcap_packet *pkts,
				      size_t n, int64_t now_ns);

/**
 * pktcap_send_pace_rebase - times of packets begin anew
 * @pace: the schedule
 *
 * For a capture that is sent again, or another one: the next packet is due
 * when the one before it was, and gaps count from its time.
 */
PKTCAP_API void pktcap_send_pace_rebase(struct pktcap_send_pace *pace);

/**
 * pktcap_send_pace_wait - wait until a packet is due
 * @pace:   the schedule
 * @due_ns: what pktcap_send_pace_due() returned
 * @stop:   another value than 0 ends the wait; set by a signal handler or by
 *          another thread. NULL if there is none
 *
 * With @stop, signals do not end it. A stop is seen at once where a signal
 * handler sets it in the thread that waits, else after 100 ms at most.
 *
 * Return: 0 when the time has come; -ECANCELED after a stop, also if the time
 * has come; -EINTR when a signal was handled and @stop is NULL; or what
 * clock_nanosleep(2) says.
 */
PKTCAP_API int pktcap_send_pace_wait(const struct pktcap_send_pace *pace,
				     int64_t due_ns, const volatile int *stop);

/**
 * pktcap_send_paced - send packets, each when it is due
 * @s:     a handle
 * @pace:  the schedule, which goes on where it was: a long capture is sent
 *         with many calls
 * @pkts:  the packets, as in pktcap_send_batch()
 * @n:     how many
 * @stop:  as in pktcap_send_pace_wait()
 * @sent:  set to how many the kernel took, also on failure; may be NULL
 * @error: what failed, on what, what to do; may be NULL
 *
 * Waits for the next packet and sends it with all that are due by then in one
 * batch. As in pktcap_send_batch() the first *@sent of @pkts were taken, and
 * after a failure to send it was pkts[*sent] that was refused.
 *
 * Return: 0 if all were taken; -ECANCELED after a stop; otherwise as
 * pktcap_send_batch() and pktcap_send_pace_wait(), but not -EINTR with @stop.
 */
PKTCAP_API int pktcap_send_paced(struct pktcap_send *s,
				 struct pktcap_send_pace *pace,
				 const struct pktcap_packet *pkts, size_t n,
				 const volatile int *stop, size_t *sent,
				 struct pktcap_error *error);

#ifdef __cplusplus
}
#endif
#endif
