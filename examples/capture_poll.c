// SPDX-License-Identifier: BSD-2-Clause
/*
 * Captures into a pcap file from a program's own epoll loop, without waiting,
 * with the time stamps of SIOCGSTAMP, until Ctrl-C.
 * cc capture_poll.c -lpktcap -o capture_poll &&
 * sudo ./capture_poll eth0 eth0.pcap
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <pktcap/pktcap.h>

/* What is there now; never waits. */
static int write_packets(struct pktcap_capture *cap,
			 struct pktcap_file_writer *writer)
{
	const struct pktcap_packet *pkts;
	int n = pktcap_capture_batch(cap, &pkts, 64, 0);
	int err = n < 0 ? n : 0;

	for (int i = 0; i < n && !err; i++)
		err = pktcap_file_writer_write(writer, &pkts[i]);
	return err;
}

static int watch(int epoll_fd, int fd)
{
	struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };

	return epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event) ? -errno : 0;
}

static int signals_fd(void)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	return signalfd(-1, &signals, SFD_CLOEXEC);
}

/* Until a stop has let through all that was captured before it. */
static int run(struct pktcap_capture *cap, struct pktcap_file_writer *writer)
{
	int epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	int signal_fd = signals_fd();
	int err = watch(epoll_fd, signal_fd);
	struct epoll_event event;

	if (!err)
		err = watch(epoll_fd, pktcap_capture_fd(cap));
	while (!err) {
		if (epoll_wait(epoll_fd, &event, 1, -1) > 0 &&
		    event.data.fd == signal_fd)
			pktcap_capture_stop(cap);
		err = write_packets(cap, writer);
	}
	close(signal_fd);
	close(epoll_fd);
	return err == -ECANCELED ? 0 : err;
}

int main(int argc, char **argv)
{
	struct pktcap_capture_opts opts =
		PKTCAP_CAPTURE_OPTS(.stamp = PKTCAP_STAMP_SIOCGSTAMP);
	struct pktcap_file_writer *writer;
	struct pktcap_capture_info info;
	struct pktcap_capture *cap;
	struct pktcap_error error;
	int err, close_err;

	if (argc != 3 || argv[1][0] == '-') {
		fprintf(stderr, "usage: %s INTERFACE FILE\n", argv[0]);
		return 2;
	}
	if (pktcap_capture_open(&cap, argv[1], &opts, &error))
		goto fail;
	pktcap_capture_info(cap, &info);
	if (pktcap_file_writer_open(&writer, argv[2], info.linktype, NULL,
				    &error))
		goto fail;
	err = run(cap, writer);
	close_err = pktcap_file_writer_close(writer);
	if (err || close_err)
		fprintf(stderr, "%s\n", strerror(err ? -err : -close_err));
	pktcap_capture_close(cap);
	return err || close_err;
fail:
	fprintf(stderr, "%s\n", error.text);
	pktcap_capture_close(cap);
	return 1;
}
