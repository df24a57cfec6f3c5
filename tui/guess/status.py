"""Which field says how far a note is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from tui.guess.columns import Column, enough, is_number, yes_no
from tui.guess.order import Group, groups_of
from tui.guess.words import AWAY, BESIDE, Words, fold
from tui.vault.rule import items_of

Sure = Literal["sure", "likely", "open"]

MOST_VALUES = 12
"""So many values must hold nearly all notes."""
_SENTENCE = 40
"""Letters from which a value is a sentence."""
_TAG = re.compile(r"#?(?P<prefix>[^/]+)/(?P<value>.+)")
_SURE_FILES = 20
"""With fewer files no status is certain."""
_FEW_VALUES = 8
"""The most values of a field that is asked about though neither its name nor its words say so."""
_FILES_A_VALUE = 5
"""In how many notes each of these is on average, at least."""


class Candidate(NamedTuple):
    """A field that could be the status."""

    kind: Literal["choice", "tag", "bool", "new"]
    name: str
    """The field; of a tag, the field that has the tags."""
    groups: tuple[Group, ...] = ()
    """Its values, the most frequent first."""
    holders: frozenset[int] = frozenset()
    """The notes that have a value."""
    carriers: frozenset[int] = frozenset()
    """The notes that have the field, with a value or without."""
    headers: int = 0
    """How many notes have a header."""
    spellings: tuple[str, ...] = ()
    """Other spellings of the field's name, see ``Column.others``."""
    prefix: str = ""
    """What the tags begin with."""
    is_list: bool = False
    """Whether it is written as a list of one."""
    is_linked: bool = False
    """Whether most values are links to notes."""
    is_number: bool = False
    """Whether its values are numbers."""
    is_quoted: bool = False
    """Whether most of these are written as text."""
    is_named: bool = True
    """Whether its name is that of a status."""
    known: float = 1.0
    """The share of notes whose value is a known word."""

    @property
    def coverage(self) -> float:
        """The share of headers that have it."""
        return len(self.holders) / self.headers if self.headers else 0.0

    @property
    def score(self) -> float:
        """How well it fits, to compare candidates."""
        return self.is_named + self.known + 2 * self.coverage

    def rivals(self, others: tuple[Candidate, ...]) -> list[Candidate]:
        """Other candidates on notes that do not have this one."""
        return [
            one
            for one in others
            if one is not self and enough(len(one.holders - self.holders), self.headers)
        ]


def candidates(
    words: Words, columns: Mapping[str, Column], headers: int, named: str = ""
) -> tuple[Candidate, ...]:
    """The fields and tags that could be the status, the best first.

    ``named`` is a field that the user named: it needs neither the name nor the words of one.
    """
    found: list[Candidate] = []
    asked = fold(named)
    for folded, column in columns.items():
        tags: list[Candidate] = []
        if folded in words.roles["topics"]:
            found += _tags(words, column, headers)
            tags = list(_plain_tags(words, column, headers))
        # Where each note has one tag, it may get others.
        one = None if tags else _candidate(words, column, headers, asked=folded == asked)
        found += [one] if one else tags
    best = sorted(found, key=lambda one: one.score, reverse=True)
    yes_no = (*words.yes_no, *({asked} - words.yes_no.keys()))
    found = [one for name in yes_no if (one := _boolean(words, name, columns, headers, asked))]
    booleans = sorted(found, key=lambda one: -one.coverage)
    # A word in a few notes says less than a yes or no in most.
    late = best and best[0].coverage < 0.1 and booleans and booleans[0].coverage >= 0.5
    return tuple([*booleans, *best] if late else [*best, *booleans])


