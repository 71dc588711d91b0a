# SPDX-License-Identifier: BSD-2-Clause
"""pktsniff --top in a terminal of its own.

top_pty.py PKTSNIFF FILE            a file of stats_tshark.py make
top_pty.py PKTSNIFF live SEND...    pk1, and what sends 20 packets to it

What it draws fits the window and has no byte of a packet, and whatever ends or
stops it, the terminal is afterwards as it was.
"""

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios

ENTER, LEAVE = b"\033[?1049h", b"\033[?25h\033[?1049l"
COLOUR = re.compile(rb"\033\[[0-9;]*m")
PATIENCE_S = 60
failures = []


def check(name, condition, what):
    if not condition:
        failures.append(f"{name}: {what}")


class Terminal:
    def __init__(self, rows=24, columns=80):
        self.master, self.slave = os.openpty()
        self.resize(rows, columns)
        self.before = termios.tcgetattr(self.slave)
        self.seen = b""

    def resize(self, rows, columns):
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ,
                    struct.pack("HHHH", rows, columns, 0, 0))

    def restored(self):
        return termios.tcgetattr(self.slave) == self.before

    def run(self, *command, stdin=None, **variables):
        environment = {k: v for k, v in os.environ.items()
                       if k != "NO_COLOR"}
        environment.update({"TERM": "xterm"}, **variables)
        self.child = subprocess.Popen(
            command, stdin=stdin or self.slave, stdout=self.slave,
            stderr=self.slave, env=environment, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(1, termios.TIOCSCTTY, 0))

    def read(self, wait_s):
        ready, _, _ = select.select([self.master], [], [], wait_s)
        if ready:
            self.seen += os.read(self.master, 65536)
        return bool(ready)

    def until(self, text, after=0):
        """Where @text ends, as soon as it was written behind @after."""
        while self.seen.find(text, after) < 0:
            if not self.read(PATIENCE_S):
                sys.exit(f"waited in vain for {text!r} in {self.seen!r}")
        return self.seen.find(text, after) + len(text)

    def press(self, keys):
        os.write(self.master, keys)

    def ended(self):
        """A program that waits for room to write would never end."""
        while self.child.poll() is None:
            self.read(0.05)
        while self.read(0):
            pass
        return self.child.returncode

    def frames(self):
        """Of each picture the rows, without the sequences around them."""
        for frame in self.seen.split(b"\033[H")[1:]:
            frame = COLOUR.sub(b"", frame.split(b"\033[J")[0])
            yield frame.replace(b"\r", b"").split(b"\033[K\n")


def begun(*command, **options):
    size = {k: options.pop(k) for k in ("rows", "columns") if k in options}
    terminal = Terminal(**size)
    terminal.run(*command, **options)
    terminal.until(b"the end")
    return terminal


def fits(name, terminal, rows, columns):
    frames = list(terminal.frames())
    check(name, frames, "nothing was drawn")
    for frame in frames:
        check(name, len(frame) <= rows, f"{len(frame)} rows")
        for row in frame:
            check(name, len(row) < columns, f"a long row: {row}")
            check(name, re.fullmatch(rb"[ -~]*", row), f"bytes: {row}")


def heads_have_rows(name, terminal):
    for frame in terminal.frames():
        for head, row in zip(frame, frame[1:]):
            if re.match(rb"PROTOCOL|TALKER|CONVERSATION", head):
                check(name, row.strip() and not row.startswith(b"q quits"),
                      f"nothing below {head}")


def key_ends_it(command):
    terminal = begun(*command)
    check("raw", not terminal.restored(), "keys wait for Enter")
    terminal.press(b"x")
    terminal.press(b"q")
    check("q", terminal.ended() == 0, "exit code")
    check("q", terminal.restored(), "terminal")
    screen, table = terminal.seen.split(LEAVE)
    check("q", screen.count(ENTER) == 1, "screen")
    check("q", b"LEVEL" in table, "no table at the end")
    check("q", COLOUR.search(screen), "no colour")
    for text in (b"PROTOCOL", b"IPv6", b"TALKER", b"10.0.0.1 ",
                 b"CONVERSATION", b"[2001:db8::1]:40001", b"####", b"1500 pack"):
        check("picture", text in screen, f"no {text}")
    fits("80x24", terminal, 24, 80)


