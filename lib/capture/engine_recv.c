// SPDX-License-Identifier: BSD-2-Clause
/*
 * Plain receiving: recvmmsg(2) for a batch with stamp and VLAN tag in control
 * messages, or recvmsg(2) and an ioctl for the stamp, packet by packet, where
 * nothing else works.
 */
#include "capture/capture.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/clock.h"
#include "base/descriptor.h"
#include "base/error.h"
#include "base/uapi.h"
#include "capture/stamp.h"
#include "capture/view.h"

/* tpacket_auxdata, and the largest stamp: three times 16 bytes. */
#define CONTROL_BYTES \
	(CMSG_SPACE(sizeof(struct tpacket_auxdata)) + CMSG_SPACE(48))

/*
 * A socket cannot be told to collect packets, so the receiver sleeps on. Not
 * for long: an unprivileged socket buffer holds some 270 small packets.
 */
#define GATHER_US_MAX 100u
/*
 * A wake-up for each packet costs more than the packet. Without a delay to
 * use, a flood is met by short sleeps all the same, as adapters moderate
 * their interrupts; the timer's slack makes them 70 us.
 */
#define FLOOD_GATHER_US 20u
#define FLOOD_PACKETS 64u
#define FLOOD_PACKET_NS 10000 /* between two: 100 000 a second */
#define FLOOD_OVER_PACKETS 2u

/* What one message needs besides its bytes. */
struct slot {
	struct sockaddr_ll from;
	struct iovec iov;
	_Alignas(struct cmsghdr) uint8_t control[CONTROL_BYTES];
};

struct recv {
	uint8_t *buffers;
	size_t stride;
	size_t map_bytes;
	struct mmsghdr *messages;
	struct slot *slots;
	uint32_t used;	    /* slots the kernel wrote to */
	uint32_t counted;   /* packets since counted_ns */
	int64_t counted_ns; /* CLOCK_MONOTONIC */
};

/* The kernel writes over lengths and flags of what it receives. */
static void prepare(struct recv *recv, uint32_t i)
{
	struct slot *slot = &recv->slots[i];
	struct msghdr *message = &recv->messages[i].msg_hdr;

	message->msg_name = &slot->from;
	message->msg_namelen = sizeof(slot->from);
	message->msg_iov = &slot->iov;
	message->msg_iovlen = 1;
	message->msg_control = slot->control;
	message->msg_controllen = sizeof(slot->control);
	message->msg_flags = 0;
}

static void read_auxdata(const struct cmsghdr *message,
			 struct pktcap_packet *view)
{
	struct tpacket_auxdata aux;

	if (message->cmsg_len < CMSG_LEN(sizeof(aux)))
		return;
	memcpy(&aux, CMSG_DATA(message), sizeof(aux));
	view->wirelen = aux.tp_len;
	view->flags = view_flags(aux.tp_status);
	view->vlan_tci = aux.tp_vlan_tci;
	view->vlan_tpid = aux.tp_vlan_tpid;
}

/* From a received message to a view; false: not to be delivered. */
static bool recv_view(struct pktcap_capture *cap, struct view_rules rules,
		      struct pktcap_packet *view, uint32_t i)
{
	struct recv *recv = cap->engine_state;
	struct msghdr *message = &recv->messages[i].msg_hdr;
	const struct slot *slot = &recv->slots[i];
	uint32_t len = recv->messages[i].msg_len;

	view->data = slot->iov.iov_base;
	view->caplen = len;
	view->wirelen = len;
	view->flags = 0;
	view->clock = PKTCAP_CLOCK_UNKNOWN;
	view->vlan_tci = 0;
	view->vlan_tpid = 0;
	if (view->caplen > slot->iov.iov_len)
		view->caplen = (uint32_t)slot->iov.iov_len;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c;
	     c = CMSG_NXTHDR(message, c)) {
		if (c->cmsg_level == SOL_PACKET &&
		    c->cmsg_type == PACKET_AUXDATA)
			read_auxdata(c, view);
		else
			stamp_message(c, view);
	}
	if (stamp_by_ioctl(cap) && !stamp_ioctl(cap, &view->ts_ns))
		view->clock = PKTCAP_CLOCK_INGRESS;
	if (view->clock == PKTCAP_CLOCK_UNKNOWN) {
		view->ts_ns = clock_now_ns(CLOCK_REALTIME);
		view->clock = PKTCAP_CLOCK_COPY;
	}
	return view_finish(cap, rules, view, &slot->from);
}

