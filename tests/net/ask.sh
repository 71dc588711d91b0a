#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Examples that ask the network: of real kernels on a bridge, of nobody, and of
# a host that lies (ask_liar.py).
# shellcheck disable=SC2086 # lists of options and addresses
set -eu
# shellcheck source=tests/support/inside.sh
. tests/support/inside.sh
enter lan "$@"
examples=$O/examples
PATH=$examples:$PATH

# Ends what runs in the background, quietly.
stop() {
	kill "$pid"
	wait "$pid" 2>/dev/null || :
	pid=''
}

# All that it printed.
prints() { # LINES
	printf '%s\n' "$1" | cmp -s - "$out" || fail "it is not: $1"
}

mac() { # HOST
	"$world" at "$1" "$examples/device_info" eth0 |
		sed -n 's/^mac  *//p'
}

# Where all answer, no try is waited for to its end; what comes late counts.
patient='--timeout 1000 --retries 19'
# Where nobody does, there is nothing to wait for.
short='--timeout 50 --retries 1'

resolves_hosts() {
	for host in 1 2 3 4 5; do
		mac=$(mac $host)
		for address in 10.9.0.1$host fd00:9::1$host fe80::1$host; do
			ends 0 arp_resolve $patient pk0 "$address"
			prints "$address: $mac"
			[ ! -s "$err" ] || fail "it says something"
		done
		for none in 0.0.0.0 ::; do
			address=10.9.0.1$host
			[ "$none" = 0.0.0.0 ] || address=fd00:9::1$host
			ends 0 arp_resolve $patient --from $none pk0 $address
			prints "$address: $mac"
		done
	done
	ends 0 arp_resolve $patient --from 10.9.0.77 pk0 10.9.0.13
}

# The interface itself answers, not the network.
resolves_itself() {
	mac=$("$examples/device_info" pk0 | sed -n 's/^mac  *//p')
	for address in 10.9.0.1 fd00:9::1; do
		ends 0 arp_resolve pk0 $address
		prints "$address: $mac"
	done
}

# All of IPv4 that comes in is dropped there, or resolving it shows nothing.
has_firewall() {
	[ -z "${WORLD_NO_FIREWALL:-}" ] && command -v python3 >/dev/null ||
		return 0
	"$world" at 4 python3 -c '
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("127.0.0.1", 0))
s.sendto(b"dropped", s.getsockname())
try:
	s.recv(10, socket.MSG_DONTWAIT)
except BlockingIOError:
	print("dropped")
' >"$out" 2>"$err"
	prints dropped
}

tells_of_nobody() {
	ends 1 arp_resolve $short pk0 10.9.0.66
	says '^10\.9\.0\.66: no answer on pk0 to 2 requests$'
	ends 1 arp_resolve --timeout 50 --retries 0 pk0 fd00:9::66
	says '^fd00:9::66: no answer on pk0 to 1 request$'
	ends 1 arp_resolve $short pk0 192.0.2.1
	says '^pk0: in none of its networks: asked all the same$'
	ends 0 arp_scan $short pk0 192.0.2.0/29
	[ ! -s "$out" ] || fail "who is that?"
	says '^0 of 6 addresses answered$'
	ends 0 promisc_detect $short pk0 10.9.0.66 fd00:9::66
	[ ! -s "$out" ] || fail "who is that?"
}

refuses() {
	for name in arp_resolve arp_scan promisc_detect; do
		ends 1 $name nosuch0 10.9.0.11
		says '^nosuch0: no such interface'
		ends 1 $name lo 127.0.0.1
		says '^lo: not Ethernet'
		ends 2 $name pk0 10.9.0
		says '^10\.9\.0: neither an IPv4 nor an IPv6 address$'
		for group in 224.0.0.1 255.255.255.255 ff02::1; do
			ends 2 $name pk0 $group
			says "^$group: a group of hosts"
		done
		ends 2 $name --timeout 0 pk0 10.9.0.11
		says '^--timeout: 0 is no number from 1 to '
		ends 2 $name --retries -1 pk0 10.9.0.11
		ends 2 $name --from 10.9 pk0 10.9.0.11
		says '^--from 10\.9: '
		ends 2 $name --from fd00:9::1 pk0 10.9.0.11
		says '^10\.9\.0\.11: --from has an address of the other '
		ends 2 $name --nonsense pk0 10.9.0.11
		says '^usage: '
	done
	ends 2 arp_resolve pk0 10.9.0.0/24
	ends 2 arp_resolve --rate 1 pk0 10.9.0.11
	ends 2 arp_resolve pk0
	for name in arp_scan promisc_detect; do
		for rate in 0 -1 much 2000000000 10x; do
			code=0
			"$examples/$name" --rate $rate pk0 >"$out" 2>"$err" ||
				code=$?
			[ $code -ne 0 ] || fail "--rate $rate"
			says 'packets'
		done
		for prefix in 0.0.0.0/0 10.0.0.0/15; do
			ends 2 $name pk0 $prefix
			says "^$prefix: more than 65536 addresses: .* /16 or "
		done
		for prefix in ::/0 fd00:9::/64; do
			ends 2 $name pk0 $prefix
			says "^$prefix: more than 65536 addresses: .* /112 or "
		done
		ends 2 $name pk0 10.9.0.0/33
		ends 2 $name pk0 10.9.0.0/
		ends 2 $name pk0 10.9.0.0/2x
	done
}

