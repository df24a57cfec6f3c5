"""Find the lines of a repair again in a file that has changed since."""

from __future__ import annotations

from difflib import SequenceMatcher

from tui.vault.header.lines import LINE

_MOST_LINES = 2_000
"""A patch with more lines is only swapped as a whole."""


def swap_again(text: str, before: str, after: str, start: int) -> str | None:
    """``text`` with the lines ``before`` replaced by ``after``; None when they are not there.

    First all lines together, then each changed part that occurs exactly once.
    """
    swapped = _swap(text, before, after, start)
    if swapped is not None:
        return swapped
    old, new = LINE.findall(before), LINE.findall(after)
    if max(len(old), len(new)) > _MOST_LINES:
        return None
    for lines, others in _hunks(old, new):
        swapped = _swap(text, lines, others, -1)
        if swapped is None:
            return None
        text = swapped
    return text


def _hunks(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """The changed parts; added or removed lines come with an unchanged line next to them."""
    spans: list[list[int]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if i1 == i2 or j1 == j2:
            back = 1 if i1 and j1 else 0
            ahead = 0 if back else 1
            i1, i2, j1, j2 = i1 - back, i2 + ahead, j1 - back, j2 + ahead  # noqa: PLW2901
        if spans and (i1 <= spans[-1][1] or j1 <= spans[-1][3]):
            spans[-1][1], spans[-1][3] = max(i2, spans[-1][1]), max(j2, spans[-1][3])
        else:
            spans.append([i1, i2, j1, j2])
    return [("".join(old[i1:i2]), "".join(new[j1:j2])) for i1, i2, j1, j2 in spans]


def _swap(text: str, old: str, new: str, start: int) -> str | None:
    """Replace ``old`` by ``new`` at ``start``, else at its only place as whole lines."""
    if not old:
        return None
    if start < 0 or not text.startswith(old, start):
        start = text.find(old)
        if start < 0 or text.find(old, start + 1) >= 0:
            return None
    end = start + len(old)
    whole = (start == 0 or text[start - 1] in "\r\n\ufeff") and (
        old[-1] in "\r\n" or end == len(text)
    )
    return text[:start] + new + text[end:] if whole else None
