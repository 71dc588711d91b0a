// SPDX-License-Identifier: BSD-2-Clause
/*
 * Transmit time stamps, from the error queue of the socket. The kernel gives
 * each frame that it is about to hand to the device a number (OPT_ID), also
 * those that the device's queue has no room for: marks say from which of its
 * numbers on frames count how.
 */
#include "send/send.h"

#include <time.h> /* for the kernel's header */

#include <errno.h>
#include <linux/errqueue.h>
#include <linux/net_tstamp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/descriptor.h"
#include "base/error.h"
#include "base/stamp_message.h"
#include "base/uapi.h"

#define MS_NS 1000000ll
#define MARKS 64u
/* More than the receive buffer has room for, unless it was made larger. */
#define KEPT 512u

/* From the kernel's number @key on, frames count from @frame. */
struct mark {
	uint64_t key;
	uint64_t frame;
};

struct send_stamps {
	int option; /* SO_TIMESTAMPING_NEW, or the old one */
	int wanted;
	int failure;   /* numbers are no longer certain */
	uint64_t keys; /* numbers given */
	uint64_t marked;
	struct mark marks[MARKS]; /* the last of @marked, in a circle */
	/* Not asked for yet when numbers began anew. */
	uint32_t kept_next;
	uint32_t kept_end;
	struct pktcap_send_stamp kept[KEPT];
};

static void mark(struct send_stamps *stamps, uint64_t frame)
{
	struct mark *last = &stamps->marks[(stamps->marked - 1) % MARKS];

	/* The same frame, refused again. */
	if (!stamps->marked || last->frame != frame)
		last = &stamps->marks[stamps->marked++ % MARKS];
	*last = (struct mark){ stamps->keys, frame };
}

static void start_over(struct send_stamps *stamps, uint64_t frame)
{
	stamps->keys = 0;
	stamps->marked = 0;
	mark(stamps, frame);
}

/* Which frame has the number; false: it is too long ago to tell. */
static bool frame_of(const struct send_stamps *stamps, uint32_t key,
		     uint64_t *frame)
{
	/* Of 64 bits the kernel tells the lower half. */
	uint32_t age = (uint32_t)stamps->keys - key;
	uint64_t n = stamps->keys - age;

	if (age > stamps->keys)
		return false;
	for (uint64_t i = 0; i < stamps->marked && i < MARKS; i++) {
		const struct mark *m =
			&stamps->marks[(stamps->marked - 1 - i) % MARKS];

		if (n < m->key)
			continue;
		*frame = m->frame + (n - m->key);
		return true;
	}
	return false;
}

static int ask(const struct pktcap_send *s, int option, int wanted)
{
	return socket_set(s->fd, SOL_SOCKET, option, wanted);
}

int send_stamps_open(struct pktcap_send *s, struct pktcap_error *error)
{
	bool software = s->opts.flags & PKTCAP_SEND_STAMP_SOFTWARE;
	bool hardware = s->opts.flags & PKTCAP_SEND_STAMP_HARDWARE;
	struct send_stamps *stamps;
	int err;

	if (!software && !hardware)
		return 0;
	stamps = calloc(1, sizeof(*stamps));
	if (!stamps)
		return error_set(error, -ENOMEM, "calloc", "out of memory");
	s->stamps = stamps;
	stamps->wanted = SOF_TIMESTAMPING_OPT_ID | SOF_TIMESTAMPING_OPT_TSONLY;
	if (software)
		stamps->wanted |= SOF_TIMESTAMPING_TX_SOFTWARE |
				  SOF_TIMESTAMPING_SOFTWARE;
	if (hardware)
		stamps->wanted |= SOF_TIMESTAMPING_TX_HARDWARE |
				  SOF_TIMESTAMPING_RAW_HARDWARE;
	if (software && hardware)
		stamps->wanted |= SOF_TIMESTAMPING_OPT_TX_SWHW;
	start_over(stamps, 0);
	/* Whether a frame in the middle of a call got a number is not told. */
	s->opts.batch = 1;
	stamps->option = SO_TIMESTAMPING_NEW;
	err = ask(s, stamps->option, stamps->wanted);
	if (err) {
		stamps->option = SO_TIMESTAMPING;
		err = ask(s, stamps->option, stamps->wanted);
	}
	return err ? error_set(error, err, "SO_TIMESTAMPING",
			       "%s: the kernel gives no transmit time stamps "
			       "of this kind: %s; open it without",
			       s->ifname, strerror(-err))
		   : 0;
}

void send_stamps_close(struct pktcap_send *s)
{
	free(s->stamps);
	s->stamps = NULL;
}

void send_stamps_taken(struct pktcap_send *s, uint32_t n)
{
	if (s->stamps)
		s->stamps->keys += n;
}

static void read_times(const struct cmsghdr *message,
		       struct pktcap_send_stamp *stamp)
{
	bool wide = stamp_is_wide(message, STAMP_TIMES);

	stamp->ts_ns = stamp_read(message, wide, STAMP_RAW_HARDWARE);
	stamp->clock = PKTCAP_CLOCK_HARDWARE;
	if (stamp->ts_ns)
		return;
	stamp->ts_ns = stamp_read(message, wide, STAMP_SOFTWARE);
	stamp->clock = PKTCAP_CLOCK_EGRESS;
}

