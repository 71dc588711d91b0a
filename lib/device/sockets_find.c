// SPDX-License-Identifier: BSD-2-Clause
/*
 * Which processes hold sockets: the links in /proc/PID/fd say "socket:[INODE]".
 * Processes come and go meanwhile; one that is gone holds nothing.
 */
#include "device/sockets.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/text.h"
#include "device/words.h"

enum { PATH = 32, LINK = 32 };

static bool read_number(const char *name, uint32_t *out)
{
	return words_number(
		(struct bytes){ (const uint8_t *)name, strlen(name) }, 10, out);
}

/* "socket:[4711]" */
static bool read_link(const char *link, size_t n, uint32_t *inode)
{
	static const char begin[] = "socket:[";
	const size_t at = sizeof(begin) - 1;
	struct bytes number = { (const uint8_t *)link + at, n - at - 1 };

	return n > at && !memcmp(link, begin, at) && link[n - 1] == ']' &&
	       words_number(number, 10, inode);
}

static int by_inode(const void *key, const void *entry)
{
	uint32_t x = *(const uint32_t *)key;
	uint32_t y = ((const struct socket_entry *)entry)->socket.inode;

	return (x > y) - (x < y);
}

static ssize_t read_file(const char *path, char *buf, size_t size)
{
	ssize_t n;
	int fd;

	do
		fd = open(path, O_RDONLY | O_CLOEXEC);
	while (fd < 0 && errno == EINTR);
	if (fd < 0)
		return -errno;
	do
		n = read(fd, buf, size);
	while (n < 0 && errno == EINTR);
	close(fd);
	return n;
}

/* No name where the process is gone. */
static void read_name(struct pktcap_device_process *process)
{
	char path[PATH], name[sizeof(process->name) + 1];
	struct text text = text_over(path, sizeof(path));
	ssize_t n;

	text_format(&text, "/proc/%u/comm", process->pid);
	n = read_file(path, name, sizeof(name) - 1);
	/* The kernel's newline; one within is part of the name. */
	name[n > 0 ? n - 1 : 0] = '\0';
	text = text_over(process->name, sizeof(process->name));
	text_safe(&text, name);
}

/* Notes that @process has a descriptor of the socket @inode. */
static int note(struct pktcap_device_sockets *list,
		struct pktcap_device_process *process, uint32_t fd,
		uint32_t inode)
{
	struct socket_entry *entry =
		bsearch(&inode, list->entries, list->count,
			sizeof(list->entries[0]), by_inode);
	void *array = list->holders;
	int r;

	if (!entry || entry->noted == process->pid)
		return 0;
	r = array_grow(&array, &list->holder_room, list->holder_count,
		       sizeof(list->holders[0]));
	list->holders = array;
	if (r < 0)
		return r;
	if (!process->name[0])
		read_name(process);
	entry->noted = process->pid;
	process->fd = fd;
	list->holders[list->holder_count++] = (struct socket_holder){
		.entry = (size_t)(entry - list->entries),
		.process = *process,
	};
	return 0;
}

/* What the kernel says of a process that ended. */
static bool is_gone(int err)
{
	return err == ENOENT || err == ESRCH;
}

/* *@hidden becomes true if something is there that may not be read. */
static int look_at(struct pktcap_device_sockets *list, DIR *dir,
		   struct pktcap_device_process *process, bool *hidden)
{
	const struct dirent *entry;
	uint32_t fd, inode;
	char link[LINK];
	ssize_t n;
	int r = 0;

	while (r == 0) {
		errno = 0;
		entry = readdir(dir);
		if (!entry) {
			*hidden |= errno && !is_gone(errno);
			break;
		}
		if (!read_number(entry->d_name, &fd))
			continue;
		n = readlinkat(dirfd(dir), entry->d_name, link, sizeof(link));
		if (n < 0)
			*hidden |= !is_gone(errno);
		else if (read_link(link, (size_t)n, &inode))
			r = note(list, process, fd, inode);
	}
	return r;
}

static int look_into(struct pktcap_device_sockets *list, uint32_t pid)
{
	struct pktcap_device_process process = { .pid = pid };
	char path[PATH];
	struct text text = text_over(path, sizeof(path));
	bool hidden = false;
	DIR *dir;
	int r;

	text_format(&text, "/proc/%u/fd", pid);
	dir = opendir(path);
	if (!dir && (errno == ENOMEM || errno == EMFILE || errno == ENFILE))
		return -errno;
	if (!dir) {
		list->hidden += !is_gone(errno);
		return 0;
	}
	r = look_at(list, dir, &process, &hidden);
	closedir(dir);
	list->hidden += hidden;
	return r;
}

int sockets_find_holders(struct pktcap_device_sockets *list)
{
	DIR *dir = opendir("/proc");
	const struct dirent *entry;
	uint32_t pid;
	int r = 0;

	if (!dir)
		return -errno;
	while (r == 0) {
		errno = 0;
		entry = readdir(dir);
		if (!entry) {
			r = -errno;
			break;
		}
		if (read_number(entry->d_name, &pid) && pid)
			r = look_into(list, pid);
	}
	closedir(dir);
	return r;
}
