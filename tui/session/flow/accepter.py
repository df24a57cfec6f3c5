"""Accepter: confirms the values of a group by what a sample of it says, in the background."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from tui.desk import Desk
from tui.display import counted
from tui.errors import Conflict, SluiceError, Stopped
from tui.session.flow.marker import Marker
from tui.session.flow.saver import Save, Saver
from tui.session.flow.settler import Settler
from tui.session.flow.turner import Turner
from tui.session.keys.keymap import Keymap
from tui.session.ports import Tell
from tui.triage.verdict import Verdict
from tui.vault.history.change import Change
from tui.vault.progress import Progress
from tui.vault.source import Source


@dataclass(eq=False)
class Accepter:
    """Accepts the rest of a group as one change, and says what was left out."""

    _desk: Desk
    _marker: Marker
    _saver: Saver
    _settler: Settler
    _turner: Turner
    _keymap: Keymap
    _tell: Tell

    def accept(
        self,
        verdict: Verdict,
        rest: Mapping[str, str],
        field: str,
        lost: Callable[[], object],
    ) -> None:
        """Confirm a field of the sources in ``rest``, whose values it gives by their names.

        A source that has another value by now is left out. ``lost`` is called when none could be
        accepted.
        """
        word = self._desk.schema.roles.word_for(field)
        progress, left_out, asked = Progress(), dict[str, SluiceError](), datetime.now(UTC)
        progress.step(0, len(rest))

        def work() -> Change:
            same, refused = list[Source](), dict[str, SluiceError]()
            values = self._desk.schema.fields[field]
            for source in self._desk.vault.known(rest):
                if values.value_in(source) == rest[source.name]:
                    same.append(source)
                else:
                    refused[source.name] = Conflict(
                        f"{source.quoted_title} has another {word} than when the sample was drawn."
                    )
            change = self._desk.confirming.accept_rest(verdict, same, [field], left_out, progress)
            left_out.update(refused)
            if left_out and not change.files:
                raise next(iter(left_out.values()))
            self._turner.note_change()
            return change

        def show(sources: list[Source]) -> None:
            self._settler.settle(sources, (), asked, more=True)

        def done(change: Change) -> None:
            undoes = self._keymap.hint("undo.undo", "undoes")
            said = f"{counted(len(change.files))}: {word} accepted"
            if left_out:
                self._marker.put_back(left_out)
                marked = f"{len(left_out):,} left out and marked: {lacks()}"
                self._tell.say(" · ".join(filter(None, [said, marked, undoes])), "warning")
            else:
                self._tell.say(" · ".join(filter(None, [said, undoes])), "information", said)

        def failed(error: SluiceError) -> None:
            lost()
            said = self._saver.named(error, "")
            if isinstance(error, Stopped):
                undoes = self._keymap.sequel("undo.undo", "undoes them") if save.written else ""
                self._tell.say(f"{said}{undoes}", "warning")
            else:
                self._tell.report(said, "error")

        def lacks() -> str:
            return next((self._saver.named(error, name) for name, error in left_out.items()), "")

        save = Save(
            work,
            done,
            failed,
            lacks=lacks,
            names=frozenset(rest),
            progress=progress,
            says=f"{word} accepted",
            show=show,
        )
        self._saver.put(save)
