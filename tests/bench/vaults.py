"""Makes vaults of any size for the benchmarks: realistic sources of made-up words.

    python -m tests.bench.vaults OUT COUNT [--like VAULT] [--seed N]

The words, lengths and values are distributed as in the vault it is told to be like; a share of
the words is made up, so that the vocabulary grows with the vault as it does in real ones.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from tests.samples import HEADER
from tui.search.fold import words
from tui.triage.schema import load_schema
from tui.vault.source import Problem, Source, Stamp
from tui.vault.vault import Vault

SEEDS = Path(__file__).parents[2] / "seeds"
BROKEN = 0.08
"""The share of headers that cannot be read as YAML, as in the real vault."""
MADE_UP = 0.25
"""The share of a title's words that are made up."""
LEXICON = 60_000
"""How many made-up words there are; the first ones are used most, as in a language."""
MEDIAN_BODY = 2_000
LONGEST_BODY = 190_000
PARAGRAPHS = 600
FIRST_DAY = date(2019, 1, 1)
_ONSETS = re.findall(
    r"\w+", "b br c ch cl d dr f fl g gr h j k l m n p pl pr qu r s sh sl st t th tr v w"
)
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "ee", "io", "oa", "ou")
_CODAS = ("", "", "", "n", "r", "s", "t", "l", "nd", "rk", "st", "m", "x")


@dataclass(frozen=True)
class Made:
    """One made source: its file's name, its header's fields and its body."""

    name: str
    fields: dict[str, Any]
    body: str
    broken: bool

    @property
    def text(self) -> str:
        """The file's text."""
        lines = [f"{name}: {_yaml(value)}" for name, value in self.fields.items()]
        if self.broken:
            title = self.fields["title"]
            lines[1] = f'title: ""{title.split(" ")[0]}" {" ".join(title.split(" ")[1:])}"'
        return "---\n" + "\n".join(lines) + f"\n---\n\n# {self.fields['title']}\n\n{self.body}"


