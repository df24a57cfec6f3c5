"""The words that `init` knows in ten languages: names of fields, statuses, scales, folders."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from tui.links import name_of
from tui.vault.header.parse import read_own

BESIDE = 100
"""The place of a word for a note that waits beside the line."""
AWAY = 101
"""The place of a word for a note that left the line."""

_NUMBER = re.compile(r"\d+[\s._)\]:–—-]*(?=[^\W\d])")
_HUMP = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
_PARTS = re.compile(r"[\W_]+")
_ASIDE = re.compile(r"\s*[(\[{].*|\s+[-–—:|/]\s.*|:\s.*")
_COMPOUND = 6
"""The shortest name of a status that counts at the end of a word without a space before it."""


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """A name or value as it is compared: letters and digits, without a leading number."""
    plain = name_of(text)
    folded = unicodedata.normalize("NFC", plain).strip().casefold()
    folded = _NUMBER.sub("", folded, count=1) if _NUMBER.match(folded) else folded
    kept = "".join(sign for sign in folded if sign.isalnum() or _is_mark(sign))
    # A plus sign or an emoji alone is a name too.
    return kept or plain.strip()


def _is_mark(sign: str) -> bool:
    return sign > "\u02ff" and unicodedata.category(sign) in ("Mn", "Mc")


def last_word(name: str) -> str:
    """The last word of a name such as ``readingStatus`` or ``reading-status``, folded."""
    parts = [part for part in _PARTS.split(_HUMP.sub(" ", name)) if part]
    return fold(parts[-1]) if parts else ""


def _unaccented(folded: str) -> str:
    """A folded word without the accents of Latin letters."""
    if folded.isascii():
        return folded
    letters = unicodedata.normalize("NFD", folded)
    return unicodedata.normalize("NFC", "".join(c for c in letters if not "\u0300" <= c < "\u0370"))


class Stage(NamedTuple):
    """What a word for a status says."""

    place: int
    """Its line, from 0; ``BESIDE`` or ``AWAY``."""
    language: str


class Words(NamedTuple):
    """All words, folded."""

    names: frozenset[str]
    """Names of fields for a status."""
    doubtful: frozenset[str]
    """Those of them that often name something else."""
    other_names: frozenset[str]
    """Names of fields with few values that never say how far a note is."""
    stages: Mapping[str, Stage]
    unaccented: Mapping[str, Stage]
    """The same by the words without accents, as many people type them."""
    lines: tuple[str, ...]
    """The names of the stages, the earliest first."""
    decided: frozenset[str]
    of_reading: frozenset[int]
    added: Mapping[str, Mapping[str, str]]
    """What sluice adds, by language."""
    yes_no: Mapping[str, Mapping[str, str]]
    publishing: frozenset[str]
    archiving: frozenset[str]
    inbox_tags: frozenset[str]
    inbox_folders: frozenset[str]
    roles: Mapping[str, tuple[str, ...]]
    low_is_best: frozenset[str]
    scales: tuple[tuple[str, ...], ...]
    blank: frozenset[str]
    """Values that say nothing."""
    no_page: frozenset[str]
    """Names of files that are never notes."""
    not_a_note: frozenset[str]
    """The same, for files without a title."""
    template_folders: frozenset[str]

    @property
    def early(self) -> range:
        """The places up to *planned*: where a note begins."""
        return range(self.lines.index("planned") + 1)

    @property
    def ends(self) -> range:
        """The places from *read* on: where a note has been dealt with."""
        return range(self.lines.index("read"), len(self.lines))

    def names_status(self, name: str) -> bool:
        """Whether a field of that name is for a status, by the name or its last word."""
        folded = fold(name)
        if folded in self.names or last_word(name) in self.names:
            return True
        return any(
            folded.endswith(known) and (len(known) >= _COMPOUND or not known.isascii())
            for known in self.names
        )

    def pair(self, name: str) -> Mapping[str, str]:
        """What *no* and *yes* mean in a field, the earlier one first."""
        return self.yes_no.get(fold(name)) or {"no": f"not {name}", "yes": name}

    def is_of_pages(self, name: str) -> bool:
        """Whether a yes or no is about all pages, as *draft* is; a task is *done* or no task."""
        folded = fold(name)
        is_draft = next(iter(self.pair(name))) == "yes"
        return is_draft or folded in self.publishing or folded in self.archiving

    def stage(self, text: str) -> Stage | None:
        """What a value says; also one with more behind it, such as ``Superseded by 12``."""
        folded = fold(text)
        found = self.stages.get(folded) or self.unaccented.get(_unaccented(folded))
        if found is None:
            found = self.stages.get(fold(_ASIDE.sub("", text, count=1)))
        if found is None:
            first, _, more = text.strip().partition(" by ")
            leads = self.stages.get(fold(first)) if more else None
            found = leads if leads is not None and leads.place == AWAY else None
        return found


@cache
def load_words() -> Words:
    """The words of ``words.yaml``."""
    data = read_own(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    stages: dict[str, Stage] = {}
    lines = []
    for place, line in enumerate(data["line"]):
        ((name, by_language),) = line.items()
        lines.append(name)
        _add(stages, by_language, place)
    _add(stages, data["beside"], BESIDE)
    _add(stages, data["away"], AWAY)
    return Words(
        names=_folded(data["names"]),
        doubtful=_folded(data["doubtful"]),
        other_names=_folded(data["other_names"]),
        stages=stages,
        unaccented={_unaccented(word): stage for word, stage in reversed(stages.items())},
        lines=tuple(lines),
        decided=_folded(data["decided"]),
        of_reading=frozenset(map(lines.index, data["of_reading"])),
        added=data["added"],
        yes_no={fold(name): pair for name, pair in data["yes_no"].items()},
        publishing=_folded(data["publishing"]),
        archiving=_folded(data["archiving"]),
        inbox_tags=_folded(data["inbox_tags"]),
        inbox_folders=_folded(data["inbox_folders"]),
        roles={role: tuple(map(fold, names)) for role, names in data["roles"].items()},
        low_is_best=_folded(data["low_number_is_best"]),
        scales=tuple(tuple(map(fold, scale)) for scale in data["scales"]),
        blank=_folded(data["blank"]),
        no_page=_folded(data["no_page"]),
        not_a_note=_folded(data["not_a_note"]),
        template_folders=_folded(data["template_folders"]),
    )


def _folded(words: Iterable[Any]) -> frozenset[str]:
    return frozenset(map(fold, words))


def _add(stages: dict[str, Stage], by_language: Mapping[str, Iterable[str]], place: int) -> None:
    for language, words in by_language.items():
        for word in words:
            stages.setdefault(fold(word), Stage(place, language))
