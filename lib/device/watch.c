// SPDX-License-Identifier: BSD-2-Clause
#include <pktcap/device.h>

#include <errno.h>
#include <linux/if.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/netlink.h"
#include "device/link.h"

/* One link as it was last told to the caller. */
struct state {
	uint32_t ifindex;
	uint32_t hatype;
	uint32_t kernel_flags;
	char name[PKTCAP_DEVICE_NAME_SIZE];
};

/* In order of ifindex. */
struct states {
	struct state *at;
	size_t count;
	size_t room;
};

struct pktcap_device_watch {
	struct netlink nl;
	struct bytes rest; /* of the last datagram, not looked at yet */
	struct states known;
	/*
	 * After a loss: all links as they are, and how far known has been
	 * compared with them, in both directions.
	 */
	struct states now;
	size_t known_compared;
	size_t now_compared;
	bool comparing;
	bool lost; /* a comparison is due */
	bool named;
	char ifname[PKTCAP_DEVICE_NAME_SIZE];
	/* One message tells two things at most: back and up, renamed and up. */
	struct pktcap_device_event queue[2];
	size_t queued;
	size_t taken;
};

/* Where @ifindex is, or belongs. */
static size_t states_position(const struct states *s, uint32_t ifindex)
{
	size_t low = 0, high = s->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s->at[middle].ifindex < ifindex)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct state *states_find(const struct states *s, uint32_t ifindex)
{
	size_t i = states_position(s, ifindex);

	return i < s->count && s->at[i].ifindex == ifindex ? &s->at[i] : NULL;
}

static int states_put(struct states *s, const struct state *state)
{
	size_t i = states_position(s, state->ifindex);

	if (i < s->count && s->at[i].ifindex == state->ifindex) {
		s->at[i] = *state;
		return 0;
	}
	if (s->count == s->room) {
		size_t room = s->room ? s->room * 2 : 1;
		struct state *at = realloc(s->at, room * sizeof(*at));

		if (!at)
			return -ENOMEM;
		s->at = at;
		s->room = room;
	}
	memmove(&s->at[i + 1], &s->at[i], (s->count - i) * sizeof(s->at[0]));
	s->at[i] = *state;
	s->count++;
	return 0;
}

static void states_remove(struct states *s, const struct state *state)
{
	size_t i = (size_t)(state - s->at);

	s->count--;
	memmove(&s->at[i], &s->at[i + 1], (s->count - i) * sizeof(s->at[0]));
}

static void states_free(struct states *s)
{
	free(s->at);
	*s = (struct states){ 0 };
}

static struct state state_of(const struct link *link)
{
	struct state state = {
		.ifindex = link->ifindex,
		.hatype = link->hatype,
		.kernel_flags = link->kernel_flags,
	};

	memcpy(state.name, link->name, sizeof(state.name));
	return state;
}

static struct pktcap_device_event *tell(struct pktcap_device_watch *watch,
					uint32_t type,
					const struct state *state)
{
	struct pktcap_device_event *event = &watch->queue[watch->queued++];

	memset(event, 0, sizeof(*event));
	event->type = type;
	event->ifindex = state->ifindex;
	event->flags = link_flags(state->kernel_flags);
	event->hatype = state->hatype;
	memcpy(event->name, state->name, sizeof(event->name));
	return event;
}

static void tell_gone(struct pktcap_device_watch *watch, struct state *state)
{
	state->kernel_flags &= ~(IFF_UP | IFF_RUNNING | IFF_LOWER_UP);
	tell(watch, PKTCAP_DEVICE_EVENT_GONE, state);
	/* Renamed since: another one may have the name already. */
	if (watch->named && strcmp(state->name, watch->ifname) != 0)
		watch->lost = true;
	states_remove(&watch->known, state);
}

static void tell_change(struct pktcap_device_watch *watch,
			const struct state *was, const struct state *is)
{
	struct pktcap_device_event *event;

	if (strcmp(was->name, is->name) != 0) {
		event = tell(watch, PKTCAP_DEVICE_EVENT_RENAMED, is);
		memcpy(event->old_name, was->name, sizeof(was->name));
	}
	if ((was->kernel_flags ^ is->kernel_flags) & IFF_UP)
		tell(watch,
		     is->kernel_flags & IFF_UP ? PKTCAP_DEVICE_EVENT_UP
					       : PKTCAP_DEVICE_EVENT_DOWN,
		     is);
}

static int tell_seen(struct pktcap_device_watch *watch, const struct state *is)
{
	struct state *was = states_find(&watch->known, is->ifindex);
	int r;

	if (was) {
		tell_change(watch, was, is);
		*was = *is;
		return 0;
	}
	r = states_put(&watch->known, is);
	if (r < 0)
		return r;
	tell(watch, PKTCAP_DEVICE_EVENT_BACK, is);
	if (is->kernel_flags & IFF_UP)
		tell(watch, PKTCAP_DEVICE_EVENT_UP, is);
	return 0;
}

/* Is @ifindex of interest, as far as can be told without the name? */
static bool may_concern(const struct pktcap_device_watch *watch,
			uint32_t ifindex)
{
	return !watch->named || watch->known.count == 0 ||
	       watch->known.at[0].ifindex == ifindex;
}

