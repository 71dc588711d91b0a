/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of a protocol that are rows: a message, and what is told of it. */
#ifndef TESTS_SUPPORT_PROTO_ROWS_H
#define TESTS_SUPPORT_PROTO_ROWS_H

#include <string.h>

#include <pktcap/decode.h>

#include "support/field_text.h"
#include "support/message.h"
#include "support/rows.h"

enum proto_way { WAY_UDP, WAY_TCP, WAY_IP4, WAY_IP6 };

struct proto_row {
	const char *name;
	enum proto_way way;
	uint16_t number; /* port or IP protocol */
	uint8_t proto;	 /* of the last layer */
	uint8_t status;
	uint32_t cut;	  /* bytes of the message that were not captured */
	const char *hex;  /* see message_hex() */
	const char *want; /* part of the line of field_text.h; NULL: any */
};

static inline void proto_row_message(const struct proto_row *row,
				     struct message *m)
{
	switch (row->way) {
	case WAY_UDP:
		message_udp(m, row->number, row->hex);
		break;
	case WAY_TCP:
		message_tcp(m, row->number, row->hex);
		break;
	default:
		message_ip(m, row->way == WAY_IP4 ? 4 : 6, (uint8_t)row->number,
			   row->hex);
	}
	m->pkt.caplen -= row->cut;
}

/* The last layer of @m, in the caller's array of PKTCAP_LAYERS. */
static inline const struct pktcap_layer *
proto_row_layer(const struct proto_row *row, struct message *m,
		struct pktcap_layer *layers)
{
	size_t n;

	proto_row_message(row, m);
	n = pktcap_decode(&m->pkt, layers, PKTCAP_LAYERS);
	assert_true(n > 0);
	return &layers[n - 1];
}

static inline void proto_row_run(void **state)
{
	const struct proto_row *row = *state;
	struct pktcap_layer layers[PKTCAP_LAYERS];
	static struct message m;
	static struct field_text t;
	const struct pktcap_layer *layer = proto_row_layer(row, &m, layers);

	assert_string_equal(pktcap_proto_name(layer->proto),
			    pktcap_proto_name(row->proto));
	assert_string_equal(pktcap_status_name(layer->status),
			    pktcap_status_name(row->status));
	memset(&t, 0, sizeof(t));
	assert_int_equal(pktcap_layer_fields(layer, field_text_add, &t), 0);
	if (row->want && !strstr(t.text, row->want))
		fail_msg("%s\n is not in\n%s", row->want, t.text);
}

#endif
