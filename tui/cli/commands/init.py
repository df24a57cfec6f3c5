"""The command that looks at a folder and writes a schema for it: init."""

from __future__ import annotations

import os
import shlex
from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path

from tui.cli.output import (
    ask,
    ask_text,
    can_ask,
    is_for_people,
    say,
    write_painted,
    write_row,
    write_text,
)
from tui.cli.root import vault_root
from tui.display import cells, counted, listed, short
from tui.errors import Conflict, OrderUnknown, VaultError
from tui.guess.explain import Line, found_in, reasons, summary
from tui.guess.guess import Guess, Said, guess
from tui.guess.order import Group
from tui.guess.places import places_of
from tui.guess.status import Candidate
from tui.guess.survey import Survey, survey
from tui.guess.words import AWAY
from tui.guess.write import write_schema
from tui.reasons import failed
from tui.triage.schema import VAULT_SCHEMA
from tui.vault.disk.presence import create

_SHOWN = 8
"""How many values a sentence names."""
_LISTED = 12
"""How many values an option names."""
_ALL = "*"
"""The answer that all notes are sources; no folder or tag is called so."""
_TRIES = 5
"""How often a question is asked again after an answer that cannot be read."""


def run_init(request: Namespace) -> int:
    """Look at the folder, and write a schema that fits it."""
    root = vault_root(request.folder or request.vault)
    asks = can_ask() and is_for_people() and not (request.yes or request.dry_run or request.explain)
    writes = request.yes or asks
    if writes and os.path.lexists(root / VAULT_SCHEMA):
        raise Conflict(
            f"{root / VAULT_SCHEMA} already exists, and sluice does not overwrite it; "
            "`sluice init --dry-run` prints a new one."
        )
    found = _read(root)
    if not found.notes:
        raise VaultError(_no_notes(root, found))
    said = Said(main=request.main, status=request.status or "", all_notes=request.all)
    guessed = guess(found, said)
    if not guessed.notes:
        files = counted(len(found.notes), "Markdown file")
        raise VaultError(f"No note in {root}: {files} of templates, read-me texts or the like.")
    if guessed.fits_built_in and not (said.main or said.status):
        say("sluice's own schema fits this folder; it needs no sluice.yaml.")
        return 0
    if request.explain:
        _write_lines(reasons(guessed))
        return 0
    for value in guessed.order.values if said.main else ():
        if not value.files:
            say(f"note: no note has the status {short(value.name)} yet")
    if asks:
        return _ask(root, guessed, said)
    for one in guessed.possible if guessed.status.kind == "new" and not said.main else ():
        say(f"note: {short(one.name)} may be the status ({_values(one)}); {_how_to_say(one)}")
    if not guessed.order.is_known:
        _refuse_or_say(guessed, writes=writes)
    if not writes:
        write_text(write_schema(guessed))
        return 0
    return _write(root, guessed)


def _read(root: Path) -> Survey:
    try:
        return survey(root)
    except OSError as error:
        raise VaultError(f"Cannot read {root} {failed(error, 'read')}") from error


def _no_notes(root: Path, found: Survey) -> str:
    if not found.hidden:
        return f"No Markdown file in {root}; `sluice add URL` makes a first source."
    files = counted(sum(found.hidden.values()), "Markdown file")
    folders = ", ".join(f"{short(folder)}/" for folder in sorted(found.hidden))
    return f"No Markdown file in {root} but {files} in hidden folders: {folders}; name one of them."


def _refuse_or_say(guessed: Guess, *, writes: bool) -> None:
    """Say that the order is unknown. Raises OrderUnknown if it is to be written."""
    status = guessed.status
    sentence = (
        f"sluice does not know the order of the values of {short(status.name)}: "
        f"{_values(status)}. Name it, the earliest first: {_main_of(status)}"
    )
    if writes:
        raise OrderUnknown(sentence)
    say(f"note: {sentence}")


def _values(status: Candidate) -> str:
    return ", ".join(f"{short(group.spelt)} {group.files:,}" for group in status.groups[:_LISTED])


def _main_of(status: Candidate) -> str:
    """The option that names the values, to be put in order."""
    # A word that is known to mean archived is in no line.
    staying = [group.spelt for group in status.groups if group.place != AWAY][:_LISTED]
    line = ",".join(f'"{spelt}"' if "," in spelt else spelt for spelt in staying)
    return f"--main {shlex.quote(line)}"


def _how_to_say(status: Candidate) -> str:
    """The options that make a field the status."""
    options = f"--status {shlex.quote(status.name)} {_main_of(status)}"
    return f"if it is, name it and its values, the earliest first: {options}"


