// SPDX-License-Identifier: BSD-2-Clause
#define _FILE_OFFSET_BITS 64 /* rings are mapped at offsets beyond 4 GiB */
/*
 * AF_XDP in copy mode, for sending only: an empty sendto(2) makes the kernel
 * copy what is in the ring, frame by frame, and give it to the driver.
 *
 * The kernel works on the ring inside of that call alone. Where it stops in the
 * middle, what is left would be sent with the next call, and before Linux 6.17
 * it does not tell how much that is. So the rest is overwritten with
 * descriptors that the kernel skips and counts as invalid: nothing is sent
 * behind the caller's back, and the count tells how much was taken.
 */
#include "send/send.h"

#include <errno.h>
#include <linux/if_xdp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/descriptor.h"
#include "base/error.h"
#include "base/uapi.h"

enum {
	KICK_FRAMES = 16, /* no kernel takes fewer with one call */
	CHUNK_BYTES = 2048,
	CHUNK_BYTES_MAX = 4096,
	MEMORY_BYTES_MIN = 65536,
	MS_NS = 1000000,
};

struct ring {
	void *map;
	size_t map_bytes;
	uint32_t *producer;
	uint32_t *consumer;
	void *entries;
	uint32_t mask;
};

struct xdp {
	int fd; /* s->fd stays a packet socket: this one knows no ioctl(2) */
	struct ring tx;
	struct ring done; /* of addresses that were given back */
	bool unsettled;	  /* there are descriptors without a meaning in tx */
	uint8_t *memory;
	size_t memory_bytes;
	uint32_t chunk_bytes;
	uint32_t chunks;
	uint32_t *idle; /* a stack of chunks that can be filled */
	uint32_t idle_n;
	bool *under_way; /* for each chunk: the kernel has not given it back */
};

/* What is handed over with one call. */
struct kick {
	uint32_t start; /* the producer's number of the first */
	uint32_t n;
	uint32_t chunk[KICK_FRAMES];
	uint32_t len[KICK_FRAMES];
};

static uint32_t load(const uint32_t *index)
{
	return __atomic_load_n(index, __ATOMIC_ACQUIRE);
}

static struct xdp_desc *desc_at(const struct xdp *xdp, uint32_t index)
{
	return (struct xdp_desc *)xdp->tx.entries + (index & xdp->tx.mask);
}

static bool is_empty(const struct xdp *xdp)
{
	return load(xdp->tx.consumer) == *xdp->tx.producer;
}

static void give_back(struct xdp *xdp, uint32_t chunk)
{
	if (!xdp->under_way[chunk])
		return;
	xdp->under_way[chunk] = false;
	xdp->idle[xdp->idle_n++] = chunk;
}

/* Some kernels give back what was invalid as well: no address of ours. */
static void reap(struct xdp *xdp)
{
	const uint64_t *addresses = xdp->done.entries;
	uint32_t from = *xdp->done.consumer;
	uint32_t to = load(xdp->done.producer);

	for (; from != to; from++) {
		uint64_t address = addresses[from & xdp->done.mask];

		if (address < xdp->memory_bytes)
			give_back(xdp, (uint32_t)(address / xdp->chunk_bytes));
	}
	__atomic_store_n(xdp->done.consumer, to, __ATOMIC_RELEASE);
}

static int call_kernel(struct pktcap_send *s)
{
	const struct xdp *xdp = s->engine_state;

	s->stats.calls++;
	return sendto(xdp->fd, NULL, 0, MSG_DONTWAIT, NULL, 0) < 0 ? -errno : 0;
}

/* Kernels since 6.6 skip one descriptor with each call, older ones all. */
static int settle(struct pktcap_send *s)
{
	struct xdp *xdp = s->engine_state;
	int err = 0;

	for (int i = 0; i < KICK_FRAMES + 2 && !err && !is_empty(xdp); i++)
		err = call_kernel(s);
	xdp->unsettled = !is_empty(xdp);
	if (!xdp->unsettled)
		return 0;
	return err ? err : -EAGAIN;
}

static bool count_invalid(const struct xdp *xdp, uint64_t *count)
{
	struct xdp_statistics stats = { 0 };
	socklen_t len = sizeof(stats);

	if (getsockopt(xdp->fd, SOL_XDP, XDP_STATISTICS, &stats, &len))
		return false;
	*count = stats.tx_invalid_descs;
	return true;
}

/*
 * Takes back what is left of @kick, and returns how much was not. Where the
 * interface goes away meanwhile the kernel skips nothing until it is back; but
 * then the driver has given back all that it had.
 */
