// SPDX-License-Identifier: BSD-2-Clause
/* Building DNS messages question by question, record by record. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <pktcap/decode.h>

#include "support/built.h"
#include "support/message.h"

#define SIXTY "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij"
#define EXAMPLE "07 6578616d706c65 03 636f6d 00"

static const struct pktcap_dns query = { .id = 0x1234, .recursion_desired = 1 };
static const struct pktcap_dns answer = { .id = 0x1234, .response = 1 };
static const uint8_t address[] = { 192, 0, 2, 1 };

/* A message alone; what is in front of it does not matter. */
static void start(struct pktcap_build *build, const struct pktcap_dns *dns)
{
	static uint8_t packet[70000];

	memset(packet, 0xee, sizeof(packet));
	pktcap_build_start(build, packet, sizeof(packet));
	assert_int_equal(pktcap_build_dns(build, dns, 0), 0);
}

static int question(struct pktcap_build *build, const char *name)
{
	return pktcap_build_dns_question(build, name, PKTCAP_DNS_TYPE_A,
					 PKTCAP_DNS_CLASS_IN);
}

/* An address record of @name. */
static int record(struct pktcap_build *build, uint8_t section, const char *name)
{
	struct pktcap_dns_record a = {
		.rdata = address,
		.rdata_len = sizeof(address),
		.ttl = 300,
		.type = PKTCAP_DNS_TYPE_A,
		.rr_class = PKTCAP_DNS_CLASS_IN,
		.section = section,
	};

	snprintf(a.name, sizeof(a.name), "%s", name);
	return pktcap_build_dns_record(build, &a);
}
#define A_OF(name) name "0001 0001 0000012c 0004 c0000201"

static void questions_and_records_are_counted(void **state)
{
	struct pktcap_dns counted = answer;
	struct pktcap_build build;

	(void)state;
	/* What is appended counts, not what the struct has. */
	counted.question_count = 7;
	start(&build, &counted);
	assert_int_equal(question(&build, "example.com"), 0);
	assert_int_equal(record(&build, PKTCAP_DNS_ANSWER, "www.example.com"),
			 0);
	assert_int_equal(record(&build, PKTCAP_DNS_AUTHORITY, "com."), 0);
	assert_int_equal(
		record(&build, PKTCAP_DNS_ADDITIONAL, "www.example.com"), 0);
	assert_int_equal(record(&build, PKTCAP_DNS_ADDITIONAL, "."), 0);
	built_is(&build, "1234 8000 0001 0001 0001 0002" EXAMPLE
			 "0001 0001" A_OF("03 777777 c00c") A_OF("c014")
				 A_OF("c01d") A_OF("00"));
}

static void only_whole_labels_are_shared(void **state)
{
	struct pktcap_build build;

	(void)state;
	start(&build, &query);
	question(&build, "a.ab");
	question(&build, "b.a.ab");
	question(&build, "A.ab");
	question(&build, "xa.ab");
	question(&build, "ab.a");
	built_is(&build, "1234 0100 0005 0000 0000 0000"
			 "01 61 02 6162 00  0001 0001"
			 "01 62 c00c        0001 0001"
			 "01 41 c00e        0001 0001"
			 "02 7861 c00e      0001 0001"
			 "02 6162 01 61 00  0001 0001");
}

static void names_can_be_left_whole(void **state)
{
	struct pktcap_dns_record whole = { .type = PKTCAP_DNS_TYPE_A,
					   .rr_class = PKTCAP_DNS_CLASS_IN,
					   .plain_name = 1,
					   .name = "ab" };
	struct pktcap_build build;

	(void)state;
	start(&build, &query);
	question(&build, "ab");
	assert_int_equal(pktcap_build_dns_record(&build, &whole), 0);
	built_is(&build, "1234 0100 0002 0000 0000 0000"
			 "02 6162 00 0001 0001 02 6162 00 0001 0001");
}

