"""A folder of notes that sluice does not know: set up by keys, and decided in, within one start."""

import threading

import pytest

from tests.app.conftest import NARROW, STACKED, WIDE
from tui.errors import OnlyLooking, StorageError
from tui.guess import survey as module

SIZES = pytest.mark.parametrize("size", [WIDE, STACKED, NARROW])


@pytest.fixture
def folder(tmp_path):
    found = tmp_path / "found"
    found.mkdir()
    return found


def staged(folder):
    """Twenty accepted and twenty released notes."""
    for number in range(40):
        stage = "accepted" if number < 20 else "released"
        text = f"---\ntitle: Idea {number}\nstage: {stage}\n---\nText {number}.\n"
        (folder / f"{number:02}.md").write_text(text)


def clippings(folder):
    """Thirty saved pages without a status."""
    for number in range(30):
        url = f"https://example.org/{number}"
        text = f"---\ntitle: Page {number}\nsource: {url}\nauthor: Ann\n---\nText {number}.\n"
        (folder / f"Page {number:02}.md").write_text(text)


def lines_of(folder):
    return {path.name: path.read_bytes().splitlines() for path in folder.glob("*.md")}


def words(app) -> str:
    queue = app.screen.queue
    lines = [queue.render_line(y).text.strip() for y in range(queue.size.height)]
    return " ".join(filter(None, lines)).replace("\N{NO-BREAK SPACE}", " ")


@SIZES
async def test_notes_with_a_status_of_another_name_are_decided_after_two_keys(sluice, folder, size):
    staged(folder)
    before = lines_of(folder)
    async with sluice(folder, size=size, greeted=False) as app:
        assert words(app).startswith("40 notes have a status in the field stage accepted 20,")
        assert "enter use inbox → accepted → released" in words(app)
        await app.press("enter")
        assert "stage: inbox → accepted" in app.picture
        assert not (folder / "sluice.yaml").exists()
        await app.press("w")
        assert (folder / "sluice.yaml").exists()
        assert lines_of(folder) == before
        assert len(app.shown) == 20
        await app.press("p")
    after = lines_of(folder)
    changed = {name for name in before if before[name] != after[name]}
    (name,) = changed
    pairs = [pair for pair in zip(before[name], after[name], strict=True) if pair[0] != pair[1]]
    assert pairs == [(b"stage: accepted", b"stage: released")]


@SIZES
async def test_clippings_without_a_status_are_decided_after_two_keys(sluice, folder, size):
    clippings(folder)
    before = lines_of(folder)
    async with sluice(folder, size=size, greeted=False) as app:
        said = "No note here has a status 30 Markdown files, 30 with a header: title, source,"
        assert words(app).startswith(said)
        await app.burst("enter", "w", "p")
    after = lines_of(folder)
    (name,) = (name for name in before if before[name] != after[name])
    (added,) = [line for line in after[name] if line not in before[name]]
    assert added == b"status: read"
    assert len(after[name]) == len(before[name]) + 1


async def test_a_schema_written_meanwhile_is_not_overwritten(sluice, folder):
    staged(folder)
    async with sluice(folder, greeted=False) as app:
        await app.press("enter")
        (folder / "sluice.yaml").write_text("version: 1\n")
        await app.press("w")
        assert (folder / "sluice.yaml").read_text() == "version: 1\n"
        assert "sluice did not overwrite it" in app.said


async def test_a_folder_that_refuses_the_schema_is_left_as_it_was(sluice, folder, monkeypatch):
    staged(folder)
    before = lines_of(folder)

    def refuse(*_: object) -> None:
        raise StorageError("Cannot write sluice.yaml (read-only file system).")

    monkeypatch.setattr("tui.vault.disk.presence.create", refuse)
    async with sluice(folder, greeted=False) as app:
        await app.press("enter", "w")
        assert app.said == "Cannot write sluice.yaml (read-only file system)."
        await app.press("enter")
        assert "set up this folder" in app.picture
    assert lines_of(folder) == before
    assert not (folder / "sluice.yaml").exists()


