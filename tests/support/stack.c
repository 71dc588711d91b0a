// SPDX-License-Identifier: BSD-2-Clause
#include "support/stack_kinds.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a packet begins with, mostly Ethernet. */
#define FIRST                                                           \
	"eth eth eth eth eth eth eth eth ppp chdlc sll sll2 null ipv4 " \
	"ipv6"

/* Nothing that is decoded without a number for it begins so, and no type of
 * Ethernet does. */
enum { DATA_FIRST = 0xfd };

uint32_t stack_random(struct stack *s, uint32_t below)
{
	s->state = s->state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(s->state >> 33) % below;
}

static void random_bytes(struct stack *s, uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p[i] = (uint8_t)stack_random(s, 256);
}

/* A member of 1, 2, 4 or 8 bytes. */
void stack_put_number(uint8_t *p, size_t size, uint64_t value)
{
	uint32_t word = (uint32_t)value;
	uint16_t half = (uint16_t)value;

	if (size == 1)
		*p = (uint8_t)value;
	else if (size == 2)
		memcpy(p, &half, size);
	else if (size == 4)
		memcpy(p, &word, size);
	else
		memcpy(p, &value, size);
}

static uint64_t get_number(const uint8_t *p, size_t size)
{
	uint64_t value = 0;
	uint32_t word;
	uint16_t half;

	if (size == 1)
		return *p;
	if (size == 2)
		return memcpy(&half, p, size), half;
	if (size == 4)
		return memcpy(&word, p, size), word;
	return memcpy(&value, p, size), value;
}

/* The ends are where mistakes are. */
static uint64_t random_number(struct stack *s, unsigned int bits)
{
	uint64_t max = bits == 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
	uint64_t any = (uint64_t)stack_random(s, UINT32_MAX) << 32 |
		       stack_random(s, UINT32_MAX);

	switch (stack_random(s, 8)) {
	case 0:
		return 0;
	case 1:
		return max;
	default:
		return any & max;
	}
}

/* --- kinds --------------------------------------------------------------- */
const struct stack_kind *stack_kind_at(size_t index)
{
	const struct {
		const struct stack_kind *kinds;
		size_t count;
	} levels[] = {
		{ stack_link_kinds, stack_link_count },
		{ stack_network_kinds, stack_network_count },
		{ stack_transport_kinds, stack_transport_count },
		{ stack_tunnel_kinds, stack_tunnel_count },
		{ stack_application_kinds, stack_application_count },
	};

	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
		if (index < levels[i].count)
			return &levels[i].kinds[index];
		index -= levels[i].count;
	}
	return NULL;
}

/* NULL for data. */
static const struct stack_kind *kind_of(const char *name, size_t n)
{
	const struct stack_kind *kind;

	for (size_t i = 0; (kind = stack_kind_at(i)); i++)
		if (strlen(kind->name) == n && !strncmp(kind->name, name, n))
			return kind;
	if (n != 4 || strncmp(name, "data", n) != 0) {
		fprintf(stderr, "no kind is called '%.*s'\n", (int)n, name);
		abort();
	}
	return NULL;
}

/* One of a list of names; NULL for data. */
static const struct stack_kind *one_of(struct stack *s, const char *names)
{
	size_t count = 1, n;

	for (const char *p = names; *p; p++)
		count += *p == ' ';
	for (uint32_t skip = stack_random(s, (uint32_t)count); skip; skip--)
		names += strcspn(names, " ") + 1;
	n = strcspn(names, " ");
	if (*names != '!')
		return kind_of(names, n);
	return s->plain ? NULL : kind_of(names + 1, n - 1);
}

/* --- drawing ------------------------------------------------------------- */
size_t stack_list(struct stack *s, uint8_t *out, size_t max,
		  const struct stack_element *elements, size_t n)
{
	size_t len = 0;

	while (stack_random(s, 4)) {
		const struct stack_element *e =
			&elements[stack_random(s, (uint32_t)n)];

		if (len + e->len > max)
			break;
		random_bytes(s, out + len, e->len);
		memcpy(out + len, e->bytes, e->fixed);
		len += e->len;
	}
	return len;
}

