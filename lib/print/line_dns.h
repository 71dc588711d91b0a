/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files that print DNS share. */
#ifndef PRINT_LINE_DNS_H
#define PRINT_LINE_DNS_H

#include "print/line.h"

/* " [COOKIE 0011223344556677,PADDING (20)]"; nothing where there are none. */
void line_edns_options(struct line *l, const uint8_t *data, size_t n);

#endif
