"""A field called otherwise on disk: only the bytes of its name change, also when undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.vault.conftest import Open, Write
from tui.errors import Conflict, SluiceError
from tui.vault.vault import FieldEdit, Vault
from tui.vault.writing.prove import rename_text

TEXT = "---\ntitle: T # mine\nold : [a,  'b'] # kept\nstatus: raw\n---\nold: body\n"


def rename(vault: Vault, old: str, new: str) -> dict[str, SluiceError]:
    left_out: dict[str, SluiceError] = {}
    vault.rename(f"{old} → {new}", vault.names, old, new, left_out)
    return left_out


@pytest.mark.parametrize(
    ("line", "old", "new", "after"),
    [
        ("old: x # c", "old", "new", "new: x # c"),
        ("old : x", "old", "new", "new : x"),
        ("old:\n  - x\n  # c\n  - y", "old", "new", "new:\n  - x\n  # c\n  - y"),
        ("old:\n- x", "old", "new", "new:\n- x"),
        ("old: |\n  a\n  b", "old", "new", "new: |\n  a\n  b"),
        ("old: >-\n  a", "old", "new", "new: >-\n  a"),
        ("old:", "old", "new", "new:"),
        ("old: # c", "old", "new", "new: # c"),
        ("old: {a: 1}", "old", "new", "new: {a: 1}"),
        ("old:\n  a: 1", "old", "new", "new:\n  a: 1"),
        ("old: &x [a]\nother: *x", "old", "new", "new: &x [a]\nother: *x"),
        ("old: !!str 1", "old", "new", "new: !!str 1"),
        ('"old": x', "old", "new", '"new": x'),
        ("'old': x", "old", "new", "'new': x"),
        ("'old': x", "old", "it's", "'it''s': x"),
        ("? old\n: x", "old", "new", "? new\n: x"),
        ("old: x", "old", "a: b", '"a: b": x'),
        ("old: x", "old", "no", '"no": x'),
        ("old: x", "old", "2024", '"2024": x'),
        ("old: x", "old", "#tag", '"#tag": x'),
        ("old: x", "old", 'say "hi"', 'say "hi": x'),
        ("old: x", "old", "a=b", "a=b: x"),
        ("old: x", "old", "read by", "read by: x"),
        ("read by: x", "read by", "分类", "分类: x"),
        ('"🎯": x', "🎯", "goal", '"goal": x'),
        ("Old: x", "Old", "old", "old: x"),
        ("caf\u00e9: x", "caf\u00e9", "cafe\u0301", "cafe\u0301: x"),
        ("older: y\nold: x", "old", "new", "older: y\nnew: x"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_only_the_bytes_of_the_name_change(
    line: str, old: str, new: str, after: str, newline: str, mark: str
) -> None:
    text = f"{mark}---\nfirst: 1\n{{}}\nlast: 2\n---\nold: body"
    given = text.format(line).replace("\n", newline)
    assert rename_text(given, old, new) == text.format(after).replace("\n", newline)


def test_names_in_braces_are_renamed_too() -> None:
    assert rename_text("---\n{old: x, b: 1}\n---\n", "old", "a:b") == '---\n{"a:b": x, b: 1}\n---\n'


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("old: x\nnew: y\n", "already has new"),
        ("old: x\nNew: y\n", "already has New"),
        ("old: x\nold: y\n", "twice"),
        ("base: &b {old: x}\n<<: *b\n", "from an alias"),
        ("&a old: x\n", "anchor"),
        ("old: [x\n", "Broken header"),
        ("a: &b {new: 1, old: 2}\nold: 1\n<<: *b\n", ""),
    ],
)
def test_a_name_that_is_not_sure_is_refused(header: str, said: str) -> None:
    with pytest.raises(SluiceError, match=said):
        rename_text(f"---\n{header}---\n", "old", "new")


def test_one_undo_takes_it_back_everywhere_and_redo_makes_it_again(
    write: Write, open_vault: Open
) -> None:
    texts = {
        "a.md": TEXT,
        "b.md": TEXT.replace("\n", "\r\n"),
        "c.md": TEXT.replace("old :", '"old":'),
        "other.md": TEXT.replace("old :", "older:"),
    }
    paths = {name: write(name, text) for name, text in texts.items()}
    vault = open_vault()
    assert rename(vault, "old", "new: er") == {}
    assert vault.get("a.md").fields["new: er"] == ["a", "b"]
    renamed = {name: path.read_bytes() for name, path in paths.items()}
    assert renamed["a.md"].decode() == TEXT.replace("old :", '"new: er" :')
    assert renamed["other.md"].decode() == texts["other.md"]
    open_vault().undo()
    assert {name: path.read_bytes().decode() for name, path in paths.items()} == texts
    open_vault().redo()
    assert {name: path.read_bytes() for name, path in paths.items()} == renamed
    open_vault().undo()
    assert {name: path.read_bytes().decode() for name, path in paths.items()} == texts


def foreign(path: Path, old: str, new: str) -> None:
    """Another program's change."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: T", "title: Other"),
        ("status: raw", "status: raw\nmore: x"),
        ("[a,  'b']", "[a,  'b', c]"),
        ("# kept", "# other"),
        ("---\ntitle", "---\nabove: 1\ntitle"),
        ("old: body", "another body"),
    ],
)
def test_what_others_wrote_meanwhile_stays_when_it_is_turned(
    write: Write, open_vault: Open, old: str, new: str
) -> None:
    path = write("a.md", TEXT)
    rename(open_vault(), "old", "a: b")
    foreign(path, old, new)
    changed = path.read_text()
    open_vault().undo()
    assert path.read_text().replace('"old" :', "old :") == TEXT.replace(old, new, 1)
    open_vault().redo()
    assert path.read_text() == changed


