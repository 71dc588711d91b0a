#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Stops a program by SIGTERM as soon as it has said that it listens.

usage: early_stop.py PROGRAM ARGUMENT...

Its messages go into a pipe with room for the first words only, so that it
sleeps right behind them; then all of the rest is read and printed.
"""
import array
import fcntl
import os
import signal
import subprocess
import sys
import termios
import time

WORDS = b"listening on"
PAGE = os.sysconf("SC_PAGE_SIZE")


def waiting(pipe):
    count = array.array("i", [0])
    fcntl.ioctl(pipe, termios.FIONREAD, count)
    return count[0]


def main():
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, PAGE)
    filled = PAGE - len(WORDS) - 8
    os.write(writing, bytes(filled))
    child = subprocess.Popen(sys.argv[1:], stderr=writing,
                             stdin=subprocess.DEVNULL)
    os.close(writing)
    while waiting(reading) < filled + len(WORDS):
        if child.poll() is not None:
            break
        time.sleep(0.01)
    child.send_signal(signal.SIGTERM)
    with os.fdopen(reading, "rb") as messages:
        sys.stdout.buffer.write(messages.read()[filled:])
    return 1 if child.wait() else 0


if __name__ == "__main__":
    sys.exit(main())
