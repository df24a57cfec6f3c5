"""Collector: a program's output as lines, up to a limit."""

from __future__ import annotations

import codecs

from tui.session.work.running import plain

MOST = 1 << 20
"""Bytes of output that are kept."""
LONGEST = 1 << 16
"""Characters of an unfinished line after which it is shown in pieces."""


class Collector:
    """Takes bytes in one thread while another reads the lines there are."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        """The finished lines; the list only grows."""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._begun = ""
        self._taken = 0

    def take(self, data: bytes) -> None:
        """Add output; whatever exceeds the limit is dropped."""
        room = MOST - self._taken
        self._taken += len(data)
        if room <= 0:
            return
        self._begun += self._decoder.decode(data[:room])
        whole, newline, self._begun = self._begun.rpartition("\n")
        if newline:
            self._add(whole)
        if len(self._begun) > LONGEST:
            self._flush()
        if self._taken > MOST:
            self._flush()
            self.lines.append("… the rest of the output is left out")

    def head(self, title: str) -> None:
        """Begin the output for another source."""
        if self.lines:
            self.lines.append("")
        self._add(f"── {title}")

    def end(self) -> None:
        """The program has ended: an unfinished last line counts as a line."""
        self._begun += self._decoder.decode(b"", final=True)
        self._decoder.reset()
        self._flush()

    def _flush(self) -> None:
        begun, self._begun = self._begun, ""
        if begun:
            self._add(begun)

    def _add(self, text: str) -> None:
        self.lines += plain(text).split("\n")
