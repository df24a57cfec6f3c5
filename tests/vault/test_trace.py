"""The history of one file, from a journal of many."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.vault.conftest import Open, Write
from tui.vault.history.journal import Journal
from tui.vault.past import changes_of
from tui.vault.vault import FieldEdit, NewFile, Vault

TEXT = "---\nstatus: raw\ntier: a\n---\nbody of {}\n"


def change(vault: Vault, value: str, *names: str) -> None:
    sources = [vault.reread(name) for name in names]
    vault.commit(value, [FieldEdit(source, "tier", value) for source in sources if source])


def labels(vault: Vault, name: str) -> list[str]:
    return [each.label for each in changes_of(vault, name)]


def test_it_has_the_changes_of_that_file_only_and_of_each_only_its_part(
    write: Write, open_vault: Open
) -> None:
    for name in ("a.md", "aa.md", "x/a.md", "b.md"):
        write(name, TEXT.format(name))
    vault = open_vault()
    change(vault, "one", "a.md")
    change(vault, "two", "aa.md", "x/a.md", "b.md")
    change(vault, "three", "b.md", "a.md", "aa.md")
    vault.undo()
    found = changes_of(open_vault(), "a.md")
    assert [(each.label, each.names, each.undone) for each in found] == [
        ("one", ("a.md",), False),
        ("three", ("a.md",), True),
    ]
    whole = {each.id: each for each in vault.log()}
    for each in found:
        assert set(each.files) < set(whole[each.id].files) or len(whole[each.id].files) == 1
        assert each.others == len(whole[each.id].files) - 1
        assert each._replace(files=(), others=0) == whole[each.id]._replace(files=())


@pytest.mark.parametrize("name", ["日本語 “x”.md", 'q"uo\\te.md', "a,b:{}.md", "🎉/ü.md"])
def test_any_name_is_found(write: Write, open_vault: Open, name: str) -> None:
    write(name, TEXT.format(1))
    vault = open_vault()
    change(vault, "one", name)
    assert labels(vault, name) == ["one"]


def test_a_value_that_looks_like_an_entry_is_not_taken_for_one(
    write: Write, open_vault: Open
) -> None:
    for name in "ab":
        write(f"{name}.md", TEXT.format(name))
    vault = open_vault()
    fake = '{"name":"a.md","fields":[]},"files":[{"name":"a.md","fields":'
    change(vault, fake, "b.md")
    assert labels(vault, "a.md") == []
    assert labels(vault, "b.md") == [fake]


def test_it_follows_a_file_through_its_names(write: Write, open_vault: Open) -> None:
    path = write("a.md", TEXT.format("a"))
    write("other.md", TEXT.format("other"))
    vault = open_vault()
    change(vault, "one", "a.md")
    change(vault, "else", "other.md")
    path = path.rename(path.with_name("b.md"))
    change(vault, "two", "b.md")
    change(vault, "three", "b.md")
    vault.undo()
    path.rename(path.with_name("c.md"))
    assert labels(vault, "c.md") == ["one", "two", "three"]
    change(vault, "four", "c.md")
    assert labels(open_vault(), "c.md") == ["one", "two", "three", "four"]
    assert labels(vault, "other.md") == ["else"]


def test_a_copy_has_no_part_in_the_past_of_the_file_it_is_of(
    write: Write, open_vault: Open
) -> None:
    path = write("a.md", TEXT.format("a"))
    vault = open_vault()
    change(vault, "one", "a.md")
    path.with_name("copy.md").write_bytes(path.read_bytes())
    assert labels(vault, "copy.md") == []


def test_a_new_file_begins_its_own_past(write: Write, open_vault: Open) -> None:
    vault = open_vault()
    vault.create("add", lambda: NewFile("a.md", TEXT.format("a")))
    change(vault, "one", "a.md")
    assert labels(vault, "a.md") == ["add", "one"]


def test_there_is_none_without_a_journal_and_of_a_change_never_made(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "state")
    assert journal.of_file("a.md", "0" * 64) == []


def test_a_change_that_was_never_made_is_left_out(write: Write, open_vault: Open) -> None:
    write("a.md", TEXT.format("a"))
    vault = open_vault()
    change(vault, "one", "a.md")
    vault.journal.mark("void", vault.log()[0])
    assert labels(vault, "a.md") == []
