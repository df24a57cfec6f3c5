"""What stdout and stderr look like: text and columns for people, tabs and JSON for programs."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from tui.cli.streams import lose_stderr
from tui.display import cells, clean, clean_lines, fit
from tui.errors import OutputLost
from tui.reasons import reason
from tui.vault.header.typed import Typed

_ROWS = 200
"""Rows to write at once."""
_COLOURS = {
    "tier-1": "1;35",
    "tier-2": "33",
    "tier-3": "36",
    "tier-4": "2",
    "status-1": "33",
    "status-2": "36",
    "status-3": "34",
    "status-4": "32",
    "status-5": "2",
    "title": "1",
    "quiet": "2",
    "problem": "31",
    "added": "32",
    "removed": "31",
    "place": "36",
}
"""The terminal's own colours, so that the user's palette is kept."""

_UNSAFE_IN_JSON = (
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Characters JSON may hold as they are, and a terminal or another program may not."""

_UNKNOWN_WIDTH = 80


class _Looks:
    """How this run's output looks."""

    color = "auto"
    plain = False


class Captured(NamedTuple):
    """What a command printed, for a caller in the same process."""

    objects: list[Any]
    """The JSON objects, in the types JSON has."""
    words: list[str]
    """What it said on stderr, one line each."""


class _Capture:
    """Where JSON and words go instead of the streams."""

    now: Captured | None = None


@contextlib.contextmanager
def captured() -> Iterator[Captured]:
    """Collect JSON objects and words; nobody is asked anything meanwhile."""
    _Capture.now = Captured([], [])
    try:
        yield _Capture.now
    finally:
        _Capture.now = None


def choose_looks(color: str, *, plain: bool) -> None:
    """Have the output look as the arguments ask."""
    _Looks.color, _Looks.plain = color, plain
    has_colours.cache_clear()


@contextlib.contextmanager
def _to_stdout() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputLost(
            f"Cannot write the output ({reason(error)}); send it somewhere else."
        ) from error


def write_bytes(data: bytes) -> None:
    """Data as the bytes it is made of. Raises as ``write_text`` does."""
    with _to_stdout():
        if hasattr(sys.stdout, "buffer"):
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
        else:
            sys.stdout.write(data.decode("utf-8", "replace"))


def flush() -> None:
    """Flush what was written. Raises as ``write_text`` does."""
    with _to_stdout():
        sys.stdout.flush()


