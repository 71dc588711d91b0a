// SPDX-License-Identifier: BSD-2-Clause
/*
 * The same as report.c, as one JSON object in a line. All texts in it are our
 * own: nothing has to be escaped.
 */
#include "ends.h"
#include "report.h"

#include <inttypes.h>

static void put_amount(const char *name, const struct amount *amount, FILE *to)
{
	fprintf(to, "\"%s\":{\"packets\":%" PRIu64 ",\"bytes\":%" PRIu64 "}",
		name, amount->packets, amount->bytes);
}

/* Nanoseconds as seconds, to the last digit, of which a double has too few. */
static void put_seconds(const char *name, int64_t ns, FILE *to)
{
	const int64_t second = 1000000000;

	fprintf(to, "\"%s\":%s%" PRId64 ".%09" PRId64, name, ns < 0 ? "-" : "",
		ns < 0 ? -(ns / second) : ns / second,
		ns < 0 ? -(ns % second) : ns % second);
}

static void put_head(const struct report *report, FILE *to)
{
	const struct tally *tally = report->tally;

	put_amount("all", &tally->total, to);
	putc(',', to);
	put_seconds("duration_s", report->all_ns, to);
	if (report->repeated) {
		putc(',', to);
		put_amount("interval", &report->since, to);
		putc(',', to);
		put_seconds("interval_s", report->since_ns, to);
	}
	if (report->losses.known)
		fprintf(to,
			",\"dropped_by_kernel\":%" PRIu64
			",\"dropped_by_interface\":%" PRIu64,
			report->losses.kernel, report->losses.interface);
	putc(',', to);
	put_amount("truncated", &tally->truncated, to);
	putc(',', to);
	put_amount("malformed", &tally->malformed, to);
}

static void put_level(const struct tally *tally, int level, const char *name,
		      FILE *to)
{
	uint16_t protos[PKTCAP_PROTO_COUNT];
	size_t n = report_protocols(tally, level, protos);

	fprintf(to, "\"%s\":{", name);
	for (size_t i = 0; i < n; i++) {
		put_amount(pktcap_proto_name(protos[i]),
			   &tally->protos[protos[i]], to);
		putc(',', to);
	}
	if (level == PKTCAP_LEVEL_APPLICATION) {
		put_amount("no_payload", &tally->bare, to);
		putc(',', to);
	}
	put_amount("others", &tally->others[level], to);
	putc('}', to);
}

static void put_protocols(const struct tally *tally, FILE *to)
{
	static const char *const names[TALLY_LEVELS] = {
		[PKTCAP_LEVEL_LINK] = "link",
		[PKTCAP_LEVEL_NETWORK] = "network",
		[PKTCAP_LEVEL_TRANSPORT] = "transport",
		[PKTCAP_LEVEL_APPLICATION] = "application",
	};

	fputs(",\"protocols\":{", to);
	for (int level = PKTCAP_LEVEL_LINK; level < TALLY_LEVELS; level++) {
		fputs(level == PKTCAP_LEVEL_LINK ? "" : ",", to);
		put_level(tally, level, names[level], to);
	}
	putc('}', to);
}

static void put_talker(const struct tracked *entry, FILE *to)
{
	char address[END_TEXT];

	fprintf(to, "{\"address\":\"%s\",", ends_source(address, &entry->key));
	put_amount("sent", &entry->way[0], to);
	putc(',', to);
	put_amount("received", &entry->way[1], to);
	fprintf(to, ",\"missed_bytes\":%" PRIu64 "}", entry->missed);
}

static void put_conversation(const struct tracked *entry, FILE *to)
{
	unsigned int a = entry->opener;
	char source[END_TEXT], destination[END_TEXT], name[ENDS_NAME];

	ends_source(source, &entry->key);
	ends_destination(destination, &entry->key);
	fprintf(to, "{\"protocol\":\"%s\",\"a\":\"%s\",\"b\":\"%s\",",
		ends_name(name, entry), a ? destination : source,
		a ? source : destination);
	put_amount("a_to_b", &entry->way[a], to);
	putc(',', to);
	put_amount("b_to_a", &entry->way[!a], to);
	putc(',', to);
	put_seconds("duration_s", entry->last_ns - entry->first_ns, to);
	fprintf(to, ",\"missed_bytes\":%" PRIu64 "}", entry->missed);
}

static void put_track(const char *name, const struct track *track,
		      void (*put)(const struct tracked *, FILE *), FILE *to)
{
	const struct tracked *top[REPORT_TOP];
	size_t n = track_top(track, report_by_bytes, top, REPORT_TOP);

	fprintf(to, ",\"%s\":{\"tracked\":%zu,\"replaced\":%" PRIu64 ",", name,
		track->count, track->replaced);
	put_amount("lost", &track->lost, to);
	fputs(",\"top\":[", to);
	for (size_t i = 0; i < n; i++) {
		fputs(i ? "," : "", to);
		put(top[i], to);
	}
	fputs("]}", to);
}

void report_print_json(const struct report *report, FILE *to)
{
	putc('{', to);
	put_head(report, to);
	put_protocols(report->tally, to);
	put_track("talkers", &report->tally->talkers, put_talker, to);
	put_track("conversations", &report->tally->conversations,
		  put_conversation, to);
	fputs("}\n", to);
}
