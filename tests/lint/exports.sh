#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The symbol map, the shared object, the headers and the man pages name the
# same functions.
set -eu
. tests/lint/need.sh
need nm awk

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
status=0

sed -n 's/^[[:space:]]*\(pktcap_[a-z0-9_]*\);$/\1/p' lib/pktcap.map |
	sort -u >"$dir/map"
# Sanitizers add symbols of their own: only ours count.
nm -D --defined-only "$SO" |
	awk '$2 ~ /[TDBRVW]/ && $3 !~ /^PKTCAP_/ {
		sub("@.*", "", $3); print $3 }' |
	{ grep -v '^__\(asan\|odr_asan\|ubsan\|tsan\)' || :; } |
	sort -u >"$dir/so"
# A prototype may have its name on the line behind PKTCAP_API.
cat include/pktcap/*.h | tr '\n' ' ' | grep -oE 'PKTCAP_API[^(]*\(' |
	sed -n 's/.*[^a-z0-9_]\(pktcap_[a-z0-9_]*\)($/\1/p' |
	sort -u >"$dir/headers"
sed -n -e 's/^\.Fo \(pktcap_[a-z0-9_]*\).*/\1/p' \
	-e 's/^\.Fn \(pktcap_[a-z0-9_]*\) .*/\1/p' docs/man/*.3 |
	sort -u >"$dir/man-synopsis"
for page in docs/man/*.3; do
	sed -n '/^\.Sh NAME/,/^\.Nd/s/^\.Nm \(pktcap_[a-z0-9_]*\).*/\1/p' \
		"$page"
done | sort >"$dir/man-names"
uniq -d "$dir/man-names" >"$dir/twice"

for place in so headers man-synopsis; do
	comm -23 "$dir/map" "$dir/$place" >"$dir/missing"
	comm -13 "$dir/map" "$dir/$place" >"$dir/surplus"
	while read -r name; do
		echo "$name: in lib/pktcap.map, not in $place"
		status=1
	done <"$dir/missing"
	while read -r name; do
		echo "$name: in $place, not in lib/pktcap.map"
		status=1
	done <"$dir/surplus"
done
uniq "$dir/man-names" | comm -23 "$dir/map" - >"$dir/missing"
while read -r name; do
	echo "$name: no man page has it as .Nm in its NAME section"
	status=1
done <"$dir/missing"
while read -r name; do
	echo "$name: in the NAME section of two man pages"
	status=1
done <"$dir/twice"
exit $status
