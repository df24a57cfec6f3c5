"""Uses the app for thousands of mixed keys; what a key and the memory cost at first and then.

    python -m tests.bench.long_use [VAULT] [--keys N] [--idle SECONDS] [--seed N]

Works on copies below TMPDIR, in terminals. Costs are CPU time of the process, a lower quartile.
Others on the machine make that longer too: after some keys an app that was opened just now, on
the same files, has its turn after each lot of keys, and "times" is the median of such pairs. The
keys that are measured are counted with the others. At the end the app is left alone for a while.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from statistics import median
from time import sleep

from tests.bench._pty import Session, sluice
from tests.bench._table import percentile, row, say
from tests.bench.vaults import SEEDS

ESC, TAB, SHIFT_TAB = "\x1b", "\t", "\x1b[Z"
ESCAPE = 0.13
"""Seconds after an escape in which a key would be taken for one with alt."""
SHORT, NOTHING = 0.02, 0.25
"""Seconds without output after which a key is answered, and those it has for the first."""
MEASURED = (
    ("j and k", "j" * 8 + "k" * 8, 1),
    ("a decision", "1234", 1),
    ("a decision, undone", "1u", 2),
    ("? and esc", f"?{ESC}", 1),
)
"""What is measured, the keys of one lot, and how many of them are one."""
LOTS = 16
IDLE = 0.03
"""Seconds of CPU that an app which does nothing uses in one at the most."""
DEAF = 0.5
"""Milliseconds that no answer costs as little as."""
AT = (0.5, 5 / 6, 1.0)
"""After which shares of the keys there is a look: the second is that of a promise."""
MOST_TIMES, MOST_MORE = 1.1, 20.0
"""What is promised: times the CPU of a key at first, and MB more over the second half."""
WORDS = ("agents", "notes", "the", "a quiet", "tier:noise", "st:raw", "desk", "zzz")
FIELDS = ("title", "creator", "date_pub", "synopsis", "aliases", "teleology", "has_tr")
VALUES = ("gen", "age", "too", "wor")


@dataclass
class Look:
    """What the app cost after some keys."""

    keys: int
    costs: list[float]
    """Milliseconds of CPU, in the order of ``MEASURED``."""
    fresh: list[float]
    """Those of an app that was opened just now; empty where it was itself."""
    times: list[list[float]]
    """By kind: of each lot, how many times it cost what it did in that app."""
    memory: float
    """MB, before anything was measured."""


class Typist:
    """Somebody at the keyboard, who waits for each answer."""

    def __init__(self, session: Session, seed: int) -> None:
        self._session = session
        self._dice = random.Random(seed)
        self.keys = 0
        self._acts: list[Callable[[], Iterator[str]]] = [
            *(self._move, self._decide, self._decide, self._undo, self._field, self._box),
            *(self._box, self._search, self._mark, self._tabs, self._write, self._palette),
        ]

    def press(self, *keys: str) -> None:
        """Press keys one after the other, each when the one before is answered."""
        for key in keys:
            self.keys += 1
            if key == ESC:
                self._session.press(key)
                sleep(ESCAPE)
                self._session.rest(SHORT)
            else:
                self._session.answer(key, SHORT, NOTHING)

    def press_many(self, count: int) -> None:
        """Do one thing after the other until so many keys were pressed in all."""
        while self.keys < count:
            self.press(*self._dice.choice(self._acts)())

    def cost(self, keys: str) -> float:
        """The milliseconds of CPU that some keys take."""
        before = self._session.cpu
        self.press(*keys)
        return (self._session.cpu - before) * 1000

    def home(self) -> None:
        """To the first of all sources, whatever was open."""
        self.press(ESC, ESC, "X", "v", *"all", "\r", "g")
        self._session.rest(0.5)

    def _some(self, *choices: str, most: int = 6) -> Iterator[str]:
        yield from self._dice.choices(choices, k=self._dice.randint(1, most))

    def _move(self) -> Iterator[str]:
        yield from self._some(*"jjjjkkJK gG", "\x04", "\x15", "\x1b[6~", "\x1b[A", most=12)

    def _decide(self) -> Iterator[str]:
        yield from self._some(*"12340pa.=j", most=4)

    def _undo(self) -> Iterator[str]:
        yield from self._some(*"uuU", most=4)

    def _field(self) -> Iterator[str]:
        yield from ("c", *self._dice.choice(VALUES), "\r")
        yield from ("f", *self._dice.choice(FIELDS), "\r", ESC, ESC)

    def _box(self) -> Iterator[str]:
        yield from (self._dice.choice("?cPtfIvsYD\rd+FAw"), ESC, ESC)
        yield from ("r", self._dice.choice(" j1"), ESC, ESC)

    def _search(self) -> Iterator[str]:
        yield from ("/", *self._dice.choice(WORDS), "\r", *self._some(*"jknN"), ESC, ESC)

    def _mark(self) -> Iterator[str]:
        yield from (*"xxxxxx", "p", ESC, ESC, "x", "1", "X")

    def _tabs(self) -> Iterator[str]:
        yield from (TAB, TAB, self._dice.choice(f"jk{TAB}"), SHIFT_TAB, ESC, ESC)

    def _write(self) -> Iterator[str]:
        yield from ("i", *"so it is", "\r", "i", *"half", ESC, ESC)

    def _palette(self) -> Iterator[str]:
        yield from ("\x10", *self._dice.choice(WORDS)[:4], ESC, ESC)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Measures what long use costs.")
    parser.add_argument("vault", type=Path, nargs="?", default=SEEDS)
    parser.add_argument("--keys", type=int, default=6_000, help="how many keys in all")
    parser.add_argument("--idle", type=float, default=60.0, help="seconds left alone at the end")
    parser.add_argument("--seed", type=int, default=1)
    request = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, _opened(request.vault, Path(folder)) as session:
        _use(session, Typist(session, request.seed), request.keys, Path(folder) / "vault")
        _leave_alone(session, request.idle)


@contextmanager
def _opened(vault: Path, folder: Path) -> Iterator[Session]:
    """The app on a copy of a vault in a folder, with all read and learnt."""
    shutil.copytree(vault, folder / "vault")
    with Session(sluice(folder / "vault"), folder / "home") as session:
        session.wait_for(r" of \d|raw +\d")
        session.rest(2.0, 60)
        _until_idle(session)
        yield session


def _use(session: Session, typist: Typist, keys: int, vault: Path) -> None:
    """Press the keys and print what they cost at first and later."""
    row("CPU ms", *(name for name, _, _ in MEASURED), "MB", width=20)
    _show(_look(session, typist))
    looks = []
    for share in AT:
        typist.press_many(round(keys * share))
        with tempfile.TemporaryDirectory() as folder, _opened(vault, Path(folder)) as other:
            looks.append(_look(session, typist, Typist(other, 0)))
        _show(looks[-1])
    half, late, end = looks
    times = median(chain.from_iterable(late.times))
    _tell(f"a key after {late.keys:,} keys, times one at first", times, MOST_TIMES)
    _tell("MB more over the second half", end.memory - half.memory, MOST_MORE)


def _look(session: Session, used: Typist, fresh: Typist | None = None) -> Look:
    """Measure at the first of all sources, in turns with a fresh app if there is one."""
    typists = [used, fresh] if fresh else [used]
    for typist in typists:
        typist.home()
    keys, memory = used.keys, session.memory
    costs: list[list[float]] = [[] for _ in typists]
    times = []
    for _, lot, each in MEASURED:
        lots: list[list[float]] = [[] for _ in typists]
        for number in range(LOTS + 1):
            for typist, mine in zip(typists, lots, strict=True):
                took = typist.cost(lot)
                # The first lot of a kind is for the caches.
                if number:
                    mine.append(took)
        times.append([one / other for one, other in zip(lots[0], lots[-1], strict=True)])
        for typist, mine, cost in zip(typists, lots, costs, strict=True):
            cost.append(percentile(mine, 0.25) / len(lot) * each)
            typist.press("g")
            if cost[-1] < DEAF:
                sys.exit(f"The app answers no more after {typist.keys:,} keys.")
    return Look(keys, costs[0], costs[1] if fresh else [], times, memory)


def _until_idle(session: Session) -> None:
    """Until what is read and learnt after a start has been."""
    before = 0.0
    while session.cpu - before > IDLE:
        before = session.cpu
        sleep(1.0)


def _leave_alone(session: Session, seconds: float) -> None:
    """Leave the app alone and print what that costs."""
    session.rest(1.0)
    cpu, memory = session.cpu, session.memory
    sleep(seconds)
    cpu, memory = (session.cpu - cpu) / seconds * 1000, session.memory - memory
    say(f"left alone for {seconds:.0f} s: {cpu:.2f} ms of CPU a second, {memory:+.1f} MB")


def _show(look: Look) -> None:
    row(f"after {look.keys:,} keys", *look.costs, look.memory, width=20)
    if look.fresh:
        row("  opened just now", *look.fresh, "", width=20)
        row("  times", *map(median, look.times), "", width=20)


def _tell(what: str, value: float, most: float) -> None:
    say(f"{what}: {value:.2f}, at most {most:g}: {'yes' if value <= most else 'NO'}")


if __name__ == "__main__":
    main()
