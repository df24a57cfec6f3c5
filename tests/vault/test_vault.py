"""A folder of sources: which files count, how they are found, how they are changed."""

from __future__ import annotations

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.vault.conftest import Open, Write
from tui.errors import (
    AmbiguousSource,
    Conflict,
    EditRefused,
    StorageError,
    UnknownSource,
    VaultError,
)
from tui.vault.disk.storage import Snapshot, replace
from tui.vault.reading.one_file import HEAD_SIZE
from tui.vault.reading.scan import is_listed, scan
from tui.vault.references import resolve
from tui.vault.vault import FieldEdit, Vault
from tui.vault.writing import writer as writer_module

TEXT = "---\nid: {}\nstatus: raw\ntitle: T\n---\nbody\n"


def names(vault: Vault) -> list[str]:
    return [source.name for source in vault.sources]


# Which files are sources


def test_sources_are_reported_by_their_name_or_their_status(write: Write, open_vault: Open) -> None:
    write("SOURCE-1.md", "no header at all")
    write("note.md", "---\ntitle: T\n---\n")
    write("with_status.md", "---\nstatus:\n---\n")
    write("SOURCE-2.txt")
    write("readme.MD")
    write("deep/er/x.md")
    assert names(open_vault()) == ["SOURCE-1.md", "deep/er/x.md", "readme.MD", "with_status.md"]


def test_hidden_and_underscored_places_are_skipped(write: Write, open_vault: Open) -> None:
    for name in (".git/x.md", "_drafts/x.md", "a/.b/x.md", "a/_b/x.md", ".x.md"):
        write(name)
    write("_x.md")
    write("a_b/x.md")
    assert names(open_vault()) == ["_x.md", "a_b/x.md"]


def test_folders_nested_deeper_than_python_calls_are_searched(root: Path) -> None:
    folder = str(root)
    for _ in range(1_100):
        folder += "/d"
        os.mkdir(folder)  # noqa: PTH102
    (Path(folder) / "SOURCE-deep.md").write_text(TEXT)
    assert list(scan(root)) == ["d/" * 1_100 + "SOURCE-deep.md"]
    # Python's own removal of a folder, pytest's too, gives up on such a depth.
    subprocess.run(["rm", "-rf", str(root / "d")], check=True)


@pytest.mark.timeout(10)
def test_what_is_no_regular_file_is_skipped(root: Path, open_vault: Open) -> None:
    (root / "SOURCE-folder.md").mkdir()
    os.mkfifo(root / "SOURCE-pipe.md")
    (root / "SOURCE-device.md").symlink_to("/dev/null")
    (root / "SOURCE-nowhere.md").symlink_to("nowhere")
    assert names(open_vault()) == []


def test_links_are_followed_only_inside_the_vault(
    root: Path, tmp_path: Path, write: Write, open_vault: Open
) -> None:
    write("real.md")
    (tmp_path / "outside.md").write_text(TEXT)
    (root / "inside.md").symlink_to("real.md")
    (root / "out.md").symlink_to(tmp_path / "outside.md")
    (root / "loop.md").symlink_to("loop.md")
    (root / "SOURCE-up").symlink_to(root)
    (root / "SOURCE-parent").symlink_to(tmp_path)
    assert names(open_vault()) == ["inside.md", "real.md"]


def test_a_vault_after_a_link_works(root: Path, tmp_path: Path, write: Write) -> None:
    write("a.md")
    (tmp_path / "link").symlink_to(root)
    vault = Vault(tmp_path / "link", tmp_path / "state")
    assert names(vault) == ["a.md"]
    vault.commit("x", [FieldEdit(vault.get("a.md"), "status", "triaged")])
    assert "triaged" in (root / "a.md").read_text()


def test_sources_are_in_the_order_of_their_names(write: Write, open_vault: Open) -> None:
    made = ["a-b.md", "a.md", "a/z.md", "a0.md", "b/a.md", "b/a/c.md", "é.md"]
    for name in reversed(made):
        write(name)
    vault = open_vault()
    assert names(vault) == sorted(made)
    write("a/b.md")
    vault.reread("a/b.md")
    assert names(vault) == sorted([*made, "a/b.md"])
    assert names(vault) == names(open_vault())


def test_names_that_are_no_text_are_listed(root: Path, open_vault: Open) -> None:
    path = Path(os.fsdecode(os.fsencode(root) + b"/SOURCE-\xff.md"))
    path.write_text(TEXT)
    vault = open_vault()
    [source] = vault.sources
    vault.commit("x", [FieldEdit(source, "status", "triaged")])
    vault.undo()
    assert path.read_text() == TEXT


