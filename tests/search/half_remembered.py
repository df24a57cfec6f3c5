"""Queries as people half remember them, made from a vault by seed, with the source meant."""

import random
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tui.search.fold import fold, words
from tui.vault.source import Source

SMALL_WORDS = frozenset(
    words(
        "a an and are as at be but by can do for from has have how i if in into is it its just me "
        "my no not of on or our so than that the their them they this to up us was we what when "
        "which who why will with you your"
    )
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
VOWELS = frozenset("aeiou")
ACCENTS = {"a": "á", "e": "é", "i": "ï", "o": "ö", "u": "ü", "c": "ç", "n": "ñ"}
SOUNDS = (
    ("ph", "f"), ("ck", "k"), ("qu", "kw"), ("tion", "shun"), ("x", "ks"), ("ee", "ea"), ("c", "k"),
    ("y", "i"), ("ai", "ay"), ("oo", "u"), ("s", "z"), ("au", "aw"), ("ea", "ee"), ("i", "y"),
)  # fmt: skip


@dataclass(frozen=True)
class Question:
    """A query and the names of the sources that answer it."""

    kind: str
    query: str
    answers: frozenset[str]


@dataclass
class Subject:
    """A source to be remembered: what it is called and all words it could be found by."""

    source: Source
    name: str
    content: list[str]
    """The telling words of its name, in order."""
    every: frozenset[str]
    squashed: str
    """The name without spaces."""
    firsts: str
    """The first letters of the name's words."""
    lines: str
    """The name and the aliases, a line each."""


class Memory:
    """A vault's sources as someone who has read them remembers them.

    The others are there as well, but not asked for.
    """

    def __init__(self, sources: Sequence[Source], others: Sequence[Source] = ()) -> None:
        self.rng = random.Random()
        self.wanted = [subject for source in sources if (subject := _subject(source))]
        self.subjects = self.wanted + [s for source in others if (s := _subject(source))]
        self.counts = Counter(word for s in self.subjects for word in s.every)
        self._holders: dict[str, set[str]] = defaultdict(set)
        for subject in self.subjects:
            for word in subject.every:
                self._holders[word].add(subject.name)
        self._words = sorted(self._holders)
        self.twins: dict[tuple[str, str], set[str]] = defaultdict(set)
        """By title, URL or id: the names of the sources' files."""
        for source in (s.source for s in self.subjects):
            for key in keys_of(source):
                self.twins[key].add(source.name)

    def telling(self, subject: Subject, shortest: int = 3, most: int = 3) -> list[str] | None:
        """Two or more of the name's words that no other source has all of, in order."""
        usable = [w for w in dict.fromkeys(subject.content) if len(w) >= shortest]
        for size in range(2, most + 1):
            for _ in range(4):
                if len(usable) < size:
                    break
                chosen = set(self.rng.sample(usable, size))
                if self._only(subject, chosen):
                    return [word for word in usable if word in chosen]
        return None

    def own(self, subject: Subject, shortest: int) -> str | None:
        """A word of the name that no other source has."""
        own = [w for w in subject.content if len(w) >= shortest and self.counts[w] == 1]
        own = [w for w in own if w.isalpha()]
        return self.rng.choice(own) if own else None

    def _only(self, subject: Subject, chosen: set[str]) -> bool:
        return set.intersection(*(self._holders[word] for word in chosen)) == {subject.name}

    def only_begins(self, subject: Subject, starts: Sequence[str]) -> bool:
        """Whether no other name has words that begin so."""
        return set.intersection(*map(self._that_begin, starts)) <= {subject.name}

    def _that_begin(self, start: str) -> set[str]:
        """The names that have a word that begins so."""
        low = bisect_left(self._words, start)
        high = bisect_left(self._words, start + "\U0010ffff", low)
        return set().union(*(self._holders[word] for word in self._words[low:high]))


def keys_of(source: Source) -> list[tuple[str, str]]:
    """What sources may share that cannot be told apart: title, address, id."""
    url = source.text("url")
    keys = [("title", fold(source.title)), ("id", source.id)]
    return [*keys, ("url", url)] if url else keys


def _subject(source: Source) -> Subject | None:
    aliases = source.items("aliases")
    name = source.text("title") or (aliases[0] if aliases else "") or source.heading
    content = [w for w in words(name) if w not in SMALL_WORDS and w.isascii()]
    if len(content) < 2:
        return None
    texts = [name, source.title, source.heading, *aliases, source.text("creator")]
    texts += [*source.items("topics"), source.stem]
    every = frozenset(w for text in texts for w in words(text))
    lines = "\n".join(" ".join(words(text)) for text in (name, *aliases))
    firsts = "".join(word[0] for word in words(name))
    return Subject(source, name, content, every, "".join(words(name)), firsts, lines)


def typo(rng: random.Random, word: str, edits: int) -> str:
    """The word with some letters wrong, missing, added or swapped."""
    made = word
    while made == word or abs(len(made) - len(word)) > edits:
        made = word
        for _ in range(edits):
            place = rng.randrange(len(made) - 1)
            change = rng.choice(("wrong", "missing", "more", "swapped"))
            if change == "wrong":
                made = made[:place] + rng.choice(LETTERS) + made[place + 1 :]
            elif change == "missing" and len(made) > 3:
                made = made[:place] + made[place + 1 :]
            elif change == "more":
                made = made[:place] + rng.choice(LETTERS) + made[place:]
            else:
                made = made[:place] + made[place + 1] + made[place] + made[place + 2 :]
    return made


def _longest(chosen: Sequence[str]) -> int:
    return max(range(len(chosen)), key=lambda i: len(chosen[i]))


def _with_one(chosen: list[str], change: Callable[[str], str]) -> str:
    changed = list(chosen)
    place = _longest(chosen)
    changed[place] = change(chosen[place])
    return " ".join(changed)


def plain_words(m: Memory, s: Subject) -> str | None:
    return " ".join(chosen) if (chosen := m.telling(s)) else None


def prefixes(m: Memory, s: Subject) -> str | None:
    chosen = m.telling(s, most=4)
    if not chosen:
        return None
    for size in (3, 4, 5):
        starts = [w[:size] for w in chosen]
        if m.only_begins(s, starts):
            return " ".join(starts)
    return None


def typos(edits: int, shortest: int) -> Callable[[Memory, Subject], str | None]:
    def make(m: Memory, s: Subject) -> str | None:
        chosen = m.telling(s)
        if not chosen or len(chosen[_longest(chosen)]) < shortest:
            return None
        return _with_one(chosen, lambda w: typo(m.rng, w, edits))

    return make


def typos_everywhere(m: Memory, s: Subject) -> str | None:
    chosen = m.telling(s, shortest=5)
    return " ".join(typo(m.rng, w, 1) for w in chosen) if chosen else None


def transposed(m: Memory, s: Subject) -> str | None:
    chosen = m.telling(s, shortest=4)

    def swap(word: str) -> str:
        place = m.rng.randrange(len(word) - 1)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]

    return _with_one(chosen, swap) if chosen else None


