// SPDX-License-Identifier: BSD-2-Clause
/* The header that is being read grows and shrinks: it is the last one. */
#include "build/form.h"

/* Fields that can be set are in front of lists, however long these are: a walk
 * does not end before it has been over all that there is. */
enum { WALKED_MAX = 1024 };

struct pktcap_layer form_header(struct form_parser *p)
{
	struct pktcap_layer layer = p->build->layers[p->index];

	/* Nothing follows it yet. */
	layer.wirelen = layer.header_len;
	layer.caplen =
		layer.header_len < WALKED_MAX ? layer.header_len : WALKED_MAX;
	return layer;
}

int form_walk(struct form_parser *p, pktcap_field_fn fn, void *arg)
{
	struct pktcap_layer header = form_header(p);

	return pktcap_layer_fields(&header, fn, arg);
}

uint8_t *form_start(struct form_parser *p)
{
	return p->build->data + p->build->layers[p->index].offset;
}

size_t form_len(struct form_parser *p)
{
	return p->build->layers[p->index].header_len;
}

bool form_keeps(struct form_parser *p, uint32_t keep)
{
	return p->build->keep[p->index] & keep;
}

int form_no_room(struct form_parser *p, size_t at, size_t len)
{
	build_failed(p->build, p->layer->proto, -ENOSPC, NULL, len,
		     p->build->size);
	return form_build_failed(p, at);
}

uint8_t *form_extend(struct form_parser *p, size_t at, size_t len)
{
	struct pktcap_build *b = p->build;
	uint8_t *bytes = b->data + b->len;

	if (len > b->size - b->len) {
		form_no_room(p, at, len);
		return NULL;
	}
	memset(bytes, 0, len);
	b->len += (uint32_t)len;
	b->layers[p->index].header_len += (uint32_t)len;
	return bytes;
}

uint8_t *form_insert(struct form_parser *p, size_t at, size_t offset,
		     size_t len)
{
	size_t behind = form_len(p) - offset;
	uint8_t *bytes = form_start(p) + offset;

	if (!form_extend(p, at, len))
		return NULL;
	memmove(bytes + len, bytes, behind);
	memset(bytes, 0, len);
	return bytes;
}

void form_cut(struct form_parser *p, size_t len)
{
	p->build->len -= (uint32_t)(form_len(p) - len);
	p->build->layers[p->index].header_len = (uint32_t)len;
}

int form_append_bytes(struct form_parser *p, struct form_word value)
{
	size_t len = 0;
	uint8_t *bytes;

	if (form_bytes(p, value, NULL, 0, &len))
		return p->build->status;
	bytes = form_extend(p, value.at, len);
	return bytes ? form_bytes(p, value, bytes, len, &len)
		     : p->build->status;
}

int form_body(struct form_parser *p, const struct form_special *self,
	      struct form_word value)
{
	if (form_len(p) > self->kind)
		form_cut(p, self->kind);
	return form_append_bytes(p, value);
}

int form_fill_up(struct form_parser *p, size_t unit)
{
	size_t missing = (unit - form_len(p) % unit) % unit;

	if (missing && !form_extend(p, p->name.at, missing))
		return p->build->status;
	return 0;
}

size_t form_end_options(struct form_parser *p)
{
	enum { FIXED = 20, MOST = 60 };
	size_t len;

	if (form_fill_up(p, 4) || form_keeps(p, FORM_OWN_LENGTH))
		return 0;
	len = form_len(p);
	if (len <= MOST)
		return len / 4;
	form_fail(p, p->name.at, -ERANGE, "%zu bytes of options, at most 40",
		  len - FIXED);
	return 0;
}

int form_put_length(struct form_parser *p, size_t offset)
{
	size_t len = form_len(p);

	if (form_keeps(p, PKTCAP_KEEP_LENGTHS))
		return 0;
	if (len > UINT16_MAX)
		return form_fail(p, p->name.at, -ERANGE,
				 "%zu bytes, at most %u", len, UINT16_MAX + 0u);
	put_be16(form_start(p) + offset, (uint16_t)len);
	return 0;
}

int form_count(struct form_parser *p, size_t at, size_t offset)
{
	struct bytes b = { form_start(p), form_len(p) };
	uint16_t count = u16_at(b, offset);

	if (form_keeps(p, PKTCAP_KEEP_LENGTHS))
		return 0;
	if (count == UINT16_MAX)
		return form_fail(p, at, -ERANGE, "more than %u of them",
				 UINT16_MAX + 0u);
	put_be16(form_start(p) + offset, count + 1);
	return 0;
}