static void draw_pointer(struct stack *s, struct stack_header *h,
			 const struct stack_member *m, size_t pointer)
{
	uint8_t *bytes = h->borrowed[pointer];
	size_t len = stack_random(s, m->max + 1u);

	random_bytes(s, bytes, (size_t)m->max * m->scale);
	memcpy(h->header.bytes + m->at, &bytes, sizeof(bytes));
	stack_put_number(h->header.bytes + m->len_at, m->len_size, len);
}

static void draw_member(struct stack *s, struct stack_header *h,
			const struct stack_member *m, bool before_header,
			size_t *pointers)
{
	uint8_t *p = h->header.bytes + m->at;
	uint64_t value = random_number(s, m->bits);

	switch (m->kind) {
	case STACK_NEXT:
		stack_put_number(p, m->size, before_header ? value : m->value);
		break;
	case STACK_FIXED:
		stack_put_number(p, m->size, m->value);
		break;
	case STACK_BYTES:
		random_bytes(s, p, m->size);
		break;
	case STACK_POINTER:
		draw_pointer(s, h, m, (*pointers)++);
		break;
	default:
		stack_put_number(p, m->size, value - value % m->unit);
	}
}

static void draw_header(struct stack *s, size_t i)
{
	struct stack_header *h = &s->headers[i];
	const struct stack_kind *kind = h->kind;
	const struct stack_kind *next =
		i + 1 < s->n ? s->headers[i + 1].kind : NULL;
	size_t pointers = 0;

	memset(h->header.bytes, 0, kind->size);
	for (size_t m = 0; m < kind->member_count; m++)
		draw_member(s, h, &kind->members[m], next, &pointers);
	if (kind->settle)
		kind->settle(s, h, next);
}

static bool is_ip(const struct stack_kind *kind)
{
	return kind && (kind->proto == PKTCAP_PROTO_IPV4 ||
			kind->proto == PKTCAP_PROTO_IPV6);
}

static bool is_icmp(const struct stack_kind *kind)
{
	return kind->proto == PKTCAP_PROTO_ICMP ||
	       kind->proto == PKTCAP_PROTO_ICMP6;
}

/* tcpdump sums over the address of the first routing header. */
static bool is_second_route(const struct stack *s,
			    const struct stack_kind *kind)
{
	if (!kind || kind->proto != PKTCAP_PROTO_IPV6_ROUTING)
		return false;
	for (size_t i = 0; i < s->n; i++)
		if (s->headers[i].kind == kind)
			return true;
	return false;
}

static bool is_quoted(const struct stack *s)
{
	for (size_t i = 0; i + 1 < s->n; i++)
		if (is_icmp(s->headers[i].kind))
			return true;
	return false;
}

static const struct stack_kind *draw_next(struct stack *s,
					  const struct stack_kind *kind)
{
	if (s->plain && is_quoted(s))
		return is_ip(kind) ? one_of(s, "udp data") : NULL;
	kind = one_of(s, kind->carries);
	return s->plain && is_second_route(s, kind) ? NULL : kind;
}

static void draw_kinds(struct stack *s)
{
	const struct stack_kind *kind = one_of(s, FIRST);
	bool may_end;

	s->n = 0;
	s->data_len = 0;
	while (kind && s->n < STACK_HEADERS) {
		s->headers[s->n++].kind = kind;
		may_end = strstr(kind->carries, "data");
		if (!*kind->carries || (s->n == STACK_HEADERS && !may_end))
			return;
		kind = draw_next(s, kind);
	}
	s->data_len = s->plain || stack_random(s, 3)
			      ? 1 + stack_random(s, STACK_DATA)
			      : 0;
}

/* Who says where data ends, so that padding is seen as such; tshark looks for
 * more behind PPPoE. */
static bool has_length(const struct stack *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct stack_kind *kind = s->headers[i].kind;

		if (is_ip(kind) || kind->proto == PKTCAP_PROTO_ARP)
			return i > 0;
		if (kind->proto == PKTCAP_PROTO_PPPOE)
			return !s->plain;
	}
	return false;
}

static void name(struct stack *s)
{
	size_t at = 0;

	for (size_t i = 0; i < s->n; i++)
		at += (size_t)snprintf(s->name + at, sizeof(s->name) - at,
				       "%s / ", s->headers[i].kind->name);
	snprintf(s->name + at, sizeof(s->name) - at, "%zu bytes", s->data_len);
}

