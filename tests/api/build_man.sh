#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# pktcap-build(7) has every layer, every short name and every option of the
# text form, and its examples are packets.
set -eu
O=${O:-build}
page=docs/man/pktcap-build.7
pktsend=$O/examples/pktsend
status=0

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# Words of "name, which is another" and "name=example".
names() {
	"$pktsend" --list "$@" | sed 's/[,=].*//'
}

# Short names and options; pktsniff's output tells the others.
sed -n 's/^	{ "\([a-z0-9_]*\)", [a-z].*/\1/p' lib/build/form_*.c |
	sort -u >"$dir/options"
[ -s "$dir/options" ]
short_names() {
	"$pktsend" --list "$1" | sed -n 's/, which is .*//p'
	names "$1" | grep -Fx -f "$dir/options" || :
}

missing() {
	echo "$page: no $1"
	status=1
}

sed -n 's/^\.It Ic //p' "$page" | tr -d , | tr -s ' ' '\n' >"$dir/layers"
sed -n 's/^\.Ar //p' "$page" | tr -s ' ,;:.' '\n' >"$dir/fields"
names >"$dir/all"
[ -s "$dir/all" ]
while read -r layer; do
	grep -qFx -e "$layer" "$dir/layers" || missing "layer $layer"
	short_names "$layer" >"$dir/short"
	while read -r name; do
		grep -qFx -e "$name" "$dir/fields" ||
			missing "field $name of $layer"
	done <"$dir/short"
done <"$dir/all"
while read -r layer; do
	grep -qFx -e "$layer" "$dir/all" || {
		echo "$page: $layer is no layer"
		status=1
	}
done <"$dir/layers"

sed -n 's/^\.Dl //p; s/^\.Ql \(.* \/ .*\) \.$/\1/p' "$page" |
	sed 's/\\(dq/"/g' >"$dir/examples"
[ -s "$dir/examples" ]
while read -r text; do
	"$pktsend" --dry-run "$text" >/dev/null || status=1
done <"$dir/examples"
echo "$(wc -l <"$dir/all") names of layers," \
	"$(wc -l <"$dir/examples") examples"
exit $status