/* With MSG_TRUNC the length is the packet's, not the buffer's. */
static int receive(struct pktcap_capture *cap)
{
	struct recv *recv = cap->engine_state;
	ssize_t len;
	int n;

	for (uint32_t i = 0; i < recv->used; i++)
		prepare(recv, i);
	recv->used = 0;
	if (!stamp_by_ioctl(cap)) {
		n = recvmmsg(cap->fd, recv->messages, cap->opts.batch,
			     MSG_DONTWAIT | MSG_TRUNC, NULL);
	} else {
		len = recvmsg(cap->fd, &recv->messages[0].msg_hdr,
			      MSG_DONTWAIT | MSG_TRUNC);
		recv->messages[0].msg_len = (unsigned int)len;
		n = len < 0 ? -1 : 1;
	}
	if (n < 0)
		return -errno;
	recv->used = (uint32_t)n;
	return n;
}

static uint32_t read_messages(struct pktcap_capture *cap, uint32_t received)
{
	const struct view_rules rules = view_rules(cap);
	struct pktcap_packet *view = cap->views;
	struct tally tally = { 0 };

	for (uint32_t i = 0; i < received; i++) {
		if (!recv_view(cap, rules, view, i))
			continue;
		tally_packet(&tally, view);
		view++;
	}
	cap->filled = tally;
	cap->count = (uint32_t)(view - cap->views);
	return cap->count;
}

/* Called with packets only: an idle link costs no look at the clock. */
static void moderate(struct pktcap_capture *cap, uint32_t received)
{
	struct recv *recv = cap->engine_state;
	int64_t now;

	/* A sleep that brought nothing more: the flood is over. */
	if (cap->gathered && received <= FLOOD_OVER_PACKETS) {
		cap->gather_us = 0;
		recv->counted = 0;
		recv->counted_ns = clock_now_ns(CLOCK_MONOTONIC);
	}
	cap->gathered = false;
	recv->counted += received;
	if (recv->counted < FLOOD_PACKETS)
		return;
	now = clock_now_ns(CLOCK_MONOTONIC);
	cap->gather_us = now - recv->counted_ns < (int64_t)recv->counted *
							  FLOOD_PACKET_NS
				 ? FLOOD_GATHER_US
				 : 0;
	recv->counted = 0;
	recv->counted_ns = now;
}

static int recv_fill(struct pktcap_capture *cap)
{
	int received = receive(cap);

	/* The queue was empty: older packets are gone. */
	if (received == -EAGAIN)
		cap->recheck = cap->recheck_always;
	if (received < 0)
		return received;
	if (!cap->opts.max_delay_us)
		moderate(cap, (uint32_t)received);
	return (int)read_messages(cap, (uint32_t)received);
}

static bool recv_holds(const struct pktcap_capture *cap)
{
	(void)cap; /* all that is in the queue can be received */
	return false;
}

static void recv_mark(struct pktcap_capture *cap)
{
	(void)cap; /* recv_fill() ends it when the queue is empty */
}

/* SO_RCVBUF is doubled by the kernel, for its own overhead. */
static void set_queue_bytes(const struct pktcap_capture *cap)
{
	uint64_t half = cap->opts.ring_bytes / 2;
	int value = half > INT_MAX / 2 ? INT_MAX / 2 : (int)half;

	if (socket_set(cap->fd, SOL_SOCKET, SO_RCVBUFFORCE, value))
		socket_set(cap->fd, SOL_SOCKET, SO_RCVBUF, value);
}

/* The filter may have to run here, on more than is delivered. */
static size_t room(const struct pktcap_capture *cap)
{
	enum { HEADERS = 512 };

	if (cap->cooked && cap->opts.snaplen < HEADERS)
		return HEADERS;
	return cap->opts.snaplen;
}

