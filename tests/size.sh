#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# make size: what a small static program that captures to a file takes from
# libpktcap, and what the shared library depends on. The limit is for text, the
# code; constants, most of them messages, are shown beside it.
set -eu

limit=24576
O=${O:-build}
CC=${CC:-cc}
dir=$O/size
flags='-std=c11 -D_GNU_SOURCE -Os -ffunction-sections -fdata-sections
	-fvisibility=hidden -fno-pie -Iinclude'
status=0

mkdir -p "$dir"
rm -f "$dir"/*.o
for source in lib/*/*.c; do
	object=$dir/$(echo "${source#lib/}" | tr / - | sed 's/c$/o/')
	# shellcheck disable=SC2086 # lists
	$CC $flags -Ilib -c -o "$object" "$source"
done
# shellcheck disable=SC2086
$CC $flags -static -pthread -Wl,--gc-sections "-Wl,-Map=$dir/map" \
	-o "$dir/capture_file" tests/size/capture_file.c "$dir"/*.o

# The map puts a long section name on a line of its own. What was collected
# comes before "Linker script and memory map".
awk -v prefix="$dir/" -v limit="$limit" '
function number(hex,    i, n) {
	hex = tolower(substr(hex, 3))
	for (i = 1; i <= length(hex); i++)
		n = n * 16 + index("0123456789abcdef", substr(hex, i, 1)) - 1
	return n
}
/^Linker script and memory map/ { kept = 1 }
!kept { next }
NF == 1 && $1 ~ /^\./ { section = $1; next }
NF == 3 && section { $0 = section " " $0 }
{ section = "" }
NF == 4 && $1 ~ /^\.(text|rodata)/ && index($4, prefix) == 1 {
	object = substr($4, length(prefix) + 1)
	size[object] += number($3)
	total += number($3)
	if ($1 ~ /^\.text/)
		code += number($3)
}
END {
	for (object in size)
		if (size[object])
			printf "%6d %s\n", size[object], object | "sort -rn"
	close("sort -rn")
	printf "%d bytes of text, and %d of constants\n", code, total - code
	printf "%d bytes of %d: %s\n", code, limit,
		code && code <= limit ? "PASS" : "FAIL"
	exit !(code && code <= limit)
}' "$dir/map" || status=1

needed=$(readelf -d "$O/libpktcap.so" |
	sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
for library in $needed; do
	case $library in
	libc.so* | libc.musl-* | ld-linux* | ld-musl* | ld64* | libpthread.so*)
		;;
	*)
		echo "libpktcap.so needs $library: FAIL"
		status=1
		;;
	esac
done
# shellcheck disable=SC2086 # one line
echo libpktcap.so needs: $needed
exit $status
