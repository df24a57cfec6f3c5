"""A source's file mended: its header repaired, then every problem with a safe fix fixed."""

from __future__ import annotations

from dataclasses import dataclass

from tui.checks.knowing import known_of
from tui.checks.report import fixes_of
from tui.errors import EditRefused, RepairRefused
from tui.triage.schema import Schema
from tui.vault.prove import change_text
from tui.vault.read import source_from
from tui.vault.repair import Doubled, Keep, propose
from tui.vault.source import Source
from tui.vault.uncover import uncover


@dataclass(frozen=True, slots=True)
class Mending:
    """What can be done about a file, and what cannot."""

    name: str
    before: str
    after: str
    """The same text when nothing can be done."""
    done: tuple[str, ...]
    """A sentence for each thing that is done."""
    doubled: tuple[Doubled, ...] = ()
    """Where a reader may want the other value, see ``Keep``."""
    refusal: str = ""
    """Why the header has no repair; empty when it has, or needs none."""


def mend(schema: Schema, source: Source, text: str, keep: Keep | None = None) -> Mending:
    """What mends the source, whose file holds ``text``. Nothing is written.

    Without ``keep`` a field that stands twice in the header, with two values, is left alone.
    """
    try:
        repair = propose(text, keep or "header")
    except RepairRefused as error:
        return Mending(source.name, text, text, (), refusal=str(error))
    after, done, doubled = text, tuple[str, ...](), tuple[Doubled, ...]()
    found = uncover(repair.text if repair else text, known_of(schema), keep)
    for step in (repair, found):
        if step is not None:
            after, done, doubled = step.text, (*done, *step.done), (*doubled, *step.doubled)
    repaired = source_from(source.root, source.name, after, source.stamp)
    for fix in fixes_of(schema)(repaired) if repaired else ():
        try:
            after = change_text(after, {fix.field: fix.value})
        except EditRefused:
            # Such as a value with an anchor: it stays a problem that is told.
            continue
        done = (*done, fix.sentence)
    return Mending(source.name, text, after, done, doubled)
