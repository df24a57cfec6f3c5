"""Explain what is wrong with a header's line."""

from __future__ import annotations

import re

from tui.vault.header.characters import first_unseen, spaced

_QUOTED = re.compile(r"""\s*(?:-\s+|[\w-]+:\s+)(["'])(.*)$""")
_PLAIN = re.compile(r"\s*(?:-\s+|[\w-]+:\s+)([^\s\"'\[{|>#].*)$")
_BARE_TAG = re.compile(r"\s*(?:-\s+|[\w-]+:\s+)?![^!\s]*(?:\s|$)")
"""One ``!`` before a word: more often text than a tag."""

_WIDE_COLON = re.compile(r"[\w-]+\uff1a")


def is_odd(line: str) -> bool:
    """Whether a line only looks like a field or an item."""
    return spaced(line) != line or (_WIDE_COLON.match(line) is not None and ": " not in line)


def explain(line: str, reason: str) -> str:
    """Why ``line`` is not YAML; ``reason``, the parser's words, when nothing is recognised."""
    if reason.startswith("“"):
        return reason
    if "constructor for the tag" in reason and not _BARE_TAG.match(line):
        return "sluice does not support tags such as !name; remove it or quote the text"
    if is_odd(line):
        sign = first_unseen(line)
        return f"{sign} where YAML needs a space" if sign else "its colon is full-width"
    quoted = _QUOTED.match(line.rstrip())
    if quoted:
        quote, inner = quoted[1], quoted[2].removesuffix(quoted[1])
        unescaped = re.sub(r"\\.", "", inner) if quote == '"' else inner.replace("''", "")
        if quote in unescaped:
            return "quotes inside quotes are not escaped"
        if not quoted[2].endswith(quote):
            return "an opening quote is never closed"
        if "\\" in inner and quote == '"':
            return "a backslash in double quotes must be doubled"
    if "[[" in line:
        return "text with links needs quotes"
    plain = _PLAIN.match(line)
    if plain:
        sign = plain[1][0]
        if sign in "@`%&*!":
            return f"text that begins with {sign} needs quotes"
        if re.search(r":(?:\s|$)", plain[1]):
            return "text with a colon needs quotes"
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "a tab where YAML needs spaces"
    return reason
