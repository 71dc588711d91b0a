// SPDX-License-Identifier: BSD-2-Clause
/* Nothing is delivered that the filter rejects, at any moment of its life. */
#include "support/engines.h"

#include <errno.h>
#include <linux/filter.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int sender;

/* UDP to @port in untagged IPv4 over Ethernet, without options. */
#define UDP_PORT(port)                                             \
	{                                                          \
		{ BPF_LD | BPF_H | BPF_ABS, 0, 0, 36 },            \
			{ BPF_JMP | BPF_JEQ | BPF_K, 0, 1, port }, \
			{ BPF_RET | BPF_K, 0, 0, 262144 },         \
			{ BPF_RET | BPF_K, 0, 0, 0 },              \
	}

static const struct pktcap_insn port_9[] = UDP_PORT(9);
static const struct pktcap_insn port_10[] = UDP_PORT(10);

/* As port_9, with so many idle instructions that no kernel takes it. */
static struct pktcap_insn *long_port_9(uint32_t *n)
{
	struct pktcap_insn *program;

	*n = 5000;
	program = calloc(*n, sizeof(*program));
	for (uint32_t i = 0; i < *n - 4; i++)
		program[i] = (struct pktcap_insn){ BPF_LD | BPF_IMM, 0, 0, i };
	memcpy(program + *n - 4, port_9, sizeof(port_9));
	return program;
}

static uint32_t place_of(struct pktcap_capture *cap)
{
	struct pktcap_capture_info info;

	pktcap_capture_info(cap, &info);
	return info.filter_place;
}

static void runs_in_the_kernel(void **state)
{
	struct pktcap_capture *cap =
		OPEN(*state, "pk1", .filter = port_9, .filter_len = 4);
	struct pktcap_capture_stats stats;

	assert_int_equal(place_of(cap), PKTCAP_FILTER_PLACE_KERNEL);
	send_numbered(sender, 1, 100, 10);
	send_numbered(sender, 2, 100, 9);
	expect_number(cap, 2);
	expect_none(cap);
	assert_int_equal(pktcap_capture_stats(cap, &stats), 0);
	assert_int_equal(stats.received, 1);
	assert_int_equal(stats.rejected, 0);
	pktcap_capture_close(cap);
}

static void runs_here_when_the_kernel_refuses(void **state)
{
	uint32_t n;
	struct pktcap_insn *program = long_port_9(&n);
	struct pktcap_capture *cap = OPEN(*state, "pk1", .filter = program,
					  .filter_len = n, .snaplen = 80);
	struct pktcap_capture_info info;
	struct pktcap_capture_stats stats;
	const struct pktcap_packet *pkt;

	free(program); /* borrowed for the call only */
	pktcap_capture_info(cap, &info);
	assert_int_equal(info.filter_place, PKTCAP_FILTER_PLACE_USER);
	assert_int_equal(info.filter_errno, EINVAL);
	send_numbered(sender, 1, 100, 10);
	send_numbered(sender, 2, 100, 9);
	pkt = expect_packet(cap);
	assert_int_equal(world_number(pkt->data, pkt->caplen), 2);
	assert_int_equal(pkt->caplen, 80);
	assert_int_equal(pkt->wirelen, 100);
	expect_none(cap);
	assert_int_equal(pktcap_capture_stats(cap, &stats), 0);
	assert_int_equal(stats.received, 2);
	assert_int_equal(stats.rejected, 1);
	assert_int_equal(stats.delivered, 1);
	pktcap_capture_close(cap);
}

static void return_value_and_snap_length_both_cut(void **state)
{
	static const struct {
		uint32_t keep, snaplen, want;
	} rows[] = { { 70, 200, 70 }, { 262144, 80, 80 }, { 0, 80, 0 } };

	for (int i = 0; i < 3; i++) {
		struct pktcap_insn keep = { BPF_RET | BPF_K, 0, 0,
					    rows[i].keep };
		struct pktcap_capture *cap =
			OPEN(*state, "pk1", .filter = &keep, .filter_len = 1,
			     .snaplen = rows[i].snaplen);

		send_numbered(sender, 1, 100, 9);
		if (rows[i].want)
			assert_int_equal(expect_packet(cap)->caplen,
					 rows[i].want);
		expect_none(cap);
		pktcap_capture_close(cap);
	}
}

