"""A text is shown from the first line that says what the header does not."""

from datetime import date
from pathlib import Path

import pytest

from tests.samples import write_source
from tui.triage.content_start import content_start
from tui.vault.source import Source, Stamp
from tui.vault.vault import Vault

CONTENT = "The handbook begins where the last one ended.\n"


def source(heading: str = "", **fields: object) -> Source:
    """A source with a usual header, some fields replaced, those of None dropped."""
    usual: dict[str, object] = {
        "title": "The small company handbook: hire, pay, let go",
        "creator": "Mara Voss",
        "url": "https://example.com/watch?v=a_B-1",
        "platform": "youtube",
        "format": "lecture",
        "duration": "1h 8m 5s",
        "date_published": date(2025, 9, 24),
        "topics": ["company"],
        "has_transcript": False,
    }
    held = {name: value for name, value in (usual | fields).items() if value is not None}
    return Source(Path("/v"), "SOURCE-1.md", held, heading, None, Stamp(1, 1, 1))


REPEATS = {
    "the title as a heading": "# The small company handbook: hire, pay, let go\n",
    "the title as a line": "**The Small Company Handbook — hire, pay, let go**\n",
    "the title underlined": "The small company handbook: hire, pay, let go\n=====\n",
    "the title and the creator": "# The small company handbook: hire, pay, let go | Mara Voss\n",
    "the creator and the title": "# Mara Voss: The small company handbook, hire, pay, let go\n",
    "the beginning of the title": "## The small company handbook\n",
    "labels in bold": (
        "**Channel**: Mara Voss\n**Published**: 2025-09-24\n**Duration**: 1h 8m 5s\n"
        "**URL**: https://example.com/watch?v=a_B-1\n"
    ),
    "labels with the colon in bold": "**Author:** Mara Voss\n**Platform:** YouTube\n",
    "labels in a list": "- Creator: Mara Voss\n- Format: lecture\n",
    "labels in a quote": "> **Author**: Mara Voss\n> **Date**: September 24, 2025\n",
    "names of fields": "date published: 24 Sep 2025\nHas Transcript: no\nFormat: Lecture\n",
    "the date in words": "Published: Sep 24, 2025\n",
    "the length as a clock": "Duration: 1:08:05\n",
    "the address in a link": "URL: [watch](https://example.com/watch?v=a_B-1)\n",
    "the address alone": "<https://example.com/watch?v=a_B-1>\n",
    "the creator alone": "Mara Voss\n",
    "by the creator": "*By Mara Voss*\n",
    "facts with dots": "Mara Voss · 24 Sep 2025 · 1h 8m 5s\n",
    "facts with bars": "**Channel**: Mara Voss | Duration: 1:08:05\n",
    "a rule": "---\n\n* * *\n",
    "an empty heading": "##\n\n###   \n",
    "a heading that every text has": "## Description (no transcript available)\n",
    "another of these": "## Summary\n",
    "Windows' line ends": "# The small company handbook: hire, pay, let go\r\n\r\n",
}


@pytest.mark.parametrize("begin", REPEATS.values(), ids=REPEATS)
def test_what_repeats_the_header_is_passed(begin: str) -> None:
    if "Has Transcript" in begin:
        begin = begin.replace("Has Transcript: no\n", "")
    body = f"\n{begin}\n{CONTENT}"
    assert body[content_start(body, source()) :] == CONTENT


def test_all_of_it_at_once_is_passed() -> None:
    begin = "\n".join(REPEATS[kind] for kind in (
        "the title as a heading", "labels in bold", "a rule", "a heading that every text has",
    ))  # fmt: skip
    assert (begin + CONTENT)[content_start(begin + CONTENT, source()) :] == CONTENT


OWN = {
    "a sentence": CONTENT,
    "another title": "# Hire for the work that is left over\n",
    "a longer title": "# The small company handbook: hire, pay, let go, and what came after\n",
    "another channel": "**Channel**: Harbour Notes\n",
    "more than the creator": "> **Author**: Mara Voss (@mara), who ran three of them\n",
    "another day": "**Published**: 2025-09-25\n",
    "a day and an hour": "**Date**: September 24, 2025 · 8:07 AM\n",
    "another length": "Duration: 1:08:06\n",
    "another address": "URL: https://example.com/watch?v=other\n",
    "a label of its own": "**Views**: 1.2M\n",
    "a label before a list": "Brought to you by:\n",
    "a label without a value": "Source:\n",
    "a section of its own": "## Executive Summary\n",
    "an introduction": "## Introduction\n",
    "a word of the title": "# Pay\n",
    "a list": "- hire\n- pay\n",
    "an image": "![cover](cover.png)\n",
    "code": "```\nlecture\n```\n",
    "symbols": "# 🦞\n",
    "a word that is a value too": "lecture\n",
    "a very long line": "The small company handbook " * 200 + "\n",
}


@pytest.mark.parametrize("begin", OWN.values(), ids=OWN)
def test_what_has_content_of_its_own_is_shown(begin: str) -> None:
    body = f"{begin}\n{CONTENT}"
    assert content_start(body, source()) == 0
    under = f"# The small company handbook: hire, pay, let go\n\n{body}"
    assert under[content_start(under, source()) :] == body


def test_without_a_title_the_heading_that_the_queue_shows_is_passed() -> None:
    body = f"# Agents that forget\n\n{CONTENT}"
    untitled = source("Agents that forget", title=None)
    assert body[content_start(body, untitled) :] == CONTENT
    named = source(
        "Agents that forget", title=None, synopsis="Agents that forget The handbook begins"
    )
    assert body[content_start(body, named) :] == CONTENT
    other = source("Agents that forget", title=None, synopsis="Why memory has a price")
    assert content_start(body, other) == 0


@pytest.mark.parametrize("body", ["", "\n\n", " \n" * 5_000, REPEATS["labels in bold"]])
def test_a_text_of_nothing_else_has_no_content(body: str) -> None:
    assert content_start(body, source()) == len(body)


def test_odd_headers_and_texts_are_no_trouble() -> None:
    odd = source(title="🦞", creator=None, url=7, duration=[1], date_published=None, more={"a": 1})
    for body in ("#\n" * 100_000, "> " * 50_000, "**" * 1_000, ": : :\n", "\x00\n", "a" * 10**6):
        assert 0 <= content_start(body, odd) <= len(body)


def test_a_source_as_it_is_read_begins_at_its_text(tmp_path: Path) -> None:
    write_source(tmp_path, 1, "Apples in autumn")
    vault = Vault(tmp_path, tmp_path / ".state")
    (read,) = vault.sources
    body = vault.read_body(read)
    assert body[content_start(body, read) :].startswith("The body of number 1.")
