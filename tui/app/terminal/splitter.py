"""Splits a terminal's input into typed text, pasted text and whole escape sequences.

Letters are commands in sluice, so the letters of a sequence must never become text: the splitter
waits until a sequence is complete, and drops the rest of a damaged one.
"""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections.abc import Callable, Generator, Iterator
from re import compile as pattern
from typing import NamedTuple

from tui.app.terminal import leftovers
from tui.app.terminal.forms import (
    BEGINS,
    CSI,
    ESC,
    PASTE_BEGINS,
    PASTE_ENDS,
    PASTE_MARK,
    STRING_ENDED,
    STRING_ENDS,
    End,
    end_of,
)
from tui.app.terminal.leftovers import Leftovers

STALL = 1.0
"""Seconds of silence after which a sequence counts as cut off, and a byte as a key."""
LATE = 0.5
"""Seconds in which input after a lone ESC or a damaged sequence may still belong to it."""
_CONTROL = pattern(r"[\x00-\x06\x08-\x1a\x1c-\x1f\x7f]")
"""Control characters that only keys send; without BEL, which ends a string."""
_INVALID = pattern(r"[\ud800-\udfff]")
"""A byte that is not UTF-8."""


class TypedText(NamedTuple):
    """Text that was typed; control characters in it are keys."""

    text: str


class Pasted(NamedTuple):
    """Text between the marks of a bracketed paste."""

    text: str


class Sequence(NamedTuple):
    """A whole sequence, beginning with ESC. ESC alone is one, and so is ESC with a character."""

    text: str


Piece = TypedText | Pasted | Sequence


