/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table that every live test is run with: each engine, and each way of an
 * engine to get its time stamps. A test finds its row in *state.
 */
#ifndef TESTS_SUPPORT_ENGINES_H
#define TESTS_SUPPORT_ENGINES_H

#include <pktcap/pktcap.h>

#include "support/matrix.h"
#include "support/world.h"

struct engine_row {
	const char *name;
	uint32_t engine;
	uint32_t stamp;
	uint32_t max_delay_us;
	uint8_t clock;
};

static struct engine_row engine_rows[] = {
	{ "recv", PKTCAP_ENGINE_RECV, PKTCAP_STAMP_DEFAULT, 0,
	  PKTCAP_CLOCK_INGRESS },
	{ "recv SIOCGSTAMPNS", PKTCAP_ENGINE_RECV, PKTCAP_STAMP_SIOCGSTAMPNS, 0,
	  PKTCAP_CLOCK_INGRESS },
	{ "recv SIOCGSTAMP", PKTCAP_ENGINE_RECV, PKTCAP_STAMP_SIOCGSTAMP, 0,
	  PKTCAP_CLOCK_INGRESS },
	{ "ring", PKTCAP_ENGINE_RING, PKTCAP_STAMP_DEFAULT, 10000,
	  PKTCAP_CLOCK_COPY },
	{ "ring ingress", PKTCAP_ENGINE_RING, PKTCAP_STAMP_INGRESS, 1000,
	  PKTCAP_CLOCK_INGRESS },
	{ "auto", PKTCAP_ENGINE_AUTO, PKTCAP_STAMP_DEFAULT, 0,
	  PKTCAP_CLOCK_INGRESS },
};

enum { ENGINE_ROWS = sizeof(engine_rows) / sizeof(engine_rows[0]) };

/* Opens @ifname with the row's engine and @opts, or fails the test. */
static inline struct pktcap_capture *open_with(const struct engine_row *row,
					       const char *ifname,
					       struct pktcap_capture_opts opts)
{
	struct pktcap_capture *cap;
	struct pktcap_error error = { 0 };

	opts.size = sizeof(opts);
	opts.engine = row->engine;
	opts.stamp = row->stamp;
	opts.max_delay_us = row->max_delay_us;
	if (pktcap_capture_open(&cap, ifname, &opts, &error))
		fail_msg("%s: %s: %s", ifname, error.call, error.text);
	return cap;
}

#define OPEN(row, ifname, ...) \
	open_with(row, ifname, \
		  (struct pktcap_capture_opts){ .size = 0, __VA_ARGS__ })

/* Longest wait for what must come; never waited for to the end. */
enum { PATIENCE_MS = 10000 };

static inline const struct pktcap_packet *
expect_packet(struct pktcap_capture *cap)
{
	const struct pktcap_packet *pkt;

	assert_int_equal(pktcap_capture_next(cap, &pkt, PATIENCE_MS), 1);
	assert_non_null(pkt);
	return pkt;
}

static inline void expect_number(struct pktcap_capture *cap, int64_t number)
{
	const struct pktcap_packet *pkt = expect_packet(cap);

	assert_int_equal(world_number(pkt->data, pkt->caplen), number);
}

static inline void expect_none(struct pktcap_capture *cap)
{
	const struct pktcap_packet *pkt;

	assert_int_equal(pktcap_capture_next(cap, &pkt, 30), 0);
	assert_null(pkt);
}

static inline void send_numbered(int sender, uint32_t number, size_t len,
				 uint16_t port)
{
	uint8_t frame[65536];

	world_frame(frame, len, port, number);
	assert_int_equal(world_send(sender, frame, len), 0);
}

/* Every test of @tests with every engine, each under a name of its own. */
static inline int run_with_engines(const char *group,
				   const struct matrix_test *tests, size_t n)
{
	return matrix_run(group, tests, n, engine_rows, ENGINE_ROWS,
			  sizeof(engine_rows[0]));
}

#endif
