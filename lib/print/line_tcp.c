// SPDX-License-Identifier: BSD-2-Clause
/* TCP: flags, numbers, window, options, length. */
#include "print/line_tcp.h"
#include "print/line_ip.h"

#include <errno.h>
#include <netinet/in.h>

enum {
	HEADER = 20,
	RESET_TEXT = 30,
	FAST_OPEN_EXPERIMENT = 0xf989,
};

static const struct line_name flag_names[] = {
	{ PKTCAP_TCP_FIN, "F" }, { PKTCAP_TCP_SYN, "S" },
	{ PKTCAP_TCP_RST, "R" }, { PKTCAP_TCP_PSH, "P" },
	{ PKTCAP_TCP_ACK, "." }, { PKTCAP_TCP_URG, "U" },
	{ PKTCAP_TCP_ECE, "E" }, { PKTCAP_TCP_CWR, "W" },
	{ PKTCAP_TCP_AE, "e" },	 { 0, NULL },
};

/* A header while it is told. */
struct segment {
	struct pktcap_tcp tcp;
	const struct pktcap_layer *layer;
	uint32_t sack_base; /* SACK has the numbers of the other direction */
	size_t length;	    /* of the payload, on the wire */
};

static const struct line_name option_names[] = {
	{ PKTCAP_TCP_OPTION_END, "eol" },
	{ PKTCAP_TCP_OPTION_NOP, "nop" },
	{ PKTCAP_TCP_OPTION_MSS, "mss" },
	{ PKTCAP_TCP_OPTION_WINDOW_SCALE, "wscale" },
	{ PKTCAP_TCP_OPTION_SACK_PERMITTED, "sackOK" },
	{ PKTCAP_TCP_OPTION_SACK, "sack" },
	{ 6, "echo" },
	{ 7, "echoreply" },
	{ PKTCAP_TCP_OPTION_TIMESTAMPS, "TS" },
	{ 11, "cc" },
	{ 12, "ccnew" },
	{ 13, "ccecho" },
	{ PKTCAP_TCP_OPTION_MD5, "md5" },
	{ 20, "scps" },
	{ PKTCAP_TCP_OPTION_USER_TIMEOUT, "uto" },
	{ PKTCAP_TCP_OPTION_AO, "tcp-ao" },
	{ PKTCAP_TCP_OPTION_MPTCP, "mptcp" },
	{ PKTCAP_TCP_OPTION_FAST_OPEN, "tfo" },
	{ PKTCAP_TCP_OPTION_EXPERIMENT2, "exp" },
	{ 0, NULL },
};

static void put_sack(struct line *l, const struct pktcap_tcp_option *option,
		     uint32_t base)
{
	if (option->data_len % 8) {
		PUT(&l->t, " malformed sack");
		return;
	}
	line_told(l, " ", option->blocks, " ");
	for (unsigned int i = 0; i < 2u * option->blocks; i += 2) {
		line_told(l, "{", option->sack[i] - base, ":");
		line_told(l, "", option->sack[i + 1] - base, "}");
	}
}

static void put_bytes_of(struct line *l, const char *before,
			 const struct pktcap_tcp_option *option, size_t from)
{
	if (option->data_len <= from)
		return;
	put_string(&l->t, before);
	put_octets(&l->t, option->data + from, option->data_len - from, '\0');
}

static void put_cookie(struct line *l, const struct pktcap_tcp_option *option,
		       size_t from)
{
	if (option->data_len <= from)
		PUT(&l->t, " cookiereq");
	else
		put_bytes_of(l, " cookie ", option, from);
}

static void put_experiment(struct line *l,
			   const struct pktcap_tcp_option *option)
{
	if (option->value == FAST_OPEN_EXPERIMENT) {
		PUT(&l->t, "-tfo");
		put_cookie(l, option, 2);
	} else {
		line_put_hex(l, "-unknown 0x", option->value, 4, "");
	}
}

/* In 15 bits seconds or, if the 16th is set, minutes. */
static void put_user_timeout(struct line *l, uint32_t value)
{
	uint32_t count = value & 0x7fff;

	line_put_hex(l, " 0x", value, 0, " ");
	put_uint(&l->t, value & 0x8000 ? count * 60 : count);
}

static void put_option_value(struct line *l, const struct segment *s,
			     const struct pktcap_tcp_option *option)
{
	switch (option->kind) {
	case PKTCAP_TCP_OPTION_SACK_PERMITTED:
		break;
	case PKTCAP_TCP_OPTION_MSS:
	case PKTCAP_TCP_OPTION_WINDOW_SCALE:
		line_told(l, " ", option->value, "");
		break;
	case PKTCAP_TCP_OPTION_SACK:
		put_sack(l, option, s->sack_base);
		break;
	case PKTCAP_TCP_OPTION_TIMESTAMPS:
		line_told(l, " val ", option->value, " ecr ");
		put_uint(&l->t, option->echo_reply);
		break;
	case PKTCAP_TCP_OPTION_USER_TIMEOUT:
		put_user_timeout(l, option->value);
		break;
	case PKTCAP_TCP_OPTION_MPTCP:
		line_mptcp(l, option);
		break;
	case PKTCAP_TCP_OPTION_FAST_OPEN:
		put_cookie(l, option, 0);
		break;
	case PKTCAP_TCP_OPTION_EXPERIMENT2:
		put_experiment(l, option);
		break;
	case PKTCAP_TCP_OPTION_MD5:
		put_bytes_of(l, " digest ", option, 0);
		break;
	default:
		put_bytes_of(l, " 0x", option, 0);
	}
}

