"""What a terminal sends that is no key decides nothing: files, screen and the next key tell."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from tests.app.conftest import Sluice
from tests.app.sequences import ANSWERS, C1, ESC, FORMS, MOUSE, NO_KEYS, STRINGS, damaged, halves
from tui.app.terminal.reports import Reports
from tui.app.terminal.splitter import Splitter

CLICK = re.compile(rb"(\x1b\[|\xc2?\x9b)<(?!3[2-9];)\d+;\d+;\d+[Mm]")
"""A click is no key, but does something all the same."""
SOUND = {
    "mouse": MOUSE,
    "answers": ANSWERS,
    "strings": STRINGS,
    "keys": NO_KEYS,
    "forms": FORMS[::4],
    "C1": C1,
}
WORSE = {
    "mouse": [worse for one in (MOUSE[8], MOUSE[14], MOUSE[19]) for worse in damaged(one)],
    "answers": [worse for one in ANSWERS[:9:4] for worse in damaged(one)][::2],
    "strings": [worse for one in STRINGS[::12] for worse in damaged(one)][::6],
}


class Line:
    """What comes from the terminal, in portions, at times of the test's own."""

    def __init__(self, app: Sluice) -> None:
        self._app = app
        self._reports = Reports()
        self._splitter = Splitter(self._reports.is_known, 0.1)
        self._now = 0.0

    async def send(self, *portions: bytes, gap: float = 0.3, silence: float = 2.0) -> None:
        """Send portions with a gap between them, and then nothing for a while."""
        for portion in portions:
            self._hand_over(self._splitter.expire(self._now))
            self._hand_over(self._splitter.feed(portion, self._now))
            self._now += gap
        self._now += silence
        self._hand_over(self._splitter.expire(self._now))
        await self._app.settled()

    def _hand_over(self, pieces: Iterable[object]) -> None:
        for piece in pieces:
            for event in self._reports.read(piece):
                self._app.send(event)


@pytest.mark.parametrize("kind", SOUND)
async def test_no_sequence_decides_a_source_or_opens_anything(sluice, files, kind):
    await decides_nothing(sluice, files, SOUND[kind])


@pytest.mark.parametrize("kind", WORSE)
async def test_no_damaged_sequence_does_so_either(sluice, files, kind):
    await decides_nothing(sluice, files, WORSE[kind], cut=False)


async def decides_nothing(sluice, files, sequences, cut=True):
    """Send each of them, whole or cut somewhere, and see that keys are still keys."""
    async with sluice() as app:
        line = Line(app)
        await app.press("j")
        before, here = app.picture, app.here
        for number, sequence in enumerate(sequences):
            if CLICK.fullmatch(sequence):
                continue
            cuts = [(sequence,), *(halves(sequence) if cut else ())]
            await line.send(*cuts[number % len(cuts)])
            assert app.picture == before, sequence
            if number % 5 == 0:
                await line.send(b"k")
                assert app.here != here, f"k does nothing after {sequence!r}"
                await line.send(b"j")
    assert files.changes == {}


@pytest.mark.parametrize("kind", SOUND)
async def test_no_sequence_leaves_a_letter_in_a_draft_or_takes_one(sluice, kind):
    async with sluice() as app:
        line = Line(app)
        await app.press("i")
        typed = ""
        for number, sequence in enumerate(SOUND[kind]):
            if not CLICK.fullmatch(sequence):
                letter = "abcdefg"[number % 7]
                await line.send(sequence, letter.encode(), silence=0)
                typed += letter
        assert app.screen.insights.editor.text == typed


async def test_bytes_that_are_not_text_and_keys_that_cannot_be_lose_no_letter(sluice):
    async with sluice() as app:
        line = Line(app)
        await app.press("i")
        await line.send(b"a\xffb\xe9c\x1b[1;1:3Bd\x1b[106;1:3ue\x1b[1114112uf")
        assert app.screen.insights.editor.text == "abcdef"


async def test_a_paste_cut_anywhere_is_text_with_an_escape_in_it_too(sluice, files):
    async with sluice() as app:
        line = Line(app)
        paste = b"\x1b[200~paap1\x1b[A\x1b[201~"
        for cut in halves(paste):
            await line.send(*cut)
            assert "Paste only works in text fields" in app.toast or cut[0] == ESC
            app.app.clear_notifications()
        await line.send(b"paap1\x1b[201~")
        await line.send(b"\x1b[200~paap1")
        await line.send(b"j")
        assert app.here
    assert files.changes == {}


async def test_many_focus_reports_hold_no_key(sluice):
    async with sluice() as app:
        line = Line(app)
        here = app.here
        await line.send(b"\x1b[O\x1b[I" * 300 + b"j")
        assert app.here != here
        assert app.app.app_focus


async def test_a_mouse_at_a_place_that_there_is_not_is_no_fault(sluice, files):
    async with sluice() as app:
        line = Line(app)
        for button in range(130):
            await line.send(b"\x1b[<%d;9999;9999M\x1b[<%d;9999;9999m" % (button, button))
        assert app.app._exception is None
    assert files.changes == {}
