"""Times keys that scroll a transcript of 190 kB and a body of 100,000 lines, beside a bare app.

    python -m tests.bench.scrolling [VAULT] [--keys N]

Makes both bodies itself; VAULT is taken so that all these programs are called alike. The bare app
cuts long lines where sluice wraps them.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.bench._pty import Session, all_there, bare, settled, sluice
from tests.bench._table import milliseconds, row, say

HEADER = """---
id: SOURCE-20250101-00{number}
title: "{title}"
status: raw
---

"""
SENTENCE = "and then one of them said that the *second* part of it was where the trouble began, "
KEYS = (("page", " "), ("three lines", "J"))
READ_KEYS = (
    ("read: page", " "),
    ("read: line", "j"),
    ("read: end", "G"),
    ("read: line up", "k"),
    ("read: page up", "\x1b[5~"),
    ("read: top", "g"),
)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Times scrolling.")
    parser.add_argument("vault", type=Path, nargs="?")
    parser.add_argument("--keys", type=int, default=15, help="how often each key is pressed")
    request = parser.parse_args()
    transcript = "\n\n".join(SENTENCE * 28 for _ in range(80))
    lines = "".join(f"Line {number}: {SENTENCE[:50]}\n" for number in range(100_000))
    row("ms until the screen is still", "p50", "p95", "longest", "CPU a key")
    for name, body in (("190 kB transcript", transcript), ("100,000 lines", lines)):
        _measure(name, body, request.keys)


def _measure(name: str, body: str, keys: int) -> None:
    """Scroll one body in both apps."""
    with tempfile.TemporaryDirectory() as folder:
        vault, text = Path(folder) / "vault", Path(folder) / "body"
        vault.mkdir()
        source = HEADER.format(number=1, title=name) + body
        (vault / "SOURCE-20250101-001.md").write_text(source, encoding="utf-8")
        text.write_text(body, encoding="utf-8")
        say(f"{name}, {len(body):,} characters")
        with Session(sluice(vault), Path(folder) / "home") as session:
            session.wait_for(all_there(1))
            session.rest(0.5)
            for what, key in KEYS:
                _press(f"  sluice {what}", session, key, keys)
            opened = session.answer("\r", 0.4)
            took = settled(session, [opened])
            row("  sluice read: opened", *milliseconds([last for _, last in took], 0.5))
            for what, key in READ_KEYS:
                _press(f"  sluice {what}", session, key, 1 if key in "gG" else keys)
        with Session(bare(1, text), Path(folder) / "bare") as session:
            session.wait_for("preview")
            session.rest(0.5)
            for what, key in KEYS:
                _press(f"  bare {what}", session, key, keys)


def _press(name: str, session: Session, key: str, times: int) -> None:
    """Press a key so often and print what it took."""
    before = session.cpu
    pressed = [session.answer(key) for _ in range(times)]
    cpu = (session.cpu - before) * 1000 / times
    took = [last for _, last in settled(session, pressed)]
    row(name, *milliseconds(took, 0.5, 0.95, 1), cpu)


if __name__ == "__main__":
    main()
