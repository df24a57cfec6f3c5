"""A broken header repaired: the faulty lines alone, and what a reader took them to mean."""

from __future__ import annotations

import difflib
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.errors import Conflict, NothingToUndo, RepairRefused
from tui.vault.disk.contents import decode
from tui.vault.header.misquoted import intended_text, requoted
from tui.vault.reading.one_file import read_header
from tui.vault.repair.propose import propose
from tui.vault.vault import FieldEdit, FileDiff, Vault

BODY = '\nThe body.\n\n---\n\ntitle: ""no" \'field\'\n'


def file(header: str) -> str:
    return f"---\n{header}---\n{BODY}"


def repaired(text: str) -> tuple[dict[Any, Any], list[str]]:
    """The fields after the repair, and the lines that went (-) and came (+)."""
    repair = propose(text)
    assert repair is not None
    fields, problem, _ = read_header(repair.text)
    assert problem is None
    assert repair.text.endswith(BODY)
    assert repair.done
    before, after = text.splitlines(keepends=True), repair.text.splitlines(keepends=True)
    return fields, [line for line in difflib.ndiff(before, after) if line[0] in "-+"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('""Ralph" agent"', '"Ralph" agent'),
        ('"The "Flat" thing | x"', 'The "Flat" thing | x'),
        ('"is "a" or "b""', 'is "a" or "b"'),
        ('"half \\"done\\" and "not""', 'half "done" and "not"'),
        ('"5" or 7" screens"', '5" or 7" screens'),
        ('"This" and "that"', '"This" and "that"'),
        ('"This", he said', '"This", he said'),
        ("'it's'", "it's"),
        ("'The 'x' of y'", "The 'x' of y"),
        ('"open', "open"),
        ("'open", "open"),
        ('"a "b" c" # a comment', 'a "b" c'),
        ('"C:\\Users\\new "one""', 'C:\\Users\\new "one"'),
        ('"ends in C:\\temp\\"', "ends in C:\\temp\\"),
        ('"a \\( b"', "a \\( b"),
        ('"caf\\u00e9 "x""', 'café "x"'),
        ("Part 1: the start", "Part 1: the start"),
        ('Part 1: the "real" start', 'Part 1: the "real" start'),
        ('say: "it\'s"', 'say: "it\'s"'),
        ("Ends in:", "Ends in:"),
        ("a: b # a comment", "a: b"),
        ("Episode: #1 of all", "Episode: #1 of all"),
        ("@someone", "@someone"),
        ("`code` first", "`code` first"),
        ("% of all", "% of all"),
        ("*star*", "*star*"),
        ("!bang", "!bang"),
        ("&a *b: c", "&a *b: c"),
        ("[Draft] a text", "[Draft] a text"),
        ("{{template}}", "{{template}}"),
        ("2026-02-30", "2026-02-30"),
        ("!!int many", "!!int many"),
        ("bell \x07: rings", "bell \x07: rings"),
        ('"nul \0 "here""', 'nul \0 "here"'),
        ('[one, @two, "three "and" four"] # kept', ["one", "@two", 'three "and" four']),
        ("[one, two", ["one", "two"]),
    ],
)
def test_the_text_a_reader_meant_is_kept_and_only_its_line_changes(
    written: str, meant: Any
) -> None:
    header = f"id: A-1\n# why: not\ntitle: {written}\nstatus: raw # kept: yes\ndone: no\n"
    fields, lines = repaired(file(header))
    assert fields == {"id": "A-1", "title": meant, "status": "raw", "done": False}
    assert [line[:8] for line in lines if line[0] == "-"] == ["- title:"]
    assert len(lines) == 2
    if "# " in written:
        assert lines[1].rstrip().endswith(written[written.index("# ") :])


