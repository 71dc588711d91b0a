// SPDX-License-Identifier: BSD-2-Clause
/*
 * Every packet of every capture in tests/data, decoded and built again, has the
 * same bytes: copied header by header, whatever is wrong with it; out of the
 * structs that the getters fill, keeping all that is in them; and with lengths,
 * numbers and checksums filled in anew, where those of the packet are right.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/captures.h"
#include "support/rebuild.h"
#include "support/rows.h"

/* More than a packet of a capture has. */
enum { PACKET_MAX = 1 << 18 };

/* Why what is filled in may be another than it was. */
enum reason {
	NO_REASON,
	SNAPPED,  /* the capture cut the packet */
	BEYOND,	  /* a length is more than there is */
	CHECKSUM, /* a checksum is wrong, or was left out */
	LISTED,	  /* a row below */
	REASONS
};

static const char *const reason_names[REASONS] = {
	[SNAPPED] = "cut by the capture",
	[BEYOND] = "with a length beyond the end",
	[CHECKSUM] = "with a wrong checksum, or without one",
	[LISTED] = "listed with a reason",
};

/* What the packet itself does not tell: captures, and why they differ. */
static const struct {
	const char *path;
	const char *why;
	bool typed; /* only out of structs */
} listed[] = {
	{ "tests/data/ipv4/gso.pcap",
	  "a total length of 0: merged, longer than the field can say", false },
	{ "tests/data/ipv6ext/routing-left.pcap",
	  "a last entry behind the addresses of a segment routing header",
	  true },
	{ "tests/data/icmp6/cut.pcap",
	  "more group records in a report than are there", true },
	{ "tests/data/igmp/counts.pcap",
	  "numbers of sources and records that are not there", true },
	{ "tests/data/vxlan/flags.pcap",
	  "a reserved flag that is set, and elsewhere that of GPE", false },
};

enum { LISTED_COUNT = sizeof(listed) / sizeof(listed[0]) };

/* A way to build packets again, and what came of it. */
struct way {
	const char *name;
	enum pktcap_level level;
	struct rebuild how;
	bool beside; /* with a tag that is not among the bytes */
	size_t packets, same;
	size_t others[REASONS];
	size_t used[LISTED_COUNT];
	size_t failures;
	/* Where in the captures it is. */
	const char *path;
	unsigned int number;
};

/* A message of an application may go on in another packet. */
static bool is_too_long(const struct pktcap_layer *layer)
{
	return layer->flags & PKTCAP_LAYER_BEYOND &&
	       pktcap_proto_level(layer->proto) < PKTCAP_LEVEL_APPLICATION;
}

static bool has_other_checksum(const struct pktcap_packet *pkt,
			       const struct pktcap_layer *layers, size_t n,
			       size_t i)
{
	switch (pktcap_layer_checksum(pkt, layers, n, i)) {
	case PKTCAP_CHECKSUM_BAD:
	case PKTCAP_CHECKSUM_NOT_READY:
		return true;
	case PKTCAP_CHECKSUM_NONE:
		/* They have a field for one that was left out. */
		return layers[i].proto == PKTCAP_PROTO_UDP ||
		       layers[i].proto == PKTCAP_PROTO_UDPLITE ||
		       layers[i].proto == PKTCAP_PROTO_SCTP;
	default:
		return false;
	}
}

static enum reason reason_of(struct way *way, const struct pktcap_packet *pkt,
			     const struct pktcap_layer *layers, size_t n)
{
	if (way->how.keep == PKTCAP_KEEP_ALL)
		return NO_REASON;
	if (pkt->caplen < pkt->wirelen)
		return SNAPPED;
	for (size_t i = 0; i < n; i++)
		if (is_too_long(&layers[i]))
			return BEYOND;
	for (size_t i = 0; i < n; i++)
		if (has_other_checksum(pkt, layers, n, i))
			return CHECKSUM;
	for (size_t i = 0; i < LISTED_COUNT; i++)
		if (!strcmp(listed[i].path, way->path)) {
			way->used[i]++;
			return LISTED;
		}
	return NO_REASON;
}

