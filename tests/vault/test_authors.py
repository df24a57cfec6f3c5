"""Who made a change and why: kept in the journal, and undone by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.vault.conftest import Open, Write
from tui.errors import Conflict, NothingToUndo, StorageError, ValueRefused
from tui.vault.disk.storage import Snapshot
from tui.vault.header.edit import Value
from tui.vault.history.author import NOBODY, Author, read_author_name, read_reason
from tui.vault.history.change import Change
from tui.vault.history.journal import Journal
from tui.vault.vault import FieldEdit, FileDiff, NewFile, Vault
from tui.vault.writing import writer as writer_module
from tui.vault.writing.writer import Which

TEXT = "---\nstatus: raw\ntier: a # mine\ntopics:\n  - one\n---\nbody\n"
IMPORTER = Author("importer", "rule 3: “quoted”\\")


def set_field(
    vault: Vault, field: str, value: Value, author: Author = NOBODY, name: str = "a.md"
) -> Change:
    source = vault.reread(name)
    assert source is not None
    return vault.commit(f"{field} = {value}", [FieldEdit(source, field, value)], author=author)


@pytest.fixture
def path(write: Write) -> Path:
    return write("a.md", TEXT)


def test_who_and_why_outlive_the_program(path: Path, open_vault: Open) -> None:
    change = set_field(open_vault(), "tier", "b", IMPORTER)
    (kept,) = open_vault().log()
    assert (kept.by, kept.why, kept.proposals) == IMPORTER
    assert kept == change
    assert open_vault().journal.authors() == ["importer"]


def test_every_kind_of_change_keeps_them(write: Write, open_vault: Open) -> None:
    write("a.md", TEXT)
    vault = open_vault()
    vault.rename("r", ["a.md"], "tier", "rank", {}, IMPORTER)
    text = (vault.root / "a.md").read_text()
    vault.repair("f", [FileDiff("a.md", text, text.replace("body", "text"))], IMPORTER)
    vault.create("add", lambda: NewFile("b.md", TEXT), IMPORTER)
    assert [(change.by, change.why) for change in vault.log()] == [IMPORTER[:2]] * 3


def test_a_change_cut_short_keeps_them(
    write: Write, open_vault: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "ab":
        write(f"{name}.md", TEXT)
    vault, real = open_vault(), writer_module.replace

    def fails(snapshot: Snapshot, *rest: object) -> object:
        if snapshot.path.name == "b.md":
            raise StorageError("b.md cannot be written.")
        return real(snapshot, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(writer_module, "replace", fails)
    edits = [FieldEdit(source, "tier", "b") for source in vault.sources]
    with pytest.raises(StorageError):
        vault.commit("all", edits, author=IMPORTER)
    (part,) = vault.log()
    assert (part.names, part.by, part.why) == (("a.md",), *IMPORTER[:2])


def test_an_older_version_reads_the_entry_and_this_one_reads_its(
    path: Path, open_vault: Open, tmp_path: Path
) -> None:
    set_field(open_vault(), "tier", "b", IMPORTER)
    journal = tmp_path / "state" / "journal.jsonl"
    line = journal.read_bytes()
    entry = json.loads(line)
    # That is how it looks for entries, and these are the keys that it reads.
    assert line.startswith(b'{"kind":"change","id":"%s",' % entry["id"].encode())
    old = {key: entry[key] for key in ("kind", "id", "label", "time", "files")}
    journal.write_text(json.dumps(old, separators=(",", ":")) + "\n")
    (change,) = Journal(tmp_path / "state").changes()
    assert (change.by, change.why, change.label) == ("", "", "tier = b")
    assert open_vault().undo().id == entry["id"]
    assert path.read_text() == TEXT


@pytest.mark.parametrize("by", ['"\\q"', '"\\ud800"', "3", "null", '["x"]', '"a\\"b"'])
def test_a_journal_with_an_odd_name_can_still_be_undone(
    path: Path, open_vault: Open, tmp_path: Path, by: str
) -> None:
    set_field(open_vault(), "tier", "b", Author("NAME"))
    journal = tmp_path / "state" / "journal.jsonl"
    journal.write_text(journal.read_text().replace('"NAME"', by))
    if by == '"\\q"':
        # Not JSON: an entry that nobody can read, as one cut short by a crash.
        assert list(open_vault().log()) == []
        return
    assert open_vault().undo().label == "tier = b"
    assert path.read_text() == TEXT


def test_a_trimmed_journal_keeps_them(
    path: Path, open_vault: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.vault.history.journal.KEEP", 3)
    monkeypatch.setattr("tui.vault.history.journal.SHORTEST", 1)
    vault = open_vault()
    for number in range(9):
        set_field(vault, "tier", f"t{number}", IMPORTER)
    vault.journal.trim()
    assert len(open_vault().log()) == 3
    assert {change.by for change in open_vault().log("importer")} == {"importer"}
    assert open_vault().undo(Which(by="importer")).label == "tier = t8"


# Undo by name


def test_undo_by_name_takes_that_names_last_change_and_nobody_elses(
    path: Path, open_vault: Open
) -> None:
    vault = open_vault()
    set_field(vault, "tier", "b", IMPORTER)
    set_field(vault, "guest", "Ada", Author("other"))
    set_field(vault, "title", "Mine")
    assert vault.undo(Which(by="importer")).label == "tier = b"
    assert path.read_text() == TEXT.replace("---\nbody", "guest: Ada\ntitle: Mine\n---\nbody")
    with pytest.raises(NothingToUndo, match="“importer” has no change left to undo"):
        vault.undo(Which(by="importer"))
    assert vault.redo().label == "tier = b"
    assert "tier: b # mine\n" in path.read_text()
    assert [change.undone for change in vault.log()] == [False] * 3
    for _ in range(3):
        vault.undo()
    assert path.read_text() == TEXT


@pytest.mark.parametrize("back", ["c", "b"])
def test_a_later_change_of_the_same_field_refuses_it_and_is_quoted(
    path: Path, open_vault: Open, back: str
) -> None:
    vault = open_vault()
    set_field(vault, "tier", "b", IMPORTER)
    set_field(vault, "tier", "c")
    if back == "b":
        # The same value, but a person has looked at it and decided.
        set_field(vault, "tier", "b", Author("Ada"))
    before = path.read_bytes()
    with pytest.raises(Conflict) as told:
        vault.undo(Which(by="importer"))
    quoted = "“Ada” from “c” to “b”" if back == "b" else "from “b” to “c”"
    assert "“b”" in str(told.value) and quoted in str(told.value)
    assert path.read_bytes() == before
    assert not any(change.undone for change in vault.log())


def test_a_value_that_was_confirmed_since_is_not_taken_away(path: Path, open_vault: Open) -> None:
    vault = open_vault()
    set_field(vault, "tier", "b", IMPORTER)
    source = vault.reread("a.md")
    assert source is not None
    vault.commit("confirmed tier", [FieldEdit(source, "tier", "b", noted=True)])
    with pytest.raises(Conflict, match="tier was set to “b”, and later confirmed, so"):
        vault.undo(Which(by="importer"))
    vault.undo()
    vault.undo(Which(by="importer"))
    assert path.read_text() == TEXT


def test_a_list_is_quoted_too(path: Path, open_vault: Open) -> None:
    vault = open_vault()
    set_field(vault, "topics", ("one", "two"), IMPORTER)
    set_field(vault, "topics", ("one", "two", "three"))
    with pytest.raises(Conflict, match=r"“one, two”.*“one, two, three”"):
        vault.undo(Which(by="importer"))


def test_what_was_refused_can_be_skipped(path: Path, open_vault: Open) -> None:
    vault = open_vault()
    set_field(vault, "guest", "Bo", IMPORTER)
    set_field(vault, "tier", "b", IMPORTER)
    set_field(vault, "tier", "c")
    assert vault.undo(Which(by="importer", skip=True)).label == "guest = Bo"
    assert path.read_text() == TEXT.replace("tier: a", "tier: c")


def test_an_undone_later_change_is_not_in_the_way(path: Path, open_vault: Open) -> None:
    vault = open_vault()
    set_field(vault, "tier", "b", IMPORTER)
    set_field(vault, "tier", "c")
    vault.undo()
    vault.undo(Which(by="importer"))
    assert path.read_text() == TEXT


def test_what_another_program_wrote_since_refuses_it(path: Path, open_vault: Open) -> None:
    vault = open_vault()
    set_field(vault, "tier", "b", IMPORTER)
    path.write_text(path.read_text().replace("tier: b", "tier: z"))
    with pytest.raises(Conflict, match="now “z”, no longer “b”"):
        vault.undo(Which(by="importer"))


def test_fifty_changes_of_a_script_go_one_by_one_or_at_once(write: Write, open_vault: Open) -> None:
    paths = [write(f"{number:02}.md", TEXT) for number in range(50)]
    vault = open_vault()
    for source in vault.sources:
        set_field(vault, "tier", "b", IMPORTER, source.name)
    set_field(vault, "title", "Mine", name="07.md")
    for left in range(50, 0, -1):
        assert sum("tier: b" in path.read_text() for path in paths) == left
        assert vault.undo(Which(by="importer")).by == "importer"
    mine = TEXT.replace("---\nbody", "title: Mine\n---\nbody")
    assert [path.read_text() for path in paths] == [
        mine if path.name == "07.md" else TEXT for path in paths
    ]
    edits = [FieldEdit(source, "tier", "b") for source in open_vault().sources]
    vault.commit("tier = b", edits, author=IMPORTER)
    assert len(vault.undo(Which(by="importer")).files) == 50
    assert sum("tier: b" in path.read_text() for path in paths) == 0


# Names


@pytest.mark.parametrize("name", ["importer", "Zoë", "日本語", "a b", "<b>[red]", "نام‌ها", "-x"])
def test_a_name_is_any_line_of_text(name: str) -> None:
    assert read_author_name(f" {name} ") == name


def test_a_name_is_the_same_in_every_unicode_form() -> None:
    assert read_author_name("Zoe\u0308") == read_author_name("Zoë")


@pytest.mark.parametrize(
    "text",
    ["", "  ", "\u200b", "a\nb", "a\tb", "\x1b[31m", "\x00", "a\u2028b", "\u202ea", "\udc80"],
)
@pytest.mark.parametrize("read", [read_author_name, read_reason])
def test_what_is_not_a_line_of_text_is_refused_in_a_sentence(read: object, text: str) -> None:
    with pytest.raises(ValueRefused) as told:
        read(text)  # type: ignore[operator]
    assert not any(char < " " for char in str(told.value))


def test_a_megabyte_is_refused_in_a_short_sentence() -> None:
    for read in (read_author_name, read_reason):
        with pytest.raises(ValueRefused, match=r"at most .* characters, not 1,000,000$") as told:
            read("x" * 1_000_000)
        assert len(str(told.value)) < 200
