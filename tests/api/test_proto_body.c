// SPDX-License-Identifier: BSD-2-Clause
/*
 * Headers of which the struct tells a fixed part by its fields: it also has
 * all bytes behind that, so that nothing is lost where it is written again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pktcap/proto_link.h>
#include <pktcap/proto_network.h>
#include <pktcap/proto_transport.h>

#include "support/decode_row.h"

#define ETH "020000000001 020000000002 "
#define IP4(proto) "4500 0000 00010000 40" proto "0000 0a000001 0a000002 "
#define FE80_1 "fe800000000000000000000000000001 "
#define IP6(length, next) "60000000" length next "ff" FE80_1 FE80_1

struct decoded {
	uint8_t bytes[DECODE_ROW_BYTES];
	struct pktcap_packet pkt;
	struct pktcap_layer layers[PKTCAP_LAYERS];
};

static const struct pktcap_layer *
decode_at(struct decoded *d, uint32_t linktype, const char *hex, size_t index)
{
	const struct decode_row row = { .linktype = linktype, .hex = hex };

	assert_true(decode_row(&row, d->bytes, &d->pkt, d->layers) > index);
	return &d->layers[index];
}

/* @len bytes from the header's byte @at on; none: NULL. */
#define ASSERT_BODY(layer, pointer, length, at, len)                   \
	do {                                                           \
		assert_int_equal(length, len);                         \
		assert_ptr_equal(pointer,                              \
				 (len) ? (layer)->data + (at) : NULL); \
	} while (0)

static void icmp_body(const char *hex, uint32_t len)
{
	struct decoded d;
	struct pktcap_icmp icmp;
	const struct pktcap_layer *layer =
		decode_at(&d, PKTCAP_LINKTYPE_IPV4, hex, 1);

	assert_int_equal(pktcap_icmp_get(layer, &icmp), 0);
	ASSERT_BODY(layer, icmp.body, icmp.body_len, 8, len);
}

static void test_icmp(void **state)
{
	(void)state;
	icmp_body(IP4("01") "0d00 0000 00070008 00000001 00000002 00000003",
		  12);
	icmp_body(IP4("01") "1100 0000 00070008 ffffff00", 4);
	icmp_body(IP4("01") "0900 0000 01020708 0a000003 80000000", 8);
	icmp_body(IP4("01") "0800 0000 00070008 616263", 0);
}

static void icmp6_body(const char *hex, uint32_t len)
{
	struct decoded d;
	struct pktcap_icmp6 icmp6;
	const struct pktcap_layer *layer =
		decode_at(&d, PKTCAP_LINKTYPE_IPV6, hex, 1);

	assert_int_equal(pktcap_icmp6_get(layer, &icmp6), 0);
	ASSERT_BODY(layer, icmp6.body, icmp6.body_len, 8, len);
}

static void test_icmp6(void **state)
{
	(void)state;
	icmp6_body(IP6("000c", "3a") "9b00 0000 00000000 01020304", 4);
	icmp6_body(IP6("0018", "3a") "8800 0000 e0000000" FE80_1, 16);
	icmp6_body(IP6("000a", "3a") "8000 0000 00070008 6162", 0);
}

static void igmp_body(const char *hex, uint32_t len)
{
	struct decoded d;
	struct pktcap_igmp igmp;
	const struct pktcap_layer *layer =
		decode_at(&d, PKTCAP_LINKTYPE_IPV4, hex, 1);

	assert_int_equal(pktcap_igmp_get(layer, &igmp), 0);
	ASSERT_BODY(layer, igmp.body, igmp.body_len, 8, len);
}

static void test_igmp(void **state)
{
	(void)state;
	igmp_body(IP4("02") "2200 0000 0000 0001 04000000 e0000001", 8);
	igmp_body(IP4("02") "1364 0000 e0000001 0304", 2);
	igmp_body(IP4("02") "1600 0000 e0000001", 0);
	/* There they are the sources. */
	igmp_body(IP4("02") "1164 0000 e0000001 027d 0001 0a000009", 0);
}

