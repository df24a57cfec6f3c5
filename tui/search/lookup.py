"""Lookup: find the sources for a query, best first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from string import punctuation
from threading import Lock, RLock
from time import sleep
from typing import Any

from tui.errors import JournalError, QueryError, StorageError
from tui.search.bodies import Bodies
from tui.search.changed import Changed, NoChanges
from tui.search.coverage import Coverage
from tui.search.duplicate_finder import DuplicateFinder
from tui.search.filters import (
    Context,
    FieldsOf,
    Test,
    asks_for_duplicates,
    asks_for_proposals,
    asks_the_journal,
    build_test,
)
from tui.search.fold import WORD, fold, words_and_signs
from tui.search.hits import Hit, Hits
from tui.search.index import Index
from tui.search.open_work import OpenWork
from tui.search.query import Condition, Query, parse_query
from tui.search.rank import Ranking
from tui.search.resort import find_raw
from tui.search.saved import read_index, write_index
from tui.search.short import BESIDE, FEW, ShortQueries, short_word
from tui.vault.rule import BUILT_IN, Rule
from tui.vault.source import Source

_PASTED = 50
"""Maximum number of sources for a pasted address."""
_MOST_WORDS = 40
"""Maximum number of words of a query, in case of a pasted page."""
_IN_REACH = 0.5
"""Sources below this share of the best coverage are ignored."""
_PLAIN_LENGTH, _PLAIN_SCORE = 500, 50.0
"""For sources not indexed yet: characters to check, and the score of a match."""
HURRIED = 40
"""Number of sources that a hurried query indexes first, usually the ones just changed."""
WORTH_SAVING = 300
"""Number of sources from which indexing costs more than reading and writing the index."""


class Lookup:
    """Searches all sources of a vault.

    Changes are noted at once and indexed by the next query with words, so ``update`` and
    ``remove`` are cheap, and a query may run in another thread. ``saved`` is the index file.
    """

    def __init__(
        self,
        shorts: Mapping[str, str],
        weights: Mapping[str, float],
        insights_field: str,
        problem_of: Callable[[Source], str | None],
        read_body: Callable[[Source], str],
        saved: Path | None = None,
        bodies: Bodies | None = None,
    ) -> None:
        self._shorts = shorts
        self._rule = BUILT_IN
        self._weights = weights
        self.bodies = bodies or Bodies(read_body)
        """The search in the text below headers."""
        self._world = Context(
            problem_of,
            self.bodies,
            insights_field,
            tuple(weights),
            self._doubts,
            shorts=shorts,
        )
        self._sources: dict[str, Source] = {}
        self._saved = saved
        self._is_new = saved is not None
        """Whether loading the saved index has not been tried yet."""
        self._unsaved = 0
        self._index = Index(weights)
        self._coverage = Coverage(self._index)
        self._short = ShortQueries(self._index, self._named)
        self._changed: dict[str, None] = {}
        self._edited: set[str] = set()
        """Sources that may differ from the saved index despite the same stamp."""
        self._fields: frozenset[str] = frozenset()
        self._tested: tuple[object, Test | None] = (None, None)
        self._kinds: Mapping[str, str] = {}
        self._open_work = OpenWork()
        self._is_snoozed: Callable[[Source], bool] = lambda _source: False
        self._proposals_version: Callable[[], object] = lambda: None
        self._parsed = ("", 0, date.min, Query("", ()))
        self._lock = RLock()
        """Held by who uses the index."""
        self._noting = Lock()
        """Held for a moment by who changes the sources or the names of their fields."""
        self._asking = 0
        self.is_doubtful: Callable[[Source], bool] = lambda _source: False
        """Tells whether a source's category looks wrong compared with the others'."""
        self._on_note: list[Callable[[str], object]] = []

    def know_rule(self, rule: Rule) -> None:
        """Set the vault's rule, before there are sources."""
        self._rule = rule
        self._index = Index(self._weights, rule)
        self._coverage = Coverage(self._index)
        self._short = ShortQueries(self._index, self._named)

    def know(
        self,
        duplicates: DuplicateFinder,
        address_fields: Collection[str],
        changed: Changed | None = None,
        kinds: Mapping[str, str] | None = None,
    ) -> None:
        """Set what answers ``has:duplicate`` and ``changed:``, and the kinds of fields.

        ``address_fields`` only count as filled by an address; ``kinds`` are from the schema.
        """
        self._world = replace(
            self._world,
            duplicates=duplicates,
            address_fields=frozenset(address_fields),
            changed=changed or NoChanges(),
        )
        self._kinds = kinds or {}

    def know_meanings(
        self, status_field: str, status_in: Callable[[Any], str], lists: Collection[str]
    ) -> None:
        """Set how to read statuses, and lists written as text."""
        self._world = replace(
            self._world, status_field=status_field, status_in=status_in, lists=frozenset(lists)
        )

    def know_names(self, names: Mapping[str, Callable[[Source], Iterable[str]]]) -> None:
        """Set which fields have names, and how to read them; in quotes they are whole names."""
        self._world = replace(self._world, names=names)

    def know_snoozed(
        self, is_snoozed: Callable[[Source], bool], open_work: OpenWork, *, has_filter: bool = True
    ) -> None:
        """Set which sources are snoozed, and which queries leave them out.

        ``has_filter`` says whether ``has:snoozed`` asks for them, and not for another field.
        """
        self._world = replace(self._world, is_snoozed=is_snoozed if has_filter else None)
        self._is_snoozed, self._open_work = is_snoozed, open_work

    def know_confirmed(self, confirmed: Callable[[], FieldsOf] | None) -> None:
        """Set what answers ``has:confirmed`` and ``confirmed:``."""
        self._world = replace(self._world, confirmed=confirmed)

    def know_proposed(
        self, proposed: Callable[[], FieldsOf] | None, version: Callable[[], object]
    ) -> None:
        """Set what answers ``has:proposal`` and ``proposal:``.

        ``version`` gives a value that differs whenever something else is proposed.
        """
        self._world = replace(self._world, proposed=proposed)
        self._proposals_version = version

    def tell(self, on_note: Callable[[str], object]) -> None:
        """Have a function called with the name of each new, changed or removed source."""
        if on_note not in self._on_note:
            self._on_note.append(on_note)

    def replace(self, sources: Callable[[], Iterable[Source]]) -> None:
        """Replace all sources; queries without words keep their order."""
        # Asked for with the lock held, so that none is lost that changes meanwhile.
        with self._noting:
            before, fresh = self._sources, {source.name: source for source in sources()}
            self._sources, self._fields = fresh, frozenset()
        for name in before.keys() - fresh.keys():
            self._changed[name] = None
        # A copy: others may be added meanwhile.
        for name, source in list(fresh.items()):
            old = before.get(name)
            if old is None or (old is not source and old != source):
                self._changed[name] = None
        self._world.duplicates.forget_all()

    def extend(self, sources: Iterable[Source]) -> None:
        """Add sources."""
        for source in sources:
            with self._noting:
                self._sources[source.name] = source
                self._learn_fields(source)
            self._changed[source.name] = None
            self._world.duplicates.note(source)

    def update(self, source: Source) -> None:
        """Add or update a source."""
        self._edited.add(source.name)
        self.extend((source,))
        self._note(source.name)

    def remove(self, name: str) -> None:
        """Remove a source."""
        with self._noting:
            was_there = self._sources.pop(name, None) is not None
        if was_there:
            self._changed[name] = None
            self._world.duplicates.remove(name)
            self._note(name)

    def _note(self, name: str) -> None:
        for on_note in self._on_note:
            on_note(name)

    # The index

    @property
    def waiting(self) -> int:
        """The number of sources that are not indexed in their current version."""
        return len(self._changed)

    def load(self, *, again: bool = False) -> None:
        """Load the saved index, as far as it matches the current sources.

        Only the first call does so, unless ``again`` is set.
        """
        if not (self._is_new or again):
            return
        self._is_new = False
        sources = dict(self._sources)
        index = read_index(self._saved, self._weights, sources, self._rule) if self._saved else None
        if index is None:
            return
        with self._lock:
            self._index, self._coverage = index, Coverage(index)
            self._short = ShortQueries(index, self._named)
            self._unsaved = 0
            for name in [name for name in list(self._changed) if name in index]:
                self._changed.pop(name, None)
                # Another thread may have noted a change meanwhile.
                if name in self._edited:
                    self._changed[name] = None

    @property
    def is_worth_saving(self) -> bool:
        """Whether saving the index saves work at the next start."""
        return self._saved is not None and self._unsaved > WORTH_SAVING

    def save(self) -> None:
        """Save the index for the next start, if that is worth it."""
        if self._saved is not None and self.is_worth_saving:
            with self._lock, suppress(OSError):
                sources = dict(self._sources)
                # Another thread may note one more.
                for name in list(self._edited):
                    sources.pop(name, None)
                write_index(self._index, sources, self._saved)
                self._unsaved = 0

    def prepare(self, most: int) -> int:
        """Index up to ``most`` sources ahead of a query; return how many are left."""
        if self._asking:
            # Give a waiting query the chance to take the lock.
            sleep(0.001)
        with self._lock:
            self._settle(most)
            if not self._changed:
                self._index.settle()
                self._short.settle()
            return len(self._changed)

    def find(self, text: str, limit: int | None = None, *, hurried: bool = False) -> Sequence[Hit]:
        """The sources for a query, best first; without words, all that pass its filters.

        A hurried query uses the index as it is; otherwise all changes are indexed first. Raises
        QueryError when a filter is invalid.
        """
        query = self.parse(text)
        if asks_for_duplicates(query.conditions):
            self._world.duplicates.prepare()
        test = self._test_of(query.conditions)
        if not query.words.strip(punctuation):
            sources = list(self._sources.values())
            asked = _asked_of_bodies(query.conditions)
            if not asked:
                return _unranked(sources, test, limit)
            found = [hit.source for hit in _unranked(sources, test, None)]
            ordered = self.bodies.best_first(asked, found)[:limit]
            return [Hit(source, 50 + 50 * share) for source, share in ordered]
        self._asking += 1
        try:
            with self._lock:
                self._settle(HURRIED if hurried else None)
                word = short_word(query.words)
                hits: Sequence[Hit]
                if word:
                    hits = self._beginning(word, query.words, test)
                else:
                    hits = self._ranked(query.words, test)
                if plain := self._plain(query.words, test):
                    hits = [*hits, *plain]
        finally:
            self._asking -= 1
        return hits if limit is None else hits[:limit]

    def leaves_out_snoozed(self, text: str) -> bool:
        """Whether a view of this query leaves out snoozed sources. Raises QueryError."""
        return self._open_work.is_asked_for(self.parse(text).conditions, self._world)

    def matches(self, text: str, source: Source) -> bool:
        """Whether a view of this query has a source."""
        snoozed = self._is_snoozed(source) and self.leaves_out_snoozed(text)
        return not snoozed and self.finds(text, source)

    def finds(self, text: str, source: Source) -> bool:
        """Whether a query finds a source, also a snoozed one that its view leaves out."""
        query = self.parse(text)
        test = self._test_of(query.conditions)
        if test is not None and not test(source):
            return False
        if not query.words:
            return True
        return any(hit.source.name == source.name for hit in self.find(query.words))

    def test(self, text: str) -> Test:
        """A test for a query's filters, its words left aside. Raises QueryError.

        Of texts and of changed days it knows what was known when it was made.
        """
        try:
            return build_test(self.parse(text).conditions, self._world)
        except JournalError as error:
            raise QueryError(str(error)) from error

    def _test_of(self, conditions: tuple[Condition, ...]) -> Test | None:
        """The test for the conditions; the last one is cached, with its results."""
        if not conditions:
            return None
        changed = self._world.changed if any(map(asks_the_journal, conditions)) else None
        version: object = changed and changed.version
        if any(map(asks_for_proposals, conditions)):
            version = version, self._proposals_version()
        asked, tested = (conditions, self.bodies.version, version), self._tested
        if tested[0] != asked:
            # Creating the test may update the bodies.
            try:
                test = build_test(conditions, self._world)
            except (JournalError, StorageError) as error:
                raise QueryError(str(error)) from error
            # Another thread may be running another query.
            tested = self._tested = (conditions, self.bodies.version, version), test
        return tested[1]

    def parse(self, text: str) -> Query:
        """The words and conditions of a query. Raises QueryError."""
        fields, parsed, today = self._known_fields(), self._parsed, date.today()
        if parsed[:3] != (text, len(fields), today):
            query = parse_query(text, self._shorts, fields, self._kinds, today)
            parsed = self._parsed = text, len(fields), today, query
        return parsed[3]

    def _known_fields(self) -> Collection[str]:
        fields = self._fields
        if not fields:
            with self._noting:
                known: set[Any] = {*self._shorts.values(), *self._weights, "path", "id", "title"}
                for source in self._sources.values():
                    known.update(source.fields)
                fields = self._fields = frozenset(map(str, known))
        return fields

    def _named(self, name: str) -> Source | None:
        return self._sources.get(name)

    def _doubts(self, source: Source) -> bool:
        return self.is_doubtful(source)

    def _learn_fields(self, source: Source) -> None:
        names = set(map(str, source.fields)) if self._fields else set()
        if not names <= self._fields:
            # Another set: a query may be read by the one before.
            self._fields |= names

    def _settle(self, most: int | None) -> None:
        """Index changes since the last query, or only the first ``most``."""
        if self._is_new and most is None:
            self.load()
        if not self._changed:
            return
        if self._index.is_worn:
            self._index = Index(self._weights, self._rule)
            self._coverage = Coverage(self._index)
            self._short = ShortQueries(self._index, self._named)
            # In place, because another thread may be noting a change.
            self._changed.update(dict.fromkeys(self._sources))
        self._coverage.forget()
        for name in islice(list(self._changed), most):
            self._changed.pop(name, None)
            source = self._sources.get(name)
            if source is None:
                self._index.remove(name)
            else:
                self._index.put(source)
            self._unsaved += 1
        if most is None:
            self.save()

    def _plain(self, words: str, test: Test | None) -> list[Hit]:
        """Sources not indexed yet that contain every word exactly."""
        tokens = WORD.findall(fold(words))[:_MOST_WORDS]
        found = []
        for name in list(self._changed):
            source = self._sources.get(name)
            if source is None or not (test is None or test(source)):
                continue
            line = fold(f"{source.title} {source.author} {source.id}"[:_PLAIN_LENGTH])
            if all(token in line for token in tokens):
                found.append(Hit(source, _PLAIN_SCORE))
        return found

    def _beginning(self, word: str, words: str, test: Test | None) -> list[Hit]:
        """Sources with a short word as prefix; if they are few, also other meanings."""
        found = self._short.find(word)
        hits = [Hit(source, found[slot]) for slot, source in self._passing(found, test)]
        if not hits or (len(hits) < FEW and len(word) > 1):
            known = {hit.source.name for hit in hits}
            others = self._ranked(words, test)
            hits += [Hit(s, score * BESIDE) for s, score in others if s.name not in known]
        return hits

    def _passing(self, slots: Iterable[int], test: Test | None) -> Iterator[tuple[int, Source]]:
        for slot in slots:
            name = self._index.held[slot]
            source = self._sources.get(name) if name is not None else None
            if source is not None and (test is None or test(source)):
                yield slot, source

    def _ranked(self, words: str, test: Test | None) -> Hits:
        folded = fold(words).strip()
        tokens = words_and_signs(folded, self._index.vocabulary.numbers)[:_MOST_WORDS]
        certain, is_address = find_raw(self._index, folded, _PASTED)
        if is_address:
            covered = self._coverage.certain(certain)
        else:
            covered = self._coverage.cover(tokens, certain)
        ranking = Ranking(self._index, self._sources, covered, tokens, test)
        # All sources that pass the filter may score lower than those it removes.
        return ranking.hits(covered.best() * _IN_REACH) or (ranking.hits(0.0) if test else Hits([]))


def _asked_of_bodies(conditions: tuple[Condition, ...]) -> list[str]:
    """The body words of a query that searches only bodies."""
    if len(conditions) != 1 or conditions[0].kind != "body" or conditions[0].negated:
        return []
    return [value.text for value in conditions[0].values]


def _unranked(sources: list[Source], test: Test | None, limit: int | None) -> list[Hit]:
    found: list[Hit] = []
    for source in sources:
        if limit is not None and len(found) >= limit:
            break
        if test is None or test(source):
            found.append(Hit(source, 100.0))
    return found
