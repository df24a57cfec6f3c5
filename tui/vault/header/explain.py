"""Explain which line of a header is not YAML, and why, in plain words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yaml import MarkedYAMLError

from tui.vault.header.characters import first_unseen, spaced
from tui.vault.header.lines import BREAK

_QUOTED = re.compile(r"""\s*(?:-\s+|[\w-]+:\s+)(["'])(.*)$""")
_PLAIN = re.compile(r"\s*(?:-\s+|[\w-]+:\s+)([^\s\"'\[{|>#].*)$")
_BARE_TAG = re.compile(r"\s*(?:-\s+|[\w-]+:\s+)?![^!\s]*(?:\s|$)")
"""One ``!`` before a word: more often text than a tag."""

_NO_TAGS = "sluice does not support tags such as !name; remove it or quote the text"
_WIDE_COLON = re.compile(r"[\w-]+\uff1a")


def is_odd(line: str) -> bool:
    """Whether a line only looks like a field or an item."""
    return spaced(line) != line or (_WIDE_COLON.match(line) is not None and ": " not in line)


_IN_LIST = re.compile(r"[\[{,]\s*([#@`%])")
"""A sign in brackets with which no text can begin."""
_OPENED = re.compile("quoted|flow")
"""What YAML finds wrong only below the line where it begins."""
_GOES_ON = re.compile("mapping values|expected ':'")
"""It takes a line without a colon for the beginning of text that goes on in the next one."""
_AFTER = re.compile(r"[\]}]\s*[^\s,#]")
"""Something behind a bracket that closes."""
_TIGHT_COLON = re.compile(r"\s*[\w-]+:\S")
_REASONS = (
    ("for merging", "<< can only take over fields from an anchor"),
    ("unhashable", "a list or an object cannot be the name of a field"),
    ("' or '", "a bracket is not closed, or a comma is missing"),
    ("expected ':'", "it has no colon"),
    ("sequence entries", "an item of a list needs a line of its own"),
    ("mapping values", "it is indented below a line that has a value"),
    ("keys are not allowed", "a question mark is not allowed here"),
    ("comment or", "the text after > or | begins on the next line"),
    ("indentation ind", "text that begins with > or | needs quotes"),
    ("directive", "no line can begin with %"),
    ("another document", "another document begins here"),
    ("tab character", "a tab where YAML needs spaces"),
    ("escape", "a backslash in double quotes must be doubled"),
    ("hex", "a backslash in double quotes must be doubled"),
    ("end of stream", "an opening quote is never closed"),
    ("unexpected document", "an opening quote is never closed"),
    ("undefined alias", "text that begins with * needs quotes"),
    ("second occurrence", "two anchors have the same name"),
    ("alphabetic", "text that begins with & or * needs quotes"),
    ("cannot start", "text that begins with @, ` or % needs quotes"),
    ("URI", _NO_TAGS),
    ("tag", _NO_TAGS),
    ("base64", "its value is not valid base64"),
    ("'-' indicator", "its indentation does not fit the lines above"),
    ("document start", "its indentation does not fit the lines above"),
    ("expected key", "its indentation does not fit the lines above"),
    ("block end", "its indentation does not fit the lines above"),
    ("node, but", "its value does not fit its tag"),
)
"""Parts of what PyYAML's two parsers say, and plain words."""


def fault(error: MarkedYAMLError, text: str) -> tuple[int, str]:
    """The faulty line, counted from 0, and the reason."""
    said = error.problem or error.context or ""
    begun = error.context_mark
    mark = begun if begun and _OPENED.search(error.context or "") else error.problem_mark or begun
    # Count again: YAML also ends lines at U+2028 and U+0085, editors do not.
    lines, at = BREAK.split(text), len(BREAK.split(text[: mark.index if mark else 0] + " ")) - 1
    if at and is_odd(lines[at - 1]) and not is_odd(lines[at]):
        # YAML notices a line that is not a field only at the next line.
        at -= 1
    elif _GOES_ON.search(said) and (above := _without_colon(lines, at)) is not None:
        at, said = above, "expected ':'"
    while at and not lines[at].strip():
        at -= 1
    return at, explain(lines[at], said)


def _without_colon(lines: Sequence[str], at: int) -> int | None:
    """The line above without a colon, if its text goes on in the line ``at``."""
    filled = (number for number in range(at - 1, -1, -1) if lines[number].strip())
    above = next(filled, None)
    return above if above is not None and not re.search(r":(?:\s|$)", lines[above]) else None


def explain(line: str, reason: str) -> str:
    """Why ``line`` is not YAML; the parser said ``reason``."""
    if reason.startswith("“"):
        return reason
    if "constructor for the tag" in reason and not _BARE_TAG.match(line):
        return "text that is only = needs quotes" if "org,2002:value" in reason else _NO_TAGS
    if is_odd(line):
        sign = first_unseen(line)
        return f"{sign} where YAML needs a space" if sign else "its colon is full-width"
    if why := _quotes(line) or _text(line):
        return why
    if "expected ':'" in reason and _TIGHT_COLON.match(line):
        return "a space is missing after its colon"
    if re.search("expected key|block end", reason) and _AFTER.search(line):
        return "something follows a bracket that closes"
    return next((plain for words, plain in _REASONS if words in reason), "it is not valid YAML")


def _quotes(line: str) -> str:
    """What is wrong with a value in quotes; empty when nothing is."""
    quoted = _QUOTED.match(line.rstrip())
    if quoted is None:
        return ""
    quote, inner = quoted[1], quoted[2].removesuffix(quoted[1])
    unescaped = re.sub(r"\\.", "", inner) if quote == '"' else inner.replace("''", "")
    if quote in unescaped:
        return "quotes inside quotes are not escaped"
    if not quoted[2].endswith(quote):
        return "an opening quote is never closed"
    if "\\" in inner and quote == '"':
        return "a backslash in double quotes must be doubled"
    return ""


def _text(line: str) -> str:
    """What is wrong with text without quotes; empty when nothing is."""
    if "[[" in line:
        return "text with links needs quotes"
    if "{{" in line:
        return "text with {{ }} needs quotes"
    plain = _PLAIN.match(line)
    if plain and plain[1][0] in "@`%&*!,]}":
        return f"text that begins with {plain[1][0]} needs quotes"
    if plain and re.search(r":(?:\s|$)", plain[1]):
        return "text with a colon needs quotes"
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "a tab where YAML needs spaces"
    sign = _IN_LIST.search(line)
    return f"text that begins with {sign[1]} needs quotes" if sign else ""
