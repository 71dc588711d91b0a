/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef PROTO_ND_OPTION_H
#define PROTO_ND_OPTION_H

#include "proto/fields.h"

/* The list of options of a neighbour discovery message. */
void nd_options(struct fields *f, const struct pktcap_layer *layer);

#endif