/* "ret a" cannot be cut in the kernel: it is cut here. */
static void returned_accumulator_is_cut(void **state)
{
	static const struct pktcap_insn len[] = {
		{ BPF_LD | BPF_W | BPF_LEN, 0, 0, 0 },
		{ BPF_RET | BPF_A, 0, 0, 0 },
	};
	struct pktcap_capture *cap = OPEN(*state, "pk1", .filter = len,
					  .filter_len = 2, .snaplen = 66);

	send_numbered(sender, 1, 100, 9);
	assert_int_equal(expect_packet(cap)->caplen, 66);
	pktcap_capture_close(cap);
}

static void direction_out_keeps_the_program(void **state)
{
	struct pktcap_capture *cap =
		OPEN(*state, "pk1", .filter = port_9, .filter_len = 4,
		     .direction = PKTCAP_DIRECTION_OUT);
	struct pktcap_capture_stats stats;
	int other = world_sender("pk1");

	send_numbered(sender, 1, 100, 9);
	send_numbered(other, 2, 100, 10);
	send_numbered(other, 3, 100, 9);
	expect_number(cap, 3);
	expect_none(cap);
	assert_int_equal(pktcap_capture_stats(cap, &stats), 0);
	assert_int_equal(stats.received, 1); /* others not even woken for */
	close(other);
	pktcap_capture_close(cap);
}

/* A child that floods with frames for port 10 until it is killed. */
static pid_t start_flood(void)
{
	pid_t pid = fork();

	if (pid == 0) {
		uint8_t frame[64];

		world_frame(frame, 64, 10, 0);
		for (int i = 0; i < 100000000; i++)
			world_send(sender, frame, 64);
		_exit(0);
	}
	return pid;
}

