/* SPDX-License-Identifier: BSD-2-Clause */
/* A packet as text on standard output. */
#ifndef PKTSNIFF_SHOW_H
#define PKTSNIFF_SHOW_H

#include "options.h"
#include "stamp.h"

#include <pktcap/base.h>
#include <pktcap/print.h>

#include <net/if.h>

enum { SHOW_NAMES = 16 };

struct show {
	const struct options *options;
	struct pktcap_print_opts opts;
	struct stamp stamp;
	char *text; /* grows to what the longest packet wants */
	size_t size;
	size_t len;
	struct show_name {
		uint32_t ifindex;
		char name[IF_NAMESIZE];
	} names[SHOW_NAMES];
};

/* Returns 0, or -1 after a message. */
int show_open(struct show *show, const struct options *options);
void show_close(struct show *show);

/* Prints the packet, which is number @number; 0 or a negative errno. */
int show_packet(struct show *show, const struct pktcap_packet *pkt,
		uint64_t number);

/* Interfaces may have other names from now on. */
void show_forget_names(struct show *show);

#endif