def possible(words: Words, columns: Mapping[str, Column], headers: int) -> tuple[Candidate, ...]:
    """The fields that only a person can say are the status or not, the most frequent first.

    Nearly all notes have one of a few short values there, whose words are unknown.
    """
    others = words.other_names.union(*words.roles.values())
    found = []
    for folded, column in columns.items():
        is_named = words.names_status(column.name)
        often = len(column.held) * (2 if is_named else 1.25) >= headers
        if folded in others or folded in words.yes_no or not often or column.is_varied:
            continue
        one = _candidate(words, column, headers, asked=True)
        if one is None or one.is_number or (len(one.holders) < _SURE_FILES and not is_named):
            continue
        few = 2 <= len(one.groups) <= _FEW_VALUES
        most = one.groups[0].files * 10 <= len(one.holders) * 9
        if few and most and len(one.holders) >= len(one.groups) * _FILES_A_VALUE:
            found.append(one._replace(is_named=is_named))
    return tuple(sorted(found, key=lambda one: (-one.is_named, -one.coverage)))


def _candidate(
    words: Words, column: Column, headers: int, *, asked: bool = False
) -> Candidate | None:
    if not asked and (not enough(len(column.held), headers) or column.is_varied):
        return None
    singles = column.singles
    if not singles or not (enough(len(singles), headers) or asked):
        return None
    if len(singles) * 10 < len(column.held) * 9:
        # Several items are not one status.
        return None
    if column.share(lambda value: yes_no(value) is not None) > 0.5:
        return None
    if not asked and column.share(is_number) > 0.5:
        return None
    if column.is_date or sum(len(text) > _SENTENCE for text in singles.values()) * 10 > len(
        singles
    ):
        return None
    groups = groups_of(words, Counter(singles.values()))
    if _held_by_most(groups) * 10 < len(singles) * 9:
        return None
    is_named = asked or words.names_status(column.name)
    known = sum(group.files for group in groups if group.place is not None) / len(singles)
    if not asked and not (
        _is_progress(words, column.name, groups, known)
        if not is_named
        else known or fold(column.name) not in words.doubtful
    ):
        return None
    return Candidate(
        kind="choice",
        name=column.name,
        groups=groups,
        holders=frozenset(singles),
        carriers=frozenset(column.held) | column.empty,
        headers=headers,
        spellings=column.others,
        is_list=column.is_list,
        is_linked=column.is_linked,
        is_number=column.share(is_number) > 0.5,
        is_quoted=column.share(lambda value: type(value) is str) > 0.5,
        is_named=is_named,
        known=known,
    )


def _held_by_most(groups: Sequence[Group]) -> int:
    """How many notes the most frequent values hold; *superseded by 12* and *by 13* are one."""
    short = [group.files for group in groups if not group.is_longer]
    longer = sum(group.files for group in groups if group.is_longer)
    return sum(sorted([*short, longer], reverse=True)[:MOST_VALUES])


def _is_progress(words: Words, name: str, groups: Sequence[Group], known: float) -> bool:
    """Whether the words alone say that a field is a status: most are known, from stage to stage."""
    places = {group.place for group in groups if group.place is not None}
    ends, early = places & set(words.ends), places & set(words.early)
    if known < 0.7 or not places - ends - {BESIDE, AWAY}:
        return False
    # Some categories are called reading, writing and review; or ideas and archive.
    is_other = any(fold(name) in words.roles[role] for role in ("category", "topics"))
    return bool(ends and (early or not is_other)) or bool(early and AWAY in places and not is_other)


def _tags(words: Words, column: Column, headers: int) -> Iterator[Candidate]:
    """Statuses among the items of a list, such as ``status/inbox``."""
    by_prefix: dict[str, dict[int, list[str]]] = {}
    spelt: dict[str, Counter[str]] = {}
    for number, items in column.items.items():
        for item in items:
            match = _TAG.fullmatch(item)
            if match:
                folded = fold(match["prefix"])
                by_prefix.setdefault(folded, {}).setdefault(number, []).append(match["value"])
                spelt.setdefault(folded, Counter())[item[: match.start("value")]] += 1
    for folded, held in by_prefix.items():
        singles = {number: values[0] for number, values in held.items() if len(values) == 1}
        if not enough(len(singles), headers) or len(singles) * 10 < len(held) * 9:
            continue
        groups = groups_of(words, Counter(singles.values()))
        if _held_by_most(groups) * 10 < len(singles) * 9:
            continue
        known = sum(group.files for group in groups if group.place is not None) / len(singles)
        is_named = words.names_status(folded)
        if not is_named and not _is_progress(words, column.name, groups, known):
            continue
        prefix = spelt[folded].most_common(1)[0][0]
        found = _tag(column, groups, frozenset(singles), headers)
        yield found._replace(prefix=prefix, is_named=is_named, known=known)


