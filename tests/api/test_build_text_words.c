// SPDX-License-Identifier: BSD-2-Clause
/*
 * The text form of packets: what others write, in the words of tcpdump,
 * Wireshark and scapy, is what it is in those of this library; lengths that
 * the text has one by one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <pktcap/build.h>

struct same_row {
	const char *text;
	const char *same;
};

static const struct same_row rows[] = {
	/* fields */
	{ "tcp srcport=5 dstport=80", "tcp sport=5 dport=80" },
	{ "udp srcport=5 dstport=53", "udp sport=5 dport=53" },
	{ "ip6 ttl=3 fl=5 plen=7", "ip6 hlim=3 flow=5 len=7" },
	{ "vlan vlan=5 cfi=1", "vlan id=5 dei=1" },
	{ "mpls label=5 exp=3 s=0", "mpls label=5 tc=3 bottom=0" },
	{ "mpls label=5 cos=3", "mpls label=5 tc=3" },
	{ "arp opcode=2 hwtype=6 ptype=5 hwlen=6 plen=4",
	  "arp op=2 hardware_type=6 protocol_type=5" },
	{ "dns q=a answer=\"a 1 A 192.0.2.1\"",
	  "dns q=a a=\"a 1 A 192.0.2.1\"" },
	{ "dhcp message_type=offer", "dhcp type=offer" },
	{ "tcp timestamp=1:2", "tcp ts=1:2" },
	{ "tcp nop nop sack=1:2,3:4",
	  "tcp nop nop option=5:0x00000001000000020000000300000004" },
	{ "ip6 / hbh / frag id=1 / srh address=::1",
	  "ip6 / hopopts / fragment id=1 / routing address=::1" },
	{ "ip6 / neighbor-solicitation target=::1", "ip6 / ns target=::1" },
	{ "ip6 / neighbor-advertisement target=::1", "ip6 / na target=::1" },
	/* values */
	{ "eth type=ip", "eth type=0x0800" },
	{ "eth type=ip6", "eth type=0x86dd" },
	{ "eth type=dot1q", "eth type=0x8100" },
	{ "eth type=dot1ad", "eth type=0x88a8" },
	{ "vlan type=qinq", "vlan type=0x88a8" },
	{ "eth type=pppoe", "eth type=0x8864" },
	{ "eth type=pppoed", "eth type=0x8863" },
	{ "gre proto=hdlc", "gre proto=0x880b" },
	{ "ip6 nh=ns", "ip6 nh=58" },
	{ "ip proto=vrrp2", "ip proto=112" },
	{ "udp dport=dhcp6-relay", "udp dport=547" },
	{ "ip proto=icmp6", "ip proto=58" },
	{ "ip6 nh=fragment", "ip6 nh=44" },
	{ "gre proto=eth", "gre proto=0x6558" },
	{ "udp sport=dns dport=ntp", "udp sport=53 dport=123" },
	{ "udp dport=snmp", "udp dport=161" },
	{ "tcp dport=http", "tcp dport=80" },
	{ "tcp sport=ssh dport=dns", "tcp sport=22 dport=53" },
	{ "arp op=who-has", "arp op=1" },
	{ "arp op=is-at", "arp op=2" },
	{ "tcp flags=syn|ack", "tcp flags=syn,ack" },
	{ "tcp flags=SYN+ACK", "tcp flags=syn,ack" },
	{ "tcp flags=[S.]", "tcp flags=syn,ack" },
	{ "ip flags=DF+MF", "ip flags=df,mf" },
	{ "icmp type=3 code=port-unreachable", "icmp type=3 code=3" },
	{ "icmp type=3 code=4 mtu=1400",
	  "icmp type=3 code=4 next_hop_mtu=1400" },
	{ "ntp mode=server", "ntp mode=4" },
	{ "dhcp6 type=request", "dhcp6 type=3" },
	{ "ip6 / udp / dhcp6", "ip6 / udp dport=547 / dhcp6" },
	/* in quotes, as scapy and JSON have them */
	{ "ip dst=\"192.0.2.1\" ttl=\"5\"", "ip dst=192.0.2.1 ttl=5" },
	{ "ip6 dst=\"2001:db8::1\"", "ip6 dst=2001:db8::1" },
	{ "eth dst=\"02:00:00:00:00:02\"", "eth dst=02:00:00:00:00:02" },
	{ "eth dst=02-00-00-00-00-0a", "eth dst=02:00:00:00:00:0a" },
	{ "eth dst=0200.0000.000a", "eth dst=02:00:00:00:00:0a" },
	/* A length that is said leaves the others to be filled in. */
	{ "ip ihl=6 / udp sport=1 dport=2",
	  "ip ihl=6 len=28 / udp sport=1 dport=2" },
	{ "ip len=99 nop nop nop nop", "ip len=99 ihl=6 nop nop nop nop" },
	{ "ip / tcp data_offset=6 mss=5", "ip / tcp option=2:0x0005" },
};