def test_an_undo_without_the_field_is_refused_and_one_that_is_done_already_is_not(
    write: Write, open_vault: Open
) -> None:
    path, other = write("a.md", TEXT), write("b.md", TEXT)
    vault = open_vault()
    rename(vault, "old", "new")
    foreign(path, "new :", "old :")
    foreign(path, "title: T", "title: U")
    vault.undo()
    assert path.read_text() == TEXT.replace("title: T", "title: U")
    assert other.read_text() == TEXT
    vault.redo()
    foreign(path, "new :", "third :")
    with pytest.raises(Conflict, match="no longer has new, so sluice did not undo"):
        vault.undo()
    assert other.read_text() == TEXT.replace("old :", "new :")


def test_an_undo_that_would_write_a_name_twice_is_refused(write: Write, open_vault: Open) -> None:
    path = write("a.md", TEXT)
    rename(open_vault(), "old", "new")
    foreign(path, "status: raw", "status: raw\nold: y")
    before = path.read_text()
    with pytest.raises(SluiceError, match="already has old"):
        open_vault().undo()
    assert path.read_text() == before


def test_a_file_in_which_it_is_refused_is_left_out(write: Write, open_vault: Open) -> None:
    path, other = write("a.md", TEXT.replace("title", "new")), write("b.md", TEXT)
    broken = write("c.md", TEXT.replace("'b'", "'b"))
    left_out = rename(open_vault(), "old", "new")
    assert list(left_out) == ["a.md", "c.md"]
    assert path.read_text() == TEXT.replace("title", "new")
    assert broken.read_text() == TEXT.replace("'b'", "'b")
    assert other.read_text() == TEXT.replace("old :", "new :")


def test_a_change_of_the_field_can_still_be_undone_after_both(
    write: Write, open_vault: Open
) -> None:
    path = write("a.md", TEXT)
    vault = open_vault()
    vault.commit("x", [FieldEdit(vault.get("a.md"), "old", ("a",))])
    rename(vault, "old", "new")
    vault.undo()
    vault.undo()
    assert path.read_text() == TEXT