async def test_escape_closes_the_proposal_and_the_keys_still_answer(sluice, folder):
    clippings(folder)
    async with sluice(folder, greeted=False) as app:
        await app.press("enter", "escape")
        assert words(app).startswith("No note here has a status")
        await app.press("enter")
        assert "set up this folder" in app.picture
    assert not (folder / "sluice.yaml").exists()


async def test_the_change_after_setting_up_is_undone_to_the_first_byte(sluice, folder):
    clippings(folder)
    before = lines_of(folder)
    async with sluice(folder, greeted=False) as app:
        await app.press("enter", "w", "p")
        assert lines_of(folder) != before
        await app.press("u")
    assert lines_of(folder) == before


async def test_a_schema_that_is_there_already_is_never_replaced(sluice, folder):
    staged(folder)
    (folder / "sluice.yaml").write_text("version: 1\n")
    async with sluice(folder, greeted=False) as app:
        assert "None of the 40 Markdown files in this folder is a source" in words(app)
        await app.press("enter")
        assert "set up this folder" not in app.picture


def many(folder):
    """Three hundred and ten notes without a status, four of them in an inbox."""
    (folder / "Inbox").mkdir()
    for number in range(310):
        inner = folder / "Inbox" if number < 4 else folder
        (inner / f"{number:03}.md").write_text(f"---\ntitle: Note {number}\n---\nText {number}.\n")


@SIZES
@pytest.mark.parametrize(("key", "count"), [("1", 4), ("3", 310)])
async def test_of_many_notes_a_digit_says_which_ones_wait(sluice, folder, size, key, count):
    many(folder)
    async with sluice(folder, size=size, greeted=False) as app:
        found = "310 notes, none has a status Which wait for you? 1 Inbox/ 4"
        rest = "2 another folder or tag 3 all 310 l only look · n not now"
        assert words(app) == f"{found} {rest}"
        await app.press("enter")
        assert "set up this folder" not in app.picture
        await app.press(key)
        assert "set up this folder" in app.picture
        await app.press("w")
        assert app.session.desk.vault.count == count
        assert len(app.shown) == count
        await app.press("p")
    (changed,) = (path for path in folder.rglob("*.md") if b"status: read" in path.read_bytes())
    assert changed.read_text().replace("status: read\n", "").count("\n") == 4


@SIZES
@pytest.mark.parametrize(
    ("typed", "count", "written"),
    [
        ("wor", 30, '  include: ["Areas/Work/**"]\n'),
        ("#bo", 20, "  include: []\n  tagged: [boat]   # or with such a tag\n"),
    ],
)
async def test_another_folder_or_tag_is_typed_by_some_of_its_letters(
    sluice, folder, size, typed, count, written
):
    many(folder)
    (folder / "Areas" / "Work").mkdir(parents=True)
    for number in range(30):
        tags = "\ntags: [boat]" * (number < 20)
        text = f"---\ntitle: Work {number}{tags}\n---\nText.\n"
        (folder / "Areas" / "Work" / f"{number}.md").write_text(text)
    async with sluice(folder, size=size, greeted=False) as app:
        await app.press("2")
        await app.type(typed)
        await app.press("enter")
        assert f"{count} of 340 files" in app.picture
        await app.press("w")
        assert len(app.shown) == count
        assert written in (folder / "sluice.yaml").read_text()
        await app.press("p")
    (changed,) = (path for path in folder.rglob("*.md") if b"status: read" in path.read_bytes())
    assert changed.parent.name == "Work"


async def test_of_many_notes_without_an_inbox_f_takes_one_folder(sluice, folder):
    (folder / "Boat").mkdir()
    for number in range(310):
        inner = folder / "Boat" if number < 40 else folder
        (inner / f"{number:03}.md").write_text(f"---\ntitle: Note {number}\n---\nText.\n")
    async with sluice(folder, greeted=False) as app:
        assert "f only a folder or tag" in words(app)
        await app.press("f", "enter", "w")
        assert len(app.shown) == 40


