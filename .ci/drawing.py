"""Draws screens as SVG: one as a still picture, several as a recording without scripts.

A screen is split into pieces: a background, a line or some words, each at its place. A recording
contains every distinct piece once, and CSS shows it in the frames that have it. Lines and blocks
are paths and all words are as wide as their cells, so any monospace font lines up.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import accumulate, groupby
from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

CELL, ROW = 10, 20
"""Width and height of a cell, in the picture's own unit."""
EDGE, TOP, CAPTION = 16, 40, 60
"""Room beside the screen, above it, and below it for a caption."""
FONT = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace'
PLAIN = "#808080"
"""Stands for a colour that is not set, as for letters where there are only spaces."""
CRISP = ";shape-rendering:crispEdges"

SPARE = 1000
"""Bytes that may be repeated to save a group."""

LINES = {
    "─": "h10", "━": "h10", "│": "m5-10v20", "┃": "m5-10v20",
    "╭": "m5 10q0-10 5-10", "╮": "q5 0 5 10", "╰": "m5-10q0 10 5 10", "╯": "q5 0 5-10",
    "┌": "m5 10v-10h5", "┐": "h5v10", "└": "m5-10v10h5", "┘": "h5v-10",
    "├": "m5-10v20m0-10h5", "┤": "h5m0-10v20", "┬": "h10m-5 0v10", "┴": "h10m-5 0v-10",
    "┼": "h10m-5-10v20",
}  # fmt: skip
"""Line characters as paths that begin at the middle of a cell's left side."""
EIGHTHS = {
    **{chr(0x2580 + n): (0, 1 - n / 8, 1, n / 8) for n in range(1, 9)},
    **{chr(0x2590 - n): (0, 0, n / 8, 1) for n in range(1, 8)},
    "▀": (0, 0, 1, 1 / 2), "▐": (1 / 2, 0, 1 / 2, 1),
    "▔": (0, 0, 1, 1 / 8), "▕": (7 / 8, 0, 1 / 8, 1),
}  # fmt: skip
"""Block characters as left, top, width and height in a cell of size 1."""
PART = re.compile(
    rf"(?P<line>─+|━+|[{''.join(LINES)}])"
    rf"|(?P<block>█+|[{''.join(EIGHTHS)}])"
    r"|(?P<dots>[\u2800-\u28ff])"
    # Letters that every font has, up to a gap. Any other character is placed alone, with its
    # combining marks, because a font may lack it or draw it wider.
    r"|(?P<words>[!-\u024f\u0300-\u036f\u2010-\u2027]+(?: [!-\u024f\u0300-\u036f\u2010-\u2027]+)*)"
    r"|(?P<symbol>\S[\u0300-\u036f\u200d\ufe00-\ufe0f]*)"
)


class Frame(NamedTuple):
    """A screen, the seconds it stays, and the key that led to it with what that key does."""

    screen: Sequence[Strip]
    seconds: float = 0.0
    key: str = ""
    does: str = ""


class Piece(NamedTuple):
    """A part of a picture."""

    kind: str
    """``ground``, a path below all other pieces; ``path``; or ``element``."""
    paint: str
    """The CSS it is drawn with."""
    shape: str
    """A part of a path's data, or a whole element without its class."""


def picture(frames: Sequence[Frame], title: str, description: str, still: int = 0) -> str:
    """The SVG of one screen, or of several that follow each other in a loop.

    Screen readers read the title and the description. The frame numbered ``still`` is shown to
    people who asked for less motion, and by programs that ignore CSS animations.
    """
    screen = frames[0].screen
    width = screen[0].cell_length * CELL + 2 * EDGE
    height = TOP + len(screen) * ROW + (CAPTION if len(frames) > 1 else EDGE)
    ground = _commonest_ground(screen)
    masks: dict[Piece, int] = defaultdict(int)
    for number, frame in enumerate(frames):
        caption = _caption(frame, len(screen)) if frame.does else ()
        for piece in (*_pieces(frame.screen, ground), *caption):
            masks[piece] |= 1 << number
    groups = _grouped(masks)
    paints = {paint: f"p{n}" for n, paint in enumerate(dict.fromkeys(p.paint for p in masks))}
    names = {mask: f"f{n}" for n, mask in enumerate(groups) if mask + 1 != 1 << len(frames)}
    lines = [
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t d" '
        f'viewBox="0 0 {width} {height}">',
        f'<title id="t">{escape(title)}</title>',
        f'<desc id="d">{escape(description)}</desc>',
        "<style>",
        f"text{{font:16.4px {FONT};white-space:pre}}",
        *(f".{name}{{{paint}}}" for paint, name in paints.items()),
        *_timing(names, [frame.seconds for frame in frames]),
        "</style>",
        *_window(width, height, len(screen), ground),
        f'<g transform="translate({EDGE} {TOP})">',
    ]
    for is_ground in (True, False):
        for mask, pieces in groups.items():
            drawn = [piece for piece in pieces if (piece.kind == "ground") == is_ground]
            name = names.get(mask, "")
            hidden = "" if mask >> still & 1 else ' visibility="hidden"'
            lines += _drawn(drawn, paints, f' class="{name}"{hidden}' if name else "")
    return "\n".join([*lines, "</g>", "</svg>", ""])


