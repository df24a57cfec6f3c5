"""Which files are not notes: templates, read-me files, files of other people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tui.guess.columns import yes_no
from tui.guess.survey import BACKUPS, Note, Survey
from tui.guess.words import Words, fold

_SEVERAL = 20
"""The most single files to name; more are not an exception."""
_TEMPLATE = re.compile(
    r"(?P<under>_?)(?P<before>.+?)(?P<gap>[\s_-]+)(?P<word>template)", re.IGNORECASE
)
_SPECIAL = re.compile(r"[\\*?\[\]{}!]")
_NO_TEXT = re.compile("[\ud800-\udfff]")
"""What stands for the bytes of a name that is not UTF-8."""


class LeftOut(NamedTuple):
    """The files that are not notes, and the globs that say so."""

    names: frozenset[str]
    globs: tuple[str, ...]
    why: tuple[tuple[str, int], ...]
    """The reasons, each with a number of files."""


def left_out(words: Words, found: Survey) -> LeftOut:
    """Find the files that are not notes."""
    notes = found.notes
    folders = _template_folders(words, notes)
    in_folders = {note.name for note in notes if _above(note, folders)}
    rest = [note for note in notes if note.name not in in_folders]
    by_name = _not_what_all_are(rest, [note for note in rest if _is_no_note(words, note)])
    named = {note.name for note in by_name}
    marked = [note for note in rest if note.is_template and note.name not in named]
    if len(marked) > _SEVERAL or len(marked) * 4 > len(rest):
        # So many are what the folder consists of, such as posts with {{ site.url }}.
        marked = []
    names = frozenset(in_folders | named | {note.name for note in marked})
    kept = [note for note in notes if note.name not in names]
    globs = {_folder_glob(folder, kept) for folder in (*found.never, *folders)}
    globs |= {*_by_stem(by_name, kept), *(escaped(note.name) for note in marked)}
    why = [
        ("in folders of templates", len(in_folders)),
        ("named like a file that is not a note", len(by_name)),
        ("with a header to be filled in", len(marked)),
    ]
    return LeftOut(names, tuple(sorted(globs)), tuple(one for one in why if one[1]))


def _template_folders(words: Words, notes: Sequence[Note]) -> set[str]:
    """The topmost folders with the name of one for templates that have some."""
    inside: dict[str, list[Note]] = {}
    for note in notes:
        parts = note.folder.split("/") if note.folder else []
        for depth, part in enumerate(parts, 1):
            if fold(part) in words.template_folders:
                inside.setdefault("/".join(parts[:depth]), []).append(note)
                break
    return {
        folder
        for folder, some in inside.items()
        if sum(note.has_marks for note in some) * 4 >= len(some)
    }


def _above(note: Note, folders: set[str]) -> bool:
    return bool(folders) and any(note.name.startswith(f"{folder}/") for folder in folders)


def _not_what_all_are(notes: Sequence[Note], some: Sequence[Note]) -> list[Note]:
    """Those of some notes whose name is not that of most: each of these lies in its own folder."""
    most, count = Counter(note.file for note in notes).most_common(1)[0] if notes else ("", 0)
    is_usual = count > _SEVERAL and count * 2 > len(notes)
    return [note for note in some if not (is_usual and note.file == most)]


def _is_no_note(words: Words, note: Note) -> bool:
    """Whether the name of a file says that it is not a note, and no status says otherwise."""
    folded = fold(note.stem)
    # A note called `00 Index` is one of several numbered ones.
    if folded == "index" and not note.stem[:1].isdigit():
        # With a title it is the text of its folder.
        is_out = note.stem.startswith("_") or not _has_title(words, note)
    elif folded in words.no_page:
        is_out = True
    elif folded in words.not_a_note:
        # A site has pages of these names, with titles.
        is_out = not _has_title(words, note)
    else:
        # A page about templates has fields, and nothing to be filled in.
        named = _TEMPLATE.fullmatch(note.stem)
        is_out = named is not None and (note.has_marks or bool(named["under"]) or _is_blank(note))
    return is_out and not _has_status(words, note)


def _has_title(words: Words, note: Note) -> bool:
    return any(fold(name) in words.roles["title"] and value for name, value in note.fields.items())


def _is_blank(note: Note) -> bool:
    """Whether at least half of the fields have no value, or there are none."""
    empty = sum(map(_is_open, note.fields.values()))
    return empty * 2 >= len(note.fields)


def _has_status(words: Words, note: Note) -> bool:
    return any(
        words.names_status(name) and not _is_open(value) and yes_no(value) is None
        for name, value in note.fields.items()
    )


def _is_open(value: object) -> bool:
    """Whether a value is missing, or only says what to write there."""
    return value in (None, "", []) or (isinstance(value, str) and "{" in value) or value == {}


def _by_stem(notes: Sequence[Note], kept: Sequence[Note]) -> list[str]:
    """Globs for files by their names alone, which match no other file."""
    globs: dict[str, list[Note]] = {}
    for note in notes:
        globs.setdefault(_file_glob(note), []).append(note)
    found: list[str] = []
    for glob, some in sorted(globs.items()):
        matches = _matcher(glob.removeprefix("**/"))
        clashes = any(matches(note.file) for note in kept)
        found += [escaped(note.name) for note in some[:_SEVERAL]] if clashes else [glob]
    return found


def _file_glob(note: Note) -> str:
    match = _TEMPLATE.fullmatch(note.stem)
    if match is None:
        return f"**/{escaped(note.file)}"
    return f"**/{match['under']}*{match['gap']}{match['word']}{note.ending}"


def _folder_glob(folder: str, kept: Sequence[Note]) -> str:
    """The glob of all files below a folder, by its name alone if no kept file is in another."""
    last = "/".join(folder.split("/")[-(2 if folder.endswith(BACKUPS) else 1) :])
    clashes = any(f"/{last}/".casefold() in f"/{note.folder}/".casefold() for note in kept)
    return f"{escaped(folder)}/**" if clashes else f"**/{escaped(last)}/**"


def _matcher(glob: str) -> Callable[[str], object]:
    pattern = "".join(".*" if part == "*" else re.escape(part) for part in re.split(r"(\*)", glob))
    return re.compile(pattern, re.DOTALL).fullmatch


def escaped(name: str) -> str:
    """A path as a glob that matches only itself; any byte where no text can say it."""
    return _NO_TEXT.sub("?", _SPECIAL.sub(lambda match: f"[{match[0]}]", name))
