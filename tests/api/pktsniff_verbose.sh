#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What -v adds to a line in words of its own: fields of headers, a line for each
# option, and no secret.
set -eu
O=${O:-build}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

# expect FILE: -nv prints the lines of stdin, in this order, without tabs.
expect() {
	cat >"$dir/want"
	"$O/examples/pktsniff" -nvt -r "tests/data/$1" 2>/dev/null |
		tr -d '\t' >"$dir/have"
	grep -Fx -f "$dir/want" "$dir/have" | awk '!seen[$0]++' |
		diff "$dir/want" - || {
		echo "$1: this is missing, or in another order"
		failed=1
	}
}

# lacks FILE TEXT: which is a secret, or its digest.
lacks() {
	"$O/examples/pktsniff" -nvvt -r "tests/data/$1" >"$dir/have" \
		2>/dev/null
	! grep -F "$2" "$dir/have" || {
		echo "$1: shows '$2'"
		failed=1
	}
}

expect dhcp/options.pcap <<'END'
  xid 0x3903f326, yiaddr 192.0.2.1, chaddr 02:00:00:00:00:01
  message type (53): ack
  lease time (51): 86400 s
  DNS servers (6): 192.0.2.53, 192.0.2.54
  domain name (15): "example.org"
  classless static routes (121): routes [(prefix_length 0 bits, destination 0.0.0.0, router 192.0.2.254), (prefix_length 24 bits, destination 10.1.2.0, router 192.0.2.253)]
END
expect dhcp/escapes.pcap <<'END'
  host name (12): "\x1b[31mhost\x07\x00"
END
expect dhcp6/lease.pcap <<'END'
  option request (6): DNS servers, domain search list, NTP server
  IA_NA (3): iaid 0x00000001, t1 3600 s, t2 5400 s, options [(IA address (5): address 2001:db8::1, preferred_lifetime 7200 s, valid_lifetime 10800 s)]
END
expect radius/access.pcap <<'END'
  User-Name (1): "user@example.org"
  User-Password (2)
  NAS-Port-Type (61): Ethernet
END
expect lldp/usual.pcap <<'END'
  chassis id (1): subtype MAC address, id 02:00:00:00:00:01
  system capabilities (7): available [router, bridge], enabled [bridge]
  organisation (127): oui IEEE 802.1, subtype port VLAN, vlan 100
  end (0)
END
expect ospf/v2-exchange.pcap <<'END'
  auth_type none, mtu 1500 bytes, options 0x42, flag_init, flag_more, flag_master, sequence 4660
  lsa: age 1 s, options 0x02, type router, id 10.0.0.1, router 10.0.0.1, sequence 0x80000001, checksum 0xe986
END
expect pppoe/control.pcap <<'END'
  maximum receive unit (1): 1492 bytes
  authentication protocol (3): protocol PAP
END
expect snmp/cut.pcap <<'END'
    192.0.2.1.50000 > 192.0.2.2.161:  { SNMPv2c { GetRequest R=1234  } }  (invalid)
END
expect snmp/v3.pcap <<'END'
    192.0.2.1.50000 > 192.0.2.2.161:  { SNMPv3 { F=apr } { USM B=1 T=600 U="admin" } { ScopedPDU [encrypted]} } 
END
lacks pppoe/control.pcap secret
lacks ppp/control.pcap secret
lacks ospf/authentication.pcap 70617373776f7264
exit "$failed"
