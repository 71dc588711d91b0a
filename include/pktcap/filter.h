/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Filter expressions as pcap-filter(7) has them ("tcp and port 80"), compiled
 * to classic BPF. A pure function of its arguments: no capture, no privilege,
 * no look-up of names but through the caller's own function.
 */
#ifndef PKTCAP_FILTER_H
#define PKTCAP_FILTER_H

#include <pktcap/base.h>
#include <pktcap/bpf.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Bits of struct pktcap_filter_opts.flags. */
enum pktcap_filter_flags {
	/*
	 * For a live capture on Linux, where the outer VLAN tag is no byte of
	 * the packet: the program finds it in the kernel's metadata, and takes
	 * the same packets as the other program takes from the file, where the
	 * tag is back in its place.
	 */
	PKTCAP_FILTER_LIVE = 1u << 0,
	/*
	 * The language beyond libpcap's, see pktcap-filter(7): headers are
	 * found behind VLAN tags and IPv6 extension headers, vlan and the like
	 * shift nothing, inner(), sets, lists and samples.
	 */
	PKTCAP_FILTER_EXTENDED = 1u << 1,
	/*
	 * Leave the decision graph as it was written, but for what libpcap's
	 * optimizer does to it that changes a verdict: packets that end early
	 * are treated alike with and without this.
	 */
	PKTCAP_FILTER_NO_OPTIMIZE = 1u << 2,
	/* For pktcap_filter_print(); takes memory until the filter is freed. */
	PKTCAP_FILTER_KEEP_STAGES = 1u << 3,
	/*
	 * With EXTENDED: keep no more of a packet than its headers, to the end
	 * of the transport header, and of what is not IP the first 64 bytes;
	 * pktcap-filter(7) tells all. Packets that end too early are kept.
	 * For Ethernet, cooked and IP packets.
	 */
	PKTCAP_FILTER_SNAP_HEADERS = 1u << 4,
};

/* What a name is asked to be. */
enum pktcap_filter_name {
	PKTCAP_FILTER_NAME_HOST = 1,	      /* addresses */
	PKTCAP_FILTER_NAME_NET = 2,	      /* an IPv4 network */
	PKTCAP_FILTER_NAME_PORT = 3,	      /* TCP, UDP or SCTP service */
	PKTCAP_FILTER_NAME_PROTOCOL = 4,      /* IP protocol */
	PKTCAP_FILTER_NAME_ETHER = 5,	      /* Ethernet address */
	PKTCAP_FILTER_NAME_ETHER_PROTOCOL = 6 /* EtherType */
};

/* What struct pktcap_filter_answer.kind says. */
enum pktcap_filter_answer_kind {
	PKTCAP_FILTER_ANSWER_IPV4 = 1,	/* address[0..3], prefix */
	PKTCAP_FILTER_ANSWER_IPV6 = 2,	/* address[0..15], prefix */
	PKTCAP_FILTER_ANSWER_ETHER = 3, /* address[0..5] */
	PKTCAP_FILTER_ANSWER_NUMBER = 4 /* number; protocol of a port */
};

/**
 * struct pktcap_filter_answer - one thing that a name means
 * @kind:     PKTCAP_FILTER_ANSWER_*
 * @number:   the port or the protocol
 * @protocol: of a port: 6, 17 or 132 for TCP, UDP or SCTP, 0 for all of them
 * @prefix:   bits of the address that count, 32 or 128 for a host; 0, which
 *            would be every address, is for networks only
 * @address:  in network order, left-aligned
 */
struct pktcap_filter_answer {
	uint32_t kind;
	uint32_t number;
	uint32_t protocol;
	uint32_t prefix;
	uint8_t address[16];
};

/**
 * pktcap_filter_resolve_fn - says what a name in an expression means
 * @user:    struct pktcap_filter_opts.resolve_user
 * @name:    the name, terminated; borrowed for the call
 * @kind:    enum pktcap_filter_name
 * @answers: room for @max answers, zeroed
 *
 * Return: how many answers were written, at most @max; 0 for an unknown name;
 * a negative errno ends the compilation with it. Answers that cannot be, more
 * than @max or of a kind that was not asked for, end it with -EINVAL, and
 * @error blames this function.
 */
typedef int (*pktcap_filter_resolve_fn)(void *user, const char *name,
					enum pktcap_filter_name kind,
					struct pktcap_filter_answer *answers,
					size_t max);

/**
 * pktcap_filter_list_fn - gives the list that "@NAME" in an expression means
 * @user: struct pktcap_filter_opts.list_user
 * @name: what stands behind the @, terminated; borrowed for the call
 * @text: receives the list, which stays the caller's: it is read until
 *        pktcap_filter_compile() returns, and must not change before that
 * @len:  receives its bytes, at most 4 MiB; it need not be terminated
 *
 * A list holds what may stand between { and }, separated by blanks, commas or
 * newlines; "#" starts a comment. It cannot name other lists. A fault in it is
 * an error at its @NAME whose text begins with NAME and the line. An empty one
 * holds nothing: if no packet can match because of that, compiling fails with
 * -ENOMSG, at the @NAME.
 *
 * Return: 0; a negative errno ends the compilation with it.
 */
typedef int (*pktcap_filter_list_fn)(void *user, const char *name,
				     const char **text, size_t *len);

