#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# make bench: runs every benchmark, then prints all rows as one table. Tells
# what was measured and never fails: a machine that is busy is no bug.
set -u

O=${O:-build}
PATH=$PATH:/usr/sbin:/sbin
table=$(mktemp) || exit 1
trap 'rm -f "$table"' EXIT
trap 'exit 130' INT TERM

run() {
	echo "  $(basename "$1") ..."
	"$@" >>"$table" || echo "  $1: exit code $?" >&2
}

for bench in "$O"/tests/bench/bench_*; do
	case $bench in
	*.*) ;;
	*/bench_tools | */bench_print) run "$bench" "$O/examples/pktsniff" ;;
	*/bench_pace) run "$bench" "$O/examples/replay" ;;
	*/bench_file_merge) run "$bench" "$O/examples/file_merge" ;;
	*) run "$bench" ;;
	esac
done

# Columns as wide as what they hold.
awk -F '\t' '
{
	row[NR] = $0
	for (i = 1; i <= NF; i++)
		if (length($i) > width[i])
			width[i] = length($i)
}
END {
	for (r = 1; r <= NR; r++) {
		n = split(row[r], column, "\t")
		line = ""
		for (i = 1; i <= n; i++)
			line = line sprintf("%-*s  ", width[i], column[i])
		sub(/ +$/, "", line)
		print line
	}
}' "$table"
