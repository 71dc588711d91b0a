// SPDX-License-Identifier: BSD-2-Clause
#include "capture/stamp.h"

#include <errno.h>
#include <linux/net_tstamp.h>
#include <string.h>

#include "base/descriptor.h"
#include "base/stamp_message.h"

/* Switches stamping at the entrance of the stack on. */
static int ask_ingress(const struct pktcap_capture *cap)
{
	if (!socket_set(cap->fd, SOL_SOCKET, SO_TIMESTAMPNS_NEW, 1))
		return 0;
	return socket_set(cap->fd, SOL_SOCKET, SO_TIMESTAMPNS, 1);
}

int stamp_ask_ring(const struct pktcap_capture *cap)
{
	switch (cap->opts.stamp) {
	case PKTCAP_STAMP_INGRESS:
		return ask_ingress(cap);
	case PKTCAP_STAMP_HARDWARE:
		return socket_set(cap->fd, SOL_PACKET, PACKET_TIMESTAMP,
				  SOF_TIMESTAMPING_RAW_HARDWARE);
	default:
		return 0;
	}
}

static int ask_hardware(const struct pktcap_capture *cap)
{
	int wanted = SOF_TIMESTAMPING_RX_HARDWARE |
		     SOF_TIMESTAMPING_RAW_HARDWARE |
		     SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE;

	if (!socket_set(cap->fd, SOL_SOCKET, SO_TIMESTAMPING_NEW, wanted))
		return 0;
	return socket_set(cap->fd, SOL_SOCKET, SO_TIMESTAMPING, wanted);
}

int stamp_ask_messages(const struct pktcap_capture *cap)
{
	int64_t none;
	int err;

	if (cap->opts.stamp == PKTCAP_STAMP_HARDWARE)
		return ask_hardware(cap);
	if (!stamp_by_ioctl(cap))
		return ask_ingress(cap);
	/* The first ioctl switches stamping on; there is no packet yet. */
	err = stamp_ioctl(cap, &none);
	return err == -ENOENT ? 0 : err;
}

int stamp_ioctl(const struct pktcap_capture *cap, int64_t *ts_ns)
{
	bool micro = cap->opts.stamp == PKTCAP_STAMP_SIOCGSTAMP;
	struct new_time wide;
	struct old_time narrow;

	if (!ioctl(cap->fd, micro ? SIOCGSTAMP_NEW : SIOCGSTAMPNS_NEW, &wide)) {
		*ts_ns = stamp_ns(wide.seconds,
				  wide.fraction * (micro ? 1000 : 1));
		return 0;
	}
	if (errno == ENOENT ||
	    ioctl(cap->fd, micro ? SIOCGSTAMP_OLD : SIOCGSTAMPNS_OLD, &narrow))
		return -errno;
	*ts_ns = stamp_ns(narrow.seconds, narrow.fraction * (micro ? 1000 : 1));
	return 0;
}

bool stamp_message(const struct cmsghdr *message, struct pktcap_packet *view)
{
	int type = message->cmsg_type;
	bool wide;

	if (message->cmsg_level != SOL_SOCKET)
		return false;
	/* No switch: with a 64-bit time_t on 32 bits both names are one. */
	if (type == SO_TIMESTAMPNS_NEW || type == SO_TIMESTAMPNS) {
		wide = stamp_is_wide(message, 1);
		view->ts_ns = stamp_read(message, wide, 0);
		view->clock = PKTCAP_CLOCK_INGRESS;
		return true;
	}
	if (type == SO_TIMESTAMPING_NEW || type == SO_TIMESTAMPING) {
		wide = stamp_is_wide(message, STAMP_TIMES);
		view->ts_ns = stamp_read(message, wide, STAMP_RAW_HARDWARE);
		view->clock = PKTCAP_CLOCK_HARDWARE;
		if (!view->ts_ns) {
			view->ts_ns = stamp_read(message, wide, STAMP_SOFTWARE);
			view->clock = PKTCAP_CLOCK_INGRESS;
		}
		return true;
	}
	return false;
}
