"""Sequences in a real terminal, with the gaps of a slow line between their portions."""

import os

from tests.app.sequences import ANSWERS, MOUSE, NO_KEYS, STRINGS, halves
from tests.terminal.conftest import ROOT

SWEEPS = "SLUICE_SWEEPS" in os.environ
PORTIONS = [
    (b"\x1b[<32;NaN;NaNM",),
    (b"\x1b[<3", b"5;10;5M"),
    (b"\x1b[<35;10;5", b"M"),
    (b"\x1b[<35;1", b"0;5M"),
    (b"\x1b[20", b"0~paap1\x1b[201~"),
    (b"\x1b[200~paap1\x1b[2", b"01~"),
    (b"\x1b]11;rgb:1e1e/2a2a", b"/c3c3\x1b\\"),
    (b"\x1bP1$r0;1m\x1b", b"\\"),
    (b"\x1b[?62;1", b";22c"),
    (b"\x1b[1;1:3B", b"\x1b[106;1:3u"),
    (b"\x1b[1114112u", b"\xff\xe9"),
    (b"\x1b[O\x1b[I" * 300,),
]
"""What was seen to decide sources, or to end the app."""
if SWEEPS:
    PORTIONS += [
        portions
        for sequence in [*MOUSE[6:10], *MOUSE[14:], *ANSWERS, *STRINGS, *NO_KEYS]
        for portions in [(sequence,), *list(halves(sequence))[1::4]]
        if not sequence.startswith(b"\x1b[<0;")
    ]
GAPS = (0.05, 0.12, 0.4) if SWEEPS else (0.12,)


def test_no_sequence_decides_a_source_and_the_next_key_works(open_terminal, vault_copy):
    terminal = open_terminal(str(vault_copy))
    terminal.wait_to_see(" left")
    terminal.wait_for(lambda: terminal.cursor_row > 0)
    for gap in GAPS:
        for portions in PORTIONS:
            before = terminal.cursor_row
            for portion in portions:
                terminal.send(portion)
                terminal.rest(gap)
            terminal.wait_for(lambda before=before: terminal.cursor_row == before)
            terminal.press("j")
            terminal.wait_for(lambda before=before: terminal.cursor_row > before)
            terminal.press("k")
            terminal.wait_for(lambda before=before: terminal.cursor_row == before)
    assert " left" in terminal.picture
    assert all(
        path.read_bytes() == (ROOT / "seeds" / path.name).read_bytes()
        for path in vault_copy.iterdir()
    )
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert terminal.is_restored
