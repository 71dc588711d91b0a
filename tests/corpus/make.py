#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""make.py DIRECTORY: several thousand capture files, the same every time.

Writes the files, DIRECTORY/list with their names, and DIRECTORY/truth with
the lines a reader must print for those that are known to be right.
"""

import os
import sys

import damage
import golden
import pcap
import pcapng
import tools


def write(directory, name, data):
    with open(os.path.join(directory, name), "wb") as file:
        file.write(data)


def main(directory):
    for folder in ("golden", "pcap", "pcapng", "damaged", "tools"):
        os.makedirs(os.path.join(directory, folder), exist_ok=True)
    names, truth = [], []
    for module in (golden, pcap, pcapng):
        for name, image in module.all_files():
            names.append(name)
            write(directory, name, image.data)
            if image.packets is not None:
                truth += [f"file {name}", *image.packets, "end"]
    for name, data in damage.all_files():
        names.append(name)
        write(directory, name, data)
    made = tools.all_files(os.path.join(directory, "tools"))
    names += ["tools/" + name for name in made]
    for name, lines in (("list", names), ("truth", truth)):
        write(directory, name, "".join(f"{l}\n" for l in lines).encode())


if __name__ == "__main__":
    main(sys.argv[1])
