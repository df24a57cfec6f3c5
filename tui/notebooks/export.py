"""Export: the sources of a notebook as files in a folder outside the vault."""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Literal, NamedTuple

from tui.display import counted, short
from tui.errors import SluiceError, StorageError
from tui.notebooks.documents import Document, delivered_title, document_of
from tui.notebooks.export_record import Exported, ExportRecord, Place
from tui.notebooks.file_names import Names, file_name, taken_as
from tui.notebooks.manifest import CSV_NAME, JSON_NAME, Row, manifest_csv, manifest_json
from tui.notebooks.packs import packed
from tui.notebooks.routes import Route
from tui.private import make_folder, put_new, read_given, replacing
from tui.reasons import failed, reason
from tui.triage.notebook_settings import Limits
from tui.vault.progress import Progress
from tui.vault.source import Source

Outcome = Literal["new", "replaced", "same", "removed"]
_MANIFESTS = {JSON_NAME: "manifest json", CSV_NAME: "manifest csv"}
"""The keys of the manifests by name; no source has such a name."""


class Member(NamedTuple):
    """A source of a notebook with its route."""

    source: Source
    route: Route
    sent: str = ""
    """The day of its last delivery to the notebook; empty if there was none."""


class Wanted(NamedTuple):
    """What to export, and how."""

    notebook: str
    members: Sequence[Member]
    is_packed: bool = False
    with_manifest: bool = False
    """An earlier manifest in the folder is brought up to date in any case."""
    with_all: bool = False
    """Whether also sources whose route is an address become files."""


class Report(NamedTuple):
    """What an export did, or would do."""

    folder: Path
    outcomes: Mapping[str, Outcome]
    """By file name."""
    rows: Sequence[Row]
    """The members in their order, those in parts several times."""
    left_out: Mapping[str, str]
    """Why files were not written, or sources not exported, by what they are called."""
    size: int
    """Bytes of all files that the folder has of it."""

    def names(self, *outcomes: Outcome) -> list[str]:
        """The files with these outcomes."""
        return [name for name, outcome in self.outcomes.items() if outcome in outcomes]


class _File(NamedTuple):
    """A file to write."""

    name: str
    key: str
    sources: tuple[str, ...]
    data: bytes


