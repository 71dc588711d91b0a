// SPDX-License-Identifier: BSD-2-Clause
/* What bridges speak: STP, LACP and LLDP. */
#include "print/line.h"

enum {
	BPDU_CONFIG = 0,
	BPDU_RAPID = 2,
	BPDU_CHANGE = 0x80,
	VERSION_MULTIPLE = 3,
	REGION = 64, /* of MSTP, then INSTANCE for each of its trees */
	REGION_NAME = 32,
	INSTANCE = 16,
	SLOW_LACP = 1,
	SLOW_MARKER = 2,
	LLDP_SYSTEM_NAME = 5,
};

static const struct line_name stp_versions[] = {
	{ 0, "802.1d" },  { 2, "802.1w" }, { 3, "802.1s" },
	{ 4, "802.1aq" }, { 0, NULL },
};

static const struct line_name stp_types[] = {
	{ BPDU_CONFIG, "Config" },
	{ BPDU_RAPID, "Rapid STP" },
	{ BPDU_CHANGE, "Topology Change" },
	{ 0, NULL },
};

static const struct line_name stp_flags[] = {
	{ 0x01, "Topology change" },
	{ 0x02, "Proposal" },
	{ 0x10, "Learn" },
	{ 0x20, "Forward" },
	{ 0x40, "Agreement" },
	{ 0x80, "Topology change ACK" },
	{ 0, NULL },
};

static void put_bridge(struct line *l, const char *before, uint16_t priority,
		       const uint8_t *address)
{
	line_put_hex(l, before, priority, 4, ".");
	put_mac(&l->t, address);
}

/* In 1/256 s; hundredths are rounded to the even one, as printf(3) does. */
static void put_time(struct line *l, const char *before, uint16_t time,
		     const char *behind)
{
	unsigned int hundredths = time * 100u / 256, rest = time * 100u % 256;

	if (rest > 128 || (rest == 128 && hundredths % 2))
		hundredths++;
	line_told(l, before, hundredths / 100, ".");
	put_padded(&l->t, hundredths % 100, 2);
	put_string(&l->t, behind);
}

static void put_role(struct line *l, const char *before, unsigned int flags)
{
	static const char *const roles[] = { "Unknown", "Alternate", "Root",
					     "Designated" };

	put_string(&l->t, before);
	put_string(&l->t, roles[flags >> 2 & 3]);
}

static void put_times(struct line *l, const struct pktcap_stp *stp)
{
	put_time(l, "\n\tmessage-age ", stp->message_age, "s, ");
	put_time(l, "max-age ", stp->max_age, "s, ");
	put_time(l, "hello-time ", stp->hello_time, "s, ");
	put_time(l, "forwarding-delay ", stp->forward_delay, "s");
}

static void put_stp_details(struct line *l, const struct pktcap_stp *stp)
{
	put_times(l, stp);
	put_bridge(l, "\n\troot-id ", stp->root_priority, stp->root);
	line_told(l, ", root-pathcost ", stp->root_cost, "");
	if (stp->type == BPDU_RAPID)
		put_role(l, ", port-role ", stp->flags);
}

/* IEEE 802.1Q-2022, 14.2.5; the number is in the root's priority. */
static void put_instance(struct line *l, const uint8_t *instance)
{
	uint16_t priority = (uint16_t)line_be(instance + 1, 2);

	line_told(l, "\n\tMSTI ", priority & 0xfff, ", Flags [");
	line_bits(l, stp_flags, instance[0], ", ", "none");
	put_role(l, "], port-role ", instance[0]);
	put_bridge(l, "\n\t\tMSTI regional-root-id ", priority, instance + 3);
	line_told(l, ", pathcost ", line_be(instance + 9, 4), "");
	line_told(l, "\n\t\tMSTI bridge-prio ", instance[13] >> 4, "");
	line_told(l, ", port-prio ", instance[14] >> 4, "");
	line_told(l, ", hops ", instance[15], "");
}

/* Behind the length: format, name, revision, digest, cost, bridge, hops. */
static void put_region(struct line *l, const struct pktcap_stp *stp)
{
	const uint8_t *region = stp->regions;
	size_t name_len = strnlen((const char *)region + 1, REGION_NAME);

	line_told(l, "\n\tv3len ", stp->regions_len, ", MCID Name ");
	put_safe(&l->t, region + 1, name_len);
	line_told(l, ", rev ", line_be(region + 33, 2), ",\n\t\tdigest ");
	put_octets(&l->t, region + 35, 16, '\0');
	line_told(l, ", CIST int-root-pathcost ", line_be(region + 51, 4), ",");
	put_bridge(l, "\n\tCIST bridge-id ", (uint16_t)line_be(region + 55, 2),
		   region + 57);
	line_told(l, ", CIST remaining-hops ", region[63], "");
	for (size_t at = REGION; at + INSTANCE <= stp->regions_len;
	     at += INSTANCE)
		put_instance(l, region + at);
}

