#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""decode_tshark.py PKTSNIFF CAPTURE...: every field of tests/corpus/tshark has
the same values, in the same order, in what pktsniff and tshark say of each
packet.

A difference is an error unless tests/corpus/tshark/differences.py has a row
with its reason, and so is a row without a difference. What one tells and the
other does not is none
 - behind a header that is cut or wrong, what is in front being the same
 - in packets that tshark calls malformed
 - behind the last layer, of more than are asked for
 - behind what we do not decode, if tshark finds further headers there"""
import collections
import concurrent.futures
import fnmatch
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(__file__) + "/../corpus")

from tshark.differences import DIFFERENCES, RULES  # noqa: E402
from tshark.field import UNKNOWN  # noqa: E402
from tshark.tables import FIELDS, OPTIONS  # noqa: E402

JOBS = 2
# Protocols where tshark remembers a connection, and all captures have one.
STATEFUL = ("ssh", "tls")


def ours(sniff, path):
    """For each packet the list of its layers."""
    run = subprocess.run([sniff, "-n", "-r", path, "--format", "json"],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                         check=False)
    if run.returncode:
        print(f"{path}: pktsniff: {run.stderr.decode()}")
    return [json.loads(line)["layers"] for line in run.stdout.splitlines()]


def theirs(path):
    """For each packet {field: [value, ...]}."""
    fields = {name for field in FIELDS for name in field.names}
    command = ["tshark", "-n", "-r", path, "-T", "json"]
    for option in OPTIONS:
        command += ["-o", option]
    for name in sorted(fields | {"frame.protocols", "_ws.malformed"}):
        command += ["-e", name]
    run = subprocess.run(command, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, check=False)
    if not run.stdout:
        sys.exit(f"tshark: {run.stderr.decode()}")
    # What tshark wrote before it gave up on a damaged file counts.
    return [packet["_source"].get("layers", {})
            for packet in json.loads(run.stdout.decode("utf-8", "replace"))]


def theirs_of(paths):
    """The same of several captures, as one: tshark takes long to start."""
    if len(paths) == 1:
        return theirs(paths[0])
    with tempfile.NamedTemporaryFile(suffix=".pcapng") as merged:
        subprocess.run(["mergecap", "-a", "-w", merged.name, *paths],
                       check=True)
        return theirs(merged.name)


def damaged_at(layers):
    """Which layer is the first that is not whole."""
    for i, layer in enumerate(layers):
        if layer.get("layer_status") in ("truncated", "malformed"):
            return i
    return len(layers)


def known(got, want):
    """The pairs of equal values that both know, None if there is another."""
    if len(got) != len(want):
        got, want = ([v for v in values if v != UNKNOWN]
                     for values in (got, want))
    if len(got) != len(want):
        return None
    pairs = [pair for pair in zip(got, want) if UNKNOWN not in pair]
    return pairs if all(a == b for a, b in pairs) else None


class Comparison:
    def __init__(self):
        self.counts = collections.Counter()
        self.used = set()

    def is_explained(self, path, number, key):
        for row in DIFFERENCES:
            where, packets, keys, _ = row
            if (path.endswith("/" + where)
                    and (packets is None or number in packets)
                    and any(fnmatch.fnmatchcase(key, pattern)
                            for pattern in keys.split())):
                self.used.add(row)
                return True
        return False

    @staticmethod
    def rule(field, layers, values, got, want):
        """Which of the rules lets the lists differ, None if none does."""
        longer = field.has(want, got)
        prefix = longer or field.has(got, want)
        at = damaged_at(layers)
        if (at < len(layers) and prefix
                and field.has(want, field.ours(layers[:at]))):
            return "damaged"
        if prefix and "_ws.malformed" in values:
            return "malformed"
        last = layers[-1] if layers else {}
        if longer and "more" in last.get("layer_flags", []):
            return "more"
        if (longer and last.get("proto") == "data"
                and field.is_more(layers, values)):
            return "beyond"
        if any(rule(field, layers, got, want) for rule in RULES):
            return "explained"
        return None

    def packet(self, path, number, layers, values):
        for field in FIELDS:
            if not field.is_asked(layers, values):
                continue
            got, want = field.ours(layers), field.theirs(values)
            pairs = known(got, want)
            if pairs is not None:
                self.counts["equal"] += len(pairs)
                continue
            kind = self.rule(field, layers, values, got, want)
            if not kind and self.is_explained(path, number, field.key):
                kind = "explained"
            if not kind:
                kind = "wrong"
                print(f"{path}:{number} {field.key}: {got}, "
                      f"tshark {'|'.join(field.names)}: {want}")
            self.counts[kind] += 1

    def captures(self, sniff, paths):
        mine = [ours(sniff, path) for path in paths]
        peer = theirs_of(paths)
        if sum(map(len, mine)) != len(peer):
            print(f"{paths}: {[len(m) for m in mine]} packets, "
                  f"tshark has {len(peer)}")
            self.counts["wrong"] += 1
        peer = iter(peer)
        for path, packets in zip(paths, mine):
            for number, layers in enumerate(packets, 1):
                self.packet(path, number, layers, next(peer, {}))


    def unused(self, paths):
        for row in DIFFERENCES:
            if row not in self.used and any(path.endswith("/" + row[0])
                                            for path in paths):
                print(f"differences.py: no need for {row}")
                self.counts["wrong"] += 1


def folders(paths):
    """Captures of one protocol together, others each by itself."""
    groups = collections.defaultdict(list)
    for path in paths:
        folder = os.path.dirname(path)
        together = os.path.basename(os.path.dirname(folder)) == "data"
        if os.path.basename(folder) in STATEFUL:
            together = False
        groups[folder if together else path].append(path)
    return groups.values()


def main():
    sniff, *paths = sys.argv[1:]
    comparison = Comparison()
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        list(pool.map(lambda group: comparison.captures(sniff, group),
                      folders(paths)))
    comparison.unused(paths)
    print(f"{len(FIELDS)} fields: " + ", ".join(
        f"{n} {kind}" for kind, n in sorted(comparison.counts.items())))
    return 1 if comparison.counts["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
