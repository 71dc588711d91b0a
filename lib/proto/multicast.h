/* SPDX-License-Identifier: BSD-2-Clause */
/* What IGMP and MLD have in common: lists of sources and group records. */
#ifndef PROTO_MULTICAST_H
#define PROTO_MULTICAST_H

#include "proto/fields.h"
#include "proto/write.h"

/* Of messages of version 3 (IGMP) and 2 (MLD); @address is 4 or 16 bytes. */

/* S(1) QRV(3) QQIC(8) number(16), sources. */
void multicast_query(struct fields *f, size_t address, size_t at);
/* Group records, and how many there are at @count_at. */
void multicast_report(struct fields *f, size_t address, size_t count_at);

/* The same while they are written: what is behind the group, and the number of
 * records in a body, or @given if it is kept. */
void multicast_write_query(struct write *w, size_t address, uint16_t flags,
			   uint16_t given, const uint8_t *sources, size_t len);
uint16_t multicast_count(struct write *w, size_t address, uint16_t given,
			 const uint8_t *records, size_t len);

#endif
