// SPDX-License-Identifier: BSD-2-Clause
/*
 * One descriptor to wait on: an epoll set of the packet socket, an eventfd
 * for the stop, an eventfd for views that wait in the handle, and the watch
 * of the interface.
 */
#include "capture/capture.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/descriptor.h"
#include "base/error.h"

enum source { SOURCE_PACKETS, SOURCE_STOP, SOURCE_READY, SOURCE_WATCH };

static int add(const struct pktcap_capture *cap, int fd, enum source source)
{
	struct epoll_event event = { .events = EPOLLIN, .data.u32 = source };

	return epoll_ctl(cap->epoll_fd, EPOLL_CTL_ADD, fd, &event) ? -errno : 0;
}

static int add_all(const struct pktcap_capture *cap)
{
	const int fds[] = {
		[SOURCE_PACKETS] = cap->fd,
		[SOURCE_STOP] = cap->stop_fd,
		[SOURCE_READY] = cap->ready_fd,
		[SOURCE_WATCH] =
			cap->watch ? pktcap_device_watch_fd(cap->watch) : -1,
	};
	int err = 0;

	for (enum source i = SOURCE_PACKETS; i <= SOURCE_WATCH && !err; i++)
		if (fds[i] >= 0)
			err = add(cap, fds[i], i);
	return err;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static int event_open(void)
{
	return descriptor_above_stdio(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
}

int wake_open(struct pktcap_capture *cap, struct pktcap_error *error)
{
	int err;

	/* The errno of the last that failed: a call that works leaves it. */
	cap->epoll_fd = descriptor_above_stdio(epoll_create1(EPOLL_CLOEXEC));
	cap->stop_fd = event_open();
	cap->ready_fd = event_open();
	if (cap->epoll_fd < 0 || cap->stop_fd < 0 || cap->ready_fd < 0)
		err = -errno;
	else
		err = add_all(cap);
	if (!err)
		return 0;
	wake_close(cap);
	return error_set(error, err, "epoll_create1",
			 "%s: no descriptor to wait on: %s", cap->ifname,
			 strerror(-err));
}

void wake_close(struct pktcap_capture *cap)
{
	close_fd(&cap->epoll_fd);
	close_fd(&cap->stop_fd);
	close_fd(&cap->ready_fd);
}

/* A pending error makes every poll return at once until it is read. */
int wake_error(struct pktcap_capture *cap)
{
	int err = 0;
	socklen_t len = sizeof(err);

	if (getsockopt(cap->fd, SOL_SOCKET, SO_ERROR, &err, &len))
		return -errno;
	return err ? link_error(cap, err) : 0;
}

/*
 * How long a short sleep lasts is the timer slack's to say (prctl(2)), 50 us
 * unless somebody saves power. Sleeps that are late again and again lose
 * packets: then there is none for the next thousand wake-ups.
 */
static void gather(struct pktcap_capture *cap)
{
	enum { LATE_NS = 250000, LATE_MAX = 4, LATE_END = 1000 };
	const struct timespec pause = { .tv_nsec =
						(long)cap->gather_us * 1000 };
	int64_t start;

	if (cap->gathered_late >= LATE_MAX) {
		if (++cap->gathered_late < LATE_END)
			return;
		cap->gathered_late = LATE_MAX - 1;
	}
	cap->gathered = true;
	start = clock_now_ns(CLOCK_MONOTONIC);
	nanosleep(&pause, NULL);
	if (clock_now_ns(CLOCK_MONOTONIC) - start > LATE_NS)
		cap->gathered_late++;
	else if (cap->gathered_late)
		cap->gathered_late--;
}

int wake_wait(struct pktcap_capture *cap, int timeout_ms)
{
	bool packets = false;
	struct epoll_event events[4];
	int err = cap->watch_behind ? link_events(cap) : 0;
	int n;

	if (err)
		return err;
	n = epoll_wait(cap->epoll_fd, events, 4, timeout_ms);
	err = n < 0 ? -errno : 0;
	for (int i = 0; i < n && !err; i++) {
		if (events[i].data.u32 == SOURCE_WATCH)
			err = link_events(cap);
		else if (events[i].data.u32 == SOURCE_STOP)
			/* A resume at the same time may have lost the flag. */
			atomic_store(&cap->stop, 1);
		else if (events[i].data.u32 == SOURCE_PACKETS &&
			 (events[i].events & (EPOLLERR | EPOLLHUP)))
			err = wake_error(cap);
		else if (events[i].data.u32 == SOURCE_PACKETS)
			packets = true;
	}
	/* One packet is there; others may come with the same wake-up. */
	if (packets && cap->gather_us && timeout_ms)
		gather(cap);
	return err;
}

static void signal_fd(int fd)
{
	uint64_t one = 1;

	/*
	 * EAGAIN: the counter is full, so it is readable already. No other
	 * failure is known; but a lost stop would leave a thread asleep.
	 */
	for (int tries = 0; tries < 8; tries++)
		if (write(fd, &one, sizeof(one)) > 0 || errno == EAGAIN)
			break;
}

static void clear_fd(int fd)
{
	uint64_t count;

	while (read(fd, &count, sizeof(count)) < 0 && errno == EINTR)
		;
}

void wake_show_pending(struct pktcap_capture *cap)
{
	bool pending = cap->next < cap->count;

	if (!cap->fd_given || pending == cap->ready_set)
		return;
	cap->ready_set = pending;
	if (pending)
		signal_fd(cap->ready_fd);
	else
		clear_fd(cap->ready_fd);
}

int pktcap_capture_fd(struct pktcap_capture *cap)
{
	cap->fd_given = true;
	wake_show_pending(cap);
	return cap->epoll_fd;
}

void pktcap_capture_stop(struct pktcap_capture *cap)
{
	int saved = errno;

	/* The flag first: who wakes up must find it. */
	atomic_store(&cap->stop, 1);
	signal_fd(cap->stop_fd);
	errno = saved;
}

int pktcap_capture_resume(struct pktcap_capture *cap)
{
	int err = 0;

	atomic_store(&cap->stop, 0);
	clear_fd(cap->stop_fd);
	/* A stop that came in between has lost its wake-up. */
	if (atomic_load(&cap->stop))
		signal_fd(cap->stop_fd);
	if (cap->halted)
		err = filter_restore(cap);
	if (!err)
		cap->halted = false;
	cap->stop_deadline_ms = 0;
	return err;
}
