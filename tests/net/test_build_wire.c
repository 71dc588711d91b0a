// SPDX-License-Identifier: BSD-2-Clause
/*
 * What is built goes over a wire, byte for byte: every kind of header that can
 * stand in an Ethernet frame, sent at one end of a veth pair and captured at
 * the other.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <pktcap/pktcap.h>

#include "support/stack_kinds.h"
#include "support/world.h"

enum {
	PATIENCE_MS = 10000,
	FRAMES = 4000,
	EACH = 3,
	KINDS_MAX = 128,
	ETHERNET_MIN = 60
};

static struct stack stack;
static unsigned int sent_of[KINDS_MAX];

static struct pktcap_capture *open_other_end(void)
{
	struct pktcap_error error = { 0 };
	struct pktcap_capture *cap;

	if (pktcap_capture_open(
		    &cap, "pk1",
		    &PKTCAP_CAPTURE_OPTS(.direction = PKTCAP_DIRECTION_IN,
					 .flags = PKTCAP_CAPTURE_VLAN_INLINE),
		    &error))
		fail_msg("%s", error.text);
	return cap;
}

static void send_and_expect(struct pktcap_send *sender,
			    struct pktcap_capture *cap, uint32_t number)
{
	const struct pktcap_packet *pkt;
	struct pktcap_error error = { 0 };
	struct pktcap_build build;
	uint8_t frame[STACK_MAX];
	int len;

	/* As any wire has them: the kernel drops a tag with nothing behind. */
	if (stack.padded < ETHERNET_MIN)
		stack.padded = ETHERNET_MIN;
	len = stack_build(&stack, &build, frame, sizeof(frame));
	if (len < 0 || pktcap_send_frame(sender, frame, (size_t)len, &error))
		fail_msg("stack %u (%s): %s", number, stack.name, error.text);
	if (pktcap_capture_next(cap, &pkt, PATIENCE_MS) != 1 ||
	    pkt->wirelen != (uint32_t)len ||
	    memcmp(pkt->data, frame, (size_t)len) != 0)
		fail_msg("stack %u (%s) arrives as another frame", number,
			 stack.name);
}

/* What only a capture without an Ethernet header begins with. */
static bool is_no_frame(const struct stack_kind *kind)
{
	static const char *const names[] = { "chdlc", "sll", "sll2", "null" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(kind->name, names[i]))
			return true;
	return false;
}

static void count_kinds(void)
{
	for (size_t i = 0; i < stack.n; i++)
		for (size_t k = 0; k < KINDS_MAX && stack_kind_at(k); k++)
			sent_of[k] += stack.headers[i].kind == stack_kind_at(k);
}

static void every_header_goes_over_the_wire(void **state)
{
	struct pktcap_capture *cap = open_other_end();
	struct pktcap_error error = { 0 };
	const struct stack_kind *kind;
	struct pktcap_send *sender;

	(void)state;
	if (pktcap_send_open(&sender, "pk0", NULL, &error))
		fail_msg("%s", error.text);
	for (uint32_t number = 0; number < FRAMES; number++) {
		stack_draw(&stack, number);
		if (stack.headers[0].kind->proto != PKTCAP_PROTO_ETH)
			continue;
		send_and_expect(sender, cap, number);
		count_kinds();
	}
	for (size_t i = 0; (kind = stack_kind_at(i)); i++)
		if (!is_no_frame(kind) && sent_of[i] < EACH)
			fail_msg("only %u of %s were sent", sent_of[i],
				 kind->name);
	pktcap_send_close(sender);
	pktcap_capture_close(cap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_header_goes_over_the_wire),
	};

	world_enter_or_skip();
	if (world_veth("pk0", "pk1"))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