refuses_without_privilege() {
	command -v setpriv >/dev/null || return 0
	for name in arp_resolve arp_scan promisc_detect; do
		ends 1 setpriv --inh-caps=-all --ambient-caps=-all \
			--bounding-set=-all "$examples/$name" pk0 10.9.0.11
		says 'CAP_NET_RAW'
	done
}

# One that is asking, after it gave up what it does not need.
asks_nobody() {
	"$examples/arp_resolve" --timeout 600000 pk0 10.9.0.66 >"$out" 2>"$err" &
	pid=$!
	until_ready has_no_new_privileges || fail "arp_resolve ended"
}

gives_up_privileges() {
	asks_nobody
	grep -q '^CapPrm:.0*$' /proc/$pid/status || fail "capabilities are left"
	stop
}

# Last, because nobody is left to ask.
sees_the_link_go_down() {
	command -v ip >/dev/null || return 0
	scans_for_long
	ip link set pk0 down
	tells_what_was_found 'before it failed'
	says '^pk0: .* is down'
	ip link set pk0 up
	asks_nobody
	ip link set pk0 down
	ended 1 arp_resolve
	says '^pk0: .* is down'
	for name in arp_resolve arp_scan promisc_detect; do
		ends 1 $name pk0 10.9.0.11
		says '^pk0: the interface is down: ip link set pk0 up$'
	done
}

scans() {
	ends 0 arp_scan --rate 20kpps --timeout 200 --retries 3 pk0
	mac=$("$examples/device_info" pk0 | sed -n 's/^mac  *//p')
	prints "10.9.0.1 $mac
10.9.0.11 $(mac 1)
10.9.0.12 $(mac 2)
10.9.0.13 $(mac 3)
10.9.0.14 $(mac 4)
10.9.0.15 $(mac 5)"
	says '^6 of 254 addresses answered$'
	ends 0 arp_scan --timeout 100 --retries 99 pk0 fd00:9::12/127
	prints "fd00:9::12 $(mac 2)
fd00:9::13 $(mac 3)"
	ends 0 arp_scan --timeout 100 --retries 99 pk0 10.9.0.12/31
	prints "10.9.0.12 $(mac 2)
10.9.0.13 $(mac 3)"
}

# Before it is the program the shell catches signals, too.
catches_interrupts() {
	has_no_new_privileges &&
		grep -q '^SigCgt:.*[2367abef]$' "/proc/$pid/status"
}

until_scanning() {
	until_ready catches_interrupts || fail "arp_scan ended"
}

scans_for_long() {
	"$examples/arp_scan" --timeout 600000 pk0 10.9.0.0/29 >"$out" 2>"$err" &
	pid=$!
	until_scanning
}

# What it found until then it tells.
tells_what_was_found() {
	code=0
	wait "$pid" || code=$?
	pid=''
	[ "$code" -eq 1 ] || fail "$1: exit code $code"
	grep -q '^10\.9\.0\.1 ' "$out" || fail 'what was found is lost'
	says "^[0-9]* of 6 addresses answered $1\$"
}

scans_until_stopped() {
	scans_for_long
	kill -INT "$pid"
	tells_what_was_found 'when it was stopped'
}

# A network counts once, whatever addresses are in it; more than can be asked
# are named one by one.
scans_own_networks() {
	command -v ip >/dev/null || return 0
	ip addr add 172.20.0.1/31 dev pk0
	ip addr add 172.20.0.0/31 dev pk0
	ends 0 arp_scan --timeout 200 --retries 20 pk0
	says '^8 of 256 addresses answered$'
	ends 2 promisc_detect pk0 10.9.0.11 172.20.0.0/16
	says '^172\.20\.0\.0/16: more than 65536 addresses with those in front'
	ip addr add 172.20.0.2/16 dev pk0
	ends 1 arp_scan pk0
	says '^172\.20\.0\.2/16: more than 65536 addresses with those in front'
	ip addr del 10.9.0.1/24 dev pk0
	ip addr add 172.20.0.3/16 dev pk0
	"$examples/arp_scan" --timeout 600000 pk0 >"$out" 2>"$err" &
	pid=$!
	until_scanning
	kill -INT "$pid"
	code=0
	wait "$pid" || code=$?
	pid=''
	says '^3 of 65534 addresses answered when it was stopped$'
	# Those that were first take the others with them.
	for address in 172.20.0.3/16 172.20.0.2/16 172.20.0.0/31 172.20.0.1/31; do
		ip addr del $address dev pk0
	done
	ip addr add 10.9.0.1/24 dev pk0
}

