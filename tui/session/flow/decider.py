"""Decider: shows a change at once and has it written to the files in the background."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import UTC, datetime
from functools import partial

from tui.checks.file_repair import FileRepair
from tui.desk import Desk
from tui.display import clean, counted, short
from tui.errors import EditRefused, SluiceError, Stopped, UnknownSource
from tui.notebooks.members import names_of
from tui.session.flow.calls import nothing
from tui.session.flow.marker import Marker
from tui.session.flow.outside import AWAY, OutsideChanges
from tui.session.flow.repairs import Repairs, repaired
from tui.session.flow.saver import Save, Saver
from tui.session.flow.settler import Settler, Unsaved
from tui.session.flow.turner import Turner
from tui.session.keys.keymap import Keymap
from tui.session.model.board import Board
from tui.session.model.memory import Memory
from tui.session.model.targets import Targets
from tui.session.ports import Ask, Kind, Tell
from tui.session.questions import ConfirmBulk
from tui.triage.bulk import BulkPlan, Repair, plan_each
from tui.triage.confirmed import Known, deciding
from tui.triage.planned import Make, as_edited
from tui.triage.said import replaced, said_of_plan, summed
from tui.vault.history.change import Change
from tui.vault.progress import Progress
from tui.vault.source import Source

__all__ = ["Decider", "Make"]

SHORT_TITLE = 24
"""The most characters of a title where there is no room for more."""


@dataclass(frozen=True, slots=True)
class Request:
    """A change that a key asked for."""

    make: Make
    """As it was asked for."""
    sources: Sequence[Source]
    kept: Callable[[], object]
    """Called when it is on disk."""
    lost: Callable[[], object]
    """Called when it failed or was cancelled."""
    marked: Sequence[str]
    """The names of the marked sources it changes; empty when it changes others."""
    again: bool = False
    """Whether it repeats an earlier change."""
    whole: bool = False
    """Whether it changes all sources or none."""
    gone: Sequence[str] = ()
    """The names of sources whose files are gone."""
    elsewhere: bool = False
    """Whether it changes one source that the cursor has left."""
    begun: Callable[[Save], object] = nothing
    """Called when it is on its way to the disk."""
    notes: bool = False
    """Whether it only notes something, and writes no file."""

    @property
    def deciding(self) -> Make:
        """The change, which confirms all that it sets."""
        return deciding(self.make, confirmed=lambda _: ())


@dataclass(eq=False)
class Decider:
    """Makes and repeats changes.

    A change of ``many`` marked sources is previewed first, and so is one of a few when a header
    among them is broken; one of more than ``at_once`` sources is shown as it is saved.
    """

    _desk: Desk
    _board: Board
    _marker: Marker
    _outside: OutsideChanges
    _saver: Saver
    _settler: Settler
    _turner: Turner
    _repairs: Repairs
    _memory: Memory
    _keymap: Keymap
    _ask: Ask
    _tell: Tell
    _: KW_ONLY
    many: int
    at_once: int
    on_begun: Callable[[Save], object]
    """Gets every change that is on its way to the disk."""

    def __post_init__(self) -> None:
        self._last: Make | None = None
        self._repeating = False

    def decide(
        self,
        make: Make,
        kept: Callable[[], object] = nothing,
        lost: Callable[[], object] = nothing,
        about: Sequence[Source] | Targets | None = None,
        *,
        whole: bool = False,
        notes: bool = False,
        begun: Callable[[Save], object] = nothing,
    ) -> bool:
        """Change all marked sources, else the one under the cursor, or those in ``about``.

        A box passes the targets it was opened for. Returns whether the change was accepted,
        or is being previewed. It is one change, however many sources it has, and accepting it
        clears the marks. A broken header is repaired first, if the person agrees. ``begun`` gets
        the change when it is on its way; ``kept`` is called when it is on disk, ``lost`` when it
        failed or was cancelled. Sources that cannot be changed are skipped, unless it has to be
        ``whole``. A change that only ``notes`` something repairs no header.

        A value that the sources have already is confirmed. Where that is all, a thread looks up
        in the undo journal whether it is confirmed already, so that there is nothing to change.
        """
        sources, marked, gone = self._meant(about)
        if not sources:
            return False
        if self._outside.away:
            self._tell.say(AWAY, "error")
            return False
        one = isinstance(about, Targets) and not about.marked
        elsewhere = one and self._board.here != sources[0].name
        request = Request(
            make, sources, kept, lost, marked, self._repeating, whole, gone, elsewhere, begun,
            notes,
        )  # fmt: skip
        if self._saver.unseen_among(sources):
            return self._decide_late(request)
        broken = not notes and any(source.problem for source in sources)
        if broken and len(sources) == 1:
            return self._repair_first(request, sources[0])
        if len(marked) >= self.many or (broken and marked):
            self._preview(request)
            return True
        plan = plan_each(request.deciding, self._desk.schema, sources)
        if not plan.allowed or (whole and plan.refused):
            self._refused(plan)
            return False
        if plan.changed and plan.only_notes:
            asked = plan_each(make, self._desk.schema, sources)
            if not asked.changed:
                return self._decide_late(request)
        self._begin(plan, request)
        return True

    def _plan_surely(
        self,
        request: Request,
        sources: Sequence[Source],
        progress: Progress | None = None,
        repair: Repair | None = None,
    ) -> BulkPlan:
        """Plan a change in a thread, where it can ask the undo journal what is confirmed."""
        known: Known | None = None

        def confirmed(source: Source) -> Collection[str]:
            nonlocal known
            if known is None:
                known = self._desk.confirmed.now()
            return known.of(source)

        make = deciding(request.make, confirmed=confirmed)
        return plan_each(make, self._desk.schema, sources, progress, repair)

    def _meant(
        self, about: Sequence[Source] | Targets | None
    ) -> tuple[list[Source], list[str], list[str]]:
        """The sources to change, the names of the marked ones, and of those that are gone."""
        if about is None:
            return self._board.targets, self._marker.names if self._board.takes_marked else [], []
        if isinstance(about, Sequence):
            return list(about), [], []
        if about.refusal:
            self._tell.say(about.refusal, "error")
        sources = about.sources
        return sources, [source.name for source in sources if about.marked], about.gone

    def _repair_first(self, request: Request, source: Source) -> bool:
        """Show the repair of a source; it and the change are one change when the user confirms."""
        try:
            found = self._repairs.find(source)
        except SluiceError as error:
            self._outside.take_at_once(source.name)
            said, *shorter = self._repairs.forms(error, self._saver.named(error, source.name))
            self._tell.say(said, "error", *shorter)
            return False
        plan = self._with_repair(request, source, found)
        if not plan.allowed:
            self._refused(plan)
            return False

        def chosen(repair: FileRepair | None) -> None:
            if repair is None:
                request.lost()
            else:
                self._begin(self._with_repair(request, source, repair), request)

        if found.after == found.before:
            # Another program repaired it a moment ago.
            chosen(found)
        else:
            self._repairs.confirm(
                source, found, said_of_plan(self._desk.schema, plan).brief, chosen
            )
        return True

    def _with_repair(self, request: Request, source: Source, repair: FileRepair) -> BulkPlan:
        return plan_each(
            request.deciding, self._desk.schema, [source], repair=lambda _: repaired(repair)
        )

    def _preview(self, request: Request) -> None:
        """Preview a change of many sources, and make it when the user confirms."""

        def plan(progress: Progress, repairs: bool) -> BulkPlan:
            repair = self._repairs.find_one_of_many if repairs and not request.notes else None
            return self._plan_surely(request, request.sources, progress, repair)

        def chosen(plan: BulkPlan | None) -> None:
            if plan is None:
                request.lost()
            else:
                self._begin(plan, request)

        schema = self._desk.schema
        question = ConfirmBulk(
            len(request.sources),
            self._marker.hidden,
            plan,
            summed=partial(summed, schema),
            replaced=partial(replaced, schema),
        )
        self._ask.ask(question, chosen)

    def _begin(self, plan: BulkPlan, request: Request) -> None:
        """Start a change: a small one is shown at once, a large one as it proceeds."""
        self._accepted(request)
        if len(plan.allowed) > self.at_once:
            self._make_long(plan, request)
        else:
            self._make_shown(plan, request)

    def _accepted(self, request: Request) -> None:
        self._last = request.make
        if request.marked:
            self._marker.clear()

    def _make_shown(self, plan: BulkPlan, request: Request) -> None:
        """Show a change as if it were saved, and save it."""
        names = [source.name for source in plan.allowed]
        about = names[0] if len(names) == 1 else ""
        left_out: dict[str, SluiceError] | None = None if about or request.whole else {}
        shown: Unsaved | None = None
        asked = datetime.now(UTC)

        def done(_change: Change) -> None:
            self._settler.woken(names)
            if left_out:
                self._settler.bring_back(left_out, shown)
                self._tell_left_out(left_out, request, save.lacks())

        def failed(error: SluiceError) -> None:
            self._desk.proposals.answer(plan.answered, failed=True)
            self._settler.bring_back(names, shown)
            self._marker.put_back(request.marked)
            request.lost()
            self._tell.report(self._saver.named(error, about), "error")

        save = Save(
            lambda: self._commit(plan, asked, left_out=left_out),
            done,
            failed,
            kept=request.kept,
            lacks=lambda: self._said_of(left_out, len(names)),
            about=about,
            edits=plan.edits,
            shown=True,
        )
        self._desk.proposals.answer(plan.answered)
        self._start(save, request)
        # A source whose file is gone keeps its row for a while; changing it fails.
        fresh = self._desk.vault.known(source.name for source in plan.changed)
        if fresh:
            moved = plan.moved(self._desk.schema)
            shown = self._settler.settle(fresh, moved, asked, snoozed=self._snoozed(plan))
        self._report(plan, request)

    def _make_long(self, plan: BulkPlan, request: Request) -> None:
        """Save a change of very many sources, and show each one once it is saved."""
        progress, left_out = Progress(), dict[str, SluiceError]()
        names = frozenset(source.name for source in plan.allowed)
        moved, snoozed = plan.moved(self._desk.schema), self._snoozed(plan)
        progress.step(0, len(names))
        asked = datetime.now(UTC)

        def show(sources: list[Source]) -> None:
            self._settler.settle(sources, moved, asked, snoozed=snoozed, more=True)

        def done(_change: Change) -> None:
            self._settler.go_on(names)
            if left_out:
                self._tell_left_out(left_out, request, save.lacks())
            else:
                self._report(plan, request)

        def failed(error: SluiceError) -> None:
            written = {name for name, _ in save.written}
            self._settler.go_on(written)
            self._marker.put_back(name for name in request.marked if name not in written)
            request.lost()
            hint = self._keymap.sequel("undo.undo", "undoes them") if written else ""
            said = f"{self._saver.named(error, '')}{hint}"
            if isinstance(error, Stopped):
                self._tell.say(said, "warning")
            else:
                self._tell.report(said, "error")

        save = Save(
            lambda: self._commit(plan, asked, progress, left_out),
            done,
            failed,
            kept=request.kept,
            lacks=lambda: self._said_of(left_out, len(names)),
            names=names,
            progress=progress,
            says=plan.planned.label,
            show=show,
        )
        self._start(save, request)

    def _start(self, save: Save, request: Request) -> None:
        self._saver.put(save)
        request.begun(save)
        self.on_begun(save)

    def _commit(
        self,
        plan: BulkPlan,
        asked: datetime,
        progress: Progress | None = None,
        left_out: dict[str, SluiceError] | None = None,
    ) -> Change:
        planned = self._desk.answering.with_taken(plan.planned)
        change = self._desk.commit(planned, progress, left_out, asked)
        if left_out and not change.files:
            raise next(iter(left_out.values()))
        self._turner.note_change()
        return change

    def _snoozed(self, plan: BulkPlan) -> set[str]:
        """The names of the sources to which a plan gives a day until which they are snoozed."""
        field, is_snoozed = self._desk.schema.roles.snoozed, self._desk.is_snoozed
        given = (edit.source for edit in plan.edits if edit.sets(field))
        return {source.name for source in given if not is_snoozed(source)} if field else set()

    def _decide_late(self, request: Request) -> bool:
        """Plan and save a change of a few sources first, and show it then.

        A change that is not shown yet, such as an undo, may change the same sources before.
        """
        if len(request.marked) >= self.many:
            self._tell.say(
                "sluice is still saving some of these sources; press the key again in a moment.",
                "warning",
            )
            return False
        save = self._late(request)
        self._start(save, request)
        self._accepted(request)
        return True

    def _late(self, request: Request) -> Save:
        made, asked = list[BulkPlan](), datetime.now(UTC)
        names = [source.name for source in request.sources]
        about = names[0] if len(names) == 1 else ""

        def work() -> Change:
            looked = {name: self._desk.vault.look(name) for name in names}
            found = [source for source in looked.values() if source is not None]
            gone = [name for name, source in looked.items() if source is None]
            if not found or (request.whole and gone):
                titles = {source.name: source.title for source in request.sources}
                title = short(titles[gone[0]])
                raise UnknownSource(f"“{title}” is gone, so it was not changed.")
            plan = self._plan_surely(request, found)
            if not plan.allowed or (request.whole and plan.refused):
                raise _refusal_of(plan)
            made.append(plan)
            return self._commit(plan, asked)

        def done(change: Change) -> None:
            fresh = self._desk.vault.known(change.names)
            if fresh:
                moved = made[0].moved(self._desk.schema)
                snoozed = self._snoozed(made[0])
                self._settler.settle(fresh, moved, asked, snoozed=snoozed, late=True)
            self._report(made[0], request)

        def failed(error: SluiceError) -> None:
            self._marker.put_back(request.marked)
            request.lost()
            self._tell.report(self._saver.named(error, about), "error")

        return Save(
            work,
            done,
            failed,
            kept=request.kept,
            lacks=lambda: made[0].refusal,
            about=about,
            names=frozenset(names),
        )

    def _refused(self, plan: BulkPlan) -> None:
        """Say why, and reread the files: another program may have changed them."""
        for source, _ in plan.refused[: self.many]:
            self._outside.take_at_once(source.name)
        self._tell.say(str(_refusal_of(plan)), "error")

    def _note_category(self, plan: BulkPlan) -> None:
        """Remember the last category that was set, by any key."""
        category = self._desk.schema.roles.category
        for edit in plan.edits:
            if edit.field == category and isinstance(edit.value, str):
                self._memory.take_category(edit.value)

    def _note_notebooks(self, plan: BulkPlan) -> None:
        """Remember the notebooks that sources were put into last, by any key."""
        schema = self._desk.schema
        field = schema.roles.notebooks
        come: dict[str, None] = {}
        for edit in plan.edits if field else ():
            if edit.field == edit.source.key(field):
                after = names_of(schema, as_edited(edit.source, [edit]))
                before = names_of(schema, edit.source)
                come |= dict.fromkeys(name for name in after if name not in before)
        if come:
            self._memory.take_notebooks(come)

    def _report(self, plan: BulkPlan, request: Request) -> None:
        planned = plan.planned
        self._note_category(plan)
        self._note_notebooks(plan)
        said = said_of_plan(self._desk.schema, plan)
        about, titles = list[str](), [""]
        source = request.sources[0]
        if request.elsewhere:
            about.append(source.title)
        elif len(request.sources) == 1 and plan.changed and self._adds_insight(plan):
            titles = [source.quoted_title, f"“{clean(source.title, SHORT_TITLE)}”", ""]
        if len(request.sources) > 1 or request.gone:
            about.append(counted(len(plan.changed or plan.same)))
        if plan.refused:
            about.append(plan.refusal)
        if request.gone:
            about.append(f"{len(request.gone):,} gone")
        if planned.warnings:
            about.append(" ".join(planned.warnings))
        if not plan.changed:
            self._tell.say(" · ".join([f"Nothing to change: {said.brief}", *about]))
            return
        undoes = self._keymap.hint("undo.undo", "undoes")
        again = "Repeated: " if request.again else ""
        whole, brief = f"{again}{said.whole}", f"{again}{said.brief}"
        forms = [(whole, titles[0]), *((brief, title) for title in titles)]
        told = [" · ".join(filter(None, [form, title, *about, undoes])) for form, title in forms]
        warns = plan.refused or request.gone or planned.warnings
        kind: Kind = "warning" if warns else "information"
        whole, *shorter = told if warns else [*told, brief, undoes or brief]
        self._tell.say(whole, kind, *shorter)

    def _adds_insight(self, plan: BulkPlan) -> bool:
        return any(edit.field == self._desk.schema.roles.insights for edit in plan.edits)

    def _tell_left_out(
        self, left_out: dict[str, SluiceError], request: Request, sentence: str
    ) -> None:
        """Say which files could not be changed, and mark their sources again."""
        self._marker.put_back(_among(request.marked, left_out))
        self._tell.report(sentence, "error")

    def _said_of(self, left_out: dict[str, SluiceError] | None, count: int) -> str:
        """How many sources were skipped, and why the first one was; empty without any."""
        for name, error in (left_out or {}).items():
            why = self._saver.named(error, name)
            return f"{len(left_out or ()):,} of {count:,} sources were skipped: {why}"
        return ""

    def repeat(self) -> None:
        """Repeat the last change on the marked sources, or on the one under the cursor."""
        if self._last is None:
            self._tell.say("No change to repeat yet.", "warning")
            return
        self._repeating = True
        try:
            self.decide(self._last)
        finally:
            self._repeating = False


def _among(names: Iterable[str], known: dict[str, SluiceError]) -> list[str]:
    return [name for name in names if name in known]


def _refusal_of(plan: BulkPlan) -> SluiceError:
    """Why a change has no source left: their common reason, or a summary."""
    errors = [error for _, error in plan.refused]
    if len({str(error) for error in errors}) == 1:
        return errors[0]
    return EditRefused(f"None of the {len(errors):,} marked sources can be changed: {plan.causes}.")
