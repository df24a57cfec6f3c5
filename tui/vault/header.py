"""Where a header stands in a file's text, and its YAML turned into fields."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

import yaml
from frontmatter.default_handlers import YAMLHandler

from tui.display import short
from tui.errors import HeaderError
from tui.vault.bomb import TOO_DEEP, may_be_bomb, refuse_bomb
from tui.vault.breaks import as_texts, restore
from tui.vault.typed import Typed, as_link, as_typed, text_of

BOM = "\ufeff"
MAX_BITS = 13_000
"""Python refuses to write out an integer of more than 4,300 digits."""
MAX_NUMBER = 4_300
"""A base-60 number of more characters is a problem: adding up `1:1:1:...` is quadratic."""

_FENCE = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
_END_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)", re.MULTILINE)
_BREAK = re.compile(r"\r\n|\r|\n")
_LONE_CR_FENCE = re.compile(r"(?:^|(?<=[\r\n]))(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)")


class HeaderSpan(NamedTuple):
    """Where a header's YAML stands in a file's text, in code points; fences excluded."""

    start: int
    end: int
    body: int
    """Where the body begins: after the closing fence's line."""


def find_header(text: str) -> HeaderSpan | None:
    """The span between a first line ``---`` and the next line ``---`` or ``...``."""
    begin = 1 if text.startswith(BOM) else 0
    opening = _FENCE.match(text, begin)
    if opening is None:
        return None
    return _span_after(text, opening)


def _span_after(text: str, opening: re.Match[str]) -> HeaderSpan | None:
    # `^` knows only \n; a header whose lines end in a lone \r wants the slower pattern.
    pattern = _LONE_CR_FENCE if opening.group().endswith("\r") else _END_FENCE
    closing = pattern.search(text, opening.end())
    if closing is None:
        return None
    body = closing.end()
    if text.startswith("\r\n", body):
        body += 2
    elif body < len(text):
        body += 1
    return HeaderSpan(opening.end(), closing.start(), body)


_TEXT = "tag:yaml.org,2002:str"
_LIST = "tag:yaml.org,2002:seq"
_MAP = "tag:yaml.org,2002:map"


class _Parsed(NamedTuple):
    """A header's YAML as nodes, and what they stand for."""

    tree: yaml.Node | None
    value: Any
    may_double: bool
    """Whether a map may have a name twice; never False where one has."""


class _Loader(yaml.CSafeLoader):
    """PyYAML's safe loader, telling the line of a value that does not fit its tag.

    It goes a shorter way to the same values where nearly all of a header's values go.
    """

    _names = frozenset({_TEXT})
    """The tags of keys that are what is written."""
    may_double = False
    """Whether a map may have a name twice."""

    def get_single_data(self) -> _Parsed:
        """The nodes as well as what they stand for."""
        tree = self.get_single_node()
        value = None if tree is None else self.construct_document(tree)
        return _Parsed(tree, value, self.may_double)

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """The tag of a value that has none: a text, unless it looks like another."""
        if kind is not yaml.ScalarNode:
            return _LIST if kind is yaml.SequenceNode else _MAP
        # A value in quotes is a text whatever it looks like.
        if implicit[0]:
            for tag, pattern in self.yaml_implicit_resolvers.get(value[:1], ()):
                if pattern.match(value):
                    return str(tag)
        return _TEXT

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Nothing: no tag of ours depends on where a value stands."""

    def ascend_resolver(self) -> None:
        """Nothing, see above."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        """The fields of a map; those of a merge, and odd keys, the long way."""
        found, names = {}, self._names
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            if key.tag not in names or not isinstance(key, yaml.ScalarNode):
                break
            is_text = value.tag == _TEXT and isinstance(value, yaml.ScalarNode)
            found[key.value] = value.value if is_text else self.construct_object(value, deep)
        else:
            if isinstance(node, yaml.MappingNode):
                if len(found) != len(node.value):
                    self.may_double = True
                return found
        return self.construct_odd_mapping(node, deep)

    def construct_odd_mapping(self, node: Any, deep: bool) -> Any:
        """The fields of a map as PyYAML makes them."""
        return super().construct_mapping(node, deep)

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        """The node's value; a text is its own."""
        if node.tag == _TEXT and isinstance(node, yaml.ScalarNode):
            return node.value
        return super().construct_object(node, deep)

    def construct_checked(self, node: Any) -> Any:
        """The scalar's value, or its text when it is an integer too long to show.

        Raises ConstructorError for such as 2026-02-30.
        """
        kind = node.tag.rpartition(":")[2]
        try:
            if ":" in node.value and len(node.value) > MAX_NUMBER:
                raise ValueError
            value = yaml.SafeLoader.yaml_constructors[node.tag](self, node)
            too_long = kind == "int" and value.bit_length() > MAX_BITS
            return node.value if too_long else value
        except (ValueError, TypeError, OverflowError, AttributeError, LookupError):
            # What PyYAML lets out depends on the tag; the reason is the same for all.
            pass
        shown = str(node.value)[:40]
        raise yaml.constructor.ConstructorError(
            None, None, f"“{shown}” is not a valid {_KINDS[kind]}", node.start_mark
        )


