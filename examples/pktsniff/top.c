// SPDX-License-Identifier: BSD-2-Clause
#include "top.h"
#include "ends.h"
#include "screen.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

enum { COLUMNS_MAX = 240, ROWS_MAX = 120, BAR = 20 };

#define BOLD "\033[1m"
#define GREEN "\033[32m"
#define PLAIN "\033[0m"

/* The picture as it grows: never more rows than the window has. */
struct picture {
	const struct top *top;
	const struct report *report;
	unsigned int rows;
	unsigned int columns;
	unsigned int used;
	bool colour;
	size_t len;
	char text[ROWS_MAX * (COLUMNS_MAX + 32)];
};

static void put(struct picture *picture, const char *text)
{
	size_t len = strlen(text);

	if (len > sizeof(picture->text) - picture->len)
		len = sizeof(picture->text) - picture->len;
	memcpy(picture->text + picture->len, text, len);
	picture->len += len;
}

/* A row, cut to the window. A byte that could do more than be seen is "?". */
static void put_row(struct picture *picture, const char *text, bool head)
{
	char row[COLUMNS_MAX + 1], *bar;
	size_t len = 0;

	if (picture->used == picture->rows)
		return;
	/* The last column stays free: the end of the row is erased there. */
	for (; text[len] && len + 1 < picture->columns; len++)
		row[len] = text[len] < ' ' || text[len] > '~' ? '?' : text[len];
	row[len] = '\0';
	put(picture, picture->used++ ? "\033[K\n" : "\033[H");
	bar = head ? row + len : row + strcspn(row, "#");
	put(picture, head && picture->colour ? BOLD : "");
	picture->len += (size_t)snprintf(picture->text + picture->len,
					 sizeof(picture->text) - picture->len,
					 "%.*s", (int)(bar - row), row);
	put(picture, !head && *bar && picture->colour ? GREEN : "");
	put(picture, bar);
	put(picture, picture->colour ? PLAIN : "");
}

static void put_format(struct picture *picture, bool head, const char *format,
		       ...) __attribute__((format(printf, 3, 4)));

static void put_format(struct picture *picture, bool head, const char *format,
		       ...)
{
	char row[COLUMNS_MAX + 1];
	va_list args;

	va_start(args, format);
	vsnprintf(row, sizeof(row), format, args);
	va_end(args);
	put_row(picture, row, head);
}

static void put_table(struct picture *picture, const struct table *table)
{
	char row[COLUMNS_MAX + 1];

	for (size_t i = 0; i < table->rows; i++) {
		table_line(table, i, row, sizeof(row));
		put_row(picture, row, i == 0);
	}
}

static double seconds_of(const struct report *report)
{
	return report->all_ns > 0 ? (double)report->all_ns / 1e9 : 0;
}

/* Of now while capturing, of all the time when a file is read. */
static double pace_of(const struct picture *picture, double now, uint64_t all)
{
	double seconds = seconds_of(picture->report);

	if (picture->top->live)
		return now;
	return seconds > 0 ? (double)all / seconds : 0;
}

static const char *bar_of(char bar[static BAR + 1], double part, double whole)
{
	double full = whole > 0 ? part / whole * BAR + 0.5 : 0;
	size_t n = full < BAR ? (size_t)full : BAR;

	memset(bar, '#', n);
	bar[n] = '\0';
	return bar;
}

static const char *bits(char text[static HUMAN], double bytes)
{
	return human(text, 8 * bytes, "bit/s");
}

static double total_pace(const struct picture *picture)
{
	const struct tally *tally = picture->report->tally;

	return pace_of(picture, tally->total_pace.bytes, tally->total.bytes);
}

static void put_title(struct picture *picture)
{
	const struct report *report = picture->report;
	const struct tally *tally = report->tally;
	char bytes[HUMAN], duration[HUMAN], pps[HUMAN], bps[HUMAN];
	char drops[64] = "";

	if (report->losses.known)
		snprintf(drops, sizeof(drops), ", %" PRIu64 " dropped",
			 report->losses.kernel + report->losses.interface);
	put_format(picture, true, "%s  %s, %" PRIu64 " packets, %s%s%s",
		   picture->top->title,
		   human_duration(duration, report->all_ns),
		   tally->total.packets,
		   human(bytes, (double)tally->total.bytes, "B"), drops,
		   picture->top->paused ? "  [paused]" : "");
	put_format(picture, false, "%s, %s",
		   human(pps,
			 pace_of(picture, tally->total_pace.packets,
				 tally->total.packets),
			 "packets/s"),
		   bits(bps, total_pace(picture)));
}