static void mld_body(const char *hex, uint32_t at, uint32_t len)
{
	struct decoded d;
	struct pktcap_mld mld;
	const struct pktcap_layer *layer =
		decode_at(&d, PKTCAP_LINKTYPE_IPV6, hex, 1);

	assert_int_equal(pktcap_mld_get(layer, &mld), 0);
	ASSERT_BODY(layer, mld.body, mld.body_len, at, len);
}

static void test_mld(void **state)
{
	(void)state;
	mld_body(IP6("001c", "3a") "8f00 0000 0000 0001 04000000" FE80_1, 8,
		 20);
	mld_body(IP6("001a", "3a") "8300 0000 00000000" FE80_1 "0102", 24, 2);
	mld_body(IP6("002c", "3a") "8200 0000 03e80000" FE80_1
				   "027d 0001" FE80_1,
		 28, 0);
}

static void test_sctp(void **state)
{
	struct decoded d;
	struct pktcap_sctp sctp;
	const struct pktcap_layer *layer =
		decode_at(&d, PKTCAP_LINKTYPE_IPV4,
			  IP4("84") "00070008 00000001 00000000 0b000004", 1);

	(void)state;
	assert_int_equal(pktcap_sctp_get(layer, &sctp), 0);
	ASSERT_BODY(layer, sctp.chunks, sctp.chunks_len, 12, 4);
}

static void test_pppoe(void **state)
{
	struct decoded d;
	struct pktcap_pppoe pppoe;
	const struct pktcap_layer *layer =
		decode_at(&d, PKTCAP_LINKTYPE_ETHERNET,
			  ETH "8863 1109 0000 0004 01010000", 1);

	(void)state;
	assert_int_equal(pktcap_pppoe_get(layer, &pppoe), 0);
	ASSERT_BODY(layer, pppoe.tags, pppoe.tags_len, 6, 4);
	layer = decode_at(&d, PKTCAP_LINKTYPE_ETHERNET,
			  ETH "8864 1100 0001 0004 c0210901", 1);
	assert_int_equal(pktcap_pppoe_get(layer, &pppoe), 0);
	ASSERT_BODY(layer, pppoe.tags, pppoe.tags_len, 6, 0);
}

static void test_lldp(void **state)
{
	struct decoded d;
	struct pktcap_lldp lldp;
	const struct pktcap_layer *layer = decode_at(
		&d, PKTCAP_LINKTYPE_ETHERNET,
		ETH "88cc 0202 0761 0402 0762 0602 0078 0a01 63 0000", 1);

	(void)state;
	assert_int_equal(pktcap_lldp_get(layer, &lldp), 0);
	ASSERT_BODY(layer, lldp.tlvs, lldp.tlvs_len, 12, 5);
}

#define LACP_PORT "8000 020000000001 0001 0080 0001 3d 000000 "

static void test_lacp(void **state)
{
	struct decoded d;
	struct pktcap_lacp lacp;
	const struct pktcap_layer *layer =
		decode_at(&d, PKTCAP_LINKTYPE_ETHERNET,
			  ETH "8809 0101 0114" LACP_PORT "0214" LACP_PORT
			      "0310 0064 01020304",
			  1);

	(void)state;
	assert_int_equal(pktcap_lacp_get(layer, &lacp), 0);
	ASSERT_BODY(layer, lacp.body, lacp.body_len, 42, 8);
	layer = decode_at(&d, PKTCAP_LINKTYPE_ETHERNET,
			  ETH "8809 0201 0110 0001 020000000001 00000007 0102",
			  1);
	assert_int_equal(pktcap_lacp_get(layer, &lacp), 0);
	ASSERT_BODY(layer, lacp.body, lacp.body_len, 16, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_icmp), cmocka_unit_test(test_icmp6),
		cmocka_unit_test(test_igmp), cmocka_unit_test(test_mld),
		cmocka_unit_test(test_sctp), cmocka_unit_test(test_pppoe),
		cmocka_unit_test(test_lldp), cmocka_unit_test(test_lacp),
	};

	return cmocka_run_group_tests_name("proto_body", tests, NULL, NULL);
}
