"""What the tools of ``sluice mcp`` take and return, without the SDK."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tui.cli.output import to_json
from tui.cli.tools.calls import answer
from tui.cli.tools.catalogue import TOOLS
from tui.cli.tools.sizes import MOST_CHARACTERS, fitted, page_of, part_of

ALPHA = "SOURCE-20260101-alpha"


def texts(root):
    return {path.name: path.read_bytes() for path in root.rglob("*.md")}


@pytest.fixture
def refused(vault):
    def ask(tool, **arguments):
        answered = answer(vault, tool, arguments, "tagger")
        assert answered.sentence
        return answered.sentence

    return ask


def test_without_the_sdk_the_command_says_what_to_install(vault, run, monkeypatch):
    monkeypatch.setitem(sys.modules, "mcp_types", None)
    monkeypatch.delitem(sys.modules, "tui.cli.tools.server", raising=False)
    outcome = run("mcp")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == (
        "sluice: `sluice mcp` needs the package mcp, version 2.3 or newer; in the checkout, "
        "`pipx install '.[mcp]'` installs sluice with it.\n"
    )


@pytest.mark.parametrize(
    ("tool", "arguments", "sentence"),
    [
        ("delete", {}, "There is no tool delete; use find or list or "),
        ("list", {"limt": 3}, "There is no argument limt; use query, sort, reverse, "),
        ("list", {"limit": True}, "limit must be a whole number from 1 to 200."),
        ("list", {"limit": 201}, "limit must be a whole number from 1 to 200."),
        ("list", {"reverse": "yes"}, "reverse must be true or false."),
        ("list", {"query": 7}, "query must be text."),
        ("list", {"query": "x" * 1_001}, "query has at most 1,000 characters, not 1,001."),
        ("find", {"query": " "}, "It needs a query."),
        ("show", {"ref": None}, "It needs ref."),
        ("check", {"refs": [ALPHA], "query": "x"}, "Give refs or query, not both."),
        ("log", {"ref": ALPHA, "query": "x"}, "Give ref or query, not both."),
        ("set", {"refs": []}, "refs must be a list of texts."),
        ("set", {"refs": [""]}, "refs contains an empty text."),
        ("set", {"refs": ["x"] * 101}, "refs has 101 items, and at most 100 at once."),
        ("set", {"refs": [ALPHA]}, "It needs values, add or remove."),
        ("set", {"refs": [ALPHA], "values": ["a"]}, "values must be an object such as"),
        ("set", {"refs": [ALPHA], "values": {" ": "a"}}, "values: a field's name must be 1 to"),
        ("set", {"refs": [ALPHA], "values": {"a": {"b": 1}}}, "a: a value must be text, a "),
        ("set", {"refs": [ALPHA], "values": {"a": "x" * 10_001}}, "a has at most 10,000 charac"),
        ("set", {"refs": [ALPHA], "values": {"a": 10**5_000}}, "a: the number is too large"),
        ("set", {"refs": [ALPHA], "values": {"a": float("nan")}}, "a: the number is too large"),
        ("set", {"refs": [ALPHA], "add": {"a": ["x"] * 51}}, "a has 51 items, and at most 50"),
        ("set", {"refs": [ALPHA], "add": {"a": " "}}, "a: an item cannot be empty."),
        ("set", {"refs": [ALPHA], "values": {"a": "b"}, "by": "a\nb"}, "“a b” has a line break"),
        ("set", {"refs": [ALPHA], "values": {"a": "b"}, "by": ""}, "a name cannot be empty"),
    ],
)
def test_an_argument_that_is_invalid_is_refused_in_a_sentence(
    vault, refused, tool, arguments, sentence
):
    before = texts(vault)
    assert refused(tool, **arguments).startswith(sentence)
    assert texts(vault) == before


@pytest.mark.parametrize("value", ["a: b, c", "小说", "c++=1", "-x", "= +=", "[a]", 7, True])
def test_a_value_is_written_as_the_command_line_writes_it(vault, run, value):
    typed = "yes" if value is True else str(value)
    for field, change in (('a "b"=c', '"a ""b""=c"'), ("topics", "topics"), ("guest", "guest")):
        values = {field: value}
        terms = {"refs": [ALPHA], "values": values, "decide": True}
        answered = answer(vault, "set", terms, "tagger")
        sent = texts(vault)
        run("undo")
        outcome = run("set", f"{ALPHA}.md", f"{change}={typed}")
        assert bool(answered.sentence) == bool(outcome.code)
        assert texts(vault) == sent
        run("undo")


def test_items_are_added_and_removed_as_they_were_sent(vault):
    items = ["a, b", "yes", "小说", "-x", "c++=1"]
    terms = {"refs": [ALPHA], "decide": True}
    for name, held in (("add", items), ("remove", None)):
        answered = answer(vault, "set", {**terms, name: {"key_insights": items}}, "tagger")
        assert not answered.sentence
        shown = answer(vault, "show", {"ref": ALPHA}, "tagger").data["from_files"]["source"]
        assert (shown["fields"]["key_insights"] or None) == held


def test_null_clears_a_field_and_an_empty_one_can_be_asked_for(vault):
    terms = {"refs": [ALPHA], "values": {"url": None}, "decide": True}
    answered = answer(vault, "set", {**terms, "if": {"guest": None}}, "tagger")
    assert not answered.sentence
    assert b"example.com/alpha" not in texts(vault)[f"{ALPHA}.md"]
    assert answer(vault, "set", {**terms, "if": {"title": None}}, "tagger").sentence


def test_a_person_s_change_is_never_undone(vault, run, refused):
    run("set", ALPHA, "tier=noise")
    before = texts(vault)
    assert refused("undo") == "“tagger” has no change left to undo."
    (mine,) = [json.loads(line) for line in run("log", "--json").lines]
    assert "has made no change" in refused("undo", change=mine["id"])
    assert texts(vault) == before


@pytest.mark.parametrize("ref", ["/etc/passwd", "../outside.md", "\x00", "a\nb", "x" * 900])
def test_nothing_outside_the_vault_is_shown(vault, refused, ref):
    (vault.parent / "outside.md").write_text("---\nstatus: raw\ntitle: Secret\n---\n")
    assert "Secret" not in refused("show", ref=ref)


def test_other_schemas_have_their_own_words(vault):
    (vault / "sluice.yaml").write_text(
        "fields:\n  state: {kind: choice, values: [todo, done]}\n"
        "roles: {status: state}\n"
        "flow: {main: [todo, done], moves: {}, archive: done, stamps: {}, wants: {}}\n"
    )
    own = vault / f"{ALPHA}.md"
    own.write_text("---\nstate: Todo\n---\nbody\n")
    for tool in ("promote", "archive"):
        answered = answer(vault, tool, {"refs": [ALPHA]}, "tagger")
        assert not answered.sentence
        (proposed,) = answered.data["from_files"]["proposals"]
        assert (proposed["field"], proposed["before"]) == ("state", "Todo")
        assert proposed["after"].lower() == "done"
    assert own.read_text() == "---\nstate: Todo\n---\nbody\n"
    terms = {"refs": [ALPHA], "decide": True, "if": {"state": "todo"}}
    assert not answer(vault, "promote", terms, "tagger").sentence
    assert own.read_text().lower() == "---\nstate: done\n---\nbody\n"
    assert "no longer “todo”" in answer(vault, "promote", terms, "tagger").sentence


def test_a_file_s_name_that_is_not_utf_8_can_be_sent(vault):
    name = os.fsencode(str(vault)) + b"/SOURCE-\xff.md"
    Path(os.fsdecode(name)).write_text("---\ntitle: Odd\nstatus: raw\n---\n")
    for tool, arguments in (("list", {}), ("find", {"query": "odd"}), ("check", {})):
        answered = answer(vault, tool, arguments, "tagger")
        for text in answered.texts:
            text.encode("utf-8")
        assert not answered.sentence


@pytest.mark.parametrize("tool", [name for name, tool in TOOLS.items() if tool.is_writing])
def test_a_tool_that_writes_says_by_whom(tool):
    assert "by" in TOOLS[tool].arguments
    if tool != "undo":
        assert {"if", "if_hash", "why"} <= set(TOOLS[tool].arguments)


def test_a_page_ends_before_it_is_too_long_and_the_next_one_goes_on():
    records = [{"path": str(number), "text": "x" * 1_500} for number in range(100)]
    seen, offset = [], 0
    while offset is not None:
        page = page_of(records, offset, 200)
        assert len(json.dumps(page.objects)) <= MOST_CHARACTERS * 1.05
        assert not page.is_cut
        seen += page.objects
        offset = page.next_offset
    assert seen == records


@pytest.mark.parametrize("text", ["", "a", "日本" * 40_000, "\0" * 50_000, "a\u202e" * 30_000])
@pytest.mark.parametrize("length", [1, 1_000, 20_000])
def test_the_parts_of_a_text_are_the_text(text, length):
    text, whole, offset = text[: length * 20], "", 0
    while offset is not None:
        part, offset = part_of(text, offset, length)
        assert len(part) <= length and len(to_json(part)) <= 2 * length + 10
        whole += part
    assert whole == text


@pytest.mark.parametrize(
    "value",
    [
        "x" * 10_000_000,
        ["x" * 100] * 100_000,
        {str(number): ["y"] * 1_000 for number in range(1_000)},
        [[[[[[[[["deep"] * 50] * 50] * 5] * 5] * 5] * 5] * 5] * 5],
    ],
    ids=["text", "list", "map", "deep"],
)
def test_an_object_of_any_size_is_shortened_and_says_so(value):
    small, is_cut = fitted({"path": "a.md", "title": "A", "value": value})
    assert is_cut
    assert small["path"] == "a.md"
    assert len(json.dumps(small)) <= MOST_CHARACTERS // 2
