#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Includes go one way: a room sees the rooms that lib/LAYERS names, everything
# outside lib/ sees public headers only.
set -eu
status=0

complain() {
	echo "$*"
	status=1
}

# The rooms a file includes, by private or by public header: a room whose public
# header is in parts has them as ROOM_part.h.
rooms_of() {
	sed -n -e 's,^#[[:space:]]*include "\([a-z_]*\)/.*,\1,p' \
		-e 's,^#[[:space:]]*include <pktcap/\([a-z]*\)[a-z_]*\.h>.*,\1,p' "$1"
}

for file in lib/*/*.[ch]; do
	room=$(basename "$(dirname "$file")")
	if ! grep -q "^$room:" lib/LAYERS; then
		complain "$file: room '$room' is not in lib/LAYERS"
		continue
	fi
	allowed=$(sed -n "s/^$room: *//p" lib/LAYERS)
	for included in $(rooms_of "$file"); do
		case " $room $allowed " in
		*" $included "*) ;;
		*) complain "$file: '$room' may not include '$included'" ;;
		esac
	done
done

rooms=$(sed -n 's/^\([a-z_]*\):.*/\1/p' lib/LAYERS | paste -sd '|' -)
private="^#[[:space:]]*include \"(.*/)?($rooms)/"
for dir in examples tests/api tests/net tests/bench; do
	found=$(find "$dir" -name '*.[ch]' -exec grep -HnE "$private" {} +) || :
	[ -z "$found" ] || complain "private header outside lib/: $found"
done
exit $status
