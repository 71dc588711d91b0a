// SPDX-License-Identifier: BSD-2-Clause
/*
 * What a watch of all links and a watch of one tell about the same changes.
 * A row is a play: "do" names changes, "all" and "one" what must be told.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <poll.h>
#include <pktcap/device.h>
#include <stdio.h>
#include <string.h>

#include "support/world.h"

struct step {
	int (*change)(const char *name, const char *to);
	const char *name;
	const char *to;
	const char *one; /* what the watch of "w0" must tell */
	const char *all; /* what the watch of all links must tell */
};

struct row {
	const char *name;
	struct step steps[8];
};

static int up(const char *name, const char *to)
{
	(void)to;
	return world_up(name);
}

static int down(const char *name, const char *to)
{
	(void)to;
	return world_down(name);
}

static int delete (const char *name, const char *to)
{
	(void)to;
	return world_delete(name);
}

static int mtu(const char *name, const char *to)
{
	(void)to;
	return world_mtu(name, 1400);
}

/* In each row "w1" is there when the watches open, and "w0" unless it says. */
static struct row rows[] = {
	{ "up and down",
	  { { up, "w0", "", "up w0", "up w0" },
	    { up, "w0", "", "", "" },
	    { mtu, "w0", "", "", "" },
	    { down, "w0", "", "down w0", "down w0" } } },
	{ "deleted and made again",
	  { { delete, "w0", "", "gone w0", "gone w0, gone w1" },
	    { world_veth_down, "w0", "w1", "back w0", "back w1, back w0" },
	    { up, "w0", "", "up w0", "up w0" },
	    { delete, "w0", "", "down w0, gone w0",
	      "down w0, gone w0, gone w1" } } },
	{ "renamed and followed",
	  { { world_rename, "w0", "x0", "renamed w0 to x0",
	      "renamed w0 to x0" },
	    { up, "x0", "", "up x0", "up x0" },
	    { delete, "x0", "", "down x0, gone x0",
	      "down x0, gone x0, gone w1" },
	    { world_veth_down, "w0", "w1", "back w0", "back w1, back w0" } } },
	{ "another took the name",
	  { { world_rename, "w0", "x0", "renamed w0 to x0",
	      "renamed w0 to x0" },
	    { world_veth_down, "w0", "y1", "", "back y1, back w0" },
	    { up, "w0", "", "", "up w0" },
	    { delete, "x0", "", "gone x0, back w0, up w0",
	      "gone x0, gone w1" } } },
	{ "not there yet",
	  { { delete, "w0", "", "gone w0", "gone w0, gone w1" },
	    { world_veth_down, "z0", "z1", "", "back z1, back z0" },
	    { world_rename, "z0", "w0", "back w0", "renamed z0 to w0" } } },
	{ "others are no business of it",
	  { { up, "w1", "", "", "up w1" },
	    { world_rename, "w1", "w9", "", "renamed w1 to w9" } } },
};

static void tell(const struct pktcap_device_event *event, char *out,
		 size_t size)
{
	static const char *const names[] = { "?",    "up",   "down",
					     "gone", "back", "renamed" };
	size_t n = strlen(out);

	assert_in_range(event->type, 1, 5);
	snprintf(out + n, size - n, "%s%s %s%s%s", n ? ", " : "",
		 names[event->type],
		 event->old_name[0] ? event->old_name : event->name,
		 event->old_name[0] ? " to " : "",
		 event->old_name[0] ? event->name : "");
}

static void expect(struct pktcap_device_watch *watch, const char *want)
{
	struct pktcap_device_event event;
	char got[256] = "";
	int r;

	while ((r = pktcap_device_watch_next(watch, &event)) > 0) {
		assert_true(event.ifindex > 0);
		assert_int_equal(event.hatype, 1);
		if (event.type == PKTCAP_DEVICE_EVENT_UP)
			assert_true(event.flags & PKTCAP_DEVICE_UP);
		tell(&event, got, sizeof(got));
	}
	assert_int_equal(r, 0);
	assert_string_equal(got, want);
}

static void run(void **state)
{
	const struct row *row = *state;
	struct pktcap_device_watch *all, *one;

	assert_int_equal(pktcap_device_watch_open(&all, NULL, NULL), 0);
	assert_int_equal(pktcap_device_watch_open(&one, "w0", NULL), 0);
	for (const struct step *s = row->steps; s->change; s++) {
		assert_int_equal(s->change(s->name, s->to), 0);
		expect(one, s->one);
		expect(all, s->all);
	}
	pktcap_device_watch_close(all);
	pktcap_device_watch_close(one);
}

/* Fills the sockets of both watches until the kernel drops messages. */
static void test_overflow(void **state)
{
	struct pktcap_device_watch *all, *one;

	(void)state;
	assert_int_equal(pktcap_device_watch_open(&all, NULL, NULL), 0);
	assert_int_equal(pktcap_device_watch_open(&one, "w0", NULL), 0);
	for (unsigned int i = 0; i < 2000; i++)
		assert_int_equal(world_mtu("w1", 1000 + i % 2), 0);
	assert_int_equal(world_rename("w1", "v1"), 0);
	assert_int_equal(world_up("w0"), 0);
	assert_int_equal(world_veth_down("n0", "n1"), 0);
	expect(one, "up w0");
	expect(all, "renamed w1 to v1, up w0, back n1, back n0");
	for (unsigned int i = 0; i < 2000; i++)
		assert_int_equal(world_mtu("v1", 1000 + i % 2), 0);
	assert_int_equal(world_delete("w0"), 0);
	assert_int_equal(world_veth("w0", "w1"), 0);
	expect(one, "gone w0, back w0, up w0");
	expect(all, "gone v1, gone w0, back w1, up w1, back w0, up w0");
	pktcap_device_watch_close(all);
	pktcap_device_watch_close(one);
	assert_int_equal(world_delete("n0"), 0);
}

static void test_descriptor(void **state)
{
	struct pktcap_device_watch *watch;
	struct pktcap_device_event event;
	int fds = world_open_fds();
	struct pollfd p = { .events = POLLIN };

	(void)state;
	assert_int_equal(pktcap_device_watch_open(&watch, "w0", NULL), 0);
	p.fd = pktcap_device_watch_fd(watch);
	assert_int_equal(poll(&p, 1, 0), 0);
	assert_int_equal(world_up("w0"), 0);
	assert_int_equal(poll(&p, 1, 0), 1);
	assert_int_equal(pktcap_device_watch_next(watch, &event), 1);
	assert_int_equal(pktcap_device_watch_next(watch, &event), 0);
	assert_int_equal(poll(&p, 1, 0), 0);
	pktcap_device_watch_close(watch);
	assert_int_equal(world_open_fds(), fds);
}

static int setup(void **state)
{
	(void)state;
	return world_veth_down("w0", "w1");
}

/* Whatever a row left behind. */
static int teardown(void **state)
{
	static const char *const names[] = { "w0", "w1", "x0", "z1" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		int r = world_delete(names[i]);

		if (r < 0 && r != -ENODEV)
			return r;
	}
	return 0;
}

int main(void)
{
	enum { N = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[N + 2] = {
		[N] = cmocka_unit_test_setup_teardown(test_overflow, setup,
						      teardown),
		[N + 1] = cmocka_unit_test_setup_teardown(test_descriptor,
							  setup, teardown),
	};

	world_enter_or_skip();
	for (size_t i = 0; i < N; i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name,
						.test_func = run,
						.setup_func = setup,
						.teardown_func = teardown,
						.initial_state = &rows[i] };
	return _cmocka_run_group_tests("device_watch", tests, N + 2, NULL,
				       NULL);
}
