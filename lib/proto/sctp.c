// SPDX-License-Identifier: BSD-2-Clause
/*
 * SCTP (RFC 9260, 3), a row is 32 bits:
 *
 *	source port(16) destination port(16)
 *	verification tag
 *	checksum (CRC32c)
 *	chunks: type(8) flags(8) length(16), data, padding to 4 bytes
 */
#include "proto/fields.h"
#include "proto/write.h"

enum { HEADER = 12, CHUNK_HEADER = 4 };

static const struct label types[] = {
	{ PKTCAP_SCTP_DATA, "DATA" },
	{ PKTCAP_SCTP_INIT, "INIT" },
	{ PKTCAP_SCTP_INIT_ACK, "INIT ACK" },
	{ PKTCAP_SCTP_SACK, "SACK" },
	{ 4, "HEARTBEAT" },
	{ 5, "HEARTBEAT ACK" },
	{ 6, "ABORT" },
	{ PKTCAP_SCTP_SHUTDOWN, "SHUTDOWN" },
	{ 8, "SHUTDOWN ACK" },
	{ 9, "ERROR" },
	{ 10, "COOKIE ECHO" },
	{ 11, "COOKIE ACK" },
	{ 12, "ECNE" },
	{ 13, "CWR" },
	{ 14, "SHUTDOWN COMPLETE" },
	{ 15, "AUTH" },
	{ PKTCAP_SCTP_I_DATA, "I-DATA" },
	{ 128, "ASCONF ACK" },
	{ 130, "RE-CONFIG" },
	{ 132, "PAD" },
	{ 192, "FORWARD TSN" },
	{ 193, "ASCONF" },
	{ 194, "I-FORWARD TSN" },
	{ 0, NULL },
};

static const struct label parameters[] = {
	{ 1, "heartbeat info" },
	{ 5, "IPv4 address" },
	{ 6, "IPv6 address" },
	{ 7, "state cookie" },
	{ 8, "unrecognized parameter" },
	{ 9, "cookie preservative" },
	{ 11, "host name" },
	{ 12, "supported address types" },
	{ 13, "outgoing SSN reset" },
	{ 0x8000, "ECN" },
	{ 0x8001, "zero checksum acceptable" },
	{ 0x8002, "random" },
	{ 0x8003, "chunk list" },
	{ 0x8004, "HMAC algorithms" },
	{ 0x8008, "supported extensions" },
	{ 0xc000, "forward TSN supported" },
	{ 0xc006, "adaptation layer indication" },
	{ 0, NULL },
};

/* TSN behind the chunk's header, stream, SSN, PPID; I-DATA: RFC 8260, 2.1 */
static size_t fixed_len(uint8_t type)
{
	switch (type) {
	case PKTCAP_SCTP_DATA:
		return 12;
	case PKTCAP_SCTP_INIT:
	case PKTCAP_SCTP_INIT_ACK:
	case PKTCAP_SCTP_I_DATA:
		return 16;
	case PKTCAP_SCTP_SACK:
		return 12;
	case PKTCAP_SCTP_SHUTDOWN:
		return 4;
	default:
		return 0;
	}
}

static enum pktcap_status decode(struct step *step)
{
	return step_whole(step, HEADER);
}

static const struct field_def rows[] = {
	{ "src_port", 0, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "dst_port", 16, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "tag", 32, 32, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "checksum", 64, 32, PKTCAP_FIELD_HEX, NULL, NULL },
};

static const struct field_def data_rows[] = {
	{ "tsn", 0, 32, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "stream", 32, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "ssn", 48, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "ppid", 64, 32, PKTCAP_FIELD_UINT, NULL, NULL },
};

static const struct field_def i_data_rows[] = {
	{ "tsn", 0, 32, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "stream", 32, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "message", 64, 32, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "ppid_or_fsn", 96, 32, PKTCAP_FIELD_UINT, NULL, NULL },
};

static const struct field_def init_rows[] = {
	{ "initiate_tag", 0, 32, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "window", 32, 32, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "outbound_streams", 64, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "inbound_streams", 80, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "initial_tsn", 96, 32, PKTCAP_FIELD_UINT, NULL, NULL },
};

static const struct field_def sack_rows[] = {
	{ "tsn", 0, 32, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "window", 32, 32, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "gaps", 64, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "duplicates", 80, 16, PKTCAP_FIELD_UINT, NULL, NULL },
};

