// SPDX-License-Identifier: BSD-2-Clause
#include "file/interface.h"

#include <errno.h>
#include <stdlib.h>

#include "file/ng.h"

enum { MICRO = 6 };

int interfaces_add(struct interfaces *all, const struct interface *i)
{
	if (all->count == all->room) {
		uint32_t room = all->room ? all->room * 2 : 4;
		struct interface *list;
		size_t bytes;

		if (room <= all->room ||
		    __builtin_mul_overflow(room, sizeof(*list), &bytes))
			return -ENOMEM;
		list = realloc(all->list, bytes);
		if (!list)
			return -ENOMEM;
		all->list = list;
		all->room = room;
	}
	all->list[all->count++] = *i;
	return 0;
}

void interfaces_free(struct interfaces *all)
{
	for (uint32_t i = 0; i < all->count; i++) {
		free(all->list[i].stats);
		free(all->list[i].strings);
	}
	free(all->list);
}

/* False where times cannot be told because of the option's length. */
static bool take_option(struct pktcap_file_interface *t,
			const struct pktcap_file_option *o, bool swapped)
{
	struct bytes value = { o->value, o->len };
	uint64_t number;

	switch (o->code) {
	case NG_IF_MAC:
		t->has_mac = o->len == sizeof(t->mac);
		if (t->has_mac)
			memcpy(t->mac, o->value, sizeof(t->mac));
		return true;
	case NG_IF_SPEED:
		if (o->len == 8)
			ng_get64(value, 0, swapped, &t->speed_bps);
		return true;
	case NG_IF_TSRESOL:
		return o->len == 1 && bytes_u8(value, 0, &t->tsresol);
	case NG_IF_FCSLEN:
		if (o->len == 1)
			bytes_u8(value, 0, &t->fcslen);
		return true;
	case NG_IF_TSOFFSET:
		if (o->len != 8 || !ng_get64(value, 0, swapped, &number))
			return false;
		t->tsoffset_s = (int64_t)number;
		return true;
	}
	return true;
}

static int take_options(struct pktcap_file_interface *t, struct bytes options,
			bool swapped, const char **reason)
{
	struct pktcap_file_option o;
	size_t at = 0;
	int ret;

	t->tsresol = MICRO;
	while ((ret = pktcap_file_option_next(options.p, options.n, swapped,
					      &at, &o)) == 1) {
		if (take_option(t, &o, swapped))
			continue;
		*reason = "describes an interface with an option of a wrong "
			  "length";
		return -EPROTO;
	}
	if (ret)
		*reason = "describes an interface with options that end "
			  "outside of it";
	return ret;
}

/*
 *  0         2         4                   8
 *  +---------+---------+-------------------+-------------
 *  |linktype |reserved |      snaplen      | options ...
 *  +---------+---------+-------------------+-------------
 */
int interface_decode(struct interface *i, struct bytes body, bool swapped,
		     const char **reason)
{
	struct pktcap_file_interface *t = &i->told;
	const struct wanted_string wanted[] = {
		{ NG_IF_NAME, false, &t->name },
		{ NG_IF_DESCRIPTION, false, &t->description },
		{ NG_IF_FILTER, true, &t->filter },
		{ NG_IF_OS, false, &t->os },
		{ NG_IF_HARDWARE, false, &t->hardware },
		{ NG_OPTION_COMMENT, false, &t->comment },
	};
	struct bytes options = bytes_slice(body, 8, body.n);
	void *strings = NULL;
	uint16_t linktype;
	int err;

	if (!ng_get16(body, 0, swapped, &linktype) ||
	    !ng_get32(body, 4, swapped, &t->snaplen)) {
		*reason = "is too short to describe an interface";
		return -EPROTO;
	}
	t->linktype = linktype;
	err = take_options(t, options, swapped, reason);
	if (err)
		return err;
	ticks_set(&i->ticks, t->tsresol, t->tsoffset_s);
	err = option_strings(options, swapped, wanted,
			     sizeof(wanted) / sizeof(wanted[0]), &strings);
	i->strings = strings;
	return err;
}

enum {
	ISB_START = 2,
	ISB_END = 3,
	ISB_RECEIVED = 4,
	ISB_DELIVERED = 8,
};

static void take_counter(struct pktcap_file_interface_stats *s,
			 const struct interface *i,
			 const struct pktcap_file_option *o, bool swapped)
{
	uint64_t *const counters[] = { &s->received, &s->dropped, &s->accepted,
				       &s->os_dropped, &s->delivered };
	struct bytes value = { o->value, o->len };
	uint64_t ticks;

	if (o->len != 8)
		return;
	if (o->code == ISB_START && ng_ticks(value, 0, swapped, &ticks)) {
		ticks_convert(&i->ticks, ticks, &s->start_ns);
		s->has |= PKTCAP_FILE_HAS_START;
	} else if (o->code == ISB_END && ng_ticks(value, 0, swapped, &ticks)) {
		ticks_convert(&i->ticks, ticks, &s->end_ns);
		s->has |= PKTCAP_FILE_HAS_END;
	} else if (o->code >= ISB_RECEIVED && o->code <= ISB_DELIVERED) {
		ng_get64(value, 0, swapped, counters[o->code - ISB_RECEIVED]);
		s->has |= PKTCAP_FILE_HAS_RECEIVED << (o->code - ISB_RECEIVED);
	}
}

/*
 *  0                   4                                      12
 *  +-------------------+--------------------------------------+---------
 *  |     interface     |     time stamp, upper half first     | options
 *  +-------------------+--------------------------------------+---------
 */
int interface_decode_stats(struct interface *i, struct bytes body, bool swapped)
{
	struct bytes options = bytes_slice(body, 12, body.n);
	struct pktcap_file_interface_stats stats = { 0 };
	struct pktcap_file_option o;
	uint64_t ticks;
	size_t at = 0;

	if (!ng_ticks(body, 4, swapped, &ticks))
		return 0;
	ticks_convert(&i->ticks, ticks, &stats.ts_ns);
	while (pktcap_file_option_next(options.p, options.n, swapped, &at,
				       &o) == 1)
		take_counter(&stats, i, &o, swapped);
	if (!i->stats)
		i->stats = malloc(sizeof(*i->stats));
	if (!i->stats)
		return -ENOMEM;
	*i->stats = stats;
	return 0;
}
