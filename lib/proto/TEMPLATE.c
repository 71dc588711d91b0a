// SPDX-License-Identifier: BSD-2-Clause
/*
 * How a protocol is added, with one that does not exist. This file is compiled
 * with the others, so that it cannot rot, but is not in the library. Begin
 * with a copy of it, and write down here what a message looks like and where
 * that is said:
 *
 * TEMPLATE (RFC 9999, 4), on UDP port 9999:
 *
 *	version(4) flags(4)  type(8)  length(16)
 *	session
 *	options: code(8) length(8) value, up to the length
 *
 * What is where:
 *
 *	this file           everything but the following
 *	rows.h              ROW(TEMPLATE, template, UDP(9999))
 *	pktcap/proto.h      PKTCAP_PROTO_TEMPLATE, a number that stays, and
 *	                    PKTCAP_PROTO_COUNT, one more than the last
 *	pktcap/proto_X.h    struct pktcap_template and its getter; included here
 *	lib/pktcap.map, docs/man/pktcap_proto_get.3, tests/support/examine.h
 *	                    the getter's name
 *	tests/data/template, tests/corpus/protocols
 *	                    captures: normal, unusual, malformed
 *	tests/api/test_proto_template.c
 *	                    rows: a message and what is told of it
 *
 * To build it, too, all of these; without, nothing of struct writer:
 *
 *	build/writers.h     WRITER(template, TEMPLATE, template)
 *	pktcap/build.h, lib/pktcap.map, docs/man/pktcap_build_eth.3
 *	                    pktcap_build_template()
 *	build/form_X.c, docs/man/pktcap-build.7
 *	                    its layer in the text form
 *	tests/support/rebuild.h, tests/support/stack_X.c
 *	                    a ROW; a KIND with each member of the struct, whose
 *	                    name the KIND in front of it has among its own
 */
#include "proto/fields.h"
#include "proto/write.h"

enum { HEADER = 8, LENGTH_AT = 2, VERSION = 1 };

/* These two are in enum pktcap_proto and in pktcap/proto_application.h. */
enum { PKTCAP_PROTO_TEMPLATE = 0xffff };

/**
 * struct pktcap_template - message of TEMPLATE (RFC 9999, section 4)
 * @session: of the client
 * @length:  bytes of the whole message
 * @type:    1 ask, 2 answer
 * @flags:   4 bits
 * @options_len: bytes at @options
 * @reserved: zero
 * @options: borrowed, NULL if there are none
 *
 * All that the message has, in host order, without hidden padding: from such a
 * struct it can be written again.
 */
struct pktcap_template {
	uint32_t session;
	uint16_t length;
	uint8_t type;
	uint8_t flags;
	uint32_t options_len;
	uint32_t reserved;
	union {
		const uint8_t *options;
		uint64_t options_slot;
	};
};

/*
 * Is it one? Asked where only a port says so: noise has to be refused. What
 * was captured may end anywhere, and then has to do with what there is.
 */
static bool check(struct bytes b)
{
	uint16_t length = 0;

	return b.n && u8_at(b, 0) >> 4 == VERSION &&
	       (!bytes_be16(b, LENGTH_AT, &length) || length >= HEADER);
}

/*
 * Where the header ends and what follows, no more: this runs for every packet.
 * step->b is what was captured, step->wire what was on the wire.
 * A header in front of others ends with step_next(step, its length, by which
 * kind of number, the number), and sets step->payload_len if it says how long
 * its payload is; a message that is all header and ends with the packet ends
 * with step_whole(). What is behind this one's length is padding.
 */
static enum pktcap_status decode(struct step *step)
{
	uint16_t length;

	if (!bytes_has(step->b, 0, HEADER))
		return step_short(step, HEADER);
	length = u16_at(step->b, LENGTH_AT);
	if (length < HEADER || length > step->wire)
		return PKTCAP_STATUS_MALFORMED;
	if (length > step->b.n)
		return PKTCAP_STATUS_TRUNCATED;
	step->payload_len = 0;
	return step_next(step, length, NEXT_NOTHING, 0);
}