static void put_protocols(struct picture *picture, struct table *table,
			  size_t max)
{
	const struct tally *tally = picture->report->tally;
	char name[TALLY_NAME], pps[HUMAN], bps[HUMAN], bar[BAR + 1];
	uint16_t protos[PKTCAP_PROTO_COUNT];

	table_begin(table, "lrrl");
	table_row(table, "PROTOCOL|PACKETS||");
	for (int level = 0; level < TALLY_LEVELS; level++) {
		size_t n = report_protocols(tally, level, protos);

		for (size_t i = 0; i < n && table->rows <= max; i++) {
			uint16_t proto = protos[i];
			double pace =
				pace_of(picture, tally->paces[proto].bytes,
					tally->protos[proto].bytes);

			if (!tally->protos[proto].packets)
				continue;
			table_row(table, "%s|%s|%s|%s", tally_name(name, proto),
				  human(pps,
					pace_of(picture,
						tally->paces[proto].packets,
						tally->protos[proto].packets),
					"/s"),
				  bits(bps, pace),
				  bar_of(bar, pace, total_pace(picture)));
		}
	}
	put_table(picture, table);
}

/* Those that are silent now stand in the order of what they had. */
static double by_pace(const struct tracked *entry)
{
	return entry->pace[0].bytes + entry->pace[1].bytes +
	       1e-15 * (double)tracked_bytes(entry);
}

static double way_pace(const struct picture *picture,
		       const struct tracked *entry, unsigned int way)
{
	return pace_of(picture, entry->pace[way].bytes, entry->way[way].bytes);
}

static size_t choose(const struct picture *picture, const struct track *track,
		     const struct tracked **top, size_t max)
{
	return track_top(track, picture->top->live ? by_pace : report_by_bytes,
			 top, max < ROWS_MAX ? max : ROWS_MAX);
}

static void put_talkers(struct picture *picture, struct table *table,
			size_t max)
{
	const struct tracked *top[ROWS_MAX];
	size_t n = choose(picture, &picture->report->tally->talkers, top, max);
	char address[END_TEXT], out[HUMAN], in[HUMAN], bar[BAR + 1];

	table_begin(table, "lrrl");
	table_row(table, "TALKER|SENT|RECEIVED|");
	for (size_t i = 0; i < n; i++) {
		double sent = way_pace(picture, top[i], 0);
		double received = way_pace(picture, top[i], 1);

		table_row(table, "%s|%s|%s|%s",
			  ends_source(address, &top[i]->key), bits(out, sent),
			  bits(in, received),
			  bar_of(bar, sent + received, total_pace(picture)));
	}
	put_table(picture, table);
}

static void put_conversations(struct picture *picture, struct table *table,
			      size_t max)
{
	const struct tracked *top[ROWS_MAX];
	size_t n = choose(picture, &picture->report->tally->conversations, top,
			  max);
	char from[END_TEXT], to[END_TEXT], name[ENDS_NAME];
	char there[HUMAN], back[HUMAN], bar[BAR + 1];

	table_begin(table, "lllrrl");
	table_row(table, "CONVERSATION|A|B|A TO B|B TO A|");
	for (size_t i = 0; i < n; i++) {
		unsigned int a = top[i]->opener;
		double sent = way_pace(picture, top[i], a);
		double received = way_pace(picture, top[i], !a);

		ends_source(from, &top[i]->key);
		ends_destination(to, &top[i]->key);
		table_row(table, "%s|%s|%s|%s|%s|%s", ends_name(name, top[i]),
			  a ? to : from, a ? from : to, bits(there, sent),
			  bits(back, received),
			  bar_of(bar, sent + received, total_pace(picture)));
	}
	put_table(picture, table);
}

/*
 * Tables with a blank row and a head each, as many as have room for a row; what
 * one does not need is left to the next.
 */
static void put_tables(struct picture *picture, struct table *table)
{
	enum { FRAME = 2, TABLES = 3 };
	static void (*const puts[TABLES])(
		struct picture *, struct table *,
		size_t) = { put_protocols, put_talkers, put_conversations };
	unsigned int left = picture->rows - picture->used;
	unsigned int tables = left / (FRAME + 1);

	if (tables > TABLES)
		tables = TABLES;
	for (unsigned int i = 0; i < tables; i++) {
		unsigned int others = tables - i;

		left = picture->rows - picture->used - FRAME * others;
		put_row(picture, "", false);
		puts[i](picture, table, (left + others - 1) / others);
	}
}

int top_draw(const struct top *top, const struct report *report)
{
	struct screen_size size = screen_size();
	struct picture picture = {
		.top = top,
		.report = report,
		.rows = size.rows < ROWS_MAX ? size.rows : ROWS_MAX,
		.columns =
			size.columns < COLUMNS_MAX ? size.columns : COLUMNS_MAX,
		.colour = screen_has_colour(),
	};
	struct table table;

	picture.rows--;
	put_title(&picture);
	put_tables(&picture, &table);
	while (picture.used < picture.rows)
		put_row(&picture, "", false);
	picture.rows++;
	put_row(&picture, top->note ? top->note : "q quits, p pauses", false);
	put(&picture, "\033[J");
	return screen_draw(picture.text, picture.len);
}
