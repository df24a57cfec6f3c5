"""Files go into a folder outside the vault; what is there of somebody else stays."""

import csv
import errno
import hashlib
import io
import json
import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event, get_ident

import pytest

from tests.notebooks.sources import a_source
from tui.errors import Stopped, StorageError
from tui.notebooks.export import Exporter, Member, Wanted
from tui.notebooks.export_record import MOST_FOLDERS, ExportRecord, Place
from tui.notebooks.packet import write_packet
from tui.notebooks.routes import route_of
from tui.private import put_new
from tui.triage.notebook_settings import Limits
from tui.vault.progress import Progress

HOSTS = {"x.com": "file", "*": "address"}


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path)


class Shelf:
    """A vault of three sources, one of which goes as an address, and a folder to export to."""

    def __init__(self, tmp_path):
        self.root = tmp_path / "vault"
        self.root.mkdir()
        self.out = tmp_path / "out"
        self.record = ExportRecord(tmp_path / "state" / "exports.json")
        (tmp_path / "state").mkdir()
        self.names = ["nb", "one", "two"]
        self.texts = {"a.md": "Text of a.", "b.md": "Text of b.", "c.md": "Text of c."}
        self.sources = [
            a_source("a.md", title="Alpha", url="https://x.com/a"),
            a_source("b.md", title="Beta: it's", url=""),
            a_source("c.md", title="Gamma", url="https://c.com"),
        ]

    def exporter(self, limits=None):
        return Exporter(
            self.root,
            lambda one: self.texts[one.name],
            self.record,
            limits or Limits(),
            lambda: self.names,
        )

    def export(self, notebook="nb", sources=None, to=None, dry_run=False, limits=None, **how):
        some = self.sources if sources is None else sources
        members = [Member(source, route_of(source, HOSTS)) for source in some]
        exporter = self.exporter(limits)
        return exporter.export(Wanted(notebook, members, **how), to or self.out, dry_run=dry_run)

    @property
    def files(self):
        return {path.name: path.read_text() for path in sorted(self.out.iterdir())}


def test_only_what_goes_as_a_file_is_exported_unless_all_of_it_is_wanted(shelf):
    report = shelf.export()
    assert [*shelf.files] == ["Alpha.md", "Beta - it’s.md"]
    assert report.outcomes == {"Alpha.md": "new", "Beta - it’s.md": "new"}
    assert shelf.files["Alpha.md"] == (
        "# Alpha\n\n- Address: https://x.com/a\n- Source: [[a]]\n\nText of a.\n"
    )
    assert shelf.export(with_all=True).outcomes["Gamma.md"] == "new"


def test_the_second_time_same_files_are_left_and_changed_ones_replaced(shelf):
    shelf.export(with_manifest=True)
    before = (shelf.out / "Alpha.md").stat().st_mtime_ns
    shelf.texts["b.md"] = "Other."
    report = shelf.export(with_manifest=True)
    assert report.outcomes == {
        "Alpha.md": "same",
        "Beta - it’s.md": "replaced",
        "manifest.json": "replaced",
        "manifest.csv": "replaced",
    }
    assert (shelf.out / "Alpha.md").stat().st_mtime_ns == before
    assert "Other." in shelf.files["Beta - it’s.md"]


def test_what_is_no_longer_part_of_it_is_removed_but_not_what_a_person_edited(shelf):
    shelf.export()
    (shelf.out / "Alpha.md").write_text("mine")
    report = shelf.export(sources=[])
    assert report.outcomes == {"Beta - it’s.md": "removed"}
    assert shelf.files == {"Alpha.md": "mine"}


def test_a_new_title_is_a_new_name_and_the_old_file_goes(shelf):
    shelf.export()
    report = shelf.export(sources=[a_source("a.md", title="New", url="https://x.com/a")])
    assert report.outcomes == {"New.md": "new", "Alpha.md": "removed", "Beta - it’s.md": "removed"}


def test_files_of_others_are_never_overwritten(shelf):
    shelf.out.mkdir()
    (shelf.out / "Alpha.md").write_text("theirs")
    (shelf.out / "Beta - it’s.md").symlink_to(shelf.out / "Alpha.md")
    report = shelf.export()
    assert report.outcomes == {}
    assert set(report.left_out) == {"Alpha.md", "Beta - it’s.md"}
    assert "move it away" in report.left_out["Alpha.md"]
    assert shelf.files == {"Alpha.md": "theirs", "Beta - it’s.md": "theirs"}
    assert (shelf.out / "Beta - it’s.md").is_symlink()


def test_a_file_edited_after_the_export_is_the_persons_own(shelf):
    shelf.export()
    (shelf.out / "Alpha.md").write_text("edited")
    shelf.texts["a.md"] = "Newer."
    report = shelf.export()
    assert "was edited since" in report.left_out["Alpha.md"]
    assert shelf.files["Alpha.md"] == "edited"


