/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of this room share: the handle and the shape of an engine. */
#ifndef CAPTURE_CAPTURE_H
#define CAPTURE_CAPTURE_H

#include <pktcap/capture.h>

#include <net/if.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#define CAPTURE_SNAPLEN_MAX 262144u

struct pktcap_capture;

/*
 * One way of receiving. An engine finds a socket that listens to nothing yet
 * and leaves it so: the room binds it when everything is in place.
 */
struct engine {
	const char *name;
	/* Prepares cap->fd to receive. */
	int (*open)(struct pktcap_capture *cap, struct pktcap_error *error);
	/*
	 * Gives the memory of the last views back, then fills cap->views,
	 * cap->count and cap->filled; or, if there is a cap->push and the
	 * engine can, calls its function as it reads. Returns how many
	 * packets, -EAGAIN if there is nothing now, or another negative errno.
	 * 0: there was something, not to be delivered; the caller looks at the
	 * time before it asks again.
	 */
	int (*fill)(struct pktcap_capture *cap);
	/* Has the kernel got packets that fill() cannot see yet? */
	bool (*holds)(const struct pktcap_capture *cap);
	/*
	 * The kernel's filter was replaced: packets that are captured up to
	 * now are to be checked again (cap->recheck) when they are filled.
	 */
	void (*mark)(struct pktcap_capture *cap);
	/* Fills in what only the engine knows: its memory. */
	void (*info)(const struct pktcap_capture *cap,
		     struct pktcap_capture_info *info);
	void (*close)(struct pktcap_capture *cap);
};

extern const struct engine engine_recv;
extern const struct engine engine_ring;

/* A program in memory of its own. */
struct program {
	struct pktcap_insn *insns;
	size_t n;
};

/* Packets and what they add up to. */
struct tally {
	uint64_t packets;
	uint64_t truncated;
	uint64_t bytes;
	uint64_t cut_bytes; /* on the wire, but not in bytes */
};

/*
 * A function that packets are given to while they are read: one view in the
 * first-level cache instead of an array that is written and read again.
 */
struct push {
	pktcap_capture_fn fn;
	void *user;
	uint64_t left; /* packets wanted */
	bool cut;      /* no more after the one in hand, look anew */
	int verdict;   /* what the function returned last */
};

struct pktcap_capture {
	/* --- receiving: touched for each batch --- */
	const struct engine *engine;
	void *engine_state;
	struct pktcap_packet *views; /* opts.batch of them */
	uint32_t count;		     /* views filled */
	uint32_t next;		     /* the first not delivered */
	struct tally filled;	     /* all views of the batch */
	struct push *push;	     /* while packets are dispatched */
	bool halted;		     /* the kernel captures nothing more */
	bool recheck;	     /* run the filter in user space as well, for now */
	bool recheck_always; /* no way to tell old packets from new ones */
	bool check_direction; /* the kernel could not leave all others out */
	bool check_snaplen;   /* the kernel may let longer packets through */
	bool fd_given;	      /* somebody polls epoll_fd ... */
	bool ready_set;	    /* ... and sees it readable for undelivered views */
	uint32_t seen;	    /* packets, for what is done now and then */
	uint32_t gather_us; /* to let packets collect after a wake-up */
	bool gathered;	    /* just now */
	uint32_t gathered_late; /* sleeps that lasted too long */
	uint64_t skipped;
	uint64_t rejected;
	int failure;		  /* what ended the capture for good */
	int64_t stop_deadline_ms; /* where the kernel could not be halted */
	struct pktcap_capture_stats stats; /* as of the last whole batch */

	/* --- the socket --- */
	int fd;
	bool fd_is_callers; /* adopting may fail yet */
	int epoll_fd;
	atomic_int stop; /* written from anywhere: keep off the flags above */
	atomic_bool threaded; /* stats are read by another thread */
	int stop_fd;
	int ready_fd;
	struct pktcap_capture_opts opts; /* every default filled in */
	bool cooked; /* SOCK_DGRAM: no link header, SLL2 is built */
	uint16_t linktype;

	/* --- the filter --- */
	struct program program; /* the caller's own; n == 0: none */
	bool foreign_filter;	/* of an adopted socket: not ours to replace */
	uint32_t filter_place;
	uint32_t filter_errno;
	uint32_t engine_errno;