class Exporter:
    """Writes notebooks into folders outside a vault."""

    def __init__(
        self,
        root: Path,
        read_body: Callable[[Source], str],
        record: ExportRecord,
        limits: Limits,
        names: Callable[[], Collection[str]],
    ) -> None:
        """``root`` is the vault's folder; ``names`` gives the notebooks that it has now."""
        self._root = root
        self._read_body = read_body
        self._record = record
        self._limits = limits
        self._names = names
        self._writing = Lock()
        """Two exports to one folder would write the same files."""

    def folder_in(self, base: Path, notebook: str) -> Path:
        """The folder in ``base`` for the files of a notebook; no other notebook has it.

        Names that differ may make equal names of folders, such as AC/DC and AC-DC.
        """
        base = refuse_inside(self._root, base)
        taken: dict[str, str] = {}
        for folder, place in self._record.folders().items():
            if Path(folder).parent == base:
                taken[taken_as(Path(folder).name)] = place.notebook
        others = self._names()
        for number in count(1):
            name = file_name(notebook, ending=f" {number}" if number > 1 else "")
            owner = taken.get(taken_as(name), "")
            if owner in ("", notebook) or owner not in others:
                return base / name
        raise AssertionError

    def export(
        self,
        wanted: Wanted,
        folder: Path,
        *,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> Report:
        """Write the files of a notebook into a folder, which is created if needed.

        Files that sluice wrote there and nobody changed are replaced, or removed when they are no
        longer part of it. All others stay. Raises StorageError; the files written until then are
        whole. Raises Stopped between two files. Any thread may ask; the next one waits.
        """
        with self._writing:
            return self._export(wanted, folder, dry_run=dry_run, progress=progress)

    def _export(
        self, wanted: Wanted, folder: Path, *, dry_run: bool, progress: Progress | None
    ) -> Report:
        folder = refuse_inside(self._root, folder)
        place = self._record.place(folder)
        # One that was renamed is another name for the same files.
        if place.notebook not in ("", wanted.notebook) and place.notebook in self._names():
            raise StorageError(
                f"{short(folder)} has the files of the notebook {short(place.notebook)}; "
                "export to another folder."
            )
        work = _Work(folder, place, dry_run=dry_run)
        try:
            left_out: dict[str, str] = {}
            done = 0
            for file in self._files(wanted, place, left_out):
                if progress is not None:
                    progress.step(done, len(wanted.members))
                done += len(file.sources)
                work.put(file)
            work.remove_others(left_out)
            rows = _rows(wanted, work, left_out)
            for name, data in (
                (JSON_NAME, manifest_json(wanted.notebook, rows)),
                (CSV_NAME, manifest_csv(rows)),
            ):
                if wanted.with_manifest or name in place.files:
                    work.put(_File(name, _MANIFESTS[name], (), data))
        finally:
            if not dry_run:
                # Without it, the next export leaves these files alone: nothing is lost.
                with suppress(OSError, SluiceError):
                    self._record.keep(folder, Place(wanted.notebook, work.files))
        titles = {member.source.name: member.source.title for member in wanted.members}
        said = {short(titles.get(name, name)): why for name, why in left_out.items()}
        return Report(folder, work.outcomes, rows, {**said, **work.left}, work.size)

    def _files(self, wanted: Wanted, place: Place, left_out: dict[str, str]) -> Iterator[_File]:
        before = {one.key: name for name, one in place.files.items()}
        names = Names(before)
        chosen = [
            member for member in wanted.members if wanted.with_all or member.route.kind == "file"
        ]
        documents = self._documents(chosen, left_out)
        if wanted.is_packed:
            for pack in packed(((source.name, one) for source, one in documents), self._limits):
                title = f"{wanted.notebook} - pack {pack.number:02}"
                key = f"pack {pack.number}"
                yield _File(names.take(key, title, "sluice"), key, pack.keys, pack.data)
            return
        for source, document in documents:
            parts = document.parts(self._limits.words, self._limits.file_bytes)
            for number, part in enumerate(parts, 1):
                key, title = source.name, document.title
                if len(parts) > 1:
                    key, title = f"{key}\n{number}", f"part {number} - {title}"
                yield _File(names.take(key, title, source.stem), key, (source.name,), part.encode())

    def _documents(
        self, members: Iterable[Member], left_out: dict[str, str]
    ) -> Iterator[tuple[Source, Document]]:
        for source, route, _ in members:
            if source.is_cut:
                left_out[source.name] = "it is too large to read as a whole; split it"
                continue
            try:
                body = self._read_body(source)
            except SluiceError as error:
                left_out[source.name] = str(error)
                continue
            yield source, document_of(source, body, route.address)


class _Work:
    """The files of one export, as they come into their folder."""

    def __init__(self, folder: Path, place: Place, *, dry_run: bool) -> None:
        self._folder = folder
        self._place = place
        self._dry_run = dry_run
        self.files: dict[str, Exported] = dict(place.files)
        """All that the folder has of sluice, by name."""
        self.outcomes: dict[str, Outcome] = {}
        self.left: dict[str, str] = {}
        self.size = 0
        self._made = False

    def put(self, file: _File) -> None:
        """Write a file, unless somebody else's has its name. Raises StorageError."""
        path = self._folder / file.name
        try:
            there = _bytes_there(path)
            if there is None:
                outcome: Outcome = "new"
                self._write(path, file.data, is_new=True)
            elif there == file.data:
                outcome = "same"
            elif there and _hash(there) == self._hash_before(file.name):
                outcome = "replaced"
                self._write(path, file.data, is_new=False)
            else:
                self.left[file.name] = self._whose(file.name)
                self.files.pop(file.name, None)
                return
        except FileExistsError:
            self.left[file.name] = self._whose(file.name)
            return
        except OSError as error:
            raise self._failure(file.name, error) from error
        self.files[file.name] = Exported(file.key, file.sources, _hash(file.data))
        self.outcomes[file.name] = outcome
        self.size += len(file.data)

    def remove_others(self, kept: Iterable[str]) -> None:
        """Remove what earlier exports wrote and this one did not; ``kept`` are sources.

        Their files stay, since they could not be read this time.
        """
        stay = set(kept)
        for name, one in self._place.files.items():
            is_manifest = one.key in _MANIFESTS.values()
            if name in self.outcomes or name in self.left or is_manifest:
                continue
            if stay.intersection(one.sources):
                continue
            path = self._folder / name
            try:
                there = _bytes_there(path)
                if there is not None and _hash(there) == one.hash:
                    if not self._dry_run:
                        path.unlink()
                    self.outcomes[name] = "removed"
            except OSError as error:
                self.left[name] = f"cannot be removed ({failed(error, 'write').strip('().')}"
                continue
            # Gone, or edited: then it is the person's own.
            self.files.pop(name, None)

    def by_source(self) -> dict[str, list[tuple[str, str]]]:
        """The names and hashes of the files that have a source, as of this export."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name, outcome in self.outcomes.items():
            if outcome != "removed":
                for source in self.files[name].sources:
                    found[source].append((name, self.files[name].hash))
        return found

    def _write(self, path: Path, data: bytes, *, is_new: bool) -> None:
        if self._dry_run:
            return
        if not self._made:
            make_folder(self._folder)
            self._made = True
        if is_new:
            put_new(path, data)
            return
        with replacing(path) as file:
            file.write(data)

    def _hash_before(self, name: str) -> str:
        one = self._place.files.get(name)
        return one.hash if one else ""

    def _whose(self, name: str) -> str:
        if name in self._place.files:
            return "was edited since it was exported; move it away to export it again"
        return "is already in the folder, and not from sluice; move it away"

    def _failure(self, name: str, error: OSError) -> StorageError:
        count = len([one for one in self.outcomes.values() if one != "removed"])
        so = f", after {counted(count, 'file')} of the export" if count else ""
        return StorageError(
            f"Cannot write {short(name)} to {short(self._folder)} {failed(error, 'write', so)}"
        )


def _bytes_there(path: Path) -> bytes | None:
    """The bytes of the file at a path; None when nothing is there, empty if it is no file.

    Raises OSError.
    """
    try:
        status = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return read_given(path, status.st_size) if stat.S_ISREG(status.st_mode) else b""


def _hash(data: bytes) -> str:
    """The SHA-256 of bytes, in hex."""
    return sha256(data).hexdigest()


def _rows(wanted: Wanted, work: _Work, left_out: Mapping[str, str]) -> list[Row]:
    rows, by_source = [], work.by_source()
    for source, route, sent in wanted.members:
        row = Row(
            source.name, delivered_title(source), *route, sent=sent,
            left_out=left_out.get(source.name, ""),
        )  # fmt: skip
        files = by_source.get(source.name, [])
        rows += [row._replace(file=name, hash=hash) for name, hash in files] or [row]
    return rows


def refuse_inside(root: Path, folder: Path) -> Path:
    """The folder's real path. Raises StorageError when it is in the vault, or is a file."""
    try:
        real, vault = folder.expanduser().resolve(), root.resolve()
    except (OSError, RuntimeError) as error:
        raise StorageError(
            f"Cannot use {short(folder)} ({reason(error)}); choose another folder."
        ) from error
    if any(_is_same(one, vault) for one in (real, *real.parents)):
        raise StorageError(
            f"{short(folder)} is inside the vault, which has sources only; "
            "choose a folder outside of it."
        )
    if real.exists() and not real.is_dir():
        raise StorageError(f"{short(folder)} is not a folder; choose another name.")
    return real


def refuse_unwritable(folder: Path) -> None:
    """Refuse a folder in which no file can be made. Raises StorageError, which names what is not.

    A folder that is not there yet is made in the innermost one that is.
    """
    there = next((one for one in (folder, *folder.parents) if one.is_dir()), None)
    if there is not None and not os.access(there, os.W_OK | os.X_OK):
        raise StorageError(f"sluice may not write in {short(there)}; choose another folder.")


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths are the same folder, also on a disk that knows no case."""
    if one == other:
        return True
    with suppress(OSError):
        return one.samefile(other)
    return False
