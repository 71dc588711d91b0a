#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# No script has anything that shellcheck warns about.
set -eu
. tests/lint/need.sh
need shellcheck
find tests examples docs -name '*.sh' -exec shellcheck -x .ci/run {} +
