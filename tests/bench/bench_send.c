// SPDX-License-Identifier: BSD-2-Clause
/*
 * CPU time of the whole process to send a frame, on a veth whose other end
 * nobody listens to: that end's share is in it, because the kernel does it
 * before the call returns. Whole programs are compared by bench_pace.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <pktcap/pktcap.h>

#include "bench/harness.h"
#include "support/world.h"

#if __has_include(<pcap/pcap.h>)
#include <pcap/pcap.h>
#define HAS_PCAP 1
#endif

/* In each round: 1.4 million in all. */
enum { FRAMES = 200000, BATCH = 64 };

struct plan {
	int (*send)(const struct plan *plan);
	size_t len;
	uint32_t engine;
	uint32_t flags;
};

static uint8_t frame[1514];

static int64_t process_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

#ifdef HAS_PCAP
static int by_pcap(const struct plan *plan)
{
	char text[PCAP_ERRBUF_SIZE];
	pcap_t *pcap = pcap_open_live("pk0", 65535, 0, 0, text);
	int err = pcap ? 0 : -ENODEV;

	for (int i = 0; i < FRAMES && !err; i++)
		err = pcap_sendpacket(pcap, frame, (int)plan->len) ? -EIO : 0;
	if (pcap)
		pcap_close(pcap);
	return err;
}
#else
static int by_pcap(const struct plan *plan)
{
	(void)plan;
	return -ENOSYS;
}
#endif

static int by_send(const struct plan *plan)
{
	int fd = world_sender("pk0");
	int err = fd < 0 ? fd : 0;

	for (int i = 0; i < FRAMES && !err; i++)
		if (send(fd, frame, plan->len, 0) < 0)
			err = -errno;
	close(fd);
	return err;
}

static int by_sendmmsg(const struct plan *plan)
{
	struct iovec iov = { frame, plan->len };
	struct mmsghdr messages[BATCH] = { 0 };
	int fd = world_sender("pk0");
	int n = fd;

	for (int i = 0; i < BATCH; i++) {
		messages[i].msg_hdr.msg_iov = &iov;
		messages[i].msg_hdr.msg_iovlen = 1;
	}
	for (int i = 0; i < FRAMES && n >= 0; i += n)
		n = sendmmsg(fd, messages, BATCH, 0);
	close(fd);
	return n < 0 ? -errno : 0;
}

static int open_plan(struct pktcap_send **s, const struct plan *plan)
{
	return pktcap_send_open(
		s, "pk0",
		&PKTCAP_SEND_OPTS(.engine = plan->engine, .flags = plan->flags),
		NULL);
}

static int by_frame(const struct plan *plan)
{
	struct pktcap_send *s;
	int err = open_plan(&s, plan);

	for (int i = 0; i < FRAMES && !err; i++)
		err = pktcap_send_frame(s, frame, plan->len, NULL);
	pktcap_send_close(s);
	return err;
}

static int by_batch(const struct plan *plan)
{
	static struct pktcap_packet pkts[BATCH];
	struct pktcap_send *s;
	int err = open_plan(&s, plan);

	for (int i = 0; i < BATCH; i++) {
		pkts[i].data = frame;
		pkts[i].caplen = (uint32_t)plan->len;
	}
	for (int i = 0; i < FRAMES && !err; i += BATCH)
		err = pktcap_send_batch(s, pkts, BATCH, NULL, NULL);
	pktcap_send_close(s);
	return err;
}

/* Nanoseconds for one frame; opening and closing are in it. */
static int run(void *arg, double *result)
{
	const struct plan *plan = arg;
	int64_t start = process_ns();
	int err = plan->send(plan);

	*result = (double)(process_ns() - start) / FRAMES;
	return err;
}

static void compare(const char *name, size_t len)
{
	enum { PCAP, SEND, MMSG, FRAME, BATCHES, RING, BYPASS, XDP, N };
	struct plan plans[N] = {
		[PCAP] = { by_pcap, len, 0, 0 },
		[SEND] = { by_send, len, 0, 0 },
		[MMSG] = { by_sendmmsg, len, 0, 0 },
		[FRAME] = { by_frame, len, 0, 0 },
		[BATCHES] = { by_batch, len, 0, 0 },
		[RING] = { by_batch, len, PKTCAP_SEND_ENGINE_RING, 0 },
		[BYPASS] = { by_batch, len, 0, PKTCAP_SEND_QDISC_BYPASS },
		[XDP] = { by_batch, len, PKTCAP_SEND_ENGINE_XDP, 0 },
	};
	const char *const names[N] = { "pcap_sendpacket", "bare send",
				       "bare sendmmsg",	  "frame by frame",
				       "batch",		  "batch, ring",
				       "batch, no qdisc", "batch, xdp" };
	struct contender c[N] = { 0 };

	for (int i = 0; i < N; i++) {
		c[i].name = names[i];
		c[i].run = run;
		c[i].arg = &plans[i];
	}
	bench_run(c, N);
	for (int i = PCAP; i <= MMSG; i++)
		bench_row(name, &c[i], "ns");
	bench_row_ratio(name, &c[FRAME], "ns", &c[SEND], 0);
	bench_row_ratio(name, &c[BATCHES], "ns", &c[MMSG], 1.05);
	for (int i = BATCHES; i < N; i++)
		bench_row_ratio(name, &c[i], "ns", &c[PCAP],
				i == BATCHES ? 0.67 : 0);
}

int main(void)
{
	world_enter_or_skip();
	close(bench_sender());
	world_frame(frame, sizeof(frame), WORLD_FLOOD_PORT, 1);
	compare("send 60 bytes", 60);
	compare("send 1514 bytes", 1514);
	return 0;
}
