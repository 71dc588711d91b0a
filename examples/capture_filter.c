// SPDX-License-Identifier: BSD-2-Clause
/*
 * Prints a line for each packet that an expression takes, here TCP on port 80.
 * cc capture_filter.c -lpktcap -o capture_filter
 * sudo ./capture_filter eth0 'udp and not port {53, 5353}'
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <pktcap/pktcap.h>

#include "expression.h"

/* A signal handler has no argument of ours. */
static struct pktcap_capture *cap;

static void stop(int signal)
{
	(void)signal;
	pktcap_capture_stop(cap);
}

static int print_packet(void *user, const struct pktcap_packet *pkt)
{
	(void)user;
	printf("%" PRId64 ".%09d %" PRIu32 " bytes\n", pkt->ts_ns / 1000000000,
	       (int)(pkt->ts_ns % 1000000000), pkt->wirelen);
	return fflush(stdout) ? -errno : 0;
}

/* What an expression means to bytes depends on the interface's link type. */
static int set_filter(const char *expression, struct pktcap_error *error)
{
	struct pktcap_capture_info info;
	struct pktcap_filter *filter;
	const struct pktcap_insn *insns;
	size_t n;
	int err;

	pktcap_capture_info(cap, &info);
	err = pktcap_filter_compile(
		&filter, expression,
		&PKTCAP_FILTER_OPTS(.linktype = info.linktype,
				    .flags = PKTCAP_FILTER_LIVE |
					     PKTCAP_FILTER_EXTENDED),
		error);
	if (err) {
		expression_complain(expression, error);
		return err;
	}
	insns = pktcap_filter_program(filter, &n);
	err = pktcap_capture_set_filter(cap, insns, n, error);
	if (err)
		fprintf(stderr, "%s\n", error->text);
	pktcap_filter_free(filter);
	return err;
}

int main(int argc, char **argv)
{
	struct pktcap_error error;
	char *expression;
	int err;

	if (argc < 2 || argv[1][0] == '-') {
		fprintf(stderr,
			"usage: %s INTERFACE [EXPRESSION] "
			"(pktcap-filter(7))\n",
			argv[0]);
		return 2;
	}
	if (pktcap_capture_open(&cap, argv[1], NULL, &error)) {
		fprintf(stderr, "%s\n", error.text);
		return 1;
	}
	expression = expression_join(argv + 2);
	err = set_filter(*expression ? expression : "tcp and port 80", &error);
	free(expression);
	if (!err) {
		signal(SIGINT, stop);
		err = pktcap_capture_loop(cap, 0, print_packet, NULL);
		if (err == -ECANCELED) /* by Ctrl-C */
			err = 0;
		if (err)
			fprintf(stderr, "%s: the capture ended: %s\n", argv[1],
				strerror(-err));
	}
	pktcap_capture_close(cap);
	return err != 0;
}
