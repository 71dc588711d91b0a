/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What examples that send share: Ctrl-C, SIGTERM and a terminal that is closed
 * end them with the counts.
 */
#ifndef STOP_H
#define STOP_H

#include <signal.h>

#include "hangup.h"

/* A signal handler has no argument of ours. */
static volatile int stop_wanted;

static inline void stop_now(int number)
{
	(void)number;
	stop_wanted = 1;
}

/* Once: who presses Ctrl-C again, because nothing happens, ends the program. */
static inline void stop_on_signals(void)
{
	struct sigaction action = { .sa_handler = stop_now,
				    .sa_flags = (int)SA_RESETHAND };

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	hangup_catch(&action);
}

#endif
