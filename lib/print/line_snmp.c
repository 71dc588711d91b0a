// SPDX-License-Identifier: BSD-2-Clause
/* SNMP: what is asked for, or answered, with objects as numbers. */
#include "print/line.h"

enum {
	VERSION_3 = 3,
	PDU_GET = 0xa0,
	PDU_GET_NEXT = 0xa1,
	PDU_TRAP = 0xa4,
	PDU_BULK = 0xa5,
	VALUE_OID = 6,
	VALUE_OPAQUE = 0x44,
	TRAP_ENTERPRISE = 6,
	ENCRYPTED = 2,
};

struct message {
	struct line *l;
	const struct pktcap_layer *layer;
	struct pktcap_snmp snmp;
	uint64_t type; /* of the variable's value, or of the trap */
};

static const struct line_name versions[] = {
	{ 0, "SNMPv1" },
	{ 1, "SNMPv2c" },
	{ VERSION_3, "SNMPv3" },
	{ 0, NULL },
};

static const struct line_name pdus[] = {
	{ PDU_GET, "GetRequest" }, { PDU_GET_NEXT, "GetNextRequest" },
	{ 0xa2, "GetResponse" },   { 0xa3, "SetRequest" },
	{ PDU_TRAP, "Trap" },	   { PDU_BULK, "GetBulk" },
	{ 0xa6, "Inform" },	   { 0xa7, "V2Trap" },
	{ 0xa8, "Report" },	   { 0, NULL },
};

static const struct line_name errors[] = {
	{ 1, "tooBig" },
	{ 2, "noSuchName" },
	{ 3, "badValue" },
	{ 4, "readOnly" },
	{ 5, "genErr" },
	{ 6, "noAccess" },
	{ 7, "wrongType" },
	{ 8, "wrongLength" },
	{ 9, "wrongEncoding" },
	{ 10, "wrongValue" },
	{ 11, "noCreation" },
	{ 12, "inconsistentValue" },
	{ 13, "resourceUnavailable" },
	{ 14, "commitFailed" },
	{ 15, "undoFailed" },
	{ 16, "authorizationError" },
	{ 17, "notWritable" },
	{ 18, "inconsistentName" },
	{ 0, NULL },
};

static const struct line_name traps[] = {
	{ 0, "coldStart" },
	{ 1, "warmStart" },
	{ 2, "linkDown" },
	{ 3, "linkUp" },
	{ 4, "authenticationFailure" },
	{ 5, "egpNeighborLoss" },
	{ TRAP_ENTERPRISE, "enterpriseSpecific" },
	{ 0, NULL },
};

static const struct line_name missing[] = {
	{ 0x80, "[noSuchObject]" },
	{ 0x81, "[noSuchInstance]" },
	{ 0x82, "[endOfMibView]" },
	{ 0, NULL },
};

/* Text in quotes, or what is none in hexadecimal. */
static void put_octet_string(struct text *t, const uint8_t *data, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool is_space = data[i] >= '\t' && data[i] <= '\r';

		if (!is_space && (data[i] < ' ' || data[i] > '~')) {
			put_octets(t, data, n, '_');
			return;
		}
	}
	put_char(t, '"');
	put_safe(t, data, n);
	put_char(t, '"');
}

static void put_oid(struct text *t, const struct pktcap_field *field)
{
	put_char(t, '.');
	if (field->type == PKTCAP_FIELD_TEXT)
		put_safe(t, field->data, field->data_len);
	else
		put_octets(t, field->data, field->data_len, '_');
}

static void put_value(struct message *m, const struct pktcap_field *field)
{
	struct text *t = &m->l->t;

	if (m->type == VALUE_OPAQUE)
		PUT(t, "[P/A/Opaque]_");
	if (m->type == VALUE_OID)
		put_oid(t, field);
	else if (m->type == VALUE_OPAQUE)
		put_octets(t, field->data, field->data_len, '_');
	else if (field->type == PKTCAP_FIELD_IPV4)
		put_ipv4(t, field->data);
	else if (field->type == PKTCAP_FIELD_TEXT ||
		 field->type == PKTCAP_FIELD_BYTES)
		put_octet_string(t, field->data, field->data_len);
	else if (field->type == PKTCAP_FIELD_INT)
		put_int(t, (int64_t)field->value);
	else
		put_uint(t, field->value);
}

static int put_variable(struct message *m, const struct pktcap_field *field)
{
	uint8_t pdu = m->snmp.pdu_type;
	struct text *t = &m->l->t;
	const char *name;

	if (!strcmp(field->name, "oid")) {
		put_char(t, ' ');
		put_oid(t, field);
		/* Who asks has no values. */
		if (pdu != PDU_GET && pdu != PDU_GET_NEXT && pdu != PDU_BULK)
			put_char(t, '=');
	} else if (!strcmp(field->name, "type")) {
		m->type = field->value;
		name = line_name(missing, (uint32_t)m->type);
		put_string(t, name ? name : "");
	} else if (!strcmp(field->name, "value")) {
		put_value(m, field);
	}
	return 0;
}

/*
 * "(26)", the bytes of a PDU, which ends with the message, without its tag and
 * length; only where it is whole.
 */
static void put_length(struct message *m, const struct pktcap_field *field)
{
	size_t at = field->bit_offset / 8, head = 2, n;

	if (m->layer->status != PKTCAP_STATUS_OK ||
	    m->layer->header_len < at + head)
		return;
	n = m->layer->header_len - at;
	/* A length from 128 on has its own length in front (X.690, 8.1.3). */
	if (n - head > INT8_MAX)
		head++;
	if (n - head > UINT8_MAX)
		head++;
	line_told(m->l, "(", n - head, ")");
}

