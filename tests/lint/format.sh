#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# clang-format has nothing to say about lines changed since origin/main, or in
# the last commit where that is origin/main. Older lines are left alone:
# releases of clang-format disagree about them.
set -eu
. tests/lint/need.sh
tool=$(command -v git-clang-format || command -v git-clang-format-14 || :)
need git clang-format "${tool:-git-clang-format}"

if ! base=$(git merge-base HEAD origin/main 2>/dev/null) ||
	[ "$base" = "$(git rev-parse HEAD)" ]; then
	base=$(git rev-parse -q --verify HEAD~1) || {
		echo "skipped: no earlier commit to compare with"
		exit 77
	}
fi
# Newer releases exit with 1 where there is a difference, older with 0.
diff=$("$tool" --diff --extensions c,h "$base" -- \
	include lib examples tests) || :
case $diff in
'' | 'no modified files to format' | *'did not modify any files'*) exit 0 ;;
esac
echo "$diff"
echo "run: git clang-format $base"
exit 1
