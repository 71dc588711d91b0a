// SPDX-License-Identifier: BSD-2-Clause
#include "report.h"
#include "ends.h"
#include "message.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static double per_second(uint64_t n, int64_t ns)
{
	return ns > 0 ? (double)n * 1e9 / (double)ns : 0;
}

static void print_rates(const struct amount *amount, int64_t ns, FILE *to)
{
	char packets[HUMAN], bits[HUMAN];

	fprintf(to, "%s, %s",
		human(packets, per_second(amount->packets, ns), "packets/s"),
		human(bits, 8 * per_second(amount->bytes, ns), "bit/s"));
}

static void print_head(const struct report *report, FILE *to)
{
	const struct tally *tally = report->tally;
	const struct amount *total = &tally->total;
	char bytes[HUMAN], duration[HUMAN];

	fprintf(to, "%" PRIu64 " packet%s, %" PRIu64 " bytes (%s) in %s: ",
		total->packets, PLURAL(total->packets), total->bytes,
		human(bytes, (double)total->bytes, "B"),
		human_duration(duration, report->all_ns));
	print_rates(total, report->all_ns, to);
	if (report->repeated) {
		fprintf(to, "\nlast %s: ",
			human_duration(duration, report->since_ns));
		print_rates(&report->since, report->since_ns, to);
	}
	putc('\n', to);
	if (report->losses.known)
		fprintf(to,
			"%" PRIu64 " dropped by kernel, %" PRIu64
			" dropped by interface\n",
			report->losses.kernel, report->losses.interface);
	if (tally->truncated.packets || tally->malformed.packets)
		fprintf(to,
			"%" PRIu64 " truncated in a header, %" PRIu64
			" malformed\n",
			tally->truncated.packets, tally->malformed.packets);
}

size_t report_protocols(const struct tally *tally, int level,
			uint16_t protos[static PKTCAP_PROTO_COUNT])
{
	static const struct {
		uint16_t proto;
		int level;
	} always[] = {
		{ PKTCAP_PROTO_ETH, PKTCAP_LEVEL_LINK },
		{ PKTCAP_PROTO_IPV4, PKTCAP_LEVEL_NETWORK },
		{ PKTCAP_PROTO_IPV6, PKTCAP_LEVEL_NETWORK },
		{ PKTCAP_PROTO_ARP, PKTCAP_LEVEL_NETWORK },
		{ PKTCAP_PROTO_TCP, PKTCAP_LEVEL_TRANSPORT },
		{ PKTCAP_PROTO_UDP, PKTCAP_LEVEL_TRANSPORT },
		{ PKTCAP_PROTO_ICMP, PKTCAP_LEVEL_TRANSPORT },
		{ PKTCAP_PROTO_DNS, PKTCAP_LEVEL_APPLICATION },
		{ PKTCAP_PROTO_HTTP, PKTCAP_LEVEL_APPLICATION },
		{ PKTCAP_PROTO_TLS, PKTCAP_LEVEL_APPLICATION },
	};
	bool has[PKTCAP_PROTO_COUNT] = { false };
	size_t n = 0;

	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++) {
		has[always[i].proto] = true;
		if (always[i].level == level)
			protos[n++] = always[i].proto;
	}
	for (uint16_t i = 0; i < PKTCAP_PROTO_COUNT; i++)
		if (!has[i] && tally->protos[i].packets &&
		    (int)pktcap_proto_level(i) == level)
			protos[n++] = i;
	return n;
}

static void add_amount(struct table *table, const char *level, const char *name,
		       const struct amount *amount, const struct amount *total)
{
	char share[HUMAN], bytes[HUMAN], bytes_share[HUMAN];

	table_row(table, "%s|%s|%" PRIu64 "|%s|%" PRIu64 "|%s|%s", level, name,
		  amount->packets,
		  human_share(share, amount->packets, total->packets),
		  amount->bytes, human(bytes, (double)amount->bytes, "B"),
		  human_share(bytes_share, amount->bytes, total->bytes));
}

static void add_level(struct table *table, const struct tally *tally, int level,
		      const char *level_name)
{
	uint16_t protos[PKTCAP_PROTO_COUNT];
	size_t n = report_protocols(tally, level, protos);
	char name[TALLY_NAME];

	for (size_t i = 0; i < n; i++)
		add_amount(table, i ? "" : level_name,
			   tally_name(name, protos[i]),
			   &tally->protos[protos[i]], &tally->total);
	if (level == PKTCAP_LEVEL_APPLICATION)
		add_amount(table, "", "no payload", &tally->bare,
			   &tally->total);
	add_amount(table, "", "others", &tally->others[level], &tally->total);
}