def _grouped(masks: Mapping[Piece, int]) -> dict[int, list[Piece]]:
    """The pieces by the frames that have them: bit 0 of a mask is the first frame.

    A browser checks every group sixty times a second. To save a small group, its pieces are
    repeated in other groups that together have the same frames.
    """
    groups: dict[int, list[Piece]] = defaultdict(list)
    for piece, mask in masks.items():
        groups[mask].append(piece)
    sizes = {mask: sum(len(piece.shape) for piece in groups[mask]) for mask in groups}
    for mask in sorted(groups, key=sizes.__getitem__):
        rest, parts = mask, []
        for other in sorted(groups, key=int.bit_count, reverse=True):
            if other != mask and other & rest == other:
                parts.append(other)
                rest ^= other
        if not rest and sizes[mask] * (len(parts) - 1) <= SPARE:
            pieces = groups.pop(mask)
            for other in parts:
                groups[other] += pieces
    return groups


def _pieces(screen: Sequence[Strip], ground: str) -> Iterator[Piece]:
    """The pieces of a screen; ``ground`` is the background that needs none."""
    for row, strip in enumerate(screen):
        column = 0
        for style, segments in groupby(strip, key=lambda segment: segment.style or Style()):
            text = "".join(segment.text for segment in segments)
            colour, behind = _colours(style)
            x, y, width = column * CELL, row * ROW, cell_len(text) * CELL
            column += cell_len(text)
            if behind != ground:
                yield Piece("ground", f"fill:{behind}{CRISP}", f"M{x} {y}h{width}v{ROW}h-{width}z")
            for found in PART.finditer(text):
                left = x + cell_len(text[: found.start()]) * CELL
                yield _part(found.lastgroup or "", found[0], left, y, colour, style)


def _part(kind: str, text: str, x: int, y: int, colour: str, style: Style) -> Piece:
    """Some characters of one kind; ``x`` and ``y`` are the upper left corner of the first."""
    width = cell_len(text) * CELL
    if kind == "line":
        thick = 2.5 if text[0] in "━┃" else 1.2
        path = f"h{width}" if text[0] in "─━" else LINES[text]
        shape = f"M{x} {y + ROW // 2}{path}"
        return Piece("path", f"fill:none;stroke:{colour};stroke-width:{thick}", shape)
    if kind == "block":
        left, top, wide, high = EIGHTHS[text[0]]
        wide *= width if text[0] == "█" else CELL
        shape = f"M{x + left * CELL:g} {y + top * ROW:g}h{wide:g}v{high * ROW:g}h-{wide:g}z"
        return Piece("path", f"fill:{colour}{CRISP}", shape)
    if kind == "dots":
        return Piece("path", f"fill:{colour}{CRISP}", _dots(text, x, y))
    css = f"fill:{colour}"
    css += ";font-weight:bold" if style.bold else ""
    css += ";font-style:italic" if style.italic else ""
    css += ";text-decoration:underline" if style.underline else ""
    css += ";text-decoration:line-through" if style.strike else ""
    if kind == "symbol":
        css, place = f"{css};text-anchor:middle", f'x="{x + width // 2}" y="{y + 15}"'
    else:
        place = f'x="{x}" y="{y + 15}" textLength="{width}"'
    return Piece("element", css, f"<text {place}>{escape(text, quote=False)}</text>")