static uint32_t take_back(struct pktcap_send *s, const struct kick *kick)
{
	struct xdp *xdp = s->engine_state;
	uint32_t done = load(xdp->tx.consumer) - kick->start;
	uint64_t before = 0, after = 0;
	bool counted = count_invalid(xdp, &before);

	for (uint32_t i = done; i < kick->n; i++)
		*desc_at(xdp, kick->start + i) =
			(struct xdp_desc){ .addr = xdp->memory_bytes,
					   .len = 1 };
	if (!settle(s) && counted && count_invalid(xdp, &after))
		return kick->n - (uint32_t)(after - before);
	reap(xdp);
	for (uint32_t i = done; i < kick->n; i++)
		if (!xdp->under_way[kick->chunk[i]])
			done = i + 1;
	return done;
}

/* 0, or why the frame cannot be laid into the next chunk. */
static int lay(const struct pktcap_send *s, const struct pktcap_packet *pkt,
	       struct kick *kick)
{
	struct xdp *xdp = s->engine_state;
	struct send_piece pieces[SEND_PIECES];
	uint8_t tag[SEND_TAG_BYTES];
	uint32_t chunk, len;
	uint64_t address;

	if (!xdp->idle_n)
		return -EAGAIN;
	len = send_length(s, pkt);
	/* The kernel looks at neither; a packet socket's does. */
	if (len < s->header_bytes)
		return -EINVAL;
	if (len > xdp->chunk_bytes)
		return -EMSGSIZE;
	chunk = xdp->idle[--xdp->idle_n];
	address = (uint64_t)chunk * xdp->chunk_bytes;
	send_pieces_join(pieces, send_pieces(s, pkt, pieces, tag),
			 xdp->memory + address);
	xdp->under_way[chunk] = true;
	kick->chunk[kick->n] = chunk;
	kick->len[kick->n] = len;
	*desc_at(xdp, kick->start + kick->n) =
		(struct xdp_desc){ .addr = address, .len = len };
	kick->n++;
	return 0;
}

/* How many of @kick the kernel took; *err is why it did not take the next. */
static uint32_t hand_over(struct pktcap_send *s, const struct kick *kick,
			  int *err)
{
	struct xdp *xdp = s->engine_state;
	uint32_t done = kick->n;

	__atomic_store_n(xdp->tx.producer, kick->start + kick->n,
			 __ATOMIC_RELEASE);
	*err = call_kernel(s);
	if (!is_empty(xdp))
		done = take_back(s, kick);
	for (uint32_t i = done; i < kick->n; i++)
		give_back(xdp, kick->chunk[i]);
	/* The last one that left the ring was dropped, and is to be told. */
	if (*err == -EBUSY && done)
		done--;
	for (uint32_t i = 0; i < done; i++)
		s->stats.bytes += kick->len[i];
	return done;
}

/* In the words of packet sockets. */
static int translate(struct pktcap_send *s, const struct pktcap_packet *pkt,
		     int err)
{
	if (err != -EBUSY)
		return err ? err : -EAGAIN;
	send_link_refresh(s); /* the MTU may be another one */
	err = send_check(s, pkt);
	return err ? err : -ENOBUFS;
}

static int xdp_submit(struct pktcap_send *s, const struct pktcap_packet *pkts,
		      uint32_t n)
{
	struct xdp *xdp = s->engine_state;
	struct kick kick;
	uint32_t taken;
	int err = 0;

	if (send_ifindex(s, pkts) != s->ifindex)
		return -EOPNOTSUPP;
	if (xdp->unsettled)
		err = settle(s);
	if (err)
		return err;
	reap(xdp);
	kick.start = *xdp->tx.producer;
	kick.n = 0;
	while (kick.n < n && kick.n < KICK_FRAMES && !err)
		err = lay(s, &pkts[kick.n], &kick);
	if (!kick.n)
		return err;
	taken = hand_over(s, &kick, &err);
	return taken ? (int)taken : translate(s, pkts, err);
}

static int map_ring(const struct xdp *xdp, struct ring *ring,
		    const uint64_t offsets[3], uint32_t entries, size_t size,
		    off_t at)
{
	uint8_t *map;

	ring->map_bytes = (size_t)offsets[2] + entries * size;
	map = mmap(NULL, ring->map_bytes, PROT_READ | PROT_WRITE,
		   MAP_SHARED | MAP_POPULATE, xdp->fd, at);
	if (map == MAP_FAILED)
		return -errno;
	ring->map = map;
	ring->producer = (uint32_t *)(void *)(map + offsets[0]);
	ring->consumer = (uint32_t *)(void *)(map + offsets[1]);
	ring->entries = map + offsets[2];
	ring->mask = entries - 1;
	return 0;
}

