"""What a terminal sends: keys are keys, texts are texts, and nothing else is either."""

from __future__ import annotations

import re

import pytest
from textual import events

from tests.app.sequences import C1, ESC, GAPS, LIKE_KEYS, MOUSE, NO_KEYS, SEQUENCES, damaged, halves
from tui.app.terminal.reports import Reports
from tui.app.terminal.splitter import Splitter

DELAY = 0.1
SOON = 0.2
FUNCTION_KEYS = {f"f{number}" for number in range(1, 21)} | {
    *("home", "end", "up", "down", "left", "right", "kp_begin")
}
"""Keys that a sequence may become when it loses a byte."""
IS_A_KEY = re.compile(rb"\x1b\[\d+u|\x1b\[M.*", re.DOTALL)
"""A key's report, also with another number in it; and three bytes that can be any."""
LONG = 1.5
"""Seconds after which a sequence that was cut is waited for no longer."""


def read(*portions: bytes, gap: float = SOON, then: bytes = b"", after: float = SOON) -> list[str]:
    """The keys and texts that the app gets of these portions, and of ``then`` somewhat later."""
    reports = Reports()
    splitter = Splitter(reports.is_known, DELAY)
    now, pieces = 0.0, []
    for portion in portions:
        pieces += [*splitter.expire(now), *splitter.feed(portion, now)]
        now += gap
    now += after - gap
    pieces += [*splitter.expire(now), *splitter.feed(then, now), *splitter.expire(now + LONG)]
    found = [event for piece in pieces for event in reports.read(piece)]
    return [_told(event) for event in found if isinstance(event, events.Key | events.Paste)]


def _told(event: events.Key | events.Paste) -> str:
    return event.key if isinstance(event, events.Key) else f"pasted {event.text!r}"


def types_nothing(keys: list[str]) -> bool:
    """Whether none of the keys is one that somebody types without a modifier."""
    return all(key == "escape" or "+" in key or key in FUNCTION_KEYS for key in keys)


@pytest.mark.parametrize(
    ("sequence", "keys"),
    [
        (b"\x1b[A", ["up"]),
        (b"\x1bOA", ["up"]),
        (b"\x1b[1;2B", ["shift+down"]),
        (b"\x1b[5~", ["pageup"]),
        (b"\x1b[[A", ["f1"]),
        (b"\x1b[3$", ["shift+delete"]),
        (b"\x1bOj", ["asterisk"]),
        (b"\x1b", ["escape"]),
        (b"\x1b\x1b[B", ["escape", "down"]),
        (b"\x1bx", ["alt+x"]),
        (b"\x1bA", ["alt+shift+a"]),
        ("\x1bİ".encode(), ["alt+shift+İ"]),
        (b"\x1b?", ["alt+question_mark"]),
        (b"\x1b[27u", ["escape"]),
        (b"\x1b[106;1;106u", ["j"]),
        (b"\x1b[97;2;65u", ["A"]),
        (b"\x1b[97;5u", ["ctrl+a"]),
        (b"\x1b[27;5;97~", ["ctrl+a"]),
        (b"\x1b[0;;233:128104:8205:128105u", ["é", "man", "zero_width_joiner", "woman"]),
        ("é日👍".encode(), ["é", "日", "thumbs_up_sign"]),
        (b"\x01\r\t\x7f", ["ctrl+a", "enter", "tab", "backspace"]),
    ],
)
def test_what_is_a_key_is_pressed_whole_or_in_portions(sequence, keys):
    assert read(sequence) == keys
    if sequence.startswith(ESC):
        for first, second in halves(sequence):
            assert read(first, second, gap=0.05) == keys


@pytest.mark.parametrize("sequence", [*SEQUENCES, *C1])
def test_what_is_no_key_presses_none_and_the_next_key_is_one(sequence):
    assert read(sequence, then=b"j") == ["j"]
    if Reports().is_known(sequence.decode("latin-1")):
        assert read(sequence + b"j") == ["j"]
    for gap in GAPS:
        for first, second in halves(sequence):
            # An ESC alone is the escape key after a while; the rest of it is nothing still.
            keys = read(first, second, gap=gap, then=b"j", after=LONG)
            assert keys in ([["j"], ["escape", "j"]] if first == ESC else [["j"]]), (first, second)


@pytest.mark.parametrize("sequence", [s for s in SEQUENCES if not s.startswith(LIKE_KEYS)])
def test_every_byte_by_itself_presses_no_key_either(sequence):
    bytes_of_it = [sequence[at : at + 1] for at in range(len(sequence))]
    for gap in GAPS:
        keys = read(*bytes_of_it, gap=gap, then=b"j", after=LONG)
        assert keys in (["j"], ["escape", "j"]), gap


@pytest.mark.parametrize("sequence", [s for s in SEQUENCES if s not in NO_KEYS])
def test_what_is_damaged_presses_no_key_and_keys_work_again(sequence):
    for portion in damaged(sequence):
        if IS_A_KEY.fullmatch(portion):
            continue
        keys = read(portion, then=b"j", after=LONG)
        assert keys[-1] == "j", portion
        assert types_nothing(keys[:-1]), (portion, keys)


@pytest.mark.parametrize("sequence", [s for s in MOUSE if not re.search(rb"\de|f|X", s)])
def test_what_is_damaged_and_in_portions_presses_no_key(sequence):
    for portion in damaged(sequence):
        for first, second in halves(portion):
            if re.search(rb"\d.", second) and not IS_A_KEY.match(sequence):
                keys = read(first, second, gap=0.4, then=b"j", after=LONG)
                assert types_nothing(keys[:-1]), (first, second, keys)
