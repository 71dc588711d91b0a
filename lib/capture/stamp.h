/* SPDX-License-Identifier: BSD-2-Clause */
/* Where time stamps come from: asking the kernel for them, reading them. */
#ifndef CAPTURE_STAMP_H
#define CAPTURE_STAMP_H

#include "base/uapi.h"
#include "capture/capture.h"

/* Asks for the stamps of opts.stamp in the ring's packet headers. */
int stamp_ask_ring(const struct pktcap_capture *cap);
/* Asks for them in control messages, or by ioctl. */
int stamp_ask_messages(const struct pktcap_capture *cap);

/* Is it one ioctl for each packet? */
static inline bool stamp_by_ioctl(const struct pktcap_capture *cap)
{
	return cap->opts.stamp == PKTCAP_STAMP_SIOCGSTAMP ||
	       cap->opts.stamp == PKTCAP_STAMP_SIOCGSTAMPNS;
}

/* The stamp of the packet that was received last, or a negative errno. */
int stamp_ioctl(const struct pktcap_capture *cap, int64_t *ts_ns);

/* Takes a time from a control message; false if it is not one. */
bool stamp_message(const struct cmsghdr *message, struct pktcap_packet *view);

/* Which clock a ring's status word names: its bits 29 and 31 become 1 and 3. */
static inline uint8_t stamp_clock(uint32_t status)
{
	_Static_assert(PKTCAP_CLOCK_INGRESS == (PKTCAP_CLOCK_COPY |
						TP_STATUS_TS_SOFTWARE >> 28) &&
			       PKTCAP_CLOCK_HARDWARE ==
				       (PKTCAP_CLOCK_COPY |
					TP_STATUS_TS_RAW_HARDWARE >> 28),
		       "the same bits");
	return (uint8_t)(PKTCAP_CLOCK_COPY | (status >> 28 & 10));
}

#endif
