"""Folders and files of sluice's own: the user's alone, made in one place, and files indeed."""

from __future__ import annotations

import ast
import os
import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from zlib import crc32

import pytest

from tests.safety.small import commit_all, text
from tui.app.themes import load_themes
from tui.cli.main import main
from tui.desk import Desk
from tui.errors import JournalError, SettingsError
from tui.private import make_folder, open_file, replacing, temporary_folder
from tui.search import lookup
from tui.search.body_store import BodyStore
from tui.state.chosen_theme import ChosenTheme
from tui.state.config import load_config
from tui.state.drafts import Drafts
from tui.state.folders import Folders, user_folders
from tui.state.greeting import Greeting
from tui.state.log import LONGEST, note_fault
from tui.state.place import Place, PlaceFile
from tui.state.saved_views import save_view
from tui.state.views import View
from tui.vault.disk.locks import SLOTS
from tui.vault.history import journal

TUI = Path(__file__).parent.parent / "tui"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")


@pytest.fixture(params=[0o000, 0o002, 0o022, 0o077, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """What the user's shell takes away from every mode."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    """What is not the user's alone below a folder, itself included, and its mode."""
    return {
        str(path.relative_to(folder.parent)): oct(mode)
        for path in (folder, *folder.rglob("*"))
        if not path.is_symlink()
        if (mode := stat.S_IMODE(path.stat().st_mode)) != (0o700 if path.is_dir() else 0o600)
    }


def use_all(root: Path, own: Folders) -> BodyStore:
    """Make every file that sluice makes for itself; gives a database that is still open."""
    state, cache = own.vault_state(root), own.vault_cache(root)
    desk = Desk(root, own)
    commit_all(desk.vault, "new")
    desk.vault.undo()
    desk.matching("body:body")
    while desk.lookup.prepare(100):
        pass
    desk.lookup.save()
    (state / "journal.jsonl").write_bytes(b"not ours\n" * 9)
    with pytest.raises(JournalError, match="bad1"):
        desk.vault.log()
    for value in "1234567":
        commit_all(desk.vault, value)
    desk.vault.journal.trim()
    Drafts(state / "drafts").put("a.md", "half")
    Greeting(state).given()
    place = PlaceFile(state)
    place.keep("all", Place())
    assert place.write(place.as_json()) == ""
    assert ChosenTheme(own.state).remember("night")
    save_view(own, View("mine", "tier:noise"))
    for _ in range(3):
        note_fault(own.state, RuntimeError())
        (own.state / "sluice.log").write_bytes(b"x" * LONGEST)
    note_fault(own.state, RuntimeError())
    desk.close()
    bodies = BodyStore(cache / "bodies.sqlite")
    bodies.known()
    return bodies


def test_whatever_is_made_is_the_users_alone_whatever_the_umask(
    tmp_path: Path, umask: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "KEEP", 3)
    monkeypatch.setattr(lookup, "WORTH_SAVING", 0)
    root, own = tmp_path / "vault", tmp_path / "deep" / "home"
    make_folder(root)
    (root / "a.md").write_text(text("old"))
    (root / "a.md").chmod(0o600)
    folders = Folders(*(own / kind / "sluice" for kind in ("config", "state", "cache")))
    bodies = use_all(root, folders)
    names = {path.name for path in own.rglob("*")}
    assert names >= {
        *("journal.jsonl", "journal.jsonl.bad1", "lock", "locks", "drafts", "greeting.json"),
        *("place.json", "settings.json", "views.yaml", "views.lock", "sluice.log", "sluice.log.1"),
        *("sources.sqlite", "bodies.sqlite", "bodies.sqlite-wal", "bodies.sqlite-shm"),
        "lookup.index",
    }
    assert modes(tmp_path / "deep") == {}
    bodies.close()


def test_a_demos_folder_is_the_users_alone(umask: int) -> None:
    with temporary_folder("sluice-test-") as folder:
        assert modes(folder) == {}
    assert not folder.exists()


def test_what_others_could_read_is_closed_to_them_when_it_is_used(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    root.mkdir()
    (root / "a.md").write_text(text("old"))
    own = Folders(*(tmp_path / kind for kind in ("config", "state", "cache")))
    use_all(root, own).close()
    for path in (own.state, own.cache, *own.state.rglob("*"), *own.cache.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    use_again = Desk(root, own)
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in own[1:]] == [0o700, 0o700]
    use_again.vault.load()
    commit_all(use_again.vault, "again")
    Drafts(own.vault_state(root) / "drafts").put("a.md", "")
    for path in (own.vault_state(root) / "journal.jsonl", own.vault_cache(root) / "sources.sqlite"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_modes_a_person_chose_for_the_config_stay(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    folder.mkdir(0o755)
    for name in ("config.yaml", "views.yaml"):
        (folder / name).write_text("")
        (folder / name).chmod(0o644)
    save_view(Folders(folder, tmp_path / "state", tmp_path), View("mine", "tier:noise"))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755
    for name in ("config.yaml", "views.yaml"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o644


# What stands in the place of a file


def pipe(path: Path) -> None:
    os.mkfifo(path)


def folder_there(path: Path) -> None:
    path.mkdir()


def link(path: Path) -> None:
    path.with_name("target").write_text("somebody's")
    path.symlink_to("target")


def pipe_behind_a_link(path: Path) -> None:
    os.mkfifo(path.with_name("target"))
    path.symlink_to("target")


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def socket_there(path: Path) -> None:
    here = os.open(".", os.O_RDONLY)
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.fchdir(here)
        os.close(here)


IN_PLACE = [pipe, folder_there, link, pipe_behind_a_link, device, socket_there]


@pytest.mark.parametrize("put", IN_PLACE)
@pytest.mark.parametrize("flags", [os.O_RDONLY, os.O_RDWR | os.O_CREAT, os.O_WRONLY | os.O_APPEND])
def test_what_is_no_file_is_refused_and_not_waited_for(
    tmp_path: Path, put: Callable[[Path], None], flags: int
) -> None:
    put(tmp_path / "file")
    with pytest.raises(OSError, match=r"file is .*, not a file|Is a directory"):
        open_file(tmp_path / "file", flags)


@pytest.mark.parametrize("put", IN_PLACE)
@pytest.mark.parametrize("name", ["journal.jsonl", "lock", "locks/{slot:02}"])
def test_a_journal_or_lock_that_is_no_file_is_reported_and_nothing_changed(
    vault_copy: Path, capsys: pytest.CaptureFixture[str], name: str, put: Callable[[Path], None]
) -> None:
    file = sorted(vault_copy.glob("*.md"))[0]
    before = file.read_bytes()
    slot = crc32(os.fsencode(file.resolve())) % SLOTS
    path = user_folders().vault_state(vault_copy) / name.format(slot=slot)
    make_folder(path.parent)
    put(path)
    ask = ["--vault", str(vault_copy)]
    assert main(["set", str(file), "tier=noise", *ask]) == 1
    said = capsys.readouterr().err
    assert ", not a file" in said or "is a directory" in said
    assert "nothing was changed" in said
    assert file.read_bytes() == before
    for command in (["undo"], ["redo"], ["log"], ["stats"], ["list"]):
        assert main([*command, *ask]) in (0, 1)
    target = path.with_name("target")
    assert not target.is_file() or target.read_text() == "somebody's"


@pytest.mark.parametrize("put", IN_PLACE)
def test_other_files_of_ours_that_are_no_files_hold_up_no_start(
    vault_copy: Path, capsys: pytest.CaptureFixture[str], put: Callable[[Path], None]
) -> None:
    own = user_folders()
    state, cache = own.vault_state(vault_copy), own.vault_cache(vault_copy)
    Drafts(state / "drafts").put("a.md", "x")
    (draft,) = (state / "drafts").iterdir()
    draft.unlink()
    (state / "locks").mkdir()
    for place in (
        *(own.state / "settings.json", own.state / "sluice.log", own.config / "config.yaml"),
        *(own.config / "themes" / "night.toml", state / "place.json", state / "greeting.json"),
        *(draft, cache / "lookup.index", cache / "sources.sqlite", cache / "bodies.sqlite"),
        *(cache / "bodies.sqlite-journal", state / "locks" / "07"),
    ):
        make_folder(place.parent)
        if place.with_name("target").exists():
            place.with_name("target").unlink()
        put(place)
    ChosenTheme(own.state)
    PlaceFile(state)
    assert Drafts(state / "drafts").get("a.md") == ""
    assert load_themes([own.config / "themes"])[0] == []
    Greeting(state).given()
    if put is not link:
        with pytest.raises(SettingsError, match=r"config\.yaml"):
            load_config(own.config)
    with suppress(OSError):
        note_fault(own.state, RuntimeError())
    for command in (["list"], ["find", "a"], ["find", "body:words"]):
        assert main([*command, "--vault", str(vault_copy)]) == 0
    desk = Desk(vault_copy, own)
    desk.matching("body:words")
    desk.close()


def test_a_config_that_is_too_large_is_reported_and_not_read(tmp_path: Path) -> None:
    with (tmp_path / "config.yaml").open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(SettingsError, match="larger than 1 MB"):
        load_config(tmp_path)


def test_a_file_that_cannot_be_finished_leaves_the_one_before_it(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("before")
    with pytest.raises(ValueError, match="stop"), replacing(tmp_path / "a") as file:
        file.write(b"after")
        raise ValueError("stop")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["before"]


@pytest.mark.parametrize("put", IN_PLACE)
def test_what_stands_where_a_file_is_written_first_is_not_written_through(
    tmp_path: Path, put: Callable[[Path], None]
) -> None:
    put(tmp_path / f"a.{os.getpid()}.tmp")
    with suppress(OSError), replacing(tmp_path / "a") as file:
        file.write(b"ours")
    target = tmp_path / "target"
    assert not target.is_file() or target.read_text() == "somebody's"
    assert (tmp_path / "a").is_file() == (put is not folder_there)


# One place for all of it

MAKING = {
    *("mkdir", "makedirs", "mkfifo", "mknod", "mkstemp", "mkdtemp", "touch", "symlink", "link"),
    *("write_text", "write_bytes", "symlink_to", "hardlink_to", "NamedTemporaryFile"),
    *("TemporaryDirectory", "SpooledTemporaryFile", "copytree", "copyfile", "copy2"),
    *("FileHandler", "umask", "connect"),
}
"""Calls that make a file or a folder under a name."""
ALLOWED = {
    "private.py": {"mkdir", "os.open", "fdopen", "TemporaryDirectory", "open", "link"},
    # Files of the vault, which have rules of their own.
    "vault/disk/storage.py": {"os.open"},
    "vault/disk/presence.py": {"mkdir", "link", "umask"},
    "vault/disk/folder.py": {"mkdir", "makedirs", "link"},
    # Memory that only looks like a file.
    "programs.py": {"open"},
    # Databases whose files `make_database` made, and /dev/null.
    "vault/reading/cache.py": {"connect"},
    "search/body_store.py": {"connect"},
    "cli/main.py": {"os.open"},
    "cli/output.py": {"open"},
    # Into a folder that was made before.
    "samples.py": {"copytree"},
}


def makers(path: Path) -> set[str]:
    """The calls in a module that may make a file or a folder."""
    return set(filter(None, map(making, ast.walk(ast.parse(path.read_text("utf-8"))))))


def making(node: ast.AST) -> str:
    """What a call makes a file with; empty for one that makes none."""
    if not isinstance(node, ast.Call):
        return ""
    called = node.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    of = (
        called.value.id
        if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name)
        else ""
    )
    written = [word.value for word in ast.walk(node) if isinstance(word, ast.Constant)]
    modes = [
        word
        for word in written
        if isinstance(word, str) and set(word) & set("wax+") and set(word) <= set("rwaxbt+")
    ]
    if name == "open" and of == "os":
        flags = "".join(ast.dump(argument) for argument in node.args[1:])
        return (
            "os.open"
            if not flags or "O_CREAT" in flags or "O_WR" in flags or "O_RDWR" in flags
            else ""
        )
    if name in ("open", "fdopen"):
        safe = any(word.arg == "opener" for word in node.keywords)
        return name if modes and not safe else ""
    # A path's own calls, not functions of ours that have their names.
    is_ours = isinstance(called, ast.Name) and name.startswith("write_")
    return name if name in MAKING and of != "self" and not is_ours else ""


def test_files_of_ours_are_made_in_one_place_only() -> None:
    found = {path.relative_to(TUI).as_posix(): makers(path) for path in TUI.rglob("*.py")}
    others = {name: made - ALLOWED.get(name, set()) for name, made in found.items()}
    assert {name: made for name, made in others.items() if made} == {}


@pytest.mark.parametrize(
    "line",
    [
        "path.mkdir()",
        "os.makedirs(path)",
        "path.write_text('')",
        "open(path, 'w')",
        "path.open('ab')",
        "os.open(path, os.O_RDWR | os.O_CREAT)",
        "tempfile.mkdtemp()",
        "sqlite3.connect(path)",
    ],
)
def test_another_place_that_makes_one_is_found(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.py").write_text(line)
    assert makers(tmp_path / "a.py")
