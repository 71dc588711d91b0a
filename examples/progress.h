/* SPDX-License-Identifier: BSD-2-Clause */
/* What examples that take a while share: a bar, where stderr is a terminal. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { PROGRESS_NS = 200000000 }; /* from one bar to the next */

struct progress {
	bool wanted;
	bool on_screen;
	int64_t next_ns; /* monotonic clock: when to draw it again */
};

static inline int64_t progress_now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

/* Columns of the terminal at stderr, 0 if it is none that can erase a line. */
static inline unsigned int progress_columns(void)
{
	const char *term = getenv("TERM");
	struct winsize size;

	if (!isatty(STDERR_FILENO) || !term || !*term || !strcmp(term, "dumb"))
		return 0;
	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || !size.ws_col)
		return 80;
	return size.ws_col;
}

static inline void progress_start(struct progress *progress)
{
	*progress = (struct progress){ .wanted = progress_columns() > 0 };
}

static inline void progress_draw(uint64_t done, uint64_t total,
				 const char *what, unsigned int columns)
{
	enum { AROUND = 9, BAR = 30, BAR_LEAST = 10 }; /* "100% [] ", an edge */
	char text[256];
	unsigned int percent, room, bar, len;

	/* A division first: the product of great numbers has no room. */
	percent = (unsigned int)(total < 1000 ? done * 100 / total
					      : done / (total / 100));
	percent = percent < 100 ? percent : 100;
	len = (unsigned int)snprintf(text, sizeof(text),
				     "%" PRIu64 " of %" PRIu64 " %s", done,
				     total, what);
	for (char *c = text; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = '?'; /* it would change the terminal */
	/* A line that wraps would be drawn anew below itself each time. */
	room = columns > AROUND + len ? columns - AROUND - len : 0;
	bar = room < BAR ? room : BAR;
	putc('\r', stderr);
	if (bar >= BAR_LEAST) {
		fprintf(stderr, "%3u%% [", percent);
		for (unsigned int i = 0; i < bar; i++)
			putc(i < percent * bar / 100 ? '#' : ' ', stderr);
		fputs("] ", stderr);
	}
	fprintf(stderr, "%.*s\033[K", (int)columns - 1, text);
	fflush(stderr);
}

/*
 * As often as one likes: drawn each PROGRESS_NS. @done of @total @what
 * ("packets", "addresses").
 */
static inline void progress_show(struct progress *progress, uint64_t done,
				 uint64_t total, const char *what)
{
	unsigned int columns;
	int64_t now;

	if (!progress->wanted || !total)
		return;
	now = progress_now_ns();
	if (now < progress->next_ns)
		return;
	columns = progress_columns(); /* windows change their width */
	if (!columns)
		return;
	progress_draw(done < total ? done : total, total, what, columns);
	progress->on_screen = true;
	progress->next_ns = now + PROGRESS_NS;
}

/* Before anything else is written to the terminal, and at the end. */
static inline void progress_erase(struct progress *progress)
{
	if (progress->on_screen)
		fputs("\r\033[K", stderr);
	progress->on_screen = false;
}

#endif
