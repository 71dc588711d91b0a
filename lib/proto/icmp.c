// SPDX-License-Identifier: BSD-2-Clause
/*
 * ICMP (RFC 792), a row is 32 bits:
 *
 *	type(8) code(8) checksum(16)
 *	the rest of the header: identifier and sequence number, gateway, ...
 *	data: of errors the packet that caused it, and extensions (RFC 4884)
 */
#include "proto/fields.h"
#include "proto/icmp.h"

enum { HEADER = 8, LENGTH_AT = 5 };

static const struct label types[] = {
	{ PKTCAP_ICMP_ECHO_REPLY, "echo reply" },
	{ PKTCAP_ICMP_UNREACHABLE, "destination unreachable" },
	{ PKTCAP_ICMP_SOURCE_QUENCH, "source quench" },
	{ PKTCAP_ICMP_REDIRECT, "redirect" },
	{ PKTCAP_ICMP_ECHO_REQUEST, "echo request" },
	{ PKTCAP_ICMP_ROUTER_ADVERTISEMENT, "router advertisement" },
	{ 10, "router solicitation" },
	{ PKTCAP_ICMP_TIME_EXCEEDED, "time exceeded" },
	{ PKTCAP_ICMP_PARAMETER_PROBLEM, "parameter problem" },
	{ PKTCAP_ICMP_TIMESTAMP_REQUEST, "timestamp request" },
	{ PKTCAP_ICMP_TIMESTAMP_REPLY, "timestamp reply" },
	{ PKTCAP_ICMP_INFORMATION_REQUEST, "information request" },
	{ PKTCAP_ICMP_INFORMATION_REPLY, "information reply" },
	{ PKTCAP_ICMP_MASK_REQUEST, "address mask request" },
	{ PKTCAP_ICMP_MASK_REPLY, "address mask reply" },
	{ 30, "traceroute" },
	{ 40, "Photuris" },
	{ PKTCAP_ICMP_EXTENDED_ECHO_REQUEST, "extended echo request" },
	{ PKTCAP_ICMP_EXTENDED_ECHO_REPLY, "extended echo reply" },
	{ 0, NULL },
};

static const struct label unreachable_codes[] = {
	{ 0, "network unreachable" },
	{ 1, "host unreachable" },
	{ 2, "protocol unreachable" },
	{ 3, "port unreachable" },
	{ 4, "fragmentation needed" },
	{ 5, "source route failed" },
	{ 6, "network unknown" },
	{ 7, "host unknown" },
	{ 8, "source host isolated" },
	{ 9, "network prohibited" },
	{ 10, "host prohibited" },
	{ 11, "network unreachable for this type of service" },
	{ 12, "host unreachable for this type of service" },
	{ 13, "communication prohibited" },
	{ 14, "host precedence violation" },
	{ 15, "precedence cutoff" },
	{ 0, NULL },
};

static const struct label redirect_codes[] = {
	{ 0, "for the network" },
	{ 1, "for the host" },
	{ 2, "for the type of service and network" },
	{ 3, "for the type of service and host" },
	{ 0, NULL },
};

static const struct label exceeded_codes[] = {
	{ 0, "in transit" },
	{ 1, "fragment reassembly" },
	{ 0, NULL },
};

static const struct label problem_codes[] = {
	{ 0, "pointer indicates the error" },
	{ 1, "missing option" },
	{ 2, "bad length" },
	{ 0, NULL },
};

static const struct label *codes_of(uint8_t type)
{
	switch (type) {
	case PKTCAP_ICMP_UNREACHABLE:
		return unreachable_codes;
	case PKTCAP_ICMP_REDIRECT:
		return redirect_codes;
	case PKTCAP_ICMP_TIME_EXCEEDED:
		return exceeded_codes;
	case PKTCAP_ICMP_PARAMETER_PROBLEM:
		return problem_codes;
	default:
		return NULL;
	}
}

