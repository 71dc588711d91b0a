// SPDX-License-Identifier: BSD-2-Clause
/*
 * Seeking reads what is before the target once, and remembers places on the
 * way: every stride packets one, and when the table is full every second is
 * dropped and the stride doubled. Ten thousand times as long a file needs no
 * more memory.
 */
#include <errno.h>
#include <stdlib.h>

#include "base/error.h"
#include "file/path.h"
#include "file/reader.h"

enum { PLACES = 4096, FIRST_STRIDE = 256 };

struct reader_index {
	uint64_t stride;
	size_t count;
	struct entry {
		struct reader_place place;
		int64_t latest; /* of all packets before */
	} entries[PLACES];
};

void index_free(struct reader_index *index)
{
	free(index);
}

static void save(const struct pktcap_file_reader *r, struct reader_place *place)
{
	*place = r->place;
	place->offset = r->in.offset;
}

static int restore(struct pktcap_file_reader *r,
		   const struct reader_place *place)
{
	int err = input_seek(&r->in, place->offset);

	if (err)
		return err;
	r->place = *place;
	r->passing = 0;
	r->options = (struct bytes){ NULL, 0 };
	return 0;
}

static int create(struct pktcap_file_reader *r)
{
	r->index = malloc(sizeof(*r->index));
	if (!r->index)
		return -ENOMEM;
	r->index->stride = FIRST_STRIDE;
	r->index->count = 1;
	r->index->entries[0] = (struct entry){ r->start, INT64_MIN };
	return 0;
}

static void thin_out(struct reader_index *index)
{
	for (size_t i = 0; i < PLACES / 2; i++)
		index->entries[i] = index->entries[2 * i];
	index->count = PLACES / 2;
	index->stride *= 2;
}

/* Notes the place that @r stands at, if it is the next one to be noted. */
static void note(struct pktcap_file_reader *r, int64_t latest)
{
	struct reader_index *index = r->index;
	struct entry *e;

	if (r->place.number != index->count * index->stride)
		return;
	e = &index->entries[index->count++];
	save(r, &e->place);
	e->latest = latest;
	if (index->count == PLACES)
		thin_out(index);
}

struct target {
	uint64_t number; /* 0: by time */
	int64_t ts_ns;
};

/* The last place that is surely before the target. */
static const struct entry *nearest(const struct reader_index *index,
				   const struct target *t)
{
	size_t low = 0, high = index->count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		const struct entry *e = &index->entries[middle];

		if (t->number ? e->place.number < t->number
			      : e->latest < t->ts_ns)
			low = middle;
		else
			high = middle;
	}
	return &index->entries[low];
}

static int go(struct pktcap_file_reader *r, const struct target *t)
{
	const struct entry *e = nearest(r->index, t);
	struct reader_place before;
	int64_t latest = e->latest;
	int ret = restore(r, &e->place);

	while (!ret) {
		save(r, &before);
		ret = r->next(r);
		if (ret != 1)
			return ret ? ret : -ENOENT;
		if (t->number ? r->place.number == t->number
			      : r->pkt.ts_ns >= t->ts_ns)
			return restore(r, &before);
		if (r->pkt.ts_ns > latest)
			latest = r->pkt.ts_ns;
		note(r, latest);
		ret = 0;
	}
	return ret;
}

static int seek(struct pktcap_file_reader *r, const struct target *t,
		struct pktcap_error *error)
{
	int ret = input_seekable(&r->in);

	if (ret)
		return error_set(error, ret, "lseek",
				 "%s: only a regular file or memory can be "
				 "searched",
				 r->name);
	if (!r->format)
		return error_set(error, -ENOENT, "seek",
				 "%s: there are no packets yet", r->name);
	if (!r->index && create(r))
		return path_error(error, 0, -ENOMEM, "malloc", r->name);
	ret = go(r, t);
	if (ret == -ENOENT)
		return error_set_at(error, r->in.offset, ret, "seek",
				    "%s: ends before that packet", r->name);
	return ret ? reader_error(r, ret, error) : 0;
}

int pktcap_file_reader_seek_record(struct pktcap_file_reader *r,
				   uint64_t number, struct pktcap_error *error)
{
	if (!number)
		return error_set(error, -EINVAL, "number",
				 "packets are counted from 1");
	return seek(r, &(struct target){ .number = number }, error);
}

int pktcap_file_reader_seek_time(struct pktcap_file_reader *r, int64_t ts_ns,
				 struct pktcap_error *error)
{
	return seek(r, &(struct target){ .ts_ns = ts_ns }, error);
}