/* Of a message that is cut or malformed, too, whose length means nothing. */
static size_t message_end(struct bytes b)
{
	size_t length = u16_at(b, LENGTH_AT);

	return length < b.n ? length : b.n;
}

static const struct label types[] = {
	{ 1, "ask" },
	{ 2, "answer" },
	{ 0, NULL },
};

/* The fixed part: name, place and width in bits, type, unit, labels. */
static const struct field_def rows[] = {
	{ "version", 0, 4, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "flags", 4, 4, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "type", 8, 8, PKTCAP_FIELD_UINT, NULL, types },
	{ "length", 16, 16, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "session", 32, 32, PKTCAP_FIELD_HEX, NULL, NULL },
};

/*
 * What comes behind it. A list holds groups, a group fields; names are JSON's
 * keys, so none is twice in a group. A loop goes on only by what it has read,
 * which ends it; what is not there the functions of fields.h leave out.
 */
static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	size_t at = HEADER, end = message_end(f->b);

	(void)layer;
	fields_list(f, "options");
	while (at + 2 <= end && u8_at(f->b, at + 1) <= end - at - 2) {
		size_t len = u8_at(f->b, at + 1);

		fields_group(f, "option", at, len + 2);
		fields_uint(f, "code", at, 1, NULL, NULL);
		fields_uint(f, "length", at + 1, 1, "bytes", NULL);
		fields_data(f, "data", PKTCAP_FIELD_BYTES, at + 2, len);
		fields_end(f);
		at += len + 2;
	}
	fields_end(f);
}

/*
 * Public, and not static, in a real one. Only a header whose bytes are there
 * gets here: layer_expect() sees to it, and @out stays as it is otherwise.
 */
static int pktcap_template_get(const struct pktcap_layer *layer,
			       struct pktcap_template *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_TEMPLATE, HEADER);
	size_t end = message_end(b);

	if (err)
		return err;
	*out = (struct pktcap_template){
		.session = u32_at(b, 4),
		.length = u16_at(b, LENGTH_AT),
		.type = u8_at(b, 1),
		.flags = u8_at(b, 0) & 15,
		.options_len = (uint32_t)(end > HEADER ? end - HEADER : 0),
		.options = end > HEADER ? b.p + HEADER : NULL,
	};
	return 0;
}

/* Keeps the compiler quiet about a getter that nobody calls; not in yours. */
int (*const template_getter)(const struct pktcap_layer *layer,
			     struct pktcap_template *out) = pktcap_template_get;

/* The only names of this file that others see, and only tables say them. */
const struct proto proto_template = {
	.name = "template",
	.title = "The Protocol That Does Not Exist",
	.level = PKTCAP_LEVEL_APPLICATION,
	.decode = decode,
	.check = check,
	FIELD_DEFS(rows),
	.fields = fields,
};

/*
 * The way back, for build: from the struct to the bytes. A member that has more
 * bits than its field fails with the member's name; nothing is written where
 * there is no room.
 */
static void write(struct write *w, const void *header)
{
	const struct pktcap_template *message = header;
	uint8_t *p = write_space(w, HEADER);

	write_bits(w, "flags", message->flags, 4);
	if (!p)
		return;
	p[0] = (uint8_t)(VERSION << 4 | message->flags);
	p[1] = message->type;
	put_be16(p + LENGTH_AT, message->length);
	put_be32(p + 4, message->session);
	write_bytes(w, message->options, message->options_len);
}

/*
 * Lengths, unless they are kept: this one is of the message alone, those of
 * headers count f->payload_len. Checksums are checksum_fill()'s.
 */
static void finish(struct finish *f)
{
	finish_length(f, "length", LENGTH_AT, f->header_len);
}

const struct writer writer_template = {
	.write = write,
	.finish = finish,
	/* By which kind of number it says what follows. */
	.next = NEXT_NOTHING,
};
