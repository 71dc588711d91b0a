/* SPDX-License-Identifier: BSD-2-Clause */
/* What pktsend is made of: packets out of texts, shown, written and sent. */
#ifndef CRAFTED_H
#define CRAFTED_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/pktcap.h>

#include "pktsniff/caret.h"
#include "output.h"
#include "progress.h"
#include "sender.h"
#include "sent.h"
#include "stop.h"

enum {
	CRAFTED_BYTES = 65535 + 64,
	CRAFTED_BATCH = 64,
	CRAFTED_USER0 = 147 /* the link type of what no other one begins with */
};

struct crafted {
	struct pktcap_packet *pkts;
	size_t n, room;
};

/* Adds a packet, whose bytes stay where they are; -1 after a message. */
static inline int crafted_append(struct crafted *crafted,
				 const struct pktcap_packet *pkt)
{
	size_t room = crafted->room ? 2 * crafted->room : CRAFTED_BATCH;
	void *pkts = crafted->pkts;

	if (crafted->n == crafted->room) {
		pkts = reallocarray(pkts, room, sizeof(*crafted->pkts));
		if (!pkts) {
			perror("memory for packets");
			return -1;
		}
		crafted->pkts = pkts;
		crafted->room = room;
	}
	crafted->pkts[crafted->n++] = *pkt;
	return 0;
}

/* A packet out of a text; -1 after a message with a caret below the fault. */
static inline int crafted_text(struct crafted *crafted, const char *text)
{
	static uint8_t buffer[CRAFTED_BYTES];
	struct pktcap_packet pkt = { .linktype = CRAFTED_USER0 };
	struct pktcap_build build;
	struct pktcap_error error;
	uint8_t *bytes;
	int len;

	pktcap_build_start(&build, buffer, sizeof(buffer));
	if (pktcap_build_text(&build, text, &error)) {
		fprintf(stderr, "%s\n", error.text);
		caret_show(text, (size_t)error.offset);
		return -1;
	}
	len = pktcap_build_finish(&build);
	if (pktcap_build_error(&build, &error)) {
		fprintf(stderr, "%s\n", error.text);
		return -1;
	}
	bytes = malloc((size_t)len + 1);
	if (!bytes) {
		perror("memory for a packet");
		return -1;
	}
	pktcap_build_packet(&build, &pkt);
	memcpy(bytes, buffer, (size_t)len);
	pkt.data = bytes;
	pkt.caplen = pkt.wirelen = (uint32_t)len;
	if (!crafted_append(crafted, &pkt))
		return 0;
	free(bytes);
	return -1;
}

static inline int crafted_name(void *arg, const struct pktcap_build_name *name)
{
	(void)arg;
	printf("%s%s%s", name->name, name->example ? "=" : "",
	       name->example ? name->example : "");
	if (strcmp(name->name, name->field) != 0)
		printf(", which is %s", name->field);
	return putchar('\n') == EOF;
}

/* The names of the text form; returns the exit code. */
static inline int crafted_names(const char *layer)
{
	if (pktcap_build_names(layer, crafted_name, NULL) != -ENOENT)
		return output_end();
	fprintf(stderr, "%s: no such layer: see pktsend --list\n", layer);
	return 2;
}

/* A packet out of each line; those that are empty or begin with # are none. */
static inline int crafted_lines(struct crafted *crafted, const char *path)
{
	FILE *file = strcmp(path, "-") ? fopen(path, "re") : stdin;
	size_t size = 0, number = 0;
	char *line = NULL;
	ssize_t len;
	int ret = 0;

	if (!file) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		return -1;
	}
	while (!ret && (len = getline(&line, &size, file)) >= 0) {
		const char *text = line + strspn(line, " \t\r\n");

		number++;
		if (strlen(line) < (size_t)len)
			ret = (fputs("a byte 0: is this text?\n", stderr), -1);
		else if (*text && *text != '#')
			ret = crafted_text(crafted, text);
	}
	if (ret)
		fprintf(stderr, "in %s, line %zu\n", path, number);
	else if (ferror(file))
		ret = (perror(path), -1);
	else if (!crafted->n)
		ret = (fprintf(stderr, "%s: no packets in it\n", path), -1);
	free(line);
	if (file != stdin)
		fclose(file);
	return ret;
}

