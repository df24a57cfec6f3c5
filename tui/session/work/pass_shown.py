"""PassShown: what a rapid pass shows: its question, the answers, and the keys of the bar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tui.desk import Desk
from tui.session.keys.keymap import Keymap
from tui.session.update import AnswerShown, Asked, Key, KeysNow
from tui.session.work.absent import absent_from
from tui.session.work.course import Course
from tui.session.work.pass_keys import MOVES
from tui.session.work.proposer import Proposer
from tui.session.work.reader import Reader
from tui.triage.passes import TAKEN
from tui.vault.source import Source


@dataclass(eq=False)
class PassShown:
    """Works out what is shown of a course and the source in hand."""

    _desk: Desk
    _proposer: Proposer
    _keymap: Keymap
    _reader: Reader

    def question(self, course: Course) -> Asked:
        """The question alone."""
        asks = course.asks
        return Asked(
            asks.name, asks.meaning, limit=asks.seconds, field=asks.ask, sentence=course.sentence
        )

    def answers(self, course: Course, source: Source) -> Iterator[AnswerShown]:
        """The answers about a source, then the moves."""
        asks = course.asks
        field = self._desk.schema.fields.get(asks.ask)
        held = [field.spelt(item) for item in source.items(field.name)] if field else []
        for answer in course.answers:
            value = dict(answer.sets).get(asks.ask, "")
            choice = field.choice(value) if field and value else None
            yield AnswerShown(
                answer.key,
                answer.name,
                choice.glyph if choice else "",
                choice.colour if choice else "",
                is_now=bool(value) and value in held,
            )
        taken = {answer.key for answer in course.answers}
        for id, answer in MOVES.items() if course.moves_on else ():
            # What the pass does anyway needs no other key for it.
            if answer.move != asks.then and (sign := self._free_sign(id, taken)):
                yield AnswerShown(sign, answer.name, is_move=True)

    def _free_sign(self, id: str, taken: set[str]) -> str:
        """The key of a command, unless it means something else in this pass."""
        sign = self._keymap.sign(id)
        is_absent = any(id in absent.commands for absent in absent_from(self._desk.schema))
        return "" if is_absent or sign in taken or sign in TAKEN else sign

    def keys(self, course: Course, source: Source | None) -> KeysNow:
        """The keys of the bar."""
        end = Key("q", "end")
        if source is None:
            return KeysNow([Key("r", "other pass")], end)
        taken = {answer.key for answer in course.answers}

        def sign(id: str) -> str:
            return self._free_sign(id, taken)

        broken = source.problem is not None
        snoozes = course.moves_on and bool(self._desk.schema.roles.snoozed)
        offered = "" if "decide.suggested" in course.commands else self._proposer.offered
        keys = (
            (sign("find.repair") if broken else "", "repair"),
            (sign("go.edit") if broken else "", "editor"),
            ("enter", course.enters), ("space", "skip"), ("u", "back"),
            (sign("decide.category"), "category"),
            (sign("decide.snooze") if snoozes else "", "snooze"),
            (sign("decide.suggested") if offered else "", f"take {offered}"),
            (sign("decide.insight"), "quote" if self._reader.has_quote else "insight"),
            (sign("decide.notebooks"), "notebook"),
            (sign("app.help"), "help"),
            (sign("find.search"), "in text"), ("r", "other pass"),
        )  # fmt: skip
        return KeysNow([Key(*key) for key in keys if key[0]], end)