/* Pointers have 14 bits. */
static void far_names_are_not_pointed_to(void **state)
{
	struct pktcap_dns_record far = { .section = PKTCAP_DNS_ANSWER,
					 .name = "far" };
	static const uint8_t data[0x4000];
	struct pktcap_build build;
	uint32_t before;

	(void)state;
	far.rdata = data;
	far.rdata_len = 0x3fff - 12 - 5 - 10;
	start(&build, &answer);
	assert_int_equal(pktcap_build_dns_record(&build, &far), 0);
	record(&build, PKTCAP_DNS_ANSWER, "b.a");
	before = build.len;
	record(&build, PKTCAP_DNS_ANSWER, "b.a");
	assert_int_equal(build.len - before, 2 + 14);
	assert_memory_equal(build.data + before, "\xff\xff", 2);
	before = build.len;
	record(&build, PKTCAP_DNS_ANSWER, "a");
	assert_int_equal(build.len - before, 3 + 14);
}

static void over_tcp_lengths_are_in_front(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	struct pktcap_build build;
	struct message tcp;
	uint8_t packet[256];

	(void)state;
	message_tcp(&tcp, 53, "000c 0000 0000 0000 0000 0000 0000");
	assert_true(pktcap_decode(&tcp.pkt, layers, PKTCAP_LAYERS) >= 2);
	pktcap_build_start(&build, packet, sizeof(packet));
	pktcap_build_layer(&build, &layers[0], PKTCAP_KEEP_ALL);
	pktcap_build_layer(&build, &layers[1], PKTCAP_KEEP_ALL);
	pktcap_build_dns(&build, &query, 0);
	question(&build, "a");
	question(&build, "b.a");
	pktcap_build_dns(&build, &query, 0);
	question(&build, "a");
	assert_int_equal(pktcap_build_finish(&build), 20 + 20 + 29 + 21);
	assert_memory_equal(packet + 40, "\0\x1b\x12\x34", 4);
	assert_memory_equal(packet + 40 + 21, "\1b\xc0\x0c", 4);
	assert_memory_equal(packet + 40 + 29, "\0\x13\x12\x34", 4);
}

static void over_udp_there_is_one_message(void **state)
{
	struct pktcap_udp udp = { 50000, 0, 0, 0 };
	struct pktcap_build build;
	uint8_t packet[128];

	(void)state;
	pktcap_build_start(&build, packet, sizeof(packet));
	pktcap_build_udp(&build, &udp, 0);
	pktcap_build_dns(&build, &query, 0);
	pktcap_build_dns(&build, &query, 0);
	assert_int_equal(pktcap_build_finish(&build), -EPROTOTYPE);
}

static void a_message_that_was_decoded_can_grow(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	struct pktcap_build build;
	struct message udp;
	uint8_t packet[128];

	(void)state;
	message_udp(&udp, 53,
		    "1234 8180 0001 0000 0000 0000" EXAMPLE "00010001");
	assert_int_equal(pktcap_decode(&udp.pkt, layers, PKTCAP_LAYERS), 3);
	pktcap_build_start(&build, packet, sizeof(packet));
	pktcap_build_layer(&build, &layers[2], 0);
	record(&build, PKTCAP_DNS_ANSWER, "example.com");
	built_is(&build, "1234 8180 0001 0001 0000 0000" EXAMPLE
			 "0001 0001" A_OF("c00c"));
}

static void mdns_has_a_bit_more(void **state)
{
	struct pktcap_dns_record unicast = { .type = PKTCAP_DNS_TYPE_PTR,
					     .rr_class = PKTCAP_DNS_CLASS_IN,
					     .top_bit = 1,
					     .name = "local" };
	const struct pktcap_dns zero = { 0 };
	struct pktcap_build build;
	uint8_t packet[128];

	(void)state;
	pktcap_build_start(&build, packet, sizeof(packet));
	pktcap_build_mdns(&build, &zero, 0);
	assert_int_equal(pktcap_build_dns_record(&build, &unicast), 0);
	built_is(&build, "0000 0000 0001 0000 0000 0000"
			 "05 6c6f63616c 00 000c 8001");
	start(&build, &query);
	assert_int_equal(pktcap_build_dns_record(&build, &unicast), -ERANGE);
	built_fails(&build, -ERANGE, "dns: top_bit is 1, at most 0");
}