/* Get bulk has other numbers in their place. */
static void put_errors(struct line *l, const struct pktcap_snmp *snmp)
{
	const char *error = line_name(errors, (uint32_t)snmp->error_status);
	bool is_bulk = snmp->pdu_type == PDU_BULK;

	if (!is_bulk && !snmp->error_status)
		return;
	if (is_bulk || !error) {
		put_string(&l->t, is_bulk ? " N=" : " error-");
		put_int(&l->t, snmp->error_status);
	} else {
		put_char(&l->t, ' ');
		put_string(&l->t, error);
	}
	put_string(&l->t, is_bulk ? " M=" : "@");
	put_int(&l->t, snmp->error_index);
}

static void put_pdu(struct message *m, const struct pktcap_field *field)
{
	const struct pktcap_snmp *snmp = &m->snmp;
	const char *name = line_name(pdus, snmp->pdu_type);
	struct line *l = m->l;

	put_string(&l->t, line_verbose(l) ? "{ " : "");
	put_string(&l->t, name ? name : "[P/C/0x");
	if (!name)
		line_put_hex(l, "", snmp->pdu_type, 2, "]");
	put_length(m, field);
	put_char(&l->t, ' ');
	if (snmp->pdu_type == PDU_TRAP)
		return;
	if (line_verbose(l)) {
		PUT(&l->t, "R=");
		put_int(&l->t, snmp->request_id);
		put_char(&l->t, ' ');
	}
	put_errors(l, snmp);
}

static int put_trap(struct message *m, const struct pktcap_field *field)
{
	const char *name = line_name(traps, (uint32_t)field->value);
	struct text *t = &m->l->t;

	if (!strcmp(field->name, "enterprise")) {
		put_char(t, ' ');
		put_oid(t, field);
	} else if (!strcmp(field->name, "agent")) {
		put_char(t, ' ');
		put_ipv4(t, field->data);
	} else if (!strcmp(field->name, "generic_trap")) {
		m->type = field->value;
		put_char(t, ' ');
		if (name)
			put_string(t, name);
		else
			line_told(m->l, "generic-trap(", field->value, ")");
	} else if (!strcmp(field->name, "specific_trap")) {
		if (m->type == TRAP_ENTERPRISE)
			line_told(m->l, " s=", field->value, "");
	} else if (!strcmp(field->name, "time")) {
		line_told(m->l, " ", field->value, "");
	}
	return 0;
}

static int put_field(void *arg, const struct pktcap_field *field)
{
	struct message *m = arg;
	struct text *t = &m->l->t;

	if (field->type >= PKTCAP_FIELD_LIST)
		return 0;
	if (field->depth)
		return put_variable(m, field);
	if (!strcmp(field->name, "context_engine_id")) {
		PUT(t, "E=_");
		put_octets(t, field->data, field->data_len, '_');
		put_char(t, ' ');
	} else if (!strcmp(field->name, "context_name")) {
		PUT(t, "C=");
		put_octet_string(t, field->data, field->data_len);
		put_char(t, ' ');
	} else if (!strcmp(field->name, "pdu_type")) {
		put_pdu(m, field);
	}
	return m->snmp.pdu_type == PDU_TRAP ? put_trap(m, field) : 0;
}

static void put_community(struct line *l, const struct pktcap_snmp *snmp)
{
	static const char usual[] = "public";

	if (snmp->community_len == sizeof(usual) - 1 &&
	    !memcmp(snmp->community, usual, sizeof(usual) - 1))
		return;
	PUT(&l->t, "C=");
	put_octet_string(&l->t, (const uint8_t *)snmp->community,
			 snmp->community_len);
	put_char(&l->t, ' ');
}

/* Version 3: by whom, and whether it can be read. */
static void put_security(struct line *l, const struct pktcap_snmp *snmp)
{
	bool verbose = line_verbose(l);

	put_string(&l->t, verbose ? "{ F=" : "F=");
	put_string(&l->t, snmp->flags & 1 ? "a" : "");
	put_string(&l->t, snmp->flags & ENCRYPTED ? "p" : "");
	put_string(&l->t, snmp->flags & 4 ? "r " : " ");
	if (verbose) {
		line_told(l, "} { USM B=", snmp->engine_boots, "");
		line_told(l, " T=", snmp->engine_time, " ");
	}
	PUT(&l->t, "U=");
	put_octet_string(&l->t, (const uint8_t *)snmp->user, snmp->user_len);
	put_string(&l->t, verbose ? " } { ScopedPDU " : " ");
	if (!snmp->pdu_type)
		PUT(&l->t, "[encrypted]");
}

static void put_damage(struct line *l, const struct pktcap_layer *layer)
{
	if (layer->status == PKTCAP_STATUS_TRUNCATED)
		line_truncated(l, "snmp");
	else if (layer->status != PKTCAP_STATUS_OK)
		line_invalid(l);
}

void line_snmp(struct line *l, const struct pktcap_layer *layer)
{
	struct message m = { .l = l, .layer = layer };
	bool verbose = line_verbose(l);

	l->ended = true;
	if (pktcap_snmp_get(layer, &m.snmp)) {
		put_damage(l, layer);
		return;
	}
	put_char(&l->t, ' ');
	if (verbose) {
		const char *name = line_name(versions, m.snmp.version);

		PUT(&l->t, "{ ");
		put_string(&l->t, name ? name : "SNMP");
		put_char(&l->t, ' ');
	}
	if (m.snmp.version == VERSION_3)
		put_security(l, &m.snmp);
	else
		put_community(l, &m.snmp);
	pktcap_layer_fields(layer, put_field, &m);
	if (verbose) {
		put_string(&l->t, m.snmp.pdu_type ? " } " : "");
		put_string(&l->t, m.snmp.version == VERSION_3 ? "} } " : "} ");
	}
	put_damage(l, layer);
}