static bool read_key(const struct cmsghdr *message, uint32_t *key)
{
	struct sock_extended_err info;

	if (message->cmsg_len < CMSG_LEN(sizeof(info)))
		return false;
	memcpy(&info, CMSG_DATA(message), sizeof(info));
	*key = info.ee_data;
	return info.ee_origin == SO_EE_ORIGIN_TIMESTAMPING;
}

static bool read_stamp(const struct pktcap_send *s, struct msghdr *message,
		       struct pktcap_send_stamp *stamp)
{
	bool has_key = false;
	uint32_t key = 0;

	memset(stamp, 0, sizeof(*stamp));
	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c;
	     c = CMSG_NXTHDR(message, c)) {
		if (c->cmsg_level == SOL_PACKET &&
		    c->cmsg_type == PACKET_TX_TIMESTAMP)
			has_key = read_key(c, &key);
		else if (c->cmsg_level == SOL_SOCKET &&
			 (c->cmsg_type == SO_TIMESTAMPING_NEW ||
			  c->cmsg_type == SO_TIMESTAMPING))
			read_times(c, stamp);
	}
	return stamp->clock && has_key &&
	       frame_of(s->stamps, key, &stamp->frame);
}

/* 1 with a stamp, 0 with something else, or a negative errno. */
static int receive(const struct pktcap_send *s, struct pktcap_send_stamp *stamp)
{
	_Alignas(struct cmsghdr) uint8_t control[256];
	struct msghdr message = { .msg_control = control,
				  .msg_controllen = sizeof(control) };

	if (recvmsg(s->fd, &message, MSG_ERRQUEUE | MSG_DONTWAIT) < 0)
		return -errno;
	return read_stamp(s, &message, stamp);
}

/* What is in the queue has the old numbers. */
static void keep_unread(struct pktcap_send *s)
{
	struct send_stamps *stamps = s->stamps;
	struct pktcap_send_stamp stamp;
	int r;

	if (stamps->kept_next == stamps->kept_end)
		stamps->kept_next = stamps->kept_end = 0;
	while ((r = receive(s, &stamp)) >= 0)
		if (r && stamps->kept_end < KEPT)
			stamps->kept[stamps->kept_end++] = stamp;
}

/*
 * Whether the frame got a number is not told, but nothing of those before it
 * is on its way any more.
 */
static void number_anew(struct pktcap_send *s)
{
	struct send_stamps *stamps = s->stamps;
	int err;

	keep_unread(s);
	err = ask(s, stamps->option,
		  stamps->wanted & ~(int)SOF_TIMESTAMPING_OPT_ID);
	if (!err)
		err = ask(s, stamps->option, stamps->wanted);
	if (err)
		stamps->failure = err;
	start_over(stamps, s->stats.frames);
}

/*
 * The kernel looks at the length twice: first with room for a VLAN tag, and
 * when the frame has its number, whether there is a tag.
 */
static bool too_long_behind(const struct pktcap_send *s,
			    const struct pktcap_packet *pkt)
{
	uint32_t longest = send_link_longest(s, send_ifindex(s, pkt));

	return longest != UINT32_MAX &&
	       send_length(s, pkt) <= longest + SEND_TAG_BYTES;
}

void send_stamps_refused(struct pktcap_send *s, const struct pktcap_packet *pkt,
			 int err)
{
	struct send_stamps *stamps = s->stamps;

	if (!stamps)
		return;
	if (err == -ENETDOWN)
		number_anew(s);
	/* ENOBUFS: by the device, when it had its number. */
	if (err != -ENOBUFS && !(err == -EMSGSIZE && too_long_behind(s, pkt)))
		return;
	stamps->keys++;
	mark(stamps, s->stats.frames);
}

/* Waits until the error queue has something: poll(2) always tells of that. */
static int wait_stamp(const struct pktcap_send *s, int64_t deadline_ns)
{
	struct pollfd queue = { .fd = s->fd };
	int64_t left = deadline_ns - clock_now_ns(CLOCK_MONOTONIC);
	socklen_t len = sizeof(int);
	int n, err = 0;

	if (deadline_ns >= 0 && left <= 0)
		return 0;
	n = poll(&queue, 1,
		 deadline_ns < 0 ? -1 : (int)((left + MS_NS - 1) / MS_NS));
	if (n < 0)
		return -errno;
	/* An error of the socket itself would end every poll at once. */
	if (n && getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &err, &len))
		return -errno;
	return err ? -err : 1;
}

int pktcap_send_stamp_next(struct pktcap_send *s,
			   struct pktcap_send_stamp *stamp, int timeout_ms)
{
	int64_t deadline_ns = -1;
	int r;

	if (!s->stamps)
		return -EINVAL;
	if (s->stamps->kept_next < s->stamps->kept_end) {
		*stamp = s->stamps->kept[s->stamps->kept_next++];
		return 1;
	}
	if (timeout_ms >= 0)
		deadline_ns =
			clock_now_ns(CLOCK_MONOTONIC) + timeout_ms * MS_NS;
	for (;;) {
		if (s->stamps->failure)
			return s->stamps->failure;
		r = receive(s, stamp);
		if (r == -EAGAIN) {
			r = wait_stamp(s, deadline_ns);
			if (r <= 0)
				return r;
		} else if (r) {
			return r;
		}
	}
}
