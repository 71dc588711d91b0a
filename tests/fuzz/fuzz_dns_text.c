// SPDX-License-Identifier: BSD-2-Clause
/*
 * Any line of a zone file is refused at one of its bytes or is a record, which
 * a message that is built with it tells again. The first byte of the input
 * chooses how much data there is room for.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/build.h>
#include <pktcap/decode.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
	if (!ok)
		abort();
}

/* Three times: as question, whole, and with a pointer to the question. */
static void build(struct pktcap_build *build, struct pktcap_dns_record record)
{
	const struct pktcap_dns dns = { 0 };

	must(!pktcap_build_dns(build, &dns, 0));
	must(!pktcap_build_dns_question(build, record.name, record.type,
					record.rr_class));
	record.plain_name = 1;
	must(!pktcap_build_dns_record(build, &record));
	record.plain_name = 0;
	must(!pktcap_build_dns_record(build, &record));
	must(pktcap_build_finish(build) > 0);
}

static void check(const struct pktcap_dns_record *record)
{
	static uint8_t message[4096];
	struct pktcap_build b;
	struct pktcap_layer layer = { .proto = PKTCAP_PROTO_DNS };
	struct pktcap_dns_record again = { 0 };
	int n = 0;

	pktcap_build_start(&b, message, sizeof(message));
	build(&b, *record);
	layer.data = message;
	layer.header_len = layer.caplen = layer.wirelen = b.len;
	while (pktcap_dns_record_next(&layer, &again) == 1) {
		n++;
		must(!strcmp(again.name, record->name));
		must(again.type == record->type);
		must(again.rr_class == record->rr_class);
		must(n < 3 || !again.plain_name || !strcmp(again.name, "."));
		if (n == 1)
			continue;
		must(again.ttl == record->ttl);
		must(again.rdata_len == record->rdata_len);
		must(!again.rdata_len ||
		     !memcmp(again.rdata, record->rdata, again.rdata_len));
	}
	must(n == 3 && again.next == b.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pktcap_error error = { 0 };
	struct pktcap_dns_record record;
	size_t room;
	void *rdata;
	char *text;
	int err;

	if (!size)
		return 0;
	room = data[0] < 0x80 ? 1024 : data[0] - 0x80u;
	text = calloc(1, size);
	rdata = malloc(room + !room);
	if (!text || !rdata)
		abort();
	memcpy(text, data + 1, size - 1);
	err = pktcap_dns_record_parse(&record, rdata, room, text, &error);
	if (err)
		must(error.code == err && error.text[0] &&
		     error.offset <= strlen(text));
	else
		check(&record);
	free(rdata);
	free(text);
	return 0;
}
