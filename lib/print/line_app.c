// SPDX-License-Identifier: BSD-2-Clause
/* Applications of which a line says little more than the name. */
#include "print/line_ip.h"
#include "print/line_text.h"

/* What was captured of a message that was cut: who asks is in front. */
static bool read_front(const struct pktcap_layer *layer,
		       struct pktcap_dhcp *dhcp)
{
	struct pktcap_field address;
	uint64_t op, htype, hlen;

	*dhcp = (struct pktcap_dhcp){ .op = 0 };
	if (!line_field(layer, "op", &op))
		return false;
	dhcp->op = (uint8_t)op;
	if (line_field(layer, "htype", &htype) &&
	    line_field(layer, "hlen", &hlen) &&
	    line_find(layer, "chaddr", &address) &&
	    hlen <= sizeof(dhcp->chaddr) && hlen <= address.data_len) {
		dhcp->htype = (uint8_t)htype;
		dhcp->hlen = (uint8_t)hlen;
		memcpy(dhcp->chaddr, address.data, hlen);
	}
	return true;
}

static void put_client(struct line *l, const struct pktcap_dhcp *dhcp)
{
	PUT(&l->t, "BOOTP/DHCP, ");
	if (dhcp->op == 1)
		PUT(&l->t, "Request");
	else if (dhcp->op == 2)
		PUT(&l->t, "Reply");
	else
		line_told(l, "Unknown (", dhcp->op, ")");
	if (dhcp->op == 1 && dhcp->htype == 1 && dhcp->hlen == 6) {
		PUT(&l->t, " from ");
		put_mac(&l->t, dhcp->chaddr);
	}
}

void line_dhcp(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_dhcp dhcp;
	bool whole = !pktcap_dhcp_get(layer, &dhcp);
	bool snapped = layer->caplen < layer->wirelen;

	l->ended = true;
	if (!whole && !read_front(layer, &dhcp)) {
		line_truncated(l, "bootp");
		return;
	}
	put_client(l, &dhcp);
	if (whole || dhcp.hlen)
		line_told(l, ", length ", line_wire(l, layer), "");
	/* What is told without -v is in front of where it was cut. */
	if (!whole && (!snapped || !dhcp.hlen || line_verbose(l)))
		line_truncated(l, "bootp");
}

static const struct line_name dhcp6_types[] = {
	{ 1, "solicit" },
	{ 2, "advertise" },
	{ 3, "request" },
	{ 4, "confirm" },
	{ 5, "renew" },
	{ 6, "rebind" },
	{ 7, "reply" },
	{ 8, "release" },
	{ 9, "decline" },
	{ 10, "reconfigure" },
	{ 11, "inf-req" },
	{ 12, "relay-fwd" },
	{ 13, "relay-reply" },
	{ 14, "leasequery" },
	{ 15, "leasequery-reply" },
	{ 16, "leasequery-done" },
	{ 17, "leasequery-data" },
	{ 0, NULL },
};

void line_dhcp6(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_dhcp6 dhcp6;
	const char *name;

	l->ended = true;
	PUT(&l->t, "dhcp6");
	if (pktcap_dhcp6_get(layer, &dhcp6)) {
		line_truncated(l, "dhcp6");
		return;
	}
	name = line_name(dhcp6_types, dhcp6.type);
	if (name) {
		put_char(&l->t, ' ');
		put_string(&l->t, name);
	} else {
		line_told(l, " msgtype-", dhcp6.type, "");
	}
	if (line_verbose(l) && dhcp6.type != 12 && dhcp6.type != 13)
		line_put_hex(l, " (xid=", dhcp6.xid, 0, ")");
}

void line_ssh(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_ssh ssh;

	l->ended = true;
	if (pktcap_ssh_get(layer, &ssh) || !ssh.protocol_len)
		return;
	PUT(&l->t, ": SSH: SSH-");
	put_safe(&l->t, (const uint8_t *)ssh.protocol, ssh.protocol_len);
	put_char(&l->t, '-');
	put_safe(&l->t, (const uint8_t *)ssh.software, ssh.software_len);
	if (!ssh.comments_len)
		return;
	put_char(&l->t, ' ');
	put_safe(&l->t, (const uint8_t *)ssh.comments, ssh.comments_len);
}

static void put_text(struct line *l, const struct line_text *text,
		     const struct pktcap_layer *layer)
{
	PUT(&l->t, ": ");
	line_put_text(l, text, layer);
}

void line_http(struct line *l, const struct pktcap_layer *layer)
{
	put_text(l, &line_text_http, layer);
}

void line_tcp_payload(struct line *l, const struct pktcap_tcp *tcp)
{
	const struct pktcap_layer *next = line_next(l);
	const struct line_text *text = line_text_of_tcp(tcp->src_port);

	if (!text)
		text = line_text_of_tcp(tcp->dst_port);
	if (next && next->proto == PKTCAP_PROTO_DATA && text)
		put_text(l, text, next);
	else if (tcp->src_port == 179 || tcp->dst_port == 179)
		PUT(&l->t, ": BGP");
}
