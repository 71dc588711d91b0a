/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SIGINT, SIGTERM and SIGHUP end the program, SIGUSR1 shows the counters,
 * SIGUSR2 writes what --ring-buffer holds.
 */
#ifndef PKTSNIFF_SIGNALS_H
#define PKTSNIFF_SIGNALS_H

#include <pktcap/capture.h>

#include <stdbool.h>

/* The first of them stops @cap. */
void signals_install(struct pktcap_capture *cap);
/* The first of them ends standard input, if that is what we wait for. */
void signals_install_reading(void);
/* No handler touches the capture from here on. */
void signals_forget_capture(void);

bool signals_stopped(void);
/* True once for each SIGUSR1 (or several in between). */
bool signals_counters_wanted(void);
/* The same for SIGUSR2. */
bool signals_trigger_wanted(void);

/*
 * Waits until @fd or @keys (-1: none) is readable, a signal came or @timeout_ms
 * are over (-1: for ever). A signal that came before is not slept over.
 */
void signals_wait(int fd, int keys, int timeout_ms);

#endif
