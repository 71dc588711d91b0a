#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# examples/replay sends what is in a file, byte for byte and in its order, and
# says what it did not send. No time is asserted.
set -eu
# shellcheck source=tests/support/sniff.sh
. tests/support/sniff.sh
replay=$O/examples/replay

# listen: pk1 to $dir/got.pcap, until heard().
listen() {
	start got -i pk1 -Q in -U -w "$dir/got.pcap"
}

# count FILE [EXPRESSION]
count() {
	"$sniff" -r "$1" --count ${2:+"$2"} 2>/dev/null | cut -d ' ' -f 1
}

count_is() {
	[ "$(count "$1")" -eq "$2" ]
}

# heard COUNT WHAT: so many arrived, and no more.
heard() {
	until_true count_is "$dir/got.pcap" "$1"
	kill -TERM "$pid"
	ended 0 "$2"
	count_is "$dir/got.pcap" "$1" || fail "$2: more than $1 packets"
}

# sent CODE WHAT OPTION...: runs replay; output in $dir/replay.out and .err.
sent() {
	want=$1 what=$2 code=0
	shift 2
	"$replay" "$@" >"$dir/replay.out" 2>"$dir/replay.err" </dev/null ||
		code=$?
	[ "$code" -eq "$want" ] || fail "$what: exit code $code"
}

says() {
	grep -q "$1" "$dir/replay.out" "$dir/replay.err" ||
		fail "$what: does not say: $1"
}

# Nothing to say, but that the machine was busy for more than a second.
quiet() {
	! grep -v '^later than asked for' "$dir/replay.err" ||
		fail "$what: has something to say"
}

# Every byte of a file's packets, without their times and lengths.
bytes() {
	"$sniff" -r "$1" -nn -t -XX 2>/dev/null | grep '^	0x'
}

same() { # FILE that was sent
	bytes "$1" >"$dir/want.lines"
	bytes "$dir/got.pcap" >"$dir/got.lines"
	cmp "$dir/got.lines" "$dir/want.lines" || fail "$what: other packets"
}

