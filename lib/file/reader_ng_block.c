// SPDX-License-Identifier: BSD-2-Clause
/* Blocks of pcapng that hold no packet. */
#include <errno.h>
#include <stdlib.h>

#include "base/error.h"
#include "file/reader_ng.h"

enum { PASSED_AT_ONCE = 65536 };

bool ng_is_known(uint32_t type)
{
	switch (type) {
	case NG_INTERFACE:
	case NG_OLD_PACKET:
	case NG_SIMPLE_PACKET:
	case NG_NAMES:
	case NG_STATISTICS:
	case NG_PACKET:
	case 9: /* systemd journal */
	case NG_SECRETS:
	case 0xbad:
	case 0x40000bad:
	case NG_SECTION:
		return true;
	}
	return false;
}

static int wrong(struct pktcap_file_reader *r, const char *what)
{
	r->damage = what;
	return -EPROTO;
}

/* Each block is taken note of once, wherever seeking goes. */
static bool is_new(const struct pktcap_file_reader *r)
{
	return r->in.offset >= r->told;
}

static int keep_section_strings(struct pktcap_file_reader *r,
				const struct ng_block *b)
{
	struct pktcap_file_info *info = &r->info;
	const struct wanted_string wanted[] = {
		{ NG_SECTION_HARDWARE, false, &info->hardware },
		{ NG_SECTION_OS, false, &info->os },
		{ NG_SECTION_APPLICATION, false, &info->application },
		{ NG_OPTION_COMMENT, false, &info->comment },
	};

	return option_strings(bytes_slice(b->body, 16, b->body.n), b->swapped,
			      wanted, sizeof(wanted) / sizeof(wanted[0]),
			      &r->strings);
}

/*
 *  0             4      6      8                   16
 *  +-------------+------+------+-------------------+---------
 *  |    magic    |major |minor |  section length   | options
 *  +-------------+------+------+-------------------+---------
 *
 * The length of a section tells nothing that its blocks do not.
 */
static int section(struct pktcap_file_reader *r, const struct ng_block *b)
{
	uint16_t major, minor;

	if (!ng_get16(b->body, 4, b->swapped, &major) ||
	    !ng_get16(b->body, 6, b->swapped, &minor) ||
	    !bytes_has(b->body, 8, 8))
		return wrong(r, "is too short to begin a section");
	/* Later ones of any 1.x: tcpdump reads these, too. */
	if (major != 1 || (!r->info.sections && minor != 0 && minor != 2))
		return wrong(r, "begins a section of a version other than 1.0 "
				"and 1.2");
	if (!r->info.sections) {
		r->info.swapped = b->swapped;
		r->info.version_major = major;
		r->info.version_minor = minor;
		if (keep_section_strings(r, b))
			return -ENOMEM;
	}
	r->place.section++;
	r->place.swapped = b->swapped;
	r->place.first += r->place.described;
	r->place.described = 0;
	if (is_new(r))
		r->info.sections++;
	return 0;
}

static void tell_first_interface(struct pktcap_file_reader *r)
{
	const struct pktcap_file_interface *i = &r->interfaces.list[0].told;
	enum { MICRO = 6, BINARY = 0x80, BINARY_MICRO = 19 };

	r->info.linktype = i->linktype;
	r->info.snaplen = i->snaplen;
	/* No power of 2 but 1 has decimal places that microseconds hold. */
	r->info.precision = i->tsresol > MICRO && i->tsresol != BINARY
				    ? PKTCAP_FILE_PRECISION_NANO
				    : PKTCAP_FILE_PRECISION_MICRO;
}

/*
 * Decoded each time that it is read: one that is damaged, and passed over in
 * recovering, counts for nothing the next time either.
 */
static int interface(struct pktcap_file_reader *r, const struct ng_block *b)
{
	struct interface i = { 0 };
	int err = interface_decode(&i, b->body, b->swapped, &r->damage);

	if (!err && is_new(r))
		err = interfaces_add(&r->interfaces, &i);
	if (err || !is_new(r))
		free(i.strings);
	if (err)
		return err;
	if (is_new(r) && !r->info.interfaces++)
		tell_first_interface(r);
	r->place.described++;
	return 0;
}

int ng_damaged_block(struct pktcap_file_reader *r, const struct ng_block *b)
{
	if (b->type == NG_SECTION) {
		r->place.first += r->place.described;
		r->place.described = 0;
	}
	if (b->type != NG_INTERFACE)
		return 0;
	if (is_new(r)) {
		if (interfaces_add(&r->interfaces,
				   &(struct interface){ .damaged = true }))
			return -ENOMEM;
		r->info.interfaces++;
		r->told = r->in.offset + 1;
	}
	r->place.described++;
	return 0;
}

/* Counters that make no sense are left out: packets do not depend on them. */
static int statistics(struct pktcap_file_reader *r, const struct ng_block *b)
{
	uint32_t n;

	if (!is_new(r) || !ng_get32(b->body, 0, b->swapped, &n) ||
	    n >= r->place.described)
		return 0;
	return interface_decode_stats(&r->interfaces.list[r->place.first + n],
				      b->body, b->swapped);
}

static void begin_passing(struct pktcap_file_reader *r,
			  const struct ng_block *b)
{
	r->passing = b->total;
	r->passing_offset = r->in.offset;
	r->passing_total = b->total;
}

int ng_other_block(struct pktcap_file_reader *r, const struct ng_block *b)
{
	int err = 0;

	if (!b->body.p)
		begin_passing(r, b);
	else if (b->type == NG_SECTION)
		err = section(r, b);
	else if (b->type == NG_INTERFACE)
		err = interface(r, b);
	else if (b->type == NG_STATISTICS)
		err = statistics(r, b);
	if (err || !is_new(r))
		return err;
	if (r->opts.on_block)
		r->opts.on_block(r->opts.block_user,
				 &(struct pktcap_file_block){
					 .offset = r->in.offset,
					 .type = b->type,
					 .section = r->place.section,
					 .body_len = (uint32_t)b->body.n,
					 .swapped = b->swapped,
					 .body = b->body.p,
				 });
	r->told = r->in.offset + 1;
	return 0;
}

int ng_pass(struct pktcap_file_reader *r)
{
	uint32_t again;
	int err;

	while (r->passing > 4) {
		size_t n = r->passing - 4 < PASSED_AT_ONCE
				   ? (size_t)(r->passing - 4)
				   : PASSED_AT_ONCE;

		err = input_need(&r->in, n);
		if (err)
			return err;
		if (!r->in.ready.n)
			return -ENODATA;
		if (n > r->in.ready.n)
			n = r->in.ready.n;
		input_skip(&r->in, n);
		r->passing -= n;
	}
	err = input_need(&r->in, 4);
	if (err)
		return err;
	if (!ng_get32(r->in.ready, 0, r->place.swapped, &again))
		return -ENODATA;
	if (again != r->passing_total)
		return wrong(r, "has one length at its start and another at "
				"its end");
	input_skip(&r->in, 4);
	r->passing = 0;
	return 0;
}

int reader_begin_ng(struct pktcap_file_reader *r, struct pktcap_error *error)
{
	int ret;

	r->format = &format_ng;
	r->info.format = PKTCAP_FILE_FORMAT_PCAPNG;
	r->next = r->opts.flags & PKTCAP_FILE_READER_RECOVER ? format_ng.recover
							     : format_ng.next;
	ret = ng_to_first_interface(r);
	if (!ret && r->info.sections)
		return 0;
	if (!ret) /* the section itself is not there, or wrong: say how */
		ret = format_ng.next(r);
	return ret >= 0 ? 0 : reader_error(r, ret, error);
}
