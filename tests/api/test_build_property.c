// SPDX-License-Identifier: BSD-2-Clause
/*
 * Stacks of headers at random (tests/support/stack.h), built and decoded: the
 * same layers with the same members, lengths that fit and checksums that are
 * right; and in a buffer that is too small nothing but -ENOSPC.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/guard.h"
#include "support/rebuild.h"
#include "support/stack_kinds.h"

/* Sanitizers are slow. */
#ifdef __SANITIZE_ADDRESS__
enum { STACKS = 2000 };
#else
enum { STACKS = 20000 };
#endif

static struct stack stack;

static void expect(bool ok, uint32_t number, const char *what)
{
	if (!ok)
		fail_msg("stack %u (%s): %s", number, stack.name, what);
}

/* Fragments and what errors quote are not whole. */
static bool has_verdict(const struct pktcap_packet *pkt,
			const struct pktcap_layer *layers, size_t n, size_t i)
{
	const unsigned int parts = PKTCAP_LAYER_FRAGMENT |
				   PKTCAP_LAYER_FIRST_FRAGMENT |
				   PKTCAP_LAYER_QUOTED;
	enum pktcap_checksum is = pktcap_layer_checksum(pkt, layers, n, i);

	if (is == PKTCAP_CHECKSUM_UNKNOWN)
		return layers[i].flags & parts;
	if (is == PKTCAP_CHECKSUM_NONE)
		return layers[i].proto != PKTCAP_PROTO_UDP &&
		       layers[i].proto != PKTCAP_PROTO_SCTP;
	return is == PKTCAP_CHECKSUM_GOOD;
}

static void check_decoded(uint32_t number, const struct pktcap_packet *pkt)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
	const char *other = stack_compare(&stack, layers, n);
	struct rebuild how = { .typed = true, .keep = PKTCAP_KEEP_ALL };
	struct pktcap_build build;
	uint8_t again[STACK_MAX];
	int len;

	expect(!other, number, other);
	for (size_t i = 0; i < n; i++)
		expect(has_verdict(pkt, layers, n, i), number,
		       pktcap_proto_name(layers[i].proto));
	for (how.view = 0; how.view < rebuild_views(layers, n); how.view++) {
		len = rebuild_packet(&how, &build, again, sizeof(again), pkt,
				     layers, n);
		expect(len == (int)pkt->caplen &&
			       !memcmp(again, pkt->data, pkt->caplen),
		       number, "another packet out of what was decoded");
	}
}

static void random_stacks(void **state)
{
	struct pktcap_build build;
	struct pktcap_packet pkt;
	uint8_t buf[STACK_MAX], first[STACK_MAX];
	int len;

	(void)state;
	for (uint32_t number = 0; number < STACKS; number++) {
		stack_draw(&stack, number);
		len = stack_build(&stack, &build, buf, sizeof(buf));
		if (len < 0) {
			struct pktcap_error error;

			pktcap_build_error(&build, &error);
			expect(false, number, error.text);
		}
		expect(pktcap_build_packet(&build, &pkt) == 0, number,
		       "no packet");
		expect(pkt.caplen == (uint32_t)len, number, "another length");
		check_decoded(number, &pkt);
		memcpy(first, buf, (size_t)len);
		expect(pktcap_build_finish(&build) == len &&
			       !memcmp(first, buf, (size_t)len),
		       number, "finished twice it is another");
	}
}

/* The buffer ends at a page that cannot be written to. */
static void no_room(void **state)
{
	static const uint8_t nothing[STACK_MAX];
	uint8_t *buf = guard_copy(nothing, STACK_MAX);
	struct pktcap_error error;
	struct pktcap_build build;

	(void)state;
	for (uint32_t number = 0; number < STACKS / 4; number++) {
		uint8_t whole[STACK_MAX];
		size_t len;

		stack_draw(&stack, number);
		len = (size_t)stack_build(&stack, &build, whole, STACK_MAX);
		for (size_t size = 0; size < len; size++) {
			uint8_t *end = buf + STACK_MAX - size;
			int err = stack_build(&stack, &build, end, size);

			expect(err == -ENOSPC, number, "there was room");
			expect(pktcap_build_error(&build, &error) == -ENOSPC,
			       number, "no error");
		}
		expect(stack_build(&stack, &build, buf + STACK_MAX - len,
				   len) == (int)len,
		       number, "just enough room is not enough");
		expect(!memcmp(buf + STACK_MAX - len, whole, len), number,
		       "another packet elsewhere");
	}
	guard_free(buf, STACK_MAX);
}

static bool is_drawn(const struct stack_kind *kind)
{
	for (uint32_t number = 0; number < STACKS; number++) {
		stack_draw(&stack, number);
		for (size_t i = 0; i < stack.n; i++)
			if (stack.headers[i].kind == kind)
				return true;
	}
	return false;
}

static void every_kind_is_drawn(void **state)
{
	const struct stack_kind *kind;

	(void)state;
	for (size_t i = 0; (kind = stack_kind_at(i)); i++)
		if (!is_drawn(kind))
			fail_msg("no stack has %s", kind->name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_stacks),
		cmocka_unit_test(no_room),
		cmocka_unit_test(every_kind_is_drawn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
