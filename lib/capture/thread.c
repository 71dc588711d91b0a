// SPDX-License-Identifier: BSD-2-Clause
/* The loop in a thread of its own. */
#include "capture/capture.h"

#include <errno.h>
#include <signal.h>

static void *run(void *arg)
{
	struct pktcap_capture *cap = arg;

	cap->thread_result =
		pktcap_capture_loop(cap, 0, cap->thread_fn, cap->thread_user);
	return NULL;
}

int pktcap_capture_start(struct pktcap_capture *cap, pktcap_capture_fn fn,
			 void *user)
{
	sigset_t all, old;
	int err;

	if (cap->threaded)
		return -EBUSY;
	cap->thread_fn = fn;
	cap->thread_user = user;
	cap->threaded = true;
	/* Signals are the program's: a new thread inherits a full mask. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	err = pthread_create(&cap->thread, NULL, run, cap);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (err)
		cap->threaded = false;
	return -err;
}

int pktcap_capture_join(struct pktcap_capture *cap)
{
	if (!cap->threaded)
		return -ESRCH;
	pthread_join(cap->thread, NULL);
	cap->threaded = false;
	return cap->thread_result;
}
