/* SPDX-License-Identifier: BSD-2-Clause */
/* Times in control messages of sockets (socket(7)), old form and new. */
#ifndef BASE_STAMP_MESSAGE_H
#define BASE_STAMP_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

/* Before SO_TIMESTAMPNS_NEW a time is two longs: 32 bits on small machines. */
struct old_time {
	long seconds;
	long fraction;
};

struct new_time {
	int64_t seconds;
	int64_t fraction;
};

/* Which of the three times of SO_TIMESTAMPING is which. */
enum { STAMP_SOFTWARE = 0, STAMP_RAW_HARDWARE = 2, STAMP_TIMES = 3 };

static inline int64_t stamp_ns(int64_t seconds, int64_t fraction)
{
	return seconds * 1000000000 + fraction;
}

/* Are the @n times in it of the new form? */
static inline bool stamp_is_wide(const struct cmsghdr *message, size_t n)
{
	return message->cmsg_len >= CMSG_LEN(n * sizeof(struct new_time));
}

/* Time @index of a message, nanoseconds. */
static inline int64_t stamp_read(const struct cmsghdr *message, bool wide,
				 size_t index)
{
	const uint8_t *data = CMSG_DATA(message);
	struct new_time time;
	struct old_time old;

	if (wide) {
		memcpy(&time, data + index * sizeof(time), sizeof(time));
		return stamp_ns(time.seconds, time.fraction);
	}
	memcpy(&old, data + index * sizeof(old), sizeof(old));
	return stamp_ns(old.seconds, old.fraction);
}

#endif
