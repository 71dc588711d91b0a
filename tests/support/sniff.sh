# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
# For scripts that run pktsniff on a veth pair of their own: sourced with the
# script's arguments, comes back inside (inside.sh).
# shellcheck source=tests/support/inside.sh
. tests/support/inside.sh
enter run "$@"
sniff=$O/examples/pktsniff

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
