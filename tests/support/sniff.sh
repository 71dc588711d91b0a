# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
# For scripts that run pktsniff on a veth pair of their own: sourced with the
# script's arguments, comes back inside, with $dir for files.
PATH=$PATH:/usr/sbin:/sbin
O=${O:-build}
world=$O/tests/world
sniff=$O/examples/pktsniff

case ${1:-} in
inside)
	dir=$2
	pid='' peer='' # what a failure leaves running
	trap 'kill $pid $peer 2>/dev/null || :' EXIT
	;;
*)
	dir=$(mktemp -d)
	trap 'rm -rf "$dir"' EXIT
	code=0
	"$world" run "$0" inside "$dir" || code=$?
	exit "$code"
	;;
esac

fail() {
	echo "$*"
	cat "$dir"/*.err
	exit 1
}

# until_true COMMAND...: waits until it succeeds, ten seconds at most.
until_true() {
	tries=0
	until "$@" 2>/dev/null; do
		tries=$((tries + 1))
		[ "$tries" -lt 100 ] || fail "waited in vain for: $*"
		sleep 0.1
	done
}

begun() {
	grep -q '^listening on\|: listening on\|^reading from' "$1"
}

# start NAME OPTION...: pktsniff in the background, once it listens. Its output
# is $dir/NAME.out, its messages are $dir/NAME.err, its number is $pid.
start() {
	name=$1
	shift
	: >"$dir/$name.err"
	"$sniff" "$@" >"$dir/$name.out" 2>"$dir/$name.err" </dev/null &
	pid=$!
	until_true begun "$dir/$name.err"
}

# ended EXPECTED WHAT: waits for it and looks at its exit code.
ended() {
	code=0
	wait "$pid" || code=$?
	pid=
	[ "$code" -eq "$1" ] || fail "$2: exit code $code"
}
