#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# No script has anything that shellcheck warns about, except that it takes
# "a && b || c" and backquotes in single quotes for slips.
set -eu
. tests/lint/need.sh
need shellcheck
find tests examples docs -name '*.sh' -exec shellcheck -x -e SC2015,SC2016 .ci/run {} +