static void stop_flood(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/* Proves that the flood is there: without a filter it is seen. */
static void expect_flood(const struct engine_row *row)
{
	struct pktcap_capture *cap = OPEN(row, "pk1");

	expect_packet(cap);
	pktcap_capture_close(cap);
}

static void no_stray_packet_while_opening(void **state)
{
	pid_t pid = start_flood();

	expect_flood(*state);
	for (int i = 0; i < 10; i++) {
		struct pktcap_capture *cap =
			OPEN(*state, "pk1", .filter = port_9, .filter_len = 4);
		struct pktcap_capture_stats stats;
		const struct pktcap_packet *pkt;

		assert_int_equal(pktcap_capture_next(cap, &pkt, 20), 0);
		assert_int_equal(pktcap_capture_stats(cap, &stats), 0);
		assert_int_equal(stats.received, 0);
		pktcap_capture_close(cap);
	}
	stop_flood(pid);
}

static void no_stray_packet_after_a_change(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1");
	pid_t pid = start_flood();

	for (int i = 0; i < 5; i++) {
		const struct pktcap_packet *pkt;

		assert_int_equal(pktcap_capture_set_filter(cap, NULL, 0, NULL),
				 0);
		for (int k = 0; k < 5; k++)
			expect_packet(cap); /* views are pending now, too */
		assert_int_equal(
			pktcap_capture_set_filter(cap, port_9, 4, NULL), 0);
		assert_int_equal(pktcap_capture_next(cap, &pkt, 30), 0);
	}
	stop_flood(pid);
	send_numbered(sender, 3, 100, 9);
	expect_number(cap, 3);
	pktcap_capture_close(cap);
}

static void a_change_sieves_what_is_captured_already(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1");

	for (uint32_t i = 0; i < 100; i++)
		send_numbered(sender, i, 100, i % 2 ? 9 : 10);
	expect_number(cap, 0);
	assert_int_equal(pktcap_capture_set_filter(cap, port_10, 4, NULL), 0);
	assert_int_equal(place_of(cap), PKTCAP_FILTER_PLACE_KERNEL);
	for (uint32_t i = 2; i < 100; i += 2)
		expect_number(cap, i);
	expect_none(cap);
	pktcap_capture_close(cap);
}

struct change {
	struct pktcap_capture *cap;
	uint32_t delivered;
};

static int change_after_three(void *user, const struct pktcap_packet *pkt)
{
	struct change *change = user;
	int64_t number = world_number(pkt->data, pkt->caplen);

	/* 0, 1, 2, then the even ones. */
	if (change->delivered++ < 3)
		assert_int_equal(number, change->delivered - 1);
	else
		assert_int_equal(number, 2 * (change->delivered - 2));
	if (change->delivered == 3)
		assert_int_equal(pktcap_capture_set_filter(change->cap, port_10,
							   4, NULL),
				 0);
	return number == 98;
}

static void a_change_by_the_function_itself(void **state)
{
	struct change change = { .cap = OPEN(*state, "pk1") };
	struct pktcap_capture_stats stats;

	for (uint32_t i = 0; i < 100; i++)
		send_numbered(sender, i, 100, i % 2 ? 9 : 10);
	assert_int_equal(
		pktcap_capture_loop(change.cap, 0, change_after_three, &change),
		1);
	assert_int_equal(change.delivered, 51);
	expect_none(change.cap);
	assert_int_equal(pktcap_capture_stats(change.cap, &stats), 0);
	assert_int_equal(stats.delivered, 51);
	assert_int_equal(stats.rejected, 49);
	pktcap_capture_close(change.cap);
}

static void a_change_sieves_tagged_frames_put_back(void **state)
{
	static const uint32_t tag = 0x81000005;
	struct pktcap_capture *cap =
		OPEN(*state, "pk1", .flags = PKTCAP_CAPTURE_VLAN_INLINE);
	uint8_t frame[100];

	send_numbered(sender, 1, 100, 9);
	for (uint16_t port = 9; port <= 10; port++) {
		world_frame_tagged(frame, 100, port, 1, &tag, 1);
		assert_int_equal(world_send(sender, frame, 100), 0);
	}
	expect_number(cap, 1);
	/* Live programs find the outer tag in the metadata, not inline. */
	assert_int_equal(pktcap_capture_set_filter(cap, port_10, 4, NULL), 0);
	assert_memory_equal(expect_packet(cap)->data, frame, 100);
	expect_none(cap);
	pktcap_capture_close(cap);
}

/* Packets that nobody wants must hide neither the time nor a stop. */
static void a_flood_of_rejected_packets_hides_nothing(void **state)
{
	uint32_t n;
	struct pktcap_insn *program = long_port_9(&n);
	struct pktcap_capture *cap =
		OPEN(*state, "pk1", .filter = program, .filter_len = n);
	const struct pktcap_packet *pkt;
	pid_t pid = start_flood();

	free(program);
	assert_int_equal(place_of(cap), PKTCAP_FILTER_PLACE_USER);
	for (int i = 0; i < 5; i++)
		assert_int_equal(pktcap_capture_next(cap, &pkt, 10), 0);
	pktcap_capture_stop(cap);
	assert_int_equal(pktcap_capture_next(cap, &pkt, -1), -ECANCELED);
	stop_flood(pid);
	pktcap_capture_close(cap);
}

static void a_bad_change_keeps_the_old_one(void **state)
{
	static const struct pktcap_insn no_return = { BPF_LD | BPF_IMM, 0, 0,
						      1 };
	struct pktcap_capture *cap =
		OPEN(*state, "pk1", .filter = port_9, .filter_len = 4);
	struct pktcap_error error;

	assert_int_equal(pktcap_capture_set_filter(cap, &no_return, 1, &error),
			 -EINVAL);
	assert_int_equal(error.code, -EINVAL);
	assert_true(strlen(error.text) > 0);
	assert_int_equal(pktcap_capture_set_filter(cap, port_9, 0, &error),
			 -EINVAL);
	assert_int_equal(pktcap_capture_set_filter(cap, NULL, 4, &error),
			 -EINVAL);
	send_numbered(sender, 1, 100, 10);
	send_numbered(sender, 2, 100, 9);
	expect_number(cap, 2);
	expect_none(cap);
	pktcap_capture_close(cap);
}

/* --- cooked: the program is written for SLL2, the kernel sees no header -----
 */

static void cooked_program(const struct engine_row *row,
			   const struct pktcap_insn *program, uint32_t n,
			   uint32_t place)
{
	struct pktcap_capture *cap =
		OPEN(row, "any", .filter = program, .filter_len = n,
		     .direction = PKTCAP_DIRECTION_IN, .snaplen = 70);
	const struct pktcap_packet *pkt;

	assert_int_equal(place_of(cap), place);
	send_numbered(sender, 1, 100, 10);
	send_numbered(sender, 2, 100, 9);
	pkt = expect_packet(cap);
	assert_int_equal(pkt->caplen, 70);
	assert_int_equal(pkt->wirelen, 106);
	/* Number behind SLL2, IPv4 and UDP headers. */
	assert_memory_equal(pkt->data + 48, "\x00\x00\x00\x02", 4);
	expect_none(cap);
	pktcap_capture_close(cap);
}

static void cooked_program_in_the_kernel(void **state)
{
	static const struct pktcap_insn program[] = {
		{ BPF_LD | BPF_H | BPF_ABS, 0, 0, 0 }, /* protocol */
		{ BPF_JMP | BPF_JEQ | BPF_K, 0, 6, 0x0800 },
		{ BPF_LD | BPF_H | BPF_ABS, 0, 0, 8 }, /* ARPHRD_ETHER */
		{ BPF_JMP | BPF_JEQ | BPF_K, 0, 4, 1 },
		{ BPF_LDX | BPF_B | BPF_MSH, 0, 0, 20 },
		{ BPF_LD | BPF_H | BPF_IND, 0, 0, 22 }, /* UDP port */
		{ BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 9 },
		{ BPF_RET | BPF_K, 0, 0, 262144 },
		{ BPF_RET | BPF_K, 0, 0, 0 },
	};

	cooked_program(*state, program, 9, PKTCAP_FILTER_PLACE_KERNEL);
}

/* The address length is in no ancillary load: only the finished view has it. */
static void cooked_program_here(void **state)
{
	static const struct pktcap_insn program[] = {
		{ BPF_LD | BPF_B | BPF_ABS, 0, 0, 11 },
		{ BPF_JMP | BPF_JEQ | BPF_K, 0, 3, 6 },
		{ BPF_LD | BPF_H | BPF_ABS, 0, 0, 42 },
		{ BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 9 },
		{ BPF_RET | BPF_K, 0, 0, 262144 },
		{ BPF_RET | BPF_K, 0, 0, 0 },
	};

	cooked_program(*state, program, 6, PKTCAP_FILTER_PLACE_USER);
}

int main(void)
{
	static const struct matrix_test tests[] = {
		MATRIX_TEST(runs_in_the_kernel),
		MATRIX_TEST(runs_here_when_the_kernel_refuses),
		MATRIX_TEST(return_value_and_snap_length_both_cut),
		MATRIX_TEST(returned_accumulator_is_cut),
		MATRIX_TEST(direction_out_keeps_the_program),
		MATRIX_TEST(no_stray_packet_while_opening),
		MATRIX_TEST(no_stray_packet_after_a_change),
		MATRIX_TEST(a_change_sieves_what_is_captured_already),
		MATRIX_TEST(a_change_by_the_function_itself),
		MATRIX_TEST(a_change_sieves_tagged_frames_put_back),
		MATRIX_TEST(a_flood_of_rejected_packets_hides_nothing),
		MATRIX_TEST(a_bad_change_keeps_the_old_one),
		MATRIX_TEST(cooked_program_in_the_kernel),
		MATRIX_TEST(cooked_program_here),
	};

	world_enter_or_skip();
	if (world_veth("pk0", "pk1"))
		return 1;
	sender = world_sender("pk0");
	return run_with_engines("capture filter", tests,
				sizeof(tests) / sizeof(tests[0]));
}
