# SPDX-License-Identifier: BSD-2-Clause
"""pcapng files: every block and option, sections, interfaces, resolutions."""

import struct

from image import FRAMES, NS, START_NS, Image
from pcap import ORDERS

SHB, IDB, PB, SPB, NRB, ISB, EPB = 0x0A0D0D0A, 1, 2, 3, 4, 5, 6
DSB, CUSTOM, CUSTOM_KEEP = 10, 0xBAD, 0x40000BAD
SNAPLEN_MAX = 262144
PEN = 32473  # for examples
LONG_BLOCK = 17 << 20  # libpcap refuses it, we do not hold it in memory


def ticks_per_second(tsresol):
    return 2 ** (tsresol & 127) if tsresol & 128 else 10**tsresol


class Pcapng(Image):
    """Blocks one after another; interfaces as of the last section."""

    def __init__(self, order="<"):
        super().__init__(order)
        self.blocks = 0
        self.first_snaplen = None  # SPBs go by it
        self.interfaces = []

    def options(self, options, end=True):
        """@options: (code, bytes) each."""
        out = b""
        for code, value in options:
            out += struct.pack(self.order + "HH", code, len(value))
            out += value + bytes(-len(value) % 4)
        if options and end:
            out += bytes(4)
        return out

    def pack(self, form, *values):
        return struct.pack(self.order + form, *values)

    def block(self, kind, fixed, data=b"", options=b"", total=None):
        """@fixed: (name of a length or None, struct format, value) each."""
        body = sum(struct.calcsize("<" + form) for _, form, _ in fixed)
        name = f"block{self.blocks}"
        full = 12 + body + len(data) + -len(data) % 4 + len(options)
        self.blocks += 1
        self.begin_header()
        self.put("I", kind)
        self.put("I", full if total is None else total, length=f"{name}.total")
        for field, form, value in fixed:
            self.put(form, value, length=field and f"{name}.{field}")
        self.end_header()
        self.raw(data, 4)
        self.mark_options(name, options)
        self.raw(options)
        self.begin_header()
        self.put("I", full if total is None else total, length=f"{name}.trail")
        self.end_header()
        return self

    def mark_options(self, name, options):
        """Tells where the headers of options will be."""
        at = 0
        while at + 4 <= len(options):
            code, n = struct.unpack_from(self.order + "HH", options, at)
            place = len(self.data) + at
            self.headers.append((place, place + 4))
            self.lengths.append((f"{name}.option{code}", place + 2,
                                 self.order + "H"))
            at += 4 + n + -n % 4

    def shb(self, options=(), version=(1, 0), section=-1):
        self.interfaces = []
        return self.block(SHB, [(None, "I", 0x1A2B3C4D),
                                (None, "H", version[0]),
                                (None, "H", version[1]),
                                (None, "q", section)],
                          options=self.options(options))

    def idb(self, linktype=1, snaplen=65535, tsresol=None, tsoffset=None,
            options=(), reserved=0):
        options = list(options)
        if tsresol is not None:
            options.append((9, bytes([tsresol])))
        if tsoffset is not None:
            options.append((14, self.pack("q", tsoffset)))
        if self.first_snaplen is None:
            self.first_snaplen = snaplen or SNAPLEN_MAX
        self.interfaces.append((linktype, 6 if tsresol is None else tsresol,
                                tsoffset or 0))
        return self.block(IDB, [(None, "H", linktype), (None, "H", reserved),
                                ("snaplen", "I", snaplen)],
                          options=self.options(options))

    def stamp(self, interface, ticks):
        """Ticks, by default of a time in 2023, and nanoseconds."""
        _, tsresol, tsoffset = self.interfaces[interface]
        unit = ticks_per_second(tsresol)
        if ticks is None:
            ns = START_NS + len(self.packets) * 1001001001 - tsoffset * NS
            ticks = ns * unit // NS
            if not 0 <= ticks < 2**64:
                ticks = 2**63 + 1
        return ticks, ticks * NS // unit + tsoffset * NS

    def epb(self, data=FRAMES[0], wirelen=None, interface=0, ticks=None,
            options=(), end=True):
        ticks, ts_ns = self.stamp(interface, ticks)
        wirelen = len(data) if wirelen is None else wirelen
        self.expect(ts_ns, data, wirelen, self.interfaces[interface][0])
        return self.block(EPB, [("interface", "I", interface),
                                (None, "I", ticks >> 32),
                                (None, "I", ticks & 0xFFFFFFFF),
                                ("caplen", "I", len(data)),
                                ("wirelen", "I", wirelen)],
                          data, self.options(options, end))

    def pb(self, data=FRAMES[0], wirelen=None, interface=0, drops=0,
           options=()):
        ticks, ts_ns = self.stamp(interface, None)
        wirelen = len(data) if wirelen is None else wirelen
        self.expect(ts_ns, data, wirelen, self.interfaces[interface][0])
        return self.block(PB, [("interface", "H", interface),
                               (None, "H", drops),
                               (None, "I", ticks >> 32),
                               (None, "I", ticks & 0xFFFFFFFF),
                               ("caplen", "I", len(data)),
                               ("wirelen", "I", wirelen)],
                          data, self.options(options))

    def spb(self, data=FRAMES[0], wirelen=None):
        """@data must be as long as the snap length lets it be."""
        linktype, _, tsoffset = self.interfaces[0]
        wirelen = len(data) if wirelen is None else wirelen
        self.expect(tsoffset * NS, data, wirelen, linktype)
        return self.block(SPB, [("wirelen", "I", wirelen)], data)

    def nrb(self, options=()):
        records = b""
        for kind, value in ((1, b"\xc0\0\2\1" + b"one.example\0"),
                            (2, bytes(15) + b"\1" + b"six.example\0six\0"),
                            (0, b"")):
            records += self.pack("HH", kind, len(value))
            records += value + bytes(-len(value) % 4)
        return self.block(NRB, [], records, self.options(options))

    def isb(self, interface=0, options=()):
        return self.block(ISB, [("interface", "I", interface),
                                (None, "I", 0x60000), (None, "I", 99)],
                          options=self.options(options))

    def dsb(self, kind=0x544C534B, secret=b"CLIENT_RANDOM 00 11\n", options=()):
        return self.block(DSB, [(None, "I", kind),
                                ("secret", "I", len(secret))],
                          secret, self.options(options))

    def custom(self, kind=CUSTOM, data=b"anything"):
        return self.block(kind, [(None, "I", PEN)], data)


