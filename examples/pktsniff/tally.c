// SPDX-License-Identifier: BSD-2-Clause
#include "tally.h"
#include "ends.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* About 6 MB, touched only as far as they are filled. */
enum { TALKERS = 16384, CONVERSATIONS = 32768 };

int tally_open(struct tally *tally)
{
	int ret;

	memset(tally, 0, sizeof(*tally));
	ret = track_open(&tally->talkers, TALKERS);
	if (!ret)
		ret = track_open(&tally->conversations, CONVERSATIONS);
	if (ret)
		tally_close(tally);
	return ret;
}

void tally_close(struct tally *tally)
{
	track_close(&tally->talkers);
	track_close(&tally->conversations);
}

static void count_protocols(struct tally *tally,
			    const struct pktcap_layer *layers, size_t n,
			    uint64_t bytes)
{
	uint64_t seen[(PKTCAP_PROTO_COUNT + 63) / 64] = { 0 };
	bool levels[TALLY_LEVELS] = { false };
	bool payload = false;

	for (size_t i = 0; i < n; i++) {
		uint32_t proto = layers[i].proto;
		uint64_t bit = UINT64_C(1) << proto % 64;

		if (layers[i].flags & PKTCAP_LAYER_QUOTED ||
		    proto >= PKTCAP_PROTO_COUNT || seen[proto / 64] & bit)
			continue;
		seen[proto / 64] |= bit;
		if (proto == PKTCAP_PROTO_DATA) {
			payload = true;
			continue;
		}
		levels[pktcap_proto_level(proto)] = true;
		amount_add(&tally->protos[proto], bytes);
	}
	for (int level = PKTCAP_LEVEL_LINK; level < TALLY_LEVELS; level++)
		if (levels[level])
			continue;
		else if (level == PKTCAP_LEVEL_APPLICATION && !payload)
			amount_add(&tally->bare, bytes);
		else
			amount_add(&tally->others[level], bytes);
}

static void count_failure(struct tally *tally,
			  const struct pktcap_layer *layers, size_t n,
			  uint64_t bytes)
{
	const struct pktcap_layer *failed = pktcap_layer_failed(layers, n);

	if (failed && failed->status == PKTCAP_STATUS_TRUNCATED)
		amount_add(&tally->truncated, bytes);
	else if (failed && failed->status == PKTCAP_STATUS_MALFORMED)
		amount_add(&tally->malformed, bytes);
}

static void count_entry(struct track *track, const struct pktcap_flow *key,
			unsigned int way, uint32_t application,
			const struct pktcap_packet *pkt)
{
	struct tracked *entry = track_get(track, key);

	if (!entry->way[0].packets && !entry->way[1].packets) {
		entry->opener = (uint16_t)way;
		entry->first_ns = pkt->ts_ns;
		entry->last_ns = pkt->ts_ns;
	}
	if (pkt->ts_ns < entry->first_ns)
		entry->first_ns = pkt->ts_ns;
	if (pkt->ts_ns > entry->last_ns)
		entry->last_ns = pkt->ts_ns;
	if (application)
		entry->application = (uint16_t)application;
	amount_add(&entry->way[way], pkt->wirelen);
}

static void count_address(struct track *track, const uint8_t *address,
			  uint8_t version, unsigned int way,
			  const struct pktcap_packet *pkt)
{
	struct pktcap_flow key = { .version = version };

	memcpy(key.src, address, sizeof(key.src));
	count_entry(track, &key, way, 0, pkt);
}

/* What a tunnel is for is inside it: the last one is shown. */
static uint32_t application_of(const struct pktcap_layer *layers, size_t n)
{
	uint32_t last = 0;

	for (size_t i = 0; i < n; i++)
		if (!(layers[i].flags & PKTCAP_LAYER_QUOTED) &&
		    layers[i].proto != PKTCAP_PROTO_DATA &&
		    pktcap_proto_level(layers[i].proto) ==
			    PKTCAP_LEVEL_APPLICATION)
			last = layers[i].proto;
	return last;
}