def _dots(text: str, x: int, y: int) -> str:
    """A braille character as a path: two columns of four squares."""
    places = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
    return "".join(
        f"M{x + 1 + column * 5} {y + 1 + row * 5}h3v3h-3z"
        for bit, (column, row) in enumerate(places)
        if (ord(text) - 0x2800) >> bit & 1
    )


def _colours(style: Style) -> tuple[str, str]:
    """The colours of letters and background, as CSS writes them."""
    letters, ground = (
        colour.get_truecolor().hex if colour else PLAIN for colour in (style.color, style.bgcolor)
    )
    return (ground, letters) if style.reverse else (letters, ground)


def _commonest_ground(screen: Sequence[Strip]) -> str:
    counts = Counter[str]()
    for strip in screen:
        for segment in strip:
            counts[_colours(segment.style or Style())[1]] += segment.cell_length
    return counts.most_common(1)[0][0]


def _caption(frame: Frame, rows: int) -> Iterator[Piece]:
    """The key pressed and what it does, below the screen."""
    top, left = rows * ROW + 14, 0
    if frame.key:
        inner = len(frame.key) * 12 + 12
        cap = f"M7 {top}h{inner}q6 0 6 6v22q0 6-6 6h-{inner}q-6 0-6-6v-22q0-6 6-6z"
        yield Piece("ground", "fill:#3a444e;stroke:#7d8894", cap)
        yield _written(frame.key, 13, top + 24, "fill:#fdcf67;font-weight:bold")
        left = inner + 28
    yield _written(frame.does, left, top + 24, "fill:#e6ebf0")


def _written(text: str, x: int, y: int, css: str) -> Piece:
    """A text of a caption."""
    place = f'x="{x}" y="{y}" textLength="{len(text) * 12}"'
    return Piece("element", f"{css};font-size:20px", f"<text {place}>{escape(text)}</text>")


def _window(width: int, height: int, rows: int, ground: str) -> Iterator[str]:
    """The window around a screen: a frame, three buttons, and the screen's ground."""
    is_dark = sum(bytes.fromhex(ground[1:])) < 3 * 128
    fill, rim = ("#292d32", "#565d64") if is_dark else ("#dfe3e7", "#b4bbc2")
    yield (
        f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="9" '
        f'fill="{fill}" stroke="{rim}"/>'
    )
    for number, colour in enumerate(("#ff5f57", "#febc2e", "#28c840")):
        yield f'<circle cx="{26 + 22 * number}" cy="20" r="6.5" fill="{colour}"/>'
    yield (
        f'<rect x="{EDGE}" y="{TOP}" width="{width - 2 * EDGE}" height="{rows * ROW}" '
        f'fill="{ground}"/>'
    )


def _timing(names: Mapping[int, str], seconds: Sequence[float]) -> Iterator[str]:
    """The CSS that shows each group in its frames, unless the reader asked for less motion."""
    if not names:
        return
    total = sum(seconds)
    starts = [start / total * 100 for start in accumulate(seconds[:-1], initial=0.0)]
    yield (
        f"g{{animation-duration:{total:g}s;animation-timing-function:step-end;"
        "animation-iteration-count:infinite}"
    )
    for mask, name in names.items():
        changes: dict[int, list[str]] = {0: [], 1: []}
        for number, start in enumerate(starts):
            is_shown = mask >> number & 1
            if not number or is_shown != mask >> number - 1 & 1:
                changes[is_shown].append(f"{start:.4g}%")
        yield (
            f".{name}{{animation-name:{name}}}@keyframes {name}{{"
            f"{','.join(changes[0])}{{visibility:hidden}}"
            f"{','.join(changes[1])}{{visibility:visible}}}}"
        )
    yield "@media (prefers-reduced-motion:reduce){g{animation-name:none!important}}"


def _drawn(pieces: Sequence[Piece], paints: Mapping[str, str], group: str) -> Iterator[str]:
    """Pieces as a group of elements; paths with the same paint become one."""
    if not pieces:
        return
    yield f"<g{group}>"
    paths: dict[str, list[str]] = defaultdict(list)
    for piece in pieces:
        if piece.kind != "element":
            paths[piece.paint].append(piece.shape)
    for paint, shapes in paths.items():
        yield f'<path class="{paints[paint]}" d="{"".join(shapes)}"/>'
    for piece in pieces:
        if piece.kind == "element":
            yield piece.shape.replace(" ", f' class="{paints[piece.paint]}" ', 1)
    yield "</g>"