@pytest.mark.parametrize(
    ("header", "fields", "count"),
    [
        ('k:\n  - "a "b" c"\n  - fine: really\n  - "ok"\n',
         {"k": ['a "b" c', {"fine": "really"}, "ok"]}, 1),
        ("k:\n- @x\n- y: z: w\nl: 1\n", {"k": ["@x", "y: z: w"], "l": 1}, 2),
        ("k:\n\t- a\n\t- b\nl: 1\n", {"k": ["a", "b"], "l": 1}, 2),
        ('k:\n\t- "a "b""\nl: 1\n', {"k": ['a "b"'], "l": 1}, 1),
        ("k:\n   - a\n  - b\n", {"k": ["a", "b"]}, 1),
        ('k:\n  - name: "a "b" c"\n    url: x\nl: 1\n',
         {"k": [{"name": 'a "b" c', "url": "x"}], "l": 1}, 1),
        ('k: "a "b"\n  goes on "here""\nl: 1\n', {"k": 'a "b" goes on "here"', "l": 1}, 2),
        ("k: a: b\n  goes on\nl: 1\n", {"k": "a: b goes on", "l": 1}, 2),
        ("k:x\nl: 1\n", {"k": "x", "l": 1}, 1),
        ('base: &b [x]\nsame: *b\ntitle: "a "b""\n',
         {"base": ["x"], "same": ["x"], "title": 'a "b"'}, 1),
        ('"quoted key": "a "b""\nl: 1\n', {"quoted key": 'a "b"', "l": 1}, 1),
        ("t: |\n  - a: b: c\n  \"\nk: @x\n", {"t": '- a: b: c\n"\n', "k": "@x"}, 1),
    ],
)  # fmt: skip
def test_lists_and_longer_values_are_repaired_line_by_line(
    header: str, fields: dict[str, Any], count: int
) -> None:
    found, lines = repaired(file(header))
    assert found == fields
    assert len(lines) == 2 * count


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_line_above_the_header_is_moved_below_the_fence(newline: str, mark: str) -> None:
    text = f'{mark}has_transcript: yes\n---\ntitle: "a b"\n---\nbody\n---\n'
    text = text.replace("\n", newline)
    repair = propose(text)
    assert repair is not None
    head = f"{mark}---\nhas_transcript: yes\n".replace("\n", newline)
    assert repair.text.startswith(head)
    assert repair.text.endswith(f"---{newline}body{newline}---{newline}")
    assert read_header(repair.text)[1] is None
    lines = (repair.text.removeprefix(mark).split(newline), text.removeprefix(mark).split(newline))
    assert sorted(lines[0]) == sorted(lines[1])


def test_a_line_that_says_what_the_header_says_is_taken_out() -> None:
    repair = propose("done: yes\n---\ndone: true\nstatus: raw\n---\n")
    assert repair is not None
    assert repair.text == "---\ndone: true\nstatus: raw\n---\n"
    assert not repair.doubled


def test_of_two_values_the_reader_takes_one_and_both_are_reported() -> None:
    text = "done: yes\nnew: 1\n---\ntitle: T\ndone: no\n# about the status\nstatus: raw\n---\n"
    ours, theirs = propose(text), propose(text, keep="line")
    assert ours is not None
    assert theirs is not None
    assert ours.text == ("---\nnew: 1\ntitle: T\ndone: no\n# about the status\nstatus: raw\n---\n")
    assert theirs.text == (
        "---\ndone: yes\nnew: 1\ntitle: T\n# about the status\nstatus: raw\n---\n"
    )
    (doubled,) = ours.doubled
    assert (doubled.field, doubled.above, doubled.within) == ("done", "done: yes", "done: no")
    assert any("“done: no”" in said and "“done: yes”" in said for said in ours.done)


@pytest.mark.parametrize("below", ["\nThe text.\n", "# A heading\n\nThe text.\n", ""])
def test_a_header_without_an_end_is_closed_where_the_fields_end(below: str) -> None:
    repair = propose(f'---\ntitle: ""a" b"\nk:\n  - x\n{below}')
    assert repair is not None
    assert repair.text == f'---\ntitle: "\\"a\\" b"\nk:\n  - x\n---\n{below}'


def test_a_rule_in_the_text_is_not_taken_for_the_end_of_the_header() -> None:
    text = "---\ntitle: T\n\nSome words: then more.\nAnd others.\n\n---\nThe rest.\n"
    repair = propose(text)
    assert repair is not None
    assert repair.text == text.replace("title: T\n", "title: T\n---\n")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: T\n\nstatus: raw\n\nThe text.\n", 1),
        ("---\ntitle: T\n# a comment\nstatus: raw\n\nThe text.\n", 1),
        ("---\ntitle: T\nnobody's line\nstatus: raw\n---\n", 3),
        ("---\n- a\n- b\n---\n", 2),
        ("---\ntitle: x\n status: raw\n---\n", 3),
        ("---\n" + "a: &a [x]\n" + "".join(f"k{i}: [{'*a,' * 900}]\n" for i in range(30)) + "---\n",
         2),
        ("---\ntitle: \udcff: x\n---\n", 2),
        ("+++\na = 1 2\n+++\n", 2),
        ("+++\na = 1\n\nb = 2\n", 1),
        ('{"a": 1,}\n', 1),
        ("---", 1),
    ],
)  # fmt: skip
def test_what_has_no_certain_repair_is_refused_with_the_line(text: str, line: int) -> None:
    with pytest.raises(RepairRefused) as refused:
        propose(text)
    assert refused.value.line == line
    assert str(refused.value)


