// SPDX-License-Identifier: BSD-2-Clause
#include "capture/capture.h"

#include <errno.h>

#include "base/error.h"
#include "base/opts.h"

#define KIB 1024ull
#define FLAGS_KNOWN                                           \
	(PKTCAP_CAPTURE_PROMISC | PKTCAP_CAPTURE_ALLMULTI |   \
	 PKTCAP_CAPTURE_VLAN_INLINE | PKTCAP_CAPTURE_COOKED | \
	 PKTCAP_CAPTURE_WAIT | PKTCAP_CAPTURE_STRICT)

static const struct opts_range ranges[] = {
#define RANGE(field, least, most) \
	OPTS_RANGE(struct pktcap_capture_opts, field, least, most)
	RANGE(engine, 0, PKTCAP_ENGINE_RING),
	RANGE(stamp, 0, PKTCAP_STAMP_SIOCGSTAMP),
	RANGE(snaplen, 1, CAPTURE_SNAPLEN_MAX),
	RANGE(max_delay_us, 0, 10000000),
	RANGE(direction, 0, PKTCAP_DIRECTION_BOTH),
	RANGE(batch, 1, 1024),
	RANGE(block_bytes, 64 * KIB, 64 * KIB * KIB),
#undef RANGE
};

static int check_ranges(const struct pktcap_capture_opts *opts,
			struct pktcap_error *error)
{
	/* What can be mapped: less than the address space of the machine. */
	const uint64_t ring_max =
		sizeof(size_t) == 4 ? 1024 * KIB * KIB : 64 * KIB * KIB * KIB;
	int err = opts_check_ranges(opts, ranges,
				    sizeof(ranges) / sizeof(ranges[0]), error);

	return err ? err
		   : opts_check_number("ring_bytes", opts->ring_bytes, 64 * KIB,
				       ring_max, error);
}

static int check_combinations(const struct pktcap_capture_opts *opts,
			      struct pktcap_error *error)
{
	if (opts->flags & ~(uint32_t)FLAGS_KNOWN)
		return error_set(error, -EINVAL, "flags",
				 "flags: bits 0x%x have no meaning",
				 opts->flags & ~(uint32_t)FLAGS_KNOWN);
	if (opts->reserved)
		return error_set(error, -EINVAL, "reserved",
				 "reserved: must be NULL");
	if (opts->block_bytes & (opts->block_bytes - 1))
		return error_set(error, -EINVAL, "block_bytes",
				 "block_bytes: %u is not a power of two",
				 opts->block_bytes);
	if (!opts->filter != !opts->filter_len)
		return error_set(error, -EINVAL, "filter",
				 "filter: a program needs both filter and "
				 "filter_len");
	if (opts->engine == PKTCAP_ENGINE_RING &&
	    opts->stamp >= PKTCAP_STAMP_SIOCGSTAMPNS)
		return error_set(error, -EINVAL, "stamp",
				 "stamp: SIOCGSTAMP and SIOCGSTAMPNS work with "
				 "engine recv only");
	return 0;
}

int options_read(struct pktcap_capture_opts *opts,
		 const struct pktcap_capture_opts *given,
		 struct pktcap_error *error)
{
	int err;

	err = opts_copy(opts, sizeof(*opts), given, error);
	if (!err)
		err = check_ranges(opts, error);
	if (!err)
		err = check_combinations(opts, error);
	if (err)
		return err;
	if (!opts->snaplen)
		opts->snaplen = CAPTURE_SNAPLEN_MAX;
	if (!opts->direction)
		opts->direction = PKTCAP_DIRECTION_BOTH;
	if (!opts->batch)
		opts->batch = 64;
	if (!opts->ring_bytes)
		opts->ring_bytes = 4096 * KIB;
	return 0;
}
