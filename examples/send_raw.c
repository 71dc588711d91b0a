// SPDX-License-Identifier: BSD-2-Clause
/*
 * Sends one frame: three bytes as they are, the same filled up with zeros to
 * the 60 that Ethernet wants, an empty TCP packet, or one with something in it.
 * cc send_raw.c -lpktcap -o send_raw && sudo ./send_raw eth0 filled
 */
#include <pktcap/pktcap.h>
#include <stdio.h>
#include <string.h>

#include "output.h"
#include "sender.h"

static int raw(struct pktcap_build *build)
{
	return pktcap_build_data(build, "\xff\xff\xff", 3);
}

/* Every field is 0, or what it has to be. */
static int empty(struct pktcap_build *build)
{
	pktcap_build_eth(build, &(struct pktcap_eth){ .type = 0 }, 0);
	pktcap_build_ipv4(build, &(struct pktcap_ipv4){ .ttl = 0 }, 0);
	return pktcap_build_tcp(build, &(struct pktcap_tcp){ .flags = 0 }, 0);
}

static int filled(struct pktcap_build *build)
{
	const uint8_t options[] = { 2, 4, 5, 180, 1, 3, 3, 7 }; /* MSS, scale */
	struct pktcap_eth eth = { .dst = { 255, 255, 255, 255, 255, 255 },
				  .src = { 2, 0, 0, 0, 0, 1 } };
	struct pktcap_ipv4 ip = { .src = { 192, 0, 2, 1 },
				  .dst = { 192, 0, 2, 2 },
				  .ttl = 64 };
	struct pktcap_tcp tcp = { .src_port = 40000,
				  .dst_port = 9,
				  .flags = PKTCAP_TCP_SYN,
				  .options = options,
				  .options_len = sizeof(options) };

	pktcap_build_eth(build, &eth, 0);
	pktcap_build_ipv4(build, &ip, 0);
	pktcap_build_tcp(build, &tcp, 0);
	return pktcap_build_data(build, "hello", 5);
}

static const struct kind {
	const char *name;
	int (*make)(struct pktcap_build *build);
	uint32_t flags;
} kinds[] = {
	{ "raw", raw, PKTCAP_SEND_SHORT },
	{ "padded", raw, PKTCAP_SEND_PAD },
	{ "empty", empty, 0 },
	{ "filled", filled, 0 },
	{ NULL, NULL, 0 },
};

/* Returns the exit code. */
static int send_one(const char *ifname, const struct kind *kind)
{
	const struct pktcap_send_opts opts =
		PKTCAP_SEND_OPTS(.flags = kind->flags);
	struct pktcap_send_info info;
	struct pktcap_build build;
	struct pktcap_error error;
	struct pktcap_send *s;
	uint8_t frame[128];
	int len, err;

	pktcap_build_start(&build, frame, sizeof(frame));
	kind->make(&build);
	len = pktcap_build_finish(&build);
	err = pktcap_build_error(&build, &error);
	if (!err && sender_open(&s, ifname, &opts, &info))
		return 1;
	if (!err) {
		err = pktcap_send_frame(s, frame, (size_t)len, &error);
		pktcap_send_close(s);
	}
	if (err)
		return fprintf(stderr, "%s\n", error.text), 1;
	printf("%s: the %s frame was sent\n", ifname, kind->name);
	return output_end();
}

int main(int argc, char **argv)
{
	const struct kind *kind = kinds;

	while (argc == 3 && kind->name && strcmp(argv[2], kind->name) != 0)
		kind++;
	if (argc != 3 || !kind->name) {
		fprintf(stderr, "usage: %s INTERFACE raw|padded|empty|filled\n",
			argv[0]);
		return 2;
	}
	return send_one(argv[1], kind);
}
