// SPDX-License-Identifier: BSD-2-Clause
/*
 * Asks for the address of a name ("localhost") with a DNS query that is built
 * from Ethernet on, sends it on an interface and prints what it sent. Unless
 * they are chosen the interface's own addresses ask, and everybody there.
 * cc build_dns.c -lpktcap -o build_dns
 * sudo ./build_dns --sip 10.0.0.9 --dip 10.0.0.1 eth0 www.example.com
 */
#include "build_dns_options.h"

#include <unistd.h>

#include "output.h"
#include "sender.h"

static int failed(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	return 1;
}

/* Lengths, types, checksums and counts are filled in. */
static int build(struct pktcap_build *build, const struct query *q)
{
	uint16_t number = (uint16_t)getpid();
	struct pktcap_udp udp = { .src_port = number | 0xc000, .dst_port = 53 };
	struct pktcap_dns dns = { .id = number, .recursion_desired = 1 };

	pktcap_build_eth(build, &q->eth, 0);
	pktcap_build_ipv4(build, &q->ip, 0);
	pktcap_build_udp(build, &udp, 0);
	pktcap_build_dns(build, &dns, 0);
	pktcap_build_dns_question(build, q->name, PKTCAP_DNS_TYPE_A,
				  PKTCAP_DNS_CLASS_IN);
	pktcap_build_pad(build, 60); /* what Ethernet wants at least */
	return pktcap_build_finish(build);
}

static int send_frame(const char *ifname, const uint8_t *frame, size_t len)
{
	struct pktcap_send_info info;
	struct pktcap_error error;
	struct pktcap_send *s;
	int err;

	if (sender_open(&s, ifname, NULL, &info))
		return -1;
	err = pktcap_send_frame(s, frame, len, &error);
	pktcap_send_close(s);
	if (err)
		fprintf(stderr, "%s\n", error.text);
	return err;
}

/* As tcpdump does with -xx. */
static int print(const struct pktcap_build *build)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	struct pktcap_packet pkt;
	char line[2048], hex[4096];
	size_t n;

	pktcap_build_packet(build, &pkt);
	n = pktcap_decode(&pkt, layers, PKTCAP_LAYERS);
	pktcap_print_line(&pkt, layers, n, NULL, line, sizeof(line));
	pktcap_print_hex(pkt.data, pkt.caplen, PKTCAP_HEX, hex, sizeof(hex));
	printf("%s\n%s", line, hex);
	return output_end();
}

int main(int argc, char **argv)
{
	struct query q = { .eth.dst = { 255, 255, 255, 255, 255, 255 },
			   .ip = { .dst = { 255, 255, 255, 255 }, .ttl = 64 } };
	struct pktcap_device_list *list;
	struct pktcap_build packet;
	struct pktcap_error error;
	const char *wrong;
	uint8_t frame[512];
	int len;

	if (query_options(&q, argc, argv))
		return 2;
	if (pktcap_device_list_open(&list, &error))
		return failed(q.ifname, error.text);
	wrong = query_defaults(&q, pktcap_device_list_find(list, q.ifname));
	pktcap_device_list_close(list);
	if (wrong)
		return failed(q.ifname, wrong);
	pktcap_build_start(&packet, frame, sizeof(frame));
	len = build(&packet, &q);
	if (len < 0 && pktcap_build_error(&packet, &error))
		return failed(q.name, error.text);
	if (send_frame(q.ifname, frame, (size_t)len))
		return 1;
	return print(&packet);
}
