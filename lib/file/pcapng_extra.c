// SPDX-License-Identifier: BSD-2-Clause
/* Blocks without a packet: counters, names, secrets. */
#include <errno.h>
#include <sys/socket.h>

#include "file/pcapng_write.h"

enum {
	ISB_START = 2,
	ISB_END = 3,
	ISB_RECEIVED = 4,
	ISB_DROPPED = 5,
	ISB_ACCEPTED = 6,
	ISB_OS_DROPPED = 7,
	ISB_DELIVERED = 8,

	NRB_IPV4 = 1,
	NRB_IPV6 = 2,
};

struct counters {
	uint32_t interface;
	const struct pktcap_file_interface_stats *stats;
};

struct names {
	const struct pktcap_file_name *names;
	size_t count;
};

struct secrets {
	uint32_t type;
	const void *data;
	size_t len;
};

static void put_time_option(struct block *b, uint16_t code, int64_t ns)
{
	block_put16(b, code);
	block_put16(b, sizeof(ns));
	block_put_time(b, ns);
}

static void fill_counters(struct block *b, const void *what)
{
	const struct counters *c = what;
	const struct pktcap_file_interface_stats *s = c->stats;
	const struct {
		uint32_t has;
		uint16_t code;
		uint64_t value;
	} counts[] = {
		{ PKTCAP_FILE_HAS_RECEIVED, ISB_RECEIVED, s->received },
		{ PKTCAP_FILE_HAS_DROPPED, ISB_DROPPED, s->dropped },
		{ PKTCAP_FILE_HAS_ACCEPTED, ISB_ACCEPTED, s->accepted },
		{ PKTCAP_FILE_HAS_OS_DROPPED, ISB_OS_DROPPED, s->os_dropped },
		{ PKTCAP_FILE_HAS_DELIVERED, ISB_DELIVERED, s->delivered },
	};
	size_t start;

	block_put32(b, c->interface);
	block_put_time(b, s->ts_ns);
	start = b->n;
	if (s->has & PKTCAP_FILE_HAS_START)
		put_time_option(b, ISB_START, s->start_ns);
	if (s->has & PKTCAP_FILE_HAS_END)
		put_time_option(b, ISB_END, s->end_ns);
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		if (s->has & counts[i].has)
			block_option(b, counts[i].code, &counts[i].value,
				     sizeof(counts[i].value));
	block_end_options(b, start);
}

int pktcap_file_writer_stats_block(
	struct pktcap_file_writer *w, uint32_t interface,
	const struct pktcap_file_interface_stats *stats)
{
	const struct counters counters = { interface, stats };

	if (!w->ng)
		return -EOPNOTSUPP;
	if (interface >= pcapng_interfaces(w->ng))
		return -EINVAL;
	return pcapng_emit(w, NG_STATISTICS, fill_counters, &counters);
}

static size_t address_bytes(const struct pktcap_file_name *name)
{
	return name->family == AF_INET6 ? 16 : 4;
}

static void fill_names(struct block *b, const void *what)
{
	const struct names *n = what;

	for (size_t i = 0; i < n->count; i++) {
		const struct pktcap_file_name *name = &n->names[i];
		size_t len = strlen(name->name) + 1;
		size_t address = address_bytes(name);

		if (address + len > UINT16_MAX)
			b->too_long = true;
		block_put16(b, name->family == AF_INET6 ? NRB_IPV6 : NRB_IPV4);
		block_put16(b, (uint16_t)(address + len));
		block_put(b, name->address, address);
		block_put(b, name->name, len);
		block_pad(b);
	}
	block_put32(b, 0);
}

int pktcap_file_writer_names(struct pktcap_file_writer *w,
			     const struct pktcap_file_name *names, size_t count)
{
	const struct names all = { names, count };

	if (!w->ng)
		return -EOPNOTSUPP;
	for (size_t i = 0; i < count; i++)
		if (!names[i].name ||
		    (names[i].family != AF_INET && names[i].family != AF_INET6))
			return -EINVAL;
	return pcapng_emit(w, NG_NAMES, fill_names, &all);
}

static void fill_secrets(struct block *b, const void *what)
{
	const struct secrets *s = what;

	block_put32(b, s->type);
	block_put32(b, (uint32_t)s->len);
	block_put(b, s->data, s->len);
	block_pad(b);
}

int pktcap_file_writer_secrets(struct pktcap_file_writer *w, uint32_t type,
			       const void *data, size_t len)
{
	const struct secrets secrets = { type, data, len };

	if (!w->ng)
		return -EOPNOTSUPP;
	if (len > PCAPNG_BLOCK_MAX)
		return -EMSGSIZE;
	return pcapng_emit(w, NG_SECRETS, fill_secrets, &secrets);
}
