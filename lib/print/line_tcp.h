/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files that print TCP share. */
#ifndef PRINT_LINE_TCP_H
#define PRINT_LINE_TCP_H

#include "print/line.h"

/* " 12 join id 2 token 0x11223344 nonce 0x55667788", behind the option's name.
 */
void line_mptcp(struct line *l, const struct pktcap_tcp_option *option);

#endif
