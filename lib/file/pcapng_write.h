/* SPDX-License-Identifier: BSD-2-Clause */
/* pcapng files under a writer. */
#ifndef FILE_PCAPNG_WRITE_H
#define FILE_PCAPNG_WRITE_H

#include "file/ng.h"
#include "file/pcapng_block.h"
#include "file/writer.h"

enum {
	PCAPNG_EPB_BYTES = 32,	 /* without packet and options */
	PCAPNG_FLAGS_BYTES = 12, /* one option, and the end of options */
	PCAPNG_IDB_BYTES = 32,	 /* with its resolution of times only */
	PCAPNG_SLOTS = 64,
};

/* What has to be known of an interface when a packet of it is written. */
struct pcapng_interface {
	int32_t ifindex;
	uint32_t linktype;
	uint32_t snaplen;
};

struct pcapng {
	/* What each file begins with: the section, all interfaces. */
	struct store head;
	size_t section; /* how much of it is the section */
	struct store interfaces;
	struct store scratch;
	size_t capacity; /* of the writer's buffer */
	uint64_t start;	 /* where in the file the head is */
	/*
	 * The only interface is one for packets that nobody described: tcpdump
	 * reads no file without any. It goes when another comes.
	 */
	bool implied;
	uint32_t slots[PCAPNG_SLOTS]; /* interfaces, by packet */
};

static inline uint32_t pcapng_interfaces(const struct pcapng *ng)
{
	return (uint32_t)(ng->interfaces.n / sizeof(struct pcapng_interface));
}

static inline struct pcapng_interface *pcapng_interface(const struct pcapng *ng,
							uint32_t id)
{
	return (struct pcapng_interface *)(void *)ng->interfaces.p + id;
}

static inline bool pcapng_is(const struct pcapng *ng, uint32_t id,
			     int32_t ifindex, uint32_t linktype)
{
	const struct pcapng_interface *i = pcapng_interface(ng, id);

	return i->ifindex == ifindex && i->linktype == linktype;
}

static inline uint32_t *pcapng_slot(struct pcapng *ng, int32_t ifindex,
				    uint32_t linktype)
{
	return &ng->slots[((uint32_t)ifindex ^ linktype * 8) % PCAPNG_SLOTS];
}

/* A writer with the head of a pcapng file collected, without a descriptor. */
writer_create_fn pcapng_create;
/* Collects that head, into an empty buffer, for position @start of a file. */
int pcapng_begin(struct pktcap_file_writer *w, uint64_t start);

/* The interface of a packet that its slot does not have; made if need be. */
int pcapng_find(struct pktcap_file_writer *w, int32_t ifindex,
		uint32_t linktype, uint32_t *id);
/* A block that is stored whole or not at all; as block_build(). */
int pcapng_emit(struct pktcap_file_writer *w, uint32_t type,
		void (*fill)(struct block *b, const void *what),
		const void *what);
int pcapng_write_packet(struct pktcap_file_writer *w,
			const struct pktcap_packet *pkt);

#endif