_KINDS = {"int": "number", "float": "number", "bool": "yes or no", "timestamp": "date"}
for _kind in _KINDS:
    _Loader.add_constructor(f"tag:yaml.org,2002:{_kind}", _Loader.construct_checked)


class _HeaderLoader(_Loader):
    """A loader that keeps what was typed, see ``Typed``; a field's name is a text."""

    # ``on`` and ``2026`` name fields as others do.
    _names = frozenset({_TEXT, *(f"tag:yaml.org,2002:{kind}" for kind in (*_KINDS, "null"))})

    def __init__(self, header: str) -> None:
        super().__init__(header)
        # libyaml skips the mark, and counts from behind it.
        self._header = header.removeprefix(BOM)

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        """The node's value as it was typed; an unquoted link is one."""
        tag = node.tag
        if tag == _TEXT and isinstance(node, yaml.ScalarNode):
            return node.value
        if tag == _LIST and isinstance(node, yaml.SequenceNode) and len(node.value) == 1:
            found = as_link(self._header[node.start_mark.index : node.end_mark.index])
            if found is not None:
                return found
        return yaml.CSafeLoader.construct_object(self, node, deep)

    def construct_odd_mapping(self, node: Any, deep: bool) -> Any:
        """The fields of a map, by their names as they are shown."""
        self.may_double = True
        found = super().construct_odd_mapping(node, deep)
        if any(isinstance(name, Typed) and name.is_link for name in found):
            raise yaml.constructor.ConstructorError(
                None, None, "a link that names a field needs quotes", node.start_mark
            )
        return {_shown_name(name): held for name, held in found.items()}

    def construct_checked(self, node: Any) -> Any:
        """The scalar's value as it was typed. Raises as that of ``_Loader`` does."""
        return as_typed(node.value, super().construct_checked(node))


class _SignLoader(_HeaderLoader):
    """A loader of a header with other signs in place of some, see ``as_texts``."""

    def __init__(self, header: str, signs: dict[int, str]) -> None:
        super().__init__(header)
        self._header = self._header.translate(signs)
        self._signs = signs

    def get_single_node(self) -> yaml.Node | None:
        """The nodes, with the signs that were there."""
        tree = super().get_single_node()
        if tree is not None:
            restore(tree, self._signs, set())
        return tree


def _shown_name(name: Any) -> Any:
    return name if isinstance(name, str | tuple) else text_of(name)


for _kind in _KINDS:
    _HeaderLoader.add_constructor(f"tag:yaml.org,2002:{_kind}", _HeaderLoader.construct_checked)


_HANDLER = YAMLHandler()
"""Only python-frontmatter's reading of YAML is used: its split takes a lone ``---`` of a body
for a fence."""


def _parse(header: str) -> _Parsed:
    if not header.isascii():
        plain, signs = as_texts(header)
        if signs:
            try:
                return _load(plain, signs)
            except yaml.YAMLError:
                # Only YAML 1.1 can make something of it: there they end lines.
                pass
    return _load(header)


def _load(header: str, signs: dict[int, str] | None = None) -> _Parsed:
    refuse_bomb(header)
    loader = _HeaderLoader if signs is None else lambda text: _SignLoader(text, signs)
    parsed: _Parsed = _HANDLER.load(header, Loader=loader)
    return parsed


_parse_again = lru_cache(maxsize=4)(_parse)
"""A change reads the same header when it plans, edits, proves and keeps it."""
_REMEMBERED = 64 * 1024
"""Headers up to this length are kept for a moment."""


