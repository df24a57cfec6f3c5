"""Shelver: asks which notebooks sources are in, and puts them there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tui.desk import Desk
from tui.display import counted, short
from tui.errors import SluiceError
from tui.notebooks.members import Members
from tui.notebooks.model import Ranked
from tui.notebooks.renamed import left_of_rename
from tui.session.flow.decider import Decider
from tui.session.flow.marker import Marker
from tui.session.flow.suggester import Suggester
from tui.session.keys.keymap import Keymap
from tui.session.model.memory import Memory
from tui.session.model.targets import Targets
from tui.session.model.views import Views
from tui.session.option import Option
from tui.session.ports import Ask, Tell
from tui.session.questions import EditLine, Judgement, Options, PickOne, TickOptions
from tui.session.update import SUGGESTED
from tui.session.work.pickers import headed
from tui.suggest.suggestions import percent
from tui.vault.source import Source


@dataclass(eq=False)
class Shelver:
    """The drawer of notebooks; ``changeable`` gives the sources that can be changed.

    ``renamed`` gets the old and the new name of a notebook that is renamed, also more than once.
    """

    _desk: Desk
    _marker: Marker
    _decider: Decider
    _memory: Memory
    _views: Views
    _suggester: Suggester
    _keymap: Keymap
    _ask: Ask
    _tell: Tell
    _changeable: Callable[[Targets], Sequence[Source]]
    _renamed: Callable[[str, str], object]

    def __post_init__(self) -> None:
        self._renew: Callable[[], object] = lambda: None
        """Shows what is known now in the drawer that was opened last."""

    # Which notebooks

    def pick(self) -> None:
        """Ask which notebooks the marked sources, or the one in hand, are in."""
        about = self._marker.take()
        sources = self._changeable(about)
        if not sources:
            return
        shelf = self._desk.shelf
        members = shelf.members()
        held = Counter(name for source in sources for name in shelf.names_of(source))

        def save(come: Sequence[str], gone: Sequence[str]) -> bool:
            try:
                names = [shelf.name_for(name, members) for name in come]
            except SluiceError as error:
                self._tell.say(str(error), "error")
                return False
            return self._decider.decide(shelf.put(names, gone), about=about)

        ranked = self._suggester.notebooks(sources)
        question = TickOptions(
            headed("notebooks", about),
            self._options(members, held, ranked),
            held,
            len(sources),
            new="new notebook",
            known=lambda text: _found(members, text),
            save=save,
            is_single=shelf.is_single,
            said=self._said(members, ranked),
            leaves_first=about.are_asked_about,
        )
        box = self._ask.ask(question)

        def renew() -> None:
            now = self._suggester.notebooks(sources) if box.is_open else None
            if now is not None and ranked is None:
                # In the same order: a key may be on its way.
                box.show(Options(_likely(question.options, now)))

        self._renew = renew

    def learnt(self) -> None:
        """Show in an open drawer what is learnt now, where nothing was known."""
        self._renew()

    def _options(
        self, members: Members, held: Counter[str], ranked: Ranked | None
    ) -> Sequence[Option]:
        """The notebooks: those that the sources are in, then the others, the likeliest first.

        Where nothing is learnt, the fullest come first.
        """
        counts = members.counts()
        names = [name for name in members.names if name in held]
        rest = [name for name in members.names if name not in held]
        planned = self._desk.shelf.settings.planned
        sure = dict(ranked.notebooks) if ranked is not None else {}
        rest.sort(key=lambda name: (-sure.get(name, 0.0), name not in planned, -counts[name]))
        options = [self._option(name, counts[name]) for name in (*names, *rest)]
        return options if ranked is None else _likely(options, ranked)

    def _option(self, name: str, count: int) -> Option:
        settings = self._desk.shelf.settings
        cap = settings.cap_of(name)
        over = " · over the cap" if count > cap else " · full" if count == cap else ""
        purpose = settings.purpose_of(name)
        note = f"{count:,} of {cap:,}{over}"
        return Option(name, name, f"{note} · {purpose}" if purpose else note)

    def _said(self, members: Members, ranked: Ranked | None) -> Sequence[str]:
        if members.names:
            return () if ranked is None or ranked.fits else ("none fits well",)
        return ("type the name of the first one",)

    def same(self) -> None:
        """Put sources into the same notebooks as last time."""
        names = self._memory.notebooks
        if not names:
            said = self._keymap.refusal("decide.notebooks", "picks one", "no notebook used yet")
            self._tell.say(said, "warning")
            return
        self._decider.decide(self._desk.shelf.add(*names))

    # Another name

    def rename(self) -> None:
        """Ask which notebook to rename, then for its new name."""
        members = self._desk.shelf.members()
        if not members.names:
            said = self._keymap.refusal("decide.notebooks", "makes one", "no notebook to rename")
            self._tell.say(said, "warning")
            return
        options = [self._option(name, len(sources)) for name, sources in members]

        def chosen(name: str | None) -> None:
            if name is not None:
                self.ask_name(name)

        self._ask.ask(PickOne("rename a notebook", options, verb="renames"), chosen)

    def ask_name(self, old: str) -> None:
        """Ask for the new name of a notebook, and rename it as one change."""
        shelf = self._desk.shelf
        members = shelf.members()

        def judge(text: str) -> Judgement:
            if text == old:
                return Judgement(f"{counted(len(members.of(old)))} in it")
            try:
                new = shelf.new_name(text, old)
            except SluiceError as error:
                return Judgement(str(error), fits=False)
            if new in members:
                there = len(members.of(new))
                return Judgement(f"it exists, with {counted(there)}: both become one", meant=True)
            hint = shelf.hint_of_settings(old, new)
            return Judgement(hint or f"renamed in {counted(len(shelf.having(old)))}", meant=True)

        def save(text: str) -> bool:
            if text == old:
                return True
            try:
                new = shelf.new_name(text, old)
            except SluiceError:
                return False
            return self._rename(old, new)

        self._ask.ask(
            EditLine(f"rename {short(old)}", old, judge, save, leaves_first=True, about="")
        )

    def _rename(self, old: str, new: str) -> bool:
        shelf, desk = self._desk.shelf, self._desk
        sources = shelf.having(old)
        views, parse = self._views.all.values(), desk.lookup.parse
        hint = " · ".join(left_of_rename(desk.schema, shelf, parse, views, old, new))
        if not sources:
            self._tell.say(hint or f"No source is in {short(old)}.", "warning")
            return True

        def kept() -> None:
            self._renamed(old, new)
            self._memory.take_notebooks(new if n == old else n for n in self._memory.notebooks)
            if hint:
                self._tell.say(hint, "warning")

        def lost() -> None:
            self._renamed(new, old)

        accepted = self._decider.decide(shelf.rename(old, new), kept, lost, about=sources)
        if accepted:
            self._renamed(old, new)
        return accepted


def _likely(options: Sequence[Option], ranked: Ranked) -> Sequence[Option]:
    """The options with how likely each is."""
    sure = dict(ranked.notebooks)
    best = ranked.notebooks[0][0] if ranked.sure else ""
    return [
        replace(
            option,
            number=percent(sure[option.value]) if option.value in sure else "",
            sign=SUGGESTED if option.value == best else "",
        )
        for option in options
    ]


def _found(members: Members, text: str) -> str | None:
    """The notebook that a typed text means; the text itself where it may be several."""
    try:
        return members.found(text)
    except SluiceError:
        return None
