// SPDX-License-Identifier: BSD-2-Clause
/*
 * The section and the interfaces that packets belong to
 * (draft-ietf-opsawg-pcapng). All in this machine's byte order.
 */
#include "file/pcapng_write.h"

#include <errno.h>
#include <stdlib.h>

#include "base/error.h"

enum {
	LINKTYPE_MAX = 65535,
	TSRESOL_NANO = 9,
};

static size_t pcapng_length(struct bytes rest, uint64_t offset)
{
	uint32_t length = PCAPNG_EPB_BYTES;

	(void)offset;
	bytes_host32(rest, 4, &length);
	return length;
}

/* --- section and interfaces --- */

static void fill_section(struct block *b, const void *what)
{
	const struct pktcap_file_writer_opts *opts = what;
	size_t start;

	block_put32(b, NG_MAGIC);
	block_put16(b, 1); /* version 1.0 */
	block_put16(b, 0);
	block_put32(b, UINT32_MAX); /* as long as it gets */
	block_put32(b, UINT32_MAX);
	start = b->n;
	block_string(b, NG_OPTION_COMMENT, opts->comment);
	block_string(b, NG_SECTION_HARDWARE, opts->hardware);
	block_string(b, NG_SECTION_OS, opts->os);
	block_string(b, NG_SECTION_APPLICATION, opts->application);
	block_end_options(b, start);
}

static void fill_filter(struct block *b, const char *filter)
{
	size_t n = strlen(filter);

	if (n >= UINT16_MAX)
		b->too_long = true;
	block_put16(b, NG_IF_FILTER);
	block_put16(b, (uint16_t)(n + 1));
	block_put(b, "", 1); /* an expression, not a program */
	block_put(b, filter, n);
	block_pad(b);
}

static void fill_interface(struct block *b, const void *what)
{
	const struct pktcap_file_interface *i = what;
	const uint8_t tsresol = TSRESOL_NANO;

	block_put16(b, (uint16_t)i->linktype);
	block_put16(b, 0);
	block_put32(b, i->snaplen);
	block_string(b, NG_OPTION_COMMENT, i->comment);
	block_string(b, NG_IF_NAME, i->name);
	block_string(b, NG_IF_DESCRIPTION, i->description);
	if (i->has_mac)
		block_option(b, NG_IF_MAC, i->mac, sizeof(i->mac));
	if (i->speed_bps)
		block_option(b, NG_IF_SPEED, &i->speed_bps,
			     sizeof(i->speed_bps));
	block_option(b, NG_IF_TSRESOL, &tsresol, 1);
	if (i->filter)
		fill_filter(b, i->filter);
	block_string(b, NG_IF_OS, i->os);
	if (i->fcslen)
		block_option(b, NG_IF_FCSLEN, &i->fcslen, 1);
	block_string(b, NG_IF_HARDWARE, i->hardware);
	block_end_options(b, 0);
}

/* The writer's buffer has to take the rest of a block that a pipe refuses. */
static int reserve(struct pktcap_file_writer *w, size_t n)
{
	if (n <= w->ng->capacity)
		return 0;
	if (output_grow(&w->out, n))
		return -ENOMEM;
	w->ng->capacity = n;
	return 0;
}

/* A block that is built already. */
static int emit(struct pktcap_file_writer *w, struct bytes block)
{
	uint8_t *room = output_room(&w->out, block.n);
	int err;

	if (room) {
		memcpy(room, block.p, block.n);
		w->out.used += block.n;
		return 0;
	}
	err = reserve(w, block.n);
	return err ? err : output_put(&w->out, block, (struct bytes){ 0 });
}

int pcapng_emit(struct pktcap_file_writer *w, uint32_t type,
		void (*fill)(struct block *b, const void *what),
		const void *what)
{
	struct store *s = &w->ng->scratch;
	int err;

	s->n = 0;
	err = block_build(s, type, fill, what);
	return err ? err : emit(w, (struct bytes){ s->p, s->n });
}

/* Nothing is behind the head, and nobody has seen it. */
static bool untouched(const struct pktcap_file_writer *w, size_t head)
{
	return w->out.written == w->ng->start && w->out.used == head;
}

/* Puts the block behind @old over the one interface that was implied. */
static size_t replace_implied(struct pktcap_file_writer *w, size_t old)
{
	struct pcapng *ng = w->ng;

	memmove(ng->head.p + ng->section, ng->head.p + old, ng->head.n - old);
	ng->head.n -= old - ng->section;
	ng->interfaces.n = sizeof(struct pcapng_interface);
	*pcapng_interface(ng, 0) = *pcapng_interface(ng, 1);
	ng->implied = false;
	w->out.used = ng->section;
	return ng->section;
}

/* Puts the interface into the head and into the table. */
static int note_interface(struct pktcap_file_writer *w,
			  const struct pktcap_file_interface *given,
			  uint32_t *id)
{
	struct pcapng *ng = w->ng;
	struct pktcap_file_interface i = *given;
	int err;

	if (!i.snaplen || i.snaplen > w->info.snaplen)
		i.snaplen = w->info.snaplen;
	if (!store_room(&ng->interfaces, sizeof(struct pcapng_interface)))
		return -ENOMEM;
	err = block_build(&ng->head, NG_INTERFACE, fill_interface, &i);
	if (err)
		return err;
	*id = pcapng_interfaces(ng);
	ng->interfaces.n += sizeof(struct pcapng_interface);
	*pcapng_interface(ng, *id) = (struct pcapng_interface){
		.ifindex = i.ifindex,
		.linktype = i.linktype,
		.snaplen = i.snaplen,
	};
	return 0;
}

