// SPDX-License-Identifier: BSD-2-Clause
/* Words with a meaning behind one keyword only, such as "type mgt". */
#include <strings.h>
#include <string.h>

#include "filter/token.h"

struct code {
	const char *word;
	uint32_t value;
};

static const struct code wlan_types[] = {
	{ "mgt", 0x00 },     { "management", 0x00 }, { "ctl", 0x04 },
	{ "control", 0x04 }, { "data", 0x08 },	     { NULL, 0 },
};

static const struct code wlan_mgt[] = {
	{ "assoc-req", 0x00 },
	{ "assocreq", 0x00 },
	{ "assoc-resp", 0x10 },
	{ "assocresp", 0x10 },
	{ "reassoc-req", 0x20 },
	{ "reassocreq", 0x20 },
	{ "reassoc-resp", 0x30 },
	{ "reassocresp", 0x30 },
	{ "probe-req", 0x40 },
	{ "probereq", 0x40 },
	{ "probe-resp", 0x50 },
	{ "proberesp", 0x50 },
	{ "beacon", 0x80 },
	{ "atim", 0x90 },
	{ "disassoc", 0xa0 },
	{ "disassociation", 0xa0 },
	{ "auth", 0xb0 },
	{ "authentication", 0xb0 },
	{ "deauth", 0xc0 },
	{ "deauthentication", 0xc0 },
	{ NULL, 0 },
};

static const struct code wlan_ctl[] = {
	{ "ps-poll", 0xa0 }, { "rts", 0xb0 },	 { "cts", 0xc0 },
	{ "ack", 0xd0 },     { "cf-end", 0xe0 }, { "cf-end-ack", 0xf0 },
	{ NULL, 0 },
};

static const struct code wlan_data[] = {
	{ "data", 0x00 },
	{ "data-cf-ack", 0x10 },
	{ "data-cf-poll", 0x20 },
	{ "data-cf-ack-poll", 0x30 },
	{ "null", 0x40 },
	{ "cf-ack", 0x50 },
	{ "cf-poll", 0x60 },
	{ "cf-ack-poll", 0x70 },
	{ "qos-data", 0x80 },
	{ "qos-data-cf-ack", 0x90 },
	{ "qos-data-cf-poll", 0xa0 },
	{ "qos-data-cf-ack-poll", 0xb0 },
	{ "qos", 0xc0 },
	{ "qos-cf-poll", 0xe0 },
	{ "qos-cf-ack-poll", 0xf0 },
	{ NULL, 0 },
};

static const struct code wlan_dir[] = {
	{ "nods", 0 },	 { "tods", 1 }, { "fromds", 2 },
	{ "dstods", 3 }, { NULL, 0 },
};

static const struct code llc_s[] = {
	{ "rr", 0x00 },
	{ "rnr", 0x04 },
	{ "rej", 0x08 },
	{ NULL, 0 },
};

static const struct code llc_u[] = {
	{ "ui", 0x03 },	 { "ua", 0x63 },    { "disc", 0x43 },
	{ "dm", 0x0f },	 { "sabme", 0x6f }, { "test", 0xe3 },
	{ "xid", 0xaf }, { "frmr", 0x87 },  { NULL, 0 },
};

static const struct code pf_reasons[] = {
	{ "match", 0 },		  { "bad-offset", 1 },
	{ "fragment", 2 },	  { "short", 3 },
	{ "normalize", 4 },	  { "memory", 5 },
	{ "bad-timestamp", 6 },	  { "congestion", 7 },
	{ "ip-option", 8 },	  { "proto-cksum", 9 },
	{ "state-mismatch", 10 }, { "state-insert", 11 },
	{ "state-limit", 12 },	  { "src-limit", 13 },
	{ "synproxy", 14 },	  { NULL, 0 },
};

static const struct code pf_actions[] = {
	{ "pass", 0 },
	{ "accept", 0 },
	{ "drop", 1 },
	{ "block", 1 },
	{ "scrub", 2 },
	{ "noscrub", 3 },
	{ "nat", 4 },
	{ "nonat", 5 },
	{ "binat", 6 },
	{ "nobinat", 7 },
	{ "rdr", 8 },
	{ "nordr", 9 },
	{ "synproxy-drop", 10 },
	{ NULL, 0 },
};

static const struct code *const tables[CODES_COUNT] = {
	[CODES_WLAN_TYPE] = wlan_types, [CODES_WLAN_MGT] = wlan_mgt,
	[CODES_WLAN_CTL] = wlan_ctl,	[CODES_WLAN_DATA] = wlan_data,
	[CODES_WLAN_DIR] = wlan_dir,	[CODES_LLC_S] = llc_s,
	[CODES_LLC_U] = llc_u,		[CODES_PF_REASON] = pf_reasons,
	[CODES_PF_ACTION] = pf_actions,
};

bool filter_code(enum code_table table, const char *p, size_t n,
		 uint32_t *value)
{
	for (const struct code *c = tables[table]; c->word; c++) {
		if (strlen(c->word) == n && strncasecmp(c->word, p, n) == 0) {
			*value = c->value;
			return true;
		}
	}
	return false;
}

const char *filter_similar_code(enum code_table table, const char *p, size_t n)
{
	unsigned int best = 3;
	const char *found = NULL;

	for (const struct code *c = tables[table]; c->word; c++) {
		unsigned int d = filter_distance(p, n, c->word);

		if (d < best && d < n) {
			best = d;
			found = c->word;
		}
	}
	return found;
}

const char *filter_code_name(enum code_table table, uint32_t value)
{
	for (const struct code *c = tables[table]; c->word; c++)
		if (c->value == value)
			return c->word;
	return NULL;
}