# --- a file for all: tags, damage, packets that were cut -------------------
ls tests/data/arp/*.pcap tests/data/dhcp/*.pcap tests/data/dns/*.pcap \
	tests/data/http/*.pcap tests/data/tls/*.pcap tests/data/vlan/*.pcap \
	>"$dir/list"
all=$dir/all.pcap
# A tag that is cut is not received: the kernel takes tags off before.
"$sniff" -V "$dir/list" -w "$all" 'ether[12:2] != 0x8100 or len > 17' \
	2>"$dir/list.err"
many=$(count "$all")
[ "$many" -gt 200 ] || fail "only $many packets to send"

listen
sent 0 'as fast as it goes' pk0 "$all" --topspeed
heard "$many" "$what"
same "$all"
says "^$many packets, [0-9]* bytes sent in "
says '[0-9] packets cut by the capture: sent as far as it goes$'

# --- by the times of a live capture, of which none is cut ------------------
listen
"$world" traffic pk0
"$world" send pk0 100 1514
"$world" traffic pk0
until_true count_is "$dir/got.pcap" 116
heard 116 'the capture'
cp "$dir/got.pcap" "$dir/live.pcap"
listen
sent 0 'as captured' pk0 "$dir/live.pcap"
heard 116 "$what"
same "$dir/live.pcap"
quiet
listen
sent 0 'twice as fast' --speed 2 pk0 "$dir/live.pcap"
heard 116 "$what"

# --- again and again, at a rate, from a pipe -------------------------------
for rate in 100000 50kpps 50Kpps 100M 90.5Mbit 100mbit 1gbit 1Gbps; do
	listen
	sent 0 "$rate" pk0 "$dir/live.pcap" --loop 3 --rate "$rate"
	heard 348 "$what"
	says '^348 packets, '
	quiet
done
bytes "$dir/got.pcap" >"$dir/got.lines"
for _ in 1 2 3; do
	bytes "$dir/live.pcap"
done | cmp - "$dir/got.lines" || fail "$what: other packets"
listen
what='from a pipe'
tail -c +1 "$dir/live.pcap" | "$replay" pk0 - --topspeed >"$dir/replay.out" \
	2>"$dir/replay.err" || fail "$what: exit code $?"
heard 116 "$what"
same "$dir/live.pcap"

# Those that are there are sent, whether others come or not.
mkfifo "$dir/pipe"
listen
what='from a pipe, piece by piece'
"$replay" pk0 - --topspeed <"$dir/pipe" >"$dir/replay.out" \
	2>"$dir/replay.err" &
peer=$!
exec 9>"$dir/pipe"
"$sniff" -r "$dir/live.pcap" -c 3 -w - 2>/dev/null >&9
until_true count_is "$dir/got.pcap" 3
"$sniff" -r "$dir/live.pcap" -c 5 -w - 2>/dev/null | tail -c +25 >&9
exec 9>&-
wait "$peer" || fail "$what: exit code $?"
peer=''
heard 8 "$what"
says '^8 packets, '

# --- other addresses --------------------------------------------------------
listen
sent 0 'other addresses' pk0 "$dir/live.pcap" --topspeed \
	--dmac 02:00:00:00:00:aa --smac 2:0:0:0:0:bb
heard 116 "$what"
n=$(count "$dir/got.pcap" \
	'ether dst 02:00:00:00:00:aa and ether src 02:00:00:00:00:bb')
[ "$n" -eq 116 ] || fail "$what: in $n packets"
listen
sent 0 'one other address' pk0 "$dir/live.pcap" --topspeed \
	--smac 02:00:00:00:00:bb
heard 116 "$what"
n=$(count "$dir/got.pcap" \
	'ether src 02:00:00:00:00:bb and not ether dst 02:00:00:00:00:aa')
[ "$n" -eq 116 ] || fail "$what: in $n packets"

if ip tuntap add dev tn0 mode tun 2>/dev/null; then
	sent 1 'addresses without Ethernet' tn0 tests/data/raw/ipv4.pcap \
		--smac 02:00:00:00:00:bb
	says '^tn0: is not Ethernet: no --dmac and --smac$'
fi

# --- what cannot be sent is counted, the rest is sent ------------------------
sent 1 'other link type' pk0 tests/data/raw/ipv4.pcap
says '^[0-9]* packets* not sent: of another link type$'
says '^0 packets, '
# pcap, little-endian: a packet of 1600 bytes between two of 60, one of 9.
record() { # BYTES (four digits in octal escapes)
	printf '\0\0\0\0\0\0\0\0%b\0\0%b\0\0' "$2" "$2"
	head -c "$1" /dev/zero
}
{
	printf '\324\303\262\241\002\0\004\0\0\0\0\0\0\0\0\0'
	printf '\0\0\004\0\001\0\0\0'
	record 60 '\074\0'
	record 1600 '\0100\006'
	record 9 '\011\0'
	record 60 '\074\0'
} >"$dir/odd.pcap"
listen
sent 1 'too long and too short' pk0 "$dir/odd.pcap"
heard 2 "$what"
says '^2 packets, 120 bytes '
says '^1 packet not sent: longer than the MTU allows$'
says '^1 packet not sent: shorter than a link header'
head -c 140 "$dir/odd.pcap" >"$dir/cut.pcap"
sent 1 'a file that is cut' pk0 "$dir/cut.pcap"
says "^$dir/cut.pcap: .*byte 100"
says '^1 packet, 60 bytes '

# --- nothing to send has an end ------------------------------------------------
head -c 24 "$dir/odd.pcap" >"$dir/none.pcap"
sent 0 'no packets, for ever' pk0 "$dir/none.pcap" --loop 0
says '^0 packets, 0 bytes '
{
	cat "$dir/none.pcap"
	record 9 '\011\0'
} >"$dir/short.pcap"
sent 1 'none that can be sent, for ever' pk0 "$dir/short.pcap" --loop 0
says '^1 packet not sent: shorter than a link header'

# --- stopped: the counts are what arrived ------------------------------------
# at_work LOOPS: runs replay, until packets arrive.
arrives() {
	[ "$(count "$dir/got.pcap")" -gt 3 ]
}
at_work() {
	listen
	listener=$pid
	"$replay" pk0 "$dir/live.pcap" --loop "$1" --rate 100 \
		>"$dir/replay.out" 2>"$dir/replay.err" &
	peer=$!
	until_true arrives
}
# over CODE: how it ended, and whether it says what arrived.
over() {
	code=0
	wait "$peer" || code=$?
	peer=''
	[ "$code" -eq "$1" ] || fail "$what: exit code $code"
	said=$(sed -n 's/^\([0-9]*\) packets, .*/\1/p' "$dir/replay.out")
	[ -n "$said" ] || fail "$what: no counts"
	pid=$listener
	heard "$said" "$what"
}
what='Ctrl-C, for ever'
at_work 0
kill -INT "$peer"
over 0
what='a terminal that is closed'
at_work 0
kill -HUP "$peer"
over 0
what='nohup'
trap '' HUP
at_work 0
trap - HUP
kill -HUP "$peer"
more=$(($(count "$dir/got.pcap") + 3))
goes_on() {
	[ "$(count "$dir/got.pcap")" -gt "$more" ]
}
until_true goes_on
kill -INT "$peer"
over 0
what='Ctrl-C, ten times'
at_work 10000
kill -TERM "$peer"
over 1
says '^sending was stopped$'
what='link down'
if command -v ip >/dev/null; then
	at_work 10000
	ip link set pk0 down
	over 1
	says '^pk0: the interface is down'
	sent 1 'link still down' pk0 "$all" --topspeed
	says '^pk0: the interface is down'
	says '^0 packets, 0 bytes'
	ip link set pk0 up
	ip link set pk1 down
	sent 0 'no carrier' pk0 "$all" --topspeed
	says '^pk0: no carrier: what is sent there is lost$'
	ip link set pk1 up
