"""What ``F`` and ``sluice check --fix`` do to a file."""

import pytest

from tui.checks.file_repair import find_repair


def repaired(schema, read, text):
    return find_repair(schema, read(text, whole=True), text)


def test_a_repair_and_the_fixes_after_it_are_made_together(schema, read):
    text = '---\nstatus: raw\ntitle: ""a" b"\ntopics: agents # so\nkey_insights: \'\'\n---\nBody\n'
    found = repaired(schema, read, text)
    assert found.after == (
        '---\nstatus: raw\ntitle: "\\"a\\" b"\n'
        'topics: # so\n  - "agents"\nkey_insights: []\n---\nBody\n'
    )
    assert len(found.done) == 3


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("date_published: 20251128", "date_published: 2025-11-28"),
        ('date_published: "Feb 15, 2026"', "date_published: 2026-02-15"),
        ("date_published: 2026/02/15", "date_published: 2026-02-15"),
        ("key_insights: ''", "key_insights: []"),
        ('aliases: ""', "aliases: []"),
    ],
)
def test_what_is_certain_is_written_as_it_is_meant(schema, read, line, after):
    text = f"---\nstatus: raw # first\n{line}\nlast: 'so'\n---\nBody\n"
    assert repaired(schema, read, text).after == text.replace(line, after)


@pytest.mark.parametrize(
    "line",
    [
        "date_published: 2025",
        "date_published: 99999999",
        "date_published: 2/3/2026",
        'date_published: "2026-02-30"',
        "date_published: soon",
        "topics: one, two",
        "key_insights: 7",
        "signal_tier: High",
        "status: unheard of",
    ],
)
def test_what_is_not_certain_is_left_alone(schema, read, line):
    text = f"---\nstatus: raw\n{line}\n---\nBody\n"
    found = repaired(schema, read, text)
    assert (found.after, found.done) == (text, ())


def test_what_has_no_repair_says_why(schema, read):
    found = repaired(schema, read, "---\nstatus: raw\nnobody's line\n---\nBody\n")
    assert (found.after, found.done) == (found.before, ())
    assert found.refusal == "line 3 does not belong to any field"
