// SPDX-License-Identifier: BSD-2-Clause
/* Records of pcap files: drawn in pcap.c. */
#include <errno.h>

#include "base/error.h"
#include "file/foreign.h"
#include "file/ng.h"
#include "file/path.h"
#include "file/reader.h"

/* A record must be followed by as many to be found behind damage. */
enum { RECOVER_RECORDS = 3 };

static inline bool get32(struct bytes b, size_t off, bool swapped,
			 uint32_t *out)
{
	return ng_get32(b, off, swapped, out);
}

/* False where the record cannot be true, or has not all of its header. */
static inline bool decode(struct pcap_record *record, struct bytes header,
			  const struct pcap_format *f)
{
	bool swapped = f->info.swapped;
	uint32_t seconds, fraction, caplen, wirelen;

	if (!get32(header, 0, swapped, &seconds) ||
	    !get32(header, 4, swapped, &fraction) ||
	    !get32(header, 8, swapped, &caplen) ||
	    !get32(header, 12, swapped, &wirelen))
		return false;
	/* Older versions, and 2.3 by some writers. */
	if (f->exchanged || (f->mixed && caplen > wirelen)) {
		uint32_t swap = caplen;

		caplen = wirelen;
		wirelen = swap;
	}
	if (caplen > f->caplen_max)
		return false;
	/* A fraction of a second or more, from bad writers, is carried over. */
	record->ts_ns = (int64_t)seconds * PCAP_NS_PER_S +
			(f->info.precision == PKTCAP_FILE_PRECISION_NANO
				 ? (int64_t)fraction
				 : (int64_t)fraction * PCAP_NS_PER_US);
	record->caplen = caplen;
	record->wirelen = wirelen;
	return true;
}

static void fill_view(struct pktcap_file_reader *r,
		      const struct pcap_record *record)
{
	struct pktcap_packet *pkt = &r->pkt;
	size_t head = r->pcap.record_bytes;

	pkt->data = r->in.ready.p + head;
	pkt->ts_ns = record->ts_ns;
	pkt->caplen = record->caplen;
	pkt->wirelen = record->wirelen > record->caplen ? record->wirelen
							: record->caplen;
	pkt->flags =
		record->caplen < record->wirelen ? PKTCAP_PACKET_TRUNCATED : 0;
	if (head == PCAP_RECORD_BYTES)
		return;
	bytes_u8(r->in.ready, PCAP_RECORD_BYTES + 6, &pkt->pkttype);
	pkt->direction =
		pkt->pkttype == 4 ? PKTCAP_DIRECTION_OUT : PKTCAP_DIRECTION_IN;
}

static int pcap_next(struct pktcap_file_reader *r)
{
	struct input *in = &r->in;
	size_t n = r->pcap.record_bytes;
	struct pcap_record record;
	int err;

	err = input_need(in, n);
	if (err)
		return err;
	if (in->ready.n < n)
		return in->ready.n ? -ENODATA : 0;
	if (!decode(&record, in->ready, &r->pcap)) {
		r->damage = "states a length that no packet has";
		return -EPROTO;
	}
	n += record.caplen;
	err = input_need(in, n);
	if (err)
		return err;
	if (in->ready.n < n)
		return -ENODATA;
	fill_view(r, &record);
	r->offset = in->offset;
	r->place.number++;
	input_skip(in, n);
	return 1;
}

/* The record's length, or 0 if it is more than a day from the one before. */
static size_t near(const struct pktcap_file_reader *r,
		   const struct pcap_record *record, int64_t *last)
{
	const int64_t day = INT64_C(86400) * PCAP_NS_PER_S;
	int64_t gap = record->ts_ns - *last;

	if (*last && (gap > day || gap < -day))
		return 0;
	*last = record->ts_ns;
	return r->pcap.record_bytes + record->caplen;
}

/* The length of a record whose header @at bytes ahead looks like one, or 0. */
static size_t plausible(const struct pktcap_file_reader *r, size_t at,
			int64_t *last)
{
	const struct pcap_format *f = &r->pcap;
	struct bytes header = bytes_slice(r->in.ready, at, f->record_bytes);
	struct pcap_record record;
	uint32_t fraction;

	if (header.n < f->record_bytes || !decode(&record, header, f) ||
	    !get32(header, 4, f->info.swapped, &fraction))
		return 0;
	if (fraction >= (f->info.precision == PKTCAP_FILE_PRECISION_NANO
				 ? PCAP_NS_PER_S
				 : PCAP_NS_PER_S / PCAP_NS_PER_US))
		return 0;
	/* All zero is what is left of a file that a crash ate. */
	if (!record.caplen && !record.ts_ns)
		return 0;
	if (record.wirelen < record.caplen || record.wirelen > RECOVER_AHEAD)
		return 0;
	return near(r, &record, last);
}

/* A record without bytes may follow another, but is no place to go on at. */
static size_t pcap_probe(const struct pktcap_file_reader *r, size_t at,
			 int64_t *last)
{
	size_t n = plausible(r, at, last);

	return n > r->pcap.record_bytes ? n : 0;
}

/*
 * Whether the record of @n bytes in front, which looks like one, is followed
 * by another or by the end. 0, 1, or what reading says.
 */
static int followed(struct pktcap_file_reader *r, size_t n, int64_t last)
{
	int err = input_need(&r->in, n + r->pcap.record_bytes);

	if (err)
		return err;
	/* At the end the next one's header may be cut off, or still to come. */
	if (r->in.ready.n < n + r->pcap.record_bytes)
		return r->growing || r->in.ready.n >= n;
	if (plausible(r, n, &last))
		return 1;
	/* Another day, but records again. */
	err = input_need(&r->in, 2 * RECOVER_AHEAD);
	if (err)
		return err;
	return recover_search(r, n, n + 1, RECOVER_RECORDS) == n;
}

