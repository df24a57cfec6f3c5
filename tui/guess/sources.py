"""Which files are sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Literal, NamedTuple

from tui.display import short
from tui.guess.columns import Column
from tui.guess.left_out import LeftOut, escaped
from tui.guess.status import Candidate, Sure
from tui.guess.survey import Note
from tui.guess.words import Words, fold

MANY = 300
"""In a larger folder without a status, only what waits in an inbox is a source."""
_FEW = 3
"""The fewest notes that make an inbox."""
_PLACES = 3
"""In so many places, folders of one name share a glob."""


class Sources(NamedTuple):
    """The files that are sources, and how the schema says so."""

    include: tuple[str, ...]
    exclude: tuple[str, ...]
    header: Literal["any", "status", "none-too"]
    numbers: tuple[int, ...]
    """The notes that are, by their place among those not left out."""
    note: str
    """What is counted, for a comment."""
    certainty: Sure
    why: str
    where: str = ""
    """If they are open, which notes they are."""
    tagged: tuple[str, ...] = ()
    """Tags that make a note a source."""
    has_more: bool = False
    """Whether the notes without a header could be sources, too."""


def sources_of(
    words: Words,
    notes: Sequence[Note],
    out: LeftOut,
    status: Candidate,
    columns: Mapping[str, Column],
) -> Sources:
    """Choose the sources among ``notes``, which are those not left out."""
    with_header = tuple(number for number, note in enumerate(notes) if note.has_header)
    if status.kind == "new":
        return _without_status(words, notes, out, with_header, columns)
    holders = status.carriers
    is_of_all = status.kind == "bool" and words.is_of_pages(status.name)
    if is_of_all or len(holders) * 2 >= len(with_header):
        return _everything(
            notes, out, with_header, f"{len(holders):,} of {_headers(with_header)} have a status"
        )
    folder = _home(notes, holders)
    if folder:
        inside = {n for n in with_header if notes[n].name.startswith(f"{folder}/")}
        many = len(inside & holders)
        chosen = tuple(sorted(inside | holders))
        return Sources(
            include=_globs(notes, inside, folder),
            exclude=out.globs,
            header="any",
            numbers=chosen,
            note=f"{len(chosen):,} of {len(notes) + len(out.names):,} files",
            certainty="likely",
            why=f"{many:,} of {len(holders):,} notes with a status are in {short(folder)}/",
        )
    inboxes = _inboxes(words, notes)
    inside = {n for n in with_header if _is_in(notes[n], inboxes)}
    inboxes = tuple(one for one in inboxes if any(_is_in(notes[n], (one,)) for n in inside))
    chosen = tuple(sorted(inside | holders))
    where = "those with a status" + (f", and {_listed(inboxes)}" if inside else "")
    return Sources(
        include=_inbox_globs(notes, inside, inboxes) if inside else _globs(notes, chosen, ""),
        exclude=out.globs,
        header="any" if inside else "status",
        numbers=chosen,
        note=f"{len(chosen):,} of {len(notes) + len(out.names):,} files: {where}",
        certainty="open",
        why=f"only {len(holders):,} of {_headers(with_header)} have a status",
        where=where,
    )


def _without_status(
    words: Words,
    notes: Sequence[Note],
    out: LeftOut,
    with_header: Sequence[int],
    columns: Mapping[str, Column],
) -> Sources:
    """The sources of a folder without a status."""
    if len(notes) > MANY:
        inboxes = _inboxes(words, notes)
        inside = {n for n, note in enumerate(notes) if _is_in(note, inboxes)}
        tags, tagged = _tagged(words, columns)
        chosen = inside | tagged
        if len(chosen) >= _FEW and len(chosen) * 10 < len(notes) * 9:
            where = _listed(inboxes, tags)
            return Sources(
                include=_inbox_globs(notes, inside, inboxes),
                exclude=out.globs,
                header="none-too",
                numbers=tuple(sorted(chosen)),
                note=f"{len(chosen):,} of {len(notes) + len(out.names):,} files: {where}",
                certainty="open",
                why=f"none of {len(notes):,} notes has a status",
                where=where,
                tagged=tags,
            )
    if len(with_header) * 2 >= len(notes):
        return _everything(notes, out, with_header, f"{_headers(with_header)}, none with a status")
    why = f"{len(with_header):,} of {len(notes):,} notes have a header"
    return _with_bare(notes, out, _bare(notes), why)


def _bare(notes: Sequence[Note]) -> str:
    """How many notes have no header, or one that is not changed."""
    bare = sum(note.form == "none" for note in notes)
    read = sum(note.form == "json" for note in notes)
    words = f"; {bare:,} {'has' if bare == 1 else 'have'} no header yet" if bare else ""
    if read:
        words += f"; {read:,} with a JSON header, which sluice only reads"
    return words


def _everything(
    notes: Sequence[Note], out: LeftOut, with_header: Sequence[int], why: str
) -> Sources:
    total, out_of = len(notes) + len(out.names), len(notes) - len(with_header)
    note = f"{len(with_header):,} of {total:,} files"
    if out_of:
        in_json = " or with one in JSON" * any(one.form == "json" for one in notes)
        stay = "stays" if out_of == 1 else "stay"
        note += f"; {out_of:,} without a header{in_json} {stay} out"
    return Sources(
        include=_globs(notes, with_header, ""),
        exclude=out.globs,
        header="any",
        numbers=tuple(with_header),
        note=note,
        certainty="sure",
        why=why,
        has_more=out_of > 0,
    )


def everything(notes: Sequence[Note], out: LeftOut) -> Sources:
    """All notes as sources, where the user says so."""
    with_header = tuple(number for number, note in enumerate(notes) if note.has_header)
    bare = len(notes) - len(with_header)
    if not bare:
        return _everything(notes, out, with_header, "you asked for all of them")
    return _with_bare(notes, out, _bare(notes), "you asked for all of them")


def sources_in(
    place: str,
    words: Words,
    notes: Sequence[Note],
    out: LeftOut,
    status: Candidate,
    columns: Mapping[str, Column],
) -> Sources:
    """The notes in a folder, or with a tag if ``place`` begins with ``#``, as the user says.

    A note with a status is a source, too.
    """
    tag, folder = place.removeprefix("#"), place.rstrip("/")
    if place.startswith("#"):
        inside = notes_by_tag(words, columns).get(tag, frozenset())
    else:
        inside = frozenset(n for n, note in enumerate(notes) if _is_in(note, (folder,)))
    numbers = inside | status.carriers
    is_bare = any(not notes[number].has_header for number in numbers)
    return Sources(
        include=() if place.startswith("#") else _globs(notes, inside, folder),
        exclude=out.globs,
        header="none-too" if is_bare else "any",
        numbers=tuple(sorted(numbers)),
        note=f"{len(numbers):,} of {len(notes) + len(out.names):,} files: {short(place)}",
        certainty="sure",
        why="you asked for them",
        tagged=(tag,) if place.startswith("#") else (),
    )


def notes_by_tag(words: Words, columns: Mapping[str, Column]) -> dict[str, frozenset[int]]:
    """The notes that have each tag."""
    found: dict[str, set[int]] = {}
    for name in words.roles["topics"]:
        column = columns.get(name)
        for number, items in column.items.items() if column else ():
            for item in items:
                found.setdefault(item.lstrip("#"), set()).add(number)
    return {tag: frozenset(numbers) for tag, numbers in found.items()}


def _with_bare(notes: Sequence[Note], out: LeftOut, more: str, why: str) -> Sources:
    """All notes, also those without a header; ``more`` is said behind their number."""
    can_change = sum(note.form != "json" for note in notes)
    return Sources(
        include=_all_globs(notes),
        exclude=out.globs,
        header="none-too",
        numbers=tuple(range(len(notes))),
        note=f"{len(notes):,} of {len(notes) + len(out.names):,} files{more}",
        certainty="sure" if can_change * 2 > len(notes) else "likely",
        why=why,
    )


def _headers(with_header: Sequence[int]) -> str:
    return "1 header" if len(with_header) == 1 else f"{len(with_header):,} headers"


def _home(notes: Sequence[Note], holders: Collection[int]) -> str:
    """The folder with most of the holders that has few other notes; empty if there is none.

    Of several, the one with the most holders, then the innermost one.
    """
    all_in, held_in = Counter[str](), Counter[str]()
    for number, note in enumerate(notes):
        parts = note.folder.split("/") if note.folder else []
        for depth in range(1, len(parts) + 1):
            folder = "/".join(parts[:depth])
            all_in[folder] += note.has_header
            held_in[folder] += number in holders
    fitting = [
        folder
        for folder, held in held_in.items()
        if held * 10 >= len(holders) * 6 and held * 10 >= all_in[folder] * 6
    ]
    return max(fitting, key=lambda folder: (held_in[folder], folder.count("/")), default="")


def _inboxes(words: Words, notes: Sequence[Note]) -> tuple[str, ...]:
    """The outermost folders with the name of an inbox, each with notes."""
    found = set()
    for folder in {note.folder for note in notes}:
        parts = folder.split("/") if folder else []
        for depth, part in enumerate(parts, 1):
            if fold(part) in words.inbox_folders:
                found.add("/".join(parts[:depth]))
                break
    return tuple(sorted(found))


def _is_in(note: Note, folders: Collection[str]) -> bool:
    return any(note.name.startswith(f"{folder}/") for folder in folders)


def _tagged(words: Words, columns: Mapping[str, Column]) -> tuple[tuple[str, ...], frozenset[int]]:
    """The tags that mean *inbox*, as spelled, and the notes that have one."""
    spelt = {
        tag: numbers
        for tag, numbers in notes_by_tag(words, columns).items()
        if fold(tag) in words.inbox_tags
    }
    tagged = frozenset[int]().union(*spelt.values())
    if len(tagged) < _FEW:
        return (), frozenset()
    return tuple(sorted(spelt)), tagged


def _listed(folders: Sequence[str], tags: Sequence[str] = ()) -> str:
    return ", ".join(
        [*(f"{short(folder)}/" for folder in folders), *(f"#{short(tag)}" for tag in tags)]
    )


def _all_globs(notes: Sequence[Note]) -> tuple[str, ...]:
    """Globs for all notes: by ending, and the folders whose names begin with ``_``."""
    return _globs(notes, range(len(notes)), "")


def _inbox_globs(
    notes: Sequence[Note], numbers: Collection[int], inboxes: Sequence[str]
) -> tuple[str, ...]:
    found: list[str] = []
    for folder in inboxes:
        inside = [n for n in numbers if notes[n].name.startswith(f"{folder}/")]
        found += _globs(notes, inside, folder) if inside else []
    return tuple(found)


def _globs(notes: Sequence[Note], numbers: Collection[int], folder: str) -> tuple[str, ...]:
    """Globs for the notes of these numbers, which are all in ``folder``."""
    some = [notes[number] for number in numbers]
    start = f"{escaped(folder)}/" if folder else ""
    endings = {note.ending for note in some}
    found = [f"{start}**" if folder else "**/*.md"]
    if not folder and ".md" not in endings and endings:
        found = []
    found += [f"{start}**/*{ending}" for ending in sorted(endings - {".md"})]
    opened: dict[str, set[str]] = {}
    # Folders whose names begin with _ or . are read only if a glob names them.
    for note in some:
        below = note.folder.removeprefix(folder).strip("/")
        parts = below.split("/") if below else []
        for depth, part in enumerate(parts, 1):
            if part.startswith(("_", ".")):
                name = "/".join([*([folder] if folder else []), *parts[:depth]])
                opened.setdefault(name, set()).add(note.ending)
                break
    by_name = Counter(name.rpartition("/")[2] for name in opened)
    for name, kinds in sorted(opened.items()):
        last = name.rpartition("/")[2]
        way = f"**/{escaped(last)}" if by_name[last] >= _PLACES and not folder else escaped(name)
        found += [f"{way}/**", *(f"{way}/**/*{end}" for end in sorted(kinds - {".md"}))]
    return tuple(dict.fromkeys(found))
