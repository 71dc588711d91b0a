// SPDX-License-Identifier: BSD-2-Clause
/*
 * SNMP, versions 1, 2c (RFC 3416, 3; RFC 1157, 4) and 3 (RFC 3412, 6), in BER
 * (X.690): tag, length, value. The message is a sequence of
 *
 *	1, 2c: version, community, PDU
 *	3:     version, (id, maximum size, flags, security model),
 *	       security parameters, (context engine, context name, PDU)
 *
 * Of version 3 the last part is often encrypted, and one string of bytes.
 */
#include "proto/ber.h"

enum { VERSION_1 = 0, VERSION_2C = 1, VERSION_3 = 3 };

enum { PDU_FIRST = 0xa0, PDU_TRAP = 0xa4, PDU_BULK = 0xa5, PDU_LAST = 0xa8 };

enum { MODEL_USM = 3, FLAG_ENCRYPTED = 2 };

/* Where the parts of a message are, in the layer; n is 0 where one is not. */
struct parts {
	struct ber version, community;
	/* version 3 */
	struct ber id, max_size, flags, model, parameters;
	struct ber engine, boots, time, user;
	struct ber context_engine, context_name, encrypted;
	struct ber pdu;
};

/* The PDU's first four: three numbers (or a trap's), then its variables. */
struct pdu {
	struct ber request, error, index, variables;
	struct ber enterprise, agent, generic, specific, time;
};

static bool read_usm(struct bytes b, struct parts *parts)
{
	struct ber_walk walk = ber_inside(b, parts->parameters);
	struct ber sequence;

	if (!ber_next(&walk, BER_SEQUENCE, &sequence))
		return false;
	walk = ber_inside(b, sequence);
	return ber_next(&walk, BER_STRING, &parts->engine) &&
	       ber_next(&walk, BER_INTEGER, &parts->boots) &&
	       ber_next(&walk, BER_INTEGER, &parts->time) &&
	       ber_next(&walk, BER_STRING, &parts->user);
}

static bool read_v3(struct bytes b, struct ber_walk *message,
		    struct parts *parts)
{
	struct ber global, scoped;
	struct ber_walk walk;

	if (!ber_next(message, BER_SEQUENCE, &global))
		return false;
	walk = ber_inside(b, global);
	if (!ber_next(&walk, BER_INTEGER, &parts->id) ||
	    !ber_next(&walk, BER_INTEGER, &parts->max_size) ||
	    !ber_next(&walk, BER_STRING, &parts->flags) ||
	    !ber_next(&walk, BER_INTEGER, &parts->model) ||
	    !ber_next(message, BER_STRING, &parts->parameters))
		return false;
	if (ber_number(b, parts->model) == MODEL_USM)
		read_usm(b, parts);
	if (!ber_next(message, BER_ANY, &scoped))
		return false;
	if (scoped.tag == BER_STRING) {
		parts->encrypted = scoped;
		return true;
	}
	if (scoped.tag != BER_SEQUENCE)
		return false;
	walk = ber_inside(b, scoped);
	return ber_next(&walk, BER_STRING, &parts->context_engine) &&
	       ber_next(&walk, BER_STRING, &parts->context_name) &&
	       ber_next(&walk, BER_ANY, &parts->pdu);
}

/* As far as it is there and makes sense; true up to the PDU. */
static bool read_parts(struct bytes b, struct parts *parts)
{
	struct ber_walk walk = ber_all(b);
	struct ber message;

	memset(parts, 0, sizeof(*parts));
	if (!ber_next(&walk, BER_SEQUENCE, &message))
		return false;
	walk = ber_inside(b, message);
	if (!ber_next(&walk, BER_INTEGER, &parts->version))
		return false;
	if (ber_number(b, parts->version) == VERSION_3)
		return read_v3(b, &walk, parts);
	return ber_next(&walk, BER_STRING, &parts->community) &&
	       ber_next(&walk, BER_ANY, &parts->pdu);
}

static bool read_pdu(struct bytes b, struct ber whole, struct pdu *pdu)
{
	struct ber_walk walk = ber_inside(b, whole);

	memset(pdu, 0, sizeof(*pdu));
	if (whole.tag == PDU_TRAP)
		return ber_next(&walk, BER_OID, &pdu->enterprise) &&
		       ber_next(&walk, BER_ANY, &pdu->agent) &&
		       ber_next(&walk, BER_INTEGER, &pdu->generic) &&
		       ber_next(&walk, BER_INTEGER, &pdu->specific) &&
		       ber_next(&walk, BER_ANY, &pdu->time) &&
		       ber_next(&walk, BER_SEQUENCE, &pdu->variables);
	return ber_next(&walk, BER_INTEGER, &pdu->request) &&
	       ber_next(&walk, BER_INTEGER, &pdu->error) &&
	       ber_next(&walk, BER_INTEGER, &pdu->index) &&
	       ber_next(&walk, BER_SEQUENCE, &pdu->variables);
}

