"""FieldEditor: edits any field in a box that fits its kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from tui.days import EXAMPLES
from tui.desk import Desk
from tui.display import short
from tui.errors import Conflict, SluiceError
from tui.numbers import DIGITS
from tui.session.flow.decider import Decider, Make
from tui.session.flow.marker import Marker
from tui.session.flow.repairs import Repairs
from tui.session.flow.used_values import UsedValues
from tui.session.keys.keymap import Keymap
from tui.session.model.memory import Memory
from tui.session.model.targets import Targets
from tui.session.option import Option
from tui.session.ports import Ask, Tell
from tui.session.questions import (
    Counts,
    EditLine,
    EditList,
    EditText,
    Judgement,
    PickOne,
    TurnItems,
)
from tui.session.work.field_words import heading_of, judge, meaning_of, note_of, text_of, values_now
from tui.session.work.noter import ELSEWHERE
from tui.session.work.pickers import Pickers
from tui.state.field_drafts import FieldDrafts, Items
from tui.triage import changes, lists
from tui.triage.alike import Habits, class_of, yes_or_no
from tui.triage.field import Field
from tui.triage.fields import read_value
from tui.triage.lists import item_texts, items_in
from tui.triage.planned import PlannedChange
from tui.triage.schema import Schema
from tui.vault.header.edit import MISSING
from tui.vault.header.typed import same_value
from tui.vault.source import Source
from tui.vault.writing.revert import shown

LONG = 300
"""Characters from which a text is edited in a box of several lines."""
TOO_LONG = 200_000
"""Characters from which a text needs an editor: here every key would be slow."""


@dataclass(eq=False)
class FieldEditor:
    """Edits any field of sources."""

    _desk: Desk
    _marker: Marker
    _decider: Decider
    _repairs: Repairs
    _used_values: UsedValues
    _drafts: FieldDrafts
    _memory: Memory
    _pickers: Pickers
    _keymap: Keymap
    _ask: Ask
    _tell: Tell

    def __post_init__(self) -> None:
        self._left_items: dict[tuple[str, ...], tuple[tuple[str, ...], tuple[str, ...]]] = {}
        """By field and sources: the items to add and to remove of a box that esc closed."""

    def changeable(self, targets: Targets) -> list[Source]:
        """The targets as they are now, or as a repair would make them, if there is one.

        When none is left it says so, before the user types anything.
        """
        sources = targets.sources
        readable = [self._repairs.readable(source) for source in sources]
        found = [source for source in readable if source is not None]
        try:
            if sources and not found:
                self._repairs.find(sources[0])
        except SluiceError as error:
            self._tell.say(str(error), "error")
        if targets.refusal:
            self._tell.say(targets.refusal, "error")
        return found

    # Which field

    def pick(self) -> None:
        """Ask for a field, then for its value."""
        targets = self._marker.take()
        sources = self.changeable(targets)
        if not sources:
            return
        fields = self._desk.schema.fields
        held = dict.fromkeys(str(name) for source in sources for name in source.fields)
        names = [*fields, *(name for name in held if name not in fields)]
        options = [
            Option(name, name, note=note_of(fields.get(name), values_now(sources, name)))
            for name in names
        ]

        def chosen(name: str | None) -> None:
            if name is not None:
                self._memory.take_field(name)
                self.edit(name, targets)

        question = PickOne(
            heading_of("field", sources), options, current=self._memory.field, about="status"
        )
        self._ask.ask(question, chosen)

    def edit(self, name: str, targets: Targets) -> None:
        """Ask for a field's value in the box of its kind."""
        schema, sources = self._desk.schema, self.changeable(targets)
        if not sources:
            return
        field = schema.fields.get(name)
        kind = field.kind if field else ""
        values = [source.fields.get(name) for source in sources]
        if any(isinstance(value, dict | set) for value in values):
            why = f"{name} contains fields of its own"
            said = self._keymap.refusal("go.edit", "opens your editor", why)
            self._tell.say(said, "warning")
        elif name == schema.roles.status:
            self._pickers.promote_to(targets)
        elif name == schema.roles.category and all(len(s.items(name)) < 2 for s in sources):
            self._pickers.pick_category(targets)
        elif kind == "list" or any(isinstance(value, list) for value in values):
            self._edit_list(name, sources, targets)
        elif field and (kind == "choice" or field.choices):
            self._pick_value(field, sources, targets)
        elif kind == "bool" or (not field and all(class_of(v) == "yes or no" for v in values)):
            self._pick_bool(name, sources, targets)
        else:
            self._type(name, kind, sources, targets)

    # Values to choose from

    def _pick_value(self, field: Field, sources: Sequence[Source], targets: Targets) -> None:
        counts = self._used_values.known(field.name) if field.open else {}
        now = values_now(sources, field.name)
        known = [
            Option(
                choice.name,
                f"{choice.glyph} {choice.name}".strip(),
                note=choice.meaning,
                slot=DIGITS[number] if number < len(DIGITS) else "",
                number=_number(counts.get(choice.name, 0)),
                after="now" if choice.name == now else "",
                colour=choice.colour if choice.glyph else "",
            )
            for number, choice in enumerate(field.choices)
        ]
        others = sorted(counts.keys() - set(field.values), key=lambda name: (-counts[name], name))
        known += [
            Option(
                name,
                name,
                number=_number(counts[name]),
                after="now" if name == now else "",
            )
            for name in others
        ]
        if now:
            known.append(Option("", "nothing", note="clears the field", slot="0"))
        current = field.value_in(sources[0])
        listed = current in [option.value for option in known]
        question = PickOne(
            heading_of(field.name, sources),
            known,
            current=current,
            new=f"new {field.name}" if field.open else "",
            about="status",
            said=(f"now {now}",) if now and not listed else (),
        )
        self._pick(question, field.name, targets)

    def _pick_bool(self, name: str, sources: Sequence[Source], targets: Targets) -> None:
        options = [Option("yes", "yes", slot="y"), Option("no", "no", slot="n")]
        options.append(Option("", "nothing", note="clears the field", slot="0"))
        now = yes_or_no(sources[0].text(name))
        current = "" if now is None else text_of(now)
        question = PickOne(
            heading_of(name, sources), options, current=current, filtered=False, about="status"
        )
        self._pick(question, name, targets)

    def _pick(self, question: PickOne, name: str, targets: Targets) -> None:
        def chosen(value: str | None) -> None:
            if value is not None:
                make = _setting(name, value, self._desk.habits)
                self._decider.decide(make, about=targets)

        self._ask.ask(question, chosen)

    # Values to type

    def _type(self, name: str, kind: str, sources: Sequence[Source], targets: Targets) -> None:
        schema = self._desk.schema
        texts = {text_of(source.fields.get(name)) for source in sources}
        text = texts.pop() if len(texts) == 1 else ""
        if len(text) > TOO_LONG:
            why = f"{name} is too long to edit here"
            self._tell.say(self._keymap.refusal("go.edit", "opens your editor", why), "warning")
            return
        opened = Opened(name, sources)
        about = sources[0].name
        draft = "" if kind == "date" else self._drafts.text(about, name)
        self._tell_elsewhere(about, name)
        save = partial(self._save, opened, about, targets)
        keep = partial(self._keep, about, name, targets)
        heading, asks = heading_of(name, sources), targets.are_asked_about
        if kind == "longtext" or "\n" in text or len(text) > LONG:
            meant = Judgement(meaning_of(schema, name, sources))
            self._ask.ask(
                EditText(heading, text, lambda _: meant, save, keep, draft, leaves_first=asks)
            )
            return
        self._ask.ask(
            EditLine(
                heading,
                text,
                judge=partial(judge, schema, name, sources, self._desk.habits),
                save=save,
                keep=None if kind == "date" else keep,
                draft=draft,
                hint=EXAMPLES if kind == "date" else "",
                leaves_first=asks,
            )
        )

    def _tell_elsewhere(self, about: str, name: str) -> None:
        if self._drafts.elsewhere(about, name):
            self._tell.say(ELSEWHERE)

    def _keep(self, about: str, name: str, targets: Targets, text: str) -> None:
        if not self._drafts.put_text(targets.now(about), name, text):
            self._tell.report(self._drafts.error)

    def _save(self, opened: Opened, about: str, targets: Targets, typed: str) -> bool:
        """Whether the change was accepted; the draft stays until it is on disk."""
        name = opened.field
        # A final line break is kept only where the text had one.
        text = typed if typed.strip() and opened.ends_in_line else typed.strip()
        habits = self._desk.habits

        def make(schema: Schema, sources: Sequence[Source]) -> PlannedChange:
            opened.check(sources)
            meant = text
            field = schema.fields.get(name)
            if field and field.kind == "date" and meant:
                # The date that was shown, even when the change is repeated tomorrow.
                meant = str(read_value(schema, name, meant))
            return changes.set_field(schema.exact, sources, name, meant, habits)

        def kept() -> None:
            if self._drafts.text(targets.now(about), name) == typed:
                self._drafts.put_text(targets.now(about), name, "")

        return self._decider.decide(make, kept, about=targets)

    # Lists

    def _edit_list(self, name: str, sources: Sequence[Source], targets: Targets) -> None:
        if name == self._desk.schema.roles.topics or len(sources) > 1:
            self.choose_items(name, targets)
            return
        source = sources[0]
        before = items_in(self._desk.schema, source, name)
        texts = item_texts(before)

        def keep(items: Items | None) -> None:
            if not self._drafts.put_items(targets.now(source.name), name, texts, items):
                self._tell.report(self._drafts.error)

        def save(items: Items) -> bool:
            after = [before[item] if isinstance(item, int) else item for item in items]
            make = _relisting(name, before, after)

            def kept() -> None:
                # Later edits of the list are a new draft.
                if self._drafts.items(targets.now(source.name), name, texts) == items:
                    keep(None)

            return self._decider.decide(make, kept, about=targets)

        draft = self._drafts.items(source.name, name, texts)
        self._tell_elsewhere(source.name, name)
        self._ask.ask(EditList(name, texts, save, keep, draft, targets.are_asked_about))

    def choose_items(self, name: str, targets: Targets | None = None) -> None:
        """Ask which items to add to a list and which to remove, for all sources at once."""
        about = self._marker.take() if targets is None else targets
        sources = self.changeable(about)
        if not sources:
            return
        schema = self._desk.schema
        field = schema.fields.get(name)

        def save(come: Sequence[str], gone: Sequence[str]) -> bool:
            make = _turning(name, come, gone, self._desk.habits)
            return self._decider.decide(make, about=about)

        texts = [item_texts(items_in(schema, source, name)) for source in sources]
        wanted = field.wanted if field else (0, 0)
        left = (name, *sorted(source.name for source in sources))

        def keep(come: Sequence[str], gone: Sequence[str]) -> None:
            if come or gone:
                self._left_items[left] = tuple(come), tuple(gone)
            else:
                self._left_items.pop(left, None)

        box = self._ask.ask(
            TurnItems(
                heading_of(name, sources),
                texts,
                wanted,
                save,
                keep,
                self._left_items.get(left, ((), ())),
                self._pickers.fitting_items(name, sources),
                leaves_first=about.are_asked_about,
            )
        )
        self._used_values.ask(name, lambda counts: box.show(Counts(counts)))