_kept: tuple[str, dict[Any, Any]] = ("", {})
"""The header whose fields were worked out last without reading all of it."""


def keep_fields(header: str, fields: dict[Any, Any]) -> None:
    """Have the fields of a header for whoever reads it next."""
    global _kept  # noqa: PLW0603 - a change is proven and then taken in
    _kept = header, fields


def remembers(header: str) -> bool:
    """Whether an ordinary header of ordinary length: it is neither read twice nor searched."""
    return len(header) <= _REMEMBERED and not may_be_bomb(header)


def tree_of(header: str) -> yaml.Node | None:
    """A header's YAML as nodes, which say where each value stands; not to be changed.

    Raises as PyYAML does, and HeaderError for a YAML bomb.
    """
    # The values of a merge (`<<`) are written into its nodes when they are read.
    if "<<" in header:
        plain, signs = as_texts(header)
        return _SignLoader(plain, signs).get_single_node()
    return (_parse_again if len(header) <= _REMEMBERED else _parse)(header).tree


def may_double(header: str) -> bool:
    """Whether a name may stand twice in a header that was read just now."""
    return len(header) > _REMEMBERED or _parse_again(header).may_double


def reads_otherwise(header: str) -> bool:
    """Whether U+2028 and its like, taken for ends of lines, make other fields of the header."""
    try:
        return _load(header).value != _parse_again(header).value  # type: ignore[no-any-return]
    except (yaml.YAMLError, ValueError, TypeError, HeaderError):
        return True


def read_own(text: str) -> Any:
    """What a YAML text of sluice's own says: nobody made it to do harm, and it has no faults."""
    return yaml.load(text, Loader=_Loader).value  # noqa: S506 - a safe loader


def read_fields(header: str, first_line: int = 2) -> dict[Any, Any]:
    """The fields of a header's YAML. ``first_line`` is the file's line it begins on.

    Raises HeaderError with the file's line when it cannot be read.
    """
    known, fields = _kept
    if known == header:
        return dict(fields)
    try:
        value = (_parse_again if len(header) <= _REMEMBERED else _parse)(header).value
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in (error.problem or ""):
            # Newer releases of libyaml have a bound of their own.
            raise HeaderError(TOO_DEEP, first_line) from error
        # A quote that is never closed is found missing at the very end.
        opened = "quoted" in (error.context or "")
        mark = (error.context_mark if opened else error.problem_mark) or error.context_mark
        # Counted anew: YAML's own lines also end at U+2028 and U+0085, an editor's do not.
        *above, _ = _BREAK.split(header[: mark.index if mark else 0] + " ")
        at, why = _told(error, _BREAK.split(header), len(above))
        line = first_line + at
        raise HeaderError(f"line {line} cannot be read: {why}", line) from error
    except yaml.reader.ReaderError as error:
        line = first_line + len(_BREAK.findall(header, 0, error.position))
        raise HeaderError(
            f"line {line} of the header has a control character, which YAML forbids", line
        ) from error
    except UnicodeEncodeError as error:
        line = first_line + len(_BREAK.findall(header, 0, error.start))
        raise HeaderError(f"line {line} of the header has bytes that are not UTF-8", line) from (
            error
        )
    except (yaml.YAMLError, ValueError, TypeError, OverflowError) as error:
        raise HeaderError(
            f"a value in the header cannot be read: {short(error)}", first_line
        ) from error
    except RecursionError as error:
        raise HeaderError(TOO_DEEP, first_line) from error
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise HeaderError("the header is not a list of fields", first_line)
    return dict(value)


def _told(error: yaml.MarkedYAMLError, lines: list[str], at: int) -> tuple[int, str]:
    """Which line is at fault when YAML stops at a header's line ``at``, and why."""
    from tui.vault.explain import explain, is_odd  # noqa: PLC0415 - most headers are sound

    if at and is_odd(lines[at - 1]) and not is_odd(lines[at]):
        # A line that is no field is found out at the next one.
        at -= 1
    return at, explain(lines[at], error.problem or error.context or "not valid YAML")


@lru_cache(maxsize=4096)  # a few stand in thousands of headers
def typed_again(text: str) -> Any:
    """What ``text`` without quotes is in a header; raises HeaderError where it is no value."""
    found = as_link(text)
    if found is None:
        return read_fields(f"typed: {text}\n")["typed"]
    return found