@SIZES
async def test_of_two_fields_a_digit_says_which_one_is_the_status(sluice, folder, size):
    for number in range(40):
        field = ("state: todo", "state: done", "status: draft", "status: published")[number % 4]
        (folder / f"{number:02}.md").write_text(f"---\ntitle: Note {number}\n{field}\n---\nText.\n")
    async with sluice(folder, size=size, greeted=False) as app:
        said = words(app)
        assert said.startswith("Several fields could be the status Which says how far a note is?")
        assert "state: done 10, todo 10" in said
        assert "status: draft 10, published 10" in said
        await app.press("1" if "1 state:" in said else "2", "w")
        assert app.session.desk.schema.roles.status == "state"


def with_statuses(folder, *statuses):
    """Two notes for each status, the first one the most frequent."""
    for number, status in enumerate((statuses[0], *statuses, *statuses)):
        text = f"---\ntitle: Note {number}\nstatus: {status}\n---\nText {number}.\n"
        (folder / f"{number:02}.md").write_text(text)


def flow(folder):
    """The flow that was written."""
    return (folder / "sluice.yaml").read_text().partition("\nflow:\n")[2]


@SIZES
async def test_of_unknown_words_two_digits_say_which_comes_first_and_which_is_archived(
    sluice, folder, size
):
    with_statuses(folder, "kappa", "omega", "sigma")
    before = lines_of(folder)
    async with sluice(folder, size=size, greeted=False) as app:
        said = "7 notes have a status that sluice does not know Which word means not judged yet? "
        first = "1 kappa 3 · 2 omega 2 · 3 sigma 2 · 0 none e order · l only look · n not now"
        assert words(app) == said + first
        await app.press("3")
        said = "sigma is not judged yet Which word means archived? 1 kappa 3 · 2 omega 2 · 0 none"
        assert words(app) == f"{said} e order · l only look · n not now esc back"
        await app.press("escape", "3", "2")
        assert "sigma → kappa" in app.picture
        assert lines_of(folder) == before
        await app.press("w")
        assert flow(folder).startswith("  main: [sigma, kappa]\n  archive: omega\n")
        assert len(app.shown) == 2
        await app.press("p")
        await app.press("a")
    after = lines_of(folder)
    new = [line for name in before for line in after[name] if line not in before[name]]
    assert sorted(new) == [b"status: kappa", b"status: omega"]


async def test_without_a_word_for_it_sluice_adds_its_own_first_status(sluice, folder):
    with_statuses(folder, "kappa", "omega")
    async with sluice(folder, greeted=False) as app:
        await app.press("0", "2", "w")
        assert flow(folder).startswith("  main: [inbox, kappa]\n  archive: omega\n")
        assert app.session.desk.schema.flow.main[0] == "inbox"


async def test_a_line_of_one_status_ends_in_one_that_sluice_adds(sluice, folder):
    with_statuses(folder, "kappa", "omega")
    async with sluice(folder, greeted=False) as app:
        # A word keeps its digit.
        await app.press("1", "2", "w")
        assert flow(folder).startswith("  main: [kappa, done]\n  archive: omega\n")


@SIZES
async def test_what_two_answers_leave_open_is_ordered_by_keys(sluice, folder, size):
    with_statuses(folder, "kappa", "omega", "sigma", "tau")
    async with sluice(folder, size=size, greeted=False) as app:
        await app.press("2", "0")
        assert "order of the statuses" in app.picture
        assert "J K move" in app.picture and "enter accepts" in app.picture
        await app.press("j", "J", "J", "enter")
        assert "set up this folder" in app.picture
        await app.press("w")
    assert flow(folder).startswith("  main: [omega, sigma, tau, kappa]\n  archive: null")