fi
# A queue that gives nothing away: it takes some, then there is no room.
if tc qdisc add dev pk0 root tbf rate 8bit burst 1600 limit 1600 2>/dev/null
then
	sent 1 'a queue that is full' pk0 "$dir/live.pcap" --topspeed
	says '^pk0: .* its queue is full'
	says '^[1-9][0-9]* packets, '
	tc qdisc del dev pk0 root
fi

# --- a bar, where there is a terminal ---------------------------------------------
if command -v python3 >/dev/null; then
	python3 -B tests/net/bar_pty.py "$replay" pk0 "$all" --rate 1000 \
		--loop 100000 || exit 1
fi

# --- bad input -------------------------------------------------------------------
while IFS='|' read -r want options message; do
	# shellcheck disable=SC2086 # words
	sent "$want" "$options" $options
	says "$message"
done <<END
1|nosuch0 $all|^nosuch0: no such interface
1|pk0 $dir/nosuch|^$dir/nosuch: no such file
1|pk0 README.md|^README.md: is not a capture file
1|pk0 $dir|^$dir: is a directory
1|pk0 -|^0 packets, 0 bytes
2||^usage: 
2|pk0|^usage: 
2|pk0 $all more|^usage: 
2|pk0 $all --speed|^usage: 
2|pk0 $all --speed 0|^usage: 
2|pk0 $all --speed x|^--speed x: times as fast as captured: 
2|pk0 $all --speed 1x|^usage: 
2|pk0 $all --speed 5000|^usage: 
2|pk0 $all --speed nan|^usage: 
2|pk0 $all --speed 0x10|^usage: 
2|pk0 $all --rate -1|^usage: 
2|pk0 $all --rate 0|^usage: 
2|pk0 $all --rate 10m|^usage: 
2|pk0 $all --rate 10Mb|^usage: 
2|pk0 $all --rate 1e9|^usage: 
2|pk0 $all --rate 1.2.3|^usage: 
2|pk0 $all --rate 10Gpps|^--rate 10Gpps: packets or bits per second: 
2|pk0 $all --rate 10 --topspeed|^usage: 
2|pk0 $all --loop|^usage: 
2|pk0 $all --loop -1|^--loop -1: how many, 
2|pk0 $all --loop 10000000000|^usage: 
2|pk0 - --loop 2|^usage: 
2|pk0 $all --dmac 1:2:3|^MAC 1:2:3: not as 02:00:00:00:00:01$
2|pk0 $all --smac 02:00:00:00:00:0g|^usage: 
2|pk0 $all --nonsense|^usage: 
END
if command -v setpriv >/dev/null; then
	what='no privilege' code=0
	setpriv --ambient-caps=-all --inh-caps=-all --bounding-set=-all \
		"$replay" pk0 "$all" >"$dir/replay.out" 2>"$dir/replay.err" ||
		code=$?
	[ "$code" -eq 1 ] || fail "$what: exit code $code"
	says '^pk0: .*CAP_NET_RAW'
fi
