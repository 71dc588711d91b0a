/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of this room share: the handle and the shape of an engine. */
#ifndef SEND_SEND_H
#define SEND_SEND_H

#include <pktcap/send.h>

#include <linux/if_packet.h>
#include <stdbool.h>
#include <sys/socket.h>

struct pktcap_send;

enum { SEND_FRAME_BYTES_MAX = 262144 }; /* of frame_bytes */

/*
 * One way of handing frames over. Every engine answers for each frame: what
 * the kernel took is counted exactly.
 */
struct send_engine {
	const char *name;
	uint32_t number; /* enum pktcap_send_engine */
	/* Prepares s->fd, and memory for s->opts.batch frames. */
	int (*open)(struct pktcap_send *s, struct pktcap_error *error);
	/*
	 * Hands over @n frames, at most s->opts.batch, without waiting.
	 * Returns how many the kernel took, at least 1, or the negative errno
	 * with which it refused the first. Adds up s->stats.bytes.
	 */
	int (*submit)(struct pktcap_send *s, const struct pktcap_packet *pkts,
		      uint32_t n);
	/* Fills in what only the engine knows: its memory. */
	void (*info)(const struct pktcap_send *s,
		     struct pktcap_send_info *info);
	void (*close)(struct pktcap_send *s);
};

extern const struct send_engine send_engine_mmsg;
extern const struct send_engine send_engine_ring;
extern const struct send_engine send_engine_xdp;

/* The engine with that number; NULL: AUTO, or none has it. */
const struct send_engine *send_engine_find(uint32_t number);

struct pktcap_send {
	const struct send_engine *engine;
	void *engine_state;
	struct pktcap_send_stats stats;
	struct send_stamps *stamps; /* NULL: none are asked for */

	/* --- the socket --- */
	int fd;
	bool borrowed;
	bool addressed;		      /* each call has to say which interface */
	struct pktcap_send_opts opts; /* every default filled in */

	/* --- the interface --- */
	uint32_t ifindex;     /* 0: unbound */
	uint32_t override_on; /* the frame in hand goes there instead */
	uint32_t hatype;
	uint32_t linktype;
	uint32_t header_bytes; /* of the link header, 0: none, or not known */
	uint32_t len_max;      /* as last seen; UINT32_MAX: not known */
	char ifname[PKTCAP_DEVICE_NAME_SIZE];
};

/* --- options.c: defaults filled in and every field in range --- */
int send_options_read(struct pktcap_send_opts *opts,
		      const struct pktcap_send_opts *given,
		      struct pktcap_error *error);

/* Sets what @fd may have under way, if that was asked for: 0 or -errno. */
int send_buffer_set(const struct pktcap_send *s, int fd);

/* --- link.c: the interface --- */
/* Fills in what @ifname stands for, asking through @fd; NULL, "any": none. */
int send_link_find(struct pktcap_send *s, int fd, const char *ifname,
		   struct pktcap_error *error);
/* The MTU of @ifindex now, 0 if it is gone; @name is filled in. */
uint32_t send_link_mtu(const struct pktcap_send *s, uint32_t ifindex,
		       char name[PKTCAP_DEVICE_NAME_SIZE]);
/* The longest frame without a VLAN tag, now; UINT32_MAX: not known. */
uint32_t send_link_longest(const struct pktcap_send *s, uint32_t ifindex);
/* PKTCAP_DEVICE_* of @ifindex now, 0 if it is gone. */
uint32_t send_link_flags(const struct pktcap_send *s, uint32_t ifindex);
/* Looks at the MTU again: len_max follows. */
void send_link_refresh(struct pktcap_send *s);

/* --- check.c: frames that cannot be sent --- */
/* Before the kernel is asked: 0, or the negative errno for @pkt. */
int send_check(struct pktcap_send *s, const struct pktcap_packet *pkt);
/* Says in words why frame @i of @n was refused with @err, and returns that. */
int send_explain(const struct pktcap_send *s, const struct pktcap_packet *pkts,
		 size_t i, size_t n, int err, struct pktcap_error *error);

/* --- stamp.c: when frames left --- */
/* Asks for what the options say; nothing to do without. */
int send_stamps_open(struct pktcap_send *s, struct pktcap_error *error);
void send_stamps_close(struct pktcap_send *s);
/* The kernel numbers what it stamps: it took @n, or refused one with @err. */
void send_stamps_taken(struct pktcap_send *s, uint32_t n);
void send_stamps_refused(struct pktcap_send *s, const struct pktcap_packet *pkt,
			 int err);

/* --- pieces.c: a frame as it is to leave --- */
enum {
	SEND_PIECES = 4,
	SEND_TAG_BYTES = 4,
	SEND_MACS_BYTES = 12,
	SEND_PADDED_BYTES = 60 /* an Ethernet frame without its checksum */
};

struct send_piece {
	const void *data;
	uint32_t len;
};

/*
 * Cuts a frame in up to SEND_PIECES pieces, with the VLAN tag back in place
 * (written to @tag) and padding behind it. Returns how many.
 */
uint32_t send_pieces(const struct pktcap_send *s,
		     const struct pktcap_packet *pkt,
		     struct send_piece pieces[SEND_PIECES],
		     uint8_t tag[SEND_TAG_BYTES]);
/* Writes them to @to, one behind the other. */
void send_pieces_join(const struct send_piece *pieces, uint32_t n, uint8_t *to);
/* Is its VLAN tag to be put back? */
static inline bool send_tagged(const struct pktcap_packet *pkt)
{
	return (pkt->flags &
		(PKTCAP_PACKET_VLAN | PKTCAP_PACKET_VLAN_INLINE)) ==
		       PKTCAP_PACKET_VLAN &&
	       pkt->caplen >= SEND_MACS_BYTES;
}

/* Its bytes as it is to leave. */
static inline uint32_t send_length(const struct pktcap_send *s,
				   const struct pktcap_packet *pkt)
{
	uint32_t len = pkt->caplen + (send_tagged(pkt) ? SEND_TAG_BYTES : 0);

	if (s->opts.flags & PKTCAP_SEND_PAD && len < SEND_PADDED_BYTES)
		return SEND_PADDED_BYTES;
	return len;
}

/* Where @pkt goes: the handle's interface, or its own on an unbound one. */
static inline uint32_t send_ifindex(const struct pktcap_send *s,
				    const struct pktcap_packet *pkt)
{
	if (s->override_on)
		return s->override_on;
	return s->ifindex ? s->ifindex : (uint32_t)pkt->ifindex;
}

/* Has the kernel to be told where it goes? */
static inline bool send_addressed(const struct pktcap_send *s)
{
	return s->addressed || s->override_on;
}

static inline void send_address(struct sockaddr_ll *addr, uint32_t ifindex)
{
	*addr = (struct sockaddr_ll){ .sll_family = AF_PACKET,
				      .sll_ifindex = (int)ifindex };
}

#endif