def comments(image, block=()):
    """Options that any block may have, and those of @block."""
    own = [(1, b"a comment"), (1, b"another comment, \xc3\xa4"),
           (2988, image.pack("I", PEN) + b"text"),
           (2989, image.pack("I", PEN) + b"\0\1\2"),
           (19372, image.pack("I", PEN) + b"text"),
           (19373, image.pack("I", PEN) + b"\0\1\2"), (0x7ABC, b"unknown")]
    return own + list(block)


def add_every_block(image):
    q = image.pack
    image.shb(comments(image, [(2, b"machine"), (3, b"Linux"),
                               (4, b"by hand")]))
    image.idb(1, 65535, 9, 0, comments(image, [
        (2, b"eth0"), (3, b"the first"), (4, bytes(8)), (5, bytes(17)),
        (6, b"\2\0\0\0\0\1"), (7, bytes(8)), (8, q("Q", 10**9)),
        (10, q("I", 0)), (11, b"\0udp"), (12, b"Linux"), (13, b"\4"),
        (15, b"adapter"), (16, q("Q", 10)), (17, q("Q", 20))]))
    image.nrb(comments(image, [(2, b"dns"), (3, bytes(4)), (4, bytes(16))]))
    image.dsb(options=comments(image))
    image.dsb(0x57474B4C, b"x")
    image.epb(options=comments(image, [
        (2, q("I", 0x1A2)), (3, b"\1abc"), (3, b"\2" + bytes(8)),
        (4, q("Q", 5)), (5, q("Q", 7)), (6, q("I", 3)), (7, b"\0verdict")]))
    image.custom().custom(CUSTOM_KEEP, b"").epb(FRAMES[5], 2000)
    image.pb(FRAMES[1], drops=3, options=[(2, q("I", 1)), (3, b"\0\1")])
    image.spb(FRAMES[5]).block(0x0C0FFEE0, [], b"unknown").block(8, [])
    image.isb(options=comments(image, [(n, q("Q", n)) for n in range(2, 9)]))
    return image.epb(b"").isb()


