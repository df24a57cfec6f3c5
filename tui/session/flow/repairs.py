"""Repairs: finds the repairs of broken headers, and asks before one is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tui.checks.file_repair import FileRepair
from tui.desk import Desk
from tui.errors import RepairRefused, SluiceError
from tui.session.keys.keymap import Keymap
from tui.session.ports import Ask
from tui.session.questions import ConfirmRepair
from tui.triage.bulk import Repaired
from tui.triage.planned import changeable
from tui.vault.source import Source


@dataclass(eq=False)
class Repairs:
    """Repairs of broken headers, and the box that shows one."""

    _desk: Desk
    _keymap: Keymap
    _ask: Ask
    _edit: Callable[[], object]
    """Opens the source in hand in the editor."""

    def find(self, source: Source) -> FileRepair:
        """The repair of a source with a broken header.

        Raises RepairRefused, which names the source, when there is none; StorageError.
        """
        if source.is_cut:
            changeable([source])
        repair = self._desk.repair_of(source)
        if repair.source.problem is not None:
            raise self.refusal(source, repair)
        return repair

    def refusal(self, source: Source, repair: FileRepair) -> RepairRefused:
        """Says why a source has no repair, and which key opens the editor."""
        line = f" at line {source.problem.line}" if source.problem else ""
        edit = self._keymap.hint("go.edit", f"opens your editor{line}")
        why = repair.refusal or self._desk.problem_of(source) or "unknown problem"
        said = "; ".join(filter(None, (f"no safe repair, {why}", edit)))
        none = "no safe repair"
        brief = "; ".join(filter(None, (none.capitalize(), edit)))
        return RepairRefused(f"{source.quoted_title}: {said}.", reason=none, brief=f"{brief}.")

    def forms(self, error: SluiceError, sentence: str) -> list[str]:
        """What to say of an error, the longest form first."""
        brief = error.brief if isinstance(error, RepairRefused) else ""
        return [sentence, brief] if brief else [sentence]

    def find_one_of_many(self, source: Source) -> Repaired:
        """The same for a change of many sources, if nothing has to be chosen."""
        repair = self.find(source)
        if repair.doubled:
            why = "its repair needs a choice"
            raise RepairRefused(f"{source.quoted_title}: {why}.", reason=why)
        return repaired(repair)

    def readable(self, source: Source) -> Source | None:
        """The source as its repair would make it, to choose values for; None without a repair."""
        if source.problem is None:
            return source
        try:
            return self.find(source).source
        except SluiceError:
            return None

    def confirm(
        self,
        source: Source,
        repair: FileRepair,
        then: str,
        take: Callable[[FileRepair | None], object],
    ) -> None:
        """Show a repair; ``take`` gets the one to make, and ``then`` says what follows."""
        other = self._desk.repair_of(source, "line") if repair.doubled else None
        problem = source.problem.sentence if source.problem is not None else ""
        self._ask.ask(ConfirmRepair(source.title, problem, repair, other, then, self._edit), take)


def repaired(repair: FileRepair) -> Repaired:
    """A found repair, for the plan of a change."""
    return Repaired(repair.source, repair.diff)
