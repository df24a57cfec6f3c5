"""What a terminal sends, split into typed text, pasted text and whole sequences.

The letters of a sequence are never text, as letters decide sources here: it is waited for until
it is whole, and what a damaged one leaves behind is dropped.
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
"""Seconds without a byte after which a sequence has lost its end, and a key is a key."""
LATE = 0.5
"""Seconds in which what follows a lone ESC, or a damaged sequence, may still belong to it."""
_CONTROL = pattern(r"[\x00-\x06\x08-\x1a\x1c-\x1f\x7f]")
"""What only a key sends: BEL, which is left out, ends a string."""
_INVALID = pattern(r"[\ud800-\udfff]")
"""A byte that is not UTF-8."""


class Typed(NamedTuple):
    """Text that was typed; control characters in it are keys."""

    text: str


class Pasted(NamedTuple):
    """Text between the marks of a bracketed paste."""

    text: str


class Sequence(NamedTuple):
    """A whole sequence, beginning with ESC. ESC alone is one, and so is ESC with a character."""

    text: str


Piece = Typed | Pasted | Sequence


class Splitter:
    """Splits bytes, in whatever portions they come."""

    def __init__(self, is_known: Callable[[str], bool], escape_delay: float) -> None:
        """Take ``is_known`` to say whether a sequence is a key or a report.

        An ESC that nothing follows for ``escape_delay`` seconds is the escape key.
        """
        self._is_known = is_known
        self._escape_delay = escape_delay
        self._decoder = getincrementaldecoder("utf-8")("surrogateescape")
        self._left = ""
        """The beginning of a sequence, or what may belong to an ESC that was taken for a key."""
        self._paste: list[str] | None = None
        self._in_string = False
        self._came = self._escaped = self._damaged = float("-inf")
        """When bytes came, an ESC was taken for a key, a sequence was no key and no report."""

    @property
    def deadline(self) -> float | None:
        """When ``expire`` has something to tell; None while it has nothing."""
        if self._left == ESC and not self._in_string:
            return self._came + self._escape_delay
        return self._came + LATE if self._left == ESC or self._is_held else None

    @property
    def _is_held(self) -> bool:
        return bool(self._left) and not BEGINS.match(self._left)

    @property
    def _has_begun(self) -> bool:
        """Whether a sequence, a string or a paste waits for its end."""
        return bool(self._left) or self._in_string or self._paste is not None

    def expire(self, now: float) -> Iterator[Piece]:
        """What is told because nothing more has come."""
        deadline = self.deadline
        if deadline is None or now < deadline:
            return
        if self._is_held:
            yield Typed(self._left)
        else:
            self._escaped = now
            yield Sequence(ESC)
        self._left, self._in_string = "", False

    def feed(self, data: bytes, now: float) -> Iterator[Piece]:
        """The pieces that bytes make with those that came before."""
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
        """The text with what was left before it, and whether it is to be left again."""
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
        """Wait no longer for the end of what has begun."""
        if self._paste is not None:
            yield Pasted(_clean("".join(self._paste)))
        self._left, self._in_string, self._paste = "", False, None

    def _split(self, text: str, now: float, drop: Leftovers) -> Iterator[Piece]:
        """The pieces of a text; what is typed is dropped where it begins as ``drop`` has it."""
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
        """A sequence, if it is one to be told; gives what it may have left behind."""
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
        """Typed text, or what looks like it; gives where it ends."""
        begins = BEGINS.search(text, at)
        end = begins.start() if begins else len(text)
        # Text that is ended as a string is the end of one whose beginning was lost.
        string = STRING_ENDED.match(text, end)
        if not (string or any(form.match(text, at, end) for form in drop)):
            if typed := _clean(text[at:end]):
                yield Pasted(typed) if PASTE_ENDS.match(text, end) else Typed(typed)
            return end
        self._damaged = now
        if end == len(text) and leftovers.UNFINISHED.match(text, end - 1):
            # Its last byte is still to come.
            self._left = f"{CSI}="
        return string.end() if string else end

    def _to_end_of_paste(self, paste: list[str], text: str, at: int) -> Generator[Piece, None, int]:
        """Pasted text; gives where it ends."""
        # The mark may have come in two portions.
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
        """Where the string ends, whose text is nobody's."""
        found = STRING_ENDS.search(text, at)
        if found is None:
            self._left = ESC if text.endswith(ESC) else ""
            return len(text)
        self._in_string = False
        # The ESC of another sequence is looked at again.
        return found.end() - (found[0] == ESC)


def _clean(text: str) -> str:
    """Text without the bytes that are not UTF-8."""
    return _INVALID.sub("", text)