def test_the_files_of_a_large_folder_are_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.vault.reading.scan._RUN", 3)
    for count in range(14):
        name = f"{count * 7 % 13}-{count}"
        (tmp_path / f"{name}.md").touch()
        (tmp_path / name).mkdir()
        (tmp_path / name / "inside.md").touch()
        found = list(scan(tmp_path))
        assert found == sorted(found)
        assert len(found) == 2 * (count + 1)


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("a.md", True),
        ("b/c.md", True),
        ("not_there.md", True),
        ("_b/c.md", False),
        (".b/c.md", False),
        (".a.md.0f.tmp", False),
        ("a.txt", False),
        ("../x.md", False),
        ("to_b/c.md", False),
        ("out.md", False),
    ],
)
def test_a_single_file_is_judged_as_the_scan_would(
    root: Path, tmp_path: Path, write: Write, name: str, listed: bool
) -> None:
    for made in ("a.md", "b/c.md", "_b/c.md", ".b/c.md", "a.txt"):
        write(made)
    (tmp_path / "x.md").write_text(TEXT)
    (root / "to_b").symlink_to("b")
    (root / "out.md").symlink_to(tmp_path / "x.md")
    assert is_listed(root, name) is listed
    assert listed or name not in list(scan(root))


def test_a_vault_must_be_a_folder(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="does not exist"):
        Vault(tmp_path / "none", tmp_path / "state")
    (tmp_path / "file").write_text("")
    with pytest.raises(VaultError, match="is not a folder"):
        Vault(tmp_path / "file", tmp_path / "state")


def test_an_empty_vault_has_no_sources(open_vault: Open) -> None:
    assert open_vault().sources == ()


def test_sources_come_in_batches(write: Write, tmp_path: Path, root: Path) -> None:
    for number in range(7):
        write(f"{number}.md")
    vault = Vault(root, tmp_path / "state")
    assert [len(batch) for batch in vault.batches(3)] == [3, 3, 1]
    assert len(vault.sources) == 7


# Reading


def test_a_header_longer_than_the_first_read_is_read_whole(write: Write, open_vault: Open) -> None:
    for size in range(HEAD_SIZE - 40, HEAD_SIZE + 12):
        head = "---\nstatus: raw\nlong: "
        write(f"{size}.md", head + "x" * (size - len(head)) + "\nlast: é\n---\n# Title é\n")
    vault = open_vault()
    assert [source for source in vault.sources if source.problem] == []
    assert {source.text("last") for source in vault.sources} == {"é"}


def test_a_fence_cut_by_the_first_read_is_no_fence(write: Write, open_vault: Open) -> None:
    for newline in ("\n", "\r\n", "\r"):
        for shift in range(-6, 7):
            head = f"---{newline}status: raw{newline}long: |{newline}  "
            filler = "x" * (HEAD_SIZE - len(head) + shift - len(newline))
            write(
                f"{newline!r}{shift}.md",
                f"{head}{filler}{newline}---not: a fence{newline}last: 1{newline}---{newline}",
            )
    vault = open_vault()
    assert len(vault.sources) == 39
    assert {source.fields.get("last") for source in vault.sources} == {1}


def test_a_letter_cut_by_the_first_read_is_no_broken_letter(write: Write, open_vault: Open) -> None:
    for shift in range(4):
        text = "---\nstatus: raw\ntitle: " + "x" * shift + "🚀" * HEAD_SIZE + "\n---\n"
        write(f"{shift}.md", text)
    vault = open_vault()
    assert [source.problem for source in vault.sources] == [None] * 4
    assert all(source.title.endswith("🚀") for source in vault.sources)


