// SPDX-License-Identifier: BSD-2-Clause
/*
 * ICMPv6 (RFC 4443, 2.1), a row is 32 bits:
 *
 *	type(8) code(8) checksum(16)
 *	the rest of the header, by type
 *	data: of errors the packet that caused it
 *
 * Neighbour discovery and multicast listener messages are all header.
 */
#include "proto/fields.h"
#include "proto/icmp.h"
#include "proto/nd.h"

enum { HEADER = 8 };

static const struct label types[] = {
	{ PKTCAP_ICMP6_UNREACHABLE, "destination unreachable" },
	{ PKTCAP_ICMP6_TOO_BIG, "packet too big" },
	{ PKTCAP_ICMP6_TIME_EXCEEDED, "time exceeded" },
	{ PKTCAP_ICMP6_PARAMETER_PROBLEM, "parameter problem" },
	{ PKTCAP_ICMP6_ECHO_REQUEST, "echo request" },
	{ PKTCAP_ICMP6_ECHO_REPLY, "echo reply" },
	{ 130, "multicast listener query" },
	{ 131, "multicast listener report" },
	{ 132, "multicast listener done" },
	{ 133, "router solicitation" },
	{ 134, "router advertisement" },
	{ 135, "neighbour solicitation" },
	{ 136, "neighbour advertisement" },
	{ 137, "redirect" },
	{ 138, "router renumbering" },
	{ 139, "node information query" },
	{ 140, "node information response" },
	{ 141, "inverse neighbour solicitation" },
	{ 142, "inverse neighbour advertisement" },
	{ 143, "multicast listener report v2" },
	{ 144, "home agent address discovery request" },
	{ 145, "home agent address discovery reply" },
	{ 146, "mobile prefix solicitation" },
	{ 147, "mobile prefix advertisement" },
	{ 148, "certification path solicitation" },
	{ 149, "certification path advertisement" },
	{ 151, "multicast router advertisement" },
	{ 152, "multicast router solicitation" },
	{ 153, "multicast router termination" },
	{ 155, "RPL control" },
	{ 157, "duplicate address request" },
	{ 158, "duplicate address confirmation" },
	{ 160, "extended echo request" },
	{ 161, "extended echo reply" },
	{ 0, NULL },
};

static const struct label unreachable_codes[] = {
	{ 0, "no route" },
	{ 1, "communication prohibited" },
	{ 2, "beyond scope of source address" },
	{ 3, "address unreachable" },
	{ 4, "port unreachable" },
	{ 5, "source address failed policy" },
	{ 6, "route rejected" },
	{ 7, "error in source routing header" },
	{ 8, "headers too long" },
	{ 0, NULL },
};

static const struct label exceeded_codes[] = {
	{ 0, "in transit" },
	{ 1, "fragment reassembly" },
	{ 0, NULL },
};

static const struct label problem_codes[] = {
	{ 0, "erroneous header field" },
	{ 1, "unrecognized next header" },
	{ 2, "unrecognized option" },
	{ 3, "first fragment without all headers" },
	{ 4, "SR upper-layer header error" },
	{ 5, "unrecognized next header at an intermediate node" },
	{ 6, "extension header too big" },
	{ 7, "extension header chain too long" },
	{ 8, "too many extension headers" },
	{ 9, "too many options" },
	{ 10, "option too big" },
	{ 0, NULL },
};

static const struct label *codes_of(uint8_t type)
{
	switch (type) {
	case PKTCAP_ICMP6_UNREACHABLE:
		return unreachable_codes;
	case PKTCAP_ICMP6_TIME_EXCEEDED:
		return exceeded_codes;
	case PKTCAP_ICMP6_PARAMETER_PROBLEM:
		return problem_codes;
	default:
		return NULL;
	}
}

/* RFC 4884: these tell the length of the quotation, in words of 8 bytes. */
static size_t quotation_len(struct bytes b)
{
	uint8_t type = u8_at(b, 0);

	if (type != PKTCAP_ICMP6_UNREACHABLE &&
	    type != PKTCAP_ICMP6_TIME_EXCEEDED)
		return 0;
	return u8_at(b, 4) * 8u;
}

/* The fixed part of what is neither an error nor an echo. */
static size_t message_len(uint8_t type)
{
	size_t len = nd_fixed_len(type);

	if (!len)
		len = mld_fixed_len(type);
	return len ? len : HEADER;
}