def test_a_folder_has_one_notebook(shelf):
    shelf.export("one")
    with pytest.raises(StorageError, match="has the files of the notebook one; export to another"):
        shelf.export("two")


def test_a_renamed_notebook_keeps_its_folder(shelf):
    shelf.export("one")
    shelf.names = ["uno"]
    assert set(shelf.export("uno").outcomes.values()) == {"same"}


def test_the_vault_is_not_exported_into(shelf, tmp_path):
    for inside in (shelf.root, shelf.root / "deep" / "er"):
        with pytest.raises(StorageError, match="inside the vault"):
            shelf.export(to=inside)
    (tmp_path / "link").symlink_to(shelf.root)
    with pytest.raises(StorageError, match="inside the vault"):
        shelf.export(to=tmp_path / "link" / "x")
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="is not a folder"):
        shelf.export(to=tmp_path / "file")
    assert [*shelf.root.iterdir()] == []


def test_a_dry_run_says_the_same_and_writes_nothing(shelf):
    report = shelf.export(dry_run=True, with_manifest=True)
    assert not shelf.out.exists()
    assert report.outcomes == shelf.export(with_manifest=True).outcomes


def test_the_manifest_says_where_each_source_is(shelf):
    shelf.export(with_manifest=True)
    manifest = json.loads(shelf.files["manifest.json"])
    assert manifest["notebook"] == "nb"
    alpha, _, gamma = manifest["sources"]
    data = (shelf.out / "Alpha.md").read_bytes()
    assert alpha["source"] == "a.md" and alpha["file"] == "Alpha.md"
    assert alpha["hash"] == hashlib.sha256(data).hexdigest()
    assert alpha["route"] == "file" and alpha["reason"] == "x.com cannot be fetched"
    assert gamma["route"] == "address" and gamma["address"] == "https://c.com"
    assert gamma["file"] is None and gamma["hash"] is None
    rows = list(csv.DictReader(io.StringIO(shelf.files["manifest.csv"])))
    assert [row["file"] for row in rows] == ["Alpha.md", "Beta - it’s.md", ""]
    assert [*rows[0]][:4] == ["source", "route", "file", "hash"]


def test_one_manifest_is_brought_up_to_date_also_beside_one_of_others(shelf):
    shelf.out.mkdir()
    (shelf.out / "manifest.json").write_text("{}")
    assert list(shelf.export(with_manifest=True).left_out) == ["manifest.json"]
    report = shelf.export(is_packed=True)
    assert (report.outcomes["manifest.csv"], report.left_out) == ("replaced", {})
    rows = csv.DictReader(io.StringIO(shelf.files["manifest.csv"]))
    assert {row["file"] for row in rows} == {"nb - pack 01.md", ""}
    assert shelf.files["manifest.json"] == "{}"


def test_an_earlier_manifest_is_brought_up_to_date(shelf):
    shelf.export(with_manifest=True)
    report = shelf.export(sources=shelf.sources[:1])
    assert report.outcomes["manifest.json"] == "replaced"
    assert [one["source"] for one in json.loads(shelf.files["manifest.json"])["sources"]] == [
        "a.md"
    ]


def test_packs_have_many_sources_and_older_packs_go(shelf):
    small = Limits()._replace(pasted_bytes=100)
    report = shelf.export(is_packed=True, limits=small)
    assert report.outcomes == {"nb - pack 01.md": "new", "nb - pack 02.md": "new"}
    report = shelf.export(is_packed=True)
    assert report.outcomes == {"nb - pack 01.md": "replaced", "nb - pack 02.md": "removed"}
    assert shelf.files["nb - pack 01.md"].count("\n# ") == 1
    assert {row.file for row in report.rows if row.route == "file"} == {"nb - pack 01.md"}


def test_a_text_over_the_limits_is_in_several_files(shelf):
    shelf.texts["a.md"] = "word " * 300
    report = shelf.export(limits=Limits()._replace(words=200), with_manifest=True)
    parts = [row.file for row in report.rows if row.source == "a.md"]
    assert parts == ["part 1 - Alpha.md", "part 2 - Alpha.md"]