@pytest.mark.parametrize(
    "text", ["---\ntitle: T\n---\n", "---\n---\n", file("a: 1\na: 2\n"), "Only a text.\n", ""]
)
def test_a_healthy_header_needs_no_repair(text: str) -> None:
    assert propose(text) is None


WORDS = st.text(
    st.sampled_from("ab \"'\\:#@`%&*!|>[]{},-?\t\u2028é🚀\x07"), min_size=1, max_size=24
)


@given(WORDS)
@settings(max_examples=400, deadline=None)
def test_whatever_a_value_holds_its_quotes_hold_what_was_meant(written: str) -> None:
    written = written.strip(" \t")
    if not written:
        return
    fields, problem, _ = read_header(f"---\nk: {requoted(written)}\n---\n")
    assert problem is None
    assert fields == {"k": intended_text(written)}


@given(st.lists(WORDS, min_size=1, max_size=3), st.sampled_from(["k: {}", "k:\n  - {}"]))
@example([":\u2028a:"], "k: {}")
@settings(max_examples=300, deadline=None)
def test_a_repair_never_touches_a_healthy_line(values: list[str], shape: str) -> None:
    broken = "".join(
        f"{shape.format(value).replace('k', f'k{i}', 1)}\n" for i, value in enumerate(values)
    )
    text = file(f"first: 'it''s' # so\n{broken}last: [a, b]\n")
    try:
        repair = propose(text)
    except RepairRefused:
        return
    if repair is None:
        return
    fields, problem, _ = read_header(repair.text)
    assert problem is None
    assert (fields["first"], fields["last"]) == ("it's", ["a", "b"])
    assert repair.text.endswith(f"last: [a, b]\n---\n{BODY}")
    assert repair.text.startswith("---\nfirst: 'it''s' # so\n")


def squeezed(value: Any) -> Any:
    return (
        value.split()
        if isinstance(value, str)
        else [squeezed(item) for item in value]
        if isinstance(value, list)
        else value
    )


def test_every_real_broken_header_is_repaired_as_it_was_read(corpus: Path) -> None:
    count = 0
    for path in sorted(corpus.rglob("*.md")):
        text = decode(path.read_bytes())
        before, problem, body = read_header(text)
        if problem is None:
            continue
        count += 1
        repair = propose(text)
        assert repair is not None
        after, left, new_body = read_header(repair.text)
        assert left is None, path.name
        assert repair.text[new_body:] == text[body:], path.name
        assert set(after) == set(before), path.name
        assert all(squeezed(after[key]) == squeezed(before[key]) for key in before), path.name
        gone = [line for line in difflib.ndiff(text.split("\n"), repair.text.split("\n"))
                if line[0] == "-"]  # fmt: skip
        assert len(gone) <= 5, path.name
    assert count > 10


# In a vault


BROKEN = 'has_transcript: yes\n---\nid: A\ntitle: ""a" b"\nstatus: raw\nby: @x\n---\nbody\n'


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    root = tmp_path / "vault"
    root.mkdir()
    (root / "SOURCE-1.md").write_text(BROKEN)
    (root / "SOURCE-2.md").write_text(file("title: a: b\nstatus: raw\n"))
    return Vault(root, tmp_path / "state")


def repair_all(vault: Vault) -> dict[str, bytes]:
    """Every file as it was before the repair."""
    diffs = []
    for source in vault.sources:
        text = vault.read_text(source)
        repair = propose(text)
        assert repair is not None
        diffs.append(FileDiff(source.name, text, repair.text))
    first = {source.name: source.path.read_bytes() for source in vault.sources}
    vault.repair("repair", diffs)
    return first


def test_all_repairs_are_one_change_and_one_undo(vault: Vault) -> None:
    first = repair_all(vault)
    assert [source.problem for source in vault.sources] == [None, None]
    assert vault.undo().names == ("SOURCE-1.md", "SOURCE-2.md")
    assert {source.name: source.path.read_bytes() for source in vault.sources} == first
    assert all(source.problem for source in vault.sources)
    vault.redo()
    assert [source.problem for source in vault.sources] == [None, None]


def test_a_repair_is_undone_from_a_file_that_moved_on(vault: Vault) -> None:
    first = repair_all(vault)
    for name in first:
        path = vault.root / name
        path.write_text(path.read_text().replace("status: raw", "status: triaged"))
    vault.undo()
    assert {name: (vault.root / name).read_bytes() for name in first} == {
        name: data.replace(b"status: raw", b"status: triaged") for name, data in first.items()
    }
    vault.redo()
    assert [source.problem for source in vault.sources] == [None, None]


