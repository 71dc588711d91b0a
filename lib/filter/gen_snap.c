// SPDX-License-Identifier: BSD-2-Clause
/*
 * How much is kept of a packet that is taken: its headers only.
 *
 * The kernel knows where the payload begins without loading anything, so that
 * no packet is rejected because it ends too early for that. It is asked first;
 * behind its answer the type fields are surely there.
 */
#include "filter/gen_dissect.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>

#include "base/error.h"

enum { OTHERS_MAX = 64 }; /* bytes of what is not IP: all of ARP */

static const struct filter_node *keep(struct gen *g,
				      const struct filter_value *bytes)
{
	return filter_test_k(g->graph, FILTER_GT, bytes, g->opts->snaplen,
			     filter_accept(g->graph),
			     filter_return(g->graph, bytes));
}

static bool has_payload(uint32_t linktype)
{
	return linktype == PKTCAP_LINKTYPE_ETHERNET ||
	       linktype == PKTCAP_LINKTYPE_LINUX_SLL ||
	       linktype == PKTCAP_LINKTYPE_LINUX_SLL2 ||
	       linktype == PKTCAP_LINKTYPE_RAW ||
	       linktype == PKTCAP_LINKTYPE_IPV4 ||
	       linktype == PKTCAP_LINKTYPE_IPV6;
}

/* The kernel does not count the tag that it took off, but a file has it. */
static const struct filter_node *keep_other(struct gen *g)
{
	struct gen_ways w;

	w.f = keep(g, filter_const(g->graph, OTHERS_MAX));
	w.t = keep(g, filter_const(g->graph, OTHERS_MAX - GEN_TAG_LEN));
	return gen_tag_elsewhere(g, w);
}

/*
 * What has no payload the kernel knows of: IP that ends too early, or other.
 * The protocol is the one behind a tag; of more tags, and of old ones, it is
 * that of a tag, and nobody knows what follows.
 */
static const struct filter_node *without(struct gen *g,
					 const struct filter_node *other)
{
	const struct filter_value *type = gen_ancillary(g, SKF_AD_PROTOCOL);
	struct filter_range whole[] = { { 0, 0 },
					{ ETH_P_IP, ETH_P_IP },
					{ ETH_P_8021Q, ETH_P_8021Q },
					{ ETH_P_IPV6, ETH_P_IPV6 },
					{ ETH_P_8021AD, ETH_P_8021AD },
					{ GEN_OLD_QINQ, GEN_OLD_QINQ } };

	return filter_test_set(g->graph, type, whole,
			       sizeof(whole) / sizeof(whole[0]),
			       filter_accept(g->graph), other);
}

static const struct filter_node *fail(struct gen *g)
{
	const char *name = pktcap_linktype_description(g->opts->linktype);

	g->status = error_set(g->error, -EOPNOTSUPP, "flags",
			      "PKTCAP_FILTER_SNAP_HEADERS is not for packets "
			      "of link type %u (%s)",
			      g->opts->linktype, name ? name : "unknown");
	return NULL;
}

const struct filter_node *gen_accept(struct gen *g)
{
	const struct filter_value *payload =
		gen_ancillary(g, SKF_AD_PAY_OFFSET);
	const struct filter_node *other, *node;
	struct gen_ways w;

	if (!(g->opts->flags & PKTCAP_FILTER_SNAP_HEADERS))
		return filter_accept(g->graph);
	if (!has_payload(g->opts->linktype))
		return fail(g);
	g->layer = gen_dissected_layer(g, 0);
	if (!g->layer)
		return NULL;
	other = keep_other(g);
	w.t = keep(g, payload);
	w.f = other;
	w.f = gen_carries(g, ETH_P_IPV6, w);
	node = gen_find_network(g, gen_carries(g, ETH_P_IP, w));
	return filter_test_k(g->graph, FILTER_EQ, payload, 0, without(g, other),
			     node);
}
