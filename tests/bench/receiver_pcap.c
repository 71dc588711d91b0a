// SPDX-License-Identifier: BSD-2-Clause
/* libpcap's pcap_dispatch(), where its header was installed at build time. */
#include "bench/receiver.h"

#include <errno.h>
#include <stddef.h>

#if __has_include(<pcap/pcap.h>)
#include <pcap/pcap.h>
#include <poll.h>

static int activate(pcap_t *pcap, const struct receiver_config *config)
{
	int bytes = (int)config->buffer_bytes;
	char text[PCAP_ERRBUF_SIZE];

	if (pcap_set_snaplen(pcap, 262144) ||
	    pcap_set_buffer_size(pcap, bytes) ||
	    pcap_set_timeout(pcap, RECEIVER_DELAY_MS) ||
	    pcap_set_immediate_mode(pcap, config->immediate))
		return -EINVAL;
	/* Positive values are warnings. */
	if (pcap_activate(pcap) < 0)
		return -EIO;
	return pcap_setnonblock(pcap, 1, text) ? -EIO : 0;
}

static int peer_open(void **handle, const struct receiver_config *config)
{
	char text[PCAP_ERRBUF_SIZE];
	pcap_t *pcap = pcap_create(config->ifname, text);
	int err;

	if (!pcap)
		return -ENODEV;
	err = activate(pcap, config);
	if (err)
		pcap_close(pcap);
	else
		*handle = pcap;
	return err;
}

static void add(u_char *user, const struct pcap_pkthdr *header,
		const u_char *data)
{
	struct tally *tally = (void *)user;

	tally_add(tally, data, header->caplen, header->len,
		  (int64_t)header->ts.tv_sec * 1000000000 +
			  (int64_t)header->ts.tv_usec * 1000);
}

static int peer_drain(void *handle, struct tally *tally)
{
	struct pollfd readable = { .fd = pcap_get_selectable_fd(handle),
				   .events = POLLIN };
	int n = pcap_dispatch(handle, -1, add, (u_char *)tally);

	/* Left to itself it would wait for ever. */
	if (!n && poll(&readable, 1, 100) > 0)
		n = pcap_dispatch(handle, -1, add, (u_char *)tally);
	return n < 0 ? -EIO : n;
}

static void peer_close(void *handle)
{
	pcap_close(handle);
}

#else

static int peer_open(void **handle, const struct receiver_config *config)
{
	(void)handle, (void)config;
	return -ENOSYS;
}

#define peer_drain NULL
#define peer_close NULL
#endif

const struct receiver receiver_pcap = {
	.name = "libpcap pcap_dispatch",
	.open = peer_open,
	.drain = peer_drain,
	.close = peer_close,
};
