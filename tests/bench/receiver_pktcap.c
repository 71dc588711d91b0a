// SPDX-License-Identifier: BSD-2-Clause
/* This library: engines, and ways to be given a packet. */
#include "bench/receiver.h"

#include <stddef.h>

#include <pktcap/pktcap.h>

enum { WAIT_MS = 100 };

static int open_as(void **handle, const struct receiver_config *config,
		   struct pktcap_capture_opts opts)
{
	struct pktcap_capture *cap;
	int err;

	opts.ring_bytes = config->buffer_bytes;
	if (!config->immediate)
		opts.max_delay_us = RECEIVER_DELAY_MS * 1000;
	err = pktcap_capture_open(&cap, config->ifname, &opts, NULL);
	if (!err)
		*handle = cap;
	return err;
}

static int open_ring(void **handle, const struct receiver_config *config)
{
	return open_as(
		handle, config,
		PKTCAP_CAPTURE_OPTS(.engine = PKTCAP_ENGINE_RING,
				    .block_bytes = RECEIVER_BLOCK_BYTES));
}

static int open_ring_inline(void **handle, const struct receiver_config *config)
{
	return open_as(
		handle, config,
		PKTCAP_CAPTURE_OPTS(.engine = PKTCAP_ENGINE_RING,
				    .flags = PKTCAP_CAPTURE_VLAN_INLINE,
				    .block_bytes = RECEIVER_BLOCK_BYTES));
}

/* Too long for the kernel, though the packets only meet its first part. */
static int open_ring_filter(void **handle, const struct receiver_config *config)
{
	static struct pktcap_insn program[PKTCAP_BPF_MAX + 1];
	const struct pktcap_insn accept = { .code = 0x06, .k = 262144 };

	for (size_t i = 0; i < sizeof(program) / sizeof(*program); i++)
		program[i] = accept;
	program[0] = (struct pktcap_insn){ .code = 0x28, .k = 12 };
	program[1] = (struct pktcap_insn){ .code = 0x15, .jf = 1, .k = 0x0800 };
	return open_as(handle, config,
		       PKTCAP_CAPTURE_OPTS(.engine = PKTCAP_ENGINE_RING,
					   .block_bytes = RECEIVER_BLOCK_BYTES,
					   .filter = program,
					   .filter_len = PKTCAP_BPF_MAX + 1));
}

static int open_recv(void **handle, const struct receiver_config *config)
{
	return open_as(handle, config,
		       PKTCAP_CAPTURE_OPTS(.engine = PKTCAP_ENGINE_RECV));
}

static int open_recv_ioctl(void **handle, const struct receiver_config *config)
{
	return open_as(handle, config,
		       PKTCAP_CAPTURE_OPTS(.engine = PKTCAP_ENGINE_RECV,
					   .stamp = PKTCAP_STAMP_SIOCGSTAMP));
}

static int add(void *user, const struct pktcap_packet *pkt)
{
	tally_add(user, pkt->data, pkt->caplen, pkt->wirelen, pkt->ts_ns);
	return 0;
}

static int dispatch(void *handle, struct tally *tally)
{
	return pktcap_capture_dispatch(handle, 0, WAIT_MS, add, tally);
}

static int batch(void *handle, struct tally *tally)
{
	const struct pktcap_packet *pkts;
	int n = pktcap_capture_batch(handle, &pkts, UINT32_MAX, WAIT_MS);

	for (int i = 0; i < n; i++)
		add(tally, &pkts[i]);
	return n;
}

static int next(void *handle, struct tally *tally)
{
	const struct pktcap_packet *pkt;
	int n = pktcap_capture_next(handle, &pkt, WAIT_MS);

	if (n > 0)
		add(tally, pkt);
	return n;
}

static void close_capture(void *handle)
{
	pktcap_capture_close(handle);
}

#define RECEIVER(variable, text, open_function, drain_function) \
	const struct receiver variable = {                      \
		.name = text,                                   \
		.open = open_function,                          \
		.drain = drain_function,                        \
		.close = close_capture,                         \
	}

RECEIVER(receiver_ring, "ring, dispatch", open_ring, dispatch);
RECEIVER(receiver_ring_batch, "ring, batch", open_ring, batch);
RECEIVER(receiver_ring_next, "ring, next", open_ring, next);
RECEIVER(receiver_ring_inline, "ring, tag put back", open_ring_inline,
	 dispatch);
RECEIVER(receiver_ring_filter, "ring, filter in user space", open_ring_filter,
	 dispatch);
RECEIVER(receiver_recv, "recv, dispatch", open_recv, dispatch);
RECEIVER(receiver_recv_ioctl, "recv with SIOCGSTAMP", open_recv_ioctl,
	 dispatch);
