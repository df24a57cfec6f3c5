"""Packet: the sources of a notebook and the questions asked of them, as one Markdown file."""

from __future__ import annotations

from collections.abc import Sequence

from tui.notebooks.documents import delivered_title, tidied
from tui.notebooks.export import Member
from tui.triage.fields import wikilink


def packet(notebook: str, purpose: str, questions: Sequence[str], members: Sequence[Member]) -> str:
    """The text of a packet."""
    lines = [f"# {_line(notebook)}", ""]
    if purpose:
        lines += [_line(purpose), ""]
    if questions:
        lines += ["## Questions", ""]
        lines += [f"{number}. {_line(one)}" for number, one in enumerate(questions, 1)]
        lines += [""]
    lines += [f"## Sources ({len(members):,})", ""]
    lines += [f"{number}. {_entry(member)}" for number, member in enumerate(members, 1)]
    return "\n".join(lines).rstrip() + "\n"


def _entry(member: Member) -> str:
    source, route, _ = member
    parts = [delivered_title(source), wikilink(source)]
    if route.address:
        parts.append(f"<{route.address}>")
    return " · ".join(map(_line, parts))


def _line(text: str) -> str:
    return " ".join(tidied(text).split())