static void put_multiple_details(struct line *l, const struct pktcap_stp *stp)
{
	put_role(l, "\n\tport-role ", stp->flags);
	put_bridge(l, ", CIST root-id ", stp->root_priority, stp->root);
	line_told(l, ", CIST ext-pathcost ", stp->root_cost, "");
	put_bridge(l, "\n\tCIST regional-root-id ", stp->bridge_priority,
		   stp->bridge);
	line_put_hex(l, ", CIST port-id ", stp->port, 4, ",");
	put_times(l, stp);
	put_region(l, stp);
}

static void put_stp(struct line *l, const struct pktcap_stp *stp, size_t length)
{
	bool multiple = stp->version >= VERSION_MULTIPLE;

	put_string(&l->t, multiple ? ", CIST Flags [" : ", Flags [");
	line_bits(l, stp_flags, stp->flags, ", ", "none");
	put_char(&l->t, ']');
	if (!multiple) {
		put_bridge(l, ", bridge-id ", stp->bridge_priority,
			   stp->bridge);
		line_put_hex(l, ".", stp->port, 4, "");
	}
	line_told(l, ", length ", length, "");
	if (!line_verbose(l))
		return;
	if (multiple && stp->regions_len >= REGION)
		put_multiple_details(l, stp);
	else
		put_stp_details(l, stp);
}

static void put_stp_kind(struct line *l, uint32_t version, uint32_t type)
{
	const char *name = line_name(stp_versions, version);

	PUT(&l->t, "STP ");
	if (name)
		put_string(&l->t, name);
	else
		line_put_hex(l, "Unknown STP protocol (0x", version, 2, ")");
	name = line_name(stp_types, type);
	PUT(&l->t, ", ");
	if (name)
		put_string(&l->t, name);
	else
		line_put_hex(l, "Unknown BPDU Type (0x", type, 2, ")");
}

/* What can be told of one that is cut, or contradicts itself. */
static void put_damaged_stp(struct line *l, const struct pktcap_layer *layer)
{
	uint64_t version, type;

	if (line_field(layer, "version", &version) &&
	    line_field(layer, "type", &type))
		put_stp_kind(l, (uint32_t)version, (uint32_t)type);
	if (layer->status == PKTCAP_STATUS_MALFORMED)
		line_invalid(l);
	else
		line_truncated(l, "stp");
}

void line_stp(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_stp stp;
	uint64_t protocol;

	l->ended = true;
	if (line_field(layer, "protocol", &protocol) && protocol) {
		line_told(l, "unknown STP version, length ",
			  line_left(l, layer), "");
		return;
	}
	if (pktcap_stp_get(layer, &stp)) {
		put_damaged_stp(l, layer);
		return;
	}
	put_stp_kind(l, stp.version, stp.type);
	if (stp.type == BPDU_CONFIG || stp.type == BPDU_RAPID)
		put_stp(l, &stp, line_left(l, layer));
}

static void put_lacp_port(struct line *l, const char *name,
			  const struct pktcap_lacp_port *port)
{
	static const struct line_name states[] = {
		{ 0x01, "Activity" },
		{ 0x02, "Timeout" },
		{ 0x04, "Aggregation" },
		{ 0x08, "Synchronization" },
		{ 0x10, "Collecting" },
		{ 0x20, "Distributing" },
		{ 0x40, "Default" },
		{ 0x80, "Expired" },
		{ 0, NULL },
	};

	PUT(&l->t, "\n\t");
	put_string(&l->t, name);
	PUT(&l->t, " Information TLV (0x");
	put_string(&l->t, name[0] == 'A' ? "01" : "02");
	PUT(&l->t, "), length 20\n\t  System ");
	put_mac(&l->t, port->system);
	line_told(l, ", System Priority ", port->system_priority, "");
	line_told(l, ", Key ", port->key, "");
	line_told(l, ", Port ", port->port, "");
	line_told(l, ", Port Priority ", port->port_priority, "");
	PUT(&l->t, "\n\t  State Flags [");
	line_bits(l, states, port->state, ", ", "none");
	put_char(&l->t, ']');
}

void line_lacp(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_lacp lacp;

	l->ended = true;
	if (pktcap_lacp_get(layer, &lacp)) {
		line_truncated(l, "lacp");
		return;
	}
	if (lacp.subtype == SLOW_LACP)
		line_told(l, "LACPv", lacp.version, "");
	else if (lacp.subtype == SLOW_MARKER)
		line_told(l, "MARKERv", lacp.version, "");
	else if (lacp.subtype == 3)
		PUT(&l->t, "OAM");
	else
		line_told(l, "unknown (", lacp.subtype, ")");
	line_told(l, ", length ", line_left(l, layer), "");
	if (lacp.subtype != SLOW_LACP || !line_verbose(l))
		return;
	put_lacp_port(l, "Actor", &lacp.actor);
	put_lacp_port(l, "Partner", &lacp.partner);
}

void line_lldp(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_tlv tlv;
	uint32_t offset = 0;
	int ret;

	line_told(l, "LLDP, length ", line_left(l, layer), "");
	while ((ret = pktcap_lldp_tlv_next(layer, &offset, &tlv)) == 1) {
		if (tlv.type != LLDP_SYSTEM_NAME)
			continue;
		PUT(&l->t, ": ");
		put_safe(&l->t, tlv.data, tlv.len);
	}
	if (ret)
		line_truncated(l, "lldp");
	l->ended = true;
}