void stack_draw(struct stack *s, uint32_t number)
{
	/* Neighbours would begin alike. */
	s->state = number * UINT64_C(0x9e3779b97f4a7c15);
	s->plain = number % 2;
	draw_kinds(s);
	for (size_t i = 0; i < s->n; i++)
		draw_header(s, i);
	random_bytes(s, s->data, s->data_len);
	s->data[0] = s->data[12] = DATA_FIRST;
	s->padded = has_length(s) && stack_random(s, 2)
			    ? stack_random(s, 3 * STACK_DATA)
			    : 0;
	name(s);
}

/* --- building ------------------------------------------------------------ */
int stack_build(const struct stack *s, struct pktcap_build *build, void *buf,
		size_t size)
{
	pktcap_build_start(build, buf, size);
	for (size_t i = 0; i < s->n; i++)
		s->headers[i].kind->build(build, s->headers[i].header.bytes, 0);
	if (s->data_len)
		pktcap_build_data(build, s->data, s->data_len);
	if (s->padded)
		pktcap_build_pad(build, s->padded);
	return pktcap_build_finish(build);
}

/* --- comparing ----------------------------------------------------------- */
static const uint8_t *pointer_at(const uint8_t *p)
{
	const uint8_t *pointer;

	memcpy(&pointer, p, sizeof(pointer));
	return pointer;
}

/* Behind what does not fill the last unit: zeros, or IPv6's PadN. */
static bool is_padding(const uint8_t *p, size_t n)
{
	size_t at = n > 1 && p[0] == 1 && p[1] == n - 2 ? 2 : 0;

	while (at < n)
		if (p[at++])
			return false;
	return true;
}

static bool same_pointer(const struct stack_member *m, const uint8_t *want,
			 const uint8_t *got)
{
	size_t len = get_number(want + m->len_at, m->len_size) * m->scale;
	size_t whole =
		(m->lead + len + m->unit - 1) / m->unit * m->unit - m->lead;
	const uint8_t *p = pointer_at(got + m->at);

	if (get_number(got + m->len_at, m->len_size) * m->scale != whole)
		return false;
	if (len && memcmp(p, pointer_at(want + m->at), len) != 0)
		return false;
	return whole == len || is_padding(p + len, whole - len);
}

static bool same_member(const struct stack_member *m, const uint8_t *want,
			const uint8_t *got, bool before_header)
{
	switch (m->kind) {
	case STACK_COMPUTED:
		return true;
	case STACK_POINTER:
		return same_pointer(m, want, got);
	case STACK_NEXT:
		if (before_header)
			return true;
		break;
	default:
		break;
	}
	return !memcmp(want + m->at, got + m->at, m->size);
}

static const char *compare_header(const struct stack *s, size_t i,
				  const struct pktcap_layer *layer)
{
	static char text[64];
	const struct stack_header *h = &s->headers[i];
	union {
		uint64_t aligned;
		uint8_t bytes[STACK_STRUCT];
	} got;

	if (h->kind->get(layer, got.bytes))
		return "a getter fails";
	for (size_t k = 0; k < h->kind->member_count; k++) {
		const struct stack_member *m = &h->kind->members[k];

		if (same_member(m, h->header.bytes, got.bytes, i + 1 < s->n))
			continue;
		snprintf(text, sizeof(text), "%s.%s", h->kind->name, m->name);
		return text;
	}
	return NULL;
}

static const char *compare_data(const struct stack *s,
				const struct pktcap_layer *layers, size_t n)
{
	if (!s->data_len)
		return n == s->n ? NULL : "a layer too many";
	if (n != s->n + 1 || layers[s->n].proto != PKTCAP_PROTO_DATA)
		return "no data behind the headers";
	if (layers[s->n].caplen != s->data_len ||
	    memcmp(layers[s->n].data, s->data, s->data_len) != 0)
		return "other data";
	return NULL;
}

const char *stack_compare(const struct stack *s,
			  const struct pktcap_layer *layers, size_t n)
{
	const char *other;

	for (size_t i = 0; i < s->n; i++) {
		if (i >= n || layers[i].proto != s->headers[i].kind->proto)
			return "another layer";
		if (layers[i].status != PKTCAP_STATUS_OK)
			return pktcap_status_name(layers[i].status);
		if (layers[i].flags & PKTCAP_LAYER_BEYOND)
			return "a length beyond the end";
		other = compare_header(s, i, &layers[i]);
		if (other)
			return other;
	}
	return compare_data(s, layers, n);
}