/*
 * A record whose length is damaged would hide good ones: where nothing good
 * follows, records are looked for inside first.
 */
static int look_inside(struct pktcap_file_reader *r, size_t n)
{
	int err = input_need(&r->in, 2 * RECOVER_AHEAD);
	size_t at;

	if (err)
		return err;
	if (!n || n > r->in.ready.n)
		return recover_skip(r, RECOVER_RECORDS);
	at = recover_search(r, 1, n, RECOVER_RECORDS);
	if (at == n)
		return pcap_next(r);
	recover_pass(r, at);
	return 0;
}

/* The record @at bytes ahead is as those are that no reader refuses. */
static size_t readable(const struct pktcap_file_reader *r, size_t at,
		       int64_t *last)
{
	const struct pcap_format *f = &r->pcap;
	struct pcap_record record;

	if (!decode(&record, bytes_slice(r->in.ready, at, f->record_bytes),
		    f) ||
	    !record.caplen)
		return 0;
	return near(r, &record, last);
}

/*
 * Some writers' records never look like one, with a length on the wire of 0 or
 * a fraction of more than a second. Where their lengths lead from one to the
 * next they are sound. 0, 1, or what reading says.
 */
static int leads_on(struct pktcap_file_reader *r)
{
	int err = input_need(&r->in, 2 * RECOVER_AHEAD);
	int64_t last = 0;
	size_t at = 0;

	for (int i = 0; !err && i < RECOVER_RECORDS; i++) {
		size_t n = readable(r, at, &last);

		if (!n || n > r->in.ready.n - at)
			return 0;
		at += n;
		if (at == r->in.ready.n && r->in.ended)
			return 1;
	}
	return err ? err : 1;
}

static int pcap_recover(struct pktcap_file_reader *r)
{
	for (;;) {
		int64_t last = 0;
		size_t n;
		int ret = input_need(&r->in, r->pcap.record_bytes);

		if (ret)
			return ret;
		if (!r->in.ready.n)
			return 0;
		n = plausible(r, 0, &last);
		ret = n ? followed(r, n, last) : leads_on(r);
		if (ret == 1)
			return pcap_next(r);
		if (!ret)
			ret = look_inside(r, n);
		if (ret)
			return ret;
	}
}

const struct reader_format format_pcap = {
	.next = pcap_next,
	.recover = pcap_recover,
	.probe = pcap_probe,
};

/* The one interface a file has, unless the file before had the same. */
static int describe(struct pktcap_file_reader *r)
{
	const struct pcap_format *f = &r->pcap;
	struct interface i = {
		.told = {
			.linktype = f->info.linktype,
			.snaplen = f->info.snaplen,
			.tsresol = f->info.precision ==
						   PKTCAP_FILE_PRECISION_NANO
					   ? 9
					   : 6,
			.fcslen = f->fcslen,
		},
	};
	uint32_t n = r->interfaces.count;

	r->interface = n - 1;
	if (n &&
	    !memcmp(&i.told, &r->interfaces.list[n - 1].told, sizeof(i.told)))
		return 0;
	r->interface = n;
	return interfaces_add(&r->interfaces, &i);
}

static int tell_cut_header(const struct pktcap_file_reader *r,
			   struct pktcap_error *error)
{
	size_t n = r->in.ready.n;

	return error_set_at(error, n, -ENODATA, "header",
			    "%s: ends after %zu of the %u bytes of a pcap file "
			    "header: nothing was captured",
			    r->name, n,
			    r->pcap.header_bytes ? r->pcap.header_bytes
						 : PCAP_HEADER_BYTES);
}

int reader_begin_pcap(struct pktcap_file_reader *r, struct pktcap_error *error)
{
	const struct pcap_format *f = &r->pcap;
	const char *reason;
	int err;

	err = pcap_decode_header(&r->pcap, r->in.ready, &reason);
	if (err == -ENODATA && f->header_bytes > r->in.ready.n) {
		int failed = input_need(&r->in, f->header_bytes);

		if (failed)
			return path_error(error, 0, failed, "read", r->name);
		err = pcap_decode_header(&r->pcap, r->in.ready, &reason);
	}
	if (err == -ENODATA)
		return tell_cut_header(r, error);
	if (err && !reason)
		return foreign_error(r->in.ready, r->name, error);
	if (err)
		return error_set(error, err, "header", "%s: %s", r->name,
				 reason);
	if (describe(r))
		return path_error(error, 0, -ENOMEM, "malloc", r->name);
	r->format = &format_pcap;
	r->next = r->opts.flags & PKTCAP_FILE_READER_RECOVER
			  ? format_pcap.recover
			  : format_pcap.next;
	if (!r->info.sections) {
		r->info.format = PKTCAP_FILE_FORMAT_PCAP;
		r->info.linktype = f->info.linktype;
		r->info.snaplen = f->info.snaplen;
		r->info.precision = f->info.precision;
		r->info.swapped = f->info.swapped;
		r->info.version_major = f->major;
		r->info.version_minor = f->minor;
	}
	r->info.sections++;
	r->info.interfaces = r->interfaces.count;
	r->pkt = (struct pktcap_packet){
		.linktype = (uint16_t)f->info.linktype,
	};
	r->lost = UINT32_MAX;
	r->options = (struct bytes){ NULL, 0 };
	r->has = 0;
	input_skip(&r->in, f->header_bytes);
	return 0;
}
