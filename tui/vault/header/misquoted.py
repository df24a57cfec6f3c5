"""Guess what a badly quoted value means, and write it with correct quotes."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from tui.vault.header.scalar import double_quoted

_COMMENT = re.compile(r"[ \t]#[ \t]")
"""A ``#`` between spaces: without the second, ``#1`` is far more often a number than a comment."""
_ESCAPE = re.compile(
    r"\\(?:(?P<sign>[\"\\/])|(?P<named>[nrt])"
    r"|(?P<code>x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U000[0-9a-fA-F]{5}|U0010[0-9a-fA-F]{4})|(?P<end>\n))"
)
"""The escapes that people and scripts use; YAML has more, such as ``\\_`` and ``\\e``."""
_TOKEN = re.compile(_ESCAPE.pattern + r'|(?P<lone>\\)|(?P<quote>")|(?P<bare>[^\\"]+)')
_NAMED = {"n": "\n", "r": "\r", "t": "\t"}
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that YAML forbids or reads as invisible line breaks."""
_BEFORE_OPENING = " \t\n([{<-–—/"
_AFTER_CLOSING = " \t\n)]}>.,;:!?-–—/…|"

Quote = Literal['"', "'", ""]


class _Parts(NamedTuple):
    """The parts of a value: the text inside its quotes, and a comment after it."""

    quote: Quote
    """The intended quotes; empty for plain text."""
    inner: str
    comment: str


def _take_apart(written: str) -> _Parts:
    """Split a value of a header, on one or several lines, into its parts.

    Quotes that belong to the text, as in ``"This" and "that"``, stay in it.
    """
    quote: Quote = '"' if written[:1] == '"' else "'" if written[:1] == "'" else ""
    if not quote:
        comment = _COMMENT.search(written)
        end = len(written)
        if comment and not _FORBIDDEN.search(written, comment.end()):
            end = len(written[: comment.start()].rstrip())
        return _Parts("", written[:end], written[end:])
    text, comment_text = _without_comment(written, quote)
    inner = text[1:]
    if len(text) > 1 and text.endswith(quote) and not _is_escaped_end(text, quote):
        inner = text[1:-1]
        signs = _signs(inner, quote)
        if len(signs) > 1 and signs[0] == "closing" and signs[-1] == "opening":
            return _Parts("", text, comment_text)
    elif len(_signs(inner, quote)) % 2 == 1:
        return _Parts("", text, comment_text)
    return _Parts(quote, inner, comment_text)


def _without_comment(written: str, quote: str) -> tuple[str, str]:
    """Split a quoted value and the comment after its last quote."""
    end = written.rfind(quote) + 1
    rest = written[end:]
    if _FORBIDDEN.search(rest):
        return written, ""
    if end > 1 and (not rest.strip() or (rest[0] in " \t" and rest.lstrip().startswith("# "))):
        return written[:end], rest
    return written, ""


def _is_escaped_end(text: str, quote: str) -> bool:
    r"""Whether the last quote is part of the text: ``"he said \"hi\"`` is not closed."""
    escaped = quote == '"' and re.search(r"(?<!\\)(?:\\\\)*\\\"$", text)
    # A single one is a backslash before the closing quote, as in "C:\temp\".
    return bool(escaped) and len(re.findall(r'\\"', text)) % 2 == 0


def _signs(inner: str, quote: str) -> list[str]:
    """Classify each bare quote in a text: opening, closing or unsure."""
    found = []
    for match in re.finditer(re.escape(quote), inner):
        at = match.start()
        before, after = inner[at - 1 : at] if at else " ", inner[at + 1 : at + 2] or " "
        if quote == '"' and before == "\\":
            continue
        if quote == "'" and before.isalnum() and after.isalnum():
            continue
        opens = before in _BEFORE_OPENING and after not in " \t\n"
        closes = after in _AFTER_CLOSING and before not in " \t\n"
        found.append("unsure" if opens == closes else "opening" if opens else "closing")
    return found


def intended_text(written: str) -> str:
    """The text that ``written`` probably means."""
    parts = _take_apart(written)
    if parts.quote == '"':
        return "".join(text for text, _ in _tokens(parts.inner))
    return parts.inner.replace("''", "'") if parts.quote else parts.inner


def requoted(written: str) -> str:
    """``written`` with its quotes repaired and its comment kept.

    It keeps its kind of quotes; unquoted text gets those that need fewer escapes.
    """
    parts = _take_apart(written)
    if parts.quote == '"':
        return f'"{"".join(sound for _, sound in _tokens(parts.inner))}"{parts.comment}'
    if parts.quote and not _FORBIDDEN.search(parts.inner):
        return "'" + parts.inner.replace("''", "'").replace("'", "''") + "'" + parts.comment
    text = intended_text(written)
    if re.search(r'["\\]', text) and not _FORBIDDEN.search(text) and "'" not in text:
        return f"'{text}'{parts.comment}"
    body = "\n".join(double_quoted(line)[1:-1] for line in text.split("\n"))
    return f'"{body}"{parts.comment}'


def _tokens(inner: str) -> list[tuple[str, str]]:
    """Split a double-quoted text: for each piece its meaning and its correct spelling.

    If one backslash escapes nothing, the others are taken literally too.
    """
    matches = list(_TOKEN.finditer(inner))
    literal = any(match["lone"] for match in matches)
    return [_token(match, literal) for match in matches]


def _token(match: re.Match[str], literal: bool) -> tuple[str, str]:
    written = match[0]
    if match["bare"] is not None:
        return written, _FORBIDDEN.sub(lambda found: double_quoted(found[0])[1:-1], written)
    if match["quote"]:
        return written, '\\"'
    if match["lone"] or (literal and match["named"]):
        return written, "\\" + written
    if match["sign"]:
        return match["sign"], written
    if match["end"]:
        return "", written
    if match["named"]:
        return _NAMED[match["named"]], written
    return chr(int(match["code"][1:], 16)), written
