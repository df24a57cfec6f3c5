"""A folder that sluice does not recognise: its first picture says what to do, whole at any size."""

import subprocess

import pytest

from tests.app.conftest import NARROW, STACKED, WIDE

SIZES = pytest.mark.parametrize("size", [WIDE, STACKED, NARROW])
WHAT = "A source is a .md file named SOURCE-… or with a status in its header."
HOW = "To make a note a source, put status: raw between two --- lines at its top."
OWN = "`sluice init` writes a sluice.yaml for your own statuses."
SKIPPED = "Folders whose names start with . or _ are skipped."
BEGIN = "+ first note from an address d samples · q quit"
ADD = "+ adds a source for a URL"


@pytest.fixture
def folder(tmp_path):
    found = tmp_path / "found"
    found.mkdir()
    return found


def words(app) -> str:
    """What the queue shows, without its border, on one line."""
    queue = app.screen.queue
    lines = [queue.render_line(y).text.strip() for y in range(queue.size.height)]
    return " ".join(filter(None, lines)).replace("\N{NO-BREAK SPACE}", " ")


def drafts(folder, *statuses):
    for number, status in enumerate(statuses):
        (folder / f"{number}.md").write_text(f"---\nstatus: {status}\n---\n# Draft {number}\n")


@SIZES
async def test_an_empty_folder_offers_a_first_note(sluice, folder, size):
    async with sluice(folder, size=size, greeted=False) as app:
        assert words(app) == f"No Markdown file in found {BEGIN}"
        await app.press("+")
        await app.type("https://example.org/first")
        await app.press("enter")
        assert len(app.shown) == 1
        await app.press("a")
        assert "No Markdown file" not in words(app)
    (note,) = folder.glob("*.md")
    assert "https://example.org/first" in note.read_text()


async def test_d_opens_a_copy_of_the_samples_and_q_leaves(sluice, folder):
    async with sluice(folder, greeted=False) as app:
        await app.press("d")
        assert len(app.shown) > 10
        root = app.session.desk.vault.root
        assert root != folder
        await app.press("p")
        await app.press("q")
    assert not list(folder.iterdir())
    app.app.copies_end()
    assert not root.exists()


async def test_q_leaves_an_empty_folder(sluice, folder):
    async with sluice(folder, greeted=False) as app:
        await app.burst_key("q")
        await app.until(lambda: app.app.return_code == 0)
    assert not list(folder.iterdir())


@SIZES
async def test_files_in_hidden_folders_only_can_be_taken_in(sluice, folder, size):
    (folder / ".hidden").mkdir()
    drafts(folder / ".hidden", "To Do", "Done")
    async with sluice(folder, size=size, greeted=False) as app:
        found = "No Markdown file in found 2 lie in .hidden enter take them in"
        assert words(app) == f"{found} {BEGIN}"
        await app.press("enter", "w")
        assert app.shown == ["Draft 0"]
        await app.press("p")
    assert "status: Done" in (folder / ".hidden" / "0.md").read_text()


@SIZES
async def test_a_hidden_folder_of_files_without_a_status_can_be_taken_in(sluice, folder, size):
    (folder / "_posts").mkdir()
    for number in range(3):
        (folder / "_posts" / f"{number}.md").write_text(f"---\ntitle: Post {number}\n---\n")
    async with sluice(folder, size=size, greeted=False) as app:
        found = (
            "No note outside _posts, which sluice skips 3 Markdown files, 3 with a header: title"
        )
        assert words(app) == f"{found} enter take them in l only look · n not now"
        await app.press("enter", "w")
        assert len(app.shown) == 3


@SIZES
async def test_files_in_a_skipped_folder_can_be_taken_in(sluice, folder, size):
    (folder / "_drafts").mkdir()
    drafts(folder / "_drafts", "raw")
    async with sluice(folder, size=size, greeted=False) as app:
        found = "1 note has a status in _drafts, which sluice skips raw 1"
        assert words(app) == f"{found} enter use raw → done e order · l only look · n not now"
        await app.press("enter", "w")
        assert app.shown == ["Draft 0"]


