/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a writer is made of, for files of other formats and for those who
 * change files under it. Only writer.c is linked into a program that writes
 * pcap and nothing else.
 */
#ifndef FILE_WRITER_H
#define FILE_WRITER_H

#include <pktcap/file.h>

#include "file/output.h"
#include "file/pcap.h"

/* Not a link type: packets of every type go to the format's own function. */
#define WRITER_ANY_LINKTYPE UINT32_MAX

struct writer_format {
	int (*write)(struct pktcap_file_writer *w,
		     const struct pktcap_packet *pkt);
	/* Frees what the format keeps. */
	void (*free)(struct pktcap_file_writer *w);
};

struct pktcap_file_writer {
	struct output out;
	uint64_t packets;
	struct pcap_header info;
	bool owns_fd;
	const struct writer_format *format; /* NULL: pcap */
	struct pcapng *ng;		    /* what a pcapng file needs more */
};

/* Copies options, checked, with defaults where they are zero. */
int writer_options(struct pktcap_file_writer_opts *opts, uint32_t linktype,
		   const struct pktcap_file_writer_opts *given,
		   struct pktcap_error *error);

/* A writer without a descriptor and without anything collected. */
int writer_create(struct pktcap_file_writer **out, size_t record_max,
		  const struct pktcap_file_writer_opts *opts,
		  struct pktcap_error *error);
void writer_destroy(struct pktcap_file_writer *w);

/* The same with what a file of some format begins with collected. */
typedef int writer_create_fn(struct pktcap_file_writer **out, uint32_t linktype,
			     const struct pktcap_file_writer_opts *opts,
			     struct pktcap_error *error);
writer_create_fn writer_create_pcap;
/* Collects that header, into an empty buffer. */
void writer_begin_pcap(struct pktcap_file_writer *w);

/* Gives @w the descriptor to write to; @flags are more of open(2). */
int writer_open_path(struct pktcap_file_writer *w, const char *path, int flags,
		     uint32_t mode, struct pktcap_error *error);
int writer_open_fd(struct pktcap_file_writer *w, int fd,
		   struct pktcap_error *error);
/* Ends a function that opens: gives @w to the caller, or destroys it. */
int writer_opened(struct pktcap_file_writer **out, struct pktcap_file_writer *w,
		  int err);

/*
 * Options, a writer and what it writes to, all in one. Two functions, so that
 * a program links only what it uses.
 */
int writer_new_path(struct pktcap_file_writer **out, writer_create_fn *create,
		    const char *path, uint32_t linktype,
		    const struct pktcap_file_writer_opts *given,
		    struct pktcap_error *error);
int writer_new_fd(struct pktcap_file_writer **out, writer_create_fn *create,
		  int fd, uint32_t linktype,
		  const struct pktcap_file_writer_opts *given,
		  struct pktcap_error *error);

#endif
