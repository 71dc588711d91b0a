// SPDX-License-Identifier: BSD-2-Clause
/*
 * Draws the first two ARP packets of an interface or a file as boxes, a row for
 * each 32 bits, as RFCs do.
 * cc arp_boxes.c -lpktcap -o arp_boxes && sudo ./arp_boxes eth0
 */
#include <pktcap/pktcap.h>

#include "packets.h"

enum { WANTED = 2 };

static int draw_arp(void *user, const struct pktcap_packet *pkt)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
	const struct pktcap_layer *arp;
	int *drawn = user;
	char text[16384];

	arp = pktcap_layer_find(layers, n, PKTCAP_PROTO_ARP);
	if (!arp)
		return 0;
	/* Of all layers only this one. */
	pktcap_print_boxes(pkt, arp, 1, NULL, text, sizeof(text));
	fputs(text, stdout);
	if (fflush(stdout))
		return -errno;
	return ++*drawn == WANTED;
}

int main(int argc, char **argv)
{
	int drawn = 0;

	if (argc != 2 || argv[1][0] == '-') {
		fprintf(stderr, "usage: %s INTERFACE|FILE\n", argv[0]);
		return 2;
	}
	if (packets_of(argv[1], 0, draw_arp, &drawn))
		return 1;
	if (drawn == WANTED)
		return 0;
	fprintf(stderr, "%s: %d of %d ARP packets\n", argv[1], drawn, WANTED);
	return 1;
}
