// SPDX-License-Identifier: BSD-2-Clause
/* What a file says besides its packets. */
#include <errno.h>

#include "file/ng.h"
#include "file/reader.h"

enum { FLAGS = 2, DROP_COUNT = 4, PACKET_ID = 5 };

static void take_option(struct pktcap_file_record *record,
			const struct pktcap_file_option *o, bool swapped)
{
	struct bytes value = { o->value, o->len };

	if (o->code == FLAGS && o->len == 4) {
		ng_get32(value, 0, swapped, &record->epb_flags);
		record->has |= PKTCAP_FILE_HAS_FLAGS;
	} else if (o->code == DROP_COUNT && o->len == 8) {
		ng_get64(value, 0, swapped, &record->drop_count);
		record->has |= PKTCAP_FILE_HAS_DROP_COUNT;
	} else if (o->code == PACKET_ID && o->len == 8) {
		ng_get64(value, 0, swapped, &record->packet_id);
		record->has |= PKTCAP_FILE_HAS_PACKET_ID;
	}
}

void pktcap_file_reader_record(const struct pktcap_file_reader *r,
			       struct pktcap_file_record *record)
{
	struct pktcap_file_option o;
	size_t at = 0;

	*record = (struct pktcap_file_record){ 0 };
	if (!r->place.number)
		return;
	record->number = r->place.number;
	record->offset = r->offset;
	record->has = r->has;
	record->interface = r->interface;
	record->options = r->options.p;
	record->options_len = r->options.n;
	record->swapped = r->options.n && r->options_swapped;
	if (r->lost != UINT32_MAX) {
		record->drop_count = r->lost;
		record->has |= PKTCAP_FILE_HAS_DROP_COUNT;
	}
	while (pktcap_file_option_next(r->options.p, r->options.n,
				       r->options_swapped, &at, &o) == 1)
		take_option(record, &o, r->options_swapped);
}

int pktcap_file_reader_interface(const struct pktcap_file_reader *r, uint32_t n,
				 struct pktcap_file_interface *interface)
{
	if (n >= r->interfaces.count)
		return -ENOENT;
	*interface = r->interfaces.list[n].told;
	return 0;
}

int pktcap_file_reader_interface_stats(
	const struct pktcap_file_reader *r, uint32_t n,
	struct pktcap_file_interface_stats *stats)
{
	if (n >= r->interfaces.count)
		return -ENOENT;
	if (!r->interfaces.list[n].stats)
		return -ENODATA;
	*stats = *r->interfaces.list[n].stats;
	return 0;
}
