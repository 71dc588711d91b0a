// SPDX-License-Identifier: BSD-2-Clause
/* Reassembly gets its memory when it is opened, or is not opened. */
#include "fault.h"

#include <pktcap/reassemble.h>

#define NEVER_MADE ((void *)1)

static int prepare(void)
{
	return 0;
}

static void open_both(const void *unused)
{
	struct pktcap_fragments *fragments = NEVER_MADE;
	struct pktcap_streams *streams = NEVER_MADE;
	struct pktcap_error error = { 0 };
	int ret = pktcap_fragments_open(&fragments, NULL, &error);

	(void)unused;
	check_made("pktcap_fragments_open", ret, fragments, &error);
	ret = pktcap_streams_open(&streams, NULL, &error);
	check_made("pktcap_streams_open", ret, streams, &error);
	pktcap_streams_close(streams);
	pktcap_fragments_close(fragments);
}

static void opening(void **state)
{
	(void)state;
	fault_each("opening", prepare, open_both, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opening),
	};

	world_enter_or_skip();
	return cmocka_run_group_tests_name("reassembly faults", tests, NULL,
					   NULL);
}