def _plain_tags(words: Words, column: Column, headers: int) -> Iterator[Candidate]:
    """Statuses among the items of a list without anything before them, such as ``inbox``.

    Many words of a status are usual tags, too: nearly every list must have exactly one.
    """
    held: dict[int, list[str]] = {}
    for number, items in column.items.items():
        parts = [part for item in items for part in items_of(item)]
        stages = [part.lstrip("#") for part in parts if _is_stage(words, part)]
        if stages:
            held[number] = stages
    singles = {number: texts[0] for number, texts in held.items() if len(texts) == 1}
    if len(singles) < _SURE_FILES or len(singles) * 10 < max(len(held), len(column.held)) * 9:
        return
    groups = groups_of(words, Counter(singles.values()))
    if _is_progress(words, column.name, groups, 1.0):
        yield _tag(column, groups, frozenset(singles), headers)


def _tag(
    column: Column, groups: tuple[Group, ...], holders: frozenset[int], headers: int
) -> Candidate:
    """A status that is one item of a list, without anything before it."""
    return Candidate(
        kind="tag",
        name=column.name,
        groups=groups,
        holders=holders,
        carriers=holders,
        headers=headers,
        is_list=True,
        is_named=False,
    )


def _is_stage(words: Words, item: str) -> bool:
    stage = words.stage(item.lstrip("#"))
    return stage is not None and "/" not in item


def _boolean(
    words: Words, name: str, columns: Mapping[str, Column], headers: int, asked: str
) -> Candidate | None:
    """A field such as ``draft`` that says yes or no."""
    column = columns.get(name)
    if column is None or not (name == asked or enough(len(column.held), headers)):
        return None
    if column.share(lambda value: yes_no(value) is not None) < 0.9:
        return None
    said = {number: yes_no(value) for number, value in column.held.items()}
    counts = Counter(value for value in said.values() if value is not None)
    pair = words.pair(column.name)
    return Candidate(
        kind="bool",
        name=column.name,
        groups=tuple(
            Group(name, pair["yes" if value else "no"], count, None)
            for value, count in counts.most_common()
        ),
        holders=frozenset(number for number, value in said.items() if value is not None),
        carriers=frozenset(column.held) | column.empty,
        headers=headers,
        spellings=column.others,
    )


def certainty(
    found: Candidate,
    stages: int,
    others: tuple[Candidate, ...],
    unsure: tuple[Candidate, ...] = (),
) -> Sure:
    """How certain it is that a candidate is the status, with so many stages in its line.

    ``unsure`` are fields that may be it instead of a new one.
    """
    if found.kind == "new":
        return "open" if any(one.is_named for one in unsure) else "likely" if unsure else "sure"
    if found.kind == "bool":
        return "likely" if found.coverage >= 0.1 else "open"
    words = sum(group.place is not None for group in found.groups) / len(found.groups)
    if (
        found.is_named
        and words >= 0.8
        and found.coverage >= 0.2
        and len(found.holders) >= _SURE_FILES
        and stages <= 6
        and found.known >= 0.9
        and not found.rivals(others)
    ):
        return "sure"
    rivals = found.rivals(others)
    is_likely = (found.is_named and found.known >= 0.5) or found.known >= 0.9
    return "likely" if is_likely and not any(one.score > 2 for one in rivals) else "open"
