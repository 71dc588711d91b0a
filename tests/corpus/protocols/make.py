#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""make.py DIRECTORY: DIRECTORY/<protocol>/<case>.pcap for all protocols, and
DIRECTORY/CASES.md that says what each is. The same bytes every time."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))

import importlib  # noqa: E402

from pcap import Pcap  # noqa: E402

GROUPS = "link control wireless network icmp tunnel transport names config " \
    "session services routing"

HEAD = """# Cases by protocol

Written by `tests/corpus/protocols/make.py`, as the captures are. No byte comes
from another project or from a network.

- normal: as standards say, and as tools agree
- unusual: allowed, or seen in the world; a decoder must cope
- malformed: wrong on purpose; a decoder must say so and stop in time

"""


def protocols():
    """(protocol, its cases): the name of a function is the protocol's."""
    for group in GROUPS.split():
        for function in importlib.import_module(group).PROTOCOLS:
            yield function.__name__, list(function())


def write_case(directory, case):
    image = Pcap(network=case.link)
    for packet in case.packets:
        data, wirelen = packet if isinstance(packet, tuple) else (packet, None)
        image.record(data, wirelen)
    with open(os.path.join(directory, case.name + ".pcap"), "wb") as file:
        file.write(image.data)


def main(directory):
    table = []
    for protocol, cases in sorted(protocols()):
        folder = os.path.join(directory, protocol)
        os.makedirs(folder, exist_ok=True)
        table += [f"\n## {protocol}\n", "| case | kind | what |",
                  "| --- | --- | --- |"]
        names = set()
        for case in cases:
            if case.name in names:
                raise ValueError(f"{protocol}/{case.name} is there twice")
            names.add(case.name)
            write_case(folder, case)
            table.append(f"| {case.name} | {case.kind} | {case.text} |")
    with open(os.path.join(directory, "CASES.md"), "w") as file:
        file.write(HEAD.rstrip("\n") + "\n" + "\n".join(table) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
