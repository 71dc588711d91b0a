// SPDX-License-Identifier: BSD-2-Clause
/* Packets at a pace, and calls that fail: what went out is always known. */
#include "fault.h"

enum { PACKETS = 6 };

static int prepare(void)
{
	return world_veth("pk0", "pk1");
}

/* Goes on where it was interrupted, as the contract says one can. */
static void send_rest(struct pktcap_send *s, const struct pktcap_packet *pkts,
		      const volatile int *stop)
{
	struct pktcap_send_pace pace;
	struct pktcap_error error = { 0 };
	size_t done = 0, sent = 99;
	int ret;

	check_result("pktcap_send_pace_start",
		     pktcap_send_pace_start(
			     &pace,
			     &PKTCAP_SEND_PACE_OPTS(.packets_per_s = 1000),
			     NULL));
	for (int tries = 0; done < PACKETS && tries < PACKETS; tries++) {
		ret = pktcap_send_paced(s, &pace, pkts + done, PACKETS - done,
					stop, &sent, &error);
		check_result("pktcap_send_paced", ret);
		if (ret && (error.code != ret || !*error.text))
			finding("the failure is not explained", error.code);
		if (stop && ret == -EINTR)
			finding("a signal ends it, not the stop", ret);
		done += sent;
		if (pace.packets != done)
			finding("schedule and socket disagree", (int)done);
	}
	if (done != PACKETS)
		finding("packets left", (int)(PACKETS - done));
}

static void send_packets(const void *stop)
{
	uint8_t frame[60];
	struct pktcap_packet pkts[PACKETS] = { 0 };
	struct pktcap_send *s;
	struct pktcap_error error = { 0 };
	int ret = pktcap_send_open(&s, "pk0", NULL, &error);

	check_made("pktcap_send_open", ret, s, &error);
	if (ret)
		return;
	world_frame(frame, sizeof(frame), WORLD_FLOOD_PORT, 0);
	for (int i = 0; i < PACKETS; i++) {
		pkts[i].data = frame;
		pkts[i].caplen = sizeof(frame);
	}
	send_rest(s, pkts, stop);
	pktcap_send_close(s);
}

static void by_a_stop(void **state)
{
	static const volatile int never = 0;

	(void)state;
	fault_each("stop", prepare, send_packets,
		   (const void *)(uintptr_t)&never);
}

static void by_signals(void **state)
{
	(void)state;
	fault_each("signals", prepare, send_packets, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_a_stop),
		cmocka_unit_test(by_signals),
	};

	world_enter_or_skip();
	if (prepare())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
