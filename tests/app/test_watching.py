"""Others change the vault while the app is open: it shows within a second, and nothing moves."""

import os
import shutil

import pytest

from tests.app.conftest import NARROW, STACKED, WIDE
from tests.samples import replace, write_source
from tui.session.flow.watcher import Watcher
from tui.vault.vault import Vault

FIRST, SECOND, THIRD = "SOURCE-001-apples.md", "SOURCE-002-bridges.md", "SOURCE-003-clocks.md"
TITLES = ["Apples in autumn", "Bridges over water", "Clocks without hands", "Deserts at night"]


@pytest.fixture
def large(tmp_path):
    """A vault that has more sources than the screen has lines."""
    root = tmp_path / "large"
    root.mkdir()
    for number in range(120):
        write_source(root, number, f"title{number:03} of a source")
    return root


@pytest.fixture
def slow(limits, monkeypatch):
    """A file or a source takes all the time there is in one go."""
    limits["checked"] = 1
    limits["slice"] = 0.0
    limits["indexed"] = 1


def place(app):
    """What must not move: the cursor, its line of the screen and the keys' pane."""
    queue = app.screen.queue
    return app.here, (queue.rows.cursor or 0) - queue.first_row, app.pane, app.app.focused


async def test_an_edit_shows_in_the_row_and_the_preview_without_a_key(sluice, vault):
    async with sluice() as app:
        await app.press("j")
        before = place(app)
        replace(vault / SECOND, "Bridges over water", "Tunnels under water")
        await app.until(lambda: "Tunnels under water" in app.shown)
        assert "Tunnels under water" in app.picture
        replace(vault / SECOND, "The body of number 2.", "Rewritten elsewhere.")
        await app.until(lambda: "Rewritten elsewhere." in app.picture)
        assert "Bridges" not in app.picture
        assert place(app) == before
        assert app.toast == ""


async def test_an_edit_in_place_by_a_script_shows(sluice, vault):
    async with sluice() as app:
        with (vault / FIRST).open("a") as file:
            file.write("\nA line at the end.\n")
        await app.until(lambda: "A line at the end." in app.picture)


async def test_another_body_leaves_the_preview_scrolled_where_it_was(sluice, vault):
    path = vault / FIRST
    path.write_text(path.read_text() + "".join(f"\nline {n}\n" for n in range(200)))
    async with sluice() as app:
        await app.press("tab", "space", "space")
        line = app.screen.preview.first_line
        assert line > 0
        with path.open("a") as file:
            file.write("\nthe last\n")
        await app.until(lambda: app.screen.preview._body.endswith("the last\n"))
        assert app.screen.preview.first_line == line


async def test_in_a_long_queue_no_line_of_the_screen_moves(sluice, large):
    async with sluice(large) as app:
        await app.press("G", "k", "k")
        before = place(app)
        (large / "SOURCE-003-title003.md").unlink()
        write_source(large, 0, "aaa")
        write_source(large, 1, "aaa")
        await app.until(lambda: app.shown.count("aaa") == 2 and len(app.shown) == 121)
        assert place(app) == before


async def test_a_queue_scrolled_away_from_its_cursor_stays_scrolled(sluice, large):
    async with sluice(large) as app:
        here = app.here
        app.screen.queue.scroll_to_line(100)
        top = app.session.board.rows.all[app.screen.queue.first_row]
        write_source(large, 0, "aaa")
        await app.until(lambda: "aaa" in app.shown)
        assert app.session.board.rows.all[app.screen.queue.first_row] == top
        assert app.here == here


async def test_a_new_source_of_another_status_only_counts(sluice, vault, write):
    async with sluice() as app:
        write(7, "Zebras", status="triaged")
        await app.until(lambda: "of 5" in app.picture)
        assert app.shown == TITLES


async def test_the_first_source_of_an_empty_folder_appears(sluice, tmp_path):
    root = tmp_path / "nothing"
    root.mkdir()
    async with sluice(root) as app:
        await app.until(lambda: "No Markdown file in" in app.picture)
        write_source(root, 1, "Apples in autumn")
        await app.until(lambda: app.title == "Apples in autumn")
        assert "Apples in autumn" in app.picture and "The body of number 1." in app.picture


async def test_a_note_becomes_a_source_when_it_gets_a_status(sluice, vault):
    note = vault / "plain note.md"
    note.write_text("# Plain\n")
    async with sluice() as app:
        note.write_text("---\nstatus: raw\ntitle: No longer plain\n---\n")
        await app.until(lambda: "No longer plain" in app.shown)
        note.write_text("# Plain\n")
        await app.until(lambda: "No longer plain" not in app.shown)


