"""Repair a source's file: first its header, then every problem with a safe correction."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui.checks.knowing import known_of
from tui.checks.report import fixes_of
from tui.errors import EditRefused, RepairRefused
from tui.triage.schema import Schema
from tui.vault.reading.one_file import read_again
from tui.vault.repair.propose import Doubled, Keep, propose
from tui.vault.repair.uncover import uncover
from tui.vault.source import Source
from tui.vault.writing.plan import FileDiff
from tui.vault.writing.prove import change_text

_PRESENT = {
    "closed": "closes", "escaped": "escapes", "indented": "indents", "kept": "keeps",
    "made": "makes", "moved": "moves", "opened": "opens", "put": "puts", "quoted": "quotes",
    "removed": "removes", "renamed": "renames", "replaced": "replaces", "turned": "turns",
    "wrote": "writes",
}  # fmt: skip
"""What a repair does, by how it says that it was done."""
_VERBS = re.compile(rf"^({'|'.join(_PRESENT)})\b|(?<= or )closed\b|(?<= and )removed\b")


@dataclass(frozen=True, slots=True)
class FileRepair:
    """The possible repairs of a file."""

    source: Source
    """The source as the repaired text has it; unchanged without a repair."""
    before: str
    after: str
    """The repaired text; unchanged when nothing can be done."""
    done: tuple[str, ...]
    """A sentence for each repair."""
    doubled: tuple[Doubled, ...] = ()
    """Duplicate fields where the user may prefer the other value, see ``Keep``."""
    refusal: str = ""
    """Why the header has no repair; empty when it has one or needs none."""

    @property
    def name(self) -> str:
        """The source's name."""
        return self.source.name

    @property
    def diff(self) -> FileDiff:
        """What it does to the file."""
        return FileDiff(self.name, self.before, self.after)

    @property
    def does(self) -> tuple[str, ...]:
        """``done`` before it is done: in the present tense."""
        return tuple(_VERBS.sub(lambda verb: _PRESENT[verb[0]], line) for line in self.done)


def find_repair(schema: Schema, source: Source, text: str, keep: Keep | None = None) -> FileRepair:
    """Work out the repairs of a source with the content ``text``. Nothing is written.

    Without ``keep``, a duplicate field with two values is left alone.
    """
    try:
        repair = propose(text, keep or "header")
    except RepairRefused as error:
        return FileRepair(source, text, text, (), refusal=str(error))
    after, done, doubled = text, tuple[str, ...](), tuple[Doubled, ...]()
    found = uncover(repair.text if repair else text, known_of(schema), keep)
    for step in (repair, found):
        if step is not None:
            after, done, doubled = step.text, (*done, *step.done), (*doubled, *step.doubled)
    for fix in fixes_of(schema)(read_again(source, after)):
        try:
            after = change_text(after, {fix.field: fix.value})
        except EditRefused:
            # For example a value with an anchor, which is only reported.
            continue
        done = (*done, fix.sentence)
    return FileRepair(read_again(source, after), text, after, done, doubled)
