// SPDX-License-Identifier: BSD-2-Clause
/* Interfaces go down, away, come back and change names: the capture goes on. */
#include "support/engines.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>
#include <unistd.h>

struct log {
	struct pktcap_device_event events[16];
	int n;
};

static void record(void *user, const struct pktcap_device_event *event)
{
	struct log *log = user;

	assert_in_range(log->n, 0, 15);
	log->events[log->n++] = *event;
}

/* Lets the capture see to its events until there are @n of them. */
static void expect_events(struct pktcap_capture *cap, struct log *log, int n)
{
	const struct pktcap_packet *pkt;

	for (int i = 0; i < 1000 && log->n < n; i++)
		assert_int_equal(pktcap_capture_next(cap, &pkt, 10), 0);
	assert_int_equal(log->n, n);
}

static void expect_event(const struct log *log, int i, uint32_t type,
			 const char *name)
{
	assert_int_equal(log->events[i].type, type);
	assert_string_equal(log->events[i].name, name);
}

static void send_to(const char *peer, uint32_t number)
{
	int sender = world_sender(peer);

	assert_true(sender >= 0);
	send_numbered(sender, number, 100, 9);
	close(sender);
}

static void pair(const char *a, const char *b)
{
	world_delete(a);
	world_delete(b);
	assert_int_equal(world_veth(a, b), 0);
}

static void down_and_up(void **state)
{
	struct log log = { .n = 0 };
	struct pktcap_capture_info info;
	struct pktcap_capture *cap;

	pair("ln0", "ln1");
	cap = OPEN(*state, "ln1", .on_event = record, .event_user = &log);
	send_to("ln0", 1);
	expect_number(cap, 1);
	assert_int_equal(world_down("ln1"), 0);
	expect_events(cap, &log, 1);
	expect_event(&log, 0, PKTCAP_DEVICE_EVENT_DOWN, "ln1");
	pktcap_capture_info(cap, &info);
	assert_false(info.link_flags & PKTCAP_DEVICE_UP);
	assert_int_equal(world_up("ln1"), 0);
	expect_events(cap, &log, 2);
	expect_event(&log, 1, PKTCAP_DEVICE_EVENT_UP, "ln1");
	send_to("ln0", 2);
	expect_number(cap, 2);
	pktcap_capture_close(cap);
}

static void opened_while_down(void **state)
{
	struct log log = { .n = 0 };
	struct pktcap_capture *cap;

	world_delete("ln0");
	assert_int_equal(world_veth_down("ln0", "ln1"), 0);
	assert_int_equal(world_up("ln0"), 0);
	cap = OPEN(*state, "ln1", .on_event = record, .event_user = &log);
	expect_none(cap);
	assert_int_equal(world_up("ln1"), 0);
	expect_events(cap, &log, 1);
	send_to("ln0", 1);
	expect_number(cap, 1);
	pktcap_capture_close(cap);
}

static void renamed(void **state)
{
	struct log log = { .n = 0 };
	struct pktcap_capture_info info;
	struct pktcap_capture *cap;

	pair("ln0", "ln1");
	world_delete("ln9");
	cap = OPEN(*state, "ln1", .on_event = record, .event_user = &log);
	assert_int_equal(world_rename("ln1", "ln9"), 0);
	for (int i = 0; i < 1000 && !log.n; i++)
		expect_none(cap);
	/* Older kernels rename only what is down: other events may surround. */
	for (int i = 0; i < log.n; i++)
		if (log.events[i].type == PKTCAP_DEVICE_EVENT_RENAMED) {
			assert_string_equal(log.events[i].name, "ln9");
			assert_string_equal(log.events[i].old_name, "ln1");
		}
	pktcap_capture_info(cap, &info);
	assert_string_equal(info.ifname, "ln9");
	send_to("ln0", 1);
	expect_number(cap, 1);
	pktcap_capture_close(cap);
	world_delete("ln9");
}

