/* SPDX-License-Identifier: BSD-2-Clause */
/* What examples that send share: Ctrl-C, SIGTERM and a terminal that is closed
 * end them with the counts. */
#ifndef STOP_H
#define STOP_H

#include <signal.h>

/* A signal handler has no argument of ours. */
static volatile int stop_wanted;

static inline void stop_now(int number)
{
	(void)number;
	stop_wanted = 1;
}

/* nohup(1) and its like asked for a closed terminal not to end us. */
static inline void stop_on_hangup(const struct sigaction *action)
{
	struct sigaction old;

	if (sigaction(SIGHUP, NULL, &old) || old.sa_handler != SIG_IGN)
		sigaction(SIGHUP, action, NULL);
}

/* Once: who presses Ctrl-C again, because nothing happens, ends the program. */
static inline void stop_on_signals(void)
{
	struct sigaction action = { .sa_handler = stop_now,
				    .sa_flags = (int)SA_RESETHAND };

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	stop_on_hangup(&action);
}

#endif