@SIZES
async def test_plain_notes_say_how_one_becomes_a_source(sluice, folder, size):
    for number in range(3):
        (folder / f"{number}.md").write_text(f"# Note {number}\n")
    async with sluice(folder, size=size, greeted=False) as app:
        found = "No note here has a status 3 Markdown files, none with a header"
        assert words(app) == f"{found} enter set up l only look · n not now"
        await app.press("n")
        none = "None of the 3 Markdown files in this folder is a source"
        assert words(app) == f"{none} {WHAT} {HOW} {OWN} {SKIPPED} {ADD}"


@SIZES
async def test_a_git_checkout_with_a_readme_says_the_same(sluice, folder, size):
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    (folder / "README.md").write_text("# A program\n")
    async with sluice(folder, size=size, greeted=False) as app:
        none = "The only Markdown file in this folder is not a source"
        assert words(app) == f"{none} {WHAT} {HOW} {OWN} {SKIPPED} {ADD}"


@SIZES
async def test_unknown_statuses_are_named_and_a_key_shows_the_sources(sluice, folder, size):
    drafts(folder, *["draft"] * 12)
    async with sluice(folder, size=size, greeted=False) as app:
        assert words(app) == (
            "12 notes have a status sluice does not know draft 12 enter use draft → done "
            "e order · l only look · n not now"
        )
        await app.press("n")
        assert len(app.shown) == 12
        await app.press("v", "1")
        assert words(app) == (
            "Nothing in raw 12 sources have the status draft, which sluice does not know. "
            f"{OWN} v then 4 shows all 12 sources R reloads the vault"
        )


@SIZES
async def test_several_unknown_statuses_are_counted(sluice, folder, size):
    drafts(folder, *["Done"] * 60, *["To Do"] * 9)
    async with sluice(folder, size=size, greeted=False) as app:
        found = "69 notes have a status sluice does not know Done 60, To Do 9"
        assert words(app) == f"{found} enter use To Do → Done e order · l only look · n not now"
        await app.press("n", "v", "1")
        assert "69 sources have statuses that sluice does not know: Done (60), To Do (9)." in words(
            app
        )


@SIZES
async def test_json_headers_are_said_to_be_only_read(sluice, folder, size):
    for number in range(6):
        (folder / f"{number}.md").write_text('{\n  "title": "One"\n}\nText.\n')
    async with sluice(folder, size=size, greeted=False) as app:
        assert "6 Markdown files, 6 with a JSON header, which sluice only reads" in words(app)


@SIZES
async def test_enter_picks_an_answer_where_only_digits_answer(sluice, folder, size):
    drafts(folder, *["zeta"] * 20, *["kappa"] * 12, *["iota"] * 6)
    async with sluice(folder, size=size, greeted=False) as app:
        question = words(app)
        assert "Which word means not judged yet? 1 zeta 20" in question
        await app.press("enter")
        assert "enter picks" in app.picture and not app.toast
        await app.press("escape")
        assert words(app) == question
        await app.press("enter", "down", "enter")
        assert "Which word means archived? 1 zeta 20 · 3 iota 6" in words(app)
        await app.press("enter", "down", "enter", "w")
        assert len(app.shown) == 12
    assert "main: [kappa, zeta]\n  archive: iota" in (folder / "sluice.yaml").read_text()


@SIZES
async def test_the_welcome_waits_for_the_first_source(sluice, folder, size):
    async with sluice(folder, size=size, greeted=False) as app:
        assert "welcome" not in app.picture
    drafts(folder, "raw")
    async with sluice(folder, size=size, greeted=False) as app:
        assert "welcome" in app.picture


async def test_keys_typed_while_the_schema_waits_for_a_change_go_to_what_opens(
    sluice, folder, monkeypatch
):
    (folder / ".hidden").mkdir()
    drafts(folder / ".hidden", "To Do", "Done")
    busy = iter([True] * 4)
    async with sluice(folder, greeted=False) as app:
        setting_up = app.session.contact._setting_up
        monkeypatch.setattr(setting_up, "is_saving", lambda: next(busy, False))
        await app.burst("enter", "w", "p")
        await app.until(lambda: app.app.return_code is None and app.session.desk.vault.count)
        await app.settled()
    assert "status: Done" in (folder / ".hidden" / "0.md").read_text()
