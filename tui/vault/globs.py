"""Globs: patterns of file names such as ``Inbox/**``, and the folders that they open."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

NEVER = frozenset({".git", "node_modules", ".obsidian", ".trash", ".logseq"})
"""Folders that no pattern opens: other programs keep their own files there."""
_HIDDEN = (".", "_")
_CLASS = re.compile(r"\[(!?)([^\]/]+)\]")
_ENDING = re.compile(r"(\\\.(?:md|markdown|mdx))$", re.IGNORECASE)
"""The end of a regular expression for the names of Markdown files, whose case does not matter."""
_STARS = re.compile(r"\*+")


class Globs:
    """Several patterns, compiled once.

    ``*`` and ``?`` match within a name, ``**`` any number of folders. When ``spares_hidden`` is
    set, none of them matches a folder starting with ``.`` or ``_``, or a file starting with ``.``,
    unless the pattern spells that out. The case of ``.md``, ``.markdown`` and ``.mdx`` at the end
    does not matter.
    """

    def __init__(self, patterns: Iterable[str], *, spares_hidden: bool = True) -> None:
        self.patterns = tuple(patterns)
        parts = [_parts(pattern) for pattern in self.patterns]
        self._files = _any_of(_pattern(each, spares_hidden, ends=True) for each in parts)
        opening = [each for each in parts if any(map(is_hidden, each[:-1]))]
        self.opens_any = bool(opening)
        """Whether a pattern spells out a hidden folder."""
        self._folders = _any_of(
            _pattern(each[: 1 + end], spares_hidden, ends=False)
            for each in opening
            for end in range(len(each))
            if end < len(each) - 1 or each[end] == "**"
        )
        whole = [each[:-1] for each in parts if each[-1] == "**" and len(each) > 1]
        self._whole = _any_of(_pattern(each, spares_hidden, ends=False) for each in whole)

    def match(self, name: str) -> bool:
        """Whether a pattern matches a file's name below the vault."""
        return self._files is not None and self._files(_composed(name)) is not None

    def open(self, folder: str) -> bool:
        """Whether a pattern that spells out a hidden folder may match below ``folder``."""
        return self._folders is not None and self._folders(_composed(folder)) is not None

    def swallow(self, folder: str) -> bool:
        """Whether a pattern matches everything below ``folder``."""
        return self._whole is not None and self._whole(_composed(folder)) is not None


def is_hidden(folder: str) -> bool:
    """Whether folders of that name are skipped unless a pattern names them."""
    return folder.startswith(_HIDDEN)


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _parts(pattern: str) -> list[str]:
    parts = [part for part in _composed(pattern).split("/") if part not in ("", ".")]
    once = [part for at, part in enumerate(parts) if part != "**" or parts[at - 1 : at] != ["**"]]
    return once or ["**"]


def _any_of(patterns: Iterable[str]) -> Callable[[str], re.Match[str] | None] | None:
    found = list(dict.fromkeys(patterns))
    return re.compile("|".join(found), re.DOTALL).fullmatch if found else None


@lru_cache(maxsize=256)
def _name(part: str, spares: str) -> str:
    """A pattern for one name; ``spares`` are the first characters that need to be spelt out."""
    begin = "" if part.startswith(tuple(spares)) or not spares else f"(?![{re.escape(spares)}])"
    first, *rest = map(_fixed, _STARS.split(part))
    # Where a text between two stars is found first, it need not be looked for again.
    middle = "".join(f"(?>[^/]*?{each})" for each in rest[:-1])
    return f"{begin}{first}{middle}" + (f"[^/]*{rest[-1]}" if rest else "")


def _fixed(text: str) -> str:
    """A pattern for a part of a name without stars."""
    written, at = "", 0
    while at < len(text):
        found = _CLASS.match(text, at)
        if found:
            inside = found[2].replace("\\", r"\\").replace("^", r"\^").replace("[", r"\[")
            written += f"(?!/)[{'^' if found[1] else ''}{inside}]"
            at = found.end()
        else:
            written += "[^/]" if text[at] == "?" else re.escape(text[at])
            at += 1
    return written


def _pattern(parts: list[str], spares_hidden: bool, *, ends: bool) -> str:
    """The regular expression for a path; it ``ends`` with a file, or it is a folder."""
    folders, files = ("._", ".") if spares_hidden else ("", "")
    folder = _name("*", folders)
    last = _name("*" if parts[-1] == "**" else parts[-1], files if ends else folders)
    if ends:
        last = _ENDING.sub(r"(?i:\1)", last)
    groups: list[list[str]] = [[]]
    for part in parts[:-1]:
        if part == "**":
            groups.append([])
        else:
            groups[-1].append(_name(part, folders) + "/")
    if parts[-1] == "**":
        groups.append([])
    first, *rest = ("".join(group) for group in groups)
    middle = "".join(f"(?>(?:{folder}/)*?{group})" for group in rest[:-1])
    return first + middle + (f"(?:{folder}/)*{rest[-1]}" if rest else "") + last
