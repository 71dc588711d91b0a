/* SPDX-License-Identifier: BSD-2-Clause */
/* Values of fields, and what else the printers of whole packets share. */
#ifndef PRINT_VALUE_H
#define PRINT_VALUE_H

#include <pktcap/proto.h>

#include "print/put.h"

/* "2023-11-14 22:13:20.123456789", with @between instead of the blank. */
void value_time(struct text *t, int64_t ns, char between);

/*
 * A field's value, with label and unit, for a person: at most @max of its
 * bytes. Nothing for LIST, GROUP and END.
 */
void value_field(struct text *t, const struct pktcap_field *field, size_t max);
/* The same without the label. */
void value_bare(struct text *t, const struct pktcap_field *field, size_t max);

/* Terminates the text; what a printer returns: the length of the whole. */
int value_result(struct text *t);

#endif
