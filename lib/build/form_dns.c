// SPDX-License-Identifier: BSD-2-Clause
/* The text form of DNS and multicast DNS messages. */
#include "build/form_header.h"

#include <pktcap/proto_dns.h>

enum { TYPE_BEHIND = 4, CLASS_BEHIND = 2, LINE_SIZE = 2048, RDATA = 2048 };

static const struct pktcap_dns dns = { .recursion_desired = 1 };
static const struct pktcap_dns mdns = { .id = 0 };

static const struct form_field dns_fields[] = {
	{ "qr", "response", 0 },
	{ "aa", "authoritative", 0 },
	{ "tc", "truncated", 0 },
	{ "rd", "recursion_desired", 0 },
	{ "ra", "recursion_available", 0 },
	{ "ad", "authentic_data", 0 },
	{ "cd", "checking_disabled", 0 },
	{ "question_count", NULL, PKTCAP_KEEP_LENGTHS },
	{ "answer_count", NULL, PKTCAP_KEEP_LENGTHS },
	{ "authority_count", NULL, PKTCAP_KEEP_LENGTHS },
	{ "additional_count", NULL, PKTCAP_KEEP_LENGTHS },
	{ NULL, NULL, 0 },
};

/* Is there a backslash with a quote behind it? */
static bool is_quote(struct form_word value, size_t i)
{
	return value.quoted && value.p[i] == '\\' && i + 1 < value.len &&
	       value.p[i + 1] == '"';
}

/*
 * A terminated copy without the quotes; what is behind a backslash stays with
 * it, because names and zone files have escapes of their own.
 */
static int copy_line(struct form_parser *p, struct form_word value,
		     char line[LINE_SIZE])
{
	size_t len = 0;

	for (size_t i = 0; i < value.len; i++) {
		i += is_quote(value, i);
		if (len == LINE_SIZE - 1)
			return form_fail(p, value.at, -ERANGE,
					 "at most %u bytes",
					 (unsigned int)LINE_SIZE - 1);
		line[len++] = value.p[i];
	}
	line[len] = '\0';
	return 0;
}

static int set_question(struct form_parser *p, const struct form_special *self,
			struct form_word value)
{
	char name[LINE_SIZE];

	(void)self;
	if (copy_line(p, value, name))
		return p->build->status;
	if (pktcap_build_dns_question(p->build, name, PKTCAP_DNS_TYPE_A,
				      PKTCAP_DNS_CLASS_IN))
		return form_build_failed(p, value.at);
	p->mark = form_len(p); /* behind the last question */
	return 0;
}

/* Where type and class of the question in front are; NULL if there is none. */
static uint8_t *last_question(struct form_parser *p, struct form_word value,
			      size_t behind)
{
	if (p->mark != form_len(p)) {
		form_fail(p, value.at, -EBADMSG,
			  "this belongs to a question: q=example.com in front");
		return NULL;
	}
	return form_start(p) + p->mark - behind;
}

/* What is not one of the names there are. */
static int number_or_name(struct form_parser *p, struct form_word value,
			  const char *what, const char *example,
			  uint64_t *number)
{
	if (value.len && value.p[0] >= '0' && value.p[0] <= '9')
		return form_number(p, value, UINT16_MAX, number);
	return form_fail(p, value.at, -EBADMSG,
			 "'%s' is no number and no %s such as '%s'",
			 form_name(value).text, what, example);
}

static int set_type(struct form_parser *p, const struct form_special *self,
		    struct form_word value)
{
	struct form_name name = form_name(value);
	uint8_t *question = last_question(p, value, TYPE_BEHIND);
	int type = pktcap_dns_type_number(name.text);
	uint64_t number = 0;

	if (!question)
		return p->build->status;
	if (type >= 0)
		number = (uint64_t)type;
	else if (number_or_name(p, value, "type", self->example, &number))
		return p->build->status;
	put_be16(question, (uint16_t)number);
	return 0;
}

static int set_class(struct form_parser *p, const struct form_special *self,
		     struct form_word value)
{
	uint8_t *question = last_question(p, value, CLASS_BEHIND);
	uint64_t number = PKTCAP_DNS_CLASS_IN;

	if (!question)
		return p->build->status;
	if (form_is(value, "ch"))
		number = PKTCAP_DNS_CLASS_CH;
	else if (form_is(value, "any"))
		number = PKTCAP_DNS_CLASS_ANY;
	else if (!form_is(value, "in") &&
		 number_or_name(p, value, "class", self->example, &number))
		return p->build->status;
	put_be16(question, (uint16_t)number);
	return 0;
}

/* Byte @at of the copy of a line in the text, which has a backslash in front of
 * each quote. */
static size_t place_of(struct form_word value, size_t at)
{
	size_t i = 0;

	for (; i < value.len && at; i++, at--)
		i += is_quote(value, i);
	return i + (i < value.len && is_quote(value, i));
}

/* A line as zone files have them. */
static int append_record(struct form_parser *p, const struct form_special *self,
			 struct form_word value)
{
	struct pktcap_dns_record record;
	struct pktcap_error error;
	uint8_t rdata[RDATA];
	char line[LINE_SIZE];
	int err;

	if (!value.quoted)
		return form_fail(p, value.at, -EBADMSG,
				 "it has blanks, and is in quotes: %s=%s",
				 self->name, self->example);
	if (copy_line(p, value, line))
		return p->build->status;
	err = pktcap_dns_record_parse(&record, rdata, sizeof(rdata), line,
				      &error);
	if (err)
		return form_fail(p, value.at + place_of(value, error.offset),
				 err == -EINVAL ? -EBADMSG : err, "%s",
				 error.text);
	record.section = (uint8_t)self->kind;
	if (pktcap_build_dns_record(p->build, &record))
		return form_build_failed(p, value.at);
	return 0;
}

#define RECORD "\"example.com 300 A 192.0.2.1\""

static const struct form_special dns_specials[] = {
	{ "q", set_question, "example.com", 0, 0 },
	{ "qname", set_question, "example.com", 0, 0 },
	{ "type", set_type, "AAAA", 0, 0 },
	{ "qtype", set_type, "AAAA", 0, 0 },
	{ "class", set_class, "IN", 0, 0 },
	{ "qclass", set_class, "IN", 0, 0 },
	{ "a", append_record, RECORD, PKTCAP_DNS_ANSWER, 0 },
	{ "answer", append_record, RECORD, PKTCAP_DNS_ANSWER, 0 },
	{ "authority", append_record, RECORD, PKTCAP_DNS_AUTHORITY, 0 },
	{ "additional", append_record, RECORD, PKTCAP_DNS_ADDITIONAL, 0 },
	{ .name = NULL },
};

const struct form_layer form_dns_layers[] = {
	{ HEADER(DNS, dns), .fields = dns_fields, .specials = dns_specials },
	{ HEADER(MDNS, mdns), .fields = dns_fields, .specials = dns_specials },
	{ .name = NULL },
};
