/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Capture files: packets go in, packets come out. The room does not know
 * where packets come from; compose it with capture in a program.
 */
#ifndef PKTCAP_FILE_H
#define PKTCAP_FILE_H

#include <pktcap/base.h>

#ifdef __cplusplus
extern "C" {
#endif

struct pktcap_file_writer;
struct pktcap_file_reader;

/* Resolution of the time stamps in a pcap file. */
enum pktcap_file_precision {
	PKTCAP_FILE_PRECISION_MICRO = 0,
	PKTCAP_FILE_PRECISION_NANO = 1,
};

/* Told apart by what a file begins with, not by its name. */
enum pktcap_file_format {
	PKTCAP_FILE_FORMAT_PCAP = 0,
	PKTCAP_FILE_FORMAT_PCAPNG = 1,
};

/* What a packet of a pcapng file, or the counters of an interface, have. */
enum pktcap_file_has {
	PKTCAP_FILE_HAS_FLAGS = 1u << 0,
	PKTCAP_FILE_HAS_DROP_COUNT = 1u << 1,
	PKTCAP_FILE_HAS_PACKET_ID = 1u << 2,
	PKTCAP_FILE_HAS_INTERFACE = 1u << 3, /* when writing */
	PKTCAP_FILE_HAS_START = 1u << 4,
	PKTCAP_FILE_HAS_END = 1u << 5,
	PKTCAP_FILE_HAS_RECEIVED = 1u << 6,
	PKTCAP_FILE_HAS_DROPPED = 1u << 7,
	PKTCAP_FILE_HAS_ACCEPTED = 1u << 8,
	PKTCAP_FILE_HAS_OS_DROPPED = 1u << 9,
	PKTCAP_FILE_HAS_DELIVERED = 1u << 10,
	/* A packet's time is beyond what 64-bit nanoseconds hold (2262). */
	PKTCAP_FILE_TIME_CLAMPED = 1u << 11,
};

/**
 * struct pktcap_file_interface - an interface in a pcapng file
 * @name:        "eth0"; strings are UTF-8, terminated, NULL where absent
 * @description: in words
 * @filter:      the expression its packets were captured with
 * @os:          operating system of the machine
 * @hardware:    make and model of the adapter
 * @comment:     anything
 * @speed_bps:   bits per second, 0 = unknown
 * @tsoffset_s:  seconds that the file's times are behind. Writing: unused
 * @linktype:    LINKTYPE_ number of its packets, 0..65535
 * @snaplen:     bytes kept of each packet. Writing: 0 = the writer's, and a
 *               longer packet is cut to it. Reading: 0 = no limit
 * @ifindex:     writing: packets with this ifindex belong to it. Reading: 0
 * @tsresol:     resolution of the file's times, coded as if_tsresol.
 *               Writing: unused, a writer has nanoseconds (9)
 * @fcslen:      if_fcslen, 0 = unknown
 * @has_mac:     1 if @mac is set
 * @reserved:    zero
 * @mac:         hardware address
 * @reserved2:   zero
 *
 * What a reader filled in can be given to a writer as it is.
 */
struct pktcap_file_interface {
	const char *name;
	const char *description;
	const char *filter;
	const char *os;
	const char *hardware;
	const char *comment;
	uint64_t speed_bps;
	int64_t tsoffset_s;
	uint32_t linktype;
	uint32_t snaplen;
	int32_t ifindex;
	uint8_t tsresol;
	uint8_t fcslen;
	uint8_t has_mac;
	uint8_t reserved;
	uint8_t mac[6];
	uint8_t reserved2[2];
};

/**
 * struct pktcap_file_interface_stats - counters of an interface in a file
 * @has:         PKTCAP_FILE_HAS_* for those of the fields below @ts_ns
 *               that are set
 * @reserved:    zero
 * @ts_ns:       when the counters were read, nanoseconds since 1970 UTC
 * @start_ns:    when capturing began (START)
 * @end_ns:      when it ended (END)
 * @received:    packets the interface got (RECEIVED)
 * @dropped:     packets it dropped for want of resources (DROPPED)
 * @accepted:    packets the filter let pass (ACCEPTED)
 * @os_dropped:  packets the operating system dropped (OS_DROPPED)
 * @delivered:   packets given to the program (DELIVERED)
 */
struct pktcap_file_interface_stats {
	uint32_t has;
	uint32_t reserved;
	int64_t ts_ns;
	int64_t start_ns;
	int64_t end_ns;
	uint64_t received;
	uint64_t dropped;
	uint64_t accepted;
	uint64_t os_dropped;
	uint64_t delivered;
};

/* Bits of struct pktcap_file_writer_opts.flags. */
enum pktcap_file_writer_flags {
	/* Give every packet to the kernel at once (tcpdump -U). */
	PKTCAP_FILE_WRITER_UNBUFFERED = 1u << 0,
	/* Appending: a file that is absent or empty becomes pcapng. */
	PKTCAP_FILE_WRITER_NEW_PCAPNG = 1u << 1,
};

/**
 * struct pktcap_file_writer_opts - how to write; zero means the default
 * @size:         sizeof(struct pktcap_file_writer_opts)
 * @flags:        PKTCAP_FILE_WRITER_*
 * @precision:    enum pktcap_file_precision
 * @snaplen:      bytes kept of each packet, 1..262144; 0 = 262144. A longer
 *                packet is cut, its wirelen is kept.
 * @buffer_bytes: bytes collected before they are written, 4096..1 GiB;
 *                0 = 262144
 * @mode:         permission bits of a file that is created; 0 = 0644, less
 *                the process's umask
 * @hardware:     pcapng: the machine ("x86_64"); these four are UTF-8,
 *                borrowed while opening, NULL for none, at most 65535 bytes
 * @os:           pcapng: its operating system
 * @application:  pcapng: the program that captures
 * @comment:      pcapng: anything about the file
 *
 * Fields are only ever appended. The library reads the first @size bytes and
 * takes the rest as zero; a larger struct is accepted while its tail is zero.
 */
struct pktcap_file_writer_opts {
	uint32_t size;
	uint32_t flags;
	uint32_t precision;
	uint32_t snaplen;
	uint32_t buffer_bytes;
	uint32_t mode;
	const char *hardware;
	const char *os;
	const char *application;
	const char *comment;
};

#define PKTCAP_FILE_WRITER_OPTS(...)       \
	((struct pktcap_file_writer_opts){ \
		.size = sizeof(struct pktcap_file_writer_opts), __VA_ARGS__ })

/**
 * pktcap_file_writer_open - create or replace a pcap file
 * @out:      set to the new writer on success, to NULL on failure
 * @path:     the file, borrowed; an existing one is truncated
 * @linktype: LINKTYPE_ number of all packets, 0..65535
 * @opts:     options, borrowed; NULL for all defaults
 * @error:    what failed, on what, what to do; may be NULL
 *
 * The file header is buffered like a packet: an empty capture is a valid file
 * after pktcap_file_writer_close().
 *
 * Return: 0; -EINVAL (an option out of range: its name is in @error->call);
 * -E2BIG (options from a newer header with a non-zero tail); -ENOMEM; or what
 * open(2) says (-ENOENT, -EACCES, -EISDIR, -EROFS, -ENOSPC ...).
 */
PKTCAP_API int pktcap_file_writer_open(
	struct pktcap_file_writer **out, const char *path, uint32_t linktype,
	const struct pktcap_file_writer_opts *opts, struct pktcap_error *error);

/**
 * pktcap_file_writer_open_fd - write a pcap file to an open descriptor
 * @out:      set to the new writer on success, to NULL on failure
 * @fd:       file, pipe or socket open for writing, borrowed: it is neither
 *            closed nor truncated first. A non-blocking one works: a call
 *            that can write nothing returns -EAGAIN and keeps what it holds.
 * @linktype: as in pktcap_file_writer_open()
 * @opts:     as in pktcap_file_writer_open()
 * @error:    as in pktcap_file_writer_open()
 *
 * Writing to a pipe whose reader is gone raises SIGPIPE (write(2)): a program
 * that wants -EPIPE instead ignores that signal; the library cannot.
 *
 * Return: as pktcap_file_writer_open(), and -EBADF if @fd is not open for
 * writing.
 */
PKTCAP_API int pktcap_file_writer_open_fd(
	struct pktcap_file_writer **out, int fd, uint32_t linktype,
	const struct pktcap_file_writer_opts *opts, struct pktcap_error *error);

/**
 * pktcap_file_writer_open_ng - create or replace a pcapng file
 * @out:      as in pktcap_file_writer_open()
 * @path:     as there
 * @linktype: LINKTYPE_ number of packets, 0..65535, in a file that nobody
 *            describes an interface for and that has no packet either
 * @opts:     as there; precision is not used: times have nanoseconds
 * @error:    as there
 *
 * Packets of all link types and interfaces go into one file. Describe the
 * interfaces with pktcap_file_writer_interface() first; those that are not
 * described get a number when their first packet comes, and no name.
 *
 * Return: as pktcap_file_writer_open(), and -EMSGSIZE if one of the texts in
 * @opts is too long.
 */
PKTCAP_API int pktcap_file_writer_open_ng(
	struct pktcap_file_writer **out, const char *path, uint32_t linktype,
	const struct pktcap_file_writer_opts *opts, struct pktcap_error *error);

/**
 * pktcap_file_writer_open_ng_fd - write a pcapng file to an open descriptor
 * @out:      as in pktcap_file_writer_open_fd()
 * @fd:       as there
 * @linktype: as in pktcap_file_writer_open_ng()
 * @opts:     as there
 * @error:    as there
 *
 * Return: as pktcap_file_writer_open_ng(), and -EBADF if @fd is not open for
 * writing.
 */
PKTCAP_API int pktcap_file_writer_open_ng_fd(
	struct pktcap_file_writer **out, int fd, uint32_t linktype,
	const struct pktcap_file_writer_opts *opts, struct pktcap_error *error);

/**
 * pktcap_file_writer_append - go on with a pcap or pcapng file
 * @out:      set to the new writer on success, to NULL on failure
 * @path:     a regular file, borrowed; created if absent
 * @linktype: LINKTYPE_ number of packets, as for the other opens
 * @opts:     as there, and PKTCAP_FILE_WRITER_NEW_PCAPNG
 * @error:    what is wrong, with the byte offset; may be NULL
 *
 * What kind of file it is, is seen from its content. All records are walked
 * over with little memory; one at the end that was never finished, because the
 * program was killed or the machine went down, is cut off. In a pcap file the
 * packets that follow are as its header says: in nanoseconds where the file has
 * them, and no longer than its snapshot length. In a pcapng file a new section
 * begins.
 *
 * Return: 0; -EMEDIUMTYPE if the file is of another kind, link type, byte order
 * (pcap) or coarser in time than @opts ask for; -EPROTO if it is damaged before
 * its end, and then it is left as it is; -ESPIPE if it is not a regular file;
 * or as pktcap_file_writer_open() and pktcap_file_writer_open_ng().
 */
PKTCAP_API int pktcap_file_writer_append(
	struct pktcap_file_writer **out, const char *path, uint32_t linktype,
	const struct pktcap_file_writer_opts *opts, struct pktcap_error *error);

/**
 * pktcap_file_writer_interface - describe an interface in a pcapng file
 * @writer:    a writer of a pcapng file
 * @interface: what is known of it, borrowed
 * @id:        set to its number in the file, 0 for the first
 *
 * From now on, packets with its ifindex and link type belong to it. Describe
 * interfaces before the first packet, or as they come.
 *
 * Return: 0; -EOPNOTSUPP if the file is no pcapng file; -EINVAL if the link
 * type is out of range; -EMSGSIZE if a text is longer than 65535 bytes;
 * -ENOMEM; what write(2) says, as pktcap_file_writer_write().
 */
PKTCAP_API int
pktcap_file_writer_interface(struct pktcap_file_writer *writer,
			     const struct pktcap_file_interface *interface,
			     uint32_t *id);

/**
 * pktcap_file_writer_write - append one packet
 * @writer: the writer
 * @pkt:    the packet, borrowed; its linktype must be the file's
 *
 * The packet is stored whole or not at all. When the kernel refuses bytes, a
 * regular file is cut back to its last whole record, what was collected
 * before stays buffered, @pkt is not stored, and the next call tries again.
 * On a pipe an unfinished record is completed first when writing works again.
 *
 * In a pcapng file the interface is found by @pkt's ifindex and link type.
 * Its direction, reception type (from pkttype), and what is known of its
 * checksum and of merged TCP segments are stored as flags.
 *
 * Return: 0; -EINVAL if @pkt has another link type than a pcap file, or a time
 * that the file cannot hold (before 1970; in pcap after 2106, too); what
 * write(2) says: -ENOSPC, -EDQUOT, -EFBIG, -EIO, -EPIPE, -EAGAIN; pcapng:
 * -ENOMEM, when the first packet of an interface comes.
 */
PKTCAP_API int pktcap_file_writer_write(struct pktcap_file_writer *writer,
					const struct pktcap_packet *pkt);

/**
 * struct pktcap_file_extra - what a pcapng file can hold of a packet besides
 * @size:          sizeof(struct pktcap_file_extra)
 * @has:           PKTCAP_FILE_HAS_* for those of the next four that are set
 * @interface:     number of its interface in the file (INTERFACE); otherwise
 *                 it is found as pktcap_file_writer_write() does
 * @epb_flags:     as the format has them (FLAGS); otherwise made from the
 *                 packet
 * @drop_count:    packets lost between the one before and this one
 *                 (DROP_COUNT)
 * @packet_id:     the same in all files this packet is in (PACKET_ID)
 * @comments:      UTF-8, terminated, at most 65535 bytes each
 * @comment_count: strings at @comments
 */
struct pktcap_file_extra {
	uint32_t size;
	uint32_t has;
	uint32_t interface;
	uint32_t epb_flags;
	uint64_t drop_count;
	uint64_t packet_id;
	const char *const *comments;
	size_t comment_count;
};

#define PKTCAP_FILE_EXTRA(...)                                                 \
	((struct pktcap_file_extra){ .size = sizeof(struct pktcap_file_extra), \
				     __VA_ARGS__ })

/**
 * pktcap_file_writer_write_with - append a packet and more about it
 * @writer: a writer of a pcapng file
 * @pkt:    the packet, borrowed
 * @extra:  what else to store, borrowed
 *
 * Stored whole or not at all, as by pktcap_file_writer_write().
 *
 * Return: as pktcap_file_writer_write(); -EOPNOTSUPP if the file is no pcapng
 * file; -EINVAL for an interface that is not there or of another link type;
 * -E2BIG for a field from a newer header; -EMSGSIZE if a comment is longer
 * than 65535 bytes, or all together longer than 16 MiB.
 */
PKTCAP_API int
pktcap_file_writer_write_with(struct pktcap_file_writer *writer,
			      const struct pktcap_packet *pkt,
			      const struct pktcap_file_extra *extra);

/**
 * pktcap_file_writer_stats_block - store an interface's counters
 * @writer:    a writer of a pcapng file
 * @interface: its number in the file
 * @stats:     the counters, borrowed
 *
 * Readers take the last ones that a file has; store them before closing.
 *
 * Return: 0; -EOPNOTSUPP if the file is no pcapng file; -EINVAL if it has no
 * such interface; what write(2) says, as pktcap_file_writer_write().
 */
PKTCAP_API int
pktcap_file_writer_stats_block(struct pktcap_file_writer *writer,
			       uint32_t interface,
			       const struct pktcap_file_interface_stats *stats);

/**
 * struct pktcap_file_name - a name that an address was resolved to
 * @name:     the name, UTF-8, terminated
 * @family:   AF_INET or AF_INET6
 * @reserved: zero
 * @address:  the address, network order; 4 bytes of it with AF_INET
 */
struct pktcap_file_name {
	const char *name;
	uint32_t family;
	uint8_t address[16];
	uint32_t reserved;
};

/**
 * pktcap_file_writer_names - store names of addresses
 * @writer: a writer of a pcapng file
 * @names:  the names, borrowed
 * @count:  how many
 *
 * Return: 0; -EOPNOTSUPP if the file is no pcapng file; -EINVAL for another
 * family or no name; -EMSGSIZE if a name is longer than the format allows, or
 * all together longer than 16 MiB; -ENOMEM; what write(2) says.
 */
PKTCAP_API int pktcap_file_writer_names(struct pktcap_file_writer *writer,
					const struct pktcap_file_name *names,
					size_t count);

/* Some types of secrets, as the format numbers them. */
enum pktcap_file_secrets {
	PKTCAP_FILE_SECRETS_TLS = 0x544c534b, /* an NSS key log */
	PKTCAP_FILE_SECRETS_SSH = 0x5353484b,
	PKTCAP_FILE_SECRETS_WIREGUARD = 0x57474b4c,
};

/**
 * pktcap_file_writer_secrets - store keys to decrypt packets that follow
 * @writer: a writer of a pcapng file
 * @type:   enum pktcap_file_secrets, or another number of the format
 * @data:   the secrets, borrowed
 * @len:    bytes at @data
 *
 * Return: 0; -EOPNOTSUPP if the file is no pcapng file; -EMSGSIZE above
 * 16 MiB; -ENOMEM; what write(2) says.
 */
PKTCAP_API int pktcap_file_writer_secrets(struct pktcap_file_writer *writer,
					  uint32_t type, const void *data,
					  size_t len);

/**
 * pktcap_file_writer_flush - give everything collected to the kernel
 * @writer: the writer
 *
 * Return: 0, or what write(2) says, as pktcap_file_writer_write().
 */
PKTCAP_API int pktcap_file_writer_flush(struct pktcap_file_writer *writer);

/**
 * pktcap_file_writer_sync - flush, then wait until it is on the disk
 * @writer: the writer
 *
 * Return: 0, or what write(2) or fdatasync(2) says. A pipe or socket has
 * nothing to wait for: 0.
 */
PKTCAP_API int pktcap_file_writer_sync(struct pktcap_file_writer *writer);

/**
 * struct pktcap_file_writer_stats - what a writer did so far
 * @packets:        packets taken by pktcap_file_writer_write()
 * @bytes:          size of the file once all of them are written, bytes
 * @bytes_written:  bytes the kernel has taken
 */
struct pktcap_file_writer_stats {
	uint64_t packets;
	uint64_t bytes;
	uint64_t bytes_written;
};

/** pktcap_file_writer_stats - copy the counters of @writer to @stats */
PKTCAP_API void
pktcap_file_writer_stats(const struct pktcap_file_writer *writer,
			 struct pktcap_file_writer_stats *stats);

/**
 * pktcap_file_writer_close - flush, close and free; NULL is allowed
 * @writer: the writer, gone afterwards whatever is returned
 *
 * Return: 0, or the first of what flushing or close(2) says. The file is
 * whole up to its last complete record either way.
 */
PKTCAP_API int pktcap_file_writer_close(struct pktcap_file_writer *writer);

/* Bits of struct pktcap_file_rotation_opts.flags. */
enum pktcap_file_rotation_flags {
	/* The name is a format of strftime(3) for when the file begins. */
	PKTCAP_FILE_ROTATION_STRFTIME = 1u << 0,
	/* Names and intervals are in UTC, not in local time. */
	PKTCAP_FILE_ROTATION_GMT = 1u << 1,
	/* A file is called NAME.part until it is complete. */
	PKTCAP_FILE_ROTATION_RENAME = 1u << 2,
	/* A file is on the disk before it is said to be complete. */
	PKTCAP_FILE_ROTATION_SYNC = 1u << 3,
};

/* How files with the same name are told apart. */
enum pktcap_file_naming {
	PKTCAP_FILE_NAMING_COUNT = 0, /* NAME, NAME1, NAME2 ... */
	PKTCAP_FILE_NAMING_RING = 1,  /* NAME00 to NAME<keep-1>, and again */
};

/* What to do when the disk is full. */
enum pktcap_file_full {
	/* Return the error; nothing that was taken is lost, the next call
	 * tries again. */
	PKTCAP_FILE_FULL_STOP = 0,
	/* Delete the oldest of the files written, until it works. */
	PKTCAP_FILE_FULL_DROP_OLDEST = 1,
	/* Count packets that find no room, and go on. */
	PKTCAP_FILE_FULL_COUNT = 2,
};

/*
 * A file is complete: closed, under its name @path, which is borrowed. Called
 * by the function that finished it; it must not call the rotation.
 */
typedef void (*pktcap_file_finished_fn)(void *user, const char *path);

/*
 * A pcapng file is about to be finished: returns 1 with the counters of
 * @interface in @stats (zero before) to have them stored in it, 0 for none.
 */
typedef int (*pktcap_file_counters_fn)(
	void *user, uint32_t interface,
	struct pktcap_file_interface_stats *stats);

/**
 * struct pktcap_file_rotation_opts - when to change files; zero means never
 * @size:          sizeof(struct pktcap_file_rotation_opts)
 * @flags:         PKTCAP_FILE_ROTATION_*
 * @format:        enum pktcap_file_format
 * @naming:        enum pktcap_file_naming; RING needs @keep
 * @keep:          how many files there are at most, the one that is written
 *                 included; the oldest of those written is deleted. 0 = all
 * @interval_s:    a file begins at each multiple of so many seconds of the
 *                 clock on the wall: with 3600, at each full hour
 * @on_full:       enum pktcap_file_full
 * @stop_s:        packets are taken for so many seconds from the start on
 * @max_bytes:     no file is longer, but for one of a single packet, and for
 *                 counters at its end
 * @max_packets:   no file has more packets
 * @stop_bytes:    no packet is taken once all files together are so long
 * @stop_packets:  no more packets are taken
 * @start_ns:      when the first file begins, nanoseconds since 1970 UTC;
 *                 0 = now. For packets of another time than now
 * @on_finished:   called with each file that is complete; may be NULL
 * @finished_user: passed to it
 * @on_counters:   asked for counters before a pcapng file ends; may be NULL
 * @counters_user: passed to it
 * @writer:        how to write, borrowed while opening; NULL for defaults
 */
struct pktcap_file_rotation_opts {
	uint32_t size;
	uint32_t flags;
	uint32_t format;
	uint32_t naming;
	uint32_t keep;
	uint32_t interval_s;
	uint32_t on_full;
	uint32_t stop_s;
	uint64_t max_bytes;
	uint64_t max_packets;
	uint64_t stop_bytes;
	uint64_t stop_packets;
	int64_t start_ns;
	pktcap_file_finished_fn on_finished;
	void *finished_user;
	pktcap_file_counters_fn on_counters;
	void *counters_user;
	const struct pktcap_file_writer_opts *writer;
};

#define PKTCAP_FILE_ROTATION_OPTS(...)                            \
	((struct pktcap_file_rotation_opts){                      \
		.size = sizeof(struct pktcap_file_rotation_opts), \
		__VA_ARGS__ })

struct pktcap_file_rotation;

/**
 * pktcap_file_rotation_open - write packets to one file after the other
 * @out:      set to the new rotation on success, to NULL on failure
 * @name:     what files are called, borrowed while opening; with
 *            PKTCAP_FILE_ROTATION_STRFTIME a format of strftime(3)
 * @linktype: as in pktcap_file_writer_open() or pktcap_file_writer_open_ng()
 * @opts:     options, borrowed; NULL writes one pcap file
 * @error:    what failed, on what, what to do; may be NULL
 *
 * The first file is opened. A file that exists under a name is replaced. Only
 * files that this rotation wrote are ever deleted. Interfaces of a pcapng file
 * are in each file, with the same numbers.
 *
 * Return: 0; -EINVAL (an option out of range: its name is in @error->call);
 * -ENAMETOOLONG; or as the functions that open a writer.
 */
PKTCAP_API int
pktcap_file_rotation_open(struct pktcap_file_rotation **out, const char *name,
			  uint32_t linktype,
			  const struct pktcap_file_rotation_opts *opts,
			  struct pktcap_error *error);

/**
 * pktcap_file_rotation_write - append a packet, to the next file if it is due
 * @rotation: the rotation
 * @pkt:      the packet, borrowed
 *
 * Times that files begin at are compared with the packet's own time. When the
 * file cannot be finished, or the next one not be opened, the packet is not
 * stored, and the next call tries again.
 *
 * Return: 0; 1 if the packet is stored and the limits allow no more;
 * -ECANCELED if they did not allow this one; what open(2), close(2), rename(2)
 * say, or pktcap_file_writer_write(). With PKTCAP_FILE_FULL_COUNT, 0 for a
 * packet that is counted instead of stored.
 */
PKTCAP_API int pktcap_file_rotation_write(struct pktcap_file_rotation *rotation,
					  const struct pktcap_packet *pkt);

/**
 * pktcap_file_rotation_tick - change files by the clock, packets or not
 * @rotation: the rotation
 * @now_ns:   nanoseconds since 1970 UTC, 0 = ask the clock
 * @wait_ms:  set to how long it may take until the next call, milliseconds;
 *            -1 if nothing depends on time; may be NULL
 *
 * Return: 0; -ECANCELED when the time to stop has come; or as
 * pktcap_file_rotation_write().
 */
PKTCAP_API int pktcap_file_rotation_tick(struct pktcap_file_rotation *rotation,
					 int64_t now_ns, int *wait_ms);

/**
 * pktcap_file_rotation_writer - the writer under a rotation
 * @rotation: the rotation
 *
 * To describe interfaces, to store names, comments or secrets in the file that
 * is written, to flush. What is written to it directly changes no files.
 *
 * Return: the writer, owned by the rotation, the same for all files.
 */
PKTCAP_API struct pktcap_file_writer *
pktcap_file_rotation_writer(struct pktcap_file_rotation *rotation);

/**
 * struct pktcap_file_rotation_stats - what a rotation did so far
 * @packets:     packets taken
 * @bytes:       size of all files once all of them are written, bytes
 * @files:       files that are complete
 * @deleted:     files deleted
 * @not_deleted: files that were to be deleted, and could not
 * @lost:        packets counted by PKTCAP_FILE_FULL_COUNT
 */
struct pktcap_file_rotation_stats {
	uint64_t packets;
	uint64_t bytes;
	uint64_t files;
	uint64_t deleted;
	uint64_t not_deleted;
	uint64_t lost;
};

/** pktcap_file_rotation_stats - copy the counters of @rotation to @stats */
PKTCAP_API void
pktcap_file_rotation_stats(const struct pktcap_file_rotation *rotation,
			   struct pktcap_file_rotation_stats *stats);

/**
 * pktcap_file_rotation_close - finish the last file and free; NULL is allowed
 * @rotation: the rotation, gone afterwards whatever is returned
 *
 * Return: 0, or the first of what finishing the file says. A file that could
 * not be finished ends on a whole record and keeps the name it has.
 */
PKTCAP_API int
pktcap_file_rotation_close(struct pktcap_file_rotation *rotation);

/* Bits of struct pktcap_file_reader_opts.flags. */
enum pktcap_file_reader_flags {
	/*
	 * Damage is no error: reading goes on where records begin again, and
	 * struct pktcap_file_info counts what was left out.
	 */
	PKTCAP_FILE_READER_RECOVER = 1u << 0,
	/*
	 * The end is not the end: -EAGAIN until another program has written
	 * more; pktcap_file_reader_wait() waits for that. Not from memory and
	 * not from a caller's source; a pipe's end stays one.
	 */
	PKTCAP_FILE_READER_FOLLOW = 1u << 1,
};

/**
 * struct pktcap_file_block - a block of a pcapng file that holds no packet
 * @offset:   bytes from the start of the file to the block
 * @type:     its type (section header, interface description, name
 *            resolution, interface statistics, secrets, custom, unknown ...)
 * @section:  section it is in, 1 for the first
 * @body_len: bytes at @body
 * @swapped:  1 if integers in @body are in the other byte order
 * @body:     what is between the two block lengths; valid during the call.
 *            NULL for a block of more than 16 MiB, which is passed over
 */
struct pktcap_file_block {
	uint64_t offset;
	uint32_t type;
	uint32_t section;
	uint32_t body_len;
	uint32_t swapped;
	union {
		const uint8_t *body;
		uint64_t body_slot; /* the same size on 32-bit machines */
	};
};

typedef void (*pktcap_file_block_fn)(void *user,
				     const struct pktcap_file_block *block);

/**
 * struct pktcap_file_reader_opts - how to read; zero means the default
 * @size:       sizeof(struct pktcap_file_reader_opts)
 * @flags:      PKTCAP_FILE_READER_*
 * @on_block:   called for each block of a pcapng file that holds no packet,
 *              once and in the file's order, by the function that opens as
 *              well; may be NULL. It must not call functions of the reader.
 * @block_user: first argument of @on_block
 *
 * Fields are only ever appended, as in struct pktcap_file_writer_opts.
 */
struct pktcap_file_reader_opts {
	uint32_t size;
	uint32_t flags;
	pktcap_file_block_fn on_block;
	void *block_user;
};

#define PKTCAP_FILE_READER_OPTS(...)       \
	((struct pktcap_file_reader_opts){ \
		.size = sizeof(struct pktcap_file_reader_opts), __VA_ARGS__ })

/**
 * pktcap_file_reader_open - read a pcap or pcapng file
 * @out:   set to the new reader on success, to NULL on failure
 * @path:  the file, borrowed
 * @opts:  options, borrowed; NULL for all defaults
 * @error: what is wrong, with the byte offset; may be NULL
 *
 * Both byte orders of both formats. Reads from a regular file, a fifo or a
 * device. Of a pcapng file everything up to its first interface is read, for
 * pktcap_file_reader_info() to tell the link type. With FOLLOW a file that has
 * no whole header yet is opened, too; its info has 0 sections until
 * pktcap_file_reader_next() found the header.
 *
 * Return: 0; -EPROTO if it is neither a pcap nor a pcapng file: the text names
 * what it is instead, and for a compressed one @error->call is the program
 * that unpacks it ("gzip", "zstd", "lz4", "xz", "bzip2"); -ENODATA if it ends
 * inside its header; -EINVAL (an option out of range: its name is in
 * @error->call); -E2BIG (options from a newer header with a non-zero tail);
 * -ENOMEM; or what open(2) or read(2) says.
 */
PKTCAP_API int
pktcap_file_reader_open(struct pktcap_file_reader **out, const char *path,
			const struct pktcap_file_reader_opts *opts,
			struct pktcap_error *error);

/**
 * pktcap_file_reader_open_fd - read a capture file from an open descriptor
 * @out:   set to the new reader on success, to NULL on failure
 * @fd:    open for reading, borrowed: never closed. Reading begins where it
 *         stands, and moves it further than the packets delivered.
 * @opts:  as in pktcap_file_reader_open()
 * @error: as in pktcap_file_reader_open()
 *
 * Return: as pktcap_file_reader_open().
 */
PKTCAP_API int
pktcap_file_reader_open_fd(struct pktcap_file_reader **out, int fd,
			   const struct pktcap_file_reader_opts *opts,
			   struct pktcap_error *error);

/**
 * pktcap_file_reader_open_memory - read a capture file that is in memory
 * @out:   set to the new reader on success, to NULL on failure
 * @data:  the file's bytes, borrowed until the reader is closed
 * @len:   bytes at @data
 * @opts:  as in pktcap_file_reader_open()
 * @error: as in pktcap_file_reader_open()
 *
 * Return: as pktcap_file_reader_open(); -EINVAL with FOLLOW.
 */
PKTCAP_API int pktcap_file_reader_open_memory(
	struct pktcap_file_reader **out, const void *data, size_t len,
	const struct pktcap_file_reader_opts *opts, struct pktcap_error *error);

/**
 * struct pktcap_file_source - where a caller's bytes come from
 * @read: stores at most @len bytes at @buf and returns how many, 0 at the end,
 *        or a negative errno. After -EAGAIN or -EINTR nothing is lost.
 * @user: its first argument
 */
struct pktcap_file_source {
	int64_t (*read)(void *user, void *buf, size_t len);
	void *user;
};

/**
 * pktcap_file_reader_open_source - read a capture file by a caller's function
 * @out:    set to the new reader on success, to NULL on failure
 * @source: the function, copied; @source->user is used until the reader is
 *          closed
 * @opts:   as in pktcap_file_reader_open()
 * @error:  as in pktcap_file_reader_open()
 *
 * Return: as pktcap_file_reader_open(); -EINVAL with FOLLOW, and if the
 * function is missing or claims more bytes than it was asked for; or what it
 * returned.
 */
PKTCAP_API int
pktcap_file_reader_open_source(struct pktcap_file_reader **out,
			       const struct pktcap_file_source *source,
			       const struct pktcap_file_reader_opts *opts,
			       struct pktcap_error *error);

/**
 * pktcap_file_reader_next - the next packet
 * @reader: the reader
 * @pkt:    set to the packet, owned by the library until the next call on
 *          @reader; NULL where none is returned
 * @error:  what is wrong, with the byte offset of the record; may be NULL
 *
 * Every record before the damage is delivered, then the error, each time
 * again. Memory is bounded by what the file really holds. Packets of a pcapng
 * file may differ in their link types: see struct pktcap_packet.
 *
 * Return: 1 with a packet; 0 at the end of the file; -ENODATA if the file
 * ends inside a record; -EPROTO if a record cannot be true; -EAGAIN if there
 * is nothing now (FOLLOW, or a non-blocking descriptor); or what read(2) says.
 */
PKTCAP_API int pktcap_file_reader_next(struct pktcap_file_reader *reader,
				       const struct pktcap_packet **pkt,
				       struct pktcap_error *error);

/**
 * struct pktcap_file_record - what a file says about a packet
 * @number:      1 for the first packet of the file
 * @offset:      bytes from the start of the file to its record or block
 * @drop_count:  packets lost between it and the one before (DROP_COUNT)
 * @packet_id:   equal for the same packet seen on several interfaces
 *               (PACKET_ID)
 * @has:         PKTCAP_FILE_HAS_*, PKTCAP_FILE_TIME_CLAMPED
 * @epb_flags:   as the block has them (FLAGS); direction, reception type and
 *               checksum state are in struct pktcap_packet, too
 * @interface:   for pktcap_file_reader_interface()
 * @swapped:     1 if integers in @options are in the other byte order
 * @options:     for pktcap_file_option_next(); owned by the library until the
 *               next call on the reader
 * @options_len: bytes at @options, 0 if there are none
 */
struct pktcap_file_record {
	uint64_t number;
	uint64_t offset;
	uint64_t drop_count;
	uint64_t packet_id;
	uint32_t has;
	uint32_t epb_flags;
	uint32_t interface;
	uint32_t swapped;
	const uint8_t *options;
	size_t options_len;
};

/**
 * pktcap_file_reader_record - more about the packet that was delivered last
 * @reader: the reader
 * @record: filled in; all zero before the first packet
 */
PKTCAP_API void
pktcap_file_reader_record(const struct pktcap_file_reader *reader,
			  struct pktcap_file_record *record);

/**
 * struct pktcap_file_option - one option of a packet or of a block
 * @value: its bytes, in the options; integers in the file's byte order
 * @pen:   private enterprise number of a custom option, else 0
 * @code:  what it is, for the kind of block
 * @len:   bytes at @value
 */
struct pktcap_file_option {
	const uint8_t *value;
	uint32_t pen;
	uint16_t code;
	uint16_t len;
};

/**
 * pktcap_file_option_next - walk over the options of a packet or of a block
 * @options: first of them, borrowed
 * @len:     bytes at @options
 * @swapped: 1 if they are in the other byte order
 * @offset:  0 for the first; moved behind the option found
 * @option:  filled in on success
 *
 * Return: 1 with an option; 0 at the end; -EPROTO if one is longer than what
 * is there. Any thread.
 */
PKTCAP_API int pktcap_file_option_next(const uint8_t *options, size_t len,
				       uint32_t swapped, size_t *offset,
				       struct pktcap_file_option *option);

/**
 * pktcap_file_reader_interface - an interface that the file describes
 * @reader:    the reader
 * @n:         its number: 0 for the first, counted through all sections of
 *             the file. A pcap file has one.
 * @interface: filled in; strings owned by the library until the reader is
 *             closed
 *
 * Return: 0; -ENOENT if none with that number was read yet.
 */
PKTCAP_API int
pktcap_file_reader_interface(const struct pktcap_file_reader *reader,
			     uint32_t n,
			     struct pktcap_file_interface *interface);

/**
 * pktcap_file_reader_interface_stats - the counters of an interface
 * @reader: the reader
 * @n:      as in pktcap_file_reader_interface()
 * @stats:  filled in with those read last
 *
 * Return: 0; -ENOENT if there is no such interface; -ENODATA if no counters of
 * it were read yet: they are behind the packets, as a rule.
 */
PKTCAP_API int
pktcap_file_reader_interface_stats(const struct pktcap_file_reader *reader,
				   uint32_t n,
				   struct pktcap_file_interface_stats *stats);

/**
 * struct pktcap_file_info - what a file says about itself
 * @skipped_bytes:  left out so far (RECOVER)
 * @skipped_places: in how many places (RECOVER)
 * @format:         enum pktcap_file_format
 * @linktype:       LINKTYPE_ number of its first interface; packets of others
 *                  may differ
 * @snaplen:        bytes kept of each packet at most, as stated there; 0 = no
 *                  limit
 * @precision:      enum pktcap_file_precision: NANO if microseconds would not
 *                  hold its times
 * @swapped:        1 if it was written on a machine of the other byte order
 * @version_major:  of the format
 * @version_minor:  of the format
 * @interfaces:     described so far
 * @sections:       seen so far; 1 for pcap, 0 if there is no header yet
 * @reserved:       zero
 * @hardware:       the machine that wrote it; strings are UTF-8, terminated,
 *                  NULL where absent, owned by the library until the reader is
 *                  closed
 * @os:             its operating system
 * @application:    the program that wrote it
 * @comment:        on the section
 *
 * Where a pcapng file has several sections, byte order, version and strings
 * are those of the first.
 */
struct pktcap_file_info {
	uint64_t skipped_bytes;
	uint64_t skipped_places;
	uint32_t format;
	uint32_t linktype;
	uint32_t snaplen;
	uint32_t precision;
	uint32_t swapped;
	uint32_t version_major;
	uint32_t version_minor;
	uint32_t interfaces;
	uint32_t sections;
	uint32_t reserved;
	const char *hardware;
	const char *os;
	const char *application;
	const char *comment;
};

/** pktcap_file_reader_info - copy what @reader's file says to @info */
PKTCAP_API void pktcap_file_reader_info(const struct pktcap_file_reader *reader,
					struct pktcap_file_info *info);

/**
 * pktcap_file_reader_seek_record - go to a packet by its number
 * @reader: the reader
 * @number: 1 for the first packet of the file
 * @error:  what is wrong; may be NULL
 *
 * The next call of pktcap_file_reader_next() delivers that packet. The first
 * time all packets before it are read; places among them are kept in an index
 * of constant size, from where later calls begin.
 *
 * Return: 0; -ENOENT if the file has fewer packets: the reader is at its end
 * then; -EINVAL for number 0; -ESPIPE for pipes and callers' sources; -ENOMEM;
 * what pktcap_file_reader_next() says of packets on the way.
 */
PKTCAP_API int pktcap_file_reader_seek_record(struct pktcap_file_reader *reader,
					      uint64_t number,
					      struct pktcap_error *error);

/**
 * pktcap_file_reader_seek_time - go to a packet by its time
 * @reader: the reader
 * @ts_ns:  nanoseconds since 1970 UTC
 * @error:  what is wrong; may be NULL
 *
 * The next call of pktcap_file_reader_next() delivers the first packet in the
 * order of the file that has this time or a later one. Files need not be in
 * the order of time.
 *
 * Return: as pktcap_file_reader_seek_record().
 */
PKTCAP_API int pktcap_file_reader_seek_time(struct pktcap_file_reader *reader,
					    int64_t ts_ns,
					    struct pktcap_error *error);

/**
 * pktcap_file_reader_wait - wait for more in a file that is followed
 * @reader:     opened with FOLLOW
 * @timeout_ms: how long at most; 0 only looks, negative waits for ever
 *
 * For when pktcap_file_reader_next() returned -EAGAIN. Three things are
 * noticed: that the file grew; that another one took its path's place (as
 * after renaming it) and has something in it, which is read from then on; and
 * that it was truncated and begins anew. A record of the old file that was
 * never finished is left out. Numbers and offsets begin anew with the file,
 * interfaces go on counting, pktcap_file_reader_info() tells of the first.
 *
 * Return: 1 if there may be something new; 0 if the time is over; -EINTR
 * after a signal; -EINVAL without FOLLOW; or what lseek(2), fstat(2) or
 * poll(2) says.
 */
PKTCAP_API int pktcap_file_reader_wait(struct pktcap_file_reader *reader,
				       int timeout_ms);

/** pktcap_file_reader_close - close and free; NULL is allowed */
PKTCAP_API void pktcap_file_reader_close(struct pktcap_file_reader *reader);

struct pktcap_file_merge;

/**
 * pktcap_file_merge_open - take packets from several readers in time order
 * @out:     set to the new merge on success, to NULL on failure
 * @readers: the readers, each of them once; the array is borrowed during the
 *           call, the readers until pktcap_file_merge_close()
 * @n:       readers at @readers, at most 1048576; with 0 the merge is at its
 *           end at once
 * @error:   what failed; may be NULL
 *
 * Nothing is read yet. While a reader is merged nobody else may ask it for
 * packets; what else there is to know of it can be asked.
 *
 * Return: 0; -EINVAL (too many readers); -ENOMEM.
 */
PKTCAP_API int pktcap_file_merge_open(struct pktcap_file_merge **out,
				      struct pktcap_file_reader *const *readers,
				      uint32_t n, struct pktcap_error *error);

/**
 * pktcap_file_merge_next - the earliest of the packets the readers stand at
 * @merge: the merge
 * @pkt:   set to the packet, the reader's own view, valid until the next call
 *         on @merge; NULL where none is returned
 * @which: set to the position in the array of the reader that the packet, or
 *         the error, came from; may be NULL
 * @error: what is wrong with that reader; may be NULL
 *
 * Packets of equal times come in the order of the array, those of one reader
 * in the order of its file: a file that is out of order itself stays so (see
 * pktcap_file_sort_open()). Functions that tell about the packet a reader
 * delivered last tell about this one.
 *
 * A reader that fails is left out from then on: its error is returned once,
 * and the next call goes on with the others. -EAGAIN and -EINTR leave it in:
 * the next call asks the same reader again.
 *
 * Return: 1 with a packet; 0 when all readers are at their end or have failed;
 * what pktcap_file_reader_next() says of the reader @which.
 */
PKTCAP_API int pktcap_file_merge_next(struct pktcap_file_merge *merge,
				      const struct pktcap_packet **pkt,
				      uint32_t *which,
				      struct pktcap_error *error);

/**
 * pktcap_file_merge_close - free; NULL is allowed
 * @merge: the merge; its readers stay open
 */
PKTCAP_API void pktcap_file_merge_close(struct pktcap_file_merge *merge);

struct pktcap_file_sort;

/**
 * struct pktcap_file_sort_opts - how far to look; zero means the default
 * @size:           sizeof(struct pktcap_file_sort_opts)
 * @window_packets: a packet may be that many places behind its own; 0 = any
 *                  number
 * @window_ns:      a packet may be that much older than the newest one before
 *                  it; 0 = any time
 * @memory_bytes:   memory for the packets held, 4096 to 1 TiB; 0 = 16 MiB. Each
 *                  takes about 110 bytes and its own; three quarters of the
 *                  memory are sure to be of use.
 *
 * Fields are only ever appended, as in struct pktcap_file_writer_opts.
 */
struct pktcap_file_sort_opts {
	uint32_t size;
	uint32_t window_packets;
	uint64_t window_ns;
	uint64_t memory_bytes;
};

#define PKTCAP_FILE_SORT_OPTS(...)       \
	((struct pktcap_file_sort_opts){ \
		.size = sizeof(struct pktcap_file_sort_opts), __VA_ARGS__ })

/**
 * pktcap_file_sort_open - take packets from one reader in time order
 * @out:    set to the new sort on success, to NULL on failure
 * @reader: the reader, borrowed until pktcap_file_sort_close(): nobody else may
 *          ask it for packets meanwhile
 * @opts:   options, borrowed; NULL for all defaults: as far as the memory goes
 * @error:  what failed; may be NULL
 *
 * Nothing is read yet.
 *
 * Return: 0; -EINVAL (an option out of range: its name is in @error->call);
 * -E2BIG (options from a newer header with a non-zero tail); -ENOMEM.
 */
PKTCAP_API int pktcap_file_sort_open(struct pktcap_file_sort **out,
				     struct pktcap_file_reader *reader,
				     const struct pktcap_file_sort_opts *opts,
				     struct pktcap_error *error);

/**
 * pktcap_file_sort_next - the earliest packet in the window
 * @sort:  the sort
 * @pkt:   set to the packet, valid until the next call on @sort; NULL where
 *         none is returned
 * @error: what is wrong with the file; may be NULL
 *
 * Packets of equal times come in the order of the file. A packet is copied
 * once and delivered when the first of the limits says that no earlier one can
 * follow, or when its memory is needed. One that is later than the window
 * allows for is delivered at once, behind packets that it should precede, and
 * counted.
 *
 * Where the file is damaged or cannot be read, all packets that were read are
 * delivered, then the error.
 *
 * Return: 1 with a packet; 0 at the end of the file; what
 * pktcap_file_reader_next() says; after -EAGAIN or -EINTR call again.
 */
PKTCAP_API int pktcap_file_sort_next(struct pktcap_file_sort *sort,
				     const struct pktcap_packet **pkt,
				     struct pktcap_error *error);

/**
 * struct pktcap_file_sort_stats - what a sort did so far
 * @packets: packets delivered
 * @late:    of these, delivered behind a packet of a later time
 * @early:   of these, delivered before the window allowed to, because the
 *           memory was full: if @late is not 0, more memory may help
 * @held:    packets read and not yet delivered
 */
struct pktcap_file_sort_stats {
	uint64_t packets;
	uint64_t late;
	uint64_t early;
	uint64_t held;
};

/** pktcap_file_sort_stats - copy the counters of @sort to @stats */
PKTCAP_API void pktcap_file_sort_stats(const struct pktcap_file_sort *sort,
				       struct pktcap_file_sort_stats *stats);

/**
 * pktcap_file_sort_close - free; NULL is allowed
 * @sort: the sort; its reader stays open
 */
PKTCAP_API void pktcap_file_sort_close(struct pktcap_file_sort *sort);

struct pktcap_file_recorder;

/**
 * struct pktcap_file_recorder_opts - what to keep; zero means the default
 * @size:      sizeof(struct pktcap_file_recorder_opts)
 * @snaplen:   bytes kept of each packet; 0 = all. A longer one is cut.
 * @bytes:     memory for packets, 4096 to 1 TiB; 0 = 16 MiB. A packet takes 40
 *             bytes and its own, rounded up to 8; room is made by a 64th of the
 *             memory.
 * @window_ns: packets older than the newest one by more than this are
 *             forgotten; 0 = only where their memory is needed
 *
 * Fields are only ever appended, as in struct pktcap_file_writer_opts.
 */
struct pktcap_file_recorder_opts {
	uint32_t size;
	uint32_t snaplen;
	uint64_t bytes;
	uint64_t window_ns;
};

#define PKTCAP_FILE_RECORDER_OPTS(...)                            \
	((struct pktcap_file_recorder_opts){                      \
		.size = sizeof(struct pktcap_file_recorder_opts), \
		__VA_ARGS__ })

/**
 * pktcap_file_recorder_open - keep the last packets in memory
 * @out:   set to the new recorder on success, to NULL on failure
 * @opts:  options, borrowed; NULL for all defaults
 * @error: what failed; may be NULL
 *
 * Return: 0; -EINVAL (an option out of range: its name is in @error->call);
 * -E2BIG (options from a newer header with a non-zero tail); -ENOMEM.
 */
PKTCAP_API int
pktcap_file_recorder_open(struct pktcap_file_recorder **out,
			  const struct pktcap_file_recorder_opts *opts,
			  struct pktcap_error *error);

/**
 * pktcap_file_recorder_add - record a packet
 * @recorder: the recorder
 * @pkt:      the packet, copied; one longer than the recorder has bytes is cut
 *
 * The oldest packets make room. After pktcap_file_recorder_trigger() packets
 * go to its writer instead, until that is over: the packet that comes too late
 * to be written is recorded. A writer that fails ends it as well: this packet
 * and those to come are recorded, and another trigger can write them.
 *
 * Return: 0; 1 if what was triggered is over now. With a writer what
 * pktcap_file_writer_write() says; -EINVAL then means that this packet is left
 * out and the next one is tried.
 */
PKTCAP_API int pktcap_file_recorder_add(struct pktcap_file_recorder *recorder,
					const struct pktcap_packet *pkt);

/**
 * pktcap_file_recorder_dump - write what is recorded, the oldest packet first
 * @recorder: the recorder; packets leave it when they are written
 * @writer:   takes the packets, borrowed during the call; it is not flushed
 *
 * Return: 0, the recorder is empty; -EINVAL: it is empty, but the writer
 * refused packets (another link type, a time it cannot hold), which are lost
 * and counted; another error of pktcap_file_writer_write(): the packet it is
 * about and all behind it are still recorded, and can be dumped again.
 */
PKTCAP_API int pktcap_file_recorder_dump(struct pktcap_file_recorder *recorder,
					 struct pktcap_file_writer *writer);

/**
 * pktcap_file_recorder_trigger - write what is recorded and what comes next
 * @recorder:      the recorder
 * @writer:        takes the packets, borrowed until it is over
 * @after_packets: packets to write after those recorded; 0 = no limit
 * @after_ns:      for how long to write packets, counted in their times from
 *                 the newest one recorded; 0 = no limit
 *
 * It is over when the first limit is reached; with both 0 at once, as after
 * pktcap_file_recorder_dump(). A trigger before it is over begins both limits
 * anew, with its own writer: so a caller who does not wait for late packets
 * ends it with both 0.
 *
 * Return: as pktcap_file_recorder_dump(); after an error other than -EINVAL
 * packets go on being recorded, and the call can be repeated.
 */
PKTCAP_API int
pktcap_file_recorder_trigger(struct pktcap_file_recorder *recorder,
			     struct pktcap_file_writer *writer,
			     uint64_t after_packets, uint64_t after_ns);

/**
 * struct pktcap_file_recorder_stats - what a recorder holds, and does not
 * @packets:     packets held
 * @bytes:       memory they take, bytes
 * @overwritten: packets forgotten for newer ones
 * @left_out:    packets that a writer refused with -EINVAL
 * @oldest_ns:   time of the packet that was recorded first of those held, or 0
 * @newest_ns:   latest time of all packets there ever were, 0 with none held
 */
struct pktcap_file_recorder_stats {
	uint64_t packets;
	uint64_t bytes;
	uint64_t overwritten;
	uint64_t left_out;
	int64_t oldest_ns;
	int64_t newest_ns;
};

/** pktcap_file_recorder_stats - copy the counters of @recorder to @stats */
PKTCAP_API void
pktcap_file_recorder_stats(struct pktcap_file_recorder *recorder,
			   struct pktcap_file_recorder_stats *stats);

/** pktcap_file_recorder_close - forget all packets and free; NULL is allowed */
PKTCAP_API void
pktcap_file_recorder_close(struct pktcap_file_recorder *recorder);

#ifdef __cplusplus
}
#endif
#endif
