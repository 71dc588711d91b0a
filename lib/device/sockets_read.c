// SPDX-License-Identifier: BSD-2-Clause
/* Packet sockets as packet_diag and /proc/net/packet tell them. */
#include "device/sockets.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/packet_diag.h>
#include <linux/sock_diag.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/array.h"
#include "device/words.h"

/* Of the calling thread, whose network may be another than its process's. */
#define FILE_PATH "/proc/thread-self/net/packet"

enum {
	TRIES = 16, /* of a dump that changes under way */
	LINES = 4096,
};

static int add(struct pktcap_device_sockets *list,
	       const struct pktcap_device_socket *socket)
{
	void *array = list->entries;
	int r = array_grow(&array, &list->room, list->count,
			   sizeof(list->entries[0]));

	list->entries = array;
	if (r == 0)
		list->entries[list->count++] =
			(struct socket_entry){ .socket = *socket };
	return r;
}

/* --- packet_diag --- */

static void read_info(const struct packet_diag_info *info,
		      struct pktcap_device_socket *socket)
{
	const uint32_t rings =
		PKTCAP_DEVICE_SOCKET_RX_RING | PKTCAP_DEVICE_SOCKET_TX_RING;

	socket->ifindex = info->pdi_index;
	if (info->pdi_flags & PDI_RUNNING)
		socket->flags |= PKTCAP_DEVICE_SOCKET_RUNNING;
	/* Theirs counts from 0, and is told without a ring as well. */
	if (socket->flags & rings)
		socket->ring_version = (uint16_t)(info->pdi_version + 1);
}

static void read_membership(struct bytes b, size_t at,
			    struct pktcap_device_membership *out)
{
	struct packet_diag_mclist theirs = { .pdmc_index = 0 };

	bytes_copy(b, at, &theirs, sizeof(theirs));
	*out = (struct pktcap_device_membership){
		.ifindex = theirs.pdmc_index,
		.count = theirs.pdmc_count,
		.type = theirs.pdmc_type,
		.address_len = theirs.pdmc_alen,
	};
	if (out->address_len > sizeof(out->address))
		out->address_len = sizeof(out->address);
	memcpy(out->address, theirs.pdmc_addr, out->address_len);
}

static int read_memberships(struct pktcap_device_sockets *list, struct bytes b,
			    struct pktcap_device_socket *socket)
{
	const size_t size = sizeof(struct packet_diag_mclist);
	size_t n = b.n / size;
	struct pktcap_device_membership *memberships;

	socket->flags |= PKTCAP_DEVICE_SOCKET_MEMBERSHIPS;
	if (!n)
		return 0;
	memberships = arena_take(&list->arena, n * sizeof(*memberships));
	if (!memberships)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++)
		read_membership(b, i * size, &memberships[i]);
	socket->memberships = memberships;
	socket->membership_count = (uint32_t)n;
	return 0;
}

static void read_fanout(struct bytes b, struct pktcap_device_socket *socket)
{
	uint32_t fanout;

	/* The mode stands above the number. */
	if (!bytes_host32(b, 0, &fanout))
		return;
	socket->flags |= PKTCAP_DEVICE_SOCKET_FANOUT;
	socket->fanout = (uint16_t)fanout;
}

static int read_attrs(struct pktcap_device_sockets *list, struct bytes attrs,
		      struct pktcap_device_socket *socket)
{
	struct packet_diag_info info = { .pdi_index = 0 };
	struct netlink_attr attr;
	int r = 0;

	while (r == 0 && netlink_next_attr(&attrs, &attr)) {
		switch (attr.type) {
		case PACKET_DIAG_INFO:
			bytes_copy(attr.value, 0, &info, sizeof(info));
			break;
		case PACKET_DIAG_MCLIST:
			r = read_memberships(list, attr.value, socket);
			break;
		case PACKET_DIAG_RX_RING:
			socket->flags |= PKTCAP_DEVICE_SOCKET_RX_RING;
			break;
		case PACKET_DIAG_TX_RING:
			socket->flags |= PKTCAP_DEVICE_SOCKET_TX_RING;
			break;
		case PACKET_DIAG_FANOUT:
			read_fanout(attr.value, socket);
			break;
		case PACKET_DIAG_UID:
			if (bytes_host32(attr.value, 0, &socket->uid))
				socket->flags |= PKTCAP_DEVICE_SOCKET_UID;
			break;
		}
	}
	read_info(&info, socket);
	return r;
}

int sockets_add_answer(void *user, const struct netlink_message *message)
{
	struct pktcap_device_sockets *list = user;
	struct pktcap_device_socket socket = {
		.flags = PKTCAP_DEVICE_SOCKET_DETAILS,
	};
	struct packet_diag_msg theirs;
	int r;

	if (message->type != SOCK_DIAG_BY_FAMILY ||
	    !bytes_copy(message->body, 0, &theirs, sizeof(theirs)) ||
	    theirs.pdiag_family != AF_PACKET)
		return 0;
	socket.inode = theirs.pdiag_ino;
	socket.type = theirs.pdiag_type;
	socket.protocol = theirs.pdiag_num;
	r = read_attrs(list,
		       bytes_slice(message->body, NLMSG_ALIGN(sizeof(theirs)),
				   SIZE_MAX),
		       &socket);
	return r < 0 ? r : add(list, &socket);
}