def missing_letters(m: Memory, s: Subject) -> str | None:
    chosen = m.telling(s, shortest=5)

    def drop(word: str) -> str:
        place = m.rng.randrange(len(word))
        return word[:place] + word[place + 1 :]

    return " ".join(drop(w) for w in chosen) if chosen else None


def run_together(m: Memory, s: Subject) -> str | None:
    every = words(s.name)
    for size in (2, 3, 4):
        for _ in range(3):
            if len(every) < size:
                return None
            start = m.rng.randrange(len(every) - size + 1)
            glued = "".join(every[start : start + size])
            others = (o for o in m.subjects if o.name != s.name)
            if len(glued) > 7 and not any(glued in o.squashed for o in others):
                return glued
    return None


def split_word(m: Memory, s: Subject) -> str | None:
    chosen = m.telling(s)
    if not chosen or len(chosen[_longest(chosen)]) < 6:
        return None

    def split(word: str) -> str:
        place = m.rng.randrange(2, len(word) - 2)
        return f"{word[:place]} {word[place:]}"

    return _with_one(chosen, split)


def other_order(m: Memory, s: Subject) -> str | None:
    chosen = m.telling(s, most=4)
    return " ".join(reversed(chosen)) if chosen else None


def initials(m: Memory, s: Subject) -> str | None:
    firsts = s.firsts[:6]
    others = (o for o in m.subjects if o.name != s.name)
    return firsts if len(firsts) > 3 and not any(firsts in o.firsts for o in others) else None


def creator_and_word(m: Memory, s: Subject) -> str | None:
    creator = [w for w in words(s.source.text("creator")) if len(w) > 2]
    return _beside(m, s, creator[0]) if creator else None


def category_and_word(m: Memory, s: Subject) -> str | None:
    category = s.source.text("notebooklm_category")
    return _beside(m, s, category) if category else None


