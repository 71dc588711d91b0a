/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BUILD_BUILD_H
#define BUILD_BUILD_H

#include <pktcap/build.h>

#include "proto/write.h"

/* Of struct pktcap_build.keep, beside PKTCAP_KEEP_*: the layer's number is what
 * the header in front is to say. */
enum { NUMBER_KNOWN = 0x80 };

/* Where a layer's number comes from while it is appended. */
enum number_source {
	NUMBER_NONE,	/* nobody has told it */
	NUMBER_GIVEN,	/* its own struct: it is believed */
	NUMBER_DECODED, /* a packet, where another header may have been in
			   front: believed if it leads to this protocol */
};

/* By enum pktcap_proto; NULL for those that can only be copied. */
extern const struct writer *const build_writers[PKTCAP_PROTO_COUNT];

/* What writing or finishing a header ran into; keeps the first. */
int build_failed(struct pktcap_build *build, uint16_t proto, int err,
		 const char *field, uint64_t value, uint64_t limit);

/* The message of -EPROTOTYPE: header @name, and how it can follow all the same.
 */
int build_cannot_follow(const struct pktcap_build *build, size_t at,
			const char *name, const char *by_hand,
			struct pktcap_error *error);

/* Trailers or padding are there: no header can grow or follow. */
bool build_has_trailer(const struct pktcap_build *build);

/* Appends a header of @proto out of its struct. */
int build_append(struct pktcap_build *build, uint16_t proto,
		 const struct writer *writer, const void *header,
		 uint32_t keep);

/* Appends @len bytes of data, which are in the buffer already if they fit. */
int build_data_in_place(struct pktcap_build *build, size_t len);

/*
 * The number by which headers that have numbers of this kind say that @layer
 * follows; -1 if there is none.
 */
int32_t build_number(enum next kind, const struct pktcap_layer *layer,
		     enum number_source source);

/* Can @proto follow without a number? */
bool build_carries(const struct writer *writer, uint16_t proto);

/*
 * The names of a header, or of two, that can follow @below and be followed by
 * @proto; the second is NULL if one is enough. False if there are none.
 */
bool build_between(uint16_t below, uint16_t proto, const char *names[2]);

#endif
