#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Several thousand capture files, most of them strange or damaged: what we read
# is what the generator put there, and packet for packet what libpcap and
# tcpdump -r read, wherever the file is. tests/corpus/compare.py says how far
# that goes. Nothing is allocated for a length that a file only states.
# CAPTURES=DIRECTORY: all files in there as well.
set -eu
O=${O:-build}
PATH=$PATH:/usr/sbin:/sbin
corpus=$PWD/tests/corpus
programs=$(cd "$O/tests/corpus" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
missing=

command -v python3 >/dev/null || {
	echo "skipped: python3 not installed (tests/install-deps.sh)"
	exit 77
}

# An error's text has the name of the file, which differs.
without_text() {
	sed 's/^\(error [-0-9]* [0-9]*\) .*/\1/' "$1"
}

compare() {
	python3 -B "$corpus/compare.py" ours "$1" truth .
}

python3 -B "$corpus/make.py" "$dir"
cd "$dir"
for golden in golden/*; do
	cmp "$golden" "$corpus/../data/${golden#golden/}"
done
[ -z "${CAPTURES:-}" ] || find "$CAPTURES" -type f | sort >>list

# read_as WAY WANTED: the same packets, and errors at the same place.
read_as() {
	"$programs/lines_pktcap" "$1" <list >lines
	without_text lines >got
	without_text "$2" | diff - got >difference || {
		head -n 20 difference
		echo "$1: not as $2"
		exit 1
	}
}

"$programs/lines_pktcap" path <list >ours
read_as memory ours
read_as pipe ours
read_as source ours

"$programs/lines_pktcap" recover <list >recovered
python3 -B "$corpus/recovered.py" ours recovered
read_as recover-again recovered

if "$programs/lines_pcap" <list >theirs; then
	compare theirs
else
	missing=libpcap
	compare /dev/null
fi
if command -v tcpdump >/dev/null; then
	python3 -B "$corpus/tcpdump.py" . >theirs
	compare theirs
else
	missing="$missing tcpdump"
fi
[ -z "$missing" ] || {
	echo "skipped: $missing not installed (tests/install-deps.sh)"
	exit 77
}