static void deleted_and_made_again(void **state)
{
	struct log log = { .n = 0 };
	struct pktcap_capture_info before, after;
	struct pktcap_capture *cap;

	pair("ln0", "ln1");
	cap = OPEN(*state, "ln1", .on_event = record, .event_user = &log,
		   .flags = PKTCAP_CAPTURE_PROMISC);
	pktcap_capture_info(cap, &before);
	send_to("ln0", 1);
	for (uint32_t i = 0; i < 3; i++) {
		assert_int_equal(world_delete("ln1"), 0);
		if (!i) /* what was captured before is not lost */
			expect_number(cap, 1);
		while (!log.n ||
		       log.events[log.n - 1].type != PKTCAP_DEVICE_EVENT_GONE)
			expect_none(cap);
		assert_int_equal(world_veth("ln0", "ln1"), 0);
		while (log.events[log.n - 1].type != PKTCAP_DEVICE_EVENT_UP)
			expect_none(cap);
		send_to("ln0", 100 + i);
		expect_number(cap, 100 + i);
		log.n = 0;
	}
	pktcap_capture_info(cap, &after);
	assert_int_equal(after.ring_bytes, before.ring_bytes);
	assert_int_equal(after.ifindex, if_nametoindex("ln1"));
	assert_int_not_equal(after.ifindex, before.ifindex);
	pktcap_capture_close(cap);
}

static void waits_for_what_is_not_there_yet(void **state)
{
	struct log log = { .n = 0 };
	struct pktcap_capture_info info;
	struct pktcap_capture *cap;

	world_delete("ln0");
	world_delete("ln1");
	cap = OPEN(*state, "ln1", .on_event = record, .event_user = &log,
		   .flags = PKTCAP_CAPTURE_WAIT | PKTCAP_CAPTURE_PROMISC);
	pktcap_capture_info(cap, &info);
	assert_int_equal(info.ifindex, 0);
	/* Absent must not mean "all interfaces". */
	send_to("lo", 5);
	expect_none(cap);
	assert_int_equal(world_veth("ln0", "ln1"), 0);
	while (!log.n || log.events[log.n - 1].type != PKTCAP_DEVICE_EVENT_UP)
		expect_none(cap);
	expect_event(&log, 0, PKTCAP_DEVICE_EVENT_BACK, "ln1");
	send_to("ln0", 1);
	expect_number(cap, 1);
	pktcap_capture_close(cap);
}

static void other_link_type_ends_it(void **state)
{
	struct pktcap_capture *cap;
	const struct pktcap_packet *pkt;
	int tun, n = 0;

	pair("ln0", "ln1");
	cap = OPEN(*state, "ln1");
	assert_int_equal(world_delete("ln1"), 0);
	tun = world_tun("ln1");
	assert_true(tun >= 0);
	for (int i = 0; i < 1000 && !n; i++)
		n = pktcap_capture_next(cap, &pkt, 10);
	assert_int_equal(n, -EMEDIUMTYPE);
	assert_int_equal(pktcap_capture_next(cap, &pkt, -1), -EMEDIUMTYPE);
	pktcap_capture_close(cap);
	close(tun);
}

/* The packets first, then the error, for good. */
static void expect_end(struct pktcap_capture *cap, uint32_t packets, int down,
		       int gone)
{
	const struct pktcap_packet *pkt;
	int n = 0;

	for (uint32_t i = 0; i < packets; i++)
		expect_number(cap, i);
	for (int i = 0; i < 1000 && !n; i++)
		n = pktcap_capture_next(cap, &pkt, 10);
	assert_true(n == down || n == gone);
	assert_int_equal(pktcap_capture_next(cap, &pkt, -1), n);
	assert_null(pkt);
	pktcap_capture_close(cap);
}

static void strict_turns_events_into_errors(void **state)
{
	struct pktcap_capture *cap;
	int sender;

	for (int gone = 0; gone <= 1; gone++) {
		pair("ln0", "ln1");
		cap = OPEN(*state, "ln1", .flags = PKTCAP_CAPTURE_STRICT);
		sender = world_sender("ln0");
		assert_int_equal(world_flood(sender, 0, 100, 100), 0);
		close(sender);
		assert_int_equal(gone ? world_delete("ln1") : world_down("ln1"),
				 0);
		/* What is deleted goes down first. */
		expect_end(cap, 100, -ENETDOWN, gone ? -ENODEV : -ENETDOWN);
	}
}

