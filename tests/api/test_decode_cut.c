// SPDX-License-Identifier: BSD-2-Clause
/*
 * Every packet of every capture in tests/data, at every shorter length, before
 * an unmapped page: nothing is read that is not there, and a cut packet has the
 * layers of the whole one as far as they go.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/captures.h"
#include "support/examine_print.h"
#include "support/guard.h"

/* Lengths that are left out; none but under sanitizers, which are slow. */
#ifdef __SANITIZE_ADDRESS__
enum { STEP = 7 };
#else
enum { STEP = 1 };
#endif

/* The captures would be in the way of nothing else than their own size. */
enum { PACKET_MAX = 4096 };

static void assert_prefix(const char *path, const struct pktcap_packet *whole,
			  const struct pktcap_packet *cut)
{
	struct pktcap_layer all[PKTCAP_LAYERS], some[PKTCAP_LAYERS];
	size_t n = pktcap_decode(whole, all, PKTCAP_LAYERS);
	size_t m = pktcap_decode(cut, some, PKTCAP_LAYERS);

	/* The last one may be another: less of it is there to be recognised. */
	for (size_t i = 0; i + 1 < m; i++)
		if (i >= n || some[i].proto != all[i].proto)
			fail_msg("%s: layer %zu of %u bytes is %s", path, i,
				 cut->caplen, pktcap_proto_name(some[i].proto));
}

/* Once as the capture cut it, once as if no more had been on the wire. */
static int cut_packet(void *arg, const char *path,
		      const struct pktcap_packet *pkt)
{
	struct pktcap_packet cut = *pkt, short_packet = *pkt;
	uint8_t *copy;

	(void)arg;
	assert_true(pkt->caplen <= PACKET_MAX);
	copy = guard_copy(pkt->data, pkt->caplen);
	for (uint32_t len = 0; len <= pkt->caplen; len += STEP) {
		uint8_t *bytes = copy + pkt->caplen - len;

		memcpy(bytes, pkt->data, len);
		cut.data = bytes;
		cut.caplen = len;
		examine(&cut);
		assert_prefix(path, pkt, &cut);
		short_packet.data = bytes;
		short_packet.caplen = len;
		short_packet.wirelen = len;
		examine(&short_packet);
		/* Each length is printed in another form. */
		examine_print(&cut, len, len);
	}
	guard_free(copy, pkt->caplen);
	return 0;
}

static void test_every_length(void **state)
{
	(void)state;
	assert_int_equal(captures_each(cut_packet, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