def blocks():
    for o, order in ORDERS.items():
        yield f"every-block-{o}", add_every_block(Pcapng(order))
        yield f"every-block-twice-{o}", add_every_block(
            add_every_block(Pcapng(order)))
        plain = Pcapng(order).shb().idb()
        for i, frame in enumerate(FRAMES):
            plain.epb(frame, len(frame) + 100 * (i % 2))
        yield f"plain-{o}", plain
        yield f"no-packets-{o}", Pcapng(order).shb().idb()
        yield f"no-interface-{o}", Pcapng(order).shb()
        yield f"no-options-end-{o}", Pcapng(order).shb().idb().epb(
            options=[(1, b"abc")], end=False).epb()
        for version in ((1, 0), (1, 1), (1, 2), (1, 3), (2, 0), (0, 9)):
            image = Pcapng(order).shb(version=version).idb().epb()
            image.packets = image.packets if version == (1, 0) else None
            yield f"version-{version[0]}.{version[1]}-{o}", image
        for section in (0, 1, 28, 2**63 - 1, -2):
            yield f"section-length-{section}-{o}", Pcapng(order).shb(
                section=section).idb().epb()
        yield f"late-interface-{o}", Pcapng(order).shb().idb().epb().idb(
            reserved=9).epb(interface=1).epb()
        yield f"long-block-{o}", Pcapng(order).shb().idb().custom(
            data=bytes(1 << 20)).epb()
        yield f"longer-block-{o}", Pcapng(order).shb().idb().epb().custom(
            data=bytes(LONG_BLOCK)).epb()
        yield f"long-packet-{o}", Pcapng(order).shb().idb(
            snaplen=0).epb(bytes(SNAPLEN_MAX))


def two_sections(first, second, **other):
    """@other: how the interface of the second one differs."""
    image = Pcapng(first).shb().idb().epb().isb()
    image.order = second
    return image.shb().idb(**other).epb(FRAMES[1]).spb().pb(FRAMES[3])


def sections():
    for o, order in ORDERS.items():
        other = ORDERS["be" if o == "le" else "le"]
        yield f"two-sections-{o}", two_sections(order, order)
        yield f"two-orders-{o}", two_sections(order, other)
        yield f"two-sections-linktype-{o}", two_sections(order, order,
                                                         linktype=101)
        yield f"two-sections-tsresol-{o}", two_sections(order, order,
                                                        tsresol=9)
        yield f"two-sections-snaplen-{o}", two_sections(order, order,
                                                        snaplen=262144)
        image = Pcapng(order).shb().shb().shb().idb().epb().shb()
        yield f"empty-sections-{o}", image
        image = Pcapng(order).shb().idb().epb().shb(version=(1, 7)).idb().epb()
        image.packets = None
        yield f"later-version-{o}", image
        image = Pcapng(order).shb().idb().epb()
        image.shb().interfaces = [(1, 6, 0)]  # it is not there
        image.epb().packets = None
        yield f"forgotten-interface-{o}", image


def several_linktypes(order):
    mixed = Pcapng(order).shb()
    for i, linktype in enumerate((1, 101, 113, 105, 276, 1)):
        mixed.idb(linktype, tsresol=9)
        mixed.epb(interface=i).epb(FRAMES[1], interface=0)
    return mixed


def interfaces():
    for o, order in ORDERS.items():
        for n in (2, 3, 40, 300):
            image = Pcapng(order).shb()
            for i in range(n):
                image.idb(tsresol=6 + 3 * (i % 2), tsoffset=i)
            for i in range(n):
                image.epb(FRAMES[i % 4], interface=n - 1 - i)
            yield f"interfaces-{n}-{o}", image
        yield f"linktypes-{o}", several_linktypes(order)
        mixed = Pcapng(order).shb()
        for i, snaplen in enumerate((96, 0, 262144, 2**31, 2**32 - 1)):
            mixed.idb(snaplen=snaplen).epb(interface=i)
        yield f"snaplens-{o}", mixed
        yield f"longer-than-snaplen-{o}", Pcapng(order).shb().idb(
            snaplen=40).epb(FRAMES[0][:40], 60).epb(FRAMES[0])
        for snaplen in (1, 40, 60, 100):
            image = Pcapng(order).shb().idb(snaplen=snaplen)
            image.spb(FRAMES[0][:snaplen], len(FRAMES[0]))
            yield f"simple-snaplen-{snaplen}-{o}", image.spb(b"")
        image = Pcapng(order).shb().idb(snaplen=0, tsoffset=77)
        yield f"simple-{o}", image.spb().spb(FRAMES[3]).spb(b"").epb()
        for fcslen in (0, 2, 4, 255):
            yield f"fcslen-{fcslen}-{o}", Pcapng(order).shb().idb(
                options=[(13, bytes([fcslen]))]).epb()
        for missing in (1, 65535, 2**31, 2**32 - 1):
            image = Pcapng(order).shb().idb().epb()
            at = len(image.data) + 8
            image.epb()
            struct.pack_into(order + "I", image.data, at, missing)
            image.packets = None
            yield f"interface-{missing}-missing-{o}", image