async def test_sources_in_a_new_folder_appear_and_leave_with_it(sluice, vault, tmp_path):
    away = tmp_path / "inbox"
    (away / "deep").mkdir(parents=True)
    write_source(away / "deep", 8, "Far down")
    async with sluice() as app:
        shutil.move(away, vault / "inbox")
        await app.until(lambda: "Far down" in app.shown)
        shutil.move(vault / "inbox", tmp_path / "elsewhere")
        await app.until(lambda: "Far down" not in app.shown)
        assert app.shown == TITLES


async def test_a_folder_that_came_later_is_watched_as_the_others_are(sluice, vault, limits):
    limits["swept"] = 3_600.0
    async with sluice() as app:
        (vault / "inbox" / "deep").mkdir(parents=True)
        for number in range(5, 9):
            write_source(vault / "inbox" / "deep", number, f"number{number} of the folder")
            await app.until(lambda number=number: f"number{number} of the folder" in app.shown)


async def test_a_folder_whose_name_is_no_text_is_watched_too(sluice, vault, limits):
    limits["swept"] = 3_600.0
    folder = vault / os.fsdecode(b"caf\xe9")
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this disk has no such names")
    async with sluice() as app:
        for number in range(5, 8):
            write_source(folder, number, f"number{number} of the folder")
            await app.until(lambda number=number: f"number{number} of the folder" in app.shown)


@pytest.mark.parametrize("folder", [".git", "_templates", ".obsidian/plugins"])
async def test_what_is_written_into_skipped_folders_is_not_shown(sluice, vault, write, folder):
    async with sluice() as app:
        (vault / folder).mkdir(parents=True)
        write_source(vault / folder, 5, "Hidden")
        write(6, "Seen")
        await app.until(lambda: "Seen" in app.shown)
        assert "Hidden" not in app.shown


async def test_a_source_read_on_the_whole_screen_shows_what_others_wrote(sluice, vault):
    async with sluice() as app:
        await app.press("enter")
        replace(vault / FIRST, "The body of number 1.", "A new body altogether.")
        await app.until(lambda: "A new body altogether." in app.picture)
        assert app.app.screen.is_reading


async def test_our_own_changes_are_not_read_again(sluice, vault, monkeypatch, write):
    async with sluice() as app:
        read = []
        look = app.session.desk.vault.look
        monkeypatch.setattr(
            app.session.desk.vault, "look", lambda name: (read.append(name), look(name))[1]
        )
        await app.press("1", "j", "2", "i")
        await app.type("mine")
        await app.press("enter", "p", "u")
        undone = read.copy()
        write(9, "Written after ours")
        await app.until(lambda: "Written after ours" in app.shown)
        assert read == [*undone, "SOURCE-009-written.md"]


async def test_a_file_written_in_pieces_is_whole_in_the_end(sluice, vault):
    path = vault / SECOND
    text = path.read_text().replace("Bridges over water", "Written in pieces")
    async with sluice() as app:
        await app.press("j", "j")
        before = place(app)
        with path.open("w") as file:
            for start in range(0, len(text), 40):
                file.write(text[start : start + 40])
                file.flush()
                await app.press("f5")
        await app.until(lambda: "Written in pieces" in app.shown)
        await app.until(lambda: app.session.desk.vault.get(SECOND).problem is None)
        assert not app.dimmed(SECOND)
        assert place(app) == before


async def test_keys_are_answered_while_many_files_change(sluice, large, slow):
    async with sluice(large) as app:
        for number in range(120):
            write_source(large, number, f"title{number:03} of a source", creator="Checked Out")
        sources = app.session.desk.vault

        def taken():
            return sum(source.text("creator") == "Checked Out" for source in sources.sources)

        await app.until(lambda: taken() > 0)
        for _ in range(5):
            await app.burst_key("j")
        assert app.here == "SOURCE-005-title005.md"
        assert taken() < 120, "the keys came before the last file"
        await app.until(lambda: taken() == 120)
        await app.settled()
        assert app.here == "SOURCE-005-title005.md"
        assert app.picture.count("Checked") > 5