/* Every kernel wants a fill ring, which is for receiving. */
static int make_rings(struct xdp *xdp, const char **call)
{
	/* Producer, consumer, entries, as all kernels tell them. */
	enum { RX, TX, FILL, DONE, RINGS };
	uint64_t offsets[RINGS][3];
	socklen_t len = sizeof(offsets);
	/* Room for what is invalid, too. */
	const uint32_t done = 2 * xdp->chunks;
	const struct {
		const char *name;
		int option;
		uint32_t entries;
	} sizes[] = {
		{ "XDP_UMEM_FILL_RING", XDP_UMEM_FILL_RING, KICK_FRAMES },
		{ "XDP_UMEM_COMPLETION_RING", XDP_UMEM_COMPLETION_RING, done },
		{ "XDP_TX_RING", XDP_TX_RING, KICK_FRAMES },
	};
	int err;

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		*call = sizes[i].name;
		err = socket_set(xdp->fd, SOL_XDP, sizes[i].option,
				 (int)sizes[i].entries);
		if (err)
			return err;
	}
	*call = "XDP_MMAP_OFFSETS";
	if (getsockopt(xdp->fd, SOL_XDP, XDP_MMAP_OFFSETS, offsets, &len))
		return -errno;
	*call = "mmap";
	err = map_ring(xdp, &xdp->tx, offsets[TX], KICK_FRAMES,
		       sizeof(struct xdp_desc), XDP_PGOFF_TX_RING);
	return err ? err
		   : map_ring(xdp, &xdp->done, offsets[DONE], done,
			      sizeof(uint64_t),
			      (off_t)XDP_UMEM_PGOFF_COMPLETION_RING);
}

static int share_memory(struct xdp *xdp, size_t bytes)
{
	struct xdp_umem_reg reg = { .len = bytes,
				    .chunk_size = xdp->chunk_bytes };
	void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int err;

	if (memory == MAP_FAILED)
		return -errno;
	reg.addr = (uintptr_t)memory;
	if (setsockopt(xdp->fd, SOL_XDP, XDP_UMEM_REG, &reg, sizeof(reg))) {
		err = -errno;
		munmap(memory, bytes);
		return err;
	}
	xdp->memory = memory;
	xdp->memory_bytes = bytes;
	xdp->chunks = (uint32_t)(bytes / xdp->chunk_bytes);
	return 0;
}

/* As much as was asked for, or what RLIMIT_MEMLOCK leaves. */
static int make_memory(const struct pktcap_send *s, struct xdp *xdp)
{
	size_t bytes = MEMORY_BYTES_MIN;
	int err;

	while (bytes * 2 <= s->opts.ring_bytes)
		bytes *= 2;
	do
		err = share_memory(xdp, bytes);
	while (err == -ENOBUFS && (bytes /= 2) >= MEMORY_BYTES_MIN);
	if (err)
		return err;
	xdp->idle = calloc(xdp->chunks, sizeof(*xdp->idle));
	xdp->under_way = calloc(xdp->chunks, sizeof(*xdp->under_way));
	if (!xdp->idle || !xdp->under_way)
		return -ENOMEM;
	for (; xdp->idle_n < xdp->chunks; xdp->idle_n++)
		xdp->idle[xdp->idle_n] = xdp->idle_n;
	return 0;
}

/*
 * Who closed such a socket is still the owner of the queue for some
 * milliseconds, until the kernel has cleared up behind him.
 */
static int bind_queue(const struct pktcap_send *s, const struct xdp *xdp)
{
	const struct timespec nap = { .tv_nsec = MS_NS };
	const struct sockaddr_xdp addr = {
		.sxdp_family = AF_XDP,
		.sxdp_flags = XDP_COPY,
		.sxdp_ifindex = s->ifindex,
	};
	int64_t deadline = clock_now_ns(CLOCK_MONOTONIC) +
			   s->opts.wait_ms * (int64_t)MS_NS;

	while (bind(xdp->fd, (const struct sockaddr *)&addr, sizeof(addr))) {
		if (errno != EBUSY || clock_now_ns(CLOCK_MONOTONIC) > deadline)
			return -errno;
		nanosleep(&nap, NULL);
	}
	return 0;
}