@SIZES
async def test_e_orders_the_statuses_before_anything_is_written(sluice, folder, size):
    with_statuses(folder, "To Do", "Doing", "Done", "Dropped", "Blocked")
    before = lines_of(folder)
    async with sluice(folder, size=size, greeted=False) as app:
        assert "e order" in words(app)
        await app.press("e")
        picture = app.picture
        assert "beside the line" in picture and "archive" in picture
        # Blocked is beside the line and moves into it; Dropped is no archive any more.
        await app.press("j", "j", "j", "K", "j", "a")
        assert "archive: none" in app.picture
        # The last one of the line becomes the archive.
        await app.press("k", "k", "a", "enter")
        assert not (folder / "sluice.yaml").exists()
        await app.press("w")
        assert lines_of(folder) == before
        assert len(app.shown) == 3
        await app.press("p", "a")
    assert flow(folder).splitlines()[:3] == [
        "  main: [To Do, Doing, Blocked]",
        "  archive: Done",
        "  moves: {Dropped: [To Do]}   # beside the line: where p takes them",
    ]
    after = lines_of(folder)
    new = [line for name in before for line in after[name] if line not in before[name]]
    assert sorted(new) == [b"status: Doing", b"status: Done"]


async def test_escape_in_the_order_goes_back_to_the_proposal_it_came_from(sluice, folder):
    with_statuses(folder, "To Do", "Doing", "Done")
    async with sluice(folder, greeted=False) as app:
        await app.press("enter", "e", "J", "escape")
        assert "To Do → Doing → Done" in app.picture
        await app.press("e", "J", "enter")
        assert "Doing → To Do → Done" in app.picture
        await app.press("escape", "e", "escape")
        assert "set up this folder" not in app.picture
        assert words(app).startswith("7 notes have a status sluice does not know")
    assert not (folder / "sluice.yaml").exists()


