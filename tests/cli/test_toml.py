"""Notes with TOML and JSON headers, and without any, from the command line."""

import json

import pytest

POST = """\
+++
title = "A post about gardens"
status = "raw" # not yet
signal_tier = 'tactical'
date_published = 2026-01-02T10:00:00Z
has_transcript = true
topics = [
  "gardens", # first
  "water"
]
key_insights = []

[extra]
toc = true
+++

Body of gardens.
"""


@pytest.fixture
def post(vault):
    path = vault / "post.md"
    path.write_text(POST)
    return path


def changed(path, before=POST):
    old, new = before.splitlines(), path.read_text().splitlines()
    return [f"-{line}" for line in old if line not in new] + [
        f"+{line}" for line in new if line not in old
    ]


def test_a_note_with_a_toml_header_is_listed_found_and_shown(run, post):
    for query in ("status:raw gardens", "topics:water", "date_published:2026-01", "tier:tactical"):
        assert "post.md" in run("list", "-q", query).out, query
    shown = run("show", "post.md", "--json")
    source = json.loads(shown.out)
    assert source["fields"]["has_transcript"] is True
    assert source["fields"]["topics"] == ["gardens", "water"]
    assert source["fields"]["date_published"] == "2026-01-02T10:00:00Z"
    assert source["fields"]["extra"] == {"toc": True}


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        (["promote", "post.md"],
         ['-status = "raw" # not yet', '+status = "triaged" # not yet']),
        (["archive", "post.md"],
         ['-status = "raw" # not yet', '+status = "archived" # not yet']),
        (["set", "post.md", "tier=noise"],
         ["-signal_tier = 'tactical'", "+signal_tier = 'noise'"]),
        (["set", "post.md", "has_transcript=no"],
         ["-has_transcript = true", "+has_transcript = false"]),
        (["set", "post.md", "date_published=2026-03-04"],
         ["-date_published = 2026-01-02T10:00:00Z", "+date_published = 2026-03-04T10:00:00Z"]),
        (["set", "post.md", "topics+=trees"],
         ['-  "water"', '+  "water",', '+  "trees"']),
        (["set", "post.md", "topics-=gardens"], ['-  "gardens", # first']),
        (["set", "post.md", "insight+=Water is heavy"],
         ["-key_insights = []", '+key_insights = ["Water is heavy"]']),
        (["set", "post.md", "tier="], ["-signal_tier = 'tactical'"]),
        (["set", "post.md", "cat=general"], ['+notebooklm_category = "general"']),
        (["snooze", "post.md", "2027-01-01"], ["+snoozed_until = 2027-01-01"]),
        (["rename-value", "topics", "water=seas"], ['-  "water"', '+  "seas"']),
        (["rename-field", "has_transcript=script"],
         ["-has_transcript = true", "+script = true"]),
    ],
)  # fmt: skip
def test_a_change_is_one_field_and_undo_restores_every_byte(run, post, command, lines):
    outcome = run(*command)
    assert outcome.code == 0, outcome.err
    assert changed(post) == lines
    assert run("undo").code == 0
    assert post.read_text() == POST


def test_a_table_is_refused_and_a_broken_header_is_named_with_its_line(run, post):
    refused = run("set", "post.md", "extra=1")
    assert refused.code == 1
    assert "extra contains fields of its own; use an editor." in refused.err
    refused = run("set", "post.md", "extra.toc=no")
    assert "toc is in the table extra; use an editor." in refused.err
    post.write_text(POST.replace('"raw"', "raw"))
    assert "post.md:3: line 3 cannot be read: text needs quotes" in run("check").out
    assert "post.md" in run("list", "-q", "status:raw").out
    refused = run("promote", "post.md")
    assert refused.code == 1
    assert (
        "line 3 cannot be read: text needs quotes; F or `sluice check --fix` repairs it"
        in refused.err
    )
    assert post.read_text() == POST.replace('"raw"', "raw")
    assert run("check", "--fix").code in (0, 1)
    assert post.read_text() == POST
    run("undo")
    assert post.read_text() == POST.replace('"raw"', "raw")


def test_a_json_header_is_found_and_refused(run, vault):
    path = vault / "note.md"
    path.write_text('{"status": "raw", "title": "Kept in braces"}\nBody\n')
    assert "note.md" in run("list", "-q", "status:raw braces").out
    refused = run("promote", "note.md")
    assert refused.code == 1
    assert "“Kept in braces”: The header is JSON" in refused.err
    assert "sluice changes YAML and TOML headers only." in refused.err
    assert path.read_text() == '{"status": "raw", "title": "Kept in braces"}\nBody\n'


def test_a_note_without_a_header_gets_one_and_loses_it_again(run, vault):
    path = vault / "SOURCE-plain.md"
    path.write_bytes(b"# Plain\r\n\r\nOnly a text.")
    assert run("set", "SOURCE-plain.md", "tier=noise").code == 0
    assert path.read_bytes() == (b"---\r\nsignal_tier: noise\r\n---\r\n# Plain\r\n\r\nOnly a text.")
    assert run("undo").code == 0
    assert path.read_bytes() == b"# Plain\r\n\r\nOnly a text."


def test_a_title_is_the_same_in_lists_searches_and_orders(run, vault):
    for name, text in (
        ("garden/index.md", "---\nstatus: raw\n---\n## Deep\n"),
        ("zebra.md", "---\nstatus: raw\n---\n```\n# Aardvark\n```\n"),
        ("b.md", "---\nstatus: raw\n---\nText\n# Middle\n"),
    ):
        path = vault / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    listed = run("list", "-q", "status:raw", "--sort", "title", "--json").lines
    titles = [json.loads(line)["title"] for line in listed]
    assert [title for title in titles if title in ("garden", "zebra", "Middle")] == [
        "garden", "Middle", "zebra",
    ]  # fmt: skip
    for words, name in (("garden", "garden/index.md"), ("zebra", "zebra.md"), ("middle", "b.md")):
        assert name in run("list", "-q", words).lines[0]
    assert "zebra.md" not in run("list", "-q", "aardvark").out


@pytest.mark.parametrize(
    ("line", "setting", "written"),
    [
        ("at = 07:32:00", "at=08:00", "at = 08:00:00"),
        ("at = 07:32:00", "at=later", 'at = "later"'),
        ("big = 1e3", "big=5", "big = 5.0"),
        ("mode = 0o17", "mode=9", "mode = 9"),
        ("most = inf", "most=3", "most = 3.0"),
        ("seen = 2026-05-01 10:20:30.5", "seen=2026-06-02", "seen = 2026-06-02 10:20:30.5"),
        ("seen = 2026-05-01T10:20:30+02:00", "seen=2026-06-02", "seen = 2026-06-02T10:20:30+02:00"),
        ("point = { x = 1 }", "point=3", ""),
        ('site.name = "dotted"', "site=3", ""),
    ],
)  # fmt: skip
def test_every_kind_of_value_keeps_its_type_or_is_refused(run, post, line, setting, written):
    before = POST.replace("key_insights = []\n", f"key_insights = []\n{line}\n")
    post.write_text(before)
    outcome = run("set", "post.md", setting)
    if not written:
        assert outcome.code == 1 and "use an editor" in outcome.err
        assert post.read_text() == before
        return
    assert changed(post, before) == [f"-{line}", f"+{written}"]
    assert ("changed from time to text" in outcome.err) is (setting == "at=later")
    assert run("undo").code == 0
    assert post.read_text() == before
