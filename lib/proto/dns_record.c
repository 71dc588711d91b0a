// SPDX-License-Identifier: BSD-2-Clause
/* Lines of zone files: name, TTL, class, type, data. */
#include "base/error.h"
#include "proto/dns_text.h"

/* A mnemonic, or @prefix and a number of 16 bits; -EINVAL if it is neither. */
static int number_of(struct bytes word, const struct label *labels,
		     const char *prefix)
{
	size_t n = strlen(prefix);
	uint64_t value;

	for (; labels->name; labels++)
		if (dns_text_is(word, labels->name))
			return (int)labels->value;
	if (!dns_text_is(bytes_slice(word, 0, n), prefix) ||
	    !dns_text_number(bytes_slice(word, n, SIZE_MAX), &value) ||
	    value > UINT16_MAX)
		return -EINVAL;
	return (int)value;
}

int pktcap_dns_type_number(const char *name)
{
	struct bytes word = { (const uint8_t *)name, strlen(name) };

	return number_of(word, label_dns_type, "TYPE");
}

static int describe(const struct dns_text *t, struct pktcap_error *error)
{
	const struct dns_fault *fault = &t->fault;
	const char *type = label_of(label_dns_type, t->type);

	if (!type)
		type = "record";
	switch (t->err) {
	case -ERANGE:
		return error_set_at(error, fault->at, t->err, type,
				    "%s: %s is more than %lu", type,
				    fault->what, (unsigned long)fault->limit);
	case -ENOSPC:
		return error_set_at(error, fault->at, t->err, type,
				    "%s: more data than the %zu bytes of the "
				    "buffer, give a larger one",
				    type, t->room);
	case -EOPNOTSUPP:
		return error_set_at(error, fault->at, t->err, type,
				    "%s: the text of its data is not known, "
				    "write \\# LENGTH HEXADECIMAL",
				    type);
	default:
		return error_set_at(error, fault->at, t->err, type, "%s: %s",
				    type, fault->what);
	}
}

static struct dns_text text_of(const char *text, void *out, size_t room)
{
	return (struct dns_text){
		.text = { (const uint8_t *)text, strlen(text) },
		.out = out,
		.room = room,
	};
}

int pktcap_dns_rdata_put(void *buf, size_t size, uint16_t type,
			 const char *text, struct pktcap_error *error)
{
	struct dns_text t = text_of(text, buf, size);

	dns_text_rdata(&t, type);
	return t.err ? describe(&t, error) : (int)t.len;
}

/* As pktcap_dns_record_next() would have it. */
static void read_name(struct dns_text *t, struct pktcap_dns_record *record)
{
	struct text name = text_over(record->name, sizeof(record->name));
	struct dns_message m = { 0 };
	struct dns_wire wire;

	if (!dns_text_name(t, &wire))
		return;
	m.b = (struct bytes){ wire.octets, wire.len };
	dns_name(&m, 0, &name, NULL);
	record->name_len = (uint16_t)name.len;
}

/* TTL and class, each at most once, then the type. */
static void read_type(struct dns_text *t, struct pktcap_dns_record *record)
{
	bool has_ttl = false, has_class = false;
	struct bytes word;
	uint64_t ttl;
	int number;

	record->rr_class = PKTCAP_DNS_CLASS_IN;
	while (dns_text_word(t, &word)) {
		number = number_of(word, label_dns_class, "CLASS");
		if (!has_ttl && dns_text_number(word, &ttl)) {
			if (ttl > UINT32_MAX)
				break;
			record->ttl = (uint32_t)ttl;
			has_ttl = true;
		} else if (!has_class && number >= 0) {
			record->rr_class = (uint16_t)number;
			has_class = true;
		} else {
			number = number_of(word, label_dns_type, "TYPE");
			if (number < 0)
				break;
			record->type = (uint16_t)number;
			return;
		}
	}
	dns_text_fail(t, t->word, -EINVAL,
		      "a TTL of 32 bits, a class or a type is expected");
}

int pktcap_dns_record_parse(struct pktcap_dns_record *record, void *rdata,
			    size_t size, const char *line,
			    struct pktcap_error *error)
{
	struct dns_text t = text_of(line, rdata, size);
	struct pktcap_dns_record made = { .section = PKTCAP_DNS_ANSWER };

	read_name(&t, &made);
	if (!t.err)
		read_type(&t, &made);
	if (!t.err)
		dns_text_rdata(&t, made.type);
	if (t.err)
		return describe(&t, error);
	made.rdata = rdata;
	made.rdata_len = (uint16_t)t.len;
	*record = made;
	return 0;
}
