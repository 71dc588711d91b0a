#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# send_raw: its frames at the other end, as tcpdump and tshark read them, and
# what it says where it cannot send.
set -eu
# shellcheck source=tests/support/inside.sh
. tests/support/inside.sh
need tcpdump
enter run "$@"
send_raw=$O/examples/send_raw

# The bytes of one frame, as they arrive.
arrives() { # KIND LENGTH REGULAR-EXPRESSION
	tcpdump -Z root -U --immediate-mode -i pk1 -c 1 -w "$dir/pcap" \
		>/dev/null 2>&1 &
	pid=$!
	"$world" wait
	ends 0 "$send_raw" pk0 "$1"
	wait "$pid" || fail "$1: tcpdump ended with $?"
	pid=''
	grep -q "^pk0: the $1 frame was sent\$" "$out" || fail "$1: not said"
	tcpdump -r "$dir/pcap" -nn -e -vv >"$out" 2>"$err"
	size=$(wc -c <"$dir/pcap")
	[ "$size" -eq $((24 + 16 + $2)) ] || fail "$1: $size bytes in the file"
	[ -z "$3" ] || grep -q "$3" "$out" || fail "$1: tcpdump sees no $3"
}

well_formed() {
	command -v tshark >/dev/null || return 0
	tshark -r "$dir/pcap" -o tcp.check_checksum:TRUE \
		-o ip.check_checksum:TRUE -T fields -e ip.checksum.status \
		-e tcp.checksum.status >"$out" 2>"$err"
	[ "$(tail -n 1 "$out")" = "1	1" ] || fail "tshark: checksums"
}

arrives padded 60 ''
tail -c 60 "$dir/pcap" | od -An -v -tx1 | tr -d ' \n' >"$out"
[ "$(cat "$out")" = "ffffff$(printf '%0114d' 0)" ] || fail "padded: other bytes"
arrives empty 54 'Flags \[none\], cksum 0xafe5 (correct)'
well_formed
arrives filled 67 '192.0.2.1.40000 > 192.0.2.2.9: Flags \[S\], .*(correct)'
well_formed

# Ethernet takes nothing shorter than its header, whoever asks.
ends 1 "$send_raw" pk0 raw
says '^pk0: the frame has 3 bytes, fewer than a link header: the kernel does '
ends 1 "$send_raw" nosuch0 filled
says '^nosuch0: no such interface: '
ends 1 "$send_raw" '' filled
ends 1 "$send_raw" any filled
says '^any: packets are sent on one interface: say which$'
if command -v ip >/dev/null; then
	ip link set pk0 down
	ends 1 "$send_raw" pk0 filled
	says '^pk0: the interface is down, .*: ip link set pk0 up$'
fi
ends 2 "$send_raw" pk0 nonsense
says '^usage: '
ends 2 "$send_raw"
if command -v setpriv >/dev/null; then
	ends 1 setpriv --inh-caps=-all --ambient-caps=-all --bounding-set=-all \
		"$send_raw" pk0 filled
	says '^pk0: opening a packet socket needs CAP_NET_RAW: '
fi
