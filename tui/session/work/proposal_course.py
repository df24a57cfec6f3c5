"""ProposalCourse: a rapid pass that asks about one proposal after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass

from tui.display import counted, short
from tui.session.flow.decider import Make
from tui.session.flow.saver import Save
from tui.session.work.course import Course
from tui.session.work.proposer import Proposer
from tui.triage.meant import value_text
from tui.triage.passes import Answer, Pass
from tui.triage.proposed import Proposed
from tui.triage.round import Round
from tui.vault.header.edit import MISSING
from tui.vault.source import Source

PROPOSALS = "\0proposals"
"""The name of the course: no pass of a schema has it."""
ASKS = Pass("proposals", "take what others propose?", "has:proposal", 5, "", ())
TAKE, REFUSE = Answer("enter", "take"), Answer("-", "refuse")


@dataclass(eq=False)
class ProposalCourse(Course):
    """Asks about every proposal that can be taken: those of a source after each other.

    Its round has a source once for each of them. ``is_saving`` says whether what is proposed may
    be another thing in a moment.
    """

    _proposer: Proposer
    _: KW_ONLY
    is_saving: Callable[[], bool]

    moves_on = False
    enters = "take"

    def __post_init__(self) -> None:
        super().__post_init__()
        self._skipped: list[str] = []
        """The ids of those that were skipped, in that order."""
        self._name = ""
        """The source in hand; empty without one."""
        self._one: Proposed | None = None
        """What is asked about."""
        self._round = Round[Save]([])

    @property
    def name(self) -> str:
        """What tells it from the passes of the schema."""
        return PROPOSALS

    def begin(self, names: list[str]) -> Round[Save]:
        """Ask about each proposal for these sources."""
        able = ((one.name, self._proposer.of(one).able) for one in self._desk.vault.known(names))
        self._round = Round([name for name, proposed in able for _ in proposed])
        return self._round

    @property
    def without_sources(self) -> Sequence[str]:
        """What to say when nothing is proposed."""
        return ("Nothing is proposed that you can take.",)

    def wants(self, source: Source) -> bool:
        """Whether there is something to ask about a source; an answer may still be undone."""
        return bool(self._left(source)) or self.is_saving()

    def _left(self, source: Source) -> list[Proposed]:
        return [one for one in self._proposer.of(source).able if one.id not in self._skipped]

    @property
    def _current(self) -> Proposed | None:
        """What is asked about, as long as it can be answered."""
        source = self._desk.vault.find(self._name)
        left = self._left(source) if source is not None else ()
        return self._one if self._one in left else None

    @property
    def is_stale(self) -> bool:
        """Whether what is asked about was answered elsewhere, or cannot be taken any more."""
        return bool(self._name) and self._current is None and not self.is_saving()

    # What its answers do

    def show(self, source: Source | None) -> None:
        """Ask about the first proposal for the source that is left."""
        self._name = source.name if source is not None else ""
        left = self._left(source) if source is not None else []
        self._one = left[0] if left else None

    @property
    def sentence(self) -> str:
        """Who proposes what, and why."""
        if (one := self._current) is None:
            return ""
        name = self._desk.schema.roles.word_for(one.field)
        held = "" if one.before is MISSING else value_text(one.before)
        was = "" if one.is_of_items else f" (was {short(held) or 'empty'})"
        why = f": {one.why}" if one.why else ""
        return f"{one.by} proposes {one.label_of(name)}{was}{why}"

    @property
    def answers(self) -> Sequence[Answer]:
        """Taking and refusing, as long as it is proposed."""
        if (one := self._current) is None:
            return ()
        label = one.label_of(self._desk.schema.roles.word_for(one.field))
        return (TAKE._replace(name=f"take {label}"), REFUSE)

    @property
    def commands(self) -> dict[str, Answer]:
        """The keys for suggestions and proposals answer, too."""
        return {"decide.suggested": TAKE, "decide.proposals": REFUSE}

    @property
    def keeping(self) -> Answer:
        """What enter does."""
        return TAKE

    def change(self, answer: Answer) -> Make:
        """Take or refuse what is asked about."""
        return self._proposer.answering(self._current, takes=answer.key == TAKE.key)

    def told(self, _: Source, answer: Answer) -> str:
        """What the summary counts an answer as."""
        return "taken" if answer.key == TAKE.key else "refused"

    def notes(self, answer: Answer) -> bool:
        """A refusal writes no file."""
        return answer.key == REFUSE.key

    def skip(self) -> None:
        """Ask about it no more."""
        if (one := self._current) is not None:
            self._skipped.append(one.id)

    def unskip(self) -> None:
        """Ask again about what was skipped last."""
        del self._skipped[-1:]


def count_of(sources: Sequence[Source], proposer: Proposer) -> str:
    """How many proposals there are for sources, for a picker; empty without any."""
    counts = [len(proposer.of(source).able) for source in sources]
    if not any(counts):
        return ""
    return f"{counted(sum(counts), 'proposal')} for {counted(sum(map(bool, counts)))}"
