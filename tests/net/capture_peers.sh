#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# pktsniff and tcpdump capture the same traffic at the same time, with each
# engine: the files hold the same packets with the same bytes and lengths, and
# tshark and capinfos read ours without a complaint.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
if [ -z "${IN_WORLD:-}" ]; then
	for tool in tcpdump tshark capinfos ip python3 nsenter; do
		command -v $tool >/dev/null || {
			echo "$tool is not installed"
			exit 77
		}
	done
	IN_WORLD=1 exec "$O/tests/world" run "$here/capture_peers.sh"
fi

dir=$(mktemp -d)
pids=''
finish() {
	for pid in $pids; do kill "$pid" 2>/dev/null || :; done
	rm -rf "$dir"
}
trap finish EXIT

# Does not wait for ever: what never comes is a failure.
wait_for() { # FILE TEXT
	i=0
	until grep -q "$2" "$1" 2>/dev/null; do
		i=$((i + 1))
		[ $i -lt 1000 ] || {
			echo "'$2' never came:"
			cat "$1"
			exit 1
		}
		sleep 0.01
	done
}

# pk1 moves to a namespace of its own, so that two real stacks talk.
unshare -n sleep 300 &
far=$!
pids="$pids $far"
i=0
until [ "$(readlink /proc/$far/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do
	sleep 0.01
done
# Only a foreground command: in the background $! would be a shell's.
in_far() { nsenter -t "$far" -n "$@"; }
ip link set pk1 netns "$far"
in_far ip link set lo up
for side in "pk0 1" "pk1 2"; do
	# shellcheck disable=SC2086 # two words on purpose
	set -- $side
	run=''
	[ "$1" = pk0 ] || run=in_far
	# No link-local addresses: they would be announced in between.
	$run sh -c "echo 1 >/proc/sys/net/ipv6/conf/$1/addr_gen_mode
		echo 0 >/proc/sys/net/ipv6/conf/$1/disable_ipv6"
	$run ip link set "$1" mtu 9000 up
	$run ip addr replace "10.9.0.$2/24" dev "$1"
	$run ip addr add "fd09::$2/64" dev "$1" nodad
done

traffic() {
	rm -f "$dir/serve"
	nsenter -t "$far" -n python3 "$here/stack_traffic.py" serve >"$dir/serve" &
	pids="$pids $!"
	wait_for "$dir/serve" ready
	python3 "$here/stack_traffic.py" send 10.9.0.2 fd09::2
	"$O/tests/world" traffic pk0
	"$O/tests/world" send pk0 500 60
	"$O/tests/world" send pk0 20 9000
	in_far "$O/tests/world" traffic pk1
}

# The neighbours forget each other, so that there is ARP in every round.
forget() {
	ip neigh flush all
	in_far ip neigh flush all
}

# A line a packet, sorted: what two processors capture at the same time may
# reach two sockets in a different order. Left out is what the stacks say by
# themselves, perhaps while only one of the two programs listens.
packets() {
	tcpdump -nn -t -e -xx -r "$1" 2>/dev/null |
		awk '/^[^\t]/ && NR > 1 { print "" } { printf "%s", $0 }
			END { print "" }' |
		grep -v 'multicast listener report\|router solicitation' | sort
}

# tcpdump loses at its end what it has not read: the last frame is marked by
# its length, and is waited for.
wait_for_last() {
	"$O/tests/world" send pk0 1 777
	i=0
	until tcpdump -nn -r "$dir/theirs.pcap" 'len = 777' 2>/dev/null |
		grep -q .; do
		i=$((i + 1))
		[ $i -lt 1000 ] || exit 1
		sleep 0.01
	done
}

ended() { # PROGRAM CODE
	echo "$1 ended with $2"
	cat "$dir/ours" "$dir/theirs"
	exit 1
}

snaplen=262144
compare() { # NAME PKTSNIFF-OPTION...
	name=$1
	shift
	forget
	# The last round's say "listening on", too.
	rm -f "$dir/theirs" "$dir/ours"
	nsenter -t "$far" -n tcpdump -i pk1 -B 16384 -s "$snaplen" -U -w "$dir/theirs.pcap" \
		2>"$dir/theirs" &
	theirs=$!
	nsenter -t "$far" -n "$O/examples/pktsniff" -i pk1 -B 16384 -s "$snaplen" "$@" \
		-w "$dir/ours.pcap" 2>"$dir/ours" &
	ours=$!
	pids="$pids $theirs $ours"
	wait_for "$dir/theirs" 'listening on'
	wait_for "$dir/ours" 'listening on'
	traffic
	wait_for_last
	kill -TERM $ours $theirs
	wait $ours || ended "$name: pktsniff" $?
	wait $theirs || ended "$name: tcpdump" $?
	packets "$dir/theirs.pcap" >"$dir/theirs.txt"
	packets "$dir/ours.pcap" >"$dir/ours.txt"
	cmp "$dir/theirs.txt" "$dir/ours.txt" || {
		diff "$dir/theirs.txt" "$dir/ours.txt" | head -20
		cat "$dir/ours" "$dir/theirs"
		exit 1
	}
	grep -q ' 0 packets dropped by kernel\|^0 packets dropped' "$dir/ours"
	tshark -r "$dir/ours.pcap" >"$dir/tshark.txt" 2>"$dir/complaints"
	if grep -v 'Running as user' "$dir/complaints"; then exit 1; fi
	capinfos "$dir/ours.pcap" >"$dir/capinfos" 2>"$dir/complaints"
	if grep . "$dir/complaints"; then exit 1; fi
	# All kinds are really there.
	for kind in ARP TCP UDP ICMP ICMPv6 IPv6 'ethertype 802.1Q' \
		'ethertype 802.1Q-QinQ'; do
		cat "$dir/ours.txt" "$dir/tshark.txt" | grep -q "$kind" || {
			echo "no $kind in the traffic"
			exit 1
		}
	done
	large=$(sed -n 's/.* length \([0-9]*\): .*/\1/p' "$dir/ours.txt" |
		sort -n | tail -1)
	[ "$large" -gt 9018 ] || echo "$name: no merged segments on this kernel"
	echo "$name: $(grep -c . "$dir/ours.txt") packets, largest $large"
}

compare recv --engine recv
compare ring --engine ring
compare auto
compare 'recv SIOCGSTAMPNS' -j siocgstampns
snaplen=100
compare 'ring, snap length 100' --engine ring
compare 'recv, snap length 100' --engine recv