def _write(root: Path, guessed: Guess) -> int:
    """Write the schema, and say which statuses nobody placed."""
    create(root, VAULT_SCHEMA, write_schema(guessed).encode())
    unplaced = guessed.order.unplaced
    if unplaced:
        names = listed([short(name) for name in unplaced[:_SHOWN]])
        more = f" and {len(unplaced) - _SHOWN:,} more" if len(unplaced) > _SHOWN else ""
        say(f"note: not in the order, as sluice does not know the words: {names}{more}")
    say(f"Wrote {root / VAULT_SCHEMA}; {_open(root)} opens the app.")
    return 0


def _open(root: Path) -> str:
    """The command that opens the app on the folder."""
    return "`sluice`" if root == Path.cwd() else f"`sluice {shlex.quote(str(root))}`"


def _ask(root: Path, guessed: Guess, said: Said) -> int:
    """Show what was found, ask what is unknown, and write after a yes."""
    say(found_in(guessed, str(root)))
    for one in guessed.possible:
        if ask(f"{short(one.name)} is {_values(one)}. Does it say how far a note is?"):
            said = said._replace(status=one.name)
            guessed = guess(guessed.survey, said)
            break
    if not guessed.order.is_known:
        answered = _asked_order(guessed)
        if answered is None:
            return _nothing()
        said = said._replace(main=answered[0], archive=answered[1])
    if guessed.sources.certainty == "open" and not said.all_notes:
        which = _asked_sources(guessed)
        if which is None:
            return _nothing()
        said = said._replace(all_notes=which == _ALL, place=which.removeprefix(_ALL))
    guessed = guess(guessed.survey, said)
    _say_lines(summary(guessed))
    if not ask(f"Write {root / VAULT_SCHEMA}?"):
        return _nothing()
    return _write(root, guessed)


def _nothing() -> int:
    say("Nothing was written.")
    return 1


def _asked_order(guessed: Guess) -> tuple[tuple[str, ...], str] | None:
    """The main line and the archive, as the person numbers them; None if they give up."""
    groups = guessed.status.groups
    say(f"{short(guessed.status.name)} has values that sluice does not know:")
    for number, group in enumerate(groups, 1):
        say(f"  {number:>2}  {short(group.spelt)}  {group.files:,}")
    for _ in range(_TRIES):
        answer = ask_text("Type the numbers in the order a note goes through them, such as 2 1 3:")
        if not answer:
            return None
        main = _numbered(answer, groups)
        if main:
            break
        say(f"Expected numbers from 1 to {len(groups)}, each once, with blanks between them.")
    else:
        return None
    rest = [group for group in groups if group.spelt not in main]
    if not rest:
        return main, ""
    for _ in range(_TRIES):
        answer = ask_text("Which one means archived? A number, or enter for none:")
        archive = _numbered(answer, groups)
        if not answer or (len(archive) == 1 and archive[0] not in main):
            return main, "".join(archive)
        say("Expected one number that is not in the line.")
    return None


def _numbered(answer: str, groups: Sequence[Group]) -> tuple[str, ...]:
    """The values of these numbers; empty if one is wrong or there twice."""
    parts = answer.replace(",", " ").split()
    known = {str(number): group.spelt for number, group in enumerate(groups, 1)}
    return tuple(known[part] for part in parts) if _are_all(parts, known) else ()


def _are_all(parts: Sequence[str], known: Iterable[str]) -> bool:
    return len(set(parts)) == len(parts) and set(parts) <= set(known)


def _asked_sources(guessed: Guess) -> str | None:
    """``*`` for all notes, a folder or tag for its notes, empty for the guess; None to give up."""
    sources = guessed.sources
    say(f"{sources.why[:1].upper()}{sources.why[1:]}. Which notes are your sources?")
    say(f"   1  {sources.where}: {len(sources.numbers):,}")
    say(f"   2  all: {len(guess(guessed.survey, Said(all_notes=True)).sources.numbers):,}")
    known = {place.name.casefold(): place.name for place in places_of(guessed.notes)}
    for _ in range(_TRIES):
        answer = ask_text("1, 2, a folder such as Inbox/ or a tag such as #inbox, or enter for 1:")
        if answer in ("", "1", "2"):
            return _ALL if answer == "2" else ""
        typed = answer.casefold()
        for name in (typed, f"{typed.rstrip('/')}/"):
            if name in known:
                return known[name]
        say(f"No folder and no tag of several notes is called {short(answer)}.")
    return None


def _say_lines(lines: Iterable[Line]) -> None:
    for line in lines:
        certainty = f"  ({line.certainty})" if line.certainty else ""
        say(f"  {line.part:<10}{line.text}{certainty}")


def _write_lines(lines: Iterable[Line]) -> None:
    """Lines for a person in columns, for a program with tabs."""
    for part, text, certainty in lines:
        if not is_for_people():
            write_row([(part, ""), (text, ""), (certainty, "")])
            continue
        label = part + " " * max(11 - cells(part), 1)
        write_painted([(label, "quiet"), (text, ""), (f"  {certainty}" * bool(certainty), "title")])