def linktypes():
    for linktype in (0, 9, 50, 100, 101, 113, 117, 127, 147, 189, 195, 220,
                     228, 230, 239, 246, 258, 266, 276, 299, 1000, 65535):
        for o, order in ORDERS.items():
            yield f"linktype-{linktype}-{o}", Pcapng(order).shb().idb(
                linktype).epb().epb(FRAMES[1])


def several_resolutions(order):
    image = Pcapng(order).shb()
    for i, tsresol in enumerate((0, 3, 6, 9, 12, 19, 128, 138, 160, 191)):
        image.idb(tsresol=tsresol, tsoffset=i * 1000)
        image.epb(FRAMES[1], interface=i)
    return image


def resolutions():
    resols = [*range(0, 20), 128, 129, 138, 148, 157, 158, 160, 161, 162, 163,
              168, 180, 191]
    for o, order in ORDERS.items():
        yield f"tsresols-{o}", several_resolutions(order)
        for tsresol in resols:
            image = Pcapng(order).shb().idb(tsresol=tsresol)
            unit = ticks_per_second(tsresol)
            image.epb().epb(ticks=0).epb(ticks=1).epb(ticks=unit - 1)
            image.epb(ticks=unit).epb(ticks=min(unit * 3 // 2, 2**64 - 1))
            yield f"tsresol-{tsresol}-{o}", image
            image = Pcapng(order).shb().idb(tsresol=tsresol)
            for ticks in (2**32 - 1, 2**32, 2**63 - 1, 2**63, 2**64 - 1):
                image.epb(ticks=ticks)
            yield f"tsresol-{tsresol}-far-{o}", image
        for tsresol in (20, 21, 39, 127, 192, 193, 255):
            image = Pcapng(order).shb().idb(tsresol=tsresol).epb(ticks=5)
            image.packets = None
            yield f"tsresol-{tsresol}-{o}", image


def offsets():
    for o, order in ORDERS.items():
        for tsresol in (6, 9, 0, 0x80 | 10):
            for tsoffset in (-1, 1, 3600, 1600000000, -1600000000, 2**31,
                             -(2**33), 2**40, 2**63 - 1, -(2**63)):
                image = Pcapng(order).shb().idb(tsresol=tsresol,
                                                tsoffset=tsoffset)
                image.epb(ticks=0).epb(ticks=1500000).epb(ticks=2**52 + 1)
                yield f"tsoffset-{tsoffset}-{tsresol}-{o}", image


def odd_options():
    """Interface options that nobody should write."""
    for o, order in ORDERS.items():
        for name, options in {
                "tsresol-empty": [(9, b"")],
                "tsresol-long": [(9, b"\x09\x09")],
                "tsresol-twice": [(9, b"\x09"), (9, b"\x06")],
                "tsoffset-short": [(14, b"\1\2\3\4")],
                "tsoffset-twice": [(14, bytes(8)), (14, bytes(8))],
                "fcslen-empty": [(13, b"")], "filter-empty": [(11, b"")],
                "name-empty": [(2, b"")], "mac-short": [(6, b"\1\2")],
                "speed-short": [(8, b"\1")], "name-long": [(2, b"n" * 65535)],
                "name-zeros": [(2, b"a\0b\0")], "name-control":
                [(2, b"\x1b[31m\n")], "after-end": [(0, b""), (9, b"\x09")],
        }.items():
            image = Pcapng(order).shb().idb(options=options).epb(ticks=10**12)
            if name.startswith(("tsresol", "tsoffset")):
                image.packets = None
            yield f"option-{name}-{o}", image


def small(order="<"):
    """The one that is damaged in every way."""
    image = Pcapng(order).shb([(4, b"hand")])
    image.idb(1, 40, 9, 5, [(2, b"eth0")])
    image.epb(FRAMES[0][:21], 60, options=[(1, b"note"), (2, bytes(4))])
    image.nrb().isb(options=[(4, image.pack("Q", 3))])
    image.dsb(secret=b"key").custom()
    image.spb(FRAMES[0][:33]).pb(FRAMES[1][:9], options=[(2, bytes(4))])
    return image.epb(FRAMES[1][:14])


def all_files():
    for family in (blocks, sections, interfaces, linktypes, resolutions,
                   offsets, odd_options):
        for name, image in family():
            yield f"pcapng/{name}.pcapng", image
