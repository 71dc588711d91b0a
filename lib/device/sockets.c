// SPDX-License-Identifier: BSD-2-Clause
/* Who listens: the list, its order, and which process is whose. */
#include "device/sockets.h"

#include <errno.h>
#include <stdlib.h>

#include "base/error.h"

/* Of two that are the same the one that tells more comes first. */
static int by_inode(const void *a, const void *b)
{
	const uint32_t told =
		PKTCAP_DEVICE_SOCKET_DETAILS | PKTCAP_DEVICE_SOCKET_MEMBERSHIPS;
	const struct pktcap_device_socket *x =
		&((const struct socket_entry *)a)->socket;
	const struct pktcap_device_socket *y =
		&((const struct socket_entry *)b)->socket;

	if (x->inode != y->inode)
		return x->inode < y->inode ? -1 : 1;
	return (int)(y->flags & told) - (int)(x->flags & told);
}

/* Each socket once, in order. */
static void arrange(struct pktcap_device_sockets *list)
{
	struct socket_entry *entries = list->entries;
	size_t n = 0;

	if (!list->count)
		return;
	qsort(entries, list->count, sizeof(*entries), by_inode);
	for (size_t i = 1; i < list->count; i++)
		if (entries[i].socket.inode != entries[n].socket.inode)
			entries[++n] = entries[i];
	list->count = n + 1;
}

static int by_socket(const void *a, const void *b)
{
	const struct socket_holder *x = a, *y = b;

	if (x->entry != y->entry)
		return x->entry < y->entry ? -1 : 1;
	return (x->process.pid > y->process.pid) -
	       (x->process.pid < y->process.pid);
}

/* Gives each socket its part of one array. */
static int hand_out(struct pktcap_device_sockets *list)
{
	struct pktcap_device_process *processes;

	if (!list->holder_count)
		return 0;
	processes = arena_take(&list->arena,
			       list->holder_count * sizeof(*processes));
	if (!processes)
		return -ENOMEM;
	qsort(list->holders, list->holder_count, sizeof(list->holders[0]),
	      by_socket);
	for (size_t i = 0; i < list->holder_count; i++) {
		const struct socket_holder *holder = &list->holders[i];
		struct pktcap_device_socket *socket =
			&list->entries[holder->entry].socket;

		processes[i] = holder->process;
		if (!socket->process_count++)
			socket->processes = &processes[i];
	}
	return 0;
}

static int fill(struct pktcap_device_sockets *list, uint32_t flags,
		struct pktcap_error *error)
{
	int r = sockets_read(list);

	arrange(list);
	if (r < 0 && r != -ENOMEM)
		return error_set(error, r, "packet_diag",
				 "listing packet sockets needs an AF_NETLINK "
				 "socket or /proc/net/packet (error %d): check "
				 "the limit on open files and the sandbox",
				 -r);
	if (r == 0 && flags & PKTCAP_DEVICE_SOCKETS_PROCESSES && list->count) {
		r = sockets_find_holders(list);
		if (r < 0 && r != -ENOMEM)
			return error_set(error, r, "opendir",
					 "/proc: cannot be read (error %d), "
					 "which tells the processes: mount it, "
					 "or list the sockets without them",
					 -r);
	}
	if (r == 0)
		r = hand_out(list);
	if (r < 0)
		return error_set(error, r, "malloc",
				 "listing packet sockets: out of memory");
	return 0;
}

int pktcap_device_sockets_open(struct pktcap_device_sockets **out,
			       uint32_t flags, struct pktcap_error *error)
{
	struct pktcap_device_sockets *list;
	int r;

	*out = NULL;
	if (flags & ~(uint32_t)PKTCAP_DEVICE_SOCKETS_PROCESSES)
		return error_set(error, -EINVAL, "flags",
				 "0x%x has a bit that is no "
				 "PKTCAP_DEVICE_SOCKETS flag",
				 flags);
	list = calloc(1, sizeof(*list));
	if (!list)
		return error_set(error, -ENOMEM, "calloc",
				 "listing packet sockets: out of memory");
	list->arena = arena_limited(SIZE_MAX);
	r = fill(list, flags, error);
	if (r < 0) {
		pktcap_device_sockets_close(list);
		return r;
	}
	*out = list;
	return 0;
}

size_t pktcap_device_sockets_count(const struct pktcap_device_sockets *list)
{
	return list->count;
}

const struct pktcap_device_socket *
pktcap_device_sockets_at(const struct pktcap_device_sockets *list, size_t index)
{
	return index < list->count ? &list->entries[index].socket : NULL;
}

size_t pktcap_device_sockets_hidden(const struct pktcap_device_sockets *list)
{
	return list->hidden;
}

void pktcap_device_sockets_close(struct pktcap_device_sockets *list)
{
	if (!list)
		return;
	arena_free(&list->arena);
	free(list->entries);
	free(list->holders);
	free(list);
}
