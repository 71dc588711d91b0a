// SPDX-License-Identifier: BSD-2-Clause
/*
 * What -v adds to a protocol out of its fields: the header's own in a line, and
 * a line for each element of its lists. Fields that say nothing (zero, empty,
 * not set) are left out, so are secrets.
 */
#include "print/line.h"
#include "print/value.h"

enum {
	DEPTHS = 8, /* of fields inside one another */
	SHOWN = 64, /* bytes of a value, unless -vv */
	MAX_SECRETS = 4,
	MAX_TOLD = 8,
	ELEMENT = 1, /* depth of the elements of a header's lists */
	LINK_PAP = 0xc023,
	LINK_CHAP = 0xc223,
	LINK_EAP = 0xc227,
};

/* What is not shown: the header's fields that the line has, or that are secret,
 * and elements that are. */
struct details_def {
	uint16_t proto;
	uint8_t secrets[MAX_SECRETS]; /* types of elements, 0 behind the last */
	const char *told[MAX_TOLD];   /* NULL behind the last */
};

static const struct details_def defs[] = {
	{ PKTCAP_PROTO_DHCP,
	  { 90 },
	  { "op", "htype", "hlen", "chaddr_padding", "cookie" } },
	{ PKTCAP_PROTO_DHCP6, { 11 }, { "type", "xid" } },
	{ PKTCAP_PROTO_RADIUS,
	  { 2, 3, 69 },
	  { "code", "id", "authenticator" } },
	{ PKTCAP_PROTO_LLDP, { 0 }, { NULL } },
	{ PKTCAP_PROTO_OSPF,
	  { 0 },
	  { "version", "type", "router_id", "area_id", "checksum", "auth_data",
	    "trailer" } },
	{ PKTCAP_PROTO_PPPCP, { 0 }, { "code", "id" } },
};

struct details {
	struct line *l;
	const struct details_def *def;
	const char *between; /* stands in front of the next value */
	const char *element; /* what the list calls those in it */
	/* At each depth: the list or group there, and what stands behind it. */
	uint8_t around[DEPTHS];
	const char *close[DEPTHS];
	bool is_first; /* no field of the element was there yet */
	bool is_secret;
};

/*
 * In a header much is zero because it is not used; in an element a number or an
 * address is there because it says something.
 */
static bool is_empty(const struct pktcap_field *field)
{
	uint32_t i = 0;

	if (field->type == PKTCAP_FIELD_FLAG)
		return !field->value;
	if (field->label ||
	    (field->depth && (field->type == PKTCAP_FIELD_UINT ||
			      field->type == PKTCAP_FIELD_IPV4 ||
			      field->type == PKTCAP_FIELD_IPV6)))
		return false;
	if (!field->data)
		return !field->value;
	while (i < field->data_len && !field->data[i])
		i++;
	return i == field->data_len;
}

static bool is_told(const struct details *d, const char *name)
{
	for (size_t i = 0; i < MAX_TOLD && d->def->told[i]; i++)
		if (!strcmp(d->def->told[i], name))
			return true;
	return false;
}

static bool is_secret(const struct details *d, uint64_t type)
{
	for (size_t i = 0; i < MAX_SECRETS && d->def->secrets[i]; i++)
		if (d->def->secrets[i] == type)
			return true;
	return false;
}

/* "message type (53)" */
static void put_kind(struct details *d, const struct pktcap_field *field)
{
	struct text *t = &d->l->t;

	put_safe_string(t, field->label ? field->label : field->name);
	line_told(d->l, field->label ? " (" : " ", field->value,
		  field->label ? ")" : "");
	d->between = ": ";
	if (field->depth == ELEMENT + 1)
		d->is_secret = is_secret(d, field->value);
}

static void put_name(struct details *d, const char *name)
{
	put_string(&d->l->t, d->between);
	d->between = ", ";
	if (strcmp(name, "value") && strcmp(name, "values") &&
	    strcmp(name, "data"))
		put_string(&d->l->t, name);
	else
		d->between = "";
}

static void put_value(struct details *d, const struct pktcap_field *field)
{
	struct text *t = &d->l->t;

	put_name(d, field->name);
	if (field->type != PKTCAP_FIELD_FLAG) {
		put_string(t, *d->between ? " " : "");
		if (field->label)
			put_safe_string(t, field->label);
		else
			value_bare(t, field,
				   line_has(d->l, PKTCAP_PRINT_VERY_VERBOSE)
					   ? SIZE_MAX
					   : SHOWN);
	}
	d->between = ", ";
}

/* A list or a group, which has its end at the same depth. */
static void put_begin(struct details *d, const struct pktcap_field *field)
{
	bool is_plain =
		!strcmp(field->name, "value") || !strcmp(field->name, "values");
	bool is_element = field->depth &&
			  d->around[field->depth - 1] == PKTCAP_FIELD_LIST;
	struct text *t = &d->l->t;

	d->around[field->depth] = field->type;
	d->close[field->depth] = "";
	if (field->depth < ELEMENT && field->type == PKTCAP_FIELD_LIST)
		return;
	if (field->depth <= ELEMENT) {
		PUT(t, "\n\t  ");
		d->element = field->name;
		d->is_first = true;
		d->is_secret = false;
		return;
	}
	if (is_plain)
		return;
	if (is_element)
		put_string(t, d->between);
	else
		put_name(d, field->name);
	put_string(t, is_element ? "(" : " [");
	d->close[field->depth] = is_element ? ")" : "]";
	d->between = "";
	d->element = "";
	d->is_first = is_element;
}

static void put_end_of(struct details *d, const struct pktcap_field *field)
{
	put_string(&d->l->t, d->close[field->depth]);
	d->between = field->depth <= ELEMENT ? "\n\t  " : ", ";
}

static int put_field(void *arg, const struct pktcap_field *field)
{
	struct details *d = arg;
	bool is_first = d->is_first;

	if (field->depth >= DEPTHS || (d->is_secret && field->depth > ELEMENT))
		return 0;
	if (field->type == PKTCAP_FIELD_END) {
		put_end_of(d, field);
		return 0;
	}
	if (field->type >= PKTCAP_FIELD_LIST) {
		put_begin(d, field);
		return 0;
	}
	d->is_first = false;
	if (is_first &&
	    (!strcmp(field->name, "type") || !strcmp(field->name, "code"))) {
		put_kind(d, field);
		return 0;
	}
	if (is_first) {
		put_string(&d->l->t, d->element);
		d->between = *d->element ? ": " : "";
	}
	if (!strcmp(field->name, "length") ||
	    (!field->depth && is_told(d, field->name)))
		return 0;
	if (!is_empty(field))
		put_value(d, field);
	return 0;
}

/* Those that prove who somebody is tell nothing here. */
static bool is_authentication(const struct pktcap_layer *layer)
{
	struct pktcap_pppcp cp;

	return layer->proto == PKTCAP_PROTO_PPPCP &&
	       (pktcap_pppcp_get(layer, &cp) || cp.protocol == LINK_PAP ||
		cp.protocol == LINK_CHAP || cp.protocol == LINK_EAP);
}

void line_details(struct line *l, const struct pktcap_layer *layer)
{
	struct details d = { .l = l, .between = "\n\t  " };

	if (layer->status != PKTCAP_STATUS_OK || is_authentication(layer))
		return;
	for (size_t i = 0; i < sizeof(defs) / sizeof(defs[0]); i++)
		if (defs[i].proto == layer->proto)
			d.def = &defs[i];
	if (d.def)
		pktcap_layer_fields(layer, put_field, &d);
}
