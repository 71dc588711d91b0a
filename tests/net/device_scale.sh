#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# 500 interfaces with 5000 addresses are listed whole, also while others come
# and go.
set -eu
# shellcheck source=tests/support/inside.sh
. tests/support/inside.sh
need ip
enter run "$@"

awk 'BEGIN {
	for (i = 0; i < 500; i++) {
		print "link add s" i " type bridge"
		for (k = 1; k <= 10; k++)
			print "addr add 10." int(i / 250) "." i % 250 "." k \
				"/32 dev s" i
	}
}' >"$dir/batch"
ip -batch "$dir/batch"

# Every interface once and its ten addresses behind it, in their order.
whole() {
	awk '$2 ~ /^s[0-9]+$/ { n++; i = substr($2, 2); k = 0; next }
	/^    / && i != "" { k++; a++
		if ($1 != "10." int(i / 250) "." i % 250 "." k "/32")
			exit 1
		next }
	{ i = "" }
	END { if (n != 500 || a != 5000) {
		print n " interfaces, " a " addresses"; exit 1 } }' "$1"
}

start=$(date +%s%N)
"$O/examples/device_list" >"$dir/out"
end=$(date +%s%N)
whole "$dir/out"
echo "500 interfaces and 5000 addresses in $(((end - start) / 1000)) us"

while :; do
	ip link add c0 type veth peer name c1
	ip link del c0
done &
pid=$!
for i in 1 2 3 4 5 6 7 8 9 10; do
	if "$O/examples/device_list" >"$dir/out" 2>&1; then
		whole "$dir/out"
	else
		grep -q 'faster than they can be read' "$dir/out"
		echo "list $i: interfaces changed too fast"
	fi
done