class Opened:
    """A field's values when its box was opened, so that later ones are not overwritten."""

    def __init__(self, field: str, sources: Sequence[Source]) -> None:
        self.field = field
        self._held = {source.name: source.fields.get(field, MISSING) for source in sources}
        texts = [text_of(source.fields.get(field)) for source in sources]
        self.ends_in_line = any(text != text.strip() for text in texts)
        """Whether the text began or ended in white space, which is then saved as typed."""

    def check(self, sources: Sequence[Source]) -> None:
        """Raise Conflict, once per source, when its value has changed since."""
        for source in sources:
            now = source.fields.get(self.field, MISSING)
            held = self._held.pop(source.name, now)
            if not same_value(now, held):
                raise Conflict(
                    f"“{short(source.title)}”: another program changed {self.field} to "
                    f"{shown(now)}; save again to overwrite that."
                )


def _setting(name: str, text: str, habits: Habits) -> Make:
    return lambda schema, sources: changes.set_field(schema.exact, sources, name, text, habits)


def _relisting(name: str, before: Sequence[Any], after: Sequence[Any]) -> Make:
    return lambda schema, sources: lists.relist(schema.exact, sources, name, before, after)


def _turning(name: str, come: Sequence[str], gone: Sequence[str], habits: Habits) -> Make:
    return lambda schema, sources: lists.turn_items(schema.exact, sources, name, come, gone, habits)


def _number(count: int) -> str:
    return f"{count:,}" if count else ""
