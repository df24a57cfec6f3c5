"""Historian: shows what was decided, and the history of a source, and undoes one change of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date
from functools import partial

from tui.desk import Desk
from tui.display import counted
from tui.errors import JournalError
from tui.session.flow.saver import Saver
from tui.session.flow.turner import Turner
from tui.session.keys.keymap import Keymap
from tui.session.model.board import Board
from tui.session.ports import Ask, IsStopped, OpenBox, Threads, Timer
from tui.session.questions import Complaint, Moments, OnMoment, ShowMoments, Signs
from tui.session.work.going import Going
from tui.state.log import tell_fault
from tui.triage.decided import Decided, OfSource
from tui.triage.moment import Moment
from tui.vault.source import Source

_HASH = 7
"""The digits of a commit's id that are shown."""


@dataclass(eq=False)
class _Open:
    """A list of changes on the screen."""

    account: Decided | OfSource
    today: date
    box: OpenBox
    lets_keys: Callable[[], object]
    """Lets the keys in that wait for the first rows."""
    version: object = None
    """The state of the undo journal when it was read last."""
    reads: bool = False
    """Whether a thread reads now."""
    wants_more: bool = True
    """Whether the next part is wanted once it has read."""
    wants_commits: bool = False
    """Whether git is still to be asked."""
    asks: bool = False
    """Whether a thread asks git now."""
    headings: Sequence[str] = ()
    """What was read, in words."""
    fault: str = ""
    """Why no more can be read; empty when it can."""
    asked: str = ""
    """The change of many sources whose undo was asked for once."""

    def complain(self, sentence: str) -> None:
        """Say why a key did nothing."""
        if self.box.is_open:
            self.box.show(Complaint(sentence))

    def show(self) -> None:
        """Show what was read so far."""
        account = self.account
        note, is_whole = self.fault or account.note, account.is_whole or bool(self.fault)
        self.box.show(Moments(account.moments, is_whole, self.headings, note, self.today))


