"""Text where a list is meant, and a list where one value is meant."""

import json

import pytest
import yaml

NAME = "SOURCE-x.md"


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Writes the source with some lines in its header."""
    monkeypatch.chdir(tmp_path)

    def written(lines):
        path = tmp_path / NAME
        path.write_text(f"---\nid: x\nstatus: raw\n{lines}\nend: yes # kept\n---\nBody.\n")
        return path

    return written


def fields(path):
    return yaml.safe_load(path.read_text().split("---\n")[1])


@pytest.mark.parametrize(
    ("field", "text", "items"),
    [
        ("topics", "a, b, c", ["a", "b", "c"]),
        ("topics", '"a, b, c" # two', ["a", "b", "c"]),
        ("topics", ">\n  a,\n  b, c", ["a", "b", "c"]),
        ("aliases", "One name, Another", ["One name", "Another"]),
        ("integrated_into", '"[[A, b]], [[C]]"', ["[[A, b]]", "[[C]]"]),
        ("topics", "alone", ["alone"]),
        ("key_insights", '"First, do x"', ["First, do x"]),
    ],
)
def test_an_item_joins_those_that_commas_part(write, run, field, text, items):
    path = write(f"{field}: {text}")
    assert run("set", NAME, f"{field}+=new").code == 0
    assert fields(path)[field] == [*items, "new"]
    assert path.read_text().endswith("end: yes # kept\n---\nBody.\n")
    run("undo")
    assert f"{field}: {text}\n" in path.read_text()
    assert run("set", NAME, f"{field}-={items[0]}").code == 0
    assert fields(path)[field] == items[1:]


def test_its_items_are_shown_and_found_each_alone(write, run):
    write('topics: bread, sourdough, "rye, dark"\naliases: One, Two')
    assert json.loads(run("list", "--json").out)["aliases"] == ["One", "Two"]
    assert len(run("list", "-q", "topics:sour").lines) == 1
    assert len(run("list", "-q", 'topics:"bread"').lines) == 1
    assert run("list", "-q", 'topics:"sour"').lines == []
    assert len(run("list", "-q", "-topics:read").lines) == 1


def test_links_are_set_as_items(write, run):
    path = write("integrated_into: []")
    assert run("set", NAME, "integrated_into=[[A, b]], [[C]]").code == 0
    assert fields(path)["integrated_into"] == ["[[A, b]]", "[[C]]"]


def test_a_list_of_one_value_is_shown_and_each_item_found(write, run):
    write("notebooklm_category: [claude-code, general]\nsignal_tier: [Noise]\ncreator: [Ann, Bob]")
    told = json.loads(run("list", "--json").out)
    assert (told["notebooklm_category"], told["signal_tier"]) == ("claude-code, general", "Noise")
    assert run("list").lines == [f"{NAME}\tx\traw\tNoise\tclaude-code, general\tSOURCE-x"]
    for query in ("cat:claude-code", "cat:general", "tier:noise", "by:ann", "by:bob"):
        assert len(run("list", "-q", query).lines) == 1, query
    assert json.loads(run("stats", "--json").out)["tiers"]["all"]["tiers"][3]["sources"] == 1


@pytest.mark.parametrize(
    ("line", "setting", "after"),
    [
        ("notebooklm_category: [general] # c", "cat=claude-code",
         "notebooklm_category: [claude-code] # c"),
        ("signal_tier:\n  - noise", "tier=tactical", "signal_tier:\n  - tactical"),
        ("creator: ['Ann']", "by=Bob", "creator: ['Bob']"),
        ("title: [Old]", "title=a: b", 'title: ["a: b"]'),
        ("url: [https://a.example]", "url=https://b.example", 'url: ["https://b.example"]'),
    ],
)  # fmt: skip
def test_a_list_of_one_keeps_being_one(write, run, line, setting, after):
    path = write(line)
    assert run("set", NAME, setting).code == 0
    assert f"status: raw\n{after}\nend: yes # kept\n" in path.read_text()


@pytest.mark.parametrize(
    ("field", "items"),
    [
        ("notebooklm_category", ["claude-code", "general"]), ("signal_tier", ["noise", "tactical"]),
        ("creator", ["Ann", "Bob"]), ("title", ["One", "Two"]),
    ],
)  # fmt: skip
def test_a_longer_list_is_changed_item_by_item_and_never_flattened(write, run, field, items):
    path = write(f"{field}: [{', '.join(items)}]")
    before = path.read_bytes()
    outcome = run("set", NAME, f"{field}={items[1]}")
    assert (outcome.code, path.read_bytes()) == (1, before)
    assert f"{field} has 2 items ({', '.join(items)})" in outcome.err
    assert f"{field}-=OLD and {field}+=NEW; {field}= empties it." in outcome.err
    assert run("set", NAME, f"{field}-={items[0]}").code == 0
    assert fields(path)[field] == [items[1]]
    run("undo")
    assert run("set", NAME, f"{field}=").code == 0
    assert fields(path)[field] == []


def test_a_status_in_a_list_moves_there(write, run):
    path = write("")
    path.write_text(path.read_text().replace("status: raw", "status: [deep, raw] # s"))
    assert len(run("list", "-q", "status:raw").lines) == 1
    assert len(run("list", "-q", "status:deep").lines) == 1
    assert run("promote", NAME).code == 0
    assert "status: [deep, triaged] # s\n" in path.read_text()
