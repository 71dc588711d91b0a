/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where -w keeps packets: one file, files that follow each other, or memory
 * that is written to a file on demand.
 */
#ifndef PKTSNIFF_STORE_H
#define PKTSNIFF_STORE_H

#include "matcher.h"
#include "options.h"

#include <pktcap/file.h>

#include <stdbool.h>

struct store {
	const struct options *options;
	uint32_t linktype;
	uint32_t snaplen;
	struct pktcap_file_writer *writer;     /* one file, or the recorder's */
	struct pktcap_file_rotation *rotation; /* -C, -G */
	struct pktcap_file_recorder *recorder; /* --ring-buffer */
	struct filter trigger;		       /* --trigger */
	struct matcher trigger_matcher;
	/* pcapng: more about the next packet; NULL for none */
	const struct pktcap_file_extra *extra;
	/* pcapng: asks for the counters of the capture; NULL for none */
	void (*counters)(void *user, struct pktcap_file_interface_stats *stats);
	void *counters_user;
};

/* Returns 0, or -1 after a message. */
int store_open(struct store *store, const struct options *options,
	       uint32_t linktype, uint32_t snaplen);

/* One pcapng file: it can hold more of a packet than its bytes. */
bool store_holds_more(const struct store *store);

/*
 * pcapng: what an interface is that packets come from, its number in the file
 * in @id; and its counters. 0 or -errno.
 */
int store_interface(struct store *store,
		    const struct pktcap_file_interface *interface,
		    uint32_t *id);
int store_interface_counters(struct store *store, uint32_t id,
			     const struct pktcap_file_interface_stats *stats);

/*
 * 0, or a negative errno: -ECANCELED when all files of -W are complete.
 */
int store_packet(struct store *store, const struct pktcap_packet *pkt);

/* SIGUSR2: writes what is recorded and what comes next. 0, or -errno. */
int store_trigger(struct store *store);

/*
 * Looks whether it is time for another file. Stores in @wait_ms when to come
 * again, -1 for never. Returns 0, or a negative errno.
 */
int store_tick(struct store *store, int *wait_ms);

/* How many packets and bytes are kept so far. */
void store_stats(const struct store *store,
		 struct pktcap_file_writer_stats *stats);

/*
 * Returns 0, or a negative errno: what was lost, if anything. @bytes: what
 * reached the file.
 */
int store_close(struct store *store, uint64_t *bytes);

#endif
