"""Find what hides data in a readable header, and where.

Of a duplicate name every reader sees only the last value. YAML reads text after `` #`` as a
comment, and invisible characters as letters or line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from tui.display import short
from tui.vault.header.characters import as_spaces, first_unseen, has_unseen, named, trimmed
from tui.vault.header.lines import LINE, line_end, line_start
from tui.vault.header.parse import may_double, reads_otherwise, tree_of
from tui.vault.header.scalar import double_quoted
from tui.vault.source import Flaw

_HASH = re.compile(r"(?<=[ \t])#(?=\w)")
"""A ``#`` before a letter or digit: ``# so`` is a comment, ``#5`` and ``#so`` are meant as text."""
_COMMENT = re.compile(r"[ \t]#(?!\w)")
_QUOTED = re.compile(
    r"""[ \t]*(?:- +)?(?:[\w-]+: +)?"""
    r"""(?:"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\r\n]|'')*')[ \t]*(?=[\r\n]|\Z)"""
)
"""A line whose whole value is in quotes."""
_BREAK = re.compile("[\x85\u2028\u2029]")
_DASH = re.compile(r"-\s")
_ODD_DASH = re.compile(r"^ *-(?![ \t])\s", re.MULTILINE)
_MOST = 20
"""Maximum number of flaws to report for a header."""

Edit = tuple[int, int, str]
"""A replacement in a header: start, end, new text."""
Node = yaml.Node
Field = tuple[yaml.ScalarNode, Node]


class Hidden(NamedTuple):
    """A flaw and its repair, if there is a safe one."""

    flaw: Flaw
    edits: tuple[Edit, ...] = ()
    done: str = ""
    """A description of the edits."""
    fields: tuple[Field, ...] = ()
    """All places of a duplicate name."""


def find_hidden(header: str, first_line: int = 2) -> Iterator[Hidden]:
    """Find what hides data in a readable header, in no particular order."""
    root = tree_of(header)
    if not isinstance(root, yaml.MappingNode):
        return
    if may_double(header):
        yield from _doubled(header, root, "", first_line, set())
    scalars = [(str(key.value), node) for key, value in root.value for node in _scalars(value)]
    if _HASH.search(header):
        names = [node for key, _ in root.value for node in _scalars(key)]
        for field, node, start, end in _cut(header, root, [*names, *(n for _, n in scalars)]):
            direct = any(node is value for _, value in root.value)
            whose = field if direct or node is None else f"a value of {field}"
            yield _comment(header, (field, whose), node, (start, end), first_line)
    if not header.isascii():
        for field, node in scalars:
            yield from _invisible(header, field, node, first_line)
        if _BREAK.search(header) and reads_otherwise(header):
            yield _breaks(header, scalars, first_line)


def flaws_of(header: str, first_line: int = 2) -> tuple[Flaw, ...]:
    """The flaws of a readable header, by line."""
    if not (may_double(header) or _may_cut(header) or has_unseen(header)):
        return ()
    flaws = [found.flaw for found in find_hidden(header, first_line)]
    return tuple(sorted(flaws, key=lambda flaw: flaw.line)[:_MOST])


def _may_cut(header: str) -> bool:
    """Whether a ``#`` outside quotes may start a comment."""
    for match in _HASH.finditer(header):
        start = line_start(header, match.start())
        if _QUOTED.match(header, start) is None:
            return True
    return False


def line_of(header: str, index: int, first_line: int) -> int:
    """The line in the file for an index of the header."""
    return first_line + len(LINE.findall(header[:index] + " ")) - 1


