"""Find the header in a file's text and parse its YAML into fields."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

import yaml
from frontmatter.default_handlers import YAMLHandler

from tui.display import short
from tui.errors import HeaderError
from tui.vault.header.bomb import TOO_DEEP, may_be_bomb, refuse_bomb
from tui.vault.header.breaks import as_texts, restore
from tui.vault.header.lines import BREAK
from tui.vault.header.typed import Typed, as_link, as_typed, text_of

BOM = "\ufeff"
MAX_BITS = 13_000
"""Python does not print integers of more than 4,300 digits."""
MAX_NUMBER = 4_300
"""Maximum length of a base-60 number: summing `1:1:1:...` takes quadratic time."""

_FENCE = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
_END_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)", re.MULTILINE)
_LONE_CR_FENCE = re.compile(r"(?:^|(?<=[\r\n]))(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)")


class HeaderSpan(NamedTuple):
    """The place of a header's YAML in a file's text, in code points, without the fences."""

    start: int
    end: int
    body: int
    """The start of the body, after the closing fence's line."""


def find_header(text: str) -> HeaderSpan | None:
    """The span between a first line ``---`` and the next line ``---`` or ``...``."""
    begin = 1 if text.startswith(BOM) else 0
    opening = _FENCE.match(text, begin)
    if opening is None:
        return None
    return _span_after(text, opening)


def _span_after(text: str, opening: re.Match[str]) -> HeaderSpan | None:
    # `^` knows only \n; a header whose lines end in a lone \r needs the slower pattern.
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
    """A header's YAML as nodes and as a value."""

    tree: yaml.Node | None
    value: Any
    may_double: bool
    """Whether a map may have a duplicate name; never False when one does."""


class _Loader(yaml.CSafeLoader):
    """PyYAML's safe loader, which also gives the line of a value that does not fit its tag.

    It has shortcuts for the most common values, with the same results.
    """

    _names = frozenset({_TEXT})
    """The tags of keys that are used as written."""
    may_double = False
    """Whether a map may have a duplicate name."""

    def get_single_data(self) -> _Parsed:
        """The nodes and their value."""
        tree = self.get_single_node()
        value = None if tree is None else self.construct_document(tree)
        return _Parsed(tree, value, self.may_double)

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """The tag of an untagged value: text, unless it looks like another type."""
        if kind is not yaml.ScalarNode:
            return _LIST if kind is yaml.SequenceNode else _MAP
        # A value in quotes is always text.
        if implicit[0]:
            for tag, pattern in self.yaml_implicit_resolvers.get(value[:1], ()):
                if pattern.match(value):
                    return str(tag)
        return _TEXT

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Do nothing: our tags do not depend on the position of a value."""

    def ascend_resolver(self) -> None:
        """Do nothing, see above."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        """The fields of a map; maps with merges or unusual keys take the slow way."""
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
        """The fields of a map, built by PyYAML."""
        return super().construct_mapping(node, deep)

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        """The node's value; text needs no conversion."""
        if node.tag == _TEXT and isinstance(node, yaml.ScalarNode):
            return node.value
        return super().construct_object(node, deep)

    def construct_checked(self, node: Any) -> Any:
        """The scalar's value, or its text when it is an integer too long to print.

        Raises ConstructorError for values such as 2026-02-30.
        """
        kind = node.tag.rpartition(":")[2]
        try:
            if ":" in node.value and len(node.value) > MAX_NUMBER:
                raise ValueError
            value = yaml.SafeLoader.yaml_constructors[node.tag](self, node)
            too_long = kind == "int" and value.bit_length() > MAX_BITS
            return node.value if too_long else value
        except (ValueError, TypeError, OverflowError, AttributeError, LookupError):
            # PyYAML's exception depends on the tag; the reason is the same for all.
            pass
        shown = str(node.value)[:40]
        raise yaml.constructor.ConstructorError(
            None, None, f"“{shown}” is not a valid {_KINDS[kind]}", node.start_mark
        )


_KINDS = {"int": "number", "float": "number", "bool": "yes or no", "timestamp": "date"}
for _kind in _KINDS:
    _Loader.add_constructor(f"tag:yaml.org,2002:{_kind}", _Loader.construct_checked)


class _HeaderLoader(_Loader):
    """A loader that keeps values as typed, see ``Typed``; field names are text."""

    # ``on`` and ``2026`` are field names like any others.
    _names = frozenset({_TEXT, *(f"tag:yaml.org,2002:{kind}" for kind in (*_KINDS, "null"))})

    def __init__(self, header: str) -> None:
        super().__init__(header)
        # libyaml skips the mark and counts from the next character.
        self._header = header.removeprefix(BOM)

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        """The node's value as typed; an unquoted link is one value."""
        tag = node.tag
        if tag == _TEXT and isinstance(node, yaml.ScalarNode):
            return node.value
        if tag == _LIST and isinstance(node, yaml.SequenceNode) and len(node.value) == 1:
            found = as_link(self._header[node.start_mark.index : node.end_mark.index])
            if found is not None:
                return found
        return yaml.CSafeLoader.construct_object(self, node, deep)

    def construct_odd_mapping(self, node: Any, deep: bool) -> Any:
        """The fields of a map by name as text."""
        self.may_double = True
        found = super().construct_odd_mapping(node, deep)
        if any(isinstance(name, Typed) and name.is_link for name in found):
            raise yaml.constructor.ConstructorError(
                None, None, "a link that names a field needs quotes", node.start_mark
            )
        return {_shown_name(name): held for name, held in found.items()}

    def construct_checked(self, node: Any) -> Any:
        """The scalar's value as typed. Raises as ``_Loader`` does."""
        return as_typed(node.value, super().construct_checked(node))


