/* SPDX-License-Identifier: BSD-2-Clause */
#include "show.h"
#include "message.h"

#include <pktcap/decode.h>
#include <pktcap/file.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TEXT_SIZE = 4096, STDOUT_SIZE = 64 * 1024, NUMBER_WIDTH = 5 };

static const char *interface_name(void *arg, uint32_t ifindex)
{
	struct show *show = arg;
	struct show_name *slot = &show->names[ifindex % SHOW_NAMES];

	if (slot->ifindex != ifindex || !slot->name[0]) {
		slot->ifindex = ifindex;
		if (!if_indextoname(ifindex, slot->name))
			strcpy(slot->name, "?");
	}
	return slot->name;
}

void show_forget_names(struct show *show)
{
	memset(show->names, 0, sizeof(show->names));
}

static bool is_set(const char *variable)
{
	const char *value = getenv(variable);

	return value && *value;
}

/* https://no-color.org */
static bool wants_colour(const struct options *options)
{
	const char *terminal = getenv("TERM");

	if (options->colour != COLOUR_AUTO)
		return options->colour == COLOUR_ALWAYS;
	return isatty(STDOUT_FILENO) && !is_set("NO_COLOR") && terminal &&
	       strcmp(terminal, "dumb") != 0;
}

static uint32_t print_flags(const struct options *options)
{
	bool dumps = options->hex || options->hex_ascii;

	return (options->ether_header ? PKTCAP_PRINT_LINK : 0) |
	       (options->quick ? PKTCAP_PRINT_QUICK : 0) |
	       (options->verbose ? PKTCAP_PRINT_VERBOSE : 0) |
	       (options->verbose > 1 ? PKTCAP_PRINT_VERY_VERBOSE : 0) |
	       (options->absolute_seq ? PKTCAP_PRINT_ABSOLUTE_SEQ : 0) |
	       (options->no_checksums ? PKTCAP_PRINT_NO_CHECKSUMS : 0) |
	       (wants_colour(options) ? PKTCAP_PRINT_COLOUR : 0) |
	       (dumps ? PKTCAP_PRINT_NO_DUMP : 0);
}

int show_open(struct show *show, const struct options *options)
{
	int err;

	*show = (struct show){
		.options = options,
		.opts = PKTCAP_PRINT_OPTS(.flags = print_flags(options),
					  .ifname = interface_name,
					  .arg = show),
		.stamp = { .form = options->time_form,
			   .nano = options->precision ==
				   PKTCAP_FILE_PRECISION_NANO },
		.size = TEXT_SIZE,
	};
	if (!options->line_buffered)
		setvbuf(stdout, NULL, _IOFBF, STDOUT_SIZE);
	show->text = malloc(show->size);
	err = show->text ? pktcap_print_streams_open(&show->opts.streams, 0)
			 : -ENOMEM;
	if (err) {
		say("%s", strerror(-err));
		show_close(show);
	}
	return err ? -1 : 0;
}

void show_close(struct show *show)
{
	pktcap_print_streams_close(show->opts.streams);
	free(show->text);
	memset(show, 0, sizeof(*show));
}

/*
 * After a printer said how long its text is: keeps it, or makes room for it.
 * Returns 1 where the printer is to be asked again, 0, or a negative errno.
 */
static int keep(struct show *show, int len)
{
	size_t want = show->len + (size_t)len;
	char *text;

	if (len < 0)
		return len;
	if (want < show->size) {
		show->len = want;
		return 0;
	}
	text = realloc(show->text, want + TEXT_SIZE);
	if (!text)
		return -ENOMEM;
	show->text = text;
	show->size = want + TEXT_SIZE;
	return 1;
}

typedef int (*printer)(const struct pktcap_packet *pkt,
		       const struct pktcap_layer *layers, size_t n,
		       const struct pktcap_print_opts *opts, char *buf,
		       size_t size);

static int add_printed(struct show *show, printer print,
		       const struct pktcap_packet *pkt,
		       const struct pktcap_layer *layers, size_t n,
		       const struct pktcap_print_opts *opts)
{
	int ret;

	do
		ret = keep(show,
			   print(pkt, layers, n, opts, show->text + show->len,
				 show->size - show->len));
	while (ret == 1);
	return ret;
}

static int add_text(struct show *show, const char *text, size_t n)
{
	int ret;

	do
		ret = keep(show, (int)n);
	while (ret == 1);
	if (!ret)
		memcpy(show->text + show->len - n, text, n);
	return ret;
}

