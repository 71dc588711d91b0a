/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A packet as one JSON object (RFC 8259); docs/guide/json.md says what is in
 * it. Written as the fields come: all that is remembered is what is open.
 */
#include <pktcap/print.h>

#include "base/opts.h"
#include "print/notes.h"
#include "print/value.h"

#include <stdbool.h>

enum {
	NESTS = 8,	 /* the walk's own limit is 7 */
	EXACT_BITS = 53, /* of a double, which many readers have for numbers */
};

struct json {
	struct text t;
	const struct pktcap_layer *layer;
	/* What is open, outermost first, and how it ends: "]", "}", "]}". */
	const char *end[NESTS];
	unsigned int depth;
	bool list;  /* the innermost one open is a list */
	bool first; /* and is empty so far */
};

static void put_quoted(struct text *t, const uint8_t *data, size_t n)
{
	size_t done = 0;

	put_char(t, '"');
	for (size_t i = 0; i < n; i++) {
		uint8_t c = data[i];

		if (c >= ' ' && c <= '~' && c != '"' && c != '\\')
			continue;
		put_bytes(t, (const char *)data + done, i - done);
		done = i + 1;
		if (c == '"' || c == '\\') {
			put_char(t, '\\');
			put_char(t, (char)c);
		} else {
			PUT(t, "\\u");
			put_hex(t, c, 4);
		}
	}
	if (done < n)
		put_bytes(t, (const char *)data + done, n - done);
	put_char(t, '"');
}

static void put_words(struct text *t, const char *words)
{
	put_quoted(t, (const uint8_t *)words, strlen(words));
}

static void put_member(struct text *t, const char *name, uint64_t value)
{
	PUT(t, ",\"");
	put_string(t, name);
	PUT(t, "\":");
	put_uint(t, value);
}

/* By the width of the field: its type is then the same in each packet. */
static bool is_exact(const struct pktcap_field *field)
{
	if (field->bit_width)
		return field->bit_width <= EXACT_BITS;
	return field->type == PKTCAP_FIELD_INT ||
	       field->value >> EXACT_BITS == 0;
}

static void put_number(struct text *t, const struct pktcap_field *field)
{
	bool exact = is_exact(field);

	if (!exact)
		put_char(t, '"');
	if (field->type == PKTCAP_FIELD_INT)
		put_int(t, (int64_t)field->value);
	else
		put_uint(t, field->value);
	if (!exact)
		put_char(t, '"');
}

static void put_scalar(struct text *t, const struct pktcap_field *field)
{
	switch (field->type) {
	case PKTCAP_FIELD_FLAG:
		put_string(t, field->value ? "true" : "false");
		return;
	case PKTCAP_FIELD_TEXT:
		put_quoted(t, field->data, field->data_len);
		return;
	case PKTCAP_FIELD_MAC:
		put_char(t, '"');
		put_mac(t, field->data);
		break;
	case PKTCAP_FIELD_IPV4:
		put_char(t, '"');
		put_ipv4(t, field->data);
		break;
	case PKTCAP_FIELD_IPV6:
		put_char(t, '"');
		put_ipv6(t, field->data);
		break;
	case PKTCAP_FIELD_BYTES:
		put_char(t, '"');
		put_octets(t, field->data, field->data_len, '\0');
		break;
	case PKTCAP_FIELD_TIME:
		put_char(t, '"');
		value_time(t, (int64_t)field->value, 'T');
		put_char(t, 'Z');
		break;
	default:
		put_number(t, field);
		return;
	}
	put_char(t, '"');
}

static void put_key(struct text *t, const char *name, const char *suffix)
{
	put_char(t, '"');
	put_string(t, name);
	put_string(t, suffix);
	PUT(t, "\":");
}

static void put_labelled(struct text *t, const struct pktcap_field *field)
{
	put_key(t, field->name, "");
	put_scalar(t, field);
	if (!field->label)
		return;
	put_char(t, ',');
	put_key(t, field->name, "_label");
	put_words(t, field->label);
}

/* Elements of a list are objects: their name says no more than the list's. */
static void open_nest(struct json *j, const struct pktcap_field *field)
{
	bool list = field->type == PKTCAP_FIELD_LIST;
	const char *end = list ? "]" : "}";

	if (j->list && list) {
		put_char(&j->t, '{');
		end = "]}";
	}
	if (!j->list || list)
		put_key(&j->t, field->name, "");
	put_char(&j->t, list ? '[' : '{');
	j->end[j->depth++] = end;
	j->list = list;
	j->first = true;
}

static void close_nest(struct json *j)
{
	put_string(&j->t, j->end[--j->depth]);
	j->list = j->depth && j->end[j->depth - 1][0] == ']';
	j->first = false;
}

