/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A function from one kind of number to the protocol, out of rows.h:
 *
 *	#define SWITCH by_ip
 *	#define IP(n) case n:
 *	#include "proto/switch.h"
 *
 * A row is its cases of this kind followed by one return; without a case of
 * this kind that return is never reached. With BACKWARDS it is the way from the
 * protocol to its first number, or -1:
 *
 *	#define BACKWARDS ip_number
 *	#define IP(n) return n;
 *	#include "proto/switch.h"
 *
 * No include guard.
 */
#ifndef ETHER
#define ETHER(n)
#endif
#ifndef IP
#define IP(n)
#endif
#ifndef LINK
#define LINK(n)
#endif
#ifndef SAP
#define SAP(n)
#endif
#ifndef PPP
#define PPP(n)
#endif
#ifndef TCP
#define TCP(n)
#endif
#ifndef UDP
#define UDP(n)
#endif

#ifdef BACKWARDS
static inline int32_t BACKWARDS(uint32_t id)
{
	switch (id) {
	default:
		return -1;
/* clang-format off */
#define ROW(id, symbol, numbers) case PKTCAP_PROTO_##id: numbers return -1;
/* clang-format on */
#include "proto/rows.h"
#undef ROW
	}
}
#else
static inline uint32_t SWITCH(uint32_t number)
{
	switch (number) {
	default:
		return PKTCAP_PROTO_NONE;
#define ROW(id, symbol, numbers) numbers return PKTCAP_PROTO_##id;
#include "proto/rows.h"
#undef ROW
	}
}
#endif

#undef BACKWARDS
#undef SWITCH
#undef ETHER
#undef IP
#undef LINK
#undef SAP
#undef PPP
#undef TCP
#undef UDP
