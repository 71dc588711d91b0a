// SPDX-License-Identifier: BSD-2-Clause
/* The smallest appliance: capture_file IFNAME FILE, until Ctrl-C. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <pktcap/capture.h>
#include <pktcap/file.h>

static struct pktcap_capture *capture;

static void on_signal(int number)
{
	(void)number;
	pktcap_capture_stop(capture);
}

static int store(void *writer, const struct pktcap_packet *pkt)
{
	return pktcap_file_writer_write(writer, pkt);
}

static int fail(const struct pktcap_error *error)
{
	return write(2, error->text, strlen(error->text)) < 0 ? 2 : 1;
}

int main(int argc, char **argv)
{
	const struct sigaction action = { .sa_handler = on_signal };
	struct pktcap_file_writer *writer;
	struct pktcap_capture_info info;
	struct pktcap_error error;

	if (argc != 3)
		return 2;
	if (pktcap_capture_open(
		    &capture, argv[1],
		    &PKTCAP_CAPTURE_OPTS(.engine = PKTCAP_ENGINE_RING,
					 .max_delay_us = 100000),
		    &error))
		return fail(&error);
	sigaction(SIGINT, &action, NULL);
	pktcap_capture_info(capture, &info);
	if (pktcap_file_writer_open(&writer, argv[2], info.linktype, NULL,
				    &error))
		return fail(&error);
	pktcap_capture_loop(capture, 0, store, writer);
	pktcap_capture_close(capture);
	return pktcap_file_writer_close(writer) ? 1 : 0;
}