static int set_up(struct pktcap_send *s, struct xdp *xdp, const char **call)
{
	int err;

	*call = "socket";
	xdp->fd = descriptor_above_stdio(
		socket(AF_XDP, SOCK_RAW | SOCK_CLOEXEC, 0));
	if (xdp->fd < 0)
		return xdp->fd;
	*call = "SO_SNDBUF";
	err = send_buffer_set(s, xdp->fd);
	if (err)
		return err;
	*call = "XDP_UMEM_REG";
	err = make_memory(s, xdp);
	if (!err)
		err = make_rings(xdp, call);
	if (err)
		return err;
	*call = "bind";
	return bind_queue(s, xdp);
}

static void xdp_close(struct pktcap_send *s)
{
	struct xdp *xdp = s->engine_state;

	if (xdp->tx.map)
		munmap(xdp->tx.map, xdp->tx.map_bytes);
	if (xdp->done.map)
		munmap(xdp->done.map, xdp->done.map_bytes);
	if (xdp->fd >= 0)
		close(xdp->fd);
	if (xdp->memory) /* what is under way keeps its pages */
		munmap(xdp->memory, xdp->memory_bytes);
	free(xdp->idle);
	free(xdp->under_way);
	free(xdp);
	s->engine_state = NULL;
}

/* What this engine is not for. */
static int check_use(const struct pktcap_send *s, struct pktcap_error *error)
{
	if (!s->ifindex)
		return error_set(error, -EINVAL, "engine",
				 "engine: xdp sends on one interface: name it, "
				 "or take engine mmsg");
	if (s->linktype != PKTCAP_LINKTYPE_ETHERNET)
		return error_set(error, -EOPNOTSUPP, "engine",
				 "%s: engine xdp sends Ethernet frames only: "
				 "take engine mmsg",
				 s->ifname);
	if (s->opts.frame_bytes > CHUNK_BYTES_MAX - SEND_TAG_BYTES)
		return error_set(error, -EINVAL, "frame_bytes",
				 "frame_bytes: engine xdp has room for %u at "
				 "most: ask for less, or take engine mmsg",
				 CHUNK_BYTES_MAX - SEND_TAG_BYTES);
	return 0;
}

static int open_failed(const struct pktcap_send *s, int err, const char *call,
		       struct pktcap_error *error)
{
	const char *why = strerror(-err);

	if (err == -EBUSY)
		why = "another AF_XDP socket has queue 0: close that one";
	else if (err == -EAFNOSUPPORT)
		why = "this kernel has none (CONFIG_XDP_SOCKETS)";
	else if (err == -ENOBUFS && !strcmp(call, "XDP_UMEM_REG"))
		why = "RLIMIT_MEMLOCK is too small: raise it (ulimit -l)";
	return error_set(error, err, call,
			 "%s: no AF_XDP socket: %s: %s; or take engine mmsg",
			 s->ifname, call, why);
}

static int xdp_open(struct pktcap_send *s, struct pktcap_error *error)
{
	uint32_t frame = s->opts.frame_bytes ? s->opts.frame_bytes : s->len_max;
	const char *call = "calloc";
	struct xdp *xdp;
	int err = check_use(s, error);

	if (err)
		return err;
	xdp = calloc(1, sizeof(*xdp));
	if (!xdp)
		return error_set(error, -ENOMEM, call, "out of memory");
	xdp->chunk_bytes = frame <= CHUNK_BYTES - SEND_TAG_BYTES
				   ? CHUNK_BYTES
				   : CHUNK_BYTES_MAX;
	s->engine_state = xdp;
	err = set_up(s, xdp, &call);
	if (!err)
		return 0;
	xdp_close(s);
	return open_failed(s, err, call, error);
}

static void xdp_info(const struct pktcap_send *s, struct pktcap_send_info *info)
{
	const struct xdp *xdp = s->engine_state;
	uint32_t room = xdp->chunk_bytes - SEND_TAG_BYTES;
	socklen_t len = sizeof(int);
	int bytes;

	info->ring_bytes = (uint32_t)xdp->memory_bytes;
	info->ring_frames = xdp->chunks;
	if (!info->frame_bytes || info->frame_bytes > room)
		info->frame_bytes = room;
	if (!getsockopt(xdp->fd, SOL_SOCKET, SO_SNDBUF, &bytes, &len))
		info->sndbuf_bytes = (uint32_t)bytes;
}

const struct send_engine send_engine_xdp = {
	.name = "xdp",
	.number = PKTCAP_SEND_ENGINE_XDP,
	.open = xdp_open,
	.submit = xdp_submit,
	.info = xdp_info,
	.close = xdp_close,
};
