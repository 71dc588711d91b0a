#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# docs/man/links.sh DIR: a page in DIR for each further name that a page of
# section 3 there has in its NAME section, so that man(1) finds it.
set -eu

for page in "$1"/pktcap_*.3; do
	[ "$(head -c 3 "$page")" != '.so' ] || continue
	sed -n '/^\.Sh NAME/,/^\.Nd/s/^\.Nm \(pktcap_[a-z0-9_]*\).*/\1/p' \
		"$page" |
		while read -r name; do
			[ "$1/$name.3" = "$page" ] ||
				echo ".so man3/$(basename "$page")" >"$1/$name.3"
		done
done
