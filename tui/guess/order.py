"""The values of a status in the order a note goes through them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tui.guess.words import AWAY, BESIDE, Words, fold
from tui.links import name_of

_NUMBERED = re.compile(r"\D{0,2}(\d{1,3})(?:[\s._)\]:–—-]*[^\W\d]|$)")
LONGEST = 200
"""Letters from which a value is none."""
_FEWEST = 3
"""The shortest main line."""


class Group(NamedTuple):
    """One value, however it is spelled."""

    folded: str
    spelt: str
    """As most notes write it, without the brackets of a link."""
    files: int
    place: int | None
    """Where its word belongs, see ``Words.stage``; None for an unknown one."""
    language: str = ""
    others: tuple[str, ...] = ()
    """Spellings that differ in more than case."""
    is_longer: bool = False
    """Whether more than the word of its stage is said, as in ``superseded by 12``."""


class Value(NamedTuple):
    """A value of the status to be written."""

    name: str
    files: int
    """How many notes have it; 0 for one that sluice adds."""
    read_as: tuple[str, ...] = ()
    """Other words for it in the notes."""
    written: bool | None = None
    """The yes or no that stands for it."""


class Order(NamedTuple):
    """The statuses of a folder, as a schema has them."""

    values: tuple[Value, ...]
    main: tuple[str, ...]
    archive: str
    """Empty if no word means it."""
    moves: Mapping[str, tuple[str, ...]]
    unplaced: tuple[str, ...] = ()
    """Values whose place is unknown."""
    is_known: bool = True
    """Whether the words say an order."""


def groups_of(words: Words, counts: Mapping[str, int]) -> tuple[Group, ...]:
    """The values of a field, the most frequent first."""
    by_fold: dict[str, Counter[str]] = {}
    for text, count in counts.items():
        # A schema does not name a text.
        if len(text) >= LONGEST:
            continue
        by_fold.setdefault(fold(text), Counter())[name_of(text).strip()] += count
    found = []
    for folded, spellings in by_fold.items():
        (spelt, _), *rest = spellings.most_common()
        stage = words.stage(spelt)
        others = tuple(text for text, _ in rest if text.casefold() != spelt.casefold())
        place, language = stage if stage else (None, "")
        longer = place is not None and folded not in words.stages and " by " in spelt
        found.append(Group(folded, spelt, spellings.total(), place, language, others, longer))
    return tuple(sorted(found, key=lambda group: (-group.files, group.spelt)))


def arrange(
    words: Words, groups: Sequence[Group], main: Sequence[str] = (), archive: str = ""
) -> Order:
    """The order of the values; ``main`` and ``archive`` are what the user named."""
    if main:
        return _asked(groups, main, archive)
    numbers = _numbers(groups)
    if numbers:
        return _numbered(groups, numbers)
    total = sum(group.files for group in groups)
    lines: dict[int, list[Group]] = {}
    for group in groups:
        if group.place is not None and group.place < BESIDE:
            lines.setdefault(group.place, []).append(group)
    beside: dict[Group, int] = {}
    for place, line in list(lines.items()):
        band = next((band for band in (words.early, words.ends) if place in band), None)
        frequent = band and any(
            not _is_rare(other[0].files, total) for at, other in lines.items() if at in band
        )
        if frequent and _is_rare(sum(group.files for group in line), total):
            beside |= dict.fromkeys(line, place)
            del lines[place]
    in_line = [_joined(lines[place]) for place in sorted(lines)]
    added = _added(words, groups, sorted(lines))
    first, last = added
    values = [*first, *in_line, *last]
    names = [value.name for value in values]
    places = dict(zip(sorted(lines), (value.name for value in in_line), strict=True))
    moves: dict[str, tuple[str, ...]] = {}
    for group in groups:
        if group.place == BESIDE:
            moves[group.spelt] = (names[0],)
    for group, place in beside.items():
        after = [places[at] for at in sorted(places) if at > place] + [v.name for v in last]
        if after:
            moves[group.spelt] = (after[0],)
    unplaced = tuple(group.spelt for group in groups if group.place is None)
    # Words for a note that left say nothing about the others.
    staying = [group for group in groups if group.place != AWAY]
    placed = sum(group.files for group in staying if group.place is not None)
    return Order(
        values=(*values, *_aside(groups, beside)),
        main=tuple(names),
        archive=archive_of(groups),
        moves=moves,
        unplaced=unplaced,
        is_known=placed * 2 >= sum(group.files for group in staying)
        and bool(lines or len(staying) < len(groups)),
    )


def archive_of(groups: Sequence[Group]) -> str:
    """The most frequent word for a note that left the line."""
    return next((g.spelt for g in groups if g.place == AWAY and not g.is_longer), "")


def _aside(groups: Sequence[Group], beside: Mapping[Group, int]) -> list[Value]:
    """The values outside the line: those that left it, those beside it, the unknown ones."""
    away = [group for group in groups if group.place == AWAY]
    waiting = [group for group in groups if group.place == BESIDE]
    unknown = [group for group in groups if group.place is None]
    return [_value(group) for group in (*away, *waiting, *beside, *unknown)]


def _value(group: Group) -> Value:
    return Value(group.spelt, group.files, group.others)


def _joined(line: Sequence[Group]) -> Value:
    """The values of one stage: the most frequent word, and the others read as it."""
    head, *rest = line
    read_as = [*head.others]
    for group in rest:
        read_as += [group.spelt, *group.others]
    return Value(head.spelt, sum(group.files for group in line), tuple(read_as))


def _is_rare(count: int, total: int) -> bool:
    return count < 3 and count * 50 < total


def _added(
    words: Words, groups: Sequence[Group], places: Sequence[int]
) -> tuple[list[Value], list[Value]]:
    """What a line with these places needs before it and after it."""
    said = own_words(words, groups)
    last: list[Value] = []
    if not any(place in words.ends for place in places) and not _is_decided(words, groups, places):
        reads = any(place in words.of_reading for place in places)
        last = [Value(said["read" if reads or not places else "done"], 0)]
    if not places:
        last.append(Value(said["done"], 0))
    short = len(places) + len(last) < _FEWEST
    needs_first = short and not any(place in words.early for place in places)
    return [Value(said["inbox"], 0)] * needs_first, last


def _is_decided(words: Words, groups: Sequence[Group], places: Sequence[int]) -> bool:
    """Whether the last stage is *accepted* where decisions are also rejected or superseded."""
    accepted = words.lines.index("accepted")
    return places[-1:] == [accepted] and any(
        group.place == AWAY and any(group.folded.startswith(one) for one in words.decided)
        for group in groups
    )


def own_words(words: Words, groups: Sequence[Group]) -> Mapping[str, str]:
    """The words that sluice adds, in the language and the case of the values."""
    languages = Counter(group.language for group in groups if group.language)
    language = languages.most_common(1)[0][0] if languages else "en"
    added = words.added[language]
    known = [group.spelt for group in groups if group.place is not None]
    if known and all(text.isupper() and len(text) > 1 for text in known):
        return {key: text.upper() for key, text in added.items()}
    if known and sum(text[:1].isupper() for text in known) * 2 > len(known):
        return {key: text[:1].upper() + text[1:] for key, text in added.items()}
    return added


def _numbers(groups: Sequence[Group]) -> Mapping[str, int]:
    """The leading numbers of the values, if all have one and no two the same."""
    found = {group.spelt: _NUMBERED.match(group.spelt) for group in groups}
    numbers = {spelt: int(match[1]) for spelt, match in found.items() if match}
    several = len(groups) > 1 and len(numbers) == len(groups)
    return numbers if several and len(set(numbers.values())) == len(groups) else {}


def _numbered(groups: Sequence[Group], numbers: Mapping[str, int]) -> Order:
    """The order where the values are numbered."""
    ordered = sorted(groups, key=lambda group: numbers[group.spelt])
    # A last number is an end, whatever its word; only an archive is none.
    main = [group for group in ordered if group.place not in (AWAY, BESIDE)]
    aside = [group for group in groups if group.place in (AWAY, BESIDE)]
    if not main:
        return plain_order(ordered)
    return Order(
        values=tuple(map(_value, (*main, *aside))),
        main=tuple(group.spelt for group in main),
        archive=archive_of(aside),
        moves={group.spelt: (main[0].spelt,) for group in aside if group.place == BESIDE},
    )


def plain_order(groups: Sequence[Group]) -> Order:
    """The values in a line as they come."""
    return Order(tuple(map(_value, groups)), tuple(group.spelt for group in groups), "", {})


def _asked(groups: Sequence[Group], main: Sequence[str], archive: str) -> Order:
    """The order with the main line that the user named; words may be new."""
    by_fold = {group.folded: group for group in groups}
    line = [by_fold.get(fold(text)) or Group(fold(text), text, 0, None) for text in main]
    named = {group.folded for group in line}
    rest = [group for group in groups if group.folded not in named]
    away = [group for group in rest if group.place == AWAY]
    if archive:
        asked = by_fold.get(fold(archive)) or Group(fold(archive), archive, 0, AWAY)
        away = [asked, *(group for group in away if group is not asked)]
    others = [group for group in rest if group not in away]
    return Order(
        values=tuple(map(_value, (*line, *away, *others))),
        main=tuple(group.spelt for group in line),
        archive=away[0].spelt if archive else archive_of(away),
        moves={group.spelt: (line[0].spelt,) for group in others},
    )


def of_new(words: Words) -> Order:
    """The statuses of a folder that has none."""
    added = words.added["en"]
    main = [added[key] for key in ("inbox", "read", "done")]
    values = [Value(name, 0) for name in (*main, added["archived"])]
    return Order(tuple(values), tuple(main), added["archived"], {})


def of_yes_no(words: Words, name: str, counts: Mapping[bool, int]) -> tuple[Order, str]:
    """The statuses of a field that says yes or no, and the one of a note without it."""
    pair = words.pair(name)
    values = tuple(
        Value(text, counts.get(key == "yes", 0), (), key == "yes") for key, text in pair.items()
    )
    absent = pair["no"]
    if fold(name) in words.publishing and counts.get(False, 0) > counts.get(True, 0):
        # Where people write `published: false`, what has no such line is published.
        absent = pair["yes"]
    names = tuple(value.name for value in values)
    if fold(name) in words.archiving:
        return Order(values, names[:1], names[1], {}), absent
    return Order(values, names, "", {}), absent