/* Is it only how a packet came, not what it is? */
static bool is_link_header(uint16_t proto)
{
	switch (proto) {
	case PKTCAP_PROTO_ETH:
	case PKTCAP_PROTO_VLAN:
	case PKTCAP_PROTO_LLC:
	case PKTCAP_PROTO_SNAP:
	case PKTCAP_PROTO_SLL:
	case PKTCAP_PROTO_SLL2:
	case PKTCAP_PROTO_NULL:
	case PKTCAP_PROTO_RADIOTAP:
	case PKTCAP_PROTO_WIFI:
	case PKTCAP_PROTO_PPP: /* that of PPPoE is behind what is none */
		return true;
	default:
		return false;
	}
}

/* What manages an access point is in the layer of 802.11, behind its header. */
static size_t own_len(const struct pktcap_layer *layer)
{
	struct pktcap_wifi wifi;

	if (!pktcap_wifi_get(layer, &wifi) && wifi.type < 2)
		return wifi.header_len;
	return layer->header_len;
}

static size_t link_header(const struct pktcap_layer *layers, size_t n)
{
	size_t i = 0, end = 0;

	for (; i < n && is_link_header(layers[i].proto); i++)
		end = layers[i].offset + own_len(&layers[i]);
	return end;
}

/* -x, -X and -A, with the link header if they are given twice. */
static int add_dump(struct show *show, const struct pktcap_packet *pkt,
		    const struct pktcap_layer *layers, size_t n)
{
	const struct options *options = show->options;
	unsigned int level = options->hex_ascii ? options->hex_ascii
			     : options->hex	? options->hex
						: options->ascii;
	enum pktcap_hex form = options->hex_ascii ? PKTCAP_HEX_ASCII
			       : options->hex	  ? PKTCAP_HEX
						  : PKTCAP_ASCII;
	size_t skip = level == 1 ? link_header(layers, n) : 0;
	int ret;

	if (!level || (level == 1 && skip >= pkt->caplen))
		return 0;
	do
		ret = keep(show, pktcap_print_hex(pkt->data + skip,
						  pkt->caplen - skip, form,
						  show->text + show->len,
						  show->size - show->len));
	while (ret == 1);
	return ret;
}

/* The line of a packet behind its number and time. */
static int add_line(struct show *show, const struct pktcap_packet *pkt,
		    const struct pktcap_layer *layers, size_t n,
		    uint64_t number)
{
	const uint32_t details =
		PKTCAP_PRINT_VERBOSE | PKTCAP_PRINT_VERY_VERBOSE;
	struct pktcap_print_opts opts = show->opts;
	int ret;

	/* What follows has all that, and more readable. */
	if (show->options->form != FORM_LINE)
		opts.flags = (opts.flags & ~details) | PKTCAP_PRINT_NO_DUMP;
	if (show->options->number)
		show->len = (size_t)snprintf(show->text, show->size, "%*llu  ",
					     NUMBER_WIDTH,
					     (unsigned long long)number);
	show->len +=
		stamp_put(&show->stamp, pkt->ts_ns, show->text + show->len);
	ret = add_printed(show, pktcap_print_line, pkt, layers, n, &opts);
	return ret ? ret : add_text(show, "\n", 1);
}

/* Several lines below the packet's own, and an empty one. */
static int add_block(struct show *show, printer print,
		     const struct pktcap_packet *pkt,
		     const struct pktcap_layer *layers, size_t n,
		     uint64_t number)
{
	int ret = add_line(show, pkt, layers, n, number);

	if (!ret)
		ret = add_printed(show, print, pkt, layers, n, &show->opts);
	if (!ret)
		ret = add_dump(show, pkt, layers, n);
	return ret ? ret : add_text(show, "\n", 1);
}

static int add_packet(struct show *show, const struct pktcap_packet *pkt,
		      uint64_t number)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
	int ret;

	switch (show->options->form) {
	case FORM_TREE:
		return add_block(show, pktcap_print_tree, pkt, layers, n,
				 number);
	case FORM_BOXES:
		return add_block(show, pktcap_print_boxes, pkt, layers, n,
				 number);
	case FORM_JSON:
		ret = add_printed(show, pktcap_print_json, pkt, layers, n,
				  &show->opts);
		return ret ? ret : add_text(show, "\n", 1);
	default:
		ret = add_line(show, pkt, layers, n, number);
		return ret ? ret : add_dump(show, pkt, layers, n);
	}
}

int show_packet(struct show *show, const struct pktcap_packet *pkt,
		uint64_t number)
{
	int ret;

	show->len = 0;
	ret = add_packet(show, pkt, number);
	errno = 0;
	if (!ret && !fwrite(show->text, show->len, 1, stdout))
		ret = errno ? -errno : -EIO;
	return ret;
}
