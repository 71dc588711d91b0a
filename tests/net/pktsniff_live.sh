#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# pktsniff on a veth pair of its own, beside tcpdump: the same packets, by each
# engine, on one interface and on all; counters, signals, privileges, messages.
set -eu
# shellcheck source=tests/support/sniff.sh
. tests/support/sniff.sh

# A shell starts background programs with SIGINT ignored: SIGTERM does it.
stop() {
	kill -TERM "$pid"
	ended 0 SIGTERM
}

same_size() {
	[ "$(wc -c <"$1")" -eq "$(wc -c <"$2")" ]
}

# beside_tcpdump ENGINE INTERFACE: both write what they see to files. tcpdump
# drops VLAN tags on "any", pktsniff does not: there are none there.
beside_tcpdump() {
	: >"$dir/tcpdump.err"
	tcpdump -i "$2" -U -w - >"$dir/theirs.pcap" \
		2>"$dir/tcpdump.err" &
	peer=$!
	until_true begun "$dir/tcpdump.err"
	start ours --engine "$1" -i "$2" -v -w "$dir/ours.pcap"
	grep -q "^engine $1, " "$dir/ours.err" || fail "not engine $1"
	[ "$2" = any ] || "$world" traffic pk0
	"$world" send pk0 500 64
	[ "$2" = any ] || "$world" traffic pk0
	stop
	until_true same_size "$dir/ours.pcap" "$dir/theirs.pcap"
	kill -TERM "$peer"
	wait "$peer" || :
	peer=
	for file in ours theirs; do
		tcpdump -nn -t -e -XX -r - <"$dir/$file.pcap" \
			>"$dir/$file.lines" 2>/dev/null
	done
	diff "$dir/ours.lines" "$dir/theirs.lines" | head -n 20
	cmp -s "$dir/ours.lines" "$dir/theirs.lines" ||
		fail "engine $1 on $2: other packets than tcpdump (>)"
	count=$("$sniff" -r "$dir/ours.pcap" --count 2>/dev/null)
	for line in "$count captured" "$count received by filter" \
		'0 packets dropped by kernel'; do
		grep -q "^$line\$" "$dir/ours.err" ||
			fail "engine $1 on $2: does not count: $line"
	done
}

if command -v tcpdump >/dev/null; then
	for engine in recv ring; do
		beside_tcpdump "$engine" pk1
		beside_tcpdump "$engine" any
	done
fi

# Lines, each engine; -c ends it.
for engine in recv ring; do
	start lines --engine "$engine" -i pk1 -c 20 -t
	"$world" send pk0 20 60
	ended 0 "-c 20"
	[ "$(grep -c '^IP .*: UDP, length 18$' "$dir/lines.out")" -eq 20 ] ||
		fail "engine $engine: not 20 lines"
done

# Lines that wait are printed when nothing more comes, even into a file.
start lines -i pk1 -t
"$world" send pk0 3 60
until_true grep -q UDP "$dir/lines.out"
kill -USR1 "$pid"
until_true grep -q 'pktsniff: 3 packets captured, 3 packets received by' \
	"$dir/lines.err"
grep -q '^CapEff:[[:space:]]*0*$' "/proc/$pid/status" ||
	fail "capabilities are kept"
grep -q '^NoNewPrivs:[[:space:]]*1$' "/proc/$pid/status" ||
	fail "new privileges are possible"
stop

# Stopped while it says that it listens: it ends as at any other time.
if command -v python3 >/dev/null; then
	ends 0 python3 -B tests/net/early_stop.py "$sniff" -i pk1 \
		-w "$dir/early.pcap"
	grep -q '^0 packets dropped by kernel$' "$out" ||
		fail 'stopped early: no counters'
	"$sniff" -r "$dir/early.pcap" >"$out" 2>"$err" ||
		fail 'stopped early: no file'
fi

# Directions, by interface or by number.
index=$("$sniff" -D | sed -n 's/^\([0-9]*\)\.pk0 .*/\1/p')
start lines -i "$index" -Q out -c 5 -t
"$world" send pk1 7 60
"$world" send pk0 5 100
ended 0 "-Q out"
[ "$(grep -c 'UDP, length 58$' "$dir/lines.out")" -eq 5 ] ||
	fail "-Q out: not the five packets that were sent"