@SIZES
async def test_l_only_looks_and_the_first_decision_asks_to_set_up(sluice, folder, size):
    clippings(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*")}
    async with sluice(folder, size=size, greeted=False) as app:
        await app.press("l")
        assert len(app.shown) == 30
        assert app.session.board.worklist.view == "all"
        for key in ("p", "a", "i", "t", "u", "U", "r", "+", "P", "."):
            await app.press(key)
            assert "set up this folder" in app.picture, key
            await app.press("escape")
        await app.press("slash")
        await app.type("page 7")
        await app.press("enter")
        assert app.shown[0] == "Page 7"
        assert {path: path.read_bytes() for path in folder.rglob("*")} == before
        await app.press("escape", "p", "w", "p")
    assert (folder / "sluice.yaml").exists()
    assert sum(b"status: read" in path.read_bytes() for path in folder.glob("*.md")) == 1


async def test_a_screen_that_would_change_a_file_says_that_you_only_look(sluice, folder):
    clippings(folder)
    (folder / "Page 00.md").write_text((folder / "Page 01.md").read_text())
    before = {path: path.read_bytes() for path in folder.rglob("*")}
    async with sluice(folder, greeted=False) as app:
        await app.burst("l", "d", "1", "enter")
        only = "You only look at this folder"
        assert any(only in said for said in (app.picture, *app.toasts))
        await app.press("q")
        assert {path: path.read_bytes() for path in folder.rglob("*")} == before


async def test_what_changes_a_file_by_any_other_way_is_refused_while_looking(sluice, folder):
    clippings(folder)
    async with sluice(folder, greeted=False) as app:
        await app.press("l")
        vault = app.session.desk.vault
        for change in (vault.commit, vault.create, vault.undo, vault.redo, vault.repair):
            with pytest.raises(OnlyLooking):
                change([])


@SIZES
async def test_where_notes_without_a_known_status_are_shown_a_box_asks(sluice, folder, size):
    for number in range(30):
        status = f'\n  - "[[{("Active", "Published")[number % 2]}]]"'
        text = f"---\ntitle: Note {number}\nstatus:{status}\n---\nText.\n"
        (folder / f"{number:02}.md").write_text(text)
    before = lines_of(folder)
    async with sluice(folder, size=size, greeted=False) as app:
        assert len(app.shown) == 30, "a list without a known word counts as no status"
        assert "only look" in app.picture and "not now" in app.picture
        # What it led to goes back to it.
        await app.press("e", "escape", "enter", "e", "escape", "escape")
        assert "only look" in app.picture and "not now" in app.picture
        await app.press("escape")
        assert "only look" not in app.picture
        assert len(app.shown) == 30
    async with sluice(folder, size=size) as app:
        await app.press("enter", "w")
        assert len(app.shown) == 15
        await app.press("p")
    after = lines_of(folder)
    (name,) = (name for name in before if before[name] != after[name])
    assert b'  - "[[Published]]"' in after[name]


async def test_no_box_asks_where_some_status_is_known(sluice, folder):
    with_statuses(folder, "draft", "raw")
    async with sluice(folder, greeted=False) as app:
        assert len(app.shown) == 2
        assert "not now" not in app.picture


@pytest.fixture
def held(monkeypatch):
    """Have the look at the notes wait, a step at a time, until the event is set."""
    goes_on, look = threading.Event(), module.survey

    def wait(root, steps):
        while not goes_on.wait(0.01):
            steps.step(1, 40)
        return look(root, steps)

    monkeypatch.setattr(module, "survey", wait)
    yield goes_on
    goes_on.set()


async def test_escape_stops_the_look_at_the_notes(sluice, folder, held):
    staged(folder)
    async with sluice(folder, greeted=False, read=False) as app:
        await app.until(lambda: "Looking at the notes" in app.picture)
        await app.burst_key("escape")
        await app.settled()
        assert "None of the 40 Markdown files in this folder is a source" in words(app)


async def test_enter_pressed_while_sluice_looks_opens_the_proposal_then(sluice, folder, held):
    staged(folder)
    async with sluice(folder, greeted=False, read=False) as app:
        await app.until(lambda: "Looking at the notes" in app.picture)
        await app.burst_key("enter")
        held.set()
        await app.settled()
        assert "set up this folder" in app.picture


async def test_a_word_that_means_archived_is_not_asked_for(sluice, folder):
    with_statuses(folder, "kappa", "omega", "Rejected", "Blocked")
    async with sluice(folder, greeted=False) as app:
        await app.press("e", "escape")
        assert "1 kappa 3 · 2 omega 2 · 0 none" in words(app)
        await app.press("2", "w")
    assert flow(folder).splitlines() == [
        "  main: [omega, kappa]",
        "  archive: Rejected",
        "  moves: {Blocked: [omega]}   # beside the line: where p takes them",
    ]


@SIZES
async def test_a_digit_takes_a_field_that_no_word_says_is_the_status(sluice, folder, size):
    for number in range(40):
        position = ("kappa", "zeta", "zeta", "omega")[number % 4]
        text = f"---\ntitle: Note {number}\nposition: {position}\n---\nText.\n"
        (folder / f"{number:02}.md").write_text(text)
    async with sluice(folder, size=size, greeted=False) as app:
        assert "1 use position: zeta 20, kappa 10, omega 10" in words(app)
        await app.press("1")
        assert "Which word means not judged yet?" in words(app)
        await app.press("2", "3", "w")
        assert app.session.desk.schema.roles.status == "position"
        assert len(app.shown) == 10


@SIZES
async def test_a_takes_the_notes_without_a_header_too(sluice, folder, size):
    clippings(folder)
    for number in range(9):
        (folder / f"bare {number}.md").write_text(f"# Bare {number}\n")
    async with sluice(folder, size=size, greeted=False) as app:
        assert "a also the 9 without a header" in words(app)
        await app.press("a", "w")
        assert len(app.shown) == 39


async def test_a_few_notes_without_a_header_are_not_asked_about(sluice, folder):
    clippings(folder)
    (folder / "bare.md").write_text("# Bare\n")
    async with sluice(folder, greeted=False) as app:
        assert "without a header" not in words(app)
