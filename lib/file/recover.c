// SPDX-License-Identifier: BSD-2-Clause
/* Finding the next record behind damage. */
#include "file/reader.h"

void recover_pass(struct pktcap_file_reader *r, size_t n)
{
	uint64_t from = r->in.offset;

	input_skip(&r->in, n);
	/* Counted once, wherever seeking goes. */
	if (!n || r->in.offset <= r->skipped_to)
		return;
	if (from > r->skipped_to || !r->info.skipped_places)
		r->info.skipped_places++;
	else
		from = r->skipped_to;
	r->info.skipped_bytes += r->in.offset - from;
	r->skipped_to = r->in.offset;
}

static bool is_chain(const struct pktcap_file_reader *r, size_t at,
		     unsigned int records)
{
	const size_t first = at;
	int64_t last = 0;

	while (records--) {
		size_t n = r->format->probe(r, at, &last);

		if (!n)
			return false;
		/* The file may end inside of the last one. */
		if (n > r->in.ready.n - at)
			return at != first && r->in.ended;
		at += n;
		if (at == r->in.ready.n && r->in.ended)
			return true;
	}
	return true;
}

size_t recover_search(const struct pktcap_file_reader *r, size_t from,
		      size_t end, unsigned int records)
{
	while (from < end && !is_chain(r, from, records))
		from++;
	return from < end ? from : end;
}

int recover_skip(struct pktcap_file_reader *r, unsigned int records)
{
	struct input *in = &r->in;
	size_t from = 1;

	for (;;) {
		int err = input_need(in, 2 * RECOVER_AHEAD);
		size_t end = in->ended ? in->ready.n : RECOVER_AHEAD;
		size_t at;

		if (err)
			return err;
		at = recover_search(r, from, end, records);
		recover_pass(r, at);
		if (at < end || !in->ready.n)
			return 0;
		from = 0;
	}
}
