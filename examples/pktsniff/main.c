/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pktsniff - capture packets, print them, write them to a file
 *
 * Everything it can do, it does through the public headers; pktsniff(1) is
 * its manual.
 */
#include "capinfo.h"
#include "dump.h"
#include "listing.h"
#include "message.h"
#include "options.h"
#include "privilege.h"
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

void run_tell_linktype(uint32_t linktype)
{
	const char *name = pktcap_linktype_name(linktype);
	const char *description = pktcap_linktype_description(linktype);

	if (name)
		fprintf(stderr, "link-type %s (%s)", name,
			description ? description : name);
	else
		fprintf(stderr, "link-type %" PRIu32, linktype);
}

static int run_with_filter(const struct options *options,
			   const struct privilege *privilege)
{
	struct filter filter;
	int ret = filter_read(&filter, options);

	if (!ret && (options->dump || options->explain))
		ret = dump_filter(options, &filter);
	else if (!ret && options_reads(options))
		ret = run_offline(options, &filter);
	else if (!ret)
		ret = run_live(options, &filter, privilege);
	filter_free(&filter);
	return ret;
}

static int run(const struct options *options, const struct privilege *privilege)
{
	if (options->help) {
		options_help();
		return 0;
	}
	if (options->version) {
		printf("pktsniff version %d.%d.%d\nlibpktcap version %s\n",
		       PKTCAP_VERSION_MAJOR, PKTCAP_VERSION_MINOR,
		       PKTCAP_VERSION_PATCH, pktcap_version());
		return 0;
	}
	if (options->capinfo_path)
		return capinfo_show(options);
	if (options->list_interfaces)
		return listing_interfaces();
	if (options->list_linktypes)
		return listing_linktypes(options);
	if (options->list_stamps)
		return listing_stamps(options);
	return run_with_filter(options, privilege);
}

/*
 * Lists and dumps are output, too: a full disk must not go unnoticed. The
 * errno of a write that failed earlier is long gone: one more brings it back.
 */
static int flush_output(void)
{
	if (ferror(stdout))
		putchar('\n');
	if (fflush(stdout) == 0)
		return 0;
	if (errno == EPIPE)
		return 0;
	say("standard output: %s", strerror(errno));
	return -1;
}

/*
 * Where standard output was closed (">&-"), the packet socket would get its
 * number and each line printed would go out as a frame. What fills the gaps
 * can be neither read nor written, so that using it fails as it should.
 */
static int fill_standard_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/", O_PATH) < 0)
			return -1;
	return 0;
}

int main(int argc, char **argv)
{
	struct privilege privilege;
	struct options options;
	int ret;

	if (fill_standard_descriptors() || privilege_lower(&privilege))
		return EXIT_FAILURE;
	/* A reader that went away and a limit are errors of write(), no death.
	 */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	tzset();
	if (options_parse(&options, argc, argv))
		return EXIT_FAILURE;
	ret = run(&options, &privilege);
	if (!ret)
		ret = flush_output();
	return ret ? EXIT_FAILURE : EXIT_SUCCESS;
}
