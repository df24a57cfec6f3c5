"""The same kinds of queries made another way, so that lookup is not tuned to one maker.

Where ``half_remembered`` takes telling words, this takes whatever words stand in a row, frequent
ones too; typos are those of fingers: a neighbour's key, a letter twice, the first letter wrong.
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from tests.search.half_remembered import Question, keys_of
from tui.search.fold import words
from tui.vault.source import Source

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SOUNDS = (
    ("ie", "y"), ("ou", "u"), ("ph", "f"), ("ck", "c"), ("th", "t"), ("gh", ""), ("tion", "sion"),
    ("ei", "i"), ("ll", "l"), ("ss", "s"), ("c", "s"), ("z", "s"), ("ew", "oo"), ("er", "ur"),
)  # fmt: skip
Maker = Callable[["Names", "Name"], str | None]


@lru_cache(maxsize=64)
def near_keys(letter: str) -> str:
    """The keys beside a letter's, and those above and below it."""
    found = ""
    for number, row in enumerate(ROWS):
        place = row.find(letter)
        if place >= 0:
            found += row[max(0, place - 1) : place] + row[place + 1 : place + 2]
            for other in ROWS[max(0, number - 1) : number] + ROWS[number + 1 : number + 2]:
                found += other[place : place + 1]
    return found or "e"


