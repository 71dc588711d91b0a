// SPDX-License-Identifier: BSD-2-Clause
/*
 * Started with standard input, output and error closed: nothing that stays open
 * takes their numbers, or what a program prints would go into a socket.
 */
#include <fcntl.h>
#include <pktcap/pktcap.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/world.h"

enum { STDIO = 3 };

static int kept[STDIO];

static void close_stdio(void)
{
	for (int fd = 0; fd < STDIO; fd++) {
		kept[fd] = fcntl(fd, F_DUPFD_CLOEXEC, STDIO);
		close(fd);
	}
}

/* How many of the three were open; as before. */
static int restore_stdio(void)
{
	int taken = 0;

	for (int fd = 0; fd < STDIO; fd++) {
		taken += fcntl(fd, F_GETFD) >= 0;
		if (kept[fd] >= 0) {
			dup2(kept[fd], fd);
			close(kept[fd]);
		}
	}
	return taken;
}

static int capture_and_borrow(uint32_t engine)
{
	struct pktcap_capture *cap = NULL;
	struct pktcap_send *s = NULL;
	int err;

	err = pktcap_capture_open(&cap, "pk0",
				  &PKTCAP_CAPTURE_OPTS(.engine = engine), NULL);
	if (!err)
		err = pktcap_send_borrow(&s, pktcap_capture_socket(cap), NULL,
					 NULL, NULL);
	if (!err)
		err = restore_stdio();
	pktcap_send_close(s);
	pktcap_capture_close(cap);
	return err;
}

static void captures(void **state)
{
	(void)state;
	close_stdio();
	assert_int_equal(capture_and_borrow(PKTCAP_ENGINE_RING), 0);
	close_stdio();
	assert_int_equal(capture_and_borrow(PKTCAP_ENGINE_RECV), 0);
}

static void senders(void **state)
{
	struct pktcap_send *s;
	int err;

	(void)state;
	close_stdio();
	err = pktcap_send_open(&s, "pk0", NULL, NULL);
	assert_int_equal(restore_stdio(), 0);
	assert_int_equal(err, 0);
	pktcap_send_close(s);
}

static void watches(void **state)
{
	struct pktcap_device_watch *watch;
	int err;

	(void)state;
	close_stdio();
	err = pktcap_device_watch_open(&watch, 0, NULL);
	assert_int_equal(restore_stdio(), 0);
	assert_int_equal(err, 0);
	pktcap_device_watch_close(watch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(captures),
		cmocka_unit_test(senders),
		cmocka_unit_test(watches),
	};

	world_enter_or_skip();
	if (world_veth("pk0", "pk1"))
		return 1;
	return cmocka_run_group_tests_name("closed stdio", tests, NULL, NULL);
}
