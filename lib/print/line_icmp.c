// SPDX-License-Identifier: BSD-2-Clause
/* ICMP: what it says, and with -v the packet that an error quotes. */
#include "print/line_ip.h"

#include <netinet/in.h>

/* Of those that have nothing else to say. */
static const struct line_name types[] = {
	{ PKTCAP_ICMP_SOURCE_QUENCH, "source quench" },
	{ 10, "router solicitation" },
	{ 15, "information request" },
	{ 16, "information reply" },
	{ 17, "address mask request" },
	{ 0, NULL },
};

/* In front of and behind the address that cannot be reached. */
static const struct unreachable {
	const char *before;
	const char *behind;
} unreachables[] = {
	[0] = { "net ", " unreachable" },
	[1] = { "host ", " unreachable" },
	[5] = { "", " unreachable - source route failed" },
	[6] = { "net ", " unreachable - unknown" },
	[7] = { "host ", " unreachable - unknown" },
	[8] = { "", " unreachable - source host isolated" },
	[9] = { "net ", " unreachable - admin prohibited" },
	[10] = { "host ", " unreachable - admin prohibited" },
	[11] = { "net ", " unreachable - tos prohibited" },
	[12] = { "host ", " unreachable - tos prohibited" },
	[13] = { "host ", " unreachable - admin prohibited filter" },
	[14] = { "host ", " unreachable - host precedence violation" },
	[15] = { "host ", " unreachable - precedence cutoff" },
};

enum { UNREACHABLES = sizeof(unreachables) / sizeof(unreachables[0]) };

/* The header quoted, and what it carried, as far as that is there. */
struct quoted {
	struct pktcap_ipv4 ip;
	const struct pktcap_layer *transport;
};

static bool find_quoted(const struct line *l, struct quoted *quoted)
{
	const struct pktcap_layer *layer = line_next(l);

	if (!layer || !(layer->flags & PKTCAP_LAYER_QUOTED) ||
	    pktcap_ipv4_get(layer, &quoted->ip))
		return false;
	quoted->transport = l->at + 2 < l->n ? &l->layers[l->at + 2] : NULL;
	return true;
}

static bool put_port(struct line *l, const struct quoted *quoted)
{
	uint8_t protocol = quoted->ip.protocol;
	uint64_t port;

	if (!quoted->transport ||
	    !line_field(quoted->transport, "dst_port", &port))
		return false;
	put_ipv4(&l->t, quoted->ip.dst);
	if (protocol == IPPROTO_TCP)
		line_told(l, " tcp port ", port, "");
	else if (protocol == IPPROTO_UDP)
		line_told(l, " udp port ", port, "");
	else
		line_told(l, " port ", port, "");
	PUT(&l->t, " unreachable");
	return true;
}

static void put_fragmentation(struct line *l, const struct quoted *quoted,
			      uint16_t mtu)
{
	put_ipv4(&l->t, quoted->ip.dst);
	PUT(&l->t, " unreachable - need to frag");
	if (mtu)
		line_told(l, " (mtu ", mtu, ")");
}

/* false where the bytes that it wants to tell are not there. */
static bool put_unreachable(struct line *l, const struct pktcap_icmp *icmp)
{
	struct quoted quoted;

	if (!find_quoted(l, &quoted))
		return false;
	switch (icmp->code) {
	case PKTCAP_ICMP_PROTOCOL_UNREACHABLE:
		put_ipv4(&l->t, quoted.ip.dst);
		line_told(l, " protocol ", quoted.ip.protocol, " unreachable");
		return true;
	case PKTCAP_ICMP_PORT_UNREACHABLE:
		return put_port(l, &quoted);
	case PKTCAP_ICMP_FRAGMENTATION_NEEDED:
		put_fragmentation(l, &quoted, (uint16_t)icmp->rest);
		return true;
	default:
		break;
	}
	if (icmp->code < UNREACHABLES)
		put_string(&l->t, unreachables[icmp->code].before);
	else
		line_told(l, "#", icmp->code, " ");
	put_ipv4(&l->t, quoted.ip.dst);
	put_string(&l->t, icmp->code < UNREACHABLES
				  ? unreachables[icmp->code].behind
				  : " unreachable");
	return true;
}

