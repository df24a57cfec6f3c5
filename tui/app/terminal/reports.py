"""Turns escape sequences into Textual's events: only keys and reports that sluice uses."""

from __future__ import annotations

import re
import sys
import unicodedata

from textual import events
from textual.keys import Keys
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.app.terminal.forms import ESC
from tui.app.terminal.splitter import Pasted, Piece, TypedText
from tui.app.textual_private import KEY_CODES, KEY_SEQUENCES, SequenceReader
from tui.session.keys.characters import key_of_character

_MOUSE = re.compile(r"\x1b\[<\d{1,3};[1-9]\d{0,4};[1-9]\d{0,4}[Mm]")
_SYNCHRONIZED = re.compile(r"\x1b\[\?2026;[1-4]\$y")
_KEY = re.compile(r"\x1b\[(\d{0,7})(?:;(\d{0,3})(?:;(\d{1,7}(?::\d{1,7})*)?)?)?([u~A-FHPQRSE])")
"""A key of the kitty protocol: its code, modifiers, text, and the kind of code."""
_OTHER_KEY = re.compile(r"\x1b\[27;(\d{1,3});(\d{1,7})~")
"""A key of xterm's modifyOtherKeys: modifiers and code."""
_MOST_MODIFIERS = 256
_ANSWER = re.compile(
    r"\x1b\[(?:"
    r"[=>?]?[\d;]*c|\??\d*n|\??\d+;\d+(?:;\d+)?R"  # what it is, how it is, where the cursor is
    r"|\??\d+;\d\$y|\d+(?:;\d+){0,4}t|\?\d+u|\?\d+(?:;\d+)+S"  # modes, window, keyboard, graphics
    r"|[IO]|M|<?\d+;-?\d+;-?\d+[Mm]"  # focus, mouse
    r"|1?(?:;[\d:]*\d){1,2}[A-FHPQRS]|\d[\d:]*(?:;[\d:]*\d){0,2}u"  # keys there are not
    r")"
)
"""Answers and reports that sluice does not use."""


class Reports:
    """Reads sequences; remembers the mouse's position."""

    def __init__(self) -> None:
        self._reader = SequenceReader()

    def is_known(self, sequence: str) -> bool:
        """Whether it is a key, or something else that terminals send."""
        return _ANSWER.fullmatch(sequence) is not None or bool(self._keys(sequence))

    def read(self, piece: Piece) -> list[Message]:
        """The events of a piece; none if it means nothing to the app."""
        if isinstance(piece, TypedText):
            return [key for sign in piece.text for key in self._known_keys(sign)]
        if isinstance(piece, Pasted):
            # A NUL ends a text for many programs.
            return [events.Paste(piece.text.replace("\0", ""))]
        if _MOUSE.fullmatch(piece.text):
            report = self._reader.mouse(piece.text)
            return [report] if report else []
        if _SYNCHRONIZED.fullmatch(piece.text):
            return [TerminalSupportsSynchronizedOutput()]
        return list(self._keys(piece.text))

    def _keys(self, sequence: str) -> list[events.Key]:
        if other := _OTHER_KEY.fullmatch(sequence):
            sequence = f"{ESC}[{other[2]};{other[1]}u"
        if len(sequence) == 2 and not isinstance(KEY_SEQUENCES.get(sequence), tuple):
            return _with_alt(sequence[1])
        if sequence in KEY_SEQUENCES or _is_key_report(sequence):
            return self._known_keys(sequence)
        return []

    def _known_keys(self, sequence: str) -> list[events.Key]:
        return [key for key in self._reader.keys(sequence) if key.key != Keys.Ignore]


def _with_alt(sign: str) -> list[events.Key]:
    """A character typed with alt, which is a key and not text."""
    if not sign.isprintable():
        return []
    shift, small = "shift+" if sign.isupper() else "", sign.lower()
    # The small letter of a Turkish İ is two characters, and so on no key.
    key = key_of_character(small if len(small) == 1 else sign)
    return [events.Key(f"alt+{shift}{key}", None)]


def _is_key_report(sequence: str) -> bool:
    """Whether Textual can read it, as an existing key."""
    found = _KEY.fullmatch(sequence)
    if found is None:
        return False
    code, modifiers, text, kind = found.groups(default="")
    if int(modifiers or 1) not in range(1, _MOST_MODIFIERS + 1):
        return False
    if text and not all(map(_is_text, text.split(":"))):
        return False
    if f"{code or 1}{kind}" in KEY_CODES:
        return True
    # Else the code is the character that the key types; text without a key has the code 0.
    number = int(code or 0)
    typed = number <= sys.maxunicode and chr(number).isprintable()
    return kind == "u" and (typed or (number == 0 and text != ""))


def _is_text(code: str) -> bool:
    """Whether a character may be text: joiners may, control characters may not."""
    number = int(code)
    return number <= sys.maxunicode and unicodedata.category(chr(number)) not in ("Cc", "Cs")
