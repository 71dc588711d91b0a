# SPDX-License-Identifier: BSD-2-Clause
"""pcap files of every kind that readers should know."""

from image import FRAMES, NS, START_NS, Image

MICRO, NANO, MODIFIED = 0xA1B2C3D4, 0xA1B23C4D, 0xA1B2CD34
MAGICS = {"us": MICRO, "ns": NANO, "mod": MODIFIED}
ORDERS = {"le": "<", "be": ">"}
DGUX = (543, 0)  # its tcpdump had a version number of its own
SNAPLEN_MAX = 262144


class Pcap(Image):
    def __init__(self, order="<", magic=MICRO, version=(2, 4), snaplen=65535,
                 network=1, zone=0, sigfigs=0):
        super().__init__(order)
        self.magic, self.network = magic, network
        self.exchanged = version < (2, 3) or version == DGUX
        self.begin_header()
        self.put("IHHiI", magic, *version, zone, sigfigs)
        self.put("I", snaplen, length="snaplen")
        self.put("I", network)
        self.end_header()

    def record(self, data, wirelen=None, seconds=None, fraction=None,
               caplen=None, exchange=None, promised=True):
        """@promised: a reader must give this packet."""
        n = len(self.packets)
        unit = 1 if self.magic == NANO else 1000
        ts_ns = START_NS + n * 1001001001
        seconds = ts_ns // NS if seconds is None else seconds
        fraction = ts_ns % NS // unit if fraction is None else fraction
        caplen = len(data) if caplen is None else caplen
        wirelen = len(data) if wirelen is None else wirelen
        lengths = [("caplen", caplen), ("wirelen", wirelen)]
        if self.exchanged if exchange is None else exchange:
            lengths.reverse()
        self.begin_header()
        self.put("II", seconds, fraction)
        for name, value in lengths:
            self.put("I", value, length=f"record{n}.{name}")
        if self.magic == MODIFIED:
            self.put("IHBB", 3, 0x0800, 0, 0)
        self.end_header()
        self.raw(data)
        if promised:
            self.expect(seconds * NS + fraction * unit, data, wirelen,
                        self.network & 0xFFFF)
        return self

    def fill(self, frames=tuple(FRAMES)):
        for i, frame in enumerate(frames):
            self.record(frame, len(frame) + 100 * (i % 2))
        return self


def kinds():
    for o, order in ORDERS.items():
        for m, magic in MAGICS.items():
            yield f"{m}-{o}", Pcap(order, magic).fill()
            yield f"{m}-{o}-empty", Pcap(order, magic)
            yield f"{m}-{o}-wlan", Pcap(order, magic, network=105).fill()
        yield f"zone-{o}", Pcap(order, zone=-3600, sigfigs=6).fill()


def versions():
    for o, order in ORDERS.items():
        for version in [(2, 0), (2, 1), (2, 2), (2, 3), DGUX]:
            name = f"version-{version[0]}.{version[1]}-{o}"
            yield name, Pcap(order, version=version).fill()
        mixed = Pcap(order, version=(2, 3))
        for i, frame in enumerate(FRAMES):
            mixed.record(frame, len(frame) + 50, exchange=i % 2 == 1)
        yield f"version-2.3-mixed-{o}", mixed
        for version in [(1, 0), (2, 5), (3, 0), (0, 0), (543, 1), (65535, 4)]:
            name = f"version-{version[0]}.{version[1]}-refused-{o}"
            image = Pcap(order, version=version).fill()
            image.packets = None
            yield name, image


def linktypes():
    for network in [*range(301), 1000, 0x7FFF, 0xFFFF]:
        image = Pcap(network=network)
        yield f"linktype-{network}", image.fill(FRAMES[:2])
    for fcs in (0, 1, 2, 4, 15):
        for o, order in ORDERS.items():
            image = Pcap(order, network=fcs << 28 | 1 << 26 | 1)
            yield f"fcs-{fcs}-{o}", image.fill()
    # Headers in front of these are in the byte order of the machine.
    for network in (117, 149, 189, 220, 227, 239, 253, 271, 276):
        image = Pcap(">", network=network)
        yield f"linktype-{network}-be", image.fill(FRAMES[:2])


def lengths():
    for o, order in ORDERS.items():
        for snaplen in (0, 1, 60, 65535, SNAPLEN_MAX, SNAPLEN_MAX + 1,
                        2**31 - 1, 2**31, 2**32 - 1):
            yield f"snaplen-{snaplen}-{o}", Pcap(order, snaplen=snaplen).fill()
        image = Pcap(order)
        for wirelen in (0, 1, 59, 2**31 - 1, 2**31, 2**32 - 1):
            image.record(FRAMES[0], wirelen)
        yield f"wirelen-{o}", image
        longest = Pcap(order, snaplen=SNAPLEN_MAX)
        yield f"longest-{o}", longest.record(bytes(SNAPLEN_MAX))
        longer = Pcap(order, snaplen=SNAPLEN_MAX).fill()
        longer.record(bytes(SNAPLEN_MAX + 1), promised=False)
        longer.packets = None
        yield f"longer-{o}", longer


def times():
    for o, order in ORDERS.items():
        for m, magic in MAGICS.items():
            image = Pcap(order, magic)
            for seconds in (0, 1, 2**31 - 1, 2**31, 2**32 - 1):
                image.record(FRAMES[1], seconds=seconds, fraction=999)
            yield f"seconds-{m}-{o}", image
            image = Pcap(order, magic)
            for fraction in (0, 999999, 1000000, 999999999, 2**31 - 1,
                             2**31, 2**32 - 1):
                image.record(FRAMES[1], seconds=1, fraction=fraction)
            yield f"fraction-{m}-{o}", image


def small(order="<", magic=MICRO):
    """The one that is damaged in every way."""
    image = Pcap(order, magic)
    image.record(FRAMES[0][:33], 60)
    image.record(b"")
    return image.record(FRAMES[1][:18])


def all_files():
    for family in (kinds, versions, linktypes, lengths, times):
        for name, image in family():
            yield f"pcap/{name}.pcap", image
