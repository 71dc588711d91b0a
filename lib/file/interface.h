/* SPDX-License-Identifier: BSD-2-Clause */
/* The interfaces that a file describes, and what their clocks count. */
#ifndef FILE_INTERFACE_H
#define FILE_INTERFACE_H

#include <pktcap/file.h>

#include "base/bytes.h"

/* How time stamps become nanoseconds (if_tsresol, if_tsoffset). */
struct ticks {
	/* Below @easy it is a multiplication; 0: never. */
	uint64_t easy;
	uint32_t factor;
	uint8_t resolution; /* coded as if_tsresol */
	int64_t offset_s;
};

void ticks_set(struct ticks *t, uint8_t resolution, int64_t offset_s);
/* False where 64 bits do not hold it: @ns is the nearest they do, then. */
bool ticks_convert_any(const struct ticks *t, uint64_t count, int64_t *ns);

static inline bool ticks_convert(const struct ticks *t, uint64_t count,
				 int64_t *ns)
{
	if (count >= t->easy)
		return ticks_convert_any(t, count, ns);
	*ns = (int64_t)(count * t->factor);
	return true;
}

struct interface {
	struct ticks ticks;
	struct pktcap_file_interface told;
	struct pktcap_file_interface_stats *stats; /* NULL: none seen */
	char *strings;
	bool damaged; /* only its number is known (RECOVER) */
};

struct interfaces {
	struct interface *list;
	uint32_t count;
	uint32_t room;
};

/* Takes over @i at the end; 0 or -ENOMEM. */
int interfaces_add(struct interfaces *all, const struct interface *i);
void interfaces_free(struct interfaces *all);

/* From the body of its block. 0, -ENOMEM, or -EPROTO with @reason set. */
int interface_decode(struct interface *i, struct bytes body, bool swapped,
		     const char **reason);
/* The same for counters, unless there are none in it: 0 or -ENOMEM. */
int interface_decode_stats(struct interface *i, struct bytes body,
			   bool swapped);

/* Copies of options with the codes wanted, all in one allocation. */
struct wanted_string {
	uint16_t code;
	bool is_filter; /* its first byte says which kind of filter it is */
	const char **out;
};

/* 0 or -ENOMEM; *@memory is what to free, or NULL. */
int option_strings(struct bytes options, bool swapped,
		   const struct wanted_string *wanted, size_t n, void **memory);

#endif
