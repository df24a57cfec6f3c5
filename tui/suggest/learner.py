"""Learner: keeps the model up to date with the vault, and answers from it.

It learns from decided sources, which are past the first status, and from values that a person
confirmed. A raw source's guesses count a fifth of that, and only until there are a hundred
decisions. Once a field has fifty confirmed values, the others count half in decided sources, and a
fifth if a program set them under its name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from threading import RLock

from tui.errors import SluiceError
from tui.suggest.by_hand import ByHand
from tui.suggest.features import MORE_WHOLE, features_of, own_fields
from tui.suggest.judge import Judge
from tui.suggest.model import DECIDED, Fields, Lesson, Model
from tui.suggest.suggestions import Suggestions
from tui.triage.schema import Schema
from tui.triage.status import status_of
from tui.vault.source import Source

FEWEST = 5
"""Minimum number of decisions to learn from."""
ENOUGH = 100
"""Number of decisions from which guesses are ignored."""
GUESSED = 0.2
"""The weight of a guess, relative to a decision."""
ENOUGH_CONFIRMED = 50
"""Number of confirmed values of a field from which its other values count less."""
MOST_LEARNT, MOST_GUESSES = 2_000, 500
"""Maximum number of decided and of guessed sources to learn from; the newest are used."""
DOUBT = 0.05
"""A category with a lower probability looks wrong."""
_PART = 4
"""A full training happens when one in this many sources has changed."""
_FITTED_AGAIN = 2
"""Number of sources to fit again for each learnt change."""
_LEARNT_BEFORE_ANSWER = 3
"""Number of changes to learn before answering a question."""
_GATHERED = 200
"""Number of sources to check between two pauses when collecting lessons."""


class Learner:
    """Learns from a vault's decisions.

    Unless ``in_background`` is set, the first question waits for all learning. Otherwise a
    thread runs ``steps``, and before that there are no answers.
    """

    def __init__(
        self,
        schema: Schema,
        read_body: Callable[[Source], str],
        sources: Callable[[], Iterable[Source]],
        find: Callable[[str], Source | None],
        by_hand: ByHand,
    ) -> None:
        self._schema = schema
        self._read_body = read_body
        self._sources = sources
        self._find = find
        self._by_hand = by_hand
        closed = (schema.category, schema.tier)
        self._fields = Fields(
            schema.category.name,
            schema.tier.name,
            schema.roles.topics,
            {f.name: frozenset(f.values) for f in closed if f.values and not f.open},
        )
        own = {*schema.roles, *schema.dates, "id", "stem", *own_fields(schema.rule.names)}
        self._others = tuple(name for name in schema.lookup if name not in own)
        self._more = [name for name in MORE_WHOLE if name in schema.fields]
        self._lock = RLock()
        self._model: Model | None = None
        self._version = 0
        self._asked, self._built = 1, 0
        """How often learning from scratch was asked for, and for which of these it was done."""
        self._is_building = False
        """Whether a model is being built: what changes meanwhile is learnt by that one."""
        self._decided: set[str] = set()
        """The names of the sources with a decision, as far as they were counted."""
        self._confirmed: dict[str, tuple[str, ...]] = {}
        """The fields that a person confirmed, by source."""
        self._counts = Counter[str]()
        """How many sources have a field confirmed."""
        self._weighed: frozenset[str] = frozenset()
        """The fields whose confirmed values weighed more when the model was built."""
        self._built_on = 0
        """Number of decisions when the model was built."""
        self._taken_in = 0
        """Number of single changes learnt since then."""
        self._owed = 0
        """Number of sources still to fit again because of them."""
        self._changed: dict[str, None] = {}
        self.judge = Judge(sources, find, self._chance_of, self._lock)
        self._last: tuple[Source, int, Suggestions] | None = None
        self.in_background = False

    def learn_in_background(self, on_asked: Callable[[], object]) -> None:
        """From now on a thread learns, and answers say what is known so far.

        ``on_asked`` is called on the first question that needs all categories judged.
        """
        self.in_background = True
        self.judge.call_when_asked(on_asked)

    # What happens in the vault

    def note(self, name: str) -> None:
        """Note a new, changed or removed source; it is learnt later."""
        self._changed[name] = None

    def is_decided(self, source: Source) -> bool:
        """Whether the source is decided and readable."""
        first = self._schema.flow.main[0]
        return source.problem is None and status_of(self._schema, source) != first

    # Learning

    @property
    def has_work(self) -> bool:
        """Whether ``steps`` would do anything."""
        known = self._begun and not (self._changed or self._owed or self._by_hand.is_unkept)
        return not known or self.judge.has_work

    @property
    def is_stale(self) -> bool:
        """Whether a full training could give different results."""
        return self._begun and self._taken_in > 0

    def steps(self) -> Iterator[None]:
        """Learn in steps of about a millisecond."""
        yield from self._learn()
        self._by_hand.keep()
        yield from self.judge.steps()

    def _learn(self) -> Iterator[None]:
        if not self._begun or self._is_outgrown():
            yield from self._build()
        else:
            yield from self._by_hand.reading()
            self._changed |= dict.fromkeys(self._by_hand.take_fresh())
        while self._changed or self._owed:
            with self._lock:
                if self._changed:
                    self._take_in(1)
                elif self._owed:
                    # An answer may just have taken in the last change.
                    self._fit_again()
            if self._is_outgrown():
                yield from self._build()
            yield

    def begin_anew(self) -> None:
        """Start over: the vault was read again."""
        self._asked += 1

    @property
    def _begun(self) -> bool:
        """Whether it has learnt the vault, so that changes can be learnt one by one."""
        return self._built == self._asked

    def settle(self) -> None:
        """Learn everything now, without judging categories."""
        for _ in self._learn():
            pass

    def _is_outgrown(self) -> bool:
        """Whether enough has changed for a full training."""
        model, before, now = self._model, self._built_on, self.decisions
        if model is not None and not self._trusted <= self._weighed:
            return True
        if model is None:
            return self._begun and now >= FEWEST
        if before < ENOUGH and now >= min(ENOUGH, 2 * before):
            return True
        return self._taken_in * _PART >= len(model.examples)

    def _build(self) -> Iterator[None]:
        yield from self._by_hand.reading()
        self._by_hand.take_fresh()
        with self._lock:
            # An answer takes in no change until it is done: that would teach the old model.
            self._is_building, asked = True, self._asked
            self._changed.clear()
            self._taken_in = self._owed = 0
            self._decided, self._confirmed, self._counts = set(), {}, Counter()
        try:
            model = yield from self._built_model()
            with self._lock:
                self._model, self._built = model, asked
                self._version += 1
                self.judge.begin_anew(can_tell=model is not None)
        finally:
            self._is_building = False
        yield

    def _built_model(self) -> Generator[None, None, Model | None]:
        """A model of all sources; None if too few are decided."""
        confirmed: list[Source] = []
        decided: list[Source] = []
        guessed: list[Source] = []
        for number, source in enumerate(self._sources()):
            if source.problem is None and self._fields.labels(source):
                if self._count(source):
                    kept = confirmed if source.name in self._confirmed else decided
                    _keep_newest(kept, source, MOST_LEARNT)
                else:
                    _keep_newest(guessed, source, MOST_GUESSES)
            if number % _GATHERED == 0:
                yield
        count = self._built_on = self.decisions
        self._weighed = self._trusted
        model: Model | None = None
        if count >= FEWEST:
            for kept in (confirmed, decided, guessed):
                _newest_first(kept)
            learnt = [*confirmed, *decided][:MOST_LEARNT]
            if count < ENOUGH:
                learnt += guessed[:MOST_GUESSES]
            lessons = [lesson for source in learnt if (lesson := self._lesson(source))]
            model = Model(self._fields)
            yield from model.build(lessons, self._features)
        return model

    def _take_in(self, most: int) -> None:
        """Learn changed sources."""
        for _ in range(min(most, len(self._changed))):
            # Others may note a change meanwhile: an iterator would break.
            name, _ = self._changed.popitem()
            source = self._find(name)
            if source is not None:
                self._count(source)
            else:
                self._forget(name)
            model = self._model
            if model is None:
                continue
            self._version += 1
            lesson = self._lesson(source) if source is not None else None
            if source is not None and lesson is not None:
                known = model.learn(lesson, self._features(source))
            else:
                known = model.forget(name)
            self._taken_in += known
            self._owed += known * _FITTED_AGAIN
            self.judge.note(name)

    def _count(self, source: Source) -> bool:
        """Count the source's decisions, if it has any; once, however often it is called."""
        self._forget(source.name)
        if source.problem is not None:
            return False
        fields = [field for field, _ in self._fields.labels(source)]
        held = tuple(field for field in fields if self._by_hand.holds(source, field))
        if held:
            self._confirmed[source.name] = held
            self._counts.update(held)
        if held or (fields and self.is_decided(source)):
            self._decided.add(source.name)
            return True
        return False

    def _forget(self, name: str) -> None:
        """Count a source's decisions no longer."""
        if (held := self._confirmed.pop(name, None)) is not None:
            self._counts.subtract(held)
        self._decided.discard(name)

    @property
    def _trusted(self) -> frozenset[str]:
        """The fields with so many confirmed values that the others count less."""
        # Another thread may count a field that nobody had confirmed before.
        counts = dict(self._counts)
        return frozenset(f for f, count in counts.items() if count >= ENOUGH_CONFIRMED)

    def _lesson(self, source: Source) -> Lesson | None:
        """What a counted source teaches; None when that is nothing."""
        if source.problem is not None:
            return None
        fields = [field for field, _ in self._fields.labels(source)]
        weights = {field: self._weight(source, field) for field in fields}
        most = max(weights.values(), default=0.0)
        if not most:
            return None
        return Lesson(source, most, {f: weight for f, weight in weights.items() if weight < most})

    def _weight(self, source: Source, field: str) -> float:
        """How much a source teaches about a field."""
        if field in self._confirmed.get(source.name, ()):
            return 1.0
        if not self.is_decided(source):
            return GUESSED if self._built_on < ENOUGH else 0.0
        if field not in self._weighed:
            return 1.0
        return GUESSED if self._by_hand.is_theirs(source, field) else DECIDED

    def _fit_again(self) -> None:
        """Fit another source again, so that recent ones do not dominate."""
        self._owed -= 1
        if self._model is not None:
            self._model.fit_next()

    def _features(self, source: Source) -> dict[str, float]:
        try:
            body = self._read_body(source)
        except SluiceError:
            # The file is gone or unreadable: its header is enough.
            body = ""
        return features_of(source, body, self._others, self._more)

    # Answers

    @property
    def decisions(self) -> int:
        """Number of decisions it knows."""
        return len(self._decided)

    @property
    def is_learning(self) -> bool:
        """Whether it has not learnt the vault yet, so that there is nothing to say or count."""
        return not self._begun

    @property
    def refusal(self) -> str:
        """Why there are no suggestions, in a sentence; empty when there can be some."""
        with self._lock:
            if self._model is not None:
                return ""
        if not self._begun:
            return "No suggestions yet: sluice is learning from your decisions."
        return (
            f"No suggestions yet: they start when {FEWEST} sources are past "
            f"{self._schema.flow.main[0]}; {self.decisions} are."
        )

    @property
    def version(self) -> int:
        """A number that rises with all that is learnt; 0 before anything is."""
        return self._version

    def glance(self, source: Source) -> Suggestions | None:
        """What the model suggests by now, also for fields that a person set; any thread may ask.

        See ``opened``. Nothing is learnt first, and the lock is free while the text is read.
        """
        if self._model is None:
            return None
        features = self._features(source)
        with self._lock:
            return self._model.suggest(source, features) if self._model is not None else None

    def of(self, source: Source) -> Suggestions | None:
        """The suggestions for a source; None before anything is learnt."""
        with self._lock:
            if not self.in_background:
                self.settle()
            elif self._begun and not self._is_building:
                self._take_in(_LEARNT_BEFORE_ANSWER)
            model = self._model
            if model is None:
                return None
            last = self._last
            if last is None or last[0] is not source or last[1] != self._version:
                found = model.suggest(source, self._features(source))
                self._last = last = source, self._version, found
        self._by_hand.catch_up()
        return self.opened(source, last[2])

    def opened(self, source: Source, found: Suggestions) -> Suggestions:
        """The suggestions for fields that no person has set."""
        category, tier, topics, _ = self._fields
        set_by_hand = tuple(
            field for field in (category, tier, topics) if self._by_hand.holds(source, field)
        )
        if not set_by_hand:
            return found
        return Suggestions(
            () if category in set_by_hand else found.category,
            () if tier in set_by_hand else found.tier,
            () if topics in set_by_hand else found.topics,
            () if topics in set_by_hand else found.sure_topics,
            set_by_hand,
        )

    def is_doubtful(self, source: Source) -> bool:
        """Whether the source's category looks wrong compared with the others'."""
        chance = self._chance(source)
        if chance is None or chance >= DOUBT:
            return False
        return not self._by_hand.holds(source, self._fields.category)

    def sureness(self, names: Iterable[str]) -> dict[str, float]:
        """The probability of each source's category, for sources where it is known.

        A category set by a person is certain.
        """
        found: dict[str, float] = {}
        for name in names:
            source = self._find(name)
            if source is None:
                continue
            chance = self._chance(source)
            if self._by_hand.holds(source, self._fields.category):
                found[name] = 1.0
            elif chance is not None:
                found[name] = chance
        return found

    def _chance(self, source: Source) -> float | None:
        """The probability of the source's category; None if it has none or it is not known yet."""
        if self.in_background:
            return self.judge.known(source, can_tell=not self._begun or self._model is not None)
        with self._lock:
            self.settle()
            return self.judge.judge(source)

    def _chance_of(self, source: Source) -> float | None:
        field, model = self._fields.category, self._model
        held = source.text(field)
        if model is None or not held:
            return None
        return model.chances(source, self._features(source), field).get(held, 0.0)


def _keep_newest(kept: list[Source], source: Source, most: int) -> None:
    """Add a source; at twice the limit, keep the newest."""
    kept.append(source)
    if len(kept) == 2 * most:
        _newest_first(kept)
        del kept[most:]


def _newest_first(sources: list[Source]) -> None:
    # Sorting by name too makes the choice stable for files of the same time.
    sources.sort(key=lambda source: (source.stamp.mtime_ns, source.name), reverse=True)