def _scalars(node: Node, seen: frozenset[int] = frozenset()) -> Iterator[yaml.ScalarNode]:
    """All scalars in a value, including keys of maps."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif id(node) not in seen:
        parts = node.value
        if isinstance(node, yaml.MappingNode):
            parts = [part for pair in node.value for part in pair]
        for part in parts:
            yield from _scalars(part, seen | {id(node)})


def _doubled(
    header: str, node: Node, above: str, first_line: int, seen: set[int]
) -> Iterator[Hidden]:
    """The duplicate names in a map and in maps inside it."""
    if isinstance(node, yaml.ScalarNode) or id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _doubled(header, item, above, first_line, seen)
        return
    places: dict[str, list[Field]] = {}
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode) and key.value != "<<":
            places.setdefault(key.value, []).append((key, value))
        yield from _doubled(header, value, above or str(key.value), first_line, seen)
    for name, fields in places.items():
        if len(fields) > 1:
            whose = f"{short(name)} in {short(above)}" if above else short(name)
            lines = [line_of(header, key.start_mark.index, first_line) for key, _ in fields]
            held = [
                f"{written(header, value)} in line {line}"
                for (_, value), line in zip(fields, lines, strict=True)
            ]
            times = "twice" if len(fields) == 2 else f"{len(fields)} times"
            sentence = f"{whose} appears {times}: {' and '.join(held)}; only the last counts"
            flaw = Flaw("doubled", above or name, sentence, lines[0])
            yield Hidden(flaw, fields=() if above else tuple(fields))


def written(header: str, node: Node) -> str:
    """A value as written in the header, shortened."""
    text = " ".join(header[node.start_mark.index : node.end_mark.index].split())
    return f"“{short(text)}”" if text else "nothing"


def _cut(
    header: str, root: yaml.MappingNode, scalars: list[yaml.ScalarNode]
) -> Iterator[tuple[str, Node | None, int, int]]:
    """Values followed by text that YAML reads as a comment.

    For each: the field, the value, and the start and end of the whole text. The value is None
    unless it is plain or empty.
    """
    spans = sorted({(node.start_mark.index, node.end_mark.index) for node in scalars})
    ends = {node.end_mark.index: node for node in scalars}
    done = -1
    for match in _HASH.finditer(header):
        at = match.start()
        if at < done or any(start <= at < end for start, end in spans):
            continue
        start, done = line_start(header, at), line_end(header, at)
        before = header[start:at].rstrip(" \t")
        if not before or ("#" in before and _in_comment(header, start, at, spans)):
            continue
        end = len(header[:done].rstrip("\r\n"))
        tail = _COMMENT.search(header, at, end)
        end = len(header[: tail.start() if tail else end].rstrip(" \t"))
        node = ends.get(start + len(before))
        owner = next((k for k, _ in reversed(root.value) if k.start_mark.index <= at), None)
        if owner is None or node is owner:
            continue
        if (
            node is not None
            and node.style in (None, "")
            and node.start_mark.index < node.end_mark.index
        ):
            yield str(owner.value), node, node.start_mark.index, end
        elif node is not None and node.start_mark.index == node.end_mark.index:
            yield str(owner.value), node, at, end
        elif not re.search(r"(?:^|[ \t])(?:[-?:]|[|>][-+0-9]*|[&!]\S*)$|:$", before):
            # The value of a line such as ``topics: #work`` may be a list below it.
            yield str(owner.value), None, at, end


def _in_comment(header: str, start: int, at: int, spans: list[tuple[int, int]]) -> bool:
    """Whether a comment starts between the start of the line and ``at``."""
    for match in re.finditer(r"(?:(?<=[ \t])|^)#", header[start:at]):
        index = start + match.start()
        if not any(first <= index < last for first, last in spans):
            return True
    return False


def _comment(
    header: str, names: tuple[str, str], node: Node | None, span: tuple[int, int], first_line: int
) -> Hidden:
    (start, end), (field, whose) = span, names
    text = header[start:end]
    line = line_of(header, start, first_line)
    hash_at = next(match.start() for match in _HASH.finditer(f" {text}")) - 1
    lost = short(text[hash_at:])
    held = "is empty" if node is not None and hash_at == 0 else "ends before it"
    sentence = f"YAML reads “{lost}” as a comment; {whose} {held}"
    flaw = Flaw(
        "comment", field, sentence, line, " ".join(text.split()) if node is not None else ""
    )
    if node is None or (hash_at and node.tag != "tag:yaml.org,2002:str"):
        return Hidden(flaw)
    from tui.vault.header.misquoted import requoted  # noqa: PLC0415 - most headers hide nothing

    # Restore CRLF line breaks: inside quotes a CR would be escaped as part of the text.
    newline = "\r\n" if "\r\n" in text else "\n"
    new = requoted(text.replace(newline, "\n")).replace("\n", newline)
    return Hidden(flaw, ((start, end, new),), f"quoted “{short(flaw.text)}”")


def _invisible(header: str, field: str, node: yaml.ScalarNode, first_line: int) -> Iterator[Hidden]:
    """Invisible characters around a plain value or after a dash, which YAML reads as letters."""
    start, end = node.start_mark.index, node.end_mark.index
    text = header[start:end]
    if node.style not in (None, "") or text.isascii() or not first_unseen(text):
        return
    line = line_of(header, start, first_line)
    lines = LINE.findall(text)
    if _ODD_DASH.search(text) and all(_DASH.match(each.lstrip(" ")) for each in lines):
        sentence = f"{field} has {first_unseen(text)} after a dash, so it is not a list"
        new = "".join(_spaced_dash(each) for each in lines)
        done = f"put spaces after the dashes of {field}"
        yield Hidden(Flaw("invisible", field, sentence, line), ((start, end, new),), done)
    elif trimmed(text) != text:
        where = "begins" if trimmed(text[:1]) == "" else "ends"
        sign = first_unseen(text if where == "begins" else text[::-1])
        sentence = f"a value of {field} {where} with {sign}"
        edits = ((start, end, trimmed(text)),)
        yield Hidden(
            Flaw("invisible", field, sentence, line), edits, f"removed {sign} from {field}"
        )


def _spaced_dash(line: str) -> str:
    dash = line.index("-") + 1
    rest = line[dash:]
    gap = re.match(r"\s*", rest.rstrip("\r\n"))
    width = gap.end() if gap else 0
    return line[:dash] + (as_spaces(rest[:width]) or " ") + rest[width:]


def _breaks(header: str, scalars: list[tuple[str, yaml.ScalarNode]], first_line: int) -> Hidden:
    """Characters that end a line in YAML 1.1, unless they are escaped in quotes."""
    found = _BREAK.search(header)
    assert found is not None  # noqa: S101 - asked before
    edits = []
    fields = []
    for field, node in scalars:
        start, end = node.start_mark.index, node.end_mark.index
        if _BREAK.search(header, start, end):
            fields.append(field)
            block = header[start : start + 1] in ("|", ">") and node.style in ("|", ">")
            edits += [] if block else [(start, end, double_quoted(node.value))]
    line = line_of(header, found.start(), first_line)
    where = fields[0] if fields else f"line {line}"
    sentence = f"{where} contains {named(found[0])}, a line break to other programs"
    flaw = Flaw("invisible", fields[0] if fields else "", sentence, line)
    return Hidden(flaw, tuple(edits), f"escaped {named(found[0])}")
