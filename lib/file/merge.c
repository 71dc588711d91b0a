// SPDX-License-Identifier: BSD-2-Clause
/*
 * Several readers in time order: a binary heap of the packets they stand at.
 * No packet is copied: a reader goes on only when its packet was taken.
 */
#include <pktcap/file.h>

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/error.h"

/* As many as Linux lets a process have descriptors, if not told otherwise. */
enum { READERS_MAX = 1 << 20 };

/* The packet a reader stands at; its time again, to compare near by. */
struct head {
	int64_t ts_ns;
	const struct pktcap_packet *pkt;
	struct pktcap_file_reader *reader;
	uint32_t which;
};

struct pktcap_file_merge {
	uint32_t readers;
	uint32_t started; /* readers asked for their first packet */
	uint32_t count;	  /* heads in the heap */
	bool taken;	  /* the caller has the packet of the first head */
	/*
	 * The heap from the start; readers not yet started keep their places
	 * behind it, which the heap cannot reach before they are.
	 */
	struct head heads[];
};

/* Equal times: the order of the array. */
static bool before(const struct head *a, const struct head *b)
{
	return a->ts_ns < b->ts_ns ||
	       (a->ts_ns == b->ts_ns && a->which < b->which);
}

static void sift_up(struct pktcap_file_merge *m, struct head head)
{
	uint32_t i = m->count++;

	while (i && before(&head, &m->heads[(i - 1) / 2])) {
		m->heads[i] = m->heads[(i - 1) / 2];
		i = (i - 1) / 2;
	}
	m->heads[i] = head;
}

/* Puts @head, which takes the place of the first, where it belongs. */
static void sift_down(struct pktcap_file_merge *m, struct head head)
{
	size_t i = 0, child;

	while ((child = 2 * i + 1) < m->count) {
		if (child + 1 < m->count &&
		    before(&m->heads[child + 1], &m->heads[child]))
			child++;
		if (!before(&m->heads[child], &head))
			break;
		m->heads[i] = m->heads[child];
		i = child;
	}
	m->heads[i] = head;
}

int pktcap_file_merge_open(struct pktcap_file_merge **out,
			   struct pktcap_file_reader *const *readers,
			   uint32_t n, struct pktcap_error *error)
{
	struct pktcap_file_merge *m;

	*out = NULL;
	if (n > READERS_MAX)
		return error_set(error, -EINVAL, "n",
				 "%u readers are too many to merge: %d at most",
				 n, READERS_MAX);
	m = malloc(sizeof(*m) + n * sizeof(m->heads[0]));
	if (!m)
		return error_set(error, -ENOMEM, "malloc",
				 "no memory to merge %u files: merge some of "
				 "them first",
				 n);
	*m = (struct pktcap_file_merge){ .readers = n };
	for (uint32_t i = 0; i < n; i++)
		m->heads[i] = (struct head){ .reader = readers[i], .which = i };
	*out = m;
	return 0;
}

static int fetch(struct head *head, struct pktcap_error *error)
{
	int ret = pktcap_file_reader_next(head->reader, &head->pkt, error);

	if (ret > 0)
		head->ts_ns = head->pkt->ts_ns;
	return ret;
}

/* Nothing is wrong with the reader: it is to be asked again. */
static bool for_now(int err)
{
	return err == -EAGAIN || err == -EINTR;
}

/* First packets of readers; stops at an error, goes on behind it later. */
static int start(struct pktcap_file_merge *m, uint32_t *which,
		 struct pktcap_error *error)
{
	while (m->started < m->readers) {
		struct head head = m->heads[m->started];
		int ret = fetch(&head, error);

		*which = head.which;
		if (for_now(ret))
			return ret;
		m->started++;
		if (ret > 0)
			sift_up(m, head);
		if (ret < 0)
			return ret;
	}
	return 0;
}

/* The reader whose packet was taken goes on, or leaves the heap. */
static int advance(struct pktcap_file_merge *m, uint32_t *which,
		   struct pktcap_error *error)
{
	struct head head = m->heads[0];
	int ret = fetch(&head, error);

	*which = head.which;
	if (for_now(ret))
		return ret;
	m->taken = false;
	if (ret <= 0)
		head = m->heads[--m->count];
	sift_down(m, head);
	return ret;
}

int pktcap_file_merge_next(struct pktcap_file_merge *m,
			   const struct pktcap_packet **pkt, uint32_t *which,
			   struct pktcap_error *error)
{
	uint32_t unwanted;
	int ret = 0;

	if (!which)
		which = &unwanted;
	*pkt = NULL;
	if (m->started < m->readers)
		ret = start(m, which, error);
	else if (m->taken)
		ret = advance(m, which, error);
	if (ret < 0)
		return ret;
	if (!m->count)
		return 0;
	m->taken = true;
	*pkt = m->heads[0].pkt;
	*which = m->heads[0].which;
	return 1;
}

void pktcap_file_merge_close(struct pktcap_file_merge *m)
{
	free(m);
}
