// SPDX-License-Identifier: BSD-2-Clause
/*
 * Frames that cannot be sent: found before the kernel is asked, where that is
 * certain, and explained in words, whoever refused them.
 */
#include "send/send.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"

/* Room for one tag: more than that the kernel takes from nobody. */
static bool too_long(const struct pktcap_send *s,
		     const struct pktcap_packet *pkt)
{
	static const uint8_t vlan[] = { 0x81, 0x00 };
	uint32_t max = s->len_max;

	/* A tag that is in the bytes already; one put back comes on top. */
	if (s->header_bytes && pkt->caplen > s->header_bytes &&
	    !memcmp(pkt->data + SEND_MACS_BYTES, vlan, sizeof(vlan)))
		max += SEND_TAG_BYTES;
	return pkt->caplen > max;
}

int send_check(struct pktcap_send *s, const struct pktcap_packet *pkt)
{
	uint32_t ifindex = send_ifindex(s, pkt);

	if (!pkt->caplen)
		return -EINVAL;
	if (pkt->caplen > UINT32_MAX - SEND_TAG_BYTES)
		return -EMSGSIZE; /* its length would have no room */
	if (!ifindex)
		return -EDESTADDRREQ;
	if (ifindex != s->ifindex)
		return 0; /* the kernel knows more about it */
	if (pkt->linktype && pkt->linktype != s->linktype &&
	    s->linktype != PKTCAP_LINKTYPE_LINUX_SLL2)
		return -EMEDIUMTYPE;
	if (pkt->caplen < s->header_bytes &&
	    !(s->opts.flags & (PKTCAP_SEND_PAD | PKTCAP_SEND_SHORT)))
		return -EINVAL;
	if (pkt->caplen <= s->len_max || !too_long(s, pkt))
		return 0;
	send_link_refresh(s);
	return too_long(s, pkt) ? -EMSGSIZE : 0;
}

/* "frame 3 of 10", or "the frame" where there is one. */
static void name_frame(struct text *t, size_t i, size_t n)
{
	if (n == 1)
		text_string(t, "the frame");
	else
		text_format(t, "frame %zu of %zu", i + 1, n);
}

/* By its name, also when it is gone. */
static void name_link(const struct pktcap_send *s, uint32_t ifindex, char *name,
		      size_t size)
{
	char now[PKTCAP_DEVICE_NAME_SIZE];
	struct text t = text_over(name, size);

	if (send_link_mtu(s, ifindex, now))
		text_string(&t, now);
	else if (ifindex == s->ifindex)
		text_string(&t, s->ifname);
	else
		text_format(&t, "interface %u", ifindex);
}

static int explain_short(const struct pktcap_send *s, const char *name,
			 const char *frame, uint32_t len,
			 struct pktcap_error *error)
{
	bool tried = s->opts.flags & PKTCAP_SEND_SHORT;

	if (!len)
		return error_set(error, -EINVAL, "send", "%s: %s is empty",
				 name, frame);
	if (s->ifindex && len >= s->header_bytes)
		return error_set(error, -EINVAL, "send",
				 "%s: the kernel refuses %s of %u bytes as it "
				 "is",
				 name, frame, len);
	return error_set(error, -EINVAL, "send",
			 "%s: %s has %u bytes, fewer than a link header: %s",
			 name, frame, len,
			 tried ? "the kernel does not take it, have it filled "
				 "up to 60 bytes (PAD)"
			       : "have it filled up to 60 bytes (PAD), or ask "
				 "the kernel whether it takes it (SHORT)");
}

static int explain_long(const struct pktcap_send *s, uint32_t ifindex,
			const char *name, const char *frame, uint32_t len,
			struct pktcap_error *error)
{
	char now[PKTCAP_DEVICE_NAME_SIZE];
	uint32_t mtu = send_link_mtu(s, ifindex, now);
	struct pktcap_send_info info = { 0 };

	s->engine->info(s, &info);
	if (info.frame_bytes && len > info.frame_bytes)
		return error_set(error, -EMSGSIZE, "frame_bytes",
				 "%s: %s has %u bytes, and the ring has room "
				 "for %u: ask for more frame_bytes, or engine "
				 "mmsg",
				 name, frame, len, info.frame_bytes);
	return error_set(error, -EMSGSIZE, "send",
			 "%s: %s has %u bytes, more than the MTU of %u and the "
			 "link header allow: send shorter ones, or raise it "
			 "(ip link set %s mtu)",
			 name, frame, len, mtu, name);
}

static int explain_full(const struct pktcap_send *s, const char *name,
			const char *frame, int err, struct pktcap_error *error)
{
	uint32_t waited =
		s->opts.flags & PKTCAP_SEND_NOWAIT ? 0 : s->opts.wait_ms;

	if (err == -ENOBUFS)
		return error_set(
			error, err, "send",
			"%s: the device drops %s, tried for %u ms: its "
			"queue is full (send more slowly, or ip link "
			"set %s txqueuelen), or its other end does not "
			"take it",
			name, frame, waited, name);
	return error_set(error, err, "send",
			 "%s: no room for %s in the socket's buffer for %u ms: "
			 "send more slowly, or ask for more sndbuf_bytes",
			 name, frame, waited);
}

int send_explain(const struct pktcap_send *s, const struct pktcap_packet *pkts,
		 size_t i, size_t n, int err, struct pktcap_error *error)
{
	const struct pktcap_packet *pkt = &pkts[i];
	uint32_t ifindex = send_ifindex(s, pkt);
	char name[32], frame[64];
	struct text t = text_over(frame, sizeof(frame));

	if (!error)
		return err;
	name_frame(&t, i, n);
	name_link(s, ifindex, name, sizeof(name));
	switch (err) {
	case -EINVAL:
		return explain_short(s, name, frame, pkt->caplen, error);
	case -EMSGSIZE:
		return explain_long(s, ifindex, name, frame,
				    send_length(s, pkt), error);
	case -ENOBUFS:
	case -EAGAIN:
		return explain_full(s, name, frame, err, error);
	case -ENETDOWN:
		return error_set(error, err, "send",
				 "%s: the interface is down, %s was not sent: "
				 "ip link set %s up",
				 name, frame, name);
	case -ENODEV:
	case -ENXIO:
		return error_set(error, err, "send",
				 "%s: no such interface (any more), %s was not "
				 "sent: open it anew when it is back",
				 name, frame);
	case -EBUSY:
		return error_set(
			error, err, "send",
			"%s: %s was not sent: the socket sends what is "
			"in the transmit ring of its owner, and "
			"nothing else: open one of your own",
			name, frame);
	case -EOPNOTSUPP:
		return error_set(
			error, err, "ifindex",
			"%s: engine %s sends on %s alone: open another "
			"handle for %s",
			name, s->engine->name, s->ifname, frame);
	case -EDESTADDRREQ:
		return error_set(error, err, "ifindex",
				 "%s names no interface: set its ifindex, or "
				 "open the handle on one",
				 frame);
	case -EMEDIUMTYPE:
		return error_set(error, err, "linktype",
				 "%s: %s has link type %u, this interface "
				 "takes %u: send it where it came from",
				 name, frame, pkt->linktype, s->linktype);
	default:
		return error_set(error, err, "send", "%s: %s was not sent: %s",
				 name, frame, strerror(-err));
	}
}
