"""TOML headers as people and site generators write them, made up by hypothesis piece by piece."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from tests.vault.headers import KEYS, Piece

_COMMENTS = st.sampled_from(["", "", "  # why", " # it's: [\"so", "\t#"])
_PRINTABLE = st.text("ab c:#-'\"é🚀,[]{}=+\\", max_size=10)


def _basic(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_strings = st.one_of(
    _PRINTABLE.map(_basic),
    _PRINTABLE.map(lambda text: "'" + text.replace("'", "") + "'"),
    st.sampled_from(
        [
            '"\\u263A \\n \\t \\U0001F680"',
            '""',
            "''",
            '""""""',
            '"""one line"""',
            '"""\ntwo\n  "lines" # no\n"""',
            '"""a \\\n   b"""',
            '"""quotes: ""\\" """""',
            "'''\nC:\\x\n'it''s\n'''",
            "'''a''b'''",
            "''''quoted''''",
        ]
    ),
)
_bare = st.sampled_from(
    [
        *("true", "false", "42", "-7", "+1", "1_000", "0xff", "0o17", "0b11", "3.10", "1e3"),
        *("-0.0", "inf", "-nan", "2026-01-02", "07:32:00", "2026-01-02T10:00:00Z"),
        *("2026-01-02 10:00:00", "2026-01-02t10:00:00.25-07:00", "1979-05-27T00:32:00+02:00"),
    ]
)
_scalars = st.one_of(_strings, _bare)
_ITEMS = st.one_of(
    _strings.filter(lambda text: "\n" not in text), _bare, st.sampled_from(["[1, 'x']", "{a = 1}"])
)


@st.composite
def line_arrays(draw: st.DrawFn) -> str:
    """An array with its items on lines of their own."""
    indent = draw(st.sampled_from(["", "  ", "    ", "\t"]))
    items = draw(st.lists(_ITEMS, min_size=1, max_size=4))
    text = "[" + draw(st.sampled_from(["", " # first", "  "])) + "\n"
    for number, item in enumerate(items):
        text += draw(st.sampled_from(["", "", f"{indent}# above\n", "\n"]))
        last = number == len(items) - 1
        comma = draw(st.sampled_from([",", ""])) if last else draw(st.sampled_from([",", " ,"]))
        text += f"{indent}{item}{comma}{draw(_COMMENTS)}\n"
    return text + draw(st.sampled_from(["", "# below\n", indent])) + "]"


@st.composite
def short_arrays(draw: st.DrawFn) -> str:
    """An array in brackets, with at most one line break between two items."""
    items = draw(st.lists(_ITEMS, min_size=1, max_size=4))
    joint = draw(st.sampled_from([", ", ",", " , ", ",\n    "]))
    edge = draw(st.sampled_from(["", " "]))
    return f"[{edge}{joint.join(items)}{draw(st.sampled_from(['', ',']))}{edge}]"


_empty_arrays = st.sampled_from(["[]", "[ ]", "[\n]"])
_commented = st.sampled_from(["['a', # one\n 'b']", "[ # none\n]", "['a',\n 'b', # last\n]"])
_tables = st.sampled_from(["{}", "{ a = 1, b.c = [2] }", "[{ a = 1 }] # one"])


@st.composite
def pieces(draw: st.DrawFn) -> list[Piece]:
    """The fields above the tables, in order, with what is between them."""
    made: list[Piece] = []
    for key in draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=5)):
        kinds = st.one_of(
            st.tuples(_scalars, st.just(False)),
            st.tuples(line_arrays(), st.just(False)),
            st.tuples(short_arrays(), st.just(False)),
            st.tuples(_empty_arrays, st.just(False)),
            st.tuples(st.one_of(_commented, _tables), st.just(True)),
        )
        value, fixed = draw(kinds)
        is_plain = key.isascii() and " " not in key
        written = draw(st.sampled_from([key] if is_plain else [f'"{key}"', f"'{key}'"]))
        if is_plain and draw(st.booleans()):
            written = draw(st.sampled_from([f'"{key}"', f"'{key}'"]))
        if draw(st.integers(0, 9)) == 0:
            written, fixed = f"{written} . inner", True
        equals = draw(st.sampled_from([" = ", "=", "\t=  "]))
        lead = draw(st.sampled_from(["", "", "  "]))
        made.append(Piece(key, f"{lead}{written}{equals}{value}{draw(_COMMENTS)}\n", fixed))
        made.append(
            Piece(None, draw(st.sampled_from(["", "", "# a comment\n", "\n", "\n# f\n\n"])))
        )
    return made


_TABLES = st.sampled_from(
    [
        "",
        "",
        "[extra]\nstatus = 'inner'\n",
        "# about it\n[extra.deep]\nx = [\n  1,\n]\n\n[[people]]\nname = 'a' # b\n[[people]]\n",
    ]
)


@dataclass(frozen=True)
class TomlFile:
    """A whole file, and which lines of its header are whose."""

    head: str
    pieces: list[Piece]
    tables: str
    """The tables below the fields."""
    rest: str
    """The closing fence and the body."""

    @property
    def text(self) -> str:
        return self.head + "".join(piece.text for piece in self.pieces) + self.tables + self.rest

    def around(self, key: str) -> tuple[str, str]:
        """What is before and behind the field's own lines; a new one goes above the tables."""
        named = [i for i, piece in enumerate(self.pieces) if piece.key is not None]
        at = next((i for i in named if self.pieces[i].key == key), None)
        if at is not None:
            before, behind = self.pieces[:at], self.pieces[at + 1 :]
        else:
            last = (named[-1] + 1 if named else 0) if self.tables else len(self.pieces)
            before, behind = self.pieces[:last], self.pieces[last:]
        texts = ["".join(piece.text for piece in part) for part in (before, behind)]
        return self.head + texts[0], texts[1] + self.tables + self.rest

    def piece(self, key: str) -> Piece | None:
        return next((piece for piece in self.pieces if piece.key == key), None)

    def with_field(self, at: int, piece: Piece) -> TomlFile:
        """The file with a field more."""
        newline = "\r\n" if "\r\n" in self.head else "\n"
        added = replace(piece, text=piece.text.replace("\n", newline))
        others = [each for each in self.pieces if each.key != piece.key]
        return replace(self, pieces=[*others[:at], added, *others[at:]])


@st.composite
def toml_files(draw: st.DrawFn) -> TomlFile:
    """A file with a TOML header, its line breaks all of one kind in the header."""
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    mark = draw(st.sampled_from(["", "", "\ufeff"]))
    opening, closing = (
        draw(st.sampled_from(["+++", "+++ "])),
        draw(st.sampled_from(["+++", "+++\t"])),
    )
    bodies = ["", newline, f"{newline}# Title{newline}", "\ntext\r\nmixed\n+++\nstatus = 1\n+++"]
    made = [
        Piece(piece.key, piece.text.replace("\n", newline), piece.fixed) for piece in draw(pieces())
    ]
    tables = draw(_TABLES).replace("\n", newline)
    body = draw(st.sampled_from([*bodies, "\n\u2028\x85\t "]))
    return TomlFile(f"{mark}{opening}{newline}", made, tables, closing + body)
