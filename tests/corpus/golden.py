# SPDX-License-Identifier: BSD-2-Clause
"""The files of tests/data: a few of each kind, for tests of anything."""

import pcap
import pcapng
from pcap import FRAMES, MODIFIED, NANO, Pcap


def cut(image, n):
    """Without its last @n bytes, and without the last packet."""
    del image.data[-n:]
    image.packets = None
    return image


def all_files():
    files = {
        "micro.pcap": Pcap().fill(FRAMES[:3]),
        "nano-big.pcap": Pcap(">", NANO).fill(FRAMES[:3]),
        "modified.pcap": Pcap("<", MODIFIED).fill(FRAMES[:3]),
        "version-2.2.pcap": Pcap("<", version=(2, 2)).fill(FRAMES[:2]),
        "empty.pcap": Pcap(),
        "cut.pcap": cut(Pcap().fill(FRAMES[:2]), 7),
        "every-block.pcapng": pcapng.add_every_block(pcapng.Pcapng("<")),
        "every-block-big.pcapng": pcapng.add_every_block(pcapng.Pcapng(">")),
        "two-orders.pcapng": pcapng.small("<"),
        "linktypes.pcapng": pcapng.several_linktypes("<"),
        "tsresols.pcapng": pcapng.several_resolutions(">"),
        "cut.pcapng": cut(pcapng.small("<"), 7),
    }
    two = files["two-orders.pcapng"]
    two.order = ">"
    two.shb().idb(101, tsresol=9).epb(FRAMES[0][14:])
    for name, image in files.items():
        yield f"golden/{name}", image
