#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# --stats and --top while capturing: counts, drops, tables by the clock and on SIGUSR1.
set -eu
# shellcheck source=tests/support/sniff.sh
. tests/support/sniff.sh

tables() { # COUNT FILE: so many are there at least
	[ "$(grep -c '^LEVEL ' "$2")" -ge "$1" ]
}

for engine in recv ring; do
	start once --engine "$engine" -i pk1 -c 20 --stats udp
	"$world" send pk0 20 100
	ended 0 '--stats -c'
	for line in '^20 packets, 2000 bytes (2.0 kB) in ' \
		'^0 dropped by kernel, 0 dropped by interface$' \
		'^link  *Ethernet  *20  *100\.0%  *2000 ' \
		'^ *UDP  *20  *100\.0%  *2000 ' \
		'^10\.9\.0\.1  *20  *2000  *0  *0  *2\.0 kB$' \
		'^UDP  *10\.9\.0\.1:1000  *10\.9\.0\.2:9  *20  *2000  *0  *0 '; do
		grep -q -e "$line" "$dir/once.out" || {
			cat "$dir/once.out"
			fail "engine $engine, --stats: no line like $line"
		}
	done
	! grep -q 'IP 10' "$dir/once.out" || fail '--stats: prints packets'
done

# Each second a table, whether packets come or not.
start often -i pk1 --stats=1 -w "$dir/often.pcap" udp
"$world" send pk0 5 100
until_true tables 2 "$dir/often.out"
kill -TERM "$pid"
ended 0 '--stats=1'
grep -q '^last ' "$dir/often.out" || fail '--stats=1: no interval'
[ "$("$sniff" -r "$dir/often.pcap" --count 2>"$dir/count.err")" = '5 packets' ] ||
	fail '--stats=1 -w: not 5 packets in the file'

start asked -i pk1 --stats udp
"$world" send pk0 3 100
kill -USR1 "$pid"
until_true tables 1 "$dir/asked.out"
kill -TERM "$pid"
ended 0 'SIGUSR1'
tables 2 "$dir/asked.out" || fail 'SIGUSR1: no table at the end'

# --top, in a terminal.
if command -v python3 >/dev/null; then
	python3 -B tests/api/top_pty.py "$sniff" live "$world" send pk0 20 100
fi

# The reader goes away: the next table ends it without a word.
mkfifo "$dir/fifo"
head -n 1 <"$dir/fifo" >"$dir/head.out" &
: >"$dir/fifo.err"
"$sniff" -i pk1 --stats=1 >"$dir/fifo" 2>"$dir/fifo.err" </dev/null &
pid=$!
ended 0 '--stats | head'
[ "$(wc -l <"$dir/fifo.err")" -eq 1 ] || fail '--stats | head: noise'
grep -q ' packets' "$dir/head.out" || fail '--stats | head: no table'
