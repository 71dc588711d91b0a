#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# make demo: captures live traffic with pktsniff in a network of its own, then
# shows what the file holds. Needs neither root nor any other program.
set -eu

O=${O:-build}
world=$O/tests/world
sniff=$O/examples/pktsniff

case ${1:-} in
inside) ;;
*)
	dir=$(mktemp -d)
	trap 'rm -rf "$dir"' EXIT
	code=0
	"$world" run "$0" inside "$dir" || code=$?
	[ "$code" -ne 77 ] || exit 1
	exit "$code"
	;;
esac

file=$2/demo.pcap
kinds=8 # frames of "world traffic"

echo "\$ pktsniff -i pk1 -c $kinds -w demo.pcap     (while traffic comes)"
# Should packets be missing, -c would wait for ever.
timeout 20 "$sniff" -i pk1 -c "$kinds" -w "$file" </dev/null &
pid=$!
trap 'kill "$pid" 2>/dev/null || :' EXIT
"$world" wait
"$world" traffic pk0
wait "$pid"
trap - EXIT

echo
echo "\$ pktsniff -n -e -r demo.pcap"
"$sniff" -n -e -r "$file"