static void strict_refuses_to_open_what_is_down(void **state)
{
	const struct engine_row *row = *state;
	struct pktcap_capture *cap = (void *)state;
	struct pktcap_error error;

	world_delete("ln0");
	assert_int_equal(world_veth_down("ln0", "ln1"), 0);
	assert_int_equal(
		pktcap_capture_open(
			&cap, "ln1",
			&PKTCAP_CAPTURE_OPTS(.engine = row->engine,
					     .stamp = row->stamp,
					     .flags = PKTCAP_CAPTURE_STRICT),
			&error),
		-ENETDOWN);
	assert_null(cap);
	assert_non_null(strstr(error.text, "ln1"));
}

static int promiscuity(const char *ifname)
{
	struct pktcap_device_list *list;
	int n;

	assert_int_equal(pktcap_device_list_open(&list, NULL), 0);
	n = (int)pktcap_device_list_find(list, ifname)->promiscuity;
	pktcap_device_list_close(list);
	return n;
}

static void promiscuous_where_asked(void **state)
{
	struct pktcap_capture *cap;

	pair("ln0", "ln1");
	cap = OPEN(*state, "ln1");
	assert_int_equal(promiscuity("ln1"), 0);
	pktcap_capture_close(cap);
	cap = OPEN(*state, "ln1", .flags = PKTCAP_CAPTURE_PROMISC);
	assert_int_equal(promiscuity("ln1"), 1);
	pktcap_capture_close(cap);
	assert_int_equal(promiscuity("ln1"), 0);
	cap = OPEN(*state, "any");
	assert_int_equal(promiscuity("ln1"), 0);
	assert_int_equal(
		pktcap_capture_set_promisc(cap, if_nametoindex("ln1"), 1), 0);
	assert_int_equal(promiscuity("ln1"), 1);
	assert_int_equal(
		pktcap_capture_set_promisc(cap, if_nametoindex("ln1"), 0), 0);
	assert_int_equal(promiscuity("ln1"), 0);
	assert_int_equal(pktcap_capture_set_promisc(cap, 999999, 1), -ENODEV);
	pktcap_capture_close(cap);
}

static void promiscuous_any_takes_later_interfaces_too(void **state)
{
	struct pktcap_capture *cap;

	pair("ln0", "ln1");
	world_delete("ln4");
	cap = OPEN(*state, "any", .flags = PKTCAP_CAPTURE_PROMISC);
	assert_int_equal(promiscuity("ln0"), 1);
	assert_int_equal(promiscuity("ln1"), 1);
	assert_int_equal(world_veth("ln4", "ln5"), 0);
	for (int i = 0; i < 1000 && !promiscuity("ln5"); i++)
		expect_none(cap);
	assert_int_equal(promiscuity("ln4"), 1);
	assert_int_equal(promiscuity("ln5"), 1);
	pktcap_capture_close(cap);
	assert_int_equal(promiscuity("ln5"), 0);
	world_delete("ln4");
}

static void found_by_name_index_and_any_case(void **state)
{
	char index[16];
	struct pktcap_capture_info info;
	struct pktcap_capture *cap;

	pair("ln0", "ln1");
	snprintf(index, sizeof(index), "%u", if_nametoindex("ln1"));
	cap = OPEN(*state, index);
	pktcap_capture_info(cap, &info);
	assert_string_equal(info.ifname, "ln1");
	send_to("ln0", 4);
	expect_number(cap, 4);
	pktcap_capture_close(cap);
}

int main(void)
{
	static const struct matrix_test tests[] = {
		MATRIX_TEST(down_and_up),
		MATRIX_TEST(opened_while_down),
		MATRIX_TEST(renamed),
		MATRIX_TEST(deleted_and_made_again),
		MATRIX_TEST(waits_for_what_is_not_there_yet),
		MATRIX_TEST(other_link_type_ends_it),
		MATRIX_TEST(strict_turns_events_into_errors),
		MATRIX_TEST(strict_refuses_to_open_what_is_down),
		MATRIX_TEST(promiscuous_where_asked),
		MATRIX_TEST(promiscuous_any_takes_later_interfaces_too),
		MATRIX_TEST(found_by_name_index_and_any_case),
	};

	world_enter_or_skip();
	return run_with_engines("capture link", tests,
				sizeof(tests) / sizeof(tests[0]));
}
