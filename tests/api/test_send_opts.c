// SPDX-License-Identifier: BSD-2-Clause
/* What cannot be meant is refused before anything is opened, by its name. */
#include "support/rows.h"

#include <errno.h>
#include <pktcap/pktcap.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct row {
	const char *name;
	struct pktcap_send_opts opts;
	int want;
	const char *call; /* the option that is named */
};

#define OPTS(...) PKTCAP_SEND_OPTS(__VA_ARGS__)
#define STAMPED PKTCAP_SEND_STAMP_SOFTWARE

static struct row rows[] = {
	{ "size not set", { .batch = 16 }, -EINVAL, "size" },
	{ "unknown flag", OPTS(.flags = 1u << 6), -EINVAL, "flags" },
	{ "highest flag", OPTS(.flags = 1u << 31), -EINVAL, "flags" },
	{ "engine", OPTS(.engine = 4), -EINVAL, "engine" },
	{ "stamps from a ring",
	  OPTS(.engine = PKTCAP_SEND_ENGINE_RING, .flags = STAMPED), -EINVAL,
	  "engine" },
	{ "stamps from AF_XDP",
	  OPTS(.engine = PKTCAP_SEND_ENGINE_XDP, .flags = STAMPED), -EINVAL,
	  "engine" },
	{ "batch", OPTS(.batch = 1025), -EINVAL, "batch" },
	{ "wait", OPTS(.wait_ms = 600001), -EINVAL, "wait_ms" },
	{ "frame too short", OPTS(.frame_bytes = 59), -EINVAL, "frame_bytes" },
	{ "frame too long", OPTS(.frame_bytes = 262145), -EINVAL,
	  "frame_bytes" },
	{ "ring too small", OPTS(.ring_bytes = 65535), -EINVAL, "ring_bytes" },
	{ "ring too large", OPTS(.ring_bytes = (1u << 30) + 1), -EINVAL,
	  "ring_bytes" },
	{ "buffer too small", OPTS(.sndbuf_bytes = 4095), -EINVAL,
	  "sndbuf_bytes" },
	{ "buffer too large", OPTS(.sndbuf_bytes = UINT32_MAX), -EINVAL,
	  "sndbuf_bytes" },
};

static void refused(void **state)
{
	const struct row *row = *state;
	struct pktcap_send *s = (void *)&s;
	struct pktcap_error error = { 0 };

	assert_int_equal(pktcap_send_open(&s, "lo", &row->opts, &error),
			 row->want);
	assert_null(s);
	assert_int_equal(error.code, row->want);
	assert_string_equal(error.call, row->call);
	assert_non_null(strstr(error.text, row->call));
	assert_int_equal(pktcap_send_open(&s, "lo", &row->opts, NULL),
			 row->want);
	assert_int_equal(pktcap_send_borrow(&s, 0, "lo", &row->opts, NULL),
			 row->want);
}

/* Told without any privilege. */
static void no_such_interface(void **state)
{
	const char *const names[] = { "nosuch0", "a name that none can have",
				      "4294967295", "999999999" };
	struct pktcap_send *s;
	struct pktcap_error error;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		s = (void *)&s;
		assert_int_equal(pktcap_send_open(&s, names[i], NULL, &error),
				 -ENODEV);
		assert_null(s);
		assert_non_null(strstr(error.text, names[i]));
	}
	assert_int_equal(pktcap_send_open(&s, "", NULL, &error), -EINVAL);
}

static void what_cannot_be_borrowed(void **state)
{
	int udp = socket(AF_INET, SOCK_DGRAM, 0);
	struct pktcap_error error;
	struct pktcap_send *s;
	int pipes[2];

	(void)state;
	assert_int_equal(pipe(pipes), 0);
	const struct {
		int fd;
		int want;
	} sockets[] = { { -1, -EBADF },
			{ 999, -EBADF },
			{ pipes[0], -ENOTSOCK },
			{ udp, -EPROTOTYPE } };

	for (size_t i = 0; i < sizeof(sockets) / sizeof(sockets[0]); i++) {
		s = (void *)&s;
		assert_int_equal(pktcap_send_borrow(&s, sockets[i].fd, "lo",
						    NULL, &error),
				 sockets[i].want);
		assert_null(s);
		assert_true(strlen(error.text) > 0);
	}
	assert_int_equal(close(udp), 0); /* still the caller's */
	assert_int_equal(close(pipes[0]), 0);
	assert_int_equal(close(pipes[1]), 0);
}

static void options_of_other_versions(void **state)
{
	struct {
		struct pktcap_send_opts opts;
		uint64_t later;
	} newer = { .opts = { .size = sizeof(newer) }, .later = 1 };
	struct pktcap_send *s;

	(void)state;
	assert_int_equal(pktcap_send_open(&s, "nosuch0", &newer.opts, NULL),
			 -E2BIG);
	newer.later = 0;
	assert_int_equal(pktcap_send_open(&s, "nosuch0", &newer.opts, NULL),
			 -ENODEV);
	newer.opts.size = 8; /* an older one has nothing behind @flags */
	newer.opts.batch = UINT32_MAX;
	assert_int_equal(pktcap_send_open(&s, "nosuch0", &newer.opts, NULL),
			 -ENODEV);
}

static void names_of_engines(void **state)
{
	(void)state;
	assert_string_equal(pktcap_send_engine_name(PKTCAP_SEND_ENGINE_AUTO),
			    "auto");
	assert_string_equal(pktcap_send_engine_name(PKTCAP_SEND_ENGINE_MMSG),
			    "mmsg");
	assert_string_equal(pktcap_send_engine_name(PKTCAP_SEND_ENGINE_RING),
			    "ring");
	assert_string_equal(pktcap_send_engine_name(PKTCAP_SEND_ENGINE_XDP),
			    "xdp");
	assert_null(pktcap_send_engine_name(4));
	pktcap_send_close(NULL);
}

int main(void)
{
	const struct CMUnitTest others[] = {
		cmocka_unit_test(no_such_interface),
		cmocka_unit_test(what_cannot_be_borrowed),
		cmocka_unit_test(options_of_other_versions),
		cmocka_unit_test(names_of_engines),
	};
	struct CMUnitTest all[sizeof(rows) / sizeof(rows[0])];
	size_t n = 0;

	ADD_ROWS(all, n, rows, refused);
	return _cmocka_run_group_tests("send options", all, n, NULL, NULL) +
	       cmocka_run_group_tests(others, NULL, NULL);
}
