// SPDX-License-Identifier: BSD-2-Clause
#include "support/stack_kinds.h"

#include <string.h>

static const struct stack_member dns_members[] = {
	NUMBER(dns, id, 16),
	COMPUTED(dns, length, 16),
	NUMBER(dns, question_count, 16),
	NUMBER(dns, answer_count, 16),
	NUMBER(dns, response, 1),
	NUMBER(dns, authoritative, 1),
	NUMBER(dns, truncated, 1),
	NUMBER(dns, recursion_desired, 1),
	NUMBER(dns, recursion_available, 1),
	NUMBER(dns, reserved_flag, 1),
	NUMBER(dns, authentic_data, 1),
	NUMBER(dns, checking_disabled, 1),
	NUMBER(dns, rcode, 4),
	POINTER(dns, body, body_len, 1, 64),
};
#define mdns_members dns_members

/* "a", A, IN, then addresses of the same name. */
static const struct stack_element question = { 7, 7, { 1, 97, 0, 0, 1, 0, 1 } };
static const struct stack_element answer = {
	16, 12, { 0xc0, 12, 0, 1, 0, 1, 0, 0, 14, 16, 0, 4 }
};

static void settle_dns(struct stack *s, struct stack_header *h,
		       const struct stack_kind *next)
{
	struct pktcap_dns *dns = (void *)h->header.bytes;
	size_t len;

	(void)next;
	memcpy(h->borrowed[0], question.bytes, question.len);
	len = stack_list(s, h->borrowed[0] + question.len, 48, &answer, 1);
	dns->question_count = 1;
	dns->answer_count = (uint16_t)(len / answer.len);
	dns->body_len = (uint32_t)(question.len + len);
}

#define KINDS(KIND)                              \
	KIND(dns, dns, dns, DNS, settle_dns, "") \
	KIND(mdns, mdns, dns, MDNS, settle_dns, "")

STACK_KINDS(KINDS, application)