def test_a_repaired_line_that_was_changed_since_is_not_undone(vault: Vault) -> None:
    repair_all(vault)
    path = vault.root / "SOURCE-2.md"
    path.write_text(path.read_text().replace("a: b", "a better: b"))
    held = {source.name: source.path.read_bytes() for source in vault.sources}
    with pytest.raises(Conflict, match=r"“a better: b”: the repaired lines have changed since"):
        vault.undo()
    assert {source.name: source.path.read_bytes() for source in vault.sources} == held


def test_a_file_that_changed_since_it_was_proposed_is_not_repaired(vault: Vault) -> None:
    source = vault.get("SOURCE-2.md") if vault.sources else None
    assert source is not None
    text = vault.read_text(source)
    repair = propose(text)
    assert repair is not None
    source.path.write_text(text + "one more line\n")
    with pytest.raises(Conflict, match="Another program just changed"):
        vault.repair("repair", [FileDiff(source.name, text, repair.text)])
    assert source.path.read_text() == text + "one more line\n"


def test_a_repaired_source_takes_a_change_and_gives_both_back(vault: Vault) -> None:
    first = repair_all(vault)
    vault.commit("status", [FieldEdit(vault.get("SOURCE-1.md"), "status", "triaged")])
    vault.undo()
    vault.undo()
    assert {source.name: source.path.read_bytes() for source in vault.sources} == first


def test_real_repairs_give_every_byte_back(corpus: Path, tmp_path: Path) -> None:
    root = tmp_path / "real"
    root.mkdir()
    for path in corpus.rglob("*.md"):
        if read_header(decode(path.read_bytes()))[1] is not None:
            shutil.copy(path, root)
    vault = Vault(root, tmp_path / "state")
    first = repair_all(vault)
    assert not any(source.problem for source in vault.sources)
    vault.undo()
    assert {source.name: source.path.read_bytes() for source in vault.sources} == first
    assert re.match(r"repair", vault.log()[-1].label)


def test_a_repair_that_was_undone_by_hand_is_not_undone_twice(vault: Vault) -> None:
    first = repair_all(vault)
    moved_on = {
        name: data.replace(b"status: raw", b"status: triaged") for name, data in first.items()
    }
    for name, data in moved_on.items():
        (vault.root / name).write_bytes(data)
    with pytest.raises(NothingToUndo):
        vault.undo()
    assert {name: (vault.root / name).read_bytes() for name in first} == moved_on


@pytest.mark.parametrize(
    "header",
    [
        "title: a: " + " " * 1_000_000 + "x\n",
        "a" + " " * 1_000_000 + "x\n",
        'title: "' + '"' * 900_000 + "\n",
        "title: [@" + "," * 900_000 + "]\n",
        "".join(f"a{i}: &x{i} 1\nb{i}: *x{i}\n" for i in range(2000)) + "t: @x\n",
        "t: @x\n" * 5_001,
    ],
    ids=["spaces", "no colon", "quotes", "commas", "anchors", "lines"],
)
@pytest.mark.timeout(20)
def test_a_header_beyond_all_measure_is_refused_at_once(header: str) -> None:
    with pytest.raises(RepairRefused, match=r"too long|too many"):
        propose(file(header))


@pytest.mark.parametrize(
    "text",
    [
        "---\n\n# Heading\n\nA sentence of some length.\n---\nMore.\n",
        "---\n> quoted\n---\nMore.\n",
        "\ufeff---\r\nA sentence of some length.\r\n---\r\nMore.\r\n",
    ],
)
def test_a_text_that_begins_with_a_line_gets_a_header_above_it(text):
    repair = propose(text)
    assert repair is not None
    bom = "\ufeff" * text.startswith("\ufeff")
    newline = "\r\n" if "\r\n" in text else "\n"
    assert repair.text == f"{bom}---{newline}---{newline}{text.removeprefix(bom)}"
    assert repair.done == ("put an empty header above the text, which begins with a --- line",)
    assert propose(repair.text) is None


@pytest.mark.parametrize(
    "text",
    [
        "---\nwords\n---\n",
        "---\n- one item of this list here\n- status: raw\n---\n",
        "---\ntitle My first title of all\nstatus: raw\n---\nMore.\n",
        "---\n[a list of some words here\n---\n",
    ],
)
def test_what_may_be_fields_gets_none(text):
    try:
        repair = propose(text)
    except RepairRefused:
        return
    assert repair is None or "above the text" not in repair.done[0]
