/* SPDX-License-Identifier: BSD-2-Clause */
/* What the header of an 802.11 frame leaves to its body. */
#ifndef PROTO_WIFI_H
#define PROTO_WIFI_H

#include "proto/tlv.h"

enum {
	WIFI_MANAGEMENT = 0,
	WIFI_CONTROL = 1,
	WIFI_DATA = 2,
	WIFI_EXTENSION = 3,
};

/* An association id, which has its two highest bits set for nothing. */
void wifi_association_id(struct fields *f, size_t at);
/* A bit of a little-endian word that is told as a whole, too. */
struct wifi_flag {
	uint16_t bit;
	const char *name;
};

void wifi_flags(struct fields *f, const struct wifi_flag *flags, size_t n,
		size_t at);
/*
 * Where the elements of management frame @b begin, its body being at @body; 0
 * if it has none.
 */
size_t wifi_elements(struct bytes b, uint8_t subtype, size_t body);
/* The body of a management frame, up to @end. */
void wifi_management(struct fields *f, uint8_t subtype, size_t body,
		     size_t end);
/* The value of an element whose kind does not tell all; false for others. */
bool wifi_element(struct fields *f, const struct tlv *t);

#endif