/* Of the length that its kind has always? */
static bool is_usual(const struct pktcap_tcp_option *option)
{
	switch (option->kind) {
	case PKTCAP_TCP_OPTION_MSS:
	case PKTCAP_TCP_OPTION_USER_TIMEOUT:
		return option->length == 4;
	case PKTCAP_TCP_OPTION_WINDOW_SCALE:
		return option->length == 3;
	case PKTCAP_TCP_OPTION_SACK_PERMITTED:
		return option->length == 2;
	case PKTCAP_TCP_OPTION_TIMESTAMPS:
		return option->length == 10;
	default:
		return true;
	}
}

static void put_option(struct line *l, const struct segment *s,
		       const struct pktcap_tcp_option *option)
{
	const char *name = line_name(option_names, option->kind);

	if (name)
		put_string(&l->t, name);
	else
		line_told(l, "unknown-", option->kind, "");
	if (option->kind > PKTCAP_TCP_OPTION_NOP)
		put_option_value(l, s, option);
	if (!is_usual(option))
		line_told(l, "[len ", option->length, "]");
}

/* false if nothing behind them is to be believed. */
static bool put_options(struct line *l, const struct segment *s)
{
	struct pktcap_tcp_option option;
	uint32_t offset = 0;
	const char *between = "";
	int ret;

	PUT(&l->t, ", options [");
	while ((ret = pktcap_tcp_option_next(s->layer, &offset, &option)) ==
	       1) {
		put_string(&l->t, between);
		put_option(l, s, &option);
		between = ",";
	}
	if (ret == -ENODATA) {
		line_truncated(l, "tcp");
		return false;
	}
	if (ret) {
		put_string(&l->t, between);
		PUT(&l->t, "[bad opt]");
	}
	if (!ret || *between)
		put_char(&l->t, ']');
	return !ret;
}

static void put_checksum(struct line *l, const struct segment *s)
{
	size_t length = s->tcp.header_len + s->length;
	enum pktcap_checksum checksum = line_checksum(l, s->layer);
	uint64_t sum;

	if (checksum == PKTCAP_CHECKSUM_UNKNOWN)
		return;
	line_put_hex(l, ", cksum 0x", s->tcp.checksum, 4, "");
	if (checksum == PKTCAP_CHECKSUM_GOOD)
		PUT(&l->t, " (correct)");
	if (checksum == PKTCAP_CHECKSUM_NOT_READY)
		PUT(&l->t, " (not ready)");
	if (checksum != PKTCAP_CHECKSUM_BAD)
		return;
	sum = line_pseudo_sum(l, IPPROTO_TCP, length);
	sum = line_sum(sum, s->layer->data, s->layer->caplen);
	line_put_hex(l, " (incorrect -> 0x",
		     line_sum_wanted(sum, s->tcp.checksum), 4, ")");
}

static struct pktcap_flow flow_of(const struct line *l, const struct segment *s)
{
	struct pktcap_flow flow = {
		.src_port = s->tcp.src_port,
		.dst_port = s->tcp.dst_port,
		.version = l->ip.version,
		.protocol = IPPROTO_TCP,
	};
	size_t size = l->ip.version == 4 ? 4 : sizeof(flow.src);

	memcpy(flow.src, l->ip.src, size);
	memcpy(flow.dst, l->ip.dst, size);
	return flow;
}

/* Numbers as they are shown: those of the connection, or those of the packet.
 */
static void make_relative(struct line *l, struct segment *s)
{
	const struct stream_base *base = &l->base;

	if (line_has(l, PKTCAP_PRINT_ABSOLUTE_SEQ) || !l->opts->streams ||
	    !(s->tcp.flags & PKTCAP_TCP_ACK))
		return;
	/* Of several in a packet (tunnels) the last one waits for the end. */
	line_note_stream(l);
	l->segment = (struct stream_segment){
		.flow = flow_of(l, s),
		.seq = s->tcp.seq,
		.ack = s->tcp.ack,
		.syn = s->tcp.flags & PKTCAP_TCP_SYN,
	};
	l->base = streams_base(l->opts->streams, &l->segment);
	s->sack_base = base->ack;
	if (!base->known)
		return;
	s->tcp.seq -= base->seq;
	s->tcp.ack -= base->ack;
}