static enum pktcap_status decode(struct step *step)
{
	uint8_t type;

	if (!bytes_u8(step->b, 0, &type))
		return step_short(step, HEADER);
	if (!bytes_has(step->b, 0, HEADER))
		return step_short(step, HEADER);
	if (type >= PKTCAP_ICMP6_UNREACHABLE &&
	    type <= PKTCAP_ICMP6_PARAMETER_PROBLEM) {
		icmp_quotation(step, HEADER, quotation_len(step->b));
		step->next_flags = PKTCAP_LAYER_QUOTED;
		return step_next(step, HEADER, NEXT_PROTO, PKTCAP_PROTO_IPV6);
	}
	if (type == PKTCAP_ICMP6_ECHO_REQUEST ||
	    type == PKTCAP_ICMP6_ECHO_REPLY)
		return step_next(step, HEADER, NEXT_NOTHING, 0);
	return step_whole(step, message_len(type));
}

static const struct field_def rows[] = {
	{ "type", 0, 8, PKTCAP_FIELD_UINT, NULL, types },
};

static void error_fields(struct fields *f, uint8_t type)
{
	if (type == PKTCAP_ICMP6_TOO_BIG)
		fields_uint(f, "mtu", 4, 4, "bytes", NULL);
	else if (type == PKTCAP_ICMP6_PARAMETER_PROBLEM)
		fields_uint(f, "pointer", 4, 4, "bytes", NULL);
	else
		fields_uint(f, "length", 4, 1, "8 bytes", NULL);
	if (type == PKTCAP_ICMP6_UNREACHABLE ||
	    type == PKTCAP_ICMP6_TIME_EXCEEDED)
		icmp_extensions(f, HEADER, quotation_len(f->b));
}

static void message_fields(struct fields *f, const struct pktcap_layer *layer)
{
	uint8_t type = u8_at(f->b, 0);

	if (nd_fixed_len(type))
		nd_fields(f, layer);
	else if (mld_fixed_len(type))
		mld_fields(f, layer);
	else if (layer->caplen > 4)
		fields_data(f, "body", PKTCAP_FIELD_BYTES, 4,
			    layer->caplen - 4u);
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	uint8_t type = u8_at(f->b, 0);

	fields_uint(f, "code", 1, 1, NULL, codes_of(type));
	fields_hex(f, "checksum", 2, 2, NULL);
	switch (type) {
	case PKTCAP_ICMP6_UNREACHABLE:
	case PKTCAP_ICMP6_TOO_BIG:
	case PKTCAP_ICMP6_TIME_EXCEEDED:
	case PKTCAP_ICMP6_PARAMETER_PROBLEM:
		error_fields(f, type);
		break;
	case PKTCAP_ICMP6_ECHO_REQUEST:
	case PKTCAP_ICMP6_ECHO_REPLY:
		fields_uint(f, "id", 4, 2, NULL, NULL);
		fields_uint(f, "seq", 6, 2, NULL, NULL);
		break;
	default:
		message_fields(f, layer);
	}
}

int pktcap_icmp6_get(const struct pktcap_layer *layer, struct pktcap_icmp6 *out)
{
	struct bytes b = layer_bytes(layer);
	struct bytes body = header_behind(layer, HEADER);
	int err = layer_expect(layer, PKTCAP_PROTO_ICMP6, HEADER);

	if (err)
		return err;
	*out = (struct pktcap_icmp6){
		.type = u8_at(b, 0),
		.code = u8_at(b, 1),
		.checksum = u16_at(b, 2),
		.rest = u32_at(b, 4),
		.body_len = (uint32_t)body.n,
		.body = body.p,
	};
	return 0;
}

const struct proto proto_icmp6 = {
	.name = "icmp6",
	.title = "Internet Control Message Protocol for IPv6",
	.level = PKTCAP_LEVEL_TRANSPORT,
	.decode = decode,
	FIELD_DEFS(rows),
	.fields = fields,
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_icmp6 *icmp = header;

	icmp_write(w, icmp->type, icmp->code, icmp->checksum, icmp->rest);
	write_bytes(w, icmp->body, icmp->body_len);
}

/* What an error quotes. */
static bool carries(uint16_t proto)
{
	return proto == PKTCAP_PROTO_IPV6;
}

const struct writer writer_icmp6 = {
	.write = write,
	.next = NEXT_NOTHING,
	.carries = carries,
};