def prepare_streams() -> None:
    """Make sure that no character can stop the output, whatever the locale is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def is_terminal() -> bool:
    """Whether stdout is a terminal."""
    return sys.stdout.isatty()


def is_for_people() -> bool:
    """Whether to print columns and headings for a person, not tabs for a program."""
    return is_terminal() and not _Looks.plain


def say(sentence: str) -> None:
    """One line of words for the person, on stderr."""
    if _Capture.now is not None:
        _Capture.now.words.append(clean(sentence))
        return
    try:
        sys.stderr.write(clean(sentence) + "\n")
    except (OSError, ValueError) as error:
        # The work goes on without its words.
        lose_stderr(error)


def ask(question: str) -> bool:
    """Whether the person agrees; True without asking where nobody could answer."""
    return not can_ask() or ask_text(f"{question} [y/N]").lower() in ("y", "yes")


def can_ask() -> bool:
    """Whether somebody could answer a question."""
    return _Capture.now is None and sys.stdin.isatty() and sys.stderr.isatty()


def ask_text(question: str) -> str:
    """What the person types, without outer spaces; empty at the end of the input."""
    sys.stderr.write(f"{clean(question)} ")
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def write_text(text: str) -> None:
    """Write the data unchanged. Raises OutputLost if that fails, or BrokenPipeError."""
    with _to_stdout():
        sys.stdout.write(text)


def write_line(text: str) -> None:
    """One line of data, with nothing in it that a terminal acts on."""
    write_text(clean(text) + "\n")


def write_lines(text: str) -> None:
    """Data of several lines, each safe for a terminal."""
    write_text(clean_lines(text) + "\n")


def write_row(values: Sequence[tuple[str, str]]) -> None:
    """One row of (text, colour) for a program: tabs between values, and none inside."""
    write_rows([values])


def write_rows(rows: Iterable[Sequence[tuple[str, str]]]) -> None:
    """The same for several rows, some at a time."""
    left = iter(rows)
    while some := list(islice(left, _ROWS)):
        write_text("".join([_row(values) for values in some]))


def _row(values: Sequence[tuple[str, str]]) -> str:
    return "\t".join([paint(clean(text), colour) for text, colour in values]) + "\n"


def write_painted(parts: Sequence[tuple[str, str]]) -> None:
    """One line of (text, colour) parts for a person."""
    write_text("".join(paint(clean(text), colour) for text, colour in parts) + "\n")


def write_json(value: Mapping[str, Any]) -> None:
    """One JSON object on one line."""
    if _Capture.now is not None:
        _Capture.now.objects.append(plain(value))
        return
    write_text(to_json(value) + "\n")


def to_json(value: Any) -> str:
    """JSON that is valid, and safe on a terminal, for whatever YAML can hold."""
    import json  # noqa: PLC0415 - help does without it

    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    text = json.dumps(plain(value), ensure_ascii=encoding != "utf8", allow_nan=False)
    return re.sub(_UNSAFE_IN_JSON, lambda found: json.dumps(found[0])[1:-1], text)


def plain(value: Any) -> Any:
    """The value in the types JSON has: dates and bytes as text, sets as lists, keys as text.

    A value that YAML reads as something else than was typed is a text, except yes and no.
    """
    if isinstance(value, Typed) and isinstance(value.value, bool):
        return value.value
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        # Python refuses to write the digits of longer ones; other readers cannot hold them.
        return value if value.bit_length() < 1024 else hex(value)
    if isinstance(value, float):
        return value if value - value == 0 else str(value)
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return [plain(item) for item in sorted(value, key=str)]
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _key(key: Any) -> str:
    import json  # noqa: PLC0415 - help does without it

    name = plain(key)
    return name if isinstance(name, str) else json.dumps(name)


def paint(text: str, colour: str) -> str:
    """The text in one of the colours, where colours are wanted."""
    code = _COLOURS.get(colour, "")
    if not (text and code and has_colours()):
        return text
    return f"\x1b[{code}m{text}\x1b[0m"


@cache
def has_colours() -> bool:
    """Whether to print colours: --color, $NO_COLOR and $FORCE_COLOR decide, in that order.

    Without any of them a terminal gets colours (https://no-color.org, https://force-color.org).
    """
    if _Looks.color != "auto":
        return _Looks.color == "always"
    if _Looks.plain or os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return is_terminal() and os.environ.get("TERM", "dumb") != "dumb"


def width() -> int:
    """How many cells a line of the terminal holds."""
    # As `shutil` finds it, whose import takes 2 ms of every command.
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked):
        return int(asked)
    try:
        return os.get_terminal_size().columns or _UNKNOWN_WIDTH
    except OSError:
        return _UNKNOWN_WIDTH


class Column:
    """One column of a table: how wide it may grow, and from which width on it is shown."""

    def __init__(self, most: int = 0, least_width: int = 0) -> None:
        self.most = most
        """The widest it may be; 0 takes the room that is left."""
        self.least_width = least_width
        """Left out on terminals narrower than this."""


def write_table(columns: Sequence[Column], rows: Sequence[Sequence[tuple[str, str]]]) -> None:
    """Rows of (text, colour) in aligned columns, each row on one line of the terminal.

    A column that is empty in every row is left out.
    """
    total = width()
    shown = [
        i
        for i, column in enumerate(columns)
        if total >= column.least_width
        and (not column.most or any(clean(row[i][0]) for row in rows))
    ]
    safe = [[(clean(row[i][0]), row[i][1]) for i in shown] for row in rows]
    widths = [
        min(columns[i].most, max((cells(row[at][0]) for row in safe), default=0))
        for at, i in enumerate(shown)
    ]
    left = total - sum(widths) - 2 * (len(shown) - 1)
    widths = [size or max(left, 10) for size in widths]
    for row in safe:
        texts = (
            paint(fit(text, size), colour) for (text, colour), size in zip(row, widths, strict=True)
        )
        write_text("  ".join(texts).rstrip() + "\n")
