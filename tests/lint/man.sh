#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# mandoc understands every man page.
set -eu
. tests/lint/need.sh
need mandoc
exec mandoc -T lint -W warning docs/man/*.[137]
