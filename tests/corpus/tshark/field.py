# SPDX-License-Identifier: BSD-2-Clause
"""A field of ours and what tshark calls it: rows of the tables next to this
file."""
import collections
import datetime
import re


def number(value):
    if value in ("True", "False"):
        return int(value == "True")
    if isinstance(value, str) and value.startswith("0x"):
        return int(value, 16)
    return int(value)


def nonzero(value):
    """For what tshark leaves out where it is 0."""
    return number(value) or None


def bit(n):
    """One of a number that tshark tells as a whole."""
    return lambda value: number(value) >> n & 1


def text(value):
    """Without what is behind a zero byte: to tshark that ends a text."""
    return str(value).lower().split("\0")[0]


def octets(value):
    """Bytes, which tshark writes with colons."""
    return re.sub("[^0-9a-f]", "", str(value).lower())


def name(value):
    """A DNS name: tshark calls the root <Root>, and no other ends in a dot."""
    return re.sub(r"^<root>$", "", str(value).lower()).rstrip(".")


def time(value):
    """A time to the microsecond, of tshark's "Nov 14, 2023 22:13:20.1 UTC"."""
    if value == "NULL":
        return None
    found = re.match(r"([A-Z].* \d+:\d+:\d+)(\.\d+)? UTC$", value)
    if found:
        when = datetime.datetime.strptime(found[1], "%b %d, %Y %H:%M:%S")
        value = when.isoformat() + (found[2] or "")
    found = re.match(r"([^.Z]*)(\.\d+)?Z?$", value)
    return found[1] + ((found[2] or ".") + "000000")[:7]


def below(value, path):
    """All values at a path of (key, {key: values it must have})."""
    if isinstance(value, list):
        return [v for element in value for v in below(element, path)]
    if not path:
        return [value]
    if not isinstance(value, dict):
        return []
    (key, wanted), *rest = path
    found = value.get(key, [])
    if wanted:
        found = [element for element in found
                 if all(str(element.get(k)) in v for k, v in wanted.items())]
    return below(found, rest)


def steps(path):
    """a.b[kind=2|3,more=0].c"""
    for step in re.findall(r"[^.\[]+(?:\[[^\]]*\])?", path):
        key, *wanted = re.split(r"[\[\],]", step.rstrip("]"))
        pairs = [pair.split("=") for pair in wanted]
        yield key, {k: v.split("|") for k, v in pairs}


class Field:
    """@key: PROTOCOL.FIELD of ours, or of several protocols with | and several
    fields with + between them; @names: what tshark calls it, one or more. What
    @form says of both is compared, and left out where that is None; @scale:
    what one of ours counts in tshark's unit; @mine, @peer: forms of one side.
    @unless: a protocol of ours in whose packets this is not compared.
    Values of several names are compared without their order."""

    def __init__(self, key, names, form=number, scale=1, mine=None, peer=None,
                 unless=None):
        self.key = key
        self.names = names.split("|")
        self.mine = mine or form
        self.peer = peer or form
        self.scale = scale
        self.unless = unless
        layer, paths = re.match(r"([^.\[]+(?:\[.*?\])?)\.(.*)", key).groups()
        ((protos, self.wanted),) = steps(layer)
        self.protos = protos.split("|")
        self.paths = [list(steps(path)) for path in paths.split("+")]

    def is_in(self, layer):
        return (layer["proto"] in self.protos and
                all(str(layer.get(k)) in v for k, v in self.wanted.items()))

    def list(self, values):
        found = [v for v in values if v is not None]
        return sorted(found) if len(self.names) > 1 else found

    def ours(self, layers):
        found = self.list(self.mine(v) for layer in layers
                          if self.is_in(layer) for path in self.paths
                          for v in below(layer, path))
        return [v * self.scale for v in found] if self.scale != 1 else found

    def theirs(self, values):
        return self.list(self.peer(v) for name in self.names
                         for v in values.get(name, []))

    def has(self, whole, part):
        """Does @whole go on where @part ends?"""
        if len(self.names) > 1:
            return not collections.Counter(part) - collections.Counter(whole)
        return whole[:len(part)] == part

    def is_more(self, layers, values):
        """Does tshark find more headers of this protocol than we do?"""
        found = [p for v in values.get("frame.protocols", [])
                 for p in v.split(":")
                 if any(name.startswith(p + ".") for name in self.names)]
        return len(found) > len([la for la in layers if self.is_in(la)])


def fields(proto, form, rows):
    """Rows "ours theirs" of one protocol and one form."""
    for row in rows.strip().splitlines():
        ours, theirs = row.split()
        yield Field(f"{proto}.{ours}", theirs, form)