/* RFC 4884 gave these a length of the quotation, in words. */
static bool has_length(uint8_t type)
{
	return type == PKTCAP_ICMP_UNREACHABLE ||
	       type == PKTCAP_ICMP_TIME_EXCEEDED ||
	       type == PKTCAP_ICMP_PARAMETER_PROBLEM;
}

static bool quotes(uint8_t type)
{
	return has_length(type) || type == PKTCAP_ICMP_SOURCE_QUENCH ||
	       type == PKTCAP_ICMP_REDIRECT;
}

/* Bytes of a message's fixed part. */
static size_t fixed_len(uint8_t type)
{
	switch (type) {
	case PKTCAP_ICMP_TIMESTAMP_REQUEST:
	case PKTCAP_ICMP_TIMESTAMP_REPLY:
		return HEADER + 12;
	case PKTCAP_ICMP_MASK_REQUEST:
	case PKTCAP_ICMP_MASK_REPLY:
		return HEADER + 4;
	default:
		return HEADER;
	}
}

static enum pktcap_status decode(struct step *step)
{
	uint8_t type;

	if (!bytes_u8(step->b, 0, &type))
		return step_short(step, HEADER);
	if (!bytes_has(step->b, 0, fixed_len(type)))
		return step_short(step, fixed_len(type));
	if (type == PKTCAP_ICMP_ROUTER_ADVERTISEMENT)
		return step_whole(step, HEADER);
	if (!quotes(type))
		return step_next(step, fixed_len(type), NEXT_NOTHING, 0);
	if (has_length(type))
		icmp_quotation(step, HEADER, u8_at(step->b, LENGTH_AT) * 4u);
	step->next_flags = PKTCAP_LAYER_QUOTED;
	return step_next(step, HEADER, NEXT_PROTO, PKTCAP_PROTO_IPV4);
}

static const struct field_def rows[] = {
	{ "type", 0, 8, PKTCAP_FIELD_UINT, NULL, types },
};

static void id_and_seq(struct fields *f)
{
	fields_uint(f, "id", 4, 2, NULL, NULL);
	fields_uint(f, "seq", 6, 2, NULL, NULL);
}

static void timestamps(struct fields *f)
{
	id_and_seq(f);
	fields_uint(f, "originate", 8, 4, "ms", NULL);
	fields_uint(f, "receive", 12, 4, "ms", NULL);
	fields_uint(f, "transmit", 16, 4, "ms", NULL);
}

static void routers(struct fields *f)
{
	static const struct field_def preference = {
		"preference", 0, 32, PKTCAP_FIELD_INT, NULL, NULL
	};
	uint8_t count = u8_at(f->b, 4), words = u8_at(f->b, 5);

	fields_uint(f, "addresses", 4, 1, NULL, NULL);
	fields_uint(f, "entry_size", 5, 1, "words", NULL);
	fields_uint(f, "lifetime", 6, 2, "s", NULL);
	if (words < 2)
		return;
	fields_list(f, "routers");
	for (size_t i = 0, at = HEADER; i < count; i++, at += words * 4u) {
		if (!bytes_has(f->b, at, 8))
			break;
		fields_group(f, "router", at, words * 4u);
		fields_data(f, "address", PKTCAP_FIELD_IPV4, at, 4);
		fields_rows(f, &preference, 1, at + 4);
		fields_end(f);
	}
	fields_end(f);
}

