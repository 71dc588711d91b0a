# SPDX-License-Identifier: BSD-2-Clause
"""The bar of a program in a terminal of its own: bar_pty.py COMMAND...

Drawn twice, at the widths of several terminals, then Ctrl-C: it is never wider
than the terminal, and erased before the program says anything else. A terminal
that cannot erase a line, and a file, have none.
"""

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios

ERASE = b"\r\033[K"
DRAWN = re.compile(rb"\r([^\r\n]*)\033\[K")


def seen(command, columns, term, enough):
    """What a program prints, and is interrupted after it was enough."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ,
                struct.pack("HHHH", 24, columns, 0, 0))
    child = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave,
                             env=dict(os.environ, TERM=term))
    os.close(slave)
    text, interrupted = b"", False
    while True:
        try:
            text += os.read(master, 4096)
        except OSError:  # nobody has the other end any more
            break
        if enough(text) and not interrupted:
            child.send_signal(signal.SIGINT)
            interrupted = True
    child.wait()
    os.close(master)
    return text


def check(condition, what, text):
    if not condition:
        sys.exit(f"bar_pty.py: {what}: {text[-300:]!r}")


def main(command):
    for columns, bar in ((200, True), (80, True), (20, False)):
        text = seen(command, columns, "xterm",
                    lambda t: len(DRAWN.findall(t)) > 1)
        lines = [line for line in DRAWN.findall(text) if line]
        check(len(lines) > 1, f"no bar at {columns} columns", text)
        for line in lines:
            check(len(line) < columns, f"wider than {columns}", line)
            check((b"% [" in line) == bar, f"at {columns} columns", line)
        check(text.count(ERASE) == 1, "erased once", text)
        rest = text.split(ERASE)[1]
        check(b" packets, " in rest and b"\033" not in rest, "counts", text)
    short = [*command, "--topspeed", "--loop", "3"]
    for term in ("dumb", ""):
        text = seen(short, 80, term, lambda t: False)
        check(not re.search(rb"\033|\r[^\n]", text), f"TERM={term}", text)


main(sys.argv[1:])
