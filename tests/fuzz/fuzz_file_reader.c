// SPDX-License-Identifier: BSD-2-Clause
/*
 * Any bytes as a capture file, by each way to read it: every view holds what
 * its description promises, and all ways agree. The last byte chooses modes.
 */
#include <errno.h>
#include <pktcap/file.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t sum;

static void touch(const void *bytes, size_t n)
{
	const uint8_t *p = bytes;

	for (size_t i = 0; i < n; i++)
		sum ^= p[i];
}

static void walk(const uint8_t *options, size_t len, uint32_t swapped)
{
	struct pktcap_file_option o;
	size_t at = 0, before = 0;

	while (pktcap_file_option_next(options, len, swapped, &at, &o) == 1) {
		if (at <= before || at > len)
			abort();
		before = at;
		touch(o.value, o.len);
	}
}

static void on_block(void *user, const struct pktcap_file_block *block)
{
	uint64_t *last = user;

	if (*last && block->offset <= *last)
		abort();
	*last = block->offset;
	if (block->body) {
		touch(block->body, block->body_len);
		walk(block->body, block->body_len, block->swapped);
	}
}

static void touch_text(const char *text)
{
	if (text)
		touch(text, strlen(text));
}

static void ask(const struct pktcap_file_reader *reader)
{
	struct pktcap_file_interface_stats stats;
	struct pktcap_file_interface i;
	struct pktcap_file_info info;

	for (uint32_t n = 0; !pktcap_file_reader_interface(reader, n, &i);
	     n++) {
		touch_text(i.name);
		touch_text(i.filter);
		touch_text(i.comment);
		pktcap_file_reader_interface_stats(reader, n, &stats);
	}
	pktcap_file_reader_info(reader, &info);
	touch_text(info.application);
	touch_text(info.comment);
}

/* Returns how many packets there are. */
static uint64_t read_all(struct pktcap_file_reader *reader, size_t size)
{
	const struct pktcap_packet *pkt;
	struct pktcap_file_record record;
	struct pktcap_error error;
	uint64_t count = 0, offset = 0;
	int ret;

	while ((ret = pktcap_file_reader_next(reader, &pkt, &error)) == 1) {
		pktcap_file_reader_record(reader, &record);
		if (pkt->wirelen < pkt->caplen || pkt->caplen > size ||
		    record.number != ++count || record.offset <= offset ||
		    record.offset >= size)
			abort();
		offset = record.offset;
		touch(pkt->data, pkt->caplen);
		walk(record.options, record.options_len, record.swapped);
	}
	if (ret && (error.offset > size || !*error.text))
		abort();
	if (pktcap_file_reader_next(reader, &pkt, NULL) != ret || pkt)
		abort();
	return count;
}

static void seek(struct pktcap_file_reader *reader, uint64_t count)
{
	const struct pktcap_packet *pkt;
	struct pktcap_file_record record;
	uint64_t number = 1 + count / 2;

	if (count < number)
		return;
	if (pktcap_file_reader_seek_record(reader, number, NULL) ||
	    pktcap_file_reader_next(reader, &pkt, NULL) != 1)
		abort();
	pktcap_file_reader_record(reader, &record);
	if (record.number != number)
		abort();
	if (pktcap_file_reader_seek_time(reader, pkt->ts_ns, NULL))
		abort();
}

struct rest {
	const uint8_t *data;
	size_t size;
	size_t piece;
};

static int64_t read_piece(void *user, void *buf, size_t len)
{
	struct rest *rest = user;
	size_t n = rest->piece < rest->size ? rest->piece : rest->size;

	if (n > len)
		n = len;
	memcpy(buf, rest->data, n);
	rest->data += n;
	rest->size -= n;
	return (int64_t)n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t mode = size ? data[size - 1] : 0;
	uint64_t last = 0, count;
	struct pktcap_file_reader_opts opts =
		PKTCAP_FILE_READER_OPTS(.flags = mode &
						 PKTCAP_FILE_READER_RECOVER,
					.on_block = on_block,
					.block_user = &last);
	struct rest rest = { data, size, 1 + (mode >> 1) };
	const struct pktcap_file_source source = { read_piece, &rest };
	struct pktcap_file_reader *reader;

	if (pktcap_file_reader_open_memory(&reader, data, size, &opts, NULL))
		return 0;
	count = read_all(reader, size);
	ask(reader);
	seek(reader, count);
	pktcap_file_reader_close(reader);
	opts.on_block = NULL;
	if (pktcap_file_reader_open_source(&reader, &source, &opts, NULL) ||
	    read_all(reader, size) != count)
		abort();
	pktcap_file_reader_close(reader);
	return sum & 0;
}