/**
 * struct pktcap_filter_opts - how to compile; zero means the default
 * @size:         sizeof(struct pktcap_filter_opts), set by the macro
 * @flags:        PKTCAP_FILTER_*
 * @linktype:     LINKTYPE_ number of the packets. Always to be set: 0 is a
 *                number like others (NULL). Without options: Ethernet
 * @snaplen:      bytes to keep of a packet that matches, 0: 262144
 * @netmask:      IPv4 mask for "ip broadcast", host order (0xffffff00);
 *                0: unknown, only 0.0.0.0 and 255.255.255.255 are broadcast
 * @seed:         for "sample": another number takes other packets
 * @resolve:      asked for every name, maybe more than once; NULL: names
 *                fail with -ENOENT
 * @resolve_user: handed to @resolve
 * @list:         asked for every @NAME, NULL: they fail with -EINVAL
 * @list_user:    handed to @list
 */
struct pktcap_filter_opts {
	uint32_t size;
	uint32_t flags;
	uint32_t linktype;
	uint32_t snaplen;
	uint32_t netmask;
	uint32_t seed;
	pktcap_filter_resolve_fn resolve;
	void *resolve_user;
	pktcap_filter_list_fn list;
	void *list_user;
};

/*
 * C++ takes the members in the order of their declaration only:
 * PKTCAP_FILTER_OPTS(.flags = ..., .linktype = ..., .resolve = ...).
 */
#define PKTCAP_FILTER_OPTS(...)       \
	((struct pktcap_filter_opts){ \
		.size = sizeof(struct pktcap_filter_opts), __VA_ARGS__ })

struct pktcap_filter;

/**
 * pktcap_filter_compile - a program from an expression
 * @out:        receives the filter, to be freed with pktcap_filter_free();
 *              NULL on failure. Not NULL itself
 * @expression: terminated text; empty takes every packet
 * @opts:       options, NULL: Ethernet from a file
 * @error:      why not; @error->offset is the byte of @expression, 0 if none is
 *              to blame. May be NULL
 *
 * The program passes pktcap_bpf_validate(). It may be longer than
 * PKTCAP_BPF_MAX, which pktcap_bpf_run() takes and the kernel does not. It has
 * no loops: "protochain" looks at up to 8 headers behind the IP header.
 * Any thread; nothing is shared with other calls but what @opts' functions do.
 * Memory, until it returns: some KiB, and for the largest expressions about
 * 256 MiB beside what grows with the text.
 *
 * Return: 0; -EINVAL if @expression is none, NULL included, or @opts are wrong;
 * -ENOMSG if no packet can match (without PKTCAP_FILTER_EXTENDED where libpcap
 * sees that, too, otherwise the program takes nothing; never with
 * PKTCAP_FILTER_NO_OPTIMIZE); -ENOENT for a name that
 * @opts->resolve does not know; -EOPNOTSUPP for a primitive that the link type
 * does not have; -E2BIG if it grows beyond all bounds; -ENOMEM; what
 * @opts->resolve or @opts->list returned.
 */
PKTCAP_API int pktcap_filter_compile(struct pktcap_filter **out,
				     const char *expression,
				     const struct pktcap_filter_opts *opts,
				     struct pktcap_error *error);

/**
 * pktcap_filter_program - the instructions of a filter
 * @filter: a filter
 * @n:      receives their number
 *
 * Any thread, and several at a time.
 *
 * Return: the program, owned by @filter.
 */
PKTCAP_API const struct pktcap_insn *
pktcap_filter_program(const struct pktcap_filter *filter, size_t *n);

/* What there is between an expression and its program, in this order. */
enum pktcap_filter_stage {
	PKTCAP_FILTER_STAGE_TOKENS = 1,	   /* words: offset, kind, text */
	PKTCAP_FILTER_STAGE_TREE = 2,	   /* what was understood */
	PKTCAP_FILTER_STAGE_GRAPH = 3,	   /* tests of the packet's bytes */
	PKTCAP_FILTER_STAGE_OPTIMIZED = 4, /* those that are left of them */
	PKTCAP_FILTER_STAGE_PROGRAM = 5,   /* instructions, as tcpdump -d */
};

/**
 * pktcap_filter_print - write a stage of the compilation as text
 * @filter: a filter
 * @stage:  enum pktcap_filter_stage; all but PROGRAM need a filter that was
 *          compiled with PKTCAP_FILTER_KEEP_STAGES
 * @buf:    room for the text, borrowed; NULL with @size 0 to ask for the size
 * @size:   bytes at @buf
 *
 * Whole lines for people to read; programs can rely on pktcap_bpf_dump(). The
 * text is always terminated where @size is not 0, and cut where it does not
 * fit. Any thread.
 *
 * Return: bytes of the whole text without its terminator (compare with @size);
 * -EINVAL for an unknown @stage; -ENODATA if the stages were not kept; -ENOMEM.
 */
PKTCAP_API int64_t pktcap_filter_print(const struct pktcap_filter *filter,
				       uint32_t stage, char *buf, size_t size);

/**
 * pktcap_filter_free - gives back a filter and its program
 * @filter: a filter, or NULL
 *
 * Any thread, but no other may use @filter or its program any more.
 */
PKTCAP_API void pktcap_filter_free(struct pktcap_filter *filter);

#ifdef __cplusplus
}
#endif
#endif
