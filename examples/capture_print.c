// SPDX-License-Identifier: BSD-2-Clause
/*
 * Prints a line for each packet of an interface, or of "any".
 * cc capture_print.c -lpktcap -o capture_print && sudo ./capture_print eth0 10
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <pktcap/pktcap.h>

static const char *direction_name(uint8_t direction)
{
	switch (direction) {
	case PKTCAP_DIRECTION_IN:
		return "in";
	case PKTCAP_DIRECTION_OUT:
		return "out";
	default:
		return "?";
	}
}

static void print_time(int64_t ts_ns)
{
	time_t seconds = (time_t)(ts_ns / 1000000000);
	struct tm tm;
	char text[16];

	if (!localtime_r(&seconds, &tm) ||
	    !strftime(text, sizeof(text), "%H:%M:%S", &tm))
		text[0] = '\0';
	printf("%s.%09d", text, (int)(ts_ns % 1000000000));
}

static int print_packet(void *user, const struct pktcap_packet *pkt)
{
	uint32_t shown = pkt->caplen < 16 ? pkt->caplen : 16;

	(void)user;
	print_time(pkt->ts_ns);
	printf(" %" PRIu32 " of %" PRIu32 " bytes %s %" PRId32, pkt->caplen,
	       pkt->wirelen, direction_name(pkt->direction), pkt->ifindex);
	for (uint32_t i = 0; i < shown; i++)
		printf("%s%02x", i % 2 ? "" : " ", pkt->data[i]);
	putchar('\n');
	/* A full disk or a closed pipe ends the capture. */
	return fflush(stdout) ? -errno : 0;
}

int main(int argc, char **argv)
{
	struct pktcap_capture *cap;
	struct pktcap_error error;
	uint64_t count;
	int err;

	if (argc < 2 || argv[1][0] == '-') {
		fprintf(stderr, "usage: %s INTERFACE [COUNT]\n", argv[0]);
		return 2;
	}
	count = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;

	if (pktcap_capture_open(&cap, argv[1], NULL, &error)) {
		fprintf(stderr, "%s\n", error.text);
		return 1;
	}
	err = pktcap_capture_loop(cap, count, print_packet, NULL);
	if (err)
		fprintf(stderr, "%s: the capture ended: %s\n", argv[1],
			strerror(-err));
	pktcap_capture_close(cap);
	return err != 0;
}