static int put_field(void *arg, const struct pktcap_field *field)
{
	struct json *j = arg;

	if (field->type == PKTCAP_FIELD_END) {
		if (j->depth)
			close_nest(j);
		return 0;
	}
	if (!j->first)
		put_char(&j->t, ',');
	j->first = false;
	if (field->type >= PKTCAP_FIELD_LIST) {
		if (j->depth == NESTS)
			return -1;
		open_nest(j, field);
		return 0;
	}
	if (j->list)
		put_char(&j->t, '{');
	put_labelled(&j->t, field);
	if (j->list)
		put_char(&j->t, '}');
	return 0;
}

static void put_flags(struct text *t, uint16_t flags)
{
	const char *name;
	bool first = true;

	PUT(t, ",\"layer_flags\":[");
	for (unsigned int bit = 0; (name = note_flag_name(bit)); bit++) {
		if (!(flags >> bit & 1))
			continue;
		if (!first)
			put_char(t, ',');
		first = false;
		put_words(t, name);
	}
	put_char(t, ']');
}

static void put_payload(struct text *t, const struct pktcap_layer *layer,
			uint32_t flags)
{
	put_member(t, "length", layer->wirelen);
	if (layer->status == PKTCAP_STATUS_UNSUPPORTED)
		put_member(t, "number", layer->number);
	if (!(flags & PKTCAP_PRINT_VERBOSE))
		return;
	PUT(t, ",\"bytes\":\"");
	put_octets(t, layer->data, layer->caplen, '\0');
	put_char(t, '"');
}

static void put_layer(struct json *j, const struct pktcap_layer *layer,
		      enum pktcap_checksum checksum, uint32_t flags)
{
	const char *name = pktcap_proto_name(layer->proto);

	PUT(&j->t, "{\"proto\":");
	put_words(&j->t, name ? name : "");
	put_member(&j->t, "layer_offset", layer->offset);
	put_member(&j->t, "layer_len", layer->header_len);
	if (layer->status != PKTCAP_STATUS_OK) {
		PUT(&j->t, ",\"layer_status\":");
		put_words(&j->t, pktcap_status_name(layer->status));
	}
	if (layer->flags)
		put_flags(&j->t, layer->flags);
	if (checksum != PKTCAP_CHECKSUM_NONE) {
		PUT(&j->t, ",\"layer_checksum\":");
		put_words(&j->t, pktcap_checksum_name(checksum));
	}
	if (layer->proto == PKTCAP_PROTO_DATA)
		put_payload(&j->t, layer, flags);
	j->depth = 0;
	j->list = false;
	j->first = false;
	if (!(flags & PKTCAP_PRINT_QUICK))
		pktcap_layer_fields(layer, put_field, j);
	/* A walk that was given up may have left some open. */
	while (j->depth)
		close_nest(j);
	put_char(&j->t, '}');
}

static void put_linktype(struct text *t, uint32_t linktype)
{
	const char *name = pktcap_linktype_name(linktype);

	PUT(t, ",\"linktype\":");
	if (name) {
		put_words(t, name);
		return;
	}
	put_char(t, '"');
	put_uint(t, linktype);
	put_char(t, '"');
}

static void put_packet(struct text *t, const struct pktcap_packet *pkt)
{
	PUT(t, "{\"time\":\"");
	value_time(t, pkt->ts_ns, 'T');
	PUT(t, "Z\"");
	put_member(t, "caplen", pkt->caplen);
	put_member(t, "wirelen", pkt->wirelen);
	put_linktype(t, pkt->linktype);
	if (pkt->ifindex > 0)
		put_member(t, "ifindex", (uint64_t)pkt->ifindex);
	if (pkt->direction == PKTCAP_DIRECTION_IN)
		PUT(t, ",\"direction\":\"in\"");
	else if (pkt->direction == PKTCAP_DIRECTION_OUT)
		PUT(t, ",\"direction\":\"out\"");
}

int pktcap_print_json(const struct pktcap_packet *pkt,
		      const struct pktcap_layer *layers, size_t n,
		      const struct pktcap_print_opts *opts, char *buf,
		      size_t size)
{
	struct pktcap_print_opts own;
	struct json j = { .t = { .buf = buf, .size = size } };
	int err = opts_copy(&own, sizeof(own), opts, NULL);

	if (err) {
		put_end(&j.t);
		return err;
	}
	put_packet(&j.t, pkt);
	PUT(&j.t, ",\"layers\":[");
	for (size_t i = 0; i < n; i++) {
		if (i)
			put_char(&j.t, ',');
		put_layer(&j, &layers[i],
			  note_checksum(pkt, layers, n, i, own.flags),
			  own.flags);
	}
	PUT(&j.t, "]}");
	return value_result(&j.t);
}