static int recv_alloc(struct pktcap_capture *cap, struct recv *recv)
{
	/* An odd number of cache lines, so that headers do not share sets. */
	size_t lines = (VIEW_HEADROOM + room(cap) + 63) / 64;

	recv->stride = (lines | 1) * 64;
	recv->map_bytes = recv->stride * cap->opts.batch;
	recv->messages = calloc(cap->opts.batch, sizeof(*recv->messages));
	recv->slots = calloc(cap->opts.batch, sizeof(*recv->slots));
	if (!recv->messages || !recv->slots)
		return -ENOMEM;
	/* Mapped: only what packets really use becomes memory. */
	recv->buffers =
		mmap(NULL, recv->map_bytes, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (recv->buffers == MAP_FAILED)
		return -errno;
	for (uint32_t i = 0; i < cap->opts.batch; i++) {
		recv->slots[i].iov.iov_base =
			recv->buffers + i * recv->stride + VIEW_HEADROOM;
		recv->slots[i].iov.iov_len = room(cap);
	}
	recv->used = cap->opts.batch; /* none is prepared yet */
	return 0;
}

static void recv_free(struct recv *recv)
{
	if (recv->buffers && recv->buffers != MAP_FAILED)
		munmap(recv->buffers, recv->map_bytes);
	free(recv->messages);
	free(recv->slots);
	free(recv);
}

enum step { STEP_MEMORY, STEP_STAMPS, STEP_AUXDATA };

static int recv_prepare(struct pktcap_capture *cap, struct recv *recv,
			enum step *step)
{
	int err;

	*step = STEP_MEMORY;
	err = recv_alloc(cap, recv);
	if (err)
		return err;
	*step = STEP_STAMPS;
	err = stamp_ask_messages(cap);
	if (err)
		return err;
	*step = STEP_AUXDATA;
	return socket_set(cap->fd, SOL_PACKET, PACKET_AUXDATA, 1);
}

static int tell_failed(const struct pktcap_capture *cap, enum step step,
		       int err, struct pktcap_error *error)
{
	static const char *const texts[][2] = {
		[STEP_MEMORY] = { "mmap",
				  "ask for a smaller batch or snaplen" },
		[STEP_STAMPS] = { "SO_TIMESTAMPNS",
				  "the kernel gives no time stamps of this "
				  "kind: ask for another stamp" },
		[STEP_AUXDATA] = { "PACKET_AUXDATA",
				   "the kernel tells neither VLAN tags nor "
				   "lengths: ask for engine ring" },
	};

	return error_set(error, err, texts[step][0], "%s: %s: %s; %s",
			 cap->ifname, texts[step][0], strerror(-err),
			 texts[step][1]);
}

static int recv_open(struct pktcap_capture *cap, struct pktcap_error *error)
{
	struct recv *recv;
	enum step step;
	int err;

	recv = calloc(1, sizeof(*recv));
	if (!recv)
		return error_set(error, -ENOMEM, "calloc", "out of memory");
	if (stamp_by_ioctl(cap))
		cap->opts.batch = 1;
	if (cap->opts.max_delay_us > GATHER_US_MAX)
		cap->opts.max_delay_us = GATHER_US_MAX;
	cap->gather_us = cap->opts.max_delay_us;
	err = recv_prepare(cap, recv, &step);
	if (err) {
		recv_free(recv);
		return tell_failed(cap, step, err, error);
	}
	set_queue_bytes(cap);
	if (cap->opts.stamp == PKTCAP_STAMP_DEFAULT)
		cap->opts.stamp = PKTCAP_STAMP_INGRESS;
	cap->engine_state = recv;
	return 0;
}

static void recv_close(struct pktcap_capture *cap)
{
	recv_free(cap->engine_state);
	cap->engine_state = NULL;
}

static void recv_info(const struct pktcap_capture *cap,
		      struct pktcap_capture_info *info)
{
	int bytes = 0;
	socklen_t len = sizeof(bytes);

	if (!getsockopt(cap->fd, SOL_SOCKET, SO_RCVBUF, &bytes, &len))
		info->ring_bytes = (uint64_t)bytes;
}

const struct engine engine_recv = {
	.name = "recv",
	.open = recv_open,
	.fill = recv_fill,
	.holds = recv_holds,
	.mark = recv_mark,
	.info = recv_info,
	.close = recv_close,
};
