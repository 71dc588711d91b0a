// SPDX-License-Identifier: BSD-2-Clause
/*
 * Lists of options and chunks in all captures of tests/data: what the iterator
 * tells becomes the bytes it was told of.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <pktcap/build.h>
#include <pktcap/decode.h>

#include "support/captures.h"
#include "support/rows.h"

enum { ELEMENTS = 512, LIST_MAX = 1 << 18, RECORDS_AT = 8 };

/* A list that was put, and where it was. */
struct list {
	uint8_t bytes[LIST_MAX];
	size_t len;
	size_t begin, end; /* in the layer */
};

/*
 * All elements of @layer's list, and back; 0, or what the iterator returned.
 * What cannot be put has no bytes.
 */
#define LIST(name, element, first, next, put)                                \
	static int name(const struct pktcap_layer *layer, struct list *list) \
	{                                                                    \
		static struct element elements[ELEMENTS];                    \
		uint32_t at = 0;                                             \
		size_t n = 0;                                                \
		int ret;                                                     \
                                                                             \
		while ((ret = next(layer, &at, &elements[n])) == 1)          \
			assert_true(++n < ELEMENTS);                         \
		if (ret)                                                     \
			return ret;                                          \
		list->begin = n ? first : layer->header_len;                 \
		list->end = n ? at : layer->header_len;                      \
		ret = put(list->bytes, sizeof(list->bytes), elements, n);    \
		list->len = ret < 0 ? 0 : (size_t)ret;                       \
		return 0;                                                    \
	}
#define TLV_LIST(name, next, put) \
	LIST(name, pktcap_tlv, elements[0].offset, next, put)

TLV_LIST(ipv4, pktcap_ipv4_option_next, pktcap_ipv4_options_put)
TLV_LIST(ipv6, pktcap_ipv6_option_next, pktcap_ipv6_options_put)
TLV_LIST(nd, pktcap_nd_option_next, pktcap_nd_options_put)
TLV_LIST(pppoe, pktcap_pppoe_tag_next, pktcap_pppoe_tags_put)
TLV_LIST(pppcp, pktcap_pppcp_option_next, pktcap_pppcp_options_put)
TLV_LIST(geneve, pktcap_geneve_option_next, pktcap_geneve_options_put)
TLV_LIST(gtpu, pktcap_gtpu_extension_next, pktcap_gtpu_extensions_put)
LIST(tcp, pktcap_tcp_option, elements[0].offset, pktcap_tcp_option_next,
     pktcap_tcp_options_put)
LIST(sctp, pktcap_sctp_chunk, elements[0].offset, pktcap_sctp_chunk_next,
     pktcap_sctp_chunks_put)
LIST(multicast, pktcap_multicast_record, RECORDS_AT,
     pktcap_multicast_record_next, pktcap_multicast_records_put)
LIST(radius, pktcap_radius_attribute, elements[0].offset,
     pktcap_radius_attribute_next, pktcap_radius_attributes_put)

/* Those of the message, with what is in them as their data. */
static int dhcp6_next(const struct pktcap_layer *layer, uint32_t *at,
		      struct pktcap_dhcp6_option *option)
{
	return pktcap_dhcp6_option_next(layer, NULL, at, option);
}
LIST(dhcp6, pktcap_dhcp6_option, elements[0].offset, dhcp6_next,
     pktcap_dhcp6_options_put)

struct kind {
	const char *name;
	int (*put)(const struct pktcap_layer *layer, struct list *list);
	size_t lists, bytes, failures;
};

/* What is behind the end of IPv4's and TCP's options is not in the list. */
static int has_an_end(const struct pktcap_layer *layer, const struct list *list)
{
	return (layer->proto == PKTCAP_PROTO_IPV4 ||
		layer->proto == PKTCAP_PROTO_TCP) &&
	       list->len && !list->bytes[list->len - 1] &&
	       list->begin + list->len < list->end;
}

/* The last chunk of SCTP may lack what fills it up. */
static int is_the_same(const struct pktcap_layer *layer,
		       const struct list *list)
{
	size_t there = layer->header_len - list->begin;

	if (list->begin + list->len != list->end && !has_an_end(layer, list))
		return 0;
	return !memcmp(list->bytes, layer->data + list->begin,
		       list->len < there ? list->len : there);
}

static int put_lists(void *arg, const char *path,
		     const struct pktcap_packet *pkt)
{
	static struct list list;
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
	struct kind *kind = arg;

	for (size_t i = 0; i < n; i++) {
		if (layers[i].status != PKTCAP_STATUS_OK ||
		    kind->put(&layers[i], &list))
			continue;
		kind->lists++;
		kind->bytes += list.len;
		if (is_the_same(&layers[i], &list))
			continue;
		print_error("%s: %s: %zu bytes from %zu to %zu\n", path,
			    kind->name, list.len, list.begin, list.end);
		kind->failures++;
	}
	return 0;
}

static void are_put_back(void **state)
{
	struct kind *kind = *state;

	assert_int_equal(captures_each(put_lists, kind), 0);
	print_message("%s: %zu lists, %zu bytes\n", kind->name, kind->lists,
		      kind->bytes);
	assert_int_equal(kind->failures, 0);
	assert_int_not_equal(kind->bytes, 0);
}

int main(void)
{
	static struct kind kinds[] = {
		{ "PPPoE tags", pppoe, 0, 0, 0 },
		{ "PPP options", pppcp, 0, 0, 0 },
		{ "Geneve options", geneve, 0, 0, 0 },
		{ "GTP-U extensions", gtpu, 0, 0, 0 },
		{ "IPv4 options", ipv4, 0, 0, 0 },
		{ "IPv6 options", ipv6, 0, 0, 0 },
		{ "options of discovery", nd, 0, 0, 0 },
		{ "TCP options", tcp, 0, 0, 0 },
		{ "SCTP chunks", sctp, 0, 0, 0 },
		{ "group records", multicast, 0, 0, 0 },
		{ "RADIUS attributes", radius, 0, 0, 0 },
		{ "DHCPv6 options", dhcp6, 0, 0, 0 },
	};
	struct CMUnitTest tests[sizeof(kinds) / sizeof(kinds[0])];
	size_t n = 0;

	ADD_ROWS(tests, n, kinds, are_put_back);
	return _cmocka_run_group_tests("build_lists", tests, n, NULL, NULL);
}
