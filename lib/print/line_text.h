/* SPDX-License-Identifier: BSD-2-Clause */
/* Protocols made of lines of text. */
#ifndef PRINT_LINE_TEXT_H
#define PRINT_LINE_TEXT_H

#include "print/line.h"

struct line_text {
	const char *name;
	const char *short_name;	     /* of "[|http]" */
	const char *const *commands; /* what requests begin with, then NULL.
				      * NULL: each line is a message */
	int code_at; /* the word of a response that is its code, from 0 on */
};

extern const struct line_text line_text_http;

/* By one port, NULL if it is of no such protocol. */
const struct line_text *line_text_of_tcp(uint16_t port);
const struct line_text *line_text_of_udp(uint16_t port);

void line_put_text(struct line *l, const struct line_text *protocol,
		   const struct pktcap_layer *layer);

#endif