static void print_protocols(struct table *table, const struct tally *tally,
			    FILE *to)
{
	table_begin(table, "llrrrrr");
	table_row(table, "LEVEL|PROTOCOL|PACKETS|SHARE|BYTES||SHARE");
	add_level(table, tally, PKTCAP_LEVEL_LINK, "link");
	add_level(table, tally, PKTCAP_LEVEL_NETWORK, "network");
	add_level(table, tally, PKTCAP_LEVEL_TRANSPORT, "transport");
	add_level(table, tally, PKTCAP_LEVEL_APPLICATION, "application");
	table_print(table, to);
}

double report_by_bytes(const struct tracked *entry)
{
	return (double)tracked_bytes(entry);
}

static void print_top_head(const struct track *track, const char *what,
			   FILE *to)
{
	fprintf(to, "\nTOP %s", what);
	if (track->count > REPORT_TOP)
		fprintf(to, ", %d of %s%zu", REPORT_TOP,
			track->replaced ? "more than " : "", track->count);
	putc('\n', to);
}

/* Behind the table: what its numbers do not have. */
static void print_replaced(const struct track *track, FILE *to)
{
	if (!track->replaced)
		return;
	fprintf(to,
		"(the %zu places were full: %" PRIu64 " entries with %" PRIu64
		" packets, %" PRIu64 " bytes gave theirs to others; "
		"+ may have had more before)\n",
		track->size, track->replaced, track->lost.packets,
		track->lost.bytes);
}

static void print_talkers(struct table *table, const struct track *track,
			  FILE *to)
{
	const struct tracked *top[REPORT_TOP];
	size_t n = track_top(track, report_by_bytes, top, REPORT_TOP);
	char address[END_TEXT], bytes[HUMAN];

	if (!n)
		return;
	print_top_head(track, "TALKERS", to);
	table_begin(table, "lrrrrrl");
	table_row(table, "ADDRESS|SENT|BYTES|RECEIVED|BYTES|ALL|");
	for (size_t i = 0; i < n; i++) {
		const struct amount *way = top[i]->way;

		table_row(table,
			  "%s|%" PRIu64 "|%" PRIu64 "|%" PRIu64 "|%" PRIu64
			  "|%s|%s",
			  ends_source(address, &top[i]->key), way[0].packets,
			  way[0].bytes, way[1].packets, way[1].bytes,
			  human(bytes, report_by_bytes(top[i]), "B"),
			  top[i]->missed ? "+" : "");
	}
	table_print(table, to);
	print_replaced(track, to);
}

static void add_conversation(struct table *table, const struct tracked *entry)
{
	unsigned int a = entry->opener, b = !a;
	char from[END_TEXT], to[END_TEXT], bytes[HUMAN], duration[HUMAN];
	char name[ENDS_NAME];

	ends_source(from, &entry->key);
	ends_destination(to, &entry->key);
	table_row(table,
		  "%s|%s|%s|%" PRIu64 "|%" PRIu64 "|%" PRIu64 "|%" PRIu64
		  "|%s%s|%s",
		  ends_name(name, entry), a ? to : from, a ? from : to,
		  entry->way[a].packets, entry->way[a].bytes,
		  entry->way[b].packets, entry->way[b].bytes,
		  human(bytes, report_by_bytes(entry), "B"),
		  entry->missed ? "+" : "",
		  human_duration(duration, entry->last_ns - entry->first_ns));
}

static void print_conversations(struct table *table, const struct track *track,
				FILE *to)
{
	const struct tracked *top[REPORT_TOP];
	size_t n = track_top(track, report_by_bytes, top, REPORT_TOP);

	if (!n)
		return;
	print_top_head(track, "CONVERSATIONS", to);
	table_begin(table, "lllrrrrrr");
	table_row(table, "PROTOCOL|A|B|A TO B|BYTES|B TO A|BYTES|ALL|DURATION");
	for (size_t i = 0; i < n; i++)
		add_conversation(table, top[i]);
	table_print(table, to);
	print_replaced(track, to);
}

void report_print(const struct report *report, FILE *to)
{
	struct table table;

	print_head(report, to);
	putc('\n', to);
	print_protocols(&table, report->tally, to);
	print_talkers(&table, &report->tally->talkers, to);
	print_conversations(&table, &report->tally->conversations, to);
	if (report->repeated)
		putc('\n', to);
}
