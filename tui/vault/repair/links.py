"""Links to notes, ``[[A Name]]``, in values that YAML cannot read: they are never split."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tui.vault.header.scalar import double_quoted

_LINK = r"!?\[\[[^\[\]\r\n]+\]\]"
LINK = re.compile(_LINK)
_QUOTED_LINK = re.compile(rf"""(["'])({_LINK})\1|{_LINK}""")
_ONE = rf"""(?:"{_LINK}"|'{_LINK}'|{_LINK})"""
_ONLY_LINKS = re.compile(
    rf"(?P<links>{_ONE}(?:\s*,\s*{_ONE})*)(?P<end>\s*,?[ \t]*)(?P<rest>#\s.*)?$"
)


def listed(written: str) -> str | None:
    """Write comma-separated links as a list in brackets, on the same number of lines.

    None for a single link or other content. A comment after them stays.
    """
    found = _ONLY_LINKS.match(written)
    if found is None or len(LINK.findall(found["links"])) < 2:
        return None
    rest = found["rest"] or ""
    gap = found["end"].replace(",", "") if rest else ""
    return f"[{_QUOTED_LINK.sub(_sound, found['links'])}]{gap}{rest}"


def is_link(written: str) -> bool:
    """Whether it is exactly one link."""
    return LINK.fullmatch(written.strip()) is not None


def _sound(match: re.Match[str]) -> str:
    text = match[2] or match[0]
    return f"'{text}'" if re.search(r'["\\]', text) and "'" not in text else double_quoted(text)


def commas_outside(text: str) -> list[str]:
    """Split at commas, but not inside links."""
    parts, start = [], 0
    for match in re.finditer(rf"{_LINK}|,", text):
        if match[0] == ",":
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def is_balanced(text: str) -> bool:
    """Whether all brackets are balanced."""
    depth = 0
    for sign in re.findall(r"[\[\]]", text):
        depth += 1 if sign == "[" else -1
        if depth < 0:
            return False
    return depth == 0


def are_whole(before: str, after: Iterable[str]) -> bool:
    """Whether all links and brackets of ``before`` are whole in the texts ``after``.

    Brackets that were already unbalanced before do not count.
    """
    texts = list(after)
    for match in LINK.finditer(before):
        line = before[before.rfind("\n", 0, match.start()) + 1 : match.start()]
        in_comment = re.search(r"(?:^|\s)#\s", line)
        if not in_comment and not any(match[0] in text for text in texts):
            return False
    must = is_balanced(before) or "[[" in before or "]]" in before
    return not must or all(map(is_balanced, texts))