/* RFC 8335, 2 and 3: which interface is asked for is in an extension. */
static void extended_echo(struct fields *f, uint8_t type)
{
	static const struct field_def local = { "flag_local",	   63,	 1,
						PKTCAP_FIELD_FLAG, NULL, NULL };
	static const struct field_def reply[] = {
		{ "state", 56, 3, PKTCAP_FIELD_UINT, NULL, NULL },
		{ "flag_active", 61, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "flag_ipv4", 62, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "flag_ipv6", 63, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	};

	fields_uint(f, "id", 4, 2, NULL, NULL);
	fields_uint(f, "seq", 6, 1, NULL, NULL);
	if (type == PKTCAP_ICMP_EXTENDED_ECHO_REPLY) {
		FIELDS_ROWS(f, reply, 0);
		return;
	}
	fields_rows(f, &local, 1, 0);
	icmp_extension_structure(f, HEADER);
}

static void error_fields(struct fields *f, uint8_t type, uint8_t code)
{
	if (type == PKTCAP_ICMP_REDIRECT)
		fields_data(f, "gateway", PKTCAP_FIELD_IPV4, 4, 4);
	if (type == PKTCAP_ICMP_PARAMETER_PROBLEM)
		fields_uint(f, "pointer", 4, 1, "bytes", NULL);
	if (has_length(type))
		fields_uint(f, "length", LENGTH_AT, 1, "words", NULL);
	if (type == PKTCAP_ICMP_UNREACHABLE &&
	    code == PKTCAP_ICMP_FRAGMENTATION_NEEDED)
		fields_uint(f, "next_hop_mtu", 6, 2, "bytes", NULL);
	if (has_length(type))
		icmp_extensions(f, HEADER, u8_at(f->b, LENGTH_AT) * 4u);
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	uint8_t type = u8_at(f->b, 0);

	(void)layer;
	fields_uint(f, "code", 1, 1, NULL, codes_of(type));
	fields_hex(f, "checksum", 2, 2, NULL);
	switch (type) {
	case PKTCAP_ICMP_TIMESTAMP_REQUEST:
	case PKTCAP_ICMP_TIMESTAMP_REPLY:
		timestamps(f);
		break;
	case PKTCAP_ICMP_MASK_REQUEST:
	case PKTCAP_ICMP_MASK_REPLY:
		id_and_seq(f);
		fields_data(f, "mask", PKTCAP_FIELD_IPV4, 8, 4);
		break;
	case PKTCAP_ICMP_ECHO_REQUEST:
	case PKTCAP_ICMP_ECHO_REPLY:
	case PKTCAP_ICMP_INFORMATION_REQUEST:
	case PKTCAP_ICMP_INFORMATION_REPLY:
		id_and_seq(f);
		break;
	case PKTCAP_ICMP_EXTENDED_ECHO_REQUEST:
	case PKTCAP_ICMP_EXTENDED_ECHO_REPLY:
		extended_echo(f, type);
		break;
	case PKTCAP_ICMP_ROUTER_ADVERTISEMENT:
		routers(f);
		break;
	default:
		error_fields(f, type, u8_at(f->b, 1));
	}
}

int pktcap_icmp_get(const struct pktcap_layer *layer, struct pktcap_icmp *out)
{
	struct bytes b = layer_bytes(layer);
	struct bytes body = header_behind(layer, HEADER);
	int err = layer_expect(layer, PKTCAP_PROTO_ICMP, HEADER);

	if (err)
		return err;
	*out = (struct pktcap_icmp){
		.type = u8_at(b, 0),
		.code = u8_at(b, 1),
		.checksum = u16_at(b, 2),
		.rest = u32_at(b, 4),
		.body_len = (uint32_t)body.n,
		.body = body.p,
	};
	return 0;
}

const struct proto proto_icmp = {
	.name = "icmp",
	.title = "Internet Control Message Protocol",
	.level = PKTCAP_LEVEL_TRANSPORT,
	.decode = decode,
	FIELD_DEFS(rows),
	.fields = fields,
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_icmp *icmp = header;

	icmp_write(w, icmp->type, icmp->code, icmp->checksum, icmp->rest);
	write_bytes(w, icmp->body, icmp->body_len);
}

/* What an error quotes. */
static bool carries(uint16_t proto)
{
	return proto == PKTCAP_PROTO_IPV4;
}

const struct writer writer_icmp = {
	.write = write,
	.next = NEXT_NOTHING,
	.carries = carries,
};