static int add_interface(struct pktcap_file_writer *w,
			 const struct pktcap_file_interface *interface,
			 uint32_t *id)
{
	struct pcapng *ng = w->ng;
	size_t old = ng->head.n;
	int err = note_interface(w, interface, id);

	if (err)
		return err;
	if (ng->implied && untouched(w, old)) {
		old = replace_implied(w, old);
		*id = 0;
	}
	ng->implied = false; /* its number is given away for good */
	err = emit(w, (struct bytes){ ng->head.p + old, ng->head.n - old });
	if (err) {
		ng->head.n = old;
		ng->interfaces.n -= sizeof(struct pcapng_interface);
		return err;
	}
	*pcapng_slot(ng, interface->ifindex, interface->linktype) = *id;
	return 0;
}

int pktcap_file_writer_interface(struct pktcap_file_writer *w,
				 const struct pktcap_file_interface *interface,
				 uint32_t *id)
{
	if (!w->ng)
		return -EOPNOTSUPP;
	if (interface->linktype > LINKTYPE_MAX)
		return -EINVAL;
	return add_interface(w, interface, id);
}

int pcapng_find(struct pktcap_file_writer *w, int32_t ifindex,
		uint32_t linktype, uint32_t *id)
{
	const struct pktcap_file_interface unknown = { .linktype = linktype,
						       .ifindex = ifindex };
	/* The latest of those that have the same ifindex. */
	for (*id = pcapng_interfaces(w->ng); (*id)--;)
		if (pcapng_is(w->ng, *id, ifindex, linktype)) {
			*pcapng_slot(w->ng, ifindex, linktype) = *id;
			return 0;
		}
	return add_interface(w, &unknown, id);
}

/* --- opening --- */

static void free_ng(struct pktcap_file_writer *w)
{
	free(w->ng->head.p);
	free(w->ng->interfaces.p);
	free(w->ng->scratch.p);
	free(w->ng);
}

static const struct writer_format format = { pcapng_write_packet, free_ng };

int pcapng_begin(struct pktcap_file_writer *w, uint64_t start)
{
	struct pcapng *ng = w->ng;
	int err = reserve(w, ng->head.n);

	if (err)
		return err;
	/* In a file before, packets had its number: it keeps it. */
	if (w->packets)
		ng->implied = false;
	memcpy(w->out.buf, ng->head.p, ng->head.n);
	w->out.used = ng->head.n;
	w->out.written = start;
	ng->start = start;
	return 0;
}

static int make_head(struct pktcap_file_writer *w, uint32_t linktype,
		     const struct pktcap_file_writer_opts *opts)
{
	const struct pktcap_file_interface unknown = { .linktype = linktype };
	int err = block_build(&w->ng->head, NG_SECTION, fill_section, opts);
	uint32_t id;

	if (err)
		return err;
	w->ng->section = w->ng->head.n;
	/* Not emitted: an unbuffered writer would write at once. */
	err = note_interface(w, &unknown, &id);
	w->ng->implied = true;
	return err ? err : pcapng_begin(w, 0);
}

int pcapng_create(struct pktcap_file_writer **out, uint32_t linktype,
		  const struct pktcap_file_writer_opts *opts,
		  struct pktcap_error *error)
{
	size_t record_max = PCAPNG_EPB_BYTES + PCAPNG_FLAGS_BYTES + 3 +
			    (size_t)opts->snaplen;
	int err = writer_create(out, record_max, opts, error);
	struct pktcap_file_writer *w = *out;

	if (err)
		return err;
	w->info.linktype = WRITER_ANY_LINKTYPE;
	w->out.length = pcapng_length;
	w->ng = calloc(1, sizeof(*w->ng));
	if (w->ng) {
		w->format = &format;
		w->ng->capacity =
			record_max > w->out.limit ? record_max : w->out.limit;
	}
	err = w->ng ? make_head(w, linktype, opts) : -ENOMEM;
	if (!err)
		return 0;
	writer_destroy(w);
	return error_set(error, err, err == -ENOMEM ? "malloc" : "comment",
			 err == -ENOMEM ? "no memory for a pcapng file"
					: "hardware, os, application or "
					  "comment: longer than 65535 bytes");
}

int pktcap_file_writer_open_ng(struct pktcap_file_writer **out,
			       const char *path, uint32_t linktype,
			       const struct pktcap_file_writer_opts *opts,
			       struct pktcap_error *error)
{
	return writer_new_path(out, pcapng_create, path, linktype, opts, error);
}

int pktcap_file_writer_open_ng_fd(struct pktcap_file_writer **out, int fd,
				  uint32_t linktype,
				  const struct pktcap_file_writer_opts *opts,
				  struct pktcap_error *error)
{
	return writer_new_fd(out, pcapng_create, fd, linktype, opts, error);
}