/* What tcpdump -e would say, and the bytes. Returns the exit code. */
static inline int crafted_print(const struct crafted *crafted)
{
	static char text[8 * CRAFTED_BYTES];
	struct pktcap_print_opts opts = PKTCAP_PRINT_OPTS(.flags = 0);

	for (size_t i = 0; i < crafted->n; i++) {
		const struct pktcap_packet *pkt = &crafted->pkts[i];
		struct pktcap_layer layers[PKTCAP_LAYERS];
		size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);

		opts.flags = PKTCAP_PRINT_NO_DUMP; /* it follows in any case */
		if (pkt->linktype != PKTCAP_LINKTYPE_RAW)
			opts.flags |= PKTCAP_PRINT_LINK;
		pktcap_print_line(pkt, layers, n, &opts, text, sizeof(text));
		puts(text);
		pktcap_print_hex(pkt->data, pkt->caplen, PKTCAP_HEX_ASCII, text,
				 sizeof(text));
		fputs(text, stdout);
	}
	return output_end();
}

/* All of them to a capture file, "-" for standard output. The exit code. */
static inline int crafted_write(const struct crafted *crafted, const char *path)
{
	const uint32_t linktype = crafted->pkts[0].linktype;
	struct pktcap_file_writer *writer;
	struct pktcap_error error;
	int err, closed;

	for (size_t i = 1; i < crafted->n; i++)
		if (crafted->pkts[i].linktype != linktype) {
			fprintf(stderr,
				"packet %zu begins with another header than "
				"the first: write it to a file of its own\n",
				i + 1);
			return 1;
		}
	if (strcmp(path, "-"))
		err = pktcap_file_writer_open(&writer, path, linktype, NULL,
					      &error);
	else
		err = pktcap_file_writer_open_fd(&writer, STDOUT_FILENO,
						 linktype, NULL, &error);
	if (err) {
		fprintf(stderr, "%s\n", error.text);
		return 1;
	}
	for (size_t i = 0; i < crafted->n && !err; i++)
		err = pktcap_file_writer_write(writer, &crafted->pkts[i]);
	closed = pktcap_file_writer_close(writer);
	err = err ? err : closed;
	if (err)
		fprintf(stderr, "%s: %s\n", path, strerror(-err));
	return err ? 1 : 0;
}

/* Where the text is at fault the cure is one for texts, too. */
static inline void crafted_failed(const struct pktcap_send_info *info, int err,
				  const struct pktcap_error *error)
{
	if (err == -EMEDIUMTYPE && info->linktype == PKTCAP_LINKTYPE_ETHERNET)
		fprintf(stderr, "%s: it is Ethernet: begin the text with eth\n",
			info->ifname);
	else if (err == -EMEDIUMTYPE && info->linktype == PKTCAP_LINKTYPE_RAW)
		fprintf(stderr,
			"%s: it has no link header: begin the text "
			"with ip\n",
			info->ifname);
	else if (err == -EINVAL)
		fprintf(stderr,
			"%s: a frame is shorter than a link header: end the "
			"text with / pad 60\n",
			info->ifname);
	else
		fprintf(stderr, "%s\n", error->text);
}

/*
 * All of them @count times, 0: until a signal. Few packets are put several
 * times into one batch. Returns 0 or what failed.
 */
static inline int crafted_send(struct crafted *crafted, struct pktcap_send *s,
			       struct pktcap_send_pace *pace, uint64_t count,
			       struct pktcap_error *error)
{
	const size_t each = crafted->n;
	const uint64_t total = each * count;
	struct progress progress;
	size_t n, sent;
	int err = 0;

	/* Bytes alone may be any frame. */
	for (size_t i = 0; i < each; i++)
		if (crafted->pkts[i].linktype == CRAFTED_USER0)
			crafted->pkts[i].linktype = 0;
	while (crafted->n < CRAFTED_BATCH)
		if (crafted_append(crafted, &crafted->pkts[crafted->n - each]))
			return -ENOMEM;
	progress_start(&progress);
	for (uint64_t done = 0; !err && (!count || done < total);
	     done += sent) {
		n = crafted->n - crafted->n % each;
		if (count && n > total - done)
			n = (size_t)(total - done);
		err = pktcap_send_paced(s, pace, crafted->pkts, n, &stop_wanted,
					&sent, error);
		progress_show(&progress, done, total, "packets");
	}
	progress_erase(&progress);
	return err;
}

/* The same, and says what was sent. Returns the exit code. */
static inline int crafted_send_all(struct crafted *crafted,
				   struct pktcap_send *s,
				   const struct pktcap_send_info *info,
				   const struct pktcap_send_pace_opts *speed,
				   int count)
{
	struct pktcap_send_pace pace;
	struct pktcap_error error;
	int64_t start;
	int err;

	if (pktcap_send_pace_start(&pace, speed, &error)) {
		fprintf(stderr, "%s\n", error.text);
		return 1;
	}
	stop_on_signals();
	start = progress_now_ns();
	err = crafted_send(crafted, s, &pace, (uint64_t)count, &error);
	if (err && err != -ECANCELED)
		crafted_failed(info, err, &error);
	sent_print(pace.packets, pace.bytes, progress_now_ns() - start);
	return output_end() || (err && (count || err != -ECANCELED));
}

#endif
