// SPDX-License-Identifier: BSD-2-Clause
/*
 * The kernel does not count who set an interface flag, so the holders that
 * set it count themselves: each one binds a name of its own in the abstract
 * AF_UNIX name space. That is per network namespace, as interfaces are, and a
 * killed process leaves nothing behind, unlike a file. Who found the flag set
 * by somebody unknown takes no name and never touches the flag.
 */
#include "device/promisc.h"

#include <errno.h>
#include <linux/if.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "base/uapi.h"

#define SLOTS 32u
#define LOCK_TRIES 2000
#define LOCK_PAUSE_NS 1000000

/* Binds a name as long as the descriptor lives; -EADDRINUSE if it is taken. */
static int claim(const char *name)
{
	struct sockaddr_un self = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	size_t n = strlen(name);
	int err;

	if (fd < 0)
		return -errno;
	memcpy(self.sun_path + 1, name, n); /* a zero first: abstract */
	n += offsetof(struct sockaddr_un, sun_path) + 1;
	if (!bind(fd, (const struct sockaddr *)&self, (socklen_t)n))
		return fd;
	err = -errno;
	close(fd);
	return err;
}

/*
 * One holder at a time looks at flag and slots. The wait is bounded: any local
 * process could sit on the name.
 */
static int lock(const struct pktcap_device_promisc *holder)
{
	const struct timespec pause = { .tv_nsec = LOCK_PAUSE_NS };
	struct text text;
	char name[64];
	int fd;

	text = text_over(name, sizeof(name));
	text_format(&text, "libpktcap-promisc.%u.lock", holder->ifindex);
	for (int i = 0; i < LOCK_TRIES; i++) {
		fd = claim(name);
		if (fd != -EADDRINUSE)
			return fd;
		nanosleep(&pause, NULL);
	}
	return -EBUSY;
}

static int claim_slot(const struct pktcap_device_promisc *holder,
		      unsigned int slot)
{
	struct text text;
	char name[64];

	text = text_over(name, sizeof(name));
	text_format(&text, "libpktcap-promisc.%u.%u.%u", holder->ifindex,
		    holder->mode, slot);
	return claim(name);
}

/*
 * Takes the first free slot and tells whether any other is taken. Returns the
 * descriptor that holds it, -EBUSY if all are taken, or a negative errno.
 */
static int take_slot(const struct pktcap_device_promisc *holder, bool *others)
{
	int mine = -EBUSY;

	*others = false;
	for (unsigned int i = 0; i < SLOTS && (mine < 0 || !*others); i++) {
		int fd = claim_slot(holder, i);

		if (fd == -EADDRINUSE) {
			*others = true;
		} else if (fd < 0) {
			if (mine >= 0)
				close(mine);
			return fd;
		} else if (mine < 0) {
			mine = fd;
		} else {
			close(fd);
		}
	}
	return mine;
}

/* By name, as the ioctls want it; it may have been renamed since. */
static int read_flags(const struct pktcap_device_promisc *holder,
		      struct ifreq *req)
{
	memset(req, 0, sizeof(*req));
	req->ifr_ifindex = (int)holder->ifindex;
	if (ioctl(holder->fd, SIOCGIFNAME, req) ||
	    ioctl(holder->fd, SIOCGIFFLAGS, req))
		return -errno;
	return 0;
}

static short flag_of(const struct pktcap_device_promisc *holder)
{
	return holder->mode == PKTCAP_PROMISC_MODE_ALL ? IFF_PROMISC
						       : IFF_ALLMULTI;
}

static bool is_set(const struct pktcap_device_promisc *holder,
		   const struct ifreq *req)
{
	return (req->ifr_flags & flag_of(holder)) != 0;
}

static int toggle(const struct pktcap_device_promisc *holder, struct ifreq *req)
{
	req->ifr_flags = (short)(req->ifr_flags ^ flag_of(holder));
	return ioctl(holder->fd, SIOCSIFFLAGS, req) ? -errno : 0;
}

/* With the lock held. */
static int set_and_own(struct pktcap_device_promisc *holder)
{
	struct ifreq req;
	bool others;
	int slot_fd;
	int r;

	slot_fd = take_slot(holder, &others);
	if (slot_fd < 0)
		return slot_fd;
	r = read_flags(holder, &req);
	if (r == 0 && is_set(holder, &req) && !others) {
		close(slot_fd);
		return 0;
	}
	if (r == 0 && !is_set(holder, &req))
		r = toggle(holder, &req);
	if (r < 0) {
		close(slot_fd);
		return r;
	}
	holder->slot_fd = slot_fd;
	return 0;
}

static int explain(int r, const char *ifname, struct pktcap_error *error)
{
	switch (r) {
	case -EPERM:
		return error_set(error, r, "SIOCSIFFLAGS",
				 "%s: setting an interface flag needs "
				 "CAP_NET_ADMIN: run as root or setcap "
				 "cap_net_admin+ep PROGRAM",
				 ifname);
	case -EBUSY:
		return error_set(
			error, r, "method",
			"%s: %u programs hold its flag already, or one "
			"hangs: use a membership instead",
			ifname, SLOTS);
	case -ENODEV:
		return error_set(error, r, "SIOCGIFFLAGS",
				 "%s: the interface is gone", ifname);
	default:
		return error_set(error, r, "SIOCSIFFLAGS",
				 "%s: setting an interface flag failed (error "
				 "%d): use a membership instead",
				 ifname, -r);
	}
}

int promisc_flag_set(struct pktcap_device_promisc *holder, const char *ifname,
		     struct pktcap_error *error)
{
	int lock_fd = lock(holder);
	int r;

	if (lock_fd < 0)
		return explain(lock_fd, ifname, error);
	r = set_and_own(holder);
	close(lock_fd);
	return r < 0 ? explain(r, ifname, error) : 0;
}

/*
 * Nobody may be left who would put the flag back later: where it cannot be
 * found out who else holds it, it is cleared.
 */
int promisc_flag_restore(struct pktcap_device_promisc *holder)
{
	int lock_fd = lock(holder);
	struct ifreq req;
	bool others;
	int slot_fd;
	int r = 0;

	close(holder->slot_fd);
	holder->slot_fd = -1;
	slot_fd = take_slot(holder, &others);
	if (slot_fd < 0)
		others = slot_fd == -EBUSY;
	if (!others)
		r = read_flags(holder, &req);
	if (!others && r == 0 && is_set(holder, &req))
		r = toggle(holder, &req);
	if (slot_fd >= 0)
		close(slot_fd);
	if (lock_fd >= 0)
		close(lock_fd);
	return r == -ENODEV ? 0 : r;
}