def test_a_source_that_cannot_be_read_is_left_out_and_its_older_file_stays(shelf):
    shelf.export()

    def read(source):
        raise StorageError("Cannot read a.md")

    members = [Member(source, route_of(source, HOSTS)) for source in shelf.sources[:1]]
    exporter = Exporter(shelf.root, read, shelf.record, Limits(), lambda: ())
    report = exporter.export(Wanted("nb", members), shelf.out)
    assert report.left_out == {"Alpha": "Cannot read a.md"}
    assert report.rows[0].left_out == "Cannot read a.md"
    assert [*shelf.files] == ["Alpha.md"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_full_or_closed_disk_is_a_sentence_and_nothing_is_lost(shelf, monkeypatch, number):
    shelf.export(sources=shelf.sources[:1])
    shelf.texts["a.md"] = "Newer."

    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fdopen", refuse)
    with pytest.raises(StorageError, match=r"Cannot write Alpha\.md to .*; ") as caught:
        shelf.export()
    monkeypatch.undo()
    assert os.strerror(number).lower() in str(caught.value)
    assert "Text of a." in shelf.files["Alpha.md"] and [*shelf.files] == ["Alpha.md"]
    assert shelf.export().outcomes == {"Alpha.md": "replaced", "Beta - it’s.md": "new"}


def test_what_was_written_before_a_failure_is_known_the_next_time(shelf, monkeypatch):
    written = []

    def fail_later(path, data):
        written.append(path)
        if len(written) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        put_new(path, data)

    monkeypatch.setattr("tui.notebooks.export.put_new", fail_later)
    with pytest.raises(StorageError, match="after 1 file of the export; make room"):
        shelf.export()
    monkeypatch.undo()
    shelf.texts["a.md"] = "Newer."
    assert shelf.export().outcomes == {"Alpha.md": "replaced", "Beta - it’s.md": "new"}


def test_it_stops_between_two_files_when_asked(shelf):
    progress = Progress()
    progress.stop()
    exporter = Exporter(shelf.root, lambda _: "", shelf.record, Limits(), lambda: ())
    members = [Member(source, route_of(source, HOSTS)) for source in shelf.sources]
    with pytest.raises(Stopped):
        exporter.export(Wanted("nb", members), shelf.out, progress=progress)


def test_two_sources_with_one_title_keep_their_files_in_any_order(shelf):
    same = [a_source("a.md", title="Same"), a_source("b.md", title="same")]
    shelf.export(sources=same)
    files = shelf.files
    assert [*files] == ["Same.md", "same (b).md"]
    report = shelf.export(sources=same[::-1])
    assert set(report.outcomes.values()) == {"same"} and shelf.files == files


def test_only_the_last_folders_are_remembered_and_a_damaged_record_is_none(tmp_path):
    record = ExportRecord(tmp_path / "exports.json")
    for number in range(MOST_FOLDERS + 3):
        record.keep(tmp_path / str(number), Place("nb"))
    assert len(record.places("nb")) == MOST_FOLDERS
    assert record.place(tmp_path / "0") == Place()
    (tmp_path / "exports.json").write_text('{"folders": {"/x": 3, "/y": {"files": []}}}')
    assert record.places("nb") == {} and record.place(tmp_path / "x") == Place()


def test_packets_of_a_very_long_name_are_new_files_each(tmp_path):
    name = "long " * 100
    paths = [write_packet(tmp_path, name, f"{number}") for number in range(3)]
    assert [path.read_text() for path in paths] == ["0", "1", "2"]
    assert all(path.name.endswith((" packet.md", " packet 2.md", " packet 3.md")) for path in paths)


def test_names_that_make_one_folder_get_two(shelf):
    shelf.names = ["AC/DC", "AC-DC", "ac-dc"]
    exporter = shelf.exporter()
    first = exporter.folder_in(shelf.out, "AC/DC")
    assert first.name == "AC-DC"
    shelf.record.keep(first, Place("AC/DC"))
    assert exporter.folder_in(shelf.out, "AC/DC") == first
    assert exporter.folder_in(shelf.out, "AC-DC").name == "AC-DC 2"
    assert exporter.folder_in(shelf.out, "ac-dc").name == "ac-dc 2"
    # A notebook that is gone leaves its folder to the next one.
    shelf.names = ["AC-DC"]
    assert exporter.folder_in(shelf.out, "AC-DC") == first


def test_an_export_waits_for_the_one_that_another_thread_writes(shelf):
    reading, goes_on, order = Event(), Event(), []

    def read(source):
        order.append(get_ident())
        if len(order) == 1:
            reading.set()
            goes_on.wait(20)
        return shelf.texts[source.name]

    exporter = Exporter(shelf.root, read, shelf.record, Limits(), lambda: shelf.names)
    members = [Member(source, route_of(source, HOSTS)) for source in shelf.sources]
    work = partial(exporter.export, Wanted("nb", members), shelf.out)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(work)
        assert reading.wait(20)
        second = pool.submit(work)
        while not second.running():
            pass
        goes_on.set()
        assert set(first.result(20).outcomes.values()) == {"new"}
        assert set(second.result(20).outcomes.values()) == {"same"}
    one, other = dict.fromkeys(order)
    assert order == [one, one, other, other]