def format_and_words(m: Memory, s: Subject) -> str | None:
    chosen = m.telling(s)
    form = s.source.text("format")
    return " ".join([*chosen, form]) if chosen and form else None


def _beside(m: Memory, s: Subject, first: str) -> str | None:
    """A telling word beside something the source shares with others."""
    content = [w for w in s.content if len(w) > 2]
    m.rng.shuffle(content)
    known = set(words(first))
    for word in content:
        mine = s.source.text("notebooklm_category") or ""
        rivals = [o for o in m.subjects if o.name != s.name and word in o.every]
        theirs = (o.every | set(words(o.source.text("notebooklm_category"))) for o in rivals)
        if word not in known and not any(known <= every for every in theirs):
            return f"{first} {word}" if mine or known else None
    return None


def whole_alias(m: Memory, s: Subject) -> str | None:
    aliases = [a for a in s.source.items("aliases") if len(a) > 10 and _is_own(m, s, a)]
    return m.rng.choice(aliases).lower() if aliases else None


def _is_own(m: Memory, s: Subject, text: str) -> bool:
    wanted = " ".join(words(text))
    return not any(wanted in other.lines for other in m.subjects if other.name != s.name)


def id_fragment(m: Memory, s: Subject) -> str | None:
    match = re.search(r"\d{4}(\d{4}-\d{3,})$", s.source.id)
    rivals = (o.source.id for o in m.subjects if o.source.id != s.source.id)
    return match[1] if match and not any(match[1] in rival for rival in rivals) else None


def with_punctuation(m: Memory, s: Subject) -> str | None:
    chosen = m.telling(s)
    return m.rng.choice((", ", " - ", "/", "! ", "... ")).join(chosen) if chosen else None


def with_accents(m: Memory, s: Subject) -> str | None:
    chosen = m.telling(s)
    if not chosen:
        return None
    return " ".join("".join(ACCENTS.get(c, c) for c in word) for word in chosen)