@pytest.mark.parametrize(
    ("body", "heading"),
    [
        ("# One\n", "One"),
        ("text\n\n## Two\n# One ##\n", "One"),
        ("# One\r\ntext\r\n", "One"),
        ("text\n\n## Deep\n### Deeper\n", ""),
        ("```sh\n# a comment\n```\n# Real\n", "Real"),
        ("~~~~\n~~~\n# in it\n~~~~ \n# Real\n", "Real"),
        ("  ```\n# never closed\n# again\n", ""),
        ("```\n# one\n```` \n```\n# two\n```\n", ""),
        ("#hashtag\n####### seven\n# \n# Real\n", "Real"),
        ("no heading", ""),
        ("# a " + "#" * 30_000 + "b" + " #" * 1000 + "\n", "a " + "#" * 30_000 + "b"),
        ("# C# and F#", "C# and F"),
    ],
    ids=lambda value: value[:20],
)
@pytest.mark.timeout(10)
def test_a_source_without_title_is_called_by_its_heading(
    write: Write, open_vault: Open, body: str, heading: str
) -> None:
    write("SOURCE-x.md", f"---\nid: 1\n---\n{body}")
    source = open_vault().get("SOURCE-x.md")
    assert source.heading == heading
    assert source.title == (heading or "SOURCE-x")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("index.md", "index"),
        ("deep/index.md", "deep"),
        ("a/The garden/Index.md", "The garden"),
        ("a/indexes.md", "indexes"),
    ],
)
def test_an_index_is_called_by_its_folder(
    write: Write, open_vault: Open, name: str, title: str
) -> None:
    write(name, "---\nstatus: raw\n---\n## Deep\n")
    source = open_vault().get(name)
    assert source.title == title
    assert source.quoted_title == f"“{title}”"


def test_a_body_is_given_without_the_header(write: Write, open_vault: Open) -> None:
    write("a.md", "---\r\nstatus: raw\r\n---\r\nbody\r\n---\r\n")
    write("SOURCE-b.md", "no header")
    vault = open_vault()
    assert vault.read_body(vault.get("a.md")) == "body\r\n---\r\n"
    assert vault.read_body(vault.get("SOURCE-b.md")) == "no header"


@pytest.mark.timeout(20)
def test_a_vault_of_traps_is_read_to_its_end(write: Write, open_vault: Open) -> None:
    traps = {
        "bomb": "a: &a [x, x]\n" + "".join(
            f"a{i}: &a{i} [{', '.join([f'*a{i - 1}' if i else '*a'] * 9)}]\n" for i in range(30)
        ),
        "deep": "a: " + "[" * 200_000 + "\n",
        "maps": "".join(" " * i + "a:\n" for i in range(3_000)),
        "nul": "a: \x00\n",
        "key": "? [a, b]\n: c\n",
        "number": "id: 0x" + "f" * 10_000 + "\n",
        "tag": "a: !!timestamp soon\nb: !!bool maybe\nc: !!int ''\n",
        "surrogate": 'a: "\\ud83d"\n',
        "long": "title: " + "x" * 1_000_000 + "\n",
    }  # fmt: skip
    for name, header in traps.items():
        write(f"SOURCE-{name}.md", f"---\nstatus: raw\n{header}---\nbody\n")
    write("SOURCE-latin.md", b"---\nstatus: raw\ntitle: caf\xe9\n---\n\xff\x00")
    write("SOURCE-huge.md", "---\nstatus: raw\n---\n" + "word " * 1_000_000)
    write("SOURCE-empty.md", "")
    vault = open_vault()
    assert len(vault.sources) == len(traps) + 3
    for source in vault.sources:
        assert isinstance(source.title, str)
        assert isinstance(source.id, str)
        problem = source.problem
        assert problem is None or "\n" not in problem.sentence
        assert source.text("status") == ("raw" if source.stem != "SOURCE-empty" else "")


# Finding


@pytest.fixture
def library(write: Write, open_vault: Open) -> Vault:
    write("a.md", TEXT.format("one"))
    write("in/b.md", TEXT.format("two"))
    write("in/c.md", TEXT.format("two"))
    write("in/a.md", TEXT.format("three"))
    write("in/note.md", "---\ntitle: T\n---\n")
    write("_out/d.md", TEXT.format("four"))
    return open_vault()


@pytest.mark.parametrize(
    ("ref", "name"),
    [
        ("one", "a.md"),
        ("three", "in/a.md"),
        ("b", "in/b.md"),
        ("in/b.md", "in/b.md"),
        ("in/../in/b.md", "in/b.md"),
        ("a.md", "a.md"),
    ],
)
def test_a_source_is_found_by_path_stem_or_id(
    library: Vault, tmp_path: Path, ref: str, name: str
) -> None:
    assert resolve(library, ref, tmp_path).name == name


def test_a_path_counts_from_the_current_folder_first(library: Vault, root: Path) -> None:
    assert resolve(library, "a.md", root / "in").name == "in/a.md"
    assert resolve(library, "../a.md", root / "in").name == "a.md"
    assert resolve(library, str(root / "a.md"), root / "in").name == "a.md"


