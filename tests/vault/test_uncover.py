"""What a header hides is brought to light where that is certain, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tui.checks.file_repair import find_repair
from tui.triage.schema import load_schema
from tui.vault.disk.contents import decode
from tui.vault.reading.one_file import read_header, source_from
from tui.vault.source import Stamp

SCHEMA = load_schema()
BODY = "\nThe body: #1\n\n---\nStatus: x\n"


def after(header: str, keep: object = None) -> str:
    """The header's lines as they are mended; the body must be the same bytes."""
    text = f"---\n{header}---\n{BODY}"
    source = source_from(Path("/vault"), "SOURCE-a.md", text, Stamp(0, 0, 0))
    assert source is not None
    repair = find_repair(SCHEMA, source, text, keep)  # type: ignore[arg-type]
    assert (repair.after == text) == (not repair.done)
    assert repair.after.endswith(f"---\n{BODY}")
    result = repair.after.removeprefix("---\n").removesuffix(f"---\n{BODY}")
    assert isinstance(yaml.safe_load(result), dict)
    return result


@pytest.mark.parametrize(
    ("before", "mended"),
    [
        ("title: Episode #5 review\n", 'title: "Episode #5 review"\n'),
        ("title: C #1 # a note\n", 'title: "C #1" # a note\n'),
        ('title: the "real" #5\n', "title: 'the \"real\" #5'\n"),
        ("colour: #fff\nx: 1 # one\n", 'colour: "#fff"\nx: 1 # one\n'),
        ("topics:\n  - a #1\n  - #b\n  - c # d\n", 'topics:\n  - "a #1"\n  - "#b"\n  - c # d\n'),
        ("guest: one\n  two #3\n", 'guest: "one\n  two #3"\n'),
        ("title: T\nx: 1\ntitle: T\n", "title: T\nx: 1\n"),
        ("title: T\ntitle:\n", "title: T\n"),
        ("title:\nx: 1\ntitle: T # why\n", "x: 1\ntitle: T # why\n"),
        ("topics: []\ntopics:\n  - a\n# b\n", "topics:\n  - a\n# b\n"),
        ("Status: raw\n", "status: raw\n"),
        ("TITLE: x # y\n", "title: x # y\n"),
        ("\xa0status: raw\n", "status: raw\n"),
        ("sta\u200btus: raw\n", "status: raw\n"),
        ("stаtus: raw\n", "status: raw\n"),
        ("\u3000mood: 1\n", "mood: 1\n"),
        ("Status: raw\nstatus: raw\n", "status: raw\n"),
        ("Status:\nstatus: raw\n", "status: raw\n"),
        ("Status: raw\nstatus:\n", "status: raw\n"),
        ("status: \xa0raw\n", "status: raw\n"),
        ("topics:\n  -\xa0a\n  -\xa0b\nx: 1\n", "topics:\n  - a\n  - b\nx: 1\n"),
        ("title: one\u2028two\n", 'title: "one\\u2028two"\n'),
        ("status:\xa0raw\nx: 1\n", "status: raw\nx: 1\n"),
        ("topics:\n\xa0\xa0- a\nx: 1\n", "topics:\n  - a\nx: 1\n"),
        ("x: 1\n\ufeffstatus: raw\n", "x: 1\nstatus: raw\n"),
        ("status：raw\nx: 1\n", "status: raw\nx: 1\n"),
        ("Status: raw\ntitle: A #1\ntitle: A #1\n", 'status: raw\ntitle: "A #1"\n'),
    ],
)
def test_what_is_certain_is_repaired_and_nothing_else(before: str, mended: str) -> None:
    assert after(before) == mended
    crlf = before.replace("\n", "\r\n")
    text = f"---\r\n{crlf}---\r\n"
    source = source_from(Path("/vault"), "SOURCE-a.md", text, Stamp(0, 0, 0))
    assert source is not None
    result = find_repair(SCHEMA, source, text).after
    assert result == f"---\r\n{mended}---\r\n".replace("\r\n", "\n").replace("\n", "\r\n")


@pytest.mark.parametrize(
    "header",
    [
        "title: One\ntitle: Two\n",
        "title: T # a\ntitle: T # b\n",
        "a:\n  b: 1\n  b: 1\n",
        "{title: T, title: T}\n",
        'title: "Episode" #5\n',
        "topics: [a, b] #c\n",
        "unknown: 12 #shorts\n",
        "status: raw #todo\n",
        "Status: pondering\n",
        "Date_Published: soon\n",
        "Mood: 1\nmood: 1\n",
        "Status: raw\nstatus: triaged\n",
        "a: 1\na: &x 1\nb: *x\n",
        "title: |\n  one\u2028two\n",
        "# one\u2028two\nx: 1\n",
        "title: one\xa0two\n",
    ],
)
def test_what_is_not_certain_is_left_alone(header: str) -> None:
    text = f"---\n{header}---\n{BODY}"
    source = source_from(Path("/vault"), "SOURCE-a.md", text, Stamp(0, 0, 0))
    assert source is not None
    assert find_repair(SCHEMA, source, text).after == text


@pytest.mark.parametrize(
    ("header", "last", "first"),
    [
        ("title: One\nx: 1\ntitle: Two\n", "x: 1\ntitle: Two\n", "title: One\nx: 1\n"),
        ("title: 1\ntitle: 2\ntitle: 3\n", "title: 3\n", "title: 1\n"),
        ("Status: raw\nstatus: triaged\n", "status: triaged\n", "status: raw\n"),
    ],
)
def test_of_two_values_the_reader_chooses(header: str, last: str, first: str) -> None:
    assert after(header) == header
    assert after(header, "header") == last
    assert after(header, "line") == first


def test_no_real_header_is_changed_that_hides_nothing(corpus: Path) -> None:
    for path in sorted(corpus.glob("*.md")):
        text = decode(path.read_bytes())
        if read_header(text)[1] is None:
            source = source_from(corpus, path.name, text, Stamp(0, 0, 0))
            assert source is not None
            assert source.flaws == (), path.name
