// SPDX-License-Identifier: BSD-2-Clause
/* A capture survives the failure of any one call that it makes. */
#include "fault.h"

#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <arpa/inet.h>
#include <fcntl.h>

#include "support/rows.h"

#define NEVER_MADE ((void *)1)

struct row {
	const char *name;
	void (*scenario)(const void *row);
	const char *ifname;
	struct pktcap_capture_opts opts;
};

/* The end of the pair that sends. */
static int sender;

static int prepare(void)
{
	int err = world_veth("pk0", "pk1");

	sender = err ? -1 : world_sender("pk0");
	return err ? err : sender < 0 ? sender : 0;
}

static const struct pktcap_insn keep_all = { 0x06, 0, 0, 262144 };

static void send_frame(void)
{
	uint8_t frame[100];

	UNWRAPPED(world_send(sender, frame,
			     world_frame(frame, sizeof(frame), 9, 7)));
}

static struct pktcap_capture *open_capture(const struct row *row)
{
	struct pktcap_capture *cap = NEVER_MADE;
	struct pktcap_error error = { 0 };
	int err = pktcap_capture_open(&cap, row->ifname, &row->opts, &error);

	check_made("pktcap_capture_open", err, cap, &error);
	return cap;
}

/* One call failed, so the next but one works: what was sent must come. */
static void take_packet(struct pktcap_capture *cap)
{
	const struct pktcap_packet *pkt = NEVER_MADE;
	int n = 0;

	for (int i = 0; i < 3 && n <= 0; i++) {
		n = pktcap_capture_next(cap, &pkt, 2000);
		check_result("pktcap_capture_next", n);
		if (!n)
			finding("the packet did not come", 0);
		if (n <= 0 && pkt)
			finding("a packet without being told", n);
	}
	if (n < 0)
		finding("receiving does not recover", n);
	else if (n > 0 && pkt->caplen != pkt->wirelen)
		finding("not the whole packet", (int)pkt->caplen);
}

static void drain(struct pktcap_capture *cap)
{
	const struct pktcap_packet *pkt;
	int n = 1;

	for (int i = 0; i < 10 && n != -ECANCELED; i++)
		n = pktcap_capture_next(cap, &pkt, 2000);
	if (n != -ECANCELED)
		finding("a stop does not stop", n);
}

static void resume(struct pktcap_capture *cap)
{
	int err = pktcap_capture_resume(cap);

	check_result("pktcap_capture_resume", err);
	if (err)
		err = pktcap_capture_resume(cap);
	if (err)
		finding("resuming does not recover", err);
}

static void change_filter(struct pktcap_capture *cap)
{
	struct pktcap_error error = { 0 };
	int err = pktcap_capture_set_filter(cap, &keep_all, 1, &error);

	check_result("pktcap_capture_set_filter", err);
	if (err && (error.code != err || !*error.text))
		finding("the failure is not explained", error.code);
}

/* Everything a capture can do, once. */
static void use(struct pktcap_capture *cap)
{
	struct pktcap_capture_stats stats;
	struct pktcap_capture_info info;

	pktcap_capture_fd(cap);
	pktcap_capture_info(cap, &info);
	send_frame();
	take_packet(cap);
	change_filter(cap);
	send_frame();
	take_packet(cap);
	pktcap_capture_stop(cap);
	drain(cap);
	resume(cap);
	send_frame();
	take_packet(cap);
	check_result("pktcap_capture_stats", pktcap_capture_stats(cap, &stats));
}

static void live(const void *arg)
{
	struct pktcap_capture *cap = open_capture(arg);

	if (!cap)
		return;
	use(cap);
	pktcap_capture_close(cap);
}

/* The descriptor stays the caller's where adopting fails. */
static void adopted(const void *arg)
{
	const struct row *row = arg;
	struct pktcap_capture *cap = NEVER_MADE;
	struct pktcap_error error = { 0 };
	int fd, err;

	UNWRAPPED(fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0));
	err = pktcap_capture_adopt(&cap, fd, row->ifname, &row->opts, &error);
	check_made("pktcap_capture_adopt", err, cap, &error);
	if (!err) {
		use(cap);
		pktcap_capture_close(cap);
		return;
	}
	if (fcntl(fd, F_GETFD) < 0)
		finding("the caller's descriptor is closed", fd);
	UNWRAPPED(close(fd));
}

/* The same of one that receives already. */
static void adopted_live(const void *arg)
{
	const struct row *row = arg;
	struct sockaddr_ll addr = { .sll_family = AF_PACKET,
				    .sll_protocol = htons(ETH_P_ALL) };
	struct pktcap_capture *cap = NEVER_MADE;
	struct pktcap_error error = { 0 };
	int fd, err;

	addr.sll_ifindex = (int)if_nametoindex(row->ifname);
	UNWRAPPED(fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
		  bind(fd, (struct sockaddr *)&addr, sizeof(addr)));
	send_frame();
	err = pktcap_capture_adopt(&cap, fd, NULL, &row->opts, &error);
	check_made("pktcap_capture_adopt", err, cap, &error);
	if (!err) {
		take_packet(cap);
		use(cap);
		pktcap_capture_close(cap);
		return;
	}
	if (fcntl(fd, F_GETFD) < 0)
		finding("the caller's descriptor is closed", fd);
	UNWRAPPED(close(fd));
}

