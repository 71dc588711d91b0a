// SPDX-License-Identifier: BSD-2-Clause
/*
 * Going on with a file that is there. Its records are walked over, header by
 * header through a window, so that one that was never finished can be cut off.
 */
/* Positions beyond 2 GiB on 32-bit machines. */
#define _FILE_OFFSET_BITS 64
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/opts.h"
#include "file/path.h"
#include "file/pcapng_write.h"
#include "file/reader.h"

enum {
	WINDOW_BYTES = 16384,
	PCAP_MAGIC_BYTES = 8, /* magic number and version */
	BLOCK_MIN = 12,
};

struct walk {
	const char *path;
	struct pktcap_error *error;
	int fd;
	int err; /* of reading */
	uint64_t size;
	uint64_t start; /* of the window */
	size_t n;
	uint8_t window[WINDOW_BYTES];
};

/* What there is to go on with. */
struct found {
	bool is_ng;
	bool is_empty;
	bool swapped; /* the last section */
	struct pcap_header info;
	uint32_t caplen_max;
	uint64_t end; /* of the last whole record */
};

static size_t read_at(struct walk *walk, uint64_t offset)
{
	size_t done = 0;

	if (lseek(walk->fd, (off_t)offset, SEEK_SET) < 0) {
		walk->err = -errno;
		return 0;
	}
	while (done < sizeof(walk->window)) {
		ssize_t n = read(walk->fd, walk->window + done,
				 sizeof(walk->window) - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			walk->err = -errno;
		if (n <= 0)
			break;
		done += (size_t)n;
	}
	return done;
}

/* @n bytes of the file, fewer where it ends. */
static struct bytes peek(struct walk *walk, uint64_t offset, size_t n)
{
	if (offset < walk->start || offset + n > walk->start + walk->n) {
		walk->n = read_at(walk, offset);
		walk->start = offset;
	}
	return bytes_slice((struct bytes){ walk->window, walk->n },
			   (size_t)(offset - walk->start), n);
}

static int refuse(const struct walk *walk, int code, uint64_t offset,
		  const char *text)
{
	return error_set_at(walk->error, offset, code, "append", "%s: %s",
			    walk->path, text);
}

/* --- pcap --- */

/* Both kinds of time stamps are known by how we begin such a file. */
static bool is_pcap(struct bytes start, uint32_t *precision)
{
	uint8_t ours[PCAP_HEADER_BYTES];

	for (uint32_t p = 0; p <= PKTCAP_FILE_PRECISION_NANO; p++) {
		const struct pcap_header info = { .precision = p };

		pcap_encode_header(ours, &info);
		*precision = p;
		if (start.n >= PCAP_MAGIC_BYTES &&
		    !memcmp(start.p, ours, PCAP_MAGIC_BYTES))
			return true;
	}
	return false;
}

static int check_pcap(struct walk *walk, const struct pcap_header *want,
		      struct found *found)
{
	struct bytes header = peek(walk, 0, PCAP_HEADER_BYTES);
	struct pcap_header *info = &found->info;
	struct pcap_format format = { .caplen_max = 0 };
	const char *reason;

	if (pcap_decode_header(&format, header, &reason)) {
		found->is_empty = true; /* not even its header was finished */
		return 0;
	}
	*info = format.info;
	found->caplen_max = format.caplen_max;
	if (info->linktype != want->linktype)
		return refuse(walk, -EMEDIUMTYPE, 20,
			      "holds packets of another link type: write to "
			      "another file");
	if (info->precision < want->precision)
		return refuse(walk, -EMEDIUMTYPE, 0,
			      "holds times in microseconds: write to another "
			      "file, or microseconds");
	if (info->snaplen && info->snaplen < want->snaplen)
		return 0; /* what is longer is cut by those who read it */
	info->snaplen = want->snaplen;
	return 0;
}

static int walk_pcap(struct walk *walk, const struct pcap_header *want,
		     struct found *found)
{
	uint32_t caplen;
	uint64_t offset = PCAP_HEADER_BYTES;
	int err = check_pcap(walk, want, found);

	if (err || found->is_empty)
		return err;
	while (bytes_host32(peek(walk, offset, PCAP_RECORD_BYTES), 8,
			    &caplen)) {
		uint64_t next = offset + PCAP_RECORD_BYTES + caplen;

		if (caplen > found->caplen_max)
			return refuse(walk, -EPROTO, offset,
				      "is damaged: what follows is no record");
		if (next > walk->size)
			break;
		offset = next;
	}
	found->end = offset;
	return 0;
}

/* --- pcapng --- */

/* The order of bytes is the section's, and a section may begin anywhere. */
static bool decode_block(struct bytes start, bool *swapped, uint32_t *length)
{
	uint32_t type, magic;

	if (!bytes_host32(start, 0, &type) || !bytes_host32(start, 4, length) ||
	    !bytes_host32(start, 8, &magic))
		return false;
	if (type == NG_SECTION)
		*swapped = magic != NG_MAGIC;
	if (*swapped)
		*length = __builtin_bswap32(*length);
	return true;
}

static int walk_ng(struct walk *walk, struct found *found)
{
	uint64_t offset = 0;
	uint32_t length, trailer;
	bool swapped = false;

	while (decode_block(peek(walk, offset, BLOCK_MIN), &swapped, &length)) {
		uint64_t next = offset + length;

		if (length < BLOCK_MIN || length % 4 ||
		    length > PCAPNG_BLOCK_MAX)
			return refuse(walk, -EPROTO, offset,
				      "is damaged: what follows is no block");
		if (next > walk->size)
			break;
		if (!bytes_host32(peek(walk, next - 4, 4), 0, &trailer))
			break;
		if (swapped)
			trailer = __builtin_bswap32(trailer);
		if (trailer != length)
			return refuse(walk, -EPROTO, offset,
				      "is damaged: a block does not end with "
				      "its length");
		offset = next;
	}
	found->is_empty = !offset;
	found->swapped = swapped;
	found->end = offset;
	return 0;
}

static int examine(struct walk *walk, const struct pcap_header *want,
		   struct found *found)
{
	struct bytes start = peek(walk, 0, PCAP_HEADER_BYTES);
	uint32_t type = 0;
	int err;

	if (walk->err)
		return path_error(walk->error, 0, walk->err, "read",
				  walk->path);
	bytes_host32(start, 0, &type);
	found->is_empty = !walk->size;
	if (found->is_empty)
		return 0;
	found->is_ng = type == NG_SECTION;
	if (found->is_ng)
		err = walk_ng(walk, found);
	else if (is_pcap(start, &found->info.precision))
		err = walk_pcap(walk, want, found);
	else
		return refuse(
			walk, -EMEDIUMTYPE, 0,
			"is neither a pcapng file nor a pcap file of this "
			"machine's byte order: write to another file");
	if (walk->err)
		return path_error(walk->error, walk->start, walk->err, "read",
				  walk->path);
	return err;
}

/*
 * What is to be cut off must be one record that was never finished: where
 * others begin inside of it, it is a length that is damaged.
 */
static int check_rest(struct walk *walk, const struct found *found)
{
	static const struct pktcap_file_reader_opts recover = {
		.size = sizeof(recover),
		.flags = PKTCAP_FILE_READER_RECOVER,
	};
	struct pktcap_file_reader *r;
	bool is_more;
	int err;

	if (found->is_empty || found->end == walk->size)
		return 0;
	err = pktcap_file_reader_open(&r, walk->path, &recover, walk->error);
	if (err)
		return err;
	r->place.swapped = found->swapped;
	err = input_seek(&r->in, found->end);
	if (!err)
		err = input_need(&r->in, 1);
	if (!err)
		err = recover_skip(r, found->is_ng ? 1 : 3);
	is_more = r->in.ready.n;
	pktcap_file_reader_close(r);
	if (err)
		return path_error(walk->error, found->end, err, "read",
				  walk->path);
	if (is_more)
		return refuse(walk, -EPROTO, found->end,
			      "is damaged: records follow one that is longer "
			      "than the file");
	return 0;
}

/* --- opening --- */

static int open_walk(struct walk *walk, uint32_t mode)
{
	struct stat st;
	int err;

	walk->fd = path_open(walk->path, O_RDWR | O_CREAT, mode, walk->error);
	if (walk->fd < 0)
		return walk->fd;
	if (fstat(walk->fd, &st)) {
		err = path_error(walk->error, 0, -errno, "fstat", walk->path);
	} else if (!S_ISREG(st.st_mode)) {
		err = refuse(walk, -ESPIPE, 0,
			     "is not a regular file: nothing can be appended");
	} else {
		walk->size = (uint64_t)st.st_size;
		return 0;
	}
	close(walk->fd);
	return err;
}

/* Cuts what was never finished, and goes on behind the rest. */
static int go_on(struct pktcap_file_writer *w, const struct walk *walk,
		 const struct found *found)
{
	int err;

	if ((found->end != walk->size &&
	     ftruncate(walk->fd, (off_t)found->end)) ||
	    lseek(walk->fd, (off_t)found->end, SEEK_SET) < 0)
		return path_error(walk->error, found->end, -errno, "ftruncate",
				  walk->path);
	err = output_attach(&w->out, walk->fd);
	if (err)
		return path_error(walk->error, 0, err, "fstat", walk->path);
	w->owns_fd = true;
	w->out.written = found->end;
	if (found->is_ng)
		return pcapng_begin(w, found->end);
	if (!found->is_empty) {
		w->info = found->info;
		w->out.used = 0; /* the header is there */
	}
	return 0;
}

static int append(struct pktcap_file_writer **out, struct walk *walk,
		  uint32_t linktype, bool new_is_ng,
		  const struct pktcap_file_writer_opts *opts)
{
	const struct pcap_header want = { .linktype = linktype,
					  .snaplen = opts->snaplen,
					  .precision = opts->precision };
	struct found found = { .is_ng = false };
	struct pktcap_file_writer *w;
	int err = examine(walk, &want, &found);

	if (!err)
		err = check_rest(walk, &found);
	if (err)
		return err;
	if (!walk->size)
		found.is_ng = new_is_ng;
	err = found.is_ng ? pcapng_create(&w, linktype, opts, walk->error)
			  : writer_create_pcap(&w, linktype, opts, walk->error);
	if (err)
		return err;
	return writer_opened(out, w, go_on(w, walk, &found));
}

int pktcap_file_writer_append(struct pktcap_file_writer **out, const char *path,
			      uint32_t linktype,
			      const struct pktcap_file_writer_opts *given,
			      struct pktcap_error *error)
{
	struct walk walk = { .path = path, .error = error };
	struct pktcap_file_writer_opts opts, asked;
	uint32_t new_is_ng;
	int err;

	*out = NULL;
	err = opts_copy(&asked, sizeof(asked), given, error);
	if (err)
		return err;
	new_is_ng = asked.flags & PKTCAP_FILE_WRITER_NEW_PCAPNG;
	asked.flags &= ~(uint32_t)PKTCAP_FILE_WRITER_NEW_PCAPNG;
	asked.size = sizeof(asked);
	err = writer_options(&opts, linktype, &asked, error);
	if (!err)
		err = open_walk(&walk, opts.mode);
	if (err)
		return err;
	err = append(out, &walk, linktype, new_is_ng, &opts);
	if (err)
		close(walk.fd);
	return err;
}