def test_a_file_of_that_name_outside_does_not_hide_the_source(
    library: Vault, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text("elsewhere")
    (tmp_path / "one").write_text("elsewhere")
    assert resolve(library, "a.md", tmp_path).name == "a.md"
    assert resolve(library, "one", tmp_path).name == "a.md"


@pytest.mark.parametrize(
    ("ref", "candidates"), [("two", ("in/b.md", "in/c.md")), ("a", ("a.md", "in/a.md"))]
)
def test_a_name_for_several_sources_is_refused_with_all_of_them(
    library: Vault, tmp_path: Path, ref: str, candidates: tuple[str, ...]
) -> None:
    with pytest.raises(AmbiguousSource) as caught:
        resolve(library, ref, tmp_path)
    assert all(candidate in str(caught.value) for candidate in candidates)


@pytest.mark.parametrize(
    ("ref", "reason"),
    [
        ("none", "No source is called none"),
        ("", "No source"),
        ("x" * 5000, "No source"),
        ("nul\x00", "No source"),
        ("in", "No source"),
        ("in/note.md", "not a source"),
        ("_out/d.md", "not a source"),
    ],
    ids=lambda value: value[:12],
)
def test_what_names_no_source_is_refused(
    library: Vault, tmp_path: Path, ref: str, reason: str
) -> None:
    with pytest.raises(UnknownSource, match=reason):
        resolve(library, ref, tmp_path)


def test_a_file_outside_the_vault_is_refused(library: Vault, tmp_path: Path, root: Path) -> None:
    (tmp_path / "x.md").write_text(TEXT)
    with pytest.raises(UnknownSource, match="not in the vault"):
        resolve(library, "x.md", tmp_path)
    (root / "link.md").symlink_to(tmp_path / "x.md")
    with pytest.raises(UnknownSource, match="not a source"):
        resolve(library, "link.md", root)


@pytest.mark.timeout(10)
def test_a_source_that_became_a_pipe_is_gone(library: Vault, root: Path) -> None:
    (root / "a.md").unlink()
    os.mkfifo(root / "a.md")
    assert library.reread("a.md") is None
    assert "a.md" not in names(library)


# Changing


def test_a_change_writes_its_line_and_remembers_the_source(write: Write, open_vault: Open) -> None:
    path = write("a.md", TEXT)
    vault = open_vault()
    change = vault.commit("promoted", [FieldEdit(vault.get("a.md"), "status", "triaged")])
    assert path.read_text() == TEXT.replace("raw", "triaged")
    assert vault.get("a.md").text("status") == "triaged"
    assert vault.reread("a.md") == vault.get("a.md")
    assert (change.label, change.names) == ("promoted", ("a.md",))
    [field] = change.files[0].fields
    assert (field.field, field.before, field.after) == ("status", "raw", "triaged")
    assert vault.log() == [change]


def test_a_preview_writes_nothing(write: Write, open_vault: Open, tmp_path: Path) -> None:
    path = write("a.md", TEXT)
    vault = open_vault()
    [diff] = vault.preview([FieldEdit(vault.get("a.md"), "status", "triaged")])
    assert (diff.name, diff.before) == ("a.md", TEXT)
    assert diff.after == TEXT.replace("raw", "triaged")
    assert path.read_text() == TEXT
    assert vault.log() == []


def test_a_change_to_what_is_there_already_is_none(write: Write, open_vault: Open) -> None:
    path = write("a.md", TEXT)
    vault = open_vault()
    stamp = path.stat().st_mtime_ns
    change = vault.commit("same", [FieldEdit(vault.get("a.md"), "status", "raw")])
    assert change.files == ()
    assert path.stat().st_mtime_ns == stamp
    assert vault.log() == []


def test_a_change_joins_another_programs_change_of_another_field(
    write: Write, open_vault: Open
) -> None:
    path = write("a.md", TEXT)
    vault = open_vault()
    seen = vault.get("a.md")
    theirs = TEXT.replace("title: T", "title: Theirs # new").replace("body", "BODY")
    write("a.md", theirs)
    vault.commit("x", [FieldEdit(seen, "status", "triaged")])
    assert path.read_text() == theirs.replace("raw", "triaged")
    assert vault.get("a.md").title == "Theirs"


def test_a_field_another_program_changed_is_refused_with_both_values(
    write: Write, open_vault: Open
) -> None:
    path = write("a.md", TEXT)
    vault = open_vault()
    seen = vault.get("a.md")
    theirs = TEXT.replace("raw", "archived")
    write("a.md", theirs)
    with pytest.raises(Conflict, match=r"“T”: .* changed status to “archived”.*“triaged”"):
        vault.commit("x", [FieldEdit(seen, "status", "triaged")])
    assert path.read_text() == theirs
    assert vault.log() == []


def test_two_programs_that_mean_the_same_do_not_conflict(write: Write, open_vault: Open) -> None:
    write("a.md", TEXT)
    vault = open_vault()
    seen = vault.get("a.md")
    write("a.md", TEXT.replace("raw", "triaged"))
    assert vault.commit("x", [FieldEdit(seen, "status", "triaged")]).files == ()


def test_a_file_written_in_the_last_moment_gets_the_change_too(
    write: Write, open_vault: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("a.md", TEXT)
    vault = open_vault()
    theirs = TEXT.replace("title: T", "title: Theirs")
    pending = [theirs]

    def late(snapshot: Snapshot, data: bytes, *journal: Any) -> object:
        if pending:
            path.write_text(pending.pop())
        return replace(snapshot, data, *journal)

    monkeypatch.setattr(writer_module, "replace", late)
    vault.commit("x", [FieldEdit(vault.get("a.md"), "status", "triaged")])
    assert path.read_text() == theirs.replace("raw", "triaged")
    assert len(vault.log()) == 1
    vault.undo()
    assert path.read_text() == theirs


def test_a_file_another_program_never_stops_writing_is_given_up(
    write: Write, open_vault: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("a.md", TEXT)
    vault = open_vault()

    def late(snapshot: Snapshot, data: bytes, *journal: Any) -> object:
        path.write_text(path.read_text() + "more\n")
        return replace(snapshot, data, *journal)

    monkeypatch.setattr(writer_module, "replace", late)
    with pytest.raises(Conflict, match="Another program just changed"):
        vault.commit("x", [FieldEdit(vault.get("a.md"), "status", "triaged")])
    assert "status: raw" in path.read_text()
    assert vault.log() == []


def test_nothing_is_written_when_one_of_many_is_refused(write: Write, open_vault: Open) -> None:
    paths = [write("a.md", TEXT), write("c.md", TEXT)]
    broken = write("b.md", "---\nstatus: raw\ntitle: a: b\n---\n")
    before = broken.read_text()
    vault = open_vault()
    with pytest.raises(EditRefused, match=r"^“.*”: "):
        vault.commit("x", [FieldEdit(source, "status", "triaged") for source in vault.sources])
    assert [path.read_text() for path in paths] == [TEXT, TEXT]
    assert broken.read_text() == before
    assert vault.log() == []


def test_a_write_that_fails_midway_says_how_far_it_came(
    write: Write, open_vault: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [write(f"{name}.md", TEXT) for name in "abc"]
    vault = open_vault()

    def failing(snapshot: Snapshot, data: bytes, *journal: Any) -> object:
        if snapshot.path.name == "b.md":
            raise StorageError("b.md cannot be written (no space left on device).")
        return replace(snapshot, data, *journal)

    monkeypatch.setattr(writer_module, "replace", failing)
    with pytest.raises(StorageError, match=r"Changed 1 of 3 sources, then: b\.md"):
        vault.commit("x", [FieldEdit(source, "status", "triaged") for source in vault.sources])
    monkeypatch.undo()
    assert [path.read_text() for path in paths[1:]] == [TEXT, TEXT]
    [change] = vault.log()
    assert change.names == ("a.md",)
    vault.undo()
    assert paths[0].read_text() == TEXT


def test_of_two_values_for_a_field_the_later_counts(write: Write, open_vault: Open) -> None:
    path = write("a.md", TEXT)
    vault = open_vault()
    seen = vault.get("a.md")
    edits = [FieldEdit(seen, "status", "triaged"), FieldEdit(seen, "status", "archived")]
    change = vault.commit("x", edits)
    assert path.read_text() == TEXT.replace("raw", "archived")
    assert [(f.before, f.after) for f in change.files[0].fields] == [("raw", "archived")]
    back = [FieldEdit(vault.get("a.md"), "status", value) for value in ("raw", "archived")]
    assert vault.commit("x", back).files == ()


def test_a_file_with_two_names_is_changed_once(root: Path, write: Write, open_vault: Open) -> None:
    path = write("a.md", TEXT)
    (root / "link.md").symlink_to("a.md")
    vault = open_vault()
    edits = [FieldEdit(source, "status", "triaged") for source in vault.sources]
    assert vault.commit("x", edits).names == ("a.md",)
    assert path.read_text() == TEXT.replace("raw", "triaged")
    vault.undo()
    assert path.read_text() == TEXT
    vault.load()
    first, second = vault.sources
    with pytest.raises(EditRefused, match="give one file two values"):
        vault.commit("x", [FieldEdit(first, "status", "a"), FieldEdit(second, "status", "b")])
    assert path.read_text() == TEXT


def test_a_change_made_while_the_vault_is_read_is_kept(
    write: Write, root: Path, tmp_path: Path
) -> None:
    for name in "abcd":
        write(f"{name}.md", TEXT)
    vault = Vault(root, tmp_path / "state")
    vault.load()
    batches = vault.batches(1)
    next(batches)
    next(batches)
    vault.commit("x", [FieldEdit(vault.get("a.md"), "status", "triaged")])
    (root / "b.md").unlink()
    vault.reread("b.md")
    list(batches)
    assert names(vault) == ["a.md", "c.md", "d.md"]
    assert vault.get("a.md").text("status") == "triaged"
    vault.commit("x", [FieldEdit(vault.get("a.md"), "status", "processed")])
    assert "processed" in (root / "a.md").read_text()


def test_a_source_that_loses_its_status_is_one_no_longer(write: Write, open_vault: Open) -> None:
    write("a.md", TEXT)
    vault = open_vault()
    write("a.md", "---\ntitle: T\n---\n")
    assert vault.reread("a.md") is None
    with pytest.raises(UnknownSource, match=r"a\.md"):
        vault.get("a.md")


def test_a_broken_source_is_refused_also_the_value_it_seems_to_have(
    write: Write, open_vault: Open
) -> None:
    write("a.md", "---\nstatus: raw\ntitle: a: b\n---\n")
    vault = open_vault()
    with pytest.raises(EditRefused, match=r"^“.*”: Broken header"):
        vault.commit("x", [FieldEdit(vault.get("a.md"), "status", "raw")])


def test_programs_that_write_at_once_lose_nothing(
    write: Write, open_vault: Open, root: Path, tmp_path: Path
) -> None:
    path = write("a.md", "---\nstatus: raw\nleft: 0\nright: 0\n---\nbody\n")

    def count(field: str) -> None:
        vault = Vault(root, tmp_path / "state")
        for number in range(1, 21):
            source = vault.reread("a.md")
            assert source is not None
            vault.commit(f"{field} {number}", [FieldEdit(source, field, number)])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(count, ("left", "right")))
    assert path.read_text() == "---\nstatus: raw\nleft: 20\nright: 20\n---\nbody\n"
    vault = open_vault()
    assert len(vault.log()) == 40
    for _ in range(40):
        vault.undo()
    assert path.read_text() == "---\nstatus: raw\nleft: 0\nright: 0\n---\nbody\n"


# Other Unicode forms

CAFE, CAFE_APART = "caf\u00e9", "cafe\u0301"


@pytest.mark.parametrize("typed", [CAFE, CAFE_APART])
@pytest.mark.parametrize("spelt", [CAFE, CAFE_APART])
@pytest.mark.parametrize("form", ["{}-1", "{}", "{}.md", "{}s/{}.md"])
def test_a_reference_in_another_unicode_form_is_the_same(
    write: Write, open_vault: Open, root: Path, typed: str, spelt: str, form: str
) -> None:
    write(f"{spelt}s/{spelt}.md", TEXT.format(f"{spelt}-1"))
    cwd = root / f"{spelt}s" if form == "{}.md" else root
    found = resolve(open_vault(), form.format(typed, typed), cwd)
    assert found.name == f"{spelt}s/{spelt}.md"


def test_of_two_forms_the_typed_one_is_meant_and_a_third_is_refused(
    write: Write, open_vault: Open, root: Path
) -> None:
    apart, mixed, whole = "e\u0301e\u0301", "\u00e9e\u0301", "\u00e9\u00e9"
    for name in (apart, whole):
        write(f"{name}.md", TEXT.format("x"))
    vault = open_vault()
    assert resolve(vault, apart, root).stem == apart
    assert resolve(vault, whole, root).stem == whole
    with pytest.raises(AmbiguousSource, match=rf"{apart}.md, {whole}.md"):
        resolve(vault, mixed, root)