/* Type(16) length(16), data, padding; both lists of INIT and its answer. */
static void init_parameters(struct fields *f, size_t at, size_t end)
{
	uint16_t len;

	fields_list(f, "parameters");
	while (end - at >= 4 && bytes_be16(f->b, at + 2, &len) && len >= 4 &&
	       len <= end - at) {
		uint16_t type = u16_at(f->b, at);

		fields_group(f, "parameter", at, len);
		fields_hex(f, "type", at, 2, parameters);
		fields_uint(f, "length", at + 2, 2, "bytes", NULL);
		if (type == 5 && len == 8)
			fields_data(f, "address", PKTCAP_FIELD_IPV4, at + 4, 4);
		else if (type == 6 && len == 20)
			fields_data(f, "address", PKTCAP_FIELD_IPV6, at + 4,
				    16);
		else if (len > 4)
			fields_data(f, "value", PKTCAP_FIELD_BYTES, at + 4,
				    len - 4u);
		fields_end(f);
		at += (len + 3u) & ~3u;
		if (at > end)
			break;
	}
	fields_end(f);
}

static void sack_fields(struct fields *f, size_t at, size_t end)
{
	uint16_t gaps = u16_at(f->b, at + 8),
		 duplicates = u16_at(f->b, at + 10);

	fields_rows(f, sack_rows, 4, at);
	at += 12;
	fields_list(f, "gap_blocks");
	for (; gaps && end - at >= 4; gaps--, at += 4) {
		fields_group(f, "gap", at, 4);
		fields_uint(f, "start", at, 2, NULL, NULL);
		fields_uint(f, "end", at + 2, 2, NULL, NULL);
		fields_end(f);
	}
	fields_end(f);
	fields_list(f, "duplicate_tsns");
	for (; !gaps && duplicates && end - at >= 4; duplicates--, at += 4) {
		fields_group(f, "duplicate", at, 4);
		fields_uint(f, "tsn", at, 4, NULL, NULL);
		fields_end(f);
	}
	fields_end(f);
}

static void data_fields(struct fields *f, uint8_t type, size_t at, size_t end)
{
	static const struct field_def flags[] = {
		{ "immediate", 12, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "unordered", 13, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "beginning", 14, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "ending", 15, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	};
	size_t len = fixed_len(type);

	fields_rows(f, flags, 4, at - CHUNK_HEADER);
	fields_rows(f, type == PKTCAP_SCTP_DATA ? data_rows : i_data_rows, 4,
		    at);
	if (end - at > len)
		fields_data(f, "data", PKTCAP_FIELD_BYTES, at + len,
			    end - at - len);
}

/* What is behind a chunk's header. */
static void chunk_value(struct fields *f, uint8_t type, size_t at, size_t end)
{
	switch (end - at < fixed_len(type) ? UINT8_MAX : type) {
	case PKTCAP_SCTP_DATA:
	case PKTCAP_SCTP_I_DATA:
		data_fields(f, type, at, end);
		break;
	case PKTCAP_SCTP_INIT:
	case PKTCAP_SCTP_INIT_ACK:
		fields_rows(f, init_rows, 5, at);
		init_parameters(f, at + 16, end);
		break;
	case PKTCAP_SCTP_SACK:
		sack_fields(f, at, end);
		break;
	case PKTCAP_SCTP_SHUTDOWN:
		fields_uint(f, "tsn", at, 4, NULL, NULL);
		break;
	default:
		if (end > at)
			fields_data(f, "value", PKTCAP_FIELD_BYTES, at,
				    end - at);
	}
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	struct pktcap_sctp_chunk chunk;
	uint32_t offset = 0;

	if (layer->caplen <= HEADER)
		return;
	fields_list(f, "chunks");
	while (pktcap_sctp_chunk_next(layer, &offset, &chunk) == 1) {
		size_t at = chunk.offset;

		fields_group(f, "chunk", at, chunk.length);
		fields_uint(f, "type", at, 1, NULL, types);
		fields_hex(f, "flags", at + 1, 1, NULL);
		fields_uint(f, "length", at + 2, 2, "bytes", NULL);
		chunk_value(f, chunk.type, at + CHUNK_HEADER,
			    at + chunk.length);
		fields_end(f);
	}
	fields_end(f);
}

static void read_chunk(struct bytes b, struct pktcap_sctp_chunk *chunk)
{
	size_t len = fixed_len(chunk->type);

	if (b.n < len || (chunk->type != PKTCAP_SCTP_DATA &&
			  chunk->type != PKTCAP_SCTP_I_DATA))
		len = 0;
	if (len) {
		chunk->tsn = u32_at(b, 0);
		chunk->stream = u16_at(b, 4);
		chunk->ssn = u16_at(b, 6);
		chunk->message = len == 16 ? u32_at(b, 8) : 0;
		chunk->ppid = u32_at(b, len - 4);
	} else if (chunk->type == PKTCAP_SCTP_SACK ||
		   chunk->type == PKTCAP_SCTP_SHUTDOWN) {
		chunk->tsn = u32_at(b, 0);
	}
	b = bytes_slice(b, len, b.n);
	chunk->data = b.p;
	chunk->data_len = (uint32_t)b.n;
}

int pktcap_sctp_chunk_next(const struct pktcap_layer *layer, uint32_t *offset,
			   struct pktcap_sctp_chunk *chunk)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_SCTP, HEADER);
	size_t at = *offset ? *offset : HEADER, end = layer->wirelen;
	uint16_t len = u16_at(b, at + 2);

	if (err)
		return err;
	if (at >= end)
		return 0;
	if (!bytes_has(b, at, CHUNK_HEADER))
		return end - at < CHUNK_HEADER ? -EPROTO : -ENODATA;
	if (len < CHUNK_HEADER || len > end - at)
		return -EPROTO;
	if (!bytes_has(b, at, len))
		return -ENODATA;
	*chunk = (struct pktcap_sctp_chunk){
		.offset = (uint32_t)at,
		.length = len,
		.type = u8_at(b, at),
		.flags = u8_at(b, at + 1),
	};
	read_chunk(bytes_slice(b, at + CHUNK_HEADER, len - CHUNK_HEADER),
		   chunk);
	*offset = (uint32_t)(at + ((len + 3u) & ~3u));
	return 1;
}