# A program from -F; the cooked link type on one interface.
printf '1\n6 0 0 0\n' >"$dir/none"
start lines -i pk1 -F "$dir/none"
"$world" send pk0 5 60
stop
[ ! -s "$dir/lines.out" ] || fail "-F: a packet the program rejects"
start lines -i pk1 -y LINUX_SLL2 -c 1 -t
grep -q 'link-type LINUX_SLL2 ' "$dir/lines.err" || fail "not LINUX_SLL2"
"$world" send pk0 1 60
ended 0 "-y LINUX_SLL2"
grep -q '^pk1   B   IP 10' "$dir/lines.out" || fail "no cooked line"

# The reader of the lines goes away: the next packet ends it without a word.
mkfifo "$dir/fifo"
head -n 1 <"$dir/fifo" >"$dir/head.out" &
head=$!
: >"$dir/fifo.err"
"$sniff" -i pk1 -t >"$dir/fifo" 2>"$dir/fifo.err" </dev/null &
pid=$!
until_true begun "$dir/fifo.err"
"$world" send pk0 1 60
wait "$head"
"$world" send pk0 1 60
ended 0 "| head"
[ "$(wc -l <"$dir/fifo.err")" -eq 1 ] || fail "| head: noise"

# A full disk.
start full -i pk1 -U -w /dev/full
"$world" send pk0 1 60
ended 1 "-w /dev/full"
grep -q -e '-w /dev/full: No space left on device' "$dir/full.err" ||
	fail "-w /dev/full: says no reason"

# A closed standard output is no free number for a socket: nothing that is
# printed goes out as a frame.
: >"$dir/closed.err"
"$sniff" -i pk1 -c 1 >&- 2>"$dir/closed.err" </dev/null &
pid=$!
until_true begun "$dir/closed.err"
"$world" send pk0 1 60
ended 1 "closed standard output"
grep -q 'standard output: Bad file descriptor' "$dir/closed.err" ||
	fail "closed standard output: says no reason"

# Rows: arguments | text. Each ends with exit code 1.
while IFS='|' read -r arguments text; do
	code=0
	# shellcheck disable=SC2086 # several arguments
	timeout 10 "$sniff" $arguments >"$dir/row.out" 2>"$dir/row.err" ||
		code=$?
	[ "$code" -eq 1 ] || fail "pktsniff $arguments: exit code $code, not 1"
	grep -qF -e "$text" "$dir/row.err" ||
		fail "pktsniff $arguments: does not say: $text"
done <<'END'
-i pk9|pk9: no such interface; did you mean pk
-i nothing-like-it|nothing-like-it: no such interface; -D lists them
-i an-interface-with-a-long-name|no such interface
-i 4711|4711: no such interface
-L -i pk9|did you mean pk
-i pk1 -y RAW|pk1 does not deliver this link type
-i pk1 -w /nowhere/file|/nowhere/file
-i pk1 -Z nobody-of-that-name|no such user
END

"$sniff" -D >"$dir/list"
for line in '[0-9]*\.pk0 (.*) \[Up, Running, Connected\]' '0\.any (.*)'; do
	grep -q "^$line" "$dir/list" || fail "-D: $(cat "$dir/list")"
done
"$sniff" -L -i pk0 | grep -q '^  EN10MB (Ethernet)$' || fail "-L: no EN10MB"
"$sniff" -J -i pk0 | grep -q '^  siocgstamp ' || fail "-J: no siocgstamp"

command -v setpriv >/dev/null || exit 0
if setpriv --ambient-caps=-all --inh-caps=-all --bounding-set=-all \
	"$sniff" -i pk1 2>"$dir/row.err"; then
	fail "no capability: exit code 0"
fi
grep -q 'needs CAP_NET_RAW.*setcap cap_net_raw+ep /' "$dir/row.err" ||
	fail "no capability: does not say which"
