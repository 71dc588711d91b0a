# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
# For scripts that test examples, each by a function of its name, on a veth
# pair of their own: sourced with the script's arguments, comes back inside
# (inside.sh).
# shellcheck source=tests/support/inside.sh
. tests/support/inside.sh
need tcpdump
enter run "$@"
examples=$O/examples
file=$dir/file.pcap

# Starts an example and waits until it listens: sockets that do have a
# protocol in /proc/net/packet, 0003 for all of them. One that wants few packets
# may have ended by then, with what the kernels had to say to each other (ARP of
# neighbours they want to be sure of): how it ended is told by ended().
start() {
	: >"$file"
	name=$1
	shift
	"$examples/$name" "$@" >"$out" 2>&1 &
	pid=$!
	until_ready grep -q ' 0003 ' /proc/net/packet || :
}

# Ctrl-C, again where it came before there was anybody to take it.
interrupted() {
	tries=0
	while kill -INT "$pid" 2>/dev/null; do
		tries=$((tries + 1))
		[ "$tries" -lt 600 ] || fail "$1 does not end with SIGINT"
		sleep 0.1
	done
	ended 0 "$1"
}

has() {
	grep -qE "$2" "$out" || fail "$1 printed no line like: $2"
}

# The file holds COUNT frames of ours, whole and in their order.
holds() {
	tcpdump -nn -x -r "$file" 2>/dev/null >"$dir/read" ||
		fail "$1: tcpdump does not read the file"
	grep -c 'IP 10\.9\.0\.1\.1000 > 10\.9\.0\.2\.9: UDP, length 58' \
		"$dir/read" >"$dir/count" || :
	[ "$(cat "$dir/count")" -eq "$2" ] ||
		fail "$1: $(cat "$dir/count") packets in the file, not $2"
	# Behind 28 bytes of headers, on the second line, is the number.
	awk -v name="$1" '$1 == "0x0010:" && $8 $9 != sprintf("%08x", n++) {
		print name ": " $8 $9 " is not the next number"; exit 1 }' \
		"$dir/read" || fail "$1: packets are missing or out of order"
}

# exits CODE EXAMPLE ARGUMENT...: all that it says is in $out.
exits() {
	want=$1
	name=$2
	shift 2
	code=0
	"$examples/$name" "$@" >"$out" 2>&1 || code=$?
	[ "$code" -eq "$want" ] || fail "$name $*: exit code $code"
}

refuses_unknown_interface() { # EXAMPLE [ARGUMENT]...
	name=$1
	shift
	exits 1 "$name" nosuch0 "$@"
	has "$name" 'nosuch0: no such interface'
}

# COUNT lines of an example that is running.
has_lines() {
	[ "$(wc -l <"$out")" -ge "$1" ]
}

# A file with COUNT packets of ours.
captured() {
	start capture_file pk1 "$file" "$1"
	"$world" send pk0 "$1" 100
	ended 0 capture_file
}

# What it prints gets nowhere.
fails_without_output() { # EXAMPLE ARGUMENT...
	name=$1
	shift
	code=0
	"$examples/$name" "$@" >/dev/full 2>"$err" || code=$?
	[ "$code" -eq 1 ] || fail "$name $* >/dev/full: exit code $code"
	says 'No space left on device$'
}

shows_usage() { # EXAMPLE ARGUMENT...
	name=$1
	shift
	exits 2 "$name" "$@"
	has "$name" '^usage: '
}

takes_arguments() {
	case $example in
	file_info | pktsend) ;; # that is a file, that is no fault
	*) shows_usage "$example" --help ;;
	esac
	case $example in
	device_list | capture_stats | promisc_detect) ;; # have defaults
	*) shows_usage "$example" ;;
	esac
}

# Runs the tests that are in this script. Each example has one, here or in
# another one of these scripts.
try_examples() {
	for source in examples/*.c; do
		example=$(basename "$source" .c)
		if grep -q "^$example() {\$" "$0"; then
			takes_arguments
			"$example"
		else
			grep -q "^$example() {\$" tests/net/examples*.sh ||
				fail "$example: not tested"
		fi
	done
}
