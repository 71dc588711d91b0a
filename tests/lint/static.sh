#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# cppcheck: what it calls errors, warnings and portability. Style is
# clang-format's and the reviewer's.
set -eu
. tests/lint/need.sh
need cppcheck
exec cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr -j 2 \
	--enable=warning,portability --suppress=missingInclude \
	-D__linux__ -D_GNU_SOURCE -Iinclude -Ilib lib examples
