"""Write a value as a YAML scalar that all YAML readers understand the same way."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import yaml

from tui.errors import EditRefused
from tui.vault.header.typed import Typed

Scalar = str | bool | int | float | date | datetime | None

_RESOLVER: Any = yaml.resolver.Resolver()
_STRING_TAG = "tag:yaml.org,2002:str"
_CORE_12 = re.compile(
    r"null|Null|NULL|~|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
"""Values that YAML 1.2's core schema does not read as text (section 10.3.2)."""
_BOOL_11 = re.compile(r"[yYnN]")
"""YAML 1.1 booleans that PyYAML, unlike other readers, reads as text."""
_PLAIN = re.compile(r"[^\W_]|[_/(.+$]")
_BREAKS_PLAIN = re.compile(r": |:$| #|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]|^\s|\s$")
_FLOW_SIGNS = re.compile(r"[,\[\]{}:#?]")
_SPECIAL = re.compile(
    '[\\\\"\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]'
)
_NAMED = {
    "\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0", "\x1b": "\\e",
}  # fmt: skip
BOOL_WORDS = (("yes", "no"), ("true", "false"), ("on", "off"))
"""The words that YAML 1.1 reads as yes or no, in any case."""


def is_plain(text: str, in_flow: bool = False) -> bool:
    """Whether ``text`` without quotes is the same text under YAML 1.1 and YAML 1.2."""
    if not text or not _PLAIN.match(text[0]) or _BREAKS_PLAIN.search(text):
        return False
    if in_flow and _FLOW_SIGNS.search(text):
        return False
    if _CORE_12.fullmatch(text) or _BOOL_11.fullmatch(text) or text == "...":
        return False
    return bool(_RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == _STRING_TAG)


def double_quoted(text: str) -> str:
    """``text`` in double quotes on one line; emoji and CJK are not escaped."""
    return '"' + _SPECIAL.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    sign = match[0]
    code = ord(sign)
    return _NAMED.get(sign) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def write_scalar(value: Scalar, old: str = "", in_flow: bool = False) -> str:
    """``value`` as YAML, in the style of ``old``, the text it replaces."""
    if isinstance(value, Typed) and not value.is_link:
        return str(value)
    if isinstance(value, str):
        return _write_text(value, old, in_flow)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return bool_word(value, old)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, int | float):
        raise EditRefused("sluice cannot rewrite the list or map in this value; use an editor.")
    return str(yaml.representer.SafeRepresenter().represent_data(value).value)


def _write_text(text: str, old: str, in_flow: bool) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise EditRefused(
            "The text has bytes that are not UTF-8, which YAML does not allow; retype it."
        ) from error
    if old.startswith('"'):
        return double_quoted(text)
    if old.startswith("'") and not _SPECIAL.search(text.replace("\\", "").replace('"', "")):
        return "'" + text.replace("'", "''") + "'"
    return text if is_plain(text, in_flow) else double_quoted(text)


def bool_word(value: bool, old: str) -> str:
    """``yes`` or ``no``, in the word pair and case of ``old``."""
    words = next((pair for pair in BOOL_WORDS if old.lower() in pair), None)
    if words is None:
        return "yes" if value else "no"
    word = words[0] if value else words[1]
    if old.istitle():
        return word.title()
    return word.upper() if old.isupper() else word