class Splitter:
    """Splits bytes, in whatever chunks they arrive."""

    def __init__(self, is_known: Callable[[str], bool], escape_delay: float) -> None:
        """Use ``is_known`` to tell whether a sequence is a key or a report.

        An ESC followed by nothing for ``escape_delay`` seconds is the escape key.
        """
        self._is_known = is_known
        self._escape_delay = escape_delay
        self._decoder = getincrementaldecoder("utf-8")("surrogateescape")
        self._left = ""
        """An incomplete sequence, or what may continue an ESC that was taken for a key."""
        self._paste: list[str] | None = None
        self._in_string = False
        self._came = self._escaped = self._damaged = float("-inf")
        """The last time of input, of an ESC taken for a key, and of a damaged sequence."""

    @property
    def deadline(self) -> float | None:
        """When ``expire`` has something to report; None while it has nothing."""
        if self._left == ESC and not self._in_string:
            return self._came + self._escape_delay
        return self._came + LATE if self._left == ESC or self._is_held else None

    @property
    def _is_held(self) -> bool:
        return bool(self._left) and not BEGINS.match(self._left)

    @property
    def _has_begun(self) -> bool:
        """Whether a sequence, a string or a paste is incomplete."""
        return bool(self._left) or self._in_string or self._paste is not None

    def expire(self, now: float) -> Iterator[Piece]:
        """The pieces to report because nothing more has arrived."""
        deadline = self.deadline
        if deadline is None or now < deadline:
            return
        if self._is_held:
            yield TypedText(self._left)
        else:
            self._escaped = now
            yield Sequence(ESC)
        self._left, self._in_string = "", False

    def feed(self, data: bytes, now: float) -> Iterator[Piece]:
        """The pieces that new bytes complete."""
        yield from self.expire(now)
        text = self._decoder.decode(data)
        one, silent = len(text) == 1, now - self._came
        self._came = now
        is_waiting = len(self._left) > 1 or self._in_string
        if (one and silent > STALL) or (is_waiting and _CONTROL.match(text)):
            yield from self._give_up()
        drop = leftovers.NOTHING
        if not (one or self._has_begun):
            drop += leftovers.AFTER_DAMAGE if now - self._damaged < LATE else ()
            drop += leftovers.AFTER_ESCAPE if now - self._escaped < LATE else ()
        text, held = self._with_left(text, now, one)
        if not held:
            yield from self._split(text, now, drop)

    def _with_left(self, text: str, now: float, one: bool) -> tuple[str, bool]:
        """The text after what was left over, and whether to wait for more."""
        is_late = self._is_held or (not self._has_begun and now - self._escaped < LATE)
        text, self._left = self._left + text, ""
        if not is_late:
            return text, False
        perhaps = leftovers.PERHAPS.fullmatch(text)
        if leftovers.SURELY.match(text) or (perhaps and not one):
            return ESC + text, False
        self._left = text if perhaps else ""
        return text, bool(perhaps)

    def _give_up(self) -> Iterator[Piece]:
        """Stop waiting for the end of an incomplete piece."""
        if self._paste is not None:
            yield Pasted(_clean("".join(self._paste)))
        self._left, self._in_string, self._paste = "", False, None

    def _split(self, text: str, now: float, drop: Leftovers) -> Iterator[Piece]:
        """The pieces of a text, without typed text that begins with a pattern in ``drop``."""
        at = 0
        while at < len(text):
            if self._paste is not None:
                at = yield from self._to_end_of_paste(self._paste, text, at)
            elif self._in_string:
                at = self._to_end_of_string(text, at)
            elif BEGINS.match(text, at):
                end = end_of(text, at)
                if end is None:
                    self._left = text[at:]
                    return
                self._in_string = end.begins_string
                drop = yield from self._tell(end, text, now)
                at = end.at
            else:
                at = yield from self._to_end_of_typed(text, at, now, drop)

    def _tell(self, end: End, text: str, now: float) -> Generator[Piece, None, Leftovers]:
        """Report a known sequence; returns patterns for its possible leftovers."""
        sequence = end.sequence
        if sequence == "":
            return leftovers.NOTHING
        if sequence == PASTE_BEGINS:
            self._paste = []
            return leftovers.NOTHING
        doubtful = sequence is not None and leftovers.DOUBTFUL.fullmatch(sequence)
        damaged = sequence is None or (doubtful and leftovers.GOES_ON.match(text, end.at))
        if doubtful:
            self._escaped = self._damaged = now
        if sequence and not damaged and self._is_known(sequence):
            yield Sequence(sequence)
            return leftovers.behind(sequence)
        self._damaged = now
        return leftovers.ANYTHING

    def _to_end_of_typed(
        self, text: str, at: int, now: float, drop: Leftovers
    ) -> Generator[Piece, None, int]:
        """Report typed text, unless it is a leftover; returns where it ends."""
        begins = BEGINS.search(text, at)
        end = begins.start() if begins else len(text)
        # Text ended by ST is the end of a string whose beginning was lost.
        string = STRING_ENDED.match(text, end)
        if not (string or any(form.match(text, at, end) for form in drop)):
            if typed := _clean(text[at:end]):
                yield Pasted(typed) if PASTE_ENDS.match(text, end) else TypedText(typed)
            return end
        self._damaged = now
        if end == len(text) and leftovers.UNFINISHED.match(text, end - 1):
            # Its last byte has not arrived yet.
            self._left = f"{CSI}="
        return string.end() if string else end

    def _to_end_of_paste(self, paste: list[str], text: str, at: int) -> Generator[Piece, None, int]:
        """Report pasted text; returns where it ends."""
        # The mark may have arrived in two chunks.
        before = paste.pop() if paste else ""
        rest = before + text[at:]
        found = PASTE_ENDS.search(rest)
        if found is None:
            cut = max(0, len(rest) - PASTE_MARK)
            paste += [rest[:cut], rest[cut:]]
            return len(text)
        yield Pasted(_clean("".join([*paste, rest[: found.start()]])))
        self._paste = None
        return at + found.end() - len(before)

    def _to_end_of_string(self, text: str, at: int) -> int:
        """Where the string ends; its text is dropped."""
        found = STRING_ENDS.search(text, at)
        if found is None:
            self._left = ESC if text.endswith(ESC) else ""
            return len(text)
        self._in_string = False
        # The ESC of another sequence is read again.
        return found.end() - (found[0] == ESC)


def _clean(text: str) -> str:
    """Text without the bytes that are not UTF-8."""
    return _INVALID.sub("", text)