/* A sequence that begins with one of the versions, however it goes on. */
static bool check(struct bytes b)
{
	struct ber_walk walk = ber_all(b);
	struct ber message, version;
	int64_t number;

	if (!ber_next(&walk, BER_SEQUENCE, &message))
		return false;
	walk = ber_inside(b, message);
	if (!ber_next(&walk, BER_INTEGER, &version) || version.n != 1)
		return false;
	number = ber_number(b, version);
	return number == VERSION_1 || number == VERSION_2C ||
	       number == VERSION_3;
}

static enum pktcap_status decode(struct step *step)
{
	struct parts parts;
	struct ber message;
	struct ber_walk walk = ber_all(step->b);

	if (!ber_next(&walk, BER_SEQUENCE, &message))
		return step_short(step, 2);
	if (message.at + message.n > step->wire)
		return PKTCAP_STATUS_MALFORMED;
	if (step->b.n < step->wire)
		return PKTCAP_STATUS_TRUNCATED;
	if (!read_parts(step->b, &parts))
		return PKTCAP_STATUS_MALFORMED;
	return step_whole(step, 2);
}

static const struct label versions[] = {
	{ VERSION_1, "SNMPv1" },
	{ VERSION_2C, "SNMPv2c" },
	{ VERSION_3, "SNMPv3" },
	{ 0, NULL },
};

static const struct label pdus[] = {
	{ 0xa0, "get" },    { 0xa1, "get next" },     { 0xa2, "response" },
	{ 0xa3, "set" },    { PDU_TRAP, "trap (1)" }, { PDU_BULK, "get bulk" },
	{ 0xa6, "inform" }, { 0xa7, "trap" },	      { PDU_LAST, "report" },
	{ 0, NULL },
};

static const struct label errors[] = {
	{ 0, "none" },
	{ 1, "too big" },
	{ 2, "no such name" },
	{ 3, "bad value" },
	{ 4, "read only" },
	{ 5, "general error" },
	{ 6, "no access" },
	{ 7, "wrong type" },
	{ 8, "wrong length" },
	{ 9, "wrong encoding" },
	{ 10, "wrong value" },
	{ 11, "no creation" },
	{ 12, "inconsistent value" },
	{ 13, "resource unavailable" },
	{ 14, "commit failed" },
	{ 15, "undo failed" },
	{ 16, "authorization error" },
	{ 17, "not writable" },
	{ 18, "inconsistent name" },
	{ 0, NULL },
};

static const struct label generics[] = {
	{ 0, "cold start" },
	{ 1, "warm start" },
	{ 2, "link down" },
	{ 3, "link up" },
	{ 4, "authentication failure" },
	{ 5, "EGP neighbour loss" },
	{ 6, "enterprise specific" },
	{ 0, NULL },
};

static const struct label models[] = {
	{ 1, "SNMPv1" }, { 2, "SNMPv2c" }, { MODEL_USM, "USM" },
	{ 4, "TSM" },	 { 0, NULL },
};

static void variables(struct fields *f, const struct pktcap_layer *layer)
{
	struct pktcap_snmp_variable variable;
	uint32_t offset = 0;

	fields_list(f, "variables");
	while (pktcap_snmp_variable_next(layer, &offset, &variable) > 0) {
		struct ber oid = { variable.oid_offset, variable.oid_len,
				   variable.oid_len, BER_OID };
		struct ber value = { variable.value_offset, variable.value_len,
				     variable.value_len, variable.type };

		fields_group(f, "variable", oid.at,
			     value.at + value.n - oid.at);
		ber_field_oid(f, "oid", oid);
		ber_field_value(f, value);
		fields_end(f);
	}
	fields_end(f);
}

static void pdu_fields(struct fields *f, const struct pktcap_layer *layer,
		       struct ber whole)
{
	struct pdu pdu;
	bool bulk = whole.tag == PDU_BULK;

	read_pdu(f->b, whole, &pdu);
	fields_hex(f, "pdu_type", whole.at - whole.whole + whole.n, 1, pdus);
	if (whole.tag == PDU_TRAP) {
		ber_field_oid(f, "enterprise", pdu.enterprise);
		if (pdu.agent.n == 4)
			fields_data(f, "agent", PKTCAP_FIELD_IPV4, pdu.agent.at,
				    4);
		ber_field_number(f, "generic_trap", pdu.generic, generics);
		ber_field_number(f, "specific_trap", pdu.specific, NULL);
		ber_field_number(f, "time", pdu.time, NULL);
	} else {
		ber_field_number(f, "request_id", pdu.request, NULL);
		ber_field_number(f, bulk ? "non_repeaters" : "error_status",
				 pdu.error, bulk ? NULL : errors);
		ber_field_number(f, bulk ? "max_repetitions" : "error_index",
				 pdu.index, NULL);
	}
	variables(f, layer);
}

