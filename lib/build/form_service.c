// SPDX-License-Identifier: BSD-2-Clause
/* The text form of NTP and RADIUS. */
#include "build/form_header.h"

enum { CONTROL_HEADER = 12, CONTROL_COUNT_AT = 10, PRIVATE_HEADER = 8 };

static const struct pktcap_ntp ntp = {
	.version = 4,
	.mode = PKTCAP_NTP_CLIENT,
};
static const struct pktcap_ntp_control ntp_control = { .version = 2 };
static const struct pktcap_ntp_private ntp_private = { .version = 2 };

static const struct form_field ntp_fields[] = {
	{ "reference", "reference_timestamp", 0 },
	{ "origin", "origin_timestamp", 0 },
	{ "receive", "receive_timestamp", 0 },
	{ "transmit", "transmit_timestamp", 0 },
	{ NULL, NULL, 0 },
};

static const struct form_field control_fields[] = {
	{ "count", NULL, PKTCAP_KEEP_LENGTHS },
	{ NULL, NULL, 0 },
};
static const struct form_special control_specials[] = {
	{ "data", form_body, "\"version=1\"", CONTROL_HEADER, 0 },
	{ .name = NULL },
};
static const struct form_special private_specials[] = {
	{ "data", form_body, "0x01020304", PRIVATE_HEADER, 0 },
	{ .name = NULL },
};

/* The data is counted, and filled up behind that (RFC 9327, 2). */
static int end_control(struct form_parser *p)
{
	size_t count = form_len(p) - CONTROL_HEADER;

	if (count > UINT16_MAX)
		return form_fail(p, p->name.at, -ERANGE,
				 "%zu bytes of data, at most %u", count,
				 UINT16_MAX + 0u);
	if (!form_keeps(p, PKTCAP_KEEP_LENGTHS))
		put_be16(form_start(p) + CONTROL_COUNT_AT, (uint16_t)count);
	return form_fill_up(p, 4);
}

/* --- RADIUS ------------------------------------------------------------------
 */

enum { ACCESS_REQUEST = 1, LENGTH_AT = 2 };

static const struct pktcap_radius radius = { .code = ACCESS_REQUEST, .id = 1 };
static const struct form_special radius_specials[] = {
	{ "user", form_option_text, "alice", 1, 0 },
	{ "nas_ip", form_option_ipv4, "192.0.2.1", 4, 0 },
	{ "nas_port", form_option_number, "1", 5, 4 },
	{ "attribute", form_option_any, "32:0x6e6173", 0, 0 },
	{ .name = NULL },
};

static int end_radius(struct form_parser *p)
{
	return form_put_length(p, LENGTH_AT);
}

const struct form_layer form_service_layers[] = {
	{ HEADER(NTP, ntp), .fields = ntp_fields },
	{ HEADER(NTP, ntp_control), .fields = control_fields,
	  .specials = control_specials, .end = end_control },
	{ HEADER(NTP, ntp_private), .specials = private_specials },
	{ HEADER(RADIUS, radius), .specials = radius_specials,
	  .options = TLV_8_8_ALL, .end = end_radius },
	{ .name = NULL },
};
