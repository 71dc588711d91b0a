# SPDX-License-Identifier: BSD-2-Clause
"""Files that the tools of wireshark and tcpdump make, where installed."""

import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pcap
import pcapng

HEX = """0000 ff ff ff ff ff ff 02 00 00 00 00 01 88 b5 01
000f 02 03 04 05
0000 45 00 00 1c 00 00 00 00 40 11 00 00 7f 00 00 01
0010 7f 00 00 01 00 09 00 09 00 08 00 00
"""


def sources(directory):
    """What is converted. Returns names by what they are."""
    ipv4 = [frame[14:] for frame in (pcap.FRAMES[0], pcap.FRAMES[5])]
    images = {
        "ether": pcap.Pcap(magic=pcap.NANO).fill(),
        "wlan": pcap.Pcap(network=105).fill(),
        "raw": pcap.Pcap(network=101).fill(ipv4),
        "ng": pcapng.add_every_block(pcapng.Pcapng("<")),
    }
    mixed = pcapng.Pcapng("<").shb().idb(1, tsresol=9).idb(101, tsresol=9)
    images["mixed"] = mixed.epb().epb(ipv4[0], interface=1).epb(pcap.FRAMES[1])
    for name, image in images.items():
        with open(os.path.join(directory, name), "wb") as file:
            file.write(image.data)
    with open(os.path.join(directory, "hex"), "w") as file:
        file.write(HEX)
    return images


def formats():
    text = subprocess.run(["editcap", "-F"], capture_output=True, text=True)
    return re.findall(r"^ +([a-z0-9_-]+) - ", text.stdout + text.stderr,
                      re.MULTILINE)


def commands(names):
    """(name of the result, command that ends in it)"""
    if shutil.which("editcap"):
        for kind in formats():
            for name in names:
                yield f"editcap-{kind}-{name}", ["editcap", "-F", kind, name]
        for name, options in {"cut": ["-s", "40"], "shifted": ["-t", "3600.5"],
                              "comment": ["-a", "1:a comment"],
                              "secrets": ["--inject-secrets", "tls,hex"],
                              "chopped": ["-C", "4"], "none": ["-r"]}.items():
            for source in ("ether", "ng"):
                yield (f"editcap-{name}-{source}",
                       ["editcap", *options, source])
    if shutil.which("mergecap"):
        for other in ("ether", "wlan", "ng", "mixed"):
            for kind in ("pcap", "nsecpcap", "modpcap"):
                yield (f"mergecap-{kind}-{other}",
                       ["mergecap", "-F", kind, "-w", None, "ether", other])
            for mode in ("none", "all", "any"):
                yield (f"mergecap-pcapng-{other}-{mode}",
                       ["mergecap", "-I", mode, "-w", None, "ether", other])
    if shutil.which("text2pcap"):
        for kind in ("pcap", "nsecpcap", "pcapng", "modpcap"):
            for linktype in ("1", "101", "147", "228"):
                yield (f"text2pcap-{kind}-{linktype}",
                       ["text2pcap", "-q", "-F", kind, "-l", linktype, "hex"])
    if shutil.which("tcpdump"):
        for name in ("ether", "wlan", "raw"):
            for unit in ("micro", "nano"):
                yield (f"tcpdump-{unit}-{name}",
                       ["tcpdump", "--time-stamp-precision", unit, "-r", name,
                        "-w", None])


def run(directory, name, command):
    """None is where the result goes, or it goes last. The file, or None."""
    path = os.path.join(directory, name)
    command = [path if word is None else word for word in command]
    if path not in command:
        command.append(path)
    subprocess.run(command, cwd=directory, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    # Not every tool can make every kind of every source.
    if not os.path.exists(path) or not os.path.getsize(path):
        return None
    return name


def all_files(directory):
    """Makes files in @directory. Returns their names."""
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    names = list(sources(directory))
    with ThreadPoolExecutor(2) as pool:
        done = pool.map(lambda job: run(directory, *job), commands(names))
        return names + sorted(name for name in done if name)