class _SignLoader(_HeaderLoader):
    """A loader for a header with replaced characters, see ``as_texts``."""

    def __init__(self, header: str, signs: dict[int, str]) -> None:
        super().__init__(header)
        self._header = self._header.translate(signs)
        self._signs = signs

    def get_single_node(self) -> yaml.Node | None:
        """The nodes with the original characters."""
        tree = super().get_single_node()
        if tree is not None:
            restore(tree, self._signs, set())
        return tree


def _shown_name(name: Any) -> Any:
    return name if isinstance(name, str | tuple) else text_of(name)


for _kind in _KINDS:
    _HeaderLoader.add_constructor(f"tag:yaml.org,2002:{_kind}", _HeaderLoader.construct_checked)


_HANDLER = YAMLHandler()
"""Only python-frontmatter's YAML reading is used: its split takes a lone ``---`` in a body for a
fence."""


def _parse(header: str) -> _Parsed:
    if not header.isascii():
        plain, signs = as_texts(header)
        if signs:
            try:
                return _load(plain, signs)
            except yaml.YAMLError:
                # Only valid in YAML 1.1, where these characters end lines.
                pass
    return _load(header)


def _load(header: str, signs: dict[int, str] | None = None) -> _Parsed:
    refuse_bomb(header)
    loader = _HeaderLoader if signs is None else lambda text: _SignLoader(text, signs)
    parsed: _Parsed = _HANDLER.load(header, Loader=loader)
    return parsed


_parse_again = lru_cache(maxsize=4)(_parse)
"""A change reads the same header several times: to plan, edit, verify and store it."""
_REMEMBERED = 64 * 1024
"""Longest header to keep in this cache, in characters."""


_kept: tuple[str, dict[Any, Any]] = ("", {})
"""The last header whose fields were derived without parsing all of it."""


def keep_fields(header: str, fields: dict[Any, Any]) -> None:
    """Remember the fields of a header for the next read."""
    global _kept  # noqa: PLW0603 - a change is proven and then taken in
    _kept = header, fields


def remembers(header: str) -> bool:
    """Whether the header is short and ordinary enough for the cache."""
    return len(header) <= _REMEMBERED and not may_be_bomb(header)


def tree_of(header: str) -> yaml.Node | None:
    """A header's YAML as nodes with the position of each value; do not modify them.

    Raises as PyYAML does, and HeaderError for a YAML bomb.
    """
    # Reading a merge (`<<`) writes the merged values into the nodes.
    if "<<" in header:
        plain, signs = as_texts(header)
        return _SignLoader(plain, signs).get_single_node()
    return (_parse_again if len(header) <= _REMEMBERED else _parse)(header).tree


def may_double(header: str) -> bool:
    """Whether a header that was just read may have a duplicate name."""
    return len(header) > _REMEMBERED or _parse_again(header).may_double


def reads_otherwise(header: str) -> bool:
    """Whether reading U+2028 and the like as line breaks would change the header's fields."""
    try:
        return _load(header).value != _parse_again(header).value  # type: ignore[no-any-return]
    except (yaml.YAMLError, ValueError, TypeError, HeaderError):
        return True


def read_own(text: str) -> Any:
    """Parse sluice's own YAML, which is trusted and valid."""
    return yaml.load(text, Loader=_Loader).value  # noqa: S506 - a safe loader


def read_fields(header: str, first_line: int = 2) -> dict[Any, Any]:
    """Parse a header's YAML into fields. ``first_line`` is its first line's number in the file.

    Raises HeaderError with the line in the file.
    """
    known, fields = _kept
    if known == header:
        return dict(fields)
    try:
        value = (_parse_again if len(header) <= _REMEMBERED else _parse)(header).value
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in (error.problem or ""):
            # Newer releases of libyaml have their own limit.
            raise HeaderError(TOO_DEEP, first_line) from error
        from tui.vault.header.explain import fault  # noqa: PLC0415 - most headers are sound

        at, why = fault(error, header)
        line = first_line + at
        raise HeaderError(f"line {line} cannot be read: {why}", line) from error
    except yaml.reader.ReaderError as error:
        line = first_line + len(BREAK.findall(header, 0, error.position))
        raise HeaderError(
            f"line {line} of the header has a control character, which YAML forbids", line
        ) from error
    except UnicodeEncodeError as error:
        line = first_line + len(BREAK.findall(header, 0, error.start))
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


@lru_cache(maxsize=4096)  # a few are in thousands of headers
def typed_again(text: str) -> Any:
    """Read ``text`` as an unquoted value of a header. Raises HeaderError when it is invalid."""
    found = as_link(text)
    if found is None:
        return read_fields(f"typed: {text}\n")["typed"]
    return found