async def test_a_checkout_that_rewrites_adds_and_deletes_is_shown_in_whole(sluice, large):
    async with sluice(large) as app:
        await app.press(*"jjjjj")
        for number in range(0, 120, 2):
            write_source(large, number, f"title{number:03} of a source", status="triaged")
        for number in range(61, 120, 2):
            (large / f"SOURCE-{number:03}-title{number:03}.md").unlink()
        for number in range(200, 500):
            write_source(large, number, f"title{number} of a branch")
        await app.until(lambda: "390" in app.picture and len(app.shown) == 390)
        assert app.here == "SOURCE-005-title005.md"
        assert app.dimmed("SOURCE-004-title004.md") and not app.dimmed("SOURCE-003-title003.md")
        await app.press("slash")
        await app.type("title499 branch")
        assert app.title == "title499 of a branch"


async def test_the_vaults_folder_moved_away_is_said_and_its_return_too(sluice, vault, tmp_path):
    async with sluice() as app:
        await app.press("j")
        before = place(app)
        vault.rename(tmp_path / "elsewhere")
        await app.until(lambda: "folder is gone" in app.picture)
        assert app.shown == TITLES
        await app.press("1", "p", "R", "slash", "b", "escape", "u")
        assert app.shown == TITLES
        assert "folder is gone" in app.picture, "it is said as long as it is so"
        write_source(tmp_path / "elsewhere", 9, "Came meanwhile")
        (tmp_path / "elsewhere").rename(vault)
        await app.until(lambda: "is back" in " ".join(app.toasts))
        await app.until(lambda: "Came meanwhile" in app.shown)
        assert "folder is gone" not in app.picture
        assert app.shown == [*TITLES, "Came meanwhile"]
        assert place(app) == before
        await app.press("1")
        assert app.toast == "◆ paradigm, was ■ tactical · u undoes"
        replace(vault / FIRST, "Apples in autumn", "Apricots in spring")
        await app.until(lambda: "Apricots in spring" in app.shown)


async def test_a_vault_removed_with_all_files_and_written_again_is_there_again(
    sluice, vault, tmp_path
):
    copy = shutil.copytree(vault, tmp_path / "copy")
    async with sluice() as app:
        await app.press("j")
        shutil.rmtree(vault)
        await app.until(lambda: "folder is gone" in app.picture)
        shutil.copytree(copy, vault)
        await app.until(lambda: "is back" in " ".join(app.toasts))
        await app.until(lambda: app.shown == TITLES and not app.session.board.rows.gone)
        assert app.title == "Bridges over water"
        await app.press("1")
        assert app.toast == "◆ paradigm, was ■ tactical · u undoes"


@pytest.mark.parametrize("error", [OSError(28, "OS file watch limit reached"), RuntimeError("no")])
async def test_what_cannot_be_watched_is_looked_through_instead(
    sluice, vault, limits, monkeypatch, write, error
):
    def refuse(*_):
        raise error

    monkeypatch.setattr("tui.session.flow.watcher.open_events", refuse)
    limits["polled"] = 0.0
    async with sluice() as app:
        replace(vault / FIRST, "Apples in autumn", "Apricots in spring")
        await app.until(lambda: "Apricots in spring" in app.shown)
        write(9, "One more")
        (vault / THIRD).unlink()
        await app.until(
            lambda: app.shown == ["Apricots in spring", TITLES[1], TITLES[3], "One more"]
        )
        assert app.toast == ""


async def test_the_watching_ends_with_the_app(sluice, vault):
    async with sluice() as app:
        watcher = app.session.outside._watcher
        assert watcher._thread.is_alive()
        await app.press("q")
    watcher.join()
    assert not watcher._thread.is_alive()


@pytest.mark.parametrize("size", [WIDE, STACKED, NARROW])
async def test_a_change_is_shown_at_every_size(sluice, vault, size):
    async with sluice(size=size) as app:
        replace(vault / FIRST, "Apples in autumn", "Apricots in spring")
        await app.until(lambda: "Apricots in spring" in app.picture)


def test_a_file_by_a_name_that_is_no_text_is_found_too(tmp_path):
    """The system tells such a name in another spelling."""
    root = tmp_path / "vault"
    root.mkdir()
    told = []
    watcher = Watcher(
        Vault(root, tmp_path / "state"),
        told.extend,
        told.append,
        checked=0.5,
        polled=2.0,
        swept=10.0,
    )
    watcher._vault.load()
    watcher.start()
    name = os.fsdecode(b"SOURCE-\xff.md")
    (root / name).write_text("---\nstatus: raw\n---\n")
    while not told:
        pass
    watcher.stop()
    watcher.join()
    assert told == [name]