int pktcap_sctp_get(const struct pktcap_layer *layer, struct pktcap_sctp *out)
{
	struct bytes b = layer_bytes(layer);
	struct bytes chunks = header_behind(layer, HEADER);
	int err = layer_expect(layer, PKTCAP_PROTO_SCTP, HEADER);

	if (err)
		return err;
	*out = (struct pktcap_sctp){
		.src_port = u16_at(b, 0),
		.dst_port = u16_at(b, 2),
		.tag = u32_at(b, 4),
		.checksum = u32_at(b, 8),
		.chunks_len = (uint32_t)chunks.n,
		.chunks = chunks.p,
	};
	return 0;
}

const struct proto proto_sctp = {
	.name = "sctp",
	.title = "Stream Control Transmission Protocol",
	.level = PKTCAP_LEVEL_TRANSPORT,
	.decode = decode,
	FIELD_DEFS(rows),
	.fields = fields,
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_sctp *sctp = header;
	uint8_t *p = write_space(w, HEADER);

	write_bytes(w, sctp->chunks, sctp->chunks_len);
	if (!p)
		return;
	put_be16(p, sctp->src_port);
	put_be16(p + 2, sctp->dst_port);
	put_be32(p + 4, sctp->tag);
	put_be32(p + 8, sctp->checksum);
}

const struct writer writer_sctp = {
	.write = write,
	.next = NEXT_NOTHING,
};

/* What is in front of the data of DATA and I-DATA. */
static void put_fixed(uint8_t *p, const struct pktcap_sctp_chunk *chunk,
		      size_t len)
{
	put_be32(p, chunk->tsn);
	put_be16(p + 4, chunk->stream);
	put_be16(p + 6, chunk->ssn);
	if (chunk->type == PKTCAP_SCTP_I_DATA)
		put_be32(p + 8, chunk->message);
	put_be32(p + len - 4, chunk->ppid);
}

/* The cumulative TSN is the first word of the data. */
static bool begins_with_tsn(const struct pktcap_sctp_chunk *chunk)
{
	return (chunk->type == PKTCAP_SCTP_SACK ||
		chunk->type == PKTCAP_SCTP_SHUTDOWN) &&
	       chunk->data_len >= 4;
}

static void put_chunk(struct write *w, const struct pktcap_sctp_chunk *chunk)
{
	bool has_fixed = chunk->type == PKTCAP_SCTP_DATA ||
			 chunk->type == PKTCAP_SCTP_I_DATA;
	size_t fixed = has_fixed ? fixed_len(chunk->type) : 0;
	size_t header = CHUNK_HEADER + fixed;
	uint8_t *p;

	write_limit(w, "data_len", chunk->data_len, UINT16_MAX - header);
	if (w->err)
		return;
	p = write_space(w, header);
	if (!p)
		return;
	p[0] = chunk->type;
	p[1] = chunk->flags;
	put_be16(p + 2, (uint16_t)(header + chunk->data_len));
	if (has_fixed)
		put_fixed(p + CHUNK_HEADER, chunk, fixed);
	write_options(w, chunk->data, chunk->data_len, 4);
	if (!w->err && begins_with_tsn(chunk))
		put_be32(p + CHUNK_HEADER, chunk->tsn);
}

int pktcap_sctp_chunks_put(void *buf, size_t size,
			   const struct pktcap_sctp_chunk *chunks, size_t n)
{
	struct write w = write_into(buf, size);

	for (size_t i = 0; i < n && !w.err; i++)
		put_chunk(&w, &chunks[i]);
	return write_result(&w, buf);
}
