"""Reads which files are sources: a schema's part ``sources``, and where its roles lie."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast, get_args

from tui.display import short
from tui.errors import SchemaError
from tui.triage.field import AllOf, Field, Roles
from tui.triage.shape import mapping, word, words
from tui.vault.globs import Globs
from tui.vault.rule import BUILT_IN, ENDINGS, Names, Rule, Untitled, Wants

_PARTS = ("include", "exclude", "header", "tagged", "prefix")
_UNTITLED = ("file", "heading")


def read_rule(
    spec: Any, untitled: Any, roles: Roles, all_of: AllOf, fields: Mapping[str, Field], own: Any
) -> Rule:
    """The rule of a vault; ``own`` is what its schema says of ``sources``. Raises SchemaError."""
    given = mapping(spec, "sources", _PARTS)
    header = given.get("header", "any" if own else "status")
    if header not in get_args(Wants):
        raise SchemaError(
            f"header of sources is {short(header)}; use status, any or none-too.", header
        )
    # An empty list names no file: then only a tag or a status makes one a source.
    include = _globs(given, "include") if "include" in given else BUILT_IN.include
    rule = Rule(
        status=all_of["status"],
        prefix=word(given.get("prefix", ""), "prefix of sources"),
        include=include,
        exclude=_globs(given, "exclude"),
        header=cast(Wants, header),
        tagged=_listed(given.get("tagged", []), "tagged of sources"),
        tags=roles.topics or "tags",
        endings=ENDINGS if own else BUILT_IN.endings,
        names=_names(untitled, roles, all_of, fields),
    )
    return rule if rule != BUILT_IN else BUILT_IN


def _globs(given: Mapping[str, Any], name: str) -> tuple[str, ...]:
    patterns = _listed(given.get(name, []), f"{name} of sources")
    for pattern in patterns:
        if pattern.startswith("/") or ".." in pattern.split("/") or not pattern.strip("/ "):
            raise SchemaError(
                f"{name} of sources has {short(pattern)}; write a pattern below the folder, such "
                "as Inbox/** or **/*.md.",
                pattern,
            )
        try:
            Globs([pattern])
        except re.error as error:
            raise SchemaError(
                f"{name} of sources has {short(pattern)}, which is not a pattern: {error.msg}; "
                "write one such as Inbox/** or **/*.md.",
                pattern,
            ) from error
    return patterns


def _listed(value: Any, part: str) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else words(value, part)


def _names(untitled: Any, roles: Roles, all_of: AllOf, fields: Mapping[str, Field]) -> Names:
    if untitled is not None and untitled not in _UNTITLED:
        raise SchemaError(
            f"untitled is {short(untitled)}; use file or heading for what a note without a title "
            "is called.",
            untitled,
        )
    summary = Names().summary
    return Names(
        title=roles.title,
        url=roles.url,
        topics=roles.topics,
        aliases=roles.aliases,
        author=roles.author,
        dates=all_of.get("date", ()),
        summary=summary if untitled is None and summary in fields else "",
        untitled=cast(Untitled, untitled or ""),
        # A day in a later field is another day, not another name of the first.
        others={
            names[0]: names[1:]
            for role, names in all_of.items()
            if role != "date" and len(names) > 1
        },
        tagged={field.name: field.tagged for field in fields.values() if field.tagged is not None},
    )
