// SPDX-License-Identifier: BSD-2-Clause
/* What we read, from each kind of place a file can be in. */
#include "corpus/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <pktcap/file.h>

#include "support/guard.h"

/* A file where its reader gets it from. */
struct place {
	uint8_t *copy;
	size_t n;
	size_t given;
	int fds[2];
};

static void give_up(const char *what)
{
	perror(what);
	exit(1);
}

/* A whole small file, ending at a page that must not be touched. */
static void load(struct place *place, const char *path)
{
	struct stat file;
	uint8_t *bytes;
	int fd = open(path, O_RDONLY);

	if (fd < 0 || fstat(fd, &file))
		give_up(path);
	place->n = (size_t)file.st_size;
	bytes = malloc(place->n + 1);
	if (!bytes || read(fd, bytes, place->n) != (ssize_t)place->n)
		give_up(path);
	close(fd);
	place->copy = guard_copy(bytes, place->n);
	free(bytes);
}

/* Returns 0 where the file does not fit into a pipe. */
static int fill_pipe(struct place *place)
{
	if (pipe(place->fds))
		give_up("pipe");
	fcntl(place->fds[1], F_SETPIPE_SZ, 1 << 20);
	if (place->n > (size_t)fcntl(place->fds[1], F_GETPIPE_SZ))
		return 0;
	if (write(place->fds[1], place->copy, place->n) != (ssize_t)place->n)
		give_up("write");
	close(place->fds[1]);
	place->fds[1] = -1;
	return 1;
}

/* A function that never has much. */
static int64_t give_some(void *user, void *buf, size_t len)
{
	enum { SOME = 7 };
	struct place *place = user;
	size_t n = place->n - place->given;

	if (n > SOME)
		n = SOME;
	if (n > len)
		n = len;
	memcpy(buf, place->copy + place->given, n);
	place->given += n;
	return (int64_t)n;
}

static int open_way(struct pktcap_file_reader **reader, struct place *place,
		    const char *path, const char *way,
		    struct pktcap_error *error)
{
	if (!strcmp(way, "path"))
		return pktcap_file_reader_open(reader, path, NULL, error);
	if (!strncmp(way, "recover", 7))
		return pktcap_file_reader_open(
			reader, path,
			&PKTCAP_FILE_READER_OPTS(
					.flags = PKTCAP_FILE_READER_RECOVER),
			error);
	load(place, path);
	if (!strcmp(way, "source"))
		return pktcap_file_reader_open_source(
			reader,
			&(struct pktcap_file_source){ .read = give_some,
						      .user = place },
			NULL, error);
	if (!strcmp(way, "pipe") && fill_pipe(place))
		return pktcap_file_reader_open_fd(reader, place->fds[0], NULL,
						  error);
	return pktcap_file_reader_open_memory(reader, place->copy, place->n,
					      NULL, error);
}

static void leave(struct place *place)
{
	if (place->copy)
		guard_free(place->copy, place->n);
	for (int i = 0; i < 2; i++)
		if (place->fds[i] >= 0)
			close(place->fds[i]);
}

static void print(const struct pktcap_packet *pkt, uint32_t snaplen)
{
	char time[32];

	snprintf(time, sizeof(time), "%" PRId64, pkt->ts_ns);
	lines_packet(&(struct lines_packet){
		.time = time,
		.data = pkt->data,
		.caplen = pkt->caplen,
		.wirelen = pkt->wirelen,
		.linktype = pkt->linktype,
		.snaplen = snaplen,
	});
}

static void read_all(struct pktcap_file_reader *reader)
{
	const struct pktcap_packet *pkt;
	struct pktcap_file_info info;
	struct pktcap_error error, again;
	int ret;

	pktcap_file_reader_info(reader, &info);
	while ((ret = pktcap_file_reader_next(reader, &pkt, &error)) == 1) {
		pktcap_file_reader_info(reader, &info);
		print(pkt, info.snaplen);
	}
	if (!ret)
		return;
	lines_error(ret, error.offset, error.text);
	/* It is the same however often one asks. */
	if (pktcap_file_reader_next(reader, &pkt, &again) != ret || pkt ||
	    again.offset != error.offset || again.code != ret)
		lines_error(-1, again.offset, "another error the next time");
}

/* Back to the start: nothing is to be different the second time. */
static void begin_again(struct pktcap_file_reader *reader)
{
	const struct pktcap_packet *pkt;
	struct pktcap_error error;
	int ret;

	while (pktcap_file_reader_next(reader, &pkt, NULL) == 1)
		;
	ret = pktcap_file_reader_seek_record(reader, 1, &error);
	if (ret && ret != -ENOENT)
		lines_error(ret, error.offset, error.text);
}

void lines_of(const char *path, const char *way)
{
	struct place place = { .fds = { -1, -1 } };
	struct pktcap_file_reader *reader;
	struct pktcap_error error;
	int ret = open_way(&reader, &place, path, way, &error);

	if (!ret && !strcmp(way, "recover-again"))
		begin_again(reader);
	if (ret)
		lines_error(ret, error.offset, error.text);
	else
		read_all(reader);
	pktcap_file_reader_close(reader);
	leave(&place);
}
