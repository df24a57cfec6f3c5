"""Commands that decide: tier, category, insights, topics, status; and their undo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from tui.desk import Desk
from tui.display import counted
from tui.session.flow.decider import Decider
from tui.session.flow.suggester import Suggester
from tui.session.flow.turner import Turner
from tui.session.keys.catalogue import TIERS
from tui.session.keys.command import Actions
from tui.session.keys.keymap import Keymap
from tui.session.model.board import Board
from tui.session.model.memory import Memory
from tui.session.ports import Panes, Tell
from tui.session.work.editing import FieldEditor
from tui.session.work.hints import tier_keys
from tui.session.work.noter import Noter
from tui.session.work.pickers import Pickers, setting
from tui.session.work.proposer import Proposer
from tui.session.work.shelver import Shelver
from tui.session.work.snoozer import Snoozer
from tui.suggest.taking import take_suggestions
from tui.triage import changes


@dataclass(frozen=True)
class Decisions:
    """What the keys of the groups ``decide`` and ``undo`` do."""

    _desk: Desk
    _board: Board
    _decider: Decider
    _turner: Turner
    _suggester: Suggester
    _pickers: Pickers
    _proposer: Proposer
    _editing: FieldEditor
    _snoozer: Snoozer
    _shelver: Shelver
    _noter: Noter
    _memory: Memory
    _keymap: Keymap
    _panes: Panes
    _tell: Tell

    @property
    def actions(self) -> Actions:
        """The actions by their ids."""
        return {
            **{id: partial(self._tier, at) for at, id in enumerate(TIERS)},
            "decide.category": self._pickers.pick_category,
            "decide.same_category": self._same_category,
            "decide.insight": self._noter.start_adding,
            "decide.insights": partial(self._panes.show, "insights"),
            "decide.promote": self._promote,
            "decide.promote_to": self._pickers.promote_to,
            "decide.archive": self._archive,
            "decide.snooze": self._snoozer.pick,
            "decide.notebooks": self._shelver.pick,
            "decide.same_notebooks": self._shelver.same,
            "decide.rename_notebook": self._shelver.rename,
            "decide.topics": partial(self._editing.choose_items, self._desk.schema.roles.topics),
            "decide.field": self._editing.pick,
            "decide.repeat": self._decider.repeat,
            "decide.suggested": self._take_all,
            "decide.proposals": self._proposer.open,
            "undo.undo": self._turner.undo,
            "undo.redo": self._turner.redo,
        }

    def _tier(self, at: int) -> None:
        schema = self._desk.schema
        field = schema.tier
        clears = TIERS[at] == TIERS[-1] and at >= len(field.values)
        if at >= len(field.values) and not clears:
            keys = tier_keys(schema, self._keymap)
            values = counted(len(field.values), "value")
            said = f"{keys} set {schema.roles.word_for(field.name)}: it has {values}."
            self._tell.say(said, "warning")
            return
        value = "" if clears else field.values[at]
        self._decider.decide(setting(field.name, value))

    def _same_category(self) -> None:
        if not self._memory.category:
            said = self._keymap.refusal("decide.category", "picks one", "no category set yet")
            self._tell.say(said, "warning")
            return
        self._decider.decide(setting(self._desk.schema.category.name, self._memory.category))

    def _promote(self) -> None:
        self._decider.decide(lambda schema, sources: changes.promote(schema, sources, date.today()))

    def _archive(self) -> None:
        self._decider.decide(lambda schema, sources: changes.archive(schema, sources, date.today()))

    def _take_all(self) -> None:
        suggested, hint = self._suggester.of, self._keymap.hint("decide.category", "lists all")
        self._decider.decide(
            lambda schema, sources: take_suggestions(
                schema, sources, suggested, hint, self._proposer.best
            )
        )