# Two addresses each, found by echo requests from two of ours.
scans_all_nodes() {
	ends 0 arp_scan --ipv6 --timeout 200 --retries 2 pk0
	for prefix in fd00:9 fe80; do
		for host in 1 2 3 4 5; do
			echo "$prefix::1$host $(mac $host)"
		done
	done >"$dir/want"
	cmp -s "$dir/want" "$out" || fail 'not all of IPv6'
	ends 0 arp_scan --ipv6 --timeout 200 --from fe80::1 pk0
	grep fe80 "$dir/want" | cmp -s - "$out" || fail 'not all of fe80::'
	ends 2 arp_scan --ipv6 pk0 fd00:9::/124
	ends 2 arp_scan --ipv6 --from 10.9.0.1 pk0
}

# Hosts 2 and 4 filter, by hash: what stands where a true group does passes.
detects() {
	for hosts in '10.9.0.11 10.9.0.12 10.9.0.13/32 10.9.0.14 10.9.0.15' \
		'fd00:9::11 fd00:9::12 fd00:9::13/128 fd00:9::14 fd00:9::15'; do
		ends 0 promisc_detect $patient pk0 $hosts
		sed -i 's/ [0-9a-f:]* / /; s/: it filters, by hash$//' "$out"
		maybe='promiscuous, or an interface that does not filter'
		maybe="$maybe (veth, tap, all-multicast)"
		set -- $hosts
		prints "$1 $maybe
$2 not promiscuous
${3%/*} $maybe
$4 not promiscuous
$5 $maybe"
	done
	ends 0 promisc_detect $patient -v pk0 10.9.0.13
	grep -q '^    ff:ff:ff:ff:ff:fe answered ' "$out" || fail 'not with -v'
	grep -q '^    02:5d:c1:07:9e:42 -  ' "$out" || fail 'not with -v'
	ends 0 promisc_detect --rate 50Mbit --timeout 300 --retries 1 pk0
	[ "$(wc -l <"$out")" -eq 5 ] || fail 'not five hosts'
	command -v ip >/dev/null || return 0
	# An address as makers of hardware give them.
	"$world" at 3 ip link set eth0 address 00:00:5e:00:53:03
	ends 0 promisc_detect $patient pk0 10.9.0.13
	prints '10.9.0.13 00:00:5e:00:53:03 promiscuous, or all-multicast'
}

shows_listeners() {
	"$examples/pktsniff" -i pk0 -w /dev/null 2>/dev/null &
	pid=$!
	"$world" wait
	ends 0 promisc_detect
	grep -qx 'pk0: promiscuous, by 1 socket' "$out" || fail 'not pk0'
	grep -qx "    socket [0-9]*: all protocols, promiscuous: pktsniff ($pid)" \
		"$out" || fail 'not the process'
	stop
	ends 0 promisc_detect -v
	grep -qx 'pk0: not promiscuous' "$out" || fail 'pk0 still'
	"$world" at 3 "$examples/promisc_detect" >"$out" 2>"$err"
	prints 'eth0: promiscuous, by its flag'
	"$world" at 5 "$examples/promisc_detect" -v >"$out" 2>"$err"
	# Before Linux 6.0 nobody tells.
	grep -qxE 'eth0: not promiscuous(, all-multicast)?' "$out" ||
		fail 'not host 5'
}

# The wrong answers come first, each with a hardware address of its own.
believes_no_lies() {
	command -v python3 >/dev/null || return 0
	"$world" at 1 python3 tests/net/ask_liar.py eth0 &
	pid=$!
	"$world" at 1 "$world" wait
	truth=02:22:22:22:22:22
	for address in 10.9.0.66 fd00:9::66 10.9.0.68 fd00:9::68; do
		ends 0 arp_resolve $patient pk0 $address
		prints "$address: $truth"
	done
	for from in '0.0.0.0 pk0 10.9.0.6' ':: pk0 fd00:9::6'; do
		ends 0 arp_resolve $patient --from ${from}6
		prints "${from##* }6: $truth"
		ends 1 arp_resolve $short --from ${from}7
	done
	ends 1 arp_resolve $short pk0 10.9.0.67
	ends 1 arp_resolve $short pk0 fd00:9::67
	# The second answer is waited for as long as the first.
	ends 0 arp_scan --timeout 600 pk0 10.9.0.68
	prints "10.9.0.68 $truth
10.9.0.68 02:33:33:33:33:33"
	says '^10\.9\.0\.68: two hosts claim it$'
	# This one sees what is for others, and answers.
	ends 0 promisc_detect $patient pk0 10.9.0.68
	grep -q ' promiscuous: answers what is for another host$' "$out" ||
		fail 'not for another host'
	ends 0 promisc_detect $patient pk0 10.9.0.69 10.9.0.70 10.9.0.71
	prints "10.9.0.69 $truth promiscuous if it is Windows
10.9.0.70 $truth not promiscuous: it filters, by hash
10.9.0.71 $truth unknown: does not answer probes"
	stop
}

resolves_hosts
resolves_itself
has_firewall
scans
scans_until_stopped
scans_own_networks
scans_all_nodes
detects
shows_listeners
believes_no_lies
tells_of_nobody
refuses
refuses_without_privilege
gives_up_privileges
sees_the_link_go_down
