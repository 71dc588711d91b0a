#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# mandoc understands every man page, and pktcap(7) names every header.
set -eu

sed -n 's/^#include <\(.*\)>/\1/p' include/pktcap/pktcap.h |
	while read -r header; do
		grep -Eq "^\.(It )?In $header( |\$)" docs/man/pktcap.7 || {
			echo "docs/man/pktcap.7: nothing about <$header>"
			exit 1
		}
	done

. tests/lint/need.sh
need mandoc
exec mandoc -T lint -W warning docs/man/*.[137]
