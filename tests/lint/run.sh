#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# make lint: rules that a compiler does not check, one script each.
# LINT_STRICT=1: a missing tool is a failure.
set -eu

export SO="$1"
export CC="${CC:-cc}"
set --
for lint in tests/lint/*.sh; do
	case $lint in
	*/run.sh | */need.sh) ;;
	*) set -- "$@" "$lint" ;;
	esac
done
exec tests/run.sh "$@"
