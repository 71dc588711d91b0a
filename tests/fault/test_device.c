// SPDX-License-Identifier: BSD-2-Clause
/* Interfaces and sockets are listed and watched whatever call fails on the way.
 */
#include "fault.h"

#include <sys/ioctl.h>

#include "support/rows.h"

#define NEVER_MADE ((void *)1)

static int prepare(void)
{
	int err = world_veth("pk0", "pk1");

	if (!err)
		err = world_address("pk0", "10.9.0.1", 24);
	return err ? err : world_proc();
}

static void list(const void *unused)
{
	struct pktcap_device_list *devices = NEVER_MADE;
	struct pktcap_error error = { 0 };
	int err = pktcap_device_list_open(&devices, &error);

	(void)unused;
	check_made("pktcap_device_list_open", err, devices, &error);
	if (err)
		return;
	/* lo, pk0, pk1 and "any": whole, or not at all. */
	if (pktcap_device_list_count(devices) != 4)
		finding("interfaces listed",
			(int)pktcap_device_list_count(devices));
	if (!pktcap_device_list_find(devices, "pk1"))
		finding("pk1 is not in the list", 0);
	pktcap_device_list_close(devices);
}

static void counters(const void *unused)
{
	struct pktcap_device_counters counted;

	(void)unused;
	check_result("pktcap_device_counters",
		     pktcap_device_counters(1, &counted));
}

static void dns(const void *unused)
{
	struct pktcap_address servers[4];
	struct pktcap_error error = { 0 };
	int n = pktcap_device_dns_servers(servers, 4, &error);

	(void)unused;
	check_result("pktcap_device_dns_servers", n);
	if (n < 0 && (error.code != n || !*error.text))
		finding("the failure is not explained", error.code);
}

/* Told in full, or less of it where something failed, but told. */
static void check_socket(const struct pktcap_device_sockets *all)
{
	const struct pktcap_device_socket *s = pktcap_device_sockets_at(all, 0);

	if (pktcap_device_sockets_count(all) != 1) {
		finding("sockets listed",
			(int)pktcap_device_sockets_count(all));
		return;
	}
	if (!(s->flags & PKTCAP_DEVICE_SOCKET_UID))
		finding("its user is not known", (int)s->flags);
	if (!fault.victim && !(s->flags & PKTCAP_DEVICE_SOCKET_DETAILS))
		finding("its rings are not known", (int)s->flags);
	if (s->process_count ? s->processes[0].pid != (uint32_t)getpid()
			     : !fault.victim)
		finding("held by somebody else", (int)s->process_count);
	/* Gone, or hidden: only the kernel knows. */
	if (!s->process_count && !pktcap_device_sockets_hidden(all) &&
	    fault_errno() != ENOENT)
		finding("its process is neither found nor hidden", 0);
}

static void sockets(const void *unused)
{
	struct pktcap_device_sockets *all = NEVER_MADE;
	struct pktcap_error error = { 0 };
	int err, fd;

	(void)unused;
	UNWRAPPED(fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0));
	err = pktcap_device_sockets_open(&all, PKTCAP_DEVICE_SOCKETS_PROCESSES,
					 &error);
	check_made("pktcap_device_sockets_open", err, all, &error);
	if (!err)
		check_socket(all);
	/* There is another way, which needs no socket. */
	if (err == -EPERM || err == -EAFNOSUPPORT)
		finding("no sockets without packet_diag", err);
	pktcap_device_sockets_close(all);
	UNWRAPPED(close(fd));
}

static bool is_promiscuous(void)
{
	struct pktcap_device_list *devices;
	const struct pktcap_device *device;
	bool yes = false;

	if (pktcap_device_list_open(&devices, NULL))
		return false;
	device = pktcap_device_list_find(devices, "pk1");
	yes = device && device->promiscuity;
	pktcap_device_list_close(devices);
	return yes;
}

static void clear_flag(void)
{
	struct ifreq req = { .ifr_name = "pk1" };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (!ioctl(fd, SIOCGIFFLAGS, &req)) {
		req.ifr_flags = (short)(req.ifr_flags & ~IFF_PROMISC);
		ioctl(fd, SIOCSIFFLAGS, &req);
	}
	close(fd);
}

static void promiscuous(uint32_t method)
{
	struct pktcap_device_promisc *holder = NEVER_MADE;
	struct pktcap_error error = { 0 };
	bool on;
	int err = pktcap_device_promisc_open(
		&holder, "pk1", PKTCAP_PROMISC_MODE_ALL, method, &error);

	check_made("pktcap_device_promisc_open", err, holder, &error);
	if (!err) {
		UNWRAPPED(on = is_promiscuous());
		if (!on)
			finding("not promiscuous, but no error", 0);
		err = pktcap_device_promisc_close(holder);
		check_result("pktcap_device_promisc_close", err);
	}
	UNWRAPPED(on = is_promiscuous());
	/* An interface that is gone takes its flag with it: no error. */
	if (on && !err && fault_errno() != ENODEV)
		finding("left promiscuous without an error", 0);
	if (on) /* for the next run */
		UNWRAPPED(clear_flag());
}

static void promiscuous_by_membership(const void *unused)
{
	(void)unused;
	promiscuous(PKTCAP_PROMISC_METHOD_MEMBERSHIP);
}

static void promiscuous_by_flag(const void *unused)
{
	(void)unused;
	promiscuous(PKTCAP_PROMISC_METHOD_FLAG);
}

/* A failure may come before the event, never instead of it. */
static void expect_event(struct pktcap_device_watch *watch, uint32_t type)
{
	struct pktcap_device_event event = { 0 };
	int n = 0;

	for (int i = 0; i < 3 && n <= 0; i++) {
		n = pktcap_device_watch_next(watch, &event);
		check_result("pktcap_device_watch_next", n);
	}
	if (n <= 0)
		finding("the event did not come", n);
	else if (event.type != type)
		finding("another event came", (int)event.type);
}

static void watch(const void *ifname)
{
	struct pktcap_device_watch *watch = NEVER_MADE;
	struct pktcap_error error = { 0 };
	int err = pktcap_device_watch_open(&watch, ifname, &error);

	check_made("pktcap_device_watch_open", err, watch, &error);
	if (err)
		return;
	UNWRAPPED(world_down("pk1"));
	expect_event(watch, PKTCAP_DEVICE_EVENT_DOWN);
	UNWRAPPED(world_up("pk1"));
	expect_event(watch, PKTCAP_DEVICE_EVENT_UP);
	pktcap_device_watch_close(watch);
}

static const struct row {
	const char *name;
	void (*scenario)(const void *arg);
	const char *arg;
} rows[] = {
	{ "list", list, NULL },
	{ "counters", counters, NULL },
	{ "DNS servers", dns, NULL },
	{ "packet sockets", sockets, NULL },
	{ "membership", promiscuous_by_membership, NULL },
	{ "interface flag", promiscuous_by_flag, NULL },
	{ "watch one", watch, "pk1" },
	{ "watch all", watch, NULL },
};

static void run(void **state)
{
	const struct row *row = *state;

	fault_each(row->name, prepare, row->scenario, row->arg);
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
	return _cmocka_run_group_tests("device faults", tests, n, NULL, NULL);
}
