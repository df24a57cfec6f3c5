"""Headers as people and scripts write them, made up by hypothesis piece by piece."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hypothesis import strategies as st

KEYS = ("status", "title", "key_insights", "topics", "a b", "clé", "x-1", "url", "n0")
TRICKY = (
    "", " ", "no", "yes", "Null", "~", "1e3", "0x1F", "0o17", "12:30:45", "2026-01-01", "1_000",
    "@x", "a: b", "a:", ":a", "- x", "-", "? q", "# c", "a #b", "[a]", "{a}", "a, b", "&a", "*a",
    "!t", "|", ">", "%d", "`b", "'q'", '"q"', "it's", 'say "hi": 🚀', "tab\there", "two\nlines",
    "trailing ", " leading", "---", "...", "=", "<<", "日本語", "é", "👩‍👩‍👧",
    "\u2028", "\x85", "\ufeff", "\x00", "\x1b[31m", "\\", "C:\\x", "y", "N", ".5", ".inf",
    "+1", "1.", "\u202e", "\x7f", "a\rb",
)  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """Some whole lines of a header: a field's own, or ``key`` is None."""

    key: str | None
    text: str
    fixed: bool = False
    """Whether sluice may refuse to change the field."""


texts = st.one_of(
    st.sampled_from(TRICKY),
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.text("ab:#-'\" \n\t,[]{}\\é🚀", max_size=12),
)
values = st.one_of(
    texts,
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.dates(),
    st.datetimes(min_value=datetime(1900, 1, 1)),
    st.lists(texts, max_size=4).map(tuple),
)

_WORDS = st.sampled_from(
    ["raw", "two words", "42", "yes", "2026-01-01", "3.5", "it's #1", "a,b", "https://x.y/z?q=1#f"]
)
_ITEM_WORDS = st.sampled_from(["raw", "two words", "42", "no", "2026-01-01", "it's"])
_COMMENTS = st.sampled_from(["", "", "  # why", " # it's: [so"])


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_PRINTABLE = st.text("ab c:#-'\"é🚀,[]{}", max_size=10)
_quoted = st.one_of(
    _PRINTABLE.map(_single),
    _PRINTABLE.map(lambda text: '"' + text.replace('"', '\\"') + '"'),
    st.just('"\\u263A \\n \\x41"'),
)
_one_line = st.tuples(st.one_of(_WORDS, _quoted), _COMMENTS).map("".join)
_empty = st.sampled_from(["", " ", " null", " ~", " # nothing yet", ' ""', " ''", " []", " [ ]"])
_many_lines = st.sampled_from(
    [
        " one\n  two\n\n  three",
        "\n  below",
        "\n    below\n    and on",
        ' "one\n  two"',
        ' "one\n\n  two\\\n  three"',
        " 'one\n    it''s two'",
        " 'one\n\n  two'  # why",
        "\n  # above\n  below",
    ]
)


@st.composite
def _block_scalars(draw: st.DrawFn) -> str:
    sign = draw(st.sampled_from("|>"))
    chomp = draw(st.sampled_from(["", "-", "+"]))
    comment = draw(_COMMENTS)
    indent = draw(st.sampled_from([1, 2, 4]))
    lines = draw(
        st.lists(st.sampled_from(["text", "- x: y", "# no", "", "  deep", "---"]), max_size=4)
    )
    if lines and not lines[0].strip():
        lines[0] = "first"
    if lines and lines[0].startswith(" "):
        lines[0] = lines[0].strip()
    body = "".join("\n" + (" " * indent + line if line else "") for line in lines)
    if chomp == "+":
        body += "\n" * draw(st.integers(0, 2))
    return f" {sign}{chomp}{comment}{body}"