	/* --- the interface --- */
	struct pktcap_device_watch *watch;
	_Atomic uint32_t ifindex; /* 0: "any", or absent */
	uint32_t link_flags;
	bool any;
	uint16_t hatype;
	bool watch_behind; /* ask the watch again, although nothing waits */
	char ifname[PKTCAP_DEVICE_NAME_SIZE];
	char awaited[PKTCAP_DEVICE_NAME_SIZE]; /* what may come back */

	/* --- the thread --- */
	pthread_t thread;
	pthread_mutex_t stats_lock;
	pktcap_capture_fn thread_fn;
	void *thread_user;
	int thread_result;
};

/* --- options.c: defaults filled in and every field in range --- */
int options_read(struct pktcap_capture_opts *opts,
		 const struct pktcap_capture_opts *given,
		 struct pktcap_error *error);

/* --- open.c: parts that adopting shares --- */
int handle_new(struct pktcap_capture **out,
	       const struct pktcap_capture_opts *opts,
	       struct pktcap_error *error);
/* Leaves one direction out: in the kernel if it can, else packet by packet. */
void choose_direction(struct pktcap_capture *cap);
int open_engine(struct pktcap_capture *cap, struct pktcap_error *error);

/* --- filter.c --- */
/* Takes a copy of the program, gives it to the kernel or keeps it here. */
int filter_install(struct pktcap_capture *cap, const struct pktcap_insn *insns,
		   size_t n, struct pktcap_error *error);
/* Makes the kernel reject everything; filter_restore() undoes it. */
int filter_halt(struct pktcap_capture *cap);
int filter_restore(struct pktcap_capture *cap);

/* --- wake.c: the descriptors behind epoll_fd --- */
int wake_open(struct pktcap_capture *cap, struct pktcap_error *error);
void wake_close(struct pktcap_capture *cap);
/* Reads a pending socket error, which would end every sleep at once. */
int wake_error(struct pktcap_capture *cap);
/*
 * Sleeps until something happens or @timeout_ms is over, and sees to link
 * events and socket errors. Returns 0, -EINTR, or what ends the capture.
 */
int wake_wait(struct pktcap_capture *cap, int timeout_ms);
/* Keeps epoll_fd readable while undelivered views wait in the handle. */
void wake_show_pending(struct pktcap_capture *cap);

/* --- link.c: the interface and what becomes of it --- */
/* Fills in name, index, flags and link type of what @ifname stands for. */
int link_find(struct pktcap_capture *cap, const char *ifname,
	      struct pktcap_error *error);
/* The same, asking through a descriptor whose network namespace counts. */
int link_find_with(struct pktcap_capture *cap, int fd, const char *ifname,
		   struct pktcap_error *error);
/* Starts to watch, so that nothing is missed from then on. */
int link_watch(struct pktcap_capture *cap, struct pktcap_error *error);
/* Memberships. */
int link_join(struct pktcap_capture *cap, struct pktcap_error *error);
/* link_join(), then bind: from here on packets come. */
int link_listen(struct pktcap_capture *cap, struct pktcap_error *error);
/* The same if it is there; with WAIT it need not be. */
int link_listen_if_there(struct pktcap_capture *cap,
			 struct pktcap_error *error);
/* Reads all waiting events and acts on them. */
int link_events(struct pktcap_capture *cap);
/* The socket reported @err (positive): 0 to go on, or what ends the capture. */
int link_error(struct pktcap_capture *cap, int err);

/* --- stats.c --- */
/* Adds what the kernel counted since the last time. */
int stats_collect(struct pktcap_capture *cap);
/* Adds packets that are delivered, and brings what was left out up to date. */
void stats_add(struct pktcap_capture *cap, const struct tally *delivered);

/* Calls the function; false if it is to get no more. */
static inline bool push_packet(struct push *push,
			       const struct pktcap_packet *pkt)
{
	push->verdict = push->fn(push->user, pkt);
	if (!--push->left || push->verdict)
		push->cut = true;
	return !push->cut;
}

static inline void tally_packet(struct tally *tally,
				const struct pktcap_packet *pkt)
{
	tally->packets++;
	tally->bytes += pkt->caplen;
	/* Rare: most packets cost two additions. */
	if (pkt->flags & PKTCAP_PACKET_TRUNCATED) {
		tally->truncated++;
		tally->cut_bytes += pkt->wirelen - pkt->caplen;
	}
}

#endif
