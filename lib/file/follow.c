// SPDX-License-Identifier: BSD-2-Clause
/* Waiting for a file to grow, to be replaced, or to begin anew. */
/* Without it fstat(2) on a 32-bit machine refuses files beyond 2 GiB. */
#define _FILE_OFFSET_BITS 64
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/descriptor.h"
#include "base/text.h"
#include "file/path.h"
#include "file/reader.h"

enum {
	/* Network file systems tell inotify nothing of other machines. */
	LOOK_MS = 1000,
	LOOK_UNNOTIFIED_MS = 100,
	NS_PER_MS = 1000000,
};

static int64_t now_ms(void)
{
	return clock_now_ns(CLOCK_MONOTONIC) / NS_PER_MS;
}

/* Content of the file itself, by whatever name. */
static void watch_file(struct pktcap_file_reader *r)
{
	char link[32];
	struct text text = text_over(link, sizeof(link));

	text_format(&text, "/proc/self/fd/%d", r->in.fd);
	if (r->watch >= 0)
		inotify_rm_watch(r->notify, r->watch);
	r->watch = inotify_add_watch(r->notify, link,
				     IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF);
}

/* Others that take its place. */
static void watch_directory(struct pktcap_file_reader *r)
{
	char *slash = strrchr(r->name, '/');
	const uint32_t events = IN_CREATE | IN_MOVED_TO | IN_MODIFY;

	if (!slash) {
		inotify_add_watch(r->notify, ".", events);
	} else if (slash == r->name) {
		inotify_add_watch(r->notify, "/", events);
	} else {
		*slash = '\0';
		inotify_add_watch(r->notify, r->name, events);
		*slash = '/';
	}
}

/* Where it cannot be had there is still looking, every now and then. */
static void begin_watching(struct pktcap_file_reader *r)
{
	if (r->notify >= 0)
		return;
	r->notify =
		descriptor_above_stdio(inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
	if (r->notify < 0)
		return;
	watch_file(r);
	if (r->has_path)
		watch_directory(r);
}

static void forget_events(const struct pktcap_file_reader *r)
{
	char events[4096];

	while (r->notify >= 0 && read(r->notify, events, sizeof(events)) > 0)
		;
}

/*
 * The file at the path once it is another one and has something in it: until
 * then its writer may still write to the one before. -1 if there is none.
 */
static int open_successor(const struct pktcap_file_reader *r,
			  const struct stat *old)
{
	struct stat new;
	int fd = r->has_path
			 ? path_open(r->name, O_RDONLY | O_NONBLOCK, 0, NULL)
			 : -1;

	if (fd < 0)
		return -1;
	if (!fstat(fd, &new) && S_ISREG(new.st_mode) && new.st_size &&
	    (new.st_dev != old->st_dev || new.st_ino != old->st_ino))
		return fd;
	close(fd);
	return -1;
}

static int go_on_with(struct pktcap_file_reader *r, int fd)
{
	close(r->in.fd);
	input_replace(&r->in, fd);
	reader_restart(r);
	if (r->notify >= 0)
		watch_file(r);
	return 1;
}

/*
 * Fewer bytes than were read: somebody cut off a record that was not whole
 * yet, or began anew.
 */
static int shrunk(struct pktcap_file_reader *r, off_t size, off_t position)
{
	bool anew = size < position - (off_t)r->in.ready.n;
	off_t to = anew ? 0 : position - (off_t)r->in.ready.n;

	if (lseek(r->in.fd, to, SEEK_SET) < 0)
		return -errno;
	input_forget(&r->in);
	if (!anew)
		return size > to;
	input_replace(&r->in, r->in.fd);
	reader_restart(r);
	return size > 0;
}

/* 1 if there is something new to read, 0 if not. */
static int look(struct pktcap_file_reader *r)
{
	off_t position = lseek(r->in.fd, 0, SEEK_CUR);
	struct stat st;
	int fd;

	if (position < 0 || fstat(r->in.fd, &st) < 0)
		return -errno;
	if (st.st_size < position)
		return shrunk(r, st.st_size, position);
	if (st.st_size > position)
		return 1;
	fd = open_successor(r, &st);
	if (fd < 0)
		return 0;
	/* What was written before the other one took its place comes first. */
	if (fstat(r->in.fd, &st) || st.st_size > position) {
		close(fd);
		return 1;
	}
	return go_on_with(r, fd);
}

/* At most @timeout_ms, -1 for ever. 1 if something happened. */
static int wait_for(const struct pktcap_file_reader *r, int timeout_ms)
{
	struct pollfd poll_fd = { .fd = r->growing ? r->notify : r->in.fd,
				  .events = POLLIN };
	int n = poll(&poll_fd, 1, timeout_ms);

	return n < 0 ? -errno : n;
}

static int until_next_look(const struct pktcap_file_reader *r, int64_t end)
{
	int64_t most = r->notify >= 0 ? LOOK_MS : LOOK_UNNOTIFIED_MS;
	int64_t left = end == INT64_MAX ? most : end - now_ms();

	if (left < 0)
		left = 0;
	return (int)(left < most ? left : most);
}

int pktcap_file_reader_wait(struct pktcap_file_reader *r, int timeout_ms)
{
	int64_t end = timeout_ms < 0 ? INT64_MAX : now_ms() + timeout_ms;
	int ret;

	if (!(r->opts.flags & PKTCAP_FILE_READER_FOLLOW))
		return -EINVAL;
	if (!r->growing)
		return wait_for(r, timeout_ms);
	begin_watching(r);
	for (;;) {
		int ms;

		forget_events(r);
		ret = look(r);
		if (ret)
			return ret;
		ms = until_next_look(r, end);
		if (!ms)
			return 0;
		ret = wait_for(r, ms);
		if (ret < 0)
			return ret;
	}
}
