// SPDX-License-Identifier: BSD-2-Clause
/* Sending counts right and leaks nothing, whatever call fails on the way. */
#include "fault.h"

#include "support/rows.h"

#define NEVER_MADE ((void *)1)

enum { FRAMES = 10 };

static int prepare(void)
{
	return world_veth("pk0", "pk1");
}

struct row {
	const char *name;
	void (*scenario)(const void *row);
	const char *ifname;
	uint32_t engine;
	uint32_t flags;
	uint32_t sndbuf_bytes;
};

/* What is said to be sent is what was counted, and no more. */
static void send_some(struct pktcap_send *s)
{
	struct pktcap_packet pkts[FRAMES] = { 0 };
	struct pktcap_send_stats stats;
	struct pktcap_error error = { 0 };
	uint8_t frame[60];
	size_t sent = 4711;
	int err;

	world_frame(frame, sizeof(frame), 9, 1);
	for (int i = 0; i < FRAMES; i++) {
		pkts[i].data = frame;
		pkts[i].caplen = sizeof(frame);
		UNWRAPPED(pkts[i].ifindex = (int32_t)if_nametoindex("pk0"));
	}
	err = pktcap_send_batch(s, pkts, FRAMES, &sent, &error);
	check_result("pktcap_send_batch", err);
	if (err ? sent >= FRAMES : sent != FRAMES)
		finding("result and number sent disagree", (int)sent);
	if (err && (error.code != err || !*error.text || !*error.call))
		finding("the failure is not explained", error.code);
	pktcap_send_stats(s, &stats);
	if (stats.frames != sent)
		finding("counted differently", (int)stats.frames);
}

static void use(struct pktcap_send *s, uint32_t flags)
{
	struct pktcap_send_stamp stamp;
	struct pktcap_send_info info;
	uint8_t longest[1600] = { 0 };
	struct pktcap_error error = { 0 };
	int n;

	send_some(s);
	pktcap_send_info(s, &info);
	if (info.engine == PKTCAP_SEND_ENGINE_AUTO)
		finding("no engine", 0);
	n = pktcap_send_frame_on(s, info.ifindex ? info.ifindex : 1, longest,
				 sizeof(longest), &error);
	if (info.ifindex && n != -EMSGSIZE && !fault.victim)
		finding("too long, and sent", n);
	if (!(flags & PKTCAP_SEND_STAMP_SOFTWARE))
		return;
	for (uint64_t i = 0; i <= FRAMES; i++) {
		n = pktcap_send_stamp_next(s, &stamp, 1);
		check_result("pktcap_send_stamp_next", n);
		if (n > 0 && stamp.frame >= FRAMES)
			finding("a stamp of no frame", (int)stamp.frame);
	}
}

static void own(const void *arg)
{
	const struct row *row = arg;
	struct pktcap_send *s = NEVER_MADE;
	struct pktcap_error error = { 0 };
	int err = pktcap_send_open(
		&s, row->ifname,
		&PKTCAP_SEND_OPTS(.engine = row->engine, .flags = row->flags,
				  .sndbuf_bytes = row->sndbuf_bytes, .batch = 4,
				  .wait_ms = 1000, .ring_bytes = 65536),
		&error);

	check_made("pktcap_send_open", err, s, &error);
	if (err)
		return;
	use(s, row->flags);
	pktcap_send_close(s);
}

static void borrowed(const void *arg)
{
	const struct row *row = arg;
	struct pktcap_send *s = NEVER_MADE;
	struct pktcap_error error = { 0 };
	struct pktcap_capture *cap;
	int err;

	UNWRAPPED(err = pktcap_capture_open(&cap, "pk0", NULL, NULL));
	if (err) {
		finding("no capture", err);
		return;
	}
	err = pktcap_send_borrow(&s, pktcap_capture_socket(cap), row->ifname,
				 NULL, &error);
	check_made("pktcap_send_borrow", err, s, &error);
	if (!err) {
		use(s, 0);
		pktcap_send_close(s);
	}
	UNWRAPPED(pktcap_capture_close(cap));
}

static const struct row rows[] = {
	{ "mmsg", own, "pk0", PKTCAP_SEND_ENGINE_MMSG, 0, 0 },
	{ "ring", own, "pk0", PKTCAP_SEND_ENGINE_RING, 0, 0 },
	{ "xdp", own, "pk0", PKTCAP_SEND_ENGINE_XDP, 0, 65536 },
	{ "unbound", own, NULL, PKTCAP_SEND_ENGINE_MMSG, PKTCAP_SEND_PAD, 0 },
	{ "every option", own, "pk0", PKTCAP_SEND_ENGINE_MMSG,
	  PKTCAP_SEND_QDISC_BYPASS | PKTCAP_SEND_STAMP_SOFTWARE, 65536 },
	{ "borrowed", borrowed, NULL, 0, 0, 0 },
	{ "borrowed for another", borrowed, "pk1", 0, 0, 0 },
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
	ADD_ROWS(tests, n, rows, run);
	return _cmocka_run_group_tests("send faults", tests, n, NULL, NULL);
}