class Maker:
    """Makes sources like those of a vault, the same for the same seed."""

    def __init__(self, like: Sequence[Source], seed: int) -> None:
        self._rng = random.Random(seed)
        self._like = [source for source in like if source.problem is None]
        titles = [words(source.title) for source in like]
        self._sizes = [len(title) for title in titles if 1 < len(title) < 20] or [6]
        counts: dict[str, int] = {}
        for title in titles:
            for word in title:
                counts[word] = counts.get(word, 0) + 1
        self._words = list(counts)
        self._weights = list(accumulate(counts.values()))
        self._lexicon = self._made_words()
        self._paragraphs = [self._paragraph() for _ in range(PARAGRAPHS)]
        self._topics = [topic for source in like for topic in source.items("topics")] or ["notes"]

    def make(self, count: int, bodies: bool = True) -> Iterator[Made]:
        """So many sources; without bodies where only headers are wanted."""
        creators = [self._phrase(2).title() for _ in range(count // 12 + 20)]
        seen: dict[str, int] = {}
        for _ in range(count):
            day = FIRST_DAY + timedelta(days=self._rng.randrange(2_500))
            stamp = f"{day:%Y%m%d}"
            seen[stamp] = seen.get(stamp, 0) + 1
            yield self._one(day, f"SOURCE-{stamp}-{seen[stamp]:03}", creators, bodies)

    def _one(self, day: date, id: str, creators: Sequence[str], bodies: bool) -> Made:
        rng, like = self._rng, self._rng.choice(self._like)
        title = self._title()
        creator = creators[self._often_first(len(creators))]
        fields: dict[str, Any] = {
            "id": id,
            "title": title,
            "url": self._address(title),
            "creator": creator,
        }
        for name in ("platform", "format", "status", "signal_tier", "notebooklm_category",
                     "cadence", "value_modality", "teleology"):  # fmt: skip
            value = like.text(name)
            fields[name] = value if value.isascii() and len(value) < 40 else None
        fields |= {
            "chain": None,
            "date_published": day,
            "date_processed": day + timedelta(days=rng.randrange(40)),
            "date_integrated": None,
            "has_transcript": rng.random() < 0.5,
            "topics": sorted({rng.choice(self._topics)[:30] for _ in range(rng.randrange(3, 8))}),
            "aliases": [self._title(3)] if rng.random() < 0.4 else [],
            "synopsis": f"{self._title(14)}.",
            "key_insights": [self._title(9)] if rng.random() < 0.05 else [],
            "integrated_into": [],
        }
        slug = "_".join(words(title))[:80]
        stem = f"{id}-{fields['platform']}-{fields['format']}-{'_'.join(words(creator))}-{slug}"
        body = self._body() if bodies else ""
        return Made(f"{stem}.md", fields, body, rng.random() < BROKEN)

    def _often_first(self, size: int) -> int:
        """An index below ``size``, the first ones most often, as Zipf's law has it."""
        return min(size - 1, int(size ** self._rng.random()) - 1)

    def _word(self) -> str:
        if self._rng.random() < MADE_UP:
            return self._lexicon[self._often_first(LEXICON)]
        return self._rng.choices(self._words, cum_weights=self._weights)[0]

    def _phrase(self, size: int) -> str:
        return " ".join(self._lexicon[self._rng.randrange(LEXICON)] for _ in range(size))

    def _title(self, size: int = 0) -> str:
        size = size or self._rng.choice(self._sizes)
        text = " ".join(self._word() for _ in range(size))
        return text[0].upper() + text[1:]

    def _address(self, title: str) -> str:
        if self._rng.random() < 0.5:
            letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789_-"
            return f"https://www.youtube.com/watch?v={''.join(self._rng.choices(letters, k=11))}"
        host = self._lexicon[self._often_first(2_000)]
        return f"https://{host}.example/{'-'.join(words(title)[:8])}"

    def _paragraph(self) -> str:
        sentences = [self._title(self._rng.randrange(6, 22)) for _ in range(5)]
        return ". ".join(sentences) + "."

    def _body(self) -> str:
        rng = self._rng
        wanted = min(LONGEST_BODY, int(rng.lognormvariate(math.log(MEDIAN_BODY), 1.0)))
        parts: list[str] = []
        length = 0
        while length < wanted:
            heading = rng.random() < 0.2
            parts.append(f"## {self._title(4)}" if heading else rng.choice(self._paragraphs))
            length += len(parts[-1]) + 2
        return "\n\n".join(parts) + "\n"

    def _made_words(self) -> list[str]:
        made: dict[str, None] = {}
        rng = self._rng
        while len(made) < LEXICON:
            word = "".join(
                rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS)
                for _ in range(rng.choice((1, 2, 2, 2, 3)))
            )
            if len(word) > 3:
                made[word] = None
        return list(made)


def like_vault(folder: Path | None) -> Sequence[Source]:
    """The sources that made ones are to be like: of a vault, else the samples."""
    with tempfile.TemporaryDirectory() as state:
        return sources_in(folder or SEEDS, Path(state))


def sources_in(folder: Path, state: Path) -> Sequence[Source]:
    """The sources of a vault, by its own rule."""
    return Vault(folder, state, rule=load_schema(folder).rule).sources


def in_memory(maker: Maker, count: int, root: Path = Path("/made")) -> Iterator[Source]:
    """Made sources without files or bodies, as they would be read."""
    for number, made in enumerate(maker.make(count, bodies=False)):
        problem = Problem("line 3 cannot be read", 3) if made.broken else None
        stamp = Stamp(1, 1, number)
        yield Source(root, made.name, made.fields, made.fields["title"], problem, stamp)


def write_vault(folder: Path, count: int, like: Path | None = None, seed: int = 1) -> None:
    """Write a vault of so many sources into a folder that is made for it."""
    folder.mkdir(parents=True)
    for made in Maker(like_vault(like), seed).make(count):
        (folder / made.name).write_text(made.text, encoding="utf-8")


def numbered_vault(home: Path, count: int) -> tuple[Path, list[str]]:
    """Write a vault of short sources, and keep the state of sluice beside it in ``home``.

    Returns its folder and the names of the files.
    """
    for name in ("CONFIG", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
    vault = home / "vault"
    vault.mkdir()
    names = [f"SOURCE-20260102-{number:06}.md" for number in range(count)]
    for number, name in enumerate(names):
        (vault / name).write_text(HEADER.format(number=number, title=f"Number {number}"))
    return vault, names


def _yaml(value: Any) -> str:
    """The value as the capture scripts of the real vault write it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "".join(f"\n- {json.dumps(item)}" for item in value) if value else "[]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value)


def main() -> None:
    """Write the vault that the arguments ask for."""
    parser = argparse.ArgumentParser(description="Makes a vault of any size.")
    parser.add_argument("out", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--like", type=Path, help="a vault to be like (default: the samples)")
    parser.add_argument("--seed", type=int, default=1)
    request = parser.parse_args()
    write_vault(request.out, request.count, request.like, request.seed)
    sys.stdout.write(f"{request.count} sources in {request.out}\n")


if __name__ == "__main__":
    main()
