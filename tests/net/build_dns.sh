#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# build_dns: its query at the other end, byte for byte what it printed, as
# tcpdump and tshark read it, and what it says where it cannot send.
set -eu
# shellcheck source=tests/support/inside.sh
. tests/support/inside.sh
need tcpdump
enter run "$@"
build_dns=$O/examples/build_dns

# All that is said of it is what tcpdump says of what arrives.
arrives() { # [OPTION VALUE]... INTERFACE [NAME]
	tcpdump -Z root -U --immediate-mode -i pk1 -c 1 -w "$dir/pcap" \
		udp >/dev/null 2>&1 &
	pid=$!
	"$world" wait
	ends 0 "$build_dns" "$@"
	wait "$pid" || fail "$*: tcpdump ended with $?"
	pid=''
	cp "$out" "$dir/sent"
	tcpdump -r "$dir/pcap" -nn -t -xx >"$out" 2>"$err"
	cmp -s "$out" "$dir/sent" || fail "$*: it printed $(cat "$dir/sent")"
	tcpdump -r "$dir/pcap" -nn -e -vv >"$out" 2>"$err"
}

is() { # REGULAR-EXPRESSION
	grep -qE "$1" "$out" || fail "tcpdump sees no $1"
}

asks_for() { # NAME, as tshark has it
	command -v tshark >/dev/null || return 0
	tshark -r "$dir/pcap" -o ip.check_checksum:TRUE \
		-o udp.check_checksum:TRUE -T fields -e ip.checksum.status \
		-e udp.checksum.status -e dns.qry.name -e dns.qry.type \
		-e _ws.malformed >"$out" 2>"$err"
	printf '1\t1\t%s\t1\t\n' "$1" >"$dir/want"
	tail -n 1 "$out" | cmp -s - "$dir/want" || fail "tshark sees no $1"
}

arrives pk0
is ' > ff:ff:ff:ff:ff:ff, .* length 69: '
is ' 10\.9\.0\.1\.[0-9]+ > 255\.255\.255\.255\.53: \[udp sum ok\] [0-9]+\+ A\? localhost\. \(27\)$'
asks_for localhost

arrives --smac 02:00:00:00:00:07 --dmac 2:0:0:0:0:8 --sip 192.0.2.1 \
	--dip 192.0.2.2 pk0 www.example.com.
is ' 02:00:00:00:00:07 > 02:00:00:00:00:08, .* length 75: '
is ' 192\.0\.2\.1\.[0-9]+ > 192\.0\.2\.2\.53: \[udp sum ok\] [0-9]+\+ A\? www\.example\.com\. \(33\)$'
asks_for www.example.com

# A frame of 60 bytes, the last of which is padding.
arrives --sip 10.9.0.9 pk0 .
is ' > ff:ff:ff:ff:ff:ff, .* length 60: '
is ' 10\.9\.0\.9\.[0-9]+ > .*: \[udp sum ok\] [0-9]+\+ A\? \. \(17\)$'

ends 1 "$build_dns" nosuch0
says '^nosuch0: no such interface: ip link lists them$'
ends 1 "$build_dns" any
says '^any: is not Ethernet$'
ends 1 "$build_dns" pk1
says '^pk1: has no IPv4 address: choose one with --sip$'
ends 1 "$build_dns" pk0 a..b
says '^a\.\.b: dns: a label of the name is empty$'
ends 1 "$build_dns" pk0 "$(printf '%064d' 0)"
says ': dns: label length is 64, at most 63$'
for option in smac dmac; do
	ends 2 "$build_dns" --$option 02:00:00:00:00 pk0
	says '^--[sd]mac 02:00:00:00:00: no hardware address such as '
done
for option in sip dip; do
	ends 2 "$build_dns" --$option 10.9.0 pk0
	says '^--[sd]ip 10\.9\.0: no IPv4 address such as '
done
ends 2 "$build_dns" pk0 localhost more
says '^usage: '
if command -v setpriv >/dev/null; then
	ends 1 setpriv --inh-caps=-all --ambient-caps=-all --bounding-set=-all \
		"$build_dns" pk0
	says '^pk0: opening a packet socket needs CAP_NET_RAW: '
fi
if command -v ip >/dev/null; then
	ip link set pk0 down
	ends 1 "$build_dns" pk0
	says '^pk0: the interface is down, .*: ip link set pk0 up$'
	[ ! -s "$out" ] || fail "it says that something was sent"
fi