@dataclass(eq=False)
class Historian:
    """Reads the changes in a thread, and again when there are new ones.

    It looks for these every ``looked`` seconds while a list is open. ``git`` are the seconds that
    git gets.
    """

    _desk: Desk
    _board: Board
    _turner: Turner
    _saver: Saver
    _going: Going
    _keymap: Keymap
    _threads: Threads
    _ask: Ask
    _: KW_ONLY
    looked: float
    git: float

    def __post_init__(self) -> None:
        self._lists: list[_Open] = []
        """Those on the screen, the upper one last."""
        self._due: Timer | None = None
        """The next look for new changes."""

    def show_decided(self) -> None:
        """Show what was decided today and before."""
        self._open(Decided(self._desk.schema, self._desk.vault, self._title), of_one=False)

    def show_source(self, source: Source) -> None:
        """Show the changes and commits of a source."""
        self._show_source(source.name)

    def _show_source(self, name: str) -> None:
        desk = self._desk
        account = OfSource(desk.schema, desk.vault, self._title, name, self.git)
        self._open(account, of_one=True)

    def _title(self, name: str) -> str:
        vault = self._desk.vault
        source = vault.find(name) or (None if vault.is_read else vault.look(name))
        return source.title if source is not None else name.rpartition("/")[2].rpartition(".")[0]

    def _open(self, account: Decided | OfSource, *, of_one: bool) -> None:
        today = date.today()

        def on(call: Callable[[_Open, Moment, Signs], object]) -> OnMoment:
            return lambda moment, signs: call(opened, moment, signs)

        question = ShowMoments(
            of_one,
            self._keymap,
            more=lambda: self._read_more(opened),
            refuses=lambda moment: self._refuses(opened, moment),
            undo=on(self._undo),
            redo=on(self._redo),
            history=lambda moment: self._show_history(opened, moment),
        )
        box = self._ask.ask(question, lambda moment: self._closed(opened, moment))
        # The next keys are for the rows, which come at once.
        opened = _Open(account, today, box, self._threads.hold_keys(), wants_commits=of_one)
        self._lists.append(opened)
        self._read(opened)
        if self._saver.busy:
            self._saver.when_idle(self._look_at_all)
        if self._due is None:
            self._due = self._threads.after(self.looked, self._look_again)

    # Reading

    def _look_again(self) -> None:
        """Look whether there is something new, for as long as a list is open."""
        self._due = None
        if self._lists:
            self._look_at_all()
            self._due = self._threads.after(self.looked, self._look_again)

    def _look_at_all(self) -> None:
        now = self._desk.vault.journal.version, date.today()
        for opened in self._lists:
            if now != (opened.version, opened.today):
                opened.fault = ""
                self._read(opened)
            if not (opened.wants_commits or opened.asks):
                self._ask_git(opened, is_new=False)

    def _read_more(self, opened: _Open) -> None:
        opened.wants_more = True
        self._read(opened)

    def _read(self, opened: _Open) -> None:
        """Have a thread read what is new, and the next part if that is wanted."""
        if opened.reads or opened.fault or not opened.box.is_open:
            return
        opened.reads = True
        opened.version, opened.today = self._desk.vault.journal.version, date.today()
        more, opened.wants_more = opened.wants_more, False
        self._threads.run(partial(self._read_in, opened, more), "history")

    def _read_in(self, opened: _Open, more: bool, _: IsStopped) -> None:
        """In a thread: read."""
        account, opened.fault = opened.account, ""
        try:
            self._threads.give_way()
            try:
                if more:
                    account.read()
                else:
                    account.renew()
            except JournalError as error:
                opened.fault = str(error)
            opened.headings = account.headings(opened.today)
        except Exception as error:
            opened.fault = tell_fault(error)
        try:
            self._threads.back(self._was_read, opened)
        finally:
            opened.lets_keys()

    def _was_read(self, opened: _Open) -> None:
        opened.reads = False
        if not opened.box.is_open:
            return
        opened.show()
        if opened.fault:
            opened.complain(opened.fault)
            return
        if opened.wants_more or opened.account.lacks(opened.today):
            self._read_more(opened)
        if opened.wants_commits:
            opened.wants_commits = False
            self._ask_git(opened, is_new=True)

    def _ask_git(self, opened: _Open, *, is_new: bool) -> None:
        """Have a thread ask git for the commits; unless ``is_new``, only if there are others."""
        if isinstance(account := opened.account, OfSource):
            opened.asks = True
            self._threads.run(partial(self._ask_git_in, opened, account, is_new), "commits")

    def _ask_git_in(self, opened: _Open, account: OfSource, is_new: bool, _: IsStopped) -> None:
        """In a thread: ask git for the commits, and show them."""
        asked = False
        try:
            if asked := is_new or account.has_commits():
                account.ask_git()
        except Exception as error:
            account.note = tell_fault(error)
        self._threads.back(self._git_said, opened, asked)

    def _git_said(self, opened: _Open, asked: bool) -> None:
        opened.asks = False
        if not asked:
            return
        if opened.reads:
            opened.wants_more = True
        else:
            self._read(opened)

    # What its keys do

    def _name_of(self, opened: _Open, moment: Moment) -> str:
        """The source of a change: of many the first one that exists; empty if none does."""
        account = opened.account
        names = (account.name,) if isinstance(account, OfSource) else moment.names
        return next(filter(self._desk.vault.exists, names), "")

    def _refuses(self, opened: _Open, moment: Moment) -> str:
        if self._board.in_pass.is_running:
            return "A rapid pass is running; q ends it first."
        return "" if self._name_of(opened, moment) else f"{moment.about}: its file is gone."

    def _closed(self, opened: _Open, moment: Moment | None) -> None:
        """The box was closed; go to the source of the chosen change, if one was chosen."""
        self._lists.remove(opened)
        if moment is None:
            return
        if self._lists:
            # The list below it closes too.
            below = self._lists[-1]
            moment = moment._replace(names=(self._name_of(opened, moment),))
            self._threads.next_frame(lambda: below.box.close(moment))
            return
        if name := self._name_of(opened, moment):
            self._going.go_to(name)

    def _show_history(self, opened: _Open, moment: Moment) -> None:
        if name := self._name_of(opened, moment) or next(iter(moment.names), ""):
            self._show_source(name)

    def _undo(self, opened: _Open, moment: Moment, signs: Signs) -> None:
        """Undo a change; one of many sources after asking, where only one of these is in sight."""
        asked, opened.asked = opened.asked, ""
        if moment.is_commit:
            opened.complain(f"git made this; `git revert {moment.id[:_HASH]}` undoes it.")
        elif moment.undone:
            redo = signs["undo.redo"]
            opened.complain(f"Already undone; {redo} redoes it." if redo else "Already undone.")
        elif moment.others and asked != moment.id:
            opened.asked = moment.id
            others = counted(moment.others, "other source")
            again = f"{signs['undo.undo']} again undoes all of it."
            opened.complain(f"That changed {others} too; {again}")
        else:
            self._turner.undo_one(moment.id, self._turned, opened.complain)

    def _redo(self, opened: _Open, moment: Moment, _: Signs) -> None:
        if moment.is_commit or not moment.undone:
            opened.complain("Only a change that was undone can be redone.")
        else:
            self._turner.redo_one(moment.id, self._turned, opened.complain)

    def _turned(self, _: object) -> None:
        self._look_at_all()
