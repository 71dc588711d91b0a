// SPDX-License-Identifier: BSD-2-Clause
#include "support/rebuild.h"

/* From what a getter tells back to the header; what the getter returned if it
 * failed: then nothing was built. With @build NULL only the getter is asked. */
#define FROM_STRUCT(name, type, id)                                \
	static int from_##name(struct pktcap_build *build,         \
			       const struct pktcap_layer *layer,   \
			       uint32_t keep)                      \
	{                                                          \
		struct pktcap_##type header;                       \
		int err = pktcap_##type##_get(layer, &header);     \
                                                                   \
		if (!err && build)                                 \
			pktcap_build_##name(build, &header, keep); \
		return err;                                        \
	}
REBUILD_ROWS(FROM_STRUCT)

static const struct row {
	uint16_t proto;
	int (*from)(struct pktcap_build *build,
		    const struct pktcap_layer *layer, uint32_t keep);
} rows[] = {
#define ROW(name, type, id) { PKTCAP_PROTO_##id, from_##name },
	REBUILD_ROWS(ROW)
};

/* The @view'th struct that tells of the header, or else the last one. */
static const struct row *row_of(const struct pktcap_layer *layer,
				unsigned int view)
{
	const struct row *found = NULL;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].proto != layer->proto ||
		    rows[i].from(NULL, layer, 0))
			continue;
		found = &rows[i];
		if (!view--)
			break;
	}
	return found;
}

unsigned int rebuild_views(const struct pktcap_layer *layers, size_t n)
{
	unsigned int views = 1;

	for (size_t i = 0; i < n; i++)
		while (row_of(&layers[i], views - 1) !=
		       row_of(&layers[i], views))
			views++;
	return views;
}

/* Damaged headers have no struct that tells all of them. */
static void rebuild_layer(struct rebuild *how, struct pktcap_build *build,
			  const struct pktcap_layer *layer)
{
	const struct row *row = NULL;
	uint32_t keep = how->keep;

	if (layer->flags & PKTCAP_LAYER_QUOTED)
		keep = PKTCAP_KEEP_ALL;
	/* A message that goes on in another segment. */
	if (layer->flags & PKTCAP_LAYER_BEYOND &&
	    pktcap_proto_level(layer->proto) == PKTCAP_LEVEL_APPLICATION)
		keep |= PKTCAP_KEEP_LENGTHS;
	/* A tag out of metadata has no bytes, which only a copy knows. */
	if (how->typed && layer->status == PKTCAP_STATUS_OK &&
	    !(layer->flags & PKTCAP_LAYER_METADATA))
		row = row_of(layer, how->view);
	if (row) {
		row->from(build, layer, keep);
		how->structs++;
	} else {
		pktcap_build_layer(build, layer, keep);
		how->copies++;
	}
}

int rebuild_packet(struct rebuild *how, struct pktcap_build *build, void *buf,
		   size_t size, const struct pktcap_packet *pkt,
		   const struct pktcap_layer *layers, size_t n)
{
	pktcap_build_start(build, buf, size);
	for (size_t i = 0; i < n; i++)
		rebuild_layer(how, build, &layers[i]);
	if (n)
		pktcap_build_rest(build, pkt, layers, n);
	return pktcap_build_finish(build);
}