def signals_end_it(command):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        terminal = begun(*command)
        terminal.child.send_signal(number)
        check(number.name, terminal.ended() == 0, "exit code")
        check(number.name, terminal.restored(), "terminal")
        check(number.name, LEAVE in terminal.seen, "screen")
    for number in (signal.SIGQUIT, signal.SIGABRT, signal.SIGSEGV,
                   signal.SIGALRM, signal.SIGXCPU):
        terminal = begun("sh", "-c", 'ulimit -c 0; exec "$@"', "sh", *command)
        terminal.child.send_signal(number)
        check(number.name, terminal.ended() == -number, "not by the signal")
        check(number.name, terminal.restored(), "terminal")
        check(number.name, LEAVE in terminal.seen, "screen")


def stopping_pauses_it(command):
    terminal = begun(*command)
    terminal.child.send_signal(signal.SIGTSTP)
    _, status = os.waitpid(terminal.child.pid, os.WUNTRACED)
    check("stop", os.WIFSTOPPED(status), "not stopped")
    check("stop", terminal.restored(), "terminal")
    at = terminal.until(LEAVE)
    terminal.child.send_signal(signal.SIGCONT)
    at = terminal.until(ENTER, at)
    terminal.until(b"the end", at)
    check("continue", not terminal.restored(), "keys wait for Enter")
    terminal.press(b"q")
    check("continue", terminal.ended() == 0, "exit code")
    check("continue", terminal.restored(), "terminal")


def picture_fits(command):
    for rows, columns in ((10, 40), (13, 40), (3, 20), (1, 2), (60, 300)):
        name = f"{columns}x{rows}"
        terminal = Terminal(rows, columns)
        terminal.run(*command)
        terminal.until(b"\033[J")
        terminal.child.send_signal(signal.SIGTERM)
        check(name, terminal.ended() == 0, "exit code")
        fits(name, terminal, rows, columns)
        heads_have_rows(name, terminal)
    terminal = begun(*command)
    at = len(terminal.seen)
    terminal.resize(8, 30)
    # One picture may have been on its way.
    while len(list(terminal.frames())[-1]) > 8:
        at = terminal.until(b"\033[J", at)
    terminal.seen = terminal.seen[terminal.seen.rfind(b"\033[H"):]
    fits("resized", terminal, 8, 30)
    terminal.press(b"q")
    terminal.ended()


def colours_can_be_refused(command):
    terminal = begun(*command, NO_COLOR="1")
    terminal.press(b"q")
    terminal.ended()
    check("NO_COLOR", not COLOUR.search(terminal.seen), "colours")


def keys_come_from_the_terminal(sniff, path):
    with open(path, "rb") as file:
        terminal = begun(sniff, "--top", "-r", "-", stdin=file)
    terminal.press(b"q")
    check("-r -", terminal.ended() == 0, "exit code")
    check("-r -", terminal.restored(), "terminal")


def terminal_is_needed(command):
    ran = subprocess.run(command, capture_output=True,
                         env={**os.environ, "TERM": "xterm"})
    check("pipe", ran.returncode == 1 and b"not a terminal: use --stats"
          in ran.stderr and not ran.stdout, ran)
    terminal = Terminal()
    terminal.run(*command, TERM="dumb")
    check("dumb", terminal.ended() == 1, "exit code")
    check("dumb", b"--stats" in terminal.seen and b"\033" not in terminal.seen,
          terminal.seen)


def live(sniff, send):
    terminal = Terminal()
    terminal.run(sniff, "--top", "-i", "pk1", "udp")
    at = terminal.until(b"q quits")
    subprocess.run(send, check=True)
    at = terminal.until(b" 20 packets, 2.0 kB, 0 dropped", at)
    at = terminal.until(b"10.9.0.1:1000", at)
    at = terminal.until(b"\033[J", at)
    terminal.press(b"p")
    at = terminal.until(b"[paused]", at)
    terminal.child.send_signal(signal.SIGUSR1)
    terminal.press(b"p")
    at = terminal.until(b"\033[H", at)
    terminal.press(b"q")
    check("live", terminal.ended() == 0, "exit code")
    check("live", terminal.restored(), "terminal")
    fits("live", terminal, 24, 80)
    after = terminal.seen[terminal.seen.find(LEAVE):]
    check("live", b"20 packets captured" in after, "no counters")
    check("live", b"LEVEL" in after, "no table")


def files(sniff, path):
    command = (sniff, "--top", "-r", path)
    key_ends_it(command)
    signals_end_it(command)
    stopping_pauses_it(command)
    picture_fits(command)
    colours_can_be_refused(command)
    keys_come_from_the_terminal(sniff, path)
    terminal_is_needed(command)


def main():
    sniff, path, *rest = sys.argv[1:]
    if path == "live":
        live(sniff, rest)
    else:
        files(sniff, path)
    for failure in failures[:20]:
        print(failure)
    sys.exit(bool(failures))


main()
