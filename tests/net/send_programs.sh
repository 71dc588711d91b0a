#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What the programs that send have in common: no privileges once they have
# their socket, and nothing is lost without a word.
set -eu
# shellcheck source=tests/support/inside.sh
. tests/support/inside.sh
need ip
enter run "$@"
examples=$O/examples

# As ends(), but output goes where standard output does.
returns() { # CODE COMMAND...
	want=$1
	shift
	code=0
	"$@" 2>"$err" || code=$?
	[ "$code" -eq "$want" ] || fail "$*: exit code $code"
}

text='eth / ip dst=10.9.0.2 / udp dport=9'
"$examples/pktsend" -w "$dir/one.pcap" "$text"

# --- standard output that takes nothing --------------------------------------
no_output() { # PROGRAM ARGUMENT...
	program=$1
	shift
	returns 1 "$examples/$program" "$@" >/dev/full
	says '^standard output: No space left on device$'
	returns 1 "$examples/$program" "$@" >&-
	says '^standard output: Bad file descriptor$'
}
no_output send_raw pk0 filled
no_output replay pk0 "$dir/one.pcap"
no_output pktsend pk0 "$text"
no_output pktsend -n "$text"
no_output pktsend -l
no_output build_dns --sip 10.9.0.9 pk0
no_output arp_scan --retries 0 --timeout 1 pk0 10.9.0.1/32
no_output arp_resolve pk0 10.9.0.1

# --- where frames cannot go, or are lost --------------------------------------
everywhere() { # CODE INTERFACE REGULAR-EXPRESSION
	returns "$1" "$examples/send_raw" "$2" filled >/dev/null
	says "$3"
	returns "$1" "$examples/replay" "$2" "$dir/one.pcap" >/dev/null
	says "$3"
	returns "$1" "$examples/pktsend" "$2" "$text" >/dev/null
	says "$3"
}
everywhere 1 any '^any: packets are sent on one interface: say which$'
everywhere 1 nope '^nope: no such interface'
ip link set pk1 down
everywhere 0 pk0 '^pk0: no carrier: what is sent there is lost$'
ip link set pk0 down
everywhere 1 pk0 'ip link set pk0 up$'
ip link set pk1 up
ip link set pk0 up

# --- options and files ---------------------------------------------------------
returns 2 "$examples/pktsend" -R 1e3 pk0 "$text"
says '^--rate 1e3: '
returns 2 "$examples/pktsend" -c 1x pk0 "$text"
says '^--count 1x: '
returns 2 "$examples/replay" --speed 0 pk0 "$dir/one.pcap"
says '^--speed '
returns 2 "$examples/replay" --dmac 02 pk0 "$dir/one.pcap"
says '02: '
printf 'eth / ip\n%s\0 / data text=more\n' "$text" >"$dir/lines"
returns 1 "$examples/pktsend" -n -f "$dir/lines"
says '^a byte 0: '
says "^in $dir/lines, line 2\$"

# --- privileges ------------------------------------------------------------------
# What it is told to read may belong to somebody else, and be nobody's: it can
# be opened, and besides that nothing is left of what the program could do.
chmod 0 "$dir/one.pcap"
"$examples/replay" pk0 "$dir/one.pcap" --loop 0 --rate 10 >/dev/null 2>"$err" &
pid=$!
status=/proc/$pid/status
until_ready has_no_new_privileges || fail "replay ended"
for set in CapPrm CapEff CapAmb; do
	# CAP_DAC_READ_SEARCH is the third.
	grep -qE "^$set:.000000000000000[04]\$" "$status" ||
		fail "replay has $(grep "^$set" "$status")"
done
sent() { # how many packets pk0 has sent
	# shellcheck disable=SC2046 # the words of a line
	set -- $(grep 'pk0:' /proc/net/dev)
	shift 10
	echo "$1"
}
sent_more() { # than COUNT
	[ "$(sent)" -gt "$1" ]
}
until_true sent_more $(($(sent) + 2))
kill -INT "$pid"
ended 0 'replay, stopped'
