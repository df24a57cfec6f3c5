"""A source with a TOML header is decided with the same keys as any other."""

import pytest

NAME = "toml.md"
TEXT = """\
+++
title = "Zebras of the plain"
status = "raw" # not yet
signal_tier = 'tactical'
date_added = 2026-01-02
topics = [
  "animals", # all
]

[extra]
toc = true
+++

Body.
"""


@pytest.fixture
def path(vault):
    file = vault / NAME
    file.write_text(TEXT)
    return file


@pytest.fixture
def app(sluice, path):
    with sluice() as stage:
        stage.go_to("Zebras")
        yield stage


def changed(path):
    old, new = TEXT.splitlines(), path.read_text().splitlines()
    return [f"-{line}" for line in old if line not in new] + [
        f"+{line}" for line in new if line not in old
    ]


def test_a_tier_key_sets_the_tier_in_the_same_quotes(app, path):
    app.press("1")
    app.settled()
    assert changed(path) == ["-signal_tier = 'tactical'", "+signal_tier = 'paradigm'"]
    app.press("u")
    app.settled()
    assert path.read_text() == TEXT


def test_promote_and_archive_change_the_status_and_keep_its_comment(app, path):
    app.press("p")
    app.settled()
    assert changed(path) == ['-status = "raw" # not yet', '+status = "triaged" # not yet']
    app.press("u", "a")
    app.settled()
    assert '+status = "archived" # not yet' in changed(path)
    app.press("u")
    app.settled()
    assert path.read_text() == TEXT


def test_an_insight_becomes_a_list_above_the_tables(app, path):
    app.press("i")
    app.type("Stripes confuse")
    app.press("enter", "escape")
    app.settled()
    assert changed(path) == ['+key_insights = ["Stripes confuse"]']
    assert "]\nkey_insights = " in path.read_text()


def test_a_deciding_key_repairs_a_broken_header_and_decides(sluice, vault):
    broken = TEXT.replace('"raw"', "raw")
    file = vault / NAME
    file.write_text(broken)
    with sluice() as app:
        app.open_view("problems")
        app.go_to("Zebras")
        app.press("1")
        assert "quoted “raw” in line 3" in app.box.question.repair.done
        app.press("enter")
        app.settled()
        assert changed(file) == ["-signal_tier = 'tactical'", "+signal_tier = 'paradigm'"]
        app.press("u")
        app.settled()
    assert file.read_text() == broken


def test_a_json_header_is_refused_in_a_toast_and_the_row_comes_back(sluice, vault):
    file = vault / "json.md"
    text = '{"status": "raw", "title": "Zithers in braces"}\nBody\n'
    file.write_text(text)
    with sluice() as app:
        app.go_to("Zithers")
        app.press("1")
        app.settled()
        assert "The header is JSON; sluice changes YAML and TOML headers only" in app.toast
        assert app.source.text("signal_tier") == ""
    assert file.read_text() == text
