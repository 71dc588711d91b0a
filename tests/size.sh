#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# make size: what small static programs take from libpktcap, and what the shared
# library depends on. One captures to a file: it has a limit, for text, the code;
# constants, most of them messages, are shown beside it. The other decodes.
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

# measure PROGRAM: "text constants object" for each object that is linked.
# The map puts a long section name on a line of its own. What was collected
# comes before "Linker script and memory map".
measure() {
	# shellcheck disable=SC2086
	$CC $flags -static -pthread -Wl,--gc-sections "-Wl,-Map=$dir/map" \
		-o "$dir/$1" "tests/size/$1.c" "$dir"/*.o
	awk -v prefix="$dir/" '
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
	NF == 4 && $1 ~ /^\.(text|rodata|data\.rel\.ro)/ && index($4, prefix) == 1 {
		object = substr($4, length(prefix) + 1)
		if ($1 ~ /^\.text/)
			text[object] += number($3)
		else
			constants[object] += number($3)
		seen[object] = 1
	}
	END {
		for (object in seen)
			if (text[object] + constants[object])
				print text[object] + 0, constants[object] + 0, object
	}' "$dir/map" | sort -rn
}

measure capture_file >"$dir/capture_file.objects"
awk '{ text += $1; constants += $2; printf "%6d %6d %s\n", $1, $2, $3 }
	END { printf "%d bytes of text, and %d of constants\n", text, constants }' \
	"$dir/capture_file.objects"
text=$(awk '{ text += $1 } END { print text + 0 }' "$dir/capture_file.objects")
if [ "$text" -gt 0 ] && [ "$text" -le $limit ]; then
	echo "$text bytes of $limit: PASS"
else
	echo "$text bytes of $limit: FAIL"
	status=1
fi
if grep -E ' (proto|decode|print|reassemble|filter)-' "$dir/capture_file.objects"; then
	echo 'a program that only captures links what it does not need: FAIL'
	status=1
fi

measure decode | awk '
	{ room = $3; sub("-.*", "", room); text[room] += $1; constants[room] += $2 }
	END {
		print "a program that decodes all protocols, by room:"
		for (room in text)
			printf "%6d %6d %s\n", text[room], constants[room], room
	}'

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
