// SPDX-License-Identifier: BSD-2-Clause
#include "send/send.h"

#include <errno.h>

#include "base/descriptor.h"
#include "base/error.h"
#include "base/opts.h"

#define KIB 1024u
#define FLAGS_STAMP (PKTCAP_SEND_STAMP_SOFTWARE | PKTCAP_SEND_STAMP_HARDWARE)
#define FLAGS_KNOWN                                                       \
	(PKTCAP_SEND_QDISC_BYPASS | PKTCAP_SEND_PAD | PKTCAP_SEND_SHORT | \
	 PKTCAP_SEND_NOWAIT | FLAGS_STAMP)

static const struct opts_range ranges[] = {
#define RANGE(field, least, most) \
	OPTS_RANGE(struct pktcap_send_opts, field, least, most)
	RANGE(engine, 0, PKTCAP_SEND_ENGINE_XDP),
	RANGE(batch, 1, 1024),
	RANGE(wait_ms, 1, 600000),
	RANGE(frame_bytes, 60, SEND_FRAME_BYTES_MAX),
	RANGE(ring_bytes, 64 * KIB, KIB *KIB *KIB),
	RANGE(sndbuf_bytes, 4 * KIB, KIB *KIB *KIB),
#undef RANGE
};

static int check_combinations(const struct pktcap_send_opts *opts,
			      struct pktcap_error *error)
{
	if (opts->flags & ~(uint32_t)FLAGS_KNOWN)
		return error_set(error, -EINVAL, "flags",
				 "flags: bits 0x%x have no meaning",
				 opts->flags & ~(uint32_t)FLAGS_KNOWN);
	if (opts->engine >= PKTCAP_SEND_ENGINE_RING &&
	    opts->flags & FLAGS_STAMP)
		return error_set(error, -EINVAL, "engine",
				 "engine: transmit time stamps need engine "
				 "mmsg");
	return 0;
}

int send_buffer_set(const struct pktcap_send *s, int fd)
{
	/* The kernel doubles what it is told, for its own overhead. */
	int half = (int)(s->opts.sndbuf_bytes / 2);

	if (!half || !socket_set(fd, SOL_SOCKET, SO_SNDBUFFORCE, half))
		return 0;
	return socket_set(fd, SOL_SOCKET, SO_SNDBUF, half);
}

int send_options_read(struct pktcap_send_opts *opts,
		      const struct pktcap_send_opts *given,
		      struct pktcap_error *error)
{
	int err;

	err = opts_copy(opts, sizeof(*opts), given, error);
	if (!err)
		err = opts_check_ranges(opts, ranges,
					sizeof(ranges) / sizeof(ranges[0]),
					error);
	if (!err)
		err = check_combinations(opts, error);
	if (err)
		return err;
	if (!opts->batch)
		opts->batch = 64;
	if (!opts->wait_ms)
		opts->wait_ms = 1000;
	if (!opts->ring_bytes)
		opts->ring_bytes = KIB * KIB;
	return 0;
}