static bool put_redirect(struct line *l, const struct pktcap_icmp *icmp)
{
	uint8_t gateway[] = { (uint8_t)(icmp->rest >> 24),
			      (uint8_t)(icmp->rest >> 16),
			      (uint8_t)(icmp->rest >> 8), (uint8_t)icmp->rest };
	struct quoted quoted;

	if (!find_quoted(l, &quoted))
		return false;
	if (icmp->code < 2)
		PUT(&l->t, "redirect ");
	else if (icmp->code < 4)
		PUT(&l->t, "redirect-tos ");
	else
		line_told(l, "redirect-#", icmp->code, " ");
	put_ipv4(&l->t, quoted.ip.dst);
	put_string(&l->t, icmp->code == 1 || icmp->code == 3 ? " to host "
							     : " to net ");
	put_ipv4(&l->t, gateway);
	return true;
}

static void put_exceeded(struct line *l, uint8_t code)
{
	if (code == 0)
		PUT(&l->t, "time exceeded in-transit");
	else if (code == 1)
		PUT(&l->t, "ip reassembly time exceeded");
	else
		line_told(l, "time exceeded-#", code, "");
}

/* Milliseconds since midnight as a time of day. */
static void put_time(struct line *l, const struct pktcap_layer *layer,
		     const char *name, const char *label)
{
	uint64_t ms = 0;

	line_field(layer, name, &ms);
	put_string(&l->t, label);
	put_padded(&l->t, ms / 3600000, 2);
	put_char(&l->t, ':');
	put_padded(&l->t, ms / 60000 % 60, 2);
	put_char(&l->t, ':');
	put_padded(&l->t, ms / 1000 % 60, 2);
	put_char(&l->t, '.');
	put_padded(&l->t, ms % 1000, 3);
}

static void put_id_and_seq(struct line *l, const char *what, uint32_t rest,
			   const char *comma)
{
	put_string(&l->t, what);
	put_string(&l->t, comma);
	line_told(l, " id ", rest >> 16, comma);
	line_told(l, " seq ", rest & 0xffff, "");
}

static void put_timestamps(struct line *l, const struct pktcap_layer *layer,
			   const struct pktcap_icmp *icmp)
{
	if (icmp->type == PKTCAP_ICMP_TIMESTAMP_REQUEST) {
		put_id_and_seq(l, "time stamp query", icmp->rest, "");
		return;
	}
	put_id_and_seq(l, "time stamp reply", icmp->rest, "");
	put_time(l, layer, "originate", ": org ");
	put_time(l, layer, "receive", ", recv ");
	put_time(l, layer, "transmit", ", xmit ");
}

static void put_lifetime(struct line *l, uint32_t seconds)
{
	PUT(&l->t, "router advertisement lifetime ");
	if (seconds < 60) {
		put_uint(&l->t, seconds);
		return;
	}
	if (seconds >= 3600)
		line_told(l, "", seconds / 3600, ":");
	if (seconds >= 3600)
		put_padded(&l->t, seconds / 60 % 60, 2);
	else
		put_uint(&l->t, seconds / 60);
	put_char(&l->t, ':');
	put_padded(&l->t, seconds % 60, 2);
}

static int put_router(void *arg, const struct pktcap_field *field)
{
	struct line *l = arg;

	if (!field->name || field->depth < 2)
		return 0;
	if (!strcmp(field->name, "address")) {
		PUT(&l->t, " {");
		put_ipv4(&l->t, field->data);
	} else if (!strcmp(field->name, "preference")) {
		/* tcpdump has no sign for it. */
		line_told(l, " ", (uint32_t)field->value, "}");
	}
	return 0;
}