class Name:
    """What a source is called, and what else is known of it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.name = source.text("title") or source.heading or source.title
        self.words = words(self.name)
        self.firsts = "".join(word[0] for word in self.words)
        texts = [self.name, source.title, source.heading, *source.items("aliases"), source.stem]
        texts += [source.text("creator"), source.text("notebooklm_category")]
        texts += [*source.items("topics"), source.text("url")]
        self.every = frozenset(w for text in texts for w in words(text))
        self.starts = "".join(f" {w}" for w in self.every)


class Names:
    """All sources, to see whether a query can mean one of them only."""

    def __init__(self, sources: Sequence[Source], others: Sequence[Source]) -> None:
        self.rng = random.Random()
        self.wanted = [name for source in sources if len((name := Name(source)).words) > 2]
        self.all = self.wanted + [Name(source) for source in others]
        self.twins: dict[tuple[str, str], set[str]] = defaultdict(set)
        for name in self.all:
            for key in keys_of(name.source):
                self.twins[key].add(name.source.name)
        self.squashed = "\n".join("".join(n.words) for n in self.all)

    def tells(self, subject: Name, chosen: Sequence[str], whole: bool = True) -> bool:
        """Whether no other source has all of the words, or of the beginnings."""
        for other in self.all:
            if other.name == subject.name:
                continue
            if whole and other.every.issuperset(chosen):
                return False
            if not whole and all(f" {start}" in other.starts for start in chosen):
                return False
        return True

    def row(self, subject: Name, shortest: int, count: int = 0) -> list[str] | None:
        """Words that stand in a row in the name, long ones of them, that mean it only."""
        usable = [w for w in subject.words if len(w) >= shortest and w.isascii()]
        sizes = (count,) if count else (2, 3, 4)
        for size in sizes:
            if len(usable) < size:
                return None
            start = self.rng.randrange(len(usable) - size + 1)
            chosen = usable[start : start + size]
            if len(set(chosen)) == size and self.tells(subject, chosen):
                return chosen
        return None


def slip(rng: random.Random, word: str) -> str:
    """The word as fingers get it wrong once."""
    while True:
        place = rng.randrange(len(word))
        kind = rng.choice(("near", "near", "twice", "left out", "swapped", "first", "more"))
        if kind == "near":
            made = word[:place] + rng.choice(near_keys(word[place])) + word[place + 1 :]
        elif kind == "twice":
            made = word[:place] + word[place] * 2 + word[place + 1 :]
        elif kind == "left out":
            made = word[:place] + word[place + 1 :]
        elif kind == "first":
            made = rng.choice(near_keys(word[0])) + word[1:]
        elif kind == "more":
            made = word[:place] + rng.choice(near_keys(word[place])) + word[place:]
        else:
            made = word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
        if made != word:
            return made


def slips(count: int, shortest: int) -> Maker:
    """So many slips in one long word of a row."""

    def make(names: Names, subject: Name) -> str | None:
        chosen = names.row(subject, 4)
        long = [i for i, w in enumerate(chosen or ()) if len(w) >= shortest]
        if not chosen or not long:
            return None
        place = names.rng.choice(long)
        for _ in range(count):
            chosen[place] = slip(names.rng, chosen[place])
        return " ".join(chosen)

    return make


def each(change: Callable[[Names, str], str], shortest: int, count: int = 0) -> Maker:
    """A row of words, each of them changed."""

    def make(names: Names, subject: Name) -> str | None:
        chosen = names.row(subject, shortest, count)
        return " ".join(change(names, w) for w in chosen) if chosen else None

    return make


def one(change: Callable[[Names, str], str | None], shortest: int) -> Maker:
    """A row of words, any long one of them changed."""

    def make(names: Names, subject: Name) -> str | None:
        chosen = names.row(subject, 3)
        long = [i for i, w in enumerate(chosen or ()) if len(w) >= shortest]
        if not chosen or not long:
            return None
        place = names.rng.choice(long)
        changed = change(names, chosen[place])
        if not changed:
            return None
        chosen[place] = changed
        return " ".join(chosen)

    return make


def starts(names: Names, subject: Name) -> str | None:
    chosen = names.row(subject, 3)
    cut = [w[: names.rng.randrange(2, 6)] for w in chosen or ()]
    return " ".join(cut) if cut and names.tells(subject, cut, whole=False) else None


def half_typed(names: Names, subject: Name) -> str | None:
    chosen = names.row(subject, 4)
    if not chosen:
        return None
    chosen[-1] = chosen[-1][: names.rng.randrange(1, len(chosen[-1]))]
    return " ".join(chosen) if names.tells(subject, chosen, whole=False) else None


def glued(names: Names, subject: Name) -> str | None:
    size = names.rng.choice((2, 2, 3))
    start = names.rng.randrange(len(subject.words) - size + 1)
    made = "".join(subject.words[start : start + size])
    return made if len(made) > 7 and names.squashed.count(made) == 1 else None


def glued_slip(names: Names, subject: Name) -> str | None:
    made = glued(names, subject)
    return slip(names.rng, made) if made and len(made) > 10 else None


def glued_starts(names: Names, subject: Name) -> str | None:
    size = names.rng.choice((3, 4))
    start = names.rng.randrange(len(subject.words) - 1)
    row = [w[:size] for w in subject.words[start : start + 2]]
    if min(map(len, row)) < size or not names.tells(subject, row, whole=False):
        return None
    return "".join(row)


def shuffled(names: Names, subject: Name) -> str | None:
    chosen = names.row(subject, 2)
    if not chosen:
        return None
    names.rng.shuffle(chosen)
    return " ".join(chosen)


def firsts(names: Names, subject: Name) -> str | None:
    made = subject.firsts[: names.rng.randrange(4, 9)]
    others = (other for other in names.all if other.name != subject.name)
    return made if len(made) > 3 and not any(made in other.firsts for other in others) else None


def creator_and(names: Names, subject: Name) -> str | None:
    creator = words(subject.source.text("creator"))
    return beside(names, subject, creator[-1] if creator else "")


def category_and(names: Names, subject: Name) -> str | None:
    return beside(names, subject, subject.source.text("notebooklm_category").replace("-", " "))


def beside(names: Names, subject: Name, first: str) -> str | None:
    """Something shared and then one word of the name, or the other way round."""
    other = names.rng.choice(subject.words)
    if len(first) < 3 or len(other) < 4 or not names.tells(subject, [*words(first), other]):
        return None
    return names.rng.choice((f"{first} {other}", f"{other} {first}"))


def one_alias(names: Names, subject: Name) -> str | None:
    aliases = [a for a in subject.source.items("aliases") if len(words(a)) > 1]
    chosen = names.rng.choice(aliases) if aliases else ""
    return chosen if chosen and names.tells(subject, words(chosen)) else None


def id_tail(names: Names, subject: Name) -> str | None:
    match = re.search(r"(\d{8}-\d{3,})$", subject.source.id)
    return match[1] if match else None


def with_signs(names: Names, subject: Name) -> str | None:
    chosen = names.row(subject, 3)
    return names.rng.choice(("_", "-", ": ", "? ", "; ")).join(chosen) if chosen else None


def accented(names: Names, word: str) -> str:
    marks = {"a": "à", "e": "ê", "i": "î", "o": "ô", "u": "û", "s": "š", "z": "ž"}
    return "".join(marks.get(letter, letter) for letter in word).upper()


def inflected(names: Names, word: str) -> str | None:
    if word.endswith("ing"):
        return word[:-3] + names.rng.choice(("ed", "er", "s")) if len(word) > 6 else None
    if word.endswith("s"):
        return word[:-1] if len(word) > 4 else None
    return word + names.rng.choice(("s", "ing", "er"))


def noisy(names: Names, subject: Name) -> str | None:
    chosen = names.row(subject, 4, 3)
    if not chosen:
        return None
    chosen.insert(names.rng.randrange(4), names.rng.choice(("podcast", "about", "zeitgeist")))
    return " ".join(chosen)


def inside(names: Names, word: str) -> str | None:
    return word[2:] if len(word) > 6 else None


def bare(names: Names, word: str) -> str:
    return word[0] + re.sub("[aeiou]", "", word[1:])


def misheard(names: Names, word: str) -> str:
    fitting = [(a, b) for a, b in SOUNDS if a in word[1:]]
    if not fitting:
        return word
    spelling, heard = names.rng.choice(fitting)
    return word[0] + word[1:].replace(spelling, heard, 1)


def split(names: Names, word: str) -> str:
    place = names.rng.randrange(3, len(word) - 2)
    return f"{word[:place]} {word[place:]}"


def damaged_start(names: Names, word: str) -> str:
    return slip(names.rng, word[: max(5, len(word) - names.rng.randrange(2, 5))])


KINDS: dict[str, Maker] = {
    "words": lambda names, subject: " ".join(names.row(subject, 2) or ()) or None,
    "prefixes": starts,
    "one typo": slips(1, 5),
    "two typos": slips(2, 7),
    "three typos": slips(3, 9),
    "typo in each": each(lambda names, word: slip(names.rng, word), 5),
    "transposed": one(lambda _, w: w[0] + w[2] + w[1] + w[3:] if w[1] != w[2] else None, 5),
    "missing letters": each(lambda _, w: w[:2] + w[3:], 5),
    "joined": glued,
    "joined, typo": glued_slip,
    "split": one(split, 6),
    "order": shuffled,
    "initials": firsts,
    "creator and word": creator_and,
    "alias": one_alias,
    "id fragment": id_tail,
    "punctuation": with_signs,
    "diacritics": each(accented, 3),
    "category and word": category_and,
    "partial last word": half_typed,
    "whole title": lambda _, subject: subject.name.upper(),
    "URL": lambda _, subject: subject.source.text("url").partition("://")[2] or None,
    "file stem": lambda _, subject: subject.source.stem.partition("-")[2] or None,
    "inflected": one(inflected, 4),
    "noise word": noisy,
    "part of a word": one(inside, 7),
    "consonants": each(bare, 6, 2),
    "glued prefixes": glued_starts,
    "sounds like": each(misheard, 4),
    "damaged prefixes": each(damaged_start, 7, 2),
}


def make_questions(
    sources: Sequence[Source], seed: int, each: int, others: Sequence[Source] = ()
) -> Iterator[Question]:
    """Up to ``each`` questions of every kind, the same for the same seed and sources."""
    yield from asked(Names(sources, others), KINDS, seed, each)


def asked(names: Names, kinds: Mapping[str, Maker], seed: int, each: int) -> Iterator[Question]:
    """Up to ``each`` questions of each of these kinds, about the subjects wanted."""
    for kind, make in kinds.items():
        names.rng.seed(f"{seed} {kind}")
        made = 0
        for subject in names.rng.sample(names.wanted, len(names.wanted)):
            if made == each:
                break
            query = make(names, subject)
            if query and query.strip():
                made += 1
                yield Question(kind, query, _answers(names, subject, kind))


def _answers(names: Names, subject: Name, kind: str) -> frozenset[str]:
    """The source meant, and those that are the same but for their file."""
    keys = [key for key in keys_of(subject.source) if key[0] != "id" or kind == "id fragment"]
    return frozenset().union(*(names.twins[key] for key in keys))
