// SPDX-License-Identifier: BSD-2-Clause
/*
 * sendmmsg(2): one call, many frames, each copied. The kernel tells how many
 * it took; what was wrong with the next one is told by the next call. A single
 * frame goes by sendto(2).
 */
#include "send/send.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "base/error.h"

/* What one message needs besides its bytes. */
struct slot {
	struct sockaddr_ll to;
	struct iovec iov[SEND_PIECES];
	uint32_t len;
	uint8_t tag[SEND_TAG_BYTES];
};

struct mmsg {
	struct mmsghdr *messages;
	struct slot *slots;
};

static void prepare(const struct pktcap_send *s,
		    const struct pktcap_packet *pkt, struct slot *slot,
		    struct msghdr *message)
{
	struct send_piece pieces[SEND_PIECES];
	uint32_t n = send_pieces(s, pkt, pieces, slot->tag);

	for (uint32_t i = 0; i < n; i++) {
		/* sendmmsg(2) only reads, but struct iovec cannot say so. */
		slot->iov[i].iov_base = (void *)(uintptr_t)pieces[i].data;
		slot->iov[i].iov_len = pieces[i].len;
	}
	slot->len = send_length(s, pkt);
	message->msg_iovlen = n;
	message->msg_name = NULL;
	message->msg_namelen = 0;
	if (!send_addressed(s))
		return;
	send_address(&slot->to, send_ifindex(s, pkt));
	message->msg_name = &slot->to;
	message->msg_namelen = sizeof(slot->to);
}

/*
 * A socket with a transmit ring, of whoever it is borrowed from, sends what is
 * in that, and tells of so many bytes: -EBUSY where that is not ours.
 *
 * What sendmmsg(2) needs to read its lists is a fifth of what a frame costs.
 */
static int submit_one(struct pktcap_send *s, const struct slot *slot,
		      const struct msghdr *message)
{
	ssize_t len;

	s->stats.calls++;
	len = sendto(s->fd, slot->iov[0].iov_base, slot->len, MSG_DONTWAIT,
		     message->msg_name, message->msg_namelen);
	if (len < 0)
		return -errno;
	if (len != (ssize_t)slot->len)
		return -EBUSY;
	s->stats.bytes += slot->len;
	return 1;
}

static int mmsg_submit(struct pktcap_send *s, const struct pktcap_packet *pkts,
		       uint32_t n)
{
	const struct mmsg *mmsg = s->engine_state;
	int taken;

	for (uint32_t i = 0; i < n; i++)
		prepare(s, &pkts[i], &mmsg->slots[i],
			&mmsg->messages[i].msg_hdr);
	if (n == 1 && mmsg->messages[0].msg_hdr.msg_iovlen == 1)
		return submit_one(s, mmsg->slots, &mmsg->messages[0].msg_hdr);
	s->stats.calls++;
	taken = sendmmsg(s->fd, mmsg->messages, n, MSG_DONTWAIT);
	if (taken < 0)
		return -errno;
	for (int i = 0; i < taken; i++) {
		if (mmsg->messages[i].msg_len != mmsg->slots[i].len)
			return i ? i : -EBUSY;
		s->stats.bytes += mmsg->slots[i].len;
	}
	return taken;
}

static void mmsg_close(struct pktcap_send *s)
{
	struct mmsg *mmsg = s->engine_state;

	free(mmsg->messages);
	free(mmsg->slots);
	free(mmsg);
	s->engine_state = NULL;
}

static int mmsg_open(struct pktcap_send *s, struct pktcap_error *error)
{
	struct mmsg *mmsg = calloc(1, sizeof(*mmsg));

	if (!mmsg)
		return error_set(error, -ENOMEM, "calloc", "out of memory");
	s->engine_state = mmsg;
	mmsg->messages = calloc(s->opts.batch, sizeof(*mmsg->messages));
	mmsg->slots = calloc(s->opts.batch, sizeof(*mmsg->slots));
	if (!mmsg->messages || !mmsg->slots) {
		mmsg_close(s);
		return error_set(error, -ENOMEM, "calloc", "out of memory");
	}
	for (uint32_t i = 0; i < s->opts.batch; i++)
		mmsg->messages[i].msg_hdr.msg_iov = mmsg->slots[i].iov;
	return 0;
}

static void mmsg_info(const struct pktcap_send *s,
		      struct pktcap_send_info *info)
{
	(void)s;
	(void)info; /* no memory but the socket's */
}

const struct send_engine send_engine_mmsg = {
	.name = "mmsg",
	.number = PKTCAP_SEND_ENGINE_MMSG,
	.open = mmsg_open,
	.submit = mmsg_submit,
	.info = mmsg_info,
	.close = mmsg_close,
};
