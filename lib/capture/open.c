// SPDX-License-Identifier: BSD-2-Clause
/*
 * Opening, in the one order in which no stray packet gets in: a socket that
 * listens to nothing (protocol 0), its filter, its memory, its memberships,
 * and only then the bind that makes it listen (packet(7)).
 */
#include "capture/capture.h"

#include <errno.h>
#include <net/if_arp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/error.h"
#include "base/packet_socket.h"
#include "base/uapi.h"
#include "capture/stamp.h"

int handle_new(struct pktcap_capture **out,
	       const struct pktcap_capture_opts *opts,
	       struct pktcap_error *error)
{
	struct pktcap_capture *cap;
	int err;

	cap = calloc(1, sizeof(*cap));
	if (!cap)
		return error_set(error, -ENOMEM, "calloc", "out of memory");
	cap->fd = -1;
	cap->epoll_fd = -1;
	cap->stop_fd = -1;
	cap->ready_fd = -1;
	pthread_mutex_init(&cap->stats_lock, NULL);
	err = options_read(&cap->opts, opts, error);
	if (!err) {
		cap->views = calloc(cap->opts.batch, sizeof(*cap->views));
		if (!cap->views)
			err = error_set(error, -ENOMEM, "calloc",
					"out of memory");
	}
	if (err)
		pktcap_capture_close(cap);
	else
		*out = cap;
	return err;
}

static int open_socket(struct pktcap_capture *cap, struct pktcap_error *error)
{
	int type = cap->cooked ? SOCK_DGRAM : SOCK_RAW;

	cap->fd = packet_socket_open(type, cap->ifname, error);
	return cap->fd < 0 ? cap->fd : 0;
}

void choose_direction(struct pktcap_capture *cap)
{
	bool both = cap->opts.direction == PKTCAP_DIRECTION_BOTH;

	/* Frames on a loopback are seen twice: as sent and as received. */
	if (both && !cap->any && cap->hatype != ARPHRD_LOOPBACK)
		return;
	cap->check_direction = true;
	if (cap->opts.direction == PKTCAP_DIRECTION_OUT || (both && cap->any))
		return;
	if (!socket_set(cap->fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, 1))
		cap->check_direction = false;
}

/* AUTO: what suits the delay first, and the other one where that fails. */
int open_engine(struct pktcap_capture *cap, struct pktcap_error *error)
{
	const struct engine *first = &engine_ring;
	const struct engine *second = NULL;
	int err;

	if (cap->opts.engine == PKTCAP_ENGINE_RECV) {
		first = &engine_recv;
	} else if (cap->opts.engine == PKTCAP_ENGINE_AUTO) {
		second = &engine_recv;
		if (!cap->opts.max_delay_us || stamp_by_ioctl(cap)) {
			first = &engine_recv;
			second = stamp_by_ioctl(cap) ? NULL : &engine_ring;
		}
	}
	err = first->open(cap, error);
	if (err && second) {
		cap->engine_errno = (uint32_t)-err;
		first = second;
		err = first->open(cap, error);
	}
	if (!err)
		cap->engine = first;
	return err;
}

int pktcap_capture_open(struct pktcap_capture **out, const char *ifname,
			const struct pktcap_capture_opts *opts,
			struct pktcap_error *error)
{
	struct pktcap_capture *cap;
	int err;

	*out = NULL;
	err = handle_new(&cap, opts, error);
	if (err)
		return err;
	err = link_find(cap, ifname, error);
	if (!err)
		err = open_socket(cap, error);
	if (!err) {
		choose_direction(cap);
		err = filter_install(cap, cap->opts.filter,
				     cap->opts.filter_len, error);
	}
	if (!err)
		err = open_engine(cap, error);
	if (!err)
		err = link_watch(cap, error);
	if (!err)
		err = wake_open(cap, error);
	if (!err)
		err = link_listen_if_there(cap, error);
	if (err)
		pktcap_capture_close(cap);
	else
		*out = cap;
	return err;
}

void pktcap_capture_close(struct pktcap_capture *cap)
{
	if (!cap)
		return;
	if (cap->threaded) {
		pktcap_capture_stop(cap);
		pktcap_capture_join(cap);
	}
	wake_close(cap);
	pktcap_device_watch_close(cap->watch);
	if (cap->engine)
		cap->engine->close(cap);
	if (cap->fd >= 0 && !cap->fd_is_callers)
		close(cap->fd);
	pthread_mutex_destroy(&cap->stats_lock);
	free(cap->program.insns);
	free(cap->views);
	free(cap);
}