static int build(const char *text, uint8_t *frame, size_t size)
{
	struct pktcap_error error = { 0 };
	struct pktcap_build b;

	memset(frame, 0, size);
	pktcap_build_start(&b, frame, size);
	if (pktcap_build_text(&b, text, &error))
		fail_msg("%s: %s", text, error.text);
	return pktcap_build_finish(&b);
}

static void words_of_others_mean_the_same(void **state)
{
	uint8_t one[512], other[512];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int len = build(rows[i].text, one, sizeof(one));

		if (len != build(rows[i].same, other, sizeof(other)) ||
		    memcmp(one, other, sizeof(one)) != 0)
			fail_msg("%s is not %s", rows[i].text, rows[i].same);
	}
}

/* A field of a layer, and what decoding calls the value it has. */
struct labelled {
	const char *layer;
	const char *field;
	char label[64];
	unsigned int labels; /* that were found */
};

static int take_label(void *arg, const struct pktcap_field *field)
{
	struct labelled *l = arg;

	if (field->depth || !field->name || strcmp(field->name, l->field) != 0)
		return 0;
	if (field->label)
		snprintf(l->label, sizeof(l->label), "%s", field->label);
	return 1;
}

/* Builds the text and asks what the field is called there. */
static bool has_label(struct labelled *l, const char *text)
{
	struct pktcap_error error = { 0 };
	const struct pktcap_layer *layers;
	struct pktcap_build b;
	uint8_t frame[1024];
	size_t n;

	l->label[0] = '\0';
	pktcap_build_start(&b, frame, sizeof(frame));
	if (pktcap_build_text(&b, text, &error) || pktcap_build_finish(&b) < 0)
		return false;
	layers = pktcap_build_layers(&b, &n);
	pktcap_layer_fields(&layers[0], take_label, l);
	return l->label[0];
}

static int try_values(void *arg, const struct pktcap_build_name *name)
{
	struct labelled *l = arg;
	char text[256], label[64];

	/* Real names of numbers. Cooked headers have names of their own for
	 * what is less than an EtherType. */
	if (strcmp(name->name, name->field) != 0 || !name->example ||
	    strpbrk(name->example, ":.\"") ||
	    (strncmp(l->layer, "sll", 3) == 0 &&
	     strcmp(name->name, "protocol") == 0))
		return 0;
	l->field = name->name;
	for (unsigned int value = 0; value < 256; value++) {
		snprintf(text, sizeof(text), "%s %s=%u", l->layer, l->field,
			 value);
		if (!has_label(l, text))
			continue;
		strcpy(label, l->label);
		snprintf(text, sizeof(text), "%s %s=\"%s\"", l->layer, l->field,
			 label);
		/* Of several values with a name the first is taken. */
		if (!has_label(l, text) || strcmp(l->label, label) != 0)
			fail_msg("%s is not %u", text, value);
		l->labels++;
	}
	return 0;
}

static int try_fields(void *arg, const struct pktcap_build_name *name)
{
	struct labelled *l = arg;

	l->layer = name->name;
	if (strcmp(name->name, name->field) == 0)
		pktcap_build_names(name->name, try_values, l);
	return 0;
}

static void values_have_their_names(void **state)
{
	struct labelled l = { .labels = 0 };

	(void)state;
	pktcap_build_names(NULL, try_fields, &l);
	assert_true(l.labels > 300);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_others_mean_the_same),
		cmocka_unit_test(values_have_their_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