def half_typed(m: Memory, s: Subject) -> str | None:
    chosen = m.telling(s, shortest=4, most=4)
    if not chosen:
        return None
    cut = [*chosen[:-1], chosen[-1][: max(2, len(chosen[-1]) // 2)]]
    return " ".join(cut) if m.only_begins(s, cut) else None


def whole_title(m: Memory, s: Subject) -> str | None:
    return s.name


def address(m: Memory, s: Subject) -> str | None:
    url = s.source.text("url")
    return url if "://" in url else None


def address_tail(m: Memory, s: Subject) -> str | None:
    url = s.source.text("url")
    tail = re.split(r"[/=]", url.rstrip("/"))[-1]
    return tail if "://" in url and len(tail) > 7 else None


def file_stem(m: Memory, s: Subject) -> str | None:
    return s.source.stem


def inflected(m: Memory, s: Subject) -> str | None:
    chosen = m.telling(s, shortest=4)

    def inflect(word: str) -> str:
        for ending, other in (
            ("ing", "s"),
            ("ies", "y"),
            ("ed", "ing"),
            ("s", "ing"),
            ("e", "ing"),
        ):
            if word.endswith(ending) and len(word) - len(ending) > 2:
                return word[: -len(ending)] + other
        return word + m.rng.choice(("s", "ing", "ed"))

    return _with_one(chosen, inflect) if chosen else None


def noise_word(m: Memory, s: Subject) -> str | None:
    chosen = m.telling(s, most=4)
    if not chosen:
        return None
    if len(chosen) == 2:
        more = [w for w in s.content if w not in chosen]
        chosen += [m.rng.choice(more)] if more else []
    other = m.rng.choice(m.subjects).content
    wrong = m.rng.choice([w for w in other if w not in s.every] or ["xylophone"])
    chosen.insert(m.rng.randrange(len(chosen) + 1), wrong)
    return " ".join(chosen) if len(chosen) > 3 else None


def inside_word(m: Memory, s: Subject) -> str | None:
    chosen = m.telling(s)
    if not chosen or len(chosen[_longest(chosen)]) < 8:
        return None
    return _with_one(chosen, lambda w: w[2:-1] if len(w) < 10 else w[2:-2])


def consonants(m: Memory, s: Subject) -> str | None:
    word = m.own(s, 6)
    if word:
        return bare(word) if len(bare(word)) > 3 else None
    return None


def bare(word: str) -> str:
    """The first letter and every consonant after it."""
    return word[0] + "".join(c for c in word[1:] if c not in VOWELS)


def consonants_of_all(m: Memory, s: Subject) -> str | None:
    chosen = m.telling(s, shortest=5)
    return " ".join(bare(w) for w in chosen) if chosen else None


def glued_prefixes(m: Memory, s: Subject) -> str | None:
    every = words(s.name)
    for count, size in ((2, 4), (3, 3)):
        if len(every) <= count:
            return None
        start = m.rng.randrange(len(every) - count)
        row = every[start : start + count]
        starts = [word[:size] for word in row]
        if min(map(len, row)) >= size and m.only_begins(s, starts):
            return "".join(starts)
    return None


def sounds_like(m: Memory, s: Subject) -> str | None:
    chosen = m.telling(s, shortest=5)

    def mishear(word: str) -> str:
        fitting = [(a, b) for a, b in SOUNDS if a in word[1:]]
        for spelling, heard in m.rng.sample(fitting, min(2, len(fitting))):
            word = word[0] + word[1:].replace(spelling, heard, 1)
        return word

    return " ".join(mishear(w) for w in chosen) if chosen else None


def one_damaged_word(m: Memory, s: Subject) -> str | None:
    word = m.own(s, 7)
    return typo(m.rng, word, 1) if word else None


def damaged_prefixes(m: Memory, s: Subject) -> str | None:
    chosen = m.telling(s, shortest=7)
    if not chosen:
        return None
    starts = [w[: max(5, len(w) * 2 // 3)] for w in chosen]
    return " ".join(typo(m.rng, w, 1) for w in starts) if m.only_begins(s, starts) else None


def joined_with_typo(m: Memory, s: Subject) -> str | None:
    glued = run_together(m, s)
    return typo(m.rng, glued, 1) if glued and len(glued) > 9 else None


KINDS: dict[str, Callable[[Memory, Subject], str | None]] = {
    "words": plain_words,
    "prefixes": prefixes,
    "one typo": typos(1, 5),
    "two typos": typos(2, 7),
    "three typos": typos(3, 9),
    "typo in each": typos_everywhere,
    "transposed": transposed,
    "missing letters": missing_letters,
    "joined": run_together,
    "joined, typo": joined_with_typo,
    "split": split_word,
    "order": other_order,
    "initials": initials,
    "creator and word": creator_and_word,
    "alias": whole_alias,
    "id fragment": id_fragment,
    "punctuation": with_punctuation,
    "diacritics": with_accents,
    "category and word": category_and_word,
    "format and words": format_and_words,
    "partial last word": half_typed,
    "whole title": whole_title,
    "URL": address,
    "end of URL": address_tail,
    "file stem": file_stem,
    "inflected": inflected,
    "noise word": noise_word,
    "part of a word": inside_word,
    "consonants": consonants,
    "all consonants": consonants_of_all,
    "glued prefixes": glued_prefixes,
    "sounds like": sounds_like,
    "one damaged word": one_damaged_word,
    "damaged prefixes": damaged_prefixes,
}


def make_questions(
    sources: Sequence[Source], seed: int, each: int, others: Sequence[Source] = ()
) -> Iterator[Question]:
    """Up to ``each`` questions of every kind, the same for the same seed and sources.

    What is asked tells a source from the others, too.
    """
    memory = Memory(sources, others)
    for kind, make in KINDS.items():
        memory.rng.seed(f"{seed} {kind}")
        subjects = memory.rng.sample(memory.wanted, len(memory.wanted))
        made = 0
        for subject in subjects:
            if made == each:
                break
            query = make(memory, subject)
            if query:
                made += 1
                yield Question(kind, query, _answers(memory, subject, kind))


def frequent_queries(sources: Sequence[Source], seed: int, count: int) -> Iterator[list[str]]:
    """Pairs of words that ten sources or more have both of."""
    memory = Memory(sources)
    memory.rng.seed(seed)
    frequent = sorted(
        w
        for w, n in memory.counts.items()
        if n >= 15 and len(w) > 3 and w.isalpha() and w not in SMALL_WORDS and w != "source"
    )
    pairs = [[a, b] for a in frequent for b in frequent if a < b]
    pairs = [
        p for p in pairs if sum(p[0] in s.every and p[1] in s.every for s in memory.subjects) > 9
    ]
    yield from memory.rng.sample(pairs, min(count, len(pairs)))


def _answers(memory: Memory, subject: Subject, kind: str) -> frozenset[str]:
    """The source meant and those that cannot be told from it by what was asked."""
    keys = [key for key in keys_of(subject.source) if key[0] != "id" or kind == "id fragment"]
    return frozenset().union(*(memory.twins[key] for key in keys))
