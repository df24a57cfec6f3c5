"""``sluice show``."""

import json

ALPHA_PAGE = """\
Alpha and the agents
{path}

id                   SOURCE-20260101-001
title                Alpha and the agents
status               raw
signal_tier          tactical
notebooklm_category  claude-code
url                  https://example.com/alpha
date_published       2026-01-01
aliases              - First letter
key_insights         -
has_transcript       no

# Alpha

Body of alpha.
"""


def test_a_source_is_a_page_of_its_fields_and_body(vault, run):
    outcome = run("show", "SOURCE-20260101-001")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == ALPHA_PAGE.format(path=vault / "SOURCE-20260101-alpha.md")


def test_id_stem_and_path_name_the_same_source(vault, run, monkeypatch):
    by_id = run("show", "SOURCE-20260103-003").out
    assert run("show", "SOURCE-20260103-gamma").out == by_id
    assert run("show", "inbox/SOURCE-20260103-gamma.md").out == by_id
    monkeypatch.setenv("SLUICE_VAULT", str(vault))
    monkeypatch.chdir(vault / "inbox")
    assert run("show", "SOURCE-20260103-gamma.md").out == by_id


def test_a_broken_source_is_shown_with_its_problem(vault, run):
    lines = run("show", "SOURCE-20260103-003").lines
    assert lines[2].startswith("! line 3 cannot be read")
    assert lines[-1] == "Body of gamma."


def test_json_holds_every_field_and_the_body_as_they_are(vault, run):
    shown = json.loads(run("show", "SOURCE-20260102-002", "--json").out)
    assert shown["fields"]["key_insights"] == ["one", "two"]
    assert shown["fields"]["date_published"] == "2026-01-02"
    assert shown["body"] == "Body of beta.\n"
    assert shown["status"] == "triaged"


def test_an_id_of_two_sources_is_refused_with_the_candidates(vault, run):
    (vault / "SOURCE-copy.md").write_text("---\nid: SOURCE-20260101-001\nstatus: raw\n---\n")
    outcome = run("show", "SOURCE-20260101-001")
    assert (outcome.code, outcome.out) == (1, "")
    assert "SOURCE-20260101-alpha.md, SOURCE-copy.md" in outcome.err
    assert outcome.err.count("\n") == 1


def test_an_unknown_reference_is_refused(vault, run):
    outcome = run("show", "SOURCE-1999")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("sluice: No source is called SOURCE-1999")


def test_a_body_keeps_its_lines_and_loses_its_control_codes(vault, run):
    path = vault / "SOURCE-20260101-alpha.md"
    path.write_bytes(b"---\r\nstatus: raw\r\n---\r\nfirst\x1b[2J\r\nsecond \xff\xc2\x9b\r\n")
    assert run("show", "SOURCE-20260101-alpha").lines[-2:] == ["first␛[2J", "second \ufffd␦"]


def test_an_empty_name_is_refused(vault, run):
    outcome = run("show", "")
    assert outcome.code == 1
    assert "No source has an empty name" in outcome.err
