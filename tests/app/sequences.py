"""What terminals send that is no key: whole, in portions, and damaged."""

from __future__ import annotations

from collections.abc import Iterator

ESC = b"\x1b"
GAPS = (0.05, 0.15, 0.4)
"""Seconds between the portions of a sequence, as over ssh."""
_NUMBERS = ("NaN", "-3", "1.5", "1e3", "")
MOUSE = [
    *(b"\x1b[<%d;10;5%c" % (button, end) for button in (0, 2, 3, 32, 35, 64, 65) for end in b"Mm"),
    *(f"\x1b[<35;{number};5M".encode() for number in _NUMBERS),
    *(b"\x1b[<32;NaN;NaNM", b"\x1b[<Infinity;1;1M", b"\x1b[<0;undefined;nullm", b"\x1b[<;;M"),
    *(b"\x1b[<0;99999;99999M", b"\x1b[<0;0;0M", b"\x1b[<0;123456789;1M", b"\x1b[<0;1;2;3M"),
    *(b"\x1b[32;10;5M", b"\x1b[M !!", b"\x1b[Maap", b"\x1b[M 1\x32", b"\x1b[M\x20\xe9\x80"),
]
"""Mouse reports: SGR, with numbers that are none, urxvt's, and X10's."""
ANSWERS = [
    *(b"\x1b[?1;2c", b"\x1b[?62;1;6;9;22c", b"\x1b[>41;354;0c", b"\x1b[=0;1c", b"\x1b[0n"),
    *(b"\x1b[?13n", b"\x1b[12;40R", b"\x1b[?12;40;1R", b"\x1b[?2026;2$y", b"\x1b[?2048;1$y"),
    *(b"\x1b[4;1$y", b"\x1b[8;36;120t", b"\x1b[4;720;1200t", b"\x1b[48;36;120;720;1200t"),
    *(b"\x1b[48;0;0;0;0t", b"\x1b[48;99999;99999;1;1t", b"\x1b[?0u", b"\x1b[?31u", b"\x1b[I"),
    *(b"\x1b[2;1;1;128;128;1;0x", b"\x1b[?1;0;256S", b"\x1b[3;1p", b"\x1b[1;2;3&y", b"\x1b[O"),
    b"\x1b[1 q",
]
"""Answers to questions of others: colours, sizes, modes, what the terminal is."""
_TEXTS = {
    b"\x1b]": (b"11;rgb:1e1e/2a2a/c3c3", b"4;1;rgb:aa/pp/11", b"52;c;cGFhcDE=", b"lpaap1"),
    b"\x1bP": (b"1$r0;1m", b"1+r524742=3132", b">|xterm(390)", b"0$r", b"!|00pa1a"),
    b"\x1b_": (b"Gi=31;OK", b"paap1"),
    b"\x1b^": (b"paap1", b"1"),
    b"\x1bX": (b"paap1", b"12"),
}
STRINGS = [
    begin + text + end
    for begin, texts in _TEXTS.items()
    for text in texts
    for end in (b"\x1b\\", b"\x9c", b"\x07")
]
"""OSC, DCS, APC, PM and SOS, with each of their ends."""
NO_KEYS = [
    *(b"\x1b[1;1:3B", b"\x1b[106;1:3u", b"\x1b[97;1:1u", b"\x1b[97:65;2u", b"\x1b[1114112u"),
    *(b"\x1b[99999999;1u", b"\x1b[55296u", b"\x1b[97;0u", b"\x1b[97;9999u", b"\x1b[97;1;27u"),
    *(b"\x1b[97;;1114112u", b"\x1b[0u", b"\x1b[1u", b"\x1b[57343;5u", b"\x1b[63743u"),
    *(b"\x1b[27;5;1114112~", b"\x1b[27;999;97~", b"\x1b[999~", b"\x1b[9A", b"\x1b[2;5B"),
    *(b"\x1b[;;u", b"\x1bN1", b"\x1bNa", b"\x1b[[p", b"\x1b[[1"),
]
"""Reports of keys that there are not."""
FORMS = [
    b"\x1b[" + numbers + bytes([final])
    for numbers in (b"?1;2", b">1", b"=12", b"1;2;3;4;5")
    for final in range(0x40, 0x7F)
]
"""Every final byte with each private mark."""
SEQUENCES = list(dict.fromkeys([*MOUSE, *ANSWERS, *STRINGS, *NO_KEYS, *FORMS]))
"""What begins with ESC and is no key."""
C1 = [
    form
    for sequence in [*MOUSE[:4], *ANSWERS[:12], *STRINGS[::3]]
    for code in [sequence[1] + 0x40]
    for form in (bytes([code]) + sequence[2:], chr(code).encode() + sequence[2:])
]
"""The same with a C1 control for its beginning, as a byte and as UTF-8."""


LIKE_KEYS = (b"\x1bN", b"\x1bX", b"\x1b[[", b"\x1b[1 q", b"\x1b[<35;1e3")
"""What a byte at a time, after an ESC that was taken for a key, is as keys that are pressed."""


def halves(sequence: bytes) -> Iterator[tuple[bytes, bytes]]:
    """A sequence in two portions, cut before each byte but the first."""
    return ((sequence[:at], sequence[at:]) for at in range(1, len(sequence)))


def damaged(sequence: bytes) -> Iterator[bytes]:
    """A sequence with a byte behind its ESC lost, doubled, or another one, and its end lost."""
    for at in range(1, len(sequence)):
        before, byte, after = sequence[:at], sequence[at : at + 1], sequence[at + 1 :]
        yield before + after
        yield before + byte + byte + after
        for other in (b"1", b"a", b";", b"\xff"):
            yield before + other + after
        yield before
