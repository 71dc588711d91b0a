/* SPDX-License-Identifier: BSD-2-Clause */
/* What the examples that decode share: packets of a file or an interface. */
#ifndef PACKETS_H
#define PACKETS_H

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <pktcap/capture.h>
#include <pktcap/file.h>

#include "output.h"

/* A signal handler has no argument of ours. */
static struct pktcap_capture *packets_capture;

static inline void packets_stop(int number)
{
	(void)number;
	pktcap_capture_stop(packets_capture);
}

static inline int packets_of_file(const char *path, uint64_t count,
				  pktcap_capture_fn fn, void *user)
{
	const struct pktcap_packet *pkt;
	struct pktcap_file_reader *reader;
	struct pktcap_error error;
	int end = 0, ret;

	ret = pktcap_file_reader_open(&reader, path, NULL, &error);
	if (!ret) {
		for (uint64_t n = 0; !end && (!count || n < count); n++) {
			ret = pktcap_file_reader_next(reader, &pkt, &error);
			if (ret <= 0)
				break;
			end = fn(user, pkt);
		}
		pktcap_file_reader_close(reader);
	}
	if (ret < 0)
		fprintf(stderr, "%s\n", error.text);
	else if (end < 0)
		fprintf(stderr, "%s: %s\n", path, strerror(-end));
	return ret < 0 || end < 0 || output_end() ? -1 : 0;
}

/*
 * Calls @fn for @count packets (0: all) of @source, an interface unless there
 * is a file of that name; Ctrl-C ends a capture. @fn returns 1 to end it, or a
 * negative errno. Returns 0, or -1 after a message, also when what @fn printed
 * does not get anywhere.
 */
static inline int packets_of(const char *source, uint64_t count,
			     pktcap_capture_fn fn, void *user)
{
	struct pktcap_error error;
	int ret;

	if (access(source, F_OK) == 0)
		return packets_of_file(source, count, fn, user);
	if (pktcap_capture_open(&packets_capture, source, NULL, &error)) {
		fprintf(stderr, "%s\n", error.text);
		return -1;
	}
	signal(SIGINT, packets_stop);
	ret = pktcap_capture_loop(packets_capture, count, fn, user);
	signal(SIGINT, SIG_DFL);
	pktcap_capture_close(packets_capture);
	if (ret >= 0 || ret == -ECANCELED)
		return output_end() ? -1 : 0;
	fprintf(stderr, "%s: %s\n", source, strerror(-ret));
	return -1;
}

#endif