/* EDNS (RFC 6891, 6.1.2): class and TTL have other meanings. */
static void an_opt_record_is_one_like_others(void **state)
{
	struct pktcap_dns_record opt = { .type = PKTCAP_DNS_TYPE_OPT,
					 .rr_class = 1232,
					 .ttl = 0x8000,
					 .section = PKTCAP_DNS_ADDITIONAL,
					 .name = "." };
	struct pktcap_build build;

	(void)state;
	start(&build, &query);
	assert_int_equal(pktcap_build_dns_record(&build, &opt), 0);
	built_is(&build, "1234 0100 0000 0000 0000 0001"
			 "00 0029 04d0 00008000 0000");
}

static void counts_can_be_wrong_on_purpose(void **state)
{
	struct pktcap_dns wrong = query;
	struct pktcap_build build;
	uint8_t packet[128];

	(void)state;
	wrong.additional_count = 9;
	pktcap_build_start(&build, packet, sizeof(packet));
	pktcap_build_dns(&build, &wrong, PKTCAP_KEEP_LENGTHS);
	question(&build, "a");
	built_is(&build, "1234 0100 0000 0000 0000 0009 01 61 00 0001 0001");
}

static void failures_have_reasons(void **state)
{
	struct pktcap_dns wide = { .opcode = 16 };
	struct pktcap_build build;
	uint8_t packet[32];

	(void)state;
	pktcap_build_start(&build, packet, sizeof(packet));
	pktcap_build_dns(&build, &wide, 0);
	built_fails(&build, -ERANGE, "dns: opcode is 16, at most 15");
	pktcap_build_start(&build, packet, sizeof(packet));
	question(&build, "a");
	built_fails(&build, -EINVAL,
		    "dns: a record needs a DNS header in front of it");
	pktcap_build_start(&build, packet, sizeof(packet));
	pktcap_build_dns(&build, &query, 0);
	pktcap_build_pad(&build, 20);
	question(&build, "a");
	built_fails(&build, -EBUSY,
		    "dns: behind a trailer or padding, which have to be the "
		    "last");
	pktcap_build_start(&build, packet, sizeof(packet));
	pktcap_build_dns(&build, &query, 0);
	question(&build, "a.bcd.efg.hij.klm");
	built_fails(&build, -ENOSPC,
		    "dns: no room behind 12 bytes: the buffer has 32, give a "
		    "larger one");
	start(&build, &answer);
	record(&build, PKTCAP_DNS_AUTHORITY, "a");
	record(&build, PKTCAP_DNS_ANSWER, "a");
	built_fails(&build, -EINVAL,
		    "dns: there is a record of a later section in front; the "
		    "order is questions, answers, authority, additional");
	start(&build, &answer);
	record(&build, 4, "a");
	built_fails(&build, -ERANGE, "dns: section is 4, at most 3");
	start(&build, &answer);
	record(&build, PKTCAP_DNS_ANSWER, "");
	built_fails(&build, -EINVAL,
		    "dns: the name is empty; \".\" is the root");
}

static void names_that_are_too_long_say_so(void **state)
{
	struct pktcap_build build;

	(void)state;
	start(&build, &query);
	question(&build, "a." SIXTY SIXTY);
	built_fails(&build, -ERANGE, "dns: label length is 120, at most 63");
	start(&build, &query);
	question(&build, SIXTY "." SIXTY "." SIXTY "." SIXTY ".0123456789");
	built_fails(&build, -ERANGE, "dns: name length is 256, at most 255");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(questions_and_records_are_counted),
		cmocka_unit_test(only_whole_labels_are_shared),
		cmocka_unit_test(names_can_be_left_whole),
		cmocka_unit_test(far_names_are_not_pointed_to),
		cmocka_unit_test(over_tcp_lengths_are_in_front),
		cmocka_unit_test(over_udp_there_is_one_message),
		cmocka_unit_test(a_message_that_was_decoded_can_grow),
		cmocka_unit_test(mdns_has_a_bit_more),
		cmocka_unit_test(an_opt_record_is_one_like_others),
		cmocka_unit_test(counts_can_be_wrong_on_purpose),
		cmocka_unit_test(failures_have_reasons),
		cmocka_unit_test(names_that_are_too_long_say_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
