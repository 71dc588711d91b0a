// SPDX-License-Identifier: BSD-2-Clause
/* The text form of what is no header: payload and padding. */
#include "build/form.h"

static int append_data(struct form_parser *p, const struct form_special *self,
		       struct form_word value)
{
	struct pktcap_build *b = p->build;
	size_t len;
	int err;

	(void)self;
	err = form_bytes(p, value, b->data + b->len, b->size - b->len, &len);

	if (err)
		return err;
	/* Where it has to be: only its length is told, or that it is too long.
	 */
	err = build_data_in_place(b, len);
	return err ? form_build_failed(p, value.at) : 0;
}

static int append_zeros(struct form_parser *p, const struct form_special *self,
			struct form_word value)
{
	uint64_t len;
	int err;

	(void)self;
	err = form_number(p, value, INT32_MAX, &len);
	if (!err && pktcap_build_data(p->build, NULL, (size_t)len))
		err = form_build_failed(p, value.at);
	return err;
}

static int pad(struct form_parser *p, const struct form_special *self,
	       struct form_word value)
{
	uint64_t len;
	int err;

	(void)self;
	err = form_number(p, value, INT32_MAX, &len);
	if (!err && pktcap_build_pad(p->build, (size_t)len))
		err = form_build_failed(p, value.at);
	return err;
}

static const struct form_special data_specials[] = {
	{ "hex", append_data, "0x0102", 0, 0 },
	{ "text", append_data, "\"hello\"", 0, 0 },
	{ "load", append_data, "\"hello\"", 0, 0 },
	{ "len", append_zeros, "100", 0, 0 },
	{ .name = NULL },
};

static const struct form_special pad_specials[] = {
	{ "len", pad, "60", 0, 0 },
	{ .name = NULL },
};

const struct form_layer form_data_layers[] = {
	{ .name = "data",
	  .alias = { "raw", "payload" },
	  .specials = data_specials,
	  .value = append_data },
	{ .name = "pad", .specials = pad_specials, .value = pad },
	{ .name = NULL },
};