@st.composite
def block_lists(draw: st.DrawFn, plain: bool = False) -> str:
    lead = " " * draw(st.sampled_from([0, 2, 4]))
    gap = " " * draw(st.sampled_from([1, 1, 2, 3]))
    simple = st.one_of(_ITEM_WORDS, _quoted)
    deep = lead + "  " + gap
    others = st.sampled_from(
        [
            "",
            "- in",
            f"a: 1\n{deep} b: 2",
            "{a: 1}",
            f"long\n{deep} on",
            f"|\n{deep} text",
            "[1, x]",
        ]
    )
    items = draw(
        st.lists(simple if plain else st.one_of(simple, simple, others), min_size=1, max_size=4)
    )
    text = draw(_COMMENTS)
    for number, item in enumerate(items):
        if number and draw(st.booleans()):
            text += draw(st.sampled_from(["", f"\n{lead}# between", "\n# left", "\n"]))
        note = draw(_COMMENTS) if item and "\n" not in item and not item.startswith("- ") else ""
        text += f"\n{lead}-{gap if item else ''}{item}{note}"
    return text


flow_lists = st.sampled_from(
    [
        " [a, b]",
        " [one]",
        " ['it''s', \"q: x\", 3, 2026-01-01]",
        " [a, b,]  # why",
        " [ a , b ]",
        "\n  [a, b]",
        " [\n    a,\n    b,\n  ]",
        " [a,\n  b]",
        " [{a: 1}, [x, y], z]",
        " [a: b, c]",
    ]
)
_commented_flow = st.sampled_from([" [a, # one\n  b]", " [a,\n  # last\n  b]", " [ # none\n  ]"])
_maps = st.sampled_from(["\n  in: 1\n  deep: [x]", " {a: 1, b: [2]}", " {}"])


@st.composite
def pieces(draw: st.DrawFn) -> list[Piece]:
    """The pieces of a header, in order."""
    made: list[Piece] = []
    for key in draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=5)):
        value, fixed = draw(
            st.one_of(
                *(st.tuples(kind, st.just(False)) for kind in (
                    _one_line.map(" ".__add__), _empty, _many_lines, _block_scalars(),
                    block_lists(), flow_lists,
                )),
                st.tuples(st.one_of(_commented_flow, _maps), st.just(True)),
            )
        )  # fmt: skip
        written = draw(st.sampled_from([key, f'"{key}"', f"'{key}'"]))
        made.append(Piece(key, f"{written}:{value}\n", fixed or "# above" in value))
        keeps = value.lstrip().startswith(("|+", ">+"))
        between = ["", "", "", "# a comment\n"] + ([] if keeps else ["\n", "\n# far\n\n"])
        made.append(Piece(None, draw(st.sampled_from(between))))
    return made


@dataclass(frozen=True)
class File:
    """A whole file, and which lines of its header are whose."""

    head: str
    pieces: list[Piece]
    rest: str
    """The closing fence and the body."""

    @property
    def text(self) -> str:
        return self.head + "".join(piece.text for piece in self.pieces) + self.rest

    def around(self, key: str) -> tuple[str, str]:
        """What stands before and behind the field's own lines; a new field goes to the end."""
        at = next((i for i, piece in enumerate(self.pieces) if piece.key == key), len(self.pieces))
        before = "".join(piece.text for piece in self.pieces[:at])
        behind = "".join(piece.text for piece in self.pieces[at + 1 :])
        return self.head + before, behind + self.rest

    def piece(self, key: str) -> Piece | None:
        return next((piece for piece in self.pieces if piece.key == key), None)


@st.composite
def files(draw: st.DrawFn) -> File:
    """A file with a header, its line breaks all of one kind in the header."""
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    mark = draw(st.sampled_from(["", "", "\ufeff"]))
    opening = draw(st.sampled_from(["---", "---", "--- "]))
    closing = draw(st.sampled_from(["---", "---", "...", "---  "]))
    body = draw(
        st.sampled_from(
            [
                "",
                newline,
                f"{newline}# Title{newline}",
                "\ntext\r\nmixed\n---\nstatus: no\n---",
                "\n\u2028\x85\t ",
            ]
        )
    )
    made = [
        Piece(piece.key, piece.text.replace("\n", newline), piece.fixed) for piece in draw(pieces())
    ]
    return File(f"{mark}{opening}{newline}", made, closing + body)


def as_date(value: object) -> object:
    """Values compare with their types: a datetime is also a date, True also 1."""
    return (type(value), value) if isinstance(value, date | bool | int | float) else value