/* What is filled in is right, if the packet was whole. */
static bool is_mended(const struct pktcap_packet *pkt, const uint8_t *bytes,
		      size_t len)
{
	struct pktcap_packet mended = *pkt;
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n;

	mended.data = bytes;
	mended.caplen = mended.wirelen = (uint32_t)len;
	n = pktcap_decode(&mended, layers, PKTCAP_LAYERS);
	for (size_t i = 0; i < n; i++)
		if (is_too_long(&layers[i]) ||
		    pktcap_layer_checksum(&mended, layers, n, i) ==
			    PKTCAP_CHECKSUM_BAD)
			return false;
	return true;
}

static size_t first_difference(const struct pktcap_packet *pkt,
			       const uint8_t *bytes, size_t len)
{
	size_t at = 0;

	while (at < len && at < pkt->caplen && bytes[at] == pkt->data[at])
		at++;
	return at;
}

static const char *layer_at(const struct pktcap_layer *layers, size_t n,
			    size_t at)
{
	while (n > 1 && layers[n - 1].offset > at)
		n--;
	return pktcap_proto_name(layers[n - 1].proto);
}

/* One of them, with the structs that how->view chooses. */
static void rebuild_view(struct way *way, const struct pktcap_packet *pkt,
			 const struct pktcap_layer *layers, size_t n)
{
	static uint8_t bytes[PACKET_MAX];
	struct pktcap_error error;
	struct pktcap_build build;
	enum reason reason;
	size_t at;
	int len = rebuild_packet(&way->how, &build, bytes, sizeof(bytes), pkt,
				 layers, n);

	way->packets++;
	if (len < 0) {
		pktcap_build_error(&build, &error);
		print_error("%s: %s, packet %u: %s\n", way->name, way->path,
			    way->number, error.text);
		way->failures++;
		return;
	}
	at = first_difference(pkt, bytes, (size_t)len);
	if (at == pkt->caplen && at == (size_t)len) {
		way->same++;
		return;
	}
	reason = reason_of(way, pkt, layers, n);
	way->others[reason]++;
	if (reason != NO_REASON && is_mended(pkt, bytes, (size_t)len))
		return;
	print_error("%s: %s, packet %u: %d bytes instead of %u, %s at %zu\n",
		    way->name, way->path, way->number, len, pkt->caplen,
		    layer_at(layers, n, at), at);
	way->failures++;
}

static int rebuild(void *arg, const char *path, const struct pktcap_packet *got)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	struct pktcap_packet packet = *got;
	const struct pktcap_packet *pkt = &packet;
	struct way *way = arg;
	unsigned int views;
	size_t n;

	if (way->beside) {
		packet.flags |= PKTCAP_PACKET_VLAN;
		packet.vlan_tpid = 0x8100;
		packet.vlan_tci = 5;
	}
	n = pktcap_decode_to(pkt, way->level, layers, PKTCAP_LAYERS);
	views = way->how.typed ? rebuild_views(layers, n) : 1;
	way->number = path == way->path ? way->number + 1 : 1;
	way->path = path;
	for (way->how.view = 0; n && way->how.view < views; way->how.view++)
		rebuild_view(way, pkt, layers, n);
	return 0;
}

static void test_way(void **state)
{
	struct way *way = *state;

	assert_int_equal(captures_each(rebuild, way), 0);
	print_message("%s: %zu packets, %zu headers from structs, %zu copied; "
		      "the same: %zu\n",
		      way->name, way->packets, way->how.structs,
		      way->how.copies, way->same);
	for (int i = NO_REASON + 1; i < REASONS; i++)
		if (way->others[i])
			print_message("  other, %s: %zu\n", reason_names[i],
				      way->others[i]);
	for (size_t i = 0; !way->how.keep && i < LISTED_COUNT; i++)
		if (!way->used[i] && (way->how.typed || !listed[i].typed)) {
			print_error("%s needs no reason: %s\n", listed[i].path,
				    listed[i].why);
			way->failures++;
		}
	assert_int_equal(way->failures, 0);
}