static void put_routers(struct line *l, const struct pktcap_layer *layer,
			const struct pktcap_icmp *icmp)
{
	unsigned int words = icmp->rest >> 16 & 0xff;

	put_lifetime(l, icmp->rest & 0xffff);
	line_told(l, " ", icmp->rest >> 24, ":");
	if (words != 2)
		line_told(l, " [size ", words, "]");
	else
		pktcap_layer_fields(layer, put_router, l);
}

static bool put_message(struct line *l, const struct pktcap_layer *layer,
			const struct pktcap_icmp *icmp)
{
	const char *name;

	switch (icmp->type) {
	case PKTCAP_ICMP_ECHO_REQUEST:
	case PKTCAP_ICMP_ECHO_REPLY:
		put_id_and_seq(l, icmp->type ? "echo request" : "echo reply",
			       icmp->rest, ",");
		return true;
	case PKTCAP_ICMP_UNREACHABLE:
		return put_unreachable(l, icmp);
	case PKTCAP_ICMP_REDIRECT:
		return put_redirect(l, icmp);
	case PKTCAP_ICMP_ROUTER_ADVERTISEMENT:
		put_routers(l, layer, icmp);
		return true;
	case PKTCAP_ICMP_TIME_EXCEEDED:
		put_exceeded(l, icmp->code);
		return true;
	case PKTCAP_ICMP_PARAMETER_PROBLEM:
		if (icmp->code)
			line_told(l, "parameter problem - code ", icmp->code,
				  "");
		else
			line_told(l, "parameter problem - octet ",
				  icmp->rest >> 24, "");
		return true;
	case PKTCAP_ICMP_TIMESTAMP_REQUEST:
	case PKTCAP_ICMP_TIMESTAMP_REPLY:
		put_timestamps(l, layer, icmp);
		return true;
	case PKTCAP_ICMP_MASK_REPLY: {
		struct pktcap_field mask;

		if (!line_find(layer, "mask", &mask))
			return false;
		PUT(&l->t, "address mask is 0x");
		put_octets(&l->t, mask.data, mask.data_len, '\0');
		return true;
	}
	default:
		name = line_name(types, icmp->type);
		if (name)
			put_string(&l->t, name);
		else
			line_told(l, "type-#", icmp->type, "");
		return true;
	}
}

static void put_checksum(struct line *l, const struct pktcap_layer *layer,
			 const struct pktcap_icmp *icmp)
{
	uint64_t sum;

	if (line_checksum(l, layer) != PKTCAP_CHECKSUM_BAD)
		return;
	sum = line_sum(0, layer->data, layer->caplen);
	line_put_hex(l, " (wrong icmp cksum ", icmp->checksum, 0, " (->");
	line_put_hex(l, "", line_sum_wanted(sum, icmp->checksum), 0, ")!)");
}

void line_icmp(struct line *l, const struct pktcap_layer *layer)
{
	size_t length = line_wire(l, layer), before;
	struct pktcap_icmp icmp;
	const struct pktcap_layer *next = line_next(l);

	l->unknown = NULL;
	if (pktcap_icmp_get(layer, &icmp)) {
		line_truncated(l, "icmp");
		return;
	}
	before = l->t.len;
	PUT(&l->t, "ICMP ");
	if (layer->status == PKTCAP_STATUS_TRUNCATED ||
	    !put_message(l, layer, &icmp)) {
		/* tcpdump says all or nothing. */
		l->t.len = before;
		line_truncated(l, "icmp");
		return;
	}
	line_told(l, ", length ", length, "");
	put_checksum(l, layer, &icmp);
	if (!line_verbose(l) || !next || !(next->flags & PKTCAP_LAYER_QUOTED)) {
		l->ended = true;
		return;
	}
	PUT(&l->t, "\n\t");
	/* What is quoted was cut by its sender, not by us. */
	l->end = SIZE_MAX;
}