/* The interface comes later, and goes again. */
static void awaited(const void *arg)
{
	struct pktcap_capture *cap = open_capture(arg);
	const struct pktcap_packet *pkt;
	int n = 0;

	if (!cap)
		return;
	UNWRAPPED(world_rename("pk1", "later"));
	/* Takes notice. Not being able to bind is told each time, for good. */
	for (int i = 0; i < 3; i++) {
		n = pktcap_capture_next(cap, &pkt, 0);
		check_result("pktcap_capture_next", n);
	}
	if (!n) {
		send_frame();
		take_packet(cap);
	}
	UNWRAPPED(world_rename("later", "pk1"));
	check_result("pktcap_capture_next", pktcap_capture_next(cap, &pkt, 0));
	pktcap_capture_close(cap);
}

static int count_packet(void *user, const struct pktcap_packet *pkt)
{
	atomic_uint *count = user;

	(void)pkt;
	++*count;
	return 0;
}

static void threaded(const void *arg)
{
	struct pktcap_capture *cap = open_capture(arg);
	struct pktcap_capture_stats stats;
	atomic_uint count = 0;
	int err;

	if (!cap)
		return;
	err = pktcap_capture_start(cap, count_packet, &count);
	check_result("pktcap_capture_start", err);
	if (!err) {
		send_frame();
		check_result("pktcap_capture_stats",
			     pktcap_capture_stats(cap, &stats));
		pktcap_capture_stop(cap);
		err = pktcap_capture_join(cap);
		if (err != -ECANCELED)
			check_result("pktcap_capture_join", err);
		else if (count != 1)
			finding("packets that the thread delivered",
				(int)count);
	}
	pktcap_capture_close(cap);
}

/* More than the kernel takes: falls through from one to the next. */
static struct pktcap_insn long_program[PKTCAP_BPF_MAX + 1];

#define OPTS(...)                                                       \
	{                                                               \
		.size = sizeof(struct pktcap_capture_opts), __VA_ARGS__ \
	}
#define KEEP_ALL .filter = &keep_all, .filter_len = 1
#define LONG_PROGRAM .filter = long_program, .filter_len = PKTCAP_BPF_MAX + 1

static const struct row rows[] = {
	{ "recv", live, "pk1", OPTS(.engine = PKTCAP_ENGINE_RECV, KEEP_ALL) },
	{ "recv, SIOCGSTAMP", live, "pk1",
	  OPTS(.stamp = PKTCAP_STAMP_SIOCGSTAMP) },
	{ "recv, hardware stamps", live, "pk1",
	  OPTS(.stamp = PKTCAP_STAMP_HARDWARE) },
	{ "recv, incoming only", live, "pk1",
	  OPTS(.direction = PKTCAP_DIRECTION_IN, .snaplen = 2000) },
	{ "recv, filter in user space", live, "pk1", OPTS(LONG_PROGRAM) },
	{ "ring", live, "pk1",
	  OPTS(.engine = PKTCAP_ENGINE_RING, .stamp = PKTCAP_STAMP_INGRESS,
	       KEEP_ALL) },
	{ "auto with a delay", live, "pk1", OPTS(.max_delay_us = 1000) },
	{ "any, promiscuous", live, "any",
	  OPTS(.flags = PKTCAP_CAPTURE_PROMISC) },
	{ "cooked", live, "pk1",
	  OPTS(.flags = PKTCAP_CAPTURE_COOKED, KEEP_ALL) },
	{ "promiscuous and all multicast", live, "pk1",
	  OPTS(.flags = PKTCAP_CAPTURE_PROMISC | PKTCAP_CAPTURE_ALLMULTI) },
	{ "waiting for the interface", awaited, "later",
	  OPTS(.flags = PKTCAP_CAPTURE_WAIT | PKTCAP_CAPTURE_PROMISC) },
	{ "adopted, recv", adopted, "pk1", OPTS(KEEP_ALL) },
	{ "adopted, ring", adopted, "pk1", OPTS(.engine = PKTCAP_ENGINE_RING) },
	{ "adopted, receiving already", adopted_live, "pk1", OPTS(KEEP_ALL) },
	{ "recv in a thread", threaded, "pk1", OPTS(.batch = 1) },
	{ "ring in a thread", threaded, "pk1", OPTS(.max_delay_us = 1000) },
};

static void run(void **state)
{
	const struct row *row = *state;

	fault_each(row->name, prepare, row->scenario, row);
}

int main(void)
{
	enum { N = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[N];
	size_t n = 0;

	world_enter_or_skip();
	if (prepare())
		return 1;
	for (size_t i = 0; i < PKTCAP_BPF_MAX; i++)
		long_program[i].code = 0x04; /* add 0 */
	long_program[PKTCAP_BPF_MAX] = keep_all;
	ADD_ROWS(tests, n, rows, run);
	return _cmocka_run_group_tests("capture faults", tests, n, NULL, NULL);
}