static int dump(struct pktcap_device_sockets *list, struct netlink *nl,
		uint32_t show)
{
	const struct packet_diag_req ask = {
		.sdiag_family = AF_PACKET,
		.pdiag_show = show,
	};

	int r = -EINTR;

	/* What comes twice is sorted out later. */
	for (int i = 0; i < TRIES && r == -EINTR; i++)
		r = netlink_request(
			nl, SOCK_DIAG_BY_FAMILY, NLM_F_DUMP,
			(struct bytes){ (const uint8_t *)&ask, sizeof(ask) },
			sockets_add_answer, list);
	return r;
}

/*
 * Where the memberships of a socket do not fit a datagram the kernel ends the
 * dump as if there were no more sockets, which would be a way to hide them.
 */
static int read_diag(struct pktcap_device_sockets *list)
{
	const uint32_t show =
		PACKET_SHOW_INFO | PACKET_SHOW_RING_CFG | PACKET_SHOW_FANOUT;
	struct netlink nl;
	int r = netlink_open_diag(&nl);

	if (r < 0)
		return r;
	r = dump(list, &nl, show);
	if (r == 0)
		r = dump(list, &nl, show | PACKET_SHOW_MCLIST);
	netlink_close(&nl);
	return r;
}

/* --- /proc/net/packet --- */

/* -1: it is gone. */
static bool read_ifindex(struct bytes word, uint32_t *out)
{
	if (word.n == 2 && !memcmp(word.p, "-1", 2)) {
		*out = UINT32_MAX;
		return true;
	}
	return words_number(word, 10, out);
}

/* sk RefCnt Type Proto Iface R Rmem User Inode */
int sockets_add_line(struct pktcap_device_sockets *list, struct bytes line)
{
	enum { REFS, TYPE, PROTO, IFACE, RUNNING, RMEM, USER, INODE, N };
	struct pktcap_device_socket socket = { .flags = 0 };
	uint32_t values[N] = { 0 };

	words_next(&line); /* an address */
	for (int i = REFS; i < N; i++) {
		struct bytes word = words_next(&line);

		if (i == IFACE ? !read_ifindex(word, &values[i])
			       : !words_number(word, i == PROTO ? 16 : 10,
					       &values[i]))
			return 0;
	}
	socket.inode = values[INODE];
	socket.ifindex = values[IFACE];
	socket.uid = values[USER];
	socket.type = (uint16_t)values[TYPE];
	socket.protocol = (uint16_t)values[PROTO];
	socket.flags = PKTCAP_DEVICE_SOCKET_UID;
	if (values[RUNNING])
		socket.flags |= PKTCAP_DEVICE_SOCKET_RUNNING;
	return add(list, &socket);
}

/* Adds the whole lines of @have bytes at @buf, and moves the rest to its begin.
 */
static int add_lines(struct pktcap_device_sockets *list, uint8_t *buf,
		     size_t *have)
{
	struct bytes text = { buf, *have };
	int r = 0;

	while (r == 0 && text.n && memchr(text.p, '\n', text.n))
		r = sockets_add_line(list, words_line(&text));
	if (text.n)
		memmove(buf, text.p, text.n);
	*have = text.n;
	return r;
}

static int read_lines(struct pktcap_device_sockets *list, int fd)
{
	uint8_t buf[LINES];
	size_t have = 0;
	ssize_t n;
	int r = 0;

	while (r == 0) {
		/* No line of the kernel is that long. */
		if (have == sizeof(buf))
			return -EBADMSG;
		n = read(fd, buf + have, sizeof(buf) - have);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			return 0;
		have += (size_t)n;
		r = add_lines(list, buf, &have);
	}
	return r;
}

static int read_file(struct pktcap_device_sockets *list)
{
	int fd, r;

	do
		fd = open(FILE_PATH, O_RDONLY | O_CLOEXEC);
	while (fd < 0 && errno == EINTR);
	if (fd < 0)
		return -errno;
	r = read_lines(list, fd);
	close(fd);
	return r;
}

/* What a kernel or a sandbox without packet_diag says. */
static bool is_lacking(int err)
{
	switch (err) {
	case -ENOENT:
	case -EINVAL: /* before sock_diag(7) */
	case -EOPNOTSUPP:
	case -EPROTONOSUPPORT:
	case -EAFNOSUPPORT:
	case -EPERM:
	case -EACCES:
		return true;
	default:
		return false;
	}
}

int sockets_read(struct pktcap_device_sockets *list)
{
	int r = read_diag(list);

	return is_lacking(r) && !read_file(list) ? 0 : r;
}
