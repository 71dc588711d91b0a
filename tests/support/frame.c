// SPDX-License-Identifier: BSD-2-Clause
/* Frames with a number in them, and a socket that sends them. */
#include "support/world.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	MACS = 12,
	IPV4 = 20,
	UDP = 8,
	NUMBER = 4,
	SOURCE_PORT = 1000,
	BATCH = 64, /* frames a system call of world_flood() */
};

static const uint8_t macs[MACS] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
				    0x02, 0,	0,    0,    0,	  1 };

static uint8_t *put16(uint8_t *p, uint32_t value)
{
	p[0] = (uint8_t)(value >> 8);
	p[1] = (uint8_t)value;
	return p + 2;
}

static uint8_t *put32(uint8_t *p, uint32_t value)
{
	return put16(put16(p, value >> 16), value);
}

static uint32_t get16(const uint8_t *p)
{
	return (uint32_t)p[0] << 8 | p[1];
}

/* RFC 1071 over an even number of bytes, on top of @sum. */
static uint32_t checksum(const uint8_t *p, size_t n, uint32_t sum)
{
	for (size_t i = 0; i + 1 < n; i += 2)
		sum += get16(p + i);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

static uint8_t *put_ipv4(uint8_t *p, size_t len)
{
	uint8_t *start = p;

	p = put16(p, 0x4500);
	p = put16(p, (uint32_t)len);
	p = put32(p, 0x00004000); /* do not fragment */
	p = put16(p, 64 << 8 | 17);
	p = put16(p, 0);
	p = put32(p, 0x0a090001); /* 10.9.0.1 to 10.9.0.2 */
	p = put32(p, 0x0a090002);
	put16(start + 10, ~checksum(start, IPV4, 0));
	return p;
}

/* @p follows the IPv4 header, whose addresses belong to the checksum. */
static void put_udp(uint8_t *p, size_t len, uint16_t port, uint32_t number)
{
	uint8_t *start = p;
	uint32_t sum = checksum(start - 8, 8, 17 + (uint32_t)len);

	p = put16(p, SOURCE_PORT);
	p = put16(p, port);
	p = put16(p, (uint32_t)len);
	p = put16(p, 0);
	put32(p, number);
	/* The rest is zeros, which add nothing. */
	sum = ~checksum(start, UDP + NUMBER, sum) & 0xffff;
	put16(start + 6, sum ? sum : 0xffff);
}

size_t world_frame_tagged(uint8_t *buf, size_t len, uint16_t port,
			  uint32_t number, const uint32_t *tags, size_t n)
{
	uint8_t *p = buf + MACS;
	size_t packet = len - MACS - 4 * n - 2;

	memset(buf, 0, len);
	memcpy(buf, macs, MACS);
	for (size_t i = 0; i < n; i++)
		p = put32(p, tags[i]);
	p = put16(p, 0x0800);
	p = put_ipv4(p, packet);
	put_udp(p, packet - IPV4, port, number);
	return len;
}

size_t world_frame(uint8_t *buf, size_t len, uint16_t port, uint32_t number)
{
	return world_frame_tagged(buf, len, port, number, NULL, 0);
}

int64_t world_number(const uint8_t *frame, size_t len)
{
	const uint8_t *ip = frame + MACS + 2, *udp = ip + IPV4;

	if (len < MACS + 2 + IPV4 + UDP + NUMBER || memcmp(frame, macs, MACS) ||
	    get16(frame + MACS) != 0x0800 || ip[0] != 0x45 || ip[9] != 17 ||
	    get16(udp) != SOURCE_PORT)
		return -1;
	return (int64_t)get16(udp + UDP) << 16 | get16(udp + UDP + 2);
}

int world_sender(const char *name)
{
	struct sockaddr_ll address = { .sll_family = AF_PACKET,
				       .sll_ifindex =
					       (int)if_nametoindex(name) };
	int fd, err;

	if (!address.sll_ifindex)
		return -ENODEV;
	/* Protocol 0 receives nothing, so that it never fills up. */
	fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	if (bind(fd, (struct sockaddr *)&address, sizeof(address))) {
		err = -errno;
		close(fd);
		return err;
	}
	return fd;
}

int world_send(int sender, const void *frame, size_t len)
{
	while (send(sender, frame, len, 0) < 0) {
		if (errno != ENOBUFS && errno != EINTR)
			return -errno;
		sched_yield();
	}
	return 0;
}

static int send_batch(int sender, struct mmsghdr *messages, unsigned int n)
{
	unsigned int sent = 0;
	int got;

	while (sent < n) {
		got = sendmmsg(sender, messages + sent, n - sent, 0);
		if (got >= 0)
			sent += (unsigned int)got;
		else if (errno == ENOBUFS || errno == EINTR)
			sched_yield();
		else
			return -errno;
	}
	return 0;
}

int world_flood(int sender, uint32_t first, uint32_t count, size_t len)
{
	struct mmsghdr messages[BATCH] = { 0 };
	struct iovec parts[BATCH];
	uint8_t *frames = malloc(BATCH * len);
	int err = 0;

	if (!frames)
		return -ENOMEM;
	for (size_t i = 0; i < BATCH; i++) {
		parts[i] = (struct iovec){ frames + i * len, len };
		messages[i].msg_hdr.msg_iov = &parts[i];
		messages[i].msg_hdr.msg_iovlen = 1;
	}
	for (uint32_t done = 0; done < count && !err;) {
		uint32_t n = count - done < BATCH ? count - done : BATCH;

		for (uint32_t i = 0; i < n; i++)
			world_frame(parts[i].iov_base, len, WORLD_FLOOD_PORT,
				    first + done + i);
		err = send_batch(sender, messages, n);
		done += n;
	}
	free(frames);
	return err;
}
