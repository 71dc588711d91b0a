/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the parts of a reader share: each format is a const table of its own
 * (reader_pcap.c, reader_ng.c), and nothing else asks which one it is.
 */
#ifndef FILE_READER_H
#define FILE_READER_H

#include <pktcap/file.h>

#include "file/input.h"
#include "file/interface.h"
#include "file/pcap.h"

/* What has to be known to go on at a place: copied to come back there. */
struct reader_place {
	uint64_t offset;
	uint64_t number;    /* packets before it */
	uint32_t section;   /* 1 for the first */
	uint32_t first;	    /* interface of the section */
	uint32_t described; /* interfaces of the section so far */
	bool swapped;
};

struct reader_format {
	/*
	 * The next packet into the view. Returns 1, 0 at the end, -ENODATA
	 * where the file ends before its time, -EPROTO (with @damage set), or
	 * what reading says; the input stays at the record then.
	 */
	int (*next)(struct pktcap_file_reader *r);
	/* The same, passing over what is damaged. */
	int (*recover)(struct pktcap_file_reader *r);
	/*
	 * How long a record is that begins @at bytes ahead and looks like one,
	 * whether or not all of it is ready; or 0. @last is the time of the one
	 * before it, for the format to keep, 0 for none.
	 */
	size_t (*probe)(const struct pktcap_file_reader *r, size_t at,
			int64_t *last);
};

struct reader_index;

struct pktcap_file_reader {
	struct input in;
	int (*next)(struct pktcap_file_reader *r);
	struct pktcap_packet pkt;

	/* About the packet delivered last. */
	uint64_t offset;
	uint32_t interface;
	uint32_t has;
	uint32_t lost; /* by the old packet block, UINT32_MAX unknown */
	struct bytes options;
	bool options_swapped;

	struct reader_place place;
	const struct reader_format *format;
	const char *damage; /* what is wrong with the record in front */
	struct pcap_format pcap;
	struct interfaces interfaces;

	/* A block too long to hold, which is being passed over. */
	uint64_t passing;
	uint64_t passing_offset;
	uint32_t passing_total;

	uint64_t told; /* blocks before this offset were taken note of */
	uint64_t skipped_to;
	struct pktcap_file_info info;
	void *strings; /* of @info */
	struct pktcap_file_reader_opts opts;
	struct reader_place start;
	struct reader_index *index;
	int notify;   /* inotify descriptor, or -1 */
	int watch;    /* of the file that is followed, or -1 */
	bool growing; /* followed, and a file: its end is not the end */
	bool owns_fd;
	bool has_path;
	char name[]; /* for messages; the path where it has one */
};

extern const struct reader_format format_pcap;
extern const struct reader_format format_ng;

/* Reads the header, once it is there; as reader_format.next, but 0 if done. */
int reader_begin(struct pktcap_file_reader *r, struct pktcap_error *error);
/* The same for each format, with the first bytes ready. */
int reader_begin_pcap(struct pktcap_file_reader *r, struct pktcap_error *error);
int reader_begin_ng(struct pktcap_file_reader *r, struct pktcap_error *error);

/* Forgets the file before, when the input was given another one. */
void reader_restart(struct pktcap_file_reader *r);

/* Fills @error with what a format's next() returned; returns @code. */
int reader_error(const struct pktcap_file_reader *r, int code,
		 struct pktcap_error *error);

/* The file was cut off there, and is not one that still grows. */
bool reader_cut_off(const struct pktcap_file_reader *r, int code);

/* Passes over @n damaged bytes that are ready, and counts them. */
void recover_pass(struct pktcap_file_reader *r, size_t n);
/*
 * Where from @from on, all of it ready, a record begins that looks like one
 * and is followed by more of them, @records in all or up to the end of the
 * input; @end if nowhere before that.
 */
size_t recover_search(const struct pktcap_file_reader *r, size_t from,
		      size_t end, unsigned int records);
/*
 * Passes over at least one byte, up to where that is so. 0, or what reading
 * says.
 */
int recover_skip(struct pktcap_file_reader *r, unsigned int records);

/* How much is looked at ahead. Longer records are found by no search. */
#define RECOVER_AHEAD ((size_t)1 << 20)

void index_free(struct reader_index *index);

#endif
