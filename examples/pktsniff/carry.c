/* SPDX-License-Identifier: BSD-2-Clause */
#include "carry.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { OPTION_COMMENT = 1 };

int carry_open(struct carry *carry, const struct source *source,
	       const struct store *store)
{
	*carry = (struct carry){ 0 };
	if (!store_holds_more(store))
		return 0;
	carry->files = calloc(source->count, sizeof(*carry->files));
	carry->file_count = source->count;
	return carry->files ? 0 : -ENOMEM;
}

static int grow_ids(struct carry_file *file, size_t count)
{
	uint32_t *ids = realloc(file->ids, count * sizeof(*ids));

	if (!ids)
		return -ENOMEM;
	memset(ids + file->count, 0, (count - file->count) * sizeof(*ids));
	file->ids = ids;
	file->count = count;
	return 0;
}

/* The interface's number in the new file, where it is described if need be. */
static int find_interface(struct carry_file *file, struct store *store,
			  const struct pktcap_file_reader *reader, uint32_t n,
			  uint32_t *id)
{
	struct pktcap_file_interface interface;
	struct pktcap_file_info info;
	int ret = 0;

	if (n >= file->count) {
		pktcap_file_reader_info(reader, &info);
		if (n >= info.interfaces)
			return -ENOENT;
		ret = grow_ids(file, info.interfaces);
	}
	if (!ret && !file->ids[n]) {
		ret = pktcap_file_reader_interface(reader, n, &interface);
		if (!ret)
			ret = store_interface(store, &interface, id);
		if (!ret)
			file->ids[n] = *id + 1;
	}
	if (!ret)
		*id = file->ids[n] - 1;
	return ret;
}

/* Comments are terminated in the new place: it holds all options, at least. */
static int copy_comments(struct carry *carry,
			 const struct pktcap_file_record *record)
{
	size_t size = record->options_len + CARRY_COMMENTS_MAX;
	struct pktcap_file_option option;
	size_t offset = 0, count = 0;
	char *text;

	if (size > carry->text_size) {
		text = realloc(carry->text, size);
		if (!text)
			return -ENOMEM;
		carry->text = text;
		carry->text_size = size;
	}
	text = carry->text;
	while (count < CARRY_COMMENTS_MAX &&
	       pktcap_file_option_next(record->options, record->options_len,
				       record->swapped, &offset, &option) > 0) {
		if (option.code != OPTION_COMMENT)
			continue;
		memcpy(text, option.value, option.len);
		text[option.len] = '\0';
		carry->comments[count++] = text;
		text += option.len + 1;
	}
	carry->extra.comments = carry->comments;
	carry->extra.comment_count = count;
	return 0;
}

int carry_packet(struct carry *carry, const struct source *source,
		 struct store *store)
{
	const uint32_t carried = PKTCAP_FILE_HAS_FLAGS |
				 PKTCAP_FILE_HAS_DROP_COUNT |
				 PKTCAP_FILE_HAS_PACKET_ID;
	struct pktcap_file_record record;
	int ret;

	if (!carry->files)
		return 0;
	pktcap_file_reader_record(source_reader(source), &record);
	carry->extra = (struct pktcap_file_extra){
		.size = sizeof(carry->extra),
		.has = (record.has & carried) | PKTCAP_FILE_HAS_INTERFACE,
		.epb_flags = record.epb_flags,
		.drop_count = record.drop_count,
		.packet_id = record.packet_id,
	};
	ret = find_interface(&carry->files[source->current], store,
			     source_reader(source), record.interface,
			     &carry->extra.interface);
	if (!ret && record.options_len)
		ret = copy_comments(carry, &record);
	store->extra = &carry->extra;
	return ret;
}

int carry_counters(const struct carry *carry, const struct source *source,
		   struct store *store)
{
	struct pktcap_file_interface_stats stats;
	int ret = 0;

	for (size_t i = 0; i < carry->file_count; i++) {
		const struct carry_file *file = &carry->files[i];

		for (uint32_t n = 0; !ret && n < file->count; n++)
			if (file->ids[n] && source->files[i].reader &&
			    !pktcap_file_reader_interface_stats(
				    source->files[i].reader, n, &stats))
				ret = store_interface_counters(
					store, file->ids[n] - 1, &stats);
	}
	return ret;
}

void carry_close(struct carry *carry)
{
	for (size_t i = 0; i < carry->file_count; i++)
		free(carry->files[i].ids);
	free(carry->files);
	free(carry->text);
}