static void put_numbers(struct line *l, const struct segment *s)
{
	const uint16_t edges = PKTCAP_TCP_SYN | PKTCAP_TCP_FIN | PKTCAP_TCP_RST;

	if (line_has(l, PKTCAP_PRINT_VERY_VERBOSE) || s->length ||
	    s->tcp.flags & edges)
		line_told(l, ", seq ", s->tcp.seq, "");
	if (s->length)
		line_told(l, ":", (uint32_t)(s->tcp.seq + s->length), "");
	if (s->tcp.flags & PKTCAP_TCP_ACK)
		line_told(l, ", ack ", s->tcp.ack, "");
	line_told(l, ", win ", s->tcp.window, "");
	if (s->tcp.flags & PKTCAP_TCP_URG)
		line_told(l, ", urg ", s->tcp.urgent_pointer, "");
}

/* What a reset carries is an explanation, mostly (RFC 9293, 3.5.2). */
static void put_reset_text(struct line *l, const struct segment *s)
{
	size_t shown = s->length < RESET_TEXT ? s->length : RESET_TEXT;
	size_t n = s->layer->caplen - s->layer->header_len;

	put_string(&l->t, n < s->length ? " [!RST" : " [RST");
	put_string(&l->t, s->length > RESET_TEXT ? "+ " : " ");
	put_safe(&l->t, s->layer->data + s->layer->header_len,
		 n < shown ? n : shown);
	put_char(&l->t, ']');
	l->ended = true;
}

static void put_flags(struct line *l, uint32_t flags)
{
	PUT(&l->t, "Flags [");
	line_bits(l, flag_names, flags, "", "none");
	put_char(&l->t, ']');
}

static uint32_t flags_of(const struct pktcap_layer *layer)
{
	static const char *const names[] = {
		"flag_fin", "flag_syn", "flag_rst", "flag_psh", "flag_ack",
		"flag_urg", "flag_ece", "flag_cwr", "flag_ae"
	};
	uint32_t flags = 0;
	uint64_t bit;

	for (unsigned int i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (line_field(layer, names[i], &bit) && bit)
			flags |= 1u << i;
	return flags;
}

/* A header that is cut, or whose length is too short or too long. */
static void put_damaged(struct line *l, const struct pktcap_layer *layer)
{
	size_t wire = line_wire(l, layer);
	uint64_t from, to, words = 0;

	l->ended = true;
	if (!line_field(layer, "src_port", &from) ||
	    !line_field(layer, "dst_port", &to)) {
		line_addresses(l);
		put_char(&l->t, ':');
		line_truncated(l, "tcp");
		return;
	}
	line_ports(l, IPPROTO_TCP, (uint16_t)from, (uint16_t)to);
	if (!line_field(layer, "data_offset", &words) ||
	    (layer->caplen < HEADER && words * 4 >= HEADER)) {
		line_truncated(l, "tcp");
		return;
	}
	if (words * 4 < HEADER) {
		line_told(l, " tcp ", (uint32_t)(wire - words * 4),
			  " [bad hdr length ");
		line_told(l, "", words * 4, " - too short, < 20]");
		return;
	}
	if (line_has(l, PKTCAP_PRINT_QUICK))
		line_told(l, "tcp ", (uint32_t)(wire - words * 4), "");
	else
		put_flags(l, flags_of(layer));
	line_told(l, " [bad hdr length ", words * 4, " - too long, > ");
	line_told(l, "", wire, "]");
}

static bool get(const struct line *l, const struct pktcap_layer *layer,
		struct segment *s)
{
	size_t wire = line_wire(l, layer);

	*s = (struct segment){ .layer = layer };
	if (pktcap_tcp_get(layer, &s->tcp))
		return false;
	if (s->tcp.header_len > wire)
		return false;
	s->length = wire - s->tcp.header_len;
	return true;
}

void line_tcp(struct line *l, const struct pktcap_layer *layer)
{
	struct segment s;

	if (!get(l, layer, &s)) {
		put_damaged(l, layer);
		return;
	}
	line_ports(l, IPPROTO_TCP, s.tcp.src_port, s.tcp.dst_port);
	l->unknown = NULL;
	if (line_has(l, PKTCAP_PRINT_QUICK)) {
		line_told(l, "tcp ", s.length, "");
		l->ended = true;
		return;
	}
	put_flags(l, s.tcp.flags);
	make_relative(l, &s);
	if (line_verbose(l))
		put_checksum(l, &s);
	put_numbers(l, &s);
	if (s.tcp.options_len && !put_options(l, &s)) {
		l->ended = true;
		return;
	}
	line_told(l, ", length ", s.length, "");
	if (!s.length)
		l->ended = true;
	else if (s.tcp.flags & PKTCAP_TCP_RST && line_verbose(l))
		put_reset_text(l, &s);
	else
		line_tcp_payload(l, &s.tcp);
}
