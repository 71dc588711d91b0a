// SPDX-License-Identifier: BSD-2-Clause
/*
 * Group records of IGMPv3 (RFC 3376, 4.2) and MLDv2 (RFC 3810, 5.2):
 *
 *	type(8) auxiliary words(8) number of sources(16)
 *	group, sources, auxiliary data
 */
#include "proto/multicast.h"

enum { RECORD_HEADER = 4 };

static const struct label types[] = {
	{ 1, "is in" }, { 2, "is ex" }, { 3, "to in" }, { 4, "to ex" },
	{ 5, "allow" }, { 6, "block" }, { 0, NULL },
};

static const struct field_def query_rows[] = {
	{ "suppress", 4, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "robustness", 5, 3, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "interval_code", 8, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "source_count", 16, 16, PKTCAP_FIELD_UINT, NULL, NULL },
};

static enum pktcap_field_type address_type(size_t address)
{
	return address == 4 ? PKTCAP_FIELD_IPV4 : PKTCAP_FIELD_IPV6;
}

static void sources(struct fields *f, size_t address, size_t at, size_t count)
{
	fields_list(f, "sources");
	for (; count && bytes_has(f->b, at, address); count--) {
		fields_group(f, "source", at, address);
		fields_data(f, "address", address_type(address), at, address);
		fields_end(f);
		at += address;
	}
	fields_end(f);
}

void multicast_query(struct fields *f, size_t address, size_t at)
{
	fields_rows(f, query_rows, 4, at);
	sources(f, address, at + 4, u16_at(f->b, at + 2));
}

/* Bytes of the record at @at, 0 if it is not all there. */
static size_t record_len(struct bytes b, size_t address, size_t at)
{
	size_t len = RECORD_HEADER + (1 + (size_t)u16_at(b, at + 2)) * address +
		     u8_at(b, at + 1) * 4u;

	return bytes_has(b, at, RECORD_HEADER) && bytes_has(b, at, len) ? len
									: 0;
}

void multicast_report(struct fields *f, size_t address, size_t count_at)
{
	uint16_t count = u16_at(f->b, count_at);
	size_t at = count_at + 2, len;

	fields_uint(f, "record_count", count_at, 2, NULL, NULL);
	fields_list(f, "records");
	for (; count && (len = record_len(f->b, address, at));
	     count--, at += len) {
		size_t number = u16_at(f->b, at + 2), aux = u8_at(f->b, at + 1);

		fields_group(f, "record", at, len);
		fields_uint(f, "type", at, 1, NULL, types);
		fields_uint(f, "auxiliary_length", at + 1, 1, "words", NULL);
		fields_uint(f, "source_count", at + 2, 2, NULL, NULL);
		fields_data(f, "group", address_type(address),
			    at + RECORD_HEADER, address);
		sources(f, address, at + RECORD_HEADER + address, number);
		if (aux)
			fields_data(f, "auxiliary", PKTCAP_FIELD_BYTES,
				    at + len - aux * 4, aux * 4);
		fields_end(f);
	}
	fields_end(f);
}

/* Of a layer that holds records: where they begin, and how long addresses are.
 */
static bool has_records(const struct pktcap_layer *layer, size_t *address,
			size_t *at)
{
	uint8_t type = u8_at(layer_bytes(layer), 0);

	if (layer->proto == PKTCAP_PROTO_IGMP && type == 0x22)
		*address = 4;
	else if (layer->proto == PKTCAP_PROTO_ICMP6 && type == 143)
		*address = 16;
	else
		return false;
	*at = 8;
	return true;
}

int pktcap_multicast_record_next(const struct pktcap_layer *layer,
				 uint32_t *offset,
				 struct pktcap_multicast_record *record)
{
	struct bytes b = layer_bytes(layer);
	size_t address, at, len, aux;

	if (!has_records(layer, &address, &at))
		return -EPROTOTYPE;
	if (*offset)
		at = *offset;
	if (at >= layer->wirelen)
		return 0;
	len = record_len(b, address, at);
	if (!len)
		return b.n < layer->wirelen ? -ENODATA : -EPROTO;
	aux = u8_at(b, at + 1) * 4u;
	*record = (struct pktcap_multicast_record){
		.type = u8_at(b, at),
		.source_count = u16_at(b, at + 2),
		.auxiliary_len = (uint16_t)aux,
		.version = address == 4 ? 4 : 6,
		.sources = b.p + at + RECORD_HEADER + address,
		.auxiliary = b.p + at + len - aux,
	};
	bytes_copy(b, at + RECORD_HEADER, record->group, address);
	*offset = (uint32_t)(at + len);
	return 1;
}

static uint16_t count(struct write *w, uint16_t given, size_t computed)
{
	if (w->keep & PKTCAP_KEEP_LENGTHS)
		return given;
	write_limit(w, "count", computed, UINT16_MAX);
	return (uint16_t)computed;
}

void multicast_write_query(struct write *w, size_t address, uint16_t flags,
			   uint16_t given, const uint8_t *sources, size_t len)
{
	uint8_t *p = write_space(w, 4);

	if (!p)
		return;
	put_be16(p, flags);
	put_be16(p + 2, count(w, given, len / address));
	write_bytes(w, sources, len);
}

uint16_t multicast_count(struct write *w, size_t address, uint16_t given,
			 const uint8_t *records, size_t len)
{
	struct bytes b = { records, records ? len : 0 };
	size_t n = 0, record;

	for (size_t at = 0; (record = record_len(b, address, at)); at += record)
		n++;
	return count(w, given, n);
}

static void put_record(struct write *w,
		       const struct pktcap_multicast_record *record)
{
	size_t address = record->version == 4 ? 4 : 16;
	size_t words = (record->auxiliary_len + 3u) / 4u;
	uint8_t *p;

	write_least(w, "version", record->version, 4);
	write_limit(w, "version", record->version, 6);
	write_multiple(w, "version", record->version, 2);
	write_limit(w, "auxiliary_len", words, UINT8_MAX);
	p = write_space(w, RECORD_HEADER + address);
	if (!p)
		return;
	p[0] = record->type;
	p[1] = (uint8_t)words;
	put_be16(p + 2, record->source_count);
	memcpy(p + RECORD_HEADER, record->group, address);
	write_bytes(w, record->sources, record->source_count * address);
	write_options(w, record->auxiliary, record->auxiliary_len, 4);
}

int pktcap_multicast_records_put(void *buf, size_t size,
				 const struct pktcap_multicast_record *records,
				 size_t n)
{
	struct write w = write_into(buf, size);

	for (size_t i = 0; i < n && !w.err; i++)
		put_record(&w, &records[i]);
	return write_result(&w, buf);
}