/* --- with a tag put in --------------------------------------------------- */
enum { TYPE_AT = 12, TAG = 4 };

/* The same frame with four bytes more, as a bridge would send it. */
static int expect_tagged(const char *path, const struct pktcap_packet *pkt,
			 const struct pktcap_build *build)
{
	static const uint8_t tag[TAG] = { 0x81, 0x00, 0x60, 0x05 };

	if (build->len == pkt->caplen + TAG &&
	    !memcmp(build->data, pkt->data, TYPE_AT) &&
	    !memcmp(build->data + TYPE_AT, tag, TAG) &&
	    !memcmp(build->data + TYPE_AT + TAG, pkt->data + TYPE_AT,
		    pkt->caplen - TYPE_AT))
		return 0;
	print_error("%s: a tag makes it another packet\n", path);
	return 1;
}

/* What stood in the Ethernet header stands in the tag. */
static int put_tag_in(void *arg, const char *path,
		      const struct pktcap_packet *pkt)
{
	static uint8_t bytes[PACKET_MAX];
	struct pktcap_vlan vlan = { .vid = 5, .pcp = 3 };
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
	struct pktcap_build build;
	struct pktcap_eth eth;
	size_t *tagged = arg;

	if (!n || n == PKTCAP_LAYERS || pktcap_eth_get(&layers[0], &eth))
		return 0;
	vlan.type = eth.type;
	pktcap_build_start(&build, bytes, sizeof(bytes));
	pktcap_build_layer(&build, &layers[0], 0);
	pktcap_build_vlan(&build, &vlan, PKTCAP_KEEP_LENGTHS);
	for (size_t i = 1; i < n; i++)
		pktcap_build_layer(&build, &layers[i], PKTCAP_KEEP_ALL);
	pktcap_build_rest(&build, pkt, layers, n);
	assert_true(pktcap_build_finish(&build) > 0);
	(*tagged)++;
	return expect_tagged(path, pkt, &build);
}

static void test_tag(void **state)
{
	size_t tagged = 0;

	(void)state;
	assert_int_equal(captures_each(put_tag_in, &tagged), 0);
	print_message("with a tag: %zu packets\n", tagged);
}

int main(void)
{
	static struct way ways[] = {
#define WAY(name, level, ...) \
	{ name, level, { __VA_ARGS__ }, false, .packets = 0 }
#define BESIDE(name, ...)                                              \
	{                                                              \
		name, PKTCAP_LEVEL_APPLICATION, { __VA_ARGS__ }, true, \
			.packets = 0                                   \
	}
		WAY("copied", PKTCAP_LEVEL_APPLICATION,
		    .keep = PKTCAP_KEEP_ALL),
		WAY("copied up to transport", PKTCAP_LEVEL_TRANSPORT,
		    .keep = PKTCAP_KEEP_ALL),
		WAY("copied up to network", PKTCAP_LEVEL_NETWORK,
		    .keep = PKTCAP_KEEP_ALL),
		WAY("copied up to link", PKTCAP_LEVEL_LINK,
		    .keep = PKTCAP_KEEP_ALL),
		WAY("copied and filled in", PKTCAP_LEVEL_APPLICATION,
		    .keep = 0),
		WAY("from structs", PKTCAP_LEVEL_APPLICATION, .typed = true,
		    .keep = PKTCAP_KEEP_ALL),
		WAY("from structs and filled in", PKTCAP_LEVEL_APPLICATION,
		    .typed = true, .keep = 0),
		BESIDE("copied, a tag beside it", .keep = PKTCAP_KEEP_ALL),
		BESIDE("from structs and filled in, a tag beside it",
		       .typed = true, .keep = 0),
	};
	struct CMUnitTest tests[sizeof(ways) / sizeof(ways[0]) + 1] = {
		cmocka_unit_test(test_tag),
	};
	size_t n = 1;

	ADD_ROWS(tests, n, ways, test_way);
	return _cmocka_run_group_tests("build_roundtrip", tests, n, NULL, NULL);
}