static void count_ends(struct tally *tally, const struct pktcap_layer *layers,
		       size_t n, const struct pktcap_packet *pkt)
{
	struct pktcap_flow flow;
	unsigned int way;

	if (ends_get(layers, n, &flow))
		return;
	count_address(&tally->talkers, flow.src, flow.version, 0, pkt);
	count_address(&tally->talkers, flow.dst, flow.version, 1, pkt);
	way = (unsigned int)pktcap_flow_normalize(&flow);
	count_entry(&tally->conversations, &flow, way,
		    application_of(layers, n), pkt);
}

void tally_packet(struct tally *tally, const struct pktcap_packet *pkt)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);

	if (!tally->total.packets)
		tally->first_ns = tally->last_ns = pkt->ts_ns;
	if (pkt->ts_ns < tally->first_ns)
		tally->first_ns = pkt->ts_ns;
	if (pkt->ts_ns > tally->last_ns)
		tally->last_ns = pkt->ts_ns;
	amount_add(&tally->total, pkt->wirelen);
	count_protocols(tally, layers, n, pkt->wirelen);
	count_failure(tally, layers, n, pkt->wirelen);
	count_ends(tally, layers, n, pkt);
}

/* Half of what was, half of what is: bars should not jump. */
static double smooth(double old, uint64_t grown, double seconds)
{
	double new = (double)grown / seconds;

	return old > 0 ? (old + new) / 2 : new;
}

static void keep_pace(struct pace *pace, const struct amount *amount,
		      double seconds)
{
	pace->packets = smooth(pace->packets,
			       amount->packets - pace->before.packets, seconds);
	pace->bytes = smooth(pace->bytes, amount->bytes - pace->before.bytes,
			     seconds);
	pace->before = *amount;
}

static void keep_paces(struct track *track, double seconds)
{
	for (size_t i = 0; i < track->count; i++)
		for (int way = 0; way < 2; way++)
			keep_pace(&track->entries[i].pace[way],
				  &track->entries[i].way[way], seconds);
}

void tally_pace(struct tally *tally, double seconds)
{
	keep_pace(&tally->total_pace, &tally->total, seconds);
	for (size_t i = 0; i < PKTCAP_PROTO_COUNT; i++)
		keep_pace(&tally->paces[i], &tally->protos[i], seconds);
	keep_paces(&tally->talkers, seconds);
	keep_paces(&tally->conversations, seconds);
}

const char *tally_name(char name[static TALLY_NAME], uint32_t proto)
{
	static const struct {
		uint32_t proto;
		const char *name;
	} names[] = {
		{ PKTCAP_PROTO_ETH, "Ethernet" },
		{ PKTCAP_PROTO_IPV4, "IPv4" },
		{ PKTCAP_PROTO_IPV6, "IPv6" },
		{ PKTCAP_PROTO_ICMP6, "ICMPv6" },
		{ PKTCAP_PROTO_DHCP6, "DHCPv6" },
		{ PKTCAP_PROTO_WIFI, "802.11" },
		{ PKTCAP_PROTO_PPPOE, "PPPoE" },
		{ PKTCAP_PROTO_MDNS, "mDNS" },
		{ PKTCAP_PROTO_DNS, "DNS" },
		{ PKTCAP_PROTO_HTTP, "HTTP" },
		{ PKTCAP_PROTO_TLS, "TLS" },
		{ PKTCAP_PROTO_DATA, "others" },
	};
	const char *text = pktcap_proto_name(proto);

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].proto == proto)
			text = names[i].name;
	snprintf(name, TALLY_NAME, "%s", text ? text : "?");
	if (text == pktcap_proto_name(proto))
		for (char *c = name; *c; c++)
			*c = *c == '_' ? ' ' : (char)toupper((unsigned char)*c);
	if (strncmp(name, "IPV6 ", 5) == 0)
		name[2] = 'v';
	return name;
}
