"""Collector: what a program writes, as lines and no more of them than a person reads."""

from __future__ import annotations

import codecs

from tui.app.running import plain

MOST = 1 << 20
"""Bytes of output that are kept."""
LONGEST = 1 << 16
"""Letters of a line that are waited for before it is shown in pieces."""


class Collector:
    """Takes bytes in one thread while another reads the lines there are."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        """The lines that have come to their end; it only ever grows."""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._begun = ""
        self._taken = 0

    def take(self, data: bytes) -> None:
        """Add what a program wrote; what is too much is dropped."""
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
            self.lines.append("… and more, which is not kept")

    def head(self, title: str) -> None:
        """Begin with what is written about another source."""
        if self.lines:
            self.lines.append("")
        self._add(f"── {title}")

    def end(self) -> None:
        """The program has ended: what it wrote last is a line too."""
        self._begun += self._decoder.decode(b"", final=True)
        self._decoder.reset()
        self._flush()

    def _flush(self) -> None:
        begun, self._begun = self._begun, ""
        if begun:
            self._add(begun)

    def _add(self, text: str) -> None:
        self.lines += plain(text).split("\n")