static int take_message(struct pktcap_device_watch *watch,
			const struct netlink_message *message)
{
	struct state *was, is;
	struct link link;
	uint32_t ifindex;
	int r;

	if (!link_parse_ifindex(message, &ifindex) ||
	    !may_concern(watch, ifindex) || !link_parse(message, &link))
		return 0;
	was = states_find(&watch->known, ifindex);
	if (message->type == RTM_DELLINK) {
		if (was)
			tell_gone(watch, was);
		return 0;
	}
	if (watch->named && !was && strcmp(link.name, watch->ifname) != 0)
		return 0;
	is = state_of(&link);
	r = tell_seen(watch, &is);
	if (r < 0)
		watch->lost = true;
	return r;
}

static int collect(void *user, const struct netlink_message *message)
{
	struct states *states = user;
	struct state state;
	struct link link;

	if (message->type != RTM_NEWLINK || !link_parse(message, &link))
		return 0;
	state = state_of(&link);
	return states_put(states, &state);
}

/* The link that a named watch follows, or else the one with its name. */
static int collect_named(const struct pktcap_device_watch *watch,
			 struct netlink *nl, struct states *now)
{
	int r = -ENODEV;

	if (watch->known.count)
		r = link_get(nl, watch->known.at[0].ifindex, NULL, collect,
			     now);
	if (r == -ENODEV)
		r = link_get(nl, 0, watch->ifname, collect, now);
	return r == -ENODEV ? 0 : r;
}

static int collect_all(struct netlink *nl, struct states *now)
{
	enum { TRIES = 16 };
	int r = -EINTR;

	for (int i = 0; i < TRIES && r == -EINTR; i++) {
		now->count = 0;
		r = link_dump(nl, collect, now);
	}
	return r;
}

/*
 * A socket of its own, so that answers and notifications do not mix. It lives
 * only as long as it is needed: its buffer is large.
 */
static int look(const struct pktcap_device_watch *watch, struct states *now)
{
	struct netlink nl;
	int r = netlink_open(&nl, 0);

	if (r < 0)
		return r;
	if (watch->named)
		r = collect_named(watch, &nl, now);
	else
		r = collect_all(&nl, now);
	netlink_close(&nl);
	if (r < 0)
		states_free(now);
	return r;
}

/*
 * The whole queue is read before: an old "deleted" that comes after the look
 * would take away a link that has been made again since.
 */
static int compare_start(struct pktcap_device_watch *watch)
{
	int r = look(watch, &watch->now);

	if (r < 0)
		return r;
	watch->lost = false;
	watch->comparing = true;
	watch->known_compared = 0;
	watch->now_compared = 0;
	return 0;
}

/* One link at a time, as the queue has room for no more. */
static int compare_step(struct pktcap_device_watch *watch)
{
	struct states *known = &watch->known, *now = &watch->now;
	int r;

	while (watch->known_compared < known->count) {
		struct state *state = &known->at[watch->known_compared];

		if (!states_find(now, state->ifindex)) {
			tell_gone(watch, state);
			return 0;
		}
		watch->known_compared++;
	}
	if (watch->now_compared < now->count) {
		r = tell_seen(watch, &now->at[watch->now_compared]);
		if (r < 0)
			return r;
		watch->now_compared++;
		watch->known_compared = known->count;
		return 0;
	}
	watch->comparing = false;
	states_free(now);
	return 0;
}

/* Does the next piece of work. Returns 1, or 0 if there is none. */
static int step(struct pktcap_device_watch *watch)
{
	struct netlink_message message;
	int r;

	if (watch->comparing)
		r = compare_step(watch);
	else if (netlink_next_message(&watch->rest, &message))
		r = take_message(watch, &message);
	else
		r = netlink_receive(&watch->nl, &watch->rest);
	if (r == -ENOBUFS) {
		watch->lost = true;
		return 1;
	}
	if (r == -EAGAIN && !watch->lost)
		return 0;
	if (r == -EAGAIN)
		r = compare_start(watch);
	return r < 0 ? r : 1;
}

int pktcap_device_watch_next(struct pktcap_device_watch *watch,
			     struct pktcap_device_event *event)
{
	int r;

	while (watch->taken == watch->queued) {
		watch->taken = watch->queued = 0;
		r = step(watch);
		if (r <= 0)
			return r;
	}
	*event = watch->queue[watch->taken++];
	return 1;
}

int pktcap_device_watch_open(struct pktcap_device_watch **out,
			     const char *ifname, struct pktcap_error *error)
{
	struct pktcap_device_watch *watch;
	int r;

	*out = NULL;
	if (ifname) {
		r = link_check_name(ifname, error);
		if (r < 0)
			return r;
	}
	watch = calloc(1, sizeof(*watch));
	if (!watch)
		return error_set(error, -ENOMEM, "calloc",
				 "watching links: out of memory");
	watch->named = ifname != NULL;
	if (ifname)
		memcpy(watch->ifname, ifname, strlen(ifname));
	/* First subscribe, then look: nothing falls between the two. */
	r = netlink_open(&watch->nl, RTMGRP_LINK);
	if (r == 0)
		r = look(watch, &watch->known);
	if (r < 0) {
		pktcap_device_watch_close(watch);
		return error_set(error, r, "rtnetlink",
				 "watching links needs an AF_NETLINK socket "
				 "(error %d): check the limit on open files "
				 "and the sandbox",
				 -r);
	}
	*out = watch;
	return 0;
}

int pktcap_device_watch_fd(const struct pktcap_device_watch *watch)
{
	return watch->nl.fd;
}

void pktcap_device_watch_close(struct pktcap_device_watch *watch)
{
	if (!watch)
		return;
	netlink_close(&watch->nl);
	states_free(&watch->known);
	states_free(&watch->now);
	free(watch);
}
