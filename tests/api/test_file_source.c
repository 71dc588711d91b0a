// SPDX-License-Identifier: BSD-2-Clause
/* Other kinds of pcap, what callers' functions return, and options. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include <pktcap/file.h>

#include "support/blocks.h"

#define NS INT64_C(1000000000)

/* --- kinds of pcap with more in their headers --- */

static void modified_by_a_patch(void **state)
{
	(void)state;
	for (int big = 0; big < 2; big++) {
		struct blocks m = { .big = big };
		struct pktcap_file_reader *reader;
		const struct pktcap_packet *pkt;

		blocks_pcap_header_of(&m, 0xa1b2cd34);
		for (uint8_t type = 3; type < 5; type++) {
			blocks_put(&m, 7, 4);
			blocks_put(&m, 8, 4);
			blocks_put(&m, 2, 4);
			blocks_put(&m, 9, 4);
			blocks_put(&m, 2, 4);
			blocks_put(&m, 0x800, 2);
			blocks_put(&m, type, 1);
			blocks_put(&m, 0, 1);
			blocks_put(&m, 0x5555, 2);
		}
		assert_int_equal(pktcap_file_reader_open_memory(
					 &reader, m.bytes, m.n, NULL, NULL),
				 0);
		for (uint8_t type = 3; type < 5; type++) {
			assert_int_equal(
				pktcap_file_reader_next(reader, &pkt, NULL), 1);
			assert_int_equal(pkt->caplen, 2);
			assert_int_equal(pkt->data[0], 0x55);
			assert_int_equal(pkt->pkttype, type);
			assert_int_equal(pkt->direction,
					 type == 4 ? PKTCAP_DIRECTION_OUT
						   : PKTCAP_DIRECTION_IN);
		}
		assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL),
				 0);
		pktcap_file_reader_close(reader);
	}
}

static void of_ixia(void **state)
{
	static const uint32_t magics[] = { 0x1c0001ac, 0x1c0001ab };

	(void)state;
	for (int i = 0; i < 4; i++) {
		struct blocks m = { .big = i / 2 };
		struct pktcap_file_reader *reader;
		const struct pktcap_packet *pkt;

		blocks_pcap_header_of(&m, magics[i % 2]);
		assert_int_equal(pktcap_file_reader_open_memory(
					 &reader, m.bytes, m.n, NULL, NULL),
				 -ENODATA);
		blocks_put(&m, 18, 4);
		blocks_put(&m, 7, 4);
		blocks_put(&m, 8, 4);
		blocks_put(&m, 2, 4);
		blocks_put(&m, 2, 4);
		blocks_put(&m, 0, 2);
		assert_int_equal(pktcap_file_reader_open_memory(
					 &reader, m.bytes, m.n, NULL, NULL),
				 0);
		assert_int_equal(pktcap_file_reader_next(reader, &pkt, NULL),
				 1);
		assert_true(pkt->ts_ns == 7 * NS + (i % 2 ? 8000 : 8));
		pktcap_file_reader_close(reader);
	}
}

/* --- a caller's function --- */

struct script {
	const uint8_t *data;
	const int *steps; /* bytes, 0 the end, or negative errnos */
};

static int64_t follow_script(void *user, void *buf, size_t len)
{
	struct script *script = user;
	int step = *script->steps;

	if (step)
		script->steps++;
	if (step > 0) {
		assert_true((size_t)step <= len);
		memcpy(buf, script->data, (size_t)step);
		script->data += step;
	}
	return step;
}

static int64_t claim_too_much(void *user, void *buf, size_t len)
{
	(void)user;
	(void)buf;
	return (int64_t)len + 1;
}

static void from_a_function(void **state)
{
	static const int steps[] = { 24, 10, -EAGAIN, -EINTR, 6, 14,
				     16, 20, -EIO,    29,     0 };
	struct script script;
	struct pktcap_file_source source = { follow_script, &script };
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	struct pktcap_error error;
	static const int want[] = { -EAGAIN, -EINTR, 1, 1, -EIO, 1, 0, 0 };
	struct blocks m = { 0 };

	(void)state;
	blocks_pcap_header(&m);
	blocks_pcap_record(&m, 1, 0, 14);
	blocks_pcap_record(&m, 2, 0, 0);
	blocks_pcap_record(&m, 3, 0, 33);
	script = (struct script){ m.bytes, steps };
	assert_int_equal(
		pktcap_file_reader_open_source(&reader, &source, NULL, NULL),
		0);
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		assert_int_equal(pktcap_file_reader_next(reader, &pkt, &error),
				 want[i]);
		if (want[i] < 0)
			assert_int_equal(error.code, want[i]);
	}
	pktcap_file_reader_close(reader);
	source.read = claim_too_much;
	assert_int_equal(
		pktcap_file_reader_open_source(&reader, &source, NULL, &error),
		-EINVAL);
	assert_null(reader);
	source.read = NULL;
	assert_int_equal(
		pktcap_file_reader_open_source(&reader, &source, NULL, NULL),
		-EINVAL);
}

static void refuses_unknown_options(void **state)
{
	struct pktcap_file_reader_opts opts =
		PKTCAP_FILE_READER_OPTS(.flags = 1u << 31);
	struct pktcap_file_reader *reader;
	struct pktcap_error error;

	(void)state;
	assert_int_equal(
		pktcap_file_reader_open(&reader, "/dev/null", &opts, &error),
		-EINVAL);
	assert_string_equal(error.call, "flags");
	opts.size = 0;
	assert_int_equal(
		pktcap_file_reader_open(&reader, "/dev/null", &opts, &error),
		-EINVAL);
	assert_string_equal(error.call, "size");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(modified_by_a_patch),
		cmocka_unit_test(of_ixia),
		cmocka_unit_test(from_a_function),
		cmocka_unit_test(refuses_unknown_options),
	};

	return cmocka_run_group_tests_name("file_source", tests, NULL, NULL);
}
