"""Bars and columns as lines of coloured parts, for the command line and the app."""

from __future__ import annotations

from collections.abc import Sequence

from tui.display import cells, fit

Part = tuple[str, str]
"""Clean text and the name of its colour; empty for the default text colour."""
Line = list[Part]

_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL, _LIGHT, _MARK = "█", "░", "│"
_DOTS = " ⣀⣤⣶⣿"
"""A cell of a column: no to four rows of dots."""


def line_cells(line: Line) -> int:
    """The width of a line in cells."""
    return sum(cells(text) for text, _ in line)


def bar(share: float, width: int, colour: str, mark: float | None = None) -> Line:
    """A bar of ``width`` cells, filled to ``share`` (0 to 1), with a tick at ``mark``."""
    eighths = round(min(max(share, 0.0), 1.0) * width * 8)
    # A share above zero always shows.
    eighths = max(eighths, 1) if share > 0 else 0
    full, rest = divmod(eighths, 8)
    drawn = (_FULL * full + (_EIGHTHS[rest] if rest else "")).ljust(width)[:width]
    if mark is None:
        return [(drawn, colour)]
    at = min(int(mark * width), width - 1)
    return [(drawn[:at], colour), (_MARK, "title"), (drawn[at + 1 :], colour)]


def stacked_bar(first: float, second: float, width: int, colours: tuple[str, str]) -> Line:
    """A bar of ``width`` cells with two shares (0 to 1) in a row, the second one lighter."""
    both = round(min(first + second, 1.0) * width)
    both = max(both, (first > 0) + (second > 0), 0)
    full = min(max(round(first * width), 1 if first > 0 else 0), both - (second > 0))
    return [
        (_FULL * full, colours[0]),
        (_LIGHT * (both - full), colours[1]),
        (" " * (width - both), ""),
    ]


def columns(values: Sequence[tuple[str, int]], slot: int, height: int, colour: str) -> list[Line]:
    """A column for each value, ``slot`` cells wide, with its name and number below."""
    top = max((value for _, value in values), default=0) or 1
    up = height * 4
    # A value above zero always shows.
    dots = [max(1, round(value / top * up)) if value > 0 else 0 for _, value in values]
    drawn = [
        "".join(" " + _DOTS[min(max(each - below, 0), 4)] * (slot - 1) for each in dots)
        for below in range(up - 4, -1, -4)
    ]
    figures = "".join((f"{value:,}" if value else "·").rjust(slot) for _, value in values)
    names = "".join(name.rjust(slot) for name, _ in values)
    return [
        *([(row, colour)] for row in drawn),
        [("─" * (slot * len(values)), "quiet")],
        [(names, "quiet")],
        [(figures, "")],
    ]


def slot_for(values: Sequence[int], least: int) -> int:
    """The cells a column needs for its number and a space."""
    return max(least, max((len(f"{value:,}") for value in values), default=1) + 1)


def wrapped(text: str, width: int, colour: str) -> list[Line]:
    """A sentence wrapped to lines."""
    lines: list[str] = []
    for word in text.split():
        if lines and cells(lines[-1]) + 1 + cells(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [[(line if cells(line) <= width else fit(line, width), colour)] for line in lines]


def beside(left: Sequence[Line], right: Sequence[Line], width: int, gap: int) -> list[Line]:
    """Two columns of lines, the left one ``width`` cells wide."""
    joined = []
    for at in range(max(len(left), len(right))):
        line = list(left[at]) if at < len(left) else []
        more = right[at] if at < len(right) else []
        pad = " " * (width - line_cells(line) + gap)
        joined.append([*line, (pad, ""), *more] if more else line)
    return joined