static void v3_fields(struct fields *f, const struct parts *parts)
{
	static const struct field_def flags[] = {
		{ "flags_reserved", 0, 5, PKTCAP_FIELD_HEX, NULL, NULL },
		{ "flag_reportable", 5, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "flag_encrypted", 6, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "flag_authenticated", 7, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	};

	ber_field_number(f, "message_id", parts->id, NULL);
	ber_field_number(f, "max_size", parts->max_size, NULL);
	if (parts->flags.n)
		fields_rows(f, flags, sizeof(flags) / sizeof(flags[0]),
			    parts->flags.at);
	ber_field_number(f, "security_model", parts->model, models);
	ber_field_data(f, "engine_id", PKTCAP_FIELD_BYTES, parts->engine);
	ber_field_number(f, "engine_boots", parts->boots, NULL);
	ber_field_number(f, "engine_time", parts->time, NULL);
	ber_field_data(f, "user", PKTCAP_FIELD_TEXT, parts->user);
	ber_field_data(f, "context_engine_id", PKTCAP_FIELD_BYTES,
		       parts->context_engine);
	ber_field_data(f, "context_name", PKTCAP_FIELD_TEXT,
		       parts->context_name);
	ber_field_data(f, "encrypted", PKTCAP_FIELD_BYTES, parts->encrypted);
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	struct parts parts;

	read_parts(f->b, &parts);
	ber_field_number(f, "version", parts.version, versions);
	ber_field_data(f, "community", PKTCAP_FIELD_TEXT, parts.community);
	if (parts.id.whole)
		v3_fields(f, &parts);
	if (parts.pdu.whole)
		pdu_fields(f, layer, parts.pdu);
}

static void get_v3(struct bytes b, const struct parts *parts,
		   struct pktcap_snmp *out)
{
	out->message_id = (uint32_t)ber_number(b, parts->id);
	out->max_size = (uint32_t)ber_number(b, parts->max_size);
	out->flags = parts->flags.n ? u8_at(b, parts->flags.at) : 0;
	out->security_model = (uint32_t)ber_number(b, parts->model);
	out->engine_boots = (uint32_t)ber_number(b, parts->boots);
	out->engine_time = (uint32_t)ber_number(b, parts->time);
	out->engine_id = ber_bytes(b, parts->engine).p;
	out->engine_id_len = (uint32_t)ber_bytes(b, parts->engine).n;
	out->user = (const char *)ber_bytes(b, parts->user).p;
	out->user_len = (uint32_t)ber_bytes(b, parts->user).n;
}

int pktcap_snmp_get(const struct pktcap_layer *layer, struct pktcap_snmp *out)
{
	struct bytes b = layer_bytes(layer), community;
	int err = layer_expect(layer, PKTCAP_PROTO_SNMP, 2);
	struct parts parts;
	struct pdu pdu;

	if (err)
		return err;
	if (!read_parts(b, &parts))
		return -ENODATA;
	memset(&pdu, 0, sizeof(pdu));
	if (parts.pdu.whole)
		read_pdu(b, parts.pdu, &pdu);
	community = ber_bytes(b, parts.community);
	*out = (struct pktcap_snmp){
		.version = (uint8_t)ber_number(b, parts.version),
		.pdu_type = parts.pdu.tag,
		.request_id = (int32_t)ber_number(b, pdu.request),
		.error_status = (int32_t)ber_number(b, pdu.error),
		.error_index = (int32_t)ber_number(b, pdu.index),
		.community_len = (uint32_t)community.n,
		.community = (const char *)community.p,
	};
	if (out->version == VERSION_3)
		get_v3(b, &parts, out);
	return 0;
}

int pktcap_snmp_variable_next(const struct pktcap_layer *layer,
			      uint32_t *offset,
			      struct pktcap_snmp_variable *variable)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_SNMP, 2);
	int broken = layer->caplen < layer->wirelen ? -ENODATA : -EPROTO;
	struct ber pair, oid, value;
	struct ber_walk walk;
	struct parts parts;
	struct pdu pdu;

	if (err)
		return err;
	if (!read_parts(b, &parts))
		return broken;
	if (!parts.pdu.whole)
		return 0;
	if (!read_pdu(b, parts.pdu, &pdu))
		return broken;
	walk = ber_inside(b, pdu.variables);
	if (*offset)
		walk.at = *offset;
	if (walk.at >= walk.end)
		return walk.end < pdu.variables.at + pdu.variables.n ? broken
								     : 0;
	if (!ber_next(&walk, BER_SEQUENCE, &pair))
		return broken;
	*offset = (uint32_t)walk.at;
	walk = ber_inside(b, pair);
	if (!ber_next(&walk, BER_OID, &oid) ||
	    !ber_next(&walk, BER_ANY, &value) ||
	    !bytes_has(b, value.at, value.n))
		return broken;
	*variable = (struct pktcap_snmp_variable){
		.oid = b.p + oid.at,
		.value = b.p + value.at,
		.oid_offset = (uint32_t)oid.at,
		.oid_len = (uint32_t)oid.n,
		.value_offset = (uint32_t)value.at,
		.value_len = (uint32_t)value.n,
		.type = value.tag,
	};
	return 1;
}

const struct proto proto_snmp = {
	.name = "snmp",
	.title = "Simple Network Management Protocol",
	.level = PKTCAP_LEVEL_APPLICATION,
	.decode = decode,
	.check = check,
	.fields = fields,
};
