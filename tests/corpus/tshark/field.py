# SPDX-License-Identifier: BSD-2-Clause
"""A field of ours and what tshark calls it: rows of the tables next to this
file."""
import collections
import datetime
import re

UNKNOWN = "?"  # equal to anything


def number(value):
    if value in ("True", "False"):
        return int(value == "True")
    try:
        return int(value, 16 if str(value).startswith("0x") else 10)
    except TypeError:
        return int(value)
    except ValueError:
        return value


def nonzero(value):
    """For what tshark leaves out where it is 0."""
    return number(value) or None


def bit(n):
    """One of a number that tshark tells as a whole."""
    return lambda value: number(value) >> n & 1


def status(value):
    """Of a checksum; whoever has not verified it has no opinion."""
    return {"good": 1, "bad": 0, "1": 1, "0": 0}.get(value, UNKNOWN)


def seconds(value):
    """Of a number of seconds with a fraction."""
    return round(float(value), 3)


def text(value):
    """Without what is behind a zero byte: to tshark that ends a text. What is
    not ASCII tshark takes for UTF-8, or for an error."""
    return re.sub("[^\0-\x7f]+", "?", str(value).lower().split("\0")[0])


def hexadecimal(value):
    """A number that tshark shows as bytes."""
    return number(value) if isinstance(value, int) else int(octets(value), 16)


def octets(value):
    """Bytes, which tshark writes with colons."""
    return re.sub("[^0-9a-f]", "", str(value).lower())


def unescaped(value, pattern, base, letters):
    """Text without its escapes."""
    def plain(found):
        code = found[1]
        return chr(int(code, base)) if len(code) == 3 else letters.get(code,
                                                                       code)
    return text(re.sub(pattern, plain, value)).rstrip(".")


def some_text(value):
    """For what tshark tells though it is empty."""
    return text(value) or None


def our_name(value):
    """A DNS name, with escapes of RFC 1035, 5.1."""
    return unescaped(value, r"\\(\d{3}|.)", 10, {})


def their_name(value):
    """tshark calls the root <Root>, and has the escapes of C."""
    return unescaped(re.sub("^<Root>$", "", value), r"\\([0-7]{3}|.)", 8,
                     {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r",
                      "t": "\t", "v": "\v"})


NAME = (our_name, their_name)


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
        found = [element for element in found if fits(element, wanted)]
    return below(found, rest)


def fits(element, wanted):
    return all((str(element.get(key)) in values) == same
               for key, (values, same) in wanted.items())


def steps(path):
    """a.b[kind=2|3,more!=0].c"""
    for step in re.findall(r"[^.\[]+(?:\[[^\]]*\])?", path):
        key, *wanted = re.split(r"[\[\],]", step.rstrip("]"))
        pairs = [re.match("(.*?)(!?=)(.*)", pair).groups()
                 for pair in wanted if pair]
        yield key, {k: (v.split("|"), is_ == "=") for k, is_, v in pairs}


def protocols(values):
    """What tshark found in a packet. SSDP has fields of HTTP only."""
    return [{"ssdp": "http"}.get(p, p)
            for v in values.get("frame.protocols", []) for p in v.split(":")]


class Field:
    """@key: PROTOCOL.FIELD of ours, or of several protocols with | and several
    fields with + between them; @names: what tshark calls it, one or more. What
    @form says of both is compared, and left out where that is None; @scale:
    what one of ours counts in tshark's unit; @mine, @peer: forms of one side.
    @unless: a protocol of tshark in whose packets this is not compared; @only:
    it is compared only in packets with a layer that @key names.
    Values of several names, and @unordered ones, are compared as a set."""

    def __init__(self, key, names, form=number, scale=1, mine=None, peer=None,
                 unless=None, unordered=False, only=False):
        self.key = key
        self.names = names.split("|")
        if not isinstance(form, tuple):
            form = form, form
        self.mine = mine or form[0]
        self.peer = peer or form[1]
        self.scale = scale
        self.unless = unless
        self.only = only
        self.unordered = unordered or len(self.names) > 1
        layer, paths = re.match(r"([^.\[]+(?:\[.*?\])?)\.(.*)", key).groups()
        ((protos, self.wanted),) = steps(layer)
        self.protos = protos.split("|")
        self.paths = [list(steps(path)) for path in paths.split("+")]

    def is_in(self, layer):
        return layer["proto"] in self.protos and fits(layer, self.wanted)

    def list(self, values):
        found = [v for v in values if v is not None]
        return sorted(found, key=str) if self.unordered else found

    def ours(self, layers):
        found = self.list(self.mine(v) for layer in layers
                          if self.is_in(layer) for path in self.paths
                          for v in below(layer, path))
        return [v * self.scale for v in found] if self.scale != 1 else found

    def theirs(self, values):
        return self.list(self.peer(v) for name in self.names
                         for v in values.get(name, []))

    def is_asked(self, layers, values):
        return (self.unless not in protocols(values) and
                (not self.only or any(self.is_in(la) for la in layers)))

    def has(self, whole, part):
        """Does @whole go on where @part ends?"""
        if self.unordered:
            return not collections.Counter(part) - collections.Counter(whole)
        return whole[:len(part)] == part

    def is_more(self, layers, values):
        """Does tshark find more headers of this protocol than we do?"""
        found = [p for p in protocols(values)
                 if any(name.startswith(p + ".") for name in self.names)]
        return len(found) > len([la for la in layers if self.is_in(la)])


def fields(proto, form, rows, inside="", **more):
    """Rows "ours theirs" of one protocol and one form. @inside: groups with +
    between them, in which ours is."""
    for row in rows.strip().splitlines():
        ours, theirs = row.split()
        if inside:
            dot = "" if ours[0] == "[" else "."
            ours = "+".join(group + dot + ours for group in inside.split("+"))
        yield Field(f"{proto}.{ours}", theirs, form, **more)


def checksum(proto, theirs):
    return Field(f"{proto}.layer_checksum", theirs + ".status", status)
