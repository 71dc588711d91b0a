/* SPDX-License-Identifier: BSD-2-Clause */
/* What programs share that a closed terminal ends in good order. */
#ifndef HANGUP_H
#define HANGUP_H

#include <signal.h>

/* nohup(1) and its like asked for a closed terminal not to end us. */
static inline void hangup_catch(const struct sigaction *action)
{
	struct sigaction old;

	if (sigaction(SIGHUP, NULL, &old) || old.sa_handler != SIG_IGN)
		sigaction(SIGHUP, action, NULL);
}

#endif
