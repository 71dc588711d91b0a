// SPDX-License-Identifier: BSD-2-Clause
/*
 * stacks DIRECTORY COUNT: so many plain packets of tests/support/stack.h,
 * built, as DIRECTORY/LINKTYPE.pcap for others to read.
 */
#include <stdio.h>
#include <stdlib.h>

#include <pktcap/file.h>

#include "support/stack.h"

enum { FILES = 16 };

struct file {
	uint16_t linktype;
	struct pktcap_file_writer *writer;
};

static int fail(const char *what)
{
	fprintf(stderr, "stacks: %s\n", what);
	return 1;
}

static int open_file(struct file *file, const char *directory,
		     uint16_t linktype)
{
	struct pktcap_error error;
	char path[512];

	file->linktype = linktype;
	snprintf(path, sizeof(path), "%s/%u.pcap", directory, linktype);
	if (pktcap_file_writer_open(&file->writer, path, linktype, NULL,
				    &error))
		return fail(error.text);
	return 0;
}

/* Into the file of its link type, which is opened for the first one. */
static int write_packet(struct file files[FILES], const char *directory,
			const struct pktcap_packet *pkt)
{
	size_t i = 0;

	while (i < FILES && files[i].writer &&
	       files[i].linktype != pkt->linktype)
		i++;
	if (i == FILES)
		return fail("more link types than expected");
	if (!files[i].writer && open_file(&files[i], directory, pkt->linktype))
		return 1;
	return pktcap_file_writer_write(files[i].writer, pkt);
}

static int write_stack(struct file files[FILES], const char *directory,
		       uint32_t number)
{
	static struct stack stack;
	struct pktcap_build build;
	struct pktcap_packet pkt;
	uint8_t bytes[STACK_MAX];

	stack_draw(&stack, 2 * number + 1);
	if (stack_build(&stack, &build, bytes, sizeof(bytes)) < 0 ||
	    pktcap_build_packet(&build, &pkt))
		return fail(stack.name);
	return write_packet(files, directory, &pkt);
}

int main(int argc, char **argv)
{
	struct file files[FILES] = { 0 };
	uint32_t count;
	int err = 0;

	if (argc != 3)
		return fail("stacks DIRECTORY COUNT") + 1;
	count = (uint32_t)strtoul(argv[2], NULL, 10);
	for (uint32_t number = 0; !err && number < count; number++)
		err = write_stack(files, argv[1], number);
	for (size_t i = 0; i < FILES && files[i].writer; i++)
		if (pktcap_file_writer_close(files[i].writer))
			err = 1;
	return err ? 1 : 0;
}
