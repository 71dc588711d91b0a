# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh
# need TOOL...: ends the lint as skipped where a tool is missing, or as failed
# with LINT_STRICT=1.
need() {
	for tool in "$@"; do
		command -v "$tool" >/dev/null && continue
		echo "skipped: $tool not installed (tests/install-deps.sh)"
		[ -z "${LINT_STRICT:-}" ] || exit 1
		exit 77
	done
}
